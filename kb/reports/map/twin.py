"""The outline twin: the cards that a map shows as a nested list, with the same sentences and the relations in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kb.reports.map.content import Content, Contents, note_words, role_words
from kb.reports.map.graph import MapLink, MapNode
from kb.reports.map.selection import Selection
from kb.reports.map.state import MapState
from kb.reports.page.argument_map import CardLink, Choices, OutlineItem

DEEPEST = 4
"""The most levels of the outline; further down a link leads on."""

Links = Callable[[MapNode], tuple[CardLink, ...]]
Address = Callable[[MapState], Choices]


def outline_twin(
    selection: Selection,
    contents: Contents,
    content: Mapping[MapNode, Content],
    links: Links,
    address: Address,
) -> tuple[OutlineItem, ...]:
    """The outline of what ``selection`` shows, one item for each side."""
    twin = _Twin(selection, contents, content, links, address)
    root = selection.graph.root
    return tuple(twin.item(link, 1) for link in selection.links_behind(root))


@dataclass(slots=True)
class _Twin:
    selection: Selection
    contents: Contents
    content: Mapping[MapNode, Content]
    links: Links
    address: Address
    seen: set[MapNode] = field(default_factory=set)

    def item(self, link: MapLink, level: int) -> OutlineItem:
        node, said = link.tail, self.content[link.tail]
        again = node in self.seen
        self.seen.add(node)
        behind = () if again else self.selection.links_behind(node)
        deeper = level < DEEPEST
        key = self.selection.graph.keys[node]
        children = tuple(self.item(one, level + 1) for one in behind) if deeper else ()
        return OutlineItem(
            key=key,
            ref=said.ref,
            role=role_words(link),
            text=": ".join(filter(None, (said.heading, said.text))),
            notes=tuple(_notes(said)),
            standing=said.standing,
            status=said.status,
            badge=said.dispute.ref if said.dispute else None,
            verdict=said.dispute.verdict if said.dispute else "",
            again=again,
            links=() if again or said.is_gone else self.links(node),
            children=children,
            continued=self.address(MapState(focus=key)) if behind and not deeper else (),
        )


def _notes(said: Content) -> list[str]:
    """The notes of a card without its role and standing, which the outline says in its own way."""
    results = [row.text for row in said.axis.rows] if said.axis else []
    own = ("role", "standing")
    kept = [[run for run in note if run.style.split(" ")[0] not in own] for note in said.notes]
    return [*results, *filter(None, (note_words(note).strip(" ·") for note in kept))]
