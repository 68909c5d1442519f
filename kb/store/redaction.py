"""How is something taken out for good? An event says so, and the payload that it names is deleted with it."""

from collections.abc import Sequence

from sqlalchemy import Connection

from kb.domain.codec import parse
from kb.domain.event import EventRedacted
from kb.domain.problem import Problem, Refused
from kb.store.engine import run
from kb.store.log import Row

REDACTED = "event.redacted.v1"
"""Type of the event that says who had a payload deleted, and why."""


def redactions(connection: Connection, rows: Sequence[Row]) -> int:
    """Deletes the payloads that ``rows``, just appended, say are redacted; how many they are.

    Raises:
        Refused: a position does not exist, is redacted already, or holds a redaction itself.
    """
    positions = [(row[0], parse(row[9] or "", EventRedacted).position) for row in rows if row[4] == REDACTED]
    problems = [problem for own, position in positions if (problem := _delete(connection, own, position))]
    if problems:
        raise Refused(problems)
    return len(positions)


def _delete(connection: Connection, own: int, position: int) -> Problem | None:
    found = run(connection, "SELECT type, data FROM log WHERE position = ?", (position,)).first()
    where = f"position {position}"
    if found is None or position >= own:
        return Problem(where, f"there is no such event: the log ended at {own - 1}", "look it up with `kb log`")
    type, data = found
    if type == REDACTED:
        return Problem(where, "this event says that another was redacted; it cannot be redacted itself")
    if data is None:
        return Problem(where, "this event has been redacted before")
    run(connection, "UPDATE log SET data = NULL, salt = NULL, actor = '', reason = '' WHERE position = ?", (position,))
    return None
