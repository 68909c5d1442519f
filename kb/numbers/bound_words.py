"""Words and signs that carry a bound or a hedge, before and behind a number, in English and Chinese.

Keys are in small letters; a phrase of several tokens is written with blanks.
"""

from collections.abc import Mapping

from kb.domain.quantity import Bound, Hedge

_MORE_THAN = """
over|above|exceeding|exceeds|exceed|beyond|north of|
upwards from|well over|far more than|well above|in excess of|>|surpass|surpassing|surpasses|超过|超出|逾|高于|
大于|多于|突破|超|超過|高於|大於|多於
"""
_AT_LEAST = """
at least|upward of|upwards of|minimum of|a minimum of|
min|>=|≥|=>|> =|at least or equal to|at worst|as low as|starting at|≧|至少|不少于|不低于|不小于|不小於|不少於|不低於|
大于等于|大于或等于|大於等於|大於或等於|高于或等于|等于或大于|起码|最少|最低|不下|少说
"""
_LESS_THAN = """
under|below|short of|south of|<|不到|少于|低于|小于|不足|未满|不满|小於|少於|低於|未滿|不滿
"""
_AT_MOST = """
at most|at best|up to|within|as much as|as many as|as high as|maximum of|
a maximum of|max|<=|≤|≦|=<|< =|not exceeding|at most or equal to|至多|最多|不超过|不高于|不多于|多达|最高|顶多|高达|
不大于|不大於|不超過|不高於|小于等于|小于或等于|小於等於|小於或等於|低于或等于|等于或小于
"""
_ABOUT = """
about|around|roughly|approximately|approx|approx.|circa|ca|ca.|c.|~|≈|some|near|close to|an estimated|estimated|
say|in the region of|more or less|大约|约|大概|约莫|大約|約|約莫|大致|左近|差不多|约为|估计|约合|上下|概
"""
_NEARLY = """
nearly|almost|approaching|next to|close on|virtually|近|将近|接近|几乎|几近|快到|逼近
"""
_NOTHING = """
somewhere|anywhere|only|just|a mere|merely|a total of|in total|exactly|usually|typically|a full|a whopping|
a combined|仅|仅仅|只有|区区|共|总共|一共|合计|整整|整|足足
"""

Meaning = tuple[Bound | None, Hedge | None]


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for line in text.split("|") if (phrase := line.strip()))


_UP = ("more", "greater", "higher", "larger", "bigger", "longer", "older")
_DOWN = ("less", "fewer", "lower", "smaller", "shorter", "younger")
_EQUAL = (
    "equal",
    "equals",
    "equal to",
    "equals to",
    "equaling",
    "equaling to",
    "equalling",
    "equalling to",
    "=",
    "等于",
    "等於",
)


def _beyond(word: str) -> tuple[str, ...]:
    """Wordings that leave the number itself out."""
    return f"{word} than", f"{word} then"


def _beyond_or_equal(word: str) -> tuple[str, ...]:
    """Wordings that leave the number itself in."""
    return tuple(
        phrase
        for equal in ("equal", "equals", "equal to", "equals to")
        for phrase in (
            f"{word} than or {equal}",
            f"{word} or {equal}",
            f"{word} or {equal} than",
            f"{equal} or {word} than",
            f"{equal} to or {word} than" if not equal.endswith("to") else f"{equal} and {word} than",
        )
    )


def _comparisons() -> dict[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    for words, beyond, from_there, denied in (
        (_UP, Bound.MORE_THAN, Bound.AT_LEAST, Bound.AT_MOST),
        (_DOWN, Bound.LESS_THAN, Bound.AT_MOST, Bound.AT_LEAST),
    ):
        for word in words:
            meanings |= dict.fromkeys(_beyond(word), (beyond, None))
            meanings |= dict.fromkeys(_beyond_or_equal(word), (from_there, None))
            meanings |= {f"{no} {phrase}": (denied, None) for no in ("no", "not") for phrase in _beyond(word)}
    return meanings


EQUALS = frozenset(_EQUAL)
"""Wordings that say that it is the number itself."""

LEADS: Mapping[str, Meaning] = {
    **_comparisons(),
    **dict.fromkeys(EQUALS, (None, None)),
    **dict.fromkeys(_phrases(_MORE_THAN), (Bound.MORE_THAN, None)),
    **dict.fromkeys(_phrases(_AT_LEAST), (Bound.AT_LEAST, None)),
    **dict.fromkeys(_phrases(_LESS_THAN), (Bound.LESS_THAN, None)),
    **dict.fromkeys(_phrases(_AT_MOST), (Bound.AT_MOST, None)),
    **dict.fromkeys(_phrases(_ABOUT), (None, Hedge.ABOUT)),
    **dict.fromkeys(_phrases(_NEARLY), (None, Hedge.NEARLY)),
    **dict.fromkeys(_phrases(_NOTHING), (None, None)),
    **dict.fromkeys(
        ("just over", "slightly over", "slightly more than", "a little over", "a bit over", "略高于", "刚过"),
        (Bound.MORE_THAN, Hedge.JUST_OVER),
    ),
    **dict.fromkeys(
        ("just under", "slightly under", "just below", "just shy of", "a little under", "略低于"),
        (Bound.LESS_THAN, Hedge.NEARLY),
    ),
    **dict.fromkeys(("on the order of", "in the order of", "of the order of"), (None, Hedge.ORDER_OF_MAGNITUDE)),
}
"""What stands before a number, by phrase."""

_AND_UP = """
+|plus|or more|and more|or higher|and higher|or above|or greater|and greater|or better|or over|or up|
or larger|or bigger|or longer|or older|and up|upward|upwards|and above|and over|at least|minimum|
以上|及以上|或以上|或更多|或者更多|或者以上|起|之上|或更高|
or more than|or greater than|or higher than|or larger than|or bigger than
"""
_AND_DOWN = """
or less|and less|or fewer|and fewer|or lower|or below|or under|or smaller|or shorter|or younger|and below|and under|
at most|maximum|max|tops|以下|及以下|或以下|或更少|或者更少|或者以下|以内|以內|之内|之內|封顶|或更低|之下|
or less than|or fewer than|or lower than|or smaller than
"""

TRAILS: Mapping[str, Meaning] = {
    **dict.fromkeys(_phrases(_AND_UP), (Bound.AT_LEAST, None)),
    **dict.fromkeys(_phrases(_AND_DOWN), (Bound.AT_MOST, None)),
    **dict.fromkeys(
        ("or so", "give or take", "ish", "-ish", "左右", "上下", "前后", "前後", "光景"), (None, Hedge.ABOUT)
    ),
    **dict.fromkeys(("多", "余", "餘", "有余", "出头", "出頭"), (Bound.MORE_THAN, Hedge.JUST_OVER)),
    **dict.fromkeys(("之间", "之間", "不等", "exactly", "in total"), (None, None)),
}
"""What stands behind a number or its unit, by phrase. Those that end in "than" or "to" have no number behind them."""

OR_EQUAL = frozenset(("or equal", "or equal to", "or equals", "or equals to", "and equal to"))
"""Behind a number that its lead leaves out, these take it in: less than 5000 or equal."""

BETWEEN = frozenset(("之间", "之間", "中间", "中間"))
"""Behind two ends that 和 joins."""
