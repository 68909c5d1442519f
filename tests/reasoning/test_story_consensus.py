"""What several voices come to together, when others would like to be counted too."""

import pytest

from kb.domain.confidence import Reliability
from kb.domain.entity import AnyEntity, Figure
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.consensus import Consensus, consensus
from kb.reports.words.conclusions import consensus_sentence
from tests.reasoning.story import figure, measure, source, told

UNIT = "USD/kwatt-hour"


def price(text: str, by: str, **about: object) -> Figure:
    return figure(text, by=by, of="pack", unit=UNIT, **about)  # type: ignore[arg-type]


def known(*entities: AnyEntity, authority: str | None = None) -> Knowledge:
    pack = measure("pack", UNIT, "price", "place", authority=Id(authority) if authority else None)
    return told(pack, *entities)


def agreed(*entities: AnyEntity, authority: str | None = None) -> tuple[Consensus, ...]:
    return consensus(known(*entities, authority=authority), Id("pack"))


def sentence(*entities: AnyEntity, authority: str | None = None) -> str:
    knowledge = known(*entities, authority=authority)
    [found] = consensus(knowledge, Id("pack"))
    return consensus_sentence(knowledge, found)


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
    told_of = (
        source("alpha-zh", translation_of=Id("alpha")),
        price("$115/kWh", "alpha", id="en"),
        price("$115/kWh", "alpha-zh"),
    )
    [found] = agreed(*told_of)
    assert (len(found.origins), found.value) == (1, None)
    assert sentence(*told_of).startswith("One voice only, $115")


def test_one_voice_is_no_consensus_and_keeps_bound_stance_and_year() -> None:
    told_of = source("alpha", issued="2026-06-15"), price("at least $115/kWh", "alpha", stance="alleged")
    assert agreed(*told_of)[0].value is None
    assert sentence(*told_of) == "One voice only, at least $115 per kWh (alleged, Alpha, 2026)."


def test_one_voice_with_two_numbers_shows_both() -> None:
    told_of = price("$115/kWh", "alpha"), price("about $180/kWh", "alpha", stance="projected", line=9)
    assert sentence(*told_of) == ("One voice only, $115 per kWh (Alpha) and about $180 per kWh (projected, Alpha).")


def test_an_authority_alone_is_one_voice() -> None:
    assert agreed(price("$115/kWh", "office"), authority="office")[0].value is None


def test_the_authority_decides_even_where_a_paper_told_its_number_first() -> None:
    told_of = (
        price("$115/kWh", "gazette", voice="Office via Gazette"),
        price("$115/kWh", "office", voice="Office"),
        price("$180/kWh", "alpha"),
        price("$185/kWh", "beta"),
    )
    [found] = agreed(*told_of, authority="office")
    assert ends(found) == (115, 115)
    assert sentence(*told_of, authority="office").startswith("The declared authority decides: Office says $115")


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
    told_of = price("$115/kWh", "office"), price("$180/kWh", "office", line=9), price("$116/kWh", "alpha")
    assert agreed(*told_of, authority="office")[0].value is None
    assert "gives several numbers" in sentence(*told_of, authority="office")


def test_the_authority_on_one_place_is_none_on_another() -> None:
    in_china = [price(text, by, place="china") for text, by in (("$115/kWh", "office"), ("$150/kWh", "alpha"))]
    in_europe = [price(text, by, place="europe") for text, by in (("$150/kWh", "alpha"), ("$151/kWh", "beta"))]
    found = agreed(*in_china, *in_europe, authority="office")
    assert {one.scope["place"].terms: ends(one) for one in found} == {("china",): (115, 115), ("europe",): (150, 151)}


def test_wide_estimates_that_meet_are_no_disagreement() -> None:
    [found] = agreed(price("$50–200/kWh", "alpha"), price("$60–180/kWh", "beta"), price("$70–190/kWh", "gamma"))
    assert found.value is not None
    assert (found.interval.low, found.interval.high) == (50, 200)


def test_voices_more_than_twice_apart_come_to_nothing() -> None:
    told_of = price("$50/kWh", "alpha"), price("$115/kWh", "beta"), price("$116/kWh", "gamma")
    assert agreed(*told_of)[0].value is None
    assert sentence(*told_of) == "No consensus, since the highest figure is 2.32 times the lowest."


def test_shares_are_apart_in_points() -> None:
    share = measure("share", "fraction", "ratio")
    told_of = [figure(text, by=by, of="share", unit="fraction") for text, by in (("12%", "alpha"), ("23%", "beta"))]
    knowledge = told(share, *told_of)
    [found] = consensus(knowledge, Id("share"))
    assert consensus_sentence(knowledge, found) == "No consensus, since the figures are 11 percentage points apart."


def test_voices_that_all_say_zero_agree() -> None:
    [found] = agreed(price("$0/kWh", "alpha"), price("$0/kWh", "beta"))
    assert found.value == Interval.at(0)


def test_a_gain_and_a_loss_come_to_nothing() -> None:
    assert "differ in sign" in sentence(price("-$5/kWh", "alpha"), price("$5/kWh", "beta"))


def test_a_limit_beside_one_number_makes_no_consensus() -> None:
    told_of = price("up to $115/kWh", "alpha"), price("$112/kWh", "beta")
    assert agreed(*told_of)[0].value is None
    assert sentence(*told_of) == (
        "Only one voice gives a number, $112 per kWh (Beta). "
        "One voice gives only a limit: Alpha says at most $115 per kWh."
    )


def test_two_limits_agree_on_nothing() -> None:
    told_of = price("up to $115/kWh", "alpha"), price("up to $112/kWh", "beta")
    assert agreed(*told_of)[0].value is None
    assert sentence(*told_of).startswith("No consensus, since no voice gives more than a limit. Alpha says at most")


def test_a_limit_enters_no_median_of_the_numbers_beside_it() -> None:
    told_of = (
        price("up to $115/kWh", "alpha"),
        price("$112/kWh", "beta"),
        price("about $114/kWh", "gamma", stance="estimated"),
    )
    [found] = agreed(*told_of)
    assert found.value is not None
    assert sentence(*told_of) == (
        "The weighted median of two voices with no dependence recorded: Beta says $112 per kWh; "
        "Gamma says about $114 per kWh (estimated). One voice gives only a limit: Alpha says at most $115 per kWh."
    )


def test_a_spread_is_no_opinion() -> None:
    assert agreed(price("from $90 to $160 per kWh", "alpha")) == ()


def test_voices_without_any_weight_still_count_among_themselves() -> None:
    [found] = agreed(price("$115/kWh", "alpha", confidence="0"), price("$115/kWh", "beta", confidence="0"))
    assert ends(found) == (115, 115)
