"""What was read before is not parsed again, and is never taken for what stands there now."""

from kb.domain.event import Recorded, Revised
from kb.store.reader import ParseCache
from tests.ledger import Ledger, figure, measure, source


def test_what_stays_as_it_was_is_read_once(ledger: Ledger) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")), Recorded(figure("b")))
    before = ledger.base.knowledge()
    ledger.tell(Revised(figure("b", slug="deck/c")))
    after = ledger.base.knowledge()
    kept = [id for id, told in after.figures.items() if before.figures[id] is told]
    assert (kept, after.figures[figure("b").id].slug) == ([figure("a").id], "deck/c")


def test_only_what_was_read_last_is_remembered() -> None:
    memory = ParseCache()
    one, two = '{"a":1}', '{"b":2}'
    first = list(memory.parsed([one, two], dict))
    (again,) = memory.parsed([two], dict)
    assert again is first[1]
    (anew,) = memory.parsed([one], dict)
    assert anew == first[0] and anew is not first[0]


def test_a_finding_is_read_by_its_first_digits_alone(ledger: Ledger) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")), Recorded(figure("b")))
    [finding] = ledger.base.findings()
    assert ledger.base.findings_by_prefix(finding.id[:5]) == (finding,)
    assert ledger.base.findings_by_prefix("%") == ledger.base.findings_by_prefix("") == ()
    behind = ledger.base.knowledge_behind(finding)
    assert set(behind.by_id) == {figure("a").id, figure("b").id, measure("value").id}
