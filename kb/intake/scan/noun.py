"""What does an English number count? The noun behind it, adjectives passed over; none where it cannot be told."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.notation import measure_word, word
from kb.domain.notation.token import Token
from kb.domain.noun import CURRENCIES, NOUNS, singular
from kb.domain.quantity import PERIODS
from kb.domain.unit import UnitError, Units, parse_unit
from kb.intake.scan import lexicon

_MOST_WORDS = 5


class Counted(NamedTuple):
    """What is counted.

    Attributes:
        unit: In the project's notation; empty where a noun stands there that makes no unit.
        end: Index of the token behind the noun.
        known: Whether the vocabulary knows it.
        immediate: Whether it stands right behind the number.
    """

    unit: str
    end: int
    known: bool
    immediate: bool


def counted(tokens: Sequence[Token], at: int, one: bool, units: Units) -> Counted | None:
    """The noun of the run of words at ``at``.

    Args:
        tokens: Tokens around the number.
        at: Index of the token behind the number.
        one: Whether the number is one, so that its noun stands in the singular.
        units: The vocabulary.
    """
    measured = _measured(tokens, at)
    if measured:
        return measured
    if _hyphened(tokens, at):
        return _of_token(tokens[at + 1], at + 2, units, immediate=True)
    run = _run(tokens, at)
    place = _head(tokens, run, one, units)
    if place is None:
        return None
    found = _of_token(tokens[place], place + 1, units, immediate=place == at)
    whole = compound(tokens[place - 1], tokens[place], units)
    return found._replace(unit=whole) if whole else found


def compound(left: Token, right: Token, units: Units) -> str | None:
    """The unit of two words of which the second is a time: GPU hours, GPU 小时; None for all others."""
    noun, time = units.known(left.text), units.known(right.text)
    if noun is None or time not in PERIODS or noun not in NOUNS:
        return None
    return units.compound(f"{noun}-{time}")


def _measured(tokens: Sequence[Token], at: int) -> Counted | None:
    """A unit of measurement right behind the number: km, square feet, °C, degrees Celsius."""
    low = [tokens[place].low if place < len(tokens) else "" for place in (at, at + 1)]
    named = low[0] if low[0] in lexicon.PHYSICAL else singular(low[0])
    scale = low[1] if low[0] == "°" else low[1].removeprefix("°")
    if low[0] in ("°", "degree", "degrees") and scale in lexicon.TEMPERATURES:
        return Counted(lexicon.TEMPERATURES[scale], at + 2, True, True)
    power = lexicon.POWERS.get(low[0], 0)
    if power and singular(low[1]) in lexicon.PHYSICAL:
        return Counted(f"{singular(low[1])}**{power}", at + 2, True, True)
    letter = at < len(tokens) and tokens[at].text in lexicon.LETTER_UNITS
    if not letter and (named not in lexicon.PHYSICAL or len(named) < 2 or low[0] in lexicon.NO_HEADS):
        return None
    return Counted(tokens[at].text if letter or tokens[at].text.isupper() else named, at + 1, True, True)


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """``two-part``: a hyphen that touches on both sides, and a word."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at + 1].kind != "word":
        return False
    touching = tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
    return touching and tokens[at + 1].low not in word.NO_NOUNS and tokens[at + 1].low not in lexicon.NO_HEADS


def _run(tokens: Sequence[Token], at: int) -> range:
    """Indices of the words from ``at`` on that may be adjectives and their noun."""
    at += at < len(tokens) and tokens[at].low in word.ADVERBS
    end = at
    while end < len(tokens) and end - at < _MOST_WORDS and _may_stand(tokens, end):
        end += 1
        if end + 1 < len(tokens) and tokens[end].text in "-/" and tokens[end].start == tokens[end - 1].end:
            end += tokens[end].end == tokens[end + 1].start and tokens[end + 1].kind == "word"
    return range(at, end)


def _may_stand(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == "name":
        return True
    if token.kind != "word" or token.low in lexicon.NO_HEADS or token.low in word.NO_NOUNS or token.low in word.ADVERBS:
        return False
    return len(token.text) > 1 and not token.low.endswith(("'ve", "'re", "'ll", "n't", "'d", "'m"))


def _head(tokens: Sequence[Token], run: range, one: bool, units: Units) -> int | None:
    words = [place for place in run if tokens[place].kind in ("word", "name")]
    plural = next((place for place in words if _is_plural(tokens[place])), None)
    if plural is not None and not (one and plural > run.start):
        return _last_plural(tokens, plural, run)
    known = [place for place in words if tokens[place].kind == "word" and units.known(tokens[place].text)]
    if known:
        return known[0]
    return words[0] if one and words and tokens[words[0]].kind == "word" else None


def _last_plural(tokens: Sequence[Token], place: int, run: range) -> int:
    """``sales people`` are people; else the first plural is the noun."""
    behind = place + 1
    if behind in run and (tokens[behind].low in ("people", "men", "women", "children")):
        return behind
    return place


def _is_plural(token: Token) -> bool:
    low = token.low
    if token.kind == "name":
        return token.text.endswith("s") and token.text[-2:-1].isdigit()
    if low in lexicon.COUNTED_ALIKE or (singular(low) != low and not low.endswith("s")):
        return True
    if "'" in low or low in lexicon.NO_PLURALS:
        return False
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "ous")) and len(low) > 3


def _of_token(token: Token, end: int, units: Units, *, immediate: bool) -> Counted:
    said = measure_word.MEASURES.get(token.low)
    if said and said[1] == 1:
        return Counted(said[0], end, True, immediate)
    known = units.known(token.text)
    return Counted(known or _new_unit(token.text, units), end, known is not None, immediate)


def _new_unit(text: str, units: Units) -> str:
    """The unit that an unknown noun makes, e.g. ``rebuttal``; empty where it makes none."""
    name = singular(text)
    try:
        return str(parse_unit(name, units))
    except (UnitError, ValueError):
        return ""


def is_thing(unit: str) -> bool:
    """Whether ``unit`` is a noun that is counted often, rather than money, time or a measure."""
    return unit in NOUNS and unit not in CURRENCIES
