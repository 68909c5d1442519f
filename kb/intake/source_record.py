"""The entry of a source: variables of CSL-JSON, values that were inferred, and reliability."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.domain.confidence import Reliability
from kb.intake.shape import (
    IDENTIFIER,
    REFERENCE,
    REFERENCES,
    SENTENCE,
    Choice,
    Either,
    Entry,
    ListOf,
    Matching,
    Record,
    Scalar,
    Text,
    key,
)

_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
"""
CSL_TYPES = tuple(_TYPES.split())
"""Item types of CSL 1.0.2."""

_LANGUAGES = {
    **dict.fromkeys(("english", "englisch", "英文", "英语"), "en"),
    **dict.fromkeys(("german", "deutsch", "德文", "德语"), "de"),
    **dict.fromkeys(("chinese", "chinesisch", "中文", "汉语", "zh_cn"), "zh"),
    **{"french": "fr", "spanish": "es", "italian": "it", "russian": "ru", "japanese": "ja", "arabic": "ar"},
    **{"portuguese": "pt", "dutch": "nl", "danish": "da", "swedish": "sv", "en_us": "en-US", "en_gb": "en-GB"},
}
"""Names of languages that people write where a tag is wanted."""
_LANGUAGE = Matching(
    re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}"),
    "a language tag",
    "write a tag like en, de or zh",
    _LANGUAGES,
)
_SHA256 = Matching(re.compile(r"[0-9a-f]{64}"), "a SHA-256", "64 digits from 0-9a-f, as `sha256sum FILE` prints them")
_ADDRESS = Matching(re.compile(r"https?://\S+"), "an address", "begin with https://")
_DOI = Matching(re.compile(r"10\.[0-9]{4,9}/\S+"), "a DOI", "begin with 10., without the address in front")
_TYPES_MEANT = {
    **dict.fromkeys(("press release", "statement", "announcement"), "article, and genre: Press release"),
    **dict.fromkeys(("news", "newspaper", "news article", "news story"), "article-newspaper"),
    **dict.fromkeys(("blog", "blog post", "weblog", "newsletter", "substack"), "post-weblog"),
    **dict.fromkeys(("tweet", "forum", "thread", "comment", "reddit"), "post"),
    **dict.fromkeys(("website", "web page", "web", "page", "url", "online"), "webpage"),
    **dict.fromkeys(("paper", "journal", "journal article", "study"), "article-journal"),
    **dict.fromkeys(("audit", "audit report", "annual report", "white paper", "techreport", "brief"), "report"),
    **dict.fromkeys(("preprint", "working paper", "draft"), "article, and genre: Working paper"),
    **dict.fromkeys(("podcast", "radio", "tv", "television"), "broadcast"),
    **dict.fromkeys(("video", "film", "movie"), "motion_picture"),
    **dict.fromkeys(("magazine",), "article-magazine"),
    **dict.fromkeys(("talk", "lecture"), "speech"),
    **dict.fromkeys(("filing", "letter", "memo", "text", "other", "unknown"), "document"),
    **dict.fromkeys(("email", "mail"), "personal_communication"),
    **dict.fromkeys(("law", "act", "statute"), "legislation"),
    **dict.fromkeys(("court case", "judgment", "ruling"), "legal_case"),
    **dict.fromkeys(("table", "data", "statistics"), "dataset"),
}
"""What to write for words that are no types."""
_LETTER = Choice(tuple(Reliability), {letter: letter.meaning for letter in Reliability})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred(Record):
    """A value that the document does not give, and the reason for it."""

    value: Scalar | None = key(Text(), "The value itself.", "2026")
    date: Scalar | None = key(Text("a date"), "The same, for a date.", "2026-06-15")
    name: Scalar | None = key(Text("a name"), "The same, for one name.", "Ed Zitron")
    names: tuple[Scalar, ...] = key(
        ListOf(Text("a name"), "a list of names"), "The same, for several.", "[A, B]", default=()
    )
    inferred: Scalar | None = key(SENTENCE, "Why this is inferred.", "the events reported give the year", required=True)


_INFERRED = Entry(Inferred, "a value with its reason")
_MARKED = Either(Text(), _INFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust(Record):
    """A letter of the Admiralty scale, and the reason for it."""

    letter: Scalar | None = key(_LETTER, "An Admiralty letter, A to F.", "C", required=True)
    why: Scalar | None = key(SENTENCE, "Why this letter.", "the author argues a case", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentName(Record):
    """The name of an archived text."""

    sha256: Scalar | None = key(_SHA256, "SHA-256 of the archived text.", "767073c1…958993", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRecord(Record):
    """A place of the document from which nothing is recorded."""

    at: Scalar | None = key(Text("lines like L3 or L10-L14"), "Which lines, or which words.", "L10-L14", required=True)
    why: Scalar | None = key(SENTENCE, "Why nothing is recorded from there.", "an advertisement", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(Record):
    """A source: something published."""

    id: Scalar | None = key(IDENTIFIER, "Its id within the file; only in a list under `sources`.", "zh")
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "chinese")
    type: Scalar | None = key(
        Choice(CSL_TYPES, meant=_TYPES_MEANT), "What it is, as a CSL type.", "article", required=True
    )
    title: Any = key(_MARKED, "Its title.", "AI's Brokenomics", required=True)
    author: Any = key(
        Either(Text(), _INFERRED, ListOf(_MARKED, "a list of names")), "Who wrote it; a list for several.", "Sara Voss"
    )
    editor: tuple[Scalar, ...] = key(
        ListOf(Text("a name"), "a list of names"), "Who edited the whole; a list for several.", "Ann Ray", default=()
    )
    title_short: Scalar | None = key(Text(), "A short title, by which sentences name it.", "Brokenomics")
    container_title: Any = key(_MARKED, "The journal, site or forum that it appeared in.", "Where's Your Ed At")
    publisher: Any = key(_MARKED, "Who published it.", "Quay Press")
    url: Any = key(Either(_ADDRESS, _INFERRED), "Its address.", "https://example.org/post", name="URL")
    collection_title: Scalar | None = key(Text(), "The series that it belongs to.", "Papers on Ferries")
    volume: Scalar | None = key(Text(), "Volume of the journal or work.", "12")
    issue: Scalar | None = key(Text(), "Issue of the journal.", "3")
    page: Scalar | None = key(Text(), "Its pages.", "41-58")
    genre: Scalar | None = key(Text(), "What sort of publication it is, if the type does not say.", "Working paper")
    number: Scalar | None = key(Text(), "Its number in a series.", "2026/7")
    edition: Scalar | None = key(Text(), "Its edition.", "2nd")
    publisher_place: Scalar | None = key(Text(), "Where it was published.", "Turku")
    doi: Scalar | None = key(_DOI, "Its DOI, without the URL prefix.", "10.1000/182", name="DOI")
    isbn: Scalar | None = key(Text(), "Its ISBN.", "978-0-00-000000-2", name="ISBN")
    accessed: Scalar | None = key(Text("a date"), "When we saw it: a year, a month or a day.", "2026-06-20")
    issued: Any = key(_MARKED, "When it appeared: a year, a month or a day.", "2026-06-15")
    language: Scalar | None = key(_LANGUAGE, "Its language, as a BCP 47 tag.", "en", required=True)
    reliability: Any = key(
        Either(_LETTER, Entry(Trust, "a letter with its reason")),
        "How far we trust it: an Admiralty letter from A (completely) to E (not at all), F (cannot be judged).",
        "C",
    )
    reliability_why: Scalar | None = key(SENTENCE, "Why this letter.", "sources are mostly named")
    document: DocumentName | None = key(
        Entry(DocumentName, "the archived text"), "The archived text, by its SHA-256.", "{sha256: 767073c1…958993}"
    )
    translation_of: Scalar | None = key(REFERENCE, "The source that it translates.", "en")
    quotes: tuple[Scalar, ...] = key(REFERENCES, "Sources that it quotes.", "[quay]", default=())
    supersedes: Scalar | None = key(REFERENCE, "The older source whose place it takes.", "report-2024")
    left_out: tuple[LeftOutRecord, ...] = key(
        ListOf(Entry(LeftOutRecord, "a place with a reason"), "a list of places with reasons"),
        "Places of its document from which nothing is recorded on purpose.",
        "[{at: L10-L14, why: an advertisement}]",
        default=(),
    )
    note: Scalar | None = key(Text(), "Anything else.", "The page gives no year.")


SOURCE = Entry(SourceRecord, "a source")
