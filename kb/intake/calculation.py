"""What is computed? Entries of calculations: their inputs, and whether names and units fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import Calculation, Figure, Input, InputKind, Measure
from kb.domain.formula import (
    Compare,
    Expr,
    FormulaError,
    common_currency,
    foreign,
    names,
    parse_formula,
    told_in,
    unit_of,
)
from kb.domain.identity import Id
from kb.domain.unit import Unit
from kb.intake.desk import Declared, Desk, Sheet, read_said
from kb.intake.figure import likely_word
from kb.intake.money import Rates, lacking
from kb.intake.node import Scalar
from kb.intake.record import CalculationRecord, InputRecord
from kb.intake.shape import did_you_mean

_MEASURE = re.compile(r"measure\s+(?P<name>\S+)(?P<rest>(?:\s+(?:over|where)\s.*)?)", re.DOTALL)
_CLAUSE = re.compile(r"\s+(over|where)\s+")
_PAIR = re.compile(r"([\w-]+)\s*=\s*(.+?)(?=[\s,]+[\w-]+\s*=|,?\s*$)", re.DOTALL)
_ASSUMED = re.compile(r"(?P<amount>.+?)\s*\(\s*assumed\s*(?:,\s*(?P<confidence>[^)]+?)\s*)?\)", re.DOTALL)
_FORMS = "write a figure or calculation, 'measure ID over KEY', 'AMOUNT (assumed)', or 'missing'"
_UNSURE = "roughly even"


def declare_calculations(sheet: Sheet, desk: Desk) -> list[Declared[CalculationRecord]]:
    """The calculations of a file with their ids."""
    return [
        desk.declare("calculation", record, sheet, record.id, sheet.slug(record.id.text) if record.id else "")
        for record in sheet.record.calculations
    ]


def resolve_calculation(entry: Declared[CalculationRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the calculation on the desk; its units are looked at later, when all calculations are there."""
    record = entry.record
    inputs = [_input(name, said, sheet, desk) for name, said in record.inputs]
    checks = desk.refer_all("figure", record.checks, sheet)
    declared = desk.stated_unit(record.unit, sheet)
    formula = _formula(record, sheet)
    complete = [given for given in inputs if given is not None]
    if record.label is None or record.formula is None or formula is None or len(complete) < len(inputs):
        return
    if record.unit is not None and declared is None:
        return
    desk.keep(
        Calculation(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            label=record.label.text,
            formula=record.formula.text,
            inputs=tuple(complete),
            unit=record.unit.text if record.unit else "",
            checks=checks,
            note=record.note.text if record.note else "",
        )
    )


def _formula(record: CalculationRecord, sheet: Sheet) -> Expr | None:
    """The formula; None where it cannot be read or its names are not exactly the inputs."""
    said = record.formula
    if said is None:
        return None
    try:
        formula = parse_formula(said.text)
    except FormulaError as error:
        _note_formula(said, error, sheet)
        return None
    used = names(formula)
    given = [name.text for name, _ in record.inputs]
    strange = [name for name in used if name not in given]
    for name in strange:
        sheet.note(said, f"the formula's '{name}' is no input", did_you_mean(name, given), shift=_shift(said, name))
    idle = [given for given, _ in record.inputs if given.text not in used]
    for unused in idle:
        sheet.note(unused, f"the input '{unused.text}' does not occur in the formula", "use it, or leave it out")
    return None if strange or idle else formula


def _shift(said: Scalar, name: str) -> int:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said.text)
    return found.start() + bool(said.style) if found and said.style in ("", "'", '"') else 0


def _note_formula(said: Scalar, error: FormulaError, sheet: Sheet) -> None:
    inside = max(error.column - 1, 0) + bool(said.style) if said.style in ("", "'", '"') else 0
    sheet.note(said, error.what, error.hint, shift=inside)


def _input(name: Scalar, said: Any, sheet: Sheet, desk: Desk) -> Input | None:
    if isinstance(said, InputRecord):
        return _full_input(name, said, sheet, desk)
    if said.text == "missing":
        return Input(name=name.text, kind=InputKind.MISSING)
    if found := _MEASURE.fullmatch(said.text):
        return _measure_text(name, said, found, sheet, desk)
    if found := _ASSUMED.fullmatch(said.text):
        sure = said._replace(text=found["confidence"]) if found["confidence"] else None
        return _assumed(name, said._replace(text=found["amount"]), sure, sheet, desk)
    return _reference(name, said, sheet, desk)


def _reference(name: Scalar, said: Scalar, sheet: Sheet, desk: Desk) -> Input | None:
    kinds = ("figure", "calculation")
    found = desk.names.look(kinds, said.text, sheet.id)
    if found is None and re.search(r"\s|^[\d$€£¥]", said.text):
        hint = f"write '{said.text} (assumed)'" if re.match(r"[\d$€£¥]", said.text) else _FORMS
        sheet.note(said, f"'{said.text}' is no input", hint)
        return None
    found = found or desk.names.find(kinds, said, sheet.id, sheet.margin)
    return Input(name=name.text, kind=InputKind(found[0]), ref=found[1]) if found else None


def _full_input(name: Scalar, said: InputRecord, sheet: Sheet, desk: Desk) -> Input | None:
    if (said.measure is None) == (said.assumed is None):
        sheet.note(said.spot, "an input names either 'measure' or 'assumed'", _FORMS)
        return None
    if said.assumed is not None:
        return _assumed(name, said.assumed, said.confidence, sheet, desk)
    return _measured(name, said.measure, said.over, said.where, sheet, desk)


def _assumed(name: Scalar, amount: Scalar, sure: Scalar | None, sheet: Sheet, desk: Desk) -> Input | None:
    said = desk.quantity(amount, "1", sheet)
    likely = Likelihood(_UNSURE)
    confidence = read_said(sure, Confidence, sheet, likely_word) if sure else Confidence(likely)
    if said is None or confidence is None:
        return None
    return Input(name=name.text, kind=InputKind.ASSUMED, quantity=said, confidence=confidence)


def _measure_text(name: Scalar, said: Scalar, found: re.Match[str], sheet: Sheet, desk: Desk) -> Input | None:
    over: list[Scalar] = []
    where: list[tuple[Scalar, Any]] = []
    parts = _CLAUSE.split(found["rest"])
    for word, text in zip(parts[1::2], parts[2::2], strict=True):
        if word == "over":
            over += [said._replace(text=key) for key in re.split(r"[\s,]+", text.strip(" ,")) if key]
        elif pairs := _PAIR.findall(text):
            where += [(said._replace(text=key), _pair_value(value, said)) for key, value in pairs]
        else:
            sheet.note(said, f"'where {text}' gives no scope", "write: where vendor=anthropic plan=usd-200")
            return None
    measure = said._replace(text=found["name"])
    return _measured(name, measure, tuple(over), tuple(where), sheet, desk)


def _pair_value(text: str, said: Scalar) -> Any:
    parts = [part.strip() for part in text.strip().split("|")]
    values = tuple(said._replace(text=part) for part in parts)
    return values if len(values) > 1 else values[0]


def _measured(
    name: Scalar,
    said: Scalar | None,
    over: tuple[Scalar, ...],
    where: tuple[tuple[Scalar, Any], ...],
    sheet: Sheet,
    desk: Desk,
) -> Input | None:
    measure = desk.entity(Measure, desk.refer("measure", said, sheet))
    if measure is None:
        return None
    scope = desk.scope(where, measure.keys, measure.slug, sheet)
    strange = [key for key in over if key.text not in measure.keys]
    for key in strange:
        hint = did_you_mean(key.text, measure.keys)
        sheet.note(key, f"the measure '{measure.slug}' takes no scope key '{key.text}'", hint)
    if strange or len(scope) < len(where):
        return None
    keys = tuple(dict.fromkeys(key.text for key in over))
    return Input(name=name.text, kind=InputKind.MEASURE, ref=measure.id, over=keys, where=scope)


class Units:
    """The units of calculations, each looked at once; circles are reported elsewhere and end here."""

    def __init__(self, desk: Desk, rates: Rates) -> None:
        self._desk = desk
        self.rates = rates
        self._found: dict[Id, Unit | None] = {}
        self._errors: dict[Id, FormulaError] = {}

    def of(self, id: Id) -> Unit | None:
        """The unit of a calculation's result: as declared, else as computed; None where it is not known."""
        if id not in self._found:
            self._found[id] = None
            calculation = self._desk.entity(Calculation, id)
            self._found[id] = self._unit(calculation) if calculation else None
        return self._found[id]

    def _unit(self, calculation: Calculation) -> Unit | None:
        if calculation.unit:
            return self._desk.unit(calculation.unit)
        return self.computed(calculation)

    def computed(self, calculation: Calculation) -> Unit | None:
        """The unit that the formula gives; None where an input's unit is unknown or the units do not fit."""
        inputs = {given.name: self._input(given) for given in calculation.inputs}
        known: Mapping[str, Unit] = {name: found for name, found in inputs.items() if found is not None}
        if len(known) < len(inputs):
            return None
        formula = parse_formula(calculation.formula)
        try:
            code = common_currency(formula, known, self._wanted(calculation))
            if code is None:
                return unit_of(formula, known)
            apart = [one for one in foreign(known, code).values() if not self.rates.join(one, code)]
            if apart:
                return self._apart(formula, known, apart[0], code)
            return unit_of(formula, told_in(known, code))
        except FormulaError as error:
            self._errors[calculation.id] = error
            return None

    def _apart(self, formula: Expr, known: Mapping[str, Unit], given: str, wanted: str) -> Unit:
        """The unit as it stands, where two currencies that no rate joins never meet in the formula.

        Raises:
            FormulaError: They meet; it says which rate to record.
        """
        try:
            return unit_of(formula, known)
        except FormulaError as error:
            what = f"{error.what}, and no rate from {given} to {wanted} is recorded"
            raise FormulaError(what, lacking(given, wanted), error.column) from None

    def _wanted(self, calculation: Calculation) -> str:
        """The currency that the result should be in: as declared, else that of the first figure that it checks."""
        checked = (self._desk.entity(Figure, id) for id in calculation.checks)
        measures = (self._desk.entity(Measure, figure.measure) for figure in checked if figure)
        texts = (calculation.unit, *(measure.unit for measure in measures if measure))
        units = [unit for text in texts if text and (unit := self._desk.unit(text))]
        return units[0].currencies[0] if units and len(units[0].currencies) == 1 else ""

    def error(self, calculation: Calculation) -> FormulaError | None:
        """What does not fit in a formula that ``computed`` has looked at."""
        return self._errors.get(calculation.id)

    def _input(self, given: Input) -> Unit | None:
        match given.kind:
            case InputKind.MEASURE:
                measure = self._desk.entity(Measure, given.ref)
                return self._desk.unit(measure.unit) if measure else None
            case InputKind.FIGURE:
                figure = self._desk.entity(Figure, given.ref)
                return self._desk.unit(figure.quantity.unit) if figure else None
            case InputKind.CALCULATION:
                return self.of(given.ref) if given.ref else None
            case InputKind.ASSUMED:
                return self._desk.unit(given.quantity.unit) if given.quantity else None
            case InputKind.MISSING:
                return None


def check_units(entry: Declared[CalculationRecord], sheet: Sheet, desk: Desk, units: Units) -> None:
    """Notes where a formula's units do not fit each other, the unit declared, or a figure that it checks."""
    calculation = desk.entity(Calculation, entry.id or None)
    record = entry.record
    if calculation is None or record.formula is None:
        return
    computed = units.computed(calculation)
    if error := units.error(calculation):
        _note_formula(record.formula, error, sheet)
        return
    declared = desk.unit(calculation.unit) if calculation.unit else None
    if record.unit and declared and computed and not declared.same_dimension(computed):
        what = f"the formula gives {computed.simplest}, not {calculation.unit}"
        hint = f"write unit: {computed.simplest}, or mend the formula"
        if swap := computed.exchange(declared):
            hint = lacking(swap.given, swap.wanted)
        sheet.note(record.unit, what, hint)
    result = declared or computed
    if result is not None and not isinstance(parse_formula(calculation.formula), Compare):
        _check_checks(calculation, record, result, sheet, desk, units.rates)


def _check_checks(
    calculation: Calculation, record: CalculationRecord, result: Unit, sheet: Sheet, desk: Desk, rates: Rates
) -> None:
    for name, id in zip(record.checks, calculation.checks, strict=False):
        figure = desk.entity(Figure, id)
        stated = desk.unit(figure.quantity.unit) if figure else None
        if figure is None or stated is None or stated.same_dimension(result):
            continue
        swap = stated.exchange(result)
        if swap is None or not rates.join(swap.given, swap.wanted):
            what = f"'{name.text}' is in {figure.quantity.unit}, the result in {result.simplest}"
            sheet.note(name, what, lacking(swap.given, swap.wanted) if swap else "a check compares like with like")
