"""Which characters of a text are names, addresses, code or labels that hold digits? Judged piece by piece.

A piece is a run of characters that Latin writing joins without a blank: ``GPT-4o``, ``v2.1``. Every pattern starts
only where a run starts and gives nothing back, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator

from kb.domain.notation import measure_word, word
from kb.domain.notation.measure_word import SIGNS
from kb.domain.noun import CURRENCIES
from kb.domain.unit import STANDARD
from kb.intake.scan.lexicon import DIGIT_NAMES, DOMAINS, FILE_ENDINGS, SYMBOLS, UPPER_NAMES
from kb.intake.scan.span import Span

_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++|www\.[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++"
)
_CODE = re.compile(r"```.{0,20000}?```|`[^`\n]{1,400}`|\$\$[^$]{1,2000}\$\$|<[A-Za-z/!][^<>\n]{0,400}>", re.DOTALL)
_MARK = re.compile(
    r"\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\]|\(\d{1,2}\)|\(\s?(?:i|ii|iii|iv|v|vi)\)|[#№]\s?\d{1,9}\b|\^\d{1,3}"
)
_LISTED = re.compile(
    r"^[ \t>*#•·-]{0,20}(?:\(?(?:\d{1,3}|[A-Za-z])[.)、](?=\s|[^\W\d])|\(?[一二三四五六七八九十]{1,3}\)?[、.．)]|[①-⑳])"
    r"|^[ \t#]{0,20}\d{1,2}(?:\.\d{1,2}){1,3}\.?"
    r"(?=[ \t]{1,4}(?:[A-Z][a-z]{2}(?!lion|llion)|[\u4e00-\u9fff](?<![万亿千百美元欧人个家名倍成吨公米度])))",
    re.MULTILINE,
)
_PIECE = re.compile(r"(?<![A-Za-z0-9_@/\\.+'’%-])[A-Za-z0-9_@/\\][A-Za-z0-9_@/\\.+'’,-]*+")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,5}(?:[ -]\d{2,5}){1,4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3,4}-\d{4})(?!\w)"
)
_SERIAL = re.compile(r"\b(?:ISBN|ISSN|EAN|IBAN)(?:-1[03])?:?\s?[0-9A-Z](?:[0-9Xx-]|\s(?=\d)){7,30}")
_CONTINENTAL = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,4}")
_HASH = re.compile(r"(?=[0-9]*+[a-f])(?=[a-f]*+[0-9])[0-9a-f]{7,128}|0x[0-9a-f]{1,64}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOTTED = re.compile(
    r"[vV]?\d{1,6}(?:\.\d{1,6}){2,5}(?:[-+]\w{1,20})?|[vV]\d{1,4}(?:\.\w{1,6}){0,3}"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?"
)
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:" + "|".join(sorted(DOMAINS)) + r")(?:[:/].*)?", re.DOTALL)
_FIGURE_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)([^\W\d_]*)")
_CODED_MONEY = re.compile(r"([A-Za-z]{1,3})\d[\d,]*(?:\.\d+)?[A-Za-z]{0,3}")
_PREFIXED = re.compile(r"(?:sub|near|nearly|over|under|about|up-to|non|ca|approx|to)-.+", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_LEFT_OPEN = ".,:;/\\-'’&=+%~"
_MOST = 200


def named(text: str) -> Iterator[Span]:
    """Addresses, code, marks of notes and lists, phone numbers, and every piece that is a name with digits in it."""
    for pattern in (_ADDRESS, _CODE, _MARK, _LISTED, _PHONE, _SERIAL):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for match in _PIECE.finditer(text):
        if text[match.start() - 1 : match.start()] not in SIGNS or not match.start():
            yield from _judged(match[0], match.start())


def _judged(piece: str, start: int) -> Iterator[Span]:
    if _CONTINENTAL.fullmatch(piece):
        return
    head, comma, rest = piece.partition(",")
    if comma and not piece[0].isdigit():
        yield from _judged(head, start)
        yield from _judged(rest[:_MOST], start + len(head) + 1) if rest else ()
        return
    bare = piece.rstrip(_LEFT_OPEN)
    if not _DIGIT.search(bare):
        return
    if len(bare) > _MOST or _is_name(bare):
        yield Span(start, start + len(bare))


def _is_name(piece: str) -> bool:
    low = piece.lower().removesuffix("'s").removesuffix("’s")
    if piece in DIGIT_NAMES or low in DIGIT_NAMES - UPPER_NAMES or "@" in piece or "_" in piece or "\\" in piece:
        return True
    if _HASH.fullmatch(piece) or _UUID.fullmatch(piece) or _DOTTED.fullmatch(piece) or _DOMAIN.fullmatch(low):
        return not piece.isdigit()
    if low.rpartition(".")[2] in FILE_ENDINGS and "." in low:
        return True
    if piece[0].isdigit():
        return _is_digit_name(piece)
    return not _is_worded_figure(piece)


def _is_worded_figure(piece: str) -> bool:
    """``RMB500``, ``sub-10``: letters that belong to the figure behind them; ``GPT-5``, ``H100`` are names."""
    if piece[0] == "/":
        return True
    money = _CODED_MONEY.fullmatch(piece)
    if money and (money[1].upper() in CURRENCIES or money[1].lower() in ("rmb", "rs", "us", "hk")):
        return True
    return bool(_PREFIXED.fullmatch(piece)) or (
        "-" in piece and piece.split("-", maxsplit=1)[0].lower() in _NUMBER_WORDS
    )


_NUMBER_WORDS = frozenset((*word.UNITS, *word.TENS, *word.SCALES, "hundred"))


def _is_digit_name(piece: str) -> bool:
    """``8x7B``, ``4o``, ``10-K``, ``007``: a piece that begins with a digit and is no figure."""
    first, *others = re.split(r"[-/–+]", piece, maxsplit=8)
    return not _is_figure(first) or any(other[:1].isdigit() and not _is_figure(other) for other in others)


def _is_figure(part: str) -> bool:
    found = _FIGURE_PART.match(part)
    if not found:
        return False
    digits, letters = found[1], found[2]
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return False
    rest = part[found.end() :].strip(".'’")
    suffix = letters in SYMBOLS or letters.lower() in ("st", "nd", "rd", "th", "s") or _is_unit(letters)
    if not letters:
        return not rest
    return (suffix and not rest) or (suffix and rest in ("s", "a", "m"))


def _is_unit(letters: str) -> bool:
    return len(letters) > 2 and (
        letters.lower() in measure_word.MEASURES
        or letters.lower() in word.SCALES
        or STANDARD.known(letters) is not None
    )
