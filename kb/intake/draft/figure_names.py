"""What the figures of a document measure, from its sentences, its tables and their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kb.domain.measure_kind import likely_kind
from kb.domain.unit import Units
from kb.domain.unit.names import POINTS
from kb.intake.draft.grammar import GRAMMARS
from kb.intake.draft.named_figure import Name, NamedFigure, Naming
from kb.intake.draft.naming import names_in
from kb.intake.draft.naming_han import names_in_han, topic_of
from kb.intake.draft.prose import Sentence
from kb.intake.draft.table_cell import CellSubject, caption_of
from kb.numbers.grid import Grid, grid_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.recognition import language_of
from kb.numbers.scan import FigureMention
from kb.numbers.scan.mention import is_measure
from kb.numbers.word_tables import words

_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERALS = LEXICON.word_numerals
_NUMBER_WORDS = frozenset(
    word.lower()
    for table in (_NUMERALS.below_twenty, _NUMERALS.tens, _NUMERALS.scales, _NUMERALS.hundreds, _NUMERALS.halves)
    for word in table
) | words("""
more mehr weniger less further weitere weiteren zusätzliche additional about around some roughly rund etwa knapp an
a estimated nearly almost over up to upward of at least the and another other new than fewer als bis zu mio mrd tsd""")
_TIMES = words("year month week day hour")
_POINTS = frozenset(("point", "points", "punkt", "punkte", "百分点", "个百分点"))
"""What is counted in the difference of two shares."""
_HAN_NUMBER = re.compile(r"^[\d.,万亿千百十〇零一二三四五六七八九两多余约近超过不足到至少\s–—~-]+")
_HAN_LEAD = re.compile(r"[^\d万亿千百十〇零一二三四五六七八九两几数半]+(?=\S)")
_HAN_OFTEN = re.compile(r"[一每][年月天日季周户亩人次][^\W\d]{1,6}?(?=\d)")
"""How often something is so, and what, where it is read with the number: 一年多挣12万元."""
_HAN_CLASSIFIER = re.compile(r"^[个座台户家辆间套张件条处所项只头名位份艘架栋棵](?=.)")


_OPENING = 400
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")


def _proper_words(text: str) -> frozenset[str]:
    """The words that a text writes with a capital letter even within a sentence, and never without."""
    small = frozenset(re.findall(r"\b[a-z][\w’'-]*", text))
    return frozenset(word for word in _CAPITALISED.findall(text) if word.lower() not in small and not word.isupper())


class _About(Protocol):
    @property
    def language(self) -> str: ...


def kind_of(unit: str, units: Units) -> str:
    """What an amount in ``unit`` is, as far as comparisons keep it: ``money``, ``share``, ``count`` or ``amount``."""
    if unit in ("fraction", POINTS) or unit.startswith("fraction"):
        return "share"
    parsed = units.parse(unit or "1")
    if parsed.currency:
        return "money"
    if not unit or unit == "1" or is_measure(unit):
        return "amount" if is_measure(unit) else "count"
    if len(parsed.dimension) == 1 and likely_kind(parsed).traits.counts_things:
        head = [atom.name for atom, power in parsed.parts if power > 0]
        return "count" if not head or head[0][:1].islower() or not head[0].isascii() else "amount"
    return "amount"


class Names:
    """Names the figures of one document, which refer to one another.

    Args:
        about: Its language.
        text: All of it; by its first words the language is recognised where nobody says it.
        units: The vocabulary of units.
    """

    def __init__(self, about: _About, text: str, units: Units) -> None:
        stated = about.language.partition("-")[0].lower()
        recognised = language_of(text[:_OPENING])
        self._language = stated if stated in GRAMMARS else recognised.code if recognised else "en"
        self._units = units
        self._naming = Naming(proper=_proper_words(text))
        self._paragraph = -1

    def of_sentence(self, sentence: Sentence, mentions: Sequence[FigureMention]) -> list[Name]:
        """The name of each number of a sentence."""
        if sentence.paragraph != self._paragraph:
            self._naming.begin_paragraph()
            self._paragraph = sentence.paragraph
        figures = [self._named(mention, sentence) for mention in mentions]
        if len(_HAN.findall(sentence.text)) * 5 > len(sentence.text):
            return names_in_han(sentence.text, figures, self._naming)
        return names_in(sentence.text, figures, self._language, self._naming)

    def observe(self, sentence: Sentence) -> None:
        """Keeps what a sentence without numbers is about, for a pronoun in the next one."""
        if sentence.paragraph != self._paragraph:
            self._naming.begin_paragraph()
            self._paragraph = sentence.paragraph
        if _HAN.search(sentence.text):
            self._naming.topic = topic_of(sentence.text) or self._naming.topic
        else:
            names_in(sentence.text, (), self._language, self._naming)

    def _named(self, mention: FigureMention, sentence: Sentence) -> NamedFigure:
        start, end = mention.start - sentence.start, min(mention.end, sentence.end) - sentence.start
        # "月薪5200元": what is read with the number may hold words of what it measures.
        lead = _HAN_LEAD.match(sentence.text, start, end)
        start = lead.end() if lead and _HAN.search(lead[0]) else start
        often = _HAN_OFTEN.match(sentence.text, start, end)
        start = often.end() if often else start
        unit = mention.quantity.unit
        kind = kind_of(unit, self._units)
        above, _, below = unit.partition("/")
        if below in _TIMES and kind_of(above, self._units) == "count" and above not in ("", "1"):
            # "18,000 vehicles a day" counts vehicles.
            kind = "count"
        noun = -1
        if kind == "count" and unit not in ("", "1"):
            noun = _noun_start(sentence.text[start:end])
            if noun >= 0 and sentence.text[start + noun : end].lower().strip() in _POINTS:
                kind, noun = "share", -1
        return NamedFigure(
            start=start,
            end=end,
            noun=start + noun if noun >= 0 else -1,
            kind=kind,
            is_bare=unit in ("", "1"),
            change=mention.change,
            dimension=str(self._units.parse(unit).dimension) if kind == "amount" and unit else "",
        )

    def of_cell(self, cell: CellSubject, tables: Sequence[Grid], text: str, mention: FigureMention) -> str:
        """The name of what a cell measures; of rows that are only times that of the caption above the table."""
        label = cell.measure
        if label and not cell.row_is_time:
            return label
        grid = grid_at(tables, mention.start)
        return caption_of(text, grid.start) if grid else label


def _noun_start(literal: str) -> int:
    """Where the thing that a literal counts begins in it: ``18.4 million journeys``; -1 for nowhere."""
    if _HAN.search(literal):
        literal = re.sub(r"(?:以上|以下|左右|上下|以内|多|余)$", "", literal)
        number = _HAN_NUMBER.match(literal)
        at = number.end() if number else 0
        classifier = _HAN_CLASSIFIER.match(literal[at:])
        at += classifier.end() if classifier else 0
        return at if _HAN.search(literal[at:]) and len(literal) - at > 1 else -1
    for match in re.finditer(r"[^\W\d_][\w'’-]*", literal):
        word = match[0].lower()
        if word not in _NUMBER_WORDS and not (match.start() and literal[match.start() - 1].isdigit()):
            return match.start()
    return -1
