"""What a careful analyst says of two numbers, or of several, the engine says too."""

import pytest

from kb.domain.finding import Finding
from tests.reasoning.judged import (
    Pair,
    Several,
    corroborated,
    holds,
    in_band,
    pairs,
    sayings,
    several,
    severity,
    verdict,
)
from tests.reasoning.story import told
from tests.reasoning.worded import worded_findings


def rows(table: tuple[Pair, ...] | tuple[Several, ...]) -> list[object]:
    """``table`` as parameters, named by what is compared; where the engine differs, the row says why."""
    return [
        pytest.param(row, id=row.name, marks=[pytest.mark.xfail(reason=row.pending)] if row.pending else [])
        for row in table
    ]


def noticed(row: Pair | Several) -> list[Finding]:
    return [one for one in worded_findings(told(*row.entities())) if one.measure == "m"]


def sentences(found: list[Finding]) -> str:
    return "\n".join(f"{one.kind} {one.verdict} {one.severity:.2f}: {one.explanation}" for one in found) or "nothing"


@pytest.mark.parametrize("row", rows(pairs()))
def test_two_numbers_are_told_as_a_careful_analyst_tells_them(row: Pair) -> None:
    found = noticed(row)
    wanted = {row.verdict, row.other} - {""}
    said = f"{row.name}\njudge: {row.why}\nengine: {sentences(found)}"
    assert verdict(found) in wanted, said
    if row.severity:
        assert in_band(severity(found), row.severity), said
    if row.corroborated:
        assert bool(corroborated(found)) == (row.corroborated == "yes"), said


@pytest.mark.parametrize("row", rows(several()))
def test_several_numbers_are_told_as_a_careful_analyst_tells_them(row: Several) -> None:
    found = noticed(row)
    missed = [saying for saying in sayings(row.told) if not holds(found, saying)]
    wrong = [saying for saying in sayings(row.untold) if holds(found, saying)]
    assert not missed + wrong, f"{row.name}\njudge: {row.why}\nmissed: {missed}\nwrong: {wrong}\n{sentences(found)}"
