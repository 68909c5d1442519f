"""An answer without a source or an origin is that of a base in which nobody had recorded it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kb.app.mint import SystemMint
from kb.domain.answer import Direction, HingeKind
from kb.domain.entity import Claim, Figure
from kb.domain.finding import FindingGroups
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import read
from kb.reasoning.analysis import Analysis, analyse
from kb.reasoning.answers.bearing import bearing
from kb.reasoning.answers.removal import Removal, knowledge_without, origin_removals, source_removals
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.reconcile import Reconciler
from tests.answers.test_judged import answered
from tests.reasoning.story import argument, claim, figure, measure, question, source, told

FOLDER = Path(__file__).parent
BASES = {
    "corpus": sorted((FOLDER.parents[1] / "seeds").glob("*.yaml")),
    "pair": sorted((FOLDER.parent / "pair").glob("*.yaml")),
    **{path.stem: [path] for path in sorted((FOLDER / "maps").glob("*.yaml"))},
}


@cache
def known(base: str) -> tuple[Knowledge, Analysis]:
    reading = read(BASES[base], Knowledge(), SystemMint(), lambda _: None)
    knowledge = Knowledge.of(reading.entities).canonical
    return knowledge, analyse(knowledge)


def removals(knowledge: Knowledge, analysis: Analysis) -> Iterator[tuple[str, Removal]]:
    links = analysis.standings.graph.links
    yield from ((f"source {id}", removal) for id, removal in source_removals(knowledge, links) if removal)
    yield from (
        (f"origin {origin.name}", removal) for origin, _, removal in origin_removals(knowledge, links) if removal
    )


def outcome(part: QuestionSlice) -> tuple[Direction, float]:
    return part.direction(part.strengths), pytest.approx(part.balance(part.strengths))


@pytest.mark.parametrize("base", BASES)
def test_withdrawing_is_never_having_recorded(base: str) -> None:
    knowledge, analysis = known(base)
    tried = 0
    every = list(removals(knowledge, analysis))
    # Each costs an analysis of the whole base; of the many voices of the corpus every fourth will do.
    for name, removal in every[:: 4 if base == "corpus" else 1]:
        rebuilt = analyse(knowledge_without(knowledge, removal))
        for id, part in analysis.slices.items():
            after = part.strengths.after(part.without(removal))
            assert (part.direction(after), part.balance(after)) == outcome(rebuilt.slices[id]), (name, id)
            tried += 1
    assert tried or not knowledge.sources


def test_a_figure_goes_with_the_one_that_it_repeats_and_an_inference_with_what_it_rests_on() -> None:
    knowledge, analysis = known("19-gum")
    study = knowledge.named(Figure, "gum/gain")
    assert study
    removed = dict(source_removals(knowledge, analysis.standings.graph.links))[study.source]
    assert len(removed.figures) == 4
    names = {knowledge.claims[id].slug for id in removed.claims}
    assert names == {"gum/mag-helps", "gum/daily-helps", "gum/radio-helps"}
    assert knowledge.named(Claim, "gum/no-gain")


def test_a_figure_goes_with_the_one_that_it_is_computed_from() -> None:
    double = replace(figure("$16k/month", id="double", by="memo"), derived_from=(Id("test"),))
    knowledge = told(source("deck"), source("memo"), measure(), figure("$8k/month", id="test"), double)
    removed = {knowledge.sources[id].slug: removal for id, removal in source_removals(knowledge, {})}
    assert removed["deck"].figures == {Id("test"), Id("double")} and removed["memo"].figures == {Id("double")}


def test_a_work_and_its_unnamed_speakers_are_one_hinge() -> None:
    said = (
        claim("dear", by="thread", voice="(commenter A)"),
        argument("so", "question:loss:yes", "claim:dear"),
    )
    made = analyse(told(source("thread"), question(), *said)).answers[Id("loss")]
    assert [hinge.kind for hinge in made.hinges if hinge.kind is not HingeKind.NODE] == [HingeKind.SOURCE]
    named = (claim("dear", by="thread", voice="Ann via Thread"), claim("cold", by="thread", voice="Bo via Thread"))
    both = (argument("a", "question:loss:yes", "claim:dear"), argument("b", "question:loss:no", "claim:cold"))
    told_by_two = analyse(told(source("thread"), question(), *named, *both)).answers[Id("loss")]
    assert HingeKind.ORIGIN in {hinge.kind for hinge in told_by_two.hinges}


def test_what_leads_to_no_question_has_no_bearing() -> None:
    knowledge, analysis = known("corpus")
    groups = FindingGroups(frozenset(knowledge.measures), frozenset(knowledge.calculations), frozenset())
    behind = {id for part in analysis.slices.values() for id in part.knowledge.figures}
    bearings = {
        finding.id: (bearing(analysis.slices.values(), finding), behind.isdisjoint(finding.figures))
        for finding in Reconciler().findings(knowledge, groups)
    }
    apart = [moved for moved, is_apart in bearings.values() if is_apart]
    assert apart and set(apart) == {0}
    assert max(moved for moved, _ in bearings.values()) > 0.02


def test_a_deciding_condition_gives_the_direction() -> None:
    assert answered("27", "airship-earns").direction is Direction.NO
    assert answered("25", "deposit-saves").direction is Direction.EVEN
