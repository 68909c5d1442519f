"""The rows of tables: one for each entity, finding and event, ready to print."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from functools import reduce
from typing import assert_never

from kb.domain.assessment import standing_rating
from kb.domain.confidence import Confidence
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Figure,
    Question,
    Ruling,
    Source,
    Stance,
)
from kb.domain.event import (
    DocumentAttached,
    EventRedacted,
    PassageAccepted,
    PassageRejected,
    PassagesAnchored,
    PassagesMissed,
    Recorded,
    Retracted,
    Revised,
)
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.standing import Part, Standing
from kb.reasoning.calculation.result import Outcome, Result
from kb.reports.citations import locators, short_source_ref, source_of
from kb.reports.page import ArgumentRow, QuestionRow, SideRow, SourceRow
from kb.reports.value import CalculationRow, ClaimRow, EventRow, FigureRow, FindingRow, Ref
from kb.reports.view import LoggedEvent, View, worst_first_key
from kb.reports.words.amount import POSSIBLY_LESS, opened_interval_words
from kb.reports.words.answer import ANSWER_WORDS
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.conclusions import effect_words, undecided_words
from kb.reports.words.finding import finding_sentence, finding_title, pairing_labels
from kb.reports.words.hinges import hinges_sentence, missing_sentences
from kb.reports.words.inputs import label_within_sentence, with_article
from kb.reports.words.outcome import stances_of_outcome, stances_of_outcomes, within_sentence
from kb.reports.words.references import (
    FINDING_KIND_WORDS,
    capitalized,
    count_words,
    figure_amount_words,
    premise_ref,
    ref,
    ref_of,
    scope_words,
    shorten,
)
from kb.reports.words.verdicts import verdict_name, verdict_words
from kb.reports.words.voices import (
    attribution_words,
    cardinal,
    count_voices,
    finding_voices_words,
    held_by_words,
    held_words,
    voice_words,
    voices_words,
    with_stance,
)


def figure_row(view: View, figure: Figure) -> FigureRow:
    """The row of a figure."""
    knowledge, depends = view.knowledge, figure.depends_on
    source = source_of(view, figure)
    return FigureRow(
        ref=ref(knowledge, figure),
        as_written=figure.quantity.as_written,
        measure=ref_of(knowledge, figure.measure),
        scope=capitalized(scope_words(knowledge, figure)),
        source=short_source_ref(source),
        locator=locators(view, figure),
        voice=attribution_words(knowledge, figure, beside_title=True),
        stance=str(figure.stance),
        confidence=confidence_words(figure.confidence),
        manner=held_words(figure.stance, figure.confidence),
        depends=str(depends.kind) if depends else "",
        depends_on=ref_of(knowledge, depends.figure) if depends else None,
        mentions=len(knowledge.dependents.get(figure.id, ())),
        language=source.language if source else "",
        voices=_voices_in_row(view.voices_behind(figure)),
    )


def _voices_in_row(count: int) -> str:
    """How many voices stand behind a figure; empty for one, which its row names. The table says what is not claimed."""
    if count == 1:
        return ""
    return f"{cardinal(count)} voices" if count else "not counted as a statement"


def voices_among(view: View, ids: Iterable[Id]) -> str:
    """How many voices give some figures, e.g. ``two voices with no dependence recorded``; empty for none."""
    return voices_words(count_voices(view.knowledge, ids))


def figure_rows(view: View, ids: tuple[Id, ...]) -> tuple[FigureRow, ...]:
    """The rows of figures, in the order of ``ids``; those that were retracted are left out."""
    figures = view.knowledge.figures
    return tuple(figure_row(view, figures[id]) for id in ids if id in figures)


def confidence_words(confidence: Confidence) -> str:
    """The confidence of a voice in words: a word as it is, a number as a percentage.

    >>> confidence_words(Confidence("likely")), confidence_words(Confidence("0.9"))
    ('likely', '90%')
    """
    low, high = confidence.range
    return f"{float(low):.0%}" if low == high else str(confidence)


def claim_row(view: View, claim: Claim) -> ClaimRow:
    """The row of a claim, with its standing."""
    standing = standing_of(view, claim.id)
    return ClaimRow(
        ref=ref(view.knowledge, claim),
        source=None if claim.is_editorial else short_source_ref(source_of(view, claim)),
        locator=locators(view, claim),
        voice=voice_words(claim.voice),
        stance=str(claim.stance),
        confidence=confidence_words(claim.confidence),
        manner=held_words(claim.stance, claim.confidence),
        held_by=capitalized(held_by_words(claim.voice, claim.stance, claim.confidence)),
        standing=standing_label(standing),
        strength=strength_text(standing),
        condition=undecided_words(view.knowledge, view.analysis.results, claim),
    )


def claim_rows(view: View, ids: tuple[Id, ...]) -> tuple[ClaimRow, ...]:
    """The rows of claims, in the order of ``ids``; those that were retracted are left out."""
    claims = view.knowledge.claims
    return tuple(claim_row(view, claims[id]) for id in ids if id in claims)


def standing_of(view: View, id: Id) -> Standing | None:
    """The standing of a claim, argument, figure or calculation; None where it has none."""
    return view.analysis.standings.of(id)


def standing_label(standing: Standing | None) -> str:
    """The word for a standing, e.g. ``contested``; empty for None."""
    return str(standing.word) if standing else ""


def strength_text(standing: Standing | None) -> str:
    """The strength from 0 to 1 with two decimals; empty for None."""
    return two_places(standing.strength) if standing else ""


def two_places(number: Decimal) -> str:
    """A number from 0 to 1 with two decimals."""
    return f"{number:.2f}"


def finding_row(view: View, finding: Finding) -> FindingRow:
    """The row of a finding."""
    return FindingRow(
        ref=finding_ref(view, finding),
        verdict=verdict_name(finding),
        verdict_text=finding_verdict_words(view, finding),
        kind=FINDING_KIND_WORDS[finding.kind],
        severity=two_places(finding.severity),
        subject=finding_subject(view, finding),
        between=_voices_between(view, finding),
        explanation=explanation(view, finding),
        ruling=ruling_words(view, finding),
        voices=finding_voices_words(view.knowledge, finding),
        follows=follows_ref(view, finding),
    )


def finding_verdict_words(view: View, finding: Finding) -> str:
    """The verdict of a finding, marked where it is on a hypothetical number: ``conflict (hypothetical)``."""
    words = verdict_words(finding.verdict, finding.kind)
    if finding.kind is not FindingKind.CHECK:
        return words
    checked = view.knowledge.by_id.get(finding.parts[1])
    hypothetical = isinstance(checked, Figure | Claim) and checked.stance is Stance.HYPOTHETICAL
    return with_stance(words, Stance.HYPOTHETICAL) if hypothetical else words


def follows_ref(view: View, finding: Finding) -> Ref | None:
    """The finding that ``finding`` follows from, named ``the conflict over the harvest``; None for none."""
    parent = view.follows_from.get(finding.id)
    if parent is None:
        return None
    subject = with_article(label_within_sentence(view.knowledge, finding_subject(view, parent).text.rstrip(".")))
    return Ref("finding", parent.id, f"the {_matter_words(parent)} {subject}")


def _matter_words(finding: Finding) -> str:
    """What a finding is, before its subject: ``conflict over``, ``agreement on``, ``check of``."""
    if finding.verdict is Verdict.MISSED:
        return "missed forecast of"
    if finding.is_settled:
        return "check of" if finding.kind is FindingKind.CHECK else "agreement on"
    return f"{verdict_words(finding.verdict)} over"


def finding_rows(view: View, findings: tuple[Finding, ...]) -> tuple[FindingRow, ...]:
    """The rows of findings, in the order given."""
    return tuple(finding_row(view, finding) for finding in findings)


def finding_subject(view: View, finding: Finding) -> Ref:
    """The subject of a finding: the calculation of a check, else the measure, else the first claim."""
    if finding.kind is FindingKind.CHECK:
        return ref_of(view.knowledge, finding.calculation)
    return ref_of(view.knowledge, finding.measure or next(iter(finding.claims), None))


def finding_ref(view: View, finding: Finding) -> Ref:
    """The page of a finding, named by the first sentence of its explanation."""
    return Ref("finding", finding.id, finding_title(view.knowledge, view.analysis.results, finding))


def explanation(view: View, finding: Finding) -> str:
    """The explanation of a finding in sentences."""
    return finding_sentence(view.knowledge, view.analysis.results, finding)


def _voices_between(view: View, finding: Finding) -> tuple[str, ...]:
    pairs = (pairing_labels(view.knowledge, view.analysis.results, finding, pairing) for pairing in finding.pairings)
    labels = (within_sentence(label) for pair in pairs for label in pair)
    return tuple(dict.fromkeys(label for label in labels if label))


def latest_ruling(view: View, finding: Finding) -> Ruling | None:
    """The latest ruling on a finding; None where nobody has ruled."""
    # A ruling of a seed file may be revised after one that a command made later, so that the last event decides.
    rulings = view.rulings_of.get(finding.key, ())
    return max(rulings, key=lambda ruling: view.last_event.get(ruling.id, 0), default=None)


def is_ruled(view: View, finding: Finding) -> bool:
    """Whether a person has ruled on a finding and no input has changed since."""
    ruling = latest_ruling(view, finding)
    return ruling is not None and ruling.digest == finding.digest


def ruling_words(view: View, finding: Finding) -> str:
    """The latest ruling in words, e.g. ``accepted $8,000 a month``; empty where nobody has ruled."""
    ruling = latest_ruling(view, finding)
    if ruling is None:
        return ""
    what = f"{ruling.decision}ed" if str(ruling.decision) != "explain" else "explained"
    accepted = f" {accepted_words(view, finding, ruling)}" if ruling.accepted else ""
    return what + accepted + (", changed since" if ruling.digest != finding.digest else "")


def accepted_words(view: View, finding: Finding, ruling: Ruling) -> str:
    """The accepted number as it was at the time of the ruling, with the present one where that differs."""
    # A seed file may change the figure later; the person who ruled did not accept that.
    if ruling.accepted is None:
        return ""
    now = ref_of(view.knowledge, ruling.accepted).text
    if ruling.digest == finding.digest:
        return now
    decided = view.last_event.get(ruling.id, 0)
    facts = (event.fact for event in view.events_of(ruling.accepted) if event.position <= decided)
    states = [fact.entity for fact in facts if isinstance(fact, Recorded | Revised)]
    then = figure_amount_words(states[-1]) if states and isinstance(states[-1], Figure) else now
    return now if then == now else f"{then} (now {now})"


def worst_verdict(findings: tuple[Finding, ...]) -> str:
    """The worst verdict among findings; empty where there are none."""
    worst = min(findings, key=worst_first_key, default=None)
    return verdict_name(worst) if worst else ""


def calculation_row(view: View, calculation: Calculation) -> CalculationRow:
    """The row of a calculation, with its result and the verdicts of its checks."""
    result = view.analysis.results.get(calculation.id)
    findings = view.findings_of_calculation.get(calculation.id, ())
    return CalculationRow(
        ref=ref(view.knowledge, calculation),
        formula=calculation.formula,
        result=result_words(view.knowledge, result),
        verdicts=tuple(verdict_words(finding.verdict) for finding in findings),
        problem=problem_sentence(view.knowledge, calculation.id, result.problem) if result else "",
    )


def result_words(knowledge: Knowledge, result: Result | None) -> str:
    """The result in words: one value, or the hull of several; empty where nothing could be computed."""
    if result is None or not result.outcomes:
        return ""
    if len(result.outcomes) == 1:
        return outcome_words(result.outcomes[0]) + _bracketed(stances_of_outcome(knowledge, result.outcomes[0]))
    hull = hull_words(result)
    # "−30% to 70%, possibly less" is closed before more is said.
    words = f"{hull}{',' * hull.endswith(POSSIBLY_LESS)} across {cardinal(len(result.outcomes))} results"
    return words + _bracketed(stances_of_outcomes(knowledge, result.outcomes))


def _bracketed(words: str) -> str:
    return f" ({words})" if words else ""


def outcome_words(outcome: Outcome) -> str:
    """One outcome in words: its interval with the open side, or for a comparison whether it holds."""
    if outcome.compares:
        return TRUTH_WORDS[outcome.truth]
    return opened_interval_words(outcome.stated, outcome.allowed, outcome.unit)


def hull_words(result: Result) -> str:
    """All outcomes in words: their hull with the open sides, or for comparisons how many hold."""
    if result.outcomes[0].compares:
        counts = Counter(TRUTH_WORDS[outcome.truth] for outcome in result.outcomes)
        return ", ".join(
            f"{word} in {cardinal(number)}" if len(counts) > 1 else word for word, number in counts.items()
        )
    allowed = reduce(Interval.hull, (outcome.allowed for outcome in result.outcomes))
    stated = reduce(Interval.hull, (outcome.stated for outcome in result.outcomes))
    return opened_interval_words(stated, allowed, result.unit)


TRUTH_WORDS = {True: "holds", False: "fails", None: "undecided"}
"""The truth of a comparison in words."""


def argument_row(view: View, argument: Argument) -> ArgumentRow:
    """The row of an argument, with its contribution to its conclusion and the arguments that attack or back it."""
    knowledge = view.knowledge
    part = _part_in_conclusion(view, argument)
    aimed_at_it = knowledge.arguments_to.get(argument.id, ())
    return ArgumentRow(
        ref=ref(knowledge, argument),
        kind=str(argument.kind),
        premises=tuple(premise_ref(knowledge, node) for node in argument.premises),
        conclusion=premise_ref(knowledge, argument.conclusion),
        text=argument.text,
        standing=standing_label(standing_of(view, argument.id)),
        contribution=effect_words(part.effect) if part else "",
        attacked_by=tuple(ref(knowledge, by) for by in aimed_at_it if by.kind is ArgumentKind.ATTACKS),
        backed_by=tuple(ref(knowledge, by) for by in aimed_at_it if by.kind is ArgumentKind.SUPPORTS),
    )


def _part_in_conclusion(view: View, argument: Argument) -> Part | None:
    """What the argument does to its conclusion; None where that is not known any more."""
    end = argument.conclusion
    own, conclusion = view.analysis.standings.of(argument.id), view.analysis.standings.of(end.id, end.side)
    parts = (*conclusion.supporters, *conclusion.attackers) if own and conclusion else ()
    return next((part for part in parts if own and part.key == own.key), None)


def source_row(view: View, source: Source) -> SourceRow:
    """The row of a source."""
    knowledge = view.knowledge
    return SourceRow(
        ref=ref(knowledge, source),
        authors=", ".join(source.authors),
        container=source.container_title,
        issued=source.issued,
        issued_inferred="issued" in source.inferred,
        type=source.type,
        language=source.language,
        reliability=str(source.reliability),
        reliability_text=source.reliability.meaning,
        figures=len(knowledge.figures_of_source.get(source.id, ())),
        claims=len(knowledge.claims_of_source.get(source.id, ())),
        translation_of=ref_of(knowledge, source.translation_of) if source.translation_of else None,
        attached=is_attached(view, source),
    )


def is_attached(view: View, source: Source) -> bool:
    """Whether the archived text of a source is attached."""
    return bool(source.document) and (
        source.document in view.knowledge.documents or view.texts(source.document) is not None
    )


def question_row(view: View, question: Question) -> QuestionRow:
    """The row of a question, with its answer and the standing of its two sides."""
    answer = view.analysis.answers[question.id]
    return QuestionRow(
        ref=ref(view.knowledge, question),
        sides=tuple(_side_row(view, question, at) for at in (0, 1)),
        answer=str(answer.word),
        answer_title=ANSWER_WORDS[answer.word],
        certainty=str(standing_rating(view.knowledge.assessments_of.get(question.id, ()), answer).certainty),
        why=missing_sentences(view.knowledge, question, answer) or hinges_sentence(answer, view.knowledge),
    )


def _side_row(view: View, question: Question, at: int) -> SideRow:
    side = question.sides[at]
    standing = view.analysis.standings.of(question.id, side.key)
    towards = view.knowledge.arguments_to.get(question.id, ())
    number = sum(argument.conclusion.side == side.key for argument in towards)
    return SideRow(
        key=side.key,
        text=side.text,
        standing=standing_label(standing),
        strength=strength_text(standing),
        arguments=number,
    )


def event_row(view: View, event: LoggedEvent) -> EventRow:
    """The row of an event in words, with the page of what it is about, unless that was retracted."""
    about = _event_subject(view, event.stream)
    subject, _, happened = event.type.partition(".")
    verb = happened.partition(".")[0]
    verb = _VERBS.get(verb, verb)
    summary = _event_summary(view, event) or (about.text if about else "")
    name = f": {summary}" if summary else ""
    what = f"{subject} {verb}{name}"
    if event.redacted:
        what += " (content deleted)"
    return EventRow(
        position=event.position,
        type=event.type,
        what=capitalized(what),
        ref=about,
        recorded_at=event.recorded_at,
        actor=event.actor,
        reason=event.reason,
        batch=event.batch,
        hash=event.hash,
    )


_VERBS = {"anchored": "found in the document", "missed": "not found with certainty"}
"""The types of events about passages are terms of the code; readers get these words."""


def _event_summary(view: View, event: LoggedEvent) -> str:
    """The content of an event in a few words, as it was at its time; empty where the type says all."""
    match event.fact:
        case Recorded(entity):
            return ref(view.knowledge, entity).text
        case Revised(entity):
            # A revision says what it changed: another name or amount, else the fields that are different.
            now, before = ref(view.knowledge, entity).text, _entity_before(view, event)
            was = ref(view.knowledge, before).text if before else now
            return f"{was} → {now}" if was != now else f"{now}{_changed_fields(before, entity)}"
        case Retracted():
            before = _entity_before(view, event)
            return ref(view.knowledge, before).text if before else ""
        case PassagesAnchored(_, anchors):
            return str(len(anchors))
        case PassagesMissed(_, missed):
            return str(len(missed))
        case PassageAccepted(_, anchored):
            return f"“{shorten(anchored.anchor.text, 60)}”, line {anchored.line}"
        case PassageRejected(_, missed_one):
            return f"{count_words(len(missed_one.rejected), 'place')} rejected"
        case DocumentAttached() | EventRedacted() | None:
            return ""
        case _:
            assert_never(event.fact)


def _entity_before(view: View, event: LoggedEvent) -> AnyEntity | None:
    """The state of an entity before an event; None where there is none on record."""
    facts = (earlier.fact for earlier in reversed(view.events_of(event.stream)) if earlier.position < event.position)
    return next((fact.entity for fact in facts if isinstance(fact, Recorded | Revised)), None)


def _changed_fields(before: AnyEntity | None, after: AnyEntity) -> str:
    names = [field.name for field in fields(after) if getattr(before, field.name, None) != getattr(after, field.name)]
    return f" ({', '.join(name.replace('_', ' ') for name in names)} changed)" if before and names else ""


def event_rows(view: View, id: Id) -> tuple[EventRow, ...]:
    """The rows of the events about an entity, oldest first."""
    return tuple(event_row(view, event) for event in view.events_of(id))


def _event_subject(view: View, stream: str) -> Ref | None:
    entity = view.knowledge.by_id.get(Id(stream))
    if entity:
        return ref(view.knowledge, entity)
    # The stream of an attached document is its digest, and readers know it as the text of a source.
    holders = (source for source in view.knowledge.sources.values() if source.document == stream)
    source = next(holders, None)
    if source:
        return ref(view.knowledge, source)
    position = stream.removeprefix("position-")
    return Ref("event", position, f"event {position}") if position != stream else None
