"""How many voices say something: counted on each side, named as they are known, and never called independent."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import kb
from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import Stance, Voice
from kb.domain.finding import FindingKind
from kb.domain.identity import Id
from kb.reports.citations import citation
from kb.reports.evidence import figure as figure_page
from kb.reports.finding import findings
from kb.reports.front import home
from kb.reports.value import FindingRow
from kb.reports.view import View
from kb.reports.words.references import FINDING_KIND_WORDS
from kb.reports.words.voices import held_by_words, held_words, likelihood_words
from tests.reasoning.story import calculation, figure, measure, source
from tests.reports.seen import seen

FEE = measure("fee", "USD/month", "price")
ROOT = Path(kb.__file__).resolve().parent.parent


def row_of(view: View, kind: FindingKind) -> FindingRow:
    words = FINDING_KIND_WORDS[kind]
    [row] = [row for group in findings(view).groups for row in group.rows if row.kind == words]
    return row


def test_two_voices_that_agree_are_not_called_independent() -> None:
    row = row_of(
        seen(FEE, figure("$5", of="fee", by="ash"), figure("$5", of="fee", by="elm")), FindingKind.CORROBORATION
    )
    assert row.voices == "two voices with no dependence recorded"
    assert row.explanation.startswith("Ash and Elm give the same number, $5; no dependence between them is recorded.")


def test_voices_are_counted_on_each_side() -> None:
    told = [figure(text, of="fee", by=by) for text, by in (("$5", "ash"), ("$5", "elm"), ("$9", "oak"))]
    row = row_of(seen(FEE, *told), FindingKind.ACROSS_SOURCES)
    assert row.voices == "two voices on one side and one on the other, with no dependence recorded"


def test_one_voice_that_contradicts_itself_is_one_voice() -> None:
    told = figure("$5", of="fee", by="ash"), figure("$9", of="fee", by="ash", line=8)
    assert row_of(seen(FEE, *told), FindingKind.WITHIN_SOURCE).voices == "the same voice on both sides"


def test_a_check_says_who_states_the_figure_and_whose_numbers_give_the_result() -> None:
    first, second = figure("$5", id="a", of="fee", by="ash"), figure("$6", id="b", of="part", by="elm")
    total = figure("$20", id="sum", of="total", by="oak")
    sums = calculation("sums", "x + y", x="figure a", y="figure b", checks=("sum",))
    others = measure("part", "USD/month", "price"), measure("total", "USD/month", "price")
    row = row_of(seen(FEE, *others, first, second, total, sums), FindingKind.CHECK)
    assert row.voices == "stated by one voice and calculated from the numbers of two"


def test_a_check_of_what_was_computed_from_the_same_numbers_says_so() -> None:
    paid, used = figure("$5", id="a", of="fee", by="ash"), figure("$20", id="b", of="part", by="ash")
    multiple = replace(figure("4", id="times", of="ratio", by="oak", unit="1"), derived_from=(Id("a"), Id("b")))
    division = calculation("division", "y / x", x="figure a", y="figure b", checks=("times",))
    others = measure("part", "USD/month", "price"), measure("ratio", "1", "ratio")
    row = row_of(seen(FEE, *others, paid, used, multiple, division), FindingKind.CHECK)
    assert row.voices == "stated by one voice, which worked it out from the same numbers"


@pytest.mark.parametrize(
    ("inputs", "whose"),
    [
        (("ash", "ash"), "the numbers of one"),
        (("oak", "oak"), "its own numbers"),
        (("oak", "ash"), "its own numbers and those of one other"),
        (("oak", "ash", "elm"), "its own numbers and those of two others"),
    ],
)
def test_a_voice_is_not_borne_out_by_its_own_numbers(inputs: tuple[str, ...], whose: str) -> None:
    names = "xyz"[: len(inputs)]
    paid = [figure("$5", id=name, of=f"part-{name}", by=by) for name, by in zip(names, inputs, strict=True)]
    parts = [measure(f"part-{name}", "USD/month", "price") for name in names]
    stated = figure("$40", id="sum", of="total", by="oak"), measure("total", "USD/month", "price")
    sums = calculation("sums", " + ".join(names), checks=("sum",), **{name: f"figure {name}" for name in names})
    row = row_of(seen(FEE, *parts, *paid, *stated, sums), FindingKind.CHECK)
    assert row.voices == f"stated by one voice and calculated from {whose}"


def test_a_number_worked_out_from_some_inputs_says_so() -> None:
    paid, used = figure("$5", id="a", of="fee", by="ash"), figure("$20", id="b", of="part", by="elm")
    multiple = replace(figure("4", id="times", of="ratio", by="oak", unit="1"), derived_from=(Id("a"),))
    division = calculation("division", "y / x", x="figure a", y="figure b", checks=("times",))
    others = measure("part", "USD/month", "price"), measure("ratio", "1", "ratio")
    row = row_of(seen(FEE, *others, paid, used, multiple, division), FindingKind.CHECK)
    assert row.voices == "stated by one voice, which worked it out from some of these numbers"


def test_voices_that_go_back_to_one_origin_are_not_called_two() -> None:
    test = figure("$5", id="test", of="fee", by="ash")
    computed = [
        replace(figure(text, of="price", by=by), derived_from=(Id("test"),))
        for text, by in (("$9", "elm"), ("$4", "oak"))
    ]
    view = seen(FEE, measure("price", "USD/month", "price"), test, *computed)
    row = row_of(view, FindingKind.ACROSS_SOURCES)
    assert row.voices == "one voice on each side, but with evidence from one origin"


def test_unnamed_speakers_of_one_text_count_as_one_voice_and_are_not_called_one() -> None:
    told = [
        figure(text, of="fee", by="ash", voice=voice) for text, voice in (("$5", "(people)"), ("$9", "(its author)"))
    ]
    row = row_of(seen(FEE, *told), FindingKind.WITHIN_SOURCE)
    assert row.voices == "unnamed speakers of one text, who count as one voice"


def test_a_translation_is_no_further_source() -> None:
    told = [figure("$5", of="fee", by=by, voice="Ash") for by in ("ash", "elm", "elm-zh", "oak")]
    sources = [source(name) for name in ("ash", "elm", "oak")]
    view = seen(*sources, source("elm-zh", translation_of=Id("elm")), FEE, *told)
    counts = {count.name: count.number for count in home(view, ()).counts}
    assert (counts["sources"], counts["translation"]) == (3, 1)
    explanation = row_of(view, FindingKind.REPETITION).explanation
    assert explanation.startswith("Two other sources give this number and add no voice to Ash")


def test_a_speaker_whom_the_source_does_not_name_is_marked() -> None:
    told = figure("$5", of="fee", by="ash", voice="(commenter A)"), figure("$9", of="fee", by="elm")
    row = row_of(seen(FEE, *told), FindingKind.ACROSS_SOURCES)
    assert "Unnamed commenter A says $5" in row.explanation
    assert "unnamed commenter A" in row.between


@pytest.mark.parametrize("folder", ["kb/reports", "kb/cli", "templates"])
def test_no_text_claims_that_voices_are_independent(folder: str) -> None:
    files = [path for end in ("py", "j2") for path in (ROOT / folder).rglob(f"*.{end}")]
    pattern = re.compile(r"independent\W+voices?\b", re.IGNORECASE)
    claims = {path.name for path in files if pattern.search(path.read_text())}
    assert files
    assert claims == set()


def test_beside_its_title_an_unnamed_author_is_not_named_by_it_again() -> None:
    deck = replace(source("deck"), details={"title-short": "Deck in short"})
    told = [
        figure(text, id=id, of="fee", by="deck", voice=voice)
        for text, id, voice in (
            ("$5", "own", "(author of Deck in short)"),
            ("$6", "passed", "(voices) via (author of Deck)"),
            ("$7", "other", "(author of Tides)"),
        )
    ]
    view = seen(FEE, deck, *told)
    cited = [citation(view, figure) for figure in told]
    assert {one.source.text for one in cited} == {"“Deck in short”"}
    assert [one.voice for one in cited] == [
        "its unnamed author",
        "unnamed voices via its unnamed author",
        "the unnamed author of “Tides”",
    ]


@pytest.mark.parametrize("stance", list(Stance))
@pytest.mark.parametrize("word", [*Likelihood, "0.9"])
def test_how_sure_a_voice_is_stands_as_the_editors_reading(stance: Stance, word: str) -> None:
    confidence, voice = Confidence(word), Voice("executives at work", ("Elm",))
    for words in (held_words(stance, confidence), held_by_words(voice, stance, confidence)):
        how, _, reading = words.partition("; ")
        assert likelihood_words(confidence) not in how
        # What is only assumed or supposed commits nobody, so that there is nothing to read.
        assert bool(reading) is (stance not in (Stance.ASSUMED, Stance.HYPOTHETICAL))
        assert "read as " in (reading or "read as ")


@pytest.mark.parametrize(
    ("stance", "shown"),
    [("measured", ["likely, as the editors read it"]), ("assumed", []), ("hypothetical", [])],
)
def test_the_page_of_a_figure_gives_confidence_as_a_reading(stance: str, shown: list[str]) -> None:
    page = figure_page(seen(FEE, figure("$5", id="it", of="fee", stance=stance)), "it")
    assert page
    assert [part.value for part in page.parts if part.name == "Confidence"] == shown


def test_the_page_of_a_quoted_number_names_who_wrote_it_and_whom_he_quotes() -> None:
    again = figure("$6", id="again", of="fee", by="elm", quotes="first")
    view = seen(FEE, figure("$5", id="first", of="fee", by="ash"), again)
    sheet, original = figure_page(view, "again"), figure_page(view, "first")
    assert sheet and original
    assert sheet.row.voice == original.mentions[0].voice == "Elm, quoting Ash"
