"""Cases from the field whose right answer is known, told with a few figures of the same shape."""

from fractions import Fraction

import pytest

from kb.domain.entity import AnyEntity
from kb.domain.finding import Finding, FindingKind, Ground, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.calculation.result import Check
from kb.reasoning.consensus import consensus
from kb.reports.words.scope import scope_text
from tests.reasoning.calculated import calculated
from tests.reasoning.story import calculation, each, figure, measure, source, told
from tests.reasoning.worded import worded_findings

PLAN: tuple[AnyEntity, ...] = (
    measure("plan-value", "USD/month", "flow"),
    measure("plan-fee", "USD/month", "price"),
    measure("plan-margin", "fraction", "ratio"),
    measure("multiple", "multiple", "ratio"),
    figure("upward of $2,000-3,000 a month", id="floor", by="post", of="plan-value", vendor="anthropic", plan="pro"),
    figure(
        "$8000 a month",
        id="eight",
        by="essay",
        of="plan-value",
        voice="Analysts via Essayist",
        stance="measured",
        vendor="anthropic",
        plan="pro",
    ),
    figure(
        "$14,000 a month",
        id="fourteen",
        by="essay",
        of="plan-value",
        voice="Analysts via Essayist",
        stance="measured",
        vendor="openai",
        plan="pro",
    ),
    figure("$200 a month", id="fee-a", by="essay", of="plan-fee", vendor="anthropic", plan="pro"),
    figure("$200 a month", id="fee-o", by="essay", of="plan-fee", vendor="openai", plan="pro"),
)


def found(knowledge: Knowledge, *figures: str, kind: FindingKind | None = None) -> Finding:
    """The one finding in which all ``figures`` take part."""
    (finding,) = (
        one
        for one in worded_findings(knowledge, None)
        if {*figures} <= {*one.figures} and (kind is None or one.kind is kind)
    )
    return finding


def checked(knowledge: Knowledge, of: str) -> Check:
    (check,) = results_of(knowledge, knowledge.calculations)[Id(of)].checks
    return check


def test_a_floor_and_a_higher_number_for_one_vendor_are_in_high_tension() -> None:
    finding = found(told(*PLAN), "floor", "eight", kind=FindingKind.ACROSS_SOURCES)
    assert finding.verdict is Verdict.TENSION
    assert "2.7 to 4 times the first (8,000 / 3,000 ≈ 2.7; 8,000 / 2,000 = 4)" in finding.explanation
    assert "Both can be true: the first gives only a minimum" in finding.explanation
    assert finding.severity >= Fraction(1, 2)


def test_two_vendors_are_one_spread_and_never_averaged() -> None:
    finding = found(told(*PLAN), "eight", "fourteen", kind=FindingKind.SPREAD)
    assert finding.verdict is Verdict.NOT_COMPARABLE
    assert "$8,000 a month (Anthropic) and $14,000 a month (Openai)." in finding.explanation
    assert "should not be averaged" in finding.explanation
    scopes = [scope_text(told(*PLAN), each.scope) for each in consensus(told(*PLAN), Id("plan-value"))]
    assert scopes == ["Anthropic, Pro", "Openai, Pro"]


def test_the_high_end_of_a_spread_of_multiples_is_reached_and_the_low_end_is_not() -> None:
    said = figure("between 20 and 70 times (spread)", id="said", by="essay", of="multiple", unit="multiple")
    ratio = calculation("ratio", "value / fee", checks=("said",), value="measure plan-value", fee="measure plan-fee")
    shown = calculated(told(*PLAN, said, ratio), "ratio")
    (check,) = shown.result.checks
    assert check.verdict is Verdict.TENSION
    assert "low figure from Essay, 20 times, cannot be reproduced" in shown.checks[0]
    assert [pairing.end for pairing in check.pairings if pairing.ground is Ground.END_NOT_REACHED] == ["low"]
    by_label = {label.split(" (")[0]: pairing.verdict for (label, _), pairing in shown.labelled_pairings}
    assert by_label["Calculated from Analysts via Essayist"] is Verdict.AGREEMENT


def test_a_margin_that_is_at_best_negative_agrees_with_far_lower_results() -> None:
    said = figure("at best negative 25%", id="said", by="essay", of="plan-margin", unit="fraction")
    margin = calculation(
        "margin",
        "(fee - value * use * (1 - gross)) / fee",
        unit="fraction",
        checks=("said",),
        value="measure plan-value over vendor",
        fee="measure plan-fee",
        use="25%",
        gross="75%",
    )
    shown = calculated(told(*PLAN, said, margin), "margin")
    result = shown.result
    stated = [outcome.stated for outcome in result.outcomes]
    assert stated == [
        Interval(Fraction(1, 16), Fraction(3, 8)),
        Interval.at(Fraction(-3, 2)),
        Interval.at(Fraction(-27, 8)),
    ]
    assert result.outcomes[0].allowed == Interval(None, Fraction(3, 8))
    (check,) = result.checks
    # The numbers of others are open below: 6 to 38% can keep to the limit only if they are lower than they look.
    assert check.verdict is Verdict.AGREEMENT
    assert [check.pairings[place].verdict for place in check.aside] == [Verdict.TENSION]
    assert "would have to be $4,000 a month" in shown.checks[0]
    assert "20 times the plan fee" in shown.checks[0]


def test_two_spreads_of_one_document_conflict_at_their_low_end() -> None:
    knowledge = told(
        measure("length", "word", "count"),
        figure("from 5,000 to 18,000 words", id="head", of="length", line=1),
        figure("10,000 to 18,000 words (spread)", id="foot", of="length", line=90),
    )
    finding = found(knowledge, "head", "foot")
    assert (finding.kind, finding.verdict) == (FindingKind.WITHIN_SOURCE, Verdict.CONFLICT)
    assert (
        "The two ranges have the same upper end and different lower ends: 10,000 words is twice 5,000 words"
        in finding.explanation
    )


@pytest.mark.parametrize(("said", "sellers"), [("67%", 1), ("33%", 2), ("22%", 3), ("16%", 4), ("13%", 5)])
@pytest.mark.parametrize("margin", ["2 / 3", "67%"])
def test_margins_under_one_to_five_sellers_come_out_by_rounding_or_truncation(
    said: str, sellers: int, margin: str
) -> None:
    knowledge = told(
        measure("share", "fraction", "ratio"),
        figure(said, id="said", of="share", unit="fraction"),
        calculation("split", f"{margin} / n", unit="fraction", checks=("said",), n=str(sellers)),
    )
    exact = margin == "67%" and sellers == 1
    assert checked(knowledge, "split").verdict is (Verdict.AGREEMENT if exact else Verdict.ROUNDING)


def test_marginal_cost_and_margin_follow_from_price_and_time_saved() -> None:
    knowledge = told(
        measure("cost", "USD/Mtoken", "price"),
        measure("share", "fraction", "ratio"),
        figure("about $2 per million tokens", id="cost-said", of="cost"),
        figure("near 67%", id="margin-said", of="share", unit="fraction"),
        calculation(
            "marginal",
            "price - hour * saved / tokens",
            unit="USD/Mtoken",
            checks=("cost-said",),
            price="$6 per million tokens",
            hour="$200 / hour",
            saved="0.4 hours",
            tokens="20M tokens",
        ),
        calculation(
            "margin",
            "(price - cost) / price",
            unit="fraction",
            checks=("margin-said",),
            price="$6 per million tokens",
            cost="calculation marginal",
        ),
    )
    assert checked(knowledge, "marginal").verdict is Verdict.AGREEMENT
    assert checked(knowledge, "margin").verdict is Verdict.ROUNDING


def test_the_cost_of_a_campaign_implies_one_thousand_tokens_a_query_at_both_ends() -> None:
    knowledge = told(
        measure("queries", "query", "count"),
        measure("price", "USD/Mtoken", "price"),
        measure("bill", "USD", "stock"),
        figure("16M queries", id="queries-said", of="queries"),
        figure("$3–$15 per million tokens", id="price-said", of="price"),
        figure("between $48,000 and $240,000", id="bill-said", of="bill"),
        calculation(
            "campaign",
            "queries * tokens * price",
            unit="USD",
            checks=("bill-said",),
            queries="figure queries-said",
            tokens="missing",
            price="figure price-said",
        ),
    )
    shown = calculated(knowledge, "campaign")
    (implied,) = shown.result.implied
    assert (implied.value, implied.unit) == (Interval.at(1000), "token/query")
    assert "the whole range comes from the price" in shown.implied[0]
    assert shown.result.checks == ()


def test_three_heavy_users_outweigh_two_thousand_light_ones() -> None:
    knowledge = told(
        measure("heavy", "person", "count"),
        figure("3 people", id="heavy-said", of="heavy", stance="assumed"),
        calculation(
            "gym",
            "heavy * value >= light * fee",
            checks=("heavy-said",),
            heavy="figure heavy-said",
            value="$14,000 / month",
            light="2000 people",
            fee="$20 / month",
        ),
    )
    shown = calculated(knowledge, "gym")
    (check,) = shown.result.checks
    assert check.verdict is Verdict.AGREEMENT
    assert "holds" in shown.checks[0]


def test_a_price_a_year_beside_a_price_a_month_is_no_finding() -> None:
    knowledge = told(
        measure("fee", "USD/month", "price"), figure("$70 a year", of="fee"), figure("$7 a month", of="fee")
    )
    assert worded_findings(knowledge, None) == ()


def test_a_share_of_cost_and_its_margin_agree_with_the_bound_turned_round() -> None:
    knowledge = told(
        measure("margin", "fraction", "ratio"),
        figure("over 80%", id="said", of="margin", unit="fraction"),
        calculation("turned", "1 - share", unit="fraction", checks=("said",), share="under 20%"),
    )
    assert checked(knowledge, "turned").verdict is Verdict.AGREEMENT


def test_an_example_s_margin_is_checked_but_enters_no_consensus() -> None:
    knowledge = told(
        measure("margin", "fraction", "ratio"),
        figure("95%", id="said", of="margin", unit="fraction", stance="hypothetical"),
        calculation(
            "car", "(price - material) / price", unit="fraction", checks=("said",), price="$200k", material="$10k"
        ),
    )
    assert checked(knowledge, "car").verdict is Verdict.AGREEMENT
    assert consensus(knowledge, Id("margin")) == ()


def test_a_translation_counts_no_voice_and_its_slips_are_drift() -> None:
    knowledge = told(
        measure("trade", "multiple", "ratio"),
        measure("burn", "USD", "stock"),
        source("essay-zh", translation_of=Id("essay")),
        figure("40x", id="forty", by="essay", of="trade", unit="multiple", vendor=each("anthropic", "openai")),
        figure(
            "0.025x",
            id="turned",
            by="essay-zh",
            of="trade",
            unit="multiple",
            vendor=each("anthropic", "openai"),
            translates="forty",
        ),
        figure("$5 billion", id="five", by="essay", of="burn", unit="USD"),
        figure("about $5 billion", id="hedged", by="essay-zh", of="burn", unit="USD", translates="five"),
    )
    findings = worded_findings(knowledge, None)
    assert {(one.figures, str(one.kind), str(one.verdict)) for one in findings} == {
        (("forty", "turned"), "drift", "conflict"),
        (("five", "hedged"), "drift", "tension"),
    }
    assert all(len(one.origins) == 1 for name in ("trade", "burn") for one in consensus(knowledge, Id(name)))


def test_a_floor_and_an_order_of_magnitude_in_one_document_are_in_tension_at_most() -> None:
    knowledge = told(
        measure("foregone", "USD", "stock"),
        figure("$100M+", id="head", of="foregone", unit="USD"),
        figure("hundreds of millions of dollars", id="foot", of="foregone", unit="USD"),
    )
    assert found(knowledge, "head", "foot").verdict in (Verdict.AGREEMENT, Verdict.TENSION)
