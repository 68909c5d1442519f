"""Where does the user work? In the folder that holds ``kb.toml``, or in whatever base ``KB_DATABASE_URL`` names."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kb.domain.problem import Problem, Refused

SETTINGS = "kb.toml"
SETTINGS_KEYS = ("database", "seeds", "documents", "actor")


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings in force.

    Attributes:
        root: Folder that relative paths in the settings start from.
        database: URL of the base, ``sqlite:///…`` or ``postgresql://…``.
        seeds: Folder of the seed files.
        home: Folder of attached documents and cached moments.
        actor: Name that events get when no ``--actor`` is given; empty for none.
    """

    root: Path
    database: str
    seeds: Path
    home: Path
    actor: str = ""

    @classmethod
    def find(cls, folder: Path, environment: Mapping[str, str] = os.environ) -> "Workspace":
        """The workspace that ``folder`` lies in, looked for upward; the environment comes before the settings.

        Raises:
            Refused: no workspace is found and no ``KB_DATABASE_URL`` is set, or the settings are wrong.
        """
        root = next((place for place in (folder, *folder.parents) if (place / SETTINGS).is_file()), None)
        url = environment.get("KB_DATABASE_URL", "")
        if root is None and not url:
            raise Refused(
                [
                    Problem(
                        str(folder),
                        f"this folder is in no workspace: there is no {SETTINGS} here or above",
                        "make one with `kb init FOLDER`, or name a base with KB_DATABASE_URL",
                    )
                ]
            )
        settings = _settings(root / SETTINGS) if root else {}
        root = root or folder
        database = url or f"sqlite:///{root / settings.get('database', 'kb.db')}"
        home = environment.get("KB_HOME") or settings.get("documents", "")
        return cls(
            root=root,
            database=database,
            seeds=root / settings.get("seeds", "seeds"),
            home=(root / home) if home else _beside(database, root),
            actor=environment.get("KB_ACTOR") or settings.get("actor", ""),
        )


def _settings(path: Path) -> dict[str, str]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused([Problem(str(path), f"the settings cannot be read: {error}", "see `kb init`")]) from error
    wrong = [key for key, value in told.items() if key not in SETTINGS_KEYS or not isinstance(value, str)]
    if wrong:
        known = ", ".join(SETTINGS_KEYS)
        raise Refused([Problem(str(path), f"{key!r} is no setting with a text", f"known: {known}") for key in wrong])
    return told


def _beside(database: str, root: Path) -> Path:
    parts = urlsplit(database)
    if parts.scheme.startswith("sqlite") and parts.path.strip("/"):
        return Path(database.removeprefix("sqlite:///")).parent / "documents"
    return root / "documents"
