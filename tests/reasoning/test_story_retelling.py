"""What a translation, quotation or repetition makes of a number: every difference is told, the worst first."""

from dataclasses import replace

import pytest

from kb.domain.entity import AnyEntity
from kb.domain.finding import Change, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from tests.reasoning.story import figure, match, measure, source, term, told, unit, year
from tests.reasoning.worded import WordedFinding, worded_findings


def retold(said: str, again: str, how: str = "quotes", **about: object) -> WordedFinding | None:
    """The drift from ``said`` in the deck to ``again`` in the memo; None for a faithful retelling."""
    unit, kind = str(about.pop("unit", "fraction")), str(about.pop("kind", "ratio"))
    stances = str(about.pop("stances", "asserted > asserted")).split(" > ")
    return drift(
        told(
            measure("value", unit, kind, "vendor", "place", "period", "price-year"),
            figure(said, id="first", unit=unit, stance=stances[0]),
            figure(again, by="memo", unit=unit, stance=stances[1], **{how: "first"}, **about),  # type: ignore[arg-type]
        )
    )


def drift(knowledge: Knowledge) -> WordedFinding | None:
    found = [finding for finding in worded_findings(knowledge) if finding.kind is FindingKind.DRIFT]
    assert len(found) < 2
    return found[0] if found else None


def changes(finding: WordedFinding | None) -> list[Change]:
    return list(finding.pairings[0].changes) if finding else []


def verdict(finding: WordedFinding | None) -> str:
    return str(finding.verdict) if finding else ""


@pytest.mark.parametrize(
    ("said", "again", "expected"),
    [
        ("just under 45%", "over 45%", "bound reversed"),
        ("under 45%", "over 45%", "bound reversed"),
        ("at least 45%", "at most 45%", "bound reversed"),
        ("just over 45%", "just under 45%", "bound reversed"),
        ("at least 45%", "at most 20%", "bound reversed, number"),
        ("45%", "75%", "number"),
        ("about 45%", "75%", "number, hedge dropped"),
        ("at least 45%", "at least 75%", "number"),
        ("about 45%", "at least 75%", "number, bound added, hedge dropped"),
        ("45% ± 3 points", "75%", "number, margin dropped"),
    ],
)
def test_a_number_or_limit_that_changes_is_a_conflict(said: str, again: str, expected: str) -> None:
    finding = retold(said, again)
    assert (verdict(finding), ", ".join(changes(finding))) == ("conflict", expected)


@pytest.mark.parametrize(
    ("said", "again", "expected"),
    [
        ("45%", "about 45%", "hedge added"),
        ("about 45%", "45%", "hedge dropped"),
        ("about 45%", "nearly 45%", "hedge changed"),
        ("just over 45%", "over 45%", "hedge changed"),
        ("45%", "at least 45%", "bound added"),
        ("at most 45%", "45%", "bound dropped"),
        ("at most 45%", "about 45%", "bound dropped, hedge added"),
        ("45% ± 3 points", "45%", "margin dropped"),
        ("45%", "45% ± 3 points", "margin added"),
        ("45% ± 3 points", "45% ± 5 points", "margin changed"),
        ("about 45% ± 3 points", "45%", "margin dropped, hedge dropped"),
        ("40-50%", "45%", "range"),
        ("45%", "40-50%", "range"),
        ("about 62%", "61.8%", "hedge dropped, digits added"),
        ("more than 61.8%", "62%", "bound dropped"),
    ],
)
def test_a_change_of_words_is_a_tension_at_most(said: str, again: str, expected: str) -> None:
    finding = retold(said, again)
    assert (verdict(finding), ", ".join(changes(finding))) == ("tension", expected)


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("61,800 people", "close to 62,000 people"),
        ("61,800 people", "nearly 62,000 people"),
        ("61,800 people", "62,000 people"),
        ("about 61,800 people", "62,000 people"),
        ("61,800 people", "more than 60,000 people"),
        ("61,800 people", "just over 60,000 people"),
        ("137 people", "about 140 people"),
        ("61,834 people", "some 60,000 people"),
        ("1,980-3,020 people", "2,000-3,000 people"),
        ("more than 61,800 people", "more than 61,800 people"),
    ],
)
def test_a_fair_rounding_is_no_drift(said: str, again: str) -> None:
    assert retold(said, again, unit="person", kind="count") is None


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("61,800 people", "more than 62,000 people"),
        ("61,800 people", "just over 62,000 people"),
        ("27 people", "28 people"),
        ("61,800 people", "68,100 people"),
        ("61,800 people", "more than 80,000 people"),
    ],
)
def test_a_rounding_that_is_not_true_is_drift(said: str, again: str) -> None:
    assert retold(said, again, unit="person", kind="count") is not None


def test_a_limit_turned_round_says_which_way() -> None:
    down, up = retold("at least 45%", "at most 45%"), retold("under 45%", "over 45%")
    assert down and "The quotation turns a lower limit into an upper one." in down.explanation
    assert up and "The quotation turns an upper limit into a lower one." in up.explanation
    assert down.severity == up.severity == 1


def test_a_hedge_turned_round_says_on_which_side_the_number_lies() -> None:
    finding = retold("just under 45%", "over 45%")
    assert finding and "says above 45% where the original says below" in finding.explanation


def test_a_hedge_that_becomes_a_limit_makes_nothing_exact() -> None:
    finding = retold("约 45%", "至少 45%")
    assert finding and "turns the number into a limit; it also drops the hedge." in finding.explanation


def test_the_sentence_names_every_difference_the_worst_first() -> None:
    finding = retold("about 45%", "75%", stances="alleged > reported")
    assert finding and finding.explanation.startswith(
        "The quotation gives another number; it also states an allegation as fact and drops “about”."
    )


@pytest.mark.parametrize(
    ("stances", "words"),
    [
        ("alleged > asserted", "states an allegation as fact"),
        ("projected > reported", "states a projection as fact"),
        ("estimated > measured", "states an estimate as fact"),
        ("hypothetical > asserted", "states a supposition as fact"),
        ("projected > estimated", "turns a projection into an estimate"),
        ("measured > estimated", "turns a statement of fact into an estimate"),
    ],
)
def test_another_stance_is_a_tension(stances: str, words: str) -> None:
    finding = retold("45%", "45%", stances=stances)
    assert finding and (verdict(finding), changes(finding)) == ("tension", [Change.STANCE])
    assert f"The quotation {words}." in finding.explanation


@pytest.mark.parametrize(
    "stances",
    [
        "asserted > reported",
        "measured > asserted",
        "alleged > alleged",
        "asserted > alleged",
        "asserted > negated",
        "measured > assumed",
        "asserted > hypothetical",
        "projected > projected",
    ],
)
def test_who_quotes_a_number_may_doubt_deny_or_suppose_it(stances: str) -> None:
    assert retold("45%", "45%", stances=stances) is None


def test_a_denial_quoted_as_a_statement_is_a_conflict() -> None:
    finding = retold("45%", "45%", stances="negated > asserted")
    assert finding and (verdict(finding), changes(finding)) == ("conflict", [Change.DENIAL])
    assert "states what was denied" in finding.explanation


def test_what_came_back_quoted_as_what_stayed_is_a_conflict() -> None:
    finding = drift(
        told(
            measure("devices-that-came-back", "fraction", "ratio"),
            measure("devices-that-stayed", "fraction", "ratio"),
            figure("12%", id="first", of="devices-that-came-back", unit="fraction"),
            figure("12%", by="memo", of="devices-that-stayed", unit="fraction", quotes="first"),
        )
    )
    assert finding and (verdict(finding), changes(finding)) == ("conflict", [Change.COUNTED])
    assert "gives as the devices that stayed what the original gives as the devices that came back" in (
        finding.explanation
    )


def test_another_thing_counted_hides_no_other_difference() -> None:
    finding = drift(
        told(
            measure("sold", "USD/month", "flow"),
            measure("made", "USD/year", "flow"),
            figure("about $8,000 / month", id="first", of="sold"),
            figure("$150k / year", by="memo", of="made", quotes="first", unit="USD/year"),
        )
    )
    assert finding and changes(finding) == [Change.NUMBER, Change.COUNTED, Change.HEDGE_DROPPED]
    assert "$96,000 a year" in finding.explanation


def test_matched_measures_count_the_same_thing() -> None:
    entities: list[AnyEntity] = [
        measure("sold"),
        measure("sales"),
        match("m", "sold", "sales"),
        figure("$8k / month", id="first", of="sold"),
        figure("$8k / month", by="memo", of="sales", quotes="first"),
    ]
    assert drift(told(*entities)) is None


def test_another_place_is_a_conflict_and_a_place_added_a_tension() -> None:
    first = figure("45%", id="first", unit="fraction", place="berlin")
    elsewhere = figure("45%", by="memo", unit="fraction", quotes="first", place="bonn", period=year(2025))
    value = measure("value", "fraction", "ratio", "place", "period")
    terms = term("berlin", "place"), term("bonn", "place")
    finding = drift(told(value, *terms, first, elsewhere))
    assert finding and verdict(finding) == "conflict"
    assert "changes the place (from Berlin to Bonn) and adds the period (2025)" in finding.explanation
    added = drift(told(value, *terms, first, replace(elsewhere, scope=first.scope | {"period": year(2025)})))
    assert added and verdict(added) == "tension"


def test_a_ratio_of_a_part_quoted_as_that_of_the_whole_is_a_conflict() -> None:
    finding = drift(
        told(
            measure("value", "fraction", "ratio", "place"),
            term("germany", "place"),
            term("berlin", "place", "germany"),
            figure("45%", id="first", unit="fraction", place="berlin"),
            figure("45%", by="memo", unit="fraction", quotes="first", place="germany"),
        )
    )
    assert finding and (verdict(finding), changes(finding)) == ("conflict", [Change.SCOPE])


def test_another_period_is_a_conflict_and_an_added_one_a_tension() -> None:
    price = {"unit": "USD", "kind": "price"}
    added, dropped = retold("$40", "$40 / month", **price), retold("about $40 / month", "$40", **price)
    exchanged = retold("$40 / month", "$40 / year", **price)
    assert [verdict(finding) for finding in (added, dropped, exchanged)] == ["tension", "tension", "conflict"]
    assert changes(dropped) == [Change.PERIOD_DROPPED, Change.HEDGE_DROPPED]
    assert exchanged and "changes the period (from a month to a year)" in exchanged.explanation


def test_another_unit_is_a_conflict_that_hides_no_hedge() -> None:
    finding = retold("about 40 people", "40 trees", unit="person", kind="count")
    assert finding and (verdict(finding), changes(finding)) == ("conflict", [Change.UNIT, Change.HEDGE_DROPPED])


@pytest.mark.parametrize(("said", "again"), [("40x", "0.025x"), ("3x", "0.33x")])
def test_a_number_turned_round_is_inverted(said: str, again: str) -> None:
    assert changes(retold(said, again, unit="multiple")) == [Change.INVERTED]


def test_two_numbers_near_one_are_not_taken_for_inverted() -> None:
    assert changes(retold("0.9x", "1.1x", unit="multiple")) == [Change.NUMBER]


@pytest.mark.parametrize(
    ("said", "again"),
    [("about 45%", "45%"), ("45% ± 3 points", "about 45%"), ("at least 45%", "45%"), ("61.8%", "62%")],
)
def test_a_repetition_may_be_looser_than_a_quotation(said: str, again: str) -> None:
    assert retold(said, again, "repeats") is None


@pytest.mark.parametrize(
    ("said", "again", "stances", "expected"),
    [
        ("45%", "75%", "asserted > asserted", "number"),
        ("at least 45%", "at most 45%", "asserted > asserted", "bound reversed"),
        ("45%", "45%", "alleged > asserted", "stance"),
        ("45%", "45%", "projected > reported", "stance"),
        ("45%", "45%", "negated > asserted", "a denial dropped or added"),
    ],
)
def test_a_repetition_must_not_say_something_else(said: str, again: str, stances: str, expected: str) -> None:
    assert ", ".join(changes(retold(said, again, "repeats", stances=stances))) == expected


def test_a_repetition_may_leave_out_that_a_number_is_estimated() -> None:
    assert retold("45%", "45%", "repeats", stances="estimated > reported") is None


def test_a_translation_that_adds_a_doubt_drifts() -> None:
    translated = source("memo", translation_of="deck")
    said = figure("45%", id="first", unit="fraction")
    again = figure("45%", by="memo", unit="fraction", translates="first", stance="alleged")
    finding = drift(told(translated, measure("value", "fraction", "ratio"), said, again))
    assert finding and "The translation turns a statement of fact into an allegation." in finding.explanation


def test_a_ruling_from_before_all_differences_were_named_still_binds() -> None:
    knowledge = told(
        measure("value", "fraction", "ratio", "vendor", "place", "period", "price-year"),
        figure("45%", id="first", unit="fraction"),
        figure("75%", id="again", by="memo", unit="fraction", quotes="first"),
    )
    finding = drift(knowledge)
    assert finding and finding.digest == "3ca334c0df1698c4adc0397f6dbc6fe8785afcd5f53747234ce784f05bb50453"


@pytest.mark.parametrize(
    ("unit", "kind", "said", "retold"),
    [
        ("km", "stock", "500 km", "500 miles"),
        ("day", "duration", "3 weeks", "3 months"),
        ("kg", "stock", "about 500 kg", "about 500 tonnes"),
    ],
)
def test_the_same_digits_in_another_unit_are_another_unit(unit: str, kind: str, said: str, retold: str) -> None:
    of = measure("m", unit, kind)
    first = figure(said, id="first", of="m", unit=unit)
    second = figure(retold, id="second", of="m", unit=unit, by="report", quotes="first")
    [drift] = [one for one in worded_findings(told(of, first, second)) if one.rule == "drift"]
    assert drift.pairings[0].changes[0] is Change.UNIT


@pytest.mark.parametrize(
    ("said", "again"),
    [("7 percentage points", "7%"), ("12 percentage points", "12%"), ("7 percentage points", "about 7%")],
)
def test_points_that_become_per_cent_are_another_unit_though_two_measures_give_them(said: str, again: str) -> None:
    finding = drift(
        told(
            measure("rise", "percentage-point", "ratio"),
            measure("rise-in-per-cent", "fraction", "ratio"),
            figure(said, id="first", of="rise", unit="percentage-point"),
            figure(again, by="memo", of="rise-in-per-cent", unit="fraction", quotes="first"),
        )
    )
    assert verdict(finding) == "conflict"
    assert changes(finding)[0] is Change.UNIT
    assert finding and finding.explanation.startswith("The quotation gives per cent for percentage points")


@pytest.mark.parametrize(
    ("voice", "stance", "credited", "named"),
    [
        ("(a dispatcher)", "alleged", "Deck", "attributes the number to Deck instead of an unnamed dispatcher"),
        ("Operator via Deck", "estimated", "Deck", "attributes the number to Deck instead of Operator"),
        ("Operator", "alleged", "Operator", ""),
        ("Operator", "alleged", "Memo", ""),
        ("Deck", "alleged", "Deck", ""),
        # The number is faithful, and to name the report as its source is no drift.
        ("Operator", "reported", "Deck", ""),
    ],
)
def test_a_drift_says_that_the_first_voice_was_left_out(voice: str, stance: str, credited: str, named: str) -> None:
    known = told(
        source("deck", authors=("Deck",)),
        source("memo", authors=("Memo",)),
        measure("value", "trip", "count"),
        unit("trip"),
        figure("340 trips", id="first", voice=voice, stance=stance, unit="trip"),
        figure("340 trips", by="memo", voice=credited, unit="trip", quotes="first"),
    )
    finding = drift(known)
    assert (Change.VOICE in changes(finding)) == bool(named)
    assert not named or (finding and named in finding.explanation)


def test_the_two_sides_of_a_quotation_are_named_with_those_whom_they_quote() -> None:
    known = told(
        source("deck", authors=("Deck",)),
        source("memo", authors=("Memo",)),
        measure("value", "trip", "count"),
        unit("trip"),
        figure("340 trips", id="first", voice="(a dispatcher)", stance="alleged", unit="trip"),
        figure("340 trips", by="memo", voice="Deck", unit="trip", quotes="first"),
    )
    finding = drift(known)
    assert finding
    assert finding.pairings[0].left_label == "“Deck”, quoting an unnamed dispatcher"
    assert "“Memo”, quoting Deck, says 340 trips" in finding.explanation


@pytest.mark.parametrize(("voice", "quoted"), [("Deck", True), ("Memo", True), ("(a storekeeper)", False)])
def test_who_is_asked_by_a_source_is_no_quotation_of_another_that_it_quotes(voice: str, quoted: bool) -> None:
    known = told(
        source("deck", authors=("Deck",)),
        source("memo", authors=("Memo",), quotes=(Id("deck"),)),
        measure("value", "day", "duration"),
        figure("up to 1 day", unit="day", voice="Deck"),
        figure("1 day", by="memo", voice=voice, unit="day"),
    )
    assert (drift(known) is not None) == quoted


@pytest.mark.parametrize(
    ("said", "again", "unit", "words"),
    [
        ("500 km", "500 miles", "km", "gives miles for km"),
        ("€20 million", "$20 million", "EUR", "gives US dollars for euros"),
        ("30 minutes", "30 hours", "minute", "gives hours for minutes"),
    ],
)
def test_the_same_digits_in_another_unit_name_both_units(said: str, again: str, unit: str, words: str) -> None:
    finding = retold(said, again, unit=unit, kind="stock")
    assert finding and finding.explanation.startswith(f"The quotation {words}.")
