"""Where does a sentence end? Good enough for English and Chinese prose, so that people count as we do."""

import re

_END = re.compile(r"""[.!?。！？]+["'”’」』）)\]]*""")
_SHORT = """
mr mrs ms dr prof st vs e.g i.e cf approx no vol fig eq ed eds al jr sr inc ltd co corp dept est sen rep gov gen
u.s u.k u.n d.c a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec bn mn
"""
_ABBREVIATIONS = frozenset(_SHORT.split())
_CLOSING = frozenset(("etc", "inc", "ltd", "co", "corp", "u.s", "u.k", "u.n", "d.c", "a.m", "p.m", "jr", "sr"))
_FIRST = "the a an it its in on at and but or so if this that these those he she we they i you there here what when"
_STARTERS = frozenset(_FIRST.split())
_WORD = re.compile(r"[\w.'’-]+$")
_NEXT = re.compile(r"""["'“‘「『（(\[*_]*([^\W_]+)""")


def sentences(line: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of ``line``, without the white space around it.

    >>> text = 'It costs $1.25 in the U.S. market. "Too much!" 不到一半。真的？'
    >>> [text[start:end] for start, end in sentences(text)]
    ['It costs $1.25 in the U.S. market.', '"Too much!"', '不到一半。', '真的？']
    """
    spans, start = [], 0
    for found in _END.finditer(line):
        if found.start() >= start and _ends(line, found):
            spans.append((start, found.end()))
            start = found.end()
    spans.append((start, len(line)))
    trimmed = (_trimmed(line, *span) for span in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    part = line[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _ends(line: str, found: re.Match[str]) -> bool:
    if any(sign in found[0] for sign in "。！？"):
        return True
    rest = line[found.end() :]
    if rest and not rest[0].isspace() and not _is_wide(rest[0]):
        return False
    following = _NEXT.match(rest.lstrip())
    word = _WORD.search(line, max(0, found.start() - 30), found.start())
    before = word[0].lower().strip("'’") if word else ""
    if found[0].startswith(".") and not found[0].startswith(".."):
        return _full_stop_ends(before, following[1] if following else "")
    return not following or not following[1][0].islower()


def _full_stop_ends(before: str, following: str) -> bool:
    starts = following.lower() in _STARTERS and following[:1].isupper()
    if before in _ABBREVIATIONS or (re.fullmatch(r"(?:[a-z]\.)*[a-z]", before) and before != "i"):
        return not following or (before in _CLOSING and starts)
    return not following[:1].islower()


def _is_wide(letter: str) -> bool:
    return ord(letter) > 0x2E7F
