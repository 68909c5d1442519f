"""Pandoc and typst, each in a child process with a time limit.

Both come with the extra ``reports``; nothing of it is loaded until a paper is set, so that everything else starts
without it.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from errno import ENOSPC
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from kb.domain.problem import Problem, Refused

SECONDS = 60
"""How long a child process may take."""

_OUTPUT = "out"
_MISSING_EXTRA = Problem(
    "kb report", "this needs what the extra “reports” installs", "install it: pip install 'kb-ledger[reports]'"
)


def run_pandoc(work: Path, arguments: Sequence[str], day: str) -> bytes:
    """What pandoc makes of ``paper.json`` in the folder ``work``, dated by ``day``, e.g. ``2026-06-15``.

    Raises:
        Refused: it is not installed, fails, or takes too long.
    """
    # What a file says of when it was made is the day that its paper is dated by.
    seconds = int(datetime.fromisoformat(f"{day or '1970-01-01'}T00:00Z").timestamp())
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": str(seconds), "HOME": str(work)}
    done = _run("pandoc", [_pandoc(), "paper.json", *arguments, f"--output={_OUTPUT}"], work, environment)
    if done.returncode:
        raise Refused([Problem("pandoc", f"the report cannot be set: {_last_words(done)}")])
    return (work / _OUTPUT).read_bytes()


def _pandoc() -> str:
    """Path of the pandoc that comes with the extra; another one on this machine would set other bytes."""
    package = find_spec("pypandoc")
    found = list((Path(package.origin).parent / "files").glob("pandoc*")) if package and package.origin else []
    if not found:
        raise Refused([_MISSING_EXTRA])
    return str(found[0])


class TypstJob(NamedTuple):
    """A typst file in the working folder, the file to make of it, and options of the compiler."""

    source: str
    output: str
    options: Mapping[str, Any]


def run_typst(work: Path, jobs: Sequence[TypstJob], fonts: Path) -> None:
    """Compile ``jobs`` in the folder ``work``, with the fonts in ``fonts`` and in the folder that KB_FONTS names.

    Raises:
        Refused: typst is not installed, fails, or takes too long; or no font has a character.
    """
    if find_spec("typst") is None:
        raise Refused([_MISSING_EXTRA])
    own = os.environ.get("KB_FONTS", "")
    order = {"jobs": jobs, "fonts": [str(fonts), *([own] if own else [])]}
    # A text may be laid out for ever, and a thread cannot be ended. The server of the pages goes on meanwhile.
    done = _run("typst", [sys.executable, "-P", "-c", _COMPILE], work, os.environ, json.dumps(order))
    if done.returncode:
        raise Refused([_setting_problem(_last_words(done))])


_COMPILE = """
import json, sys, typst
order = json.load(sys.stdin)
for source, output, options in order["jobs"]:
    try:
        typst.compile(source, output=output, root=".", font_paths=order["fonts"], **options)
    except typst.TypstError as error:
        sys.exit(error.diagnostic)
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
"""


def _run(
    name: str, command: Sequence[str], work: Path, environment: Mapping[str, str], text: str = ""
) -> "subprocess.CompletedProcess[bytes]":
    try:
        done = subprocess.run(
            command, cwd=work, env=environment, input=text.encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        hint = "report on fewer questions at a time, or choose another format"
        raise Refused([Problem(name, f"the report was not set within {SECONDS} seconds", hint)]) from None
    if done.returncode and os.strerror(ENOSPC).encode() in done.stderr:
        raise OSError(ENOSPC, os.strerror(ENOSPC))
    return done


def _last_words(done: "subprocess.CompletedProcess[bytes]") -> str:
    said = done.stderr.decode(errors="replace").partition("\nHasCallStack")[0].strip()
    return said or f"it ended with code {done.returncode} and said nothing"


_UNDISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
_MOST_NAMED = 8


def _setting_problem(error: str) -> Problem:
    missing = _CODE_POINT.sub(lambda found: chr(int(found[1], 16)), "".join(_UNDISPLAYED.findall(error)))
    if not missing:
        return Problem("typst", f"the report cannot be set: {error}")
    named = list(_named_characters(missing))
    others = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    hint = "let KB_FONTS name a folder with a TTF or OTF font that has them, or choose another format"
    return Problem("kb report", f"no font at hand has {', '.join(named[:_MOST_NAMED])}{others}", hint)


def _named_characters(text: str) -> Iterator[str]:
    """Each character of ``text`` once, with its number: a terminal may lack it as well.

    >>> list(_named_characters("한국한"))
    ['“한” (U+D55C)', '“국” (U+AD6D)']
    """
    return (f"“{character}” (U+{ord(character):04X})" for character in dict.fromkeys(text))
