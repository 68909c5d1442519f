"""Findings on dependence: corroboration by independent voices, repetition that adds none, and drift in retelling."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from kb.domain.entity import DependenceKind
from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, Distance, Ground, compare, relate
from kb.reasoning.findings.assembly import EXCLUDED_STANCES, assemble, build_pairing, is_settled, rates_of, side_of
from kb.reasoning.findings.mention import Mention, side_by_side
from kb.reasoning.findings.origin import original_source, own_name, root_of
from kb.reasoning.findings.position import Position, Survey
from kb.reasoning.scope import compare_scopes, selection_words
from kb.reports.words.comparison import comparison_sentence, make_side

_VERBS = {
    DependenceKind.TRANSLATES: "The translation",
    DependenceKind.QUOTES: "The quotation",
    DependenceKind.REPEATS: "The repetition",
}


def drifts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each dependent figure that says something else than the figure which it passes on."""
    for id in survey.links:
        if drift := detect_drift(knowledge, survey, id):
            yield _drift(knowledge, survey, id, *drift)


def detect_drift(knowledge: Knowledge, survey: Survey, id: Id) -> tuple[Comparison, str] | None:
    """What became of the number that figure ``id`` passes on, and the change in words; None where it is kept."""
    link = survey.links.get(id)
    if link is None:
        return None
    earlier, later = side_by_side(survey.mentions[link.figure], survey.mentions[id])
    if {later.figure.stance, earlier.figure.stance} & EXCLUDED_STANCES:
        return None
    comparison, change = _changed_number(earlier.normalized, later.normalized, link.kind)
    if is_settled(comparison.verdict) and link.kind is not DependenceKind.REPEATS:
        comparison, change = _changed_scope(knowledge, earlier, later, comparison)
    return None if is_settled(comparison.verdict) else (comparison, change)


def _drift(knowledge: Knowledge, survey: Survey, id: Id, comparison: Comparison, change: str) -> Finding:
    link = survey.links[id]
    earlier, later = side_by_side(survey.mentions[link.figure], survey.mentions[id])
    same_source = later.figure.source == earlier.figure.source
    names = _names(knowledge, later, earlier)
    words = comparison_sentence(
        make_side(names[0], earlier.normalized), make_side(names[1], later.normalized), comparison
    )
    drift_pairing = build_pairing((earlier, later), names, comparison, f"{_VERBS[link.kind]} {change}. {words}")
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if same_source else FindingKind.DRIFT,
        "drift",
        survey.measure.id,
        [drift_pairing],
        parts=[earlier.figure.id, later.figure.id],
        figures=[earlier.figure.id, later.figure.id],
        basis=[link.kind],
        rates=rates_of(earlier.normalized, later.normalized),
    )


def _names(knowledge: Knowledge, later: Mention, earlier: Mention) -> tuple[str, str]:
    def title(mention: Mention) -> str:
        source = knowledge.sources.get(mention.figure.source)
        return source.title if source else mention.origin.name

    if later.figure.source != earlier.figure.source and title(later) != title(earlier):
        return title(earlier), title(later)
    return f"{earlier.figure.passage}", f"{later.figure.passage}"


def _changed_number(
    earlier: NormalizedQuantity, later: NormalizedQuantity, kind: DependenceKind
) -> tuple[Comparison, str]:
    """What became of the number, and the change in words. A change of words alone is a tension at most."""
    comparison = compare(earlier, later)
    if earlier.unit != later.unit:
        return _changed_unit(earlier, later, comparison)
    if (
        earlier.period_not_stated != later.period_not_stated
        and is_settled(comparison.verdict)
        and kind is not DependenceKind.REPEATS
    ):
        verb = "adds" if earlier.period_not_stated else "drops"
        return replace(comparison, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), f"{verb} a period"
    if _inverted(earlier, later) or _bound_reversed(earlier, later):
        how = "turns the number round" if _inverted(earlier, later) else "turns a lower limit into an upper one"
        gap = replace(comparison.distance, near=None) if comparison.distance.near == 1 else comparison.distance
        return replace(comparison, verdict=Verdict.CONFLICT, severity=gap.severity), how
    if not is_settled(comparison.verdict):
        return comparison, "gives another number"
    if kind is DependenceKind.REPEATS or comparison.verdict is Verdict.ROUNDING:
        return comparison, ""
    change = _change_of_words(earlier, later)
    return (
        (replace(comparison, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), change) if change else (comparison, "")
    )


def _changed_unit(
    earlier: NormalizedQuantity, later: NormalizedQuantity, comparison: Comparison
) -> tuple[Comparison, str]:
    apart = Distance(None, None, points=False)
    base = Comparison(comparison.verdict, Ground.SCOPE, relate(earlier.allowed, later.allowed), apart, Fraction(0))
    periods = earlier.period, later.period
    if periods[0] != periods[1] and earlier.stated == later.stated:
        verb = "adds" if periods[0] is None else "drops" if periods[1] is None else "changes"
        return replace(base, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), f"{verb} a period"
    return replace(base, verdict=Verdict.CONFLICT, severity=Fraction(1, 2)), f"gives {later.unit} for {earlier.unit}"


def _changed_scope(
    knowledge: Knowledge, earlier: Mention, later: Mention, comparison: Comparison
) -> tuple[Comparison, str]:
    """The same number, said of something else: a conflict; said with a key more or less: a tension."""
    measure = knowledge.measures[later.figure.measure]
    scopes = compare_scopes(knowledge, measure.kind, earlier.figure.scope, later.figure.scope)
    if scopes.differences:
        change = " and ".join(f"{difference.right} for {difference.left}" for difference in scopes.differences)
        return replace(comparison, verdict=Verdict.CONFLICT, severity=Fraction(1, 2)), f"gives the number for {change}"
    added = [key for key in later.figure.scope if key not in earlier.figure.scope]
    dropped = [key for key in earlier.figure.scope if key not in later.figure.scope]
    if not (added or dropped):
        return comparison, ""
    change = "; ".join(
        [f"adds {selection_words(knowledge, later.figure.scope[key])} ({key})" for key in added]
        + [f"drops {selection_words(knowledge, earlier.figure.scope[key])} ({key})" for key in dropped]
    )
    return replace(comparison, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), change


def _inverted(earlier: NormalizedQuantity, later: NormalizedQuantity) -> bool:
    if not (earlier.stated.exact and later.stated.exact) or earlier.stated == later.stated:
        return False
    return (earlier.stated.low or Fraction(0)) * (later.stated.low or Fraction(0)) == 1


def _bound_reversed(earlier: NormalizedQuantity, later: NormalizedQuantity) -> bool:
    up = earlier.bound.is_floor and later.bound.is_ceiling
    return up or (earlier.bound.is_ceiling and later.bound.is_floor)


def _change_of_words(earlier: NormalizedQuantity, later: NormalizedQuantity) -> str:
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


MOST_REPETITIONS_SHOWN = 40
"""A number that is said again more often shows its first repetitions only."""

_DEPENDENCE_VERBS = {
    DependenceKind.TRANSLATES: "translates it",
    DependenceKind.QUOTES: "quotes it",
    DependenceKind.REPEATS: "repeats it",
}
_SAME_VOICE_WORDS = "has it from the same voice"


def corroborations(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """What stands behind each position: who confirms it, and who only says it again."""
    for position in survey.positions:
        yield from _confirmed(knowledge, position)
        yield from _repeated(knowledge, survey, position)


def _confirmed(knowledge: Knowledge, position: Position) -> Iterator[Finding]:
    """That independent voices give numbers which meet."""
    ordered = sorted(position.mentions, key=lambda mention: (mention.normalized.stated.low is not None, mention.order))
    pairings = [_support_pairing(left, right) for left, right in pairwise(ordered)]
    if pairings:
        yield _corroboration(knowledge, position, pairings)


def _corroboration(knowledge: Knowledge, position: Position, pairings: Sequence[Pairing]) -> Finding:
    figures = list(dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right)))
    independent = [mention for mention in position.mentions if mention.figure.id in figures]
    same = len({mention.stated_in_own_currency for mention in independent}) == 1
    verb = "give the same number" if same else "give numbers that meet"
    lead = f"{len(independent)} independent voices {verb}: {', '.join(mention.origin.name for mention in independent)}."
    return assemble(
        knowledge,
        FindingKind.CORROBORATION,
        "corroboration",
        position.measure,
        pairings,
        parts=[position.figures[0]],
        figures=[mention.figure.id for mention in independent],
        explanation=f"{lead} {pairings[0].explanation}",
    )


def _repeated(knowledge: Knowledge, survey: Survey, position: Position) -> Iterator[Finding]:
    """That other works give the position's number and yet add no voice; a translation is the same work."""
    repeated = list(_repetitions(knowledge, survey, position))
    if not repeated:
        return
    pairings = [_support_pairing(first, later, _source_name(knowledge, later)) for first, later in repeated]
    figures = list(dict.fromkeys(mention.figure.id for pair in repeated for mention in pair))
    works = list(
        dict.fromkeys(f"{_source_name(knowledge, later)} ({_dependence_words(survey, later)})" for _, later in repeated)
    )
    voices = list(dict.fromkeys(first.origin.name for first, _ in repeated))
    lead = f"{_repetition_lead(repeated)} no independent voice to {' and '.join(voices)}"
    yield assemble(
        knowledge,
        FindingKind.REPETITION,
        "echo",
        position.measure,
        pairings,
        parts=[position.figures[0]],
        figures=figures,
        explanation=f"{lead}: {', '.join(works)}. {pairings[0].explanation}",
        basis=[_dependence_words(survey, later) for _, later in repeated],
        rates=rates_of(*(mention.normalized for pair in repeated for mention in side_by_side(*pair))),
    )


def _repetition_lead(repeated: Sequence[tuple[Mention, Mention]]) -> str:
    count = len({later.figure.source for _, later in repeated})
    return "Another source gives this number and adds" if count == 1 else f"{count} other sources give it and add"


def _repetitions(knowledge: Knowledge, survey: Survey, position: Position) -> Iterator[tuple[Mention, Mention]]:
    """The independent mention and one from another work that says the same again, in the order told.

    What changed on the way is told as a drift, and as nothing else.
    """
    by_origin = {mention.origin.key: mention for mention in position.mentions}
    dependents = sorted((survey.mentions[id] for id in position.dependents), key=lambda mention: mention.order)
    for later in dependents[:MOST_REPETITIONS_SHOWN]:
        root = survey.mentions[root_of(later.figure.id, survey.links)]
        first = by_origin.get(root.origin.key)
        if first is None or _work(knowledge, first) == _work(knowledge, later):
            continue
        if detect_drift(knowledge, survey, later.figure.id):
            continue
        left_normalized, right_normalized = (mention.normalized for mention in side_by_side(first, later))
        if left_normalized.unit == right_normalized.unit and is_settled(
            compare(left_normalized, right_normalized).verdict
        ):
            yield first, later


def _work(knowledge: Knowledge, mention: Mention) -> Id:
    source = knowledge.sources.get(mention.figure.source)
    return original_source(knowledge, source).id if source else mention.figure.source


def _dependence_words(survey: Survey, mention: Mention) -> str:
    link = survey.links.get(mention.figure.id)
    return _DEPENDENCE_VERBS[link.kind] if link else _SAME_VOICE_WORDS


def _source_name(knowledge: Knowledge, mention: Mention) -> str:
    source = knowledge.sources.get(mention.figure.source)
    return own_name(source) if source else mention.origin.name


def _support_pairing(left: Mention, right: Mention, name: str = "") -> Pairing:
    left, right = side_by_side(left, right)
    comparison = compare(left.normalized, right.normalized)
    labels = left.origin.name, name or right.origin.name
    words = comparison_sentence(side_of(left, labels[0]), side_of(right, labels[1]), comparison)
    return build_pairing((left, right), labels, comparison, words)
