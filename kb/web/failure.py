"""The pages shown where no other can be: what went wrong, and where to go instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kb.domain.problem import Problem
from kb.reports.page import BatchRow
from kb.reports.value import Ref
from kb.reports.view import Moment, RetiredName
from kb.reports.words.dates import date_words
from kb.web.form import LARGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that says why the requested one is not shown.

    Attributes:
        status: HTTP status.
        title: What is wrong, in a few words.
        detail: The same in a sentence, with what to do.
        latest: Position of the newest event, if the requested moment does not exist; else None.
        moments: Moments to read at instead, newest first; empty for all other failures.
        now: The page of the thing under its new name, if it was renamed; else None.
        event: Position of the event that renamed or removed the thing; else None.
        back: The page of the form that was sent, if one was; else None.
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
    """The request cannot be answered with its page; carries the one that is shown instead."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def unreadable_address(detail: str) -> Failure:
    """The query of the address cannot be read; ``detail`` says why."""
    return Failure(status=400, title="This address cannot be read", detail=detail)


def no_such_moment(detail: str, latest: int, moments: tuple[BatchRow, ...]) -> Failure:
    """The log has no such position; offers ``moments`` that it has."""
    return Failure(status=400, title="There is no such event", detail=detail, latest=latest, moments=moments)


def no_such_event(event: int, moment: Moment) -> Failure:
    """The log had no such event at ``moment``."""
    if event <= moment.latest:
        detail = f"The log is shown up to event {moment.position}; event {event} happened later."
    else:
        detail = f"The log ends at event {moment.latest}." if moment.latest else "The log is empty."
    return Failure(status=404, title=f"There is no event {event}", detail=detail)


def not_found(path: str) -> Failure:
    """Nothing has the address ``path``."""
    return Failure(
        status=404,
        title="There is no such page",
        detail=f"There is nothing at {_printable(path)}. The address may be mistyped.",
    )


def _printable(path: str) -> str:
    """The beginning of ``path``; a character that cannot be seen stands there as in an address, e.g. ``%00``."""
    return "".join(character if character.isprintable() else quote(character) for character in path[:200])


def no_such_finding(id: str) -> Failure:
    """No finding has the id ``id``, now or under an earlier name."""
    # Unlike an entity, a finding leaves no event behind when it disappears: it is computed.
    what = f"No finding has the id {id[:40]}."
    why = "It may have existed earlier: a finding goes when it no longer applies. Earlier states of the base show it."
    return Failure(status=404, title="There is no such finding", detail=f"{what} {why}")


def no_such_question(name: str, hint: str, moment: Moment) -> Failure:
    """At ``moment``, no question is called ``name``; ``hint`` names others."""
    when = f"As of event {moment.position}, no" if moment.is_past else "No"
    advice = f" {hint[:1].upper()}{hint[1:]}{'' if hint.endswith(_ENDS) else '.'}" if hint else ""
    detail = f"{when} question is called {_printable(name)}.{advice}"
    return Failure(status=404, title="There is no such question", detail=detail)


def report_failed(problems: Sequence[Problem]) -> Failure:
    """The report cannot be made."""
    return Failure(status=503, title="The report could not be made", detail=_sentences(problems))


def not_yet_known(path: str, position: int) -> Failure:
    """At event ``position``, nothing had the address ``path`` yet."""
    return Failure(
        status=404,
        title="Not recorded yet",
        detail=f"As of event {position}, there was nothing at {_printable(path)} yet.",
    )


def renamed(now: Ref, former: RetiredName) -> Failure:
    """The thing has another name now; a redirect leads to its page."""
    detail = f"It was renamed{_when(former)}." if former.event else "This address is out of date."
    return Failure(status=302, title="This has been renamed", detail=detail, now=now, event=_event(former))


def removed(former: RetiredName) -> Failure:
    """The thing was removed from the base."""
    detail = f"It was removed{_when(former)}. Earlier states of the base still show it."
    return Failure(status=410, title="This was removed", detail=detail, event=_event(former))


def _event(former: RetiredName) -> int | None:
    return former.event.position if former.event else None


def _when(former: RetiredName) -> str:
    event = former.event
    if event is None:
        return ""
    who = f" by {event.actor}: {event.reason.rstrip('.')}" if event.actor else ""
    return f" on {date_words(event.recorded_at[:10])}{who}"


def no_such_list_page(page: int, pages: int) -> Failure:
    """The list has fewer pages than the requested one."""
    return Failure(
        status=404, title="There is no such page", detail=f"This list has no page {page}; it ends at page {pages}."
    )


def wrong_host() -> Failure:
    """The request names a host that is not this server, as it would in a DNS rebinding attack."""
    return Failure(
        status=400,
        title="Wrong host",
        detail="This server answers only at the address that it printed when it started.",
    )


def unreadable_base(problems: Sequence[Problem]) -> Failure:
    """The base cannot be read, for example because it is damaged."""
    detail = " ".join(f"{problem.where}: {problem.what}." for problem in problems[:5])
    hints = dict.fromkeys(problem.hint for problem in problems if problem.hint)
    advice = "; ".join(hint[:1].upper() + hint[1:] for hint in hints)
    return Failure(status=503, title="The base cannot be read", detail=f"{detail} {advice}.")


def invalid_decision(problems: Sequence[Problem], back: Ref) -> Failure:
    """The decision was not possible as it was sent."""
    detail = f"{_sentences(problems)} Nothing was recorded; go back to the form and try again."
    return Failure(status=422, title="This decision is not possible", detail=detail, back=back)


def unreadable_form(detail: str, back: Ref) -> Failure:
    """What was sent is not a form; ``detail`` says why."""
    detail = f"{detail} Nothing was recorded; go back to the form and try again."
    return Failure(status=400, title="This form cannot be read", detail=detail, back=back)


def form_too_large(back: Ref | None = None) -> Failure:
    """The form sends more bytes than any that is filled in here; ``back`` is its page, where that is known."""
    detail = f"A form may send at most {LARGEST // 1024} kB. Nothing was recorded; shorten the text and send it again."
    return Failure(status=413, title="This form is too large", detail=detail, back=back)


def incomplete_form(back: Ref) -> Failure:
    """The connection ended before the whole form had arrived."""
    return unreadable_form("The connection ended before all of it had arrived.", back)


def stale_decision(problems: Sequence[Problem], back: Ref) -> Failure:
    """Somebody else decided after the form was shown."""
    return Failure(
        status=409,
        title="Somebody else has decided",
        detail=f"{_sentences(problems)} Your decision was not recorded.",
        back=back,
    )


def unchanged(back: Ref) -> Failure:
    """The same decision stands already."""
    return Failure(
        status=200,
        title="Already decided",
        detail="The same decision has already been recorded, in the same words. Nothing was added.",
        back=back,
    )


def _sentences(problems: Sequence[Problem]) -> str:
    return " ".join(_sentence(problem) for problem in problems)


def _sentence(problem: Problem) -> str:
    """What is wrong and what to do, each as a sentence: either may hold a colon of its own, or end with a quotation."""
    texts = (text for text in (problem.what, problem.hint) if text)
    return " ".join(f"{text[:1].upper()}{text[1:]}{'' if text.endswith(_ENDS) else '.'}" for text in texts)


_ENDS = tuple(f"{mark}{quote}" for mark in ".?!" for quote in ("", "”"))


def foreign_origin() -> Failure:
    """The form was sent from a page of another site."""
    return Failure(
        status=403,
        title="Not sent from a page of this server",
        detail="Decisions can only be sent from the pages of this server, after signing in.",
    )


def not_signed_in() -> Failure:
    """The form was sent from a browser that has not signed in since the server was started."""
    what = "Nothing was recorded, because you are not signed in."
    how = "Open the sign-in link in the terminal where kb serve runs, then go back to the form and send it again."
    return Failure(status=403, title="Sign in to record decisions", detail=f"{what} {how}")


def invalid_link() -> Failure:
    """The link to sign in was used before, or is not a link of this server since its start."""
    why = "A sign-in link works once, and only until kb serve is stopped."
    how = "Use the most recent link in the terminal where kb serve runs."
    doubt = "If that terminal reports a sign-in that was not yours, stop kb serve and start it again."
    return Failure(status=403, title="This link does not work", detail=f"{why} {how} {doubt}")


def wrong_method(allowed: Sequence[str]) -> Failure:
    """The address does not take the method of the request; ``allowed`` are those that it takes."""
    detail = f"This address takes only these methods: {', '.join(sorted(allowed))}."
    return Failure(status=405, title="Not possible at this address", detail=detail)


def refused(status: int) -> Failure:
    """The request is not one that this server answers."""
    return Failure(status=status, title="This request cannot be served", detail="The server did not understand it.")


def internal_error() -> Failure:
    """A bug in this program."""
    return Failure(
        status=500,
        title="Something went wrong",
        detail="This is a bug in the program, not your mistake. The server's log has the details.",
    )


def map_failed(problems: Sequence[Problem]) -> Failure:
    """The map cannot be drawn."""
    return Failure(status=503, title="The map could not be drawn", detail=_sentences(problems))
