"""How much of a public specification do we read alike? The share of its cases, file by file.

    KB_RECOGNIZERS=FOLDER python -m benchmarks.recognizers [--failures] [FILE ...]

The folder (``../shared/suites/recognizers`` unless the variable names another) holds specification files of the public
Recognizers-Text project, called ``Number-English-NumberModel.json``, ``NumberWithUnit-Chinese-CurrencyModel.json`` and
the like. A case is a text and the list of what a reader finds in it, each with its words and its value.

Both shares are of what a user can do. *Read*: of the words that the cases list, those that mean the same number
(``read_quantity``). *Found*: of the cases, those in which ``kb scan --all`` finds the same numbers and no more, each
with the same value and around the same words. Without ``--all`` it passes over names, labels, dates
and "the one", which these files count.

What is converted are conventions of those files: ends of ranges that are left out ("from 10 to 15" is written
``[10,15)``), values to 15 digits, percentages as such, units by name. Each text is read in the language
that the file's name says, as ``kb scan --lang`` does.
"""

import argparse
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from kb.domain.quantity import Bound, Quantity
from kb.domain.unit.names import CURRENCIES, POINTS
from kb.numbers import NotationError, read_quantity
from kb.numbers.de import DE
from kb.numbers.en import EN
from kb.numbers.language import Language
from kb.numbers.qualifiers import lead_at
from kb.numbers.scan import FigureKind, FigureMention, scan
from kb.numbers.token import tokens
from kb.numbers.zh import ZH

FOLDER = Path(os.environ.get("KB_RECOGNIZERS", "../shared/suites/recognizers"))
NAME = re.compile(r"(?P<family>\w+)-(?P<language>\w+)-(?P<kind>\w+?)Model")
Value = tuple[object, ...]
_PRECISION = Decimal("1E-14")


class Score(NamedTuple):
    """Shares of one file, as counts.

    Attributes:
        read: Listed words that mean the same number in a seed file.
        listed: Words that the cases list.
        found: Cases in which a scan finds the same.
        cases: All cases.
    """

    read: int
    listed: int
    found: int
    cases: int


def _number(quantity: Quantity) -> Value | None:
    return (quantity.low,) if quantity.low is not None and quantity.low == quantity.high else None


def _percent(quantity: Quantity) -> Value | None:
    # Those files count percentage points among the percentages; here they are a unit of their own.
    worth = {"fraction": 100, POINTS: 1}.get(quantity.unit)
    single = quantity.low is not None and quantity.low == quantity.high
    return (quantity.low * worth,) if worth and single and quantity.low is not None else None


def _currency(quantity: Quantity) -> Value | None:
    # A price per share is an amount of money there.
    code = quantity.unit.partition("/")[0]
    return (code, quantity.low) if code in CURRENCIES and quantity.low == quantity.high else None


def _range(quantity: Quantity) -> Value | None:
    bound = quantity.bound
    if bound.is_floor:
        return "(" if bound.is_strict else "[", quantity.low, None, ")"
    if bound.is_ceiling:
        return "(", None, quantity.high, ")" if bound.is_strict else "]"
    if bound is not Bound.RANGE:
        return "[", quantity.low, quantity.high, "]"
    limits = quantity.low_open or quantity.high_open or _is_limited(quantity.as_written)
    closing = "]" if limits and not quantity.high_open else ")"
    return "(" if quantity.low_open else "[", quantity.low, quantity.high, closing


def _is_limited(text: str) -> bool:
    """Whether a range is stated by two limits, which include both ends: at most 50 and at least 20."""
    lead = lead_at(tokens(text), 0)
    return lead is not None and lead[0][0] is not None and lead[0][0].is_limit


VALUES: Mapping[str, Callable[[Quantity], Value | None]] = {
    "Number": _number,
    "Percent": _percent,
    "NumberRange": _range,
    "Currency": _currency,
}
"""What a quantity says in the form of a kind of file; None where it is of another kind."""

LANGUAGE_NAMES: Mapping[str, Language] = {"English": EN, "Chinese": ZH, "German": DE}

_UNITS = {
    **{"Dollar": ("USD", 1), "Cent": ("USD", 100), "Bitcoin": ("BTC", 1), "Pound": ("GBP", 1), "Penny": ("GBP", 100)},
    **{"Jiao": ("CNY", 10), "Fen": ("CNY", 100), "Mao": ("CNY", 10), "Sen": ("JPY", 100), "Yuan": ("CNY", 1)},
    **{"Euro": ("EUR", 1), "Franc": ("CHF", 1), "Ruble": ("RUB", 1), "Rupee": ("INR", 1), "Yen": ("JPY", 1)},
}


def expected(kind: str, resolution: Mapping[str, Any]) -> Value | None:
    """The value that a case gives, in the form of ours; None where it is no number."""
    text = str(resolution.get("value", ""))
    try:
        if kind == "NumberRange":
            low, high = text[1:-1].split(",")
            return text[0], Decimal(low) if low else None, Decimal(high) if high else None, text[-1]
        # Values of languages with a decimal comma are written with one.
        value = Decimal(text.removesuffix("%").replace(",", "."))
    except (InvalidOperation, ValueError):
        return None
    if kind != "Currency":
        return (value,)
    unit, parts = resolution.get("isoCurrency"), 1
    if not unit:
        unit, parts = _UNITS.get(resolution.get("unit", ""), (str(resolution.get("unit")), 1))
    return unit, value / parts


def _same(ours: Value | None, theirs: Value | None) -> bool:
    if ours is None or theirs is None or len(ours) != len(theirs):
        return False
    return all(_close(left, right) for left, right in zip(ours, theirs, strict=True))


def _close(left: object, right: object) -> bool:
    """Whether two parts of a value are the same, numbers to 14 digits."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(left - right) <= abs(right) * _PRECISION
    return left == right


def _plain(text: str) -> str:
    """``text`` in one case and width."""
    return unicodedata.normalize("NFKC", text).lower()


def is_read(kind: str, result: Mapping[str, Any], language: Language) -> bool:
    """Whether the words of ``result`` mean in ``language`` what the case says."""
    try:
        quantity = read_quantity(result["Text"], "1", language=language)
    except NotationError:
        return False
    return _same(VALUES[kind](quantity), expected(kind, result.get("Resolution") or {}))


def is_found(kind: str, text: str, results: Sequence[Mapping[str, Any]], language: Language) -> bool:
    """Whether a scan of ``text``, which is in ``language``, finds what ``results`` list, in order, and no more."""
    # A currency that is named without an amount is no number.
    results = [result for result in results if _has_value(result)]
    mentions = [mention for mention in scan(text, language, all_too=True) if VALUES[kind](mention.quantity) is not None]
    mentions = [mention for mention in mentions if not _is_elsewhere(mention)]
    if kind == "NumberRange":
        mentions = [mention for mention in mentions if _is_range(mention)]
    if len(mentions) != len(results):
        return False
    return all(_is_alike(kind, mention, result) for mention, result in zip(mentions, results, strict=True))


def _is_elsewhere(mention: FigureMention) -> bool:
    """Whether it is an ordinal or a date in words, which these files list in files of their own; a year is a number."""
    dated = mention.kind is FigureKind.DATE and any(map(str.isalpha, mention.quantity.as_written))
    return dated or mention.kind is FigureKind.ORDINAL


def _is_range(mention: FigureMention) -> bool:
    """Whether it is a range, a limit, or said to equal a number, which these files call a range of one."""
    equal = mention.quantity.as_written.lower().startswith("equal")
    return mention.left_out is None and (mention.quantity.bound is not Bound.EXACT or equal)


def _is_alike(kind: str, mention: FigureMention, result: Mapping[str, Any]) -> bool:
    value = expected(kind, result.get("Resolution") or {})
    around = _plain(result["Text"]) in _plain(mention.quantity.as_written)
    placed = mention.start <= result.get("Start", mention.start) and result.get("End", 0) < mention.end
    return around and placed and _same(VALUES[kind](mention.quantity), value)


def score(path: Path, *, failures: bool = False) -> Score | None:
    """The shares of the file at ``path``; None for a kind that we do not read."""
    named = NAME.fullmatch(path.stem)
    if named is None or named["kind"] not in VALUES or named["language"] not in LANGUAGE_NAMES:
        return None
    kind, language = named["kind"], LANGUAGE_NAMES[named["language"]]
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    # A currency that is named without an amount says no number, and nothing could read one out of it.
    listed = [result for case in cases for result in case["Results"] if _has_value(result)]
    read = [result for result in listed if is_read(kind, result, language)]
    found = [case for case in cases if is_found(kind, case["Input"], case["Results"], language)]
    if failures:
        _print_failures(language, [r for r in listed if r not in read], [case for case in cases if case not in found])
    return Score(len(read), len(listed), len(found), len(cases))


def _has_value(result: Mapping[str, Any]) -> bool:
    return (result.get("Resolution") or {}).get("value") is not None


def _print_failures(
    language: Language, unread: Sequence[Mapping[str, Any]], unfound: Sequence[Mapping[str, Any]]
) -> None:
    for result in unread:
        print(f"  not read   {result['Text']!r}: {result.get('Resolution')}")
    for case in unfound:
        wanted = [(result["Text"], (result.get("Resolution") or {}).get("value")) for result in case["Results"]]
        ours = [(mention.quantity.as_written, str(mention.quantity.low)) for mention in scan(case["Input"], language)]
        print(f"  not found  {case['Input']!r}\n    wanted {wanted}\n    found  {ours}")


def main() -> int:
    """Prints the shares of each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="files to score; all of the folder without any")
    parser.add_argument("--failures", action="store_true", help="list what failed")
    options = parser.parse_args()
    for path in options.files or sorted(FOLDER.glob("*.json")):
        result = score(path, failures=options.failures)
        if result is None:
            print(f"{path.stem:45} not scored: we read no numbers of this kind")
            continue
        shares = (("read", result.read, result.listed), ("found", result.found, result.cases))
        told = (f"{name} {part:4} of {whole:4} {100 * part / (whole or 1):5.1f} %" for name, part, whole in shares)
        print(f"{path.stem:45}", *told, sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
