"""Which number do Chinese characters say? 三十五, 二〇二六, 三点五亿, 几十, 数十亿, 上百, 十几, 一百多万."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.number import EXACT, LONGEST, ONE, Number, digits_of, grain_of, vague
from kb.domain.notation.token import Token
from kb.domain.quantity import Bound, Hedge


def han_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The Chinese number that begins at ``at``: 三十五, 二〇二六, 三点五亿, 几十, 数十亿, 上百, 十几, 一百多万."""
    text = tokens[at].text
    if text == "半":
        return Number(Decimal("0.5"), Decimal("0.5"), Decimal("0.1"), ONE, at + 1)
    if text == "上" or text in word.HAN_VAGUE:
        return _han_vague(tokens, at)
    number = _han_positional(tokens, at) or _han_counted(tokens, at)
    return han_scaled(tokens, number) if number else None


def _han_vague(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = _han_units(tokens, at + 1)
    if tokens[at].text != "上":
        return vague(unit, end)
    if end == at + 1:
        return None
    return Number(unit, unit, None, unit, end, Bound.AT_LEAST, Hedge.ORDER_OF_MAGNITUDE)


def _han_units(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    unit = 1
    while at < len(tokens) and unit < 10**24 and (factor := _han_unit(tokens[at].text)):
        unit, at = unit * factor, at + 1
    return Decimal(unit), at


def _han_unit(text: str) -> int:
    return word.HAN_TENS.get(text) or word.HAN_SCALES.get(text, 0)


def _han_positional(tokens: Sequence[Token], at: int) -> Number | None:
    """二〇二六, 八五: digit after digit; two that follow each other before a unit (两三千) are a range."""
    end = at
    while end < len(tokens) and tokens[end].text in word.HAN_DIGITS and end - at < LONGEST:
        end += 1
    digits = [word.HAN_DIGITS[token.text] for token in tokens[at:end]]
    if len(digits) < 2:
        return None
    unit, behind = _han_units(tokens, end)
    if len(digits) == 2 and digits[1] == digits[0] + 1 and digits[0] and unit > 1:
        return Number(digits[0] * unit, digits[1] * unit, unit, unit, behind, hedge=Hedge.ABOUT)
    if unit > 1:
        return None
    value = Decimal("".join(map(str, digits)))
    return _han_pointed(tokens, Number(value, value, ONE, ONE, end))


def _han_counted(tokens: Sequence[Token], at: int) -> Number | None:
    """三千五百, 十五, 一万二千亿: each part is a digit and its unit."""
    count, place = _HanCount(), at
    while place < len(tokens) and count.takes(tokens[place].text):
        place += 1
    if place == at:
        return None
    if place < len(tokens) and tokens[place].text in word.HAN_VAGUE and tokens[place - 1].text in word.HAN_TENS:
        return _some_more(int(count.value), count.finest, place + 1)
    lone = tokens[at].text in word.HAN_DIGITS and all(_han_unit(token.text) for token in tokens[at + 1 : place])
    scale = _han_units(tokens, at + 1)[0] if lone else ONE
    return _han_pointed(tokens, Number(count.value, count.value, Decimal(count.finest), scale, place))


class _HanCount:
    """Adds up a Chinese number, character by character."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.digit = -1
        self.largest = 1
        self.finest = 1
        self.started = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.total + self.group + max(self.digit, 0))

    def takes(self, text: str) -> bool:
        """Whether ``text`` goes on with the number; if so it is counted in."""
        if text in word.HAN_DIGITS and self.digit <= 0:
            self.digit = word.HAN_DIGITS[text]
            self.finest = 1 if self.digit or not self.started else self.finest
        elif text in word.HAN_TENS and self.digit != 0:
            self.finest = word.HAN_TENS[text]
            self.group, self.digit = self.group + max(self.digit, 1) * self.finest, -1
        elif text in word.HAN_SCALES and self.started and self.total < 10**40:
            self._scaled(word.HAN_SCALES[text])
        else:
            return False
        self.started = True
        return True

    def _scaled(self, scale: int) -> None:
        group = self.group + max(self.digit, 0)
        if scale > self.largest or not group:
            self.total = (self.total + group) * scale
        else:
            self.total += group * scale
        self.largest = max(scale, self.largest) if group else self.largest
        self.finest, self.group, self.digit = (self.finest if self.digit < 0 else 1) * scale, 0, -1


def _some_more(value: int, unit: int, end: int) -> Number:
    """十几: from eleven to nineteen."""
    step = Decimal(unit) / 10
    return Number(value + step, value + 9 * step, None, ONE, end, hedge=Hedge.ORDER_OF_MAGNITUDE)


def _han_pointed(tokens: Sequence[Token], number: Number) -> Number:
    at = number.end
    if not (at < len(tokens) and tokens[at].text in word.HAN_POINT):
        return number
    digits, at = "", at + 1
    while at < len(tokens) and tokens[at].text in word.HAN_DIGITS and len(digits) < LONGEST:
        digits, at = digits + str(word.HAN_DIGITS[tokens[at].text]), at + 1
    if not digits:
        return number
    value = Decimal(f"{number.low:f}.{digits}")
    return Number(value, value, grain_of(f"0.{digits}"), ONE, at)


def han_scaled(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with 万, 亿, 多 and the like behind it, and with a smaller part behind those: 3 亿 5000 万."""
    at = number.end
    if at < len(tokens) and tokens[at].text in word.HAN_MORE and number.bound is Bound.EXACT:
        number = number._replace(bound=Bound.MORE_THAN, hedge=Hedge.JUST_OVER, end=at + 1)
    unit, end = _han_units(tokens, number.end)
    scaled = number.times(unit, end)
    if scaled.bound is Bound.EXACT and end < len(tokens) and tokens[end].text in word.HAN_MORE:
        scaled = scaled._replace(bound=Bound.MORE_THAN, hedge=Hedge.JUST_OVER, end=end + 1)
    return _with_smaller(tokens, scaled, unit)


def _with_smaller(tokens: Sequence[Token], number: Number, unit: Decimal) -> Number:
    at = number.end
    touching = at < len(tokens) and tokens[at].kind == "number" and tokens[at].start == tokens[at - 1].end
    if unit < 10**4 or not touching:
        return number
    text = digits_of(tokens[at])
    if not text or "." in text:
        return number
    small, end = _han_units(tokens, at + 1)
    part = EXACT.multiply(Decimal(text), small)
    if end == at + 1 or part >= unit:
        return number
    value = EXACT.add(number.low, part)
    return number._replace(low=value, high=value, grain=EXACT.multiply(grain_of(text), small), end=end)
