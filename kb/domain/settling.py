"""How does a person's word about a passage become a fact? A place that was offered is accepted, or turned down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kb.domain.codec import canonical
from kb.domain.entity import Claim, Figure
from kb.domain.event import Anchored, Fact, Missed, PassageAccepted, PassageRejected
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Means
from kb.domain.problem import Problem, Refused
from kb.domain.stamp import Overtaken

_ALL = "`kb passages` lists them"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user says about a passage that is in doubt, in words as typed.

    Attributes:
        entry: Name of the figure or claim.
        accepts: Whether the place is that of the passage.
        passage: Which of the entry's passages, from 1; None for the only one in doubt.
        offer: Which of the places offered, from 1; None for the only one to accept, or all to reject.
        seen: Digest of what was offered when the user looked; empty where she did not say.
    """

    entry: str
    accepts: bool
    passage: int | None = None
    offer: int | None = None
    seen: str = ""


def digest(missed: Missed) -> str:
    """What a choice binds to: it changes when anything else is offered."""
    return sha256(canonical(missed).encode()).hexdigest()


def settled(knowledge: Knowledge, choice: Choice) -> Fact:
    """The fact that ``choice`` makes.

    Raises:
        Overtaken: something else is offered than was seen, or nothing any more.
        Refused: there is no such entry, passage or offer.
    """
    entry = _entry(knowledge, choice.entry)
    missed = _missed(knowledge, entry, choice)
    if choice.seen and choice.seen != digest(missed):
        raise Overtaken([Problem(choice.entry, "something else is offered than you saw", "look again")])
    numbers = range(1, len(missed.offers) + 1)
    if choice.offer is not None and choice.offer not in numbers:
        listed = ", ".join(map(str, numbers))
        raise Refused([Problem(choice.entry, f"there is no offer {choice.offer}", f"there are {listed}")])
    document = knowledge.sources[entry.source].document
    if choice.accepts:
        return PassageAccepted(document, _accepted(choice, missed))
    taken = [offer for number, offer in enumerate(missed.offers, 1) if choice.offer in (None, number)]
    left = tuple(offer for offer in missed.offers if offer not in taken)
    return PassageRejected(document, replace(missed, offers=left, rejected=(*missed.rejected, *taken)))


def _accepted(choice: Choice, missed: Missed) -> Anchored:
    if choice.offer is None and len(missed.offers) > 1:
        what = f"{len(missed.offers)} places are offered"
        raise Refused([Problem(choice.entry, what, "say which with --offer")])
    offer = missed.offers[(choice.offer or 1) - 1]
    return Anchored(missed.entity, missed.index, offer.anchor, Means.PERSON, offer.line)


def _entry(knowledge: Knowledge, name: str) -> Figure | Claim:
    found = knowledge.named(Figure, name) or knowledge.named(Claim, name)
    if found is None:
        raise Refused([Problem(name, "there is no such figure or claim", _ALL)])
    return found


def _missed(knowledge: Knowledge, entry: Figure | Claim, choice: Choice) -> Missed:
    waiting = [missed for missed in in_doubt(knowledge, entry.id) if choice.passage in (None, missed.index + 1)]
    if not waiting:
        what = f"passage {choice.passage} waits for nobody" if choice.passage else "no passage of it waits for anybody"
        raise (Overtaken if choice.seen else Refused)([Problem(entry.slug, what, _ALL)])
    if len(waiting) > 1:
        numbers = ", ".join(str(missed.index + 1) for missed in waiting)
        raise Refused([Problem(entry.slug, f"passages {numbers} wait", "say which with --passage")])
    return waiting[0]


def in_doubt(knowledge: Knowledge, id: Id) -> Sequence[Missed]:
    """Passages of an entry for which a place is offered."""
    return [missed for missed in knowledge.missed.get(id, ()) if not missed.is_orphan]
