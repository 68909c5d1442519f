"""The answer to a question as JSON: facts by name, without sentences."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kb.domain.answer import Answer, BreakEven, Gap, Hinge, Tried
from kb.domain.assessment import is_current, standing_rating
from kb.domain.entity import Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.standing import Standings, Weighed
from kb.reports.exported import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class HingeOut:
    """A single change that would turn the answer; ``value`` and ``unit`` are those of a break-even."""

    kind: str
    subject: str
    name: str
    accepted: bool | None
    input: str | None
    value: Number | None
    unit: str | None
    above: bool | None
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedOut:
    """A single change that does not turn the answer: it comes near, or strengthens it.

    ``low``, ``high`` and ``unit`` say how far an input was moved; an end that is null has no limit.
    """

    kind: str
    subject: str
    name: str
    accepted: bool | None
    input: str | None
    low: Number | None
    high: Number | None
    unit: str | None
    strengthens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GapOut:
    """Something that is not known; ``decides`` says whether it keeps the answer open."""

    kind: str
    subject: str
    input: str
    side: str
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedOut:
    """What counts for or against an argument, with its strength."""

    argument: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentPartOut:
    """An argument for a side, and whether it counts; ``weight`` is its strength without what backs or undercuts it."""

    argument: str
    counts: bool
    origins: list[str]
    held_back_by: list[str]
    backed_by: list[WeighedOut]
    undercut_by: list[WeighedOut]
    weight: float
    strength: float
    contribution: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSideOut:
    """One side with its standing, its strength and the arguments for it."""

    key: str
    text: str
    standing: str
    strength: float
    arguments: list[ArgumentPartOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentOut:
    """A person's judgement of how certain an answer is; ``lapsed`` once something else was computed."""

    id: str
    by: str
    certainty: str
    reasons: list[str]
    text: str
    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOut:
    """The answer to a question; ``certainty`` is what people judge, or else what was computed."""

    question: str
    answer: str
    direction: str
    certainty: str
    certainty_reasons: list[str]
    computed_certainty: str
    computed_reasons: list[str]
    assessments: list[AssessmentOut]
    hinges: list[HingeOut]
    tried: list[TriedOut]
    gaps: list[GapOut]
    sides: list[AnsweredSideOut]


def answer_out(knowledge: Knowledge, standings: Standings, question: Question, answer: Answer) -> AnswerOut:
    """``answer`` with names in place of ids."""
    assessments = knowledge.assessments_of.get(question.id, ())
    rating = standing_rating(assessments, answer)
    return AnswerOut(
        question=question.slug,
        answer=str(answer.word),
        direction=str(answer.direction),
        certainty=str(rating.certainty),
        certainty_reasons=[str(concern) for concern in rating.concerns],
        computed_certainty=str(answer.certainty),
        computed_reasons=[str(concern) for concern in answer.concerns],
        assessments=[
            AssessmentOut(
                id=assessment.slug,
                by=assessment.by,
                certainty=str(assessment.judged.certainty),
                reasons=[str(concern) for concern in assessment.judged.concerns],
                text=assessment.text,
                lapsed=not is_current(assessment, answer),
            )
            for assessment in assessments
        ],
        hinges=[_hinge(knowledge, hinge) for hinge in answer.hinges],
        tried=[_tried(knowledge, tried) for tried in answer.tried],
        gaps=[_gap(knowledge, gap) for gap in answer.gaps],
        sides=[_side(knowledge, standings, question, at) for at in (0, 1)],
    )


def _slug(knowledge: Knowledge, id: Id) -> str:
    entity = knowledge.by_id.get(id)
    return entity.slug if entity else id


def _hinge(knowledge: Knowledge, hinge: Hinge) -> HingeOut:
    turning: BreakEven | None = hinge.break_even
    return HingeOut(
        kind=str(hinge.kind),
        subject=_slug(knowledge, turning.calculation if turning else hinge.subject),
        name=hinge.origin or _slug(knowledge, hinge.subject),
        accepted=hinge.accepted,
        input=turning.input if turning else None,
        value=_decimal(turning.value) if turning else None,
        unit=turning.unit if turning else None,
        above=turning.above if turning else None,
        before=str(hinge.before),
        after=str(hinge.after),
    )


def _tried(knowledge: Knowledge, tried: Tried) -> TriedOut:
    moved = tried.range
    return TriedOut(
        kind=str(tried.kind),
        subject=_slug(knowledge, moved.calculation if moved else tried.subject),
        name=tried.origin or _slug(knowledge, tried.subject),
        accepted=tried.accepted,
        input=moved.input if moved else None,
        low=_decimal(moved.low) if moved and moved.low is not None else None,
        high=_decimal(moved.high) if moved and moved.high is not None else None,
        unit=moved.unit if moved else None,
        strengthens=tried.strengthens,
    )


def _weighed(knowledge: Knowledge, weighed: Weighed) -> WeighedOut:
    return WeighedOut(argument=_slug(knowledge, weighed.key.id), strength=round(weighed.strength, 4))


def _decimal(value: Fraction) -> str:
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def _gap(knowledge: Knowledge, gap: Gap) -> GapOut:
    return GapOut(
        kind=str(gap.kind), subject=_slug(knowledge, gap.subject), input=gap.input, side=gap.side, decides=gap.decides
    )


def _side(knowledge: Knowledge, standings: Standings, question: Question, at: int) -> AnsweredSideOut:
    side = question.sides[at]
    standing = standings.of(question.id, side.key)
    return AnsweredSideOut(
        key=side.key,
        text=side.text,
        standing=str(standing.word) if standing else "",
        strength=float(standing.strength) if standing else 0.0,
        arguments=[
            ArgumentPartOut(
                argument=_slug(knowledge, part.key.id),
                counts=part.counts,
                origins=list(part.origins),
                held_back_by=[_slug(knowledge, key.id) for key in part.held_back_by],
                backed_by=[_weighed(knowledge, other) for other in part.backed_by],
                undercut_by=[_weighed(knowledge, other) for other in part.undercut_by],
                weight=round(part.weight, 4),
                strength=round(part.strength, 4),
                contribution=round(part.strength, 4) if part.counts else 0.0,
            )
            for part in (standing.supporters if standing else ())
        ],
    )
