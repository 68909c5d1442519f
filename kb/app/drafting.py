"""Drafts of seed files, made from documents, with every guess marked."""

from dataclasses import dataclass
from pathlib import Path

from kb.app.mint import SystemMint
from kb.app.wiring import open_base
from kb.app.workspace import Workspace
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.intake.document_reader import read_document
from kb.intake.draft.drafting import Draft, draft_document
from kb.intake.draft.seed_file import file_id, known_sources, seed_file_text, source_entry
from kb.intake.seed_reader import read
from kb.intake.text_file import LARGEST
from kb.numbers.language import Language
from kb.numbers.scan import scan


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted seed file: its text, and what is in it."""

    text: str
    draft: Draft
    notes: tuple[str, ...]


def draft(path: Path, output: Path | None, language: Language | None, knowledge: Knowledge) -> Drafted:
    """The draft of a seed file for the document at ``path``.

    Args:
        path: A text, Markdown, HTML or PDF file.
        output: Where it will be written; the file's id is made from its name.
        language: The language whose numbers are drafted; None takes all.
        knowledge: What is known; its measures and sources are suggested where they are called alike.

    Raises:
        Refused: the document cannot be read.
    """
    paper = read_document(path)
    if isinstance(paper, Problem):
        raise Refused([paper])
    made = draft_document(paper.text, scan(paper.text, language, units=knowledge.unit_system), knowledge)
    notes = (*known_sources(paper, knowledge), *paper.notes)
    text = seed_file_text(file_id(paper, path, output, knowledge), source_entry(paper, path), made, notes)
    size = len(text.encode())
    if size > LARGEST:
        what = f"the draft has {size / 1024**2:.0f} MB, and a seed file has at most {LARGEST // 1024**2} MB"
        raise Refused([Problem(str(path), what, "split the document, and draft each part")])
    return Drafted(text, made, notes)


def workspace_knowledge(folder: Path) -> Knowledge:
    """What the base and the seed files of the workspace around ``folder`` hold; nothing where there is none."""
    try:
        workspace = Workspace.find(folder)
    except Refused:
        return Knowledge()
    with open_base(workspace) as base:
        known = base.knowledge()
    seeds = sorted(workspace.seeds.glob("**/*.yaml")) if workspace.seeds.is_dir() else []
    entities = read(seeds, known, SystemMint(), lambda _: None).entities
    return Knowledge.of(({**known.by_id} | {entity.id: entity for entity in entities}).values())


def write_draft(text: str, output: Path, *, force: bool) -> None:
    """Write ``text`` to ``output``.

    Raises:
        Refused: there is such a file already and ``force`` is not given, or it cannot be written.
    """
    try:
        with output.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused([Problem(str(output), "there is such a file already", "--force writes over it")]) from None
    except OSError as error:
        raise Refused([Problem(str(output), f"cannot be written: {error.strerror}")]) from error
