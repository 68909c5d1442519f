"""Review by people: findings ruled on, names matched, answers assessed, passages accepted or rejected.

A decision is refused as stale when somebody else has decided since the user looked. Without that, of two people with
the same page open the slower one would silently undo what the other has just decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kb.app.lookup import MIN_DIGITS, current_id, finding_by_prefix, measures_by_words, named_figure, named_question
from kb.app.mint import SystemMint
from kb.app.wiring import append
from kb.domain.answer import Answer, Rating
from kb.domain.assessment import AssessmentRequest, assessed_digest, assessment_facts, assessments_by
from kb.domain.concurrency import StaleDecision, concurrency_token, first_change
from kb.domain.entity import (
    AnyEntity,
    Assessment,
    Claim,
    Decision,
    Figure,
    Match,
    Measure,
    Question,
    Ruling,
    ScopeValue,
)
from kb.domain.event import (
    Anchored,
    Event,
    Fact,
    PassageAccepted,
    PassageRejected,
    Recorded,
    Retracted,
    Revised,
    fact_of,
)
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
from kb.reasoning.analysis import analyse
from kb.reports.finding import figure_pair, finding_sheet
from kb.reports.page import FindingSheet, SeparatePair
from kb.reports.row import is_ruled
from kb.reports.view import View
from kb.reports.words.dates import date_words
from kb.store.base import Base


def refuse_if_stale(base: Base, subject: str, token: str, decisions: Iterable[Id]) -> None:
    """Refuse a decision on ``subject`` if others have been made since the user looked.

    Args:
        base: Where the decisions are recorded.
        subject: What is decided about, as problems name it.
        token: The concurrency token of what the user looked at; empty if she did not say, which is never stale.
        decisions: Ids of the decisions that stand now.

    Raises:
        StaleDecision: other decisions stand; the problem says who decided what, and when.
    """
    if not token:
        return
    now = concurrency_token(decisions, lambda decision: _last_event(base, decision).position)
    changed = first_change(token, now)
    if changed is not None:
        raise StaleDecision([_stale_problem(subject, _last_event(base, changed))])


def refuse_if_reviewed(base: Base, entry: Figure | Claim) -> None:
    """Refuse a decision on a passage of ``entry`` if the last event of ``entry`` is such a decision.

    Raises:
        StaleDecision: it is; the problem says who decided what, and when.
    """
    event = _last_event(base, entry.id)
    if event.type.startswith("passage."):
        raise StaleDecision([_stale_problem(entry.slug, event)])


def _stale_problem(subject: str, event: Event) -> Problem:
    when = f"on {date_words(event.recorded_at[:10])} at {event.recorded_at[11:16]} UTC"
    what = f"meanwhile, {when}, {event.actor or 'somebody'} {_decision_text(event)}"
    return Problem(where=subject, what=what, hint="look at it again, then decide")


def _last_event(base: Base, id: Id) -> Event:
    return next(base.events(stream=id, newest_first=True, limit=1))


def _decision_text(event: Event) -> str:
    fact = fact_of(event.type, event.data) if event.data is not None else None
    match fact:
        case Recorded(Ruling(decision=decision, text=text)) | Revised(Ruling(decision=decision, text=text)):
            return f"{_RULING_TEXTS[decision]}: “{text}”"
        case Recorded(Match(same=same, text=text)) | Revised(Match(same=same, text=text)):
            return f"decided that the two {'mean the same thing' if same else 'are different'}: “{text}”"
        case Recorded(Assessment(judged=judged, text=text)) | Revised(Assessment(judged=judged, text=text)):
            return f"judged its certainty to be {judged.certainty}: “{text}”"
        case PassageAccepted():
            return f"accepted a place for its passage: “{event.reason}”"
        case PassageRejected():
            return f"turned down the places offered for its passage: “{event.reason}”"
        case Retracted():
            return f"undid the decision: “{event.reason}”"
        case _:
            return "decided about it"


_RULING_TEXTS = {
    Decision.ACCEPT: "accepted one of its figures",
    Decision.DISMISS: "dismissed it",
    Decision.EXPLAIN: "explained it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFilter:
    """Criteria that a listed finding meets, all of them.

    Attributes:
        kinds: Only these kinds; empty for all.
        verdicts: Only these verdicts; empty for all.
        min_severity: Only findings at least this severe, from 0 to 1.
        measure: Only findings about measures with these words in a name; empty for all.
        only_open: Only those without a ruling, or with one that an input has changed since.
    """

    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    min_severity: Decimal = Decimal(0)
    measure: str = ""
    only_open: bool = False


def filtered_findings(view: View, criteria: FindingFilter) -> tuple[Finding, ...]:
    """The findings that meet ``criteria``, in the order of ``view.ranked``.

    Spreads of things that nobody would compare are left out unless a kind, a verdict or a measure is asked for.

    Raises:
        Refused: no measure has these words in a name.
    """
    measures = measures_by_words(view.recorded, criteria.measure) if criteria.measure else None
    asked = criteria.kinds or criteria.verdicts or criteria.measure
    return tuple(
        finding
        for finding in view.ranked
        if (not criteria.kinds or finding.kind.value in criteria.kinds)
        and (not criteria.verdicts or finding.verdict in criteria.verdicts)
        and finding.severity >= criteria.min_severity
        and (measures is None or finding.measure in measures)
        and not (criteria.only_open and is_ruled(view, finding))
        and (asked or not finding.is_unremarkable)
    )


def sheet_by_prefix(view: View, id: str) -> FindingSheet:
    """The sheet of the finding whose id begins, or once began, with ``id``.

    Raises:
        Refused: there is none, or there are several.
    """
    return finding_sheet(view, _finding_in_view(view, id))


def pair_by_names(view: View, left: str, right: str) -> FindingSheet | SeparatePair:
    """What compares the figures called ``left`` and ``right``, or why nothing does.

    Raises:
        Refused: there is no such figure, or both are the same.
    """
    first, second = named_figure(view.knowledge, left), named_figure(view.knowledge, right)
    if first == second:
        raise Refused([Problem(where=left, what="a figure is not compared with itself", hint="name two figures")])
    return figure_pair(view, first, second)


def _finding_in_view(view: View, id: str) -> Finding:
    def present_id(digits: str) -> str:
        departure = view.retired_name("finding", digits)
        return departure.current_name if departure else ""

    return finding_by_prefix(view.findings, id, present_id)


class RulingOutcome(NamedTuple):
    """What became of a ruling: whether it was recorded or stood already, and the id of its finding."""

    recorded: bool
    finding: str


def rule_on_finding(base: Base, request: RulingRequest, author: Author) -> RulingOutcome:
    """Append the requested ruling; nothing if it stands already.

    Raises:
        StaleDecision: somebody else ruled since the user looked.
        Refused: there is no such finding or figure, the figure takes no part in the finding, the finding is not the one
            that the user saw, or there is nothing to undo.
    """
    finding = _stored_finding(base, request.finding)

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        now = _stored_finding(base, finding.id)
        if request.seen and request.seen != now.digest:
            raise Refused(
                [Problem(where=now.id, what="an input has changed since you looked", hint="read the finding again")]
            )
        standing = tuple(rulings_of(knowledge, now.key))
        decision = request.decision
        new_facts = retract_rulings(standing) if decision is None else _ruling_facts(knowledge, now, decision, request)
        # A ruling that stands already is not stale, whoever made it: two people who decide the same agree.
        if new_facts or decision is None:
            refuse_if_stale(base, now.id, request.concurrency_token, (ruling.id for ruling in standing))
        if decision is None and not new_facts:
            raise Refused([Problem(where=now.id, what="nobody has ruled on it", hint="there is nothing to undo")])
        return new_facts

    recorded = bool(append(base, facts, author, lambda: base.knowledge_behind(finding)))
    return RulingOutcome(recorded, finding.id)


def _stored_finding(base: Base, digits: str) -> Finding:
    """The finding whose id begins, or once began, with ``digits``."""
    # The id is looked up in the table first, so that a ruling does not read every finding. Only if nothing is found
    # there may it be an older id, for which all findings have to be compared.
    matching = base.findings_by_prefix(digits.strip().lower())
    findings = matching or (base.findings() if len(digits) >= MIN_DIGITS else ())
    return finding_by_prefix(findings, digits, lambda former: current_id(base, base.knowledge(), findings, former))


def _ruling_facts(knowledge: Knowledge, finding: Finding, decision: Decision, request: RulingRequest) -> Sequence[Fact]:
    text = request.text.strip()
    if not text:
        raise Refused([Problem(where=finding.id, what="a ruling needs a text", hint="say why")])
    accepted = _accepted(knowledge, finding, request.figure) if decision is Decision.ACCEPT else None
    return ruling_facts(knowledge, finding, decision, SystemMint(), accepted=accepted, text=text)


def _accepted(knowledge: Knowledge, finding: Finding, name: str) -> Id:
    parties = {knowledge.figures[id].slug: id for id in finding.figures if id in knowledge.figures}
    if name in parties:
        return parties[name]
    short = [id for slug, id in parties.items() if slug.rpartition("/")[2] == name]
    if len(short) == 1:
        return short[0]
    listed = ", ".join(parties) or "none: it is between claims"
    raise Refused(
        [Problem(where=name, what="this figure takes no part in the finding", hint=f"figures of it: {listed}")]
    )


@dataclass(frozen=True, slots=True)
class PassageReview:
    """What a decision on a passage came to.

    Attributes:
        anchored: Where the passage stands now; None if offers were turned down.
        outdated: The figure, if its value is not the number that stands there; else None.
    """

    anchored: Anchored | None
    outdated: Figure | None


def review_passage(base: Base, decision: PassageDecision, author: Author) -> PassageReview:
    """Append a person's decision on a passage in doubt.

    Raises:
        StaleDecision: somebody else has decided since the user looked, or other places are offered now.
        Refused: there is no such entry, passage or offer.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        try:
            return (review_fact(knowledge, decision),)
        except StaleDecision:
            # Who decided says more than "something else is offered", where a decision is what changed the offers.
            if entry := knowledge.named(Figure, decision.entry) or knowledge.named(Claim, decision.entry):
                refuse_if_reviewed(base, entry)
            raise

    (fact,) = append(base, facts, author)
    if not isinstance(fact, PassageAccepted):
        return PassageReview(None, None)
    return PassageReview(
        fact.anchored, _outdated_figure(base.knowledge().by_id.get(fact.anchored.entity), fact.anchored)
    )


def _outdated_figure(entity: AnyEntity | None, anchored: Anchored) -> Figure | None:
    """``entity``, if it is a figure whose own words hold another number than those of ``anchored``; else None."""
    stated = entity.passage.exact if isinstance(entity, Figure) else ""
    if not isinstance(entity, Figure) or not stated or same_numbers(stated, anchored.anchor.text):
        return None
    return entity


class Assessed(NamedTuple):
    """What became of a judgement: whether it was recorded or stood already, and what it says; None if taken back."""

    recorded: bool
    judged: Rating | None


def assess_answer(base: Base, request: AssessmentRequest, author: Author) -> Assessed:
    """Append a person's judgement of how certain an answer is; nothing if it stands already.

    Raises:
        StaleDecision: somebody else judged, or another answer was computed, since the user looked.
        Refused: there is no such question, or no judgement to take back.
    """
    judged: Rating | None = None

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        nonlocal judged
        question = named_question(knowledge, request.question)
        standing = knowledge.assessments_of.get(question.id, ())
        if request.withdraws:
            own = assessments_by(knowledge, question, author.actor)
            new_facts: Sequence[Fact] = tuple(Retracted("assessment", made.id) for made in own)
        else:
            answer = _answer(base, knowledge, question)
            if request.seen and request.seen != assessed_digest(answer):
                what = "another answer has been computed since you looked"
                raise StaleDecision([Problem(where=question.slug, what=what, hint="read the answer again")])
            judged = request.rating(answer.rating)
            new_facts = assessment_facts(knowledge, question, answer, judged, author, SystemMint())
        if new_facts or request.withdraws:
            refuse_if_stale(base, question.slug, request.concurrency_token, (made.id for made in standing))
        if request.withdraws and not new_facts:
            what = f"{author.actor} has not judged how certain its answer is"
            raise Refused([Problem(where=question.slug, what=what, hint="there is nothing to undo")])
        return new_facts

    recorded = bool(append(base, facts, author))
    return Assessed(recorded, judged)


def _answer(base: Base, knowledge: Knowledge, question: Question) -> Answer:
    stored = base.conclusions()
    return stored.answers[question.id] if stored else analyse(knowledge).answers[question.id]


def match_names(base: Base, request: MatchRequest, author: Author) -> bool:
    """Append the requested decision on two names; False, and nothing is appended, if it stands already.

    Raises:
        StaleDecision: somebody else decided on the two since the user looked.
        Refused: a name is unknown, the two cannot be the same, or there is nothing to undo.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        left, right = (_measure_or_scope_value(knowledge, name) for name in (request.left, request.right))
        earlier = match_between(knowledge, left, right)
        if request.same is None:
            new_facts: Sequence[Fact] = (Retracted("match", earlier.id),) if earlier else ()
        else:
            mint = SystemMint()
            new_facts = record_match(knowledge, left, right, same=request.same, text=request.text, mint=mint)
        if new_facts or request.same is None:
            refuse_if_stale(base, "match", request.concurrency_token, [earlier.id] if earlier else [])
        if request.same is None and not new_facts:
            raise Refused(
                [Problem(where="match", what="nothing was decided about these two", hint="there is nothing to undo")]
            )
        return new_facts

    return bool(append(base, facts, author))


def _measure_or_scope_value(knowledge: Knowledge, name: str) -> Id:
    """The measure or scope value with the id or the name ``name``, e.g. ``plan-fee`` or ``vendor/acme``."""
    entity = knowledge.by_id.get(Id(name)) or knowledge.named(Measure, name) or knowledge.named(ScopeValue, name)
    if isinstance(entity, Measure | ScopeValue):
        return entity.id
    known = [candidate.slug for candidate in (*knowledge.measures.values(), *knowledge.scope_values.values())]
    hint = did_you_mean(name, known) or "name a measure, or a value with its key: vendor/acme"
    raise Refused([Problem(where=name or "match", what="there is no such measure or scope value", hint=hint)])
