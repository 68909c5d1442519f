"""Concurrency tokens: a form carries what stood when it was shown, and a decision on anything older is refused."""

from collections.abc import Callable, Iterable, Mapping

from kb.domain.identity import Id
from kb.domain.problem import Refused

NO_DECISION = "nothing"
"""The stamp of a form that was shown when nobody had decided."""


class StaleDecision(Refused):
    """Somebody else decided between the look and the decision."""


def concurrency_token(decisions: Iterable[Id], last_position: Callable[[Id], int]) -> str:
    """What stands, as a form carries it: each of ``decisions`` with the position of its last event.

    >>> concurrency_token(["b", "a"], {"a": 4, "b": 9}.__getitem__), concurrency_token([], dict().__getitem__)
    ('a@4 b@9', 'nothing')
    """
    return " ".join(f"{id}@{last_position(id)}" for id in sorted(decisions)) or NO_DECISION


def first_change(seen: str, now: str) -> Id | None:
    """What of two stamps was told, told anew or taken back between them; None where they are the same.

    >>> first_change("nothing", "a@4"), first_change("a@4", "a@9")
    ('a', 'a')
    >>> first_change("a@4", "nothing"), first_change("a@4", "a@4")
    ('a', None)
    """
    before, after = _positions(seen), _positions(now)
    changed = [id for id, position in after.items() if before.get(id) != position]
    return next(iter([*changed, *(id for id in before if id not in after)]), None)


def _positions(token: str) -> Mapping[Id, str]:
    parts = (part.partition("@") for part in token.split() if part != NO_DECISION)
    return {Id(id): position for id, _, position in parts}
