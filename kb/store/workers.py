"""Groups of findings shared among processes that all see the same state of the tables."""

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy.engine import URL

from kb.domain.finding import FindingGroups
from kb.store.engine import reading_engine
from kb.store.log import Head, head_of
from kb.store.projection import Reconciler, RowChange, group_changes

Changes = list[RowChange]


class Workers:
    """Processes that compute findings; one that ends early leaves its groups to the others."""

    def __init__(self, pipes: list[Pipe]) -> None:
        self._pipes = pipes

    def begin(self, head: Head) -> None:
        """Lets each worker look at the tables; one that does not see them at ``head`` is left out.

        While this lasts, nobody may write.
        """
        self._pipes = [pipe for pipe in self._pipes if _ask(pipe, None) == head]

    def changes(
        self, parts: Iterator[FindingGroups], alone: Callable[[FindingGroups], Changes]
    ) -> Iterator[tuple[FindingGroups, Changes]]:
        """Each of ``parts`` with its changes, in any order; ``alone`` computes those that no worker is left for."""
        idle, given, returned = list(self._pipes), dict[Pipe, FindingGroups](), list[FindingGroups]()
        while True:
            while idle and (part := returned.pop() if returned else next(parts, None)):
                given[idle[-1]] = part
                _send(idle.pop(), part)
            if not given:
                break
            for pipe in [pipe for pipe in wait(list(given)) if isinstance(pipe, Pipe)]:
                part, changes = given.pop(pipe), _receive(pipe)
                if changes is None:
                    returned.append(part)
                else:
                    idle.append(pipe)
                    yield part, changes
        yield from ((part, alone(part)) for part in chain(returned, parts))


@contextmanager
def started(count: int, url: URL, reconciler: Reconciler) -> Iterator[Workers]:
    """``count`` processes that are ready to begin, and that end with the block."""
    context = get_context("spawn")
    pipes: list[Pipe] = []
    processes: list[BaseProcess] = []
    try:
        for _ in range(count):
            ours, theirs = context.Pipe()
            process: BaseProcess = context.Process(target=_work, args=(theirs, url, reconciler), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        yield Workers([pipe for pipe in pipes if _receive(pipe)])
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.terminate()
            process.join()


def _send(pipe: Pipe, value: object) -> None:
    # Whether the other end still lives shows when its answer is read.
    with suppress(OSError):
        pipe.send(value)


def _receive(pipe: Pipe) -> Any:
    """The next value from the other end; None if that has ended."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None


def _ask(pipe: Pipe, value: object) -> Any:
    _send(pipe, value)
    return _receive(pipe)


def _work(pipe: Pipe, url: URL, reconciler: Reconciler) -> None:
    """Compute what the other end asks for, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Computing makes many objects and hardly any garbage; with fewer collections it is a tenth faster.
    gc.freeze()
    gc.set_threshold(100_000)
    # An error ends this process without a word: the other end then computes the same groups, and meets the same error.
    with suppress(Exception), reading_engine(url).connect() as connection:
        pipe.send(True)
        pipe.recv()
        pipe.send(head_of(connection))
        while True:
            pipe.send(group_changes(connection, reconciler, pipe.recv()))
