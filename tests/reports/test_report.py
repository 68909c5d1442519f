"""The cited report: every statement leads to the passage that bears it, in every format."""

from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from zipfile import ZipFile

import pytest

from kb.app.reporting import STYLES, ReportRequest, cited_report, find_style
from kb.app.typesetting import FORMATS
from kb.domain.problem import Refused
from kb.reports.paper import Bullets, Cited, Heading, Line, Paper, Paragraph, Table
from tests.golden import Golden
from tests.reasoning.story import argument, claim, question
from tests.reports.papers import FOLDER, lines_of, paper, printed, text_of
from tests.reports.seen import bare_pair, pair, seen

DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl"><info>
<link rel="independent-parent" href="http://www.zotero.org/styles/apa"/></info></style>"""


def cited_places(made: Paper) -> list[int]:
    lines: list[Line] = []
    for block in made.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.line)
        elif isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Table):
            lines += [cell for row in block.rows for cell in row]
    return [place.passage for line in lines for part in line if isinstance(part, Cited) for place in part.places]


def test_the_brief_as_markdown(golden: Golden) -> None:
    view = pair()
    golden("report.md", printed(view, paper(view, "pass-loses-money"), "md").decode())


def test_the_full_report_without_the_documents(golden: Golden) -> None:
    view = bare_pair()
    made = paper(view, "pass-loses-money", full=True)
    golden("report-full-without-documents.md", printed(view, made, "md", "chicago-notes").decode())


def test_passages_are_numbered_in_the_order_of_their_first_use_and_each_is_listed() -> None:
    made = paper(pair(), "pass-loses-money", full=True)
    met = list(dict.fromkeys(cited_places(made)))
    assert met == list(range(1, len(met) + 1))
    (listed,) = [block for block in made.blocks if isinstance(block, Table) and block.head[0] == "No."]
    assert sorted(int(text_of(number)) for number, *_ in listed.rows if number) == met


def test_hedges_and_stances_stand_beside_their_numbers() -> None:
    lines = lines_of(paper(pair(), "pass-loses-money", full=True))
    assert any(line.startswith("$120 to $150 a month or more") for line in lines)
    assert any("about 10% (estimated)" in line for line in lines)


def test_the_opening_says_where_the_evidence_points_and_the_report_what_it_does_not_know() -> None:
    lines = lines_of(paper(pair(), "pass-loses-money"))
    opening = "Leaning no: The pass pays for itself. Two arguments support a no and one a yes"
    assert any(line.startswith(opening) for line in lines)
    assert any(line.startswith("Certainty is very low: ") for line in lines)
    assert any(line.startswith("The editors have not resolved") for line in lines)


def test_a_report_on_several_questions_has_a_chapter_for_each() -> None:
    view = seen(question(), question("gain"), claim("said"), argument("for", "question:gain:yes", "claim:said"))
    chapters = [b.text for b in paper(view).blocks if isinstance(b, Heading) and b.level == 1]
    assert len(chapters) >= 2


def test_a_question_without_arguments_is_reported_as_such() -> None:
    assert lines_of(paper(seen(question()))).count("Nothing recorded counts for this side.") == 2


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_moment_gives_the_same_bytes(format: str) -> None:
    view = pair()
    made = [printed(view, paper(view, "pass-loses-money"), format) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_that_comes_with_it_cites(style: str) -> None:
    view = pair()
    text = printed(view, paper(view, "pass-loses-money"), "md", style).decode()
    assert "(see " not in text and "???" not in text and "passage-1" in text


def test_nothing_is_loaded_from_elsewhere() -> None:
    view = pair()
    page = printed(view, paper(view, "pass-loses-money"), "html").decode()
    assert not any(sign in page for sign in ('src="http', "@import", "<link", "url(http", "<script"))


@pytest.mark.parametrize("format", ["html", "docx"])
def test_a_report_names_no_folder_of_who_made_it(format: str) -> None:
    view = pair()
    made = printed(view, paper(view, "pass-loses-money"), format)
    parts = [made]
    if format == "docx":
        with ZipFile(BytesIO(made)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    assert not any(str(FOLDER).encode() in part or gettempdir().encode() in part for part in parts)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("not XML", "this is no citation style in CSL"),
        ("<style/>", "this is no citation style in CSL"),
        ("<!DOCTYPE style []><style xmlns='http://purl.org/net/xbiblio/csl'/>", "this is no citation style in CSL"),
        (DEPENDENT, "this style only refers to another, apa"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "this style does not say how to cite"),
    ],
)
def test_a_file_that_is_no_style_of_its_own_is_refused(content: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csl"
    path.write_text(content)
    with pytest.raises(Refused) as refused:
        find_style(str(path))
    assert refused.value.problems[0].what == fault


def test_a_style_that_is_misspelt_is_corrected() -> None:
    with pytest.raises(Refused) as refused:
        find_style("appa")
    assert "apa" in (refused.value.problems[0].hint or "")


def test_an_empty_base_has_nothing_to_report_on() -> None:
    with pytest.raises(Refused, match="no question is recorded"):
        cited_report(seen(), ReportRequest((), "md"))
