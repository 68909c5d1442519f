"""What does a reader ask for? A page, perhaps of a past moment, perhaps as JSON."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.intake.shape import nearest
from kb.reports.view import Moment
from kb.web.address import twin, with_query

_NUMBER = re.compile(r"[0-9]{1,15}")
_LONGEST_QUERY = 200


class Misasked(ValueError):
    """A part of an address that cannot be read; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a page, read from its address.

    Attributes:
        path: Address of the page, without ``.json`` and without query.
        slug: Name of the thing whose page it is; empty for a page that lists things.
        json: Whether the JSON twin is meant.
        at: Position of the log to read at; None for now.
        page: Page of a long list, from 1.
        query: Words that a list is filtered by; empty for all.
        event: Event that a page of the history must hold; None for no particular one.
    """

    path: str
    slug: str = ""
    json: bool = False
    at: int | None = None
    page: int = 1
    query: str = ""
    event: int | None = None

    @property
    def now(self) -> str:
        """The same page as of now."""
        return self._address(self.path, None)

    def here(self, moment: Moment | None, page: int | None = None) -> str:
        """The same page, at the same moment where that lies in the past; another ``page`` of it where one is named."""
        return self._address(self.path, moment, page)

    def twin(self, moment: Moment | None) -> str:
        """The JSON twin of the same page, at the same moment where that lies in the past."""
        return self._address(twin(self.path), moment)

    def _address(self, path: str, moment: Moment | None, page: int | None = None) -> str:
        at = moment.position if moment and moment.is_past else None
        page = page or self.page
        return with_query(path, q=self.query, page=page if page > 1 else None, event=self.event, at=at)


def read(path: str, slug: str, query: Mapping[str, str]) -> Asked:
    """What the address ``path`` with ``query`` asks for.

    Raises:
        Misasked: a number in ``query`` is none, or the words to filter by are too long.
    """
    json = path.endswith(".json")
    path = path.removesuffix(".json")
    return Asked(
        path="/" if path in ("/index", "") else path,
        slug=slug.removesuffix(".json").strip("/"),
        json=json,
        at=_number("at", query, 1),
        page=_number("page", query, 1) or 1,
        query=_words(query.get("q", "")),
        event=_number("event", query, 1),
    )


def understood(query: Mapping[str, str], known: Sequence[str], columns: Sequence[str]) -> None:
    """Nothing, where every part of ``query`` is one of ``known`` or the moment.

    A part that a page passed over would show everything to a reader who asked for a little.

    Raises:
        Misasked: a part is not known; it says which is, and how to ask for one of ``columns``.
    """
    for name, value in query.items():
        if name in ("at", *known):
            continue
        meant = nearest(name, (*known, *columns, "at"))
        right = f"q={meant}:{value[:40]}" if meant in columns else f"{meant}={value[:40]}"
        hint = f"Did you mean “?{right}”?" if meant else f"It knows {' and '.join(('at', *known))}."
        raise Misasked(f"This page knows no “{name[:40]}”. {hint}")


def _number(name: str, query: Mapping[str, str], least: int) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise Misasked(f"“{name}={text[:40]}” is not a whole number from {least} up.")
    return int(text)


def _words(text: str) -> str:
    if len(text) > _LONGEST_QUERY:
        raise Misasked(f"A filter may be {_LONGEST_QUERY} characters long; this one has {len(text)}.")
    return " ".join(text.split())
