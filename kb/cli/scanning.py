"""What does ``kb scan`` read and show? A document, or standard input; its figures as a table."""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.app.drafting import workspace_knowledge
from kb.cli.show import counted
from kb.domain.problem import Problem, Refused
from kb.domain.unit import STANDARD, Units
from kb.intake.document_reader import read_document
from kb.intake.document_reader.sandbox import LIMITS
from kb.numbers import write_quantity
from kb.numbers.language import Language
from kb.numbers.scan import FigureMention, rows, scan

_PIPED_WIDTH = 160

__all__ = ["document_text", "figures", "rows", "table", "workspace_units"]


def document_text(file: str) -> str:
    """The text of the document ``file``, of whatever kind; ``-`` stands for standard input. An empty one has none.

    Raises:
        Refused: There is no such file, it is too large, or it cannot be read as text.
    """
    source = sys.stdin.buffer.read(LIMITS.size + 1) if file == "-" else Path(file)
    if source == b"" or (isinstance(source, Path) and source.is_file() and not source.stat().st_size):
        return ""
    paper = read_document(source, LIMITS, "standard input" if file == "-" else file)
    if isinstance(paper, Problem):
        raise Refused([paper])
    return paper.text


def figures(text: str, language: Language | None, *, dates: bool, units: Units = STANDARD) -> list[FigureMention]:
    """The figures of ``text``, in order; see ``kb.numbers.scan.scan``."""
    return list(scan(text, language, units=units, dates_too=dates))


def workspace_units(folder: Path) -> Units:
    """The units of the workspace around ``folder``; the standard ones where there is none, or none that can be read."""
    try:
        return workspace_knowledge(folder).unit_system
    except Refused:
        return STANDARD


def table(text: str, mentions: Sequence[FigureMention]) -> None:
    """Print where each figure stands, what stands there, and how it is read."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for title, justify in (("place", "right"), ("as written", "left"), ("read as", "left"), ("kind", "left")):
        shown.add_column(title, justify="right" if justify == "right" else "left", overflow="fold")
    for place, mention in zip(_places(text, mentions), mentions, strict=True):
        quantity = mention.quantity
        cells = (place, " ".join(quantity.as_written.split()), write_quantity(quantity), str(mention.kind))
        shown.add_row(*(Text(cell) for cell in cells))
    console = Console()
    if mentions:
        Console(width=None if console.is_terminal else _PIPED_WIDTH).print(shown)
    console.print(counted(len(mentions), "figure"), style="dim")


def _places(text: str, mentions: Sequence[FigureMention]) -> Iterator[str]:
    """Line and column of each mention, from 1."""
    line, start = 1, 0
    for before, mention in pairwise((0, *(figure.start for figure in mentions))):
        line += text.count("\n", before, mention)
        start = text.rfind("\n", 0, mention) + 1
        yield f"{line}:{mention - start + 1}"
