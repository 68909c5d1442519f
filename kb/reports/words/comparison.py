"""Sentences that explain a comparison: both numbers, their difference, and the ground of the verdict."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from kb.domain.entity import Stance
from kb.domain.finding import Ground, ScopeDifference, Verdict
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison, violates_limit
from kb.reports.words.amount import (
    from_to_words,
    interval_words,
    names_no_number,
    opened_interval_words,
    quantity_words,
)
from kb.reports.words.difference import ends_clause, gap_sentence, mistake_hint
from kb.reports.words.outcome import computed_words
from kb.reports.words.rates import at_rate
from kb.reports.words.references import capitalized, list_words, with_indefinite_article
from kb.reports.words.scope import both_scopes_words, difference_words, plural_key
from kb.reports.words.voices import is_plural_name, says_words, with_stance


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the name of the voice, the number in words, and its intervals.

    ``rests_on`` says of a computed number on what other numbers it rests, e.g. ``with an assumed number``.
    """

    name: str
    words: str
    normalized: NormalizedQuantity
    rests_on: str = ""
    stance: Stance | None = None

    @property
    def said(self) -> str:
        """Who says which number, as a clause."""
        if self.normalized.quantity is None:
            return computed_words(self.name, ", ".join(filter(None, (self.words, self.rests_on))))
        # "Denies" is the mark of a denial.
        return says_words(self.name, self.words.removesuffix(" (denied)"), self.stance)


def said_by_both(left: Side, right: Side) -> str:
    """Who says which two numbers, in a sentence."""
    # "Ash says $5; Ash says $6" might be two people.
    (voice, line), (second_voice, second_line) = (_voice_and_line(side.name) for side in (left, right))
    if line and voice == second_voice:
        clause = says_words(voice, f"{left.words} in {line}")
        return capitalized(f"{clause} and {right.words} in {second_line}.")
    if _gives_the_same(left, right):
        return capitalized(f"{left.said}, as {'do' if is_plural_name(right.name) else 'does'} {right.name}.")
    if left.name == right.name and left.normalized.quantity and right.normalized.quantity:
        return capitalized(f"{left.said}, and elsewhere {right.words}.")
    return capitalized(f"{left.said}; {right.said}.")


def _gives_the_same(left: Side, right: Side) -> bool:
    """Whether a calculation comes to just what a voice says, in the same words."""
    return left.normalized.quantity is None and not left.rests_on and left.words == right.words


def _voice_and_line(name: str) -> tuple[str, str]:
    """A voice and the line where it speaks, e.g. ``Ash`` and ``line 39``; no line where none is named."""
    placed = _PLACED.fullmatch(name)
    return (placed[1], placed[2]) if placed else (name, "")


_PLACED = re.compile(r"(.+) \((line \d+)\)")


def make_side(
    knowledge: Knowledge, name: str, normalized: NormalizedQuantity, *, stance: Stance | None = None, rests_on: str = ""
) -> Side:
    """A number as one side of a comparison, with its ``stance``, or with what a computed one ``rests_on``."""
    if normalized.quantity is None:
        return Side(name, _calculated_words(normalized), normalized, rests_on)
    words = quantity_words(normalized.quantity) + _conversion_words(knowledge, normalized)
    return Side(name, with_stance(words, stance), normalized, stance=stance)


def _calculated_words(normalized: NormalizedQuantity) -> str:
    """A calculated number with its open side, after "gives": ``more than 80%``, ``62.5% to 70% or less``."""
    if normalized.allowed == normalized.stated or not normalized.bounded:
        return interval_words(normalized.stated, normalized.unit)
    words = opened_interval_words(normalized.stated, normalized.allowed, normalized.unit)
    return re.sub("^above ", "more than ", re.sub("^below ", "less than ", words))


def _conversion_words(knowledge: Knowledge, normalized: NormalizedQuantity) -> str:
    if normalized.factor == 1 and not normalized.exchange:
        return " (period not stated)" if normalized.period_not_stated else ""
    amount = interval_words(normalized.stated, normalized.unit)
    own = normalized.quantity
    if not normalized.exchange and own and amount == interval_words(own.stated, own.unit):
        return " (period not stated)" if normalized.period_not_stated else ""
    rate = at_rate(knowledge, normalized.exchange) if normalized.exchange else ""
    return f" (that is {amount}{rate}{'; period not stated' if normalized.period_not_stated else ''})"


_HEDGE_WORDS = {
    Hedge.ABOUT: "the hedge",
    Hedge.NEARLY: "the hedge",
    Hedge.JUST_OVER: "the hedge",
    Hedge.ORDER_OF_MAGNITUDE: "the order of magnitude",
}


def ground_sentence(left: Side, right: Side, comparison: Comparison) -> str:
    """One or two sentences on the ground of ``comparison``; empty for grounds that are explained elsewhere."""
    match comparison.ground:
        case Ground.MEET:
            return _meeting_words(left, right)
        case Ground.WITHIN_BOUND:
            return _agreement_within(left, right)
        case Ground.ONLY_BOUND | Ground.SAME_SIDE | Ground.FACING:
            return _by_bounds(left, right, comparison)
        case Ground.ONLY_HEDGE:
            return f"Only {_room_words(left, right, ' lets both be true')}. Without it, this would be a conflict."
        case Ground.OPPOSED:
            return "One is a lower limit and the other an upper limit, and no value satisfies both."
        case Ground.ONE_SIDED | Ground.APART:
            if any(side.normalized.quantity and names_no_number(side.normalized.quantity) for side in (left, right)):
                return "Even words as loose as these do not stretch that far, as the editors read them."
            ends = f"the {comparison.end} ends" if comparison.end else "them"
            return f"Neither rounding nor wording can reconcile {ends}."
        case Ground.ROUNDED | Ground.TRUNCATED | Ground.ONLY_ROUNDED | Ground.ONLY_TRUNCATED | Ground.PAST_BOUND:
            return _by_rounding(left, right, comparison)
        case (
            Ground.SCOPE
            | Ground.OTHER_TIME
            | Ground.PART_EXCEEDS_WHOLE
            | Ground.NO_RATE
            | Ground.UNITS_DIFFER
            | Ground.END_NOT_REACHED
            | Ground.TRUTH
            | Ground.STATED
        ):
            return ""
        case _:
            assert_never(comparison.ground)


def _by_bounds(left: Side, right: Side, comparison: Comparison) -> str:
    """A sentence that says by which bounds both can be true."""
    # A computed number sets no limit of its own, but is open where its inputs are: it is never called a minimum.
    computed = left.normalized.quantity is None
    if comparison.ground is Ground.ONLY_BOUND or (computed and comparison.ground is Ground.FACING):
        return f"Both can be true: {_open_sides(left, right)}."
    if computed:
        return f"Both can be true: {_open_result(left)}."
    if comparison.ground is Ground.FACING:
        spans = [side.normalized.half_line or side.normalized.allowed for side in (left, right)]
        between = spans[0].overlap(spans[1])
        if between is None:
            return "Any value in between fits both."
        if between.exact:
            return f"Only {interval_words(between, left.normalized.unit)} fits both."
        return f"Any value {_span_words(between, left.normalized.unit)} fits both."
    which = ("minimum", "higher") if left.normalized.bound.is_floor else ("maximum", "lower")
    return f"Each gives only a {which[0]}: both can be true, and the {which[1]} one says more."


def _by_rounding(left: Side, right: Side, comparison: Comparison) -> str:
    match comparison.ground:
        case Ground.ROUNDED:
            same = _one_shortened(left, right, "rounded") or (
                f"They may be the same, rounded to the last digit given: {_steps(left, right, 'rounded')}."
            )
            return capitalized(_left_out(left, right)) + same
        case Ground.TRUNCATED:
            alone = _one_shortened(left, right, "truncated")
            return alone or f"They may be the same, with the last digits cut off: {_steps(left, right, 'truncated')}."
        case Ground.ONLY_ROUNDED:
            return (
                f"Only a rounding this coarse makes them meet: {_steps(left, right, 'rounded')}. {_coarse(comparison)}"
            )
        case Ground.ONLY_TRUNCATED:
            return (
                f"Only cutting off this much makes them meet: {_steps(left, right, 'truncated')}. {_coarse(comparison)}"
            )
        case _:
            return f"{capitalized(_ruled_out(left, right))}; only its rounding lets both be true."


def _one_shortened(left: Side, right: Side, how: str) -> str:
    """A sentence that one number is the other with fewer digits; empty where that does not explain it alone."""
    shortened = [
        (side, opposite)
        for side, opposite in ((left, right), (right, left))
        if getattr(side.normalized, how).meets(opposite.normalized.stated)
    ]
    if len(shortened) != 1:
        return ""
    (side, opposite), *_ = shortened
    if side.normalized.half_line or opposite.normalized.half_line or not opposite.normalized.stated.exact:
        return ""
    how_words = "rounded" if how == "rounded" else "cut off"
    # "The 16%" is the number named before; "the about 16%" is no English.
    named = f"The {side.words}" if _BARE_NUMBER.match(side.words) else capitalized(side.words)
    return f"{named} may be {opposite.words.removeprefix('≈ ')}, {how_words}."


_BARE_NUMBER = re.compile(r"[^\W\d_]{0,2}[^\w\s]?\d")


def _coarse(comparison: Comparison) -> str:
    if comparison.verdict is Verdict.CONFLICT:
        return "They lie too far apart for that."
    return "Taken as exact numbers, this would be a conflict."


def _ruled_out(left: Side, right: Side) -> str:
    """The stated limits that the other number breaks, in words."""
    # "More than 60,000" excludes 58,500, however that was rounded.
    words = [
        f"{side.words} leaves out {_shared(side, opposite)}"
        if side.normalized.stated.meets(opposite.normalized.stated)
        else f"{opposite.words} lies {'below' if _is_lower(side.normalized) else 'above'} the limit of {side.words}"
        for side, opposite in ((left, right), (right, left))
        if violates_limit(opposite.normalized, side.normalized)
    ]
    return " and ".join(dict.fromkeys(words))


def _is_lower(normalized: NormalizedQuantity) -> bool:
    return normalized.half_line is not None and normalized.half_line.high is None


def _left_out(left: Side, right: Side) -> str:
    """A sentence that the words of one side exclude the number that the other states; empty where they do not."""
    both_orders = ((left, right), (right, left))
    if not left.normalized.stated.meets(right.normalized.stated):
        return ""
    return "".join(
        f"{side.words} leaves out {_shared(side, opposite)}. "
        for side, opposite in both_orders
        if side.normalized.half_line
    )


def _shared(left: Side, right: Side) -> str:
    """The numbers that both sides state, in words."""
    shared = left.normalized.stated.overlap(right.normalized.stated)
    return interval_words(shared, left.normalized.unit) if shared else right.words


def _steps(left: Side, right: Side, how: str) -> str:
    # Where "more than 100" stands beside "100", it is the second number that may stand for more.
    touching = left.normalized.stated.meets(right.normalized.stated)
    spans = [
        f"{side.words} may stand for "
        f"{interval_words(_stands_for(side.normalized, how, opposite.normalized), side.normalized.unit)}"
        for side, opposite in ((left, right), (right, left))
        if getattr(side.normalized, how).meets(opposite.normalized.stated)
        and not (touching and side.normalized.half_line)
    ]
    return "; ".join(spans)


def _stands_for(normalized: NormalizedQuantity, how: str, opposite: NormalizedQuantity) -> Interval:
    """The interval that a number may stand for as rounded or cut off, within its hedge where that suffices."""
    # "Nearly" and "just over" name one side, so that nothing on the other side is claimed for them.
    span: Interval = getattr(normalized, how)
    if normalized.half_line and normalized.hedge_is_directional:
        return span.overlap(normalized.half_line) or span
    hedged = span.overlap(normalized.loosened) if normalized.hedge is not Hedge.NONE else None
    return hedged if hedged and hedged.meets(opposite.stated) else span


def _open_sides(left: Side, right: Side) -> str:
    """The bounds that let both be true, in words: those that do so alone, else both."""
    sides = (("the first", left, right), ("the second", right, left))
    alone = [
        (which, side) for which, side, opposite in sides if side.normalized.allowed.meets(opposite.normalized.stated)
    ]
    words = [
        _open_result(side) if side.normalized.quantity is None else _open_words(which, side)
        for which, side in alone or [(which, side) for which, side, _ in sides]
    ]
    return " and ".join(filter(None, words)) or "a bound leaves room"


def _open_result(side: Side) -> str:
    """A clause that a computed number is open to one side; empty where it is not."""
    if side.normalized.half_line is None:
        return ""
    where = "higher" if side.normalized.bound.is_floor else "lower"
    return f"the result may also be {where}, because a number that goes into it is only a limit"


def _open_words(which: str, side: Side) -> str:
    """A clause on the open side of a stated number, named by ``which``; empty where it has none."""
    if side.normalized.half_line is None:
        return ""
    if side.normalized.bounded:
        return f"{which} gives only a {'minimum' if side.normalized.bound.is_floor else 'maximum'}"
    return f"{which} means {'less' if side.normalized.hedge is Hedge.NEARLY else 'more'} than the number it names"


def _meeting_words(left: Side, right: Side) -> str:
    if _gives_the_same(left, right):
        return ""
    shared = _shared(left, right)
    if left.normalized.stated != right.normalized.stated:
        return _meeting_place(left.normalized, right.normalized, shared)
    same = (left.normalized.bound, left.normalized.hedge) == (right.normalized.bound, right.normalized.hedge)
    return (
        "The numbers are the same."
        if same
        else f"Both {'give' if left.normalized.quantity is None else 'say'} {shared}."
    )


def _meeting_place(left: NormalizedQuantity, right: NormalizedQuantity, shared: str) -> str:
    """A sentence on what two different statements share: stated values, unless the words of one exclude these."""
    stated, allowed = left.stated.overlap(right.stated), left.allowed.overlap(right.allowed)
    if allowed and not (stated and allowed.encloses(stated)):
        return f"Both allow {interval_words(allowed, left.unit)}."
    exact = [side.stated.exact for side in (left, right)]
    if exact in ([True, False], [False, True]):
        span = interval_words((right if exact[0] else left).stated, left.unit)
        return f"The range of {span} includes {shared}."
    return f"The stated values meet at {shared}."


def _agreement_within(left: Side, right: Side) -> str:
    if not left.normalized.allowed.meets(right.normalized.allowed):
        return _read_with_hedge(left, right)
    return f"They agree: {_open_sides(left, right)}."


def _room_words(left: Side, right: Side, then: str = "") -> str:
    """The hedges that let two numbers meet, then the words ``then``, and the range that each hedge gives."""
    hedged = [side for side in (left, right) if side.normalized.hedge in _HEDGE_WORDS]
    if not hedged:
        return f"the room that hedge and rounding leave together{then}"
    words = " and ".join(dict.fromkeys(_HEDGE_WORDS[side.normalized.hedge] for side in hedged))
    alone = left.normalized.loosened.meets(right.normalized.loosened)
    ranges = (
        f"{side.words} can mean anything {_span_words(_room_of(side.normalized, alone), side.normalized.unit)}"
        for side in hedged
    )
    return f"{words}{'' if alone else ' and rounding'}{then}: {'; '.join(ranges)}"


def _read_with_hedge(left: Side, right: Side) -> str:
    """A sentence that two numbers agree once their hedges are taken into account, and how far these reach."""
    hedged = [side for side in (left, right) if side.normalized.hedge in _HEDGE_WORDS]
    if not hedged:
        return "Read with hedge and rounding, they agree."
    alone = left.normalized.loosened.meets(right.normalized.loosened)
    hedge = "their hedges" if len(hedged) > 1 else "its hedge"
    ranges = (
        f"{side.words} can mean anything {_span_words(_room_of(side.normalized, alone), side.normalized.unit)}"
        for side in hedged
    )
    return f"Read with {hedge}{'' if alone else ' and rounding'}, {'; '.join(ranges)}."


def _span_words(interval: Interval, unit: str) -> str:
    """A range of values after "anything": ``from $900 to $1,000``; ``above $5`` where an end is open or absent."""
    if interval.low is None or interval.high is None or interval.low_open or interval.high_open:
        return interval_words(interval, unit)
    return from_to_words(interval, unit)


def _room_of(normalized: NormalizedQuantity, alone: bool) -> Interval:
    return normalized.loosened if alone else normalized.widened


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
    *,
    changed: bool = False,
) -> str:
    """Sentences with both numbers, their distance, and the ground of the verdict.

    ``changed`` says that a sentence before them names a change from the first number to the second.
    """
    same = changed and comparison.ground is Ground.MEET and left.normalized.stated == right.normalized.stated
    parts = [
        said_by_both(left, right),
        _gap(left.normalized, right.normalized, comparison),
        "Apart from that, the two numbers are the same." if same else ground_sentence(left, right, comparison),
    ]
    return " ".join(
        filter(
            None,
            [
                *parts,
                _unspecified(uncertain_keys, comparison),
                mistake_hint(left.normalized, right.normalized, comparison),
            ],
        )
    )


def _gap(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    if comparison.ground is Ground.MEET or left.unit != right.unit:
        return ""
    left_interval, right_interval = _compared(left, comparison.end), _compared(right, comparison.end)
    if comparison.end:
        return _ends_sentence(left, right, comparison)
    # The ratio of two numbers of which both are loose says nothing: "just over one month" beside "less than 2 months".
    if all(side.half_line or (side.quantity and names_no_number(side.quantity)) for side in (left, right)):
        return ""
    return gap_sentence(left_interval, right_interval, left.unit, comparison.distance)


_ENDS = {"low": "bottom", "high": "top"}


def _ends_sentence(left: NormalizedQuantity, right: NormalizedQuantity, comparison: Comparison) -> str:
    """A sentence on the ends of two ranges that lie farther apart, and whether the others are the same."""
    decides, opposite = comparison.end, "high" if comparison.end == "low" else "low"
    gap = ends_clause(_compared(left, decides), _compared(right, decides), left.unit, comparison.distance)
    if not gap:
        return f"The two ranges are compared end by end, and the {_ENDS[decides]}s decide."
    if getattr(left.stated, opposite) == getattr(right.stated, opposite):
        return f"The two ranges have the same {_ENDS[opposite]} and different {_ENDS[decides]}s: {gap}."
    return f"Of the two ranges, the {_ENDS[decides]}s are farther apart: {gap}."


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


def scope_sentence(knowledge: Knowledge, left: Side, right: Side, differences: Sequence[ScopeDifference]) -> str:
    """Sentences with both numbers and the reason why they cannot be compared, so that no distance is given."""
    scopes = both_scopes_words(knowledge, differences)
    if not scopes:
        reasons = "; ".join(difference_words(knowledge, difference) for difference in differences)
        return f"{said_by_both(left, right)} They are not comparable: {reasons}."
    first, second = scopes
    if left.name == right.name and None not in (left.normalized.quantity, right.normalized.quantity):
        # The scopes of one voice stand beside its numbers; named once more they would say nothing.
        differing = list_words(tuple(plural_key(difference.key) for difference in differences))
        clause = f"{left.said} for {first} and {right.words} for {second}"
        return f"{capitalized(clause)}. They are not comparable, since the {differing} differ."
    return f"{said_by_both(left, right)} They are not comparable: one is for {first} and the other for {second}."
