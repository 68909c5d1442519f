"""What commands print: problems with a caret, findings in columns, JSON, and progress as a bar."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from kb.domain.characters import FORBIDDEN, with_visible_characters
from kb.domain.codec import to_builtins
from kb.domain.event import Event, Fact, Recorded, Revised, fact_of, stream_of, type_of
from kb.domain.finding import Verdict
from kb.domain.problem import Problem

if TYPE_CHECKING:
    from kb.app.redaction import Redaction
    from kb.reports.page import MatchesPage
    from kb.reports.value import FindingRow
    from kb.store.projection import Reconciled


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print ``text``, with a dot for each character that would steer the terminal; all commands print through here."""
    click.echo(with_visible_characters(text), err=err, nl=nl)


def problems(listed: Sequence[Problem]) -> None:
    """Print every problem with its line and a caret on standard error; warnings come last."""
    errors = [problem for problem in listed if not problem.is_warning]
    warnings = [problem for problem in listed if problem.is_warning]
    if errors and warnings:
        _listed_problems(errors, "", "")
        _listed_problems(warnings, "warning: ", "")
        echo(f"{counted(len(errors), 'problem')}, {counted(len(warnings), 'warning')}", err=True)
    else:
        _listed_problems(errors, "", f"{len(errors)} problems" if len(errors) > 1 else "")
        _listed_problems(warnings, "warning: ", f"{len(warnings)} warnings" if len(warnings) > 1 else "")


def _listed_problems(listed: Sequence[Problem], lead: str, tally: str) -> None:
    """Print each of ``listed``, then ``tally``; a hint that several in a row have in common is printed once."""
    # A hint about a line of a file stays beside that line.
    for hint, group in groupby(listed, lambda problem: "" if problem.excerpt else problem.hint):
        alike = list(group)
        is_shared = bool(hint) and len(alike) > 1
        for problem in alike:
            echo(lead + (replace(problem, hint="") if is_shared else problem).with_excerpt(), err=True)
        if is_shared and tally and len(alike) == len(listed):
            tally = f"{tally} — {hint}"
        elif is_shared:
            echo(f"for these {len(alike)}: {hint}", err=True)
    if tally:
        echo(tally, err=True)


def as_json(value: object) -> None:
    """Print ``value`` as indented JSON."""
    json_text(msgspec.json.format(msgspec.json.encode(to_builtins(value)), indent=2).decode())


def json_text(text: str) -> None:
    """Print JSON, with an escape for each character that would steer the terminal: it still says the same."""
    click.echo(re.sub(FORBIDDEN, lambda match: json.dumps(match[0])[1:-1], text))


def recomputed(difference: Reconciled) -> None:
    """Print on standard error that new rules had all findings recomputed when the base was opened."""
    what = "The rules have changed since this base was last opened; all findings were recomputed"
    echo(f"{what}: {reconciled_summary(difference, difference.redecided)}.", err=True)


def reconciled_summary(difference: Reconciled, changes: int) -> str:
    """What recomputing all findings changed, e.g. ``12 findings, 3 changed (before: 11)``."""
    changed = f"{changes:,} changed" if changes else "none changed"
    return f"{counted(difference.after, 'finding')}, {changed} (before: {difference.before:,})"


def fact_summary(fact: Fact) -> str:
    """``fact`` as its type and the name of what it is about, e.g. ``figure.revised quay/fee``."""
    about = fact.entity.slug if isinstance(fact, Recorded | Revised) else stream_of(fact)
    return f"{type_of(fact).rpartition('.')[0]} {about}"


def event_subject(event: Event) -> str:
    """The name of what ``event`` is about if its payload holds one; else the beginning of its stream's id."""
    if event.data is None:
        return "(redacted)"
    fact = fact_of(event.type, event.data)
    return fact.entity.slug if isinstance(fact, Recorded | Revised) else event.stream[:16]


def counted(number: int, noun: str) -> str:
    """``number`` with its noun, e.g. ``1 event``, ``2 events``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def findings(rows: Sequence[FindingRow]) -> None:
    """Print each finding with verdict, severity, id, subject and explanation; then how many there are."""
    from kb.reports.words.verdicts import VERDICTS, verdict_count_words  # late: most commands show no findings

    for row in rows:
        colour = VERDICTS[Verdict(row.verdict)].terminal if row.verdict else None
        verdict = click.style(row.verdict_text, fg=colour, bold=True)
        # "Agreement 0.00" would look like the strength of the agreement.
        severity = f"{row.severity}  " if Decimal(row.severity) else " "
        click.echo(f"{verdict} {with_visible_characters(f'{severity}{row.ref.slug}')}")
        subject = row.subject.text.rstrip(".。")
        follows = f"follows from {row.follows.text} ({row.follows.slug})" if row.follows else ""
        about = ["" if subject in row.explanation else subject, row.kind, row.voices, row.ruling, follows]
        echo(wrapped("; ".join(filter(None, about)), 2))
        echo(wrapped(row.explanation, 4) + "\n")
    counts = Counter(row.verdict_text for row in rows)
    tally = ", ".join(verdict_count_words(count, verdict) for verdict, count in counts.items())
    following = sum(row.follows is not None for row in rows)
    also = f"; {following:,} of them follow{'s' if following == 1 else ''} from others" if following else ""
    echo(wrapped(f"{counted(len(rows), 'finding')}{': ' + tally if tally else ''}{also}"))


def redaction(plan: Redaction, *, with_documents: bool) -> None:
    """Print what a redaction deletes, and what it leaves or cannot reach."""
    for title, holdings in (
        ("to be deleted", [holding for holding in plan.holdings if not holding.keeps_data]),
        ("to be deleted, then recorded again without the text", [h for h in plan.holdings if h.keeps_data]),
    ):
        _listed(title, [f"{_event_line(holding.event)}  ({', '.join(holding.parts)})" for holding in holdings])
    if plan.dependents:
        echo(f"{counted(plan.dependents, 'other entry')} will refer to something that is not recorded any more")
    _listed("kept, though about the same things", [_event_line(event) for event in plan.related])
    for reason, count in plan.reasons.items():
        echo(f'kept: {counted(count, "other event")} with the reason "{reason}"; --text would delete it there as well')
    fate = "to be deleted" if with_documents else "kept; add --documents to delete them"
    _listed(f"attached documents ({fate})", [f"{sha256[:12]}…  {names}" for sha256, names in plan.documents.items()])
    _listed("seed files, from which the next import would record it again", plan.seeds)
    _listed("out of reach: copies beside the base, which may hold it; delete them", [str(copy) for copy in plan.copies])
    echo("out of reach: backups, archives, exports and reports, and copies that browsers, disks or other people keep")


def _event_line(event: Event) -> str:
    return f"{event.position:>7}  {event.type} {event_subject(event)}"


_MOST_LISTED = 30


def _listed(title: str, lines: Sequence[str]) -> None:
    if lines:
        echo(f"{title}: {len(lines):,}")
    for line in lines[:_MOST_LISTED]:
        echo(f"  {line}")
    if len(lines) > _MOST_LISTED:
        echo(f"  and {len(lines) - _MOST_LISTED:,} more")


def width() -> int:
    """Columns that a text may fill: those of the terminal, from 60 to 120; without a terminal 80."""
    # Longer lines are hard to read however wide the window is, and in fewer columns no table holds together.
    return max(min(shutil.get_terminal_size((80, 24)).columns, 120), 60)


def wrapped(text: str, indent: int = 0) -> str:
    """``text`` without backticks in indented lines that fit into ``width``; a wide character takes two columns."""
    lines = Text(text.replace("`", "")).wrap(Console(width=width()), width() - indent)
    return "\n".join(" " * indent + line.plain.rstrip() for line in lines)


def fitted(text: str) -> str:
    """``text`` with its long lines wrapped, each part indented like the line that it belongs to."""
    lines = ((line.lstrip(" "), len(line) - len(line.lstrip(" "))) for line in text.split("\n"))
    return "\n".join(wrapped(line, indent) if line else "" for line, indent in lines)


def suggestions(page: MatchesPage) -> None:
    """Print pairs of names that may be the same, with the command that decides, and sources that may be copies."""
    for suggestion in page.suggested:
        echo(f"{suggestion.score}  {suggestion.left.text} = {suggestion.right.text}?  ({suggestion.reason})")
        echo(f"      kb match {suggestion.left_name} {suggestion.right_name} --same --reason …   (or --different)")
    for copy in page.copies:
        echo(f"{copy.score}  {copy.left.text} and {copy.right.text} may be copies of each other")
        for shared in copy.shared:
            echo(f"      {shared.explanation}")
    for dependence in page.dependences:
        echo(wrapped(f"{dependence.question}  ({dependence.figure.slug})"))
    for gap in page.overdue:
        echo(wrapped(f"{gap.text}  ({gap.figure.slug})"))
    suggested, copies = counted(len(page.suggested), "suggestion"), counted(len(page.copies), "possible copy")
    depending = counted(len(page.dependences), "possible dependence")
    overdue = counted(len(page.overdue), "overdue projection")
    echo(f"{suggested}, {copies}, {depending}, {overdue}; decided so far: {len(page.decided)}")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error while the block runs; none if that is no terminal.

    Yields a function to call with the steps done and the steps in all.
    """
    with stages() as stage:
        yield stage(label)


@contextmanager
def stages() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Progress bars below each other, one for each label that the yielded function is called with."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:

        def stage(label: str) -> Callable[[int, int], None]:
            task = bar.add_task(label, total=None)
            return lambda done, total: bar.update(task, completed=done, total=total)

        yield stage


_SECONDS_BETWEEN_LINES = 10.0
"""A wait is announced every second; a log or a terminal with a progress bar in it needs fewer lines."""


def waiting() -> Callable[[int, float], None]:
    """What to call with the writers ahead and the seconds waited; 0 writers ends the wait.

    Prints a line on standard error at once, another every ten seconds, and one at the end.
    """
    next_line = 0.0

    def announce(ahead: int, seconds: float) -> None:
        nonlocal next_line
        if not ahead:
            echo(f"waited {seconds:.0f} s", err=True)
            next_line = 0.0
        elif seconds >= next_line:
            echo(f"waiting for another process that writes to this base ({ahead} ahead)", err=True)
            next_line = seconds + _SECONDS_BETWEEN_LINES

    return announce
