"""Figures that a voice computed from the numbers of others: whose word they are."""

from dataclasses import replace

import pytest

from kb.domain.entity import Figure
from kb.domain.finding import FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.consensus import consensus
from kb.reasoning.findings.position import positions
from kb.reasoning.reconcile import Reconciler
from tests.reasoning.story import figure, measure, source, told

BASES = measure("bill"), source("lab"), source("firm"), figure("$8k/month", id="test", of="bill", by="lab")


def derived(text: str, by: str, *bases: str, id: str = "", line: int = 1) -> Figure:
    return replace(figure(text, by=by, id=id, line=line), derived_from=tuple(map(Id, bases)))


def origins(knowledge: Knowledge) -> list[int]:
    return [len(position.origins) for position in positions(knowledge, Id("value"))]


def corroborated(knowledge: Knowledge) -> bool:
    return any(f.kind is FindingKind.CORROBORATION for f in Reconciler().findings(knowledge, None))


def test_what_two_compute_from_one_test_corroborates_nothing() -> None:
    known = told(measure(), *BASES, derived("$40", "ann", "test"), derived("$40", "ben", "test"))
    assert origins(known) == [1]
    assert not corroborated(known)


def test_what_is_computed_from_a_test_does_not_confirm_the_tester() -> None:
    known = told(measure(), *BASES, derived("$40", "ann", "test"), figure("$40", by="lab", id="own"))
    [position] = positions(known, Id("value"))
    assert (position.figures, position.origins) == (("own",), ("Lab",))
    assert not corroborated(known)


def test_numbers_computed_from_two_tests_are_two_voices() -> None:
    other = figure("$9k/month", id="second", of="bill", by="firm")
    known = told(measure(), *BASES, other, derived("$40", "ann", "test"), derived("$40", "ben", "second"))
    assert origins(known) == [2]
    assert corroborated(known)


def test_a_number_of_ones_own_beside_a_computed_one_is_a_second_voice() -> None:
    known = told(measure(), *BASES, derived("$40", "ann", "test"), figure("$40", by="ben"))
    assert origins(known) == [2]


@pytest.mark.parametrize("link", [{"repeats": "sum"}, {"quotes": "sum"}, {"translates": "sum"}])
def test_a_repetition_of_a_computed_number_is_the_word_of_the_test(link: dict[str, str]) -> None:
    known = told(
        measure(),
        *BASES,
        derived("$40", "ann", "test", id="sum"),
        figure("$40", by="ben", **link),
        figure("$40", by="lab", id="own", line=9),
    )
    assert origins(known) == [1]


def test_figures_computed_from_each_other_are_the_word_of_who_gives_them() -> None:
    known = told(measure(), derived("$40", "ann", "b", id="a"), derived("$40", "ben", "a", id="b"))
    assert origins(known) == [2]


def test_a_consensus_counts_one_test_once() -> None:
    known = told(
        measure(), *BASES, derived("$40", "ann", "test"), derived("$44", "ben", "test"), figure("$41", by="cem")
    )
    [agreed] = consensus(known, Id("value"))
    assert len(agreed.origins) == 2
