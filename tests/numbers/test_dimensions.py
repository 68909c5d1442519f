"""The lengths of what has several are each in the unit that stands behind the last."""

import pytest

from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{one.quantity.low.normalize():f}", one.quantity.unit) for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "unit", "lengths"),
    [
        ("The room measures 12 by 15 feet.", "foot", ["12", "15"]),
        ("It has a 12-by-15-foot room.", "foot", ["12", "15"]),
        ("It needs 3 x 4 m.", "metre", ["3", "4"]),
        ("A box of 3 × 4 × 5 cm.", "cm", ["3", "4", "5"]),
        ("A box of 60 mm × 40 mm × 25 mm.", "mm", ["60", "40", "25"]),
        ("The grid of 10 by 10 km is new.", "km", ["10", "10"]),
        ("A print of 8 x 10 in. is sold.", "inch", ["8", "10"]),
        ("A door of 6' x 8' fits.", "foot", ["6", "8"]),
        ("Shown at 1920 x 1080 pixels.", "pixel", ["1920", "1080"]),
        ("Ein Zimmer von 3 mal 4 Metern.", "metre", ["3", "4"]),
        ("Das Tuch misst 2,5 x 3 m.", "metre", ["2.5", "3"]),
        ("房间3米×4米。", "metre", ["3", "4"]),
        ("尺寸20×30厘米。", "cm", ["20", "30"]),
    ],
)
def test_each_length_has_the_unit(text: str, unit: str, lengths: list[str]) -> None:
    assert found(text) == [(length, unit) for length in lengths]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("She ran the 4 x 100 m relay.", [("4", ""), ("100", "metre")]),
        ("It has 2 x 500 MW.", [("2", ""), ("500", "Mwatt")]),
        ("It rose by 12 by 2030.", [("12", "")]),
        ("Divide 12 by 4.", [("12", ""), ("4", "")]),
        ("It drives a 4x4.", []),
        ("It lies 1.2 × 10^5 m away.", [("120000", "metre")]),
        ("Three met 8 x 10 in Berlin.", [("3", ""), ("8", ""), ("10", "")]),
    ],
)
def test_other_products_are_no_dimensions(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures
