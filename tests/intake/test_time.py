"""What a file may get wrong about time: sources that supersede each other, projections for no time."""

import pytest

from kb.domain.entity import Source
from kb.intake.seed_writer import seed_files
from tests.intake.shelf import SOURCE, VOCABULARY, Shelf


def editions(*listed: str) -> str:
    entries = "".join(f"  - {{{about}, type: report, title: T, language: en}}\n" for about in listed)
    return f"kb: 1\nid: deck\nsources:\n{entries}"


def test_a_source_names_the_older_one_that_it_supersedes(shelf: Shelf) -> None:
    shelf.put(deck=editions("id: a", "id: b, supersedes: a"))
    shelf.bring_in()
    older, newer = (shelf.knowledge.named(Source, slug) for slug in ("deck/a", "deck/b"))
    assert older and newer and newer.supersedes == older.id


def test_what_a_source_supersedes_is_written_back(shelf: Shelf) -> None:
    shelf.put(deck=editions("id: a", "id: b, supersedes: a"))
    shelf.bring_in()
    assert "supersedes: a" in seed_files(shelf.knowledge)["deck"]


def test_a_source_cannot_supersede_itself(shelf: Shelf) -> None:
    (problem,) = shelf.put(deck=editions("id: a, supersedes: a")).problems()
    assert problem == (
        "deck.yaml:4:25: a source cannot supersede itself — name the older source, or leave supersedes: out"
    )


@pytest.mark.parametrize(
    ("listed", "circle", "places"),
    [
        (("a, supersedes: b", "b, supersedes: a"), "deck/a -> deck/b -> deck/a", "deck.yaml:4:25, deck.yaml:5:25"),
        (
            ("a, supersedes: c", "b, supersedes: a", "c, supersedes: b"),
            "deck/a -> deck/c -> deck/b -> deck/a",
            "deck.yaml:4:25, deck.yaml:6:25, deck.yaml:5:25",
        ),
    ],
)
def test_sources_cannot_supersede_each_other(shelf: Shelf, listed: tuple[str, ...], circle: str, places: str) -> None:
    shelf.put(deck=editions(*(f"id: {entry}" for entry in listed)))
    (problem,) = shelf.problems()
    assert problem == (
        "deck.yaml:4:25: these sources supersede each other, so that none of them is the later one: "
        f"{circle} — remove supersedes: at one of them ({places})"
    )


RIVALS = "deck/b and deck/c each supersede a, so that neither is the later one"
SETTLED = "let the newest supersede the one before it, and that one the oldest"


def test_two_sources_cannot_both_be_the_later_one(shelf: Shelf) -> None:
    (problem,) = shelf.put(deck=editions("id: a", "id: b, supersedes: a", "id: c, supersedes: a")).problems()
    assert problem == f"deck.yaml:6:25: {RIVALS} — {SETTLED}"


def test_a_rival_in_the_base_is_named_too(shelf: Shelf) -> None:
    shelf.put(deck=editions("id: a", "id: b, supersedes: a"))
    shelf.bring_in()
    shelf.put(later=SOURCE.replace("id: deck", "id: later").replace("language: en", "language: en, supersedes: deck/a"))
    (problem,) = shelf.problems("later")
    assert "deck/b and later each supersede deck/a, so that neither is the later one" in problem


def test_three_editions_may_follow_each_other(shelf: Shelf) -> None:
    shelf.put(deck=editions("id: a", "id: b, supersedes: a", "id: c, supersedes: b"))
    assert shelf.problems() == []


def test_a_source_dated_before_what_it_supersedes_is_doubted(shelf: Shelf) -> None:
    shelf.put(deck=editions("id: a, issued: 2026-05", "id: b, issued: 2025-11, supersedes: a"))
    assert shelf.problems() == []
    (warning,) = shelf.warnings()
    assert "it was issued in 2025-11, before what it supersedes (2026-05)" in warning


DATED = SOURCE.replace("language: en", "language: en, issued: 2024")
FIGURE = "figures:\n  - {id: plan, measure: fee, value: $200 / month, at: L1, stance: projected%s}\n"
UNDATED = "and its source 'deck' has no date, which any outcome must be later than"


@pytest.mark.parametrize(
    ("source", "scope", "warning"),
    [
        (DATED, "", "this is projected, and nothing says for when — scope: {period: 2027}"),
        (SOURCE, ", scope: {period: 2027}", f"this is projected, {UNDATED}"),
        (DATED, ", scope: {period: 2027}", ""),
    ],
)
def test_a_projection_without_a_date_is_doubted(shelf: Shelf, source: str, scope: str, warning: str) -> None:
    shelf.put(deck=source + FIGURE % scope)
    warnings = shelf.warnings()
    assert len(warnings) == bool(warning)
    assert all(warning in one and one.startswith("deck.yaml:5:") for one in warnings)


LATE = "this is projected for 2023, which was over when its source appeared (2024)"


@pytest.mark.parametrize(
    ("about", "warned"),
    [
        (", scope: {period: 2023}", True),
        (", scope: {period: by 2023}", True),
        (", scope: {period: 2024}", False),
        (", scope: {period: since 2023}", False),
        (", scope: {period: 2023}, voice: Bea Bolt", False),
    ],
)
def test_a_projection_for_a_time_past_is_doubted(shelf: Shelf, about: str, warned: bool) -> None:
    shelf.put(deck=DATED + FIGURE % about)
    warnings = shelf.warnings()
    assert len(warnings) == warned
    assert all(one.startswith("deck.yaml:5:") and "which was over when its source appeared" in one for one in warnings)


def test_a_projection_told_beside_its_outcome_is_not_doubted(shelf: Shelf) -> None:
    past = FIGURE % ", scope: {period: 2023}"
    shelf.put(deck=DATED + past)
    assert any(LATE in one for one in shelf.warnings())
    outcome = "  - {id: fee, measure: fee, value: $240 / month, at: L2, stance: measured, scope: {period: 2023}}\n"
    shelf.put(deck=DATED + past + outcome)
    assert shelf.warnings() == []


def test_a_projection_for_no_time_is_told_to_give_its_measure_a_key(shelf: Shelf) -> None:
    shelf.put(vocabulary=VOCABULARY.replace("keys: [vendor, period]", "keys: [vendor]"), deck=DATED + FIGURE % "")
    (warning,) = [one for one in shelf.warnings() if "projected" in one]
    assert "add period or as-of to the keys of its measure" in warning
