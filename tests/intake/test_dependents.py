"""An import is checked against everything that refers to what it changes, also in files that are not part of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.entity import Claim, Figure
from kb.domain.event import Recorded, Revised
from tests.intake.round_trip import RoundTrip, linked

FILES = linked()


@pytest.fixture(scope="module")
def first() -> RoundTrip:
    """A base with all the linked files; not to be imported into."""
    base = RoundTrip()
    base.bring_in(FILES)
    return base


@pytest.fixture
def base(first: RoundTrip) -> RoundTrip:
    return RoundTrip(first.knowledge, first.mint)


def edited(file: str, *edits: tuple[str, str]) -> dict[str, str]:
    """One file with some texts replaced; each of them must stand in it."""
    text = FILES[file]
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return {file: text}


def without(file: str, id: str) -> dict[str, str]:
    """One file without the line of an entry."""
    return edited(file, (next(line for line in FILES[file].splitlines(keepends=True) if f"{{id: {id}," in line), ""))


def test_the_linked_files_come_back(base: RoundTrip) -> None:
    base.check()


FEE = "unit: USD/month\n    kind: price\n    keys: [vendor, period]"
CHARGE = "label: Charge\n    unit: USD/month\n    kind: price"
REFUSED = {
    "the unit of a measure": (
        edited("vocabulary", (FEE, "unit: day\n    kind: duration\n    keys: [vendor, period]")),
        (
            "figure deck/price in deck: '$200 / month' is in USD/month, but 'fee' is measured in day, because this "
            "import changes measure fee — correct it in the file 'deck', and import both files together"
        ),
    ),
    "the kind of a measure that is matched": (
        edited("vocabulary", (CHARGE, CHARGE.replace("price", "flow"))),
        (
            "match matches/both in matches: 'fee' is a price and 'charge' a flow, because this import changes measure "
            "charge — undo the decision first: kb match … --undo"
        ),
    ),
    "a scope key that figures give": (
        edited("vocabulary", ("keys: [vendor, period]", "keys: [vendor]")),
        "figure deck/price in deck: the measure 'fee' takes no scope key 'period', because this import changes",
    ),
    "what a unit measures": (
        edited("units", ("equals: 14 day", "equals: 14 wafer")),
        "figure deck/period in deck: '2 fortnights' is in fortnight, but 'notice' is measured in day, because",
    ),
    "the side of a question": (
        edited("vocabulary", ("no: It does", "nay: It does")),
        "argument deck/dear/answers in deck: the question 'pays' has no side 'no', because this import changes",
    ),
    "the unit of a calculation that a condition is about": (
        edited("sums", ("f: deck/price", "f: deck/part"), ("unit: USD/month\n    checks: [filing/low]", "unit: 1")),
        "claim deck/dear in deck: 'sums/margin' is in 1, its limit in USD/month, because",
    ),
    "the unit of a calculation that decides a question": (
        edited("sums", ("f: deck/price", "f: deck/part"), ("unit: USD/month\n    checks: [filing/low]", "unit: 1")),
        "question earns in vocabulary: 'sums/earned' is in 1, its limit in USD/month, because",
    ),
    "the unit of a measure of which a value is assumed": (
        edited("vocabulary", ("label: Share\n    unit: fraction", "label: Share\n    unit: day")),
        "calculation sums/part in sums: '20%' is in fraction, but 'share' is measured in day, because this import",
    ),
    "an exchange rate that a calculation needs": (
        edited("filing", ("measure: yuan, scope: {as-of: 2026-03}, value: 7.1 CNY/USD", "measure: share, value: 0.4")),
        "calculation sums/mixed in sums: 'a + b' adds CNY/month and USD/month, and no rate from CNY to USD",
    ),
    "a claim that another file's claim rests on": (
        edited("filing", ("denies: [deck/dear], rests-on: [low]", "rests-on: [memo/backed]")),
        "these claims rest on each other: memo/backed -> filing/cheap -> memo/backed",
    ),
    "a question that another file's question rests on": (
        edited("filing", ("premises: [cheap], supports", "premises: [cheap, {earns: earns}], supports")),
        "these questions rest on each other: pays -> earns -> pays — leave the side out of what filing/further or",
    ),
    "sources that translate each other": (
        edited("filing", ("language: en, quotes: [memo]", "language: en, translation-of: deck")),
        "these sources translate or quote each other: filing/en -> deck -> filing/en",
    ),
}


@pytest.mark.parametrize(("files", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_entries_of_other_files_rest_on_is_not_taken_from_them(
    base: RoundTrip, files: dict[str, str], said: str
) -> None:
    facts, problems = base.attempt(files)
    assert facts == ()
    assert any(said in problem for problem in problems), problems


RETRACTED = {
    "figure": ("filing", "part", "the figure 'deck/part' names it"),
    "rate": ("filing", "rate", "because this import retracts figure filing/rate"),
    "scope value": ("vocabulary", "bolt", "the match 'matches/apart' names it"),
    "unit": ("units", "wafer", "the unit 'batch' still uses it"),
    "source": ("filing", "en", "the measure 'share' names it"),
    "calculation": ("sums", "earned", "the question 'earns' names it"),
    "measure": ("vocabulary", "weight", "the calculation 'sums/weighed' names it"),
}


@pytest.mark.parametrize(("file", "id", "said"), RETRACTED.values(), ids=list(RETRACTED))
def test_what_others_rest_on_cannot_be_pruned(base: RoundTrip, file: str, id: str, said: str) -> None:
    facts, problems = base.attempt(without(file, id), prune=True)
    assert facts == ()
    assert any(said in problem for problem in problems), problems


ACCEPTED = {
    "a measure in the same dimension": edited("vocabulary", (FEE, FEE.replace("USD/month", "USD/year"))),
    "the size of a unit": edited("units", ("equals: 14 day", "equals: 10 day")),
    "a unit's name, of which an alias keeps the old one": edited(
        "units", ("id: fortnight,", "id: two-weeks, was: fortnight,"), ("[两周]", "[fortnight]")
    ),
    "the name of a measure": edited("vocabulary", ("id: fee", "id: price\n    was: fee")),
    "the name of a scope value": edited(
        "vocabulary", ("id: acme,", "id: firm, was: acme,"), ("labs, aliases", "bolt, aliases")
    ),
    "the name of a source": edited(
        "filing",
        ("{id: en,", "{id: english, was: en,"),
        ("-of: en}", "-of: english}"),
        ("source: en}", "source: english}"),
    ),
    "the author of a source": edited("filing", ("author: Cy Dee", "author: Mary")),
    "what a source translates": edited("filing", (", translation-of: en}", "}")),
    "the unit of a calculation, within its dimension": edited(
        "sums", ("unit: USD/month\n    checks", "unit: USD/year\n    checks")
    ),
    "a figure's number": edited("filing", ("value: about $20", "value: at least $30")),
    "a claim's reasons": edited("filing", ("rests-on: [low]", "rests-on: [low, part]")),
    "nothing but words": edited("vocabulary", ("label: Fee", "label: '# yes: |'")),
}


@pytest.mark.parametrize("files", ACCEPTED.values(), ids=list(ACCEPTED))
@pytest.mark.parametrize("prune", [False, True], ids=["kept", "pruned"])
def test_what_is_accepted_comes_back_from_an_export(base: RoundTrip, files: dict[str, str], prune: bool) -> None:
    assert base.bring_in(files, prune=prune) != ()
    base.check()


def test_a_limit_keeps_its_unit_when_that_of_its_calculation_changes(base: RoundTrip) -> None:
    base.bring_in(ACCEPTED["the unit of a calculation, within its dimension"])
    claim = base.knowledge.named(Claim, "deck/dear")
    assert claim and claim.holds_if and claim.holds_if.limit.unit == "USD/month"


def test_an_amount_follows_its_unit_to_a_new_name(base: RoundTrip) -> None:
    facts = base.bring_in(ACCEPTED["a unit's name, of which an alias keeps the old one"])
    figure = base.knowledge.named(Figure, "deck/period")
    assert figure and figure.quantity.unit == "two-weeks"
    assert [fact.entity.slug for fact in facts if isinstance(fact, Revised)] == ["two-weeks", "deck/period"]


def test_an_import_that_revises_nothing_rereads_nothing(base: RoundTrip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.intake.dependents.read_written", None)
    claims = "".join(f"  - {{id: c{n}, text: {n}., at: L{n}, rests-on: [deck/price]}}\n" for n in range(1, 5))
    note = "kb: 1\nid: note\nsource: {type: post, title: A note, language: en}\nclaims:\n" + claims
    facts = base.bring_in({"note": note})
    assert {type(fact) for fact in facts} == {Recorded}
    with pytest.raises(TypeError):
        base.attempt(edited("vocabulary", ("label: Fee", "label: Price")))


def test_an_entry_whose_name_another_kind_took_must_be_pruned(base: RoundTrip) -> None:
    file = edited(
        "filing",
        ("  - {id: part, measure: share, value: 0.4, at: L2}\n", ""),
        ("id: further", "id: part"),
        ("premises: [part]", "premises: [low]"),
    )
    _, problems = base.attempt(file)
    assert any("'filing/part' is the name of a figure, whose entry is gone" in problem for problem in problems)
    _, problems = base.attempt(
        edited(
            "filing",
            ("id: low\n", "id: floor\n    was: low\n"),
            ('    zh: {at: L9 "20 美元", voice: Mary}\n', ""),
            ("[low]", "[floor]"),
        )
    )
    assert [problem.split(" — ")[0] for problem in problems] == [
        "figure filing/low/zh in filing: the entry that declares it is gone, and its own entry is gone"
    ]


ODD = (
    "yes", "~", "1_000", "0x10", "a: b", "- a", "#", "a #b", "'", '"', "it's", "|", "a | b", "{a}", "[b]", "a, b",
    "two\nlines", "a\n\n  b", "tab\there", "烂账：经济学", "👩\u200d🔬", "\u200fعربي 5%", "word " * 60, "x" * 300,
    "@", "%", "A via B", "L1", "null", "=", "<<", "\\n", "DRAFT:", "missing", "25% (assumed)",
)  # fmt: skip


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


PLACES = (
    ("vocabulary", "label: Fee", "label: {}"),
    ("vocabulary", "aliases: [the firm]", "aliases: [{}]"),
    ("vocabulary", "no: It does not.", "no: {}"),
    ("deck", "author: [Ada Byron, Bo Ek]", "author: [{}, Bo Ek]"),
    ("deck", "title: The deck", "title: {{value: {}, inferred: no}}"),
    ("deck", "text: It is dear.", "text: {}"),
    ("deck", "rests-on-text: Both are high.", "rests-on-text: {}"),
    ("deck", "voice: Mary", "voice: {}"),
    ("deck", "at: L4}", "at: L4, as-written: {}, note: {}}}"),
    ("filing", "author: Cy Dee", "author: {}"),
    ("filing", "text: Not so.", "text: {}"),
    ("sums", "label: Margin", "label: {}"),
    ("matches", "why: One thing.", "why: {}"),
    ("rulings", "why: Counted.", "why: {}"),
    ("rulings", 'dismiss: "Two\\nplans: a"', "dismiss: {}"),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=6), st.booleans())
def test_any_words_in_any_place_come_back(
    first: RoundTrip, edits: list[tuple[tuple[str, str, str], str]], prune: bool
) -> None:
    base = RoundTrip(first.knowledge, first.mint)
    files: dict[str, str] = {}
    for (file, old, new), words in edits:
        text = files.get(file, FILES[file])
        files[file] = text.replace(old, new.format(*[quoted(words)] * 2))
    _, problems = base.attempt(files, prune=prune)
    if not problems:
        base.check()


MUTATIONS = [*ACCEPTED.values(), *(files for files, _ in REFUSED.values())]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(MUTATIONS), st.booleans()), min_size=2, max_size=4))
def test_whatever_was_accepted_in_a_row_comes_back(
    first: RoundTrip, history: list[tuple[dict[str, str], bool]]
) -> None:
    base = RoundTrip(first.knowledge, first.mint)
    for files, prune in history:
        base.attempt(files, prune=prune)
    base.check()
