"""What the stories of seed files begin with."""

from pathlib import Path

import pytest

from tests.intake.shelf import VOCABULARY, Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A shelf with shared words and nothing else."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    return Shelf(folder).put(vocabulary=VOCABULARY)
