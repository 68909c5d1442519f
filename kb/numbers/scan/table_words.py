"""What lines beside a table, heads and names of rows say as a scale or a unit, and where; none of it is a figure."""

import re
from decimal import Decimal

from kb.domain.quantity import PERIODS
from kb.domain.unit import Units
from kb.domain.unit.names import CURRENCIES, POINTS
from kb.numbers.character_numerals import place_value
from kb.numbers.lexicon import LEXICON
from kb.numbers.notation import read_quantity
from kb.numbers.notation_notes import NotationError
from kb.numbers.number import EXACT
from kb.numbers.scan.mention import Span, is_measure
from kb.numbers.scan.table_cells import CELL_NUMBER, currency
from kb.numbers.scan.table_scales import (
    Scale,
    currency_named,
    factor_of,
    money_of,
    scale_alone,
    stems,
    unit_amount,
)

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_SCALES = tuple(re.compile(pattern) for pattern in _PROSE.table_scales)
_EXCEPTIONS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.table_exceptions)
JOINERS = "|".join(sorted(_PROSE.table_joiners)) or "(?!)"
JOINER = re.compile(rf"^(?:{JOINERS})\s")
UNIT_PLACES = tuple(
    map(
        re.compile,
        (
            r"[(（\[]([^()（）]{1,24})[)）\]]\s*[*†‡]?$",  # Length (km)
            r"[,，:：]\s*([^\s,，:：]{1,16}(?:\s\w{1,10})?)$",  # Margin, %
            rf"\b(?:{JOINERS})\s([^\s\d]{{1,16}}(?:\s\w{{1,10}})?)$",  # Length in km
            r"(?:^|[^\d\s])\s?(%)$",  # Change %
            r"(?:^|(?<!\d)[\s(（\[])(%)\s(?=[^\W\d_])",  # % change, Cost as % of sales, (% of total)
            rf"(?:^|\s)({'|'.join(CURRENCIES)}|[€$£¥])$",  # 2024 USD
            r"^(.{1,24})$",  # km, $ per million tokens
        ),
    )
)
_UNITS_OF_ROWS = (
    *UNIT_PLACES[:-2],
    re.compile(rf"\s({'|'.join(CURRENCIES)}|[€$£¥])$"),  # Salary USD
)
_CENT = Decimal("0.01")
LONGEST_CAPTION = 200


class TableWords:
    """What the words of a text say as scales and units of its tables.

    Attributes:
        set_aside: Places of scales, which are no figures.
    """

    def __init__(self, text: str, units: Units) -> None:
        """The words of ``text``, with the vocabulary ``units``."""
        self.set_aside: list[Span] = []
        self._text, self._units = text, units
        self._units_read: dict[tuple[str, bool], Scale | None] = {}

    def may_state(self, line: str) -> bool:
        """Whether a line beside a table may state its scale: a whole sentence does only if it is about the amounts."""
        if not line.endswith((".", "。")) or line.endswith((").", "）。")):
            return True
        return self.is_of_amounts(line) or any(pattern.match(line.strip()) for pattern in _SCALES)

    def is_of_amounts(self, line: str) -> bool:
        """Whether a line begins with words for all amounts of a table: ``Figures in thousands of euros.``"""
        return bool(_PROSE.table_amounts & {word.casefold() for word in line.split()[:3]})

    def at_end_of(self, name: str, *, is_head: bool = True) -> Scale | None:
        """The unit at the end of ``name``: ``Length (km)``, ``Margin, %``; a scale in it is found by its place.

        A head may be a unit and nothing else; the name of a row that is one is a name: ``Oz``, ``Day``, ``EUR``.
        """
        # The zeros of a row called "1,000" are no scale.
        if CELL_NUMBER.fullmatch(name.strip()):
            return None
        for pattern in UNIT_PLACES if is_head else _UNITS_OF_ROWS:
            match = pattern.search(name.strip())
            text = JOINER.sub("", match[1].strip()) if match else ""
            if factor := scale_alone(text, name):
                return Scale(factor, "")
            if unit := self.unit(text, nouns=bool(place_value(text[:1]))) or money_of(text):
                return unit
        return None

    def unit(self, text: str, *, nouns: bool) -> Scale | None:
        """What ``text`` says as the unit of a cell: a currency, a share, a unit of measurement, perhaps any noun."""
        if (text, nouns) not in self._units_read:
            self._units_read[text, nouns] = self._read_unit(text, nouns=nouns)
        return self._units_read[text, nouns]

    def _read_unit(self, text: str, *, nouns: bool) -> Scale | None:
        amount = unit_amount(text)
        if not amount:
            return None
        try:
            quantity = read_quantity(amount, "", self._units)
        except (NotationError, ValueError):
            return None
        unit, factor = quantity.unit, quantity.low
        if unit == POINTS and factor is not None:
            # Like all shares of a scan.
            unit, factor = "fraction", EXACT.multiply(factor, _CENT)
        if factor is None or not unit or quantity.low != quantity.high:
            return None
        is_unit = unit.partition("/")[0] in CURRENCIES or unit in ("fraction", "multiple") or is_measure(unit)
        is_unit |= unit in PERIODS or bool(self._units.declared_spellings and self._units.declared_unit(text))
        is_unit |= nouns and " " not in text and text.casefold() not in _PROSE.table_counts
        is_unit |= text in _UNITS.nouns or text in LEXICON.nouns.counted or text in LEXICON.nouns.classifiers
        return Scale(factor, unit) if is_unit else None

    def scale(self, start: int, end: int, reach: int = LONGEST_CAPTION) -> Scale | None:
        """The last scale from ``start`` to ``end``, which is then no figure; None without one."""
        scales = self.scales(start, end, reach)
        return scales[-1] if scales else None

    def scales(self, start: int, end: int, reach: int = LONGEST_CAPTION) -> list[Scale]:
        """The scales from ``start`` to ``end`` in order, each with the words before it; none of them is a figure."""
        matches = [match for pattern in _SCALES for match in pattern.finditer(self._text, start, end)]
        apart: list[re.Match[str]] = []
        for match in sorted(matches, key=lambda match: match.start()):
            if match.start() > start + reach:
                break
            self.set_aside.append(Span(*match.span()))
            if apart and match.start() < apart[-1].end():
                apart.pop()
            apart.append(match)
        scales = []
        for place, match in enumerate(apart):
            until = apart[place + 1].start() if place + 1 < len(apart) else end
            since = apart[place - 1].end() if place else start
            scales.append(self._matched(match, self._text[since : match.start()], until))
        return scales

    def _matched(self, match: re.Match[str], before: str, end: int) -> Scale:
        """The scale of ``match``, behind the words ``before`` it and before its exceptions, which reach to ``end``."""
        words = match.groupdict()
        code = currency(words["currency"] or "") or currency_named(before)
        counted = self.unit(words.get("of") or "", nouns=True) or self.unit(words.get("measure") or "", nouns=False)
        unit = code or (counted.unit if counted else "")
        left_out = (pattern.search(self._text, match.end(), end) for pattern in _EXCEPTIONS)
        rows = frozenset(stem for exception in left_out if exception for stem in stems(exception["rows"]))
        return Scale(factor_of(words["scale"]), unit, rows, stems(before))
