"""A person's judgement of how certain an answer is, as facts; and the certainty that stands after all judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from kb.domain.answer import Answer, Certainty, Concern, Rating, certainty_after
from kb.domain.codec import canonical_json
from kb.domain.entity import Assessment, Question
from kb.domain.event import Fact, Recorded, Revised
from kb.domain.identity import Author, Id, Mint
from kb.domain.knowledge import Knowledge

ASSESSMENTS_FILE = "assessments"
"""The seed file of assessments made by a command or a form, and of all assessments in an export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRequest:
    """A user's request to judge how certain the answer to a question is, as typed.

    Attributes:
        question: Name of the question.
        certainty: The certainty; None for what follows from the reasons.
        concerns: The reasons that lower it, in place of the computed ones; None for the computed ones.
        withdraws: Whether the earlier judgement of the same person is taken back instead.
        seen: Digest of the answer that the user saw; empty where the request carries none.
        concurrency_token: Token of the judgements that the user saw; likewise.
    """

    question: str
    certainty: Certainty | None = None
    concerns: tuple[Concern, ...] | None = None
    withdraws: bool = False
    seen: str = ""
    concurrency_token: str = ""

    def rating(self, computed: Rating) -> Rating:
        """The judgement on an answer whose certainty was ``computed``."""
        if self.certainty is None and self.concerns is None:
            return computed
        concerns = computed.concerns if self.concerns is None else self.concerns
        if self.certainty is Certainty.HIGH and self.concerns is None:
            concerns = ()
        return Rating(certainty=self.certainty or certainty_after(concerns), concerns=concerns)


def assessed_digest(answer: Answer) -> str:
    """The SHA-256 of what an assessment is about: the answer's word, its certainty and the reasons."""
    return sha256(canonical_json((answer.word, answer.rating)).encode()).hexdigest()


def assessment_facts(
    knowledge: Knowledge, question: Question, answer: Answer, judged: Rating, author: Author, mint: Mint
) -> tuple[Fact, ...]:
    """The fact that the ``author`` judges ``answer``, as a revision where a command or form recorded one before.

    Empty where the same judgement with the same reason stands already. Those of other people stay as they are.
    """
    standing, text = assessments_by(knowledge, question, author.actor), author.reason
    earlier = next((assessment for assessment in standing if assessment.file == ASSESSMENTS_FILE), None)
    if any(is_current(made, answer) and (made.judged, made.text) == (judged, text) for made in standing):
        return ()
    stem = f"{ASSESSMENTS_FILE}/{question.slug}"
    assessment = Assessment(
        id=earlier.id if earlier else Id(mint.id()),
        slug=earlier.slug if earlier else knowledge.free_slug(Assessment, stem),
        file=ASSESSMENTS_FILE,
        question=question.id,
        answer=answer.word,
        computed=answer.rating,
        judged=judged,
        by=author.actor,
        text=text,
    )
    return (Revised(assessment) if earlier else Recorded(assessment),)


def assessments_by(knowledge: Knowledge, question: Question, actor: str) -> tuple[Assessment, ...]:
    """What ``actor`` judges of the answer to ``question``."""
    return tuple(made for made in knowledge.assessments_of.get(question.id, ()) if made.by == actor)


def is_current(assessment: Assessment, answer: Answer) -> bool:
    """Whether ``assessment`` judges what ``answer`` is now; if not, it has lapsed."""
    return (assessment.answer, assessment.computed) == (answer.word, answer.rating)


def standing_rating(assessments: Sequence[Assessment], answer: Answer) -> Rating:
    """The judgement on which all people agree that have judged ``answer``; the computed one if they differ."""
    judged = {assessment.judged for assessment in assessments if is_current(assessment, answer)}
    return judged.pop() if len(judged) == 1 else answer.rating
