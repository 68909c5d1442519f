"""Sources as BibTeX in UTF-8, with the fields of BibLaTeX where BibTeX has none."""

import re
from collections.abc import Iterator, Sequence

from kb.intake.bibliography.bibtex import ENTRY_TYPES
from kb.reports.reference_formats.item import BibliographyItem
from kb.reports.reference_formats.names import PublishedName

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "book": "book", "chapter": "incollection", "dataset": "dataset", "entry": "inreference",
    "entry-dictionary": "inreference", "entry-encyclopedia": "inreference", "manuscript": "unpublished",
    "paper-conference": "inproceedings", "pamphlet": "booklet", "patent": "patent", "periodical": "periodical",
    "post": "online", "post-weblog": "online", "report": "report", "software": "software", "thesis": "thesis",
    "webpage": "online",
}  # fmt: skip
"""Entry types by CSL type; any other is misc, but for an article in something."""
_PUBLISHERS = {"report": "institution", "thesis": "institution", "online": "organization"}
_CONTAINERS = {"incollection": "booktitle", "inreference": "booktitle", "inproceedings": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BABEL = {
    "en": "english", "en-US": "american", "en-GB": "british", "de": "ngerman", "de-AT": "naustrian", "fr": "french",
    "es": "spanish", "it": "italian", "pt": "portuguese", "pt-BR": "brazilian", "nl": "dutch", "sv": "swedish",
    "da": "danish", "nb": "norwegian", "fi": "finnish", "pl": "polish", "cs": "czech", "ru": "russian", "tr": "turkish",
    "zh": "chinese", "ja": "japanese", "ko": "korean",
}  # fmt: skip
"""What LaTeX calls a language, by BCP 47 tag; any other language is named by its tag."""

_SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "`": r"\textasciigrave{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "@": "{@}", '"': '{"}', "-": "-{}", "'": "'{}",
    "<": "<{}", ">": ">{}",
}  # fmt: skip
# BibTeX counts a brace even behind a backslash, and would not find the end of a field with a lone one.
_PAIRED_BRACES = {"{": r"\{", "}": r"\}"}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
# Two hyphens would become a dash, and an at sign before a brace begins an entry for some readers.
_SPECIAL = re.compile(r"""[\\{}~^`&%$#_@"]|-(?=-)|'(?=')|<(?=<)|>(?=>)""")
_WORDS = re.compile(r"(\w+)")
_LONG = 4
"""Letters of a word that a title in capitals would begin with one."""


def bibtex_entry(item: BibliographyItem) -> str:
    """``item`` as an entry; texts are escaped, and words such as ``GPT`` are kept from losing their capitals."""
    kind = "article" if _is_article_in(item) else _TYPES.get(item.source.type, "misc")
    lines = (f"  {name} = {value},\n" for name, value in _fields(item, kind))
    return f"@{kind}{{{item.key},\n{''.join(lines)}}}\n"


def _is_article_in(item: BibliographyItem) -> bool:
    # Styles print an article with what it appeared in; without that it would be incomplete.
    return item.source.type == "article" and bool(item.source.container_title)


def _fields(item: BibliographyItem, kind: str) -> Iterator[tuple[str, str]]:
    source, details = item.source, item.source.details
    texts = (
        ("author", _people(item.authors)),
        ("editor", _people(item.editors)),
        ("title", latex(source.title, is_title=True)),
        ("shorttitle", latex(details.get("title-short", ""), is_title=True)),
        (_CONTAINERS.get(kind, "journal"), latex(source.container_title)),
        ("series", latex(details.get("collection-title", ""))),
        ("volume", latex(details.get("volume", ""))),
        ("number", latex(details.get("issue" if kind == "article" else "number", ""))),
        ("issue", latex(details.get("issue", "") if kind != "article" else "")),
        ("eid", latex(details.get("number", "") if kind == "article" else "")),
        ("pages", latex(details.get("page", "")).replace("-", "--")),
        ("edition", latex(details.get("edition", ""))),
        ("type", latex(details.get("genre", ""))),
        (_PUBLISHERS.get(kind, "publisher"), latex(source.publisher)),
        ("address", latex(details.get("publisher-place", ""))),
        ("date", source.issued + "?" if source.issued and "issued" in source.inferred else source.issued),
        ("year", source.issued[:4]),
        ("month", _month(source.issued)),
        ("isbn", latex(details.get("ISBN", ""))),
        ("doi", _verbatim(details.get("DOI", ""))),
        ("url", _verbatim(source.url)),
        ("urldate", details.get("accessed", "")),
        ("langid", _BABEL.get(source.language, source.language)),
        ("entrysubtype", _subtype(source.type, kind)),
        ("related", item.translates.key if item.translates else ""),
        ("relatedtype", "translationof" if item.translates else ""),
        *zip(("note", "addendum"), map(latex, item.notes), strict=False),
    )
    # A month is a name that BibTeX knows, and no text.
    yield from ((name, text if name == "month" else f"{{{text}}}") for name, text in texts if text)


def _month(date: str) -> str:
    return _MONTHS[int(date[5:7]) - 1] if re.match(r"\d{4}-\d\d", date) else ""


def _subtype(type: str, kind: str) -> str:
    """The CSL type where the entry type does not say it; anything may be ``misc``."""
    if kind != "misc" and type == ENTRY_TYPES[kind]:
        return ""
    return type.removeprefix("article-") if kind == "article" else type


def _people(names: tuple[PublishedName, ...]) -> str:
    return " and ".join(f"{{{latex(name.family)}}}" if name.is_literal else latex(name.inverted) for name in names)


def latex(text: str, *, is_title: bool = False) -> str:
    r"""``text`` so that LaTeX prints it as it is; of a title, words that must not lose their capitals are in braces.

    >>> latex("50% of R&D -- {so} #1"), latex("What GPT-4 costs the city of Turku", is_title=True)
    ('50\\% of R\\&D -{}- \\{so\\} \\#1', 'What {GPT}-4 costs the city of {Turku}')
    """
    plain = " ".join(text.split())
    signs = _SIGNS | (_PAIRED_BRACES if _has_paired_braces(plain) else _LONE_BRACES)
    parts = _WORDS.split(plain)
    names_stand_out = is_title and _is_in_small_letters(parts[3::2])
    for at, part in enumerate(parts):
        escaped = _SPECIAL.sub(lambda sign: signs[sign[0]], part)
        is_name = names_stand_out and at > 1 and part[:1].isupper()
        keeps = at % 2 and is_title and (is_name or any(letter.isupper() for letter in part[1:]))
        parts[at] = f"{{{escaped}}}" if keeps else escaped
    return "".join(parts)


def _has_paired_braces(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _is_in_small_letters(words: Sequence[str]) -> bool:
    """Whether a title whose ``words`` follow the first is not set in capitals, so that a capital begins a name."""
    long = [word for word in words if len(word) >= _LONG]
    return 2 * sum(word[0].isupper() for word in long) < len(long)


def _verbatim(address: str) -> str:
    """An address or DOI, which is not read as LaTeX, without the signs that would end the field."""
    return re.sub(r"[\\{}]", lambda sign: f"%{ord(sign[0]):02X}", address)
