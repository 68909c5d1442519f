"""What each link of a map contributes, and the order in which that puts them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.entity import NodeKind
from kb.reasoning.argumentation.graph import NodeKey
from kb.reasoning.argumentation.standing import Part, Standing
from kb.reports.map.graph import DENIES, SIDE, TESTS, MapGraph, MapLink, MapNode
from kb.reports.view import View


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a link contributes to where it ends, from 0 to 1, and whether it counts there.

    ``part`` says why; it is None where nothing is weighed, as between a premise and its argument.
    """

    strength: float
    counts: bool
    part: Part | None = None


NOTHING = Contribution(0.0, counts=True)
"""That of a link at which nothing is weighed."""


class Contributions:
    """The contributions of the links of one map, each made when it is first asked for."""

    def __init__(self, view: View, graph: MapGraph) -> None:
        """Those of ``graph``, by the standings of ``view``."""
        self._standings = view.analysis.standings
        self._graph = graph
        self._parts: dict[MapNode, Mapping[NodeKey, Part]] = {}
        self._standing: dict[MapNode, Standing | None] = {}
        self._ordered: dict[MapNode, tuple[MapLink, ...]] = {}

    def standing(self, node: MapNode) -> Standing | None:
        """The standing of a node; None where it has none."""
        if node.part:
            return None
        if node not in self._standing:
            self._standing[node] = self._standings.of(node.node.id, node.node.side)
        return self._standing[node]

    def of(self, link: MapLink) -> Contribution:
        """What ``link`` contributes."""
        if link.kind == SIDE:
            standing = self.standing(link.tail)
            return Contribution(float(standing.strength) if standing else 0.0, counts=True)
        if link.joins or link.head.node.kind in _UNWEIGHED:
            return NOTHING
        part = self._part(link)
        return (
            Contribution(part.strength if part.counts else 0.0, part.counts, part)
            if part
            else Contribution(0.0, counts=False)
        )

    def _part(self, link: MapLink) -> Part | None:
        named = self._standings.of(link.argument) if link.argument else None
        key = named.key if named else NodeKey(link.tail.node.id)
        return self._parts_of(link.head).get(key)

    def _parts_of(self, head: MapNode) -> Mapping[NodeKey, Part]:
        if head not in self._parts:
            standing = self.standing(head)
            parts = (*standing.supporters, *standing.attackers) if standing else ()
            self._parts[head] = {part.key: part for part in parts}
        return self._parts[head]

    def is_strongest(self, link: MapLink) -> bool:
        """Whether a link to a side of the question contributes as much as any other of that side, and anything."""
        if link.head.node.id != self._graph.question.id or link.kind in (SIDE, TESTS, DENIES):
            return False
        to_side = [one for one in self._graph.children[link.head] if one.kind == link.kind]
        strengths = [round(self.of(one).strength, 2) for one in to_side]
        # Of a single one, nothing is said that a reader does not see.
        several = sum(strength > 0 for strength in strengths) > 1
        return several and round(self.of(link).strength, 2) == max(strengths)

    def ordered(self, head: MapNode) -> tuple[MapLink, ...]:
        """The links that end at ``head``: what decides it, what counts by its contribution, the rest as recorded."""
        if head not in self._ordered:
            self._ordered[head] = tuple(sorted(self._graph.children[head], key=self._place))
        return self._ordered[head]

    def _place(self, link: MapLink) -> tuple[bool, bool, float]:
        if link.kind == SIDE or link.joins or link.head.node.kind in _UNWEIGHED:
            return False, False, 0.0
        contribution = self.of(link)
        return link.kind != TESTS, not contribution.counts, -contribution.strength


_UNWEIGHED = (NodeKind.CALCULATION, NodeKind.FIGURE)
"""What nothing speaks for or against: inputs enter a calculation."""
