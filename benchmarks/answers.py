"""How long do strengths, standings and answers take?

    python -m benchmarks.answers [--nodes 5000 50000] [--question 100 1000] [--seed N]

A base of invented claims, figures and arguments is made in memory: every question has two sides, each claim rests on
figures or other claims, one argument in five attacks, and some three sources of four speak with one voice each. Printed
are the best of five runs for the whole map (graph, strengths, a word for each node), and for the answer to one question
with all its hinges.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from random import Random

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Claim,
    Figure,
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
from kb.reasoning.answers.answering import answer
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.graph import argument_graph
from kb.reasoning.argumentation.standing import word_of
from kb.reasoning.argumentation.strength import Strengths

_SHARE_OF_SOURCES = 20
"""Nodes for each source."""


def invented(nodes: int, questions: int, chance: Random) -> Knowledge:
    """A base with about ``nodes`` claims, figures and arguments, shared among ``questions``."""
    return Knowledge.of(_entities(nodes, questions, chance))


def _entities(nodes: int, questions: int, chance: Random) -> Iterator[AnyEntity]:
    sources = [f"source-{number}" for number in range(max(4, nodes // _SHARE_OF_SOURCES))]
    yield from (_source(name) for name in sources)
    yield Measure(id=Id("value"), slug="value", file="words", label="Value", unit="USD", kind=MeasureKind.STOCK)
    for number in range(questions):
        yield from _question(number, max(nodes // questions, 6), sources, chance)


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
    for node in range(len(strengths.graph.keys)):
        word_of(strengths.graph, strengths, node)
    return strengths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[5000, 50_000])
    parser.add_argument("--question", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    for nodes in options.nodes:
        knowledge = invented(nodes, max(nodes // 100, 1), Random(options.seed))
        size = len(argument_graph(knowledge, {}).keys)
        print(f"strengths and standings of {size:,} nodes: {best_of(5, lambda k=knowledge: weigh(k)) * 1000:.0f} ms")
    for nodes in options.question:
        knowledge = invented(nodes, 1, Random(options.seed))
        graph = argument_graph(knowledge, {})
        (question,) = knowledge.questions.values()
        made = answer(QuestionSlice(knowledge, graph, {}, question))
        seconds = best_of(3, lambda k=knowledge, g=graph, q=question: answer(QuestionSlice(k, g, {}, q)))
        print(f"answer with {len(made.hinges)} hinges, {len(graph.keys):,} nodes: {seconds:.3f} s ({made.word})")


if __name__ == "__main__":
    main()
