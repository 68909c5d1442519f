"""The cited report on one question; every number in it has a footnote to the sentence that it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kb.domain.entity import Calculation, Claim, Figure, Question
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.reasoning.findings.origin import original_source
from kb.reports.answer import answer_sheet
from kb.reports.argument_map import drawing, outline
from kb.reports.calculation import calculation_sheet
from kb.reports.citations import citation, reference, source_of
from kb.reports.page import AnswerSheet, CalculationSheet, ImpliedRow, QuestionRow, SideRow
from kb.reports.question import Grounds, figures_in, grounds_of, rates_in
from kb.reports.row import (
    figure_row,
    finding_ref,
    finding_row,
    finding_subject,
    is_attached,
    latest_ruling,
    question_row,
)
from kb.reports.value import Branch, Drawing, FigureRow, FindingRow, Ref
from kb.reports.view import LoggedEvent, View
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.inputs import before_verb, calculation_words, label_within_sentence, with_article
from kb.reports.words.references import capitalized, count_words, list_words, shorten
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import cardinal, title_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A numbered citation with source, passage, and the event that recorded it last."""

    number: int
    reference: str
    source: Ref
    locator: str
    voice: str
    quote_before: str
    quote: str
    quote_after: str
    event: int
    event_hash: str
    language: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A figure with the numbers of its footnotes."""

    row: FigureRow
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the report with the numbers of its footnotes; one of ``depth`` 0 is directly under a side.

    ``condition`` says of a claim that the numbers do not decide its condition; else it is empty.
    """

    text: str
    kind: str
    role: str
    standing: str
    strength: str
    depth: int
    notes: tuple[int, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSection:
    """One side of the question: its standing, its strength, and the statements for and against it."""

    key: str
    text: str
    standing: str
    strength: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CalculationSection:
    """A calculation of the report with the footnotes of its inputs.

    ``further`` are values solved backwards that the explanations of its checks do not give already; ``mixed`` are
    sentences on scope keys in which the figures that go in differ.
    """

    sheet: CalculationSheet
    notes: tuple[int, ...]
    further: tuple[ImpliedRow, ...]
    mixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingSection:
    """A finding of the report with the footnotes of its figures and claims; ``about`` is its subject in a sentence."""

    row: FindingRow
    about: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The cited report on one question at one moment; its head can be checked against the log.

    ``summary`` has one paragraph for each subject: the answer, why, what the report is based on, the worst dispute.
    ``scope_note`` says what the question is about and what it leaves out; empty where nobody wrote one.
    """

    title: str
    scope_note: str
    question: QuestionRow
    answer: AnswerSheet
    summary: tuple[str, ...]
    sides: tuple[SideSection, ...]
    drawing: Drawing | None
    outline: tuple[Branch, ...]
    figures: tuple[Noted, ...]
    calculations: tuple[CalculationSection, ...]
    findings: tuple[FindingSection, ...]
    footnotes: tuple[Footnote, ...]
    head_position: int
    head_hash: str
    limits: tuple[str, ...]


_QUOTED = 240


class Notes:
    """The footnotes of a report, numbered in the order of first use; one for each passage of a figure or claim."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._numbers: dict[tuple[Id, int], int] = {}
        self.footnotes: list[Footnote] = []

    def on(self, ids: Iterable[Id]) -> tuple[int, ...]:
        """The numbers of the footnotes of figures and claims, each once, in rising order; new ones are added."""
        return tuple(sorted({number for id in dict.fromkeys(ids) for number in self._of(id)}))

    def _of(self, id: Id) -> tuple[int, ...]:
        knowledge = self._view.knowledge
        entity = knowledge.figures.get(id) or knowledge.claims.get(id)
        if entity is None:
            return ()
        passages = len(entity.passages) if isinstance(entity, Claim) else 1
        return tuple(self._number(entity, index) for index in range(passages))

    def _number(self, entity: Figure | Claim, index: int) -> int:
        key = (entity.id, index)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.footnotes.append(_footnote(self._view, entity, index, self._numbers[key]))
        return self._numbers[key]


def _footnote(view: View, entity: Figure | Claim, index: int, number: int) -> Footnote:
    cited = citation(view, entity, index)
    event = _last_event(view, entity.id)
    return Footnote(
        number=number,
        reference=reference(view, source_of(view, entity)),
        source=cited.source,
        locator=cited.locator,
        voice=cited.voice,
        quote_before=cited.before[-_QUOTED:],
        quote=shorten(cited.text, _QUOTED),
        quote_after=cited.after[:_QUOTED],
        event=event.position if event else cited.event,
        event_hash=event.hash if event else "",
        language=cited.language,
    )


def _last_event(view: View, id: Id) -> LoggedEvent | None:
    events = view.events_of(id)
    return events[-1] if events else None


def compose_brief(view: View, question: Question) -> Brief:
    """The cited report on a question."""
    grounds, notes = grounds_of(view, question), Notes(view)
    row, branches = question_row(view, question), outline(view, question)
    answer = answer_sheet(view, question)
    sides = tuple(_side(view, notes, *pair) for pair in zip(row.sides, branches, strict=True))
    figures = tuple(_noted(view, notes, id) for id in _in_order(view, grounds.figures))
    sheets = tuple(_calculation(view, notes, calculation) for calculation in grounds.calculations)
    # A report cites all that its sentences rest on: for a converted amount the rates as well, for a figure also the
    # sources that repeat, quote or translate it.
    findings = tuple(_finding(view, notes, finding) for finding in grounds.findings)
    return Brief(
        title=question.text,
        scope_note=question.note,
        question=row,
        answer=answer,
        summary=summary(view, answer, grounds),
        sides=sides,
        drawing=drawing(view, question),
        outline=branches,
        figures=figures,
        calculations=sheets,
        findings=findings,
        footnotes=tuple(notes.footnotes),
        head_position=view.moment.position,
        head_hash=view.moment.hash,
        limits=limits(view, grounds),
    )


def _finding(view: View, notes: Notes, finding: Finding) -> FindingSection:
    cited = notes.on((*finding.figures, *finding.claims, *finding.rates))
    return FindingSection(finding_row(view, finding), _subject_words(view, finding), cited)


def _subject_words(view: View, finding: Finding) -> str:
    """The subject of a finding between numbers inside a sentence; empty for one between claims."""
    if finding.kind is FindingKind.CLAIMS:
        return ""
    if finding.kind is FindingKind.CHECK and finding.calculation:
        named = calculation_words(view.knowledge, finding.calculation)
        # The label of a comparison is a sentence of its own.
        return f"the statement {named}" if named.startswith("“") else named
    return with_article(label_within_sentence(view.knowledge, finding_subject(view, finding).text))


def _calculation(view: View, notes: Notes, calculation: Calculation) -> CalculationSection:
    sheet = calculation_sheet(view, calculation)
    check_explanations = " ".join(check.explanation for check in sheet.checks)
    # The explanation of a check already gives the value that explains most; it is not repeated.
    further = tuple(row for row in sheet.implied if row.explanation not in check_explanations)
    mixed = tuple(dict.fromkeys(sentence for made in sheet.outcomes for sentence in made.mixed))
    cited = notes.on((*figures_in(view, calculation), *rates_in(view, calculation)))
    return CalculationSection(sheet, cited, further, mixed)


def _side(view: View, notes: Notes, side: SideRow, branch: Branch) -> SideSection:
    statements = tuple(_statements(view, notes, branch.children, 0))
    return SideSection(
        key=side.key, text=side.text, standing=side.standing, strength=side.strength, statements=statements
    )


def _statements(view: View, notes: Notes, branches: Iterable[Branch], depth: int) -> Iterable[Statement]:
    for branch in branches:
        cited = notes.on(_cited_ids(view, branch))
        yield Statement(
            text=branch.text,
            kind=branch.kind,
            role=branch.role,
            standing=branch.standing,
            strength=branch.strength,
            depth=depth,
            notes=cited,
            condition=branch.condition,
        )
        yield from _statements(view, notes, branch.children, depth + 1)


def _cited_ids(view: View, branch: Branch) -> tuple[Id, ...]:
    """The figure or claim that a branch states; empty for all other branches."""
    knowledge, slug = view.knowledge, branch.ref.slug
    match branch.kind:
        case "figure":
            figure = knowledge.named(Figure, slug)
            return (figure.id,) if figure else ()
        case "claim":
            claim = knowledge.named(Claim, slug)
            return (claim.id,) if claim else ()
        case _:
            return ()


def _in_order(view: View, ids: tuple[Id, ...]) -> tuple[Id, ...]:
    """The figures that are still recorded, sorted by measure, both in the order recorded."""
    figures = view.knowledge.figures
    measures = {id: at for at, id in enumerate(view.knowledge.measures)}
    places = {id: (measures.get(figure.measure, -1), at) for at, (id, figure) in enumerate(figures.items())}
    return tuple(sorted((id for id in ids if id in figures), key=lambda figure_id: places[figure_id]))


def _noted(view: View, notes: Notes, id: Id) -> Noted:
    mentions = (mention.id for mention in view.knowledge.dependents.get(id, ()))
    return Noted(figure_row(view, view.knowledge.figures[id]), notes.on((id, *mentions)))


def summary(view: View, answer: AnswerSheet, grounds: Grounds) -> tuple[str, ...]:
    """The paragraphs of the opening: the answer, why, what the report is based on, and the worst dispute."""
    verdict = f"{answer.title}: {answer.side}" if answer.side else f"{answer.title}."
    paragraphs = [verdict, " ".join(answer.sentences), _basis_sentence(view, grounds)]
    shown = {finding.id for finding in grounds.findings}
    leads = [finding for finding in grounds.findings if view.lead_of(finding, shown) is finding]
    disputes = [f for f in leads if f.is_disagreement and f.kind is not FindingKind.DRIFT]
    if disputes:
        paragraphs.append(_worst_sentence(view, max(disputes, key=lambda finding: _sharpness(view, finding))))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _sharpness(view: View, finding: Finding) -> tuple[bool, int, float, Decimal]:
    # What moves the answer most may be a limit that leaves room for the other number: no dispute to begin with.
    bearing = view.bearings[finding.id]
    return bearing > 0, finding.rank, bearing, finding.severity


def _worst_sentence(view: View, worst: Finding) -> str:
    sentence = finding_ref(view, worst).text
    lead = "The sharpest dispute that bears on the answer" if view.bearings[worst.id] else "The widest dispute"
    if worst.kind is FindingKind.CLAIMS:
        return f"{lead} is a {verdict_words(worst.verdict)} between two claims. {sentence}"
    subject = _subject_words(view, worst)
    return f"{lead} is a {verdict_words(worst.verdict)} over {subject} ({sentence.rstrip('.')})."


def _basis_sentence(view: View, grounds: Grounds) -> str:
    knowledge = view.knowledge
    figures = sum(id in knowledge.figures for id in grounds.figures)
    cited = (knowledge.sources[id] for id in _sources(view, grounds) if id in knowledge.sources)
    works = {original_source(knowledge, source).id for source in cited}
    return (
        f"The report is based on {count_words(figures, 'figure')} and {count_words(len(grounds.claims), 'claim')} in "
        f"{count_words(len(works), 'source')}."
    )


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
