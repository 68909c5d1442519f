"""The commands: what a user can type, and what is printed in answer."""

from kb.cli import document, log, publishing, review, sources
from kb.cli.command import main

__all__ = ["document", "log", "main", "publishing", "review", "sources"]
