"""Drafted entries, and what is known of their document before they are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.domain.unit.names import POINTS
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.figure_context import FigureContext
from kb.intake.draft.figure_names import kind_of
from kb.intake.draft.measure_matching import DraftMeasure
from kb.intake.draft.stance import StanceGuess
from kb.numbers import NotationError, read_quantity, write_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFigure:
    """A drafted figure.

    Attributes:
        id: Its id in the file.
        measure: The guessed measure.
        value: The number as written in the file; it is read as the quantity of the document.
        passage: Its place.
        also: Further places of the same number for the same measure.
        voice: The guessed voice; empty for the authors.
        stance: The guessed stance; None for asserted.
        scope: What it is about: scope keys with ids of values, or with times.
        doubts: What its author should know of how it was read.
        quantity: What it states.
        table_keys: The scope keys that a table gave.
        context: The words that it stands among.
    """

    id: str
    measure: DraftMeasure
    value: str
    passage: Passage
    also: tuple[Passage, ...]
    voice: str
    stance: StanceGuess | None
    scope: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    quantity: Quantity
    table_keys: tuple[str, ...] = ()
    context: FigureContext


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaim:
    """A drafted claim: a sentence with numbers, to be put into the words of whoever reviews the draft.

    Attributes:
        id: Its id in the file.
        text: A stub that only says which numbers the sentence has.
        passages: The places of the sentence; several where it occurs more than once, or runs over several lines.
        sentence: Its words, which are shown above the stub and not recorded.
        voice: The guessed voice; empty for the authors.
        stance: The guessed stance; None for asserted.
    """

    id: str
    text: str
    passages: tuple[Passage, ...]
    sentence: str
    voice: str
    stance: StanceGuess | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number without a figure, e.g. one that no passage can quote, and the reason."""

    line: int
    literal: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Drafted entries, in the order of the document; ``scopes`` has the new values of each scope key with labels."""

    measures: tuple[DraftMeasure, ...]
    figures: tuple[DraftFigure, ...]
    claims: tuple[DraftClaim, ...]
    left_out: tuple[LeftOut, ...]
    scopes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a draft puts amounts and units in words; an argument, since words for readers are made in reports."""

    quantity: Callable[[Quantity], str]
    unit: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a document before its numbers are drafted.

    Attributes:
        title: Its title.
        issued: When it appeared, as a seed file writes it; empty if that is not known.
        language: Its language tag; empty if that is not known.
        subject: What it is about; empty where that does not show.
        place: Where what it is about is; empty where that does not show.
        authors: Who wrote it; where the text names them, no other voice speaks.
        lines_are_blocks: Whether none of its lines goes on in the next.
        is_one_of_several: Whether other documents of other days have its title, as the reports of several years do.
    """

    title: str = ""
    issued: str = ""
    language: str = ""
    subject: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    lines_are_blocks: bool = False
    is_one_of_several: bool = False

    @property
    def today(self) -> date | None:
        """The day on which it appeared, or the last of its month or year; None if that is not known."""
        parts = [int(part) for part in self.issued.split("-")] if re.fullmatch(r"[\d-]+", self.issued) else []
        return date(*([*parts, 12, 28][:3] if len(parts) < 3 else parts)) if parts else None


def in_unit_of(measure: DraftMeasure, quantity: Quantity, units: Units) -> Quantity:
    """``quantity`` in the unit of ``measure`` where it counts something, whatever its noun is.

    A price is one for a thing likewise: dollars a house are dollars per home.
    """
    stated, wanted = units.parse(quantity.unit or "1"), units.parse(measure.unit)
    if quantity.unit == measure.unit or POINTS in (quantity.unit, measure.unit):
        return quantity
    counts = kind_of(quantity.unit, units) == "count" and kind_of(measure.unit, units) == "count"
    is_one = counts or unit_meaning(quantity.unit, units) == unit_meaning(measure.unit, units)
    return replace(quantity, unit=measure.unit) if is_one and not stated.same_dimension(wanted) else quantity


def unit_meaning(unit: str, units: Units) -> str:
    """``unit`` with what it counts by concept: ``USD/house`` and ``USD/home`` mean the same."""
    above, slash, below = unit.partition("/")
    if not slash or kind_of(below, units) != "count":
        return unit
    return f"{above}/{' '.join(sorted(concepts_in(below)))}"


def under_measure(figure: DraftFigure, measure: DraftMeasure, units: Units) -> DraftFigure | None:
    """``figure`` as one of another ``measure``; None where it cannot be written in the unit of that."""
    quantity = in_unit_of(measure, figure.quantity, units)
    value = value_text(quantity, measure.unit, units)
    return replace(figure, measure=measure, quantity=quantity, value=value) if value else None


def value_text(quantity: Quantity, unit: str, units: Units) -> str | None:
    """``quantity`` as an author would write it for a measure in ``unit``; None where no text reads back as it."""
    wanted = replace(quantity, as_written="")
    written = " ".join(quantity.as_written.split())
    digits = format(wanted.low, "f") if wanted.low is not None and wanted.low == wanted.high else ""
    for text in (written, write_quantity(quantity), digits):
        if _reads_as(text, wanted, unit, units):
            return text
    return None


def _reads_as(text: str, wanted: Quantity, unit: str, units: Units) -> bool:
    if not text or "_" in text or "\n" in text or (text[0] == "0" and text.isdigit()):
        return False
    try:
        quantity = read_quantity(text, unit, units)
        same_unit = units.parse(quantity.unit) == units.parse(wanted.unit or "1")
    except (NotationError, ValueError):
        return False
    return same_unit and replace(quantity, as_written="", unit=wanted.unit) == wanted
