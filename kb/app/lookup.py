"""Findings and measures looked up by what a user types: digits of an id, words of a name."""

from collections.abc import Callable, Iterator, Sequence, Set

from kb.domain.entity import Figure, Measure, Question, Source
from kb.domain.finding import Finding, former_ids
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.reports.words.verdicts import verdict_words
from kb.store.base import Base

MIN_DIGITS = 4
"""Fewest digits of an id that may name a finding; fewer are likelier to be a slip."""

_LISTED_CANDIDATES = 5


class NoSuchFinding(Refused):
    """The refusal of ``name``, which names no finding."""

    def __init__(self, name: str, what: str, hint: str) -> None:
        super().__init__([Problem(where=name or "finding", what=what, hint=hint)])
        self.name = name


def finding_by_prefix(findings: Sequence[Finding], digits: str, present_id: Callable[[str], str]) -> Finding:
    """The finding whose id begins, or once began, with ``digits``.

    Args:
        findings: To choose from.
        digits: At least ``MIN_DIGITS`` of them; case and surrounding spaces do not matter.
        present_id: Gives the present id of a finding by a former one; empty if there is none.

    Raises:
        NoSuchFinding: the digits are too few, or name no finding.
        Refused: they name several, which the problem lists.
    """
    prefix = digits.strip().lower()
    if len(prefix) < MIN_DIGITS:
        hint = f"give at least {MIN_DIGITS} of its digits; `kb findings` lists them"
        raise NoSuchFinding(digits, "this is too short to name a finding", hint)
    matching = [finding for finding in findings if finding.id.startswith(prefix)]
    if not matching and (current := present_id(prefix)):
        matching = [finding for finding in findings if finding.id == current]
    if not matching:
        raise NoSuchFinding(digits, "there is no such finding", "`kb findings` lists them with their ids")
    if len(matching) > 1:
        raise Refused(
            [Problem(where=digits, what=f"{len(matching)} findings begin like this", hint=_candidates_hint(matching))]
        )
    return matching[0]


def _candidates_hint(findings: Sequence[Finding]) -> str:
    listed = [f"{finding.id} ({verdict_words(finding.verdict)})" for finding in findings[:_LISTED_CANDIDATES]]
    return f"give more digits: {', '.join(listed)}{' …' if len(findings) > _LISTED_CANDIDATES else ''}"


def current_id(base: Base, knowledge: Knowledge, findings: Sequence[Finding], id: str) -> str:
    """The present id of the finding that had the id ``id`` before something was renamed; empty if there is none."""
    # A finding's id is made of the names of what it is about, so that equal bases have equal ids. A renaming therefore
    # changes it, and links to the former id, in a report or a message, have to lead on.
    known, former = knowledge.canonical, base.former_names()
    return next((finding.id for finding in findings if id in former_ids(known, finding, former)), "")


def measures_by_words(knowledge: Knowledge, words: str) -> Set[Id]:
    """The measures with the name ``words``; if there are none, those with every word of it in one of their names.

    Names are slug, label and aliases; case does not matter. Of measures that count as one, the canonical one is given.

    Raises:
        Refused: there are none.
    """
    wanted = words.casefold().split()
    names = {
        id: [" ".join(name.casefold().split()) for name in _names(candidate)]
        for id, candidate in knowledge.measures.items()
    }
    exact = {id for id, known in names.items() if " ".join(wanted) in known}
    measures = exact or {id for id, known in names.items() if wanted and _contain_all(known, wanted)}
    if not measures:
        known = [name for measure in knowledge.measures.values() for name in _names(measure)]
        hint = did_you_mean(words, known) or "write a measure's name, or part of it"
        raise Refused([Problem(where=words or "measure", what="no measure has this name", hint=hint)])
    return {knowledge.canonical_measure(id) for id in measures}


def named_question(knowledge: Knowledge, slug: str) -> Question:
    """The question called ``slug``.

    Raises:
        Refused: there is none.
    """
    question = knowledge.named(Question, slug)
    if question is None:
        known = [question.slug for question in knowledge.questions.values()]
        hint = did_you_mean(slug, known) or f"known: {', '.join(known) or 'none'}"
        raise Refused([Problem(where=slug or "question", what="there is no such question", hint=hint)])
    return question


def named_source(knowledge: Knowledge, name: str) -> Source:
    """The source called ``name``: by its slug, else by its title or short title, whose case does not matter.

    Raises:
        Refused: there is none.
    """
    sources = knowledge.sources.values()
    titled = (one for one in sources if name.casefold() in (one.title.casefold(), one.short_title.casefold()))
    source = knowledge.named(Source, name) or next(titled, None)
    if source is None:
        known = [one.slug for one in sources]
        titles = {one.title: one.slug for one in sources}
        hint = did_you_mean(name, [*known, *titles]) or f"known: {', '.join(known) or 'none'}"
        raise Refused([Problem(where=name or "source", what="there is no such source", hint=hint)])
    return source


def named_figure(knowledge: Knowledge, slug: str) -> Figure:
    """The figure called ``slug``.

    Raises:
        Refused: there is none.
    """
    figure = knowledge.named(Figure, slug)
    if figure is None:
        known = [figure.slug for figure in knowledge.figures.values()]
        hint = did_you_mean(slug, known) or "write it with its file, as in quay/fee; the page of figures lists all"
        raise Refused([Problem(where=slug or "figure", what="there is no such figure", hint=hint)])
    return figure


def _names(measure: Measure) -> Iterator[str]:
    yield from (measure.slug, measure.label, *measure.aliases)


def _contain_all(names: Sequence[str], words: Sequence[str]) -> bool:
    return any(all(word in name for word in words) for name in names)
