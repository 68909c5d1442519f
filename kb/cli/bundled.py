"""Where are the templates, migrations and seeds of the program? In the wheel, or beside ``kb`` in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: Literal["templates", "migrations", "seeds"]) -> Path:
    """The folder ``name`` as it was installed with this very code.

    >>> folder("templates").name
    'templates'
    """
    inside = _PACKAGE / "bundled" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
