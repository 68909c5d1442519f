"""What does a number count in Chinese? A measure word, and the noun behind it as far as its end can be seen."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.domain.noun import HAN_NOUNS
from kb.domain.unit import Units
from kb.intake.scan.hanlexicon import JOINED, MEASURE_WORDS, MEASURES, NOUNS, PAGES, STOPS

_WINDOW = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 -]{0,24}")
_THINGS = NOUNS | {noun for noun in HAN_NOUNS if len(noun) > 1 and noun[0] not in MEASURE_WORDS} | {"人"}
_LONGEST = max(map(len, _THINGS))
_IMMEDIATE = MEASURES | PAGES - MEASURE_WORDS.keys()
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ADJECTIVES = "大小新老旧好坏多真假高低男女外"


class Counted(NamedTuple):
    """What is counted, the place of the character behind it, and whether a noun says it or a measure word alone."""

    unit: str
    end: int
    is_said: bool


def counted(text: str, at: int, units: Units, *, bare: bool) -> Counted | None:
    """What the number that ends at ``at`` counts.

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
    unit = next((around[:width] for width in range(4, 0, -1) if around[:width] in _IMMEDIATE), "")
    if unit and not (len(unit) == 1 and around[:2] in NOUNS):
        return Counted(unit, at + len(unit), True)
    measure = next((one for one in (around[:2], around[:1]) if one in MEASURE_WORDS), "")
    if not measure and not bare:
        return None
    behind = _noun(around[len(measure) :], units, near=not measure, short=MEASURE_WORDS.get(measure) == "")
    if behind:
        unit, width = behind
        return Counted(unit, at + len(measure) + width, True)
    if not measure:
        return None
    return Counted(MEASURE_WORDS[measure], at + len(measure), False)


def _noun(text: str, units: Units, *, near: bool, short: bool) -> tuple[str, int] | None:
    """The first noun of ``text`` and the place behind it; ``near`` wants it at the very beginning, ``short``
    takes an unknown one of one character.
    """
    blank = len(text) - len(text.lstrip(" "))
    run = text[blank:]
    for place in _places(run, 2 if near else 6):
        latin = _LATIN.match(run, place)
        if latin and (known := units.known(latin[0])):
            return known, blank + latin.end()
        noun = next((run[place : place + n] for n in range(_LONGEST, 0, -1) if run[place : place + n] in _THINGS), "")
        if noun:
            return units.known(noun) or noun, blank + place + len(noun)
    return None if near else _unknown(run, blank, 1 if short else 2)


def _places(run: str, most: int) -> Iterator[int]:
    """Where a noun may begin: before the first character that ends a run, Latin words counted as one."""
    place = steps = 0
    while place < len(run) and steps <= most and not _stops(run, place):
        if run[place] != " ":
            yield place
            steps += 1
        latin = _LATIN.match(run, place)
        place = latin.end() if latin else place + 1


def _stops(run: str, place: int) -> bool:
    return run[place] in STOPS and not {run[place - 1 : place + 1], run[place : place + 2]} & JOINED


def _unknown(run: str, blank: int, least: int) -> tuple[str, int] | None:
    """A short run of unknown characters that clearly ends: 8 个公关、"""
    end = next((place for place, sign in enumerate(run) if sign in STOPS or not "\u4e00" <= sign <= "\u9fff"), len(run))
    noun = run[:end]
    bare = noun.lstrip(_ADJECTIVES)
    noun = bare if len(bare) >= 2 else noun
    return (noun, blank + end) if least <= len(noun) <= 4 else None
