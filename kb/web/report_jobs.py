"""Reports that are being made for readers of the pages, a few at a time, and those that were made last."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Condition, Lock

from kb.domain.problem import Problem, Refused

Work = Callable[[Callable[[str], object]], bytes]
"""Makes a report; is given a function to call with each stage."""

_AT_ONCE = 2
_KEPT = 12
_log = logging.getLogger("kb.web")
_BUG = Problem("report", "this is a bug in the program, not your mistake", "the server's log has the details")


class ReportJob:
    """A report that is being made or has been made. Safe to use from several threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._stages: list[str] = []
        self._ended = False
        self._content = b""
        self._problems: Sequence[Problem] = ()

    def run(self, work: Work) -> None:
        """Make the report."""
        try:
            self._content = work(self._reach)
        except Refused as refusal:
            self._problems = refusal.problems
        except Exception as mistake:
            _log.error("a report failed", exc_info=mistake)
            self._problems = (_BUG,)
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _reach(self, stage: str) -> None:
        with self._changed:
            self._stages.append(stage)
            self._changed.notify_all()

    def stages(self) -> Iterator[str]:
        """Each stage when it is reached; ends when the report has ended."""
        seen = 0
        while True:
            with self._changed:
                self._changed.wait_for(partial(self._is_beyond, seen))
                reached = self._stages[seen:]
            if not reached:
                return
            yield from reached
            seen += len(reached)

    def _is_beyond(self, seen: int) -> bool:
        return self._ended or len(self._stages) > seen

    @property
    def failed(self) -> bool:
        """Whether it has ended without a report."""
        return bool(self._problems)

    def content(self) -> bytes:
        """The report, once it is made.

        Raises:
            Refused: it could not be made.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._ended)
        if self._problems:
            raise Refused(self._problems)
        return self._content


class ReportJobs:
    """The jobs of one server. Safe to use from several threads."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE, "kb-report")
        self._jobs: OrderedDict[Hashable, ReportJob] = OrderedDict()
        self._lock = Lock()

    def job(self, key: Hashable, work: Work) -> ReportJob:
        """The job at ``key``; if there is none, or it failed, one that does ``work``."""
        with self._lock:
            known = self._jobs.get(key)
            if known and not known.failed:
                self._jobs.move_to_end(key)
                return known
            made = self._jobs[key] = ReportJob()
            self._pool.submit(made.run, work)
            while len(self._jobs) > _KEPT:
                self._jobs.popitem(last=False)
            return made
