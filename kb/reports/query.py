"""Which rows does a reader ask for? Words that must stand in a row, and ``key:value`` for one of its columns."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")

ROWS = 200
"""Rows of one page of a list."""


def matching_rows(rows: Sequence[T], query: str, columns: Callable[[T], Mapping[str, str]]) -> tuple[T, ...]:
    """The rows that ``query`` asks for, in order.

    ``dollar stance:measured`` asks for rows with "dollar" in any column and "measured" in the column ``stance``; case
    does not matter, and a key that is no column is a word like any other.
    """
    terms = query_words(query)
    return tuple(row for row in rows if _matches_all(terms, columns(row))) if terms else tuple(rows)


def query_words(query: str) -> tuple[str, ...]:
    """The words of a query; quotation marks hold several together.

    >>> query_words('source:quay "north pier"')
    ('source:quay', 'north pier')
    """
    lexer = shlex.shlex(query.casefold(), posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters, lexer.quotes = True, "", '"'
    lexer.escape = ""
    try:
        return tuple(lexer)
    except ValueError:
        return tuple(query.casefold().replace('"', " ").split())


def _matches_all(terms: Sequence[str], columns: Mapping[str, str]) -> bool:
    folded = {key: text.casefold() for key, text in columns.items()}
    return all(_matches(word, folded) for word in terms)


def _matches(word: str, columns: Mapping[str, str]) -> bool:
    key, colon, value = word.partition(":")
    if colon and key in columns:
        return value in columns[key]
    return any(word in text for text in columns.values())


def page_of(rows: Sequence[T], page: int) -> tuple[tuple[T, ...], int, int]:
    """One page of rows, the number of that page and how many there are; a page too far is the last one."""
    pages = max(1, ceil(len(rows) / ROWS))
    page = min(max(page, 1), pages)
    return tuple(rows[(page - 1) * ROWS : page * ROWS]), page, pages
