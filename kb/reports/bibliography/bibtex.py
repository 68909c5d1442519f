"""Sources as BibTeX in UTF-8, with the fields of BibLaTeX where BibTeX has none."""

import re
from collections.abc import Iterator

from kb.intake.bibliography.bibtex import ENTRY_TYPES
from kb.reports.bibliography.item import BibliographyItem
from kb.reports.bibliography.names import PublishedName

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
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "@": "{@}", '"': '{"}', "-": "-{}", "'": "'{}", "<": "<{}", ">": ">{}",
}  # fmt: skip
# Two hyphens would become a dash. A brace counts for BibTeX even behind a backslash, and an at sign before a brace
# begins an entry for some readers.
_SPECIAL = re.compile(r"""[\\{}~^`&%$#_@"]|-(?=-)|'(?=')|<(?=<)|>(?=>)""")
_WORDS = re.compile(r"(\w+)")


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
        ("title", _title(source.title)),
        ("shorttitle", _title(details.get("title-short", ""))),
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


def _title(text: str) -> str:
    # A style that sets titles in small letters leaves what stands in braces.
    words = enumerate(_WORDS.split(" ".join(text.split())))
    return "".join(
        f"{{{_escaped(word)}}}" if at % 2 and _has_capital_inside(word) else _escaped(word) for at, word in words
    )


def _has_capital_inside(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:])


def latex(text: str) -> str:
    r"""``text`` so that LaTeX prints it as it is.

    >>> latex("50% of R&D -- {so} #1")
    '50\\% of R\\&D -{}- \\textbraceleft{}so\\textbraceright{} \\#1'
    """
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _SIGNS[sign[0]], text)


def _verbatim(address: str) -> str:
    """An address or DOI, which is not read as LaTeX, without the signs that would end the field."""
    return re.sub(r"[\\{}]", lambda sign: f"%{ord(sign[0]):02X}", address)
