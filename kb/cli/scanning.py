"""What does ``kb scan`` read and show? A text from a file or from standard input; its figures as a table."""

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli.drafting import known_here
from kb.cli.show import counted
from kb.domain.notation import write_quantity
from kb.domain.problem import Problem, Refused
from kb.domain.unit import STANDARD, Units
from kb.intake.scan import Language, Mention, rows, scan
from kb.intake.text import decoded

LARGEST = 50 * 1024 * 1024
"""Bytes that a text may have."""

_SIGNATURES = {b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive, perhaps a Word file", b"\x89PNG": "a picture"}
_SIGNATURES |= {b"\xff\xd8\xff": "a picture", b"\x1f\x8b": "a gzip archive", b"\x7fELF": "a program"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PIPED_WIDTH = 160

__all__ = ["document_text", "figures", "rows", "table", "units_here"]


def document_text(file: str) -> str:
    """The text of the document ``file``; ``-`` stands for standard input.

    Raises:
        Refused: There is no such file, it is larger than ``LARGEST``, or it is no text in UTF-8.
    """
    name = "standard input" if file == "-" else file
    data = _piped() if file == "-" else _stored(Path(file))
    if isinstance(data, Problem):
        raise Refused([data])
    kind = next((what for signature, what in _SIGNATURES.items() if data.startswith(signature)), "")
    if kind or (b"\0" in data[:8192] and not data.startswith(_UTF16)):
        raise Refused([Problem(name, f"this is {kind or 'a binary file'} and no text", "give a text file in UTF-8")])
    text = decoded(name, data)
    if isinstance(text, Problem):
        raise Refused([text])
    return text.replace("\r\n", "\n")


def _piped() -> bytes | Problem:
    data = sys.stdin.buffer.read(LARGEST + 1)
    return data if len(data) <= LARGEST else _too_large("standard input", "more than that")


def _stored(path: Path) -> bytes | Problem:
    try:
        if path.is_dir():
            return Problem(str(path), "this is a folder", "name one text file")
        if not path.exists():
            return Problem(str(path), "there is no such file", "name a text file, or - for standard input")
        size = path.stat().st_size
        return path.read_bytes() if size <= LARGEST else _too_large(str(path), f"{size / 1024**2:.0f} MB")
    except OSError as error:
        return Problem(str(path), f"the file cannot be read: {error.strerror or error}")


def _too_large(where: str, size: str) -> Problem:
    most = f"a text to scan has at most {LARGEST // 1024**2} MB"
    return Problem(where, f"{most}; this has {size}", "split it")


def figures(text: str, language: Language, *, dates: bool, units: Units = STANDARD) -> list[Mention]:
    """The figures of ``text``, in order; see ``kb.intake.scan.scan``."""
    return list(scan(text, language, units=units, dates_too=dates))


def units_here(folder: Path) -> Units:
    """The units of the workspace around ``folder``; the standard ones where there is none, or none that can be read."""
    try:
        return known_here(folder).unit_system
    except Refused:
        return STANDARD


def table(text: str, mentions: Sequence[Mention]) -> None:
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


def _places(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Line and column of each mention, from 1."""
    line, start = 1, 0
    for before, mention in pairwise((0, *(one.start for one in mentions))):
        line += text.count("\n", before, mention)
        start = text.rfind("\n", 0, mention) + 1
        yield f"{line}:{mention - start + 1}"
