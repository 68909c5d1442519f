"""The pages and the documentation say the same of a word."""

from pathlib import Path

from kb.reports.front import glossary

DOCS = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_a_word_of_the_pages_means_what_the_glossary_says() -> None:
    rows = [line.strip("| ").split(" | ", 1) for line in DOCS.read_text().splitlines() if line.startswith("| ")]
    known = {word: meaning.rstrip() for word, meaning in rows}
    made = glossary().meanings
    assert {one.word: one.text for one in made} == {one.word: known.get(one.word) for one in made}
    assert [one.word for one in made] == sorted(one.word for one in made)
    assert len({one.place for one in made}) == len(made)
