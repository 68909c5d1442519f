"""Drafts of documents about one thing meet where a careful reader says that they speak of the same number."""

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.drafts import Comparison, digits_of, drafted
from kb.app.drafting import WORDING, draft_seed_files
from kb.domain.entity import Stance
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.intake.document_reader.extraction import extract
from kb.intake.document_reader.parsed_document import Extraction
from kb.intake.document_reader.sandbox import Limits
from kb.intake.draft.alignment import is_silent
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.document_place import places
from kb.intake.draft.document_subject import Candidate, subjects
from kb.intake.draft.entries import About, DraftFigure
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


@pytest.mark.usefixtures("in_process")
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


def met(folder: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of numbers of two documents under one measure and scope that differ, and those that are planted."""
    paths = sorted((folder / "documents").iterdir())
    drafts = draft_seed_files(paths, [None] * len(paths), None, Knowledge())
    said: dict[tuple[str, frozenset[tuple[str, str]]], list[tuple[str, DraftFigure]]] = defaultdict(list)
    for path, draft in zip(paths, drafts, strict=True):
        for figure in draft.contents.figures:
            if not is_silent(figure):
                said[figure.measure.slug, frozenset(figure.scope)].append((path.name, figure))
    differing = {
        (digits_of(left.quantity.as_written), digits_of(right.quantity.as_written))
        for figures in said.values()
        for (name, left), (other, right) in combinations(figures, 2)
        if name != other
        and left.quantity.low != right.quantity.low
        and left.quantity.hedge is right.quantity.hedge is Hedge.NONE
    }
    rows = (line.split("\t") for line in (folder / "conflicts.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return differing, {(digits_of(row[2]), digits_of(row[5])) for row in rows}


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are known to be harmless are parsed here, which saves a process for each reading."""

    def parsed(_task: str, _kind: type, data: bytes, _where: str, limits: Limits) -> Extraction:
        return extract(data, limits)

    monkeypatch.setattr("kb.intake.document_reader.reader.run_confined", parsed)


@pytest.mark.usefixtures("in_process")
def test_planted_conflicts_of_three_pairs_meet_and_nothing_else() -> None:
    differing, planted = met(OWN.parent / "pairs")
    assert differing == planted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bill for the crossing came to £43 million.", "Building the crossing swallowed £38 million."),
        (
            "The work grew. The treasurer puts the cost of the east wing at £36 million.",
            "The east wing cost £31 million.",
        ),
        ("They made €18 million after tax in 2025.", "2025 betrug der Jahresüberschuss 21 Mio. Euro."),
        ("Turbines made 1,190 gigawatt-hours in 2025.", "Die Anlagen erzeugten 2025 1.284 Gigawattstunden."),
        ("At the end of 2025 there were 143 men on the staff.", "On 31 December 2025 they had 127 employees."),
        ("2025年末在岗护士642名。", "截至2025年底，医院有护士715名。"),
        ("去年一年，我们造了4.9万亩林。", "2025年完成造林4.1万亩。"),
        ("The share of food thrown away was 11% in 2025.", "2025 wurden 18 Prozent des Essens weggeworfen."),
    ],
)
def test_a_number_is_known_by_the_words_around_it(first: str, second: str) -> None:
    assert shared(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The joinery cost £2.9 million.", "The joinery was to cost £2.2 million."),
        ("They employ 642 nurses.", "They should have 780 nurses, as the standard requires."),
        ("The line carried 40,000 passengers in 2025.", "The line carried 45,000 passengers in August 2025 alone."),
        ("2025年票务收入4.86亿元。", "2025年票务及广告收入5.7亿元。"),
        ("There are 238 full-time equivalent posts.", "There are 263 posts."),
        ("In 2025 they opened 12 schools.", "In 2025 they closed 14 schools."),
        ("Leakage was 24% in 2025.", "In neighbouring Ashdale leakage was 12% in 2025."),
        ("2025年水费收缴率66%。", "云台乡上门讲解，2025年水费收缴率92%。"),
        ("截至2025年底，累计完成投资6.1亿元。", "工程总投资7亿元。"),
    ],
)
def test_a_plan_a_part_a_sum_or_another_place_is_another_number(first: str, second: str) -> None:
    assert not shared(first, second)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Sales were 400 in 2025. A year before, they were 300.", ["2025", "2024"]),
        ("The list had 173 names at the end of 2025; it had 219 twelve months earlier.", ["2025-12-31", "2024-12-31"]),
        ("Sales were 90 in the third quarter of 2025 and 250 over nine months. In the quarter 12 left.", ["2025-Q3"]),
        ("They planted 9,000 trees in the three years from 2022 to 2024.", ["2022 to 2024"]),
        ("Am 31. Dezember arbeiteten 386 Menschen dort.", ["2025-12-31"]),
        ("At the turn of the year 1,140 farms belonged to it.", ["2025-12-31"]),
        ("When 2025 ended, 41 were waiting.", ["2025-12-31"]),
        ("Dafür zahlten wir 47 Cent; 2024 waren es 44 Cent.", ["", "2024"]),
        ("In 2025 they did 748 operations. Of these, 315 were hips.", ["2025", "2025"]),
        ("In 2025 kamen 1,92 Mio. Gäste, im Jahr davor waren es 1,74 Mio.", ["2025", "2024"]),
        ("| 2025 | Visits |\n|---|---|\n| January to March | 14 |\n| April to June | 18 |\n", ["2025-Q1", "2025-Q2"]),
    ],
)
def test_a_number_has_the_time_that_its_sentence_takes_over(text: str, times: list[str]) -> None:
    (draft,) = draft_together([(text, scan(text), QUAY)], Knowledge(), WORDING)
    told = [dict(figure.scope) for figure in draft.figures]
    assert [scope.get("as-of", scope.get("period", "")) for scope in told][: len(times)] == times


@pytest.mark.parametrize(
    ("sentence", "literal", "voice", "stance"),
    [
        ("The operator, Larkline, says that take-up was 58%.", "58%", "Larkline", Stance.REPORTED),
        ("Piers Galbraith, a spokesman for the trust, put the number at 12.", "12", "Piers Galbraith", Stance.REPORTED),
        ("林场场长邱石介绍，已造林49亩。", "49", "邱石", Stance.REPORTED),
        ("记者从县水务局获悉，通水人口39.5万人。", "39.5", "县水务局", Stance.REPORTED),
        ("According to the counters at the gates, 547,000 came.", "547", "", Stance.REPORTED),
        ("Dass es 40 Tonnen gewesen seien, trifft nicht zu.", "40", "", Stance.NEGATED),
        ("We have never served 3,000 cold meals.", "3,000", "", Stance.NEGATED),
        ("The council had aimed for 6,300 homes.", "6,300", "", Stance.PROJECTED),
        ("Nine times 310 was counted. Speeds are not in dispute.", "310", "", Stance.MEASURED),
    ],
)
def test_officials_report_and_what_is_untrue_is_denied(
    sentence: str, literal: str, voice: str, stance: Stance | None
) -> None:
    (draft,) = draft_together([(sentence, scan(sentence), QUAY)], Knowledge(), WORDING)
    figure = next(figure for figure in draft.figures if literal in figure.quantity.as_written)
    assert (figure.voice, figure.stance.stance if figure.stance else None) == (voice, stance)
