"""What is seen of what is told: a view at a moment, without any base."""

from kb.reasoning.analysis import analyse

from kb.domain.entity import AnyEntity
from kb.domain.knowledge import Knowledge
from kb.reasoning.reconcile import Reconciler
from kb.reports.view import Moment, View
from tests.reasoning.story import told

NOW = Moment(7, "ab" * 32, 7)


def seen(*entities: AnyEntity) -> View:
    """The view once ``entities`` have been told."""
    return view_of(told(*entities))


def view_of(knowledge: Knowledge, moment: Moment = NOW) -> View:
    """The view of what is known, with everything that follows from it."""
    return View(knowledge, Reconciler().findings(knowledge, None), analyse(knowledge), moment)
