"""Writes YAML as a person would: in blocks, with few quotes, and short things on one line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.domain.characters import FORBIDDEN, with_visible_characters

WIDTH = 110
ENTRY_WIDTH = 160
"""Width of an entry on one line in a list of such entries, which is read like a table."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_NOT_PLAIN = re.compile(r": |:$| #|[\t\n\ue000]")
# Words that are no texts in YAML, or that our reader refuses.
_NULLS = frozenset(("null", "Null", "NULL", "~", "", "---", "...", "<<", "="))
_ESCAPED = re.compile(r'[\t\n"\\\xa0\ue000]')
_NOT_SHOWN = re.compile(rf"[\t\n\u200b-\u200f]|{FORBIDDEN}")
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


class Inline(dict[str, Any]):
    """A mapping to be written on one line where it fits: ``{vendor: anthropic}``.

    Attributes:
        remark: A comment for the reader of the file, which stands after it in a list; empty for none.
    """

    def __init__(self, entries: Mapping[str, Any], remark: str = "") -> None:
        super().__init__(entries)
        self.remark = remark


class Remarked(str):
    """A text with remarks for the reader of the file: comments after it where they fit, else above it.

    Attributes:
        remarks: One comment each.
        above: Whether they stand above it in any case.
    """

    __slots__ = ("above", "remarks")
    remarks: tuple[str, ...]
    above: bool

    def __new__(cls, text: str, *remarks: str, above: bool = False) -> Remarked:
        """``text`` as it is, with ``remarks`` as comments."""
        remarked = super().__new__(cls, text)
        remarked.remarks = remarks
        remarked.above = above
        return remarked


def write_yaml(data: Mapping[str, Any]) -> str:
    """``data``, made of mappings, lists and texts, as YAML, with a blank line before each list of entries.

    A character that no seed file may hold becomes a dot: titles and names come from documents of strangers.
    """
    lines: list[str] = []
    for key, value in data.items():
        if lines and isinstance(value, list | dict):
            lines.append("")
        lines += _pair(key, value, 0, spaced=True)
    return "\n".join(lines) + "\n"


def _pair(key: str, value: Any, indent: int, spaced: bool = False) -> Iterator[str]:
    lead = " " * indent + scalar(key, in_flow=False) + ":"
    if isinstance(value, Remarked):
        yield from _remarked(lead, value, indent)
    elif isinstance(value, str):
        yield from _text(lead, value, indent)
    elif (short := _one_line(value)) is not None and len(lead) + len(short) < WIDTH:
        yield f"{lead} {short}"
    elif isinstance(value, Mapping):
        yield lead
        for name, inner in value.items():
            yield from _pair(name, inner, indent + 2, spaced and isinstance(inner, list))
    else:
        yield lead
        yield from _items(value, indent + 2, spaced)


def _items(items: Sequence[Any], indent: int, spaced: bool) -> Iterator[str]:
    was_short = True
    for number, item in enumerate(items):
        short = scalar(item) if isinstance(item, str) else _one_line(item)
        width = ENTRY_WIDTH if isinstance(item, Inline) else WIDTH
        is_short = short is not None and (isinstance(item, str) or len(short) + indent < width)
        if spaced and number and isinstance(item, Mapping) and not (is_short and was_short):
            yield ""
        was_short = is_short
        remark = item.remark if isinstance(item, Inline) else ""
        fits = is_short and len(f"{short}{remark}") + indent + 6 <= ENTRY_WIDTH
        if remark and not fits:
            yield from comment(remark, indent)
        if is_short:
            yield " " * indent + f"- {short}" + (f"  # {remark}" if remark and fits else "")
            continue
        lines = [line for name, value in item.items() for line in _pair(name, value, indent + 2)]
        above = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from (line[2:] for line in lines[:above])
        yield " " * indent + "- " + lines[above].lstrip(" ")
        yield from lines[above + 1 :]


def _remarked(lead: str, text: Remarked, indent: int) -> Iterator[str]:
    lines = list(_text(lead, str(text), indent))
    remark = "; ".join(text.remarks)
    if not text.above and len(lines) == 1 and len(lines[0]) + len(remark) + 4 <= WIDTH and _is_line(remark):
        yield f"{lines[0]}  # {remark}"
        return
    for above in text.remarks:
        yield from comment(above, indent)
    yield from lines


def comment(text: str, indent: int = 0) -> Iterator[str]:
    """``text`` as lines of a comment; characters that end a line or cannot be shown become blanks."""
    words = _NOT_SHOWN.sub(" ", text)
    wrapped = textwrap.wrap(words, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    yield from (" " * indent + "# " + line for line in wrapped)


def _is_line(text: str) -> bool:
    return not _NOT_SHOWN.search(text)


def _text(lead: str, text: str, indent: int) -> Iterator[str]:
    text = with_visible_characters(text)
    if "\n" in text and _fits_block(text):
        yield f"{lead} |-"
        yield from (" " * (indent + 2) + line if line else "" for line in text.split("\n"))
        return
    written = scalar(text, in_flow=False)
    if written == text and len(lead) + len(text) >= WIDTH and "  " not in text:
        width = WIDTH - indent - 2
        first, *rest = textwrap.wrap(
            text, width, initial_indent="x" * (len(lead) - indent), break_long_words=False, break_on_hyphens=False
        )
        if not any(line.startswith(("#", "-", "?", ":")) for line in rest) and " ".join([first, *rest]).endswith(text):
            yield f"{lead} {first[len(lead) - indent :]}"
            yield from (" " * (indent + 2) + line for line in rest)
            return
    yield f"{lead} {written}"


def _fits_block(text: str) -> bool:
    if "\ue000" in text or text != text.rstrip():
        return False
    lines = text.split("\n")
    return lines[0][:1] not in ("", " ", "\t") and bool(lines[-1].strip())


def _one_line(value: Any) -> str | None:
    """``value`` in flow style; None where it takes lines of its own."""
    if isinstance(value, Inline):
        pairs = (f"{scalar(name, in_flow=True)}: {_flow(inner)}" for name, inner in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list) and all(isinstance(item, str) or _is_pair(item) for item in value):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return None


def _is_pair(item: Any) -> bool:
    """Whether an item of a list is one name with a text, as ``{pays: no}``, and so may share a line."""
    return isinstance(item, Inline) and len(item) == 1 and all(isinstance(value, str) for value in item.values())


def _flow(value: Any) -> str:
    if isinstance(value, str):
        return scalar(value, in_flow=True)
    return _one_line(value) or ""


def scalar(text: str, in_flow: bool = False) -> str:
    """``text`` plain where that is read as the same text, else in the quotes that need the least escaping.

    >>> scalar("over 80%"), scalar("a: b"), scalar("8,000"), scalar("8,000", in_flow=True)
    ('over 80%', "'a: b'", '8,000', "'8,000'")
    """
    text = with_visible_characters(text)
    if _is_plain(text, in_flow):
        return text
    if not _ESCAPED.search(text.replace('"', "").replace("\\", "").replace("\xa0", "")) and text:
        simple = "'" in text and '"' not in text and "\\" not in text
        return f'"{text}"' if simple else "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _is_plain(text: str, in_flow: bool) -> bool:
    if text in _NULLS or text[0] in _INDICATORS or text != text.strip() or _NOT_PLAIN.search(text):
        return False
    return not in_flow or not (re.search(r"[,\[\]{}:“]", text) or text.count('"') % 2)
