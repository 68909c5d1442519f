"""What independent voices come to together, when others would like to be counted too."""

import pytest

from kb.domain.confidence import Reliability
from kb.domain.entity import AnyEntity, Figure
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.reasoning.consensus import Consensus, consensus
from kb.reports.words.conclusions import consensus_sentence
from tests.reasoning.story import figure, measure, source, told

UNIT = "USD/kwatt-hour"


def price(text: str, by: str, **about: object) -> Figure:
    return figure(text, by=by, of="pack", unit=UNIT, **about)  # type: ignore[arg-type]


def agreed(*entities: AnyEntity, authority: str | None = None) -> tuple[Consensus, ...]:
    pack = measure("pack", UNIT, "price", "place", authority=Id(authority) if authority else None)
    return consensus(told(pack, *entities), Id("pack"))


def ends(found: Consensus) -> tuple[object, object] | None:
    return (found.value.low, found.value.high) if found.value else None


def test_two_voices_of_equal_weight_come_to_the_range_between_them() -> None:
    [found] = agreed(price("$115/kWh", "alpha"), price("$139/kWh", "beta"))
    assert ends(found) == (115, 139)


def test_a_more_reliable_voice_decides_between_two() -> None:
    [found] = agreed(source("alpha", reliability=Reliability.A), price("$115/kWh", "alpha"), price("$139/kWh", "beta"))
    assert ends(found) == (115, 115)


def test_a_measured_number_outweighs_a_projected_one() -> None:
    [found] = agreed(price("$115/kWh", "alpha", stance="projected"), price("$139/kWh", "beta", stance="measured"))
    assert ends(found) == (139, 139)


def test_one_origin_in_five_papers_does_not_outvote_two_others() -> None:
    echo = [price("$180/kWh", f"paper-{n}", voice="One analyst") for n in range(5)]
    [found] = agreed(price("$115/kWh", "alpha"), price("$118/kWh", "beta"), *echo)
    assert ends(found) == (118, 118)
    assert len(found.origins) == 3


def test_a_translation_is_no_second_voice() -> None:
    [found] = agreed(
        source("alpha-zh", translation_of=Id("alpha")),
        price("$115/kWh", "alpha", id="en"),
        price("$115/kWh", "alpha-zh"),
    )
    assert len(found.origins) == 1
    assert "One voice only" in consensus_sentence(found)


def test_the_authority_decides_even_where_a_paper_told_its_number_first() -> None:
    [found] = agreed(
        price("$115/kWh", "gazette", voice="Office via Gazette"),
        price("$115/kWh", "office", voice="Office"),
        price("$180/kWh", "alpha"),
        price("$185/kWh", "beta"),
        authority="office",
    )
    assert ends(found) == (115, 115)
    assert "Office is the declared authority" in consensus_sentence(found)


@pytest.mark.parametrize("stance", ["hypothetical", "negated", "assumed"])
def test_an_authority_that_does_not_mean_it_decides_nothing(stance: str) -> None:
    [found] = agreed(
        price("$500/kWh", "office", stance=stance),
        price("$115/kWh", "alpha"),
        price("$116/kWh", "beta"),
        authority="office",
    )
    assert ends(found) == (115, 116)


def test_an_authority_that_gives_two_numbers_decides_nothing() -> None:
    [found] = agreed(price("$115/kWh", "office"), price("$180/kWh", "office", line=9), authority="office")
    assert found.value is None
    assert "gives more than one number" in consensus_sentence(found)


def test_the_authority_on_one_place_is_none_on_another() -> None:
    found = agreed(
        price("$115/kWh", "office", place="china"), price("$150/kWh", "alpha", place="europe"), authority="office"
    )
    sentences = {one.scope["place"].terms: consensus_sentence(one) for one in found}
    assert "authority" in sentences["china",]
    assert "authority" not in sentences["europe",]


def test_wide_estimates_that_meet_are_no_disagreement() -> None:
    [found] = agreed(price("$50–200/kWh", "alpha"), price("$60–180/kWh", "beta"), price("$70–190/kWh", "gamma"))
    assert found.value is not None
    assert (found.interval.low, found.interval.high) == (50, 200)


def test_voices_more_than_twice_apart_come_to_nothing() -> None:
    [found] = agreed(price("$50/kWh", "alpha"), price("$115/kWh", "beta"), price("$116/kWh", "gamma"))
    assert (found.value, consensus_sentence(found)) == (None, "No consensus: the voices lie 2.32 times apart.")


def test_shares_are_apart_in_points() -> None:
    share = measure("share", "fraction", "ratio")
    told_of = [figure(text, by=by, of="share", unit="fraction") for text, by in (("12%", "alpha"), ("23%", "beta"))]
    [found] = consensus(told(share, *told_of), Id("share"))
    assert consensus_sentence(found) == "No consensus: the voices lie 11 points apart."


def test_voices_that_all_say_zero_agree() -> None:
    [found] = agreed(price("$0/kWh", "alpha"), price("$0/kWh", "beta"))
    assert found.value == Interval.at(0)


def test_a_gain_and_a_loss_come_to_nothing() -> None:
    [found] = agreed(price("-$5/kWh", "alpha"), price("$5/kWh", "beta"))
    assert "differ in sign" in consensus_sentence(found)


def test_a_floor_is_told_to_be_only_a_limit() -> None:
    [found] = agreed(price("at least $115/kWh", "alpha"))
    assert "Alpha gives only a limit" in consensus_sentence(found)


def test_a_limit_beside_a_number_is_no_median() -> None:
    [found] = agreed(price("up to $115/kWh", "alpha"), price("$112/kWh", "beta"))
    assert ends(found) == (112, 112)
    assert "Alpha gives only a limit" in consensus_sentence(found)


def test_a_spread_is_no_opinion() -> None:
    assert agreed(price("from $90 to $160 per kWh", "alpha")) == ()


def test_voices_without_any_weight_still_count_among_themselves() -> None:
    [found] = agreed(price("$115/kWh", "alpha", confidence="0"), price("$115/kWh", "beta", confidence="0"))
    assert ends(found) == (115, 115)
