"""Thirty small argument maps, one to a file: they are read without a problem and come back from an export."""

from pathlib import Path

import pytest

from kb.domain.entity import Calculation, Measure
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import read
from kb.reasoning.calculation.evaluation import results_of
from kb.reports.words.calculation import problem_sentence
from tests.intake.round_trip import RoundTrip
from tests.mint import CountingMint

MAPS = sorted((Path(__file__).parent / "maps").glob("*.yaml"))


def known(number: int) -> Knowledge:
    """What map ``number`` says."""
    base = RoundTrip()
    base.bring_in({MAPS[number - 1].stem: MAPS[number - 1].read_text("utf-8")})
    return base.knowledge


def test_there_are_thirty_maps() -> None:
    assert [path.name[:2] for path in MAPS] == [f"{number:02}" for number in range(1, 31)]


@pytest.mark.parametrize("path", MAPS, ids=[path.stem for path in MAPS])
def test_a_map_is_read_without_a_problem(path: Path) -> None:
    reading = read([path], Knowledge(), CountingMint(), lambda _: None)
    # The maps stay as they were judged, and some of their projections are for no time.
    doubts = (warning for warning in reading.warnings if not str(warning.what).endswith("nothing says for when"))
    assert [str(problem) for problem in (*reading.problems, *doubts)] == []


@pytest.mark.parametrize("path", MAPS, ids=[path.stem for path in MAPS])
def test_a_map_comes_back_from_an_export(path: Path) -> None:
    base = RoundTrip()
    base.bring_in({path.stem: path.read_text("utf-8")})
    base.check()


def test_what_nobody_states_leaves_a_calculation_without_a_result_and_is_named() -> None:
    deposit = known(25)
    calculation = deposit.named(Calculation, "deposit/deposit-net")
    assert calculation
    assert not calculation.checks
    result = results_of(deposit, [calculation.id])[calculation.id]
    assert (result.outcomes, result.missing) == ((), ("handling",))
    assert (
        problem_sentence(deposit, result.calculation, result.problem)
        == "No source gives the handling, and no other figure implies it."
    )


@pytest.mark.parametrize(
    ("number", "name", "measure"),
    [(26, "garage/mint-margin", "occupancy"), (27, "airship/airship-margin", "seats-sold")],
)
def test_an_assumption_says_of_what_measure_sources_state_other_values(number: int, name: str, measure: str) -> None:
    told = known(number)
    calculation = told.named(Calculation, name)
    assert calculation
    of = [told.measures[made.of].slug for made in calculation.inputs if made.of]
    assert of == [measure]
    assert len(told.figures_of_measure[told.by_slug[Measure, measure].id]) == 2
