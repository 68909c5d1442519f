"""The times in the heads of a table, as seed files write them: ``Q3 2024`` is 2024-Q3, ``30 June 2024`` a day."""

import re
from calendar import monthrange
from typing import NamedTuple

from kb.numbers.lexicon import LEXICON

_PROSE = LEXICON.prose
_MONTH = "(?P<name>" + "|".join(sorted(map(re.escape, _PROSE.month_numbers), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_SHORT = r"(?:(?P<y>(?:19|20)\d\d)|['’]?(?P<yy>\d\d))(?!\d)"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?\.?"
_FISCAL = r"(?:(?:FY|CY)\s?['’]?|(?:fiscal|calendar)\s(?:year\s)?)"
_SPANS = tuple(_PROSE.months_ended.values())
_ENDS = "|".join(f"(?P<ended{at}>{pattern})" for at, pattern in enumerate(_PROSE.months_ended))
_ENDED = rf"(?:(?:{_ENDS})[:,]?\s)" if _ENDS else "(?!)"
_DAY_FORMS = (
    rf"{_MONTH}\s?{_DAY},?\s{_YEAR}",
    rf"{_DAY}(?:\sof)?[\s-]{_MONTH},?[\s-]{_YEAR}",
    rf"{_YEAR}-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
    rf"{_YEAR}\s?年\s?(?P<m>1[0-2]|0?[1-9])\s?月\s?{_DAY}\s?[日号]",
)
_FORMS = (
    *(rf"{_ENDED}?{form}" for form in _DAY_FORMS),
    rf"{_ENDED}?{_MONTH},?[\s-]{_YEAR}",
    rf"{_YEAR}-(?P<m>0[1-9]|1[0-2])(?!\d|-\d)",
    rf"\bQ(?P<q>[1-4])[\s,/–-]{{0,2}}(?:{_FISCAL})?{_SHORT}",
    rf"\b(?P<q>[1-4])Q\s?(?:{_FISCAL})?{_SHORT}",
    rf"{_YEAR}[\s,/-]{{0,2}}Q(?P<q>[1-4])\b",
    rf"\bH(?P<h>[12])[\s,/–-]{{0,2}}(?:{_FISCAL})?{_SHORT}",
    rf"\b(?P<h>[12])H\s?(?:{_FISCAL})?{_SHORT}",
    rf"{_YEAR}[\s,/-]{{0,2}}H(?P<h>[12])\b",
    rf"\b(?P<n>3|6|9|12)M\s?{_SHORT}",
    *_PROSE.period_forms,
    rf"(?<![\d.,]){_YEAR}(?P<more>\s?[/–-]\s?(?:\d{{4}}|\d\d))(?!\d)",
    rf"\b{_FISCAL}{_SHORT}(?:[EAPF]\b)?",
    rf"(?<![\d.,$€£¥]){_YEAR}(?:[EAPF]\b|\s?年度?)?(?![.,]?\d)",
    # A head that is set over heads with the years.
    rf"{_ENDED}?{_MONTH}\s?{_DAY}",
    rf"{_ENDED}?{_DAY}(?:\sof)?[\s-]{_MONTH}",
    r"\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H)\b",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_HINT = re.compile(rf"(?:19|20)\d\d|['’]\d\d|\b(?:{_FISCAL}|[QH]\d|\d[QH]|\d{{1,2}}M\b)|{_MONTH}", re.IGNORECASE)


class HeadPeriod(NamedTuple):
    """A time in a head: the scope key that it gives, its value, its place, and whether it lies ahead (2027E)."""

    key: str
    value: str
    start: int
    end: int
    is_estimate: bool


def period_in(text: str) -> HeadPeriod | None:
    """The time that the head ``text`` names; None where it names none, or one that no seed file can write.

    A day on which a span of months ended gives the span, a day alone an ``as-of``.

    >>> [period_in(text)[:2] for text in ("Q3 FY24", "Year ended 31 December 2023", "At June 30, 2024")]
    [('period', '2024-Q3'), ('period', '2023'), ('as-of', '2024-06-30')]
    >>> [period_in(text)[:2] for text in ("Three months ended September 30, 2024", "2024年上半年", "2025E")]
    [('period', '2024-Q3'), ('period', '2024-H1'), ('period', '2025')]
    """
    match = _first(text)
    groups = match.groupdict() if match else {}
    value = _value({key: part for key, part in groups.items() if part})
    if match is None or value is None:
        return None
    is_estimate = match[0][-1:] in "EPF" and match[0][-2:-1].isdigit()
    return HeadPeriod(*value, match.start(), match.end(), is_estimate)


def period_spans(text: str) -> list[tuple[int, int]]:
    """The places of all times in the head ``text``, those included that no seed file can write (2023/24)."""
    spans, rest = [], text
    while match := _first(rest):
        spans.append(match.span())
        rest = rest[: match.start()] + "\0" * (match.end() - match.start()) + rest[match.end() :]
    return sorted(spans)


def without_periods(text: str) -> str:
    """``text`` with a blank in place of each time."""
    for start, end in period_spans(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _first(text: str) -> re.Match[str] | None:
    # Most cells name no time, and all patterns take long to say so.
    return (
        None
        if not _HINT.search(text)
        else next((match for pattern in _PATTERNS if (match := pattern.search(text))), None)
    )


def _value(groups: dict[str, str]) -> tuple[str, str] | None:
    year = int(groups.get("y") or 2000 + int(groups.get("yy", 0)))
    month = _PROSE.month_numbers[groups["name"].lower()] if "name" in groups else int(groups.get("m", 0))
    span = next((months for at, months in enumerate(_SPANS) if f"ended{at}" in groups), int(groups.get("n", 0)))
    span = month - int(groups["first"]) + 1 if "first" in groups else span
    if span < 0:
        return None
    if "more" in groups or not ("y" in groups or "yy" in groups):
        return None
    if "d" in groups and int(groups["d"]) > monthrange(year, month)[1]:
        return None
    if span:
        return "period", _months(year, month or span, span)
    if "d" in groups:
        return "as-of", f"{year}-{month:02}-{int(groups['d']):02}"
    part = _part(groups)
    return "period", f"{year}{part}" if part or not month else f"{year}-{month:02}"


def _part(groups: dict[str, str]) -> str:
    """The quarter or half: its digit, or the number of the group that spells it (``q3``)."""
    for letter in "qh":
        if digit := groups.get(letter) or next((name[1] for name in groups if re.fullmatch(rf"{letter}\d", name)), ""):
            return f"-{letter.upper()}{digit}"
    return ""


def _months(year: int, last: int, count: int) -> str:
    """The ``count`` months up to month ``last``, by their shortest name."""
    if count == 12 and last == 12:
        return str(year)
    if count == 3 and last % 3 == 0:
        return f"{year}-Q{last // 3}"
    if count == 6 and last % 6 == 0:
        return f"{year}-H{last // 6}"
    first = year * 12 + last - count
    start = f"{first // 12}-{first % 12 + 1:02}"
    return f"{year}-{last:02}" if count == 1 else f"{start} to {year}-{last:02}"
