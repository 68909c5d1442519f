"""Refuted hypotheses and claims stand on every page where a reader looks for them, with their mark."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.reasoning.story import calculation, claim, figure, measure, source
from tests.web.sample import SampleLibrary
from tests.web.served import Read, asking

GAP = (
    source("deck"),
    measure("gap", "percent", "ratio"),
    figure("5%", id="supposed", of="gap", unit="percent", stance="hypothetical"),
    calculation("c", "a - b", unit="percent", checks=("supposed",), a="15%", b="10%"),
    claim("wide", stance="hypothetical", holds_if=("c", ">", "20%")),
)
REFUTED = "The recorded numbers refute a hypothetical claim by Deck"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary(*GAP)) as asked:
        yield asked


def finding() -> str:
    return next(found.id for found in SampleLibrary(*GAP).view().findings if found.claims == ("wide",))


@pytest.mark.parametrize(
    "path", ["/findings/{finding}", "/findings/calculation/c", "/findings", "/calculations/c", "/claims/wide"]
)
def test_a_refuted_claim_is_on_each_page_that_it_concerns(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path.format(finding=finding()))
    assert answer.status_code == 200
    assert REFUTED in Read(answer.text).text


def test_a_hypothetical_figure_that_comes_out_shows_its_verdict_and_is_no_finding(
    client: TestClient[Litestar],
) -> None:
    text = Read(client.get("/calculations/c").text).text
    assert "agreement (hypothetical)" in text
    assert "could not be compared" not in text
