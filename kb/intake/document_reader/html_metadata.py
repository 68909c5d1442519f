"""The metadata of an HTML page in its tags, JSON-LD and headings. Runs in the child process only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.intake.document_reader.dates import read_date
from kb.intake.document_reader.parsed_document import Guess, Metadata

_SCHEMA_TYPES = {
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
"""CSL types by type of schema.org; other types describe the site, not the page."""
_MAX_DEPTH = 8
_LONG_PARAGRAPH = 120


def json_ld_metadata(page: LexborHTMLParser) -> Metadata:
    """The metadata of a page in JSON-LD; from its ``WebPage`` only where there is nothing more specific."""
    things = [
        thing for node in page.css('script[type="application/ld+json"]') for thing in _things(_parsed_json(node.text()))
    ]
    things.sort(key=lambda thing: _schema_type(thing) == "WebPage")
    about = Metadata()
    for thing in things:
        about = about.or_else(_thing_metadata(thing))
    return about


def _parsed_json(text: str) -> Any:
    try:
        return msgspec.json.decode(text.strip().removesuffix(";"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _things(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        for child in node:
            yield from _things(child, depth + 1)
    elif isinstance(node, dict):
        if _schema_type(node):
            yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(node.get(key), depth + 1)


def _schema_type(thing: dict[str, Any]) -> str:
    declared = thing.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return next((name for name in names if isinstance(name, str) and name in _SCHEMA_TYPES), "")


def _thing_metadata(thing: dict[str, Any]) -> Metadata:
    type = _schema_type(thing)
    issued = read_date(_json_ld_text(thing.get("datePublished") or thing.get("dateCreated")))
    return Metadata(
        type=Guess(_SCHEMA_TYPES[type], f"JSON-LD, {type}"),
        title=_thing_guess(thing, "headline") or _thing_guess(thing, "name"),
        authors=tuple(
            Guess(name, "JSON-LD, author") for name in _json_ld_names(thing.get("author") or thing.get("creator"))
        ),
        container_title=_thing_guess(thing, "isPartOf") or _thing_guess(thing, "publisher"),
        publisher=_thing_guess(thing, "publisher"),
        issued=Guess(issued, "JSON-LD, datePublished") if issued else None,
        language=_thing_guess(thing, "inLanguage"),
        url=_thing_address(thing),
    )


def _thing_guess(thing: dict[str, Any], key: str) -> Guess | None:
    text = _json_ld_text(thing.get(key))
    return Guess(text, f"JSON-LD, {key}") if text else None


def _thing_address(thing: dict[str, Any]) -> Guess | None:
    url = _json_ld_text(thing.get("url"))
    return Guess(url, "JSON-LD, url") if url.startswith(("http://", "https://")) and " " not in url else None


def _json_ld_names(people: Any) -> list[str]:
    several = people if isinstance(people, list) else [people]
    return [
        name for name in dict.fromkeys(map(_json_ld_text, several)) if name and not name.startswith(("http:", "https:"))
    ]


def _json_ld_text(node: Any) -> str:
    """The text itself, or the name of the object."""
    if isinstance(node, list):
        node = node[0] if node else ""
    if isinstance(node, dict):
        node = node.get("name") or node.get("alternateName") or node.get("@value") or ""
    return " ".join(node.split())[:500] if isinstance(node, str) else ""


_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>]+")
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "author", "dc.creator", "dcterms.creator", "article:author", "parsely-author", "byl")
_CONTAINERS = (
    "citation_journal_title",
    "citation_conference_title",
    "prism.publicationname",
    "dc.source",
    "og:site_name",
)
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "prism.publicationdate",
    "article:published_time",
    "og:article:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language", "content-language", "og:locale")
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "bepress_citation_doi")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


class _Tags:
    """The ``meta`` tags of a page: the contents of each name, in order."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self.contents: Mapping[str, list[str]] = defaultdict(list)
        for node in page.css("meta"):
            attributes = node.attributes
            content = " ".join((attributes.get("content") or "").split())
            for key in ("name", "property", "http-equiv", "itemprop"):
                if content and (name := attributes.get(key)):
                    self.contents[name.lower()].append(content)

    def all(self, names: Iterable[str]) -> tuple[Guess, ...]:
        """The contents of the first of ``names`` that has any."""
        for name in names:
            if contents := self.contents.get(name):
                return tuple(Guess(value, f"the tag {name}") for value in dict.fromkeys(contents))
        return ()

    def first(self, names: Iterable[str]) -> Guess | None:
        """The first content of the first of ``names`` that has any."""
        return next(iter(self.all(names)), None)

    def date(self) -> Guess | None:
        """The first content that is a date."""
        guesses = (
            Guess(read_date(value), f"the tag {name}") for name in _DATES for value in self.contents.get(name, ())
        )
        return next((guess for guess in guesses if guess.value), None)


def html_metadata(page: LexborHTMLParser, source: str) -> Metadata:
    """The metadata of ``page``, each item from the most reliable place that has it."""
    tags = _Tags(page)
    journal = tags.first(("citation_journal_title",))
    cited = Metadata(
        type=Guess("article-journal", "the tag citation_journal_title") if journal else None,
        title=tags.first(("citation_title",)),
        authors=tags.all(("citation_author",)),
        container_title=tags.first(("citation_journal_title", "citation_conference_title")),
    )
    tagged = Metadata(
        title=tags.first(_TITLES),
        authors=tuple(guess for guess in tags.all(_AUTHORS) if not guess.value.startswith(("http:", "https:"))),
        container_title=tags.first(_CONTAINERS),
        publisher=tags.first(_PUBLISHERS),
        issued=tags.date(),
        language=_language(page, tags),
        url=_address(page, tags, source),
        doi=_doi(tags),
    )
    return cited.or_else(json_ld_metadata(page)).or_else(tagged).or_else(_visible_metadata(page))


def _language(page: LexborHTMLParser, tags: _Tags) -> Guess | None:
    root = page.css_first("html")
    declared = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    guesses = (Guess(declared, "the tag html"), *tags.all(_LANGUAGES))
    cleaned = (Guess(guess.value.strip().replace("_", "-"), guess.found) for guess in guesses)
    return next((guess for guess in cleaned if _LANGUAGE.fullmatch(guess.value)), None)


def _address(page: LexborHTMLParser, tags: _Tags, source: str) -> Guess | None:
    link = page.css_first("link[rel=canonical]")
    saved = _SAVED.search(source[:5000])
    guesses = (
        Guess((link.attributes.get("href") or "").strip() if link else "", "the link canonical"),
        *tags.all(("og:url", "citation_public_url", "citation_abstract_html_url")),
        Guess(saved[1] if saved else "", "the comment of the browser that saved it"),
    )
    return next((guess for guess in guesses if re.fullmatch(r"https?://\S+", guess.value)), None)


def _doi(tags: _Tags) -> Guess | None:
    for guess in (identifier for name in _DOIS for identifier in tags.all((name,))):
        if match := _DOI.search(guess.value):
            return Guess(match[0].rstrip(".,;)"), guess.found)
    return None


def _visible_metadata(page: LexborHTMLParser) -> Metadata:
    """The metadata in visible elements: a single first heading, dates, the title of the window."""
    headings = [text for node in page.css("h1")[:2] if (text := _node_text(node))]
    window = page.css_first("head > title")
    title = Guess(headings[0], "the first heading") if len(headings) == 1 else None
    site = None
    if title is None and not headings and (second := _leading_heading(page)):
        title = Guess(second, "the first heading")
        site = Guess(_node_text(window), "the tag title") if window is not None and _node_text(window) else None
    if title is None and window is not None and (text := _node_text(window)):
        title = Guess(text, "the tag title")
    named = page.css("[itemprop=author] [itemprop=name], [rel=author], [itemprop=author]")[:1]
    authors = tuple(Guess(text, "an element marked as author") for node in named if (text := _node_text(node)))
    is_other = (
        site is not None and title is not None and site.value not in title.value and title.value not in site.value
    )
    return Metadata(title=title, authors=authors, issued=_marked_date(page), container_title=site if is_other else None)


def _leading_heading(page: LexborHTMLParser) -> str:
    """The heading of a lower level above all paragraphs of a page that has none of the first; empty for none."""
    for node in page.css("h2, h3, p"):
        if node.tag != "p":
            return _node_text(node)
        if len(_node_text(node)) > _LONG_PARAGRAPH:
            return ""
    return ""


def _marked_date(page: LexborHTMLParser) -> Guess | None:
    marked = page.css("[itemprop=datePublished], time[pubdate], time[datetime]")[:20]
    marked.sort(key=lambda node: "itemprop" not in node.attributes and "pubdate" not in node.attributes)
    for node in marked:
        date_text = node.attributes.get("datetime") or node.attributes.get("content") or _node_text(node)
        if day := read_date(date_text):
            return Guess(day, "an element with a date")
    return None


def _node_text(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())[:500]
