"""A base is as it was written, or what is damaged is named: a page, an event, a row of a table."""

import re
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from kb.domain.event import DocumentAttached, Recorded
from kb.domain.problem import Problem, Refused
from kb.store import schema
from kb.store.base import Base
from kb.store.chain import Fault, damage_problems
from kb.store.engine import database_url, scratch_connection
from kb.store.log import silent
from kb.store.schema import METADATA
from kb.store.verification import Scope, Verification, verify
from tests.ledger import MIGRATIONS, Ledger, claim, figure, measure, redact, source
from tests.rights import closed


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")), Recorded(figure("b")))
    ledger.tell(Recorded(claim("c")))
    return ledger


def checked(ledger: Ledger, **what: Any) -> Verification:
    scope = Scope(migrations=MIGRATIONS, reconciler=ledger.reconciler, turn=nullcontext, **what)
    return verify(database_url(ledger.url), scope, lambda _: silent)


def faults(ledger: Ledger) -> list[str]:
    return [str(fault) for fault in checked(ledger).faults]


def test_an_untouched_base_has_no_fault_and_its_head_is_given(ledger: Ledger) -> None:
    assert checked(ledger) == Verification(head=ledger.base.head(), faults=(), tables_compared=True)


def test_a_base_with_a_redaction_has_no_fault(ledger: Ledger) -> None:
    redact(ledger.base, 3, ledger.mint)
    assert faults(ledger) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE figure SET low = '9000' WHERE id = 'a'", "figure deck/a: not what its events say: low"),
        ("UPDATE figure SET first_position = 1, origin = 'Eve' WHERE id = 'b'", "first_position, origin"),
        ("UPDATE figure SET body = replace(body, '8000', '9000') WHERE id = 'a'", "not what its events say: body"),
        ("DELETE FROM figure WHERE id = 'b'", "figure deck/b: missing from the tables"),
        ("INSERT INTO former VALUES ('figure', 'old', 'a', 3)", "former old: no event says this"),
        ("UPDATE batch SET actor = 'Eve'", "not what its events say: actor"),
        ("UPDATE finding SET verdict = 'conflict', severity = '0.9'", "not what the rules give"),
        ("DELETE FROM finding", "not what the rules give"),
        ("UPDATE log SET reason = 'other' WHERE position = 2", "position 2: the payload was altered"),
        ("DELETE FROM log WHERE position = 3", "position 3: this event is missing"),
    ],
)
def test_whatever_somebody_changed_is_named(ledger: Ledger, statement: str, fault: str) -> None:
    assert faults(ledger) == []
    ledger.tamper(statement)
    assert any(fault in line for line in faults(ledger)), faults(ledger)


def test_of_a_table_with_many_wrong_rows_some_are_named_and_all_are_counted(ledger: Ledger) -> None:
    ledger.tell(*(Recorded(claim(f"c{number}")) for number in range(9)))
    ledger.tamper("UPDATE claim SET text = 'Another.'")
    assert len(faults(ledger)) == 6
    assert faults(ledger)[-1] == "table claim: 5 more rows are wrong"


def test_a_schema_that_no_migration_up_to_its_version_made_is_damage(ledger: Ledger) -> None:
    if not ledger.url.startswith("sqlite"):
        pytest.skip("a server has no text of its schema to compare")
    ledger.tamper("UPDATE alembic_version SET version_num = '0004'")
    assert any("table reference: kb does not make this" in line for line in faults(ledger)), faults(ledger)


def test_tables_of_a_damaged_log_are_not_compared(ledger: Ledger) -> None:
    ledger.tamper("UPDATE log SET reason = 'x' WHERE position = 1", "UPDATE claim SET text = 'x'")
    result = checked(ledger)
    assert (len(result.faults), result.tables_compared) == (1, False)


def test_the_log_alone_is_checked_if_that_is_asked_for(ledger: Ledger) -> None:
    ledger.tamper("UPDATE claim SET text = 'Another.'")
    assert checked(ledger, log_only=True) == Verification(head=ledger.base.head(), faults=(), tables_compared=False)


def test_tables_that_another_version_made_are_not_compared(ledger: Ledger) -> None:
    ledger.tamper("UPDATE meta SET value = 'older' WHERE key = 'rules'")
    assert not checked(ledger).tables_compared


def test_a_head_kept_elsewhere_shows_a_cut_tail(ledger: Ledger) -> None:
    kept = ledger.base.head()
    ledger.tamper(
        "DELETE FROM log WHERE position = 5", "DELETE FROM claim", "DELETE FROM batch WHERE last_position = 5"
    )
    assert [fault.where for fault in checked(ledger).faults] == ["table claim"]
    ledger.tamper("DELETE FROM meta WHERE key = 'checksum of claim'")
    assert faults(ledger) == []
    [fault] = checked(ledger, expected=kept).faults
    assert str(fault) == "position 4: the log ends here, but the given head names position 5"


def test_where_there_is_no_base_none_is_made(tmp_path: Path) -> None:
    scope = Scope(migrations=MIGRATIONS, reconciler=None, turn=nullcontext)
    with pytest.raises(Refused, match="there is no base here"):
        verify(database_url(f"sqlite:///{tmp_path / 'no' / 'kb.db'}"), scope, lambda _: silent)
    with pytest.raises(Refused, match="there is no base here"):
        Base.open(f"sqlite:///{tmp_path / 'no' / 'kb.db'}", None, migrations=MIGRATIONS, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_our_tables_is_no_base(postgres: object, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as other, other:
        other.execute("CREATE TABLE note (text TEXT)")
    size = (tmp_path / "notes.db").stat().st_size
    with pytest.raises(Refused, match="there is no base here"):
        Base.open(f"sqlite:///{tmp_path / 'notes.db'}", None, migrations=MIGRATIONS, create=False)
    scope = Scope(migrations=MIGRATIONS, reconciler=None, turn=nullcontext)
    with pytest.raises(Refused, match="holds no base"):
        verify(database_url(f"sqlite:///{tmp_path / 'notes.db'}"), scope, lambda _: silent)
    assert (tmp_path / "notes.db").stat().st_size == size


# Damage of a SQLite file


@pytest.fixture
def file(ledger: Ledger) -> Path:
    """A base of several pages at rest."""
    if not ledger.url.startswith("sqlite"):
        pytest.skip("a server keeps its own files")
    ledger.tell(*(Recorded(claim(f"c{number}", "long " * 100)) for number in range(100)))
    ledger.close()
    path = Path(ledger.url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as shell:
        shell.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def shell(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def pages_of(path: Path, table: str) -> list[int]:
    """Pages of ``table``, the leaves last; empty where SQLite was built without the table that knows."""
    with closing(sqlite3.connect(path)) as connection:
        ask = "SELECT pageno FROM dbstat WHERE name = ? ORDER BY pagetype = 'leaf', pageno"
        try:
            return [page for (page,) in connection.execute(ask, (table,))]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite does not tell which pages belong to a table")


Damage = Callable[[Path], None]


def overwritten(table: str, which: int) -> Damage:
    """512 bytes of a page of ``table`` are overwritten."""

    def damage(path: Path) -> None:
        page = pages_of(path, table)[which]
        with path.open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\0" * 512)

    return damage


def stated(*statements: str) -> Damage:
    return lambda path: shell(path, *statements)


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (overwritten("log", 0), "page "),
        (overwritten("log", 3), "page "),
        (overwritten("log", -1), "page "),
        (overwritten("claim", -1), "page "),
        (overwritten("ix_claim_slug", 0), "page "),
        (stated("UPDATE log SET data = CAST(data AS BLOB) WHERE position = 3"), "position 3"),
        (stated("UPDATE log SET actor = CAST(x'ff41' AS TEXT) WHERE position = 2"), "position 2"),
        (stated("UPDATE log SET version = 1.5 WHERE position = 4"), "position 4"),
        (stated("UPDATE claim SET body = CAST(body AS BLOB) WHERE id = 'c3'"), "claim deck/c3"),
        (stated("UPDATE claim SET body = CAST(x'ff' AS TEXT) WHERE id = 'c3'"), "claim deck/c3"),
        (stated("UPDATE claim SET body = '{' WHERE id = 'c3'"), "claim deck/c3"),
        (stated("UPDATE claim SET slug = CAST(x'ff' AS TEXT) WHERE id = 'c3'"), "claim "),
        (stated("DROP TABLE claim"), "table claim"),
        (stated("DROP INDEX ix_claim_slug"), "index ix_claim_slug"),
        (stated("CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM claim; END"), "trigger t"),
    ],
)
def test_damage_is_a_message_with_its_place(ledger: Ledger, file: Path, damage: Damage, where: str) -> None:
    damage(file)
    found = faults(ledger)
    assert any(line.startswith(where) for line in found), found


@pytest.mark.parametrize(("table", "hint"), [("claim", "kb restore FILE --replace"), ("log", "restore a backup")])
def test_what_to_do_depends_on_whether_the_log_is_intact(ledger: Ledger, file: Path, table: str, hint: str) -> None:
    overwritten(table, -1)(file)
    hints = {problem.hint for problem in damage_problems(checked(ledger).faults)}
    assert len(hints) == 1 and hint in str(hints)


def test_the_page_of_a_fault_is_named_once(ledger: Ledger, file: Path) -> None:
    overwritten("claim", -1)(file)
    assert faults(ledger)
    assert [line for line in faults(ledger) if re.match(r"page (\d+): Page \1", line)] == []


def test_an_index_that_is_missing_costs_no_event(ledger: Ledger, file: Path) -> None:
    shell(file, "DROP INDEX ix_claim_slug")
    (problem,) = damage_problems(checked(ledger).faults)
    assert "kb restore FILE --replace" in (problem.hint or "")


def test_errors_of_many_threads_over_an_intact_base_stay_what_they_are(ledger: Ledger, file: Path) -> None:
    base = ledger.opened()

    def fail(number: int) -> str:
        with pytest.raises(KeyError) as caught, base.explaining_damage():
            raise KeyError(f"ours {number}")
        return str(caught.value)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(fail, range(8))) == [f"'ours {number}'" for number in range(8)]


def test_schemas_made_by_several_threads_at_once_are_whole() -> None:
    def tables(_: int) -> set[str]:
        with scratch_connection() as scratch:
            schema.migrate(scratch, MIGRATIONS)
            return set(inspect(scratch).get_table_names())

    with ThreadPoolExecutor(8) as pool:
        assert set(map(len, pool.map(tables, range(8)))) == {len(METADATA.tables) + 1}


def test_damage_that_a_moment_of_the_past_meets_is_not_taken_for_a_newer_version(ledger: Ledger, file: Path) -> None:
    shell(file, "UPDATE log SET type = 'claim.weighed.v7' WHERE position = 7")
    with pytest.raises(Refused, match=r"position 7: .*restore a backup"):
        ledger.opened().at(8)


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_role_that_may_only_read_verifies(ledger: Ledger, place: str) -> None:
    name = f"reader_{uuid4().hex}"
    ledger.tamper(f"CREATE ROLE {name} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    try:
        reader = make_url(place).set(username=name).render_as_string(hide_password=False)
        scope = Scope(migrations=MIGRATIONS, reconciler=ledger.reconciler, turn=nullcontext)
        result = verify(database_url(reader), scope, lambda _: silent)
        assert (result.faults, result.tables_compared) == ((), True)
    finally:
        ledger.tamper(f"DROP OWNED BY {name}", f"DROP ROLE {name}")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = '0x06'",
        "INSERT INTO alembic_version VALUES ('0003')",
    ],
)
def test_a_base_that_lost_its_version_is_damaged_and_no_other_database(ledger: Ledger, statement: str) -> None:
    ledger.tamper(statement)
    [problem] = damage_problems(checked(ledger).faults)
    assert problem.what == "does not say which version of kb made the tables"
    assert "the log is intact: run `kb backup FILE`" in problem.hint
    for create in (True, False):
        with pytest.raises(Refused, match="does not say which version"):
            Base.open(ledger.url, ledger.reconciler, migrations=MIGRATIONS, create=create)


def test_damage_never_ends_in_a_traceback(ledger: Ledger, file: Path) -> None:
    shell(file, "UPDATE claim SET body = '{' WHERE id = 'c3'")
    base = ledger.opened()
    with pytest.raises(Refused, match="claim deck/c3"), base.explaining_damage():
        base.knowledge()


def test_a_damaged_base_whose_findings_other_rules_gave_is_refused_when_it_is_opened(
    ledger: Ledger, file: Path
) -> None:
    shell(file, "UPDATE claim SET body = '{' WHERE id = 'c3'", "UPDATE meta SET value = 'older' WHERE key = 'rules'")
    with pytest.raises(Refused, match="table claim"):
        ledger.opened()


def test_a_mistake_of_ours_stays_one(ledger: Ledger) -> None:
    with pytest.raises(KeyError), ledger.base.explaining_damage():
        raise KeyError("ours")


def test_a_log_that_cannot_be_read_to_its_end_is_never_rebuilt(ledger: Ledger, file: Path) -> None:
    overwritten("log", -2)(file)
    with closing(sqlite3.connect(file)) as connection:
        before = connection.execute("SELECT count(*) FROM claim").fetchone()
    base = ledger.opened()
    with pytest.raises(Refused, match="restore a backup"):
        base.rebuild()
    base.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM claim").fetchone() == before


def test_a_file_without_a_readable_first_page_is_a_message(ledger: Ledger, file: Path) -> None:
    with file.open("r+b") as raw:
        raw.write(b"\xff" * 100)
    with pytest.raises(Refused, match=r"not a SQLite database — .*kb restore FILE --replace"):
        checked(ledger)


def test_of_a_file_of_which_nothing_can_be_read_the_advice_is_a_backup(ledger: Ledger, file: Path) -> None:
    with file.open("r+b") as raw:
        raw.truncate(6000)
    with pytest.raises(Refused, match="the database file is damaged — restore a backup"):
        checked(ledger)


def test_a_file_that_may_not_be_read_is_called_so(ledger: Ledger, file: Path) -> None:
    for path in (file, file.parent):
        with closed(path), pytest.raises(Refused, match="this user may not read the file"):
            checked(ledger)


# Documents


def test_attached_documents_are_compared_with_their_digests(ledger: Ledger) -> None:
    sound, lost, redacted = (f"{number:064x}" for number in range(3))
    ledger.tell(*(DocumentAttached(digest, 1) for digest in (sound, lost, redacted)))
    redact(ledger.base, 8, ledger.mint)

    def document(digest: str) -> bytes | Problem:
        return b"text" if digest == sound else Problem(digest, "missing", "attach it")

    assert checked(ledger, document=document).faults == (Fault(f"document {lost}", "missing", "attach it"),)
    assert checked(ledger, document=document, log_only=True).faults == ()
    ledger.tamper("DELETE FROM claim")
    assert [fault.where for fault in checked(ledger, document=document).faults] == ["claim deck/c", f"document {lost}"]
