"""Numbers of houses and names of places are no figures; a currency's Chinese name stands before its number, too."""

import pytest

from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{one.quantity.low.normalize():f}", one.quantity.unit) for one in scan(text)]


@pytest.mark.parametrize(
    "text",
    [
        "地址：长安路35号。",
        "位于北京市朝阳区建国路88号。",
        "人民路3弄5号楼",
        "印发了35号文件。",
        "Die Firma sitzt in der Hauptstr. 12.",
        "Bahnhofsplatz 5a, Berlin",
        "Lindenallee 40, 10115 Berlin",
        "It moved to 12 High Street.",
        "The shop at 221B Baker Street closed.",
        "The White House, 1600 Pennsylvania Avenue.",
        "六安市。",
        "三里屯有一家店。",
        "他去了五台山。",
        "见附录3b。",
        "见附件2a。",
    ],
)
def test_houses_and_places_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("There are 3 High Street banks.", [("3", "bank")]),
        ("来了500号人。", [("500", "person")]),
        ("跑了三里。", [("3", "里")]),
        ("共五台电脑。", [("5", "电脑")]),
        ("共12个县。", [("12", "县")]),
        ("Auf dem Weg waren 12 Boote.", [("12", "Boote")]),
    ],
)
def test_what_is_counted_beside_a_street_stays(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(low, unit.casefold()) for low, unit in found(text)] == [(low, unit.casefold()) for low, unit in figures]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("贷款日元300亿。", ("30000000000", "JPY")),
        ("总额为美元5亿。", ("500000000", "USD")),
        ("投资约欧元3亿。", ("300000000", "EUR")),
        ("拨款英镑2000万。", ("20000000", "GBP")),
        ("售价20镑。", ("20", "GBP")),
        ("重12磅。", ("12", "lb")),
        ("人民币兑美元7.2。", ("7.2", "")),
        ("20座窖中有3座漏水。", ("0.15", "fraction")),
        ("上升了2.5百分点。", ("0.025", "fraction")),
    ],
)
def test_chinese_names_of_money_and_parts_of_a_whole(text: str, figure: tuple[str, str]) -> None:
    assert found(text) == [figure]
