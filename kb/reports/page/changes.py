"""What changed on a question between two moments, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.reports.value import EventRow, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What became of one thing.

    Attributes:
        status: ``added``, ``gone`` or ``changed``.
        kind: ``claim``, ``figure``, ``argument``, ``calculation`` or ``side``.
        ref: Its page; None where it has none any more.
        name: What it states.
        differences: A sentence for each respect in which it is otherwise.
        events: The events since by which it came, went or changed, oldest first.
        because: What a computed change follows from, each with its last event.
    """

    status: str
    kind: str
    ref: Ref | None
    name: str
    differences: tuple[str, ...]
    events: tuple[EventRow, ...]
    because: tuple[CauseRow, ...]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """Something from which a change follows, and the last event about it."""

    name: str
    event: EventRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesSheet:
    """What changed on a question between two moments.

    Attributes:
        earlier: Position of the earlier moment.
        later: Position of the later one.
        answer: What became of the answer.
        because: What that follows from.
        counts: How much changed, in a sentence.
        rows: What came, went and is otherwise, each group with the nearest to the question first.
        marks: By the name of a thing in the addresses of the map, as ``claim:quay/full``: what became of it.
    """

    earlier: int
    later: int
    answer: str
    because: tuple[CauseRow, ...]
    counts: str
    rows: tuple[ChangeRow, ...]
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentRow:
    """A moment that may be compared: the end of a batch, with who made it and why."""

    position: int
    recorded_at: str
    actor: str
    reason: str
