"""How does the command line talk to its user? Problems with a caret, numbers in columns, progress as a bar."""

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from kb.domain.codec import to_builtins
from kb.domain.event import Event, Fact, Recorded, Revised, fact_of, stream_of, type_of
from kb.domain.finding import Verdict
from kb.domain.problem import Problem
from kb.reports.page import MatchesPage
from kb.reports.value import FindingRow
from kb.reports.words.verdicts import VERDICTS


def problems(listed: Sequence[Problem]) -> None:
    """Print every problem with its line and a caret, warnings apart and last, on standard error."""
    errors = [problem for problem in listed if not problem.is_warning]
    warnings = [problem for problem in listed if problem.is_warning]
    for problem in errors:
        click.echo(problem.with_excerpt(), err=True)
    if len(errors) > 1:
        click.echo(f"{len(errors)} problems", err=True)
    for problem in warnings:
        click.echo(f"warning: {problem.with_excerpt()}", err=True)
    if warnings and len(listed) > 1:
        click.echo(counted(len(warnings), "warning"), err=True)


def as_json(value: object) -> None:
    """Print ``value`` as indented JSON."""
    click.echo(msgspec.json.format(msgspec.json.encode(to_builtins(value)), indent=2).decode())


def fact_summary(fact: Fact) -> str:
    """A fact by its type and the name of what it is about, e.g. ``figure.revised quay/fee``."""
    about = fact.entity.slug if isinstance(fact, Recorded | Revised) else stream_of(fact)
    return f"{type_of(fact).rpartition('.')[0]} {about}"


def event_subject(event: Event) -> str:
    """The readable name of what an event is about, where its payload holds one; else its stream."""
    if event.data is None:
        return "(redacted)"
    fact = fact_of(event.type, event.data)
    return fact.entity.slug if isinstance(fact, Recorded | Revised) else event.stream[:16]


def counted(number: int, noun: str) -> str:
    """``number`` with its noun, e.g. ``1 event``, ``2 events``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def findings(rows: Sequence[FindingRow]) -> None:
    """Print findings, each with verdict, severity and id, what it is about, and why; then how many there are."""
    for row in rows:
        verdict = click.style(row.verdict_text, fg=VERDICTS[Verdict(row.verdict)].terminal, bold=True)
        click.echo(f"{verdict} {row.severity}  {row.ref.slug}")
        subject = row.subject.text.rstrip(".。")
        about = ["" if subject in row.explanation else subject, row.kind, row.voices, row.ruling]
        click.echo(wrapped("; ".join(filter(None, about)), 2))
        click.echo(wrapped(row.explanation, 4) + "\n")
    counts = Counter(row.verdict_text for row in rows)
    tally = "; ".join(f"{count} {verdict}" for verdict, count in counts.items())
    click.echo(wrapped(f"{counted(len(rows), 'finding')}{': ' + tally if tally else ''}"))


def width() -> int:
    """Columns that a text may fill: those of the terminal, at least 60 and at most 120, and 80 where there is none."""
    return max(min(shutil.get_terminal_size((80, 24)).columns, 120), 60)


def wrapped(text: str, indent: int = 0) -> str:
    """``text`` in lines that fit into ``width``, all of them indented; a wide sign takes two columns."""
    lines = Text(text.replace("`", "")).wrap(Console(width=width()), width() - indent)
    return "\n".join(" " * indent + line.plain.rstrip() for line in lines)


def fitted(text: str) -> str:
    """``text`` with each of its lines broken where it is too long, the further ones indented like the first."""
    lines = ((line.lstrip(" "), len(line) - len(line.lstrip(" "))) for line in text.split("\n"))
    return "\n".join(wrapped(line, indent) if line else "" for line, indent in lines)


def suggestions(page: MatchesPage) -> None:
    """Print what may be the same with the command that decides it, and sources that may be copies."""
    for suggestion in page.suggested:
        click.echo(f"{suggestion.score}  {suggestion.left.text} = {suggestion.right.text}?  ({suggestion.reason})")
        click.echo(
            f"      kb match {suggestion.left_name} {suggestion.right_name} --same --reason …   (or --different)"
        )
    for copy in page.copies:
        click.echo(f"{copy.score}  {copy.left.text} and {copy.right.text} may be copies of each other")
        for shared in copy.shared:
            click.echo(f"      {shared.explanation}")
    both = (counted(len(page.suggested), "suggestion"), counted(len(page.copies), "possible copy"))
    click.echo(f"{both[0]}, {both[1].replace('copys', 'copies')}; decided so far: {len(page.decided)}")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for as long as the block runs; nothing where that is no terminal.

    Yields a function that is called with the steps done and the steps in all.
    """
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
