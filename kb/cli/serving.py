"""How do the pages come to a browser? Over loopback, from the base of the workspace."""

import os
import socket
from pathlib import Path

import click
import uvicorn

from kb.app.backend import StoreBackend
from kb.app.mint import SystemMint
from kb.app.wiring import attached_texts, document_store, open_base
from kb.app.workspace import Workspace, bundled_folder
from kb.cli import show
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
    with open_base(workspace) as base:
        _first_import(base, workspace, actor or workspace.actor or "kb serve")
        hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        library = StoreBackend(base, document_store(workspace), actor or workspace.actor)
        app = create_app(library, templates=bundled_folder("templates"), hosts=hosts)
        click.echo(f"http://{host}:{port}/  (stop with Ctrl-C)")
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"port {port} cannot be used: {error.strerror}"
            raise Refused([Problem("kb serve", what, "choose another with --port")]) from error


def _first_import(base: Base, workspace: Workspace, actor: str) -> None:
    if base.head().position == 0 and workspace.seeds.is_dir() and any(workspace.seeds.glob("**/*.yaml")):
        from kb.app.sources import (  # late: a second start reads no seeds and is faster
            append_import,
            prepare_import,
            seed_paths,
        )

        paths, store, mint = seed_paths([workspace.seeds]), document_store(workspace), SystemMint()
        author = Author(actor, "first import of the workspace's seed files")
        planned = append_import(
            base, lambda known: prepare_import(paths, known, attached_texts(known, store), mint), author
        )
        show.problems(planned.warnings)
        click.echo(f"{show.counted(planned.files, 'seed file')}: {planned.summary()}")
    archive = os.environ.get("KB_DOCUMENTS")
    if archive:
        from kb.app.sources import attach_folder
        from kb.cli import review

        author = Author(actor, "archived texts became readable here")
        report = attach_folder(base, document_store(workspace), Path(archive), author)
        show.problems(report.problems)
        for line in review.outcome_lines(report.outcomes):
            click.echo(line)
        click.echo(f"{archive}: {show.counted(len(report.added), 'document')} attached")
