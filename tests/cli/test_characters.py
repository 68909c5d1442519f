"""No control character gets into the base, and none reaches the terminal."""

import json
import re
from pathlib import Path

import pytest

import kb.cli
from kb.domain.characters import forbidden_characters
from tests.cli.conftest import Kb

ESCAPE, OVERRIDE, NONE = "\x1b]0;owned\x07", "\u202e", "\ufffe"


def first_finding(kb: Kb) -> str:
    findings = json.loads(kb("findings", "--json").output)
    return str(findings[0]["id"])


@pytest.mark.parametrize(("text", "name"), [(ESCAPE, "U+001B ESCAPE"), (OVERRIDE, "U+202E"), (NONE, "U+FFFE")])
def test_a_decision_with_a_forbidden_character_is_refused_by_name(imported: Kb, text: str, name: str) -> None:
    before = imported("log", "head").output
    ruled = imported("rule", first_finding(imported), "--dismiss", f"two {text} plans", code=1)
    matched = imported("match", "pass-fee", "pass-ticket-value", "--different", "--reason", f"no{text}", code=1)
    acted = imported("import", "--reason", "again", "--actor", f"ada{text}", code=1)
    for result in (ruled, matched, acted):
        assert name in result.stderr
        assert list(forbidden_characters(result.stderr)) == []
    assert imported("log", "head").output == before


def test_check_and_import_refuse_the_same_characters_at_their_places(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace("title: ", f"title: {OVERRIDE}", 1), encoding="utf-8")
    checked, imported = kb("check", code=1), kb("import", "--reason", "first", code=1)
    assert re.search(r"quay.yaml:\d+:\d+: U\+202E RIGHT-TO-LEFT OVERRIDE stands here", checked.stderr)
    assert checked.stderr == imported.stderr
    assert list(forbidden_characters(checked.stderr)) == []


@pytest.mark.parametrize("escape", [r"\e[2J", r"\x07", r"\u202E", r"\uFFFE", r"\U0001FFFF", r"\r", r"\P", r"\N"])
def test_an_escape_for_a_forbidden_character_is_refused_too(kb: Kb, workspace: Path, escape: str) -> None:
    (workspace / "seeds" / "memo.yaml").write_text(
        f'kb: 1\nid: memo\nsource: {{type: report, language: en, title: "A {escape} memo"}}\n'
    )
    assert "memo.yaml:3:45: U+" in kb("check", code=1).stderr


def test_words_of_a_document_are_shown_without_their_control_characters(kb: Kb, workspace: Path) -> None:
    (workspace / "paper.txt").write_text(f"It costs $8,000{ESCAPE} a month.{OVERRIDE}\n", encoding="utf-8")
    for command in (["text"], ["scan"], ["draft"], ["text", "--json"]):
        shown = kb(command[0], "paper.txt", *command[1:]).output
        assert "8,000" in shown
        assert list(forbidden_characters(shown)) == []
    kb("draft", "paper.txt", "-o", "seeds/paper.yaml")
    assert "no problem" in kb("check").output
    said = json.loads(kb("text", "paper.txt", "--json").output)
    assert said["text"] == f"It costs $8,000{ESCAPE} a month.{OVERRIDE}\n"
    assert kb("text", "paper.txt", "--bare").output.endswith(f"{OVERRIDE}\n")


def test_a_reason_of_several_lines_is_one_line_of_the_log(imported: Kb) -> None:
    imported("import", "seeds/quay.yaml", "--reason", "again")
    imported(
        "match", "pass-fee", "pass-ticket-value", "--different", "--reason", "first line\n      1  2026-01-01 forged"
    )
    shown = imported("log", "--limit", "1").output
    assert shown.count("\n") == 1


def test_every_command_prints_through_one_function() -> None:
    folder = Path(kb.cli.__file__).parent
    printing = {
        (path.name, line.strip())
        for path in folder.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if path.name != "show.py" and re.search(r"click\.s?echo\(|\bprint\(", line)
    }
    # The text of a document letter for letter, for another program; and a table of rich, whose cells are cleaned.
    assert {name for name, _ in printing} == {"document.py"}
    assert len(printing) == 3
