"""`kb export` in every format that is one text: on the terminal, into a file, at any moment, from an empty base."""

from pathlib import Path

import pytest
from msgspec import json

from tests.cli.conftest import Kb

TEXTS = {"bibtex": "refs.bib", "ris": "refs.ris", "csl-json": "refs.json", "json-ld": "graph.jsonld"}


@pytest.mark.parametrize(("form", "name"), TEXTS.items())
def test_a_text_goes_to_the_terminal_or_into_a_new_file(imported: Kb, workspace: Path, form: str, name: str) -> None:
    printed = imported("export", "--format", form).stdout
    imported("export", "--format", form, "-o", name)
    written = (workspace / name).read_bytes().decode()
    assert printed.split() == written.split()
    assert "exists already" in imported("export", "--format", form, "-o", name, code=1).output
    imported("export", "--format", form, "-o", name, "--force")
    assert (workspace / name).read_bytes().decode() == written


@pytest.mark.parametrize("form", TEXTS)
def test_an_empty_base_gives_a_valid_text(empty: Kb, form: str) -> None:
    text = empty("export", "--format", form).stdout
    if "json" in form:
        data = json.decode(text)
        assert data == [] or data["@graph"] == []
    else:
        assert text.strip() == ""


def test_a_moment_of_the_past_has_the_events_up_to_it(imported: Kb) -> None:
    graph = json.decode(imported("export", "--format", "json-ld", "--at", "4").stdout)["@graph"]
    assert [node["position"] for node in graph if node["@type"] == "prov:Activity"] == [1, 2, 3, 4]
    assert {node["name"] for node in graph if node["@type"] == "prov:Agent"} == {"ada"}


def test_what_is_exported_as_bibtex_is_imported_as_the_same_sources(imported: Kb, workspace: Path) -> None:
    imported("export", "--format", "bibtex", "-o", "refs.bib")
    result = imported("import", "refs.bib", "-o", "again.yaml")
    assert "3 sources from refs.bib; 3 may be known already" in result.output
    imported("import", "again.yaml", "--reason", "once more")
    sources = {source["id"]: source for source in json.decode(imported("export").stdout)["sources"]}
    fields = ("title", "kind", "language", "issued", "authors", "editors", "container_title", "url", "details")
    for ours, again in (("quay", "again/quay"), ("gangwan/article", "again/gangwan-article")):
        assert [sources[ours][field] for field in fields] == [sources[again][field] for field in fields]
