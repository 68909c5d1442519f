"""The commands, and the only place where the rooms are wired together."""

from kb.cli import judging, keeping, paper, publishing, seeding, settling
from kb.cli.command import main

__all__ = ["judging", "keeping", "main", "paper", "publishing", "seeding", "settling"]
