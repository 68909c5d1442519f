"""The export for programs: its types are its schema, and its documentation names every key."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.domain.codec import to_builtins
from kb.domain.finding import Verdict
from kb.reports.export import decimal_text, export_json, json_schema
from kb.reports.exported import ExportOut
from tests.reports.seen import bare_pair, pair

DOCS = Path(__file__).resolve().parents[2] / "docs" / "export.md"


def exported() -> dict[str, Any]:
    return export_json(pair())


def entry(kind: str, id: str) -> dict[str, Any]:
    (found,) = (entry for entry in exported()[kind] if entry["id"] == id)
    assert isinstance(found, dict)
    return found


def test_the_export_fits_its_own_types_and_loses_nothing() -> None:
    data = msgspec.json.decode(msgspec.json.encode(exported()))
    assert to_builtins(msgspec.convert(data, ExportOut)) == data


def test_the_schema_requires_what_the_documentation_promises() -> None:
    definitions = json_schema()["$defs"]
    assert set(definitions["ExportOut"]["required"]) == set(exported())
    assert set(definitions["FigureOut"]["required"]) == set(entry("figures", "quay/fee"))
    verdict = definitions["FindingOut"]["properties"]["verdict"]["anyOf"]
    assert [part["enum"] for part in verdict if "enum" in part] == [sorted(map(str, Verdict))]


def test_every_key_of_the_export_stands_in_its_documentation() -> None:
    text = DOCS.read_text()
    keys = {key for shape in json_schema()["$defs"].values() for key in shape["properties"]}
    assert sorted(key for key in keys if f"`{key}`" not in text) == []


def test_a_floor_keeps_both_numbers_that_were_said() -> None:
    floor = entry("figures", "quay/office-value")
    said = {key: floor[key] for key in ("low", "high", "bound", "hedge", "unit", "period", "per", "as_written")}
    assert said == {
        "low": "120", "high": "150", "bound": "at_least", "hedge": "none", "unit": "USD/month", "period": "month",
        "per": None, "as_written": "upward of $120-150",
    }  # fmt: skip
    assert floor["scope"] == {"pier": "north"}
    assert (floor["voice"], floor["via"]) == ("Harbour office", ["Mara Lindqvist"])


def test_a_percentage_is_a_fraction() -> None:
    share = entry("figures", "quay/brochure-share")
    assert (share["low"], share["high"], share["unit"], share["granularity"]) == ("0.67", "0.67", "fraction", "0.01")


def test_characters_are_counted_where_the_document_is_attached() -> None:
    from tests.pair.reading import texts

    share = entry("figures", "gangwan/fuel-share")
    (text,) = (text for text in texts().values() if "45%" in text)
    assert text[share["char_start"] : share["char_end"]] == "45%"
    (bare,) = (figure for figure in export_json(bare_pair())["figures"] if figure["id"] == "gangwan/fuel-share")
    assert (bare["char_start"], bare["char_end"], bare["line"]) == (None, None, 5)


def test_a_translated_figure_names_what_it_depends_on() -> None:
    mention = entry("figures", "gangwan/north-value")
    assert (mention["depends_on"], mention["depends_kind"]) == ("quay/north-value", "translates")
    assert entry("sources", "gangwan/excerpt")["translation_of"] == "quay"


def test_an_argument_concludes_on_a_side_and_an_attack_names_the_argument() -> None:
    answer = entry("arguments", "quay/south-loses/answers")
    assert (answer["conclusion"], answer["attacks_argument"]) == ("pass-loses-money:yes", None)
    undercut = entry("arguments", "gangwan/fuel-undercuts")
    assert (undercut["kind"], undercut["attacks_argument"]) == ("attacks", "quay/empty-seats/answers")


def test_a_calculation_has_one_result_for_each_position() -> None:
    margin = entry("calculations", "quay/pass-margin")
    results = [(result["low"], result["high"], result["allowed_low"]) for result in margin["results"]]
    assert results == [("0.625", "0.7", None), ("0.25", "0.25", "0.25"), ("-0.3", "-0.3", "-0.3")]
    assert margin["results"][2]["choices"][0]["figures"] == ["quay/south-value"]
    assert margin["checks"] == [{"figure": "quay/stated-margin", "verdict": "tension"}]


def test_a_result_that_is_no_finite_decimal_is_enclosed() -> None:
    (result,) = entry("calculations", "quay/taken-share")["results"]
    assert Fraction(result["low"]) < Fraction(2, 3) < Fraction(result["high"])
    assert entry("calculations", "quay/taken-share")["checks"][0]["verdict"] == "rounding"


def test_every_id_that_is_named_is_there() -> None:
    data = exported()
    ids = {kind: {entry["id"] for entry in data[kind]} for kind in data if isinstance(data[kind], list)}
    assert all(len(ids[kind]) == len(data[kind]) for kind in ids)
    assert {figure["source"] for figure in data["figures"]} <= ids["sources"]
    assert {figure["measure"] for figure in data["figures"]} <= ids["measures"]
    assert {id for finding in data["findings"] for id in finding["figures"]} <= ids["figures"]
    for argument in data["arguments"]:
        for kind, premise in zip(argument["premise_kinds"], argument["premises"], strict=True):
            assert premise in ids[f"{kind}s"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal(0), "0"),
        (Fraction(-27, 8), "-3.375"),
        (Fraction(10**40), "1" + "0" * 40),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"),
        (Fraction(-1, 3), "-0.3333333333333333333333333334"),
        (None, None),
    ],
)
def test_numbers_are_decimal_strings_rounded_down_where_they_must_be(
    value: Decimal | Fraction | None, text: str | None
) -> None:
    assert decimal_text(value) == text
