"""Are two numbers about the same thing? Scopes laid side by side, key by key, with the reason where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product

from kb.domain.entity import MeasureKind, Quantifier, Scope, ScopeValue
from kb.domain.knowledge import Knowledge

ScopeKey = tuple[tuple[str, ScopeValue], ...]
"""A scope in one spelling, so that equal scopes are equal keys: keys sorted, terms sorted, times without their text."""

OFFER_KEYS = frozenset({"billing", "period", "as-of"})
"""Keys that are terms of an offer: where they differ, two numbers are two offers and nobody needs to be told."""

_MOST_EXPANSIONS = 256


class Apart(StrEnum):
    """In what way the values of one scope key differ."""

    NAMED = "named"
    PART = "part"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Difference:
    """One scope key on which two scopes differ.

    Attributes:
        key: The key.
        apart: In what way they differ.
        left: The left value in a reader's words.
        right: The right one.
        inside: ``left`` or ``right`` for the value that is part of the other; empty where neither is.
    """

    key: str
    apart: Apart
    left: str
    right: str
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Two scopes side by side.

    Attributes:
        unspecified: Keys on which it is not sure that both speak of one thing: only one of the two gives them, or both
            do in words that may mean the same (a set and its total, a date within another).
        differences: Keys on which the two differ; empty where they may be compared.
        parts: Keys on which one is part of the other and they may be compared nevertheless, as ratios may.
    """

    unspecified: tuple[str, ...]
    differences: tuple[Difference, ...]
    parts: tuple[str, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether the two may be compared and need not speak of one thing."""
        return bool(self.unspecified or self.parts)

    @property
    def comparable(self) -> bool:
        """Whether no key differs."""
        return not self.differences

    @property
    def silent(self) -> bool:
        """Whether the two are different offers or times, which is no news to a reader."""
        return any(difference.apart is Apart.OFFER for difference in self.differences)


def scope_key(scope: Scope) -> ScopeKey:
    """``scope`` in one spelling."""
    return tuple((key, _spelled(value)) for key, value in sorted(scope.items()))


def _spelled(value: ScopeValue) -> ScopeValue:
    if value.is_time:
        return replace(value, text="" if value.start or value.end else value.text)
    terms = tuple(sorted(set(value.terms)))
    if len(terms) == 1:
        return ScopeValue(terms)
    return replace(value, terms=terms)


def expanded(scope: Scope) -> tuple[ScopeKey, ...]:
    """The scopes that ``scope`` speaks of: ``each`` of two vendors is two scopes, a set or a total is one."""
    choices = [[(key, one) for one in _each(value)] for key, value in sorted(scope.items())]
    keys = [tuple(combination) for combination in product(*choices)]
    return tuple(keys) if len(keys) <= _MOST_EXPANSIONS else (scope_key(scope),)


def _each(value: ScopeValue) -> list[ScopeValue]:
    if value.quantifier is Quantifier.EACH and value.terms:
        return [ScopeValue((term,)) for term in sorted(set(value.terms))]
    return [_spelled(value)]


def match(knowledge: Knowledge, kind: MeasureKind, left: Mapping[str, ScopeValue], right: Scope) -> Match:
    """``left`` and ``right`` side by side, for a measure of ``kind``: a ratio of a part compares with the whole's."""
    unspecified = sorted(left.keys() ^ right.keys())
    differences, parts = [], []
    for key in sorted(left.keys() & right.keys()):
        mine, theirs = _spelled(left[key]), _spelled(right[key])
        if mine == theirs:
            continue
        apart = None if _one_moment(key, mine, theirs) else _apart(knowledge, mine, theirs)
        if apart is None:
            unspecified.append(key)
        elif apart is Apart.PART and kind is MeasureKind.RATIO:
            parts.append(key)
        else:
            apart = Apart.OFFER if key in OFFER_KEYS or mine.is_time else apart
            names = say_value(knowledge, left[key]), say_value(knowledge, right[key])
            differences.append(Difference(key, apart, *names, _inside(knowledge, mine, theirs)))
    return Match(tuple(unspecified), tuple(differences), tuple(parts))


def _one_moment(key: str, left: ScopeValue, right: ScopeValue) -> bool:
    """Whether two dates may name one moment: what is so "as of 2025" is so at some time in it, perhaps in June."""
    return key == "as-of" and _times_meet(left, right)


def _apart(knowledge: Knowledge, left: ScopeValue, right: ScopeValue) -> Apart | None:
    if left.is_time or right.is_time:
        return Apart.PART if _times_meet(left, right) else Apart.OFFER
    if left.terms == right.terms:
        return None if Quantifier.EACH not in (left.quantifier, right.quantifier) else Apart.PART
    if left.quantifier is Quantifier.EACH and right.quantifier is Quantifier.ONE and right.terms[0] in left.terms:
        return None
    if right.quantifier is Quantifier.EACH and left.quantifier is Quantifier.ONE and left.terms[0] in right.terms:
        return None
    inside = covers(knowledge, left, right) or covers(knowledge, right, left)
    return Apart.PART if inside else Apart.NAMED


def _inside(knowledge: Knowledge, left: ScopeValue, right: ScopeValue) -> str:
    if left.is_time or right.is_time:
        return ""
    return "left" if covers(knowledge, right, left) else "right" if covers(knowledge, left, right) else ""


def differ(knowledge: Knowledge, left: ScopeValue, right: ScopeValue) -> bool:
    """Whether the two name different things, neither of which is part of the other; times never do."""
    mine, theirs = _spelled(left), _spelled(right)
    return not (mine.is_time or theirs.is_time) and _apart(knowledge, mine, theirs) is Apart.NAMED


def _times_meet(left: ScopeValue, right: ScopeValue) -> bool:
    if not (left.is_time and right.is_time):
        return False
    if not (left.start or left.end) or not (right.start or right.end):
        return False
    latest_start = max(left.start or date.min, right.start or date.min)
    return latest_start <= min(left.end or date.max, right.end or date.max)


def covers(knowledge: Knowledge, whole: ScopeValue, part: ScopeValue) -> bool:
    """Whether every term of ``part`` is one of ``whole``'s or lies below one of them in the tree of terms."""
    return bool(part.terms) and all(any(up in whole.terms for up in knowledge.lineage(term)) for term in part.terms)


def say_value(knowledge: Knowledge, value: ScopeValue) -> str:
    """One scope value in a reader's words, e.g. ``Anthropic``, ``each of Anthropic and OpenAI``, ``2026-Q1``."""
    if value.is_time:
        return value.text or _say_days(value)
    names = [knowledge.terms[term].label if term in knowledge.terms else term for term in value.terms]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if len(names) == 1:
        return listed
    lead = {Quantifier.EACH: "each of ", Quantifier.TOTAL: "the total of "}.get(value.quantifier, "")
    return lead + listed


def _say_days(value: ScopeValue) -> str:
    if value.start and value.end:
        return str(value.start) if value.start == value.end else f"{value.start} to {value.end}"
    return f"from {value.start}" if value.start else f"by {value.end}"


def say_scope(knowledge: Knowledge, scope: Scope) -> str:
    """A scope in a reader's words: its values, in the order of their keys with ``vendor`` first."""
    ordered = sorted(scope, key=lambda key: (key != "vendor", key))
    return ", ".join(say_value(knowledge, scope[key]) for key in ordered)
