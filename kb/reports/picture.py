"""Drawings as complete SVG files, for paper: with their labels in them, and nothing from outside."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from kb.reports.value import Mark, Plot
from kb.reports.xml_text import xml_text

_FONT = "Noto Sans, Noto Sans SC, Helvetica, Arial, sans-serif"
_INK, _SOFT, _LINE = "#1b1b1b", "#5b5b5b", "#c9c9c9"
_TONES = {"conflict": "#a4262c", "tension": "#8a5a00"}
_CALM = "#2b5d8a"
_LABEL = 18
_ROW = 46
_EDGE = 2


def plot_svg(plot: Plot) -> str:
    """The figures of one measure on one axis; each has its number and its voice above its mark.

    ``plot`` holds no figures that only repeat another.
    """
    height = _ROW * len(plot.marks) + 34
    size = f'viewBox="0 0 {plot.width:g} {height}" width="{plot.width:g}" height="{height}"'
    opened = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family={quoteattr(_FONT)} role="img">'
    # Behind the labels, the lines of the axis are covered by a margin of white around each letter.
    halo = "<style>text { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }</style>"
    lines = [opened, f"<title>{xml_text(plot.text)}</title>", halo, *_grid(plot, height)]
    for row, mark in enumerate(plot.marks):
        lines += _mark(mark, row, plot.width)
    return "\n".join([*lines, "</svg>"])


def _grid(plot: Plot, height: int) -> Iterator[str]:
    base = height - 26
    for tick in plot.ticks:
        yield f'<line x1="{tick.x:g}" x2="{tick.x:g}" y1="0" y2="{base}" stroke="{_LINE}" stroke-width="0.75"/>'
        yield (
            f'<text x="{tick.x:g}" y="{height - 9}" font-size="12" fill="{_SOFT}" text-anchor="middle">'
            f"{xml_text(tick.text)}</text>"
        )
    yield f'<line x1="0" x2="{plot.width:g}" y1="{base}" y2="{base}" stroke="{_INK}" stroke-width="1"/>'


def _mark(mark: Mark, row: int, width: float) -> Iterator[str]:
    top = _ROW * row
    tone = _TONES.get(mark.verdict, _CALM)
    y = top + _LABEL + 12
    about = ", ".join(filter(None, (mark.source, mark.scope)))
    yield (
        f'<text x="2" y="{top + _LABEL - 3}" font-size="13" fill="{_INK}"><tspan font-weight="600">'
        f'{xml_text(mark.label)}</tspan><tspan fill="{_SOFT}">{xml_text(f"  {about}")}</tspan></text>'
    )
    if mark.open_low:
        yield _arrow(mark.x0, _EDGE, y, tone)
    if mark.open_high:
        yield _arrow(mark.x1, width - _EDGE, y, tone)
    if mark.x0 == mark.x1:
        yield f'<circle cx="{mark.x0:g}" cy="{y}" r="5" fill="{tone}"/>'
    else:
        length = mark.x1 - mark.x0
        yield f'<rect x="{mark.x0:g}" y="{y - 5}" width="{length:g}" height="10" rx="2" fill="{tone}"/>'


def _arrow(start: float, end: float, y: float, tone: str) -> str:
    """A broken line to an end that the words leave open, with its head there."""
    back = 7 if end < start else -7
    return (
        f'<line x1="{start:g}" x2="{end:g}" y1="{y}" y2="{y}" stroke="{tone}" stroke-width="1.5" '
        f'stroke-dasharray="4 3"/><path d="M{end:g},{y} l{back},-4 v8 z" fill="{tone}"/>'
    )
