"""Whether four digits are a year or count something: ``in 2025``, ``sold 1950 seats``."""

from kb.domain.quantity import Bound
from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.candidate import Candidate

_PROSE = LEXICON.prose
_FIRST_YEAR, _FIRST_RECENT, _LAST_YEAR = 1000, 1900, 2100


def is_year(candidate: Candidate) -> bool:
    """``in 2025``, ``the 2024 election``; but 2000 people, and over 2000."""
    if (
        not _is_bare_number(candidate)
        or candidate.is_scaled
        or candidate.figure.rates
        or (candidate.effective_unit and not candidate.counts_things)
    ):
        return False
    ends = candidate.number.low, candidate.figure.high.number.low
    # "Above 1000 and below 1500" limits a number from both sides, and no year.
    if candidate.figure.low_open or candidate.figure.high_open:
        return False
    if not all(_FIRST_YEAR <= end <= _LAST_YEAR for end in ends):
        return False
    if candidate.figure.qualifier.bound not in (Bound.EXACT, Bound.RANGE):
        compared = candidate.token(candidate.core - 1).low in _PROSE.than_years and candidate.value % 100 != 0
        return compared and not candidate.effective_unit and candidate.value >= _FIRST_RECENT
    # Four digits are a year behind "in" or in a range; else unless they are round and count something: 2000 people.
    if candidate.token(candidate.core - 1).low in _PROSE.before_years or not candidate.is_one_value:
        return True
    if ends[0] < _FIRST_RECENT or (candidate.counts_things and candidate.token(candidate.core + 1).kind == "han"):
        return False
    immediate = (
        candidate.counts_things
        and candidate.tokens[candidate.figure.end - 1].start - candidate.tokens[candidate.core].end <= 1
    )
    return not (immediate and (candidate.value % 100 == 0 or _counts_like_a_year(candidate)))


_SELDOM_DATED = frozenset(("person", "word", "user", "employee", "customer"))


def _counts_like_a_year(candidate: Candidate) -> bool:
    """``2020 employees``, ``sold 1950 seats``: four digits that count the noun right behind them; but 2024 results."""
    if candidate.effective_unit in _SELDOM_DATED:
        return True
    noun = candidate.tokens[candidate.figure.end - 1].low
    return candidate.token(candidate.core - 1).low in _PROSE.counting_verbs and noun not in _PROSE.dated_nouns


def _is_bare_number(candidate: Candidate) -> bool:
    head = candidate.head
    # 1.998 in a German text has four digits too, but its point shows that it counts something.
    return head.kind == "number" and head.end - head.start == 4 and head.text.isdigit()
