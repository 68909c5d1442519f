"""What the engine notices in the shipped corpus, and what it must not."""

import pytest

from kb.domain.entity import Calculation, Figure, Measure
from kb.domain.finding import Finding, FindingKind, Relation, Verdict
from kb.domain.group import Groups
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from kb.reasoning.derive import derive
from kb.reasoning.position import positions
from kb.reasoning.reconcile import Reconciler
from kb.reports.naming import severity_words


@pytest.fixture(scope="module")
def findings(corpus: Knowledge) -> tuple[Finding, ...]:
    return tuple(Reconciler().findings(corpus, None))


def between(findings: tuple[Finding, ...], corpus: Knowledge, *slugs: str) -> list[Finding]:
    """Findings in which every one of the figures called ``slugs`` takes part."""
    wanted = {figure(corpus, slug).id for slug in slugs}
    return [finding for finding in findings if wanted <= set(finding.figures)]


def figure(corpus: Knowledge, slug: str) -> Figure:
    found = corpus.named(Figure, slug)
    assert found, slug
    return found


def check_of(findings: tuple[Finding, ...], corpus: Knowledge, calculation: str, checked: str) -> Finding:
    wanted = corpus.named(Calculation, calculation)
    assert wanted
    [found] = [finding for finding in between(findings, corpus, checked) if finding.calculation == wanted.id]
    return found


FLOOR, ANTHROPIC, OPENAI = (
    "compelled-philanthropy/plan-value",
    "brokenomics/anthropic-value",
    "brokenomics/openai-value",
)


def test_a_floor_and_a_higher_number_for_the_same_plan_are_in_tension(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    [found] = [
        finding for finding in between(findings, corpus, FLOOR, ANTHROPIC) if finding.kind is FindingKind.ACROSS_SOURCES
    ]
    assert found.verdict is Verdict.TENSION
    assert "2.7 to 4 times" in found.explanation
    assert "is a floor; otherwise this would be a conflict" in found.explanation
    assert found.severity > 0.5


def test_two_vendors_numbers_are_a_spread_and_no_conflict(findings: tuple[Finding, ...], corpus: Knowledge) -> None:
    [found] = [
        finding for finding in between(findings, corpus, ANTHROPIC, OPENAI) if finding.kind is FindingKind.SPREAD
    ]
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert "vendor differs (Anthropic, OpenAI)" in found.explanation
    assert "1.75 times" in found.explanation


def test_the_translation_adds_no_voice_to_any_number(corpus: Knowledge) -> None:
    translated = {source.id for source in corpus.sources.values() if source.translation_of}
    told = [held for measure in corpus.measures for held in positions(corpus, measure)]
    alone = [held for held in told if {corpus.figures[id].source for id in held.figures} <= translated]
    of_the_page = {"the page around the article"}
    assert len(told) > 80
    assert all(set(held.origins) <= of_the_page for held in alone)


@pytest.mark.parametrize(
    ("calculation", "checked", "verdict", "words"),
    [
        ("economics/plan-multiple", "brokenomics/multiple", Verdict.TENSION, "none gives 20 times"),
        ("economics/quarter-use-margin", "brokenomics/quarter-margin", Verdict.TENSION, "$4,000 a month"),
        ("economics/quarter-use-margin", "brokenomics/quarter-margin", Verdict.TENSION, "20 times `fee`"),
        ("economics/lerner-cost", "who-wins/marginal-cost", Verdict.AGREEMENT, "$2 per million tokens"),
        ("economics/lerner-margin", "who-wins/one-seller-margin", Verdict.ROUNDING, "66.67%"),
        ("economics/margin-of-four", "who-wins/four-sellers-margin", Verdict.ROUNDING, "cut off"),
        ("economics/campaign-cost", "distillation-queries/campaign-cost", Verdict.AGREEMENT, "1,000 tokens per query"),
        ("economics/gym-heavy-users-eat-the-fees", "brokenomics/gym-heavy-users", Verdict.AGREEMENT, "$42,000"),
        ("economics/deepseek-margin", "paid-apis-thread/deepseek-margin", Verdict.AGREEMENT, "80%"),
    ],
)
def test_stated_numbers_are_recomputed(
    findings: tuple[Finding, ...], corpus: Knowledge, calculation: str, checked: str, verdict: Verdict, words: str
) -> None:
    found = check_of(findings, corpus, calculation, checked)
    assert found.verdict is verdict
    assert words in found.explanation


def test_the_margin_at_a_quarter_of_use_is_bounded_from_above_and_both_results_lie_far_below(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    found = check_of(findings, corpus, "economics/quarter-use-margin", "brokenomics/quarter-margin")
    assert "is a ceiling; otherwise this would be a conflict" in found.explanation
    assert "−337.5%" in found.explanation
    assert "−150% (tension)" in found.explanation


def test_the_high_end_of_the_multiple_comes_out_and_the_low_one_does_not(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    found = check_of(findings, corpus, "economics/plan-multiple", "brokenomics/multiple")
    assert "the recorded figures give 10–15 times, 40 times, 70 times, and none gives 20 times" in found.explanation
    assert "The high end, 70 times, does come out" in found.explanation


def test_the_floor_of_a_vendor_s_value_is_a_grave_matter_in_words(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    [found] = [
        finding for finding in between(findings, corpus, FLOOR, ANTHROPIC) if finding.kind is FindingKind.ACROSS_SOURCES
    ]
    assert severity_words(str(found.severity)).startswith("high severity")


def test_what_moves_a_result_most_is_told_of_every_calculation_that_comes_out(corpus: Knowledge) -> None:
    found = analyse(corpus)
    assert {id for id, result in found.results.items() if result.outcomes} == {
        id for id, moving in found.influences.items() if moving
    }
    campaign = corpus.named(Calculation, "economics/campaign-cost")
    assert campaign
    [moving] = found.influences[campaign.id]
    assert moving[0].inputs == ("price",)


def test_the_margin_at_a_quarter_of_use_has_a_result_for_each_position(corpus: Knowledge) -> None:
    calculation = corpus.named(Calculation, "economics/quarter-use-margin")
    assert calculation
    outcomes = derive(corpus)[calculation.id].outcomes
    stated = sorted((float(outcome.stated.low or 0), float(outcome.stated.high or 0)) for outcome in outcomes)
    assert stated == [(-3.375, -3.375), (-1.5, -1.5), (0.0625, 0.375)]
    [floor] = [outcome for outcome in outcomes if outcome.stated.low != outcome.stated.high]
    assert floor.allowed.low is None and floor.allowed.high == floor.stated.high


def test_two_lengths_of_one_newsletter_conflict_at_their_low_ends(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    slugs = ("brokenomics/newsletter-length", "brokenomics/newsletter-length-at-the-foot")
    [found] = between(findings, corpus, *slugs)
    assert (found.kind, found.verdict) == (FindingKind.WITHIN_SOURCE, Verdict.CONFLICT)
    assert "the low ends decide" in found.explanation


def test_an_inverted_translation_conflicts_and_an_added_hedge_does_not(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    [inverted] = between(findings, corpus, "brokenomics/forty-for-one", "brokenomics/forty-for-one/zh")
    assert (inverted.kind, inverted.verdict) == (FindingKind.DRIFT, Verdict.CONFLICT)
    drifts = [finding for finding in findings if finding.kind is FindingKind.DRIFT and finding is not inverted]
    assert drifts and all(finding.verdict is Verdict.TENSION for finding in drifts)


def test_a_period_that_the_translation_adds_is_a_tension_at_most(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    [found] = between(findings, corpus, "brokenomics/openai-burn", "brokenomics/openai-burn/zh")
    assert (found.kind, found.verdict) == (FindingKind.DRIFT, Verdict.TENSION)
    assert "period" in found.explanation


def test_two_offers_of_one_newsletter_are_no_finding(findings: tuple[Finding, ...], corpus: Knowledge) -> None:
    assert between(findings, corpus, "brokenomics/newsletter-year", "brokenomics/newsletter-month") == []


def test_a_hypothetical_margin_enters_no_finding(findings: tuple[Finding, ...], corpus: Knowledge) -> None:
    assert between(findings, corpus, "paid-apis-thread/ferrari-margin") == []


def test_every_finding_explains_itself_and_names_its_subject(findings: tuple[Finding, ...], corpus: Knowledge) -> None:
    assert len({finding.id for finding in findings}) == len(findings) > 20
    for finding in findings:
        assert finding.explanation.endswith((".", "”"))
        assert finding.measure in corpus.measures or finding.kind is FindingKind.CLAIMS
        assert 0 <= finding.severity <= 1
        assert all(pairing.relation in (None, *Relation) for pairing in finding.pairings)


def test_a_measure_alone_gives_the_same_findings_as_all_together(
    findings: tuple[Finding, ...], corpus: Knowledge
) -> None:
    measure = corpus.named(Measure, "plan-api-value")
    assert measure
    ours = Groups(measures=frozenset({measure.id}))
    alone = Reconciler().findings(corpus, ours)
    assert alone
    assert set(alone) == {finding for finding in findings if finding in ours}


def test_the_order_of_import_changes_no_finding(findings: tuple[Finding, ...], corpus: Knowledge) -> None:
    turned = Knowledge.of(reversed(list(corpus.by_id.values())))
    found = {finding.id: (finding.verdict, finding.explanation) for finding in Reconciler().findings(turned, None)}
    assert found == {finding.id: (finding.verdict, finding.explanation) for finding in findings}
