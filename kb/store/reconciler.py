"""What does the engine notice, and which of it may have changed? Findings are kept as rows beside the entities."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from kb.domain.codec import canonical, parse
from kb.domain.entity import Calculation, MeasureKind
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.store.engine import marks, run, run_many
from kb.store.log import CHUNK
from kb.store.table import METADATA, columns

_COLUMNS = columns(METADATA.tables["finding"])
_INSERT = f"INSERT INTO finding ({', '.join(_COLUMNS)}) VALUES ({marks(len(_COLUMNS))})"


class Reconciler(Protocol):
    """Turns knowledge into findings; the command line hands in the one from reasoning."""

    @property
    def version(self) -> str:
        """Version of the rules; findings of another version are computed anew when a base is opened."""

    def findings(self, knowledge: Knowledge, measures: frozenset[Id] | None) -> Iterable[Finding]:
        """Findings of ``measures``; with None, of everything. Each id occurs once.

        What is returned replaces all stored findings of these measures, and any stored finding of the same id.
        """


def replace(connection: Connection, findings: Iterable[Finding], measures: frozenset[Id] | None) -> None:
    """Stores ``findings`` in place of those of ``measures``; with None, of all there are."""
    rows = [_row(finding) for finding in findings]
    if measures is None:
        run(connection, "DELETE FROM finding")
    else:
        run_many(connection, "DELETE FROM finding WHERE measure = ?", [(id,) for id in sorted(measures)])
        run_many(connection, "DELETE FROM finding WHERE id = ?", [(row[0],) for row in rows])
    run_many(connection, _INSERT, rows)


def _row(finding: Finding) -> tuple[str | None, ...]:
    about = (finding.id, finding.kind.value, finding.verdict.value, finding.measure, finding.calculation)
    return *about, format(finding.severity, "f"), finding.digest, canonical(finding)


def stored(connection: Connection) -> tuple[Finding, ...]:
    """Every finding, the most severe first, then by id."""
    found = [parse(body, Finding) for (body,) in run(connection, "SELECT body FROM finding")]
    return tuple(sorted(found, key=lambda finding: (-finding.severity, finding.id)))


def measures_of(connection: Connection, figures: Iterable[str]) -> frozenset[Id]:
    """Measures that ``figures`` are given for, as the tables have it."""
    ids = sorted(set(figures))
    found: set[Id] = set()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        ask = f"SELECT DISTINCT measure FROM figure WHERE id IN ({marks(len(part))})"
        found.update(Id(measure) for (measure,) in run(connection, ask, part))
    return frozenset(found)


@dataclass(frozen=True)
class Touched:
    """What some events change: figures, and the measures that these had before and have after."""

    figures: frozenset[Id]
    measures: frozenset[Id]


def reached(knowledge: Knowledge, touched: Touched) -> frozenset[Id]:
    """Measures whose findings may differ from before.

    They are those touched, those of figures that depend on touched ones, and those of figures that a calculation checks
    that rests on any of these. Of an exchange rate, all that it may convert: measures told in more than one currency,
    and every figure that a calculation checks.
    """
    figures = _with_dependents(knowledge, touched.figures)
    measures = touched.measures | _measures(knowledge, figures)
    moved: set[Id] = set()
    if any(measure in measures for measure in _rates(knowledge)):
        measures |= _in_several_currencies(knowledge)
        moved |= knowledge.calculations.keys()
    size = -1
    while size != (size := len(moved)):
        moved |= {id for id, told in knowledge.calculations.items() if _rests(told, {*measures, *figures, *moved})}
    reached = measures | _measures(knowledge, {id for one in moved for id in knowledge.calculations[one].checks})
    return reached | frozenset(map(knowledge.stands_for, reached))


def _rates(knowledge: Knowledge) -> set[Id]:
    """Measures that record exchange rates."""
    return {id for id, measure in knowledge.measures.items() if measure.kind is MeasureKind.EXCHANGE_RATE}


def _in_several_currencies(knowledge: Knowledge) -> set[Id]:
    """Measures of which a figure is told in another currency than their own."""
    known = knowledge.unified
    return {
        figure.measure
        for figure in known.figures.values()
        if figure.measure in known.measures
        and known.unit(figure.quantity.unit).currencies != known.unit(known.measures[figure.measure].unit).currencies
    }


def _with_dependents(knowledge: Knowledge, figures: frozenset[Id]) -> set[Id]:
    found, new = set(figures), set(figures)
    while new:
        new = {figure.id for id in new for figure in knowledge.dependents.get(id, ())} - found
        found |= new
    return found


def _measures(knowledge: Knowledge, figures: Iterable[Id]) -> frozenset[Id]:
    return frozenset(knowledge.figures[id].measure for id in figures if id in knowledge.figures)


def _rests(calculation: Calculation, ids: set[Id]) -> bool:
    return any(part.ref in ids for part in calculation.inputs) or not ids.isdisjoint(calculation.checks)
