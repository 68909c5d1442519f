"""What does the front matter of a Markdown file say? The block of YAML or TOML that some begin with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeGuard

import yaml

from kb.intake.paper.day import read_date
from kb.intake.paper.paper import About, Guess

_YAML = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_LARGEST = 50_000
_NAMES = {
    "title": ("title",),
    "container_title": ("container-title", "publication", "journal", "site", "site_name", "website"),
    "publisher": ("publisher",),
    "language": ("lang", "language", "locale"),
    "url": ("url", "canonical_url", "source", "link", "permalink"),
    "doi": ("doi",),
}
_DATES = ("issued", "date", "published", "publishdate", "pubdate", "created")
_AUTHORS = ("author", "authors", "by", "creator")


def about_front(text: str) -> About:
    """What the front matter of ``text`` says; nothing where it has none, or one that cannot be read."""
    said = _said(text.removeprefix("\ufeff")[:_LARGEST])
    told = {field: _first(said, names) for field, names in _NAMES.items()}
    if told["url"] and not re.match(r"https?://\S+$", told["url"].value):
        told["url"] = None
    issued = next((Guess(day, _place(key)) for key in _DATES if (day := read_date(str(said.get(key, ""))))), None)
    authors = next((found for key in _AUTHORS if (found := _authors(said.get(key), key))), ())
    return About(**told, issued=issued, authors=authors)


def body_start(text: str) -> int:
    """Where the text behind the front matter begins; 0 where there is none."""
    mark = int(text.startswith("\ufeff"))
    found = _YAML.match(text, mark, _LARGEST) or _TOML.match(text, mark, _LARGEST)
    return found.end() if found else 0


def _said(text: str) -> Mapping[str, Any]:
    try:
        if found := _YAML.match(text):
            said = yaml.load(found[1], Loader=yaml.BaseLoader)  # it makes texts, lists and mappings only
        else:
            found = _TOML.match(text)
            said = tomllib.loads(found[1]) if found else {}
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {str(key).lower(): value for key, value in said.items()} if isinstance(said, dict) else {}


def _first(said: Mapping[str, Any], names: tuple[str, ...]) -> Guess | None:
    told = ((name, said.get(name)) for name in names)
    return next((Guess(" ".join(value.split()), _place(name)) for name, value in told if _is_text(value)), None)


def _authors(told: Any, key: str) -> tuple[Guess, ...]:
    several = told if isinstance(told, list) else [told]
    names = (one.get("name") if isinstance(one, dict) else one for one in several)
    return tuple(Guess(" ".join(name.split()), _place(key)) for name in names if _is_text(name))


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _place(key: str) -> str:
    return f"the front matter, {key}"
