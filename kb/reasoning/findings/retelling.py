"""What a translation, quotation or repetition changes of the figure that it passes on, the worst change first.

Numbers are compared without their words here. Of two voices, "about 40" and "about 44" agree; who quotes "about 40" as
"about 44" gives another number.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import DependenceKind, Figure, Stance
from kb.domain.finding import Change, Ground, ScopeDifference, ScopeDifferenceKind, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.margin import Margin, MarginKind
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import PERIODS, Bound, Hedge, RangeKind
from kb.domain.scope import ScopeSelection
from kb.domain.unit.names import POINTS
from kb.reasoning.comparison.distance import Distance, nearer_than, relate
from kb.reasoning.comparison.tolerance import (
    ROUNDED_POINTS,
    ROUNDED_RATIO,
    NormalizedQuantity,
    convert_currency,
    normalize,
)
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, compare
from kb.reasoning.findings.mention import Mention, normalized_quantity, side_by_side
from kb.reasoning.findings.origin import credits_another, credits_who_passed_it_on, origin_of
from kb.reasoning.findings.position import Survey
from kb.reasoning.scope import compare_scopes

MIDDLE_SEVERITY = Fraction(1, 2)
"""Severity of a change for the worse that has no distance: another unit, another thing, another scope."""


@dataclass(frozen=True, slots=True)
class Retelling:
    """A dependent figure and the one that it passes on, both as they are compared.

    Attributes:
        earlier: The figure that is passed on, in the unit of the measure of ``later``.
        later: The figure that translates, quotes or repeats it.
        kind: Which of the three it does.
    """

    earlier: Mention
    later: Mention
    kind: DependenceKind

    @property
    def is_loose(self) -> bool:
        """Whether it only repeats, and so need not render the words of the other."""
        # Who says "about $8k" of $8,000 does not claim to give somebody else's words, as a translation or a quotation
        # does. It may say less: leave out the scope, or round. It may not say something else.
        return self.kind is DependenceKind.REPEATS


@dataclass(frozen=True, slots=True)
class Drift:
    """What a retelling changed.

    Attributes:
        retelling: The two figures.
        comparison: The earlier number, on the left, compared with the later one; its verdict and severity are those of
            the worst change.
        changes: What changed, the worst first; at least one.
        differences: The scope keys that changed; empty unless ``changes`` has the scope.
    """

    retelling: Retelling
    comparison: Comparison
    changes: tuple[Change, ...]
    differences: tuple[ScopeDifference, ...] = ()


def retellings(survey: Survey) -> tuple[Id, ...]:
    """The dependent figures of a measure: those that depend on one of its figures, then those on one of another."""
    crossing = (id for id, mention in survey.mentions.items() if mention.figure.depends_on and id not in survey.links)
    return (*survey.links, *crossing)


def detect_drift(knowledge: Knowledge, survey: Survey, id: Id) -> Drift | None:
    """What figure ``id`` changed in the figure that it passes on; None where it is faithful or depends on none."""
    retelling = _retelling(knowledge, survey, id)
    if retelling is None or _says_so_itself(retelling):
        return None
    stated = _numbers(retelling)
    differences = _scope_differences(knowledge, survey.measure.kind, retelling)
    as_rest = _gives_as_the_rest(retelling)
    found = [
        *_counted(retelling, as_rest=as_rest),
        *_stance(retelling),
        *_voice(knowledge, retelling),
        # What is told of the rest with the same number has no other number besides.
        *(() if as_rest else stated.differences),
        *_scope(differences),
    ]
    # The order of ``Change`` decides between two of one severity.
    ordered = sorted(found, key=lambda d: (-d.verdict.rank, -d.severity, _GRAVITY[d.change]))
    if not ordered:
        return None
    # To name the report and not the witness whom it quotes is no drift by itself, and one more where there is another.
    if credits_who_passed_it_on(knowledge, retelling.later.figure, retelling.earlier.figure):
        ordered.append(_tension(Change.VOICE))
    comparison = replace(stated.comparison, verdict=ordered[0].verdict, severity=ordered[0].severity)
    return Drift(retelling, comparison, tuple(dict.fromkeys(d.change for d in ordered)), differences)


_GRAVITY = {change: place for place, change in enumerate(Change)}


@dataclass(frozen=True, slots=True)
class _Difference:
    """One change, with the verdict and the severity that it would have alone."""

    change: Change
    verdict: Verdict
    severity: Fraction


def _tension(change: Change, severity: Fraction = LEAST_SEVERITY) -> _Difference:
    return _Difference(change, Verdict.TENSION, severity)


def _conflict(change: Change, severity: Fraction = MIDDLE_SEVERITY) -> _Difference:
    return _Difference(change, Verdict.CONFLICT, severity)


def _retelling(knowledge: Knowledge, survey: Survey, id: Id) -> Retelling | None:
    later = survey.mentions[id]
    link = survey.links.get(id) or later.figure.depends_on
    if link is None or link.figure not in knowledge.figures:
        return None
    earlier = survey.mentions.get(link.figure) or _of_another_measure(knowledge, survey, knowledge.figures[link.figure])
    return Retelling(*side_by_side(earlier, later), link.kind)


def _of_another_measure(knowledge: Knowledge, survey: Survey, figure: Figure) -> Mention:
    """A figure of another measure as if it were one of this: its number in the unit of this measure."""
    return Mention(
        figure=figure,
        normalized=normalized_quantity(knowledge, replace(figure, measure=survey.measure.id)),
        origin=origin_of(knowledge, figure),
        evidence=frozenset(),
        order=-1,
    )


def _counted(retelling: Retelling, *, as_rest: bool) -> Iterator[_Difference]:
    units = {retelling.earlier.normalized.unit, retelling.later.normalized.unit}
    # A rise of 7 points and one of 7 per cent are given as two measures, since no unit fits both.
    if units == {POINTS, "fraction"}:
        yield _conflict(Change.UNIT)
    # "12 % came back" quoted as "12 % stayed" keeps the number and changes what it is a number of.
    elif retelling.earlier.figure.measure != retelling.later.figure.measure or as_rest:
        yield _conflict(Change.COUNTED)


def _gives_as_the_rest(retelling: Retelling) -> bool:
    """Whether "70 % lost" became "70 % kept": the number of a share was given as that of the rest."""
    earlier, later = retelling.earlier.normalized, retelling.later.normalized
    if bool(earlier.rest) == bool(later.rest) or earlier.stated == later.stated:
        return False
    return (earlier.rest or earlier).stated == (later.rest or later).stated


def _voice(knowledge: Knowledge, retelling: Retelling) -> Iterator[_Difference]:
    # Who repeats a number may have it from elsewhere, and a translation leaves the voices as they are.
    quotes = retelling.kind is DependenceKind.QUOTES
    if quotes and credits_another(knowledge, retelling.later.figure, retelling.earlier.figure):
        yield _tension(Change.VOICE, MIDDLE_SEVERITY)


# Stance

_REMARKS = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED})
"""What somebody may do with another's number without changing what that one said: deny it, suppose it."""

_MARKED = frozenset({Stance.ALLEGED, Stance.PROJECTED, Stance.ESTIMATED, Stance.ASSUMED, Stance.HYPOTHETICAL})
"""The stances without which a number passes for a fact."""

_DOUBTFUL = _MARKED - {Stance.ESTIMATED}
"""Those of numbers that nobody says to be so."""


def _says_so_itself(retelling: Retelling) -> bool:
    """Whether the retelling denies or supposes the number that it passes on, and so says nothing about the other."""
    earlier, later = retelling.earlier.figure.stance, retelling.later.figure.stance
    return retelling.kind is not DependenceKind.TRANSLATES and later in _REMARKS and later is not earlier


def _stance(retelling: Retelling) -> Iterator[_Difference]:
    earlier, later = retelling.earlier.figure.stance, retelling.later.figure.stance
    if earlier is later:
        return
    if Stance.NEGATED in (earlier, later):
        yield _conflict(Change.DENIAL, Fraction(1))
    elif retelling.is_loose:
        # A repetition may leave out that a number was estimated, but not that it was only alleged or expected.
        if earlier in _DOUBTFUL:
            yield _tension(Change.STANCE, _stance_severity(earlier, later))
    elif earlier in _MARKED or _adds_mark(retelling):
        yield _tension(Change.STANCE, _stance_severity(earlier, later))


def _stance_severity(earlier: Stance, later: Stance) -> Fraction:
    # That an allegation is passed on as a fact is graver than a date or a hedge that was left out.
    return MIDDLE_SEVERITY if earlier in _DOUBTFUL and later not in _MARKED else LEAST_SEVERITY


def _adds_mark(retelling: Retelling) -> bool:
    # "He alleges $5 million" is how a newspaper passes on what somebody says; a translation has no such voice.
    if retelling.later.figure.stance is Stance.ALLEGED:
        return retelling.kind is DependenceKind.TRANSLATES
    return retelling.later.figure.stance in _MARKED


# The number, its unit, and the words around it


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Two numbers compared, and what differs between them."""

    comparison: Comparison
    differences: tuple[_Difference, ...]


def _numbers(retelling: Retelling) -> _Numbers:
    earlier, later = retelling.earlier.normalized, retelling.later.normalized
    if earlier.unit == later.unit:
        compared = _Compared(earlier, later, retelling.is_loose)
        periods = () if retelling.is_loose else tuple(_period_not_stated(earlier, later))
        return _Numbers(compared.comparison, (*compared.differences, *periods))
    if _without_period(earlier.unit) == _without_period(later.unit):
        # "$5 billion" retold as "$5 billion a year" keeps the number and adds a period.
        compared = _Compared(earlier, replace(later, unit=earlier.unit), retelling.is_loose)
        return _Numbers(_no_distance(earlier, later), (*compared.differences, _period(earlier, later)))
    words = () if retelling.is_loose else tuple(_words(earlier, later, rounded=False))
    counted = retelling.earlier.figure.measure != retelling.later.figure.measure
    # What is counted by another measure has another unit by itself.
    unit = () if counted else (_conflict(Change.UNIT),)
    return _Numbers(_no_distance(earlier, later), (*unit, *words))


def _no_distance(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Comparison:
    """The comparison of two numbers in two units, which have no distance."""
    return Comparison(
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.SCOPE,
        relation=relate(earlier.allowed, later.allowed),
        distance=Distance(None, None, points=False),
        severity=Fraction(0),
    )


def _without_period(unit: str) -> str:
    first, *others = unit.split("/")
    return "/".join([first, *(part for part in others if part not in PERIODS)])


def _period(earlier: NormalizedQuantity, later: NormalizedQuantity) -> _Difference:
    if earlier.period is None:
        return _tension(Change.PERIOD_ADDED)
    return _tension(Change.PERIOD_DROPPED) if later.period is None else _conflict(Change.PERIOD_CHANGED)


def _period_not_stated(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Iterator[_Difference]:
    if earlier.period_not_stated != later.period_not_stated:
        yield _tension(Change.PERIOD_ADDED if earlier.period_not_stated else Change.PERIOD_DROPPED)


class _Compared:
    """Two numbers in one unit: how they compare, and every difference between them.

    Attributes:
        comparison: Of the numbers alone; of a loose retelling with their words.
        differences: What differs, in no order.
    """

    def __init__(self, earlier: NormalizedQuantity, later: NormalizedQuantity, loose: bool) -> None:
        vague = Hedge.ORDER_OF_MAGNITUDE in (earlier.hedge, later.hedge)
        # Of "dozens" nothing is left without its words.
        first, second = (earlier, later) if loose or vague else (_bare(earlier), _bare(later))
        self.comparison = compare(first, second)
        rounded = _is_rounded(first, second, self.comparison.distance)
        number = _number(first, second, self.comparison, loose=loose, rounded=rounded)
        words = () if loose else tuple(_words(earlier, later, rounded=rounded))
        self.differences = (*number, *_turned(earlier, later), *words)


def _number(
    first: NormalizedQuantity, second: NormalizedQuantity, comparison: Comparison, *, loose: bool, rounded: bool
) -> Iterator[_Difference]:
    if _inverted(first, second):
        # "40 times" translated as "0.025 times" says the opposite of the original.
        yield _conflict(Change.INVERTED, comparison.distance.severity)
    elif rounded or first.stated == second.stated:
        return
    elif not comparison.verdict.is_settled and _same_digits(first, second):
        # "500 km" as "500 miles", "€20 million" as "$20 million".
        yield _conflict(Change.UNIT, max(MIDDLE_SEVERITY, comparison.severity))
    elif not comparison.verdict.is_settled:
        # Two limits may both be true of the thing, but a retelling is about the words: who quotes "at least 40" as "at
        # least 60" gives another number.
        yield _Difference(Change.NUMBER, comparison.verdict, comparison.severity)
    elif loose:
        return
    elif first.stated.exact != second.stated.exact or comparison.verdict is not Verdict.ROUNDING:
        yield _tension(Change.RANGE)
    elif second.step < first.step:
        # "62,000" retold as "61,800" has digits that the original does not give.
        yield _tension(Change.DIGITS_ADDED)


def _same_digits(first: NormalizedQuantity, second: NormalizedQuantity) -> bool:
    """Whether the retelling has the digits of the original, and another unit."""
    before, after = first.quantity, second.quantity
    if before is None or after is None or before.unit == after.unit:
        return False
    return (before.low, before.high) == (after.low, after.high)


def _is_rounded(earlier: NormalizedQuantity, later: NormalizedQuantity, gap: Distance) -> bool:
    """Whether the later number is the earlier one with fewer digits; of ranges, both ends are."""
    if earlier.stated == later.stated or earlier.stated.exact != later.stated.exact:
        return False
    ends = [(earlier.end(which), later.end(which)) for which in ("low", "high")]
    return nearer_than(gap, ROUNDED_RATIO, ROUNDED_POINTS) and all(
        before and after and any(span.encloses(before.stated) for span in (after.rounded, after.truncated))
        for before, after in ends
    )


def _bare(amount: NormalizedQuantity) -> NormalizedQuantity:
    """``amount`` without its limit, its hedge and its margin; both ends of a range count."""
    if amount.quantity is None:
        return amount
    single = amount.quantity.low == amount.quantity.high
    quantity = replace(
        amount.quantity,
        bound=Bound.EXACT if single else Bound.RANGE,
        hedge=Hedge.NONE,
        spread=None if single else RangeKind.SPREAD,
        low_open=False,
        high_open=False,
        margin=None,
    )
    own = amount.original or amount
    # The digits count as they did beside the words: "about 140" was rounded to the ten.
    plain = replace(normalize(quantity, own.unit, own.factor, percent=own.percent), step=own.step)
    return convert_currency(plain, amount.exchange, amount.unit) if amount.exchange else plain


_LEAST_INVERTED = Fraction(2)
"""Ratio from which on a number and its reciprocal are not taken for two that merely lie close: 0.9 and 1.1."""


def _inverted(earlier: NormalizedQuantity, later: NormalizedQuantity) -> bool:
    """Whether one number is the reciprocal of the other, as far as the digits of the later one tell."""
    if not (earlier.stated.exact and later.stated.exact) or earlier.stated == later.stated:
        return False
    first, second = earlier.stated.low or Fraction(0), later.stated.low or Fraction(0)
    if first * second <= 0 or max(first / second, second / first) < _LEAST_INVERTED:
        return False
    half = later.step / 2
    return second - half <= 1 / first <= second + half


def _turned(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Iterator[_Difference]:
    """That a limit, or a hedge that names a side, names the other side in the retelling."""
    if earlier.direction * later.direction < 0:
        # "At least $8,000" as "at most $8,000" says the opposite; that both name one number makes it no milder. "Just
        # under 40" and "just over 40" both stay near 40.
        yield _conflict(Change.BOUND_REVERSED, Fraction(1) if earlier.bounded or later.bounded else MIDDLE_SEVERITY)


def _words(earlier: NormalizedQuantity, later: NormalizedQuantity, *, rounded: bool) -> Iterator[_Difference]:
    """The limit, the hedge and the margin that were added, dropped or changed.

    ``rounded`` says that the later number is the earlier one with fewer digits.
    """
    # "61,800" retold as "close to 62,000" or "more than 61,000" is rounded, and the words say how.
    part_of_rounding = rounded and earlier.stated.meets(later.loosened)
    sides = earlier.direction * later.direction
    before, after = _is_limit(earlier), _is_limit(later)
    if sides == 0 and before != after and not (part_of_rounding and after):
        yield _tension(Change.BOUND_DROPPED if before else Change.BOUND_ADDED)
    if sides >= 0 and _hedge(earlier) != _hedge(later) and not (rounded and _rounds(later, part_of_rounding)):
        yield _tension(_hedge_change(earlier, later))
    yield from _margins(earlier, later)


# A rate with a limit or a hedge makes what it converts a limit, too, which is nothing that the retelling said.


def _is_limit(amount: NormalizedQuantity) -> bool:
    return bool(amount.quantity and amount.quantity.limit.is_limit)


def _hedge(amount: NormalizedQuantity) -> Hedge:
    return amount.quantity.hedge if amount.quantity else Hedge.NONE


def _rounds(later: NormalizedQuantity, covers: bool) -> bool:
    """Whether the hedge of a rounded number is true of the number that was rounded."""
    return covers or not later.hedge_is_directional


def _hedge_change(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Change:
    # "Just over 45" retold as "over 45" changes the words of one side: neither number was exact before or after.
    both_lean = earlier.direction * later.direction > 0
    if both_lean or Hedge.NONE not in (_hedge(earlier), _hedge(later)):
        return Change.HEDGE_CHANGED
    return Change.HEDGE_ADDED if _hedge(earlier) is Hedge.NONE else Change.HEDGE_DROPPED


def _margins(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Iterator[_Difference]:
    before, after = (amount.quantity.margin if amount.quantity else None for amount in (earlier, later))
    if before and not after:
        yield _tension(Change.MARGIN_DROPPED)
    elif after and not before:
        yield _tension(Change.MARGIN_ADDED)
    elif before and after and not _same_margin(before, after, earlier.factor / later.factor):
        yield _tension(Change.MARGIN_CHANGED)


def _same_margin(before: Margin, after: Margin, factor: Fraction) -> bool:
    """Whether ``after`` gives ``before`` again, perhaps with fewer digits; ``factor`` converts the unit."""
    kinds = {before.kind, after.kind} - {MarginKind.NOT_STATED}
    levels = {before.level, after.level} - {None}
    ends = [(before.size, after.size), (before.below or before.size, after.below or after.size)]
    return len(kinds) < 2 and len(levels) < 2 and all(_same_size(*pair, factor) for pair in ends)


def _same_size(before: Decimal | None, after: Decimal | None, factor: Fraction) -> bool:
    if before is None or after is None:
        return before is after
    exponent = after.as_tuple().exponent
    half = Fraction(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)) / 2
    return abs(Fraction(before) * factor - Fraction(after)) <= half


# Scope


def _scope(differences: tuple[ScopeDifference, ...]) -> Iterator[_Difference]:
    if any(difference.left and difference.right for difference in differences):
        yield _conflict(Change.SCOPE)
    elif differences:
        yield _tension(Change.SCOPE)


def _scope_differences(knowledge: Knowledge, kind: MeasureKind, retelling: Retelling) -> tuple[ScopeDifference, ...]:
    """The scope keys that a translation or quotation exchanged, then those that it added or dropped."""
    if retelling.is_loose:
        return ()
    before, after = retelling.earlier.figure.scope, retelling.later.figure.scope
    scopes = compare_scopes(knowledge, kind, before, after)
    # A ratio of a part may be compared with that of the whole, but is not the same ratio.
    exchanged = (*scopes.differences, *(_part(key, before[key], after[key]) for key in scopes.parts))
    # Another measure has keys of its own.
    if retelling.earlier.figure.measure != retelling.later.figure.measure:
        return exchanged
    added = [_part(key, None, after[key]) for key in after if key not in before]
    dropped = [_part(key, before[key], None) for key in before if key not in after]
    return (*exchanged, *added, *dropped)


def _part(key: str, left: ScopeSelection | None, right: ScopeSelection | None) -> ScopeDifference:
    return ScopeDifference(key=key, kind=ScopeDifferenceKind.PART, left=left, right=right)
