"""The times that a sentence names, as seed files write them, and which of them each of its figures is about."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    rf"\b(?:(?:between|from|von|zwischen)\s)?{_MONTH}(?:\s{_YEAR})?\s(?P<span>and|to|until|through|bis|und)\s"
    rf"{_MONTH.replace('month', 'last')}(?:\s{_YEAR.replace('year', 'lastyear')})?"
)
_LAST_YEAR = _YEAR.replace("year", "lastyear")
_SPAN_OF_YEARS = (
    rf"\b(?:(?:the|den)\s(?:\w+\s)?(?:years|Jahren)\s)?(?:(?:from|von|in)\s)?{_YEAR}"
    rf"\s(?P<years>to|until|through|bis)\s{_LAST_YEAR}"
    rf"|\b(?:between|zwischen)\s{_YEAR.replace('year', 'firstyear')}\s(?:and|und)\s{_YEAR.replace('year', 'endyear')}"
)
_SPAN_OF_YEARS_HAN = r"(?P<year>(?:19|20)\d\d)\s?年?(?P<years>至|到|—|-)(?P<lastyear>(?:19|20)\d\d)\s?年"
_SPAN_OF_MONTHS_HAN = (
    r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<hanmonth>\d{1,2})\s?月\s?(?P<span>至|到)"
    r"\s?(?:(?P<lastyear>(?:19|20)\d\d)\s?年)?\s?(?P<lasthan>\d{1,2})\s?月"
)
_DAY_WITHOUT_YEAR = (
    r"\b(?P<day>(?:on|at|as of|by|until|till|am|zum|bis|per|vom|Stand)(?:\s(?:the|zum|dem))?\s\d{1,2}"
    rf"(?:st|nd|rd|th|\.)?(?:\sof)?)\s{_MONTH}(?!,?\s(?:19|20)\d\d)"
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
        _SPAN_OF_YEARS,
        _SPAN_OF_YEARS_HAN,
        _SPAN_OF_MONTHS,
        _SPAN_OF_MONTHS_HAN,
        rf"\b(?P<end>end of|end-|Ende|close of)\s?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"\b(?P<yearend>(?:the\s)?(?:end|close) of|year[- ]end|Jahresende|Ende)\s(?:the\syear\s)?{_YEAR}",
        rf"\b(?P<yearend>when|as|once|als|wenn)\s{_YEAR}\s(?:ended|closed|came\sto|drew\sto|ran\sout|ends|endete|zu\sEnde)",
        r"\b(?P<turn>turn\sof\sthe\syear|Jahreswechsel|Jahreswende)\b(?!\s(?:19|20)\d\d)",
        rf"{_YEAR}\s?年(?P<yearend>底|末)",
        _DAY_WITHOUT_YEAR,
        rf"\b{_ORDINAL}\s(?:quarter|Quartal|Vierteljahr)s?{_OF}\s?{_YEAR}",
        rf"\b{_ORDINAL}\s(?P<half>half|Halbjahr)(?:es|s)?{_OF}\s?{_YEAR}",
        rf"\b{_COUNT}\s(?:months|Monaten?)\s(?P<to>to|ended|ending|bis|zum)\s(?:the\send\sof\s|Ende\s|\d{{1,2}}(?:st|nd|rd|th|\.)?\s)?{_MONTH}(?:,?\s+{_YEAR})?",
        rf"\b(?:first|ersten)\s{_COUNT}\s(?:months|Monaten?)(?P<first>)(?:\s(?:of|des\sJahres)?\s?{_YEAR})?",
        rf"\b(?:over|in|im|for)\s(?:the\s|den\s)?{_COUNT}\s(?:months|Monaten?)(?P<first>)\b",
        rf"(?:{_YEAR}\s?年)?(?P<hanquarter>第?(?P<ordinal>[一二三四1-4])季度)",
        SEASON.pattern,
        rf"\b(?:in|im|since|seit)\s{_MONTH}(?!\s?(?:19|20)\d\d)",
        rf"\b(?:by|until|bis|on|at|for|from|to|and|before|of|than\sin)\s{_MONTH}(?!\s?\d)",
        r"(?<!\d)(?<!年)(?P<hanmonth>\d{1,2})月份?(?!\d)(?!\d{1,2}日)",
        r"(?P<relyear>去年|上年|今年|本年|明年|前年)(?P<yearend>年?[底末])",
        r"(?P<relyear>今)[夏春秋]",
        r"(?<![比较])(?P<relyear>去年|上年|今年|本年|明年|前年)(?!同期)",
        rf"(?<!\bthan )(?<!\bfrom )(?<!\bagainst )(?<!\bwith )(?<!\bon )(?<!\bto )\b(?P<relyear>{_RELATIVE})\b",
    )
)
_EARLIER = re.compile(
    r"\b(?:(?:an?|one|twelve\smonths|12\smonths)\s?(?:year)?\s(?:earlier|ago|before|previously)|the\s(?:year|previous\syear|prior\syear)\sbefore|last\syear"
    r"|(?:the\s)?(?:previous|prior|preceding)\syear"
    r"|same\s(?:months|period|quarter|half|time)\s(?:of|in)?\s?(?:the\s(?:previous|prior)\syear|last\syear"
    r"|a\syear\searlier|the\syear\sbefore)|year-ago"
    r"|(?:im\s)?Vorjahr(?:es)?\w*|(?:im\s|das\s)?Jahr\s(?:zuvor|davor)|(?:ein\sJahr|zwölf\sMonate|12\sMonate)\s(?:zuvor|früher|vorher)|vor\seinem\sJahr)\b|上年同期|去年同期|同比"
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
_PERIOD_END = re.compile(
    r"\b(?:at|by)\s(?:the\s)?(?:end|close)\sof\sthe\s(?:period|half-year|half|quarter)\b(?!\s(?:of|to)\b)"
    r"|\b(?:zum|am)\s(?:Quartals|Halbjahres|Perioden)ende\b|\bat\sthe\shalf-year\b|季度末|期末",
    re.IGNORECASE,
)
"""The end of a span of time that was named before."""
_THEN = re.compile(
    r"\bby\sthen\b|\bat\s(?:that\stime|the\stime|that\spoint)\b|\bbis\sdahin\b|届时|到那时", re.IGNORECASE
)
"""A time that was named before."""
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


def times_in(sentence: str, today: date | None, recent: Sequence[Time] = ()) -> list[Time]:
    """The times that ``sentence`` names, in order.

    Args:
        today: When the document appeared: ``by the end of October`` is the last one before it.
        recent: The times named before, the last one at the end, to which ``in the quarter``, ``by then`` and ``a year
            earlier`` refer.
    """
    found: list[Time] = []
    for form in _FORMS:
        for match in form.finditer(sentence):
            _add(_read(match, today), found)
    for start, end in period_spans(sentence):
        period = period_in(sentence[start:end])
        if period and not isinstance(read_period(period.value), str):
            _add(Time(period.key, period.value, start, end), found)
    if recent:
        _add_meant(sentence, recent, found)
    named = sorted(found, key=lambda time: time.start)
    for match in _EARLIER.finditer(sentence):
        base = next((time for time in reversed(named) if time.end <= match.start()), recent[-1] if recent else None)
        if base is not None and (value := year_before(base.value)):
            _add(Time(base.key, value, *match.span(), is_earlier=True), found)
    return sorted(found, key=lambda time: time.start)


def _add_meant(sentence: str, recent: Sequence[Time], found: list[Time]) -> None:
    """Adds the times that a sentence means without naming them: ``in the quarter``, ``over the year``, ``by then``."""
    last, names_none = recent[-1], not found
    for match in _SAME.finditer(sentence):
        if same := _meant(match[0], recent):
            _add(replace(same, start=match.start(), end=match.end()), found)
    for match in _PERIOD_END.finditer(sentence):
        if same := _meant(match[0], recent):
            _add(replace(end_of(same), start=match.start(), end=match.end()), found)
    if re.match(r"(?:19|20)\d\d", last.value):
        year = last.value[:4]
        for match in _SAME_YEAR.finditer(sentence) if names_none else ():
            _add(Time("period", year, *match.span()), found)
        for match in _YEAR_END.finditer(sentence):
            _add(Time("as-of", f"{year}-12-31", *match.span()), found)
    for match in _THEN.finditer(sentence) if names_none else ():
        _add(Time(last.key, last.value, *match.span()), found)


def _meant(words: str, recent: Sequence[Time]) -> Time | None:
    """Which of the times named before ``in the quarter`` means: the last quarter, and not nine months told since."""
    part = next((part for cue, part in _PARTS.items() if cue in words.lower()), "")
    spans = [time for time in recent if time.key == "period"]
    return next((time for time in reversed(spans) if part in time.value), spans[-1] if spans else None)


_PARTS = {"quart": "-Q", "季": "-Q", "half": "-H", "halb": "-H"}
"""What the value of a time has of which a word speaks."""


def end_of(time: Time) -> Time:
    """The last day of ``time``, on which what there was at its end was counted."""
    period = read_period(time.value)
    if isinstance(period, str) or period.end is None or time.key != "period":
        return time
    return replace(time, key="as-of", value=period.end.isoformat())


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
    if "years" in groups or "firstyear" in groups:
        return "period", f"{groups.get('firstyear') or year} to {groups.get('endyear') or groups['lastyear']}"
    if "season" in groups:
        return "period", season_in(text)
    if "relyear" in groups:
        shift = next((shift for cue, shift in _SHIFTS.items() if cue in groups["relyear"].lower()), 0)
        year = today.year + shift if today else 0
    if day := _year_end(groups, year, today):
        return "as-of", day
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


def _year_end(groups: Mapping[str, str], year: int, today: date | None) -> str:
    """The last day of a year, where that is what is named; empty otherwise, and where nobody knows which."""
    if "turn" in groups and today:
        # Said in spring it is the last one, said in autumn the next.
        return f"{today.year - (today.month <= _SPRING)}-12-31"
    return f"{year}-12-31" if "yearend" in groups and year else ""


_SPRING = 6
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
        if "year" not in groups and "lastyear" not in groups:
            year = _year_of(last, today) - (last < month)
        end = int(groups.get("lastyear", year + (last < month)))
        is_one = end == year and last >= month
        return "period", months_in(year, month, last) if is_one else f"{year}-{month:02} to {end}-{last:02}"
    if not 1 <= month <= 12 or not year:
        return "period", ""
    if "day" in groups:
        day = int(re.sub(r"\D", "", groups["day"]))
        return "as-of", f"{year}-{month:02}-{day:02}"
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
    times: Sequence[Time],
    sentence: str,
    start: int,
    end: int,
    figures: Sequence[tuple[int, int]],
    *,
    is_compared: bool = False,
) -> Time | None:
    """Which of the ``times`` of a sentence the figure from ``start`` to ``end`` is about; None for none.

    The one right behind it counts first, with no other figure between; then the nearest before it, in its clause or at
    the beginning of the sentence; then the only one that the sentence has. A year earlier is the time of what another
    number is compared with, and of what it stands right beside.
    """
    own = [time for time in times if not any(a < time.end and time.start < b for a, b in figures)]
    own = [time for time in own if is_compared or not time.is_earlier or _is_beside(time, sentence, start, end)]
    # "$318 million (2024: $279 million)": what brackets say of another number is not the time of this one.
    outside = [time for time in own if not _is_in_next_brackets(time, sentence, end)]
    # "From 1.9 tonnes in 2021 to 0.3 in 2024": nothing but a preposition parts the number from its time.
    joined = (time for time in outside if end <= time.start and _LINK.fullmatch(sentence, end, time.start))
    if (right := next(joined, None)) is not None:
        return right
    outside = [time for time in outside if not _SINCE.search(sentence, 0, time.start)]
    behind = [
        time
        for time in outside
        if time.start >= end and not _parted(end, time.start, figures) and not _is_of_next(time, sentence, end, figures)
    ]
    before = [time for time in outside if time.end <= start]
    near = [time for time in before if not _parted(time.end, start, figures)]
    # A time of the next clause is none of this one, if this one has any: "去年，我们造了4.9万亩林，前年才3.6万亩".
    is_far = bool(behind) and _CLAUSE_END.search(sentence, end, behind[0].start) is not None
    if near and (not behind or is_far or not _CLAUSE_END.search(sentence, near[-1].end, start)):
        closer = not behind or is_far or start - near[-1].end <= behind[0].start - end
        return near[-1] if closer else behind[0]
    if behind:
        return behind[0]
    plain = [time for time in outside if not time.is_earlier]
    if before and not before[-1].is_earlier:
        return before[-1]
    if len(plain) == 1 and plain[0].end <= start:
        return plain[0]
    return near[-1] if near else None


def _is_of_next(time: Time, sentence: str, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether a time of a later clause stands before a figure of its own: ``47,9 Cent; 2024 waren es 44,6 Cent``."""
    following = next((start for start, _ in figures if start >= time.end), None)
    return (
        following is not None
        and _CLAUSE_END.search(sentence, end, time.start) is not None
        and _CLAUSE_END.search(sentence, time.end, following) is None
    )


def _is_in_next_brackets(time: Time, sentence: str, end: int) -> bool:
    is_bracketed = time.start >= end and _BRACKETED.fullmatch(sentence, end, time.start) is not None
    return is_bracketed and _OPENS.match(sentence, time.end) is not None


def _is_beside(time: Time, sentence: str, start: int, end: int) -> bool:
    """Whether a year earlier stands right behind a number, or begins its clause: ``a year before, it was 22,000``."""
    if time.start >= end:
        return _LINK.fullmatch(sentence, end, time.start) is not None
    begins = re.search(
        r"(?:^|[;:；：。]|, (?:and|but|while)|\band|\bund|,)\s?(?:in |im |what )?$",
        sentence[: time.start],
        re.IGNORECASE,
    )
    is_clause = begins is not None and not re.search(r"[;:；。]", sentence[time.end : start])
    return time.end <= start and is_clause and not re.search(r"\d", sentence[time.end : start])


_BRACKETED = re.compile(r"[^()（）]{0,20}[(（][^()（）]{0,12}")
_OPENS = re.compile(r"\s?[:：]")
_LINK = re.compile(r"\s*(?:\b(?:in|im|of|for|at|on|by)\b\s*)?(?:\bJahr\s*)?", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|until|seit|founded in|gegründet)\s*$", re.IGNORECASE)
"""Words before a time that begins or ends a span, at which no number was measured."""


def _parted(start: int, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    return any(start <= a and b <= end for a, b in figures)


def latest_period(text: str, today: date | None) -> Time | None:
    """The period that the head of a document says it is about; None where it names none, or several."""
    bare = _ISSUE.sub(" ", text)
    periods = {time.value: time for time in times_in(bare, today) if time.key == "period"}
    return next(iter(periods.values())) if len(periods) == 1 else None


_ISSUE = re.compile(r"\b\d{1,3}/(?:19|20)\d\d\b|(?:19|20)\d\d年第\d+[号期]|\b(?:No|Nr)\.? ?\d+/(?:19|20)?\d\d\b")
"""The number of an issue, whose year is none that the document is about."""
