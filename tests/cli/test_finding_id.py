"""A finding is called after what it stands between: alike in every base, and for as long as those names stand."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kb.app.backend import StoreBackend
from kb.app.wiring import document_store, open_base
from kb.app.workspace import Workspace
from kb.cli.command import opened_view
from tests.cli.conftest import Kb
from tests.web.served import asking


def listed(kb: Kb, *words: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in json.loads(kb("findings", "--json", *words).output)}


def base_again(workspace: Path, kb: Kb) -> None:
    for file in workspace.glob("kb.db*"):
        file.unlink()
    kb("import", "--reason", "a second base")


def renamed(workspace: Path, before: str, after: str) -> None:
    """The figure ``before`` of the gazette is called ``after`` from now on."""
    for seed in (workspace / "seeds").glob("*.yaml"):
        text = re.sub(rf"\b{before}\b", after, seed.read_text())
        seed.write_text(text.replace(f"- id: {after}\n", f"- id: {after}\n    was: {before}\n"))


def test_the_same_seeds_give_the_same_ids_and_digests(imported: Kb, workspace: Path) -> None:
    before = listed(imported)
    base_again(workspace, imported)
    again = listed(imported)
    assert again.keys() == before.keys()
    assert {id: one["digest"] for id, one in again.items()} == {id: one["digest"] for id, one in before.items()}


def test_another_figure_changes_no_id(imported: Kb, workspace: Path) -> None:
    before = listed(imported)
    (workspace / "seeds" / "note.yaml").write_text(
        "kb: 1\nid: note\nsource: {title: A note, type: report, language: en, reliability: C}\n"
        "figures:\n  - {id: far, measure: pass-ticket-value, value: $9000 / month, at: L1}\n"
    )
    imported("import", "--reason", "one more")
    assert before.keys() <= listed(imported).keys()


@pytest.fixture
def ruled_and_renamed(imported: Kb, workspace: Path) -> tuple[str, str]:
    """A ruled finding before and after one of its figures was renamed."""
    before = next(id for id, one in listed(imported).items() if "quay/north-value" in one["figures"])
    imported("rule", before, "--explain", "One of them counts tax.")
    renamed(workspace, "north-value", "union-north")
    imported("import", "--reason", "a better name")
    (after,) = [id for id, one in listed(imported).items() if one["ruling"]]
    return before, after


def test_a_renamed_figure_gives_its_findings_other_ids_and_keeps_their_rulings(
    imported: Kb, ruled_and_renamed: tuple[str, str]
) -> None:
    before, after = ruled_and_renamed
    found = listed(imported)
    assert before not in found and before != after
    assert (found[after]["ruling"]["text"], found[after]["ruling"]["stale"]) == ("One of them counts tax.", False)
    assert "none changed" in imported("reconcile").output


def test_an_older_id_leads_on(imported: Kb, workspace: Path, ruled_and_renamed: tuple[str, str]) -> None:
    before, after = ruled_and_renamed
    place = Workspace.find(workspace)
    with opened_view(place) as view:
        key = next(finding.key for finding in view.findings if finding.id == after)
    with open_base(place) as base, asking(StoreBackend(base, document_store(place))) as client:
        for older in (before, key):
            answer = client.get(f"/findings/{older}", follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (302, f"/findings/{after}")
        answer = client.get("/findings/0123456789abcdef")
        assert answer.status_code == 404
        assert "No finding has the id 0123456789abcdef" in answer.text
    assert f"Finding {after}" in imported("findings", "show", before).output
    assert f"Finding {after}" in imported("findings", "show", key).output
