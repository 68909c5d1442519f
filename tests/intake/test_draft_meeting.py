"""Drafts of documents about one thing meet where a careful reader says that they speak of the same number."""

from pathlib import Path

import pytest

from benchmarks.drafts import Comparison, drafted
from kb.app.drafting import WORDING
from kb.domain.knowledge import Knowledge
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.document_place import places
from kb.intake.draft.document_subject import Candidate, subjects
from kb.intake.draft.entries import About
from kb.intake.draft.meeting import draft_together
from kb.numbers.scan import scan

OWN = Path(__file__).parent.parent / "drafts" / "own"
QUAY = About(subject="Quay", place="Tollby", issued="2026-03-14")


def shared(first: str, second: str) -> bool:
    """Whether the first number of each of two documents about one thing has the same measure and scope."""
    documents = [(text, scan(text), QUAY) for text in (first, second)]
    left, right = (draft.figures[0] for draft in draft_together(documents, Knowledge(), WORDING))
    return (left.measure.slug, dict(left.scope)) == (right.measure.slug, dict(right.scope))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Running costs were £4.2 million in 2025.", "Die Betriebskosten betrugen 2025 rund 4,6 Mio. Pfund."),
        ("The line carried 486,000 passengers in 2025.", "Im Jahr 2025 beförderte die Linie 452.000 Fahrgäste."),
        ("In 2025 they insulated 310 houses.", "In 2025 the number of homes insulated was 290."),
        ("2025年日均客运量21.6万人次。", "2025年日均客流量为18.5万人次。"),
        ("截至2025年底，尚欠施工单位工程款2.3亿元。", "截至2025年末，拖欠施工单位工程款3.2亿元。"),
        ("The average cost was $7,200 a house in 2024.", "In 2024 the average grant came to $6,460 per home."),
        ("They paid €63 million for the ships.", "Für die Schiffe zahlte der Betreiber 71 Mio. Euro."),
    ],
)
def test_two_names_for_one_thing_are_one_measure(first: str, second: str) -> None:
    assert shared(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The firm counted 9,000 homes.", "Readings of 1,126 homes were kept."),
        ("Sales were £5 million in 2025.", "The rise in sales was £4 million in 2025."),
        ("State aid of £5 million was awarded in 2025.", "State aid of £4 million was paid out in 2025."),
        ("The line employed 40 nurses in 2025.", "The line employed 45 teachers in 2025."),
        ("In 2025 there were 300 visitors.", "In 2024 there were 290 visitors."),
        ("2025年建成泵站14座。", "2025年拆除泵站11座。"),
    ],
)
def test_what_only_looks_alike_stays_apart(first: str, second: str) -> None:
    assert not shared(first, second)


def test_what_two_documents_agree_on_is_one_measure_by_whatever_name() -> None:
    texts = (
        "Daily traffic was 17,940 riders in 2024. Daily traffic was 21,600 riders in 2025.",
        "Riders a day came to 17,940 in 2024. Riders a day came to 18,500 in 2025.",
    )
    left, right = draft_together([(text, scan(text), QUAY) for text in texts], Knowledge(), WORDING)
    assert {figure.measure.slug for figure in left.figures} == {figure.measure.slug for figure in right.figures}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Betriebskosten", "running costs"),
        ("homes insulated", "insulated houses"),
        ("工程总投资", "工程竣工决算"),
        ("Wartezeit", "waiting time"),
    ],
)
def test_general_words_mean_the_same_in_three_languages(one: str, other: str) -> None:
    assert concepts_in(one) == concepts_in(other)


@pytest.mark.parametrize(
    ("text", "title", "place"),
    [
        ("Tollby, 3 February 2026 – The council opened a pool in Tollby.", "A pool", "Tollby"),
        ("TOLLBY — The pool is open. Bathers in Tollby are glad.", "A pool", "Tollby"),
        ("The home grants of Correl County reach many. Correl County pays.", "Grants", "Correl County"),
        ("Die Stadt Lindau am Steg saniert ihre Schulen. Lindau am Steg zahlt.", "Schulen", "Lindau am Steg"),
        ("清溪县水利局通报，水渠完工。清溪县今年灌溉面积增加。", "水渠完工", "清溪县"),
        ("In May the pool was open. In spring it was not.", "A pool", ""),
        ("Brenner Werke AG had sales in Tollby. Brenner is a firm in Tollby.", "Brenner", ""),
    ],
)
def test_a_document_says_where_it_is(text: str, title: str, place: str) -> None:
    documents = [Candidate(text=text, title=title)]
    assert places(documents, subjects(documents)) == [place]


def test_documents_that_share_several_rare_names_are_about_one_thing() -> None:
    report = "Warm Rooms is a grant. It is paid in Ardle Bay, in Upper Lathe and in Stonecross."
    news = "She had her house done under Warm Rooms, like many in Ardle Bay and in Upper Lathe."
    other = "The ferry sails from Port Ella to Mill Cove and back."
    documents = [Candidate(report, "Warm Rooms, open data"), Candidate(news, "Snug"), Candidate(other, "The ferry")]
    first, second, third = subjects(documents)
    assert first == second == "Warm Rooms" != third


def test_four_documents_of_our_own_are_drafted_as_a_careful_reader_would() -> None:
    documents = sorted((OWN / "documents").iterdir())
    comparison = Comparison(OWN, drafted(documents, one_by_one=False))
    scores = comparison.figures()
    planted, others, _ = comparison.conflicts()
    assert {name: scores[name].right / scores[name].of >= 0.9 for name in ("found", "named", "place", "stance")} == {
        "found": True,
        "named": True,
        "place": True,
        "stance": True,
    }
    assert planted.right >= planted.of - 1 and not others
