"""Guesses of the measure of a number: a known one with a similar name, or a new one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, utils

from kb.domain.entity import UNNAMED, Measure
from kb.domain.measure_kind import MeasureKind, likely_kind
from kb.domain.quantity import Quantity
from kb.domain.slug import slug_of, unused_slug
from kb.domain.unit import Unit, Units
from kb.domain.unit.names import POINTS
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.figure_names import kind_of
from kb.intake.record import TIME_KEYS

SAME_MEASURE_SCORE = 86
"""The lowest similarity, of 100, at which a known measure is taken."""
SIMILAR_MEASURE_SCORE = 60
"""The lowest similarity at which a known measure is suggested in a remark."""


@dataclass(frozen=True, slots=True)
class SimilarMeasure:
    """A known measure, with the similarity of its name to the words of the document, from 0 to 100."""

    slug: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMeasure:
    """A measure of drafted figures.

    Attributes:
        slug: Its id in the seed file.
        label: Its name in the document; of a known measure, its own label.
        unit: Unit of its figures.
        kind: Guessed from the unit.
        known: Whether the base has it.
        similar: Known measures with similar names, the most similar first.
        keys: Scope keys that its figures give.
        aliases: Other names that the documents give it.
    """

    slug: str
    label: str
    unit: str
    kind: MeasureKind
    known: bool
    similar: tuple[SimilarMeasure, ...]
    keys: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


_FREE_KEYS = ("subject", "place")
"""Scope keys that a known measure may lack or have, whatever a number says."""


class MeasureMatcher:
    """Guesses measures; names of the same concepts and the same dimension always give the same one."""

    def __init__(self, known: Iterable[Measure], units: Units, prefix: str = "") -> None:
        self._units = units
        self._prefix = prefix
        known = list(known)
        self._known = {measure.slug: measure for measure in known if not measure.label.startswith(UNNAMED)}
        self.aliases: dict[str, dict[str, str]] = defaultdict(dict)
        self._taken = {measure.slug for measure in known}
        self._made: dict[tuple[frozenset[str], tuple[object, ...]], DraftMeasure] = {}

    def of(self, subject: str, quantity: Quantity, line: int, keys: frozenset[str] = frozenset()) -> DraftMeasure:
        """The measure of a ``quantity`` of what ``subject`` names.

        A known measure is taken only where it has the scope ``keys`` that are stated, and no key of a thing that is
        not: a number of May is none of a measure that says nothing of months. Without a subject it is a measure of its
        own, so that the number is compared with no other. Percentage points have one beside per cent, which have no
        dimension either and are never the same.
        """
        unit = self._units.parse(quantity.unit or "1")
        if not subject:
            return self._guessed(f"{UNNAMED}, line {line}", quantity, unit)
        # What is counted is in the name: whether its unit is called a visitor or a guest makes no difference.
        counts = kind_of(quantity.unit, self._units) == "count"
        dimension: tuple[object, ...] = ("count",) if counts else (*unit.dimension, quantity.unit == POINTS)
        concepts = concepts_in(subject) or frozenset((utils.default_process(subject),))
        numbers = frozenset(re.findall(r"\d+", subject))
        key = (concepts | numbers, dimension)
        if key not in self._made:
            self._made[key] = self._guessed(subject, quantity, unit)
        made = self._made[key]
        if made.known and not _fits(keys, frozenset(self._known[made.slug].keys)):
            key = (concepts | numbers | keys, dimension)
            if key not in self._made:
                self._made[key] = self._guessed(subject, quantity, unit, may_be_known=False)
            made = self._made[key]
        if not made.known:
            self.also_called(made, subject)
        return made

    def also_called(self, measure: DraftMeasure, name: str) -> None:
        """Keeps another name of a measure, by which a document calls it."""
        if name.casefold() != measure.label.casefold():
            self.aliases[measure.slug].setdefault(name.casefold(), name)

    def apart(self, measure: DraftMeasure, line: int) -> DraftMeasure:
        """A measure like another one, for a number of which nothing says that it is about the same."""
        label = measure.label if measure.label.startswith(UNNAMED) else f"{measure.label}, line {line}"
        # A label without a letter of a slug goes by the id of the measure, which has the prefix already.
        slug = prefixed(self._prefix, slug_of(label)) if slug_of(measure.label) else measure.slug
        return replace(measure, label=label, slug=self._unused_slug(slug), known=False)

    def _guessed(self, subject: str, quantity: Quantity, unit: Unit, *, may_be_known: bool = True) -> DraftMeasure:
        is_named = not subject.startswith(UNNAMED)
        similar = self._similar(subject, unit, in_points=quantity.unit == POINTS) if is_named else ()
        if may_be_known and similar and similar[0].score >= SAME_MEASURE_SCORE:
            known = self._known[similar[0].slug]
            return DraftMeasure(
                slug=known.slug, label=known.label, unit=known.unit, kind=known.kind, known=True, similar=similar
            )
        slug = self._unused_slug(prefixed(self._prefix, slug_of(subject) or _noun(unit)))
        counts = kind_of(quantity.unit, self._units) == "count"
        return DraftMeasure(
            slug=slug,
            label=subject,
            unit=quantity.unit or "1",
            kind=MeasureKind.COUNT if counts and is_named else likely_kind(unit),
            known=False,
            similar=similar,
        )

    def _similar(self, subject: str, unit: Unit, *, in_points: bool) -> tuple[SimilarMeasure, ...]:
        alike = (
            SimilarMeasure(measure.slug, round(max(_similarity(subject, name) for name in _names(measure))))
            for measure in self._known.values()
            if self._is_alike(measure, unit) and (measure.unit == POINTS) is in_points
        )
        ranked = sorted(
            (candidate for candidate in alike if candidate.score >= SIMILAR_MEASURE_SCORE),
            key=lambda candidate: (-candidate.score, candidate.slug),
        )
        return tuple(ranked[:3])

    def _is_alike(self, measure: Measure, unit: Unit) -> bool:
        known = self._units.parse(measure.unit)
        return (
            known.same_dimension(unit)
            or kind_of(measure.unit, self._units) == kind_of(str(unit), self._units) == "count"
        )

    def _unused_slug(self, slug: str) -> str:
        unused = unused_slug(slug, self._taken)
        self._taken.add(unused)
        return unused


def plain_label(measure: DraftMeasure) -> str:
    """The name of ``measure``, without the line that sets it apart from others of that name; empty for an unnamed one.

    >>> plain_label(DraftMeasure(slug="a", label="beds, line 4", unit="bed", kind=MeasureKind.COUNT, known=False,
    ...     similar=()))
    'beds'
    """
    return "" if measure.label.startswith(UNNAMED) else re.sub(r", line \d+$", "", measure.label)


def prefixed(prefix: str, slug: str) -> str:
    """``slug`` behind what the ids of a draft begin with, if anything."""
    return slug_of(f"{prefix} {slug}") if prefix else slug


def _fits(stated: frozenset[str], known: frozenset[str]) -> bool:
    free = frozenset((*TIME_KEYS, *_FREE_KEYS))
    return stated - frozenset(_FREE_KEYS) <= known and known - free <= stated


def _names(measure: Measure) -> tuple[str, ...]:
    return (measure.label, measure.slug.replace("-", " "), *measure.aliases)


def _similarity(subject: str, name: str) -> float:
    """The similarity from 0 to 100, whatever the order of words; a single word resembles only a name of one word."""
    if not subject:
        return 0.0
    if concepts_in(subject) and concepts_in(subject) == concepts_in(name):
        return 100.0
    whole = fuzz.token_sort_ratio(subject, name, processor=utils.default_process)
    if len(subject.split()) < 2:
        return whole
    part = fuzz.token_set_ratio(subject, name, processor=utils.default_process)
    return max(whole, 0.95 * part)


def _noun(unit: Unit) -> str:
    names = [atom.name.lower() for atom, power in unit.parts if power > 0]
    return slug_of(" ".join(names)) or "amount"
