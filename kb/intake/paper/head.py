"""What does an HTML page say about itself? Citation tags, JSON-LD, OpenGraph, Dublin Core, and at last its headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.intake.paper.day import read_date
from kb.intake.paper.linked import linked_data
from kb.intake.paper.paper import About, Guess

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
    """The ``meta`` tags of a page: what each name says, in order."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self.said: Mapping[str, list[str]] = defaultdict(list)
        for node in page.css("meta"):
            told = node.attributes
            content = " ".join((told.get("content") or "").split())
            for key in ("name", "property", "http-equiv", "itemprop"):
                if content and (name := told.get(key)):
                    self.said[name.lower()].append(content)

    def all(self, names: Iterable[str]) -> tuple[Guess, ...]:
        """What the first of ``names`` says that says anything."""
        for name in names:
            if found := self.said.get(name):
                return tuple(Guess(value, f"the tag {name}") for value in dict.fromkeys(found))
        return ()

    def one(self, names: Iterable[str]) -> Guess | None:
        """The first thing that the first of ``names`` says."""
        return next(iter(self.all(names)), None)

    def date(self) -> Guess | None:
        """The first of the dates that is one."""
        told = (Guess(read_date(value), f"the tag {name}") for name in _DATES for value in self.said.get(name, ()))
        return next((guess for guess in told if guess.value), None)


def about_page(page: LexborHTMLParser, source: str) -> About:
    """What ``page`` says about itself, each thing as told in the place that is surest."""
    tags = _Tags(page)
    journal = tags.one(("citation_journal_title",))
    cited = About(
        type=Guess("article-journal", "the tag citation_journal_title") if journal else None,
        title=tags.one(("citation_title",)),
        authors=tags.all(("citation_author",)),
        container_title=tags.one(("citation_journal_title", "citation_conference_title")),
    )
    said = About(
        title=tags.one(_TITLES),
        authors=tuple(guess for guess in tags.all(_AUTHORS) if not guess.value.startswith(("http:", "https:"))),
        container_title=tags.one(_CONTAINERS),
        publisher=tags.one(_PUBLISHERS),
        issued=tags.date(),
        language=_language(page, tags),
        url=_address(page, tags, source),
        doi=_doi(tags),
    )
    return cited.or_else(linked_data(page)).or_else(said).or_else(_shown(page))


def _language(page: LexborHTMLParser, tags: _Tags) -> Guess | None:
    root = page.css_first("html")
    told = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root else ""
    guesses = (Guess(told, "the tag html"), *tags.all(_LANGUAGES))
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
    for guess in (told for name in _DOIS for told in tags.all((name,))):
        if found := _DOI.search(guess.value):
            return Guess(found[0].rstrip(".,;)"), guess.found)
    return None


def _shown(page: LexborHTMLParser) -> About:
    """What the elements that a reader sees say: the only first heading, dated elements, the title of the window."""
    headings = [text for node in page.css("h1")[:2] if (text := _words(node))]
    window = page.css_first("head > title")
    title = Guess(headings[0], "the first heading") if len(headings) == 1 else None
    if title is None and window is not None and (text := _words(window)):
        title = Guess(text, "the tag title")
    named = page.css("[itemprop=author] [itemprop=name], [rel=author], [itemprop=author]")[:1]
    authors = tuple(Guess(text, "an element marked as author") for node in named if (text := _words(node)))
    return About(title=title, authors=authors, issued=_dated(page))


def _dated(page: LexborHTMLParser) -> Guess | None:
    marked = page.css("[itemprop=datePublished], time[pubdate], time[datetime]")[:20]
    marked.sort(key=lambda node: "itemprop" not in node.attributes and "pubdate" not in node.attributes)
    for node in marked:
        told = node.attributes.get("datetime") or node.attributes.get("content") or _words(node)
        if day := read_date(told):
            return Guess(day, "an element with a date")
    return None


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())[:500]
