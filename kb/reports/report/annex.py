"""The annex of a full report: every argument with what it is worth, every figure, every calculation."""

from collections.abc import Iterable, Iterator

from kb.domain.entity import Calculation, Claim, Figure, Question
from kb.domain.identity import Id
from kb.reports.calculation import calculation_sheet
from kb.reports.grounds import Grounds, figures_in, rates_in
from kb.reports.map.drawing import argument_map
from kb.reports.map.outline import outline
from kb.reports.map.svg import map_svg
from kb.reports.page import AnswerSheet, CalculationSheet, LedgerRow
from kb.reports.paper import Block, Bullets, Code, Heading, Line, Paragraph, Picture, Table
from kb.reports.report.citing import Passages
from kb.reports.row import figure_row
from kb.reports.value import Branch
from kb.reports.view import View
from kb.reports.words.references import capitalized, without_marks
from kb.reports.words.voices import in_brackets


def annex_blocks(
    view: View, passages: Passages, question: Question, answer: AnswerSheet, grounds: Grounds
) -> Iterator[Block]:
    """Everything that the answer to ``question`` rests on."""
    yield from _ledgers(question, answer)
    yield from _map(view, question)
    yield Heading(2, "The argument map as an outline", f"{question.slug}-outline")
    for branch in outline(view, question):
        yield Heading(3, branch.text, f"{question.slug}-outline-{branch.ref.slug}-{len(branch.children)}")
        yield Bullets(tuple(_outline(view, passages, branch.children, 0)))
    yield from _figures(view, passages, question, grounds)
    if grounds.calculations:
        yield Heading(2, "All calculations", f"{question.slug}-calculations")
    for calculation in grounds.calculations:
        yield from _calculation(view, passages, calculation)


def _map(view: View, question: Question) -> Iterator[Block]:
    """The map as it is drawn on the page of the question; nothing where there are no arguments."""
    drawn = argument_map(view, question)
    if drawn:
        key = "; ".join(f"{_LINES[entry.name]}: {entry.text}" for entry in drawn.legend if entry.name in _LINES)
        legend = f"The arguments and what they rest on. {capitalized(key)}."
        yield Heading(2, "The argument map", f"{question.slug}-map")
        yield Picture(
            name=f"map-{question.slug.replace('/', '-')}",
            svg=map_svg(drawn),
            caption=" ".join(filter(None, (legend, drawn.left_out))),
            text=drawn.text,
        )


_LINES = {
    "supports": "unbroken green",
    "attacks": "broken red",
    "denies": "dotted red",
    "tests": "dotted blue",
}
"""How a map draws the lines that its legend names."""


def _ledgers(question: Question, answer: AnswerSheet) -> Iterator[Block]:
    yield Heading(2, "All arguments, and what each is worth", f"{question.slug}-ledger")
    yield Paragraph((answer.ledger_note,))
    for side in answer.ledgers:
        rows = tuple(_ledger_row(row) for row in (*side.rows, *side.opposed))
        if rows:
            yield Table(
                caption=f"{capitalized(side.key)}: {side.text}",
                head=("Argument", "Said by", "Status", "Adds"),
                rows=rows,
                shares=(0.44, 0.24, 0.24, 0.08),
            )
    yield Paragraph((answer.sums,))


def _outline(view: View, passages: Passages, branches: Iterable[Branch], depth: int) -> Iterator[Line]:
    """A line for each branch, with a dash for each step that it is further away from its side."""
    for branch in branches:
        notes = in_brackets("", branch.standing, branch.condition)
        text = branch.text.removesuffix(_ABOVE)
        yield (f"{'– ' * depth}{branch.role}: {text}{notes}", *passages.cite(_stated_by(view, branch)))
        yield from _outline(view, passages, branch.children, depth + 1)


_ABOVE = " (shown above)"


def _stated_by(view: View, branch: Branch) -> tuple[Id, ...]:
    """The figure or claim that a branch states; empty for all other branches."""
    match branch.kind:
        case "figure":
            stated: Figure | Claim | None = view.knowledge.named(Figure, branch.ref.slug)
        case "claim":
            stated = view.knowledge.named(Claim, branch.ref.slug)
        case _:
            stated = None
    return (stated.id,) if stated else ()


def _ledger_row(row: LedgerRow) -> tuple[Line, ...]:
    weighed = (("backed by", row.backed_by), ("weakened by", row.undercut_by))
    notes = [f"{how}: {'; '.join(f'{w.text} ({w.strength})' for w in rows)}" for how, rows in weighed if rows]
    said_by = in_brackets(row.said_by, f"counted with {row.counted_as}" if row.counted_as else "")
    status = f"{row.status} {'; '.join(row.held_back_by)}".rstrip()
    return (in_brackets(row.text, *notes),), (said_by,), (status,), (row.contribution or "0",)


def _figures(view: View, passages: Passages, question: Question, grounds: Grounds) -> Iterator[Block]:
    figures = [view.knowledge.figures[id] for id in grounds.figures if id in view.knowledge.figures]
    if figures:
        yield Heading(2, "All figures", f"{question.slug}-figures")
        caption = "Every figure that the answer rests on, with those that repeat it"
        yield figure_table(view, passages, figures, caption)


def figure_table(view: View, passages: Passages, figures: Iterable[Figure], caption: str) -> Table:
    """Figures by their measure, with the words, the voice and the source of each."""
    order = {id: place for place, id in enumerate(view.knowledge.measures)}
    ordered = sorted(figures, key=lambda figure: order.get(figure.measure, -1))
    rows = tuple(_figure_row(view, passages, figure) for figure in ordered)
    head, shares = ("Measure", "Figure", "As written", "Said by", "Source"), (0.27, 0.23, 0.13, 0.22, 0.15)
    if len({figure.measure for figure in ordered}) > 1:
        return Table(caption=caption, head=head, rows=rows, shares=shares)
    return Table(caption=caption, head=head[1:], rows=tuple(row[1:] for row in rows), shares=(0.32, 0.18, 0.3, 0.2))


def _figure_row(view: View, passages: Passages, figure: Figure) -> tuple[Line, ...]:
    row = figure_row(view, figure)
    mentions = (mention.id for mention in view.knowledge.dependents.get(figure.id, ()))
    cited = passages.cite((figure.id, *mentions))
    said_by = in_brackets(row.voice, row.manner, row.voices)
    return (row.measure.text,), (in_brackets(row.ref.text, row.scope),), (row.as_written,), (said_by,), cited or ("–",)


def _calculation(view: View, passages: Passages, calculation: Calculation) -> Iterator[Block]:
    sheet = calculation_sheet(view, calculation)
    cited = passages.cite((*figures_in(view, calculation), *rates_in(view, calculation)))
    yield Heading(3, sheet.title, f"calculation-{calculation.slug.replace('/', '-')}")
    yield Paragraph((Code(sheet.formula), *cited))
    yield Bullets(_inputs(calculation, sheet))
    if sheet.note:
        yield Paragraph((sheet.note,))
    if sheet.problem:
        yield Paragraph((f"It could not be calculated. {without_marks(sheet.problem)}",))
    yield from _results(sheet)
    for check in sheet.checks:
        compared = f"Checked against {check.figure.ref.text} ({check.figure.voice})"
        if check.verdict:
            yield Paragraph((f"{compared}: {check.verdict_text}. {without_marks(check.explanation)}",))
    for implied in sheet.implied:
        yield Paragraph((f"Working backwards: {without_marks(implied.explanation)}",))


def _inputs(calculation: Calculation, sheet: CalculationSheet) -> tuple[Line, ...]:
    constants: set[str | Id] = {entry.name for entry in calculation.inputs if entry.is_constant}
    return tuple(
        (Code(row.name), f": {in_brackets(without_marks(row.text), '' if row.name in constants else row.confidence)}")
        for row in sheet.inputs
    )


def _results(sheet: CalculationSheet) -> Iterator[Block]:
    if not sheet.outcomes:
        return
    yield Table(
        caption=f"Results: {sheet.title}",
        head=("With", "From the stated numbers", "If open-ended numbers are taken literally", "What moves it most"),
        rows=tuple(
            (
                ("; ".join(outcome.choices) or "the inputs above",),
                (outcome.stated,),
                (in_brackets(outcome.allowed, outcome.truth),),
                (without_marks(outcome.moved) or "–",),
            )
            for outcome in sheet.outcomes
        ),
        shares=(0.32, 0.2, 0.2, 0.28),
    )
    for sentence in dict.fromkeys(c.text for outcome in sheet.outcomes for c in outcome.conversions):
        yield Paragraph((without_marks(sentence),))
    for sentence in dict.fromkeys(text for outcome in sheet.outcomes for text in outcome.mixed):
        yield Paragraph((without_marks(sentence),))
    if sheet.hull:
        yield Paragraph((f"Across all results: {sheet.hull}.",))
