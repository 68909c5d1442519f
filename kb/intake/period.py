"""Periods as authors write them: ``2024``, ``2026-Q1``, ``by 2029``."""

import re
from calendar import monthrange
from datetime import date, timedelta

from kb.domain.scope import ScopeSelection

FORMS = "write 2026, 2026-Q1, 2026-H1, 2026-06, 2026-06-15, 2024 to 2026, since 2024, or by 2029"
_POINT = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]|\d{2})(?:-(\d{2}))?)?")
_BETWEEN = re.compile(r"(?:from\s+)?(\S+)\s*(?:\s+to\s+|–|\.\.|/)\s*(\S+)")
_OPEN = re.compile(r"(since|from|after|by|until|before)\s+(\S+)")
_DAY = timedelta(days=1)

Days = tuple[date, date]


def read_period(text: str) -> ScopeSelection | str:
    """The period that ``text`` names; where it names none, a sentence that says why.

    ``by`` and ``until`` include the time that they name, ``before`` and ``after`` exclude it.

    >>> found = read_period("2026-Q1")
    >>> str(found.start), str(found.end)
    ('2026-01-01', '2026-03-31')
    >>> read_period("2026-02-30")
    'there is no day 2026-02-30'
    """
    if match := _OPEN.fullmatch(text):
        return _open(match[1], _days(match[2]), text)
    if match := _BETWEEN.fullmatch(text):
        return _between(_days(match[1]), _days(match[2]), text)
    days = _days(text)
    return days if isinstance(days, str) else ScopeSelection(start=days[0], end=days[1], text=text)


def _open(word: str, days: Days | str, text: str) -> ScopeSelection | str:
    if isinstance(days, str):
        return days
    first, last = days
    try:
        match word:
            case "since" | "from":
                return ScopeSelection(start=first, text=text)
            case "after":
                return ScopeSelection(start=last + _DAY, text=text)
            case "before":
                return ScopeSelection(end=first - _DAY, text=text)
            case _:
                return ScopeSelection(end=last, text=text)
    # 'after 9999' has no first day.
    except OverflowError:
        return f"'{text}' lies outside the calendar"


def _between(first: Days | str, last: Days | str, text: str) -> ScopeSelection | str:
    if isinstance(first, str):
        return first
    if isinstance(last, str):
        return last
    if first[0] > last[1]:
        return f"'{text}' ends before it begins"
    return ScopeSelection(start=first[0], end=last[1], text=text)


def _days(text: str) -> Days | str:
    match = _POINT.fullmatch(text)
    if not match:
        return f"'{text}' is not a time"
    year, part, day = int(match[1]), match[2] or "", match[3]
    try:
        if part.startswith(("Q", "H")):
            return f"'{text}' is not a time" if day else _part_of(year, part)
        if day:
            single_day = date(year, int(part), int(day))
            return single_day, single_day
        return _months(year, int(part), 1) if part else _months(year, 1, 12)
    except ValueError:
        return f"there is no {'day' if day else 'month' if part else 'year'} {text}"


def _part_of(year: int, part: str) -> Days:
    months = 3 if part[0] == "Q" else 6
    return _months(year, (int(part[1]) - 1) * months + 1, months)


def _months(year: int, first: int, count: int) -> Days:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def is_date(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day that exists."""
    match = _POINT.fullmatch(text)
    return match is not None and not (match[2] or "").startswith(("Q", "H")) and not isinstance(_days(text), str)
