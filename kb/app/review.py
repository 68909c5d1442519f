"""Review by people: findings listed and ruled on, names matched.

A decision is refused as stale when somebody else has decided since the user looked.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kb.app.lookup import MIN_DIGITS, current_id, finding_by_prefix, measures_by_words
from kb.app.mint import SystemMint
from kb.app.wiring import append, document_store, open_base, view_of
from kb.app.workspace import Workspace
from kb.domain.concurrency import StaleDecision, concurrency_token, first_change
from kb.domain.entity import AnyEntity, Claim, Decision, Figure, Match, Measure, Ruling, ScopeValue
from kb.domain.event import Event, Fact, PassageAccepted, PassageRejected, Recorded, Retracted, Revised, fact_of
from kb.domain.finding import Finding
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.review import (
    MatchRequest,
    PassageDecision,
    RulingRequest,
    match_between,
    record_match,
    retract_rulings,
    review_fact,
    ruling_facts,
    rulings_of,
)
from kb.domain.suggestion import did_you_mean
from kb.intake.text_diff import same_numbers
from kb.numbers import write_quantity
from kb.reports.finding import finding_sheet
from kb.reports.page import FindingSheet
from kb.reports.row import is_ruled
from kb.reports.view import View
from kb.reports.words.references import date_words
from kb.store.base import Base


def refuse_if_stale(base: Base, about: str, seen: str, decisions: Iterable[Id]) -> None:
    """Nothing, where ``decisions`` is what stood when the user looked, or she did not say.

    Args:
        base: Where it stands.
        about: What is decided about, as problems name it.
        seen: The stamp that her form carried; empty for none.
        decisions: Ids of the decisions that stand now.

    Raises:
        Overtaken: something else stands; the problem says who decided what, and when.
    """
    changed = (
        first_change(seen, concurrency_token(decisions, lambda decision: _last_event(base, decision).position))
        if seen
        else None
    )
    if changed is None:
        return
    raise StaleDecision([_stale_problem(about, _last_event(base, changed))])


def refuse_if_reviewed(base: Base, entry: Figure | Claim) -> None:
    """Nothing, unless what happened last to ``entry`` is that somebody settled where a passage of it stands.

    Raises:
        Overtaken: so it is; the problem says who did it, and when.
    """
    event = _last_event(base, entry.id)
    if event.type.startswith("passage."):
        raise StaleDecision([_stale_problem(entry.slug, event)])


def _stale_problem(about: str, event: Event) -> Problem:
    when = f"on {date_words(event.recorded_at[:10])} at {event.recorded_at[11:16]} UTC"
    what = f"meanwhile, {when}, {event.actor or 'somebody'} {_decision_text(event)}"
    return Problem(about, what, "look at it again, then decide")


def _last_event(base: Base, id: Id) -> Event:
    return next(base.events(stream=id, newest_first=True, limit=1))


def _decision_text(event: Event) -> str:
    fact = fact_of(event.type, event.data) if event.data is not None else None
    match fact:
        case Recorded(Ruling(decision=decision, text=text)) | Revised(Ruling(decision=decision, text=text)):
            return f"{_RULING_TEXTS[decision]}: “{text}”"
        case Recorded(Match(same=same, text=text)) | Revised(Match(same=same, text=text)):
            return f"held the two to be {'the same' if same else 'different'}: “{text}”"
        case PassageAccepted():
            return f"accepted a place for its passage: “{event.reason}”"
        case PassageRejected():
            return f"turned down what was offered for its passage: “{event.reason}”"
        case Retracted():
            return f"took back what was decided: “{event.reason}”"
        case _:
            return "decided about it"


_RULING_TEXTS = {
    Decision.ACCEPT: "accepted one of its figures",
    Decision.DISMISS: "dismissed it",
    Decision.EXPLAIN: "explained it",
}


@contextmanager
def opened_view(workspace: Workspace) -> Iterator[View]:
    """What is known in ``workspace`` now."""
    with open_base(workspace) as base:
        yield view_of(base, document_store(workspace), base.head())


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are wanted.

    Attributes:
        kinds: Only these kinds; empty for all.
        verdicts: Only these verdicts; empty for all.
        min_severity: Only of this severity or worse.
        measure: Only about measures with these words in a name; empty for all.
        only_open: Only those without a ruling, or with one that an input has changed since.
    """

    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    min_severity: Decimal = Decimal(0)
    measure: str = ""
    only_open: bool = False


def filtered_findings(view: View, criteria: FindingFilter) -> tuple[Finding, ...]:
    """The findings that are wanted, worst first.

    Raises:
        Refused: no measure has these words in a name.
    """
    measures = measures_by_words(view.recorded, criteria.measure) if criteria.measure else None
    return tuple(
        finding
        for finding in view.ranked
        if (not criteria.kinds or finding.kind.value in criteria.kinds)
        and (not criteria.verdicts or finding.verdict.value in criteria.verdicts)
        and finding.severity >= criteria.min_severity
        and (measures is None or finding.measure in measures)
        and not (criteria.only_open and is_ruled(view, finding))
    )


def sheet_by_prefix(view: View, id: str) -> FindingSheet:
    """The sheet of the finding whose id begins with ``id``.

    Raises:
        Refused: there is none, or more than one.
    """
    return finding_sheet(view, _finding_in_view(view, id))


def _finding_in_view(view: View, id: str) -> Finding:
    def older(digits: str) -> str:
        departure = view.retired_name("finding", digits)
        return departure.current_name if departure else ""

    return finding_by_prefix(view.findings, id, older)


class RulingOutcome(NamedTuple):
    """What came of a decision: whether anything was recorded, and a line that tells of it."""

    recorded: bool
    message: str


def rule_on_finding(base: Base, wish: RulingRequest, author: Author) -> RulingOutcome:
    """Append the ruling that is wished for; nothing, where it stands already.

    Raises:
        Overtaken: somebody else ruled since the user looked.
        Refused: there is no such finding or figure, the figure takes no part in it, the finding is not what was seen,
            or there is nothing to undo.
    """
    finding = _stored_finding(base, wish.finding)

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        now = _stored_finding(base, finding.id)
        if wish.seen and wish.seen != now.digest:
            raise Refused([Problem(now.id, "an input has changed since you looked", "read the finding again")])
        standing = tuple(rulings_of(knowledge, now.key))
        new_facts = retract_rulings(standing) if wish.decision is None else _ruled(knowledge, now, wish.decision, wish)
        if new_facts or wish.decision is None:
            refuse_if_stale(base, now.id, wish.concurrency_token, (ruling.id for ruling in standing))
        if wish.decision is None and not new_facts:
            raise Refused([Problem(now.id, "nobody has ruled on it", "there is nothing to undo")])
        return new_facts

    recorded = bool(append(base, facts, author, lambda: base.knowledge_behind(finding)))
    done = f"{finding.id}: {_DECIDED[wish.decision]} {wish.figure}".rstrip()
    return RulingOutcome(recorded, done if recorded else f"{done} already; nothing was recorded")


def _stored_finding(base: Base, digits: str) -> Finding:
    """The finding that is meant; where none begins so, and only then, all are looked through for an older id."""
    matching = base.findings_by_prefix(digits.strip().lower())
    findings = matching or (base.findings() if len(digits) >= MIN_DIGITS else ())
    return finding_by_prefix(findings, digits, lambda older: current_id(base, base.knowledge(), findings, older))


_DECIDED = {
    Decision.ACCEPT: "accepted",
    Decision.DISMISS: "dismissed",
    Decision.EXPLAIN: "explained",
    None: "open again",
}


def _ruled(knowledge: Knowledge, finding: Finding, decision: Decision, wish: RulingRequest) -> Sequence[Fact]:
    text = wish.text.strip()
    if not text:
        raise Refused([Problem(finding.id, "a ruling needs its words", "say why")])
    accepted = _accepted(knowledge, finding, wish.figure) if decision is Decision.ACCEPT else None
    return ruling_facts(knowledge, finding, decision, SystemMint(), accepted=accepted, text=text)


def _accepted(knowledge: Knowledge, finding: Finding, name: str) -> Id:
    parties = {knowledge.figures[id].slug: id for id in finding.figures if id in knowledge.figures}
    if name in parties:
        return parties[name]
    short = [id for slug, id in parties.items() if slug.rpartition("/")[2] == name]
    if len(short) == 1:
        return short[0]
    listed = ", ".join(parties) or "none: it is between claims"
    raise Refused([Problem(name, "this figure takes no part in the finding", f"figures of it: {listed}")])


def review_passage(base: Base, choice: PassageDecision, author: Author) -> str:
    """Append what a person says about a passage; one line that tells of it.

    Raises:
        Overtaken: somebody else settled it since the user looked, or something else is offered.
        Refused: there is no such entry, passage or offer.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        try:
            return (review_fact(knowledge, choice),)
        except StaleDecision:
            if entry := knowledge.named(Figure, choice.entry) or knowledge.named(Claim, choice.entry):
                refuse_if_reviewed(base, entry)
            raise

    (fact,) = append(base, facts, author)
    if isinstance(fact, PassageAccepted):
        message = f"{choice.entry}: accepted “{fact.anchored.anchor.text}”, line {fact.anchored.line}"
        return message + _outdated_hint(base.knowledge().by_id.get(fact.anchored.entity), fact.anchored.anchor.text)
    return f"{choice.entry}: turned down"


def _outdated_hint(entity: AnyEntity | None, words: str) -> str:
    """What is left to do where the words now hold another number than the figure; empty where they do not."""
    stated = entity.passage.exact if isinstance(entity, Figure) else ""
    if not isinstance(entity, Figure) or not stated or same_numbers(stated, words):
        return ""
    value = write_quantity(entity.quantity)
    return f"\nits value is still {value}: mend value: and at: in the file {entity.file}, and import"


def match_names(base: Base, wish: MatchRequest, author: Author) -> bool:
    """Append the match that is wished for; False, and nothing is appended, where it stands already.

    Raises:
        Overtaken: somebody else decided about the two since the user looked.
        Refused: a name is unknown, the two cannot be one, or there is nothing to take back.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        left, right = (_measure_or_scope_value(knowledge, name) for name in (wish.left, wish.right))
        earlier = match_between(knowledge, left, right)
        new_facts = (
            match_retracted(earlier)
            if wish.same is None
            else record_match(knowledge, left, right, same=wish.same, text=wish.text, mint=SystemMint())
        )
        if new_facts or wish.same is None:
            refuse_if_stale(base, "match", wish.concurrency_token, [earlier.id] if earlier else [])
        if wish.same is None and not new_facts:
            raise Refused([Problem("match", "nothing was decided about these two", "there is nothing to undo")])
        return new_facts

    return bool(append(base, facts, author))


def match_retracted(earlier: Match | None) -> Sequence[Fact]:
    """The facts that take ``earlier`` back; none where there is nothing."""
    return (Retracted("match", earlier.id),) if earlier else ()


def _measure_or_scope_value(knowledge: Knowledge, name: str) -> Id:
    """Id of the measure or the term that ``name`` is, or names: ``plan-fee``, ``vendor/acme``."""
    entity = knowledge.by_id.get(Id(name)) or knowledge.named(Measure, name) or knowledge.named(ScopeValue, name)
    if isinstance(entity, Measure | ScopeValue):
        return entity.id
    known = [candidate.slug for candidate in (*knowledge.measures.values(), *knowledge.scope_values.values())]
    hint = did_you_mean(name, known) or "name a measure, or a value with its key: vendor/acme"
    raise Refused([Problem(name or "match", "there is no such measure or scope value", hint)])
