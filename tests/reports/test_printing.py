"""A report as a file: nothing that a source says can break its form."""

from pathlib import Path

import pytest

from kb.app.exporting import markdown, print_brief
from kb.domain.identity import Id
from kb.reports.brief import Brief, compose_brief
from tests.reasoning.story import argument, claim, figure, measure, question
from tests.reports.seen import seen

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
HOSTILE = '<script>alert("1")</script> | *bold* [link](http://example.org) `code` & 月票'


def hostile() -> Brief:
    view = seen(
        measure(),
        question(),
        figure("$8k", id="value", voice=HOSTILE),
        claim("said", text=HOSTILE),
        argument("for", "question:loss:yes", "claim:said"),
        argument("because", "claim:said", "figure:value"),
    )
    return compose_brief(view, view.knowledge.questions[Id("loss")])


def test_html_escapes_what_sources_say_and_loads_nothing() -> None:
    page = print_brief(hostile(), "html", TEMPLATES)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not any(sign in page for sign in ("src=", "@import", "<link", "url(", " style="))


def test_markdown_shows_signs_as_they_are_and_keeps_its_tables_whole() -> None:
    text = print_brief(hostile(), "md", TEMPLATES)
    assert "<script" not in text.replace("\\<script", "")
    rows = [line.replace("\\|", "") for line in text.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {4, 5, 9}


def test_every_footnote_that_is_cited_is_there() -> None:
    text = print_brief(hostile(), "md", TEMPLATES)
    for note in hostile().footnotes:
        assert f"\n[^{note.number}]: " in text


def test_an_unknown_format_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="md or html"):
        print_brief(hostile(), "pdf", TEMPLATES)


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("1. first", "1\\. first"),
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("-5 of 10", "-5 of 10"),
        ("two\nlines", "two lines"),
        ("a&lt;b", "a&amp;lt;b"),
    ],
)
def test_text_that_looks_like_markdown_stays_text(plain: str, shown: str) -> None:
    assert markdown(plain) == shown
