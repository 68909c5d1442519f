"""Could this source be one that we have? By its DOI, its address, or a title and year that are nearly the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

_NEAR = 92.0
"""Of 100: how like two titles are that may be one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What we compare of a source; ``name`` is what a comment calls it."""

    name: str
    title: str
    issued: str = ""
    doi: str = ""
    url: str = ""


def alike(this: Known, known: Sequence[Known]) -> list[str]:
    """A remark for the one of ``known`` that ``this`` may be, by the surest sign; empty for none. Only a suggestion."""
    for sign, key in (("DOI", _doi), ("address", _address)):
        mine = key(this)
        if mine and (found := next((other for other in known if key(other) == mine), None)):
            return [f"the same as {found.name}? It has the same {sign}."]
    rivals = [other for other in known if _may_be_of_one_year(this, other)]
    titles = [_words(other.title) for other in rivals]
    best = process.extractOne(_words(this.title), titles, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR)
    if best is None:
        return []
    other = rivals[best[2]]
    return [f"the same as {other.name}? Its title is {best[1]:.0f} % like: {other.title}"]


def _may_be_of_one_year(this: Known, other: Known) -> bool:
    return not this.issued or not other.issued or this.issued[:4] == other.issued[:4]


def _doi(one: Known) -> str:
    return one.doi.lower()


def _address(one: Known) -> str:
    """Host and path, since the rest says who sent the reader there; with the query where that is what leads there."""
    if not one.url:
        return ""
    parts = urlsplit(one.url)
    query = "&".join(sorted(part for part in parts.query.split("&") if part and not part.startswith(("utm_", "ref="))))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}"


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))
