"""How does knowledge go back into seed files? In the short forms, so that reading them gives no event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kb.domain.confidence import Reliability
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Decision,
    DependenceKind,
    Figure,
    Input,
    InputKind,
    Match,
    Measure,
    NodeKind,
    Quantifier,
    Question,
    Ruling,
    Scope,
    ScopeValue,
    Source,
    Stance,
    Term,
    UnitDefinition,
    UnitKind,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.notation import write_quantity
from kb.intake.emit import Inline, emit
from kb.intake.phrase import (
    UNSURE,
    Written,
    amount,
    assumed,
    literal,
    marked,
    most_common,
    spelled,
    voice,
)
from kb.intake.source import FIELDS


def seed_files(knowledge: Knowledge) -> dict[str, str]:
    """The text of a seed file for each file that ``knowledge`` comes from, by the file's id.

    Reading all of them against ``knowledge`` gives no event. Comments, defaults for voices and the order of kinds are
    not what they were.
    """
    files: dict[str, list[AnyEntity]] = defaultdict(list)
    for entity in knowledge.by_id.values():
        files[entity.file].append(entity)
    return {file: emit(_File(file, entities, knowledge).written()) for file, entities in sorted(files.items())}


class _File:
    """One seed file: its entities, and how they name each other."""

    def __init__(self, file: str, entities: Iterable[AnyEntity], knowledge: Knowledge) -> None:
        self.id = file
        self.knowledge = knowledge
        self.entities = tuple(entities)
        self.of = self._drawers()
        self.main: Source | None = next(iter(self.of[Source]), None)
        self.by_slug = {(type(entity), entity.slug): entity for entity in self.entities}
        self.sources = {self.own(source): source for source in self.of[Source] if source.slug != file}
        told = (*self.of[Figure], *self.of[Claim])
        self.confidence = most_common((str(entry.confidence) for entry in told), UNSURE)
        self.stance = Stance(most_common((str(entry.stance) for entry in told), Stance.ASSERTED))

    def _drawers(self) -> dict[type, list[Any]]:
        drawers: dict[type, list[Any]] = defaultdict(list)
        for entity in self.entities:
            drawers[type(entity)].append(entity)
        return drawers

    def written(self) -> Written:
        """The whole file as mappings, lists and texts."""
        sources = [self._source(source) for source in self.of[Source]]
        single = len(sources) == 1 and not self.sources
        return spelled(
            kb="1",
            id=self.id,
            source=sources[0] if single else None,
            sources=None if single else sources,
            defaults=self._defaults(),
            units=[_unit(unit) for unit in self.of[UnitDefinition]],
            measures=[self._measure(measure) for measure in self.of[Measure]],
            scopes=self._scopes(),
            questions=[_question(question) for question in self.of[Question]],
            figures=[self._figure(figure) for figure in self.of[Figure] if "/" not in self.own(figure)],
            claims=[self._claim(claim) for claim in self.of[Claim]],
            arguments=[self._argument(argument) for argument in self.of[Argument] if "/" not in self.own(argument)],
            calculations=[self._calculation(calculation) for calculation in self.of[Calculation]],
            matches=[self._match(match) for match in self.of[Match]],
            rulings=[self._ruling(ruling) for ruling in self.of[Ruling]],
        )

    def own(self, entity: AnyEntity) -> str:
        """What the file calls its own ``entity``."""
        return entity.slug.removeprefix(self.id + "/")

    def name(self, id: Id | None) -> str:
        """What the file calls the entity ``id``; empty for none."""
        entity = self.knowledge.by_id.get(id) if id else None
        if entity is None:
            return ""
        if isinstance(entity, Term):
            return entity.slug.removeprefix(entity.key + "/")
        return self.own(entity)

    def names(self, ids: Iterable[Id]) -> list[str]:
        """What the file calls the entities ``ids``."""
        return [self.name(id) for id in ids]

    def _defaults(self) -> Written | None:
        stance = str(self.stance) if self.stance is not Stance.ASSERTED else None
        return spelled(stance=stance, confidence=self.confidence if self.confidence != UNSURE else None) or None

    def _source(self, source: Source) -> Written:
        own = self.own(source)
        has_reason = source.reliability is not Reliability.F or source.reliability_reason
        said: dict[str, Any] = {name: getattr(source, field) for name, field in FIELDS.items()}
        said_so = {name: marked(name, value, source.inferred.get(FIELDS[name])) for name, value in said.items()}
        return spelled(
            id=own if source.slug != self.id else None,
            type=source.type,
            title=said_so["title"],
            author=said_so["author"],
            editor=list(source.editors),
            container_title=said_so["container_title"],
            publisher=said_so["publisher"],
            URL=said_so["url"],
            **source.details,
            issued=said_so["issued"],
            language=source.language,
            reliability=str(source.reliability) if has_reason else None,
            reliability_why=source.reliability_reason,
            document=Inline(sha256=source.document) if source.document else None,
            translation_of=self.name(source.translation_of),
            quotes=self.names(source.quotes),
            note=source.note,
        )

    def _measure(self, measure: Measure) -> Written:
        return spelled(
            id=measure.slug,
            label=measure.label,
            unit=measure.unit,
            kind=str(measure.kind),
            keys=list(measure.keys),
            aliases=list(measure.aliases),
            authority=self.name(measure.authority),
            note=measure.note,
        )

    def _scopes(self) -> Written:
        keys: dict[str, list[Written]] = defaultdict(list)
        for term in self.of[Term]:
            said = spelled(
                id=self.name(term.id),
                label=term.label,
                aliases=list(term.aliases),
                part_of=self.name(term.part_of),
                note=term.note,
            )
            keys[term.key].append(said)
        return dict(keys)

    def scope(self, scope: Scope) -> Inline:
        """A scope on one line."""
        return Inline({key: self._scope_value(value) for key, value in scope.items()})

    def _scope_value(self, value: ScopeValue) -> Any:
        names = self.names(value.terms)
        match value.quantifier:
            case _ if value.is_time:
                return value.text
            case Quantifier.ONE:
                return names[0]
            case Quantifier.SET:
                return names
            case _:
                return Inline({str(value.quantifier): names})

    def _figure(self, figure: Figure) -> Written:
        measure, source = self.knowledge.measures[figure.measure], self.knowledge.sources[figure.source]
        value = amount(figure.quantity, measure.unit, self.knowledge.unit_system, self._literals(figure))
        depends = figure.depends_on
        return spelled(
            id=self.own(figure),
            measure=measure.slug,
            scope=self.scope(figure.scope) or None,
            value=value,
            at=str(figure.passage),
            as_written=literal(figure, value),
            source=self._other_source(source),
            voice=voice(figure.voice, None, source),
            stance=self._stance(figure.stance),
            confidence=self._confidence(str(figure.confidence)),
            repeats=self.name(depends.figure) if depends and depends.kind is DependenceKind.REPEATS else None,
            quotes=self.name(depends.figure) if depends and depends.kind is DependenceKind.QUOTES else None,
            translates=self.name(depends.figure) if depends and depends.kind is DependenceKind.TRANSLATES else None,
            note=figure.note,
        ) | self._mentions(figure, value)

    def _literals(self, base: Figure) -> list[str]:
        return [figure.quantity.as_written for figure in self._numbered(Figure, base, "also")]

    def _mentions(self, base: Figure, value: str) -> Written:
        """The further mentions of a figure, under ``also`` and under the ids of the file's sources."""
        found: Written = {}
        for suffix in ("also", *self.sources):
            said = [self._mention(base, figure, value, suffix) for figure in self._numbered(Figure, base, suffix)]
            if said:
                found[suffix] = said[0] if len(said) == 1 else said
        return found

    def _numbered(self, kind: type[Any], base: AnyEntity, suffix: str) -> list[Any]:
        """The entities called ``base/suffix``, ``base/suffix-2``, …"""
        found = []
        slug = f"{base.slug}/{suffix}"
        while entity := self.by_slug.get((kind, slug)):
            found.append(entity)
            slug = f"{base.slug}/{suffix}-{len(found) + 1}"
        return found

    def _mention(self, base: Figure, figure: Figure, value: str, suffix: str) -> Any:
        measure, source = self.knowledge.measures[figure.measure], self.knowledge.sources[figure.source]
        implied = self.sources[suffix].id if suffix in self.sources else base.source
        own_value = None if figure.follows else amount(figure.quantity, measure.unit, self.knowledge.unit_system)
        said = spelled(
            at=str(figure.passage),
            value=own_value,
            as_written=literal(figure, own_value or value),
            source=self.name(figure.source) if figure.source != implied else None,
            voice=voice(figure.voice, base.voice, source),
            stance=str(figure.stance) if figure.stance is not base.stance else None,
            confidence=str(figure.confidence) if figure.confidence != base.confidence else None,
            note=figure.note,
        )
        if figure.scope != base.scope:
            said["scope"] = self.scope(figure.scope)
        return said["at"] if len(said) == 1 else Inline(said)

    def _other_source(self, source: Source) -> str | None:
        return None if self.main and source.id == self.main.id else self.name(source.id)

    def _stance(self, stance: Stance) -> str | None:
        return None if stance is self.stance else str(stance)

    def _confidence(self, confidence: str) -> str | None:
        return None if confidence == self.confidence else confidence

    def _claim(self, claim: Claim) -> Written:
        source = self.knowledge.sources[claim.source]
        because = self.by_slug.get((Argument, f"{claim.slug}/because"))
        answers = self._numbered(Argument, claim, "answers")
        return spelled(
            id=self.own(claim),
            text=claim.text,
            at="; ".join(map(str, claim.passages)),
            source=self._other_source(source),
            voice=voice(claim.voice, None, source),
            stance=self._stance(claim.stance),
            confidence=self._confidence(str(claim.confidence)),
            rests_on=self.names(end.id for end in because.premises) if isinstance(because, Argument) else None,
            rests_on_text=because.text if isinstance(because, Argument) else None,
            answers=Inline({self.name(told.conclusion.id): told.conclusion.side for told in answers}) or None,
            denies=self.names(claim.denies),
            same_as=self.names(claim.same_as),
            holds_if=self._condition(claim),
            note=claim.note,
        )

    def _condition(self, claim: Claim) -> str | None:
        condition = claim.holds_if
        if condition is None:
            return None
        limit = condition.limit.as_written or write_quantity(condition.limit)
        return f"{self.name(condition.calculation)} {condition.sign} {limit}"

    def _argument(self, argument: Argument) -> Written:
        end = argument.conclusion
        name = self.name(end.id)
        conclusion = Inline({name: end.side}) if end.kind is NodeKind.QUESTION else name
        supports = argument.kind is ArgumentKind.SUPPORTS
        return spelled(
            id=self.own(argument),
            premises=self.names(premise.id for premise in argument.premises),
            supports=conclusion if supports else None,
            attacks=None if supports else conclusion,
            text=argument.text,
            source=self.name(argument.source),
        )

    def _calculation(self, calculation: Calculation) -> Written:
        return spelled(
            id=self.own(calculation),
            label=calculation.label,
            formula=calculation.formula,
            inputs={given.name: self._input(given) for given in calculation.inputs},
            unit=calculation.unit,
            checks=self.names(calculation.checks),
            note=calculation.note,
        )

    def _input(self, given: Input) -> Any:
        match given.kind:
            case InputKind.MISSING:
                return "missing"
            case InputKind.MEASURE:
                return self._measured(given)
            case InputKind.ASSUMED:
                return assumed(given)
            case _:
                name = self.name(given.ref)
                return f"{self.id}/{name}" if name == "missing" else name

    def _measured(self, given: Input) -> Any:
        name = self.name(given.ref)
        if any(value.is_time or value.quantifier is not Quantifier.ONE for value in given.where.values()):
            said = spelled(measure=name, over=list(given.over), where=self.scope(given.where))
            return Inline(said)
        where = " ".join(f"{key}={self.name(value.terms[0])}" for key, value in given.where.items())
        return (
            f"measure {name}"
            + (f" where {where}" if where else "")
            + (f" over {', '.join(given.over)}" if given.over else "")
        )

    def _match(self, match: Match) -> Written:
        names = self.names((match.left, match.right))
        term = self.knowledge.terms.get(match.left)
        return spelled(
            id=self.own(match),
            same=names if match.same else None,
            different=None if match.same else names,
            key=term.key if term else None,
            why=match.text,
        )

    def _ruling(self, ruling: Ruling) -> Written:
        accepts = ruling.decision is Decision.ACCEPT
        return spelled(
            id=self.own(ruling),
            finding=Inline(
                spelled(rule=ruling.rule, measure=self.name(ruling.measure), between=self.names(ruling.parts))
            ),
            digest=ruling.digest,
            accept=self.name(ruling.accepted) if accepts else None,
            why=ruling.text if accepts else None,
            dismiss=ruling.text if ruling.decision is Decision.DISMISS else None,
            explain=ruling.text if ruling.decision is Decision.EXPLAIN else None,
        )


def _unit(unit: UnitDefinition) -> Written:
    return spelled(
        id=unit.slug,
        kind=str(unit.kind) if unit.kind is UnitKind.CURRENCY else None,
        code=unit.code,
        sign=unit.sign,
        equals=unit.equals,
        aliases=list(unit.aliases),
        note=unit.note,
    )


def _question(question: Question) -> Written:
    sides = {side.key: side.text for side in question.sides}
    return spelled(id=question.slug, text=question.text, sides=sides, note=question.note)
