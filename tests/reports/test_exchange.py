"""An argument map for other programs: every relation, and no text that breaks the format."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest

from kb.domain.entity import Question
from kb.domain.identity import Id
from kb.reports.evidence import source as source_page
from kb.reports.exchange.argdown import argdown_export, escaped
from kb.reports.exchange.dot import dot_export
from kb.reports.exchange.graphml import graphml_export
from kb.reports.view import View
from tests.golden import Golden
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source
from tests.reports.seen import seen

YES, NO = "question:loss:yes", "question:loss:no"
FORMATS: dict[str, Callable[[View, Sequence[Question]], str]] = {
    "dot": dot_export,
    "graphml": graphml_export,
    "argdown": argdown_export,
}


@cache
def ferry() -> View:
    """A question with every kind of node and of edge, and a second one."""
    return seen(
        source("deck"),
        measure("value"),
        question(),
        question("other"),
        figure("$8k/month", id="fee", of="value", by="deck"),
        calculation("margin", "value / 9000", value="figure fee"),
        claim("full", by="deck", voice="Ann Ash"),
        claim("empty", by="deck", denies=("full",)),
        claim("old", by="deck", holds_if=("margin", "<", "0")),
        replace(argument("for", YES, "claim:full", "figure:fee"), text="What is full pays."),
        argument("against", NO, "claim:empty"),
        argument("undercut", "argument:for", "claim:old", attacks=True),
        argument("backing", "argument:for", "calculation:margin"),
        argument("contra", "claim:full", "claim:old", attacks=True),
        argument("aside", "question:other:yes", "claim:old"),
    )


def asked(view: View, *slugs: str) -> list[Question]:
    return [view.knowledge.questions[Id(slug)] for slug in slugs]


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_every_relation(form: str, golden: Golden) -> None:
    golden(f"exchange.{form}", FORMATS[form](ferry(), asked(ferry(), "loss")))


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_question_everything_is_written(form: str) -> None:
    assert "aside" not in FORMATS[form](ferry(), asked(ferry(), "loss"))
    assert "aside" in FORMATS[form](ferry(), ())


NASTY = [
    'He said "no" \\ and \\"left\\"',
    "</y:NodeLabel><script>alert(1)</script> & &lt; &amp;",
    "]; node [label=x]; // /* */ # */",
    "=== [a]: <b> {c: d} @[x] #t *b* _i_ :smile: .x. U.S. --",
    "- one\n+ two\n(1) three\n\t== four",
    "\\N \\G \\l \\",
    "שלום, 中文 😀 e\u0301",
    "x" * 5_000,
]


@cache
def nasty() -> View:
    told = [replace(claim(f"c{number}"), text=text) for number, text in enumerate(NASTY)]
    return seen(question(), *told, argument("for", YES, *(f"claim:c{number}" for number in range(len(NASTY)))))


def test_nasty_texts_are_texts_in_graphml() -> None:
    root = ElementTree.fromstring(graphml_export(nasty(), ()))
    texts = [
        data.text for data in root.iter("{http://graphml.graphdrawing.org/xmlns}data") if data.get("key") == "text"
    ]
    assert set(NASTY) <= set(texts)


def test_nasty_texts_end_no_string_and_no_line_in_dot() -> None:
    lines = dot_export(nasty(), ()).splitlines()[3:-1]
    string = r'"(?:[^"\\]|\\.)*"'
    assert all(re.fullmatch(rf"  (?:\w+|{string}(?: -> {string})?) \[(?:[^\"\]]|{string})*\]", line) for line in lines)
    assert not any(re.search(r"&(?!amp;)", line) for line in lines)


def test_nasty_texts_stay_on_their_line_in_argdown() -> None:
    lines = argdown_export(nasty(), ()).splitlines()
    stated = [line for line in lines if line.startswith("[c")]
    assert len(stated) == len(NASTY)
    for line, text in zip(stated, NASTY, strict=True):
        assert re.sub(r"\\(.)", r"\1", line.partition(": ")[2]).startswith(" ".join(text.split()))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A plain text, with 1.5 % (about), $5 and a-b.", "A plain text, with 1.5 % (about), $5 and a-b."),
        ("at http://a.b//c", "at http\\:\\//a.b\\//c"),
        ("- not a list", "\\- not a list"),
        ("a === b", "a \\=\\== b"),
        ("#1 [x] <y> {z} @a *b* _c_", "\\#1 \\[x\\] \\<y\\> \\{z\\} \\@a \\*b\\* \\_c\\_"),
        (":-) a:b:c", "\\:-) a\\:b:c"),
    ],
)
def test_only_what_argdown_takes_for_markup_is_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ({"nodes": [{"nodeID": 1, "type": "I", "text": {}}]}, "Argument map in AIF"),
        (
            {"nodes": [{"nodeID": 1, "type": "L"}, {"nodeID": 2, "type": "TA"}, {"nodeID": 3, "type": "L"}]},
            "Argument map in AIF; not weighed: two locutions and one transition",
        ),
        (
            {"nodes": [{"nodeID": 1, "type": "I", "text": " "}, {"nodeID": 2, "type": "RA"}, {"type": "?"}, 7]},
            "Argument map in AIF; not weighed: two other nodes, one statement and one inference",
        ),
    ],
)
def test_the_page_of_a_source_says_what_of_a_map_is_not_weighed(kept: Any, words: str) -> None:
    view = seen(source("deck", aif=json.dumps(kept)))
    fields = source_page(view, "deck").fields  # type: ignore[union-attr]
    assert [field.value for field in fields if field.name == "Kept as it came"] == [words]
