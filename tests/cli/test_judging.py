"""An analyst lists what the engine noticed, decides about it, and takes it back."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from kb.app.lookup import finding_by_prefix
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.problem import Refused
from tests.cli.conftest import Kb


def listed(kb: Kb, *words: str, code: int = 0) -> list[dict[str, Any]]:
    found = json.loads(kb("findings", "--json", *words, code=code).output)
    assert isinstance(found, list)
    return found


def test_findings_are_listed_with_disputes_first_and_narrowed(imported: Kb) -> None:
    settled = [one["verdict"] in ("rounding", "agreement") for one in listed(imported)]
    assert settled == sorted(settled)
    drifts = listed(imported, "--kind", "drift")
    assert drifts and {one["kind"] for one in drifts} == {"drift"}
    assert all(float(one["severity"]) >= 0.5 for one in listed(imported, "--min-severity", "0.5"))
    assert {one["measure"] for one in listed(imported, "--measure", "pass-ticket-value")} == {"pass-ticket-value"}


@pytest.mark.parametrize(
    "words",
    ["pass-ticket-value", "Ticket value used up by one pass in a month", "TICKETS used", "ticket-val", "up month"],
)
def test_a_measure_is_meant_by_any_part_of_its_names(imported: Kb, words: str) -> None:
    assert {one["measure"] for one in listed(imported, "--measure", words)} == {"pass-ticket-value"}


def test_words_that_several_measures_hold_mean_all_of_them(imported: Kb) -> None:
    measures = {one["measure"] for one in listed(imported)}
    asked = {one["measure"] for one in listed(imported, "--measure", "PASS")}
    assert {"pass-ticket-value", "pass-margin"} <= asked < measures


@pytest.mark.parametrize("words", ["pass-tiket-value", "Ticket valeu used up by one pass"])
def test_a_measure_that_there_is_not_gets_a_hint(imported: Kb, words: str) -> None:
    told = imported("findings", "--measure", words, code=1).output
    assert "no measure has this name" in told and "did you mean" in told


def test_a_pipeline_fails_on_what_it_was_told_to_look_for(imported: Kb) -> None:
    verdict = listed(imported)[0]["verdict"]
    imported("findings", "--fail-on", verdict, code=3)
    assert listed(imported, "--verdict", "rounding", "--fail-on", "conflict") == listed(
        imported, "--verdict", "rounding"
    )


def test_a_finding_is_shown_by_the_first_digits_of_its_id(imported: Kb) -> None:
    finding = listed(imported, "--measure", "pass-ticket-value")[0]
    text = imported("findings", "show", finding["id"][:8]).output
    assert "No rulings yet." in text
    assert all(name in text for name in finding["figures"])
    assert "there is no such finding" in imported("findings", "show", "zzzz", code=1).output


def test_too_few_digits_name_no_finding(imported: Kb) -> None:
    id = listed(imported)[0]["id"]
    told = imported("rule", id[:3], "--dismiss", "Two ways of counting.", code=1).output
    assert "give at least 4 of its digits" in told
    assert "Two ways of counting." not in imported("log", "--limit", "1").output


def test_digits_that_several_findings_begin_with_name_them_all() -> None:
    first, second, third = (finding(id) for id in ("abcd1", "abcd2", "ffff3"))
    with pytest.raises(Refused) as refused:
        finding_by_prefix([first, second, third], "ABCD", lambda _: "")
    [problem] = refused.value.problems
    assert problem.what == "2 findings begin like this"
    assert problem.hint == "give more digits: abcd1 (conflict), abcd2 (conflict)"
    assert finding_by_prefix([first, second, third], "ffff", lambda _: "") is third


def finding(id: str) -> Finding:
    return Finding(
        id=id,
        kind=FindingKind.CHECK,
        rule="check",
        verdict=Verdict.CONFLICT,
        severity=Decimal(1),
        pairings=(),
        digest="",
    )


def test_a_ruling_is_an_event_and_so_is_taking_it_back(imported: Kb) -> None:
    id = listed(imported)[0]["id"]
    imported("rule", id, "--dismiss", "Two ways of counting.")
    assert "Two ways of counting." in imported("log", "--limit", "1").output
    (ruled,) = [one for one in listed(imported) if one["id"] == id]
    assert (ruled["ruling"]["decision"], ruled["ruling"]["stale"]) == ("dismiss", False)
    assert id not in {one["id"] for one in listed(imported, "--open")}
    imported("rule", id, "--undo", "--reason", "Looked again.")
    assert id in {one["id"] for one in listed(imported, "--open")}
    assert "nobody has ruled on it" in imported("rule", id, "--undo", "--reason", "x", code=1).output


def test_a_second_ruling_takes_the_place_of_the_first(imported: Kb) -> None:
    id = listed(imported)[0]["id"]
    imported("rule", id, "--dismiss", "Two ways of counting.")
    imported("rule", id, "--explain", "One of them counts tax.")
    imported("export", "--format", "seeds", "-o", "copy")
    text = Path("copy/rulings.yaml").read_text()
    assert "One of them counts tax." in text and "Two ways" not in text


def test_a_ruling_opens_again_when_an_input_changes(imported: Kb, workspace: Path) -> None:
    finding = listed(imported, "--measure", "pass-ticket-value")[0]
    imported("rule", finding["id"], "--accept", "quay/north-value", "--reason", "It was counted.")
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace("$300 / month", "$310 / month"))
    imported("import", "--reason", "misread")
    (now,) = [one for one in listed(imported) if one["id"] == finding["id"]]
    assert now["ruling"]["stale"]
    assert finding["id"] in {one["id"] for one in listed(imported, "--open")}
    shown = " ".join(imported("findings", "show", finding["id"]).output.split())
    assert "accepted $300 a month (now $310 a month)" in shown


def test_only_a_figure_that_takes_part_can_stand(imported: Kb) -> None:
    finding = listed(imported, "--measure", "pass-ticket-value")[0]
    told = imported("rule", finding["id"], "--accept", "quay/fee", "--reason", "x", code=1).output
    assert "takes no part" in told
    assert "decides one thing" in imported("rule", finding["id"], code=1).output
    assert "needs a reason" in imported("rule", finding["id"], "--accept", finding["figures"][0], code=1).output


def test_a_ruling_means_the_same_in_another_base(imported: Kb, workspace: Path) -> None:
    finding = listed(imported, "--measure", "pass-ticket-value")[0]
    imported("rule", finding["id"], "--explain", "One of them counts tax.")
    imported("export", "--format", "seeds", "-o", "copy")
    shutil.rmtree(workspace / "seeds")
    Path("copy").rename("seeds")
    for file in workspace.glob("kb.db*"):
        file.unlink()
    imported("import", "--reason", "a second base")
    (again,) = [
        one for one in listed(imported, "--measure", "pass-ticket-value") if one["figures"] == finding["figures"]
    ]
    assert again["id"] == finding["id"]
    assert (again["ruling"]["text"], again["ruling"]["stale"]) == ("One of them counts tax.", False)
    assert again["digest"] == finding["digest"]


def test_an_import_of_all_seeds_leaves_rulings_alone(imported: Kb) -> None:
    imported("rule", listed(imported)[0]["id"], "--dismiss", "Two ways of counting.")
    assert "left behind" not in imported("import", "--prune", "--reason", "again").output
    assert any(one["ruling"] for one in listed(imported))


def test_findings_computed_anew_come_out_as_they_were(imported: Kb) -> None:
    told = imported("reconcile").output
    assert f"{len(listed(imported))} findings, none changed" in told


def test_the_first_page_lists_what_nobody_has_decided(imported: Kb, workspace: Path) -> None:
    from kb.app.workspace import Workspace
    from kb.cli.command import opened_view
    from kb.reports.front import home

    def disputed() -> set[str]:
        with opened_view(Workspace.find(workspace)) as view:
            return {row.ref.slug for group in home(view, ()).disputed for row in group.rows}

    id = listed(imported)[0]["id"]
    assert id in disputed()
    imported("rule", id, "--dismiss", "Two ways of counting.")
    assert id not in disputed()


def test_a_ruling_that_changes_nothing_says_so_and_is_no_event(imported: Kb) -> None:
    id = listed(imported)[0]["id"]
    imported("rule", id, "--dismiss", "Two ways of counting.")
    before = imported("log", "head").output
    told = imported("rule", id, "--dismiss", "Two ways of counting.", "--actor", "ben").output
    assert "dismissed already; nothing was recorded" in told
    assert imported("log", "head").output == before
    imported("rule", id, "--dismiss", "Two kinds of pass.")
    assert imported("log", "head").output != before


def test_a_decision_about_names_that_changes_nothing_is_no_event(imported: Kb) -> None:
    told = ("match", "seats", "seats-taken", "--different", "--reason", "One is a part of the other.")
    imported(*told)
    before = imported("log", "head").output
    assert "already; nothing was recorded" in imported(*told).output
    assert imported("log", "head").output == before


@pytest.mark.parametrize("words", [["findings"], ["findings", "show"]])
def test_findings_fit_into_eighty_columns(imported: Kb, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    id = listed(imported, "--kind", "drift")[0]["id"]
    told = imported(*words, *([id] if "show" in words else [])).output
    assert id in told and "one voice" in " ".join(told.split())
    assert [line for line in told.splitlines() if cell_len(line) > 80] == []
