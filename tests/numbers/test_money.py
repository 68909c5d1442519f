"""Money is read with its code, sign and scale, glued or apart, before or behind the number; no number is cut."""

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import FigureKind, scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{mention.quantity.low:f}", mention.quantity.unit) for mention in scan(text)]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("SEK12.5 million", "12500000", "SEK"),
        ("ZAR0.75 Billion", "750000000", "ZAR"),
        ("IDR6,100 billion", "6100000000000", "IDR"),
        ("Rs.840 crore", "8400000000", "INR"),
        ("Rs 7 lakh", "700000", "INR"),
        ("₹2.3L", "230000", "INR"),
        ("Rs. 40 L", "4000000", "INR"),
        ("PKR 5 Cr", "50000000", "PKR"),
        ("₹1,200 Cr", "12000000000", "INR"),
        ("Rp 15,000", "15000", "IDR"),
        ("RM4.2m", "4200000", "MYR"),
        ("KSh 900", "900", "KES"),
        ("CHF 12'500.50", "12500.5", "CHF"),
        ("80 GBP million", "80000000", "GBP"),
        ("95 MEUR", "95000000", "EUR"),
        ("300 TEUR", "300000", "EUR"),
        ("EURm 45", "45000000", "EUR"),
        ("USD million 3.5", "3500000", "USD"),
        ("7 €bn", "7000000000", "EUR"),
        ("NZ$8m", "8000000", "NZD"),
        ("150.000 VND", "150000", "VND"),
        ("¥1.500", "1.5", "CNY"),
        ("$1.125", "1.125", "USD"),
        ("$(3.1) million", "-3100000", "USD"),
        ("EUR (2.2) million", "-2200000", "EUR"),
        ("-2.500,75 €", "-2500.75", "EUR"),
        ("ALL 4.5 million", "4500000", "ALL"),
        ("$6.2-million", "6200000", "USD"),
        ("($6.2) million", "-6200000", "USD"),
        ("45p", "0.45", "GBP"),
    ],
)
def test_money_is_read_whole_in_text_and_as_a_value(written: str, value: str, unit: str) -> None:
    assert found(f"The pier cost {written} in all.") == [(value, unit)]
    quantity = read_quantity(written)
    assert (f"{quantity.low:f}", quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALL 40 SEATS WERE TAKEN", [("40", "seat")]),
        ("TOP 10 PIERS OF THE COAST", []),
        ("The AMD 7000 and PHP 8 came out.", []),
        ("The H100 and the USB3 hub cost 5 euros.", [("5", "EUR")]),
        ("Ferries (-12%) and boats (-3%) lost.", [("-0.12", "fraction"), ("-0.03", "fraction")]),
        # L is a lakh of rupees alone, and a litre of all else; Cr is a credit in accounts that know no rupees.
        ("Oil cost $2.3 L for L.", [("2.3", "USD")]),
        ("It holds 2.3 L.", [("2.3", "litre")]),
        ("Opening balance 1,240.00 Cr", [("1240", "")]),
        ("In India it made 1,240.00 Cr", [("12400000000", "")]),
    ],
)
def test_what_only_looks_like_money_is_none(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_letter_at_the_second_end_is_a_scale_of_both() -> None:
    quantity = read_quantity("$1–2m")
    assert (quantity.low, quantity.high) == (1_000_000, 2_000_000)
    quantity = read_quantity("₹2-3L")
    assert (quantity.low, quantity.high) == (200_000, 300_000)


def test_cents_are_those_of_the_money_beside_them() -> None:
    assert found("Fares went up by 20 cents to €2.40.") == [("0.2", "EUR"), ("2.4", "EUR")]
    assert found("It was 4 cents higher.") == [("0.04", "USD")]


@pytest.mark.parametrize(
    ("text", "units", "others"),
    [
        ("The Canadian firm paid $5 million.", ["USD"], [("CAD",)]),
        ("It paid 5 million dollars in Australia.", ["USD"], [("AUD",)]),
        ("Die Firma aus Kanada zahlte 3 Mio. Dollar.", ["USD"], [("CAD",)]),
        ("Pakistan paid Rs. 500 crore.", ["INR"], [("PKR",)]),
        ("In Japan it costs ¥500, in China ¥30.", ["CNY", "CNY"], [("JPY",), ("JPY",)]),
        # What the text says itself is no guess.
        ("In Canadian dollars, it made $5 million.", ["CAD"], [()]),
        ("All amounts are in Canadian dollars. It made $5 and US$3.", ["CAD", "USD"], [(), ()]),
        ("In US dollars, the Canadian firm paid $5 million.", ["USD"], [()]),
        # A sign of its own beside a plain one leaves the plain one open.
        ("The Canadian firm paid $5 million, or C$6 million.", ["USD", "CAD"], [("CAD",), ()]),
        ("The Canadian firm paid $5 million and US$6 million.", ["USD", "USD"], [("CAD",), ()]),
        ("The firm in Canada paid US$5 million and 3 US dollars.", ["USD", "USD"], [(), ()]),
        ("Two US states and Canada: the US paid $5 million.", ["USD"], [()]),
        ("The firm paid $5 million.", ["USD"], [()]),
        # A sign without a usual meaning stands for the country that the text speaks of.
        ("It made ¥9 billion in Japan.", ["JPY"], [()]),
        ("It costs ¥9.", ["CNY"], [()]),
        ("The firm in Denmark paid 412 million kroner.", ["DKK"], [()]),
        ("It paid 412 million Danish kroner, and 50 kroner each.", ["DKK", "DKK"], [(), ()]),
        ("Norway and Denmark: it cost 50 kroner.", ["NOK"], [("DKK",)]),
        ("It cost 50 kroner.", ["NOK"], [()]),
    ],
)
def test_a_sign_of_several_countries_says_which_the_text_names(
    text: str, units: list[str], others: list[tuple[str, ...]]
) -> None:
    mentions = [mention for mention in scan(text) if mention.kind is FigureKind.MONEY]

    assert [mention.quantity.unit for mention in mentions] == units
    assert [mention.shared_sign for mention in mentions] == others


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The fund buys $40 for $1 of premium.", [("$40", "ratio_amount"), ("$1", "ratio_base")]),
        ("A dollar of premium buys $40 of cover.", [("A dollar", "ratio_base"), ("$40", "ratio_amount")]),
        ("It returned £3 for every £1 spent.", [("£3", "ratio_amount"), ("£1", "ratio_base")]),
        ("For every $100 spent, $300 came back.", [("$100", "ratio_base"), ("$300", "ratio_amount")]),
        ("40 Dollar für 1 Dollar", [("40 Dollar", "ratio_amount"), ("1 Dollar", "ratio_base")]),
        ("每投入1元可获得3元回报。", [("1元", "ratio_base"), ("3元", "ratio_amount")]),
        ("It cost $40. For $1 more it is yours.", [("$40", None), ("$1", None)]),
        ("It was sold for $40 after £1 was bid.", [("$40", None), ("£1", None)]),
    ],
)
def test_an_amount_for_each_coin_is_one_ratio_of_two_figures(text: str, roles: list[tuple[str, str | None]]) -> None:
    assert [(one.quantity.as_written, one.ratio and str(one.ratio)) for one in scan(text)] == roles


@pytest.mark.parametrize(
    ("text", "literal", "value"),
    [
        ("Half as many people came.", "Half as many", "0.5"),
        ("Twice as many people came.", "Twice as many", "2"),
        ("Two-thirds as many came as before.", "Two-thirds as many", "0.6666666666666666666666666667"),
        ("It is half as big as the old hall.", "half as big", "0.5"),
        ("It sold three times fewer cars.", "three times", "3"),
        ("Halb so viele Menschen kamen.", "Halb so viele", "0.5"),
        ("Dreimal so hoch wie der Turm ist der Mast.", "Dreimal so hoch", "3"),
        ("Dreimal weniger Autos wurden verkauft.", "Dreimal weniger", "3"),
        ("人数是去年的两倍。", "两倍", "2"),
    ],
)
def test_as_many_is_a_multiple_in_every_language(text: str, literal: str, value: str) -> None:
    assert [(one.quantity.as_written, str(one.quantity.low), one.quantity.unit) for one in scan(text)] == [
        (literal, value, "multiple")
    ]


@pytest.mark.parametrize("text", ["He came twice as we spoke.", "Einmal mehr kam er zu spät.", "It is twice as fast."])
def test_words_that_say_how_often_or_how_are_no_multiples(text: str) -> None:
    assert not list(scan(text))


@pytest.mark.parametrize(
    "text",
    [
        "It was €34.6zz in all.",
        "It was USD34.6E in all.",
        "It was Rs34.6th in all.",
        "USD34.6kg came.",
    ],
)
def test_a_number_with_letters_at_it_that_nobody_knows_is_refused(text: str) -> None:
    assert not list(scan(text))
    assert [one.left_out is not None for one in scan(text, all_too=True)] == [True]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Er wiegt 85 Pfund und ist froh.", ("42.5", "kg")),
        ("Sie hat 10 Pfund abgenommen und ist froh.", ("5", "kg")),
        ("Wir kauften 3 Pfund Mehl und mehr.", ("1.5", "kg")),
        ("Wir kauften 3 Pfund frische Kartoffeln und mehr.", ("1.5", "kg")),
        ("He weighs 180 pounds.", ("180", "lb")),
        ("It needs 3 pounds of flour.", ("3", "lb")),
        ("Das kostet 3 Pfund und ist billig.", ("3", "GBP")),
        ("Er zahlte 5 Pfund. Das wiegt schwer.", ("5", "GBP")),
        ("Die 450 Millionen Pfund wiegen schwer und sind viel.", ("450000000", "GBP")),
        ("Es kostet 3 Pfund Sterling und wiegt schwer.", ("3", "GBP")),
        ("It paid 3 pounds of the price.", ("3", "GBP")),
    ],
)
def test_a_pound_beside_weighing_or_goods_is_a_weight(text: str, figure: tuple[str, str]) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", mention.quantity.unit) == figure


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It lists the 20 TOP films.", ("20", "film")),
        ("The fee is 20 TOP.", ("20", "TOP")),
        ("They paid 300 COP in cash.", ("300", "COP")),
        ("It cost TOP 3 million.", ("3000000", "TOP")),
    ],
)
def test_a_code_that_is_a_word_describes_what_is_counted(text: str, figure: tuple[str, str]) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", mention.quantity.unit) == figure
