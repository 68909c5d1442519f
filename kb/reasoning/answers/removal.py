"""What goes with a source or an origin that is left out, and a base without it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

from kb.domain.entity import Argument, ArgumentKind, Dependence, NodeKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.origin import Origin, original_source, statement_origin

Links = Mapping[Id, Dependence]
"""What each dependent figure depends on, recorded or inferred."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Entities that are left out."""

    figures: frozenset[Id] = frozenset()
    claims: frozenset[Id] = frozenset()
    arguments: frozenset[Id] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.figures or self.claims or self.arguments)

    def __or__(self, other: "Removal") -> "Removal":
        return Removal(self.figures | other.figures, self.claims | other.claims, self.arguments | other.arguments)

    @property
    def ids(self) -> frozenset[Id]:
        """All of them."""
        return self.figures | self.claims | self.arguments


NOTHING = Removal()


def with_dependents(figures: Iterable[Id], links: Links, knowledge: Knowledge) -> frozenset[Id]:
    """``figures`` and all that only repeat, quote or translate one of them, or are computed from one."""
    gone = set(figures)
    while (
        more := {
            *(id for id, link in links.items() if link.figure in gone),
            *(derived.id for id in gone for derived in knowledge.derivatives.get(id, ())),
        }
        - gone
    ):
        gone |= more
    return frozenset(gone)


def supports_of(knowledge: Knowledge, claim: Id) -> list[Argument]:
    """The arguments for a claim."""
    return [one for one in knowledge.arguments_to.get(claim, ()) if one.kind is ArgumentKind.SUPPORTS]


def _inferences(knowledge: Knowledge) -> dict[Id, list[Argument]]:
    """The claims that somebody infers, each with the arguments for it."""
    return {
        claim.id: reasons
        for claim in knowledge.claims.values()
        if claim.stance is Stance.DERIVED and claim.holds_if is None and (reasons := supports_of(knowledge, claim.id))
    }


def _with_inferences(removal: Removal, inferences: Mapping[Id, Sequence[Argument]]) -> Removal:
    """``removal`` with every claim of ``inferences`` that rests on what is removed alone."""
    gone = set(removal.ids)
    while fallen := [
        id
        for id, reasons in inferences.items()
        if id not in gone
        and all(one.id in gone or any(premise.id in gone for premise in one.premises) for one in reasons)
    ]:
        gone.update(fallen)
    return replace(removal, claims=removal.claims | (gone & inferences.keys()))


class Withdrawals:
    """What goes with the sources and the origins of one base when they are left out."""

    def __init__(self, knowledge: Knowledge, links: Links) -> None:
        """The withdrawals from ``knowledge``, in which figures depend on each other as ``links`` says."""
        self._knowledge = knowledge
        self._links = links

    def of(self, sources: Iterable[Id] = (), origins: Iterable[str] = ()) -> Removal:
        """What goes with ``sources`` and with the origins that have these keys, all left out together."""
        removal = reduce(or_, [*map(self._of_source, sources), *map(self._of_origin, origins)], NOTHING)
        return self._completed(removal) if removal else removal

    def _of_source(self, id: Id) -> Removal:
        """With a text go its translations."""
        known = self._knowledge
        # A translation alone can go without its original.
        sources = self._works.get(id, {id})
        return Removal(
            frozenset(figure.id for source in sources for figure in known.figures_of_source.get(source, ())),
            frozenset(claim.id for source in sources for claim in known.claims_of_source.get(source, ())),
            frozenset(argument for source in sources for argument in self._arguments.get(source, ())),
        )

    def _of_origin(self, key: str) -> Removal:
        return self.origins[key][1] if key in self.origins else NOTHING

    def _completed(self, removal: Removal) -> Removal:
        """``removal`` with what only repeats it, and what is inferred from it alone."""
        figures = with_dependents(removal.figures, self._links, self._knowledge)
        return _with_inferences(replace(removal, figures=figures), self._inferences)

    @cached_property
    def origins(self) -> Mapping[str, tuple[Origin, Removal]]:
        """Every origin by its key, with its own figures and claims in all sources."""
        origins: dict[str, Origin] = {}
        figures: dict[str, set[Id]] = defaultdict(set)
        claims: dict[str, set[Id]] = defaultdict(set)
        for figure in self._knowledge.figures.values():
            origin = statement_origin(self._knowledge, figure, self._links)
            figures[origins.setdefault(origin.key, origin).key].add(figure.id)
        for claim in self._knowledge.claims.values():
            if not claim.is_editorial:
                origin = statement_origin(self._knowledge, claim, self._links)
                claims[origins.setdefault(origin.key, origin).key].add(claim.id)
        return {
            key: (origin, Removal(frozenset(figures[key]), frozenset(claims[key]))) for key, origin in origins.items()
        }

    @cached_property
    def _works(self) -> Mapping[Id, set[Id]]:
        works: dict[Id, set[Id]] = {}
        for source in self._knowledge.sources.values():
            works.setdefault(original_source(self._knowledge, source).id, set()).add(source.id)
        return works

    @cached_property
    def _arguments(self) -> Mapping[Id, list[Id]]:
        arguments: dict[Id, list[Id]] = {}
        for argument in self._knowledge.arguments.values():
            if argument.source:
                arguments.setdefault(argument.source, []).append(argument.id)
        return arguments

    @cached_property
    def _inferences(self) -> Mapping[Id, Sequence[Argument]]:
        return _inferences(self._knowledge)


def source_removals(knowledge: Knowledge, links: Links) -> Iterator[tuple[Id, Removal]]:
    """For each source, what goes with it: with a text go its translations, and what only repeats it elsewhere."""
    withdrawals = Withdrawals(knowledge, links)
    for id in knowledge.sources:
        yield id, withdrawals.of(sources=[id])


def origin_removals(knowledge: Knowledge, links: Links) -> Iterator[tuple[Origin, Id, Removal]]:
    """For each origin, its first statement, and its figures and claims in every source with what repeats them."""
    withdrawals = Withdrawals(knowledge, links)
    for key, (origin, stated) in withdrawals.origins.items():
        # What falls with them may be the editors' own, and tells nobody whose words they were.
        yield origin, min(stated.figures | stated.claims), withdrawals.of(origins=[key])


def knowledge_without(knowledge: Knowledge, removal: Removal) -> Knowledge:
    """``knowledge`` as it would be had nobody recorded what is removed; arguments go with a premise."""
    gone = removal.ids
    arguments = dict(knowledge.arguments)
    while lost := [
        id
        for id, argument in arguments.items()
        if id in gone
        or any(premise.id in gone for premise in argument.premises)
        or argument.conclusion.id in gone
        or (argument.conclusion.kind is NodeKind.ARGUMENT and argument.conclusion.id not in arguments)
    ]:
        for id in lost:
            del arguments[id]
    return replace(
        knowledge,
        figures={id: figure for id, figure in knowledge.figures.items() if id not in gone},
        claims={id: claim for id, claim in knowledge.claims.items() if id not in gone},
        arguments=arguments,
    )
