"""How long do strengths, standings and answers take?

    python -m benchmarks.answers [--nodes 5000 50000] [--question 100 1000] [--questions 300] [--seed N]

A base of invented claims, figures and arguments is made in memory: every question has two sides, each claim rests on
figures or other claims, one argument in five attacks, and some three sources of four speak with one voice each. Printed
are the best of five runs for the whole map (graph, strengths, a word for each node), and for the answer to one question
with all its hinges.

A base of many questions has maps of 10 to 40 nodes. All share the sources; five at a time share a topic with three
measures and a calculation, which decides the first, is the condition of a claim of the second and the premise of an
argument of the third. Printed is what it costs to analyse this base, to answer all its questions, and to answer one.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from statistics import median

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Condition,
    Figure,
    Input,
    InputKind,
    Measure,
    Node,
    NodeKind,
    Question,
    Side,
    Source,
    Stance,
    Voice,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.numbers import read_quantity
from kb.reasoning.analysis import Analysis, analyse
from kb.reasoning.answers.answering import answer
from kb.reasoning.answers.recalculation import Recalculation
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.graph import argument_graph
from kb.reasoning.argumentation.standing import word_of
from kb.reasoning.argumentation.strength import Strengths
from kb.reasoning.calculation.evaluation import evaluated_calculations

_SHARE_OF_SOURCES = 20
"""Nodes for each source."""

_TOPIC = 5
"""Questions that share measures and a calculation."""


def invented(nodes: int, questions: int, chance: Random) -> Knowledge:
    """A base with about ``nodes`` claims, figures and arguments, shared among ``questions``."""
    return Knowledge.of(_entities(nodes, questions, chance))


def _entities(nodes: int, questions: int, chance: Random) -> Iterator[AnyEntity]:
    sources = [f"source-{number}" for number in range(max(4, nodes // _SHARE_OF_SOURCES))]
    yield from (_source(name) for name in sources)
    yield _measure("value")
    for number in range(questions):
        yield from _question(number, max(nodes // questions, 6), sources, chance)


def many_questions(questions: int, chance: Random) -> Knowledge:
    """A base of ``questions`` with maps of 10 to 40 nodes."""
    return Knowledge.of(_topics(questions, chance))


def _topics(questions: int, chance: Random) -> Iterator[AnyEntity]:
    sources = [f"source-{number}" for number in range(max(4, questions // 2))]
    yield from (_source(name) for name in sources)
    for number in range(questions):
        topic = f"t{number // _TOPIC}"
        if number % _TOPIC == 0:
            yield from _topic(topic, chance.choice(sources), chance)
        role = number % _TOPIC
        for entity in _question(number, chance.randint(10, 40), sources, chance):
            yield _on_topic(entity, topic, role, chance)


def _topic(topic: str, source: str, chance: Random) -> Iterator[AnyEntity]:
    """Three measures, and what is left of an income after costs that are disputed and grow by a share assumed."""
    yield from (_measure(f"{topic}-m{number}") for number in range(3))
    yield replace(_figure(f"{topic}-income", source, chance), measure=Id(f"{topic}-m0"))
    growth = read_quantity("25%", default_unit="percent")
    yield Calculation(
        id=Id(f"{topic}-left"), slug=f"{topic}-left", file="words", label="What is left",
        formula="income - costs * (1 + growth)",
        inputs=(
            Input(name="income", kind=InputKind.FIGURE, ref=Id(f"{topic}-income")),
            Input(name="costs", kind=InputKind.MEASURE, ref=Id(f"{topic}-m1")),
            Input(name="growth", kind=InputKind.ASSUMED, quantity=growth, confidence=Confidence("likely")),
        ),
    )  # fmt: skip


def _on_topic(entity: AnyEntity, topic: str, role: int, chance: Random) -> AnyEntity:
    """``entity`` of a question with what it takes from its topic: a measure, or the calculation."""
    if isinstance(entity, Figure):
        # Most voices agree on a number.
        amount = read_quantity(f"${chance.choice([200, 200, 200, 400])}", default_unit="USD")
        return replace(entity, measure=Id(f"{topic}-m{chance.randrange(3)}"), quantity=amount)
    left = Id(f"{topic}-left")
    condition = Condition(left, ">", read_quantity("$0", default_unit="USD"))
    if isinstance(entity, Question) and role == 0:
        return replace(entity, decided_by=condition)
    if isinstance(entity, Claim) and role == 1 and entity.id.endswith("-c1"):
        return replace(entity, holds_if=condition)
    if isinstance(entity, Argument) and role == 2 and entity.id.endswith("-c1-a"):
        return replace(entity, premises=(*entity.premises, Node(NodeKind.CALCULATION, left)))
    return entity


def _measure(name: str) -> Measure:
    return Measure(id=Id(name), slug=name, file="words", label=name, unit="USD", kind=MeasureKind.STOCK)


def _source(name: str) -> Source:
    return Source(
        id=Id(name), slug=name, file=name, title=name, type="article", language="en", reliability=Reliability.B,
        authors=(f"Author of {name}",),
    )  # fmt: skip


def _question(number: int, nodes: int, sources: list[str], chance: Random) -> Iterator[AnyEntity]:
    name = f"q{number}"
    sides = (Side("yes", "It is so."), Side("no", "It is not."))
    yield Question(id=Id(name), slug=name, file="words", text="Is it so?", sides=sides)
    own = chance.sample(sources, min(len(sources), max(4, nodes // _SHARE_OF_SOURCES)))
    claims: list[str] = []
    for at in range(nodes // 3):
        id = f"{name}-c{at}"
        figure = f"{id}-n"
        yield _figure(figure, chance.choice(own), chance)
        yield _claim(id, chance.choice(own), chance)
        # The first claims lead to the sides, the rest to claims before them: some six steps at most.
        to_side = not claims or at < nodes // 15
        ends = [Node(NodeKind.QUESTION, Id(name), chance.choice(["yes", "no"]))]
        end = ends[0] if to_side else Node(NodeKind.CLAIM, Id(chance.choice(claims[: 1 + at // 2])))
        premises = (Node(NodeKind.CLAIM, Id(id)), Node(NodeKind.FIGURE, Id(figure)))
        attacks = not to_side and chance.random() < 0.2
        yield Argument(
            id=Id(f"{id}-a"), slug=f"{id}-a", file="words", premises=premises, conclusion=end,
            kind=ArgumentKind.ATTACKS if attacks else ArgumentKind.SUPPORTS,
        )  # fmt: skip
        claims.append(id)


def _figure(id: str, source: str, chance: Random) -> Figure:
    return Figure(
        id=Id(id), slug=id, file=source, source=Id(source), measure=Id("value"),
        quantity=read_quantity(f"${chance.randrange(100, 999)}", default_unit="USD"), voice=_voice(source, chance),
        passage=Passage(1), stance=Stance.REPORTED, confidence=Confidence("likely"),
        scope={},
    )  # fmt: skip


def _claim(id: str, source: str, chance: Random) -> Claim:
    return Claim(
        id=Id(id), slug=id, file=source, source=Id(source), text=f"{id}.", passages=(Passage(1),),
        voice=_voice(source, chance), stance=Stance.ASSERTED, confidence=Confidence("likely"),
    )  # fmt: skip


def _voice(source: str, chance: Random) -> Voice:
    return Voice(f"Author of {source}" if chance.random() < 0.75 else f"Guest {chance.randrange(5)} of {source}")


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of CPU of the fastest of ``runs``."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def weigh(knowledge: Knowledge) -> Strengths:
    """The strengths of everything, with a word for each node."""
    strengths = Strengths(argument_graph(knowledge, {}))
    for node in range(len(strengths.graph.ids)):
        word_of(strengths.graph, strengths, node)
    return strengths


def _answered(knowledge: Knowledge, analysis: Analysis, id: Id) -> float:
    """Seconds of CPU for the answer to one question of a base that is analysed."""
    graph, evaluated = analysis.standings.graph, evaluated_calculations(knowledge, knowledge.calculations)
    question = knowledge.questions[id]
    return best_of(1, lambda: answer(QuestionSlice(knowledge, graph, Recalculation(knowledge, evaluated), question)))


def print_many_questions(questions: int, seed: int) -> None:
    """What a base of ``questions`` costs: all of it, and one answer."""
    knowledge = many_questions(questions, Random(seed))
    analysis = analyse(knowledge)
    analysed = best_of(3, lambda: analyse(knowledge))
    everything = best_of(3, lambda: list(analyse(knowledge).answers.values()))
    alone = sorted(_answered(knowledge, analysis, id) for id in knowledge.questions)
    print(
        f"{questions} questions, {len(analysis.standings.graph.ids):,} nodes: analysed in {analysed:.2f} s, "
        f"all answered in {everything:.2f} s; one answer {median(alone) * 1000:.1f} ms (median), "
        f"{alone[-1] * 1000:.1f} ms (slowest)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[5000, 50_000])
    parser.add_argument("--question", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--questions", type=int, nargs="*", default=[300])
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    for nodes in options.nodes:
        knowledge = invented(nodes, max(nodes // 100, 1), Random(options.seed))
        size = len(argument_graph(knowledge, {}).ids)
        print(f"strengths and standings of {size:,} nodes: {best_of(5, lambda k=knowledge: weigh(k)) * 1000:.0f} ms")
    for nodes in options.question:
        knowledge = invented(nodes, 1, Random(options.seed))
        graph = argument_graph(knowledge, {})
        (question,) = knowledge.questions.values()
        none = Recalculation(knowledge, {})
        made = answer(QuestionSlice(knowledge, graph, none, question))
        seconds = best_of(3, lambda k=knowledge, g=graph, n=none, q=question: answer(QuestionSlice(k, g, n, q)))
        print(f"answer with {len(made.hinges)} hinges, {len(graph.ids):,} nodes: {seconds:.3f} s ({made.word})")
    for questions in options.questions:
        print_many_questions(questions, options.seed)


if __name__ == "__main__":
    main()
