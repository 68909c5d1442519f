"""The documents say what is so: every command and every setting stands in them."""

import re
import shutil
import textwrap
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kb.app.workspace import SETTINGS_KEYS
from kb.cli import main

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


def test_the_source_that_the_readme_shows_checks_clean_beside_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (DOCS / "README.md").read_text()
    shown = readme.split("`seeds/my-source.yaml`:\n\n")[1].split("\n\nThen")[0]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kb.toml").write_text("")
    shutil.copytree(DOCS / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "my-source.yaml").write_text(textwrap.dedent(shown))
    result = CliRunner().invoke(main, ["check"])
    assert "10 files checked; no problems" in result.output


def test_the_question_that_the_readme_reports_on_is_asked_in_the_corpus() -> None:
    asked = re.findall(r"kb report (\S+)", (DOCS / "README.md").read_text())
    questions = (DOCS / "seeds" / "questions.yaml").read_text()
    assert asked and all(f"id: {slug}\n" in questions for slug in asked)


@pytest.mark.parametrize("key", SETTINGS_KEYS)
def test_each_setting_stands_in_the_documents(key: str) -> None:
    assert f"`{key}`" in (DOCS / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("command", ["--help", "log --help", "passages --help", "findings --help"])
def test_no_line_in_a_list_of_commands_is_cut_off(command: str) -> None:
    listed = CliRunner().invoke(main, command.split()).output.partition("Commands:")[2]
    assert listed.strip() and "..." not in listed
