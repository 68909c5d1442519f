"""An analyst tidies a reviewed draft: what nobody put into words, and what nothing uses, goes."""

from pathlib import Path

from kb.intake.draft.leftovers import without_entries
from tests.cli.conftest import Kb

SEED = """# My notes stay.
kb: 1
id: quay
source: {type: report, title: The quay, language: en}

measures:
  - {id: seats, label: Seats, unit: seat, kind: count, keys: [hall]}
  # perhaps chairs (80)
  - id: chairs
    label: Chairs
    unit: chair

    kind: count
  - {id: lamps, label: Lamps, unit: lamp, kind: count}  # none left

scopes:
  # the halls
  hall:
    - {id: main, label: Main hall}
  pier:
    - {id: north, label: North pier}

figures:
  - {id: a, measure: seats, value: 40 seats, scope: {hall: main}, at: L3}

claims:
  - id: one
    # The document: It is small.
    text: The hall is small.
    at: L3

  - id: two
    # The document: It has 40 seats.
    text: 'DRAFT: seats: 40'
    at: L3

  - id: three
    text: 'DRAFT: lamps: 3'
    at: L3
    denies: one

# The end.
"""
TIDY = """# My notes stay.
kb: 1
id: quay
source: {type: report, title: The quay, language: en}

measures:
  - {id: seats, label: Seats, unit: seat, kind: count, keys: [hall]}

scopes:
  # the halls
  hall:
    - {id: main, label: Main hall}

figures:
  - {id: a, measure: seats, value: 40 seats, scope: {hall: main}, at: L3}

claims:
  - id: one
    # The document: It is small.
    text: The hall is small.
    at: L3

# The end.
"""


def test_a_seed_file_is_tidied_and_keeps_all_else(kb: Kb, workspace: Path) -> None:
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(SEED)
    said = kb("tidy").output
    assert "deleted 2 drafted claims and 3 unused names: chairs, lamps, north" in said
    assert [line for line in seed.read_text().split("\n") if line] == [line for line in TIDY.split("\n") if line]
    assert "no problems" in kb("check").output and "nothing is left over" in kb("tidy").output


def test_what_another_file_uses_stays(kb: Kb, workspace: Path) -> None:
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    (workspace / "seeds" / "quay.yaml").write_text(SEED)
    other = "kb: 1\nid: other\nsource: {type: report, title: Other, language: en}\n"
    figure = "figures:\n  - {id: b, measure: lamps, value: 3 lamps, at: L1}\n"
    claim = "claims:\n  - {id: c, text: It is dark., at: L1, denies: quay/two}\n"
    (workspace / "seeds" / "other.yaml").write_text(other + figure + claim)
    assert "1 drafted claim and 2 unused names: chairs, north" in kb("tidy", "seeds/quay.yaml").output


def test_a_file_with_a_problem_is_not_touched(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(SEED.replace("measure: seats", "measure: seets"))
    kb("tidy", "seeds/quay.yaml", code=1)
    assert "DRAFT:" in seed.read_text()


def test_a_list_that_loses_all_its_entries_loses_its_key() -> None:
    text = "kb: 1\n\nscopes:\n  a:\n    - {id: x}\n  b:\n    - {id: y}\n\nclaims:\n  - id: z\n"
    assert without_entries(text, {5, 7}) == "kb: 1\n\nclaims:\n  - id: z\n"
    assert without_entries(text, {10}) == "kb: 1\n\nscopes:\n  a:\n    - {id: x}\n  b:\n    - {id: y}\n"


def test_entries_that_share_a_line_stay() -> None:
    text = "kb: 1\nclaims: [{id: x}, {id: y}]\n"
    assert without_entries(text, {2}) == text
