"""Traps of hand-written YAML: what a person wrote, and what the loader says to write instead."""

import pytest

from kb.intake.shape import Scalar, Series, Table
from kb.intake.yaml_reader import read_tree


def told(text: str) -> list[str]:
    """Problems without the name of the file."""
    return [str(problem).removeprefix("seed.yaml:") for problem in read_tree("seed.yaml", text).diagnostics.in_order()]


TRAPS = {
    "value: >80%": "1:8: a value that begins with > opens a block of text — write 'over 80%'",
    "value: >= $8": "1:8: a value that begins with > opens a block of text — write 'at least $8'",
    "value: |x": "1:8: a value that begins with | opens a block of text — put the value in quotes: '|x'",
    "text: a: b": "1:8: a colon and a space inside a value begin a new key — put the value in quotes: 'a: b'",
    "a: {b: c: d}": "1:9: a colon and a space inside a value begin a new key — "
    "put the value that holds the colon in quotes",
    "a:\n\tb: 1": "2:1: the line begins with a tab — indent with spaces, two for each step",
    "[$8,000, 2]": "1:2: a comma inside [] ends a text, so this one is cut in two — '$8,000'",
    '{at: L9 "$8,000"}': "1:6: a comma inside {} ends a text, so this one is cut in two — at: 'L9 \"$8,000\"'",
    '{at: L9 "so, then"}': "1:6: a comma inside {} ends a text, so this one is cut in two — at: 'L9 \"so, then\"'",
    'at: L9 "$8" #2': '1:13: for YAML, #2 behind a space is a comment — write without the space: L9 "$8"#2',
    'text: "Enough" is enough': "1:14: the value goes on behind its closing quote — "
    "put the whole value in quotes: '\"Enough\" is enough'",
    'text: "Enough': '1:7: the quote " that opens here is never closed — close it with " at the end',
    "value: %80": "1:8: a value cannot begin with % — put the value in quotes: '%80'",
    "voice: @ada": "1:8: a value cannot begin with @ — put the value in quotes: '@ada'",
    "text: *very* much": "1:7: a value cannot begin with * — put the value in quotes: '*very* much'",
    "a: [b, c\nd: e": "1:4: a list or mapping in [] or {} is not closed — close it, and put commas between its parts",
    "kb： 1\nid: deck": "1:3: the wide colon ： ends no key — write 'kb: …'",
    "kb: 1\nid: deck\nsource： {type: article}": "3:1: the wide colon ： ends no key — write 'source: …'",
    "id:deck\nkb: 1": "1:4: a key needs a space after its colon — write 'id: …'",
    "a: 1\nsome words\nb: 2": "2:1: a line without a key — write 'key: value'; indent the further lines of a long text",
    "a:\n  - b: 1\n   c: 2": "3:4: this line does not fit the indentation of its neighbours — "
    "align it with the line it belongs to",
    "a: &x 1": "1:4: the anchor &x has no meaning here — write it out where it is needed; "
    "put a text that begins with & in quotes",
    "a: *x": "1:4: the alias *x has no meaning here — write out what is meant; put a text that begins with * in quotes",
    "a: !!int 1": "1:4: the tag !!int has no meaning here — leave it out; put a text that begins with ! in quotes",
    "a: {<<: b}": "1:5: merge keys (<<) have no meaning here — write the keys out, or use defaults:",
    "a: 1\nb: 2\na: 3": "3:1: the key 'a' appears twice; first on line 1 — keep one of them",
    "a: 1\n---\nb: 2": "2:1: a second document begins in the same file — "
    "delete this line, or move what follows to a file of its own",
    "": "1:1: the file is empty — begin with: kb: 1",
    "- a": "1:1: a seed file is a mapping of keys — begin with: kb: 1",
    "a: b\0c": "1:5: U+0000 NULL stands here — delete it; is this a text file?",
}


@pytest.mark.parametrize(("written", "said"), TRAPS.items(), ids=list(TRAPS))
def test_each_trap_is_named_and_shows_what_to_write(written: str, said: str) -> None:
    assert said in told(written)


@pytest.mark.parametrize(
    "harmless", ["a: 'x: y'", 'a: L9 "$8"#2', "a: [1, 000 people]", "a: it's", "a: >\n  folded", "a: ~80%"]
)
def test_what_only_looks_like_a_trap_is_left_alone(harmless: str) -> None:
    assert told(harmless) == []


def test_yes_no_and_numbers_stay_texts() -> None:
    tree = read_tree("seed.yaml", "yes: no\nnumber: 010\nnothing: null\n")
    assert [value.text for _, value in tree.root.pairs if isinstance(value, Scalar)] == ["no", "010", "null"]


def test_columns_count_characters_whatever_the_line_ends_with() -> None:
    assert told("标题: 好\r\n标题: 坏\r\n")[0].startswith("2:1: the key '标题' appears twice")
    assert told("a: [烂账, 烂账经济学, 1,000]")[0].startswith("1:16:")


def test_what_is_not_yaml_costs_its_own_entry_and_no_other() -> None:
    text = "figures:\n  - id: a\n    text: b: c\n  - id: d\n\tx: 1\n  - id: e\n    text: fine\n"
    tree = read_tree("seed.yaml", text)
    assert [problem.where for problem in tree.diagnostics.in_order()] == ["seed.yaml:3:12", "seed.yaml:5:1"]
    ((_, figures),) = tree.root.pairs
    assert isinstance(figures, Series)
    assert [item.pairs[1][1] for item in figures.items if isinstance(item, Table)] == [Scalar("fine", 7, 11)]
    assert tree.unreadable_ids == {"a", "d"}


def test_a_sentence_that_a_comma_cuts_in_a_mapping_is_told_to_want_quotes() -> None:
    tree = read_tree("s.yaml", "why: {letter: C, why: local, but fair}\n")
    [problem] = tree.diagnostics.problems
    assert (problem.what, problem.hint) == (
        "a comma inside {} ends a text, so this one is cut in two",
        "why: 'local, but fair'",
    )


def test_one_word_behind_a_comma_is_the_rest_of_a_sentence_unless_it_could_be_a_key() -> None:
    assert told("why: {letter: C, why: local, mostly.}") == [
        "1:23: a comma inside {} ends a text, so this one is cut in two — why: 'local, mostly.'"
    ]
    assert told("a: {why: local, URL: }") == []
    assert told("a: {why: local, note}") == []
