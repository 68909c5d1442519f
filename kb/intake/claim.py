"""Entries of claims and arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kb.domain.entity import (
    EDITORS,
    UNNAMED,
    Argument,
    ArgumentKind,
    Claim,
    Node,
    NodeKind,
    Question,
    Stance,
    Voice,
)
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.domain.suggestion import did_you_mean
from kb.intake.calculation import CalculationUnits, read_condition
from kb.intake.diagnostics import Marked
from kb.intake.figure import UNDERIVED, confidence_of, is_of_editors, source_of, stance_of, voice_of
from kb.intake.record import ArgumentRecord, ClaimRecord
from kb.intake.resolver import Declared, Resolver, SeedFile, read_passage
from kb.intake.shape import Scalar

PREMISES = ("figure", "claim", "calculation")
CONCLUSIONS = ("claim", "argument")
_AT_SEMICOLONS = re.compile(r""";(?=(?:[^"“”]*["“][^"“”]*["”])*[^"“”]*$)""")

BECAUSE = "because"
"""The end of the name of the argument that ``rests-on`` makes, after that of its claim."""

_MOST_UNNAMED = 8
STUB = "DRAFT:"
"""The beginning of a drafted claim's text, until somebody puts it into words of her own."""


@dataclass(frozen=True, slots=True)
class DeclaredClaim:
    """A claim, with the ids of the arguments that its entry declares along with it."""

    entry: Declared[ClaimRecord]
    because: Id
    answers: tuple[Id, ...]


def declare_claims(seed_file: SeedFile, resolver: Resolver) -> list[DeclaredClaim]:
    """The claims of a file with their ids and those of their arguments."""
    return [_declare(record, seed_file, resolver) for record in seed_file.record.claims]


def warn_of_stubs(claims: Iterable[DeclaredClaim], seed_file: SeedFile) -> None:
    """Warns, once per file, of drafted claims that nobody has put into words yet."""
    texts = (claim.entry.record.text for claim in claims)
    stubs = [text for text in texts if text and text.text.startswith(STUB)]
    if stubs:
        one = len(stubs) == 1
        what = "1 claim is still a draft" if one else f"{len(stubs)} claims are still drafts, this one first"
        hint = (
            "put it into your own words, or delete the entry" if one else "put each into your own words, or delete it"
        )
        seed_file.warn(stubs[0], what, hint)


def warn_of_unnamed_measures(names: Iterable[Scalar | None], seed_file: SeedFile) -> None:
    """Warns, once per file, of drafted measures that nobody has named yet; they meet no other."""
    unnamed = [name for name in names if name and name.text.startswith(UNNAMED)]
    if unnamed:
        listed = ", ".join(name.text.removeprefix(f"{UNNAMED}, ") for name in unnamed[:_MOST_UNNAMED])
        more = f" and {len(unnamed) - _MOST_UNNAMED} more" if len(unnamed) > _MOST_UNNAMED else ""
        count = "1 measure is" if len(unnamed) == 1 else f"{len(unnamed)} measures are"
        hint = "write as its label what is measured, or delete it with its figures"
        seed_file.warn(unnamed[0], f"{count} unnamed: {listed}{more}", hint)


def _declare(record: ClaimRecord, seed_file: SeedFile, resolver: Resolver) -> DeclaredClaim:
    slug = seed_file.slug(record.id)
    entry = resolver.declare("claim", record, seed_file, record.id, slug)
    old = resolver.old_slug("claim", record.was, slug, seed_file)

    def derived(suffix: str, at: Marked) -> Id:
        before = f"{old}/{suffix}" if old else None
        return resolver.declare_derived("argument", f"{slug}/{suffix}", before, at, seed_file) if entry.id else Id("")

    because = derived(BECAUSE, _spot(record.rests_on[0], record)) if record.rests_on else Id("")
    answers = tuple(derived(_numbered(number), question) for number, (question, _) in enumerate(record.answers, 1))
    return DeclaredClaim(entry, because, answers)


def _numbered(number: int) -> str:
    return "answers" if number == 1 else f"answers-{number}"


def resolve_claim(declared: DeclaredClaim, seed_file: SeedFile, resolver: Resolver, units: CalculationUnits) -> None:
    """Adds the claim and its arguments to the resolver; what is wrong is noted, and left out."""
    entry, record = declared.entry, declared.entry.record
    utterance = _utterance(record, seed_file, resolver)
    confidence = confidence_of(record.confidence, seed_file)
    denied = resolver.resolve_all("claim", record.denies, seed_file)
    same = resolver.resolve_all("claim", record.same_as, seed_file)
    _check_itself(
        entry, (*zip(denied, record.denies, strict=False), *zip(same, record.same_as, strict=False)), seed_file
    )
    condition = read_condition(record.holds_if, seed_file, resolver, units)
    _arguments(declared, utterance.source if utterance else None, seed_file, resolver)
    if utterance is None or confidence is None or record.text is None:
        return
    resolver.keep(
        Claim(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
            source=utterance.source,
            text=record.text.text,
            passages=utterance.passages,
            voice=utterance.voice,
            stance=utterance.stance,
            confidence=confidence,
            denies=denied,
            same_as=same,
            holds_if=condition,
            note=record.note.text if record.note else "",
            aif=record.aif.text if record.aif else "",
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Utterance:
    """Who says a claim, where, and how."""

    voice: Voice
    source: Id | None
    passages: tuple[Passage, ...]
    stance: Stance


def _utterance(record: ClaimRecord, seed_file: SeedFile, resolver: Resolver) -> _Utterance | None:
    """Who says a claim and where; None, with a problem noted, where that is not known."""
    if record.voice is not None and is_of_editors(record.voice.text):
        return _inference(record, seed_file)
    source = source_of(record, seed_file, resolver)
    passages = _passages(record, seed_file)
    voice = voice_of(record.voice, source, seed_file)
    if source is None or voice is None or not passages:
        return None
    if record.voice is not None and voice == EDITORS:
        what = f"'{record.voice.text}' says neither whose editors they are, nor that you infer it yourself"
        hint = "write voice: editors, without at and source, for an inference of your own; else say whose editors"
        seed_file.note(record.voice, what, hint)
        return None
    stance = stance_of(record.stance, seed_file.defaults)
    return _Utterance(voice=voice, source=source.id, passages=passages, stance=stance)


def _inference(record: ClaimRecord, seed_file: SeedFile) -> _Utterance:
    """An inference by the editors of the base, which no document states."""
    for name, written in (("at", next(iter(record.at), None)), ("source", record.source)):
        if written is not None:
            hint = f"leave out {name}, or name the voice that says it there"
            seed_file.note(
                written, f"an inference by the editors stands in no document, so '{name}' says nothing", hint
            )
    # What a file says of its statements by default is said of what its source states.
    stance = Stance(record.stance.text) if record.stance else Stance.DERIVED
    return _Utterance(voice=EDITORS, source=None, passages=(), stance=stance)


def _check_itself(entry: Declared[ClaimRecord], named: tuple[tuple[Id, Scalar], ...], seed_file: SeedFile) -> None:
    for id, name in named:
        if id == entry.id and id:
            seed_file.note(name, "a claim neither denies nor repeats itself", "name another claim")


def _passages(record: ClaimRecord, seed_file: SeedFile) -> tuple[Passage, ...]:
    passages = [read_passage(place, seed_file) for locators in record.at for place in split_locators(locators)]
    return tuple(place for place in passages if place is not None)


def split_locators(locators: Scalar) -> list[Scalar]:
    """The locators of a text with ``;`` between them, each with its own column."""
    texts, start = [], 0
    for part in _AT_SEMICOLONS.split(locators.text):
        lead = len(part) - len(part.lstrip())
        shift = start + lead + bool(locators.style) if locators.style in ("", "'", '"') else 0
        if part.strip() or locators.text.strip() == part.strip():
            texts.append(locators._replace(text=part.strip(), column=locators.column + shift))
        start += len(part) + 1
    return texts


def _arguments(declared: DeclaredClaim, source: Id | None, seed_file: SeedFile, resolver: Resolver) -> None:
    entry, record = declared.entry, declared.entry.record
    if record.rests_on_text and not record.rests_on:
        seed_file.note(record.rests_on_text, "this says how, but 'rests-on' is missing", "rests-on: [ids]")
    if record.rests_on:
        premises = _premises(record.rests_on, seed_file, resolver)
        # An argument with a premise missing would be another argument.
        if premises and entry.id and declared.because:
            conclusion = Node(NodeKind.CLAIM, entry.id)
            text = record.rests_on_text.text if record.rests_on_text else ""
            _keep_argument(
                declared.because,
                f"{entry.slug}/{BECAUSE}",
                seed_file,
                resolver,
                premises,
                conclusion,
                text=text,
                source=source,
            )
    # For each question an argument of its own, which can be attacked apart from the others.
    for number, (id, (question, side)) in enumerate(zip(declared.answers, record.answers, strict=True), 1):
        conclusion_side = _side(question, side, seed_file, resolver)
        if conclusion_side and entry.id and id:
            premise = (Node(NodeKind.CLAIM, entry.id),)
            _keep_argument(id, f"{entry.slug}/{_numbered(number)}", seed_file, resolver, premise, conclusion_side)


def _keep_argument(
    id: Id,
    slug: str,
    seed_file: SeedFile,
    resolver: Resolver,
    premises: tuple[Node, ...],
    conclusion: Node,
    kind: ArgumentKind = ArgumentKind.SUPPORTS,
    text: str = "",
    source: Id | None = None,
    aif: str = "",
) -> None:
    resolver.keep(
        Argument(
            id=id,
            slug=slug,
            file=seed_file.id,
            kind=kind,
            premises=premises,
            conclusion=conclusion,
            text=text,
            source=source,
            aif=aif,
        )
    )


Premise = Scalar | tuple[tuple[Scalar, Scalar], ...]
"""A premise as written: a name, or questions with a side each."""


def _spot(premise: Premise, record: ClaimRecord) -> Marked:
    return premise if isinstance(premise, Scalar) else premise[0][0] if premise else record.spot


def _premises(written: tuple[Premise, ...], seed_file: SeedFile, resolver: Resolver) -> tuple[Node, ...]:
    """The premises; empty where one of them is unknown."""
    named = [part for premise in written for part in ([premise] if isinstance(premise, Scalar) else premise)]
    nodes = [_premise(part, seed_file, resolver) for part in named]
    premises = [node for node in nodes if node is not None]
    for place, part in enumerate(named):
        if nodes[place] is not None and nodes[place] in nodes[:place]:
            name, text = (part, part.text) if isinstance(part, Scalar) else (part[0], ": ".join(p.text for p in part))
            seed_file.note(name, f"'{text}' appears twice", "keep one of them")
    return tuple(premises) if len(premises) == len(nodes) else ()


def _premise(part: Scalar | tuple[Scalar, Scalar], seed_file: SeedFile, resolver: Resolver) -> Node | None:
    if not isinstance(part, Scalar):
        return _side(*part, seed_file, resolver)
    return _node(PREMISES, part, seed_file, resolver)


def _node(kinds: tuple[str, ...], name: Scalar, seed_file: SeedFile, resolver: Resolver) -> Node | None:
    referent = resolver.names.lookup(kinds, name.text, seed_file.id)
    asked = None if referent else resolver.names.lookup(("question",), name.text, seed_file.id)
    if question := resolver.entity(Question, asked[1]) if asked else None:
        side = f"{{{question.slug}: {question.sides[0].key}}}"
        seed_file.note(name, f"'{name.text}' is a question, and one of its sides is meant", f"write {side}")
        return None
    referent = referent or resolver.names.find(kinds, name, seed_file.id, seed_file.diagnostics)
    return Node(NodeKind(referent[0]), referent[1]) if referent else None


def _side(question: Scalar, side: Scalar, seed_file: SeedFile, resolver: Resolver) -> Node | None:
    id = resolver.resolve("question", question, seed_file)
    known_question = resolver.entity(Question, id)
    if id is None or known_question is None:
        return None
    sides = [known.key for known in known_question.sides]
    if side.text not in sides:
        seed_file.note(
            side, f"the question '{known_question.slug}' has no side '{side.text}'", did_you_mean(side.text, sides)
        )
        return None
    return Node(NodeKind.QUESTION, id, side.text)


def declare_arguments(seed_file: SeedFile, resolver: Resolver) -> list[Declared[ArgumentRecord]]:
    """The arguments of a file with their ids."""
    return [
        resolver.declare("argument", record, seed_file, record.id, seed_file.slug(record.id))
        for record in seed_file.record.arguments
    ]


def resolve_argument(entry: Declared[ArgumentRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the argument to the resolver; what is wrong is noted, and left out."""
    record = entry.record
    premises = _premises(record.premises, seed_file, resolver)
    source = resolver.resolve("source", record.source, seed_file)
    if (record.supports is None) == (record.attacks is None):
        hint = "supports: a-claim, or attacks: {a-question: a-side}"
        seed_file.note(record.id or record.spot, "an argument either supports or attacks", hint)
        return
    kind = ArgumentKind.ATTACKS if record.supports is None else ArgumentKind.SUPPORTS
    conclusion = _conclusion(record.supports if record.attacks is None else record.attacks, record, seed_file, resolver)
    if premises and conclusion:
        text = record.text.text if record.text else ""
        aif = record.aif.text if record.aif else ""
        _keep_argument(entry.id, entry.slug, seed_file, resolver, premises, conclusion, kind, text, source, aif)


def _conclusion(target: Any, record: ArgumentRecord, seed_file: SeedFile, resolver: Resolver) -> Node | None:
    if isinstance(target, Scalar):
        return _node(CONCLUSIONS, target, seed_file, resolver)
    if len(target) != 1:
        seed_file.note(
            target[0][0] if target else record.spot, "an argument has one conclusion", "{a-question: a-side}"
        )
        return None
    question, side = target[0]
    return _side(question, side, seed_file, resolver)


def note_groundless_inferences(
    claims: Iterable[tuple[DeclaredClaim, SeedFile]],
    arguments: Iterable[tuple[Declared[ArgumentRecord], SeedFile]],
    resolver: Resolver,
) -> None:
    """Notes each inference by the editors for which neither its own entry nor an argument gives a reason.

    Of a claim that somebody else derives, a warning says so.
    """
    # An argument in a file that could not be read may give it.
    if resolver.names.is_incomplete:
        return
    supported = {*_supported_by_entries(arguments, resolver)}
    for declared, seed_file in claims:
        record, claim = declared.entry.record, resolver.entity(Claim, declared.entry.id or None)
        if claim is None or not (claim.is_editorial or claim.stance is Stance.DERIVED) or record.rests_on:
            continue
        if claim.id in supported or _is_supported_in_base(claim, resolver):
            continue
        if claim.is_editorial:
            hint = "add rests-on: with what you infer it from, or an argument that supports it"
            seed_file.note(record.id or record.spot, GROUNDLESS, hint)
        elif claim.holds_if is None:
            hint = "add rests-on: with what it is derived from, or write stance: asserted"
            seed_file.warn(record.stance or record.id or record.spot, UNDERIVED, hint)


GROUNDLESS = "an inference by the editors rests on nothing"
"""What is wrong with an inference of the editors that nothing supports."""


def _supported_by_entries(
    arguments: Iterable[tuple[Declared[ArgumentRecord], SeedFile]], resolver: Resolver
) -> Iterator[Id]:
    """What the entries of arguments support, also those with another mistake."""
    for entry, seed_file in arguments:
        if isinstance(entry.record.supports, Scalar):
            referent = resolver.names.lookup(CONCLUSIONS, entry.record.supports.text, seed_file.id)
            yield from (referent[1],) if referent else ()


def _is_supported_in_base(claim: Claim, resolver: Resolver) -> bool:
    """Whether an argument of the base supports ``claim`` that the files do not state anew."""
    return any(
        argument.kind is ArgumentKind.SUPPORTS
        and argument.id not in resolver.names.places
        # One that an entry declares along with its claim is gone with 'rests-on', and only left behind.
        and "/" not in argument.slug.removeprefix(f"{argument.file}/")
        for argument in resolver.knowledge.arguments_to.get(claim.id, ())
    )
