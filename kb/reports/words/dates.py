"""Dates, moments and periods as people write them."""

from calendar import monthrange
from datetime import date

from kb.domain.scope import ScopeSelection

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_QUARTERS = ("first", "second", "third", "fourth")


def date_words(issued: str) -> str:
    """A date as people write it.

    >>> date_words("2026-06-15"), date_words("2026-06"), date_words("2026"), date_words("")
    ('15 June 2026', 'June 2026', '2026', '')
    """
    parts = issued.split("-")
    month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
    number = str(int(parts[2])) if len(parts) > 2 else ""
    return " ".join(part for part in (number, month, parts[0]) if part)


def instant_words(recorded_at: str) -> str:
    """The date and time of an event.

    >>> instant_words("2026-06-15T09:30:12.000000Z")
    '15 June 2026, 09:30'
    """
    return f"{date_words(recorded_at[:10])}, {recorded_at[11:16]}"


def period_words(value: ScopeSelection) -> str:
    """A stretch of time in words; a whole month, quarter, half or year has its name, however it was written.

    >>> period_words(ScopeSelection(start=date(2026, 1, 1), end=date(2026, 3, 31), text="2026-Q1"))
    'the first quarter of 2026'
    >>> period_words(ScopeSelection(start=date(2026, 1, 1), end=date(2026, 5, 31), text="2026-01 to 2026-05"))
    'January to May 2026'
    >>> period_words(ScopeSelection(end=date(2029, 6, 30), text="by 2029-06"))
    'by June 2029'
    """
    if value.start and value.end:
        return _closed_words(value.start, value.end)
    # "After 2024" and "from 2025" are one stretch; the author's word is kept.
    word, point = time_text(value).split()
    part = point.rpartition("-")[2]
    return f"{word} {_part_words(int(point[:4]), part) if part[:1] in 'QH' else date_words(point)}"


def time_text(value: ScopeSelection) -> str:
    """A stretch of time as a seed file writes it."""
    if value.text:
        return value.text
    if value.start and value.end:
        return str(value.start) if value.start == value.end else f"{value.start} to {value.end}"
    return f"from {value.start}" if value.start else f"by {value.end}"


def _part_words(year: int, part: str) -> str:
    """A quarter or half of a year: ``the first half of 2026`` for ``H1``."""
    return f"the {_QUARTERS[int(part[1]) - 1]} {'quarter' if part[0] == 'Q' else 'half'} of {year}"


def _closed_words(start: date, end: date) -> str:
    if start.day > 1 or end.day < monthrange(end.year, end.month)[1]:
        return _between(_parts(start, with_day=True), _parts(end, with_day=True))
    if start.month == 1 and end.month == 12:
        return _between((str(start.year),), (str(end.year),))
    if start.year == end.year:
        months = end.month - start.month + 1
        if months in (3, 6) and (start.month - 1) % months == 0:
            return _part_words(start.year, f"{'Q' if months == 3 else 'H'}{(start.month - 1) // months + 1}")
    return _between(_parts(start, with_day=False), _parts(end, with_day=False))


def _parts(day: date, *, with_day: bool) -> tuple[str, ...]:
    month = (_MONTHS[day.month - 1], str(day.year))
    return (str(day.day), *month) if with_day else month


def _between(first: tuple[str, ...], last: tuple[str, ...]) -> str:
    """``first`` to ``last``, without what both end with: ``3 to 15 June 2026``; one of them where they are the same."""
    kept = list(first)
    shared = list(last)
    while kept and kept[-1] == shared[-1]:
        kept.pop()
        shared.pop()
    return " ".join([*kept, "to", *last]) if kept else " ".join(last)
