"""A figure as naming sees it, its name, and the names given before that it may refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kb.numbers.scan import ChangeRole


class Relation(StrEnum):
    """How the name of a figure depends on another one."""

    OWN = "own"
    """It is named by its own words."""
    COMPARED = "compared"
    """It is the number that the figure before it is compared with: another time of the same measure."""
    CHANGE = "change"
    """It is the amount of a change."""
    PART = "part"
    """It is a part of the figure before it."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of what a figure measures, empty for none, and how it was found."""

    label: str
    relation: Relation = Relation.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFigure:
    """What naming needs to know of a figure.

    Attributes:
        start: Where it begins in its sentence.
        end: Where it ends.
        noun: Where the thing that it counts begins within its literal; -1 where it counts none there.
        kind: ``money``, ``share``, ``count`` or ``amount``, which comparisons keep.
        is_bare: Whether it has neither unit nor noun.
        change: What it says of a change.
        dimension: Of what an amount is one: a time, a length.
    """

    start: int
    end: int
    noun: int
    kind: str
    is_bare: bool
    change: ChangeRole | None = None
    dimension: str = ""


@dataclass
class Naming:
    """The names given so far, which later figures refer to: ``of which``, ``against``, ``it``.

    Attributes:
        last: The last name of each kind of amount in the paragraph.
        last_kind: The kind that was named last.
        dimension: That of the last amount.
        last_change: The change that was named last.
        subject: What the sentence before was about.
        first: The first name of the sentence before.
        noun: The last name of people or things in the plural that was the subject of a sentence without numbers.
        topic: What a Chinese sentence without numbers was about in the paragraph.
        proper: Words that the document writes with a capital letter alone: names of somebody or of a place.
    """

    last: dict[str, str] = field(default_factory=dict)
    last_kind: str = ""
    dimension: str = ""
    last_change: str = ""
    subject: str = ""
    first: str = ""
    noun: str = ""
    topic: str = ""
    proper: frozenset[str] = frozenset()

    def begin_paragraph(self) -> None:
        """Forgets the names of figures: nothing in a paragraph refers to those of another."""
        self.last.clear()
        self.last_kind = self.first = self.last_change = self.topic = ""

    def remember(self, figure: NamedFigure, label: str) -> None:
        """Keeps the name of a figure for those that follow."""
        if label:
            self.last[figure.kind] = label
            self.last_kind = figure.kind
            self.dimension = figure.dimension if figure.kind == "amount" else self.dimension

    def recalled(self, figure: NamedFigure) -> str:
        """The name that a figure without one of its own takes over: that of the last figure of its kind."""
        if figure.is_bare and self.last_kind:
            return self.last[self.last_kind]
        return self.last_alike(figure)

    def last_alike(self, figure: NamedFigure) -> str:
        """The name of the last figure of the same kind, and of an amount of the same dimension."""
        is_other = figure.kind == "amount" and figure.dimension != self.dimension
        return "" if is_other else self.last.get(figure.kind, "")
