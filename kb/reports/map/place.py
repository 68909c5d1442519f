"""Where the cards of a map stand, so that opening or closing one moves no other."""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kb.reports.map.graph import MapGraph, MapLink, MapNode
from kb.reports.map.layers import Bend, layered, mirrored
from kb.reports.map.selection import Addition, Selection, links_among

GAP = 8.0
"""The least space between two cards of a column."""

_BETWEEN_GROUPS = 14.0


@dataclass(frozen=True, slots=True)
class Placing:
    """The column of each card, its start within that, and where links over several columns pass those between."""

    columns: Mapping[MapNode, int]
    starts: Mapping[MapNode, float]
    bends: Mapping[Bend[MapNode], float]


def columns_of(selection: Selection) -> dict[MapNode, int]:
    """The column of each card that has a place: that of the question is 0, and what is opened follows its opener."""
    graph, state = selection.graph, selection.state
    links = links_among(graph, frozenset(selection.base))
    columns = _longest_ways(graph, selection.base, links) if state.everything or state.focus else None
    columns = columns or {node: len(graph.path(node)) - 1 for node in selection.base}
    for addition in selection.additions:
        columns.update(dict.fromkeys(addition.nodes, columns[addition.opener] + 1))
    return columns


def _longest_ways(graph: MapGraph, nodes: Sequence[MapNode], links: Sequence[MapLink]) -> dict[MapNode, int]:
    """A column for each node, behind all that it leads to, as far as the links form no circle."""
    forward = _without_circles(graph.root, nodes, links)
    behind: dict[MapNode, list[MapNode]] = defaultdict(list)
    waiting_for = dict.fromkeys(nodes, 0)
    for tail, head in forward:
        behind[head].append(tail)
        waiting_for[tail] += 1
    columns = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waiting_for[node]]
    while ready:
        head = ready.pop()
        for tail in behind[head]:
            columns[tail] = max(columns[tail], columns[head] + 1)
            waiting_for[tail] -= 1
            if not waiting_for[tail]:
                ready.append(tail)
    # What leads to nothing on the map but its own surroundings stands just before these, not beside the question.
    first = {node: min((columns[tail] for tail in behind[node]), default=1) - 1 for node in nodes}
    leads = {tail for tail, _ in forward}
    return {node: columns[node] if node in leads or node == graph.root else max(first[node], 1) for node in nodes}


def _without_circles(
    root: MapNode, nodes: Sequence[MapNode], links: Sequence[MapLink]
) -> list[tuple[MapNode, MapNode]]:
    """The links as pairs of tail and head without those that close a circle, seen from the question."""
    children: dict[MapNode, list[MapNode]] = defaultdict(list)
    for link in links:
        if link.tail != link.head:
            children[link.head].append(link.tail)
    kept: list[tuple[MapNode, MapNode]] = []
    state: dict[MapNode, int] = {}
    for start in (root, *nodes):
        if start in state:
            continue
        state[start] = 1
        stack = [(start, iter(children[start]))]
        while stack:
            head, rest = stack[-1]
            tail = next(rest, None)
            if tail is None:
                state[head] = 2
                stack.pop()
            elif state.get(tail) != 1:
                kept.append((tail, head))
                if tail not in state:
                    state[tail] = 1
                    stack.append((tail, iter(children[tail])))
    return kept


def place(selection: Selection, columns: Mapping[MapNode, int], size: Callable[[MapNode], float]) -> Placing:
    """The place of every card of ``selection``, seen or not.

    Args:
        selection: What the map shows.
        columns: The column of each card.
        size: The extent of a card within its column.
    """
    graph = selection.graph
    base = {node: columns[node] for node in _in_order(selection)}
    among = links_among(graph, frozenset(base))
    # In the first view every card stands behind one other; further links would pull it away from there.
    if not (selection.state.everything or selection.state.focus):
        among = tuple(link for link in among if graph.parents[link.tail] == link.head)
    apart = dict.fromkeys(_first_of_groups(selection, base), _BETWEEN_GROUPS)
    layers = layered(
        base, ((link.tail, link.head) for link in among), lambda node: size(node) + apart.get(node, 0.0), GAP
    )
    sides = [side for side in _sides(selection) if side in layers.starts]
    if len(sides) > 1 and layers.starts[sides[0]] > layers.starts[sides[-1]]:
        layers = mirrored(layers, lambda node: size(node) + apart.get(node, 0.0))
    starts = {node: round(start + apart.get(node, 0.0), 1) for node, start in layers.starts.items()}
    columns_taken = _Taken()
    for node, start in starts.items():
        columns_taken.take(columns[node], start, size(node))
    for addition in selection.additions:
        starts.update(_added(addition, columns, starts, size, columns_taken))
    return Placing(columns, starts, layers.bends)


def _first_of_groups(selection: Selection, base: Iterable[MapNode]) -> Iterable[MapNode]:
    """The first card behind each side but the first: there is more room between what belongs to different sides."""
    groups = [[node for node in base if selection.graph.parents[node] == side] for side in _sides(selection)]
    return (group[0] for group in [group for group in groups if group][1:])


def _sides(selection: Selection) -> Iterable[MapNode]:
    return (link.tail for link in selection.graph.children[selection.graph.root])


def _in_order(selection: Selection) -> Iterable[MapNode]:
    """The cards of the base in the order in which they stand in a column: by what they lead to, the strongest first."""
    graph, contributions, base = selection.graph, selection.contributions, frozenset(selection.base)
    found: dict[MapNode, None] = {}
    stack = [graph.root]
    while stack:
        node = stack.pop()
        if node in base and node not in found:
            found[node] = None
            stack += [link.tail for link in reversed(contributions.ordered(node)) if link.tail in base]
    return (*found, *(node for node in selection.base if node not in found))


@dataclass(slots=True)
class _Taken:
    """The stretches of each column that cards take."""

    stretches: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, column: int, start: float, size: float) -> None:
        insort(self.stretches[column], (start, start + size))

    def nearest(self, column: int, middle: float, size: float) -> float:
        """The start of the free stretch of ``size`` whose middle is nearest to ``middle``; the lower one of two."""
        wished = middle - size / 2
        starts, free_from = [], float("-inf")
        for start, end in [*self.stretches[column], (float("inf"), float("inf"))]:
            room = start - GAP - size
            if room >= free_from:
                starts.append(min(max(wished, free_from), room))
            free_from = max(free_from, end + GAP)
        return min(starts, key=lambda start: (round(abs(start - wished), 1), -start))


def _added(
    addition: Addition,
    columns: Mapping[MapNode, int],
    starts: Mapping[MapNode, float],
    size: Callable[[MapNode], float],
    taken: _Taken,
) -> dict[MapNode, float]:
    """The starts of cards that join the map: together, as near to their opener as there is room."""
    if not addition.nodes:
        return {}
    opener, column = addition.opener, columns[addition.opener] + 1
    sizes = [size(node) for node in addition.nodes]
    whole = sum(sizes) + GAP * (len(sizes) - 1)
    at = round(taken.nearest(column, starts[opener] + size(opener) / 2, whole), 1)
    found = {}
    for node, extent in zip(addition.nodes, sizes, strict=True):
        found[node] = at
        taken.take(column, at, extent)
        at += extent + GAP
    return found
