"""What the editors of the base infer themselves: a claim without a source, which rests on something."""

from pathlib import Path

import pytest

from kb.domain.codec import canonical_json, parse_json
from kb.domain.entity import EDITORS, Argument, Claim, Stance
from kb.domain.event import Recorded, Retracted, Revised, fact_of
from kb.domain.identity import Id
from kb.intake.seed_writer import seed_files, unwritable
from tests.intake.round_trip import RoundTrip
from tests.intake.shelf import SOURCE, Shelf
from tests.ledger import claim as told_claim

DECK = f"""\
{SOURCE}figures:
  - {{id: price, measure: fee, value: $200 / month, at: L1}}
claims:
  - {{id: dear, text: It is dear., at: L2}}
"""
INFERENCE = """\
kb: 1
id: ours
claims:
  - id: too-dear
    text: It is too dear.
    voice: editors
    rests-on: [deck/price, deck/dear]
    answers: {pays: no}
"""
ARGUED = """\
kb: 1
id: ours
claims:
  - {id: too-dear, text: It is too dear., voice: editors}
"""
ARGUMENT = """\
kb: 1
id: reasons
arguments:
  - {id: costly, premises: [deck/dear], supports: ours/too-dear}
"""


def claims(*entries: str) -> str:
    return f"{SOURCE}claims:\n" + "".join(f"  - {{id: c{number}, {entry}}}\n" for number, entry in enumerate(entries))


def inference(shelf: Shelf, slug: str = "ours/too-dear") -> Claim:
    found = shelf.entity(Claim, slug)
    assert isinstance(found, Claim)
    return found


@pytest.mark.parametrize("word", ["editors", "Editors", "EDITORS", "' editors '"])
def test_an_inference_has_no_source_and_no_passage(shelf: Shelf, word: str) -> None:
    shelf.put(deck=DECK, ours=INFERENCE.replace("editors", word)).bring_in()
    told = inference(shelf)
    assert (told.source, told.passages, told.voice, told.stance) == (None, (), EDITORS, Stance.DERIVED)
    because = shelf.entity(Argument, "ours/too-dear/because")
    assert isinstance(because, Argument)
    assert because.source is None


def test_the_default_stance_of_a_file_is_that_of_its_source(shelf: Shelf, tmp_path: Path) -> None:
    own = INFERENCE.split("claims:\n")[1].replace("deck/", "")
    three = "".join(f"  - {{id: d{number}, text: Said., at: L{number}}}\n" for number in (3, 4, 5))
    shelf.put(deck=DECK.replace("figures:", "defaults: {stance: alleged}\nfigures:") + three + own).bring_in()
    assert inference(shelf, "deck/too-dear").stance is Stance.DERIVED
    assert shelf.exported(tmp_path / "out").bring_in() == ()


def test_another_stance_of_an_inference_is_kept(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(
        deck=DECK, ours=INFERENCE.replace("voice: editors", "voice: editors\n    stance: hypothetical")
    ).bring_in()
    assert inference(shelf).stance is Stance.HYPOTHETICAL
    assert shelf.exported(tmp_path / "out").bring_in() == ()


def test_an_export_of_an_inference_is_no_news_here_or_in_an_empty_base(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(deck=DECK, ours=INFERENCE).bring_in()
    assert shelf.bring_in() == ()
    assert "voice: editors\n    rests-on: [deck/price, deck/dear]" in seed_files(shelf.knowledge)["ours"]
    base = RoundTrip(shelf.knowledge, shelf.mint)
    base.check()


def test_an_inference_is_renamed_and_pruned_like_any_claim(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=INFERENCE).bring_in()
    id = inference(shelf).id
    shelf.put(ours=INFERENCE.replace("id: too-dear", "id: pricey\n    was: too-dear")).bring_in()
    assert inference(shelf, "ours/pricey").id == id
    shelf.put(ours="kb: 1\nid: ours\n")
    assert {type(fact) for fact in shelf.bring_in(prune=True)} == {Retracted}
    assert id not in shelf.knowledge.claims


def test_a_claim_of_a_source_becomes_an_inference_and_back(shelf: Shelf) -> None:
    shelf.put(deck=DECK).bring_in()
    ours = DECK.replace("at: L2", "voice: editors, rests-on: [price]")
    facts = shelf.put(deck=ours).bring_in()
    assert [type(fact) for fact in facts] == [Revised, Recorded]
    assert inference(shelf, "deck/dear").is_editorial
    shelf.put(deck=DECK).bring_in(prune=True)
    assert not inference(shelf, "deck/dear").is_editorial


# What it must not have


def test_an_inference_takes_neither_a_place_nor_a_source(shelf: Shelf) -> None:
    shelf.put(deck=claims("text: A., at: L1", "text: B., voice: editors, at: L2, source: deck, rests-on: [c0]"))
    said = "an inference by the editors stands in no document, so"
    assert shelf.problems() == [
        f"deck.yaml:6:44: {said} 'at' says nothing — leave out at, or name the voice that says it there",
        f"deck.yaml:6:56: {said} 'source' says nothing — leave out source, or name the voice that says it there",
    ]


def test_a_claim_of_anybody_else_needs_a_place(shelf: Shelf) -> None:
    shelf.put(deck=claims("text: A., voice: the editors"))
    assert shelf.problems() == ["deck.yaml:5:5: a claim needs the key 'at' — for example at: L167; L169"]


def test_the_editors_state_no_figure(shelf: Shelf) -> None:
    hint = "put what you assume into a calculation, like use: 25% (assumed), and what you infer into a claim"
    also = "also: {at: L2, voice: EDITORS}"
    shelf.put(
        deck=f"{SOURCE}figures:\n  - {{id: a, measure: fee, value: $1 / month, at: L1, voice: Editors}}\n"
        f"  - {{id: b, measure: fee, value: $1 / month, at: L1, {also}}}\n"
    )
    assert shelf.problems() == [
        f"deck.yaml:5:61: a figure is what a source states, and the editors are none — {hint}",
        f"deck.yaml:6:76: a figure is what a source states, and the editors are none — {hint}",
    ]


@pytest.mark.parametrize("word", ["editors", "Editors via nobody"])
def test_the_editors_are_no_default_voice(shelf: Shelf, word: str) -> None:
    shelf.put(deck=f"{SOURCE}defaults: {{voice: {word}}}\nclaims:\n  - {{id: a, text: A., at: L1}}\n")
    assert shelf.problems() == [
        "deck.yaml:4:19: the editors are no default voice — write voice: editors at each claim that they infer"
    ]


def test_editors_who_speak_in_a_source_say_of_what(shelf: Shelf) -> None:
    shelf.put(deck=claims("text: A., at: L1, voice: editors via nobody", "text: B., at: L2, voice: editors via Ada"))
    assert [problem.split(" — ") for problem in shelf.problems()] == [
        [
            "deck.yaml:5:39: 'editors via nobody' says neither whose editors they are, nor that you infer it yourself",
            "write voice: editors, without at and source, for an inference of your own; else say whose editors",
        ]
    ]


def test_editors_of_a_source_come_back_from_an_export(shelf: Shelf) -> None:
    spoken = ("editors via Ada Byron", "Editors via nobody", "the editors via nobody", "the editors")
    shelf.put(deck=claims(*(f"text: {number}., at: L1, voice: {voice}" for number, voice in enumerate(spoken))))
    shelf.bring_in()
    RoundTrip(shelf.knowledge, shelf.mint).check()


@pytest.mark.parametrize("line", ["author: editors", "title: editors"])
def test_a_source_by_editors_is_by_those_of_the_source(shelf: Shelf, line: str) -> None:
    about = f"{{type: report, language: en, {line if 'title' in line else 'title: T, ' + line}}}"
    shelf.put(
        deck=f"kb: 1\nid: deck\nsource: {about}\nclaims:\n  - {{id: a, text: A., at: L1}}\n"
        "figures:\n  - {id: b, measure: fee, value: $1 / month, at: L1}\n"
    ).bring_in()
    assert str(inference(shelf, "deck/a").voice) == "the editors"
    RoundTrip(shelf.knowledge, shelf.mint).check()


# What it must have

NOTHING = "ours.yaml:4:10: an inference by the editors rests on nothing"


def test_an_inference_rests_on_something(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=ARGUED)
    assert shelf.problems() == [
        f"{NOTHING} — add rests-on: with what you infer it from, or an argument that supports it"
    ]


def test_an_argument_of_another_file_is_something(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=ARGUED, reasons=ARGUMENT).bring_in()
    assert shelf.problems("ours") == []
    RoundTrip(shelf.knowledge, shelf.mint).check()


@pytest.mark.parametrize(
    "argument", [ARGUMENT.replace("supports", "attacks"), ARGUMENT.replace("[deck/dear], supports: ours", "[ours"), ""]
)
def test_an_attack_is_nothing_to_rest_on(shelf: Shelf, argument: str) -> None:
    argument = argument.replace("[ours/too-dear", "[ours/too-dear], supports: deck/dear")
    shelf.put(deck=DECK, ours=ARGUED, **({"reasons": argument} if argument else {}))
    assert any(problem.startswith(NOTHING) for problem in shelf.problems())


def test_a_mistake_in_the_argument_is_one_mistake(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=ARGUED, reasons=ARGUMENT.replace("deck/dear", "deck/deer"))
    assert [problem.split(" — ")[0] for problem in shelf.problems()] == [
        "reasons.yaml:4:29: there is no figure, claim or calculation 'deck/deer'"
    ]
    shelf.put(reasons="kb: 1\nid: [reasons\n")
    assert not any("rests on nothing" in problem for problem in shelf.problems())


def test_what_an_entry_rested_on_before_is_nothing_to_rest_on(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=INFERENCE).bring_in()
    shelf.put(ours=ARGUED)
    assert [problem.split(" — ")[0] for problem in shelf.problems()] == [NOTHING]
    shelf.put(ours=ARGUED.replace("{id: too-dear,", "{id: pricey, was: too-dear,"))
    assert [problem.split(" — ")[0] for problem in shelf.problems()] == [NOTHING]


GONE = "kb: 1\nid: reasons\n"
LOST = "an inference by the editors rests on nothing: the claim 'ours/too-dear' loses the argument 'reasons/costly'"


@pytest.mark.parametrize("names", [("reasons",), ("reasons", "ours")])
def test_the_last_argument_for_an_inference_cannot_be_pruned(shelf: Shelf, names: tuple[str, ...]) -> None:
    shelf.put(deck=DECK, ours=ARGUED, reasons=ARGUMENT).bring_in()
    shelf.put(reasons=GONE)
    place = "ours.yaml:4:10" if "ours" in names else "reasons.yaml"
    hint = "keep an argument for it, or change the claim first"
    assert shelf.said(shelf.planned(*names, prune=True)) == [f"{place}: {LOST} — {hint}"]
    assert shelf.said(shelf.planned("reasons", prune=False)) == []


def test_the_last_argument_for_an_inference_cannot_be_turned(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=ARGUED, reasons=ARGUMENT).bring_in()
    turned = ARGUMENT.replace("supports", "attacks")
    shelf.put(reasons=turned)
    assert [problem.split(" — ")[0] for problem in shelf.said(shelf.planned("reasons"))] == [f"reasons.yaml: {LOST}"]
    shelf.put(
        reasons=ARGUMENT.replace("supports", "attacks") + ARGUMENT.split("arguments:\n")[1].replace("costly", "b")
    )
    shelf.bring_in("reasons")


def test_an_inference_whose_reasons_were_redacted_is_left_out_of_an_export(shelf: Shelf) -> None:
    shelf.put(deck=DECK, ours=ARGUED, reasons=ARGUMENT).bring_in()
    rest = {id: entity for id, entity in shelf.knowledge.by_id.items() if entity.slug != "deck/dear"}
    left = type(shelf.knowledge).of(rest.values())
    assert {entity.slug for entity in unwritable(left)} == {"reasons/costly", "ours/too-dear"}


# What older versions recorded

OLD = canonical_json(told_claim("c")).replace('"origin":"Ada"', '"origin":"editors of this corpus"')


def test_an_older_claim_by_editors_with_a_source_is_still_read() -> None:
    [fact] = [fact_of("claim.recorded.v1", OLD)]
    assert isinstance(fact, Recorded)
    assert isinstance(fact.entity, Claim)
    assert (str(fact.entity.voice), fact.entity.source) == ("editors of this corpus", "deck")


@pytest.mark.parametrize("happened", ["recorded", "revised"])
def test_older_editors_of_a_source_stay_apart_from_those_of_the_base(happened: str) -> None:
    fact = fact_of(f"claim.{happened}.v1", OLD.replace(" of this corpus", ""))
    assert isinstance(fact, Recorded | Revised)
    assert isinstance(fact.entity, Claim)
    assert (str(fact.entity.voice), fact.entity.is_editorial) == ("the editors", False)
    assert parse_json(canonical_json(fact.entity), Claim) == fact.entity
    assert fact.entity.id == Id("c")
