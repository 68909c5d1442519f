"""Whose number is it, in which words? One of the two that are compared, with what it was converted from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.domain.quantity import Hedge, Quantity
from kb.domain.wording import say, say_interval
from kb.reasoning.comparing.exchange import Conversion, Exchange
from kb.reasoning.comparing.leeway import Reading


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: whose number it is, what it says in words, and its intervals."""

    name: str
    said: str
    reading: Reading


def side(name: str, reading: Reading, *, alleged: bool = False) -> Side:
    """A stated number as one side; ``alleged`` keeps that word in the sentence."""
    if reading.quantity is None:
        return Side(name, say_interval(reading.stated, reading.unit) + _opened(reading), reading)
    words = _worded(reading.quantity) + _converted(reading)
    return Side(name, ("allegedly " if alleged else "") + words, reading)


def _worded(quantity: Quantity) -> str:
    """The quantity as it is told; words that name no number stand in front of what they may mean."""
    if quantity.hedge is not Hedge.ORDER_OF_MAGNITUDE or not quantity.as_written:
        return say(quantity)
    return f"“{quantity.as_written}” ({say_interval(quantity.stated, quantity.unit)})"


def _opened(reading: Reading) -> str:
    """Which side of a computed number is open."""
    if reading.allowed == reading.stated or not reading.bounded:
        return ""
    return f" ({say_interval(reading.allowed, reading.unit)})"


def _converted(reading: Reading) -> str:
    if reading.factor == 1 and not reading.exchange:
        return " (period not said)" if reading.period_unsaid else ""
    amount = say_interval(reading.stated, reading.unit)
    own = reading.quantity
    if not reading.exchange and own and amount == say_interval(own.stated, own.unit):
        return " (period not said)" if reading.period_unsaid else ""
    rate = at_rate(reading.exchange) if reading.exchange else ""
    return f" (that is {amount}{rate}{'; period not said' if reading.period_unsaid else ''})"


def at_rate(exchange: Exchange) -> str:
    """`` at CN¥7 per dollar, as Harbour Bank said for 2026-03``; a hedged rate is called a rate first."""
    return f" at {'a rate of ' if exchange.words[:1].islower() else ''}{exchange.words}"


def conversion_sentences(conversions: Iterable[Conversion]) -> Iterator[str]:
    """What was converted into which currency, and by which rate: one sentence for each amount."""
    told: dict[str, None] = {}
    for one in conversions:
        before, after = say_interval(one.stated, one.unit), say_interval(one.after, one.into)
        told.setdefault(f"`{one.input}`: {before} is {after}{at_rate(one.exchange)}.")
    yield from told
