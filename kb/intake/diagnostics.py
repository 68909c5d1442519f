"""Problems and warnings of one seed file, each with line, column and what to write."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kb.domain.problem import Problem, Severity

WIDEST = 160
MOST = 1000


class Marked(Protocol):
    """Anything that stands at a line and a column of a file, both from 1."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: line and column count from 1, the column in characters."""

    line: int
    column: int = 1


@dataclass
class Diagnostics:
    """Collects the problems of one file.

    Attributes:
        path: The file as its user named it.
        lines: Its lines, for the excerpts.
        problems: What was noted, in the order in which it was found.
        warnings: What was found doubtful, likewise.
    """

    path: str
    lines: Sequence[str] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def note(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> None:
        """Notes that ``what`` is wrong at ``at``, or ``shift`` characters behind it; up to 1,000 times in a file."""
        if len(self.problems) < MOST:
            self.problems.append(self.problem(at, what, hint, shift))
        elif len(self.problems) == MOST:
            self.problems.append(self.problem(at, f"more than {MOST} problems; the others are not shown"))

    def warn(self, at: Marked, what: str, hint: str = "") -> None:
        """Notes that ``what`` is doubtful at ``at``; nobody is kept from going on. Up to 1,000 times in a file."""
        if len(self.warnings) < MOST:
            self.warnings.append(replace(self.problem(at, what, hint), severity=Severity.WARNING))

    def problem(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> Problem:
        """The problem that ``note`` would note."""
        column = at.column + shift
        excerpt, caret = self._excerpt(at.line, column)
        return Problem(self.where(at, shift), what, hint, excerpt, caret)

    def where(self, at: Marked, shift: int = 0) -> str:
        """The place as ``file:line:column``."""
        return f"{self.path}:{at.line}:{at.column + shift}"

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that nobody would read on."""
        return len(self.problems) > MOST

    def in_order(self) -> tuple[Problem, ...]:
        """Every problem and every warning, from the top of the file to its foot."""
        return tuple(sorted((*self.problems, *self.warnings), key=_place))

    def _excerpt(self, line: int, column: int) -> tuple[str, int]:
        if not 1 <= line <= len(self.lines):
            return "", 0
        text = self.lines[line - 1]
        if len(text) <= WIDEST:
            return text, min(column, len(text) + 1)
        start = max(0, min(column - WIDEST // 2, len(text) - WIDEST))
        lead = "…" if start else ""
        tail = "…" if start + WIDEST < len(text) else ""
        return lead + text[start : start + WIDEST] + tail, column - start + len(lead)


def _place(problem: Problem) -> tuple[int, int]:
    _, line, column = problem.where.rsplit(":", 2)
    return int(line), int(column)
