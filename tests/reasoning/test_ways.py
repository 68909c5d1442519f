"""Evidence from one origin counts once: the best assignment is that of brute force, and the laws of counting hold."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kb.reasoning.argumentation.ways import Ways, all_of, any_of, best_assignment, smallest

ORIGINS = st.integers(1, 31)
WAYS = st.lists(ORIGINS, min_size=1, max_size=3).map(smallest)
ITEMS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.4, 0.9]), WAYS), max_size=6)


def brute_force(items: list[tuple[float, Ways]]) -> float:
    """The greatest sum over all choices of at most one way for each item."""
    best = 0.0
    for choice in product(*((0, *ways) for _, ways in items)):
        if sum(way.bit_count() for way in choice) == _union(choice).bit_count():
            best = max(best, sum(value for (value, _), way in zip(items, choice, strict=True) if way))
    return best


def _union(ways: tuple[int, ...]) -> int:
    union = 0
    for way in ways:
        union |= way
    return union


@given(ITEMS)
def test_no_choice_gives_more(items: list[tuple[float, Ways]]) -> None:
    assignment = best_assignment(items)
    assert assignment.exact
    assert abs(assignment.total - brute_force(items)) < 1e-9


@given(ITEMS)
def test_whatever_counts_takes_one_of_its_ways_and_shares_no_origin(items: list[tuple[float, Ways]]) -> None:
    taken = best_assignment(items).taken
    assert len(taken) == len(items)
    assert all(way == 0 or way in ways for way, (_, ways) in zip(taken, items, strict=True))
    assert sum(way.bit_count() for way in taken) == _union(taken).bit_count()


@given(ITEMS, st.data())
def test_a_copy_changes_nothing_unless_another_origin_says_it(
    items: list[tuple[float, Ways]], data: st.DataObject
) -> None:
    if not items:
        return
    value, (way, *_) = data.draw(st.sampled_from(items))
    copied = [*items, (value, (way,)), (value, (way,))]
    once = [*items, (value, (way,))]
    assert abs(best_assignment(copied).total - best_assignment(once).total) < 1e-9


def test_of_many_items_the_strongest_are_taken_and_that_is_said() -> None:
    def pair(number: int, factor: int) -> int:
        return 1 << number % 17 | 1 << number * factor % 17

    rivals = [(pair(number, 5), pair(number * 3, 7)) for number in range(1, 41)]
    assignment = best_assignment([(1.0 - number / 100, smallest(ways)) for number, ways in enumerate(rivals)])
    assert not assignment.exact
    assert sum(map(bool, assignment.taken)) >= 6 and assignment.taken[0]


def test_items_that_share_nothing_are_all_taken_however_many_there_are() -> None:
    items = [(0.5, (1 << number,)) for number in range(500)]
    assert best_assignment(items).exact and best_assignment(items).total == 250


@given(st.lists(WAYS, max_size=3), st.lists(WAYS, max_size=3))
def test_needing_more_never_asks_for_fewer_origins(parts: list[Ways], more: list[Ways]) -> None:
    fewer, together = all_of(parts), all_of([*parts, *more])
    assert all(any(small & way == small for small in fewer) for way in together) or not together


@given(st.lists(WAYS, min_size=1, max_size=4))
def test_a_choice_is_as_good_as_each_of_its_alternatives(alternatives: list[Ways]) -> None:
    offered = any_of(alternatives)
    assert all(any(small & way == small for small in offered) for ways in alternatives for way in ways)
