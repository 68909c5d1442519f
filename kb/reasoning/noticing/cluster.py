"""Which figures say the same? Those that are compatible and share a number, from the lowest up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.interval import Interval
from kb.reasoning.comparing.leeway import HEDGES, Reading
from kb.reasoning.noticing.mention import Mention


def clusters(group: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions of one scope that are compatible and whose stated intervals share a number, from the lowest up.

    Spreads need equal ends, open to the same side. All are said in one currency, and meet in that: a rate that is an
    interval joins no two numbers that differ. Intervals that meet two by two share a number (Helly's theorem), so that
    it suffices to keep what the members of a position have in common.
    """
    found: list[list[Mention]] = []
    shared: _Common | None = None
    for mention in sorted((one for one in group if not one.reading.spread), key=_rank):
        mine = _Common.of(mention)
        joined = mine.within(shared) if shared else None
        if joined is None:
            found.append([])
        shared = joined or mine
        found[-1].append(mention)
    spreads: dict[tuple[Interval, int], list[Mention]] = defaultdict(list)
    for mention in group:
        if mention.reading.spread:
            spreads[mention.as_said, mention.spoken.side].append(mention)
    return sorted([*found, *spreads.values()], key=lambda cluster: _rank(cluster[0]))


_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class _Common:
    """What some mentions have in common: what they state, what they allow, and the side on which they lean."""

    stated: Interval
    allowed: Interval
    leaning: Interval

    @classmethod
    def of(cls, mention: Mention) -> "_Common":
        said = mention.spoken
        return cls(said.stated, said.allowed, said.leaning or _ANY)

    def within(self, other: "_Common") -> "_Common | None":
        """What this one and ``other`` have in common; None where they are not of one position."""
        stated, allowed = self.stated.overlap(other.stated), self.allowed.overlap(other.allowed)
        leaning = self.leaning.overlap(other.leaning)
        return _Common(stated, allowed, leaning) if stated and allowed and leaning else None


def _rank(mention: Mention) -> tuple[tuple[bool, Fraction, bool, Fraction, int], int]:
    return ranked(mention.as_said, mention.spoken.side), mention.order


def reach(reading: Reading, which: str) -> tuple[bool, Fraction, Fraction, Fraction]:
    """How far a number reaches beyond one end: without limit, by its hedge, or not; where it lies, and how finely."""
    leeway, end, step = HEDGES[reading.hedge], getattr(reading.stated, which), _step(reading)
    if which == "high":
        return end is None or reading.bound.is_floor, leeway.above, end or Fraction(0), step
    return end is None or reading.bound.is_ceiling, leeway.below, -(end or Fraction(0)), step


def _step(reading: Reading) -> Fraction:
    granularity = reading.quantity.granularity if reading.quantity else None
    return Fraction(granularity) * reading.factor if granularity else Fraction(0)


def ranked(stated: Interval, then: int) -> tuple[bool, Fraction, bool, Fraction, int]:
    """Orders what was stated: by the low end, then by the high one, ``then`` by what is given."""
    nothing = Fraction(0)
    return stated.low is not None, stated.low or nothing, stated.high is None, stated.high or nothing, then
