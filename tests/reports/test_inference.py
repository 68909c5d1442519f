"""A claim that the editors infer: no passage, no citation, and no reader takes it for that of a source."""

from dataclasses import replace

from kb.domain.entity import EDITORS, Claim, Stance
from kb.reports.evidence import claim as claim_sheet
from kb.reports.evidence import claims, sources
from kb.reports.export import export_json
from kb.reports.map.drawing import argument_map
from kb.reports.map.outline import outline
from kb.reports.view import View
from kb.reports.words.voices import EDITORS_INFERENCE
from tests.reasoning.story import argument, claim, figure, measure, question
from tests.reports.papers import lines_of, paper
from tests.reports.seen import seen


def inference(id: str, **about: tuple[str, ...]) -> Claim:
    told = claim(id, stance="derived", **about)  # type: ignore[arg-type]
    return replace(told, source=None, passages=(), voice=EDITORS, stance=Stance.DERIVED)


def view(*others: Claim) -> View:
    return seen(
        measure(),
        figure("$8k / month", id="worth"),
        question(),
        claim("plain"),
        inference("inferred"),
        *others,
        argument("because", "claim:inferred", "figure:worth"),
        argument("for", "question:loss:yes", "claim:inferred"),
        argument("against", "question:loss:no", "claim:plain"),
    )


def test_the_page_of_an_inference_cites_nothing() -> None:
    sheet = claim_sheet(view(), "inferred")
    assert sheet
    assert (sheet.citations, sheet.row.source, sheet.row.locator) == ((), None, "")
    assert sheet.row.voice == EDITORS_INFERENCE


def test_an_inference_is_found_by_its_voice_and_by_no_source() -> None:
    assert [row.ref.slug for row in claims(view(), query="voice:editors").rows] == ["inferred"]
    assert [row.ref.slug for row in claims(view(), query="source:deck").rows] == ["plain"]


def test_no_source_has_an_inference() -> None:
    assert [row.claims for row in sources(view()).rows] == [1]


def test_the_outline_and_the_map_say_whose_inference_it_is() -> None:
    shown = view()
    (asked,) = shown.knowledge.questions.values()
    assert [side.children[0].text for side in outline(shown, asked)] == [
        "Editors' inference: Inferred.",
        "Deck: Plain.",
    ]
    made = argument_map(shown, asked, [("open", "all")])
    assert made
    words = ["".join(run.text for run in card.lines[-1].runs) for card in made.cards if card.kind == "claim"]
    assert words == [f"for · ● unopposed · {EDITORS_INFERENCE}", "for · ● unopposed · Deck"]


def test_a_report_says_whose_an_inference_is_and_cites_what_it_rests_on() -> None:
    lines = lines_of(paper(view()))
    assert any("The editors infer that Inferred [1]." in line for line in lines)
    assert "Deck argues that Plain [1]." in lines


def test_an_export_gives_an_inference_no_source() -> None:
    (exported,) = [told for told in export_json(view())["claims"] if told["id"] == "inferred"]
    assert (exported["source"], exported["passages"], exported["voice"]) == (None, [], "editors")


def test_a_finding_between_claims_names_the_editors() -> None:
    shown = view(claim("rival", denies=("inferred",)), inference("second", denies=("inferred",)))
    assert {finding.ref.text: finding.between for finding in claim_sheet(shown, "inferred").findings} == {  # type: ignore[union-attr]
        "Editors' inference: Inferred. Deck contradicts this: Rival.": ("Deck", EDITORS_INFERENCE),
        "Editors' inference: Inferred. Editors' inference contradicts this: Second.": (EDITORS_INFERENCE,),
    }
