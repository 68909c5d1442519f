"""No page of the corpus shows a name that we gave as that of its source, or an inference of ours as if it made it."""

from collections.abc import Iterator

import pytest

from kb.domain.codec import canonical_json
from kb.domain.entity import Calculation, Claim, Figure, Measure, Question, Source, names_somebody
from kb.domain.knowledge import Knowledge
from kb.reports.calculation import calculation, calculations
from kb.reports.evidence import claim, claims, figure, figures, passages, source, sources
from kb.reports.finding import finding, findings
from kb.reports.front import home
from kb.reports.paper import Paper
from kb.reports.question import question, questions
from kb.reports.report import compose_report
from kb.reports.view import View
from kb.reports.vocabulary import matches, measure, measures
from kb.reports.words.voices import EDITORS_INFERENCE, name_words
from tests.reports.seen import view_of


def report(view: View, slug: str) -> Paper:
    asked = view.knowledge.named(Question, slug)
    assert asked
    return compose_report(view, [asked], full=True)


SHEETS = {
    Question: (question, report),
    Claim: (claim,),
    Figure: (figure,),
    Measure: (measure,),
    Calculation: (calculation,),
    Source: (source,),
}


@pytest.fixture(scope="session")
def view(corpus: Knowledge) -> View:
    return view_of(corpus)


def pages(view: View) -> Iterator[tuple[str, str]]:
    """Every page and report with its value as JSON."""
    for whole in (questions, claims, figures, measures, calculations, sources, findings, matches, passages):
        yield whole.__name__, canonical_json(whole(view))
    yield "home", canonical_json(home(view, ()))
    for found in view.findings:
        yield f"finding {found.id}", canonical_json(finding(view, found.id))
    for entity in view.knowledge.by_id.values():
        for sheet in SHEETS.get(type(entity), ()):
            yield f"{sheet.__name__} {entity.slug}", canonical_json(sheet(view, entity.slug))


@pytest.fixture(scope="session")
def shown(view: View) -> dict[str, str]:
    return dict(pages(view))


def given_names(corpus: Knowledge) -> set[str]:
    spoken = (*corpus.figures.values(), *corpus.claims.values())
    names = {name for said in spoken for name in (said.voice.origin, *said.voice.via)}
    return {name for name in names if not names_somebody(name)}


def test_the_letters_of_the_thread_and_the_authors_without_a_name_are_ours(corpus: Knowledge) -> None:
    letters = {name for name in given_names(corpus) if name.startswith("(commenter ")}
    assert given_names(corpus) - letters == {
        "(author of Who Wins in AI?)",
        "(author of Compelled philanthropy)",
        "(translator)",
        "(people familiar with the matter)",
        "(accounts that are not named)",
        "(executives who use the tools)",
        "(people)",
        "(voices)",
        "(participants in a discussion)",
        "(trade press and investor memos)",
        "(imagined boosters)",
        "(boosters)",
        "(people online)",
    }
    assert {"(commenter A)", "(commenter L)", "(commenter AB)"} <= letters


def test_no_page_shows_a_name_of_ours_as_if_it_were_the_sources(corpus: Knowledge, shown: dict[str, str]) -> None:
    names = given_names(corpus)
    assert [(page, name) for page, value in shown.items() for name in names if name in value] == []
    assert all(any(name_words(name) in value for value in shown.values()) for name in names)


def test_every_inference_is_shown_as_ours(corpus: Knowledge, shown: dict[str, str]) -> None:
    inferences = [told for told in corpus.claims.values() if told.is_editorial]
    assert len(inferences) >= 10
    for inference in inferences:
        assert EDITORS_INFERENCE in shown[f"claim {inference.slug}"]
        briefs = "\n".join(shown[f"report {question.slug}"] for question in corpus.questions.values())
        assert f"{EDITORS_INFERENCE}: {inference.text}" in briefs
