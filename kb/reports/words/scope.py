"""Scopes in words: their values, and the differences between two scopes."""

import re
from collections.abc import Sequence

from kb.domain.finding import ScopeDifference
from kb.domain.knowledge import Knowledge
from kb.domain.scope import Quantifier, Scope, ScopeSelection


def selection_words(knowledge: Knowledge, value: ScopeSelection) -> str:
    """The value of a scope key in words, e.g. ``Anthropic``, ``each of Anthropic and OpenAI``, ``2026-Q1``."""
    if value.is_time:
        return value.text or _say_days(value)
    names = [knowledge.scope_values[term].label if term in knowledge.scope_values else term for term in value.terms]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if len(names) == 1:
        return listed
    lead = {Quantifier.EACH: "each of ", Quantifier.TOTAL: "the total of "}.get(value.quantifier, "")
    return lead + listed


def _say_days(value: ScopeSelection) -> str:
    if value.start and value.end:
        return str(value.start) if value.start == value.end else f"{value.start} to {value.end}"
    return f"from {value.start}" if value.start else f"by {value.end}"


def scope_text(knowledge: Knowledge, scope: Scope) -> str:
    """A scope in words: its values in the order of their keys, with ``vendor`` first; empty for an empty scope."""
    ordered = sorted(scope, key=lambda key: (key != "vendor", key))
    return scope_list([selection_words(knowledge, scope[key]) for key in ordered])


def scope_list(values: Sequence[str]) -> str:
    """The values of a scope as one list, in which no article or determiner after the first value has a capital.

    >>> scope_list(["OpenAI", "The plan at $200 a month"]), scope_list(["Dinner plate", "Its maker"])
    ('OpenAI, the plan at $200 a month', 'Dinner plate, its maker')
    """
    return ", ".join(
        [*values[:1], *(_DETERMINER.sub(lambda word: word[0].lower(), value, count=1) for value in values[1:])]
    )


_DETERMINER = re.compile(r"^(?:The|An?|Its|Their|All|Any|Each|Every|More|No|Some)\b(?= )")


def difference_words(knowledge: Knowledge, difference: ScopeDifference) -> str:
    """A difference between two scopes in words, e.g. ``vendor differs (Anthropic, OpenAI)``."""
    verb = "differ" if difference.key.endswith("s") and not difference.key.endswith("ss") else "differs"
    left, right = (_given_words(knowledge, value) for value in (difference.left, difference.right))
    if not difference.part_side:
        return f"{difference.key} {verb} ({left}, {right})"
    part, whole = (left, right) if difference.part_side == "left" else (right, left)
    return f"{difference.key} {verb} ({part} is part of {whole})"


def _given_words(knowledge: Knowledge, value: ScopeSelection | None) -> str:
    return selection_words(knowledge, value) if value else ""
