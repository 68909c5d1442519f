"""What does the JSON-LD of a page say? The article, report or post that the page is about, by schema.org's names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser

from kb.intake.paper.day import read_date
from kb.intake.paper.paper import About, Guess

_TYPES = {
    "ScholarlyArticle": "article-journal",
    "NewsArticle": "article-newspaper",
    "ReportageNewsArticle": "article-newspaper",
    "AnalysisNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "BackgroundNewsArticle": "article-newspaper",
    "Report": "report",
    "BlogPosting": "post-weblog",
    "LiveBlogPosting": "post-weblog",
    "DiscussionForumPosting": "post",
    "SocialMediaPosting": "post",
    "Dataset": "dataset",
    "Thesis": "thesis",
    "Book": "book",
    "Chapter": "chapter",
    "Article": "article",
    "TechArticle": "article",
    "AdvertiserContentArticle": "article",
    "WebPage": "webpage",
}
"""Types of schema.org with the CSL type that each is; what is not here is about the site and not about the page."""
_DEEPEST = 8


def linked_data(page: LexborHTMLParser) -> About:
    """What the scripts of JSON-LD say about the page; a page (``WebPage``) only where nothing fuller is told."""
    found = [thing for node in page.css('script[type="application/ld+json"]') for thing in _things(_json(node.text()))]
    found.sort(key=lambda thing: _type(thing) == "WebPage")
    about = About()
    for thing in found:
        about = about.or_else(_about(thing))
    return about


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text.strip().removesuffix(";"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _things(told: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(told, list):
        for one in told:
            yield from _things(one, depth + 1)
    elif isinstance(told, dict):
        if _type(told):
            yield told
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(told.get(key), depth + 1)


def _type(thing: dict[str, Any]) -> str:
    told = thing.get("@type")
    names = told if isinstance(told, list) else [told]
    return next((name for name in names if isinstance(name, str) and name in _TYPES), "")


def _about(thing: dict[str, Any]) -> About:
    type = _type(thing)
    issued = read_date(_text(thing.get("datePublished") or thing.get("dateCreated")))
    return About(
        type=Guess(_TYPES[type], f"JSON-LD, {type}"),
        title=_guess(thing, "headline") or _guess(thing, "name"),
        authors=tuple(Guess(name, "JSON-LD, author") for name in _names(thing.get("author") or thing.get("creator"))),
        container_title=_guess(thing, "isPartOf") or _guess(thing, "publisher"),
        publisher=_guess(thing, "publisher"),
        issued=Guess(issued, "JSON-LD, datePublished") if issued else None,
        language=_guess(thing, "inLanguage"),
        url=_address(thing),
    )


def _guess(thing: dict[str, Any], key: str) -> Guess | None:
    text = _text(thing.get(key))
    return Guess(text, f"JSON-LD, {key}") if text else None


def _address(thing: dict[str, Any]) -> Guess | None:
    url = _text(thing.get("url"))
    return Guess(url, "JSON-LD, url") if url.startswith(("http://", "https://")) and " " not in url else None


def _names(told: Any) -> list[str]:
    several = told if isinstance(told, list) else [told]
    return [name for name in dict.fromkeys(map(_text, several)) if name and not name.startswith(("http:", "https:"))]


def _text(told: Any) -> str:
    """A text, or the name of the thing."""
    if isinstance(told, list):
        told = told[0] if told else ""
    if isinstance(told, dict):
        told = told.get("name") or told.get("alternateName") or told.get("@value") or ""
    return " ".join(told.split())[:500] if isinstance(told, str) else ""
