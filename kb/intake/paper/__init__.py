"""What does a stranger's file say? Its text, and what it tells of itself: title, authors, date, each with its place."""

from kb.intake.paper.limits import LIMITS, Limits
from kb.intake.paper.paper import VERSION, About, Guess, MediaType, Paper
from kb.intake.paper.reading import media_type, plain_text, read_paper

__all__ = [
    "LIMITS",
    "VERSION",
    "About",
    "Guess",
    "Limits",
    "MediaType",
    "Paper",
    "media_type",
    "plain_text",
    "read_paper",
]
