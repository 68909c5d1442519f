"""Metadata from the first lines of a text: title, byline, date, address; and the language of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kb.intake.document_reader.dates import days_with_places, first_day, read_date
from kb.intake.document_reader.parsed_document import Guess, Metadata
from kb.numbers.lexicon import LANGUAGES
from kb.numbers.word_tables import words

_NEAR = 20
"""Lines with words that are read, at most."""
_FEW = 4
"""Lines with words in which a text says who keeps it."""
_LONG = 200
"""Characters of the shortest paragraph; the head of a text ends before its second paragraph."""

_WIDTH = 45
"""Characters of a line that may be broken by its width."""
_FORMS = (
    r"(?:PLC|plc|Plc|AG|SE|GmbH|KG|Inc\.?|Ltd\.?|LLC|Limited|Corporation|Corp\.?|N\.?V\.?|S\.?A\.?|S\.?p\.?A\.?"
    r"|Group|Holdings?)"
)
_LETTERHEAD = re.compile(rf"[A-ZÄÖÜ][\w&.,’'-]*(?: (?:&|and|of|und|[A-ZÄÖÜ][\w&.,’'-]*)){{0,6}} {_FORMS}")
_KIND = re.compile(
    r"(?:(?:press|media|news) release|presse-?mitteilung|medienmitteilung|presse-?information|press statement"
    r"|newsletter|for immediate release|新闻稿|新闻通稿|公告|通报)(?:\s*(?:Nr|No|Number|Nummer)?\.?\s*[\d/.-]+)?"
    r"|(?:\d{4}\s?年)?第\s?\d+\s?[号期][^\s，。]{0,12}(?:[（(][^（）()]{1,12}[）)])?",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ .,'’-]{2,40}(?: \([^()]{1,30}\))? ?(?:--|—|–) ?\S")
"""The place before the first words of a report: ``HALLSUND — The ferry``."""
_DATED_PLACE = re.compile(r"([A-ZÄÖÜ][^–—]{3,50}?\d{4})\s?(?:–|—|--|\.)\s")
_NO_WORDS = re.compile(r"<!--.*|!?\[!?\[?[^\]]*\]\([^)]*\).*|\|.*")
"""Comments, pictures and rows of tables, which say nothing of their document."""
_OFFICE = re.compile(r"(?:The )?[A-ZÄÖÜ][\w’'-]*(?: (?:of|for|the|and|to|on|für|der|des|und|[A-ZÄÖÜ][\w’'-]*)){0,9}")
_OFFICES = re.compile(
    r"\b(?:Office|Ministry|Department|Council|Authority|Agency|Commission|Bureau|Board|Institute|Court|Bank|University"
    r"|Committee|Inspectorate|Ombudsman|Regulator|Hospital|Museum|Library|Association|Society|Trust|Foundation|Union|Auditors?|Chamber|Service|Alliance|Federation|\w*[aA]mt"
    r"|\w*[bB]ehörde|\w*[mM]inisterium|\w*[rR]echnungshof|\w*[kK]ammer|\w*[vV]erband|\w*[iI]nstitut|Stadt|Landkreis"
    r"|Gemeinde|Stiftung|Verein)\b"
)
_OFFICE_HAN = re.compile(
    r"[\u3400-\u9fff]{2,16}(?:局|厅|部|署|委员会|委|办公室|中心|公司|集团|协会|研究院|研究所|银行|政府|编辑部)"
)
_SPAN = re.compile(
    r"(?:\bto|\bended|\bending|\buntil|\bbis|\bzum|\bas of|\bas at|\bat|截至|到)\s*(?:the\s)?$", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[·•|｜—–]\s*")
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:{_LETTER}[\w.'’-]*|von|van|de|da|di|la|le|al|bin)"
_BY = re.compile(
    rf"(?:(?:written|posted|published|story)\s+)?by[:\s]\s*({_WORD}(?:[ ,&]+{_WORD}){{0,11}})", re.IGNORECASE
)
_BY_HAN = re.compile(
    r"(?:作者|撰文|文|记者|記者|撰稿|编译|译者|翻译|整理)\s*[:：/／|｜]\s*"
    r"([^\s,，。;；|｜/／]{2,20}(?: [A-Z][\w.'’-]*){0,3})"
    r"|(?<![^\s（(本])(?:报?记者|通讯员|撰文|编译)\s+([\u3400-\u9fff·]{2,8})(?=\s|$|[）)，、])"
)
_BY_GERMAN = re.compile(
    r"(?:(?:Autor(?:in|en)?|Text|Verfasser(?:in)?|Bericht(?:erstatter(?:in)?)?|Bearbeiter(?:in)?)\s*:|Von)\s+"
    r"((?:(?:Dr|Prof|Dipl)\.(?:-Ing\.)?\s+)*)([A-ZÄÖÜ][\w.’-]*(?:(?:,| und|) (?:von |zu )?[A-ZÄÖÜ][\w.’-]*){1,7})"
)
_KEPT_BY = re.compile(
    r"\b(?i:kept(?: up)?|maintained|published|compiled|issued|produced|prepared|collected|curated|run)"
    r" by (?:the )?((?:[A-Z][\w’'&-]*)(?: (?:of|for|the|and|[A-Z][\w’'&-]*)){1,7})"
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
    title = _title(head, text)
    return Metadata(
        title=title,
        authors=_authors(head) or _organisation(head, title),
        issued=_date(head),
        url=_url(head),
        language=language_of(text),
    )


def _head(text: str) -> Iterator[tuple[int, str]]:
    """The first lines with words, numbered from 1."""
    count = 0
    for number, line in enumerate(text[:_SAMPLE].split("\n"), 1):
        if line.strip(" \t\r\ufeff") and not _NO_WORDS.fullmatch(line.strip(" \t\r\ufeff")):
            yield number, line.strip(" \t\r\ufeff")[: 5 * _LONG]
            count += 1
        if count == _NEAR:
            return


def _title(head: list[tuple[int, str]], text: str) -> Guess | None:
    candidates = [(number, line) for number, line in head if not _is_metadata_line(line) and not _KIND.fullmatch(line)]
    for at, (number, line) in enumerate(candidates):
        if len(line) > _LONG:
            return None
        bare = _LABEL.sub("", line, count=1) if line.lower().startswith("title") else line
        is_heading = line.startswith("#")
        title = _LINE_MARKS.sub("", bare, count=1) if is_heading else bare
        if sum(letter.isalpha() for letter in title) < 2:
            continue
        # The name of a firm alone is its letterhead; the title stands below it.
        is_letterhead = _LETTERHEAD.fullmatch(title) or _OFFICE_HAN.fullmatch(title)
        if not is_heading and is_letterhead and at + 1 < len(candidates):
            continue
        return None if not is_heading and _is_sentence(number, title, text) else Guess(title, f"line {number}")
    return None


def _is_sentence(number: int, line: str, text: str) -> bool:
    """Whether ``line`` is a sentence, or begins a paragraph of sentences, rather than a title."""
    if _DATELINE.match(line):
        return True
    if re.search(r"[^.]\.[\"”’)]*$|[。；;]$", line) and (len(line.split()) > 4 or not line.isascii()):
        return True
    below = text[:_SAMPLE].split("\n")[number : number + 1]
    goes_on = bool(below and below[0].strip()) and len(line) > _WIDTH and not _is_metadata_line(below[0].strip())
    return goes_on and (below[0].strip()[0].islower() or re.search(r"\.\s+[A-ZÄÖÜ]", f"{line} {below[0]}") is not None)


def _is_metadata_line(line: str) -> bool:
    """Whether ``line`` is a link, or says who, when or where and not what."""
    leads = line.startswith(("←", "‹", "«", "→", "»", "↩", "☰")) or bool(_ADDRESS.match(line))
    dated = any(not _SPAN.search(before) for _, before in _days_in(line))
    tells = bool(
        _CLOCK.search(line)
        or dated
        or (read_date(line) and not first_day(line))
        or _BY.match(line)
        or _BY_HAN.search(line[: 2 * _WIDTH] if _is_short_han(line) else "")
        or _BY_GERMAN.fullmatch(line)
    )
    return leads or tells or (bool(_LABEL.match(line)) and not line.lower().startswith("title"))


def _is_short_han(line: str) -> bool:
    """Whether a Chinese line may be one of who and when: it has no comma and no full stop."""
    return len(line) <= _WIDTH and not re.search(r"[，。]", line)


def _authors(head: list[tuple[int, str]]) -> tuple[Guess, ...]:
    for number, line in head:
        for part in _PARTS.split(line) if len(line) <= _LONG else ():
            names = _byline_names(_without_day(part))
            if names:
                return tuple(Guess(name, f"line {number}") for name in names)
    return ()


def _byline_names(part: str) -> list[str]:
    if match := re.match(r"authors?\s*:\s*(.+)", part, re.IGNORECASE):
        return _names(match[1])
    if (match := _BY_HAN.search(part)) and _is_short_han(part):
        return [match[1] or match[2]]
    if match := _BY_GERMAN.fullmatch(part.strip("*_# ")):
        return [name for name in re.split(r",| und | & ", match[2]) if _is_name(name.strip())]
    match = _BY.match(part)
    return _names(match[1]) if match else []


def _names(text: str) -> list[str]:
    """The names listed in ``text``; each begins with a capital, if its script has any, and has at most six words."""
    # "By Ann Ash in Turku" names a person and a place.
    people = re.split(r"\s(?:in|at|for|from|with|on)\s", text)[0]
    names = [name.strip(" .") for name in re.split(r",| and | & |;", people)]
    return [name for name in names if _is_name(name)] if all(map(_is_name, names[:1])) else []


def _is_name(name: str) -> bool:
    words = name.split()
    if len(words) == 1 and words[0].lower() in _NOBODY:
        return False
    return 0 < len(words) <= 6 and not name[0].islower() and not words[-1][0].islower() and not read_date(name)


_NOBODY = words("the a an this our all staff admin")


def _organisation(head: list[tuple[int, str]], title: Guess | None) -> tuple[Guess, ...]:
    """The firm or the office whose name stands alone on a line, or before a colon in the title."""
    for number, line in head:
        bare = _without_day(line.strip("#* "))
        is_office = _OFFICE.fullmatch(bare) and _OFFICES.search(bare) and (not title or bare != title.value)
        if (
            _LETTERHEAD.fullmatch(bare)
            or is_office
            or (_OFFICE_HAN.fullmatch(bare) and (not title or bare != title.value))
        ):
            return (Guess(bare, f"line {number}"),)
    firm = re.match(rf"({_LETTERHEAD.pattern}):", title.value) if title else None
    if firm:
        return (Guess(firm[1], "the title"),)
    kept = next(((number, match[1]) for number, line in head[:_FEW] if (match := _KEPT_BY.search(line))), None)
    return (Guess(kept[1], f"line {kept[0]}"),) if kept else ()


def _without_day(line: str) -> str:
    """``line`` without a date behind a comma: ``Rechnungskammer Vestermark, 20. April 2026``."""
    name, comma, rest = line.partition(", ")
    if comma and read_date(rest):
        return name
    # 青石县审计局　2026年2月10日; 清河县水务局，2026年4月8日
    return re.sub(r"[\s　，,（(]+\d{4}年\d{1,2}月(?:\d{1,2}日)?[）)]?$", "", line)


def _date(head: list[tuple[int, str]]) -> Guess | None:
    for number, line in head:
        for part in _dated_parts(line):
            bare = _LABEL.sub("", part, count=1)
            # "Results for the six months to 30 September" names a time that the text is about.
            issued = next((day for day, before in _days_in(part) if not _SPAN.search(before)), "")
            if issued := issued or (read_date(bare) if not bare.isdigit() and not first_day(bare) else ""):
                return Guess(issued, f"line {number}")
    return None


def _dated_parts(line: str) -> list[str]:
    """The parts of a line that may be its date; of a long one what stands before a dash: ``Tollby, 5 May –``."""
    if len(line) > _LONG:
        place = _DATED_PLACE.match(line)
        return [place[1]] if place else []
    *_, last = re.split(r"[,，]\s*", line)
    return [*_PARTS.split(line), last]


def _days_in(text: str) -> Iterator[tuple[str, str]]:
    """Each full date in ``text``, with what stands before it."""
    for day, start in days_with_places(text):
        yield day, text[:start]


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
