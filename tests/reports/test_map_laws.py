"""Laws of the argument map on any graph: nothing overlaps, no edge crosses a card, and opening a card moves nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity
from kb.reports.map.drawing import argument_map
from kb.reports.map.layers import Bend, Layers, layered, mirrored, spread
from kb.reports.page.argument_map import ArgumentMap, Card, MapEdge
from kb.reports.view import View
from tests.reasoning.story import argument, calculation, claim, figure, measure, question
from tests.reports.seen import seen


def any_base(seed: int, size: int) -> View:
    """Claims, figures, a calculation and arguments that lead anywhere: in circles, to themselves, or to an argument."""
    chance = Random(seed)
    claims = [f"claim:c{n}" for n in range(size)]
    entities: list[AnyEntity] = [
        measure(),
        question(),
        figure("$8 / month", id="worth"),
        figure("$2 / month", id="fee"),
    ]
    entities.append(calculation("times", "value / fee", value="figure worth", fee="figure fee"))
    for n in range(size):
        condition = {"holds_if": ("times", ">", "1")} if chance.random() < 0.1 else {}
        denies = (f"c{chance.randrange(size)}",) if chance.random() < 0.1 else ()
        text = "So it is said, in so many words. " * chance.randrange(1, 5)
        entities.append(claim(f"c{n}", text=text, denies=denies, voice=f"Voice {n % 7}", **condition))
    ends = ["question:loss:yes", "question:loss:no", *claims]
    for n in range(size * 2):
        end = chance.choice(ends[: 2 + n // 2 + 1]) if n else "question:loss:yes"
        if n and chance.random() < 0.15:
            end = f"argument:a{chance.randrange(n + 1)}"
        premises = {
            chance.choice([*claims, "figure:worth", "calculation:times"]) for _ in range(chance.randrange(1, 4))
        }
        made = argument(f"a{n}", end, *sorted(premises), attacks=chance.random() < 0.3)
        entities.append(replace(made, text="So it follows. " * chance.randrange(0, 6)))
    return seen(*entities)


def drawn(view: View, choices: tuple[tuple[str, str], ...] = ()) -> ArgumentMap:
    (asked,) = view.knowledge.questions.values()
    made = argument_map(view, asked, choices)
    assert made
    return made


def walk(view: View, chance: Random, steps: int) -> Iterator[ArgumentMap]:
    """The map in one state after the other, each reached by a link of the one before."""
    made = drawn(view)
    yield made
    for _ in range(steps):
        links = [link for card in made.cards for link in card.links if link.kind in ("open", "close")]
        if not links:
            return
        made = drawn(view, chance.choice(links).choices)
        yield made


def overlaps(one: Card, other: Card) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y)


def points(edge: MapEdge) -> Iterator[tuple[float, float]]:
    """Points along the curve of an edge."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", edge.path)]
    ends = list(zip(numbers[::2], numbers[1::2], strict=True))
    start = ends[0]
    for one, two, end in zip(ends[1::3], ends[2::3], ends[3::3], strict=True):
        for step in range(17):
            t = step / 16
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            corners = (start, one, two, end)
            yield (
                sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
            )
        start = end


def inside(card: Card, point: tuple[float, float]) -> bool:
    x, y = point
    return card.x + 0.5 < x < card.x + card.width - 0.5 and card.y + 0.5 < y < card.y + card.height - 0.5


def check(made: ArgumentMap) -> None:
    assert [(one.key, other.key) for one, other in combinations(made.cards, 2) if overlaps(one, other)] == []
    crossed = [
        (edge.tail, edge.head, card.key)
        for edge in made.edges
        for point in points(edge)
        for card in made.cards
        if inside(card, point)
    ]
    assert crossed == []
    for card in made.cards:
        assert made.left <= card.x
        assert card.x + card.width <= made.left + made.width
        assert made.top <= card.y
        assert card.y + card.height <= made.top + made.height


@settings(max_examples=12)
@given(st.integers(0, 10**6), st.integers(2, 14))
def test_whatever_is_opened_nothing_overlaps_no_edge_crosses_a_card_and_nothing_moves(seed: int, size: int) -> None:
    view = any_base(seed, size)
    for before, after in pairwise(walk(view, Random(seed), 9)):
        check(after)
        places = {card.key: (card.x, card.y, card.width, card.height) for card in before.cards}
        moved = [
            card.key
            for card in after.cards
            if places.get(card.key, (card.x, card.y, card.width, card.height))
            != (card.x, card.y, card.width, card.height)
        ]
        assert moved == []


@settings(max_examples=6)
@given(st.integers(0, 10**6), st.integers(2, 14))
def test_a_focus_and_everything_are_laid_out_without_overlap_as_well(seed: int, size: int) -> None:
    view = any_base(seed, size)
    everything = drawn(view, (("open", "all"),))
    check(everything)
    for card in Random(seed).sample(everything.cards, 3):
        for hops in ("1", "3"):
            focused = drawn(view, (("focus", card.key), ("hops", hops)))
            check(focused)
            assert {card.key, "question"} <= {shown.key for shown in focused.cards}


@pytest.mark.parametrize("choices", [(), (("open", "all"),), (("focus", "no"), ("hops", "2"))])
def test_the_same_address_gives_the_same_picture(choices: tuple[tuple[str, str], ...]) -> None:
    assert drawn(any_base(7, 9), choices) == drawn(any_base(7, 9), choices)


def test_a_chain_of_a_thousand_arguments_is_drawn() -> None:
    links = [argument(f"a{n}", f"claim:c{n}", f"claim:c{n + 1}") for n in range(1000)]
    claims = [claim(f"c{n}") for n in range(1001)]
    view = seen(question(), *claims, argument("root", "question:loss:yes", "claim:c0"), *links)
    assert len(drawn(view).cards) == 4
    made = drawn(view, (("open", "all"),))
    assert len(made.cards) == 300
    assert made.left_out == "704 cards that are further away are left out."


def test_a_question_with_five_hundred_arguments_opens_on_four_of_each_side() -> None:
    said = [claim(f"c{n}", voice=f"Voice {n}") for n in range(500)]
    for_it = [argument(f"a{n}", f"question:loss:{'yes' if n % 2 else 'no'}", f"claim:c{n}") for n in range(500)]
    view = seen(question(), *said, *for_it)
    made = drawn(view)
    assert len(made.cards) == 3 + 8
    assert [link.sign for card in made.cards if card.kind == "side" for link in card.links if link.kind == "open"] == [
        "+246"
    ] * 2
    [more] = [link for card in made.cards if card.key == "yes" for link in card.links if link.kind == "open"]
    assert len(drawn(view, more.choices).cards) == 3 + 8 + 8


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 90)), min_size=1, max_size=12), st.floats(0, 20))
def test_boxes_are_spread_in_their_order_and_none_that_fits_is_moved(
    boxes: list[tuple[float, float]], gap: float
) -> None:
    wished, sizes = [at for at, _ in boxes], [size for _, size in boxes]
    middles = spread(wished, sizes, gap)
    for (one, first), (other, second) in pairwise(zip(middles, sizes, strict=True)):
        assert other - one >= (first + second) / 2 + gap - 1e-6
    assert spread(middles, sizes, gap) == pytest.approx(middles)


def test_links_over_several_columns_get_a_place_in_each() -> None:
    made = layered(
        {"root": 0, "near": 1, "far": 2}, [("near", "root"), ("far", "near"), ("far", "root")], lambda _: 40, 8
    )
    assert list(made.bends) == [Bend("far", "root", 1)]
    bend = made.bends[Bend("far", "root", 1)]
    assert not made.starts["near"] - 4 < bend < made.starts["near"] + 44


def test_crossings_that_can_be_avoided_are() -> None:
    columns = {"root": 0, **{f"a{n}": 1 for n in range(6)}, **{f"b{n}": 2 for n in range(6)}}
    links = [*((f"a{n}", "root") for n in range(6)), *((f"b{n}", f"a{(n * 5 + 2) % 6}") for n in range(6))]
    made = layered(columns, links, lambda _: 40, 8)
    order = sorted((f"a{n}" for n in range(6)), key=made.starts.__getitem__)
    behind = [next(tail for tail, head in links if head == name) for name in order]
    assert behind == sorted(behind, key=made.starts.__getitem__)


def test_upside_down_twice_is_as_it_was() -> None:
    layers = Layers(starts={"a": 0.0, "b": 30.0}, bends={})
    heights = {"a": 20.0, "b": 50.0}
    turned = mirrored(layers, heights.__getitem__)
    assert turned.starts == {"a": 60.0, "b": 0.0}
    assert mirrored(turned, heights.__getitem__) == layers
