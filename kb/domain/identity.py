"""Where do new ids, times and salts come from? From a mint that the command line hands down."""

from dataclasses import dataclass
from typing import NewType, Protocol

Id = NewType("Id", str)
"""An opaque id: the stream of an entity. Readable names are slugs, which are data and may change."""


class Mint(Protocol):
    """The only source of ids, salts and times; tests hand in one that counts."""

    def id(self) -> str:
        """A new id, never given before."""

    def salt(self) -> str:
        """32 hex digits that nobody can guess."""

    def now(self) -> str:
        """The time in UTC, as ``2026-06-15T12:00:00.000000Z``."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes something happen, and why; both are required and neither may be blank."""

    actor: str
    reason: str

    def __post_init__(self) -> None:
        if not self.actor.strip() or not self.reason.strip():
            raise ValueError("an event needs an actor and a reason")
