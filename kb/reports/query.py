"""Queries of lists: words that a row must contain, and ``key:value`` for one of its columns."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")


class UnreadableAddress(ValueError):
    """A query parameter cannot be read; the text says what is wrong and, if possible, what to write instead."""


ROWS = 200
"""The number of rows on one page of a list."""


def matching_rows(rows: Sequence[T], query: str, columns: Callable[[T], Mapping[str, str]]) -> tuple[T, ...]:
    """The rows that match ``query``, in order; all of them for an empty query.

    ``dollar stance:measured`` matches rows with "dollar" in any column and "measured" in the column ``stance``; case
    does not matter, and a key that is no column is a word like any other.
    """
    terms = query_words(query)
    # Without a query no row is made just to be searched: of a long list only one page is shown.
    return tuple(row for row in rows if _matches_all(terms, columns(row))) if terms else tuple(rows)


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query in lower case; quotation marks hold several together.

    >>> query_words('source:quay "north pier"')
    ('source:quay', 'north pier')
    """
    lexer = shlex.shlex(query.casefold(), posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters, lexer.quotes = True, "", '"'
    lexer.escape = ""
    try:
        return tuple(lexer)
    # A quotation that is opened and not closed holds nothing together.
    except ValueError:
        return tuple(query.casefold().replace('"', " ").split())


def _matches_all(terms: Sequence[str], columns: Mapping[str, str]) -> bool:
    folded = {key: text.casefold() for key, text in columns.items()}
    return all(_matches(word, folded) for word in terms)


def _matches(word: str, columns: Mapping[str, str]) -> bool:
    key, colon, value = word.partition(":")
    if colon and key in columns:
        return value in columns[key]
    return any(word in text for name, text in columns.items() if name not in _ASKED_FOR)


_ASKED_FOR = ("question",)
"""Columns that only a query that names them searches: they are not shown in the row."""


def page_of(rows: Sequence[T], page: int) -> tuple[tuple[T, ...], int, int]:
    """The rows of one page, its number and the number of pages; a page beyond the end is the last one."""
    pages = max(1, ceil(len(rows) / ROWS))
    page = min(max(page, 1), pages)
    return tuple(rows[(page - 1) * ROWS : page * ROWS]), page, pages
