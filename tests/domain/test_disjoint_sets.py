"""Pairs make classes, whatever their order; the first member of a class stands for it."""

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.disjoint_sets import representatives

MEMBERS = "hbcdefga"
PAIRS = st.lists(st.tuples(*[st.sampled_from(f"{MEMBERS}xy")] * 2), max_size=12)


@given(PAIRS)
def test_pairs_make_classes_whatever_their_order(pairs: list[tuple[str, str]]) -> None:
    there = representatives(MEMBERS, pairs)
    assert there == representatives(MEMBERS, [pair[::-1] for pair in reversed(pairs)])
    assert all(there[left] == there[right] for left, right in pairs if {left, right} <= set(MEMBERS))


@given(PAIRS)
def test_the_first_member_stands_for_its_class(pairs: list[tuple[str, str]]) -> None:
    there = representatives(MEMBERS, pairs)
    assert list(there) == list(MEMBERS)
    assert all(there[there[member]] == there[member] for member in MEMBERS)
    assert all(MEMBERS.index(there[member]) <= MEMBERS.index(member) for member in MEMBERS)


def test_a_pair_with_an_unknown_end_joins_nothing() -> None:
    assert representatives("ab", [("a", "x"), ("x", "b")]) == {"a": "a", "b": "b"}
