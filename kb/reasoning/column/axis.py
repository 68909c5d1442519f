"""Where do the numbers lie? Each laid on the axis of its measure as exact fractions, and all of them in order."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import numpy as np

from kb.domain.entity import Measure
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.reasoning.array import Flags, Floats, Ints, distinct, starts
from kb.reasoning.column.columns import Columns
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.findings.mention import in_measure_unit

NEAR = 1e-9
"""Floats that lie nearer to each other than this, as a share, decide nothing."""

LARGEST = 2**62
"""What a column may hold."""

_TENS = 10 ** np.arange(19, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """The rows of some columns on the axes of their measures.

    A row says ``low / whole`` to ``high / whole`` with granularity ``step / whole``, in lowest terms.

    Attributes:
        axis: A number that rows of one measure in one unit share.
        percent: Whether distances on the axis are told in percentage points.
        unsaid: Whether a flow was given without its period.
        low_place: Place of the low end among all ends there are; equal for equal numbers, whatever their units.
        high_place: Place of the high end.
        fits: Whether the row could be laid; where not, all else about it means nothing.
    """

    axis: Ints
    percent: Flags
    unsaid: Flags
    low: Ints
    high: Ints
    step: Ints
    whole: Ints
    low_place: Ints
    high_place: Ints
    fits: Flags


def laid(columns: Columns) -> Laid:
    """``columns`` on the axes of their measures; ``in_measure_unit`` of a 1 says what a unit is converted into."""
    pair = columns.measure * len(columns.units) + columns.unit
    pairs, which = _coded(pair, len(columns.measures) * len(columns.units))
    readings = [_one(columns, int(place)) for place in pairs]
    axes: dict[tuple[int, str], int] = {}
    axis = [
        axes.setdefault((int(place) // len(columns.units), one.unit), len(axes))
        for place, one in zip(pairs, readings, strict=True)
    ]
    factors = [one.stated.low or Fraction(0) for one in readings]
    fractions = _fractions(columns, factors, which)
    low_place, high_place = _places(*fractions[:2], fractions[3])
    return Laid(
        np.array(axis, np.int64)[which],
        np.array([one.percent for one in readings], np.bool_)[which],
        np.array([one.period_not_stated for one in readings], np.bool_)[which],
        *fractions[:4],
        low_place,
        high_place,
        fractions[4],
    )


def _one(columns: Columns, pair: int) -> NormalizedQuantity:
    measure, unit = divmod(pair, len(columns.units))
    return _unit_amount(columns.measures[measure], columns.units[unit], columns.vocabulary)


@lru_cache(maxsize=4096)
def _unit_amount(measure: Measure, unit: str, vocabulary: Units) -> NormalizedQuantity:
    return in_measure_unit(measure, Quantity(Decimal(1), Decimal(1), unit), vocabulary)


def _coded(codes: Ints, limit: int) -> tuple[Ints, Ints]:
    """The different codes below ``limit`` in order, and the place of each code among them."""
    if limit > 10 * len(codes) + 1000:
        found, place = np.unique(codes, return_inverse=True)
        return found, place
    seen = np.zeros(limit, np.bool_)
    seen[codes] = True
    found = np.flatnonzero(seen)
    place = np.zeros(limit, np.int64)
    place[found] = np.arange(len(found))
    return found, place[codes]


def _fractions(columns: Columns, factors: list[Fraction], which: Ints) -> tuple[Ints, Ints, Ints, Ints, Flags]:
    """Low, high and granularity over a whole, in lowest terms, and whether that can be held."""
    small = [max(factor.numerator, factor.denominator) < LARGEST for factor in factors]
    above = np.array([factor.numerator if fits else 1 for factor, fits in zip(factors, small, strict=True)], np.int64)
    below = np.array([factor.denominator if fits else 1 for factor, fits in zip(factors, small, strict=True)], np.int64)
    up, down = np.clip(columns.exponent, 0, 18), np.clip(-columns.exponent, 0, 18)
    times, whole = above[which] * 1.0 * _TENS[up], below[which] * 1.0 * _TENS[down]
    largest = np.maximum(np.maximum(np.abs(columns.low), np.abs(columns.high)), columns.step)
    fits = np.array(small, np.bool_)[which] & (np.abs(columns.exponent) <= 18) & (whole < LARGEST)
    fits &= largest * times < LARGEST
    factor = np.where(fits, above[which] * _TENS[up], 0)
    parts = [part * factor for part in (columns.low, columns.high, columns.step)]
    wholes = np.where(fits, below[which] * _TENS[down], 1)
    common = np.gcd(np.gcd(parts[0], parts[1]), np.gcd(parts[2], wholes))
    return parts[0] // common, parts[1] // common, parts[2] // common, wholes // common, fits


def _places(low: Ints, high: Ints, whole: Ints) -> tuple[Ints, Ints]:
    """For each end its place among all ends: sorted as floats, and as fractions where floats lie too near."""
    points = np.flatnonzero(low != high)
    above, below = np.concatenate([low, high[points]]), np.concatenate([whole, whole[points]])
    common = np.gcd(above, below)
    above, below = above // common, below // common
    value = above / below
    order = np.argsort(value, kind="stable")
    _settle(order, value, above, below)
    above, below = above[order], below[order]
    new = starts(above) | starts(below)
    place = np.empty(len(order), np.int64)
    place[order] = np.cumsum(new)
    high_place = place[: len(low)].copy()
    high_place[points] = place[len(low) :]
    return place[: len(low)], high_place


def _settle(order: Ints, value: Floats, above: Ints, below: Ints) -> None:
    """Puts the stretches of ``order`` in which floats lie too near each other, and are not equal, in exact order."""
    ordered, up, down = value[order], above[order], below[order]
    near = np.abs(np.diff(ordered)) <= NEAR * np.abs(ordered[1:])
    unequal = near & ((up[1:] != up[:-1]) | (down[1:] != down[:-1]))
    if not unequal.any():
        return
    start = np.flatnonzero(np.concatenate([[True], ~near]))
    stretch = np.searchsorted(start, np.flatnonzero(unequal), side="right") - 1
    end = np.append(start[1:], len(order))
    for one in distinct(stretch):
        part = order[start[one] : end[one]]
        exact = sorted(part.tolist(), key=lambda row: (Fraction(int(above[row]), int(below[row])), row))
        order[start[one] : end[one]] = exact


def chosen(rows: Laid, kept: Ints) -> Laid:
    """Some of the rows."""
    parts = {name: getattr(rows, name)[kept] for name in Laid.__slots__}
    return replace(rows, **parts)
