"""Entries that all files share: units, measures, scope values and questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kb.domain.entity import Measure, Question, ScopeValue, Side, UnitDefinition, UnitKind
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import Bound, Hedge, Quantity
from kb.domain.references import referenced
from kb.domain.slug import ID
from kb.domain.unit import STANDARD, Unit, UnitError
from kb.domain.unit.names import CURRENCIES
from kb.domain.unit.vocabulary import vocabulary
from kb.intake.calculation import CalculationUnits, read_condition
from kb.intake.record import TIME_KEYS, MeasureRecord, QuestionRecord, TermRecord, UnitRecord
from kb.intake.resolver import Declared, Resolver, SeedFile
from kb.intake.shape import Scalar
from kb.numbers import reserved

DeclaredUnits = Sequence[tuple[Declared[UnitRecord], SeedFile]]


def declare_units(seed_file: SeedFile, resolver: Resolver) -> list[Declared[UnitRecord]]:
    """The units of a file with their ids."""
    return [
        resolver.declare("unit", record, seed_file, record.id, record.id.text if record.id else "")
        for record in seed_file.record.units
    ]


def resolve_units(declared_units: DeclaredUnits, resolver: Resolver) -> None:
    """Adds the units to the resolver and its vocabulary; what is wrong is noted, and left out.

    Units of the base without an entry in the files stay in the vocabulary. A definition may use a unit that is declared
    after it, or in another file.
    """
    known = [unit for id, unit in resolver.knowledge.units.items() if id not in resolver.names.places]
    made = {
        entry.id: _definition(entry, seed_file)
        for entry, seed_file in declared_units
        if entry.id and _is_sound(entry.record, seed_file)
    }
    by_name: dict[str, UnitDefinition] = {unit.name: unit for unit in known}
    for entry, seed_file in declared_units:
        unit = made.get(entry.id)
        if unit is None:
            continue
        if earlier := by_name.get(unit.name):
            hint = "give one of them another code"
            seed_file.note(
                entry.record.code or entry.record.spot, f"'{unit.name}' is the code of '{earlier.slug}'", hint
            )
        else:
            by_name[unit.name] = unit
    # A unit can be used in the very import that declares it, by whatever file.
    resolver.units = vocabulary(tuple(unit.definition for unit in by_name.values()))
    for entry, seed_file in declared_units:
        unit = made.get(entry.id)
        if unit is None or by_name[unit.name] is not unit:
            continue
        if error := resolver.units.refused.get(unit.name):
            _note_unit_error(error, entry.record, seed_file)
        else:
            _keep_unit(unit, entry.record, seed_file, resolver)


def _definition(entry: Declared[UnitRecord], seed_file: SeedFile) -> UnitDefinition:
    record = entry.record
    return UnitDefinition(
        id=entry.id,
        slug=entry.slug,
        file=seed_file.id,
        kind=UnitKind(record.kind.text) if record.kind else UnitKind.COUNT,
        equals=record.equals.text if record.equals else "",
        aliases=tuple(alias.text for alias in record.aliases),
        code=record.code.text if record.code else "",
        sign=record.sign.text if record.sign else "",
        note=record.note.text if record.note else "",
    )


def _spelled(record: UnitRecord) -> Iterator[Scalar]:
    """Every name that the entry gives its unit."""
    yield from (name for name in (record.id, record.code, *record.aliases, record.sign) if name)


def _is_sound(record: UnitRecord, seed_file: SeedFile) -> bool:
    """Whether the parts of the entry go together; if not, a problem is noted."""
    is_currency = record.kind is not None and record.kind.text == UnitKind.CURRENCY
    for name, key in ((record.code, "code"), (record.sign, "sign")):
        if name and not is_currency:
            seed_file.note(name, f"only a currency has a {key}", "add kind: currency, or leave it out")
            return False
    if is_currency and not record.equals and not record.code and record.id:
        seed_file.note(record.id, "a currency needs its code", f"add code: {record.id.text.upper()[:5]}")
        return False
    taken = [(name, reason) for name in _spelled(record) if (reason := reserved(name.text)) and not _is_code(name)]
    for name, reason in taken:
        seed_file.note(name, f"'{name.text}' {reason}", "take a word for the thing counted")
    signs = [sign for sign in (record.sign,) if sign and (len(sign.text) != 1 or sign.text.isalnum())]
    for sign in signs:
        seed_file.note(sign, f"'{sign.text}' is not a sign", "one character that is neither letter nor digit, like ₮")
    return not taken and not signs


def _is_code(name: Scalar) -> bool:
    """Whether ``name`` is the code of a standard currency, about which the vocabulary itself reports a problem."""
    return name.text.upper() in CURRENCIES


def _note_unit_error(error: UnitError, record: UnitRecord, seed_file: SeedFile) -> None:
    """Notes why a definition is wrong, at the name or the amount that causes it."""
    at = next((name for name in _spelled(record) if name.text == error.about), None) or record.equals or record.id
    seed_file.note(at or record.spot, error.what, error.hint)


def _keep_unit(unit: UnitDefinition, record: UnitRecord, seed_file: SeedFile, resolver: Resolver) -> None:
    kind = unit_kind(resolver.units.parse(unit.name)) if unit.equals else unit.kind
    if record.kind and record.kind.text != kind and unit.equals:
        seed_file.note(
            record.kind, f"what equals {unit.equals} is of kind {kind}", f"write kind: {kind}, or leave it out"
        )
        return
    if not unit.equals and kind not in (UnitKind.COUNT, UnitKind.CURRENCY) and record.kind:
        hint = "add equals: with an amount, like 14 day"
        seed_file.note(record.kind, f"a unit of kind {kind} is defined by others", hint)
        return
    resolver.keep(replace(unit, kind=kind))


def unit_kind(unit: Unit) -> UnitKind:
    """What a unit counts, by its dimension: ``14 day`` is time, ``1/100 USD`` money, ``petaflop*day`` a compound."""
    if unit.is_dimensionless:
        return UnitKind.RATIO
    if len(unit.dimension) > 1 or unit.dimension[0][1] != 1:
        return UnitKind.COMPOUND
    if unit.currencies:
        return UnitKind.CURRENCY
    return UnitKind.TIME if unit.same_dimension(STANDARD.parse("second")) else UnitKind.COUNT


def declare_measures(seed_file: SeedFile, resolver: Resolver) -> list[Declared[MeasureRecord]]:
    """The measures of a file with their ids."""
    declared = []
    for record in seed_file.record.measures:
        declared.append(resolver.declare("measure", record, seed_file, record.id, record.id.text if record.id else ""))
        if record.id:
            resolver.names.add_labels("measure", record.id.text, _labels(record))
    return declared


def _labels(record: MeasureRecord | TermRecord) -> list[str]:
    return [label.text for label in (record.label, *record.aliases) if label]


def resolve_measure(entry: Declared[MeasureRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the measure to the resolver; what is missing or wrong is noted, and left out."""
    record = entry.record
    authority = resolver.resolve("source", record.authority, seed_file)
    unit = resolver.stated_unit(record.unit, seed_file)
    keys = _once(record.keys, seed_file)
    within = _range_of_ratio(record, seed_file, resolver)
    complement_of = resolver.resolve("measure", record.complement_of, seed_file)
    if record.label is None or record.unit is None or record.kind is None or unit is None:
        return
    kind = MeasureKind(record.kind.text)
    if kind.traits.converts_currencies and not _is_rate(record, record.unit, unit, seed_file):
        return
    resolver.keep(
        Measure(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            label=record.label.text,
            unit=record.unit.text,
            kind=kind,
            keys=keys,
            aliases=tuple(alias.text for alias in record.aliases),
            authority=authority,
            within=within,
            complement_of=complement_of,
            note=record.note.text if record.note else "",
        )
    )


_MOST_UNUSED = 8


def warn_of_unused(declared: Iterable[tuple[Declared[Any], SeedFile]], noun: str, resolver: Resolver) -> None:
    """Warns, once per file with a source, of measures or scope values that nothing uses, as when figures are deleted.

    Args:
        declared: The entries of all files.
        noun: What they are called.
        resolver: What is read and known.
    """
    # In a file without a source, words are declared for files to come.
    own = [(entry, seed_file) for entry, seed_file in declared if entry.id and seed_file.sources]
    # A figure that has a problem is not there to use anything.
    has_problems = any(seed_file.diagnostics.problems for _, seed_file in declared)
    if resolver.names.is_incomplete or has_problems or not own:
        return
    used = referenced({**resolver.knowledge.by_id, **resolver.entities}.values())
    by_file: dict[str, list[tuple[Declared[Any], SeedFile]]] = defaultdict(list)
    for entry, seed_file in own:
        if entry.id not in used:
            by_file[seed_file.id].append((entry, seed_file))
    for unused in by_file.values():
        first, seed_file = unused[0]
        names = ", ".join(entry.record.id.text for entry, _ in unused[:_MOST_UNUSED])
        more = f" and {len(unused) - _MOST_UNUSED} more" if len(unused) > _MOST_UNUSED else ""
        what = f"nothing uses the {noun}{'s' if len(unused) > 1 else ''} {names}{more}"
        seed_file.warn(first.record.id or first.record.spot, what, "`kb tidy` deletes what is left over of a draft")


def note_unlike_complements(measures: Sequence[tuple[Declared[MeasureRecord], SeedFile]], resolver: Resolver) -> None:
    """Notes complements that are no rest of a share: amounts of money, or one with a complement of its own."""
    for entry, seed_file in measures:
        named, own = entry.record.complement_of, resolver.entity(Measure, entry.id)
        other = resolver.entity(Measure, own.complement_of) if own else None
        if named is None or own is None or other is None:
            continue
        unlike = next((measure for measure in (own, other) if not _is_share(measure, resolver)), None)
        if other.id == own.id:
            seed_file.note(named, f"'{own.slug}' is named as its own complement", "name the ratio of the rest")
        elif unlike:
            what = f"'{unlike.slug}' is no share of a whole, so that nothing is its complement"
            seed_file.note(named, what, "leave complement-of: out; only a ratio in per cent has one")
        elif other.complement_of:
            first = resolver.entity(Measure, other.complement_of)
            what = f"'{other.slug}' names '{first.slug if first else ''}' as its complement already"
            seed_file.note(named, what, "write complement-of: at one of two measures only, and name no third")


def _is_share(measure: Measure, resolver: Resolver) -> bool:
    unit = resolver.unit(measure.unit)
    return measure.kind is MeasureKind.RATIO and unit is not None and str(unit) == "fraction"


def _range_of_ratio(record: MeasureRecord, seed_file: SeedFile, resolver: Resolver) -> Quantity | None:
    """The range in which a measure must lie; None for none, and where it is no range of a ratio, which is noted."""
    if record.within is None:
        return None
    if record.kind and record.kind.text != MeasureKind.RATIO:
        what = f"a measure of kind {record.kind.text} has no range in which it must lie"
        seed_file.note(record.within, what, "leave within: out; only a ratio can have it")
        return None
    quantity = resolver.quantity(record.within, record.unit.text if record.unit else "fraction", seed_file)
    unit = resolver.unit(quantity.unit) if quantity else None
    if quantity is None or unit is None:
        return None
    is_plain = quantity.bound is Bound.RANGE and quantity.hedge is Hedge.NONE and quantity.margin is None
    if not (is_plain and unit.is_dimensionless):
        seed_file.note(record.within, f"'{record.within.text}' is no range of a ratio", "write one like '0% to 100%'")
        return None
    return quantity


def _is_rate(record: MeasureRecord, written_unit: Scalar, unit: Unit, seed_file: SeedFile) -> bool:
    """Whether a measure can record exchange rates: one currency per another, at a time. If not, a problem is noted."""
    powers = sorted(power for _, power in unit.dimension)
    if len(unit.currencies) != 2 or powers != [-1, 1]:
        seed_file.note(
            written_unit,
            f"an exchange rate is one currency over another, not {written_unit.text}",
            "write it like CNY/USD",
        )
        return False
    if not any(key.text in TIME_KEYS for key in record.keys):
        seed_file.note(record.id or record.spot, "an exchange rate holds for a time", "add keys: [as-of]")
        return False
    return True


def _once(names: tuple[Scalar, ...], seed_file: SeedFile) -> tuple[str, ...]:
    seen: dict[str, Scalar] = {}
    for name in names:
        if name.text in seen:
            seed_file.note(name, f"'{name.text}' appears twice", "keep one of them")
        seen.setdefault(name.text, name)
    return tuple(seen)


def declare_terms(seed_file: SeedFile, resolver: Resolver) -> list[Declared[TermRecord]]:
    """The scope values of a file with their ids."""
    declared = []
    for key, records in seed_file.record.scopes:
        if key.text in TIME_KEYS:
            seed_file.note(key, f"the values of '{key.text}' are times and are not declared", "leave this list out")
        elif not ID.fullmatch(key.text):
            seed_file.note(key, f"'{key.text}' is not a scope key", "lower-case letters, digits and '-', like 'vendor'")
        for record in records:
            slug = f"{key.text}/{record.id.text if record.id else ''}"
            declared.append(resolver.declare("term", record, seed_file, record.id, slug))
            resolver.names.add_labels("term", slug, _labels(record))
    return declared


def resolve_term(entry: Declared[TermRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the scope value to the resolver."""
    record = entry.record
    key = entry.slug.split("/")[0]
    wider = resolver.names.term(key, record.part_of, seed_file.diagnostics) if record.part_of else None
    if record.label is None:
        return
    resolver.keep(
        ScopeValue(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            key=key,
            label=record.label.text,
            aliases=tuple(alias.text for alias in record.aliases),
            part_of=wider,
            note=record.note.text if record.note else "",
        )
    )


def declare_questions(seed_file: SeedFile, resolver: Resolver) -> list[Declared[QuestionRecord]]:
    """The questions of a file with their ids."""
    return [
        resolver.declare("question", record, seed_file, record.id, record.id.text if record.id else "")
        for record in seed_file.record.questions
    ]


def resolve_question(
    entry: Declared[QuestionRecord], seed_file: SeedFile, resolver: Resolver, units: CalculationUnits
) -> None:
    """Adds the question to the resolver."""
    record = entry.record
    decided_by = read_condition(record.decided_by, seed_file, resolver, units)
    if record.sides and len(record.sides) != 2:
        seed_file.note(record.sides[0][0], f"a question has two sides, not {len(record.sides)}", "{yes: …, no: …}")
        return
    if record.text is None or not record.sides:
        return
    first, second = (Side(key.text, text.text) for key, text in record.sides)
    resolver.keep(
        Question(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            text=record.text.text,
            sides=(first, second),
            scope=resolver.scope(record.scope, None, "", seed_file),
            decided_by=decided_by,
            note=record.note.text if record.note else "",
        )
    )
