"""An analyst corrects how certain an answer is said to be; the record says who, and why."""

import json
from pathlib import Path

from tests.cli.conftest import Kb

QUESTION = "pass-loses-money"


def answer(kb: Kb) -> dict[str, object]:
    shown: dict[str, object] = json.loads(kb("answer", QUESTION, "--json").output)
    return shown


def test_a_judgement_replaces_the_computed_certainty_until_it_is_undone(imported: Kb) -> None:
    computed = answer(imported)
    assert computed["certainty"] == computed["computed_certainty"] and computed["assessments"] == []
    out = imported("assess", QUESTION, "--because", "old", "--reason", "All of it is about 2019.").output
    assert f"{QUESTION}: certainty moderate, because of: old" in out
    now = answer(imported)
    assert (now["certainty"], now["certainty_reasons"]) == ("moderate", ["old"])
    assert now["computed_certainty"] == computed["certainty"]
    text = " ".join(imported("answer", QUESTION).output.split())
    assert "judged moderate by ada: All of it is about 2019." in text
    assert "All of it is about 2019." in imported("log", "--limit", "1").output
    again = imported("assess", QUESTION, "--because", "old", "--reason", "All of it is about 2019.").output
    assert "already; nothing was recorded" in again
    imported("assess", QUESTION, "--undo", "--reason", "Looked again.")
    assert answer(imported) == computed


def test_a_judgement_is_exported_and_comes_back(imported: Kb, workspace: Path) -> None:
    imported("assess", QUESTION, "--certainty", "very low", "--reason", "Nobody counted.")
    imported("export", "--format", "seeds", "-o", "out")
    assert "certainty: very low" in (workspace / "out" / "assessments.yaml").read_text()
    assert "0 events" in imported("import", *map(str, (workspace / "out").iterdir()), "--reason", "again").output


def test_a_judgement_lapses_when_the_answer_changes(imported: Kb, workspace: Path) -> None:
    imported("assess", QUESTION, "--certainty", "high", "--reason", "It is plain.")
    (workspace / "seeds" / "ours.yaml").write_text(
        "kb: 1\nid: ours\nquestions:\n"
        "- {id: other, text: Is it?, sides: {yes: It is., no: It is not.}}\n"
        "sources:\n- {id: pier, type: post, title: On the pier, language: en}\n"
        "claims:\n"
        + "".join(
            f"- {{id: c{n}, text: It pays {n}., at: L{n}, voice: Voice {n}, answers: {{{QUESTION}: no}}}}\n"
            for n in range(1, 9)
        )
    )
    imported("import", "--reason", "eight more")
    now = answer(imported)
    (made,) = now["assessments"]  # type: ignore[misc]
    assert made["lapsed"] and now["certainty"] == now["computed_certainty"]
    assert "lapsed: the answer or its certainty has changed since" in " ".join(
        imported("answer", QUESTION).output.split()
    )


def test_all_mistakes_of_a_judgement_are_shown_at_once(imported: Kb) -> None:
    said = imported("assess", QUESTION, "--undo", "--certainty", "high", code=1).stderr
    assert "--undo judges nothing" in said and "reason: an event needs a reason" in said
    unknown = imported("assess", "pass-loses-mony", "--reason", "Why.", code=1).stderr
    assert "there is no such question" in unknown and QUESTION in unknown
    nothing = imported("assess", QUESTION, "--undo", "--reason", "Why.", code=1).stderr
    assert "ada has not judged how certain its answer is" in nothing
    word = imported("assess", QUESTION, "--because", "odd", "--reason", "Why.", code=2).stderr
    assert "one origin" in word


def test_a_seed_file_may_judge_an_answer_and_its_mistakes_are_named(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "judged.yaml"
    entry = (
        "kb: 1\nid: judged\nassessments:\n- id: one\n  question: {q}\n"
        "  of: {{answer: {answer}, certainty: low, because: [{because}]}}\n"
        "  by: Bo\n  certainty: moderate\n  because: [one origin]\n  why: It is about this pier.\n"
    )
    seed.write_text(entry.format(q=QUESTION, answer="leaning yes", because="one origin, indirect"))
    assert "no problem" in kb("check").output
    seed.write_text(entry.format(q="no-such", answer="maybe", because="odd"))
    said = kb("check", code=1).stderr
    for wrong in ("no-such", "maybe", "odd"):
        assert wrong in said


def test_two_people_who_differ_are_both_shown_and_the_computed_certainty_stands(imported: Kb, workspace: Path) -> None:
    imported("assess", QUESTION, "--certainty", "high", "--reason", "It is plain.")
    imported("assess", QUESTION, "--certainty", "very low", "--reason", "Nobody counted.", "--actor", "ben")
    now = answer(imported)
    assert [made["by"] for made in now["assessments"]] == ["ada", "ben"]  # type: ignore[attr-defined]
    assert now["certainty"] == now["computed_certainty"]
    imported("export", "--format", "seeds", "-o", "out")
    assert "by: ben" in (workspace / "out" / "assessments.yaml").read_text()
    imported("assess", QUESTION, "--undo", "--reason", "Looked again.")
    assert [made["by"] for made in answer(imported)["assessments"]] == ["ben"]  # type: ignore[attr-defined]
