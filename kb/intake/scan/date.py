"""Where does a text name days, months, years and times of day by their signs? Those are no amounts.

Years that only their surroundings give away (``in 2025``) are judged with the figure; see ``judge``.
"""

import re
from collections.abc import Iterator

from kb.intake.scan.span import Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_YEAR = r"(?:1[5-9]|20|21)\d{2}"
_NO_MORE = r"(?![\d%]|[.,]\d|\s?(?:percent|million|billion|trillion|thousand|hundred|bn|dollars|times)\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_HAN = "一二三四五六七八九十"
_ENGLISH = (
    rf"(?<![A-Za-z]){_MONTH}\.?\s{{1,2}}{_DAY}(?:\s?[-–]\s?(?:{_MONTH}\s)?{_DAY})?(?:,?\s{{1,2}}{_YEAR})?{_NO_MORE}",
    rf"(?<![A-Za-z]){_MONTH}\.?,?\s{{1,2}}(?:of\s)?{_YEAR}{_NO_MORE}",
    rf"(?<![\w$€£¥])(?<!\d[.,]){_DAY}(?:\s?[-–]\s?{_DAY})?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s{_YEAR})?",
    rf"(?<!\w)(?<!\d\.){_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?Z?)?(?!\w)",
    rf"(?<!\w)(?<!\d\.)\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d{{2}})(?!\w)",
    r"(?<![\w:])(?<!\d\.)\d{1,2}(?::[0-5]\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?![\w:])",
    r"(?<![\w$€£¥])(?<!\d[.,])\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o['’]clock)",
    r"(?<![\w])(?:1[5-9]|20)\d0['’]?s\b|(?<![\w$€£¥])(?<!\d[.,])['’]?[2-9]0s\b",
    r"\bFY\s?['’]?\d{2,4}(?:/\d{2})?\b|\b[1-4]Q\s?['’]?\d{2}\b|\b[QH][1-4]\s?['’]?\d{2}\b|\b[12]H\s?['’]?\d{2}\b|(?<!\w)\d[QH]\d{2}\b",
    r"(?<!\w)(?<!\d[.,])\d{1,2}(?:st|nd|rd|th)[- ](?:and\s\d{1,2}(?:st|nd|rd|th)[- ])?centur(?:y|ies)",
    rf"(?<![\w$€£¥])(?<!\d[.,]){_YEAR}(?:\s?[-–/]\s?(?:{_YEAR}|\d{{2}}))(?![\w%]|[.,]\d|\s?(?:million|billion|percent|people|words|users)\b)",
    r"(?<!\w)(?<!\d\.)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-]|\.\d)",
)
_CHINESE = (
    rf"(?<!\d)(?<!\d[.,])(?:{_YEAR}|['’]?\d{{2}})\s?年(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|年[初中底末]|[初中底末]|春|夏|秋|冬))?\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?月(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日号])?",
    rf"(?<!\d)(?<!\d[.,])(?:{_YEAR}\s?(?:年\s?)?[-–—~～到至]\s?)?{_YEAR}\s?年(?:度|代|级|版|款)?(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|[前后]半年))?(?!前的?\d)",
    r"(?<![零〇一二三四五六七八九])[一二][零〇九八][零〇一二三四五六七八九]{2}\s?年",
    r"(?<![\d个個])(?<!\d[.,])(?:1[0-2]|0?[1-9])\s?月(?:\s?(?:3[01]|[12]\d|0?[1-9])\s?[日号](?!元))?(?:\s?[-–—~～到至]\s?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?[日号])?",
    rf"(?<![{_HAN}百千万几数个個])(?:十[一二]|[{_HAN}])月(?:\s?[{_HAN}]{{1,3}}[日号])?(?!球|亮|饼)",
    r"(?<!\d)(?<!\d[.,])(?:3[01]|[12]\d|[1-9])\s?[日号](?![本内后間间均元趋游程光子常活志历以之新])",
    r"第?[一二三四1-4]\s?季度",
    rf"(?<!\d)(?<!\d[.,])(?:\d{{1,2}}|[二一十九八]{{1,3}})\s?世纪(?:\s?(?:\d0|[{_HAN}]{{1,2}})\s?年代)?|(?<!\d)(?<!\d[.,])(?:{_YEAR}|\d0|[二三四五六七八九]十)\s?年代",
    rf"(?:上午|下午|晚上|早上|清晨|凌晨|中午|傍晚|夜里|今晚|当晚|午夜|晚间|晚|早)\s?(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?[点时](?:半|整|多)?(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?分)?",
    rf"(?<![\d{_HAN}])(?<!\d[.,])(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?(?:点钟|点半|点整|时许)",
    r"(?<!\d)(?<!\d[.,])\d{1,2}\s?[点时]\s?\d{1,2}\s?分",
)
_ANY = tuple(re.compile(pattern) for pattern in (*_ENGLISH, *_CHINESE))


def dates(text: str, start: int, end: int) -> Iterator[Span]:
    """Every date and time of day from ``start`` to ``end`` of ``text`` that its own signs give away."""
    for pattern in _ANY:
        for match in pattern.finditer(text, start, end):
            yield Span(*match.span(), is_date=True)
