"""What does a calculation come to? Formula, inputs, working, results side by side, and what it checks."""

from collections import Counter
from collections.abc import Mapping

from kb.domain.entity import AnyEntity, Calculation, Figure, Input, InputKind
from kb.domain.formula import mathml, parse_formula
from kb.domain.identity import Id
from kb.domain.wording import say_opened
from kb.reasoning.calculating.result import Choice, Implied, Outcome, Result, Step
from kb.reasoning.calculating.sensitivity import Influence
from kb.reasoning.telling.side import conversion_sentences
from kb.reports.influence import influence_rows, moved
from kb.reports.naming import amount, listed, ref, ref_of, refs_of, scope_words, span
from kb.reports.page import (
    CalculationSheet,
    CalculationsPage,
    CheckRow,
    ConversionRow,
    ImpliedRow,
    InputRow,
    OutcomeRow,
    StepRow,
)
from kb.reports.row import TRUTHS, calculation_row, confidence_words, event_rows, figure_row, finding_row, hull_words
from kb.reports.value import Ref
from kb.reports.view import View


def calculations(view: View) -> CalculationsPage:
    """All calculations, in the order first told."""
    rows = tuple(calculation_row(view, calculation) for calculation in view.knowledge.calculations.values())
    return CalculationsPage("Calculations", rows)


def calculation(view: View, slug: str) -> CalculationSheet | None:
    """The sheet of the calculation called ``slug``; None where there is none."""
    found = view.knowledge.named(Calculation, slug)
    return calculation_sheet(view, found) if found else None


def calculation_sheet(view: View, calculation: Calculation) -> CalculationSheet:
    """The sheet of a calculation."""
    result = view.analysis.results.get(calculation.id)
    return CalculationSheet(
        calculation.label,
        calculation_row(view, calculation),
        calculation.formula,
        _mathml(calculation),
        tuple(_input_row(view, given) for given in calculation.inputs),
        _outcome_rows(view, result) if result else (),
        hull_words(result) if result and len(result.outcomes) > 1 else "",
        tuple(_check_row(view, calculation, id) for id in calculation.checks if id in view.knowledge.figures),
        *_implied_rows(view, result),
        used_by(view, calculation),
        result.problem if result else "It has not been computed.",
        calculation.note,
        event_rows(view, calculation.id),
    )


def _mathml(calculation: Calculation) -> str:
    """The formula as MathML with the names of its inputs; empty where it cannot be read."""
    try:
        return mathml(parse_formula(calculation.formula), {})
    except ValueError:
        return ""


def _input_row(view: View, given: Input) -> InputRow:
    return InputRow(
        given.name,
        _KINDS[given.kind],
        ref_of(view.knowledge, given.ref) if given.ref else None,
        input_words(view, given),
        confidence_words(given.confidence) if given.confidence else "",
    )


_KINDS = {
    InputKind.FIGURE: "figure",
    InputKind.MEASURE: "measure",
    InputKind.CALCULATION: "calculation",
    InputKind.ASSUMED: "assumed",
    InputKind.MISSING: "missing, solved for",
}


def input_words(view: View, given: Input) -> str:
    """Where an input's values come from, in words."""
    named = ref_of(view.knowledge, given.ref).text if given.ref else ""
    match given.kind:
        case InputKind.FIGURE:
            figure = view.knowledge.figures.get(given.ref) if given.ref else None
            return f"{named}, {_measured(view, figure)}" if figure else named
        case InputKind.MEASURE:
            where = scope_words(view.knowledge, given)
            over = f", a result for each {listed(given.over)}" if given.over else ""
            return f"each position on “{named}”" + (f" for {where}" if where else "") + over
        case InputKind.CALCULATION:
            return f"the result of “{named}”"
        case InputKind.ASSUMED:
            return f"{amount(given.quantity)}, assumed" if given.quantity else "assumed"
        case InputKind.MISSING:
            return "not stated by anybody: what the checked figures imply"


def _measured(view: View, figure: Figure) -> str:
    scope = scope_words(view.knowledge, figure)
    label = ref_of(view.knowledge, figure.measure).text
    return f"{label} ({scope})" if scope else label


def _outcome_rows(view: View, result: Result) -> tuple[OutcomeRow, ...]:
    """Results side by side, each with the choices that its inputs' own words do not tell."""
    told, moving = _told_choices(view, result), view.analysis.influences.get(result.calculation, ())
    return tuple(
        _outcome_row(view, outcome, told, found) for outcome, found in zip(result.outcomes, moving, strict=True)
    )


def _told_choices(view: View, result: Result) -> frozenset[str]:
    """Inputs whose choice is named: of several results those that differ, of a single one those from a measure."""
    if len(result.outcomes) == 1:
        known = view.knowledge.calculations.get(result.calculation)
        return (
            frozenset(given.name for given in known.inputs if given.kind is InputKind.MEASURE) if known else frozenset()
        )
    ways: dict[str, set[object]] = {}
    for outcome in result.outcomes:
        for choice in outcome.choices:
            ways.setdefault(choice.input, set()).add((choice.label, choice.figures))
    return frozenset(name for name, taken in ways.items() if len(taken) > 1)


def _outcome_row(view: View, outcome: Outcome, told: frozenset[str], moving: tuple[Influence, ...]) -> OutcomeRow:
    figures = dict.fromkeys(id for choice in outcome.choices for id in choice.figures)
    values = {step.text: say_opened(step.stated, step.allowed, step.unit) for step in outcome.steps}
    return OutcomeRow(
        tuple(
            _choice_words(choice, values) for choice in _once(outcome.choices) if choice.alleged or choice.input in told
        ),
        tuple(ref_of(view.knowledge, id) for id in figures),
        _conversion_rows(view, outcome),
        tuple(_step_row(step, compares=outcome.compares and step is outcome.steps[-1]) for step in outcome.steps),
        span(outcome.stated, outcome.unit),
        span(outcome.allowed, outcome.unit),
        outcome.tight,
        TRUTHS[outcome.truth] if outcome.compares else "",
        outcome.mixed,
        influence_rows(moving, outcome.unit),
        moved(moving, outcome.unit),
    )


def _once(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Each value under the first name by which it enters; an inner calculation may use one in several places."""
    return tuple({choice.leaf or choice.input: choice for choice in reversed(choices)}.values())[::-1]


def _conversion_rows(view: View, outcome: Outcome) -> tuple[ConversionRow, ...]:
    """What was converted, each amount once: an inner calculation may use one in several places."""
    told: dict[str, ConversionRow] = {}
    for conversion in outcome.conversions:
        (text,) = conversion_sentences([conversion])
        told.setdefault(text, ConversionRow(text, refs_of(view.knowledge, conversion.exchange.figures)))
    return tuple(told.values())


def _choice_words(choice: Choice, values: Mapping[str, str]) -> str:
    value = values.get(choice.input)
    allegedly = "allegedly " if choice.alleged else ""
    return f"{choice.input}: {allegedly}" + (f"{value} ({choice.label})" if value else choice.label)


def _step_row(step: Step, *, compares: bool) -> StepRow:
    text = f"{step.text} (left side less right)" if compares else step.text
    return StepRow(text, span(step.stated, step.unit), span(step.allowed, step.unit))


def _check_row(view: View, calculation: Calculation, figure: Id) -> CheckRow:
    findings = view.findings_of_calculation.get(calculation.id, ())
    found = next((finding for finding in findings if figure in finding.figures), None)
    return CheckRow(figure_row(view, view.knowledge.figures[figure]), finding_row(view, found) if found else None)


_MOST_IMPLIED = 3


def _implied_rows(view: View, result: Result | None) -> tuple[tuple[ImpliedRow, ...], tuple[ImpliedRow, ...]]:
    """Values solved backwards: for each checked figure the first three, which explain most, and the others."""
    front: list[ImpliedRow] = []
    further: list[ImpliedRow] = []
    shown: Counter[Id] = Counter()
    for implied in result.implied if result else ():
        shown[implied.for_figure] += 1
        (front if shown[implied.for_figure] <= _MOST_IMPLIED else further).append(_implied_row(view, implied))
    return tuple(front), tuple(further)


def _implied_row(view: View, implied: Implied) -> ImpliedRow:
    return ImpliedRow(implied.input, implied.told, ref_of(view.knowledge, implied.for_figure), implied.explanation)


def used_by(view: View, calculation: Calculation) -> tuple[Ref, ...]:
    """Calculations that take this one, claims that it decides, and arguments that rest on it."""
    knowledge = view.knowledge
    takers = [other for other in knowledge.calculations.values() if any(i.ref == calculation.id for i in other.inputs)]
    claims = view.conditions_on.get(calculation.id, ())
    arguments = [a for a in knowledge.arguments.values() if any(p.id == calculation.id for p in a.premises)]
    users: tuple[AnyEntity, ...] = (*takers, *claims, *arguments)
    return tuple(ref(knowledge, user) for user in users)
