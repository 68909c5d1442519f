"""How certain an answer is: the reasons that lower it, after GRADE (Guyatt et al., BMJ 336 (2008) 924-926)."""

from collections.abc import Iterable, Iterator, Sequence

from kb.domain.answer import Certainty, Concern, Direction, Hinge, HingeKind, certainty_after
from kb.domain.confidence import Reliability
from kb.domain.entity import Claim, Figure
from kb.domain.identity import Id
from kb.reasoning.answers.changes import contested_groups, input_measures
from kb.reasoning.answers.slice import QuestionSlice

_LOW_RELIABILITY = (Reliability.D, Reliability.E, Reliability.F)

_STRONG_OPPOSITION = 0.75
"""Share of what counts for one side from which what counts for the other makes the evidence inconsistent."""

_OLD_YEARS = 5
"""Years by which all evidence that counts must be older than the newest source to be called old."""


def certainty(part: QuestionSlice, reasons: Sequence[Concern]) -> Certainty:
    """The word for an answer with these reasons against it: one step down for each; the lowest without evidence."""
    if not any(part.support(side) for side in part.side_nodes):
        return Certainty.VERY_LOW
    return certainty_after(reasons)


def concerns(
    part: QuestionSlice, direction: Direction, hinges: Sequence[Hinge], case: Id | None, contested: Sequence[Id]
) -> Iterator[Concern]:
    """The reasons that lower the certainty of an answer with this ``direction``, which ``hinges`` would move.

    ``case`` is what ``only_case`` gives, ``contested`` what ``contested_measures`` gives.
    """
    sides = part.leading_sides(direction)
    statements = list(part.statements_behind(sides))
    kinds = {hinge.kind for hinge in hinges}
    if kinds & {HingeKind.SOURCE, HingeKind.ORIGIN}:
        yield Concern.ONE_ORIGIN
    if case:
        yield Concern.INDIRECT
    if contested or _is_balanced(part):
        yield Concern.INCONSISTENT
    if kinds & {HingeKind.ASSUMPTION, HingeKind.INPUT, HingeKind.POSITION} or _has_open_condition(part):
        yield Concern.IMPRECISE
    if statements and all(_is_unreliable(part, statement) for statement in statements):
        yield Concern.LOW_RELIABILITY
    if _is_old(part, statements):
        yield Concern.OLD


def _has_open_condition(part: QuestionSlice) -> bool:
    """Whether what decides the question is undecided or unknown."""
    return any(part.graph.truths.get(node, True) is None for node in part.side_nodes)


def contested_measures(part: QuestionSlice) -> list[Id]:
    """The measures behind the answer on which positions exclude each other; of what decides it, where that is known."""
    measures = None
    if decided_by := part.question.decided_by:
        measures = input_measures(part, part.with_inner([decided_by.calculation]))
    figures = part.knowledge.figures
    return list(dict.fromkeys(figures[group[0].figures[0]].measure for group in contested_groups(part, measures)))


def _is_balanced(part: QuestionSlice) -> bool:
    weaker, stronger = sorted(part.support(side) for side in part.side_nodes)
    # What a calculation decides does not depend on how many speak for the other side.
    return part.question.decided_by is None and stronger > 0 and weaker >= _STRONG_OPPOSITION * stronger


def only_case(part: QuestionSlice, direction: Direction) -> Id | None:
    """The value of a scope key, of which several are known, that all figures that count are about; None for none.

    The case that the question itself asks about is none: numbers about it are direct.
    """
    statements = part.statements_behind(part.leading_sides(direction))
    scopes = [statement.scope for statement in statements if isinstance(statement, Figure)]
    for key in dict.fromkeys(key for scope in scopes for key in scope):
        values = {scope.get(key) for scope in scopes}
        known = sum(value.key == key for value in part.knowledge.scope_values.values())
        if len(values) == 1 and None not in values and known > 1:
            (value,) = values
            asked = part.question.scope.get(key)
            if value is not None and len(value.terms) == 1 and not (asked and value.terms[0] in asked.terms):
                return value.terms[0]
    return None


def _is_unreliable(part: QuestionSlice, statement: Figure | Claim) -> bool:
    source = part.knowledge.sources.get(statement.source) if statement.source else None
    return not statement.voice.is_named or (source is not None and source.reliability in _LOW_RELIABILITY)


def _is_old(part: QuestionSlice, statements: Iterable[Figure | Claim]) -> bool:
    newest = max((_year(part, source) for source in part.knowledge.sources), default=0)
    years = [_year(part, statement.source) for statement in statements if statement.source]
    dated = [year for year in years if year]
    return bool(dated) and newest - max(dated) > _OLD_YEARS


def _year(part: QuestionSlice, source: Id) -> int:
    issued = part.knowledge.sources[source].issued[:4] if source in part.knowledge.sources else ""
    return int(issued) if issued.isdigit() else 0
