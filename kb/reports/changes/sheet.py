"""What changed on a question between two moments, as a page shows it, and the moments to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kb.domain.entity import ArgumentKind, Calculation, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.reports.changes.facts import Aspect, Change, Status, changes_between
from kb.reports.page.changes import CauseRow, ChangeRow, ChangesSheet, MomentRow
from kb.reports.page.front import BatchRow
from kb.reports.row import event_row, result_words, standing_label
from kb.reports.view import View
from kb.reports.words.amount import quantity_words
from kb.reports.words.changes import answer_sentence, aspect_sentence, became_words, counts_sentence
from kb.reports.words.references import capitalized, premise_ref, said_ref, scope_words, shorten
from kb.reports.words.voices import voice_words

_LONGEST = 300


def changes_sheet(earlier: View, later: View, question: Question) -> ChangesSheet:
    """What changed on ``question`` from one moment to a later one, at both of which it was asked."""
    changes = changes_between(earlier, later, question)
    told = [change for change in changes.nodes if not _is_told_by_premise(earlier, later, change, changes.marks)]
    rows = [_row(earlier, later, change) for change in told]
    return ChangesSheet(
        earlier=earlier.moment.position,
        later=later.moment.position,
        answer=answer_sentence(*changes.answers),
        because=_causes(earlier, later, changes.causes),
        counts=counts_sentence(told),
        rows=tuple(row for status in Status for row in rows if row.status == status),
        marks={
            _mark(later if change.status is not Status.GONE else earlier, question, change.node): str(change.status)
            for change in changes.nodes
        },
    )


_MARKED: Mapping[NodeKind, str] = {NodeKind.CALCULATION: "calc", NodeKind.ARGUMENT: "arg"}


def _mark(view: View, question: Question, node: Node) -> str:
    """The name of a node in the addresses of a map."""
    if node.id == question.id:
        return node.side
    return ":".join(filter(None, (_MARKED.get(node.kind, node.kind), view.knowledge.by_id[node.id].slug, node.side)))


def moment_rows(batches: Sequence[BatchRow], question: View, entity: Question, *chosen: int) -> tuple[MomentRow, ...]:
    """The moments at which a question may be compared, newest first: ends of batches since it was asked.

    Args:
        batches: Batches, newest first.
        question: The view of now.
        entity: The question.
        chosen: Further moments, which need not be the end of a batch.
    """
    asked = asked_since(question, entity)
    rows = {
        batch.position: MomentRow(
            position=batch.position, recorded_at=batch.recorded_at, actor=batch.actor, reason=batch.reason
        )
        for batch in batches
        if batch.position >= asked
    }
    for position in chosen:
        rows.setdefault(position, MomentRow(position=position, recorded_at="", actor="", reason=""))
    return tuple(rows[position] for position in sorted(rows, reverse=True))


def asked_since(view: View, question: Question) -> int:
    """The position of the event by which a question was recorded; 1 where that is not known."""
    return min((event.position for event in view.events_of(question.id)), default=1)


def _is_told_by_premise(earlier: View, later: View, change: Change, marks: Mapping[Node, Status]) -> bool:
    """Whether an argument without words of its own came or went together with its one premise."""
    view = earlier if change.status is Status.GONE else later
    argument = view.knowledge.arguments.get(change.node.id)
    if argument is None or argument.text or len(argument.premises) > 1:
        return False
    return change.status is not Status.CHANGED and marks.get(argument.premises[0]) is change.status


def _row(earlier: View, later: View, change: Change) -> ChangeRow:
    view = earlier if change.status is Status.GONE else later
    became = became_words(change)
    named = premise_ref(view.knowledge, change.node)
    return ChangeRow(
        status=str(change.status),
        kind="side" if change.node.side else str(change.node.kind),
        ref=named if later.knowledge.by_id.get(change.node.id) else None,
        name=shorten(_name(view, change.node) or capitalized(named.text), _LONGEST),
        differences=(*([capitalized(became)] if became else []), *_differences(earlier, later, change)),
        events=tuple(event_row(later, event) for event in change.events),
        # What moves a side of the question is named with the answer.
        because=() if change.node.side else _causes(earlier, later, change.causes),
    )


def _name(view: View, node: Node) -> str:
    """What a claim states, and of an argument what it is for or against; empty for all others."""
    if claim := view.knowledge.claims.get(node.id):
        return claim.text
    if argument := view.knowledge.arguments.get(node.id):
        said = premise_ref(view.knowledge, node).text
        target = premise_ref(view.knowledge, argument.conclusion).text
        return f"{said} ({_BEARS[argument.kind]} “{shorten(target, _LONGEST // 2)}”)"
    return ""


_BEARS: Mapping[ArgumentKind, str] = {ArgumentKind.SUPPORTS: "for", ArgumentKind.ATTACKS: "against"}


def _differences(earlier: View, later: View, change: Change) -> tuple[str, ...]:
    return tuple(
        aspect_sentence(aspect, *(shorten(_words(view, change.node, aspect), _LONGEST) for view in (earlier, later)))
        for aspect in change.aspects
    )


def _words(view: View, node: Node, aspect: Aspect) -> str:
    """How a node is in one respect at the moment of ``view``; empty where that is not said."""
    if aspect is Aspect.STANDING:
        return standing_label(view.analysis.standings.of(node.id, node.side))
    if aspect is Aspect.RESULT:
        return result_words(view.knowledge, view.analysis.results.get(node.id))
    say = _SAID.get(aspect)
    return say(view, node) if say else ""


def _text(view: View, node: Node) -> str:
    if node.kind is NodeKind.QUESTION:
        return premise_ref(view.knowledge, node).text
    entity = view.knowledge.by_id[node.id]
    text = entity.label if isinstance(entity, Calculation) else getattr(entity, "text", "")
    return f"“{text}”" if text else ""


def _field(name: str) -> Callable[[View, Node], str]:
    return lambda view, node: str(getattr(view.knowledge.by_id[node.id], name, ""))


_SAID: Mapping[Aspect, Callable[[View, Node], str]] = {
    Aspect.TEXT: _text,
    Aspect.NUMBER: lambda view, node: quantity_words(view.knowledge.figures[node.id].quantity),
    Aspect.VOICE: lambda view, node: _said_by(view, node.id),
    Aspect.STANCE: _field("stance"),
    Aspect.CONFIDENCE: _field("confidence"),
    Aspect.SCOPE: lambda view, node: (
        scope_words(view.knowledge, figure) if (figure := view.knowledge.figures.get(node.id)) else ""
    ),
}


def _said_by(view: View, id: Id) -> str:
    said = view.knowledge.claims.get(id) or view.knowledge.figures.get(id)
    return voice_words(said.voice) if said else ""


def _causes(earlier: View, later: View, ids: Sequence[Id]) -> tuple[CauseRow, ...]:
    rows = []
    for id in ids:
        events = [event for event in later.events_of(id) if event.position > earlier.moment.position]
        known = later.knowledge if id in later.knowledge.by_id else earlier.knowledge
        rows.append(CauseRow(shorten(said_ref(known, id).text, _LONGEST), event_row(later, events[-1])))
    return tuple(rows)
