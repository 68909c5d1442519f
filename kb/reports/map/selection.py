"""Which cards a map shows in a state, which keep their place unseen, and what lies behind each."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.reports.map.contribution import Contributions
from kb.reports.map.graph import SIDE, TESTS, MapGraph, MapLink, MapNode
from kb.reports.map.state import MapState

STRONGEST = 4
"""The most arguments that the first view shows on each side."""

_IF_NONE_COUNTS = 2
_PORTION = 8
_MOST_FOCUSED = 60
_MOST_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Addition:
    """Cards that joined the map when ``opener`` was opened; ``is_open`` is False where that was closed again."""

    opener: MapNode
    page: int
    nodes: tuple[MapNode, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Toggle:
    """What a card offers: to open the next ``page`` of what is behind it, ``count`` cards, or to close all of it."""

    opens: bool
    page: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What a map shows in a state.

    Attributes:
        graph: All that it could show.
        state: The state, without openings that mean nothing here.
        base: The cards that are laid out together.
        additions: What joined them, in order.
        shown: The cards that are seen, the base first.
        left_out: How many cards within the focus, or of everything, were too many.
    """

    graph: MapGraph
    contributions: Contributions
    state: MapState
    base: tuple[MapNode, ...]
    additions: tuple[Addition, ...]
    shown: tuple[MapNode, ...]
    left_out: int = 0

    @cached_property
    def placed(self) -> tuple[MapNode, ...]:
        """All cards that have a place, seen or not."""
        return (*self.base, *(node for addition in self.additions for node in addition.nodes))

    @cached_property
    def _shown(self) -> frozenset[MapNode]:
        return frozenset(self.shown)

    @cached_property
    def links(self) -> tuple[MapLink, ...]:
        """The links between cards that are seen, as recorded."""
        return links_among(self.graph, self._shown)

    def links_behind(self, node: MapNode) -> tuple[MapLink, ...]:
        """The links from cards that are seen to ``node``, in the order of what they contribute."""
        return tuple(link for link in self.contributions.ordered(node) if link.tail in self._shown)

    def hidden(self, node: MapNode) -> int:
        """How many cards lie directly behind ``node`` and are not seen."""
        return len({link.tail for link in self.graph.children[node]} - self._shown)

    def toggles(self, node: MapNode) -> tuple[Toggle, ...]:
        """What a card offers: to open more, to close what was opened, both, or nothing."""
        opened = [addition for addition in self.additions if addition.opener == node and addition.is_open]
        offered = []
        if opened:
            offered.append(Toggle(opens=False, page=opened[-1].page, count=sum(len(one.nodes) for one in opened)))
        if hidden := self.hidden(node):
            offered.append(Toggle(opens=True, page=self._next_page(node, opened), count=hidden))
        return tuple(offered)

    def _next_page(self, node: MapNode, opened: Sequence[Addition]) -> int:
        portions = portions_of(self.graph, self.contributions, node)
        taken = {addition.page for addition in opened}
        hidden = (
            page
            for page, portion in enumerate(portions, 1)
            if page not in taken and any(link.tail not in self._shown for link in portion)
        )
        return next(hidden, 1)

    @cached_property
    def most_toggles(self) -> frozenset[MapNode]:
        """The cards that may offer two toggles at once, whatever the state; they are tall enough for both."""
        return frozenset(
            node
            for node in self.placed
            if len(self.graph.children[node]) > _PORTION
            and len(portions_of(self.graph, self.contributions, node)) > (2 if _is_side(self.graph, node) else 1)
        )


def links_among(graph: MapGraph, nodes: frozenset[MapNode]) -> tuple[MapLink, ...]:
    """The links that begin and end at some of these nodes."""
    return tuple(link for node in graph.nodes if node in nodes for link in graph.children[node] if link.tail in nodes)


def _is_side(graph: MapGraph, node: MapNode) -> bool:
    return graph.parents[node] == graph.root and node != graph.root


def portions_of(graph: MapGraph, contributions: Contributions, node: MapNode) -> tuple[tuple[MapLink, ...], ...]:
    """What is behind a card in the portions in which it is opened, the strongest first.

    The first of a side is what decides it and the strongest arguments that count. A single card left over is not worth
    a portion of its own.
    """
    links = contributions.ordered(node)
    if _is_side(graph, node):
        first = _strongest(links, contributions)
        rest = [link for link in links if link not in first]
        if len(rest) > 1 and first:
            return (first, *_in_portions(rest))
        return (tuple(links),) if links else ()
    return _in_portions(links)


def _strongest(links: Sequence[MapLink], contributions: Contributions) -> tuple[MapLink, ...]:
    deciding = [link for link in links if link.kind == TESTS]
    arguments = [link for link in links if link.kind != TESTS]
    counting = [link for link in arguments if contributions.of(link).counts]
    return (*deciding, *(counting[:STRONGEST] or arguments[:_IF_NONE_COUNTS]))


def _in_portions(links: Sequence[MapLink]) -> tuple[tuple[MapLink, ...], ...]:
    portions = [tuple(links[at : at + _PORTION]) for at in range(0, len(links), _PORTION)]
    if len(portions) > 1 and len(portions[-1]) == 1:
        *others, before, last = portions
        portions = [*others, (*before, *last)]
    return tuple(portions)


def select(graph: MapGraph, contributions: Contributions, state: MapState) -> Selection:
    """What the map of ``graph`` shows in ``state``."""
    base, left_out = _base(graph, contributions, state)
    additions = tuple(_additions(graph, contributions, state, base))
    return Selection(
        graph=graph,
        contributions=contributions,
        state=state,
        base=base,
        additions=additions,
        shown=_shown(graph, contributions, base, additions),
        left_out=left_out,
    )


def _base(graph: MapGraph, contributions: Contributions, state: MapState) -> tuple[tuple[MapNode, ...], int]:
    if state.everything:
        return graph.nodes[:_MOST_AT_ONCE], max(0, len(graph.nodes) - _MOST_AT_ONCE)
    if state.focus:
        return _surroundings(graph, graph.by_key[state.focus], state.hops)
    sides = [link.tail for link in graph.children[graph.root] if link.kind == SIDE]
    first = (link.tail for side in sides for link in _first_portion(graph, contributions, side))
    return tuple(dict.fromkeys((graph.root, *sides, *first))), 0


def _first_portion(graph: MapGraph, contributions: Contributions, node: MapNode) -> tuple[MapLink, ...]:
    return next(iter(portions_of(graph, contributions, node)), ())


def _surroundings(graph: MapGraph, focus: MapNode, hops: int) -> tuple[tuple[MapNode, ...], int]:
    """What lies within so many links of ``focus``, with its path to the question; the nearest where these are many."""
    distance = {focus: 0}
    waiting = deque([focus])
    while waiting:
        node = waiting.popleft()
        if distance[node] == hops:
            continue
        near = (*(link.tail for link in graph.children[node]), *(link.head for link in graph.links_from[node]))
        for other in near:
            if other not in distance:
                distance[other] = distance[node] + 1
                waiting.append(other)
    kept = dict.fromkeys((*graph.path(focus)[::-1], *list(distance)[:_MOST_FOCUSED]))
    return tuple(kept), len(distance.keys() - kept.keys())


def _additions(
    graph: MapGraph, contributions: Contributions, state: MapState, base: Iterable[MapNode]
) -> Iterable[Addition]:
    placed = set(base)
    for opening in state.openings:
        opener = graph.by_key[opening.key]
        portions = portions_of(graph, contributions, opener)
        # What an address opens must have a place itself; an older address may name what is no longer on the way there.
        if opener not in placed or opening.page > len(portions):
            continue
        nodes = tuple(dict.fromkeys(link.tail for link in portions[opening.page - 1] if link.tail not in placed))
        placed.update(nodes)
        yield Addition(opener, opening.page, nodes, opening.is_open)


def _shown(
    graph: MapGraph, contributions: Contributions, base: Sequence[MapNode], additions: Sequence[Addition]
) -> tuple[MapNode, ...]:
    shown = dict.fromkeys(base)
    # What a closed card held may have been opened from another one as well, which may stand before it.
    before = -1
    while len(shown) > before:
        before = len(shown)
        for addition in additions:
            if addition.is_open and addition.opener in shown:
                portion = portions_of(graph, contributions, addition.opener)[addition.page - 1]
                shown.update(dict.fromkeys(link.tail for link in portion))
    return tuple(shown)
