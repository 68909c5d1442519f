"""What small words do to a comparison: limits that leave a number out, hedges, voices that stand beside each other."""

from datetime import date
from decimal import Decimal

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.quantity import Quantity
from kb.domain.scope import ScopeSelection
from kb.reasoning.consensus import consensus
from tests.reasoning.story import calculation, figure, measure, source, term, told, unit, year
from tests.reasoning.worded import worded_findings

HEADS = measure("crowd", "person", "stock", "place", "as-of", "period")
SHARE = measure("share", "fraction", "ratio")


def said(*numbers: str, of: str = "crowd", unit: str = "person", **about: object) -> list[Figure]:
    """One number from each of several independent voices: ana, ben, cleo, dan, eve."""
    voices = ("ana", "ben", "cleo", "dan", "eve")
    return [figure(text, by=by, id=by, of=of, unit=unit, **about) for text, by in zip(numbers, voices, strict=False)]


def noticed(*known: AnyEntity) -> list[Finding]:
    return list(worded_findings(told(HEADS, SHARE, *known), None))


def between(*numbers: str, **about: object) -> Finding:
    [found] = noticed(*said(*numbers, **about))
    return found


@pytest.mark.parametrize(
    ("limit", "number"),
    [("more than 100", "100"), ("fewer than 100", "100"), ("more than 20 and less than 30", "30")],
)
def test_a_limit_that_leaves_a_number_out_is_not_confirmed_by_it(limit: str, number: str) -> None:
    found = between(f"{limit} people", f"{number} people")
    assert (found.kind, found.verdict) == (FindingKind.ACROSS_SOURCES, Verdict.ROUNDING)
    assert "may stand for" in found.explanation


def test_a_limit_leaves_out_even_what_is_exact() -> None:
    found = between("more than 100.5 people", "100.5 people")
    assert "More than 100.5 people leaves out 100.5 people" in found.explanation


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        ("more than 103 people", "fewer than 103 people", Verdict.CONFLICT),
        ("just over 103 people", "nearly 103 people", Verdict.TENSION),
        ("at least 103 people", "at most 103 people", Verdict.AGREEMENT),
        ("more than 1,000 people", "nearly 1,000 people", Verdict.TENSION),
    ],
)
def test_nothing_lies_on_both_sides_of_a_number(low: str, high: str, verdict: Verdict) -> None:
    assert between(low, high).verdict is verdict


def test_limits_that_leave_room_between_them_agree() -> None:
    wide = between("at least 100 people", "at most 5,000 people")
    assert (wide.verdict, wide.severity) == (Verdict.AGREEMENT, 0)
    assert "Any value from 100 to 5,000 people fits both." in wide.explanation


def test_of_two_floors_the_higher_one_says_more() -> None:
    floors, beside = between("at least 100 people", "at least 900 people"), between("at least 100 people", "900 people")
    assert (floors.verdict, beside.verdict) == (Verdict.AGREEMENT, Verdict.TENSION)
    assert "Each gives only a minimum: both can be true, and the higher one says more." in floors.explanation
    assert "They are compatible, but neither confirms the other." in floors.explanation


def test_two_far_floors_are_no_corroboration_and_no_consensus() -> None:
    floors = said("at least 100 people", "at least 900 people")
    assert [found.kind for found in noticed(*floors)] == [FindingKind.ACROSS_SOURCES]
    assert [agreed.value for agreed in consensus(told(HEADS, *floors), Id("crowd"))] == [None]


def test_nearly_and_just_over_reach_a_tenth_and_no_farther() -> None:
    assert between("just over 100 people", "108 people").verdict is Verdict.AGREEMENT
    assert between("just over 100 people", "300 people").verdict is Verdict.CONFLICT
    assert between("just under 100 people", "30 people").verdict is Verdict.CONFLICT


def test_nearly_is_explained_by_its_own_word() -> None:
    found = between("nearly 1 million people", "965,000 people")
    assert found.verdict is Verdict.AGREEMENT
    assert "Nearly 1 million people can mean anything from 900,000 to 1 million people" in found.explanation


def test_nobody_rounds_a_number_to_the_other_side_of_nearly() -> None:
    found = between("nearly 1,000 people", "1,003 people")
    assert found.verdict is Verdict.TENSION
    assert "1,003 people lies above the limit of nearly 1,000 people" in found.explanation


def test_only_the_same_number_is_called_the_same() -> None:
    assert "The 100 people may be 103 people, rounded" in between("100 people", "103 people").explanation
    assert "give the same number, 11 people" in between("11 people", "11 people").explanation
    assert "The range of 5–20 people includes 10 people." in between("10 people", "5-20 people").explanation
    assert "Both name 11 people" in between("11 people", "at least 11 people").explanation


def test_a_floor_excuses_nobody_who_stands_beside_it() -> None:
    ana, ben, cleo = said("at least 100 people", "100 people", "900 people")
    clash = next(one for one in noticed(ana, ben, cleo) if one.kind is FindingKind.ACROSS_SOURCES)
    assert clash.verdict is Verdict.CONFLICT
    assert clash.explanation.startswith("Ben says 100 people; Cleo says 900 people.")
    assert clash.explanation.endswith("On the side of Ben: Ana (at least 100 people).")


def test_a_wide_range_hides_no_conflict_between_narrow_ones() -> None:
    found = noticed(*said("11–35 people", "15–19 people", "27–31 people"))
    [clash] = [one for one in found if one.kind is FindingKind.ACROSS_SOURCES]
    assert clash.verdict is Verdict.CONFLICT
    assert clash.explanation.startswith("Ben says 15–19 people; Cleo says 27–31 people.")
    assert clash.explanation.endswith("Ana (11–35 people) leaves room for both.")
    assert [*clash.pairings[0].left, *clash.pairings[0].right] == ["ben", "cleo"]


def test_a_chain_of_ranges_is_told_by_its_far_ends() -> None:
    found = noticed(*said("10–20 people", "18–27 people", "26–44 people", "43–99 people"))
    [clash] = [one for one in found if one.kind is FindingKind.ACROSS_SOURCES]
    assert (clash.verdict, clash.pairings[0].ratio) == (Verdict.CONFLICT, Decimal("2.15"))
    assert clash.explanation.startswith("Ana says 10–20 people; Dan says 43–99 people.")


def test_a_date_within_another_may_be_the_same_moment() -> None:
    june = ScopeSelection(start=date(2025, 6, 1), end=date(2025, 6, 30), text="2025-06")
    found = noticed(
        figure("500 people", by="ana", id="ana", of="crowd", unit="person", as_of=year(2025)),
        figure("900 people", by="ben", id="ben", of="crowd", unit="person", as_of=june),
    )
    assert [one.verdict for one in found] == [Verdict.TENSION]
    assert "The first is as of 2025, the second of June 2025" in found[0].explanation
    assert not noticed(
        figure("500 people", by="ana", id="ana", of="crowd", unit="person", period=year(2025)),
        figure("900 people", by="ben", id="ben", of="crowd", unit="person", period=june),
    )


def test_each_side_is_asked_for_the_key_that_it_leaves_out() -> None:
    [found] = noticed(
        figure("500 people", by="ana", id="ana", of="crowd", unit="person", place="rome"),
        figure("900 people", by="ben", id="ben", of="crowd", unit="person", as_of=year(2025)),
    )
    assert "Only the first specifies a place; only the second specifies a date" in found.explanation


def test_small_shares_are_also_told_apart_by_their_ratio() -> None:
    small, points = (
        between("0.001%", "1%", of="share", unit="fraction"),
        between("40%", "41.2%", of="share", unit="fraction"),
    )
    assert small.severity >= Decimal("0.4") > points.severity
    assert "a step of a thousand" in small.explanation
    slip = between("0.75%", "75%", of="share", unit="fraction")
    assert "a fraction may have been taken for a percentage" in slip.explanation


def test_what_changed_on_the_way_is_told_once() -> None:
    found = worded_findings(
        told(
            HEADS,
            source("ana"),
            source("ben"),
            figure("at least 100 people", by="ana", id="ana", of="crowd", unit="person"),
            figure("at most 100 people", by="ben", id="ben", of="crowd", unit="person", quotes="ana"),
        ),
        None,
    )
    assert [(one.kind, one.verdict) for one in found] == [(FindingKind.DRIFT, Verdict.CONFLICT)]


def test_what_lies_between_two_limits_is_no_dispute() -> None:
    found = between("just over 100 people", "less than 200 people")
    assert (found.verdict, found.severity) == (Verdict.AGREEMENT, 0)


def test_a_spread_is_told_from_its_lowest_to_its_highest_end() -> None:
    places = (("30 people", "rome"), ("from 300 to 1,500 people", "oslo"), ("600 people", "bern"))
    [found] = noticed(
        *(figure(text, by=by, id=by, of="crowd", unit="person", place=by) for text, by in places),
    )
    assert "30 people" in found.explanation
    assert "300–1,500 people" in found.explanation
    assert "Rome says 30 people (rome); Oslo says 300–1,500 people (oslo)" in found.explanation


@pytest.mark.parametrize(("limit", "number"), [("more than 60", "65"), ("fewer than 70", "69"), ("at most 70", "66")])
def test_a_number_that_keeps_to_a_limit_near_it_agrees_and_is_not_rounded(limit: str, number: str) -> None:
    found = between(f"{limit} people", f"{number} people")
    assert found.verdict is Verdict.AGREEMENT
    assert "They agree: the " in found.explanation


def test_words_that_name_no_number_are_told_as_they_were_said() -> None:
    assert "“dozens of people” (read as 24–120 people)" in between("dozens of people", "60 people").explanation


def test_numbers_that_are_our_reading_of_loose_words_are_said_to_be_read() -> None:
    explanation = between("dozens of people", "2000 people").explanation
    assert "Even words as loose as these do not stretch that far, as the editors read them." in explanation


def test_a_number_on_whose_order_something_is_stands_as_it_was_said() -> None:
    assert " says on the order of 500 people" in between("on the order of 500 people", "60 people").explanation


def test_a_part_above_its_whole_is_a_conflict_whatever_else_is_said_of_other_parts() -> None:
    land = [term("rome", "place", "italy"), term("oslo", "place", "italy"), term("italy", "place")]
    heads = measure("heads", "person", "count", "place")
    said_of = {"italy": "100 people", "rome": "60 people", "oslo": "150 people"}
    numbers = (figure(text, by=by, id=by, of="heads", unit="person", place=by) for by, text in said_of.items())
    [found] = [one for one in worded_findings(told(heads, *land, *numbers)) if one.rule == "parts"]
    assert "Italy says 100 people (Italy); Oslo says 150 people (Oslo)." in found.explanation
    assert found.explanation.endswith("The part exceeds the whole, which is impossible.")
    assert found.severity >= Decimal("0.5")


def test_a_ceiling_above_the_whole_is_no_part_above_it() -> None:
    land = [term("rome", "place", "italy"), term("italy", "place")]
    numbers = [
        figure("100 people", by="ana", id="whole", of="crowd", unit="person", place="italy"),
        figure("up to 120 people", by="ben", id="part", of="crowd", unit="person", place="rome"),
    ]
    assert "exceeds the whole" not in " ".join(one.explanation for one in noticed(*numbers, *land))


def test_a_hedge_and_a_rounding_do_not_add_up() -> None:
    verdicts = [between("about 300,000 people", f"{other} people").verdict for other in ("345,000", "412,000")]
    assert verdicts == [Verdict.ROUNDING, Verdict.CONFLICT]


def test_what_is_not_far_short_of_a_round_number_does_not_reach_what_rounds_to_it() -> None:
    assert between("not far short of 200 people", "186 people").verdict is Verdict.AGREEMENT
    assert between("not far short of 200 people", "174 people").verdict is Verdict.CONFLICT
    assert between("just over 200 people", "243 people").verdict is Verdict.CONFLICT


def test_two_roundings_that_touch_differ_in_the_last_digit() -> None:
    touching = between("42%", "43%", of="share", unit="fraction")
    assert (touching.verdict, touching.severity) == (Verdict.ROUNDING, 0)
    assert "They differ in the last digit: 42% may stand for 41.5–42.5%; 43% may stand for 42.5–43.5%." in (
        touching.explanation
    )
    assert "last digit" not in between("42.6%", "43%", of="share", unit="fraction").explanation
    assert between("1%", "2%", of="share", unit="fraction").verdict is Verdict.CONFLICT
    assert between("at most 42%", "43%", of="share", unit="fraction").verdict is Verdict.CONFLICT


def test_a_third_is_told_to_the_hundredth_and_a_count_of_so_many_exactly() -> None:
    third = between("a third", "33.7%", of="share", unit="fraction")
    assert (third.verdict, "rounded" in third.explanation) == (Verdict.ROUNDING, True)
    assert between("a third", "36%", of="share", unit="fraction").verdict is Verdict.CONFLICT
    assert between("15 out of 45", "34.4%", of="share", unit="fraction").verdict is Verdict.CONFLICT


def test_who_stands_on_a_side_does_so_where_a_key_is_told_on_one_side_only_too() -> None:
    ana, ben = said("10–20 people", "15–18 people")
    far = figure("90 people", by="cleo", id="cleo", of="crowd", unit="person", place="rome")
    [clash] = [one for one in noticed(ana, ben, far) if one.kind is FindingKind.ACROSS_SOURCES]
    assert clash.verdict is Verdict.TENSION
    assert "room for both" not in clash.explanation
    assert "On the side of Ben: Ana (10–20 people)" in clash.explanation


def test_a_ratio_of_two_loose_numbers_is_left_out() -> None:
    assert "times" in between("100 people", "at least 300 people").explanation
    assert "times" not in between("at least 100 people", "at least 300 people").explanation


@pytest.mark.parametrize(
    ("first", "second", "clause"),
    [
        ("5,000 people", "5,210 people", "about 4% larger than the first"),
        ("100 people", "107 people", "7% larger than the first"),
        ("100 people", "200 people", "twice the first"),
        ("100 people", "150 people", "1.5 times the first"),
    ],
)
def test_numbers_that_are_close_differ_by_per_cent(first: str, second: str, clause: str) -> None:
    assert f"The second figure is {clause}" in between(first, second).explanation


def test_who_passed_a_voice_on_is_named_at_its_first_mention() -> None:
    relayed = [
        figure(text, by=by, voice=voice, id=by, of="crowd", unit="person")
        for text, by, voice in (("100 people", "ana", "Zoe via Ana"), ("900 people", "ben", "Ben"))
    ]
    [found] = noticed(*relayed)
    assert found.explanation.startswith("Zoe via Ana says 100 people; Ben says 900 people.")
    assert found.explanation.count("via Ana") == 1


def test_a_dozen_pupils_of_a_class_beside_a_thousand_of_a_town_are_no_news() -> None:
    pupils = measure("pupils", "person", "count", "place")
    told_of = (("12 people", "class"), ("1,000 people", "town"), ("1,100 people", "harbour"))
    rows = [figure(text, by=by, of="pupils", unit="person", place=by) for text, by in told_of]
    [far] = worded_findings(told(pupils, *rows[:2]))
    assert (far.severity, far.is_unremarkable) == (0, True)
    [near] = worded_findings(told(pupils, *rows))
    assert not near.is_unremarkable
    assert near.pairings[0].explanation.startswith(
        "Town says 1,000 people (town); Harbour says 1,100 people (harbour)."
    )


def test_a_spread_names_first_what_differs_in_one_key_and_lies_near() -> None:
    fees = [("$300", "acme"), ("$310", "bolt"), ("$900", "core")]
    fee = measure("fee", "USD", "stock", "vendor")
    stated = [figure(text, by=vendor, of="fee", unit="USD", vendor=vendor) for text, vendor in fees]
    [found] = worded_findings(told(fee, *stated))
    assert "$310" in found.pairings[0].explanation
    assert "$900" in found.explanation


def test_points_are_compared_with_points_and_never_with_per_cent() -> None:
    def points(value: int) -> Quantity:
        return Quantity(low=Decimal(value), high=Decimal(value), unit="percentage-point", granularity=Decimal(1))

    assert noticed(*said("2%", of="share", unit="fraction"), figure(points(2), by="eve", of="share")) == []
    gain = measure("gain", "percentage-point", "ratio")
    [found] = worded_findings(told(gain, *(figure(points(n), by=by, of="gain") for n, by in ((2, "ana"), (5, "ben")))))
    assert found.verdict is Verdict.CONFLICT
    assert "Ana says 2 percentage points; Ben says 5 percentage points." in found.explanation


def test_the_difference_of_two_shares_is_in_points() -> None:
    shares = [
        figure(text, id=id, by=id, of="share", unit="fraction") for text, id in (("26%", "men"), ("18%", "women"))
    ]
    stated = Quantity(low=Decimal(8), high=Decimal(8), unit="percentage-point", granularity=Decimal(1))
    gap = calculation("gap", "men - women", checks=("gap",), men="figure men", women="figure women")
    found = noticed(measure("gain", "percentage-point", "ratio"), *shares, figure(stated, id="gap", of="gain"), gap)
    [check] = [finding for finding in found if finding.kind is FindingKind.CHECK]
    assert check.verdict is Verdict.AGREEMENT
    assert "The calculation gives 8 percentage points" in check.explanation


def test_two_counts_that_hardly_differ_are_compared_in_what_is_counted() -> None:
    people = measure("seats", "person", "count")
    [found] = worded_findings(told(people, *said("140 people", "137 people", of="seats")))
    assert found.verdict is Verdict.CONFLICT
    assert "They are 3 people apart (140 − 137 = 3)." in found.explanation


def test_a_part_whose_margin_reaches_its_whole_is_not_above_it() -> None:
    land = [term("rome", "place", "italy"), term("italy", "place")]
    heads = measure("birds", "bird", "count", "place")

    def told_of(part: str) -> str:
        numbers = [
            figure("41 ± 13 birds (95% CI)", by="ana", id="whole", of="birds", unit="bird", place="italy"),
            figure(part, by="ben", id="part", of="birds", unit="bird", place="rome"),
        ]
        return " ".join(one.explanation for one in worded_findings(told(heads, *land, *numbers)))

    assert "exceeds the whole" not in told_of("46 ± 15 birds (95% CI)")
    assert "exceeds the whole" in told_of("96 ± 15 birds (95% CI)")


def test_a_spread_names_its_extremes_and_the_time_that_both_are_for() -> None:
    riders = measure("riders", "person", "count", "route", "period")
    lines = [
        term(name, "route", part_of=None if name == "all" else "all") for name in ("all", "north", "night", "south")
    ]
    numbers = [
        figure(f"{number} people", of="riders", by="operator", unit="person", route=route, period=year(when))
        for route, when, number in (
            ("all", 2025, 9_000),
            ("night", 2025, 410),
            ("south", 2025, 2_800),
            ("north", 2025, 5_300),
            ("north", 2024, 5_900),
        )
    ]
    [spread] = [one for one in worded_findings(told(riders, *lines, *numbers)) if one.rule == "spread"]
    assert "Operator says 410 people (Night) and 5,300 people (North), both for 2025." in spread.explanation


def test_the_values_of_a_stage_or_a_price_year_are_words_and_no_names() -> None:
    doses = measure("doses", "dose", "count", "stage"), unit("dose")
    both = [
        figure(text, of="doses", by="office", unit="dose", stage=stage)
        for text, stage in (("95,000 doses", "ordered"), ("86,000 doses", "received"))
    ]
    stages = [term("ordered", "stage"), term("received", "stage")]
    [spread] = worded_findings(told(*doses, *stages, *both))
    assert "Office says 86,000 doses (received) and 95,000 doses (ordered)." in spread.explanation
