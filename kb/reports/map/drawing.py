"""The argument map of a question as a value: every card and every edge at its place, the legend, and the outline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.domain.entity import Question
from kb.reports.map.card import CardShape, card_shape, of_height
from kb.reports.map.content import Content, Contents, role_words
from kb.reports.map.contribution import Contributions
from kb.reports.map.graph import DENIES, ENTERS, SIDE, TESTS, MapLink, MapNode, Since, map_graph
from kb.reports.map.legend import legend
from kb.reports.map.place import columns_of, place
from kb.reports.map.route import Curve, Ends, Slab, routes
from kb.reports.map.selection import Selection, Toggle, select
from kb.reports.map.state import MOST_HOPS, Choices, MapState, other_choices, read_state
from kb.reports.map.twin import outline_twin
from kb.reports.page.argument_map import ArgumentMap, Card, CardBadge, CardLine, CardLink, CardMark, MapEdge
from kb.reports.view import View
from kb.reports.words.references import count_words

_FIRST_WIDTHS, _WIDTH = (184.0, 204.0, 552.0), 300.0
_GUTTERS, _GUTTER = (36.0, 52.0), 52.0
_MARGIN = 10.0


def argument_map(
    view: View,
    question: Question,
    choices: Choices = (),
    recorded: View | None = None,
    since: Since | None = None,
) -> ArgumentMap | None:
    """The map of ``question`` in the state that ``choices`` give; None where it has no arguments.

    Args:
        view: What the cards say, under the choices of a thought experiment where there are any.
        question: The question.
        choices: Query parameters; those that are not about the map stay in every address of it.
        recorded: What the map is laid out by, so that every card stays where it is whatever is tried; None for
            ``view``.
        since: What came, went and is otherwise since an earlier moment; the map then has the cards of both.

    Raises:
        UnreadableAddress: the choices name a card that does not exist.
    """
    graph = map_graph(view.knowledge, question, since)
    state = read_state(choices, graph.by_key)
    if len(graph.nodes) == 1 + len(question.sides):
        return None
    selection = select(graph, Contributions(recorded or view, graph), state)
    return Drawing(view, selection, tuple(other_choices(choices)), recorded).value()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A card with its place."""

    shape: CardShape
    content: Content
    x: float
    y: float


class Drawing:
    """A drawing of what a selection shows, while it is made."""

    def __init__(
        self,
        view: View,
        selection: Selection,
        others: tuple[tuple[str, str], ...] = (),
        recorded: View | None = None,
    ) -> None:
        """That of ``selection``, on a page with ``others`` for its other choices, laid out as ``recorded``."""
        self._view, self._selection, self._others = view, selection, others
        self._graph, self._state = selection.graph, selection.state
        self._columns = columns_of(selection)
        before = Contents(recorded or view, self._graph, selection.contributions)
        as_recorded = {node: before.of(node) for node in selection.placed}
        shapes = {node: self._shape(node, content) for node, content in as_recorded.items()}
        self._placing = place(selection, self._columns, lambda node: shapes[node].height)
        self._contributions, self._contents = selection.contributions, before
        self._content, self._shapes = as_recorded, shapes
        if recorded and recorded is not view:
            self._contributions = Contributions(view, self._graph)
            self._contents = Contents(view, self._graph, self._contributions, before)
            self._content = {node: self._contents.of(node) for node in selection.placed}
            # Whatever is tried, a card keeps the size that it has as recorded.
            self._shapes = {
                node: of_height(self._shape(node, content), shapes[node].height)
                for node, content in self._content.items()
            }

    def _width(self, column: int) -> float:
        focused = self._state.focus or self._state.everything
        widths = _FIRST_WIDTHS[:2] if focused else _FIRST_WIDTHS
        return widths[column] if column < len(widths) else _WIDTH

    def _left(self, column: int) -> float:
        return sum(self._width(at) + (_GUTTERS[at] if at < len(_GUTTERS) else _GUTTER) for at in range(column))

    def _shape(self, node: MapNode, content: Content) -> CardShape:
        slots = 0
        if not content.is_gone and content.kind not in ("question", "steps"):
            # The room for links must not depend on what is open.
            slots = 1 + bool(self._graph.children[node]) + (node in self._selection.most_toggles)
        return card_shape(content, self._width(self._columns[node]), slots)

    def value(self) -> ArgumentMap:
        """The whole drawing."""
        placed = {node: self._placed(node) for node in self._selection.shown}
        cards = tuple(self._card(node, one) for node, one in placed.items())
        edges = tuple(self._edges(placed))
        left, top = min(card.x for card in cards), min(card.y for card in cards)
        right = max(card.x + card.width for card in cards)
        bottom = max(card.y + card.height for card in cards)
        return ArgumentMap(
            title=self._graph.question.text,
            left=_r(left - _MARGIN),
            top=_r(top - _MARGIN),
            width=_r(right - left + 2 * _MARGIN),
            height=_r(bottom - top + 2 * _MARGIN),
            cards=cards,
            edges=edges,
            legend=legend(cards, edges, [one.content for one in placed.values()]),
            outline=outline_twin(self._selection, self._contents, self._content, self._links, self.address),
            steps=tuple(self._steps()),
            focus=self._state.focus,
            hops=self._state.hops,
            laid_out=self._laid_out(),
            left_out=_left_out_words(self._selection.left_out),
            text=self._words(),
        )

    def _placed(self, node: MapNode) -> _Placed:
        x, y = self._left(self._columns[node]), self._placing.starts[node]
        return _Placed(self._shapes[node], self._content[node], x, y)

    # Cards

    def _card(self, node: MapNode, placed: _Placed) -> Card:
        shape, content, x, y = placed.shape, placed.content, placed.x, placed.y
        badge, dispute = shape.badge, content.dispute
        key = self._graph.keys[node]
        return Card(
            key=key,
            id=card_id(key),
            kind=content.kind,
            ref=content.ref,
            status=content.status,
            label=content.words,
            x=_r(x),
            y=_r(y),
            width=shape.width,
            height=_r(shape.height),
            lines=tuple(CardLine(_r(x + line.x), _r(y + line.y), line.runs) for line in shape.lines),
            marks=tuple(
                CardMark(mark.kind, _r(x + mark.x0), _r(x + mark.x1), _r(y + mark.y0), _r(y + mark.y1))
                for mark in shape.marks
            ),
            badge=CardBadge(
                ref=dispute.ref,
                verdict=dispute.verdict,
                text=shape.badge_text,
                own=dispute.own,
                x=_r(x + badge.x),
                y=_r(y + badge.y),
                width=_r(badge.width),
                height=badge.height,
            )
            if badge and dispute
            else None,
            links=self._card_links(node, placed),
        )

    def _card_links(self, node: MapNode, placed: _Placed) -> tuple[CardLink, ...]:
        slots = placed.shape.slots
        if not slots:
            return ()
        links = self._links(node)
        height = placed.shape.height / len(links)
        return tuple(
            CardLink(
                kind=link.kind,
                x=placed.x + slots[0].x,
                y=round(placed.y + height * at, 1),
                width=slots[0].width,
                height=round(height, 1),
                sign=link.sign,
                text=link.text,
                choices=link.choices,
            )
            for at, link in enumerate(links)
        )

    def _links(self, node: MapNode) -> tuple[CardLink, ...]:
        """What shows the surroundings of a card, opens it and closes it, not placed yet."""
        name = self._content[node].text or self._content[node].heading
        focus = MapState(focus=self._graph.keys[node])
        links = [_link("focus", "", f"Show what surrounds “{name}”", self.address(focus))]
        return (*links, *(self._toggle_link(node, toggle, name) for toggle in self._selection.toggles(node)))

    def _toggle_link(self, node: MapNode, toggle: Toggle, name: str) -> CardLink:
        key = self._graph.keys[node]
        if toggle.opens:
            text = f"Open {toggle.count} more behind “{name}”"
            return _link("open", f"+{toggle.count}", text, self.address(self._state.toggled(key, toggle.page)))
        return _link("close", "−", f"Close what is behind “{name}”", self.address(self._state.closed(key)))

    def address(self, state: MapState) -> tuple[tuple[str, str], ...]:
        """The choices of the page with another state of the map."""
        return (*self._others, *state.choices())

    def _steps(self) -> Iterator[CardLink]:
        """Ways to other states of the whole map."""
        state = self._state
        if state != MapState():
            yield _link("first", "", "First view", self.address(MapState()))
        if state.focus:
            for hops in range(1, MOST_HOPS + 1):
                if hops != state.hops:
                    yield _link(
                        "hops",
                        "",
                        count_words(hops, "link").capitalize() + " around",
                        self.address(MapState(focus=state.focus, hops=hops)),
                    )
        if not state.everything and len(self._selection.shown) < len(self._graph.nodes):
            everything = MapState(everything=True)
            yield _link("everything", "", f"Everything ({len(self._graph.nodes)} cards)", self.address(everything))

    # Edges

    def _edges(self, placed: Mapping[MapNode, _Placed]) -> Iterator[MapEdge]:
        links = self._drawn_links()
        slabs = {
            node: Slab(self._columns[node], one.x, one.x + one.shape.width, one.y, one.y + one.shape.height)
            for node, one in placed.items()
        }
        lines = [Ends(link.tail, link.head, _ROOM.get(_edge_kind(link), 0.0)) for link in links]
        bends = {(bend.tail, bend.head, bend.column): at for bend, at in self._placing.bends.items()}
        for link, curve in zip(links, routes(slabs, lines, bends), strict=True):
            yield self._edge(link, curve)

    def _drawn_links(self) -> list[MapLink]:
        """The links that are seen; several from one card to another of the same kind are one line."""
        drawn: dict[tuple[MapNode, MapNode, str], MapLink] = {}
        for link in self._selection.links:
            drawn.setdefault((link.tail, link.head, _edge_kind(link)), link)
        return list(drawn.values())

    def _edge(self, link: MapLink, curve: Curve) -> MapEdge:
        kind = _edge_kind(link)
        contribution = self._contributions.of(link)
        weighed = kind in ("supports", "attacks", DENIES, TESTS, SIDE)
        adds = f"; contributes {contribution.strength:.2f}" if weighed and kind != SIDE else ""
        return MapEdge(
            tail=self._graph.keys[link.tail],
            head=self._graph.keys[link.head],
            kind=kind,
            weight=_weight(contribution.strength) if weighed else 0,
            path=_path(curve),
            end=_end(kind, curve),
            text=f"{role_words(link) or 'side of the question'}{adds}",
        )

    def _laid_out(self) -> str:
        state = self._state
        return "everything" if state.everything else f"{state.focus} {state.hops}" if state.focus else "first view"

    def _words(self) -> str:
        """The map in a sentence for readers who do not see it."""
        shown, all_nodes = len(self._selection.shown), len(self._graph.nodes)
        less = f"{shown} of {all_nodes} cards" if shown < all_nodes else f"all {all_nodes} cards"
        return f"Argument map; {less} are shown."


def _r(number: float) -> float:
    """A coordinate as it is printed: a tenth of a unit is less than an eye can see."""
    return round(number, 1)


def card_id(key: str) -> str:
    """The name of a card as an element of the page.

    >>> card_id("claim:deck/margin")
    'card-claim-deck-margin'
    """
    return f"card-{key.replace(':', '-').replace('/', '-')}"


def _link(kind: str, sign: str, text: str, choices: tuple[tuple[str, str], ...]) -> CardLink:
    return CardLink(kind=kind, x=0, y=0, width=0, height=0, sign=sign, text=text, choices=choices)


def _left_out_words(number: int) -> str:
    if not number:
        return ""
    verb = "is" if number == 1 else "are"
    return f"{count_words(number, 'card').capitalize()} that {verb} further away {verb} left out."


def _edge_kind(link: MapLink) -> str:
    if link.joins:
        return "premise"
    return "input" if link.kind == ENTERS else link.kind


_WEIGHTS = (0.25, 0.5, 0.75)


def _weight(strength: float) -> int:
    """From 0 to 4, by the row of the table of widths that a contribution belongs to."""
    return 1 + sum(strength >= least for least in _WEIGHTS) if strength > 0 else 0


_ROOM = {"supports": 8.0, "attacks": 4.0, TESTS: 9.0, DENIES: 9.0}
"""What the sign at the head of an edge takes of it."""


def _path(curve: Curve) -> str:
    pieces = [f"M{_point(curve.start)}"]
    pieces += [f"C{_point(one)} {_point(two)} {_point(end)}" for one, two, end in curve.curves]
    return " ".join(pieces)


def _point(at: tuple[float, float]) -> str:
    return f"{at[0]:g},{at[1]:g}"


def _end(kind: str, curve: Curve) -> str:
    """What is drawn at the head of an edge: an arrow, a bar, a diamond or a cross, so that colour is not needed."""
    x, y = curve.curves[-1][2]
    way = curve.direction
    tip = x + way * _ROOM.get(kind, 0.0)
    match kind:
        case "supports":
            return f"M{tip:g},{y:g} L{x:g},{y - 4.5:g} V{y + 4.5:g} Z"
        case "attacks":
            return f"M{tip - way:g},{y - 6.5:g} H{tip - 4 * way:g} V{y + 6.5:g} H{tip - way:g} Z"
        case "tests":
            middle = (x + tip) / 2
            return f"M{tip:g},{y:g} L{middle:g},{y - 4.5:g} L{x:g},{y:g} L{middle:g},{y + 4.5:g} Z"
        case "denies":
            return f"M{x:g},{y - 4:g} L{tip - way:g},{y + 4:g} M{x:g},{y + 4:g} L{tip - way:g},{y - 4:g}"
        case _:
            return ""
