"""`kb export` fills folders: at any moment, from an empty base, and never over the workspace."""

from pathlib import Path

import pytest

from kb.app.export_folder import LISTING
from tests.cli.conftest import Kb

FORMATS = ("site", "tables")


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_base_gives_a_whole_folder(empty: Kb, workspace: Path, form: str) -> None:
    assert "need a folder" in empty("export", "--format", form, code=1).output
    empty("export", "--format", form, "-o", "out")
    assert (workspace / "out" / LISTING).exists()
    assert not list(workspace.glob(".kb-*"))


def test_a_site_of_the_past_shows_its_moment(imported: Kb, workspace: Path) -> None:
    assert (
        "there is no such moment" in imported("export", "--format", "site", "-o", "out", "--at", "7777", code=1).output
    )
    assert "25 pages" in imported("export", "--format", "site", "-o", "out", "--at", "12").output
    assert "as of event 12 of" in (workspace / "out" / "index.html").read_text()


@pytest.mark.parametrize(
    ("target", "what"), [("kb.toml", "settings"), ("seeds", "holds other things"), ("no/out", "no folder")]
)
def test_a_place_where_no_export_may_be_is_refused(empty: Kb, target: str, what: str) -> None:
    assert what in empty("export", "--format", "site", "-o", target, "--force", code=1).output
