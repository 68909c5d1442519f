"""Several currencies in one seed file: welcome where a recorded rate joins them, and told apart where none does."""

import pytest

from tests.intake.shelf import SOURCE, Shelf

WORDS = """\
kb: 1
id: words
measures:
  - {id: price, label: Price, unit: USD/month, kind: price, keys: [as-of]}
  - {id: yuan, label: Yuan a dollar, unit: CNY/USD, kind: exchange-rate, keys: [as-of]}
  - {id: hours, label: Hours, unit: hour, kind: duration}
"""

RATE = "  - {id: rate, measure: yuan, value: 7.1 yuan per dollar, scope: {as-of: 2026-03}, at: L1}\n"
FIGURES = """\
  - {id: here, measure: price, value: $200 / month, scope: {as-of: 2026-03}, at: L2}
  - {id: there, measure: price, value: ¥1400 / month, scope: {as-of: 2026-03}, at: L3}
  - {id: worked, measure: hours, value: 40 hours, at: L4}
"""


def calculation(formula: str, **inputs: str) -> str:
    given = "".join(f"      {name}: {value}\n" for name, value in inputs.items())
    return f"calculations:\n  - id: sum\n    label: Sum\n    formula: {formula}\n    inputs:\n{given}"


def deck(*parts: str) -> str:
    return SOURCE + "figures:\n" + "".join(parts)


@pytest.fixture
def bank(shelf: Shelf) -> Shelf:
    """A shelf on which a measure of exchange rates is declared."""
    return shelf.put(words=WORDS)


def test_an_amount_in_another_currency_is_a_figure_of_its_measure(bank: Shelf) -> None:
    bank.put(deck=deck(RATE, FIGURES))
    assert (bank.problems(), bank.reading().warnings) == ([], ())


def test_without_a_rate_it_is_doubtful_and_the_author_hears_what_to_record(bank: Shelf) -> None:
    bank.put(deck=deck(FIGURES))
    (warning,) = bank.reading().warnings
    assert "deck.yaml:6:40" in warning.where
    assert "no rate from CNY to USD is recorded" in warning.what
    assert "kind exchange-rate in CNY/USD" in warning.hint


@pytest.mark.parametrize(
    ("unit", "value", "is_shared"),
    [("CAD", "$5", True), ("DKK", "22 million kroner", True), ("JPY", "¥500", True), ("CAD", "US$5", False)],
)
def test_a_sign_that_may_mean_the_currency_of_the_measure_is_named(
    shelf: Shelf, unit: str, value: str, is_shared: bool
) -> None:
    measure = f"measures: [{{id: a, label: A, unit: {unit}, kind: price}}]\n"
    shelf.put(deck=f"{SOURCE}{measure}figures: [{{id: b, measure: a, value: {value}, at: L1}}]\n")
    (warning,) = shelf.reading().warnings
    assert (f"if {unit} is meant, write {unit} in place of the sign" in warning.hint) == is_shared


def test_a_formula_may_add_currencies_that_a_rate_joins(bank: Shelf) -> None:
    bank.put(deck=deck(RATE, FIGURES) + calculation("a + b", a="here", b="there"))
    assert bank.problems() == []
    bank.bring_in()
    assert (
        bank.put(more="kb: 1\nid: more\n" + calculation("a + b", a="deck/here", b="deck/there")).problems("more") == []
    )


@pytest.mark.parametrize(
    ("formula", "column", "says"),
    [
        ("a + b", 18, "no rate from CNY to USD is recorded"),
        ("a - 2 * b", 18, "no rate from CNY to USD is recorded"),
        ("a + c", 18, "adds USD/month and hour"),
        ("(a + a) * 2 - c", 28, "subtracts"),
        ("min(a, a, c)", 24, "takes the min of"),
        ("a > c", 18, "compares USD/month and hour"),
        ("2 ** a", 19, "a power is a pure number"),
        ("a + 3", 18, "adds USD/month and 1"),
    ],
)
def test_what_does_not_add_up_is_said_at_the_operand(bank: Shelf, formula: str, column: int, says: str) -> None:
    inputs = {name: figure for name, figure in (("a", "here"), ("b", "there"), ("c", "worked")) if name in formula}
    bank.put(deck=deck(FIGURES) + calculation(formula, **inputs))
    (problem,) = bank.problems()
    assert problem.startswith(f"deck.yaml:11:{column}: "), problem
    assert says in problem


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("value: 7.1 yuan per dollar", "an exchange rate holds for a time"),
        ("value: 0 CNY/USD, scope: {as-of: 2026-03}", "an exchange rate is a number above zero"),
        ("value: 7.1, scope: {as-of: soon}", "'soon' is not a time"),
        ("value: 7.1 EUR/USD, scope: {as-of: 2026-03}", "is in EUR/USD, but 'yuan' is measured in CNY/USD"),
        ("value: 7.1 CNY, scope: {as-of: 2026-03}", "is in CNY, but"),
    ],
)
def test_a_rate_that_converts_nothing_is_a_mistake(bank: Shelf, entry: str, says: str) -> None:
    bank.put(deck=deck("  - {id: rate, measure: yuan, at: L1, " + entry + "}\n"))
    assert any(says in problem for problem in bank.problems()), bank.problems()


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ("{id: x, label: X, unit: CNY, kind: exchange-rate, keys: [as-of]}", "one currency over another, not CNY"),
        ("{id: x, label: X, unit: CNY/hour, kind: exchange-rate, keys: [as-of]}", "one currency over another"),
        ("{id: x, label: X, unit: CNY/USD, kind: exchange-rate}", "an exchange rate holds for a time"),
    ],
)
def test_a_measure_of_exchange_rates_is_one_currency_over_another_at_a_time(
    bank: Shelf, measure: str, says: str
) -> None:
    bank.put(words=f"kb: 1\nid: words\nmeasures:\n  - {measure}\n")
    assert any(says in problem for problem in bank.problems()), bank.problems()
