"""Strengths: each origin counts once, an undercut weakens by degrees, and the laws hold on any map."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.confidence import Reliability
from kb.domain.entity import AnyEntity, Argument, ArgumentKind, Claim, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation import ways
from kb.reasoning.argumentation.graph import NodeKey, NodeType, argument_graph
from kb.reasoning.argumentation.standing import Standing, Standings, StandingWord
from kb.reasoning.argumentation.strength import Change, Strengths, energy
from kb.reasoning.calculation.evaluation import results_of
from tests.reasoning.story import argument, calculation, claim, figure, inference, measure, question, source, told


def standings(*entities: AnyEntity) -> Standings:
    knowledge = told(*entities)
    return Standings(knowledge, results_of(knowledge, knowledge.calculations))


def standing(name: str, *entities: AnyEntity) -> Standing:
    id, _, side = name.partition(":")
    found = standings(*entities).of(Id(id), side)
    assert found is not None
    return found


def strength(name: str, *entities: AnyEntity) -> float:
    return float(standing(name, *entities).strength)


def counting(found: Standing) -> list[str]:
    """What counts for a statement."""
    return [part.key.id for part in found.supporters if part.counts]


# Examples of the paper: Potyka, KR 2018, Definition 6 with the impact function h of the quadratic energy model


@pytest.mark.parametrize(
    ("weight", "support", "attack", "expected"),
    [
        (Fraction(1, 2), 1, 0, Fraction(3, 4)),  # h(1) is one half: half of what is missing is added
        (Fraction(1, 2), 0, 1, Fraction(1, 4)),
        (Fraction(4, 5), 0, 2, Fraction(4, 25)),  # h(2) is 4/5
        (Fraction(1, 5), 3, 0, Fraction(23, 25)),  # h(3) is 9/10
        (Fraction(0), 0, 1, 0),
        (Fraction(1), 1, 0, 1),
        (Fraction(3, 10), Fraction(2, 5), Fraction(2, 5), Fraction(3, 10)),
    ],
)
def test_the_energy_model_is_that_of_the_paper(
    weight: Fraction, support: Fraction, attack: Fraction, expected: Fraction
) -> None:
    assert energy(float(weight), float(support), float(attack)) == pytest.approx(float(expected))


SHARES = st.floats(0, 1)
SUMS = st.floats(0, 6)


@given(SHARES, SUMS, SUMS)
def test_strength_is_a_share_and_balanced_evidence_changes_nothing(weight: float, up: float, down: float) -> None:
    assert 0 <= energy(weight, up, down) <= 1
    assert energy(weight, up, up) == weight
    assert energy(weight, max(up, down), min(up, down)) >= weight >= energy(weight, min(up, down), max(up, down))


# What somebody says by himself


def test_a_claim_that_nobody_attacks_stands_at_its_own_weight() -> None:
    found = standing("cheap", source("deck", reliability=Reliability.B), claim("cheap", confidence="0.8"))
    # 0.8 x 0.9 (asserted) x 0.9 (letter B)
    assert (found.word, float(found.strength)) == (StandingWord.UNOPPOSED, 0.648)


def test_another_voice_lifts_a_claim_and_its_own_voice_does_not() -> None:
    base = strength("cheap", claim("cheap"))
    because = argument("because", "claim:cheap", "claim:seen")
    assert strength("cheap", claim("cheap"), claim("seen", by="memo"), because) > base
    own = standing("cheap", claim("cheap"), claim("seen"), because)
    assert float(own.strength) == base
    assert [(part.counts, part.held_back_by) for part in own.supporters] == [(False, ())]


def test_an_argument_weighs_as_much_as_its_weakest_premise() -> None:
    found = standing(
        "because",
        claim("cheap"),
        claim("sure", confidence="0.9"),
        claim("doubtful", confidence="0.2"),
        argument("because", "claim:cheap", "claim:sure", "claim:doubtful"),
    )
    assert float(found.weight) == pytest.approx(0.2 * 0.9 * 0.9)


# One origin counts once


def sides(*entities: AnyEntity) -> Standing:
    return standing("loss:yes", question(), *entities)


def for_yes(*names: str) -> list[Argument]:
    return [argument(f"{name}-so", "question:loss:yes", f"claim:{name}") for name in names]


def test_two_arguments_of_one_origin_count_once_and_the_stronger_counts() -> None:
    entities = (claim("a", confidence="0.5"), claim("b", confidence="0.9"), *for_yes("a", "b"))
    found = sides(*entities)
    assert counting(found) == ["b-so"]
    (held,) = [part for part in found.supporters if not part.counts]
    assert (held.held_back_by, held.origins) == ((NodeKey(Id("b-so")),), ("Deck",))
    assert found.strength == sides(claim("b", confidence="0.9"), *for_yes("b")).strength


def test_an_argument_that_can_rest_on_another_origin_leaves_the_first_to_others() -> None:
    both = (claim("a"), claim("seen", by="memo"), argument("memo-says", "claim:a", "claim:seen"))
    found = sides(*both, claim("b"), *for_yes("a", "b"))
    assert counting(found) == ["a-so", "b-so"]
    assert [part.origins for part in found.supporters] == [("Memo",), ("Deck",)]


def test_three_reports_of_one_study_are_one_origin() -> None:
    reports = [claim(name, by=name, voice="The study via somebody") for name in ("one", "two", "three")]
    found = sides(*reports, *for_yes("one", "two", "three"))
    assert counting(found) == ["one-so"]


def test_a_translation_is_the_word_of_its_original() -> None:
    found = sides(
        source("deck", authors=("Ann Ray",)),
        source("yiwen", authors=("安",), translation_of=Id("deck")),
        claim("a", voice="Ann Ray"),
        claim("b", by="yiwen", voice="安"),
        *for_yes("a", "b"),
    )
    assert len(counting(found)) == 1


def test_unnamed_speakers_of_one_source_are_one_origin() -> None:
    thread = [claim(name, by="thread", voice=f"(commenter {name})") for name in ("a", "b", "c")]
    assert len(counting(sides(*thread, *for_yes("a", "b", "c")))) == 1
    elsewhere = claim("d", by="forum", voice="(commenter a)")
    assert len(counting(sides(*thread, elsewhere, *for_yes("a", "b", "d")))) == 2


def test_a_figure_that_repeats_another_is_no_further_origin() -> None:
    found = sides(
        measure(),
        figure("$8,000/month", id="first"),
        figure("$8,000/month", id="again", by="memo", repeats="first"),
        argument("one", "question:loss:yes", "figure:first"),
        argument("two", "question:loss:yes", "figure:again"),
    )
    assert len(counting(found)) == 1


def test_a_figure_computed_from_those_of_another_is_that_ones_word() -> None:
    said = (source("deck"), source("memo"), measure(), question(), figure("$8k/month", id="test"))
    own = figure("$16k/month", id="double", by="memo")
    on = (argument("a", "question:loss:yes", "figure:test"), argument("b", "question:loss:yes", "figure:double"))
    assert counting(standing("loss:yes", *said, own, *on)) == ["a", "b"]
    derived = replace(own, derived_from=(Id("test"),))
    assert len(counting(standing("loss:yes", *said, derived, *on))) == 1
    # What repeats a number that was computed from another is the word of that other, too.
    again = figure("$16k/month", id="again", by="memo", repeats="double")
    on_both = (*on[:1], argument("c", "question:loss:yes", "figure:again"))
    assert len(counting(standing("loss:yes", *said, derived, again, *on_both))) == 1


def test_a_joint_argument_takes_the_origin_of_each_premise() -> None:
    found = sides(
        claim("a"),
        claim("b", by="memo"),
        claim("c", by="note"),
        argument("joint", "question:loss:yes", "claim:a", "claim:b"),
        *for_yes("b", "c"),
    )
    assert len(counting(found)) == 2 and "c-so" in counting(found)


def test_an_inference_has_only_the_ways_of_what_it_rests_on() -> None:
    inferred = (claim("so", stance="derived"), claim("seen", by="memo"), argument("rests", "claim:so", "claim:seen"))
    found = sides(*inferred, claim("memo-too", by="memo"), *for_yes("so", "memo-too"))
    assert len(counting(found)) == 1
    asserted = [replace(one, stance=Stance.ASSERTED) if isinstance(one, Claim) else one for one in inferred]
    assert len(counting(sides(*asserted, claim("memo-too", by="memo"), *for_yes("so", "memo-too")))) == 2


def test_a_measure_offers_the_origin_of_each_of_its_figures() -> None:
    numbers = (
        measure(),
        figure("$8,000/month", id="by-deck"),
        figure("$8,000/month", id="by-memo", by="memo"),
        calculation("double", "2 * value", value="measure value"),
        argument("computed", "question:loss:yes", "calculation:double"),
    )
    found = sides(*numbers, claim("a"), *for_yes("a"))
    assert [part.origins for part in found.supporters] == [("Memo",), ("Deck",)]


def test_what_is_computed_for_each_of_two_vendors_needs_a_number_for_each() -> None:
    numbers = (
        measure(),
        figure("$8,000/month", id="first", vendor="acme"),
        figure("$9,000/month", id="second", by="memo", vendor="acme"),
        figure("$7,000/month", id="third", vendor="bolt"),
        calculation("double", "2 * value", value="measure value over vendor"),
        argument("computed", "question:loss:yes", "calculation:double"),
    )
    # The memo has a number for one vendor alone, so that both rest on the deck.
    found = sides(*numbers, claim("a"), *for_yes("a"))
    assert len(counting(found)) == 1
    bolt = figure("$6,000/month", id="fourth", by="memo", vendor="bolt")
    assert len(counting(sides(*numbers, bolt, claim("a"), *for_yes("a")))) == 2


def test_what_rests_on_assumptions_alone_is_the_word_of_the_editors() -> None:
    guess = (calculation("one", "x", x="3"), calculation("two", "x", x="4"))
    arguments = [argument(f"{name}-so", "question:loss:yes", f"calculation:{name}") for name in ("one", "two")]
    assert len(counting(sides(*guess, *arguments))) == 1


# Inferences by the editors


def test_an_inference_by_the_editors_is_as_strong_as_the_weakest_thing_it_rests_on() -> None:
    seen, heard = claim("seen", confidence="0.9"), claim("heard", by="memo", confidence="0.5")
    rests = argument("rests", "claim:so", "claim:seen", "claim:heard")
    base = strength("heard", heard)
    assert strength("so", inference("so"), seen, heard, rests) == pytest.approx(base, abs=1e-4)
    assert strength("so", inference("so", confidence="0.5"), seen, heard, rests) == pytest.approx(base / 2, abs=1e-4)


def test_an_inference_of_which_nothing_holds_is_unsupported() -> None:
    found = standing(
        "so",
        inference("so"),
        claim("seen"),
        argument("rests", "claim:so", "claim:seen"),
        claim("no", by="memo", confidence="1"),
        claim("never", by="note", confidence="1"),
        argument("refuted", "claim:seen", "claim:no", attacks=True),
        argument("refuted-again", "claim:seen", "claim:never", attacks=True),
    )
    assert (found.word, found.strength) == (StandingWord.UNSUPPORTED, 0)


# Undercuts and denials


UNDERCUT = (
    claim("seen", by="memo", confidence="0.6"),
    argument("because", "claim:cheap", "claim:seen"),
    claim("unlike", by="note", confidence="0.33"),
    argument("undercut", "argument:because", "claim:unlike", attacks=True),
)


def test_a_weak_undercut_weakens_by_degrees() -> None:
    undercut = standing("because", claim("cheap"), *UNDERCUT)
    assert undercut.word is StandingWord.CONTESTED
    assert float(undercut.strength) > 0.9 * float(undercut.weight)
    assert strength("cheap", claim("cheap"), *UNDERCUT) > strength("cheap", claim("cheap"))


def test_an_undercut_that_is_itself_undercut_does_less() -> None:
    answered = (
        *UNDERCUT,
        claim("same", by="study", confidence="0.9"),
        argument("answer", "argument:undercut", "claim:same", attacks=True),
    )
    assert strength("because", claim("cheap"), *answered) > strength("because", claim("cheap"), *UNDERCUT)


def test_what_is_defeated_adds_nothing() -> None:
    heavy = [
        *(claim(f"no-{n}", by=f"note-{n}", confidence="0.9") for n in range(2)),
        *(argument(f"cut-{n}", "argument:because", f"claim:no-{n}", attacks=True) for n in range(2)),
    ]
    entities = (claim("cheap"), *UNDERCUT[:2], *heavy)
    assert standing("because", *entities).word is StandingWord.DEFEATED
    assert strength("cheap", *entities) == strength("cheap", claim("cheap"))


def test_a_side_of_a_question_is_contested_however_much_speaks_for_the_other() -> None:
    names = [f"dear-{n}" for n in range(4)]
    dear = [claim(name, by=f"note-{name}", confidence="0.9") for name in names]
    cheap = (claim("cheap"), argument("against", "question:loss:no", "claim:cheap"))
    no = standings(question(), *dear, *for_yes(*names), *cheap).of(Id("loss"), "no")
    assert no is not None
    assert no.strength < no.weight / 2
    assert no.word is StandingWord.CONTESTED


def test_what_undercuts_one_argument_undercuts_its_copies() -> None:
    copies = [argument(f"copy-{n}", "claim:cheap", "claim:seen") for n in range(3)]
    assert strength("cheap", claim("cheap"), *UNDERCUT, *copies) == strength("cheap", claim("cheap"), *UNDERCUT)
    assert standing("copy-1", claim("cheap"), *UNDERCUT, *copies).attackers


def test_a_cycle_of_three_claims_settles() -> None:
    names = ("a", "b", "c")
    attacks = [
        argument(f"{one}-{other}", f"claim:{other}", f"claim:{one}", attacks=True)
        for one, other in zip(names, (*names[1:], "a"), strict=True)
    ]
    found = standings(*(claim(name, by=name) for name in names), *attacks)
    assert found.converged
    assert len({round(found.strength(Id(name)), 6) for name in names}) == 1


def test_recording_that_two_claims_deny_each_other_does_not_turn_an_answer() -> None:
    def balance(*denies: str) -> float:
        entities = (
            question(),
            claim("cheap", confidence="0.9", denies=denies),
            claim("dear", by="memo", confidence="0.4"),
            argument("yes-so", "question:loss:yes", "claim:cheap"),
            argument("no-so", "question:loss:no", "claim:dear"),
        )
        found = standings(*entities)
        return found.strength(Id("loss"), "yes") - found.strength(Id("loss"), "no")

    assert balance("dear") >= balance() > 0


# Conditions


def test_a_condition_counts_as_one_argument_and_not_beside_the_same_numbers() -> None:
    margin = calculation("margin", "1 - cost", cost="75%")
    entities = (margin, claim("earns", holds_if=("margin", ">", "0")))
    once = strength("earns", *entities)
    assert once > strength("earns", claim("earns"))
    assert strength("earns", *entities, argument("rests", "claim:earns", "calculation:margin")) == once


def test_a_condition_that_fails_speaks_against_its_claim_and_an_open_one_says_nothing() -> None:
    base, loses = strength("loses", claim("loses")), claim("loses", holds_if=("margin", "<", "0"))
    fails = standing("loses", calculation("margin", "1 - cost", cost="75%"), loses)
    assert float(fails.strength) < base and fails.word is StandingWord.CONTESTED
    assert strength("loses", calculation("margin", "1 - cost", cost="75-125%"), loses) == base


def test_a_deciding_condition_speaks_for_the_side_that_it_names() -> None:
    margin = calculation("margin", "1 - cost", cost="75%")
    found = standings(margin, question(decided_by=("margin", "<", "0")))
    assert found.strength(Id("loss"), "no") > 0.5 > found.strength(Id("loss"), "yes")


def test_what_supports_one_side_weakens_the_other_by_as_much() -> None:
    found = standings(question(), claim("seen"), *for_yes("seen"))
    yes, no = (found.strength(Id("loss"), side) for side in ("yes", "no"))
    assert yes + no == pytest.approx(1) and yes > no


def test_a_side_of_another_question_is_a_premise_once_it_prevails() -> None:
    other = (question("safe"), claim("tested"), argument("safe-so", "question:safe:yes", "claim:tested"))
    stop = argument("stop", "question:loss:yes", "question:safe:yes")
    assert strength("loss:yes", question(), *other, stop) > 0.5
    against = (claim("ill", by="memo"), argument("unsafe-so", "question:safe:no", "claim:ill"))
    assert strength("loss:yes", question(), *other, *against, stop) == 0.5


def test_a_circle_of_supports_comes_to_rest() -> None:
    found = standings(
        claim("hen"),
        claim("egg", by="memo"),
        argument("lays", "claim:egg", "claim:hen"),
        argument("hatches", "claim:hen", "claim:egg"),
    )
    assert found.converged
    assert found.strength(Id("hen")) > strength("hen", claim("hen"))


# Laws, on maps of any shape


VOICES = ("deck", "memo", "note", "study")


@st.composite
def maps(draw: st.DrawFn, *, circles: bool = False) -> list[AnyEntity]:
    """A question, up to six claims of four voices, and arguments that lead from later claims to earlier ones."""
    number = draw(st.integers(1, 6))
    claims = [
        claim(
            f"c{n}",
            by=draw(st.sampled_from(VOICES)),
            confidence=draw(st.sampled_from(["0.3", "0.6", "0.9", "1"])),
            stance=draw(st.sampled_from(["asserted", "measured", "derived"])),
        )
        for n in range(number)
    ]
    arguments: list[Argument] = []
    lowest: list[int] = []
    for n in range(draw(st.integers(0, 8))):
        premises = sorted(draw(st.sets(st.integers(0, number - 1), min_size=1, max_size=2)))
        ends = ["question:loss:yes", "question:loss:no", *(f"claim:c{m}" for m in range(premises[0]))]
        ends += [f"argument:a{m}" for m in range(n) if circles or premises[0] >= lowest[m]]
        lowest.append(premises[0])
        names = [f"claim:c{m}" for m in premises]
        arguments.append(argument(f"a{n}", draw(st.sampled_from(ends)), *names, attacks=draw(st.booleans())))
    return [question(), *claims, *arguments]


def weighed(entities: list[AnyEntity]) -> Strengths:
    knowledge = told(*entities)
    return Strengths(argument_graph(knowledge, {}))


def by_name(strengths: Strengths) -> dict[str, float]:
    keys = map(strengths.graph.key, range(len(strengths.strength)))
    return {f"{key.id}:{key.side}": strength for key, strength in zip(keys, strengths.strength, strict=True)}


@given(maps(), st.data())
def test_a_support_never_lowers_and_an_attack_never_raises_what_it_is_aimed_at(
    entities: list[AnyEntity], data: st.DataObject
) -> None:
    ends = ["question:loss:yes", *(f"claim:{e.id}" for e in entities if isinstance(e, Claim))]
    ends += [f"argument:{e.id}" for e in entities if isinstance(e, Argument)]
    end, attacks = data.draw(st.sampled_from(ends)), data.draw(st.booleans())
    voice, confidence = data.draw(st.sampled_from([*VOICES, "new"])), data.draw(st.sampled_from(["0.2", "1"]))
    added = argument("added", end, "claim:more", attacks=attacks)
    extended = [*entities, claim("more", by=voice, confidence=confidence), added]
    _, id, *side = end.split(":")
    before = by_name(weighed(entities))[f"{merged(entities, id)}:{''.join(side)}"]
    after = by_name(weighed(extended))[f"{merged(extended, id)}:{''.join(side)}"]
    assert after <= before + 1e-9 if attacks else after >= before - 1e-9


def merged(entities: list[AnyEntity], id: str) -> str:
    """The node that stands for an argument."""
    strengths = weighed(entities)
    nodes = (strengths.graph.ids[node] for node, members in strengths.graph.members.items() if id in members)
    return next(nodes, Id(id))


@given(maps(circles=True))
def test_no_more_arguments_count_than_there_are_origins(entities: list[AnyEntity]) -> None:
    strengths = weighed(entities)
    origins = {e.voice.origin for e in entities if isinstance(e, Claim)}
    for node, id in enumerate(strengths.graph.ids):
        balance = strengths.balance(node) if id == "loss" or id.startswith(("a", "c")) else None
        for assignment in (balance.support, balance.attack) if balance else ():
            taken = [way for way in assignment.taken if way]
            assert len(taken) <= len(origins)
            assert sum(way.bit_count() for way in taken) <= len(origins)


@given(maps(), st.data())
def test_copies_of_an_argument_change_nothing(entities: list[AnyEntity], data: st.DataObject) -> None:
    arguments = [e for e in entities if isinstance(e, Argument)]
    if not arguments:
        return
    original = data.draw(st.sampled_from(arguments))
    copies = [replace(original, id=Id(f"copy-{n}"), slug=f"copy-{n}", text="Again.") for n in range(3)]
    before = by_name(weighed(entities))
    after = by_name(weighed([*entities, *copies]))
    assert {name: after[name] for name in before} == pytest.approx(before)


@given(maps(circles=True))
def test_what_counts_for_a_node_never_lowers_it_nor_what_counts_against_it_raises_it(entities: list[AnyEntity]) -> None:
    made = standings(*entities)
    for key in map(made.graph.key, range(len(made.graph.ids))):
        found = made.of(key.id, key.side)
        if found:
            assert all(part.effect >= -1e-9 for part in found.supporters)
            assert all(part.effect <= 1e-9 for part in found.attackers)


def effects(name: str, *entities: AnyEntity) -> dict[str, float]:
    return {part.key.id: part.effect for part in standing(name, *entities).supporters}


def test_a_support_that_cannot_do_without_the_claims_own_voice_adds_nothing() -> None:
    test, fee = figure("$8k/month", id="test", by="ann"), figure("$200/month", id="fee", by="ben")
    both = argument("both", "claim:dear", "figure:test", "figure:fee")
    other = argument("other", "claim:dear", "figure:fee")
    said = (claim("dear", voice="ann"), test, fee)
    assert counting(standing("dear", *said, both)) == []
    assert counting(standing("dear", *said, both, other)) == ["other"]


def test_what_a_support_adds_is_counted_without_what_rests_on_the_claims_own_voice() -> None:
    entities = (
        claim("dear", voice="Ann"),
        claim("sure", voice="Ann"),
        claim("costly", voice="Ben"),
        argument("own", "claim:dear", "claim:sure"),
        argument("other", "claim:dear", "claim:costly"),
    )
    without = [entity for entity in entities if entity.id != "other"]
    made = effects("dear", *entities)
    assert made["other"] == pytest.approx(strength("dear", *entities) - strength("dear", *without), abs=1e-4)
    assert made["other"] > 0
    assert made["own"] == 0


def test_what_the_strongest_support_adds_to_an_inference_is_what_it_has_above_the_next() -> None:
    entities = (
        inference("dear"),
        claim("sure", voice="Ann", confidence="almost certain"),
        claim("weak", voice="Ben", confidence="unlikely"),
        argument("strong", "claim:dear", "claim:sure"),
        argument("next", "claim:dear", "claim:weak"),
    )
    without = [entity for entity in entities if entity.id != "strong"]
    made = effects("dear", *entities)
    assert made["strong"] == pytest.approx(strength("dear", *entities) - strength("dear", *without), abs=1e-4)
    assert made["strong"] > made["next"] == 0


@given(maps(), st.floats(0.5, 1.5), st.floats(0.0, 0.4))
def test_across_the_halfway_step_more_attack_never_helps(entities: list[AnyEntity], first: float, more: float) -> None:
    strengths = weighed(entities)
    graph = strengths.graph
    target = graph.index.get(Id("c0"))
    attacker = graph.add(Id("attacker"), NodeType.FIGURE, 0.0, 0, (1 << 60,))
    second = graph.add(Id("second"), NodeType.FIGURE, 0.0, 0, (1 << 61,))
    if target is None:
        return
    graph.attacks.setdefault(target, []).extend([attacker, second])
    base = Strengths(graph)
    half = base.after(Change(weights={attacker: min(first, 1.0), second: max(first - 1, 0)}))
    past = base.after(Change(weights={attacker: min(first + more, 1.0), second: max(first + more - 1, 0)}))
    assert past.effective[target] <= half.effective[target] + 1e-9


@given(maps())
def test_a_map_is_exact_where_the_choice_at_every_node_is(entities: list[AnyEntity]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "MOST_TRIED", 1)
        strengths = weighed(entities)
        assert strengths.is_exact == all(strengths.balance(node).exact for node in range(len(strengths.graph.ids)))


# Against a second implementation, which tries every choice


def reference(entities: list[AnyEntity]) -> Mapping[str, float]:
    """Strengths of a map without calculations, by recursion and brute force; from section 8 of the design alone."""
    knowledge = told(*entities)
    return _Reference(knowledge).strengths()


class _Reference:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.known: dict[tuple[str, str], tuple[float, float, frozenset[frozenset[str]]]] = {}
        senses: dict[object, str] = {}
        self.same: dict[str, str] = {}
        for id, one in knowledge.arguments.items():
            end = self.same.get(one.conclusion.id, one.conclusion.id)
            sense = one.kind, frozenset(one.premises), end, one.conclusion.side
            self.same[id] = senses.setdefault(sense, id)

    def strengths(self) -> dict[str, float]:
        names = [(id, "") for id in self.knowledge.claims]
        names += [(id, "") for id, first in self.same.items() if id == first]
        names += [(q.id, side.key) for q in self.knowledge.questions.values() for side in q.sides]
        return {f"{id}:{side}": self.of(id, side)[0] for id, side in names}

    def of(self, id: str, side: str) -> tuple[float, float, frozenset[frozenset[str]]]:
        if (id, side) not in self.known:
            self.known[id, side] = self.computed(id, side)
        return self.known[id, side]

    def aimed(self, id: str, side: str, *, attacks: bool) -> list[str]:
        kind = ArgumentKind.ATTACKS if attacks else ArgumentKind.SUPPORTS
        return [
            one.id
            for one in self.knowledge.arguments.values()
            if self.same[one.id] == one.id
            and one.kind is kind
            and (self.same.get(one.conclusion.id, one.conclusion.id), one.conclusion.side) == (id, side)
        ]

    def computed(self, id: str, side: str) -> tuple[float, float, frozenset[frozenset[str]]]:
        supporting, attacking = self.aimed(id, side, attacks=False), self.aimed(id, side, attacks=True)
        own = ""
        if side:
            weight = 0.5
            attacking += self.aimed(id, "no" if side == "yes" else "yes", attacks=False)
        elif id in self.knowledge.arguments:
            premises = [self.of(p.id, p.side) for p in self.knowledge.arguments[Id(id)].premises]
            weight = min(premise[1] for premise in premises)
        else:
            said = self.knowledge.claims[Id(id)]
            weight = float(said.confidence.middle) * {"measured": 1.0}.get(said.stance, 0.9) * 0.9
            own = said.voice.origin
        support, attack = self.best(supporting, own), self.best(attacking, "")
        if not weight:
            support = attack = 0.0
        strength = energy(weight, support, attack)
        effective = 0.0 if attack - support >= 1 - 1e-12 else strength
        if id in self.knowledge.arguments:
            ways = {frozenset().union(*choice) for choice in product(*(premise[2] for premise in premises))}
        else:
            ways = {way for other in supporting if self.of(other, "")[1] > 0 for way in self.of(other, "")[2]}
            if own and not (ways and self.knowledge.claims[Id(id)].stance is Stance.DERIVED):
                ways.add(frozenset({own}))
        return strength, effective, frozenset(way for way in ways if not any(other < way for other in ways))

    def best(self, others: list[str], own: str) -> float:
        choices: list[list[tuple[float, frozenset[str]]]] = [
            [(0.0, frozenset()), *((self.of(other, "")[1], way) for way in self.of(other, "")[2] if own not in way)]
            for other in others
        ]
        return max(
            sum(value for value, _ in choice)
            for choice in product(*choices)
            if sum(len(way) for _, way in choice) == len(frozenset().union(*(way for _, way in choice)))
        )


@settings(max_examples=200)
@given(maps())
def test_strengths_are_those_of_brute_force(entities: list[AnyEntity]) -> None:
    assert by_name(weighed(entities)) == pytest.approx(dict(reference(entities)))


# Changes


@given(maps(), st.data())
def test_a_change_gives_what_a_map_without_it_gives(entities: list[AnyEntity], data: st.DataObject) -> None:
    strengths = weighed(entities)
    graph = strengths.graph
    alone = {members[0] for members in graph.members.values() if len(members) == 1}
    # A derived claim whose last reason is removed falls with it; where none was recorded, its own word counts.
    derived = {e.id for e in entities if isinstance(e, Claim) and e.stance is Stance.DERIVED}
    reasons = {e.id for e in entities if isinstance(e, Argument) and e.conclusion.id in derived}
    removable = [e for e in entities if isinstance(e, Claim) or e.id in alone - reasons]
    gone = data.draw(st.lists(st.sampled_from(removable), unique_by=lambda e: e.id, max_size=3))
    ids = {e.id for e in gone}
    nodes = frozenset(node for node, id in enumerate(graph.ids) if id in ids)
    changed = by_name(strengths.after(Change(removed=nodes)))
    rebuilt = by_name(weighed([e for e in entities if e.id not in ids]))
    shared = changed.keys() & rebuilt.keys()
    assert {name: changed[name] for name in shared} == pytest.approx({name: rebuilt[name] for name in shared})
