"""The legend of a map: every sign that is drawn, and no more."""

from collections.abc import Iterable, Mapping, Sequence

from kb.reports.map.content import Content
from kb.reports.map.graph import SIDE
from kb.reports.page.argument_map import Card, MapEdge, MapSign
from kb.reports.words.standings import STANDINGS
from kb.reports.words.verdicts import VERDICTS

_MEANINGS: Mapping[tuple[str, str], str] = {
    ("edge", "supports"): "speaks for it",
    ("edge", "attacks"): "speaks against it",
    ("edge", "tests"): "a calculation decides it",
    ("edge", "denies"): "contradict each other",
    ("edge", "premise"): "premise of an argument",
    ("edge", "input"): "goes into a calculation",
    ("weight", "weight"): "thicker: contributes more",
    ("card", "argument"): "argument, with whose word it rests on",
    ("card", "claim"): "claim, with who makes it",
    ("card", "figure"): "figure, with who gives it",
    ("card", "calculation"): "calculation, with its results on one axis",
    ("card", "input"): "input that is assumed, or given in several ways",
    ("card", "steps"): "working of a calculation",
    ("mark", "limit"): "the value that results are tested by",
    ("mark", "open"): "an end that is left open",
    ("status", "uncounted"): "pale: adds nothing here",
    ("status", "defeated"): "broken edge: defeated",
    ("status", "withdrawn"): "struck out: withdrawn",
    ("status", "accepted"): "marked: accepted in this thought experiment",
    ("status", "rejected"): "marked: rejected in this thought experiment",
    ("status", "changed"): "marked: stands otherwise in this thought experiment",
    ("status", "added"): "marked: new since the earlier moment",
    ("status", "altered"): "marked: changed since the earlier moment",
    ("status", "gone"): "struck out: gone since the earlier moment",
    **{("standing", str(word)): style.meaning for word, style in STANDINGS.items()},
    **{("badge", str(verdict)): f"{style.meaning}; leads to the finding" for verdict, style in VERDICTS.items()},
    ("link", "open"): "opens that many more",
    ("link", "close"): "closes them",
    ("link", "focus"): "shows what surrounds it",
}
"""What each sign of a map means, in the order of the legend."""


def legend(cards: Sequence[Card], edges: Sequence[MapEdge], contents: Iterable[Content]) -> tuple[MapSign, ...]:
    """The signs that occur on a map, with their meanings."""
    occurs = {("edge", edge.kind) for edge in edges} | {("card", card.kind) for card in cards}
    if len({edge.weight for edge in edges if edge.weight and edge.kind != SIDE}) > 1:
        occurs.add(("weight", "weight"))
    for card in cards:
        occurs |= {("mark", mark.kind) for mark in card.marks} | {("link", link.kind) for link in card.links}
        occurs.add(("status", card.status))
        if card.badge:
            occurs.add(("badge", card.badge.verdict))
    occurs |= {
        ("standing", run.style.removeprefix("standing "))
        for content in contents
        for note in content.notes
        for run in note
        if run.style.startswith("standing ")
    }
    return tuple(MapSign(*sign, text) for sign, text in _MEANINGS.items() if sign in occurs)
