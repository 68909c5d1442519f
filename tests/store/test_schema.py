"""The migrations make the tables that the program uses, on both engines, and can take the projections back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from kb.domain.event import Recorded
from kb.store.schema import METADATA, PROJECTIONS, REVISION, alembic_config
from tests.ledger import MIGRATIONS, Ledger, claim, driver, figure, inference, log_fault, table_digest


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kb.db'}"
        return
    with request.getfixturevalue("postgres").database("template0") as url:
        yield url


def tables(url: str) -> set[str]:
    with driver(url) as connection:
        return set(inspect(connection).get_table_names())


def migrated(url: str, towards: str, move: Callable[[Config, str], None] = command.downgrade) -> None:
    with driver(url) as connection:
        move(alembic_config(MIGRATIONS, connection), towards)


def test_the_program_names_the_last_migration() -> None:
    assert ScriptDirectory.from_config(alembic_config(MIGRATIONS)).get_heads() == [REVISION]


def test_migrations_and_tables_agree(place: str) -> None:
    with driver(place) as connection:
        command.check(alembic_config(MIGRATIONS, connection))


def test_an_empty_database_gets_every_table(nothing: str) -> None:
    Ledger(nothing).close()
    assert tables(nothing) == {"alembic_version", *METADATA.tables}


def test_a_downgrade_keeps_the_log_and_an_upgrade_rebuilds_the_tables(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Recorded(figure("b")))
    head, fingerprint = ledger.base.head(), table_digest(ledger.base)
    ledger.close()
    migrated(ledger.url, "0001")
    assert tables(ledger.url) == {"alembic_version", "log"}
    again = ledger.opened()
    assert (again.head(), table_digest(again), log_fault(again)) == (head, fingerprint, None)


def test_a_base_keeps_its_claims_when_one_may_be_without_a_source(ledger: Ledger) -> None:
    ledger.tell(Recorded(claim("a")), Recorded(inference("b")))
    known, fingerprint = ledger.base.knowledge().claims, table_digest(ledger.base)
    assert known["b"].source is None
    ledger.close()
    migrated(ledger.url, "0006")
    assert ledger.rows("SELECT id, source FROM claim") == [("a", "deck")]
    again = ledger.opened()
    assert (again.knowledge().claims, table_digest(again), log_fault(again)) == (known, fingerprint, None)


def test_a_downgrade_to_nothing_leaves_nothing(ledger: Ledger) -> None:
    ledger.close()
    migrated(ledger.url, "base")
    assert tables(ledger.url) == {"alembic_version"}


def test_a_log_that_was_migrated_by_hand_is_brought_up(nothing: str) -> None:
    migrated(nothing, "0001", command.upgrade)
    Ledger(nothing).close()
    assert {table.name for table in PROJECTIONS} <= tables(nothing)
