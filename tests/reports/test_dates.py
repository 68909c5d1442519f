"""Periods as people write them."""

import pytest

from kb.domain.scope import ScopeSelection
from kb.intake.period import read_period
from kb.reports.words.dates import period_words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026", "2026"),
        ("2026-01 to 2026-12", "2026"),
        ("2026-Q1", "the first quarter of 2026"),
        ("2026-01-01 to 2026-03-31", "the first quarter of 2026"),
        ("2026-H2", "the second half of 2026"),
        ("2026-02", "February 2026"),
        ("2024-02-01 to 2024-02-29", "February 2024"),
        ("2024-02-01 to 2024-02-28", "1 to 28 February 2024"),
        ("2026-02 to 2026-04", "February to April 2026"),
        ("2025-11 to 2026-03", "November 2025 to March 2026"),
        ("2025-07 to 2026-06", "July 2025 to June 2026"),
        ("2003 to 2017", "2003 to 2017"),
        ("2026-06-15", "15 June 2026"),
        ("2026-06-03 to 2026-06-15", "3 to 15 June 2026"),
        ("2025-12-31 to 2026-01-01", "31 December 2025 to 1 January 2026"),
        ("by 2029", "by 2029"),
        ("before  2026-06-15", "before 15 June 2026"),
        ("since 2026-Q3", "since the third quarter of 2026"),
    ],
)
def test_a_period_has_one_form_however_it_was_written(written: str, words: str) -> None:
    period = read_period(written)
    assert isinstance(period, ScopeSelection)
    assert period_words(period) == words
