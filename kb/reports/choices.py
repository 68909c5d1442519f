"""The choices of a thought experiment as an address, a form or a command names them.

``without=SOURCE``, ``voice=NAME``, ``take=FIGURE``, ``accept=NODE``, ``reject=NODE`` and
``assume.CALCULATION.INPUT=VALUE``; a node is ``claim:NAME`` or ``arg:NAME``. Of an input that is a measure,
``INPUT:FIGURE`` means the position of one figure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import combinations
from typing import TypeVar

from kb.domain.answer import Hinge
from kb.domain.choices import NO_CHOICES, Choices, Decided, Supposed
from kb.domain.entity import (
    Argument,
    Calculation,
    Claim,
    Entity,
    Figure,
    InputKind,
    Source,
    names_somebody,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.suggestion import nearest
from kb.numbers import NotationError, read_quantity, write_quantity
from kb.reasoning.answers.changes import positions_of
from kb.reasoning.answers.removal import Removal, Withdrawals
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.supposable import Moved, Supposable, at_place
from kb.reasoning.answers.what_if import choices_of, input_of
from kb.reasoning.findings.origin import Origin, fold, unnamed_speakers
from kb.reports.query import UnreadableAddress
from kb.reports.view import View
from kb.reports.words.amount import quantity_words
from kb.reports.words.references import span_words
from kb.reports.words.unit_names import CURRENCY_SIGNS, unit_words

Pairs = tuple[tuple[str, str], ...]
"""Names and texts of query parameters, in order."""

ASSUME = "assume."
CHOICES: Mapping[str, str] = {
    "without": "A source that is left out, with whatever merely repeats it.",
    "voice": "A voice that is left out in every source.",
    "take": "A figure whose number is taken for right; other numbers for the same thing are left out.",
    "accept": "A claim (claim:NAME) or an argument (arg:NAME) that is accepted, whatever speaks against it.",
    "reject": "A claim (claim:NAME) or an argument (arg:NAME) that is rejected.",
    ASSUME: "assume.CALCULATION.INPUT: a value that is supposed for an input of a calculation.",
}
"""The query parameters that name choices, with what they mean; one that ends in a dot stands for all that begin so."""

_FORM_NAMES = ("take.", "decide.")
PART = "part"
"""The parameter that asks for ``changes`` alone, without the word of the answer, or for them with the ``word``."""

WHAT_IF_PARAMETERS = (*CHOICES, *_FORM_NAMES, PART)
"""All parameters of a thought experiment, with those that a form needs for buttons of which one of a group is pressed.

``take.1=FIGURE`` is ``take=FIGURE``, and ``decide.NODE=accept`` is ``accept=NODE``.
"""

LONGEST_LIST = 12
"""The most names that a message lists."""


class UnreadableChoice(UnreadableAddress):
    """A choice that names nothing, or that makes no sense.

    Attributes:
        parameter: The name of the parameter.
        text: Its text.
        problem: What is wrong with it, in a sentence.
        hint: What exists, or what to write instead; may be empty.
    """

    def __init__(self, parameter: str, text: str, what: str, hint: str = "") -> None:
        self.parameter, self.text, self.problem, self.hint = parameter, text, what, hint
        super().__init__(" ".join(filter(None, (f"“{parameter[:80]}={text[:80]}”: {what}", hint))))


def is_choice(name: str) -> bool:
    """Whether a query parameter names a choice."""
    return name in CHOICES or name.startswith((ASSUME, *_FORM_NAMES))


def _plain(name: str, text: str) -> tuple[str, str]:
    """A parameter as an address has it, where a form has given it another name."""
    if name.startswith("take."):
        return "take", text
    if name.startswith("decide."):
        if text not in ("accept", "reject"):
            raise UnreadableChoice(name, text, "It must be “accept” or “reject”.")
        return text, name.removeprefix("decide.")
    return name, text


@dataclass(frozen=True)
class Reader:
    """Reads choices, and writes them again, for the question behind ``part``.

    Attributes:
        view: Names are looked up here; what is not behind the question may be chosen, and changes nothing.
        part: What the answer to the question depends on, as recorded.
        inputs: Gives its inputs, moved past their break-evens.
    """

    view: View
    part: QuestionSlice
    inputs: Callable[[], Moved]

    @property
    def known(self) -> Knowledge:
        """What is recorded."""
        return self.view.knowledge

    def read(self, pairs: Iterable[tuple[str, str]]) -> Choices:
        """The choices that ``pairs`` name; other parameters are passed over, and what is given twice counts once.

        Raises:
            UnreadableChoice: one of them names nothing, or two contradict each other.
        """
        named = [_plain(name, text.strip()) for name, text in pairs if is_choice(name) and text.strip()]
        choices = reduce(joined, (self._choice(name, text) for name, text in named), NO_CHOICES)
        self._check_positions(named)
        _check_once(named, choices)
        return choices

    def pairs(self, choices: Choices) -> Pairs:
        """``choices`` as query parameters, in one order."""
        return tuple(sorted(self._pairs(choices), key=lambda pair: (_ORDER.index(_kind(pair[0])), pair)))

    # Reading

    def _choice(self, name: str, text: str) -> Choices:
        match name:
            case "without":
                return Choices(without=frozenset((self._source(name, text),)))
            case "voice":
                return Choices(voices=frozenset((self._voice(name, text),)))
            case "take":
                return Choices(taken=frozenset((self._figure(name, text),)))
            case "accept" | "reject":
                return Choices(decided=frozenset((Decided(self._node(name, text), name == "accept"),)))
            case _:
                return Choices(supposed=frozenset((self._supposed(name, text),)))

    def _source(self, name: str, text: str) -> Id:
        if found := named_source(self.known, text):
            return found.id
        if fold(text) in self._voices():
            raise UnreadableChoice(name, text, "This is a voice and not a source.", f"Write “voice={text}”.")
        here = self.part.knowledge
        bearing = (s for s in here.sources.values() if s.id in here.figures_of_source or s.id in here.claims_of_source)
        raise self._unknown(name, text, Source, bearing)

    def _voices(self) -> dict[str, str]:
        """The keys of the origins behind the question by their names, folded."""
        return {
            fold(spelling): key
            for key, (origin, _) in self.origins.items()
            for spelling in (self.voice_name(key, origin), *((origin.name,) if names_somebody(origin.name) else ()))
        }

    @cached_property
    def origins(self) -> Mapping[str, tuple[Origin, Removal]]:
        """The origins behind the question by their keys, each with what it says itself."""
        return Withdrawals(self.part.knowledge, self.part.graph.links).origins

    def voice_name(self, key: str, origin: Origin) -> str:
        """The name of an origin in an address: its own, or that of the source in which it is not named."""
        if not origin.work:
            return origin.name
        source = self.known.sources.get(Id(key.strip("()")))
        return unnamed_speakers(source.slug if source else origin.work)

    def _voice(self, name: str, text: str) -> str:
        voices = self._voices()
        if fold(text) in voices:
            return voices[fold(text)]
        # Somebody who is heard elsewhere changes nothing here, but is no mistake.
        if is_voice(self.known, text):
            return fold(text)
        names = [self.voice_name(key, origin) for key, (origin, _) in self.origins.items()]
        raise UnreadableChoice(name, text, "No voice is called so.", _hint(text, names, "voices"))

    def _figure(self, name: str, text: str) -> Id:
        found = self.known.named(Figure, text)
        if found is None:
            raise self._unknown(name, text, Figure, self.part.knowledge.figures.values())
        if found.id in self.part.knowledge.figures and not list(positions_of(self.part, found.id)):
            what = (
                f"This number ({quantity_words(found.quantity)}) takes no position: it is {found.stance}, or replaced."
            )
            raise UnreadableChoice(name, text, what)
        return found.id

    def _node(self, name: str, text: str) -> Id:
        kind, colon, slug = text.partition(":")
        claim = self.known.named(Claim, slug if kind == "claim" else text)
        argument = self.known.named(Argument, slug if kind == "arg" else text)
        if node := claim or argument:
            return node.id
        if self.known.named(Figure, slug or text) or self.known.named(Calculation, slug or text):
            raise UnreadableChoice(
                name, text, "Only claims and arguments can be accepted or rejected.", "Of a figure, write “take=…”."
            )
        claims, arguments = self.part.knowledge.claims.values(), self.part.knowledge.arguments.values()
        if kind == "arg":
            raise self._unknown(name, text, Argument, arguments)
        raise self._unknown(name, text, Claim, claims if colon else (*claims, *arguments))

    def _unknown(self, name: str, text: str, kind: type, behind: Iterable[Entity]) -> UnreadableChoice:
        slug = text.partition(":")[2] or text
        former = self.view.retired_name(_KIND_NAMES[kind], slug)
        noun = "claim or argument" if kind is Claim and ":" not in text else _KIND_NAMES[kind]
        if former and former.current_name:
            return UnreadableChoice(name, text, f"This {noun} is now called “{former.current_name}”.")
        if former:
            return UnreadableChoice(name, text, f"This {noun} is no longer recorded: it was retracted.")
        hint = _hint(slug, [entity.slug for entity in behind], f"{noun}s behind this question")
        return UnreadableChoice(name, text, f"There is no {noun} of this name.", hint)

    def _supposed(self, name: str, text: str) -> Supposed:
        place = self.place(name, text)
        quantity = self._quantity(name, text, place)
        return Supposed(calculation=place.calculation, input=place.input.name, figure=place.figure, quantity=quantity)

    def place(self, name: str, text: str = "") -> Supposable:
        """The input that a parameter like ``assume.margins/pass.use`` means.

        Raises:
            UnreadableChoice: there is none.
        """
        slug, dot, rest = name.removeprefix(ASSUME).rpartition(".")
        calculation = self.known.named(Calculation, slug)
        if calculation is None or not dot:
            known = [calculation.slug for calculation in self.part.knowledge.calculations.values()]
            hint = _hint(slug or rest, known, "calculations behind this question")
            raise UnreadableChoice(name, text, "It must be “assume.CALCULATION.INPUT”, with a calculation.", hint)
        variable, _, figure = rest.partition(":")
        input = input_of(self.known, calculation.id, variable)
        if input is None or input.kind is InputKind.CALCULATION:
            inputs = [one.name for one in calculation.inputs if one.kind is not InputKind.CALCULATION]
            what = f"“{calculation.slug}” has no input “{variable}” of which a value can be supposed."
            raise UnreadableChoice(name, text, what, _hint(variable, inputs, "inputs"))
        stated = self.known.named(Figure, figure) if figure else None
        if figure and (stated is None or input.kind is not InputKind.MEASURE or stated.measure != input.ref):
            raise UnreadableChoice(name, text, f"“{figure}” is no figure of the measure that this input takes.")
        return at_place(self.part, self.inputs(), calculation.id, input, stated.id if stated else None)

    def _quantity(self, name: str, text: str, place: Supposable) -> Quantity:
        known = self.known
        unit = str(place.unit) if place.unit else "1"
        try:
            default = "percent" if unit == "fraction" else unit
            quantity = read_quantity(text, default_unit=default, units=known.unit_system)
        except NotationError as error:
            raise UnreadableChoice(name, text, f"This is no value: {error}.", _example(place)) from None
        if place.unit and not known.unit(quantity.unit).same_dimension(place.unit):
            what = f"This input is in {unit_words(unit)}, and the value in {unit_words(quantity.unit)}."
            raise UnreadableChoice(name, text, what, _example(place))
        if not place.holds(known, quantity):
            span = span_words(place.shown(place.possible), unit)
            raise UnreadableChoice(name, text, f"This value is not possible here: it may be {span}.")
        return quantity

    # What contradicts itself

    def _check_positions(self, named: Iterable[tuple[str, str]]) -> None:
        taken = {text: self._figure(name, text) for name, text in named if name == "take"}
        for (first, left), (second, right) in combinations(taken.items(), 2):
            groups = self._positions(left)
            for group, position in self._positions(right).items():
                if groups.get(group, position) != position:
                    what = f"“take={first}” takes another number for the same thing."
                    raise UnreadableChoice("take", second, what, "Only one of them can be right.")

    def _positions(self, figure: Id) -> dict[object, tuple[Id, ...]]:
        """By what they are on, the positions of a figure."""
        return {(position.key, position.unit): position.figures for _, position in positions_of(self.part, figure)}

    # Writing

    def _pairs(self, choices: Choices) -> Iterator[tuple[str, str]]:
        known = self.known
        yield from (("without", known.sources[id].slug) for id in choices.without)
        origins = self.origins
        yield from (
            ("voice", self.voice_name(key, origins[key][0]) if key in origins else key) for key in choices.voices
        )
        yield from (("take", known.figures[id].slug) for id in choices.taken)
        for decided in choices.decided:
            yield "accept" if decided.accepted else "reject", self.node_name(decided.node)
        for supposed in choices.supposed:
            yield self.place_name(supposed.calculation, supposed.input, supposed.figure), value_text(supposed.quantity)

    def node_name(self, id: Id) -> str:
        """A claim or an argument in an address."""
        known = self.known
        return f"claim:{known.claims[id].slug}" if id in known.claims else f"arg:{known.arguments[id].slug}"

    def place_name(self, calculation: Id, input: str, figure: Id | None) -> str:
        """The parameter for the value of an input."""
        of = f":{self.known.figures[figure].slug}" if figure else ""
        return f"{ASSUME}{self.known.calculations[calculation].slug}.{input}{of}"


_KIND_NAMES: Mapping[type, str] = {Source: "source", Figure: "figure", Claim: "claim", Argument: "argument"}
_ORDER = list(CHOICES)
_T = TypeVar("_T")


def _kind(name: str) -> str:
    return ASSUME if name.startswith(ASSUME) else name


def named_source(knowledge: Knowledge, text: str) -> Source | None:
    """The source of a name or a title; None where there is none."""
    titles = {fold(title): one for one in knowledge.sources.values() for title in (one.title, one.short_title)}
    return knowledge.named(Source, text) or titles.get(fold(text))


def is_voice(knowledge: Knowledge, text: str) -> bool:
    """Whether somebody of this name is heard anywhere."""
    statements: tuple[Claim | Figure, ...] = (*knowledge.claims.values(), *knowledge.figures.values())
    return any(fold(statement.voice.origin) == fold(text) for statement in statements)


def joined(left: Choices, right: Choices) -> Choices:
    """The choices of both."""
    return Choices(
        without=left.without | right.without,
        voices=left.voices | right.voices,
        taken=left.taken | right.taken,
        supposed=left.supposed | right.supposed,
        decided=left.decided | right.decided,
    )


def _with(choices: Choices, single: Choices) -> Choices:
    """``choices`` with ``single``, which replaces what is chosen of the same input or node."""
    places = {one.place for one in single.supposed}
    nodes = {one.node for one in single.decided}
    kept = replace(
        choices,
        supposed=frozenset(one for one in choices.supposed if one.place not in places),
        decided=frozenset(one for one in choices.decided if one.node not in nodes),
    )
    return joined(kept, single)


def _check_once(named: Iterable[tuple[str, str]], choices: Choices) -> None:
    """Refuses a node that is accepted and rejected, and an input with two values."""
    decided = [one.node for one in choices.decided]
    if len(decided) > len(set(decided)):
        name, text = next((name, text) for name, text in reversed(list(named)) if name in ("accept", "reject"))
        raise UnreadableChoice(name, text, "It is accepted and rejected at once.", "Give one of the two.")
    places = [one.place for one in choices.supposed]
    if len(places) > len(set(places)):
        name, text = next((name, text) for name, text in reversed(list(named)) if name.startswith(ASSUME))
        raise UnreadableChoice(name, text, "An input is given two values.", "Give one of them.")


def _hint(text: str, names: Iterable[str], what: str) -> str:
    known = list(dict.fromkeys(names))
    if near := nearest(text, known):
        return f"Did you mean “{near}”?"
    listed = ", ".join(f"“{name}”" for name in known[:LONGEST_LIST])
    return f"The {what}: {listed}{' …' if len(known) > LONGEST_LIST else ''}." if known else ""


def _example(place: Supposable) -> str:
    if place.input.quantity:
        return f"Write it like “{value_text(place.input.quantity)}”."
    return (
        f"Write a number in {unit_words(str(place.unit))}." if place.unit else "Write it like “25%” or “$40 / month”."
    )


def value_text(quantity: Quantity) -> str:
    """A value as one writes it into a seed file: ``26%``, ``$810 / month``, ``12 query/month``.

    >>> from kb.numbers import read_quantity
    >>> value_text(read_quantity("$8k per month")), value_text(read_quantity("12.5%"))
    ('$8000 / month', '12.5%')
    """
    written = write_quantity(quantity)
    number, _, unit = written.partition(" ")
    currency, _, per = unit.partition("/")
    if number.replace(".", "", 1).isdigit() and currency in CURRENCY_SIGNS:
        short = f"{CURRENCY_SIGNS[currency]}{number}{f' / {per}' if per else ''}"
        return short if "*" not in per else written
    return written


def hinge_pairs(view: View, question: Id, hinges: Sequence[Hinge]) -> list[Pairs]:
    """For each of ``hinges``, the query parameters of the state that it speaks of, beside what is chosen already."""
    part = view.analysis.slices[question]
    reader = Reader(view, part, tuple)
    return [reader.pairs(_with(view.chosen, choices_of(part, hinge))) for hinge in hinges]
