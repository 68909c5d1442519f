"""Which figures of two documents that speak of one thing are the same number, as a careful reader pairs them.

Names alone do not tell: "the bridge's cost" of one document is "the price of the crossing" in another. A reader asks
what the words around the two are about, and whether anything sets them apart: another time, a plan against what
happened, a change against a level, a part against a whole, another place. Nothing may, and neither figure may fit a
third one nearly as well.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from kb.domain.entity import Stance
from kb.domain.unit import Units
from kb.intake.draft.concepts import GENERAL, KIN, MEANT, OPPOSITES
from kb.intake.draft.document_place import PLACE_KEY
from kb.intake.draft.entries import About, Draft, DraftFigure
from kb.intake.draft.figure_reading import FigureReading, reading_of
from kb.intake.period import read_period
from kb.intake.record import TIME_KEYS
from kb.numbers.recognition import language_of

_LEAST = 0.22
"""How much two figures have to have in common, of about 1."""
_CLEARLY = 1.2
"""How many times more than with any other figure that has to be."""
_KNOWN, _UNKNOWN = 0.4, 0.2
"""What a concept costs that only one of two figures has; less where it is only a word."""
_SAME_NUMBER, _ONLY_OF_UNIT, _ONLY_OF_CONCEPT, _KIN_WEIGHT = 0.25, 0.2, 0.1, 0.5
_MOST_TIMES = 3
"""How many times another a number may be that is taken for one of the same thing."""
_RARE = 60
"""Figures of a document that a word may stand beside to be worth looking up in a long one."""
_COGNATE = 82
"""How alike, of 100, two words of different languages are that are taken for one: ``elefant`` and ``elephant``."""
_LONG = 5
"""Letters of a word that resembles another by more than chance."""
_SILENT = (Stance.NEGATED, Stance.HYPOTHETICAL)
"""Stances of which nothing is compared."""
_UNCOMMITTED = (*_SILENT, Stance.ASSUMED, Stance.ALLEGED)
"""Stances of numbers that nobody who states them vouches for."""
Place = tuple[int, str]
"""A figure of drafts that are made together: the place of its draft, and its id."""


@dataclass(frozen=True)
class Side:
    """A draft with the text it was made of and its language."""

    draft: Draft
    text: str
    language: str
    units: Units
    labels: Mapping[str, str]

    @cached_property
    def readings(self) -> Sequence[FigureReading]:
        """Its figures that state how things are or will be."""
        capitals_name = self.language != "de"
        stated = (figure for figure in self.draft.figures if not _is_uncommitted(figure))
        return [reading_of(figure, self.units, capitals_name=capitals_name) for figure in stated]

    def names(self, place: str) -> bool:
        """Whether a figure of its draft has ``place``, or its text names it."""
        label = self.labels.get(place, place)
        return label in self.text or any(dict(one.figure.scope).get(PLACE_KEY) == place for one in self.readings)

    def said_once(self, reading: FigureReading) -> frozenset[str]:
        """The concepts of a figure that no other one of its kind has: the only profit of a report."""
        return frozenset(concept for concept in _telling(reading) if self._concept_counts[reading.kind, concept] == 1)

    @cached_property
    def _concept_counts(self) -> Counter[tuple[str, str]]:
        return Counter((reading.kind, concept) for reading in self.readings for concept in _telling(reading))

    @cached_property
    def units_used(self) -> Counter[tuple[str, str]]:
        return Counter((reading.kind, reading.unit) for reading in self.readings)

    @cached_property
    def times_of_measure(self) -> Mapping[str, frozenset[str]]:
        times: dict[str, set[str]] = defaultdict(set)
        for reading in self.readings:
            if reading.time and "planned" not in reading.roles:
                times[reading.figure.measure.slug].add(reading.time)
        return {slug: frozenset(own) for slug, own in times.items()}


@dataclass(frozen=True)
class Meetings:
    """The figures of several drafts that are one number, in groups."""

    groups: Sequence[Sequence[Place]]

    @cached_property
    def _met(self) -> frozenset[Place]:
        return frozenset(place for group in self.groups for place in group)

    def is_met(self, place: Place) -> bool:
        """Whether another document has the same number as the figure at ``place``."""
        return place in self._met

    def figure(self, drafts: Sequence[Draft], place: Place) -> DraftFigure:
        """The figure of ``drafts`` at ``place``."""
        return next(figure for figure in drafts[place[0]].figures if figure.id == place[1])


def meetings(
    drafts: Sequence[Draft], about: Sequence[tuple[str, About]], units: Units, places: Mapping[str, str]
) -> Meetings:
    """The figures of ``drafts`` that are one number, in documents that speak of one thing.

    Args:
        drafts: One for each document.
        about: The text of each document, and what is known of it.
        units: The vocabulary of units.
        places: The names of places by their ids.
    """
    sides = [
        Side(draft, text, _language(text, one), units, places) for draft, (text, one) in zip(drafts, about, strict=True)
    ]
    groups: dict[Place, list[Place]] = {}
    for first, (_, one) in enumerate(about):
        for second in range(first + 1, len(about)):
            if one.subject and one.subject == about[second][1].subject:
                for left, right in aligned(sides[first], sides[second]):
                    _join(groups, (first, left.id), (second, right.id))
    return Meetings(list({id(group): group for group in groups.values()}.values()))


def _join(groups: dict[Place, list[Place]], left: Place, right: Place) -> None:
    """Makes one group of those of two figures, unless that had two figures of one document."""
    own, others = groups.setdefault(left, [left]), groups.setdefault(right, [right])
    if own is others or {at for at, _ in own} & {at for at, _ in others}:
        return
    own += others
    for place in others:
        groups[place] = own


def _language(text: str, about: About) -> str:
    recognised = language_of(text)
    return about.language.partition("-")[0].lower() or (recognised.code if recognised else "")


def is_silent(figure: DraftFigure) -> bool:
    """Whether ``figure`` is denied or thought, and compared with no other."""
    return figure.stance is not None and figure.stance.stance in _SILENT


def _is_uncommitted(figure: DraftFigure) -> bool:
    return figure.stance is not None and figure.stance.stance in _UNCOMMITTED


def aligned(left: Side, right: Side) -> Iterator[tuple[DraftFigure, DraftFigure]]:
    """The pairs of figures of two documents that are one number, the surest first; no figure is in two of them."""
    likeness = _Likeness(left, right)
    scores = {places: score for places in likeness.candidates() if (score := likeness.of(*places)) >= _LEAST / _CLEARLY}
    by_figure: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for places in scores:
        for side in (0, 1):
            by_figure[side, places[side]].append(places)
    taken: set[tuple[int, int]] = set()
    for places, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        mine = {(0, places[0]), (1, places[1])}
        if score < _LEAST or mine & taken:
            continue
        rivals = (other for figure in mine for other in by_figure[figure] if other != places)
        # Those that fit another figure better are no rivals any more.
        open_ones = (other for other in rivals if not {(0, other[0]), (1, other[1])} & taken)
        if all(score >= _CLEARLY * scores[other] for other in open_ones):
            taken |= mine
            yield left.readings[places[0]].figure, right.readings[places[1]].figure


class _Likeness:
    """How much the figures of two documents have in common."""

    def __init__(self, left: Side, right: Side) -> None:
        self._left, self._right = left, right
        self._twins = _cognates(left, right) if left.language != right.language else {}
        self._own = [self._concepts(reading, is_left=True) for reading in left.readings]
        self._others = [self._concepts(reading, is_left=False) for reading in right.readings]
        count = Counter(concept for concepts in (*self._own, *self._others) for concept in concepts)
        total = len(self._own) + len(self._others)
        self._rarity = {concept: math.log(1 + total / number) for concept, number in count.items()}

    def _concepts(self, reading: FigureReading, *, is_left: bool) -> Mapping[str, float]:
        """The concepts of a figure; a word of another language by the word that it resembles."""
        concepts: dict[str, float] = {}
        for concept, weight in reading.concepts.items():
            name = concept if is_left else self._twins.get(concept, concept)
            if "change" in reading.roles and name in ("rise", "fall"):
                continue
            concepts[name] = max(concepts.get(name, 0), weight * (0.3 if name in GENERAL else 1))
            if name in KIN:
                concepts[KIN[name]] = max(concepts.get(KIN[name], 0), weight * _KIN_WEIGHT)
        return concepts

    def candidates(self) -> Iterator[tuple[int, int]]:
        """The places of figures of one kind and unit that have a word in common which is not everywhere."""
        by_word: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for place, (reading, concepts) in enumerate(zip(self._right.readings, self._others, strict=True)):
            for concept in concepts:
                by_word[reading.kind, reading.unit, concept].append(place)
        for place, (reading, concepts) in enumerate(zip(self._left.readings, self._own, strict=True)):
            lists = (by_word.get((reading.kind, reading.unit, concept), []) for concept in concepts)
            found = {other for places in lists if len(places) <= _RARE for other in places}
            yield from ((place, other) for other in sorted(found))

    def of(self, one: int, other: int) -> float:
        """How much two figures have in common, about 0 to 1; 0 where something sets them apart."""
        left, right = self._left.readings[one], self._right.readings[other]
        if (
            left.roles != right.roles
            or _is_sum(left, right)
            or _scopes_differ(left, right)
            or _are_opposed(left, right)
        ):
            return 0.0
        if not self._may_be_at_one_time(left, right) or not _is_near(left, right):
            return 0.0
        shared = self._shared(self._own[one], self._others[other])
        is_only = shared > 0 and not self._left.said_once(left).isdisjoint(self._right.said_once(right))
        score = (shared + (_ONLY_OF_CONCEPT if is_only else 0)) * self._doubt(left, right)
        units = (left.kind, left.unit)
        if left.unit and self._left.units_used[units] == self._right.units_used[units] == 1:
            score += _ONLY_OF_UNIT
        is_same = left.size == right.size
        return score + (_SAME_NUMBER * min(1, score / _LEAST) if is_same else 0)

    def _shared(self, own: Mapping[str, float], others: Mapping[str, float]) -> float:
        rarity = self._rarity
        both = own.keys() & others.keys()
        shared = sum(min(own[concept], others[concept]) * rarity[concept] for concept in both)
        only = [(concept, weight) for side in (own, others) for concept, weight in side.items() if concept not in both]
        cost = sum(weight * rarity[concept] * (_KNOWN if concept in MEANT else _UNKNOWN) for concept, weight in only)
        return shared / (shared + cost + 0.5)

    def _may_be_at_one_time(self, left: FigureReading, right: FigureReading) -> bool:
        if left.time and right.time:
            return is_same_time(left.time, right.time)
        if not left.time and not right.time:
            return True
        dated, side = (left, self._left) if left.time else (right, self._right)
        # A plan for 2027 is none for a time that is not said; of several years the last one is meant.
        is_plan = "planned" in dated.roles and left.size != right.size
        years = [time[:4] for time in side.times_of_measure.get(dated.figure.measure.slug, ())]
        return not is_plan and dated.time[:4] >= max(years, default="")

    def _doubt(self, left: FigureReading, right: FigureReading) -> float:
        """A factor for what tells two figures apart without setting them apart."""
        factor = 1.15 if left.time and left.time == right.time else 1.0
        if any(name not in self._right.text for name in left.names) or any(
            name not in self._left.text for name in right.names
        ):
            factor *= 0.6
        if self._is_elsewhere(left, self._right, right) or self._is_elsewhere(right, self._left, left):
            factor *= 0.25
        if left.is_part != right.is_part or _is_part_of_year(left.time) != _is_part_of_year(right.time):
            factor *= 0.75
        if not (left.rows <= right.concepts.keys() and right.rows <= left.concepts.keys()):
            factor *= 0.4
        if _tell_apart(left.counted, right.counted) or _tell_apart(left.where, right.where):
            factor *= 0.25
        if not _kin(left.said) & _kin(right.said):
            # Only the words around say the same, which may be about another figure.
            factor *= 0.5
        small, large = sorted((left.size, right.size))
        return factor * (0.8 if small and large > 2 * small else 1)

    @staticmethod
    def _is_elsewhere(reading: FigureReading, side: Side, other: FigureReading) -> bool:
        """Whether a figure is of a place of its own, of which the other document never speaks."""
        own, rival = dict(reading.figure.scope), dict(other.figure.scope)
        place = own.get(PLACE_KEY, "")
        return bool(place) and PLACE_KEY not in rival and not other.rows and not side.names(place)


def _cognates(left: Side, right: Side) -> Mapping[str, str]:
    """Words of the right document by those of the left one that they resemble, where neither has a meaning."""
    own = {concept for reading in left.readings for concept in reading.concepts if concept not in MEANT}
    others = {concept for reading in right.readings for concept in reading.concepts if concept not in MEANT}
    long = sorted(word for word in own if len(word) >= _LONG)
    best = {word: process.extractOne(word, long, scorer=fuzz.ratio, score_cutoff=_COGNATE) for word in sorted(others)}
    return {word: match[0] for word, match in best.items() if match and len(word) >= _LONG}


def is_same_time(one: str, other: str) -> bool:
    """Whether two times are the same, or one is the end of the other: ``2025`` and ``2025-12-31``."""
    left, right = read_period(one), read_period(other)
    if isinstance(left, str) or isinstance(right, str):
        return one == other
    is_end = left.end == right.end and (left.start == left.end or right.start == right.end)
    return (left.start, left.end) == (right.start, right.end) or is_end


def _telling(reading: FigureReading) -> frozenset[str]:
    return reading.said & MEANT - GENERAL


def _is_part_of_year(time: str) -> bool:
    """Whether ``time`` is a month or a quarter, and no day, which may be the end of a year."""
    return len(time) == len("2025-06") and time[4:5] == "-"


def _are_opposed(left: FigureReading, right: FigureReading) -> bool:
    """Whether the words beside one are the opposite of those beside the other: built and demolished."""
    return any(
        (one in left.said and other in right.said) != (one in right.said and other in left.said)
        for one, other in OPPOSITES
        if not {one, other} <= left.said and not {one, other} <= right.said
    )


def _tell_apart(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of concepts are about different things: nurses and teachers, and not visitors and guests."""
    return bool(left and right) and not _kin(left) & _kin(right)


def _kin(concepts: frozenset[str]) -> frozenset[str]:
    """The concepts that tell something, with the fields that they belong to."""
    return frozenset(name for concept in concepts - GENERAL for name in (concept, KIN.get(concept, concept)))


def _scopes_differ(left: FigureReading, right: FigureReading) -> bool:
    own, other = dict(left.figure.scope), dict(right.figure.scope)
    return any(own[key] != other[key] for key in own.keys() & other.keys() - frozenset(TIME_KEYS))


def _is_sum(left: FigureReading, right: FigureReading) -> bool:
    """Whether one name has all of the other and something more beside it: ``ticket and advertising income``."""
    small, large = sorted((left, right), key=lambda reading: len(reading.named))
    return large.is_sum and not small.is_sum and bool(small.named) and small.named < large.named


def _is_near(left: FigureReading, right: FigureReading) -> bool:
    small, large = sorted((left.size, right.size))
    return small == large or (small > 0 and large <= _MOST_TIMES * small)
