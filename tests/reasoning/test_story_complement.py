"""A share and the rest of its whole: what is said of the two, in sentences, calculations and reasons."""

from kb.domain.entity import AnyEntity
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.findings.position import positions, survey
from kb.reasoning.findings.separation import SeparationGround, separation
from tests.reasoning.story import calculation, figure, measure, told
from tests.reasoning.worded import worded_findings

LOST = measure("share-lost", "fraction", "ratio", "place")
KEPT = measure("share-kept", "fraction", "ratio", "place", complement_of="share-lost")


def known(*entities: AnyEntity) -> Knowledge:
    return told(LOST, KEPT, *entities)


def lost(said: str, by: str, **about: object) -> AnyEntity:
    return figure(said, id=by, by=by, of="share-lost", unit="fraction", **about)  # type: ignore[arg-type]


def kept(said: str, by: str, **about: object) -> AnyEntity:
    return figure(said, id=by, by=by, of="share-kept", unit="fraction", **about)  # type: ignore[arg-type]


def test_a_sentence_says_how_the_number_was_stated() -> None:
    (finding,) = worded_findings(known(lost("70%", "ash"), kept("45%", "elm")))
    assert "Elm says 45% for the share kept, that is 55%" in finding.explanation


def test_voices_that_agree_are_named_with_what_they_stated() -> None:
    (finding,) = worded_findings(known(lost("70%", "ash"), kept("30%", "elm")))
    assert "Ash and Elm give the same number" in finding.explanation
    assert "Elm gives it as 30% for the share kept." in finding.explanation


def test_each_measure_has_the_positions_of_both_in_its_own_terms() -> None:
    knowledge = known(lost("70%", "ash"), kept("45%", "elm"))
    stated = [[float(one.quantity.low or 0) for one in positions(knowledge, id)] for id in ("share-lost", "share-kept")]
    assert stated == [[0.55, 0.7], [0.3, 0.45]]


def test_a_calculation_takes_the_positions_of_both_in_the_terms_of_its_measure() -> None:
    knowledge = known(lost("70%", "ash"), kept("45%", "elm"), calculation("half", "x / 2", x="measure share-kept"))
    outcomes = results_of(knowledge, ["half"])["half"].outcomes
    assert sorted(float(outcome.stated.low or 0) for outcome in outcomes) == [0.15, 0.225]


def test_a_figure_as_input_keeps_its_own_terms() -> None:
    knowledge = known(kept("45%", "elm"), calculation("half", "x / 2", x="figure elm"))
    assert float(results_of(knowledge, ["half"])["half"].outcomes[0].stated.low or 0) == 0.225


def test_a_number_retold_as_the_rest_is_a_faithful_retelling() -> None:
    findings = worded_findings(known(lost("70%", "ash"), kept("30%", "elm", quotes="ash")))
    assert [one for one in findings if one.rule == "drift"] == []


def test_another_number_retold_as_the_rest_is_a_drift() -> None:
    (drift,) = [
        one
        for one in worded_findings(known(lost("70%", "ash"), kept("70%", "elm", quotes="ash")))
        if one.rule == "drift"
    ]
    assert str(drift.verdict) == "conflict"


def test_two_shares_of_other_places_say_why_they_are_not_compared() -> None:
    knowledge = known(lost("70%", "ash", place="rome"), kept("45%", "elm", place="oslo"))
    seen = knowledge.in_terms_of(LOST.id)
    reason = separation(seen, survey(seen, LOST), seen.figures["ash"], seen.figures["elm"])
    assert reason.ground is SeparationGround.SCOPE


def test_small_shares_have_one_verdict_whichever_is_the_rest() -> None:
    turned = measure("share-lost", "fraction", "ratio", "place", complement_of="share-kept")
    other = measure("share-kept", "fraction", "ratio", "place")
    said = lost("4%", "ash"), kept("97%", "elm")
    verdicts = {
        one.verdict for knowledge in (known(*said), told(turned, other, *said)) for one in worded_findings(knowledge)
    }
    assert [str(verdict) for verdict in verdicts] == ["conflict"]


def test_a_number_given_as_that_of_the_rest_is_no_other_number() -> None:
    (drift,) = [
        one
        for one in worded_findings(known(lost("70%", "ash"), kept("70%", "elm", quotes="ash")))
        if one.rule == "drift"
    ]
    assert "gives as the share kept what the original gives as the share lost" in drift.explanation
