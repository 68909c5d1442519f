"""A name in parentheses is one that we gave, because the source gives none; it is kept as it is written."""

import pytest

from kb.domain.entity import Claim, Figure, Voice, names_somebody
from kb.intake.seed_writer import seed_files
from tests.intake.round_trip import RoundTrip
from tests.intake.shelf import SOURCE, Shelf


def spoken(voice: str, default: str = "") -> str:
    defaults = f"defaults: {{voice: {default}}}\n" if default else ""
    said = f", voice: {voice}" if voice else ""
    return (
        f"{SOURCE}{defaults}figures:\n  - {{id: fee, measure: fee, value: $1 / month, at: L1{said}}}\n"
        f"claims:\n  - {{id: so, text: So., at: L1{said}}}\n"
    )


@pytest.mark.parametrize(
    ("written", "kept", "named"),
    [
        ("(commenter A)", Voice("(commenter A)", ("Ada Byron",)), False),
        ("(commenter A) via nobody", Voice("(commenter A)"), False),
        ("Acme via (commenter A)", Voice("Acme", ("(commenter A)", "Ada Byron")), True),
        ("(people) via (commenter A) via nobody", Voice("(people)", ("(commenter A)", "nobody", "Ada Byron")), False),
        ("Acme (UK)", Voice("Acme (UK)", ("Ada Byron",)), True),
        ("(A) and (B)", Voice("(A) and (B)", ("Ada Byron",)), True),
        ("Via Rail via Olivia", Voice("Via Rail", ("Olivia", "Ada Byron")), True),
    ],
)
def test_a_name_that_we_gave_is_kept_as_written(shelf: Shelf, written: str, kept: Voice, named: bool) -> None:
    shelf.put(deck=spoken(written)).bring_in()
    for kind, slug in ((Figure, "deck/fee"), (Claim, "deck/so")):
        told = shelf.entity(kind, slug)
        assert isinstance(told, Figure | Claim)
        assert (told.voice, told.voice.is_named) == (kept, named)
    assert shelf.bring_in() == ()
    assert f"voice: {written}\n" in seed_files(shelf.knowledge)["deck"]
    RoundTrip(shelf.knowledge, shelf.mint).check()


def test_a_default_voice_may_be_one_without_a_name(shelf: Shelf) -> None:
    shelf.put(deck=spoken("", default="(commenter A)")).bring_in()
    told = shelf.entity(Claim, "deck/so")
    assert isinstance(told, Claim)
    assert not told.voice.is_named


AROUND_VIA = "parentheses stand around one name, which the source does not give, and not around 'via'"
NO_NAME = "a voice needs a name on each side of 'via'"
YOURS = "write (Drivers) if that name is yours, or Drivers if the source gives it"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "(A via Bo Ek)",
            f"{AROUND_VIA} — write (A) via Bo Ek, or parentheses around each name that is yours",
        ),
        ("( )", "there is no name in the parentheses — write a letter or a word for who speaks, like (commenter A)"),
        (
            "A via ()",
            "there is no name in the parentheses — write a letter or a word for who speaks, like (commenter A)",
        ),
        ("via Bo Ek", f"{NO_NAME} — name who says it before 'via', or write 'Bo Ek' alone"),
        ("A via", f"{NO_NAME} — name who passed it on after 'via', or write 'A' alone"),
        ("via", f"{NO_NAME} — write 'SemiAnalysis' or 'SemiAnalysis via Ed'"),
        ("A via via Bo Ek", f"{NO_NAME} — write 'A via Bo Ek'"),
        ("(Drivers", f"the parentheses of '(Drivers' do not pair up — {YOURS}"),
        ("Acme via Drivers)", f"the parentheses of 'Drivers)' do not pair up — {YOURS}"),
        ("Acme (UK", "the parentheses of 'Acme (UK' do not pair up — close each one that you open, as in 'Acme (UK)'"),
    ],
)
@pytest.mark.parametrize("default", [False, True])
def test_a_voice_with_a_lost_name_or_parenthesis_says_what_to_write(
    shelf: Shelf, written: str, said: str, default: bool
) -> None:
    shelf.put(deck=spoken("" if default else written, default=written if default else ""))
    problems = shelf.problems()
    assert [problem.split(": ", 1)[1] for problem in problems] == [said] * (1 if default else 2)


def test_names_with_other_parentheses_are_names() -> None:
    given = ("(commenter A)", "(a)", "()")
    assert [
        name for name in (*given, "Acme", "Acme (UK)", "(UK) Acme", "(a) and (b)", "(") if not names_somebody(name)
    ] == [*given]
