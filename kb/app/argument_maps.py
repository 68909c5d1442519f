"""Argument maps in and out: seed files made from AIF-JSON, and maps for other programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.app.lookup import named_question
from kb.app.workspace import write_text
from kb.domain.entity import Question
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.slug import slug_of
from kb.intake.aif.document import AifDocument, decoded_json, is_aif
from kb.intake.aif.seed import AifDraft, aif_draft
from kb.intake.text_file import LARGEST, read_text
from kb.reports.exchange.aif import aif_export
from kb.reports.exchange.argdown import argdown_export
from kb.reports.exchange.dot import dot_export
from kb.reports.exchange.graphml import graphml_export
from kb.reports.view import View

MAP_EXPORTS: Mapping[str, Callable[[View, Sequence[Question]], str]] = {
    "aif": aif_export,
    "dot": dot_export,
    "graphml": graphml_export,
    "argdown": argdown_export,
}
"""The formats of argument maps, each with the function that writes it."""


def map_export(view: View, form: str, names: Sequence[str]) -> str:
    """The map that leads to the questions called ``names`` in a format of ``MAP_EXPORTS``; of everything for none.

    Raises:
        Refused: there is no such question.
    """
    questions = [named_question(view.knowledge, name) for name in names]
    return MAP_EXPORTS[form](view, questions)


def is_argument_map(path: Path) -> bool:
    """Whether the file at ``path`` is an argument map in AIF-JSON; what cannot be read is one if it looks so."""
    if path.suffix.lower() != ".json":
        return False
    text = read_text(path)
    if isinstance(text, Problem):
        return False
    decoded = decoded_json(text, str(path))
    return any(f'"{name}"' in text for name in ("AIF", "nodes")) if isinstance(decoded, Problem) else is_aif(decoded)


@dataclass(frozen=True, slots=True)
class MapDraft:
    """A seed file made from an argument map; ``target`` is None where it was not written."""

    path: Path
    target: Path | None
    draft: AifDraft


def map_slug(path: Path) -> str:
    """The name of the seed file for the map at ``path``, without its ending."""
    return slug_of(path.stem) or "map"


def draft_maps(
    paths: Sequence[Path], targets: Sequence[Path | None], knowledge: Knowledge, *, overwrite: bool
) -> tuple[tuple[MapDraft, ...], tuple[Problem, ...]]:
    """A seed file for each map, written where a target is named; and what could not be read or written.

    Args:
        paths: Files in AIF-JSON.
        targets: Where to write each of them; None not to write it.
        knowledge: The names of its questions are not taken again.
        overwrite: Whether a seed file that exists may be replaced.
    """
    drafts: list[MapDraft] = []
    problems: list[Problem] = []
    for path, target in zip(paths, targets, strict=True):
        try:
            drafts.append(_draft(path, target, knowledge, overwrite=overwrite))
        except Refused as refused:
            problems += refused.problems
    return tuple(drafts), tuple(problems)


def _draft(path: Path, target: Path | None, knowledge: Knowledge, *, overwrite: bool) -> MapDraft:
    text = read_text(path)
    decoded = text if isinstance(text, Problem) else decoded_json(text, str(path))
    if isinstance(text, Problem) or isinstance(decoded, Problem):
        raise Refused([problem for problem in (text, decoded) if isinstance(problem, Problem)][:1])
    document = AifDocument(decoded)
    if any(node.is_in_claim for node in document.nodes):
        what = "the texts of this map are left to claims: it is what a seed file keeps under aif:"
        raise Refused([Problem(str(path), what, "import that seed file, or write the map with kb export --format aif")])
    id = map_slug(target or path)
    taken = {question.slug for question in knowledge.questions.values() if question.file != id}
    draft = aif_draft(document, text, id, path.name, str(path), taken)
    size = len(draft.text.encode())
    if size > LARGEST:
        what = f"the seed file would have {size / 1024**2:.0f} MB, and may have {LARGEST // 1024**2} MB"
        raise Refused([Problem(str(path), what, "split the map")])
    if target:
        write_text(target, draft.text, overwrite=overwrite)
    return MapDraft(path, target, draft)
