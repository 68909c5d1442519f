"""Numbers in characters without blanks: 三十五, 二〇二六, 三点五亿, 一百二, 廿五, 兩三千, 几十, 十几, 上百."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.quantity import Bound, Hedge
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, MOST_DIGITS, ONE, Number, digits, exactly, grain_of, vague
from kb.numbers.token import Token

_CHARACTERS = LEXICON.character_numerals
_MOST = 10**24


def character_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number in characters that begins at ``at``; None if none does."""
    text = tokens[at].text
    if text in _CHARACTERS.half and at + 1 < len(tokens) and tokens[at + 1].text in _CHARACTERS.dozens:
        return exactly(Decimal(6), at + 2)
    if text in _CHARACTERS.half:
        return Number(Decimal("0.5"), Decimal("0.5"), Decimal("0.1"), ONE, at + 1)
    if text in _CHARACTERS.vague_idioms:
        return vague(Decimal(_CHARACTERS.vague_idioms[text]), at + 1)
    if text in _CHARACTERS.upwards or text in _CHARACTERS.vague:
        return _vague(tokens, at)
    if at and tokens[at - 1].text in _CHARACTERS.leads and (led := _led(tokens, at)):
        return led
    end = _digits_end(tokens, at)
    if end - at > MOST_DIGITS or _inside_a_run(tokens, at):
        return None
    number = _positional(tokens, at, end) or _counted(tokens, at)
    return with_scales(tokens, number) if number else None


def _may_be_scaled(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a scale may follow: behind digits, decimals (三点五亿) and 多. A counted number has taken its own."""
    last = tokens[number.end - 1]
    if last.kind == "number" or last.text in _CHARACTERS.more or last.text in _CHARACTERS.roughly:
        return True
    pointed = any(tokens[place].text in _CHARACTERS.points for place in range(max(0, number.end - 12), number.end))
    return pointed or (last.text in _CHARACTERS.digits and tokens[number.end - 2].text in _CHARACTERS.digits)


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = places_at(tokens, at + 1)
    if tokens[at].text not in _CHARACTERS.upwards:
        return vague(unit, end)
    if end == at + 1:
        return None
    return Number(unit, unit, None, unit, end, Bound.AT_LEAST, Hedge.ORDER_OF_MAGNITUDE)


def _led(tokens: Sequence[Token], at: int) -> Number | None:
    """近千, 逾百, 约万: one of a place that no digit counts, where the word before it shows that a number follows."""
    unit, end = places_at(tokens, at)
    counted = end < len(tokens) and (tokens[end].text in _CHARACTERS.digits or tokens[end].text in _CHARACTERS.vague)
    return None if end == at or counted else Number(unit, unit, unit, unit, end)


def places_at(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """The product of the places and scales that follow each other from ``at``, and the index behind them: 百万."""
    unit = 1
    while at < len(tokens) and unit < _MOST and (factor := place_value(tokens[at].text)):
        unit, at = unit * factor, at + 1
    return Decimal(unit), at


def place_value(text: str) -> int:
    """The value of 十, 百, 万 and the like; 0 for anything else."""
    return _CHARACTERS.tens.get(text) or _CHARACTERS.scales.get(text, 0)


def _inside_a_run(tokens: Sequence[Token], at: int) -> bool:
    """Whether the digit at ``at`` is inside a run of three or more: a piece of a number that is too long to read."""
    if at == 0 or tokens[at].text not in _CHARACTERS.digits or tokens[at - 1].text not in _CHARACTERS.digits:
        return False
    around = (tokens[at - 2].text if at > 1 else "", tokens[at + 1].text if at + 1 < len(tokens) else "")
    return any(text in _CHARACTERS.digits for text in around)


def _digits_end(tokens: Sequence[Token], at: int) -> int:
    """The index behind the digits that follow each other from ``at``, or behind more of them than a number has."""
    end, last = at, min(len(tokens), at + MOST_DIGITS + 1)
    while end < last and tokens[end].text in _CHARACTERS.digits:
        end += 1
    return end


def _positional(tokens: Sequence[Token], at: int, end: int) -> Number | None:
    """二〇二六, 八五: digit after digit; two neighbours before a place or a counter (两三千) are a range."""
    digit_values = [_CHARACTERS.digits[token.text] for token in tokens[at:end]]
    if len(digit_values) < 2:
        return None
    unit, behind = places_at(tokens, end)
    if (
        len(digit_values) == 2
        and digit_values[0]
        and digit_values[1] == digit_values[0] + 1
        and (unit > 1 or _counts(tokens, end))
    ):
        return Number(digit_values[0] * unit, digit_values[1] * unit, unit, unit, behind, hedge=Hedge.ABOUT)
    if unit > 1 and unit < 10**4:
        return None
    return _pointed(tokens, exactly(Decimal("".join(map(str, digit_values))), end))


def _counts(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text in _CHARACTERS.counters


def _counted(tokens: Sequence[Token], at: int) -> Number | None:
    """三千五百, 十五, 一万二千亿: each part is a digit and its place."""
    count, place = _Accumulator(), at
    while place < len(tokens) and count.takes(tokens[place].text):
        place += 1
    if place == at:
        return None
    if not count.is_counted:
        return _bare(tokens, at, place)
    if place < len(tokens) and tokens[place].text in _CHARACTERS.vague and tokens[place - 1].text in _CHARACTERS.tens:
        return _some_more(int(count.value), count.finest, place + 1)
    lone = tokens[at].text in _CHARACTERS.digits and all(place_value(token.text) for token in tokens[at + 1 : place])
    scale = places_at(tokens, at + 1)[0] if lone else ONE
    return _pointed(tokens, Number(count.value, count.value, Decimal(count.finest), scale, place))


def _bare(tokens: Sequence[Token], at: int, end: int) -> Number | None:
    """十, 百万, 千余: a place that no digit counts."""
    unit, end = places_at(tokens, at)
    behind = tokens[end].text if end < len(tokens) else ""
    if behind in _CHARACTERS.vague and unit == 10:
        return _some_more(10, 10, end + 1)
    # 百 and 千 begin many words (百姓, 千万别), so alone they need 余 or a counter behind them.
    if unit == 10 or end > at + 1 or behind in _CHARACTERS.more or behind in _CHARACTERS.counters:
        return Number(unit, unit, unit, unit, end)
    return None


class _Accumulator:
    """Adds up a number, character by character.

    The last digit may leave out its place: 一百二 is 120, 两万三 is 23,000 (``colloquial`` is what it counts then).
    """

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.digit = -1
        self.largest = 1
        self.finest = 1
        self.unit = 10**9
        self.colloquial = 1
        self.is_counted = False
        self.started = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.total + self.group + max(self.digit, 0) * self.colloquial)

    def takes(self, text: str) -> bool:
        """Take ``text`` in if it continues the number; False if it does not."""
        if text in _CHARACTERS.digits and self.digit <= 0 and not (self.digit == 0 and text in _CHARACTERS.zeros):
            self._digit(_CHARACTERS.digits[text])
        elif text in _CHARACTERS.twenties and self.digit <= 0 and self.unit > 10:
            self.group, self.digit, self.unit, self.finest = self.group + _CHARACTERS.twenties[text], -1, 10, 10
            self.is_counted = True
        elif text in _CHARACTERS.tens and self._fits(_CHARACTERS.tens[text]):
            self._tens(_CHARACTERS.tens[text])
        elif text in _CHARACTERS.scales and self.started and self.total < 10**40:
            self._scaled(_CHARACTERS.scales[text])
        else:
            return False
        self.started = True
        return True

    def _fits(self, unit: int) -> bool:
        """Whether ``unit`` is a smaller place than the last, with a digit before it unless it comes first."""
        return (
            unit < self.unit
            and (self.digit != 0 or unit == 10)
            and (self.digit > 0 or self.is_counted or not self.started)
        )

    def _digit(self, digit: int) -> None:
        unit_before = self.unit if self.unit < 10**9 and self.digit < 0 else self.largest if self.digit < 0 else 1
        self.colloquial = unit_before // 10 if self.started and unit_before >= 100 and digit else 1
        self.digit, self.is_counted = digit, self.is_counted or bool(digit) or not self.started
        self.finest = self.colloquial if digit or not self.started else self.finest

    def _tens(self, unit: int) -> None:
        self.is_counted = self.is_counted or unit == 10
        self.group, self.digit = self.group + max(self.digit, 1) * unit, -1
        self.finest = self.unit = unit
        self.colloquial = 1

    def _scaled(self, scale: int) -> None:
        group = self.group + max(self.digit, 0)
        if scale > self.largest or not group:
            self.total = (self.total + group) * scale
        else:
            self.total += group * scale
        self.largest = max(scale, self.largest) if group else self.largest
        self.finest, self.group, self.digit = (self.finest if self.digit < 0 else 1) * scale, 0, -1
        self.unit, self.colloquial = 10**9, 1


def _some_more(value: int, unit: int, end: int) -> Number:
    """十几: eleven to nineteen."""
    step = Decimal(unit) / 10
    return Number(value + step, value + 9 * step, None, ONE, end, hedge=Hedge.ORDER_OF_MAGNITUDE)


def _pointed(tokens: Sequence[Token], number: Number) -> Number:
    at = number.end
    if not (at < len(tokens) and tokens[at].text in _CHARACTERS.points):
        return number
    decimals, at = "", at + 1
    while at < len(tokens) and tokens[at].text in _CHARACTERS.digits and len(decimals) < MOST_DIGITS:
        decimals, at = decimals + str(_CHARACTERS.digits[tokens[at].text]), at + 1
    if not decimals:
        return number
    value = Decimal(f"{number.low:f}.{decimals}")
    return Number(value, value, grain_of(f"0.{decimals}"), ONE, at)


def with_scales(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with 万, 亿, 多 and the like behind it, and a smaller part behind those: 3亿5000万."""
    number = _some(tokens, number)
    unit, end = places_at(tokens, number.end) if _may_be_scaled(tokens, number) else (ONE, number.end)
    scaled = _some(tokens, number.times(unit, end))
    if scaled.end < len(tokens) and tokens[scaled.end].text in _CHARACTERS.dozens and scaled.bound is Bound.EXACT:
        scaled = scaled.times(Decimal(12), scaled.end + 1)
    return _with_smaller(tokens, scaled, unit)


def _some(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with 多 or 余 ("and some more") behind it, or 来 ("about") behind a round one."""
    at = number.end
    if at >= len(tokens) or number.bound is not Bound.EXACT:
        return number
    if tokens[at].text in _CHARACTERS.more:
        return number._replace(bound=Bound.MORE_THAN, hedge=Hedge.JUST_OVER, end=at + 1)
    if tokens[at].text in _CHARACTERS.roughly and place_value(tokens[at - 1].text):
        return number._replace(hedge=Hedge.ABOUT, end=at + 1)
    return number


def _with_smaller(tokens: Sequence[Token], number: Number, unit: Decimal) -> Number:
    """``number`` with the smaller parts that touch it: 3亿5000万, 3万4000, 1千零20, 25万6千."""
    # With a blank between, 3 亿 2000 万 are two numbers.
    while unit >= 1000:
        at = number.end
        at += at < len(tokens) and tokens[at].text in _CHARACTERS.zeros
        touching = at < len(tokens) and tokens[at].kind == "number" and tokens[at].start == tokens[at - 1].end
        numeral = digits(tokens[at].text) if touching and number.bound is Bound.EXACT else None
        if numeral is None or not numeral.is_whole:
            return number
        small, end = places_at(tokens, at + 1)
        part = EXACT.multiply(numeral.value, small)
        # Without a place behind it the part must fill the places that are left: 3万4000, but not 3万5.
        fills = end > at + 1 or numeral.value * 10 >= unit or at > number.end
        if part >= unit or not part or not fills:
            return number
        value, grain = EXACT.add(number.low, part), EXACT.multiply(numeral.grain, small)
        number, unit = number._replace(low=value, high=value, grain=grain, end=end), small
    return number
