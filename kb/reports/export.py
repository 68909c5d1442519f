"""What does a program read? Every entity, with stable ids, as plain JSON; the types in ``exported`` are its schema."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

import msgspec

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
    UnitDefinition,
)
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.passage import Means
from kb.domain.quantity import Quantity
from kb.reasoning.calculating.result import Outcome
from kb.reasoning.comparing.exchange import Conversion
from kb.reasoning.scope import say_value
from kb.reports.cite import anchor, found_by, standing
from kb.reports.exported import (
    ArgumentOut,
    CalculationOut,
    CheckOut,
    ChoiceOut,
    ClaimOut,
    ConditionOut,
    ConversionOut,
    ExportOut,
    FigureOut,
    FindingOut,
    FoundBy,
    HeadOut,
    ImpliedOut,
    InputOut,
    MeasureOut,
    PassageOut,
    QuestionOut,
    ResultOut,
    RulingOut,
    ScopeOut,
    SideOut,
    SourceOut,
    TermOut,
    UnitOut,
)
from kb.reports.row import latest_ruling
from kb.reports.view import View

DIGITS = 28
"""Significant digits of a number that is no finite decimal; lower ends are rounded down, upper ends up."""


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
        [_unit(view, unit) for unit in known.units.values()],
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
        list(source.editors),
        source.container_title,
        source.publisher,
        source.url,
        dict(source.details),
        dict(source.inferred),
        source.note,
    )


def _unit(view: View, unit: UnitDefinition) -> UnitOut:
    made = view.knowledge.unit(unit.name)
    base = "*".join(root if power == 1 else f"{root}**{power}" for root, power in made.dimension)
    return UnitOut(
        unit.slug,
        unit.id,
        unit.name,
        unit.kind.value,
        unit.equals,
        str(made.factor),
        base or "1",
        list(unit.aliases),
        unit.code,
        unit.sign,
        unit.note,
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
        standing(view, figure, 0).line,
        place.start if place else None,
        place.end if place else None,
        quantity.as_written,
        decimal(quantity.low),
        decimal(quantity.high),
        quantity.bound.value,
        quantity.hedge.value,
        quantity.spread.value if quantity.spread else None,
        decimal(quantity.granularity),
        quantity.low_open,
        quantity.high_open,
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
        _found_by(view, figure, 0),
        view.voices_behind(figure),
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


def _found_by(view: View, entity: Figure | Claim, index: int) -> FoundBy:
    means = found_by(view, entity, index)
    return _MEANS[means] if means else None


_MEANS: Mapping[Means, FoundBy] = {
    Means.EXACT: "exact",
    Means.NEIGHBOURS: "neighbours",
    Means.POSITION: "position",
    Means.PERSON: "person",
}


def _passage(view: View, claim: Claim, index: int) -> PassageOut:
    passage, place = standing(view, claim, index), anchor(view, claim, index)
    start, end = (place.start, place.end) if place else (None, None)
    return PassageOut(passage.line, passage.sentence, passage.exact, start, end, _found_by(view, claim, index))


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
        [_result(view, outcome) for outcome in result.outcomes] if result else [],
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
        quantity.low_open if quantity else False,
        quantity.high_open if quantity else False,
        str(given.confidence) if given.confidence else None,
    )


def _result(view: View, outcome: Outcome) -> ResultOut:
    stated, allowed = outcome.stated, outcome.allowed
    choices = [
        ChoiceOut(choice.input, choice.label, _slugs(view, choice.figures), _scope(view, choice.scope))
        for choice in outcome.choices
    ]
    return ResultOut(
        decimal(stated.low),
        decimal(stated.high, up=True),
        outcome.unit,
        choices,
        decimal(allowed.low),
        decimal(allowed.high, up=True),
        outcome.tight,
        outcome.truth,
        [_conversion(view, conversion) for conversion in outcome.conversions],
    )


def _conversion(view: View, conversion: Conversion) -> ConversionOut:
    before, after = conversion.stated, conversion.after
    return ConversionOut(
        conversion.input,
        decimal(before.low),
        decimal(before.high, up=True),
        conversion.unit,
        decimal(after.low),
        decimal(after.high, up=True),
        conversion.into,
        _slugs(view, conversion.exchange.figures),
    )


def _check(view: View, calculation: Calculation, figure: Id) -> CheckOut:
    result = view.analysis.results.get(calculation.id)
    found = next((check for check in result.checks if check.figure == figure), None) if result else None
    return CheckOut(_slug(view, figure) or "", found.verdict.value if found else None)


def exported_findings(view: View, findings: Iterable[Finding]) -> tuple[FindingOut, ...]:
    """``findings`` as the export has them, in the order given."""
    return tuple(_finding(view, finding) for finding in findings)


def _finding(view: View, finding: Finding) -> FindingOut:
    return FindingOut(
        finding.id,
        finding.kind.value,
        finding.verdict.value,
        finding.relation.value if finding.relation else None,
        _slugs(view, finding.figures),
        _slugs(view, finding.rates),
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
