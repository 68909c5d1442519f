"""Which rows a reader asks for."""

from collections.abc import Mapping

import pytest

from kb.reports.query import ROWS, matching_rows, page_of

ROW = {"figure": "$8,000 a month", "voice": "SemiAnalysis", "stance": "measured"}


def columns(row: Mapping[str, str]) -> Mapping[str, str]:
    return row


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("semianalysis", True),
        ("8,000 measured", True),
        ("stance:measured", True),
        ("stance:alleged", False),
        ("voice:measured", False),
        ('"8,000 a month"', True),
        ('"month a"', False),
        ("nothing:here", False),
        ("don't", False),
        ('"open quote', False),
    ],
)
def test_every_word_must_stand_in_the_row_and_a_key_names_its_column(query: str, found: bool) -> None:
    assert bool(matching_rows([ROW], query, columns)) is found


@pytest.mark.parametrize(("asked", "given"), [(1, 1), (2, 2), (3, 3), (99, 3), (0, 1), (-5, 1)])
def test_a_page_too_far_is_the_last_one(asked: int, given: int) -> None:
    rows, page, pages = page_of(range(2 * ROWS + 1), asked)
    assert (page, pages) == (given, 3)
    assert len(rows) == (1 if given == 3 else ROWS)


def test_no_rows_are_one_empty_page() -> None:
    assert page_of([], 1) == ((), 1, 1)
