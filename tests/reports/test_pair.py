"""What a reader sees of the invented pair of documents, page by page."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from kb.domain.codec import to_builtins
from kb.domain.entity import Claim, Figure, Stance
from kb.domain.event import Recorded, Retracted, Revised
from kb.reports.calculation import calculation, calculations
from kb.reports.evidence import claim, claims, figure, figures, source, sources
from kb.reports.export import export_json
from kb.reports.finding import finding, findings, group
from kb.reports.front import history, home
from kb.reports.page import FindingGroup, GroupSheet
from kb.reports.question import question, questions
from kb.reports.row import event_rows
from kb.reports.view import LoggedEvent
from kb.reports.vocabulary import measure, measures
from tests.golden import Golden
from tests.reports.seen import bare_pair, pair, seen, without


def as_json(page: object) -> str:
    return msgspec.json.format(msgspec.json.encode(to_builtins(page)), indent=2).decode() + "\n"


def ticket_value() -> GroupSheet:
    sheet = group(pair(), "measure", "pass-ticket-value")
    assert sheet
    return sheet


def test_the_group_of_a_measure_shows_every_pair_with_its_reason(golden: Golden) -> None:
    golden("group.json", as_json(ticket_value()))


def test_the_sheet_of_a_measure(golden: Golden) -> None:
    golden("measure.json", as_json(measure(pair(), "pass-ticket-value")))


def test_the_sheet_of_a_calculation(golden: Golden) -> None:
    golden("calculation.json", as_json(calculation(pair(), "quay/pass-margin")))


def test_a_floor_under_a_higher_number_is_a_tension_and_two_piers_are_a_spread() -> None:
    sheet = ticket_value()
    verdicts = {(pair.left_label, pair.right_label): pair.verdict for pair in sheet.pairings}
    assert (
        verdicts["Harbour office via Mara Lindqvist (North pier)", "Pursers' union via Mara Lindqvist (North pier)"]
        == "tension"
    )
    assert (
        verdicts["Pursers' union via Mara Lindqvist (North pier)", "Pursers' union via Mara Lindqvist (South pier)"]
        == "not_comparable"
    )
    assert sheet.group.verdict == "tension"
    assert sheet.group.subject.kind == "group-measure"
    assert sheet.group.about
    assert sheet.group.about.kind == "measure"


def test_passages_stand_side_by_side_with_the_words_around_them() -> None:
    row = ticket_value().pairings[0]
    assert (row.left_text, row.right_text) == ("$120 to $150 a month or more", "$300 a month")
    (left,), (right,) = row.left, row.right
    assert left.locator == "line 7, “upward of $120-150”"
    assert left.before == "The harbour office says that a holder who boards at the north pier uses "
    assert right.text == "$300"
    assert row.arithmetic[0] == "$300 a month / $150 a month = 2"


def test_without_the_documents_every_page_shows_places_alone() -> None:
    view = bare_pair()
    sheet = figure(view, "quay/south-value")
    assert sheet
    assert (sheet.citation.locator, sheet.citation.text) == ("line 9, “$520”", "")
    assert not any(row.attached for row in sources(view).rows)


def test_a_translated_number_is_a_mention_and_no_new_origin() -> None:
    sheet = figure(pair(), "quay/north-value")
    assert sheet
    assert [(row.source.slug, row.depends) for row in sheet.mentions] == [("gangwan/excerpt", "translates")]
    rows = {row.ref.slug: row for row in measures(pair()).rows}
    assert (rows["pass-ticket-value"].figures, rows["pass-ticket-value"].origins) == (5, 2)


def test_a_figure_names_what_rests_on_it() -> None:
    sheet = figure(pair(), "quay/south-value")
    assert sheet
    assert [ref.slug for ref in sheet.calculations] == ["quay/times-used", "quay/pass-margin"]
    assert {ref.slug for ref in sheet.arguments} == {"quay/holders-overuse/because", "quay/south-loses/because"}
    assert {ref.on for ref in sheet.arguments} == {"/claims/quay/holders-overuse", "/claims/quay/south-loses"}


def test_a_claim_shows_what_denies_it_from_both_ends() -> None:
    light, heavy = claim(pair(), "quay/fuel-light"), claim(pair(), "gangwan/fuel-heavy")
    assert light
    assert heavy
    assert [ref.slug for ref in light.denies] == ["gangwan/fuel-heavy"]
    assert [ref.slug for ref in heavy.denies] == ["quay/fuel-light"]


def test_a_claim_that_a_calculation_decides_says_how() -> None:
    sheet = claim(pair(), "quay/south-loses")
    assert sheet
    assert sheet.condition == (
        "The claim holds if the following is less than 0: the margin of a pass once its passengers are carried. "
        "Undecided: one result bears it out, one speaks against it and one leaves it open."
    )
    assert [row.kind for row in sheet.arguments] == ["supports"]
    assert [row.conclusion.kind for row in sheet.used_by] == ["question"]


def test_an_undercut_argument_names_who_attacks_it() -> None:
    sheet = claim(pair(), "quay/empty-seats")
    assert sheet
    (row,) = sheet.used_by
    assert [ref.slug for ref in row.attacked_by] == ["gangwan/fuel-undercuts"]


def test_a_question_is_drawn_with_the_calculation_that_decides_a_claim() -> None:
    sheet = question(pair(), "pass-loses-money", [("open", "all")])
    assert sheet
    assert sheet.map
    (card,) = (card for card in sheet.map.cards if card.kind == "calculation")
    assert card.badge
    assert card.badge.verdict == "tension"
    assert sheet.calculations[0].ref.slug == "quay/pass-margin"


def test_several_results_name_only_what_differs_between_them() -> None:
    sheet = calculation(pair(), "quay/pass-margin")
    assert sheet
    assert [outcome.choices for outcome in sheet.outcomes] == [
        ("value: $120 to $150 a month or more (Harbour office via Mara Lindqvist; North pier)",),
        ("value: $300 a month (Pursers' union via Mara Lindqvist; North pier)",),
        ("value: $520 a month (Pursers' union via Mara Lindqvist; South pier)",),
    ]
    assert [outcome.stated for outcome in sheet.outcomes] == ["62.5–70%", "25%", "−30%"]
    assert sheet.mathml.startswith("<math")


def test_each_result_says_what_moves_it_most() -> None:
    sheet = calculation(pair(), "quay/pass-margin")
    assert sheet
    floor, *numbers = sheet.outcomes
    assert floor.moved == (
        "Across the range of $120–150 a month for the ticket value used up by one pass in a month, the result runs "
        "from 62.5% to 70%."
    )
    assert [(row.inputs, row.moves, row.swing) for row in floor.influences] == [
        (("value",), True, "7.5 percentage points"),
        (("fee",), False, ""),
        (("cost",), False, ""),
    ]
    assert (floor.influences[0].x0, floor.influences[0].x1) == (0, 100)
    lowering = (
        "A relative rise of 1% in the ticket value used up by one pass in a month or "
        "the cost of one more passenger, as part of the ticket, would lower it by as much."
    )
    raising = "A rise of 1% in the price of a monthly ferry pass would raise the result by about"
    assert [made.moved for made in numbers] == [
        f"{raising} {points} percentage points. {lowering}" for points in ("0.75", "1.3")
    ]
    assert [(row.x0, row.x1) for row in numbers[0].influences] == [(0, 50), (50, 100), (0, 50)]


def test_a_single_voice_is_named_and_not_counted() -> None:
    found = measure(pair(), "pass-ticket-value")
    assert found
    assert {row.voices for row in found.figures} == {""}


def test_a_checked_share_is_told_as_a_percentage() -> None:
    rows = {row.ref.slug: row for row in calculations(pair()).rows}
    assert rows["quay/taken-share"].result == "≈ 66.67%"
    assert rows["quay/taken-share"].verdicts == ("rounding",)


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 18), ("measure:fuel", 2), ("source:gangwan", 6), ("depends:independent north", 3), ("stance:negated", 0)],
)
def test_figures_are_found_by_word_and_by_column(query: str, number: int) -> None:
    page = figures(pair(), 1, query)
    assert (page.total, len(page.rows)) == (number, number)


def test_claims_are_found_by_the_way_they_stand() -> None:
    everything = claims(pair(), 1, "")
    standing = {row.standing for row in everything.rows}
    assert sum(claims(pair(), 1, f"standing:{word}").total for word in standing) == everything.total == 7


def test_findings_come_in_groups_by_bearing_and_are_counted() -> None:
    page = findings(pair())
    numbers = [made for made in page.groups if made.about]
    bearings = [max(pair().bearings[row.ref.slug] for row in made.rows) for made in numbers if is_disputed(made)]
    assert bearings == sorted(bearings, reverse=True) and bearings[0] > 0
    assert [made.about is None for made in page.groups] == sorted(made.about is None for made in page.groups)
    assert sum(number for _, _, number in page.verdicts) == sum(len(made.rows) for made in page.groups)
    rounded = findings(pair(), query="verdict:rounding").groups
    assert {row.verdict for made in rounded for row in made.rows} == {"rounding"}


def is_disputed(made: FindingGroup) -> bool:
    return made.verdict in ("conflict", "tension", "not_comparable")


def test_every_finding_has_a_sheet_and_every_group_a_page() -> None:
    for made in findings(pair()).groups:
        if made.subject.kind.startswith("group-"):
            kind = made.subject.kind.removeprefix("group-")
            sheet = group(pair(), kind, made.subject.slug)
            assert sheet
            assert sheet.group == made
        for row in made.rows:
            assert finding(pair(), row.ref.slug)


def test_home_tells_what_is_disputed_and_what_is_settled() -> None:
    event = LoggedEvent(
        position=1,
        type="source.recorded.v1",
        recorded_at="2026-04-01T12:00:00.000000Z",
        actor="ada",
        reason="why",
        batch="b",
        stream="gone",
        hash="00",
        fact=None,
    )
    page = home(pair(), (event,))
    assert {row.verdict for row in page.settled} == {"rounding", "agreement"}
    assert [made.bears for made in page.disputed] == sorted((made.bears for made in page.disputed), reverse=True)
    # The two claims on fuel contradict each other because two numbers do, and stand under these.
    fuel = next(made for made in page.disputed if made.following)
    assert [row.kind for row in fuel.rows] == ["between sources", "claim against claim"]
    assert page.contradictions == ()
    assert {question.answer for question in page.questions} == {"leaning no"}
    assert {count.name: count.number for count in page.counts} == {
        "sources": 2, "translation": 1, "figures": 18, "claims": 7, "question": 1, "measures": 10, "calculations": 3,
        "findings": len(pair().findings),
    }  # fmt: skip
    assert page.events[0].ref is None


def test_events_name_what_they_are_about() -> None:
    view = pair()
    south = view.knowledge.named(Figure, "quay/south-value")
    assert south
    (told,) = view.events_of(south.id)
    (row,) = history(view, (), (told,), 1, 1).rows
    assert row.what == "Figure recorded: $520 a month"
    assert row.ref
    assert row.ref.slug == "quay/south-value"


def test_what_has_no_such_name_has_no_page() -> None:
    view = pair()
    pages = (source, figure, measure, claim, question, calculation, finding)
    assert [page(view, "nobody/nothing") for page in pages] == [None] * len(pages)
    assert group(view, "measure", "nothing") is None
    assert group(view, "source", "quay") is None
    assert group(view, "measure", "seats") is None


def test_pages_survive_that_something_they_name_is_gone() -> None:
    view = pair()
    south = view.knowledge.named(Figure, "quay/south-value")
    heavy = view.knowledge.named(Claim, "gangwan/fuel-heavy")
    assert south
    assert heavy
    left = without(view, south.id, heavy.id, next(iter(view.knowledge.sources)))
    assert question(left, "pass-loses-money")
    assert [row.premises for row in claim(left, "quay/south-loses").arguments]  # type: ignore[union-attr]
    assert all(figure(left, row.ref.slug) for row in figures(left, 1, "").rows)
    assert all(claim(left, row.ref.slug) for row in claims(left, 1, "").rows)
    assert all(calculation(left, row.ref.slug) for row in calculations(left).rows)
    assert questions(left).rows


def test_an_empty_base_has_pages() -> None:
    view = seen()
    assert not home(view, ()).disputed
    assert (figures(view).total, claims(view).total, len(findings(view).groups)) == (0, 0, 0)
    assert not sources(view).rows + measures(view).rows + calculations(view).rows + questions(view).rows
    assert export_json(view)["head"] == {"position": 0, "hash": ""}


def test_an_event_tells_what_was_said_then_and_a_revision_what_it_changed() -> None:
    view = pair()
    now = view.knowledge.named(Figure, "quay/south-value")
    assert now
    (told,) = view.events_of(now.id)
    then = replace(now, quantity=replace(now.quantity, low=Decimal(400), high=Decimal(400)))
    doubtful = replace(now, stance=Stance.ALLEGED)
    facts = (Recorded(then), Revised(now), Revised(doubtful), Retracted("figure", now.id))
    log = tuple(replace(told, position=number, fact=fact) for number, fact in enumerate(facts, 1))
    rows = event_rows(replace(view, events_of=lambda _: log), now.id)
    assert [row.what.split(": ", 1)[1] for row in rows] == [
        "$400 a month",
        "$400 a month → $520 a month",
        "$520 a month → $520 a month (alleged)",
        "$520 a month (alleged)",
    ]
