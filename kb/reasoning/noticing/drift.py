"""Did a translation or a quotation change what was said? And does a voice repeat itself with another number?"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from kb.domain.entity import DependenceKind
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.reasoning.comparing.distance import Distance, relate
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.comparing.verdict import LEAST_SEVERITY, Comparison, Ground, compare
from kb.reasoning.noticing.beside import pairing
from kb.reasoning.noticing.mention import Mention, side_by_side
from kb.reasoning.noticing.notice import UNHEARD, assemble, is_settled, rates_of
from kb.reasoning.noticing.position import Survey
from kb.reasoning.scope import match, say_value
from kb.reasoning.telling.explain import sentence
from kb.reasoning.telling.side import side

_VERBS = {
    DependenceKind.TRANSLATES: "The translation",
    DependenceKind.QUOTES: "The quotation",
    DependenceKind.REPEATS: "The repetition",
}


def drifts(knowledge: Knowledge, told: Survey) -> Iterator[Finding]:
    """One finding for each dependent figure that says something else than the figure which it passes on."""
    for id in told.links:
        if found := drifted(knowledge, told, id):
            yield _drift(knowledge, told, id, *found)


def drifted(knowledge: Knowledge, told: Survey, id: Id) -> tuple[Comparison, str] | None:
    """What became of the number that figure ``id`` passes on, and the change in words; None where it is kept."""
    link = told.links.get(id)
    if link is None:
        return None
    earlier, later = side_by_side(told.mentions[link.figure], told.mentions[id])
    if {later.figure.stance, earlier.figure.stance} & UNHEARD:
        return None
    came, change = _judged(earlier.reading, later.reading, link.kind)
    if is_settled(came.verdict) and link.kind is not DependenceKind.REPEATS:
        came, change = _changed_scope(knowledge, earlier, later, came)
    return None if is_settled(came.verdict) else (came, change)


def _drift(knowledge: Knowledge, told: Survey, id: Id, came: Comparison, change: str) -> Finding:
    link = told.links[id]
    earlier, later = side_by_side(told.mentions[link.figure], told.mentions[id])
    same_source = later.figure.source == earlier.figure.source
    names = _names(knowledge, later, earlier)
    words = sentence(side(names[0], earlier.reading), side(names[1], later.reading), came)
    found = pairing((earlier, later), names, came, f"{_VERBS[link.kind]} {change}. {words}")
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if same_source else FindingKind.DRIFT,
        "drift",
        told.measure.id,
        [found],
        parts=[earlier.figure.id, later.figure.id],
        figures=[earlier.figure.id, later.figure.id],
        basis=[link.kind],
        rates=rates_of(earlier.reading, later.reading),
    )


def _names(knowledge: Knowledge, later: Mention, earlier: Mention) -> tuple[str, str]:
    def title(mention: Mention) -> str:
        source = knowledge.sources.get(mention.figure.source)
        return source.title if source else mention.origin.name

    if later.figure.source != earlier.figure.source and title(later) != title(earlier):
        return title(earlier), title(later)
    return f"{earlier.figure.passage}", f"{later.figure.passage}"


def _judged(earlier: Reading, later: Reading, kind: DependenceKind) -> tuple[Comparison, str]:
    """What became of the number, and the change in words. A change of words alone is a tension at most."""
    came = compare(earlier, later)
    if earlier.unit != later.unit:
        return _changed_unit(earlier, later, came)
    if earlier.period_unsaid != later.period_unsaid and is_settled(came.verdict) and kind is not DependenceKind.REPEATS:
        verb = "adds" if earlier.period_unsaid else "drops"
        return replace(came, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), f"{verb} a period"
    if _inverted(earlier, later) or _turned(earlier, later):
        how = "turns the number round" if _inverted(earlier, later) else "turns a lower limit into an upper one"
        gap = replace(came.distance, near=None) if came.distance.near == 1 else came.distance
        return replace(came, verdict=Verdict.CONFLICT, severity=gap.severity), how
    if not is_settled(came.verdict):
        return came, "gives another number"
    if kind is DependenceKind.REPEATS or came.verdict is Verdict.ROUNDING:
        return came, ""
    change = _change_of_words(earlier, later)
    return (replace(came, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), change) if change else (came, "")


def _changed_unit(earlier: Reading, later: Reading, came: Comparison) -> tuple[Comparison, str]:
    apart = Distance(None, None, points=False)
    base = Comparison(came.verdict, Ground.SCOPE, relate(earlier.allowed, later.allowed), apart, Fraction(0))
    periods = earlier.period, later.period
    if periods[0] != periods[1] and earlier.stated == later.stated:
        verb = "adds" if periods[0] is None else "drops" if periods[1] is None else "changes"
        return replace(base, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), f"{verb} a period"
    return replace(base, verdict=Verdict.CONFLICT, severity=Fraction(1, 2)), f"gives {later.unit} for {earlier.unit}"


def _changed_scope(knowledge: Knowledge, earlier: Mention, later: Mention, came: Comparison) -> tuple[Comparison, str]:
    """The same number, said of something else: a conflict; said with a key more or less: a tension."""
    measure = knowledge.measures[later.figure.measure]
    found = match(knowledge, measure.kind, earlier.figure.scope, later.figure.scope)
    if found.differences:
        told = " and ".join(f"{one.right} for {one.left}" for one in found.differences)
        return replace(came, verdict=Verdict.CONFLICT, severity=Fraction(1, 2)), f"gives the number for {told}"
    added = [key for key in later.figure.scope if key not in earlier.figure.scope]
    dropped = [key for key in earlier.figure.scope if key not in later.figure.scope]
    if not (added or dropped):
        return came, ""
    told = "; ".join(
        [f"adds {say_value(knowledge, later.figure.scope[key])} ({key})" for key in added]
        + [f"drops {say_value(knowledge, earlier.figure.scope[key])} ({key})" for key in dropped]
    )
    return replace(came, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), told


def _inverted(earlier: Reading, later: Reading) -> bool:
    if not (earlier.stated.exact and later.stated.exact) or earlier.stated == later.stated:
        return False
    return (earlier.stated.low or Fraction(0)) * (later.stated.low or Fraction(0)) == 1


def _turned(earlier: Reading, later: Reading) -> bool:
    up = earlier.bound.is_floor and later.bound.is_ceiling
    return up or (earlier.bound.is_ceiling and later.bound.is_floor)


def _change_of_words(earlier: Reading, later: Reading) -> str:
    if earlier.stated.exact and later.stated.exact and earlier.stated != later.stated:
        return "gives another number"
    if earlier.stated != later.stated:
        return "gives a wider or narrower range"
    if earlier.bounded != later.bounded:
        return "drops a bound" if earlier.bounded else "adds a bound"
    if earlier.hedge is not later.hedge:
        gained, lost = later.hedge is not Hedge.NONE, earlier.hedge is not Hedge.NONE
        return "changes a hedge" if gained and lost else "adds a hedge" if gained else "drops a hedge"
    return ""
