"""The shipped seeds as one reading, with and without the archived documents."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import Reading
from tests.corpus.noticed import Noticed
from tests.corpus.shipped import seeds_with
from tests.reasoning.worded import worded_findings


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The seeds where no document is attached."""
    return seeds_with(lambda _: None)


@pytest.fixture(scope="session")
def corpus(reading: Reading) -> Knowledge:
    """What the seeds say."""
    return Knowledge.of(reading.entities)


@pytest.fixture(scope="session")
def noticed(corpus: Knowledge) -> Noticed:
    """What the engine notices in it."""
    return Noticed(corpus, tuple(worded_findings(corpus, None)))


@pytest.fixture(scope="session")
def texts(shared: Path) -> Mapping[str, str]:
    """The archived documents by their SHA-256."""
    contents = [path.read_bytes() for path in sorted((shared / "documents").iterdir())]
    return {hashlib.sha256(content).hexdigest(): content.decode("utf-8") for content in contents}
