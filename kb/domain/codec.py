"""Values as text and back: one canonical JSON form for the whole project."""

from dataclasses import fields, is_dataclass
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
    """Canonical JSON of ``value``: keys sorted, no white space, UTF-8 unescaped, decimals and fractions as strings.

    >>> canonical_json({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return _encoder.encode(value).decode()


def compact_json(value: object) -> str:
    """Canonical JSON of dataclasses without the fields that have their default; ``parse_json`` fills them in."""
    # Findings have many optional facts, and most are absent in any one of them: a dispute has no rate, a check no scope
    # key.
    return canonical_json(_without_defaults(value))


def _without_defaults(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_without_defaults, value))
    if not is_dataclass(value):
        return value
    kind = type(value)
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = tuple((field.name, field.default) for field in fields(value))
    given = ((name, getattr(value, name), default) for name, default in _DEFAULTS[kind])
    return {name: _without_defaults(held) for name, held, default in given if held != default}


_DEFAULTS: dict[type, tuple[tuple[str, object], ...]] = {}
"""The fields of each dataclass with their defaults, looked up once."""


def to_builtins(value: object) -> Any:
    """``value`` as the dicts, lists, strings, ints, bools and None that ``canonical_json`` writes."""
    return msgspec.to_builtins(value, enc_hook=_to_text)


def from_builtins(data: object, kind: type[T]) -> T:
    """The value of type ``kind`` from which ``to_builtins`` made ``data``.

    Raises:
        msgspec.ValidationError: ``data`` is not the plain form of a ``kind``.
    """
    return msgspec.convert(data, kind, dec_hook=_from_text)


_DECODERS: dict[object, msgspec.json.Decoder[Any]] = {}
"""One decoder for each kind: making one costs more than decoding a small text with it."""


def parse_json(text: str | bytes, kind: type[T]) -> T:
    """The value of type ``kind`` from which ``canonical_json`` or ``compact_json`` made ``text``."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgspec.json.Decoder(kind, dec_hook=_from_text)
    value: T = decoder.decode(text)
    return value
