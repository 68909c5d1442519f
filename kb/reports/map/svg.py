"""The map as a complete SVG file, for paper and for others to use: with its styles in it, and nothing from outside."""

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import quoteattr

from kb.reports.layout import wrapped
from kb.reports.page.argument_map import ArgumentMap, Card, CardMark, MapEdge, Run
from kb.reports.words.verdicts import VERDICTS
from kb.reports.xml_text import xml_text

_FONT = "'Source Sans 3', 'Noto Sans', 'Noto Sans SC', Helvetica, Arial, sans-serif"
# Where the font of the pages is missing another takes its place, whose letters are a tenth wider.
_LETTER = 12.5
_INK, _SOFT, _LINE, _PAPER = "#1d1b18", "#5d5950", "#c5bead", "#faf8f3"
_GREEN, _RED, _BLUE, _BLUE_TINT = "#1b6742", "#a02a20", "#2a5b86", "#e6eef6"
_HEAD, _FOOT = 34.0, 18.0

_TONES: Mapping[str, str] = {
    "supports": _GREEN,
    "attacks": _RED,
    "denies": _RED,
    "tests": _BLUE,
    "input": _BLUE,
    "enters": _BLUE,
    "side": _INK,
}
_DASHES: Mapping[str, str] = {"attacks": "8 4", "denies": "2 4", "input": "1 3"}
_WIDTHS = (1.25, 1.5, 2.25, 3.25, 4.5)
_BOLD = ("strong", "heading", "standing", "role", "result", "answer")


def map_svg(drawing: ArgumentMap, notes: Sequence[str] = ()) -> str:
    """The map with its title above it, and ``notes`` below: where it comes from, and as of when."""
    room = drawing.width - 20
    title = wrapped(drawing.title, room / 18, 2)
    below = [line for note in notes for line in wrapped(note, room / _LETTER, 3)]
    top = drawing.top - _HEAD - 22 * (len(title) - 1)
    height = drawing.top + drawing.height - top + _FOOT * len(below) + 6 * bool(below)
    box = f"{drawing.left:g} {top:g} {drawing.width:g} {height:g}"
    size = f'viewBox="{box}" width="{drawing.width:g}" height="{height:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" font-size="{_LETTER}" role="img">',
        f"<title>{xml_text(f'Arguments on: {drawing.title}')}</title>",
        f"<desc>{xml_text(drawing.text)}</desc>",
        f'<rect x="{drawing.left:g}" y="{top:g}" width="{drawing.width:g}" height="{height:g}" fill="#ffffff"/>',
    ]
    x = drawing.left + 10
    for number, line in enumerate(title):
        lines.append(_text(x, top + 22 + 22 * number, line, 'font-size="18" font-weight="600"'))
    lines += [part for edge in drawing.edges for part in _edge(edge)]
    lines += [part for card in drawing.cards for part in _card(card)]
    foot = drawing.top + drawing.height
    for number, line in enumerate(below):
        lines.append(_text(x, foot + 12 + _FOOT * number, line, f'fill="{_SOFT}"'))
    return "\n".join([*lines, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, attributes: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" {attributes}>{xml_text(text)}</text>'


def _edge(edge: MapEdge) -> Iterator[str]:
    tone = _TONES.get(edge.kind, "#8d877a")
    dashes = f' stroke-dasharray="{_DASHES[edge.kind]}"' if edge.kind in _DASHES else ""
    yield f'<path d="{edge.path}" fill="none" stroke="{tone}" stroke-width="{_WIDTHS[edge.weight]}"{dashes}/>'
    if edge.end:
        drawn = f'fill="none" stroke="{tone}" stroke-width="2"' if edge.kind == "denies" else f'fill="{tone}"'
        yield f'<path d="{edge.end}" {drawn}/>'


_FACES: Mapping[str, tuple[str, str, float]] = {
    "question": (_INK, _INK, 3),
    "side": ("#ffffff", _INK, 3),
    "argument": (_PAPER, _LINE, 6),
    "figure": ("#ffffff", _LINE, 11),
    "input": ("#ffffff", _LINE, 11),
    "calculation": (_BLUE_TINT, _BLUE, 6),
    "steps": (_BLUE_TINT, _BLUE, 6),
}
"""Fill, edge and radius of the corners of a card, by its kind."""

_EDGES: Mapping[str, str] = {"defeated": "4 3", "withdrawn": "1 3", "gone": "1 3"}


def _card(card: Card) -> Iterator[str]:
    fill, stroke, radius = _FACES.get(card.kind, ("#ffffff", _LINE, 6))
    dash = "5 3" if card.kind == "input" else _EDGES.get(card.status, "")
    yield (
        f'<rect x="{card.x:g}" y="{card.y:g}" width="{card.width:g}" height="{card.height:g}" rx="{radius:g}" '
        f'fill="{fill}" stroke="{stroke}"{f" stroke-dasharray={quoteattr(dash)}" if dash else ""}/>'
    )
    for mark in card.marks:
        yield _mark(mark)
    for line in card.lines:
        spans = "".join(f"<tspan{_attributes(card, run)}>{xml_text(run.text)}</tspan>" for run in line.runs)
        yield f'<text x="{line.x:g}" y="{line.y:g}" fill="{_INK}" xml:space="preserve">{spans}</text>'
    if card.badge:
        style = next(style for verdict, style in VERDICTS.items() if str(verdict) == card.badge.verdict)
        words = f"{style.sign} {card.badge.text}"
        yield _text(card.badge.x, card.badge.y + 16, words, f'fill="{style.light}" font-weight="600"')
    for link in card.links:
        # On paper nothing opens, and a reader still wants to know that there is more.
        if link.kind == "open":
            x, y = link.x + link.width / 2, link.y + link.height / 2 + 5
            yield _text(x, y, link.sign, f'fill="{_SOFT}" text-anchor="middle"')


def _attributes(card: Card, run: Run) -> str:
    style, _, kind = run.style.partition(" ")
    tone = _TONES.get(kind, _SOFT if style in ("soft", "standing", "role", "heading") else "")
    if card.kind == "question":
        tone = "#ffffff"
    elif card.status == "uncounted" and style != "role":
        tone = _SOFT
    found = [f'fill="{tone}"'] if tone else []
    if style in _BOLD:
        found.append('font-weight="600"')
    if style == "answer":
        found.append('font-size="19"')
    if style == "formula":
        found.append('font-style="italic"')
    if card.status == "withdrawn" and style in ("sentence", "strong"):
        found.append('text-decoration="line-through"')
    return "".join(f" {one}" for one in found)


def _mark(mark: CardMark) -> str:
    match mark.kind:
        case "bar":
            size = f'width="{mark.x1 - mark.x0:g}" height="{mark.y1 - mark.y0:g}"'
            return f'<rect x="{mark.x0:g}" y="{mark.y0:g}" {size} fill="{_BLUE}"/>'
        case "dot":
            return f'<circle cx="{mark.x0:g}" cy="{mark.y0:g}" r="4" fill="{_BLUE}"/>'
        case kind:
            drawn = {"limit": f'stroke="{_RED}" stroke-width="2"', "axis": f'stroke="{_LINE}"'}
            look = drawn.get(kind, f'stroke="{_BLUE}" stroke-width="2" stroke-dasharray="3 3"')
            return f'<line x1="{mark.x0:g}" x2="{mark.x1:g}" y1="{mark.y0:g}" y2="{mark.y1:g}" {look}/>'
