"""The argument map of a full report: the drawing of the page as a file of its own, no taller than a page."""

from xml.etree import ElementTree

from kb.reports.paper import Picture
from tests.reports.papers import lines_of, paper
from tests.reports.seen import pair


def test_a_map_fits_on_a_page_and_leads_nowhere() -> None:
    made = paper(pair(), "pass-loses-money", full=True)
    (drawn,) = [block for block in made.blocks if isinstance(block, Picture) and block.name.startswith("map-")]
    root = ElementTree.fromstring(drawn.svg)
    assert float(root.attrib["height"]) / float(root.attrib["width"]) <= 1.26
    assert not [node for node in root.iter() if any("href" in name for name in node.attrib)]
    assert drawn.text


def test_a_report_points_nowhere_with_shown_above() -> None:
    assert not any("(shown above)" in line for line in lines_of(paper(pair(), full=True)))
