"""Hints for common mistakes in hand-written YAML: what is wrong with a line, and what to write instead."""

import re
from collections.abc import Sequence

_KEY = r"(?P<key>(?:- +)*(?:[\w-]+: +)?)"
_BLOCK_SIGN = re.compile(rf"^ *{_KEY}(?P<sign>[>|]) *(?P<rest>[^\s+>|-].*)$")
_COLON = re.compile(r"^ *(?P<key>(?:- +)?[\w-]+: +)(?P<rest>[^\s\"'\[{].*?: .*|[^\s\"'\[{].*:)$")
_AFTER_QUOTE = re.compile(rf"""^ *{_KEY}(?P<quote>["'])(?P<rest>.*)$""")
_SPECIAL = re.compile(rf"^ *{_KEY}(?P<sign>[%@`&*!])(?P<rest>.*)$")
_NO_SPACE = re.compile(r"^ *(?:- +)?[\w-]+:[^\s/]")
_WIDE_COLON = re.compile(r"(?:^|[{,]) *(?:- +)*(?P<key>[A-Za-z][\w-]*) *：")
_FLOW_COLON = re.compile(r"[{,] *[\w-]+: [^,\"']*?: ")


def explain(problem: str, lines: Sequence[str], line: int, column: int) -> tuple[str, str, int, int]:
    """Problem and hint for a place where the parser gave up, with the line and column to point at.

    Args:
        problem: The parser's own words.
        lines: The file.
        line: Where the parser gave up, from 1.
        column: Likewise, in characters.
    """
    text = lines[line - 1] if line <= len(lines) else ""
    above = lines[line - 2] if 1 < line <= len(lines) else ""
    for check in (_tab, _block_sign, _special, _colon, _flow_colon, _quote):
        if explanation := check(text):
            return explanation[0], explanation[1], line, explanation[2]
    if re.search("expected ':'|mapping values|expected key", problem):
        for check in (_no_space, _wide_colon):
            for candidate, number in ((text, line), (above, line - 1)):
                if explanation := check(candidate):
                    return explanation[0], explanation[1], number, explanation[2]
    what, hint = _in_general(problem)
    return what, hint, line, column


def _tab(text: str) -> tuple[str, str, int] | None:
    lead = text[: len(text) - len(text.lstrip())]
    if "\t" not in lead:
        return None
    return "the line begins with a tab", "indent with spaces, two for each step", lead.index("\t") + 1


def _block_sign(text: str) -> tuple[str, str, int] | None:
    match = _BLOCK_SIGN.match(text)
    if not match:
        return None
    rest, sign = match["rest"].strip(), match["sign"]
    if sign == ">" and re.match(r"=? *[\d$€£¥.~]", rest):
        words = "at least " + rest[1:].strip() if rest.startswith("=") else "over " + rest
        return f"a value that begins with {sign} opens a block of text", f"write '{words}'", match.start("sign") + 1
    hint = f"put the value in quotes: {quoted(sign + rest)}"
    return f"a value that begins with {sign} opens a block of text", hint, match.start("sign") + 1


def _special(text: str) -> tuple[str, str, int] | None:
    match = _SPECIAL.match(text)
    if not match:
        return None
    sign = match["sign"]
    if text.startswith("%"):
        return "a line that begins with % does not belong in a seed file", "delete it", 1
    hint = f"put the value in quotes: {quoted(sign + match['rest'].strip())}"
    return f"a value cannot begin with {sign}", hint, match.start("sign") + 1


def _colon(text: str) -> tuple[str, str, int] | None:
    match = _COLON.match(text)
    if not match:
        return None
    rest = match["rest"].strip()
    colon = match.start("rest") + re.search(r":(?: |$)", match["rest"]).start() + 1  # type: ignore[union-attr]
    return "a colon and a space inside a value begin a new key", f"put the value in quotes: {quoted(rest)}", colon


def _flow_colon(text: str) -> tuple[str, str, int] | None:
    match = _FLOW_COLON.search(text)
    if not match:
        return None
    hint = "put the value that holds the colon in quotes"
    return "a colon and a space inside a value begin a new key", hint, match.end() - 1


def _no_space(text: str) -> tuple[str, str, int] | None:
    if not _NO_SPACE.match(text):
        return None
    column = text.index(":") + 1
    return "a key needs a space after its colon", f"write '{text[:column].strip()} …'", column + 1


def _wide_colon(text: str) -> tuple[str, str, int] | None:
    match = _WIDE_COLON.search(text)
    return (*wide_colon(text[match.start("key") :]), match.end()) if match else None


def wide_colon(text: str) -> tuple[str, str]:
    """Problem and hint where ``text`` begins with a key and a full-width colon, as of Chinese keyboards; else empty.

    >>> wide_colon("measure：out")
    ('the wide colon ： ends no key', "write 'measure: …'")
    """
    match = _WIDE_COLON.match(text)
    return ("the wide colon ： ends no key", f"write '{match['key']}: …'") if match else ("", "")


def _quote(text: str) -> tuple[str, str, int] | None:
    match = _AFTER_QUOTE.match(text)
    if not match:
        return None
    sign, rest, start = match["quote"], match["rest"], match.start("quote") + 1
    close = rest.find(sign)
    if close == -1:
        return f"the quote {sign} that opens here is never closed", f"close it with {sign} at the end", start
    behind = rest[close + 1 :].strip()
    if behind and not behind.startswith(("#", ":", ",")):
        hint = f"put the whole value in quotes: {quoted(sign + rest.strip())}"
        return "the value goes on behind its closing quote", hint, start + close + 1
    return None


def _in_general(problem: str) -> tuple[str, str]:
    if "end of stream" in problem:
        return "the quote that opens here is never closed", "close it"
    if "',' or" in problem:
        return "a list or mapping in [] or {} is not closed", "close it, and put commas between its parts"
    if "'-' indicator" in problem or "expected key" in problem or "mapping values" in problem:
        return "this line does not fit the indentation of its neighbours", "align it with the line it belongs to"
    if "expected ':'" in problem:
        return "a line without a key", "write 'key: value'; indent the further lines of a long text"
    return f"this is not YAML: {problem}", ""


def cut_by_comma(before: str, after: str, close: bool) -> str:
    """What to write where a comma cut a text into ``before`` and ``after``; empty where these are two texts.

    Args:
        close: Whether no space stands behind the comma.

    >>> cut_by_comma('L169 "$8', '000"', True)
    '\\'L169 "$8,000"\\''
    >>> cut_by_comma("1", "000", True)
    "'1,000'"
    >>> cut_by_comma("a", "b", True)
    ''
    """
    in_number = close and before[-1:].isdigit() and re.match(r"\d{3}(?!\d)", after)
    in_quote = any(before.count(sign) % 2 for sign in '"“') and not before.count("”")
    if not in_number and not in_quote:
        return ""
    return quoted(before + ("," if close else ", ") + after)


def lost_comment(text: str, rest: str) -> tuple[str, str] | None:
    """Problem and hint where the ``#2`` of a locator follows a space and so is a comment in YAML; else None."""
    match = re.match(r"\s+(#\d+)(?=[\s;]|$)", rest)
    if not match or not re.match(r"L\d", text):
        return None
    return f"for YAML, {match[1]} behind a space is a comment", f"write without the space: {text}{match[1]}"


def quoted(text: str) -> str:
    """``text`` in the quotes that need the least escaping.

    >>> quoted('say "a: b"'), quoted("it's: so")
    ('\\'say "a: b"\\'', '"it\\'s: so"')
    """
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
