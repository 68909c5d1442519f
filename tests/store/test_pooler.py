"""Behind a connection pooler in transaction mode nothing may be prepared; the URL says so."""

import psycopg
import pytest
from sqlalchemy.engine import make_url

from kb.domain.event import Recorded, Retracted, Revised
from kb.domain.problem import Refused
from kb.store.engine import database_url, postgres_engine, problem_of
from tests.ledger import Ledger, claim, figure, log_fault, measure

only_servers_have_poolers = pytest.mark.parametrize("place", ["postgresql"], indirect=True)


def with_option(url: str, value: str) -> str:
    return make_url(url).update_query_dict({"prepared_statements": value}).render_as_string(hide_password=False)


@only_servers_have_poolers
@pytest.mark.parametrize(("option", "threshold"), [("off", None), ("on", 5)])
def test_the_url_says_whether_statements_are_prepared(place: str, option: str, threshold: int | None) -> None:
    engine = postgres_engine(database_url(with_option(place, option)))
    with engine.connect() as connection:
        assert connection.connection.driver_connection.prepare_threshold == threshold  # type: ignore[union-attr]
    engine.dispose()


@pytest.mark.parametrize("value", ["no", "OFF", "0", "off&prepared_statements=on"])
def test_another_value_is_refused(value: str) -> None:
    with pytest.raises(Refused, match="write on or off"):
        database_url(f"postgresql://ada@host/name?prepared_statements={value}")


@only_servers_have_poolers
def test_a_base_works_without_prepared_statements(place: str) -> None:
    ledger = Ledger(with_option(place, "off"))
    for number in range(8):  # the driver prepares a statement that it has seen five times
        ledger.tell(Recorded(figure(f"f{number}")), Recorded(claim(f"c{number}")))
    ledger.tell(Recorded(measure("value")), Revised(figure("f0", 9000)), Retracted("figure", figure("f1").id))
    with ledger.base._writer.transaction() as connection:  # type: ignore[union-attr]
        assert connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar() == 0
    assert len(ledger.base.knowledge().figures) == 7
    assert log_fault(ledger.base) is None
    assert len(set(ledger.base.rebuild())) == 1
    assert ledger.base.reconcile().differing == 0
    ledger.close()


@pytest.mark.parametrize("error", [psycopg.errors.DuplicatePreparedStatement, psycopg.errors.InvalidSqlStatementName])
def test_a_statement_that_a_pooler_lost_names_the_option(error: type[psycopg.Error]) -> None:
    problem = problem_of(error('prepared statement "_pg3_0"'), "kb")
    assert problem is not None
    assert problem.hint == "add `?prepared_statements=off` to the URL of the database"
