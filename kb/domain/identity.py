"""Ids, and the mint that gives new ids, salts and times; the command line hands it down."""

from dataclasses import dataclass
from typing import NewType, Protocol

Id = NewType("Id", str)
"""An opaque id: the stream of an entity. Readable names are slugs, which are data and may change."""


class Mint(Protocol):
    """The only source of new ids, salts and times; tests pass one that counts."""

    def id(self) -> str:
        """A new id that was never given before."""

    def salt(self) -> str:
        """A salt of 32 hex digits that nobody can guess."""

    def now(self) -> str:
        """The present time in UTC, e.g. ``2026-06-15T12:00:00.000000Z``."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who causes an event, and why; both are required and neither may be blank."""

    actor: str
    reason: str

    def __post_init__(self) -> None:
        if not self.actor.strip() or not self.reason.strip():
            raise ValueError("an event needs an actor and a reason")
