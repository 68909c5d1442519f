"""Labels and names are no figures, words that limit a number are kept, and the scale of a table counts."""

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import scan


def read(text: str) -> list[tuple[str, ...]]:
    quantities = [mention.quantity for mention in scan(text)]
    return [(f"{one.low:f}", f"{one.high:f}", str(one.bound), str(one.hedge), one.unit) for one in quantities]


def numbers(text: str) -> list[tuple[str, str]]:
    return [(f"{mention.quantity.low:f}", mention.quantity.unit) for mention in scan(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Stage 4b follows Annex 2m and Section 7k.",
        "The board approved Phase Two in 2019.",
        "He wrote Part Three of 9 in 1950.",
        "The Five Sisters cliffs and the Seven Dials market.",
        "It runs with numpy 2.1 and scipy 1.14.1 at level -3.",
        "Flat 6b is let.",
        "See Form 10k and Chapter Four of 1998.",
        "In Unit 7 at Gills Quay they rested for once.",
        "Dial the desk, code 4471. Samples 3 to 8 were clean.",
        "见附件3和附件4，详见附表2。",
        "住在大楼401室。",
        "See section 3.2. Licence: Apache 2.0. Copyright by all.",
        "Samples 3 and 8 contained traces of nuts.",
        "Writes are faster than in 1.9, and the old form was removed in 3.0.",
        "Das geht seit 2.7 nicht mehr.",
        "A Boeing 737-800 landed.",
        "It was a 5-1 vote.",
        "It listens on port 8080 and ports 80 and 443, and status 503 came with error 500.",
        "It returned a 404 error and exited with signal 9.",
        "Call slot 3 of channel 40.",
        "The shares of 3M fell after 3M said that it would close 3M's mine.",
        "He works for 3M.",
        "It supports 4K video; a 4K monitor shows films shot in 4K.",
        "She ran a 5K race.",
        "Seven Sisters is a cliff. Three Mile Island closed. Three Gorges Dam was built.",
        "Run it with --level=-2 --jobs=8 and see, or with -j 8 alone.",
        "RFC 2616 defines the protocol; Section 230 protects the sites.",
        "Fiscal 2023/24 and fiscal 24 ended; 2023/24财年结束。",
    ],
)
def test_a_label_or_a_name_is_known_by_its_form(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("All but 3 of 50 firms paid.", "0.94"),
        ("All but three of the 50 states agreed.", "0.94"),
        ("All except 5% of homes have water.", "0.95"),
        ("Alle bis auf 3 von 50 Firmen zahlten.", "0.94"),
    ],
)
def test_exceptions_to_a_whole_leave_the_rest_of_it(text: str, value: str) -> None:
    assert numbers(text) == [(value, "fraction")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sales came to 3b last year.", [("3000000000", "")]),
        ("Over 2m riders came.", [("2000000", "rider")]),
        ("Two Norwegians won.", [("2", "norwegian")]),
        ("Some 40 Labour MPs left.", [("40", "mp")]),
        ("It used 4.5 litres.", [("4.5", "litre")]),
        ("Apple Sells 12 Phones In London\n", [("12", "phone")]),
        ("They took 30 samples.", [("30", "sample")]),
        ("At the port 40 ships waited.", [("40", "ship")]),
        ("It has 4K users and 3M readers.", [("4000", "user"), ("3000000", "reader")]),
        ("It grew by 4K overnight.", [("4000", "")]),
        ("Over 3M said yes.", [("3000000", "")]),
        ("The errors rose to 500 a day.", [("500", "1/day")]),
        ("They took samples 3 and 12 times.", [("12", "")]),
        ("Council Today Approves 12 New Homes\nIt was a long debate.", [("12", "home")]),
        ("全省有12.5万辆重型货车。", [("125000", "货车")]),
        ("共有12室。", [("12", "")]),
        ("新增附件3份。", [("3", "")]),
        ("住房由1280套减少到460套。", [("1280", ""), ("460", "")]),
        ("关停药店减少，3家药店减少了收入。", [("3", "药店")]),
        ("317户收入超标，5户企业搬走。", [("317", "household"), ("5", "company")]),
    ],
)
def test_a_figure_is_not_taken_for_a_label(text: str, figures: list[tuple[str, str]]) -> None:
    assert numbers(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It will take up to a decade.", ("10", "10", "at_most", "none", "year")),
        ("It lasted over a year.", ("1", "1", "more_than", "none", "year")),
        ("It was done in under an hour.", ("1", "1", "less_than", "none", "hour")),
        ("It took half a year.", ("0.5", "0.5", "exact", "none", "year")),
        ("It took one quarter.", ("1", "1", "exact", "none", "quarter")),
        ("Ferries were late for weeks.", ("2", "10", "range", "order_of_magnitude", "week")),
        ("Barely 30 people came.", ("30", "30", "exact", "nearly", "person")),
        ("Not even 30 people came.", ("30", "30", "less_than", "none", "person")),
        ("He paid a seven-figure sum.", ("1000000", "9999999", "range", "order_of_magnitude", "")),
        ("船上足足 50 人。", ("50", "50", "at_least", "none", "person")),
        ("滞留不得超过30天。", ("30", "30", "at_most", "none", "day")),
        ("船上从未超过40人。", ("40", "40", "at_most", "none", "person")),
        ("人数不应少于5人。", ("5", "5", "at_least", "none", "person")),
        ("超过30天。", ("30", "30", "more_than", "none", "day")),
        ("全省约有12.5万辆货车。", ("125000", "125000", "exact", "about", "货车")),
        ("队伍长了一公里多。", ("1", "1", "more_than", "just_over", "km")),
        ("It holds 150 MB plus.", ("150", "150", "at_least", "none", "MB")),
        ("船上不过 50 人。", ("50", "50", "at_most", "none", "person")),
        ("票价 60 元起。", ("60", "60", "at_least", "none", "CNY")),
        ("受理投诉60起。", ("60", "60", "exact", "none", "")),
        ("月薪3万4000元。", ("34000", "34000", "exact", "none", "CNY/month")),
        ("岛上有1千零20人。", ("1020", "1020", "exact", "none", "person")),
        ("除7个尚在整改外都已完成。", ("7", "7", "exact", "none", "")),
    ],
)
def test_words_that_limit_a_number_are_kept(text: str, figure: tuple[str, ...]) -> None:
    assert read(text) == [figure]


def test_plus_between_two_amounts_adds_and_limits_neither() -> None:
    assert [figure[2] for figure in read("It takes 150 MB plus 12 bytes, or $5 plus $2 of tax.")] == ["exact"] * 4


@pytest.mark.parametrize("text", ["A quarter of them left.", "Less than a quarter of riders came."])
def test_a_quarter_of_something_is_a_share(text: str) -> None:
    assert [unit for _, unit in numbers(text)] == ["fraction"]


def test_the_scale_of_a_table_multiplies_its_cells() -> None:
    table = "| (US$ in thousands) | 2024 | 2023 |\n|---|---|---|\n| Fares | 1,250 | 1,100 |\n| Loss | (1,240) | 3% |\n"

    assert numbers(table) == [("1250000", "USD"), ("1100000", "USD"), ("-1240000", "USD"), ("0.03", "fraction")]


def test_the_name_of_a_row_and_the_head_of_a_column_give_scales_of_their_own() -> None:
    table = "| Pier | Fares ($m) | Boats |\n|---|---|---|\n| North | 12.5 | 30 |\n| Costs, € million | 4 | 5 |\n"

    assert numbers(table) == [("12500000", "USD"), ("30", ""), ("4000000", "EUR"), ("5000000", "EUR")]


def test_a_scale_outside_of_a_table_is_a_number() -> None:
    assert numbers("They came in millions of boats.") == [("2000000", "boat")]


def test_a_fraction_of_a_scale_is_an_amount() -> None:
    quantity = read_quantity("3 1/2 million tonnes")
    assert (quantity.low, quantity.unit) == (3_500_000, "tonne")


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("90日内完成整改，5年内部署。", [("90日内", "at_most"), ("5年内", "at_most")]),
        ("500米内禁止停车，贷款在10万元内。", [("500米内", "at_most"), ("10万元内", "at_most")]),
        ("三年内部收益率为8%。", [("三年", "exact"), ("8%", "exact")]),
        ("3家内地企业。", [("3家", "exact")]),
        (
            "Zahlbar innerhalb von 14 Tagen oder binnen 3 Monaten.",
            [("innerhalb von 14 Tagen", "at_most"), ("binnen 3 Monaten", "at_most")],
        ),
    ],
)
def test_what_is_measured_is_limited_by_within(text: str, limits: list[tuple[str, str]]) -> None:
    assert [(one.quantity.as_written, str(one.quantity.bound)) for one in scan(text)] == limits


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("They pay $10-15/hour now.", ("10", "15", "USD/hour")),
        ("Guides cost $10-12 per day.", ("10", "12", "USD/day")),
        ("It was a €12-14 fee.", ("12", "14", "EUR")),
        ("A shop with 10-15 staff opened.", ("10", "15", "staff")),
        ("A trip of 10-12/day was usual.", ("10", "12", "1/day")),
        ("Die Fahrt kostet 10-12 € am Ende.", ("10", "12", "EUR")),
    ],
)
def test_two_numbers_with_a_sign_a_rate_or_a_noun_are_a_range(text: str, ends: tuple[str, str, str]) -> None:
    assert [(low, high, unit) for low, high, _, _, unit in read(text)] == [ends]


@pytest.mark.parametrize("text", ["Logged 11-24 12:01.", "They met on 10-15 and on 03-15.", "On 10-15 staff met."])
def test_a_month_and_a_day_stay_a_date(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("They sold 1950 seats.", ("1950", "seat")),
        ("The firm has 2020 employees.", ("2020", "employee")),
        ("It built 2024 homes.", ("2024", "home")),
        ("Die Firma verkaufte 1950 Karten.", ("1950", "karten")),
    ],
)
def test_a_verb_shows_that_four_digits_count_their_noun(text: str, figure: tuple[str, str]) -> None:
    assert numbers(text) == [figure]


def test_four_digits_of_what_has_a_year_stay_one() -> None:
    text = "The 2024 elections came. The firm had 2023 results. By 2020 homes were dear. It published 2019 accounts."
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Net loss was $(3) billion.", ("-3000000000", "USD")),
        ("It was €(4)m this year.", ("-4000000", "EUR")),
        ("The spread moved (12) bps.", ("-0.0012", "fraction")),
        ("A loss of (3.2) million dollars.", ("-3200000", "USD")),
        ("Es waren (3) Millionen Euro.", ("-3000000", "EUR")),
    ],
)
def test_brackets_before_a_scale_make_an_amount_negative(text: str, figure: tuple[str, str]) -> None:
    assert numbers(text) == [figure]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Growth was (12%).", "-0.12"),
        ("Growth was (3.5 percent) last year.", "-0.035"),
        ("The share was (12%) higher.", "0.12"),
        ("The share rose (12%).", "0.12"),
    ],
)
def test_brackets_around_a_share_behind_a_verb_are_a_minus(text: str, value: str) -> None:
    assert numbers(text) == [(value, "fraction")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Seven sisters live here.", [("7", "sister")]),
        ("Three Russians left.", [("3", "russian")]),
        ("Two Boeing jets landed.", [("2", "jet")]),
        ("Three New York hospitals closed.", [("3", "hospital")]),
        ("Two Swiss francs is the price.", [("2", "CHF")]),
        ("The balance was -5.", [("-5", "")]),
        ("It fell -a 5% drop.", [("0.05", "fraction")]),
    ],
)
def test_a_capital_a_hyphen_or_a_verb_alone_makes_no_label(text: str, figures: list[tuple[str, str]]) -> None:
    assert numbers(text) == figures


def test_the_mark_of_a_note_or_a_list_is_no_negative_number() -> None:
    assert numbers("The plan (3) says that (1) people came, (2) nobody left.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The airline has 747s, 787s and 787-9s.",
        "Under 18s pay less, and the over-65s ride free.",
        "A ban on under 16s stands.",
        "The 747s and the 319s are old.",
        "Boeing 777s flew.",
    ],
)
def test_a_plural_in_s_is_no_number_of_seconds(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("It took 45s to load.", "45"),
        ("Pages load in under 18s today.", "18"),
        ("Timeout: 95s.", "95"),
        ("The search runs for 2.5s.", "2.5"),
        ("It waited 25s.", "25"),
    ],
)
def test_a_small_s_behind_a_time_is_seconds(text: str, seconds: str) -> None:
    assert numbers(text) == [(seconds, "second")]


def test_two_numbers_side_by_side_are_no_quotient() -> None:
    assert numbers("Blood pressure was 120/80 mmHg, then 135/85.") == []
    assert numbers("They split it 70/30.") == [("70", ""), ("30", "")]
    assert numbers("It is 11/8 inch wide, and 3/4 of them fit.") == [("1.375", "inch"), ("0.75", "fraction")]
