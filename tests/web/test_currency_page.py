"""A converted amount is shown with its rate on every page where it counts, and the rate is one link away."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.domain.scope import ScopeSelection
from kb.intake.period import read_period
from tests.reasoning.story import calculation, figure, measure, source
from tests.web.sample import SampleLibrary
from tests.web.served import Read, asking

RATE = "CN¥7.00 per dollar, as Harbour Bank said for March 2026"


def march() -> ScopeSelection:
    found = read_period("2026-03")
    assert isinstance(found, ScopeSelection)
    return found


MONEY = (
    source("bank"),
    source("shop"),
    measure("fee", "USD/month", "price", "vendor", "as-of"),
    measure("yuan", "CNY/USD", "exchange-rate", "as-of"),
    figure("7.0 CNY/USD", of="yuan", by="bank", id="rate", voice="Harbour Bank", as_of=march()),
    figure("¥1,400 / month", of="fee", by="shop", id="there", voice="Carl", as_of=march()),
    figure("$300 / month", of="fee", by="shop", id="here", voice="Bob", as_of=march()),
    figure("$510 / month", of="fee", by="shop", id="both", voice="Eve", stance="hypothetical", as_of=march()),
    calculation("sum", "a + b", checks=("both",), a="figure here", b="figure there"),
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary(*MONEY)) as asked:
        yield asked


def finding() -> str:
    found = SampleLibrary(*MONEY).view().findings
    return next(one.id for one in found if one.rates and one.rule == "positions")


@pytest.mark.parametrize(
    "path", ["/findings/{finding}", "/findings/measure/fee", "/measures/fee", "/figures/there", "/calculations/sum"]
)
def test_the_page_shows_the_amount_the_rate_and_who_gave_it(client: TestClient[Litestar], path: str) -> None:
    text = Read(client.get(path.format(finding=finding())).text).text
    assert "$200 a month" in text
    assert RATE in text


@pytest.mark.parametrize("path", ["/findings/{finding}", "/calculations/sum", "/units"])
def test_the_rate_is_one_link_away(client: TestClient[Litestar], path: str) -> None:
    assert "/figures/rate" in Read(client.get(path.format(finding=finding())).text).links


def test_the_page_of_the_rate_lists_the_findings_that_rest_on_it(client: TestClient[Litestar]) -> None:
    assert f"/findings/{finding()}" in Read(client.get("/figures/rate").text).links


def test_the_twin_of_a_finding_names_the_figures_of_its_rates(client: TestClient[Litestar]) -> None:
    data = client.get(f"/findings/{finding()}.json").json()
    assert [row["ref"]["slug"] for row in data["rates"]] == ["rate"]


def test_the_axis_of_a_measure_has_the_amount_where_its_conversion_lies(client: TestClient[Litestar]) -> None:
    marks = {mark["ref"]["slug"]: mark for mark in client.get("/measures/fee.json").json()["plot"]["marks"]}
    assert marks["there"]["x0"] < marks["here"]["x0"] < marks["both"]["x0"]
    assert marks["there"]["label"] == "CN¥1,400 a month ($200 a month)"
