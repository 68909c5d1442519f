"""Which words and signs carry a number, a scale, a unit, a bound or a hedge? Tables, English and Chinese.

Keys are in small letters unless a table says otherwise; a phrase of several tokens is written with blanks.
"""

from collections.abc import Mapping
from decimal import Decimal

from kb.domain.quantity import Bound, Hedge

UNITS = {
    **{"zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14},
    **{"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
}
TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70},
    **{"eighty": 80, "ninety": 90},
}
SCALES = {
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15},
    **{"lakh": 10**5, "crore": 10**7, "lakhs": 10**5, "crores": 10**7},
}
"""English words that multiply all that stands before them; ``hundred`` and ``dozen`` multiply less."""

LETTERS = {
    **{"k": 10**3, "K": 10**3, "M": 10**6, "MM": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6},
    **{"mio": 10**6, "B": 10**9, "b": 10**9, "bn": 10**9, "Bn": 10**9, "BN": 10**9, "bln": 10**9, "G": 10**9},
    **{"T": 10**12, "tn": 10**12, "Tn": 10**12, "tln": 10**12, "trn": 10**12},
}
"""Short scales behind digits; capital letters count."""

MONEY_LETTERS = {"m": 10**6, "t": 10**12, "Mn": 10**6, "g": 10**9}
"""Short scales that are read as such only where money is meant: ``$5m``."""

VAGUE_PLURALS = {
    **{"tens": 10, "dozens": 12, "scores": 20, "hundreds": 10**2, "thousands": 10**3, "millions": 10**6},
    **{"billions": 10**9, "trillions": 10**12},
}
"""Words for an unsaid number of these: at least two, fewer than ten."""

SEVERAL = frozenset(("several", "few", "couple", "handful"))

PARTS = {
    **{"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4},
    **{"fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8},
    **{"ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100},
    **{"thousandth": 1000, "thousandths": 1000},
}
GLYPHS = {
    **{"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)},
    **{"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)},
}

HAN_DIGITS = {
    **{"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2},
    **{"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "貳": 2, "參": 3, "陸": 6},
    **{"兩": 2, "俩": 2},
}
HAN_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
HAN_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12, "萬": 10**4, "億": 10**8}
HAN_VAGUE = frozenset(("几", "数", "幾", "數", "若干", "好几"))
HAN_MORE = frozenset(("多", "余", "餘", "有余"))
"""Behind a number: and some more."""
HAN_PARTS = {
    **{"百分之": 100, "千分之": 1000, "万分之": 10**4, "萬分之": 10**4, "百万分之": 10**6, "千万分之": 10**7},
    **{"佰分之": 100, "仟分之": 1000},
}
HAN_POINT = frozenset(("点", "點"))

_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")
_ONE = Decimal(1)

MEASURES: Mapping[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("%", "percent", "pct", "百分点", "个百分点", "個百分點", "pp"), ("fraction", _CENT)),
    **dict.fromkeys(("bp", "bps"), ("fraction", Decimal("0.0001"))),
    **dict.fromkeys(("‰",), ("fraction", Decimal("0.001"))),
    **dict.fromkeys(("x", "×", "times", "fold", "倍"), ("multiple", _ONE)),
    **dict.fromkeys(("dollar", "dollars", "buck", "bucks", "usd", "美元", "美金", "美圆", "刀"), ("USD", _ONE)),
    **dict.fromkeys(("cent", "cents", "¢", "美分"), ("USD", _CENT)),
    **dict.fromkeys(("euro", "euros", "eur", "欧元", "歐元"), ("EUR", _ONE)),
    **dict.fromkeys(("pound", "pounds", "gbp", "quid", "英镑", "英鎊"), ("GBP", _ONE)),
    **dict.fromkeys(("yen", "jpy", "日元", "円", "日圆"), ("JPY", _ONE)),
    **dict.fromkeys(("yuan", "rmb", "renminbi", "cny", "元", "人民币", "块", "块钱", "圆", "人民幣"), ("CNY", _ONE)),
    **dict.fromkeys(("角", "毛"), ("CNY", _TENTH)),
    **dict.fromkeys(("港元", "港币", "港幣"), ("HKD", _ONE)),
    **dict.fromkeys(("台币", "新台币", "台幣", "新台幣"), ("TWD", _ONE)),
    **dict.fromkeys(("rupee", "rupees", "卢比", "印度卢比"), ("INR", _ONE)),
    **dict.fromkeys(("won", "韩元"), ("KRW", _ONE)),
    **{"francs": ("CHF", _ONE), "瑞士法郎": ("CHF", _ONE), "卢布": ("RUB", _ONE), "加元": ("CAD", _ONE)},
    **{"澳元": ("AUD", _ONE), "新加坡元": ("SGD", _ONE), "泰铢": ("THB", _ONE), "比特币": ("BTC", _ONE)},
    **{"奈拉": ("NGN", _ONE), "瑞典克朗": ("SEK", _ONE), "雷亚尔": ("BRL", _ONE)},
}
"""Words and signs behind a number: unit, and what one of them is worth in it."""

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₿": "BTC", "￥": "CNY"}
"""Signs of money before a number. ``¥`` alone is the yuan; write JPY for the yen."""
DOLLARS = {
    **{"us": "USD", "u": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nt": "TWD"},
    **{"s": "SGD", "nz": "NZD", "r": "BRL", "mx": "MXN"},
}
"""Letters that stand right before ``$``."""

_MORE_THAN = """
over|more than|above|greater than|exceeding|exceeds|exceed|beyond|north of|larger than|higher than|bigger than|
upwards from|well over|far more than|well above|in excess of|>|surpass|surpassing|surpasses|超过|超出|逾|高于|
大于|多于|突破|超
"""
_AT_LEAST = """
at least|no less than|not less than|no fewer than|not fewer than|upward of|upwards of|minimum of|a minimum of|
min|>=|≥|=>|at worst|as low as|starting at|至少|不少于|不低于|起码|最少|最低|不下|少说
"""
_LESS_THAN = """
under|below|less than|fewer than|smaller than|lower than|short of|south of|<|不到|少于|低于|小于|不足|未满|不满
"""
_AT_MOST = """
at most|at best|up to|within|no more than|not more than|as much as|as many as|as high as|maximum of|
a maximum of|max|<=|≤|=<|not exceeding|no higher than|至多|最多|不超过|不高于|不多于|多达|最高|顶多|高达
"""
_ABOUT = """
about|around|roughly|approximately|approx|approx.|circa|ca|ca.|c.|~|≈|some|near|close to|an estimated|estimated|
say|in the region of|more or less|大约|约|大概|约莫|差不多|约为|估计|约合|上下|概
"""
_NEARLY = """
nearly|almost|approaching|close on|virtually|近|将近|接近|几乎|几近|快到|逼近
"""
_NOTHING = """
somewhere|anywhere|only|just|a mere|merely|a total of|in total|exactly|usually|typically|a full|a whopping|
a combined|仅|仅仅|只有|区区|共|总共|一共|合计|在|整整|整|高达约|足足|=
"""

Meaning = tuple[Bound | None, Hedge | None]


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for line in text.split("|") if (phrase := line.strip()))


LEADS: Mapping[str, Meaning] = {
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

TRAILS: Mapping[str, Meaning] = {
    **dict.fromkeys(
        (
            "+",
            "plus",
            "or more",
            "and more",
            "or higher",
            "or above",
            "or greater",
            "or better",
            "or over",
            "or up",
            "and up",
            "and above",
            "and over",
            "at least",
            "minimum",
            "以上",
            "及以上",
            "或以上",
            "或更多",
            "起",
            "之上",
        ),
        (Bound.AT_LEAST, None),
    ),
    **dict.fromkeys(
        (
            "or less",
            "or fewer",
            "or lower",
            "or below",
            "or under",
            "and below",
            "and under",
            "at most",
            "maximum",
            "max",
            "tops",
            "以下",
            "及以下",
            "或以下",
            "或更少",
            "以内",
            "之内",
            "封顶",
        ),
        (Bound.AT_MOST, None),
    ),
    **dict.fromkeys(("or so", "give or take", "ish", "-ish", "左右", "上下", "前后", "光景"), (None, Hedge.ABOUT)),
    **dict.fromkeys(("多", "余", "有余", "出头"), (Bound.MORE_THAN, Hedge.JUST_OVER)),
    **dict.fromkeys(("之间", "不等", "exactly", "in total"), (None, None)),
}
"""What stands behind a number or its unit, by phrase."""

DASHES = frozenset("-–—‒―−~〜～")
JOINERS = frozenset(("to", "through", "到", "至", "or", "or even", "或"))
SIDES = frozenset(("and", "but", "yet", ",", "，", "、", "且", "但", "并且", "而且", "但是", "又", "同时", "而"))
"""Words between the two sides of a range in bounds: more than 20 but less than 30."""
NEGATIVES = frozenset(("negative", "minus", "负", "負"))
MINUSES = frozenset("-−﹣")
"""Signs that make the number right behind them negative."""
PER = frozenset(("/", "per", "every", "each", "每", "a", "an"))
ADVERBS = {
    **{"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "quarterly": "quarter"},
    **{"annually": "year", "yearly": "year", "annual": "year", "p.a": "year", "annualized": "year"},
}
"""One word for a flow: ``$200 monthly``."""

_NUMBER_WORDS = (UNITS, TENS, SCALES, PARTS, VAGUE_PLURALS, SEVERAL, HAN_DIGITS, HAN_TENS, HAN_SCALES, HAN_VAGUE)
NO_NOUNS = frozenset(
    {
        text.lower()
        for table in (*_NUMBER_WORDS, LETTERS, MONEY_LETTERS, HAN_PARTS, JOINERS, NEGATIVES, PER)
        for text in table
    }
    | {"hundred", "dozen", "point", "out", "of", "in", "for", "the", "from", "at", "on", "by", "with", "and", "not"}
    | {"than", "is", "was", "are", "were", "as", "between", "分之", "半", "上", "成", "折"}
)
"""Words that belong to the wording of a number or of a sentence, and never name what is counted."""
