"""Which quantity is a whole text? What a seed's author writes, or an error that says where it stops making sense."""

from collections.abc import Sequence
from decimal import Decimal, Inexact
from functools import lru_cache

from kb.domain.notation import measure_word, word
from kb.domain.notation.amount import amount_at, in_unit
from kb.domain.notation.digits import LONGEST as MOST_DIGITS
from kb.domain.notation.error import NotationError
from kb.domain.notation.number import ONE
from kb.domain.notation.phrase import trail_at
from kb.domain.notation.reading import Figure, behind, divided, figure_at, grain, highest, joiner, lowest
from kb.domain.notation.suffix import Suffix, canonical_unit, without_suffix
from kb.domain.notation.token import Token, tokens
from kb.domain.noun import NOUNS
from kb.domain.quantity import PERIODS, Bound, Quantity
from kb.domain.unit import STANDARD, Units

LONGEST = 300
"""Characters that a quantity may have."""
_HINT = "write one like '$2,000-3,000 / month', 'over 80%', '16M queries'"


def read_quantity(text: str, default_unit: str | None = None, units: Units = STANDARD) -> Quantity:
    """The quantity that ``text`` says, from its first character to its last.

    >>> read_quantity("upward of $2-3k/month").low, read_quantity("upward of $2-3k/month").unit
    (Decimal('2000'), 'USD/month')
    >>> read_quantity("16M", default_unit="query").unit
    'query'
    >>> read_quantity("30", default_unit="percent").low
    Decimal('0.3')

    Args:
        text: One quantity, in English or Chinese.
        default_unit: Unit for a bare number, hundredths where that is percent; without it a bare number is an error.
        units: The vocabulary of units to read with.

    Raises:
        NotationError: ``text`` is no quantity, or holds more than one.
    """
    if not text.strip():
        raise NotationError("there is no quantity here", _HINT)
    if len(text) > LONGEST:
        raise NotationError(f"a quantity has at most {LONGEST} characters", _HINT, LONGEST)
    body, suffix = without_suffix(text, units)
    found = tokens(body, units)
    figure = figure_at(found, 0)
    if figure is None:
        raise _no_figure(text, found)
    unit, end, figure = _unit(text, body, found, figure, suffix, default_unit, units)
    if end < len(found):
        raise _left_over(text, found, end)
    return _made(text, figure, unit, suffix)


def quantity_of(figure: Figure, as_written: str, unit: str = "", units: Units = STANDARD) -> Quantity | None:
    """The quantity that ``figure`` says, in its own unit or else in ``unit``; None where it can be none.

    None is the answer to ends in the wrong order, and to a rate that has no exact decimal. A figure without a unit that
    is told per something (``8000 a month``) is in ``1/month`` unless ``unit`` says more.
    """
    base = figure.high.unit
    if lowest(figure) > highest(figure):
        return None
    try:
        whole = _with_rates(base or unit or "1", figure, units) if figure.rates else (base or unit, 0, figure)
    except NotationError:
        return None
    return _made(as_written, whole[2], whole[0], Suffix())


def _made(text: str, figure: Figure, unit: str, suffix: Suffix) -> Quantity:
    low, high = lowest(figure), highest(figure)
    bound, hedge = figure.stance
    two = low != high or figure.low is not figure.high
    if two and bound is Bound.EXACT:
        bound = Bound.RANGE
    spread = None if suffix.plain else suffix.spread or (figure.spread if two else None)
    place = None if suffix.no_digits else suffix.grain or grain(figure)
    first = None if "no low end" in suffix.unsaid else low
    last = None if "no high end" in suffix.unsaid else high
    hedge = suffix.hedge or hedge
    return Quantity(first, last, unit, bound, hedge, spread, place, text.strip(), figure.low_open, figure.high_open)


def _no_figure(text: str, found: Sequence[Token]) -> NotationError:
    digits = next((token for token in found if token.kind == "number"), None)
    if digits is None:
        return NotationError(f"no number in {text.strip()!r}", _HINT)
    if len(digits.text) > MOST_DIGITS:
        hint = "use a scale, e.g. 'trillion'"
        return NotationError(f"a number of more than {MOST_DIGITS} digits", hint, digits.start)
    return NotationError(f"{text.strip()!r} is no quantity", _HINT, digits.start)


def _check_second_end(text: str, found: Sequence[Token], figure: Figure) -> None:
    """Raises where a second end follows that makes no range with the first."""
    place = joiner(found, figure.high.end) if figure.low is figure.high else 0
    second = amount_at(found, place) if place else None
    if second is None:
        return
    if second.unit and figure.low.unit not in ("", second.unit):
        raise NotationError(f"{figure.low.unit} and {second.unit} in one range", "give both ends in one unit")
    if second.number.low < figure.low.number.high:
        raise NotationError(f"the first end of {text.strip()!r} lies above the second", "write the lower end first")


def _left_over(text: str, found: Sequence[Token], at: int) -> NotationError:
    rest = text[found[at].start :].strip()
    low = found[at].low
    if low in (",", ".") and at and found[at - 1].kind == "number" and found[at - 1].end == found[at].start:
        hint = "group digits in threes, e.g. '12,000'; write a point before decimals"
        return NotationError(f"the commas of {text.strip()!r} do not group digits", hint, found[at - 1].start)
    hint = "give the number and its unit only; the rest belongs into scope or note"
    if low in ("m", "t", "g") and found[at].kind == "word":
        hint = f"write '{low.upper()}' for the scale, or the unit in full"
    elif low == "-" or low in word.JOINERS:
        hint = "write two ends as '20-30' or '20 to 30'"
    return NotationError(f"{rest!r} is left over behind the quantity", hint, found[at].start)


# Units


def _unit(
    text: str,
    body: str,
    found: list[Token],
    figure: Figure,
    suffix: Suffix,
    default: str | None,
    units: Units,
) -> tuple[str, int, Figure]:
    """The figure's unit, the index behind it, and the figure with all that follows its unit."""
    if suffix.unit is not None:
        return suffix.unit, figure.end, figure
    base = figure.high.unit
    if figure.low is figure.high:
        _check_second_end(text, found, figure)
    spelled = _spelled(body, found, figure, units)
    if spelled:
        return spelled, len(found), figure
    if figure.high.number.is_part and figure.end < len(found) and found[figure.end].kind == "word":
        figure = _noun(found, figure, units)[1]
    if not base and (not figure.rates or figure.end < len(found)):
        base, figure = _noun(found, figure, units)
    if not base and figure.end < len(found):
        raise _left_over(text, found, figure.end)
    if not base:
        unit, figure = _in_percent(_default(text, figure, default), figure)
        return unit, figure.end, figure
    return _with_rates(base, figure, units)


def _spelled(body: str, found: list[Token], figure: Figure, units: Units) -> str:
    """A unit in the project's notation with ``*`` or ``**`` in it, from the number to the end of the text."""
    last = figure.high.number.end
    if last >= len(found) or found[last].kind not in ("word", "han"):
        return ""
    rest = body[found[last].start :].strip()
    if "*" not in rest:
        return ""
    wrong = next((token for token in found[last:] if token.low in word.NO_NOUNS and token.low != "per"), None)
    if wrong:
        raise NotationError(f"{wrong.text!r} names no unit", "write a unit like 'USD*hour/person'", wrong.start)
    return canonical_unit(rest, found[last].start, units)


def _noun(found: list[Token], figure: Figure, units: Units) -> tuple[str, Figure]:
    """What is counted, adjectives before it passed over: ``24,000 fraudulent accounts``."""
    at = figure.end + (figure.end < len(found) and found[figure.end].low == "of" and figure.low.number.grain is None)
    words: list[Token] = []
    while at < len(found) and len(words) < 4 and _may_be_noun(found, at):
        words.append(found[at])
        at += 1
    if not words:
        return "", figure
    name = "".join(token.text for token in words) if words[0].kind == "han" else words[-1].text
    known = measure_word.MEASURES.get(name.lower())
    if known and (len(words) > 1 or known[1] != ONE):
        raise NotationError(
            f"no unit {name!r} with words before it", "write the currency's code, e.g. 'CAD'", words[0].start
        )
    unit = known[0] if known else canonical_unit(name, words[0].start, units)
    return unit, behind(found, figure._replace(end=at))


def _may_be_noun(found: Sequence[Token], at: int) -> bool:
    token = found[at]
    if token.kind not in ("word", "han") or token.low in word.NO_NOUNS or token.low in word.ADVERBS:
        return False
    touching = at > 0 and found[at - 1].kind == "number" and found[at - 1].end == token.start
    letter = token.kind == "word" and (touching or len(token.text) < 2)
    return not letter and trail_at(found, at) is None


def _with_rates(base: str, figure: Figure, units: Units) -> tuple[str, int, Figure]:
    if not figure.rates:
        return base, figure.end, figure
    parts, factor = [base], ONE
    for scale, noun in figure.rates:
        name, rest = _counted(scale, noun, units)
        parts.append(name.replace("*", "/"))
        factor *= rest
    unit = _joined_unit("/".join(parts), units)
    return unit, figure.end, figure if factor == ONE else _shrunk(figure, factor)


_PREFIXES = {Decimal(10**3): "k", Decimal(10**6): "M", Decimal(10**9): "G", Decimal(10**12): "T"}


def _counted(scale: Decimal, noun: str, units: Units) -> tuple[str, Decimal]:
    """The unit for ``scale`` of a noun, and what the number is still to be divided by."""
    prefix = _PREFIXES.get(scale)
    if prefix and (noun in NOUNS or units.known(prefix + noun) == prefix + noun):
        return prefix + noun, ONE
    return noun, scale


def _shrunk(figure: Figure, factor: Decimal) -> Figure:
    def smaller(value: Decimal | None) -> Decimal | None:
        return None if value is None else divided(value, factor)

    try:
        numbers = [
            end.number._replace(
                low=divided(end.number.low, factor),
                high=divided(end.number.high, factor),
                grain=smaller(end.number.grain),
            )
            for end in (figure.low, figure.high)
        ]
    except Inexact:
        raise NotationError(f"a rate per {factor} has no exact decimal", "give it per one") from None
    low = figure.low._replace(number=numbers[0])
    high = low if figure.low is figure.high else figure.high._replace(number=numbers[1])
    return figure._replace(low=low, high=high)


@lru_cache(maxsize=1024)
def _joined_unit(text: str, units: Units) -> str:
    return canonical_unit(text, 0, units)


def _in_percent(unit: str, figure: Figure) -> tuple[str, Figure]:
    """A bare number where the unit is percent is so many hundredths: 30 is 30%, as it is with the sign behind it."""
    head, slash, under = unit.partition("/")
    name, factor = measure_word.MEASURES.get(head.lower(), (head, ONE))
    if name != "fraction" or factor == ONE:
        return unit, figure
    low = in_unit(figure.low.number, name, factor, figure.low.end)
    high = low if figure.low is figure.high else in_unit(figure.high.number, name, factor, figure.high.end)
    return name + slash + under, figure._replace(low=low, high=high)


def _default(text: str, figure: Figure, default: str | None) -> str:
    if default is None:
        hint = "write '$8000', '8000 USD/month', '16M queries', '10x' or '25%'"
        raise NotationError(f"no unit in {text.strip()!r}", hint)
    said = [noun for _, noun in figure.rates]
    if said and not all(noun in PERIODS and default.endswith("/" + noun) for noun in said):
        raise NotationError(f"no unit in {text.strip()!r}, only 'per {said[-1]}'", f"write the unit, e.g. '{default}'")
    return default
