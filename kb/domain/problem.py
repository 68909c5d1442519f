"""Problems to report to a user: a place, what is wrong or doubtful there, and what to write instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem must be fixed before the command goes on, or only looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a user's input.

    Attributes:
        where: The place, e.g. ``seeds/deck.yaml:12:7`` (lines and columns count from 1).
        what: What is wrong there, e.g. ``no unit in '8k'``.
        hint: What to write instead; empty where nothing better than ``what`` is known.
        excerpt: The line as written, for the caret to point into; empty where there is none.
        column: Column of the caret in ``excerpt``, from 1; 0 where there is none.
        severity: An error keeps a command from going on, a warning never does.
    """

    where: str
    what: str
    hint: str = ""
    excerpt: str = ""
    column: int = 0
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" — {self.hint}" if self.hint else "")

    @property
    def is_warning(self) -> bool:
        """Whether the command may go on regardless."""
        return self.severity is Severity.WARNING

    def with_excerpt(self) -> str:
        """The problem in words, its line, and a caret under the place; the words alone where there is no excerpt."""
        if not self.excerpt:
            return str(self)
        lead = self.excerpt[: max(self.column - 1, 0)]
        # The caret must stand under the place: a tab keeps its width, and a Chinese sign takes two columns.
        pad = "".join("\t" if c == "\t" else "\u3000" if ord(c) > 0x2E7F else " " for c in lead)
        return f"{self}\n    {self.excerpt}\n    {pad}^"


class Refused(Exception):
    """The error of a command whose input has problems; carries all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Damaged(Refused):
    """The refusal of a base that is damaged: its user's input is not at fault."""
