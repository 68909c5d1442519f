"""Two names may be one where they differ in how they are written; in what they tell apart they never are."""

from dataclasses import replace
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reasoning.resolution.similarity import SUGGESTION_THRESHOLD, similarity
from kb.reasoning.resolution.spelling import spelling
from kb.reasoning.resolution.suggestion import suggestions
from kb.reasoning.resolution.typo import typos
from kb.reports.words.suggestions import similarity_words
from tests.reasoning.story import term, told


def suggested(*names: str) -> list[tuple[str, str]]:
    """The pairs of vendors, each called by one of ``names``, that are suggested to be the same."""
    vendors = [replace(term(str(place)), label=name) for place, name in enumerate(names)]
    return [suggestion.names for suggestion in suggestions(told(*vendors))]


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("ACME WORKS", "Acme Works", "they differ in case, width or signs"),
        ("Ａｃｍｅ　Ｗｏｒｋｓ", "acme-works", "they differ in case, width or signs"),
        ("Société Lumière", "Societe Lumiere", "they differ in case, width or signs"),
        ("Acme Works Inc.", "Acme Works", "they differ in the legal form"),
        ("华云科技有限公司", "华云科技", "they differ in the legal form"),
        ("Acme Works, Ltd.", "Acme Works GmbH", "they differ in one legal form for another"),
        ("Works Acme", "Acme Works", "they differ in the order of words"),
        ("Works Acme Corp", "Acme Works", "they differ in the legal form and in the order of words"),
        ("Deep Water", "DeepWater", "they differ in a space"),
        ("The Bank of Acme", "Bank Acme", "they differ in small words"),
        ("GPU hour", "GPU hours", "they differ in singular and plural"),
        ("Company", "Companies", "they differ in singular and plural"),
        ("Boxes", "box", "they differ in singular and plural"),
        (
            "Hours of a GPU",
            "GPU hour",
            "they differ in the order of words, in small words and in singular and plural",
        ),
        ("St Mary's", "Saint Mary's", "they differ in a word that is written short"),
        ("St. Mary’s Trust", "Saint Marys Trust", "they differ in a word that is written short"),
        ("Main St.", "Main Street", "they differ in a word that is written short"),
        ("Warner Bros.", "Warner Brothers", "they differ in a word that is written short"),
        ("Mt Acme Farm", "Mount Acme Farms", "they differ in singular and plural and in a word that is written short"),
        ("Marks & Spencer", "Marks and Spencer", "they differ in case, width or signs"),
        ("Marks & Spencer", "Marks Spencer", "they differ in small words"),
        ("Acme Worsk", "Acme Works", "they differ in one letter (worsk, works)"),
        ("Acme Works Ltd", "Acme Workss", "they differ in the legal form and in one letter (works, workss)"),
        ("Antropic", "Anthropic", "they differ in one letter (antropic, anthropic)"),
    ],
)
def test_names_that_are_written_differently_may_be_one(left: str, right: str, reason: str) -> None:
    found = similarity(left, right)
    assert similarity_words(found) == reason
    assert found.score >= SUGGESTION_THRESHOLD
    assert similarity(right, left).score == found.score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alpha Fund 1", "Alpha Fund 2"),
        ("Alpha Fund II", "Alpha Fund III"),
        ("Seventh Street", "Eleventh Street"),
        ("GPT 4.5", "GPT 45"),
        ("Acme Works Canada", "Acme Works"),
        ("Acme Works North", "Acme Works South"),
        ("Acme Steel", "Acme Steam Steel"),
        ("Ford", "Fort"),
        ("华云科技", "华星科技"),
        ("Input price", "Output price"),
        ("Saint Mary's", "Street Mary's"),
        ("Main Street", "Main Saint"),
        ("iOS", "IO"),
        ("Bus", "Bu"),
        ("Acme Plan", "Acme Planets"),
        ("Acme Works", "Acne Worsk"),
        ("Inc", "Ltd"),
        ("More uses than GPUs", "More GPUs than uses"),
        ("From input to output", "From output to input"),
    ],
)
def test_names_that_differ_in_what_tells_them_apart_are_not_one(left: str, right: str) -> None:
    assert similarity(left, right).score < SUGGESTION_THRESHOLD
    assert suggested(left, right) == []


words = st.text(ascii_lowercase[:6], min_size=4, max_size=9)
names = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5)


@settings(max_examples=150)
@given(names, st.data())
def test_every_slip_is_found_and_scored_as_two_names_alone_are(known: list[str], data: st.DataObject) -> None:
    """Of two spellings alone, the neighbourhood finds a slip exactly where ``similarity`` sees one."""
    left = data.draw(st.sampled_from(known))
    place = data.draw(st.integers(0, len(left) - 1))
    letter = data.draw(st.sampled_from(["", *ascii_lowercase[:6]]))
    right = left[:place] + letter + left[place + data.draw(st.integers(0, 1)) :]
    spelled = [spelling(left).words, spelling(right).words]
    if spelled[0] == spelled[1] or len(set(spelled[0])) < len(spelled[0]) or len(set(spelled[1])) < len(spelled[1]):
        return
    alike = similarity(left, right)
    expected = [alike.score] if alike.typo != ("", "") else []
    assert [typo.score for typo in typos(spelled, [1, 1])] == expected


@settings(max_examples=100)
@given(names)
def test_only_names_that_are_alike_are_suggested(known: list[str]) -> None:
    for left, right in suggested(*dict.fromkeys(known)):
        assert similarity(left, right).score >= SUGGESTION_THRESHOLD
