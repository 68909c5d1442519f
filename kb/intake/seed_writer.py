"""Knowledge written as seed files, in the short forms that a person would use; importing them changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, assert_never

from kb.domain.answer import Rating
from kb.domain.confidence import Reliability
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Assessment,
    Calculation,
    Claim,
    Condition,
    Decision,
    Figure,
    Input,
    InputKind,
    Match,
    Measure,
    Node,
    Question,
    Ruling,
    ScopeValue,
    Source,
    Stance,
    UnitDefinition,
    UnitKind,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.references import references
from kb.domain.scope import Quantifier, Scope, ScopeSelection
from kb.domain.unit import Unit, UnitError
from kb.intake.calculation import CalculationUnits
from kb.intake.claim import BECAUSE
from kb.intake.record import (
    ArgumentRecord,
    AssessedRecord,
    AssessmentRecord,
    CalculationRecord,
    ClaimRecord,
    DefaultsRecord,
    FigureRecord,
    FindingName,
    InputRecord,
    MatchRecord,
    MeasureRecord,
    Mention,
    QuestionRecord,
    RulingRecord,
    TermRecord,
    UnitRecord,
)
from kb.intake.seed_entry import (
    DEFAULT_CONFIDENCE,
    Written,
    amount_text,
    assumption_text,
    literal_text,
    one_or_list,
    seed_text,
    voice_text,
    written_document,
    written_entry,
    written_inference,
    written_places,
)
from kb.intake.source import INFERABLE
from kb.intake.source_record import LeftOutRecord, SourceRecord
from kb.intake.yaml_writer import Inline

E = TypeVar("E", bound=AnyEntity)


def most_common(words: Iterable[str], otherwise: str) -> str:
    """The most common of ``words``, if more than two are the same; else ``otherwise``."""
    counts = Counter(words).most_common(1)
    return counts[0][0] if counts and counts[0][1] > 2 else otherwise


def seed_files(knowledge: Knowledge, entities: Iterable[AnyEntity] | None = None) -> dict[str, str]:
    """The texts of the seed files that ``knowledge`` comes from, by id.

    Importing them all into ``knowledge`` gives no event. Comments, default voices and the order of entries are lost;
    ``unwritable`` entries are left out.

    Args:
        knowledge: Holds what the entries refer to.
        entities: The entries to write; all of ``knowledge`` for None. One that is written within the entry of another,
            e.g. ``deck/fee/also``, needs that one beside it.
    """
    files: dict[str, list[AnyEntity]] = defaultdict(list)
    left_out = {entity.id for entity in unwritable(knowledge)}
    for entity in knowledge.by_id.values() if entities is None else entities:
        if entity.id not in left_out:
            files[entity.file].append(entity)
    units = CalculationUnits(_Recorded(knowledge), knowledge.rates)
    return {file: _SeedFileWriter(file, inside, knowledge, units).text() for file, inside in sorted(files.items())}


def unwritable(knowledge: Knowledge) -> tuple[AnyEntity, ...]:
    """Entries that refer, directly or through others, to one that is not known any more because it was redacted.

    An inference by the editors is one of them if all that it rests on is.
    """
    known = dict(knowledge.by_id)
    while lost := {*_dangling(known), *_groundless(known)}:
        for id in lost:
            del known[id]
    return tuple(entity for id, entity in knowledge.by_id.items() if id not in known)


def _dangling(known: Mapping[Id, AnyEntity]) -> Iterator[Id]:
    return (id for id, entity in known.items() if any(to not in known for _, to in references(entity)))


def _groundless(known: Mapping[Id, AnyEntity]) -> Iterator[Id]:
    inferences = {id for id, entity in known.items() if isinstance(entity, Claim) and entity.is_editorial}
    if inferences:
        supports = (e for e in known.values() if isinstance(e, Argument) and e.kind is ArgumentKind.SUPPORTS)
        inferences -= {argument.conclusion.id for argument in supports}
    return iter(inferences)


class _Recorded:
    """Entities and units as recorded."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def entity(self, kind: type[E], id: Id | None) -> E | None:
        """The entity ``id``; None where there is none of ``kind``."""
        entity = self._knowledge.by_id.get(id) if id else None
        return entity if isinstance(entity, kind) else None

    def unit(self, text: str) -> Unit | None:
        """The unit ``text``; None where it is none."""
        try:
            return self._knowledge.unit_system.parse(text)
        except UnitError:
            return None


class _SeedFileWriter:
    """Writes one seed file."""

    def __init__(self, file: str, entities: Iterable[AnyEntity], knowledge: Knowledge, units: CalculationUnits) -> None:
        self.id = file
        self.knowledge = knowledge
        self.calculation_units = units
        self.entities = tuple(entities)
        self.by_type = self._entities_by_type()
        self.main: Source | None = next(iter(self.by_type[Source]), None)
        self.by_slug = {(type(entity), entity.slug): entity for entity in self.entities}
        self.sources = {self.own(source): source for source in self.by_type[Source] if source.slug != file}
        statements = (*self.by_type[Figure], *self.by_type[Claim])
        # What most entries share is said once, under defaults, as a person would.
        self.confidence = most_common((str(entry.confidence) for entry in statements), DEFAULT_CONFIDENCE)
        sourced = (entry for entry in statements if entry.source)
        self.stance = Stance(most_common((str(entry.stance) for entry in sourced), Stance.ASSERTED))

    def _entities_by_type(self) -> dict[type, list[Any]]:
        by_type: dict[type, list[Any]] = defaultdict(list)
        for entity in self.entities:
            by_type[type(entity)].append(entity)
        return by_type

    def text(self) -> str:
        """The text of the whole file."""
        sources = [self._source(source) for source in self.by_type[Source]]
        single = len(sources) == 1 and not self.sources
        return seed_text(
            self.id,
            source=sources[0] if single else None,
            sources=None if single else sources,
            defaults=self._defaults(),
            units=[_unit(unit) for unit in self.by_type[UnitDefinition]],
            measures=[self._measure(measure) for measure in self.by_type[Measure]],
            scopes=self._scopes(),
            questions=[self._question(question) for question in self.by_type[Question]],
            # Mentions and arguments with a slash in their names are written within the entry that declares them.
            figures=[self._figure(figure) for figure in self.by_type[Figure] if "/" not in self.own(figure)],
            claims=[self._claim(claim) for claim in self.by_type[Claim]],
            arguments=[
                self._argument(argument) for argument in self.by_type[Argument] if "/" not in self.own(argument)
            ],
            calculations=[self._calculation(calculation) for calculation in self.by_type[Calculation]],
            matches=[self._match(match) for match in self.by_type[Match]],
            rulings=[self._ruling(ruling) for ruling in self.by_type[Ruling]],
            assessments=[self._assessment(assessment) for assessment in self.by_type[Assessment]],
            aif=self.main.aif if self.main else None,
        )

    def own(self, entity: AnyEntity) -> str:
        """The name of ``entity`` within the file."""
        return entity.slug.removeprefix(self.id + "/")

    def name(self, id: Id | None) -> str:
        """The name by which the file refers to the entity ``id``; empty for none."""
        entity = self.knowledge.by_id.get(id) if id else None
        if entity is None:
            return ""
        if isinstance(entity, ScopeValue):
            return entity.slug.removeprefix(entity.key + "/")
        return self.own(entity)

    def names(self, ids: Iterable[Id]) -> list[str]:
        """The names by which the file refers to the entities ``ids``."""
        return [self.name(id) for id in ids]

    def _defaults(self) -> Written:
        return written_entry(
            DefaultsRecord,
            stance=str(self.stance) if self.stance is not Stance.ASSERTED else None,
            confidence=self.confidence if self.confidence != DEFAULT_CONFIDENCE else None,
        )

    def _source(self, source: Source) -> Written:
        own = self.own(source)
        has_reason = source.reliability is not Reliability.F or source.reliability_reason
        return written_entry(
            SourceRecord,
            id=own if source.slug != self.id else None,
            type=source.type,
            editor=list(source.editors),
            **{key: self._marked_field(source, key) for key in INFERABLE},
            **source.details,
            language=source.language,
            reliability=str(source.reliability) if has_reason else None,
            reliability_why=source.reliability_reason,
            document=written_document(source.document),
            translation_of=self.name(source.translation_of),
            quotes=self.names(source.quotes),
            supersedes=self.name(source.supersedes),
            left_out=[written_entry(LeftOutRecord, at=str(place), why=place.reason) for place in source.left_out],
            note=source.note,
        )

    def _marked_field(self, source: Source, key: str) -> Any:
        stated = getattr(source, INFERABLE[key])
        texts = stated if isinstance(stated, tuple) else (stated,) if stated else ()
        return written_inference(key, texts, source.inferred.get(INFERABLE[key]))

    def _measure(self, measure: Measure) -> Written:
        return written_entry(
            MeasureRecord,
            id=measure.slug,
            label=measure.label,
            unit=measure.unit,
            kind=str(measure.kind),
            keys=list(measure.keys),
            aliases=list(measure.aliases),
            authority=self.name(measure.authority),
            within=self._amount(measure.within, measure.unit),
            complement_of=self.name(measure.complement_of),
            note=measure.note,
        )

    def _amount(self, quantity: Quantity | None, unit: str) -> str | None:
        return amount_text(quantity, unit, self.knowledge.unit_system) if quantity else None

    def _scopes(self) -> Written:
        keys: dict[str, list[Written]] = defaultdict(list)
        for term in self.by_type[ScopeValue]:
            term_entry = written_entry(
                TermRecord,
                id=self.name(term.id),
                label=term.label,
                aliases=list(term.aliases),
                part_of=self.name(term.part_of),
                note=term.note,
            )
            keys[term.key].append(term_entry)
        return dict(keys)

    def scope(self, scope: Scope) -> Inline:
        """A scope on one line."""
        return Inline({key: self._scope_value(value) for key, value in scope.items()})

    def _scope_value(self, value: ScopeSelection) -> Any:
        if value.is_time:
            return value.text
        names = self.names(value.terms)
        match value.quantifier:
            case Quantifier.ONE:
                return names[0]
            case Quantifier.SET:
                return names
            case Quantifier.EACH | Quantifier.TOTAL:
                return Inline({str(value.quantifier): names})
            case _:
                assert_never(value.quantifier)

    def _figure(self, figure: Figure) -> Written:
        measure, source = self.knowledge.measures[figure.measure], self.knowledge.sources[figure.source]
        value = amount_text(figure.quantity, measure.unit, self.knowledge.unit_system, self._literals(figure))
        depends = figure.depends_on
        in_sources = {id: self._mentions(figure, value, id) for id in self.sources}
        return written_entry(
            FigureRecord,
            id=self.own(figure),
            measure=measure.slug,
            scope=self.scope(figure.scope) or None,
            value=value,
            at=str(figure.passage),
            as_written=literal_text(figure, value),
            source=self._other_source(source),
            voice=voice_text(figure.voice, None, source),
            stance=self._stance(figure.stance),
            confidence=self._confidence(str(figure.confidence)),
            **({str(depends.kind): self.name(depends.figure)} if depends else {}),
            derived_from=self.names(figure.derived_from),
            note=figure.note,
            also=self._mentions(figure, value, "also"),
        ) | {id: mentions for id, mentions in in_sources.items() if mentions}

    def _literals(self, base: Figure) -> list[str]:
        return [figure.quantity.as_written for figure in self._numbered(Figure, base, "also")]

    def _mentions(self, base: Figure, value: str, suffix: str) -> Any:
        """The further mentions of a figure under the key ``suffix``: ``also``, or the id of a source of the file."""
        return one_or_list(
            [self._mention(base, figure, value, suffix) for figure in self._numbered(Figure, base, suffix)]
        )

    def _numbered(self, kind: type[Any], base: AnyEntity, suffix: str) -> list[Any]:
        """The entities called ``base/suffix``, ``base/suffix-2``, …"""
        entities = []
        slug = f"{base.slug}/{suffix}"
        while entity := self.by_slug.get((kind, slug)):
            entities.append(entity)
            slug = f"{base.slug}/{suffix}-{len(entities) + 1}"
        return entities

    def _mention(self, base: Figure, figure: Figure, value: str, suffix: str) -> Any:
        measure, source = self.knowledge.measures[figure.measure], self.knowledge.sources[figure.source]
        implied = self.sources[suffix].id if suffix in self.sources else base.source
        own_value = None if figure.follows else amount_text(figure.quantity, measure.unit, self.knowledge.unit_system)
        entry = written_entry(
            Mention,
            at=str(figure.passage),
            value=own_value,
            as_written=literal_text(figure, own_value or value),
            source=self.name(figure.source) if figure.source != implied else None,
            voice=voice_text(figure.voice, base.voice, source),
            stance=str(figure.stance) if figure.stance is not base.stance else None,
            confidence=str(figure.confidence) if figure.confidence != base.confidence else None,
            note=figure.note,
        )
        # An empty scope is not left out: without the key, the mention would have the scope of its figure.
        if figure.scope != base.scope:
            entry["scope"] = self.scope(figure.scope)
        return entry["at"] if len(entry) == 1 else Inline(entry)

    def _other_source(self, source: Source) -> str | None:
        return None if self.main and source.id == self.main.id else self.name(source.id)

    def _stance(self, stance: Stance) -> str | None:
        return None if stance is self.stance else str(stance)

    def _confidence(self, confidence: str) -> str | None:
        return None if confidence == self.confidence else confidence

    def _claim(self, claim: Claim) -> Written:
        because = self.by_slug.get((Argument, f"{claim.slug}/{BECAUSE}"))
        answers = self._numbered(Argument, claim, "answers")
        return written_entry(
            ClaimRecord,
            id=self.own(claim),
            text=claim.text,
            **self._utterance(claim),
            confidence=self._confidence(str(claim.confidence)),
            rests_on=self._nodes(because.premises) if isinstance(because, Argument) else None,
            rests_on_text=because.text if isinstance(because, Argument) else None,
            answers=Inline({self.name(argument.conclusion.id): argument.conclusion.side for argument in answers})
            or None,
            denies=self.names(claim.denies),
            same_as=self.names(claim.same_as),
            holds_if=self._condition(claim.holds_if),
            note=claim.note,
            aif=claim.aif,
        )

    def _utterance(self, claim: Claim) -> Written:
        """Who says a claim, where, and how."""
        if claim.source is None:
            stance = None if claim.stance is Stance.DERIVED else str(claim.stance)
            return {"voice": str(claim.voice), "stance": stance}
        source = self.knowledge.sources[claim.source]
        return {
            "at": written_places(claim.passages),
            "source": self._other_source(source),
            "voice": voice_text(claim.voice, None, source),
            "stance": self._stance(claim.stance),
        }

    def _question(self, question: Question) -> Written:
        return written_entry(
            QuestionRecord,
            id=question.slug,
            text=question.text,
            sides={side.key: side.text for side in question.sides},
            scope=self.scope(question.scope) or None,
            decided_by=self._condition(question.decided_by),
            note=question.note,
        )

    def _condition(self, condition: Condition | None) -> str | None:
        if condition is None:
            return None
        # A bare number is in the unit of the calculation, which may have come to be another since.
        unit = self.calculation_units.of(condition.calculation)
        default = "fraction" if unit is None else str(unit)
        limit = amount_text(condition.limit, default, self.knowledge.unit_system)
        return f"{self.name(condition.calculation)} {condition.sign} {limit}"

    def _argument(self, argument: Argument) -> Written:
        (conclusion,) = self._nodes((argument.conclusion,))
        return written_entry(
            ArgumentRecord,
            id=self.own(argument),
            premises=self._nodes(argument.premises),
            text=argument.text,
            source=self.name(argument.source),
            aif=argument.aif,
            **{str(argument.kind): conclusion},
        )

    def _nodes(self, nodes: Iterable[Node]) -> list[Any]:
        """Premises or conclusions: names, and sides as ``{question: side}``."""
        return [Inline({self.name(node.id): node.side}) if node.side else self.name(node.id) for node in nodes]

    def _calculation(self, calculation: Calculation) -> Written:
        return written_entry(
            CalculationRecord,
            id=self.own(calculation),
            label=calculation.label,
            formula=calculation.formula,
            inputs={calculation_input.name: self._input(calculation_input) for calculation_input in calculation.inputs},
            unit=calculation.unit,
            checks=self.names(calculation.checks),
            note=calculation.note,
        )

    def _input(self, calculation_input: Input) -> Any:
        match calculation_input.kind:
            case InputKind.MISSING:
                return "missing"
            case InputKind.MEASURE:
                return self._measured(calculation_input)
            case InputKind.ASSUMED:
                return self._assumed(calculation_input)
            case InputKind.FIGURE | InputKind.CALCULATION:
                # A bare "missing" is read as a missing input, also where an entry is called so.
                name = self.name(calculation_input.ref)
                return f"{self.id}/{name}" if name == "missing" else name
            case _:
                assert_never(calculation_input.kind)

    def _assumed(self, assumption: Input) -> Any:
        measure = self.knowledge.measures.get(assumption.of) if assumption.of else None
        if measure is None or assumption.quantity is None:
            return assumption_text(assumption, self.knowledge.unit_system)
        confidence = str(assumption.confidence or DEFAULT_CONFIDENCE)
        return Inline(
            written_entry(
                InputRecord,
                assumed=amount_text(assumption.quantity, measure.unit, self.knowledge.unit_system),
                of=measure.slug,
                confidence=confidence if confidence != DEFAULT_CONFIDENCE else None,
            )
        )

    def _measured(self, calculation_input: Input) -> Any:
        name = self.name(calculation_input.ref)
        if any(value.is_time or value.quantifier is not Quantifier.ONE for value in calculation_input.where.values()):
            entry = written_entry(
                InputRecord, measure=name, over=list(calculation_input.over), where=self.scope(calculation_input.where)
            )
            return Inline(entry)
        where = " ".join(f"{key}={self.name(value.terms[0])}" for key, value in calculation_input.where.items())
        return (
            f"measure {name}"
            + (f" where {where}" if where else "")
            + (f" over {', '.join(calculation_input.over)}" if calculation_input.over else "")
        )

    def _match(self, match: Match) -> Written:
        names = self.names((match.left, match.right))
        term = self.knowledge.scope_values.get(match.left)
        return written_entry(
            MatchRecord,
            id=self.own(match),
            same=names if match.same else None,
            different=None if match.same else names,
            key=term.key if term else None,
            why=match.text,
        )

    def _ruling(self, ruling: Ruling) -> Written:
        finding = written_entry(
            FindingName, rule=ruling.rule, measure=self.name(ruling.measure), between=self.names(ruling.parts)
        )
        return written_entry(
            RulingRecord,
            id=self.own(ruling),
            finding=Inline(finding),
            digest=ruling.digest,
            **self._decision(ruling),
        )

    def _decision(self, ruling: Ruling) -> Written:
        match ruling.decision:
            case Decision.ACCEPT:
                return {"accept": self.name(ruling.accepted), "why": ruling.text}
            case Decision.DISMISS | Decision.EXPLAIN:
                return {str(ruling.decision): ruling.text}
            case _:
                assert_never(ruling.decision)

    def _assessment(self, assessment: Assessment) -> Written:
        computed = written_entry(AssessedRecord, answer=str(assessment.answer), **_rating(assessment.computed))
        return written_entry(
            AssessmentRecord,
            id=self.own(assessment),
            question=self.name(assessment.question),
            of=Inline(computed),
            by=assessment.by,
            **_rating(assessment.judged),
            why=assessment.text,
        )


def _rating(rating: Rating) -> Written:
    return {"certainty": str(rating.certainty), "because": [str(concern) for concern in rating.concerns]}


def _unit(unit: UnitDefinition) -> Written:
    return written_entry(
        UnitRecord,
        id=unit.slug,
        kind=str(unit.kind) if unit.kind is UnitKind.CURRENCY else None,
        code=unit.code,
        sign=unit.sign,
        equals=unit.equals,
        aliases=list(unit.aliases),
        note=unit.note,
    )
