"""An assumption that says of which measure it is a value: its unit is that of the measure, and is checked."""

import pytest

from kb.domain.entity import Calculation, Input, Measure
from kb.intake.seed_writer import seed_files
from tests.intake.round_trip import RoundTrip
from tests.intake.shelf import SOURCE, Shelf


def sums(stated: str) -> str:
    return (
        f"{SOURCE}calculations:\n  - id: net\n    label: Net\n    formula: 2 * x\n    inputs:\n      x: {stated}\n"
        "measures:\n  - {id: revenue, label: Revenue, unit: USD/year, kind: flow}\n"
    )


def assumption(shelf: Shelf) -> Input:
    calculation = shelf.entity(Calculation, "deck/net")
    assert isinstance(calculation, Calculation)
    return calculation.inputs[0]


@pytest.mark.parametrize(
    ("stated", "of", "low", "unit", "confidence"),
    [
        ("{assumed: 25%, of: share, confidence: likely}", "share", "0.25", "fraction", "likely"),
        ("{assumed: 0.25, of: share}", "share", "0.25", "fraction", "roughly even"),
        # A bare number is in the unit of the measure, as for a figure.
        ("{assumed: 40, of: fee}", "fee", "40", "USD/month", "roughly even"),
        ("{assumed: 40 CNY/month, of: fee, confidence: 0.9}", "fee", "40", "CNY/month", "0.9"),
    ],
)
def test_an_assumption_is_a_value_of_a_measure(
    shelf: Shelf, stated: str, of: str, low: str, unit: str, confidence: str
) -> None:
    shelf.put(deck=sums(stated)).bring_in()
    made = assumption(shelf)
    assert made.quantity
    assert (str(made.quantity.low), made.quantity.unit, str(made.confidence)) == (low, unit, confidence)
    assert made.of == shelf.entity(Measure, of).id
    assert shelf.bring_in() == ()
    assert f"x: {stated}\n" in seed_files(shelf.knowledge)["deck"]
    RoundTrip(shelf.knowledge, shelf.mint).check()


MISTAKES = {
    "{assumed: 25 hours, of: share}": "'25 hours' is in hour, but 'share' is measured in fraction",
    "{assumed: $40, of: fee}": "'$40' is in USD, but 'fee' is measured in USD/month",
    # A figure may leave the period of a flow to its scope; an assumption has no scope.
    "{assumed: $8 billion, of: revenue}": "'$8 billion' is in USD, but 'revenue' is measured in USD/year",
    "{assumed: 25%, of: shares}": "there is no measure 'shares' — did you mean 'share'?",
    "{assumed: lots, of: share}": "no number in 'lots'",
    "{measure: fee, of: share}": "'of' says nothing beside 'measure' — leave out of",
    "{measure: fee, confidence: likely}": "'confidence' says nothing beside 'measure' — leave out confidence",
    "{assumed: 25%, over: [vendor]}": "'over' says nothing beside 'assumed' — leave out over",
    "{assumed: 25%, of: share, where: {vendor: openai}}": "'where' says nothing beside 'assumed' — leave out where",
    "{of: share}": "an input names either 'measure' or 'assumed'",
}


@pytest.mark.parametrize(("stated", "said"), MISTAKES.items(), ids=list(MISTAKES))
def test_what_is_no_value_of_a_measure_is_a_mistake(shelf: Shelf, stated: str, said: str) -> None:
    (problem,) = shelf.put(deck=sums(stated)).problems()
    assert said in problem


def test_a_share_above_one_is_doubted_as_that_of_a_figure_is(shelf: Shelf) -> None:
    shelf.put(deck=sums("{assumed: 25, of: share}"))
    warning, unused = shelf.warnings()
    assert "nothing uses the measure revenue" in unused
    assert "'25' of a share is 2500% — write '25%', or '2500%'" in warning


def test_the_measure_of_an_assumption_follows_its_new_name(shelf: Shelf) -> None:
    shelf.put(deck=sums("{assumed: 25%, of: share}")).bring_in()
    words = (shelf.folder / "vocabulary.yaml").read_text("utf-8")
    shelf.put(vocabulary=words.replace("id: share", "id: part\n    was: share")).bring_in("vocabulary")
    assert "{assumed: 25%, of: part}" in seed_files(shelf.knowledge)["deck"]
