"""What is this file? Told by its first bytes, as `file` does, since names lie and the archive has none."""

import re

from kb.intake.paper.paper import MediaType

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
    """Whether ``data`` is a PDF: its mark comes first, or within 1,024 bytes and the mark of the end near the end."""
    head = data[:1024]
    return head.lstrip(b" \t\r\n\0\xef\xbb\xbf").startswith(b"%PDF-") or (b"%PDF-" in head and b"%%EOF" in data[-2048:])


def binary(data: bytes) -> str:
    """What ``data`` seems to be, where it is a file of a known kind without text of its own; empty for all others."""
    for magic, what in _MAGIC:
        if data.startswith(magic) and not (magic.decode("latin-1") in _TEXTUAL[3:] and _is_text(data)):
            return what
    return _BOXES.get(data[4:8]) or (_BOXES.get(data[8:12], "") if data[:4] == b"RIFF" else "")


def _is_text(data: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 27 for byte in data[:512])


def text_type(text: str) -> MediaType:
    """What ``text`` is written in: a page or a piece of HTML, Markdown with front matter or a heading first, or plain.

    A piece of HTML without the tags of a page begins with a tag and ends with one; Markdown may begin with a tag too.
    """
    start = _PREFACE.match(text.removeprefix("\ufeff")[:100_000])
    head = text.removeprefix("\ufeff")[start.end() if start else 0 :][:200]
    if _PAGE.match(head) or (_PIECE.match(head) and _CLOSED.search(text[-200:])):
        return MediaType.HTML
    return MediaType.MARKDOWN if _FRONT.match(text) or _HEADING.match(text) else MediaType.PLAIN
