"""What is doubtful is said and stops nobody: a value that is not what its literal says, words that stand twice."""

from decimal import Decimal

import pytest

from kb.domain.entity import Figure, Source
from kb.intake.value_checks import contradicts
from kb.numbers import read_quantity
from kb.reports.words.amount import quantity_words
from tests.intake.shelf import SOURCE, Shelf


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("$2,000", "$200 / month"),
        ("$200", "$2,000 / month"),
        ("$2 million", "$2 billion"),
        ("1.1 亿美元", "$1.1 trillion"),
        ("negative 25%", "25%"),
        ("75%", "7.5%"),
        ("$2-3k", "$2-30k"),
        ("40 out of 45", "90%"),
        ("ten times", "100x"),
        ("$8", "$8000 / month"),
        ("a fee of $40, all told", "$45"),
    ],
)
def test_a_value_contradicts_a_literal_that_says_another_number(literal: str, value: str) -> None:
    assert contradicts(literal, value, read_quantity(value, "USD"))


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("$8000", "$8000 / month"),
        ("8000", "$8000 / month"),
        ("$2", "$2-3k / month"),
        ("$2-3k", "upward of $2,000-3,000 / month"),
        ("$3–$15", "$3 / Mtoken"),
        ("$200", "$200 billion"),
        ("thirty", "$30 billion"),
        ("exceeded thirty billion dollars", "over $30 billion"),
        ("$24,000 a year", "$2,000 / month"),
        ("1.1 万亿美元", "$1.1 trillion"),
        ("75", "75%"),
        ("0.75", "75%"),
        ("40 out of 45", "89%"),
        ("25%", "negative 25%"),
        ("25%", "-25%"),
        ("8 PR people", "8 people"),
        ("80/20", "about 20%"),
        ("$2 for $1", "0.5x"),
        ("dozens", "36 people"),
        ("the entire budget", "100%"),
    ],
)
def test_a_literal_may_be_a_part_of_its_value_or_hold_more(literal: str, value: str) -> None:
    assert not contradicts(literal, value, read_quantity(value, "USD"))


def test_a_value_that_is_not_its_literal_is_a_warning_at_the_value(shelf: Shelf) -> None:
    figures = (
        "figures:\n"
        "  - {id: fee, measure: fee, value: $200 / month, at: 'L1 \"$2,000\"'}\n"
        "  - {id: share, measure: share, value: 20%, at: 'L2 \"20%\"', also: 'L3 \"30%\"'}\n"
        "  - {id: part, measure: share, value: 1 of 4, at: L4, as-written: one in five}\n"
    )
    shelf.put(deck=SOURCE + figures)
    hint = "write the number as the document has it, or quote the words that say this one"
    assert shelf.problems() == []
    assert shelf.warnings() == [
        f"deck.yaml:5:36: the value '$200 / month' is not what its literal \"$2,000\" says — {hint}",
        f"deck.yaml:6:67: the value '20%' is not what its literal \"30%\" says — {hint}",
        f"deck.yaml:7:39: the value '1 of 4' is not what its literal \"one in five\" says — {hint}",
    ]
    assert len(shelf.bring_in()) > 0


UNDERIVED = "this is said to be derived, and nothing shows from what"
DERIVED = f"""\
{SOURCE}figures:
  - {{id: part, measure: share, value: 40%, at: L2}}
  - {{id: rest, measure: share, value: 60%, at: L3, stance: derived}}
claims:
  - {{id: most, text: Most is left., at: L3, stance: derived}}
"""


CHECKED = "name the figures under derived-from:, let a calculation check it (checks:)"


def test_what_is_derived_from_nothing_is_doubted(shelf: Shelf) -> None:
    shelf.put(deck=DERIVED)
    assert shelf.problems() == []
    assert shelf.warnings() == [
        f"deck.yaml:6:60: {UNDERIVED} — {CHECKED}, or write stance: asserted",
        f"deck.yaml:8:53: {UNDERIVED} — add rests-on: with what it is derived from, or write stance: asserted",
    ]


SUM = "calculations:\n  - {id: left, label: Left, formula: 1 - p, inputs: {p: part}, checks: [rest]}\n"
REASON = "arguments:\n  - {id: so, premises: [part], supports: most, text: What is not part is left.}\n"


@pytest.mark.parametrize("grounds", ["rests-on: [part]", "holds-if: left > 50%", "stance: asserted"])
def test_a_claim_that_shows_its_grounds_is_not_doubted(shelf: Shelf, grounds: str) -> None:
    claim = "text: Most is left., at: L3, stance: derived"
    shown = claim.replace("stance: derived", grounds if "stance" in grounds else f"stance: derived, {grounds}")
    shelf.put(deck=DERIVED.replace(claim, shown) + SUM)
    assert (shelf.problems(), shelf.warnings()) == ([], [])


def test_neither_is_a_figure_that_repeats_another_and_a_claim_that_an_argument_supports(shelf: Shelf) -> None:
    shelf.put(
        deck=DERIVED.replace("60%, at: L3, stance: derived", "40%, at: L3, stance: derived, repeats: part") + REASON
    )
    assert (shelf.problems(), shelf.warnings()) == ([], [])


FIGURES = """\
figures:
  - {id: fee, measure: fee, value: $40 / month, at: L1}
  - {id: cut, measure: share, value: 1%, at: L2}
"""
DECK = SOURCE + FIGURES


def test_a_file_under_a_new_name_is_asked_about(shelf: Shelf) -> None:
    shelf.put(deck=DECK).bring_in()
    shelf.take("deck").put(slides=DECK.replace("id: deck", "id: slides"))
    planned = shelf.planned()
    what = "this file says what 'deck' said: is it a new name?"
    hint = "write was: deck below its id, or import with --prune if it is another"
    assert shelf.said(planned) == [f"slides.yaml:2:5: {what} — {hint}"]
    assert shelf.planned(prune=True).problems == ()


def test_was_says_that_a_file_has_a_new_name(shelf: Shelf) -> None:
    shelf.put(deck=DECK).bring_in()
    before = shelf.entity(Source, "deck").id
    shelf.take("deck").put(slides=DECK.replace("id: deck", "id: slides\nwas: deck")).bring_in()
    assert shelf.entity(Source, "slides").id == before


def test_a_file_that_says_something_else_is_new(shelf: Shelf) -> None:
    shelf.put(deck=DECK).bring_in()
    other = DECK.replace("$40", "$50").replace("1%", "2%").replace("The deck", "Slides")
    shelf.take("deck").put(slides=other.replace("id: deck", "id: slides"))
    assert shelf.planned().problems == ()


def test_a_copy_beside_its_original_is_a_file_of_its_own(shelf: Shelf) -> None:
    shelf.put(deck=DECK).bring_in()
    shelf.put(slides=DECK.replace("id: deck", "id: slides"))
    assert shelf.planned().problems == ()


def test_shared_words_under_a_new_file_name_say_what_to_write(shelf: Shelf) -> None:
    shelf.bring_in()
    vocabulary = (shelf.folder / "vocabulary.yaml").read_text()
    shelf.take("vocabulary").put(words=vocabulary.replace("id: vocabulary", "id: words"))
    hint = "if this file was called 'vocabulary', write was: vocabulary below its id; else take another id"
    assert shelf.problems()[0] == f"words.yaml:4:9: the measure 'fee' is declared by the file 'vocabulary' — {hint}"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("5", "'5' of a share is 500% — write '5%', or '500%'"),
        ("'40'", "'40' of a share is 4000% — write '40%', or '4000%'"),
        ("1", "'1' of a share is 100% — write '1%', or '100%'"),
        ("5 to 10", "'5 to 10' of a share is 500 to 1000% — write '5 to 10%', or '500 to 1000%'"),
        ("40 or more", "'40 or more' of a share is 4000% — write '40% or more', or '4000%'"),
        ("forty", "'forty' of a share is 4000% — write 'forty percent', or '4000%'"),
        ("-2.5", "'-2.5' of a share is -250% — write '-2.5%', or '-250%'"),
    ],
)
def test_a_bare_number_above_one_is_doubted_as_a_share(shelf: Shelf, value: str, told: str) -> None:
    shelf.put(deck=SOURCE + f"figures:\n  - {{id: cut, measure: share, value: {value}, at: L2}}\n")
    assert shelf.problems() == []
    assert [warning.partition(": ")[2] for warning in shelf.warnings()] == [told]


@pytest.mark.parametrize(
    "value", ["5%", "500%", "0.5", "0.5 to 1", "3 in 5", "two thirds", "5 percent", "40 out of 45", "-0.25", "5x"]
)
def test_a_share_that_is_plain_is_not_doubted(shelf: Shelf, value: str) -> None:
    shelf.put(deck=SOURCE + f"figures:\n  - {{id: cut, measure: share, value: {value}, at: L2}}\n")
    assert shelf.warnings() == []


@pytest.mark.parametrize("unit", ["percent", "percentage"])
def test_a_bare_number_of_a_measure_in_percent_is_in_percent(shelf: Shelf, unit: str) -> None:
    cut = f"\nmeasures:\n  - {{id: cut, label: Cut, unit: {unit}, kind: ratio}}\n"
    shelf.put(deck=SOURCE + cut + "figures:\n  - {id: cut, measure: cut, value: 5, at: L2}\n")
    assert shelf.warnings() == []
    shelf.bring_in()
    assert shelf.entity(Figure, "deck/cut").quantity.low == Decimal("0.05")


def test_a_bare_number_of_another_measure_is_not_doubted(shelf: Shelf) -> None:
    times = "\nmeasures:\n  - {id: times, label: Times, unit: multiple, kind: ratio}\n"
    figures = "figures:\n  - {id: cut, measure: times, value: 5, at: L2}\n"
    shelf.put(deck=SOURCE + times + figures)
    assert shelf.warnings() == []


@pytest.mark.parametrize(
    ("issued", "accessed", "is_early"),
    [
        ("2026-06-15", "2019-01-01", True),
        ("2026-06", "2026-05-31", True),
        ("2999-01-01", "2026", True),
        ("2026-06-15", "2026", False),
        ("2026", "2026-01-01", False),
        ("{date: 2027, inferred: the events}", "2026-12-31", True),
    ],
)
def test_a_source_is_not_seen_before_it_appears(shelf: Shelf, issued: str, accessed: str, is_early: bool) -> None:
    dated = SOURCE.replace("language: en", f"language: en, issued: {issued}, accessed: {accessed}")
    shelf.put(deck=dated)
    assert shelf.problems() == []
    assert any("before it was issued" in warning for warning in shelf.warnings()) == is_early


AGE = """\
measures:
  - {id: age, label: Age, kind: duration, unit: year}
figures:
  - {id: stated, measure: age, at: L1"""


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("45 ± 0 years", "a margin of 0 is none"),
        ("45 ± -3 years", "a margin is never negative"),
        ("45 years ± 3 km", "the margin is in another unit than its number"),
        ("45 (100% CI 42–48) years", "no interval has a level of 100%"),
        ("45 (95% CI 50-60) years", "45 does not lie between 50 and 60"),
    ],
)
def test_a_margin_that_means_nothing_is_a_problem(shelf: Shelf, value: str, what: str) -> None:
    [problem] = shelf.put(deck=f"{SOURCE}{AGE}, value: {value}}}\n").problems()
    assert what in problem


def test_a_margin_larger_than_its_number_is_a_warning(shelf: Shelf) -> None:
    shelf.put(deck=f"{SOURCE}{AGE}, value: 45 ± 60 years}}\n")
    assert shelf.problems() == []
    assert any("the margin of '45 ± 60 years' is larger than its number" in warning for warning in shelf.warnings())


LOAD = "measures:\n  - {id: load, label: Load, unit: fraction, kind: %s, within: %s}\n"
LOADED = "figures:\n  - {id: stated, measure: load, at: L1, value: 400%}\n"


def test_a_share_above_the_whole_is_a_warning_once_its_range_is_declared(shelf: Shelf) -> None:
    shelf.put(deck=SOURCE + LOAD % ("ratio", "0% to 100%") + LOADED)
    assert shelf.problems() == []
    assert any("'400%' lies outside of what 'load' can be (0% to 100%)" in warning for warning in shelf.warnings())


@pytest.mark.parametrize(("kind", "within"), [("count", "0% to 100%"), ("ratio", "100%"), ("ratio", "0 to 100 USD")])
def test_only_a_ratio_has_a_range_of_ratios(shelf: Shelf, kind: str, within: str) -> None:
    problems = shelf.put(deck=SOURCE + LOAD % (kind, within)).problems()
    assert any("range" in problem for problem in problems)


GAIN = "measures:\n  - {id: gain, label: Gain, unit: percentage-point, kind: ratio}\nfigures:\n"


def test_percentage_points_are_a_unit_of_their_own(shelf: Shelf) -> None:
    figures = "  - {id: gained, measure: gain, at: L1, value: about 2.5 percentage points}\n"
    shelf.put(deck=SOURCE + GAIN + figures).bring_in()
    gained = shelf.entity(Figure, "deck/gained").quantity
    assert (gained.low, gained.unit, gained.granularity) == (Decimal("2.5"), "percentage-point", Decimal("0.1"))
    assert quantity_words(gained) == "about 2.5 percentage points"


@pytest.mark.parametrize("value", ["2 percentage points", "5 points", "about 2.5 points"])
def test_a_measure_of_shares_refuses_percentage_points(shelf: Shelf, value: str) -> None:
    share = GAIN.replace("percentage-point", "fraction")
    figure = f"  - {{id: gained, measure: gain, at: L1, value: {value}}}\n"
    [problem] = shelf.put(deck=SOURCE + share + figure).problems()
    assert f"'{value}' is a difference in percentage points, but 'gain' is a share" in problem


def test_per_cent_are_no_percentage_points(shelf: Shelf) -> None:
    [problem] = shelf.put(deck=SOURCE + GAIN + "  - {id: gained, measure: gain, at: L1, value: 2%}\n").problems()
    assert "'2%' is in per cent, but 'gain' is measured in percentage points" in problem


LAG = (
    "measures:\n  - {id: lag, label: Lag, unit: %s, kind: %s}\n"
    "figures:\n  - {id: stated, measure: lag, at: L1, value: %s}\n"
)


@pytest.mark.parametrize(
    ("unit", "kind", "value"),
    [
        ("day", "duration", "-3 days"),
        ("day", "duration", "minus 3 days"),
        ("hour", "duration", "-2 h"),
        ("person", "count", "-3 people"),
        ("day", "duration", "-5 to -3 days"),
    ],
)
def test_an_amount_below_zero_that_cannot_be_is_a_warning(shelf: Shelf, unit: str, kind: str, value: str) -> None:
    shelf.put(deck=SOURCE + LAG % (unit, kind, value))
    assert shelf.problems() == []
    assert [warning.partition(": ")[2].partition(" —")[0] for warning in shelf.warnings()] == [
        f"'{value}' is below zero, and no {kind} can be"
    ]


@pytest.mark.parametrize(
    ("unit", "kind", "value"),
    [
        ("USD", "stock", "-3 USD"),
        ("fraction", "ratio", "-3%"),
        ("day", "duration", "0 days"),
        ("day", "duration", "3 days"),
    ],
)
def test_an_amount_that_can_be_below_zero_is_not_doubted(shelf: Shelf, unit: str, kind: str, value: str) -> None:
    shelf.put(deck=SOURCE + LAG % (unit, kind, value))
    assert (shelf.problems(), shelf.warnings()) == ([], [])


@pytest.mark.parametrize("value", ["'null'", '"Null"', "null people", "'Null people'", "'null Tage'"])
def test_null_is_no_zero_in_a_value(shelf: Shelf, value: str) -> None:
    [problem] = shelf.put(deck=SOURCE + LAG % ("person", "count", value)).problems()
    assert "may mean nothing or zero — write 0" in problem
