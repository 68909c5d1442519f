"""Entries of calculations: their formulas and inputs, and whether names and units fit together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, Protocol, assert_never, cast

from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import Calculation, Condition, Figure, Input, InputKind, Measure
from kb.domain.exchange_rates import ExchangeRates
from kb.domain.formula import (
    Compare,
    Expr,
    FormulaError,
    common_currency,
    foreign_currencies,
    names,
    parse_formula,
    unit_of,
    units_in_currency,
)
from kb.domain.identity import Id
from kb.domain.suggestion import did_you_mean
from kb.domain.unit import Unit
from kb.intake.figure import confidence_hint, missing_rate_hint, read_amount
from kb.intake.record import CalculationRecord, InputRecord
from kb.intake.resolver import Declared, E, Resolver, SeedFile, read_scalar
from kb.intake.shape import Scalar

_MEASURE = re.compile(r"measure\s+(?P<name>\S+)(?P<rest>(?:\s+(?:over|where)\s.*)?)", re.DOTALL)
_CLAUSE = re.compile(r"\s+(over|where)\s+")
_PAIR = re.compile(r"([\w-]+)\s*=\s*(.+?)(?=[\s,]+[\w-]+\s*=|,?\s*$)", re.DOTALL)
_ASSUMED = re.compile(r"(?P<amount>.+?)\s*\(\s*assumed\s*(?:,\s*(?P<confidence>[^)]+?)\s*)?\)", re.DOTALL)
_FORMS = "write a figure or calculation, 'measure ID over KEY', 'AMOUNT (assumed)', or 'missing'"
_DEFAULT_CONFIDENCE = "roughly even"
_COMPARISON = re.compile(r"(\S+)\s*(<=|>=|==|<|>)\s*(\S.*)")

Sign = Literal["<", "<=", ">", ">=", "=="]


def declare_calculations(seed_file: SeedFile, resolver: Resolver) -> list[Declared[CalculationRecord]]:
    """The calculations of a file with their ids."""
    return [
        resolver.declare("calculation", record, seed_file, record.id, seed_file.slug(record.id))
        for record in seed_file.record.calculations
    ]


def resolve_calculation(entry: Declared[CalculationRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the calculation to the resolver. Its units are checked later, when all calculations are there."""
    record = entry.record
    inputs = [_input(name, stated_input, seed_file, resolver) for name, stated_input in record.inputs]
    checks = resolver.resolve_all("figure", record.checks, seed_file)
    declared = resolver.stated_unit(record.unit, seed_file)
    formula = _formula(record, seed_file)
    complete = [calculation_input for calculation_input in inputs if calculation_input is not None]
    if record.label is None or record.formula is None or formula is None or len(complete) < len(inputs):
        return
    if record.unit is not None and declared is None:
        return
    resolver.keep(
        Calculation(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            label=record.label.text,
            formula=record.formula.text,
            inputs=tuple(complete),
            unit=record.unit.text if record.unit else "",
            checks=checks,
            note=record.note.text if record.note else "",
        )
    )


def _formula(record: CalculationRecord, seed_file: SeedFile) -> Expr | None:
    """The formula; None, with a problem noted, where it cannot be read or its names are not exactly the inputs."""
    formula_text = record.formula
    if formula_text is None:
        return None
    try:
        formula = parse_formula(formula_text.text)
    except FormulaError as error:
        _note_formula(formula_text, error, seed_file)
        return None
    used = names(formula)
    input_names = [name.text for name, _ in record.inputs]
    strange = [name for name in used if name not in input_names]
    for name in strange:
        seed_file.note(
            formula_text,
            f"the formula's '{name}' is not an input",
            did_you_mean(name, input_names),
            shift=_shift(formula_text, name),
        )
    idle = [input_name for input_name, _ in record.inputs if input_name.text not in used]
    for unused in idle:
        seed_file.note(unused, f"the input '{unused.text}' does not occur in the formula", "use it, or leave it out")
    return None if strange or idle else formula


def _shift(scalar: Scalar, name: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", scalar.text)
    return match.start() + bool(scalar.style) if match and scalar.style in ("", "'", '"') else 0


def _note_formula(formula_text: Scalar, error: FormulaError, seed_file: SeedFile) -> None:
    inside = max(error.column - 1, 0) + bool(formula_text.style) if formula_text.style in ("", "'", '"') else 0
    seed_file.note(formula_text, error.what, error.hint, shift=inside)


def _input(name: Scalar, stated_input: Any, seed_file: SeedFile, resolver: Resolver) -> Input | None:
    if isinstance(stated_input, InputRecord):
        return _input_from_record(name, stated_input, seed_file, resolver)
    if stated_input.text == "missing":
        return Input(name=name.text, kind=InputKind.MISSING)
    if match := _MEASURE.fullmatch(stated_input.text):
        return _measure_input_from_text(name, stated_input, match, seed_file, resolver)
    if match := _ASSUMED.fullmatch(stated_input.text):
        sure = stated_input._replace(text=match["confidence"]) if match["confidence"] else None
        return _assumed_input(name, stated_input._replace(text=match["amount"]), sure, None, seed_file, resolver)
    return _reference_input(name, stated_input, seed_file, resolver)


def _reference_input(name: Scalar, reference: Scalar, seed_file: SeedFile, resolver: Resolver) -> Input | None:
    kinds = ("figure", "calculation")
    referent = resolver.names.lookup(kinds, reference.text, seed_file.id)
    if referent is None and re.search(r"\s|^[\d$€£¥]", reference.text):
        hint = f"write '{reference.text} (assumed)'" if re.match(r"[\d$€£¥]", reference.text) else _FORMS
        seed_file.note(reference, f"'{reference.text}' is not an input", hint)
        return None
    referent = referent or resolver.names.find(kinds, reference, seed_file.id, seed_file.diagnostics)
    return Input(name=name.text, kind=InputKind(referent[0]), ref=referent[1]) if referent else None


def _input_from_record(name: Scalar, record: InputRecord, seed_file: SeedFile, resolver: Resolver) -> Input | None:
    if (record.measure is None) == (record.assumed is None):
        seed_file.note(record.spot, "an input names either 'measure' or 'assumed'", _FORMS)
        return None
    if _has_foreign_keys(record, seed_file):
        return None
    if record.assumed is not None:
        return _assumed_input(name, record.assumed, record.confidence, record.of, seed_file, resolver)
    return _measure_input(name, record.measure, record.over, record.where, seed_file, resolver)


def _has_foreign_keys(record: InputRecord, seed_file: SeedFile) -> bool:
    """Whether an assumption has keys of a measure, or the other way round; a problem is noted for each."""
    of_assumption = (("of", record.of), ("confidence", record.confidence))
    of_measure = (("over", next(iter(record.over), None)), ("where", next((key for key, _ in record.where), None)))
    own, foreign = ("measure", of_assumption) if record.assumed is None else ("assumed", of_measure)
    written = [(key, value) for key, value in foreign if value is not None]
    for key, value in written:
        seed_file.note(value, f"'{key}' says nothing beside '{own}'", f"leave out {key}")
    return bool(written)


def _assumed_input(
    name: Scalar,
    amount: Scalar,
    sure: Scalar | None,
    of: Scalar | None,
    seed_file: SeedFile,
    resolver: Resolver,
) -> Input | None:
    measure = resolver.entity(Measure, resolver.resolve("measure", of, seed_file))
    if of is None:
        quantity = resolver.quantity(amount, "1", seed_file)
    else:
        quantity = read_amount(amount, measure, seed_file, resolver, has_scope=False)
    likely = Likelihood(_DEFAULT_CONFIDENCE)
    confidence = read_scalar(sure, Confidence, seed_file, confidence_hint) if sure else Confidence(likely)
    if quantity is None or confidence is None or (of and not measure):
        return None
    return Input(
        name=name.text,
        kind=InputKind.ASSUMED,
        quantity=quantity,
        confidence=confidence,
        of=measure.id if measure else None,
    )


def _measure_input_from_text(
    name: Scalar, scalar: Scalar, match: re.Match[str], seed_file: SeedFile, resolver: Resolver
) -> Input | None:
    over: list[Scalar] = []
    where: list[tuple[Scalar, Any]] = []
    parts = _CLAUSE.split(match["rest"])
    for word, text in zip(parts[1::2], parts[2::2], strict=True):
        if word == "over":
            over += [scalar._replace(text=key) for key in re.split(r"[\s,]+", text.strip(" ,")) if key]
        elif pairs := _PAIR.findall(text):
            where += [(scalar._replace(text=key), _pair_value(value, scalar)) for key, value in pairs]
        else:
            seed_file.note(scalar, f"'where {text}' gives no scope", "write: where vendor=anthropic plan=usd-200")
            return None
    measure = scalar._replace(text=match["name"])
    return _measure_input(name, measure, tuple(over), tuple(where), seed_file, resolver)


def _pair_value(text: str, scalar: Scalar) -> Any:
    parts = [part.strip() for part in text.strip().split("|")]
    values = tuple(scalar._replace(text=part) for part in parts)
    return values if len(values) > 1 else values[0]


def _measure_input(
    name: Scalar,
    measure_name: Scalar | None,
    over: tuple[Scalar, ...],
    where: tuple[tuple[Scalar, Any], ...],
    seed_file: SeedFile,
    resolver: Resolver,
) -> Input | None:
    measure = resolver.entity(Measure, resolver.resolve("measure", measure_name, seed_file))
    if measure is None:
        return None
    scope = resolver.scope(where, measure.keys, measure.slug, seed_file)
    strange = [key for key in over if key.text not in measure.keys]
    for key in strange:
        hint = did_you_mean(key.text, measure.keys)
        seed_file.note(key, f"the measure '{measure.slug}' takes no scope key '{key.text}'", hint)
    if strange or len(scope) < len(where):
        return None
    keys = tuple(dict.fromkeys(key.text for key in over))
    return Input(name=name.text, kind=InputKind.MEASURE, ref=measure.id, over=keys, where=scope)


class Lookup(Protocol):
    """Entities, and the units that they name."""

    def entity(self, kind: type[E], id: Id | None) -> E | None:
        """The entity ``id``; None where there is none of ``kind``."""

    def unit(self, text: str) -> Unit | None:
        """The unit ``text``; None where it is none."""


class CalculationUnits:
    """The units of calculations, each computed once. Circles, which are reported elsewhere, have no unit."""

    def __init__(self, resolver: Lookup, rates: ExchangeRates) -> None:
        self._resolver = resolver
        self.rates = rates
        self._units: dict[Id, Unit | None] = {}
        self._errors: dict[Id, FormulaError] = {}

    def of(self, id: Id) -> Unit | None:
        """The unit of a calculation's result, as declared or else as computed; None where it is unknown."""
        if id not in self._units:
            self._units[id] = None
            calculation = self._resolver.entity(Calculation, id)
            self._units[id] = self._unit(calculation) if calculation else None
        return self._units[id]

    def _unit(self, calculation: Calculation) -> Unit | None:
        if calculation.unit:
            return self._resolver.unit(calculation.unit)
        return self.computed(calculation)

    def computed(self, calculation: Calculation) -> Unit | None:
        """The unit that the formula gives; None where an input's unit is unknown or the units do not fit."""
        inputs = {
            calculation_input.name: self._input_unit(calculation_input) for calculation_input in calculation.inputs
        }
        known: Mapping[str, Unit] = {name: unit for name, unit in inputs.items() if unit is not None}
        if len(known) < len(inputs):
            return None
        formula = parse_formula(calculation.formula)
        try:
            code = common_currency(formula, known, self._preferred_currency(calculation))
            if code is None:
                return unit_of(formula, known)
            unjoined = [
                currency for currency in foreign_currencies(known, code).values() if not self.rates.join(currency, code)
            ]
            if unjoined:
                return self._unit_if_never_joined(formula, known, unjoined[0], code)
            return unit_of(formula, units_in_currency(known, code))
        except FormulaError as error:
            self._errors[calculation.id] = error
            return None

    def _unit_if_never_joined(self, formula: Expr, known: Mapping[str, Unit], from_code: str, to_code: str) -> Unit:
        """The unit of a formula in which two currencies without a rate between them never meet.

        Raises:
            FormulaError: they meet; the message says which rate to record.
        """
        try:
            return unit_of(formula, known)
        except FormulaError as error:
            what = f"{error.what}, and no rate from {from_code} to {to_code} is recorded"
            raise FormulaError(what, missing_rate_hint(from_code, to_code), error.column) from None

    def _preferred_currency(self, calculation: Calculation) -> str:
        """The currency of the declared unit, or else of the first figure that is checked; empty for none."""
        checked = (self._resolver.entity(Figure, id) for id in calculation.checks)
        measures = (self._resolver.entity(Measure, figure.measure) for figure in checked if figure)
        texts = (calculation.unit, *(measure.unit for measure in measures if measure))
        units = [unit for text in texts if text and (unit := self._resolver.unit(text))]
        return units[0].currency if units else ""

    def error(self, calculation: Calculation) -> FormulaError | None:
        """The error in a formula that ``computed`` has checked; None where its units fit."""
        return self._errors.get(calculation.id)

    def _input_unit(self, calculation_input: Input) -> Unit | None:
        match calculation_input.kind:
            case InputKind.MEASURE:
                measure = self._resolver.entity(Measure, calculation_input.ref)
                return self._resolver.unit(measure.unit) if measure else None
            case InputKind.FIGURE:
                figure = self._resolver.entity(Figure, calculation_input.ref)
                return self._resolver.unit(figure.quantity.unit) if figure else None
            case InputKind.CALCULATION:
                return self.of(calculation_input.ref) if calculation_input.ref else None
            case InputKind.ASSUMED:
                return self._resolver.unit(calculation_input.quantity.unit) if calculation_input.quantity else None
            case InputKind.MISSING:
                return None
            case _:
                assert_never(calculation_input.kind)


def check_units(
    entry: Declared[CalculationRecord], seed_file: SeedFile, resolver: Resolver, units: CalculationUnits
) -> None:
    """Notes where the units of a formula do not fit each other, the declared unit, or a figure that it checks."""
    calculation = resolver.entity(Calculation, entry.id or None)
    record = entry.record
    if calculation is None or record.formula is None:
        return
    computed = units.computed(calculation)
    if error := units.error(calculation):
        _note_formula(record.formula, error, seed_file)
        return
    declared = resolver.unit(calculation.unit) if calculation.unit else None
    if record.unit and declared and computed and not declared.same_dimension(computed):
        what = f"the formula gives {computed.simplest}, not {calculation.unit}"
        hint = f"write unit: {computed.simplest}, or correct the formula"
        if swap := computed.currency_difference(declared):
            hint = missing_rate_hint(swap.from_currency, swap.to_currency)
        seed_file.note(record.unit, what, hint)
    result = declared or computed
    if result is not None and not isinstance(parse_formula(calculation.formula), Compare):
        _check_checks(calculation, record, result, seed_file, resolver, units.rates)


def _check_checks(
    calculation: Calculation,
    record: CalculationRecord,
    result: Unit,
    seed_file: SeedFile,
    resolver: Resolver,
    rates: ExchangeRates,
) -> None:
    for name, id in zip(record.checks, calculation.checks, strict=False):
        figure = resolver.entity(Figure, id)
        stated = resolver.unit(figure.quantity.unit) if figure else None
        if figure is None or stated is None or stated.same_dimension(result):
            continue
        swap = stated.currency_difference(result)
        if swap is None or not rates.join(swap.from_currency, swap.to_currency):
            what = f"'{name.text}' is in {figure.quantity.unit}, the result in {result.simplest}"
            seed_file.note(
                name,
                what,
                missing_rate_hint(swap.from_currency, swap.to_currency) if swap else "a check compares like with like",
            )


def read_condition(
    comparison: Scalar | None, seed_file: SeedFile, resolver: Resolver, units: CalculationUnits
) -> Condition | None:
    """The condition that ``comparison`` states; None, with a problem noted, where it states none."""
    if comparison is None:
        return None
    match = _COMPARISON.fullmatch(comparison.text)
    if not match:
        seed_file.note(
            comparison,
            f"'{comparison.text}' is not a comparison",
            "write a calculation, a sign and a limit: margin < 0",
        )
        return None
    calculation = resolver.resolve("calculation", comparison._replace(text=match[1]), seed_file)
    if calculation is None:
        return None
    computed = units.of(calculation)
    limit = resolver.quantity(
        comparison._replace(text=match[3]), str(computed) if computed is not None else "fraction", seed_file
    )
    if limit is None:
        return None
    limit_unit = resolver.unit(limit.unit)
    if computed is not None and limit_unit is not None and not limit_unit.same_dimension(computed):
        seed_file.note(
            comparison, f"'{match[1]}' is in {computed}, its limit in {limit.unit}", f"write a limit in {computed}"
        )
        return None
    return Condition(calculation, cast(Sign, match[2]), limit)
