"""The version of the rules is a fingerprint of what they decide, so that it cannot be forgotten."""

from kb.domain.finding import Change, Ground
from kb.reasoning.comparison.verdict import RULES, deciding_rule, distance
from kb.reasoning.findings.mention import normalized_quantity
from kb.reasoning.reconcile import RULES_VERSION, Reconciler
from tests.rules.cases import amount_pairs, fingerprint, stories


def test_a_change_of_decisions_needs_a_new_version() -> None:
    changed = "the rules decide otherwise than before: if that is meant, set RULES_VERSION in kb/reasoning/reconcile.py"
    assert fingerprint() == RULES_VERSION, f'{changed} to "{fingerprint()}"'


def test_each_row_of_the_rule_table_has_a_case() -> None:
    decided = []
    for pair in amount_pairs():
        known = pair.known()
        left, right = (normalized_quantity(known, known.figures[id]) for id in ("left", "right"))
        gap = distance(left.stated, right.stated, points=left.percent)
        decided.append(deciding_rule(left, right, gap))
    assert [rule for rule in RULES if rule not in decided] == []


def test_each_ground_and_each_change_has_a_case() -> None:
    known = [*stories().values(), *(pair.known() for pair in amount_pairs())]
    pairings = [pairing for each in known for finding in Reconciler().findings(each) for pairing in finding.pairings]
    assert set(Ground) - {pairing.ground for pairing in pairings} == set()
    assert {Change.NUMBER, Change.INVERTED, Change.SCOPE} <= {pairing.change for pairing in pairings}
