"""Which English words, letters and signs carry a number, and which stand between numbers?

Keys are in small letters unless a table says otherwise.
"""

from kb.domain.notation import han_word

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
    **{"lakh": 10**5, "crore": 10**7, "lakhs": 10**5, "crores": 10**7, "lac": 10**5, "lacs": 10**5},
    **{"thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12, "grand": 10**3},
}
"""English words that multiply all that stands before them; ``hundred`` and ``dozen`` multiply less."""

HUNDREDS = frozenset(("hundred", "hundreds"))
DOZENS = frozenset(("dozen", "dozens", "doz", "dozs", "dz", "dzs"))

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

ORDINALS = {
    **{"first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six"},
    **{"seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten", "eleventh": "eleven"},
    **{"twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen", "fifteenth": "fifteen"},
    **{"sixteenth": "sixteen", "seventeenth": "seventeen", "eighteenth": "eighteen", "nineteenth": "nineteen"},
    **{"twentieth": "twenty", "thirtieth": "thirty", "fortieth": "forty", "fourtieth": "forty", "fiftieth": "fifty"},
    **{"sixtieth": "sixty", "seventieth": "seventy", "eightieth": "eighty", "ninetieth": "ninety"},
    **{"hundredth": "hundred", "thousandth": "thousand", "millionth": "million", "billionth": "billion"},
    **{"trillionth": "trillion", "quadrillionth": "quadrillion"},
}
"""Ordinals, and the numbers that they are of."""

HALVES = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
"""Parts that are no ordinals; all other parts are the ordinals and their plurals."""

SUFFIXES = frozenset(("st", "nd", "rd", "th", "ths", "rds"))
"""What digits end in as ordinals: 21st."""

GLYPHS = {
    **{"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)},
    **{"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)},
}

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
    **{"annually": "year", "yearly": "year", "annual": "year", "p.a": "year", "p.a.": "year", "annualized": "year"},
}
"""One word for a flow: ``$200 monthly``."""

POINTERS = frozenset(
    ("the", "this", "that", "these", "which", "each", "every", "any", "some", "no", "another", "other", "every", "such")
)
"""Before a lone "one" these make a pronoun of it."""

_FUNCTION_WORDS = """
of more less and or as the to in is was are were at on by for but than from its their his her our my your this that
these those a an with million billion trillion thousand higher lower cheaper larger smaller faster slower
"""
AFTER_PART = frozenset(_FUNCTION_WORDS.split())
"""Behind "a third" these leave it a part; before any other word ("a third option") it is an ordinal."""

_NUMBER_WORDS = (UNITS, TENS, SCALES, HUNDREDS, DOZENS, ORDINALS, HALVES, VAGUE_PLURALS, SEVERAL)
_HAN = (han_word.DIGITS, han_word.TENS, han_word.SCALES, han_word.VAGUE)
NO_NOUNS = frozenset(
    {
        text.lower()
        for table in (*_NUMBER_WORDS, *_HAN, LETTERS, MONEY_LETTERS, JOINERS, NEGATIVES, PER)
        for text in table
    }
    | {"point", "out", "of", "in", "for", "the", "from", "at", "on", "by", "with", "and", "not", "over", "ths", "th"}
    | {"than", "is", "was", "are", "were", "as", "between", "分之", "半", "上", "成", "折", "thirds", "fifths"}
)
"""Words that belong to the wording of a number or of a sentence, and never name what is counted."""
