"""Ids, and the mint that gives new ids, salts and times; the command line hands it down."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NewType, Protocol

from kb.domain.characters import character_problems, is_blank
from kb.domain.problem import Problem

Id = NewType("Id", str)
"""An opaque id: the stream of an entity. Readable names are slugs, which are data and may change."""


class IdSource(Protocol):
    """What gives new ids."""

    def id(self) -> str:
        """A new id that was never given before."""


class Mint(IdSource, Protocol):
    """The only source of new ids, salts and times; tests pass one that counts."""

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


LONGEST_TEXT = 2_000
"""Characters that an actor, a reason or a field of a form may have."""


def author_problems(
    actor: str, reason: str, actor_hint: str = "say who acts", reason_hint: str = "say why"
) -> Iterator[Problem]:
    """What is wrong with an actor and a reason: one of them is blank, or holds characters that no text may hold."""
    # The log shows an actor on one line; a line feed would make two of it, the second in the form of another event.
    in_actor = tuple(character_problems("actor", actor, one_line=True))
    in_reason = tuple(character_problems("reason", reason))
    # Whoever sent a control character has filled in the field.
    if is_blank(actor) and not (actor.strip() and in_actor):
        yield Problem(where="actor", what="an event needs an actor", hint=actor_hint)
    if is_blank(reason) and not (reason.strip() and in_reason):
        yield Problem(where="reason", what="an event needs a reason", hint=reason_hint)
    for where, text in (("actor", actor), ("reason", reason)):
        if len(text) > LONGEST_TEXT:
            what = f"it has {len(text):,} characters"
            yield Problem(where=where, what=what, hint=f"write at most {LONGEST_TEXT:,}")
    yield from in_actor
    yield from in_reason
