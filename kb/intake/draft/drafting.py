"""The draft of a document: each number as a figure with its passage, each sentence with numbers as a claim stub."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.domain.entity import Stance
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import likely_kind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.slug import cut_slug, slug_of, unused_slug
from kb.domain.unit import Units
from kb.intake.claim import STUB
from kb.intake.draft.measure_matching import DraftMeasure, MeasureMatcher
from kb.intake.draft.scope_cues import scope_cues
from kb.intake.draft.sentence_analysis import StanceGuess, stance_of, subject, voice_of
from kb.intake.draft.table_cell import CellSubject, ScopeValues, cell_subject, in_cell
from kb.intake.passage import Manuscript, occurrences, sentences
from kb.numbers import NotationError, read_quantity, write_quantity
from kb.numbers.grid import grid_at
from kb.numbers.percentage_points import in_points
from kb.numbers.scan import FigureMention, doubts

_MOST_WORDS = 5
_MOST_CHARACTERS = 120


class PassageFinder:
    """Makes passages that point to numbers of a document; a line is searched once for each literal."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._occurrences: dict[tuple[int, str], Sequence[int]] = {}

    def passage(self, start: int, end: int) -> Passage | None:
        """The passage that leads to the characters from ``start`` to ``end``, or to their first digits.

        None where the words cannot be quoted: they hold a quotation mark, or run over two lines.
        """
        line = self._manuscript.line_at(start)
        span = self._manuscript.line(line)
        if span is None or end > span[1]:
            return None
        text = self._manuscript.text
        passages = (self._quoted(line, span, first, text[first:last]) for first, last in _shorter(text, start, end))
        return next((passage for passage in passages if passage), None)

    def _quoted(self, line: int, span: tuple[int, int], first: int, exact: str) -> Passage | None:
        key = (line, exact)
        if key not in self._occurrences:
            self._occurrences[key] = occurrences(exact, self._manuscript.text, *span)
        starts = self._occurrences[key]
        place = bisect_left(starts, first)
        if place == len(starts) or starts[place] != first:
            return None
        passage = Passage(line, None, exact, 0 if len(starts) == 1 else place + 1)
        return passage if _reads_back(passage) else None


def _shorter(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The literal, then its part from the first digit on, then that part without its last words."""
    digit = next((place for place in range(start, end) if text[place].isdigit()), start)
    if digit > start and text[digit - 1] in "$€£¥￥₹-−":
        digit -= 1
    spans = [(start, end), (digit, end)]
    last = end
    while (cut := text.rfind(" ", digit, last)) > digit:
        last = cut
        spans.append((digit, last))
    return [span for span in dict.fromkeys(spans) if _is_quotable(text[span[0] : span[1]])]


def _is_quotable(words: str) -> bool:
    short = len(words.split()) <= _MOST_WORDS and len(words) <= _MOST_CHARACTERS
    return short and words == words.strip() and not any(sign in words for sign in '"“”\n\r') and words.isprintable()


def _reads_back(passage: Passage) -> bool:
    try:
        return Passage.parse(str(passage)) == passage
    except ValueError:
        return False


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
        scope: What a table says that it is about: scope keys with ids of values, or with times.
        doubts: What its author should know of how it was read.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClaim:
    """A drafted claim: a sentence with numbers, to be put into the words of whoever reviews the draft.

    Attributes:
        id: Its id in the file.
        text: A stub that only says which numbers the sentence has.
        passages: The places of the sentence; several where it occurs more than once, word for word.
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
    """A number without a figure, e.g. one that runs over two lines, and the reason."""

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


# Guesses are made for each number: from whole sentences, a text on a single line would take time that grows with the
# square of its length.
_CONTEXT = 300
"""Characters on each side of a number that guesses are made from."""
_MOST_AT_STAKE = 8
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Wording:
    """How a draft puts amounts and units in words; an argument, since words for readers are made in reports."""

    quantity: Callable[[Quantity], str]
    unit: Callable[[str], str]


def draft_document(text: str, mentions: Iterable[FigureMention], knowledge: Knowledge, wording: Wording) -> Draft:
    """A draft of the figures and claims of a document.

    Args:
        text: The document's text.
        mentions: The numbers in it, in order.
        knowledge: What is known; measures with similar names are suggested.
        wording: How amounts and units are put in words.
    """
    manuscript = Manuscript(text)
    builder = _DraftBuilder(manuscript, knowledge, wording)
    for line, inside in _by_line(mentions, manuscript):
        builder.add_line(line, inside)
    return builder.draft()


def _by_line(mentions: Iterable[FigureMention], manuscript: Manuscript) -> Iterator[tuple[int, list[FigureMention]]]:
    """Mentions by line, in the order of the document."""
    inside: list[FigureMention] = []
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


_FigureKey = tuple[str, Quantity, tuple[tuple[str, str], ...]]
"""What makes two numbers one figure: measure, quantity and scope."""


class _DraftBuilder:
    """Drafts entries, line by line."""

    def __init__(self, manuscript: Manuscript, knowledge: Knowledge, wording: Wording) -> None:
        self._manuscript = manuscript
        self._passage_finder = PassageFinder(manuscript)
        self._units = knowledge.unit_system
        self._wording = wording
        self._measures = MeasureMatcher(knowledge.measures.values(), self._units)
        self._known_keys = {measure.slug: measure.keys for measure in knowledge.measures.values()}
        self._scope_values = ScopeValues(knowledge)
        self._keys: dict[str, dict[str, None]] = defaultdict(dict)
        self._figures: dict[_FigureKey, DraftFigure] = {}
        self._repeat_passages: dict[_FigureKey, list[Passage]] = defaultdict(list)
        self._claims: list[DraftClaim] = []
        self._sentence_passages: dict[str, list[Passage]] = {}
        self._left_out: list[LeftOut] = []
        self._ids: set[str] = set()

    def draft(self) -> Draft:
        figures = tuple(
            replace(figure, also=tuple(self._repeat_passages[key])) for key, figure in self._figures.items()
        )
        claims = (
            replace(claim, passages=tuple(self._sentence_passages[claim.sentence][:_MOST_PLACES]))
            for claim in self._claims
        )
        used = {figure.measure.slug for figure in figures}
        measures = tuple(
            replace(measure, keys=tuple(self._keys[measure.slug]))
            for measure in self._measures.new
            if measure.slug in used
        )
        return Draft(measures, figures, tuple(claims), tuple(self._left_out), self._scope_values.new)

    def add_line(self, line: int, mentions: Sequence[FigureMention]) -> None:
        """Drafts the numbers of a line as figures, and its sentences with numbers as claims."""
        start, end = self._manuscript.line(line) or (0, 0)
        if grid_at(self._manuscript.tables, start):
            # A row of a table is no sentence, and makes no claim.
            for mention in mentions:
                self._figure(mention, start, end)
            return
        waiting = deque(mentions)
        for number, (first, last) in enumerate(sentences(self._manuscript.text[start:end]), 1):
            figures: list[DraftFigure] = []
            while waiting and waiting[0].start < start + last:
                figure = self._figure(waiting.popleft(), start + first, start + last)
                figures += [figure] if figure else []
            if figures:
                page = self._manuscript.page_at(start + first)
                self._claim(
                    figures, Passage(line, number, page=page), self._manuscript.text[start + first : start + last]
                )

    def _figure(self, mention: FigureMention, first: int, last: int) -> DraftFigure | None:
        mention = replace(mention, quantity=in_points(mention.quantity))
        line = self._manuscript.line_at(mention.start)
        words, at = self._around(mention, first, last)
        counted = _counted(mention.quantity, self._units, self._wording)
        cell = cell_subject(self._manuscript.tables, mention.start)
        named = (cell.measure if cell else "") or counted or subject(words, at, at + mention.end - mention.start)
        measure = self._measures.of(named, mention.quantity, line, mention.change)
        passage = self._passage_finder.passage(mention.start, min(mention.end, last))
        passage = in_cell(passage, cell) if passage and cell else passage
        passage = replace(passage, page=self._manuscript.page_at(mention.start)) if passage else None
        scope = self._scope(_stated_scope(cell) if cell else self._cues(words, at, mention), measure)
        value = _value(mention.quantity, measure.unit, self._units)
        if passage is None or value is None:
            why = "no passage can quote it" if passage is None else "no value says it"
            self._left_out.append(LeftOut(line, self._manuscript.text[mention.start : mention.end], why))
            return None
        key = (measure.slug, replace(mention.quantity, as_written=""), scope)
        if key in self._figures:
            self._repeat_passages[key].append(passage)
            return self._figures[key]
        voice, stance = voice_of(words, at), stance_of(words, at)
        if cell and cell.is_projected:
            stance = StanceGuess(Stance.PROJECTED, "the head of its column")
        id = self._id(f"{cut_slug(measure.slug, 40)}-l{passage.line}")
        made = self._figures[key] = DraftFigure(
            id=id,
            measure=measure,
            value=value,
            passage=passage,
            also=(),
            voice=voice,
            stance=stance,
            scope=scope,
            doubts=doubts(mention),
        )
        return made

    def _cues(self, words: str, at: int, mention: FigureMention) -> list[tuple[str, str, bool]]:
        """What the words of a sentence suggest of the scope of a number in it."""
        money = self._units.parse(mention.quantity.unit or "1").currency
        end = at + mention.end - mention.start
        return [(key, value, False) for key, value in scope_cues(words, at, end, money=bool(money))]

    def _scope(self, stated: Sequence[tuple[str, str, bool]], measure: DraftMeasure) -> tuple[tuple[str, str], ...]:
        """What is ``stated``, as far as the measure has the keys; a new measure gets them."""
        own = self._known_keys.get(measure.slug)
        scope: dict[str, str] = {}
        for key, name, is_time in stated:
            if own is None or key in own:
                scope[key] = name if is_time else self._scope_values.of(key, name)
        self._keys[measure.slug].update(dict.fromkeys(scope))
        return tuple(scope.items())

    def _around(self, mention: FigureMention, first: int, last: int) -> tuple[str, int]:
        """The part of the sentence that guesses are made from, and where the number begins in it."""
        start = max(first, mention.start - _CONTEXT)
        return self._manuscript.text[start : min(last, mention.end + _CONTEXT)], mention.start - start

    def _claim(self, figures: Sequence[DraftFigure], passage: Passage, sentence: str) -> None:
        places = self._sentence_passages.setdefault(sentence, [])
        places.append(passage)
        if len(places) > 1:
            return
        at_stake = "; ".join(
            dict.fromkeys(
                f"{figure.measure.label}: {self._readable_value(figure)}" for figure in figures[:_MOST_AT_STAKE]
            )
        )
        first = figures[0]
        stance = first.stance if first.stance and first.stance.stance is not Stance.NEGATED else None
        id = self._id(f"says-l{passage.line}-s{passage.sentence}")
        self._claims.append(
            DraftClaim(
                id=id,
                text=f"{STUB} {at_stake}",
                passages=(passage,),
                sentence=sentence,
                voice=first.voice,
                stance=stance,
            )
        )

    def _readable_value(self, figure: DraftFigure) -> str:
        return self._wording.quantity(read_quantity(figure.value, figure.measure.unit, self._units))

    def _id(self, wanted: str) -> str:
        id = unused_slug(slug_of(wanted), self._ids)
        self._ids.add(id)
        return id


def _stated_scope(cell: CellSubject) -> list[tuple[str, str, bool]]:
    """The scope that a cell's heads and row state: key, value, and whether that is a time."""
    return [(key, name, False) for key, name in cell.things] + [(key, name, True) for key, name in cell.times]


def _counted(quantity: Quantity, units: Units, wording: Wording) -> str:
    """What is counted, in the plural; empty for money, shares and times."""
    unit = units.parse(quantity.unit or "1")
    head = [atom.name for atom, power in unit.parts if power > 0]
    is_thing = len(unit.dimension) and head and head[0].islower() and likely_kind(unit).traits.counts_things
    return wording.unit(quantity.unit) if is_thing else ""


def _value(quantity: Quantity, unit: str, units: Units) -> str | None:
    """``quantity`` as an author would write it for a measure in ``unit``; None where no text reads back as it."""
    wanted = replace(quantity, as_written="")
    written = quantity.as_written.strip()
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
