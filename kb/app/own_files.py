"""The files that a workspace consists of, which no output replaces: settings, base, documents, seed files."""

import os
from pathlib import Path

from kb.app.workspace import SETTINGS, Workspace, is_seed_file
from kb.domain.problem import Problem, Refused
from kb.store.engine import database_url
from kb.store.writer import belongs_to_base


def refuse_own_file(target: Path, workspace: Workspace | None, *, writes_seeds: bool = False) -> None:
    """Refuses to write where a file of ``workspace`` is, or would be if it were made; links are followed.

    Args:
        target: A file, or a folder to write seed files into.
        workspace: Its settings say where its files are; without one only the name of the settings is refused.
        writes_seeds: Whether what is written are seed files, which may replace others.

    Raises:
        Refused: it is such a file.
    """
    real = Path(os.path.realpath(target))
    what = _SETTINGS_WORDS if real.name == SETTINGS else ""
    if workspace and not what:
        what = _own_file(real, workspace, writes_seeds=writes_seeds)
    if what:
        hint = "name another file; nothing was written"
        raise Refused([Problem(str(target), what, hint)])


_SETTINGS_WORDS = "this file holds the settings of a workspace, and is never written over"


def _own_file(real: Path, workspace: Workspace, *, writes_seeds: bool) -> str:
    """What the path ``real``, without links, is for ``workspace``; empty for nothing."""
    if belongs_to_base(real, database_url(workspace.database)):
        return "this file belongs to the base, and is never written over"
    if _is_same_file(real, workspace.root / SETTINGS):
        return _SETTINGS_WORDS
    # A workspace may keep its documents beside everything else. Then no folder is theirs alone.
    home = Path(os.path.realpath(workspace.home))
    if _is_within(real, home) and not _is_within(Path(os.path.realpath(workspace.root)), home):
        return "this folder is reserved for the attached documents"
    if not writes_seeds and is_seed_file(real) and _is_within(real, Path(os.path.realpath(workspace.seeds))):
        return "this is the name of a seed file, and the next import would read it"
    return ""


def _is_same_file(target: Path, file: Path) -> bool:
    """Whether both are names of one file that exists, such as names that differ in case."""
    try:
        return target.samefile(file)
    except OSError:
        return False


def _is_within(path: Path, folder: Path) -> bool:
    return folder in (path, *path.parents)
