"""The export: every entity and finding as plain JSON with stable ids; the types in ``exported`` are its schema."""

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
    Condition,
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
    LeftOutOut,
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
from kb.reports.words.dates import time_text
from kb.reports.words.implied_value import implied_sentence
from kb.reports.words.outcome import choice_label

DIGITS = 28
"""Significant digits of a number that is no finite decimal."""


def export_json(view: View) -> dict[str, Any]:
    """The whole base at the view's moment as dicts, lists and strings; ``ExportOut`` has the types."""
    data: dict[str, Any] = to_builtins(exported(view))
    return data


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``export_json``."""
    return msgspec.json.schema(ExportOut) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def exported(view: View) -> ExportOut:
    """The whole base at the view's moment, findings worst first, all else in the order recorded."""
    known = view.knowledge
    return ExportOut(
        kb=1,
        head=HeadOut(view.moment.position, view.moment.hash),
        sources=[_source(view, source) for source in known.sources.values()],
        units=[_unit(view, unit) for unit in known.units.values()],
        measures=[_measure(view, measure) for measure in known.measures.values()],
        terms=[_scope_value(view, scope_value) for scope_value in known.scope_values.values()],
        questions=[_question(view, question) for question in known.questions.values()],
        figures=[_figure(view, figure) for figure in known.figures.values()],
        claims=[_claim(view, claim) for claim in known.claims.values()],
        arguments=[_argument(view, argument) for argument in known.arguments.values()],
        calculations=[_calculation(view, calculation) for calculation in known.calculations.values()],
        findings=[_finding(view, finding) for finding in view.ranked],
    )


def decimal_text(value: Decimal | Fraction | None, up: bool = False) -> str | None:
    """A number as a decimal string, exact where it is a finite decimal; else to 28 digits, rounded down or ``up``.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Fraction(1, 3)), decimal_text(Fraction(1, 3), up=True)
    ('0.125', '0.3333333333333333333333333333', '0.3333333333333333333333333334')
    """
    if value is None:
        return None
    # A lower end is rounded down and an upper end up, so that the exported interval still encloses a third.
    exact = Fraction(value)
    context = Context(prec=DIGITS, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    # A whole number keeps all its digits, however many.
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
    """A value as a seed file writes it: ``north``, ``[north, south]``, ``{each: [north, south]}``, ``2026-Q1``."""
    if selection.is_time:
        return time_text(selection)
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
        id=source.slug,
        stream=source.id,
        title=source.title,
        kind=source.type,
        language=source.language,
        issued=source.issued,
        reliability=source.reliability.value,
        reliability_reason=source.reliability_reason,
        document_sha256=source.document or None,
        translation_of=_slug(view, source.translation_of),
        quotes=_slugs(view, source.quotes),
        supersedes=_slug(view, source.supersedes),
        authors=list(source.authors),
        editors=list(source.editors),
        container_title=source.container_title,
        publisher=source.publisher,
        url=source.url,
        details=dict(source.details),
        inferred=dict(source.inferred),
        left_out=[LeftOutOut(str(place), place.reason) for place in source.left_out],
        note=source.note,
    )


def _unit(view: View, unit: UnitDefinition) -> UnitOut:
    made = view.knowledge.unit(unit.name)
    base = "*".join(root if power == 1 else f"{root}**{power}" for root, power in made.dimension)
    return UnitOut(
        id=unit.slug,
        stream=unit.id,
        name=unit.name,
        kind=unit.kind.value,
        equals=unit.equals,
        factor=str(made.factor),
        base=base or "1",
        aliases=list(unit.aliases),
        code=unit.code,
        sign=unit.sign,
        note=unit.note,
    )


def _measure(view: View, measure: Measure) -> MeasureOut:
    return MeasureOut(
        id=measure.slug,
        stream=measure.id,
        label=measure.label,
        unit=measure.unit,
        kind=measure.kind.value,
        keys=list(measure.keys),
        aliases=list(measure.aliases),
        authority=_slug(view, measure.authority),
        within=_ends(measure.within),
        complement_of=_slug(view, measure.complement_of),
        note=measure.note,
    )


def _ends(quantity: Quantity | None) -> tuple[str, str] | None:
    """Both ends of the range in which a measure must lie."""
    low, high = (decimal_text(quantity.low), decimal_text(quantity.high)) if quantity else (None, None)
    return (low, high) if low is not None and high is not None else None


def _scope_value(view: View, scope_value: ScopeValue) -> TermOut:
    part_of = _slug(view, scope_value.part_of)
    return TermOut(
        id=scope_value.slug,
        stream=scope_value.id,
        key=scope_value.key,
        label=scope_value.label,
        aliases=list(scope_value.aliases),
        part_of=part_of,
        note=scope_value.note,
    )


def _question(view: View, question: Question) -> QuestionOut:
    sides = []
    for side in question.sides:
        standing = view.analysis.standings.of(question.id, side.key)
        label = str(standing.word) if standing else None
        sides.append(SideOut(side.key, side.text, label, decimal_text(standing.strength) if standing else None))
    return QuestionOut(
        id=question.slug,
        stream=question.id,
        text=question.text,
        sides=sides,
        scope=_scope(view, question.scope),
        decided_by=_condition(view, question.decided_by),
        note=question.note,
    )


def _figure(view: View, figure: Figure) -> FigureOut:
    quantity, place, depends = figure.quantity, anchor_of(view, figure, 0), figure.depends_on
    margin = quantity.margin
    return FigureOut(
        id=figure.slug,
        stream=figure.id,
        source=_slug(view, figure.source),
        line=current_passage(view, figure, 0).line,
        char_start=place.start if place else None,
        char_end=place.end if place else None,
        as_written=quantity.as_written,
        low=decimal_text(quantity.low),
        high=decimal_text(quantity.high),
        bound=quantity.bound.value,
        hedge=quantity.hedge.value,
        spread=quantity.spread.value if quantity.spread else None,
        granularity=decimal_text(quantity.granularity),
        low_open=quantity.low_open,
        high_open=quantity.high_open,
        margin=decimal_text(margin.size) if margin else None,
        margin_below=decimal_text(margin.below) if margin else None,
        margin_kind=str(margin.kind) if margin else None,
        margin_level=decimal_text(margin.level) if margin else None,
        unit=quantity.unit,
        per=quantity.per,
        period=quantity.period,
        measure=_slug(view, figure.measure),
        scope=_scope(view, figure.scope),
        voice=figure.voice.origin,
        via=list(figure.voice.via),
        stance=figure.stance.value,
        confidence=str(figure.confidence),
        depends_on=_slug(view, depends.figure) if depends else None,
        derived_from=[slug for id in figure.derived_from if (slug := _slug(view, id))],
        depends_kind=depends.kind.value if depends else None,
        note=figure.note,
        found_by=_found_by(view, figure, 0),
        voices=view.voices_behind(figure),
    )


def _claim(view: View, claim: Claim) -> ClaimOut:
    label, strength = _standing(view, claim.id)
    return ClaimOut(
        id=claim.slug,
        stream=claim.id,
        source=_slug(view, claim.source),
        text=claim.text,
        passages=[_passage(view, claim, index) for index in range(len(claim.passages))],
        voice=claim.voice.origin,
        via=list(claim.voice.via),
        stance=claim.stance.value,
        confidence=str(claim.confidence),
        denies=_slugs(view, claim.denies),
        same_as=_slugs(view, claim.same_as),
        holds_if=_condition(view, claim.holds_if),
        standing=label,
        strength=strength,
        note=claim.note,
    )


def _found_by(view: View, entity: Figure | Claim, index: int) -> FoundBy:
    means = anchoring_method(view, entity, index)
    return _MEANS[means] if means else None


_MEANS: Mapping[AnchoringMethod, FoundBy] = {
    AnchoringMethod.EXACT: "exact",
    AnchoringMethod.NEIGHBOURS: "neighbours",
    AnchoringMethod.CELL: "cell",
    AnchoringMethod.POSITION: "position",
    AnchoringMethod.PERSON: "person",
}


def _passage(view: View, claim: Claim, index: int) -> PassageOut:
    passage, place = current_passage(view, claim, index), anchor_of(view, claim, index)
    start, end = (place.start, place.end) if place else (None, None)
    return PassageOut(
        line=passage.line,
        sentence=passage.sentence,
        exact=passage.exact,
        char_start=start,
        char_end=end,
        found_by=_found_by(view, claim, index),
    )


def _condition(view: View, condition: Condition | None) -> ConditionOut | None:
    if condition is None:
        return None
    limit = condition.limit
    low, high = decimal_text(limit.low), decimal_text(limit.high)
    return ConditionOut(
        calculation=_slug(view, condition.calculation),
        sign=condition.sign,
        low=low,
        high=high,
        unit=limit.unit,
    )


def _standing(view: View, id: Id) -> tuple[str | None, str | None]:
    standing = view.analysis.standings.of(id)
    return (str(standing.word), decimal_text(standing.strength)) if standing else (None, None)


def _argument(view: View, argument: Argument) -> ArgumentOut:
    end = argument.conclusion
    undercuts = argument.kind is ArgumentKind.ATTACKS and end.kind is NodeKind.ARGUMENT
    label, strength = _standing(view, argument.id)
    return ArgumentOut(
        id=argument.slug,
        stream=argument.id,
        kind=argument.kind.value,
        premises=[_node(view, premise) for premise in argument.premises],
        premise_kinds=[premise.kind.value for premise in argument.premises],
        conclusion=_node(view, end),
        conclusion_kind=end.kind.value,
        attacks_argument=_slug(view, end.id) if undercuts else None,
        text=argument.text,
        source=_slug(view, argument.source),
        standing=label,
        strength=strength,
    )


def _node(view: View, node: Node) -> str:
    slug = _slug(view, node.id) or ""
    return f"{slug}:{node.side}" if node.side else slug


def _calculation(view: View, calculation: Calculation) -> CalculationOut:
    result = view.analysis.results.get(calculation.id)
    return CalculationOut(
        id=calculation.slug,
        stream=calculation.id,
        label=calculation.label,
        formula=calculation.formula,
        inputs=[_input(view, formula_input) for formula_input in calculation.inputs],
        results=[_result(view, outcome) for outcome in result.outcomes] if result else [],
        checks=[_check(view, calculation, figure) for figure in calculation.checks if _slug(view, figure)],
        implied=[
            ImpliedOut(
                input=implied.input,
                low=decimal_text(implied.value.low),
                high=decimal_text(implied.value.high, up=True),
                unit=implied.unit,
                figure=_slug(view, implied.for_figure),
                explanation=implied_sentence(view.knowledge, result, implied),
            )
            for implied in result.implied
        ]
        if result
        else [],
        problem=problem_sentence(view.knowledge, calculation.id, result.problem) if result else "",
        note=calculation.note,
    )


def _input(view: View, formula_input: Input) -> InputOut:
    quantity: Quantity | None = formula_input.quantity if formula_input.kind is InputKind.ASSUMED else None
    return InputOut(
        name=formula_input.name,
        kind=formula_input.kind.value,
        ref=_slug(view, formula_input.ref),
        over=list(formula_input.over),
        where=_scope(view, formula_input.where),
        low=decimal_text(quantity.low) if quantity else None,
        high=decimal_text(quantity.high) if quantity else None,
        unit=quantity.unit if quantity else None,
        bound=quantity.bound.value if quantity else None,
        low_open=quantity.low_open if quantity else False,
        high_open=quantity.high_open if quantity else False,
        confidence=str(formula_input.confidence) if formula_input.confidence else None,
        of=_slug(view, formula_input.of),
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
        low=decimal_text(stated.low),
        high=decimal_text(stated.high, up=True),
        unit=outcome.unit,
        choices=choices,
        allowed_low=decimal_text(allowed.low),
        allowed_high=decimal_text(allowed.high, up=True),
        tight=outcome.tight,
        truth=outcome.truth,
        conversions=[_conversion(view, conversion) for conversion in outcome.conversions],
    )


def _conversion(view: View, conversion: Conversion) -> ConversionOut:
    before, after = conversion.stated, conversion.after
    return ConversionOut(
        input=conversion.input,
        low=decimal_text(before.low),
        high=decimal_text(before.high, up=True),
        unit=conversion.unit,
        converted_low=decimal_text(after.low),
        converted_high=decimal_text(after.high, up=True),
        converted_unit=conversion.into,
        rates=_slugs(view, conversion.exchange.figures),
    )


def _check(view: View, calculation: Calculation, figure: Id) -> CheckOut:
    result = view.analysis.results.get(calculation.id)
    matching_check = next((check for check in result.checks if check.figure == figure), None) if result else None
    return CheckOut(_slug(view, figure) or "", matching_check.verdict.value if matching_check else None)


def exported_findings(view: View, findings: Iterable[Finding]) -> tuple[FindingOut, ...]:
    """``findings`` in the form of the export, in the order given."""
    return tuple(_finding(view, finding) for finding in findings)


def _finding(view: View, finding: Finding) -> FindingOut:
    return FindingOut(
        id=finding.id,
        kind=finding.kind.value,
        verdict=finding.verdict.value if finding.verdict else None,
        relation=finding.relation.value if finding.relation else None,
        figures=_slugs(view, finding.figures),
        rates=_slugs(view, finding.rates),
        claims=_slugs(view, finding.claims),
        measure=_slug(view, finding.measure),
        calculation=_slug(view, finding.calculation),
        severity=decimal_text(finding.severity) or "0",
        explanation=explanation(view, finding),
        ruling=_ruling(view, finding),
        rule=finding.rule,
        digest=finding.digest,
        follows_from=view.follows_from[finding.id].id if finding.id in view.follows_from else None,
    )


def _ruling(view: View, finding: Finding) -> RulingOut | None:
    ruling = latest_ruling(view, finding)
    if ruling is None:
        return None
    stale = ruling.digest != finding.digest
    return RulingOut(
        id=ruling.slug,
        decision=ruling.decision.value,
        accepted=_slug(view, ruling.accepted),
        text=ruling.text,
        stale=stale,
    )
