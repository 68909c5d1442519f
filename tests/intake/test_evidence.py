"""What a person sees before anything is recorded: passages that do not stand there, evidence that shows nothing."""

import pytest

from kb.intake.evidence import _share_terms
from kb.intake.passage import Manuscript, NotFound, Passage, find
from tests.intake.shelf import VOCABULARY, Shelf

TEXT = """The ferry pass
The pass costs $40 a month. Nobody checks it.
Fuel eats a third of the income.
"""


def deck(claims: str = "", *, digest: str, name: str = "deck") -> str:
    head = f"kb: 1\nid: {name}\nsource:\n  type: report\n  title: The ferry pass\n  author: Ada\n  language: en\n"
    return f"{head}  document: {{sha256: {digest}}}\n{claims}"


def claims(*entries: tuple[str, str]) -> str:
    listed = (f"  - {{id: c{n}, text: '{text}', at: '{at}'}}\n" for n, (text, at) in enumerate(entries))
    return "claims:\n" + "".join(listed)


def test_words_that_stand_in_another_document_are_found_there(shelf: Shelf) -> None:
    first, second = shelf.attach(TEXT), shelf.attach("A note\nTickets bring in $90 a day.\n")
    shelf.put(deck=deck(claims(("Tickets bring $90.", 'L2 "$90"')), digest=first))
    shelf.put(note=deck(digest=second, name="note"))
    (said,) = shelf.problems()
    assert said.endswith("it stands in another document, on line 2 of 'note'")


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("The ferry pass is dear.", "L1", "L1 is the title of 'deck'"),
        ("Tickets are often lost at sea.", "L3", "this shares neither a name nor a number with its claim"),
        ("Eine Karte kostet viel und das ist nicht gut.", "L3", ""),
        ("The pass is $40.", "L2 s1", ""),
        ("The pass costs money.", "L2 s1; L3", ""),
        ("A third is burned as fuel.", "L3", ""),
        # Without words that tell the language the letters do.
        ("Owls hoot loudly.", "L3", "this shares neither a name nor a number with its claim"),
        ("燃料占收入三分之一。", "L3", ""),
        ("Топливо стоит дорого.", "L3", ""),
    ],
)
def test_evidence_that_shows_nothing_is_warned_of(shelf: Shelf, text: str, at: str, said: str) -> None:
    shelf.put(deck=deck(claims((text, at)), digest=shelf.attach(TEXT)))
    warnings = shelf.warnings()
    assert len(warnings) == bool(said) and all(said in warning for warning in warnings)


def test_one_passage_under_many_claims_is_warned_of_once(shelf: Shelf) -> None:
    said = [(f"The pass costs $40, part {n}.", "L2 s1") for n in range(4)]
    shelf.put(deck=deck(claims(*said), digest=shelf.attach(TEXT)))
    (warning,) = shelf.warnings()
    assert "L2 s1 stands for 4 claims" in warning
    shelf.put(deck=deck(claims(*said[:3]), digest=shelf.attach(TEXT)))
    assert not shelf.warnings()


@pytest.mark.parametrize("words", ["the 'big' deal", "a 'b' c"])
def test_a_hint_never_gives_words_that_would_be_refused(words: str) -> None:
    lookup = find(Passage(1, None, words), Manuscript(words.replace("'", '"') + " it was"))
    assert isinstance(lookup, NotFound) and '"big"' not in lookup.hint and lookup.hint


@pytest.mark.parametrize(
    ("claim", "sentence", "shared"),
    [
        ("Plans work like a gym.", "But Ed It’s The Gym Model!", True),
        ("The Gym lives on idle members.", "a gym nobody visits", True),
        ("The river dam is old.", "The cat sat.", False),
        ("It is a quiet gym.", "But it was so.", False),
    ],
)
def test_a_name_is_shared_whatever_its_capitals(claim: str, sentence: str, shared: bool) -> None:
    assert _share_terms(claim, sentence) is shared


def test_a_misspelt_key_is_one_problem(shelf: Shelf) -> None:
    shelf.put(deck="kb: 1\nid: deck\nsource: {type: report, title: T, langauge: en}\n")
    (said,) = shelf.problems()
    assert said.endswith("a source has no key 'langauge' — did you mean 'language'?")


def test_the_letters_of_reliability_are_listed_with_their_meaning(shelf: Shelf) -> None:
    shelf.put(deck="kb: 1\nid: deck\nsource: {type: report, title: T, language: en, reliability: good}\n")
    (said,) = shelf.problems()
    assert "A (completely reliable), B (usually reliable)" in said


def test_a_figure_without_its_period_is_named_once_where_a_calculation_uses_it(shelf: Shelf) -> None:
    used = "calculations:\n" + "".join(f"  - {{id: {id}, label: A, formula: x, inputs: {{x: f}}}}\n" for id in "ab")
    figures = """measures:
  - {id: sales, label: Sales, unit: EUR/year, kind: flow, keys: [period]}
figures:
  - {id: f, measure: sales, value: 5 million EUR, at: L1}
"""
    head = "kb: 1\nid: deck\nsource: {type: report, title: T, author: A, language: en}\n"
    shelf.put(vocabulary=VOCABULARY, deck=head + figures)
    assert not shelf.warnings()
    shelf.put(deck=head + figures + used)
    (said,) = shelf.warnings()
    assert "nothing says for which period this is" in said and "deck.yaml:7:" in said
