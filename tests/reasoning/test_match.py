"""Two names for one thing: what a person holds to be the same is compared as one, and nothing is rewritten."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity, Match
from kb.domain.finding import Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import canonical_ids
from kb.domain.problem import Refused
from kb.domain.review import match_between, measures_mismatch, record_match
from kb.domain.unit import STANDARD
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from tests.reasoning.story import figure, measure, term, told

FEE = measure("fee", "USD/month", "price", "vendor")
LIST_PRICE = measure("list-price", "USD/month", "price", "vendor", "plan")
HERE = figure("$20 / month", id="here", of="fee", by="deck")
THERE = figure("$80 / month", id="there", of="list-price", by="memo")


def match(left: str, right: str, *, same: bool = True) -> Match:
    return Match(
        id=Id(f"{left}={right}"), slug=f"m/{left}-{right}", file="m", left=Id(left), right=Id(right), same=same
    )


def verdicts(*entities: AnyEntity) -> list[Verdict]:
    return [finding.verdict for finding in Reconciler().findings(told(*entities))]


def test_figures_of_two_measures_meet_once_a_person_says_that_they_are_one() -> None:
    assert verdicts(FEE, LIST_PRICE, HERE, THERE) == []
    assert verdicts(FEE, LIST_PRICE, HERE, THERE, match("fee", "list-price")) == [Verdict.CONFLICT]
    assert verdicts(FEE, LIST_PRICE, HERE, THERE, match("fee", "list-price", same=False)) == []


def test_values_of_a_scope_key_meet_likewise() -> None:
    one = figure("$20 / month", of="fee", by="deck", vendor="acme")
    other = figure("$80 / month", of="fee", by="memo", vendor="acme-inc")
    terms = (term("acme", "vendor"), term("acme-inc", "vendor"))
    assert verdicts(FEE, *terms, one, other) == [Verdict.NOT_COMPARABLE]
    assert verdicts(FEE, *terms, one, other, match("acme", "acme-inc")) == [Verdict.CONFLICT]


def test_the_eldest_stands_for_all_and_takes_their_keys_and_names() -> None:
    knowledge = told(FEE, replace(LIST_PRICE, aliases=("sticker price",)), HERE, THERE, match("list-price", "fee"))
    unified = knowledge.canonical
    assert {one.measure for one in unified.figures.values()} == {"fee"}
    assert unified.measures[Id("fee")].keys == ("vendor", "plan")
    assert set(unified.measures[Id("fee")].aliases) == {LIST_PRICE.label, "sticker price"}
    assert knowledge.figures[Id("there")].measure == "list-price"
    assert {position.measure for position in analyse(knowledge).positions[Id("fee")]} == {"fee"}


def test_only_what_can_be_compared_can_be_the_same() -> None:
    share = measure("share", "fraction", "ratio")
    flow = measure("spending")
    assert "is in" in measures_mismatch(FEE, share, STANDARD)
    assert "is a price and" in measures_mismatch(FEE, flow, STANDARD)
    assert measures_mismatch(FEE, LIST_PRICE, STANDARD) == ""
    terms = term("a", "vendor"), term("b", "plan"), term("c", "vendor", "a"), term("d", "vendor", "c")
    knowledge = told(FEE, share, *terms, HERE)
    apart = ("fee", "share"), ("a", "b"), ("fee", "a"), ("fee", "fee"), ("fee", "here"), ("c", "a"), ("a", "d")
    for left, right in apart:
        try:
            record_match(knowledge, Id(left), Id(right), same=True, text="so", mint=Counting())
        except Refused:
            continue
        raise AssertionError(f"{left} and {right} were matched")


class Counting:
    """Ids that count."""

    def id(self) -> str:
        return "new"

    def salt(self) -> str:
        return "0" * 32

    def now(self) -> str:
        return "2026-06-15T12:00:00.000000Z"


def test_a_second_decision_revises_the_first() -> None:
    first = match("fee", "list-price")
    knowledge = told(FEE, LIST_PRICE, first)
    (fact,) = record_match(knowledge, Id("list-price"), Id("fee"), same=False, text="no", mint=Counting())
    assert type(fact).__name__ == "Revised"
    assert match_between(knowledge, Id("list-price"), Id("fee")) == first


IDS = [Id(letter) for letter in "abcdefgh"]
PAIRS = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])


@given(st.lists(PAIRS, max_size=10))
def test_matches_make_classes_whatever_their_order(pairs: list[tuple[Id, Id]]) -> None:
    known = dict.fromkeys(IDS)
    matches = [match(*pair) for pair in pairs]
    there = canonical_ids(matches, known)
    back = canonical_ids(matches[::-1], known)
    assert [there(id) for id in IDS] == [back(id) for id in IDS]
    for left, right in pairs:
        assert there(left) == there(right)
    assert all(there(there(id)) == there(id) <= id for id in IDS)
