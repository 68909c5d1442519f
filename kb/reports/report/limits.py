"""The limits of a report: what is not known, what is assumed, and what nobody has decided."""

from collections.abc import Iterator, Sequence

from kb.domain.entity import Calculation, Figure, Input, InputKind, Question, Stance
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.reports.grounds import Grounds, calculations_behind
from kb.reports.page import AnswerSheet
from kb.reports.paper import Block, Bullets, Heading
from kb.reports.row import is_attached, latest_ruling
from kb.reports.view import View
from kb.reports.words.attribution import opening
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.inputs import before_verb, calculation_words, input_words
from kb.reports.words.references import (
    amount_words,
    capitalized,
    count_words,
    list_words,
    without_marks,
)
from kb.reports.words.voices import cardinal, in_brackets, speaker_words, title_words

_MOST_ASSUMPTIONS = 5


def gap_blocks(
    view: View, question: Question, answer: AnswerSheet, grounds: Grounds, bearing: Sequence[Finding]
) -> Iterator[Block]:
    """What is not known, assumed or decided."""
    lines = tuple((without_marks(line),) for line in (*answer.gaps, *limits(view, question, grounds, bearing)))
    if lines:
        yield Heading(2, "Gaps and assumptions", f"{question.slug}-gaps")
        yield Bullets(lines)


def limits(view: View, question: Question, grounds: Grounds, bearing: Sequence[Finding]) -> tuple[str, ...]:
    """Sentences on the limits of the report: what is assumed, not attached, not computed, or not decided."""
    sentences = (
        _assumed(view, question),
        _uncomputed(view, question, grounds),
        _not_tight(view, grounds),
        _unattached(view, grounds),
        _unruled(view, bearing),
        ""
        if view.analysis.standings.converged
        else "The strengths of the arguments do not settle; the last ones are shown.",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _assumed(view: View, question: Question) -> str:
    """The numbers that calculations assume: ``Assumed, and not measured: by Ann Ash, the margin on tokens (75%).``"""
    by: dict[str, list[str]] = {}
    entries = ((c, entry) for c in calculations_behind(view, question) for entry in c.inputs)
    assumed = dict.fromkeys(words for pair in entries if (words := _assumption(view, *pair)))
    for who, what in list(assumed)[:_MOST_ASSUMPTIONS]:
        by.setdefault(who, []).append(what)
    shown = [f"by {who}, {list_words(tuple(numbers))}" for who, numbers in by.items()]
    if (more := len(assumed) - _MOST_ASSUMPTIONS) > 0:
        shown.append(count_words(more, "further number"))
    return opening(f"assumed, and not measured: {'; '.join(shown)}") if shown else ""


def _assumption(view: View, calculation: Calculation, entry: Input) -> tuple[str, str] | None:
    """Who assumes an input, and what; None where it is not assumed."""
    known = view.knowledge
    named = input_words(known, calculation.id, entry.name)
    if entry.kind is InputKind.ASSUMED and entry.quantity and not entry.is_constant:
        return "the editors", in_brackets(named, amount_words(entry.quantity))
    figure = known.figures.get(entry.ref) if entry.kind is InputKind.FIGURE and entry.ref else None
    if figure and figure.stance is Stance.ASSUMED:
        return speaker_words(figure.voice), in_brackets(named, amount_words(figure.quantity))
    return None


def _sources(view: View, grounds: Grounds) -> tuple[Id, ...]:
    known = view.knowledge
    statements: list[Figure | None] = [known.figures.get(id) for id in grounds.figures]
    of_figures = (figure.source for figure in statements if figure)
    of_claims = (source for id in grounds.claims if (source := known.claims[id].source))
    return tuple(id for id in dict.fromkeys((*of_figures, *of_claims)) if id in known.sources)


def _unattached(view: View, grounds: Grounds) -> str:
    known = view.knowledge.sources
    missing = [title_words(known[id]) for id in _sources(view, grounds) if not is_attached(view, known[id])]
    if not missing:
        return ""
    return (
        f"Not attached, so that passages are cited by their place alone: {list_words(tuple(dict.fromkeys(missing)))}."
    )


def _uncomputed(view: View, question: Question, grounds: Grounds) -> str:
    """The calculations that fail for another reason than an input that is named among the gaps."""
    told = {gap.subject for gap in view.analysis.answers[question.id].gaps}
    problems = [
        f"{_named(view, calculation)} could not be calculated. {sentence}"
        for calculation in grounds.calculations
        if calculation.id not in told
        and (result := view.analysis.results.get(calculation.id))
        and (sentence := problem_sentence(view.knowledge, calculation.id, result.problem))
    ]
    return " ".join(problems)


def _not_tight(view: View, grounds: Grounds) -> str:
    loose = [
        calculation_words(view.knowledge, calculation.id)
        for calculation in grounds.calculations
        if (result := view.analysis.results.get(calculation.id)) and not all(out.tight for out in result.outcomes)
    ]
    return f"These results may be given too wide a range: {'; '.join(loose)}." if loose else ""


def _named(view: View, calculation: Calculation) -> str:
    return capitalized(before_verb(calculation_words(view.knowledge, calculation.id)))


def _unruled(view: View, grave: Sequence[Finding]) -> str:
    open_findings = [finding for finding in grave if not latest_ruling(view, finding)]
    if not open_findings:
        return ""
    number, of_all = len(open_findings), count_words(len(grave), "dispute")
    if len(grave) == 1:
        return "The editors have not resolved the dispute that bears on it."
    each = "either" if number == 2 else "any"
    which = each if number == len(grave) else cardinal(number)
    return f"The editors have not resolved {which} of the {of_all} that bear on it."
