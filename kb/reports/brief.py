"""What does a cited report say? A question, both sides, figures, calculations, findings and numbered citations."""

from dataclasses import dataclass

from kb.reports.page import CalculationSheet, ImpliedRow, QuestionRow
from kb.reports.value import Branch, Drawing, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered citation: leads to source, passage and event position."""

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
    """A row together with the numbers of the footnotes that it rests on."""

    row: FigureRow
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the report with the numbers of its footnotes; ``depth`` 0 stands directly under a side."""

    text: str
    kind: str
    role: str
    standing: str
    strength: str
    depth: int
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SideSection:
    """One side of the question: how it stands and what speaks for and against it."""

    key: str
    text: str
    standing: str
    strength: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class CalculationSection:
    """A calculation of the report, with the footnotes of its inputs.

    ``further`` are the values solved backwards that the explanations of its checks do not give already; ``mixed`` says
    in which scope keys the figures differ that go in.
    """

    sheet: CalculationSheet
    notes: tuple[int, ...]
    further: tuple[ImpliedRow, ...]
    mixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingSection:
    """A finding of the report, with the footnotes of its figures."""

    row: FindingRow
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The cited report on one question at one moment. The head makes it checkable against the log."""

    title: str
    question: QuestionRow
    summary: str
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
