"""On what was a decision made? On what stood when its form was shown; once something else stands it is refused."""

from collections.abc import Callable, Iterable, Mapping

from kb.domain.identity import Id
from kb.domain.problem import Refused

NOTHING = "nothing"
"""The stamp of a form that was shown when nobody had decided."""


class Overtaken(Refused):
    """Somebody else decided between the look and the decision."""


def stamp(told: Iterable[Id], last: Callable[[Id], int]) -> str:
    """What stands, as a form carries it: each of ``told`` with the position of its last event.

    >>> stamp(["b", "a"], {"a": 4, "b": 9}.__getitem__), stamp([], dict().__getitem__)
    ('a@4 b@9', 'nothing')
    """
    return " ".join(f"{id}@{last(id)}" for id in sorted(told)) or NOTHING


def later(seen: str, now: str) -> Id | None:
    """What of two stamps was told, told anew or taken back between them; None where they are the same.

    >>> later("nothing", "a@4"), later("a@4", "a@9"), later("a@4", "nothing"), later("a@4", "a@4")
    ('a', 'a', 'a', None)
    """
    before, after = _read(seen), _read(now)
    changed = [id for id, position in after.items() if before.get(id) != position]
    return next(iter([*changed, *(id for id in before if id not in after)]), None)


def _read(stamp: str) -> Mapping[Id, str]:
    parts = (part.partition("@") for part in stamp.split() if part != NOTHING)
    return {Id(id): position for id, _, position in parts}
