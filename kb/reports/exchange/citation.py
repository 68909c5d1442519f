"""How a drawn map says where it comes from."""

from __future__ import annotations

from kb.reports.view import Moment
from kb.reports.words.dates import instant_words

_DIGITS = 12


def map_notes(title: str, moment: Moment, recorded_at: str, address: str) -> tuple[str, ...]:
    """The lines below a drawn map: what it shows, as of which event and when, and how to cite it.

    Args:
        title: The question.
        moment: The moment that the map shows.
        recorded_at: When its last event was recorded; empty where that is not known.
        address: The address of the page with the same map, within the base.
    """
    when = f", recorded {instant_words(recorded_at)}" if recorded_at else ""
    at = f"event {moment.position} ({moment.hash[:_DIGITS]})"
    return (
        f"As of {at}{when}.",
        f"Cite as: Argument map of “{title}”, kb, as of {at}, {address}.",
    )
