"""Words in which the tests tell what is known: sources, measures, terms, figures, claims, arguments, calculations.

Ids are the readable names themselves, so that a test can say whom it means.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import (
    EDITORS,
    AnyEntity,
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Condition,
    Dependence,
    DependenceKind,
    Figure,
    Input,
    InputKind,
    Match,
    Measure,
    Node,
    NodeKind,
    Question,
    ScopeValue,
    Side,
    Source,
    Stance,
    UnitDefinition,
    UnitKind,
    Voice,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import Quantifier, ScopeSelection
from kb.numbers import read_quantity

_numbers: Iterator[int] = count(1)


def told(*entities: AnyEntity) -> Knowledge:
    """What is known once ``entities`` have been told, in this order; sources and terms that they name come for free."""
    known = {entity.id for entity in entities}
    extra: list[AnyEntity] = []
    for entity in entities:
        named: list[AnyEntity] = []
        if isinstance(entity, Figure | Claim) and entity.source:
            named.append(source(entity.source))
        if isinstance(entity, Figure):
            named += [term(id, key) for key, value in entity.scope.items() for id in value.terms]
        for one in named:
            if one.id not in known:
                known.add(one.id)
                extra.append(one)
    return Knowledge.of([*extra, *entities])


def source(id: str, **about: object) -> Source:
    defaults: dict[str, object] = {
        "title": id.replace("-", " ").capitalize(),
        "type": "article",
        "language": "en",
        "reliability": Reliability.B,
    }
    return Source(id=Id(id), slug=id, file=id, **(defaults | about))  # type: ignore[arg-type]


def term(id: str, key: str = "vendor", part_of: str | None = None) -> ScopeValue:
    above = Id(part_of) if part_of else None
    return ScopeValue(id=Id(id), slug=f"{key}/{id}", file="words", key=key, label=id.capitalize(), part_of=above)


def unit(id: str, equals: str = "", *aliases: str) -> UnitDefinition:
    kind = UnitKind.COMPOUND if equals else UnitKind.COUNT
    return UnitDefinition(id=Id(id), slug=id, file="words", kind=kind, equals=equals, aliases=aliases)


def match(id: str, left: str, right: str, *, same: bool = True) -> Match:
    """That the measures or terms ``left`` and ``right`` are held to be the same, or not."""
    return Match(id=Id(id), slug=f"matches/{id}", file="matches", left=Id(left), right=Id(right), same=same)


def measure(id: str = "value", unit: str = "USD/month", kind: str = "flow", *keys: str, **about: object) -> Measure:
    return Measure(
        id=Id(id),
        slug=id,
        file="words",
        label=id.replace("-", " "),
        unit=unit,
        kind=MeasureKind(kind),
        keys=keys or ("vendor", "plan", "period"),
        **about,  # type: ignore[arg-type]
    )


def scope(**keys: object) -> dict[str, ScopeSelection]:
    """``scope(vendor="anthropic", year=year(2026))``; a tuple is a set, ``each`` and ``total`` say so."""
    return {key.replace("_", "-"): _scope_value(value) for key, value in keys.items()}


def _scope_value(value: object) -> ScopeSelection:
    if isinstance(value, ScopeSelection):
        return value
    if isinstance(value, tuple):
        return ScopeSelection(terms=tuple(Id(one) for one in value), quantifier=Quantifier.SET)
    return ScopeSelection(terms=(Id(str(value)),))


def each(*terms: str) -> ScopeSelection:
    return ScopeSelection(terms=tuple(Id(one) for one in terms), quantifier=Quantifier.EACH)


def total(*terms: str) -> ScopeSelection:
    return ScopeSelection(terms=tuple(Id(one) for one in terms), quantifier=Quantifier.TOTAL)


def year(number: int) -> ScopeSelection:
    return ScopeSelection(start=date(number, 1, 1), end=date(number, 12, 31), text=str(number))


def quantity(text: str, unit: str = "USD/month") -> Quantity:
    return read_quantity(text, default_unit=unit)


def figure(
    said: str | Quantity,
    *,
    by: str = "deck",
    id: str = "",
    of: str = "value",
    voice: str = "",
    stance: str = "asserted",
    confidence: str = "likely",
    unit: str = "USD/month",
    repeats: str = "",
    quotes: str = "",
    translates: str = "",
    line: int = 1,
    **keys: object,
) -> Figure:
    """A figure that the source ``by`` gives for the measure ``of``; further names are scope keys."""
    name = id or f"figure-{next(_numbers)}"
    links = [
        Dependence(kind, Id(other))
        for kind, other in (
            (DependenceKind.REPEATS, repeats),
            (DependenceKind.QUOTES, quotes),
            (DependenceKind.TRANSLATES, translates),
        )
        if other
    ]
    return Figure(
        id=Id(name),
        slug=name,
        file=by,
        source=Id(by),
        measure=Id(of),
        quantity=quantity(said, unit) if isinstance(said, str) else said,
        voice=Voice.parse(voice or by.capitalize()),
        passage=Passage(line),
        stance=Stance(stance),
        confidence=Confidence(confidence),
        scope=scope(**keys),
        depends_on=links[0] if links else None,
    )


def claim(
    id: str,
    *,
    by: str = "deck",
    voice: str = "",
    text: str = "",
    stance: str = "asserted",
    confidence: str = "likely",
    denies: tuple[str, ...] = (),
    same_as: tuple[str, ...] = (),
    holds_if: tuple[str, str, str] | None = None,
) -> Claim:
    return Claim(
        id=Id(id),
        slug=id,
        file=by,
        source=Id(by),
        text=text or f"{id.replace('-', ' ').capitalize()}.",
        passages=(Passage(1),),
        voice=Voice.parse(voice or by.capitalize()),
        stance=Stance(stance),
        confidence=Confidence(confidence),
        denies=tuple(map(Id, denies)),
        same_as=tuple(map(Id, same_as)),
        holds_if=_condition(*holds_if) if holds_if else None,
    )


def inference(id: str, *, confidence: str = "1", holds_if: tuple[str, str, str] | None = None) -> Claim:
    """A claim that the editors infer."""
    editorial = claim(id, stance="derived", confidence=confidence, holds_if=holds_if)
    return replace(editorial, source=None, voice=EDITORS, passages=())


def _condition(calculation: str, sign: Any, limit: str) -> Condition:
    return Condition(Id(calculation), sign, quantity(limit, "1"))


def question(
    id: str = "loss", yes: str = "Yes", no: str = "No", decided_by: tuple[str, str, str] | None = None
) -> Question:
    return Question(
        id=Id(id),
        slug=id,
        file="words",
        text="Is it so?",
        sides=(Side("yes", yes), Side("no", no)),
        decided_by=_condition(*decided_by) if decided_by else None,
    )


def node(name: str) -> Node:
    """``claim:x``, ``figure:x``, ``calculation:x``, ``argument:x`` or ``question:x:yes``."""
    kind, id, *side = name.split(":")
    return Node(NodeKind(kind), Id(id), *side)


def argument(id: str, conclusion: str, *premises: str, attacks: bool = False) -> Argument:
    kind = ArgumentKind.ATTACKS if attacks else ArgumentKind.SUPPORTS
    return Argument(
        id=Id(id), slug=id, file="words", kind=kind, premises=tuple(map(node, premises)), conclusion=node(conclusion)
    )


def calculation(
    id: str, formula: str, *, unit: str = "", checks: tuple[str, ...] = (), **inputs: object
) -> Calculation:
    return Calculation(
        id=Id(id),
        slug=id,
        file="words",
        label=id.replace("-", " "),
        formula=formula,
        inputs=tuple(_input(name, value) for name, value in inputs.items()),
        unit=unit,
        checks=tuple(map(Id, checks)),
    )


def _input(name: str, value: object) -> Input:
    if isinstance(value, Input):
        return replace(value, name=name)
    kind, _, rest = str(value).partition(" ")
    if kind == "measure":
        ref, _, over = rest.partition(" over ")
        keys = tuple(part.strip() for part in over.split(",") if part.strip())
        return Input(name=name, kind=InputKind.MEASURE, ref=Id(ref), over=keys)
    if kind in ("figure", "calculation"):
        return Input(name=name, kind=InputKind(kind), ref=Id(rest))
    if kind == "missing":
        return Input(name=name, kind=InputKind.MISSING)
    return Input(name=name, kind=InputKind.ASSUMED, quantity=quantity(str(value), "1"), confidence=Confidence("likely"))


def at_scope(measure: str, **keys: object) -> Input:
    """An input that takes only the positions of ``measure`` in this scope; its name is filled in by ``calculation``."""
    return Input(name="", kind=InputKind.MEASURE, ref=Id(measure), where=scope(**keys))
