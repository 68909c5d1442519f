"""How well does the scanner find what a reader marked? Shares, and the misses by name."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb.domain.quantity import Quantity
from kb.domain.unit import UnitError, parse_unit
from kb.numbers.scan import FigureMention, scan
from tests.corpus.marks import Mark, marks


class Score(NamedTuple):
    """What became of the marks of one document.

    Attributes:
        marked: How many figures a reader marked, open ones left out.
        missed: The marks that were not found with value, both ends, bound, hedge, unit, kind and margin right.
        loose: Of those found, the ones whose literal is longer or shorter than marked.
        reported: How many figures the scanner reports.
        wrong: What it reports where no mark is.
        overlooked: How many of the missed stand where nothing at all is reported.
    """

    marked: int
    missed: list[str]
    loose: list[str]
    reported: int
    wrong: list[str]
    overlooked: int = 0

    @property
    def recall(self) -> float:
        """The share of the marks that were found with everything right."""
        return 1 - len(self.missed) / self.marked

    @property
    def seen(self) -> float:
        """The share of the marks where anything is reported, right or not."""
        return 1 - self.overlooked / self.marked

    @property
    def precision(self) -> float:
        """The share of what is reported that a reader marked, too."""
        return 1 - len(self.wrong) / self.reported

    @property
    def tightness(self) -> float:
        """The share of what was found whose literal is exactly the marked one."""
        return 1 - len(self.loose) / (self.marked - len(self.missed))

    def told(self) -> str:
        """Both shares and every miss, one a line."""
        head = f"found {self.recall:.1%} of {self.marked}; {self.precision:.1%} of {self.reported} are figures"
        lines = (*(f"missed {one}" for one in self.missed), *(f"no figure {one}" for one in self.wrong))
        return "\n".join((head, *lines, *(f"other literal {one}" for one in self.loose)))


def document_beside(listed: Path) -> Path:
    """The document that the marks at ``listed`` are for: the file of the same name beside it."""
    return next(path for path in sorted(listed.parent.glob(f"{listed.stem}.*")) if path != listed)


def score(text: str, listed: Path) -> Score:
    """The scanner against the marks at ``listed`` in ``text``."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = list(scan(text))
    result = Score(0, [], [], len(found), [])
    touched: set[int] = set()
    for mark in marks(listed):
        start, end = (starts[mark.line - 1] + place for place in mark.place(lines) or (0, 0))
        there = [one for one in found if one.start < end and start < one.end]
        touched.update(one.start for one in there)
        if not mark.is_open:
            result = _counted(result, mark, there, (start, end))
    wrong = [f"{text.count(chr(10), 0, one.start) + 1}: {_short(one)}" for one in found if one.start not in touched]
    return result._replace(wrong=wrong)


def _counted(result: Score, mark: Mark, there: Sequence[FigureMention], place: tuple[int, int]) -> Score:
    right = next((one for one in there if _same(one, mark)), None)
    if right is None:
        said = "; ".join(map(_short, there)) or "nothing"
        result.missed.append(f"{mark.line}: {mark.literal!r}, read as {said}")
    elif (right.start, right.end) != place:
        result.loose.append(f"{mark.line}: {right.quantity.as_written!r} for {mark.literal!r}")
    return result._replace(marked=result.marked + 1, overlooked=result.overlooked + (not there))


def _same(one: FigureMention, mark: Mark) -> bool:
    margin = one.quantity.margin.size if one.quantity.margin else None
    return (str(one.kind), margin) == (mark.kind, mark.margin) and _said(one.quantity) == _said(mark.quantity)


def _said(quantity: Quantity) -> tuple[object, ...]:
    try:
        unit = str(parse_unit(quantity.unit)) if quantity.unit else ""
    except UnitError:
        unit = quantity.unit
    return quantity.low, quantity.high, quantity.bound, quantity.hedge, unit


def _short(mention: FigureMention) -> str:
    quantity = mention.quantity
    ends = str(quantity.low) if quantity.low == quantity.high else f"{quantity.low} to {quantity.high}"
    words = (word for word in (quantity.bound, quantity.hedge) if word not in ("exact", "range", "none"))
    return f"{quantity.as_written!r} ({' '.join((*words, ends, quantity.unit, mention.kind)).replace('  ', ' ')})"
