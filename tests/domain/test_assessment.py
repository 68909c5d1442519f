"""A person's judgement of a certainty holds for what she saw, and for nothing else."""

from dataclasses import replace

from kb.domain.answer import Answer, AnswerWord, Certainty, Concern, Direction, Rating
from kb.domain.assessment import AssessmentRequest, assessment_facts, is_current, standing_rating
from kb.domain.entity import Assessment
from kb.domain.event import Recorded, Revised
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from tests.mint import CountingMint
from tests.reasoning.story import question

ADA = Author("Ada", "Why.")
LOW = Rating(certainty=Certainty.LOW, concerns=(Concern.ONE_ORIGIN, Concern.INDIRECT))
MODERATE = Rating(certainty=Certainty.MODERATE, concerns=(Concern.ONE_ORIGIN,))
ANSWER = Answer(
    question=Id("loss"),
    word=AnswerWord.LEANING_YES,
    direction=Direction.YES,
    strengths=(0.5, 0.1),
    hinges=(),
    tried=(),
    contested=(),
    gaps=(),
    certainty=LOW.certainty,
    concerns=LOW.concerns,
    only_case=None,
    converged=True,
    exact=True,
)


def judged(
    rating: Rating, *, text: str = "It is so.", by: str = "Ada", id: str = "j", file: str = "ours"
) -> Assessment:
    return Assessment(
        id=Id(id),
        slug=f"{file}/{id}",
        file=file,
        question=Id("loss"),
        answer=ANSWER.word,
        computed=LOW,
        judged=rating,
        by=by,
        text=text,
    )


def request(certainty: Certainty | None = None, concerns: tuple[Concern, ...] | None = None) -> AssessmentRequest:
    return AssessmentRequest(question="loss", certainty=certainty, concerns=concerns)


def test_reasons_lower_the_certainty_a_step_each() -> None:
    assert request(concerns=(Concern.ONE_ORIGIN,)).rating(LOW) == MODERATE
    assert request(concerns=()).rating(LOW) == Rating(certainty=Certainty.HIGH)


def test_a_judgement_without_certainty_and_reasons_confirms_what_was_computed() -> None:
    assert request().rating(LOW) == LOW


def test_a_certainty_keeps_the_computed_reasons_unless_nothing_lowers_it() -> None:
    assert request(Certainty.VERY_LOW).rating(LOW) == replace(LOW, certainty=Certainty.VERY_LOW)
    assert request(Certainty.HIGH).rating(LOW) == Rating(certainty=Certainty.HIGH)


def test_what_people_agree_on_stands() -> None:
    assert standing_rating([], ANSWER) == LOW
    assert standing_rating([judged(MODERATE), judged(MODERATE, id="k")], ANSWER) == MODERATE
    assert standing_rating([judged(MODERATE), judged(Rating(certainty=Certainty.HIGH), id="k")], ANSWER) == LOW


def test_a_judgement_lapses_once_something_else_is_computed() -> None:
    for changed in (replace(ANSWER, word=AnswerWord.OPEN), replace(ANSWER, concerns=(), certainty=Certainty.HIGH)):
        assert not is_current(judged(MODERATE), changed)
        assert standing_rating([judged(MODERATE)], changed) == changed.rating
    assert is_current(judged(MODERATE), replace(ANSWER, strengths=(0.6, 0.2)))


def test_a_second_judgement_by_form_revises_the_first() -> None:
    asked = question("loss")
    (first,) = assessment_facts(Knowledge.of([asked]), asked, ANSWER, MODERATE, ADA, CountingMint())
    assert isinstance(first, Recorded) and first.entity.slug == "assessments/loss"
    known = Knowledge.of([asked, first.entity])
    assert assessment_facts(known, asked, ANSWER, MODERATE, ADA, CountingMint()) == ()
    (second,) = assessment_facts(known, asked, ANSWER, LOW, Author("Ada", "Looked again."), CountingMint())
    assert isinstance(second, Revised) and second.entity.id == first.entity.id


def test_a_judgement_in_a_seed_file_of_its_own_stays_as_it_is() -> None:
    asked = question("loss")
    known = Knowledge.of([asked, judged(MODERATE)])
    (fact,) = assessment_facts(known, asked, ANSWER, LOW, Author("Ada", "No."), CountingMint())
    assert isinstance(fact, Recorded)


def test_people_judge_beside_each_other() -> None:
    asked = question("loss")
    (first,) = assessment_facts(Knowledge.of([asked]), asked, ANSWER, MODERATE, ADA, CountingMint("a"))
    assert isinstance(first, Recorded)
    known = Knowledge.of([asked, first.entity])
    (second,) = assessment_facts(known, asked, ANSWER, LOW, Author("Ben", "No."), CountingMint("b"))
    assert isinstance(second, Recorded) and second.entity.slug == "assessments/loss-2"
