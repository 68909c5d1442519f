"""How does text fit a box? Broken into lines by its width, in English and in Chinese."""

from unicodedata import east_asian_width

COLUMNS = 31
"""Columns of a line in a box of the argument map."""

LINES = 5
"""Lines of such a box."""


def columns(text: str) -> int:
    """How wide ``text`` is, in columns: a Chinese sign takes two.

    >>> columns("pass"), columns("月票")
    (4, 4)
    """
    return sum(2 if _is_wide(letter) else 1 for letter in text)


def broken(text: str, wide: int = COLUMNS, most: int = LINES) -> tuple[str, ...]:
    """``text`` in lines of at most ``wide`` columns, at most ``most`` of them; an ellipsis where it was cut.

    >>> broken("A boat that sails anyway", wide=12)
    ('A boat that', 'sails anyway')
    >>> broken("渡轮月票到底亏不亏", wide=8, most=2)
    ('渡轮月票', '到底亏…')
    """
    lines = [""]
    for word in _words_of(text, wide):
        if columns(lines[-1] + word.rstrip()) > wide:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    lines = [line.rstrip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(lines[most - 1], wide))


def _words_of(text: str, wide: int) -> list[str]:
    """The pieces between which a line may end: words with the blank behind them, Chinese signs with their stops."""
    pieces = [""]
    for letter in " ".join(text.split()):
        last = pieces[-1]
        full = columns(last) >= wide - 1
        may = last.endswith(" ") or _is_wide(letter) or (_is_wide(last[-1:]) and letter != " ")
        if full or (may and letter not in _NEVER_FIRST):
            pieces.append("")
        pieces[-1] += letter
    return pieces


_NEVER_FIRST = "，。！？、：；）》」』”’…,.;:!?)"
"""Signs that no line begins with."""


def _is_wide(letter: str) -> bool:
    return bool(letter) and east_asian_width(letter) in "WF"


def _cut(line: str, wide: int) -> str:
    while columns(line) > wide - 1:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"
