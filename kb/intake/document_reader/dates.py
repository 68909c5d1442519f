"""Dates as people write them, in ISO form; a date that can be read in two ways is none."""

import re
from collections.abc import Iterator
from datetime import date

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:length]: number for number, name in enumerate(_NAMES.split(), 1) for length in (3, len(name))} | {
    "sept": 9
}
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_MONTHS |= {name[:length]: number for number, name in enumerate(_GERMAN.split(), 1) for length in (3, len(name))}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_ORDINAL = "(?:st|nd|rd|th)?"
_FORMS = (
    rf"{_YEAR}(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s){_DAY}(?!\d)",
    rf"(?<!\d){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
    rf"\b{_MONTH} ?{_DAY}{_ORDINAL},? {_YEAR}\b",
    rf"\b{_DAY}(?:{_ORDINAL}|\.)(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b",
    rf"{_YEAR} ?年 ?(?P<m>1[0-2]|0?[1-9]) ?月 ?{_DAY} ?[日号]",
    (
        r"(?<!\d)(?:(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])|(?P<d2>1[3-9]|2\d|3[01])[/.](?P<m2>0?[1-9]|1[0-2]))"
        rf"[/.]{_YEAR}(?!\d)"
    ),
)
_FULL = tuple(re.compile(form, re.IGNORECASE | re.ASCII) for form in _FORMS)
_PARTS = (
    re.compile(rf"{_YEAR}[-/.](?P<m>0?[1-9]|1[0-2])", re.ASCII),
    re.compile(rf"{_MONTH},? {_YEAR}", re.IGNORECASE | re.ASCII),
    re.compile(rf"{_YEAR} ?年 ?(?P<m>1[0-2]|0?[1-9]) ?月", re.ASCII),
    re.compile(_YEAR, re.ASCII),
)


def days(text: str) -> Iterator[str]:
    """Every full date in ``text`` as ``2026-06-15``, form by form; ``06/07/2026`` could be two days, and is left out.

    >>> list(days("Feb. 27, 2026; 2026年6月5日; 06/07/2026; 27/02/2026"))
    ['2026-02-27', '2026-06-05', '2026-02-27']
    """
    return (day for day, _ in days_with_places(text))


def days_with_places(text: str) -> Iterator[tuple[str, int]]:
    """The same dates, each with the character at which it begins."""
    for form in _FULL:
        for match in form.finditer(text):
            if day := _day(match.groupdict()):
                yield day, match.start()


def first_day(text: str) -> str:
    """The first full date in ``text``; empty for none."""
    return next(days(text), "")


def read_date(text: str) -> str:
    """The day, month or year that is all of ``text``, except for a time of day; empty for none.

    >>> read_date("2026-06-15T09:00:00Z"), read_date("June 2026"), read_date("2026"), read_date("soon")
    ('2026-06-15', '2026-06', '2026', '')
    """
    text = " ".join(text.split())[:100]
    if day := first_day(text):
        return day
    for form in _PARTS:
        if match := form.fullmatch(text.strip(" .,")):
            month = _month(match.groupdict())
            return f"{match['y']}-{month:02}" if month else match["y"]
    return ""


def _month(groups: dict[str, str | None]) -> int:
    name = (groups.get("name") or "").lower()
    return _MONTHS[name] if name else int(groups.get("m") or groups.get("m2") or 0)


def _day(groups: dict[str, str | None]) -> str:
    try:
        return date(int(groups["y"] or 0), _month(groups), int(groups.get("d") or groups.get("d2") or 0)).isoformat()
    except ValueError:
        return ""
