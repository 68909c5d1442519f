"""Wordings of press releases, audits, news and READMEs in three languages."""

import pytest

from kb.numbers.scan import scan

BY, BEFORE, AFTER, NONE = "change_by", "level_before", "level_after", "None"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(f"{one.quantity.low.normalize():f}", one.quantity.unit, str(one.change)) for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The firm had an increase of 12% on last year.", [("0.12", "fraction", BY)]),
        ("It posted growth of about 3%.", [("0.03", "fraction", BY)]),
        ("Das Werk meldet ein Plus von 4,2 Prozent.", [("0.042", "fraction", BY)]),
        ("Das ist ein Rückgang von rund 3 Mio. Euro.", [("3000000", "EUR", BY)]),
        ("全年涨幅为3.5%。", [("0.035", "fraction", BY)]),
        ("增速达8%。", [("0.08", "fraction", BY)]),
        ("The margin is 23.4% (2023: 21.9%).", [("0.234", "fraction", NONE), ("0.219", "fraction", BEFORE)]),
        ("Es waren 3,5 Mio. Euro (2023: 3,2 Mio. Euro).", [("3500000", "EUR", NONE), ("3200000", "EUR", BEFORE)]),
        ("收入4亿元（2023年：3亿元）。", [("400000000", "CNY", NONE), ("300000000", "CNY", BEFORE)]),
        ("Headcount: 1,240 FTE.", [("1240", "fte", NONE)]),
        ("Etwa jeder Fünfte raucht.", [("0.2", "fraction", NONE)]),
        ("Fast jedes zweite Unternehmen wächst.", [("0.5", "fraction", NONE)]),
        ("Es kostet das Dreifache.", [("3", "multiple", NONE)]),
        ("收入：3.2亿元。", [("320000000", "CNY", NONE)]),
        ("合计:12人。", [("12", "person", NONE)]),
        ("电价0.5元/度。", [("0.5", "CNY/kwatt-hour", NONE)]),
    ],
)
def test_such_wordings_are_read(text: str, figures: list[tuple[str, str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It expects sub-2% growth.", "sub-2%"),
        ("She ran a sub-3-hour marathon.", "sub-3-hour"),
    ],
)
def test_what_is_below_a_number_is_less(text: str, words: str) -> None:
    [mention] = scan(text)
    assert (mention.quantity.as_written, mention.quantity.bound) == (words, "less_than")


@pytest.mark.parametrize(
    "text",
    [
        "Der 3D-Druck wächst.",
        "Das 5G-Netz wird gebaut.",
        "Die 2G-Regel galt.",
        "Az. 12 O 345/22",
        "Tel. 030 1234567",
        "Telefon: 0221 / 123 45 67",
        "Sie kommt jeden zweiten Tag.",
        "Das ist einfach.",
        "时间：12:30。",
        "Sub-Saharan Africa grew.",
    ],
)
def test_such_wordings_hold_no_figure(text: str) -> None:
    assert found(text) == []


def test_the_fall_of_things_counts_them() -> None:
    assert found("It saw the fall of 12 ministers.") == [("12", "minister", NONE)]
