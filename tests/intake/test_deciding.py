"""A question that one number answers: the comparison that decides it, written and checked as for a claim."""

import pytest

from kb.domain.entity import Calculation, Question
from kb.domain.event import Recorded, Revised
from kb.intake.seed_writer import seed_files
from tests.intake.round_trip import RoundTrip
from tests.intake.shelf import SOURCE, VOCABULARY, Shelf

QUESTION = "    sides: {yes: It pays., no: It does not.}\n"
SUMS = f"""\
{SOURCE}figures:
  - {{id: price, measure: fee, value: $200 / month, at: L1}}
  - {{id: part, measure: share, value: 40%, at: L2}}
calculations:
  - {{id: net, label: Net, formula: p * s, inputs: {{p: price, s: part}}}}
  - {{id: rest, label: Rest, formula: 1 - s, inputs: {{s: part}}}}
"""


def asking(condition: str) -> str:
    return VOCABULARY.replace(QUESTION, f"{QUESTION}    decided-by: {condition}\n")


def decided(shelf: Shelf) -> Question:
    question = shelf.entity(Question, "pays")
    assert isinstance(question, Question)
    return question


def test_a_calculation_of_another_file_decides_a_question(shelf: Shelf) -> None:
    facts = shelf.put(vocabulary=asking("deck/net > 5"), deck=SUMS).bring_in()
    condition = decided(shelf).decided_by
    assert condition
    assert (condition.calculation, condition.sign) == (shelf.entity(Calculation, "deck/net").id, ">")
    # A bare limit is in the unit of the calculation, as for a claim.
    assert condition.limit.unit == "USD/month"
    assert shelf.bring_in() == ()
    recorded = [fact.entity.slug for fact in facts if isinstance(fact, Recorded)]
    assert recorded.index("deck/net") < recorded.index("pays")
    assert "decided-by: deck/net > 5\n" in seed_files(shelf.knowledge)["vocabulary"]
    RoundTrip(shelf.knowledge, shelf.mint).check()


MISTAKES = {
    "margin is negative": "'margin is negative' is not a comparison — write a calculation, a sign and a limit: ",
    "deck/nett < 0": "there is no calculation 'deck/nett' — did you mean '",
    "deck/price < 0": "there is no calculation 'deck/price' — 'deck/price' is a figure",
    "deck/net < 5 days": "'deck/net' is in USD/month, its limit in day — write a limit in USD/month",
    "deck/net < lots": "no number in 'lots'",
}


@pytest.mark.parametrize(("condition", "said"), MISTAKES.items(), ids=list(MISTAKES))
@pytest.mark.parametrize("of", ["question", "claim"])
def test_a_condition_is_checked_alike_for_a_question_and_a_claim(
    shelf: Shelf, condition: str, said: str, of: str
) -> None:
    claim = f"claims:\n  - {{id: it, text: It is., at: L1, holds-if: {condition}}}\n"
    shelf.put(deck=SUMS + (claim if of == "claim" else ""))
    if of == "question":
        shelf.put(vocabulary=asking(condition))
    (problem,) = shelf.problems()
    assert said in problem


def test_a_mistake_in_the_condition_leaves_the_sides_to_refer_to(shelf: Shelf) -> None:
    claim = "claims:\n  - {id: it, text: It is., at: L1, answers: {pays: yes}}\n"
    shelf.put(vocabulary=asking("deck/net < 5 days"), deck=SUMS + claim)
    assert len(shelf.problems()) == 1


def test_the_condition_follows_a_calculation_to_its_new_name(shelf: Shelf) -> None:
    shelf.put(vocabulary=asking("deck/net > 5"), deck=SUMS).bring_in()
    shelf.put(deck=SUMS.replace("id: net,", "id: profit, was: net,"))
    assert [problem.split(" — ")[1] for problem in shelf.problems()] == ["it is now called 'deck/profit'"]
    assert [type(fact) for fact in shelf.bring_in("deck")] == [Revised]
    assert "decided-by: deck/profit > 5\n" in seed_files(shelf.knowledge)["vocabulary"]


def test_a_calculation_that_decides_a_question_cannot_be_pruned(shelf: Shelf) -> None:
    shelf.put(vocabulary=asking("deck/net > 5"), deck=SUMS).bring_in()
    shelf.put(deck="\n".join(line for line in SUMS.splitlines() if "id: net" not in line) + "\n")
    (problem,) = shelf.said(shelf.planned("deck", prune=True))
    assert "the calculation 'deck/net' is gone from 'deck', but the question 'pays' names it" in problem
    shelf.put(vocabulary=VOCABULARY).bring_in(prune=True)
    assert decided(shelf).decided_by is None


def test_the_limit_keeps_its_unit_when_that_of_its_calculation_changes(shelf: Shelf) -> None:
    shelf.put(vocabulary=asking("deck/net > 5"), deck=SUMS).bring_in()
    shelf.put(deck=SUMS.replace("{p: price, s: part}}", "{p: price, s: part}, unit: USD/year}")).bring_in("deck")
    assert "decided-by: deck/net > 5 USD/month\n" in seed_files(shelf.knowledge)["vocabulary"]
    RoundTrip(shelf.knowledge, shelf.mint).check()


def test_a_question_names_the_case_that_it_asks_about(shelf: Shelf) -> None:
    about = QUESTION + "    scope: {vendor: anthropic}\n"
    shelf.put(vocabulary=VOCABULARY.replace(QUESTION, about)).bring_in()
    (value,) = decided(shelf).scope["vendor"].terms
    assert shelf.knowledge.scope_values[value].label == "Anthropic"
    assert shelf.bring_in() == ()
    assert "scope: {vendor: anthropic}\n" in seed_files(shelf.knowledge)["vocabulary"]
    RoundTrip(shelf.knowledge, shelf.mint).check()


def test_a_case_that_no_scope_knows_is_told(shelf: Shelf) -> None:
    shelf.put(vocabulary=VOCABULARY.replace(QUESTION, QUESTION + "    scope: {vendor: antropic}\n"))
    (problem,) = shelf.problems()
    assert "antropic" in problem and "anthropic" in problem


def test_a_case_that_a_match_renames_is_the_same_case(shelf: Shelf) -> None:
    about = QUESTION + "    scope: {vendor: openai}\n"
    firm = "{id: one-firm, same: [anthropic, openai], key: vendor, why: One bought the other.}"
    match = f"kb: 1\nid: merged\nmatches:\n  - {firm}\n"
    shelf.put(vocabulary=VOCABULARY.replace(QUESTION, about), merged=match).bring_in()
    (question,) = shelf.knowledge.canonical.questions.values()
    assert [shelf.knowledge.scope_values[id].label for id in question.scope["vendor"].terms] == ["Anthropic"]
