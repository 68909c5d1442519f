"""How does a person's decision about a finding become a fact? As a ruling bound to what was seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.domain.entity import Decision, Ruling
from kb.domain.event import Fact, Recorded, Retracted, Revised
from kb.domain.finding import Finding
from kb.domain.identity import Id, Mint
from kb.domain.knowledge import Knowledge

FILE = "rulings"
"""The seed file that rulings are exported to, and to which those made by a command or a form belong."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user wants to be decided about a finding, in words as typed.

    Attributes:
        finding: Id of the finding, or its first digits.
        decision: What is to be decided; None to take back what was.
        figure: Name of the figure that is to stand; empty unless the decision is ``accept``.
        text: Why it stands, why the finding is dismissed, or where the difference comes from.
        seen: Digest of the finding as the user saw it; empty where she did not say.
        stamp: What people had decided about it then; likewise.
    """

    finding: str
    decision: Decision | None
    figure: str = ""
    text: str = ""
    seen: str = ""
    stamp: str = ""


def ruled(
    knowledge: Knowledge,
    finding: Finding,
    decision: Decision,
    mint: Mint,
    *,
    accepted: Id | None = None,
    text: str = "",
) -> tuple[Fact, ...]:
    """The fact that ``finding`` was decided; what was decided about it before by command or form is revised.

    None where this very thing stands already, in these words and about these inputs.

    Args:
        knowledge: What is known.
        finding: As it was seen; its digest is kept.
        decision: What is decided.
        mint: Gives the id of a new ruling.
        accepted: The figure that stands; given when, and only when, the decision is ``accept``.
        text: Why it stands, why the finding is dismissed, or where the difference comes from.
    """
    standing = tuple(rulings_of(knowledge, finding.key))
    earlier = next((ruling for ruling in standing if ruling.file == FILE), None)
    meant = (finding.digest, decision, accepted, text)
    if meant in {_meaning(ruling) for ruling in ([earlier] if earlier else standing)}:
        return ()
    ruling = Ruling(
        id=earlier.id if earlier else Id(mint.id()),
        slug=earlier.slug if earlier else _free_slug(knowledge, finding),
        file=FILE,
        finding=finding.key,
        digest=finding.digest,
        decision=decision,
        accepted=accepted,
        text=text,
        rule=finding.rule_name,
        measure=finding.measure,
        parts=finding.parts,
    )
    return (Revised(ruling) if earlier else Recorded(ruling),)


def _meaning(ruling: Ruling) -> tuple[str, Decision, Id | None, str]:
    return ruling.digest, ruling.decision, ruling.accepted, ruling.text


def _free_slug(knowledge: Knowledge, finding: Finding) -> str:
    """A name that tells rule and measure, e.g. ``rulings/positions-plan-fee``, numbered from the second on."""
    measure = knowledge.measures.get(finding.measure) if finding.measure else None
    stem = f"{FILE}/{finding.rule_name}-{measure.slug if measure else 'claims'}"[:_LONGEST].rstrip("-")
    return knowledge.free_slug(Ruling, stem)


def rulings_of(knowledge: Knowledge, finding: str) -> Iterator[Ruling]:
    """Every ruling about the finding with the key ``finding``, in the order told."""
    return (ruling for ruling in knowledge.rulings.values() if ruling.finding == finding)


def undone(rulings: Iterable[Ruling]) -> tuple[Fact, ...]:
    """The facts that take ``rulings`` back; none where there are none."""
    return tuple(Retracted("ruling", ruling.id) for ruling in rulings)
