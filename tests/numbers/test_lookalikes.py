"""Numbers that look alike and mean different things: labels and figures, shares and counts, multiples and occasions."""

from decimal import Decimal

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import scan

Read = list[tuple[str, str, str]]


def read(text: str) -> Read:
    """The figures of ``text``: what is written, its numbers and its unit."""
    rows = []
    for mention in scan(text):
        quantity = mention.quantity
        ends = dict.fromkeys(f"{end.normalize():f}" for end in (quantity.low, quantity.high) if end is not None)
        rows.append((quantity.as_written, "-".join(ends), quantity.unit))
    return rows


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1．资金到位。\n2．追回151.3万元。\n3．28眼机井通电。\n4．2家单位受罚。\n", ["1513000", "28", "2"]),
        ("1.资金到位。\n2.追回款项。\n3.280户居民搬迁，5.2公里。\n", ["280", "5.2"]),
        ("1．28户搬迁。\n2．清理3.5吨。\n", ["28", "3.5"]),
        ("增速为\n3.28%，低于\n2.5亿元。\n", ["0.0328", "250000000"]),
        ("合计：\n3.5万吨货物\n4.2万吨货物\n", ["35000", "42000"]),
        ("2.1 At 31 March it held 148 leases.\n3.2 A survey of 90 callers.\n4.1 We agree.\n", ["148", "90"]),
        ("3.2 Der Bau kostet 5 Euro.\n1.1 Im Mai kamen 12 Boote.\n", ["5", "12"]),
        ("2.5 Million Euro flossen.\n3.4 million people came.\n", ["2500000", "3400000"]),
        ("Report 7/2025 and Nr. 14/2025 cover 3/4 of it.", ["0.75"]),
        ("Page 6 of 28. Page 5 of 12 pages.", ["12"]),
        ("Postfach 22 07, 48155 Münster. Es kamen 48155 Menschen.", ["48155"]),
        ("Write to 12 High Street, Austin, TX 78701.", []),
        ("# larkq\n\nOn kernel 6.8 larkq 0.9 has a mean of 4.2 and a ratio of 1.08.\n", ["4.2", "1.08"]),
        ("Compared with release 0.8 it released 4.5 million birds.", ["4500000"]),
    ],
)
def test_labels_are_told_from_the_figures_beside_them(text: str, numbers: list[str]) -> None:
    assert [number for _, number, _ in read(text)] == numbers


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It met the target in five of the 12 months.", [("five", "5", ""), ("12 months", "12", "month")]),
        ("Risse in 63 von 96 Trägern", [("63", "63", ""), ("96 Trägern", "96", "trägern")]),
        ("It failed for 48 of 131 kitchens.", [("48", "48", ""), ("131 kitchens", "131", "kitchen")]),
        ("It helps nine out of ten.", [("nine out of ten", "0.9", "fraction")]),
        ("It failed in 40 out of 45.", [("40 out of 45", "0.8888888888888888888888888889", "fraction")]),
        ("Das sagen drei von vier.", [("drei von vier", "0.75", "fraction")]),
        ("It took 3 of 5 and 30 of 100.", [("3 of 5", "0.6", "fraction"), ("30 of 100", "0.3", "fraction")]),
        ("About one in four left.", [("About one in four", "0.25", "fraction")]),
    ],
)
def test_a_part_of_a_concrete_set_is_two_counts(text: str, figures: Read) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("We cut the power 5,000 times in our test.", ""),
        ("It was downloaded 3 million times.", ""),
        ("She won it 3 times, and left.", ""),
        ("Die Datei wurde 5.000 Mal geladen.", ""),
        ("He called 4 times a day.", "1/day"),
        ("It is 5,000 times the size.", "multiple"),
        ("It is 3 times more expensive.", "multiple"),
        ("Shares trade at 12 times earnings.", "multiple"),
        ("Sales rose 3 times in a year.", "multiple"),
        ("Debt was 2.4 times.", "multiple"),
        ("Der Turm ist dreimal so hoch wie das Haus.", "multiple"),
    ],
)
def test_times_counts_what_is_done_and_else_multiplies(text: str, unit: str) -> None:
    assert [found for _, _, found in read(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It is slower by a factor of two to three.", [("a factor of two to three", "2-3", "multiple")]),
        ("Der Preis stieg um den Faktor 3.", [("Faktor 3", "3", "multiple")]),
        ("It holds between 8 MB and 1 GB.", [("between 8 MB and 1 GB", "8-1000", "MB")]),
        ("Keep it between −28 °C and +4 °C.", [("between −28 °C and +4 °C", "-28-4", "celsius")]),
        ("介于500米和2公里之间", [("介于500米和2公里之间", "500-2000", "metre")]),
        ("Add 30 g to 2 kg of flour.", [("30 g", "30", "gram"), ("2 kg", "2", "kg")]),
        ("between 1 mile and 3 km", [("1 mile", "1", "mile"), ("3 km", "3", "km")]),
        ("Wait 30 minutes or 2 hours.", [("30 minutes", "30", "minute"), ("2 hours", "2", "hour")]),
        (
            "3小时40分，2分15秒，得了90分",
            [("3小时40分", "220", "minute"), ("2分15秒", "135", "second"), ("90分", "90", "分")],
        ),
        ("发送旅客512万人次，4.5万人", [("512万人次", "5120000", "人次"), ("4.5万人", "45000", "person")]),
        ("19处厚度不足18厘米", [("19处", "19", ""), ("不足18厘米", "18", "cm")]),
        ("每亩不低于10元", [("每亩不低于10元", "10", "CNY/亩")]),
        ("It uses 64 B per entry, 2 KB in all.", [("64 B per entry", "64", "byte/entry"), ("2 KB", "2", "kB")]),
        ("It holds between 512 KB and 2 MB.", [("between 512 KB and 2 MB", "512-2000", "kB")]),
        ("Revenue was 64 B in all.", [("64 B", "64000000000", "")]),
        ("Each is the median of nine runs.", [("nine runs", "9", "run")]),
    ],
)
def test_ranges_times_and_nouns_are_read_whole(text: str, figures: Read) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "von 780 auf 1.150 Euro je Tonne",
            [("780", "780", "EUR/tonne"), ("1.150 Euro je Tonne", "1150", "EUR/tonne")],
        ),
        (
            "Die Schulden würden um 5,6 Millionen auf 168 Millionen Euro steigen.",
            [("5,6 Millionen", "5600000", "EUR"), ("168 Millionen Euro", "168000000", "EUR")],
        ),
        ("It fell by 12 to 340.", [("12", "12", ""), ("340", "340", "")]),
        ("Das kostet die Stadt 300.000 Euro am Tag.", [("300.000 Euro am Tag", "300000", "EUR/day")]),
        ("It saves £450,000 a year from 2026-27.", [("£450,000 a year", "450000", "GBP/year")]),
        ("It was £7 a year earlier.", [("£7", "7", "GBP")]),
    ],
)
def test_money_takes_its_currency_and_period_from_where_they_stand(text: str, figures: Read) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Eine Umfrage unter 1.018 Bürgern", ["exact"]),
        ("In der Umfrage lag sie unter 40 Prozent.", ["less_than"]),
        ("Es kamen unter 30 Leuten.", ["less_than"]),
        ("Sie kosten ab 11.900 Euro.", ["at_least"]),
        ("Das gilt ab 2025.", []),
        ("Es sind 20 s, over 13 minutes longer than the rest.", ["exact", "more_than"]),
        ("He paid €5 over 10 years.", ["exact", "exact"]),
    ],
)
def test_words_limit_only_where_they_mean_it(text: str, bounds: list[str]) -> None:
    assert [str(mention.quantity.bound) for mention in scan(text)] == bounds


def test_half_of_these_is_a_share_and_cut_in_half_is_none() -> None:
    assert read("In nearly half of these it was cut in half.") == [("nearly half", "0.5", "fraction")]


@pytest.mark.parametrize("text", ["exactly 140 places", "genau 140 Einwohner", "正好140人", "140 people exactly"])
def test_exactly_leaves_nothing_to_rounding(text: str) -> None:
    assert read_quantity(text).granularity is None
    assert read_quantity("140 places").granularity == Decimal(10)


def test_half_a_point_is_a_margin() -> None:
    [mention] = scan("a margin of 42%, plus or minus half a point")
    assert mention.quantity.margin is not None
    assert mention.quantity.margin.size == Decimal("0.005")


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("1.5 pp", "1.5", "percentage-point"),
        ("2 percentage points", "2", "percentage-point"),
        ("about 2.5 percentage points", "2.5", "percentage-point"),
        ("七个百分点", "7", "percentage-point"),
        ("七 個 百 分 點", "7", "percentage-point"),
        ("1,5 Prozentpunkte", "1.5", "percentage-point"),
        ("28% ± 9 percentage points", "0.28", "fraction"),
        ("140 basis points", "0.014", "fraction"),
        ("2%", "0.02", "fraction"),
    ],
)
def test_percentage_points_are_recorded_in_a_unit_of_their_own(text: str, low: str, unit: str) -> None:
    quantity = read_quantity(text)
    assert (f"{quantity.low.normalize():f}", quantity.unit) == (low, unit)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "The stadium is 400m from the station.",
        "The hotel lies just 400m off the beach.",
        "The trail climbs 400m to the pass.",
        "They walked 400m along the shore.",
        "It has a 400m track.",
        "He ran the 400m final.",
        "It is about 400m from the sea.",
    ],
)
def test_an_m_beside_a_word_for_a_way_or_a_race_is_a_metre(text: str) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", mention.quantity.unit) == ("400", "metre")


@pytest.mark.parametrize(
    "text",
    [
        "It made 400m from sales.",
        "It borrowed 400m from the bank.",
        "It paid 400m to the club.",
        "Its losses ran to 400m.",
        "The profit was 400m.",
    ],
)
def test_an_m_beside_other_words_is_a_million(text: str) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", mention.quantity.unit) == ("400000000", "")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A 7B-parameter model was trained.", ("7000000000", "parameter")),
        ("Two 13B-parameters models", ("13000000000", "parameter")),
        ("A 4B-token corpus.", ("4000000000", "token")),
        ("A 5K-word essay.", ("5000", "word")),
        ("A 405 billion-parameter model.", ("405000000000", "parameter")),
        ("A 1.8 trillion-parameter model.", ("1800000000000", "parameter")),
        ("It needs 3 kW-hours.", ("3", "kwatt*hour")),
        ("It needs 8 GPU-hours.", ("8", "gpu*hour")),
        ("A billion-dollar firm.", ("1000000000", "USD")),
    ],
)
def test_a_scale_tied_to_its_noun_multiplies(text: str, figure: tuple[str, str]) -> None:
    quantity = list(scan(text))[-1].quantity
    assert (f"{quantity.low:f}", quantity.unit) == figure
