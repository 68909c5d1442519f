"""The widths of texts in drawings, and texts broken into lines that fit."""

from functools import lru_cache
from unicodedata import combining, east_asian_width

# Widths in Source Sans 3, the font that pages ship, rounded up. Columns of equal width would let a line of wide letters
# run over the edge of its card.
_LETTER_EMS = {
    **dict.fromkeys(" ", 0.20),
    **dict.fromkeys("',.:;Iijl|·í‘’·", 0.28),
    **dict.fromkeys("!()-[]f{}", 0.32),
    **dict.fromkeys("/\\rt", 0.36),
    **dict.fromkeys('"*?sz“”', 0.44),
    **dict.fromkeys("JYcvxyç–", 0.48),
    **dict.fromkeys("#$+0123456789<=>FLVX^_aegk~£¥×àáäèé÷−×÷€£¥", 0.52),
    **dict.fromkeys("AESTZ`bdhnopquñóöúü≈≠≤≥", 0.56),
    **dict.fromkeys("BCKPRß", 0.60),
    **dict.fromkeys("&DG", 0.64),
    **dict.fromkeys("HNOQU", 0.68),
    **dict.fromkeys("w", 0.72),
    **dict.fromkeys("M", 0.76),
    **dict.fromkeys("W—", 0.80),
    **dict.fromkeys("%m", 0.84),
    **dict.fromkeys("@", 0.88),
    **dict.fromkeys("…", 0.96),
}

_OTHER = 0.6


def text_width(text: str) -> float:
    """The width of ``text`` in a sans-serif, in units of the size of its letters; a Chinese sign takes one.

    >>> round(text_width("ill"), 2), round(text_width("WWW"), 2), text_width("月票")
    (0.84, 2.4, 2.0)
    """
    return sum(map(_letter_width, text))


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    if _is_wide(letter):
        return 1.0
    # An accent that follows its letter takes no room of its own.
    return 0.0 if combining(letter) else _LETTER_EMS.get(letter, _OTHER)


def fitted(text: str, wide: float) -> str:
    """``text`` in a single line of at most ``wide`` ems, with an ellipsis where it was cut.

    >>> fitted("A boat that sails anyway", 7), fitted("A boat", 7)
    ('A boat that sa…', 'A boat')
    """
    return text if text_width(text) <= wide else _cut(text[: int(wide * 5) + 1], wide)


def wrapped(text: str, wide: float, most: int) -> tuple[str, ...]:
    """``text`` in lines of at most ``wide`` ems, at most ``most`` of them; an ellipsis where it was cut.

    >>> wrapped("A boat that sails anyway", wide=6, most=3)
    ('A boat that', 'sails anyway')
    >>> wrapped("渡轮月票到底亏不亏", wide=4, most=2)
    ('渡轮月票', '到底亏…')
    """
    lines = [""]
    for word in _words_of(text, wide):
        if text_width(lines[-1] + word.rstrip()) > wide:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], wide))


def _words_of(text: str, wide: float) -> list[str]:
    """The pieces between which a line may break: words with the space behind them, Chinese signs with their stops."""
    # Chinese is written without spaces, so that a line may break after any sign that no stop follows.
    pieces = [""]
    for letter in " ".join(text.split()):
        last = pieces[-1]
        full = text_width(last) >= wide - 1
        may = last.endswith(" ") or _is_wide(letter) or (_is_wide(last[-1:]) and letter != " ")
        if full or (may and letter not in _NEVER_FIRST):
            pieces.append("")
        pieces[-1] += letter
    return pieces


_NEVER_FIRST = "，。！？、：；）》」』”’…,.;:!?)"
"""Signs that a line never begins with."""


def _is_wide(letter: str) -> bool:
    return bool(letter) and east_asian_width(letter) in "WF"


def _cut(line: str, wide: float) -> str:
    while line and text_width(line + "…") > wide:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"
