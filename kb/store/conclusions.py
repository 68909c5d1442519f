"""Answers, and how findings bear on them: stored with the head of the log that they were computed from.

They rest on everything that is known. To compute them within the transaction of the events would keep the next writer
waiting, so that it is done right after, and a reader who finds those of an older head computes them for herself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from kb.domain.answer import Answer, Conclusions
from kb.domain.codec import canonical_json, parse_json
from kb.domain.identity import Id
from kb.domain.problem import Damaged
from kb.store.checksums import checked_rows, seal
from kb.store.engine import run, run_many
from kb.store.log import Head, head_of
from kb.store.projection import Reconciler, sign, signature, stored_findings
from kb.store.reader import ParseCache, bodies, knowledge_of
from kb.store.schema import CONCLUSIONS, METADATA

_SIGNED = "answers"
"""Key under which ``meta`` names the head and the rules that the stored conclusions belong to."""


def computed_conclusions(tables: Connection, reconciler: Reconciler, cache: ParseCache) -> Conclusions:
    """What the rules conclude from the tables."""
    return reconciler.conclusions(knowledge_of(tables, cache), stored_findings(tables, cache))


def are_outdated(tables: Connection, reconciler: Reconciler) -> bool:
    """Whether conclusions are stored that other rules gave."""
    signed = signature(tables).get(_SIGNED)
    return signed is not None and signed.partition(" ")[2] != _rules(reconciler)


_CONCLUDES_NOTHING = ("ruling.", "assessment.", "document.", "passage.", "passages.")
"""Beginnings of the types of events from which nothing follows. A redaction deletes what is stored."""


def still_hold(tables: Connection, reconciler: Reconciler) -> bool:
    """Whether what is stored for an older head is what follows from this one, too."""
    if (signed := signature(tables).get(_SIGNED)) is None or are_outdated(tables, reconciler):
        return False
    condition = " AND ".join("type NOT LIKE ?" for _ in _CONCLUDES_NOTHING)
    ask = f"SELECT 1 FROM log WHERE position > ? AND {condition} LIMIT 1"
    position = int(signed.partition(":")[0])
    return run(tables, ask, (position, *(f"{start}%" for start in _CONCLUDES_NOTHING))).first() is None


def sign_conclusions(connection: Connection, reconciler: Reconciler) -> None:
    """Notes that what is stored belongs to the head."""
    sign(connection, **{_SIGNED: _signed(connection, reconciler)})


def is_concluded(tables: Connection, reconciler: Reconciler) -> bool:
    """Whether conclusions are stored that belong to the head and to these rules."""
    return signature(tables).get(_SIGNED) == _signed(tables, reconciler)


def has_questions(tables: Connection) -> bool:
    """Whether there is anything to conclude."""
    return run(tables, "SELECT 1 FROM question LIMIT 1").first() is not None


def stored_conclusions(tables: Connection, reconciler: Reconciler) -> Conclusions | None:
    """The conclusions of the head; None where none are stored for it."""
    if not is_concluded(tables, reconciler):
        return None
    answers = [parse_json(body, Answer) for body in bodies(tables, "answer", "question")]
    stored = checked_rows(tables, METADATA.tables["bearing"])
    bearings = {str(finding): float(value) for finding, value in stored}
    return Conclusions(answers={answer.question: answer for answer in answers}, bearings=bearings)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be stored for ``head``; None instead of conclusions where those that are stored still hold."""

    head: Head
    conclusions: Conclusions | None


def due_conclusions(tables: Connection, reconciler: Reconciler, cache: ParseCache) -> Due | None:
    """What follows from the head; None if there is no question, it is stored, or somebody changed the tables."""
    if not has_questions(tables) or is_concluded(tables, reconciler):
        return None
    try:
        known = still_hold(tables, reconciler)
        return Due(head_of(tables), None if known else computed_conclusions(tables, reconciler, cache))
    except Damaged:
        return None  # The events before are recorded, which this must not hide. Whoever reads the tables is refused.


def store_due(connection: Connection, reconciler: Reconciler, due: Due) -> None:
    """Stores what is ``due``, if its head is still the head."""
    if head_of(connection) != due.head:
        return
    if due.conclusions is None:
        sign_conclusions(connection, reconciler)
    else:
        store_conclusions(connection, reconciler, due.conclusions)


def store_conclusions(connection: Connection, reconciler: Reconciler, conclusions: Conclusions) -> None:
    """Stores ``conclusions`` as those of the head."""
    clear_conclusions(connection)
    run_many(connection, "INSERT INTO answer (question, body) VALUES (?, ?)", [*_answer_rows(conclusions)])
    run_many(connection, "INSERT INTO bearing (finding, value) VALUES (?, ?)", [*_bearing_rows(conclusions)])
    seal(connection, CONCLUSIONS)
    sign_conclusions(connection, reconciler)


def clear_conclusions(connection: Connection) -> None:
    """Deletes what is stored, which may hold what was redacted."""
    for table in CONCLUSIONS:
        run(connection, f'DELETE FROM "{table.name}"')
    seal(connection, CONCLUSIONS)
    run(connection, "DELETE FROM meta WHERE key = ?", (_SIGNED,))


def differing_conclusions(tables: Connection, reconciler: Reconciler, cache: ParseCache) -> Iterator[str]:
    """Names of the rows, e.g. ``answer ID``, that are not what the rules conclude; of an older head none."""
    if not is_concluded(tables, reconciler):
        return
    conclusions = computed_conclusions(tables, reconciler, cache)
    for table, rows in zip(CONCLUSIONS, (_answer_rows(conclusions), _bearing_rows(conclusions)), strict=True):
        computed = {str(key): value for key, value in rows}
        stored = {str(key): value for key, value in run(tables, f'SELECT * FROM "{table.name}"')}
        for key in sorted(computed.keys() | stored.keys()):
            if computed.get(key) != stored.get(key):
                yield f"{table.name} {key}"


def _answer_rows(conclusions: Conclusions) -> Iterator[tuple[Id, str]]:
    return ((id, canonical_json(answer)) for id, answer in conclusions.answers.items())


def _bearing_rows(conclusions: Conclusions) -> Iterator[tuple[str, str]]:
    return ((finding, str(value)) for finding, value in conclusions.bearings.items())


def _signed(tables: Connection, reconciler: Reconciler) -> str:
    head = head_of(tables)
    return f"{head} {_rules(reconciler)}"


def _rules(reconciler: Reconciler) -> str:
    return f"{reconciler.version} {reconciler.answers_version}"
