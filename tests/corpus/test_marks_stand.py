"""Do the lists marked by hand hold? Every literal on its line, every value a quantity, every word a known one."""

from itertools import pairwise
from pathlib import Path

import pytest

from kb.domain.unit import parse_unit
from tests.corpus.marks import FILES, KINDS, NOTES, document_of, marks

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_there_are_lists() -> None:
    assert FILES


@each_file
def test_every_marked_literal_stands_on_its_line(path: Path, shared: Path) -> None:
    lines = document_of(path, shared / "documents").read_text("utf-8").split("\n")

    assert [mark[:3] for mark in marks(path) if mark.place(lines) is None] == []


@each_file
def test_marks_follow_each_other_and_share_no_character(path: Path, shared: Path) -> None:
    lines = document_of(path, shared / "documents").read_text("utf-8").split("\n")
    placed = [(mark.line, *(mark.place(lines) or (0, 0)), mark.literal) for mark in marks(path)]

    assert [(left, right) for left, right in pairwise(placed) if (left[0], left[2]) > (right[0], right[1])] == []


@each_file
def test_every_marked_unit_is_one(path: Path) -> None:
    for mark in marks(path):
        if mark.quantity.unit:
            parse_unit(mark.quantity.unit)


@each_file
def test_every_kind_and_note_of_a_mark_is_a_known_word(path: Path) -> None:
    assert [mark for mark in marks(path) if mark.kind not in KINDS or mark.note not in NOTES] == []


@each_file
def test_a_marked_range_has_two_different_ends(path: Path) -> None:
    assert [
        mark for mark in marks(path) if mark.quantity.bound == "range" and mark.quantity.low == mark.quantity.high
    ] == []
