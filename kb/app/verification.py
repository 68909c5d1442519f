"""The base of a workspace checked for damage, without opening it as its commands do: nothing is written."""

from collections.abc import Callable

from kb.app.wiring import document_store
from kb.app.workspace import Workspace, bundled_folder
from kb.reasoning.reconcile import Reconciler
from kb.store.chain import damage_problems
from kb.store.engine import database_url
from kb.store.log import Head, Progress
from kb.store.turn import Waiting
from kb.store.verification import Scope, Verification, verify
from kb.store.writer import Writer

__all__ = ["damage_problems", "verify_base"]


def verify_base(
    workspace: Workspace,
    *,
    expected: Head | None,
    log_only: bool,
    jobs: int,
    stage: Callable[[str], Progress],
    waiting: Waiting | None = None,
) -> Verification:
    """What a check of the base of ``workspace`` finds.

    Args:
        workspace: Names the base.
        expected: A head that was kept elsewhere.
        log_only: Whether tables and documents are left out.
        jobs: Number of processes that compute findings to compare with.
        stage: Called with the name of what is checked next; gives the function that is told how far it is.
        waiting: Is told about once a second that several jobs wait for those who write.

    Raises:
        Refused: there is no base, or it cannot be read at all.
    """
    place = database_url(workspace.database)
    writer = Writer(place, waiting)
    scope = Scope(
        migrations=bundled_folder("migrations"),
        reconciler=Reconciler(),
        turn=writer.transaction,
        expected=expected,
        log_only=log_only,
        jobs=jobs,
        document=document_store(workspace).content,
    )
    try:
        return verify(place, scope, stage)
    finally:
        writer.close()
