"""Entries of figures with the further mentions that depend on them, and the exchange rates that figures record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate, groupby
from typing import Any

from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import (
    EDITORS,
    EDITORS_OF_A_SOURCE,
    Calculation,
    Dependence,
    DependenceKind,
    Figure,
    Measure,
    Source,
    Stance,
    Voice,
)
from kb.domain.exchange_rates import ExchangeRates
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import Scope
from kb.domain.suggestion import nearest
from kb.domain.unit import Unit
from kb.domain.unit.names import POINTS
from kb.intake.diagnostics import Spot
from kb.intake.record import EDITORS_SPEAK, TIME_KEYS, ClaimRecord, FigureRecord, Mention
from kb.intake.resolver import Declared, Defaults, Resolver, SeedFile, read_passage, read_scalar
from kb.intake.shape import Scalar
from kb.intake.value_checks import warn_of_bare_share, warn_of_other_number
from kb.numbers.scan.shared_signs import may_stand_for


def recorded_rates(resolver: Resolver) -> ExchangeRates:
    """The exchange rates of the base as it will be after the import."""
    kept = (entity for id, entity in resolver.knowledge.by_id.items() if id not in resolver.names.places)
    entities = (*kept, *resolver.entities.values())
    figures: dict[Id, list[Figure]] = defaultdict(list)
    for entity in entities:
        if isinstance(entity, Figure):
            figures[entity.measure].append(entity)
    return ExchangeRates.of((entity for entity in entities if isinstance(entity, Measure)), figures, resolver.unit)


def missing_rate_hint(from_code: str, to_code: str) -> str:
    """A hint for two currencies without a rate between them."""
    return f"record a rate: a figure of a measure of kind exchange-rate in {from_code}/{to_code}, with as-of or period"


def in_currency_of(unit: Unit, target: Unit) -> Unit:
    """``unit`` in the currency of ``target``; ``unit`` itself where one of them has not exactly one currency."""
    return unit.in_currency(target.currency) if unit.currency and target.currency else unit


_PERCENT = re.compile(r"(100|\d{1,2}(?:\.\d+)?) *%")
# YAML 1.1 reads 010 as 8 and 1_000 as 1000. We read texts, but whoever wrote them may have meant that.
_OCTAL = re.compile(r"0\d+")
# YAML's word for nothing is zero in German.
_NULL = re.compile(r"\s*null\b", re.IGNORECASE)
_UNDERSCORE = re.compile(r"\d_\d")


@dataclass(frozen=True, slots=True)
class FurtherMention:
    """A further mention of a figure: its entry, and the id and slug of the figure that it becomes."""

    id: Id
    slug: str
    mention: Scalar | Mention
    source: Scalar | None

    @property
    def spot(self) -> Spot:
        return Spot(self.mention.line, self.mention.column)


@dataclass(frozen=True, slots=True)
class DeclaredFigure:
    """A figure with its further mentions."""

    entry: Declared[FigureRecord]
    further: tuple[FurtherMention, ...]


def declare_figures(seed_file: SeedFile, resolver: Resolver) -> list[DeclaredFigure]:
    """The figures of a file with their ids and those of their further mentions."""
    return [_declare(record, seed_file, resolver) for record in seed_file.record.figures]


def _declare(record: FigureRecord, seed_file: SeedFile, resolver: Resolver) -> DeclaredFigure:
    slug = seed_file.slug(record.id)
    entry = resolver.declare("figure", record, seed_file, record.id, slug)
    old = resolver.old_slug("figure", record.was, slug, seed_file)
    further = []
    for suffix, mention, source in _mentions(record):
        at = Spot(mention.line, mention.column)
        before = f"{old}/{suffix}" if old else None
        own = f"{slug}/{suffix}"
        id = resolver.declare_derived("figure", own, before, at, seed_file) if entry.id else Id("")
        further.append(FurtherMention(id, own, mention, source))
    return DeclaredFigure(entry, tuple(further))


def _mentions(record: FigureRecord) -> Iterator[tuple[str, Scalar | Mention, Scalar | None]]:
    """Further mentions, each with the end of its slug and the source that its key names."""
    for mention, suffix in _numbered_mentions(record.also, "also"):
        yield suffix, mention, None
    for source, listed in record.more:
        for mention, suffix in _numbered_mentions(listed, source.text):
            yield suffix, mention, source


def _numbered_mentions(listed: Any, name: str) -> Iterator[tuple[Scalar | Mention, str]]:
    several = (
        () if listed is None else listed if isinstance(listed, tuple) and not isinstance(listed, Scalar) else (listed,)
    )
    for number, mention in enumerate(several, 1):
        yield mention, name if number == 1 else f"{name}-{number}"


def resolve_figure(declared: DeclaredFigure, seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the figure and its further mentions to the resolver; what is wrong is noted, and left out."""
    entry = declared.entry
    figure = _figure(entry, seed_file, resolver)
    if figure is not None:
        resolver.keep(figure)
    for further in declared.further:
        dependent = _dependent_figure(further, figure, entry.record, seed_file, resolver)
        if dependent is not None:
            resolver.keep(dependent)


def _figure(entry: Declared[FigureRecord], seed_file: SeedFile, resolver: Resolver) -> Figure | None:
    record = entry.record
    source = source_of(record, seed_file, resolver)
    measure_id = resolver.resolve("measure", record.measure, seed_file)
    measure = resolver.entity(Measure, measure_id)
    quantity = read_amount(record.value, measure, seed_file, resolver)
    place = read_passage(record.at, seed_file)
    scope = _scope(record, measure, seed_file, resolver)
    depends = _dependence(record, seed_file, resolver)
    voice = _figure_voice(record.voice, source, seed_file)
    confidence = confidence_of(record.confidence, seed_file)
    if quantity is not None and measure is not None:
        _check_rate(record, quantity, measure, scope, seed_file)
    if source is None or measure is None or quantity is None or place is None or voice is None or confidence is None:
        return None
    warn_of_other_number(
        _literal(record.as_written, place, None), record.value, quantity, source, seed_file, place=place
    )
    return Figure(
        id=entry.id,
        slug=entry.slug,
        file=seed_file.id,
        source=source.id,
        measure=measure.id,
        quantity=replace(quantity, as_written=_literal(record.as_written, place, record.value)),
        voice=voice,
        passage=place,
        stance=stance_of(record.stance, seed_file.defaults),
        confidence=confidence,
        scope=scope,
        depends_on=depends,
        derived_from=resolver.resolve_all("figure", record.derived_from, seed_file),
        note=record.note.text if record.note else "",
    )


def source_of(record: FigureRecord | ClaimRecord, seed_file: SeedFile, resolver: Resolver) -> Source | None:
    """The source of an entry; None where it has none or its source could not be read."""
    if record.source is not None:
        return resolver.entity(Source, resolver.resolve("source", record.source, seed_file))
    id = seed_file.defaults.source or (seed_file.sources[0] if seed_file.sources else None)
    if id is None and not seed_file.has_source:
        hint = "add source: to the file, or name one of another file: source: quay"
        seed_file.note(record.id or record.spot, "this is in no source", hint)
    return resolver.entity(Source, id)


def _literal(written: Scalar | None, place: Passage, value: Scalar | None) -> str:
    if written:
        return written.text
    return place.exact or (value.text if value else "")


def read_amount(
    scalar: Scalar | None, measure: Measure | None, seed_file: SeedFile, resolver: Resolver, *, has_scope: bool = True
) -> Quantity | None:
    """The amount of ``measure`` that ``scalar`` states; None, with a problem noted, where it states none.

    Args:
        scalar: A number, in the unit of the measure where it has none.
        measure: The measure; None where its entry could not be read.
        seed_file: The file of the entry.
        resolver: Reads amounts and units.
        has_scope: Whether a scope beside it may give the period of a flow.
    """
    if scalar is None or not _is_plain_number(scalar, seed_file):
        return None
    quantity = resolver.quantity(scalar, measure.unit if measure else "fraction", seed_file)
    if quantity is None or measure is None:
        return quantity
    # Of a measure in percentage points, "5 points" can mean nothing else.
    if measure.unit == POINTS and quantity.unit == "point":
        return replace(quantity, unit=POINTS)
    if measure.unit == POINTS and quantity.unit == "fraction":
        return _in_points(scalar, quantity, measure, seed_file)
    # "5 points" of a share are percentage points too, and say how far two shares lie apart.
    if (quantity.unit == POINTS and measure.unit != POINTS) or (
        quantity.unit == "point" and measure.unit == "fraction"
    ):
        _no_points(scalar, measure, seed_file)
        return None
    stated_unit, measure_unit = resolver.unit(quantity.unit), resolver.unit(measure.unit)
    if (
        stated_unit is not None
        and measure_unit is not None
        and not _can_measure(stated_unit, measure, measure_unit, resolver, has_scope=has_scope)
    ):
        what = f"'{scalar.text}' is in {quantity.unit}, but '{measure.slug}' is measured in {measure.unit}"
        seed_file.note(scalar, what, f"write an amount in {measure.unit}, or name another measure")
        return None
    warn_of_bare_share(scalar, quantity, measure.unit, resolver.units, seed_file)
    _warn_of_impossible_ratio(scalar, quantity, measure, seed_file)
    _warn_below_zero(scalar, quantity, measure, seed_file)
    return quantity


def _no_points(scalar: Scalar, measure: Measure, seed_file: SeedFile) -> None:
    """Notes that an amount in percentage points stands for a measure in another unit."""
    if measure.unit == "fraction":
        what = f"'{scalar.text}' is a difference in percentage points, but '{measure.slug}' is a share"
        seed_file.note(scalar, what, f"write a share in per cent, or name a measure in {POINTS}")
        return
    what = f"'{scalar.text}' is in percentage points, but '{measure.slug}' is measured in {measure.unit}"
    seed_file.note(scalar, what, f"write an amount in {measure.unit}, or name a measure in {POINTS}")


def _in_points(scalar: Scalar, share: Quantity, measure: Measure, seed_file: SeedFile) -> Quantity | None:
    """``share`` in percentage points, as it was written; None, with a problem noted, where it is in per cent."""
    if "%" in scalar.text:
        what = f"'{scalar.text}' is in per cent, but '{measure.slug}' is measured in percentage points"
        seed_file.note(scalar, what, "write '2 percentage points', or name a measure in per cent")
        return None
    low, high, place = (None if value is None else value * 100 for value in (share.low, share.high, share.granularity))
    return replace(share, low=low, high=high, granularity=place, unit=POINTS)


def _warn_of_impossible_ratio(scalar: Scalar, quantity: Quantity, measure: Measure, seed_file: SeedFile) -> None:
    if measure.within and not quantity.allowed.meets(measure.within.stated):
        what = f"'{scalar.text}' lies outside of what '{measure.slug}' can be ({measure.within.as_written})"
        seed_file.warn(scalar, what, _CHECK_NUMBER)


def _warn_below_zero(scalar: Scalar, quantity: Quantity, measure: Measure, seed_file: SeedFile) -> None:
    highest = quantity.high if quantity.high is not None else quantity.low
    if measure.kind.traits.never_negative and highest is not None and highest < 0:
        what = f"'{scalar.text}' is below zero, and no {measure.kind.value.replace('-', ' ')} can be"
        seed_file.warn(scalar, what, _CHECK_NUMBER)


_CHECK_NUMBER = "check the number; a source may be wrong, and its figure is kept"


def _can_measure(unit: Unit, measure: Measure, measure_unit: Unit, resolver: Resolver, *, has_scope: bool) -> bool:
    """Whether ``measure`` can have an amount in ``unit``: in any currency, and of a flow without its period."""
    # "They burned $8 billion" leaves the period of a flow to its scope; a price says what it is for.
    unit = in_currency_of(unit, measure_unit)
    if has_scope and measure.kind.traits.accrues and measure_unit.period and not unit.period:
        measure_unit = measure_unit * resolver.units.parse(measure_unit.period)
    return unit.same_dimension(measure_unit)


def warn_of_missing_rates(
    declared_figures: Iterable[tuple[DeclaredFigure, SeedFile]], resolver: Resolver, rates: ExchangeRates
) -> None:
    """Warns of figures in another currency than their measure for which no rate is recorded."""
    for declared, seed_file in declared_figures:
        figure = resolver.entity(Figure, declared.entry.id or None)
        measure = resolver.entity(Measure, figure.measure) if figure else None
        if figure is None or measure is None or declared.entry.record.value is None:
            continue
        stated_unit, measure_unit = resolver.unit(figure.quantity.unit), resolver.unit(measure.unit)
        if stated_unit is None or measure_unit is None:
            continue
        code, base_code = stated_unit.currency, measure_unit.currency
        if code and base_code and not rates.join(code, base_code):
            what = f"'{measure.slug}' is measured in {measure.unit}, and no rate from {code} to {base_code} is recorded"
            hint = missing_rate_hint(code, base_code)
            if may_stand_for(declared.entry.record.value.text, base_code):
                # "22 million kroner" of a measure in DKK: only the reading is wrong.
                hint = f"if {base_code} is meant, write {base_code} in place of the sign; if not, {hint}"
            seed_file.warn(declared.entry.record.value, what, hint)


UNDERIVED = "this is said to be derived, and nothing shows from what"
"""What is doubtful about a derived claim or figure without anything that it is derived from."""


def warn_of_underived_figures(declared_figures: Iterable[tuple[DeclaredFigure, SeedFile]], resolver: Resolver) -> None:
    """Warns of figures of stance ``derived`` that no calculation checks, and that pass on no other figure."""
    # A calculation in a file that could not be read may check it.
    if resolver.names.is_incomplete:
        return
    calculations = {**resolver.knowledge.calculations, **resolver.entities}
    checked = {id for one in calculations.values() if isinstance(one, Calculation) for id in one.checks}
    for declared, seed_file in declared_figures:
        record, figure = declared.entry.record, resolver.entity(Figure, declared.entry.id or None)
        if figure is None or figure.stance is not Stance.DERIVED or figure.depends_on or figure.derived_from:
            continue
        if figure.id in checked:
            continue
        hint = "name the figures under derived-from:, let a calculation check it (checks:), or write stance: asserted"
        seed_file.warn(record.stance or record.id or record.spot, UNDERIVED, hint)


def warn_of_missing_periods(declared_figures: Iterable[tuple[DeclaredFigure, SeedFile]], resolver: Resolver) -> None:
    """Warns, once for each figure, of an input of calculations that lacks the period that its measure has."""
    calculations = {**resolver.knowledge.calculations, **resolver.entities}.values()
    used = {input.ref for one in calculations if isinstance(one, Calculation) for input in one.inputs}
    for declared, seed_file in declared_figures:
        figure = resolver.entity(Figure, declared.entry.id or None)
        measure = resolver.entity(Measure, figure.measure) if figure and figure.id in used else None
        value = declared.entry.record.value
        if figure is None or measure is None or value is None or "period" in figure.scope:
            continue
        stated, wanted = resolver.unit(figure.quantity.unit), resolver.unit(measure.unit)
        if measure.kind.traits.accrues and stated and wanted and wanted.period and not stated.period:
            what = f"nothing says for which period this is, and '{measure.slug}' is measured in {measure.unit}"
            scope = "scope: {period: 2026}" if "period" in measure.keys else "add period to the keys of its measure"
            seed_file.warn(value, what, f"write '{value.text} / {wanted.period}', or {scope}")


def _check_rate(record: FigureRecord, quantity: Quantity, measure: Measure, scope: Scope, seed_file: SeedFile) -> None:
    """Notes why an exchange rate could convert nothing: it has no date, or is not above zero."""
    if not measure.kind.traits.converts_currencies:
        return
    at = record.value or record.spot
    if not any(key in scope for key in TIME_KEYS):
        seed_file.note(at, "an exchange rate holds for a time, and this one gives none", "scope: {as-of: 2026-03}")
    if quantity.low is None or quantity.low <= 0:
        seed_file.note(at, "an exchange rate is a number above zero", "write it like '7.1 CNY/USD'")


def _is_plain_number(scalar: Scalar, seed_file: SeedFile) -> bool:
    if _OCTAL.fullmatch(scalar.text):
        seed_file.note(scalar, f"'{scalar.text}' begins with 0", f"write {int(scalar.text)}")
        return False
    if _UNDERSCORE.search(scalar.text):
        better = re.sub(r"(?<=\d)_(?=\d)", ",", scalar.text)
        seed_file.note(scalar, "no _ inside a number", f"write {better}")
        return False
    if _NULL.match(scalar.text):
        seed_file.note(scalar, f"'{scalar.text}' may mean nothing or zero", "write 0, or leave the figure out")
        return False
    return True


def _scope(
    record: FigureRecord | Mention, measure: Measure | None, seed_file: SeedFile, resolver: Resolver
) -> dict[str, Any]:
    keys = measure.keys if measure else None
    own = resolver.scope(record.scope or (), keys, measure.slug if measure else "", seed_file)
    written = {name.text for name, _ in record.scope or ()}
    # A default holds for the figures whose measure takes its key: {vendor: anthropic} says nothing of an exchange rate.
    below = {
        key: value for key, value in seed_file.defaults.scope.items() if keys and key in keys and key not in written
    }
    return below | own


def _dependence(record: FigureRecord, seed_file: SeedFile, resolver: Resolver) -> Dependence | None:
    names_by_kind = {kind: name for kind in DependenceKind if (name := getattr(record, kind.value))}
    ids = {kind: resolver.resolve("figure", name, seed_file) for kind, name in names_by_kind.items()}
    if len(names_by_kind) > 1:
        kinds = " and ".join(names_by_kind)
        seed_file.note(
            list(names_by_kind.values())[1],
            f"a figure depends on one other, not by {kinds} at once",
            "keep one of them",
        )
    kind_and_id = next(iter(ids.items()), None)
    return Dependence(kind_and_id[0], kind_and_id[1]) if kind_and_id and kind_and_id[1] else None


def _dependent_figure(
    further: FurtherMention, base: Figure | None, parent: FigureRecord, seed_file: SeedFile, resolver: Resolver
) -> Figure | None:
    mention = further.mention if isinstance(further.mention, Mention) else Mention(line=0, column=0, at=further.mention)
    source = _mention_source(further, mention, base, seed_file, resolver)
    measure = resolver.entity(Measure, base.measure if base else None)
    place = read_passage(mention.at, seed_file)
    amount = (
        read_amount(mention.value, measure, seed_file, resolver) if mention.value else base.quantity if base else None
    )
    confidence = (
        confidence_of(mention.confidence, seed_file) if mention.confidence else base.confidence if base else None
    )
    scope: Scope = base.scope if base else {}
    if mention.scope is not None:
        scope = _scope(mention, measure, seed_file, resolver)
    voice = _figure_voice(mention.voice, source, seed_file, base.voice if base else None)
    if base is None or source is None or place is None or amount is None or confidence is None or voice is None:
        return None
    warn_of_other_number(
        _literal(mention.as_written, place, None),
        mention.value or parent.value,
        amount,
        source,
        seed_file,
        mention.value or mention.at,
        place=place,
    )
    return Figure(
        id=further.id,
        slug=further.slug,
        file=seed_file.id,
        source=source.id,
        measure=base.measure,
        quantity=replace(amount, as_written=_literal(mention.as_written, place, mention.value or parent.value)),
        voice=voice,
        passage=place,
        stance=Stance(mention.stance.text) if mention.stance else base.stance,
        confidence=confidence,
        scope=scope,
        depends_on=Dependence(_dependence_kind(source, base), base.id),
        # A mention without a number of its own says what its figure says, also after that is corrected.
        follows=mention.value is None,
        note=mention.note.text if mention.note else "",
    )


def _mention_source(
    further: FurtherMention, mention: Mention, base: Figure | None, seed_file: SeedFile, resolver: Resolver
) -> Source | None:
    name = mention.source or further.source
    if name is not None:
        return resolver.entity(Source, resolver.resolve("source", name, seed_file))
    return resolver.entity(Source, base.source if base else None)


# The editors' own claims stand in a file beside an author's numbers, and are not passed on by him.
DIRECTLY = ("nobody",)
"""``via`` of a voice that the authors of the source did not pass on."""


def _dependence_kind(source: Source, base: Figure) -> DependenceKind:
    # A number of the original, mentioned in its translation, is translated there, whatever key the mention has.
    return DependenceKind.TRANSLATES if source.translation_of == base.source else DependenceKind.REPEATS


def voice_of(
    scalar: Scalar | None, source: Source | None, seed_file: SeedFile, inherited: Voice | None = None
) -> Voice | None:
    """The voice of an entry: as written, or inherited, or the file's default, or the authors.

    The authors of the source are added as the last through whom it is said, unless one of them is named already.
    """
    voice = _stated_voice(scalar, seed_file)
    if scalar is not None and voice is None:
        return None
    voice = voice or inherited or seed_file.defaults.voice
    return full_voice(voice, source) if source else voice


def _stated_voice(scalar: Scalar | None, seed_file: SeedFile) -> Voice | None:
    voice: Voice | None = read_scalar(scalar, _parse_voice, seed_file, _voice_hint)
    return voice


_EMPTY_PARENTHESES = re.compile(r"\(\s*\)")
_ALL_IN_PARENTHESES = re.compile(r"\(([^()]*?)(\s+via\s[^()]*)\)")


def _parse_voice(text: str) -> Voice:
    if mistake := _voice_mistake(text):
        raise ValueError(mistake[0])
    return Voice.parse(text)


def _voice_hint(text: str) -> str:
    mistake = _voice_mistake(text)
    return mistake[1] if mistake else ""


def _voice_mistake(text: str) -> tuple[str, str] | None:
    """What is wrong with a voice as written, and what to write instead; None for nothing."""
    if match := _ALL_IN_PARENTHESES.fullmatch(text):
        what = "parentheses stand around one name, which the source does not give, and not around 'via'"
        return what, f"write ({match[1]}){match[2]}, or parentheses around each name that is yours"
    # Of a name the word is a part only with a capital: 'Via Rail'.
    parts = [" ".join(words) for is_via, words in groupby(text.split(), "via".__eq__) if not is_via]
    if " via ".join(parts) != " ".join(text.split()):
        return "a voice needs a name on each side of 'via'", _via_hint(text, " via ".join(parts))
    if any(_EMPTY_PARENTHESES.fullmatch(name) for name in parts):
        return "there is no name in the parentheses", "write a letter or a word for who speaks, like (commenter A)"
    name = next((name for name in parts if not _is_balanced(name)), None)
    return (f"the parentheses of '{name}' do not pair up", _parentheses_hint(name)) if name else None


def _via_hint(text: str, named: str) -> str:
    if not named:
        return "write 'SemiAnalysis' or 'SemiAnalysis via Ed'"
    if text.split(maxsplit=1)[0] == "via":
        return f"name who says it before 'via', or write '{named}' alone"
    if text.rsplit(maxsplit=1)[-1] == "via":
        return f"name who passed it on after 'via', or write '{named}' alone"
    return f"write '{named}'"


def _is_balanced(name: str) -> bool:
    depths = list(accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in name))
    return min(depths) >= 0 == depths[-1]


def _parentheses_hint(name: str) -> str:
    bare = name.strip("()").strip()
    if not bare or {"(", ")"} & {*bare}:
        return "close each one that you open, as in 'Acme (UK)'"
    return f"write ({bare}) if that name is yours, or {bare} if the source gives it"


def _figure_voice(
    scalar: Scalar | None, source: Source | None, seed_file: SeedFile, inherited: Voice | None = None
) -> Voice | None:
    """The voice of a figure, likewise; the editors state no figures."""
    if scalar is not None and is_of_editors(scalar.text):
        hint = "put what you assume into a calculation, like use: 25% (assumed), and what you infer into a claim"
        seed_file.note(scalar, "a figure is what a source states, and the editors are none", hint)
        return None
    return voice_of(scalar, source, seed_file, inherited)


def is_of_editors(voice: str) -> bool:
    """Whether ``voice``, as written, is that of the editors of the base, in whatever case."""
    return EDITORS_SPEAK.pattern.fullmatch(voice) is not None


def full_voice(voice: Voice | None, source: Source) -> Voice:
    """The complete voice of something in ``source`` whose entry says ``voice``; None stands for the source itself.

    >>> from kb.domain.confidence import Reliability
    >>> article = Source(id=Id("1"), slug="a", file="a", title="T", type="article", language="en",
    ...                  reliability=Reliability.C, authors=("Ed",))
    >>> str(full_voice(Voice("SemiAnalysis"), article)), str(full_voice(None, article))
    ('SemiAnalysis via Ed', 'Ed')
    >>> str(full_voice(Voice("the editors", ("nobody",)), article))
    'the editors'
    """
    authors = " and ".join(source.authors)
    if voice is None:
        own = Voice(authors or source.title)
        return EDITORS_OF_A_SOURCE if own == EDITORS else own
    if voice.via == DIRECTLY:
        return Voice(voice.origin)
    named = (voice.origin, *voice.via)
    if not authors or authors in named or any(author in named for author in source.authors):
        return voice
    return Voice(voice.origin, (*voice.via, authors))


def stance_of(scalar: Scalar | None, defaults: Defaults) -> Stance:
    """The stance of an entry: as written, or the file's default."""
    return Stance(scalar.text) if scalar else defaults.stance


def confidence_of(scalar: Scalar | None, seed_file: SeedFile) -> Confidence | None:
    """The confidence of an entry: as written, or the file's default; None, with a problem noted, where it is none."""
    if scalar is None:
        return seed_file.defaults.confidence
    confidence: Confidence | None = read_scalar(scalar, Confidence, seed_file, confidence_hint)
    return confidence


def confidence_hint(text: str) -> str:
    """A hint with the number or word of confidence that is nearest to ``text``; empty where none is near."""
    if percent := _PERCENT.fullmatch(text):
        return f"write {(Decimal(percent[1]) / 100).normalize():f}"
    word = nearest(text, tuple(Likelihood))
    return f"did you mean '{word}'?" if word else ""


def defaults_of(seed_file: SeedFile, resolver: Resolver) -> Defaults:
    """The defaults of a file, as its entries inherit them."""
    record = seed_file.record.defaults
    if record is None:
        return Defaults()
    return Defaults(
        voice=_default_voice(record.voice, seed_file),
        stance=stance_of(record.stance, Defaults()),
        confidence=confidence_of(record.confidence, seed_file) or Defaults().confidence,
        source=resolver.resolve("source", record.source, seed_file),
        scope=resolver.scope(record.scope, None, "", seed_file),
    )


def _default_voice(scalar: Scalar | None, seed_file: SeedFile) -> Voice | None:
    voice = _stated_voice(scalar, seed_file)
    if scalar is not None and voice is not None and is_of_editors(voice.origin) and voice.via in ((), DIRECTLY):
        seed_file.note(scalar, "the editors are no default voice", "write voice: editors at each claim that they infer")
        return None
    return voice
