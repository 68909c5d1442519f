"""Two names may be one where they differ in how they are written; in what they tell apart they never are."""

from string import ascii_lowercase

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reasoning.resolution.clustering import NameLookup, cluster_names, typo_pairs
from kb.reasoning.resolution.similarity import SUGGESTION_THRESHOLD, similarity
from kb.reasoning.resolution.spelling import spelling


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
    assert found.reason == reason
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
    assert cluster_names([left, right]).representative.tolist() == [0, 1]


def test_each_name_is_led_to_the_spelling_that_is_used_most() -> None:
    names = ["Acme Worsk", "Acme Works", "ACME WORKS INC", "Brine Foods"]
    found = cluster_names(names, np.array([1, 7, 2, 4]))
    assert [names[place] for place in found.target] == ["Acme Works", "Acme Works", "Acme Works", "Brine Foods"]


def test_two_spellings_that_are_both_in_use_are_no_slips_of_each_other() -> None:
    names = ["Amber Logistics", "Ambler Logistics"]
    assert cluster_names(names, np.array([9, 1])).representative.tolist() == [0, 0]
    assert cluster_names(names, np.array([9, 3])).representative.tolist() == [0, 1]


def test_a_slip_of_a_slip_leads_to_the_same_name() -> None:
    names = ["Ambler Logistics", "Amber Logistics", "Amber Logistic"]
    found = cluster_names(names, np.array([5, 2, 1]))
    assert found.target.tolist() == [0, 0, 1]
    assert found.representative.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AMBER LOGISTICS, Inc.", 0),
        ("Logistics Amber", 0),
        ("Amberr Logistics", 0),
        ("Brime Foods", 1),
        ("AmberLogistics", 0),
        ("Amber Foods", None),
        ("Crane Shipping", None),
    ],
)
def test_a_new_name_finds_the_one_it_may_be(name: str, expected: int | None) -> None:
    known = ["Amber Logistics", "Brine Foods", "Brine Foodss"]
    assert NameLookup(known, cluster_names(known, np.array([3, 2, 1]))).representative(name) == expected


def test_no_names_have_no_kin() -> None:
    assert cluster_names([]).representative.tolist() == []


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
    found = typo_pairs(spelled, np.ones(2, np.int64))
    alike = similarity(left, right)
    expected = [alike.score] if alike.typo != ("", "") else []
    assert found.score.tolist() == pytest.approx(expected)


@settings(max_examples=100)
@given(names)
def test_a_name_is_led_only_to_one_that_it_is_like(known: list[str]) -> None:
    known = list(dict.fromkeys(known))
    for name, lead in zip(known, cluster_names(known).target.tolist(), strict=True):
        assert name == known[lead] or similarity(name, known[lead]).score >= SUGGESTION_THRESHOLD
