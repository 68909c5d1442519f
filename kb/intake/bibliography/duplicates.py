"""Sources that may be the same: equal DOI or address, or nearly equal title and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from kb.domain.entity import Source

_SAME_TITLE_SCORE = 92.0
"""The lowest similarity, of 100, of two titles that may be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSource:
    """The fields of a source that are compared; ``name`` is what a comment calls it."""

    name: str
    title: str
    issued: str = ""
    doi: str = ""
    url: str = ""


def compared_source(source: Source, name: str) -> ComparedSource:
    """The compared fields of a source of the base, which comments call ``name``."""
    return ComparedSource(
        name=name, title=source.title, issued=source.issued, doi=source.details.get("DOI", ""), url=source.url
    )


def duplicate_remarks(candidate: ComparedSource, known: Sequence[ComparedSource]) -> list[str]:
    """A remark with the source of ``known`` that ``candidate`` may be, by the surest sign; empty for none."""
    for sign, key in (("DOI", _doi), ("address", _address)):
        identifier = key(candidate)
        if identifier and (duplicate := next((source for source in known if key(source) == identifier), None)):
            return [f"the same as {duplicate.name}? It has the same {sign}."]
    # The same title in another year is another edition, or another year of a report.
    rivals = [source for source in known if _years_may_match(candidate, source)]
    titles = [_words(source.title) for source in rivals]
    best = process.extractOne(
        _words(candidate.title), titles, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_TITLE_SCORE
    )
    if best is None:
        return []
    source = rivals[best[2]]
    return [f"the same as {source.name}? Its title is {best[1]:.0f} % like: {source.title}"]


def _years_may_match(left: ComparedSource, right: ComparedSource) -> bool:
    return not left.issued or not right.issued or left.issued[:4] == right.issued[:4]


def _doi(source: ComparedSource) -> str:
    return source.doi.lower()


def _address(source: ComparedSource) -> str:
    """Host and path of the address, and what of its query does not just say where the reader came from."""
    if not source.url:
        return ""
    try:
        parts = urlsplit(source.url)
    # A source of the base may have an address that only looks like one; it is compared as it is.
    except ValueError:
        return source.url
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not part.startswith(("utm_", "ref="))))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}"


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))
