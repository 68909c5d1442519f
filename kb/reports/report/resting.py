"""What rests on figures and claims: the answers that use them, and the calculations."""

from collections.abc import Collection, Iterator

from kb.domain.answer import HingeKind
from kb.domain.entity import Calculation, Question
from kb.domain.identity import Id
from kb.reports.grounds import figures_in
from kb.reports.paper import Block, Bullets, Line, Paragraph, Table
from kb.reports.report.citing import Passages
from kb.reports.row import question_row, result_words
from kb.reports.view import View
from kb.reports.words.hinges import STATE_WORDS
from kb.reports.words.inputs import before_verb, calculation_words
from kb.reports.words.references import capitalized


def questions_resting_on(view: View, ids: Collection[Id]) -> list[Question]:
    """The questions whose arguments or calculations use one of some figures and claims, in the order recorded."""
    slices = ((question, view.analysis.slices[question.id].knowledge) for question in view.knowledge.questions.values())
    return [question for question, part in slices if any(id in part.figures or id in part.claims for id in ids)]


def answers_table(view: View, ids: Collection[Id], source: Id | None = None) -> Iterator[Block]:
    """The answers that use some figures and claims; with what they would be without ``source``, where it is one's."""
    rows = []
    for question in questions_resting_on(view, ids):
        row = question_row(view, question)
        answer: Line = (f"{row.answer_title} (certainty {row.certainty})",)
        rows.append(((question.text,), answer, *(((_without(view, question, source),),) if source else ())))
    if not rows:
        yield Paragraph(("No answer uses it.",))
        return
    head, shares = ("Question", "Answer"), (0.64, 0.36)
    if source:
        head, shares = (*head, "Without it"), (0.52, 0.32, 0.16)  # type: ignore[assignment]
    yield Table(caption="", head=head, rows=tuple(rows), shares=shares)


def _without(view: View, question: Question, source: Id) -> str:
    hinges = view.analysis.answers[question.id].hinges
    turned = (hinge.after for hinge in hinges if hinge.kind is HingeKind.SOURCE and hinge.subject == source)
    after = next(turned, None)
    return STATE_WORDS[after] if after else "the same"


def calculations_using(view: View, ids: Collection[Id]) -> list[Calculation]:
    """The calculations that use or check one of some figures, in the order recorded."""
    known = view.knowledge.calculations.values()
    return [calculation for calculation in known if not set(ids).isdisjoint(figures_in(view, calculation))]


def calculation_lines(view: View, passages: Passages, ids: Collection[Id]) -> Iterator[Block]:
    """What is calculated from some figures, with the results."""
    lines: list[Line] = []
    for calculation in calculations_using(view, ids):
        named = capitalized(before_verb(calculation_words(view.knowledge, calculation.id)))
        result = result_words(view.knowledge, view.analysis.results.get(calculation.id))
        comes = f"comes to {result}" if result else "cannot be worked out"
        lines.append((f"{named} {comes}", *passages.cite(figures_in(view, calculation)), "."))
    if lines:
        yield Bullets(tuple(lines))
