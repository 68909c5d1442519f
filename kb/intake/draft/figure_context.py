"""The words that a figure stands among, as far as they tell whether two documents speak of one number."""

from __future__ import annotations

from dataclasses import dataclass

from kb.intake.draft.named_figure import Relation
from kb.numbers.scan import ChangeRole


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureContext:
    """Where a figure stands, and what it is to the figure before it.

    Attributes:
        sentence: Its sentence; of a cell the names of its row and its column, and the line above the table.
        start: Where it begins in its sentence.
        end: Where it ends.
        figures: Where all figures of the sentence begin and end.
        before: The sentence before it in its paragraph; empty for none.
        relation: How its name depends on that of another figure.
        change: What it says of a change.
        row: The things that the row of a table is about; empty outside of tables.
    """

    sentence: str
    start: int
    end: int
    figures: tuple[tuple[int, int], ...] = ()
    before: str = ""
    relation: Relation = Relation.OWN
    change: ChangeRole | None = None
    row: tuple[str, ...] = ()
