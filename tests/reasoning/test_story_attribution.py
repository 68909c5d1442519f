"""Who wrote a number, and through whom it goes back to whom: what only a newspaper wrote is not its source's word."""

import pytest

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import FindingKind
from kb.domain.knowledge import Knowledge
from kb.reports.words.voices import attribution_words
from tests.reasoning.story import calculation, figure, measure, source, told
from tests.reasoning.worded import worded_findings

ASSOCIATION = source("report", title="Annual report", authors=("the growers' association",))
COURIER = source("courier", title="A dry year", authors=("The Courier",))


def said(text: str = "$5 million", **about: object) -> Figure:
    return figure(text, id="said", by="report", voice="the growers' association", unit="USD", **about)  # type: ignore[arg-type]


def passed_on(text: str, voice: str, by: str = "courier", **how: object) -> Figure:
    return figure(text, id="again", by=by, voice=voice, unit="USD", line=9, **how)  # type: ignore[arg-type]


def attribution(again: Figure, *more: AnyEntity) -> str:
    known = told(ASSOCIATION, COURIER, measure("value", "USD", "stock"), said(), again, *more)
    return attribution_words(known, again)


@pytest.mark.parametrize(
    "voice", ["The Courier", "the growers' association via The Courier", "the growers' association"]
)
def test_a_quotation_is_credited_to_who_quotes_and_to_whom(voice: str) -> None:
    assert attribution(passed_on("$6 million", voice, quotes="said")) == "The Courier, quoting the growers' association"


def test_a_repetition_by_another_names_both() -> None:
    assert attribution(passed_on("$5 million", "The Courier", repeats="said")) == (
        "The Courier, repeating the growers' association"
    )


def test_who_repeats_a_number_in_the_same_text_is_named_once() -> None:
    again = passed_on("$5 million", "the growers' association", by="report", repeats="said")
    assert attribution(again) == "the growers' association"


def test_an_author_who_repeats_himself_elsewhere_is_named_once() -> None:
    later = source("later", title="Next year", authors=("the growers' association",))
    again = passed_on("$5 million", "the growers' association", by="later", repeats="said")
    assert attribution(again, later) == "the growers' association"


def test_a_translation_is_named_by_its_title() -> None:
    bericht = source("bericht", title="Jahresbericht", authors=("the growers' association",), translation_of="report")
    again = passed_on("$5 million", "the growers' association", by="bericht", translates="said")
    assert attribution(again, bericht) == "“Jahresbericht”, translating the growers' association"


def test_what_goes_back_through_two_papers_names_the_last_and_the_first() -> None:
    middle = figure("$5 million", id="middle", by="courier", voice="The Courier", unit="USD", quotes="said")
    wire = figure("$5 million", id="wire", by="wire", voice="The Wire", unit="USD", quotes="middle")
    known = told(ASSOCIATION, COURIER, measure("value", "USD", "stock"), said(), middle, wire)
    assert attribution_words(known, wire) == "The Wire, quoting the growers' association"


def test_a_figure_of_its_own_is_credited_as_before() -> None:
    alone = figure("$5 million", voice="Ann Ash via Ben Elm", unit="USD")
    assert attribution_words(told(measure("value", "USD", "stock"), alone), alone) == "Ann Ash via Ben Elm"


def checked(again: Figure) -> Knowledge:
    return told(
        ASSOCIATION,
        COURIER,
        measure("value", "USD", "stock"),
        measure("harvest", "USD", "stock"),
        said(),
        again,
        figure("$2 million", id="half", of="harvest", by="office", unit="USD"),
        calculation("both", "2 * half", unit="USD", checks=("again",), half="figure half"),
    )


def test_a_check_credits_a_quoted_sum_to_the_paper_that_wrote_it() -> None:
    known = checked(passed_on("$6 million", "The Courier", quotes="said"))
    [check] = [finding for finding in worded_findings(known) if finding.kind is FindingKind.CHECK]
    assert "The Courier, quoting the growers' association, says $6 million." in check.explanation
    assert check.pairings[0].right_label == "The Courier, quoting the growers' association"


def test_a_sentence_names_who_is_quoted_once() -> None:
    spread = passed_on("$6-9 million (spread)", "The Courier", quotes="said")
    [check] = [finding for finding in worded_findings(checked(spread)) if finding.kind is FindingKind.CHECK]
    assert check.explanation.count("quoting the growers' association") == 1
