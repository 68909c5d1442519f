"""Reports composed of invented bases, and their text."""

from pathlib import Path

from kb.app.reporting import STYLES, find_style
from kb.app.typesetting import set_paper
from kb.app.workspace import bundled_folder
from kb.domain.entity import Question
from kb.reports.paper import Bullets, Cited, Heading, Inline, Line, Paper, Paragraph, Picture, Table
from kb.reports.report import compose_report
from kb.reports.view import View

FOLDER: Path = bundled_folder("templates") / "paper"


def paper(view: View, *slugs: str, full: bool = False) -> Paper:
    """The report on the questions called ``slugs``, all if none is named."""
    known = view.knowledge
    asked = [question for question in known.questions.values() if not slugs or question.slug in slugs]
    assert asked
    return compose_report(view, asked, full=full)


def printed(view: View, made: Paper, format: str, style: str = STYLES[0]) -> bytes:
    return set_paper(made, view.knowledge, format, find_style(style), FOLDER)


def words(part: Inline) -> str:
    if isinstance(part, str):
        return part
    return "".join(f"[{place.passage}]" for place in part.places) if isinstance(part, Cited) else part.text


def text_of(line: Line) -> str:
    return "".join(map(words, line))


def lines_of(made: Paper) -> list[str]:
    """The text of a paper, a line for each heading, paragraph, point, cell and picture."""
    lines: list[str] = [made.title]
    for block in made.blocks:
        match block:
            case Heading():
                lines.append(block.text)
            case Paragraph():
                lines.append(text_of(block.line))
            case Bullets():
                lines += map(text_of, block.items)
            case Table():
                lines += [block.caption, *block.head, *(text_of(cell) for row in block.rows for cell in row)]
            case Picture():
                lines += [block.caption, block.text]
    return lines


def asked(view: View, slug: str) -> Question:
    question = view.knowledge.named(Question, slug)
    assert question
    return question
