"""What would a reader of this HTML page see? Every visible word in order, one line for each block or table row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

_NEVER_SHOWN = (
    "head script style template noembed noframes iframe object embed canvas audio video datalist select input "
    "textarea annotation annotation-xml nav -comment !doctype"
)
_NEVER = frozenset(_NEVER_SHOWN.split())
_LINES = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol optgroup option p pre search section summary "
    "table tbody thead tfoot caption tr td th ul br listing plaintext xmp text"
)
_BLOCKS = frozenset(_LINES.split())
_AS_IS = frozenset(("pre", "listing", "plaintext", "xmp"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAVIGATION = frozenset(("navigation", "menu", "menubar", "toolbar", "tablist"))
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SPACE = re.compile("[ \t\n\f\r\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 0xAD, 0x200B, 0x2060, 0xFEFF))
_BLANKS = dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_PLAIN = "0123456789+-−=()n"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def visible_text(root: LexborNode) -> str:
    """The lines of the page under ``root``: blocks, and tables row by row with tabs between the cells.

    What is never shown is left out (scripts, styles, templates, hidden elements, fields of forms), and so is navigation
    (``nav`` and its roles). Raised and lowered digits keep their place (``10⁶``, ``CO₂``), and a raised mark
    that links to a note stands in brackets, so that neither becomes a part of the number before it.
    """
    setting = _Setting()
    for node, is_end in _walk(root):
        if is_end:
            setting.leave(node.tag or "")
        elif node.is_text_node:
            setting.words(node.text_content or "")
        else:
            setting.enter(node.tag or "", node.attributes)
    return "\n".join(setting.finished())


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each shown node at its begin, and each element again at its end; not by recursion, for pages nest deeply."""
    todo = [(root, False)]
    while todo:
        node, is_end = todo.pop()
        if is_end or node.is_text_node:
            yield node, is_end
            continue
        if not _is_shown(node):
            continue
        yield node, False
        todo.append((node, True))
        inner = []
        child = node.child
        while child is not None:
            inner.append((child, False))
            child = child.next
        todo += reversed(inner)


def _is_shown(node: LexborNode) -> bool:
    if (node.tag or "") in _NEVER or not node.is_element_node:
        return False
    said = node.attributes
    if "hidden" in said and (said["hidden"] or "").lower() != "until-found":
        return False
    if node.tag == "dialog" and "open" not in said:
        return False
    return (said.get("role") or "").lower() not in _NAVIGATION and not _HIDDEN.search(said.get("style") or "")


@dataclass
class _Table:
    """A table under way: its rows of cells of lines, and whether it only arranges a page."""

    is_layout: bool
    rows: list[list[list[str]]] = field(default_factory=list)
    paragraphs: int = 0

    def lines(self) -> Iterator[str]:
        for row in self.rows:
            if self.is_layout:
                for cell in row:
                    yield from cell
            elif any(row):
                yield "\t".join(" ".join(cell) for cell in row).rstrip()


class _Setting:
    """The page being set: the lines so far, the words of the one under way, and the tables around them."""

    def __init__(self) -> None:
        self.line: list[str] = []
        self.pages: list[list[str]] = [[]]
        self.tables: list[_Table] = []
        self.as_is = 0
        self.links = 0
        self.raised: list[tuple[int, bool]] = []

    def words(self, text: str) -> None:
        """Text as it stands in the page."""
        if not self.as_is:
            self.line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for more in rest:
            self.end_line()
            self.line.append(more)

    def end_line(self) -> None:
        """The words so far are a line, unless there are none."""
        text = "".join(self.line).translate(_UNSEEN)
        self.line.clear()
        text = text.translate(_BLANKS).rstrip() if self.as_is else _SPACE.sub(_gap, text).strip()
        if text.strip():
            self.pages[-1].append(text)

    def enter(self, tag: str, said: dict[str, str | None]) -> None:
        """An element begins."""
        if tag in _BLOCKS:
            self.end_line()
        if tag == "table":
            for table in self.tables[-1:]:
                table.is_layout = True
            self.tables.append(_Table((said.get("role") or "") in ("presentation", "none")))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].paragraphs = 0
            self.pages.append([])
        elif tag in ("sup", "sub"):
            self.raised.append((len(self.line), bool(self.links)))
        elif tag == "q":
            self.line.append("“")
        self._count(tag, 1)

    def leave(self, tag: str) -> None:
        """An element ends."""
        if tag in _BLOCKS:
            self.end_line()
        self._count(tag, -1)
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
        elif tag in ("sup", "sub"):
            self._end_raised(tag)
        elif tag == "q":
            self.line.append("”")

    def _count(self, tag: str, step: int) -> None:
        if tag in _AS_IS:
            self.as_is += step
        elif tag == "a":
            self.links += step
            if step > 0:
                self.raised = [(start, True) for start, _ in self.raised]
        elif self.tables and step > 0 and (tag in _HEADINGS or tag == "p"):
            table = self.tables[-1]
            table.paragraphs += tag == "p"
            table.is_layout |= tag in _HEADINGS or table.paragraphs > 1

    def _end_cell(self) -> None:
        cell, rows = self.pages.pop(), self.tables[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(cell)

    def _end_table(self) -> None:
        self.pages[-1] += self.tables.pop().lines()

    def _end_raised(self, tag: str) -> None:
        start, is_linked = self.raised.pop()
        text = "".join(self.line[start:]).strip()
        if start > len(self.line) or not text:
            return
        if is_linked and not text.startswith(("[", "(")):
            text = f"[{text}]"
        elif not is_linked and all(letter in _PLAIN for letter in text):
            text = text.translate(_RAISED if tag == "sup" else _LOWERED)
        self.line[start:] = [text]

    def finished(self) -> list[str]:
        """All lines."""
        self.end_line()
        return [line for page in self.pages for line in page]


def _gap(found: re.Match[str]) -> str:
    """A space; nothing where a line of the file ends between two Chinese or Japanese letters, which want none."""
    text, start, end = found.string, found.start(), found.end()
    if "\n" in found[0] and start and end < len(text) and _is_han(text[start - 1]) and _is_han(text[end]):
        return ""
    return " "


def _is_han(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uff60"
