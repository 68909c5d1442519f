"""The commands, and the only place where the rooms are wired together."""

from kb.cli import judging, paper, settling
from kb.cli.command import main

__all__ = ["judging", "main", "paper", "settling"]
