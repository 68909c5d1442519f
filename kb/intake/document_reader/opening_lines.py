"""Metadata from the first lines of a text: title, byline, date, address; and the language of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kb.intake.document_reader.dates import first_day, read_date
from kb.intake.document_reader.parsed_document import Guess, Metadata
from kb.numbers.lexicon import LANGUAGES

_NEAR = 20
"""Lines with words that are read, at most."""
_LONG = 200
"""Characters of the shortest paragraph; the head of a text ends before its second paragraph."""

_PARTS = re.compile(r"\s*[·•|｜—–]\s*")
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:{_LETTER}[\w.'’-]*|von|van|de|da|di|la|le|al|bin)"
_BY = re.compile(
    rf"(?:(?:written|posted|published|story)\s+)?by[:\s]\s*({_WORD}(?:[ ,&]+{_WORD}){{0,11}})", re.IGNORECASE
)
_BY_HAN = re.compile(
    r"(?:作者|撰文|文|记者|記者|撰稿)\s*[:：/／|｜]\s*([^\s,，。;；|｜/／]{2,20}(?: [A-Z][\w.'’-]*){0,3})"
)
_LABEL = re.compile(r"(?:author|authors|title|date|published|posted|updated|source|url|link)\s*[:：]\s*", re.IGNORECASE)
_LINE_MARKS = re.compile(r"[←‹«→»↩☰#*>\s\ufeff]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'）)\]]+")
_CLOCK = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d+ (?:min|minute|hour|day|week|month)s? (?:ago|read)\b|\d\s*分钟", re.IGNORECASE
)
_STOPWORDS = {
    "fr": "le les des et est une du que dans pour qui sur pas plus avec par sont cette aux ne",
    "es": "el los las y una del por con para su se lo como más pero sus este son fue ha",
    "it": "il di che è la per una sono con non del della si gli nel più anche alla come dei",
    "pt": "os do da em um uma para não com por mais dos como mas foi ao ele das à seu",
    "nl": "de het een van en is dat op te zijn met voor niet aan er om ook als bij maar",
}
_COMMON = {
    **{language.code: language.common for language in LANGUAGES if language.common},
    **{name: frozenset(words.split()) for name, words in _STOPWORDS.items()},
}
"""The commonest words of the languages whose numbers are read, and of some more."""
_SAMPLE = 50_000


def opening_metadata(text: str) -> Metadata:
    """The metadata in the first lines of ``text``, and its likely language."""
    head = list(_head(text))
    return Metadata(
        title=_title(head),
        authors=_authors(head),
        issued=_date(head),
        url=_url(head),
        language=language_of(text),
    )


def _head(text: str) -> Iterator[tuple[int, str]]:
    """The first lines with words, numbered from 1."""
    count = 0
    for number, line in enumerate(text[:_SAMPLE].split("\n"), 1):
        if line.strip(" \t\r\ufeff"):
            yield number, line.strip(" \t\r\ufeff")[: 5 * _LONG]
            count += 1
        if count == _NEAR:
            return


def _title(head: list[tuple[int, str]]) -> Guess | None:
    for number, line in head:
        if len(line) > _LONG:
            return None
        bare = _LABEL.sub("", line, count=1) if line.lower().startswith("title") else line
        title = _LINE_MARKS.sub("", bare, count=1) if line.startswith("#") else bare
        if not _is_metadata_line(line) and sum(letter.isalpha() for letter in title) > 1:
            return Guess(title, f"line {number}")
    return None


def _is_metadata_line(line: str) -> bool:
    """Whether ``line`` is a link, or says who, when or where and not what."""
    leads = line.startswith(("←", "‹", "«", "→", "»", "↩", "☰")) or bool(_ADDRESS.match(line))
    tells = bool(_CLOCK.search(line) or first_day(line) or read_date(line) or _BY.match(line) or _BY_HAN.match(line))
    return leads or tells or (bool(_LABEL.match(line)) and not line.lower().startswith("title"))


def _authors(head: list[tuple[int, str]]) -> tuple[Guess, ...]:
    for number, line in head:
        for part in _PARTS.split(line) if len(line) <= _LONG else ():
            names = _byline_names(part)
            if names:
                return tuple(Guess(name, f"line {number}") for name in names)
    return ()


def _byline_names(part: str) -> list[str]:
    if match := re.match(r"authors?\s*:\s*(.+)", part, re.IGNORECASE):
        return _names(match[1])
    if match := _BY_HAN.search(part):
        return [match[1]]
    match = _BY.match(part)
    return _names(match[1]) if match else []


def _names(text: str) -> list[str]:
    """The names listed in ``text``; each begins with a capital, if its script has any, and has at most six words."""
    names = [name.strip(" .") for name in re.split(r",| and | & |;", text)]
    return [name for name in names if _is_name(name)] if all(map(_is_name, names[:1])) else []


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= 6 and not name[0].islower() and not words[-1][0].islower() and not read_date(name)


def _date(head: list[tuple[int, str]]) -> Guess | None:
    for number, line in head:
        for part in _PARTS.split(line) if len(line) <= _LONG else ():
            bare = _LABEL.sub("", part, count=1)
            if issued := first_day(part) or (read_date(bare) if not bare.isdigit() else ""):
                return Guess(issued, f"line {number}")
    return None


def _url(head: list[tuple[int, str]]) -> Guess | None:
    for number, line in head:
        bare = _LABEL.sub("", line, count=1)
        if _ADDRESS.fullmatch(bare):
            return Guess(bare, f"line {number}")
    return None


def language_of(text: str, least: int = 3) -> Guess | None:
    """The language by its script, or by at least ``least`` of its most common words; None where that is unclear.

    >>> language_of("It is the fee of the plan that they pay, and not the use.").value
    'en'
    """
    sample = text[:_SAMPLE]
    letters = Counter(map(_script, filter(str.isalpha, sample)))
    for script, tag in (("kana", "ja"), ("hangul", "ko"), ("han", "zh")):
        if letters[script] * (8 if script == "kana" else 3) > letters.total() > 0:
            return Guess(tag, "its letters")
    words = re.findall(rf"{_LETTER}+", sample.lower())
    counts = Counter({name: sum(word in common for word in words) for name, common in _COMMON.items()})
    (first, most), (_, second) = counts.most_common(2)
    return Guess(first, "its commonest words") if most >= max(least, len(words) // 12) and most > 1.3 * second else None


def _script(letter: str) -> str:
    if letter < "\u2e80":
        return "latin" if letter < "\u0250" else "other"
    if "\u3040" <= letter <= "\u30ff":
        return "kana"
    if "\uac00" <= letter <= "\ud7af":
        return "hangul"
    return "han" if "\u3400" <= letter <= "\u9fff" else "other"
