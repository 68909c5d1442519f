"""Papers in the formats that readers use: pandoc sets them and their citations, typst makes the PDF.

Both come with the extra ``reports`` and are imported when a paper is set, so that everything else starts without them.
"""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, NamedTuple

from kb.atomic_file import reason
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.reports.pandoc import pandoc_document
from kb.reports.paper import Paper, Picture
from kb.reports.reference_formats.item import bibliography_items

FORMATS = ("md", "html", "docx", "pdf")

SECONDS = 60
"""How long pandoc may take."""

_STYLE = "style.csl"
_WRITERS = {"md": "gfm", "html": "html5", "docx": "docx", "pdf": "typst"}


class CitationStyle(NamedTuple):
    """A citation style: the content of its CSL file, and whether it cites in notes instead of in the text."""

    csl: bytes
    in_notes: bool


def set_paper(paper: Paper, knowledge: Knowledge, format: str, style: CitationStyle, folder: Path) -> bytes:
    """``paper`` in one of ``FORMATS``, as the content of a file.

    Args:
        paper: The text.
        knowledge: What it was composed from, with the sources that it cites.
        format: One of ``FORMATS``.
        style: The citation style.
        folder: The folder that holds the templates of reports.

    Raises:
        Refused: the extra is not installed, or pandoc or typst cannot set it.
    """
    writer = _WRITERS[format]
    items = bibliography_items(knowledge)
    fonts = folder / "fonts"
    try:
        with TemporaryDirectory(prefix="kb-report-") as name:
            work = Path(name)
            pictures = _draw(paper, work, format, fonts)
            made = pandoc_document(paper, items, pictures, writer, in_notes=style.in_notes)
            # Pandoc writes the path of the style into a DOCX, and a report names no folder of who made it.
            (work / _STYLE).write_bytes(style.csl)
            (work / "paper.json").write_text(json.dumps(made), encoding="utf-8")
            contents = ["--toc", "--toc-depth=2"] if paper.contents else []
            text = _pandoc(work, [f"--to={writer}", *_arguments(format, folder), *contents])
            return _typst(text, work, fonts) if format == "pdf" else text
    except OSError as error:
        raise Refused([Problem(gettempdir(), f"the report cannot be set there: {reason(error)}")]) from error


def _draw(paper: Paper, work: Path, format: str, fonts: Path) -> dict[str, str]:
    """The files of the pictures, by name; Markdown is one file without any, and Word gets pixels."""
    if format == "md":
        return {}
    files = {}
    for picture in (block for block in paper.blocks if isinstance(block, Picture)):
        path = work / f"{picture.name}.svg"
        path.write_text(picture.svg, encoding="utf-8")
        files[picture.name] = path.name if format != "docx" else _rasterized(path, fonts)
    return files


_PIXELS_PER_INCH = 220


def _rasterized(svg: Path, fonts: Path) -> str:
    typst = _module("typst")
    page = f'#set page(width: 180mm, height: auto, margin: 0mm)\n#image("{svg.name}", width: 100%)'
    svg.with_suffix(".png").write_bytes(
        typst.compile(
            page.encode(), root=str(svg.parent), font_paths=_font_paths(fonts), format="png", ppi=_PIXELS_PER_INCH
        )
    )
    return svg.with_suffix(".png").name


_TEMPLATES = {"md": "paper.md", "html": "paper.html", "pdf": "paper.typ"}


def _arguments(format: str, folder: Path) -> list[str]:
    arguments = ["--from=json", "--standalone", "--citeproc", f"--csl={_STYLE}", "--wrap=preserve"]
    if format in _TEMPLATES:
        arguments.append(f"--template={folder / _TEMPLATES[format]}")
    if format in ("md", "html"):
        # There the title is the first heading.
        arguments.append("--shift-heading-level-by=1")
    return [*arguments, "--embed-resources", "--section-divs"] if format == "html" else arguments


def _pandoc(work: Path, arguments: Sequence[str]) -> bytes:
    pandoc = _module("pypandoc").get_pandoc_path()
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "HOME": str(work)}
    output = work / "out"
    command = [pandoc, "paper.json", *arguments, f"--output={output}"]
    try:
        done = subprocess.run(
            command,
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused([Problem("pandoc", f"the report was not set within {SECONDS} seconds")]) from None
    if done.returncode:
        what = f"the report cannot be set: {done.stderr.decode(errors='replace').strip()}"
        raise Refused([Problem("pandoc", what)])
    return output.read_bytes()


def _typst(text: bytes, work: Path, fonts: Path) -> bytes:
    typst = _module("typst")
    try:
        made: bytes = typst.compile(text, root=str(work), font_paths=_font_paths(fonts), pdf_standards="ua-1")
    except typst.TypstError as error:
        raise Refused([_setting_problem(str(error))]) from error
    return made


def _font_paths(fonts: Path) -> list[Path]:
    own = os.environ.get("KB_FONTS", "")
    return [fonts, Path(own)] if own else [fonts]


def _setting_problem(error: str) -> Problem:
    missing = _UNDISPLAYED.search(error)
    if missing is None:
        return Problem("typst", f"the report cannot be set: {error}")
    hint = "let KB_FONTS name a folder with a TTF or OTF font that has it, or choose another format"
    return Problem("kb report", f"no font at hand has “{missing[1]}”", hint)


_UNDISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        what = "this needs what the extra “reports” installs"
        raise Refused([Problem("kb report", what, "install it: pip install 'kb-ledger[reports]'")]) from None
