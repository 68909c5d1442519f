"""We read a public specification of numbers as its authors mean it, as far as we have set out to."""

from pathlib import Path

import pytest

from benchmarks.recognizers import score


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("Number-English-NumberModel", 0.95),
        ("Number-English-NumberRangeModel", 0.90),
        ("Number-Chinese-PercentModel", 0.95),
        ("NumberWithUnit-Chinese-CurrencyModel", 0.95),
    ],
)
def test_a_public_specification_is_read_alike(shared: Path, name: str, least: float) -> None:
    passed, cases = score(shared / "suites" / "recognizers" / f"{name}.json", failures=False)
    assert passed >= least * cases
