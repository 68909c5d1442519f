"""Made-up figures whose truth is known: which speak of the same quantity, and which of them are wrong.

A subject is a firm, a project, a fund or a plan with a made-up name. On average two measures are taken of each, and
five figures told of each such quantity: rounded, bounded, hedged, as a range, in other units, by month or by year; some
are wrong. Each figure names its subject as its author does: with another legal form, in capitals, in another word
order, with a slip. Some subjects are siblings whose names differ in one number, place or trade; some in one letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from kb.domain.entity import Measure, MeasureKind
from kb.domain.identity import Id
from kb.domain.quantity import Bound, Hedge
from kb.reasoning.array import Flags, Ints
from kb.reasoning.column.columns import BOUNDS, HEDGES, Columns, Scopes

FIGURES_OF_QUANTITY = 5
QUANTITIES_OF_SUBJECT = 2

_ONSETS = "b br c ch cl d dr f fl g gr h j k kr l m n p pr qu r s sh sk st t th tr v w z".split()  # noqa: SIM905
_VOWELS = "a e i o u ai ea io ou ia eo".split()  # noqa: SIM905
_CODAS = ["", "", "", "n", "r", "l", "s", "x", "m", "rd", "nt", "ck", "th", "ll", "rn", "st"]
_TRADES = [
    *("Logistics", "Energy", "Systems", "Foods", "Capital", "Robotics", "Pharma", "Mining", "Airlines", "Media"),
    *("Software", "Motors", "Textiles", "Insurance", "Bank", "Chemicals", "Telecom", "Steel", "Retail", "Labs"),
    *("Analytics", "Therapeutics", "Semiconductors", "Shipping", "Timber", "Dairy", "Optics", "Security", "Games"),
    *("Power", "Materials", "Networks", "Instruments", "Packaging", "Brewing", "Paper", "Water", "Cloud"),
]
_PLACES = ["Canada", "Brazil", "Norway", "Europe", "Asia", "North", "South", "East", "West", "Pacific", "Nordic"]
_FORMS = ["Inc", "Inc.", ", Inc.", "Ltd", "Ltd.", "Limited", "Corp", "Corp.", "LLC", "GmbH", "plc", "Co., Ltd.", "S.A."]
_HAN = "华星天海金龙东方新中恒大远光明瑞丰泰安康盛宏达信诚凯旋宇通联合创世纪长城江河山川云峰"
_HAN_TRADES = ["科技", "能源", "集团", "物流", "生物", "银行", "汽车", "钢铁", "传媒", "软件"]
_HAN_FORMS = ["有限公司", "股份有限公司", "公司", ""]
_WIDE = {place: place + 0xFEE0 for place in range(ord("!"), ord("~") + 1)}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _measure(name: str, unit: str, kind: MeasureKind) -> Measure:
    return Measure(id=Id(name), slug=name, file="words", label=name, unit=unit, kind=kind, keys=("subject",))


_KINDS: list[tuple[str, MeasureKind, Sequence[tuple[str, int, int, int]], tuple[int, int]]] = [
    # unit, kind; units that authors write, with what a true number is multiplied by, divided by, and the powers of ten
    # that it loses; the least and the greatest power of ten of a true number
    (
        *("USD/year", MeasureKind.FLOW),
        [("USD/year", 1, 1, 0), ("USD/month", 1, 12, 0), ("USD/quarter", 1, 4, 0), ("USD", 1, 1, 0)],
        (4, 10),
    ),
    ("USD/month", MeasureKind.FLOW, [("USD/month", 1, 1, 0), ("USD/year", 12, 1, 0), ("USD/quarter", 3, 1, 0)], (1, 7)),
    ("person", MeasureKind.STOCK, [("person", 1, 1, 0), ("kperson", 1, 1, 3)], (1, 5)),
    ("fraction", MeasureKind.RATIO, [("fraction", 1, 1, 0)], (-3, -3)),
    ("USD/Mtoken", MeasureKind.PRICE, [("USD/Mtoken", 1, 1, 0), ("USD/ktoken", 1, 1, 3)], (-3, 1)),
    ("token/month", MeasureKind.FLOW, [("token/month", 1, 1, 0), ("Mtoken/month", 1, 1, 6)], (5, 11)),
    ("month", MeasureKind.DURATION, [("month", 1, 1, 0), ("year", 1, 12, 0)], (-1, 2)),
]
MEASURES = [_measure(f"measure {number}", *_KINDS[number % len(_KINDS)][:2]) for number in range(42)]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Figures as a reader of columns has them, and what is true of them.

    Attributes:
        names: The different names of subjects, as written.
        name: For each figure the place of its subject's name.
        columns: The figures; their scope is ``name``, for want of anything better.
        quantity: What each figure truly speaks of.
        wrong: Whether it says another number than the true one.
    """

    names: Sequence[str]
    name: Ints
    columns: Columns
    quantity: Ints
    wrong: Flags

    def arrays(self) -> dict[str, Any]:
        """All of it in plain arrays, the names in one text; see ``restored``."""
        shared = ("measures", "units", "scopes", "vocabulary")
        parts = {name: getattr(self.columns, name) for name in Columns.__slots__ if name not in shared}
        return parts | {"names": "\n".join(self.names), "quantity": self.quantity, "wrong": self.wrong}


def restored(arrays: Mapping[str, Any]) -> Told:
    """What ``arrays`` were made of."""
    names = str(arrays["names"]).split("\n")
    own = {name: array for name, array in arrays.items() if name not in ("names", "quantity", "wrong")}
    columns = Columns(MEASURES, _UNITS, _scopes(len(names)), **own)
    return Told(names, columns.scope, columns, arrays["quantity"], arrays["wrong"])


def _scopes(names: int) -> Scopes:
    return Scopes(("subject",), np.arange(names)[:, None], np.zeros(names, np.bool_))


def told(count: int, seed: int = 3) -> Told:
    """``count`` figures; the same on every run with the same ``seed``."""
    draw = np.random.default_rng(seed)
    quantities = max(count // FIGURES_OF_QUANTITY, 1)
    subjects = -(-quantities // QUANTITIES_OF_SUBJECT)
    quantity = draw.integers(quantities, size=count)
    names, name = _names(quantity // QUANTITIES_OF_SUBJECT, _Namer(Random(seed)).subjects(subjects), Random(seed + 1))
    kind = draw.integers(len(MEASURES), size=subjects)
    measure = (kind[np.arange(quantities) // QUANTITIES_OF_SUBJECT] + np.arange(quantities)) % len(MEASURES)
    columns, wrong = _said(draw, quantity, measure, name, len(names))
    return Told(names, name, columns, quantity, wrong)


class _Namer:
    """Makes up names of subjects, each of which differs from all others."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.taken: set[tuple[str, ...]] = set()

    def subjects(self, count: int) -> list[tuple[tuple[str, ...], str]]:
        """Words and legal form of ``count`` subjects."""
        found: list[tuple[tuple[str, ...], str]] = []
        while len(found) < count:
            sibling = found and self.chance.random() < 0.08
            words = self._sibling(self.chance.choice(found[-1000:])[0]) if sibling else self._words()
            key = tuple(sorted(word.casefold() for word in words))
            if key not in self.taken:
                self.taken.add(key)
                forms = _FORMS if words[0].isascii() else _HAN_FORMS
                found.append((words, self.chance.choice(forms) if self.chance.random() < 0.6 else ""))
        return found

    def _words(self) -> tuple[str, ...]:
        choice, chance = self.chance.choice, self.chance.random()
        if chance < 0.1:
            return ("".join(self.chance.choices(_HAN, k=self.chance.randint(2, 4))) + choice(_HAN_TRADES),)
        if chance < 0.25:
            return self._coined(), self._coined()
        if chance < 0.35:
            return self._coined(), choice(_TRADES), choice(_PLACES)
        if chance < 0.4:
            return self._coined(), "Fund", str(self.chance.randint(1, 12))
        return self._coined(), choice(_TRADES)

    def _coined(self) -> str:
        choice = self.chance.choice
        parts = (choice(_ONSETS) + choice(_VOWELS) + choice(_CODAS) for _ in range(self.chance.randint(2, 3)))
        return "".join(parts).capitalize()

    def _sibling(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Another subject of nearly the same name."""
        chance, choice = self.chance.random(), self.chance.choice
        if not words[0].isascii():
            return (words[0][:-2] + choice(_HAN_TRADES),)
        if chance < 0.12:
            return (_slip(words[0], self.chance), *words[1:])
        if words[-1].isdigit():
            return (*words[:-1], str(self.chance.randint(1, 30)))
        if chance < 0.5:
            return (words[0], choice(_TRADES), *words[2:])
        return (*words[:2], choice(_PLACES))


def _names(subject: Ints, subjects: Sequence[tuple[tuple[str, ...], str]], chance: Random) -> tuple[list[str], Ints]:
    """The different names written, and which of them each figure writes."""
    place: dict[str, int] = {}
    name = [place.setdefault(_written(*subjects[one], chance), len(place)) for one in subject.tolist()]
    return list(place), np.array(name, np.int64)


def _written(words: tuple[str, ...], form: str, chance: Random) -> str:
    """A name as one author writes it."""
    random = chance.random
    han = not words[0].isascii()
    if random() < 0.25:
        form = chance.choice(_HAN_FORMS if han else _FORMS) if random() < 0.5 else ""
    if han:
        return _changed(words[0], chance) + form if random() < 0.02 else words[0] + form
    for often in (0.1, 0.01):
        if random() < often:
            words = _slipped(words, chance)
    if random() < 0.06:
        words = words[1:] + words[:1]
    joint = "-" if random() < 0.02 else "" if random() < 0.02 else " "
    text = joint.join(words)
    if form:
        text += form if form.startswith(",") else f" {form}"
    if random() < 0.08:
        text = text.upper() if random() < 0.5 else text.lower()
    return (
        "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text) if random() < 0.01 else text
    )


def _slipped(words: tuple[str, ...], chance: Random) -> tuple[str, ...]:
    """One letter of one word changed; short words and numbers are written with care."""
    long = [place for place, word in enumerate(words) if len(word) > 3]
    if not long:
        return words
    which = chance.choice(long)
    return (*words[:which], _slip(words[which], chance), *words[which + 1 :])


def _slip(word: str, chance: Random) -> str:
    """One letter more, less, changed or swapped with the next, behind the first but for one in ten."""
    at = chance.randrange(1, len(word) - 1) if chance.random() < 0.9 else 0
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + chance.choice(_LETTERS) + word[at:]
        case 2:
            return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _changed(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(_HAN) + word[at + 1 :]


_UNITS = list(dict.fromkeys(unit for *_, units, _ in _KINDS for unit, *_ in units))
_WAYS = np.array([[(_UNITS.index(unit), *turn) for unit, *turn in (units * 4)[:4]] for *_, units, _ in _KINDS])
_PLAIN, _ROUNDED, _CUT, _AT_LEAST, _AT_MOST, _ABOUT, _NEARLY, _JUST_OVER, _RANGE = range(9)
_MANNERS = [0.4, 0.22, 0.06, 0.05, 0.04, 0.1, 0.03, 0.03, 0.07]


def _said(draw: np.random.Generator, quantity: Ints, measure: Ints, name: Ints, names: int) -> tuple[Columns, Flags]:
    """What the figures say of the true quantities, and which of them are wrong."""
    count, quantities = len(quantity), len(measure)
    kind = measure % len(_KINDS)
    lowest, highest = np.array([size for *_, size in _KINDS]).T
    digits = draw.integers(9, 10_000, size=quantities) * 12
    exponent = draw.integers(lowest[kind], highest[kind] + 1) - 3
    spread = draw.random(quantities) < 0.01
    slip = np.where(draw.random(quantities) < 0.2, draw.choice([2, 3, 5, 12, 1000], size=quantities), 1)
    wrong = (slip[quantity] > 1) & (draw.random(count) < 0.25)
    own, power = digits[quantity] * np.where(wrong, slip[quantity], 1), exponent[quantity]
    way = draw.integers(4, size=count) * (draw.random(count) < 0.6)
    unit, times, over, lost = _WAYS[kind[quantity], way].T
    own, power = own * times // over, power - lost
    manner = np.where(wrong | spread[quantity], _PLAIN, draw.choice(len(_MANNERS), size=count, p=_MANNERS))
    low, high, fine = _in_manner(draw, own, manner)
    high = np.where(spread[quantity], 3 * high, high)
    bound = np.select(
        [manner == _AT_LEAST, manner == _AT_MOST, low != high],
        [BOUNDS.index(one) for one in (Bound.AT_LEAST, Bound.AT_MOST, Bound.RANGE)],
        BOUNDS.index(Bound.EXACT),
    )
    hedge = np.select(
        [manner == _ABOUT, manner == _NEARLY, manner == _JUST_OVER],
        [HEDGES.index(one) for one in (Hedge.ABOUT, Hedge.NEARLY, Hedge.JUST_OVER)],
        HEDGES.index(Hedge.NONE),
    )
    closed = np.zeros(count, np.bool_)
    origin = draw.integers(count // 50 + 20, size=count)
    said = (low, high, np.ones(count, np.int64), power + fine, bound, hedge, spread[quantity], closed, closed)
    return Columns(MEASURES, _UNITS, _scopes(names), measure[quantity], name, unit, *said, origin), wrong


def _in_manner(draw: np.random.Generator, own: Ints, manner: Ints) -> tuple[Ints, Ints, Ints]:
    """Low and high digits as said, and how many digits were left off; a rounded number keeps two or three."""
    length = np.floor(np.log10(own) + 1e-12).astype(np.int64) + 1
    kept = np.where((manner == _ROUNDED) | (manner == _CUT), draw.integers(2, 4, size=len(own)), 2)
    off = np.where(manner == _PLAIN, 0, np.maximum(length - kept, 0))
    tens = 10**off
    down, up, near = own // tens, -(-own // tens), (2 * own + tens) // (2 * tens)
    low = np.select(
        [manner == _ROUNDED, manner == _ABOUT, (manner == _AT_MOST) | (manner == _NEARLY)], [near, near, up], down
    )
    return low, np.where(manner == _RANGE, up, low), off
