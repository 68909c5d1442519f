"""What stands and how well: strengths, labels, sides of a question, and consensus."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.confidence import Reliability
from kb.domain.entity import AnyEntity
from kb.domain.identity import Id
from kb.reasoning.analysis import analyse
from kb.reasoning.argumentation.labelling import Label, entity_node, grounded
from kb.reasoning.argumentation.strength import Standing, Standings, all_standings, energy
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.consensus import Consensus, consensus, weighted_medians
from kb.reports.words.conclusions import consensus_sentence, standing_sentence
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source, told


def standings(*entities: AnyEntity) -> Standings:
    knowledge = told(*entities)
    return all_standings(knowledge, results_of(knowledge, knowledge.calculations))


def standing(name: str, *entities: AnyEntity) -> Standing:
    return standings(*entities).of[Id(name)]


def labels(*entities: AnyEntity) -> dict[str, str]:
    return {id: str(one.label) for id, one in standings(*entities).of.items()}


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


# -- the map ---------------------------------------------------------------------------------------------------------


def test_a_claim_that_nobody_attacks_stands_at_its_own_weight() -> None:
    found = standing("cheap", source("deck", reliability=Reliability.B), claim("cheap", confidence="0.8"))
    assert (found.label, found.strength) == (Label.IN, Decimal("0.648"))  # 0.8 x 0.9 (asserted) x 0.9 (letter B)


def test_a_support_lifts_a_claim_and_an_attack_lowers_it() -> None:
    base = standing("cheap", claim("cheap"), claim("seen")).strength
    lifted = standing("cheap", claim("cheap"), claim("seen"), argument("because", "claim:cheap", "claim:seen"))
    lowered = standing(
        "cheap", claim("cheap"), claim("seen"), argument("yet", "claim:cheap", "claim:seen", attacks=True)
    )
    assert lowered.strength < base < lifted.strength
    assert lifted.contributions == ((Id("because"), lifted.strength - base),)
    assert lowered.label is Label.OUT
    assert lowered.deciding_attackers == (entity_node(Id("yet")),)


def test_an_argument_weighs_as_much_as_its_weakest_premise() -> None:
    found = standings(
        claim("cheap"),
        claim("sure", confidence="0.9"),
        claim("doubtful", confidence="0.2"),
        argument("because", "claim:cheap", "claim:sure", "claim:doubtful"),
    )
    assert found.of[Id("because")].weight == found.of[Id("doubtful")].strength


def test_an_argument_falls_with_a_premise() -> None:
    found = labels(
        claim("cheap"),
        claim("seen"),
        claim("false"),
        argument("because", "claim:cheap", "claim:seen", attacks=True),
        argument("refutes", "claim:seen", "claim:false", attacks=True),
    )
    assert (found["seen"], found["because"], found["cheap"]) == ("OUT", "OUT", "IN")


def test_an_undercut_argument_falls_and_contributes_nothing() -> None:
    entities = (
        claim("cheap"),
        claim("seen"),
        claim("unlike"),
        argument("yet", "claim:cheap", "claim:seen", attacks=True),
        argument("undercut", "argument:yet", "claim:unlike", attacks=True),
    )
    found = standings(*entities)
    assert (found.of[Id("yet")].label, found.of[Id("yet")].strength) == (Label.OUT, 0)
    assert found.of[Id("cheap")].label is Label.IN
    assert found.of[Id("cheap")].strength == found.of[Id("cheap")].weight


def test_claims_that_deny_each_other_are_both_open_until_one_falls() -> None:
    denying = (claim("cheap", denies=("dear",)), claim("dear"))
    assert labels(*denying) == {"cheap": "UNDECIDED", "dear": "UNDECIDED"}
    settled = labels(*denying, claim("seen"), argument("yet", "claim:dear", "claim:seen", attacks=True))
    assert (settled["cheap"], settled["dear"]) == ("IN", "OUT")


def test_a_claim_whose_condition_fails_on_the_numbers_falls() -> None:
    margin = calculation("margin", "1 - cost", cost="75%")
    assert labels(margin, claim("loses", holds_if=("margin", "<", "0")))["loses"] == "OUT"
    assert labels(margin, claim("earns", holds_if=("margin", ">", "0")))["earns"] == "IN"


def test_a_condition_that_the_numbers_leave_open_neither_lifts_nor_lowers() -> None:
    found = standing(
        "loses", calculation("margin", "1 - cost", cost="75-125%"), claim("loses", holds_if=("margin", "<", "0"))
    )
    assert (found.label, found.contributions) == (Label.IN, ())


def test_an_argument_from_a_calculation_without_result_falls() -> None:
    found = labels(
        calculation("broken", "1 / x", x="0-1"),
        claim("cheap"),
        argument("because", "claim:cheap", "calculation:broken"),
    )
    assert (found["broken"], found["because"]) == ("OUT", "OUT")


def test_a_side_stands_when_an_argument_for_it_stands_and_none_for_the_other() -> None:
    one = (question(), claim("seen"), argument("because", "question:loss:yes", "claim:seen"))
    found = standings(*one).sides
    assert [str(found[Id("loss"), side].label) for side in ("yes", "no")] == ["IN", "OUT"]
    both = (*one, claim("heard"), argument("yet", "question:loss:no", "claim:heard"))
    found = standings(*both).sides
    assert [str(found[Id("loss"), side].label) for side in ("yes", "no")] == ["UNDECIDED", "UNDECIDED"]


def test_what_supports_one_side_weakens_the_other_by_as_much() -> None:
    found = standings(question(), claim("seen"), argument("because", "question:loss:yes", "claim:seen")).sides
    assert found[Id("loss"), "yes"].strength + found[Id("loss"), "no"].strength == 1
    assert found[Id("loss"), "yes"].strength > found[Id("loss"), "no"].strength


def test_a_circle_of_supports_comes_to_rest() -> None:
    found = standings(
        claim("hen"),
        claim("egg"),
        argument("lays", "claim:egg", "claim:hen"),
        argument("hatches", "claim:hen", "claim:egg"),
    )
    assert found.converged
    assert found.of[Id("hen")].strength > found.of[Id("hen")].weight


CHEAP_IS_ATTACKED = (claim("cheap"), claim("seen"), argument("yet", "claim:cheap", "claim:seen", attacks=True))
ONE_SIDED = (question(), claim("seen"), argument("because", "question:loss:yes", "claim:seen"))
CONTESTED = (*ONE_SIDED, claim("heard"), argument("yet", "question:loss:no", "claim:heard"))
UNDERCUT = (claim("unlike"), argument("undercut", "argument:yet", "claim:unlike", attacks=True))
DENIAL = (claim("cheap", denies=("dear",)), claim("dear"), claim("so"), argument("thus", "claim:so", "claim:cheap"))
MARGIN = calculation("margin", "1 - cost", cost="75%")
BROKEN = calculation("broken", "1 / x", x="0-1")


@pytest.mark.parametrize(
    ("name", "entities", "sentence"),
    [
        ("seen", CHEAP_IS_ATTACKED, "Nothing attacks it."),
        ("cheap", CHEAP_IS_ATTACKED, "It falls: yet."),
        ("cheap", (*CHEAP_IS_ATTACKED, *UNDERCUT), "All that attacks it has fallen: yet."),
        ("cheap", DENIAL, "It is open, because this is open: dear."),
        ("thus", DENIAL, "It is open, because this is open: whether cheap stands."),
        (
            "loses",
            (MARGIN, claim("loses", holds_if=("margin", "<", "0"))),
            "It falls: its condition fails on the numbers.",
        ),
        ("broken", (BROKEN,), "It falls: it cannot be worked out."),
        (
            "so",
            (BROKEN, claim("cheap"), argument("so", "claim:cheap", "calculation:broken")),
            "It falls: broken has fallen.",
        ),
    ],
)
def test_a_sentence_names_the_attackers_that_decide(name: str, entities: tuple[AnyEntity, ...], sentence: str) -> None:
    assert standing_sentence(told(*entities), standing(name, *entities)) == sentence


@pytest.mark.parametrize(
    ("side", "entities", "sentence"),
    [
        ("yes", ONE_SIDED, "All that attacks it has fallen: loss (no); no argument for it stands."),
        ("no", ONE_SIDED, "It falls: loss (yes); no argument for it stands."),
        ("yes", CONTESTED, "It is open, because this is open: loss (no)."),
    ],
)
def test_a_sentence_on_a_side_names_the_other_side(side: str, entities: tuple[AnyEntity, ...], sentence: str) -> None:
    found = standings(*entities).sides[Id("loss"), side]
    assert standing_sentence(told(*entities), found) == sentence


shares = st.decimals(0, 1, places=2)
sums = st.decimals(0, 5, places=2)


@given(shares, sums, sums)
def test_strength_stays_between_0_and_1_and_balance_changes_nothing(
    weight: Decimal, up: Decimal, down: Decimal
) -> None:
    assert 0 <= energy(weight, up, down) <= 1
    assert energy(weight, up, up) == weight
    assert energy(weight, max(up, down), min(up, down)) >= weight >= energy(weight, min(up, down), max(up, down))


# -- consensus -------------------------------------------------------------------------------------------------------


def agreed(*entities: AnyEntity) -> tuple[Consensus, ...]:
    return consensus(told(measure(), *entities), Id("value"))


def test_a_consensus_is_the_weighted_median_of_independent_voices() -> None:
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
    assert (found.value, consensus_sentence(found)) == (None, "No consensus: the voices lie 3 times apart.")


def test_there_is_no_consensus_across_scopes() -> None:
    found = agreed(figure("$8,000/month", vendor="acme"), figure("$9,000/month", by="memo", vendor="globex"))
    assert [one.value.low for one in found if one.value] == [8000, 9000]


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
