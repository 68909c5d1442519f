"""What an entry comes to: defaults, voices, further mentions, short forms of arguments, inputs and times."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import (
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    DependenceKind,
    Figure,
    InputKind,
    NodeKind,
    Ruling,
    Source,
    Stance,
)
from kb.domain.finding import finding_key
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.domain.scope import Quantifier
from kb.intake.period import read_period
from tests.intake.shelf import SOURCE, Shelf

FIGURE = 'figures:\n  - id: price\n    measure: fee\n    value: $200 / month\n    at: L1 "$200"\n'
BILINGUAL = """\
kb: 1
id: deck
sources:
  - {id: en, type: report, title: The deck, author: Ada Byron, language: en}
  - {id: zh, type: report, title: 平台, language: zh, translation-of: en}
"""


def figure(shelf: Shelf, slug: str) -> Figure:
    found = shelf.entity(Figure, slug)
    assert isinstance(found, Figure)
    return found


def test_a_figure_takes_what_it_does_not_say_from_its_source_and_file(shelf: Shelf) -> None:
    shelf.put(deck=SOURCE + "defaults: {confidence: likely, scope: {vendor: openai, pier: north}}\n" + FIGURE)
    shelf.put(piers="kb: 1\nid: piers\nscopes: {pier: [{id: north, label: North}]}\n").bring_in()
    price = figure(shelf, "deck/price")
    assert str(price.voice) == "Ada Byron"
    assert price.stance is Stance.ASSERTED
    assert price.confidence == Confidence("likely")
    assert list(price.scope) == ["vendor"]
    assert price.source == shelf.entity(Source, "deck").id
    assert (price.quantity.low, price.quantity.unit, price.quantity.as_written) == (Decimal(200), "USD/month", "$200")


@pytest.mark.parametrize(
    ("source", "written", "voice"),
    [
        ("author: Ada Byron", "SemiAnalysis", "SemiAnalysis via Ada Byron"),
        ("author: Ada Byron", "Ada Byron", "Ada Byron"),
        ("author: Ada Byron", "SemiAnalysis via Ada Byron", "SemiAnalysis via Ada Byron"),
        ("author: [Ada Byron, Mary Lee]", "Mary Lee", "Mary Lee"),
        ("author: [Ada Byron, Mary Lee]", "SemiAnalysis", "SemiAnalysis via Ada Byron and Mary Lee"),
        ("author: [Ada Byron, Mary Lee]", None, "Ada Byron and Mary Lee"),
        ("note: nobody", None, "The deck"),
        ("note: nobody", "a commenter", "a commenter"),
    ],
)
def test_who_says_it_and_through_whom(shelf: Shelf, source: str, written: str | None, voice: str) -> None:
    said = f"    voice: {written}\n" if written else ""
    shelf.put(deck=SOURCE.replace("author: Ada Byron", source) + FIGURE + said).bring_in()
    assert str(figure(shelf, "deck/price").voice) == voice


def test_further_mentions_become_figures_that_count_for_nothing_of_their_own(shelf: Shelf) -> None:
    shelf.put(
        deck=BILINGUAL
        + FIGURE
        + "    voice: SemiAnalysis\n    note: Said at the start.\n    confidence: likely\n"
        + '    also: [L3 "$200", {at: L4, value: about $200 / month, stance: reported}]\n'
        + '    zh: L9 "200 美元"\n'
    ).bring_in()
    base, also, second, zh = (figure(shelf, f"deck/price{end}") for end in ("", "/also", "/also-2", "/zh"))
    assert [f.depends_on and f.depends_on.figure for f in (base, also, second, zh)] == [None, base.id, base.id, base.id]
    kinds = [dependent.depends_on.kind for dependent in (also, second, zh) if dependent.depends_on]
    assert kinds == [DependenceKind.REPEATS, DependenceKind.REPEATS, DependenceKind.TRANSLATES]
    assert (also.quantity, also.confidence, also.note) == (base.quantity, base.confidence, "")
    assert (second.quantity.as_written, second.stance) == ("about $200 / month", Stance.REPORTED)
    assert (zh.quantity.as_written, str(zh.voice)) == ("200 美元", "SemiAnalysis via Ada Byron")
    assert zh.source == shelf.entity(Source, "deck/zh").id


def test_a_number_without_a_unit_is_in_the_unit_of_its_measure(shelf: Shelf) -> None:
    shelf.put(deck=SOURCE + FIGURE.replace("$200 / month", "8000")).bring_in()
    assert figure(shelf, "deck/price").quantity.unit == "USD/month"


@pytest.mark.parametrize(
    ("written", "terms", "quantifier"),
    [
        ("anthropic", 1, Quantifier.ONE),
        ("[anthropic]", 1, Quantifier.ONE),
        ("[anthropic, openai]", 2, Quantifier.SET),
        ("{set: [anthropic, openai]}", 2, Quantifier.SET),
        ("{each: [anthropic, openai]}", 2, Quantifier.EACH),
        ("{total: [anthropic, openai]}", 2, Quantifier.TOTAL),
    ],
)
def test_a_scope_names_one_thing_or_several(shelf: Shelf, written: str, terms: int, quantifier: Quantifier) -> None:
    shelf.put(deck=SOURCE + FIGURE + f"    scope: {{vendor: {written}}}\n").bring_in()
    value = figure(shelf, "deck/price").scope["vendor"]
    assert (len(value.terms), value.quantifier) == (terms, quantifier)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-06-15", "2026-06-15", "2026-06-15"),
        ("2024 to 2026", "2024-01-01", "2026-12-31"),
        ("from 2024-05 to 2024-06", "2024-05-01", "2024-06-30"),
        ("2024–2025", "2024-01-01", "2025-12-31"),
        ("since 2024", "2024-01-01", None),
        ("after 2024", "2025-01-01", None),
        ("by 2029", None, "2029-12-31"),
        ("before 2029", None, "2028-12-31"),
    ],
)
def test_a_time_is_the_days_that_people_mean(written: str, first: str | None, last: str | None) -> None:
    found = read_period(written)
    assert not isinstance(found, str)
    days = tuple(date.fromisoformat(day) if day else None for day in (first, last))
    assert (found.start, found.end) == days
    assert found.text == written


@pytest.mark.parametrize(
    "written",
    ["2026-13", "2026-02-30", "0000", "after 9999", "before 0001", "2027 to 2024", "2026-Q1-01", "soon", "2026-Q5"],
)
def test_a_time_that_does_not_exist_is_refused_in_words(written: str) -> None:
    assert isinstance(read_period(written), str)


def test_a_source_keeps_why_something_was_inferred(shelf: Shelf) -> None:
    shelf.put(
        deck="kb: 1\nid: deck\nsource:\n  type: post\n  title: {value: A thread, inferred: it has no heading}\n"
        "  author: {names: [Ada, Mary], inferred: signed by hand}\n  issued: {date: 2026-06, inferred: by the news}\n"
        "  language: en\n  reliability: {letter: D, why: nobody is named}\n"
    ).bring_in()
    source = shelf.entity(Source, "deck")
    assert isinstance(source, Source)
    assert (source.title, source.authors, source.issued) == ("A thread", ("Ada", "Mary"), "2026-06")
    assert source.inferred == {"title": "it has no heading", "authors": "signed by hand", "issued": "by the news"}
    assert (source.reliability, source.reliability_reason) == (Reliability.D, "nobody is named")


def test_a_source_of_which_nothing_is_said_cannot_be_judged(shelf: Shelf) -> None:
    shelf.put(deck=SOURCE).bring_in()
    source = shelf.entity(Source, "deck")
    assert isinstance(source, Source)
    assert source.reliability is Reliability.F


def test_the_short_forms_of_a_claim_are_arguments(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + FIGURE
        + "claims:\n  - {id: cheap, text: T., at: 'L1; L2 s2', rests-on: price, rests-on-text: So it is., "
        "answers: {pays: yes}}\n"
        + "arguments:\n  - {id: no, premises: [price], attacks: cheap/because, text: Not so.}\n"
    ).bring_in()
    claim, because, answers, no = (
        shelf.entity(Claim, "deck/cheap"),
        shelf.entity(Argument, "deck/cheap/because"),
        shelf.entity(Argument, "deck/cheap/answers"),
        shelf.entity(Argument, "deck/no"),
    )
    assert isinstance(claim, Claim)
    assert claim.passages == (Passage(1), Passage(2, 2))
    assert isinstance(because, Argument)
    assert isinstance(answers, Argument)
    assert isinstance(no, Argument)
    assert [premise.id for premise in because.premises] == [figure(shelf, "deck/price").id]
    assert (because.conclusion.id, because.text, because.source) == (claim.id, "So it is.", claim.source)
    assert (answers.premises[0].id, answers.conclusion.kind, answers.conclusion.side) == (
        claim.id,
        NodeKind.QUESTION,
        "yes",
    )
    assert (no.kind, no.conclusion.kind, no.conclusion.id) == (ArgumentKind.ATTACKS, NodeKind.ARGUMENT, because.id)


def test_an_input_is_a_figure_a_measure_an_assumption_or_missing(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + FIGURE
        + "calculations:\n  - id: sum\n    label: Sum\n    formula: a + b + c * d + e * f\n    inputs:\n"
        "      a: price\n      b: measure fee where vendor=anthropic period=by 2029 over vendor, period\n"
        "      c: 25% (assumed, likely)\n      d: missing\n      e: {measure: share}\n      f: doubled\n"
        "  - {id: doubled, label: D, formula: price * 2, inputs: {price: price}}\n"
    ).bring_in()
    calculation = shelf.entity(Calculation, "deck/sum")
    assert isinstance(calculation, Calculation)
    a, b, c, d, e, f = calculation.inputs
    kinds = [given.kind for given in (a, b, c, d, e, f)]
    assert kinds == [
        InputKind.FIGURE,
        InputKind.MEASURE,
        InputKind.ASSUMED,
        InputKind.MISSING,
        InputKind.MEASURE,
        InputKind.CALCULATION,
    ]
    assert (b.over, b.where["period"].text, len(b.where["vendor"].terms)) == (("vendor", "period"), "by 2029", 1)
    assert c.quantity is not None
    assert (c.quantity.low, c.confidence) == (Decimal("0.25"), Confidence("likely"))


@pytest.mark.parametrize(
    ("formula", "unit", "said"),
    [
        ("price + part", "", "adds USD/month and fraction"),
        ("price * part", "hour", "the formula gives USD/month, not hour"),
        ("price * part", "USD/year", None),
        ("price > part", "", "compares USD/month and fraction"),
    ],
)
def test_units_that_do_not_fit_are_said_at_the_formula(shelf: Shelf, formula: str, unit: str, said: str | None) -> None:
    declared = f"unit: {unit}, " if unit else ""
    shelf.put(
        deck=SOURCE + FIGURE + f"calculations:\n  - {{id: c, label: C, {declared}formula: {formula}, "
        "inputs: {price: price, part: 25% (assumed)}}\n"
    )
    problems = shelf.problems()
    assert (said is None) == (problems == [])
    assert all(said is not None and said in problem for problem in problems)


def test_a_check_compares_like_with_like(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE + FIGURE + "calculations:\n  - {id: c, label: C, formula: part * 2, inputs: "
        "{part: 25% (assumed)}, checks: [price]}\n"
    )
    (problem,) = shelf.problems()
    assert "'price' is in USD/month, the result in fraction" in problem


def test_a_limit_is_in_the_unit_of_its_calculation(shelf: Shelf) -> None:
    text = (
        SOURCE + FIGURE + "calculations:\n  - {id: double, label: D, formula: price * 2, inputs: {price: price}}\n"
        "claims:\n  - {id: dear, text: T., at: L1, holds-if: double > LIMIT}\n"
    )
    shelf.put(deck=text.replace("LIMIT", "300")).bring_in()
    claim = shelf.entity(Claim, "deck/dear")
    assert isinstance(claim, Claim)
    assert claim.holds_if is not None
    assert (claim.holds_if.sign, claim.holds_if.limit.low, claim.holds_if.limit.unit) == (">", 300, "USD/month")
    (problem,) = shelf.put(deck=text.replace("LIMIT", "20%")).problems()
    assert "'double' is in USD/month, its limit in fraction" in problem


def test_a_ruling_names_the_figure_that_stands(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE + FIGURE,
        rulings="kb: 1\nid: rulings\n"
        "rulings:\n  - id: one\n    finding: {rule: corroboration, measure: fee, between: [deck/price]}\n"
        "    digest: d\n    accept: deck/price\n    why: Counted.\n",
    ).bring_in()
    ruling = shelf.entity(Ruling, "rulings/one")
    assert isinstance(ruling, Ruling)
    price = figure(shelf, "deck/price")
    assert (ruling.accepted, ruling.text) == (price.id, "Counted.")
    assert ruling.finding == finding_key("corroboration", price.measure, [price.id])


def test_a_finding_is_named_by_what_its_rule_is_between(shelf: Shelf) -> None:
    shelf.put(
        deck=SOURCE
        + FIGURE
        + "rulings:\n  - {id: one, finding: {rule: drift, between: [price]}, digest: d, dismiss: N.}\n"
    )
    (problem,) = shelf.problems()
    assert "a finding of the rule 'drift' is between a figure, a figure" in problem


def test_a_name_is_looked_up_in_its_own_file_first(shelf: Shelf) -> None:
    other = SOURCE.replace("id: deck", "id: zoo") + FIGURE
    claim = "claims:\n  - {id: c, text: T., at: L1, rests-on: [price, zoo/price]}\n"
    shelf.put(deck=SOURCE + FIGURE + claim, zoo=other).bring_in()
    because = shelf.entity(Argument, "deck/c/because")
    assert isinstance(because, Argument)
    assert [node.id for node in because.premises] == [figure(shelf, f"{file}/price").id for file in ("deck", "zoo")]


def test_progress_is_told_up_to_the_last_entry(shelf: Shelf) -> None:
    from kb.intake.seed_reader import read

    told: list[tuple[int, int]] = []
    path = shelf.put(deck=SOURCE + FIGURE).folder
    read(
        [path / "vocabulary.yaml", path / "deck.yaml"],
        shelf.knowledge,
        shelf.mint,
        shelf.texts.get,
        lambda *at: told.append(at),
    )
    assert told[-1] == (7, 7)


def test_no_file_at_all_says_nothing(shelf: Shelf, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    reading = Shelf(empty).reading()
    assert (reading.entities, reading.problems, reading.files) == ((), (), ())
    assert Id("") not in reading.places


def test_claims_that_rest_on_each_other_support_nothing(shelf: Shelf) -> None:
    claims = "claims:\n  - {id: a, text: A., at: L1, rests-on: [b]}\n  - {id: b, text: B., at: L2}\n"
    arguments = "arguments:\n  - {id: c, premises: [a], supports: b}\n"
    (problem,) = shelf.put(deck=SOURCE + claims + arguments).problems()
    assert "these claims rest on each other: " in problem and problem.endswith("remove one of the reasons")
    assert shelf.put(deck=SOURCE + claims + arguments.replace("supports", "attacks")).problems() == []


def test_a_circle_is_shown_whole_beside_another_mistake(shelf: Shelf) -> None:
    claims = "claims:\n  - {id: a, text: A., at: L0, rests-on: [b]}\n  - {id: b, text: B., at: L2, rests-on: [a]}\n"
    problems = shelf.put(deck=SOURCE + claims).problems()
    assert any("these claims rest on each other: deck/b -> deck/a -> deck/b" in problem for problem in problems)
    assert len(problems) == 2


def test_an_empty_file_hides_no_mistake_of_the_others(shelf: Shelf) -> None:
    shelf.put(deck=SOURCE + "figures:\n  - {id: a, measure: fea, value: $1 / month, at: L1}\n")
    (alone,) = shelf.problems()
    for empty in ("", "# nothing yet\n", "{}\n", "---\n"):
        assert set(shelf.put(later=empty).problems()) == {
            alone,
            "later.yaml:1:1: the file is empty — begin with: kb: 1",
        }
    assert shelf.put(later="kb: 1\nid: later\nmeasures: [\n").problems() != []
    assert alone not in shelf.problems()


@pytest.mark.parametrize("nothing", ["null", "~", "NULL"])
def test_the_nothing_of_yaml_is_no_text(shelf: Shelf, nothing: str) -> None:
    problems = shelf.put(deck=f"kb: 1\nid: deck\nsource: {{type: report, title: {nothing}, language: en}}\n").problems()
    hint = f"leave the key out; if a text is meant, put it in quotes: '{nothing}'"
    assert problems == [f"deck.yaml:3:31: 'title' wants a text, not nothing — {hint}"]


def test_a_text_in_quotes_may_be_called_null(shelf: Shelf) -> None:
    assert shelf.put(deck="kb: 1\nid: deck\nsource: {type: report, title: 'null', language: en}\n").problems() == []
