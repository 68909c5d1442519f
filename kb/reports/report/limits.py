"""The limits of a report: what is not attached, inferred, not computed, or not decided."""

from kb.domain.entity import Calculation
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.reports.question import Grounds
from kb.reports.row import is_attached, latest_ruling
from kb.reports.view import View
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.inputs import before_verb, calculation_words
from kb.reports.words.references import capitalized, count_words, list_words
from kb.reports.words.voices import cardinal, title_words


def limits(view: View, grounds: Grounds) -> tuple[str, ...]:
    """Sentences on the limits of the report: what is not attached, inferred, not computed, or not decided."""
    sentences = (
        _unattached(view, grounds),
        _inferred(view, grounds),
        _uncomputed(view, grounds),
        _not_tight(view, grounds),
        _unruled(view, grounds.findings),
        ""
        if view.analysis.standings.converged
        else "The strengths of the arguments do not settle; the last ones are shown.",
        _READING_CAVEAT,
    )
    return tuple(sentence for sentence in sentences if sentence)


_READING_CAVEAT = (
    "The confidence shown for each voice is the editors' reading of its words; the trust rating of each source was "
    "assigned by a person."
)


def _sources(view: View, grounds: Grounds) -> tuple[Id, ...]:
    knowledge = view.knowledge
    of_figures = (knowledge.figures[id].source for id in grounds.figures if id in knowledge.figures)
    of_claims = (source for id in grounds.claims if (source := knowledge.claims[id].source))
    return tuple(dict.fromkeys((*of_figures, *of_claims)))


def _unattached(view: View, grounds: Grounds) -> str:
    known = view.knowledge.sources
    missing = [known[id].title for id in _sources(view, grounds) if id in known and not is_attached(view, known[id])]
    if not missing:
        return ""
    names = list_words(tuple(f"“{title}”" for title in dict.fromkeys(missing)))
    return f"Not attached, so passages are cited by place alone: {names}."


def _inferred(view: View, grounds: Grounds) -> str:
    known = view.knowledge.sources
    marked = [title_words(known[id]) for id in _sources(view, grounds) if id in known and known[id].inferred]
    if not marked:
        return ""
    return f"Some bibliographic details of {list_words(tuple(marked))} are inferred."


def _uncomputed(view: View, grounds: Grounds) -> str:
    problems = [
        f"{_named(view, calculation)} could not be calculated. {sentence}"
        for calculation in grounds.calculations
        if (result := view.analysis.results.get(calculation.id))
        and (sentence := problem_sentence(view.knowledge, calculation.id, result.problem))
    ]
    return " ".join(problems)


def _not_tight(view: View, grounds: Grounds) -> str:
    loose = [
        f"“{calculation.label}”"
        for calculation in grounds.calculations
        if (result := view.analysis.results.get(calculation.id)) and not all(out.tight for out in result.outcomes)
    ]
    return f"Results whose range may be wider than necessary: {list_words(tuple(loose))}." if loose else ""


def _named(view: View, calculation: Calculation) -> str:
    return capitalized(before_verb(calculation_words(view.knowledge, calculation.id)))


def _unruled(view: View, findings: tuple[Finding, ...]) -> str:
    grave = [f for f in findings if f.is_disagreement]
    open_findings = [finding for finding in grave if not latest_ruling(view, finding)]
    if not open_findings:
        return ""
    number, of_all = len(open_findings), count_words(len(grave), "conflict or tension", "conflicts and tensions")
    which = f"any of the {of_all}" if number == len(grave) > 1 else f"{cardinal(number)} of {of_all}"
    return f"Nobody has ruled on {'the one dispute' if len(grave) == 1 else which}."
