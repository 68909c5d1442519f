"""The tables of a base, and the migrations that make them.

The log is append-only; projections can be rebuilt at any time. Amounts are kept as text, exactly as stated; ``body`` is
the canonical JSON of the whole entity. A database of a newer version is refused.

Three names are older than the glossary. ``term`` (a scope value) is a kind of entity, hence a part of event types
(``term.recorded.v1``), which are hashed: another name needs an upcaster for old events and a migration. ``missed`` (a
passage that was not located) names a table and ``passages.missed.v1``, likewise. ``former`` (a name that was given up)
is a table only: a migration could rename it without touching a log.
"""

import re
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    inspect,
    text,
)
from sqlmodel import Field, SQLModel

from kb.domain.problem import Problem, Refused
from kb.domain.references import Role
from kb.store.engine import refusing, run
from kb.store.writer import Writer

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

REVISION = "0009"
"""The migration that creates these tables."""

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both engines. SQLite makes only a column of type INTEGER the row id; PostgreSQL's INTEGER has 32 bits."""


def _sparse(table: str, column: str) -> Index:
    """An index of the rows with a value in ``column``, which is empty in most."""
    present = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=present, postgresql_where=present)


class LogRow(SQLModel, table=True):
    """An event, hashed as ``kb.store.log`` says. ``data`` and ``salt`` are null once it is redacted."""

    __tablename__: ClassVar[Any] = "log"
    __table_args__ = (UniqueConstraint("stream", "version"), UniqueConstraint("event_id"))

    position: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    stream: str = Field(sa_type=Text)
    version: int = Field(sa_type=Whole)
    event_id: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    batch: str = Field(sa_type=Text)
    data: str | None = Field(sa_type=Text)
    salt: str | None = Field(sa_type=Text)
    payload_digest: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class EntityRow(SQLModel):
    """The columns that all tables of entities share; positions are those of an entity's first and last event."""

    id: str = Field(primary_key=True, sa_type=Text)
    slug: str = Field(sa_type=Text, index=True)
    file: str = Field(sa_type=Text)
    first_position: int = Field(sa_type=Whole)
    last_position: int = Field(sa_type=Whole)
    body: str = Field(sa_type=Text)


class SourceRow(EntityRow, table=True):
    """A source."""

    __tablename__: ClassVar[Any] = "source"
    title: str = Field(sa_type=Text)
    type: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    reliability: str = Field(sa_type=Text)
    issued: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)
    translation_of: str | None = Field(sa_type=Text, index=True)


class UnitRow(EntityRow, table=True):
    """A declared unit."""

    __tablename__: ClassVar[Any] = "unit"
    kind: str = Field(sa_type=Text)
    equals: str = Field(sa_type=Text)
    code: str = Field(sa_type=Text)


class MeasureRow(EntityRow, table=True):
    """A measure."""

    __tablename__: ClassVar[Any] = "measure"
    label: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text, index=True)


class TermRow(EntityRow, table=True):
    """A scope value."""

    __tablename__: ClassVar[Any] = "term"
    key: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    part_of: str | None = Field(sa_type=Text, index=True)


class FigureRow(EntityRow, table=True):
    """A figure. ``places`` is the canonical JSON of its passages."""

    __tablename__: ClassVar[Any] = "figure"
    __table_args__ = (_sparse("figure", "depends_on"),)
    places: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text, index=True)
    measure: str = Field(sa_type=Text, index=True)
    stance: str = Field(sa_type=Text)
    confidence: str = Field(sa_type=Text)
    low: str | None = Field(sa_type=Text)
    high: str | None = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    bound: str = Field(sa_type=Text)
    hedge: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)
    depends_on: str | None = Field(sa_type=Text)


class ClaimRow(EntityRow, table=True):
    """A claim. ``places`` is the canonical JSON of its passages; an inference by the editors has no ``source``."""

    __tablename__: ClassVar[Any] = "claim"
    places: str = Field(sa_type=Text)
    source: str | None = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    stance: str = Field(sa_type=Text)
    confidence: str = Field(sa_type=Text)
    origin: str = Field(sa_type=Text)


class QuestionRow(EntityRow, table=True):
    """A question."""

    __tablename__: ClassVar[Any] = "question"
    text: str = Field(sa_type=Text)


class ArgumentRow(EntityRow, table=True):
    """An argument."""

    __tablename__: ClassVar[Any] = "argument"
    kind: str = Field(sa_type=Text)
    conclusion_kind: str = Field(sa_type=Text)
    conclusion: str = Field(sa_type=Text)
    source: str | None = Field(sa_type=Text)


class CalculationRow(EntityRow, table=True):
    """A calculation."""

    __tablename__: ClassVar[Any] = "calculation"
    label: str = Field(sa_type=Text)
    formula: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)


class MatchRow(EntityRow, table=True):
    """A match between two names."""

    __tablename__: ClassVar[Any] = "match"
    left: str = Field(sa_type=Text, index=True)
    right: str = Field(sa_type=Text, index=True)
    same: bool


class RulingRow(EntityRow, table=True):
    """A ruling."""

    __tablename__: ClassVar[Any] = "ruling"
    finding: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    decision: str = Field(sa_type=Text)
    accepted: str | None = Field(sa_type=Text)


class AssessmentRow(EntityRow, table=True):
    """An assessment of the answer to a question."""

    __tablename__: ClassVar[Any] = "assessment"
    question: str = Field(sa_type=Text)
    certainty: str = Field(sa_type=Text)


class DocumentRow(SQLModel, table=True):
    """An attached document."""

    __tablename__: ClassVar[Any] = "document"
    sha256: str = Field(primary_key=True, sa_type=Text)
    first_position: int = Field(sa_type=Whole)
    last_position: int = Field(sa_type=Whole)
    body: str = Field(sa_type=Text)


class AnchorRow(SQLModel, table=True):
    """Where the ``passage``-th passage of an entity (from 0) stands in a document."""

    __tablename__: ClassVar[Any] = "anchor"
    entity: str = Field(primary_key=True, sa_type=Text)
    passage: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    document: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class MissedRow(SQLModel, table=True):
    """The ``passage``-th passage of an entity (from 0), which was not located in a document, and what is offered."""

    __tablename__: ClassVar[Any] = "missed"
    entity: str = Field(primary_key=True, sa_type=Text)
    passage: int = Field(primary_key=True, sa_type=Whole, sa_column_kwargs={"autoincrement": False})
    document: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class FormerRow(SQLModel, table=True):
    """A name that an entity of ``kind`` gave up, and the position of the renaming or retraction."""

    __tablename__: ClassVar[Any] = "former"
    kind: str = Field(primary_key=True, sa_type=Text)
    slug: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(sa_type=Text, index=True)
    position: int = Field(sa_type=Whole)


class ReferenceRow(SQLModel, table=True):
    """That one entity refers to another in one of ``INDEXED_ROLES``, or did so before it was revised."""

    __tablename__: ClassVar[Any] = "reference"
    __table_args__ = ({"sqlite_with_rowid": False},)
    target: str = Field(primary_key=True, sa_type=Text)
    entity: str = Field(primary_key=True, sa_type=Text)


INDEXED_ROLES = (
    Role.SUPERSEDED,
    Role.COMPLEMENT,
    Role.SCOPE,
    Role.DERIVED,
    Role.DENIED,
    Role.SAME,
    Role.INPUT,
    Role.CHECKED,
    Role.CONDITION,
)
"""Roles of the references that findings depend on and that have no column of their own."""


class BatchRow(SQLModel, table=True):
    """Events that were appended together."""

    __tablename__: ClassVar[Any] = "batch"
    id: str = Field(primary_key=True, sa_type=Text)
    first_position: int = Field(sa_type=Whole)
    last_position: int = Field(sa_type=Whole)
    events: int = Field(sa_type=Whole)
    recorded_at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)


class FindingRow(SQLModel, table=True):
    """A finding, computed by the rules whose version ``meta`` names.

    It belongs to the group of its ``calculation``, of its two claims, or else of its ``measure``.
    """

    __tablename__: ClassVar[Any] = "finding"
    __table_args__ = tuple(_sparse("finding", name) for name in ("calculation", "claim", "other_claim"))
    id: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)
    verdict: str | None = Field(sa_type=Text)
    measure: str | None = Field(sa_type=Text, index=True)
    calculation: str | None = Field(sa_type=Text)
    claim: str | None = Field(sa_type=Text)
    other_claim: str | None = Field(sa_type=Text)
    severity: str = Field(sa_type=Text)
    digest: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class AnswerRow(SQLModel, table=True):
    """The answer to a question, computed from the log up to the position that ``meta`` names."""

    __tablename__: ClassVar[Any] = "answer"
    question: str = Field(primary_key=True, sa_type=Text)
    body: str = Field(sa_type=Text)


class BearingRow(SQLModel, table=True):
    """How much a finding bears on answers, where it does; likewise."""

    __tablename__: ClassVar[Any] = "bearing"
    finding: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class MetaRow(SQLModel, table=True):
    """What the tables were computed with: ``projection``, ``rules``, ``rebuilds``, ``answers``; and their checksums."""

    __tablename__: ClassVar[Any] = "meta"
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


METADATA: MetaData = SQLModel.metadata

LOG = "log"
"""The table of the log."""

VERSION_TABLE = "alembic_version"
"""The table in which Alembic notes the last migration."""

CONCLUSIONS: tuple[Table, ...] = tuple(METADATA.tables[name] for name in ("answer", "bearing"))
"""The tables that are computed from the projections, after the events that change those are recorded."""

PROJECTIONS: tuple[Table, ...] = tuple(
    table for table in METADATA.tables.values() if table.name not in (LOG, "meta") and table not in CONCLUSIONS
)
"""The tables that are computed from the log; ``meta``, which is about them, is none of them."""

FINDING: Table = METADATA.tables["finding"]
"""The table of the findings, which is computed from the other projections."""

_LOOKED_UP = ("former", "reference", "batch")
"""Tables of which readers only look up rows."""

CHECKED: tuple[Table, ...] = tuple(table for table in (*PROJECTIONS, *CONCLUSIONS) if table.name not in _LOOKED_UP)
"""The computed tables that are read whole, and therefore checked as they are read."""


def columns(table: Table) -> tuple[str, ...]:
    """Names of the columns of ``table``, in the order in which rows are written."""
    return tuple(f"{column.name}" for column in table.columns)


def keys(table: Table) -> tuple[str, ...]:
    """Names of the columns of the primary key of ``table``."""
    return tuple(f"{column.name}" for column in table.primary_key.columns)


if TYPE_CHECKING:
    from alembic.config import Config


def alembic_config(migrations: Path, connection: Connection | None = None) -> "Config":
    """Alembic's settings for the folder ``migrations``, using ``connection`` where one is given."""
    # A base that needs no migration, which is nearly every base, opens without loading Alembic.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def current_revision(engine: Engine, where: str) -> str | None:
    """The migration that a database was last brought to; None for an empty database."""
    with refusing(where), engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """The migration that a database was last brought to; None for one that names none.

    That is no base, or one that was damaged: ``has_log`` tells which.
    """
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    versions = [str(version) for (version,) in run(connection, f"SELECT version_num FROM {VERSION_TABLE}")]
    return versions[0] if len(versions) == 1 and _REVISION_NAME.fullmatch(versions[0]) else None


_REVISION_NAME = re.compile(r"[0-9]{4}")


def holds_log(engine: Engine, where: str) -> bool:
    """Whether a database has a log, whatever else it has or lacks."""
    with refusing(where), engine.connect() as connection:
        return has_log(connection)


def has_log(connection: Connection) -> bool:
    """Whether a database has a log, whatever else it has or lacks."""
    inspector = inspect(connection)
    present = {column["name"] for column in inspector.get_columns(LOG)} if inspector.has_table(LOG) else set()
    return present >= {*columns(METADATA.tables[LOG])}


def refuse_foreign(engine: Engine, where: str) -> None:
    """Refuses to make a base in a SQLite file that another program keeps its data in.

    A database server may hold tables of others, such as those of its extensions, beside those of a base.
    """
    with refusing(where), engine.connect() as connection:
        if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
            what = "this is a database of something else"
            raise Refused([Problem(where=where, what=what, hint="name another file; nothing was changed")])


def upgrade(writer: Writer, migrations: Path, where: str) -> None:
    """Migrates the database to ``REVISION``.

    Raises:
        Refused: a newer version of the program made it, or it cannot be written to.
    """
    with writer.transaction() as connection:
        standing = revision_of(connection)
        if standing != REVISION:
            refuse_newer(standing, migrations, where)
            migrate(connection, migrations)


_MIGRATING = Lock()
"""Alembic keeps the migration under way in a global: only one thread at a time may run one."""


def migrate(connection: Connection, migrations: Path, revision: str = "head") -> None:
    """Runs the migrations up to ``revision`` that the database behind ``connection`` does not have yet."""
    from alembic import command

    with _MIGRATING:
        command.upgrade(alembic_config(migrations, connection), revision)


def refuse_newer(standing: str | None, migrations: Path, where: str) -> None:
    """Refuse a database that a migration which this version does not know brought to ``standing``."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(alembic_config(migrations)).walk_revisions()}
    if standing is not None and standing not in known:
        what = f"a newer version of kb made this database (it stands at {standing}, this version knows {REVISION})"
        raise Refused([Problem(where=where, what=what, hint="upgrade kb, or name another database")])
