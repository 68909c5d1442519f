"""The answer to a question, also as it would be without some sources or voices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.app.lookup import named_question
from kb.domain.entity import Question, Source
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.reasoning.analysis import analyse
from kb.reasoning.answers.removal import Removal, knowledge_without, origin_removals, source_removals
from kb.reasoning.findings.origin import fold
from kb.reports.answer import answer_sheet
from kb.reports.answered import AnswerOut, answer_out
from kb.reports.page import AnswerSheet
from kb.reports.view import View


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, as facts and in words."""

    question: Question
    sheet: AnswerSheet
    facts: AnswerOut


def answer_to(view: View, slug: str, without: Sequence[str] = ()) -> Answered:
    """The answer to the question called ``slug``.

    Args:
        view: A moment of the base.
        slug: Name of the question.
        without: Names of sources, or voices, that are left out.

    Raises:
        Refused: there is no such question, source or voice.
    """
    reduced = _reduced(view, without) if without else view
    question = named_question(reduced.knowledge, slug)
    analysis = reduced.analysis
    facts = answer_out(reduced.knowledge, analysis.standings, question, analysis.answers[question.id])
    return Answered(question, answer_sheet(reduced, question), facts)


def _reduced(view: View, names: Sequence[str]) -> View:
    recorded = view.recorded
    links = view.analysis.standings.graph.links
    problems: list[Problem] = []
    removals: list[Removal] = []
    sources = dict(source_removals(recorded, links))
    titles = {
        fold(title): source for source in recorded.sources.values() for title in (source.title, source.short_title)
    }
    origins = {fold(origin.name): removal for origin, _, removal in origin_removals(recorded, links)}
    for name in names:
        source = recorded.named(Source, name) or titles.get(fold(name))
        removal = sources.get(source.id) if source else origins.get(fold(name))
        if removal is None:
            known = [*(source.slug for source in recorded.sources.values()), *origins]
            hint = did_you_mean(name, known)
            problems.append(Problem(where="--without", what=f"no source or voice is called '{name}'", hint=hint))
        else:
            removals.append(removal)
    if problems:
        raise Refused(problems)
    for removal in removals:
        recorded = knowledge_without(recorded, removal)
    return replace(view, recorded=recorded, findings=(), analysis=analyse(recorded), stored_bearings=None)
