"""Which format is this bibliography in? BibTeX, RIS or CSL-JSON, by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kb.domain.problem import Problem
from kb.intake.bibliography.bibtex import Library, read_bibtex
from kb.intake.bibliography.csl import read_csl
from kb.intake.bibliography.reference import Bibliography, Reference, reference_of
from kb.intake.bibliography.ris import read_ris
from kb.intake.text import read_text

_READERS: Mapping[str, Callable[[str, str], Library]] = {".bib": read_bibtex, ".ris": read_ris, ".json": read_csl}


def read_bibliography(path: Path, language: str = "") -> Bibliography:
    """What the file at ``path`` lists. What cannot be read of it is a problem, and does not keep the rest away.

    Args:
        path: A file whose name ends as one of ``SUFFIXES``.
        language: The tag for entries that say none.
    """
    text = read_text(path)
    if isinstance(text, Problem):
        return Bibliography((), (text,))
    library = _READERS[path.suffix.lower()](text, str(path))
    told = [reference_of(entry, language) for entry in library.entries]
    references = tuple(one for one in told if isinstance(one, Reference))
    problems = (*library.problems, *(one for one in told if isinstance(one, Problem)))
    if not told and not problems:
        problems = (Problem(str(path), "there is no entry in it", "is this a bibliography?"),)
    return Bibliography(references, problems, tuple(sorted(library.left_out)))
