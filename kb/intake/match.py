"""Which names were held to be the same? Entries of matches, mostly written by an export."""

from __future__ import annotations

from kb.domain.entity import Match, Measure
from kb.domain.identity import Id
from kb.domain.matching import unlike
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.node import Scalar
from kb.intake.record import MatchRecord


def declare_matches(sheet: Sheet, desk: Desk) -> list[Declared[MatchRecord]]:
    """The matches of a file with their ids."""
    return [
        desk.declare("match", record, sheet, record.id, sheet.slug(record.id.text) if record.id else "")
        for record in sheet.record.matches
    ]


def resolve_match(entry: Declared[MatchRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the match on the desk; what is missing or wrong is noted and keeps it off."""
    record = entry.record
    if bool(record.same) == bool(record.different):
        sheet.note(record.id or record.spot, "a match says one thing of two names", "same: [a, b] or different: [a, b]")
        return
    names = record.same or record.different
    if len(names) != 2:
        sheet.note(names[0], "a match is between two names", "write [a, b]; for a third, another match")
        return
    left, right = (_meant(name, record, sheet, desk) for name in names)
    if left is None or right is None or record.why is None:
        return
    if left == right:
        sheet.note(names[1], f"'{names[1].text}' stands here twice", "name the other")
        return
    measures = [desk.entity(Measure, id) for id in (left, right)]
    if record.same and measures[0] and measures[1] and (why := unlike(measures[0], measures[1], desk.units)):
        sheet.note(names[1], why, "two measures are the same only where their numbers can be compared")
        return
    desk.keep(
        Match(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            left=left,
            right=right,
            same=bool(record.same),
            text=record.why.text,
        )
    )


def _meant(name: Scalar, record: MatchRecord, sheet: Sheet, desk: Desk) -> Id | None:
    if record.scope_key:
        return desk.names.term(record.scope_key.text, name, sheet.margin)
    return desk.refer("measure", name, sheet)
