"""Which measured numbers that differ are called a conflict? Values of the Particle Data Group, as any figures.

    pip install .[benchmark]
    python -m benchmarks.pdg

The data are those of the *Review of Particle Physics* (CC BY 4.0), in the package ``pdg``. A quantity counts if 2 to 12
of its values are used in the average, all in one unit, positive, with symmetric margins. The Particle Data Group gives
each average a scale factor: at most 1 where the margins account for the scatter of the values, 2 or more where they
plainly do not. Its values are recorded as figures of one measure, each by a source of its own, and the findings are
those that ``kb reconcile`` stores. The halves are told apart by the parity of the SHA-256 of the identifier.
"""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.resources import files
from typing import NamedTuple

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import Figure, Measure, Source, Stance, Voice
from kb.domain.finding import Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.margin import Margin, MarginKind
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.reasoning.reconcile import Reconciler

FEWEST, MOST = 2, 12
CONSISTENT, INCONSISTENT = Decimal(1), Decimal(2)

_VALUES = """
    select pdgid, value_text, value, error_positive, error_negative, unit_text, limit_type
    from pdgmeasurement_values as v join pdgmeasurement as m on m.id = v.pdgmeasurement_id
    where v.used_in_average order by v.id
"""


class Measured(NamedTuple):
    """One value with its standard deviation."""

    value: Decimal
    deviation: Decimal


class Averaged(NamedTuple):
    """A quantity: its identifier, the scale factor of its average, and the values that are averaged."""

    id: str
    scale_factor: Decimal
    values: Sequence[Measured]

    @property
    def half(self) -> str:
        return "odd" if hashlib.sha256(self.id.encode()).digest()[-1] % 2 else "even"


def quantities() -> Iterator[Averaged]:
    """The quantities that count, in the order of their identifiers."""
    with sqlite3.connect(str(files("pdg") / "pdg.sqlite")) as database:
        factors = _scale_factors(database)
        rows = defaultdict(list)
        for id, *row in database.execute(_VALUES):
            rows[id].append(row)
    for id, listed in sorted(rows.items()):
        values = _comparable_values(listed)
        if values and id in factors:
            yield Averaged(id, factors[id], values)


def _scale_factors(database: sqlite3.Connection) -> dict[str, Decimal]:
    """The scale factor of each average; an average without one was not scaled."""
    averages = database.execute("select pdgid, scale_factor from pdgdata where value_type = 'AC' order by id")
    return {id: Decimal(repr(factor)) if factor else CONSISTENT for id, factor in averages}


def _comparable_values(rows: Sequence[Sequence[object]]) -> list[Measured]:
    """The values with their margins; empty if their number, their units, their signs or their margins exclude them."""
    units = {unit for _, _, _, _, unit, _ in rows}
    if not FEWEST <= len(rows) <= MOST or len(units) > 1:
        return []
    values = []
    for _, value, above, below, _, limit in rows:
        if limit or not value or not above or value <= 0 or above <= 0 or abs(above - (below or 0)) > above * 1e-6:
            return []
        values.append(Measured(Decimal(repr(value)), Decimal(repr(above))))
    return values


def is_called_conflict(quantity: Averaged) -> bool:
    """Whether any finding on the values of ``quantity`` is a conflict."""
    findings = Reconciler().findings(_known(quantity))
    return any(finding.verdict is Verdict.CONFLICT for finding in findings)


def _known(quantity: Averaged) -> Knowledge:
    """The values as figures of one measure, each by a source of its own."""
    measure = Measure(id=Id("m"), slug="m", file="pdg", label=quantity.id, unit="MeV", kind=MeasureKind.STOCK, keys=())
    named = [(f"source-{number}", value) for number, value in enumerate(quantity.values)]
    return Knowledge.of([measure, *(_source(name) for name, _ in named), *(_figure(*item) for item in named)])


def _source(name: str) -> Source:
    return Source(
        id=Id(name),
        slug=name,
        file=name,
        title=name,
        type="article",
        language="en",
        reliability=Reliability.A,
    )


def _figure(name: str, value: Measured) -> Figure:
    margin = Margin(size=value.deviation, kind=MarginKind.STANDARD_DEVIATION)
    return Figure(
        id=Id(f"{name}-value"),
        slug=f"{name}-value",
        file=name,
        source=Id(name),
        measure=Id("m"),
        quantity=Quantity(low=value.value, high=value.value, unit="MeV", margin=margin),
        voice=Voice.parse(name),
        passage=Passage(1),
        stance=Stance.MEASURED,
        confidence=Confidence("likely"),
    )


def main() -> None:
    """Print the share of each class that is called a conflict, of all and of both halves."""
    judged = [(quantity, is_called_conflict(quantity)) for quantity in quantities()]
    print(f"{len(judged):,} quantities\n")
    print("scale factor   half    quantities   called conflict")
    classes = (("at most 1", lambda s: s <= CONSISTENT), ("2 or more", lambda s: s >= INCONSISTENT))
    for name, belongs in classes:
        for half in ("all", "even", "odd"):
            chosen = [
                called
                for quantity, called in judged
                if belongs(quantity.scale_factor) and half in ("all", quantity.half)
            ]
            share = sum(chosen) / len(chosen)
            print(f"{name:<14} {half:<7} {len(chosen):>10,}   {sum(chosen):>4} ({share:.2%})")


if __name__ == "__main__":
    main()
