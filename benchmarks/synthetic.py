"""Made-up facts by the thousand, in the sizes that facts have; the same on every run."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import AnyEntity, Claim, Figure, Measure, Source, Stance, Voice
from kb.domain.event import Fact, NewEvent, Recorded, Revised, new_events
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.domain.scope import ScopeSelection

BATCH = 1000
"""Events in a transaction."""


class SeededMint:
    """Ids as the real mint gives them, but the same on every run."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = Random(seed)

    def id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def salt(self) -> str:
        return f"{self._chance.getrandbits(128):032x}"

    def now(self) -> str:
        return "2026-06-15T12:00:00.000000Z"


def batches(count: int, mint: SeededMint, seed: int = 2, size: int = BATCH) -> Iterator[tuple[NewEvent, ...]]:
    """``count`` batches of ``size`` events, behind a small one that names the sources.

    Of ten events five record a figure, three a claim, one a measure (so that each has about five figures), and one
    revises a figure.
    """
    chance = Random(seed)
    versions: dict[str, int] = {}
    sources = [Id(mint.id()) for _ in range(20)]
    measures: list[Id] = []
    told: list[Figure] = []
    yield new_events([Recorded(_source(id)) for id in sources], versions, mint)
    for _ in range(count):
        facts: list[Fact] = []
        fresh: list[Figure] = []
        for place in range(size):
            if place % 10 == 0:
                measures = [*measures[-99:], Id(mint.id())]
                facts.append(Recorded(_measure(measures[-1])))
            elif place % 10 == 9 and told:
                known = told.pop(chance.randrange(len(told)))
                facts.append(Revised(_figure(known.id, known.source, known.measure, chance)))
            elif place % 3 == 2:
                facts.append(Recorded(_claim(Id(mint.id()), chance.choice(sources), chance)))
            else:
                fresh.append(_figure(Id(mint.id()), chance.choice(sources), chance.choice(measures), chance))
                facts.append(Recorded(fresh[-1]))
        told += fresh
        versions = {fact.entity.id: 1 for fact in facts if isinstance(fact, Revised)}
        yield new_events(facts, versions, mint)


def _source(id: Id) -> AnyEntity:
    return Source(id=id, slug=id, file=id, title="A deck", type="article", language="en", reliability=Reliability.B)


def _measure(id: Id) -> AnyEntity:
    name = f"measure-{id[:8]}"
    keys = ("vendor", "plan")
    return Measure(id=id, slug=name, file="words", label=name, unit="USD/month", kind=MeasureKind.FLOW, keys=keys)


def _figure(id: Id, source: Id, measure: Id, chance: Random) -> Figure:
    low = Decimal(chance.randrange(100, 1_000_000))
    written = f"upward of ${low:,}-{low * 2:,} / month"
    return Figure(
        id=id,
        slug=f"deck-{source[:8]}/figure-{id[:8]}",
        file=f"deck-{source[:8]}",
        source=source,
        measure=measure,
        quantity=Quantity(
            low=low,
            high=low * 2,
            unit="USD/month",
            bound=Bound.AT_LEAST,
            hedge=Hedge.NONE,
            spread=RangeKind.ESTIMATE,
            granularity=Decimal(1),
            as_written=written,
        ),
        voice=Voice("An analyst", ("The author",)),
        passage=Passage(chance.randrange(1, 3000), None, f"${low:,}"),
        stance=Stance.MEASURED,
        confidence=Confidence("likely"),
        scope={"vendor": ScopeSelection(terms=(measure,)), "plan": ScopeSelection(terms=(source,))},
    )


def _claim(id: Id, source: Id, chance: Random) -> Claim:
    return Claim(
        id=id,
        slug=f"deck-{source[:8]}/claim-{id[:8]}",
        file=f"deck-{source[:8]}",
        source=source,
        text=f"The fee of plan {chance.randrange(1000)} covers a small part of the value that the plan lets one use.",
        passages=(Passage(chance.randrange(1, 3000)), Passage(chance.randrange(1, 3000), 2)),
        voice=Voice("The author"),
        stance=Stance.ASSERTED,
        confidence=Confidence("0.8"),
    )
