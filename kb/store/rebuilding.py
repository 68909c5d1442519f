"""The tables made anew from the log, and how they differ from what stood there."""

from sqlalchemy import Connection

from kb.domain.problem import Damaged
from kb.store import projection
from kb.store.chain import damage_problems
from kb.store.checksums import seal
from kb.store.conclusions import clear_conclusions, computed_conclusions, is_concluded, store_conclusions
from kb.store.log import Progress, head_of, silent
from kb.store.projection import Reconciled, Reconciler
from kb.store.reader import ParseCache
from kb.store.reconciliation import recompute_all
from kb.store.schema import CONCLUSIONS, PROJECTIONS
from kb.store.verification import integrity_faults, with_log_fault


def rebuild_tables(
    connection: Connection, reconciler: Reconciler | None, progress: Progress = silent, *, cache: ParseCache
) -> tuple[str, str]:
    """The fingerprints of all that is computed from the log, before and after it is computed anew.

    Raises:
        Damaged: the log is; nothing has changed.
    """
    # Answers of an older head are not wrong, and nobody reads them.
    concluded = reconciler if reconciler and is_concluded(connection, reconciler) else None
    tables = (*PROJECTIONS, *(CONCLUSIONS if concluded else ()))
    before = projection.fingerprint(connection, tables)
    replay_tables(connection, reconciler, progress)
    if concluded:
        store_conclusions(connection, concluded, computed_conclusions(connection, concluded, cache))
    return before, projection.fingerprint(connection, tables)


def replay_tables(connection: Connection, reconciler: Reconciler | None, progress: Progress = silent) -> Reconciled:
    """How the findings changed by making all tables anew from the log; answers are left to be computed.

    Raises:
        Damaged: the log is; nothing has changed.
    """
    # The tables may hold what a damaged log can no longer give.
    if faults := with_log_fault(connection, integrity_faults(connection)):
        raise Damaged(damage_problems(faults))
    projection.clear(connection)
    clear_conclusions(connection)
    projection.replay(connection, connection, after=0, upto=head_of(connection).position, progress=progress)
    earlier = int(projection.signature(connection).get(projection.REBUILDS, "0"))
    projection.sign(connection, **{projection.REBUILDS: str(earlier + 1)})
    reconciled = recompute_all(connection, reconciler)
    seal(connection)
    return reconciled
