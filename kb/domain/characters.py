"""Characters that no recorded text may hold: those that show nothing and steer what displays the text."""

import re
import unicodedata
from collections.abc import Iterator

from kb.domain.problem import Problem

# Tab and line feed shape a text of several lines. Every other control character may command a terminal, an override of
# the writing direction makes "$100" of "$001" (CVE-2021-42574), line and paragraph separators end a line for some
# programs and not for others, and no YAML can hold a noncharacter. Marks of direction (U+200E, U+200F) and joiners
# (U+200C, U+200D) belong to Arabic, Persian and emoji, and stay.
_ALLOWED = "\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd" + "".join(
    f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0x110000, 0x10000)
)
FORBIDDEN = f"[^{_ALLOWED}]"
"""A pattern for one forbidden character."""

_FORBIDDEN = re.compile(FORBIDDEN)

_NAMES = {
    **{0x00: "NULL", 0x07: "BELL", 0x08: "BACKSPACE", 0x09: "TABULATION", 0x0A: "LINE FEED", 0x0C: "FORM FEED"},
    **{0x0D: "CARRIAGE RETURN", 0x1B: "ESCAPE", 0x7F: "DELETE", 0x85: "NEXT LINE"},
}
"""Control characters by the names that people know; Unicode itself gives them none."""

_LABELS = {"Cc": "control character", "Cs": "surrogate", "Cn": "noncharacter", "Co": "private use character"}


def forbidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Each forbidden character of ``text`` with its offset, from 0.

    Forbidden are control characters except tab and line feed, embeddings, overrides and isolates of the writing
    direction, line and paragraph separators, byte order marks, surrogates and noncharacters.

    >>> [(offset, character_name(char)) for offset, char in forbidden_characters("a\u202eb")]
    [(1, 'U+202E RIGHT-TO-LEFT OVERRIDE')]
    """
    return ((match.start(), match[0]) for match in _FORBIDDEN.finditer(text))


def character_name(char: str) -> str:
    """Code point and name of ``char``.

    >>> character_name("\x1b"), character_name("\x01"), character_name("\ufffe")
    ('U+001B ESCAPE', 'U+0001 control character', 'U+FFFE noncharacter')
    """
    name = _NAMES.get(ord(char)) or unicodedata.name(char, "") or _LABELS[unicodedata.category(char)]
    return f"U+{ord(char):04X} {name}"


def character_problems(where: str, text: str, *, one_line: bool = False) -> Iterator[Problem]:
    """A problem for each forbidden character of ``text``, once; with ``one_line``, tab and line feed are forbidden."""
    breaks = (char for char in text if char in "\t\n") if one_line else ()
    for char in dict.fromkeys((*(char for _, char in forbidden_characters(text)), *breaks)):
        yield Problem(where=where, what=f"this text contains {character_name(char)}", hint="leave it out")


def with_visible_characters(text: str) -> str:
    """``text`` with a dot for each forbidden character, so that it can be shown and keeps its columns."""
    return _FORBIDDEN.sub("·", text)


def is_blank(text: str) -> bool:
    """Whether ``text`` shows nothing: white space and characters without a width of their own.

    >>> is_blank(" \u200b\t"), is_blank("a")
    (True, False)
    """
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc") for char in text)
