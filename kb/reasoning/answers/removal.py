"""What goes with a source or an origin that is left out, and a base without it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
    gone = set(removal.figures | removal.claims | removal.arguments)
    while fallen := [
        id
        for id, reasons in inferences.items()
        if id not in gone
        and all(one.id in gone or any(premise.id in gone for premise in one.premises) for one in reasons)
    ]:
        gone.update(fallen)
    return replace(removal, claims=removal.claims | (gone & inferences.keys()))


def source_removals(knowledge: Knowledge, links: Links) -> Iterator[tuple[Id, Removal]]:
    """For each source, what goes with it: with a text go its translations, and what only repeats it elsewhere."""
    works: dict[Id, set[Id]] = {}
    for source in knowledge.sources.values():
        works.setdefault(original_source(knowledge, source).id, set()).add(source.id)
    inferences, arguments = _inferences(knowledge), _arguments_of_source(knowledge)
    for id in knowledge.sources:
        # A translation alone can go without its original.
        sources = works.get(id, {id})
        removal = Removal(
            frozenset(figure.id for source in sources for figure in knowledge.figures_of_source.get(source, ())),
            frozenset(claim.id for source in sources for claim in knowledge.claims_of_source.get(source, ())),
            frozenset(argument for source in sources for argument in arguments.get(source, ())),
        )
        yield id, _completed(removal, links, inferences, knowledge) if removal else removal


def _arguments_of_source(knowledge: Knowledge) -> dict[Id, list[Id]]:
    arguments: dict[Id, list[Id]] = {}
    for argument in knowledge.arguments.values():
        if argument.source:
            arguments.setdefault(argument.source, []).append(argument.id)
    return arguments


def _completed(
    removal: Removal, links: Links, inferences: Mapping[Id, Sequence[Argument]], knowledge: Knowledge
) -> Removal:
    """``removal`` with what only repeats it, and what is inferred from it alone."""
    return _with_inferences(replace(removal, figures=with_dependents(removal.figures, links, knowledge)), inferences)


def origin_removals(knowledge: Knowledge, links: Links) -> Iterator[tuple[Origin, Id, Removal]]:
    """For each origin, its first statement, and its figures and claims in every source with what repeats them."""
    origins: dict[str, Origin] = {}
    figures: dict[str, set[Id]] = {}
    claims: dict[str, set[Id]] = {}
    for figure in knowledge.figures.values():
        origin = statement_origin(knowledge, figure, links)
        figures.setdefault(origins.setdefault(origin.key, origin).key, set()).add(figure.id)
    for claim in knowledge.claims.values():
        if not claim.is_editorial:
            origin = statement_origin(knowledge, claim, links)
            claims.setdefault(origins.setdefault(origin.key, origin).key, set()).add(claim.id)
    inferences = _inferences(knowledge)
    for key, origin in origins.items():
        removal = Removal(frozenset(figures.get(key, ())), frozenset(claims.get(key, ())))
        # What falls with them may be the editors' own, and tells nobody whose words they were.
        yield origin, min(removal.figures | removal.claims), _completed(removal, links, inferences, knowledge)


def knowledge_without(knowledge: Knowledge, removal: Removal) -> Knowledge:
    """``knowledge`` as it would be had nobody recorded what is removed; arguments go with a premise."""
    gone = removal.figures | removal.claims | removal.arguments
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
