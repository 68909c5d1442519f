"""The types of the export, from which its JSON Schema is made.

Numbers are decimal strings. Ids are slugs (a finding's is its own id); ``stream`` is the opaque id of an entity in the
log, which a renaming does not change. A docstring here is the description of its type in the schema.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from kb.domain.measure_kind import MeasureKind

Number = Annotated[str, Meta(pattern=r"^-?\d+(\.\d+)?$", description="a decimal number without exponent")]
ScopeOut = dict[str, str | list[str] | dict[str, list[str]]]
VerdictOut = Literal["agreement", "met", "rounding", "not_comparable", "missed", "tension", "conflict"]
BoundOut = Literal["exact", "range", "at_least", "at_most", "more_than", "less_than"]
MeasureKindOut = Annotated[str, Meta(extra_json_schema={"enum": list(map(str, MeasureKind))})]
HedgeOut = Literal["none", "about", "nearly", "just_over", "order_of_magnitude"]


@dataclass(frozen=True, slots=True)
class LeftOutOut:
    """A place of a document from which nothing is recorded on purpose, e.g. ``L10-L14``, and why."""

    at: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOut:
    """A source. ``translation_of``, ``quotes`` and ``supersedes`` name sources.

    ``inferred`` gives a reason for each inferred field.
    """

    id: str
    stream: str
    title: str
    kind: str
    language: str
    issued: str
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    reliability_reason: str
    document_sha256: str | None
    translation_of: str | None
    quotes: list[str]
    supersedes: str | None
    authors: list[str]
    editors: list[str]
    container_title: str
    publisher: str
    url: str
    details: dict[str, str]
    inferred: dict[str, str]
    left_out: list[LeftOutOut]
    note: str


@dataclass(frozen=True, slots=True)
class SideOut:
    """One of the two sides of a question, with its standing and its strength; both null where nothing is weighed."""

    key: str
    text: str
    standing: str | None
    strength: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionOut:
    """A condition: how the result of ``calculation`` compares with ``low`` to ``high`` in ``unit``."""

    calculation: str | None
    sign: Literal["<", "<=", ">", ">=", "=="]
    low: Number | None
    high: Number | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOut:
    """A question with its two sides; the first is right if ``decided_by`` holds, the second if it fails.

    ``scope`` is the case that it asks about, written as in a seed file.
    """

    id: str
    stream: str
    text: str
    sides: list[SideOut]
    scope: ScopeOut
    decided_by: ConditionOut | None
    note: str


FoundBy = Literal["exact", "neighbours", "cell", "position", "person"] | None
"""How a passage was found; None where it was not found, or where the method was not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOut:
    """A figure. ``low`` and ``high`` are as stated, even under a bound, in ``unit``; null where no end was stated.

    ``low_open`` and ``high_open`` mark a range that excludes its own end; a single limit says it with ``bound``.

    ``margin`` is how far the number may be off, ``margin_below`` how far downwards if that differs; a range that is an
    interval has the kind alone.

    ``char_start`` and ``char_end`` count characters of the document decoded as UTF-8; null where it is not attached, or
    where the passage was not found for certain. ``found_by`` says how it was found.
    ``scope`` is written as in a seed file. ``depends_on`` is the figure that this one repeats, quotes or translates;
    ``derived_from`` are those that its voice computed it from.
    ``voices`` counts the voices behind its number between which no dependence is recorded; 0 where it takes no
    position.
    """

    id: str
    stream: str
    source: str | None
    line: int
    char_start: int | None
    char_end: int | None
    as_written: str
    low: Number | None
    high: Number | None
    bound: BoundOut
    hedge: HedgeOut
    spread: Literal["estimate", "spread"] | None
    granularity: Number | None
    low_open: bool
    high_open: bool
    margin: Number | None
    margin_below: Number | None
    margin_kind: str | None
    margin_level: Number | None
    unit: str
    per: str | None
    period: str | None
    measure: str | None
    scope: ScopeOut
    voice: str
    via: list[str]
    stance: str
    confidence: str
    depends_on: str | None
    derived_from: list[str]
    depends_kind: Literal["repeats", "quotes", "translates"] | None
    note: str
    found_by: FoundBy
    voices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageOut:
    """A place in a document; ``exact`` quotes its words, and is empty where the line or the sentence is meant."""

    line: int
    sentence: int | None
    exact: str
    char_start: int | None
    char_end: int | None
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOut:
    """A claim in the words of the author of its seed file; an inference by the editors has no ``source``."""

    id: str
    stream: str
    source: str | None
    text: str
    passages: list[PassageOut]
    voice: str
    via: list[str]
    stance: str
    confidence: str
    denies: list[str]
    same_as: list[str]
    holds_if: ConditionOut | None
    standing: str | None
    strength: Number | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentOut:
    """An argument. ``premises`` are ids, or ``question:side``; ``premise_kinds`` their kinds, in the same order.

    ``conclusion`` is an id or a side, likewise. ``attacks_argument`` is the id of the argument that this one attacks;
    null where it attacks no argument.
    """

    id: str
    stream: str
    kind: Literal["supports", "attacks"]
    premises: list[str]
    premise_kinds: list[Literal["claim", "figure", "calculation", "argument", "question"]]
    conclusion: str
    conclusion_kind: Literal["claim", "figure", "calculation", "argument", "question"]
    attacks_argument: str | None
    text: str
    source: str | None
    standing: str | None
    strength: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputOut:
    """An input of a calculation: an entity (``ref``), an assumed quantity, or one that is solved for.

    ``of`` is the measure of which an assumption is a value; null where that is not said, and for other inputs.
    """

    name: str
    kind: Literal["figure", "measure", "calculation", "assumed", "missing"]
    ref: str | None
    over: list[str]
    where: ScopeOut
    low: Number | None
    high: Number | None
    unit: str | None
    bound: BoundOut | None
    low_open: bool
    high_open: bool
    confidence: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class ChoiceOut:
    """The position that was chosen for one input: its label and the figures that it consists of."""

    input: str
    label: str
    figures: list[str]
    scope: ScopeOut


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionOut:
    """An amount of ``input``, ``low`` to ``high`` in ``unit``, that ``rates`` converted into another currency.

    It becomes ``converted_low`` to ``converted_high`` in ``converted_unit``; ``rates`` are figures of exchange rates.
    """

    input: str
    low: Number | None
    high: Number | None
    unit: str
    converted_low: Number | None
    converted_high: Number | None
    converted_unit: str
    rates: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultOut:
    """One result. ``low`` and ``high`` come from the stated ends, the allowed ends from the bounds; null is open."""

    low: Number | None
    high: Number | None
    unit: str
    choices: list[ChoiceOut]
    allowed_low: Number | None
    allowed_high: Number | None
    tight: bool
    truth: bool | None
    conversions: list[ConversionOut]


@dataclass(frozen=True, slots=True)
class CheckOut:
    """A stated figure that is compared with the results; ``verdict`` is null where nothing could be computed."""

    figure: str
    verdict: VerdictOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedOut:
    """The value that an input would need for a stated figure to hold, or that a missing input has."""

    input: str
    low: Number | None
    high: Number | None
    unit: str
    figure: str | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationOut:
    """A calculation, with one result for each choice among the positions that the sources take."""

    id: str
    stream: str
    label: str
    formula: str
    inputs: list[InputOut]
    results: list[ResultOut]
    checks: list[CheckOut]
    implied: list[ImpliedOut]
    problem: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingOut:
    """A person's decision about a finding; ``stale`` if an input of the finding has changed since."""

    id: str
    decision: Literal["accept", "dismiss", "explain"]
    accepted: str | None
    text: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOut:
    """A finding. ``severity`` runs from 0 to 1; ``verdict`` is null for a series, ``ruling`` where nobody has ruled.

    ``rates`` are the figures of exchange rates by which amounts were converted; ``follows_from`` is the id of the
    finding that it follows from, null for none.
    """

    id: str
    kind: Literal[
        "across_sources",
        "within_source",
        "check",
        "spread",
        "drift",
        "claims",
        "corroboration",
        "repetition",
        "forecast",
        "series",
    ]
    verdict: VerdictOut | None
    relation: Literal["inside", "overlapping", "disjoint"] | None
    figures: list[str]
    rates: list[str]
    claims: list[str]
    measure: str | None
    calculation: str | None
    severity: Number
    explanation: str
    ruling: RulingOut | None
    rule: str
    digest: str
    follows_from: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOut:
    """A declared unit; one of it ``equals`` an amount of others, and is ``factor`` (e.g. ``365/12``) of ``base``.

    ``name`` is its name in the unit of a figure: its id, or the ``code`` of a currency.
    """

    id: str
    stream: str
    name: str
    kind: Literal["count", "currency", "time", "ratio", "compound"]
    equals: str
    factor: str
    base: str
    aliases: list[str]
    code: str
    sign: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOut:
    """A measure: its label, the unit in which figures are compared, and the scope keys that they may give."""

    id: str
    stream: str
    label: str
    unit: str
    kind: MeasureKindOut
    keys: list[str]
    aliases: list[str]
    authority: str | None
    within: tuple[Number, Number] | None
    complement_of: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOut:
    """A named value of a scope key; ``id`` is ``key/name``, and a scope gives the name alone."""

    id: str
    stream: str
    key: str
    label: str
    aliases: list[str]
    part_of: str | None
    note: str


@dataclass(frozen=True, slots=True)
class HeadOut:
    """Position and hash of the last event in the export, against which it can be checked."""

    position: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOut:
    """The whole base at one moment."""

    kb: Literal[1]
    head: HeadOut
    sources: list[SourceOut]
    units: list[UnitOut]
    measures: list[MeasureOut]
    terms: list[TermOut]
    questions: list[QuestionOut]
    figures: list[FigureOut]
    claims: list[ClaimOut]
    arguments: list[ArgumentOut]
    calculations: list[CalculationOut]
    findings: list[FindingOut]
