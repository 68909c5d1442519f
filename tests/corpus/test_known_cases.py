"""The disagreements in the documents that a careful reader knows, and the right word on each of them."""

import pytest

from kb.domain.entity import Calculation, Measure
from kb.domain.finding import Finding, FindingKind, Relation, Verdict
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.consensus import consensus
from kb.reasoning.findings.position import positions
from kb.reports.words.references import severity_words
from tests.corpus.noticed import Noticed

FLOOR, ANTHROPIC, OPENAI = (
    "compelled-philanthropy/plan-value",
    "brokenomics/anthropic-value",
    "brokenomics/openai-value",
)
MULTIPLE = "economics/plan-multiple", "brokenomics/multiple"
QUARTER = "economics/quarter-use-margin", "brokenomics/quarter-margin"
SERIES = [
    # sellers, stated, computed, what makes them meet
    ("economics/lerner-margin", "who-wins/one-seller-margin", "66.67%", "rounded."),
    ("economics/margin-of-two", "who-wins/two-sellers-margin", "33.33%", "rounded."),
    ("economics/margin-of-three", "who-wins/three-sellers-margin", "22.22%", "rounded."),
    ("economics/margin-of-four", "who-wins/four-sellers-margin", "16.67%", ", cut off"),
    (
        "economics/margin-of-four-from-the-stated-margin",
        "who-wins/four-sellers-margin",
        "16.75%",
        ", cut off",
    ),
    ("economics/margin-of-five", "who-wins/five-sellers-margin", "13.33%", "rounded."),
]
DRIFTS = {
    # figure of the translation: what became of the number there
    "brokenomics/forty-for-one/zh": (Verdict.CONFLICT, "inverts the number"),
    "brokenomics/openai-burn/zh": (Verdict.TENSION, "adds a period"),
    "brokenomics/anthropic-value/zh-3": (Verdict.TENSION, "makes the number approximate"),
    "brokenomics/openai-value/zh-3": (Verdict.TENSION, "makes the number approximate"),
    "brokenomics/market-cap/zh": (Verdict.TENSION, "turns the number into a limit"),
}


def outcomes(corpus: Knowledge, calculation: str) -> list[tuple[float, float]]:
    """The stated results of a calculation, lowest first."""
    wanted = corpus.named(Calculation, calculation)
    assert wanted
    found = results_of(corpus, corpus.calculations)[wanted.id].outcomes
    return sorted((float(one.stated.low or 0), float(one.stated.high or 0)) for one in found)


def said(finding: Finding, *words: str) -> None:
    for each in words:
        assert each in finding.explanation, finding.explanation


def test_a_floor_and_a_higher_number_for_the_same_plan_are_in_tension(noticed: Noticed) -> None:
    [found] = [one for one in noticed.compared(FLOOR, ANTHROPIC) if one.kind is not FindingKind.SPREAD]
    assert (found.kind, found.verdict) == (FindingKind.ACROSS_SOURCES, Verdict.TENSION)
    said(found, "2.7 to 4 times", "Both can be true: the first gives only a minimum")
    assert severity_words(str(found.severity)).startswith("high severity")


def test_two_vendors_numbers_are_one_spread_and_nothing_else(noticed: Noticed) -> None:
    [found] = noticed.compared(ANTHROPIC, OPENAI)
    assert (found.kind, found.verdict) == (FindingKind.SPREAD, Verdict.NOT_COMPARABLE)
    said(found, "$8,000 a month (Anthropic) and $14,000 a month (OpenAI)", "should not be averaged")


def test_two_vendors_numbers_are_never_averaged(noticed: Noticed) -> None:
    measure = noticed.corpus.named(Measure, "plan-api-value")
    assert measure
    by_scope = consensus(noticed.corpus, measure.id)
    assert len(by_scope) > 1
    # Each vendor's number has one voice, and nobody agrees with it.
    assert [one.value for one in by_scope if one.value] == []


def test_the_high_end_of_the_multiple_comes_out_and_the_low_one_does_not(noticed: Noticed) -> None:
    found = noticed.check(*MULTIPLE)
    assert found.verdict is Verdict.TENSION
    said(
        found,
        "at least 10 to 15 times, 40 times and 70 times.",
        "The high figure, 70 times, can be reproduced",
    )
    assert outcomes(noticed.corpus, MULTIPLE[0]) == [(10, 15), (40, 40), (70, 70)]


def test_forty_dollars_for_one_is_one_vendors_value_over_its_fee(noticed: Noticed) -> None:
    found = noticed.check("economics/multiple-at-one-vendor", "brokenomics/forty-for-one")
    assert found.verdict is Verdict.AGREEMENT


def test_the_margin_at_a_quarter_of_use_keeps_to_its_bound_far_below_it(noticed: Noticed) -> None:
    found = noticed.check(*QUARTER)
    assert (found.verdict, found.severity) == (Verdict.AGREEMENT, 0)
    said(found, "Anthropic's $200 plan), the calculation gives −150%", "125 percentage points apart")
    said(found, "−337.5% fits a limit of at most −25%, though it is 312.5 percentage points lower")
    said(
        found,
        "As stated, other sources' numbers give 6.25–37.5%, of which the lower end is 31.25 percentage points "
        "above the limit of −25%",
    )
    said(found, ", and the true result may be lower.")
    said(found, "the second gives only a maximum")
    bounded = [low for low, high in outcomes(noticed.corpus, QUARTER[0]) if low == high]
    assert bounded == [-3.375, -1.5]
    assert all(-0.25 - low > 1 for low in bounded)


def test_the_value_that_gives_the_stated_margin_is_the_unexplained_low_end(noticed: Noticed) -> None:
    said(noticed.check(*QUARTER), "$4,000 a month", "20 times the subscription fee")


def test_two_lengths_of_one_newsletter_conflict_at_their_low_ends(noticed: Noticed) -> None:
    [found] = noticed.between("brokenomics/newsletter-length", "brokenomics/newsletter-length-at-the-foot")
    assert (found.kind, found.verdict) == (FindingKind.WITHIN_SOURCE, Verdict.CONFLICT)
    said(
        found,
        "The two ranges have the same upper end and different lower ends: 10,000 words is twice 5,000 words",
        "10,000 / 5,000 = 2",
    )


@pytest.mark.parametrize(("calculation", "stated", "computed", "words"), SERIES)
def test_each_margin_of_a_number_of_sellers_holds_by_rounding_or_by_cutting_off(
    noticed: Noticed, calculation: str, stated: str, computed: str, words: str
) -> None:
    found = noticed.check(calculation, stated)
    assert found.verdict is Verdict.ROUNDING
    said(found, computed, words)


def test_a_marginal_cost_comes_out_as_stated(noticed: Noticed) -> None:
    found = noticed.check("economics/lerner-cost", "who-wins/marginal-cost")
    assert found.verdict is Verdict.AGREEMENT
    assert outcomes(noticed.corpus, "economics/lerner-cost") == [(2, 2)]


def test_the_cost_of_a_campaign_gives_the_tokens_of_a_query_and_is_not_checked_by_them(corpus: Knowledge) -> None:
    calculation = corpus.named(Calculation, "economics/campaign-cost")
    assert calculation
    result = results_of(corpus, corpus.calculations)[calculation.id]
    [implied] = result.implied
    assert (implied.value, implied.unit, result.checks) == (Interval.at(1000), "token/query", ())


def test_three_heavy_users_eat_the_fees_of_two_thousand_light_ones_at_list_price(noticed: Noticed) -> None:
    found = noticed.check("economics/gym-heavy-users-eat-the-fees", "brokenomics/gym-heavy-users")
    assert found.verdict is Verdict.AGREEMENT
    said(found, "is at least", "$42,000", "$40,000")


def test_half_the_price_turns_a_margin_of_a_third_into_a_loss(corpus: Knowledge) -> None:
    assert outcomes(corpus, "economics/margin-at-half-price") == [(-0.34, -0.34)]


def test_two_offers_of_one_newsletter_are_no_finding(noticed: Noticed) -> None:
    assert noticed.between("brokenomics/newsletter-year") == noticed.between("brokenomics/newsletter-month") == []


def test_a_share_of_cost_turned_round_gives_the_margin(noticed: Noticed) -> None:
    found = noticed.check("economics/deepseek-margin", "paid-apis-thread/deepseek-margin")
    assert (found.verdict, found.relation) == (Verdict.AGREEMENT, Relation.INSIDE)
    said(found, "The calculation gives more than 80%, as does unnamed commenter L.")


def test_a_hypothetical_margin_comes_out_but_enters_no_finding_and_no_consensus(noticed: Noticed) -> None:
    ferrari = noticed.figure("paid-apis-thread/ferrari-margin")
    assert outcomes(noticed.corpus, "economics/ferrari-margin") == [(0.95, 0.95)]
    assert noticed.between(ferrari.slug) == []
    assert consensus(noticed.corpus, ferrari.measure) == ()


def test_the_translation_adds_no_voice_to_any_number(corpus: Knowledge) -> None:
    translated = {source.id for source in corpus.sources.values() if source.translation_of}
    told = [held for measure in corpus.measures for held in positions(corpus, measure)]
    alone = [held for held in told if {corpus.figures[id].source for id in held.figures} <= translated]
    assert len(told) > 80
    assert alone == []


def test_a_translation_that_turns_a_number_round_conflicts_and_what_it_adds_is_a_tension(noticed: Noticed) -> None:
    drifts = [one for one in noticed.findings if one.kind is FindingKind.DRIFT]
    found = {noticed.corpus.by_id[one.parts[-1]].slug: one for one in drifts}
    assert found.keys() == DRIFTS.keys()
    for slug, (verdict, words) in DRIFTS.items():
        assert found[slug].verdict is verdict
        said(found[slug], words)


def test_a_floor_and_a_vague_number_of_one_author_are_a_tension_at_most(noticed: Noticed) -> None:
    [found] = noticed.between("distillation-queries/foregone", "distillation-queries/foregone-in-words")
    assert found.kind is FindingKind.WITHIN_SOURCE
    assert found.verdict in (Verdict.TENSION, Verdict.AGREEMENT)
