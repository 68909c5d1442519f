"""What changed on a question between two moments, as facts: what came, what went, what is otherwise, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from kb.domain.answer import Answer
from kb.domain.entity import AnyEntity, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.references import Role, ids_in_role
from kb.reports.exchange.selection import Selection, below, selection_for
from kb.reports.view import LoggedEvent, Moment, View


class Status(StrEnum):
    """What became of a node between two moments."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


class Aspect(StrEnum):
    """In what a node is otherwise, in the order in which it is told."""

    TEXT = "text"
    NUMBER = "number"
    FORMULA = "formula"
    RESULT = "result"
    REASONS = "reasons"
    VOICE = "voice"
    STANCE = "stance"
    CONFIDENCE = "confidence"
    SCOPE = "scope"
    STANDING = "standing"
    DETAILS = "details"


COMPUTED = frozenset({Aspect.RESULT, Aspect.STANDING})
"""What follows from other things; everything else is recorded with the node itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one node.

    Attributes:
        known: Whether an added node was recorded before already, or one that is gone is recorded still: it only leads
            to the question now, or no longer.
        aspects: In what a changed node is otherwise; empty for all others.
        events: The events since about the node itself, oldest first; of one that is known, those of what ties it to the
            question, or did.
        causes: What its result or standing follows from: the nearest things below it with events of their own.
    """

    node: Node
    status: Status
    known: bool = False
    aspects: tuple[Aspect, ...] = ()
    events: tuple[LoggedEvent, ...] = ()
    causes: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed on a question.

    Attributes:
        question: Its id.
        nodes: The nodes that came, went or are otherwise, the nearest to the question first.
        answers: The answers at the two moments.
        causes: What a change of the answer follows from.
    """

    question: Id
    earlier: Moment
    later: Moment
    nodes: tuple[Change, ...]
    answers: tuple[Answer, Answer]
    causes: tuple[Id, ...]

    @property
    def marks(self) -> Mapping[Node, Status]:
        """What became of each node that did not stay as it was, for a map to show."""
        return {change.node: change.status for change in self.nodes}


_MOST_CAUSES = 4


def changes_between(earlier: View, later: View, question: Question) -> Changes:
    """What changed on ``question`` from one moment to a later one, at both of which it was asked.

    What was redacted is in neither view, and so is no change.
    """
    return _Comparison(earlier, later, question).changes()


@dataclass(frozen=True)
class _Side:
    """A question at one moment."""

    view: View
    question: Question

    @cached_property
    def selection(self) -> Selection:
        """What leads to the question."""
        return selection_for(self.view.knowledge, [self.question])

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The same with the figures and calculations that calculations rest on, and the figures that dispute these."""
        ids = {kind: [node.id for node in self.selection.nodes if node.kind is kind] for kind in NodeKind}
        calculations = self._with_inputs(ids[NodeKind.CALCULATION])
        taken = (id for calculation in calculations for id in self._inputs(calculation))
        figures = (id for id in (*ids[NodeKind.FIGURE], *taken) if id in self.view.knowledge.figures)
        numbers = [Node(NodeKind.FIGURE, id) for figure in dict.fromkeys(figures) for id in self._disputing(figure)]
        computed = (Node(NodeKind.CALCULATION, id) for id in calculations)
        return tuple(dict.fromkeys((*self.selection.nodes, *computed, *numbers)))

    def _with_inputs(self, ids: Iterable[Id]) -> list[Id]:
        """Calculations with those that they take in, through whatever others."""
        known, found = self.view.knowledge.calculations, list(ids)
        for id in found:
            found += [other for other in dict.fromkeys(self._inputs(id)) if other in known and other not in found]
        return found

    def _disputing(self, figure: Id) -> Iterator[Id]:
        """A figure and those that disagree with it."""
        yield figure
        for finding in self.view.findings_on.get(figure, ()):
            yield from finding.figures if finding.is_disagreement else ()

    def _inputs(self, id: Id) -> Iterator[Id]:
        """What a calculation takes in and checks: figures, measures with the figures taken from them, calculations."""
        calculation, result = self.view.knowledge.calculations.get(id), self.view.analysis.results.get(id)
        yield from ids_in_role(calculation, Role.INPUT, Role.CHECKED) if calculation else ()
        yield from (
            id for out in (result.outcomes if result else ()) for choice in out.choices for id in choice.figures
        )

    @cached_property
    def above(self) -> Mapping[Id, Sequence[Id]]:
        """What depends on each entity directly; what disputes a figure is there because of that figure."""
        above: dict[Id, list[Id]] = defaultdict(list)
        for id in dict.fromkeys(node.id for node in self.nodes):
            for other in (*self.below(id), *self._disputing(id)):
                above[other].append(id)
        return above

    def entity(self, node: Node) -> AnyEntity | None:
        return self.view.knowledge.by_id.get(node.id)

    def below(self, id: Id) -> Iterator[Id]:
        """What the standing or the result of an entity depends on directly."""
        knowledge = self.view.knowledge
        if question := knowledge.questions.get(id):
            nodes = [Node(NodeKind.QUESTION, id, side.key) for side in question.sides]
        else:
            nodes = [Node(NodeKind.CLAIM, id)] if id in knowledge.claims else [Node(NodeKind.ARGUMENT, id)]
        yield from (other.id for node in nodes for other in below(knowledge, node))
        yield from self._inputs(id)
        if entity := knowledge.by_id.get(id):
            yield from ids_in_role(entity, Role.PUBLISHER, Role.REPEATED, Role.DERIVED)


class _Comparison:
    """One question at two moments."""

    def __init__(self, earlier: View, later: View, question: Question) -> None:
        self.question = question
        self.before = _Side(earlier, earlier.knowledge.questions[question.id])
        self.after = _Side(later, later.knowledge.questions[question.id])

    def changes(self) -> Changes:
        """All changes."""
        nodes = dict.fromkeys((*self.after.nodes, *self.before.nodes))
        changes = tuple(change for node in nodes if (change := self._change(node)))
        before, after = (side.view.analysis.answers[self.question.id] for side in (self.before, self.after))
        is_same = (before.word, before.direction, before.certainty) == (after.word, after.direction, after.certainty)
        return Changes(
            question=self.question.id,
            earlier=self.before.view.moment,
            later=self.after.view.moment,
            nodes=changes,
            answers=(before, after),
            causes=() if is_same else self.causes(self.question.id),
        )

    def _change(self, node: Node) -> Change | None:
        then, now = node in self._then, node in self._now
        if not then or not now:
            other = self.before if not then else self.after
            status = Status.ADDED if not then else Status.GONE
            known = other.entity(node) is not None
            events = self._tying(node.id, self.after if not then else self.before) if known else self.events(node.id)
            return Change(node=node, status=status, known=known, events=events)
        aspects = self._aspects(node)
        if not aspects:
            return None
        causes = self.causes(node.id) if COMPUTED & {*aspects} else ()
        return Change(node=node, status=Status.CHANGED, aspects=aspects, events=self.events(node.id), causes=causes)

    @cached_property
    def _then(self) -> frozenset[Node]:
        return frozenset(self.before.nodes)

    @cached_property
    def _now(self) -> frozenset[Node]:
        return frozenset(self.after.nodes)

    def _aspects(self, node: Node) -> tuple[Aspect, ...]:
        before, after = self.before.entity(node), self.after.entity(node)
        stated = [aspect for aspect, fields in STATED.items() if _part(before, fields) != _part(after, fields)]
        views = self.before.view, self.after.view
        computed = [aspect for aspect, of in _FOLLOWING.items() if of(views[0], node) != of(views[1], node)]
        rest = [Aspect.DETAILS] if _rest(before) != _rest(after) else []
        if node.side:
            # A question is recorded once and stands on the map as two sides.
            rest = []
        return tuple(aspect for aspect in Aspect if aspect in (*stated, *computed, *rest))

    def events(self, id: Id) -> tuple[LoggedEvent, ...]:
        """The events about an entity between the two moments, oldest first."""
        first, last = self.before.view.moment.position, self.after.view.moment.position
        return tuple(event for event in self.after.view.events_of(id) if first < event.position <= last)

    def causes(self, id: Id) -> tuple[Id, ...]:
        """The nearest things below an entity that events are about; empty where nothing below it changed."""
        sides = (self.before, self.after)
        return self._nearest(id, lambda at: (other for side in sides for other in side.below(at)))

    def _tying(self, id: Id, side: _Side) -> tuple[LoggedEvent, ...]:
        """The events about the nearest things between an entity and the question at one moment."""
        nearest = self._nearest(id, lambda at: side.above.get(at, ()))
        return tuple(sorted((event for other in nearest for event in self.events(other)), key=lambda e: e.position))

    def _nearest(self, id: Id, following: Callable[[Id], Iterable[Id]]) -> tuple[Id, ...]:
        layer, seen = [id], {id}
        while layer:
            layer = [other for other in dict.fromkeys(o for at in layer for o in following(at)) if other not in seen]
            seen.update(layer)
            if found := [other for other in layer if self.events(other)]:
                return tuple(found[:_MOST_CAUSES])
        return ()


STATED: Mapping[Aspect, Sequence[str]] = {
    Aspect.TEXT: ("text", "label"),
    Aspect.NUMBER: ("quantity",),
    Aspect.FORMULA: ("formula", "inputs"),
    Aspect.REASONS: ("premises", "conclusion", "kind"),
    Aspect.VOICE: ("voice",),
    Aspect.STANCE: ("stance",),
    Aspect.CONFIDENCE: ("confidence",),
    Aspect.SCOPE: ("scope",),
}
"""The fields of an entity by the aspect that they state; all others are details."""

_FOLLOWING: Mapping[Aspect, Callable[[View, Node], Any]] = {
    Aspect.RESULT: lambda view, node: _results(view, node.id),
    Aspect.STANDING: lambda view, node: view.analysis.standings.word(node.id, node.side),
}


def _results(view: View, id: Id) -> list[Any]:
    result = view.analysis.results.get(id)
    return [(outcome.stated, outcome.allowed, outcome.unit) for outcome in result.outcomes] if result else []


def _part(entity: AnyEntity | None, fields: Iterable[str]) -> list[Any]:
    return [getattr(entity, field, None) for field in fields]


_UNTOLD = ("id", "slug", "file", "aif", *(field for fields in STATED.values() for field in fields))


def _rest(entity: AnyEntity | None) -> dict[str, Any]:
    """What is recorded of an entity besides its aspects and its names."""
    fields = getattr(entity, "__dataclass_fields__", {})
    return {name: getattr(entity, name) for name in fields if name not in _UNTOLD}
