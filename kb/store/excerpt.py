"""What must be known to tell the findings of some groups? As much of the tables as these rest on, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection

from kb.domain.codec import parse
from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    MeasureKind,
    Ruling,
    Source,
    Term,
    UnitDefinition,
)
from kb.domain.finding import Finding
from kb.domain.group import Groups
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.unit.vocabulary import vocabulary
from kb.store.engine import run, run_among
from kb.store.reach import together

E = TypeVar("E", bound=AnyEntity)

_TABLES: Mapping[type, str] = {kind: name for name, kind in KINDS.items()}


def knowledge_about(connection: Connection, groups: Groups) -> Knowledge:
    """Knowledge of which ``groups`` have the very findings that they have in all that is known; see ``reach``.

    Measures that are not asked about may come without some or all of their figures.
    """
    excerpt = _Excerpt(connection)
    excerpt.taken(UnitDefinition, _all(connection, "SELECT id FROM unit"))
    inputs = [part for one in excerpt.calculations(groups.calculations) for part in one.inputs if part.ref]
    excerpt.figures_of([*groups.measures, *(part.ref for part in inputs if part.ref)])
    excerpt.taken(Figure, [*(part.ref for part in inputs if part.ref), *excerpt.checked()])
    excerpt.take_what_figures_repeat()
    if groups.calculations or excerpt.in_several_currencies():
        excerpt.figures_of(_all(connection, f"SELECT id FROM measure WHERE kind = '{MeasureKind.EXCHANGE_RATE}'"))
        excerpt.take_what_figures_repeat()
    excerpt.take_what_figures_rest_on()
    excerpt.take_claims(groups.claims)
    return excerpt.knowledge()


def knowledge_behind(connection: Connection, finding: Finding) -> Knowledge:
    """As much as is needed to rule on ``finding``: what it stands between, and every ruling."""
    excerpt = _Excerpt(connection)
    excerpt.taken(Figure, (*finding.figures, *finding.parts))
    excerpt.taken(Claim, finding.claims)
    excerpt.taken(Measure, filter(None, [finding.measure]))
    excerpt.taken(Calculation, filter(None, [finding.calculation]))
    excerpt.taken(Ruling, _all(connection, "SELECT id FROM ruling"))
    return excerpt.knowledge()


def _all(connection: Connection, ask: str) -> list[Id]:
    return [Id(id) for (id,) in run(connection, ask)]


class _Excerpt:
    """Entities taken from the tables so far, each once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told: dict[Id, tuple[int, AnyEntity]] = {}

    def taken(self, kind: type[E], ids: Iterable[Id], column: str = "id") -> list[E]:
        """Entities of ``kind`` whose ``column`` is one of ``ids`` and that have not been taken before."""
        wanted = ids if column != "id" else (id for id in ids if id not in self._told)
        ask = f'SELECT id, first_position, body FROM "{_TABLES[kind]}" WHERE "{column}" IN (?)'
        new: list[E] = []
        for id, position, body in run_among(self._connection, ask, wanted):
            if id not in self._told:
                entity = parse(body, kind)
                self._told[id] = (position, entity)
                new.append(entity)
        return new

    def closed(self, kind: type[E], ids: Iterable[Id], above: Callable[[E], Iterable[Id]]) -> list[E]:
        """Entities of ``kind`` called ``ids``, and all that ``above`` leads to from them, however far."""
        found: list[E] = []
        while new := self.taken(kind, ids):
            found += new
            ids = [id for entity in new for id in above(entity)]
        return found

    def calculations(self, ids: Iterable[Id]) -> list[Calculation]:
        """Calculations called ``ids``, and those that they rest on."""
        return self.closed(Calculation, ids, lambda one: [part.ref for part in one.inputs if part.ref])

    def figures_of(self, ids: Iterable[Id]) -> None:
        """Figures of those of ``ids`` that are measures, and of all measures matched with them; and the measures."""
        measures = together(self._connection, ids)
        self.taken(Measure, measures)
        self.taken(Figure, measures, "measure")

    def checked(self) -> list[Id]:
        """Figures that calculations check."""
        return [id for one in self._of(Calculation) for id in one.checks]

    def in_several_currencies(self) -> bool:
        """Whether numbers may have to be converted by a recorded rate."""
        units = vocabulary(tuple(unit.definition for unit in self._of(UnitDefinition)))
        texts = {measure.unit for measure in self._of(Measure)} | {one.quantity.unit for one in self._of(Figure)}
        return len({units.recalled(text).currencies for text in texts}) > 1

    def take_what_figures_repeat(self) -> None:
        """What figures repeat, quote or translate, back to the origin."""
        self.closed(Figure, [id for one in self._of(Figure) for id in _repeated(one)], _repeated)

    def take_what_figures_rest_on(self) -> None:
        """Their sources, measures and terms, what these are part of, and whatever they are matched with."""
        figures = self._of(Figure)
        self.closed(Source, (one.source for one in figures), lambda source: filter(None, [source.translation_of]))
        self.taken(Measure, together(self._connection, {one.measure for one in figures}))
        terms = {term for one in figures for value in one.scope.values() for term in value.terms}
        while new := self.taken(Term, together(self._connection, terms)):
            terms = {term.part_of for term in new if term.part_of}
        names = [entity.id for entity in (*self._of(Measure), *self._of(Term))]
        for side in ("left", "right"):
            self.taken(Match, names, side)

    def take_claims(self, ids: Iterable[Id]) -> None:
        """Claims called ``ids``, those that they name, and those that name them."""
        asked = self.taken(Claim, ids)
        ask = "SELECT entity FROM reference WHERE target IN (?)"
        naming = run_among(self._connection, ask, (one.id for one in asked))
        self.taken(Claim, [Id(id) for (id,) in naming])
        self.taken(Claim, (id for one in asked for id in (*one.denies, *one.same_as)))

    def _of(self, kind: type[E]) -> list[E]:
        return [entity for _, entity in self._told.values() if isinstance(entity, kind)]

    def knowledge(self) -> Knowledge:
        """What has been taken, in the order in which it was first told."""
        ordered = sorted(self._told.values(), key=lambda told: (told[0], told[1].id))
        return Knowledge.of(entity for _, entity in ordered)


def _repeated(figure: Figure) -> list[Id]:
    return [figure.depends_on.figure] if figure.depends_on else []
