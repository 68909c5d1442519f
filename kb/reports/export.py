"""What does a program read? Every entity, with stable ids, as plain JSON; the types below are its schema.

Numbers are decimal strings. Ids are slugs (a finding's is its own id); ``stream`` is the opaque id of an entity in the
log, which a renaming does not change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kb.domain.codec import plain
from kb.domain.entity import (
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Figure,
    Input,
    InputKind,
    Measure,
    Node,
    NodeKind,
    Quantifier,
    Question,
    Scope,
    ScopeValue,
    Source,
    Term,
)
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.quantity import Quantity
from kb.reasoning.result import Outcome, Result
from kb.reasoning.scope import say_value
from kb.reports.cite import anchor
from kb.reports.row import latest_ruling, shown_unit
from kb.reports.view import View

DIGITS = 28
"""Significant digits of a number that is no finite decimal; lower ends are rounded down, upper ends up."""

Number = Annotated[str, Meta(pattern=r"^-?\d+(\.\d+)?$", description="a decimal number without exponent")]
ScopeOut = dict[str, str | list[str] | dict[str, list[str]]]
VerdictOut = Literal["agreement", "rounding", "tension", "conflict", "not_comparable"]
BoundOut = Literal["exact", "range", "at_least", "at_most", "more_than", "less_than"]
HedgeOut = Literal["none", "about", "nearly", "just_over", "order_of_magnitude"]


@dataclass(frozen=True, slots=True)
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
    container_title: str
    publisher: str
    url: str
    inferred: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class SideOut:
    """One of the two answers to a question, and how it stands once all arguments are weighed."""

    key: str
    text: str
    standing: str | None
    strength: Number | None


@dataclass(frozen=True, slots=True)
class QuestionOut:
    """A question with its two sides."""

    id: str
    stream: str
    text: str
    sides: list[SideOut]
    note: str


@dataclass(frozen=True, slots=True)
class FigureOut:
    """A figure. ``low`` and ``high`` are as stated, even under a bound, in ``unit``; None where no end was said.

    ``char_start`` and ``char_end`` count characters of the document decoded as UTF-8; None where it is not attached.
    ``scope`` is written as in a seed file. ``depends_on`` is the figure that this one repeats, quotes or translates.
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


@dataclass(frozen=True, slots=True)
class PassageOut:
    """A place in a document; ``exact`` are words that stand there, empty where the line or sentence is meant."""

    line: int
    sentence: int | None
    exact: str
    char_start: int | None
    char_end: int | None


@dataclass(frozen=True, slots=True)
class ConditionOut:
    """A claim holds if the result of ``calculation`` compares as said with ``limit``, as written in a seed file."""

    calculation: str | None
    sign: Literal["<", "<=", ">", ">=", "=="]
    low: Number | None
    high: Number | None
    unit: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    confidence: str | None


@dataclass(frozen=True, slots=True)
class ChoiceOut:
    """The position that was taken for one input: whose it is and which figures it is made of."""

    input: str
    label: str
    figures: list[str]
    scope: ScopeOut


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CheckOut:
    """A stated figure laid beside the result; ``verdict`` is None where nothing could be computed."""

    figure: str
    verdict: VerdictOut | None


@dataclass(frozen=True, slots=True)
class ImpliedOut:
    """What an input would have to be for a stated figure to hold, or what a missing input comes to."""

    input: str
    low: Number | None
    high: Number | None
    unit: str
    figure: str | None
    explanation: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RulingOut:
    """What a person decided; ``stale`` when an input of the finding has changed since."""

    id: str
    decision: Literal["accept", "dismiss", "explain"]
    accepted: str | None
    text: str
    stale: bool


@dataclass(frozen=True, slots=True)
class FindingOut:
    """What the engine noticed. ``severity`` runs from 0 to 1; ``ruling`` is the latest one, None for none."""

    id: str
    kind: Literal["across_sources", "within_source", "check", "spread", "drift", "claims"]
    verdict: VerdictOut
    relation: Literal["inside", "overlapping", "disjoint"] | None
    figures: list[str]
    claims: list[str]
    measure: str | None
    calculation: str | None
    severity: Number
    explanation: str
    ruling: RulingOut | None
    rule: str
    digest: str


@dataclass(frozen=True, slots=True)
class MeasureOut:
    """A measure: what is measured, in which unit it is compared, and which scope keys it takes."""

    id: str
    stream: str
    label: str
    unit: str
    kind: Literal["flow", "stock", "price", "ratio", "count", "duration"]
    keys: list[str]
    aliases: list[str]
    authority: str | None
    note: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ExportOut:
    """The whole base at one moment."""

    kb: Literal[1]
    head: HeadOut
    sources: list[SourceOut]
    measures: list[MeasureOut]
    terms: list[TermOut]
    questions: list[QuestionOut]
    figures: list[FigureOut]
    claims: list[ClaimOut]
    arguments: list[ArgumentOut]
    calculations: list[CalculationOut]
    findings: list[FindingOut]


def export_json(view: View) -> dict[str, Any]:
    """Everything that is known at the view's moment, as dicts, lists and strings; see ``ExportOut``."""
    data: dict[str, Any] = plain(exported(view))
    return data


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what ``export_json`` gives."""
    return msgspec.json.schema(ExportOut) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def exported(view: View) -> ExportOut:
    """Everything that is known at the view's moment."""
    known = view.knowledge
    return ExportOut(
        1,
        HeadOut(view.moment.position, view.moment.hash),
        [_source(view, source) for source in known.sources.values()],
        [_measure(view, measure) for measure in known.measures.values()],
        [_term(view, term) for term in known.terms.values()],
        [_question(view, question) for question in known.questions.values()],
        [_figure(view, figure) for figure in known.figures.values()],
        [_claim(view, claim) for claim in known.claims.values()],
        [_argument(view, argument) for argument in known.arguments.values()],
        [_calculation(view, calculation) for calculation in known.calculations.values()],
        [_finding(view, finding) for finding in view.ranked],
    )


def decimal(value: Decimal | Fraction | None, up: bool = False) -> str | None:
    """A number as a decimal string; one that is no finite decimal to 28 significant digits, rounded as said.

    >>> decimal(Fraction(1, 8)), decimal(Fraction(1, 3)), decimal(Fraction(1, 3), up=True)
    ('0.125', '0.3333333333333333333333333333', '0.3333333333333333333333333334')
    """
    if value is None:
        return None
    exact = Fraction(value)
    context = Context(prec=DIGITS, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    digits = max(DIGITS, len(str(abs(exact.numerator))) + 1) if exact.denominator == 1 else DIGITS
    context.prec = digits
    text = format(context.divide(Decimal(exact.numerator), Decimal(exact.denominator)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _slug(view: View, id: Id | None) -> str | None:
    entity = view.knowledge.by_id.get(id) if id else None
    return entity.slug if entity else None


def _slugs(view: View, ids: Iterable[Id]) -> list[str]:
    return [slug for id in ids if (slug := _slug(view, id)) is not None]


def _scope(view: View, scope: Scope) -> ScopeOut:
    return {key: _scope_value(view, value) for key, value in scope.items()}


def _scope_value(view: View, value: ScopeValue) -> str | list[str] | dict[str, list[str]]:
    """As a seed file writes it: ``north``, ``[north, south]``, ``{each: [north, south]}``, ``2026-Q1``."""
    if value.is_time:
        return say_value(view.knowledge, value)
    names = [slug.partition("/")[2] or slug for slug in _slugs(view, value.terms)]
    match value.quantifier:
        case Quantifier.ONE:
            return names[0] if names else ""
        case Quantifier.SET:
            return names
        case Quantifier.EACH:
            return {"each": names}
        case Quantifier.TOTAL:
            return {"total": names}


def _source(view: View, source: Source) -> SourceOut:
    return SourceOut(
        source.slug,
        source.id,
        source.title,
        source.type,
        source.language,
        source.issued,
        source.reliability.value,
        source.reliability_reason,
        source.document or None,
        _slug(view, source.translation_of),
        _slugs(view, source.quotes),
        list(source.authors),
        source.container_title,
        source.publisher,
        source.url,
        dict(source.inferred),
        source.note,
    )


def _measure(view: View, measure: Measure) -> MeasureOut:
    return MeasureOut(
        measure.slug,
        measure.id,
        measure.label,
        measure.unit,
        measure.kind.value,
        list(measure.keys),
        list(measure.aliases),
        _slug(view, measure.authority),
        measure.note,
    )


def _term(view: View, term: Term) -> TermOut:
    part_of = _slug(view, term.part_of)
    return TermOut(term.slug, term.id, term.key, term.label, list(term.aliases), part_of, term.note)


def _question(view: View, question: Question) -> QuestionOut:
    sides = []
    for side in question.sides:
        standing = view.analysis.standings.sides.get((question.id, side.key))
        label = str(standing.label.value).lower() if standing else None
        sides.append(SideOut(side.key, side.text, label, decimal(standing.strength) if standing else None))
    return QuestionOut(question.slug, question.id, question.text, sides, question.note)


def _figure(view: View, figure: Figure) -> FigureOut:
    quantity, place, depends = figure.quantity, anchor(view, figure, 0), figure.depends_on
    return FigureOut(
        figure.slug,
        figure.id,
        _slug(view, figure.source),
        figure.passage.line,
        place.start if place else None,
        place.end if place else None,
        quantity.as_written,
        decimal(quantity.low),
        decimal(quantity.high),
        quantity.bound.value,
        quantity.hedge.value,
        quantity.spread.value if quantity.spread else None,
        decimal(quantity.granularity),
        quantity.unit,
        quantity.per,
        quantity.period,
        _slug(view, figure.measure),
        _scope(view, figure.scope),
        figure.voice.origin,
        list(figure.voice.via),
        figure.stance.value,
        str(figure.confidence),
        _slug(view, depends.figure) if depends else None,
        depends.kind.value if depends else None,
        figure.note,
    )


def _claim(view: View, claim: Claim) -> ClaimOut:
    return ClaimOut(
        claim.slug,
        claim.id,
        _slug(view, claim.source),
        claim.text,
        [_passage(view, claim, index) for index in range(len(claim.passages))],
        claim.voice.origin,
        list(claim.voice.via),
        claim.stance.value,
        str(claim.confidence),
        _slugs(view, claim.denies),
        _slugs(view, claim.same_as),
        _condition(view, claim),
        *_standing(view, claim.id),
        claim.note,
    )


def _passage(view: View, claim: Claim, index: int) -> PassageOut:
    passage, place = claim.passages[index], anchor(view, claim, index)
    start, end = (place.start, place.end) if place else (None, None)
    return PassageOut(passage.line, passage.sentence, passage.exact, start, end)


def _condition(view: View, claim: Claim) -> ConditionOut | None:
    if claim.holds_if is None:
        return None
    limit = claim.holds_if.limit
    low, high = decimal(limit.low), decimal(limit.high)
    return ConditionOut(_slug(view, claim.holds_if.calculation), claim.holds_if.sign, low, high, limit.unit)


def _standing(view: View, id: Id) -> tuple[str | None, str | None]:
    standing = view.analysis.standings.of.get(id)
    return (str(standing.label.value).lower(), decimal(standing.strength)) if standing else (None, None)


def _argument(view: View, argument: Argument) -> ArgumentOut:
    end = argument.conclusion
    undercuts = argument.kind is ArgumentKind.ATTACKS and end.kind is NodeKind.ARGUMENT
    return ArgumentOut(
        argument.slug,
        argument.id,
        argument.kind.value,
        [_node(view, premise) for premise in argument.premises],
        [premise.kind.value for premise in argument.premises],
        _node(view, end),
        end.kind.value,
        _slug(view, end.id) if undercuts else None,
        argument.text,
        _slug(view, argument.source),
        *_standing(view, argument.id),
    )


def _node(view: View, node: Node) -> str:
    slug = _slug(view, node.id) or ""
    return f"{slug}:{node.side}" if node.side else slug


def _calculation(view: View, calculation: Calculation) -> CalculationOut:
    result = view.analysis.results.get(calculation.id)
    return CalculationOut(
        calculation.slug,
        calculation.id,
        calculation.label,
        calculation.formula,
        [_input(view, given) for given in calculation.inputs],
        [_result(view, result, outcome) for outcome in result.outcomes] if result else [],
        [_check(view, calculation, figure) for figure in calculation.checks if _slug(view, figure)],
        [
            ImpliedOut(
                implied.input,
                decimal(implied.value.low),
                decimal(implied.value.high, up=True),
                implied.unit,
                _slug(view, implied.for_figure),
                implied.explanation,
            )
            for implied in result.implied
        ]
        if result
        else [],
        result.problem if result else "",
        calculation.note,
    )


def _input(view: View, given: Input) -> InputOut:
    quantity: Quantity | None = given.quantity if given.kind is InputKind.ASSUMED else None
    return InputOut(
        given.name,
        given.kind.value,
        _slug(view, given.ref),
        list(given.over),
        _scope(view, given.where),
        decimal(quantity.low) if quantity else None,
        decimal(quantity.high) if quantity else None,
        quantity.unit if quantity else None,
        quantity.bound.value if quantity else None,
        str(given.confidence) if given.confidence else None,
    )


def _result(view: View, result: Result, outcome: Outcome) -> ResultOut:
    stated, allowed = outcome.stated, outcome.allowed
    choices = [
        ChoiceOut(choice.input, choice.label, _slugs(view, choice.figures), _scope(view, choice.scope))
        for choice in outcome.choices
    ]
    return ResultOut(
        decimal(stated.low),
        decimal(stated.high, up=True),
        shown_unit(view, result.calculation, outcome.unit),
        choices,
        decimal(allowed.low),
        decimal(allowed.high, up=True),
        outcome.tight,
        outcome.truth,
    )


def _check(view: View, calculation: Calculation, figure: Id) -> CheckOut:
    result = view.analysis.results.get(calculation.id)
    found = next((check for check in result.checks if check.figure == figure), None) if result else None
    return CheckOut(_slug(view, figure) or "", found.verdict.value if found else None)


def _finding(view: View, finding: Finding) -> FindingOut:
    return FindingOut(
        finding.id,
        finding.kind.value,
        finding.verdict.value,
        finding.relation.value if finding.relation else None,
        _slugs(view, finding.figures),
        _slugs(view, finding.claims),
        _slug(view, finding.measure),
        _slug(view, finding.calculation),
        decimal(finding.severity) or "0",
        finding.explanation,
        _ruling(view, finding),
        finding.rule,
        finding.digest,
    )


def _ruling(view: View, finding: Finding) -> RulingOut | None:
    ruling = latest_ruling(view, finding)
    if ruling is None:
        return None
    stale = ruling.digest != finding.digest
    return RulingOut(ruling.slug, ruling.decision.value, _slug(view, ruling.accepted), ruling.text, stale)
