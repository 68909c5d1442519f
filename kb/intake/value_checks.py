"""Checks of an amount against its literal, and of a share without a percent sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal

from kb.domain.entity import Source
from kb.domain.passage import Passage
from kb.domain.quantity import Hedge, Quantity
from kb.domain.unit import Units, parse_unit
from kb.intake.diagnostics import Marked
from kb.intake.resolver import SeedFile
from kb.intake.shape import Scalar
from kb.numbers import NotationError, read_quantity
from kb.numbers.language import Language
from kb.numbers.lexicon import language_named
from kb.numbers.recognition import language_of

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_HAN = re.compile(r"[\u2e80-\u9fff]")
_AROUND = ".,;:!?()[]\"'“”‘’"
_MOST_WORDS = 12
_EXACT = 12
"""Digits of a stated number, at most; a quotient with more does not come out even."""

_TABLE_SCALES = (-2, 0, *range(2, 13))
"""Powers of ten by which a table may multiply its cells: per cent, thousands, 万, millions, crore …"""

Numbers = frozenset[Decimal]


def contradicts(
    literal: str, value: str, quantity: Quantity, language: Language | None = None, *, is_cell: bool = False
) -> bool:
    """Whether ``literal``, in ``language``, has a number that ``value``, which was read as ``quantity``, has not.

    The literal may be a part of the value (one end of a range, a number without its unit, sign, scale or hedge) or hold
    more than it; words that say no number contradict nothing. The scale of a literal that is a cell stands elsewhere in
    its table.

    >>> said = read_quantity("$2,000 / month")
    >>> [contradicts(literal, "$2,000 / month", said) for literal in ("$2,000", "2,000", "$200", "a fortune")]
    [False, False, True, False]
    """
    if _is_part(literal, value):
        return _means_another(value, language)
    literal_numbers = [
        frozenset(_forms(number, read.unit, quantity.unit))
        for read in _read(literal, language)
        for number in _ends(read)
    ]
    literal_numbers += _proportions(literal, quantity)
    if is_cell:
        literal_numbers = [
            frozenset(form.scaleb(power) for form in forms for power in _TABLE_SCALES) for forms in literal_numbers
        ]
    meant = frozenset(_ends(quantity))
    if not literal_numbers or not meant:
        return False
    holds_the_value = all(any(_among(end, forms, quantity) for forms in literal_numbers) for end in meant)
    return not holds_the_value and not _is_shown(literal_numbers, value, meant, quantity)


_HINT = "write the number as the document has it, or quote the words that say this one"
_COMMA_HINT = "write digits as English does, 8,500 for 8.500 and 1.5 for 1,5, or quote the words that say this number"


def warn_of_other_number(
    literal: str,
    value: Scalar | None,
    amount: Quantity,
    source: Source,
    seed_file: SeedFile,
    at: Marked | None = None,
    *,
    place: Passage | None,
) -> None:
    """Warns where ``literal``, in the language of ``source``, gives another number than ``value``, the ``amount``."""
    # A document in two languages has the words of both: "1.450 Menschen" in an English source.
    language = language_of(literal) or language_named(source.language)
    if value is not None and contradicts(literal, value.text, amount, language, is_cell=bool(place and place.column)):
        what = f"the value '{value.text}' is not what its literal \"{literal}\" says"
        seed_file.warn(at or value, what, _COMMA_HINT if language and language.decimal_mark else _HINT)


def _means_another(value: str, language: Language | None) -> bool:
    """Whether ``value`` is another number in ``language`` than in a seed file, where a point stands before decimals.

    "8.500 Euro" as the value of "8.500 Euro" is wrong by a thousand.
    """
    here, there = _quantity(value), _quantity(value, language)
    return here is not None and there is not None and (here.low, here.high) != (there.low, there.high)


def _is_part(literal: str, value: str) -> bool:
    """Whether ``literal`` is a part of ``value`` and cuts no number in two."""
    at = value.find(literal) if literal else -1
    if at == -1:
        return False
    cut_before = literal[0].isdigit() and re.search(r"\d[.,]?$", value[:at][-2:])
    cut_behind = literal[-1].isdigit() and re.match(r"\d|[.,]\d", value[at + len(literal) :][:2])
    return not cut_before and not cut_behind


def _read(text: str, language: Language | None) -> Iterator[Quantity]:
    """The quantities in ``text``: of the whole text, else of its longest runs of words from left to right."""
    whole = _quantity(text, language)
    if whole is not None:
        yield whole
    # Chinese is written without spaces, and where a number begins in it only the whole text can tell.
    words = text.split() if whole is None and not _HAN.search(text) else []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + _MOST_WORDS), start, -1)
        runs = ((end, _quantity(" ".join(words[start:end]).strip(_AROUND), language)) for end in ends)
        end, read = next(((end, read) for end, read in runs if read), (start + 1, None))
        if read is not None:
            yield read
        start = end


def _quantity(text: str, language: Language | None = None) -> Quantity | None:
    try:
        return read_quantity(text, "1", language=language)
    except NotationError:
        return None


def _ends(read: Quantity) -> Iterator[Decimal]:
    """The ends that are numbers; a vague magnitude has none."""
    if read.hedge is not Hedge.ORDER_OF_MAGNITUDE:
        yield from (end for end in (read.low, read.high) if end is not None)


def _forms(number: Decimal, unit: str, wanted: str) -> Iterator[Decimal]:
    """A number as stated, and converted to the unit ``wanted``."""
    yield number
    with suppress(ValueError):
        factor = parse_unit(unit).factor_to(parse_unit(wanted))
        yield number * factor.numerator / factor.denominator


def _proportions(literal: str, quantity: Quantity) -> list[Numbers]:
    """The pure numbers that a literal of two numbers may state: each in a hundred, and one over the other.

    >>> sorted(map(str, *_proportions("$2 for $1", read_quantity("0.5x"))))
    ['0.01', '0.02', '0.5', '2']
    """
    numbers = [Decimal(number.replace(",", "")) for number in _DIGITS.findall(literal)]
    if len(numbers) != 2 or not all(numbers) or not _is_pure(quantity.unit):
        return []
    left, right = numbers
    return [frozenset((left / 100, right / 100, left / right, right / left))]


def _is_pure(unit: str) -> bool:
    try:
        return parse_unit(unit).is_dimensionless
    except ValueError:
        return False


def _is_shown(literal_numbers: Sequence[Numbers], value: str, meant: Numbers, quantity: Quantity) -> bool:
    """Whether each number of the literal is in the value or in a part of it: digits without scale, single words."""
    digits = (Decimal(number.replace(",", "")) for number in _DIGITS.findall(value))
    words = (read.low for word in value.split() if (read := _quantity(word)) and read.low is not None)
    parts = frozenset((*digits, *words))
    return all(parts & forms or any(_among(end, forms, quantity) for end in meant) for forms in literal_numbers)


def _among(end: Decimal, forms: Numbers, quantity: Quantity) -> bool:
    """Whether an end of ``quantity`` is one of ``forms``, with or without its sign."""
    return end in forms or (-end in forms and end < 0) or any(_rounds(form, end, quantity) for form in forms)


def _rounds(form: Decimal, end: Decimal, quantity: Quantity) -> bool:
    """Whether a ratio, e.g. 40 out of 45, rounds to ``end``."""
    grain = quantity.granularity
    return grain is not None and len(form.as_tuple().digits) > _EXACT and abs(form - end) * 2 <= grain


_LAST_DIGIT = re.compile(r"\d(?=\D*$)")
_SHARE, _OTHER = "fraction", "multiple"


def warn_of_bare_share(scalar: Scalar, amount: Quantity, unit: str, units: Units, seed_file: SeedFile) -> None:
    """Warns where ``scalar``, a bare number for a share in ``unit``, was read as an ``amount`` above one.

    A share of ``5`` is 500 percent; its author means 5 percent, or should write ``500%``.
    """
    if unit != _SHARE or not _above_one(amount) or not _is_bare(scalar.text, units):
        return
    percent = _in_percent(amount)
    seed_file.warn(
        scalar, f"'{scalar.text}' of a share is {percent}", f"write '{_with_sign(scalar.text)}', or '{percent}'"
    )


def _in_percent(amount: Quantity) -> str:
    ends = dict.fromkeys(f"{(end * 100).normalize():f}" for end in (amount.low, amount.high) if end is not None)
    return f"{' to '.join(ends)}%"


def _with_sign(text: str) -> str:
    """``text`` with a percent sign after its last digit; in words where it has no digit."""
    signed, replacements = _LAST_DIGIT.subn(r"\g<0>%", text)
    return signed if replacements else f"{text} percent"


def _above_one(amount: Quantity) -> bool:
    ends = [abs(end) for end in (amount.low, amount.high) if end is not None]
    return any(end > 1 for end in ends) or (bool(ends) and min(ends) == 1)


def _is_bare(text: str, units: Units) -> bool:
    """Whether ``text`` is a number without a unit, which then is that of the measure."""
    try:
        return read_quantity(text, _OTHER, units).unit == _OTHER != read_quantity(text, _SHARE, units).unit
    except NotationError:
        return False
