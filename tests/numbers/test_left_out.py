"""What is no figure is listed on request with the reason, and a limit that is not understood is marked."""

import pytest

from kb.numbers.scan import scan


def left_out(text: str) -> list[tuple[str, str]]:
    mentions = scan(text, all_too=True)
    return [(mention.quantity.as_written, str(mention.left_out)) for mention in mentions if mention.left_out]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SCP-173 stood there.", [("173", "name")]),
        ("It runs Windows 11.", [("11", "name")]),
        ("See section 4.", [("4", "label")]),
        ("He wrote it in 2018.", [("2018", "date")]),
        ("It closed on May 4, 2019.", [("May 4, 2019", "date")]),
        ("She won the 3rd race.", [("3", "ordinal")]),
        ("Let us try one last time.", [("one", "too vague")]),
        ("第4节很长。", [("4", "ordinal")]),
    ],
)
def test_everything_left_out_has_its_reason(text: str, expected: list[tuple[str, str]]) -> None:
    assert left_out(text) == expected


def test_what_is_left_out_hides_no_figure() -> None:
    text = "In 2018 the Windows 11 team of 40 people met in section 4 for $5 million."
    figures = [mention.quantity.as_written for mention in scan(text)]

    assert figures == [mention.quantity.as_written for mention in scan(text, all_too=True) if not mention.left_out]
    assert figures == ["40 people", "$5 million"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It has comfortably 40 boats.", "comfortably"),
        ("It has fatter than 40 boats.", "fatter than"),
        ("It has currently 40 boats.", ""),
        ("It has 40 rather than 20 boats.", ""),
        ("It has at least 40 boats.", ""),
        ("It has at least zorp 40 boats.", "at least zorp"),
        ("It has at least another 40 boats.", ""),
        ("Nothing like 50% of boats sank.", "Nothing like"),
        ("All but 3 boats sank.", "All but"),
        ("It cost 5 flurb million euros.", "flurb"),
        ("It has 5 gazillion boats.", "gazillion"),
        ("It took 12 brill hours.", "brill"),
        ("It took 12 consecutive hours.", ""),
        ("It cost 5 Canadian dollars.", ""),
        ("It lies 5 nautical miles off.", ""),
        ("It has 5 flurb boats.", ""),
    ],
)
def test_a_limiting_word_that_is_not_understood_is_marked(text: str, word: str) -> None:
    assert {mention.not_understood for mention in scan(text)} == {word}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It held 5 flurb people.", "flurb"),
        ("It held 300 wet old coats.", "wet old"),
        ("It has 800 million weekly users.", ""),
        ("It has 40 more boats.", ""),
        ("It has 40 boats.", ""),
    ],
)
def test_words_that_the_unit_leaves_out_are_kept(text: str, words: str) -> None:
    assert {mention.beside_unit for mention in scan(text)} == {words}
