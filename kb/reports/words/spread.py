"""Sentences on spreads: what a measure varies with, its extremes, and why two of its numbers are not compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kb.domain.finding import Finding, PairingSide, ScopeDifference
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.scope import ScopeSelection
from kb.reasoning.findings.chronology import MOMENT_KEYS
from kb.reasoning.findings.mention import normalized_quantity
from kb.reasoning.scope import compare_scopes, scope_key
from kb.reports.words.references import capitalized, list_words
from kb.reports.words.scope import difference_words, join_scope, plural_key, scope_text, selection_words
from kb.reports.words.series import with_preposition
from kb.reports.words.side import Side, said_by_both
from kb.reports.words.voices import with_mark


def scope_sentence(knowledge: Knowledge, left: Side, right: Side, differences: Sequence[ScopeDifference]) -> str:
    """Sentences with both numbers and the reason why they cannot be compared, so that no distance is given."""
    return f"{said_with_scopes(knowledge, left, right, differences)} {not_comparable_sentence(knowledge, differences)}"


def said_with_scopes(
    knowledge: Knowledge, left: Side, right: Side, differences: Sequence[ScopeDifference], about_both: str = ""
) -> str:
    """Who says which two numbers, each with what it is about in brackets, and what both are about behind them."""
    # A label need not stand behind "for": "86,000 doses for Received" is no English.
    first, second = _values(knowledge, differences)
    left, right = (
        replace(side, words=with_mark(side.words, scope)) for side, scope in ((left, first), (right, second))
    )
    if left.name == right.name and None not in (left.normalized.quantity, right.normalized.quantity):
        return capitalized(f"{left.said} and {right.words}{about_both}.")
    return f"{said_by_both(left, right).removesuffix('.')}{about_both}."


def _values(knowledge: Knowledge, differences: Sequence[ScopeDifference]) -> tuple[str, str]:
    """What each of two sides is about where they differ, in words; empty for a side that is silent."""
    lefts = ((each.key, selection_words(knowledge, each.left)) for each in differences if each.left)
    rights = ((each.key, selection_words(knowledge, each.right)) for each in differences if each.right)
    return join_scope(lefts), join_scope(rights)


def not_comparable_sentence(knowledge: Knowledge, differences: Sequence[ScopeDifference]) -> str:
    """Why two numbers are not comparable: ``They are not comparable, since Rome is part of Italy.``"""
    if not all(each.left and each.right for each in differences):
        reasons = "; ".join(difference_words(knowledge, each) for each in differences)
        return f"They are not comparable: {reasons}."
    named = tuple(plural_key(each.key) for each in differences if not each.part_side)
    parts = (difference_words(knowledge, each) for each in differences if each.part_side)
    clauses = (*([f"the {list_words(named)} differ"] if named else []), *parts)
    return f"They are not comparable, since {list_words(clauses)}."


def extremes(knowledge: Knowledge, finding: Finding) -> tuple[PairingSide, PairingSide]:
    """The sides of a spread with the least and the greatest number, of those that are about the time of its headline.

    A whole is no extreme beside parts that add up to it. The two sides of the headline where there are no others.
    """
    headline = finding.pairings[finding.headline]
    between = headline.left, headline.right
    time = _times(knowledge, headline.left)
    if finding.parts_only or time != _times(knowledge, headline.right):
        return between
    wholes = set(_wholes(finding)) if _kind(knowledge, finding).traits.additive else set()
    sides = {side.speaker: side for pairing in finding.pairings for side in (pairing.left, pairing.right)}
    numbers = [
        (low, high, side)
        for id, side in sides.items()
        if id not in wholes and _times(knowledge, side) == time and _unit(knowledge, side) == headline.unit
        for low, high in _ends(side)
    ]
    if not numbers:
        return between
    least, greatest = min(numbers, key=lambda number: number[:2])[2], max(numbers, key=lambda number: number[1::-1])[2]
    return (least, greatest) if between_scopes(knowledge, finding, least, greatest) else between


def between_scopes(
    knowledge: Knowledge, finding: Finding, left: PairingSide, right: PairingSide
) -> tuple[ScopeDifference, ...]:
    """What two sides of a spread differ in."""
    return compare_scopes(
        knowledge, _kind(knowledge, finding), _scope(knowledge, left), _scope(knowledge, right)
    ).differences


def shared_time(knowledge: Knowledge, left: PairingSide, right: PairingSide) -> str:
    """The time that both sides are for, behind their numbers: ``, both for 2025``; empty where they share none."""
    first, second = (_times(knowledge, side) for side in (left, right))
    shared = [(key, time) for key, time in first.items() if second.get(key) == time]
    words = [with_preposition("as of" if key == "as-of" else "for", knowledge, time) for key, time in shared]
    return f", both {list_words(tuple(words))}" if words else ""


def shared_scope(knowledge: Knowledge, left: PairingSide, right: PairingSide) -> str:
    """What both sides are of and for, behind their numbers: ``, both for 2025 (night lines)``; empty where nothing."""
    first, second = _scope(knowledge, left), _scope(knowledge, right)
    shared = {key: value for key, value in first.items() if second.get(key) == value and key not in MOMENT_KEYS}
    of_what, time = scope_text(knowledge, shared), shared_time(knowledge, left, right)
    if not of_what:
        return time
    return f"{time} ({of_what})" if time else f" (both for {of_what})"


def _kind(knowledge: Knowledge, finding: Finding) -> MeasureKind:
    assert finding.measure, "a spread is of a measure"
    return knowledge.measures[finding.measure].kind


def _wholes(finding: Finding) -> Iterator[object]:
    for pairing in finding.pairings:
        sides = {difference.part_side for difference in pairing.differences}
        if sides == {"left"}:
            yield pairing.right.speaker
        elif sides == {"right"}:
            yield pairing.left.speaker


def _ends(side: PairingSide) -> Iterator[tuple[Fraction, Fraction]]:
    """The least and the greatest stated value of a side; nothing where it has neither."""
    if side.stated is not None and (ends := [end for end in (side.stated.low, side.stated.high) if end is not None]):
        yield ends[0], ends[-1]


def _scope(knowledge: Knowledge, side: PairingSide) -> Mapping[str, ScopeSelection]:
    assert side.speaker, "each side of a spread has a speaker"
    return side.scope if side.scope is not None else dict(scope_key(knowledge.figures[side.speaker].scope))


def _times(knowledge: Knowledge, side: PairingSide) -> dict[str, ScopeSelection]:
    return {key: value for key, value in _scope(knowledge, side).items() if key in MOMENT_KEYS}


def _unit(knowledge: Knowledge, side: PairingSide) -> str:
    assert side.speaker, "each side of a spread has a speaker"
    return normalized_quantity(knowledge, knowledge.figures[side.speaker]).unit
