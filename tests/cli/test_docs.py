"""The documents say what is so: every command and every setting stands in them."""

from pathlib import Path

import click
import pytest

from kb.cli import main
from kb.cli.workspace import SETTINGS_KEYS

DOCS = Path(__file__).parents[2]


def commands(group: click.Group, before: str = "kb") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found.append(f"{before} {name}")
        found += commands(command, f"{before} {name}") if isinstance(command, click.Group) else []
    return found


@pytest.mark.parametrize("command", commands(main))
def test_each_command_stands_in_the_documents(command: str) -> None:
    text = "".join(page.read_text() for page in (DOCS / "README.md", *(DOCS / "docs").glob("*.md")))
    assert command in text


@pytest.mark.parametrize("key", SETTINGS_KEYS)
def test_each_setting_stands_in_the_documents(key: str) -> None:
    assert f"`{key}`" in (DOCS / "docs" / "operations.md").read_text()
