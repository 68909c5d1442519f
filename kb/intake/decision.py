"""Entries of decisions: matches between names, rulings on findings, and assessments of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from kb.domain.answer import AnswerWord, Certainty, Concern, Rating
from kb.domain.entity import Assessment, Decision, Match, Measure, Ruling
from kb.domain.finding import RULES_BETWEEN, finding_key
from kb.domain.identity import Id
from kb.domain.review import measures_mismatch
from kb.intake.record import AssessedRecord, AssessmentRecord, FindingName, MatchRecord, RulingRecord
from kb.intake.resolver import Declared, Resolver, SeedFile
from kb.intake.shape import Scalar


def declare_matches(seed_file: SeedFile, resolver: Resolver) -> list[Declared[MatchRecord]]:
    """The matches of a file with their ids."""
    return [
        resolver.declare("match", record, seed_file, record.id, seed_file.slug(record.id))
        for record in seed_file.record.matches
    ]


def resolve_match(entry: Declared[MatchRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the match to the resolver; what is wrong is noted, and left out."""
    record = entry.record
    if bool(record.same) == bool(record.different):
        seed_file.note(
            record.id or record.spot, "a match says one thing of two names", "same: [a, b] or different: [a, b]"
        )
        return
    names = record.same or record.different
    if len(names) != 2:
        seed_file.note(names[0], "a match is between two names", "write [a, b]; for a third, another match")
        return
    left, right = (_meant(name, record, seed_file, resolver) for name in names)
    if left is None or right is None or record.why is None:
        return
    if left == right:
        seed_file.note(names[1], f"'{names[1].text}' appears twice", "name the other")
        return
    measures = [resolver.entity(Measure, id) for id in (left, right)]
    if (
        record.same
        and measures[0]
        and measures[1]
        and (why := measures_mismatch(measures[0], measures[1], resolver.units))
    ):
        seed_file.note(names[1], why, "two measures can match only if their numbers can be compared")
        return
    resolver.keep(
        Match(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            left=left,
            right=right,
            same=bool(record.same),
            text=record.why.text,
        )
    )


def _meant(name: Scalar, record: MatchRecord, seed_file: SeedFile, resolver: Resolver) -> Id | None:
    if record.scope_key:
        return resolver.names.term(record.scope_key.text, name, seed_file.diagnostics)
    return resolver.resolve("measure", name, seed_file)


@dataclass(frozen=True, slots=True)
class _NamedFinding:
    """A finding as a ruling names it."""

    rule: str
    measure: Id | None
    parts: tuple[Id, ...]


def declare_rulings(seed_file: SeedFile, resolver: Resolver) -> list[Declared[RulingRecord]]:
    """The rulings of a file with their ids."""
    return [
        resolver.declare("ruling", record, seed_file, record.id, seed_file.slug(record.id))
        for record in seed_file.record.rulings
    ]


def resolve_ruling(entry: Declared[RulingRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the ruling to the resolver; what is wrong is noted, and left out."""
    record = entry.record
    decided = [decision for decision in Decision if getattr(record, decision.value) is not None]
    accepted = resolver.resolve("figure", record.accept, seed_file)
    finding = _finding(record.finding, seed_file, resolver) if record.finding else None
    if len(decided) != 1:
        seed_file.note(record.id or record.spot, "a ruling decides one thing", "accept:, dismiss: or explain:")
        return
    decision = decided[0]
    if finding is None or record.digest is None or (decision is Decision.ACCEPT and accepted is None):
        return
    words = _words(record, decision)
    resolver.keep(
        Ruling(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            finding=finding_key(finding.rule, finding.measure, finding.parts),
            digest=record.digest.text,
            decision=decision,
            accepted=accepted,
            text=words.text if words else "",
            rule=finding.rule,
            measure=finding.measure,
            parts=finding.parts,
        )
    )


def _words(record: RulingRecord, decision: Decision) -> Scalar | None:
    match decision:
        case Decision.ACCEPT:
            return record.why
        case Decision.DISMISS:
            return record.dismiss
        case Decision.EXPLAIN:
            return record.explain
        case _:
            assert_never(decision)


def _finding(finding_name: FindingName, seed_file: SeedFile, resolver: Resolver) -> _NamedFinding | None:
    """The finding that is named; None, with a problem noted, where a part of its name is unknown."""
    if finding_name.rule is None:
        return None
    kinds = RULES_BETWEEN[finding_name.rule.text]
    if len(finding_name.between) != len(kinds):
        listed = ", ".join(f"a {kind}" for kind in kinds) or "nothing but its measure"
        seed_file.note(
            finding_name.rule,
            f"a finding of the rule '{finding_name.rule.text}' is between {listed}",
            "name them under between:",
        )
        return None
    measure = resolver.resolve("measure", finding_name.measure, seed_file)
    parts = [resolver.resolve(kind, name, seed_file) for kind, name in zip(kinds, finding_name.between, strict=True)]
    # A ruling binds to the streams of these parts, in the order that the rule gives them.
    known = tuple(part for part in parts if part)
    if len(known) < len(kinds) or (finding_name.measure and measure is None):
        return None
    return _NamedFinding(finding_name.rule.text, measure, known)


def declare_assessments(seed_file: SeedFile, resolver: Resolver) -> list[Declared[AssessmentRecord]]:
    """The assessments of a file with their ids."""
    return [
        resolver.declare("assessment", record, seed_file, record.id, seed_file.slug(record.id))
        for record in seed_file.record.assessments
    ]


def resolve_assessment(entry: Declared[AssessmentRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the assessment to the resolver; what is wrong is noted, and left out."""
    record = entry.record
    question = resolver.resolve("question", record.question, seed_file)
    if question is None or record.of is None or record.of.answer is None or not (record.why and record.by):
        return
    computed, judged = _rating(record.of), _rating(record)
    if computed and judged:
        resolver.keep(
            Assessment(
                id=entry.id,
                slug=entry.slug,
                file=seed_file.id,
                question=question,
                answer=AnswerWord(record.of.answer.text),
                computed=computed,
                judged=judged,
                by=record.by.text,
                text=record.why.text,
            )
        )


def _rating(record: AssessedRecord | AssessmentRecord) -> Rating | None:
    if record.certainty is None:
        return None
    named = {Concern(concern.text) for concern in record.because}
    return Rating(certainty=Certainty(record.certainty.text), concerns=tuple(c for c in Concern if c in named))
