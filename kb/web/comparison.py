"""The two moments that an address compares: ``from`` with ``at``, or with now."""

import re

from kb.app.backend import Backend, NoSuchMoment
from kb.domain.entity import Question
from kb.reports.changes.sheet import asked_since, moment_rows
from kb.reports.page.changes import MomentRow
from kb.reports.query import UnreadableAddress
from kb.reports.view import View
from kb.web.address import PageRequest

FROM = "from"
"""The parameter that names the earlier moment."""

_MOST_BATCHES = 60
_POSITION = re.compile(r"0*[1-9][0-9]{0,17}")


def earlier_view(backend: Backend, request: PageRequest, view: View, question: Question) -> View | None:
    """The view of the moment that ``from`` names, at which ``question`` was asked; None where the address names none.

    Raises:
        UnreadableAddress: there is no such moment, it is not before the other one, or the question was not asked yet.
    """
    earlier = _earlier(request)
    if earlier is None:
        return None
    later = view.moment.position
    if earlier > view.moment.latest:
        raise UnreadableAddress(f"There is no event {earlier}: the log ends at {view.moment.latest}.")
    if earlier >= later:
        what = f"“from={earlier}” is not before event {later}, at which this page shows the base."
        hint = "Choose an earlier one." if earlier == later else f"Swap the two: “from={later}&at={earlier}”."
        raise UnreadableAddress(f"{what} {hint}")
    asked = asked_since(view, question)
    if earlier < asked:
        what = f"At event {earlier} this question had not been asked; it was recorded by event {asked}."
        raise UnreadableAddress(f"{what} Choose a moment from {asked} on." if asked < later else what)
    before = _view(backend, earlier)
    if question.id not in before.knowledge.questions:
        raise UnreadableAddress(f"At event {earlier} this question was not recorded, or had been taken back.")
    return before


def timeline(backend: Backend, request: PageRequest, view: View, question: Question) -> tuple[MomentRow, ...]:
    """The moments between which a reader may choose: ends of batches since the question was asked, newest first."""
    earlier = _earlier(request)
    chosen = (view.moment.position, *([earlier] if earlier is not None else []))
    return moment_rows(backend.batches(_MOST_BATCHES), view, question, *chosen)


def _earlier(request: PageRequest) -> int | None:
    texts = [text.strip() for name, text in request.choices if name == FROM]
    if len(texts) > 1:
        raise UnreadableAddress("“from” is given more than once. Give it once.")
    if texts and not _POSITION.fullmatch(texts[0]):
        raise UnreadableAddress(f"“from={texts[0][:40]}” must be the position of an event, a whole number from 1.")
    return int(texts[0]) if texts else None


def _view(backend: Backend, position: int) -> View:
    try:
        return backend.view(position)
    except NoSuchMoment:
        raise UnreadableAddress(f"There is no event {position}.") from None
