"""Reports on a measure, a source and all disagreements, and what the command says of names that it does not know."""

import pytest

from kb.app.reporting import ReportRequest, cited_report
from kb.domain.entity import Measure, Source
from kb.domain.problem import Refused
from kb.reports.report import compose_findings_report, compose_measure_report, compose_source_report
from tests.golden import Golden
from tests.reasoning.story import figure, measure, question, source
from tests.reports.papers import lines_of, printed
from tests.reports.seen import pair, seen


def test_the_report_on_a_measure(golden: Golden) -> None:
    view = pair()
    fare = view.knowledge.named(Measure, "pass-ticket-value")
    assert fare
    golden("report-measure.md", printed(view, compose_measure_report(view, fare), "md").decode())


def test_the_report_on_a_source(golden: Golden) -> None:
    view = pair()
    quay = view.knowledge.named(Source, "quay")
    assert quay
    golden("report-source.md", printed(view, compose_source_report(view, quay), "md").decode())


def test_the_report_on_all_disagreements(golden: Golden) -> None:
    view = pair()
    golden("report-findings.md", printed(view, compose_findings_report(view), "md").decode())


def test_a_full_report_leaves_nothing_out() -> None:
    view = pair()
    for brief, full in (
        (compose_findings_report(view), compose_findings_report(view, full=True)),
        (compose_source_report(view, *_quay(view)), compose_source_report(view, *_quay(view), full=True)),
    ):
        assert len(lines_of(full)) >= len(lines_of(brief))
        assert not any("The full report" in line for line in lines_of(full))


def _quay(view: object) -> tuple[Source]:
    quay = view.knowledge.named(Source, "quay")  # type: ignore[attr-defined]
    return (quay,)


def test_what_nobody_has_said_anything_of_is_reported_as_such() -> None:
    view = seen(source("deck"), measure(), question())
    (value,), (deck,) = view.knowledge.measures.values(), view.knowledge.sources.values()
    assert any(line.startswith("No source gives the ") for line in lines_of(compose_measure_report(view, value)))
    assert any("Nothing that it says is recorded." in line for line in lines_of(compose_source_report(view, deck)))
    assert "Nothing that is recorded disagrees." in lines_of(compose_findings_report(view))


def test_a_number_that_nobody_commits_to_is_no_statement() -> None:
    view = seen(measure(), figure("$8k", id="value", stance="hypothetical"))
    (value,) = view.knowledge.measures.values()
    assert any(
        line.startswith("Nobody commits to a number for ") for line in lines_of(compose_measure_report(view, value))
    )


@pytest.mark.parametrize(
    ("request_", "what", "hint"),
    [
        (ReportRequest(("los",), "md"), "there is no such question", "did you mean 'loss'?"),
        (ReportRequest((), "md", measure="tree"), "no measure has this name", "write one of: a-fee"),
        (
            ReportRequest((), "md", measure="fee"),
            "2 measures have these words in their names",
            "say which: a-fee, b-fee",
        ),
        (ReportRequest((), "md", source="dek"), "there is no such source", "did you mean 'deck'?"),
        (ReportRequest((), "md", language="de"), "no report is written in 'de'", "known: en"),
    ],
    ids=["question", "measure", "two measures", "source", "language"],
)
def test_a_name_that_is_unknown_is_refused_with_what_is_known(request_: ReportRequest, what: str, hint: str) -> None:
    view = seen(source("deck"), measure("a-fee"), measure("b-fee"), question())
    with pytest.raises(Refused) as refused:
        cited_report(view, request_)
    (problem,) = refused.value.problems
    assert problem.what == what
    assert (problem.hint or "").startswith(hint)


def test_a_source_is_found_by_its_title_too() -> None:
    view = seen(source("deck"), question())
    assert b"# Deck" in cited_report(view, ReportRequest((), "md", source="DECK"))
