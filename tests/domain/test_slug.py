"""An id is made of a title in one way, whoever makes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.slug import ID, slug_of, unused_slug


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("AI's Brokenomics", "ais-brokenomics"),
        ("AI’s Brokenomics", "ais-brokenomics"),
        ("What does it cost? (Part 2)", "what-does-it-cost-part-2"),
        ("Straße und Bahn", "strasse-und-bahn"),
        ("毛利率", ""),
    ],
)
def test_a_title_makes_an_id(title: str, id: str) -> None:
    assert slug_of(title) == id


@given(st.text(max_size=100))
def test_what_a_text_makes_is_an_id_and_makes_itself(text: str) -> None:
    slug = slug_of(text)
    assert not slug or ID.fullmatch(slug)
    assert slug_of(slug) == slug


@given(st.from_regex(ID, fullmatch=True), st.integers(0, 12))
def test_a_number_makes_an_id_free(slug: str, count: int) -> None:
    taken: list[str] = []
    for _ in range(count):
        taken.append(unused_slug(slug, taken))
    assert len(set(taken)) == count
    assert all(ID.fullmatch(id) for id in taken)
