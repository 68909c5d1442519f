"""Would a changed page be noticed? The comparison with golden files, tried on files of its own."""

from pathlib import Path

import pytest

from tests.golden import Golden


def test_a_text_that_was_approved_passes(tmp_path: Path) -> None:
    Golden(tmp_path / "golden", approve=True)("sheet.md", "價值 8,000\n")
    Golden(tmp_path / "golden", approve=False)("sheet.md", "價值 8,000\n")


@pytest.mark.parametrize("now", ["8,001\n", "8,000", "8,000\r\n", ""])
def test_a_text_that_differs_fails_with_the_difference(tmp_path: Path, now: str) -> None:
    Golden(tmp_path, approve=True)("sheet.md", "8,000\n")
    with pytest.raises(AssertionError, match=r"pytest --approve:[\s\S]*-8,000"):
        Golden(tmp_path, approve=False)("sheet.md", now)


@pytest.mark.parametrize("now", ["8,000\n", ""])
def test_a_text_that_nobody_approved_fails(tmp_path: Path, now: str) -> None:
    with pytest.raises(AssertionError, match="--approve"):
        Golden(tmp_path, approve=False)("sheet.md", now)
