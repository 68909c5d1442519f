"""The text of a UTF-8 file of limited size, or the problem with it."""

import re
from codecs import getincrementaldecoder
from contextlib import suppress
from pathlib import Path

from kb.atomic_file import reason
from kb.domain.problem import Problem

LARGEST = 10 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"


def read_text(path: Path) -> str | Problem:
    """The text of the file at ``path``; a problem where it cannot be read, is too large or is not UTF-8."""
    where = f"{path}:1:1"
    try:
        if not path.is_file():
            missing = "this is a folder" if path.is_dir() else "there is no such file"
            return Problem(where=where, what=missing, hint="name a seed file, which ends in .yaml")
        size = path.stat().st_size
        if size > LARGEST:
            most = f"a seed file has at most {LARGEST // 1024**2} MB"
            return Problem(
                where=where, what=f"the file has {size / 1024**2:.0f} MB; {most}", hint="split it; each part gets an id"
            )
        data = path.read_bytes()
    except OSError as error:
        return Problem(where=where, what=f"the file cannot be read: {reason(error)}")
    return decoded(str(path), data)


def decoded(path: str, data: bytes) -> str | Problem:
    """``data`` as text, without a byte order mark; a problem with the place where it is not UTF-8."""
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(path, data, error.start)


def _not_utf8(path: str, data: bytes, offset: int) -> Problem:
    before = data[:offset]
    line = before.count(b"\n") + 1
    start = before.rfind(b"\n") + 1
    column = len(before[start:].decode("utf-8")) + 1
    end = data.find(b"\n", offset)
    excerpt = data[start : end if end != -1 else None][:200].decode("utf-8", "replace").rstrip("\r")
    what = f"byte {offset} (0x{data[offset]:02X}) is not UTF-8"
    hint = _hint(data, offset)
    return Problem(where=f"{path}:{line}:{column}", what=what, hint=hint, excerpt=excerpt, column=column)


def _hint(data: bytes, offset: int) -> str:
    if surrogates := _SURROGATES.match(data, offset):
        with suppress(UnicodeDecodeError):
            data.decode("utf-8", "surrogatepass")
            return _CESU if len(surrogates[0]) > 3 else _HALF
    guess = _guess(data, offset)
    return f"it looks like {guess}; save the file as UTF-8" if guess else "a seed file is a text; is this another file?"


_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf](\xed[\xb0-\xbf][\x80-\xbf])?|\xed[\xb0-\xbf][\x80-\xbf]")
_HALF = "this is half of a character, left over when an emoji is cut in two; write the whole character, or leave it out"
_CESU = "it looks like CESU-8; save the file as UTF-8"


def _guess(data: bytes, offset: int) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    sample = data[max(0, offset - 2000) : offset + 2000]
    if b"\0" in sample:
        return ""
    return "GB18030 (Chinese)" if _is_chinese(sample) else "Windows-1252 (Latin-1)"


def _is_chinese(sample: bytes) -> bool:
    # The sample may end within a character.
    decoder = getincrementaldecoder("gb18030")()
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return False
    # With the letter behind it, an accented letter of Latin-1 makes an ideograph; but it stands alone among letters of
    # ASCII, while both bytes of most Chinese characters lie above them.
    odd = _ODD.findall(sample.decode("utf-8", "surrogateescape"))
    together = sum(len(run) for run in odd if len(run) > 1)
    ideographs = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    above = sum(byte > 127 for byte in sample)
    return bool(_IDEOGRAPHS.search(text)) and together * 2 > sum(map(len, odd)) and ideographs * 4 > above


_ODD = re.compile("[\udc80-\udcff]+")
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]{2}")
