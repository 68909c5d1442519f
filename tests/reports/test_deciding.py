"""A question that a calculation decides: its page, its map, its report and the export name the comparison."""

from dataclasses import replace

from kb.domain.entity import Condition, Question
from kb.domain.identity import Id
from kb.reports.export import export_json
from kb.reports.map.drawing import argument_map
from kb.reports.map.outline import outline
from kb.reports.question import question as question_sheet
from kb.reports.view import View
from tests.reasoning.story import argument, calculation, claim, figure, measure, quantity, question
from tests.reports.papers import lines_of, paper
from tests.reports.seen import seen


def asked() -> Question:
    limit = quantity("$5k / month")
    return replace(question(yes="It earns.", no="It loses."), decided_by=Condition(Id("net"), ">=", limit))


def view() -> View:
    return seen(
        measure(),
        figure("$8k / month", id="worth"),
        asked(),
        claim("plain"),
        calculation("net", "value - cost", value="figure worth", cost="$1k / month"),
        argument("for", "question:loss:yes", "claim:plain"),
    )


def test_the_page_says_how_the_question_is_decided() -> None:
    sheet = question_sheet(view(), "loss")
    assert sheet
    assert sheet.condition == "The answer is yes if the net is at least $5,000 a month, and otherwise no."
    assert [row.ref.text for row in sheet.calculations] == ["net"]


def test_the_map_leads_from_the_calculation_to_both_sides() -> None:
    made = argument_map(view(), asked())
    assert made
    ends = sorted((edge.kind, edge.tail, edge.head) for edge in made.edges if edge.kind != "side")
    assert ends == [("supports", "claim:plain", "yes"), ("tests", "calc:net", "no"), ("tests", "calc:net", "yes")]
    yes, no = outline(view(), asked())
    assert [child.role for child in yes.children] == ["supports", "decided by"]
    assert [child.text for child in no.children] == ["net: $7,000 a month (with an assumed number) (shown above)"]


def test_a_report_has_the_calculation_and_cites_its_figures() -> None:
    lines = lines_of(paper(view(), full=True))
    assert "net" in lines[lines.index("All calculations") :]
    assert " [1]" in lines[lines.index("All figures") :]


def test_the_export_has_the_comparison() -> None:
    (exported,) = export_json(view())["questions"]
    unit = {"low": "5000", "high": "5000", "unit": "USD/month"}
    assert exported["decided_by"] == {"calculation": "net", "sign": ">=", **unit}
