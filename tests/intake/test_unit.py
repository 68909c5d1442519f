"""Units of a seed file are read with in the same import, kept like any entry, and never lost while in use."""

from pathlib import Path

import pytest

from kb.domain.entity import Figure, UnitDefinition, UnitKind
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from tests.intake.shelf import SOURCE, Shelf

UNITS = """\
kb: 1
id: units
units:
  - {id: petaflop-day, equals: petaflop*day}
  - {id: petaflop, equals: 10**15 flop/second}
  - {id: fortnight, equals: 14 day, aliases: [两周]}
  - {id: wafer, aliases: [晶圆]}
  - {id: usdt, kind: currency, code: USDT, sign: ₮, aliases: [tether]}
  - {id: mill, equals: 1/1000 USD}
measures:
  - {id: compute, label: Compute, unit: flop, kind: count}
  - {id: cost, label: Cost of a wafer, unit: USD/wafer, kind: price}
  - {id: bill, label: Bill, unit: USD/month, kind: flow}
  - {id: stake, label: Stake, unit: USDT, kind: stock}
"""

FIGURES = (
    SOURCE
    + """\
figures:
  - {id: training, measure: compute, value: 500 petaflop-days, at: L1}
  - {id: price, measure: cost, value: 16000 dollars per 晶圆, at: L2}
  - {id: cents, measure: cost, value: 90000 mills per wafer, at: L3}
  - {id: bill, measure: bill, value: $30 per fortnight, at: L4}
  - {id: stake, measure: stake, value: ₮20 million, at: L5}
calculations:
  - {id: batch, label: A batch, formula: 25 * n * price, inputs: {price: price, n: 4 wafers (assumed)}, unit: USD}
"""
)


@pytest.fixture
def fab(shelf: Shelf) -> Shelf:
    """A shelf on which units are declared and used."""
    return shelf.put(units=UNITS, deck=FIGURES)


def said(shelf: Shelf, slug: str) -> str:
    quantity = next(one.quantity for one in shelf.knowledge.figures.values() if one.slug == slug)
    return f"{quantity.low} {quantity.unit}"


def declared(shelf: Shelf) -> dict[str, UnitKind]:
    return {unit.name: unit.kind for unit in shelf.knowledge.units.values()}


def test_units_are_read_with_in_the_import_that_declares_them(fab: Shelf) -> None:
    assert fab.problems() == []
    fab.bring_in()
    figures = ("training", "price", "cents", "bill", "stake")
    assert [said(fab, f"deck/{name}") for name in figures] == [
        "500 petaflop-day",
        "16000 USD/wafer",
        "90000 mill/wafer",
        "30 USD/fortnight",
        "20000000 USDT",
    ]


def test_the_kind_of_a_unit_follows_from_its_definition(fab: Shelf) -> None:
    fab.bring_in()
    kinds = {name: str(kind) for name, kind in declared(fab).items()}
    assert kinds == {
        "petaflop": "compound",
        "petaflop-day": "count",
        "fortnight": "time",
        "wafer": "count",
        "USDT": "currency",
        "mill": "currency",
    }


def test_a_unit_is_told_behind_those_that_define_it(fab: Shelf) -> None:
    told = [fact.entity.slug for fact in fab.bring_in() if isinstance(getattr(fact, "entity", None), UnitDefinition)]
    assert told.index("petaflop") < told.index("petaflop-day")


def test_units_go_back_into_seed_files_and_say_nothing_new(fab: Shelf, tmp_path: Path) -> None:
    fab.bring_in()
    assert fab.exported(tmp_path / "again").bring_in() == ()


def test_an_import_that_says_the_same_is_no_event_and_a_new_definition_is_a_revision(fab: Shelf) -> None:
    fab.bring_in()
    assert fab.bring_in() == ()
    fab.put(units=UNITS.replace("14 day", "2 week, note: as before"))
    (fact,) = fab.bring_in()
    assert getattr(fact, "entity", None).equals == "2 week"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{id: shift, equals: 8 minuet}", "did you mean 'minute'"),
        ("{id: shift, equals: 8 sprocket}", "'sprocket', which is not a declared unit"),
        ("{id: shift, equals: 8}", "'8' is not an exact amount of a unit"),
        ("{id: shift, equals: sqrt(2) hour}", "not an exact amount of a unit"),
        ("{id: shift, equals: about 8 hour}", "not an exact amount of a unit"),
        ("{id: shift, equals: 3.14e2 hour}", "not an exact amount"),
        ("{id: shift, equals: 2 shift}", "these units are defined by each other: shift -> shift"),
        ("{id: month, equals: 30 day}", "'month' is the name of a unit already"),
        ("{id: people}", "'people' is the name of a unit already, of 'person'"),
        ("{id: usd, kind: currency, code: USD}", "'USD' is the name of a unit already"),
        ("{id: dozen, equals: 12 unit}", "'dozen' is a word for a number"),
        ("{id: batch, aliases: [百]}", "'百' is a word for a number"),
        ("{id: batch, aliases: [about]}", "'about' belongs to the words"),
        ("{id: batch, aliases: [big batch]}", "'big batch' cannot name a unit"),
        ("{id: 2x}", "'2x' cannot name a unit"),
        ("{id: x, kind: currency}", "a currency needs its code"),
        ("{id: x, kind: currency, code: dollar}", "the code of a currency"),
        ("{id: x, sign: ₮}", "only a currency has a sign"),
        ("{id: x, kind: currency, code: XYZ, sign: ab}", "'ab' is not a sign"),
        ("{id: x, kind: currency, code: XYZ, sign: $}", "'$' means USD already"),
        ("{id: shift, equals: 8 hour, kind: count}", "is of kind time"),
        ("{id: shift, kind: time}", "a unit of kind time is defined by others"),
        ("{id: wafer}\n  - {id: wafer}", "'wafer' is taken"),
        ("{id: wafer, aliases: [disc]}\n  - {id: plate, aliases: [disc]}", "'disc' is the name of a unit already"),
        ("{id: ox, equals: 2 cow}\n  - {id: cow, equals: 3 ox}", "by each other: ox -> cow -> ox"),
        ("{equals: 14 day}", "a unit needs the key 'id'"),
        ("{id: Wafer}", "Wafer"),
        ("{id: shift, equals: " + "9" * 5_000 + " hour}", "not an exact amount"),
    ],
)
def test_a_mistake_in_a_unit_is_said_at_its_line(shelf: Shelf, entry: str, says: str) -> None:
    shelf.put(units=f"kb: 1\nid: units\nunits:\n  - {entry}\n")
    found = shelf.reading().problems
    assert any(says in problem.what or says in problem.hint for problem in found), [str(one) for one in found]
    assert all(":4:" in problem.where or ":5:" in problem.where for problem in found)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("12 waffers", "did you mean 'wafer'"),
        ("3 fortnigths", "did you mean 'fortnight'"),
        ("40 hours", "is in hour, but"),
    ],
)
def test_a_slip_of_a_declared_unit_is_noticed(fab: Shelf, value: str, says: str) -> None:
    fab.put(deck=SOURCE + f"figures:\n  - {{id: a, measure: cost, value: {value}, at: L1}}\n")
    assert any(says in problem for problem in fab.problems())


def test_a_unit_in_use_cannot_be_retracted(fab: Shelf) -> None:
    fab.bring_in()
    fab.put(units="\n".join(line for line in UNITS.splitlines() if "id: fortnight" not in line) + "\n")
    problems = [str(problem) for problem in fab.planned(prune=True).problems]
    assert any("the unit 'fortnight' is gone, but the figure 'deck/bill' still uses it" in one for one in problems)
    fab.put(deck=FIGURES.replace("$30 per fortnight", "$60 per month"))
    assert fab.planned(prune=True).problems == ()


def test_a_unit_that_another_is_defined_by_cannot_be_retracted(fab: Shelf) -> None:
    fab.bring_in()
    fab.put(units="\n".join(line for line in UNITS.splitlines() if "id: petaflop," not in line) + "\n")
    assert any("'petaflop'" in str(problem) for problem in fab.planned(prune=True).problems)


def test_a_unit_that_is_renamed_keeps_its_old_name_as_long_as_somebody_uses_it(fab: Shelf) -> None:
    fab.bring_in()
    renamed = UNITS.replace("{id: fortnight,", "{id: half-month-of-weeks, was: fortnight,")
    alone = fab.put(units=renamed)
    assert any("fortnight" in str(problem) for problem in alone.planned("units").problems)
    kept = renamed.replace("aliases: [两周]", "aliases: [两周, fortnight]")
    unit, bill = fab.put(units=kept).bring_in("units")
    assert getattr(unit, "entity", None).slug == "half-month-of-weeks"  # type: ignore[union-attr]
    assert getattr(bill, "entity", None).quantity.unit == "USD/half-month-of-weeks"  # type: ignore[union-attr]


def test_a_new_definition_may_not_take_figures_from_their_measure(fab: Shelf) -> None:
    fab.bring_in()
    fab.put(units=UNITS.replace("equals: 14 day", "equals: 14 wafer"))
    (problem,) = fab.planned("units").problems
    assert problem.where == "figure deck/bill in deck"
    assert "is measured in USD/month, because this import changes unit fortnight" in problem.what


def test_a_figure_in_a_declared_unit_stays_a_figure_of_its_measure(fab: Shelf) -> None:
    fab.bring_in()
    units = fab.knowledge.unit_system
    month = units.parse("USD/fortnight").factor_to(units.parse("USD/month"))
    assert str(month) == "365/168"
    assert all(isinstance(figure, Figure) for figure in fab.knowledge.figures.values())


def test_figures_stand_where_the_declaration_of_their_unit_was_redacted(fab: Shelf) -> None:
    fab.bring_in()
    kept = [one for one in fab.knowledge.by_id.values() if not isinstance(one, UnitDefinition)]
    known = Knowledge.of(kept)
    assert {str(known.unit(figure.quantity.unit)) for figure in known.figures.values()} >= {"usdt", "USD/wafer"}
    assert analyse(known).positions
