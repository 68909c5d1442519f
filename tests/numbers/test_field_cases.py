"""Small inputs from the field, each distilled from what other tools got wrong, are read rightly."""

from pathlib import Path

import pytest

from benchmarks.field import scores

MISSED = {"scan": 0, "value": 0, "html": 0}
"""Cases of each kind that are still missed."""


@pytest.mark.parametrize("kind", MISSED)
def test_numbers_from_the_field_are_read_rightly(shared: Path, kind: str) -> None:
    score = scores(shared / "suites" / "field" / "cases.jsonl")[kind]

    assert score.cases
    assert len(score.misses) <= MISSED[kind], "\n".join(map(str, score.misses))
