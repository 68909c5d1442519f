"""Everything that the arguments on a question rest on."""

from dataclasses import dataclass

from kb.domain.entity import Calculation, InputKind, NodeKind, Question
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.reports.map.graph import argument_graph, sides_of
from kb.reports.view import View


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that the arguments on a question rest on.

    Attributes:
        claims: Claims, the nearest to the question first.
        figures: Premises, figures that the calculations use or check, figures that dispute these or change them in
            passing them on, and the exchange rates by which any was converted.
        calculations: Premises and conditions, calculations that check a premise, and those that these use.
        findings: Findings about those figures and claims, and the checks of those calculations, worst first.
    """

    claims: tuple[Id, ...]
    figures: tuple[Id, ...]
    calculations: tuple[Calculation, ...]
    findings: tuple[Finding, ...]


def grounds_of(view: View, question: Question) -> Grounds:
    """The grounds of a question: all that its arguments rest on, and the findings about it."""
    graph = argument_graph(view.knowledge, sides_of(question))
    premises, claims = graph.ids(NodeKind.FIGURE), graph.ids(NodeKind.CLAIM)
    checking = (c.id for c in view.knowledge.calculations.values() if not set(premises).isdisjoint(c.checks))
    calculations = _with_inputs(view, (*graph.ids(NodeKind.CALCULATION), *checking))
    # A converted amount rests on its rate as well, whose figure no argument names either.
    taken = (id for c in calculations for id in (*figures_in(view, c), *rates_in(view, c)))
    figures = dict.fromkeys((*premises, *taken))
    computed = {calculation.id for calculation in calculations}
    findings = tuple(finding for finding in view.ranked if _about(finding, {*figures, *claims}, computed))
    # A report that uses a disputed number must show the number that disputes it, though no argument names that one.
    disputing = (id for finding in findings if finding.kind in _DISPUTES for id in (*finding.figures, *finding.rates))
    return Grounds(claims, tuple(figures | dict.fromkeys(disputing)), calculations, findings)


def calculations_behind(view: View, question: Question) -> tuple[Calculation, ...]:
    """The calculations that the arguments on a question rest on, the one that decides it first, with their inputs."""
    graph = argument_graph(view.knowledge, sides_of(question))
    decides = (question.decided_by.calculation,) if question.decided_by else ()
    return _with_inputs(view, (*decides, *graph.ids(NodeKind.CALCULATION)))


_DISPUTES = (
    *(FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE, FindingKind.SPREAD),
    *(FindingKind.DRIFT, FindingKind.FORECAST),
)


def _about(finding: Finding, ids: set[Id], computed: set[Id]) -> bool:
    if finding.kind is FindingKind.CHECK:
        return finding.calculation in computed
    return not ids.isdisjoint((*finding.figures, *finding.claims))


def _with_inputs(view: View, ids: tuple[Id, ...]) -> tuple[Calculation, ...]:
    """The calculations with those that they use as inputs, each once."""
    known = view.knowledge.calculations
    waiting, calculations = list(ids), dict[Id, Calculation]()
    while waiting:
        id = waiting.pop(0)
        if id in calculations or id not in known:
            continue
        calculations[id] = known[id]
        waiting += [
            formula_input.ref
            for formula_input in known[id].inputs
            if formula_input.kind is InputKind.CALCULATION and formula_input.ref
        ]
    return tuple(calculations.values())


def rates_in(view: View, calculation: Calculation) -> tuple[Id, ...]:
    """The figures of the exchange rates by which a calculation's inputs were converted; empty for none."""
    result = view.analysis.results.get(calculation.id)
    conversions = (converted for outcome in (result.outcomes if result else ()) for converted in outcome.conversions)
    return tuple(dict.fromkeys(id for conversion in conversions for id in conversion.exchange.figures))


def figures_in(view: View, calculation: Calculation) -> tuple[Id, ...]:
    """The figures that a calculation uses, by name or through a measure, then those that it checks."""
    named = [
        formula_input.ref
        for formula_input in calculation.inputs
        if formula_input.kind is InputKind.FIGURE and formula_input.ref
    ]
    result = view.analysis.results.get(calculation.id)
    outcomes = result.outcomes if result else ()
    chosen = [id for outcome in outcomes for choice in outcome.choices for id in choice.figures]
    return tuple(dict.fromkeys((*named, *chosen, *calculation.checks)))
