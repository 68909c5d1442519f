"""Currencies meet by a rate that somebody recorded, of a time that is not later, and the reader is shown which."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Finding, FindingKind, MissingRate, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.intake.period import read_period
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.calculation.result import Result
from kb.reasoning.comparison.exchange import Exchange
from kb.reasoning.consensus import consensus
from kb.reasoning.findings.mention import find_exchange, time_of
from kb.reasoning.findings.position import positions
from kb.reports.words.finding import finding_sentence
from kb.reports.words.rates import missing_rate_words, rate_words
from tests.reasoning.calculated import Calculated, calculated
from tests.reasoning.story import calculation, figure, measure, source, told
from tests.reasoning.worded import worded_findings

FEE = measure("fee", "USD/month", "price", "vendor", "as-of")
CNY = measure("yuan-a-dollar", "CNY/USD", "exchange-rate", "as-of", "period")
EUR = measure("euros-a-dollar", "EUR/USD", "exchange-rate", "as-of", "period")


def on(text: str) -> ScopeSelection:
    found = read_period(text)
    assert isinstance(found, ScopeSelection)
    return found


def rate(said: str, at: str = "2026-03", *, of: str = "yuan-a-dollar", by: str = "bank", **about: str) -> Figure:
    return figure(said, of=of, by=by, id=about.pop("id", ""), as_of=on(at), **about)  # type: ignore[arg-type]


def fee(said: str, by: str, at: str = "2026-03", **about: str) -> Figure:
    return figure(said, of="fee", by=by, as_of=on(at), **about)  # type: ignore[arg-type]


def findings(*entities: AnyEntity) -> list[Finding]:
    return [one for one in worded_findings(told(*entities)) if one.measure == "fee"]


def sentences(*entities: AnyEntity) -> list[str]:
    """What a reader is shown of the findings on the fee."""
    return [finding.explanation for finding in worded_findings(told(*entities)) if finding.measure == "fee"]


def only(found: Iterable[Finding]) -> Finding:
    (one,) = found
    return one


def test_amounts_in_two_currencies_meet_by_the_recorded_rate_and_the_sentence_shows_it() -> None:
    said = (FEE, CNY, rate("7.0 yuan per dollar"), fee("¥1,400 / month", "shop"), fee("$200 / month", "mall"))
    found, [sentence] = only(findings(*said)), sentences(*said)
    assert found.verdict is Verdict.AGREEMENT
    assert "CN¥1,400 a month (that is $200 a month at CN¥7.00 per dollar, as Bank said for March 2026)" in sentence
    assert [str(id) for id in found.rates] == [id for id in found.rates if id.startswith("figure-")]


def test_a_rate_is_an_input_of_the_digest() -> None:
    said = (fee("¥1,400 / month", "shop", id="one"), fee("$210 / month", "mall", id="two"))
    digests = {
        only(findings(FEE, CNY, rate(text, id="rate"), *said)).digest
        for text in ("7.0 yuan per dollar", "6.9 yuan per dollar", "about 7.0 yuan per dollar")
    }
    assert len(digests) == 3


def test_without_a_rate_they_are_not_comparable_and_the_reader_learns_what_to_record() -> None:
    said = (FEE, CNY, fee("¥1,400 / month", "shop"), fee("$200 / month", "mall"))
    found, [sentence] = only(findings(*said)), sentences(*said)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert "no recorded rate from CNY to USD by 31 March 2026" in sentence
    assert "Record it as a figure of a measure of kind exchange-rate in CNY/USD" in sentence


def test_different_things_in_different_currencies_need_no_rate() -> None:
    two = (fee("¥1,400 / month", "shop", vendor="north"), fee("$200 / month", "mall", vendor="south"))
    assert findings(FEE, CNY, *two) == []


def test_an_amount_is_never_converted_by_a_rate_of_a_later_time() -> None:
    found = only(
        findings(
            FEE, CNY, rate("7.0 yuan per dollar", "2026-04"), fee("¥1,400 / month", "shop"), fee("$200 / month", "mall")
        )
    )
    assert found.verdict is Verdict.NOT_COMPARABLE


def by_rate(knowledge: Knowledge, given: str, wanted: str, at: str) -> Exchange | MissingRate:
    days = on(at)
    assert days.start and days.end
    return find_exchange(knowledge, given, wanted, (days.start, days.end))


def stated(found: Exchange | MissingRate) -> Interval:
    assert isinstance(found, Exchange), found
    return found.spans["stated"]


@pytest.mark.parametrize(
    ("at", "low", "high"),
    [
        ("2026-03", 7, 7),  # its own month goes before the year around it
        ("2026-03-15", 7, 7),  # the narrowest stretch that holds it
        ("2026-05", 8, 8),  # the year holds it
        ("2026", 8, 8),
        ("2025-06", 6, 6),  # the last one before
        ("2027", 8, 8),
        ("2026-Q2", 8, 8),
    ],
)
def test_the_nearest_rate_that_is_not_later_counts(at: str, low: int, high: int) -> None:
    known = told(CNY, rate("6 CNY/USD", "2024"), rate("7 CNY/USD", "2026-03"), rate("8 CNY/USD", "2026"))
    assert stated(by_rate(known, "USD", "CNY", at)) == Interval(Fraction(low), Fraction(high))


def test_over_a_year_whose_months_have_rates_the_interval_over_them_counts() -> None:
    known = told(CNY, *(rate(f"{7 + month / 10} CNY/USD", f"2026-0{month}") for month in (1, 2, 3)))
    assert stated(by_rate(known, "USD", "CNY", "2026")) == Interval(Fraction(71, 10), Fraction(73, 10))
    assert stated(by_rate(known, "USD", "CNY", "2026-02")) == Interval.at(Fraction(72, 10))


def test_rates_of_one_date_that_disagree_give_the_interval_over_them_and_name_both_voices() -> None:
    known = told(CNY, rate("7 CNY/USD", by="bank"), rate("8 CNY/USD", by="booth"))
    found = by_rate(known, "CNY", "USD", "2026-03")
    assert stated(found) == Interval(Fraction(1, 8), Fraction(1, 7))
    assert isinstance(found, Exchange)
    assert rate_words(known, found) == "CN¥7–8 per dollar, as Bank said for March 2026 and Booth said for March 2026"


def test_a_rate_may_be_told_either_way_round() -> None:
    turned = measure("dollars-a-yuan", "USD/CNY", "exchange-rate", "as-of")
    known = told(turned, rate("$0.125 per yuan", of="dollars-a-yuan"))
    assert stated(by_rate(known, "USD", "CNY", "2026-03")) == Interval.at(8)
    assert stated(by_rate(known, "CNY", "USD", "2026-03")) == Interval.at(Fraction(1, 8))


def test_two_recorded_rates_that_meet_in_a_third_currency_join_and_both_are_said() -> None:
    known = told(CNY, EUR, rate("8 CNY/USD"), rate("0.5 EUR/USD", of="euros-a-dollar", by="ecb"))
    found = by_rate(known, "CNY", "EUR", "2026-03")
    assert stated(found) == Interval.at(Fraction(1, 16))
    assert isinstance(found, Exchange)
    both = "CN¥8 per dollar, as Bank said for March 2026 and €0.50 per dollar, as Ecb said for March 2026"
    assert rate_words(known, found) == both


def test_one_leg_alone_joins_nothing() -> None:
    known = told(CNY, EUR, rate("8 CNY/USD"))
    found = by_rate(known, "CNY", "EUR", "2026-03")
    assert isinstance(found, MissingRate)
    assert "from CNY to EUR" in missing_rate_words(known, found)


@pytest.mark.parametrize("stance", ["negated", "hypothetical", "assumed"])
def test_a_rate_that_nobody_holds_converts_nothing(stance: str) -> None:
    assert isinstance(by_rate(told(CNY, rate("8 CNY/USD", stance=stance)), "CNY", "USD", "2026-03"), MissingRate)


def test_the_hedge_of_a_rate_widens_what_it_converts() -> None:
    said = (fee("¥1,401 / month", "shop"), fee("$215 / month", "mall"))
    exact = only(findings(FEE, CNY, rate("7.00 CNY/USD"), *said))
    hedged = only(findings(FEE, CNY, rate("about 7.00 CNY/USD"), *said))
    assert (exact.verdict, hedged.verdict) == (Verdict.CONFLICT, Verdict.AGREEMENT)


def test_a_floor_under_a_rate_is_a_ceiling_over_what_it_converts() -> None:
    said = (FEE, CNY, rate("at least 7 CNY/USD"), fee("¥1,400 / month", "shop"), fee("$100 / month", "mall"))
    found, [sentence] = only(findings(*said)), sentences(*said)
    assert found.verdict is Verdict.TENSION
    assert "gives only a maximum" in sentence


def test_two_amounts_in_one_currency_are_compared_in_it_whatever_the_rates() -> None:
    said = (
        FEE,
        CNY,
        rate("between 6 and 8 CNY/USD"),
        fee("¥1,400 / month", "shop"),
        fee("¥1,600 / month", "mall"),
    )
    found, [sentence] = only(findings(*said)), sentences(*said)
    assert found.verdict is Verdict.CONFLICT
    assert (found.rates, "$" in sentence) == ((), False)


def test_a_figure_without_a_date_takes_the_day_on_which_its_source_appeared() -> None:
    plain = measure("fee", "USD/month", "price", "vendor")
    said = (figure("¥1,400 / month", of="fee", by="shop"), figure("$200 / month", of="fee", by="mall"))
    of_march = source("shop", issued="2026-03-10"), source("mall", issued="2026-03")
    assert only(findings(plain, CNY, *of_march, rate("7 CNY/USD"), *said)).verdict is Verdict.AGREEMENT
    [undated] = sentences(plain, CNY, rate("7 CNY/USD"), *said)
    assert "no date by which to choose a rate" in undated


def test_positions_and_consensus_are_told_in_the_measures_unit() -> None:
    known = told(FEE, CNY, rate("7 CNY/USD"), fee("¥1,400 / month", "shop"), fee("$220 / month", "mall"))
    assert {position.unit for position in positions(known, Id("fee"))} == {"USD/month"}
    (found,) = consensus(known, Id("fee"))
    assert found.interval == Interval(Fraction(200), Fraction(220))
    assert found.origins == ("Mall", "Shop")


def test_flows_convert_their_period_and_their_currency_at_once() -> None:
    revenue = measure("fee", "USD/year", "flow", "as-of")
    found = only(
        findings(revenue, CNY, rate("7 CNY/USD"), fee("¥14 million / month", "shop"), fee("$24 million / year", "mall"))
    )
    assert found.verdict is Verdict.AGREEMENT


def test_a_yearly_price_in_another_currency_is_another_offer_and_no_finding() -> None:
    assert findings(FEE, CNY, rate("7 CNY/USD"), fee("¥14,000 / year", "shop"), fee("$200 / month", "mall")) == []


def test_a_measure_counted_by_money_converts_the_other_way_round() -> None:
    yield_ = measure("fee", "token/USD", "ratio", "as-of")
    found = only(findings(yield_, CNY, rate("7 CNY/USD"), fee("100 token/CNY", "shop"), fee("700 token/USD", "mall")))
    assert found.verdict is Verdict.AGREEMENT


def test_dates_of_sources_are_read_as_stretches_of_time() -> None:
    assert date(2024, 2, 29) == by_issue("2024-02")[1]
    assert by_issue("2024") == (date(2024, 1, 1), date(2024, 12, 31))


def by_issue(text: str) -> tuple[date, date]:
    known = told(
        measure("fee", "USD", "stock"), source("shop", issued=text), figure("$1 / month", of="fee", by="shop", id="f")
    )
    found = time_of(known, known.figures[Id("f")])
    assert found
    return found


COST = measure("cost", "CNY", "stock", "as-of")
SALES = measure("sales", "USD", "stock", "as-of")
MARGIN = measure("margin", "USD", "stock", "as-of")


def cost(said: str, at: str = "2026-03") -> Figure:
    return figure(said, of="cost", by="shop", id="cost-said", as_of=on(at))


def sales(said: str) -> Figure:
    return figure(said, of="sales", by="mall", id="sales-said", as_of=on("2026-03"))


def shown(formula: str, *entities: AnyEntity, unit: str = "", **inputs: str) -> Calculated:
    sums = calculation("sum", formula, unit=unit, **inputs)
    return calculated(told(COST, SALES, MARGIN, CNY, *entities, sums), "sum")


def result(formula: str, *entities: AnyEntity, unit: str = "", **inputs: str) -> Result:
    return shown(formula, *entities, unit=unit, **inputs).result


BOTH = {"a": "figure sales-said", "b": "figure cost-said"}


def test_a_calculation_over_two_currencies_converts_by_the_recorded_rate_and_says_so() -> None:
    found = result("a - b", sales("$500"), cost("¥1,400"), rate("7 CNY/USD", id="rate"), **BOTH)
    (outcome,) = found.outcomes
    assert (found.problem, outcome.unit, outcome.stated) == (None, "USD", Interval.at(300))
    (conversion,) = outcome.conversions
    assert (conversion.input, conversion.unit, conversion.after) == ("b", "CNY", Interval.at(200))
    assert conversion.exchange.figures == ("rate",)


def test_the_declared_unit_says_which_currency_the_result_is_told_in() -> None:
    found = result("a - b", sales("$500"), cost("¥1,400"), rate("7 CNY/USD"), unit="CNY", **BOTH)
    assert (found.outcomes[0].unit, found.outcomes[0].stated) == ("CNY", Interval.at(2100))
    alone = result("b * 2", cost("¥1,400"), rate("7 CNY/USD"), unit="USD", b="figure cost-said")
    assert alone.outcomes[0].stated == Interval.at(400)


def test_a_calculation_without_the_rate_has_no_result_and_says_what_to_record() -> None:
    found = shown("a - b", sales("$500"), cost("¥1,400"), rate("7 CNY/USD", "2026-05"), **BOTH)
    assert found.result.outcomes == ()
    assert "no recorded rate from CNY to USD by 31 March 2026" in found.problem


def test_an_uncertain_rate_is_one_and_the_same_number_throughout_a_formula() -> None:
    loose = rate("between 5 and 10 CNY/USD")
    found = result("a + b - b", sales("$500"), cost("¥1,400"), loose, **BOTH)
    assert found.outcomes[0].stated == Interval.at(500)


def test_a_rate_that_the_formula_uses_itself_is_not_used_twice() -> None:
    by_hand = {**BOTH, "r": "figure rate"}
    found = result("a - b / r", sales("$500"), cost("¥1,400"), rate("7 CNY/USD", id="rate"), **by_hand)
    assert (found.outcomes[0].stated, found.outcomes[0].conversions) == (Interval.at(300), ())
    wrong = shown("a - b * r", sales("$500"), cost("¥1,400"), rate("7 CNY/USD", id="rate"), **by_hand)
    assert "CNY**2/USD" in wrong.problem


def test_a_check_rests_on_the_rates_of_its_inputs() -> None:
    margin = figure("$310", of="margin", by="deck", id="margin-said", as_of=on("2026-03"))
    entities = (sales("$500"), cost("¥1,400"), margin, COST, SALES, MARGIN, CNY)
    sums = calculation("sum", "a - b", checks=("margin-said",), **BOTH)
    known = told(*entities, rate("7.00 CNY/USD", id="rate"), sums)
    (found,) = (one for one in worded_findings(known) if one.rule == "check")
    assert found.rates == ("rate",)
    sentence = finding_sentence(known, results_of(known, known.calculations), found)
    assert "The cost: CN¥1,400 is $200 at CN¥7.00 per dollar, as Bank said for March 2026." in sentence


def test_a_position_in_another_currency_enters_a_calculation_converted() -> None:
    both = (fee("¥1,400 / month", "shop"), fee("$300 / month", "mall"))
    twice = calculation("twice", "2 * fee", fee="measure fee")
    known = told(FEE, CNY, rate("7 CNY/USD"), *both, twice)
    outcomes = results_of(known, known.calculations)[Id("twice")].outcomes
    assert sorted((one.stated.low, len(one.conversions)) for one in outcomes) == [(400, 1), (600, 0)]


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (
            "loan",
            (
                "For the result to be $210, the loan would have to be CN¥1,470 at CN¥7.00 per dollar, as Bank said for "
                "March 2026, not CN¥1,400, which would do at ≈ CN¥6.667 per dollar."
            ),
        ),
        (
            "loan * n",
            (
                "For the result to be $210, the loan would have to be CN¥735 (that is $105 at CN¥7.00 per dollar, "
                "as Bank said for March 2026; 105 × 2 = $210), not CN¥1,400."
            ),
        ),
    ],
)
def test_what_a_converted_input_would_need_to_be_is_told_in_the_currency_that_was_said(
    formula: str, sentence: str
) -> None:
    known = told(
        CNY,
        rate("7.0 yuan per dollar"),
        measure("lent", "CNY", "stock"),
        measure("owed", "USD", "stock"),
        figure("1400.00 yuan", id="lent", of="lent", by="shop", unit="CNY", as_of=on("2026-03")),
        figure("$210", id="owed", of="owed", by="mall", unit="USD", as_of=on("2026-03")),
        calculation("c", formula, unit="USD", checks=("owed",), loan="figure lent", n="2"),
    )
    assert sentence in calculated(known, "c").implied


def test_a_check_is_told_in_the_currency_of_the_number_that_is_checked() -> None:
    in_yuan = calculation("in-yuan", "x * r", unit="CNY/month", checks=("yuan",), x="figure list", r="figure seven")
    said = (
        fee("$200 / month", "maker", id="list"),
        rate("7.2 yuan per dollar", id="seven"),
        fee("¥1,400 / month", "shop", id="yuan"),
    )
    [found] = [found for found in findings(FEE, CNY, *said, in_yuan) if found.kind is FindingKind.CHECK]
    assert "CN¥1,440 a month" in found.explanation
    assert "$" not in found.explanation.partition("For the result")[0]


def test_a_result_in_dollars_is_converted_before_it_is_said_to_be_rounded() -> None:
    as_it_is = calculation("as-it-is", "x", unit="USD/month", checks=("yuan",), x="figure list")
    said = (
        fee("$199 / month", "maker", id="list"),
        rate("7.2 yuan per dollar"),
        fee("¥1,400 / month", "shop", id="yuan"),
    )
    [found] = [found for found in findings(FEE, CNY, *said, as_it_is) if found.kind is FindingKind.CHECK]
    assert "may be CN¥1,432.80 a month, rounded" in found.explanation
