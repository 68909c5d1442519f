"""The lengths of what has several: 12 by 15 feet, 3 x 4 x 5 cm, 3米×4米, 1920 × 1080 pixels.

Each is a figure of its own, in the unit that may stand behind the last alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.domain.unit import STANDARD
from kb.numbers.lexicon import LEXICON
from kb.numbers.notation import read_quantity
from kb.numbers.notation_notes import NotationError
from kb.numbers.scan.mention import FigureMention, Span, kind_of
from kb.numbers.scan.proportions import hedge_before
from kb.numbers.token import tokens
from kb.numbers.unit_expression import is_measurement, unit_at

_PROSE = LEXICON.prose
_WORD = re.compile(r"\s?([^\W\d_]{1,12})")
_DECIMAL_COMMA = re.compile(r",(?!\d{3}(?!\d))")


def dimensions(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    """The lengths of ``match``: number, unit and link, twice or three times; nothing where no length is measured.

    Groups: the numbers ``n1`` to ``n3`` and their units ``u1`` to ``u3``.
    """
    parts = [at for at in "123" if match[f"n{at}"]]
    units = [_unit(match[f"u{at}"]) for at in parts]
    if not units[-1] or any(unit is None for unit in units) or _is_repeated(text, match, units):
        return
    about, end = hedge_before(text, match.start()), match.start()
    for at, own in zip(parts, units, strict=True):
        start = about.start if at == parts[0] else match.start(f"n{at}")
        stop = match.end(f"u{at}") if own else match.end(f"n{at}")
        # A comma may mark decimals where a language writes it so.
        number = _DECIMAL_COMMA.sub(".", match[f"n{at}"])
        try:
            quantity = read_quantity(f"{number} {own or units[-1]}")
        except NotationError:
            return
        if end < start:
            yield Span(end, start)
        quantity = replace(quantity, hedge=about.hedge, as_written=text[start:stop])
        yield FigureMention(start, stop, quantity, kind_of(quantity.unit))
        end = stop


def _unit(written: str | None) -> str | None:
    """The unit of length that ``written`` names; empty for none, None where it names something else."""
    if not written:
        return ""
    if written.lower() in _PROSE.picture_units:
        return "pixel"
    if written in _SIGNS:
        return _SIGNS[written]
    named = unit_at(tokens(written), 0, below=True)
    if named is None or not is_measurement(named.unit):
        return None
    # Looked up here, as the sizes of units are read from a file at the first need.
    return named.unit if STANDARD.parse(named.unit).same_dimension(STANDARD.parse("metre")) else None


_SIGNS = {"in": "inch", '"': "inch", "″": "inch", "'": "foot", "′": "foot"}


def _is_repeated(text: str, match: re.Match[str], units: list[str | None]) -> bool:
    """Whether the first number says how often the length behind it is run: a 4 x 100 m relay."""
    behind = _WORD.match(text, match.end())
    return not units[0] and behind is not None and behind[1].lower().startswith(tuple(_PROSE.repeated_lengths))
