"""What shape has the export? Frozen types, from which its JSON Schema is made.

Numbers are decimal strings. Ids are slugs (a finding's is its own id); ``stream`` is the opaque id of an entity in the
log, which a renaming does not change.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from kb.domain.measure_kind import MeasureKind

Number = Annotated[str, Meta(pattern=r"^-?\d+(\.\d+)?$", description="a decimal number without exponent")]
ScopeOut = dict[str, str | list[str] | dict[str, list[str]]]
VerdictOut = Literal["agreement", "rounding", "tension", "conflict", "not_comparable"]
BoundOut = Literal["exact", "range", "at_least", "at_most", "more_than", "less_than"]
MeasureKindOut = Annotated[str, Meta(extra_json_schema={"enum": list(map(str, MeasureKind))})]
HedgeOut = Literal["none", "about", "nearly", "just_over", "order_of_magnitude"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOut:
    """A source. ``translation_of`` and ``quotes`` name sources; ``inferred`` says why for fields we inferred."""

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
    authors: list[str]
    editors: list[str]
    container_title: str
    publisher: str
    url: str
    details: dict[str, str]
    inferred: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class SideOut:
    """One of the two answers to a question, and how it stands once all arguments are weighed."""

    key: str
    text: str
    standing: str | None
    strength: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOut:
    """A question with its two sides."""

    id: str
    stream: str
    text: str
    sides: list[SideOut]
    note: str


FoundBy = Literal["exact", "neighbours", "position", "person"] | None
"""By what a passage was found; None where it was not, or nobody noted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOut:
    """A figure. ``low`` and ``high`` are as stated, even under a bound, in ``unit``; None where no end was said.

    ``low_open`` and ``high_open`` tell of a range that leaves out its own end; elsewhere ``bound`` says it.

    ``char_start`` and ``char_end`` count characters of the document decoded as UTF-8; None where it is not attached, or
    where the passage was not found for certain. ``found_by`` says by what it was.
    ``scope`` is written as in a seed file. ``depends_on`` is the figure that this one repeats, quotes or translates.
    ``voices`` counts the independent voices behind its number; 0 where it takes no position.
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
    depends_kind: Literal["repeats", "quotes", "translates"] | None
    note: str
    found_by: FoundBy
    voices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageOut:
    """A place in a document; ``exact`` are words that stand there, empty where the line or sentence is meant."""

    line: int
    sentence: int | None
    exact: str
    char_start: int | None
    char_end: int | None
    found_by: FoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionOut:
    """A claim holds if the result of ``calculation`` compares as said with ``limit``, as written in a seed file."""

    calculation: str | None
    sign: Literal["<", "<=", ">", ">=", "=="]
    low: Number | None
    high: Number | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOut:
    """A claim, in the words of whoever wrote the seed file."""

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
    """An argument. ``premises`` are ids; ``premise_kinds`` their kinds, in the same order.

    ``conclusion`` is an id, or ``question:side``. ``attacks_argument`` is the id of the argument that this one attacks;
    None where it attacks no argument.
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
    """An input of a calculation: an entity (``ref``), an assumed quantity, or one that is solved for."""

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


@dataclass(frozen=True, slots=True)
class ChoiceOut:
    """The position that was taken for one input: whose it is and which figures it is made of."""

    input: str
    label: str
    figures: list[str]
    scope: ScopeOut


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionOut:
    """An amount, ``low`` to ``high`` in ``unit``, of ``input`` that ``rates`` brought into another currency.

    It is ``converted_low`` to ``converted_high`` in ``converted_unit``; ``rates`` are figures of exchange rates.
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
    """One result. ``low`` and ``high`` come from the stated ends; the allowed ends follow the bounds, None is open."""

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
    """A stated figure laid beside the result; ``verdict`` is None where nothing could be computed."""

    figure: str
    verdict: VerdictOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedOut:
    """What an input would have to be for a stated figure to hold, or what a missing input comes to."""

    input: str
    low: Number | None
    high: Number | None
    unit: str
    figure: str | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationOut:
    """A calculation with one result for each choice among the positions that the sources take."""

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
    """What a person decided; ``stale`` when an input of the finding has changed since."""

    id: str
    decision: Literal["accept", "dismiss", "explain"]
    accepted: str | None
    text: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOut:
    """What the engine noticed. ``severity`` runs from 0 to 1; ``ruling`` is the latest one, None for none.

    ``rates`` are the figures of exchange rates by which amounts were converted.
    """

    id: str
    kind: Literal[
        "across_sources", "within_source", "check", "spread", "drift", "claims", "corroboration", "repetition"
    ]
    verdict: VerdictOut
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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOut:
    """A declared unit; one ``equals`` an amount of others, ``factor`` (a fraction like ``365/12``) of ``base``.

    ``name`` is what it is called in a figure's unit: its id, or the ``code`` of a currency.
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
    """A measure: what is measured, in which unit it is compared, and which scope keys it takes."""

    id: str
    stream: str
    label: str
    unit: str
    kind: MeasureKindOut
    keys: list[str]
    aliases: list[str]
    authority: str | None
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
    """Position and hash of the last event that the export knows of: what it can be checked against."""

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
