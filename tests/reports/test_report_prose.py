"""What the running text of a report keeps to: one rule of an editor each."""

from dataclasses import replace

import pytest

from kb.domain.entity import EDITORS, Source
from kb.reports.paper import Paragraph, Table
from kb.reports.report.citing import quoted_words
from kb.reports.report.sourcing import hand_words
from kb.reports.value import Citation, Ref
from kb.reports.view import View
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source
from tests.reports.papers import lines_of, paper, text_of
from tests.reports.seen import pair, seen

YES, NO = "question:loss:yes", "question:loss:no"


def cited(text: str, before: str = "", after: str = "") -> Citation:
    return Citation(
        source=Ref("source", "deck", "Deck"),
        locator="line 1",
        before=before,
        text=text,
        after=after,
        voice="Ann Ash",
        event=1,
        char_start=0,
        char_end=len(text),
        language="en",
        by="",
        doubt="",
    )


@pytest.mark.parametrize(
    ("passage", "passed_on", "words"),
    [
        (cited("$5", "The fee is ", " a month. It rose."), False, "The fee is $5 a month."),
        (cited("“The fee is far too high for most of us.”"), False, "The fee is far too high for most of us."),
        (cited("1. The fee is too high."), False, "The fee is too high."),
        (cited("Ash said that “nobody I know can pay such a fee” and left."), True, "nobody I know can pay such a fee"),
        (cited("Ash said that “nobody I know can pay such a fee."), True, "nobody I know can pay such a fee"),
        (cited("We argue about forty cents,", '"', '" says Ash.'), False, '"We argue about forty cents," says Ash.'),
        (cited("so it goes on", "… and ", " and on…"), False, "so it goes on"),
        (cited("word " * 80), False, ""),
    ],
    ids=["its sentence", "marks", "list", "inner", "inner, open", "half", "cut", "long"],
)
def test_a_quotation_is_whole_short_and_without_marks_of_its_own(
    passage: Citation, passed_on: bool, words: str
) -> None:
    assert quoted_words(passage, passed_on=passed_on) == words


def debate() -> View:
    stated = replace(argument("for", YES, "claim:dear"), text="What is dear loses money.")
    return seen(
        source("memo"),
        question(),
        claim("dear", text="The ferry is dear.", by="deck", voice="Ann Ash via Deck", stance="reported"),
        claim("cheap", text="The ferry is cheap.", by="memo", voice="Ben Elm"),
        claim("mild", text="The ferry is mild.", by="memo", voice="Ben Elm", confidence="unlikely"),
        stated,
        argument("against", NO, "claim:cheap"),
        argument("too", NO, "claim:mild"),
    )


def test_evidence_stands_before_what_is_inferred_from_it() -> None:
    (told,) = [line for line in lines_of(paper(debate())) if "(editors’ inference)" in line]
    assert told.startswith("Ann Ash says, according to Deck, that the ferry is dear")
    assert told.endswith("What is dear loses money (editors’ inference).")


def test_an_argument_that_does_not_count_stands_apart_with_the_reason() -> None:
    made = paper(debate())
    (table,) = [block for block in made.blocks if isinstance(block, Table) and block.head[0] == "For"]
    ((side, said, why),) = table.rows
    assert text_of(side) == "no" and text_of(said).startswith("Ben Elm: the ferry is mild")
    assert text_of(why) == "Set aside; the same voice already counts for: The ferry is cheap"
    assert not any("is mild" in text_of(block.line) for block in made.blocks if isinstance(block, Paragraph))


def test_a_dispute_that_moves_another_answer_only_is_no_part_of_this_one() -> None:
    view = seen(
        question(),
        claim("dear"),
        claim("far", denies=("near",)),
        claim("near"),
        argument("for", YES, "claim:dear"),
    )
    assert "Numbers and claims in dispute" not in lines_of(paper(view))


def test_assumptions_are_named_with_who_makes_them() -> None:
    asked = question(decided_by=("margin", "<", "0"))
    view = seen(
        measure("fee", "USD/month", "price"),
        figure("$80 / month", id="fee", of="fee", stance="assumed", voice="Ann Ash"),
        asked,
        claim("plain"),
        argument("a", YES, "claim:plain"),
        calculation("margin", "1 - cost / fee", fee="figure fee", cost="$90 / month"),
    )
    (line,) = [line for line in lines_of(paper(view)) if line.startswith("Assumed, and not measured")]
    assert "by Ann Ash, the fee ($80 a month)" in line and "by the editors, the cost ($90 a month)" in line


def test_a_source_card_says_whom_the_source_quotes() -> None:
    view = debate()
    deck = view.knowledge.named(Source, "deck")
    assert deck
    assert hand_words(deck, view.knowledge.claims_of_source[deck.id]) == "Second hand for Ann Ash"


def test_no_line_of_a_brief_names_a_formula_an_id_or_strength() -> None:
    text = "\n".join(lines_of(paper(pair(), "pass-loses-money")))
    assert not any(sign in text for sign in ("pass-margin", "quay/", " * ", "strength", "(shown above)", "`"))


def test_what_the_editors_infer_is_cited_by_what_they_infer_it_from() -> None:
    ours = replace(claim("ours", text="The ferry loses money."), voice=EDITORS, source=None, passages=())
    view = seen(
        question(),
        claim("dear", text="The ferry is dear."),
        ours,
        argument("because", "claim:ours", "claim:dear"),
        argument("for", YES, "claim:ours"),
    )
    assert any(line.startswith("The editors infer that the ferry loses money [1]") for line in lines_of(paper(view)))
