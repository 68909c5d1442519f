"""What a careful analyst says of shares and the rest, of forecasts, of parts, and of retellings, the engine says too.

Each table was written from the design alone, before the engine was asked. "None" is a verdict of its own: that nothing
is told. Where the design leaves it open, the column "or" has a second verdict.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Change, Finding, FindingKind
from kb.domain.measure_kind import likely_kind
from kb.domain.unit import parse_unit
from kb.numbers import read_quantity
from tests.reasoning.judged import KEYS, PLACES, said_with, verdict
from tests.reasoning.story import measure, source, term, told
from tests.reasoning.worded import worded_findings

Row = dict[str, str]
_HERE = Path(__file__).parent
NOT_TOLD = "nothing"


def table(name: str) -> list[Any]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        pytest.param(
            row, id=row["name"], marks=[pytest.mark.xfail(reason=row["pending"])] if row.get("pending") else []
        )
        for row in rows
    ]


def words(found: list[Finding]) -> str:
    return "\n".join(f"{one.kind} {one.verdict} {one.severity:.2f}: {one.explanation}" for one in found) or NOT_TOLD


def wanted(row: Row) -> set[str]:
    """The verdicts that the judge accepts; that a spread lists what differs is no disagreement."""
    return {one.replace("spread_or_none", "none") for one in (row["verdict"], row["or"]) if one}


def with_stance(about: str, stance: str) -> str:
    return "; ".join(filter(None, (about, f"stance={stance}" if stance else "")))


SHARES = (
    measure("lost", "fraction", "ratio", *KEYS),
    measure("kept", "fraction", "ratio", *KEYS, complement_of="lost"),
)


ACCEPTED = [row for row in table("judged_complements.tsv") if row.values[0]["verdict"] != "refused"]
"""The rows whose values a seed file may give; the others are of tests/intake."""


def shares(row: Row) -> Iterator[AnyEntity]:
    yield from (*PLACES, *SHARES)
    for place, value in enumerate(row["value_a"].split("; ")):
        yield from said_with(
            value,
            with_stance(row["scope_a"], row["stance_a"]),
            unit="fraction",
            of="lost",
            id=f"lost-{place}",
            by=f"alpha-{place}",
        )
    yield from said_with(
        row["value_b"], with_stance(row["scope_b"], row["stance_b"]), unit="fraction", of="kept", id="kept", by="beta"
    )


@pytest.mark.parametrize("row", ACCEPTED)
def test_a_share_and_the_rest_are_one_measure(row: Row) -> None:
    found = list(worded_findings(told(*shares(row))))
    told_of = verdict(found).replace(NOT_TOLD, "not_comparable")
    assert told_of in wanted(row), f"{row['value_a']} lost, {row['value_b']} kept\njudge: {row['why']}\n{words(found)}"


@pytest.mark.parametrize("row", [row for row in ACCEPTED if not row.marks])
def test_it_does_not_matter_which_share_is_declared_as_the_rest(row: Row) -> None:
    entities = list(shares(row))
    turned = [
        replace(entity, complement_of=None) if entity.id == "kept" and not isinstance(entity, Figure) else entity
        for entity in entities
    ]
    turned = [replace(entity, complement_of="kept") if entity.id == "lost" else entity for entity in turned]
    assert outcome(entities) == outcome(turned)


def outcome(entities: list[AnyEntity]) -> list[tuple[object, ...]]:
    return sorted((str(one.verdict), one.kind, one.severity) for one in worded_findings(told(*entities)))


@pytest.mark.parametrize("row", table("judged_outcomes.tsv"))
def test_a_forecast_is_met_or_missed_as_an_analyst_says(row: Row) -> None:
    keys = (*KEYS, "status")
    entities: list[AnyEntity] = [*PLACES, measure("m", row["unit"], row["kind"], *keys)]
    for side, name in (("a", "alpha"), ("b", "beta")):
        entities.append(source(name, title=name.capitalize(), issued=row[f"issued_{side}"]))
        about = "; ".join(filter(None, (row[f"scope_{side}"], f"period={row[f'period_{side}']}")))
        about = with_stance(about, row[f"stance_{side}"])
        entities += said_with(row[f"value_{side}"], about, unit=row["unit"], of="m", id=side, by=name)
    found = [one for one in worded_findings(told(*entities)) if one.kind is not FindingKind.SERIES]
    told_of = verdict(found).replace(NOT_TOLD, "none").replace("not_comparable", "none")
    assert told_of in wanted(row), f"{row['name']}\njudge: {row['why']}\n{words(found)}"


REGIONS = ("north", "south", "west")


@pytest.mark.parametrize("row", table("judged_parts.tsv"))
def test_a_part_is_compared_with_its_whole_as_an_analyst_says(row: Row) -> None:
    regions = [term(name, "place", "germany") for name in REGIONS]
    entities: list[AnyEntity] = [*PLACES, *regions, measure("m", row["unit"], row["kind"], *KEYS)]
    parts = [part.partition(": ") for part in row["parts"].split("; ")]
    for place, _, said in parts:
        value, _, about = said.partition(" [")
        about = "; ".join(filter(None, (f"place={place}", about.rstrip("]"))))
        entities += said_with(value, about, unit=row["unit"], of="m", id=place, by=f"of-{place}")
    value, _, about = row["whole"].removeprefix("germany: ").partition(" [")
    about = "; ".join(filter(None, ("place=germany", about.rstrip("]"))))
    entities += said_with(value, about, unit=row["unit"], of="m", id="whole", by="of-whole")
    found = list(worded_findings(told(*entities)))
    assert told_of_parts(found) in wanted(row), f"{row['name']}\njudge: {row['why']}\n{words(found)}"


def told_of_parts(found: list[Finding]) -> str:
    """The verdict of the rule on parts, else that of anything told; a list of what differs is no disagreement."""
    if parts := [one for one in found if one.rule == "parts"]:
        return f"{verdict(parts)} parts"
    return verdict(found).replace(NOT_TOLD, "none").replace("not_comparable", "none")


NAMES = {
    "what is counted": {Change.COUNTED},
    "number": {Change.NUMBER, Change.INVERTED, Change.RANGE, Change.DIGITS_ADDED},
    "unit": {Change.UNIT},
    "bound": {Change.BOUND_REVERSED, Change.BOUND_ADDED, Change.BOUND_DROPPED},
    "hedge": {Change.HEDGE_ADDED, Change.HEDGE_DROPPED, Change.HEDGE_CHANGED},
    "margin": {Change.MARGIN_ADDED, Change.MARGIN_DROPPED, Change.MARGIN_CHANGED},
    "scope": {Change.SCOPE, Change.PERIOD_ADDED, Change.PERIOD_DROPPED, Change.PERIOD_CHANGED},
    "stance": {Change.STANCE, Change.DENIAL},
    "voice": {Change.VOICE},
}
"""What the judge calls each change."""


def retold(row: Row, side: str) -> Iterator[AnyEntity]:
    about = dict(part.split("=") for part in row[f"{side}_about"].split(", ") if part)
    of = about.pop("measure", "m").partition(" ")[0]
    links = {"quotes": "original"} if side == "retold" else {}
    told_with = "; ".join(f"{key}={value}" for key, value in (about | links).items())
    unit = read_quantity(row["original_value"], default_unit="fraction").unit
    value, id = row[f"{side}_value"], side
    yield from said_with(value, told_with, unit=unit, of=of, id=id, by="bulletin" if side == "original" else "courier")


@pytest.mark.parametrize("row", table("judged_drift.tsv"))
def test_a_retelling_names_what_it_changes(row: Row) -> None:
    unit = read_quantity(row["original_value"], default_unit="fraction").unit
    kind = likely_kind(parse_unit(unit))
    rest = {"complement_of": "lost"} if "complement-of" in row["retold_about"] else {}
    measures = [measure(name, unit, str(kind), *KEYS) for name in ("m", "lost", "returned", "stayed")]
    kept = measure("kept", unit, str(kind), *KEYS, **rest)
    knowledge = told(*PLACES, *measures, kept, *retold(row, "original"), *retold(row, "retold"))
    drifts = [one for one in worded_findings(knowledge) if one.rule == "drift"]
    changes = [change for one in drifts for pairing in one.pairings for change in pairing.changes]
    named = list(dict.fromkeys(name for change in changes for name, those in NAMES.items() if change in those))
    said = f"{row['original']} > {row['retelling']}\njudge: {row['why']}\n{words(drifts)}"
    orders = [row["differences"], *([row["or"]] if ";" in row["or"] else [])]
    severities = {row["severity"], *([row["or"]] if ";" not in row["or"] else [])} - {""}
    assert verdict(drifts).replace(NOT_TOLD, "none") in severities, said
    if drifts:
        assert "; ".join(named) in orders, said
