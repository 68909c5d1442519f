"""Sentences on the ground of a verdict: bounds, hedges, rounding and margins."""

import re
from fractions import Fraction
from typing import assert_never

from kb.domain.finding import Ground, Verdict
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.reasoning.comparison.distance import decimal
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison, violates_limit
from kb.reports.words.amount import (
    ABOUT_DIGITS,
    from_to_words,
    interval_words,
    names_no_number,
)
from kb.reports.words.references import capitalized
from kb.reports.words.side import Side, gives_the_same

_HEDGE_WORDS = {
    Hedge.ABOUT: "the hedge",
    Hedge.NEARLY: "the hedge",
    Hedge.JUST_OVER: "the hedge",
    Hedge.ORDER_OF_MAGNITUDE: "the order of magnitude",
}


def ground_sentence(left: Side, right: Side, comparison: Comparison) -> str:
    """One or two sentences on the ground of ``comparison``; empty for grounds that are explained elsewhere."""
    if comparison.deviations is not None and comparison.ground is not Ground.MEET:
        return _by_margins(left, right, comparison)
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
            return _opposed_words(left, right)
        case Ground.ONE_SIDED | Ground.APART:
            return _irreconcilable(left, right, comparison)
        case (
            Ground.ROUNDED
            | Ground.LAST_DIGIT
            | Ground.TRUNCATED
            | Ground.ONLY_ROUNDED
            | Ground.ONLY_TRUNCATED
            | Ground.PAST_BOUND
        ):
            return _by_rounding(left, right, comparison)
        case (
            Ground.WITHIN_MARGINS
            | Ground.BEYOND_MARGINS
            | Ground.SCOPE
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


def _irreconcilable(left: Side, right: Side, comparison: Comparison) -> str:
    if any(side.normalized.quantity and names_no_number(side.normalized.quantity) for side in (left, right)):
        return "Even words as loose as these do not stretch that far, as the editors read them."
    if limits := _beyond_the_possible(left, right):
        return limits
    ends = f"the {'lower' if comparison.end == 'low' else 'upper'} ends" if comparison.end else "them"
    return f"Neither rounding nor wording can reconcile {ends}."


def _opposed_words(left: Side, right: Side) -> str:
    if left.normalized.bounded and right.normalized.bounded:
        return "One is a lower limit and the other an upper limit, and no value satisfies both."
    return "One says that it is more and the other that it is less, and no value satisfies both."


def _beyond_the_possible(left: Side, right: Side) -> str:
    """A sentence that one number lies where none of its measure can; empty where both are possible."""
    for side, opposite in ((left, right), (right, left)):
        within = side.normalized.within or opposite.normalized.within
        if within and not within.meets(side.normalized.allowed):
            limits = interval_words(within, side.normalized.unit)
            return f"{capitalized(side.words)} cannot be: it must lie within {limits}."
    return ""


def _by_margins(left: Side, right: Side, comparison: Comparison) -> str:
    """Sentences on how many standard deviations two numbers lie apart, and on the scatter of all that have margins."""
    deviations, within = comparison.deviations or Fraction(0), comparison.verdict.is_settled
    both = left.normalized.measured is not None and right.normalized.measured is not None
    apart = f"They differ by {_to_one_place(deviations)} {'combined ' if both else ''}standard deviations"
    if comparison.birge_ratio in (None, comparison.deviations):
        sentences = [f"{apart}, {_by_chance(left, right, comparison)}."]
    else:
        allows = "as numbers of one value may" if within else "more than numbers of one value would"
        sentences = [f"{apart}.", f"{_scatter_words(comparison.birge_ratio)}, {allows} (chi-square test at 5%)."]
    if any(side.normalized.measured and not side.normalized.measured.known for side in (left, right)):
        sentences.append("What the margin means is not stated; it is read as one standard deviation.")
    return " ".join(sentences)


def _by_chance(left: Side, right: Side, comparison: Comparison) -> str:
    """Whether chance explains the standard deviations between two numbers, as a clause."""
    if comparison.verdict is Verdict.ROUNDING:
        plain = right if left.normalized.measured else left
        return f"and by less than 1.96 once {plain.words} is read with its rounding"
    if comparison.verdict is Verdict.AGREEMENT:
        return "which chance explains (up to 1.96, at the 5% level)"
    return "more than chance explains (1.96, at the 5% level)"


def _scatter_words(birge_ratio: Fraction | None) -> str:
    return f"All numbers together scatter {_to_one_place(birge_ratio or Fraction(0))} times as far as their margins say"


def _to_one_place(value: Fraction) -> str:
    return f"{decimal(value, 1):,f}"


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
    more = f"Each gives only a {which[0]}: both can be true, and the {which[1]} one says more."
    return f"{more} They are compatible, but neither confirms the other."


def _by_rounding(left: Side, right: Side, comparison: Comparison) -> str:
    match comparison.ground:
        case Ground.LAST_DIGIT:
            return f"They differ in the last digit: {_steps(left, right, 'rounded')}."
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
        # The rounding of a result's inputs is named only where that of the stated number does not suffice.
        if side.normalized.rounded_inputs is None and getattr(side.normalized, how).meets(opposite.normalized.stated)
    ]
    if len(shortened) != 1:
        return ""
    (side, opposite), *_ = shortened
    if side.normalized.half_line or opposite.normalized.half_line or not opposite.normalized.stated.exact:
        return ""
    how_words = "rounded" if how == "rounded" else "cut off"
    # "The 16%" is the number named before; "the about 16%" is no English.
    shown, other = side.number, opposite.number
    named = f"The {shown}" if _BARE_NUMBER.match(shown) else capitalized(shown)
    return f"{named} may be {other.removeprefix('≈ ')}, {how_words}."


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
    return normalized.direction > 0


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
    both_orders = ((left, right), (right, left))
    alone = [
        side
        for side, opposite in both_orders
        if getattr(side.normalized, how).meets(opposite.normalized.stated)
        and not (touching and side.normalized.half_line)
    ]
    # Where neither number explains the other alone, each is read with its own rounding.
    recorded = [side for side in alone if side.normalized.rounded_inputs is None]
    shown = (
        recorded or alone or [side for side in (left, right) if getattr(side.normalized, how) != side.normalized.stated]
    )
    spans = [
        _standing_words(
            side, interval_words(_stands_for(side.normalized, how, opposite.normalized), side.normalized.unit)
        )
        for side, opposite in both_orders
        if side in shown
    ]
    return "; ".join(spans)


def _standing_words(side: Side, span: str) -> str:
    if side.normalized.quantity is None:
        return f"with each input rounded, the result may be {span}"
    return f"{side.words} may stand for {span}"


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
    if gives_the_same(left, right):
        return ""
    shared = _shared(left, right)
    if left.normalized.stated != right.normalized.stated:
        return _meeting_place(left.normalized, right.normalized, shared)
    same = (left.normalized.bound, left.normalized.hedge) == (right.normalized.bound, right.normalized.hedge)
    return (
        "The numbers are the same."
        if same
        else f"Both {'give' if left.normalized.quantity is None else 'name'} {shared}."
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
    words = " and ".join(dict.fromkeys(_HEDGE_WORDS[side.normalized.hedge] for side in hedged))
    ranges = (
        f"{side.words} can mean anything {_span_words(side.normalized.loosened, side.normalized.unit)}"
        for side in hedged
    )
    return f"{words}{then}: {'; '.join(ranges)}"


def _read_with_hedge(left: Side, right: Side) -> str:
    """A sentence on how far the hedges reach by which two numbers agree."""
    hedged = [side for side in (left, right) if side.normalized.hedge in _HEDGE_WORDS]
    ranges = (
        f"{side.words} can mean anything {_span_words(side.normalized.loosened, side.normalized.unit)}"
        for side in hedged
    )
    return capitalized(f"{'; '.join(ranges)}.")


def _span_words(interval: Interval, unit: str) -> str:
    """A range of values after "anything": ``from $900 to $1,000``; ``above $5`` where an end is open or absent."""
    if interval.low is None or interval.high is None or interval.low_open or interval.high_open:
        return interval_words(interval, unit)
    # What a hedge reaches to has no fourth digit.
    return from_to_words(interval, unit, ABOUT_DIGITS)
