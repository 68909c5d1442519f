"""The cited report: every number leads to the sentence that it came from."""

from collections.abc import Iterator
from pathlib import Path

from kb.app.exporting import print_brief
from kb.domain.entity import Question
from kb.reports.brief import Brief, compose_brief
from kb.reports.view import View
from tests.golden import Golden
from tests.reports.seen import bare_pair, pair

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def brief(view: View | None = None) -> Brief:
    view = view or pair()
    question = view.knowledge.named(Question, "pass-loses-money")
    assert question
    return compose_brief(view, question)


def notes_in_order(made: Brief) -> Iterator[int]:
    """Numbers of footnotes as a reader meets them."""
    for side in made.sides:
        for statement in side.statements:
            yield from statement.notes
    for noted in made.figures:
        yield from noted.notes
    for section in made.calculations:
        yield from section.notes
    for found in made.findings:
        yield from found.notes


def test_the_report_as_markdown(golden: Golden) -> None:
    golden("brief.md", print_brief(brief(), "md", TEMPLATES))


def test_the_report_without_the_documents(golden: Golden) -> None:
    golden("brief-without-documents.md", print_brief(brief(bare_pair()), "md", TEMPLATES))


def test_footnotes_are_numbered_in_the_order_of_their_first_use() -> None:
    made = brief()
    met = list(dict.fromkeys(notes_in_order(made)))
    assert met == list(range(1, len(made.footnotes) + 1))
    assert [note.number for note in made.footnotes] == met


def test_every_figure_of_the_report_has_a_footnote_with_place_event_and_hash() -> None:
    made = brief()
    by_number = {note.number: note for note in made.footnotes}
    for noted in made.figures:
        notes = [by_number[number] for number in noted.notes]
        assert noted.row.locator in [note.locator for note in notes]
        assert all(note.event > 0 and len(note.event_hash) == 64 for note in notes)


def test_hedges_are_kept() -> None:
    texts = {noted.row.ref.text for noted in brief().figures}
    assert {"$120 to $150 a month or more", "about 10% (estimated)", "5–13 times"} <= texts


def test_a_number_that_is_disputed_brings_the_one_that_disputes_it() -> None:
    slugs = {noted.row.ref.slug for noted in brief().figures}
    assert {"quay/fuel-share", "gangwan/fuel-share"} <= slugs


def test_the_summary_tells_sides_origins_and_the_worst_finding() -> None:
    verdict, why, basis, worst = brief().summary
    assert verdict == "Leaning no: The pass pays for itself."
    assert why.startswith("Two arguments support a no") and "independent" not in why
    assert basis == "The report is based on 13 figures and six claims in two sources."
    assert worst.startswith("The sharpest dispute that bears on the answer is a conflict")


def test_the_report_says_what_it_does_not_know() -> None:
    assert any(limit.startswith("Nobody has ruled on") for limit in brief().limits)
    assert not any(limit.startswith("Not attached") for limit in brief().limits)
    assert any(limit.startswith("Not attached") for limit in brief(bare_pair()).limits)


def test_the_head_stands_on_the_report() -> None:
    made = brief()
    assert (made.head_position, made.head_hash) == (pair().moment.position, pair().moment.hash)
