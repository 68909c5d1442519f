"""A stranger's file becomes a paper: its text, and what it says about itself with the place where it says so."""

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.problem import Problem
from kb.intake.document_reader import Guess, Limits, MediaType, Metadata, ParsedDocument, plain_text, read_document
from kb.intake.document_reader.extraction import extract
from kb.intake.document_reader.pdf import _Column
from kb.intake.document_reader.sandbox import LIMITS
from tests.intake.press import column, pdf

ARTICLE = """\
Letters · March 4, 2026 · By Mara Lindqvist and Ole Brandt
The pass that sails too often

The pass costs $40 a month, and the harbour is not what it was for those of us that sail.
"""


def paper(file: bytes | str) -> ParsedDocument:
    found = extract(file.encode() if isinstance(file, str) else file, Limits())
    assert found.document is not None, found.problem
    return found.document


def refusal(file: bytes, limits: Limits = LIMITS) -> str:
    found = read_document(file, limits, "a.file")
    assert isinstance(found, Problem)
    return str(found)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


# --- plain text and Markdown


def test_plain_text_is_left_as_it_is() -> None:
    data = "\ufeffone\r\ntwo\u00a0words\n".encode()
    found = read_document(data)
    assert isinstance(found, ParsedDocument)
    assert (found.text, found.encoding, found.media_type) == (data.decode(), "utf-8", MediaType.PLAIN)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_the_first_lines_of_a_text_tell_title_authors_date_and_language() -> None:
    assert paper(ARTICLE).about == Metadata(
        title=Guess("The pass that sails too often", "line 2"),
        authors=(Guess("Mara Lindqvist", "line 1"), Guess("Ole Brandt", "line 1")),
        issued=Guess("2026-03-04", "line 1"),
        language=Guess("en", "its commonest words"),
    )


def test_chinese_lines_tell_them_too() -> None:
    about = paper("渡轮通票的价格\n作者：林默\n2026年3月4日 09:30\n港口每月收费四十美元，乘客每天都坐船。\n").about
    assert about == Metadata(
        title=Guess("渡轮通票的价格", "line 1"),
        authors=(Guess("林默", "line 2"),),
        issued=Guess("2026-03-04", "line 3"),
        language=Guess("zh", "its letters"),
    )


def test_a_text_that_says_nothing_of_itself_gives_no_guess() -> None:
    assert paper("Rund um die Uhr, " * 30 + "\n").about == Metadata()


def test_a_date_that_could_be_two_days_is_none() -> None:
    assert paper("Title\n06/07/2026\n").about.issued is None


FRONT = """\
---
title: "The pass: too often"
author: [Mara Lindqvist, Ole Brandt]
date: 2026-03-04
lang: en-GB
url: https://quay.example/pass
---
# Another heading

By Nobody Else
"""


def test_front_matter_comes_before_what_the_lines_say() -> None:
    found = paper(FRONT)
    assert found.media_type is MediaType.MARKDOWN
    assert found.text == FRONT
    assert found.about.title == Guess("The pass: too often", "the front matter, title")
    assert [one.value for one in found.about.authors] == ["Mara Lindqvist", "Ole Brandt"]
    assert found.about.url == Guess("https://quay.example/pass", "the front matter, url")


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    assert paper("# The pass\n\nIt sails.\n").about.title == Guess("The pass", "line 1")


def test_utf_16_is_read_by_its_mark() -> None:
    found = paper("price 价格\r\nnext".encode("utf-16"))
    assert (found.text, found.encoding) == ("price 价格\nnext", "utf-16")


# --- HTML


def test_a_page_becomes_its_visible_blocks_line_by_line() -> None:
    body = """
      <nav><a href=/>Home</a></nav><header><h1>The pass</h1></header>
      <p>It costs&nbsp;$40
         a <b>month</b>.<br>No more.</p><script>document.write("$1")</script><style>p{}</style>
      <div>First<div>second</div>third</div><ul><li>one<li>two</ul><pre>a\n   b</pre>
      <p hidden>no</p><p style="color: red; display:none">no</p><template><p>no</p></template><!-- no -->
      <details><summary>More</summary>of it</details><p>&lt;Tom &amp; Ann&gt; &#8364;5</p>"""
    assert paper(page(body)).text.split("\n") == [
        "The pass",
        "It costs $40 a month.",
        "No more.",
        "First",
        "second",
        "third",
        "one",
        "two",
        "a",
        "   b",
        "More",
        "of it",
        "<Tom & Ann> €5",
    ]


def test_a_table_is_told_row_by_row() -> None:
    body = "<table><caption>Fees</caption><tr><th>Pier<th>Fee<br>per month<tr><td>North<td>$40<tr><td><td>$50</table>"
    assert paper(page(body)).text == "Fees\nPier\tFee per month\nNorth\t$40\n\t$50"


def test_a_table_that_only_arranges_a_page_is_told_block_by_block() -> None:
    body = "<table><tr><td><h1>The pass</h1><p>One.</p><p>Two.</p><td><table><tr><td>a<td>b</table></table>"
    assert paper(page(body)).text == "The pass\nOne.\nTwo.\na\tb"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("$5 billion<sup><a href=#n1>1</a></sup>", "$5 billion[1]"),
        ("$5 billion<a href=#n1><sup>1</sup></a>", "$5 billion[1]"),
        ("$5 billion<sup><a href=#n1>[1]</a></sup>", "$5 billion[1]"),
        ("10<sup>-6</sup> m<sup>2</sup>, CO<sub>2</sub>", "10⁻⁶ m², CO₂"),
        ("the 5<sup>th</sup> pier", "the 5th pier"),
    ],
)
def test_a_raised_or_lowered_sign_is_no_digit_of_the_number_before_it(body: str, text: str) -> None:
    assert paper(page(f"<p>{body}</p>")).text == text


def test_a_line_that_breaks_between_chinese_letters_leaves_no_space() -> None:
    assert paper(page("<p>每月\n  四十 美元\nUSD</p>")).text == "每月四十 美元 USD"


def test_broken_markup_is_read_as_a_browser_would() -> None:
    assert paper("<html><p>one <b>two <i>three</b> four<p>five</div></td>six").text == "one two three four\nfivesix"


def test_a_page_that_nests_without_end_is_read() -> None:
    assert paper(page("<div>" * 5_000 + "deep")).text == "deep"


HEAD = """
<title>The pass | The Quay Letter</title><link rel=canonical href="https://quay.example/pass">
<meta property="og:title" content="The pass"><meta property="og:site_name" content="The Quay Letter">
<meta name="author" content="Mara Lindqvist"><meta property="article:published_time" content="2026-03-04T09:30:00Z">
"""


def test_the_tags_of_a_page_tell_what_it_is() -> None:
    assert paper(page("<p>It sails.</p>", HEAD).replace("<html>", "<html lang=en-GB>")).about == Metadata(
        title=Guess("The pass", "the tag og:title"),
        authors=(Guess("Mara Lindqvist", "the tag author"),),
        container_title=Guess("The Quay Letter", "the tag og:site_name"),
        issued=Guess("2026-03-04", "the tag article:published_time"),
        language=Guess("en-GB", "the tag html"),
        url=Guess("https://quay.example/pass", "the link canonical"),
    )


def test_citation_tags_come_first_and_json_ld_next() -> None:
    linked = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Quay"},
        {"@type": "NewsArticle", "headline": "Linked", "author": [{"name": "Ole Brandt"}, "Ann Ray"],
         "datePublished": "2026-03-05", "publisher": {"name": "Quay Press"}}]}</script>"""
    about = paper(page("<p>It sails.</p>", linked + HEAD)).about
    assert about.type == Guess("article-newspaper", "JSON-LD, NewsArticle")
    assert about.title == Guess("Linked", "JSON-LD, headline")
    assert [name.value for name in about.authors] == ["Ole Brandt", "Ann Ray"]
    assert about.issued == Guess("2026-03-05", "JSON-LD, datePublished")
    cited = """<meta name=citation_title content="Cited"><meta name=citation_doi content="doi:10.1000/pass.1">
        <meta name=citation_journal_title content="Ferries"><meta name=citation_author content="Ray, Ann">"""
    about = paper(page("<p>It sails.</p>", cited + linked)).about
    assert (about.type, about.title) == (
        Guess("article-journal", "the tag citation_journal_title"),
        Guess("Cited", "the tag citation_title"),
    )
    assert about.doi == Guess("10.1000/pass.1", "the tag citation_doi")


def test_json_ld_that_cannot_be_read_is_passed_over() -> None:
    broken = '<script type="application/ld+json">{"@type": "Article", </script>' + "[" * 5000
    assert paper(page("<p>It sails.</p>", broken)).about.type is None


def test_a_page_in_another_encoding_is_read_as_it_declares() -> None:
    body = page("<p>每月四十美元</p>", '<meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    found = paper(body.encode("gb18030"))
    assert (found.text, found.encoding) == ("每月四十美元", "gb18030")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!-- saved --><!DOCTYPE html><p>a", MediaType.HTML),
        ("<article><p>a</p></article>\n", MediaType.HTML),
        ('<p align="center">Logo</p>\n\n# A readme\n\nText.\n', MediaType.PLAIN),
        ("a < b and <p> is a tag", MediaType.PLAIN),
        ("## A heading\n", MediaType.MARKDOWN),
    ],
)
def test_what_a_file_is_shows_in_its_content(text: str, kind: MediaType) -> None:
    assert paper(text).media_type is kind


# --- PDF


def test_lines_that_run_on_are_joined_and_pages_keep_apart() -> None:
    first = column(
        "The pass costs $40 a month, and those who sail",
        "each day use tickets for $300, so says the",
        "union.",
        "Nobody has counted.",
    )
    found = read_document(pdf(first, column("The second page begins.")))
    assert isinstance(found, ParsedDocument)
    assert found.text.split("\n") == [
        "The pass costs $40 a month, and those who sail each day use tickets for $300, so says the union.",
        "Nobody has counted.",
        "\f",
        "The second page begins.",
    ]
    assert (found.media_type, found.pages, found.encoding) == (MediaType.PDF, (1, 4), "")


def test_rows_of_a_table_stay_lines_of_their_own() -> None:
    rows = [("North pier", "$300"), ("South pier", "$250"), ("Both piers", "$550")]
    cells = [
        (left, 700 - 14 * number, 11, cell)
        for number, row in enumerate(rows)
        for left, cell in zip((72, 300), row, strict=True)
    ]
    assert paper(pdf(cells)).text == "North pier\t$300\nSouth pier\t$250\nBoth piers\t$550"


def test_items_of_a_list_stay_lines_of_their_own() -> None:
    lines = column("• the first of the items is this long one here", "• the second of the items is as long as that one")
    assert len(paper(pdf(lines)).text.split("\n")) == 2


@pytest.mark.parametrize(
    ("elsewhere", "word"),
    [("A commuter sails.", "commuter"), ("Somebody sails.", "commut-er")],
)
def test_a_word_broken_at_the_end_of_a_line_loses_its_hyphen_where_the_text_has_it_whole(
    elsewhere: str, word: str
) -> None:
    broken = column("Forty dollars a month is what it costs a commut-", "er who sails each day and pays in advance.")
    assert f"a {word} who sails" in paper(pdf([*broken, (72, 600, 11, elsewhere)])).text


def test_the_largest_letters_are_the_title_where_the_pdf_has_none() -> None:
    lines = [
        (72, 740, 24, "The pass that"),
        (72, 712, 24, "sails too often"),
        *column("It costs forty dollars a month.", top=650),
    ]
    assert paper(pdf(lines)).about.title == Guess("The pass that sails too often", "the largest letters of page 1")
    named = paper(pdf(lines, information="/Title (Pass) /Author (Ann Ray; Ole Brandt) /CreationDate (D:20260304)"))
    assert named.about.title == Guess("Pass", "the PDF's title")
    assert [name.value for name in named.about.authors] == ["Ann Ray", "Ole Brandt"]
    assert named.about.issued == Guess("2026-03-04", "the PDF's day of making")
    dated = [*lines, (72, 600, 11, "March 2, 2026")]
    assert paper(pdf(dated, information="/CreationDate (D:20260304)")).about.issued == Guess("2026-03-02", "line 3")
    filed = paper(pdf(lines, information="/Title (Microsoft Word - pass_final2.docx)"))
    assert filed.about.title == Guess("The pass that sails too often", "the largest letters of page 1")


PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="http://prismstandard.org/namespaces/basic/2.0/"
 p:doi="10.1000/pass.1"><dc:title><rdf:Alt><rdf:li>The pass</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq>
<rdf:li>Ann Ray</rdf:li><rdf:li>Ole Brandt</rdf:li></rdf:Seq></dc:creator><p:coverDate>2026-03</p:coverDate>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_a_packet_of_data_comes_before_all_else_in_a_pdf() -> None:
    about = paper(pdf(column("It sails."), information="/Title (Another)", packet=PACKET)).about
    assert about.title == Guess("The pass", "the XMP packet, title")
    assert [name.value for name in about.authors] == ["Ann Ray", "Ole Brandt"]
    assert (about.issued, about.doi) == (
        Guess("2026-03", "the XMP packet, date"),
        Guess("10.1000/pass.1", "the XMP packet, doi"),
    )


def test_a_page_without_text_is_told() -> None:
    assert paper(pdf(column("It sails."), [])).notes == ("no text on page 2: a picture, or nothing",)


# --- bad input


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "there is nothing but white space in the file"),
        (b"PK\x03\x04rest of it", "this is a ZIP archive (DOCX, XLSX, EPUB and ODT are such), not a text"),
        (b"\x89PNG\r\n\x1a\n....", "this is a PNG picture, not a text"),
        (b"\x00\x00\x00\x18ftypmp42", "this is a film or sound recording (MP4), not a text"),
        (b"abc\x00\x01\x02def", "this is a binary file, not a text"),
        ("half of it".encode("utf-16-le"), "it seems to be UTF-16LE without a byte order mark"),
        ("每月四十美元，乘客每天都坐船。".encode("gb18030") * 3, "it seems to be GB18030"),
        (
            ("Цена подписки сорок долларов в месяц, а настоящая цена выше. " * 3).encode("koi8-r"),
            "convert it: iconv -f KOI8-R -t UTF-8",
        ),
        (
            "C’était déjà très élevé, où que l’on aille.".encode("cp1252"),
            "it seems to be CP1252, and would read '’était déjà très éle' there",
        ),
        (b'<html><meta charset="gb2312"><p>\x81', "the page declares gb18030, but byte 32 (0x81) is none"),
        (pdf([], locked=True), "the PDF is encrypted and wants a password"),
        (pdf([]), "there is no text in the PDF; its pages are pictures or empty — run OCR first"),
        (b"%PDF-1.7 and no more", "the PDF cannot be read: it is damaged or cut off"),
        (b"<html><body><script>fill()</script></body></html>", "there is no text in the page"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(data: bytes, what: str) -> None:
    said = refusal(data)
    assert said.startswith("a.file: ")
    assert what in said


MANY = 20_500


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<div>\n" * MANY + "$40" + "</div>" * MANY, "in line 20001, more than 20,000 elements are open inside each"),
        ("<table><tr><td>$40" * MANY, "more than 20,000 elements are open inside each other"),
        ("<ul><li>$40<p>" * MANY, "more than 20,000 elements are open inside each other"),
        (
            "<p " + " ".join(f"a{n}=b" for n in range(MANY)) + ">$40",
            "the tag <p> in line 1 has more than 10,000",
        ),
        ("<br>\n<a " + "/".join(f"a{n}" for n in range(MANY)) + ">$40", "the tag <a> in line 2 has more than 10,000"),
        ("<p>$40<i " + "".join(f"a{n}='>' " for n in range(MANY)), "the tag <i> in line 1 has more than 10,000"),
    ],
)
def test_a_page_that_a_parser_would_read_for_minutes_is_refused_with_the_line(body: str, what: str) -> None:
    found = extract(page(body).encode(), LIMITS)
    assert found.problem is not None and what in found.problem.what


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 9_000 + "$40",
        "<div></div>" * MANY + "$40",
        "<ul><li><div></ul>" * MANY + "$40",
        "<p>" * MANY + "$40",
        "<br/>" * MANY + "$40",
        "<!--" + "<div>" * MANY + "-->$40",
        "<script>" + "'<div>'" * MANY + "</script>$40",
        "<p title='" + "<div>" * MANY + "'>$40",
        "<p title='" + "word " * MANY + "'>$40",
        "<p " + "word " * MANY + ">$40",
    ],
)
def test_a_page_that_is_only_long_is_read(body: str) -> None:
    assert paper(page(body)).text == "$40"


def test_a_pdf_of_letters_scattered_over_its_page_is_read_within_the_limit() -> None:
    places = [(left, bottom, 3, "x") for left in range(20, 590, 4) for bottom in range(20, 770, 5)]
    found = read_document(pdf(random.Random(1).sample(places, 15_000)))
    assert isinstance(found, ParsedDocument)
    assert found.text.count("x") == 15_000


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 99))), st.integers(-2, 22), st.integers(-2, 22))
def test_the_end_of_a_column_is_that_of_its_longest_line(lines: list[tuple[int, int]], start: int, end: int) -> None:
    column = _Column(left for left, _ in lines)
    for left, right in lines:
        column.add(left, right)
    assert column.farthest(start, end, -1) == max((right for left, right in lines if start < left < end), default=-1)


def test_a_pdf_of_too_many_pages_names_the_limit() -> None:
    pages = [column("It sails.")] * 4
    assert "the PDF has 4 pages; at most 3 are read" in refusal(pdf(*pages), Limits(pages=3))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    assert str(read_document(large)).startswith(f"{large}: the file has 300 MB; a document has at most 100 MB")


def test_a_path_without_a_file_says_so(tmp_path: Path) -> None:
    assert "there is no such file" in str(read_document(tmp_path / "none.txt"))
    assert "this is a folder" in str(read_document(tmp_path))


# --- laws

NAMES = "p div b table tr td th ul li pre a sup q nav details h1 br span svg dialog"
TAGS = st.sampled_from(NAMES.split())
PAGES = st.recursive(
    st.sampled_from(
        ["word ", "$5", "每月", "\u00a0", "\n", "<script>SECRET</script>", "<style>SECRET</style>", "<!--SECRET-->"]
    ),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=30,
)


@settings(max_examples=100)
@given(PAGES)
def test_no_script_is_kept_and_each_line_has_words(body: str) -> None:
    found = extract(page(body).encode(), LIMITS)
    lines = found.document.text.split("\n") if found.document else []
    assert "SECRET" not in "".join(lines)
    # An empty line parts two tables, and nothing else.
    assert "" not in lines or body.count("<table") > 1
    assert all(line.strip() and "\u00a0" not in line for line in lines if line)


@settings(max_examples=100)
@given(st.binary(max_size=200), st.sampled_from([b"", b"<html>", b"%PDF-1.4\n", b"---\n", b"\xff\xfe", b"{\\rtf"]))
def test_whatever_the_bytes_there_is_a_paper_or_a_problem(data: bytes, begin: bytes) -> None:
    found = extract(begin + data, LIMITS)
    assert (found.document is None) != (found.problem is None)
    assert extract(begin + data, LIMITS) == found


@settings(max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_plain_text_is_never_changed(text: str) -> None:
    data = text.encode()
    assert plain_text(data) in (text, None)
    found = extract(data, LIMITS).document
    assert found is None or found.media_type is MediaType.HTML or found.text == text
