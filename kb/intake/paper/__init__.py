"""What does a stranger's file say? Its text, and what it tells of itself: title, authors, date, each with its place."""

from kb.intake.paper.limits import Limits
from kb.intake.paper.paper import About, Guess, MediaType, Paper
from kb.intake.paper.reading import read_paper

__all__ = ["About", "Guess", "Limits", "MediaType", "Paper", "read_paper"]
