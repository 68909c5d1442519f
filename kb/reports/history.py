"""What happened, and when? The log as a reader meets it."""

from collections.abc import Sequence

from kb.reports.page import BatchRow, HistoryPage
from kb.reports.row import event_row
from kb.reports.view import Told, View


def history(view: View, batches: Sequence[BatchRow], events: Sequence[Told], page: int, pages: int) -> HistoryPage:
    """One page of the log, in the order of ``events``, with the moments that pages can be read at."""
    moment = view.moment
    rows = tuple(event_row(view, told) for told in events)
    return HistoryPage("History", tuple(batches), rows, moment.position, moment.hash, page, pages)
