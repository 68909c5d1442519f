"""The pages about calculations: formula, inputs, steps, results, checks, and the inputs that move a result most."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from kb.domain.entity import AnyEntity, Calculation, Figure, Input, InputKind, Stance
from kb.domain.finding import FindingKind
from kb.domain.formula import mathml, parse_formula
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.result import Check, Choice, ImpliedValue, Outcome, Result, Step
from kb.reasoning.calculation.sensitivity import Influence
from kb.reasoning.findings.mention import in_points
from kb.reports.page import (
    CalculationSheet,
    CalculationsPage,
    CheckRow,
    ConversionRow,
    ImpliedRow,
    InfluenceRow,
    InputRow,
    OutcomeRow,
    StepRow,
)
from kb.reports.row import (
    TRUTH_WORDS,
    calculation_row,
    event_rows,
    figure_row,
    finding_row,
    finding_rows,
    hull_words,
)
from kb.reports.value import Ref
from kb.reports.view import View
from kb.reports.words.amount import (
    MINUS,
    change_words,
    from_to_words,
    number_words,
    opened_interval_words,
    points_words,
)
from kb.reports.words.calculation import check_sentences, problem_sentence
from kb.reports.words.implied_value import implied_sentence, implied_value_words
from kb.reports.words.inputs import before_verb, input_words, inputs_of
from kb.reports.words.outcome import choice_label, choice_parts, mixed_sentence, stance_of_choice
from kb.reports.words.rates import conversion_sentences
from kb.reports.words.references import (
    amount_words,
    capitalized,
    list_words,
    ref,
    ref_of,
    refs_of,
    said_ref,
    scope_words,
    span_words,
)
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import in_brackets, judged_words, named_once, with_stance

UNDETERMINED = "cannot be determined"

_WIDTH = 100


def influence_rows(view: View, influences: Sequence[Influence], unit: str) -> tuple[InfluenceRow, ...]:
    """One row for each value, the strongest influence first; empty where only one value goes in."""
    if len(influences) < 2:
        return ()
    return tuple(
        _influence_row(view, influence, unit, *bar)
        for influence, bar in zip(influences, _influence_bars(influences), strict=True)
    )


def strongest_influence_words(knowledge: Knowledge, calculation: Id, influences: Sequence[Influence], unit: str) -> str:
    """The value that moves the result most and how far, in a sentence; several where they move it equally far.

    Empty where only one value goes in, or where no influence is known. Constants are left out.
    """
    influences = [influence for influence in influences if not _all_constants(knowledge, calculation, influence)]
    if len(influences) < 2 or (influences[0].result is None and not influences[0].nudge):
        return ""
    first = influences[0]
    if first.result is not None and first.swing is None:
        (named,) = _input_names(knowledge, calculation, [first])
        return capitalized(f"{before_verb(named)} sets the result no limit ({span_words(first.result, unit)}).")
    if first.swing:
        alike = [influence for influence in influences if influence.swing == first.swing]
        ranges = sum(not influence.stated_input.exact for influence in influences)
        return " ".join(
            _swing_sentence(knowledge, calculation, influence, unit, beside=ranges > 1) for influence in alike
        )
    if not first.nudge:
        return "Nothing that goes in moves it."
    alike = [
        influence
        for influence in influences
        if influence.nudge is not None and abs(influence.nudge) == abs(first.nudge or 0)
    ]
    raising, lowering = (
        [influence for influence in alike if influence.nudge and (influence.nudge > 0) is rises]
        for rises in (True, False)
    )
    size = f"by about {change_words(abs(first.nudge), unit)}"
    if len(alike) == len(influences) > 2 and not (raising and lowering):
        rise = _rise_words(knowledge, calculation, alike, "any one of the inputs")
        return f"{rise} would {'raise' if raising else 'lower'} the result {size}."
    sentences: list[str] = []
    for verb, moving in (("raise", raising), ("lower", lowering)):
        if moving:
            what = "it by as much" if sentences else f"the result {size}"
            sentences.append(f"{_rise_words(knowledge, calculation, moving)} would {verb} {what}.")
    return " ".join(sentences)


def _all_constants(knowledge: Knowledge, calculation: Id, influence: Influence) -> bool:
    inputs = inputs_of(knowledge, calculation)
    return all(name in inputs and inputs[name].is_constant for name in influence.inputs)


def _swing_sentence(
    knowledge: Knowledge, calculation: Id, influence: Influence, unit: str, *, beside: bool = False
) -> str:
    """How far the result runs: ``Across the range of 20–30% for the use, the result runs from $4 to $6.``

    ``beside`` says that other inputs are ranges too, which are held at their middle.
    """
    named = "".join(_input_names(knowledge, calculation, [influence]))
    held = ", with the other inputs at their midpoints" if beside else ""
    span = span_words(influence.stated_input, influence.unit)
    known = influence.result is not None and None not in (influence.result.low, influence.result.high)
    runs = f"runs {from_to_words(influence.result, unit)}" if influence.result and known else UNDETERMINED
    return f"Across the range of {span} for {named}{held}, the result {runs}."


def _rise_words(knowledge: Knowledge, calculation: Id, moving: Sequence[Influence], named: str = "") -> str:
    """A rise of 1% in some inputs, each alone: ``A relative rise of 1% in the margin (75% to 75.75%)``."""
    # One percent of a percentage would be read as one percentage point.
    relative = any(in_points(influence.unit) for influence in moving)
    names = named or _either(_input_names(knowledge, calculation, moving))
    shown = _risen_words(moving[0]) if relative and not named and len(moving) == 1 else ""
    return f"A {'relative ' if relative else ''}rise of 1% in {names}{shown}"


def _risen_words(influence: Influence) -> str:
    """A percentage and what it is after a rise of 1%, in brackets; empty for a range or one that must be rounded."""
    value = influence.stated_input
    if value.low is None or not value.exact:
        return ""
    words = " to ".join(number_words(number, influence.unit) for number in (value.low, value.low * Fraction(101, 100)))
    return "" if "≈" in words else f" ({words})"


def _either(names: tuple[str, ...]) -> str:
    """Names of which each is meant alone: ``the fee``, ``the fee or the use``."""
    if len(names) < 3 or any("," in name for name in names):
        return " or ".join(map(before_verb, names))
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _input_names(knowledge: Knowledge, calculation: Id, alike: Sequence[Influence]) -> tuple[str, ...]:
    """The values in words, each once: one that enters in two places is one value."""
    names = (input_words(knowledge, calculation, influence.inputs[0]) for influence in alike if influence.inputs)
    return tuple(dict.fromkeys(names))


def _influence_row(view: View, influence: Influence, unit: str, left: float, right: float) -> InfluenceRow:
    return InfluenceRow(
        inputs=influence.inputs,
        label=choice_label(view.knowledge, influence.choice) if influence.choice else "",
        over=span_words(influence.stated_input, influence.unit),
        result=span_words(influence.result, unit) if influence.result else UNDETERMINED,
        moves=not influence.stated_input.exact,
        swing=_unsigned(influence.swing, unit) if influence.swing else "",
        opened=""
        if influence.allowed_input == influence.stated_input
        else span_words(influence.allowed, unit)
        if influence.allowed
        else UNDETERMINED,
        nudge=_signed(influence.nudge, unit),
        x0=left,
        x1=right,
    )


def _unsigned(value: Fraction | None, unit: str) -> str:
    if value is None:
        return UNDETERMINED
    return points_words(abs(value)) if in_points(unit) else number_words(abs(value), unit)


def _signed(value: Fraction | None, unit: str) -> str:
    if value is None:
        return ""
    text = _unsigned(value, unit).removeprefix("≈ ")  # the head of its column says "about"
    return f"{MINUS if value < 0 else '+' if value else ''}{text}"


def _influence_bars(influences: Sequence[Influence]) -> list[tuple[float, float]]:
    """The left and right end of each bar, in percent of the range of all results."""
    ends = [
        end
        for influence in influences
        if influence.result
        for end in (influence.result.low, influence.result.high)
        if end is not None
    ]
    # Where every value is a single number, no result has a range; the bars then show what 1% more of each value adds.
    low, high = min(ends, default=Fraction(0)), max(ends, default=Fraction(0))
    most = max((abs(influence.nudge) for influence in influences if influence.nudge), default=Fraction(0))
    if low < high:
        return [_bar_ends(influence.result, low, high) for influence in influences]
    return [_bar_ends(_from_zero(influence.nudge), -most, most) for influence in influences]


def _from_zero(nudge: Fraction | None) -> Interval | None:
    return Interval(min(nudge, Fraction(0)), max(nudge, Fraction(0))) if nudge else None


def _bar_ends(values: Interval | None, low: Fraction, high: Fraction) -> tuple[float, float]:
    if values is None or low == high:
        return 0.0, 0.0
    ends = low if values.low is None else values.low, high if values.high is None else values.high
    left, right = (round(float((end - low) / (high - low) * _WIDTH), 2) for end in ends)
    return left, right


def calculations(view: View) -> CalculationsPage:
    """All calculations, in the order recorded."""
    rows = tuple(calculation_row(view, calculation) for calculation in view.knowledge.calculations.values())
    return CalculationsPage("Calculations", rows)


def calculation(view: View, slug: str) -> CalculationSheet | None:
    """The sheet of the calculation called ``slug``; None where there is none."""
    entity = view.knowledge.named(Calculation, slug)
    return calculation_sheet(view, entity) if entity else None


def calculation_sheet(view: View, calculation: Calculation) -> CalculationSheet:
    """The sheet of a calculation."""
    result = view.analysis.results.get(calculation.id)
    implied, more_implied = _implied_rows(view, result)
    return CalculationSheet(
        title=calculation.label,
        row=calculation_row(view, calculation),
        formula=calculation.formula,
        mathml=_mathml(calculation),
        inputs=tuple(_input_row(view, calculation, formula_input) for formula_input in calculation.inputs),
        outcomes=_outcome_rows(view, result) if result else (),
        hull=hull_words(result) if result and len(result.outcomes) > 1 else "",
        checks=_check_rows(view, calculation, result),
        refuted=finding_rows(
            view, tuple(f for f in view.findings_of_calculation.get(calculation.id, ()) if f.rule == "condition")
        ),
        implied=implied,
        implied_further=more_implied,
        used_by=used_by(view, calculation),
        questions=refs_of(view.knowledge, view.questions_served(calculation.id)),
        problem=problem_sentence(view.knowledge, calculation.id, result.problem)
        if result
        else "It has not been calculated.",
        note=calculation.note,
        events=event_rows(view, calculation.id),
    )


def _problem_words(view: View, result: Result) -> str:
    return problem_sentence(view.knowledge, result.calculation, result.problem)


def _mathml(calculation: Calculation) -> str:
    """The formula as MathML with the names of its inputs; empty where it cannot be read."""
    try:
        return mathml(parse_formula(calculation.formula), {})
    except ValueError:
        return ""


def _input_row(view: View, calculation: Calculation, formula_input: Input) -> InputRow:
    solved = ", solved for" if formula_input.kind is InputKind.MISSING and calculation.checks else ""
    return InputRow(
        name=formula_input.name,
        kind=f"{formula_input.kind}{solved}",
        ref=ref_of(view.knowledge, formula_input.ref) if formula_input.ref else None,
        text=input_origin_words(view, calculation, formula_input),
        confidence=judged_words(formula_input.confidence) if formula_input.confidence else "",
    )


def input_origin_words(view: View, calculation: Calculation, formula_input: Input) -> str:
    """The origin of the values of an input of ``calculation`` in words, e.g. ``25%, assumed``."""
    named = ref_of(view.knowledge, formula_input.ref).text if formula_input.ref else ""
    match formula_input.kind:
        case InputKind.FIGURE:
            figure = view.knowledge.figures.get(formula_input.ref) if formula_input.ref else None
            return f"{named}, {_measured(view, figure)}" if figure else named
        case InputKind.MEASURE:
            where = scope_words(view.knowledge, formula_input)
            over = f", with a result for each {list_words(formula_input.over)}" if formula_input.over else ""
            return f"each position on “{named}”" + (f" for {where}" if where else "") + over
        case InputKind.CALCULATION:
            return f"the result of “{named}”"
        case InputKind.ASSUMED:
            amount = (
                with_stance(amount_words(formula_input.quantity), Stance.ASSUMED)
                if formula_input.quantity
                else "assumed"
            )
            of = f", for “{ref_of(view.knowledge, formula_input.of).text}”" if formula_input.of else ""
            return f"{amount}{of}"
        case InputKind.MISSING:
            return "not stated" + (": what the checked figures imply" if calculation.checks else "")


def _measured(view: View, figure: Figure) -> str:
    scope = scope_words(view.knowledge, figure)
    label = ref_of(view.knowledge, figure.measure).text
    return f"{label} ({scope})" if scope else label


def _outcome_rows(view: View, result: Result) -> tuple[OutcomeRow, ...]:
    """One row for each result, with the choices that its inputs leave open."""
    named_inputs, moving = _named_inputs(view, result), view.analysis.influences.get(result.calculation, ())
    return tuple(
        _outcome_row(view, result.calculation, outcome, named_inputs, influences)
        for outcome, influences in zip(result.outcomes, moving, strict=True)
    )


def _named_inputs(view: View, result: Result) -> frozenset[str]:
    """The inputs whose choice is named: those in which results differ, or for a single result those of a measure."""
    # Every input repeated beside every result would hide the one that differs.
    if len(result.outcomes) == 1:
        known = view.knowledge.calculations.get(result.calculation)
        return (
            frozenset(formula_input.name for formula_input in known.inputs if formula_input.kind is InputKind.MEASURE)
            if known
            else frozenset()
        )
    ways: dict[str, set[object]] = {}
    for outcome in result.outcomes:
        for choice in outcome.choices:
            ways.setdefault(choice.input, set()).add((choice_label(view.knowledge, choice), choice.figures))
    return frozenset(name for name, taken in ways.items() if len(taken) > 1)


def _outcome_row(
    view: View,
    calculation: Id,
    outcome: Outcome,
    named_inputs: frozenset[str],
    influences: tuple[Influence, ...],
) -> OutcomeRow:
    # Two numbers may be the same amount, so that each is named with its voice and measure.
    figures = {
        said.text: said
        for choice in outcome.choices
        for said in (said_ref(view.knowledge, id) for id in choice.figures)
    }
    values = {step.text: opened_interval_words(step.stated, step.allowed, step.unit) for step in outcome.steps}
    return OutcomeRow(
        choices=tuple(
            _choice_words(view, choice, values)
            for choice in _distinct_choices(outcome.choices)
            if choice.alleged or choice.input in named_inputs
        ),
        figures=tuple(figures.values()),
        conversions=_conversion_rows(view, calculation, outcome),
        steps=_step_rows(view, outcome),
        stated=span_words(outcome.stated, outcome.unit),
        allowed=span_words(outcome.allowed, outcome.unit),
        tight=outcome.tight,
        truth=TRUTH_WORDS[outcome.truth] if outcome.compares else "",
        mixed=tuple(mixed_sentence(view.knowledge, calculation, mixture) for mixture in outcome.mixed),
        influences=influence_rows(view, influences, outcome.unit),
        moved=strongest_influence_words(view.knowledge, calculation, influences, outcome.unit),
    )


def _distinct_choices(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Each value once, under the first name by which it enters."""
    # A value that two inner calculations use enters the formula in two places, and is one value.
    return tuple({choice.leaf or choice.input: choice for choice in reversed(choices)}.values())[::-1]


def _conversion_rows(view: View, calculation: Id, outcome: Outcome) -> tuple[ConversionRow, ...]:
    """One row for each amount that was converted; an amount that is used in several places has one row."""
    rows: dict[str, ConversionRow] = {}
    for conversion in outcome.conversions:
        (text,) = conversion_sentences(view.knowledge, calculation, [conversion])
        rows.setdefault(text, ConversionRow(text, refs_of(view.knowledge, conversion.exchange.figures)))
    return tuple(rows.values())


def _choice_words(view: View, choice: Choice, values: Mapping[str, str]) -> str:
    parts = choice_parts(view.knowledge, choice)
    # With a value, the bracket of the scope would stand within that of the voices.
    value = values.get(choice.input)
    return f"{choice.input}: {in_brackets(value, *parts) if value else in_brackets(*parts)}"


def _step_rows(view: View, outcome: Outcome) -> tuple[StepRow, ...]:
    """The working, line by line; the value of an input keeps its stance, and the result says what it rests on."""
    stances = {choice.input: stance_of_choice(view.knowledge, choice) for choice in outcome.choices}
    return tuple(
        _step_row(step, stances.get(step.text), compares=outcome.compares and step is outcome.steps[-1])
        for step in outcome.steps
    )


def _step_row(step: Step, stance: Stance | None, *, compares: bool) -> StepRow:
    text = f"{step.text} (left side less right)" if compares else step.text
    stated, allowed = (with_stance(span_words(span, step.unit), stance) for span in (step.stated, step.allowed))
    return StepRow(text, stated, allowed)


def _check_rows(view: View, calculation: Calculation, result: Result | None) -> tuple[CheckRow, ...]:
    """A row for each checked figure; the one that a missing input was solved from stands among the implied values."""
    solved_from = result.solved_from if result else frozenset()
    checks = {check.figure: check for check in result.checks} if result else {}
    known = (id for id in calculation.checks if id in view.knowledge.figures and id not in solved_from)
    return tuple(_check_row(view, calculation, id, result, checks.get(id)) for id in known)


def _check_row(
    view: View, calculation: Calculation, figure: Id, result: Result | None, check: Check | None
) -> CheckRow:
    row = figure_row(view, view.knowledge.figures[figure])
    findings = view.findings_of_calculation.get(calculation.id, ())
    if check_finding := next((finding for finding in findings if figure in finding.parts[1:]), None):
        shown = finding_row(view, check_finding)
        return CheckRow(row, shown, shown.verdict, shown.verdict_text, shown.explanation)
    if check is None or result is None:
        return CheckRow(row, None)
    # A hypothetical figure that is not refuted makes no finding, and a reader still wants to know what came out.
    stated = view.knowledge.figures[figure]
    words = with_stance(verdict_words(check.verdict, FindingKind.CHECK), stated.stance)
    sentences = named_once(view.knowledge, check_sentences(view.knowledge, result, check), [stated])
    return CheckRow(row, None, str(check.verdict), words, sentences)


_MOST_IMPLIED = 3


def _implied_rows(view: View, result: Result | None) -> tuple[tuple[ImpliedRow, ...], tuple[ImpliedRow, ...]]:
    """Values solved backwards: the first three for each checked figure, which explain most, and all others."""
    front: list[ImpliedRow] = []
    further: list[ImpliedRow] = []
    # A calculation with many inputs implies a value of each for every figure; the first three explain most.
    shown: Counter[Id] = Counter()
    if result is None:
        return (), ()
    for implied in result.implied:
        shown[implied.for_figure] += 1
        (front if shown[implied.for_figure] <= _MOST_IMPLIED else further).append(_implied_row(view, result, implied))
    return tuple(front), tuple(further)


def _implied_row(view: View, result: Result, implied: ImpliedValue) -> ImpliedRow:
    return ImpliedRow(
        implied.input,
        implied_value_words(implied),
        ref_of(view.knowledge, implied.for_figure),
        implied_sentence(view.knowledge, result, implied),
    )


def used_by(view: View, calculation: Calculation) -> tuple[Ref, ...]:
    """The calculations that use this one, the claims that it decides, and the arguments that rest on it."""
    knowledge = view.knowledge
    takers = [
        candidate
        for candidate in knowledge.calculations.values()
        if any(i.ref == calculation.id for i in candidate.inputs)
    ]
    claims = view.conditions_on.get(calculation.id, ())
    arguments = [a for a in knowledge.arguments.values() if any(p.id == calculation.id for p in a.premises)]
    users: tuple[AnyEntity, ...] = (*takers, *claims, *arguments)
    return tuple(ref(knowledge, user) for user in users)
