"""Inputs of calculations in sentences: what they measure, with an article, and never a variable."""

from dataclasses import replace

import pytest

from kb.domain.confidence import Confidence
from kb.domain.entity import Input, InputKind, ScopeValue
from kb.domain.identity import Id
from kb.numbers import read_quantity
from kb.reports.words.inputs import input_words, label_within_sentence
from kb.reports.words.outcome import stances_of_outcomes
from tests.reasoning.calculated import calculated
from tests.reasoning.story import calculation, figure, measure, told

FEES = (
    replace(measure("fee", "USD", "stock"), label="Fee of a newsletter"),
    replace(measure("worth", "USD", "stock"), label="Acme's valuation"),
    figure("$10", id="month", by="ana", of="fee", unit="USD"),
    figure("$90", id="year", by="ben", of="fee", unit="USD"),
    figure("$500", id="value", by="ben", of="worth", unit="USD"),
)
KNOWN = told(
    *FEES,
    calculation("saving", "1 - year / month / mean_months", year="figure year", month="figure month", mean_months="12"),
    calculation("share", "saving * fee / worth", saving="calculation saving", fee="figure year", worth="figure value"),
)


@pytest.mark.parametrize(
    ("formula", "path", "words"),
    [
        ("share", "worth", "Acme's valuation"),
        ("share", "saving", "the saving"),
        ("share", "saving › mean_months", "the mean months"),
        ("saving", "year", "the fee of a newsletter (year)"),
        ("saving", "month", "the fee of a newsletter (month)"),
        ("share", "saving › month", "the fee of a newsletter (saving, month)"),
        ("share", "no_longer › there", "the there"),
        ("gone", "mean_use", "the mean use"),
        ("gone", "x", "x"),
    ],
)
def test_an_input_is_named_by_what_it_measures(formula: str, path: str, words: str) -> None:
    assert input_words(KNOWN, Id(formula), path) == words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Fee of a newsletter", "fee of a newsletter"),
        ("A customer's spending", "a customer's spending"),
        ("API value of a plan", "API value of a plan"),
        ("DeepSeek's cost share", "DeepSeek's cost share"),
        ("Oslo prices", "Oslo prices"),
        ("Oslovian prices", "oslovian prices"),
    ],
)
def test_only_a_name_keeps_its_capital_within_a_sentence(label: str, words: str) -> None:
    oslo = ScopeValue(id=Id("oslo"), slug="oslo", file="words", key="place", label="Oslo")
    assert label_within_sentence(told(oslo), label) == words


def test_the_stances_behind_several_results_are_counted_once() -> None:
    fee = measure("fee", "USD", "stock", "vendor")
    figures = (
        figure("$10", id="a", by="ana", of="fee", unit="USD", vendor="acme"),
        figure("$20", id="b", by="ben", of="fee", unit="USD", vendor="bolt", stance="estimated"),
    )
    known = told(fee, *figures, calculation("c", "fee * half", fee="measure fee over vendor", half="0.5"))
    outcomes = calculated(known, "c").result.outcomes
    assert stances_of_outcomes(known, outcomes) == "all use assumed numbers, one also estimated numbers"
    bare = told(fee, *figures, calculation("c", "fee * 2", fee="measure fee over vendor"))
    assert stances_of_outcomes(bare, calculated(bare, "c").result.outcomes) == "one with an estimated number"


@pytest.mark.parametrize(
    ("label", "unit", "kind", "words"),
    [
        ("Light users in an example", "person", "count", "the number of light users in an example"),
        ("Staff who were sent a memo", "person", "count", "the number of staff who were sent a memo"),
        ("GPUs owned", "gpu", "stock", "the number of GPUs owned"),
        ("Length of an issue", "word", "count", "the length of an issue"),
        ("Fees paid in advance", "USD", "stock", "the fees paid in advance"),
        ("Acme's customers", "person", "count", "the number of Acme's customers"),
    ],
)
def test_what_is_counted_is_named_as_a_number(label: str, unit: str, kind: str, words: str) -> None:
    counted = replace(measure("counted", unit, kind), label=label)
    acme = ScopeValue(id=Id("acme"), slug="acme", file="words", key="vendor", label="Acme")
    known = told(
        acme,
        counted,
        figure(f"3 {unit}" if unit != "USD" else "$3", id="three", of="counted", unit=unit),
        calculation("c", "n * 2", n="figure three"),
    )
    assert input_words(known, Id("c"), "n") == words


@pytest.mark.parametrize(
    ("amount", "sure", "constant"),
    [
        ("12 months", "almost certain", True),
        ("1 bank", "almost certain", True),
        ("12 months", "likely", False),
        ("about 12 months", "almost certain", False),
        ("11 to 12 months", "almost certain", False),
        ("at least 12 months", "almost certain", False),
    ],
)
def test_only_an_exact_assumption_beyond_doubt_is_a_constant(amount: str, sure: str, constant: bool) -> None:
    entry = Input(name="x", kind=InputKind.ASSUMED, quantity=read_quantity(amount), confidence=Confidence(sure))
    assert entry.is_constant is constant
    assert not replace(entry, of=Id("measure")).is_constant
