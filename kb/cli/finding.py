"""Which findings does a user ask for, and how does her decision reach the log?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kb.cli.meanwhile import hold, hold_passage
from kb.cli.mint import SystemMint
from kb.cli.reference import FEWEST, finding_meant, led_to, measures_meant
from kb.cli.wiring import append, documents, opened, view_of
from kb.cli.workspace import Workspace
from kb.domain.entity import AnyEntity, Claim, Decision, Figure
from kb.domain.event import Fact, PassageAccepted
from kb.domain.finding import Finding
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.notation import write_quantity
from kb.domain.problem import Problem, Refused
from kb.domain.ruling import Wish, ruled, rulings_of, undone
from kb.domain.settling import Choice, settled
from kb.domain.stamp import Overtaken
from kb.intake.difference import same_numbers
from kb.reports.finding import finding_sheet
from kb.reports.page import FindingSheet
from kb.reports.row import is_ruled
from kb.reports.view import View
from kb.store.base import Base


@contextmanager
def opened_view(workspace: Workspace) -> Iterator[View]:
    """What is known in ``workspace`` now."""
    with opened(workspace) as base:
        yield view_of(base, documents(workspace), base.head())


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings are wanted.

    Attributes:
        kinds: Only these kinds; empty for all.
        verdicts: Only these verdicts; empty for all.
        least: Only of this severity or worse.
        measure: Only about measures with these words in a name; empty for all.
        only_open: Only those without a ruling, or with one that an input has changed since.
    """

    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    least: Decimal = Decimal(0)
    measure: str = ""
    only_open: bool = False


def listed(view: View, asked: Asked) -> tuple[Finding, ...]:
    """The findings that are wanted, worst first.

    Raises:
        Refused: no measure has these words in a name.
    """
    measures = measures_meant(view.told, asked.measure) if asked.measure else None
    return tuple(
        finding
        for finding in view.ranked
        if (not asked.kinds or finding.kind.value in asked.kinds)
        and (not asked.verdicts or finding.verdict.value in asked.verdicts)
        and finding.severity >= asked.least
        and (measures is None or finding.measure in measures)
        and not (asked.only_open and is_ruled(view, finding))
    )


def sheet(view: View, id: str) -> FindingSheet:
    """The sheet of the finding whose id begins with ``id``.

    Raises:
        Refused: there is none, or more than one.
    """
    return finding_sheet(view, _called(view, id))


def _called(view: View, id: str) -> Finding:
    def older(digits: str) -> str:
        departure = view.departure("finding", digits)
        return departure.now if departure else ""

    return finding_meant(view.findings, id, older)


class Done(NamedTuple):
    """What came of a decision: whether anything was recorded, and a line that tells of it."""

    recorded: bool
    told: str


def decide(base: Base, wish: Wish, author: Author) -> Done:
    """Append the ruling that is wished for; nothing, where it stands already.

    Raises:
        Overtaken: somebody else ruled since the user looked.
        Refused: there is no such finding or figure, the figure takes no part in it, the finding is not what was seen,
            or there is nothing to undo.
    """
    finding = _begun(base, wish.finding)

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        now = _begun(base, finding.id)
        if wish.seen and wish.seen != now.digest:
            raise Refused([Problem(now.id, "an input has changed since you looked", "read the finding again")])
        standing = tuple(rulings_of(knowledge, now.key))
        told = undone(standing) if wish.decision is None else _ruled(knowledge, now, wish.decision, wish)
        if told or wish.decision is None:
            hold(base, now.id, wish.stamp, (ruling.id for ruling in standing))
        if wish.decision is None and not told:
            raise Refused([Problem(now.id, "nobody has ruled on it", "there is nothing to undo")])
        return told

    recorded = bool(append(base, facts, author, lambda: base.knowledge_behind(finding)))
    done = f"{finding.id}: {_DONE[wish.decision]} {wish.figure}".rstrip()
    return Done(recorded, done if recorded else f"{done} already; nothing was recorded")


def _begun(base: Base, digits: str) -> Finding:
    """The finding that is meant; where none begins so, and only then, all are looked through for an older id."""
    found = base.findings_begun(digits.strip().lower())
    findings = found or (base.findings() if len(digits) >= FEWEST else ())
    return finding_meant(findings, digits, lambda older: led_to(base, base.knowledge(), findings, older))


_DONE = {
    Decision.ACCEPT: "accepted",
    Decision.DISMISS: "dismissed",
    Decision.EXPLAIN: "explained",
    None: "open again",
}


def _ruled(knowledge: Knowledge, finding: Finding, decision: Decision, wish: Wish) -> Sequence[Fact]:
    text = wish.text.strip()
    if not text:
        raise Refused([Problem(finding.id, "a ruling needs its words", "say why")])
    accepted = _accepted(knowledge, finding, wish.figure) if decision is Decision.ACCEPT else None
    return ruled(knowledge, finding, decision, SystemMint(), accepted=accepted, text=text)


def _accepted(knowledge: Knowledge, finding: Finding, name: str) -> Id:
    parties = {knowledge.figures[id].slug: id for id in finding.figures if id in knowledge.figures}
    if name in parties:
        return parties[name]
    short = [id for slug, id in parties.items() if slug.rpartition("/")[2] == name]
    if len(short) == 1:
        return short[0]
    listed = ", ".join(parties) or "none: it is between claims"
    raise Refused([Problem(name, "this figure takes no part in the finding", f"figures of it: {listed}")])


def settle(base: Base, choice: Choice, author: Author) -> str:
    """Append what a person says about a passage; one line that tells of it.

    Raises:
        Overtaken: somebody else settled it since the user looked, or something else is offered.
        Refused: there is no such entry, passage or offer.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        try:
            return (settled(knowledge, choice),)
        except Overtaken:
            if entry := knowledge.named(Figure, choice.entry) or knowledge.named(Claim, choice.entry):
                hold_passage(base, entry)
            raise

    (fact,) = append(base, facts, author)
    if isinstance(fact, PassageAccepted):
        told = f"{choice.entry}: accepted “{fact.anchored.anchor.text}”, line {fact.anchored.line}"
        return told + _outdated(base.knowledge().by_id.get(fact.anchored.entity), fact.anchored.anchor.text)
    return f"{choice.entry}: turned down"


def _outdated(entity: AnyEntity | None, words: str) -> str:
    """What is left to do where the words now hold another number than the figure; empty where they do not."""
    said = entity.passage.exact if isinstance(entity, Figure) else ""
    if not isinstance(entity, Figure) or not said or same_numbers(said, words):
        return ""
    value = write_quantity(entity.quantity)
    return f"\nits value is still {value}: mend value: and at: in the file {entity.file}, and import"
