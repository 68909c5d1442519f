"""Two voices on one measure, on subjects of every kind: the verdict that a careful reader gives by hand."""

from datetime import date

import pytest

from kb.domain.entity import Figure
from kb.domain.finding import Finding
from kb.domain.scope import ScopeSelection
from tests.reasoning.story import each, figure, measure, term, told, total, year
from tests.reasoning.worded import worded_findings

FLAT = ("EUR/month", "flow")
FEE = ("USD/month", "price")
SHARE = ("fraction", "ratio")
HEADS = ("person", "count")
MONEY = ("USD", "stock")
PACK = ("USD/kwatt-hour", "price")
TONNES = ("tonne/year", "flow")


def noticed(axis: tuple[str, str], left: Figure, right: Figure) -> list[Finding]:
    unit, kind = axis
    known = [term("germany", "place"), term("berlin", "place", "germany"), term("munich", "place", "germany")]
    knowledge = told(measure("m", unit, kind, "place", "period", "as-of"), *known, left, right)
    return [one for one in worded_findings(knowledge, None) if one.measure == "m"]


def said(text: str, by: str, unit: str, **about: object) -> Figure:
    return figure(text, by=by, id=by, of="m", unit=unit, **about)


def verdict(axis: tuple[str, str], left: str, right: str) -> str:
    found = noticed(axis, said(left, "alpha", axis[0]), said(right, "beta", axis[0]))
    return " ".join(str(one.verdict) for one in found) or "nothing"


@pytest.mark.parametrize(
    ("axis", "left", "right", "wanted"),
    [
        # the same, said otherwise
        (FLAT, "€1,200 a month", "€14,400 a year", "agreement"),
        (("USD/year", "flow"), "$60,000 a year", "$5,000 a month", "agreement"),
        (MONEY, "1.2 亿美元", "$120 million", "agreement"),
        (SHARE, "half", "50%", "agreement"),
        (HEADS, "0 people", "0 people", "agreement"),
        # rounded or cut off at another place
        (SHARE, "94.1%", "94%", "rounding"),
        (SHARE, "one third", "33%", "rounding"),
        (SHARE, "0%", "0.4%", "rounding"),
        (("tonne", "stock"), "36.8 billion tonnes", "37 billion tonnes", "rounding"),
        (("tonne", "stock"), "36.8 billion tonnes", "36 billion tonnes", "rounding"),
        (("tonne", "stock"), "37 billion tonnes", "36 billion tonnes", "rounding"),
        (HEADS, "60,000", "58,500", "rounding"),
        (HEADS, "约 300 万人", "3.2 million people", "rounding"),
        (SHARE, "95%", "94.1%", "conflict"),
        # hedges
        (SHARE, "about 95%", "94.1%", "agreement"),
        (MONEY, "about $1,100", "about $1,250", "agreement"),
        (MONEY, "about $1,100", "about $1,600", "conflict"),
        (HEADS, "dozens of people", "60 people", "agreement"),
        (HEADS, "dozens of people", "2000 people", "conflict"),
        # floors and ceilings
        (SHARE, "at least 90%", "93%", "agreement"),
        (SHARE, "at least 90%", "95%", "tension"),
        (SHARE, "at least 90%", "72%", "conflict"),
        (HEADS, "300 万人以上", "6 million people", "tension"),
        (HEADS, "up to 40 people", "12 people", "tension"),
        (HEADS, "up to 40 people", "55 people", "conflict"),
        (HEADS, "at least 500 people", "fewer than 400 people", "conflict"),
        (HEADS, "at least 400 people", "fewer than 500 people", "agreement"),
        (HEADS, "more than 60,000", "more than 20,000", "agreement"),
        (HEADS, "more than 60,000", "more than 58,500", "agreement"),
        # estimates and spreads
        (MONEY, "$2–3 million", "$2.5–4 million", "agreement"),
        (MONEY, "$2–3 million", "$5–6 million", "conflict"),
        (PACK, "from $100 to $160 per kWh", "from $120 to $160 per kWh", "conflict"),
        (PACK, "from $100 to $160 per kWh", "$120–130 per kWh", "agreement"),
        (PACK, "from $100 to $160 per kWh", "$400 per kWh", "conflict"),
        # signs and zero
        (SHARE, "-3%", "3%", "conflict"),
        (MONEY, "-$3 million", "$3 million", "conflict"),
        (HEADS, "0 people", "3 people", "conflict"),
        # two offers, two currencies
        (("EUR/month", "price"), "€12 a month", "€120 a year", "nothing"),
        (MONEY, "$100 million", "€90 million", "not_comparable"),
    ],
)
def test_the_verdict_is_the_one_that_a_reader_gives(axis: tuple[str, str], left: str, right: str, wanted: str) -> None:
    assert verdict(axis, left, right) == wanted
    assert verdict(axis, right, left) == wanted


@pytest.mark.parametrize(
    ("axis", "left", "right", "wanted"),
    [
        (HEADS, "200 people", "240 people", "tension"),
        (FEE, "$200 a month", "$240 a month", "tension"),
        (("multiple", "ratio"), "10x", "14x", "tension"),
        (TONNES, "100 tonnes a year", "170 tonnes a year", "conflict"),
        (FEE, "$200 a month", "$205 a month", "rounding"),
    ],
)
def test_rounding_settles_nothing_that_lies_a_fifth_apart(
    axis: tuple[str, str], left: str, right: str, wanted: str
) -> None:
    assert verdict(axis, left, right) == wanted


def test_a_number_just_below_a_floor_is_a_tension_and_no_rounding() -> None:
    [found] = noticed(HEADS, said("more than 60,000", "alpha", "person"), said("58,500", "beta", "person"))
    assert str(found.verdict) == "tension"
    assert found.severity <= 0.1
    assert "58,500 people lies below the limit of more than 60,000 people" in found.explanation


@pytest.mark.parametrize(
    ("axis", "left", "right", "hint"),
    [
        (FLAT, "€1,200 a month", "€1,200 a year", "a month may have been taken for a year"),
        (
            ("person/month", "flow"),
            "1,000 people a day",
            "1,000 people a month",
            "a day may have been taken for a month",
        ),
        (MONEY, "$3.5 million", "$3.5 billion", "a step of a thousand"),
        (HEADS, "35 万人", "35 people", "a step of ten thousand"),
    ],
)
def test_a_slip_of_period_or_scale_is_hinted_at(axis: tuple[str, str], left: str, right: str, hint: str) -> None:
    [found] = noticed(axis, said(left, "alpha", axis[0]), said(right, "beta", axis[0]))
    assert str(found.verdict) == "conflict"
    assert hint in found.explanation


def day(text: str) -> ScopeSelection:
    at = date.fromisoformat(text)
    return ScopeSelection(start=at, end=at, text=text)


@pytest.mark.parametrize(
    ("axis", "left", "right", "wanted"),
    [
        (FLAT, ("€1,200 a month", {"place": "berlin"}), ("€2,100 a month", {"place": "munich"}), "not_comparable"),
        (FLAT, ("€1,200 a month", {"place": "berlin"}), ("€2,100 a month", {}), "tension"),
        (SHARE, ("30%", {"place": "berlin"}), ("12%", {"place": "germany"}), "not_comparable"),
        (SHARE, ("30%", {"period": day("2025-10-01")}), ("12%", {"period": year(2025)}), "tension"),
        (PACK, ("$139/kWh", {"as_of": day("2023-12-01")}), ("$115/kWh", {"as_of": day("2024-12-01")}), "series"),
        (
            TONNES,
            ("100 tonnes a year", {"period": year(2023)}),
            ("90 tonnes a year", {"period": year(2024)}),
            "series",
        ),
        (
            TONNES,
            ("100 tonnes a year", {"period": year(2023)}),
            ("300 tonnes a year", {"period": year(2023)}),
            "conflict",
        ),
        (HEADS, ("300 people", {"place": each("a", "b")}), ("500 people", {"place": "a"}), "conflict"),
        (HEADS, ("900 people", {"place": total("a", "b")}), ("500 people", {"place": ("a", "b")}), "tension"),
        (HEADS, ("300 people", {"stance": "projected"}), ("900 people", {"stance": "measured"}), "conflict"),
        (HEADS, ("300 people", {"stance": "hypothetical"}), ("900 people", {}), "nothing"),
        (HEADS, ("300 people", {"stance": "negated"}), ("900 people", {}), "nothing"),
        (HEADS, ("300 people", {"stance": "assumed"}), ("900 people", {}), "nothing"),
    ],
)
def test_scope_and_stance_decide_what_may_be_compared(
    axis: tuple[str, str], left: tuple[str, dict[str, object]], right: tuple[str, dict[str, object]], wanted: str
) -> None:
    unit = axis[0]
    found = noticed(axis, said(left[0], "alpha", unit, **left[1]), said(right[0], "beta", unit, **right[1]))
    assert " ".join(str(one.verdict or one.kind) for one in found) == wanted.replace("nothing", "")


def test_an_allegation_keeps_its_word_and_weighs_less() -> None:
    plain, alleged = (
        noticed(HEADS, said("300 people", "alpha", "person", stance=stance), said("900 people", "beta", "person"))[0]
        for stance in ("asserted", "alleged")
    )
    assert alleged.severity < plain.severity
    assert "300 people (alleged)" in alleged.explanation


def test_a_part_below_its_whole_is_not_worth_alarm() -> None:
    [found] = noticed(
        HEADS,
        said("900 people", "alpha", "person", place="germany"),
        said("300 people", "beta", "person", place="berlin"),
    )
    assert (str(found.verdict), found.severity) == ("not_comparable", 0)
    assert "given for a whole and for parts of it" in found.explanation
    assert "Berlin is part of Germany" in found.explanation


def test_a_part_above_its_whole_is_pointed_at() -> None:
    [found] = noticed(
        HEADS,
        said("300 people", "alpha", "person", place="germany"),
        said("900 people", "beta", "person", place="berlin"),
    )
    assert (str(found.verdict), found.severity > 0) == ("conflict", True)
    assert found.explanation.startswith("Alpha says 300 people (Germany); Beta says 900 people (Berlin).")
    assert "The part exceeds the whole" in found.explanation


def test_a_number_for_each_is_no_rival_of_their_total() -> None:
    three = ("berlin", "munich", "hamburg")
    found = noticed(
        HEADS,
        said("900 people", "alpha", "person", place=total(*three)),
        said("300 people", "beta", "person", place=each(*three)),
    )
    assert {str(one.verdict) for one in found} == {"not_comparable"}
    assert max(one.severity for one in found) == 0


def test_a_price_in_a_part_differs_from_the_price_in_the_whole_as_prices_do() -> None:
    [found] = noticed(
        PACK,
        said("$139/kWh", "alpha", "USD/kwatt-hour", place="germany"),
        said("$250/kWh", "beta", "USD/kwatt-hour", place="berlin"),
    )
    assert found.severity > 0
