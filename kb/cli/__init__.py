"""The commands: what a user can type, and what is printed in answer."""

from kb.cli import backup, document, log, publishing, review, sources
from kb.cli.command import main

__all__ = ["backup", "document", "log", "main", "publishing", "review", "sources"]
