"""Which sentences are claimed, and what speaks for them? Entries of claims and of arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from kb.domain.entity import Argument, ArgumentKind, Claim, Condition, Node, NodeKind, Question
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.intake.calculation import Units
from kb.intake.desk import Declared, Desk, Sheet, passage
from kb.intake.figure import confidence_of, source_of, stance_of, voice_of
from kb.intake.margin import Marked
from kb.intake.node import Scalar
from kb.intake.record import ArgumentRecord, ClaimRecord
from kb.intake.shape import did_you_mean

PREMISES = ("figure", "claim", "calculation")
CONCLUSIONS = ("claim", "argument")
_COMPARISON = re.compile(r"(\S+)\s*(<=|>=|==|<|>)\s*(\S.*)")
_AT_SEMICOLONS = re.compile(r""";(?=(?:[^"“”]*["“][^"“”]*["”])*[^"“”]*$)""")

STUB = "DRAFT:"
"""What the text of a claim begins with until somebody has put it in words of her own."""

Sign = Literal["<", "<=", ">", ">=", "=="]


@dataclass(frozen=True, slots=True)
class DeclaredClaim:
    """A claim with the ids of the arguments that it declares along with itself; empty for none."""

    entry: Declared[ClaimRecord]
    because: Id
    answers: tuple[Id, ...]


def declare_claims(sheet: Sheet, desk: Desk) -> list[DeclaredClaim]:
    """The claims of a file with their ids and those of their arguments."""
    return [_declare(record, sheet, desk) for record in sheet.record.claims]


def warn_of_stubs(claims: Iterable[DeclaredClaim], sheet: Sheet) -> None:
    """Warns, once for a file, of claims that nobody has put in words yet."""
    texts = (claim.entry.record.text for claim in claims)
    stubs = [text for text in texts if text and text.text.startswith(STUB)]
    if stubs:
        count = "1 claim is" if len(stubs) == 1 else f"{len(stubs)} claims are"
        sheet.warn(stubs[0], f"{count} still a draft", "put it in your own words, or delete the entry")


def _declare(record: ClaimRecord, sheet: Sheet, desk: Desk) -> DeclaredClaim:
    slug = sheet.slug(record.id.text) if record.id else ""
    entry = desk.declare("claim", record, sheet, record.id, slug)
    old = desk.was("claim", record.was, slug, sheet)

    def derived(suffix: str, at: Marked) -> Id:
        before = f"{old}/{suffix}" if old else None
        return desk.declare_derived("argument", f"{slug}/{suffix}", before, at, sheet) if entry.id else Id("")

    because = derived("because", record.rests_on[0]) if record.rests_on else Id("")
    answers = tuple(derived(_numbered(number), question) for number, (question, _) in enumerate(record.answers, 1))
    return DeclaredClaim(entry, because, answers)


def _numbered(number: int) -> str:
    return "answers" if number == 1 else f"answers-{number}"


def resolve_claim(declared: DeclaredClaim, sheet: Sheet, desk: Desk, units: Units) -> None:
    """Lays the claim and its arguments on the desk; what is wrong is noted and keeps it off."""
    entry, record = declared.entry, declared.entry.record
    source = source_of(record, sheet, desk)
    places = _passages(record, sheet)
    voice = voice_of(record.voice, source, sheet)
    confidence = confidence_of(record.confidence, sheet)
    denied = desk.refer_all("claim", record.denies, sheet)
    same = desk.refer_all("claim", record.same_as, sheet)
    _check_itself(entry, (*zip(denied, record.denies, strict=False), *zip(same, record.same_as, strict=False)), sheet)
    condition = _condition(record.holds_if, sheet, desk, units)
    _arguments(declared, source.id if source else None, sheet, desk)
    if source is None or voice is None or confidence is None or record.text is None or not places:
        return
    desk.keep(
        Claim(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            source=source.id,
            text=record.text.text,
            passages=places,
            voice=voice,
            stance=stance_of(record.stance, sheet.common),
            confidence=confidence,
            denies=denied,
            same_as=same,
            holds_if=condition,
            note=record.note.text if record.note else "",
        )
    )


def _check_itself(entry: Declared[ClaimRecord], named: tuple[tuple[Id, Scalar], ...], sheet: Sheet) -> None:
    for id, name in named:
        if id == entry.id and id:
            sheet.note(name, "a claim neither denies nor repeats itself", "name another claim")


def _passages(record: ClaimRecord, sheet: Sheet) -> tuple[Passage, ...]:
    found = [passage(place, sheet) for said in record.at for place in places(said)]
    return tuple(place for place in found if place is not None)


def places(said: Scalar) -> list[Scalar]:
    """The locators of a list with ``;`` between, each with its own column."""
    texts, start = [], 0
    for part in _AT_SEMICOLONS.split(said.text):
        lead = len(part) - len(part.lstrip())
        shift = start + lead + bool(said.style) if said.style in ("", "'", '"') else 0
        if part.strip() or said.text.strip() == part.strip():
            texts.append(said._replace(text=part.strip(), column=said.column + shift))
        start += len(part) + 1
    return texts


def _condition(said: Scalar | None, sheet: Sheet, desk: Desk, units: Units) -> Condition | None:
    if said is None:
        return None
    found = _COMPARISON.fullmatch(said.text)
    if not found:
        sheet.note(said, f"'{said.text}' is no comparison", "write a calculation, a sign and a limit: margin < 0")
        return None
    calculation = desk.refer("calculation", said._replace(text=found[1]), sheet)
    if calculation is None:
        return None
    computed = units.of(calculation)
    limit = desk.quantity(said._replace(text=found[3]), str(computed) if computed is not None else "fraction", sheet)
    if limit is None:
        return None
    given = desk.unit(limit.unit)
    if computed is not None and given is not None and not given.same_dimension(computed):
        sheet.note(said, f"'{found[1]}' is in {computed}, its limit in {limit.unit}", f"write a limit in {computed}")
        return None
    return Condition(calculation, cast(Sign, found[2]), limit)


def _arguments(declared: DeclaredClaim, source: Id | None, sheet: Sheet, desk: Desk) -> None:
    entry, record = declared.entry, declared.entry.record
    if record.rests_on_text and not record.rests_on:
        sheet.note(record.rests_on_text, "this says how, but 'rests-on' is missing", "rests-on: [ids]")
    if record.rests_on:
        premises = _premises(record.rests_on, sheet, desk)
        if premises and entry.id and declared.because:
            conclusion = Node(NodeKind.CLAIM, entry.id)
            text = record.rests_on_text.text if record.rests_on_text else ""
            _keep_argument(
                declared.because, f"{entry.slug}/because", sheet, desk, premises, conclusion, text=text, source=source
            )
    for number, (id, (question, side)) in enumerate(zip(declared.answers, record.answers, strict=True), 1):
        conclusion_side = _side(question, side, sheet, desk)
        if conclusion_side and entry.id and id:
            premise = (Node(NodeKind.CLAIM, entry.id),)
            _keep_argument(id, f"{entry.slug}/{_numbered(number)}", sheet, desk, premise, conclusion_side)


def _keep_argument(
    id: Id,
    slug: str,
    sheet: Sheet,
    desk: Desk,
    premises: tuple[Node, ...],
    conclusion: Node,
    kind: ArgumentKind = ArgumentKind.SUPPORTS,
    text: str = "",
    source: Id | None = None,
) -> None:
    desk.keep(
        Argument(
            id=id,
            slug=slug,
            file=sheet.id,
            kind=kind,
            premises=premises,
            conclusion=conclusion,
            text=text,
            source=source,
        )
    )


def _premises(names: tuple[Scalar, ...], sheet: Sheet, desk: Desk) -> tuple[Node, ...]:
    """The premises; empty where one of them is missing."""
    nodes = [_node(PREMISES, name, sheet, desk) for name in names]
    found = [node for node in nodes if node is not None]
    for place, name in enumerate(names):
        if nodes[place] is not None and nodes[place] in nodes[:place]:
            sheet.note(name, f"'{name.text}' stands here twice", "keep one of them")
    return tuple(found) if len(found) == len(nodes) else ()


def _node(kinds: tuple[str, ...], name: Scalar, sheet: Sheet, desk: Desk) -> Node | None:
    found = desk.names.find(kinds, name, sheet.id, sheet.margin)
    return Node(NodeKind(found[0]), found[1]) if found else None


def _side(question: Scalar, side: Scalar, sheet: Sheet, desk: Desk) -> Node | None:
    id = desk.refer("question", question, sheet)
    found = desk.entity(Question, id)
    if id is None or found is None:
        return None
    sides = [known.key for known in found.sides]
    if side.text not in sides:
        sheet.note(side, f"the question '{found.slug}' has no side '{side.text}'", did_you_mean(side.text, sides))
        return None
    return Node(NodeKind.QUESTION, id, side.text)


def declare_arguments(sheet: Sheet, desk: Desk) -> list[Declared[ArgumentRecord]]:
    """The arguments of a file with their ids."""
    return [
        desk.declare("argument", record, sheet, record.id, sheet.slug(record.id.text) if record.id else "")
        for record in sheet.record.arguments
    ]


def resolve_argument(entry: Declared[ArgumentRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the argument on the desk."""
    record = entry.record
    premises = _premises(record.premises, sheet, desk)
    source = desk.refer("source", record.source, sheet)
    if (record.supports is None) == (record.attacks is None):
        hint = "supports: a-claim, or attacks: {a-question: a-side}"
        sheet.note(record.id or record.spot, "an argument either supports or attacks", hint)
        return
    kind = ArgumentKind.ATTACKS if record.supports is None else ArgumentKind.SUPPORTS
    conclusion = _conclusion(record.supports if record.attacks is None else record.attacks, record, sheet, desk)
    if premises and conclusion:
        text = record.text.text if record.text else ""
        _keep_argument(entry.id, entry.slug, sheet, desk, premises, conclusion, kind, text, source)


def _conclusion(said: Any, record: ArgumentRecord, sheet: Sheet, desk: Desk) -> Node | None:
    if isinstance(said, Scalar):
        return _node(CONCLUSIONS, said, sheet, desk)
    if len(said) != 1:
        sheet.note(said[0][0] if said else record.spot, "an argument has one conclusion", "{a-question: a-side}")
        return None
    question, side = said[0]
    return _side(question, side, sheet, desk)
