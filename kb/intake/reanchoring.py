"""Finds the passages of an older edition of a document in a newer one.

A passage is looked for with the sentence that holds it (or the part of its line, at most 160 characters on each side).
Only where that sentence stands word for word is a place taken, and only if nothing else could be meant:

1. the words around it agree, and more of them than at any other place with these words or with words like them
   (``exact`` where no other place has these words, ``neighbours`` where one has), and no other place of the older
   edition fits the new one as well;
2. or nothing has changed between it and a line that stands once in both editions (or the beginning or the end), and
   between the nearest such lines there are as many copies as before (``position``).

Everything else is offered, with a score: the same sentence in other surroundings, and sentences that are alike
(edit distance over words). So a copy never captures a passage, nor does a number that was changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.intake.passage import Manuscript, Quote, quote_of, sentence_of, text_between, widened
from kb.intake.text_diff import lines_in_both, numbers_in
from kb.intake.token_index import TokenIndex
from kb.numbers.scan import scan

LEAST = 60
"""The lowest score of a place that is offered."""

_CLOSE = 15
_OFFERED = 3
_ENOUGH = 3
_MARGIN = 6
_REACH = 40
_RARE = 200
_RAREST_WORDS = 12
_SLACK = 6
_GAP = 20_000


@dataclass(frozen=True, slots=True)
class TraceOutcome:
    """What became of a passage: a place and the method by which it was found, or places to choose from.

    Attributes:
        anchor: Its place; None where a person has to choose one.
        by: The method by which it was found.
        line: Line of the place; 0 for none.
        offers: The likeliest first; with none the passage is an orphan.
    """

    anchor: Anchor | None = None
    by: AnchoringMethod = AnchoringMethod.UNSAID
    line: int = 0
    offers: tuple[Offer, ...] = ()


class _Support(NamedTuple):
    """The agreement around two places: words before and after, and whether both texts begin or end there."""

    left: int
    right: int
    begins: bool = False
    ends: bool = False

    @property
    def words(self) -> int:
        """The number of words that agree in all."""
        return self.left + self.right

    def is_clear_of(self, rival: _Support) -> bool:
        """Whether it is no worse on either side, and better by some words in all.

        Where a text begins or ends no words can agree, so that the other place gets the benefit of the doubt.
        """
        left = _REACH if rival.begins else rival.left
        right = _REACH if rival.ends else rival.right
        return self.left >= left and self.right >= right and self.words >= rival.words + _MARGIN


class Reanchorer:
    """Traces passages of an older edition of a document to a newer one."""

    def __init__(self, older: str | None, newer: str) -> None:
        """Traces from ``older`` to ``newer``; without the text of the older edition (None), less is certain."""
        self._older = None if older is None else TokenIndex(older)
        self._newer = TokenIndex(newer)
        self._manuscript = Manuscript(newer)

    def trace(self, anchor: Anchor) -> TraceOutcome:
        """What became of the passage that stood at ``anchor`` in the older edition."""
        quote = quote_of(anchor, self._older)
        if quote is None:
            return TraceOutcome()
        news = self._newer.places(quote.words)
        match = self._by_neighbours(quote, news)
        if match is None:
            match = self._by_position(quote)
        if match is None:
            return TraceOutcome(offers=self._offers(quote, news))
        first, by = match
        taken = self._anchor(first + quote.start_at, first + quote.end_at, anchor)
        return TraceOutcome(taken, by, self._manuscript.line_at(taken.start))

    def _anchor(self, first: int, end: int, anchor: Anchor) -> Anchor:
        """The anchor of the new words from ``first`` to ``end``, cut inside a word where ``anchor`` was."""
        start = self._newer.start(first)
        stop = self._newer.end(end - 1)
        if len(anchor.text.split()) == 1 and anchor.text in self._newer.text[start:stop]:
            start = self._newer.text.index(anchor.text, start, stop)
            stop = start + len(anchor.text)
        return self._manuscript.anchor(start, stop)

    # By the words around it

    def _by_neighbours(self, quote: Quote, news: Sequence[int]) -> tuple[int, AnchoringMethod] | None:
        supports = {first: self._support(quote, first) for first in news}
        best = max(news, key=lambda first: supports[first].words, default=None)
        if best is None or not self._is_enough(supports[best], quote):
            return None
        rivals = [supports[first] for first in news if first != best]
        rivals += [self._support(duplicate, best) for duplicate in self._copies(quote)]
        rivals += self._rivals(quote, best)
        if not all(supports[best].is_clear_of(rival) for rival in rivals):
            return None
        return best, AnchoringMethod.NEIGHBOURS if len(news) > 1 else AnchoringMethod.EXACT

    def _is_enough(self, support: _Support, quote: Quote) -> bool:
        """Whether enough words agree; on both sides, where the older edition is lost and rivals in it are unknown."""
        if quote.tokens is not self._older:
            return min(support.left, support.right) >= _ENOUGH
        return support.words >= _ENOUGH or support.begins or support.ends

    def _rivals(self, quote: Quote, best: int) -> Iterator[_Support]:
        """The agreement around other places with a sentence like it."""
        size = quote.end - quote.first
        for near in self._similar_sentences(quote):
            span = self._span(quote, near)
            if span and (span[1] <= best or best + size <= span[0]) and self._offer(quote, *span).score >= LEAST:
                yield self._loose_support(quote, *span)

    def _loose_support(self, quote: Quote, first: int, end: int) -> _Support:
        """The agreement around an altered sentence, whose first and last words are not certain."""
        near = [self._support(quote, first - more, end + more) for more in range(-_SLACK, _SLACK + 1)]
        return _Support(max(support.left for support in near), max(support.right for support in near))

    def _copies(self, quote: Quote) -> list[Quote]:
        """Other occurrences of the sentence in the older edition."""
        size = quote.end - quote.first
        firsts = quote.tokens.places(quote.words)
        return [quote._replace(first=first, end=first + size) for first in firsts if first != quote.first]

    def _support(self, quote: Quote, first: int, end: int = 0) -> _Support:
        """The agreement before ``first`` and from ``end`` on; by default the end of a sentence of the same length."""
        old, new = quote.tokens, self._newer
        behind = end or first + quote.end - quote.first
        left = _agreeing(old.words, new.words, quote.first - 1, first - 1, -1)
        right = _agreeing(old.words, new.words, quote.end, behind, 1)
        begins = left == quote.first == first
        ends = right == len(old.words) - quote.end == len(new.words) - behind
        return _Support(left, right, begins, ends)

    # By its distance from what has not changed

    def _by_position(self, quote: Quote) -> tuple[int, AnchoringMethod] | None:
        if quote.tokens is not self._older:
            return None
        start, end = quote.tokens.start(quote.first), quote.tokens.end(quote.end - 1)
        above = self._pin(quote.tokens.text.rfind("\n", 0, start), before=True)
        below = self._pin(quote.tokens.text.find("\n", end) % (len(quote.tokens.text) + 1), before=False)
        if below[0] - above[0] > _GAP or below[1] - above[1] > _GAP:
            return None
        firsts = {self._newer.at(place) for place in self._unmoved(start, end, above, below)}
        size = quote.end - quote.first
        fitting = [first for first in firsts if self._newer.words[first : first + size] == quote.words]
        before = _count(quote.tokens, quote.words, above[0], below[0])
        after = _count(self._newer, quote.words, above[1], below[1])
        return (fitting[0], AnchoringMethod.POSITION) if len(fitting) == 1 and before == after else None

    def _unmoved(self, start: int, end: int, above: tuple[int, int], below: tuple[int, int]) -> Iterator[int]:
        """New beginnings of what stood from ``start`` to ``end``, if nothing changed up to a pinned line."""
        old, new = self._older.text if self._older else "", self._newer.text
        ahead = old[above[0] : start]
        if new.startswith(ahead, above[1]):
            yield above[1] + len(ahead)
        behind = old[end : below[0]]
        if new.endswith(behind, 0, below[1]) and below[1] - len(behind) >= end - start:
            yield below[1] - len(behind) - (end - start)

    def _pin(self, place: int, *, before: bool) -> tuple[int, int]:
        """Old and new beginning of the nearest line before (or after) ``place`` that is once in both editions."""
        pins = self._pins
        at = bisect_right(pins, (place, 0)) - 1 if before else bisect_left(pins, (place, 0))
        return pins[min(max(at, 0), len(pins) - 1)]

    @cached_property
    def _pins(self) -> Sequence[tuple[int, int]]:
        """Old and new beginning of the lines that are once in both editions, in order; with those of the ends."""
        older = self._older.text if self._older else ""
        pins = lines_in_both(older, self._newer.text)
        return [(0, 0), *pins, (len(older), len(self._newer.text))]

    # What else it may be

    def _offers(self, quote: Quote, news: Sequence[int]) -> tuple[Offer, ...]:
        size = quote.end - quote.first
        ranked = sorted(news, key=lambda first: -self._support(quote, first).words)[: _OFFERED + 1]
        spans = [(first, first + size) for first in ranked]
        spans += [span for near in self._similar_sentences(quote) if (span := self._span(quote, near))]
        offers: dict[int, Offer] = {}
        for first, end in spans:
            offer = self._offer(quote, first, end)
            if offer.score >= LEAST and not any(abs(offer.anchor.start - at) < 3 for at in offers):
                offers[offer.anchor.start] = offer
        best = sorted(offers.values(), key=lambda offer: (-offer.score, offer.anchor.start))
        return tuple(offer for offer in best if offer.score >= best[0].score - _CLOSE)[:_OFFERED]

    def _similar_sentences(self, quote: Quote) -> Iterator[int]:
        """The likely first words of sentences that share rare words with the quote; the likeliest first."""
        first, end = widened(quote.first, quote.end, quote.tokens)
        window = quote.tokens.words[first:end]
        by_rarity = [
            (len(occurrences), at) for at in range(len(window)) if (occurrences := self._newer.occurrences(window, at))
        ]
        rare = [at for count, at in sorted(by_rarity)[:_RAREST_WORDS] if count <= _RARE] or [
            at for _, at in sorted(by_rarity)[:1]
        ]
        votes: Counter[int] = Counter()
        for at in rare:
            shift = at - (quote.first - first)
            votes.update({place - shift for place in self._newer.occurrences(window, at)[:_RARE]})
        groups: Counter[int] = Counter()
        for place, count in votes.items():
            groups[place // _RAREST_WORDS] += count
            groups[place // _RAREST_WORDS + 1] += count
        for group, _ in groups.most_common(2 * _OFFERED):
            near = range((group - 1) * _RAREST_WORDS, (group + 1) * _RAREST_WORDS)
            yield max(near, key=lambda place: votes.get(place, 0))

    def _span(self, quote: Quote, near: int) -> tuple[int, int] | None:
        """The span of words around ``near`` that is most like the sentence; None for none."""
        new, size = self._newer, quote.end - quote.first
        low, high = max(near - size, 0), min(near + 2 * size, len(new.words))
        if low >= high:
            return None
        start = new.start(low)
        alignment = fuzz.partial_ratio_alignment(
            text_between(quote.tokens, quote.first, quote.end), text_between(new, low, high)
        )
        if alignment is None or alignment.dest_start >= alignment.dest_end:
            return None
        return new.span(start + alignment.dest_start, start + alignment.dest_end)

    def _with_whole_figures(self, start: int, stop: int) -> tuple[int, int]:
        """The span from ``start`` to ``stop``, widened so that it cuts no figure: ``60 to 80 per cent``."""
        # Words are aligned one by one, so that "90 per cent" would be found in "to 80 per cent", which says less.
        text = self._newer.text
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", stop)
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        for figure in scan(line):
            first, last = line_start + figure.start, line_start + figure.end
            left_out = text[first:start] + " " + text[max(stop, first) : last]
            # A unit that was left out before is left out again; a number may not be.
            if first < stop and start < last and any(scan(left_out)):
                start, stop = min(start, first), max(stop, last)
        return start, stop

    def _offer(self, quote: Quote, first: int, end: int) -> Offer:
        new, old = self._newer, quote.tokens
        start_at, end_at = _mapped(quote.words, new.words[first:end], quote.start_at, quote.end_at)
        if start_at >= end_at:
            start_at, end_at = 0, end - first
        start, stop = self._with_whole_figures(new.start(first + start_at), new.end(first + end_at - 1))
        # The sentence counts twice: the words around it find it, but it is the sentence that has to be the same.
        similarity = fuzz.ratio(text_between(old, quote.first, quote.end), text_between(new, first, end))
        context_similarity = fuzz.ratio(
            text_between(old, *widened(quote.first, quote.end, old)), text_between(new, *widened(first, end, new))
        )
        score = round((2 * similarity + context_similarity) / 3)
        return Offer(self._manuscript.anchor(start, stop), self._manuscript.line_at(start), score)


def numbers_changed(earlier: Anchor, now: Anchor) -> bool:
    """Whether the sentence of ``now`` has other numbers than that of ``earlier``.

    A line that was broken by its width cuts its sentence in two: numbers that stand on another line have not changed.
    """
    before, after = numbers_in("".join(sentence_of(earlier))), numbers_in("".join(sentence_of(now)))
    if before == after:
        return False
    few, many = sorted((before, after), key=len)
    is_part = any(many[at : at + len(few)] == few for at in range(len(many) - len(few) + 1))
    is_same = numbers_in(earlier.text) == numbers_in(now.text)
    return not (is_part and is_same and _is_cut(now if few == after else earlier))


def _is_cut(anchor: Anchor) -> bool:
    """Whether the sentence of ``anchor`` goes on beyond its line, at either end."""
    lead, _, tail = sentence_of(anchor)
    above = anchor.before.removesuffix(lead)
    below = anchor.after.removeprefix(tail)
    goes_on = _LINE_END.match(below) is not None and not tail.rstrip().endswith(_SENTENCE_ENDS)
    return goes_on or (_LINE_BEGIN.search(above) is not None and not above.rstrip().endswith(_SENTENCE_ENDS))


_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*\S")
_LINE_BEGIN = re.compile(r"\S[^\S\n]*\n[^\S\n]*\Z")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", ":", "：", ";", "；")


def _agreeing(old: Sequence[str], new: Sequence[str], old_at: int, new_at: int, step: int) -> int:
    count = 0
    while count < _REACH and 0 <= old_at < len(old) and 0 <= new_at < len(new) and old[old_at] == new[new_at]:
        count, old_at, new_at = count + 1, old_at + step, new_at + step
    return count


def _mapped(old: Sequence[str], new: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The span of ``new`` that corresponds to the words from ``start`` to ``end`` of ``old``."""
    first, last = len(new), 0
    for op in Levenshtein.opcodes(old, new):
        if op.src_start <= start < op.src_end:
            first = min(op.dest_start + start - op.src_start, op.dest_end)
        if op.src_start < end <= op.src_end:
            last = min(op.dest_start + end - op.src_start, op.dest_end)
    return first, last


def _count(tokens: TokenIndex, words: Sequence[str], start: int, end: int) -> int:
    """The number of occurrences of ``words`` between the characters ``start`` and ``end``."""
    low, high = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
    size, part = len(words), tokens.words[low:high]
    firsts = (at for at, word in enumerate(part) if word == words[0])
    return sum(part[at : at + size] == list(words) for at in firsts)
