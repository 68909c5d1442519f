"""The value of a what-if: what is chosen, what it changes, and what else can be chosen."""

from dataclasses import dataclass

from kb.reports.value import Ref

Pairs = tuple[tuple[str, str], ...]
"""Names and texts of query parameters, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRow:
    """One choice in words; ``others`` are the choices that are left once it is taken back."""

    text: str
    others: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """Something that the choices change.

    Attributes:
        kind: direction, answer, result, counting, standing or left-out.
        text: A sentence; with ``refs`` what has happened to each of them, in words that lead on to their names.
        refs: What it has happened to.
        more: To how many others.
    """

    kind: str
    text: str
    refs: tuple[Ref, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesSheet:
    """What the choices change.

    Attributes:
        now: The answer as recorded.
        then: The answer under the choices; empty while only its direction is known.
        direction: Where the evidence would point: yes, no or even.
        rows: The changes in words, the answer in front.
    """

    now: str
    then: str
    direction: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """Something that can be chosen.

    Attributes:
        value: What the form sends.
        text: What it is, in words.
        note: More about it; may be empty.
        chosen: Whether it is chosen.
    """

    value: str
    text: str
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """Options of which one can be chosen, under the parameter ``name``; an empty value leaves all as recorded."""

    name: str
    label: str
    ref: Ref
    options: tuple[OptionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A scale for a number field: its ends, its step, where it stands, and the marks on it.

    Numbers are those of the field, between ``before`` and ``after``; ``ends`` are its ends in words.
    """

    low: str
    high: str
    step: str
    at: str
    before: str
    after: str
    ends: tuple[str, str]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputField:
    """An input of which another value can be supposed.

    Attributes:
        name: The parameter.
        label: What it is.
        ref: The calculation that it enters.
        value: What is supposed; empty for nothing.
        present: Its value now; empty where nobody states it.
        note: Where it comes from, what sources state, and where the answer turns.
        slider: A scale between the values that it may have; None where they have no ends.
        main: Whether it is assumed or missing, or something turns on it.
    """

    name: str
    label: str
    ref: Ref
    value: str
    present: str
    note: str
    slider: Slider | None
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedChoices:
    """Everything that can be chosen on a question.

    Attributes:
        sources: Sources that bear on the question, the most influential first.
        voices: Likewise voices.
        measures: Numbers in dispute, each with its positions.
        inputs: Inputs of the calculations behind the question, those that nobody states first.
        nodes: Claims and arguments that something speaks against, to be accepted or rejected.
    """

    sources: tuple[OptionRow, ...]
    voices: tuple[OptionRow, ...]
    measures: tuple[OptionGroup, ...]
    inputs: tuple[InputField, ...]
    nodes: tuple[OptionGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfSheet:
    """A question under choices: what is chosen, what that changes, and what can be chosen.

    Attributes:
        title: The question.
        ref: Its page.
        chosen: The choices, in words.
        pairs: The same as query parameters.
        note: What a reader must know before she chooses anything.
        others: The other query parameters, such as what is opened on the map.
        changes: What the choices change; None where nothing is chosen.
        offered: Everything that can be chosen; None where only the changes were asked for.
    """

    title: str
    ref: Ref
    chosen: tuple[ChosenRow, ...]
    pairs: Pairs
    note: str
    others: Pairs
    changes: ChangesSheet | None
    offered: OfferedChoices | None
