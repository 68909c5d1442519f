"""Markup that a parser of HTML would read for minutes, found in one pass.

By its standard, a parser looks through all open elements at each ``<div>``, and through all attributes of a tag at each
further one. Runs in the child process only.
"""

from __future__ import annotations

import re
from collections import Counter

MOST_OPEN = 20_000
"""Most elements inside each other. Browsers stop at 512; pages with tags that nobody closed have some thousands."""
MOST_ATTRIBUTES = 10_000
"""Most attributes of a tag, each name counted once."""

_SPACE = r"[ \t\n\f\r]"
_VALUE = rf"""{_SPACE}*+={_SPACE}*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>"'][^ \t\n\f\r>]*+)?+"""
_NAME = r"=?[^ \t\n\f\r/>=]++"
_ATTRIBUTE = rf"(?:{_NAME}(?:{_VALUE})?+|=)"
_TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-z][^ \t\n\f\r/>]*+)(?P<attributes>(?:{_SPACE}++|/|{_ATTRIBUTE})*+)",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE_NAME = re.compile(rf"({_NAME})(?:{_VALUE})?+")
_NAMES = (
    "address article aside blockquote center details dialog div dl fieldset figure footer header main menu nav ol pre "
    "section table ul"
)
_CONTAINERS = frozenset(_NAMES.split())
"""Elements that only an end tag closes, and whose start tag makes a parser look through the open elements."""
_TEXT_ONLY = frozenset(("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"))


def excessive_markup(source: str) -> str:
    """What in the page ``source`` is beyond ``MOST_OPEN`` or ``MOST_ATTRIBUTES``, with its line; empty for nothing."""
    open_elements: list[str] = []
    counts: Counter[str] = Counter()
    place = 0
    while token := _TOKEN.search(source, place):
        place = token.end()
        name = (token["name"] or "").lower()
        if not token["end"] and _attribute_count(token["attributes"] or "") > MOST_ATTRIBUTES:
            return f"the tag <{name[:20]}> in line {_line(source, token)} has more than {MOST_ATTRIBUTES:,} attributes"
        if name in _TEXT_ONLY and not token["end"]:
            place = _end_of_text(source, name, place)
        elif name in _CONTAINERS and token["end"]:
            _close(name, open_elements, counts)
        elif name in _CONTAINERS:
            open_elements.append(name)
            counts[name] += 1
        if len(open_elements) > MOST_OPEN:
            return f"in line {_line(source, token)}, more than {MOST_OPEN:,} elements are open inside each other"
    return ""


def _close(name: str, open_elements: list[str], counts: Counter[str]) -> None:
    """Closes the last open element called ``name`` and those inside it, if there is one."""
    while counts[name]:
        closed = open_elements.pop()
        counts[closed] -= 1
        if closed == name:
            return


def _attribute_count(attributes: str) -> int:
    # An attribute takes two characters at least.
    return len(set(_ATTRIBUTE_NAME.findall(attributes))) if len(attributes) > 2 * MOST_ATTRIBUTES else 0


def _end_of_text(source: str, name: str, start: int) -> int:
    end = re.compile(rf"</{name}(?=[\s/>])", re.ASCII | re.IGNORECASE).search(source, start)
    return end.start() if end else len(source)


def _line(source: str, token: re.Match[str]) -> int:
    return source.count("\n", 0, token.start()) + 1
