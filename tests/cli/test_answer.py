"""`kb answer` says what the evidence answers, what would turn it, and what counts."""

import json

from tests.cli.conftest import Kb


def answered(kb: Kb, *words: str) -> dict[str, object]:
    return dict(json.loads(kb("answer", "pass-loses-money", "--json", *words).stdout))


def test_an_answer_gives_its_word_its_hinges_and_a_table_for_each_side(imported: Kb) -> None:
    said = imported("answer", "pass-loses-money").output
    assert "Leaning no: The pass pays for itself." in said
    assert (
        "Certainty: " in said
        and "Each of these alone would change the answer:" in said
        and "What is not known:" in said
    )
    assert "set aside; the same voice already counts for:" in " ".join(said.split())


def test_as_json_it_has_facts_by_name(imported: Kb) -> None:
    made = answered(imported)
    assert set(made) == {
        "question", "answer", "direction", "certainty", "certainty_reasons", "computed_certainty", "computed_reasons",
        "assessments", "hinges", "tried", "gaps", "sides",
    }  # fmt: skip
    assert (made["question"], made["answer"], made["direction"]) == ("pass-loses-money", "leaning no", "no")
    yes, no = made["sides"]  # type: ignore[misc]
    assert yes["strength"] < no["strength"]
    counted = [part for part in no["arguments"] if part["counts"]]
    assert counted and all(part["origins"] for part in counted)


def test_a_hinge_is_what_leaving_its_source_out_gives(imported: Kb) -> None:
    (hinge,) = [one for one in answered(imported)["hinges"] if one["kind"] == "source"]  # type: ignore[attr-defined]
    assert answered(imported, "--without", hinge["subject"])["direction"] == hinge["after"]


def test_a_voice_is_left_out_by_its_name_whatever_its_case(imported: Kb) -> None:
    (hinge,) = [one for one in answered(imported)["hinges"] if one["kind"] == "origin"]  # type: ignore[attr-defined]
    assert answered(imported, "--without", hinge["name"].upper())["direction"] == hinge["after"]


def test_several_may_be_left_out_and_a_wrong_name_is_told(imported: Kb) -> None:
    both = ("--without", "gangwan/article", "--without", "Mara Lindqvist")
    assert imported("answer", "pass-loses-money", *both).output.count("What if: Leaving out") == 2
    said = imported("answer", "pass-loses-money", "--without", "gangwan/artikle", code=1).output
    assert "--without: There is no source of this name" in said and "Did you mean" in said


def test_choices_give_the_answer_as_it_would_be(imported: Kb) -> None:
    text = imported("answer", "pass-loses-money", "--reject", "quay/holders-overuse").output
    assert "What if: Rejecting this claim: " in text and "No longer counts for a yes" in text
    for wrong, said in (
        (("--take", "nothing"), "--take: There is no figure of this name"),
        (("--assume", "pass-margin"), "--assume: It must be “assume.CALCULATION.INPUT”"),
        (
            ("--accept", "quay/holders-overuse", "--reject", "quay/holders-overuse"),
            "--reject: It is accepted and rejected",
        ),
    ):
        assert said in imported("answer", "pass-loses-money", *wrong, code=1).output


def test_an_answer_of_the_past_and_of_no_question(imported: Kb) -> None:
    hint = "there is no such question — did you mean 'pass-loses-money'?"
    assert hint in imported("answer", "pass-lose-money", code=1).output
    assert "known: none" in imported("answer", "pass-loses-money", "--at", "25", code=1).output
    said = imported("answer", "pass-loses-money", "--at", "50").output
    assert said != imported("answer", "pass-loses-money").output
