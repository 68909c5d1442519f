"""The words of a sentence by what they do in it, and the names of things among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.intake.draft.grammar import Grammar
from kb.numbers.word_tables import words

_TOKEN = re.compile(r"[^\W\d_](?:[\w&]|[’'\-./](?=\w))*|\d+(?:[.,]\d+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
_ADJECTIVE = re.compile(r"(?:e|en|em|er|es)$")


class Role(StrEnum):
    """What a word does in its sentence."""

    ARTICLE = "article"
    PREPOSITION = "preposition"
    BREAK = "break"
    PRONOUN = "pronoun"
    ADVERB = "adverb"
    VERB = "verb"
    NAME = "name"
    TIME = "time"
    NUMBER = "number"
    SIGN = "sign"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a sign, or a figure of a sentence, with its place in it.

    ``figure`` numbers the figures from 0, and ``noun`` is what one counts.
    """

    text: str
    start: int
    end: int
    role: Role
    figure: int = -1
    noun: str = ""

    @property
    def low(self) -> str:
        return self.text.lower()


@dataclass(frozen=True)
class Clause:
    """The words of a sentence, figures among them."""

    text: str
    words: Sequence[Word]
    grammar: Grammar

    @classmethod
    def of(cls, text: str, figures: Iterable[tuple[int, int]], grammar: Grammar, nouns: Sequence[str] = ()) -> Clause:
        """The words of ``text``; what stands in the spans of ``figures`` is one word each, which counts its noun."""
        raw: list[tuple[str, int, int, int]] = []
        place = 0
        for number, (start, end) in enumerate(figures):
            raw += [(match[0], match.start(), match.end(), -1) for match in _TOKEN.finditer(text, place, start)]
            raw.append((text[start:end], start, end, number))
            place = max(place, end)
        raw += [(match[0], match.start(), match.end(), -1) for match in _TOKEN.finditer(text, place)]
        words: list[Word] = []
        for at, (word, start, end, number) in enumerate(raw):
            following = raw[at + 1] if at + 1 < len(raw) else ("", 0, 0, -1)
            role = Role.NUMBER if number >= 0 else _role(word, words, following, grammar)
            noun = nouns[number] if 0 <= number < len(nouns) else ""
            words.append(Word(word, start, end, role, number, noun))
        return cls(text, words, grammar)

    def role(self, at: int) -> Role:
        """The role of a word; that of a sign beyond the ends."""
        return self.words[at].role if 0 <= at < len(self.words) else Role.SIGN

    def low(self, at: int) -> str:
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def figure_at(self, figure: int) -> int:
        """The place of a figure among the words."""
        return next(at for at, word in enumerate(self.words) if word.figure == figure)

    def label(self, first: int, end: int) -> str:
        """The words from ``first`` up to ``end`` as a name: without articles in front, weak words and possessors."""
        words = list(self.words[first:end])
        if words and _POSSESSIVE.search(words[-1].text):
            words.pop()
        weak = self.grammar.weak
        while words and (words[0].role in (Role.ARTICLE, Role.ADVERB) or words[0].low in weak):
            # "The number of active users": neither the number nor its "of" is what is counted.
            is_of = words[0].low in weak and len(words) > 1 and words[1].low in self.grammar.of
            del words[: 2 if is_of else 1]
        while words and words[-1].role in (Role.PREPOSITION, Role.ADVERB, Role.ARTICLE, Role.BREAK, Role.SIGN):
            words.pop()
        owners = [at for at, word in enumerate(words) if _POSSESSIVE.search(word.text) and at + 1 < len(words)]
        if owners and not self.grammar.noun_capitals:
            # "the Authority's fleet": whose it is belongs to the scope. An article before it goes as well.
            at = owners[0]
            first_own = at
            while first_own > 0 and words[first_own - 1].role in (Role.NAME, Role.ARTICLE):
                first_own -= 1
            words = words[:first_own] + words[at + 1 :]
        if not any(word.role in (Role.NAME, Role.VERB, Role.OTHER) or word.noun for word in words):
            return ""
        text = " ".join(word.noun or word.text for word in words)
        return text if self.grammar.noun_capitals else _uncapitalised(text, is_first=words[0].start == 0)

    def name_before(self, end: int) -> tuple[int, int] | None:
        """The name that ends right before the word ``end``, with what stands before an ``of`` in it."""
        first = end
        while self.role(first - 1) is Role.NAME:
            first -= 1
        if first == end:
            return None
        before = first
        while self.role(before - 1) is Role.ARTICLE:
            before -= 1
        link = before - 1
        is_genitive = before < first and self.low(before) in _GENITIVES
        is_linked = self.low(link) in self.grammar.of or (self.grammar.noun_capitals and is_genitive)
        if is_linked and (outer := self.name_before(link if self.low(link) in self.grammar.of else before)):
            return outer[0], end
        return first, end

    def name_from(self, first: int, *, reach: int = 2) -> tuple[int, int] | None:
        """The name that begins at the word ``first`` or behind articles and adverbs there, with what specifies it."""
        at = first
        while self.role(at) in (Role.ARTICLE, Role.ADVERB):
            at += 1
        end = at + 1 if 0 <= at < len(self.words) and self.words[at].noun else at
        while self.role(end) is Role.NAME and end - at < 6:
            end += 1
        if end == at:
            return None
        while reach and (longer := self._specified(end)):
            end, reach = longer, reach - 1
        return at, end

    def _specified(self, at: int) -> int | None:
        """Behind what specifies a name that ends before the word ``at``: ``of ticket income``, ``at the depot``."""
        is_linked = self.role(at) is Role.PREPOSITION and self.low(at) not in _NO_LINKS
        is_genitive = self.grammar.noun_capitals and self.role(at) is Role.ARTICLE
        if not is_linked and not is_genitive:
            return None
        inner = self.name_from(at + 1 if is_linked else at, reach=0)
        # "in May" is a time, and "in 2025" no name at all.
        if inner is None or any(self.role(place) is Role.TIME for place in range(at, inner[1] + 1)):
            return None
        return inner[1]

    def verb_before(self, at: int) -> int | None:
        """The last verb before the word ``at``, in the same clause."""
        for place in range(at - 1, -1, -1):
            if self.role(place) is Role.VERB:
                return place
            if self.words[place].text in ";:()–—":
                return None
        return None

    def subject_before(self, verb: int) -> tuple[int, int] | None:
        """The first name before ``verb`` in its clause that follows no preposition; an empty one for a pronoun."""
        if self.grammar.noun_capitals and (behind := self._subject_behind(verb)):
            return behind
        last = verb
        while self.role(last - 1) in (Role.VERB, Role.ADVERB):
            last -= 1
        # "State aid awarded was": what was done with the thing belongs to its name.
        deed = self.low(last) if last < verb and self.role(last) is Role.VERB else ""
        if deed and deed not in self.grammar.auxiliaries | self.grammar.light and self.role(last - 1) is Role.NAME:
            last = verb
        first = last
        while first > 0 and self.words[first - 1].text not in ",;:()–—" and self.role(first - 1) is not Role.BREAK:
            first -= 1
        # "Earnings before interest, tax and depreciation": a list goes on over its commas.
        while first > 1 and self.words[first - 1].low in (",", "and", "und") and self._is_listed(first - 1):
            first -= 2
            while first > 0 and self.words[first - 1].text not in ",;:()–—" and self.role(first - 1) is not Role.BREAK:
                first -= 1
        found = self._free_name(first, last)
        # "The depot, which opened in May, cost £41m."
        return found or (self._free_name(0, first) if first else None)

    def _subject_behind(self, verb: int) -> tuple[int, int] | None:
        """The subject behind a German verb: ``Im Mai summierten sich die Erlöse auf``."""
        for place in range(verb + 1, min(verb + 5, len(self.words) - 1)):
            if self.role(place) in (Role.NUMBER, Role.SIGN, Role.BREAK):
                return None
            if place == verb + 1 and self.low(place) in ("es", "sie", "er"):
                return place, place
            is_genitive = self.low(place) == "der" and self.role(place - 1) is Role.NAME
            is_free = self.role(place - 1) is not Role.PREPOSITION and not is_genitive
            if self.low(place) in _NOMINATIVES and is_free and self.role(place + 1) is Role.NAME:
                return self.name_from(place, reach=1)
            if self.low(place) in _NOMINATIVES and is_free and self.role(place + 1) is Role.NUMBER:
                # "hätten die vier Schulen": what is counted is the subject.
                return place + 1, place + 2
        return None

    def _is_listed(self, at: int) -> bool:
        """Whether the comma or conjunction at ``at`` stands between two names of a list, with no verb before it."""
        names = self.role(at - 1) is Role.NAME and self.role(at + 1) in (Role.NAME, Role.ARTICLE)
        return names and not any(self.role(place) in (Role.VERB, Role.TIME, Role.NUMBER) for place in range(at))

    def _free_name(self, first: int, last: int) -> tuple[int, int] | None:
        at = first
        while at < last:
            role = self.role(at)
            if role is Role.PRONOUN:
                return at, at
            if role is Role.PREPOSITION:
                at = self._behind_name(at + 1, last)
            elif role is Role.NAME or self.words[at].noun:
                return at, self._end_of_subject(at, last)
            else:
                at += 1
        return None

    def _end_of_subject(self, at: int, last: int) -> int:
        """Behind the subject that begins at the word ``at``, with all that specifies it before the word ``last``."""
        end = at + bool(self.words[at].noun)
        while end < last and self.role(end) is Role.NAME:
            end += 1
        while end < last and (longer := self._specified(end)):
            end = min(longer, last)
        while end < last and self.role(end) is Role.VERB:
            end += 1 + (self.low(end + 1) in ("out", "back"))
        if self.low(end) in ("before", "per") and end < last:
            # "Earnings before interest, tax and depreciation", "revenue per bus".
            while (end < last and self.role(end) in _LISTED) or self.low(end) in (",", "and"):
                end += 1
        if self.grammar.noun_capitals and self.role(end) is Role.ARTICLE and end < last:
            inner = self.name_from(end, reach=0)
            end = min(inner[1], last) if inner else end
        return end

    def _behind_name(self, at: int, last: int) -> int:
        while at < last and self.role(at) in (Role.ARTICLE, Role.ADVERB, Role.NAME, Role.TIME, Role.NUMBER):
            at += 1
        return at


_GENITIVES = words("der des dieser dieses einer eines ihrer seiner unserer aller beider jener jenes")
"""Articles before what specifies a German noun; "bei Vorhaben eine Reserve" has none."""
_PUTS = words("put puts")
_DETERMINERS = words("the a an these those its their his her our my your")
_SUBJECTS = words("i we they he she")
"""Pronouns that a verb follows, whatever it is."""
_NOMINATIVES = words("der die das ein eine")
_LISTED = (Role.NAME, Role.PREPOSITION, Role.ARTICLE)
_NO_LINKS = words("""
against than versus vs from since until till by after before during per as about im am bis nach vor seit gegenüber
je""")


def _uncapitalised(text: str, *, is_first: bool) -> str:
    first = text.split(maxsplit=1)[0]
    return text[0].lower() + text[1:] if is_first and first[1:].islower() else text


def _role(word: str, before: Sequence[Word], following: tuple[str, int, int, int], grammar: Grammar) -> Role:
    low = word.lower()
    if not word[0].isalnum():
        return Role.SIGN
    if word[0].isdigit():
        return Role.TIME if re.fullmatch(r"(?:19|20)\d\d", word) else Role.OTHER
    closed = (
        (grammar.articles, Role.ARTICLE),
        (grammar.prepositions, Role.PREPOSITION),
        (grammar.breaks, Role.BREAK),
        (grammar.pronouns, Role.PRONOUN),
        (grammar.times, Role.TIME),
        (grammar.adverbs, Role.ADVERB),
    )
    after_sign = not before or before[-1].role is Role.SIGN
    if low == "that" and before and before[-1].role is Role.VERB and not grammar.noun_capitals:
        # "Readings show that": what follows is a sentence of its own.
        return Role.BREAK
    if not (grammar.noun_capitals and word[0].isupper() and not after_sign and low not in grammar.times):
        for listed, role in closed:
            if low in listed:
                return role
    if grammar.noun_capitals:
        return _german_role(word, low, before, following, grammar)
    return _english_role(low, before, following, grammar)


def _english_role(low: str, before: Sequence[Word], following: tuple[str, int, int, int], grammar: Grammar) -> Role:
    previous = before[-1] if before else None
    auxiliary = previous is not None and previous.low in grammar.auxiliaries
    named = next((each for each in reversed(before) if each.role is not Role.ADVERB), None)
    follows_name = named is not None and (named.role in (Role.NAME, Role.PRONOUN) or bool(named.noun))
    next_low = following[0].lower()
    if role := _role_by_neighbour(low, before, following, grammar):
        return role
    is_listed = low in (grammar.verbs | grammar.equating | grammar.costing | grammar.light | grammar.auxiliaries)
    if low in grammar.noun_verbs:
        has_object = following[3] >= 0 or next_low in grammar.articles | _HEDGES
        return Role.VERB if auxiliary or (follows_name and has_object) else Role.NAME
    if low.endswith("ly") and len(low) > 4:
        return Role.ADVERB
    is_participle = low.endswith(("ed", "en", "ing", "wn", "st", "ught", "pt")) or low in ("lost", "paid", "built")
    if is_listed or (low.endswith("ed") and len(low) > 4 and (follows_name or auxiliary)):
        describes = is_participle and following[3] < 0 and _may_be_name(following[0], grammar)
        if describes and not auxiliary and not follows_name:
            return Role.NAME
        return Role.VERB
    # "Overhauling", "scheduled": names of things, or words that describe one.
    return Role.NAME


def _role_by_neighbour(
    low: str, before: Sequence[Word], following: tuple[str, int, int, int], grammar: Grammar
) -> Role | None:
    """The role of an English word that the word before it settles; None where it settles none."""
    if not before:
        return None
    previous, earlier = before[-1], before[-2] if len(before) > 1 else None
    if previous.low in _SUBJECTS and low not in grammar.auxiliaries:
        return Role.VERB
    if previous.low in _DETERMINERS and previous.role is Role.ARTICLE:
        # "these houses", "their heating": names, whatever verbs look like them.
        return Role.ADVERB if low.endswith("ly") and len(low) > 4 else Role.NAME
    follows_verb = earlier is not None and earlier.role is Role.VERB and earlier.low not in grammar.equating
    is_object = following[3] < 0 and following[0].lower() in grammar.articles | grammar.pronouns
    if previous.low == "to" and follows_verb and is_object:
        # "wants to bring it": an infinitive.
        return Role.VERB
    if previous.low == "and" and low.endswith("ed") and following[3] >= 0:
        return Role.VERB
    if low in grammar.noun_verbs and any(word.low in _PUTS for word in before[-4:]):
        # "They put the average cost at $7,200."
        return Role.NAME
    return None


_HEDGES = words("about around roughly some nearly almost over under up at more less only between")


def _may_be_name(word: str, grammar: Grammar) -> bool:
    low = word.lower()
    listed = grammar.articles | grammar.prepositions | grammar.breaks | grammar.pronouns | grammar.adverbs
    if low in grammar.noun_verbs:
        return True
    return word[:1].isalpha() and low not in listed | grammar.verbs | grammar.equating | grammar.times


def _german_role(
    word: str, low: str, before: Sequence[Word], following: tuple[str, int, int, int], grammar: Grammar
) -> Role:
    if word[0].isupper() and before and before[-1].role is not Role.SIGN:
        return Role.NAME
    if low in grammar.verbs | grammar.equating | grammar.costing | grammar.light:
        return Role.VERB
    if word[0].isupper():
        return Role.NAME
    if _ADJECTIVE.search(low) and following[0][:1].isalpha() and following[3] < 0:
        return Role.NAME if following[0][0].isupper() or _ADJECTIVE.search(following[0]) else Role.OTHER
    return Role.OTHER
