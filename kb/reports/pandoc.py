"""A paper as a document of pandoc: its abstract syntax tree as JSON (pandoc-types 1.23)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, zip_longest
from typing import Any, TypeAlias, assert_never

from kb.domain.characters import with_visible_characters
from kb.domain.identity import Id
from kb.reports.paper import (
    Block,
    Bullets,
    Cited,
    Code,
    Emphasis,
    Heading,
    Inline,
    Line,
    Linked,
    Marked,
    Paper,
    Paragraph,
    Picture,
    Place,
    Quotation,
    Strong,
    Table,
)
from kb.reports.reference_formats.csl import csl_item
from kb.reports.reference_formats.item import BibliographyItem
from kb.reports.words.dates import date_words

API_VERSION = (1, 23, 1)

Node: TypeAlias = "dict[str, Any]"

_NOTES = ("note", "annote")


def pandoc_document(
    paper: Paper,
    items: Sequence[BibliographyItem],
    pictures: Mapping[str, str],
    writer: str,
    *,
    in_notes: bool,
) -> Node:
    """``paper`` for pandoc's reader ``json``.

    Args:
        paper: The text.
        items: The sources that may be cited.
        pictures: The file of each picture, by name; one that has none is given in words.
        writer: Name of pandoc's writer that the document is for.
        in_notes: Whether the style cites in notes; a citation in the text leads to its passage.
    """
    made = _Printer({item.source.id: item.key for item in items}, pictures, writer, in_notes)
    blocks = list(made.blocks(paper.blocks))
    cited = [item for item in items if item.source.id in made.cited]
    if cited:
        blocks += [_heading(1, "Sources cited", "sources-cited"), _division([], "refs", ("references",))]
    colophon = [_node("Para", made.line(line)) for line in paper.colophon]
    blocks.append(_division(colophon, "colophon", style="Colophon" if writer == "docx" else ""))
    if paper.contents and writer == "docx":
        blocks = [*_contents(blocks), *blocks]
    meta = {
        "title": _node("MetaInlines", made.line((paper.title,))),
        "subtitle": _node("MetaInlines", made.line((paper.subtitle,))),
        "date": _node("MetaInlines", _words(date_words(paper.date))),
        "day": _node("MetaString", paper.date),
        "lang": _node("MetaString", paper.language),
        "references": _node("MetaList", [_node("MetaMap", _meta(_reference(item))) for item in cited]),
        "link-citations": _node("MetaBool", False),
    }
    document = {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}
    return _escaped(document, writer) if writer in _READ_AS_MARKUP else document


class _Printer:
    def __init__(self, keys: Mapping[Id, str], pictures: Mapping[str, str], writer: str, in_notes: bool) -> None:
        self._keys, self._pictures, self._writer, self._in_notes = keys, pictures, writer, in_notes
        self._notes = 0
        self.cited: set[Id] = set()

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Node]:
        """The blocks in order; a paragraph before a table or a picture stays on its page."""
        for block, follows in zip_longest(blocks, blocks[1:]):
            made = self._block(block)
            leads = isinstance(block, Paragraph) and isinstance(follows, Table | Picture)
            yield from self._kept_with_next(made) if leads else (made,)

    def _kept_with_next(self, block: Node) -> Iterator[Node]:
        match self._writer:
            case "typst":
                yield from (_raw("typst", "#block(sticky: true)["), block, _raw("typst", "]"))
            case "docx":
                yield _division([block], style="Table Lead")
            case "html5":
                yield _division([block], classes=("lead",))
            case _:
                yield block

    def _block(self, block: Block) -> Node:
        match block:
            case Heading():
                return _heading(block.level, block.text, block.name)
            case Paragraph():
                return _node("Para", self.line(block.line))
            case Bullets():
                return _node("BulletList", [[_node("Plain", self.line(item))] for item in block.items])
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case _:
                assert_never(block)

    def _table(self, table: Table) -> Node:
        columns = [[_node("AlignLeft"), _node("ColWidth", share)] for share in table.shares]
        head = [_NO_ATTRIBUTES, [self._row((cell,) for cell in table.head)]]
        body = [_NO_ATTRIBUTES, 0, [], [self._row(row) for row in table.rows]]
        caption = [None, [_node("Plain", self.line((table.caption,)))] if table.caption else []]
        made = _node("Table", [_NO_ATTRIBUTES, caption, columns, head, [body], [_NO_ATTRIBUTES, []]])
        return self._scrollable(made, table.caption or " · ".join(filter(None, table.head)))

    def _scrollable(self, table: Node, name: str) -> Node:
        """A table that scrolls on a narrow screen, also by the keyboard."""
        if self._writer != "html5":
            return table
        attributes = [["tabindex", "0"], ["role", "group"], ["aria-label", _plain(name)]]
        return _node("Div", [["", ["wide"], attributes], [table]])

    def _row(self, cells: Iterable[Line]) -> list[Any]:
        made = [[_NO_ATTRIBUTES, _node("AlignDefault"), 1, 1, [_node("Plain", self.line(cell))]] for cell in cells]
        return [_NO_ATTRIBUTES, made]

    def _picture(self, picture: Picture) -> Node:
        file = self._pictures.get(picture.name)
        if file is None:
            return _node("Para", self.line((picture.text,)))
        if self._writer == "typst":
            # Pandoc's writer leaves out the text for readers who do not see a picture, without which it is no PDF/UA.
            image = f"image({_typst_string(file)}, width: 100%, alt: {_typst_string(picture.text)})"
            figure = f"#figure({image}, caption: text({_typst_string(picture.caption)}))"
            return _raw("typst", figure)
        attributes = ["", [], [["width", "100%"]]]
        image_node = _node("Image", [attributes, _words(picture.text), [file, ""]])
        caption = [None, [_node("Plain", self.line((picture.caption,)))]]
        scrolls = [["tabindex", "0"]] if self._writer == "html5" else []
        return _node("Figure", [[f"figure-{picture.name}", [], scrolls], caption, [_node("Plain", [image_node])]])

    def line(self, line: Line) -> list[Node]:
        nodes = (node for part in line for node in self._inline(part))
        return list(dropwhile(lambda node: node["t"] == "Space", nodes))

    def _inline(self, part: Inline) -> Iterator[Node]:
        match part:
            case str():
                yield from _words(part)
            case Emphasis(text):
                yield _node("Emph", _words(text))
            case Strong(text):
                yield _node("Strong", _words(text))
            case Code(text):
                yield _node("Code", [_NO_ATTRIBUTES, _plain(text)])
            case Quotation(text, language):
                inner = _node("Quoted", [_node("DoubleQuote"), _words(text)])
                marked = language and self._writer != "gfm"
                yield _node("Span", [["", [], [["lang", language]]], [inner]]) if marked else inner
            case Marked(text, name):
                yield _node("Span", [[name, [], []], _words(text)])
            case Linked(text, _):
                yield from _words(text)
            case Cited(places):
                yield self._cite(places)
            case _:
                assert_never(part)

    def _cite(self, places: Sequence[Place]) -> Node:
        self._notes += 1
        by_source: dict[Id, list[Place]] = {}
        for place in places:
            by_source.setdefault(place.source, []).append(place)
        self.cited.update(by_source)
        cited = [self._citation(source, own) for source, own in by_source.items()]
        cite = _node("Cite", [cited, [_node("Str", "[…]")]])
        first = next((place.passage for place in places if place.passage), 0)
        leads = first and not self._in_notes
        return _passage_link([cite], first) if leads else cite

    def _citation(self, source: Id, places: Sequence[Place]) -> Node:
        return {
            "citationId": self._keys[source],
            "citationPrefix": [],
            "citationSuffix": [*_words(_locator(places)), *(self._leads(places) if self._in_notes else ())],
            "citationMode": _node("NormalCitation"),
            "citationNoteNum": self._notes,
            "citationHash": 0,
        }

    def _leads(self, places: Sequence[Place]) -> Iterator[Node]:
        """What a note says of its passages: a note is no link, and the words of one are those of the style."""
        numbers = sorted({place.passage for place in places} - {0})
        yield from _words(", passages" if len(numbers) > 1 else ", passage" if numbers else "")
        for at, number in enumerate(numbers):
            yield from _words(", " if at else " ")
            yield _passage_link(_words(str(number)), number)


_NO_ATTRIBUTES: list[Any] = ["", [], []]


def _passage_link(words: Sequence[Node], number: int) -> Node:
    return _node("Link", [_NO_ATTRIBUTES, list(words), [f"#passage-{number}", ""]])


def _typst_string(text: str) -> str:
    escaped = _plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _locator(places: Sequence[Place]) -> str:
    """Places in one source as citeproc reads them behind a key, e.g. ``, lines 9, 13``: pages where all have them."""
    paged = all(place.page for place in places)
    numbers = sorted({place.page if paged else place.line for place in places} - {0})
    if not numbers:
        return ""
    noun = "page" if paged else "line"
    return f", {noun}{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"


def _heading(level: int, text: str, name: str) -> Node:
    return _node("Header", [level, [name, [], []], _words(text)])


def _division(blocks: Sequence[Node], name: str = "", classes: Sequence[str] = (), style: str = "") -> Node:
    """Blocks that belong together; ``style`` is their style in Word."""
    return _node("Div", [[name, list(classes), [["custom-style", style]] if style else []], list(blocks)])


def _raw(format: str, text: str) -> Node:
    return _node("RawBlock", [format, text])


_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_TOC = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'


def _contents(blocks: Sequence[Node]) -> Iterator[Node]:
    """The contents of a Word document, whose pages only Word knows: a field, filled with links to the chapters."""
    # Pandoc's own is empty, and Word asks its reader whether it may fill it.
    headings = [block["c"] for block in blocks if block["t"] == "Header" and block["c"][0] == 1]
    lines = [[_node("Link", [_NO_ATTRIBUTES, words, [f"#{name}", ""]])] for _, (name, _, _), words in headings]
    if not lines:
        return
    begin = _FIELD.format("begin") + _TOC + _FIELD.format("separate")
    lines[0].insert(0, _node("RawInline", ["openxml", begin]))
    lines[-1].append(_node("RawInline", ["openxml", _FIELD.format("end")]))
    yield _division([_node("Para", _words("Contents"))], style="TOC Heading")
    yield from (_division([_node("Para", line)], style="toc 1") for line in lines)


# A space that does not break stays in its word.
_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def _plain(text: str) -> str:
    """``text`` in one line, with a dot for each character that shows nothing and steers what shows the text."""
    # The words of a document are its own; an end of a line among them would begin a heading in Markdown.
    return with_visible_characters(_SPACES.sub(" ", text))


def _words(text: str) -> list[Node]:
    """Text as pandoc has it: words with spaces between them, every character as it is."""
    nodes: list[Node] = []
    for at, word in enumerate(_plain(text).split(" ")):
        if at:
            nodes.append(_node("Space"))
        if word:
            nodes.append(_node("Str", word))
    return nodes


# What pandoc leaves as it is, although readers take it for markup. In Markdown: an entity, which is read as a sign; a
# tilde, since two strike out for pandoc and one does on GitHub; a backslash before a sign that it escapes; an address,
# which becomes a link that swallows what is escaped behind it; the name of an emoji; and a line of hyphens, which is a
# rule. In typst: signs that begin an item of a list, and signs that stand for others.
_READ_AS_MARKUP = {
    "gfm": re.compile(r"&(?=#?\w+;)|~|\\|:(?=//|[a-z_]\w*:)|^-(?=-*$)"),
    "typst": re.compile(r"^[-+/=](?==*$)|\.(?=\.\.)|-(?=\d|\?)"),
}


def _escaped(node: Any, writer: str) -> Any:
    """``node`` with a backslash before what a reader of the format would take for markup."""
    match node:
        case list():
            return [made for part in node for made in _escaped_part(part, writer)]
        case dict():
            return {name: _escaped(part, writer) for name, part in node.items()}
        case _:
            return node


def _escaped_part(part: Any, writer: str) -> Iterator[Any]:
    if not isinstance(part, dict) or part.get("t") != "Str":
        yield _escaped(part, writer)
        return
    text, end = part["c"], 0
    for sign in _READ_AS_MARKUP[writer].finditer(text):
        yield from (_node("Str", text[end : sign.start()]), _node("RawInline", [writer, f"\\{sign[0]}"]))
        end = sign.end()
    yield _node("Str", text[end:])


def _node(type: str, content: Any = None) -> Node:
    return {"t": type} if content is None else {"t": type, "c": content}


def _reference(item: BibliographyItem) -> dict[str, Any]:
    # What the base notes of a source stands on its card.
    return {name: value for name, value in csl_item(item).items() if name not in _NOTES}


def _meta(item: Mapping[str, Any]) -> Node:
    return {key: _meta_value(value) for key, value in item.items()}


def _meta_value(value: Any) -> Node:
    if isinstance(value, Mapping):
        return _node("MetaMap", _meta(value))
    if isinstance(value, list | tuple):
        return _node("MetaList", [_meta_value(part) for part in value])
    return _node("MetaInlines", _words(str(value)))
