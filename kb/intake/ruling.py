"""What was decided about findings? Entries of rulings, mostly written by an export."""

from __future__ import annotations

from kb.domain.entity import Decision, Ruling
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.record import RulingRecord


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
    if len(decided) != 1:
        sheet.note(record.id or record.spot, "a ruling decides one thing", "accept:, dismiss: or explain:")
        return
    decision = decided[0]
    if record.finding is None or record.digest is None or (decision is Decision.ACCEPT and accepted is None):
        return
    words = record.why if decision is Decision.ACCEPT else record.dismiss or record.explain
    desk.keep(
        Ruling(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            finding=record.finding.text,
            digest=record.digest.text,
            decision=decision,
            accepted=accepted,
            text=words.text if words else "",
        )
    )
