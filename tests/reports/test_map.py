"""The argument map of a question: what it shows in a state, what its cards say, and the whole as a nested list."""

from dataclasses import replace
from itertools import chain

import pytest

from kb.domain.entity import EDITORS, Argument, Claim, Question
from kb.domain.identity import Id
from kb.reports.layout import fitted, text_width, wrapped
from kb.reports.map.drawing import argument_map
from kb.reports.map.outline import outline
from kb.reports.map.state import MapState, Opening, read_state
from kb.reports.page.argument_map import ArgumentMap, Card, OutlineItem
from kb.reports.query import UnreadableAddress
from kb.reports.question import question as question_page
from kb.reports.value import Branch
from kb.reports.view import View
from tests.reasoning.story import argument, calculation, claim, figure, measure, question
from tests.reports.seen import seen, without


def asked(view: View) -> Question:
    (found,) = view.knowledge.questions.values()
    return found


def drawn(view: View, **choices: str) -> ArgumentMap:
    made = argument_map(view, asked(view), tuple(choices.items()))
    assert made
    return made


def cards(view: View, **choices: str) -> dict[str, Card]:
    return {card.key: card for card in drawn(view, **choices).cards}


def said(card: Card) -> str:
    return " ".join("".join(run.text for run in line.runs) for line in card.lines)


def sign(card: Card, kind: str) -> str:
    return next((link.sign for link in card.links if link.kind == kind), "")


def choices(card: Card, kind: str) -> dict[str, str]:
    return next(dict(link.choices) for link in card.links if link.kind == kind)


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


def crowd(number: int, side: str = "yes") -> list[Claim | Argument]:
    """So many voices for a side, each with an argument in words of its own."""
    said = [claim(f"{side}{n}", voice=f"Speaker {side} {n}") for n in range(number)]
    for_it = [
        replace(argument(f"for-{side}{n}", f"question:loss:{side}", f"claim:{side}{n}"), text=f"Reason {n} for {side}.")
        for n in range(number)
    ]
    return [*chain.from_iterable(zip(said, for_it, strict=True))]


# What is shown


def test_the_first_view_shows_the_question_its_sides_and_the_four_strongest_arguments_of_each() -> None:
    shown = cards(seen(question(), *crowd(11), *crowd(4, "no")))
    assert [card.kind for card in shown.values()] == ["question", "side", "side", *["argument"] * 8]
    assert sign(shown["yes"], "open") == "+7"
    assert sign(shown["no"], "open") == ""
    assert [sign(card, "open") for card in shown.values() if card.kind == "argument"] == ["+1"] * 8


def test_the_strongest_come_first_and_what_does_not_count_is_behind_them() -> None:
    same_voice = [claim("again", voice="Speaker yes 0"), argument("more", "question:loss:yes", "claim:again")]
    sure = [
        claim("sure", voice="Sure", confidence="almost certain"),
        argument("best", "question:loss:yes", "claim:sure"),
    ]
    shown = cards(seen(question(), *crowd(3), *same_voice, *sure, *crowd(1, "no")))
    places = sorted((card.y, key) for key, card in shown.items() if card.x == shown["arg:for-yes0"].x)
    assert [key for _, key in places] == [
        "claim:sure",
        "arg:for-yes0",
        "arg:for-yes1",
        "arg:for-yes2",
        "claim:again",
        "arg:for-no0",
    ]


def test_a_side_without_anything_that_counts_shows_the_two_foremost_arguments() -> None:
    against = [argument(f"w{n}", "question:loss:no", f"claim:weak{n}") for n in range(5)]
    empty = [replace(claim(f"weak{n}", stance="derived"), voice=EDITORS, source=None, passages=()) for n in range(5)]
    shown = cards(seen(question(), *crowd(1), *empty, *against))
    assert [key for key in shown if "weak" in key] == ["claim:weak0", "claim:weak1"]
    assert sign(shown["no"], "open") == "+3"
    assert "adds nothing" in said(shown["claim:weak0"])


def test_what_decides_a_claim_and_what_goes_into_a_calculation_can_be_opened() -> None:
    path = "arg:for,claim:computed,calc:times"
    shown = cards(small(), open=path)
    assert {"claim:overused", "claim:computed", "calc:times", "figure:worth", "figure:fee", "calc:times:."} <= set(
        shown
    )
    assert sign(shown["calc:times"], "close") == "−"
    edges = {(edge.tail, edge.head): edge.kind for edge in drawn(small(), open=path).edges}
    assert edges["claim:computed", "arg:for"] == "premise"
    assert edges["calc:times", "claim:computed"] == "tests"
    assert edges["figure:fee", "calc:times"] == "input"
    # A figure that is reached twice is one card.
    assert edges["figure:worth", "claim:overused"] == "supports"


def test_an_argument_that_says_no_more_than_its_premise_gives_way_to_it() -> None:
    assert "arg:because" not in cards(small(), open="all")
    assert "arg:against" in cards(small())


def test_a_focus_shows_its_surroundings_and_the_path_to_the_question() -> None:
    shown = cards(small(), focus="claim:computed")
    assert set(shown) == {"question", "yes", "arg:for", "claim:computed", "calc:times"}
    assert {"claim:overused", "figure:fee"} <= set(cards(small(), focus="claim:computed", hops="2"))


def test_a_focus_in_a_crowd_shows_the_nearest_and_counts_the_rest() -> None:
    made = drawn(seen(question(), *crowd(100)), focus="yes", hops="2")
    assert len(made.cards) < 70
    assert made.left_out.endswith("that are further away are left out.")


def test_a_circle_and_an_argument_that_points_at_itself_end() -> None:
    view = seen(
        question(),
        claim("hen"),
        claim("egg"),
        argument("root", "question:loss:yes", "claim:hen"),
        argument("one", "claim:hen", "claim:egg"),
        argument("two", "claim:egg", "claim:hen"),
        replace(argument("self", "argument:self", "claim:egg"), text="This is so because it is so."),
        argument("undercut", "argument:one", "argument:one"),
    )
    made = drawn(view, open="all")
    assert ("claim:hen", "claim:egg", "supports") in {(edge.tail, edge.head, edge.kind) for edge in made.edges}
    assert any(edge.tail == edge.head for edge in made.edges)


def test_what_was_retracted_is_shown_as_withdrawn() -> None:
    view = without(small(), "overused")
    shown = cards(view, open="arg:for")
    [gone] = [card for card in shown.values() if card.status == "withdrawn"]
    assert gone.key == "claim:overused"
    assert not gone.links
    assert "withdrawn" in said(gone)


def test_a_question_without_arguments_has_no_map() -> None:
    view = seen(question())
    assert argument_map(view, asked(view)) is None


def test_a_denial_is_drawn_once() -> None:
    view = seen(
        question(),
        claim("thesis"),
        claim("rival", denies=("thesis",)),
        argument("for", "question:loss:yes", "claim:thesis"),
    )
    made = drawn(view, open="claim:thesis")
    assert [(edge.tail, edge.head) for edge in made.edges if edge.kind == "denies"] == [("claim:rival", "claim:thesis")]


# States


def test_opening_closing_and_opening_again_leads_back_to_the_same_address() -> None:
    view = seen(question(), *crowd(11))
    opened = choices(cards(view)["yes"], "open")
    assert opened == {"open": "yes~2"}
    first = cards(view, **opened)
    assert choices(first["yes"], "close") == {}
    behind = choices(first["arg:for-yes0"], "open")
    assert behind == {"open": "yes~2,arg:for-yes0"}
    closed = choices(cards(view, **behind)["yes"], "close")
    assert closed == {"open": "-yes~2,arg:for-yes0"}
    assert choices(cards(view, **closed)["yes"], "open") == behind


def test_other_choices_of_the_page_stay_in_every_address_of_the_map() -> None:
    made = argument_map(small(), asked(small()), (("without", "deck"), ("open", "yes"), ("without", "quay")))
    assert made
    assert all(
        link.choices[:2] == (("without", "deck"), ("without", "quay")) for card in made.cards for link in card.links
    )


@pytest.mark.parametrize(
    ("pairs", "state"),
    [
        ([], MapState()),
        ([("open", "")], MapState()),
        ([("open", "a,-b")], MapState(openings=(Opening("a"),))),
        ([("open", "-a,b~2")], MapState(openings=(Opening("a", is_open=False), Opening("b", 2)))),
        ([("open", "a"), ("open", "b")], MapState(openings=(Opening("a"), Opening("b")))),
        ([("open", "a,b,-a")], MapState(openings=(Opening("a", is_open=False), Opening("b")))),
        ([("open", "all")], MapState(everything=True)),
        ([("focus", "a"), ("hops", "2"), ("take", "x")], MapState(focus="a", hops=2)),
    ],
)
def test_an_address_says_what_is_open(pairs: list[tuple[str, str]], state: MapState) -> None:
    assert read_state(pairs, {"a", "b"}) == state
    assert read_state(state.choices(), {"a", "b"}) == state


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("open", "claim:overusd"), "no card “claim:overusd”, which “open” names. Did you mean “claim:overused”?"),
        (("focus", "nothing-like-it"), "no card “nothing-like-it”, which “focus” names."),
        (("open", "yes~0"), "The number behind “~” in “open” must be 1 or more, not “0”."),
        (("open", "yes~²"), "The number behind “~” in “open”"),
        (("open", "--yes"), "“-yes”"),
        (("hops", "9"), "The number of “hops” must be from 1 to 3, not “9”."),
        (("hops", "one"), "“hops” must be"),
        (("open", "x" * 5000), "which “open” names"),
    ],
)
def test_nonsense_in_an_address_names_the_parameter(pair: tuple[str, str], words: str) -> None:
    with pytest.raises(UnreadableAddress) as refused:
        argument_map(small(), asked(small()), [pair])
    assert words in str(refused.value)
    assert len(str(refused.value)) < 300


# What cards say


def test_a_card_says_how_it_stands_and_whose_word_it_is() -> None:
    shown = cards(small(), open="arg:against,arg:for,claim:computed,calc:times")
    assert said(shown["question"]).startswith("Question")
    assert said(shown["arg:against"]).endswith("for · ◐ contested · Deck")
    assert said(shown["claim:fuel"]).endswith("undercuts it · ● unopposed · Deck")
    assert said(shown["figure:fee"]) == "$200 a month value goes in · Deck"
    assert "times 40 value ÷ fee" in said(shown["calc:times"])
    assert "Tested whether it is more than 1: holds." in said(shown["calc:times"])


def test_a_calculation_shows_each_result_on_an_axis_with_its_threshold() -> None:
    card = cards(small(), open="arg:for,claim:computed")["calc:times"]
    assert said(card).startswith("times 40 ")
    assert [mark.kind for mark in card.marks] == ["axis", "dot", "limit"]
    axis, dot, limit = card.marks
    assert axis.x0 <= limit.x0 < dot.x0 <= axis.x1


def test_a_calculation_without_a_result_says_why() -> None:
    view = seen(
        question(),
        claim("computed", holds_if=("lost", ">", "1")),
        calculation("lost", "value / fee", value="$5", fee="missing"),
        argument("for", "question:loss:yes", "claim:computed"),
    )
    card = cards(view, open="claim:computed")["calc:lost"]
    assert "No source" in said(card)


def test_a_card_that_rests_on_a_contested_number_leads_to_the_finding() -> None:
    shown = cards(small(), open="arg:for,claim:overused")
    assert {key: card.badge.own for key, card in shown.items() if card.badge} == {
        key: key == "figure:worth"
        for key in ("arg:for", "claim:overused", "figure:worth", "figure:fee", "claim:computed")
        if key in shown and shown[key].badge
    }
    badge = shown["figure:worth"].badge
    assert badge
    assert (badge.ref.kind, badge.verdict, badge.text) == ("finding", "conflict", "conflict: $200 a month against $8…")


HARD = [
    "x" * 5000,
    "A word and another. " * 250,
    "渡轮月票到底亏不亏" * 500,
    "שלום עולם " * 300,
    "مرحبا بالعالم " * 300,
    "<script>alert(1)</script> & \"quotes\" 'here'",
    "W" * 300,
    "😀" * 200,
]


@pytest.mark.parametrize("text", HARD)
def test_no_text_runs_over_the_edge_of_its_card(text: str) -> None:
    view = seen(
        replace(question(), text=text),
        claim("hard", text=text, voice=text[:400]),
        replace(argument("for", "question:loss:yes", "claim:hard"), text=text),
    )
    for card in drawn(view, open="arg:for").cards:
        for line in card.lines:
            wide = sum(text_width(run.text) for run in line.runs) * 13
            assert line.x + wide <= card.x + card.width
            assert card.y < line.y < card.y + card.height


def test_the_legend_explains_what_occurs_on_the_map_and_nothing_else() -> None:
    view = seen(question(), claim("plain"), argument("for", "question:loss:yes", "claim:plain"))
    assert [(entry.kind, entry.name) for entry in drawn(view).legend] == [
        *(("edge", "supports"), ("card", "claim"), ("standing", "unopposed"), ("link", "focus")),
    ]
    full = {(entry.kind, entry.name) for entry in drawn(small(), open="all").legend}
    assert {
        ("edge", "attacks"),
        ("edge", "tests"),
        ("edge", "input"),
        ("edge", "premise"),
        ("badge", "conflict"),
    } <= full


def test_attacks_and_supports_differ_in_what_is_drawn_at_their_heads() -> None:
    ends = {edge.kind: edge.end for edge in drawn(small(), open="all").edges}
    assert ends["supports"].endswith("Z")
    assert ends["attacks"].count("L") == 0 != ends["supports"].count("L")
    assert not ends["premise"]


# The outline twin


def items(made: ArgumentMap) -> list[tuple[int, OutlineItem]]:
    def within(level: int, branches: tuple[OutlineItem, ...]) -> list[tuple[int, OutlineItem]]:
        return [pair for item in branches for pair in ((level, item), *within(level + 1, item.children))]

    return within(1, made.outline)


def test_the_outline_twin_has_the_cards_of_the_map_and_says_the_relations_in_words() -> None:
    made = drawn(small(), open="arg:for,arg:against,claim:computed")
    assert {item.key for _, item in items(made)} == {card.key for card in made.cards} - {"question"}
    roles = {item.key: item.role for _, item in items(made)}
    assert roles == {
        **{"yes": "", "no": "", "arg:for": "for", "arg:against": "for", "claim:overused": "premise"},
        **{
            "claim:computed": "premise",
            "calc:times": "decides it",
            "claim:empty": "premise",
            "claim:fuel": "undercuts it",
        },
    }


def test_the_outline_goes_four_levels_deep_and_a_link_leads_on() -> None:
    made = drawn(small(), open="arg:for,claim:computed,calc:times")
    assert max(level for level, _ in items(made)) == 4
    [deepest] = [item for _, item in items(made) if item.continued]
    assert (deepest.key, dict(deepest.continued)) == ("calc:times", {"focus": "calc:times"})


# The whole as a list, for reports


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


def test_a_text_in_one_line_ends_in_an_ellipsis_where_it_was_cut() -> None:
    assert fitted("A boat that sails anyway", 99) == "A boat that sails anyway"
    assert all(text_width(fitted("A boat that sails anyway", wide)) <= wide for wide in (1, 2, 5, 9))


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
    made = argument_map(view, first, [("open", "arg:why")])
    assert made
    [other] = [card for card in made.cards if card.key == "question:cheap:no"]
    assert said(other).startswith("Is it cheap? It is dear. premise · ")


# Under the choices of a thought experiment


def test_whatever_is_tried_every_card_stays_where_it_is_and_says_what_became_of_it() -> None:
    view = seen(question(), *crowd(5), claim("doubt"), argument("against", "claim:yes0", "claim:doubt", attacks=True))
    plain, tried = (
        question_page(view, "loss", [("open", "arg:for-yes0,claim:yes0"), *chosen])
        for chosen in ((), (("reject", "claim:doubt"), ("voice", "Speaker yes 1")))
    )
    assert plain
    assert tried
    assert plain.map
    assert tried.map
    before, after = ({card.key: card for card in sheet.map.cards} for sheet in (plain, tried) if sheet.map)
    assert {key: (card.x, card.y, card.height) for key, card in before.items()} == {
        key: (card.x, card.y, card.height) for key, card in after.items()
    }
    assert after["claim:doubt"].status == "rejected"
    assert after["claim:yes0"].status == "changed"
    assert "● unopposed · was contested" in said(after["claim:yes0"])
    assert dict(after["yes"].links[0].choices)["voice"] == "Speaker yes 1"
