"""The times that a sentence names, as seed files write them, and which of them each of its figures is about."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.intake.period import read_period
from kb.numbers.lexicon import LEXICON
from kb.numbers.table_period import period_in, period_spans

_MONTHS = LEXICON.prose.month_numbers
_MONTH = "(?P<month>" + "|".join(sorted((name for name in _MONTHS if len(name) > 2), key=len, reverse=True)) + r")\b"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ORDINALS = {
    **dict.fromkeys(("first", "ersten", "erste", "erstes", "1st", "一", "1"), 1),
    **dict.fromkeys(("second", "zweiten", "zweite", "zweites", "2nd", "二", "2"), 2),
    **dict.fromkeys(("third", "dritten", "dritte", "drittes", "3rd", "三", "3"), 3),
    **dict.fromkeys(("fourth", "vierten", "vierte", "viertes", "4th", "last", "letzten", "四", "4"), 4),
}
_COUNTS = {
    **dict.fromkeys(("three", "drei", "ersten drei", "3"), 3),
    **dict.fromkeys(("six", "sechs", "ersten sechs", "6"), 6),
    **dict.fromkeys(("nine", "neun", "ersten neun", "9"), 9),
    **dict.fromkeys(("twelve", "zwölf", "12"), 12),
}
_ORDINAL = "(?P<ordinal>" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_COUNT = "(?P<count>" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_OF = r"(?:\s+(?:of|in|des\s+Jahres))?"

SEASON = re.compile(
    rf"(?<![\d.])(?:(?P<part>[HQ][1-4]|FY)\s?)?(?P<season>{_YEAR}\s?[/–-]\s?(?P<next>\d\d|(?:19|20)\d\d))(?![\d-])"
)
"""A year that begins in one calendar year and ends in the next, or a part of it: ``2024/25``, ``H1 2025-26``."""

_SPAN_OF_MONTHS = (
    rf"\b(?:between|from|von)\s{_MONTH}(?:\s{_YEAR})?\s(?P<span>and|to|until|bis|und)\s"
    rf"{_MONTH.replace('month', 'last')}\s{_YEAR.replace('year', 'lastyear')}"
)
_SPAN_OF_MONTHS_HAN = (
    r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<hanmonth>\d{1,2})\s?月\s?(?P<span>至|到)"
    r"\s?(?:(?P<lastyear>(?:19|20)\d\d)\s?年)?\s?(?P<lasthan>\d{1,2})\s?月"
)
_RELATIVE = (
    r"last\syear|this\s(?:year|summer|spring|autumn|season)|next\syear|(?:in\s)?diese[mnr]\s(?:Sommer|Saison"
    r"|Frühjahr|Herbst)|(?:im\s)?(?:letzten|vorigen|vergangenen|diesem|laufenden|nächsten"
    r"|kommenden)\sJahr"
    r"|(?:letztes|voriges|vergangenes|dieses|nächstes|kommendes)\sJahr"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _SPAN_OF_MONTHS,
        _SPAN_OF_MONTHS_HAN,
        rf"\b(?P<end>end of|end-|Ende|close of)\s?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"\b(?P<yearend>(?:the\s)?(?:end|close) of|year[- ]end|Jahresende|Ende)\s(?:the\syear\s)?{_YEAR}",
        rf"{_YEAR}\s?年(?P<yearend>底|末)",
        rf"\b{_ORDINAL}\s(?:quarter|Quartal|Vierteljahr)s?{_OF}\s?{_YEAR}",
        rf"\b{_ORDINAL}\s(?P<half>half|Halbjahr)(?:es|s)?{_OF}\s?{_YEAR}",
        rf"\b{_COUNT}\s(?:months|Monaten?)\s(?P<to>to|ended|ending|bis|zum)\s(?:the\send\sof\s|Ende\s)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"\b(?:first|ersten)\s{_COUNT}\s(?:months|Monaten?)(?P<first>)(?:\s(?:of|des\sJahres)?\s?{_YEAR})?",
        rf"\b(?:over|in|im|for)\s(?:the\s|den\s)?{_COUNT}\s(?:months|Monaten?)(?P<first>)\b",
        rf"(?:{_YEAR}\s?年)?(?P<hanquarter>第?(?P<ordinal>[一二三四1-4])季度)",
        SEASON.pattern,
        rf"\b(?:in|im|since|by|until|bis|on|at|for|from|to|and|before|of|than\sin)\s{_MONTH}(?!\s?\d)",
        r"(?<!\d)(?<!年)(?P<hanmonth>\d{1,2})月份?(?!\d)(?!\d{1,2}日)",
        r"(?P<relyear>去年|上年|今年|本年|明年|前年)(?P<yearend>年?[底末])",
        r"(?P<relyear>今)[夏春秋]",
        r"(?<![比较])(?P<relyear>去年|上年|今年|本年|明年|前年)(?!同期)",
        rf"(?<!\bthan )(?<!\bfrom )(?<!\bagainst )(?<!\bwith )(?<!\bon )(?<!\bto )\b(?P<relyear>{_RELATIVE})\b",
    )
)
_EARLIER = re.compile(
    r"\b(?:an?\syear\s(?:earlier|ago|before)|the\s(?:year|previous\syear|prior\syear)\sbefore|last\syear"
    r"|(?:the\s)?(?:previous|prior|preceding)\syear"
    r"|same\s(?:months|period|quarter|half|time)\s(?:of|in)?\s?(?:the\s(?:previous|prior)\syear|last\syear"
    r"|a\syear\searlier|the\syear\sbefore)|year-ago"
    r"|(?:im\s)?Vorjahr(?:es)?\w*|ein\sJahr\s(?:zuvor|früher)|vor\seinem\sJahr)\b|上年同期|去年同期|同比"
    r"|(?<=[比较])(?:上|去)年(?:年?[底末])?",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:in|im|over|for|during)\s(?:the|that|this|dem|diesem)?\s?(?:quarter|Quartal|period|Zeitraum|half-year"
    r"|half|Halbjahr)\b"
    r"(?!\s(?:of|in|\d))|\b(?:full|Gesamt)\s?(?:year|jahr)\b(?!\s?\d)|本季度|同一时期",
    re.IGNORECASE,
)


_YEAR_END = re.compile(
    r"\b(?:at|by)\s(?:the\s)?(?:year[\s-]end|end\sof\sthe\syear)\b(?!\s\d)|\b(?:zum|am)\sJahres(?:ende"
    r"|schluss)\b(?!\s\d)"
    r"|(?<![\d年去上今明])年[底末]",
    re.IGNORECASE,
)
"""The end of a year that was named before."""
_SAME_YEAR = re.compile(
    r"\b(?:(?:in|over|during|for|across)\s)?(?:that|the\ssame)\syear\b|\b(?:over|during|in|across"
    r"|throughout)\sthe\s(?:whole\s|full\s)?year\b"
    r"(?!\s(?:before|to|ended|ending|of|earlier|\d))|\b(?:im\sselben|in\sjenem|im\sgleichen)\sJahr\b|全年|当年|同年",
    re.IGNORECASE,
)
"""A year that was named before: ``Fares brought in €11m over the year``."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a sentence: ``period`` or ``as-of``, its value, its place, and whether it is that of a comparison."""

    key: str
    value: str
    start: int
    end: int
    is_earlier: bool = False


def times_in(sentence: str, today: date | None, last: Time | None) -> list[Time]:
    """The times that ``sentence`` names, in order.

    Args:
        today: When the document appeared: ``by the end of October`` is the last one before it.
        last: The last time named before, which ``in the quarter`` and ``a year earlier`` refer to.
    """
    found: list[Time] = []
    for form in _FORMS:
        for match in form.finditer(sentence):
            _add(_read(match, today), found)
    for start, end in period_spans(sentence):
        period = period_in(sentence[start:end])
        if period and not isinstance(read_period(period.value), str):
            _add(Time(period.key, period.value, start, end), found)
    named = sorted(found, key=lambda time: time.start)
    for match in _SAME.finditer(sentence) if last is not None and last.key == "period" else ():
        _add(Time("period", last.value if last else "", *match.span()), found)
    year = last.value[:4] if last is not None and re.match(r"(?:19|20)\d\d", last.value) else ""
    for match in _SAME_YEAR.finditer(sentence) if year and not named else ():
        _add(Time("period", year, *match.span()), found)
    for match in _YEAR_END.finditer(sentence) if year else ():
        _add(Time("as-of", f"{year}-12-31", *match.span()), found)
    for match in _EARLIER.finditer(sentence):
        base = next((time for time in reversed(named) if time.end <= match.start()), last)
        if base is not None and (value := year_before(base.value)):
            _add(Time(base.key, value, *match.span(), is_earlier=True), found)
    return sorted(found, key=lambda time: time.start)


def _add(time: Time | None, found: list[Time]) -> None:
    """Adds a time where no other one stands."""
    if time and not any(time.start < other.end and other.start < time.end for other in found):
        found.append(time)


def _read(match: re.Match[str], today: date | None) -> Time | None:
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    key, value = _of_year(groups, match[0], today) or _of_month(groups, today)
    if not value or isinstance(read_period(value), str):
        return None
    return Time(key, value, *match.span())


def _of_year(groups: Mapping[str, str], text: str, today: date | None) -> tuple[str, str] | None:
    """A year or its part, as key and value; None where a month is named."""
    year = int(groups.get("year", today.year if today else 0))
    part = _ORDINALS.get(groups.get("ordinal", "").lower(), 0)
    if "season" in groups:
        return "period", season_in(text)
    if "relyear" in groups:
        shift = next((shift for cue, shift in _SHIFTS.items() if cue in groups["relyear"].lower()), 0)
        year = today.year + shift if today else 0
    if "yearend" in groups:
        return "as-of", f"{year}-12-31" if year else ""
    if "half" in groups:
        return "period", f"{year}-H{min(part, 2)}"
    if "ordinal" in groups:
        if "year" not in groups and today and 3 * part >= today.month:
            # "In the fourth quarter", said in January: the last one that is over.
            year -= 1
        return "period", f"{year}-Q{part}" if year else ""
    if "first" in groups:
        count = _COUNTS[groups["count"].lower()]
        return "period", _months(year, count, count) if year else ""
    if "relyear" in groups:
        return "period", str(year) if year else ""
    return None


_SHIFTS = {
    **{"去年": -1, "上年": -1, "明年": 1, "前年": -2, "last": -1, "next": 1},
    **{"letzt": -1, "vorig": -1, "vergangen": -1, "nächst": 1, "kommend": 1},
}
"""How many years from that of the document a word for a year lies."""


def _of_month(groups: Mapping[str, str], today: date | None) -> tuple[str, str]:
    month = int(groups["hanmonth"]) if "hanmonth" in groups else _MONTHS[groups["month"].lower()]
    year = int(groups.get("year", groups.get("lastyear", 0))) or _year_of(month, today)
    if "span" in groups and 1 <= month <= 12:
        last = int(groups["lasthan"]) if "lasthan" in groups else _MONTHS[groups["last"].lower()]
        return "period", f"{year}-{month:02} to {groups.get('lastyear', year)}-{last:02}"
    if not 1 <= month <= 12 or not year:
        return "period", ""
    if "end" in groups:
        return "as-of", f"{year}-{month:02}-{monthrange(year, month)[1]}"
    if "to" in groups:
        return "period", _months(year, month, _COUNTS[groups["count"].lower()])
    return "period", f"{year}-{month:02}"


def _year_of(month: int, today: date | None) -> int:
    """The year of the last ``month`` before ``today``; 0 where that is not known."""
    if today is None:
        return 0
    return today.year if month <= today.month else today.year - 1


def _months(year: int, last: int, count: int) -> str:
    first = year * 12 + last - count
    start = f"{first // 12}-{first % 12 + 1:02}"
    if count == 3 and last % 3 == 0:
        return f"{year}-Q{last // 3}"
    if count == 6 and last % 6 == 0:
        return f"{year}-H{last // 6}"
    return str(year) if count == last == 12 else f"{start} to {year}-{last:02}"


def year_before(value: str) -> str:
    """The same time one year earlier: ``2025-Q3`` gives ``2024-Q3``; empty for a time without a year."""
    earlier = re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", lambda match: str(int(match[0]) - 1), value)
    return "" if earlier == value or isinstance(read_period(earlier), str) else earlier


def season_in(text: str) -> str:
    """The season or the financial year in ``text``, or its part, as a seed file writes it; empty for none.

    A whole year is taken from July to June, so that it meets neither neighbour; a half or a quarter, which only a
    financial year has, from April on.

    >>> season_in("2023-24"), season_in("H1 2025-26"), season_in("2023-09")
    ('2023-07 to 2024-06', '2025-04 to 2025-09', '')
    """
    match = SEASON.search(text)
    year = int(match["year"]) if match else 0
    if match is None or int(match["next"]) % 100 != (year + 1) % 100:
        return ""
    part = match["part"] or "FY"
    if part == "FY":
        return f"{year}-07 to {year + 1}-06" if not match["part"] else f"{year}-04 to {year + 1}-03"
    months = 6 if part[0] == "H" else 3
    return months_in(year, 4 + (int(part[1]) - 1) * months, 3 + int(part[1]) * months)


def months_in(year: int, first: int, last: int) -> str:
    """The months from ``first`` to ``last`` of ``year``, which may run on into the next; by their shortest name."""
    if last > 12 and first <= 12:
        return f"{year}-{first:02} to {year + 1}-{last - 12:02}"
    if first > 12:
        return months_in(year + 1, first - 12, last - 12)
    return _months(year, last, last - first + 1)


_MONTH_SPAN = re.compile(
    rf"{_MONTH}\s?(?:to|until|bis|through|–|-|至)\s?{_MONTH.replace('month', 'last')}", re.IGNORECASE
)
_ONE_MONTH = re.compile(_MONTH, re.IGNORECASE)
_QUARTER = re.compile(rf"(?:Q(?P<q>[1-4])|{_ORDINAL}\s(?:quarter|Quartal)|第?(?P<han>[一二三四])季度)", re.IGNORECASE)


def part_of_year(text: str) -> tuple[int, int] | None:
    """The first and the last month that ``text`` names, and nothing else: ``January to March``, ``Q1``.

    >>> part_of_year("January to March"), part_of_year("Q2"), part_of_year("Land")
    ((1, 3), (4, 6), None)
    """
    bare = text.strip(" *_:.")
    if match := _MONTH_SPAN.fullmatch(bare):
        return _MONTHS[match["month"].lower()], _MONTHS[match["last"].lower()]
    if match := _ONE_MONTH.fullmatch(bare):
        return _MONTHS[match["month"].lower()], _MONTHS[match["month"].lower()]
    if match := _QUARTER.fullmatch(bare):
        number = int(match["q"]) if match["q"] else _ORDINALS[(match["ordinal"] or match["han"]).lower()]
        return 3 * number - 2, 3 * number
    return None


_CLAUSE_END = re.compile(r"[;:；：()（）]|[,，](?!\d)")


def time_of(
    times: Sequence[Time], sentence: str, start: int, end: int, figures: Sequence[tuple[int, int]]
) -> Time | None:
    """Which of the ``times`` of a sentence the figure from ``start`` to ``end`` is about; None for none.

    The one right behind it counts first, with no other figure between; then the nearest before it, in its clause or at
    the beginning of the sentence; then the only one that the sentence has.
    """
    outside = [time for time in times if not any(a < time.end and time.start < b for a, b in figures)]
    # "$318 million (2024: $279 million)": what brackets say of another number is not the time of this one.
    outside = [
        time
        for time in outside
        if not (
            time.start >= end and _BRACKETED.fullmatch(sentence, end, time.start) and _OPENS.match(sentence, time.end)
        )
    ]
    # "From 1.9 tonnes in 2021 to 0.3 in 2024": nothing but a preposition parts the number from its time.
    joined = (time for time in outside if end <= time.start and _LINK.fullmatch(sentence, end, time.start))
    if (right := next(joined, None)) is not None:
        return right
    outside = [time for time in outside if not _SINCE.search(sentence, 0, time.start)]
    behind = [time for time in outside if time.start >= end and not _parted(end, time.start, figures)]
    before = [time for time in outside if time.end <= start]
    near = [time for time in before if not _parted(time.end, start, figures)]
    if near and (not behind or not _CLAUSE_END.search(sentence, near[-1].end, start)):
        closer = (
            not behind
            or _CLAUSE_END.search(sentence, end, behind[0].start) is not None
            or start - near[-1].end <= behind[0].start - end
        )
        return near[-1] if closer else behind[0]
    if behind:
        return behind[0]
    plain = [time for time in outside if not time.is_earlier]
    if before and not before[-1].is_earlier:
        return before[-1]
    if len(plain) == 1 and plain[0].end <= start:
        return plain[0]
    return near[-1] if near else None


_BRACKETED = re.compile(r"[^()（）]{0,20}[(（][^()（）]{0,12}")
_OPENS = re.compile(r"\s?[:：]")
_LINK = re.compile(r"\s*(?:\b(?:in|im|of|for|at|on|by)\b\s*)?(?:\bJahr\s*)?", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|until|seit|founded in|gegründet)\s*$", re.IGNORECASE)
"""Words before a time that begins or ends a span, at which no number was measured."""


def _parted(start: int, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    return any(start <= a and b <= end for a, b in figures)


def latest_period(text: str, today: date | None) -> Time | None:
    """The period that the head of a document says it is about; None where it names none, or several."""
    periods = {time.value: time for time in times_in(text, today, None) if time.key == "period"}
    return next(iter(periods.values())) if len(periods) == 1 else None
