"""Each format as its readers see it: the same words, citations that lead to their passages, and nothing but text."""

import re
import subprocess
from errno import ENOSPC
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from kb.app import typesetters, typesetting
from kb.app.reporting import STYLES, find_style
from kb.app.typesetters import TypstJob, run_pandoc, run_typst
from kb.app.typesetting import FORMATS, set_paper
from kb.domain.characters import with_visible_characters
from kb.domain.problem import Refused
from kb.reports.paper import Bullets, Cited, Code, Heading, Line, Paper, Paragraph, Place, Quotation, Strong, Table
from kb.reports.view import View
from tests.golden import Golden
from tests.reasoning.story import argument, claim, figure, measure, question, source
from tests.reports.format_text import TEXTS, docx_parts, docx_text, pdf_tags, pdf_text, squeezed
from tests.reports.papers import FOLDER, paper, printed
from tests.reports.seen import pair, seen

LONG = "W" * 300
NASTY = (
    "a\n# heading\n\n- item\nb",
    "a\tb\x0bc\x1b[31md\x00e\u2028f\u202eg\ufffeh",
    "1. one", "1) one", "# no", "#no", "> q", "+ x", "+", "- item", "- - -", "===", "/ x", "/ term: x", "= h", "=1+1",
    "-5 and a-5", "| a | b |", "a | b", "***", "___", "_", "*", "`", "``` x", "~~~ x", "~a~ ~~b~~", "\\", "a\\*b",
    "&nbsp; &#x41; &lt;b&gt;", "a & b; c &amp c", "<b>x</b>", "<!-- c -->", "</w:t></w:r>", "]]>",
    "<script>alert('1')</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "![p](http://x.example/a.png)", "[a]: http://x.example", "[a](http://x.example)", "http://x.example/<a>?b=1&copy=2",
    "<https://x.example>", "[^1]: note", "@citekey", "[@citekey]", "\\newpage \\input{/etc/passwd}", "$x^2$ $$y$$",
    "#let x = 1", '#image("a.png") #import "b"', "//comment /* c */", "<label> @ref", "snake_case_x 2*3*4",
    "H~2~O ^sup^ ==m== :smile: {.cls} ::: div", "\"quotes\" 'single' ...", "{{ jinja }} {% x %}", "a\u00adb\u200bc",
    LONG, f"http://x.example/{'ab_' * 60}",
)  # fmt: skip
OTHER_SCRIPTS = (
    "月票的价格",
    "Größe und Maß",
    "Ωμέγα",
    "Цена",
    "かな",
    "🎉 and 👩\u200d🔬",
    "עברית שלום",
    "مرحبا بالعالم",
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")


@cache
def brief(format: str, style: str = STYLES[0]) -> bytes:
    return printed(pair(), paper(pair(), "pass-loses-money"), format, style)


def hostile(texts: tuple[str, ...]) -> Paper:
    lines: list[Line] = [(text,) for text in texts]
    return Paper(
        title=texts[0],
        subtitle=texts[1],
        date="2026-06-15",
        language="en",
        contents=True,
        blocks=(
            *(Heading(1, text, f"place-{at}") for at, text in enumerate(texts)),
            Bullets(tuple(lines)),
            *map(Paragraph, lines),
            Paragraph(tuple(part for text in texts for part in (Code(text), " ", Quotation(text, "de"), " "))),
            Table(
                caption=texts[0],
                head=(texts[0], texts[1]),
                rows=tuple((line, (Strong(text),)) for line, text in zip(lines, texts, strict=True)),
                shares=(0.5, 0.5),
            ),
        ),
        colophon=(lines[0],),
    )


def shown(text: str) -> str:
    return squeezed(with_visible_characters(re.sub(r"[\s\x85]+", " ", text)))


@pytest.mark.parametrize("format", FORMATS)
def test_whatever_is_written_is_shown_as_text(format: str) -> None:
    content = printed(pair(), hostile((*NASTY, *OTHER_SCRIPTS)), format)
    text = squeezed(TEXTS[format](content))
    # In a heading, a point, a paragraph, a quotation, a formula and two cells; and none of them once more as markup.
    few = {made: text.count(shown(made)) for made in (*NASTY, *OTHER_SCRIPTS) if text.count(shown(made)) < 7}
    few = {made: times for made, times in few.items() if format != "pdf" or not RIGHT_TO_LEFT.search(made)}
    # Programs do not agree on what stands in a PDF where signs are joined.
    assert few.keys() <= ({"🎉 and 👩\u200d🔬"} if format == "pdf" else set())
    # The words from right to left are told by their letters: programs do not agree on the order of a line either.
    assert all(set(squeezed(made)) <= set(text) for made in OTHER_SCRIPTS if RIGHT_TO_LEFT.search(made))


def told_by(text: str) -> View:
    """A base in which every name and every word is ``text``."""
    return seen(
        source("deck", title=text, container_title=text, authors=(text,), note=text),
        measure(),
        question(),
        figure("$8k", id="value", voice=text),
        claim("said", text=text),
        argument("for", "question:loss:yes", "claim:said"),
        argument("because", "claim:said", "figure:value"),
    )


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_on_it_is_set_too(format: str) -> None:
    text = " ".join(part for part in (*NASTY, *OTHER_SCRIPTS) if part != LONG).translate({0: None})
    view = told_by(text)
    content = printed(view, paper(view, full=True), format)
    assert squeezed("onerror=alert(1)>") in squeezed(TEXTS[format](content))
    if format == "html":
        elements = re.findall(r"<(?:script|img|link|iframe)\b[^>]*>", content.decode())
        assert all(element.startswith("<img ") and 'src="data:' in element for element in elements)


def test_nothing_of_what_is_written_becomes_an_element() -> None:
    page = printed(pair(), hostile(NASTY), "html").decode()
    assert not re.search(r"<(script|img|link|iframe)\b|<[^>]* on\w+=|(src|href)=\"(?!#)", page)
    relations = docx_parts(printed(pair(), hostile(NASTY), "docx"))["word/_rels/document.xml.rels"].decode()
    assert "External" not in relations


def test_a_sign_that_no_font_has_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    error = 'error: the text `"\\u{e000}"` could not be displayed … the text `"한"` could not be displayed'
    problem = typesetters._setting_problem(error)
    assert problem.what == "no font at hand has “\ue000” (U+E000), “한” (U+D55C)" and "KB_FONTS" in problem.hint
    assert typesetters._setting_problem("error: no").what == "the report cannot be set: error: no"


def test_the_brief_as_word(golden: Golden) -> None:
    golden("report.docx.txt", docx_text(brief("docx")))


def test_the_brief_as_pdf(golden: Golden) -> None:
    golden("report.pdf.txt", pdf_text(brief("pdf")))


def test_a_word_document_has_styles_and_says_how_its_tables_are_read() -> None:
    parts = docx_parts(brief("docx"))
    document, styles = parts["word/document.xml"].decode(), parts["word/styles.xml"].decode()
    used = set(re.findall(r'<w:[pr]Style w:val="(\w+)"', document))
    assert used and used <= set(re.findall(r'w:styleId="(\w+)"', styles))
    rows, tables = document.count("<w:tr>"), document.count("<w:tbl>")
    assert document.count("<w:cantSplit />") == rows > document.count("<w:tblHeader") == tables > 0
    assert re.search(r'<w:lang [^>]*w:val="en"', styles) and 'w:lang w:val="zh"' in document
    assert len(re.findall('<wp:docPr descr="[^"]', document)) == document.count("<w:drawing>") > 0
    assert all(parts[name].startswith(b"\x89PNG") for name in parts if name.startswith("word/media/"))
    assert b"2026-04-01T00:00:00Z</dcterms:created>" in parts["docProps/core.xml"]


def test_a_word_document_has_contents_that_lead_to_its_chapters() -> None:
    document = docx_parts(printed(pair(), hostile(("One", "Two", "Three")), "docx"))["word/document.xml"].decode()
    contents = document[document.index("Contents") : document.index("<w:tbl>")]
    assert re.findall(r'w:anchor="([^"]*)"', contents)[:3] == ["place-0", "place-1", "place-2"]
    assert [contents.count(f'fldCharType="{part}"') for part in ("begin", "separate", "end")] == [1, 1, 1]
    assert ElementTree.fromstring(document) is not None and "w:dirty" not in document


def test_a_pdf_is_tagged_and_says_what_it_is() -> None:
    content = brief("pdf")
    tags = pdf_tags(content)
    assert {"H1", "H2", "P", "L", "LI", "Table", "THead", "TH", "TD", "Caption", "Link", "Figure"} <= {
        tag for tag, _ in tags
    }
    assert all(words for tag, words in tags if tag == "Figure")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content and b"/Lang" in content
    document = pypdfium2.PdfDocument(content)
    about = document.get_metadata_dict()
    assert (about["Title"], about["CreationDate"][:10]) == (
        "Does the quay’s monthly pass lose money?"[:0] or about["Title"],
        "D:20260401",
    )
    assert about["Title"] == paper(pair(), "pass-loses-money").title
    assert b"/Alt" in content


@pytest.mark.parametrize("style", [*STYLES, "own"])
def test_every_citation_leads_to_its_passage_and_event(style: str, tmp_path: Path) -> None:
    if style == "own":
        (tmp_path / "own.csl").write_text(OWN_STYLE)
        style = str(tmp_path / "own.csl")
    page = printed(pair(), paper(pair(), "pass-loses-money"), "html", style).decode()
    passages = dict(
        re.findall(r'<tr[^>]*>\s*<td[^>]*><span id="passage-(\d+)">.*?<td[^>]*>(\d+)</td>\s*</tr>', page, re.DOTALL)
    )
    led = re.findall(r'href="#passage-(\d+)"', page)
    cites = page.count('class="citation"')
    assert passages and set(led) <= set(passages) and all(map(int, passages.values()))
    assert cites and len(led) >= cites
    assert "???" not in page and "(see " not in page


@pytest.mark.parametrize("format", FORMATS)
def test_a_style_with_notes_has_them_in_every_format(format: str) -> None:
    text = TEXTS[format](brief(format, "chicago-notes"))
    assert re.search(r"line|l{1,2}\. \d+, passages?\s+1", text)
    if format == "docx":
        assert "FootnoteText: " in text and "[1]" not in text.split("FootnoteText")[1]


CITED = (
    source("a", title="First of a year", authors=("Ada Lind",), issued="2026-01-02"),
    source("b", title="Second of a year", authors=("Ada Lind",), issued="2026-05-06"),
    source("no-date", title="Undated", authors=("Bo Moe",)),
    source("no-author", title="Unsigned", issued="2025"),
    source("nothing", title="Neither"),
    source("zh", title="月票的价格", authors=("王芳",), issued="2026", language="zh"),
)  # fmt: skip


def test_citations_tell_works_of_a_year_apart_and_do_without_date_or_author() -> None:
    view = seen(*CITED)
    places = [Place(source=made.id, line=line) for made, line in zip(CITED, (3, 5, 7, 9, 11, 13), strict=True)]
    again = Place(source=CITED[0].id, line=8)
    made = Paper(
        title="Works",
        subtitle="",
        date="2026-06-15",
        language="en",
        contents=False,
        blocks=(
            *(Paragraph(("Said ", Cited((place,)), ".")) for place in places),
            Paragraph(("Both ", Cited((places[0], again, places[2])), ".")),
        ),
        colophon=(),
    )
    text = re.sub(r"\s+", " ", TEXTS["md"](printed(view, made, "md")))
    for cited in (
        "(Lind, 2026a, l. 3)", "(Lind, 2026b, l. 5)", "(Moe, n.d., l. 7)", "(Unsigned, 2025, l. 9)",
        "(Neither, n.d., l. 11)", "(王芳, 2026, l. 13)", "(Lind, 2026a, ll. 3, 8; Moe, n.d., l. 7)",
    ):  # fmt: skip
        assert cited in re.sub(r"\( ?(\w+) ?,", r"(\1,", text), (cited, text)
    assert text.count("First of a year") == 1


OWN_STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Own</title><id>own</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="{" suffix="}" delimiter=" / ">
    <text variable="title" form="short"/><text variable="locator" prefix=" @"/>
  </layout></citation>
  <bibliography><sort><key variable="title"/></sort><layout suffix=".">
    <text variable="title"/><names variable="author" prefix=" by "/>
  </layout></bibliography>
</style>"""


PROGRAMS = {
    "pandoc": lambda work: run_pandoc(work, [], "2026-06-15"),
    "typst": lambda work: run_typst(work, [TypstJob("paper.typ", "paper.pdf", {})], FOLDER / "fonts"),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_that_takes_too_long_is_ended(program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def slow(command: list[str], timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(typesetters.subprocess, "run", slow)
    with pytest.raises(Refused, match=f"{program}: the report was not set within 60 seconds"):
        PROGRAMS[program](tmp_path)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("something broke\nHasCallStack backtrace:\n  throwIO", r"the report cannot be set: something broke$"),
        ("", "it ended with code 1 and said nothing"),
    ],
)
def test_a_program_that_fails_is_quoted(
    program: str, said: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fails(monkeypatch, said)
    with pytest.raises(Refused, match=told):
        PROGRAMS[program](tmp_path)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_disk_that_is_full_is_named_as_such(program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fails(monkeypatch, "out: withBinaryFile: resource exhausted (No space left on device)\nHasCallStack:\n  a")
    with pytest.raises(OSError, match="No space left"):
        PROGRAMS[program](tmp_path)


def fails(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    done = subprocess.CompletedProcess([], 1, b"", said.encode())
    monkeypatch.setattr(typesetters.subprocess, "run", lambda *_, **__: done)


def test_without_a_place_to_work_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(typesetting, "TemporaryDirectory", full)
    with pytest.raises(Refused, match="the disk is full"):
        set_paper(hostile(("a", "b")), pair().knowledge, "md", find_style("apa"), FOLDER)
