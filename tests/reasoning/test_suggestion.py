"""What may be the same is suggested, in words that tell why; who has decided is not asked again."""

from dataclasses import replace
from fractions import Fraction

import pytest

from kb.domain.confidence import Reliability
from kb.domain.entity import Measure, ScopeValue
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.copy_detection import suspected_copies
from kb.reasoning.resolution.suggestion import Suggestion, SuggestionKind, suggestions
from kb.reports.words.suggestions import shared_number_sentence, similarity_words
from tests.reasoning.story import figure, match, measure, source, term, told


def named(id: str, label: str, *aliases: str, key: str = "vendor", part_of: str | None = None) -> ScopeValue:
    return replace(term(id, key, part_of), label=label, aliases=aliases)


def labelled(id: str, unit: str, kind: str, label: str, *aliases: str) -> Measure:
    return replace(measure(id, unit, kind), label=label, aliases=aliases)


def said(*found: Suggestion) -> list[tuple[str, str, str]]:
    return [(*one.names, similarity_words(one.similarity)) for one in found]


def test_two_vendors_of_one_name_are_suggested_with_the_one_that_more_sources_use_in_front() -> None:
    knowledge = told(
        measure(),
        named("a", "Acme Works, Inc."),
        named("b", "ACME WORKS"),
        named("c", "Brine Foods"),
        figure("$20 / month", by="deck", vendor="b"),
        figure("$21 / month", by="memo", vendor="b"),
        figure("$30 / month", by="memo", vendor="a"),
    )
    (one,) = suggestions(knowledge)
    assert (one.kind, one.left, one.right, one.score) == (SuggestionKind.TERM, "b", "a", 0.97)
    assert said(one) == [("ACME WORKS", "Acme Works, Inc.", "they differ in the legal form")]


def test_an_alias_counts_as_a_name() -> None:
    knowledge = told(named("a", "Acme Works", "the Works"), named("b", "Works Group", "The works"))
    assert said(*suggestions(knowledge)) == [("the Works", "The works", "they differ in case, width or signs")]


def test_values_of_different_keys_are_different_things() -> None:
    assert suggestions(told(named("a", "Pro"), named("b", "PRO", key="plan"))) == ()


def test_a_part_of_a_whole_is_no_second_name_of_it() -> None:
    assert suggestions(told(named("a", "Acme Works"), named("b", "Acme Works Ltd", part_of="a"))) == ()


def test_values_that_stand_together_in_one_scope_are_two() -> None:
    knowledge = told(
        measure(), named("a", "Amber Works"), named("b", "Ambre Works"), figure("$20 / month", vendor=("a", "b"))
    )
    assert suggestions(knowledge) == ()


def test_of_several_names_each_is_suggested_to_be_the_one_that_is_used_most() -> None:
    names = [named("a", "Acme Works Ltd"), named("b", "ACME works"), named("c", "Works Acme")]
    knowledge = told(measure(), *names, figure("$20 / month", vendor="b"))
    assert {(one.left, one.right) for one in suggestions(knowledge)} == {("b", "a"), ("b", "c")}


def test_what_was_rejected_is_not_suggested_again_and_the_next_likely_one_is() -> None:
    knowledge = told(named("a", "Acme Works"), named("b", "ACME works"), named("c", "Works Acme"))
    assert {(one.left, one.right) for one in suggestions(knowledge)} == {("a", "b"), ("a", "c")}
    decided = told(*knowledge.by_id.values(), match("m", "a", "c", same=False))
    assert {(one.left, one.right) for one in suggestions(decided)} == {("a", "b"), ("b", "c")}


def test_what_was_accepted_is_one_from_there_on() -> None:
    knowledge = told(named("a", "Acme Works"), named("b", "ACME works"), named("c", "Works Acme"))
    accepted = told(*knowledge.by_id.values(), match("m", "b", "a"))
    assert {(one.left, one.right) for one in suggestions(accepted)} == {("a", "c")}
    assert suggestions(told(*accepted.by_id.values(), match("n", "b", "c", same=False))) == ()


def test_what_is_one_through_a_third_is_not_suggested() -> None:
    knowledge = told(named("a", "Acme Works"), named("b", "ACME works"), named("c", "Works Acme"))
    assert suggestions(told(*knowledge.by_id.values(), match("m", "a", "b"), match("n", "c", "b"))) == ()


def test_two_spellings_that_three_sources_each_use_are_no_slip() -> None:
    vendors = told(measure(), named("a", "Amber Works"), named("b", "Ambre Works"))
    uses = [figure("$20 / month", by=by, vendor=id) for id in "ab" for by in ("deck", "memo", "blog")]
    assert len(suggestions(vendors)) == 1
    assert suggestions(told(*vendors.by_id.values(), *uses)) == ()


def test_a_slip_between_two_names_is_suggested_to_be_one_of_them_only() -> None:
    vendors = [named("a", "Amber Works"), named("b", "Amter Works"), named("c", "Amser Works")]
    uses = [figure("$20 / month", by=by, vendor=id) for id in "ab" for by in ("deck", "memo", "blog")]
    assert [(one.left, one.right) for one in suggestions(told(measure(), *vendors, *uses))] == [("a", "c")]


def test_measures_that_share_their_words_are_suggested_where_their_units_fit() -> None:
    knowledge = told(
        labelled("a", "USD/Mtoken", "price", "Price of API tokens"),
        labelled("b", "USD/token", "price", "Cost of serving", "API token price"),
        labelled("c", "token", "count", "API tokens at list price"),
        labelled("d", "USD/month", "price", "Price of an API plan"),
    )
    assert said(*suggestions(knowledge)) == [
        (
            "Price of API tokens",
            "API token price",
            "they differ in the order of words, in small words and in singular and plural",
        )
    ]


def test_measures_told_apart_by_a_number_are_two() -> None:
    knowledge = told(
        labelled("a", "fraction", "ratio", "Margin of a plan at $20 a month"),
        labelled("b", "fraction", "ratio", "Margin of a plan at $200 a month"),
        labelled("c", "fraction", "ratio", "Margin with two sellers"),
        labelled("d", "fraction", "ratio", "Margin with three sellers"),
    )
    assert suggestions(knowledge) == ()


SHARE = "Share of children aged one to six with at least one dose"


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (SHARE, f"Rise in the {SHARE.lower()}", False),
        (SHARE, f"Growth of the {SHARE.lower()}", False),
        (SHARE, f"Change in the {SHARE.lower()}", False),
        (SHARE, "Share of children aged one to six without at least one dose", False),
        ("Seats kept by passengers of the ferry", "Seats lost by passengers of the ferry", False),
        ("Anteil der geimpften Kinder von Tamsin", "Anstieg: Anteil der geimpften Kinder von Tamsin", False),
        (SHARE, "Share of children aged one to six with one dose at least", True),
        (f"Increase in the {SHARE.lower()}", f"The increase of the {SHARE.lower()}", True),
    ],
)
def test_a_share_and_its_rise_or_its_rest_are_two(first: str, second: str, one: bool) -> None:
    knowledge = told(labelled("a", "fraction", "ratio", first), labelled("b", "fraction", "ratio", second))
    assert bool(suggestions(knowledge)) == one


def test_a_rise_in_points_is_none_in_per_cent() -> None:
    knowledge = told(
        labelled("a", "fraction", "ratio", "Rise in the share of seats"),
        labelled("b", "percentage-point", "ratio", "Rise in the share of seats, in points"),
    )
    assert suggestions(knowledge) == ()


def gossip(number: str, *more: str) -> Knowledge:
    """Three voices say $1,000; the sources rumour and hearsay say something else, and the same."""
    return told(
        measure(),
        *(figure("$1000 / month", by=by) for by in ("deck", "memo", "blog")),
        *(figure(number, by=by, id=f"{by}-said") for by in ("rumour", "hearsay", *more)),
    )


def test_two_sources_that_share_a_rare_wrong_number_may_be_copies() -> None:
    knowledge = gossip("$3719 / month")
    (one,) = suspected_copies(knowledge)
    assert one.sources == ("rumour", "hearsay")
    assert one.score == 1 - Fraction(1, 1000)
    (shared,) = one.evidence
    assert (shared.left, shared.right) == ("rumour-said", "hearsay-said")
    sentence = "Both say $3,719 a month, where Blog, Deck, Memo say $1,000 a month."
    assert shared_number_sentence(knowledge, shared) == sentence


def test_a_round_number_is_shared_by_chance() -> None:
    assert suspected_copies(gossip("$3000 / month")) == ()


def test_a_number_that_is_not_in_conflict_is_not_wrong() -> None:
    assert suspected_copies(gossip("about $1050 / month")) == ()


def test_a_number_that_as_many_give_is_not_wrong() -> None:
    assert suspected_copies(gossip("$3719 / month", "third")) == ()


def test_of_two_numbers_that_as_many_give_the_one_that_weighs_less_may_be_copied() -> None:
    distrusted = (source(by, reliability=Reliability.E) for by in ("rumour", "hearsay", "third"))
    knowledge = told(*gossip("$3719 / month", "third").by_id.values(), *distrusted)
    (one, *others) = suspected_copies(knowledge)
    assert len(others) == 2
    assert shared_number_sentence(knowledge, one.evidence[0]).startswith("Both say $3,719 a month")


def test_a_translation_is_no_news() -> None:
    rumour = source("rumour", translation_of="hearsay")
    assert suspected_copies(told(*gossip("$3719 / month").by_id.values(), rumour)) == ()
    knowledge = gossip("$3719 / month")
    quoting = replace(knowledge.sources[Id("rumour")], quotes=(Id("hearsay"),))
    assert suspected_copies(replace(knowledge, sources={**knowledge.sources, Id("rumour"): quoting})) == ()
