"""What is a seed file made of, before anybody asks what it means? Texts, lists and mappings, each with its place."""

from __future__ import annotations

from typing import NamedTuple


class Scalar(NamedTuple):
    """A text. ``style`` is empty for a plain one, else the sign that opens it: ``"``, ``'``, ``|`` or ``>``."""

    text: str
    line: int
    column: int
    style: str = ""


class Series(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Table(NamedTuple):
    """A mapping, in the order written; no key occurs twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


class Hole(NamedTuple):
    """Something that could not be read and has been noted; nobody complains about it again."""

    line: int
    column: int


Node = Scalar | Series | Table | Hole
