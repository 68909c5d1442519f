"""Units of measurement are read as they are written: symbols, prefixes, powers, products and rates."""

from fractions import Fraction

import pytest

from kb.domain.unit import STANDARD, Definition, Units, parse_unit
from kb.domain.unit.measures import canonical_measure
from kb.numbers import NotationError, read_quantity, write_quantity
from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{mention.quantity.low:f}", mention.quantity.unit) for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The wall conducts 0.04 W/(m·K).", "0.04", "watt/kelvin/metre"),
        ("It weighs 1.2 kg/m³ there.", "1.2", "kg/metre**3"),
        ("Growth reached 9.8 m/s².", "9.8", "metre/second**2"),
        ("The screw takes 45 N·m.", "45", "metre*newton"),
        ("Drink 1,500 ml a day.", "1500", "ml/day"),
        ("They took 600 mg/24 h.", "25", "mg/hour"),
        ("A dose of 5 (mg/kg) helps.", "5", "mg/kg"),
        ("The forest has 40 km².", "40", "km**2"),
        ("The hall has 900 square metres.", "900", "metre**2"),
        ("The tank holds 12 cm^3.", "12", "cm**3"),
        ("It reads 85 GB/s.", "85", "GB/second"),
        ("The mine mills 300 tpd.", "300", "tonne/day"),
        ("The beam has 13 TeV.", "13", "TeV"),
        ("It draws 16 mA.", "16", "mA"),
        ("Ozone rose to 80 µg/m³.", "80", "μg/metre**3"),
        ("Ice is 3 mm thick.", "3", "mm"),
        ("It needs 4 kΩ.", "4", "kΩ"),
        ("Freight came to 745 000 t.", "745000", "tonne"),
        ("The harvest: 12 kt.", "12", "kt"),
        ("The car emits 90 g CO2/km.", "90", "gram/km"),
        ("The plant emits 3 MtCO2 a year.", "3", "Mt/year"),
        ("The room has 100 sq. ft.", "100", "foot**2"),
        ("The line runs at 100 Mbps.", "100", "Mbps"),
        ("It froze at 20 °C.", "20", "celsius"),
        ("水库面积 40 平方公里。", "40", "km**2"),
        ("这块石头重 3 公斤。", "3", "kg"),
        ("It brakes at 6.5 m s^-2 here.", "6.5", "metre/second**2"),
        ("It brakes at 6.5 m·s⁻² here.", "6.5", "metre/second**2"),
        ("It fell at 5 m/s2.", "5", "metre/second**2"),
        ("Give 5 mg kg⁻¹ of weight.", "5", "mg/kg"),
        ("The wall loses 12 W m⁻² K⁻¹.", "12", "watt/kelvin/metre**2"),
        ("The cell made 300 kW·h.", "300", "kwatt-hour"),
        ("The cell holds 40 A·h.", "40", "ampere-hour"),
        ("They ran 12 m·s in all.", "12", "metre*second"),
        ("The server takes 300 req/s.", "300", "request/second"),
        ("It renders 12 k img/min.", "12000", "img/minute"),
    ],
)
def test_a_unit_is_read_with_its_prefix_its_power_and_what_it_is_per(text: str, value: str, unit: str) -> None:
    assert found(text) == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("He swam it in 8m30s.", "510", "second"),
        ("The film runs 2h15m.", "135", "minute"),
        ("It boils in 3 min 20 s.", "200", "second"),
        ("The flight took 11 hours and 40 minutes.", "700", "minute"),
        ("She is 5 ft 6 in tall.", "66", "inch"),
        ("She is 5' 6 1/2\" tall.", "66.5", "inch"),
        ("It took 1 h 5 m 12 s.", "3912", "second"),
        ("The race took 1:45:30.", "6330", "second"),
        ("She won in 2:05:30.2 again.", "7530.2", "second"),
        ("The call lasted 2:15 h.", "135", "minute"),
        ("Er brauchte 12:34 Min. dafür.", "754", "second"),
        ("比赛用时01:45:30。", "6330", "second"),
        ("| Run | Time (h:mm) |\n|---|---|\n| First | 2:15 |", "135", "minute"),
        ("| Run | time (min:s) |\n|---|---|\n| First | 12:34.5 |", "754.5", "second"),
        ("| Film | A |\n|---|---|\n| Duration, hh:mm:ss | 01:45:30 |", "6330", "second"),
        ("他身高1米78。", "1.78", "metre"),
        ("她身高一米八。", "1.8", "metre"),
        ("坑深3米5厘米。", "305", "cm"),
    ],
)
def test_an_amount_in_two_units_is_one_number(text: str, value: str, unit: str) -> None:
    assert found(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Doors opened at 14:30 and 14:30:15, and the train left at 10:15 hrs.",
        "They won 3:2 and read John 3:16.",
        "The mix is 1:20:40.",
        "[1:45:30] Ada: hello",
        "It froze on 2024-05-01 1:45:30 and at 1:45:30 UTC.",
        "Between 1:45:30 and 1:50:00 nobody slept.",
        "Um 14:30 h ging es los.",
        "| Train | Departure (hh:mm) |\n|---|---|\n| First | 12:45 |",
    ],
)
def test_a_time_of_day_a_ratio_and_a_score_are_no_duration(text: str) -> None:
    assert found(text) == []


def test_two_durations_on_a_clock_are_one_range() -> None:
    (mention,) = scan("It took 1:45:30 to 1:50:00.")
    assert (mention.quantity.low, mention.quantity.high, mention.quantity.unit) == (6330, 6600, "second")
    quantity = read_quantity("2:15 to 2:30 h")
    assert (quantity.low, quantity.high, quantity.unit) == (135, 150, "minute")
    with pytest.raises(NotationError, match="write a duration as '2:15 h'"):
        read_quantity("2:15")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It lies 2 hours 5 m away.", [("2", "hour"), ("5", "metre")]),
        ("长10米3人。", [("10", "metre"), ("3", "person")]),
        ("He ran 5 m in -2 degrees.", [("5", "metre"), ("-2", "degree")]),
        ("It is 12 m¹ wide.", [("12", "metre")]),
        ("Mix 5 g and/or 3 ml.", [("5", "gram"), ("3", "ml")]),
    ],
)
def test_what_stands_beside_a_unit_is_not_always_part_of_it(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It has 16M riders.", "rider"),
        ("It has 52m riders.", "rider"),
        ("They own 300 shares.", "share"),
        ("It pays $2 per share.", "USD/share"),
        ("Opus has 3 users.", "user"),
        ("It keeps 4 bats in a cave.", "bat"),
    ],
)
def test_a_letter_that_counts_is_no_unit_of_measurement(text: str, unit: str) -> None:
    assert [named for _, named in found(text)] == [unit]


def test_dimensions_share_the_unit_behind_the_last() -> None:
    assert found("The room has 10 x 12 ft.") == [("10", "foot"), ("12", "foot")]
    assert found("The mat has 3m x 4m.") == [("3", "metre"), ("4", "metre")]


def test_metre_kilometre_and_km_are_one_family_without_a_declaration() -> None:
    assert parse_unit("kilometres") == parse_unit("km")
    assert parse_unit("km").factor_to(parse_unit("metre")) == 1000
    assert parse_unit("foot").factor_to(parse_unit("cm")) == Fraction(762, 25)
    assert parse_unit("kWh").factor_to(parse_unit("MJ")) == Fraction(18, 5)


def test_the_case_of_a_prefix_counts() -> None:
    assert parse_unit("MW").factor_to(parse_unit("mW")) == 10**9
    assert canonical_measure("Mm") is None
    assert canonical_measure("KM") is None


def test_a_seed_file_may_still_say_what_a_unit_of_measurement_is() -> None:
    units = Units([Definition("tonne", "1000 kilo"), Definition("kilo"), Definition("km", "1000 metre")])

    assert not units.refused
    assert units.parse("tonne").factor_to(units.parse("kilo")) == 1000
    assert units.parse("km").factor_to(units.parse("metre")) == 1000


def test_the_share_of_a_company_is_no_fraction() -> None:
    assert STANDARD.known("share") == "share"
    assert read_quantity("300 million shares", "share").unit == "share"


@pytest.mark.parametrize("text", ["5 km", "12 W/(m·K)", "3 kg/m3", "600 mg/24 h", "40 sq ft", "2h15m", "7 N·m"])
def test_a_value_in_a_unit_of_measurement_is_written_so_that_it_reads_back(text: str) -> None:
    quantity = read_quantity(text)
    again = read_quantity(write_quantity(quantity))

    assert (again.low, again.unit, again.granularity) == (quantity.low, quantity.unit, quantity.granularity)


def test_a_letter_that_touches_digits_is_asked_about_in_a_seed_file() -> None:
    with pytest.raises(NotationError, match="left over"):
        read_quantity("5m")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It took a quarter of an hour, or a fifth of a second.", [("0.25", "hour"), ("0.2", "second")]),
        ("The reservoir holds 12 hm³.", [("12", "hm**3")]),
        ("It makes 450 koz, 3.2 Moz and 20 kboepd.", [("450000", "ounce"), ("3200000", "ounce"), ("20000", "boe/day")]),
        ("Two to three hundred people came.", [("200..300", "person")]),
        ("Two or three dozen people came.", [("24..36", "person")]),
        ("Shares fell 2.1% to 4,300 points.", [("0.021", "fraction"), ("4300", "point")]),
        ("Files take 1.4 bytes per point.", [("1.4", "byte/point")]),
        ("气温下降5℃，最低零下12度。", [("5", "celsius"), ("-12", "度")]),
        ("用了一年半，超过一个世纪。", [("1.5", "year"), ("1", "century")]),
        ("2024年1—6月收入3亿元，15个工作日内答复。", [("300000000", "CNY"), ("15", "工作日")]),
        ("The board is 3-1/2 inches thick.", [("3.5", "inch")]),
        ("It emits 40 gCO2/kWh.", [("40", "gram/kwatt-hour")]),
        ("The lens gives a 10,000:1 contrast.", [("10000", "multiple")]),
        # A dash is a minus where it touches nothing but its number.
        ("It made –3.5 per cent, and –$5m.", [("-0.035", "fraction"), ("-5000000", "USD")]),
        ("Growth (–68%) and pages 5–7; prices – 3 people said – fell.", [("-0.68", "fraction"), ("3", "person")]),
        # what an amount is per
        ("At $100-a-barrel oil, a £30-a-month plan pays.", [("100", "USD/barrel"), ("30", "GBP/month")]),
        ("Earnings per share rose from $1.20 to $1.34.", [("1.2", "USD/share"), ("1.34", "USD/share")]),
        (
            "Das Ergebnis je Aktie stieg von 0,84 € auf 1,02 €, und der Umsatz betrug 3 Mio. €.",
            [("0.84", "EUR/share"), ("1.02", "EUR/share"), ("3000000", "EUR")],
        ),
        # digits of other scripts
        ("٣٥٠ people, ١٬٢٣٤ ships and १२३ cars", [("350", "person"), ("1234", "ship"), ("123", "car")]),
        ("5٣ people", []),
    ],
)
def test_figures_are_read_as_they_are_written(text: str, numbers: list[tuple[str, str]]) -> None:
    quantities = [mention.quantity for mention in scan(text)]
    ends = [f"{one.low:f}" if one.low == one.high else f"{one.low:f}..{one.high:f}" for one in quantities]
    assert list(zip(ends, (one.unit for one in quantities), strict=True)) == numbers
