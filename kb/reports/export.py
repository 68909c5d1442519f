"""What does a program read? Every entity, with stable ids, as plain JSON; the types in ``exported`` are its schema."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

import msgspec

from kb.domain.codec import to_builtins
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
    Question,
    ScopeValue,
    Source,
    UnitDefinition,
)
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.passage import AnchoringMethod
from kb.domain.quantity import Quantity
from kb.domain.scope import Quantifier, Scope, ScopeSelection
from kb.reasoning.calculation.result import Outcome
from kb.reasoning.comparison.exchange import Conversion
from kb.reports.citations import anchor_of, anchoring_method, current_passage
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
from kb.reports.row import explanation, latest_ruling
from kb.reports.view import View
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.implied_value import implied_sentence
from kb.reports.words.outcome import choice_label
from kb.reports.words.scope import selection_words

DIGITS = 28
"""Significant digits of a number that is no finite decimal; lower ends are rounded down, upper ends up."""


def export_json(view: View) -> dict[str, Any]:
    """Everything that is known at the view's moment, as dicts, lists and strings; see ``ExportOut``."""
    data: dict[str, Any] = to_builtins(exported(view))
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
        [_scope_value(view, scope_value) for scope_value in known.scope_values.values()],
        [_question(view, question) for question in known.questions.values()],
        [_figure(view, figure) for figure in known.figures.values()],
        [_claim(view, claim) for claim in known.claims.values()],
        [_argument(view, argument) for argument in known.arguments.values()],
        [_calculation(view, calculation) for calculation in known.calculations.values()],
        [_finding(view, finding) for finding in view.ranked],
    )


def decimal_text(value: Decimal | Fraction | None, up: bool = False) -> str | None:
    """A number as a decimal string; one that is no finite decimal to 28 significant digits, rounded as said.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Fraction(1, 3)), decimal_text(Fraction(1, 3), up=True)
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
    return {key: _scope_selection(view, value) for key, value in scope.items()}


def _scope_selection(view: View, selection: ScopeSelection) -> str | list[str] | dict[str, list[str]]:
    """As a seed file writes it: ``north``, ``[north, south]``, ``{each: [north, south]}``, ``2026-Q1``."""
    if selection.is_time:
        return selection_words(view.knowledge, selection)
    names = [slug.partition("/")[2] or slug for slug in _slugs(view, selection.terms)]
    match selection.quantifier:
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


def _scope_value(view: View, scope_value: ScopeValue) -> TermOut:
    part_of = _slug(view, scope_value.part_of)
    return TermOut(
        scope_value.slug,
        scope_value.id,
        scope_value.key,
        scope_value.label,
        list(scope_value.aliases),
        part_of,
        scope_value.note,
    )


def _question(view: View, question: Question) -> QuestionOut:
    sides = []
    for side in question.sides:
        standing = view.analysis.standings.sides.get((question.id, side.key))
        label = str(standing.label.value).lower() if standing else None
        sides.append(SideOut(side.key, side.text, label, decimal_text(standing.strength) if standing else None))
    return QuestionOut(question.slug, question.id, question.text, sides, question.note)


def _figure(view: View, figure: Figure) -> FigureOut:
    quantity, place, depends = figure.quantity, anchor_of(view, figure, 0), figure.depends_on
    return FigureOut(
        figure.slug,
        figure.id,
        _slug(view, figure.source),
        current_passage(view, figure, 0).line,
        place.start if place else None,
        place.end if place else None,
        quantity.as_written,
        decimal_text(quantity.low),
        decimal_text(quantity.high),
        quantity.bound.value,
        quantity.hedge.value,
        quantity.spread.value if quantity.spread else None,
        decimal_text(quantity.granularity),
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
    means = anchoring_method(view, entity, index)
    return _MEANS[means] if means else None


_MEANS: Mapping[AnchoringMethod, FoundBy] = {
    AnchoringMethod.EXACT: "exact",
    AnchoringMethod.NEIGHBOURS: "neighbours",
    AnchoringMethod.POSITION: "position",
    AnchoringMethod.PERSON: "person",
}


def _passage(view: View, claim: Claim, index: int) -> PassageOut:
    passage, place = current_passage(view, claim, index), anchor_of(view, claim, index)
    start, end = (place.start, place.end) if place else (None, None)
    return PassageOut(passage.line, passage.sentence, passage.exact, start, end, _found_by(view, claim, index))


def _condition(view: View, claim: Claim) -> ConditionOut | None:
    if claim.holds_if is None:
        return None
    limit = claim.holds_if.limit
    low, high = decimal_text(limit.low), decimal_text(limit.high)
    return ConditionOut(_slug(view, claim.holds_if.calculation), claim.holds_if.sign, low, high, limit.unit)


def _standing(view: View, id: Id) -> tuple[str | None, str | None]:
    standing = view.analysis.standings.of.get(id)
    return (str(standing.label.value).lower(), decimal_text(standing.strength)) if standing else (None, None)


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
        [_input(view, formula_input) for formula_input in calculation.inputs],
        [_result(view, outcome) for outcome in result.outcomes] if result else [],
        [_check(view, calculation, figure) for figure in calculation.checks if _slug(view, figure)],
        [
            ImpliedOut(
                implied.input,
                decimal_text(implied.value.low),
                decimal_text(implied.value.high, up=True),
                implied.unit,
                _slug(view, implied.for_figure),
                implied_sentence(view.knowledge, result, implied),
            )
            for implied in result.implied
        ]
        if result
        else [],
        problem_sentence(view.knowledge, result.problem) if result else "",
        calculation.note,
    )


def _input(view: View, formula_input: Input) -> InputOut:
    quantity: Quantity | None = formula_input.quantity if formula_input.kind is InputKind.ASSUMED else None
    return InputOut(
        formula_input.name,
        formula_input.kind.value,
        _slug(view, formula_input.ref),
        list(formula_input.over),
        _scope(view, formula_input.where),
        decimal_text(quantity.low) if quantity else None,
        decimal_text(quantity.high) if quantity else None,
        quantity.unit if quantity else None,
        quantity.bound.value if quantity else None,
        quantity.low_open if quantity else False,
        quantity.high_open if quantity else False,
        str(formula_input.confidence) if formula_input.confidence else None,
    )


def _result(view: View, outcome: Outcome) -> ResultOut:
    stated, allowed = outcome.stated, outcome.allowed
    choices = [
        ChoiceOut(
            choice.input,
            choice_label(view.knowledge, choice),
            _slugs(view, choice.figures),
            _scope(view, choice.scope),
        )
        for choice in outcome.choices
    ]
    return ResultOut(
        decimal_text(stated.low),
        decimal_text(stated.high, up=True),
        outcome.unit,
        choices,
        decimal_text(allowed.low),
        decimal_text(allowed.high, up=True),
        outcome.tight,
        outcome.truth,
        [_conversion(view, conversion) for conversion in outcome.conversions],
    )


def _conversion(view: View, conversion: Conversion) -> ConversionOut:
    before, after = conversion.stated, conversion.after
    return ConversionOut(
        conversion.input,
        decimal_text(before.low),
        decimal_text(before.high, up=True),
        conversion.unit,
        decimal_text(after.low),
        decimal_text(after.high, up=True),
        conversion.into,
        _slugs(view, conversion.exchange.figures),
    )


def _check(view: View, calculation: Calculation, figure: Id) -> CheckOut:
    result = view.analysis.results.get(calculation.id)
    matching_check = next((check for check in result.checks if check.figure == figure), None) if result else None
    return CheckOut(_slug(view, figure) or "", matching_check.verdict.value if matching_check else None)


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
        decimal_text(finding.severity) or "0",
        explanation(view, finding),
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
