"""What if: several changes at once say what each of them says alone, and nothing else changes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import pytest

from benchmarks.answers import many_questions
from kb.domain.answer import AnswerWord, Direction, Hinge
from kb.domain.choices import NO_CHOICES, Choices, Decided, Supposed
from kb.domain.entity import AnyEntity
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import Analysis, analyse
from kb.reasoning.answers.answering import answer
from kb.reasoning.answers.break_even import moved_inputs
from kb.reasoning.answers.changes import SingleChange, single_changes
from kb.reasoning.answers.removal import Withdrawals, knowledge_without
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.what_if import NodeStatus, WhatIf, choices_of, what_if
from kb.reasoning.argumentation.standing import StandingWord
from tests.answers.test_withdrawal import BASES, known
from tests.reasoning.story import argument, calculation, claim, figure, measure, quantity, question, source, told


@cache
def generated(seed: int) -> tuple[Knowledge, Analysis]:
    knowledge = many_questions(15, Random(seed))
    return knowledge, analyse(knowledge)


def base_of(name: str) -> tuple[Knowledge, Analysis]:
    return generated(int(name.removeprefix("seed "))) if name.startswith("seed ") else known(name)


EVERY_BASE = [*BASES, "seed 1", "seed 2"]


def state(part: QuestionSlice) -> tuple[Direction, object]:
    return part.direction(part.strengths), pytest.approx(part.balance(part.strengths), abs=1e-6)


def every_single_change(part: QuestionSlice) -> Iterator[tuple[SingleChange, Hinge]]:
    moved = (move for _, moves in moved_inputs(part) for move in moves)
    for change in single_changes(part, moved):
        yield (
            change,
            Hinge(
                kind=change.kind,
                subject=change.subject,
                origin=change.origin,
                accepted=change.accepted,
                break_even=change.break_even,
                before=part.direction(part.strengths),
                after=part.direction(part.strengths.after(change.change)),
                shift=0.0,
            ),
        )


@pytest.mark.parametrize("base", EVERY_BASE)
def test_a_single_choice_is_the_single_change_that_is_tried(base: str) -> None:
    _, analysis = base_of(base)
    for part in analysis.slices.values():
        # Of the many of the corpus every third will do; what turns an answer is followed below.
        for change, said in list(every_single_change(part))[:: 3 if base == "corpus" else 1]:
            tried = part.strengths.after(change.change)
            chosen = what_if(part, choices_of(part, said))
            assert state(chosen.after) == (part.direction(tried), part.balance(tried)), (part.question.slug, said)


@pytest.mark.parametrize("base", EVERY_BASE)
def test_a_hinge_that_is_followed_gives_the_direction_that_it_promises(base: str) -> None:
    _, analysis = base_of(base)
    for id, made in analysis.answers.items():
        for hinge in made.hinges:
            chosen = what_if(analysis.slices[id], choices_of(analysis.slices[id], hinge))
            assert chosen.directions == (hinge.before, hinge.after), hinge


@pytest.mark.parametrize("base", EVERY_BASE)
def test_no_choices_change_nothing(base: str) -> None:
    _, analysis = base_of(base)
    for id, part in analysis.slices.items():
        unchanged = what_if(part, NO_CHOICES)
        assert state(unchanged.after) == (part.direction(part.strengths), part.balance(part.strengths))
        assert not list(unchanged.changed_standings())
        assert all(before == after for before, after in unchanged.recomputed.values())
        assert answer(unchanged.after) == analysis.answers[id]


@pytest.mark.parametrize("base", ["pair", "seed 1", *list(BASES)[2::4]])
def test_withdrawing_several_is_never_having_recorded_any_of_them(base: str) -> None:
    knowledge, analysis = base_of(base)
    withdrawals = Withdrawals(knowledge, analysis.standings.graph.links)
    for pair in list(combinations(knowledge.sources, 2))[:4]:
        rebuilt = analyse(knowledge_without(knowledge, withdrawals.of(pair, list(withdrawals.origins)[:1])))
        choices = Choices(without=frozenset(pair), voices=frozenset(list(withdrawals.origins)[:1]))
        for id, part in analysis.slices.items():
            there = rebuilt.slices[id]
            after = what_if(part, choices).after
            assert state(after) == (there.direction(there.strengths), there.balance(there.strengths))
            assert answer(after).word == rebuilt.answers[id].word


def test_what_is_withdrawn_cannot_be_withdrawn_again() -> None:
    _, analysis = known("19-gum")
    for part in analysis.slices.values():
        for id in part.knowledge.sources:
            alone = what_if(part, Choices(without=frozenset((id,))))
            spoke = Withdrawals(part.knowledge, part.graph.links).origins
            own = {key for key, (_, stated) in spoke.items() if stated.ids and stated.ids <= alone.removal.ids}
            again = what_if(part, replace(alone.choices, voices=frozenset(own)))
            assert again.removal == alone.removal and state(again.after) == state(alone.after)


# One base in which everything can be chosen

FEES = (figure("$40 / month", id="low", by="ann", of="fee"), figure("$90 / month", id="high", by="bob", of="fee"))


def plan(*others: AnyEntity, use: str = "30%") -> QuestionSlice:
    """What is left of a fee that two sources dispute after a use that is assumed; one claim denies another."""
    knowledge = told(
        source("deck"),
        measure("fee", "USD/month", "price"),
        question(),
        *FEES,
        claim("dear", by="ann"),
        claim("cheap", by="bob", denies=("dear",), confidence="unlikely"),
        argument("for", "question:loss:yes", "claim:dear"),
        argument("against", "question:loss:no", "claim:cheap"),
        claim("pays", by="deck", holds_if=("profit", ">", "0")),
        replace(calculation("profit", "fee - cost", fee="measure fee", cost="missing"), unit="USD/month"),
        calculation("share", "fee / (fee + rest) - use", fee="figure low", rest="figure high", use=use),
        argument("paying", "question:loss:no", "claim:pays"),
        argument("sharing", "question:loss:no", "calculation:share"),
        *others,
    )
    return analyse(knowledge).slices[Id("loss")]


def supposed(part: QuestionSlice, calculation: str, input: str, value: str, figure: str = "") -> WhatIf:
    amount = quantity(value)
    one = Supposed(calculation=Id(calculation), input=input, figure=Id(figure) if figure else None, quantity=amount)
    return what_if(part, Choices(supposed=frozenset((one,))))


def middles(chosen: WhatIf, calculation: str) -> list[float]:
    outcomes = chosen.after.results[Id(calculation)].outcomes
    return [float(outcome.stated.low) for outcome in outcomes if outcome.stated.low is not None]


def test_a_value_is_supposed_of_an_assumption_a_gap_a_figure_and_a_position() -> None:
    part = plan()
    assert middles(supposed(part, "share", "use", "10%"), "share") == [pytest.approx(40 / 130 - 0.1)]
    missing = supposed(part, "profit", "cost", "$50 / month")
    assert middles(missing, "profit") == [-10, 40] and part.results[Id("profit")].problem
    assert middles(supposed(part, "share", "fee", "$10 / month"), "share") == [pytest.approx(0.1 - 0.3)]
    both = what_if(
        part,
        Choices(
            supposed=frozenset(
                (
                    Supposed(calculation=Id("profit"), input="cost", quantity=quantity("$600 / year", "USD")),
                    Supposed(
                        calculation=Id("profit"), input="fee", figure=Id("high"), quantity=quantity("$80 / month")
                    ),
                )
            )
        ),
    )
    assert middles(both, "profit") == [-10, 30]


def test_a_figure_that_is_withdrawn_may_be_supposed() -> None:
    chosen = what_if(
        plan(),
        Choices(
            without=frozenset((Id("ann"),)),
            supposed=frozenset((Supposed(calculation=Id("share"), input="fee", quantity=quantity("$10 / month")),)),
        ),
    )
    assert middles(chosen, "share") == [pytest.approx(0.1 - 0.3)]
    assert chosen.after.graph.weights[chosen.after.graph.index[Id("share")]] == 0.5


def test_a_position_leaves_out_its_rivals_also_where_nothing_is_contested() -> None:
    part = plan(figure("$45 / month", id="near", by="cat", of="fee", stance="estimated"))
    assert what_if(part, Choices(taken=frozenset((Id("low"),)))).removal.figures == {"high", "near"}
    alone = plan(measure("rate", "USD/month", "price"), figure("$5 / month", id="rate-5", of="rate", by="cat"))
    assert not what_if(alone, Choices(taken=frozenset((Id("rate-5"),)))).removal


def test_what_becomes_of_each_node() -> None:
    chosen = what_if(
        plan(), Choices(without=frozenset((Id("bob"),)), decided=frozenset((Decided(Id("paying"), accepted=False),)))
    )
    statuses = {name: chosen.status(Id(name)) for name in ("high", "cheap", "low", "paying", "dear", "for", "nowhere")}
    assert statuses == {
        "high": NodeStatus.WITHDRAWN,
        "cheap": NodeStatus.WITHDRAWN,
        "low": NodeStatus.UNCHANGED,
        "paying": NodeStatus.REJECTED,
        "dear": NodeStatus.CHANGED,
        "for": NodeStatus.UNCHANGED,
        "nowhere": NodeStatus.UNCHANGED,
    }
    assert chosen.status(Id("loss"), "no") is NodeStatus.CHANGED
    standings = {key.id: (before, after) for key, before, after in chosen.changed_standings()}
    assert standings[Id("dear")] == (StandingWord.CONTESTED, StandingWord.UNOPPOSED)


def test_an_accepted_claim_has_no_objection_left_and_is_not_tried_again() -> None:
    part = plan()
    chosen = what_if(part, Choices(decided=frozenset((Decided(Id("dear"), accepted=True),))))
    assert chosen.words(part.graph.index[Id("dear")]) == (StandingWord.CONTESTED, StandingWord.UNOPPOSED)
    assert "dear" not in {change.subject for change, _ in every_single_change(chosen.after)}
    assert "dear" in {change.subject for change, _ in every_single_change(part)}


def test_choices_elsewhere_change_nothing() -> None:
    part = plan()
    elsewhere = Choices(
        without=frozenset((Id("nobody"),)),
        voices=frozenset(("nobody",)),
        taken=frozenset((Id("nothing"),)),
        supposed=frozenset((Supposed(calculation=Id("nothing"), input="x", quantity=quantity("1", "1")),)),
        decided=frozenset((Decided(Id("nothing"), accepted=True),)),
    )
    assert elsewhere and answer(what_if(part, elsewhere).after) == answer(part)


def test_the_word_under_choices_is_that_of_an_answer() -> None:
    part = plan()
    chosen = what_if(part, Choices(without=frozenset((Id("bob"), Id("deck")))))
    made = answer(chosen.after)
    assert (made.direction, made.word) == (chosen.directions[1], AnswerWord.LEANING_YES)
    assert {hinge.subject for hinge in made.hinges}.isdisjoint(("bob", "deck"))
