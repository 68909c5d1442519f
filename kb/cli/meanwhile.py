"""Did somebody else decide between a user's look and her decision? Then it is refused, and she hears who did what."""

from collections.abc import Iterable

from kb.domain.entity import Claim, Decision, Figure, Match, Ruling
from kb.domain.event import Event, PassageAccepted, PassageRejected, Recorded, Retracted, Revised, fact_of
from kb.domain.identity import Id
from kb.domain.problem import Problem
from kb.domain.stamp import Overtaken, later, stamp
from kb.reports.naming import day
from kb.store.base import Base


def hold(base: Base, about: str, seen: str, told: Iterable[Id]) -> None:
    """Nothing, where ``told`` is what stood when the user looked, or she did not say.

    Args:
        base: Where it stands.
        about: What is decided about, as problems name it.
        seen: The stamp that her form carried; empty for none.
        told: Ids of the decisions that stand now.

    Raises:
        Overtaken: something else stands; the problem says who decided what, and when.
    """
    changed = later(seen, stamp(told, lambda one: _last(base, one).position)) if seen else None
    if changed is None:
        return
    raise Overtaken([_problem(about, _last(base, changed))])


def hold_passage(base: Base, entry: Figure | Claim) -> None:
    """Nothing, unless what happened last to ``entry`` is that somebody settled where a passage of it stands.

    Raises:
        Overtaken: so it is; the problem says who did it, and when.
    """
    event = _last(base, entry.id)
    if event.type.startswith("passage."):
        raise Overtaken([_problem(entry.slug, event)])


def _problem(about: str, event: Event) -> Problem:
    when = f"on {day(event.recorded_at[:10])} at {event.recorded_at[11:16]} UTC"
    what = f"meanwhile, {when}, {event.actor or 'somebody'} {_did(event)}"
    return Problem(about, what, "look at it again, then decide")


def _last(base: Base, id: Id) -> Event:
    return next(base.events(stream=id, newest_first=True, limit=1))


def _did(event: Event) -> str:
    fact = fact_of(event.type, event.data) if event.data is not None else None
    match fact:
        case Recorded(Ruling(decision=decision, text=text)) | Revised(Ruling(decision=decision, text=text)):
            return f"{_RULED[decision]}: “{text}”"
        case Recorded(Match(same=same, text=text)) | Revised(Match(same=same, text=text)):
            return f"held the two to be {'the same' if same else 'different'}: “{text}”"
        case PassageAccepted():
            return f"accepted a place for its passage: “{event.reason}”"
        case PassageRejected():
            return f"turned down what was offered for its passage: “{event.reason}”"
        case Retracted():
            return f"took back what was decided: “{event.reason}”"
        case _:
            return "decided about it"


_RULED = {
    Decision.ACCEPT: "accepted one of its figures",
    Decision.DISMISS: "dismissed it",
    Decision.EXPLAIN: "explained it",
}
