"""What is shown is what was said: quotation marks only around a source's words, and stances beside their numbers."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kb.domain.entity import Condition
from kb.domain.identity import Id
from kb.reports.calculation import calculation as calculation_page
from kb.reports.evidence import claim as claim_page
from kb.reports.evidence import claims as claims_page
from kb.reports.evidence import figure as figure_page
from kb.reports.finding import finding_sheet, findings
from kb.reports.map.drawing import argument_map
from kb.reports.map.outline import outline
from kb.reports.page.argument_map import ArgumentMap
from kb.reports.value import Branch
from kb.reports.view import View
from kb.reports.vocabulary import measure as measure_page
from kb.reports.words.references import capitalized, ref_of
from tests.reasoning.story import argument, calculation, claim, figure, measure, quantity, question, source
from tests.reports.papers import lines_of, paper
from tests.reports.seen import pair, seen

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKED = ["alleged", "assumed", "hypothetical", "projected", "estimated", "negated"]
WORDS = {"negated": "denied"}
"""The word that readers see for a stance, where it is not that of seed files."""

UNMARKED = ["asserted", "reported", "measured", "derived"]


def base(stance: str) -> View:
    return seen(
        measure(),
        measure("half", "USD/month", "flow"),
        question(),
        figure("$80 a month", id="worth", stance=stance),
        calculation("halved", "x / 2", x="figure worth"),
        argument("for", "question:loss:yes", "figure:worth", "calculation:halved"),
    )


def texts(branches: tuple[Branch, ...]) -> list[str]:
    return [text for branch in branches for text in (branch.text, *texts(branch.children))]


def words_on(drawn: ArgumentMap, kind: str) -> str:
    cards = (card for card in drawn.cards if card.kind == kind)
    return " ".join("".join(run.text for run in line.runs) for card in cards for line in card.lines)


def shown(stance: str) -> dict[str, str]:
    """The number of a figure with ``stance`` as each place shows it."""
    view = base(stance)
    [asked] = view.knowledge.questions.values()
    page, sheet = figure_page(view, "worth"), calculation_page(view, "halved")
    listed, drawn = measure_page(view, "value"), argument_map(view, asked, [("open", "all")])
    assert page
    assert sheet
    assert listed
    assert listed.plot
    assert drawn
    return {
        "page": page.title,
        "row": page.row.ref.text,
        "plot": listed.plot.marks[0].label,
        "plot in words": listed.plot.text,
        "input": sheet.inputs[0].text,
        "working": sheet.outcomes[0].steps[0].stated,
        "result": sheet.row.result,
        "card": words_on(drawn, "figure"),
        "card of a result": words_on(drawn, "calculation"),
        "outline": next(text for text in texts(outline(view, asked)) if text.startswith("Deck")),
    }


@pytest.mark.parametrize("stance", MARKED)
def test_a_stance_stands_beside_its_number_wherever_it_is_shown(stance: str) -> None:
    word = WORDS.get(stance, stance)
    assert {place: text for place, text in shown(stance).items() if word not in text} == {}


@pytest.mark.parametrize("stance", UNMARKED)
def test_a_stance_by_which_a_voice_commits_itself_needs_no_word(stance: str) -> None:
    assert {place: text for place, text in shown(stance).items() if stance in text} == {}


def test_an_assumption_of_a_calculation_stands_beside_the_result() -> None:
    page = calculation_page(seen(calculation("c", "x / 2", x="0.5")), "c")
    assert page
    assert page.inputs[0].text == "0.5 (assumed)"
    assert page.row.result == "0.25 (with an assumed number)"


def test_findings_quote_nothing_but_literals_and_titles() -> None:
    view = pair()
    said = " ".join(row.explanation for group in findings(view).groups for row in group.rows)
    titles = {source.short_title for source in view.knowledge.sources.values()}
    assert said
    assert set(re.findall("“(.*?)”", said)) <= titles


def test_words_that_name_no_number_are_quoted_as_the_source_writes_them() -> None:
    crowd = measure("crowd", "person", "count")
    told = (
        figure(text, of="crowd", unit="person", by=by) for text, by in (("dozens of people", "ash"), ("900", "elm"))
    )
    [row] = [row for group in findings(seen(crowd, *told)).groups for row in group.rows]
    assert "“dozens of people”" in row.explanation


def test_how_far_apart_claims_were_published_says_if_a_date_is_inferred() -> None:
    old = source("ash", issued="2025-06", inferred={"issued": "it names a model of that year"})
    new = source("elm", issued="2026-06")
    view = seen(old, new, claim("cheap", by="ash"), claim("dear", by="elm", denies=("cheap",)))
    [finding] = view.findings
    assert finding_sheet(view, finding).row.explanation.endswith(
        "The two texts were published a year apart, as far as the dates can be inferred."
    )


def test_claims_that_contradict_each_other_show_both_voices_dates_and_passages() -> None:
    old, new = source("ash", issued="2025-06"), source("elm", issued="2026-06-15")
    view = seen(
        old,
        new,
        claim("cheap", by="ash"),
        claim("dear", by="elm", voice="Fir via Elm", stance="alleged", denies=("cheap",)),
    )
    [finding] = view.findings
    sheet = finding_sheet(view, finding)
    assert sheet.row.explanation == (
        "Fir via Elm (alleged, 15 June 2026): Dear. Ash (June 2025) says the opposite: Cheap. "
        "The two texts were published a year apart."
    )
    assert sheet.title == "Fir via Elm contradicts Ash"
    [row] = sheet.pairings
    assert (row.left_label, row.right_label) == ("Fir via Elm (alleged, 15 June 2026)", "Ash (June 2025)")
    assert (row.left_text, row.right_text) == ("Dear.", "Cheap.")
    assert [cited.locator for cited in (*row.left, *row.right)] == ["line 1", "line 1"]


def test_a_voice_that_contradicts_itself_in_one_text_is_named_once() -> None:
    view = seen(claim("cheap", voice="Fir"), claim("dear", voice="Fir", denies=("cheap",)))
    [finding] = view.findings
    first, second = finding_sheet(view, finding).row.explanation.split(". The same voice also says: ")
    assert {first.partition(": ")[2], second} == {"Dear", "Cheap."} or {first, second} == {"Fir: Cheap", "Dear."}


def undecided() -> View:
    return seen(
        measure(),
        question(),
        figure("$1 a month", vendor="acme"),
        figure("$3 a month", by="memo", vendor="globex"),
        calculation("worth", "x / 2", x="measure value over vendor"),
        replace(claim("low"), holds_if=Condition(Id("worth"), "<", quantity("$1 a month"))),
        argument("for", "question:loss:yes", "claim:low"),
    )


def test_an_undecided_condition_is_shown_as_undecided_wherever_its_claim_is_shown() -> None:
    view, words = undecided(), "undecided: one result bears it out and one speaks against it"
    [asked], page = view.knowledge.questions.values(), claim_page(view, "low")
    drawn, [side, _] = argument_map(view, asked, [("open", "all")]), outline(view, asked)
    assert drawn
    assert page
    assert page.condition.endswith("Undecided: one result bears it out and one speaks against it.")
    assert [row.condition for row in claims_page(view).rows] == [words]
    assert [branch.condition for branch in side.children] == [words]
    assert capitalized(words) in words_on(drawn, "claim")
    assert any(words in line for line in lines_of(paper(view)))


def test_a_claim_s_reason_names_what_attacks_it_and_no_id() -> None:
    attack = argument("x1", "claim:cheap-seats", "claim:full-boats", attacks=True)
    page = claim_page(seen(claim("cheap-seats"), claim("full-boats"), attack), "cheap-seats")
    assert page
    assert page.why == "By logic alone, it falls to: Deck: Full boats."


def test_an_argument_without_words_is_named_by_its_premises() -> None:
    told = measure(), question(), figure("$80 a month", id="worth", stance="alleged"), claim("full")
    made = argument("because", "question:loss:yes", "figure:worth", "claim:full")
    sentence = "Deck puts the value at $80 a month (alleged); Deck: Full."
    assert ref_of(seen(*told, made).knowledge, made.id).text == sentence
    written = replace(made, text="A used pass costs more.")
    assert ref_of(seen(*told, written).knowledge, made.id).text == "A used pass costs more."


def test_premises_put_what_they_measure_at_an_amount_with_the_calculation_behind_it() -> None:
    stated = figure("at least $80 a month", id="worth"), figure("$90 a month", id="fresh", by="memo")
    worked = replace(calculation("keeps", "x / 2", x="figure worth"), label="What a reseller keeps each month")
    made = argument("because", "question:loss:yes", "figure:worth", "figure:fresh", "calculation:keeps")
    view = seen(measure(), question(), *stated, worked, made)
    assert ref_of(view.knowledge, made.id).text == (
        "Deck puts the value at no less than $80 a month; Memo puts the value at $90 a month, with the calculation of "
        "what a reseller keeps each month."
    )
    alone = argument("because", "question:loss:yes", "calculation:keeps")
    text = ref_of(seen(measure(), question(), *stated, worked, alone).knowledge, alone.id).text
    assert text == "The calculation of what a reseller keeps each month."
