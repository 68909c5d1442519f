"""Currencies are joined by recorded rates: directly, or by two that meet in a third currency."""

from dataclasses import replace

import pytest

from kb.domain.entity import Dependence, DependenceKind, Figure, Stance
from kb.domain.exchange_rates import ExchangeRates
from kb.domain.identity import Id
from tests.reasoning.story import figure, measure, told


def rate(unit: str, **changes: object) -> Figure:
    recorded = figure(f"2 {unit}", id=unit, of=unit)
    return replace(recorded, **changes)  # type: ignore[arg-type]


def rates(*figures: Figure) -> ExchangeRates:
    return told(*(measure(one.measure, one.measure, "exchange-rate") for one in figures), *figures).rates


def routes(recorded: ExchangeRates, here: str, there: str) -> list[str]:
    return [
        " ".join([route[0].from_currency, *(step.to_currency for step in route)])
        for route in recorded.routes(here, there)
    ]


def test_a_direct_rate_comes_first_then_those_through_a_third_currency_in_order() -> None:
    recorded = rates(*map(rate, ("GBP/USD", "USD/JPY", "EUR/USD", "GBP/JPY", "GBP/EUR")))
    assert routes(recorded, "USD", "GBP") == ["USD GBP", "USD EUR GBP", "USD JPY GBP"]


def test_two_currencies_are_joined_by_at_most_two_rates() -> None:
    recorded = rates(*map(rate, ("CNY/USD", "EUR/USD", "EUR/GBP")))
    assert [recorded.join("CNY", there) for there in ("CNY", "USD", "EUR", "GBP")] == [True, True, True, False]


@pytest.mark.parametrize("stance", [Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED])
def test_a_rate_that_nobody_commits_to_joins_nothing(stance: Stance) -> None:
    recorded = rates(rate("CNY/USD", stance=stance))
    assert not recorded.join("CNY", "USD")
    assert [len(figures) for figures in recorded.recorded.values()] == [1]


def test_a_rate_that_repeats_another_is_not_counted_again() -> None:
    repeated = rate("CNY/USD", id=Id("again"), depends_on=Dependence(DependenceKind.REPEATS, Id("CNY/USD")))
    ((step,),) = rates(rate("CNY/USD"), repeated).routes("USD", "CNY")
    assert [one.id for one in step.figures] == ["CNY/USD"]
