"""An argument map in AIF becomes a seed file, nothing is lost, and it goes out as it came in."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.entity import ArgumentKind, Node, NodeKind
from kb.domain.event import Retracted, Revised
from kb.intake.aif.document import document_text, is_aif
from tests.intake.aif_maps import aif, arguments_of, brought_in, brought_out, drafted, warned
from tests.intake.shelf import after

FERRY = "1 I The ferry pays; 2 RA; 3 I It is full; 4 CA; 5 I The count is old; 6 I It leaks; 7 CA"
FERRY_EDGES = "3>2 2>1 5>4 4>2 6>7 7>1"


def test_statements_become_claims_and_steps_arguments_undercuts_among_them() -> None:
    base = brought_in(aif(FERRY, FERRY_EDGES))
    assert arguments_of(base.knowledge) == {"n3 supports n1", "n5 attacks n2", "n6 attacks n1"}
    assert sorted(claim.text for claim in base.knowledge.claims.values()) == [
        "It is full",
        "It leaks",
        "The count is old",
        "The ferry pays",
    ]
    base.check()


def test_a_question_is_proposed_about_the_claim_to_which_most_leads_and_is_no_part_of_the_map() -> None:
    whole = aif(f"{FERRY}; 8 I Boats float; 9 RA; 10 I Wood floats", f"{FERRY_EDGES} 10>9 9>8")
    base = brought_in(whole)
    (question,) = base.knowledge.questions.values()
    assert question.text == "Is it right that “The ferry pays”?"
    assert brought_out(base.knowledge) == whole


def test_what_attacks_a_step_with_several_conclusions_attacks_each_argument_made_of_it() -> None:
    whole = aif("1 I A; 2 RA; 3 I B; 4 I C; 5 CA; 6 I D", "1>2 2>3 2>4 6>5 5>2")
    base = brought_in(whole)
    made = {"n1 supports n3", "n1 supports n4", "n6 attacks n2", "n6 attacks n2-2"}
    assert arguments_of(base.knowledge) == made
    assert brought_out(base.knowledge) == whole


def test_a_map_without_arguments_asks_nothing() -> None:
    assert not brought_in(aif("1 I The ferry pays; 2 I It is full")).knowledge.questions


SAID = "1 I Rents rise; 2 L Ann : rents rise; 3 YA Asserting; 4 L Bo Li: no; 5 YA Asserting; 6 I Rents fall"
SAID_EDGES = "2>3 3>1 4>5 5>6"
WHO: dict[str, Any] = {
    "locutions": [{"nodeID": "2", "personID": 7}],
    "participants": [{"participantID": "7", "firstname": "Ann", "surname": "Ash"}],
}


@pytest.mark.parametrize(
    ("whole", "voices"),
    [
        (aif(SAID, SAID_EDGES), {"Ann", "Bo Li"}),
        (aif(SAID, SAID_EDGES, **WHO), {"Ann Ash", "Bo Li"}),
        (aif(SAID.replace("Ann :", "A word via Bo :"), SAID_EDGES), {"Argument map map.json", "Bo Li"}),
        (aif(SAID.replace("Ann : ", "").replace("Bo Li: ", ""), SAID_EDGES), {"Argument map map.json"}),
        (aif("2 I Rents rise; 6 I Rents fall", **WHO), {"Ann Ash", "Argument map map.json"}),
        (aif(SAID.replace("Ann :", "(Landlord A) :"), SAID_EDGES), {"Bo Li", "(Landlord A)"}),
        (aif(SAID, SAID_EDGES, participants=[{"participantID": 7}], locutions=[None, {"nodeID": 2}]), {"Ann", "Bo Li"}),
    ],
)
def test_who_says_it_is_taken_from_locutions(whole: dict[str, Any], voices: set[str]) -> None:
    assert {str(claim.voice) for claim in brought_in(whole).knowledge.claims.values()} == voices


ILL_KEPT = [
    ("a dangling edge", aif("1 I A", "1>9"), "edges from or to a node that is not there (1 to 9)"),
    ("two nodes with one id", aif("1 I A; 1 I B"), "several nodes have one id (1)"),
    ("edges with one id", {**aif("1 I A"), "edges": [{"edgeID": 1}, {"edgeID": "1"}]}, "edges twice with one id (1)"),
    ("a node without an id", {"nodes": [{"type": "I", "text": "A"}]}, "nodes without an id"),
    ("a node that is none", {"nodes": ["A", None, 3], "edges": []}, "nodes without an id"),
    ("a blank text", aif("1 I \u200e\x00; 2 RA; 3 I A", "1>2 2>3"), "statements without a text (1)"),
    ("no text", {"nodes": [{"nodeID": 1, "type": "I"}]}, "statements without a text (1)"),
    ("statements tied directly", aif("1 I A; 2 I B", "1>2"), "tied without saying"),
    ("no premise", aif("1 I A; 2 RA", "2>1"), "RA or CA nodes without a premise (2)"),
    ("no conclusion", aif("1 I A; 2 CA", "1>2"), "RA or CA nodes without a conclusion (2)"),
    ("several conclusions", aif("1 I A; 2 RA; 3 I B; 4 I C", "1>2 2>3 2>4"), "with several conclusions (2)"),
    ("a circle", aif("1 I A; 2 RA; 3 I B; 4 RA", "1>2 2>3 3>4 4>1"), "rest on itself (4)"),
    ("a step to itself", aif("1 I A; 2 RA", "1>2 2>1"), "rest on itself (2)"),
    ("steps about each other", aif("1 I A; 2 CA; 3 CA", "1>2 1>3 2>3 3>2"), "about each other (2, 3)"),
    ("other types", aif("1 L Ann : A; 2 TA; 3 ?; 4 I A"), "nodes of other types (1 L, 1 TA, 1 ?)"),
]


@pytest.mark.parametrize(("whole", "warning"), [case[1:] for case in ILL_KEPT], ids=[case[0] for case in ILL_KEPT])
def test_each_flaw_is_told_and_nothing_is_lost(whole: dict[str, Any], warning: str) -> None:
    assert any(warning in problem.what for problem in warned(whole))
    assert brought_out(brought_in(whole).knowledge) == whole


WELL_KEPT = [
    aif(FERRY, FERRY_EDGES),
    aif(FERRY, FERRY_EDGES, locutions=[], participants=[]),
    {"AIF": aif(FERRY, FERRY_EDGES), "text": "<p>a\u2028b</p>", "dialog": True},
    {"nodes": [], "edges": []},
    {"nodes": [{"nodeID": 1, "type": "i", "text": "A"}, {"nodeID": 2, "type": "I", "text": "B"}]},
    aif("1 I A; 2 RA; 3 I B; 4 I C; 5 RA", "1>2 4>2 2>3 4>5 5>2"),
]


@pytest.mark.parametrize("whole", WELL_KEPT)
def test_a_well_kept_map_goes_through_without_a_warning(whole: dict[str, Any]) -> None:
    assert not warned(whole)
    assert brought_out(brought_in(whole).knowledge) == whole


_TEXTS = st.sampled_from(
    [
        "A",
        " A ",
        "",
        " ",
        "a\nb",
        "null",
        "~",
        "- x: y #1",
        "\x07\ud800\ue000",
        "ä" * 300,
        "“q” 'r' \"s\"",
        None,
        7,
        ["x"],
    ]
) | st.text(max_size=8)
_IDS = st.sampled_from(["1", "2", "3", "4", "5", 1, 2, 6, None, True, "", " 2 ", "x/Y", 1.5, {"a": 1}])
_KINDS = st.sampled_from(["I", "I", "I", "RA", "CA", "RA", "CA", "L", "YA", "TA", "MA", "i", "", None, 5])
_NODE = st.fixed_dictionaries({"nodeID": _IDS, "text": _TEXTS, "type": _KINDS}) | st.fixed_dictionaries(
    {}, optional={"nodeID": _IDS, "text": _TEXTS, "type": _KINDS, "timestamp": st.just("")}
)
_EDGE = st.fixed_dictionaries({"fromID": _IDS, "toID": _IDS}, optional={"edgeID": _IDS, "formEdgeID": st.none()})
_ODD = st.sampled_from([None, 3, "x"])
_GRAPHS = st.fixed_dictionaries(
    {"nodes": st.lists(_NODE | _ODD, max_size=9)},
    optional={"edges": st.lists(_EDGE | _ODD, max_size=14) | st.sampled_from([None, {}, "none"]), "locutions": _ODD},
)
MAPS = _GRAPHS | st.builds(lambda graph, text: {"text": text, "AIF": graph}, _GRAPHS, st.text(max_size=9))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MAPS)
def test_what_goes_in_comes_out_however_ill_kept(whole: dict[str, Any]) -> None:
    assert is_aif(whole)
    base = brought_in(whole)
    assert brought_out(base.knowledge) == whole
    base.check()


def test_two_maps_with_the_same_ids_go_out_as_one_without_mixing() -> None:
    first, second = (
        aif("1 I A; 2 RA; 3 I B", "1>2 2>3"),
        aif("1 I C; 2 CA; 3 I D", "1>2 2>3", locutions=[{"nodeID": 1}]),
    )
    out = brought_out(brought_in(first, second).knowledge)
    assert [node["nodeID"] for node in out["nodes"]] == ["1", "2", "3", "map-2:1", "map-2:2", "map-2:3"]
    assert [(edge["fromID"], edge["toID"]) for edge in out["edges"][2:]] == [
        ("map-2:1", "map-2:2"),
        ("map-2:2", "map-2:3"),
    ]
    assert out["locutions"] == [{"nodeID": "map-2:1"}]


def ties(whole: Any) -> set[str]:
    return {f"{edge['fromID']}>{edge['toID']}" for edge in whole["edges"]}


def test_what_was_changed_since_goes_out_changed() -> None:
    known = brought_in(aif(FERRY, FERRY_EDGES)).knowledge
    slugs = {entity.slug: entity for entity in known.by_id.values()}
    leaks, full, step = known.claims[slugs["map/n6"].id], known.claims[slugs["map/n3"].id], slugs["map/n2"].id
    argument = replace(
        known.arguments[step],
        kind=ArgumentKind.ATTACKS,
        premises=(Node(NodeKind.CLAIM, full.id), Node(NodeKind.CLAIM, leaks.id)),
    )
    out = brought_out(after(known, [Revised(replace(leaks, text="It sinks")), Revised(argument)]))
    texts = {node["nodeID"]: (node["type"], node["text"]) for node in out["nodes"]}
    assert texts["6"] == ("I", "It sinks") and texts["2"] == ("CA", "RA")
    assert ties(out) == {*FERRY_EDGES.split(), "6>2"}


def test_what_was_retracted_is_gone_with_its_edges() -> None:
    known = brought_in(aif(FERRY, FERRY_EDGES)).knowledge
    slugs = {entity.slug: entity.id for entity in known.by_id.values()}
    out = brought_out(after(known, [Retracted("argument", slugs["map/n7"]), Retracted("claim", slugs["map/n6"])]))
    assert [node["nodeID"] for node in out["nodes"]] == ["1", "2", "3", "4", "5"]
    assert ties(out) == {"3>2", "2>1", "5>4", "4>2"}


HAND = """\
kb: 1
id: deck
source: {type: report, title: The deck, author: Ada Byron, language: en}
questions:
  - {id: pays, text: Does it pay?, sides: {yes: It pays., no: It does not.}}
claims:
  - {id: full, text: It is full., at: L1, answers: {pays: yes}}
  - {id: empty, text: It is empty., at: L2, denies: [full]}
  - {id: old, text: The count is old., at: L3}
arguments:
  - {id: outdated, premises: [old], attacks: full/answers}
  - {id: against, premises: [empty, old], attacks: {pays: yes}}
"""


def test_a_map_recorded_by_hand_goes_out_and_comes_back_as_the_same_map() -> None:
    base = brought_in()
    base.bring_in({"deck.yaml": HAND})
    out = brought_out(base.knowledge)
    denial = "deck/empty/denies/deck/full"
    assert ties(out) == {
        *("deck/full>deck/full/answers", "deck/full/answers>pays:yes"),
        *("deck/old>deck/outdated", "deck/outdated>deck/full/answers"),
        *("deck/empty>deck/against", "deck/old>deck/against", "deck/against>pays:yes"),
        *(f"deck/empty>{denial}", f"{denial}>deck/full"),
    }
    again = brought_in(out)
    assert brought_out(again.knowledge) == out
    voices = {str(claim.voice) for claim in again.knowledge.claims.values() if claim.text == "It is full."}
    assert voices == {"Ada Byron"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("aif: 6\n", "aif: 99\n"), "the map under aif: has no node '99'"),
        (("aif: 6\n", "aif: 7\n"), "the node '7' is of type CA"),
        (("aif: 6\n", "aif: 5\n"), "'n5' is the node '5' already"),
        (("aif: |-\n  {", "aif: |-\n  {{"), "this is not JSON"),
        (("aif: |-\n  {", 'aif: |-\n  "x": {'), "this is not JSON"),
        (('"nodes": [', '"knots": ['), "no argument map in AIF"),
    ],
)
def test_a_kept_map_that_does_not_fit_its_entries_is_a_problem(change: tuple[str, str], problem: str) -> None:
    text = drafted(aif(FERRY, FERRY_EDGES)).text
    assert change[0] in text
    _, problems = brought_in().attempt({"map.yaml": text.replace(*change)})
    assert any(problem in told for told in problems)


def test_an_entry_of_a_file_without_a_map_names_no_node() -> None:
    _, problems = brought_in().attempt({"deck.yaml": HAND.replace("at: L3", "at: L3, aif: 3")})
    assert any("the file keeps no map" in told for told in problems)


def test_a_kept_map_has_a_line_for_each_node_and_edge() -> None:
    whole = {"AIF": aif("1 I A; 2 L B", "2>1"), "text": "x"}
    lines = document_text(whole).splitlines()
    assert sum('"nodeID"' in line for line in lines) == 2 and sum('"edgeID"' in line for line in lines) == 1
    assert json.loads("\n".join(lines)) == whole
