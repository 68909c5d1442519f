"""What looks alike: multiples and occasions, parts and counts, billions and bytes, crores and credits."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from kb.numbers.figure import ParsedFigure, figure_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, Amount
from kb.numbers.numerals import number_at
from kb.numbers.scan.candidate import Candidate
from kb.numbers.token import Token

_PROSE, _UNITS, _WORDS = LEXICON.prose, LEXICON.units, LEXICON.word_numerals


def by_factor(candidate: Candidate) -> Candidate:
    """``candidate`` as a multiple behind the word for a factor, which its literal takes in: a factor of two."""
    if candidate.effective_unit or candidate.figure.rates or candidate.number.is_part:
        return candidate
    place = candidate.first - 1
    place -= candidate.token(place).low in _WORDS.of
    if candidate.token(place).low not in _PROSE.factors:
        return candidate
    place -= candidate.token(place - 1).low in _WORDS.articles
    return candidate.having(candidate.figure, "multiple", place)


def counted(candidate: Candidate) -> Candidate:
    """``candidate`` without a unit where it says how often: cut the power 5,000 times; not 5,000 times the size."""
    figure = candidate.figure
    place = figure.high.number.end
    word = candidate.token(place)
    if figure.high.unit != "multiple" or word.low not in _PROSE.occasions or candidate.value % 1:
        return candidate
    if not (word.text in _PROSE.lone_occasions or _is_done(candidate, candidate.token(place + 1))):
        return candidate
    low, high = (end._replace(unit="") for end in (figure.low, figure.high))
    return candidate.having(figure._replace(low=high if candidate.is_one_value else low, high=high))


_SIZE = re.compile(r"\d\s?[kKMG]i?B\b")


@lru_cache(maxsize=2)
def _speaks_of_sizes(text: str) -> bool:
    return _SIZE.search(text) is not None


def in_bytes(candidate: Candidate) -> Candidate:
    """``candidate`` in bytes where a "B" apart from its digits is no billion: 64 B in a text that has kB or MB."""
    figure, number = candidate.figure, candidate.figure.high.number
    letter = candidate.token(number.end - 1)
    apart = letter.text == "B" and number.digits and not candidate.touches_before(number.end - 1)
    if not apart or figure.high.unit or candidate.unit or number.scale != _BILLION:
        return candidate
    if not _speaks_of_sizes(candidate.text):
        return candidate
    low, high = (_of_bytes(end) for end in (figure.low, figure.high))
    return candidate.having(figure._replace(low=high if candidate.is_one_value else low, high=high))


_BILLION, _BILLIONTH = Decimal(10**9), Decimal("1e-9")


def _of_bytes(amount: Amount) -> Amount:
    number = amount.number.times(_BILLIONTH, amount.number.end) if amount.number.scale == _BILLION else amount.number
    return amount._replace(number=number, unit="byte")


def _rupee_words() -> Iterator[str]:
    """Codes, names and countries of the currencies that crores go with, and the words for the scales."""
    for table in (_UNITS.sign_users, _UNITS.money_names):
        yield from (name for name, code in table.items() if code in _UNITS.currency_letters)
    yield from (word for word, value in _WORDS.scales.items() if value in (10**5, 10**7))
    yield from (word for word, (unit, _) in _UNITS.measures.items() if unit in _UNITS.currency_letters)
    yield from _UNITS.currency_letters


_RUPEES = re.compile(
    "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" if word.isalpha() else word for word in _rupee_words())
)
_CRORES = frozenset(letters for letters, value in _UNITS.scale_letters.items() if value == 10**7)
_AS_IN_ACCOUNTS = re.compile(r"[\d,]*\d\.\d\d")


@lru_cache(maxsize=2)
def _speaks_of_rupees(text: str) -> bool:
    return _RUPEES.search(text) is not None


def in_credit(candidate: Candidate) -> Candidate:
    """``candidate`` without the crores that are a credit in accounts: 1,240.00 Cr in a text that knows no rupees."""
    figure, number = candidate.figure, candidate.figure.high.number
    letters = candidate.token(number.end - 1)
    written = candidate.text[candidate.head.start : candidate.head.end]
    is_account = letters.text in _CRORES and not candidate.effective_unit and _AS_IN_ACCOUNTS.fullmatch(written)
    if not is_account or not candidate.is_one_value or _speaks_of_rupees(candidate.text):
        return candidate
    bare = number_at(candidate.tokens[: number.end - 1], candidate.core)
    amount = figure.high._replace(number=bare, end=bare.end) if bare else figure.high
    return candidate.having(figure._replace(low=amount, high=amount, end=amount.end))


_FAR = 4


def _is_done(candidate: Candidate, behind: Token) -> bool:
    """Whether the words around "times" speak of something that is done, rather than of a ratio or of growth."""
    if candidate.before.low in _PROSE.before_multiples:
        return False
    before = candidate.tokens[max(candidate.first - _FAR, 0) : candidate.first]
    if any(token.low in _PROSE.change_verbs for token in before[-2:]):
        return False
    return behind.kind not in ("word", "name", "number") or behind.low in _PROSE.behind_occasions


def without_concrete_whole(tokens: Sequence[Token], at: int, figure: ParsedFigure) -> ParsedFigure:
    """``figure`` without its whole where that counts things of its own: five of the 12 months, 63 von 96 Trägern.

    A whole with an article, or above ten and no round base, is a second count; three of five, nine out of ten and one
    in nine are shares.
    """
    if figure.low is not figure.high or not figure.low.number.is_part:
        return figure
    end = figure.low.number.end
    for place in range(max(end - _LONGEST_WHOLE, at + 1), end - 1):
        if tokens[place].low in _WORDS.of and tokens[place - 1].low not in _WORDS.out:
            return _counting(tokens, at, place, figure)
    return figure


_LONGEST_WHOLE = 6
_MOST_BASE = 10


def _counting(tokens: Sequence[Token], at: int, link: int, figure: ParsedFigure) -> ParsedFigure:
    is_definite = tokens[link + 1].low in _WORDS.wholes
    whole = number_at(tokens, link + 1 + is_definite)
    if whole is None or whole.end != figure.low.number.end or whole.is_part or whole.scale != ONE:
        return figure
    if not is_definite and (whole.low <= _MOST_BASE or _is_base(whole.low)):
        return figure
    return figure_at(tokens[:link], at) or figure


def _is_base(value: Decimal) -> bool:
    """Whether ``value`` is one of the numbers that shares are usually given of: 20, 50, 100, 1,000."""
    return len(value.normalize().as_tuple().digits) == 1 and value.normalize().as_tuple().digits[0] in (1, 2, 5)
