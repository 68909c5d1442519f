"""The frozen cases whose decisions are the version of the rules, and their fingerprint.

``pairs.tsv`` has two amounts a row, at least one row for each row of the rule table; the stories below have what needs
more than two amounts. They are kept for this alone and change only when a rule gets a new row. The shipped corpus is
not among them, since it changes.

    python -m tests.rules.cases      # prints the fingerprint, to be written into RULES_VERSION
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kb.domain.codec import canonical_json
from kb.domain.entity import Figure, Measure
from kb.domain.finding import Finding, Pairing
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.reconcile import Reconciler
from tests.reasoning.story import (
    calculation,
    claim,
    each,
    figure,
    match,
    measure,
    source,
    term,
    told,
    total,
    year,
)


@dataclass(frozen=True, slots=True)
class AmountPair:
    """Two amounts of one measure, as text."""

    left: str
    right: str
    unit: str
    kind: str

    @property
    def name(self) -> str:
        return f"{self.left} ~ {self.right}"

    def known(self) -> Knowledge:
        return told(
            measure("value", self.unit, self.kind),
            figure(self.left, id="left", by="deck", unit=self.unit),
            figure(self.right, id="right", by="report", unit=self.unit),
        )


def amount_pairs() -> list[AmountPair]:
    """The rows of ``pairs.tsv``, in order."""
    with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        return [AmountPair(*row) for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]]


def _day(text: str) -> ScopeSelection:
    return ScopeSelection(start=date.fromisoformat(text), end=date.fromisoformat(text), text=text)


def stories() -> Mapping[str, Knowledge]:
    """What needs more than two amounts: scopes, dependence, rates, calculations, claims, and what lowers a severity."""
    value = measure("value")
    price = measure("price", "USD", "stock")
    germany, berlin = term("germany", "place"), term("berlin", "place", "germany")
    people = measure("people", "person", "count", "place")
    yuan = measure("yuan-a-dollar", "CNY/USD", "exchange-rate", "as-of")
    rate = figure("7.2 yuan per dollar", id="rate", of="yuan-a-dollar", by="bank", as_of=year(2026))
    since_october = ScopeSelection(start=date(2025, 10, 1), end=date(2025, 12, 31), text="2025-Q4")
    low, high = figure("$8,000 / month", id="low"), figure("$14,000 / month", id="high", by="report")
    return {
        "a scope key on one side only": told(value, low, figure("$14,000 / month", by="report", id="b", vendor="acme")),
        "one vendor within each of two": told(
            value,
            figure("$8,000 / month", id="a", vendor=each("acme", "bolt")),
            figure("$9k / month", id="b", by="report", vendor="acme"),
        ),
        "a total and one of it": told(
            price,
            figure("$10", id="a", of="price", unit="USD", vendor=total("acme", "bolt")),
            figure("$30", id="b", of="price", unit="USD", by="report", vendor="acme"),
        ),
        "a spread over vendors": told(
            value,
            figure("$8,000 / month", id="a", vendor="acme"),
            figure("$14,000 / month", id="b", by="report", vendor="bolt"),
        ),
        "a part above its whole": told(
            germany,
            berlin,
            people,
            figure("100 people", id="a", of="people", unit="person", place="germany"),
            figure("140 people", id="b", of="people", unit="person", by="report", place="berlin"),
        ),
        "a share and the rest of its whole": told(
            measure("lost", "fraction", "ratio"),
            measure("kept", "fraction", "ratio", complement_of="lost"),
            figure("about 70%", id="a", of="lost", unit="fraction"),
            figure("25%", id="b", of="kept", unit="fraction", by="report"),
            figure("at most 10%", id="c", of="kept", unit="fraction", by="memo"),
        ),
        "a share in a part and in the whole, and in a part of a year": told(
            germany,
            berlin,
            measure("share", "fraction", "ratio", "place", "period"),
            *(
                figure(said, id=by, of="share", unit="fraction", by=by, place=place, period=period)
                for said, by, place, period in (
                    ("20%", "deck", "germany", year(2025)),
                    ("45%", "report", "berlin", year(2025)),
                    ("60%", "memo", "berlin", since_october),
                )
            ),
        ),
        "small shares, one stated as the rest": told(
            measure("lost", "fraction", "ratio"),
            measure("kept", "fraction", "ratio", complement_of="lost"),
            figure("4%", id="a", of="lost", unit="fraction"),
            figure("97%", id="b", of="kept", unit="fraction", by="report"),
        ),
        "a part above its whole, which alone gives a date": told(
            germany,
            berlin,
            measure("people", "person", "count", "place", "as-of"),
            figure("100 people", id="a", of="people", unit="person", place="germany", as_of=year(2025)),
            figure("140 people", id="b", of="people", unit="person", by="report", place="berlin"),
        ),
        "a quotation of the same digits in another unit": told(
            measure("road", "km", "stock"),
            figure("500 km", id="a", of="road", unit="km"),
            figure("500 miles", id="b", of="road", unit="km", by="report", quotes="a"),
        ),
        "an outcome that leaves a forecast open": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2026-02"),
            figure("$10,000 / month", id="a", by="plan", stance="projected", period=year(2025)),
            figure("at least $8,000 / month", id="b", by="office", stance="measured", period=year(2025)),
        ),
        "more tonnes in a part than in the whole": told(
            germany,
            berlin,
            measure("ore", "tonne", "stock", "place"),
            figure("100 tonnes", id="a", of="ore", unit="tonne", place="germany"),
            figure("140 tonnes", id="b", of="ore", unit="tonne", by="report", place="berlin"),
        ),
        "an alleged number": told(value, low, figure("$14,000 / month", id="b", by="report", stance="alleged")),
        "an unlikely number": told(value, low, figure("$14,000 / month", id="b", by="report", confidence="unlikely")),
        "one voice against itself": told(value, low, figure("$14,000 / month", id="b", line=2)),
        "a negated number": told(value, low, figure("$14,000 / month", id="b", by="report", stance="negated")),
        "two positions of several voices": told(
            value,
            low,
            figure("$8k / month", id="b", by="report"),
            high,
            figure("at least $9,000 / month", id="d", by="memo"),
        ),
        "a repetition": told(value, low, figure("$8,000 / month", id="b", by="report", repeats="low")),
        "a faithful translation": told(
            value,
            low,
            source("uebersetzung", translation_of="deck"),
            figure("$8,000 / month", id="b", by="uebersetzung", translates="low"),
        ),
        "a quotation with another number": told(
            value, low, figure("$80,000 / month", id="b", by="report", quotes="low")
        ),
        "a quotation that inverts": told(
            measure("share", "multiple", "ratio"),
            figure("4 times", id="a", of="share", unit="multiple"),
            figure("0.25 times", id="b", of="share", unit="multiple", by="report", quotes="a"),
        ),
        "a quotation that turns a bound": told(
            value,
            figure("at least $8,000 / month", id="a"),
            figure("at most $8,000 / month", id="b", by="report", quotes="a"),
        ),
        "a quotation that adds a bound": told(
            value, low, figure("at least $8,000 / month", id="b", by="report", quotes="low")
        ),
        "a quotation that drops a hedge": told(
            value, figure("about $8,000 / month", id="a"), figure("$8,000 / month", id="b", by="report", quotes="a")
        ),
        "a quotation that adds a period": told(
            value, figure("$8,000", id="a"), figure("$8,000 / month", id="b", by="report", quotes="a")
        ),
        "a quotation of another vendor": told(
            value,
            figure("$8,000 / month", id="a", vendor="acme"),
            figure("$8,000 / month", id="b", by="report", quotes="a", vendor="bolt"),
        ),
        "a quotation that adds a key": told(
            value, low, figure("$8,000 / month", id="b", by="report", quotes="low", vendor="bolt")
        ),
        **_retellings(value),
        "two numbers computed from one": told(
            value,
            measure("bill"),
            figure("$8,000 / month", id="a", of="bill"),
            *(replace(figure("$40 / month", id=by, by=by), derived_from=(Id("a"),)) for by in ("report", "memo")),
        ),
        "an input solved from the figure that is checked": told(
            value, low, calculation("solved", "2 * x", checks=("low",), x="missing")
        ),
        "margins that leave room": told(
            price,
            figure("$45 ± 3 (SD)", id="a", of="price", unit="USD"),
            figure("$50", id="b", of="price", unit="USD", by="report"),
            figure("$48 ± 2 (SD)", id="c", of="price", unit="USD", by="memo"),
        ),
        "margins that leave no room": told(
            price,
            figure("$45 ± 3 (SD)", id="a", of="price", unit="USD"),
            figure("$60 ± 2 (SD)", id="b", of="price", unit="USD", by="report"),
            figure("$61 ± 2 (SD)", id="c", of="price", unit="USD", by="memo"),
        ),
        "a margin whose kind is not stated": told(
            price,
            figure("$45 ± 3", id="a", of="price", unit="USD"),
            figure("$60 ± 2", id="b", of="price", unit="USD", by="report"),
        ),
        "currencies without a rate": told(value, low, figure("¥9,000 / month", id="b", by="report", unit="CNY/month")),
        "currencies with a rate": told(
            value,
            yuan,
            rate,
            figure("$8,000 / month", id="a", as_of=year(2026)),
            figure("57,600 yuan / month", id="b", by="report", as_of=year(2026)),
        ),
        "a forecast that was met": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2026-02"),
            figure("at least $8,000 / month", id="a", by="plan", stance="projected", period=year(2025)),
            figure("$12,000 / month", id="b", by="office", stance="measured", period=year(2025)),
        ),
        "a forecast that was missed, and its outcome alleged": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2026-02"),
            figure("$30,000 / month", id="a", by="plan", stance="projected", period=year(2025)),
            figure("$12,000 / month", id="b", by="office", stance="alleged", period=year(2025)),
        ),
        "a forecast that only two hedges together would let come true": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2026-02"),
            figure("about $10,000 / month", id="a", by="plan", stance="projected", period=year(2025)),
            figure("about $12,000 / month", id="b", by="office", stance="measured", period=year(2025)),
        ),
        "a ceiling for the end of the year and a bill of February": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2026-03"),
            figure("at most $18,000 / month", id="a", by="plan", stance="projected", as_of=_day("2025-12-31")),
            figure("$22,400 / month", id="b", by="office", as_of=_day("2026-02-15")),
        ),
        "a quotation that credits another voice": told(
            value,
            figure("$8,000 / month", id="a", voice="Union"),
            figure("$8,000 / month", id="b", by="report", voice="Police", quotes="a"),
        ),
        "a count that was printed before its period was over": told(
            value,
            source("plan", issued="2024-05"),
            source("office", issued="2025-08"),
            figure("$30,000 / month", id="a", by="plan", stance="projected", period=year(2025)),
            figure("$12,000 / month", id="b", by="office", stance="measured", period=year(2025)),
        ),
        "a projection that its voice revised": told(
            value,
            source("plan", issued="2023-05"),
            source("update", issued="2024-05"),
            figure("$30,000 / month", id="a", by="plan", voice="Ash", stance="projected", period=year(2025)),
            figure("$20,000 / month", id="b", by="update", voice="Ash", stance="projected", period=year(2025)),
            figure("$12,000 / month", id="c", by="memo", stance="projected", period=year(2025)),
        ),
        "a change over time": told(
            value,
            figure("$8,000 / month", id="a", period=year(2024)),
            figure("$12,000 / month", id="b", period=year(2025)),
            figure("$14,000 / month", id="c", by="report", period=year(2025)),
        ),
        "a source that is superseded": told(
            value,
            source("second", supersedes="deck"),
            low,
            figure("$14,000 / month", id="b", by="second", voice="Deck"),
        ),
        "a check that fits": told(
            value,
            low,
            calculation("double", "2 * x", unit="USD/month", checks=("high",), x="figure low"),
            figure("$16,000 / month", id="high", by="report"),
        ),
        "a check that fails": told(value, low, high, calculation("half", "x / 2", checks=("high",), x="figure low")),
        "a check within the rounding": told(
            price,
            figure("$1.2 million", id="a", of="price", unit="USD"),
            figure("$2.4 million", id="b", of="price", unit="USD"),
            figure("$3.7 million", id="c", of="price", unit="USD"),
            calculation("sum", "x + y", checks=("c",), x="figure a", y="figure b"),
        ),
        "a check in another unit": told(
            value,
            price,
            low,
            figure("$5", id="b", of="price", unit="USD"),
            calculation("same", "x", checks=("b",), x="figure low"),
        ),
        "a check of a limit that a result keeps to": told(
            measure("margin", "fraction", "ratio"),
            figure("at most -25%", id="a", of="margin", unit="fraction"),
            calculation("loss", "x", checks=("a",), x="-150%"),
        ),
        "claims whose condition fails, is undecided, or holds": told(
            value,
            low,
            calculation("in-a-year", "x / y", x="figure low", y="$4,000 a month"),
            claim("fails", holds_if=("in-a-year", "<", "1")),
            claim("supposed", stance="hypothetical", holds_if=("in-a-year", ">", "3")),
            claim("holds", holds_if=("in-a-year", ">", "1")),
        ),
        "a hypothesis that a calculation refutes": told(
            value,
            low,
            figure("$14,000 / month", id="high", by="report", stance="hypothetical"),
            figure("$8,000 / month", id="same", by="report", stance="hypothetical"),
            calculation("as-it-is", "x", checks=("high", "same"), x="figure low"),
        ),
        **_checks_in_another_currency(value, yuan, rate),
        "a check of another vendor": told(
            value,
            measure("bill"),
            figure("$8,000 / month", id="a", vendor="acme"),
            figure("$9,000 / month", id="b", of="bill", by="report", vendor="bolt"),
            calculation("same", "2 * x", checks=("b",), x="figure a"),
        ),
        "a spread of which an end does not come out": told(
            value,
            low,
            figure("$4,000–16,000 / month (spread)", id="b", by="report"),
            calculation("same", "x", checks=("b",), x="figure low"),
        ),
        "a comparison that fails": told(
            value, low, high, calculation("less", "x > y", checks=("low",), x="figure low", y="figure high")
        ),
        "contradicting claims": told(claim("one"), claim("other", by="report", denies=("one",))),
        "repeated claims": told(claim("one"), claim("other", by="report", same_as=("one",))),
        "a hypothetical claim": told(claim("one"), claim("other", by="report", stance="hypothetical", denies=("one",))),
        "two measures held to be the same": told(
            value,
            measure("worth"),
            match("m", "value", "worth"),
            low,
            figure("$14,000 / month", id="b", by="report", of="worth"),
        ),
    }


def _checks_in_another_currency(value: Measure, yuan: Measure, rate: Figure) -> Mapping[str, Knowledge]:
    known = (
        value,
        yuan,
        figure("7,200 yuan / month", id="a", unit="CNY/month", as_of=year(2026)),
        figure("$2,100 / month", id="b", by="report", as_of=year(2026)),
        calculation("same", "2 * x", unit="CNY/month", checks=("b",), x="figure a"),
    )
    return {
        "a check in another currency": told(*known, rate),
        "a check in another currency without a rate": told(*known),
    }


def _retellings(value: Measure) -> Mapping[str, Knowledge]:
    """One quotation for each change that the stories above do not have."""
    share, price = measure("share", "fraction", "ratio"), measure("price", "USD/month", "price")

    def quoted(of: Measure, said: str, again: str, stances: str = "asserted > asserted") -> Knowledge:
        first, second = stances.split(" > ")
        return told(
            of,
            figure(said, id="a", of=of.slug, unit=of.unit, stance=first),
            figure(again, id="b", of=of.slug, unit=of.unit, by="report", quotes="a", stance=second),
        )

    return {
        "a quotation of a denial": quoted(value, "$8,000 / month", "$8,000 / month", "negated > asserted"),
        "a quotation of an allegation as fact": quoted(value, "$8,000 / month", "$8,000 / month", "alleged > reported"),
        "a quotation that adds a hedge": quoted(value, "$8,000 / month", "about $8,000 / month"),
        "a quotation that changes a hedge": quoted(value, "about $8,000 / month", "nearly $8,000 / month"),
        "a quotation that drops a bound": quoted(value, "at least $8,000 / month", "$8,000 / month"),
        "a quotation that turns a hedge round": quoted(share, "just under 45%", "over 45%"),
        "a quotation that makes a range": quoted(share, "45%", "40-50%"),
        "a quotation that adds digits": quoted(share, "about 62%", "about 61.8%"),
        "a quotation that rounds": quoted(share, "61.8%", "about 62%"),
        "a quotation that drops a margin": quoted(share, "45% ± 3 points", "45%"),
        "a quotation that adds a margin": quoted(share, "45%", "45% ± 3 points"),
        "a quotation that changes a margin": quoted(share, "45% ± 3 points", "45% ± 5 points"),
        "a quotation that drops a period": quoted(price, "$40 / month", "$40"),
        "a quotation in another period": quoted(price, "$40 / month", "$40 / year"),
        "a quotation in another unit": quoted(price, "$40 / month", "40 people"),
        "a quotation that counts something else": told(
            share,
            measure("rest", "fraction", "ratio"),
            figure("45%", id="a", of="share", unit="fraction"),
            figure("45%", id="b", of="rest", unit="fraction", by="report", quotes="a"),
        ),
    }


def fingerprint() -> str:
    """12 hex digits of what the rules decide on all cases; sentences, ids and digests do not count."""
    decisions = [[name, _decisions(knowledge)] for name, knowledge in _cases()]
    return hashlib.sha256(canonical_json(decisions).encode()).hexdigest()[:12]


def _cases() -> Iterator[tuple[str, Knowledge]]:
    yield from ((pair.name, pair.known()) for pair in amount_pairs())
    yield from stories().items()


def _decisions(knowledge: Knowledge) -> list[object]:
    found = Reconciler().findings(knowledge)
    return sorted((_finding_facts(finding) for finding in found), key=str)


def _finding_facts(finding: Finding) -> list[object]:
    about = [finding.rule, finding.kind, finding.verdict, finding.relation, finding.severity, finding.parts]
    return [*about, [_pairing_facts(pairing) for pairing in finding.pairings]]


def _pairing_facts(pairing: Pairing) -> list[object]:
    sides = [[side.figures, side.speaker, side.stated, side.leaves_room] for side in (pairing.left, pairing.right)]
    why = [pairing.verdict, pairing.ground, pairing.relation, pairing.ratio, pairing.points, pairing.severity]
    return [*sides, *why, pairing.end, pairing.changes, pairing.uncertain_keys, pairing.truth]


if __name__ == "__main__":
    print(fingerprint())
