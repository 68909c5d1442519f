"""Sentences that explain a comparison: both numbers, their difference, and the ground of the verdict."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.finding import Ground
from kb.domain.interval import Interval
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison
from kb.reports.words.amount import (
    names_no_number,
)
from kb.reports.words.difference import SLIGHTLY, difference_sentence, ends_clause, gap_sentence, mistake_hint
from kb.reports.words.ground import ground_sentence
from kb.reports.words.references import list_words, with_indefinite_article
from kb.reports.words.side import Side, said_by_both


class UncertainKey(NamedTuple):
    """A scope key on which two sides may differ, with the value of each in words; empty where it gives none."""

    key: str
    left: str
    right: str


def comparison_sentence(
    left: Side,
    right: Side,
    comparison: Comparison,
    uncertain_keys: Sequence[UncertainKey] = (),
    shared: str = "",
) -> str:
    """Sentences with both numbers, what both are of (``shared``), their distance, and the ground of the verdict."""
    parts = [
        f"{said_by_both(left, right).removesuffix('.')}{shared}.",
        _gap(left.normalized, right.normalized, comparison),
        ground_sentence(left, right, comparison),
        _unspecified(uncertain_keys, comparison),
        mistake_hint(left.normalized, right.normalized, comparison),
    ]
    return " ".join(filter(None, parts))


def retold_sentence(earlier: Side, later: Side, comparison: Comparison, *, same_number: bool) -> str:
    """Sentences with a number and its retelling, behind one that names what was changed.

    ``same_number`` says that none of the changes is one of the number.
    """
    # Why two voices may both be right is beside the point: a retelling is not another opinion.
    before, after = earlier.normalized, later.normalized
    if before.unit != after.unit:
        return said_by_both(earlier, later)
    if same_number:
        same = before.stated == after.stated
        closing = "Apart from that, the two numbers are the same." if same else ""
        return " ".join(filter(None, [said_by_both(earlier, later), closing]))
    gap = _ends_sentence(before, after, comparison) if comparison.end else _plain_gap(before, after, comparison)
    return " ".join(filter(None, [said_by_both(earlier, later), gap, mistake_hint(before, after, comparison)]))


def _gap(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    if comparison.ground in (Ground.MEET, Ground.WITHIN_MARGINS) or left.unit != right.unit:
        return ""
    if comparison.end:
        return _ends_sentence(left, right, comparison)
    # The ratio of two numbers of which both are loose says nothing: "just over one month" beside "less than 2 months".
    if all(side.half_line or (side.quantity and names_no_number(side.quantity)) for side in (left, right)):
        return ""
    return _plain_gap(left, right, comparison)


def _plain_gap(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    if _are_close_counts(left, right, comparison):
        return difference_sentence(left.stated, right.stated, left.unit)
    return gap_sentence(left.stated, right.stated, left.unit, comparison.distance)


def _are_close_counts(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> bool:
    """Whether both are whole numbers of things that hardly differ: "3 people apart" says more than "2 % larger"."""
    counted = all(side.counts_exactly for side in (left, right))
    return counted and comparison.distance.near is not None and comparison.distance.near < SLIGHTLY


_ENDS = {"low": "lower", "high": "upper"}


def _ends_sentence(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    """A sentence on the ends of two ranges that lie farther apart, and whether the others are the same."""
    decides, opposite = comparison.end, "high" if comparison.end == "low" else "low"
    gap = ends_clause(_compared(left, decides), _compared(right, decides), left.unit, comparison.distance)
    if not gap:
        return f"The two ranges are compared end by end, and the {_ENDS[decides]} ends decide."
    if getattr(left.stated, opposite) == getattr(right.stated, opposite):
        return f"The two ranges have the same {_ENDS[opposite]} end and different {_ENDS[decides]} ends: {gap}."
    return f"Of the two ranges, the {_ENDS[decides]} ends are farther apart: {gap}."


def _compared(normalized: NormalizedQuantity, end: str) -> Interval:
    value = getattr(normalized.stated, end) if end else None
    return normalized.stated if value is None else Interval.at(value)


def _unspecified(uncertain_keys: Sequence[UncertainKey], comparison: Comparison) -> str:
    if not uncertain_keys:
        return ""
    alone = {
        "first": [uncertain.key for uncertain in uncertain_keys if not uncertain.right],
        "second": [uncertain.key for uncertain in uncertain_keys if not uncertain.left],
    }
    clauses = [f"only the {which} specifies {_key_words(keys)}" for which, keys in alone.items() if keys]
    both = [uncertain for uncertain in uncertain_keys if uncertain.left and uncertain.right]
    clauses += [_both_stated(uncertain) for uncertain in both]
    so = "; if both mean the same thing, they conflict" if comparison.ground is Ground.ONE_SIDED else ""
    words = "; ".join(clauses)
    return f"{words[:1].upper()}{words[1:]}{so}."


def _key_words(keys: Sequence[str]) -> str:
    """What one side names and the other does not, e.g. ``a place, a plan and a date``."""
    return list_words(tuple(with_indefinite_article("date" if key == "as-of" else key) for key in keys))


def _both_stated(uncertain: UncertainKey) -> str:
    if uncertain.key == "as-of":
        return f"the first is as of {uncertain.left}, the second of {uncertain.right}"
    return f"the first gives {uncertain.left} as {uncertain.key}, the second {uncertain.right}"
