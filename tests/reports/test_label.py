"""Labels inside sentences: an ordinary first word has no capital, and a name keeps its own."""

import pytest

from kb.domain.knowledge import Knowledge
from kb.reports.words.scope import label_words
from tests.reasoning.story import measure
from tests.reports.seen import seen


def vocabulary() -> Knowledge:
    made = measure("input"), measure("detail"), measure("apple")
    assert [one.label for one in made] == ["input", "detail", "apple"]
    return seen(*made).knowledge


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("The $200 plan", "the $200 plan"),
        ("A Ferrari", "a Ferrari"),
        ("Five sellers", "five sellers"),
        ("More GPUs than uses", "more GPUs than uses"),
        ("Input and output blended", "input and output blended"),
    ],
)
def test_an_ordinary_first_word_has_no_capital(label: str, inside: str) -> None:
    assert label_words(vocabulary(), label) == inside


@pytest.mark.parametrize(
    "label", ["Opus 4.6", "Chinese AI labs", "AI for coding", "Apple", "Detail, a start-up", "DeepSeek as the accused"]
)
def test_a_name_keeps_its_capital(label: str) -> None:
    assert label_words(vocabulary(), label) == label
