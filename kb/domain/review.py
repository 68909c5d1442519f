"""A person's decisions as facts: rulings on findings, matches of names, passages accepted or rejected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kb.domain.codec import canonical_json
from kb.domain.concurrency import StaleDecision
from kb.domain.entity import Claim, Decision, Figure, Match, Measure, Ruling, ScopeValue
from kb.domain.event import Anchored, Fact, Missed, PassageAccepted, PassageRejected, Recorded, Retracted, Revised
from kb.domain.finding import Finding
from kb.domain.identity import Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.passage import AnchoringMethod
from kb.domain.problem import Problem, Refused
from kb.domain.unit import Units

MATCHES_FILE = "matches"
"""The seed file of matches made by a command or a form, and of all matches in an export."""

_LONGEST_MATCH_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRequest:
    """A user's request to decide whether two names mean the same.

    Attributes:
        left: Id of a measure or a scope value, or its name in a seed file.
        right: Likewise.
        same: Whether the two are the same; None to take the earlier decision back.
        text: The reason.
        concurrency_token: Token of the decisions that the user saw; empty where the request carries none.
    """

    left: str
    right: str
    same: bool | None
    text: str
    concurrency_token: str = ""


def measures_mismatch(left: Measure, right: Measure, units: Units) -> str:
    """The reason why two measures cannot be the same; empty where they can."""
    if not units.parse(left.unit).same_dimension(units.parse(right.unit)):
        return f"'{left.slug}' is in {left.unit} and '{right.slug}' in {right.unit}"
    if left.kind is not right.kind:
        return f"'{left.slug}' is a {left.kind} and '{right.slug}' a {right.kind}"
    return ""


def record_match(knowledge: Knowledge, left: Id, right: Id, *, same: bool, text: str, mint: Mint) -> tuple[Fact, ...]:
    """The fact that two names are the same, or that they are not, as a revision where the two were decided on before.

    Empty where the same decision with the same text is in force already.

    Raises:
        Refused: the two are neither measures that can be compared nor values of one scope key.
    """
    problem = _match_problem(knowledge, left, right, same)
    if problem:
        raise Refused([problem])
    earlier = match_between(knowledge, left, right)
    if earlier and (earlier.same, earlier.text) == (same, text):
        return ()
    match = Match(
        id=earlier.id if earlier else Id(mint.id()),
        slug=earlier.slug if earlier else _free_match_slug(knowledge, left, right),
        file=earlier.file if earlier else MATCHES_FILE,
        left=left,
        right=right,
        same=same,
        text=text,
    )
    return (Revised(match) if earlier else Recorded(match),)


def match_between(knowledge: Knowledge, left: Id, right: Id) -> Match | None:
    """The match between the two, in either order; None where there is none."""
    pair = {left, right}
    return next((match for match in knowledge.matches.values() if {match.left, match.right} == pair), None)


def _match_problem(knowledge: Knowledge, left: Id, right: Id, same: bool) -> Problem | None:
    left_entity, right_entity = knowledge.by_id.get(left), knowledge.by_id.get(right)
    if left == right:
        return Problem(where="match", what="a match is between two names", hint="name the other")
    match left_entity, right_entity:
        case Measure(), Measure():
            why = measures_mismatch(left_entity, right_entity, knowledge.unit_system) if same else ""
        case ScopeValue(), ScopeValue():
            why = _scope_values_mismatch(knowledge, left_entity, right_entity, same)
        case _:
            why = "a match is between two measures, or between two values of one scope key"
    return (
        Problem(where="match", what=why, hint="only names whose numbers can be compared can mean the same thing")
        if why
        else None
    )


def _scope_values_mismatch(knowledge: Knowledge, left: ScopeValue, right: ScopeValue, same: bool) -> str:
    """The reason why two scope values cannot be the same; empty where they can."""
    if left.key != right.key:
        return f"'{left.slug}' and '{right.slug}' are values of different keys"
    # A part and its whole are two things: merged, the value would be part of itself.
    for part, whole in ((left, right), (right, left)):
        if same and whole.id in knowledge.lineage(part.id):
            return f"'{part.slug}' is part of '{whole.slug}'"
    return ""


def _free_match_slug(knowledge: Knowledge, left: Id, right: Id) -> str:
    names = (knowledge.by_id[id].slug.rpartition("/")[2] for id in (left, right))
    stem = f"{MATCHES_FILE}/{'-'.join(names)}"[:_LONGEST_MATCH_SLUG].rstrip("-")
    return knowledge.free_slug(Match, stem)


RULINGS_FILE = "rulings"
"""The seed file of rulings made by a command or a form, and of all rulings in an export."""

_LONGEST_RULING_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRequest:
    """A user's request for a decision about a finding, as typed.

    Attributes:
        finding: Id of the finding, or its first digits.
        decision: The decision; None to take the earlier one back.
        figure: Name of the accepted figure; empty unless the decision is ``accept``.
        text: Why the figure is accepted, why the finding is dismissed, or where the difference comes from.
        seen: Digest of the finding that the user saw; empty where the request carries none.
        concurrency_token: Token of the decisions that the user saw; likewise.
    """

    finding: str
    decision: Decision | None
    figure: str = ""
    text: str = ""
    seen: str = ""
    concurrency_token: str = ""


def ruling_facts(
    knowledge: Knowledge,
    finding: Finding,
    decision: Decision,
    mint: Mint,
    *,
    accepted: Id | None = None,
    text: str = "",
) -> tuple[Fact, ...]:
    """The fact of a decision on ``finding``, as a revision where a command or form decided on it before.

    Empty where the same decision with the same text and about the same inputs is in force already.

    Args:
        knowledge: The entities of this moment.
        finding: The finding as the user saw it; the ruling keeps its digest.
        decision: The decision.
        mint: Gives the id of a new ruling.
        accepted: The accepted figure; given if, and only if, the decision is ``accept``.
        text: Why the figure is accepted, why the finding is dismissed, or where the difference comes from.
    """
    rulings = tuple(rulings_of(knowledge, finding.key))
    # Only a ruling made by a command or a form is revised; one that a seed file of its own holds stays as it is there.
    earlier = next((ruling for ruling in rulings if ruling.file == RULINGS_FILE), None)
    content = (finding.digest, decision, accepted, text)
    if content in {_ruling_content(ruling) for ruling in ([earlier] if earlier else rulings)}:
        return ()
    ruling = Ruling(
        id=earlier.id if earlier else Id(mint.id()),
        slug=earlier.slug if earlier else _free_ruling_slug(knowledge, finding),
        file=RULINGS_FILE,
        finding=finding.key,
        digest=finding.digest,
        decision=decision,
        accepted=accepted,
        text=text,
        rule=finding.rule,
        measure=finding.measure,
        parts=finding.parts,
    )
    return (Revised(ruling) if earlier else Recorded(ruling),)


def _ruling_content(ruling: Ruling) -> tuple[str, Decision, Id | None, str]:
    return ruling.digest, ruling.decision, ruling.accepted, ruling.text


def _free_ruling_slug(knowledge: Knowledge, finding: Finding) -> str:
    """A slug made of rule and measure, e.g. ``rulings/positions-plan-fee``, numbered from the second on."""
    measure = knowledge.measures.get(finding.measure) if finding.measure else None
    stem = f"{RULINGS_FILE}/{finding.rule}-{measure.slug if measure else 'claims'}"[:_LONGEST_RULING_SLUG].rstrip("-")
    return knowledge.free_slug(Ruling, stem)


def rulings_of(knowledge: Knowledge, finding: str) -> Iterator[Ruling]:
    """Every ruling on the finding with the key ``finding``, in the order recorded."""
    return (ruling for ruling in knowledge.rulings.values() if ruling.finding == finding)


def retract_rulings(rulings: Iterable[Ruling]) -> tuple[Fact, ...]:
    """The facts that take ``rulings`` back, one for each."""
    return tuple(Retracted("ruling", ruling.id) for ruling in rulings)


_LIST_HINT = "`kb passages` lists them"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageDecision:
    """A user's decision about a passage in doubt, as typed.

    Attributes:
        entry: Name of the figure or claim.
        accepts: Whether the offered place is accepted.
        passage: Number of the passage among those of the entry, from 1; None for the only one in doubt.
        offer: Number of the offer, from 1; None to accept the only one, or to reject all.
        seen: Digest of the offers that the user saw; empty where the request carries none.
    """

    entry: str
    accepts: bool
    passage: int | None = None
    offer: int | None = None
    seen: str = ""


def offers_digest(missed: Missed) -> str:
    """The SHA-256 of a missed passage, which changes whenever other places are offered."""
    return sha256(canonical_json(missed).encode()).hexdigest()


def review_fact(knowledge: Knowledge, choice: PassageDecision) -> Fact:
    """The fact that a place was accepted or rejected, as ``choice`` says.

    Raises:
        StaleDecision: other places are offered than the user saw, or none any more.
        Refused: there is no such entry, passage or offer.
    """
    entry = _entry_named(knowledge, choice.entry)
    missed = _missed(knowledge, entry, choice)
    # "Offer 2" is another place once a new edition is attached, so that a choice holds for the offers that were seen.
    if choice.seen and choice.seen != offers_digest(missed):
        raise StaleDecision(
            [Problem(where=choice.entry, what="something else is offered than you saw", hint="look again")]
        )
    numbers = range(1, len(missed.offers) + 1)
    if choice.offer is not None and choice.offer not in numbers:
        listed = ", ".join(map(str, numbers))
        raise Refused(
            [Problem(where=choice.entry, what=f"there is no offer {choice.offer}", hint=f"there are {listed}")]
        )
    assert entry.source is not None, "only what a source says has passages"
    document = knowledge.sources[entry.source].document
    if choice.accepts:
        return PassageAccepted(document, _accepted(choice, missed))
    turned_down = [offer for number, offer in enumerate(missed.offers, 1) if choice.offer in (None, number)]
    remaining = tuple(offer for offer in missed.offers if offer not in turned_down)
    return PassageRejected(document, replace(missed, offers=remaining, rejected=(*missed.rejected, *turned_down)))


def _accepted(choice: PassageDecision, missed: Missed) -> Anchored:
    if choice.offer is None and len(missed.offers) > 1:
        what = f"{len(missed.offers)} places are offered"
        raise Refused([Problem(where=choice.entry, what=what, hint="say which with --offer")])
    offer = missed.offers[(choice.offer or 1) - 1]
    return Anchored(
        entity=missed.entity, index=missed.index, anchor=offer.anchor, by=AnchoringMethod.PERSON, line=offer.line
    )


def _entry_named(knowledge: Knowledge, name: str) -> Figure | Claim:
    entry = knowledge.named(Figure, name) or knowledge.named(Claim, name)
    if entry is None:
        raise Refused([Problem(where=name, what="there is no such figure or claim", hint=_LIST_HINT)])
    return entry


def _missed(knowledge: Knowledge, entry: Figure | Claim, choice: PassageDecision) -> Missed:
    waiting = [
        missed for missed in passages_in_doubt(knowledge, entry.id) if choice.passage in (None, missed.index + 1)
    ]
    if not waiting:
        what = f"passage {choice.passage} waits for nobody" if choice.passage else "no passage of it waits for anybody"
        raise (StaleDecision if choice.seen else Refused)([Problem(where=entry.slug, what=what, hint=_LIST_HINT)])
    if len(waiting) > 1:
        numbers = ", ".join(str(missed.index + 1) for missed in waiting)
        raise Refused([Problem(where=entry.slug, what=f"passages {numbers} wait", hint="say which with --passage")])
    return waiting[0]


def passages_in_doubt(knowledge: Knowledge, id: Id) -> Sequence[Missed]:
    """The passages of an entry that were not found for certain and for which places are offered."""
    return [missed for missed in knowledge.missed.get(id, ()) if not missed.is_orphan]
