"""What a margin makes of two numbers, or of a dozen: polls, measurements, tolerances."""

from decimal import Decimal
from fractions import Fraction
from math import exp, gamma

import pytest

from kb.domain.finding import FindingKind, Verdict
from kb.reasoning.comparison.margins import deviations_of, five_per_cent_quantile
from kb.reasoning.findings.position import positions
from kb.reports.words.amount import quantity_words
from tests.reasoning.story import figure, measure, quantity, told
from tests.reasoning.worded import WordedFinding, worded_findings

AGREEMENT, ROUNDING, TENSION, CONFLICT = Verdict.AGREEMENT, Verdict.ROUNDING, Verdict.TENSION, Verdict.CONFLICT


def stated(*texts: str, unit: str = "year", kind: str = "duration") -> list[WordedFinding]:
    """The findings on one number from each of several independent sources."""
    voices = ("ana", "ben", "cleo", "dan", "eve")
    figures = (figure(text, by=by, id=by, unit=unit) for text, by in zip(texts, voices, strict=False))
    return list(worded_findings(told(measure("value", unit, kind), *figures)))


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        # standard deviations: the combined one is 5, so that 9.8 years are just within
        ("45 ± 3 years (SD)", "54 ± 4 years (SD)", AGREEMENT),
        ("45 ± 3 years (SD)", "55 ± 4 years (SD)", CONFLICT),
        ("45 ± 3 years (SE)", "55 ± 4 years (SE)", CONFLICT),
        # a 95 % interval is 1.96 standard deviations each way
        ("45 (95% CI 42-48) years", "49 (95% CI 46-52) years", AGREEMENT),
        ("45 (95% CI 42-48) years", "50 (95% CI 47-53) years", CONFLICT),
        ("95% CI 42-48 years", "50 (95% CI 47-53) years", CONFLICT),
        # the same margins at 68 % are nearly twice as wide
        ("45 (68% CI 42-48) years", "50 (68% CI 47-53) years", AGREEMENT),
        # what the margin means is not stated
        ("45 ± 3 years", "54 ± 4 years", AGREEMENT),
        ("45 ± 3 years", "55 ± 4 years", TENSION),
        ("45 ± 3 years (SD)", "75 ± 4 years", TENSION),
        # a number without a margin
        ("45 ± 3 years (SD)", "50 years", AGREEMENT),
        ("45 ± 3 years (SD)", "51 years", ROUNDING),
        ("45 ± 3 years (SD)", "52 years", CONFLICT),
        ("45 ± 3 years (SD)", "about 56 years", AGREEMENT),
        ("45 ± 3 years (SD)", "at least 49 years", AGREEMENT),
        ("45 ± 3 years (SD)", "at least 60 years", CONFLICT),
        ("45 ± 3 years (SD)", "45 years", AGREEMENT),
        # a margin larger than its number
        ("0.3 ± 0.5 years (SD)", "1.1 years", AGREEMENT),
        # of two margins, the one on the side of the other number counts
        ("45 +1/-4 years (SD)", "41 ± 1 years (SD)", AGREEMENT),
        ("45 +1/-4 years (SD)", "49 ± 1 years (SD)", CONFLICT),
    ],
)
def test_numbers_with_margins_are_compared_by_them(left: str, right: str, wanted: Verdict) -> None:
    for texts in ((left, right), (right, left)):
        [found] = stated(*texts)
        assert found.verdict is wanted, found.explanation


@pytest.mark.parametrize(("second", "wanted"), [("51%", AGREEMENT), ("52%", CONFLICT)])
def test_the_plus_or_minus_of_a_poll_is_a_95_per_cent_interval(second: str, wanted: Verdict) -> None:
    margin = ", plus or minus 3 points"
    [found] = stated(f"47%{margin}", f"{second}{margin}", unit="fraction", kind="ratio")
    assert found.verdict is wanted


@pytest.mark.parametrize(("second", "wanted"), [("45.3 mm", AGREEMENT), ("46.3 mm", CONFLICT)])
def test_a_tolerance_is_a_range(second: str, wanted: Verdict) -> None:
    [found] = stated("45 mm ± 0.5 mm (tolerance)", second, unit="mmetre", kind="stock")
    assert found.verdict is wanted
    assert "45 ± 0.5 mm (tolerance)" in found.explanation


def test_the_page_says_how_many_standard_deviations_lie_between() -> None:
    [found] = stated("45 ± 3 years (SD)", "60 ± 4 years (SD)")
    assert (found.pairings[0].deviations, found.pairings[0].birge_ratio) == (Decimal(3), Decimal(3))
    assert "They differ by 3 combined standard deviations, more than chance explains" in found.explanation


def test_the_farther_apart_in_standard_deviations_the_graver() -> None:
    severities = [stated("45 ± 3 years (SD)", f"{value} ± 4 years (SD)")[0].severity for value in (52, 56, 61, 71, 145)]
    assert severities == sorted(severities)
    assert severities[0] == 0 < severities[1] < Decimal("0.2") < severities[-1] < 1


def test_many_numbers_are_one_position_while_one_value_is_possible() -> None:
    # The extremes alone would conflict: 2.1 combined standard deviations.
    [found] = stated(
        "42 ± 1 years (SD)", "43 ± 1 years (SD)", "43.5 ± 1 years (SD)", "44 ± 1 years (SD)", "45 ± 1 years (SD)"
    )
    assert (found.kind, found.verdict) == (FindingKind.CORROBORATION, AGREEMENT)
    assert "All numbers together scatter 1.1 times as far as their margins say" in found.explanation


def test_numbers_of_two_values_are_two_positions_that_conflict() -> None:
    texts = ("45 ± 2 years (SD)", "46 ± 2 years (SD)", "60 ± 2 years (SD)", "61 ± 2 years (SD)")
    found = stated(*texts)
    [conflict] = [finding for finding in found if finding.verdict is CONFLICT]
    assert {frozenset(finding.figures) for finding in found if finding.kind is FindingKind.CORROBORATION} == {
        frozenset({"ana", "ben"}),
        frozenset({"cleo", "dan"}),
    }
    assert conflict.pairings[0].deviations == Decimal("7.5")
    assert "more than numbers of one value would" in conflict.explanation


def test_a_number_without_its_margin_confirms_the_one_with_it() -> None:
    known = told(
        measure("value", "year", "duration"),
        *(figure(text, by=by, unit="year") for text, by in (("45 ± 3 years (SD)", "ana"), ("45 years", "ben"))),
    )
    [position] = positions(known, measure("value").id)
    assert len(position.figures) == 2


def test_a_period_or_a_currency_does_not_change_what_a_margin_says() -> None:
    by_month, by_year = "$45 / month ± $3 (SD)", "$720 / year ± $48 (SD)"
    [mixed] = stated(by_month, by_year, unit="USD/month", kind="flow")
    [same] = stated(by_month, "$60 / month ± $4 (SD)", unit="USD/month", kind="flow")
    assert (mixed.verdict, mixed.severity) == (same.verdict, same.severity) == (CONFLICT, same.severity)


def chi_square_below(value: float, degrees: int) -> float:
    """The probability that chi-square stays below ``value``: the series of the incomplete gamma function."""
    half, shape = value / 2, degrees / 2
    terms, term = 0.0, 1 / shape
    for step in range(1, 2_000):
        terms += term
        term *= half / (shape + step)
    return terms * half**shape * exp(-half) / gamma(shape)


@pytest.mark.parametrize("degrees", [1, 2, 3, 5, 10, 11, 20, 29, 30, 31, 60, 150])
def test_one_in_twenty_lies_beyond_the_quantile(degrees: int) -> None:
    assert abs(chi_square_below(float(five_per_cent_quantile(degrees)), degrees) - 0.95) < 1e-4


def test_for_two_numbers_the_test_is_that_of_1_96_standard_deviations() -> None:
    assert abs(deviations_of(Fraction(95, 100)) ** 2 - five_per_cent_quantile(1)) < Fraction(1, 10**5)


@pytest.mark.parametrize("level", ["0.0000000001", "0.99999999999999999999"])
def test_an_interval_of_any_level_has_a_width(level: str) -> None:
    assert 0 < deviations_of(Fraction(level)) < 10


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("45 ± 3 years (SD)", "45 ± 3 years (standard deviation)"),
        ("51 ± 1 years (SD)", "51 ± 1 year (standard deviation)"),
        ("3 million ± 200,000 years (SE)", "3 million years ± 200,000 years (standard error)"),
        ("about 45 ± 3 years (SD)", "about 45 ± 3 years (standard deviation)"),
    ],
)
def test_a_margin_names_the_unit_of_both_numbers_once(said: str, shown: str) -> None:
    assert quantity_words(quantity(said, "year")) == shown
