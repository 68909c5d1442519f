"""The words of a clause are told apart, and a measure is named for the phrase that governs its number."""

import pytest

from kb.app.drafting import WORDING
from kb.domain.knowledge import Knowledge
from kb.intake.draft.clause import Clause
from kb.intake.draft.entries import About
from kb.intake.draft.grammar import GRAMMARS
from kb.intake.draft.meeting import draft_together
from kb.intake.draft.tagging import Role
from kb.numbers.scan import scan


def clause_of(text: str, language: str) -> Clause:
    return Clause.of(text, [(mention.start, mention.end) for mention in scan(text)], GRAMMARS[language])


def names(text: str) -> list[str]:
    (draft,) = draft_together([(text, scan(text), About(subject="Quay", issued="2025-11-14"))], Knowledge(), WORDING)
    return [figure.measure.label for figure in draft.figures]


@pytest.mark.parametrize(
    ("text", "language", "verbs"),
    [
        ("Farmers say the damage comes to £140,000.", "en", "say comes"),
        ("Parking costs £8 a day.", "en", "costs"),
        ("Parking costs rose by 8%.", "en", "rose"),
        ("The operations booked at the hub were called off.", "en", "booked were called"),
        ("Of the aid awarded, only £46m had been paid out.", "en", "awarded had been paid"),
        ("They put the average cost at $7,200.", "en", "put"),
        ("Meter readings for the winters before and after show that use fell.", "en", "show fell"),
        ("He said that fares would not rise by 8%.", "en", "said would rise"),
        ("Finishing the network will, we think, take years and require $22m.", "en", "will think take require"),
        ("The trust as a whole keeps 1,140 beds.", "en", "keeps"),
        ("Half-year debt reflects stock for the winter.", "en", "reflects"),
        ("It's the charter's last year; we've spent €3m.", "en", "'s 've spent"),
        ("Mit 684 Mio. Euro übertraf der Umsatz den des Vorjahres.", "de", "übertraf"),
        ("Für die Halle sind 96 Mio. Euro veranschlagt.", "de", "sind veranschlagt"),
        ("Die geplanten Kosten betrugen 5 Mio. Euro.", "de", "betrugen"),
        ("Bereinigt um Kosten ergeben sich 51,8 Mio. Euro.", "de", "Bereinigt ergeben"),
        ("Das sollen 2030 rund 70 Prozent sein.", "de", "sollen sein"),
    ],
)
def test_verbs_are_told_from_nouns_by_the_words_around(text: str, language: str, verbs: str) -> None:
    assert [word.text for word in clause_of(text, language).words if word.role is Role.VERB] == verbs.split()


@pytest.mark.parametrize(
    ("text", "language", "verb", "subject"),
    [
        ("The depot, which opened in May, cost £41m.", "en", "cost", "depot"),
        ("In rural districts crews needed 17 minutes.", "en", "needed", "crews"),
        ("Repairs kept buses off the road and cost £740,000.", "en", "cost", "repairs"),
        ("In the trust's ledger the final bill is £43m.", "en", "is", "final bill"),
        ("Each move is expected to take three days.", "en", "take", "move"),
        ("Hips and knees accounted for 3,150 operations.", "en", "accounted", "hips and knees"),
        ("Im Mai summierten sich die Erlöse auf 12 Mio. Euro.", "de", "summierten", "Erlöse"),
        ("Den Schaden trägt der Kreis.", "de", "trägt", "Kreis"),
        ("Das Wasser, das dort vermutet wird, ist 118 Grad heiß.", "de", "ist", "Wasser"),
        ("Die Zahl der Gäste sank auf 80.", "de", "sank", "Zahl der Gäste"),
    ],
)
def test_a_verb_has_the_subject_of_its_own_clause(text: str, language: str, verb: str, subject: str) -> None:
    clause = clause_of(text, language)
    span = clause.subject_before(next(at for at, word in enumerate(clause.words) if word.text == verb))
    assert span is not None and clause.label(*span) == subject


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The theatre log lists 6,930 planned operations.", "planned operations"),
        ("Of all sailings last year, 96.4% left on time.", "share of sailings"),
        ("Mobile vans, of which there are four, called at 137 villages.", "mobile vans"),
        ("Running the service cost £9.4 million, of which £6.1 million went on staff.", "cost of running the service"),
        ("Some 41,200 people joined, bringing total membership to 188,000.", "people joined"),
        ("The new theatre, for which £6.2 million has been set aside, opens in May.", "amount set aside for theatre"),
        ("At the end of the year the waiting list stood at 17,300 patients.", "waiting list"),
        ("The work starts in May and should take 14 weeks.", "duration of work"),
        ("Crews needed 17.4 minutes.", "time needed by crews"),
        ("The union was offered a pay rise of 2.8%.", "pay rise"),
        ("Below the dams the water carries 40% less silt than it did in 2015.", "fall in silt"),
        ("Adjusted operating profit up 11% to £163m", "rise in adjusted operating profit"),
        ("7.2% of the operations booked at the hub were called off.", "share of operations called off"),
        ("Near misses reported by staff: 317", "near misses reported by staff"),
        ("Water from a private well, if you can get it, goes for $14 per litre.", "price of water"),
        ("Guidance for full-year sales is unchanged at $1.3 billion.", "guidance for full-year sales"),
        ("The co-operative turned over €680 million.", "turnover"),
        ("About £40 million was what the board had agreed to.", "amount agreed"),
        ("The building came in at £38.6 million.", "cost of building"),
        ("Mit 684 Mio. Euro übertraf der Umsatz den des Vorjahres.", "Umsatz"),
        ("Die Mehrkosten beziffert das Unternehmen auf 1,3 Mio. Euro.", "Mehrkosten"),
        ("Den Schaden schätzen wir auf 0,7 Mio. Euro.", "Schaden"),
        ("Auf Nachträge entfielen 1,7 Mio. Euro.", "Nachträge"),
        ("Angeschlossen sind inzwischen 8.400 Haushalte.", "angeschlossene Haushalte"),
        ("Das Leitungsnetz ist auf 146 Kilometer gewachsen.", "Leitungsnetz"),
        ("Die Bohrung soll 3.200 Meter tief werden.", "Tiefe (Bohrung)"),
        ("In neue Leitungen will der Kreis 54 Mio. Euro stecken.", "Investitionen in Leitungen"),
        ("Für Gerste mussten wir je Tonne 248 Euro zahlen.", "Preis für Gerste"),
        ("Gefordert wird eine Gruppengröße von höchstens 18 Kindern.", "Gruppengröße"),
        ("Um 8 Prozent auf 142 Gigawattstunden ging der Verbrauch zurück.", "Rückgang (Verbrauch)"),
        ("Vom Bund kommen 21 Mio. Euro.", "Mittel vom Bund"),
        ("审计组实地抽查了7个乡镇。", "抽查乡镇"),
        ("尚欠施工单位工程款2.3亿元。", "尚欠工程款"),
        ("茶农家里有茶企43家。", "茶企"),
        ("市人民医院药占比为34.7%。", "药占比"),
        ("冻害造成减产两成。", "减产"),
        ("挑一担水来回四十分钟。", "挑一担水来回时间"),
        ("全县共有医院12家，其中民办3家。", "医院"),
    ],
)
def test_a_number_is_named_for_the_phrase_that_governs_it(text: str, name: str) -> None:
    assert names(text)[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "Hohenried paid them 45.2 cents.",
        "The union is asking for 6.5%.",
        "The mayor of Selby told Ann Ash of $5 million.",
        "Das Unternehmen nennt 5 Mio. Euro.",
        "By then she had seen 14.",
    ],
)
def test_no_measure_is_called_by_who_acts(text: str) -> None:
    (name,) = names(text)
    assert not {"hohenried", "union", "mayor", "selby", "ash", "unternehmen", "she"} & set(name.lower().split())


def test_the_rows_of_a_table_under_years_are_scope_where_its_corner_names_the_measure() -> None:
    table = (
        "| Milk price, cents a kilo | 2024 | 2025 |\n|---|---|---|\n| Alpsee | 43.9 | 46.1 |\n| Tann | 45.0 | 48.3 |\n"
    )
    assert set(names(table)) == {"Milk price"}
    rows = "| Käse | 334 | 312 |\n| Butter | 128 | 117 |\n"
    captioned = f"Umsatz nach Sparten\n\n| Mio. Euro | 2025 | 2024 |\n|---|---|---|\n{rows}"
    assert set(names(captioned)) == {"Umsatz"}
