"""How does knowledge leave the base? As a cited report, as JSON, or as seed files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from kb.cli.bundled import folder
from kb.cli.reference import did_you_mean
from kb.cli.wiring import documents, opened, view_of
from kb.cli.workspace import Workspace
from kb.domain.problem import Problem, Refused
from kb.intake.export import seed_files
from kb.reports.compose import compose
from kb.reports.export import export_json
from kb.reports.view import View
from kb.store.log import Head
from kb.web.printing import print_brief


@contextmanager
def _view(workspace: Workspace, at: int | None) -> Iterator[View]:
    with opened(workspace) as base:
        yield view_of(base if at is None else base.at(at), documents(workspace), base.head())


def brief(workspace: Workspace, question: str, form: str, at: int | None) -> str:
    """The cited report on a question, as Markdown or HTML.

    Raises:
        Refused: there is no such question.
    """
    with _view(workspace, at) as view:
        composed = compose(view, question)
        if composed is None:
            slugs = [known.slug for known in view.knowledge.questions.values()]
            hint = did_you_mean(question, slugs) or f"known: {', '.join(slugs) or 'none'}"
            raise Refused([Problem(question, "there is no such question", hint)])
        return print_brief(composed, form, folder("templates"))


def as_json(workspace: Workspace, at: int | None) -> str:
    """Everything as indented JSON; its schema is in ``docs/export.md``."""
    with _view(workspace, at) as view:
        data: dict[str, Any] = export_json(view)
        return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def as_seeds(workspace: Workspace, target: Path, at: int | None) -> Head:
    """Write every seed file into the folder ``target``; importing them gives no event.

    Raises:
        Refused: the folder cannot be written.
    """
    with opened(workspace) as base:
        moment = base if at is None else base.at(at)
        files = seed_files(moment.knowledge())
        newest = moment.head()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (target / f"{name}.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused([Problem(str(target), f"cannot be written: {error.strerror}")]) from error
    return newest
