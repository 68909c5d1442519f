"""Works that a document says it translates or retells, and sources whose titles stand in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_REACH = 3000
"""Characters at either end of a document in which it says where it comes from."""
_LEAST_WORDS = 3
"""Words of a title that is looked for in a text; a shorter one may stand there by chance."""
_TITLE = re.compile(r"(?P<open>[“\"„«《「『])(?P<title>[^”\"“»》」』\n]{3,120})[”\"“»》」』]")
_TRANSLATED = re.compile(
    r"(?:translated from|translation of|translates|adapted from|abridged from|retold from|retells|originally published"
    r"|übersetzt aus|Übersetzung (?:von|des)|nach einem Artikel|编译自|译自|摘译|转译自|原题|原文)"
    r"(?P<behind>[^。\n]{0,200})",
    re.IGNORECASE,
)
_OF_JOURNALS = "《「『"


def originals_named(text: str) -> tuple[str, ...]:
    """The titles of the works that ``text`` says it translates or retells, in order, each once."""
    ends = text if len(text) <= 2 * _REACH else f"{text[:_REACH]}\n{text[-_REACH:]}"
    found = (_title(match["behind"]) for match in _TRANSLATED.finditer(ends))
    # One word in quotation marks is a word that is spoken of: 原文“ton”为长吨.
    return tuple(dict.fromkeys(title for title in found if " " in title or not title.isascii()))


def _title(behind: str) -> str:
    """The first title in quotation marks; one in marks of books, which journals have too, only where there is no other.

    >>> _title("季刊《山谷农人》文章“What the Cellars Lost”，有删节")
    'What the Cellars Lost'
    """
    quoted = list(_TITLE.finditer(behind))
    articles = [match for match in quoted if match["open"] not in _OF_JOURNALS] or quoted
    return articles[0]["title"].strip(" ,.") if articles else ""


def sources_named(text: str, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The sources whose title stands in ``text``; ``titles`` has those of all others by their names."""
    flat = _plain(text)
    return tuple(name for name, title in titles.items() if _is_long(title) and f" {_plain(title)} " in f" {flat} ")


def same_title(title: str, titles: Iterable[tuple[str, str]]) -> str:
    """The name of the source that is called ``title``; empty for none."""
    return next((name for name, other in titles if _plain(other) == _plain(title)), "")


def is_edition(work: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two works, each a title and a date, have the same title and appeared on two days.

    >>> is_edition(("Annual report", "2026-03-05"), ("Annual Report", "2025-03-03"))
    True
    """
    return all((*work, *other)) and work[1] != other[1] and _plain(work[0]) == _plain(other[0])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_long(title: str) -> bool:
    return len(title.split()) >= _LEAST_WORDS or (not title.isascii() and len(title) >= 2 * _LEAST_WORDS)
