"""The argument map of a full report: the drawing of the page as a file of its own, no taller than a page."""

from xml.etree import ElementTree

from kb.reports.argument_map import drawing

from kb.domain.entity import Question
from kb.reports.paper import Picture
from kb.reports.picture import map_svg
from tests.reports.papers import lines_of, paper
from tests.reports.seen import pair

SVG = "{http://www.w3.org/2000/svg}"


def test_the_map_of_a_report_has_the_boxes_and_lines_of_the_page() -> None:
    view = pair()
    asked = view.knowledge.named(Question, "pass-loses-money")
    drawn = drawing(view, asked) if asked else None
    assert drawn
    root = ElementTree.fromstring(map_svg(drawn))
    assert len(root.findall(f"{SVG}rect")) == len(drawn.boxes)
    assert len(root.findall(f"{SVG}path")) == len(drawn.arrows)
    texts = {text.text for text in root.findall(f"{SVG}text")}
    assert {line for box in drawn.boxes for line in (*box.lines, *box.about)} <= texts
    assert not [node for node in root.iter() if any("href" in name for name in node.attrib)]


def test_a_map_fits_on_a_page() -> None:
    made = paper(pair(), "pass-loses-money", full=True)
    (drawn,) = [block for block in made.blocks if isinstance(block, Picture) and block.name.startswith("map-")]
    root = ElementTree.fromstring(drawn.svg)
    assert float(root.attrib["height"]) / float(root.attrib["width"]) <= 1.26
    assert drawn.text


def test_a_report_points_nowhere_with_shown_above() -> None:
    assert not any("(shown above)" in line for line in lines_of(paper(pair(), full=True)))
