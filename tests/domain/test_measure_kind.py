"""What may be done with an amount follows from the kind of its measure, and is asked there alone."""

import pytest

from kb.domain.measure_kind import MeasureKind


@pytest.mark.parametrize(
    ("trait", "kinds"),
    [
        ("additive", {"flow", "stock", "count"}),
        ("holds_for_parts_of_time", {"ratio"}),
        ("counts_things", {"count"}),
        ("accrues", {"flow"}),
        ("converts_between_periods", {"flow", "stock", "ratio", "count", "duration", "exchange-rate"}),
        ("converts_currencies", {"exchange-rate"}),
        ("never_negative", {"count", "duration", "exchange-rate"}),
        ("seldom_negative", {"count", "duration", "exchange-rate", "price"}),
    ],
)
def test_each_trait_belongs_to_its_kinds(trait: str, kinds: set[str]) -> None:
    assert {str(kind) for kind in MeasureKind if getattr(kind.traits, trait)} == kinds
