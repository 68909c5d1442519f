"""Tables in running text: the scale and the unit that heads, captions, notes and names of rows give to the cells.

``(in millions)`` multiplies the cells and is no figure itself, nor is a year in a head. What a row says itself goes
before the head of its column, that before the section, and that before the whole table. ``(1,240)`` alone in a cell is
negative, as accounts write it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import PERIODS, Quantity
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.character_numerals import places_at
from kb.numbers.grid import Grid, Place, grids
from kb.numbers.lexicon import LEXICON
from kb.numbers.notation import read_quantity
from kb.numbers.notation_notes import NotationError
from kb.numbers.number import EXACT, ONE
from kb.numbers.scan.mention import FigureMention, LeftOut, Span, is_measure, kind_of
from kb.numbers.scan.table_labels import label_spans
from kb.numbers.token import tokens
from kb.numbers.word_numerals import scale_word

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_SCALES = tuple(re.compile(pattern) for pattern in _PROSE.table_scales)
_EXCEPTIONS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.table_exceptions)
_RATE_WORDS = re.compile(rf"(?:{'|'.join(_PROSE.table_rates) or '(?!)'})\s?\w*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(
    r"(?P<open>\()?\s*[^\w\s()]{0,2}(?:[A-Z]{2,3}\$?)?\s?[-−–]?\d[\d,.' ]*(?:\s?[–-]\s?\d[\d,.]*)?"
    r"(?:\s?%)?(?P<close>\))?(?:\s*(?:\([a-z]\)|[*†‡]))?"
)
_JOINERS = "|".join(sorted(_PROSE.table_joiners)) or "(?!)"
_JOINER = re.compile(rf"^(?:{_JOINERS})\s")
_UNIT_PLACES = tuple(
    map(
        re.compile,
        (
            r"[(（\[]([^()（）]{1,24})[)）\]]\s*[*†‡]?$",  # Length (km)
            r"[,，:：]\s*([^\s,，:：]{1,16}(?:\s\w{1,10})?)$",  # Margin, %
            rf"\b(?:{_JOINERS})\s([^\s\d]{{1,16}}(?:\s\w{{1,10}})?)$",  # Length in km
            r"(?:^|[^\d\s])\s?(%)$",  # Change %
            r"^(%)\s(?=[^\W\d_])",  # % change
            rf"(?:^|\s)({'|'.join(CURRENCIES)}|[€$£¥])$",  # 2024 USD
            r"^(.{1,16})$",  # km
        ),
    )
)
_NOTE_MARK = re.compile(r"\([a-z0-9]\)|\[[a-z0-9]\]|[*†‡]+|[a-z0-9](?=[.)]?\s)")
_REFERENCE = re.compile(r"[A-Z]?\d{1,3}(?:\.\d{1,2})?[a-z]?")
_SCALE_ALONE = re.compile(r"(?:in )?(?:thousands?|millions?|billions?|mn|bn|lakhs?|crores?|['’]?000s?)", re.IGNORECASE)
_SIGN = re.compile(r"[-−–(]*\s?(?P<sign>(?:[A-Z]{1,2})?[$€£¥₹]|[A-Z]{3}(?=\s?\d))\s?[-−–(]?\s?\d")
"""Money with its sign or code before it."""
_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")
_PEOPLE = frozenset(("person", "employee", "customer", "user"))
_COUNTING_ENDS = tuple(word for word in _PROSE.counting_rows if not word.isascii())
_CAPTION_LINES, _LONGEST_CAPTION = 3, 200
_NOTE_LINES, _LONGEST_NOTE = 4, 120
_SCALE_REACH = 40
"""Characters before the scale in a note, at most: ``All amounts are in``."""


class Cell(NamedTuple):
    """A cell that holds nothing but a number: its place, its scale and unit, and whether it is negative."""

    start: int
    end: int
    scale: Decimal
    unit: str
    is_negative: bool


class _Scale(NamedTuple):
    """What a place in a table says of cells.

    Attributes:
        factor: What it multiplies them by.
        unit: What they are in; empty if it names nothing.
        exceptions: Words that name the rows it leaves out.
        names: Words before it: ``shares in thousands`` is said of rows and columns of shares, where another scale is
            said of all others.
    """

    factor: Decimal
    unit: str
    exceptions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def is_of_cells(self) -> bool:
        """Whether the head above the names of rows speaks of the cells: it is no thing and no time."""
        known = self.unit in CURRENCIES or self.unit in ("fraction", "multiple") or is_measure(self.unit)
        return self.factor != ONE or known

    def for_row(self, name: str) -> "_Scale | None":
        """The scale as it holds for a row of the whole table: of a rate the currency, per what it names."""
        excepted = bool(self.exceptions) and not self.exceptions.isdisjoint(_stems(name))
        if rate := _RATE_WORDS.search(name):
            return _Scale(ONE, _rate_unit(self.unit, rate[0])) if self.unit in CURRENCIES else None
        return None if excepted else self


class Tables:
    """The cells of all tables of a text that change what a number in them says.

    Attributes:
        set_aside: Scales, times in heads and numbers of rows, which are no figures.
    """

    def __init__(self, text: str, units: Units = STANDARD) -> None:
        self.set_aside: list[Span] = []
        self._text, self._units = text, units
        self._cells: list[Cell] = []
        self._units_read: dict[tuple[str, bool], _Scale | None] = {}
        self._grids = grids(text)
        above = 0
        for grid in self._grids:
            notes, end = self._notes(grid)
            self._cells += self._read(grid, self._whole(grid, above), notes)
            above = end
        self._starts = [cell.start for cell in self._cells]

    def edges(self) -> Iterator[int]:
        """Where the cells of tables begin, and where their rows end."""
        for grid in self._grids:
            for row in grid.rows:
                for cell in row:
                    yield cell.start
                yield row[-1].end + 1

    def read(self, mention: FigureMention) -> FigureMention:
        """``mention`` with the scale, the unit and the sign of its cell; unchanged outside of tables."""
        at = bisect_right(self._starts, mention.end - 1) - 1
        if at < 0 or mention.end > self._cells[at].end:
            return mention
        cell, quantity = self._cells[at], mention.quantity
        if quantity.unit == "fraction" and cell.is_negative:
            return replace(mention, quantity=_in_cell(quantity, cell._replace(scale=ONE), quantity.unit))
        amount_of_cell = cell.unit.partition("/")[0]
        if quantity.unit and (quantity.unit not in CURRENCIES or (cell.unit and amount_of_cell not in CURRENCIES)):
            return mention
        unit = cell.unit if quantity.unit == amount_of_cell else quantity.unit or cell.unit
        return replace(mention, quantity=_in_cell(quantity, cell, unit), kind=kind_of(unit))

    def _read(self, grid: Grid, whole: Sequence[_Scale], notes: dict[str, _Scale]) -> Iterator[Cell]:
        heads = self._heads(grid, notes)
        # "Year" above the names of the rows says what they are, not what the cells are in.
        # So does 项目 (item).
        first = heads[0] if heads and heads[0] and heads[0].is_of_cells else None
        general, named_scales = (whole[0], whole[1:]) if whole else (first or notes.get(""), ())
        signs = self._signs(grid)
        self.set_aside += label_spans(grid)
        numbering = self._numbering(grid)
        sections = {place: self._of_name(place, notes) for place in set(grid.section_places) if place.end}
        for row in range(grid.heads, len(grid.rows)):
            name = grid.names[row]
            of_row = _per_thing(self._of_row(grid, row, notes), name)
            section = sections.get(grid.section_places[row])
            counts = self._counts_people(name)
            for column, place in enumerate(grid.rows[row]):
                if column in numbering and _REFERENCE.fullmatch(self._text, *place):
                    self.set_aside.append(Span(*place, LeftOut.LABEL))
                    continue
                number = _NUMBER.fullmatch(self._text, *place) if column else None
                if number is None:
                    continue
                of_column = heads[column] if column < len(heads) else None
                names = _stems(f"{name} {grid.column_name(column)}")
                common = section or next((scale for scale in named_scales if scale.names & names), general)
                if of_column and of_column.unit == "fraction":
                    # The change of an amount is a share, whatever the amount is in.
                    scale: _Scale | None = of_column
                else:
                    scale = _joined(of_row, *(given.for_row(name) for given in (of_column, common) if given))
                if counts and not of_row and scale and scale.unit in CURRENCIES:
                    scale = None
                if (row, column) in signs and not (counts or of_row or (scale and scale.unit)):
                    scale = (scale or _Scale(ONE, ""))._replace(unit=signs[row, column])
                negative = bool(number["open"]) and bool(number["close"])
                if scale or negative:
                    factor, unit = (scale.factor, scale.unit) if scale else (ONE, "")
                    yield Cell(*place, factor, unit, negative)

    def _whole(self, grid: Grid, above: int) -> Sequence[_Scale]:
        """What is stated in the lines above ``grid``, of which the last counts; sentences are none."""
        end = grid.start
        for _ in range(_CAPTION_LINES):
            start = self._text.rfind("\n", above, max(end - 1, above)) + 1 or above
            line = self._text[start:end].strip()
            if start >= end or len(line) > _LONGEST_CAPTION or (not line and end < grid.start - 1):
                return ()
            if not _NOTE_MARK.match(line) and self._may_state(line) and (scales := self._scales(start, end)):
                return scales
            end = start
        return ()

    def _counts_people(self, name: str) -> bool:
        """Whether a row is a count whatever money its table is in: ``Number of sites``, ``Employees at year end``."""
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", _PARENTHESES.sub("", name))]
        if not words:
            return False
        if not _PROSE.counting_rows.isdisjoint(words) or name.endswith(_COUNTING_ENDS):
            return True
        # "Loans to customers" are money, and so are "customer deposits".
        named = words[-1] if LEXICON.stops.no_heads.isdisjoint(words) else ""
        plural = words[0] if singular(words[0]) != words[0] else ""
        return any(self._person(word) for word in (named, plural) if word)

    def _person(self, word: str) -> bool:
        return (self._units.known(word) or _UNITS.measures.get(word, ("", ONE))[0]) in _PEOPLE

    def _signs(self, grid: Grid) -> dict[tuple[int, int], str]:
        """The money of bare cells that stand between two cells of their column with its sign.

        Accounts write the sign in the first row and in that of the total; what stands below the last total may be
        anything, e.g. a number of shares.
        """
        signs: dict[tuple[int, int], str] = {}
        for column in range(1, max(map(len, grid.rows), default=0)):
            last, currency = 0, ""
            for row in range(grid.heads, len(grid.rows)):
                sign = _SIGN.match(grid.cell(row, column))
                if sign is None or _RATE_WORDS.search(grid.names[row]):
                    continue
                code = _currency(sign["sign"])
                if code and code == currency:
                    signs |= {(between, column): code for between in range(last + 1, row)}
                last, currency = row, code
        return signs

    def _notes(self, grid: Grid) -> tuple[dict[str, _Scale], int]:
        """The scales in the notes below ``grid`` by their marks, empty where no name bears it; and where notes end."""
        notes: dict[str, _Scale] = {}
        start = grid.end + 1
        marked = "\n".join(self._text[slice(*cell)] for row in grid.rows for cell in row if cell.end > cell.start)
        for _ in range(_NOTE_LINES):
            end = self._text.find("\n", start)
            end = len(self._text) if end < 0 else end
            line = self._text[start:end].strip()
            if start >= len(self._text) or end - start > _LONGEST_NOTE:
                break
            note = _NOTE_MARK.match(line)
            mark = note[0] if note else ""
            # Behind a blank line a scale without a mark belongs to the table that follows.
            if line and not mark and start > grid.end + 1:
                break
            scale = self._scale(start, end, _SCALE_REACH) if self._may_state(line[len(mark) :]) else None
            if scale:
                notes[mark if mark in marked else ""] = scale
            elif not mark and line:
                break
            start = end + 1
        return notes, min(start, len(self._text))

    def _may_state(self, line: str) -> bool:
        """Whether a line beside a table may state its scale: a whole sentence does only if it is about the amounts."""
        if not line.endswith((".", "。")) or line.endswith((").", "）。")):
            return True
        return bool(_PROSE.table_amounts & {word.casefold() for word in line.split()[:3]}) or any(
            pattern.match(line.strip()) for pattern in _SCALES
        )

    def _heads(self, grid: Grid, notes: dict[str, _Scale]) -> list[_Scale | None]:
        """The scale of each column by its lowest head that states one, and above all by the note that it bears."""
        stated: list[_Scale | None] = []
        for column in range(len(grid.columns)):
            own: _Scale | None = None
            for row in range(grid.heads):
                place = grid.rows[row][column] if column < len(grid.rows[row]) else None
                if place and place.end > place.start:
                    own = self._of_name(place, notes) or own
            if own is None and column > 1 and grid.columns[column] == grid.columns[column - 1]:
                own = stated[column - 1]
            stated.append(own or self._stated(grid.columns[column].rpartition(",")[2]))
        return stated

    def _of_row(self, grid: Grid, row: int, notes: dict[str, _Scale]) -> _Scale | None:
        if grid.unit_column is not None and grid.unit_column < len(grid.rows[row]):
            place = grid.rows[row][grid.unit_column]
            unit = self._of_name(place, notes) or self._unit(self._text[slice(*place)], nouns=True)
            if place.end > place.start and not any(map(str.isdigit, self._text[slice(*place)])):
                self.set_aside.append(Span(*place))
            # A row that counts without a unit ("number") takes no scale either.
            return unit or (_Scale(ONE, "") if place.end > place.start else None)
        return self._of_name(grid.rows[row][0], notes)

    def _of_name(self, place: Place, notes: dict[str, _Scale]) -> _Scale | None:
        """What a head or the name of a row says of its cells, itself or by the mark of a note."""
        name = self._text[slice(*place)]
        borne = next((scale for mark, scale in notes.items() if mark and name.endswith(mark)), None)
        return self._scale(*place) or borne or self._stated(name)

    def _stated(self, name: str) -> _Scale | None:
        """The unit at the end of ``name``: ``Length (km)``, ``Margin, %``; a scale in it is found by its place."""
        for pattern in _UNIT_PLACES:
            match = pattern.search(name.strip())
            text = _JOINER.sub("", match[1].strip()) if match else ""
            if unit := self._unit(text, nouns=False) or _money_of(text):
                return unit
            if _SCALE_ALONE.fullmatch(text):
                return _Scale(_factor(text), "")
        return None

    def _unit(self, text: str, *, nouns: bool) -> _Scale | None:
        """What ``text`` says as the unit of a cell: a currency, a share, a unit of measurement, perhaps any noun."""
        if (text, nouns) not in self._units_read:
            self._units_read[text, nouns] = self._read_unit(text, nouns=nouns)
        return self._units_read[text, nouns]

    def _read_unit(self, text: str, *, nouns: bool) -> _Scale | None:
        if not text or any(map(str.isdigit, text)):
            return None
        try:
            quantity = read_quantity(f"1 {text}", "", self._units)
        except (NotationError, ValueError):
            return None
        unit, factor = quantity.unit, quantity.low
        if factor is None or not unit or quantity.low != quantity.high:
            return None
        is_unit = unit in CURRENCIES or unit in ("fraction", "multiple", "percentage_point") or is_measure(unit)
        is_unit |= unit in PERIODS or bool(self._units.declared_spellings and self._units.declared_unit(text))
        is_unit |= nouns and " " not in text and text.casefold() not in _PROSE.table_counts
        is_unit |= text in _UNITS.nouns or text in LEXICON.nouns.counted or text in LEXICON.nouns.classifiers
        return _Scale(factor, unit) if is_unit else None

    def _numbering(self, grid: Grid) -> frozenset[int]:
        """The columns that refer to notes, or number the rows from 1 on."""
        named = {at for at, head in enumerate(grid.columns) if at and head.casefold() in _PROSE.table_references}
        named |= {0} if grid.columns and grid.columns[0].casefold() in _PROSE.references else set()
        first = [grid.cell(row, 0) for row in range(grid.heads, len(grid.rows))]
        return frozenset(named | ({0} if first == [str(at) for at in range(1, len(first) + 1)] else set()))

    def _scale(self, start: int, end: int, reach: int = _LONGEST_CAPTION) -> _Scale | None:
        """The last scale from ``start`` to ``end``, which is then no figure; None without one."""
        scales = self._scales(start, end, reach)
        return scales[-1] if scales else None

    def _scales(self, start: int, end: int, reach: int = _LONGEST_CAPTION) -> list[_Scale]:
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

    def _matched(self, match: re.Match[str], before: str, end: int) -> _Scale:
        """The scale of ``match``, behind the words ``before`` it and before its exceptions, which reach to ``end``."""
        words = match.groupdict()
        currency = _currency(words["currency"] or "") or _currency_named(before)
        counted = self._unit(words.get("of") or "", nouns=True) or self._unit(words.get("measure") or "", nouns=False)
        unit = currency or (counted.unit if counted else "")
        left_out = (pattern.search(self._text, match.end(), end) for pattern in _EXCEPTIONS)
        rows = frozenset(stem for exception in left_out if exception for stem in _stems(exception["rows"]))
        return _Scale(_factor(words["scale"]), unit, rows, _stems(before))


def _joined(*scales: _Scale | None) -> _Scale | None:
    """The first of ``scales``, with the currency of the next where it names no unit itself."""
    stated = [scale for scale in scales if scale]
    if not stated:
        return None
    first, *others = stated
    if first.unit or first.factor == ONE:
        return first
    # "Users (million)" in a table of US$ thousand counts no money; "Sales (million)" in one of US$ does.
    return first._replace(unit=next((scale.unit for scale in others if scale.unit and scale.factor == ONE), ""))


def _stems(words: str) -> frozenset[str]:
    """The words that tell rows apart, without the s of a plural."""
    # "Per share data" are rates, and says nothing of the number of shares.
    named = _WORD.findall(_RATE_WORDS.sub("", words))
    return frozenset(word.casefold().removesuffix("s") for word in named) - _PROSE.table_fillers


def _factor(scale: str) -> Decimal:
    """What ``millions``, ``mn``, ``000`` and 万 multiply by."""
    words = tokens(scale)
    if scale in _UNITS.sign_scales:
        return Decimal(_UNITS.sign_scales[scale])
    letter = _UNITS.scale_letters.get(words[0].text) or _UNITS.money_letters.get(words[0].text)
    if factor := scale_word(words[0]) or letter or (1000 if scale.endswith(("000", "000s")) else 0):
        return Decimal(factor)
    return places_at(words, 0)[0]


def _currency(text: str) -> str:
    known = _UNITS.money_signs.get(text) or (text if text in CURRENCIES else "")
    named = _UNITS.money_names.get(text) or _UNITS.money_names.get(text.rstrip("."), "")
    letters = text.removesuffix("$").lower()
    return known or named or _UNITS.dollar_letters.get(letters, "") or _UNITS.measures.get(text.lower(), ("", 0))[0]


def _per_thing(scale: _Scale | None, name: str) -> _Scale | None:
    """What the name of a row says of its cells, with the thing that it is per: ``Earnings per share ($)``."""
    rate = _RATE_WORDS.search(name) if scale and scale.unit in CURRENCIES else None
    return scale._replace(unit=_rate_unit(scale.unit, rate[0])) if scale and rate else scale


def _currency_named(words: str) -> str:
    """The currency whose name ends ``words``: ``(Dollars in millions)``, ``(Rs in lakhs)``."""
    named = _LAST_WORD.search(words)
    unit = _currency(named[1]) if named else ""
    return unit if unit in CURRENCIES else ""


def _money_of(text: str) -> _Scale | None:
    """The money that a short name or letter alone in brackets says: ``EPS (Rs)``, ``Dividend (p)``."""
    unit, worth = _UNITS.touching_measures.get(text, (_UNITS.money_names.get(text.rstrip("."), ""), ONE))
    return _Scale(worth, unit) if unit else None


def _rate_unit(currency: str, rate: str) -> str:
    """The currency per what ``rate`` names: USD and ``per share`` are USD/share; the currency alone for a bare EPS."""
    # No blank shows where the thing ends: 每股收益.
    texts = [rate] if rate.isascii() else [rate[:end] for end in range(len(rate), 1, -1)]
    units = (unit for text in texts if (unit := _unit_of(f"1 {currency} {text}")).startswith(f"{currency}/"))
    return next(units, currency)


def _unit_of(text: str) -> str:
    try:
        return read_quantity(text).unit
    except (NotationError, ValueError):
        return ""


def _in_cell(quantity: Quantity, cell: Cell, unit: str) -> Quantity:
    factor = cell.scale

    def scaled(value: Decimal | None) -> Decimal | None:
        return None if value is None else EXACT.multiply(value, factor)

    low, high = scaled(quantity.low), scaled(quantity.high)
    if cell.is_negative and low is not None and high is not None and low > 0:
        low, high = high.copy_negate(), low.copy_negate()
    return replace(quantity, low=low, high=high, unit=unit, granularity=scaled(quantity.granularity))
