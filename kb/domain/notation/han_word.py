"""Which Chinese characters carry a number? Simplified, traditional and formal ones."""

DIGITS = {
    **{"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2},
    **{"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "貳": 2, "參": 3, "陸": 6},
    **{"兩": 2, "俩": 2, "倆": 2, "仨": 3, "弌": 1, "弍": 2, "弎": 3, "贰": 2, "叄": 3, "参": 3, "幺": 1},
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TWENTIES = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12, "萬": 10**4, "億": 10**8}
VAGUE = frozenset(("几", "数", "幾", "數", "若干", "好几", "好幾"))
MORE = frozenset(("多", "余", "餘", "有余", "有餘"))
"""Behind a number: and some more."""
LEADS = frozenset(("近", "将近", "將近", "约", "約", "大约", "大約", "逾", "超", "超过", "超過", "不到", "不足"))
"""Before 百, 千, 万 and 亿 these say that a number follows, though nobody counted how many of them."""
POINT = frozenset(("点", "點"))
DOZENS = {"打": 12}
COUNTERS = frozenset("个個名位家条條份次台张張件只隻辆輛本项項款起座艘枚支")
"""Words between a number and what is counted."""
PARTS = ("分之",)
SHARES = ("个百分点", "個百分點", "百分点", "百分點")
"""Percentage points; blanks may stand between their characters."""
HALF_PRICE = ("对折", "對折")
PLACES = frozenset("第")
"""Before a number these make an ordinal of it."""
NO_SHARE = frozenset("为為功立长長员員果本就交熟分年份都绩績人千万了")
"""Behind 成 these make another word of it than "tenths"."""
NO_JIAO = frozenset("大星形度落色")
"""Behind 角 these make another word of it than "a tenth of a yuan"."""

WORDS = frozenset(
    {
        *TWENTIES,
        *DOZENS,
        *SHARES,
        *HALF_PRICE,
        *PARTS,
        "每",
        "成",
        "折",
        "半",
        "上",
        "从",
        "從",
        "介于",
        "介於",
        "在",
        "位于",
        "位於",
        "处于",
    }
    | {"和", "与", "與", "到", "至", "个", "個", "又", *PLACES, "来", "成百上千", "成千上万", "成千上萬", "数以百计"}
    | {"数以千计", "数以万计", "数以亿计"}
)
"""All other words that a number is made of or stands between, for cutting a run of characters into words."""
IDIOMS = {"成百上千": 100, "成千上万": 1000, "成千上萬": 1000, "数以百计": 100, "数以千计": 1000, "数以万计": 10**4} | {
    "数以亿计": 10**8
}
"""Fixed words for an unsaid number of these."""
