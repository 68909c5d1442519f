"""Circles among the entities that are read: of references, of reasons, and of questions."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.domain.entity import Argument, ArgumentKind, Claim, Figure, NodeKind, Source
from kb.domain.identity import Id
from kb.domain.references import ids_of_own_kind
from kb.intake.resolver import E, Resolver

_CYCLE_MESSAGES = {
    "Source": "these sources translate or quote each other",
    "ScopeValue": "these scope values are parts of each other",
    "Figure": "these figures repeat each other",
    "Argument": "these arguments are about each other",
    "Calculation": "these calculations need each other's results",
}


_SUPERSEDING = "these sources supersede each other, so that none of them is the later one"


def note_reference_cycles(resolver: Resolver) -> None:
    """Notes each circle of references once, at the entry that was read first."""
    _note_circular_support(resolver)
    _note_circular_questions(resolver)
    graph = _ReferenceGraph(resolver)
    edges = {id: below for id in resolver.entities if (below := graph.below(id))}
    for cycle in reference_cycles(edges, graph):
        # A circle may pass through entities of the base, which have no place in a file.
        first = next((id for id in resolver.entities if id in cycle), cycle[0])
        turn = cycle.index(first)
        ring = (*cycle[turn:], *cycle[:turn])
        names = " -> ".join(
            resolver.entities[id].slug if id in resolver.entities else graph.slug(id) for id in (*ring, first)
        )
        kind = type(resolver.entities[first]).__name__
        if kind == "Figure" and _has_derivation(ring, resolver):
            what = (
                "this figure is derived from itself" if len(ring) == 1 else "these figures are derived from each other"
            )
            resolver.names.places[first].note(
                f"{what}: {names}", "name what it was really computed from (derived-from:)"
            )
        elif graph.is_superseding(ring):
            stated = resolver.names.superseding
            places = ", ".join(str(stated[id]) for id in ring if id in stated)
            what, hint = f"{_SUPERSEDING}: {names}", f"remove supersedes: at one of them ({places})"
            stated.get(first, resolver.names.places[first]).note(what, hint)
        else:
            resolver.names.places[first].note(f"{_CYCLE_MESSAGES[kind]}: {names}", "remove one of them")


def _has_derivation(ring: Sequence[Id], resolver: Resolver) -> bool:
    """Whether one of the figures in a circle is derived from the next."""
    known = {**resolver.knowledge.figures, **resolver.entities}
    following = zip(ring, (*ring[1:], ring[0]), strict=True)
    return any(isinstance(figure := known.get(id), Figure) and after in figure.derived_from for id, after in following)


def _note_circular_support(resolver: Resolver) -> None:
    """Notes each circle of claims that rest on each other, of which none would be supported by anything else.

    Claims that attack each other form no such circle.
    """
    below = _support(resolver)
    for cycle in reference_cycles([id for id in resolver.entities if id in below], below):
        declared = [id for id in cycle if id in resolver.entities]
        claims = _slugs("claim", cycle, resolver)
        if declared:
            names = " -> ".join((*claims, claims[0]))
            place = resolver.names.places[declared[0]]
            place.note(f"these claims rest on each other: {names}", "remove one of the reasons")


def _slugs(kind: str, ring: Sequence[Id], resolver: Resolver) -> list[str]:
    """The slugs of those of ``ring`` that are of ``kind``, also where an entry has another mistake."""
    slugs = resolver.names.slugs(kind)
    return [slugs[id] for id in ring if id in slugs]


def _support(resolver: Resolver) -> Mapping[Id, Sequence[Id]]:
    """For each claim and argument the arguments that support it, and for each of these its premises.

    Questions are left out: a circle through one of them is a circle of questions.
    """
    below: dict[Id, list[Id]] = defaultdict(list)
    for argument in _entities(Argument, resolver):
        if argument.kind is ArgumentKind.SUPPORTS and argument.conclusion.kind is not NodeKind.QUESTION:
            below[argument.conclusion.id].append(argument.id)
            below[argument.id] += [premise.id for premise in argument.premises if not premise.side]
    return below


def _entities(kind: type[E], resolver: Resolver) -> Iterator[E]:
    """The entities of ``kind`` of the base that the files do not state anew, then those of the files."""
    known = (entity for id, entity in resolver.knowledge.by_id.items() if id not in resolver.names.places)
    yield from (entity for entity in (*known, *resolver.entities.values()) if isinstance(entity, kind))


def _note_circular_questions(resolver: Resolver) -> None:
    """Notes where questions rest, through whatever chain, on sides of each other: once for all that do.

    Attacks count as well as supports: either would make the answer to a question depend on itself.
    """
    premises = dict.fromkeys(_questions_as_premises(resolver))
    below = _grounds(resolver) if premises else {}
    reached = {question: _reached_from(question, below) for question in premises}
    noted: set[Id] = set()
    for question, before in reached.items():
        if question in before and question not in noted:
            noted |= {other for other in before if question in reached.get(other, ())}
            _note_circle_of_questions(_way_back(question, before), resolver)


def _questions_as_premises(resolver: Resolver) -> Iterator[Id]:
    for argument in _entities(Argument, resolver):
        yield from (premise.id for premise in argument.premises if premise.side)


def _grounds(resolver: Resolver) -> Mapping[Id, Sequence[Id]]:
    """What the standing of each question, claim and argument depends on."""
    below: dict[Id, list[Id]] = defaultdict(list)
    for argument in _entities(Argument, resolver):
        below[argument.conclusion.id].append(argument.id)
        below[argument.id] += [premise.id for premise in argument.premises]
    for claim in _entities(Claim, resolver):
        for denied in claim.denies:
            below[claim.id].append(denied)
            below[denied].append(claim.id)
    return below


def _reached_from(start: Id, below: Mapping[Id, Sequence[Id]]) -> Mapping[Id, Id]:
    """All that ``start`` leads to, each with what stands before it on a shortest way there."""
    before: dict[Id, Id] = {}
    queue = deque([start])
    while queue:
        id = queue.popleft()
        new = [following for following in below.get(id, ()) if following not in before]
        before |= dict.fromkeys(new, id)
        queue += new
    return before


def _way_back(start: Id, before: Mapping[Id, Id]) -> Sequence[Id]:
    """The way on which ``start`` leads back to itself."""
    way = [before[start]]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _note_circle_of_questions(ring: Sequence[Id], resolver: Resolver) -> None:
    questions = resolver.names.slugs("question").keys() & {*ring}
    following = (*ring[1:], ring[0])
    taking = [id for id, after in zip(ring, following, strict=True) if after in questions]
    place = next((id for id in (*taking, *ring) if id in resolver.names.places), None)
    if place is None:
        return
    slugs = _slugs("question", ring, resolver)
    arguments = [argument.slug for id in taking if (argument := resolver.entity(Argument, id))]
    what = f"these questions rest on each other: {' -> '.join((*slugs, slugs[0]))}"
    if len(slugs) == 1:
        what = f"this question rests on a side of its own: {' -> '.join((*slugs, slugs[0]))}"
    resolver.names.places[place].note(what, f"leave the side out of what {' or '.join(arguments)} rests on")


class _ReferenceGraph(Mapping[Id, Sequence[Id]]):
    """What each entity rests on, by the files and, where they do not have it, by the base."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def below(self, id: Id) -> Sequence[Id]:
        entity = self._resolver.entities.get(id)
        if entity is None and id not in self._resolver.names.places:
            entity = self._resolver.knowledge.by_id.get(id)
        return ids_of_own_kind(entity) if entity else ()

    def is_superseding(self, ring: Sequence[Id]) -> bool:
        """Whether each of ``ring`` is a source that supersedes the next."""
        sources = (self._resolver.entity(Source, id) for id in ring)
        return all(
            source is not None and source.supersedes == older
            for source, older in zip(sources, (*ring[1:], ring[0]), strict=True)
        )

    def slug(self, id: Id) -> str:
        entity = self._resolver.knowledge.by_id.get(id)
        return entity.slug if entity else id

    def __getitem__(self, id: Id) -> Sequence[Id]:
        return self.below(id)

    def __iter__(self) -> Iterator[Id]:
        return iter(self._resolver.entities)

    def __len__(self) -> int:
        return len(self._resolver.entities)


def reference_cycles(starts: Iterable[Id], below: Mapping[Id, Sequence[Id]]) -> list[tuple[Id, ...]]:
    """The circles in the graph ``below`` that are reached from ``starts``, each once; without recursion."""
    cycles: list[tuple[Id, ...]] = []
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
                cycles.append(tuple(path)[path[following] :])
            elif following not in done:
                path[following] = len(path)
                stack.append(iter(below[following]))
    return cycles
