"""The argument map as a value: cards with their places and texts, edges, legend, and the same as an outline.

Coordinates are in the user units of the drawing's view box, with y growing downwards.
"""

from dataclasses import dataclass

from kb.reports.value import Ref

Choices = tuple[tuple[str, str], ...]
"""Names and texts of query parameters that make an address of the same page."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line of text, and its style."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of text on a card, from ``x`` on, its baseline at ``y``."""

    x: float
    y: float
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLink:
    """A place on a card that opens it, closes it, or shows what surrounds it; it draws ``sign`` and means ``text``."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    sign: str
    text: str
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBadge:
    """A finding of which a card's number, or one that it rests on, is a part.

    Attributes:
        ref: The finding.
        verdict: Key of its verdict.
        text: Its verdict and what it is about, cut to fit.
        own: Whether it is about the card's own number.
    """

    ref: Ref
    verdict: str
    text: str
    own: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CardMark:
    """A bar (``bar``), a single number (``dot``), an open end (``open``), or the ``limit`` that results are tested by.

    The ``axis`` is a thin line below them.
    """

    kind: str
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card of the map.

    Attributes:
        key: Its name in addresses, which stays the same at every moment and under every choice.
        id: Its name as an element of the page.
        kind: ``question``, ``side``, ``claim``, ``figure``, ``calculation``, ``argument``, ``input`` or ``steps``.
        ref: The page about it.
        status: ``withdrawn``, ``accepted``, ``rejected``, ``changed``, ``defeated``, ``uncounted`` or empty.
        label: What it says, for readers who do not see it.
    """

    key: str
    id: str
    kind: str
    ref: Ref
    status: str
    label: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[CardLine, ...]
    marks: tuple[CardMark, ...]
    badge: CardBadge | None
    links: tuple[CardLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEdge:
    """An edge, from the card ``tail`` to the card ``head`` by their keys.

    Attributes:
        kind: ``supports``, ``attacks``, ``tests``, ``denies``, ``side``, ``premise`` or ``input``.
        weight: From 0, for what contributes nothing, to 4; how thick it is drawn.
        path: The ``d`` of its line.
        end: The ``d`` of what is drawn at its head; empty for nothing.
        text: What it says, e.g. ``supports; contributes 0.62``.
    """

    tail: str
    head: str
    kind: str
    weight: int
    path: str
    end: str
    text: str


@dataclass(frozen=True, slots=True)
class MapSign:
    """A sign of the legend: its kind, the name of what it shows, and what it means."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineItem:
    """A card in the outline, with those that lead to it.

    Attributes:
        key: Key of the card.
        ref: The page about it.
        role: What it does to the one above it, e.g. ``for``, ``undercuts``; empty for a side.
        text: Its sentence or number.
        notes: What else the card says, one phrase each.
        standing: The word for its standing; empty for none.
        status: As on the card.
        badge: The finding of its badge, named by it; None for none.
        verdict: Key of that finding's verdict; empty for none.
        again: Whether it stands above already, with what is behind it.
        links: What opens, closes or focuses it.
        children: The cards behind it that are seen.
        continued: The address that shows what is behind it, where the outline goes no deeper; else empty.
    """

    key: str
    ref: Ref
    role: str
    text: str
    notes: tuple[str, ...]
    standing: str
    status: str
    badge: Ref | None
    verdict: str
    again: bool
    links: tuple[CardLink, ...]
    children: tuple["OutlineItem", ...]
    continued: Choices = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentMap:
    """An argument map in one of its states.

    Attributes:
        title: The question.
        text: The map in a sentence, for readers who do not see it.
        focus: Key of the card in focus; empty for none.
        hops: How many links around it are shown.
        laid_out: The name of what is laid out together; while it stays the same, every card keeps its place.
        steps: Ways to other states of the whole map, with their names.
        left_out: How many cards were too many, in a sentence; empty for none.
    """

    title: str
    left: float
    top: float
    width: float
    height: float
    cards: tuple[Card, ...]
    edges: tuple[MapEdge, ...]
    legend: tuple[MapSign, ...]
    outline: tuple[OutlineItem, ...]
    steps: tuple[CardLink, ...]
    focus: str
    hops: int
    laid_out: str
    left_out: str
    text: str
