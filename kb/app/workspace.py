"""The user's workspace: its settings, how a new one is made, and the data folders that ship with the program."""

import getpass
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb.atomic_file import reason, write_file
from kb.domain.problem import Problem, Refused

_PACKAGE_FOLDER = Path(__file__).resolve().parent.parent


def bundled_folder(name: Literal["templates", "migrations", "seeds"]) -> Path:
    """The folder ``name`` of data files that belongs to this installation, or to this checkout.

    >>> bundled_folder("templates").name
    'templates'
    """
    inside = _PACKAGE_FOLDER / "bundled" / name
    return inside if inside.is_dir() else _PACKAGE_FOLDER.parent / name


SETTINGS = "kb.toml"
SETTINGS_KEYS = ("database", "seeds", "documents", "actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where a user keeps her base, seed files and documents.

    Attributes:
        root: Folder that relative paths in the settings start from.
        database: URL of the base, ``sqlite:///…`` or ``postgresql://…``.
        seeds: Folder of the seed files.
        home: Folder of attached documents.
        actor: Name of the author of events without ``--actor``; empty for none.
    """

    root: Path
    database: str
    seeds: Path
    home: Path
    actor: str = ""

    @classmethod
    def find(cls, folder: Path, *, required: bool = True) -> "Workspace":
        """The workspace of the nearest folder with settings, from ``folder`` upward.

        The variables KB_DATABASE_URL, KB_HOME and KB_ACTOR take precedence over the settings.

        Args:
            folder: Where to begin.
            required: Whether there has to be one; if not, ``folder`` stands for a workspace without settings.

        Raises:
            Refused: a required workspace is missing and KB_DATABASE_URL is not set, or the settings cannot be read.
        """
        root = next((place for place in (folder, *folder.parents) if (place / SETTINGS).is_file()), None)
        url = os.environ.get("KB_DATABASE_URL", "")
        if root is None and not url and required:
            raise Refused(
                [
                    Problem(
                        where=str(folder),
                        what=f"this folder is in no workspace: neither it nor any folder above has a {SETTINGS}",
                        hint="make a workspace with `kb init FOLDER`, or name a base with KB_DATABASE_URL",
                    )
                ]
            )
        settings = _settings(root / SETTINGS) if root else {}
        root = root or folder
        database = url or f"sqlite:///{root / settings.get('database', 'kb.db')}"
        home = os.environ.get("KB_HOME") or settings.get("documents", "")
        return cls(
            root=root,
            database=database,
            seeds=root / settings.get("seeds", "seeds"),
            home=(root / home) if home else _default_home(database, root),
            actor=os.environ.get("KB_ACTOR") or settings.get("actor", ""),
        )


def _settings(path: Path) -> dict[str, str]:
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused([Problem(where=str(path), what=f"the settings cannot be read: {reason(error)}")]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            [Problem(where=str(path), what=f"the settings cannot be read: {error}", hint="see `kb init`")]
        ) from error
    wrong = [key for key, value in settings.items() if key not in SETTINGS_KEYS or not isinstance(value, str)]
    unusable = [key for key, value in settings.items() if key not in wrong and _is_unusable(key, value)]
    if wrong:
        known = ", ".join(SETTINGS_KEYS)
        raise Refused(
            [
                Problem(
                    where=str(path),
                    what=f"{key!r} is not a setting, or its value is not a string",
                    hint=f"known: {known}",
                )
                for key in wrong
            ]
        )
    if unusable:
        raise Refused(
            [
                Problem(
                    str(path),
                    f"the value of {key!r} is empty or contains a null character",
                    "write another, or leave it out",
                )
                for key in unusable
            ]
        )
    return settings


def _is_unusable(key: str, value: str) -> bool:
    return "\0" in value or (key in ("database", "seeds") and not value.strip())


def _default_home(database: str, root: Path) -> Path:
    """The folder ``documents`` beside a SQLite file; for a database server, in the workspace."""
    scheme, _, path = database.partition("://")
    if scheme.startswith("sqlite") and path.partition("?")[0].strip("/"):
        return Path(database.removeprefix("sqlite:///")).parent / "documents"
    return root / "documents"


_SETTINGS_TEXT = """\
# Settings of this workspace. Commands look for this file upward from where they are called.
database = "kb.db"        # or a URL in KB_DATABASE_URL, PostgreSQL too
seeds = "seeds"           # your seed files
# documents = "documents" # archived texts, found by SHA-256 (also KB_HOME)
actor = "{actor}"         # the author of your events (also KB_ACTOR)
"""


def create_workspace(target: Path, *, with_corpus: bool) -> tuple[Path, ...]:
    """Make a workspace in the folder ``target``; the files written, settings first.

    Args:
        target: Is created if need be.
        with_corpus: Whether the seed files are the shipped corpus, or else a single commented example.

    Raises:
        Refused: there is a workspace already, or another seed file of that name, or the folder cannot be written.
    """
    if (target / SETTINGS).exists():
        raise Refused(
            [
                Problem(
                    where=str(target / SETTINGS), what="there is a workspace here already", hint="nothing was changed"
                )
            ]
        )
    origin = bundled_folder("seeds") if with_corpus else bundled_folder("templates") / "workspace"
    seeds = {target / "seeds" / seed.name: seed.read_bytes() for seed in sorted(origin.glob("*.yaml"))}
    if taken := [path for path, data in seeds.items() if path.exists() and path.read_bytes() != data]:
        hint = "move it away; nothing was changed"
        raise Refused([Problem(where=str(path), what="there is another file here", hint=hint) for path in taken])
    for path, data in seeds.items():
        write_file(path, data)
    # Last: where they are missing there is no workspace yet, and the command can be repeated.
    write_file(target / SETTINGS, _SETTINGS_TEXT.format(actor=_user_name()).encode())
    return (target / SETTINGS, *seeds)


_SUFFIXES = (".yaml", ".yml")


def is_seed_file(path: Path) -> bool:
    """Whether ``path`` has the name of a seed file."""
    return path.name.endswith(_SUFFIXES)


def seeds_in(folder: Path) -> list[Path]:
    """The seed files in ``folder`` and below it, in order of name; empty where there is no such folder.

    Raises:
        Refused: a folder cannot be read. Passed over, its entries would seem to be gone.
    """
    unreadable: list[OSError] = []
    paths = [
        Path(place) / name
        for place, folders, files in os.walk(folder, onerror=unreadable.append)
        for name in (*folders, *files)
        if is_seed_file(Path(name))
    ]
    problems = [
        Problem(where=str(error.filename), what=f"the folder cannot be read: {reason(error)}")
        for error in unreadable
        if not isinstance(error, FileNotFoundError | NotADirectoryError)
    ]
    if problems:
        raise Refused(problems)
    return sorted(paths)


def write_text(target: Path, text: str, *, overwrite: bool) -> None:
    """Write ``text`` to the file ``target`` in UTF-8, as ``write_content`` does."""
    write_content(target, text.encode(), overwrite=overwrite)


def write_content(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Write ``content`` to the file ``target``, whole or not at all; its folder is created if need be.

    Raises:
        Refused: the file exists and ``overwrite`` is false, or it cannot be written.
    """
    try:
        write_file(target, content, overwrite=overwrite)
    except FileExistsError:
        hint = "choose another name with -o, or replace the file with --force"
        raise Refused([Problem(where=str(target), what="this file exists already", hint=hint)]) from None


def _user_name() -> str:
    """Login name of the user, without characters that TOML would have to escape."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # no such user, as in some containers
        name = ""
    return "".join(letter for letter in name if letter.isalnum() or letter in "._- ") or "me"
