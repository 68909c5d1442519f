"""The phrases of a sentence: names of things, the verb that a number goes with, and the subject of that verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.intake.draft.grammar import Grammar
from kb.intake.draft.tagging import Raw, Role, Word
from kb.intake.draft.tagging_english import EnglishTagger
from kb.intake.draft.tagging_german import GermanTagger
from kb.intake.draft.verb_table import Form
from kb.numbers.word_tables import words

_TOKEN = re.compile(r"[^\W\d_](?:[\w&]|[’'\-./](?=\w))*(?:(?<=s)[’'](?=\s[a-z]))?|\d+(?:[.,]\d+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"(?i)(.+)(n['’]t|['’](?:ve|d|ll|re|m))|(it|that|he|she|there|what|who|here)(['’]s)")
_PARTS = frozenset(";:()–—")
"""Signs over which no phrase goes."""
_GERMAN_ENDS = _PARTS | set(",.!?“”")
_QUOTES = frozenset("\"“”„«»'`*")
_LONGEST_NAME = 6
Span = tuple[int, int]
"""The first word of a phrase, and the word behind its last; an empty one stands for a pronoun."""


def _uncontracted(token: Raw) -> list[Raw]:
    """``We've`` as two words."""
    text, start, end, figure = token
    match = _CONTRACTION.fullmatch(text) if figure < 0 else None
    if match is None:
        return [token]
    subject, verb = (match[1], match[2]) if match[1] else (match[3], match[4])
    middle = start + len(subject)
    return [(subject, start, middle, -1), (verb.replace("’", "'"), middle, end, -1)]


def _tokens(text: str, figures: Iterable[tuple[int, int]]) -> list[Raw]:
    raw: list[Raw] = []
    place = 0
    for number, (start, end) in enumerate(figures):
        raw += [(match[0], match.start(), match.end(), -1) for match in _TOKEN.finditer(text, place, start)]
        raw.append((text[start:end], start, end, number))
        place = max(place, end)
    return raw + [(match[0], match.start(), match.end(), -1) for match in _TOKEN.finditer(text, place)]


@dataclass(frozen=True)
class Clause:
    """The words of a sentence, figures among them."""

    text: str
    words: Sequence[Word]
    grammar: Grammar

    @classmethod
    def of(cls, text: str, figures: Iterable[tuple[int, int]], grammar: Grammar, nouns: Sequence[str] = ()) -> Clause:
        """The words of ``text``; what stands in the spans of ``figures`` is one word each, which counts its noun."""
        raw = _tokens(text, figures)
        if not grammar.noun_capitals:
            raw = [part for token in raw for part in _uncontracted(token)]
        tagger = GermanTagger if grammar.noun_capitals else EnglishTagger
        return cls(text, tagger(raw, grammar, nouns).words(), grammar)

    def role(self, at: int) -> Role:
        """The role of a word; that of a sign beyond the ends."""
        return self.words[at].role if 0 <= at < len(self.words) else Role.SIGN

    def low(self, at: int) -> str:
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def form(self, at: int) -> Form | None:
        """The form of a verb; None of what is none, and beyond the ends."""
        return self.words[at].form if 0 <= at < len(self.words) else None

    def is_finite(self, at: int) -> bool:
        """Whether the word is a verb that makes a clause."""
        return 0 <= at < len(self.words) and self.words[at].is_finite

    def figure_at(self, figure: int) -> int:
        """The place of a figure among the words."""
        return next(at for at, word in enumerate(self.words) if word.figure == figure)

    # Names of things

    def label(self, first: int, end: int) -> str:
        """The words from ``first`` up to ``end`` as a name: without articles in front, weak words and possessors."""
        words = list(self.words[first:end])
        if words and _POSSESSIVE.search(words[-1].text):
            words.pop()
        weak = self.grammar.weak
        while words and (words[0].role in _LEADS or words[0].low in weak):
            # "The number of active users": neither the number nor its "of" is what is counted.
            is_of = words[0].low in weak and len(words) > 1 and words[1].low in self.grammar.of
            del words[: 2 if is_of else 1]
        words = [word for at, word in enumerate(words) if not at or word.low not in _POINTING]
        while words and words[-1].role in (Role.PREPOSITION, Role.ADVERB, Role.ARTICLE, Role.BREAK, Role.SIGN):
            words.pop()
        words = self._without_owner(words)
        if not any(word.role in (Role.NAME, Role.VERB, Role.OTHER) or word.noun for word in words):
            return ""
        text = " ".join(word.noun or word.text for word in words)
        return text if self.grammar.noun_capitals else _uncapitalised(text, is_first=words[0].start == 0)

    def _without_owner(self, words: list[Word]) -> list[Word]:
        """``the Authority's fleet``: whose it is belongs to the scope. An article before it goes as well."""
        owners = [at for at, word in enumerate(words) if _POSSESSIVE.search(word.text) and at + 1 < len(words)]
        if not owners or self.grammar.noun_capitals or not self._is_owner(words[owners[0]]):
            return words
        first = owners[0]
        while first > 0 and words[first - 1].role in (Role.NAME, Role.ARTICLE):
            first -= 1
        return words[:first] + words[owners[0] + 1 :]

    def _is_owner(self, word: Word) -> bool:
        """Whether a possessive names somebody: ``children's books`` are a kind of book."""
        return word.low not in _KINDS_OF_PEOPLE

    def name_before(self, end: int) -> Span | None:
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

    def name_from(self, first: int, *, reach: int = 2) -> Span | None:
        """The name that begins at the word ``first`` or behind articles and adverbs there, with what specifies it."""
        at = first
        while self.role(at) in (Role.ARTICLE, Role.ADVERB):
            at += 1
        end = at + 1 if 0 <= at < len(self.words) and self.words[at].noun else at
        while self.role(end) is Role.NAME and end - at < _LONGEST_NAME:
            end += 1
        if end == at:
            return None
        while reach and (longer := self._specified(end)):
            end, reach = longer, reach - 1
        return at, end

    def _specified(self, at: int) -> int | None:
        """Behind what specifies a name that ends before the word ``at``: ``of ticket income``, ``at the depot``."""
        is_linked = self.role(at) is Role.PREPOSITION and self.low(at) not in _NO_LINKS
        is_genitive = self.grammar.noun_capitals and self.role(at) is Role.ARTICLE and self.low(at) in _GENITIVES
        if not is_linked and not is_genitive:
            return None
        inner = self.name_from(at + 1 if is_linked else at, reach=0)
        # "in May" is a time, and "in 2025" no name at all.
        if inner is None or any(self.role(place) is Role.TIME for place in range(at, inner[1] + 1)):
            return None
        return inner[1]

    # Verbs and their subjects

    def verb_before(self, at: int) -> int | None:
        """The last verb before the word ``at``, in the same clause."""
        for place in range(at - 1, -1, -1):
            if self.role(place) is Role.VERB:
                return place
            if self.words[place].text in _PARTS or self._is_subordinator(place):
                return None
        return None

    def verb_behind(self, at: int) -> int | None:
        """The verb whose subject is the phrase of the word ``at``: the first one behind it that makes a clause."""
        for place in range(at + 1, len(self.words)):
            if self.is_finite(place):
                return place
            if self.words[place].text in _PARTS | {",", "."} or self.role(place) in (Role.BREAK, Role.NUMBER):
                return None
        return None

    def _is_subordinator(self, at: int) -> bool:
        return self.role(at) is Role.BREAK and self.low(at) not in _COORDINATORS

    def group_start(self, verb: int) -> int:
        """The first word of the group of verbs and adverbs that ends with ``verb``: ``has since swollen``."""
        first = verb
        while self.role(first - 1) in (Role.VERB, Role.ADVERB):
            first -= 1
        while first < verb and self.role(first) is Role.ADVERB:
            first += 1
        return first

    def subject_before(self, verb: int) -> Span | None:
        """The subject of ``verb``; an empty span for a pronoun, None where none is found."""
        if self.grammar.noun_capitals:
            return self._german_subject(verb)
        first = self.group_start(verb)
        if self.low(first - 1) == "to" and self.words[first].form is Form.BASE:
            return self._subject_of_infinitive(first - 1)
        deed = self._deed_of_subject(first, verb)
        return self._subject_from(deed or first)

    def _subject_of_infinitive(self, at: int) -> Span | None:
        """The subject of the verb before a ``to``, or its object: ``expected to take``, ``expects sales to grow``."""
        verb = next((place for place in range(at - 1, -1, -1) if self.role(place) is Role.VERB), None)
        if verb is None:
            return None
        inner = self.name_from(verb + 1, reach=2) if verb + 1 < at else None
        return inner if inner and inner[1] <= at else self.subject_before(verb)

    def _deed_of_subject(self, first: int, verb: int) -> int | None:
        """The end of the subject where a participle in front of the verb belongs to it: ``State aid awarded was``."""
        form = self.words[first].form if first < verb else None
        if form is Form.PARTICIPLE and self.role(first - 1) is Role.NAME:
            return next((at for at in range(first, verb + 1) if self.is_finite(at)), None)
        return None

    def _subject_from(self, last: int) -> Span | None:
        """The subject that ends before the word ``last``."""
        before = last - 1
        while before >= 0 and (self.role(before) is Role.ADVERB or self.words[before].text in _QUOTES):
            before -= 1
        if self.low(before) in _COORDINATORS:
            return self._earlier_subject(before)
        if self.low(before) in _RELATIVES and self.role(before) in (Role.BREAK, Role.PRONOUN):
            return self._antecedent(before)
        if self.low(before) == ",":
            return self._suspended(before) or self._free_name(self._part_start(before), before)
        first = self._region_start(last)
        if found := self._free_name(first, last):
            return found
        if self.low(first - 1) == ",":
            start = self._part_start(first - 1)
            return self._free_name(start, first) or self._split_name(first, last)
        return self._split_name(first, last)

    def _region_start(self, last: int) -> int:
        """Where the words begin among which the subject of a verb is: behind a sign, a conjunction or a verb."""
        first = last
        while first > 0:
            before = first - 1
            if self.words[before].text in _PARTS or self._is_subordinator(before) or self.is_finite(before):
                break
            if self.low(before) == "," and not self._is_listed(before):
                break
            if self.low(before) in _COORDINATORS and self._joins_clauses(before):
                break
            first -= 1
        return first

    def _part_start(self, at: int) -> int:
        first = at
        while first > 0 and self.words[first - 1].text not in _PARTS:
            first -= 1
        return first

    def _joins_clauses(self, at: int) -> bool:
        """Whether a conjunction stands between clauses rather than names: a verb is before it in its part."""
        return any(self.is_finite(place) for place in range(self._part_start(at), at))

    def _earlier_subject(self, at: int) -> Span | None:
        """The subject of the verb before a conjunction, which the verb behind it shares."""
        for place in range(at - 1, -1, -1):
            if self.is_finite(place):
                return self.subject_before(place)
            if self.words[place].text in ";:":
                return None
        return None

    def _antecedent(self, at: int) -> Span | None:
        """What a relative pronoun stands for: the name before it."""
        before = at
        while before > 0 and self.words[before - 1].text in (",", *_QUOTES):
            before -= 1
        if self.role(before - 1) is Role.NUMBER:
            return before - 1, before
        return self.name_before(before)

    def _suspended(self, comma: int) -> Span | None:
        """The subject before something put in between two commas: ``The depot, which opened in May, cost £41m``."""
        first = self._part_start(comma)
        for opened in range(comma - 1, first - 1, -1):
            if self.low(opened) != ",":
                continue
            start = self._region_start(opened)
            if found := self._free_name(start, opened):
                return found
        return None

    def _is_listed(self, at: int) -> bool:
        """Whether the comma at ``at`` stands between two names of a list, with no verb before it."""
        names = self.role(at - 1) is Role.NAME and self.role(at + 1) in (Role.NAME, Role.ARTICLE)
        goes_on = any(self.low(place) in ("and", "und", "or", "oder") for place in range(at + 1, at + 5))
        no_clause = not any(self.role(place) in (Role.VERB, Role.TIME, Role.NUMBER) for place in range(at))
        return names and no_clause and goes_on

    def _free_name(self, first: int, last: int) -> Span | None:
        """The first name from the word ``first`` on that follows no preposition."""
        at = first
        while at < last:
            role = self.role(at)
            if role is Role.PRONOUN:
                return at, at
            if role is Role.PREPOSITION:
                at = self._behind_phrase(at, last)
            elif role is Role.NAME or self.words[at].noun:
                return at, self._end_of_subject(at, last)
            else:
                at += 1
        return None

    def _behind_phrase(self, at: int, last: int) -> int:
        """Behind the prepositional phrase that begins at the word ``at``."""
        place = at + 1
        while place < last and self.role(place) in (Role.ARTICLE, Role.ADVERB, Role.OTHER):
            place += 1
        start = place
        while place < last and self.role(place) in (Role.NAME, Role.TIME, Role.NUMBER):
            if place > start and self.words[place].noun:
                break
            if place > start and self.role(place - 1) is Role.TIME and self.role(place) is Role.NAME:
                break
            place += 1
        if self.low(place) == "and" and place + 1 < last and self.low(at) == "between":
            return self._behind_phrase(place, last)
        return max(place, at + 1)

    def _split_name(self, first: int, last: int) -> Span | None:
        """The subject right behind the plural noun of a prepositional phrase: ``In rural districts crews needed``."""
        for at in range(last - 1, first, -1):
            if self.role(at) is not Role.NAME:
                return None
            before = self.words[at - 1]
            if before.role is Role.NAME and before.low.endswith("s") and not before.low.endswith("ss"):
                return at, last
        return None

    def _end_of_subject(self, at: int, last: int) -> int:
        """Behind the subject that begins at the word ``at``, with all that specifies it before the word ``last``."""
        end = at + bool(self.words[at].noun)
        while end < last and self.role(end) is Role.NAME:
            end += 1
        if end == at + 1 and self.low(at).endswith("ing") and self.role(end) is Role.ARTICLE and end < last:
            # "Finishing the network will require"
            inner = self.name_from(end, reach=0)
            end = min(inner[1], last) if inner else end
        if self.low(end) in ("and", "und") and end + 1 < last and self.role(end + 1) is Role.NAME:
            return self._end_of_subject(end + 1, last)
        while end < last and (longer := self._specified(end)):
            end = min(longer, last)
        if end < last and self.role(end) is Role.VERB and self.words[end].form is Form.PARTICIPLE:
            end += 1 + (self.low(end + 1) in ("out", "back"))
        if self.low(end) in ("before", "per") and end < last:
            # "Earnings before interest, tax and depreciation", "revenue per bus".
            while (end < last and self.role(end) in _LISTED) or self.low(end) in (",", "and"):
                end += 1
        if self.grammar.noun_capitals and self.low(end) in _GENITIVES and end < last:
            inner = self.name_from(end, reach=0)
            end = min(inner[1], last) if inner else end
        return end

    # German clauses

    def german_start(self, at: int) -> int:
        """Where the German clause of the word ``at`` begins: behind a sign, or a conjunction before a clause."""
        first = at
        while first > 0:
            before = first - 1
            text = self.words[before].text
            if text in _PARTS or (self.role(before) is Role.BREAK and self.low(before) not in ("und", "oder", "sowie")):
                break
            if text == "," or (self.low(before) in ("und", "oder") and self._joins_clauses_german(before)):
                break
            first -= 1
        return first

    def _joins_clauses_german(self, at: int) -> bool:
        end = next((p for p in range(at + 1, len(self.words)) if self.words[p].text in _PARTS | {","}), len(self.words))
        return any(self.is_finite(p) for p in range(at)) and any(self.is_finite(p) for p in range(at + 1, end))

    def german_end(self, at: int) -> int:
        """Where the German clause of the word ``at`` ends."""
        for place in range(at, len(self.words)):
            text = self.words[place].text
            if text in _GERMAN_ENDS or (self.role(place) is Role.BREAK and self.low(place) not in ("und", "oder")):
                return place
            if self.low(place) in ("und", "oder") and self._joins_clauses_german(place):
                return place
        return len(self.words)

    def _german_subject(self, verb: int) -> Span | None:
        """The subject of a German clause: a name in the nominative before the verb or behind it."""
        first, end = self.german_start(verb), self.german_end(verb)
        finite = next((at for at in range(first, end) if self.is_finite(at)), verb)
        behind = self._nominative(finite + 1, end)
        front = self._nominative(first, finite)
        if front is None and behind is None and self.low(first - 1) == ",":
            # "Das Wasser, das dort vermutet wird, ist 118 Grad heiß."
            return self._nominative(self._part_start(first - 1), first - 1)
        if front is None or (behind and self._is_surely_nominative(behind)):
            return behind
        if behind and self.low(front[0] - 1) in ("den", "einen", "dem"):
            return behind
        return front

    def _is_surely_nominative(self, span: Span) -> bool:
        return span[0] == span[1] or self.low(span[0] - 1) in ("der", "er", "ein", "unser", "ihr", "sein", "kein")

    def _nominative(self, first: int, last: int) -> Span | None:
        """The first name from the word ``first`` on that neither a preposition nor an article puts in another case."""
        at = first
        while at < last:
            role, low = self.role(at), self.low(at)
            if low in _PRONOUN_SUBJECTS and role is not Role.NAME and not self._begins_name(at):
                return at, at
            if role is Role.PREPOSITION:
                at = self._behind_german_phrase(at + 1, last)
            elif low in _OBLIQUE or (low == "der" and self._is_genitive(at)):
                at = self._behind_german_phrase(at, last)
            elif role is Role.NUMBER and not self.words[at].noun:
                at += 1
            elif role is Role.NAME or self.words[at].noun:
                return at, self._end_of_subject(at, last)
            else:
                at += 1
        return None

    def _begins_name(self, at: int) -> bool:
        """Whether ``das`` is an article."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        return self.low(at) == "das" and following is not None and (following.role is Role.NAME or bool(following.noun))

    def _is_genitive(self, at: int) -> bool:
        """Whether an article follows a name, and puts what it belongs to in the genitive: ``die Zahl der Gäste``."""
        return self.role(at - 1) is Role.NAME

    def _behind_german_phrase(self, at: int, last: int) -> int:
        start = at
        while at < last and self.role(at) in (Role.ARTICLE, Role.ADVERB, Role.OTHER, Role.TIME, Role.NUMBER):
            at += 1
            if self.role(at - 1) in (Role.TIME, Role.NUMBER) and self.role(at) is not Role.NAME:
                break
        while at < last and self.role(at) is Role.NAME:
            at += 1
        while at < last and self.low(at) in _GENITIVES and self.role(at + 1) is Role.NAME:
            at += 1
            while at < last and self.role(at) is Role.NAME:
                at += 1
        return max(at, start + 1)


_LEADS = (Role.ARTICLE, Role.ADVERB, Role.SIGN)
"""Words that begin no name."""
_POINTING = words("this that these those its their his her our my your")
"""Articles that refer to what was named before, and belong to no name."""
_COORDINATORS = words("and or but und oder")
_RELATIVES = words("which who that")
_GENITIVES = words("der des dieser dieses einer eines ihrer seiner unserer aller beider jener jenes")
"""Articles before what specifies a German noun; "bei Vorhaben eine Reserve" has none."""
_OBLIQUE = words("den dem des einen einem eines einer diesem diesen dieses ihren ihrem seinen seinem allen")
"""Articles that make no subject."""
_PRONOUN_SUBJECTS = words("es er sie wir ich man das dies")
_KINDS_OF_PEOPLE = words("children's women's men's people's children’s women’s men’s people’s members' members’")
_LISTED = (Role.NAME, Role.PREPOSITION, Role.ARTICLE)
_NO_LINKS = words("""
against than versus vs from since until till by after before during per as about im am bis nach vor seit gegenüber
je within between zwischen""")


def _uncapitalised(text: str, *, is_first: bool) -> str:
    first = text.split(maxsplit=1)[0]
    return text[0].lower() + text[1:] if is_first and first[1:].islower() else text
