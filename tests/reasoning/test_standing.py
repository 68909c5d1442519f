"""Grounded labels, and the consensus of voices."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kb.domain.entity import AnyEntity
from kb.domain.identity import Id
from kb.reasoning.analysis import analyse
from kb.reasoning.argumentation.labelling import Label, grounded
from kb.reasoning.argumentation.standing import Standings
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.consensus import Consensus, ConsensusGround, consensus, weighted_medians
from kb.reports.words.conclusions import standing_sentence
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, told


def standings(*entities: AnyEntity) -> Standings:
    knowledge = told(*entities)
    return Standings(knowledge, results_of(knowledge, knowledge.calculations))


def labels(*entities: AnyEntity) -> dict[str, str]:
    found = standings(*entities)
    return {id: str(found.label(id)) for id in found.graph.index}


# -- Dung's own examples: grounded extensions known from outside this code ------------------------------------------


def attacks(*pairs: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for attacker, attacked in pairs:
        found.setdefault(attacked, set()).add(attacker)
    return {node: frozenset(by) for node, by in found.items()}


@pytest.mark.parametrize(
    ("nodes", "attacking", "standing"),
    [
        ("ab", ["ab"], "a"),  # who is not attacked stands, and what it attacks falls
        ("abc", ["ab", "bc"], "ac"),  # an attacker that falls reinstates
        ("ab", ["ab", "ba"], ""),  # the Nixon diamond: nothing is settled
        ("a", ["aa"], ""),  # nobody stands against himself
        ("abc", ["ab", "bc", "ca"], ""),  # an odd circle
        ("abcde", ["ab", "cb", "cd", "dc", "de"], "a"),  # a attacks b; c and d are open, and so is e
    ],
)
def test_the_grounded_labelling_is_dung_s(nodes: str, attacking: list[str], standing: str) -> None:
    found = grounded(nodes, attacks(*attacking))
    assert "".join(node for node in nodes if found[node] is Label.IN) == standing


# -- the labels, which stand in the details --------------------------------------------------------------------------


def test_an_argument_falls_with_a_premise() -> None:
    found = labels(
        claim("cheap"),
        claim("seen"),
        claim("false"),
        argument("because", "claim:cheap", "claim:seen", attacks=True),
        argument("refutes", "claim:seen", "claim:false", attacks=True),
    )
    assert (found["seen"], found["because"], found["cheap"]) == ("OUT", "OUT", "IN")


def test_claims_that_deny_each_other_are_both_open_until_one_falls() -> None:
    denying = (claim("cheap", denies=("dear",)), claim("dear"))
    assert labels(*denying) == {"cheap": "UNDECIDED", "dear": "UNDECIDED"}
    settled = labels(*denying, claim("seen"), argument("yet", "claim:dear", "claim:seen", attacks=True))
    assert (settled["cheap"], settled["dear"]) == ("IN", "OUT")


def test_a_claim_whose_condition_fails_on_the_numbers_falls() -> None:
    margin = calculation("margin", "1 - cost", cost="75%")
    assert labels(margin, claim("loses", holds_if=("margin", "<", "0")))["loses"] == "OUT"
    assert labels(margin, claim("earns", holds_if=("margin", ">", "0")))["earns"] == "IN"


def test_an_argument_from_a_calculation_without_result_falls() -> None:
    found = labels(
        calculation("broken", "1 / x", x="0-1"),
        claim("cheap"),
        argument("because", "claim:cheap", "calculation:broken"),
    )
    assert (found["broken"], found["because"]) == ("OUT", "OUT")


def test_a_side_stands_when_an_argument_for_it_stands_and_none_for_the_other() -> None:
    one = (question(), claim("seen"), argument("because", "question:loss:yes", "claim:seen"))
    found = standings(*one)
    assert [str(found.label(Id("loss"), side)) for side in ("yes", "no")] == ["IN", "OUT"]
    both = (*one, claim("heard"), argument("yet", "question:loss:no", "claim:heard"))
    found = standings(*both)
    assert [str(found.label(Id("loss"), side)) for side in ("yes", "no")] == ["UNDECIDED", "UNDECIDED"]


CHEAP_IS_ATTACKED = (claim("cheap"), claim("seen"), argument("yet", "claim:cheap", "claim:seen", attacks=True))
UNDERCUT = (claim("unlike"), argument("undercut", "argument:yet", "claim:unlike", attacks=True))
DENIAL = (claim("cheap", denies=("dear",)), claim("dear"), claim("so"), argument("thus", "claim:so", "claim:cheap"))
MARGIN = calculation("margin", "1 - cost", cost="75%")
BROKEN = calculation("broken", "1 / x", x="0-1")


@pytest.mark.parametrize(
    ("name", "entities", "sentence"),
    [
        ("seen", CHEAP_IS_ATTACKED, "Nothing attacks it."),
        ("cheap", CHEAP_IS_ATTACKED, "By logic alone, it falls to: Deck: Seen."),
        ("cheap", (*CHEAP_IS_ATTACKED, *UNDERCUT), "Its only opponent is itself rejected: Deck: Seen."),
        ("cheap", DENIAL, "Undecided: it contradicts a claim that is itself undecided, by Deck: Dear."),
        ("thus", DENIAL, "Undecided: it is not settled whether this holds: Deck: Cheap."),
        (
            "loses",
            (MARGIN, claim("loses", holds_if=("margin", "<", "0"))),
            "By logic alone, it falls to: its condition, which fails on the numbers.",
        ),
        ("broken", (BROKEN,), "By logic alone, it falls to: the lack of a result."),
        (
            "so",
            (BROKEN, claim("cheap"), argument("so", "claim:cheap", "calculation:broken")),
            "By logic alone, it falls to: a rejected premise, broken.",
        ),
    ],
)
def test_a_sentence_names_the_attackers_that_decide(name: str, entities: tuple[AnyEntity, ...], sentence: str) -> None:
    assert standing_sentence(told(*entities), standings(*entities), Id(name)) == sentence


# -- consensus -------------------------------------------------------------------------------------------------------


def agreed(*entities: AnyEntity) -> tuple[Consensus, ...]:
    return consensus(told(measure(), *entities), Id("value"))


def test_a_consensus_is_the_weighted_median_of_voices() -> None:
    (found,) = agreed(
        figure("$8,000/month", by="deck"), figure("$8,900/month", by="memo"), figure("$9,900/month", by="note")
    )
    assert found.value is not None
    assert (found.value.low, found.interval.low, found.interval.high) == (8900, 8000, 9900)
    assert len(found.origins) == 3


def test_repetitions_do_not_move_a_consensus() -> None:
    voices = [figure("$8,000/month", by="deck"), figure("$9,000/month", by="memo"), figure("$9,900/month", by="note")]
    again = [figure("$9,900/month", by=f"copy-{n}", voice="Note") for n in range(5)]
    assert agreed(*voices, *again)[0].value == agreed(*voices)[0].value


def test_voices_too_far_apart_have_no_consensus() -> None:
    (found,) = agreed(figure("$8,000/month", by="deck"), figure("$24,000/month", by="memo"))
    assert (found.value, found.basis.ground) == (None, ConsensusGround.TOO_FAR_APART)


def test_there_is_no_consensus_across_scopes() -> None:
    vendors = {"acme": "$8,000/month", "globex": "$9,000/month"}
    told_of = [figure(text, by=by, vendor=vendor) for vendor, text in vendors.items() for by in ("deck", "memo")]
    assert [one.value.low for one in agreed(*told_of) if one.value] == [8000, 9000]


def test_a_declared_authority_comes_first() -> None:
    knowledge = told(
        measure(authority=Id("register")),
        figure("$8,000/month", by="deck"),
        figure("$24,000/month", by="register"),
    )
    (found,) = consensus(knowledge, Id("value"))
    assert found.value is not None
    assert found.value.low == 24000


def test_a_hypothetical_number_enters_no_consensus() -> None:
    (found,) = agreed(figure("$8,000/month"), figure("$9,900/month", by="memo", stance="hypothetical"))
    assert len(found.origins) == 1


def test_the_median_is_where_half_the_weight_is_reached() -> None:
    assert weighted_medians([(Fraction(9), Decimal(1)), (Fraction(1), Decimal(3)), (Fraction(5), Decimal(1))]) == (1, 1)


def test_an_analysis_of_nothing_is_empty() -> None:
    found = analyse(told())
    assert (found.results, found.positions, found.consensus) == ({}, {}, {})
    assert found.standings.converged
