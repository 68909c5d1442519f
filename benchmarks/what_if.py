"""How long does a what-if take, from a warm server?

    python -m benchmarks.what_if [--nodes 100] [--seed N] [--most 20]

The web application answers in this process, over a base in memory that was read and answered before. For a generated
question of so many nodes, and for the questions of the shipped corpus, each hinge and each source is chosen once.
Printed are the median and the slowest time of the changes alone (``part=changes``: direction, results, standings), of
the changes with the word of the answer and everything that can be chosen (``part=word``), and of the whole page of the
question. No address is asked for twice, so that nothing comes from a cache.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.answers import invented
from kb.app.mint import SystemMint
from kb.app.workspace import bundled_folder
from kb.domain.entity import Question
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import read
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.choices import Pairs, hinge_pairs
from kb.reports.view import Moment, View
from kb.web.app import create_app
from kb.web.sign_in import SignIn

_HOST = "127.0.0.1:8000"


class _Library:
    """A base in memory, of which nothing but its view is asked for."""

    actor = ""

    def __init__(self, knowledge: Knowledge) -> None:
        analysis = analyse(knowledge)
        for part in analysis.slices.values():
            part.strengths  # noqa: B018
        findings = Reconciler().findings(knowledge)
        answers = {id: analysis.answers[id] for id in knowledge.questions}
        assert answers, "a base with questions"
        self._view = View(recorded=knowledge, findings=findings, analysis=analysis, moment=Moment(1, "0" * 64, 1))

    def view(self, at: int | None = None) -> View:
        del at
        return self._view

    def explaining_damage(self) -> nullcontext[None]:
        return nullcontext()

    def batches(self, limit: int, offset: int = 0) -> tuple[()]:
        del limit, offset
        return ()


def _states(view: View, question: Question) -> Iterator[Pairs]:
    """What is chosen: each hinge, and each source that bears on the question."""
    yield from hinge_pairs(view, question.id, view.analysis.answers[question.id].hinges)
    part = view.analysis.slices[question.id].knowledge
    yield from (
        (("without", source.slug),)
        for source in part.sources.values()
        if source.id in part.figures_of_source or source.id in part.claims_of_source
    )


def _print_times(knowledge: Knowledge, name: str, most: int) -> None:
    library = _Library(knowledge)
    app = create_app(
        library,  # type: ignore[arg-type]
        templates=bundled_folder("templates"),
        hosts=[_HOST],
        sign_in=SignIn(f"http://{_HOST}", print),
    )
    with TestClient(app, base_url=f"http://{_HOST}") as client:
        for question in knowledge.questions.values():
            _print_question(client, library.view(), question, name, most)


def _print_question(client: TestClient[Litestar], view: View, question: Question, name: str, most: int) -> None:
    nodes = len(view.analysis.slices[question.id].graph.ids)
    client.get(f"/questions/{question.slug}").raise_for_status()
    addresses = {
        "changes": f"/what-if/{question.slug}?part=changes&",
        "word": f"/what-if/{question.slug}?part=word&",
        "page": f"/questions/{question.slug}?",
    }
    times: dict[str, list[float]] = {part: [] for part in addresses}
    for state in dict.fromkeys(list(_states(view, question))[:most]):
        for part, address in addresses.items():
            times[part].append(_seconds(client, address + urlencode(state)))
    told = "; ".join(
        f"{part} {median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms"
        for part, seconds in times.items()
    )
    print(f"{name} {question.slug} ({nodes} nodes, {len(times['page'])} states): {told}")


def _seconds(client: TestClient[Litestar], address: str) -> float:
    """Seconds of CPU, which on a busy machine vary less than those of the clock."""
    began = time.process_time()
    client.get(address).raise_for_status()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="*", default=[100])
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--most", type=int, default=20, help="The most states of a question that are asked for.")
    options = parser.parse_args()
    for nodes in options.nodes:
        _print_times(invented(nodes, 1, Random(options.seed)), "generated", options.most)
    seeds = sorted((Path(__file__).parents[1] / "seeds").glob("*.yaml"))
    corpus = read(seeds, Knowledge(), SystemMint(), lambda _: None)
    _print_times(Knowledge.of(corpus.entities), "corpus", options.most)


if __name__ == "__main__":
    main()
