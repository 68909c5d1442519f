"""What a calculation may be checked against: subject and time, currency and unit, limits, hypotheses, conditions."""

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import FindingKind, Ground, Verdict
from kb.domain.scope import ScopeSelection
from tests.reasoning.story import at_scope, calculation, each, figure, measure, term, told, total, year
from tests.reasoning.worded import WordedFinding, worded_findings

LAND: tuple[AnyEntity, ...] = (
    term("land", "place"),
    term("north", "place", "land"),
    term("south", "place", "land"),
    measure("doses", "dose", "count", "place", "period"),
    measure("people", "person", "count", "place", "period"),
    measure("rate", "dose/person", "ratio", "place", "period"),
)


def doses(said: str, id: str = "doses-given", **keys: object) -> Figure:
    return figure(said, id=id, by="ministry", of="doses", unit="dose", **keys)


def people(said: str, id: str = "inhabitants", **keys: object) -> Figure:
    return figure(said, id=id, by="census", of="people", unit="person", **keys)


def rate(said: str, **keys: object) -> Figure:
    return figure(said, id="rate-stated", by="press", of="rate", unit="dose/person", **keys)


def checks(*entities: AnyEntity) -> list[WordedFinding]:
    """The findings of calculations, most of which have one."""
    return [finding for finding in worded_findings(told(*entities)) if finding.kind is FindingKind.CHECK]


def per_head(doses: object = "figure doses-given", people: object = "figure inhabitants") -> AnyEntity:
    return calculation("per-head", "d / p", checks=("rate-stated",), d=doses, p=people)


# -- subject and time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_result", "of_figure", "ground"),
    [
        ({"place": "north"}, {"place": "south"}, Ground.SCOPE),
        ({"place": "north"}, {"place": total("south", "east")}, Ground.SCOPE),
        ({"period": year(2024)}, {"period": year(2025)}, Ground.OTHER_TIME),
        ({"place": "north", "period": year(2024)}, {"place": "south", "period": year(2025)}, Ground.SCOPE),
    ],
)
@pytest.mark.parametrize("inputs", [(), ("measure doses", "measure people")])
def test_a_result_about_something_else_is_not_compared(
    of_result: dict[str, object], of_figure: dict[str, object], ground: Ground, inputs: tuple[str, ...]
) -> None:
    numbers = doses("10 million doses", **of_result), people("5 million people", **of_result)
    [check] = checks(*LAND, *numbers, rate("9 doses per person", **of_figure), per_head(*inputs))
    assert (check.verdict, check.severity) == (Verdict.NOT_COMPARABLE, 0)
    assert [pairing.ground for pairing in check.pairings] == [ground]


def test_a_check_of_something_else_says_what_each_is_about() -> None:
    numbers = doses("10 million doses", place="north"), people("5 million people", place="north")
    [check] = checks(*LAND, *numbers, rate("9 doses per person", place="south"), per_head())
    assert check.explanation == (
        "The calculation gives 2 doses per person; Press says 9 doses per person. They are not comparable: one is for "
        "North and the other for South."
    )


@pytest.mark.parametrize(
    ("of_result", "of_figure"),
    [
        ({"place": "north"}, {"place": "north"}),
        ({"place": "land"}, {"place": "north"}),
        ({"place": "north"}, {"place": "land"}),
        ({"place": "north"}, {}),
        ({}, {"place": "north"}),
        ({"place": each("north", "south")}, {"place": "south"}),
        ({"period": year(2024)}, {"period": ScopeSelection(text="last spring")}),
    ],
)
def test_a_result_on_the_same_thing_its_whole_or_its_part_is_compared(
    of_result: dict[str, object], of_figure: dict[str, object]
) -> None:
    numbers = doses("10 million doses", **of_result), people("5 million people", **of_result)
    [check] = checks(*LAND, *numbers, rate("9 doses per person", **of_figure), per_head())
    assert check.verdict is Verdict.CONFLICT


def test_of_several_results_only_those_on_the_same_thing_and_time_are_compared() -> None:
    numbers = [
        doses(f"{number} doses", f"doses-{at}", place=place, period=when)
        for at, (number, place, when) in enumerate(
            [(20, "north", year(2024)), (30, "north", year(2025)), (90, "south", year(2025))]
        )
    ]
    stated = rate("3 doses per person", place="north", period=year(2025))
    [check] = checks(*LAND, *numbers, people("10 people"), stated, per_head("measure doses over place, period"))
    assert [(pairing.verdict, pairing.left_stated.low) for pairing in check.pairings] == [(Verdict.AGREEMENT, 3)]


@pytest.mark.parametrize(
    ("formula", "inputs"),
    [
        ("all - north", {"all": at_scope("doses", place="land"), "north": at_scope("doses", place="north")}),
        ("all - north", {"all": "figure all", "north": "figure up-north"}),
        ("north * factor", {"north": "figure up-north", "factor": "40%"}),
    ],
)
def test_a_formula_that_leads_from_one_place_to_another_is_compared(formula: str, inputs: dict[str, object]) -> None:
    numbers = doses("70 doses", "all", place="land"), doses("50 doses", "up-north", place="north")
    stated = figure("20 doses", id="stated", by="press", of="doses", unit="dose", place="south")
    [check] = checks(*LAND, *numbers, stated, calculation("rest", formula, checks=("stated",), **inputs))
    assert check.verdict is Verdict.AGREEMENT


def test_a_number_that_is_itself_the_result_leads_nowhere() -> None:
    stated = figure("20 doses", id="stated", by="press", of="doses", unit="dose", place="south")
    north = doses("50 doses", "up-north", place="north")
    [check] = checks(*LAND, north, stated, calculation("same", "north", checks=("stated",), north="figure up-north"))
    assert check.verdict is Verdict.NOT_COMPARABLE


def test_a_ratio_of_two_places_is_about_neither() -> None:
    numbers = doses("50 doses", "up-north", place="north"), people("20 people", "down-south", place="south")
    mixed = per_head("figure up-north", "figure down-south")
    [check] = checks(*LAND, *numbers, rate("9 doses per person", place="south"), mixed)
    assert check.verdict is Verdict.CONFLICT


def test_a_share_of_a_part_in_its_whole_is_about_the_part() -> None:
    known = (*LAND, measure("share", "fraction", "ratio", "place"), doses("50 doses", "part", place="north"))
    stated = figure("90%", id="stated", by="press", of="share", unit="fraction", place="south")
    share = calculation("share-of-north", "n / a", checks=("stated",), n="figure part", a="figure whole")
    [check] = checks(*known, doses("80 doses", "whole", place="land"), stated, share)
    assert check.verdict is Verdict.NOT_COMPARABLE
