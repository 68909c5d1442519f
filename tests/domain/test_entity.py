"""Every kind of entity is known wherever kinds are listed."""

from typing import get_args

from kb.domain.answer import AnswerWord, Certainty, Rating
from kb.domain.entity import KINDS, AnyEntity, Assessment, Decision, Ruling, kind_of
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from tests.reasoning.story import (
    argument,
    calculation,
    claim,
    figure,
    match,
    measure,
    question,
    source,
    term,
    unit,
)

ONE_OF_EACH: tuple[AnyEntity, ...] = (
    source("deck"),
    unit("fortnight", "14 day"),
    measure("fee"),
    term("anthropic"),
    match("both", "fee", "price"),
    figure("$8k/month", id="value"),
    claim("cheap"),
    question("loss"),
    argument("why", "claim:cheap", "figure:value"),
    calculation("twice", "2 * x", x="figure value"),
    Ruling(id=Id("r"), slug="rulings/r", file="rulings", finding="k", digest="d", decision=Decision.DISMISS),
    Assessment(
        id=Id("s"),
        slug="assessments/s",
        file="assessments",
        question=Id("loss"),
        answer=AnswerWord.OPEN,
        computed=Rating(certainty=Certainty.LOW),
        judged=Rating(certainty=Certainty.HIGH),
        by="Ada",
        text="It is plain.",
    ),
)


def test_each_kind_has_a_name() -> None:
    assert set(KINDS.values()) == set(get_args(AnyEntity))
    assert [kind_of(entity) for entity in ONE_OF_EACH] == list(KINDS)


def test_knowledge_keeps_each_kind() -> None:
    assert set(Knowledge.of(ONE_OF_EACH).by_id) == {entity.id for entity in ONE_OF_EACH}
