"""What an import does: the difference from what the same file last said, and nothing else."""

import pytest

from kb.domain.entity import AnyEntity, Claim, Figure, Measure, ScopeValue, Source, kind_of
from kb.domain.event import Fact, Recorded, Retracted, Revised
from tests.intake.shelf import SOURCE, VOCABULARY, Shelf

DECK = (
    SOURCE
    + """\
figures:
  - id: price
    measure: fee
    scope: {vendor: anthropic}
    value: $200 / month
    at: L1 "$200"
    also: [L2, L3]
  - id: low-price
    measure: fee
    value: $20 / month
    at: L4
claims:
  - id: dear
    text: It is dear.
    at: L1
    rests-on: [price]
    answers: {pays: yes}
"""
)


def brief(facts: tuple[Fact, ...]) -> list[str]:
    def name(entity: AnyEntity) -> str:
        return f"{kind_of(entity)} {entity.slug}"

    return [
        f"{type(fact).__name__} {name(fact.entity) if isinstance(fact, Recorded | Revised) else ''}".strip()
        for fact in facts
    ]


@pytest.fixture
def told(shelf: Shelf) -> Shelf:
    """A shelf whose deck was imported."""
    shelf.put(deck=DECK).bring_in()
    return shelf


def test_the_same_files_again_are_no_news(told: Shelf) -> None:
    assert told.bring_in() == ()
    assert told.bring_in("deck") == ()


def test_one_edited_value_is_one_revision(told: Shelf) -> None:
    before = told.entity(Figure, "deck/low-price")
    facts = told.put(deck=DECK.replace("$20 /", "$25 /")).bring_in()
    assert brief(facts) == ["Revised figure deck/low-price"]
    assert told.entity(Figure, "deck/low-price").id == before.id


def test_comments_order_and_white_space_are_no_news(told: Shelf) -> None:
    source, figures = DECK.split("figures:\n")
    figures, claims = figures.split("claims:\n")
    moved = f"{source}# a comment\nclaims:\n{claims}\nfigures:   # moved\n{figures}".replace("at: L4", "at:   L4")
    assert told.put(deck=moved).bring_in() == ()


def test_a_new_entry_is_recorded_after_what_it_names(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + "figures:\n  - {id: b, measure: fee, value: $1 / month, at: L1, repeats: a}\n"
        + "  - {id: a, measure: fee, value: $1 / month, at: L1}\n"
        + "calculations:\n  - {id: y, label: Y, formula: x * 2, inputs: {x: x}}\n"
        + "  - {id: x, label: X, formula: a * 2, inputs: {a: a}}\n"
        + "claims:\n  - {id: c, text: T., at: L1, holds-if: y > 1}\n"
        + "arguments:\n  - {id: no, premises: [c], attacks: go}\n  - {id: go, premises: [a], supports: c}\n"
    )
    told = [line.split()[-1] for line in brief(shelf.bring_in())]
    for earlier, later in [("deck/a", "deck/b"), ("deck/x", "deck/y"), ("deck/y", "deck/c"), ("deck/go", "deck/no")]:
        assert told.index(earlier) < told.index(later)


def test_claims_that_deny_each_other_are_both_told_whole(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + "claims:\n  - {id: a, text: A., at: L1, denies: [b]}\n  - {id: b, text: B., at: L2, denies: [a]}\n"
    )
    facts = shelf.bring_in()
    assert [line for line in brief(facts) if "claim" in line] == [
        "Recorded claim deck/b",
        "Recorded claim deck/a",
        "Revised claim deck/b",
    ]
    claims = [shelf.entity(Claim, f"deck/{id}") for id in "ab"]
    assert [claim.denies for claim in claims if isinstance(claim, Claim)] == [(claims[1].id,), (claims[0].id,)]
    assert shelf.bring_in() == ()


def test_an_entry_that_is_gone_stays_and_is_listed(told: Shelf) -> None:
    told.put(deck=DECK.split("  - id: low-price")[0] + "claims:" + DECK.split("claims:")[1])
    planned = told.planned()
    assert planned.facts == ()
    assert [entity.slug for entity in planned.left_behind] == ["deck/low-price"]


def test_an_entry_that_is_gone_is_retracted_when_pruning(told: Shelf) -> None:
    told.put(deck=DECK.split("claims:")[0])
    facts = told.bring_in(prune=True)
    assert [fact.kind for fact in facts if isinstance(fact, Retracted)] == ["argument", "argument", "claim"]
    assert len(facts) == 3
    assert told.planned(prune=True).facts == ()


def test_a_file_that_is_not_read_loses_nothing(told: Shelf) -> None:
    told.take("deck")
    planned = told.planned(prune=True)
    assert (planned.facts, planned.left_behind) == ((), ())


def test_what_another_file_names_cannot_be_pruned(told: Shelf) -> None:
    told.put(
        zoo=SOURCE.replace("id: deck", "id: zoo") + "claims:\n  - {id: c, text: T., at: L1, rests-on: deck/low-price}\n"
    )
    told.bring_in()
    told.put(deck=DECK.split("  - id: low-price")[0] + "claims:" + DECK.split("claims:")[1])
    planned = told.planned("deck", prune=True)
    (problem,) = told.said(planned)
    assert problem == (
        "deck.yaml: the figure 'deck/low-price' is gone from 'deck', but the argument 'zoo/c/because' names it"
        " — change that first, or keep the entry"
    )
    assert "zoo.yaml:" in told.said(told.planned("deck", "zoo", prune=True))[0]


MATCHES = """\
kb: 1
id: matches
matches:
  - {id: both, same: [fee, price], why: One report calls the fee a price.}
"""


def test_a_measure_that_a_match_names_cannot_be_pruned(shelf: Shelf) -> None:
    price = "  - {id: price, label: Price, unit: USD/month, kind: price}\n"
    shelf.put(vocabulary=VOCABULARY.replace("measures:\n", "measures:\n" + price), matches=MATCHES)
    shelf.bring_in()
    shelf.put(vocabulary=VOCABULARY)
    (problem,) = shelf.said(shelf.planned("vocabulary", prune=True))
    assert "the measure 'price' is gone from 'vocabulary', but the match 'matches/both' names it" in problem


RULINGS = """\
kb: 1
id: rulings
rulings:
  - id: r
    finding: {rule: positions, measure: fee, between: [deck/price, deck/low-price]}
    digest: 9f86d081
    dismiss: Two different plans.
"""


def test_a_figure_that_was_ruled_on_cannot_be_pruned(told: Shelf) -> None:
    told.put(rulings=RULINGS)
    told.bring_in()
    told.put(deck=DECK.split("  - id: low-price")[0] + "claims:" + DECK.split("claims:")[1])
    (problem,) = told.said(told.planned("deck", prune=True))
    assert "the figure 'deck/low-price' is gone from 'deck', but the ruling 'rulings/r' names it" in problem


def test_a_renamed_entry_keeps_its_history(told: Shelf) -> None:
    before = [told.entity(Figure, f"deck/price{end}").id for end in ("", "/also", "/also-2")]
    renamed = DECK.replace("- id: price", "- id: fee\n    was: price").replace("[price]", "[fee]")
    facts = told.put(deck=renamed).bring_in()
    assert brief(facts) == [f"Revised figure deck/fee{end}" for end in ("", "/also", "/also-2")]
    assert [told.entity(Figure, f"deck/fee{end}").id for end in ("", "/also", "/also-2")] == before
    assert told.bring_in() == ()
    assert told.put(deck=renamed.replace("    was: price\n", "")).bring_in() == ()


def test_a_renamed_claim_takes_its_arguments_along(told: Shelf) -> None:
    facts = told.put(deck=DECK.replace("- id: dear", "- id: costly\n    was: dear")).bring_in(prune=True)
    assert brief(facts) == [
        "Revised claim deck/costly",
        "Revised argument deck/costly/because",
        "Revised argument deck/costly/answers",
    ]


def test_shared_words_and_whole_files_are_renamed_too(told: Shelf) -> None:
    vocabulary = VOCABULARY.replace("- id: fee", "- id: price\n    was: fee").replace(
        "{id: anthropic,", "{id: claude, was: anthropic,"
    )
    deck = DECK.replace("measure: fee", "measure: price").replace("vendor: anthropic", "vendor: claude")
    old = [
        told.entity(Measure, "fee").id,
        told.entity(ScopeValue, "vendor/anthropic").id,
        told.entity(Source, "deck").id,
    ]
    facts = told.put(vocabulary=vocabulary, deck=deck.replace("id: deck", "id: slides\nwas: deck")).bring_in()
    assert [
        told.entity(kind, slug).id
        for kind, slug in ((Measure, "price"), (ScopeValue, "vendor/claude"), (Source, "slides"))
    ] == old
    assert {type(fact) for fact in facts} == {Revised}
    assert all(entity.file in ("vocabulary", "slides") for entity in told.knowledge.by_id.values())
    assert told.bring_in() == ()


def test_a_likely_renaming_is_asked_about_before_anything_happens(told: Shelf) -> None:
    told.put(deck=DECK.replace("id: low-price", "id: cheap-price"))
    planned = told.planned()
    (problem,) = told.said(planned)
    assert problem == (
        "deck.yaml:11:9: this says what 'deck/low-price' said, which is gone: is it a new name?"
        " — write was: low-price below its id, or import with --prune if it is another"
    )
    assert brief(told.bring_in(prune=True)) == ["Recorded figure deck/cheap-price", "Retracted"]


SLIDES = DECK.replace("id: deck", "id: slides\nwas: deck")


@pytest.mark.parametrize("names", [(), ("deck",)], ids=["all files", "this file"])
def test_a_likely_renaming_is_asked_about_while_its_file_is_renamed_too(told: Shelf, names: tuple[str, ...]) -> None:
    told.put(deck=SLIDES.replace("id: low-price", "id: cheap-price"))
    (problem,) = told.said(told.planned(*names))
    assert problem == (
        "deck.yaml:12:9: this says what 'deck/low-price' said, which is gone: is it a new name?"
        " — write was: low-price below its id, or import with --prune if it is another"
    )
    low = told.entity(Figure, "deck/low-price").id
    told.put(deck=SLIDES.replace("id: low-price", "id: cheap-price\n    was: low-price")).bring_in(*names)
    assert told.entity(Figure, "slides/cheap-price").id == low


def test_a_likely_renaming_is_asked_about_when_the_entry_moves_to_another_file(told: Shelf) -> None:
    entry = "  - {id: low-price, measure: fee, value: $20 / month, at: L4, source: deck}\n"
    told.put(deck=DECK.split("  - id: low-price")[0] + "claims:" + DECK.split("claims:")[1])
    told.put(zoo="kb: 1\nid: zoo\nfigures:\n" + entry.replace("low-price", "cheap"))
    [problem] = told.said(told.planned())
    assert "zoo.yaml:4:10: this says what 'deck/low-price' said" in problem and "write was: deck/low-price" in problem
    low = told.entity(Figure, "deck/low-price").id
    told.put(zoo="kb: 1\nid: zoo\nfigures:\n" + entry.replace("low-price", "cheap, was: deck/low-price")).bring_in()
    assert told.entity(Figure, "zoo/cheap").id == low


def test_what_a_renamed_file_no_longer_holds_is_left_behind_or_pruned(told: Shelf) -> None:
    told.put(deck=SLIDES.split("  - id: low-price")[0] + "claims:" + SLIDES.split("claims:")[1])
    assert [entity.slug for entity in told.planned("deck").left_behind] == ["deck/low-price"]
    assert Retracted("figure", told.entity(Figure, "deck/low-price").id) in told.bring_in("deck", prune=True)


@pytest.mark.parametrize("left_behind", [False, True])
@pytest.mark.parametrize("names", [(), ("deck",)], ids=["all files", "this file"])
def test_a_file_that_gets_its_old_name_back_is_asked_about(
    told: Shelf, names: tuple[str, ...], left_behind: bool
) -> None:
    without_one = SLIDES.split("  - id: low-price")[0] + "claims:" + SLIDES.split("claims:")[1]
    told.put(deck=without_one if left_behind else SLIDES).bring_in()
    told.put(deck=DECK)
    (problem,) = told.said(told.planned(*names))
    assert problem == (
        "deck.yaml:2:5: this file says what 'slides' said: is it a new name?"
        " — write was: slides below its id, or import with --prune if it is another"
    )


def test_a_further_mention_that_moves_to_another_key_is_no_renaming(told: Shelf) -> None:
    listed = "sources:\n  - {id: en, was: deck, type: report, title: The deck, author: Ada Byron, language: en}\n"
    source = "source: {type: report, title: The deck, author: Ada Byron, language: en}\n"
    told.put(deck=DECK.replace(source, listed).replace("also: [L2, L3]", "en: L2"))
    planned = told.planned()
    assert planned.problems == ()
    assert [entity.slug for entity in planned.left_behind] == ["deck/price/also", "deck/price/also-2"]


def test_a_reference_to_the_old_name_learns_the_new_one(told: Shelf) -> None:
    told.put(deck=DECK.replace("- id: price", "- id: fee\n    was: price"))
    (problem,) = told.problems()
    assert problem.endswith("there is no figure, claim or calculation 'price' — it is now called 'deck/fee'")


def test_an_old_name_that_is_still_in_use_cannot_be_taken(told: Shelf) -> None:
    told.put(deck=DECK.replace("id: low-price", "id: second\n    was: price"))
    (problem,) = told.problems()
    assert "'deck/price' still stands at deck.yaml:5:9" in problem


def test_a_shared_word_moves_when_both_files_are_given(told: Shelf) -> None:
    measure = "  - id: share\n    label: Share\n    unit: fraction\n    kind: ratio\n"
    told.put(vocabulary=VOCABULARY.replace(measure, ""), zoo="kb: 1\nid: zoo\nmeasures:\n" + measure)
    assert brief(told.bring_in()) == ["Revised measure share"]
    assert told.entity(Measure, "share").file == "zoo"


def test_an_old_name_that_nobody_knows_is_a_slip(told: Shelf) -> None:
    told.put(deck=DECK.replace("- id: low-price", "- id: cheap\n    was: low-prise"))
    assert told.problems() == ["deck.yaml:12:10: was: 'low-prise' is not known — did you mean 'low-price'?"]


def test_an_old_name_in_a_file_that_the_base_never_saw_may_stay(shelf: Shelf) -> None:
    assert shelf.put(deck=DECK.replace("- id: low-price", "- id: cheap\n    was: low-price")).problems() == []


def test_an_old_name_that_is_declared_further_down_is_still_in_use(told: Shelf) -> None:
    told.put(deck=DECK.replace("- id: price", "- id: fee\n    was: low-price").replace("[price]", "[fee]"))
    (problem,) = told.problems()
    assert problem.startswith("deck.yaml:12:9: 'deck/low-price' is renamed by the was: at deck.yaml:5:9")
