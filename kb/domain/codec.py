"""Values as text and back: one canonical JSON form for the whole project."""

from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_type_hints

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
    """Canonical JSON of a dataclass without the fields that have their default; ``parse_json`` fills them in.

    The same holds for dataclasses inside it, except those in a mapping, which are written whole.
    """
    # Findings have many optional facts, and most are absent in any one of them: a dispute has no rate, a check no scope
    # key. msgspec omits the defaults of its own structures only, so that the value is copied into one; a walk over the
    # fields in Python took seven times as long.
    kind: Any = type(value)
    return canonical_json(msgspec.convert(value, _struct_of(kind), from_attributes=True))


@cache
def _struct_of(kind: Any) -> Any:
    """A structure with the fields of the dataclass ``kind``, of which defaults are not written."""
    hints = get_type_hints(kind)
    names = [(field.name, _without_defaults(hints[field.name]), field.default) for field in fields(kind)]
    typed = [(name, hint) if default is MISSING else (name, hint, default) for name, hint, default in names]
    return msgspec.defstruct(kind.__name__, typed, kw_only=True, omit_defaults=True)


def _without_defaults(hint: Any) -> Any:
    """The type ``hint`` with structures for dataclasses, also in a tuple or where None may stand; else ``Any``."""
    first, *others = get_args(hint) or (hint,)
    if not (isinstance(first, type) and is_dataclass(first)):
        return Any
    struct = _struct_of(first)
    if others == [...]:
        return GenericAlias(tuple, (struct, ...))
    return struct | None if others else struct


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
