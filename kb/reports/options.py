"""Everything that can be chosen in a thought experiment on a question, the most influential first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction
from math import floor, log10

from kb.domain.answer import BreakEven, Direction
from kb.domain.choices import Choices
from kb.domain.entity import InputKind
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.reasoning.answers.changes import contested_groups, decided_nodes, positions_of
from kb.reasoning.answers.removal import Removal, origin_removals, source_removals
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.supposable import Supposable, at_place, supposable
from kb.reasoning.answers.what_if import input_of
from kb.reasoning.calculation.sensitivity import middle
from kb.reasoning.findings.position import Position
from kb.reports.choices import Reader, value_text
from kb.reports.page.what_if import InputField, OfferedChoices, OptionGroup, OptionRow, Slider
from kb.reports.words.amount import number_words
from kb.reports.words.argument import node_words
from kb.reports.words.inputs import input_words
from kb.reports.words.references import (
    capitalized,
    count_words,
    figure_amount_words,
    list_words,
    measure_scope_words,
    ref_of,
    shorten,
    span_words,
)
from kb.reports.words.voices import speaker_words, title_words
from kb.reports.words.what_if import AS_RECORDED, NODE_OPTIONS, input_note, turned_words

_MOST_VOICES = 3
"""The most voices of a position that are named."""

_LONGEST = 160
"""The most characters of a claim beside its buttons."""


def offered(reader: Reader, choices: Choices) -> OfferedChoices:
    """What can be chosen on the question of ``reader``, with what is."""
    return OfferedChoices(
        sources=tuple(_sources(reader, choices)),
        voices=tuple(_voices(reader, choices)),
        measures=tuple(_measures(reader, choices)),
        inputs=tuple(sorted(_inputs(reader, choices), key=lambda field: not field.main)),
        nodes=tuple(_nodes(reader, choices)),
    )


def offered_on(reader: Reader, choices: Choices, calculation: Id) -> OfferedChoices:
    """What of it bears on the result of one calculation behind the question."""
    part, known = reader.part, reader.known
    calculations = {one.id: one.slug for one in part.with_inner([calculation])}
    used = part.recalculation.used_figures(calculation)
    stated = [part.knowledge.figures[id] for id in used if id in part.knowledge.figures]
    sources = {known.sources[figure.source].slug for figure in stated if figure.source in known.sources}
    voices = {key for key, (_, own) in reader.origins.items() if not own.figures.isdisjoint(used)}
    names = {reader.voice_name(key, reader.origins[key][0]) for key in voices}
    measures = {ref_of(known, figure.measure).slug for figure in stated}
    everything = offered(reader, choices)
    return OfferedChoices(
        sources=tuple(row for row in everything.sources if row.value in sources or row.chosen),
        voices=tuple(row for row in everything.voices if row.value in names or row.chosen),
        measures=tuple(group for group in everything.measures if group.ref.slug in measures),
        inputs=tuple(field for field in everything.inputs if field.ref.slug in calculations.values() or field.value),
        nodes=tuple(group for group in everything.nodes if any(row.chosen and row.value for row in group.options)),
    )


# Sources and voices


@dataclass(frozen=True, slots=True)
class _Influence:
    """What leaving something out alone would do: how much goes, where the evidence then points, how far it moves."""

    removal: Removal
    after: Direction
    turns: bool
    shift: float


def _influence(part: QuestionSlice, removal: Removal) -> _Influence:
    before, strengths = part.direction(part.strengths), part.strengths.after(part.without(removal))
    shift = abs(part.balance(strengths) - part.balance(part.strengths))
    return _Influence(removal, part.direction(strengths), part.direction(strengths) is not before, round(shift, 4))


def _by_influence(part: QuestionSlice, removals: Mapping[str, Removal]) -> list[tuple[str, _Influence]]:
    """What leaves something out, with what it would do, the most influential first."""
    influences = [(key, _influence(part, removal)) for key, removal in removals.items() if removal]
    return sorted(influences, key=lambda pair: (not pair[1].turns, -pair[1].shift))


def _influence_words(influence: _Influence) -> str:
    removal = influence.removal
    counts = (("figure", len(removal.figures)), ("claim", len(removal.claims)), ("argument", len(removal.arguments)))
    behind = list_words(tuple(count_words(number, noun) for noun, number in counts if number))
    return f"{behind}; {turned_words(influence.after)}" if influence.turns else behind


def _sources(reader: Reader, choices: Choices) -> Iterator[OptionRow]:
    part, known = reader.part, reader.known
    for id, influence in _by_influence(part, dict(source_removals(part.knowledge, part.graph.links))):
        source = known.sources[Id(id)]
        yield OptionRow(
            value=source.slug,
            text=capitalized(title_words(source)),
            note=_influence_words(influence),
            chosen=source.id in choices.without,
        )


def _voices(reader: Reader, choices: Choices) -> Iterator[OptionRow]:
    part = reader.part
    # Who speaks in one source only is left out with that source.
    with_sources = {removal for _, removal in source_removals(part.knowledge, part.graph.links)}
    removals = {origin.key: removal for origin, _, removal in origin_removals(part.knowledge, part.graph.links)}
    apart = {key: removal for key, removal in removals.items() if removal not in with_sources or key in choices.voices}
    for key, influence in _by_influence(part, apart):
        origin, _ = reader.origins[key]
        yield OptionRow(
            value=reader.voice_name(key, origin),
            text=f"Unnamed speakers in “{origin.work}”" if origin.work else origin.name,
            note=_influence_words(influence),
            chosen=key in choices.voices,
        )


# Numbers in dispute, claims in dispute


def _measures(reader: Reader, choices: Choices) -> Iterator[OptionGroup]:
    part, known = reader.part, reader.known
    taken = [group for figure in sorted(choices.taken) for group, _ in positions_of(part, figure) if len(group) > 1]
    groups = {(group[0].measure, group[0].key): tuple(group) for group in (*contested_groups(part), *taken)}
    for number, ((measure, _), group) in enumerate(groups.items(), 1):
        scope = measure_scope_words(known, group[0].scope, measure)
        label = ref_of(known, measure)
        yield OptionGroup(
            name=f"take.{number}",
            label=f"{label.text}, {scope}" if scope else label.text,
            ref=label,
            options=(
                OptionRow(value="", text=AS_RECORDED, chosen=not any(_is_taken(one, choices) for one in group)),
                *(_position_option(reader, position, choices) for position in group),
            ),
        )


def _is_taken(position: Position, choices: Choices) -> bool:
    return not choices.taken.isdisjoint((*position.figures, *position.dependents))


def _position_option(reader: Reader, position: Position, choices: Choices) -> OptionRow:
    known = reader.known
    figures = [known.figures[id] for id in position.figures]
    speakers = tuple(dict.fromkeys(speaker_words(figure.voice) for figure in figures))
    more = (f"{len(speakers) - _MOST_VOICES} more",) if len(speakers) > _MOST_VOICES else ()
    return OptionRow(
        value=figures[0].slug,
        text=figure_amount_words(figures[0]),
        note=list_words((*speakers[:_MOST_VOICES], *more)),
        chosen=_is_taken(position, choices),
    )


def _nodes(reader: Reader, choices: Choices) -> Iterator[OptionGroup]:
    """Claims and arguments that are decided or attacked, first those that are decided, then the most influential."""
    part, known = reader.part, reader.known
    decided = {one.node: "accept" if one.accepted else "reject" for one in choices.decided}
    shifts: dict[Id, float] = dict.fromkeys(decided, 0.0)
    for change in decided_nodes(part):
        moved = part.balance(part.strengths.after(change.change)) - part.balance(part.strengths)
        shifts[change.subject] = max(shifts.get(change.subject, 0.0), abs(moved))
    for id in _apart(known, shifts):
        del shifts[id]
    for id in sorted(shifts, key=lambda node: (node not in decided, -round(shifts[node], 4))):
        yield OptionGroup(
            name=f"decide.{reader.node_name(id)}",
            label=shorten(node_words(known, id), _LONGEST),
            ref=ref_of(known, id),
            options=tuple(
                OptionRow(value=value, text=text, chosen=decided.get(id, "") == value)
                for value, text in NODE_OPTIONS[id in known.arguments].items()
            ),
        )


def _apart(knowledge: Knowledge, nodes: Collection[Id]) -> list[Id]:
    """The arguments among ``nodes`` in the words of their only premise, which stands there itself."""
    arguments = [argument for id in nodes if (argument := knowledge.arguments.get(id)) and not argument.text]
    return [one.id for one in arguments if len(one.premises) == 1 and one.premises[0].id in nodes]


# Inputs of calculations


def _inputs(reader: Reader, choices: Choices) -> Iterator[InputField]:
    known = reader.known
    values = {one.place: one.quantity for one in choices.supposed}
    seen: set[object] = set()
    for place in _places(reader, choices):
        input, value = place.input, values.get((place.calculation, place.input.name, place.figure))
        # A figure that several calculations use is one number; it is offered where it is met first.
        number = input.ref if input.ref and value is None else (place.calculation, input.name, place.figure)
        if number in seen or (input.is_constant and value is None):
            continue
        seen.add(number)
        yield InputField(
            name=reader.place_name(place.calculation, input.name, place.figure),
            label=input_words(known, place.calculation, input.name),
            ref=ref_of(known, place.calculation),
            value=value_text(value) if value else "",
            present=_span_words(place, place.present),
            note=input_note(
                assumed=input.kind is InputKind.ASSUMED,
                present=_span_words(place, place.present),
                stated=_span_words(place, place.stated),
                turns=tuple(dict.fromkeys(_number_words(turn.break_even) for turn in place.turns)),
            ),
            slider=_slider(place, value),
            main=input.kind in (InputKind.ASSUMED, InputKind.MISSING) or bool(place.turns) or value is not None,
        )


def _places(reader: Reader, choices: Choices) -> Iterator[Supposable]:
    part, moved = reader.part, reader.inputs()
    for one in sorted(choices.supposed, key=lambda one: one.place[:2]):
        if input := input_of(reader.known, one.calculation, one.input):
            yield at_place(part, moved, one.calculation, input, one.figure)
    for place in supposable(part, moved):
        # Of a number that is stated in several ways, one is taken above.
        if place.input.kind is not InputKind.MEASURE:
            yield place
            continue
        for figure in dict.fromkeys(turn.subject for turn in place.turns):
            yield at_place(part, moved, place.calculation, place.input, figure)


def _span_words(place: Supposable, span: Interval | None) -> str:
    return span_words(place.shown(span), str(place.unit)) if span is not None and place.unit else ""


def _number_words(turn: BreakEven) -> str:
    return number_words(turn.value, turn.unit)


def _slider(place: Supposable, value: Quantity | None) -> Slider | None:
    ends = _ends(place)
    if ends is None or place.unit is None:
        return None
    scale = 100 if str(place.unit) == "fraction" else 1
    low, high = (place.shown(Interval.at(end)).low or Fraction(0) for end in ends)
    words = (number_words(low, str(place.unit)), number_words(high, str(place.unit)))
    low, high = low * scale, high * scale
    step = _step(place, high - low)
    present = place.present or Interval(*ends)
    stands = value.stated if value else place.shown(present)
    at = middle(stands) or (low + high) / 2 / scale
    before, _, after = value_text(_marker(str(place.unit))).partition("7")
    return Slider(
        low=_decimal_text(low, step, ROUND_CEILING),
        high=_decimal_text(high, step, ROUND_FLOOR),
        step=str(step if step < 1 else int(step)),
        at=_decimal_text(at * scale, step, ROUND_FLOOR),
        before=before,
        after=after,
        ends=words,
        marks=tuple(
            dict.fromkeys(_decimal_text(turn.break_even.value * scale, step, ROUND_FLOOR) for turn in place.turns)
        ),
    )


def _step(place: Supposable, span: Fraction) -> Decimal:
    """A hundredth of the scale or less; a whole number of what is stated in whole numbers and is no share."""
    step = Decimal(10) ** (floor(log10(span)) - 2)
    present = place.shown(place.present) if place.present else None
    ends = [end for end in (present.low, present.high) if end is not None] if present else []
    whole = str(place.unit) != "fraction" and ends and all(end.denominator == 1 for end in ends) and span >= 2
    return max(step, Decimal(1)) if whole else step


def _ends(place: Supposable) -> tuple[Fraction, Fraction] | None:
    """The ends of the scale: what sources state, else what is possible, else up to twice what matters."""
    stated = place.stated
    holds = stated is not None and (place.present is None or stated.hull(place.present) == stated)
    if stated and holds and stated.low is not None and stated.high is not None and stated.low < stated.high:
        return stated.low, stated.high
    numbers = [place.unit.factor * turn.break_even.value for turn in place.turns] if place.unit else []
    numbers += [end for end in ((place.present.low, place.present.high) if place.present else ()) if end is not None]
    furthest = max(map(abs, numbers), default=Fraction(0)) * 2
    possible = place.possible
    least = -furthest if any(number < 0 for number in numbers) or not numbers else Fraction(0)
    low = possible.low if possible.low is not None else least
    high = possible.high if possible.high is not None else furthest
    return (low, high) if low < high else None


def _marker(unit: str) -> Quantity:
    """Seven of a unit, to see how an amount of it is written."""
    seven = Decimal("0.07") if unit == "fraction" else Decimal(7)
    return Quantity(low=seven, high=seven, unit=unit, granularity=Decimal("0.01") if unit == "fraction" else Decimal(1))


def _decimal_text(number: Fraction, step: Decimal, rounding: str) -> str:
    # A value of a thought experiment may have a hundred digits, more than a decimal keeps unless it is told to.
    with localcontext(prec=_MOST_DIGITS):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return format(exact.quantize(step, rounding=rounding), "f")


_MOST_DIGITS = 250
