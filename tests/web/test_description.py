"""A program finds in /openapi.json what it can ask, and what comes back."""

from typing import Any

import pytest

from kb.web.address import twin
from kb.web.catalog import PAGE_KINDS
from tests.web.sample import SampleLibrary
from tests.web.served import asking

REPORTS = ("/report", "/report/preview", "/report/file")
FORMS = ("/rulings/{finding}", "/matchings", "/assessments/{question}", "/settlings")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    with asking(SampleLibrary()) as client:
        answer = client.get("/openapi.json").json()
        assert isinstance(answer, dict)
        return answer


def test_every_page_and_every_twin_is_described(told: dict[str, Any]) -> None:
    assert told["openapi"].startswith("3.1")
    pages = {path for kind in PAGE_KINDS for path in (kind.path, twin(kind.path))}
    assert set(told["paths"]) == {*pages, *FORMS, *REPORTS, "/sign-in"}


def test_every_operation_has_a_name_of_its_own(told: dict[str, Any]) -> None:
    names = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_every_reference_is_resolved(told: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if "$ref" in part else []
            return own + [found for value in part.values() for found in references(value)]
        return [found for value in part for found in references(value)] if isinstance(part, list) else []

    for reference in references(told):
        _, _, drawer, name = reference.split("/")
        assert name in told["components"][drawer]


def test_a_twin_has_every_field_that_is_described(told: dict[str, Any]) -> None:
    schema = told["paths"]["/figures.json"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = schema["allOf"][0]["$ref"].split("/")[-1]
    with asking(SampleLibrary()) as client:
        fields = set(client.get("/figures.json").json()) - {"moment"}
    assert set(told["components"]["schemas"][name]["properties"]) == fields
