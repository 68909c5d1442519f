"""Plots of the figures of one measure on one axis: bars, dots, arrows for open ends, and ticks at round numbers."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.entity import Figure, Measure
from kb.domain.interval import Interval
from kb.reasoning.findings.mention import normalized_quantity
from kb.reports.row import worst_verdict
from kb.reports.value import Mark, Plot, Ref, Tick
from kb.reports.view import View
from kb.reports.words.amount import axis_number_words, interval_words
from kb.reports.words.references import count_words, figure_amount_words, ref, scope_words
from kb.reports.words.unit_names import scale_words
from kb.reports.words.voices import in_brackets, speaker_words

WIDTH = 720.0
_LEFT, _RIGHT = 28.0, 692.0
_TOP, _PITCH, _BELOW = 12.0, 44.0, 40.0
_MOST_TICKS = 8
_SPANS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedNumber:
    """A result to draw beside the figures: whose numbers it comes from, and how it compares with the stated one."""

    ref: Ref
    stated: Interval
    allowed: Interval
    text: str
    source: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """A number in the unit of the measure: its stated ends, which of them are open, and what stands beside it.

    ``figure`` is None for a computed number.
    """

    figure: Figure | None
    ref: Ref
    low: Fraction
    high: Fraction
    open_low: bool
    open_high: bool
    text: str
    source: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A straight or logarithmic axis from ``low`` to ``high``, drawn from ``left`` to ``right``."""

    low: float
    high: float
    logarithmic: bool
    left: float = _LEFT
    right: float = _RIGHT

    def x(self, value: float) -> float:
        """The place of ``value`` in units of the view box, to one decimal."""
        low, high, at = (math.log(v) if self.logarithmic else v for v in (self.low, self.high, value))
        return round(self.left + (at - low) / (high - low) * (self.right - self.left), 1)


def plot(
    view: View, measure: Measure, figures: Sequence[Figure], computed: Sequence[ComputedNumber] = ()
) -> Plot | None:
    """The plot of ``figures`` of ``measure``, and of ``computed`` numbers in its unit; None where none can be drawn.

    Rows are in ascending order of the numbers; a dependent figure is right below the one that it depends on.
    """
    bars = [*_bars(view, measure, figures), *filter(None, map(_computed_bar, computed))]
    bars.sort(key=lambda bar: _row_order(view, measure, bar))
    if not bars:
        return None
    axis = axis_for([end for bar in bars for end in (bar.low, bar.high)])
    marks = tuple(_mark(view, bar, axis, row) for row, bar in enumerate(bars))
    axis_y = _TOP + _PITCH * len(bars) + 8
    return Plot(
        width=WIDTH,
        height=axis_y + _BELOW,
        axis_y=axis_y,
        logarithmic=axis.logarithmic,
        unit=scale_words(measure.unit),
        ticks=tuple(Tick(axis.x(float(value)), axis_number_words(value, measure.unit)) for value in ticks(axis)),
        marks=marks,
        text=_text(view, measure, bars, len(figures) + len(computed)),
    )


def _bars(view: View, measure: Measure, figures: Iterable[Figure]) -> list[_Bar]:
    return [bar for figure in figures if (bar := _bar(view, measure, figure))]


def _bar(view: View, measure: Measure, figure: Figure) -> _Bar | None:
    """The bar of a figure; None where it states no number, or none in the unit of the measure."""
    knowledge = view.knowledge.in_terms_of(measure.id)
    normalized = normalized_quantity(knowledge, knowledge.figures.get(figure.id, figure))
    ends = _ends(normalized.stated)
    # A yearly price is another offer than a monthly one, and without a recorded rate euros are not dollars.
    if normalized.unit != measure.unit or not ends:
        return None
    text = figure_amount_words(figure)
    if normalized.exchange or normalized.rest:
        text += f" ({interval_words(normalized.stated, normalized.unit)})"
    return _Bar(
        figure=figure,
        ref=ref(view.knowledge, figure),
        low=min(ends),
        high=max(ends),
        open_low=normalized.allowed.low is None,
        open_high=normalized.allowed.high is None,
        text=text,
        source=speaker_words(figure.voice),
        verdict=worst_verdict(view.findings_on.get(figure.id, ())),
    )


def _computed_bar(number: ComputedNumber) -> _Bar | None:
    ends = _ends(number.stated)
    if not ends:
        return None
    return _Bar(
        figure=None,
        ref=number.ref,
        low=min(ends),
        high=max(ends),
        open_low=number.allowed.low is None,
        open_high=number.allowed.high is None,
        text=number.text,
        source=number.source,
        verdict=number.verdict,
    )


def _ends(interval: Interval) -> list[Fraction]:
    return [end for end in (interval.low, interval.high) if end is not None]


def _row_order(view: View, measure: Measure, bar: _Bar) -> tuple[Fraction, Fraction, str, bool, str]:
    """The sort key of a row: first the number that the figure repeats in the end, or its own."""
    if bar.figure is None:
        return bar.low, bar.high, "", False, bar.source
    # By the number that is drawn: a unit alone does not say where a figure without its period belongs.
    root = view.knowledge.origin_figure(bar.figure)
    first = _bar(view, measure, root) or bar
    return first.low, first.high, root.slug, bar.figure.depends_on is not None, bar.figure.slug


def _mark(view: View, bar: _Bar, axis: Axis, row: int) -> Mark:
    figure = bar.figure
    y = _TOP + _PITCH * row + 28
    return Mark(
        ref=bar.ref,
        y=y,
        x0=axis.x(float(bar.low)),
        x1=axis.x(float(bar.high)),
        open_low=bar.open_low,
        open_high=bar.open_high,
        label=bar.text,
        source=bar.source,
        scope=_scope(view, bar),
        stance=str(figure.stance) if figure else "",
        depends=_repeats(bar),
        verdict=bar.verdict,
    )


def _repeats(bar: _Bar) -> bool:
    return bar.figure is not None and bar.figure.depends_on is not None


def axis_for(values: Sequence[Fraction]) -> Axis:
    """An axis for ``values`` with room at both ends.

    It is logarithmic where all values are positive and the largest is over 20 times the smallest.
    """
    low, high = float(min(values)), float(max(values))
    if low > 0 and high / low > _SPANS:
        room = (high / low) ** 0.06
        return Axis(low=low / room, high=high * room, logarithmic=True)
    room = (high - low) * 0.08 or abs(high) * 0.5 or 1.0
    start = 0.0 if 0 <= low < (high - low) + room * 4 else low - room
    return Axis(low=start, high=high + room, logarithmic=False)


def ticks(axis: Axis) -> tuple[Fraction, ...]:
    """Round numbers on the axis, at most eight, in ascending order.

    >>> [str(value) for value in ticks(Axis(low=0, high=10, logarithmic=False))]
    ['0', '2', '4', '6', '8', '10']
    >>> [str(value) for value in ticks(Axis(low=30, high=70000, logarithmic=True))]
    ['100', '1000', '10000']
    """
    return _log_ticks(axis) if axis.logarithmic else _even_ticks(axis)


def _even_ticks(axis: Axis) -> tuple[Fraction, ...]:
    step = _round_step((axis.high - axis.low) / (_MOST_TICKS - 2))
    first = math.ceil(Fraction(axis.low) / step)
    last = math.floor(Fraction(axis.high) / step)
    return tuple(step * number for number in range(first, last + 1))


def _round_step(rough: float) -> Fraction:
    """The smallest of 1, 2, 2.5 or 5 times a power of ten that is at least ``rough``."""
    power = Fraction(10) ** math.floor(math.log10(rough))
    return next(power * lead for lead in (1, 2, Fraction(5, 2), 5, 10) if float(power * lead) >= rough * (1 - 1e-9))


def _log_ticks(axis: Axis) -> tuple[Fraction, ...]:
    first, last = math.floor(math.log10(axis.low)), math.ceil(math.log10(axis.high))
    decades, candidates = range(first, last + 1), list[Fraction]()
    for leads in ((1, 2, 5), (1, 3), (1,)):
        candidates = [value for power in decades for lead in leads if _on(axis, value := Fraction(10) ** power * lead)]
        if len(candidates) <= _MOST_TICKS - 2:
            return tuple(candidates)
    return tuple(candidates[:: math.ceil(len(candidates) / (_MOST_TICKS - 2))])


def _on(axis: Axis, value: Fraction) -> bool:
    return axis.low <= float(value) <= axis.high


def _text(view: View, measure: Measure, bars: Sequence[_Bar], figure_count: int) -> str:
    """The plot in words for readers who do not see it."""
    alone = [bar for bar in bars if not _repeats(bar)]
    numbers = (f"{in_brackets(bar.source, _scope(view, bar))}: {bar.text}" for bar in alone)
    parts = [f"{measure.label}: {'; '.join(numbers)}."]
    repeats = len(bars) - len(alone)
    if repeats:
        parts.append(f"{count_words(repeats, 'repeat')} of the same numbers.".capitalize())
    if figure_count > len(bars):
        parts.append(
            f"{count_words(figure_count - len(bars), 'figure')} without a number on this scale, left out.".capitalize()
        )
    return " ".join(parts)


def _scope(view: View, bar: _Bar) -> str:
    return scope_words(view.knowledge, bar.figure) if bar.figure else ""
