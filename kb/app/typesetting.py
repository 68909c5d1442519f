"""Papers in the formats that readers use: pandoc sets them and their citations, typst makes the PDF."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import NamedTuple

from kb.app.typesetters import TypstJob, run_pandoc, run_typst
from kb.app.word_document import finished_document, write_reference
from kb.atomic_file import reason
from kb.domain.characters import with_visible_characters
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.reports.pandoc import pandoc_document
from kb.reports.paper import Paper, Picture
from kb.reports.reference_formats.item import bibliography_items

FORMATS = ("md", "html", "docx", "pdf")

_STYLE = "style.csl"
_REFERENCE = "reference.docx"
_WRITERS = {"md": "gfm", "html": "html5", "docx": "docx", "pdf": "typst"}


class CitationStyle(NamedTuple):
    """A citation style: the content of its CSL file, and whether it cites in notes instead of in the text."""

    csl: bytes
    in_notes: bool


def set_paper(
    paper: Paper,
    knowledge: Knowledge,
    format: str,
    style: CitationStyle,
    folder: Path,
    stage: Callable[[str], object] = lambda _: None,
) -> bytes:
    """``paper`` in one of ``FORMATS``, as the content of a file.

    Args:
        paper: The text.
        knowledge: What it was composed from, with the sources that it cites.
        format: One of ``FORMATS``.
        style: The citation style.
        folder: The folder that holds the templates of reports.
        stage: Is told what is done next, in a few words.

    Raises:
        Refused: the extra is not installed, or pandoc or typst cannot set it.
    """
    writer = _WRITERS[format]
    items = bibliography_items(knowledge)
    try:
        with TemporaryDirectory(prefix="kb-report-") as name:
            work = Path(name)
            pictures = _draw(paper, work, format, folder / "fonts")
            made = pandoc_document(paper, items, pictures, writer, in_notes=style.in_notes)
            # Pandoc writes the path of the style into a DOCX, and a report names no folder of who made it.
            (work / _STYLE).write_bytes(style.csl)
            (work / "paper.json").write_text(json.dumps(made), encoding="utf-8")
            stage("Setting the text and its citations")
            content = run_pandoc(work, [f"--to={writer}", *_arguments(paper, format, work, folder)], paper.date)
            return _finished(content, format, work, folder, stage)
    except OSError as error:
        raise Refused([Problem(gettempdir(), f"the report cannot be set there: {reason(error)}")]) from error


def _finished(content: bytes, format: str, work: Path, folder: Path, stage: Callable[[str], object]) -> bytes:
    """What pandoc has made, as the file that a reader opens."""
    if format == "docx":
        return finished_document(content)
    if format != "pdf":
        return content
    stage("Laying out the pages")
    (work / "paper.typ").write_bytes(content)
    run_typst(work, [TypstJob("paper.typ", "paper.pdf", {"pdf_standards": "ua-1"})], folder / "fonts")
    return (work / "paper.pdf").read_bytes()


def _draw(paper: Paper, work: Path, format: str, fonts: Path) -> dict[str, str]:
    """The files of the pictures, by name; Markdown is one file without any, and Word gets pixels."""
    pictures = [block for block in paper.blocks if isinstance(block, Picture)] if format != "md" else []
    for picture in pictures:
        # No XML may hold a control character, and the words in a drawing may be a document's.
        (work / f"{picture.name}.svg").write_text(with_visible_characters(picture.svg), encoding="utf-8")
    if format == "docx" and pictures:
        _rasterize([picture.name for picture in pictures], work, fonts)
    ending = "png" if format == "docx" else "svg"
    return {picture.name: f"{picture.name}.{ending}" for picture in pictures}


_PIXELS_PER_INCH = 220


def _rasterize(names: Sequence[str], work: Path, fonts: Path) -> None:
    for name in names:
        page = f'#set page(width: 180mm, height: auto, margin: 0mm)\n#image("{name}.svg", width: 100%)'
        (work / f"{name}.typ").write_text(page, encoding="utf-8")
    options = {"format": "png", "ppi": _PIXELS_PER_INCH}
    run_typst(work, [TypstJob(f"{name}.typ", f"{name}.png", options) for name in names], fonts)


_TEMPLATES = {"md": "paper.md", "html": "paper.html", "pdf": "paper.typ"}


def _arguments(paper: Paper, format: str, work: Path, folder: Path) -> list[str]:
    arguments = ["--from=json", "--standalone", "--citeproc", f"--csl={_STYLE}", "--wrap=preserve"]
    if format == "docx":
        write_reference(folder / "word", work / _REFERENCE)
        return [*arguments, f"--reference-doc={_REFERENCE}"]
    arguments.append(f"--template={folder / _TEMPLATES[format]}")
    if paper.contents:
        arguments += ["--toc", "--toc-depth=1" if format == "pdf" else "--toc-depth=2"]
    if format in ("md", "html"):
        # There the title is the first heading.
        arguments.append("--shift-heading-level-by=1")
    return [*arguments, "--embed-resources", "--section-divs"] if format == "html" else arguments
