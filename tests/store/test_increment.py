"""Findings follow from what is known: an event touches the groups that its entity takes part in, and no others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import date
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.entity import KINDS, AnyEntity, Decision, Ruling, kind_of
from kb.domain.event import Fact, Recorded, Retracted, Revised
from kb.domain.finding import Finding, FindingGroups
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.references import Role
from kb.domain.scope import ScopeSelection
from kb.reasoning.reconcile import Reconciler
from kb.store.dependencies import REFERRING, WITHOUT_FINDINGS, all_groups, knowledge_about
from kb.store.projection import Reconciled
from kb.store.schema import INDEXED_ROLES
from tests.ledger import Ledger, Stocktaker, altered_tables, table_digest
from tests.reasoning.story import argument, calculation, claim, figure, match, measure, source, term, unit, year


def groups(measures: str = "", calculations: str = "", claims: str = "") -> FindingGroups:
    return FindingGroups(*(frozenset(map(Id, names.split())) for names in (measures, calculations, claims)))


# What findings rest on

COLUMNS_OF_THEIR_OWN = {*REFERRING, Role.MEASURED, Role.MATCHED}
NO_FINDING_RESTS_ON_THEM = {
    Role.QUOTED,
    Role.AUTHORITY,
    Role.CONDITION,
    Role.PREMISE,
    Role.CONCLUSION,
    Role.INPUT_SCOPE,
    Role.ASSUMED,
    Role.ACCEPTED,
    Role.RULED_ON,
    Role.ASSESSED,
}


def test_each_reference_that_findings_rest_on_can_be_looked_up_from_its_target() -> None:
    assert {*INDEXED_ROLES} | COLUMNS_OF_THEIR_OWN | NO_FINDING_RESTS_ON_THEM == set(Role)


def test_an_event_of_each_kind_reaches_groups_or_none_at_all() -> None:
    with_findings = {"source", "unit", "measure", "term", "match", "figure", "claim", "calculation"}
    assert with_findings | WITHOUT_FINDINGS == set(KINDS)


# Which groups an event touches


@pytest.fixture
def shelf(ledger: Ledger) -> Ledger:
    """Two vendors below a group of firms, a deck and its translation, sums that rest on each other, claims."""
    told: tuple[AnyEntity, ...] = (
        source("deck"),
        source("copy", translation_of=Id("deck")),
        source("memo"),
        source("edition", supersedes=Id("memo")),
        *(measure(name) for name in ("value", "fee", "share", "margin", "pay")),
        term("firms"),
        term("anthropic", part_of="firms"),
        term("openai"),
        figure("$8k/month", id="a", by="deck", vendor="anthropic"),
        figure("$9k/month", id="b", by="memo", vendor="openai"),
        figure("$8k/month", id="c", by="memo", of="fee", repeats="a"),
        figure("$1k/month", id="m", by="memo", of="margin"),
        figure("$2k/month", id="p", by="edition", of="pay"),
        replace(figure("$1k/month", id="s", by="copy", of="share"), derived_from=(Id("b"),)),
        calculation("twice", "2 * x", x="measure value"),
        calculation("more", "x + 1", x="calculation twice", checks=("m",)),
        calculation("lone", "2 * x", x="figure s"),
        claim("cheap", denies=("dear",)),
        claim("dear"),
        claim("blue"),
    )
    ledger.tell(*map(Recorded, told))
    return ledger


@contextmanager
def listening(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[FindingGroups, Knowledge]]]:
    """What the reconciler is asked."""
    asked: list[tuple[FindingGroups, Knowledge]] = []
    findings = Stocktaker.findings

    def heard(self: Stocktaker, knowledge: Knowledge, groups: FindingGroups) -> Iterator[Finding]:
        asked.append((groups, knowledge))
        return findings(self, knowledge, groups)

    with monkeypatch.context() as patched:
        patched.setattr(Stocktaker, "findings", heard)
        yield asked


@pytest.mark.parametrize(
    ("fact", "touched"),
    [
        (Recorded(figure("$1/month", id="new", of="share")), groups("share")),
        (Revised(figure("$1/month", id="b", of="share")), groups("value share", "twice more lone")),
        (Retracted("figure", Id("a")), groups("value fee", "twice more")),
        (Revised(figure("$2k/month", id="m", of="margin")), groups("margin", "more")),
        (Revised(figure("$2k/month", id="s", of="share")), groups("share", "lone")),
        (Revised(source("memo", title="Note")), groups("value fee margin share pay", "twice more lone")),
        (Revised(source("edition")), groups("pay")),
        (Revised(source("deck", title="Slides")), groups("value fee share", "twice more lone")),
        (Revised(figure("$9k/month", id="b", by="memo", vendor="openai")), groups("value share", "twice more lone")),
        (Revised(source("copy")), groups("share", "lone")),
        (Revised(measure("value", "USD/year")), groups("value", "twice more")),
        (Revised(measure("margin", "USD/year")), groups("margin", "more")),
        (Revised(term("anthropic")), groups("value fee", "twice more")),
        (Revised(term("firms", part_of="openai")), groups("value fee", "twice more")),
        (Revised(term("openai")), groups("value share", "twice more lone")),
        (Revised(calculation("twice", "3 * x", x="measure value")), groups("", "twice more")),
        (Retracted("calculation", Id("more")), groups("", "more")),
        (Revised(claim("dear", text="It costs too much.")), groups("", "", "dear")),
        (Recorded(match("m", "value", "fee")), groups("value fee", "twice more")),
        (Recorded(match("m", "margin", "fee")), groups("margin fee", "more")),
        (Recorded(match("m", "openai", "firms")), groups("value fee share", "twice more lone")),
        (Recorded(match("m", "openai", "nobody")), groups("value share", "twice more lone")),
        (Recorded(unit("month-pair", "2 month")), groups("", "twice more lone")),
        (Recorded(term("nobody")), groups()),
        (Recorded(argument("why", "claim:cheap", "figure:a")), groups()),
        (
            Recorded(Ruling(id=Id("r"), slug="r", file="r", finding="0", digest="0", decision=Decision.EXPLAIN)),
            groups(),
        ),
    ],
    ids=[
        "a figure: its measure",
        "a figure that moves: both measures, and what rests on them",
        "a figure that is repeated: the group of the repetition too",
        "a checked figure: the check",
        "an input: what takes it in",
        "a source: the groups of its figures, of those that go back to them, and of a source that supersedes it",
        "a source that supersedes another: its own",
        "a source that is translated: those of the translation too",
        "a figure that another is derived from: the group of that one too",
        "a translation: not those of the original",
        "a measure: its own, and what rests on it",
        "a measure of a checked figure: the check",
        "a term: figures that name it",
        "a term: figures that name a part of it",
        "a term that others are not part of: its own",
        "a calculation: those that rest on it",
        "a calculation that is gone: its checks",
        "a claim: its denials",
        "a match of measures: both",
        "a match of the measure of a checked figure: the check",
        "a match of terms: figures that name them, or a part of them",
        "a match with a term that is not told: the other",
        "a unit that no number is in: calculations only",
        "a term that nobody names: none",
        "an argument: none",
        "a ruling: none",
    ],
)
def test_an_event_touches_the_groups_that_its_entity_takes_part_in(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch, fact: Fact, touched: FindingGroups
) -> None:
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(fact)
    assert [groups for groups, _ in asked] == ([touched] if len(touched) else [])
    assert shelf.base.reconcile().differing == 0


def test_what_is_matched_with_a_measure_is_touched_with_it(shelf: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.tell(Recorded(match("m", "value", "share")), Recorded(match("n", "fee", "margin", same=False)))
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Revised(figure("$2k/month", id="s", of="share")), Revised(figure("$2k/month", id="c", of="fee")))
    assert [groups for groups, _ in asked] == [groups("value share fee", "twice more lone")]
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Retracted("match", Id("m")))
    assert [groups for groups, _ in asked] == [groups("value share", "twice more lone")]
    assert shelf.base.reconcile().differing == 0


def test_a_complement_is_touched_with_its_measure_and_when_it_is_one_no_more(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.tell(Revised(measure("share", complement_of="pay")))
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Revised(figure("$2k/month", id="p", by="edition", of="pay")))
        shelf.tell(Revised(measure("share", complement_of="margin")))
    assert [groups for groups, _ in asked] == [groups("share pay"), groups("share pay margin", "lone more")]
    assert shelf.base.reconcile().differing == 0


def test_what_rests_on_a_share_is_touched_when_the_measure_that_it_is_the_rest_of_goes(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.tell(Revised(measure("share", complement_of="pay")))
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Retracted("measure", Id("pay")))
    ((touched, _),) = asked
    assert touched.measures == {"share", "pay"} and touched.calculations == {"lone"}


def test_an_exchange_rate_touches_what_is_told_in_several_currencies(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.tell(Recorded(measure("rate", "USD/EUR", "exchange-rate")), Recorded(figure("€8/month", id="e", of="fee")))
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Recorded(figure("1.1 USD/EUR", id="r", of="rate")))
    assert [groups for groups, _ in asked] == [groups("rate fee", "twice more lone")]
    assert shelf.base.reconcile().differing == 0


def test_a_unit_touches_the_numbers_that_it_changes(shelf: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.tell(Recorded(unit("fortnight", "14 day")), Recorded(figure("$8/fortnight", id="e", of="fee")))
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Revised(unit("fortnight", "15 day")))
    assert [groups for groups, _ in asked] == [groups("fee", "twice more lone")]
    assert shelf.base.reconcile().differing == 0


def test_only_what_the_groups_rest_on_is_read(shelf: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(shelf, monkeypatch) as asked:
        shelf.tell(Recorded(figure("$1k/month", id="new", of="fee", by="deck", vendor="openai")))
    [(_, known)] = asked
    assert set(known.by_id) == {"new", "c", "a", "deck", "memo", "fee", "value", "openai", "anthropic", "firms"}


def test_findings_that_stay_as_they_are_are_not_written_again(shelf: Ledger) -> None:
    row = "rowid" if shelf.url.startswith("sqlite") else "ctid"
    before = shelf.rows(f"SELECT id, {row} FROM finding ORDER BY id")
    shelf.tell(Revised(source("memo")))
    assert shelf.rows(f"SELECT id, {row} FROM finding ORDER BY id") == before


# Whatever happens, the findings are those of a full computation

FIGURES = st.sampled_from(["a", "b", "c", "d"])
SOURCES = st.sampled_from(["deck", "copy", "memo"])
MEASURES = st.sampled_from(["value", "fee", "share"])
TERMS = st.sampled_from(["anthropic", "openai", "firms", "labs"])
SUMS = st.sampled_from(["one", "two", "three"])
CLAIMS = st.sampled_from(["cheap", "dear", "blue"])
MONEY = ["$8k/month", "$14k/month", "at least $9k/month", "$96k/year", "$4k/fortnight", "€8k/month"]
SAID = st.sampled_from([*MONEY, "70%", "at least 40%"])
INPUTS = st.one_of(
    MEASURES.map("measure {}".format), FIGURES.map("figure {}".format), SUMS.map("calculation {}".format)
)
LABELS = st.sampled_from(["Old", "New"])


def some(strategy: st.SearchStrategy[str], most: int = 2) -> st.SearchStrategy[tuple[Id, ...]]:
    return st.lists(strategy.map(Id), max_size=most, unique=True).map(tuple)


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[Id | None]:
    return st.none() | strategy.map(Id)


def _figure(draw: st.DrawFn, name: str) -> AnyEntity:
    keys = draw(st.sampled_from([{}, {"vendor": draw(TERMS)}, {"vendor": draw(TERMS), "plan": draw(TERMS)}]))
    link = {draw(st.sampled_from(["repeats", "translates", "quotes"])): draw(FIGURES)} if draw(st.booleans()) else {}
    voice = draw(st.sampled_from(["", "Ada", "Ada via Bob"]))
    stance = draw(st.sampled_from(["asserted", "asserted", "projected", "alleged", "hypothetical"]))
    keys |= draw(st.sampled_from([{}, {"period": year(2024)}, {"period": year(2025)}]))
    told = figure(draw(SAID), id=name, by=draw(SOURCES), of=draw(MEASURES), voice=voice, stance=stance, **link, **keys)
    derived_from = () if link else draw(some(FIGURES.filter(lambda base: base != name)))
    return replace(told, follows=bool(link) and draw(st.booleans()), derived_from=derived_from)


def _source(draw: st.DrawFn, name: str) -> AnyEntity:
    about = {"translation_of": draw(maybe(SOURCES)), "quotes": draw(some(SOURCES)), "authors": draw(some(LABELS))}
    issued = draw(st.sampled_from(["", "2023", "2024-05", "2026-02"]))
    return source(name, supersedes=draw(maybe(SOURCES)), issued=issued, **about)


def _measure(draw: st.DrawFn, name: str) -> AnyEntity:
    unit, kind = draw(st.sampled_from(["USD/month", "USD/year", "fraction"])), draw(st.sampled_from(["flow", "ratio"]))
    return measure(name, unit, kind, complement_of=draw(maybe(MEASURES.filter(lambda other: other != name))))


def _term(draw: st.DrawFn, name: str) -> AnyEntity:
    above = draw(maybe(TERMS.filter(lambda other: other != name)))
    return replace(term(name, part_of=above), label=draw(LABELS))


def _rate(draw: st.DrawFn, name: str) -> AnyEntity:
    said = draw(st.sampled_from(["1.1 USD/EUR", "1.2 USD/EUR"]))
    day = ScopeSelection(start=date(2026, 1, 1), end=date(2026, 1, draw(st.sampled_from([1, 31]))))
    return figure(said, id=name, by=draw(SOURCES), of="rate", as_of=day)


def _match(draw: st.DrawFn, name: str) -> AnyEntity:
    left, right = draw(st.lists(draw(st.sampled_from([MEASURES, TERMS])), min_size=2, max_size=2, unique=True))
    return match(name, left, right, same=draw(st.sampled_from([True, True, False])))


def _unit(draw: st.DrawFn, name: str) -> AnyEntity:
    return unit(name, draw(st.sampled_from(["", "14 day", "15 day"])))


def _calculation(draw: st.DrawFn, name: str) -> AnyEntity:
    formula = draw(st.sampled_from(["2 * x", "x + y", "x / y", "x"]))
    return calculation(name, formula, checks=draw(some(FIGURES)), x=draw(INPUTS), y=draw(INPUTS))


def _claim(draw: st.DrawFn, name: str) -> AnyEntity:
    sign, limit = draw(st.sampled_from(["<", ">"])), draw(st.sampled_from(["1", "$1k/month", "$99k/month"]))
    return claim(
        name,
        text=draw(LABELS),
        stance=draw(st.sampled_from(["asserted", "hypothetical", "negated"])),
        denies=draw(some(CLAIMS, 1)),
        same_as=draw(some(CLAIMS, 1)),
        holds_if=draw(st.none() | SUMS.map(lambda calculation: (calculation, sign, limit))),
    )


STORIES: list[tuple[Callable[[st.DrawFn, str], AnyEntity], list[str]]] = [
    (_source, ["deck", "copy", "memo"]),
    (_unit, ["fortnight"]),
    (_measure, ["value", "fee", "share"]),
    (lambda draw, name: measure(name, "USD/EUR", draw(st.sampled_from(["exchange-rate", "price"]))), ["rate"]),
    (
        _term,
        ["anthropic", "openai", "firms", "labs"],
    ),
    (_match, ["m", "n"]),
    (_figure, ["a", "b", "c", "d"]),
    (_rate, ["r", "s"]),
    (_calculation, ["one", "two", "three"]),
    (_claim, ["cheap", "dear", "blue"]),
]


@st.composite
def histories(draw: st.DrawFn) -> list[list[Fact]]:
    """Everything is told once; then batches revise and retract what stands, and record what does not."""
    opening = [tell(draw, id) for tell, ids in STORIES for id in ids]
    standing = {entity.id for entity in opening}
    batches: list[list[Fact]] = [list(map(Recorded, opening))]
    for size in draw(st.lists(st.sampled_from([1, 1, 1, 3]), min_size=2, max_size=8)):
        batches.append([])
        for _ in range(size):
            tell, ids = draw(st.sampled_from(STORIES))
            entity = tell(draw, draw(st.sampled_from(ids)))
            entity = replace(entity, slug=entity.slug + draw(st.sampled_from(["", "", "-now"])))
            told: Any = Revised if entity.id in standing else Recorded
            if entity.id in standing and draw(st.integers(0, 4)) == 0:
                batches[-1].append(Retracted(kind_of(entity), entity.id))
                standing.discard(entity.id)
            else:
                batches[-1].append(told(entity))
                standing.add(entity.id)
    return batches


def emptied(ledger: Ledger, reconciler: Any) -> Any:
    """A base over the emptied ledger, with another reconciler."""
    ledger.tamper("DELETE FROM log", "DELETE FROM batch")
    ledger.reconciler = reconciler
    base = ledger.opened()
    base.rebuild()
    return base


def check(ledger: Ledger, history: list[list[Fact]], reconciler: Any) -> None:
    ledger.base = emptied(ledger, reconciler)
    for batch in history:
        ledger.tell(*batch)
        assert altered_tables(ledger.base) == []
        assert ledger.base.reconcile().differing == 0
    live = table_digest(ledger.base)
    assert ledger.base.rebuild() == (live, live)


def modest(examples: int) -> Any:
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture])


RECONCILERS = pytest.mark.parametrize(
    "reconciler", [Reconciler(), Stocktaker()], ids=["the rules", "all that they may rest on"]
)
ON_SQLITE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("place", ["postgresql"], indirect=True)


@ON_SQLITE
@RECONCILERS
@modest(25)
@given(history=histories())
def test_after_every_event_the_findings_are_those_of_a_full_computation(
    ledger: Ledger, history: list[list[Fact]], reconciler: Any
) -> None:
    check(ledger, history, reconciler)


@ON_POSTGRESQL
@RECONCILERS
@modest(5)
@given(history=histories())
def test_after_every_event_the_findings_are_those_of_a_full_computation_on_a_server_too(
    ledger: Ledger, history: list[list[Fact]], reconciler: Any
) -> None:
    check(ledger, history, reconciler)


@ON_SQLITE
@RECONCILERS
@modest(40)
@given(history=histories(), data=st.data())
def test_what_some_groups_rest_on_gives_their_findings_as_all_that_is_known_does(
    ledger: Ledger, history: list[list[Fact]], data: st.DataObject, reconciler: Any
) -> None:
    ledger.base = emptied(ledger, None)
    for batch in history:
        ledger.tell(*batch)
    with ledger.base._tables.connect() as connection:
        parts = list(all_groups(connection, 2))
        every = FindingGroups(*(frozenset().union(*sets) for sets in zip(*map(astuple, parts), strict=True)))
        asked = data.draw(st.sampled_from([*every.parts(1), *every.parts(3)]))
        part = reconciler.findings(knowledge_about(connection, asked), asked)
    whole = reconciler.findings(ledger.base.knowledge(), every)
    assert sorted(part, key=lambda one: one.id) == sorted((f for f in whole if f in asked), key=lambda one: one.id)


def test_two_figures_that_change_names_change_the_ids_of_their_findings(ledger: Ledger) -> None:
    """Each takes over the id of the other; far more measures than are computed together lie between the two."""
    ledger.base = emptied(ledger, Reconciler())
    between = [measure(f"m{number}") for number in range(500)]
    ends = [
        [measure(name), figure("$8k/month", id=f"{name}-one", of=name), figure("$14k/month", id=f"{name}-two", of=name)]
        for name in ("aa", "zz")
    ]
    ledger.tell(*map(Recorded, [source("deck"), *ends[0], *between, *ends[1]]))
    before = {finding.measure: finding.id for finding in ledger.base.findings()}
    swapped = [
        replace(entity, slug=entity.slug.translate(str.maketrans("az", "za"))) for told in ends for entity in told
    ]
    ledger.tell(*map(Revised, [*swapped, *(replace(one, label="New") for one in between)]))
    after = {finding.measure: finding.id for finding in ledger.base.findings()}
    assert len(before) == 2 and after == {"aa": before[Id("zz")], "zz": before[Id("aa")]}
    assert ledger.base.reconcile().differing == 0


def test_a_series_is_kept_without_a_verdict(ledger: Ledger) -> None:
    ledger.base = emptied(ledger, Reconciler())
    years = [figure(f"${n}k/month", id=f"y{n}", period=year(2020 + n)) for n in (4, 5)]
    ledger.tell(*map(Recorded, [source("deck"), measure("value"), *years]))
    assert ledger.rows("SELECT kind, verdict FROM finding") == [("series", None)]
    (series,) = ledger.base.findings()
    assert (series.verdict, series.figures) == (None, ("y4", "y5"))


# From scratch


def test_findings_that_somebody_tampered_with_are_mended_and_counted(shelf: Ledger) -> None:
    count = len(shelf.base.findings())
    shelf.tamper(
        "DELETE FROM finding WHERE calculation = 'more'",
        "UPDATE finding SET digest = 'forged' WHERE measure = 'fee'",
        "INSERT INTO finding (id, kind, verdict, severity, digest, body) VALUES ('0', 'check', '', '0', '', '{}')",
    )
    mended = Reconciled(before=count, after=count, differing=3, redecided=3)
    assert shelf.base.reconcile() == mended
    assert shelf.base.reconcile() == replace(mended, differing=0, redecided=0)


def test_a_full_computation_tells_how_far_it_is(shelf: Ledger) -> None:
    steps: list[tuple[int, int]] = []
    shelf.base.reconcile(lambda done, total: steps.append((done, total)))
    with shelf.base._tables.connect() as connection:
        sizes = [len(part) for part in all_groups(connection, 500)]
    assert steps == [(done, sum(sizes)) for done in accumulate(sizes)]


def test_a_condition_fails_and_holds_as_its_inputs_and_its_claim_change(ledger: Ledger) -> None:
    ledger.base = emptied(ledger, Reconciler())

    def refuted() -> int:
        assert ledger.base.reconcile().differing == 0
        return len(ledger.rows("SELECT id FROM finding WHERE claim = 'grand' AND calculation = 'lone'"))

    numbers = source("deck"), measure("share"), figure("$1k/month", id="s", of="share")
    lone, grand = calculation("lone", "2 * x", x="figure s"), claim("grand", holds_if=("lone", ">", "$10k/month"))
    ledger.tell(*map(Recorded, (*numbers, lone, grand)))
    assert refuted() == 1
    ledger.tell(Revised(figure("$9k/month", id="s", of="share")))
    assert refuted() == 0
    ledger.tell(Revised(claim("grand", holds_if=("lone", ">", "$20k/month"))))
    assert refuted() == 1
    ledger.tell(Revised(claim("grand")))
    assert refuted() == 0
