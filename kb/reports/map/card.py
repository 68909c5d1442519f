"""A card drawn: the lines of its text, its marks, its badge and what can be opened, each at its place on the card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.reports.layout import fitted, text_width, wrapped
from kb.reports.map.content import Content
from kb.reports.map.results import ResultAxis
from kb.reports.page.argument_map import CardLine, CardMark, Run

LETTER = 14.0
"""The size of letters on a card."""

STRIP = 32.0
"""The width of the strip at the right end of a card that holds its links."""

BADGE = 24.0
"""The height of a badge, and the least of everything that can be clicked."""

_PITCH = 17.0
_PAD = 6.0
_LEFT = 11.0
_RIGHT = 8.0
_ASCENT = 12.5
_LARGE = 20.0
_BOLD = 1.07
_LEAST_BESIDE = 230.0
_ROW = 18.0
_AXIS = 96.0
_SEARCHED = 600

_MOST_OF: Mapping[str, int] = {"question": 7, "side": 6}
_MOST_LINES: Mapping[str, int] = {"plain": 3, "formula": 3, "soft": 3, "answer": 1}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a card, from its left upper corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShape:
    """A card as it is drawn, from its own left upper corner.

    Attributes:
        badge: Where its badge lies; None for none.
        badge_text: The text of the badge, cut to fit.
        slots: Where its links lie, top down; empty for a card without any.
    """

    width: float
    height: float
    lines: tuple[CardLine, ...]
    marks: tuple[CardMark, ...]
    badge: Box | None
    badge_text: str
    slots: tuple[Box, ...]


def card_shape(content: Content, width: float, slots: int) -> CardShape:
    """The card that says ``content``, ``width`` wide, with room for so many links.

    What it looks like does not depend on whether it is open, so that nothing around it moves.
    """
    drawn = _Card(width - _LEFT - _RIGHT - (STRIP if slots else 0.0))
    if content.heading:
        drawn.line((Run("heading", content.heading),))
    lead = "strong" if content.style == "strong" else "sentence"
    for text in drawn.broken(content.text, lead, _MOST_OF.get(content.kind, 4)):
        drawn.line((Run(lead, text),))
    if content.axis:
        drawn.results(content.axis)
    for note in content.notes:
        drawn.note(note, content.dispute.text if content.dispute else "")
    if content.dispute and drawn.badge is None:
        drawn.own_row(content.dispute.text)
    height = max(drawn.y + _PAD, slots * (BADGE + 1) + 2)
    return CardShape(
        width=width,
        height=round(height, 1),
        lines=tuple(drawn.lines),
        marks=tuple(drawn.marks),
        badge=drawn.badge,
        badge_text=drawn.badge_text,
        slots=tuple(Box(width - STRIP, height * at / slots, STRIP, height / slots) for at in range(slots)),
    )


def of_height(shape: CardShape, height: float) -> CardShape:
    """``shape`` made as high as ``height``, without whatever does not fit."""
    room = height - _PAD / 2
    badge = shape.badge if shape.badge and shape.badge.y + shape.badge.height <= room else None
    return replace(
        shape,
        height=height,
        lines=tuple(line for line in shape.lines if line.y <= room),
        marks=tuple(mark for mark in shape.marks if mark.y1 <= room),
        badge=badge,
        slots=tuple(
            Box(slot.x, height * at / len(shape.slots), slot.width, height / len(shape.slots))
            for at, slot in enumerate(shape.slots)
        ),
    )


class _Card:
    """A card while it is written, line by line."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.y = _PAD
        self.lines: list[CardLine] = []
        self.marks: list[CardMark] = []
        self.badge: Box | None = None
        self.badge_text = ""

    def broken(self, text: str, style: str, most: int) -> tuple[str, ...]:
        # Nobody's sentence is as long as this, and breaking a novel into lines takes its time.
        return wrapped(text[:_SEARCHED], self.room / LETTER / _wideness(style), most)

    def line(self, runs: Sequence[Run], pitch: float = _PITCH, x: float = _LEFT) -> None:
        self.lines.append(CardLine(x, round(self.y + _ASCENT + (pitch - _PITCH) / 2, 1), tuple(runs)))
        self.y += pitch

    def note(self, note: Sequence[Run], dispute: str) -> None:
        """A line of pieces, cut at its end; one piece alone may take several lines."""
        if len(note) == 1:
            (run,) = note
            pitch = _LARGE + 6 if run.style == "answer" else _PITCH
            for text in self.broken(run.text, run.style, _MOST_LINES.get(run.style, 1)):
                self.line((Run(run.style, text),), pitch)
            return
        taken = sum(run_width(run) for run in note)
        # The badge stands at the end of the line where enough of it can be read there.
        beside = self.room - taken - 10
        if dispute and self.badge is None and beside >= min(_LEAST_BESIDE, _badge_width(dispute)):
            self._set_badge(dispute, beside, at_end=True)
            self.line(self._cut(note, self.room), BADGE + 2)
            return
        self.line(self._cut(note, self.room))

    def own_row(self, dispute: str) -> None:
        self.y += 2
        self._set_badge(dispute, self.room, at_end=False)
        self.y += BADGE + 1

    def _set_badge(self, dispute: str, room: float, *, at_end: bool) -> None:
        width = min(_badge_width(dispute), room)
        self.badge_text = fitted(dispute, (width - 30) / LETTER)
        self.badge = Box(_LEFT + (self.room - width if at_end else 0.0), self.y + 1, width, BADGE)

    def _cut(self, note: Sequence[Run], room: float) -> tuple[Run, ...]:
        kept: list[Run] = []
        for run in note:
            wide = run_width(run)
            if wide > room:
                kept.append(Run(run.style, fitted(run.text, room / LETTER / _wideness(run.style))))
                break
            kept.append(run)
            room -= wide
        return tuple(kept)

    def results(self, axis: ResultAxis) -> None:
        """One row for each result: an interval on the axis, and its words beside it."""
        top = self.y + 2
        for row in axis.rows:
            middle = self.y + _ROW / 2
            if row.low is not None or row.high is not None:
                self._interval(row.low, row.high, middle, open_low=row.open_low, open_high=row.open_high)
            has_axis = axis.limit is not None or row.low is not None or row.high is not None
            x = _LEFT + (_AXIS + 10 if has_axis else 0.0)
            # What a number rests on, "with an alleged number", stands beside it and must not be cut.
            for text in wrapped(row.text[:_SEARCHED], (self.room - x + _LEFT) / LETTER / _BOLD, 5):
                self.line((Run("result", text),), _ROW, x)
        self.y += 3
        if axis.limit is not None:
            at = round(_LEFT + _AXIS * axis.limit, 1)
            self.marks.append(CardMark("limit", at, at, top, self.y - 3))

    def _interval(self, low: float | None, high: float | None, y: float, *, open_low: bool, open_high: bool) -> None:
        left = _LEFT + _AXIS * (low if low is not None else 0.0)
        right = _LEFT + _AXIS * (high if high is not None else 1.0)
        self.marks.append(CardMark("axis", _LEFT, _LEFT + _AXIS, y, y))
        if open_low or low is None:
            self.marks.append(CardMark("open", round(left, 1), _LEFT, y, y))
        if open_high or high is None:
            self.marks.append(CardMark("open", round(right, 1), _LEFT + _AXIS, y, y))
        if right - left < 3:
            self.marks.append(CardMark("dot", round((left + right) / 2, 1), round((left + right) / 2, 1), y, y))
        else:
            self.marks.append(CardMark("bar", round(left, 1), round(right, 1), y - 4, y + 4))


_WIDE_STYLES = ("strong", "heading", "standing", "role", "result")


def _wideness(style: str) -> float:
    """How much wider letters of a style are than plain ones."""
    if style == "answer":
        return _LARGE / LETTER * _BOLD
    return _BOLD if style.split(" ", maxsplit=1)[0] in _WIDE_STYLES else 1.0


def run_width(run: Run) -> float:
    """The width of a piece of a line."""
    return text_width(run.text) * LETTER * _wideness(run.style)


def _badge_width(text: str) -> float:
    return text_width(text) * LETTER * _BOLD + 32
