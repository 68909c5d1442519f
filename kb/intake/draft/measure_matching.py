"""Guesses of the measure of a number: a known one with a similar name, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from kb.domain.entity import Measure
from kb.domain.measure_kind import MeasureKind, likely_kind
from kb.domain.quantity import Quantity
from kb.domain.slug import slug_of, unused_slug
from kb.domain.unit import Unit, Units
from kb.domain.unit.names import POINTS
from kb.numbers.scan import ChangeRole

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
    """

    slug: str
    label: str
    unit: str
    kind: MeasureKind
    known: bool
    similar: tuple[SimilarMeasure, ...]
    keys: tuple[str, ...] = ()


_CHANGED: Mapping[ChangeRole | None, str] = {
    ChangeRole.CHANGE_BY: "change in {}",
    ChangeRole.LEVEL_BEFORE: "{}, before the change",
}


class MeasureMatcher:
    """Guesses measures; the same subject and dimension always give the same one."""

    def __init__(self, known: Iterable[Measure], units: Units) -> None:
        self._units = units
        self._known = {measure.slug: measure for measure in known}
        self._made: dict[tuple[str, tuple[tuple[str, int], ...], bool], DraftMeasure] = {}

    @property
    def new(self) -> tuple[DraftMeasure, ...]:
        """The measures that the base does not have, in the order of the document."""
        return tuple(measure for measure in self._made.values() if not measure.known)

    def of(self, subject: str, quantity: Quantity, line: int, change: ChangeRole | None = None) -> DraftMeasure:
        """The measure of a ``quantity`` of what ``subject`` names.

        Without a subject, it is a measure of its own for that line, so that the number is compared with no other. The
        amount of a change and the level before it have measures of their own: "from 21 to 24" is no disagreement. So
        have percentage points beside per cent, which have no dimension either and are never the same.
        """
        unit = self._units.parse(quantity.unit or "1")
        subject = _CHANGED.get(change, "{}").format(subject or f"unnamed, line {line}")
        key = (utils.default_process(subject), unit.dimension, quantity.unit == POINTS)
        if key not in self._made:
            self._made[key] = self._guessed(subject, quantity, unit, is_level=change not in _CHANGED)
        return self._made[key]

    def _guessed(self, subject: str, quantity: Quantity, unit: Unit, *, is_level: bool) -> DraftMeasure:
        similar = self._similar(subject, unit, in_points=quantity.unit == POINTS)
        if is_level and similar and similar[0].score >= SAME_MEASURE_SCORE:
            known = self._known[similar[0].slug]
            return DraftMeasure(
                slug=known.slug, label=known.label, unit=known.unit, kind=known.kind, known=True, similar=similar
            )
        slug = self._unused_slug(slug_of(subject) or _noun(unit))
        return DraftMeasure(
            slug=slug,
            label=subject or slug,
            unit=quantity.unit or "1",
            kind=likely_kind(unit),
            known=False,
            similar=similar,
        )

    def _similar(self, subject: str, unit: Unit, *, in_points: bool) -> tuple[SimilarMeasure, ...]:
        alike = (
            SimilarMeasure(measure.slug, round(max(_similarity(subject, name) for name in _names(measure))))
            for measure in self._known.values()
            if self._units.parse(measure.unit).same_dimension(unit) and (measure.unit == POINTS) is in_points
        )
        ranked = sorted(
            (candidate for candidate in alike if candidate.score >= SIMILAR_MEASURE_SCORE),
            key=lambda candidate: (-candidate.score, candidate.slug),
        )
        return tuple(ranked[:3])

    def _unused_slug(self, slug: str) -> str:
        taken = {*self._known, *(measure.slug for measure in self._made.values())}
        return unused_slug(slug, taken)


def _names(measure: Measure) -> tuple[str, ...]:
    return (measure.label, measure.slug.replace("-", " "), *measure.aliases)


def _similarity(subject: str, name: str) -> float:
    """The similarity from 0 to 100, whatever the order of words; a single word resembles only a name of one word."""
    if not subject:
        return 0.0
    whole = fuzz.token_sort_ratio(subject, name, processor=utils.default_process)
    if len(subject.split()) < 2:
        return whole
    part = fuzz.token_set_ratio(subject, name, processor=utils.default_process)
    return max(whole, 0.95 * part)


def _noun(unit: Unit) -> str:
    names = [atom.name.lower() for atom, power in unit.parts if power > 0]
    return slug_of(" ".join(names)) or "amount"
