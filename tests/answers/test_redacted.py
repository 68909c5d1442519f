"""What is left when a redaction takes an entry that others refer to: answers and findings come out all the same."""

import pytest

from kb.domain.knowledge import Knowledge
from kb.reasoning.reconcile import Reconciler
from tests.reports.seen import pair

KNOWN = pair().knowledge


@pytest.mark.parametrize("gone", sorted(KNOWN.by_id, key=lambda id: KNOWN.by_id[id].slug))
def test_without_any_one_entry_everything_else_is_still_answered(gone: str) -> None:
    left = Knowledge.of(entity for entity in KNOWN.by_id.values() if entity.id != gone)
    reconciler = Reconciler()
    conclusions = reconciler.conclusions(left, reconciler.findings(left, None))
    assert conclusions.answers.keys() == left.questions.keys()
