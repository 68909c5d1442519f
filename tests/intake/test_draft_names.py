"""A draft names what its sentences say is measured, keeps numbers of other times apart, and meets other drafts."""

import pytest

from kb.app.drafting import WORDING
from kb.domain.entity import Stance
from kb.domain.knowledge import Knowledge
from kb.intake.document_reader.opening_lines import opening_metadata
from kb.intake.draft.document_subject import Candidate, subjects
from kb.intake.draft.entries import About, Draft
from kb.intake.draft.meeting import draft_together, with_repeats
from kb.intake.draft.originals import originals_named, sources_named
from kb.intake.draft.passage_maker import PassageMaker
from kb.intake.draft.sentence_analysis import voice_of
from kb.intake.draft.stance import stance_of
from kb.intake.passage import Manuscript
from kb.numbers.scan import scan

QUAY = About(subject="Quay", issued="2025-11-14")


def drafted(*texts: str, about: About = QUAY) -> list[Draft]:
    return draft_together([(text, scan(text), about) for text in texts], Knowledge(), WORDING)


def named(text: str, about: About = QUAY) -> list[tuple[str, dict[str, str]]]:
    """The name of what each figure measures, and the times in its scope."""
    (draft,) = drafted(text, about=about)
    times = ("period", "as-of")
    return [(one.measure.label, {k: v for k, v in one.scope if k in times}) for one in draft.figures]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ferry income in 2024 came to £5 million.", "ferry income"),
        ("They spent $5 million on harbour dredging in May.", "spending on harbour dredging"),
        ("About 30% of ticket income goes to fuel.", "share of ticket income"),
        ("The new quay cost £40 million.", "cost of quay"),
        ("We delivered 186 boats.", "boats delivered"),
        ("Operating profit £5.6m", "operating profit"),
        ("The port has 40 cranes on the north pier.", "cranes on the north pier"),
        ("Der Hafen erzielte einen Umsatz von 412 Mio. Euro.", "Umsatz"),
        ("Im Mai summierten sich die Erlöse auf 12 Mio. Euro.", "Erlöse"),
        ("月票的毛利率是 25%。", "月票的毛利率"),
        ("市财政补贴300台风机，实际发放74台。", "市财政补贴风机"),
        ("The lake is 94 m deep.", "depth of lake"),
        ("A crossing takes 38 minutes.", "duration of crossing"),
        ("Leaks account for 23% of the water supplied.", "share of leaks in water"),
        ("140 posts are vacant.", "posts vacant"),
        ("Fares brought in €11 million.", "income from fares"),
        ("They put the average cost at $7,200.", "average cost"),
        ("The people in these houses cut their heating by 18 per cent.", "fall in heating"),
        ("Readings show that heating use in homes fell by 11%.", "fall in heating use in homes"),
        ("Für die Dämme zahlte der Kreis 71 Mio. Euro.", "gezahlte Mittel für Dämme"),
        ("Die Heizkosten gingen nach Angaben der Stadt um 212.000 Euro zurück.", "Rückgang (Heizkosten)"),
        ("全县共有医院12家。", "医院"),
        ("平均月薪5200元。", "平均月薪"),
        ("1号线日均客流量为18.5万人次。", "日均客流量"),
        ("失能老人占四成。", "失能老人占比"),
    ],
)
def test_a_measure_is_named_for_what_its_sentence_says(text: str, name: str) -> None:
    assert named(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Income was £5m in the third quarter of 2025, against £4m a year earlier.", ["2025-Q3", "2024-Q3"]),
        ("Der Umsatz lag im dritten Quartal 2025 bei 5 Mio. Euro, nach 4 Mio. im Vorjahr.", ["2025-Q3", "2024-Q3"]),
        ("2024年收入为5亿元，2023年收入为4亿元。", ["2024", "2023"]),
        ("Fares came to €11m last year.", ["2024"]),
        ("It fell from 1.9 tonnes in 2021 to 0.3 in 2024.", ["2021", "2024"]),
        ("去年底全线28座车站已全部投用。", ["2024-12-31"]),
        ("Between November 2025 and March 2026 the hubs had 31,400 visits.", ["2025-11 to 2026-03"]),
    ],
)  # fmt: skip
def test_the_two_numbers_of_a_comparison_have_their_own_times(text: str, times: list[str]) -> None:
    assert [next(iter(scope.values())) for _, scope in named(text)] == times
    assert len({name for name, _ in named(text)}) == 1


def test_the_year_named_last_is_that_of_a_number_over_the_year() -> None:
    (_, first), (_, second) = named("In 2024 there were 300 visitors; over the year fares came to €2m.")
    assert first == second == {"period": "2024"}


def test_a_number_that_no_words_name_meets_no_other() -> None:
    first, second = drafted("It was 5%.", "It was 6%.")
    measures = [figure.measure for draft in (first, second) for figure in draft.figures]
    assert all(measure.label.startswith("unnamed") for measure in measures)
    assert len({measure.slug for measure in measures}) == 2


def test_a_part_is_named_for_its_whole_and_for_what_is_said_of_it() -> None:
    names = [name for name, _ in named("Of the £118m in state aid awarded, only £46m had been paid out.")]
    assert names == ["state aid awarded", "state aid paid out"]


def test_a_document_never_contradicts_itself_by_a_name() -> None:
    (draft,) = drafted("The port has 40 cranes. Later the port has 50 cranes.")
    assert len({figure.measure.slug for figure in draft.figures}) == 2


def test_a_line_that_was_broken_by_its_width_is_read_with_the_next() -> None:
    text = "In the year 2024 the income of the whole harbour came to\n412 million pounds.\n"
    (draft,) = drafted(text)
    (figure,) = draft.figures
    assert figure.measure.label == "income of the whole harbour" and figure.passage.line == 2
    assert [passage.line for passage in draft.claims[0].passages] == [1, 2]


def test_a_row_that_is_a_part_of_a_year_gives_the_period_and_the_caption_the_measure() -> None:
    table = "Passenger journeys\n\n| Quarter | 2024 | 2025 |\n|---|---|---|\n| January to March | 38 | 43 |\n"
    assert named(table) == [
        ("Passenger journeys", {"period": "2024-Q1"}),
        ("Passenger journeys", {"period": "2025-Q1"}),
    ]


def test_a_time_is_no_figure_and_is_listed_as_left_out() -> None:
    (draft,) = drafted("Sales in the three months to September came to £5m.")
    assert [figure.quantity.low for figure in draft.figures] == [5_000_000]
    assert [omission.why for omission in draft.left_out] == ["it names a time"]


def test_documents_meet_where_they_speak_of_the_same_thing_in_two_languages() -> None:
    english, german = drafted(
        "Sales in the third quarter of 2025 came to €389m.", "Der Umsatz lag im dritten Quartal 2025 bei 412 Mio. Euro."
    )
    assert english.figures[0].measure.slug == german.figures[0].measure.slug
    assert dict(english.figures[0].scope) == dict(german.figures[0].scope)
    assert not german.measures and german.scopes == {}


def test_two_chinese_documents_meet_in_what_they_both_count() -> None:
    first, second = drafted(
        "2024年，青岚镇接待游客48.6万人次，同比增长12%。",
        "2024年青岚镇实际接待游客41.2万人次，比镇政府公布的数字少7.4万人次。",
    )
    left, right, difference = first.figures[0], *second.figures
    assert (left.measure.slug, dict(left.scope)["period"]) == (right.measure.slug, "2024")
    assert difference.measure.slug != right.measure.slug and difference.voice == ""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The port has 81 cranes across the network.", "The port has 72 cranes at the pier."),
        ("State aid awarded was £5m.", "State aid paid out was £4m."),
        ("Net debt was £5m in 2024.", "Net debt was £4m in 2023."),
        ("The rise in fares was 5%.", "The share of fares was 6%."),
    ],
)
def test_what_only_sounds_alike_does_not_meet(left: str, right: str) -> None:
    first, second = drafted(left, right)
    a, b = first.figures[0], second.figures[0]
    assert a.measure.slug != b.measure.slug or dict(a.scope) != dict(b.scope)


def test_documents_share_a_subject_only_if_they_name_the_same_things() -> None:
    ferry = "Wrensham and Ellport share a ferry. Wrensham pays for it, Ellport runs it, and Wrensham complains."
    told = subjects(
        [
            Candidate(text=ferry, title="The Wrensham ferry"),
            Candidate(text=f"Nobody in Wrensham minds. {ferry}", title="Wrensham again"),
            Candidate(text="Oakley has a mill. Oakley likes it, and Oakley keeps it.", title="A mill in Oakley"),
        ]
    )
    assert told == ["Wrensham", "Wrensham", "Oakley"]


def test_an_original_that_a_translation_names_is_found() -> None:
    said = "本文编译自季刊《山谷农人》文章“What the Cellars Lost”，有删节。"
    assert originals_named(said) == ("What the Cellars Lost",)
    assert originals_named('Translated from "The Ferry Pass" by Ann Ash.') == ("The Ferry Pass",)
    assert originals_named('She said "the ferry is late".') == ()


def test_a_source_is_quoted_whose_whole_title_stands_in_the_text() -> None:
    titles = {"quay": "The pass that sails too often", "tide": "Tides"}
    assert sources_named("As “The Pass that Sails too Often” said, tides turn.", titles) == ("quay",)


def test_a_number_that_an_earlier_draft_gives_is_remarked_as_a_repetition() -> None:
    first, second = drafted("Income was £5m in 2024.", "Income was £5m in 2024. Income was £4m in 2023.")
    _, repeating = with_repeats([first, second], ["a", "b"])
    assert ["repeats: a/income-l1" in "".join(one.doubts) for one in repeating.figures] == [True, False]


@pytest.mark.parametrize(
    ("sentence", "literal", "stance"),
    [
        ("This is a project of £60 million.", "£60", None),
        ("The Authority disputes the estimate of £5 million.", "£5", None),
        ("Had the tender been repeated, the bridge would have cost £43 million.", "£43", Stance.HYPOTHETICAL),
        ("Ohne die Förderung hätte der Ofen 70 Euro mehr gekostet.", "70", Stance.HYPOTHETICAL),
        ("Fares would not rise by 8% this spring.", "8%", Stance.NEGATED),
        ("It has been claimed that the boats save 9,200 tonnes.", "9,200", Stance.ALLEGED),
        ("By the end of October £46m had been paid.", "£46", None),
        ("They were promised a bill of €48m, and would have saved €5m.", "€48m", None),
        ("They were promised a bill of €48m, and would have saved €5m.", "€5m", Stance.HYPOTHETICAL),
        ("It will cost €9m, of which insurers have so far paid €2m.", "€9m", Stance.PROJECTED),
        ("It will cost €9m, of which insurers have so far paid €2m.", "€2m", None),
        ("Residents claim that the ferry leaks 2 tonnes of oil.", "2 tonnes", Stance.ALLEGED),
        ("He denied that 40 boats had sunk.", "40", Stance.NEGATED),
        ("The plant treats 42,000 tonnes a day.", "42,000", None),
        ("Das Ziel von 50 Prozent wurde verfehlt.", "50", None),
        ("尚欠工程款2.3亿元，春节前将再付8000万元。", "2.3亿元", None),
        ("尚欠工程款2.3亿元，春节前将再付8000万元。", "8000万元", Stance.PROJECTED),
        ("票价5元，要是涨到8元，我还是坐公交。", "5元", None),
        ("票价5元，要是涨到8元，我还是坐公交。", "8元", Stance.HYPOTHETICAL),
        ("2025年灌溉面积7.4万亩，报告预测为9万亩。", "7.4", None),
        ("有农户称被拖欠了600万元。", "600", Stance.ALLEGED),
    ],
)
def test_a_stance_comes_from_verbs_and_not_from_nouns(sentence: str, literal: str, stance: Stance | None) -> None:
    guess = stance_of(sentence, sentence.index(literal))
    assert (guess.stance if guess else None) is stance


@pytest.mark.parametrize(
    ("sentence", "literal", "voice"),
    [
        ("按照可比价计算，涨幅约27%。", "27%", ""),
        ("审计机关指出，少了300万元。", "300", ""),
        ("市交通局表示，新增30条线路。", "30", "市交通局"),
        ("县水利局局长何远山介绍，节水1200万立方米。", "1200", "何远山"),
        ("Residents claim that it costs £5m.", "£5m", "Residents"),
        ("Marta Oyelaran, a consultant at Sandholm Research, thinks that it costs £5m.", "£5m", "Marta Oyelaran"),
        ("In the view of Ilse Varnham, it costs £5m.", "£5m", "Ilse Varnham"),
        ("The city council says that it costs £5m.", "£5m", "The city council"),
        ("“It cost £5m,” said Dorothea Quill, chief executive.", "£5m", "Dorothea Quill"),
    ],
)
def test_a_voice_is_somebody_who_can_speak(sentence: str, literal: str, voice: str) -> None:
    assert voice_of(sentence, sentence.index(literal)) == voice


@pytest.mark.parametrize(
    "text",
    [
        "Europe generated $24 billion, up from $21 billion. Japan sold $5 billion, up from $4 billion.",
        "In 2010 hydropower produced 32 percent of power. In 2013 it produced 45 percent of power.",
        "Sales were €412m. Sales of €1.6bn are expected for 2026.",
    ],
)
def test_no_two_numbers_of_a_document_are_about_the_same_thing(text: str) -> None:
    (draft,) = drafted(text)
    assert len({(figure.measure.slug, figure.scope) for figure in draft.figures}) == len(draft.figures) > 1


def test_each_column_of_a_table_is_a_measure() -> None:
    names = [name for name, _ in named("| Tool | Ratio | Speed |\n|---|---|---|\n| ash | 2.5 | 40 |\n")]
    assert names == ["Ratio", "Speed"]


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ("Harbour Watch counted 40 boats in the bay on Monday.\nIt was windy.\n", "", []),
        ("QUAY PLC\n\nRESULTS FOR THE SIX MONTHS TO 30 JUNE 2025\n\n3 August 2025\n", "RESULTS FOR", ["QUAY PLC"]),
        ("PRESSEMITTEILUNG\n\nQuay AG: Umsatz steigt\n\nQuay, 3. Mai 2025\n", "Quay AG: Umsatz", ["Quay AG"]),
        ("# The quay\n\nOffice of the Harbour Auditor\n", "The quay", ["Office of the Harbour Auditor"]),
        ("The quay\nBy Ann Ash in Turku\n", "The quay", ["Ann Ash"]),
        ("The quay\nBy The\n", "The quay", []),
        ("地窖里的账\n\n编译：乔北窗\n", "地窖里的账", ["乔北窗"]),
    ],
)  # fmt: skip
def test_a_title_is_no_sentence_and_an_author_is_somebody(text: str, title: str, authors: list[str]) -> None:
    about = opening_metadata(text)
    assert (about.title.value if about.title else "").startswith(title) and bool(about.title) == bool(title)
    assert [author.value for author in about.authors] == authors


def test_a_passage_never_ends_in_the_middle_of_its_literal() -> None:
    text = "They pay between €80 and 90 million a year for the old harbour.\n"
    finder = PassageMaker(Manuscript(text))
    passage = finder.passage(text.index("between"), text.index(" for the"))
    assert passage is not None and passage.exact.startswith("€80 and 90") and not passage.exact.endswith(" a")


@pytest.mark.parametrize(
    ("text", "literal", "unit"),
    [
        ("Sales were €12 million, compared with 11 million in 2024.", "11 million", "EUR"),
        ("The mill made 4.2 million tonnes, up from 3.9 million a year earlier.", "3.9 million", "tonne"),
        ("The plan costs €5 million, of which 2 million were paid.", "2 million", "EUR"),
        ("Of 31 contracts above $50,000, nine were awarded without a tender.", "nine", "contract"),
        ("The trust asked 418 of the island's 950 households.", "418", "household"),
        ("Of the 120 schools, 14 were closed.", "14", "school"),
        ("A pass costs €40, against 35 before.", "35", "EUR"),
        ("Der Umsatz stieg auf 14 Millionen Euro nach 12 Millionen im Vorjahr.", "12 Millionen", "EUR"),
        # Numbers of other things keep none.
        ("It costs €5 million and has 3 goals.", "3 goals", "goal"),
        ("It has 450 employees, and rule 7 was broken 9 times in 30 months.", "450 employees", "employee"),
        ("It costs €5 million. Another 800 were counted.", "800", "1"),
        ("It lasted 19 months, compared with 12 before.", "12", "1"),
    ],
)
def test_a_number_that_is_compared_or_a_part_has_the_unit_of_the_other(text: str, literal: str, unit: str) -> None:
    (draft,) = draft_together([(text, scan(text), About())], Knowledge(), WORDING)
    (stated,) = [one.quantity.unit or "1" for one in draft.figures if one.value == literal]
    assert stated == unit
