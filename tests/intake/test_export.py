"""What an export writes is what a person could have written, and reading it is no news."""

import string
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.characters import with_visible_characters
from kb.domain.confidence import Reliability
from kb.domain.entity import Source, Voice
from kb.domain.identity import Id
from kb.intake.figure import full_voice
from kb.intake.seed_entry import voice_text
from kb.intake.shape import Scalar, Series, Table
from kb.intake.yaml_reader import read_tree
from kb.intake.yaml_writer import write_yaml
from tests.golden import Golden
from tests.intake.shelf import SOURCE, VOCABULARY, Shelf

PAIR = Path(__file__).parents[1] / "pair"
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize("folder", [PAIR, SEEDS], ids=["pair", "corpus"])
def test_an_export_of_real_seeds_is_no_news(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shelf = Shelf(tmp_path / "seeds").put(**{path.stem: path.read_text("utf-8") for path in folder.glob("*.yaml")})
    assert len(shelf.bring_in()) > 50
    exported = shelf.exported(tmp_path / "exported")
    assert exported.bring_in() == ()
    again = exported.exported(tmp_path / "again")
    for path in exported.folder.iterdir():
        assert (again.folder / path.name).read_text("utf-8") == path.read_text("utf-8")


DECK = (
    SOURCE.replace("source:", "sources:\n  - ").replace("{type", "{id: en, type")
    + "  - {id: zh, type: report, title: 平台, language: zh, translation-of: en, editor: [A, B], volume: 12, "
    "DOI: 10.1000/182, publisher-place: Turku, accessed: 2026-06}\n"
    + """\
figures:
  - id: price
    measure: fee
    scope: {vendor: {each: [anthropic, openai]}, period: by 2029}
    value: upward of $2,000-3,000 / month (estimate)
    at: L1 "$2,000-3,000"
    also: [L2, L3 "$2k"#2]
    zh: {at: L9 "2000 到 3000 美元", value: 2000 到 3000 美元 / month, note: It lost the floor.}
    voice: SemiAnalysis
    note: 'A note: with a colon, "quotes" and a # sign.'
  - {id: other, measure: share, value: 75%, at: L4, quotes: price, as-written: three quarters, source: zh}
claims:
  - id: dear
    text: It is dear, and this sentence goes on for so long that nobody would want to read it on one line of a file.
    at: L1 s2; L2
    rests-on: [price, other]
    rests-on-text: Both say so.
    answers: {pays: no}
    holds-if: sum >= $2,000 / month
calculations:
  - id: sum
    label: Sum
    formula: a * b * c
    inputs:
      a: measure fee where vendor=anthropic over vendor, period
      b: {measure: share}
      c: 25% (assumed, likely)
    unit: USD/month
    checks: [price]
arguments:
  - {id: no, premises: [dear], attacks: dear/because, text: Not so.}
matches:
  - {id: makers, key: vendor, same: [anthropic, openai], why: A story.}
rulings:
  - {id: one, finding: {rule: corroboration, measure: fee, between: [price]}, digest: d, dismiss: Two plans.}
"""
)


def test_an_export_reads_as_if_a_person_had_written_it(shelf: Shelf, tmp_path: Path, golden: Golden) -> None:
    shelf.put(deck=DECK).bring_in()
    exported = shelf.exported(tmp_path / "exported")
    for name in ("deck", "vocabulary"):
        golden(f"{name}.yaml", (exported.folder / f"{name}.yaml").read_text("utf-8"))
    assert exported.bring_in() == ()


nasty = st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "- a",
        "a: b",
        "a #b",
        "#",
        "'",
        '"',
        "it's",
        "[x]",
        "{x}",
        "8,000",
        "x:",
        "? y",
        "&a",
        "*b",
        "!c",
        "%d",
        "@e",
        "`f`",
        "|",
        ">",
        "<<",
        "---",
        "a\nb",
        "a\n\n  b\nc",
        "x\ue000y",
        "\ue000",
        "烂账: 经济学",
        "a" * 300,
        "word " * 60,
        "a  b " * 40,
        "two - " * 40,
        "x\ty",
        "\\n",
        "a\\b'c\"d",
        "=",
        "🙂",
    ]
)
texts = (
    (nasty | st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40))
    .map(lambda text: with_visible_characters(text).strip())
    .filter(bool)
)


def plain(node: Any) -> Any:
    match node:
        case Scalar(text):
            return text
        case Series(items):
            return [plain(item) for item in items]
        case Table(pairs):
            return {key.text: plain(value) for key, value in pairs}


@given(st.dictionaries(texts.filter(lambda text: text != "<<"), texts | st.lists(texts, min_size=1), min_size=1))
def test_any_text_is_written_so_that_it_reads_back(data: dict[str, Any]) -> None:
    tree = read_tree("seed.yaml", write_yaml(data))
    assert [str(problem) for problem in tree.diagnostics.problems] == []
    assert plain(tree.root) == data


IDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6)
AMOUNTS = (
    "$8000 / month",
    "upward of $2-3k/month",
    "$3 to $15 a year (spread)",
    "about $1.1 trillion / year",
    "8000",
    "$100M+ / month",
    "between $20 and $70 a month",
    "nearly 3580 亿美元 / month",
    "at most $7 a month",
    "dozens of dollars / month",
)
PLACES = ("L1", "L17 s6", 'L2 "$8000"', 'L3 "$8"#2', 'L4 s2 "八千"', 'L9 "it\'s"')
STANCES = ("asserted", "reported", "measured", "hypothetical", "negated")
CONFIDENCES = ("likely", "roughly even", "0.9", "1", "almost no chance")
VOICES = ("SemiAnalysis", "A via B", "Ada", "Mary", "Ada and Mary", "some: body", "the editors via nobody")
SCOPES: tuple[dict[str, Any], ...] = (
    {},
    {"vendor": "anthropic"},
    {"vendor": ["anthropic", "openai"]},
    {"vendor": {"total": ["openai", "anthropic"]}, "period": "2024 to 2026"},
    {"period": "since 2024-05"},
)
TITLES = st.fixed_dictionaries(
    {"type": st.just("post"), "title": texts, "language": st.sampled_from(["en", "zh-Hans"])},
    optional={
        "author": texts | st.lists(texts, min_size=1, max_size=3),
        "publisher": st.fixed_dictionaries({"value": texts, "inferred": texts}),
        "issued": st.sampled_from(["2026", "2026-06", "2026-06-15"]),
        "reliability": st.sampled_from("ABCDEF"),
        "reliability-why": texts,
        "note": texts,
    },
)


def maybe(**keys: Any) -> Any:
    return st.fixed_dictionaries({}, optional={key.replace("_", "-"): values for key, values in keys.items()})


MENTION = st.builds(
    lambda at, rest: {"at": at, **rest} if rest else at,
    st.sampled_from(PLACES),
    maybe(
        value=st.sampled_from(AMOUNTS),
        voice=st.sampled_from(VOICES),
        stance=st.sampled_from(STANCES),
        note=texts,
        confidence=st.sampled_from(CONFIDENCES),
        scope=st.sampled_from(SCOPES[1:]),
        as_written=texts,
    ),
)
FIGURE = st.builds(
    lambda needed, rest: needed | rest,
    st.fixed_dictionaries(
        {"measure": st.just("fee"), "value": st.sampled_from(AMOUNTS), "at": st.sampled_from(PLACES)}
    ),
    maybe(
        voice=st.sampled_from(VOICES),
        stance=st.sampled_from(STANCES),
        confidence=st.sampled_from(CONFIDENCES),
        note=texts,
        scope=st.sampled_from(SCOPES[1:]),
        as_written=texts,
        also=MENTION | st.lists(MENTION, min_size=1, max_size=3),
        source=st.sampled_from(["s1", "s2"]),
        s2=MENTION | st.lists(MENTION, min_size=1, max_size=2),
    ),
)


@dataclass(frozen=True)
class Names:
    """Ids for the entries of a file, all different."""

    figures: list[str]
    claims: list[str]
    calculations: list[str]


@st.composite
def seeds(draw: st.DrawFn) -> dict[str, Any]:
    """A file that a person might have written, in all its variety."""
    ids = draw(st.lists(IDS, min_size=4, max_size=9, unique=True))
    names = Names(ids[: len(ids) // 2], ids[len(ids) // 2 : -1], ids[-1:])
    first, second = draw(TITLES), draw(TITLES)
    figures = [{"id": name, **draw(FIGURE)} for name in names.figures]
    for earlier, later in pairwise(figures):
        kind = draw(st.sampled_from(["repeats", "quotes", "translates", ""]))
        later.update({kind: earlier["id"]} if kind else {})
    claims = [draw(_claim(name, names, names.claims[:number])) for number, name in enumerate(names.claims)]
    return {
        "kb": "1",
        "id": "zoo",
        "sources": [
            {"id": "s1", **first},
            {"id": "s2", **second, **draw(st.sampled_from([{}, {"translation-of": "s1"}]))},
        ],
        "defaults": draw(maybe(stance=st.sampled_from(STANCES), confidence=st.sampled_from(CONFIDENCES)))
        or {"source": "s1"},
        "questions": [
            {"id": "so", "text": draw(texts), "sides": {"so": draw(texts), "not": draw(texts)}}
            | draw(
                maybe(
                    decided_by=st.sampled_from([f"{names.calculations[0]} > 5", f"{names.calculations[0]} < $9k/year"])
                )
            )
        ],
        "figures": figures,
        "claims": claims,
        "calculations": [draw(_calculation(name, names)) for name in names.calculations],
        "arguments": [
            {"id": "an-argument", "premises": names.claims, "attacks": {"pays": "no"}, "text": draw(texts)},
            {
                "id": "another",
                "premises": draw(st.permutations([*names.claims, {"pays": "no"}])),
                "supports": {"so": "so"},
            },
        ],
        "matches": [{"id": "a-match", "key": "vendor", "different": ["openai", "anthropic"], "why": draw(texts)}],
        "rulings": [
            {
                "id": "a-ruling",
                "finding": {"rule": "check", "measure": "fee", "between": [names.calculations[0], names.figures[0]]},
                "digest": draw(texts),
                "accept": names.figures[0],
            }
        ],
    }


@st.composite
def _claim(draw: st.DrawFn, name: str, names: Names, earlier: list[str]) -> dict[str, Any]:
    others = [other for other in names.claims if other != name]
    extra = maybe(
        rests_on=st.lists(st.sampled_from([*names.figures, *earlier]), min_size=1, max_size=3, unique=True),
        answers=st.sampled_from([{"pays": "yes"}, {"pays": "no"}]),
        note=texts,
        stance=st.sampled_from(STANCES),
        voice=st.sampled_from(VOICES),
        source=st.sampled_from(["s1", "s2"]),
        holds_if=st.sampled_from([f"{names.calculations[0]} {sign} $5 / month" for sign in ("<", ">=", "==")]),
        **({"denies": st.lists(st.sampled_from(others), min_size=1, unique=True)} if others else {}),
    )
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3))
    stated = {"id": name, "text": draw(texts), "at": "; ".join(places), **draw(extra)}
    if "rests-on" in stated and draw(st.booleans()):
        return {key: value for key, value in stated.items() if key not in ("at", "source")} | {"voice": "editors"}
    return stated


@st.composite
def _calculation(draw: st.DrawFn, name: str, names: Names) -> dict[str, Any]:
    inputs = {
        "a": draw(
            st.sampled_from(
                [
                    names.figures[0],
                    "measure fee",
                    "measure fee over vendor",
                    "measure fee where vendor=openai over period",
                    {
                        "measure": "fee",
                        "where": {"period": "by 2029", "vendor": {"each": ["openai", "anthropic"]}},
                        "over": ["vendor"],
                    },
                ]
            )
        ),
        "b": draw(
            st.sampled_from(
                [
                    "25% (assumed)",
                    "between 2 and 3 times (assumed, likely)",
                    "missing",
                    {"assumed": "0.25", "of": "share"},
                    {"assumed": "over 1,000%", "of": "share", "confidence": "0.9"},
                ]
            )
        ),
    }
    return {"id": name, "label": draw(texts), "formula": "a * b", "inputs": inputs, "unit": "USD/month"} | draw(
        maybe(checks=st.just(names.figures[:2]), note=texts)
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seeds())
def test_whatever_was_imported_an_export_of_it_is_no_news(seed: dict[str, Any]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        shelf = Shelf(folder / "seeds").put(vocabulary=VOCABULARY, zoo=write_yaml(seed))
        shelf.bring_in()
        assert shelf.bring_in() == ()
        exported = shelf.exported(folder / "exported")
        assert exported.bring_in() == ()


def test_a_voice_that_no_author_passed_on_stays_alone() -> None:
    about = {"title": "T", "type": "article", "language": "en", "reliability": Reliability.C}
    article = Source(id=Id("1"), slug="a", file="a", authors=("Ed",), **about)
    editors = Voice("the editors")
    assert full_voice(Voice.parse("the editors via nobody"), article) == editors
    assert voice_text(editors, None, article) == "the editors via nobody"
