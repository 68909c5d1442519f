"""German is read as a German reads it, and only where the text is German."""

from decimal import Decimal

import pytest

from kb.domain.quantity import Bound
from kb.intake.draft.sentence_analysis import voice_of
from kb.intake.passage import sentences
from kb.intake.value_checks import contradicts
from kb.numbers import NotationError, read_quantity
from kb.numbers.de import DE
from kb.numbers.en import EN
from kb.numbers.recognition import language_of
from kb.numbers.scan import FigureMention, rows, scan

Row = tuple[str | None, ...]


def read(text: str) -> list[Row]:
    keys = ("as_written", "low", "high", "bound", "hedge", "unit")
    return [tuple(row[key] for key in keys) for row in rows(scan(text, DE))]  # type: ignore[literal-required]


def values(text: str) -> list[str]:
    return [str(row["low"]) for row in rows(scan(text, DE))]


def changes(text: str) -> list[tuple[str, str | None]]:
    def role(mention: FigureMention) -> tuple[str, str | None]:
        return mention.quantity.as_written, str(mention.change) if mention.change else None

    return list(map(role, scan(text, DE)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Das kostet 1.234,56 Euro.", "1234.56"),
        ("Es kamen 8.500 Menschen.", "8500"),
        ("Es kamen 940.000 Menschen.", "940000"),
        ("Es waren 1.998 Menschen.", "1998"),
        ("Es waren 12.345.678 Menschen.", "12345678"),
        ("Der Liter kostet 1,589 Euro.", "1.589"),
        ("Das sind 0,125 Prozent.", "0.00125"),
        ("Er zahlt 1 234,5 Euro.", "1234.5"),
        ("Das sind 2.5 Euro.", "2.5"),
    ],
)
def test_a_comma_stands_before_decimals_and_a_point_between_thousands(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("zweihundertfünfundachtzig", "285"),
        ("eintausendzweihundert", "1200"),
        ("neunzehnhundertneunundneunzig", "1999"),
        ("einhundertelf", "111"),
        ("hundertfünfzigtausenddreihundertzwei", "150302"),
        ("zwei Millionen dreihunderttausend", "2300000"),
        ("fuenfundzwanzig", "25"),
        ("tausend", "1000"),
        ("zwei Dutzend", "24"),
        ("anderthalb", "1.5"),
        ("zweieinhalb Millionen", "2500000"),
        ("eine halbe Million", "500000"),
        ("1,2 Mrd.", "1200000000"),
        ("3 Billionen", "3000000000000"),
        ("eine Billion", "1000000000000"),
        ("zwei Drittel", "0.6666666666666666666666666667"),
        ("drei Viertel", "0.75"),
        ("elf", "11"),
    ],
)
def test_number_words_are_read_apart_and_joined(words: str, value: str) -> None:
    quantity = read_quantity(words, "1", language=DE)
    assert str(quantity.low) == value
    assert quantity.low == quantity.high


@pytest.mark.parametrize("word", ["einfach", "achtlos", "dreist", "einander", "hundertste", "Elfmeter", "vierteilig"])
def test_words_that_only_begin_like_a_number_are_none(word: str) -> None:
    with pytest.raises(NotationError):
        read_quantity(word, "1", language=DE)


def test_what_follows_tausend_und_is_a_part_of_it_only_below_a_thousand() -> None:
    assert values("Es waren zwischen tausend und zweitausend Boote.") == ["1000"]
    assert values("Es waren tausend und drei Nächte.") == ["1003"]


@pytest.mark.parametrize(
    ("text", "bound", "hedge"),
    [
        ("rund 300 Boote", "exact", "about"),
        ("etwa 300 Boote", "exact", "about"),
        ("circa 300 Boote", "exact", "about"),
        ("knapp 300 Boote", "less_than", "nearly"),
        ("gut 300 Boote", "more_than", "just_over"),
        ("mindestens 300 Boote", "at_least", "none"),
        ("höchstens 300 Boote", "at_most", "none"),
        ("hoechstens 300 Boote", "at_most", "none"),
        ("bis zu 300 Boote", "at_most", "none"),
        ("mehr als 300 Boote", "more_than", "none"),
        ("über 300 Boote", "more_than", "none"),
        ("unter 300 Boote", "less_than", "none"),
        ("fast 300 Boote", "exact", "nearly"),
        ("nahezu 300 Boote", "exact", "nearly"),
        ("kaum 300 Boote", "exact", "nearly"),
        ("nicht einmal 300 Boote", "less_than", "none"),
        ("nicht mehr als 300 Boote", "at_most", "none"),
        ("nur 300 Boote", "exact", "none"),
    ],
)
def test_limiting_words_are_kept(text: str, bound: str, hedge: str) -> None:
    ((_, low, high, *limits, unit),) = read(f"Im Hafen liegen {text}.")
    assert (low, high, limits, unit) == ("300", "300", [bound, hedge], "boote")


def test_two_ends_are_a_range_and_von_auf_is_a_change() -> None:
    assert [row[1:3] for row in read("zwischen 3 und 5 Prozent, 20 bis 30 Euro, von 5.000 bis 18.000 Euro")] == [
        ("0.03", "0.05"),
        ("20", "30"),
        ("5000", "18000"),
    ]
    assert [row[1:3] for row in read("von minus 0,5 bis plus 0,3 Prozent, für 45- bis 60-Jährige")] == [
        ("-0.005", "0.003"),
        ("45", "60"),
    ]
    assert changes("Der Anteil stieg von 60 auf 80 Prozent.") == [("60", "level_before"), ("80 Prozent", "level_after")]
    assert changes("Anteil von 60 auf 80 Prozent") == [("60", "level_before"), ("80 Prozent", "level_after")]
    assert changes("Er sank um 5 Prozentpunkte auf 20 Prozent.") == [
        ("5 Prozentpunkte", "change_by"),
        ("20 Prozent", "level_after"),
    ]
    assert changes("Er wurde um 40 Millionen auf 310 Millionen Euro gekürzt.") == [
        ("40 Millionen", "change_by"),
        ("310 Millionen Euro", "level_after"),
    ]
    assert changes("Er fällt um 5 Punkte auf 20 Punkte.") == [("5 Punkte", "change_by"), ("20 Punkte", "level_after")]
    assert changes("Die Fahrt kostet von 6 bis 8 Euro.") == [("von 6 bis 8 Euro", None)]


def test_a_year_behind_als_is_what_was_compared() -> None:
    assert values("Es kamen 4 Prozent mehr als 2021 und mehr als 2000 Boote.") == ["0.04", "2000"]
    assert values("Es kostet 120 Euro im Jahr 2024.") == ["120"]


def test_a_letter_before_the_euro_sign_is_a_thousand() -> None:
    assert values("Das Ergebnis betrug T€ 1.234 nach 987 T€ im Vorjahr.") == ["1234000", "987000"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("450 Millionen Pfund", "GBP"),
        ("4,5 Millionen Tonnen", "tonne"),
        ("42 Kilometer", "km"),
        ("3.200 Quadratmeter", "metre**2"),
        ("12,5 %", "fraction"),
        ("2 US-Dollar", "USD"),
        ("7 Schweizer Franken", "CHF"),
        ("7 dänische Kronen", "DKK"),
        ("30 Cent", "EUR"),
        ("15 TEUR", "EUR"),
        ("15 T€", "EUR"),
        ("1,0845 US-Dollar", "USD"),
        ("340 PS", "horsepower"),
        ("64 Kilo", "kg"),
        ("120 Euro im Monat", "EUR/month"),
        ("40 neue Kita-Plätze", "plätze"),
        ("17-Jährige", "year"),
        ("50-prozentige Anteile", "fraction"),
        ("20 Euro pro Monat", "EUR/month"),
        ("80 Cent je Kilowattstunde", "EUR/kwatt-hour"),
        ("340 neue Wohnungen", "wohnungen"),
        ("1.200 Mitarbeiter", "employee"),
        ("24 Stunden", "hour"),
        ("3 Tage", "day"),
    ],
)
def test_units_have_their_names_in_german(text: str, unit: str) -> None:
    assert [row[-1] for row in read(f"Es geht um {text}.")] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "Siehe Phase 2, § 5, Artikel 4, Abs. 3 und Anlage 7.",
        "Es läuft unter Python 3.11 und Node 20.",
        "Am 3. Mai 2024, vom 4. bis 6. Juni, am 12.03.2024 und am 1.4. war geschlossen.",
        "Um 9.30 Uhr, gegen 16 Uhr und zwischen 8 und 10 Uhr.",
        "Im 3. Quartal 2024, im 19. Jahrhundert, in den 1990er Jahren, in den 80er Jahren, im Geschäftsjahr 2023/24.",
        "Seit 2019 und im Jahr 2024 ist das so; 2025 auch.",
        "Beim 14. Treffen sprach der 2. Vorsitzende.",
        "Die zweite Hälfte der Strecke.",
        "Art. 114 GG und Drucksache 20/1234 regeln das mit 3:2 Stimmen.",
        "Das ist ein Hafen, eine Werft und einer von ihnen.",
    ],
)
def test_labels_dates_and_times_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_the_words_of_a_text_say_which_language_it_is_in() -> None:
    assert language_of("Die Stadt zählt rund 8.500 Menschen.") is DE
    assert language_of("The town has some 8,500 people.") is EN
    assert language_of("这座城市有八千人。") is None
    assert language_of("8.500") is None


def test_an_english_text_is_not_read_as_german() -> None:
    text = "It holds fast 3 billion, a gut feeling; 12 die, 5 war crimes, 2 elf hats, 4 grad students and 3.125 km."
    assert [(row["as_written"], row["low"], row["hedge"]) for row in rows(scan(text))] == [
        ("3 billion", "3000000000", "none"),
        ("12", "12", "none"),
        ("5 war crimes", "5", "none"),
        ("2 elf hats", "2", "none"),
        ("4 grad students", "4", "none"),
        ("3.125 km", "3.125", "none"),
    ]


def test_a_german_text_is_known_without_being_told() -> None:
    text = "Die Schulden stiegen auf fast 3 Billionen Dollar, das ist eine Billion mehr; es half 12 Staaten."
    assert [(row["as_written"], row["low"], row["hedge"]) for row in rows(scan(text))] == [
        ("fast 3 Billionen Dollar", "3000000000000", "nearly"),
        ("eine Billion", "1000000000000", "none"),
        ("12 Staaten", "12", "none"),
    ]


def test_german_words_are_read_in_a_seed_file_but_digits_are_those_of_seed_files() -> None:
    assert read_quantity("knapp 8,5 Millionen Euro") == read_quantity("knapp 8,5 Millionen Euro", language=DE)
    assert read_quantity("8.500 Euro").low != read_quantity("8.500 Euro", language=DE).low


def test_a_literal_is_compared_in_the_language_of_its_source() -> None:
    value = read_quantity("8500 EUR")
    assert not contradicts("8.500 Euro", "8500 EUR", value, DE)
    assert contradicts("8.500 Euro", "8500 EUR", value)
    assert contradicts("8.400 Euro", "8500 EUR", value, DE)
    assert contradicts("8.500 Euro", "8.500 Euro", read_quantity("8.500 Euro"), DE)
    assert not contradicts("2,4", "2,4%", read_quantity("2,4%"), DE)
    assert not contradicts("8,5 Mio. Euro", "8,5 Mio. Euro", read_quantity("8,5 Mio. Euro"), DE)


def test_a_full_stop_of_an_abbreviation_or_an_ordinal_ends_no_sentence() -> None:
    line = "Nach Art. 5 kamen am 3. Mai 0,8 Mio. € an. Im 2. Quartal waren es 3. Das war alles."
    assert [line[start:end] for start, end in sentences(line)] == [
        "Nach Art. 5 kamen am 3. Mai 0,8 Mio. € an.",
        "Im 2. Quartal waren es 3.",
        "Das war alles.",
    ]


def test_a_voice_ends_where_its_nouns_do() -> None:
    sentence = "Laut Hafenmeister Jens Voss sank die Wartezeit um 20 Minuten."
    assert voice_of(sentence, sentence.index("20")) == "Hafenmeister Jens Voss"
    sentence = "Wie erwartet, erklärte der Rat nichts; Änne Roth erklärte, es fehlten 20 Boote."
    assert voice_of(sentence, sentence.index("20")) == "Änne Roth"


def test_the_scale_of_a_german_table_multiplies_its_cells() -> None:
    text = """Die Lage der Gesellschaft:

| in Mio. € | 2024 |
|---|---|
| Umsatz | 1.340,5 |

| in T€ | 2024 |
|---|---|
| Umsatz | 1.340 |
"""
    assert [(row["low"], row["unit"]) for row in rows(scan(text))] == [("1340500000", "EUR"), ("1340000", "EUR")]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Der Wert stieg auf das 1,5-Fache.", ("1.5", "exact", "multiple")),
        ("Die Zahl wuchs auf das 3-fache.", ("3", "exact", "multiple")),
        ("Sie soll unter das 2,5-Fache sinken.", ("2.5", "less_than", "multiple")),
        ("Die Quote soll 5 % nicht übersteigen.", ("0.05", "at_most", "fraction")),
        ("Der Preis darf 30 Euro nicht unterschreiten.", ("30", "at_least", "EUR")),
        ("Er hat 30 Euro nicht bezahlt.", ("30", "exact", "EUR")),
        ("Das spart jährlich mindestens 12 Mio. Euro.", ("12000000", "at_least", "EUR/year")),
        ("Der Ofen liefert täglich bis zu 450 t Glas.", ("450", "at_most", "tonne/day")),
        ("Der Preis stieg jährlich um 5 Prozent.", ("0.05", "exact", "fraction")),
        ("Sie zahlt 1,15 Euro je Aktie.", ("1.15", "exact", "EUR/share")),
        ("Es dauerte 3 Millisekunden.", ("3", "exact", "ms")),
    ],
)
def test_multiples_limits_and_flows_are_read_whole(text: str, figure: tuple[str, ...]) -> None:
    [(_, low, _, bound, _, unit)] = read(text)

    assert (low, bound, unit) == figure


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Das 1887 gegründete Unternehmen wuchs.", []),
        ("Aus dem 1923 erbauten Turm kam Rauch.", []),
        ("Die 1500 geladenen Gäste kamen.", ["1500"]),
        ("Pressemitteilung Nr. 14/2025.", []),
        ("Er trank 1/2 Liter.", ["0.5"]),
        ("Telefon 04932 / 55 71-20 oder 0761/2030.", []),
        ("Der Rest, davon gut die Hälfte in Werk 3.\n\nKonzernzahlen", ["0.5"]),
    ],
)
def test_years_phone_numbers_and_numbered_things_are_no_figures(text: str, figures: list[str]) -> None:
    assert values(text) == figures


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Ein Großauftrag über 54 Mio. Euro ging ein.", ("54 Mio. Euro", "exact", "none")),
        ("Der Auftrag der Deutschen Bahn über rund 54 Mio. Euro ging ein.", ("rund 54 Mio. Euro", "exact", "about")),
        ("Die Bestellung eines kanadischen Kunden über 12 Züge ging ein.", ("12 Züge", "exact", "none")),
        ("Ein Vertrag aus Kanada und einer über 8 Mio. CHF kamen dazu.", ("8 Mio. CHF", "exact", "none")),
        ("Der Auftrag brachte der Firma über 54 Mio. Euro ein.", ("über 54 Mio. Euro", "more_than", "none")),
        ("Der Gewinn aus dem Vertrag liegt über 3 Mio. Euro.", ("über 3 Mio. Euro", "more_than", "none")),
        ("Es gingen Aufträge von über 5 Mio. Euro ein.", ("über 5 Mio. Euro", "more_than", "none")),
        ("Die Stadt zahlte der Firma über 30 Mio. Euro.", ("über 30 Mio. Euro", "more_than", "none")),
    ],
)
def test_behind_an_order_or_a_loan_the_amount_is_no_floor(text: str, row: Row) -> None:
    assert [(literal, bound, hedge) for literal, _, _, bound, hedge, _ in read(text)] == [row]


def test_a_plus_of_a_third_is_no_level() -> None:
    assert changes("Der Umsatz ist gestiegen, ein Plus von 33 %.") == [("33 %", "change_by")]
    assert changes("Ein Jahresplus von 5,3 Prozentpunkten auf 42,1 Prozent.") == [
        ("5,3 Prozentpunkten", "change_by"),
        ("42,1 Prozent", "level_after"),
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Es waren knapp 3 Mrd. Euro, gut 40 Boote kamen.",
            [("knapp 3 Mrd. Euro", "less_than", "EUR"), ("gut 40 Boote", "more_than", "boote")],
        ),
        (
            "Er zahlt 60 ct/kWh und 19,– Euro.",
            [("60 ct/kWh", "exact", "EUR/kwatt-hour"), ("19,– Euro", "exact", "EUR")],
        ),
        ("Sie ist über 20 Jahre alt.", [("über 20 Jahre", "more_than", "year")]),
        ("Ein Streit über 5 Millionen Euro ist zu Ende.", [("5 Millionen Euro", "exact", "EUR")]),
    ],
)
def test_limits_and_units_of_german_prose(text: str, figures: list[Row]) -> None:
    assert [(literal, bound, unit) for literal, _, _, bound, _, unit in read(text)] == figures


@pytest.mark.parametrize(
    ("text", "low", "unit", "bound"),
    [
        ("-,50 €", "0.50", "EUR", Bound.EXACT),
        ("5.000,- Euro", "5000", "EUR", Bound.EXACT),
        ("3,- €", "3", "EUR", Bound.EXACT),
        ("1.200.000,– €", "1200000", "EUR", Bound.EXACT),
        ("-50 €", "-50", "EUR", Bound.EXACT),
        ("5 Mia. Euro", "5000000000", "EUR", Bound.EXACT),
        ("3 Mill. Euro", "3000000", "EUR", Bound.EXACT),
        ("5 Std.", "5", "hour", Bound.EXACT),
        ("mind. 20 Euro", "20", "EUR", Bound.AT_LEAST),
        ("max. 900 Euro", "900", "EUR", Bound.AT_MOST),
        ("min. 100 people", "100", "person", Bound.AT_LEAST),
        ("capped at 20%", "0.2", "fraction", Bound.AT_MOST),
    ],
)
def test_abbreviations_and_a_dash_for_no_cents_are_read(text: str, low: str, unit: str, bound: Bound) -> None:
    quantity = read_quantity(text)
    assert (quantity.low, quantity.unit, quantity.bound) == (Decimal(low), unit, bound)
