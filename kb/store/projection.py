"""Tables replayed from the log, findings reconciled group by group, and the fingerprint of both."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection, Table

from kb.domain.answer import Conclusions
from kb.domain.codec import compact_json, parse_json
from kb.domain.event import UnknownEvent
from kb.domain.finding import Finding, FindingGroups
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.store.chain import first_fault
from kb.store.checksums import Checksums, is_checksum
from kb.store.dependencies import changes_of, invalidated_groups, knowledge_about
from kb.store.engine import placeholders, run, run_among, run_many, stream
from kb.store.log import Progress, Row, silent
from kb.store.projector import EVENT_COLUMNS, VERSION, EventRow, Projector
from kb.store.reader import ParseCache, bodies
from kb.store.schema import METADATA, PROJECTIONS, columns, keys

FindingValues = tuple[Any, ...]
"""A row of ``finding``; the id in front."""

_COLUMNS = columns(METADATA.tables["finding"])
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "id")
_INSERT = f"""
    INSERT INTO finding ({_NAMES}) VALUES ({placeholders(len(_COLUMNS))}) ON CONFLICT (id) DO UPDATE SET {_NEW}"""
"""Where two entities swap names, a finding takes the id of another, which is itself written a little later."""


class Reconciler(Protocol):
    """Turns knowledge into findings; the application hands in the one from reasoning."""

    @property
    def version(self) -> str:
        """Version of the rules; findings of another version are computed anew when a base is opened."""

    def findings(self, knowledge: Knowledge, groups: FindingGroups) -> Iterable[Finding]:
        """Findings of ``groups``, from knowledge that holds at least what ``knowledge_about`` loads for them.

        Each id occurs once, and always in the same group.
        """

    @property
    def answers_version(self) -> str:
        """Version of the rules for answers; answers of another version are not read."""

    def conclusions(self, knowledge: Knowledge, findings: Sequence[Finding], /) -> Conclusions:
        """What follows from all ``knowledge``, in which there are ``findings``."""


class RowChange(NamedTuple):
    """A row of ``finding`` that is not what the rules give.

    Attributes:
        stored: The row in the table; None if there is none.
        computed: The row that the rules give; None if they give none.
    """

    stored: FindingValues | None
    computed: FindingValues | None

    @property
    def id(self) -> str:
        """Id of the finding."""
        return str((self.stored or self.computed or ("",))[0])

    @property
    def alters_decision(self) -> bool:
        """Whether kind, verdict, severity or digest differ, and not only the form in which a finding is stored."""
        return _decision(self.stored) != _decision(self.computed)

    def belongs_to(self, groups: FindingGroups) -> bool:
        """Whether the finding is one of ``groups``."""
        measure, calculation, *claims = (self.computed or self.stored or ())[3:7]
        return groups.include(measure, calculation, [claim for claim in claims if claim is not None])


def _decision(row: FindingValues | None) -> FindingValues | None:
    return row and (*row[1:3], *row[7:9])


def group_changes(connection: Connection, reconciler: Reconciler, groups: FindingGroups) -> list[RowChange]:
    """How the stored findings of ``groups`` differ from what the rules give."""
    stored = {row[0]: row for row in _values_of(connection, groups)}
    findings = reconciler.findings(knowledge_about(connection, groups), groups)
    computed = {finding.id: _finding_values(finding) for finding in findings}
    return [
        RowChange(stored.get(id), computed.get(id))
        for id in stored.keys() | computed.keys()
        if stored.get(id) != computed.get(id)
    ]


def write_changes(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Brings the stored findings to what the rules give; their checksum is left to the caller."""
    delete_stored(connection, changes)
    insert_computed(connection, changes)


def delete_stored(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Deletes the rows that ``changes`` say are not what the rules give."""
    run_many(connection, "DELETE FROM finding WHERE id = ?", [(change.id,) for change in changes if change.stored])


def insert_computed(connection: Connection, changes: Sequence[RowChange]) -> None:
    """Stores the rows that the rules give in their place."""
    run_many(connection, _INSERT, [change.computed for change in changes if change.computed])


def _finding_values(finding: Finding) -> FindingValues:
    claim, other_claim, *_ = (*finding.claims, None, None)
    about = (finding.id, finding.kind.value, finding.verdict, finding.measure, finding.calculation)
    return *about, claim, other_claim, format(finding.severity, "f"), finding.digest, compact_json(finding)


def _values_of(connection: Connection, groups: FindingGroups) -> Iterator[FindingValues]:
    ask = f"SELECT {_NAMES} FROM finding WHERE"
    for row in run_among(connection, f"{ask} measure IN (?) AND calculation IS NULL", groups.measures):
        yield tuple(row)
    for column, ids in (("calculation", groups.calculations), ("claim", groups.claims), ("other_claim", groups.claims)):
        for row in run_among(connection, f"{ask} {column} IN (?)", ids):
            yield tuple(row)


def stored_findings(connection: Connection, cache: ParseCache) -> tuple[Finding, ...]:
    """Every finding, the most severe first, then by id."""
    texts = bodies(connection, "finding")
    return tuple(sorted(cache.parsed(texts, Finding), key=lambda finding: (-finding.severity, finding.id)))


def findings_by_prefix(connection: Connection, digits: str) -> tuple[Finding, ...]:
    """The findings whose ids begin with ``digits``, by id."""
    if not _DIGITS.fullmatch(digits):
        return ()
    ask = "SELECT body FROM finding WHERE id >= ? AND id < ? ORDER BY id"
    return tuple(parse_json(body, Finding) for (body,) in run(connection, ask, (digits, f"{digits}g")))


_DIGITS = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """How the findings changed when all were computed anew.

    Attributes:
        before: How many findings there were.
        after: How many there are.
        differing: How many are new, gone or stored otherwise; under the same rules 0, unless somebody tampered with the
            tables.
        redecided: How many of these are new, gone, or differ in kind, verdict, severity or digest. Another form of
            storing a finding is no news to a user.
    """

    before: int
    after: int
    differing: int
    redecided: int


_CHUNK = 5000

GROUPS_AT_ONCE = 500
"""Groups that are computed together, so that memory does not grow with the base."""

_encode = msgspec.json.Encoder().encode


def replay(log: Connection, tables: Connection, *, after: int, upto: int, progress: Progress = silent) -> None:
    """Brings ``tables``, which stand at ``after``, to position ``upto`` of ``log``, in flat memory.

    Raises:
        Refused: the log holds an event that this version cannot read.
    """
    projector = Projector(tables)
    for event_rows in _event_rows(log, after, upto):
        try:
            projector.apply(event_rows)
        except UnknownEvent as error:
            if fault := first_fault(log):
                raise Refused([Problem(where=fault.where, what=fault.what, hint=fault.remedy)]) from error
            hint = "upgrade kb: the log was written by a newer version"
            raise Refused([Problem(where="log", what=str(error), hint=hint)]) from error
        projector.flush()
        progress(event_rows[-1][0], upto)


def _event_rows(log: Connection, after: int, upto: int) -> Iterator[list[EventRow]]:
    ask = f"SELECT {', '.join(EVENT_COLUMNS)} FROM log WHERE position > ? AND position <= ?"
    ask += f" ORDER BY position LIMIT {_CHUNK}"
    while rows := run(log, ask, (after, upto)).fetchall():
        yield rows  # type: ignore[misc]
        after = rows[-1][0]


def extend(tables: Connection, reconciler: Reconciler | None, rows: Sequence[Row]) -> None:
    """Updates the tables with the appended ``rows`` of the log, then the findings of the groups that these touch."""
    # What a figure or match was attached to before the events is in the tables only until these are updated.
    changes = changes_of(tables, ((row[4], row[1]) for row in rows) if reconciler else ())
    projector = Projector(tables, Checksums(tables))
    projector.apply((row[0], row[1], row[4], row[5], row[6], row[7], row[8], row[9]) for row in rows)
    projector.flush()
    reconcile(tables, reconciler, invalidated_groups(tables, changes))


def create(tables: Connection) -> None:
    """Creates every projection in an empty database."""
    METADATA.create_all(tables, tables=[*PROJECTIONS, METADATA.tables["meta"]])


def clear(tables: Connection) -> None:
    """Empties every projection except the findings, which are compared with new ones."""
    for table in PROJECTIONS:
        if table.name != "finding":
            run(tables, f'DELETE FROM "{table.name}"')


def reconcile(tables: Connection, reconciler: Reconciler | None, groups: FindingGroups) -> None:
    """Brings the findings of ``groups`` up to date, some hundred groups at a time; none without a reconciler."""
    if reconciler is None:
        return
    checksums = Checksums(tables)
    for part in groups.parts(GROUPS_AT_ONCE):
        changes = group_changes(tables, reconciler, part)
        with checksums.changing({"finding": ("id", [change.id for change in changes])}):
            write_changes(tables, changes)


def sign_rules(tables: Connection, reconciler: Reconciler | None) -> None:
    """Notes that the tables follow this module and the rules of ``reconciler``."""
    sign(tables, projection=VERSION, rules=rules_of(reconciler))


def rules_of(reconciler: Reconciler | None) -> str:
    """The version under which findings are stored."""
    return reconciler.version if reconciler else "none"


def sign(tables: Connection, **versions: str) -> None:
    """Notes what the tables were computed with."""
    run_many(
        tables,
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        list(versions.items()),
    )


REBUILDS = "rebuilds"
"""Key under which ``meta`` counts how often the tables were made anew from the log."""

ANEW = ("projection", "rules", REBUILDS)
"""Keys of ``meta`` of which one changes when all rows are made anew. Answers are signed at each head."""


def signature(tables: Connection) -> dict[str, str]:
    """What the tables were computed with, without their checksums; empty for tables that are just made."""
    noted = run(tables, "SELECT key, value FROM meta")
    return {str(key): str(value) for key, value in noted if not is_checksum(str(key))}


def fingerprint(tables: Connection, included: Sequence[Table] = PROJECTIONS) -> str:
    """SHA-256 over all rows of the ``included`` tables, in the order of their keys: the same on either engine."""
    digest = sha256()
    for table in included:
        digest.update(_encode([f"{table.name}", columns(table)]))
        for rows in ordered_rows(tables, table):
            for row in rows:
                digest.update(_encode(tuple(row)))
    return digest.hexdigest()


def ordered_rows(tables: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of ``table``, some at a time, in the order of their keys: texts by their bytes, on either engine."""
    plain = ' COLLATE "C"' if tables.dialect.name == "postgresql" else ""
    order = ", ".join(f'"{name}"' + ("" if name == "passage" else plain) for name in keys(table))
    names = ", ".join(f'"{name}"' for name in columns(table))
    yield from stream(tables, f'SELECT {names} FROM "{table.name}" ORDER BY {order}')
