"""Units are exact algebra, open to nouns that nobody declared."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.unit import NUMBER, STANDARD, Definition, Unit, UnitError, Units, parse_unit
from kb.domain.unit.names import CURRENCIES, NOUNS, singular

names = st.sampled_from(
    ["USD", "EUR", "token", "Mtoken", "month", "year", "hour", "person", "fraction", "multiple", "gadget"]
)
units = st.builds(
    lambda over, under: parse_unit("*".join(over) + "".join("/" + name for name in under)),
    st.lists(names, min_size=1, max_size=3),
    st.lists(names, max_size=2),
)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("USD/month", "USD/month"),
        ("tokens / month", "token/month"),
        ("USD/Mtok", "USD/Mtoken"),
        ("USD per month", "USD/month"),
        ("people", "person"),
        ("percent", "fraction"),
        ("fraction/month", "fraction/month"),
        ("1/month", "1/month"),
        ("hour*USD**2", "USD**2*hour"),
        ("USD/month/user", "USD/user/month"),
        ("gadgets", "gadget"),
        ("机构", "organization"),
        ("城堡", "城堡"),
        ("USD/USD", "1"),
    ],
)
def test_a_unit_has_one_canonical_text(text: str, canonical: str) -> None:
    assert str(parse_unit(text)) == canonical


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("USD/mnth", "did you mean 'month'"),
        ("tokne", "did you mean 'token'"),
        ("usd", "did you mean 'USD'"),
        ("XQZ", "not a currency code in use"),
        ("", "write one like"),
        ("USD/", "write one like"),
        ("8k", "write one like"),
        ("USD month", "write '*' or '/'"),
        ("USD**99", "power"),
        ("a" * 10_000, "at most"),
    ],
)
def test_a_slip_is_refused_with_what_was_meant(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="(?s)" + says.replace("*", r"\*")):
        parse_unit(text)


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("USD/month", "USD/year", Fraction(12)),
        ("month", "year", Fraction(1, 12)),
        ("quarter", "month", Fraction(3)),
        ("USD*token/Mtoken", "USD", Fraction(1, 1_000_000)),
        ("week", "day", Fraction(7)),
        ("fraction", "multiple", Fraction(1)),
        ("ktoken", "Mtoken", Fraction(1, 1000)),
    ],
)
def test_units_of_one_dimension_convert_exactly(one: str, other: str, factor: Fraction) -> None:
    assert parse_unit(one).factor_to(parse_unit(other)) == factor


def test_a_price_times_an_amount_is_money() -> None:
    cost = parse_unit("USD/Mtoken") * parse_unit("token")
    assert cost.same_dimension(parse_unit("USD"))
    assert str(cost.simplest) == "USD"
    assert 3 * cost.factor_to(parse_unit("USD")) == Fraction(3, 1_000_000)


def test_currencies_do_not_convert_and_the_error_names_both() -> None:
    with pytest.raises(ValueError, match="USD cannot be converted to EUR"):
        parse_unit("USD").factor_to(parse_unit("EUR"))


def test_what_stands_behind_a_slash_and_is_time_makes_a_flow() -> None:
    assert (parse_unit("USD/user/month").period, parse_unit("USD/Mtoken").period) == ("month", None)


def test_a_vocabulary_grows_without_touching_the_standard_one() -> None:
    bottled = Units(
        [Definition("crate", "12 bottle"), Definition("bottle", "", ("flagon",)), Definition("fortnight", "14 day")]
    )
    assert parse_unit("crate", bottled).factor_to(parse_unit("flagons", bottled)) == 12
    assert parse_unit("fortnight", bottled).factor_to(parse_unit("week")) == 2
    assert parse_unit("USD/fortnight", bottled).period == "fortnight"
    assert not parse_unit("crate").same_dimension(parse_unit("bottle"))


@pytest.mark.parametrize(
    ("definition", "says"),
    [
        (Definition("crate", "12 flagon"), "made of 'flagon', which is not a declared unit"),
        (Definition("crate", "12 tokne"), "did you mean 'token'"),
        (Definition("crate", "12 * * bottle"), "not an exact amount"),
        (Definition("crate", "crate"), "defined by each other: crate -> crate"),
        (Definition("month", "30 day"), "'month' is the name of a unit already"),
        (Definition("day-labour", spellings=("people",)), "'people' is the name of a unit already, of 'person'"),
        (Definition("a b"), "cannot name a unit"),
        (Definition("ａｂ"), "cannot name a unit"),
        (Definition("crate", "12"), "not an exact amount"),
        (Definition("crate", "0 token"), "made of nothing"),
        (Definition("crate", "1/0 token"), "not an exact amount"),
        (Definition("crate", "1,2 token"), "not an exact amount"),
        (Definition("crate", "1.5.2 token"), "not an exact amount"),
        (Definition("crate", "3.14159e-2 token"), "not an exact amount"),
        (Definition("crate", "9" * 10_000 + " token"), "not an exact amount"),
        (Definition("crate", "sqrt(2) token"), "not an exact amount"),
        (Definition("crate", "about 12 token"), "not an exact amount"),
    ],
)
def test_a_definition_that_defines_nothing_is_refused_and_says_why(definition: Definition, says: str) -> None:
    error = Units([definition]).refused[definition.name]
    assert says in f"{error}"


def test_units_that_are_defined_by_each_other_are_refused_and_the_others_stand() -> None:
    made = Units([Definition("a", "2 b"), Definition("b", "3 c"), Definition("c", "4 a"), Definition("ok", "5 day")])
    assert sorted(made.refused) == ["a", "b", "c"]
    assert "a -> b -> c -> a" in made.refused["a"].what
    assert made.known("ok") == "ok"


@pytest.mark.parametrize(
    ("amount", "factor"),
    [
        ("14 day", Fraction(14)),
        ("1/3 day", Fraction(1, 3)),
        ("0.1 day", Fraction(1, 10)),
        ("1,000 day", Fraction(1000)),
        ("10**15 day", Fraction(10**15)),
        ("2 week", Fraction(14)),
        ("day", Fraction(1)),
        ("12 * day", Fraction(12)),
    ],
)
def test_what_a_unit_comes_to_is_an_exact_amount(amount: str, factor: Fraction) -> None:
    assert parse_unit("shift", Units([Definition("shift", amount)])).factor_to(parse_unit("day")) == factor


def test_a_month_is_a_twelfth_of_365_days_and_says_nothing_rounded() -> None:
    month = parse_unit("month")
    assert month.factor_to(parse_unit("day")) == Fraction(365, 12)
    assert month.factor_to(parse_unit("week")) == Fraction(365, 84)
    assert parse_unit("USD/week").factor_to(parse_unit("USD/month")) == Fraction(365, 84)
    assert parse_unit("quarter").factor_to(parse_unit("day")) == Fraction(365, 4)


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("MW*hour", "MWh", 1),
        ("kWh", "W*hour", 1000),
        ("megawatt-hours", "MWh", 1),
        ("kUSD", "USD", 1000),
        ("GPU-hours", "gpu*minute", 60),
        ("person-month", "person*year", Fraction(1, 12)),
        ("USD/mtok", "USD/token", Fraction(1, 1_000_000)),
        ("USD/subscription/month", "USD/month/subscriptions", 1),
        ("token**2/token", "token", 1),
    ],
)
def test_prefixes_symbols_and_compounds_are_algebra(one: str, other: str, factor: Fraction | int) -> None:
    assert parse_unit(one).factor_to(parse_unit(other)) == factor


def test_a_ratio_that_a_seed_file_declares_keeps_its_size() -> None:
    units = Units([Definition("bp", "1/10000 fraction")])
    assert parse_unit("bp*USD", units).factor_to(parse_unit("USD")) == Fraction(1, 10_000)


def test_a_declared_compound_goes_before_the_product_of_its_parts() -> None:
    units = Units([Definition("petaflop-day", "petaflop*day"), Definition("petaflop", "10**15 flop/second")])
    assert parse_unit("petaflop-day", units).factor_to(parse_unit("flop")) == 86_400 * 10**15
    assert str(parse_unit("petaflop-days", units)) == "petaflop-day"


def test_two_units_that_differ_in_their_currency_alone_say_which_rate_joins_them() -> None:
    found = parse_unit("CNY/month").currency_difference(parse_unit("kUSD/year"))
    assert found and (found.from_currency, found.to_currency, found.power) == ("CNY", "USD", 1)
    assert parse_unit("token/CNY").currency_difference(parse_unit("token/USD")).power == -1  # type: ignore[union-attr]
    assert parse_unit("CNY/month").currency_difference(parse_unit("USD")) is None
    assert parse_unit("CNY/USD").currency_difference(parse_unit("EUR/USD")) is None
    assert str(parse_unit("kCNY/month").in_currency("USD")) == "USD/month"


def test_unknown_nouns_mean_the_same_in_whatever_order_they_come() -> None:
    assert parse_unit("sprockets/widget") == parse_unit("sprocket") / parse_unit("widgets")


@given(units)
def test_the_text_of_a_unit_is_the_unit(unit: Unit) -> None:
    assert parse_unit(str(unit)) == unit


@given(units, units)
def test_what_is_multiplied_can_be_divided_away(one: Unit, other: Unit) -> None:
    assert (one * other / other).factor_to(one) == 1


@given(units, units)
def test_multiplying_does_not_mind_the_order(one: Unit, other: Unit) -> None:
    assert one * other == other * one


@given(units)
def test_a_unit_by_itself_is_a_number(unit: Unit) -> None:
    assert (unit / unit).is_dimensionless
    assert (unit**0) == NUMBER


@given(units, st.integers(1, 3))
def test_a_power_is_repeated_multiplication(unit: Unit, power: int) -> None:
    product = NUMBER
    for _ in range(power):
        product = product * unit
    assert (unit**power).dimension == product.dimension
    assert (unit**power).factor == product.factor


@given(st.text(max_size=40))
def test_any_text_is_a_unit_or_a_value_error(text: str) -> None:
    try:
        unit = parse_unit(text)
    except ValueError:
        return
    assert parse_unit(str(unit)) == unit


@pytest.mark.parametrize("noun", ["nan", "inf", "infinity", "e", "pi", "ga", "gas", "kusdt", "kitchen"])
def test_a_noun_is_a_unit_of_its_own_whatever_else_it_may_mean(noun: str) -> None:
    assert parse_unit(noun).dimension == ((noun, 1),)
    assert str(parse_unit(f"USD/{noun}")) == f"USD/{noun}"


@pytest.mark.parametrize("text", ["", " ", "-nan", "1e999", "٣", "m²", "USD**²", "USD^⁵", "nan nan", "½"])
def test_what_is_no_unit_is_an_error_with_a_hint(text: str) -> None:
    with pytest.raises(UnitError):
        parse_unit(text)


@given(st.sampled_from(sorted(NOUNS | CURRENCIES)))
def test_the_singular_of_a_singular_is_itself(noun: str) -> None:
    assert singular(singular(noun)) == singular(noun)


@pytest.mark.parametrize("text", ["XYZ/month", "mnth", "petaflop-day", "tok-en", "usd"])
def test_a_unit_that_was_read_once_can_be_recalled_when_its_declaration_is_gone(text: str) -> None:
    assert str(STANDARD.parse_recorded(text)) == ("petaflop*day" if text == "petaflop-day" else text)


def test_what_never_was_a_unit_is_not_recalled() -> None:
    with pytest.raises(UnitError):
        STANDARD.parse_recorded("USD//month")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("km2", "km**2"), ("mg/m3", "mg/metre**3"), ("ft2", "foot**2"), ("h2", "h2"), ("kg2", "kg2"), ("m4", "m4")],
)
def test_a_length_with_a_two_or_three_is_an_area_or_a_volume(text: str, unit: str) -> None:
    assert str(parse_unit(text)) == unit
