"""How the figures of one measure lie on one axis."""

from fractions import Fraction

import pytest

from kb.domain.entity import Measure
from kb.domain.finding import Verdict
from kb.reports.evidence import figure as figure_page
from kb.reports.finding import group
from kb.reports.plot import WIDTH, axis_for, plot, ticks
from kb.reports.value import Mark, Plot
from kb.reports.view import View
from kb.reports.vocabulary import measure as measure_page
from tests.reasoning.story import argument, calculation, claim, figure, measure
from tests.reports.seen import seen


def drawn(view: View) -> Plot:
    (found,) = view.knowledge.measures.values()
    made = plot(view, found, tuple(view.knowledge.figures.values()))
    assert made
    return made


def slugs(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.ref.slug for mark in marks]


def test_rows_rise_from_the_lowest_number() -> None:
    said = {"high": "$14k / month", "low": "$2k / month", "middle": "$8k / month"}
    view = seen(measure(), *(figure(text, id=id) for id, text in said.items()))
    assert slugs(drawn(view).marks) == ["low", "middle", "high"]


def test_a_repeated_number_stands_under_the_one_that_it_repeats() -> None:
    view = seen(
        measure(),
        figure("$8k / month", id="first"),
        figure("$9k / month", id="other"),
        figure("$8k / month", id="again", by="paper", repeats="first"),
    )
    marks = drawn(view).marks
    assert slugs(marks) == ["first", "again", "other"]
    assert [mark.depends for mark in marks] == [False, True, False]


def test_a_floor_is_open_above_and_a_ceiling_below() -> None:
    said = ("upward of $2,000-3,000 / month", "under $9k / month")
    view = seen(measure(), *(figure(text) for text in said))
    floor, ceiling = drawn(view).marks
    assert (floor.open_low, floor.open_high) == (False, True)
    assert floor.x0 < floor.x1
    assert (ceiling.open_low, ceiling.open_high) == (True, False)


def test_numbers_in_another_period_are_laid_on_the_same_axis() -> None:
    view = seen(measure(), figure("$12k / year", id="yearly"), figure("$1k / month", id="monthly"))
    yearly, monthly = (mark for mark in drawn(view).marks)
    assert yearly.x0 == monthly.x0


def test_what_has_no_number_on_this_scale_is_left_out_and_said() -> None:
    view = seen(measure(), figure("$8k / month", id="money"), figure("12 hours", unit="hour", id="hours"))
    made = drawn(view)
    assert slugs(made.marks) == ["money"]
    assert "One figure without a number on this scale, left out." in made.text


def test_nothing_to_draw_gives_no_plot() -> None:
    view = seen(measure())
    (found,) = view.knowledge.measures.values()
    assert isinstance(found, Measure)
    assert plot(view, found, ()) is None


@pytest.mark.parametrize(
    ("values", "logarithmic"),
    [((100, 2001), True), ((100, 2000), False), ((-1, 500), False), ((0, 500), False), ((40,), False)],
)
def test_the_axis_is_logarithmic_only_over_a_span_of_more_than_twenty_times(
    values: tuple[int, ...], logarithmic: bool
) -> None:
    assert axis_for([Fraction(value) for value in values]).logarithmic is logarithmic


@pytest.mark.parametrize("values", [(1, 3), (-350, 40), (7, 7), (0, 0), (2, 10**9), (Fraction(1, 7), 10**15)])
def test_everything_lies_on_the_paper_and_ticks_are_few(values: tuple[Fraction | int, ...]) -> None:
    axis = axis_for([Fraction(value) for value in values])
    marks = ticks(axis)
    assert 2 <= len(marks) <= 8
    assert list(marks) == sorted(set(marks))
    assert all(0 <= axis.x(float(value)) <= WIDTH for value in (*values, *marks))


FEE = figure("$200 / month", id="paid", of="fee", by="deck")
CHECKED = (
    measure("fee", "USD/month", "price"),
    measure("bill", "USD/month", "price"),
    FEE,
    figure("$200 / month", of="fee", by="memo"),
    figure("$900 / month", id="stated", of="bill", by="blog"),
    calculation("twice", "fee * 2", fee="figure paid", checks=("stated",)),
)


def test_the_plot_of_a_check_draws_the_computed_number_beside_the_stated_one() -> None:
    sheet = group(seen(*CHECKED), "calculation", "twice")
    assert sheet
    assert sheet.plot
    assert [(mark.label, mark.source) for mark in sheet.plot.marks] == [
        ("$400 a month", "Calculated"),
        ("$900 a month", "Blog"),
    ]
    assert sheet.plot.marks[0].ref.kind == "calculation"
    assert "Calculated: $400 a month" in sheet.plot.text


def test_a_confirmed_fee_has_no_part_in_a_dispute_over_a_result_that_uses_it() -> None:
    view = seen(*CHECKED)
    assert {finding.verdict for finding in view.findings_of[FEE.id]} == {Verdict.AGREEMENT, Verdict.CONFLICT}
    sheet, checked = (measure_page(view, name) for name in ("fee", "bill"))
    assert sheet
    assert sheet.plot
    assert {mark.verdict for mark in sheet.plot.marks} == {"agreement"}
    assert checked
    assert checked.plot
    assert {mark.verdict for mark in checked.plot.marks} == {"conflict"}


def test_what_depends_on_a_mention_depends_on_the_number_itself() -> None:
    again = figure("$200 / month", id="again", of="fee", by="memo", repeats="paid")
    users = calculation("thrice", "x * 3", x="figure again"), argument("because", "claim:dear", "figure:again")
    page = figure_page(seen(CHECKED[0], FEE, again, claim("dear"), *users), "paid")
    assert page
    assert [link.slug for link in page.calculations] == ["thrice"]
    assert [link.slug for link in page.arguments] == ["because"]
