"""Which stretches of a text are spoken for? Places in order, and what each of them is."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Characters that no figure may touch.

    Attributes:
        start: Place of the first.
        end: Place behind the last.
        is_date: Whether they are a date, which may be reported as one.
    """

    start: int
    end: int
    is_date: bool = False


def merged(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order; those that share a character are one, which is a date only if its first part is."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            last = found[-1]
            found[-1] = Span(
                last.start, max(last.end, span.end), last.is_date or (span.is_date and span.start == last.start)
            )
        else:
            found.append(span)
    return found
