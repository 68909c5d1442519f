"""The break-even grid: two inputs, the result for each pair, and where the answer turns."""

from fractions import Fraction

import pytest

from kb.domain.entity import Question
from kb.reasoning.answers.grid import BreakEvenGrid, ValueSource, break_even_grid
from kb.reports.paper import Emphasis, Table
from kb.reports.report.grid import grid_blocks
from kb.reports.view import View
from tests.answers.test_missing import ASKED_IN_MONEY, FEE, plan
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source
from tests.reports.seen import seen

ASKED = question(decided_by=("margin", "<", "0"))


def grid(view: View, asked: Question) -> BreakEvenGrid | None:
    assert asked.decided_by
    return break_even_grid(view.analysis.slices[asked.id], asked.decided_by)


def margins(formula: str = "1 - cost / fee", **inputs: object) -> View:
    stated = [figure(text, id=id, of="cost", by=id) for id, text in (("low", "$100 / month"), ("high", "$300 / month"))]
    return seen(
        measure("fee", "USD/month", "price"),
        measure("cost", "USD/month", "price"),
        *(source(id) for id in ("low", "high")),
        ASKED,
        FEE,
        *stated,
        claim("plain"),
        argument("a", "question:loss:yes", "claim:plain"),
        calculation("margin", formula, **(inputs or {"cost": "measure cost", "fee": "figure fee"})),
    )


def test_what_nobody_states_is_across_and_what_is_assumed_is_down() -> None:
    made = grid(plan(), ASKED_IN_MONEY)
    assert made and (made.across.input, made.down.input) == ("mean_use", "share")
    assert {value.source for value in made.across.values} == {ValueSource.TRIED}
    assert ValueSource.ASSUMED in {value.source for value in made.down.values}


def test_a_row_turns_where_its_cells_do() -> None:
    made = grid(plan(), ASKED_IN_MONEY)
    assert made
    for cells, turn in zip(made.cells, made.turns, strict=True):
        truths = [cell.holds for cell in cells]
        holds = [value.value > turn for value in made.across.values] if turn else truths
        assert truths == holds


def test_stated_values_keep_their_mark_and_their_result() -> None:
    made = grid(margins(), ASKED)
    assert made
    stated = [at for at, value in enumerate(made.across.values) if value.source is ValueSource.STATED]
    assert [made.across.values[at].value for at in stated] == [100, 300]
    (fee,) = [at for at, value in enumerate(made.down.values) if value.value == 200]
    results = [made.cells[fee][at].result for at in stated]
    assert [result.low for result in results if result] == [Fraction(1, 2), Fraction(-1, 2)]
    assert [made.cells[fee][at].holds for at in stated] == [False, True]


def test_cells_of_stated_assumed_and_computed_values_differ_in_type() -> None:
    view = margins(cost="measure cost", fee="$200 / month")
    (table,) = [block for block in grid_blocks(view, ASKED) if isinstance(block, Table)]
    kinds = {type(part) for row in table.rows for cell in row[1:-1] for part in cell}
    assert kinds == {str, Emphasis}


@pytest.mark.parametrize(
    ("formula", "inputs"),
    [("1 - cost / 200", {"cost": "measure cost"}), ("cost > fee", {"cost": "measure cost", "fee": "figure fee"})],
    ids=["one input", "a comparison"],
)
def test_without_two_inputs_and_a_number_there_is_no_grid(formula: str, inputs: dict[str, object]) -> None:
    assert grid(margins(formula, **inputs), ASKED) is None


def test_a_question_that_no_calculation_decides_has_no_grid() -> None:
    view = seen(question(), claim("plain"), argument("a", "question:loss:yes", "claim:plain"))
    assert not list(grid_blocks(view, question()))
