"""The server of the pages, over loopback, from the base of the current workspace."""

import os
import socket
from pathlib import Path

import click
import uvicorn

from kb.app.backend import StoreBackend
from kb.app.wiring import document_store
from kb.app.workspace import Workspace, bundled_folder
from kb.cli import show
from kb.cli.command import opened_base
from kb.cli.review import outcome_lines
from kb.cli.sources import facts_summary
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused
from kb.store.base import Base
from kb.web.app import create_app


def run(workspace: Workspace, host: str, port: int, actor: str) -> None:
    """Serve until interrupted.

    Raises:
        Refused: the port is taken, or the first import finds problems.
    """
    _check_port(host, port)
    with opened_base(workspace, quiet=True) as base:
        _first_import(base, workspace, actor or workspace.actor or "kb serve")
        hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        backend = StoreBackend(base, document_store(workspace), actor or workspace.actor)
        app = create_app(backend, templates=bundled_folder("templates"), hosts=hosts)
        click.echo(f"http://{host}:{port}/  (stop with Ctrl-C)")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _check_port(host: str, port: int) -> None:
    # Before anything is imported: uvicorn binds the port last, and its refusal would come as a traceback.
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"port {port} cannot be used: {error.strerror}"
            raise Refused([Problem(where="kb serve", what=what, hint="choose another with --port")]) from error


def _first_import(base: Base, workspace: Workspace, actor: str) -> None:
    """Import the workspace's seed files into an empty base, and attach the folder that KB_DOCUMENTS names."""
    documents = document_store(workspace)
    # Late: a second start imports nothing and is faster without it.
    if base.head().position == 0 and workspace.seeds.is_dir() and any(workspace.seeds.glob("**/*.yaml")):
        from kb.app.sources import import_seeds, seed_paths

        author = Author(actor, "first import of the workspace's seed files")
        done = import_seeds(base, documents, seed_paths([workspace.seeds], Path.cwd()), author)
        show.problems(done.warnings)
        click.echo(f"{show.counted(done.file_count, 'seed file')}: {facts_summary(done.facts)}")
    if archive := os.environ.get("KB_DOCUMENTS"):
        from kb.app.sources import attach_folder

        author = Author(actor, "archived texts became readable here")
        attachment = attach_folder(base, documents, Path(archive), author)
        show.problems(attachment.problems)
        for line in outcome_lines(attachment.outcomes):
            click.echo(line)
        click.echo(f"{archive}: {show.counted(len(attachment.added), 'document')} attached")
