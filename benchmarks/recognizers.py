"""How much of a public specification do we read alike? The share of its cases passed, file by file.

    KB_RECOGNIZERS=FOLDER python -m benchmarks.recognizers [--aim NUMBER=95 ...] [--failures] [FILE ...]

The folder (``../shared/suites/recognizers`` unless the variable names another) holds specification files of the public
Recognizers-Text project, called ``Number-English-NumberModel.json``, ``NumberWithUnit-Chinese-CurrencyModel.json`` and
the like. A case is an input and the list of what a reader finds in it; it passes where we find the same list: the same
words (in either case and width), at the same place where one is given, with the same value. Cases that other readers
are excused from count like all others.

Our reading is one for all languages and kinds. What is converted here are conventions of those files: ends of ranges
that are left out ("from 10 to 15" is written ``[10,15)``), values to 15 digits, percentages as such, units by name; and
the kind that a file asks for picks among our readings: numbers alone, amounts alone, ranges without units.
"""

import argparse
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from kb.domain.quantity import Bound
from kb.domain.unit.names import CURRENCIES
from kb.numbers.figure import equals_at, lead_at
from kb.numbers.search import LocatedFigure, amounts, bare_figures, numbers, ordinals
from kb.numbers.token import tokens
from kb.numbers.unit_words import MEASURES

FOLDER = Path(os.environ.get("KB_RECOGNIZERS", "../shared/suites/recognizers"))
NAME = re.compile(r"(?P<family>\w+)-(?P<language>\w+)-(?P<kind>\w+?)Model")


class Reading(NamedTuple):
    """What one reader found: words, first and last character, and the value in a form that can be compared."""

    text: str
    start: int
    end: int
    value: "Value"


Value = tuple[str, ...] | tuple[Decimal | None, ...] | tuple[object, ...]
_DIGITS = Decimal("1E-14")


def found_numbers(text: str) -> Iterator[Reading]:
    """Numbers alone."""
    for found in numbers(text):
        yield Reading(text[found.start : found.end], found.start, found.end - 1, (found.value,))


def found_ordinals(text: str) -> Iterator[Reading]:
    """Places in an order."""
    for found in ordinals(text):
        yield Reading(text[found.start : found.end], found.start, found.end - 1, (found.value,))


def found_percents(text: str) -> Iterator[Reading]:
    """Amounts that are percentages by their words; a fraction of a whole is none, nor is a range."""
    for start, end, amount in amounts(text):
        number = amount.number
        if amount.unit == "fraction" and amount.factor != 1 and number.low == number.high:
            yield Reading(text[start:end], start, end - 1, (number.low * 100,))


def found_currencies(text: str) -> Iterator[Reading]:
    """Amounts of money; a currency that is named without a number has no value."""
    found = [(start, end, amount) for start, end, amount in amounts(text) if amount.unit in CURRENCIES]
    said = [
        Reading(text[start:end], start, end - 1, (amount.unit, amount.number.low))
        for start, end, amount in found
        if amount.number.low == amount.number.high and amount.number.grain is not None
    ]
    yield from sorted([*said, *_named(text, [(start, end) for start, end, _ in found])], key=lambda one: one.start)


def _named(text: str, taken: list[tuple[int, int]]) -> Iterator[Reading]:
    """Chinese names of currencies, of two characters or more, outside the places that are taken."""
    for token in tokens(text):
        unit, worth = MEASURES.get(token.text, ("", 0))
        inside = any(start <= token.start < end for start, end in taken)
        if token.kind == "han" and len(token.text) > 1 and unit in CURRENCIES and worth == 1 and not inside:
            yield Reading(token.text, token.start, token.end - 1, (unit, None))


def found_ranges(text: str) -> Iterator[Reading]:
    """Ranges and bounds; a hedge before them is none of their words."""
    for found in bare_figures(text):
        interval = _interval(found)
        if interval is not None:
            start = _without_hedges(found)
            yield Reading(text[start : found.end], start, found.end - 1, interval)


def _interval(found: LocatedFigure) -> Value | None:
    figure, bound = found.figure, found.figure.qualifier.bound
    low, high = figure.low.number, figure.high.number
    if low.grain is None or high.grain is None or low.low != low.high:
        return None
    if bound.is_floor:
        return "(" if bound.is_strict else "[", low.low, None, ")"
    if bound.is_ceiling:
        return "(", None, high.high, ")" if bound.is_strict else "]"
    if bound is Bound.RANGE:
        return "(" if figure.low_open else "[", low.low, high.high, ")" if figure.high_open else "]"
    if figure.low is not figure.high:
        return "[", low.low, high.high, ")"
    return ("[", low.low, low.low, "]") if equals_at(found.tokens, found.at) else None


def _without_hedges(found: LocatedFigure) -> int:
    at = found.at
    while (lead := lead_at(found.tokens, at)) and lead[0][0] is None and not equals_at(found.tokens, at):
        at = lead[1]
    return found.tokens[at].start


READERS: Mapping[str, Callable[[str], Iterator[Reading]]] = {
    "Number": found_numbers,
    "Ordinal": found_ordinals,
    "Percent": found_percents,
    "NumberRange": found_ranges,
    "Currency": found_currencies,
}

_UNITS = {
    **{"Dollar": ("USD", 1), "Cent": ("USD", 100), "Bitcoin": ("BTC", 1), "Pound": ("GBP", 1), "Penny": ("GBP", 100)},
    **{"Jiao": ("CNY", 10), "Fen": ("CNY", 100), "Mao": ("CNY", 10), "Sen": ("JPY", 100), "Yuan": ("CNY", 1)},
    **{"Euro": ("EUR", 1), "Franc": ("CHF", 1), "Ruble": ("RUB", 1), "Rupee": ("INR", 1), "Yen": ("JPY", 1)},
}


def told(kind: str, resolution: Mapping[str, Any]) -> Value | None:
    """The value that a case gives, in the form of ours; None where it is no number."""
    text = str(resolution.get("value", ""))
    if kind == "Currency" and resolution.get("value") is None:
        return resolution.get("isoCurrency"), None
    try:
        if kind == "NumberRange":
            low, high = text[1:-1].split(",")
            return text[0], Decimal(low) if low else None, Decimal(high) if high else None, text[-1]
        value = Decimal(text.removesuffix("%"))
    except (InvalidOperation, ValueError):
        return None
    if kind != "Currency":
        return (value,)
    unit, parts = resolution.get("isoCurrency"), 1
    if not unit:
        unit, parts = _UNITS.get(resolution.get("unit", ""), (str(resolution.get("unit")), 1))
    return unit, value / parts


def alike(ours: object, theirs: object) -> bool:
    """Whether two parts of a value are the same, numbers to 14 digits."""
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        return abs(ours - theirs) <= abs(theirs) * _DIGITS
    return ours == theirs


def plain(text: str) -> str:
    """``text`` in one case and width."""
    return unicodedata.normalize("NFKC", text).lower()


def passes(kind: str, ours: list[Reading], theirs: list[Mapping[str, Any]]) -> bool:
    """Whether we found exactly what the case says."""
    if len(ours) != len(theirs):
        return False
    return all(_same(kind, mine, its) for mine, its in zip(ours, theirs, strict=True))


def _same(kind: str, mine: Reading, its: Mapping[str, Any]) -> bool:
    value = told(kind, its.get("Resolution") or {})
    if value is None or len(value) != len(mine.value) or plain(mine.text) != plain(its["Text"]):
        return False
    placed = its.get("Start", mine.start) == mine.start and its.get("End", mine.end) == mine.end
    return placed and all(alike(a, b) for a, b in zip(mine.value, value, strict=True))


def score(path: Path, *, failures: bool) -> tuple[int, int] | None:
    """Cases passed and cases in all; None for a kind that we do not read."""
    named = NAME.fullmatch(path.stem)
    reader = READERS.get(named["kind"]) if named else None
    if named is None or reader is None:
        return None
    cases = json.loads(path.read_text(encoding="utf-8-sig"))
    passed = 0
    for case in cases:
        ours = list(reader(case["Input"]))
        if passes(named["kind"], ours, case["Results"]):
            passed += 1
        elif failures:
            wanted = [
                (one["Text"], one.get("Start"), (one.get("Resolution") or {}).get("value")) for one in case["Results"]
            ]
            print(f"  {case['Input']!r}\n    wanted {wanted}\n    found  {[(o.text, o.start, *o.value) for o in ours]}")
    return passed, len(cases)


def main() -> int:
    """Prints the share of each file; 1 where one lies below its aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="files to score; all of the folder without any")
    parser.add_argument("--aim", nargs="*", default=[], metavar="KIND=PERCENT", help="least share, e.g. Number=95")
    parser.add_argument("--failures", action="store_true", help="list what failed")
    given = parser.parse_args()
    aims = {kind: Decimal(share) for kind, _, share in (aim.partition("=") for aim in given.aim)}
    short = False
    for path in given.files or sorted(FOLDER.glob("*.json")):
        result = score(path, failures=given.failures)
        if result is None:
            print(f"{path.stem:45} not scored: no reading of ours is of this kind")
            continue
        passed, total = result
        share = Decimal(100) * passed / total if total else Decimal(100)
        named = NAME.fullmatch(path.stem)
        below = named is not None and share < aims.get(named["kind"], Decimal(0))
        short = short or below
        print(f"{path.stem:45} {passed:4} of {total:4}  {share:5.1f} %" + ("  below its aim" if below else ""))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
