"""Which letters are these bytes? UTF-8, UTF-16 or what a page declares; what could only be guessed is refused."""

import codecs
import re

from kb.domain.problem import Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)""", re.IGNORECASE
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""What browsers take for a name that says less (WHATWG Encoding, "Names and labels")."""
_SAMPLE = 100_000


def letters(data: bytes, where: str) -> tuple[str, str] | Problem:
    """``data`` as text with the name of its encoding; a problem where that is not certain.

    UTF-8 as it is, mark included; UTF-16 and UTF-32 by their marks; another where it is HTML and says so itself.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name, where, f"its first bytes say {name.upper()}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = declaration(data)
        if declared:
            return _decoded(data, declared, where, f"the page declares {declared}")
        return _refused(data, error, where)
    if "\0" in text:
        return _wide(data, where)
    return text, "utf-8"


def declaration(data: bytes) -> str:
    """The codec for the encoding that a page declares in its first 4,096 bytes; empty for none that is known."""
    found = _DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return "" if name.startswith(("utf", "idna", "punycode")) else _WIDER.get(name, name)


def _decoded(data: bytes, name: str, where: str, why: str) -> tuple[str, str] | Problem:
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        what = f"{why}, but byte {error.start} (0x{data[error.start]:02X}) is none"
        return Problem(where, what, "save it again as UTF-8")
    except LookupError:  # a codec that is none of text, such as base64
        return Problem(where, f"{why}, which is no encoding of text", "save it as UTF-8")


def _wide(data: bytes, where: str) -> Problem:
    """NUL bytes: text in two bytes a letter without its mark, or no text at all."""
    sample = data[:_SAMPLE]
    for name, odd in (("UTF-16LE", 1), ("UTF-16BE", 0)):
        if sample[odd::2].count(0) > len(sample) // 4 and sample[1 - odd :: 2].count(0) <= len(sample) // 50:
            return Problem(where, f"it seems to be {name} without a byte order mark", _convert(name))
    return Problem(where, "this is a binary file, not a text", "a document is text, Markdown, HTML or PDF")


def _refused(data: bytes, error: UnicodeDecodeError, where: str) -> Problem:
    if b"\0" in data[:_SAMPLE]:
        return _wide(data, where)
    what = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
    name = likely_encoding(data, error.start)
    if not name:
        return Problem(where, what, "is this a text? if so, save it as UTF-8")
    shown = " ".join(data[error.start : error.start + 40].decode(name, "replace").split())[:20].strip("\ufffd")
    return Problem(where, f"{what}; it seems to be {name}, and would read '{shown}' there", _convert(name))


def likely_encoding(data: bytes, offset: int = 0) -> str:
    """What the bytes around ``offset`` seem to be, by a name that ``iconv`` knows; empty where nobody can tell.

    Of the encodings of the West, which differ in a few letters, it is the one of Windows wherever that fits; so it
    is where hardly a letter is not ASCII, since that is too little to tell by.
    """
    from charset_normalizer import from_bytes  # late: hardly any file needs it

    around = data[max(0, offset - _SAMPLE // 2) : offset + _SAMPLE // 2]
    best = from_bytes(around, cp_exclusion=["utf_8", "utf_7"]).best()
    if best is None:
        return ""
    is_western = best.encoding.startswith(_WESTERN) or sum(byte > 127 for byte in around) * 8 < len(around)
    if is_western and around.decode("cp1252", "ignore").encode("cp1252") == around:
        return "CP1252"
    return _ICONV.get(best.encoding, best.encoding.upper().replace("_", "-"))


_WESTERN = (
    "cp1250",
    "cp1254",
    "cp1257",
    "cp1258",
    "latin",
    "iso8859",
    "mac_",
    "cp437",
    "cp85",
    "hp_roman",
    "cp500",
    "cp037",
)
_ICONV = {
    "gb18030": "GB18030",
    "gbk": "GB18030",
    "gb2312": "GB18030",
    "cp932": "CP932",
    "big5": "BIG5",
    "cp949": "CP949",
}


def _convert(name: str) -> str:
    return f"if that is right, convert it: iconv -f {name} -t UTF-8 FILE > FILE.utf8"
