"""What does a reader see when there is no page? What went wrong, and where to go instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.domain.problem import Problem
from kb.reports.page import BatchRow
from kb.reports.value import Ref
from kb.reports.view import RetiredName
from kb.reports.words.references import date_words


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that says why there is no other.

    Attributes:
        status: The HTTP status.
        title: What is wrong, in a few words.
        detail: The same in a sentence, with what to do.
        latest: Position of the newest event where the moment asked for does not exist; None for all other mistakes.
        moments: Moments to read at instead, newest first; likewise empty.
        now: The page that the thing has under its new name; None for all other mistakes.
        event: Position of the event that took the name away; None likewise.
        back: The page of a form that was sent; None for all other mistakes.
    """

    status: int
    title: str
    detail: str
    latest: int | None = None
    moments: tuple[BatchRow, ...] = ()
    now: Ref | None = None
    event: int | None = None
    back: Ref | None = None


class Failed(Exception):
    """There is no page to answer with; carries what the reader sees instead."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def unreadable_address(detail: str) -> Failure:
    """An address whose question cannot be read."""
    return Failure(400, "This address cannot be read", detail)


def no_such_moment(detail: str, latest: int, moments: tuple[BatchRow, ...]) -> Failure:
    """A moment that the log does not have, with those that it has."""
    return Failure(400, "There is no such moment", detail, latest, moments)


def not_found(path: str) -> Failure:
    """An address that nothing stands at."""
    return Failure(404, "There is no such page", f"Nothing stands at {path[:200]}.")


def no_such_finding(id: str) -> Failure:
    """An id that no finding has."""
    detail = f"No finding has the id {id[:40]}. Findings are computed: one goes when what it told of is no longer so"
    return Failure(404, "There is no such finding", f"{detail}. At earlier moments it can still be read.")


def not_yet_known(path: str, position: int) -> Failure:
    """An address that nothing stood at in the past."""
    return Failure(404, "Not known at this moment", f"As of event {position}, nothing stood at {path[:200]}.")


def renamed(now: Ref, departure: RetiredName) -> Failure:
    """A name that something had before; a program is sent on."""
    detail = f"It was renamed{_when(departure)}." if departure.event else "The address is an older one."
    return Failure(302, "It has another name now", detail, now=now, event=_event(departure))


def removed(departure: RetiredName) -> Failure:
    """A name whose thing is no longer told."""
    detail = f"It was removed{_when(departure)}. At earlier moments it can still be read."
    return Failure(410, "It is no longer told", detail, event=_event(departure))


def _event(departure: RetiredName) -> int | None:
    return departure.event.position if departure.event else None


def _when(departure: RetiredName) -> str:
    event = departure.event
    if event is None:
        return ""
    who = f" by {event.actor}: {event.reason.rstrip('.')}" if event.actor else ""
    return f" on {date_words(event.recorded_at[:10])}{who}"


def no_such_list_page(page: int, pages: int) -> Failure:
    """A page behind the last one of a list."""
    return Failure(404, "The list ends earlier", f"There is no page {page}: the last one is page {pages}.")


def wrong_host() -> Failure:
    """A request that came under a name that is not ours, as an attack by DNS rebinding would."""
    return Failure(400, "Wrong host", "This server answers only under the address that it printed when it started.")


def invalid_decision(problems: Sequence[Problem], back: Ref) -> Failure:
    """A decision that cannot be taken as it was sent."""
    detail = f"{_sentences(problems)} Nothing was recorded; go back to the form and try again."
    return Failure(422, "This cannot be decided so", detail, back=back)


def stale_decision(problems: Sequence[Problem], back: Ref) -> Failure:
    """A decision that somebody else was faster with."""
    return Failure(409, "Decided meanwhile", f"{_sentences(problems)} Your decision was not recorded.", back=back)


def unchanged(back: Ref) -> Failure:
    """A decision that stands already."""
    return Failure(200, "Decided already", "This stands already, in these very words. Nothing was recorded.", back=back)


def _sentences(problems: Sequence[Problem]) -> str:
    return " ".join(_sentence(problem) for problem in problems)


def _sentence(problem: Problem) -> str:
    hint = f": {problem.hint}" if problem.hint else ""
    return f"{problem.what[:1].upper()}{problem.what[1:]}{hint}."


def foreign_origin() -> Failure:
    """A decision that was sent from a page of somebody else."""
    return Failure(403, "Not from here", "A decision can only be sent from the pages of this server.")


def refused(status: int) -> Failure:
    """A request that the server understands and does not serve."""
    if status == 405:
        return Failure(405, "These pages can only be read", "Ask with GET or HEAD.")
    return Failure(status, "This request cannot be served", "The server did not understand it.")


def internal_error() -> Failure:
    """A mistake of ours."""
    return Failure(500, "Something broke here", "This is our mistake, not yours. The server’s log says more.")
