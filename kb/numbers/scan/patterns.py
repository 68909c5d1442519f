"""Figures that no number begins, found by patterns: ``thousandth``, ``a dollar``, ``ten-to-one``, 近万亿美元."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.numbers import NotationError, en, read_quantity, unit_words, zh
from kb.numbers.chinese_numerals import han_number
from kb.numbers.english_numerals import english_number
from kb.numbers.scan.mention import FigureKind, FigureMention, Span, kind_of
from kb.numbers.token import tokens

_SMALL = "|".join((*en.BELOW_TWENTY, *en.TENS, "hundred"))
_SCALE = "hundred|thousand|million|billion|trillion|quadrillion"
_TENTHS = {
    **{"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70},
    **{"eightieth": 80, "ninetieth": 90, "hundredth": 10**2, "thousandth": 10**3, "millionth": 10**6},
    **{"billionth": 10**9, "trillionth": 10**12},
}
_ORDINAL = re.compile(
    rf"(?<![\w.,$€£¥-])(?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}})(?:st|nd|rd|th)(?!\w)"
    rf"(?:[ -](?P<scale>{_SCALE})(?!\w))?"
    rf"|(?<![\w-])(?P<word>{'|'.join(_TENTHS)})(?![\w-])(?:[ -](?P<more>{_SCALE})(?!\w))?",
    re.IGNORECASE,
)
_HAN_ORDINAL = re.compile(
    r"第\s?(?:\d[\d,]{0,12}(?:\.\d{1,3})?|[零〇一二三四五六七八九十百千万亿两]{1,12})\s?[百千万亿]{0,3}"
)
_ADJECTIVE = re.compile(
    rf"(?<![\w-])(?:(?P<prefix>multi|near|nearly|sub|half-a)[- ])?"
    rf"(?P<number>(?:(?:{_SMALL}|\d{{1,3}}(?:\.\d{{1,2}})?)-){{0,3}}(?:{_SCALE}))-(?P<noun>[a-z]{{2,20}})(?!\w)"
    rf"|(?<![\w-])near-(?P<scale>{_SCALE})[- ](?P<money>dollar|euro|pound)(?!\w)",
    re.IGNORECASE,
)
_ONE_OF_MONEY = re.compile(
    r"(?<![\w-])(?:a|one)\s(?:single\s)?(?P<money>dollar|buck|euro|cent|penny)(?![\w-])", re.IGNORECASE
)
_TO_ONE = re.compile(
    rf"(?<![\w-])(?P<over>\d{{1,4}}(?:\.\d)?|{_SMALL})(?:-to-| to )(?:one|1)(?![\w%-]|[.,]\d)"
    rf"|(?<![\w:.])(?P<ratio>\d{{1,4}}):1(?![\w:])",
    re.IGNORECASE,
)
_NEAR_ZERO = re.compile(r"(?<![\w-])(?:near|almost|virtually)[- ]zero(?!\w)", re.IGNORECASE)
_SPLIT = re.compile(r"(?<![\w/.,$])(\d{1,2})/(\d{1,2})(?![\w/%]|[.,]\d)")
_HAN_SCALES = re.compile(
    r"(?<![\d零〇一二两三四五六七八九十百千万亿几数多半点以之第上.])(?<![\d零〇一二两三四五六七八九十几数半]\s)(?P<lead>近|将近|接近|约|超|超过|逾|达|不到)?\s?"
    r"(?P<scales>[百千][万亿]{1,2}|万亿|[百千万亿])\s?"
    r"(?P<unit>美元|元人民币|元|人民币|欧元|英镑|日元|港元|人|名|家|吨|公里|次|个|辆|套|户|亩)(?![\u4e00-\u9fff]?[机店])"
)
_HALF = re.compile(
    r"(?P<lead>超过|超|不到|近|约|将近|接近|大约|至少|逾|几乎)?(?:一半|半数)(?P<trail>以上|左右|以下)?(?!会|天|儿|时)"
)
_FOLD = re.compile(rf"(?<![\w-])(?P<number>{_SMALL}|\d{{1,5}}(?:\.\d)?)-?fold(?!\w)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about|around|roughly|approximately|some|like|nearly|almost)\s$", re.IGNORECASE)
_WORD = re.compile(r"[\s-]{0,2}([A-Za-z]{1,20})")
_TWO, _TEN = Decimal(2), Decimal(10)


def pattern_matches(text: str, start: int, end: int) -> Iterator[FigureMention | Span]:
    """Such figures from ``start`` to ``end``, and as spans the ordinals that are mere labels; in no order."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text, start, end):
            yield from read(text, match)


def _amount(value: Decimal, unit: str, hedge: Hedge = Hedge.NONE) -> Quantity:
    return Quantity(value, value, unit, hedge=hedge, granularity=Decimal(1))


def _mention(match: re.Match[str], quantity: Quantity, kind: FigureKind) -> FigureMention:
    return FigureMention(match.start(), match.end(), replace(quantity, as_written=match[0]), kind)


# Ordinals


def _ordinal(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    scale = match["scale"] or match["more"]
    value = Decimal(match["digits"].replace(",", "")) if match["digits"] else Decimal(_TENTHS[match["word"].lower()])
    behind = _WORD.match(text, match.end())
    label = (value <= 31 and not scale) or (behind is not None and behind[1].lower() in en.NO_ORDINALS)
    if label or (match["word"] and _is_part(text, match)):
        yield Span(*match.span()) if match["digits"] or label else Span(match.start(), match.start())
        return
    factor = Decimal(en.SCALES.get((scale or "").lower()) or {"hundred": 100}.get((scale or "").lower(), 1))
    yield _mention(match, _amount(value * factor, ""), FigureKind.ORDINAL)


def _is_part(text: str, match: re.Match[str]) -> bool:
    """``a hundredth of``, ``one thousandth of`` are parts of a whole."""
    before = text[max(match.start() - 5, 0) : match.start()].lower().split()
    return text.startswith(" of", match.end()) and bool(before) and before[-1] in ("a", "one")


def _han_ordinal(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    literal = match[0].rstrip()
    start, end = match.start(), match.start() + len(literal)
    number_tokens = tokens(literal[1:])
    number = han_number(number_tokens, 0) if number_tokens and number_tokens[0].kind == "han" else None
    try:
        value = number.low if number else read_quantity(literal[1:], "1").low
    except NotationError:
        value = None
    behind = text[end : end + 2].strip()[:1]
    scaled = any(sign in literal for sign in "百千万亿")
    if value is None or value <= 31 or (behind in zh.LABELLED and not scaled):
        yield Span(start, end)
        return
    yield FigureMention(start, end, replace(_amount(value, ""), as_written=literal), FigureKind.ORDINAL)


# Numbers in adjectives


def _adjective(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """``hundred-billion-dollar``, ``multi-billion-dollar``, ``million-token``, ``near-trillion dollar``."""
    words = (match["number"] or match["scale"]).lower().replace("-", " ")
    noun = match["noun"] or match["money"]
    if noun.lower() in en.NO_NOUNS or noun.lower() in en.SCALES:
        return
    value = _value(words)
    unit = _unit(noun)
    if value is None or unit is None:
        return
    prefix = (match["prefix"] or ("near" if match["scale"] else "")).lower()
    yield _mention(match, _prefixed(value, unit, prefix), kind_of(unit))


def _value(words: str) -> Decimal | None:
    bare = words.partition(" ")[0] in (*en.SCALES, "hundred")
    try:
        return read_quantity(f"one {words}" if bare else words, "1").low
    except NotationError:
        return None


def _unit(noun: str) -> str | None:
    try:
        return read_quantity(f"2 {noun}").unit
    except NotationError:
        return None


def _prefixed(value: Decimal, unit: str, prefix: str) -> Quantity:
    if prefix == "multi":
        low, high = value * _TWO, value * _TEN
        return Quantity(low, high, unit, Bound.RANGE, Hedge.ORDER_OF_MAGNITUDE, RangeKind.ESTIMATE)
    if prefix == "half-a":
        return replace(_amount(value / 2, unit), granularity=value / 10)
    bound = Bound.LESS_THAN if prefix == "sub" else Bound.EXACT
    hedge = {"near": Hedge.ABOUT, "nearly": Hedge.NEARLY}.get(prefix, Hedge.NONE)
    return Quantity(value, value, unit, bound, hedge, granularity=value)


def _one_of_money(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    unit = _unit(match["money"]) if match["money"].lower() != "penny" else None
    if unit:
        yield _mention(match, read_quantity(f"1 {match['money']}"), kind_of(unit))


def _han_scales(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """``近万亿美元``, ``千亿元``: one of a scale, where nothing counts it."""
    if not match["lead"] and (len(match["scales"]) < 2 or match["unit"] not in unit_words.MEASURES):
        return
    try:
        parsed = read_quantity(f"{match['lead'] or ''}1{match['scales']}{match['unit']}")
    except NotationError:
        return
    quantity = replace(parsed, unit="" if parsed.unit == "thing" else parsed.unit)
    yield _mention(match, quantity, kind_of(quantity.unit))


# Ratios


def _to_one(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    first_term = match["over"] or match["ratio"]
    value = Decimal(first_term) if first_term[0].isdigit() else english_number(tokens(first_term), 0).low  # type: ignore[union-attr]
    about = _ABOUT.search(text[max(match.start() - 16, 0) : match.start()])
    start = match.start() - (len(about[0]) if about else 0)
    quantity = _amount(value, "multiple", Hedge.ABOUT if about else Hedge.NONE)
    yield FigureMention(
        start, match.end(), replace(quantity, as_written=text[start : match.end()]), FigureKind.MULTIPLE
    )


def _split(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    """``80/20``: two shares of a hundred, and no fraction."""
    left, right = Decimal(match[1]), Decimal(match[2])
    if left + right != 100:
        return
    about = _ABOUT.search(text[max(match.start() - 16, 0) : match.start()])
    hedge = Hedge.ABOUT if about else Hedge.NONE
    start = match.start() - (len(about[0]) if about else 0)
    first = replace(_amount(left, "", hedge), as_written=text[start : match.end(1)])
    yield FigureMention(start, match.end(1), first, FigureKind.NUMBER)
    second = replace(_amount(right, "", hedge), as_written=match[2])
    yield FigureMention(match.start(2), match.end(2), second, FigureKind.NUMBER)
    yield Span(match.end(1), match.start(2))


def _near_zero(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    yield _mention(match, _amount(Decimal(0), "", Hedge.ABOUT), FigureKind.NUMBER)


def _half(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """``一半以上``, ``近半数``."""
    yield _mention(match, read_quantity(f"{match['lead'] or ''}50%{match['trail'] or ''}"), FigureKind.PERCENT)


def _fold(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """``fivefold``, ``10-fold``."""
    value = _value(match["number"].lower())
    if value is not None:
        yield _mention(match, _amount(value, "multiple"), FigureKind.MULTIPLE)


_Reader = Callable[[str, re.Match[str]], Iterator[FigureMention | Span]]
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_ORDINAL, _ordinal),
    (_HAN_ORDINAL, _han_ordinal),
    (_ADJECTIVE, _adjective),
    (_HAN_SCALES, _han_scales),
    (_HALF, _half),
    (_FOLD, _fold),
    (_TO_ONE, _to_one),
    (_SPLIT, _split),
    (_NEAR_ZERO, _near_zero),
    (_ONE_OF_MONEY, _one_of_money),
)
