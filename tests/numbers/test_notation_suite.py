"""We read a public specification of numbers as its authors mean it, as far as we have set out to."""

from pathlib import Path

import pytest

from benchmarks.recognizers import score


@pytest.mark.parametrize(
    ("name", "read", "found"),
    [
        ("Number-English-NumberModel", 0.95, 0.95),
        ("Number-English-NumberRangeModel", 0.95, 0.90),
        ("Number-Chinese-PercentModel", 0.95, 0.95),
        ("NumberWithUnit-Chinese-CurrencyModel", 0.95, 0.95),
    ],
)
def test_a_public_specification_is_read_alike(shared: Path, name: str, read: float, found: float) -> None:
    result = score(shared / "suites" / "recognizers" / f"{name}.json")

    assert result is not None
    assert result.read >= read * result.listed
    assert result.found >= found * result.cases
