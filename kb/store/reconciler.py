"""What does the engine notice? Findings are kept as rows beside the entities, and computed anew group by group."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

from kb.domain.codec import canonical, parse
from kb.domain.finding import Finding
from kb.domain.group import Groups
from kb.domain.knowledge import Knowledge
from kb.store.engine import marks, run, run_among, run_many
from kb.store.memory import Memory
from kb.store.table import METADATA, columns

Row = tuple[Any, ...]
"""A row of ``finding``; the id in front."""

_COLUMNS = columns(METADATA.tables["finding"])
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "id")
_INSERT = f"""
    INSERT INTO finding ({_NAMES}) VALUES ({marks(len(_COLUMNS))}) ON CONFLICT (id) DO UPDATE SET {_NEW}"""
"""A finding may take over the id of one that is told anew a little later: where two entities change names."""


class Reconciler(Protocol):
    """Turns knowledge into findings; the command line hands in the one from reasoning."""

    @property
    def version(self) -> str:
        """Version of the rules; findings of another version are computed anew when a base is opened."""

    def findings(self, knowledge: Knowledge, groups: Groups) -> Iterable[Finding]:
        """Findings of ``groups``, from knowledge that holds at least what ``excerpt`` says they rest on.

        Each id occurs once, and always in the same group.
        """


def replace(connection: Connection, findings: Iterable[Finding], groups: Groups) -> None:
    """Stores ``findings`` in place of those of ``groups``; what is there already as it should be is not written."""
    stale = {row[0]: row for row in _of(connection, groups)}
    fresh = {finding.id: _row(finding) for finding in findings}
    changed = [row for id, row in fresh.items() if stale.get(id) != row]
    gone = [(id,) for id in stale if stale[id] != fresh.get(id)]
    run_many(connection, "DELETE FROM finding WHERE id = ?", gone)
    run_many(connection, _INSERT, changed)


def _row(finding: Finding) -> Row:
    claim, other = finding.claims or (None, None)
    about = (finding.id, finding.kind.value, finding.verdict.value, finding.measure, finding.calculation)
    return *about, claim, other, format(finding.severity, "f"), finding.digest, canonical(finding)


def _of(connection: Connection, groups: Groups) -> Iterator[Row]:
    ask = f"SELECT {_NAMES} FROM finding WHERE"
    for row in run_among(connection, f"{ask} measure IN (?) AND calculation IS NULL", groups.measures):
        yield tuple(row)
    for column, ids in (("calculation", groups.calculations), ("claim", groups.claims), ("other_claim", groups.claims)):
        for row in run_among(connection, f"{ask} {column} IN (?)", ids):
            yield tuple(row)


def stored(connection: Connection, memory: Memory) -> tuple[Finding, ...]:
    """Every finding, the most severe first, then by id."""
    texts = (body for (body,) in run(connection, "SELECT body FROM finding"))
    return tuple(sorted(memory.parsed(texts, Finding), key=lambda finding: (-finding.severity, finding.id)))


def begun(connection: Connection, digits: str) -> tuple[Finding, ...]:
    """The findings whose ids begin with ``digits``, by id."""
    if not _DIGITS.fullmatch(digits):
        return ()
    ask = "SELECT body FROM finding WHERE id >= ? AND id < ? ORDER BY id"
    return tuple(parse(body, Finding) for (body,) in run(connection, ask, (digits, f"{digits}g")))


_DIGITS = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What computing every finding anew came to.

    Attributes:
        before: How many findings there were.
        after: How many there are.
        differing: How many are new, gone or not as they were; 0 unless somebody tampered with the tables.
    """

    before: int
    after: int
    differing: int

    @classmethod
    def of(cls, before: Mapping[str, int], after: Mapping[str, int]) -> "Reconciled":
        """The difference between two states, told by ``prints``."""
        differing = sum(before.get(id) != after.get(id) for id in before.keys() | after.keys())
        return cls(len(before), len(after), differing)


def prints(connection: Connection) -> Mapping[str, int]:
    """For each stored finding a number by which another state of it is told, within this process."""
    return {row[0]: hash(tuple(row)) for row in run(connection, f"SELECT {_NAMES} FROM finding")}
