"""Problems and warnings of one seed file, each with line, column and what to write."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kb.domain.problem import Problem, Severity

WIDEST = 160
# Nobody reads more; a wrong indent can make a problem of every line.
MOST = 1000


class Marked(Protocol):
    """Anything with a line and a column in a file, both from 1."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; line and column count from 1, the column in characters."""

    line: int
    column: int = 1


@dataclass
class Diagnostics:
    """Collects the problems of one file.

    Attributes:
        path: The file as its user named it.
        lines: Its lines, for the excerpts.
        problems: What is wrong, in the order in which it was noted.
        warnings: What is doubtful, likewise; a warning blocks nothing.
    """

    path: str
    lines: Sequence[str] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def note(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> None:
        """Adds the problem ``what`` at ``at``, or ``shift`` characters after it; ignored once there are 1,000."""
        if len(self.problems) < MOST:
            self.problems.append(self.problem(at, what, hint, shift))
        elif len(self.problems) == MOST:
            self.problems.append(self.problem(at, f"more than {MOST} problems; the others are not shown"))

    def warn(self, at: Marked, what: str, hint: str = "") -> None:
        """Adds the warning ``what`` at ``at``, which blocks nothing; ignored once there are 1,000."""
        if len(self.warnings) < MOST:
            self.warnings.append(replace(self.problem(at, what, hint), severity=Severity.WARNING))

    def hint(self, place: int, hint: str) -> None:
        """Gives the problem that was noted in this ``place``, from 0, a hint where there is one and it has none."""
        for problem in self.problems[place : place + 1]:
            self.problems[place] = problem if problem.hint else replace(problem, hint=hint)

    def problem(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> Problem:
        """The problem that ``note`` would add."""
        column = at.column + shift
        excerpt, caret = self._excerpt(at.line, column)
        return Problem(where=self.where(at, shift), what=what, hint=hint, excerpt=excerpt, column=caret)

    def where(self, at: Marked, shift: int = 0) -> str:
        """The place as ``file:line:column``."""
        return f"{self.path}:{at.line}:{at.column + shift}"

    @property
    def is_full(self) -> bool:
        """Whether there are as many problems as are listed at most."""
        return len(self.problems) > MOST

    def in_order(self) -> tuple[Problem, ...]:
        """All problems and warnings, from the first line of the file to the last."""
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
