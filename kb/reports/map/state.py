"""The state of a map, as addresses have it: which cards were opened, in which order, and what is in focus."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kb.domain.suggestion import nearest
from kb.reports.query import UnreadableAddress

PARAMETERS = ("open", "focus", "hops")
"""The query parameters that say what a map shows."""

EVERYTHING = "all"
"""The key that opens everything."""

MOST_HOPS = 3
_MOST_OPENED = 200

Choices = Sequence[tuple[str, str]]
"""Names and texts of query parameters."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A card that was opened, and that may have been closed again; ``page`` counts the portions of what is behind it.

    A closed one keeps its place, so that whatever was opened later stays where it is.
    """

    key: str
    page: int = 1
    is_open: bool = True

    @property
    def text(self) -> str:
        """As it stands in an address: ``claim:deck/margin``, ``-yes~2``."""
        return f"{'' if self.is_open else '-'}{self.key}{f'~{self.page}' if self.page > 1 else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapState:
    """What a map shows.

    Attributes:
        openings: Cards opened, in order; none follows the last that is open.
        focus: Key of the card whose surroundings are shown; empty for the first view.
        hops: How many links its surroundings reach.
        everything: Whether all cards are opened.
    """

    openings: tuple[Opening, ...] = ()
    focus: str = ""
    hops: int = 1
    everything: bool = False

    def toggled(self, key: str, page: int = 1) -> "MapState":
        """The state once a portion of what is behind a card has been opened, or closed if it was open."""
        changed = [
            replace(one, is_open=not one.is_open) if (one.key, one.page) == (key, page) else one
            for one in self.openings
        ]
        if all((one.key, one.page) != (key, page) for one in self.openings):
            changed.append(Opening(key, page))
        return replace(self, openings=_canonical(changed))

    def closed(self, key: str) -> "MapState":
        """The state once everything behind a card has been closed."""
        changed = [replace(one, is_open=False) if one.key == key else one for one in self.openings]
        return replace(self, openings=_canonical(changed))

    def choices(self) -> tuple[tuple[str, str], ...]:
        """The state as query parameters, always the same for the same state; none for the first view."""
        opened = EVERYTHING if self.everything else ",".join(opening.text for opening in self.openings)
        hops = str(self.hops) if self.focus and self.hops > 1 else ""
        pairs = (("open", opened), ("focus", self.focus), ("hops", hops))
        return tuple((name, text) for name, text in pairs if text)


def _canonical(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    kept = list(openings)
    while kept and not kept[-1].is_open:
        kept.pop()
    return tuple(kept)


def other_choices(choices: Choices) -> tuple[tuple[str, str], ...]:
    """The choices that are not about the map."""
    return tuple((name, text) for name, text in choices if name not in PARAMETERS)


def read_state(choices: Choices, keys: Collection[str]) -> MapState:
    """The state that an address asks for, of a map with cards of these ``keys``.

    Raises:
        UnreadableAddress: a card does not exist, or a number is none; the text names the parameter and what is nearest.
    """
    opened = [text.strip() for name, given in choices if name == "open" for text in given.split(",")]
    openings: dict[tuple[str, int], Opening] = {}
    for text in filter(None, opened):
        if text != EVERYTHING:
            opening = _opening(text, keys)
            openings[opening.key, opening.page] = opening
    if len(openings) > _MOST_OPENED:
        raise UnreadableAddress(
            f"There are {len(openings)} cards in “open”. At most {_MOST_OPENED} can be opened one by one."
        )
    focus = _last(choices, "focus")
    if focus:
        _require("focus", focus, keys)
    return MapState(
        openings=_canonical(openings.values()),
        focus=focus,
        hops=_hops(_last(choices, "hops")),
        everything=EVERYTHING in opened,
    )


def _opening(text: str, keys: Collection[str]) -> Opening:
    name, _, page = text.removeprefix("-").partition("~")
    _require("open", name, keys)
    if page and not (page.isascii() and page.isdigit() and 1 <= int(page[:4]) < 1000):
        raise UnreadableAddress(f"The number behind “~” in “open” must be 1 or more, not “{page[:40]}”.")
    return Opening(name, int(page[:4]) if page else 1, not text.startswith("-"))


def _require(parameter: str, key: str, keys: Collection[str]) -> None:
    if key in keys:
        return
    suggestion = nearest(key, tuple(keys))
    hint = f" Did you mean “{suggestion}”?" if suggestion else " Cards are named like “yes” or “claim:NAME”."
    raise UnreadableAddress(f"The map has no card “{key[:80]}”, which “{parameter}” names.{hint}")


def _last(choices: Choices, parameter: str) -> str:
    return next((text.strip() for name, text in reversed(choices) if name == parameter), "")


def _hops(text: str) -> int:
    if text and text not in map(str, range(1, MOST_HOPS + 1)):
        raise UnreadableAddress(f"The number of “hops” must be from 1 to {MOST_HOPS}, not “{text[:40]}”.")
    return int(text or 1)
