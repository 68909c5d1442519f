"""Scopes: what a figure applies to, as named things or a stretch of time for each scope key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.domain.identity import Id


class Quantifier(StrEnum):
    """How the several values of one scope key are meant: as one, as a set, each alone, or in total."""

    ONE = "one"
    SET = "set"
    EACH = "each"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeSelection:
    """The value of one scope key: named things, or a stretch of time.

    Attributes:
        terms: The named things (vendors, plans, places), in the order stated; empty for a stretch of time.
        quantifier: One thing, a set of things, each of them, or their total.
        start: First day of a stretch of time; None where it is open or where terms are meant.
        end: Last day of a stretch of time, included; None likewise.
        text: A stretch of time as written (``2024``, ``2026-Q1``, ``by 2029``); empty for terms.
    """

    terms: tuple[Id, ...] = ()
    quantifier: Quantifier = Quantifier.ONE
    start: date | None = None
    end: date | None = None
    text: str = ""

    @property
    def is_time(self) -> bool:
        """Whether the value is a stretch of time."""
        return not self.terms

    def meets_time(self, other: "ScopeSelection") -> bool:
        """Whether both are stretches of time with known days, of which one is in both; an open end has no limit."""
        return self._has_days and other._has_days and not self.excludes_time(other)

    def excludes_time(self, other: "ScopeSelection") -> bool:
        """Whether both are stretches of time with known days, of which none is in both."""
        if not (self._has_days and other._has_days):
            return False
        latest_start = max(self.start or date.min, other.start or date.min)
        return latest_start > min(self.end or date.max, other.end or date.max)

    def lies_within_time(self, other: "ScopeSelection") -> bool:
        """Whether both are stretches of time with known days, and each day of this one is in ``other``."""
        if not (self._has_days and other._has_days):
            return False
        starts = (other.start or date.min) <= (self.start or date.min)
        return starts and (self.end or date.max) <= (other.end or date.max)

    @property
    def _has_days(self) -> bool:
        return self.is_time and bool(self.start or self.end)


Scope = Mapping[str, ScopeSelection]
"""The value of each scope key; a key that is absent was not stated."""
