"""Claims, sources, rulings and the log as JSON-LD that any processor reads without loading anything."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from msgspec import json

from kb.app.text_exports import linked_data_export
from kb.domain.entity import Decision, Ruling
from kb.domain.event import Retracted
from kb.domain.identity import Id
from kb.reports.linked_data import CONTEXT
from kb.reports.view import View
from tests.reports.seen import pair, seen, view_of

KEYWORDS = {"@id", "@type", "@value"}


def exported(view: View) -> dict[str, Any]:
    events = [event for id in view.knowledge.by_id for event in view.events_of(id)]
    data = json.decode(linked_data_export(view, sorted(events, key=lambda event: event.position)))
    assert isinstance(data, dict)
    return data


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object, however deep."""
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from nodes(value)


def of_type(data: dict[str, Any], type: str) -> list[dict[str, Any]]:
    return [node for node in data["@graph"] if type in node["@type"]]


def undescribed(data: dict[str, Any]) -> set[str]:
    """What is referred to and not described, such as a document that is named by its digest alone."""
    named = [node for node in nodes(data["@graph"]) if str(node.get("@id", "")).startswith("urn:")]
    return {node["@id"] for node in named} - {node["@id"] for node in named if "@type" in node}


def test_whatever_is_referred_to_is_described() -> None:
    data = exported(pair())
    assert undescribed(data) == set()
    documents = of_type(data, "MediaObject")
    assert {node["sha256"] for node in documents} == set(pair().knowledge.documents) != set()


def ruled(decision: Decision, digest: str = "") -> View:
    view = pair()
    finding = view.ranked[0]
    ruling = Ruling(
        id=Id("0190aaaa-0000-7000-8000-000000000001"), slug="why", file="rulings", finding=finding.key,
        digest=digest or finding.digest, decision=decision, text='A "reason".',
        accepted=finding.figures[-1] if decision is Decision.ACCEPT else None,
    )  # fmt: skip
    return view_of(view.recorded.of([*view.recorded.by_id.values(), ruling]))


def test_every_name_has_a_meaning_in_the_one_context() -> None:
    data = exported(pair())
    assert set(data) == {"@context", "@graph"} and data["@context"] == dict(CONTEXT)
    for node in nodes(data["@graph"]):
        for name in node:
            prefix, colon, _ = name.partition(":")
            assert name in KEYWORDS or (prefix in CONTEXT if colon else re.fullmatch("[a-z][A-Za-z0-9]*", name)), name
        for type in [node["@type"]] if isinstance(node.get("@type"), str) else node.get("@type", ()):
            assert re.fullmatch("[A-Z][A-Za-z]+|prov:[A-Z][a-z]+|xsd:[a-zA-Z]+", type), type
        assert None not in node.values() and "" not in node.values()


def test_every_node_has_an_absolute_name_of_its_own_and_links_lead_to_nodes() -> None:
    graph = exported(pair())["@graph"]
    names = [node["@id"] for node in graph]
    assert len(set(names)) == len(names)
    assert all(re.match(r"urn:[a-z-]+:\S+$", name) for name in names)
    links = {node["@id"] for node in nodes(graph) if set(node) == {"@id"}}
    assert {link for link in links if not link.startswith("http")} <= set(names)


def test_a_source_is_a_creative_work_with_what_it_translates_and_why_it_is_trusted() -> None:
    data = exported(pair())
    by_name = {node["identifier"][0]: node for node in of_type(data, "CreativeWork")}
    excerpt, original = by_name["gangwan/excerpt"], by_name["quay"]
    assert excerpt["translationOfWork"] == excerpt["prov:wasDerivedFrom"] == {"@id": original["@id"]}
    assert excerpt["comment"][0]["text"] == "Author inferred: the excerpt names the letter and no author"
    assert original["author"] == [{"@type": "Person", "name": "Mara Lindqvist"}]
    assert original["review"]["reviewRating"]["ratingValue"] in "ABCDEF"


def test_a_number_keeps_its_voice_its_stance_and_every_digit() -> None:
    (figure,) = (node for node in of_type(exported(pair()), "Claim") if node["identifier"] == "quay/office-value")
    assert figure["creditText"] == "Harbour office via Mara Lindqvist"
    assert figure["about"]["minValue"] == {"@type": "xsd:decimal", "@value": "120"}
    assert (figure["about"]["unitText"], figure["about"]["kb:bound"]) == ("USD/month", "at_least")
    assert figure["kb:stance"] and figure["text"].endswith("(North pier): $120 to $150 a month or more")
    assert figure["appearance"][0]["@type"] == "Quotation"


@pytest.mark.parametrize(("decision", "words"), [(Decision.DISMISS, "dismissed"), (Decision.EXPLAIN, "explained")])
def test_a_ruling_is_a_review_of_the_claims_that_it_is_about(decision: Decision, words: str) -> None:
    data = exported(ruled(decision))
    (review,) = of_type(data, "ClaimReview")
    assert (review["reviewRating"]["alternateName"], review["reviewBody"]) == (words, 'A "reason".')
    assert (review["author"]["name"], review["creativeWorkStatus"]) == ("ada", "current")
    claims = {node["@id"] for node in of_type(data, "Claim")}
    assert {item["@id"] for item in review["itemReviewed"]} <= claims


def test_a_figure_that_a_person_accepted_is_named() -> None:
    data = exported(ruled(Decision.ACCEPT))
    (review,) = of_type(data, "ClaimReview")
    assert review["reviewRating"]["alternateName"].startswith("accepted ")
    assert review["kb:accepted"] in review["itemReviewed"]


def test_a_ruling_on_other_inputs_has_lapsed() -> None:
    (review,) = of_type(exported(ruled(Decision.DISMISS, digest="0" * 64)), "ClaimReview")
    assert review["creativeWorkStatus"] == "lapsed"


def test_the_log_says_who_recorded_what_when_and_why() -> None:
    data = exported(pair())
    activities = of_type(data, "prov:Activity")
    assert [node["position"] for node in activities] == list(range(1, pair().moment.position + 1))
    first = activities[0]
    agents = {node["@id"]: node["name"] for node in of_type(data, "prov:Agent")}
    assert agents[first["prov:wasAssociatedWith"]["@id"]] == "ada"
    assert first["description"] == "first reading"
    assert first["prov:endedAtTime"] == {"@type": "xsd:dateTime", "@value": "2026-04-01T12:00:00.000000Z"}
    states = {node["@id"]: node for node in data["@graph"] if "prov:specializationOf" in node}
    assert first["prov:generated"]["@id"] in states


def test_a_revision_follows_the_state_before_it_and_a_retraction_ends_the_last() -> None:
    (recorded, *_) = pair().events_of(next(iter(pair().knowledge.sources)))
    revised = replace(recorded, position=98, hash="b" * 64, type="source.revised.v1")
    gone = replace(recorded, position=99, hash="c" * 64, fact=Retracted("source", Id(recorded.stream)), actor="")
    data = json.decode(linked_data_export(seen(), [recorded, revised, gone]))
    first, second = (f"{node['@id']}" for node in data["@graph"] if "prov:specializationOf" in node)
    (state,) = (node for node in data["@graph"] if node["@id"] == second)
    assert state["prov:wasRevisionOf"] == {"@id": first}
    end = of_type(data, "prov:Activity")[-1]
    assert end["prov:invalidated"] == {"@id": second} and "prov:wasAssociatedWith" not in end
    assert undescribed(data) == set()


def test_of_a_redacted_event_only_that_it_happened_is_said() -> None:
    (recorded, *_) = pair().events_of(next(iter(pair().knowledge.sources)))
    redacted = replace(recorded, fact=None, actor="", reason="")
    (activity,) = of_type(json.decode(linked_data_export(seen(), [redacted])), "prov:Activity")
    assert activity["kb:redacted"] is True
    assert "description" not in activity and "prov:wasAssociatedWith" not in activity


def test_a_base_without_anything_is_an_empty_graph() -> None:
    assert exported(seen())["@graph"] == []
