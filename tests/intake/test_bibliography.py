"""A bibliography becomes a seed file that checks clean, with nothing lost and nothing made up."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import json

from kb.domain.entity import Reliability, Source
from kb.domain.identity import Id
from kb.intake.bibliography.conversion import convert_bibliography, read_bibliography
from kb.intake.bibliography.reference import Bibliography, Reference
from tests.golden import Golden
from tests.intake.shelf import Shelf

BIBTEX = r"""
@comment{exported by hand}
@string{quay = "The Quay Letter"}
@article{lindqvist2026pass,
  author = {Lindqvist, Mara and von der Brandt, Jr, Ole and {The Harbour Office} and others},
  title = {The {Pass} that Sails t{\"o}o often: \emph{caf\'e}s \& 50% of \$40 -- a month},
  journal = quay # " Weekly", month = mar, year = 2026, day = 4,
  volume = 12, number = {3}, pages = {41--58},
  doi = {https://doi.org/10.1000/182}, language = {english}, abstract = {It sails.}
}
@inproceedings{dock, author = "Ann Ray", title = {A dock}, crossref = {proc}}
@proceedings{proc, title = {Proceedings on Ferries}, year = {2020}, publisher = {Quay Press}, editor = {Brandt, Ole}}
@techreport{wp7, title = {Empty seats}, subtitle = {A count}, author = {林, 默}, institution = {Harbour Office},
  number = 7, type = {Working paper}, date = {2025-11}, langid = {chinese}, address = {Turku}}
@misc{wp7, title = {Empty seats. A count}, howpublished = {\url{https://quay.example/seats}}, year = {2025},
  note = {Seen in a drawer}}
@misc{soon, title = {Not yet printed}, year = {in press}, url = {quay.example/soon}}
@misc{unclosed, title = {Where does it end
@book{after, title = {And after it}, year = 1999, keywords = {x}, keywords = {y}}
"""

RIS = """\
TY  - JOUR
AU  - Lindqvist, Mara
AU  - Brandt, Ole, Jr
TI  - The pass that sails
      too often
JO  - Ferries
DA  - 2026/03/04/
PY  - 2026
VL  - 12
IS  - 3
SP  - 41
EP  - 58
DO  - 10.1000/182
SN  - 1234-5678
AB  - It sails.
ER  - \r
XX  - astray
TY  - RPRT
A1  - Harbour Office
T1  - 港口收费报告
PY  - 2025///
M3  - Working paper
PB  - Quay Press
CY  - Turku
ER  -
TY  - ODD
TI  - The Pass that sails too often.
"""

CSL = """[
  {"id": "http://zotero.example/1", "type": "article-journal", "title": "The pass",
   "author": [{"family": "Brandt", "given": "Ole", "non-dropping-particle": "von der"}, {"literal": "Harbour Office"}],
   "issued": {"date-parts": [["2026", 3], [2026, 4]]}, "DOI": "10.1000/182", "container-title": "Ferries",
   "page": "1-2", "abstract": "It sails."},
  {"id": 2, "type": "tweet", "title": "Nobody pays", "issued": {"literal": "last spring"}, "language": "en_GB"},
  {"id": "untitled", "type": "book"}
]"""


def listed(folder: Path, name: str, text: str, language: str = "") -> Bibliography:
    (folder / name).write_bytes(text.encode())
    return read_bibliography(folder / name, language)


def one(folder: Path, fields: str, kind: str = "article") -> Reference:
    (reference,) = listed(folder, "one.bib", f"@{kind}{{key, {fields}}}").references
    return reference


def source_with(address: str) -> Source:
    return Source(
        id=Id("1"),
        slug="known",
        file="known",
        type="webpage",
        title="T",
        language="en",
        reliability=Reliability.F,
        url=address,
    )


@pytest.mark.parametrize(("name", "text"), [("refs.bib", BIBTEX), ("refs.ris", RIS), ("refs.json", CSL)])
def test_a_bibliography_becomes_a_seed_file_that_checks_clean(
    tmp_path: Path, shelf: Shelf, golden: Golden, name: str, text: str
) -> None:
    seeded = convert_bibliography(listed(tmp_path, name, text), "refs", name)
    golden(f"{name}.yaml", seeded.text)
    assert len(shelf.put(refs=seeded.text).bring_in()) >= seeded.source_count > 1
    assert convert_bibliography(listed(tmp_path, name, text), "refs", name) == seeded


@pytest.mark.parametrize(
    ("name", "text", "where", "what"),
    [
        ("refs.bib", BIBTEX, ":18:1", "this entry cannot be read, so it was left out"),
        ("refs.ris", RIS, ":17:1", "XX stands outside an entry"),
        ("refs.ris", RIS, ":26:1", "this entry has no end; was the file cut off?"),
        ("refs.json", CSL, ": item 3 (untitled)", "'untitled' has no title, so it was left out"),
        ("refs.json", "[{", ":1:1", "this is not JSON"),
        ("refs.json", "[1]", ":1:1", "item 1 of this list is no object"),
        ("refs.bib", "", "", "there is no entry in it"),
        ("refs.bib", "hello", "", "there is no entry in it"),
    ],
)
def test_what_cannot_be_read_is_a_problem_at_its_place(
    tmp_path: Path, name: str, text: str, where: str, what: str
) -> None:
    problems = listed(tmp_path, name, text).problems
    assert [problem.what.startswith(what) for problem in problems if problem.where == f"{tmp_path / name}{where}"] == [
        True
    ]


@pytest.mark.parametrize(
    ("fields", "date", "is_doubted"),
    [
        ("year = {Sept./1988}", "1988-09", False),
        ("year = 2020, month = {Spring}", "2020", True),
        ("year = 2020, month = {0}", "2020", False),
        ("date = {2013-00-00}, year = {2013}", "2013", False),
        ("year = {2004?}", "2004", True),
        ("date = {2004?}", "2004", True),
        ("date = {1984~}", "1984", True),
        ("year = {[1923]}", "1923", True),
        ("date = {2025-11/2026-01}", "2025-11", False),
        ("year = {1988, reprinted 1999}", "1988", True),
        ("year = {in press}", "", False),
    ],
)
def test_a_date_keeps_its_year_and_its_doubt(tmp_path: Path, fields: str, date: str, is_doubted: bool) -> None:
    reference = one(tmp_path, f"title = {{The pass}}, {fields}")
    assert (reference.issued, bool(reference.issued_doubt)) == (date, is_doubted)


def test_a_doubted_date_is_written_as_inferred(tmp_path: Path) -> None:
    seeded = convert_bibliography(listed(tmp_path, "a.bib", "@misc{a, title = {T}, year = {2004?}}"), "a", "a.bib")
    assert "issued: {date: 2004, inferred: the bibliography says '2004?'}" in seeded.text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"{\'E}mile \& {\o}re", "Émile & øre"),
        (r"50% of #1 & more", "50% of #1 & more"),
        (r"\LaTeX{} at \url{https://a.example}", "LaTeX at https://a.example"),
        (r"\href{https://a.example}{The pass}", "The pass"),
        ("{" * 2000 + "deep" + "}" * 2000, "deep"),
    ],
)
def test_latex_becomes_letters_and_loses_none(tmp_path: Path, written: str, read: str) -> None:
    assert one(tmp_path, f"title = {{{written}}}").title == read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@misc{{a, title = {{T}}, url = {{{}}}}}"),
        ("a.bib", "@misc{{a, title = {{T}}, howpublished = {{\\url{{{}}}}}}}"),
        ("a.ris", "TY  - WEB\nTI  - T\nUR  - {}\nER  - \n"),
        ("a.json", '[{{"type": "webpage", "title": "T", "URL": "{}"}}]'),
    ],
)
@pytest.mark.parametrize(
    "address",
    ["https://[x", "https://x]", "https://[::1/a", "https://[x]/", "https://a\u2100b", "https://x:1x/", "https:///x"],
)
def test_an_address_that_is_none_is_kept_in_a_comment(tmp_path: Path, name: str, text: str, address: str) -> None:
    bibliography = listed(tmp_path, name, text.format(address))
    assert [reference.url for reference in bibliography.references] == [""]
    known = [source_with(address)]
    assert f"URL as the bibliography has it: {address}" in convert_bibliography(bibliography, "refs", name, known).text


@pytest.mark.parametrize(
    "address", ["https://[::1]:8000/a", "http://x", "https://ä.example/?q=[1]", "https://x.example:443/a#b"]
)
def test_an_address_is_kept_as_it_is(tmp_path: Path, address: str) -> None:
    reference = one(tmp_path, f"title = {{T}}, url = {{{address}}}", "misc")
    assert (reference.url, reference.remarks[:-1]) == (address, ())


def test_a_source_of_the_base_may_have_an_address_that_only_looks_like_one(tmp_path: Path) -> None:
    bibliography = listed(tmp_path, "a.bib", "@misc{a, title = {Another}, url = {https://x.example}}")
    converted = convert_bibliography(bibliography, "refs", "a.bib", [source_with("https://[x")])
    assert converted.duplicate_count == 0


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2026, month = sep", "2026-09"),
        ("year = {2026}, month = {September 4}", "2026-09-04"),
        ("year = {2026}, month = 9, day = {30}", "2026-09-30"),
        ("date = {2026-09-04/2026-10-01}", "2026-09-04"),
        ("date = {2026~}", "2026"),
        ("year = {2026}, month = {spring}", "2026"),
    ],
)
def test_a_date_is_as_exact_as_it_was_said(tmp_path: Path, fields: str, issued: str) -> None:
    assert one(tmp_path, f"title = {{T}}, {fields}").issued == issued


def test_a_language_that_nobody_says_is_a_guess_or_open_and_never_silent(tmp_path: Path) -> None:
    guessed = one(tmp_path, "title = {The price of the pass and its use}")
    assert (guessed.language, guessed.remarks) == ("en", ("language is a guess from the title",))
    assert one(tmp_path, "title = {Ferries}").language == "und"
    (told,) = listed(tmp_path, "one.bib", "@book{key, title = {Ferries}}", "fi").references
    assert (told.language, told.remarks) == ("fi", ())


def test_an_entry_without_a_key_of_use_is_called_by_author_and_year(tmp_path: Path, shelf: Shelf) -> None:
    items = [
        {"type": "book", "title": "The pass", "author": [{"family": "Køhler"}], "issued": {"date-parts": [[2026]]}},
        {"type": "book", "title": "The dock", "author": [{"family": "Køhler"}], "issued": {"date-parts": [[2026]]}},
        {"type": "book", "title": "The dock", "author": [{"family": "Køhler"}], "issued": {"date-parts": [[2026]]}},
        {"type": "book", "title": "码头"},
        {"type": "book", "title": "Value", "id": "value"},
    ]
    seeded = convert_bibliography(listed(tmp_path, "refs.json", json.encode(items).decode()), "refs", "refs.json")
    ids = [line.removeprefix("  - id: ") for line in seeded.text.split("\n") if line.startswith("  - id: ")]
    assert ids == ["kohler-2026", "kohler-2026-dock", "kohler-2026-2", "work", "value-value"]
    assert shelf.put(refs=seeded.text).bring_in()


def test_what_the_base_or_the_file_has_already_is_suggested_and_never_merged(tmp_path: Path, shelf: Shelf) -> None:
    shelf.put(quay=convert_bibliography(listed(tmp_path, "one.bib", BIBTEX), "quay", "one.bib").text).bring_in()
    again = """
        @article{a, title = {Another name}, doi = {10.1000/182}}
        @misc{b, title = {Empty Seats: A Count}, year = 2025}
        @misc{c, title = {Empty seats: a count}, year = 1950}
        @misc{d, title = {Quays}, url = {https://www.quay.example/seats/?utm_source=x}}"""
    seeded = convert_bibliography(
        listed(tmp_path, "two.bib", again), "two", "two.bib", shelf.knowledge.sources.values()
    )
    assert (seeded.source_count, seeded.duplicate_count) == (4, 3)
    assert "# the same as source quay/lindqvist2026pass of the base? It has the same DOI.\n" in seeded.text
    assert "# the same as source quay/wp7 of the base? Its title is 100 % like: Empty seats: A count\n" in seeded.text
    assert "# the same as source quay/wp7-empty of the base? It has the same address.\n" in seeded.text


ANYTHING = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ANYTHING, name=ANYTHING, key=ANYTHING, note=ANYTHING)
def test_whatever_an_entry_says_the_seed_file_checks_clean(
    tmp_path: Path, shelf: Shelf, title: str, name: str, key: str, note: str
) -> None:
    item = {"id": key, "title": title, "type": "book", "author": [{"literal": name}], "note": note, "volume": name}
    listing = listed(tmp_path, "refs.json", json.encode([item]).decode())
    for _ in listing.references:
        seeded = convert_bibliography(listing, "refs", "refs.json")
        assert shelf.put(refs=seeded.text).problems() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "@misc{a, title = {The story of tides}, shorttitle = {Tides}}"),
        ("a.ris", "TY  - GEN\nTI  - The story of tides\nST  - Tides\nER  -\n"),
        ("a.json", '[{"id": "a", "type": "document", "title": "The story of tides", "title-short": "Tides"}]'),
    ],
)
def test_a_short_title_is_kept(tmp_path: Path, name: str, text: str) -> None:
    (reference,) = listed(tmp_path, name, text).references
    assert reference.details["title-short"] == "Tides"
