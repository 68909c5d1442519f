"""The media type and the character encoding of a file, from its bytes.

File names are not trusted, and archived documents have none. An encoding that could only be guessed is refused.
"""

import codecs
import re

from kb.domain.problem import Problem
from kb.intake.document_reader.parsed_document import MediaType

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
"""The wider encodings that browsers use for some names (WHATWG Encoding, "Names and labels")."""
_SAMPLE = 100_000


def decoded_text(data: bytes, where: str) -> tuple[str, str] | Problem:
    """``data`` as text, with the name of its encoding; a problem where that is not certain.

    UTF-8 is left as it is, with its byte order mark; UTF-16 and UTF-32 need theirs; HTML may declare another encoding.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name, where, f"its first bytes say {name.upper()}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = declared_encoding(data)
        if declared:
            return _decoded(data, declared, where, f"the page declares {declared}")
        return _refused(data, error, where)
    if "\0" in text:
        return _nul_problem(data, where)
    return text, "utf-8"


def declared_encoding(data: bytes) -> str:
    """The codec of the encoding that a page declares in its first 4,096 bytes; empty for none that we know."""
    match = _DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    return "" if name.startswith(("utf", "idna", "punycode")) else _WIDER.get(name, name)


def _decoded(data: bytes, name: str, where: str, why: str) -> tuple[str, str] | Problem:
    try:
        return data.decode(name), name
    except UnicodeDecodeError as error:
        what = f"{why}, but byte {error.start} (0x{data[error.start]:02X}) is none"
        return Problem(where=where, what=what, hint="save it again as UTF-8")
    # A page may declare a codec that is not one of text, such as base64.
    except LookupError:
        return Problem(where=where, what=f"{why}, which is not a text encoding", hint="save it as UTF-8")


def _nul_problem(data: bytes, where: str) -> Problem:
    """The problem with NUL bytes: UTF-16 without a byte order mark, or no text at all."""
    sample = data[:_SAMPLE]
    for name, odd in (("UTF-16LE", 1), ("UTF-16BE", 0)):
        if sample[odd::2].count(0) > len(sample) // 4 and sample[1 - odd :: 2].count(0) <= len(sample) // 50:
            return Problem(where=where, what=f"it seems to be {name} without a byte order mark", hint=_convert(name))
    return Problem(
        where=where, what="this is a binary file, not a text", hint="a document is text, Markdown, HTML or PDF"
    )


def _refused(data: bytes, error: UnicodeDecodeError, where: str) -> Problem:
    if b"\0" in data[:_SAMPLE]:
        return _nul_problem(data, where)
    what = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8"
    name = likely_encoding(data, error.start)
    if not name:
        return Problem(where=where, what=what, hint="is this a text? if so, save it as UTF-8")
    shown = " ".join(data[error.start : error.start + 40].decode(name, "replace").split())[:20].strip("\ufffd")
    return Problem(
        where=where, what=f"{what}; it seems to be {name}, and would read '{shown}' there", hint=_convert(name)
    )


def likely_encoding(data: bytes, offset: int = 0) -> str:
    """The likely encoding of the bytes around ``offset``, by its name in ``iconv``; empty where none is likely.

    Western encodings differ in a few letters only: of them it is Windows-1252 where that fits, and where there are too
    few letters outside ASCII to decide.
    """
    # Loaded late, since hardly any file needs it.
    from charset_normalizer import from_bytes

    # Around the first byte that is not UTF-8: the beginning of a long page may be plain ASCII.
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


_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (DOCX, XLSX, EPUB and ODT are such)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, PPT)"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"AT&TFORM", "a DjVu file"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program for Windows"),
    (b"\xcf\xfa\xed\xfe", "a program for macOS"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a WebAssembly program"),
    (b"bplist00", "a web archive or property list of macOS"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_BOXES = {b"ftyp": "a film or sound recording (MP4)", b"WEBP": "a WebP picture", b"WAVE": "a WAV recording"}
_TEXTUAL = ("{\\rtf", "%!PS", "BZh", "GIF8", "MZ", "ID3", "wOFF", "wOF2", "OggS")
_PREFACE = re.compile(r"(?:\s+|<!--(?:[^-]|-(?!->))*-->|<\?xml[^>]*\?>)*", re.ASCII)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta)(?=[\s>/])", re.ASCII | re.IGNORECASE)
_PIECE = re.compile(
    r"<(?:article|section|main|div|p|h[1-6]|table|ul|ol|blockquote|header|span|a|b|br|style|script)(?=[\s>/])",
    re.ASCII | re.IGNORECASE,
)
_CLOSED = re.compile(r"</[a-z][a-z0-9]*\s*>\s*$|-->\s*$", re.ASCII | re.IGNORECASE)
_FRONT = re.compile(r"\ufeff?(?:---|\+\+\+)[ \t]*\r?\n")
_HEADING = re.compile(r"\ufeff?\s*#{1,2} \S")


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` is a PDF: the mark comes first, or within 1,024 bytes with the end mark near the end."""
    head = data[:1024]
    return head.lstrip(b" \t\r\n\0\xef\xbb\xbf").startswith(b"%PDF-") or (b"%PDF-" in head and b"%%EOF" in data[-2048:])


def binary_kind(data: bytes) -> str:
    """The kind of file that ``data`` is, e.g. an image, if it is a known one without text; else empty."""
    for magic, what in _MAGIC:
        if data.startswith(magic) and not (magic.decode("latin-1") in _TEXTUAL[3:] and _is_text(data)):
            return what
    return _BOXES.get(data[4:8]) or (_BOXES.get(data[8:12], "") if data[:4] == b"RIFF" else "")


def _is_text(data: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 27 for byte in data[:512])


def text_type(text: str) -> MediaType:
    """The media type of ``text``: HTML, Markdown (which begins with front matter or a heading), or plain text.

    A fragment of HTML begins and ends with a tag; a text that only begins with one may be Markdown.
    """
    start = _PREFACE.match(text.removeprefix("\ufeff")[:100_000])
    head = text.removeprefix("\ufeff")[start.end() if start else 0 :][:200]
    if _PAGE.match(head) or (_PIECE.match(head) and _CLOSED.search(text[-200:])):
        return MediaType.HTML
    return MediaType.MARKDOWN if _FRONT.match(text) or _HEADING.match(text) else MediaType.PLAIN
