"""Choices as an address names them: read, written again, refused where they make no sense, and what they change."""

from dataclasses import replace
from functools import cache

import pytest

from kb.domain.choices import Choices, Decided
from kb.domain.identity import Id
from kb.reasoning.answers.what_if import NodeStatus
from kb.reports.answer import answer_sheet
from kb.reports.choices import UnreadableChoice, value_text
from kb.reports.page import HingeRow
from kb.reports.query import UnreadableAddress
from kb.reports.view import RetiredName, View
from kb.reports.what_if import Experiment, experiment, what_if_page
from tests.answers.test_what_if import FEES
from tests.reasoning.story import argument, calculation, claim, figure, inference, measure, quantity, question, source
from tests.reports.seen import pair, seen


@cache
def loss() -> View:
    """Two fees in dispute, a claim that another denies, a claim on a calculation, and an unnamed speaker."""
    return seen(
        source("deck"),
        source("ann", title="Ann's letter", authors=("Ann Ash",)),
        measure("fee", "USD/month", "price"),
        measure("share", "fraction", "ratio"),
        question(yes="The pass loses money.", no="The pass pays."),
        *FEES,
        figure("10%", id="share-10", of="share", unit="fraction", by="ann", stance="hypothetical"),
        claim("dear", by="ann", text="The pass is dear."),
        claim("cheap", by="bob", denies=("dear",), confidence="unlikely"),
        claim("hushed", by="deck", voice="(a purser)"),
        claim("elsewhere", by="cat", voice="Cat"),
        inference("editorial"),
        argument("for", "question:loss:yes", "claim:dear"),
        argument("against", "question:loss:no", "claim:cheap"),
        argument("hush", "question:loss:no", "claim:hushed"),
        claim("pays", by="deck", holds_if=("profit", ">", "0")),
        replace(
            calculation("profit", "fee * (1 - use) - cost", fee="measure fee", use="30%", cost="$20 / month"),
            unit="USD/month",
        ),
        calculation("rest", "price / 2", price="figure low"),
        argument("paying", "question:loss:no", "claim:pays"),
        argument("resting", "question:loss:no", "calculation:rest", "figure:share-10"),
    )


def chosen(*pairs: tuple[str, str], view: View | None = None) -> Experiment:
    view = view or loss()
    return experiment(view, view.knowledge.questions[Id("loss")], pairs)


def sentences(*pairs: tuple[str, str], complete: bool = True) -> list[str]:
    changes = chosen(*pairs).sheet(complete=complete).changes
    assert changes
    return [": ".join((row.text, *(ref.text for ref in row.refs))) for row in changes.rows]


READ = [
    ("without", "ann", Choices(without=frozenset((Id("ann"),)))),
    ("without", "Ann's letter", Choices(without=frozenset((Id("ann"),)))),
    ("without", "cat", Choices(without=frozenset((Id("cat"),)))),
    ("voice", "Bob", Choices(voices=frozenset(("bob",)))),
    ("voice", "  bob ", Choices(voices=frozenset(("bob",)))),
    ("voice", "(speakers in deck)", Choices(voices=frozenset(("((deck))",)))),
    ("voice", "Cat", Choices(voices=frozenset(("cat",)))),
    ("take", "low", Choices(taken=frozenset((Id("low"),)))),
    ("take.1", "low", Choices(taken=frozenset((Id("low"),)))),
    ("accept", "claim:dear", Choices(decided=frozenset((Decided(Id("dear"), accepted=True),)))),
    ("reject", "dear", Choices(decided=frozenset((Decided(Id("dear"), accepted=False),)))),
    ("reject", "arg:for", Choices(decided=frozenset((Decided(Id("for"), accepted=False),)))),
    ("decide.arg:for", "reject", Choices(decided=frozenset((Decided(Id("for"), accepted=False),)))),
    ("open", "claim:dear", Choices()),
    ("without", " ", Choices()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "choices"), READ)
def test_a_parameter_names_a_choice(name: str, text: str, choices: Choices) -> None:
    assert chosen((name, text)).outcome.choices == choices


VALUES = [
    ("assume.profit.use", "25%", "25%"),
    ("assume.profit.use", "25", "25%"),
    ("assume.profit.use", "a quarter", "25%"),
    ("assume.profit.use", "20% to 30%", "20% to 30% (spread)"),
    ("assume.profit.cost", "$1,200 / year", "$1200 / year"),
    ("assume.profit.cost", "12.5", "$12.5 / month"),
    ("assume.profit.fee", "$50 / month", "$50 / month"),
    ("assume.profit.fee:low", "$50 / month", "$50 / month"),
    ("assume.rest.price", "30", "$30 / month"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "written"), VALUES)
def test_a_value_is_read_as_in_a_seed_file_and_written_again(name: str, text: str, written: str) -> None:
    made = chosen((name, text))
    ((again, value),) = made.reader.pairs(made.outcome.choices)
    assert (again, value) == (name, written)
    assert chosen((again, value)).reader.pairs(chosen((again, value)).outcome.choices) == ((again, value),)


REFUSED = [
    ([("without", "anna")], "There is no source of this name. Did you mean “ann”?"),
    ([("without", "zzz")], "The sources behind this question: “bob”, “deck”, “ann”."),
    ([("without", "bobb")], "Did you mean “bob”?"),
    ([("without", "(speakers in deck)")], "This is a voice and not a source. Write “voice=(speakers in deck)”."),
    ([("voice", "Bobby")], "No voice is called so. Did you mean “Bob”?"),
    ([("take", "lowest")], "There is no figure of this name. Did you mean “low”?"),
    ([("take", "share-10")], "This number (10%) takes no position: it is hypothetical"),
    ([("take", "low"), ("take", "high")], "“take=low” takes another number for the same thing."),
    ([("accept", "claim:deer")], "There is no claim of this name. Did you mean “dear”?"),
    ([("accept", "arg:fore")], "There is no argument of this name. Did you mean “for”?"),
    ([("reject", "low")], "Only claims and arguments can be accepted or rejected. Of a figure, write “take=…”."),
    ([("reject", "profit")], "Only claims and arguments can be accepted or rejected."),
    ([("reject", "loss")], "There is no claim or argument of this name."),
    ([("accept", "dear"), ("reject", "claim:dear")], "It is accepted and rejected at once."),
    ([("decide.claim:dear", "perhaps")], "It must be “accept” or “reject”."),
    ([("assume.profits.use", "25%")], "with a calculation. Did you mean “profit”?"),
    ([("assume.use", "25%")], "with a calculation."),
    ([("assume.profit.used", "25%")], "has no input “used” of which a value can be supposed. Did you mean “use”?"),
    ([("assume.profit.fee:share-10", "25%")], "“share-10” is no figure of the measure that this input takes."),
    ([("assume.profit.use:low", "25%")], "“low” is no figure of the measure that this input takes."),
    ([("assume.profit.use", "much")], "This is no value: no number in 'much'"),
    ([("assume.profit.use", "$5")], "This input is in per cent, and the value in USD."),
    ([("assume.profit.cost", "40%")], "This input is in USD a month, and the value in per cent."),
    ([("assume.profit.cost", "€5 / month")], "This input is in USD a month, and the value in EUR a month."),
    ([("assume.profit.use", "130%")], "This value is not possible here: it may be 0–100%."),
    ([("assume.profit.use", "-1%")], "This value is not possible here"),
    ([("assume.profit.cost", "-$5 / month")], "This value is not possible here: it may be at least $0 a month."),
    ([("assume.profit.use", "10%"), ("assume.profit.use", "20%")], "An input is given two values."),
]  # fmt: skip


@pytest.mark.parametrize(("pairs", "said"), REFUSED)
def test_nonsense_is_refused_by_name_with_what_exists(pairs: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(UnreadableAddress) as refused:
        chosen(*pairs)
    assert isinstance(refused.value, UnreadableChoice)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"“{pairs[-1][0]}={pairs[-1][1]}”: ")


def test_what_is_gone_and_what_is_renamed_is_told_apart() -> None:
    names = {"old": RetiredName("new", None), "gone": RetiredName("", None)}
    view = replace(loss(), retired_name=lambda kind, slug: names.get(slug) if kind == "claim" else None)
    with pytest.raises(UnreadableChoice, match="is now called “new”"):
        chosen(("accept", "claim:old"), view=view)
    with pytest.raises(UnreadableChoice, match="no longer recorded: it was retracted"):
        chosen(("reject", "gone"), view=view)


def test_a_text_as_long_as_a_book_is_cut_in_the_message() -> None:
    with pytest.raises(UnreadableChoice) as refused:
        chosen(("without", "x" * 5000))
    assert len(str(refused.value)) < 400


def test_what_is_given_twice_counts_once_and_the_address_is_in_one_order() -> None:
    pairs = (("take", "low"), ("without", "bob"), ("assume.profit.use", "25%"), ("without", "bob"), ("open", "no"))
    made = chosen(*pairs)
    assert made.reader.pairs(made.outcome.choices) == (
        ("without", "bob"),
        ("take", "low"),
        ("assume.profit.use", "25%"),
    )
    assert made.sheet().others == (("open", "no"),)


def test_the_changes_are_told_in_sentences() -> None:
    assert sentences(("without", "bob"), ("assume.profit.use", "60%")) == [
        "The answer stays leaning no.",
        "The profit falls from $8–43 a month to −$4 a month.",
        "No longer counts for a no: Cheap",
        "Goes from contested to unopposed: The pass is dear",
        "Goes from unopposed to contested: Pays",
        "Behind this question, one figure and one claim are left out.",
    ]


def test_the_word_comes_later() -> None:
    first, *_ = sentences(("without", "bob"), complete=False)
    assert first.startswith("The evidence ")
    sheet = chosen(("without", "bob")).sheet(complete=False)
    assert sheet.offered is None and sheet.changes and sheet.changes.then == ""


def test_what_changes_nothing_says_so() -> None:
    assert sentences(("without", "cat"))[1:] == ["Nothing behind this question rests on what is left out."]
    assert "Nothing else behind this question changes." in sentences(("assume.profit.use", "30%"))


def test_each_choice_can_be_taken_back_alone() -> None:
    rows = chosen(("without", "bob"), ("take", "low"), ("reject", "dear")).sheet().chosen
    assert [(row.text.split()[0], row.others) for row in rows] == [
        ("Leaving", (("take", "low"), ("reject", "claim:dear"))),
        ("Accepting", (("without", "bob"), ("reject", "claim:dear"))),
        ("Rejecting", (("without", "bob"), ("take", "low"))),
    ]


def test_everything_that_bears_on_the_question_is_offered() -> None:
    offered = chosen().sheet().offered
    assert offered
    assert {option.value for option in offered.sources} == {"ann", "bob", "deck"}
    (fees,) = offered.measures
    assert [(option.value, option.text, option.note) for option in fees.options] == [
        ("", "As recorded: every number counts", ""),
        ("low", "$40 a month", "Ann"),
        ("high", "$90 a month", "Bob"),
    ]
    assert {group.name for group in offered.nodes} == {"decide.claim:cheap", "decide.claim:dear"}
    fields = {field.name: field for field in offered.inputs}
    assert list(fields)[:2] == ["assume.profit.use", "assume.profit.cost"] and "assume.rest.price" in fields
    slider = fields["assume.profit.use"].slider
    assert slider and (slider.low, slider.high, slider.at, slider.after) == ("0", "100", "30", "%")


def test_an_input_shows_what_sources_state_and_where_it_turns() -> None:
    offered = experiment(pair(), next(iter(pair().knowledge.questions.values())), ()).sheet().offered
    assert offered
    for field in offered.inputs:
        assert field.slider is None or float(field.slider.low) < float(field.slider.high)


@pytest.mark.parametrize(
    "unit", ["fraction", "USD", "USD/month", "EUR/Mtoken", "person", "query/month", "multiple", "1"]
)
def test_a_value_that_is_written_reads_back(unit: str) -> None:
    from kb.numbers import read_quantity

    amount = quantity("7", "percent" if unit == "fraction" else unit)
    again = read_quantity(value_text(amount), default_unit="1")
    assert (again.stated, again.unit) == (amount.stated, amount.unit)


# The view under the choices


def test_the_view_shows_what_would_be_and_marks_what_is_left_out() -> None:
    view = chosen(("without", "bob"), ("accept", "dear"), ("assume.profit.use", "60%")).view
    assert view.status_of(Id("cheap"), "") is NodeStatus.WITHDRAWN and Id("cheap") in view.knowledge.claims
    assert view.status_of(Id("dear"), "") is NodeStatus.ACCEPTED
    assert view.analysis.standings.strength(Id("cheap")) == 0
    assert [float(outcome.stated.low or 0) for outcome in view.analysis.results[Id("profit")].outcomes] == [-4]
    assert view.knowledge.calculations[Id("profit")].inputs[1].quantity == quantity("60%", "1")
    assert loss().status_of(Id("cheap"), "") is NodeStatus.UNCHANGED
    assert chosen().view is loss()


def test_a_hinge_leads_to_the_state_that_it_speaks_of_beside_what_is_chosen() -> None:
    made = chosen(("without", "bob"))
    sheet = answer_sheet(made.view, made.question)
    hinges: tuple[HingeRow, ...] = sheet.hinges
    assert hinges
    for hinge in hinges:
        assert ("without", "bob") in hinge.choices
        then = chosen(*hinge.choices)
        assert then.outcome.directions[1] == {"yes": "yes", "no": "no", "open": "even"}[hinge.after]


def test_a_question_that_does_not_exist_has_no_page() -> None:
    assert what_if_page(loss(), "nothing", ()) is None
