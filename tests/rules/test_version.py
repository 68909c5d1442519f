"""The version of the rules is a fingerprint of what they decide, so that it cannot be forgotten."""

from pathlib import Path

from kb.domain.finding import Change, Ground
from kb.reasoning.comparison.distance import distance
from kb.reasoning.comparison.verdict import RULES, Rule, deciding_rule
from kb.reasoning.findings.mention import normalized_quantity
from kb.reasoning.reconcile import RULES_VERSION, Reconciler
from tests.rules.cases import AmountPair, amount_pairs, fingerprint, stories


def test_a_change_of_decisions_needs_a_new_version() -> None:
    changed = "the rules decide otherwise than before: if that is meant, set RULES_VERSION in kb/reasoning/reconcile.py"
    assert fingerprint() == RULES_VERSION, f'{changed} to "{fingerprint()}"'


def _deciding_rule(pair: AmountPair) -> Rule:
    known = pair.known()
    left, right = (normalized_quantity(known, known.figures[id]) for id in ("left", "right"))
    return deciding_rule(left, right, distance(left.stated, right.stated, points=left.percent))


def test_each_row_of_the_rule_table_has_a_case() -> None:
    decided = [_deciding_rule(pair) for pair in amount_pairs()]
    assert [rule for rule in RULES if rule not in decided] == []


def test_the_docs_show_each_row_of_the_rule_table_with_a_case() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "semantics.md").read_text(encoding="utf-8").splitlines()
    table = lines[lines.index("| row | applies when | verdict | ground | example |") + 2 :]
    rows = [line.strip("| ").split(" | ") for line in table[: table.index("")]]
    assert [row[2:4] for row in rows] == [[f"**{rule.verdict}**", rule.ground] for rule in RULES]
    for number, (row, rule) in enumerate(zip(rows, RULES, strict=True), start=1):
        assert row[0] == str(number)
        assert rule in [_deciding_rule(pair) for pair in amount_pairs() if f"{pair.left}; {pair.right}" == row[4]]


def test_each_ground_and_each_change_has_a_case() -> None:
    known = [*stories().values(), *(pair.known() for pair in amount_pairs())]
    pairings = [pairing for each in known for finding in Reconciler().findings(each) for pairing in finding.pairings]
    assert set(Ground) - {pairing.ground for pairing in pairings} == set()
    assert set(Change) - {change for pairing in pairings for change in pairing.changes} == set()
