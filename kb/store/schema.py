"""Does the database have today's tables? Migrations make them, and a database from a newer version is refused."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from kb.domain.problem import Problem, Refused
from kb.store.engine import Writer, run
from kb.store.refusal import refusing
from kb.store.table import REVISION

if TYPE_CHECKING:
    from alembic.config import Config


def settings(migrations: Path, connection: Connection | None = None) -> "Config":
    """Alembic's settings for the folder ``migrations``, over ``connection`` where one is given."""
    from alembic.config import Config  # imported late, so that a base that needs no migration opens fast

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revision(engine: Engine, where: str) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    with refusing(where), engine.connect() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = run(connection, "SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def upgrade(writer: Writer, migrations: Path, where: str) -> None:
    """Brings the database to today's tables.

    Raises:
        Refused: a newer version made it, or nobody may write to it.
    """
    with writer.transaction() as connection:
        standing = _revision(connection)
        if standing != REVISION:
            _refuse_newer(standing, migrations, where)
            from alembic import command

            command.upgrade(settings(migrations, connection), "head")


def _refuse_newer(standing: str | None, migrations: Path, where: str) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(settings(migrations)).walk_revisions()}
    if standing is not None and standing not in known:
        what = f"a newer version of kb made this database (it stands at {standing}, this version knows {REVISION})"
        raise Refused([Problem(where, what, "upgrade kb, or name another database")])
