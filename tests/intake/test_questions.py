"""The answer to one question as a premise on another, and questions that would rest on each other."""

import pytest

from kb.domain.entity import Argument, Node, NodeKind, Question
from kb.intake.seed_writer import seed_files
from tests.intake.round_trip import RoundTrip
from tests.intake.shelf import SOURCE, Shelf

QUESTIONS = """\
kb: 1
id: questions
questions:
  - {id: duty, text: Is it a duty?, sides: {yes: It is., no: It is not.}}
  - {id: cheap, text: Is it cheap?, sides: {yes: It is., no: It is not.}}
"""
CLAIMS = f"""\
{SOURCE}claims:
  - {{id: law, text: The law says so., at: L1, answers: {{duty: yes}}}}
  - {{id: loss, text: It loses money., at: L2, answers: {{pays: no}}}}
"""
DUTY = """\
kb: 1
id: ours
arguments:
  - {id: must-pay, premises: [deck/loss, {pays: no}], supports: {duty: yes}}
"""


@pytest.fixture
def asked(shelf: Shelf) -> Shelf:
    return shelf.put(questions=QUESTIONS, deck=CLAIMS)


def side(shelf: Shelf, question: str, key: str) -> Node:
    return Node(NodeKind.QUESTION, shelf.entity(Question, question).id, key)


def circles(shelf: Shelf, *names: str) -> list[str]:
    return [problem.split(": ", 1)[1] for problem in shelf.problems(*names)]


@pytest.mark.parametrize(
    "premises",
    ["[deck/loss, {pays: no}]", "[deck/loss, pays: no]", "\n      - deck/loss\n      - pays: no\n   "],
)
def test_a_side_of_another_question_is_a_premise(asked: Shelf, premises: str) -> None:
    entry = DUTY.split("  - {", maxsplit=1)[0] + f"  - id: must-pay\n    premises: {premises.rstrip(' ')}"
    asked.put(ours=entry.rstrip() + "\n    supports: {duty: yes}\n").bring_in()
    argument = asked.entity(Argument, "ours/must-pay")
    assert isinstance(argument, Argument)
    assert argument.premises[1:] == (side(asked, "pays", "no"),)
    assert "premises: [deck/loss, {pays: no}]\n" in seed_files(asked.knowledge)["ours"]
    RoundTrip(asked.knowledge, asked.mint).check()


def test_a_claim_rests_on_the_side_of_a_question(asked: Shelf) -> None:
    claim = "  - {id: both, text: Both., voice: editors, rests-on: {pays: no, duty: yes}, answers: {cheap: no}}\n"
    asked.put(ours=f"kb: 1\nid: ours\nclaims:\n{claim}").bring_in()
    because = asked.entity(Argument, "ours/both/because")
    assert isinstance(because, Argument)
    assert because.premises == (side(asked, "pays", "no"), side(asked, "duty", "yes"))
    assert "rests-on: [{pays: no}, {duty: yes}]\n" in seed_files(asked.knowledge)["ours"]
    RoundTrip(asked.knowledge, asked.mint).check()


MISTAKES = {
    "[pays]": "4:31: 'pays' is a question, and one of its sides is meant — write {pays: yes}",
    "[{pays: maybe}]": "4:38: the question 'pays' has no side 'maybe' — write one of: yes, no",
    "[{paid: no}]": "4:32: there is no question 'paid' — declare it, or look for its id",
    "[{deck/loss: no}]": "4:32: there is no question 'deck/loss' — 'deck/loss' is a claim",
    "[{}]": "4:31: 'premises' wants a question with a side, not an empty mapping {}",
    "[{pays: no}, {pays: no}]": "4:44: 'pays: no' appears twice — keep one of them",
}


@pytest.mark.parametrize(("premises", "said"), MISTAKES.items(), ids=list(MISTAKES))
def test_a_premise_that_is_no_side_is_a_mistake(asked: Shelf, premises: str, said: str) -> None:
    asked.put(ours=DUTY.replace("[deck/loss, {pays: no}]", premises))
    assert asked.problems() == [f"ours.yaml:{said}"]


def test_a_side_that_is_a_premise_stays(asked: Shelf) -> None:
    asked.put(ours=DUTY).bring_in()
    asked.put(
        vocabulary=(asked.folder / "vocabulary.yaml").read_text("utf-8").replace("no: It does not", "nay: It does")
    )
    problems = asked.said(asked.planned("vocabulary"))
    assert any(
        "argument ours/must-pay in ours: the question 'pays' has no side 'no'" in problem for problem in problems
    )


# Circles

BACK = DUTY.replace("id: ours", "id: back")
CIRCLES = {
    "directly": ("- {id: no-duty, premises: [{duty: yes}], supports: {pays: yes}}", "no-duty"),
    "by an attack": ("- {id: no-duty, premises: [{duty: no}], attacks: {pays: no}}", "no-duty"),
    "through an undercut": ("- {id: no-duty, premises: [{duty: no}], attacks: deck/loss/answers}", "no-duty"),
    "through a claim": ("- {id: no-duty, premises: [{duty: no}], supports: deck/loss}", "no-duty"),
}


@pytest.mark.parametrize(("argument", "name"), CIRCLES.values(), ids=list(CIRCLES))
def test_questions_do_not_rest_on_each_other(asked: Shelf, argument: str, name: str) -> None:
    asked.put(ours=DUTY).bring_in()
    asked.put(back=f"kb: 1\nid: back\narguments:\n  {argument}\n")
    # Also against what is in the base and not read.
    for names in (("back",), ()):
        (problem,) = asked.problems(*names)
        assert problem.split(": ", 2)[2] in (
            f"duty -> pays -> duty — leave the side out of what ours/must-pay or back/{name} rests on",
            f"pays -> duty -> pays — leave the side out of what back/{name} or ours/must-pay rests on",
            f"duty -> duty — leave the side out of what back/{name} rests on",
        )


def test_a_circle_leads_through_a_denial_and_three_questions(asked: Shelf) -> None:
    asked.put(ours=DUTY).bring_in()
    claims = (
        "  - {id: dear, text: It is dear., voice: editors, rests-on: {duty: yes}, answers: {cheap: no}}\n"
        "  - {id: gain, text: It gains money., voice: editors, rests-on: {cheap: yes}, denies: [deck/loss]}\n"
    )
    asked.put(back=f"kb: 1\nid: back\nclaims:\n{claims}")
    (problem,) = asked.problems("back")
    assert "rest on each other: " in problem
    assert {"duty", "cheap", "pays"} == set(problem.split(": ", 2)[2].split(" — ")[0].split(" -> "))


def test_no_question_rests_on_itself(asked: Shelf) -> None:
    asked.put(ours=DUTY.replace("duty: yes", "pays: yes"))
    assert asked.problems() == [
        (
            "ours.yaml:4:10: this question rests on a side of its own: pays -> pays — leave the side out of what "
            "ours/must-pay rests on"
        )
    ]


def test_a_circle_through_a_question_is_no_circle_of_claims(asked: Shelf) -> None:
    claims = "  - {id: so, text: So., voice: editors, rests-on: {cheap: yes}, answers: {cheap: yes}}\n"
    asked.put(ours=f"kb: 1\nid: ours\nclaims:\n{claims}")
    (problem,) = asked.problems()
    assert "this question rests on a side of its own: cheap -> cheap" in problem


def test_two_sides_of_one_question_and_one_question_twice_are_no_circle(asked: Shelf) -> None:
    more = "  - {id: cheaper, premises: [{pays: yes}, {duty: no}], supports: {cheap: yes}}\n"
    asked.put(ours=DUTY + more).bring_in()
    RoundTrip(asked.knowledge, asked.mint).check()
