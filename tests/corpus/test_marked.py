"""What a reader marked by hand is what the scanner finds: in the archived documents, and in prose on other subjects."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numbers.scan import scan
from tests.corpus.marks import FILES, document_of, marks
from tests.corpus.scored import Score, document_beside, score

PROSE = sorted((Path(__file__).parent / "prose").glob("*.tsv"))
FIELD = sorted((Path(__file__).parent / "field").glob("*.tsv"))
UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.tsv"))
"""Documents that no rule was made for. When one is, the document belongs to ``field``."""
RECALL, PRECISION, TIGHTNESS = 0.96, 0.98, 0.94


def hold(found: Score, recall: float = RECALL) -> None:
    assert found.recall >= recall, found.told()
    assert found.precision >= PRECISION, found.told()
    assert found.tightness >= TIGHTNESS, found.told()


@pytest.mark.parametrize("listed", FILES, ids=lambda path: path.stem)
def test_the_marked_figures_of_a_document_are_found_and_little_else(listed: Path, shared: Path) -> None:
    hold(score(document_of(listed, shared / "documents").read_text("utf-8"), listed))


def test_of_all_marked_figures_of_the_documents_99_in_100_are_found(shared: Path) -> None:
    found = [score(document_of(listed, shared / "documents").read_text("utf-8"), listed) for listed in FILES]
    missed = [line for one in found for line in one.missed]

    assert len(missed) <= 0.01 * sum(one.marked for one in found), "\n".join(missed)


@pytest.mark.parametrize("listed", PROSE, ids=lambda path: path.stem)
def test_the_marked_figures_of_prose_on_other_subjects_are_found(listed: Path) -> None:
    hold(score(listed.with_suffix(".txt").read_text("utf-8"), listed))


def test_press_releases_audits_news_and_tables_are_read_as_well_as_before() -> None:
    found = [score(document_beside(listed).read_text("utf-8"), listed) for listed in FIELD]
    marked, reported = sum(part.marked for part in found), sum(part.reported for part in found)
    missed = [miss for part in found for miss in part.missed]
    false = [figure for part in found for figure in part.wrong]

    assert sum(part.overlooked for part in found) == 0
    assert len(missed) <= 0.02 * marked, "\n".join(missed)
    assert len(false) <= 0.005 * reported, "\n".join(false)


def test_documents_that_no_rule_was_made_for_are_read_almost_as_well() -> None:
    found = [score(document_beside(listed).read_text("utf-8"), listed) for listed in UNSEEN]
    marked, reported = sum(part.marked for part in found), sum(part.reported for part in found)

    assert sum(part.overlooked for part in found) <= 0.03 * marked
    assert sum(len(part.missed) for part in found) <= 0.05 * marked
    assert sum(len(part.wrong) for part in found) <= 0.03 * reported


@pytest.mark.parametrize("listed", [*PROSE, *FIELD, *UNSEEN], ids=lambda path: path.stem)
def test_the_marks_of_prose_and_field_stand_where_they_say(listed: Path) -> None:
    lines = document_beside(listed).read_text("utf-8").split("\n")

    assert [mark[:3] for mark in marks(listed) if mark.place(lines) is None] == []


@given(st.sampled_from(PROSE), st.integers(0, 6_000), st.integers(1, 60))
def test_prose_that_is_cut_anywhere_still_reads(listed: Path, start: int, width: int) -> None:
    cut = listed.with_suffix(".txt").read_text("utf-8")[start : start + width]
    for mention in scan(cut, dates_too=True):
        assert cut[mention.start : mention.end] == mention.quantity.as_written
