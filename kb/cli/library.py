"""What do the pages read from? A library: views of the base, kept for as long as nothing has happened."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from kb.cli.finding import decide, settle
from kb.cli.names import match_names
from kb.cli.wiring import told, view_of
from kb.domain.identity import Author
from kb.domain.matching import NameWish
from kb.domain.ruling import Wish
from kb.domain.settling import Choice
from kb.intake.document import DocumentStore
from kb.reports.page import BatchRow
from kb.reports.view import Told, View
from kb.store.base import Base
from kb.web.library import NoSuchMoment

_KEPT = 8


class BaseLibrary:
    """The library over an open base; safe to use from several threads."""

    def __init__(self, base: Base, documents: DocumentStore, actor: str = "") -> None:
        self.actor = actor
        self._base = base
        self._documents = documents
        self._views: OrderedDict[tuple[str, int | None], View] = OrderedDict()
        self._lock = Lock()

    def view(self, at: int | None = None) -> View:
        """The view at position ``at`` of the log; of now for None.

        Raises:
            NoSuchMoment: the log has no such position.
        """
        head = self._base.head()
        if at is not None and not 1 <= at <= head.position:
            raise NoSuchMoment(at)
        key = (head.hash, None if at == head.position else at)
        with self._lock:
            if key not in self._views:
                base = self._base if key[1] is None else self._base.at(key[1])
                self._views[key] = view_of(base, self._documents, head)
            self._views.move_to_end(key)
            while len(self._views) > _KEPT:
                self._views.popitem(last=False)
            return self._views[key]

    def decide(self, wish: Wish, author: Author) -> bool:
        """Append a decision about a finding; False, and nothing is appended, where it stands already.

        Raises:
            Overtaken: somebody else ruled since the reader looked.
            Refused: it cannot be decided so; nothing was appended.
        """
        return decide(self._base, wish, author).recorded

    def match(self, wish: NameWish, author: Author) -> bool:
        """Append a decision about two names; False, and nothing is appended, where it stands already.

        Raises:
            Overtaken: somebody else decided since the reader looked.
            Refused: it cannot be decided so; nothing was appended.
        """
        return match_names(self._base, wish, author)

    def settle(self, choice: Choice, author: Author) -> None:
        """Append what a person says about a passage that is in doubt.

        Raises:
            Refused: it cannot be settled so; nothing was appended.
        """
        settle(self._base, choice, author)

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        """Batches of events, newest first: the moments that pages can be read at."""
        return [
            BatchRow(batch.position, batch.count, batch.recorded_at, batch.actor, batch.reason)
            for batch in self._base.batches(limit=limit, offset=offset)
        ]

    def events(self, limit: int, offset: int = 0, upto: int | None = None) -> Sequence[Told]:
        """Events newest first, beginning ``offset`` before position ``upto``."""
        newest = self._base.head().position if upto is None else upto
        first = max(newest - offset - limit, 0)
        found = [told(event) for event in self._base.events(after=first, upto=max(newest - offset, 0))]
        return found[::-1]
