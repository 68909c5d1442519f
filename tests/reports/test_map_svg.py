"""The map as a file of its own."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from kb.reports.map.svg import map_svg
from kb.reports.page.argument_map import ArgumentMap
from tests.reasoning.story import argument, claim, question
from tests.reports.seen import pair, seen
from tests.reports.test_map import HARD, asked, drawn

SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing: ArgumentMap, *notes: str) -> list[str]:
    root = ElementTree.fromstring(map_svg(drawing, notes))
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_a_file_has_every_card_and_edge_and_says_where_it_comes_from() -> None:
    made = drawn(pair(), open="all")
    root = ElementTree.fromstring(map_svg(made, ("Event 71 of the log, 1 April 2026.",)))
    assert len(root.findall(f"{SVG}rect")) > len(made.cards)
    assert len([path for path in root.findall(f"{SVG}path") if path.get("fill") == "none"]) >= len(made.edges)
    words = texts(made, "Event 71 of the log, 1 April 2026.")
    assert words[0] == asked(pair()).text
    assert words[-1] == "Event 71 of the log, 1 April 2026."
    assert any("Tested whether" in text for text in words)


def test_a_file_loads_nothing() -> None:
    text = map_svg(drawn(pair()))
    assert text.count("http") == text.count("http://www.w3.org/2000/svg") == 1
    assert "href" not in text
    assert "<style" not in text


@pytest.mark.parametrize("text", HARD)
def test_any_text_gives_a_file_that_can_be_read(text: str) -> None:
    asks = replace(question(), text=text)
    made = drawn(seen(asks, claim("hard", text=text), argument("for", "question:loss:yes", "claim:hard")))
    assert len(texts(made, text)) > 3
