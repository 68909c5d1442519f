"""A document gets another edition: each passage is found again by its words, or a person is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.passage import Anchor, AnchoringMethod, Passage
from kb.intake.passage import Manuscript, find
from kb.intake.reanchoring import Reanchorer, TraceOutcome, numbers_changed
from kb.intake.text_diff import difference, marked, same_numbers
from kb.intake.token_index import TokenIndex

OLD = """\
The pass that sails too often

The harbour office says that a holder uses upward of $120 of tickets a month.
The pursers' union found $300 of tickets a month on a north pier pass and $520 on one used at the south pier.
A pass costs $40. Fuel eats 30% of ticket income.
All prices are in dollars.

North | 40 | 30%
South | 40 | 35%

The letter of April. All prices are in dollars.
票价是 300 美元。北码头的月票不到一半。
"""


def anchored(text: str, locator: str) -> Anchor:
    found = find(Passage.parse(locator), Manuscript(text))
    assert isinstance(found, Anchor), found
    return found


def traced(new: str, locator: str, old: str = OLD, *, kept: bool = True) -> TraceOutcome:
    """What became of a passage of ``old`` in ``new``; the older text is at hand where it was ``kept``."""
    return Reanchorer(old if kept else None, new).trace(anchored(old, locator))


LOCATORS = ["L1", 'L3 "$120"', 'L4 "$300"', 'L4 "$520"', 'L5 "$40"', "L5 s2", "L6", 'L8 "40"', 'L9 "40"', "L11 s2"]


@pytest.mark.parametrize("locator", [*LOCATORS, 'L12 "300"', "L12 s2"])
def test_in_the_same_words_a_passage_stands_where_it_stood(locator: str) -> None:
    assert traced(OLD, locator).anchor == anchored(OLD, locator)


@pytest.mark.parametrize("locator", [*LOCATORS, 'L12 "300"', "L12 s2"])
def test_a_passage_moves_along_with_its_text(locator: str) -> None:
    new = "A new preface.\nIt has two lines.\n\n" + OLD + "\nAnd an afterword.\n"
    found = traced(new, locator)
    before = anchored(OLD, locator)
    assert found.anchor is not None
    assert new[found.anchor.start : found.anchor.end] == before.text
    assert found.anchor.start - before.start == new.index(OLD)
    assert found.line == Passage.parse(locator).line + 3


@pytest.mark.parametrize(
    ("locator", "by"),
    [
        ('L4 "$300"', AnchoringMethod.EXACT),
        ('L8 "40"', AnchoringMethod.EXACT),
        ("L6", AnchoringMethod.NEIGHBOURS),
        ("L11 s2", AnchoringMethod.NEIGHBOURS),
    ],
)
def test_an_anchor_says_by_what_it_was_found(locator: str, by: AnchoringMethod) -> None:
    assert traced("A new preface.\n" + OLD, locator).by is by


def test_lines_broken_anew_are_the_same_words() -> None:
    found = traced(OLD.replace("\n\n", "\n").replace(" ", "\n"), 'L4 "$520"')
    assert found.by is AnchoringMethod.EXACT
    assert found.anchor is not None
    assert found.anchor.text == "$520"


ROWS = "Row | 10 | 20\n" * 30


def test_among_rows_that_are_all_alike_the_place_decides() -> None:
    old = f"The table of the north pier:\n{ROWS}The table ends here.\n"
    found = traced("A preface.\n" + old, "L12", old)
    assert (found.by, found.line) == (AnchoringMethod.POSITION, 13)


def test_one_row_more_among_them_and_nobody_can_tell() -> None:
    old = f"The table of the north pier:\n{ROWS}The table ends here.\n"
    found = traced(old.replace("Row", "Row | 10 | 20\nRow", 1), "L12", old)
    assert found.anchor is None
    assert len(found.offers) > 1


@pytest.mark.parametrize(
    ("change", "locator", "text"),
    [
        (("$300", "$310"), 'L4 "$300"', "$310"),
        (("costs $40", "costs €40"), 'L5 "$40"', "€40"),
        (("used at the south", "used on the south"), 'L4 "$520"', "$520"),
        (("North | 40 | 30%", "North | 40 | 31%"), 'L8 "40"', "40"),
        (("300 美元", "310 美元"), 'L12 "300"', "310"),
        (("too often", "far too often"), "L1", "The pass that sails far too often"),
    ],
)
def test_a_sentence_that_changed_is_offered_and_not_taken(change: tuple[str, str], locator: str, text: str) -> None:
    found = traced(OLD.replace(*change), locator)
    assert found.anchor is None
    assert [offer.anchor.text for offer in found.offers] == [text]
    assert found.offers[0].score >= 85


@pytest.mark.parametrize("new", ["", "Something else altogether.\n" * 40, OLD.replace("A pass costs $40. ", "")])
def test_what_is_gone_is_an_orphan(new: str) -> None:
    assert traced(new, 'L5 "$40"') == TraceOutcome()


@pytest.mark.parametrize(
    ("old_row", "new", "offered"),
    [
        ("its row is gone, and another is like it", OLD.replace("North | 40 | 30%\n", ""), ["40"]),
        (
            "its row changed, and the old one is quoted below",
            OLD.replace("North | 40 | 30%", "North | 41 | 30%") + "\nThe last edition had:\nNorth | 40 | 30%\n",
            ["41", "40"],
        ),
        (
            "its row stands there twice",
            OLD.replace("North | 40 | 30%\n", "North | 40 | 30%\nNorth | 40 | 30%\n"),
            ["40", "40"],
        ),
    ],
    ids=lambda said: said if isinstance(said, str) and len(said) < 60 else "",
)
def test_a_row_that_is_alike_does_not_capture_a_passage(old_row: str, new: str, offered: list[str]) -> None:
    found = traced(new, 'L8 "40"')
    assert found.anchor is None
    assert [offer.anchor.text for offer in found.offers] == offered


def test_the_same_sentence_elsewhere_is_not_the_one_that_was_deleted() -> None:
    found = traced(OLD.replace("All prices are in dollars.\n\nNorth", "\nNorth"), "L6")
    assert found.anchor is None
    assert [offer.line for offer in found.offers] == [10]


def test_a_near_copy_beside_its_row_leaves_it_where_it_is() -> None:
    new = OLD.replace("North | 40 | 30%\n", "North | 40 | 30%\nNorth | 40 | 31%\n")
    assert traced(new, 'L8 "40"').line == 8


def test_without_the_older_text_the_words_around_must_agree_on_both_sides() -> None:
    assert traced("A preface.\n" + OLD, 'L5 "$40"', kept=False).line == 6
    assert traced(OLD.replace("at the south pier.", "down south."), 'L5 "$40"', kept=False).anchor is None


WORDS = ["harbour", "pier", "ferry", "pass", "union", "office", "boat", "fuel", "ticket", "the", "of", "costs"]
BOILERPLATE = ["All prices are in dollars.", "| - | - |", "", "North | 40 | 30%", "Terms apply."]
amounts = st.integers(1, 9).map(lambda number: f"${number * 10}")
sentences = st.tuples(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8), amounts).map(
    lambda said: f"{' '.join(said[0]).capitalize()} {said[1]}."
)
lines = st.one_of(sentences, sentences, sentences, st.sampled_from(BOILERPLATE))
documents = st.lists(lines, min_size=8, max_size=24)


def place(told: list[tuple[str, bool]]) -> int:
    """First character of the line that is marked as the passage's own."""
    own = next(number for number, (_, is_own) in enumerate(told) if is_own)
    return sum(len(line) + 1 for line, _ in told[:own])


def far_from(told: list[tuple[str, bool]], distance: int) -> list[int]:
    own = next(number for number, (_, is_own) in enumerate(told) if is_own)
    return [number for number in range(len(told) + 1) if number <= own - distance or number > own + distance]


@settings(max_examples=150)
@given(st.data(), documents)
def test_text_edited_far_from_a_passage_never_moves_it_to_other_words(data: st.DataObject, old: list[str]) -> None:
    own = data.draw(st.sampled_from([number for number, line in enumerate(old) if line]))
    told = [(line, number == own) for number, line in enumerate(old)]
    before = Manuscript("\n".join(old)).anchor(place(told), place(told) + len(old[own]))
    for _ in range(data.draw(st.integers(1, 4))):
        if not (free := far_from(told, 3)):
            break
        at, edit = data.draw(st.sampled_from(free)), data.draw(st.sampled_from(["insert", "delete", "replace"]))
        told[at : at + (edit != "insert")] = [] if edit == "delete" else [(data.draw(lines), False)]
    found = Reanchorer("\n".join(old), "\n".join(line for line, _ in told)).trace(before)
    assert found.anchor is None or (found.anchor.start, found.anchor.text) == (place(told), before.text)


@settings(max_examples=150)
@given(st.data(), documents)
def test_a_look_alike_that_is_inserted_never_captures_a_passage(data: st.DataObject, old: list[str]) -> None:
    own = data.draw(st.sampled_from([number for number, line in enumerate(old) if line]))
    told = [(line, number == own) for number, line in enumerate(old)]
    before = Manuscript("\n".join(old)).anchor(place(told), place(told) + len(old[own]))
    for _ in range(data.draw(st.integers(1, 3))):
        around = data.draw(st.integers(0, 2))
        copied = old[max(own - around, 0) : own + around + 1]
        altered = data.draw(st.sampled_from(["", *copied]))
        block = [(line.replace("0", "5", 1) if line == altered else line, False) for line in copied]
        if not (free := far_from(told, 3)):
            break
        at = data.draw(st.sampled_from(free))
        told[at:at] = block
    found = Reanchorer("\n".join(old), "\n".join(line for line, _ in told)).trace(before)
    assert found.anchor is None or (found.anchor.start, found.anchor.text) == (place(told), before.text)


@settings(max_examples=100)
@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_holds_both_wordings(old: str, new: str) -> None:
    runs = difference(old, new)
    assert "".join(run.text for run in runs if run.change != "new") == old
    assert "".join(run.text for run in runs if run.change != "gone") == new


def test_a_difference_is_marked_word_by_word() -> None:
    said = marked(difference("a fee of $40 a month", "a flat fee of $45 a month"))
    assert said == "a {+flat +}fee of $[-40-]{+45+} a month"


@pytest.mark.parametrize(("old", "new", "same"), [("$1,200 or 5", "€1,200 and 5", True), ("$40", "$45", False)])
def test_numbers_are_compared_apart_from_the_words(old: str, new: str, same: bool) -> None:
    assert same_numbers(old, new) is same


@pytest.mark.parametrize(
    ("newer", "changed"),
    [
        ("In 2024 the eﬃcient pro-\nduction reached 2,400 tonnes a day at the plant of 2019.", False),
        ("In 2024 the eﬃcient production reached 2,400 tonnes a day at the plant\nof 2019.", False),
        ("In 2024 the efficient production reached 2,500 tonnes a day at the plant of 2019.", True),
        ("In 2023 the efficient production reached 2,400 tonnes a day at the plant of 2019.", True),
        ("The eﬃcient production reached 2,400 tonnes a day at the plant of 2019.", True),
    ],
)
def test_a_number_on_another_line_has_not_changed(newer: str, changed: bool) -> None:
    older = "Output\n\nIn 2024 the efficient production reached 2,400 tonnes a day at the plant of 2019.\n"
    earlier = anchored(older, 'L3 "2,400 tonnes a day"')
    (offer, *_) = Reanchorer(older, f"Output\n\n{newer}\n").trace(earlier).offers
    assert numbers_changed(earlier, offer.anchor) is changed


@given(st.lists(st.sampled_from(["a", "b", "40", "不", "到", "$"]), min_size=1, max_size=40), st.data())
def test_a_run_of_words_is_found_wherever_it_stands(words: list[str], data: st.DataObject) -> None:
    book = TokenIndex(" ".join(words))
    first = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(first + 1, len(words)))
    run = words[first:end]
    assert book.places(run) == [at for at in range(len(words)) if words[at : at + len(run)] == run]


@pytest.mark.parametrize(
    ("written", "offered"),
    [("60 to 80 per cent", "60 to 80 per cent"), ("between 60% and 80%", "between 60% and 80%"), ("about 45%", "45%")],
)
def test_an_offered_passage_cuts_no_number(written: str, offered: str) -> None:
    old = "Fuel eats 90 per cent of ticket income, says the harbour office."
    [offer] = traced(f"Fuel eats {written} of ticket income, says the harbour office.", 'L1 "90 per cent"', old).offers
    assert offered in offer.anchor.text


def test_an_offered_passage_is_no_longer_than_the_number_it_stands_for() -> None:
    old = "The pursers found $300 of tickets a month on a north pier pass."
    [offer] = traced("The pursers found $350 of tickets a month on a north pier pass.", 'L1 "$300"', old).offers
    assert offer.anchor.text == "$350"
