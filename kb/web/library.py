"""What does the web face read from? A library of views; the command line hands one in."""

from collections.abc import Sequence
from typing import Protocol

from kb.domain.identity import Author
from kb.domain.matching import NameWish
from kb.domain.ruling import Wish
from kb.domain.settling import Choice
from kb.reports.page import BatchRow
from kb.reports.view import Told, View


class NoSuchMoment(ValueError):
    """A position that the log does not have."""


class Library(Protocol):
    """Views of the base and its log. Called from several threads at once."""

    @property
    def actor(self) -> str:
        """Who acts unless somebody else is named; empty for nobody."""

    def decide(self, wish: Wish, author: Author) -> bool:
        """Append a decision about a finding; False, and nothing is appended, where it stands already.

        Raises:
            Overtaken: somebody else ruled since the reader looked.
            Refused: it cannot be decided so; nothing was appended.
        """

    def match(self, wish: NameWish, author: Author) -> bool:
        """Append a decision about two names; False, and nothing is appended, where it stands already.

        Raises:
            Overtaken: somebody else decided since the reader looked.
            Refused: it cannot be decided so; nothing was appended.
        """

    def settle(self, choice: Choice, author: Author) -> None:
        """Append what a person says about a passage that is in doubt.

        Raises:
            Refused: it cannot be settled so; nothing was appended.
        """

    def view(self, at: int | None = None) -> View:
        """The view at position ``at`` of the log; of now for None.

        Raises:
            NoSuchMoment: the log has no such position.
        """

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        """Batches of events, newest first."""

    def events(self, limit: int, offset: int = 0, upto: int | None = None) -> Sequence[Told]:
        """Events newest first, beginning ``offset`` before position ``upto``; before the newest one for None."""
