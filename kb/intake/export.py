"""How does knowledge go back into seed files? In the short forms, so that reading them gives no event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
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
    Voice,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.notation import NotationError, read_quantity, write_quantity
from kb.domain.quantity import Quantity
from kb.intake.emit import Inline, emit
from kb.intake.figure import spoken
from kb.intake.source import FIELDS

UNSURE = "roughly even"
Written = dict[str, Any]


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
        self.confidence = _most_common((str(entry.confidence) for entry in told), UNSURE)
        self.stance = Stance(_most_common((str(entry.stance) for entry in told), Stance.ASSERTED))

    def _drawers(self) -> dict[type, list[Any]]:
        drawers: dict[type, list[Any]] = defaultdict(list)
        for entity in self.entities:
            drawers[type(entity)].append(entity)
        return drawers

    def written(self) -> Written:
        """The whole file as mappings, lists and texts."""
        sources = [self._source(source) for source in self.of[Source]]
        single = len(sources) == 1 and not self.sources
        return _given(
            kb="1",
            id=self.id,
            source=sources[0] if single else None,
            sources=None if single else sources,
            defaults=self._defaults(),
            measures=[self._measure(measure) for measure in self.of[Measure]],
            scopes=self._scopes(),
            questions=[_question(question) for question in self.of[Question]],
            figures=[self._figure(figure) for figure in self.of[Figure] if "/" not in self.own(figure)],
            claims=[self._claim(claim) for claim in self.of[Claim]],
            arguments=[self._argument(argument) for argument in self.of[Argument] if "/" not in self.own(argument)],
            calculations=[self._calculation(calculation) for calculation in self.of[Calculation]],
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
        return _given(stance=stance, confidence=self.confidence if self.confidence != UNSURE else None) or None

    def _source(self, source: Source) -> Written:
        own = self.own(source)
        has_reason = source.reliability is not Reliability.F or source.reliability_reason
        said: dict[str, Any] = {name: getattr(source, field) for name, field in FIELDS.items()}
        marked = {name: _marked(name, value, source.inferred.get(FIELDS[name])) for name, value in said.items()}
        return _given(
            id=own if source.slug != self.id else None,
            type=source.type,
            title=marked["title"],
            author=marked["author"],
            container_title=marked["container_title"],
            publisher=marked["publisher"],
            URL=marked["url"],
            issued=marked["issued"],
            language=source.language,
            reliability=str(source.reliability) if has_reason else None,
            reliability_why=source.reliability_reason,
            document=Inline(sha256=source.document) if source.document else None,
            translation_of=self.name(source.translation_of),
            quotes=self.names(source.quotes),
            note=source.note,
        )

    def _measure(self, measure: Measure) -> Written:
        return _given(
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
            said = _given(
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
        value = _amount(figure.quantity, measure.unit, self._literals(figure))
        depends = figure.depends_on
        return _given(
            id=self.own(figure),
            measure=measure.slug,
            scope=self.scope(figure.scope) or None,
            value=value,
            at=str(figure.passage),
            as_written=_literal(figure, value),
            source=self._other_source(source),
            voice=_voice(figure.voice, None, source),
            stance=self._stance(figure.stance),
            confidence=self._confidence(str(figure.confidence)),
            repeats=self.name(depends.figure) if depends and depends.kind is DependenceKind.REPEATS else None,
            quotes=self.name(depends.figure) if depends and depends.kind is DependenceKind.QUOTES else None,
            translates=self.name(depends.figure) if depends and depends.kind is DependenceKind.TRANSLATES else None,
            note=figure.note,
        ) | self._mentions(figure, value)

    def _literals(self, base: Figure) -> list[str]:
        mentions = (figure for suffix in ("also", *self.sources) for figure in self._numbered(Figure, base, suffix))
        return [figure.quantity.as_written for figure in mentions]

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
        alike = replace(figure.quantity, as_written="") == replace(base.quantity, as_written="")
        own_value = None if alike else _amount(figure.quantity, measure.unit)
        said = _given(
            at=str(figure.passage),
            value=own_value,
            as_written=_literal(figure, own_value or value),
            source=self.name(figure.source) if figure.source != implied else None,
            voice=_voice(figure.voice, base.voice, source),
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
        return _given(
            id=self.own(claim),
            text=claim.text,
            at="; ".join(map(str, claim.passages)),
            source=self._other_source(source),
            voice=_voice(claim.voice, None, source),
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
        return _given(
            id=self.own(argument),
            premises=self.names(premise.id for premise in argument.premises),
            supports=conclusion if supports else None,
            attacks=None if supports else conclusion,
            text=argument.text,
            source=self.name(argument.source),
        )

    def _calculation(self, calculation: Calculation) -> Written:
        return _given(
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
                return _assumed(given)
            case _:
                name = self.name(given.ref)
                return f"{self.id}/{name}" if name == "missing" else name

    def _measured(self, given: Input) -> Any:
        name = self.name(given.ref)
        if any(value.is_time or value.quantifier is not Quantifier.ONE for value in given.where.values()):
            said = _given(measure=name, over=list(given.over), where=self.scope(given.where))
            return Inline(said)
        where = " ".join(f"{key}={self.name(value.terms[0])}" for key, value in given.where.items())
        return (
            f"measure {name}"
            + (f" where {where}" if where else "")
            + (f" over {', '.join(given.over)}" if given.over else "")
        )

    def _ruling(self, ruling: Ruling) -> Written:
        accepts = ruling.decision is Decision.ACCEPT
        return _given(
            id=self.own(ruling),
            finding=ruling.finding,
            digest=ruling.digest,
            accept=self.name(ruling.accepted) if accepts else None,
            why=ruling.text if accepts else None,
            dismiss=ruling.text if ruling.decision is Decision.DISMISS else None,
            explain=ruling.text if ruling.decision is Decision.EXPLAIN else None,
        )


def _given(**said: Any) -> Written:
    """The keys that say something, as they are written."""
    return {key.replace("_", "-"): value for key, value in said.items() if value not in (None, "", [], {})}


def _most_common(words: Iterable[str], otherwise: str) -> str:
    """The word that most entries of the file have; ``otherwise`` where hardly any share one."""
    counts = Counter(words).most_common(1)
    return counts[0][0] if counts and counts[0][1] > 2 else otherwise


def _marked(name: str, value: Any, reason: str | None) -> Any:
    """A value as it is written, with the reason where it was inferred."""
    several = list(value) if isinstance(value, tuple) else [value] if value else []
    if not several:
        return None
    if reason is None:
        return several[0] if len(several) == 1 else several
    key = {"author": "name" if len(several) == 1 else "names", "issued": "date"}.get(name, "value")
    return {key: several[0] if len(several) == 1 else several, "inferred": reason}


def _amount(quantity: Quantity, unit: str, others: Iterable[str] = ()) -> str:
    """``quantity`` as a person would write it for a measure in ``unit``: as its literal, or one of ``others``, where
    that says it all.
    """
    texts = (text for text in (quantity.as_written, *others) if _reads_as(text, quantity, unit))
    return next(texts, None) or write_quantity(quantity)


def _reads_as(text: str, quantity: Quantity, unit: str) -> bool:
    if not text or text != text.strip() or "_" in text or (text[0] == "0" and text.isdigit()):
        return False
    try:
        return replace(read_quantity(text, unit), as_written="") == replace(quantity, as_written="")
    except NotationError:
        return False


def _literal(figure: Figure, value: str) -> str | None:
    """The literal, where neither its place nor its value shows it."""
    implied = figure.passage.exact or value
    return None if figure.quantity.as_written == implied else figure.quantity.as_written


def _voice(voice: Voice, inherited: Voice | None, source: Source) -> str | None:
    """The shortest text that makes ``voice`` in ``source``; None where nothing need be written."""
    if spoken(inherited, source) == voice:
        return None
    short = str(replace(voice, via=voice.via[:-1])) if voice.via else ""
    return short if short and _says(short, voice, source) else str(voice)


def _says(text: str, voice: Voice, source: Source) -> bool:
    return spoken(Voice.parse(text), source) == voice


def _assumed(given: Input) -> str:
    quantity, confidence = given.quantity, str(given.confidence or UNSURE)
    if quantity is None:
        return "missing"
    amount = quantity.as_written or write_quantity(quantity)
    return f"{amount} (assumed)" if confidence == UNSURE else f"{amount} (assumed, {confidence})"


def _question(question: Question) -> Written:
    sides = {side.key: side.text for side in question.sides}
    return _given(id=question.slug, text=question.text, sides=sides, note=question.note)
