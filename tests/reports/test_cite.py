"""Where something stands: places, the words around them, and references as a bibliography gives them."""

from dataclasses import replace

from kb.domain.confidence import Reliability
from kb.domain.entity import Figure, Source
from kb.domain.event import Anchored
from kb.domain.identity import Id
from kb.domain.passage import Anchor
from kb.reports.citations import citation, reference
from kb.reports.view import View
from tests.reasoning.story import figure, measure, source, told
from tests.reports.seen import seen, view_of


def cited(before: str, text: str, after: str) -> View:
    knowledge = told(measure(), figure("$8k", id="value", line=9))
    place = Anchored(
        entity=Id("value"),
        index=0,
        anchor=Anchor(start=100, end=100 + len(text), before=before, text=text, after=after),
    )
    return view_of(replace(knowledge, anchors={Id("value"): (place,)}))


def the_figure(view: View) -> Figure:
    (found,) = view.knowledge.figures.values()
    return found


def test_without_the_document_a_citation_gives_the_place_alone() -> None:
    view = seen(measure(), figure("$8k", line=9))
    made = citation(view, the_figure(view))
    assert (made.locator, made.text, made.attached) == ("line 9", "", False)


def test_the_words_around_a_passage_stay_within_its_line() -> None:
    view = cited("line eight.\nIt found ", "$8k", " of tickets.\nline ten")
    made = citation(view, the_figure(view))
    assert (made.before, made.text, made.after) == ("It found ", "$8k", " of tickets.")
    assert (made.char_start, made.char_end) == (100, 103)


def test_words_that_were_cut_off_in_the_middle_are_left_out() -> None:
    view = cited("alf a word " + "x" * 149, "$8k", "y" * 155 + " half")
    made = citation(view, the_figure(view))
    assert made.before.startswith("…a word")
    assert made.after == "y" * 155 + "…"


def published(**about: object) -> Source:
    return replace(source("letter"), title="The pass", reliability=Reliability.B, **about)  # type: ignore[arg-type]


def test_a_reference_gives_author_title_container_and_date() -> None:
    letter = published(authors=("A. Lind", "B. Moe"), container_title="The Quay Letter", issued="2026-03-02")
    assert reference(seen(letter), letter) == "A. Lind and B. Moe, “The pass”, The Quay Letter, 2 March 2026."


def test_a_reference_gives_what_a_journal_a_series_and_a_publisher_say() -> None:
    paper = published(
        authors=("A. Lind",),
        editors=("B. Moe", "C. Ray"),
        container_title="Ferries",
        details={"volume": "12", "issue": "3", "page": "41-58", "DOI": "10.1000/182"},
        issued="2026",
    )
    text = (
        "A. Lind, “The pass”, Ferries, edited by B. Moe and C. Ray, vol. 12, no. 3, pp. 41–58, 2026, doi:10.1000/182."
    )
    assert reference(seen(paper), paper) == text
    book = published(
        editors=("B. Moe",),
        publisher="Quay Press",
        details={"genre": "Working paper", "number": "7", "publisher-place": "Turku", "edition": "2nd"},
    )
    text = "B. Moe (ed.), “The pass”, Working paper 7, 2nd ed., Turku: Quay Press, no date."
    assert reference(seen(book), book) == text


def test_what_we_inferred_is_marked() -> None:
    letter = published(issued="2026", inferred={"issued": "the events told", "authors": "the page"})
    assert reference(seen(letter), letter) == "“The pass”, 2026 [date and author inferred]."


def test_a_translation_names_what_it_translates() -> None:
    letter = published()
    excerpt = Source(
        id=Id("zh"), slug="zh", file="zh", title="月票", type="article", language="zh", reliability=Reliability.C,
        translation_of=letter.id,
    )  # fmt: skip
    assert reference(seen(letter, excerpt), excerpt) == "“月票”, no date, a translation of “The pass”."
