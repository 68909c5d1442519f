"""How does a value become text, and come back? One canonical JSON form for the whole project."""

from fractions import Fraction
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def _to_text(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def _from_text(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(f"no value of {kind.__name__} in {value!r}")


_encoder = msgspec.json.Encoder(enc_hook=_to_text, order="sorted")


def canonical_json(value: object) -> str:
    """Canonical JSON of ``value``: keys sorted, no white space, UTF-8 unescaped, numbers with decimals as strings.

    >>> canonical_json({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return _encoder.encode(value).decode()


def to_builtins(value: object) -> Any:
    """``value`` as dicts, lists, strings, ints, bools and None: what ``canonical_json`` would write."""
    return msgspec.to_builtins(value, enc_hook=_to_text)


def from_builtins(data: object, kind: type[T]) -> T:
    """The value of type ``kind`` that ``to_builtins`` turned into ``data``.

    Raises:
        msgspec.ValidationError: ``data`` is not the plain form of a ``kind``.
    """
    return msgspec.convert(data, kind, dec_hook=_from_text)


_DECODERS: dict[object, msgspec.json.Decoder[Any]] = {}
"""One for each kind, since making one costs more than a small text."""


def parse_json(text: str | bytes, kind: type[T]) -> T:
    """The value of type ``kind`` that ``canonical_json`` wrote as ``text``."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.json.Decoder(kind, dec_hook=_from_text)
    value: T = decoder.decode(text)
    return value
