"""Everything that is wrong with a file is said at once, where it stands, with what to write instead."""

import pytest

from tests.golden import Golden
from tests.intake.shelf import SOURCE, Shelf

MISTAKES = """\
kb: 1
id: deck
sources:
  - id: en
    type: artikel
    title: The deck
    author: Ada Byron
    issued: 2026-02-30
    language: en
    reliability: G
    document: {sha256: 123}
  - type: report
    title: Its translation
    language: zh
    translation-of: english
defaults: {stance: assertive, confidence: often}
figures:
  - id: price
    measure: feee
    value: $200 / month
    at: L1 "$200"
  - id: Fee Of The Plan
    measure: fee
    scope: {vendor: antropic, pier: north, period: 2026-Q5}
    value: 75%
    at: line 3
  - id: stray
    measure: fee
    value: lots of money
    at: L4 "$8" #2
    stanse: measured
  - id: over
    measure: share
    value: >80%
    at: L5
  - id: stray
    measure: monthly price
    value: 1_000
    at: L6
    repeats: pryce
    quotes: price
  - measure: fee
    value: [1, 2]
claims:
  - id: cheap
    text: It is cheap: too cheap.
    at: L7
  - id: dear
    text: It is dear.
    at: L8; line 9
    rests-on: [price, cheap, nowhere, pays]
    answers: {pays: maybe, costs: yes}
    denies: [dear]
    holds-if: margin is negative
calculations:
  - id: margin
    label: Margin
    formula: (fee - cost) / fee + unit
    inputs:
      fee: measure fee over vendr
      cost: $20
      idle: missing
  - id: sum
    label: Sum
    formula: fee + share
    inputs: {fee: measure fee, share: measure share}
  - id: hen
    label: Hen
    formula: x * 2
    inputs: {x: egg}
  - id: egg
    label: Egg
    formula: x / 2
    inputs: {x: hen}
arguments:
  - id: both
    premises: [cheap]
    supports: dear
    attacks: cheap
rulings:
  - {id: r, finding: {rule: drift, between: [cheap]}, digest: def}
"""


def test_every_mistake_of_a_file_is_said_at_once(shelf: Shelf, golden: Golden) -> None:
    golden("problems.txt", shelf.put(deck=MISTAKES).shown())


def test_a_figure_may_be_called_by_its_place_only_once(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + "figures:\n  - {id: fee, measure: fee, value: $1 / month, at: L1}\n"
        + "claims:\n  - {id: fee, text: T., at: L2}\n"
    )
    assert shelf.problems() == [
        "deck.yaml:7:10: 'fee' is taken: it is declared at deck.yaml:5:10 — give one of them another id"
    ]


@pytest.mark.parametrize(
    ("kind", "second"),
    [
        ("measures", "  - {id: fee, label: F, unit: USD, kind: price}"),
        ("questions", "  - {id: pays, text: T?, sides: {yes: Y., no: N.}}"),
        ("scopes", "  vendor:\n    - {id: openai, label: O}"),
    ],
)
def test_a_shared_word_is_declared_in_one_file_only(shelf: Shelf, kind: str, second: str) -> None:
    (problem,) = shelf.put(zoo=f"kb: 1\nid: zoo\n{kind}:\n{second}\n").problems()
    assert problem.startswith("zoo.yaml:")
    assert "is taken: it is declared at vocabulary.yaml:" in problem


def test_a_shared_word_stays_with_the_file_that_told_it(shelf: Shelf) -> None:
    shelf.bring_in()
    shelf.put(zoo="kb: 1\nid: zoo\nmeasures:\n  - {id: fee, label: F, unit: USD, kind: price}\n")
    (problem,) = shelf.problems("zoo")
    assert problem.startswith("zoo.yaml:4:10: the measure 'fee' is declared by the file 'vocabulary'")


def test_two_files_cannot_have_one_id(shelf: Shelf) -> None:
    shelf.put(a=SOURCE, b=SOURCE)
    assert shelf.problems() == ["b.yaml:2:5: a.yaml has the id 'deck' too — give each file its own"]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (["a, derived-from: [a]"], "this figure is derived from itself: deck/a -> deck/a"),
        (
            ["a, derived-from: [b]", "b, derived-from: [a]"],
            "these figures are derived from each other: deck/a -> deck/b -> deck/a",
        ),
        (
            ["a, repeats: b", "b, derived-from: [a]"],
            "these figures are derived from each other: deck/a -> deck/b -> deck/a",
        ),
    ],
)
def test_a_figure_cannot_be_derived_from_itself(shelf: Shelf, figures: list[str], words: str) -> None:
    listed = "".join(f"  - {{measure: fee, value: $1 / month, at: L1, id: {figure}}}\n" for figure in figures)
    (problem,) = shelf.put(deck=f"{SOURCE}figures:\n{listed}").problems()
    assert f"{words} — name what it was really computed from (derived-from:)" in problem


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("measure: fees", "did you mean 'fee'?"),
        ("measure: monthly prize", "did you mean 'fee'?"),
        ("measure: pays", "'pays' is a question"),
        ("scope: {vendor: Anthropik}", "did you mean 'anthropic'?"),
        ("scope: {vendor: maker of Claude}", "did you mean 'anthropic'?"),
        ("scope: {vender: anthropic}", "did you mean 'vendor'?"),
        ("stance: mesured", "did you mean 'measured'?"),
        ("confidence: probable", "nor one of: almost no chance"),
        ("confidence: '1.5'", "nor one of: almost no chance"),
        ("repeats: other/fee", "declare it, or look for its id"),
    ],
)
def test_an_unknown_word_comes_with_a_guess(shelf: Shelf, written: str, hint: str) -> None:
    rest = {"measure": "fee", "value": "$1 / month", "at": "L1", "id": "x"}
    key, value = written.split(": ", 1)
    entry = ", ".join(f"{name}: {said}" for name, said in {**rest, key: value}.items())
    (problem,) = shelf.put(deck=SOURCE + f"figures:\n  - {{{entry}}}\n").problems()
    assert hint in problem


def test_a_source_that_translates_its_own_translation_is_a_circle(shelf: Shelf) -> None:
    listed = "".join(
        f"  - {{id: {id}, type: post, title: T, language: en, translation-of: {other}}}\n" for id, other in ("ab", "ba")
    )
    (problem,) = shelf.put(deck="kb: 1\nid: deck\nsources:\n" + listed).problems()
    assert problem == (
        "deck.yaml:4:10: these sources translate or quote each other: deck/a -> deck/b -> deck/a — remove one of them"
    )


def test_a_circle_through_the_base_is_found_too(shelf: Shelf) -> None:
    figures = "figures:\n  - {id: a, measure: fee, value: $1 / month, at: L1}\n"
    shelf.put(
        deck=SOURCE + figures,
        zoo=SOURCE.replace("id: deck", "id: zoo") + figures.replace("at: L1", "at: L1, repeats: deck/a"),
    )
    shelf.bring_in()
    shelf.put(deck=SOURCE + figures.replace("at: L1", "at: L1, repeats: zoo/a"))
    (problem,) = shelf.problems("deck")
    assert "these figures repeat each other: deck/a -> zoo/a -> deck/a" in problem


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("at: L1, confidense: likely", "did you mean 'confidence'?"),
        ("at: line 12", "write L12"),
        ("at: 4", "write L4"),
        ("at: L1, confidence: 80%", "write 0.8"),
        ('at: L0 "7500"', "lines, sentences and occurrences count from 1"),
        ("at: L4 s0", "lines, sentences and occurrences count from 1"),
        ('at: L4 "a b c d e f"#2', 'quote only the first words: L4 "a b c d e"#2'),
        ('at: L4 "€3.20', 'close the quote: L4 "€3.20"'),
        ('at: line 007 "€3.20"', 'write L7 "€3.20"'),
    ],
)
def test_a_likely_slip_is_answered_with_what_to_write(shelf: Shelf, written: str, hint: str) -> None:
    figure = f"figures:\n  - {{id: a, measure: fee, value: $1 / month, {written}}}\n"
    (problem,) = shelf.put(deck=SOURCE + figure).problems()
    assert problem.endswith(f" — {hint}")


def test_a_file_of_another_format_is_told_so(shelf: Shelf) -> None:
    (problem,) = shelf.put(deck=SOURCE.replace("kb: 1", "kb: 2")).problems()
    assert problem == (
        "deck.yaml:1:5: this file is of format 2, this version reads format 1"
        " — upgrade kb, or write kb: 1 if the file is of that format"
    )


def test_what_stands_behind_a_misspelt_key_is_what_was_meant(shelf: Shelf) -> None:
    said = shelf.put(deck=MISSPELT).problems()
    assert [problem.split(" — ")[1] for problem in said] == [
        f"did you mean '{key}'?" for key in ("source", "measures", "scopes", "figures", "value", "claims", "text")
    ]


MISSPELT = """kb: 1
id: deck
soruce: {type: report, title: T, language: en}
measurs:
  - {id: seats, label: Seats, unit: seat, kind: count, keys: [hall]}
scope:
  hall: [{id: main, label: Main hall}]
figurs:
  - {id: a, measure: seats, valeu: 40 seats, scope: {hall: main}, at: L3}
clams:
  - {id: b, txt: The hall is small., at: L3, rests-on: a}
"""


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("source: {type: press release, title: T, language: en}", "write article, and genre: Press release"),
        ("source: {type: Press_Release, title: T, language: en}", "write article, and genre: Press release"),
        ("source: {type: blog, title: T, language: en}", "write post-weblog"),
        ("source: {type: reprot, title: T, language: en}", "did you mean 'report'?"),
        ("source: {type: report, title: T, language: English}", "write 'en'"),
        ("source: {type: report, title: T, language: en_US}", "write 'en-US'"),
        ("source: {type: report, title: T, language: klingon}", "write a tag like en, de or zh"),
        ("source: {type: report, title: T, language: en, issued: 4 April 2026}", "write 2026-04-04"),
        ("source: {type: report, title: T, language: en, issued: 2026年4月}", "write 2026-04"),
        ("source: {type: report, title: T, language: en, issued: 06/07/2026}", "write 2026, 2026-06 or 2026-06-15"),
        ("source: {type: report, title: T, language: en, volume: [1]}", "for example volume: 12"),
        ("measures: [{id: a, label: A, unit: EUR, kind: amount}]", "write flow (in each period) or stock (at a time)"),
        ("measures: [{id: a, label: A, unit: EUR, kind: percentage}]", "write ratio"),
        ("measures: [{id: a, label: A, unit: EUR, kind: qqq}]", "write flow (an amount in each period), stock"),
        ("defaults: {stance: said}", "write asserted"),
        ("defaults: {stance: forecast}", "write projected"),
        ("defaults: {scope: anthropic}", "for example scope: {vendor: anthropic}"),
    ],
)
def test_a_word_that_people_write_instead_is_answered_with_the_right_one(shelf: Shelf, entry: str, hint: str) -> None:
    (problem,) = shelf.put(deck=f"kb: 1\nid: deck\n{entry}\n").problems()
    assert problem.split(" — ")[1].startswith(hint)
