"""Short words of the pages: how two numbers lie, what a unit equals, how exact a number is, which line is which."""

import pytest

from kb.domain.entity import AnyEntity
from kb.reports.evidence import figure as figure_page
from kb.reports.evidence import source as source_page
from kb.reports.finding import finding_sheet
from kb.reports.page import PairingRow
from kb.reports.row import finding_row
from kb.reports.vocabulary import unit as unit_page
from kb.reports.vocabulary import units
from kb.reports.words.unit_names import unit_words
from tests.reasoning.story import calculation, figure, measure, source, unit
from tests.reports.seen import seen


def pair(*entities: AnyEntity) -> PairingRow:
    view = seen(measure(), *entities)
    [finding] = view.findings
    [row] = finding_sheet(view, finding).pairings
    return row


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("$2,000-3,000 / month", "$2,500-4,000 / month", "the two overlap"),
        ("$2,000-3,000 / month", "$2,000-6,000 / month", "the first lies within the second"),
        ("at least $8,000 / month", "$14k / month", "compatible, because one is only a limit"),
        ("$8,200 / month", "$8k / month", "rounding explains the difference"),
        ("$8k / month", "$14k / month", "the two do not meet"),
    ],
)
def test_the_relation_of_two_numbers_agrees_with_their_verdict(first: str, second: str, relation: str) -> None:
    assert pair(figure(first), figure(second, by="memo")).relation == relation


def test_two_numbers_of_one_voice_are_told_apart_by_their_lines() -> None:
    row = pair(figure("$8k / month", line=3), figure("$14k / month", line=9))
    assert (row.left_label, row.right_label) == ("Deck (line 3)", "Deck (line 9)")


@pytest.mark.parametrize(
    ("said", "name", "shown"),
    [
        ("1x", "multiple", "1×"),
        ("40x", "multiple", "40 times"),
        ("1-3x", "multiple", "1–3 times"),
        ("60 seconds", "second", "60 seconds"),
        ("1 second", "second", "one second"),
    ],
)
def test_a_number_agrees_with_its_noun(said: str, name: str, shown: str) -> None:
    page = figure_page(seen(measure(unit=name, kind="ratio"), figure(said, id="it", unit=name)), "it")
    assert page
    assert page.title == shown


@pytest.mark.parametrize(
    ("said", "name", "shown"),
    [
        ("$8k / month", "USD/month", "to the nearest $1,000"),
        ("75%", "fraction", "to the nearest percentage point"),
        ("40 of 45", "fraction", "no rounding"),
        ("9 out of 10", "fraction", "no rounding"),
        ("40x", "multiple", "to the nearest 10"),
        ("12,000 people", "person", "to the nearest 1,000 people"),
    ],
)
def test_the_precision_of_a_number_has_its_unit(said: str, name: str, shown: str) -> None:
    page = figure_page(seen(measure(unit=name), figure(said, id="it", unit=name)), "it")
    assert page
    assert {part.name: part.value for part in page.parts}["Precision"] == shown


def test_a_unit_is_told_in_the_plural_of_what_it_equals() -> None:
    view = seen(unit("fortnight", "14 day"))
    page = unit_page(view, "fortnight")
    assert page
    assert page.row.comes_to == "1,209,600 seconds"
    equals = {standard.name: standard.equals for standard in units(view).standard}
    assert (equals["minute"], equals["month"]) == ("60 seconds", "1/12 year")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("USD/month", "USD a month"),
        ("fraction", "per cent"),
        ("multiple", "times"),
        ("person", "people"),
        ("organization", "organisations"),
    ],
)
def test_the_unit_of_a_measure_is_no_symbol_of_ours(name: str, words: str) -> None:
    assert unit_words(name) == words


def test_a_computed_number_is_named_within_a_sentence() -> None:
    view = seen(
        measure(), figure("$8k / month", id="a"), figure("$9k / month", by="memo", id="b"),
        calculation("twice", "x * 2", x="figure a", checks=("b",)),
    )  # fmt: skip
    between = {name for finding in view.findings for name in finding_row(view, finding).between}
    assert "a calculated number" in between
    assert "Calculated" not in between


def test_a_source_names_its_language_and_its_title_only_once() -> None:
    page = source_page(seen(source("deck", title="Deck", language="zh-Hans")), "deck")
    assert page
    fields = {field.name: field.value for field in page.fields}
    assert fields["Language"] == "Chinese"
    assert "Title" not in fields
