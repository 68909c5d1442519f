"""What changed on a question between two moments: what, by which event, by whom and why."""

from dataclasses import replace
from typing import Any

import pytest

from kb.domain.entity import AnyEntity
from kb.domain.event import EventRedacted, Fact, Recorded, Retracted, Revised
from kb.domain.identity import Id
from kb.reports.changes.facts import changes_between
from kb.reports.changes.sheet import changes_sheet
from kb.reports.page.changes import ChangeRow, ChangesSheet
from kb.reports.query import UnreadableAddress
from kb.reports.question import InTime
from kb.reports.question import question as question_sheet
from kb.web.address import PageRequest
from kb.web.comparison import earlier_view, timeline
from kb.web.responder import environment
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source
from tests.reports.moments import Story
from tests.web.served import TEMPLATES

YES, NO = "question:loss:yes", "question:loss:no"
FEE = figure("$8k/month", id="fee", of="value", by="deck")
FULL = claim("full", by="deck", voice="Ann Ash")
OTHER = claim("other", by="paper", voice="Bo Li")
DEAR = figure("$3k/month", id="fee", of="value", by="deck")
MARGIN = calculation("margin", "value / 9000", value="figure fee")


def recorded(*entities: AnyEntity) -> list[Fact]:
    return [Recorded(entity) for entity in entities]


def begun() -> Story:
    """A base with a question, one argument for it and a calculation."""
    story = Story()
    story.tell("ada reads the deck", *recorded(source("deck"), source("paper"), measure("value"), FEE))
    story.tell(
        "ada asks",
        *recorded(
            MARGIN, FULL, question(), argument("for", YES, "claim:full"), argument("sum", YES, "calculation:margin")
        ),
    )
    return story


def compare(story: Story, earlier: int, later: int | None = None) -> ChangesSheet:
    before, after = story.view(earlier), story.view(later)
    return changes_sheet(before, after, after.knowledge.questions[Id("loss")])


def rows(sheet: ChangesSheet) -> dict[str, ChangeRow]:
    return {row.name: row for row in sheet.rows}


def test_what_is_added_says_by_whom_and_why() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo objects", *recorded(OTHER, argument("against", NO, "claim:other")))
    sheet = compare(story, before)
    row = rows(sheet)["Other."]
    assert (row.status, row.differences) == ("added", ("New",))
    assert [(event.position, event.actor, event.reason) for event in row.events] == [(before + 1, "bo", "bo objects")]
    assert sheet.marks == {"claim:other": "added", "arg:against": "added", "yes": "changed", "no": "changed"}
    assert sheet.answer == "The answer is still leaning yes; its certainty is still moderate."
    assert not sheet.because


def test_an_answer_that_changed_names_what_it_follows_from() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("cy withdraws", Retracted("argument", Id("for")), Retracted("argument", Id("sum")))
    story.tell("bo objects", *recorded(OTHER, argument("against", NO, "claim:other")))
    sheet = compare(story, before)
    assert sheet.answer == "The answer goes from leaning yes to leaning no; its certainty is still moderate."
    assert [cause.event.reason for cause in sheet.because] == ["cy withdraws", "cy withdraws", "bo objects"]


def test_what_is_retracted_is_gone_and_has_no_page() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("cy withdraws", Retracted("argument", Id("for")), Retracted("claim", Id("full")))
    row = rows(compare(story, before))["Full."]
    assert (row.status, row.ref, row.differences) == ("gone", None, ("No longer recorded",))
    assert row.events[-1].reason == "cy withdraws"


def test_the_map_keeps_what_went_and_marks_what_came() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("cy withdraws", Retracted("argument", Id("for")), Retracted("claim", Id("full")))
    story.tell("bo objects", *recorded(OTHER, argument("against", NO, "claim:other")))
    earlier, later = story.view(before), story.view(None)
    sheet = question_sheet(later, "loss", [("open", "all")], InTime(earlier=earlier))
    assert sheet and sheet.map
    status = {card.key: card.status for card in sheet.map.cards}
    assert status["claim:full"] == "withdrawn"
    assert status["claim:other"] == "added"
    alone = question_sheet(later, "loss", [("open", "all")])
    assert alone and alone.map
    assert "claim:full" not in {card.key for card in alone.map.cards}


def test_what_only_no_longer_leads_to_the_question_is_told_apart() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("cy withdraws", Retracted("argument", Id("for")))
    row = rows(compare(story, before))["Full."]
    assert row.ref is not None
    assert row.differences == ("Still recorded, and no longer leads to the question",)
    assert [event.reason for event in row.events] == ["cy withdraws"]


def test_a_dispute_comes_with_the_number_that_it_is_about() -> None:
    story = Story()
    dear = figure("$30k/month", id="dear", of="value", by="paper")
    story.tell("ada reads", *recorded(source("deck"), source("paper"), measure("value"), FEE, dear, question()))
    before = len(story.facts)
    story.tell("bo sums up", *recorded(MARGIN, argument("sum", YES, "calculation:margin")))
    sheet = compare(story, before)
    assert [(row.kind, row.events[-1].reason) for row in sheet.rows if row.status == "added"] == [
        ("calculation", "bo sums up"),
        ("figure", "bo sums up"),
        ("figure", "bo sums up"),
    ]


@pytest.mark.parametrize(
    ("revised", "difference"),
    [
        (replace(FULL, text="It is not."), "Wording: “It is not.”, before “Full.”"),
        (replace(FULL, stance=OTHER.stance, voice=OTHER.voice), "Voice: Bo Li, before Ann Ash"),
        (replace(FULL, note="A note."), "Details changed"),
        (DEAR, "Number: $3,000 a month, before $8,000 a month"),
        (replace(MARGIN, formula="value / 3000"), "Formula or inputs changed"),
    ],
)
def test_what_is_otherwise_says_in_what(revised: Any, difference: str) -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo corrects", Revised(revised))
    sheet = compare(story, before)
    (row,) = (row for row in sheet.rows if row.events)
    assert row.status == "changed" and any(text.startswith(difference) for text in row.differences)


def test_a_result_that_changed_names_the_number_it_follows_from() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo corrects the fee", Revised(DEAR))
    row = rows(compare(story, before))["Margin"]
    assert row.differences[0].startswith("Result: ") and not row.events
    assert [cause.event.reason for cause in row.because] == ["bo corrects the fee"]


def test_a_standing_that_changed_names_the_attack() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo objects", *recorded(OTHER, argument("attack", "claim:full", "claim:other", attacks=True)))
    row = rows(compare(story, before))["Full."]
    assert row.differences == ("Standing: contested, before unopposed",)
    assert {cause.event.reason for cause in row.because} == {"bo objects"}


def test_nothing_changes_without_an_event_about_the_question() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo reads on", *recorded(claim("aside", by="paper")))
    sheet = compare(story, before)
    assert sheet.counts == "Nothing that leads to this question changed."
    assert sheet.answer.startswith("The answer is still leaning yes")


def test_forth_and_back_what_came_goes() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo objects", *recorded(OTHER, argument("against", NO, "claim:other")))
    earlier, later = story.view(before), story.view()
    asked = later.knowledge.questions[Id("loss")]
    forth, back = changes_between(earlier, later, asked).marks, changes_between(later, earlier, asked).marks
    swapped = {"added": "gone", "gone": "added", "changed": "changed"}
    assert {node: swapped[status] for node, status in forth.items()} == back


def test_what_was_redacted_shows_at_no_moment() -> None:
    story = begun()
    secret = replace(claim("secret", by="paper", voice="Zed Zephyr"), text="A secret.")
    told = story.tell("zed confides", Recorded(secret))
    story.tell("bo uses it", *recorded(OTHER, argument("against", NO, "claim:other")))
    story.tell("ada redacts", EventRedacted(told))
    for earlier in range(told - 1, len(story.facts)):
        assert "secret" not in repr(compare(story, earlier)) and "confides" not in repr(compare(story, earlier))


def test_the_page_part_shows_each_change_with_event_actor_and_reason() -> None:
    story = begun()
    before = len(story.facts)
    story.tell("bo <objects>", *recorded(OTHER, argument("attack", "claim:full", "claim:other", attacks=True)))
    story.tell("cy withdraws", Retracted("argument", Id("sum")))
    sheet, moments = asking(story, **{"from": str(before)})
    part = environment(TEMPLATES).get_template("part/changes.html.j2").make_module({"moment": story.view().moment})
    shown = str(part.sheet(sheet))
    told = ("from event 9", "Standing: contested, before unopposed.", "bo: bo &lt;objects&gt;", "cy: cy withdraws")
    assert all(text in shown for text in told)
    form = str(part.moments(moments, (("open", "claim:full"), ("from", "9")), before, len(story.facts)))
    assert '<input type="hidden" name="open" value="claim:full">' in form
    assert form.count("<option") == 2 * len(moments) and form.count(" selected") == 2


def asking(story: Story, at: int | None = None, **choices: str) -> Any:
    request = PageRequest(path="/questions/loss", slug="loss", at=at, choices=tuple(choices.items()))
    view = story.view(at)
    asked = view.knowledge.questions[Id("loss")]
    earlier = earlier_view(story, request, view, asked)  # type: ignore[arg-type]
    sheet = changes_sheet(earlier, view, asked) if earlier else None
    return sheet, timeline(story, request, view, asked)  # type: ignore[arg-type]


def test_an_address_without_from_compares_nothing_and_offers_moments() -> None:
    sheet, moments = asking(begun())
    assert sheet is None and [row.position for row in moments] == [9]


@pytest.mark.parametrize(
    ("at", "earlier", "words"),
    [
        (None, "x", "must be the position of an event"),
        (None, "0", "must be the position of an event"),
        (None, "99", "There is no event 99: the log ends at 11."),
        (None, "11", "is not before event 11"),
        (9, "10", "Swap the two: “from=9&at=10”."),
        (None, "3", "it was recorded by event 7. Choose a moment from 7 on."),
    ],
)
def test_moments_that_cannot_be_compared_are_refused_in_words(at: int | None, earlier: str, words: str) -> None:
    story = begun()
    story.tell("bo objects", *recorded(OTHER, argument("against", NO, "claim:other")))
    with pytest.raises(UnreadableAddress) as refused:
        asking(story, at, **{"from": earlier})
    assert words in str(refused.value)
