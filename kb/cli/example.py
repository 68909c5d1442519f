"""What is in a new workspace? Settings, and seed files to begin with."""

import getpass
import shutil
from pathlib import Path

from kb.cli.bundled import folder
from kb.cli.workspace import SETTINGS
from kb.domain.problem import Problem, Refused

_SETTINGS_TEXT = """\
# Settings of this workspace. Commands look for this file upward from where they are called.
database = "kb.db"        # or a URL in KB_DATABASE_URL, PostgreSQL too
seeds = "seeds"           # your seed files
# documents = "documents" # archived texts, found by SHA-256 (also KB_HOME)
actor = "{actor}"         # who makes your events happen (also KB_ACTOR)
"""


def make(target: Path, *, with_corpus: bool) -> tuple[Path, ...]:
    """Write a workspace into ``target`` and say which files were made.

    Raises:
        Refused: there is a workspace already, or the folder cannot be written.
    """
    if (target / SETTINGS).exists():
        raise Refused([Problem(str(target / SETTINGS), "there is a workspace here already", "nothing was changed")])
    try:
        (target / "seeds").mkdir(parents=True, exist_ok=True)
        (target / SETTINGS).write_text(_SETTINGS_TEXT.format(actor=_whoever()), encoding="utf-8")
        return (target / SETTINGS, *_seeds(target / "seeds", with_corpus))
    except OSError as error:
        raise Refused([Problem(str(target), f"cannot be written: {error.strerror}")]) from error


def _whoever() -> str:
    """Name of the user who is logged in, as far as TOML can hold it."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # no such user, as in some containers
        name = ""
    return "".join(letter for letter in name if letter.isalnum() or letter in "._- ") or "me"


def _seeds(target: Path, with_corpus: bool) -> list[Path]:
    origin = folder("seeds") if with_corpus else folder("templates") / "workspace"
    made = []
    for seed in sorted(origin.glob("*.yaml")):
        made.append(Path(shutil.copyfile(seed, target / seed.name)))
    return made
