"""The best case for each side, on the page as in the report."""

from kb.reports.question import question
from tests.reports.papers import lines_of, paper
from tests.reports.seen import pair


def test_the_page_tells_each_case_in_the_words_of_the_report() -> None:
    sheet = question(pair(), "pass-loses-money")
    assert sheet
    report = "\n".join(lines_of(paper(pair(), "pass-loses-money")))
    said = [span.text for case in sheet.cases for spans in case.paragraphs for span in spans if span.kind == "text"]
    assert len(sheet.cases) == 2
    assert said
    assert all(text.strip() in report for text in said)


def test_a_citation_on_the_page_leads_to_the_statement() -> None:
    sheet = question(pair(), "pass-loses-money")
    assert sheet
    cited = [span for case in sheet.cases for spans in case.paragraphs for span in spans if span.kind == "citation"]
    assert cited
    assert {span.ref.kind for span in cited if span.ref} <= {"figure", "claim"}
    assert all(span.ref for span in cited)
