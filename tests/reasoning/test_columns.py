"""Many figures at once come out exactly as measure by measure: same positions, same neighbours, same verdicts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.domain.scope import ScopeSelection
from kb.reasoning.column.compared import compared, some
from kb.reasoning.column.exact import Rows
from kb.reasoning.column.group import Groups, Row
from kb.reasoning.column.judge import GROUNDS, VERDICTS
from kb.reasoning.column.known import Known
from kb.reasoning.column.quiet import quiet
from kb.reasoning.comparison.verdict import Ground, compare
from kb.reasoning.findings.disagreement import compare_position_scopes
from kb.reasoning.findings.position import Position, pairs, survey
from kb.reasoning.reconcile import Reconciler
from tests.reasoning.story import each, figure, measure, source, term, told, year

Noticed = dict[tuple[Id, Id], tuple[Verdict, Ground, bool, float]]


def one_by_one(knowledge: Knowledge) -> tuple[set[tuple[Id, ...]], Noticed]:
    """Positions as their figures, and what came of each pair, as the engine finds it for one measure at a time."""
    positions, noticed = set(), {}
    for one in knowledge.measures.values():
        found = survey(knowledge, one)
        positions |= {stated_by(position) for position in found.positions}
        for left, right in pairs(found.positions):
            match = compare_position_scopes(knowledge, found, left, right)
            ids = (left.figures[0], right.figures[0])
            one_sided = match.uncertain
            if match.comparable:
                came = compare(left.topmost.normalized, right.lowest.normalized, one_sided=one_sided)
                noticed[ids] = (came.verdict, came.ground, one_sided, float(came.severity))
            elif not match.different_offers and not left.stated.meets(right.stated):
                noticed[ids] = (Verdict.NOT_COMPARABLE, Ground.SCOPE, one_sided, 0.0)
    return positions, noticed


def stated_by(position: Position) -> tuple[Id, ...]:
    return tuple(sorted(position.figures))


def all_at_once(knowledge: Knowledge) -> tuple[set[tuple[Id, ...]], Noticed]:
    known = Known.of(knowledge)
    found = compared(known.columns, known)
    assert not len(found.untold)
    ids = [known.figures[row].id for row in found.row]
    held: dict[int, dict[int, Id]] = {}
    for row, position in enumerate(found.positions.of_row.tolist()):
        held.setdefault(position, {}).setdefault(int(known.columns.origin[row]), ids[row])
    first = [ids[row] for row in found.positions.first]
    assert [len(voices) for voices in held.values()] == [found.positions.voices[position] for position in held]
    noticed = {
        (first[left], first[right]): (VERDICTS[verdict], GROUNDS[ground], bool(one_sided), severity)
        for left, right, verdict, ground, one_sided, severity in zip(
            *(part.tolist() for part in (found.left, found.right, found.verdict, found.ground, found.one_sided)),
            found.severity.tolist(),
            strict=True,
        )
    }
    assert len(noticed) == len(found.left)
    return {tuple(sorted(voices.values())) for voices in held.values()}, noticed


MEASURES = [
    measure("value", "USD/month", "flow", "vendor", "plan", "period"),
    measure("fee", "USD/month", "price", "vendor", "billing"),
    measure("share", "fraction", "ratio", "vendor", "plan"),
    measure("price", "USD/Mtoken", "price", "vendor"),
]
UNITS = {
    "value": ["USD/month", "USD/year", "USD/quarter", "USD/day", "USD", "EUR/month"],
    "fee": ["USD/month", "USD/year"],
    "share": ["fraction"],
    "price": ["USD/Mtoken", "USD/ktoken"],
}
TERMS: list[AnyEntity] = [
    term("labs"),
    term("acme", part_of="labs"),
    term("bolt", part_of="labs"),
    *(term("cask"), term("dove"), term("max", "plan"), term("pro", "plan"), term("yearly", "billing")),
]
SOURCES = [source("deck"), source("memo"), source("blog"), source("tale", translation_of="deck")]
SPRING = ScopeSelection(start=date(2026, 3, 1), end=date(2026, 5, 31), text="spring of 2026")

numbers = st.one_of(
    st.sampled_from([0, 1, 2, 12, 20, 24, 25, 27, 30, 200, 240, 250, 365, 1000, 14000, 14500, 15000, -25]).map(Decimal),
    st.decimals(-50, 2000, places=2),
)
steps = st.sampled_from([None, Decimal("0.01"), Decimal(1), Decimal(10), Decimal(1000)])


@st.composite
def quantities(draw: st.DrawFn, unit: str) -> Quantity:
    low, bound = draw(numbers), draw(st.sampled_from(Bound))
    high = low + draw(st.sampled_from([0, 1, 5, 1000])) if bound is not Bound.EXACT else low
    kind = draw(st.sampled_from(RangeKind)) if low != high else None
    if unit == "fraction":
        low, high = low / 100, high / 100
    leaves_out = st.booleans() if bound is Bound.RANGE and low != high else st.just(False)
    ends = {"low_open": draw(leaves_out), "high_open": draw(leaves_out)}
    return Quantity(low, high, unit, bound, draw(st.sampled_from(Hedge)), kind, draw(steps), **ends)


def _scope(*choices: tuple[str, list[object]]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in choices})


scopes = {
    "value": _scope(
        ("vendor", ["labs", "acme", "bolt", "cask", "dove", ("cask", "dove")]),
        ("plan", ["max", "pro"]),
        ("period", [year(2025), year(2026), SPRING]),
    ),
    "fee": _scope(("vendor", ["acme", "cask"]), ("billing", ["yearly"])),
    "share": _scope(("vendor", ["labs", "acme", "cask"]), ("plan", ["max", "pro"])),
    "price": _scope(("vendor", ["cask", "dove"])),
}


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    of = draw(st.sampled_from(["value", "value", "fee", "share", "price"]))
    said = draw(quantities(draw(st.sampled_from(UNITS[of]))))
    by, voice = draw(st.sampled_from(SOURCES)).id, draw(st.sampled_from(["", "an analyst", "a clerk"]))
    stance = draw(st.sampled_from(["asserted", "asserted", "measured", "negated", "assumed"]))
    return figure(said, by=by, of=of, voice=voice, stance=stance, line=draw(st.integers(1, 9)), **draw(scopes[of]))


def agrees(said: list[Figure]) -> None:
    named = [replace(one, id=Id(f"{place:02}"), slug=f"{place:02}") for place, one in enumerate(said)]
    knowledge = told(*SOURCES, *TERMS, *MEASURES, *named)
    positions, noticed = one_by_one(knowledge)
    assert all_at_once(knowledge) == (
        positions,
        {ids: (*came[:-1], pytest.approx(came[-1])) for ids, came in noticed.items()},
    )


@settings(max_examples=150)
@given(st.lists(figures(), max_size=14))
def test_columns_give_the_positions_neighbours_and_verdicts_of_the_engine(said: list[Figure]) -> None:
    agrees(said)


EDGES = st.sampled_from([Decimal(number) for number in (13000, 13500, 14000, 14500, 15000, 16000)])
beside = st.builds(
    lambda low, more, bound, hedge, step, by: figure(
        Quantity(low, low + (0 if bound is Bound.EXACT else more), "USD/month", bound, hedge, None, step), by=by
    ),
    EDGES,
    st.sampled_from([0, 0, 500, 1000]),
    st.sampled_from([Bound.EXACT, *Bound]),
    st.sampled_from([Hedge.NONE, *Hedge]),
    st.sampled_from([None, Decimal(1000)]),
    st.sampled_from(["deck", "memo"]),
)


@settings(max_examples=150)
@given(st.lists(beside, min_size=2, max_size=4))
def test_numbers_that_touch_at_an_edge_are_decided_as_the_engine_decides_them(said: list[Figure]) -> None:
    agrees(said)


def test_a_measure_of_which_a_figure_speaks_of_each_of_two_is_left_to_the_engine_of_one_measure() -> None:
    knowledge = told(MEASURES[0], figure("$20 / month", vendor=each("acme", "bolt")), figure("$30 / month"))
    known = Known.of(knowledge)
    assert known.untold == {"value"} and not len(known.columns)


def test_a_number_of_more_digits_than_a_column_holds_leaves_its_measure_to_the_engine_of_one_measure() -> None:
    knowledge = told(
        MEASURES[0],
        MEASURES[2],
        figure(Quantity(Decimal("3e18"), Decimal("3e18"), "USD/month")),
        figure(Quantity(Decimal("3e18"), Decimal("3e18"), "USD/day")),
        figure("20%", of="share", unit="fraction"),
    )
    known = Known.of(knowledge)
    found = compared(known.columns, known)
    assert [known.columns.measures[place].id for place in found.untold] == ["value"]
    assert [known.figures[row].measure for row in found.row] == ["share"]


@settings(max_examples=50)
@given(st.lists(figures(), min_size=1, max_size=8))
def test_a_figure_added_to_its_group_is_compared_as_if_it_had_been_there(said: list[Figure]) -> None:
    """The last figure told, added; its group told from scratch."""
    named = [replace(one, id=Id(f"{place:02}"), slug=f"{place:02}") for place, one in enumerate(said)]
    columns = Known.of(told(*SOURCES, *TERMS, *MEASURES, *named)).columns
    if not len(columns):
        return
    last = len(columns) - 1
    groups = Groups(some(columns, np.arange(last)))
    row = Row(*(getattr(columns, name)[last].item() for name in Row._fields))
    found = groups.add(row)
    whole = groups.held(row.measure, row.scope)
    again = Groups(columns).held(row.measure, row.scope)
    assert all(np.array_equal(getattr(whole, name), getattr(again, name)) for name in Row._fields)
    expected = compared(again, Rows(again))
    assert all(np.array_equal(getattr(found, name), getattr(expected, name)) for name in ("left", "right", "verdict"))


@settings(max_examples=100)
@given(st.lists(figures(), max_size=10))
def test_a_base_of_many_figures_has_the_findings_that_it_would_have_one_by_one(said: list[Figure]) -> None:
    knowledge = told(*SOURCES, *TERMS, *MEASURES, *said)
    assert Reconciler(vectorized_from=0).findings(knowledge) == Reconciler(vectorized_from=10**9).findings(knowledge)


def test_a_number_for_each_year_is_quiet_and_two_for_one_year_are_not() -> None:
    series = [figure(f"${number} / month", by="deck", year=year(number)) for number in range(2000, 2020)]
    assert quiet(told(MEASURES[0], *series)) == {"value"}
    assert quiet(told(MEASURES[0], *series, figure("$5 / month", by="memo", year=year(2005)))) == set()
