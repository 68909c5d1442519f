"""Does anything rest on itself? Circles among entities of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.domain.entity import AnyEntity, Argument, Calculation, Figure, NodeKind, Source, Term
from kb.domain.identity import Id
from kb.intake.desk import Desk

_SAYS = {
    "Source": "these sources translate or quote each other",
    "Term": "these scope values are parts of each other",
    "Figure": "these figures repeat each other",
    "Argument": "these arguments are about each other",
    "Calculation": "these calculations need each other's results",
}


def same_kind(entity: AnyEntity) -> tuple[Id, ...]:
    """Entities of its own kind that ``entity`` builds upon."""
    match entity:
        case Source():
            return (*((entity.translation_of,) if entity.translation_of else ()), *entity.quotes)
        case Term():
            return (entity.part_of,) if entity.part_of else ()
        case Figure():
            return (entity.depends_on.figure,) if entity.depends_on else ()
        case Argument():
            ends = (*entity.premises, entity.conclusion)
            return tuple(end.id for end in ends if end.kind is NodeKind.ARGUMENT)
        case Calculation():
            return tuple(given.ref for given in entity.inputs if given.ref and given.kind.value == "calculation")
        case _:
            return ()


def note_circles(desk: Desk) -> None:
    """Notes each circle once, at the entry that was read first."""
    graph = _Graph(desk)
    edges = {id: below for id in desk.made if (below := graph.below(id))}
    for circle in circles(edges, graph):
        first = next((id for id in desk.made if id in circle), circle[0])
        turn = circle.index(first)
        ring = (*circle[turn:], *circle[:turn])
        names = " -> ".join(desk.made[id].slug if id in desk.made else graph.slug(id) for id in (*ring, first))
        kind = type(desk.made[first]).__name__
        desk.names.places[first].note(f"{_SAYS[kind]}: {names}", "let one of them go")


class _Graph(Mapping[Id, Sequence[Id]]):
    """What builds upon what, in the files and, behind them, in the base."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def below(self, id: Id) -> Sequence[Id]:
        entity = self._desk.made.get(id)
        if entity is None and id not in self._desk.names.places:
            entity = self._desk.knowledge.by_id.get(id)
        return same_kind(entity) if entity else ()

    def slug(self, id: Id) -> str:
        entity = self._desk.knowledge.by_id.get(id)
        return entity.slug if entity else id

    def __getitem__(self, id: Id) -> Sequence[Id]:
        return self.below(id)

    def __iter__(self) -> Iterator[Id]:
        return iter(self._desk.made)

    def __len__(self) -> int:
        return len(self._desk.made)


def circles(starts: Iterable[Id], below: Mapping[Id, Sequence[Id]]) -> list[tuple[Id, ...]]:
    """Circles that are reached from ``starts``, each once, along what builds upon what; without recursion."""
    found: list[tuple[Id, ...]] = []
    done: set[Id] = set()
    for start in starts:
        if start in done:
            continue
        path: dict[Id, int] = {start: 0}
        stack = [iter(below[start])]
        while stack:
            following = next(stack[-1], None)
            if following is None:
                done.add(path.popitem()[0])
                stack.pop()
            elif following in path:
                found.append(tuple(path)[path[following] :])
            elif following not in done:
                path[following] = len(path)
                stack.append(iter(below[following]))
    return found
