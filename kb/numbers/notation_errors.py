"""What is wrong with a text that is no quantity, and what to write instead."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from kb.domain.unit.names import CURRENCIES, is_misspelling
from kb.numbers.amount import amount_at
from kb.numbers.figure import ParsedFigure, figure_at, is_reversed, joiner
from kb.numbers.lexicon import LEXICON
from kb.numbers.margins import error_at, level_error
from kb.numbers.notation_notes import NotationError
from kb.numbers.number import MOST_DIGITS, ONE
from kb.numbers.number import digits as number_in
from kb.numbers.numerals import number_at
from kb.numbers.qualifiers import lead_at
from kb.numbers.token import Token
from kb.numbers.unit_expression import is_measurement

_UNITS = LEXICON.units
HINT = "write one like '$2,000-3,000 / month', 'over 80%', '16M queries'"
"""What to write where nothing better is known."""


def too_long(offset: int) -> NotationError:
    """The error of a number that nobody writes out."""
    return NotationError(f"a number of more than {MOST_DIGITS} digits", "use a scale, e.g. 'trillion'", offset)


def check_margin(text: str, tokens: Sequence[Token], figure: ParsedFigure, default: str | None) -> None:
    """Raises NotationError if the level of an interval is none, or a margin in per cent may mean two things."""
    if wrong := level_error(figure.margin.level if figure.margin else None):
        raise NotationError(wrong.what, wrong.hint, tokens[figure.low.number.end].start)
    number = figure.low.number
    bare = figure.margin is not None and number.end < len(tokens) and tokens[number.end].low in _SIGNS_OF_MARGIN
    head = (default or "").partition("/")[0]
    is_share = _UNITS.measures.get(head, (head, ONE))[0] == "fraction"
    if bare and figure.low.unit == "fraction" and not is_share:
        first = tokens[number.end - 1].text
        hint = f"write '{first}% ± …' for a share, or the margin in the unit of its number, e.g. '{first} km ± 2 km'"
        raise NotationError(f"{text.strip()!r} may be a share, or a number with a share of it as its margin", hint)


_SIGNS_OF_MARGIN = frozenset(sign for sign in LEXICON.margins.signs if not sign.isalpha())


def no_figure(text: str, tokens: Sequence[Token]) -> NotationError:
    """The error of a text that begins with no number."""
    digits = next((token for token in tokens if token.kind == "number"), None)
    if digits is None and not any(map(str.isalnum, text)):
        hint = "write '0' with its unit if it is zero; leave the figure out if the source gives no number"
        return NotationError(f"{text.strip()!r} is a sign without a number", hint)
    torn = next((token for token in tokens if token.kind == "torn" and "," in token.text), None)
    if digits is None and torn:
        return _ungrouped(text, ",", torn.start)
    if digits is None:
        return NotationError(f"no number in {text.strip()!r}", HINT)
    if len(digits.text) > MOST_DIGITS or number_in(digits.text) is None:
        return too_long(digits.start)
    if wrong := _unknown_limit(tokens):
        return wrong
    return NotationError(f"{text.strip()!r} is not a quantity", HINT, digits.start)


def _unknown_limit(tokens: Sequence[Token]) -> NotationError | None:
    """The error of words before a number that may limit it and that nobody knows: comfortably $40; else None."""
    at = next((at for at, token in enumerate(tokens) if token.kind != "word" or figure_at(tokens, at)), 0)
    known = lead_at(tokens, 0) or tokens[0].low in LEXICON.bounds.openings
    if not at or known or figure_at(tokens, at) is None:
        return None
    words = " ".join(token.text for token in tokens[:at])
    hint = "write a limit such as 'over', 'about', 'at least' or 'up to', or leave the words out"
    return NotationError(f"{words!r} before a number is not understood", hint, tokens[0].start)


def check_spelling(token: Token) -> None:
    """Raises NotationError if a word that is no unit is almost one: ``5 persent``, ``5 dolars``."""
    meant = next((word for word in _LONG_UNITS if is_misspelling(token.low, word)), "")
    if meant and token.kind == "word":
        raise NotationError(f"no unit {token.text!r}", f"did you mean {meant!r}?", token.start)


_SHORTEST, _ALMOST_THINGS = 6, ("pounds", "rubles")
"""How long a name of money is at least of which a misspelling shows, and those that things are almost called: ponds,
rubies."""
_LONG_UNITS = sorted(
    word
    for word, (unit, _) in _UNITS.measures.items()
    if (unit in CURRENCIES or unit == "fraction")
    and len(word) >= _SHORTEST
    and word.isascii()
    and word not in _ALMOST_THINGS
)


def check_second_end(text: str, tokens: Sequence[Token], figure: ParsedFigure) -> None:
    """Raises NotationError if a second end follows that makes no range with the first."""
    place = joiner(tokens, figure.high.end) if figure.low is figure.high else 0
    second = amount_at(tokens, place) if place else None
    if second is None:
        return
    if second.unit and figure.low.unit not in ("", second.unit):
        raise NotationError(f"{figure.low.unit} and {second.unit} in one range", "give both ends in one unit")
    if second.number.low < figure.low.number.high or is_reversed(figure.low, second):
        raise NotationError(f"the first end of {text.strip()!r} lies above the second", "write the lower end first")


def left_over(text: str, tokens: Sequence[Token], at: int, figure: ParsedFigure) -> NotationError:
    """The error of what stands at ``at`` behind ``figure`` and belongs to no quantity."""
    if wrong := error_at(tokens, at, figure.high):
        return NotationError(wrong.what, wrong.hint, tokens[at].start)
    rest = text[tokens[at].start :].strip()
    low = tokens[at].low
    follows_number = bool(at) and tokens[at - 1].kind == "number" and tokens[at - 1].end == tokens[at].start
    is_dotted = rest.startswith(("..", "…"))
    if low in _MARKS and not is_dotted and follows_number:
        return _ungrouped(text, low, tokens[at - 1].start)
    if _is_second(tokens, at):
        hint = "give each a figure of its own; two ends of one range are written '20-30 USD'"
        return NotationError(f"two numbers in one value: {rest!r} follows the first", hint, tokens[at].start)
    if _exceeds_whole(tokens, at, figure):
        what = f"the part of {text.strip()!r} exceeds the whole"
        return NotationError(what, "check the two numbers; a multiple is written '1.5x'", tokens[at].start)
    hint = "give the number and its unit only; the rest belongs in scope or note"
    if low == ":" and follows_number:
        hint = "write a duration as '2:15 h', '12:34 min' or '1:45:30', and a ratio of 3:1 as '3x'"
    if low in ("m", "t", "g") and tokens[at].kind == "word":
        hint = f"write '{low.upper()}' for the scale, or the unit in full"
    elif is_dotted or low == "-" or low in LEXICON.bounds.joiners:
        hint = "write two ends as '20-30' or '20 to 30'"
    return NotationError(f"{rest!r} is left over after the quantity", hint, tokens[at].start)


def _exceeds_whole(tokens: Sequence[Token], at: int, figure: ParsedFigure) -> bool:
    """Whether a whole stands at ``at`` that is less than the ``figure`` before it: 101 of 100, 120 out of 100."""
    at += tokens[at].low in LEXICON.word_numerals.out
    if at + 1 >= len(tokens) or tokens[at].low not in LEXICON.word_numerals.of:
        return False
    whole = number_at(tokens, at + 1)
    return whole is not None and whole.high < figure.low.number.low


def _ungrouped(text: str, mark: str, offset: int) -> NotationError:
    hint = "group digits in threes, e.g. '12,000'; write a point before decimals"
    return NotationError(f"the {_MARKS[mark]} of {text.strip()!r} do not group digits", hint, offset)


_MARKS = {",": "commas", ".": "points"}
_SIGNS = frozenset((";", "/", "&", "+"))
_LINKS = LEXICON.bounds.sides | LEXICON.word_numerals.ands | LEXICON.bounds.pair_joiners | _SIGNS


def _is_second(tokens: Sequence[Token], at: int) -> bool:
    """Whether another amount follows to the end of the text: $5 and €6."""
    at += tokens[at].low in _LINKS and at + 1 < len(tokens)
    second = None if tokens[at - 1].end == tokens[at].start else figure_at(tokens, at)
    return second is not None and second.end == len(tokens)


def check_beside_unit(words: Sequence[Token], unit: str) -> None:
    """Raises NotationError if a word nobody knows stands before a time, a measurement or money: ``5 flurb hours``.

    An adjective before a thing that is counted narrows it, and before these makes another unit: 5 working days.
    """
    unknown = next((token for token in words[:-1] if token.low not in LEXICON.prose.plain_adjectives), None)
    if unknown and words[0].kind == "word" and (is_measurement(unit) or unit in CURRENCIES):
        name = words[-1].text
        hint = f"write the number of {name} alone and the rest as scope, or declare a unit of its own"
        raise NotationError(f"{unknown.text!r} before {name!r} is not understood", hint, unknown.start)


_SCALES = sorted({word for word in (*LEXICON.word_numerals.scales, *LEXICON.word_numerals.hundreds) if len(word) > 5})
"""Scales that are long enough for a misspelling to be told from another word: "core" is no crore."""


_KNOWN_SCALES = "write 'million', 'billion' or 'trillion', or the number in full"


def check_scales(words: Sequence[Token]) -> None:
    """Raises NotationError if a word is a scale that nobody knows, or before a noun almost one.

    ``5 milion people`` are not five people, and ``5 zillion`` no five of anything.
    """
    for at, token in enumerate(words):
        named = token.low.endswith(LEXICON.prose.scale_endings)
        near = [scale for scale in _SCALES if OSA.distance(token.low, scale, score_cutoff=1) == 1]
        # The last word may be what is counted, and then begins otherwise: 5 pillions.
        last = at == len(words) - 1
        meant = [f"'{scale}'" for scale in near if not last or scale[0] == token.low[0]]
        if meant or named:
            hint = f"write {' or '.join(meant)}" if meant else _KNOWN_SCALES
            raise NotationError(f"{token.text!r} is no scale that is known", hint, token.start)
