"""What the engine notices about a measure: stories with a few figures each."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.confidence import Confidence
from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Finding, FindingGroups, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.scope import Quantifier, ScopeSelection
from kb.reasoning.findings.position import positions
from tests.reasoning.story import claim, each, figure, measure, quantity, source, term, told, total, year
from tests.reasoning.worded import worded_findings


def found(knowledge: Knowledge) -> tuple[Finding, ...]:
    return worded_findings(knowledge, None)


def verdicts(knowledge: Knowledge) -> list[tuple[str, str]]:
    return sorted((str(one.kind), str(one.verdict)) for one in found(knowledge))


def only(knowledge: Knowledge) -> Finding:
    (finding,) = found(knowledge)
    return finding


def test_two_figures_that_share_no_value_conflict() -> None:
    finding = only(told(measure(), figure("$8k/month", by="deck"), figure("$14k/month", by="memo")))
    assert (finding.kind, finding.verdict) == (FindingKind.ACROSS_SOURCES, Verdict.CONFLICT)
    assert "1.75 times the first (14,000 / 8,000 = 1.75)" in finding.explanation


def test_two_voices_that_say_the_same_corroborate_each_other() -> None:
    finding = only(told(measure(), figure("$8k/month", by="deck"), figure("$8,000/month", by="memo")))
    assert (finding.kind, finding.verdict, finding.severity) == (FindingKind.CORROBORATION, Verdict.AGREEMENT, 0)
    assert "Deck and Memo give the same number" in finding.explanation


def test_one_voice_through_two_sources_counts_once() -> None:
    knowledge = told(
        measure(),
        figure("$8k/month", by="deck", voice="Analysts via Deck"),
        figure("$8k/month", by="memo", voice="ANALYSTS via Memo"),
    )
    (position,) = positions(knowledge, Id("value"))
    assert (position.origins, len(position.figures), len(position.dependents)) == (("Analysts",), 1, 1)
    finding = only(knowledge)
    assert (finding.kind, finding.verdict) == (FindingKind.REPETITION, Verdict.AGREEMENT)
    assert "Another source gives this number and adds no voice to Analysts" in finding.explanation
    assert "Memo (has it from the same voice)" in finding.explanation


def test_a_translation_adds_no_independent_voice() -> None:
    translated = source("deck-zh", translation_of=Id("deck"), title="译文")
    knowledge = told(
        measure(),
        translated,
        figure("$8k/month", by="deck", voice="Deck"),
        figure("$8k/month", by="deck-zh", voice="译文"),
    )
    (position,) = positions(knowledge, Id("value"))
    assert len(position.origins) == 1
    assert found(knowledge) == ()


def test_a_quoting_source_with_the_same_number_adds_no_voice_but_one_with_another_does() -> None:
    quoting = source("memo", quotes=(Id("deck"),))
    same = told(measure(), quoting, figure("$8k/month", by="deck"), figure("$8k/month", by="memo"))
    other = told(measure(), quoting, figure("$8k/month", by="deck"), figure("$11k/month", by="memo"))
    assert verdicts(same) == [("repetition", "agreement")]
    assert verdicts(other) == [("across_sources", "conflict")]


def test_a_voice_that_contradicts_itself_conflicts_within_its_source() -> None:
    finding = only(told(measure(), figure("$8k/month", line=1), figure("$14k/month", line=9)))
    assert (finding.kind, finding.verdict) == (FindingKind.WITHIN_SOURCE, Verdict.CONFLICT)
    assert "Deck says $8,000 a month in line 1 and $14,000 a month in line 9." in finding.explanation


def test_numbers_for_different_named_things_are_one_flagged_spread_and_no_conflict() -> None:
    finding = only(told(measure(), figure("$8k/month", vendor="acme"), figure("$14k/month", vendor="globex")))
    assert (finding.kind, finding.verdict, finding.relation) == (FindingKind.SPREAD, Verdict.NOT_COMPARABLE, None)
    assert "Deck says $8,000 a month (Acme) and $14,000 a month (Globex)." in finding.explanation
    assert "They are not comparable, since the vendors differ." in finding.pairings[0].explanation
    assert "should not be averaged" in finding.explanation
    assert finding.severity > 0


def test_a_spread_of_two_voices_says_which_number_is_for_what() -> None:
    one_each = figure("$8k/month", vendor="acme"), figure("$14k/month", vendor="globex", by="memo")
    [finding] = found(told(measure(), *one_each))
    assert "Deck says $8,000 a month (Acme); Memo says $14,000 a month (Globex)." in finding.explanation


def test_the_widest_pair_of_a_spread_gives_its_sentence() -> None:
    said = [figure(f"${n}k/month", vendor=vendor) for n, vendor in ((8, "acme"), (14, "globex"), (24, "initech"))]
    finding = only(told(measure(), *said))
    assert len(finding.pairings) == 3
    assert "Deck says $8,000 a month (Acme) and $24,000 a month (Initech)." in finding.explanation


def test_a_spread_over_very_many_things_shows_its_widest_pairs() -> None:
    said = [figure(f"${n}k/month", vendor=f"vendor-{n}") for n in range(1, 100)]
    finding = only(told(measure(), *said))
    assert len(finding.pairings) == 40
    assert "Deck says $1,000 a month (Vendor-1) and $99,000 a month (Vendor-99)" in finding.explanation


def test_equal_numbers_for_different_named_things_are_no_news() -> None:
    assert found(told(measure(), figure("$8k/month", vendor="acme"), figure("$8k/month", vendor="globex"))) == ()


def test_numbers_for_different_times_are_a_series_without_a_verdict() -> None:
    knowledge = told(measure(), figure("$8k/month", period=year(2024)), figure("$14k/month", period=year(2025)))
    finding = only(knowledge)
    assert (finding.kind, finding.verdict, finding.severity) == (FindingKind.SERIES, None, 0)


def test_a_year_s_flow_is_compared_with_a_month_s() -> None:
    finding = only(told(measure(), figure("$96k/year", by="deck"), figure("$8k/month", by="memo")))
    assert finding.verdict is Verdict.AGREEMENT


def test_a_flow_without_period_may_be_another_and_is_in_tension_at_most() -> None:
    knowledge = told(measure(), figure("$8,000", by="deck"), figure("$14,000/month", by="memo"))
    finding = only(knowledge)
    assert finding.verdict is Verdict.TENSION
    assert "$8,000 (period not stated)" in finding.explanation
    assert "Only the second specifies a period" in finding.explanation


def test_a_price_a_month_and_a_price_a_year_are_two_offers() -> None:
    knowledge = told(measure("value", "USD/month", "price"), figure("$70 a year"), figure("$7 a month"))
    assert found(knowledge) == ()


def test_a_part_is_not_compared_with_the_whole() -> None:
    whole, part = term("alphabet"), term("lab", part_of="alphabet")
    said = (figure("$8k/month", by="deck", vendor="alphabet"), figure("$1k/month", by="memo", vendor="lab"))
    assert verdicts(told(measure(), whole, part, *said)) == [("spread", "not_comparable")]


def test_a_ratio_of_a_part_does_not_contradict_that_of_the_whole() -> None:
    whole, part = term("alphabet"), term("lab", part_of="alphabet")
    said = (figure("20%", by="deck", vendor="alphabet"), figure("70%", by="memo", vendor="lab"))
    assert verdicts(told(measure("value", "fraction", "ratio"), whole, part, *said)) == [("spread", "not_comparable")]


def test_a_number_for_each_of_two_vendors_meets_the_numbers_of_both() -> None:
    knowledge = told(
        measure(),
        figure("$8k/month", by="deck", vendor=each("acme", "globex")),
        figure("$8k/month", by="memo", vendor="acme"),
        figure("$20k/month", by="note", vendor="globex"),
    )
    assert ("corroboration", "agreement") in verdicts(knowledge)
    assert ("across_sources", "conflict") in verdicts(knowledge)


def test_a_total_is_not_one_vendor_s_number() -> None:
    knowledge = told(
        measure(), figure("$20k/month", vendor=total("acme", "globex")), figure("$8k/month", by="memo", vendor="acme")
    )
    assert verdicts(knowledge) == [("spread", "not_comparable")]


def test_a_key_on_one_side_only_turns_a_conflict_into_a_tension() -> None:
    finding = only(told(measure(), figure("$8k/month", by="deck"), figure("$14k/month", by="memo", vendor="acme")))
    assert finding.verdict is Verdict.TENSION
    assert "Only the second specifies a vendor" in finding.explanation


@pytest.mark.parametrize("stance", ["negated", "hypothetical", "assumed"])
def test_what_is_not_said_to_be_so_enters_no_finding(stance: str) -> None:
    knowledge = told(measure(), figure("$8k/month"), figure("$14k/month", by="memo", stance=stance))
    assert found(knowledge) == ()


def test_an_alleged_number_compares_at_lowered_severity_and_keeps_the_word() -> None:
    plain = told(measure(), figure("$8k/month"), figure("$14k/month", by="memo"))
    alleged = told(measure(), figure("$8k/month"), figure("$14k/month", by="memo", stance="alleged"))
    assert only(alleged).severity < only(plain).severity
    assert "$14,000 a month (alleged)" in only(alleged).explanation


def test_how_sure_a_voice_says_it_is_changes_no_severity() -> None:
    sure = told(measure(), figure("$8k/month"), figure("$14k/month", by="memo", confidence="almost certain"))
    unsure = told(measure(), figure("$8k/month"), figure("$14k/month", by="memo", confidence="unlikely"))
    assert only(unsure).severity == only(sure).severity


@pytest.mark.parametrize(
    ("said", "hint"),
    [("$96,000/month", "a month may have been taken for a year"), ("$8,000,000/month", "a step of a thousand")],
)
def test_a_ratio_that_looks_like_a_slip_is_hinted_at(said: str, hint: str) -> None:
    assert hint in only(told(measure(), figure("$8,000/month"), figure(said, by="memo"))).explanation


def test_neighbours_and_extremes_are_compared_and_never_all_pairs() -> None:
    said = [figure(f"${2**n}k/month", by=f"source-{n}") for n in range(12)]
    assert len(found(told(measure(), *said))) == 12


def test_the_first_figures_of_two_positions_name_their_finding() -> None:
    first = (figure("$8k/month", by="deck", id="low"), figure("$14k/month", by="memo", id="high"))
    later = (*first, figure("$14k/month", by="note"), figure("$8k/month", by="tape"))
    (before,) = found(told(measure(), *first))
    after = {one.id: one for one in found(told(measure(), *later))}
    assert before.id in after
    assert after[before.id].digest != before.digest


def test_a_digest_does_not_depend_on_the_order_in_which_ids_came() -> None:
    def digest(*ids: str) -> str:
        places = [replace(term(id), slug=f"vendor/{name}") for id, name in zip(ids, ("acme", "brig"), strict=True)]
        scope = {
            "vendor": ScopeSelection(terms=tuple(sorted(place.id for place in places)), quantifier=Quantifier.TOTAL)
        }
        low, high = (
            replace(figure(amount, id=amount[1], by=by), scope=scope)
            for amount, by in (("$8k/month", "deck"), ("$9k/month", "memo"))
        )
        return only(told(measure(), *places, low, high)).digest

    assert digest("1", "2") == digest("2", "1")


def test_a_digest_changes_with_an_input_and_with_nothing_else() -> None:
    low, high = figure("$8k/month", id="low"), figure("$14k/month", by="memo", id="high")
    before = only(told(measure(), low, high)).digest
    assert only(told(measure(), replace(low, note="seen again"), high)).digest == before
    for changed in (replace(low, confidence=Confidence("unlikely")), replace(low, quantity=quantity("$9k/month"))):
        assert only(told(measure(), changed, high)).digest != before


sayings = st.sampled_from(["$8k/month", "about $9k/month", "at least $2-3k/month", "$14k/month", "$3-15k/month"])


@st.composite
def crowds(draw: st.DrawFn) -> list[Figure]:
    count = draw(st.integers(1, 6))
    return [
        figure(
            draw(sayings),
            id=f"said-{n}",
            by=draw(st.sampled_from(["deck", "memo", "note"])),
            **draw(st.sampled_from([{}, {"vendor": "acme"}, {"vendor": "globex"}, {"plan": "pro"}])),
        )
        for n in range(count)
    ]


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_a_figure_of_another_measure_adds_no_finding(crowd: list[Figure]) -> None:
    before = found(told(measure(), measure("other"), *crowd))
    assert found(told(measure(), measure("other"), *crowd, figure("$1/month", of="other", by="elsewhere"))) == before


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_finding_ids_are_unique_and_each_figure_taking_part_is_known(crowd: list[Figure]) -> None:
    findings = found(told(measure(), *crowd))
    assert len({one.id for one in findings}) == len(findings)
    assert {id for one in findings for id in one.figures} <= {one.id for one in crowd}


@settings(max_examples=60, deadline=None)
@given(crowds())
def test_the_findings_of_one_measure_are_those_of_all_that_concern_it(crowd: list[Figure]) -> None:
    knowledge = told(
        measure(), measure("other"), *crowd, figure("$1/month", of="other"), figure("$9/month", of="other")
    )
    group = FindingGroups(measures=frozenset({Id("value")}))
    assert worded_findings(knowledge, group) == tuple(one for one in found(knowledge) if one in group)


def test_claims_conflict_where_a_person_says_that_one_denies_the_other() -> None:
    knowledge = told(claim("cheap", denies=("dear",)), claim("dear", by="memo", denies=("cheap",)), claim("blue"))
    finding = only(knowledge)
    assert (finding.kind, finding.verdict, finding.claims) == (FindingKind.CLAIMS, Verdict.CONFLICT, ("cheap", "dear"))
    assert finding.measure is None


def test_claims_that_a_person_holds_to_say_the_same_agree() -> None:
    assert verdicts(told(claim("cheap", same_as=("low",)), claim("low", by="memo"))) == [("claims", "agreement")]


# -- what a translation does to a number -----------------------------------------------------------------------------


def passed_on(said: str, told_again: str, **again: object) -> list[tuple[str, str]]:
    unit = str(again.pop("unit", "USD/month"))
    entities: list[AnyEntity] = [
        measure("value", unit, "flow"),
        source("deck-zh", translation_of=Id("deck")),
        figure(said, id="first", unit=unit),
        figure(told_again, by="deck-zh", translates="first", unit=unit, **again),  # type: ignore[arg-type]
    ]
    return verdicts(told(*entities))


def test_a_faithful_translation_is_no_finding() -> None:
    assert passed_on("$8k/month", "8000 美元/月") == []


def test_a_number_turned_round_is_a_conflict() -> None:
    assert passed_on("40x", "0.025x", unit="multiple") == [("drift", "conflict")]


def test_a_floor_told_as_a_ceiling_is_a_conflict() -> None:
    assert passed_on("at least $8k/month", "at most $8k/month") == [("drift", "conflict")]


def test_another_number_is_a_conflict() -> None:
    assert passed_on("$14k/month", "$41k/month") == [("drift", "conflict")]


@pytest.mark.parametrize("told_again", ["about $8,000/month", "at least $8,000/month"])
def test_an_added_word_is_a_tension_at_most(told_again: str) -> None:
    assert passed_on("$8,000/month", told_again) == [("drift", "tension")]


def test_an_added_period_is_a_tension_at_most() -> None:
    assert passed_on("$5 billion", "$5 billion / year", unit="USD") == [("drift", "tension")]


def test_an_added_period_of_a_flow_is_a_tension_at_most() -> None:
    knowledge = told(
        measure("burn", "USD/year", "flow"),
        figure("$5 billion", of="burn", id="first", unit="USD"),
        figure("$5 billion / year", of="burn", by="deck-zh", translates="first"),
        source("deck-zh", translation_of=Id("deck")),
    )
    finding = only(knowledge)
    assert (finding.kind, finding.verdict) == (FindingKind.DRIFT, Verdict.TENSION)
    assert "adds a period" in finding.explanation


def test_an_added_scope_is_a_tension_at_most() -> None:
    assert passed_on("$8k/month", "$8k/month", vendor="acme") == [("drift", "tension")]


def test_a_mere_repetition_may_be_loose() -> None:
    knowledge = told(measure(), figure("$8,000/month", id="first"), figure("about $8k/month", repeats="first"))
    assert found(knowledge) == ()


def test_who_only_alleges_a_claim_does_not_say_it() -> None:
    earlier = claim("sold", by="survey", voice="(parents)", stance="alleged", text="Doses were sold.")
    later = claim("were-sold", by="news", same_as=("sold",), text="Doses were sold at a gate.")
    dated = source("survey", issued="2026-01-20"), source("news", issued="2026-02-03")
    [finding] = worded_findings(told(*dated, earlier, later))
    assert "Unnamed parents (20 January 2026) allege the same: Doses were sold." in finding.explanation
