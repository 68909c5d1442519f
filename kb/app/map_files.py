"""The drawing of an argument map as a file: SVG as it is, PNG and PDF by typst."""

import math
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from xml.etree import ElementTree

from kb.app.typesetters import TypstJob, run_typst
from kb.atomic_file import reason
from kb.domain.problem import Problem, Refused

DRAWN_FORMS = ("svg", "png", "pdf")
"""The formats of drawings."""

_POINTS_A_PIXEL = 0.75
_PIXELS_PER_INCH = 144
_MOST_PIXELS = 60_000_000
"""A picture of more is none that programs open; a larger map has coarser pixels."""


def map_file(svg: str, form: str, fonts: Path) -> bytes:
    """The drawing ``svg`` as a file of one of ``DRAWN_FORMS``.

    Args:
        svg: A complete SVG file, with its size in pixels.
        form: The format.
        fonts: Folder of the fonts of reports.

    Raises:
        Refused: the extra ``reports`` is not installed, or typst fails or takes too long.
    """
    if form == "svg":
        return svg.encode()
    width, height = _size(svg)
    try:
        with TemporaryDirectory(prefix="kb-map-") as name:
            work = Path(name)
            (work / "map.svg").write_text(svg, encoding="utf-8")
            (work / "map.typ").write_text(_page(width, height, _title(svg)), encoding="utf-8")
            options = {"format": "png", "ppi": _ppi(width, height)} if form == "png" else {"format": form}
            run_typst(work, [TypstJob("map.typ", f"map.{form}", options)], fonts)
            return (work / f"map.{form}").read_bytes()
    except OSError as error:
        raise Refused([Problem(gettempdir(), f"the map cannot be drawn there: {reason(error)}")]) from error


def _size(svg: str) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    return float(root.get("width", "0")), float(root.get("height", "0"))


def _title(svg: str) -> str:
    return ElementTree.fromstring(svg).findtext("{http://www.w3.org/2000/svg}title", "")


def _page(width: float, height: float, title: str) -> str:
    """A page of typst that is as large as the drawing."""
    # In a string of typst only these two mean something.
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    size = f"width: {width * _POINTS_A_PIXEL:g}pt, height: {height * _POINTS_A_PIXEL:g}pt, margin: 0pt"
    return f'#set document(title: "{quoted}", date: none)\n#set page({size})\n#image("map.svg", width: 100%)\n'


def _ppi(width: float, height: float) -> float:
    """How fine the pixels are."""
    inches = width * height * (_POINTS_A_PIXEL / 72) ** 2
    return min(float(_PIXELS_PER_INCH), math.sqrt(_MOST_PIXELS / max(inches, 1)))
