"""The draft of a document: each number as a figure with its passage, each sentence with numbers as a claim stub."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.domain.entity import Stance
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.slug import cut_slug, slug_of, unused_slug
from kb.intake.claim import STUB
from kb.intake.draft.bare_numbers import with_shared_units
from kb.intake.draft.document_place import PLACE_KEY, place_of
from kb.intake.draft.entries import (
    About,
    Draft,
    DraftClaim,
    DraftFigure,
    LeftOut,
    Wording,
    in_unit_of,
    value_text,
)
from kb.intake.draft.figure_context import FigureContext
from kb.intake.draft.figure_names import Names
from kb.intake.draft.figure_times import FigureTimes, TimedFigure
from kb.intake.draft.measure_matching import DraftMeasure, MeasureMatcher
from kb.intake.draft.passage_maker import PassageMaker
from kb.intake.draft.prose import Prose, Sentence, is_unread
from kb.intake.draft.scope_cues import scope_cues
from kb.intake.draft.sentence_analysis import is_office, is_official, is_quoted
from kb.intake.draft.sentence_times import Time, latest_period
from kb.intake.draft.small_change import in_own_cents
from kb.intake.draft.speech import CONTEXT, Speech
from kb.intake.draft.stance import StanceGuess
from kb.intake.draft.table_cell import CellSubject, ScopeValues, caption_of, cell_subject, in_cell
from kb.intake.passage import Manuscript
from kb.intake.period import read_period
from kb.numbers import read_quantity
from kb.numbers.grid import grid_at
from kb.numbers.percentage_points import in_points
from kb.numbers.scan import FigureKind, FigureMention, doubts
from kb.numbers.word_tables import words

WHOLE = "Total"
"""The label of the scope value that stands for all items of a table together."""
SUBJECT_KEY = "subject"
"""The scope key of what a document is about, which keeps the sales of one firm apart from those of another."""


_AGO = re.compile(r"(?<=[rs])\s(?:earlier|before|previously)\b|(?<=[rn])\s(?:zuvor|früher)\b")
"""Words behind a span of time that lies between two numbers: ``58% four years earlier``."""
_LONGEST_SENTENCE = 2000
"""Longer stretches without a full stop are no sentences, and are read in windows around each number."""
_MOST_AT_STAKE = 8
_MOST_PLACES = 20
_HEAD = 400
"""Characters at the beginning of a document in which the period that all of it is about may be named."""
_LONGEST_HEADING = 100
_TOTALS = words("total gesamt summe insgesamt zusammen 合计 总计 总额 共计 all overall")


class DraftVocabulary:
    """The measures and scope values of drafts that are made together, and those that are known already.

    Args:
        knowledge: What is known.
        prefix: What the ids of new measures and scope values begin with; empty for nothing.
    """

    def __init__(self, knowledge: Knowledge, prefix: str = "") -> None:
        self.units = knowledge.unit_system
        self.measures = MeasureMatcher(knowledge.measures.values(), self.units, prefix)
        self.known_keys = {measure.slug: measure.keys for measure in knowledge.measures.values()}
        self.scope_values = ScopeValues(knowledge, prefix)
        self.keys: dict[str, dict[str, None]] = defaultdict(dict)


def draft_document(
    text: str, mentions: Iterable[FigureMention], vocabulary: DraftVocabulary, wording: Wording, about: About
) -> Draft:
    """A draft of the figures and claims of a document; its measures are those of the ``vocabulary``.

    Args:
        text: The document's text.
        mentions: The numbers in it, in order.
        vocabulary: The measures and scope values of all drafts that are made together.
        wording: How amounts and units are put in words.
        about: What is known of the document.
    """
    builder = _DraftBuilder(Manuscript(text), vocabulary, wording, about)
    builder.add_all(in_own_cents(list(mentions)))
    return builder.draft()


_Scope = tuple[tuple[str, str], ...]
_FigureKey = tuple[str, Quantity, _Scope]
"""What makes two numbers one figure: measure, quantity and scope."""


class _DraftBuilder:
    """Drafts entries, sentence by sentence."""

    def __init__(self, manuscript: Manuscript, vocabulary: DraftVocabulary, wording: Wording, about: About) -> None:
        self._manuscript = manuscript
        self._passage_maker = PassageMaker(manuscript)
        self._prose = Prose(manuscript, lines_are_blocks=about.lines_are_blocks)
        self._vocabulary = vocabulary
        self._units = vocabulary.units
        self._wording = wording
        self._about = about
        self._names = Names(about, manuscript.text, self._units)
        self._times = FigureTimes(about, manuscript.text[:_HEAD])
        self._drafted: set[int] = set()
        self._speech = Speech(manuscript, about.authors, lines_are_blocks=about.lines_are_blocks)
        self._figures: dict[_FigureKey, DraftFigure] = {}
        self._said: dict[tuple[str, _Scope], list[tuple[Quantity, str, StanceGuess | None]]] = defaultdict(list)
        self._parted: dict[tuple[str, Quantity], DraftMeasure] = {}
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
        return Draft((), figures, tuple(claims), tuple(self._left_out))

    def add_all(self, mentions: Sequence[FigureMention]) -> None:
        """Drafts the numbers as figures, and the sentences with numbers as claims."""
        for sentence, inside in self._by_sentence(mentions):
            if sentence is None:
                # A row of a table is no sentence, and makes no claim.
                for mention in inside:
                    self._cell(mention)
                continue
            made = self._sentence(sentence, inside)
            if made:
                self._claim(made, sentence)

    def _by_sentence(self, mentions: Sequence[FigureMention]) -> Iterator[tuple[Sentence | None, list[FigureMention]]]:
        inside: list[FigureMention] = []
        current: Sentence | None = None
        for mention in mentions:
            in_table = grid_at(self._manuscript.tables, mention.start)
            own = None if in_table else self._prose.sentence_at(mention.start) or self._line_around(mention)
            if inside and (own is None or current is None or own.start != current.start):
                yield current, inside
                inside = []
            current = own
            inside.append(mention)
        if inside:
            yield current, inside

    def _line_around(self, mention: FigureMention) -> Sentence:
        start, end = self._manuscript.line(self._manuscript.line_at(mention.start)) or (mention.start, mention.end)
        return Sentence(start, self._manuscript.text[start:end], start, is_first=True)

    # Figures of running text

    def _sentence(self, sentence: Sentence, mentions: Sequence[FigureMention]) -> list[DraftFigure]:
        if len(sentence.text) > _LONGEST_SENTENCE:
            windows = [(self._window(sentence, mention), [mention]) for mention in mentions]
            return [figure for window, inside in windows for figure in self._figures_of(window, inside)]
        return self._figures_of(sentence, mentions)

    def _window(self, sentence: Sentence, mention: FigureMention) -> Sentence:
        first = max(sentence.start, mention.start - CONTEXT)
        last = min(sentence.end, mention.end + CONTEXT)
        return replace(sentence, start=first, text=sentence.text[first - sentence.start : last - sentence.start])

    def _figures_of(self, sentence: Sentence, mentions: Sequence[FigureMention]) -> list[DraftFigure]:
        mentions = [replace(mention, quantity=in_points(mention.quantity)) for mention in mentions]
        before_it = self._prose.sentence_before(sentence)
        if before_it and before_it.start not in self._drafted:
            self._names.observe(before_it)
        self._drafted.add(sentence.start)
        times = self._times.in_sentence(sentence)
        mentions = [each for each in mentions if not self._names_time(each, mentions, sentence, times)]
        names = self._names.of_sentence(sentence, mentions)
        mentions = with_shared_units(mentions, names, self._manuscript.text, self._units)
        spans = [(mention.start - sentence.start, mention.end - sentence.start) for mention in mentions]
        figures = [
            TimedFigure(start=start, end=end, label=name.label, relation=name.relation, change=mention.change)
            for mention, name, (start, end) in zip(mentions, names, spans, strict=True)
        ]
        made: list[DraftFigure] = []
        timed = self._times.of_figures(sentence, times, figures)
        for mention, own, (time, label) in zip(mentions, figures, timed, strict=True):
            context = FigureContext(
                sentence=sentence.text,
                start=own.start,
                end=own.end,
                figures=tuple(spans),
                before=before_it.text if before_it else "",
                relation=own.relation,
                change=own.change,
            )
            figure = self._prose_figure(sentence, mention, label, time, context)
            made += [figure] if figure else []
        return made

    def _names_time(
        self, mention: FigureMention, mentions: Sequence[FigureMention], sentence: Sentence, times: Sequence[Time]
    ) -> bool:
        """Whether a number belongs to the name of a time, ``the three months to September``; it is left out then."""
        start, end = mention.start - sentence.start, mention.end - sentence.start
        is_time = mention.kind is FigureKind.DURATION and (
            any(time.start < end and start < time.end for time in times)
            or (_AGO.match(sentence.text, end) is not None and mention is not mentions[0])
        )
        if is_time:
            literal = self._manuscript.text[mention.start : mention.end]
            self._left_out.append(LeftOut(self._manuscript.line_at(mention.start), literal, "it names a time"))
        return is_time

    def _prose_figure(
        self, sentence: Sentence, mention: FigureMention, label: str, time: Time | None, context: FigureContext
    ) -> DraftFigure | None:
        at, end = context.start, context.start + mention.end - mention.start
        words = sentence.text[max(at - CONTEXT, 0) : end + CONTEXT]
        start = min(at, CONTEXT)
        money = self._units.parse(mention.quantity.unit or "1").currency
        stated = [(key, value, False) for key, value in scope_cues(words, start, start + end - at, money=bool(money))]
        stated += [(time.key, time.value, True)] if time else []
        label = "" if is_unread(words) else label
        known = "\n".join((self._about.subject, self._about.place, *self._about.authors))
        place = place_of(sentence.text, at, context.figures, known, self._manuscript.text)
        stated += [(PLACE_KEY, place, False)] if place else []
        voice = self._speech.voice(sentence, words, start)
        stance = self._speech.stance(sentence, words, start) or self._stance_without_cue(mention, sentence, voice, time)
        return self._figure(mention, label, stated, voice, stance, None, context)

    def _stance_without_cue(
        self, mention: FigureMention, sentence: Sentence, voice: str, time: Time | None
    ) -> StanceGuess | None:
        """How a number is meant that no word tells: by its time, its margin, or by whose statement it is."""
        if time is not None and self._is_to_come(time):
            return StanceGuess(Stance.PROJECTED, "its time is to come")
        if mention.quantity.margin is not None:
            return StanceGuess(Stance.MEASURED, "it has a margin")
        if (is_office(voice) or is_official(voice, sentence.text)) and not is_quoted(
            self._manuscript.text, sentence.paragraph, mention.start
        ):
            return StanceGuess(Stance.REPORTED, voice)
        return None

    def _is_to_come(self, time: Time) -> bool:
        period = read_period(time.value)
        start = None if isinstance(period, str) else period.start
        today = self._about.today
        return start is not None and today is not None and start.isoformat() > today.isoformat()

    # Figures of tables

    def _cell(self, mention: FigureMention) -> DraftFigure | None:
        mention = replace(mention, quantity=in_points(mention.quantity))
        start, end = self._manuscript.line(self._manuscript.line_at(mention.start)) or (0, 0)
        cell = cell_subject(self._manuscript.tables, mention.start)
        if cell is None:
            line = Sentence(start, self._manuscript.text[start:end], start, is_first=True)
            return next(iter(self._figures_of(line, [mention])), None)
        stance = StanceGuess(Stance.PROJECTED, "the head of its column") if cell.is_projected else None
        if stance is None and mention.quantity.margin is not None:
            stance = StanceGuess(Stance.MEASURED, "it has a margin")
        label = self._names.of_cell(cell, self._manuscript.tables, self._manuscript.text, mention)
        stated = _stated_scope(cell)
        grid = grid_at(self._manuscript.tables, mention.start)
        if not cell.times and grid and (time := self._caption_time(grid.start)):
            stated = [*stated, (time.key, time.value, True)]
        caption = caption_of(self._manuscript.text, grid.start) if grid else ""
        said = " ".join((caption, cell.measure, *(name for _, name in cell.things)))
        context = FigureContext(
            sentence=said, start=len(said), end=len(said), row=tuple(name for _, name in cell.things)
        )
        return self._figure(mention, label, stated, "", stance, cell, context)

    def _caption_time(self, start: int) -> Time | None:
        """The time in the line above a table: ``By district, 2024``."""
        above = [line for line in self._manuscript.text[:start].split("\n")[-4:] if line.strip()]
        caption = above[-1] if above else ""
        return latest_period(caption, self._about.today) if len(caption) < _LONGEST_HEADING else None

    # All figures

    def _figure(
        self,
        mention: FigureMention,
        label: str,
        stated: Sequence[tuple[str, str, bool]],
        voice: str,
        stance: StanceGuess | None,
        cell: CellSubject | None,
        context: FigureContext,
    ) -> DraftFigure | None:
        line = self._manuscript.line_at(mention.start)
        if self._about.is_one_of_several and not any(is_time for _, _, is_time in stated):
            # What "the society" has is another number in each of its annual reports.
            stated = [*stated, ("as-of", self._about.issued, True)]
        stated_keys = frozenset(key for key, _, _ in stated)
        measure = self._vocabulary.measures.of(label, mention.quantity, line, stated_keys)
        stated = [*self._whole_scope(mention, stated_keys, is_cell=cell is not None), *stated]
        scope = self._scope(stated, measure)
        if self._contradicts(measure, scope, mention.quantity, voice, stance):
            # One document seldom contradicts itself: the two are not the same thing, whatever its words are.
            measure = self._apart(measure, mention.quantity, line)
            scope = self._scope(stated, measure)
        quantity = in_unit_of(measure, mention.quantity, self._units)
        is_other = measure.unit != (mention.quantity.unit or "1")
        if is_other and value_text(quantity, measure.unit, self._units) is None:
            # "Hundreds of billions" cannot be written in the unit of what other numbers count.
            measure = self._vocabulary.measures.apart(replace(measure, unit=mention.quantity.unit or "1"), line)
            scope, quantity = self._scope(stated, measure), mention.quantity
        passage = self._passage_maker.passage(mention.start, mention.end)
        passage = in_cell(passage, cell) if passage and cell else passage
        passage = replace(passage, page=self._manuscript.page_at(mention.start)) if passage else None
        value = value_text(quantity, measure.unit, self._units)
        if passage is None or value is None:
            why = "no passage can quote it" if passage is None else "no value says it"
            self._left_out.append(LeftOut(line, self._manuscript.text[mention.start : mention.end], why))
            return None
        key = (measure.slug, replace(quantity, as_written=""), scope)
        if key in self._figures:
            self._repeat_passages[key].append(passage)
            return self._figures[key]
        self._said[measure.slug, scope].append((quantity, voice, stance))
        made = self._figures[key] = DraftFigure(
            id=self._id(f"{cut_slug(measure.slug, 40)}-l{passage.line}"),
            measure=measure,
            value=value,
            passage=passage,
            also=(),
            voice=voice,
            stance=stance,
            scope=scope,
            doubts=(*doubts(mention), *self._prose.unread_around(mention.start, mention.end)),
            quantity=quantity,
            table_keys=tuple(key for key, _ in cell.things) if cell else (),
            context=context,
        )
        return made

    def _whole_scope(
        self, mention: FigureMention, stated: frozenset[str], *, is_cell: bool
    ) -> Iterator[tuple[str, str, bool]]:
        """What holds for all figures of the document, as far as nothing else is said of this one."""
        for key, name in ((SUBJECT_KEY, self._about.subject), (PLACE_KEY, self._about.place)):
            if name and key not in stated and not (is_cell and self._is_row(mention, name)):
                yield key, name, False

    def _is_row(self, mention: FigureMention, subject: str) -> bool:
        """Whether the table of a number sets ``subject`` beside others, so that each row is about one of them."""
        grid = grid_at(self._manuscript.tables, mention.start)
        return grid is not None and any(subject.casefold() in name.casefold() for name in (*grid.names, *grid.columns))

    def _contradicts(
        self, measure: DraftMeasure, scope: _Scope, quantity: Quantity, voice: str, stance: StanceGuess | None
    ) -> bool:
        """Whether the document gives another number for ``measure`` and ``scope`` already, by the same voice."""
        if stance and stance.stance in (Stance.NEGATED, Stance.HYPOTHETICAL):
            return False
        own = in_unit_of(measure, quantity, self._units)
        for other, other_voice, other_stance in self._said[measure.slug, scope]:
            if other_stance and other_stance.stance in (Stance.NEGATED, Stance.HYPOTHETICAL):
                continue
            alleged = any(guess and guess.stance is Stance.ALLEGED for guess in (stance, other_stance))
            if not (alleged and voice != other_voice) and (other.low, other.high) != (own.low, own.high):
                return True
        return False

    def _apart(self, measure: DraftMeasure, quantity: Quantity, line: int) -> DraftMeasure:
        """The measure of a number that contradicts ``measure``: its own, or that of an equal number before it."""
        key = measure.slug, replace(in_unit_of(measure, quantity, self._units), as_written="")
        if key not in self._parted:
            self._parted[key] = self._vocabulary.measures.apart(measure, line)
        return self._parted[key]

    def _scope(self, stated: Sequence[tuple[str, str, bool]], measure: DraftMeasure) -> _Scope:
        """What is ``stated``, as far as the measure has the keys; a new measure gets them."""
        own = self._vocabulary.known_keys.get(measure.slug)
        scope: dict[str, str] = {}
        for key, name, is_time in stated:
            if own is None or key in own:
                is_whole = (
                    not is_time and key not in (SUBJECT_KEY, PLACE_KEY) and name.casefold().strip(" *") in _TOTALS
                )
                label = WHOLE if is_whole else name
                scope[key] = name if is_time else self._vocabulary.scope_values.of(key, label)
        self._vocabulary.keys[measure.slug].update(dict.fromkeys(scope))
        return tuple(scope.items())

    # Claims

    def _claim(self, figures: Sequence[DraftFigure], sentence: Sentence) -> None:
        passages = list(self._prose.passages(sentence))
        if not passages:
            return
        words = " ".join(sentence.text.split())
        places = self._sentence_passages.setdefault(words, [])
        places += passages
        if len(places) > len(passages):
            return
        at_stake = "; ".join(
            dict.fromkeys(
                f"{figure.measure.label}: {self._readable_value(figure)}" for figure in figures[:_MOST_AT_STAKE]
            )
        )
        first = figures[0]
        stance = first.stance if first.stance and first.stance.stance is not Stance.NEGATED else None
        passage = passages[0]
        self._claims.append(
            DraftClaim(
                id=self._id(f"says-l{passage.line}-s{passage.sentence}"),
                text=f"{STUB} {at_stake}",
                passages=tuple(passages),
                sentence=words,
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
