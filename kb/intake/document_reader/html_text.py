"""The visible text of an HTML page: a line for each block, and for each row of a table.

Runs in the child process only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from kb.intake.document_reader.html_table import HtmlCell, HtmlTable, reach

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
_MEANT = {0x2010: "-", 0x2011: "-"} | dict(
    zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
"""Hyphens that do not break, and ligatures, as people type them."""
_CLEANED = _UNSEEN | _MEANT
_FRACTION = re.compile("[⁰¹²³⁴-⁹]{1,4}[⁄/](?:[₀-₉]{1,4}|[0-9]{1,4}(?![0-9]))|[0-9]{1,4}[⁄/][₀-₉]{1,4}")
_ON_THE_LINE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁄", "01234567890123456789/")
_PLAIN = "0123456789+-−=()n"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ")


def visible_text(root: LexborNode) -> str:
    """The visible text under ``root``: a line for each block, and for each row of a table, with tabs between cells.

    Scripts, styles, templates, hidden elements, form fields and navigation are left out. Superscripts and subscripts
    keep their place (``10⁶``, ``CO₂``), and a superscript that links to a note is put in brackets, so that neither
    becomes a part of the number before it.
    """
    builder = _LineBuilder()
    for node, is_end in _walk(root):
        if is_end:
            builder.leave(node.tag or "")
        elif node.is_text_node:
            builder.add_text(node.text_content or "")
        else:
            builder.enter(node.tag or "", node.attributes)
            if _is_denominator(node):
                builder.line.append("/")
    return "\n".join(builder.finished())


def _is_denominator(node: LexborNode) -> bool:
    """Whether it is the lower part of a fraction in MathML."""
    parent = node.parent
    return parent is not None and parent.tag == "mfrac" and node.prev is not None


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Each visible node, and each element again at its end; without recursion, since pages are deeply nested."""
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
    attributes = node.attributes
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return False
    if node.tag == "dialog" and "open" not in attributes:
        return False
    return (attributes.get("role") or "").lower() not in _NAVIGATION and not _HIDDEN.search(
        attributes.get("style") or ""
    )


class _LineBuilder:
    """The lines so far, the words of the current line, and the tables that are open."""

    def __init__(self) -> None:
        self.line: list[str] = []
        self.pages: list[list[str]] = [[]]
        self.tables: list[HtmlTable] = []
        self.as_is = 0
        self.links = 0
        self.raised: list[tuple[int, bool]] = []
        self.reaches: list[tuple[int, int]] = []
        self.table_end: tuple[list[str], int] | None = None
        self.starts: list[int | None] = []

    def add_text(self, text: str) -> None:
        """Adds text of the page."""
        if not self.as_is:
            self.line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for more in rest:
            self.end_line()
            self.line.append(more)

    def end_line(self) -> None:
        """Ends the current line, if it has words."""
        text = _FRACTION.sub(_plain_fraction, "".join(self.line).translate(_CLEANED))
        self.line.clear()
        text = text.translate(_BLANKS).rstrip() if self.as_is else _SPACE.sub(_gap, text).strip()
        if text.strip():
            self.pages[-1].append(text)

    def enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Begins an element."""
        if tag in _BLOCKS:
            self.end_line()
        if tag == "table":
            self.starts.append(self._behind_table())
            for table in self.tables[-1:]:
                table.is_layout = True
            self.tables.append(HtmlTable((attributes.get("role") or "") in ("presentation", "none")))
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].paragraphs = 0
            self.pages.append([])
            self.reaches.append(reach(attributes))
        elif tag in ("sup", "sub"):
            self.raised.append((len(self.line), bool(self.links)))
        elif tag == "q":
            self.line.append("“")
        elif tag == "mfrac" and self.line and self.line[-1].rstrip()[-1:].isdigit():
            self.line.append(" ")
        self._count(tag, 1)

    def leave(self, tag: str) -> None:
        """Ends an element."""
        if tag in _BLOCKS:
            self.end_line()
        self._count(tag, -1)
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self.tables:
            self._end_cell(tag)
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

    def _end_cell(self, tag: str) -> None:
        lines, rows = self.pages.pop(), self.tables[-1].rows
        columns, reached = self.reaches.pop()
        if not rows:
            rows.append([])
        rows[-1].append(HtmlCell(lines=tuple(lines), columns=columns, rows=reached, is_head=tag == "th"))

    def _behind_table(self) -> int | None:
        """The line at which a table begins right behind another; None where it does not."""
        page = self.pages[-1]
        return len(page) if self.table_end and self.table_end[0] is page and self.table_end[1] == len(page) else None

    def _end_table(self) -> None:
        page, lines, start = self.pages[-1], list(self.tables.pop().lines()), self.starts.pop()
        # The rows of the first table would go on in the second.
        if lines and start is not None:
            page.insert(start, "")
        page += lines
        if lines:
            self.table_end = page, len(page)

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
        """All lines, the last one ended."""
        self.end_line()
        return [line for page in self.pages for line in page]


def _plain_fraction(match: re.Match[str]) -> str:
    """A fraction in raised and lowered digits as people type it, behind a blank where a whole number stands before."""
    before = match.string[match.start() - 1 : match.start()]
    return (" " if before.isdecimal() else "") + match[0].translate(_ON_THE_LINE)


def _gap(match: re.Match[str]) -> str:
    """A space, or nothing where a line of the file ends between two Chinese or Japanese characters."""
    text, start, end = match.string, match.start(), match.end()
    if "\n" in match[0] and start and end < len(text) and _is_han(text[start - 1]) and _is_han(text[end]):
        return ""
    return " "


def _is_han(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uff60"
