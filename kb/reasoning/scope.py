"""Scopes compared key by key: whether two numbers are about the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from kb.domain.finding import ScopeDifference, ScopeDifferenceKind
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.scope import Quantifier, Scope, ScopeSelection

ScopeKey = tuple[tuple[str, ScopeSelection], ...]
"""A scope in one spelling, so that equal scopes are equal keys: keys sorted, terms sorted, times without their text."""

OFFER_KEYS = frozenset({"billing", "period", "as-of"})
"""Keys that are terms of an offer or its time: where they differ, two numbers are two offers, which is no finding."""

_MOST_EXPANSIONS = 256
"""Largest number of scopes that one scope with several ``each`` is expanded to."""


@dataclass(frozen=True, slots=True)
class ScopeComparison:
    """The outcome of comparing two scopes; keys on which both agree are in none of the three.

    Attributes:
        unspecified: Keys, sorted, on which it is not certain that both are about one thing: only one of the two gives
            them, or both do in words that may mean the same (a set and its total, a date within another).
        differences: Keys on which the two differ, sorted; empty where they may be compared.
        parts: Keys, sorted, on which one time is part of the other and they are compared nevertheless, as ratios are.
    """

    unspecified: tuple[str, ...]
    differences: tuple[ScopeDifference, ...]
    parts: tuple[str, ...] = ()

    @property
    def uncertain(self) -> bool:
        """Whether it is uncertain on some key that both are about one thing; a conflict is then a tension."""
        return bool(self.unspecified or self.parts)

    @property
    def comparable(self) -> bool:
        """Whether the two numbers may be compared: no key differs."""
        return not self.differences

    @property
    def different_offers(self) -> bool:
        """Whether some difference is one of offer or time, which is no news to a reader."""
        return any(difference.kind is ScopeDifferenceKind.OFFER for difference in self.differences)


def scope_key(scope: Scope) -> ScopeKey:
    """``scope`` as a sorted tuple, equal for equal scopes however they were written."""
    return tuple((key, _normalized(value)) for key, value in sorted(scope.items()))


def _normalized(value: ScopeSelection) -> ScopeSelection:
    # Most values are one named thing, of which no copy is needed.
    if len(value.terms) == 1 and value.quantifier is Quantifier.ONE and not (value.start or value.end or value.text):
        return value
    if value.is_time:
        return replace(value, text="" if value.start or value.end else value.text)
    terms = tuple(sorted(set(value.terms)))
    if len(terms) == 1:
        return ScopeSelection(terms=terms)
    return replace(value, terms=terms)


def expanded(scope: Scope) -> tuple[ScopeKey, ...]:
    """The scopes that ``scope`` stands for: ``each`` of two vendors is two scopes, a set or a total is one.

    Where that would be more than ``_MOST_EXPANSIONS``, the one scope itself.
    """
    if not any(value.quantifier is Quantifier.EACH for value in scope.values()):
        return (scope_key(scope),)
    choices = [[(key, member) for member in _members(value)] for key, value in sorted(scope.items())]
    keys = [tuple(combination) for combination in product(*choices)]
    return tuple(keys) if len(keys) <= _MOST_EXPANSIONS else (scope_key(scope),)


def _members(value: ScopeSelection) -> list[ScopeSelection]:
    if value.quantifier is Quantifier.EACH and value.terms:
        return [ScopeSelection(terms=(term,)) for term in sorted(set(value.terms))]
    return [_normalized(value)]


def compare_scopes(
    knowledge: Knowledge, kind: MeasureKind, left: Mapping[str, ScopeSelection], right: Scope
) -> ScopeComparison:
    """The keys on which two scopes agree, differ or leave open what they are about.

    Args:
        knowledge: Where it is recorded which scope values are part of which.
        kind: The kind of the measure; a ratio for a part of a time compares with that for the whole.
        left: The first scope; differences keep the order of the two.
        right: The second scope.
    """
    if left == right:
        return ScopeComparison((), ())
    # A key that only one author gives may be meant by both: a rent of €1,200 in Berlin beside one of €2,100 without a
    # place may be of one town or of two, so that a conflict becomes a tension.
    unspecified = sorted(left.keys() ^ right.keys())
    differences, parts = [], []
    for key in sorted(left.keys() & right.keys()):
        left_value, right_value = _normalized(left[key]), _normalized(right[key])
        if left_value == right_value:
            continue
        difference_kind = (
            None
            if _may_be_same_date(key, left_value, right_value)
            else _difference_kind(knowledge, left_value, right_value)
        )
        if difference_kind is None:
            unspecified.append(key)
        # A margin of 70% for October beside 20% for the year may be right or a slip, and leaves a tension. One region's
        # share beside that of the country says nothing about it, nor do October's $1,000 beside $8,000 in the year.
        elif left_value.is_time and difference_kind is ScopeDifferenceKind.PART and kind.traits.holds_for_parts_of_time:
            parts.append(key)
        else:
            difference_kind = ScopeDifferenceKind.OFFER if key in OFFER_KEYS or left_value.is_time else difference_kind
            differences.append(
                ScopeDifference(
                    key=key,
                    kind=difference_kind,
                    left=left[key],
                    right=right[key],
                    part_side=_part_side(knowledge, left_value, right_value),
                )
            )
    return ScopeComparison(tuple(unspecified), tuple(differences), tuple(parts))


def _may_be_same_date(key: str, left: ScopeSelection, right: ScopeSelection) -> bool:
    """Whether two dates may name one moment: ``as-of`` times of which one lies in, or overlaps, the other."""
    # What holds "as of 2025" holds at some time in that year, perhaps in June. A ``period`` is another matter: what was
    # sold in 2025 was not sold in June.
    return key == "as-of" and left.meets_time(right)


def _difference_kind(knowledge: Knowledge, left: ScopeSelection, right: ScopeSelection) -> ScopeDifferenceKind | None:
    """How two unequal selections of one key differ; None where they may well mean the same."""
    # 300 people in each of three towns are no rival of 900 in all three, while "Berlin and Munich" and "Berlin and
    # Munich in total" may be one and the same.
    if left.is_time or right.is_time:
        return ScopeDifferenceKind.PART if left.meets_time(right) else ScopeDifferenceKind.OFFER
    if left.terms == right.terms:
        return None if Quantifier.EACH not in (left.quantifier, right.quantifier) else ScopeDifferenceKind.PART
    if left.quantifier is Quantifier.EACH and right.quantifier is Quantifier.ONE and right.terms[0] in left.terms:
        return None
    if right.quantifier is Quantifier.EACH and left.quantifier is Quantifier.ONE and left.terms[0] in right.terms:
        return None
    inside = covers(knowledge, left, right) or covers(knowledge, right, left)
    return ScopeDifferenceKind.PART if inside else ScopeDifferenceKind.NAMED


def _part_side(knowledge: Knowledge, left: ScopeSelection, right: ScopeSelection) -> str:
    """``left`` or ``right``, whichever is part of the other; empty where neither is, and for times."""
    if left.is_time or right.is_time:
        return ""
    return "left" if covers(knowledge, right, left) else "right" if covers(knowledge, left, right) else ""


def are_disjoint(knowledge: Knowledge, left: ScopeSelection, right: ScopeSelection) -> bool:
    """Whether the two name different things, neither of which is part of the other; False for times."""
    left_value, right_value = _normalized(left), _normalized(right)
    return (
        not (left_value.is_time or right_value.is_time)
        and _difference_kind(knowledge, left_value, right_value) is ScopeDifferenceKind.NAMED
    )


def covers(knowledge: Knowledge, whole: ScopeSelection, part: ScopeSelection) -> bool:
    """Whether each term of ``part`` is a term of ``whole`` or lies below one by ``part-of``; False without terms."""
    return bool(part.terms) and all(any(up in whole.terms for up in knowledge.lineage(term)) for term in part.terms)
