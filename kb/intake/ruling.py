"""What was decided about findings? Entries of rulings, mostly written by an export."""

from __future__ import annotations

from dataclasses import dataclass

from kb.domain.entity import Decision, Ruling
from kb.domain.finding import RULES_BETWEEN, finding_key
from kb.domain.identity import Id
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.record import FindingName, RulingRecord


@dataclass(frozen=True, slots=True)
class _Named:
    """A finding as a ruling names it."""

    rule: str
    measure: Id | None
    parts: tuple[Id, ...]


def declare_rulings(sheet: Sheet, desk: Desk) -> list[Declared[RulingRecord]]:
    """The rulings of a file with their ids."""
    return [
        desk.declare("ruling", record, sheet, record.id, sheet.slug(record.id.text) if record.id else "")
        for record in sheet.record.rulings
    ]


def resolve_ruling(entry: Declared[RulingRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the ruling on the desk."""
    record = entry.record
    decided = [decision for decision in Decision if getattr(record, decision.value) is not None]
    accepted = desk.refer("figure", record.accept, sheet)
    finding = _finding(record.finding, sheet, desk) if record.finding else None
    if len(decided) != 1:
        sheet.note(record.id or record.spot, "a ruling decides one thing", "accept:, dismiss: or explain:")
        return
    decision = decided[0]
    if finding is None or record.digest is None or (decision is Decision.ACCEPT and accepted is None):
        return
    words = record.why if decision is Decision.ACCEPT else record.dismiss or record.explain
    desk.keep(
        Ruling(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
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


def _finding(said: FindingName, sheet: Sheet, desk: Desk) -> _Named | None:
    """The finding that is meant; None, and noted, where it names something that there is not."""
    if said.rule is None:
        return None
    kinds = RULES_BETWEEN[said.rule.text]
    if len(said.between) != len(kinds):
        listed = ", ".join(f"a {kind}" for kind in kinds) or "nothing but its measure"
        sheet.note(
            said.rule, f"a finding of the rule '{said.rule.text}' is between {listed}", "name them under between:"
        )
        return None
    measure = desk.refer("measure", said.measure, sheet)
    parts = [desk.refer(kind, name, sheet) for kind, name in zip(kinds, said.between, strict=True)]
    known = tuple(part for part in parts if part)
    if len(known) < len(kinds) or (said.measure and measure is None):
        return None
    return _Named(said.rule.text, measure, known)
