"""Forecasts, series, replaced numbers and gaps stand on the pages where a reader looks for them."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.domain.finding import FindingKind
from tests.reasoning.story import source, year
from tests.reasoning.test_story_time import CARS, PLAN, edition, measured, projected
from tests.web.sample import SampleLibrary
from tests.web.served import Read, asking

TOLD = (
    CARS,
    PLAN,
    edition("first", issued="2026-02"),
    edition("second", "first", issued="2026-03"),
    source("news", issued="2026-06"),
    projected("10 million", id="p25"),
    projected("8 million", id="p24", period=year(2024)),
    measured("2 million", by="news", id="y23", period=year(2023)),
    measured("5 million", by="first", voice="Office", id="older"),
    measured("3 million", by="second", voice="Office", id="newer"),
)
MISSED = "Forecast missed: Ann Ash projected 10 million cars for 2025; Office measured 3 million cars."
CHANGE = "They are for two times, 2025 and 2023. The difference, a factor of 1.5 (3 / 2 = 1.5), is a change"


def series_page() -> str:
    (series,) = (one for one in SampleLibrary(*TOLD).view().findings if one.kind is FindingKind.SERIES)
    return f"/findings/{series.id}"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary(*TOLD)) as asked:
        yield asked


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", MISSED),
        ("/findings?q=kind:projected", MISSED),
        ("/figures/p25", MISSED),
        ("/measures/cars", "Cars in order of time"),
        ("/measures/cars", "Ann Ash: 8 million cars (projected) in 2024; no outcome is recorded"),
        ("/matches", "Ann Ash: 8 million cars (projected) in 2024; no outcome is recorded"),
        ("/figures/older", "Its number was replaced by Office: 3 million cars"),
        ("/figures/newer", "This replaces Office: 5 million cars"),
        ("/figures/newer", CHANGE),
        ("/sources/first", "Superseded by Second"),
        ("/sources/second", "It supersedes First"),
        (series_page(), "Cars over time"),
    ],
)
def test_a_page_says_what_time_has_done(client: TestClient[Litestar], path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert words in " ".join(Read(answer.text).text.split())


def test_a_series_stands_in_order_of_time(client: TestClient[Litestar]) -> None:
    text = Read(client.get(series_page()).text).text
    places = [text.index(f"In {time}") for time in (2023, 2024, 2025)]
    assert places == sorted(places)


def test_nobody_rules_on_a_series(client: TestClient[Litestar]) -> None:
    assert "Rulings" not in Read(client.get(series_page()).text).text
