"""The answer to a question as a reader sees it: words, hinges, gaps, and one table for each side."""

from collections.abc import Iterator
from decimal import Decimal

from kb.domain.answer import Answer, Concern, Direction, Hinge, HingeKind
from kb.domain.assessment import assessed_digest, is_current, standing_rating
from kb.domain.entity import Assessment, Question
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.condition import condition_holds
from kb.reasoning.argumentation.standing import Part, Standing, Weighed
from kb.reports.choices import Pairs, hinge_pairs
from kb.reports.page import AnswerSheet, ConcernChoice, HingeRow, JudgementRow, LedgerRow, SideLedger, WeighedRow
from kb.reports.row import result_words, standing_label
from kb.reports.value import Ref
from kb.reports.view import View
from kb.reports.words.amount import quantity_words
from kb.reports.words.answer import (
    ANSWER_WORDS,
    LEDGER_NOTE,
    certainty_words,
    concern_words,
    condition_sentence,
    evidence_sentence,
    gap_sentences,
    meaning_sentence,
    no_result_sentence,
    strongest_sentence,
    sums_sentence,
)
from kb.reports.words.argument import BASELESS, DEFEATED, SET_ASIDE, counted_as_words, node_words, said_by_words
from kb.reports.words.hinges import STATE_WORDS, hinge_words, hinges_sentence, missing_sentences, tried_words
from kb.reports.words.references import ref_of


def answer_sheet(view: View, question: Question) -> AnswerSheet:
    """The answer to ``question``."""
    knowledge, answer = view.knowledge, view.analysis.answers[question.id]
    assessments = knowledge.assessments_of.get(question.id, ())
    rating = standing_rating(assessments, answer)
    ledgers = tuple(_ledger(view, question, at) for at in (0, 1))
    return AnswerSheet(
        word=str(answer.word),
        title=ANSWER_WORDS[answer.word],
        meaning=meaning_sentence(answer),
        side=_side_text(question, answer.direction),
        decision=_decision(view, question, answer),
        counted=_counted(view, question, answer),
        strongest=_strongest(view, question, answer),
        turning=hinges_sentence(answer, knowledge),
        hinges=tuple(
            _hinge_row(knowledge, hinge, pairs)
            for hinge, pairs in zip(answer.hinges, hinge_pairs(view, question.id, answer.hinges), strict=True)
        ),
        tried=tuple(tried_words(knowledge, tried) for tried in answer.tried),
        gaps=gap_sentences(knowledge, answer.gaps),
        certainty=str(rating.certainty),
        certainty_meaning=certainty_words(rating),
        computed_certainty=str(answer.certainty),
        concerns=tuple(concern_words(knowledge, answer, concern) for concern in rating.concerns),
        judgements=tuple(_judgement_row(view, assessment, answer) for assessment in assessments),
        choices=tuple(
            ConcernChoice(
                key=str(concern),
                text=concern_words(knowledge, answer, concern),
                holds=concern in rating.concerns,
            )
            for concern in Concern
        ),
        digest=assessed_digest(answer),
        stamp=view.concurrency_token(assessment.id for assessment in assessments),
        ledgers=ledgers,
        ledger_note=LEDGER_NOTE,
        sums=sums_sentence(
            question,
            answer.direction,
            [ledger.total for ledger in ledgers],
            opposed=any(row.counts for ledger in ledgers for row in ledger.opposed),
        ),
        exact=answer.exact,
        converged=answer.converged,
    )


def _judgement_row(view: View, assessment: Assessment, answer: Answer) -> JudgementRow:
    events = view.events_of(assessment.id)
    return JudgementRow(
        certainty=str(assessment.judged.certainty),
        text=assessment.text,
        actor=assessment.by,
        recorded_at=events[-1].recorded_at if events else "",
        lapsed=not is_current(assessment, answer),
    )


def _side_text(question: Question, direction: Direction) -> str:
    yes, no = question.sides
    return {Direction.YES: yes.text, Direction.NO: no.text, Direction.EVEN: ""}[direction]


def _sides(view: View, question: Question) -> tuple[Standing, Standing] | None:
    yes, no = (view.analysis.standings.of(question.id, side.key) for side in question.sides)
    return (yes, no) if yes and no else None


def _counted(view: View, question: Question, answer: Answer) -> str:
    sides = _sides(view, question)
    return evidence_sentence(*sides, answer.direction) if sides else ""


def _strongest(view: View, question: Question, answer: Answer) -> tuple[str, ...]:
    sides = zip(("yes", "no"), _sides(view, question) or (), strict=False)
    ahead_first = sorted(sides, key=lambda side: side[0] != answer.direction and answer.direction is Direction.NO)
    return tuple(filter(None, (strongest_sentence(view.knowledge, standing, side) for side, standing in ahead_first)))


def _decision(view: View, question: Question, answer: Answer) -> str:
    condition = question.decided_by
    if condition is None:
        return ""
    result = view.analysis.results.get(condition.calculation)
    if result is None or result.problem:
        missing = [gap.input for gap in answer.gaps if gap.decides and gap.input]
        return missing_sentences(view.knowledge, question, answer) or no_result_sentence(
            view.knowledge, condition, missing
        )
    kinds = (HingeKind.ASSUMPTION, HingeKind.INPUT)
    return condition_sentence(
        view.knowledge,
        condition,
        result_words(view.knowledge, result),
        condition_holds(view.knowledge, condition, view.analysis.results),
        quantity_words(condition.limit),
        next((hinge for hinge in answer.hinges if hinge.kind in kinds), None),
    )


def _hinge_row(knowledge: Knowledge, hinge: Hinge, pairs: Pairs) -> HingeRow:
    linked = hinge.kind in (HingeKind.SOURCE, HingeKind.POSITION, HingeKind.NODE)
    subject = ref_of(knowledge, hinge.break_even.calculation if hinge.break_even else hinge.subject)
    return HingeRow(
        kind=str(hinge.kind),
        text=hinge_words(knowledge, hinge),
        ref=subject if linked or hinge.break_even else None,
        before=STATE_WORDS[hinge.before],
        after=STATE_WORDS[hinge.after],
        choices=pairs,
    )


def _ledger(view: View, question: Question, at: int) -> SideLedger:
    side = question.sides[at]
    standing = view.analysis.standings.of(question.id, side.key)
    parts = standing.supporters if standing else ()
    ordered = sorted(parts, key=lambda part: (not part.counts, -part.strength))
    rows = tuple(_ledger_row(view, part) for part in ordered)
    return SideLedger(
        key=side.key,
        text=side.text,
        standing=standing_label(standing),
        # A reader adds up what is shown, and must not come out one digit off.
        total=str(sum((Decimal(row.contribution) for row in rows if row.counts), Decimal("0.00"))),
        rows=rows,
        opposed=tuple(_ledger_row(view, part) for part in _direct_attacks(view, question, standing)),
    )


def _direct_attacks(view: View, question: Question, standing: Standing | None) -> Iterator[Part]:
    """What speaks against a side without speaking for the other."""
    for part in standing.attackers if standing else ():
        argument = view.knowledge.arguments.get(part.key.id)
        if argument and argument.kind == "attacks" and argument.conclusion.id == question.id:
            yield part


def _ledger_row(view: View, part: Part) -> LedgerRow:
    knowledge = view.knowledge
    return LedgerRow(
        ref=_ref(knowledge, part),
        text=node_words(knowledge, part.key.id),
        said_by=said_by_words(knowledge, part.key.id),
        # What is set aside counts under nobody.
        counted_as=counted_as_words(knowledge, part) if part.counts else "",
        status=_status(part),
        counts=part.counts,
        # Parts of a row are no sentences, and end without a full stop.
        backed_by=tuple(_weighed_row(knowledge, weighed) for weighed in part.backed_by),
        undercut_by=tuple(_weighed_row(knowledge, weighed) for weighed in part.undercut_by),
        alone=f"{part.weight:.2f}" if part.backed_by or part.undercut_by else "",
        held_back_by=tuple(node_words(knowledge, key.id) for key in part.held_back_by),
        contribution=f"{part.strength:.2f}" if part.counts else "",
    )


def _weighed_row(knowledge: Knowledge, weighed: Weighed) -> WeighedRow:
    id = weighed.key.id
    return WeighedRow(ref=ref_of(knowledge, id), text=node_words(knowledge, id), strength=f"{weighed.strength:.2f}")


def _ref(knowledge: Knowledge, part: Part) -> Ref:
    """The page of an argument: that of its only premise, where it has one."""
    argument = knowledge.arguments.get(part.key.id)
    if argument and len(argument.premises) == 1 and not argument.text:
        return ref_of(knowledge, argument.premises[0].id)
    return ref_of(knowledge, part.key.id)


def _status(part: Part) -> str:
    if part.counts:
        return "counts"
    if not part.strength:
        return DEFEATED if part.undercut_by else BASELESS
    if part.held_back_by:
        return SET_ASIDE
    return "adds nothing: only the same voice again"
