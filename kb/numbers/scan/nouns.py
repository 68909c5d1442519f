"""The noun that a number counts.

Between blanks it is the noun behind the number and its adjectives; in a run of characters it is a measure word and the
noun behind it, if its end can be seen.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.quantity import PERIODS
from kb.domain.unit import STANDARD, UnitError, Units, parse_unit
from kb.domain.unit.names import CURRENCIES, NOUNS, singular
from kb.numbers.lexicon import LEXICON, NO_NOUNS
from kb.numbers.token import Token
from kb.numbers.unit_expression import unit_at

_NOUNS, _UNITS, _NO_HEADS = LEXICON.nouns, LEXICON.units, LEXICON.stops.no_heads

_WINDOW = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 -]{0,24}")
_KNOWN_NOUNS = _NOUNS.counted | {noun for noun in _UNITS.nouns if len(noun) > 1 and noun[0] not in _NOUNS.classifiers}
_LONGEST = max(map(len, _KNOWN_NOUNS))
_CHANGE_VERB = re.compile(
    "|".join(
        sorted(word for word in LEXICON.prose.change_verbs if len(word) > 1 and not word.isascii() and word > "\u4e00")
    )
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_HAN_LIMITS = tuple(phrase for phrase in LEXICON.bounds.leads if phrase[0] > "\u4e00")
_ADJECTIVES = "".join(_NOUNS.adjectives)


class CharacterNoun(NamedTuple):
    """What is counted, the place of the character behind it, and whether a noun names it or only a measure word."""

    unit: str
    end: int
    has_noun: bool


def character_noun(text: str, at: int, units: Units, *, bare: bool) -> CharacterNoun | None:
    """What the number that ends at ``at`` counts; None if nothing is named.

    Args:
        text: The whole text.
        at: Place of the character behind the number.
        units: The vocabulary.
        bare: Whether the number may stand without a measure word before its noun, as digits may.
    """
    window = _WINDOW.match(text, at)
    around = window[0] if window else ""
    blank = len(around) - len(around.lstrip(" "))
    around, at = around[blank:], at + blank
    unit = next((around[:width] for width in range(4, 0, -1) if around[:width] in _NOUNS.immediate), "")
    if unit and not (len(unit) == 1 and around[:2] in _NOUNS.counted):
        return CharacterNoun(units.known(unit) or unit, at + len(unit), True)
    measure = next((prefix for prefix in (around[:2], around[:1]) if prefix in _NOUNS.classifiers), "")
    if not measure and not bare:
        return None
    # A household is counted as it is: 317户收入超标 counts no incomes.
    near = not measure or _NOUNS.classifiers[measure] == "household"
    behind = _noun(around[len(measure) :], units, near=near, short=_NOUNS.classifiers.get(measure) == "")
    if behind:
        unit, width = behind
        return CharacterNoun(unit, at + len(measure) + width, True)
    if not measure:
        return None
    return CharacterNoun(_NOUNS.classifiers[measure], at + len(measure), False)


def _noun(text: str, units: Units, *, near: bool, short: bool) -> tuple[str, int] | None:
    """The first noun of ``text`` and the place behind it; None if there is none.

    Args:
        text: What follows the number or its measure word.
        units: The vocabulary.
        near: Whether only a known noun at the very beginning counts.
        short: Whether an unknown noun may be a single character.
    """
    blank = len(text) - len(text.lstrip(" "))
    run = text[blank:]
    for place in _places(run, 2 if near else 6):
        latin = _LATIN.match(run, place)
        if latin and (known := units.known(latin[0])):
            return known, blank + latin.end()
        noun = next(
            (run[place : place + n] for n in range(_LONGEST, 0, -1) if run[place : place + n] in _KNOWN_NOUNS), ""
        )
        if noun:
            return units.known(noun) or noun, blank + place + len(noun)
    return None if near else _unknown(run, blank, 1 if short else 2)


def _places(run: str, most: int) -> Iterator[int]:
    """Places where a noun may begin, up to the first character that ends a run; a Latin word is one place."""
    place = steps = 0
    while place < len(run) and steps <= most and not _stops(run, place):
        if run[place] != " ":
            yield place
            steps += 1
        latin = _LATIN.match(run, place)
        place = latin.end() if latin else place + 1


def _stops(run: str, place: int) -> bool:
    return run[place] in _NOUNS.run_ends and not {run[place - 1 : place + 1], run[place : place + 2]} & _NOUNS.joined


def _unknown(run: str, blank: int, least: int) -> tuple[str, int] | None:
    """A short run of unknown characters that clearly ends, and the place behind it: 8 个公关、"""
    end = next(
        (place for place, sign in enumerate(run) if sign in _NOUNS.run_ends or not "\u4e00" <= sign <= "\u9fff"),
        len(run),
    )
    verb = _CHANGE_VERB.search(run, 0, end)
    noun = run[: verb.start()] if verb else run[:end]
    end = len(noun)
    form = next((form for form in _NOUNS.adjective_forms if noun.startswith(form)), "")
    bare = noun.removeprefix(form).lstrip(_ADJECTIVES)
    noun = bare if len(bare) >= 2 else noun
    # 19处厚度不足18厘米: the thickness is not what is counted.
    counts = noun[-1:] not in _NOUNS.attribute_ends or not run[end:].startswith(_HAN_LIMITS)
    return (noun, blank + end) if least <= len(noun) <= 4 and counts else None


_MOST_WORDS = 5


class WordNoun(NamedTuple):
    """What is counted.

    Attributes:
        unit: Canonical unit; empty for a noun that makes none.
        end: Index of the token behind the noun.
        known: Whether the vocabulary knows it.
        immediate: Whether it stands right behind the number.
    """

    unit: str
    end: int
    known: bool
    immediate: bool


def word_noun(
    tokens: Sequence[Token], at: int, is_single: bool, units: Units, *, capitals: bool = False
) -> WordNoun | None:
    """The noun of the run of words at ``at``; None if it has none.

    Args:
        tokens: Tokens around the number.
        at: Index of the token behind the number.
        is_single: Whether the number is one, so that its noun stands in the singular.
        units: The vocabulary.
        capitals: Whether a capital marks every noun.
    """
    measured = _measured(tokens, at, units)
    if measured:
        return measured
    # "Nine runs" are counted: a verb with an s stands behind one thing, and no number but one.
    if not is_single and at < len(tokens) and tokens[at].low in _NOUNS.plural_verbs:
        return _of_token(tokens[at], at + 1, units, immediate=True)
    if _hyphened(tokens, at):
        return _of_token(tokens[at + 1], at + 2, units, immediate=True)
    if _is_rated(tokens, at):
        return _of_token(tokens[at], at + 1, units, immediate=True)
    run = _run(tokens, at)
    place = _capital(tokens, run) if capitals else _head(tokens, run, is_single, units)
    if place is None:
        return None
    noun = _of_token(tokens[place], place + 1, units, immediate=place == at)
    whole = compound(tokens[place - 1], tokens[place], units)
    return noun._replace(unit=whole) if whole else noun


def compound(left: Token, right: Token, units: Units) -> str | None:
    """The unit of a noun and a time: GPU hours, GPU 小时; None for any other two words."""
    noun, time = units.known(left.text), units.known(right.text)
    if noun is None or time not in PERIODS or noun not in NOUNS:
        return None
    return units.compound(f"{noun}-{time}")


def _measured(tokens: Sequence[Token], at: int, units: Units) -> WordNoun | None:
    """The unit of measurement right behind the number that shows only in prose: gb in small letters, 5g; else None."""
    low = tokens[at].low if at < len(tokens) else ""
    if at < len(tokens) and _is_abbreviation(tokens, at):
        return WordNoun(_new_unit(low, units), at + 1, True, True)
    named = low if low in _NOUNS.physical else singular(low)
    if at < len(tokens) and tokens[at].text in _NOUNS.letter_units:
        return WordNoun(STANDARD.known(tokens[at].text) or tokens[at].text, at + 1, True, True)
    if named not in _NOUNS.physical or len(named) < 2 or low in _NO_HEADS:
        return None
    return WordNoun(tokens[at].text if tokens[at].text.isupper() else named, at + 1, True, True)


def _is_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word next to digits has no vowel, so that it can be nothing but a unit, known or not: 40 cfm."""
    token = tokens[at]
    short = token.kind == "word" and token.text == token.low and 2 <= len(token.text) <= _LONGEST_SYMBOL
    if not short or not token.text.isalpha() or not _VOWELS.isdisjoint(token.text) or at == 0:
        return False
    apart = tokens[at - 1].kind == "number" and tokens[at - 1].end < token.start
    # "12 gcc warnings" are warnings.
    described = at + 1 < len(tokens) and tokens[at + 1].low not in _NO_HEADS and _is_plural(tokens[at + 1])
    return apart and not described and token.low not in _NO_HEADS and token.low not in NO_NOUNS


_VOWELS = frozenset("aeiouyäöü")
_LONGEST_SYMBOL = 5


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen ties a word to the number: ``two-part``."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at + 1].kind != "word":
        return False
    touching = tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
    return touching and tokens[at + 1].low not in NO_NOUNS and tokens[at + 1].low not in _NO_HEADS


def _is_rated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a stroke and a unit touch the word at ``at``, which is counted though no plural: 300 img/s, 20 cd/m2."""
    if at + 2 >= len(tokens) or not _may_stand(tokens, at) or tokens[at].kind != "word" or tokens[at + 1].text != "/":
        return False
    touching = tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start
    time = _UNITS.short_times.get(tokens[at + 2].text) or STANDARD.known(tokens[at + 2].text)
    return touching and (time in PERIODS or unit_at(tokens, at + 2, below=True) is not None)


def _run(tokens: Sequence[Token], at: int) -> range:
    """The indices of the words from ``at`` on that may be adjectives and their noun."""
    at += at < len(tokens) and tokens[at].low in _UNITS.rate_adverbs
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
    if token.kind != "word" or token.low in _NO_HEADS or token.low in NO_NOUNS or token.low in _UNITS.rate_adverbs:
        return False
    return len(token.text) > 1 and not token.low.endswith(_NOUNS.contractions)


def _head(tokens: Sequence[Token], run: range, is_single: bool, units: Units) -> int | None:
    words = [place for place in run if tokens[place].kind in ("word", "name")]
    # The plural is the noun, whatever adjectives stand before it: 24,000 fraudulent accounts.
    plural = next((place for place in words if _is_plural(tokens[place])), None)
    if plural is not None and not (is_single and plural > run.start):
        return _last_plural(tokens, plural, run)
    # In "60 ct/kWh" the unit below the stroke is not what is counted.
    known = [
        place
        for place in words
        if tokens[place].kind == "word" and units.known(tokens[place].text) and tokens[place - 1].text != "/"
    ]
    if known:
        return known[0]
    return words[0] if is_single and words and tokens[words[0]].kind == "word" else None


def _capital(tokens: Sequence[Token], run: range) -> int | None:
    """The first noun of ``run`` where nouns begin with a capital; its last part, if hyphens join it: Kita-Plätze."""
    place = next((place for place in run if tokens[place].kind == "word" and tokens[place].text[0].isupper()), None)
    while place is not None and place + 2 in run and tokens[place + 1].text == "-":
        place += 2
    return place


def _last_plural(tokens: Sequence[Token], place: int, run: range) -> int:
    """The first plural, or the one behind it: ``sales people`` are people."""
    behind = place + 1
    if behind in run and tokens[behind].low in _NOUNS.second_nouns:
        return behind
    return place


def _is_plural(token: Token) -> bool:
    low = token.low
    if token.kind == "name":
        return token.text.endswith("s") and token.text[-2:-1].isdigit()
    if low in _NOUNS.invariable or (singular(low) != low and not low.endswith("s")):
        return True
    if "'" in low or low in _NOUNS.no_plurals:
        return False
    # MPs, GPs, NGOs: an abbreviation in capitals with its plural.
    if len(low) > 2 and token.text[-1] == "s" and token.text[:-1].isalpha() and token.text[:-1].isupper():
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "ous")) and len(low) > 3


def _of_token(token: Token, end: int, units: Units, *, immediate: bool) -> WordNoun:
    measure = _UNITS.measures.get(token.low)
    if measure and measure[1] == 1:
        return WordNoun(measure[0], end, True, immediate)
    known = units.known(token.text)
    return WordNoun(known or _new_unit(token.text, units), end, known is not None, immediate)


def _new_unit(text: str, units: Units) -> str:
    """The unit that an unknown noun makes, such as ``rebuttal``; empty if it makes none."""
    name = singular(text)
    try:
        return str(parse_unit(name, units))
    except (UnitError, ValueError):
        return ""


def is_thing(unit: str) -> bool:
    """Whether ``unit`` is a noun that is often counted, rather than money, a time or a measure."""
    return unit in NOUNS and unit not in CURRENCIES
