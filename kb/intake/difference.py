"""What has changed between two wordings? Word by word, so that a person can see it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

_PART = re.compile(r"\d+(?:[.,]\d+)*|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_\u2e80-\u9fff]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came, with the white space that belongs to them."""

    change: Change
    text: str


def difference(old: str, new: str) -> tuple[Run, ...]:
    """The runs that turn ``old`` into ``new``, in order; what went stands before what came in its place.

    >>> [str(run.text) for run in difference("a fee of $40 a month", "a fee of $45 a month")]
    ['a fee of $', '40', '45', ' a month']
    """
    left, right = _PART.findall(old), _PART.findall(new)
    runs: list[Run] = []
    for op in Levenshtein.opcodes(left, right):
        gone, come = "".join(left[op.src_start : op.src_end]), "".join(right[op.dest_start : op.dest_end])
        if op.tag == "equal":
            runs.append(Run(Change.SAME, come))
        else:
            runs += [run for run in (Run(Change.GONE, gone), Run(Change.NEW, come)) if run.text]
    return _joined(runs)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs of one kind in one; between two that are the same, what went before what came."""
    same: list[Run] = []
    gone = come = ""
    for run in (*runs, Run(Change.SAME, "")):
        if run.change is not Change.SAME:
            gone, come = (gone + run.text, come) if run.change is Change.GONE else (gone, come + run.text)
            continue
        same += [found for found in (Run(Change.GONE, gone), Run(Change.NEW, come), run) if found.text]
        gone = come = ""
    return tuple(same)


def marked(runs: Iterable[Run]) -> str:
    """Runs as plain text, marked as ``wdiff`` does.

    >>> marked(difference("costs $40 here", "costs $45 here"))
    'costs $[-40-]{+45+} here'
    """
    signs = {Change.SAME: ("", ""), Change.GONE: ("[-", "-]"), Change.NEW: ("{+", "+}")}
    return "".join(f"{signs[run.change][0]}{run.text}{signs[run.change][1]}" for run in runs)


def same_numbers(old: str, new: str) -> bool:
    """Whether two wordings hold the same numbers in the same order."""
    return _NUMBER.findall(old) == _NUMBER.findall(new)
