"""What would a seed file for this document hold? Every figure with its passage, and guesses to be looked through."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kb.domain.entity import Measure, MeasureKind, Stance
from kb.domain.knowledge import Knowledge
from kb.domain.notation import NotationError, read_quantity, write_quantity
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.domain.unitname import say_unit
from kb.domain.wording import say
from kb.intake.claim import STUB
from kb.intake.draft.guess import StanceGuess, stance_of, voice_of
from kb.intake.draft.measure import DraftMeasure, Measures, free, kind_of, slug_of
from kb.intake.draft.place import Places
from kb.intake.draft.subject import subject
from kb.intake.passage import Manuscript
from kb.intake.scan import Mention
from kb.intake.sentence import sentences


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A number of the document as an entry.

    Attributes:
        id: Its name in the file.
        measure: What it is taken to measure; a guess.
        value: The number as it will be written; reads back as the quantity that the document gives.
        passage: Where it stands.
        also: Where the same number for the same measure stands again.
        voice: Who seems to say it; empty for the authors.
        stance: How it seems to be meant; None for asserted.
    """

    id: str
    measure: DraftMeasure
    value: str
    passage: Passage
    also: tuple[Passage, ...]
    voice: str
    stance: StanceGuess | None


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """A sentence with numbers in it, to be put in the author's own words.

    Attributes:
        id: Its name in the file.
        text: A stub that says only which numbers are at stake.
        passages: The sentence; several places where it stands word for word more than once.
        sentence: Its words, to be shown beside the stub and not to be kept.
        voice: Who seems to say it; empty for the authors.
        stance: How it seems to be meant; None for asserted.
    """

    id: str
    text: str
    passages: tuple[Passage, ...]
    sentence: str
    voice: str
    stance: StanceGuess | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that no figure can be drafted from, e.g. one that runs over two lines, and why not."""

    line: int
    literal: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was drafted: the entries of a seed file, in the order of the document."""

    measures: tuple[DraftMeasure, ...]
    figures: tuple[DraftFigure, ...]
    claims: tuple[DraftClaim, ...]
    left_out: tuple[LeftOut, ...]


_CONTEXT = 300
"""Characters on each side of a number that guesses are made from."""
_MOST_AT_STAKE = 8
_MOST_PLACES = 20


def drafted(text: str, mentions: Iterable[Mention], knowledge: Knowledge) -> Draft:
    """A draft of the figures and claims of a document.

    Args:
        text: The document's text.
        mentions: The numbers that were found in it, in order.
        knowledge: What is known; its measures are suggested where they are called alike.
    """
    manuscript = Manuscript(text)
    writer = _Writer(manuscript, knowledge.measures.values(), knowledge.unit_system)
    for line, inside in _by_line(mentions, manuscript):
        writer.take(line, inside)
    return writer.draft()


def _by_line(mentions: Iterable[Mention], manuscript: Manuscript) -> Iterator[tuple[int, list[Mention]]]:
    """Mentions in the order of the document, those of each line together."""
    inside: list[Mention] = []
    line = 0
    for mention in mentions:
        own = manuscript.line_at(mention.start)
        if own != line and inside:
            yield line, inside
            inside = []
        line = own
        inside.append(mention)
    if inside:
        yield line, inside


class _Writer:
    """Gathers entries, line by line."""

    def __init__(self, manuscript: Manuscript, known: Iterable[Measure], units: Units) -> None:
        self._manuscript = manuscript
        self._places = Places(manuscript)
        self._units = units
        self._measures = Measures(known, units)
        self._figures: dict[tuple[str, Quantity], DraftFigure] = {}
        self._also: dict[tuple[str, Quantity], list[Passage]] = defaultdict(list)
        self._claims: list[DraftClaim] = []
        self._said_in: dict[str, list[Passage]] = {}
        self._left_out: list[LeftOut] = []
        self._ids: set[str] = set()

    def draft(self) -> Draft:
        figures = tuple(replace(one, also=tuple(self._also[key])) for key, one in self._figures.items())
        claims = (replace(one, passages=tuple(self._said_in[one.sentence][:_MOST_PLACES])) for one in self._claims)
        used = {figure.measure.slug for figure in figures}
        measures = tuple(measure for measure in self._measures.new if measure.slug in used)
        return Draft(measures, figures, tuple(claims), tuple(self._left_out))

    def take(self, line: int, mentions: Sequence[Mention]) -> None:
        """Take in the numbers of one line: each as a figure, each sentence with numbers as a claim."""
        start, end = self._manuscript.line(line) or (0, 0)
        waiting = deque(mentions)
        for number, (first, last) in enumerate(sentences(self._manuscript.text[start:end]), 1):
            told: list[DraftFigure] = []
            while waiting and waiting[0].start < start + last:
                figure = self._figure(waiting.popleft(), start + first, start + last)
                told += [figure] if figure else []
            if told:
                self._claim(told, Passage(line, number), self._manuscript.text[start + first : start + last])

    def _figure(self, mention: Mention, first: int, last: int) -> DraftFigure | None:
        line = self._manuscript.line_at(mention.start)
        words, at = self._around(mention, first, last)
        named = _counted(mention.quantity, self._units) or subject(words, at, at + mention.end - mention.start)
        measure = self._measures.of(named, mention.quantity, line)
        passage = self._places.passage(mention.start, min(mention.end, last))
        value = _value(mention.quantity, measure.unit, self._units)
        if passage is None or value is None:
            why = "no passage can quote it" if passage is None else "no value says it"
            self._left_out.append(LeftOut(line, self._manuscript.text[mention.start : mention.end], why))
            return None
        key = (measure.slug, replace(mention.quantity, as_written=""))
        if key in self._figures:
            self._also[key].append(passage)
            return self._figures[key]
        voice, stance = voice_of(words, at), stance_of(words, at)
        id = self._id(f"{measure.slug[:40].rstrip('-')}-l{passage.line}")
        made = self._figures[key] = DraftFigure(id, measure, value, passage, (), voice, stance)
        return made

    def _around(self, mention: Mention, first: int, last: int) -> tuple[str, int]:
        """As much of the sentence as guesses are made from, and where the number begins in it."""
        start = max(first, mention.start - _CONTEXT)
        return self._manuscript.text[start : min(last, mention.end + _CONTEXT)], mention.start - start

    def _claim(self, told: Sequence[DraftFigure], passage: Passage, sentence: str) -> None:
        places = self._said_in.setdefault(sentence, [])
        places.append(passage)
        if len(places) > 1:
            return
        at_stake = "; ".join(dict.fromkeys(f"{one.measure.label}: {self._said(one)}" for one in told[:_MOST_AT_STAKE]))
        first = told[0]
        stance = first.stance if first.stance and first.stance.stance is not Stance.NEGATED else None
        id = self._id(f"says-l{passage.line}-s{passage.sentence}")
        self._claims.append(DraftClaim(id, f"{STUB} {at_stake}", (passage,), sentence, first.voice, stance))

    def _said(self, figure: DraftFigure) -> str:
        return say(read_quantity(figure.value, figure.measure.unit, self._units))

    def _id(self, wanted: str) -> str:
        id = free(slug_of(wanted), self._ids)
        self._ids.add(id)
        return id


def _counted(quantity: Quantity, units: Units) -> str:
    """The things that are counted, in the plural; empty for money, shares and times."""
    unit = units.parse(quantity.unit or "1")
    head = [atom.name for atom, power in unit.parts if power > 0]
    is_thing = len(unit.dimension) and head and head[0].islower() and kind_of(unit) is MeasureKind.COUNT
    return say_unit(quantity.unit) if is_thing else ""


def _value(quantity: Quantity, unit: str, units: Units) -> str | None:
    """``quantity`` as a seed's author would write it for a measure in ``unit``; None where that cannot be done."""
    wanted = replace(quantity, as_written="")
    written = quantity.as_written.strip()
    for text in (written, write_quantity(quantity)):
        if _reads_as(text, wanted, unit, units):
            return text
    return None


def _reads_as(text: str, wanted: Quantity, unit: str, units: Units) -> bool:
    if not text or "_" in text or "\n" in text or (text[0] == "0" and text.isdigit()):
        return False
    try:
        found = read_quantity(text, unit, units)
        same_unit = units.parse(found.unit) == units.parse(wanted.unit or "1")
    except (NotationError, ValueError):
        return False
    return same_unit and replace(found, as_written="", unit=wanted.unit) == wanted
