"""Concurrency tokens: a form carries the decisions that were in force when it was shown; a stale form is refused."""

from collections.abc import Callable, Iterable, Mapping

from kb.domain.identity import Id
from kb.domain.problem import Refused

NO_DECISION = "nothing"
"""The token of a form that was shown before anybody had decided."""


class StaleDecision(Refused):
    """The refusal of a decision because somebody else decided after its form was shown."""


def concurrency_token(decisions: Iterable[Id], last_position: Callable[[Id], int]) -> str:
    """The token for ``decisions``: each with the position of its last event, sorted by id.

    >>> concurrency_token(["b", "a"], {"a": 4, "b": 9}.__getitem__), concurrency_token([], dict().__getitem__)
    ('a@4 b@9', 'nothing')
    """
    # Without a token, the second of two people with the same page open silently replaced the decision of the first.
    return " ".join(f"{id}@{last_position(id)}" for id in sorted(decisions)) or NO_DECISION


def first_change(seen: str, now: str) -> Id | None:
    """The first decision that was made, revised or taken back between two tokens; None where they are the same.

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
