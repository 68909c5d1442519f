"""How does a person write it? Amounts by their literal, and nothing that goes without saying."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kb.domain.entity import Figure, Input, Source, Voice
from kb.domain.notation import NotationError, read_quantity, write_quantity
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.intake.figure import DIRECTLY, spoken

UNSURE = "roughly even"
Written = dict[str, Any]


def spelled(**said: Any) -> Written:
    """The keys that say something, as they are written."""
    return {key.replace("_", "-"): value for key, value in said.items() if value not in (None, "", [], {})}


def most_common(words: Iterable[str], otherwise: str) -> str:
    """The word that most entries of the file have; ``otherwise`` where hardly any share one."""
    counts = Counter(words).most_common(1)
    return counts[0][0] if counts and counts[0][1] > 2 else otherwise


def marked(name: str, value: Any, reason: str | None) -> Any:
    """A value as it is written, with the reason where it was inferred."""
    several = list(value) if isinstance(value, tuple) else [value] if value else []
    if not several:
        return None
    if reason is None:
        return several[0] if len(several) == 1 else several
    key = {"author": "name" if len(several) == 1 else "names", "issued": "date"}.get(name, "value")
    return {key: several[0] if len(several) == 1 else several, "inferred": reason}


def amount(quantity: Quantity, unit: str, units: Units, others: Iterable[str] = ()) -> str:
    """``quantity`` as a person would write it for a measure in ``unit``: as its literal, or one of ``others``, where
    that says it all.
    """
    texts = (text for text in (quantity.as_written, *others) if _reads_as(text, quantity, unit, units))
    return next(texts, None) or write_quantity(quantity)


def _reads_as(text: str, quantity: Quantity, unit: str, units: Units) -> bool:
    if not text or text != text.strip() or "_" in text or (text[0] == "0" and text.isdigit()):
        return False
    try:
        return replace(read_quantity(text, unit, units), as_written="") == replace(quantity, as_written="")
    except NotationError:
        return False


def literal(figure: Figure, value: str) -> str | None:
    """The literal, where neither its place nor its value shows it."""
    implied = figure.passage.exact or value
    return None if figure.quantity.as_written == implied else figure.quantity.as_written


def voice(voice: Voice, inherited: Voice | None, source: Source) -> str | None:
    """The shortest text that makes ``voice`` in ``source``; None where nothing need be written."""
    if spoken(inherited, source) == voice:
        return None
    told = (replace(voice, via=voice.via[:-1]), voice, replace(voice, via=DIRECTLY))
    return next((str(one) for one in told if spoken(one, source) == voice), str(voice))


def assumed(given: Input) -> str:
    """An assumption with how sure we are of it, e.g. ``25% (assumed, likely)``."""
    quantity, confidence = given.quantity, str(given.confidence or UNSURE)
    if quantity is None:
        return "missing"
    amount = quantity.as_written or write_quantity(quantity)
    return f"{amount} (assumed)" if confidence == UNSURE else f"{amount} (assumed, {confidence})"
