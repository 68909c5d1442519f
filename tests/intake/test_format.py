"""The docs of the format say what is so: each key stands there, and each example reads."""

import re
from pathlib import Path
from typing import Any

import pytest

from kb.intake.record import (
    ArgumentRecord,
    AssessedRecord,
    AssessmentRecord,
    CalculationRecord,
    ClaimRecord,
    DefaultsRecord,
    FigureRecord,
    FileRecord,
    FindingName,
    InputRecord,
    MatchRecord,
    MeasureRecord,
    Mention,
    QuestionRecord,
    RulingRecord,
    Several,
    TermRecord,
    UnitRecord,
    json_schema,
)
from kb.intake.shape import Key, Record, keys_of
from kb.intake.source_record import DocumentName, Inferred, LeftOutRecord, SourceRecord, Trust
from tests.intake.shelf import Shelf

DOCS = Path(__file__).parents[2] / "docs" / "seed-format.md"
TABLES: dict[str, type[Record]] = {
    "file": FileRecord,
    "defaults": DefaultsRecord,
    "source": SourceRecord,
    "inferred value": Inferred,
    "reliability": Trust,
    "document": DocumentName,
    "place that is left out": LeftOutRecord,
    "unit": UnitRecord,
    "measure": MeasureRecord,
    "scope value": TermRecord,
    "question": QuestionRecord,
    "figure": FigureRecord,
    "mention": Mention,
    "several values": Several,
    "claim": ClaimRecord,
    "argument": ArgumentRecord,
    "calculation": CalculationRecord,
    "input": InputRecord,
    "match": MatchRecord,
    "ruling": RulingRecord,
    "finding": FindingName,
    "assessment": AssessmentRecord,
    "assessed answer": AssessedRecord,
}
"""Every record by the name of its entry in the docs."""

KEYS = [(kind, key) for kind, record in TABLES.items() for _, key in keys_of(record).values()]


def row(key: Key) -> str:
    star = " *" if key.required else ""
    return f"| `{key.name}`{star} | {key.doc} | `{key.example}` |"


def table(kind: str) -> str:
    """The table of a kind in the docs."""
    text = DOCS.read_text(encoding="utf-8")
    return text.split(f"<!-- keys of: {kind} -->\n")[1].split("\n\n")[0]


@pytest.mark.parametrize(("kind", "key"), KEYS, ids=[f"{kind}-{key.name}" for kind, key in KEYS])
def test_each_key_is_explained_with_an_example(kind: str, key: Key) -> None:
    assert row(key) in table(kind).splitlines()


@pytest.mark.parametrize("kind", TABLES)
def test_the_docs_explain_no_key_that_is_gone(kind: str) -> None:
    assert len(table(kind).splitlines()) == len(keys_of(TABLES[kind])) + 2


def test_the_examples_of_the_docs_can_be_imported(tmp_path: Path) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    files = {re.findall(r"^id: (.*)$", text, re.MULTILINE)[0]: text for text in examples}
    shelf = Shelf(tmp_path).put(**files)
    assert shelf.problems() == []
    assert len(shelf.bring_in()) == 15
    assert shelf.bring_in() == ()


def described(schema: Any) -> set[str]:
    """Every key that the schema describes."""
    if isinstance(schema, list):
        return {key for part in schema for key in described(part)}
    if not isinstance(schema, dict):
        return set()
    own = {name for name, part in schema.get("properties", {}).items() if part.get("description")}
    return own | {key for part in schema.values() for key in described(part)}


def test_the_json_schema_describes_each_key() -> None:
    schema = json_schema()
    assert described(schema) == {key.name for _, key in KEYS}
    assert schema["required"] == ["kb", "id"]
    assert schema["additionalProperties"] is False


def test_the_json_schema_takes_what_an_editor_reads_as_a_number() -> None:
    figure = json_schema()["properties"]["figures"]["anyOf"][0]["items"]
    assert figure["required"] == ["id", "measure", "value", "at"]
    assert figure["properties"]["value"]["type"] == ["string", "number", "boolean"]
    assert figure["properties"]["stance"]["enum"][0] == "asserted"


def test_the_json_schema_wants_a_place_of_every_claim_but_an_inference() -> None:
    claim = json_schema()["properties"]["claims"]["anyOf"][0]["items"]
    assert claim["required"] == ["id", "text"]
    ((stated, inferred),) = (rule["anyOf"] for rule in claim["allOf"])
    assert stated == {"required": ["at"]}
    pattern = inferred["properties"]["voice"]["pattern"]
    assert inferred["required"] == ["voice"]
    voices = ("editors", "Editors", "the editors", "editors via Ed")
    assert [voice for voice in voices if re.search(pattern, voice)] == ["editors", "Editors"]


def test_the_json_schema_takes_a_side_of_a_question_as_a_premise() -> None:
    argument = json_schema()["properties"]["arguments"]["anyOf"][0]["items"]
    assert {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}} in argument[
        "properties"
    ]["premises"]["anyOf"][0]["items"]["anyOf"]
