"""What the engine notices in the shipped corpus as a whole, and what holds of each finding."""

import re
from pathlib import Path

from kb.domain.entity import Calculation, Measure
from kb.domain.finding import FindingGroups, FindingKind, Relation, Verdict
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from tests.corpus.noticed import Noticed
from tests.golden import Golden
from tests.reasoning.worded import worded_findings


def test_all_that_is_noticed_stands_in_one_list(noticed: Noticed, golden: Golden) -> None:
    golden("findings.txt", "".join(f"{line}\n" for line in sorted(noticed.told())))


def test_the_finding_that_the_readme_shows_is_in_the_corpus(noticed: Noticed) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    ids = set(re.findall(r"kb (?:findings show|rule) ([0-9a-f]{4,})", readme))
    [begins] = ids
    assert len([one for one in noticed.findings if one.id.startswith(begins)]) == 1


def test_what_one_party_says_of_itself_is_not_confirmed_by_who_repeats_it(noticed: Noticed) -> None:
    assert noticed.between("brokenomics/notice") == []


def test_a_time_that_the_dates_belie_conflicts_with_them(noticed: Noticed) -> None:
    found = noticed.check("economics/billing-age-by-the-calendar", "brokenomics/billing-age")
    assert found.verdict is Verdict.CONFLICT
    assert "4–5.5 months" in found.explanation


def test_an_assumed_margin_meets_no_other_margin(noticed: Noticed) -> None:
    assert noticed.compared("brokenomics/assumed-gross-margin") == []


def test_what_moves_a_result_most_is_told_of_every_calculation_that_comes_out(corpus: Knowledge) -> None:
    found = analyse(corpus)
    assert {id for id, result in found.results.items() if result.outcomes} == {
        id for id, moving in found.influences.items() if moving
    }
    campaign = corpus.named(Calculation, "economics/campaign-cost")
    assert campaign
    [moving] = found.influences[campaign.id]
    assert moving[0].inputs == ("price",)


def test_every_calculation_comes_out_but_those_for_which_no_source_has_a_number(corpus: Knowledge) -> None:
    empty = {corpus.by_id[id].slug: result.missing for id, result in analyse(corpus).results.items() if result.problem}
    assert empty == {
        "economics/average-margin": ("average_usage_per_subscriber_at_list_price",),
        "economics/labs-api-margin": ("cost_of_inference_at_Anthropic_and_OpenAI_as_a_share_of_its_price",),
    }


def test_every_finding_explains_itself_and_names_its_subject(noticed: Noticed) -> None:
    assert len({finding.id for finding in noticed.findings}) == len(noticed.findings) > 30
    for finding in noticed.findings:
        assert finding.explanation.endswith((".", "”"))
        assert finding.measure in noticed.corpus.measures or finding.kind is FindingKind.CLAIMS
        assert 0 <= finding.severity <= 1
        assert all(pairing.relation in (None, *Relation) for pairing in finding.pairings)


def test_a_measure_alone_gives_the_same_findings_as_all_together(noticed: Noticed) -> None:
    measure = noticed.corpus.named(Measure, "plan-api-value")
    assert measure
    ours = FindingGroups(measures=frozenset({measure.id}))
    alone = worded_findings(noticed.corpus, ours)
    assert alone
    assert set(alone) == {finding for finding in noticed.findings if finding in ours}


def test_the_order_of_import_changes_no_finding(noticed: Noticed) -> None:
    turned = Knowledge.of(reversed(list(noticed.corpus.by_id.values())))
    found = {finding.id: (finding.verdict, finding.explanation) for finding in worded_findings(turned, None)}
    assert found == {finding.id: (finding.verdict, finding.explanation) for finding in noticed.findings}
