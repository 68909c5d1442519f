"""The argument map of a question, drawn and as a nested list."""

import re
from dataclasses import replace

import pytest

from kb.domain.entity import Argument, Claim, Question
from kb.domain.identity import Id
from kb.reports.argument_map import MOST_BOXES, MOST_DRAWN, drawing, outline
from kb.reports.layout import BOX_EMS, text_width, wrapped
from kb.reports.value import Branch, Drawing
from kb.reports.view import View
from tests.reasoning.story import argument, calculation, claim, figure, measure, question
from tests.reports.seen import seen


def asked(view: View) -> Question:
    (found,) = view.knowledge.questions.values()
    return found


def drawn(view: View) -> Drawing:
    made = drawing(view, asked(view))
    assert made
    return made


def words(branches: tuple[Branch, ...], depth: int = 0) -> list[str]:
    lines = []
    for branch in branches:
        lines += [f"{'  ' * depth}{branch.role}: {branch.text}", *words(branch.children, depth + 1)]
    return lines


def small() -> View:
    return seen(
        measure(),
        figure("$8k / month", id="worth"),
        figure("$200 / month", id="fee"),
        question(),
        claim("overused"),
        claim("empty", text="A boat that sails anyway costs nothing more."),
        claim("fuel"),
        claim("computed", holds_if=("times", ">", "1")),
        calculation("times", "value / fee", value="figure worth", fee="figure fee"),
        argument("for", "question:loss:yes", "claim:overused", "claim:computed"),
        argument("against", "question:loss:no", "claim:empty"),
        argument("because", "claim:overused", "figure:worth"),
        argument("undercut", "argument:against", "claim:fuel", attacks=True),
    )


def test_every_node_has_a_box_inside_the_drawing() -> None:
    made = drawn(small())
    assert sorted(box.kind for box in made.boxes) == [
        *("calculation", "claim", "claim", "claim", "claim"),
        *("figure", "question", "question", "supports", "supports"),
    ]
    for box in made.boxes:
        assert made.left < box.x < box.x + box.width < made.left + made.width
        assert made.top < box.y < box.y + box.height < made.top + made.height


def test_the_question_is_at_the_upper_left_and_each_box_is_level_with_the_first_that_leads_to_it() -> None:
    made = drawn(small())
    place = {(box.ref.slug, box.side if box.kind == "question" else ""): (box.x, box.y) for box in made.boxes}
    assert place["loss", "yes"] == (0, 0)
    assert len({place[name][1] for name in (("loss", "yes"), ("for", ""), ("overused", ""), ("worth", ""))}) == 1
    assert place["loss", "no"][0] == 0
    assert place["loss", "no"][1] == place["against", ""][1] > place["computed", ""][1]


def test_no_line_of_wide_letters_runs_over_the_edge_of_its_box() -> None:
    (box,) = (box for box in drawn(seen(question(), *wide())).boxes if box.kind == "claim")
    assert len(box.lines) > 2
    assert all(text_width(line) <= BOX_EMS for line in box.lines)


def wide() -> tuple[Claim, Argument]:
    said = claim("wide", text="WWW MMMM WWWWW MMMM WWWW MMMMMM WWWW.")
    return said, argument("for", "question:loss:yes", "claim:wide")


def test_the_legend_explains_what_occurs_on_the_map_and_nothing_else() -> None:
    assert [(entry.shape, entry.name) for entry in drawn(small()).legend] == [
        *(("box", kind) for kind in ("question", "claim", "figure", "calculation", "supports")),
        *(("line", "supports"), ("line", "attacks"), ("line", "tests"), ("premise", "supports")),
        *(("badge", "unopposed"), ("badge", "contested"), ("badge", "conflict")),
    ]
    plain = drawn(seen(question(), *wide())).legend
    assert [(entry.shape, entry.name) for entry in plain] == [
        *(("box", "question"), ("box", "claim"), ("line", "supports")),
        *(("badge", "unopposed"), ("badge", "unsupported")),
    ]


def test_boxes_do_not_cover_each_other() -> None:
    boxes = drawn(small()).boxes
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            below = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert beside or below, (one.id, other.id)


def test_boxes_have_different_names() -> None:
    names = [box.id for box in drawn(small()).boxes]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in names)


def test_attacks_and_supports_are_told_apart_by_sign_and_kind() -> None:
    worded = replace(argument("worded", "claim:overused", "claim:fuel", attacks=True), text="Fuel is cheap.")
    made = drawn(seen(*small().knowledge.by_id.values(), worded))
    signs = {box.ref.slug: (box.kind, box.lines[0][:1]) for box in made.boxes if box.kind in ("supports", "attacks")}
    assert signs == {"for": ("supports", "+"), "against": ("supports", "+"), "worded": ("attacks", "−")}
    assert {arrow.kind for arrow in made.arrows} == {"supports", "attacks", "tests"}


def test_a_denial_is_drawn_once_and_brings_in_what_bears_on_the_other_claim() -> None:
    thesis, rival = claim("thesis"), claim("rival", denies=("thesis",))
    view = seen(
        question(),
        thesis,
        rival,
        claim("ground"),
        argument("for", "question:loss:yes", "claim:thesis"),
        argument("back", "claim:rival", "claim:ground"),
    )
    made = drawn(view)
    assert [arrow.kind for arrow in made.arrows].count("denies") == 1
    assert {box.ref.slug for box in made.boxes if box.kind == "claim"} == {"thesis", "rival", "ground"}
    [side, _] = outline(view, asked(view))
    [told] = side.children
    assert [(branch.role, branch.ref.slug) for branch in told.children] == [("denied by", "rival")]
    assert [(branch.role, branch.ref.slug) for branch in told.children[0].children] == [("supports", "ground")]


def test_a_calculation_shows_its_result() -> None:
    (box,) = (box for box in drawn(small()).boxes if box.kind == "calculation")
    assert "= 40 times" in box.lines or "= 40" in box.lines


def test_the_same_question_is_drawn_the_same_way_again() -> None:
    assert drawn(small()) == drawn(small())


def test_a_line_ends_in_a_head_unless_it_joins_a_premise_to_its_argument() -> None:
    made = drawn(small())
    assert all(re.fullmatch(r"M[-\d.]+,[-\d.]+( [HVQC][-\d., ]+)+", arrow.path) for arrow in made.arrows)
    heads = [arrow.head for arrow in made.arrows if arrow.head]
    assert len(heads) == 4 + 1
    assert len(made.arrows) - len(heads) == 3
    assert all(len(head.split()) == 3 for head in heads)


def test_an_argument_that_says_no_more_than_its_premise_gives_way_to_it() -> None:
    view = small()
    assert {box.ref.slug for box in drawn(view).boxes}.isdisjoint({"because", "undercut"})
    [side, other] = outline(view, asked(view))
    [ground] = side.children[0].children[0].children
    assert ground.argument
    assert (ground.ref.slug, ground.argument.slug) == ("worth", "because")
    assert [branch.argument for branch in (side, other)] == [None, None]


def test_a_question_without_arguments_has_no_map() -> None:
    view = seen(question())
    assert drawing(view, asked(view)) is None


def crowd(number: int) -> tuple[Claim | Argument, ...]:
    """Claims that each rest on the next one, three to a chain."""
    chains: list[Claim | Argument] = []
    for n in range(number):
        chains += [claim(f"c{n}-{depth}") for depth in range(3)]
        ends = ("question:loss:yes", f"claim:c{n}-0", f"claim:c{n}-1")
        chains += [
            replace(argument(f"a{n}-{at}", end, f"claim:c{n}-{at}"), text="So it is.") for at, end in enumerate(ends)
        ]
    return tuple(chains)


def test_of_a_crowd_only_the_focus_is_drawn_and_the_rest_is_counted() -> None:
    made = drawn(seen(question(), *crowd(14)))
    assert len(made.boxes) == 2 + 14 * 4 < MOST_BOXES
    assert made.collapsed == 14 * 2
    assert made.left_out == f"The map leaves out the {made.collapsed} items furthest from the question."
    assert made.text.endswith(made.left_out)
    assert not any(box.ref.slug.endswith("-2") for box in made.boxes)


def test_of_a_very_large_crowd_the_nearest_are_drawn() -> None:
    made = drawn(seen(question(), *crowd(300)))
    assert len(made.boxes) == MOST_DRAWN
    assert made.collapsed == 2 + 300 * 6 - MOST_DRAWN


def test_the_outline_tells_the_same_as_a_nested_list() -> None:
    view = small()
    assert words(outline(view, asked(view))) == [
        "side: Yes",
        "  supports: Deck: Overused; Deck: Computed.",
        "    premise: Deck: Overused.",
        "      supports: Deck: $8,000 a month (value)",
        "    premise: Deck: Computed.",
        "      decided by: times: 40",
        "side: No",
        "  supports: Deck: A boat that sails anyway costs nothing more.",
        "    premise: Deck: A boat that sails anyway costs nothing more.",
        "    undercuts: Deck: Fuel.",
    ]


def test_a_circle_of_arguments_is_cut_where_it_closes() -> None:
    view = seen(
        question(),
        claim("hen"),
        claim("egg"),
        argument("root", "question:loss:yes", "claim:hen"),
        argument("one", "claim:hen", "claim:egg"),
        argument("two", "claim:egg", "claim:hen"),
    )
    assert words(outline(view, asked(view)))[:4] == [
        "side: Yes",
        "  supports: Deck: Hen.",
        "    supports: Deck: Egg.",
        "      supports: Deck: Hen. (shown above)",
    ]
    assert len(drawn(view).boxes) == 2 + 2


def test_a_chain_of_a_thousand_claims_has_an_outline() -> None:
    links = [argument(f"a{n}", f"claim:c{n}", f"claim:c{n + 1}") for n in range(1000)]
    claims = [claim(f"c{n}") for n in range(1001)]
    view = seen(question(), *claims, argument("root", "question:loss:yes", "claim:c0"), *links)
    assert 20 < len(words(outline(view, asked(view)))) < 100


@pytest.mark.parametrize(
    "text",
    [
        "a word",
        "一个很长的中文句子没有任何空格可以用来断行",
        "averyveryverylongwordthatcannotbebrokenanywhereatall",
        "",
        "混合 mixed 文字 text",
    ],
)
def test_no_line_is_wider_than_asked(text: str) -> None:
    assert all(text_width(line) <= 6 for line in wrapped(text, wide=6, most=3))
    assert len(wrapped(text, wide=6, most=3)) <= 3


def test_short_text_keeps_all_its_letters() -> None:
    text = "The pass 月票 costs more than it brings in"
    assert "".join(wrapped(text, wide=6, most=9)).replace(" ", "") == text.replace(" ", "")


def test_the_side_of_another_question_is_a_premise_with_its_question() -> None:
    view = seen(
        question(),
        replace(question("cheap", "It is cheap.", "It is dear."), text="Is it cheap?"),
        claim("plain"),
        argument("why", "question:loss:yes", "claim:plain", "question:cheap:no"),
        argument("dear", "question:cheap:no", "claim:plain"),
    )
    first = view.knowledge.questions[Id("loss")]
    assert words(outline(view, first))[:5] == [
        "side: Yes",
        "  supports: Deck: Plain; Is it cheap? It is dear.",
        "    premise: Deck: Plain.",
        "    premise: Is it cheap? It is dear.",
        "      supports: Deck: Plain. (shown above)",
    ]
    made = drawing(view, first)
    assert made
    assert [box.lines for box in made.boxes if box.kind == "question"] == [
        ("Yes: Yes",),
        ("No: No",),
        ("Is it cheap? It is dear.",),
    ]
