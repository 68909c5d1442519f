"""What a calculation may be checked against: subject and time, currency and unit, limits, hypotheses, conditions."""

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import FindingGroups, FindingKind, Ground, Verdict
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from tests.reasoning.calculated import calculated
from tests.reasoning.story import at_scope, calculation, claim, each, figure, measure, term, told, total, unit, year
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
        "The calculation gives 2 doses per person (North); Press says 9 doses per person (South). They are not "
        "comparable, since the places differ."
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


# -- currency and unit ------------------------------------------------------------------------------------------------

EURO = measure("dollars-a-euro", "USD/EUR", "exchange-rate", "as-of")
DEVICES: tuple[AnyEntity, ...] = (
    unit("device"),
    measure("bill", "EUR", "stock", "vendor", "period"),
    measure("devices", "device", "count", "vendor", "period"),
    measure("cost", "USD/device", "price", "vendor", "period"),
    figure("€1,230.00", id="the-bill", by="maker", of="bill", unit="EUR", period=year(2025)),
    figure("123 devices", id="the-devices", by="maker", of="devices", unit="device", period=year(2025)),
)


def euro(said: str, stance: str = "reported", **keys: object) -> Figure:
    defaults = {"as_of": year(2025)}
    return figure(said, id="euro", by="bank", of="dollars-a-euro", unit="USD/EUR", stance=stance, **(defaults | keys))


def per_device(stated: str, *more: AnyEntity, result_unit: str = "EUR/device") -> WordedFinding:
    """A cost in dollars beside a calculation whose result is declared in euros."""
    said = figure(stated, id="stated", by="press", of="cost", unit="USD/device")
    inputs = {"b": "figure the-bill", "d": "figure the-devices"}
    known = (*DEVICES, EURO, said, calculation("each", "b / d", unit=result_unit, checks=("stated",), **inputs))
    [check] = checks(*known, *more)
    return check


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [("$12.00 / device", Verdict.AGREEMENT), ("$12.10 / device", Verdict.CONFLICT), ("$10.00", Verdict.NOT_COMPARABLE)],
)
def test_a_result_in_euros_is_checked_against_dollars_by_the_recorded_rate(stated: str, verdict: Verdict) -> None:
    assert per_device(stated, euro("1.20 USD/EUR")).verdict is verdict


def test_a_converted_result_names_the_rate_and_rests_on_it() -> None:
    found, other = (per_device("$12 / device", euro(said)) for said in ("1.2 USD/EUR", "1.25 USD/EUR"))
    assert found.explanation.startswith(
        "The calculation gives $12 per device (that is €10 per device at $1.20 per euro, as Bank said for 2025)"
    )
    assert found.rates == ("euro",)
    assert found.digest != other.digest


def test_a_rate_that_is_a_range_or_about_so_much_leaves_its_room_to_the_result() -> None:
    assert per_device("$12.57 / device", euro("1.1 to 1.3 USD/EUR")).verdict is Verdict.AGREEMENT
    assert per_device("$12.57 / device", euro("about 1.200 USD/EUR")).verdict is Verdict.AGREEMENT
    assert per_device("$12.57 / device", euro("1.200 USD/EUR")).verdict is Verdict.CONFLICT


def test_what_is_counted_per_unit_of_money_takes_the_inverse_rate() -> None:
    known = (
        *DEVICES,
        EURO,
        euro("1.25 USD/EUR"),
        measure("yield", "device/USD", "ratio", "vendor"),
        figure("0.08 devices per dollar", id="stated", by="press", of="yield", unit="device/USD"),
        calculation(
            "for-money", "d / b", unit="device/EUR", checks=("stated",), b="figure the-bill", d="figure the-devices"
        ),
    )
    [check] = checks(*known)
    assert check.verdict is Verdict.AGREEMENT


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        ((), "there is no recorded rate from EUR to USD by 31 December 2025"),
        ((euro("1.2 USD/EUR", as_of=year(2026)),), "there is no recorded rate from EUR to USD by 31 December 2025"),
        (
            (euro("1.2 USD/EUR", "assumed"),),
            "there is only an assumed rate from EUR to USD by 31 December 2025 ($1.20 per euro). Record a rate that",
        ),
        ((euro("1.2 USD/EUR", "negated"),), "there is no recorded rate from EUR to USD by 31 December 2025"),
    ],
)
def test_without_a_rate_the_check_says_which_is_missing(rate: tuple[AnyEntity, ...], words: str) -> None:
    check = per_device("$12 / device", *rate)
    assert (check.verdict, check.pairings[0].ground) == (Verdict.NOT_COMPARABLE, Ground.NO_RATE)
    assert words in check.explanation


def test_different_things_in_different_currencies_need_no_rate() -> None:
    said = figure("$12 / device", id="stated", by="press", of="cost", unit="USD/device", period=year(2021))
    inputs = {"b": "figure the-bill", "d": "figure the-devices"}
    each = calculation("each", "b / d", unit="EUR/device", checks=("stated",), **inputs)
    [check] = checks(*DEVICES, said, each)
    assert check.pairings[0].ground is Ground.OTHER_TIME


def test_an_input_is_not_converted_by_an_assumed_rate_and_the_problem_says_so() -> None:
    fee = figure("$12", id="fee", by="press", of="bill", unit="USD", period=year(2025))
    inputs = {"b": "figure the-bill", "f": "figure fee"}
    known = (*DEVICES, EURO, fee, euro("1.2 USD/EUR", "assumed"), calculation("sum", "b + f", unit="EUR", **inputs))
    assert (
        "only an assumed rate from USD to EUR by 31 December 2025 ($1.20 per euro)"
        in calculated(told(*known), "sum").problem
    )


# -- limits -----------------------------------------------------------------------------------------------------------


def beside_limit(limit: str, result: str, unit: str = "fraction") -> WordedFinding:
    """A stated limit on a ratio, beside a calculation that gives ``result``."""
    known = (
        measure("margin", unit, "ratio"),
        measure("part", unit, "ratio"),
        figure(limit, id="limit", by="press", of="margin", unit=unit),
        figure(result, id="part", by="maker", of="part", unit=unit),
        calculation("half-and-half", "part / 2 + part / 2", checks=("limit",), part="figure part"),
    )
    [check] = checks(*known)
    return check


@pytest.mark.parametrize(
    ("limit", "result", "wanted"),
    [
        ("at most -25%", "-150%", Verdict.AGREEMENT),
        ("at most -25%", "-337.5%", Verdict.AGREEMENT),
        ("at least 20%", "90%", Verdict.AGREEMENT),
        ("over 20%", "90%", Verdict.AGREEMENT),
        ("less than 90%", "12 to 15%", Verdict.AGREEMENT),
        # a result that breaks the limit, or does so in part
        ("at most -25%", "10%", Verdict.CONFLICT),
        ("at least 60%", "20%", Verdict.CONFLICT),
        ("over 60%", "20 to 30%", Verdict.CONFLICT),
        # no limit, and a limit that only an input leaves open
        ("-25%", "-150%", Verdict.CONFLICT),
        ("nearly 90%", "20%", Verdict.CONFLICT),
        ("at most 20%", "at most 90%", Verdict.TENSION),
    ],
)
@pytest.mark.parametrize("unit", ["fraction", "multiple"])
def test_a_limit_that_a_result_keeps_to_is_agreement_however_far_off(
    limit: str, result: str, wanted: Verdict, unit: str
) -> None:
    found = beside_limit(limit, result, unit)
    assert found.verdict is wanted
    if wanted is Verdict.AGREEMENT:
        assert (found.severity, found.pairings[0].ground) == (0, Ground.WITHIN_BOUND)


@pytest.mark.parametrize(("limit", "result"), [("at least 2 times", "17 times"), ("at most 17 times", "2 times")])
def test_a_limit_in_multiples_is_kept_as_one_in_per_cent_is(limit: str, result: str) -> None:
    assert beside_limit(limit, result, "multiple").verdict is Verdict.AGREEMENT


def test_a_kept_limit_says_how_far_off_the_result_lies_and_what_would_give_the_limit_itself() -> None:
    found = beside_limit("at most -25%", "-150%")
    assert "They are 125 percentage points apart ((−25%) − (−150%) = 125)." in found.explanation
    assert "They agree: the second gives only a maximum." in found.explanation
    assert "For the result to be exactly −25%" in found.explanation


def test_an_end_of_a_spread_is_no_limit() -> None:
    assert beside_limit("from 20% to 90%", "from 30% to 40%").verdict is Verdict.TENSION


# -- hypotheses -------------------------------------------------------------------------------------------------------


def hypothesis(said: str, formula: str = "n / a", stance: str = "hypothetical") -> Knowledge:
    return told(
        measure("share", "fraction", "ratio"),
        figure(said, id="supposed", by="press", of="share", unit="fraction", stance=stance),
        doses("12 doses", "some"),
        doses("30 doses", "all"),
        *LAND,
        calculation("share-of-some", formula, checks=("supposed",), n="figure some", a="figure all"),
    )


@pytest.mark.parametrize(
    ("said", "stance", "wanted"),
    [
        ("90%", "hypothetical", [Verdict.CONFLICT]),
        ("40%", "hypothetical", []),
        ("at least 10%", "hypothetical", []),
        ("40%", "asserted", [Verdict.AGREEMENT]),
        ("90%", "negated", []),
    ],
)
def test_a_hypothetical_figure_is_a_finding_only_where_it_is_refuted(
    said: str, stance: str, wanted: list[Verdict]
) -> None:
    findings = worded_findings(hypothesis(said, stance=stance))
    assert [finding.verdict for finding in findings if finding.kind is FindingKind.CHECK] == wanted


@pytest.mark.parametrize(("said", "verdict"), [("90%", Verdict.CONFLICT), ("40%", Verdict.AGREEMENT)])
def test_a_check_of_a_hypothetical_figure_keeps_its_mark(said: str, verdict: Verdict) -> None:
    found = calculated(hypothesis(said), "share-of-some")
    assert [check.verdict for check in found.result.checks] == [verdict]
    assert f"Press says {said} (hypothetical)" in found.checks[0]


def test_a_comparison_that_refutes_a_hypothesis_says_that_it_is_one() -> None:
    [check] = [f for f in worded_findings(hypothesis("90%", "n > a")) if f.kind is FindingKind.CHECK]
    assert check.explanation.endswith("The number that it illustrates is hypothetical.")


# -- conditions -------------------------------------------------------------------------------------------------------


def conditional(limit: tuple[str, str], *taken: str, stance: str = "asserted") -> tuple[AnyEntity, ...]:
    """A claim that holds only if half of what is taken keeps to ``limit``."""
    sign, amount = limit
    return (
        measure("taken", "1", "stock", "place"),
        *(figure(said, id=f"taken-{at}", by=f"paper-{at}", of="taken", unit="1") for at, said in enumerate(taken)),
        calculation("half", "t / 2", t="measure taken"),
        claim("it-is-enough", stance=stance, holds_if=("half", sign, amount)),
    )


def failed(*entities: AnyEntity) -> list[WordedFinding]:
    return [finding for finding in worded_findings(told(*entities)) if finding.rule == "condition"]


@pytest.mark.parametrize(
    ("limit", "taken", "fails"),
    [
        ((">", "100"), ["121"], True),
        ((">", "100"), ["121", "144"], True),
        (("<", "10"), ["at least 121"], True),
        ((">", "100"), ["at most 121"], True),
        # for some results, for some values, or for none
        ((">", "100"), ["121", "401"], False),
        ((">", "100"), ["at least 121"], False),
        ((">", "10"), ["121"], False),
        ((">", "100"), [], False),
    ],
)
def test_a_condition_that_fails_for_every_result_is_a_finding(
    limit: tuple[str, str], taken: list[str], fails: bool
) -> None:
    assert [finding.verdict for finding in failed(*conditional(limit, *taken))] == [Verdict.CONFLICT] * fails


def test_a_failed_condition_names_the_claim_the_computed_value_and_the_limit() -> None:
    [finding] = failed(*conditional((">", "100"), "121"))
    assert (finding.kind, finding.calculation, finding.claims) == (FindingKind.CHECK, "half", ("it-is-enough",))
    assert finding.explanation == (
        "The recorded numbers refute a claim by Deck: It is enough. "
        "The calculation gives 60.5; the claim holds only if the half is more than 100."
    )


@pytest.mark.parametrize(
    ("stance", "words"), [("hypothetical", "a hypothetical claim"), ("alleged", "an alleged claim")]
)
def test_a_hypothetical_claim_that_fails_is_marked(stance: str, words: str) -> None:
    [finding] = failed(*conditional((">", "100"), "121", stance=stance))
    assert finding.explanation.startswith(f"The recorded numbers refute {words} by Deck")


def test_a_denied_claim_is_not_refuted_by_what_bears_the_denial_out() -> None:
    assert failed(*conditional((">", "100"), "121", stance="negated")) == []


def test_a_failed_condition_keeps_its_id_and_rests_on_value_and_limit() -> None:
    variants = [("100", "121"), ("100", "141"), ("120", "121")]
    found = [finding for limit, taken in variants for finding in failed(*conditional((">", limit), taken))]
    assert len({finding.id for finding in found}) == 1
    assert len({finding.digest for finding in found}) == 3


def test_a_failed_condition_weighs_by_its_distance_from_the_limit() -> None:
    [near], [far] = (failed(*conditional((">", "100"), taken)) for taken in ("181", "21"))
    assert 0 < near.severity < far.severity


def test_a_failed_condition_belongs_to_its_claim_and_to_its_calculation() -> None:
    known = told(*conditional((">", "100"), "121"))
    for groups in (FindingGroups(claims=frozenset({"it-is-enough"})), FindingGroups(calculations=frozenset({"half"}))):
        assert [finding.rule for finding in worded_findings(known, groups)] == ["condition"]
    assert worded_findings(known, FindingGroups(measures=frozenset({"taken"}))) == ()
