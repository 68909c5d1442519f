"""The sources as BibTeX, RIS and CSL-JSON: nothing is lost on the way out and back, and nothing breaks a format."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import json

from kb.app.text_exports import bibtex_export, csl_export, ris_export
from kb.domain.entity import Reliability, Source
from kb.domain.identity import Id
from kb.intake.bibliography.bibtex import latex_to_text
from kb.intake.bibliography.conversion import read_bibliography
from kb.intake.bibliography.reference import Reference
from kb.reports.reference_formats.bibtex import latex
from kb.reports.reference_formats.names import published_name
from tests.golden import Golden
from tests.reports.seen import pair, seen

EXPORTS = {".bib": bibtex_export, ".ris": ris_export, ".json": csl_export}


def source(slug: str = "pass", **fields: Any) -> Source:
    given = {"title": "The pass", "type": "article-journal", "language": "en", "reliability": Reliability.B} | fields
    return Source(id=Id(f"id-{slug}"), slug=slug, file="shelf", **given)


def read_back(folder: Path, suffix: str, *sources: Source) -> tuple[Reference, ...]:
    path = folder / f"refs{suffix}"
    path.write_bytes(EXPORTS[suffix](seen(*sources)).encode())
    bibliography = read_bibliography(path)
    assert bibliography.problems == ()
    return bibliography.references


def fields(source: Source) -> Mapping[str, Any]:
    return {
        "type": source.type, "title": source.title, "language": source.language, "authors": list(source.authors),
        "editors": list(source.editors), "container": source.container_title, "publisher": source.publisher,
        "url": source.url, "issued": source.issued, "details": dict(source.details), "note": source.note,
    }  # fmt: skip


def fields_read(reference: Reference) -> Mapping[str, Any]:
    return {
        "type": reference.type, "title": reference.title, "language": reference.language,
        "authors": [str(name) for name in reference.authors], "editors": [str(name) for name in reference.editors],
        "container": reference.container_title, "publisher": reference.publisher, "url": reference.url,
        "issued": reference.issued, "details": dict(reference.details), "note": reference.note,
    }  # fmt: skip


WHOLE = (
    source(
        authors=("Mara Lindqvist", "Jan van der Berg", "The Harbour Office", "林默", "Ole Brandt Jr", "Smith and Sons"),
        editors=("Ludwig von Mises",), container_title="Ferries & Piers", publisher="Quay Press",
        url="https://quay.example/a_b?c=d%20e#f", issued="2026-03-04", note="Seen in a drawer, 50% #1",
        details={"title-short": "Pass", "volume": "12", "issue": "3", "page": "41-58", "DOI": "10.1000/a_b--c",
                 "accessed": "2026-05-01", "number": "e7"},
    ),
    source("wp", type="report", title="Empty seats", publisher="Harbour Office", issued="2025-11", language="de",
           details={"genre": "Working paper", "number": "7", "collection-title": "Papers", "publisher-place": "Turku"}),
    source("post", type="post-weblog", title="A post", container_title="A blog", url="https://b.example"),
    source("book", type="book", title="书", language="zh", publisher="Quay", details={"ISBN": "978", "edition": "2"}),
    source("chapter", type="chapter", title="On piers", container_title="Ferries", editors=("Ann Ray",)),
    source("article", type="article", title="What GPT-4 costs", language="en-GB"),
    source("news", type="article-newspaper", title="News", container_title="The Quay", issued="2026-01-31"),
    source("talk", type="speech", title="A talk", url="https://talk.example", language="und"),
    source("thesis", type="thesis", title="Tides", publisher="Turku", details={"genre": "PhD thesis"}),
    source("law", type="legislation", title="An act", details={"number": "12"}),
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".bib", ".json"])
@pytest.mark.parametrize("whole", WHOLE, ids=lambda source: source.slug)
def test_what_is_exported_reads_back_with_the_same_fields(tmp_path: Path, suffix: str, whole: Source) -> None:
    (reference,) = read_back(tmp_path, suffix, whole)
    assert fields_read(reference) == fields(whole)
    assert reference.key == whole.slug


@pytest.mark.parametrize("whole", WHOLE[:5], ids=lambda source: source.slug)
def test_ris_reads_back_likewise_except_for_types_that_it_does_not_know(tmp_path: Path, whole: Source) -> None:
    (reference,) = read_back(tmp_path, ".ris", whole)
    assert fields_read(reference) == fields(whole)


@pytest.mark.parametrize("suffix", EXPORTS)
def test_an_inferred_date_stays_in_doubt_and_the_reason_is_noted(tmp_path: Path, suffix: str) -> None:
    guessed = source(issued="2026-06", inferred={"issued": "the events give the year"})
    (reference,) = read_back(tmp_path, suffix, guessed)
    assert reference.issued == "2026-06"
    assert reference.issued_doubt or suffix == ".ris"
    assert reference.note == "Date inferred: the events give the year"


def test_a_translation_names_its_original() -> None:
    original = source("quay", title="The original", authors=("Mara Lindqvist",))
    view = seen(original, source("quay-zh", translation_of=original.id))
    assert "  related = {quay},\n  relatedtype = {translationof},\n" in bibtex_export(view)
    assert "OP  - The original\r\n" in ris_export(view)
    (_, translated) = json.decode(csl_export(view))
    assert translated["original-title"] == "The original"
    assert translated["original-author"] == [{"family": "Lindqvist", "given": "Mara"}]


def test_keys_are_safe_unique_and_the_same_in_every_format() -> None:
    view = seen(source("quay/pass"), source("quay-pass"), source("quay.pass"), source("seats"))
    keys = [item["id"] for item in json.decode(csl_export(view))]
    assert keys == ["quay-pass-3", "quay-pass", "quay-pass-2", "seats"]
    assert all(f"@article{{{key},\n" in bibtex_export(view) for key in keys)
    assert all(f"ID  - {key}\r\n" in ris_export(view) for key in keys)


NASTY = (
    "a \\ b {c} d} {e", "100 % of R&D_x #1 $5 ~ ^ `a' ''b''", "-- --- <<a>> \"q\"", "@article{x, y}", "x, @ GPT-4 {",
    "=1+1", "TY  - JOUR", "ER  -", "<b>bold</b> &amp; \\textbf{x}", "עברית עם English",
    "émigré — naïve 😀", "a" * 5000, "?`!`",
    "$x$ \\(y\\) \\begin{document}", "it's 'so' and ``thus''", "\\", "{", "}", "C:\\dir\\new_file", "~/x", "A#B",
)  # fmt: skip


@pytest.mark.parametrize("suffix", EXPORTS)
def test_nasty_texts_come_back_as_they_are(tmp_path: Path, suffix: str) -> None:
    shelf = [source(f"s{number}", title=title, container_title=title) for number, title in enumerate(NASTY)]
    references = read_back(tmp_path, suffix, *shelf)
    assert [reference.title for reference in references] == [" ".join(text.split()) for text in NASTY]
    assert [reference.container_title for reference in references] == [reference.title for reference in references]


@pytest.mark.parametrize("suffix", EXPORTS)
def test_lines_within_a_text_become_blanks(tmp_path: Path, suffix: str) -> None:
    (reference,) = read_back(tmp_path, suffix, source(title="One\nTY  - BOOK\nTI  - two", note="a\n\nb\tc"))
    assert (reference.title, reference.note) == ("One TY - BOOK TI - two", "a b c")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x2FFF), max_size=40))
@example("'''")
@example("---a--")
@example("\\{}")
def test_any_text_is_read_from_latex_as_it_was(text: str) -> None:
    plain = " ".join(text.split())
    assert (latex_to_text(latex(text)), latex_to_text(latex(text, is_title=True))) == (plain, plain)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("What GPT-4 costs", "What {GPT}-4 costs"),
        ("How three Chinese labs distilled Claude", "How three {Chinese} labs distilled {Claude}"),
        ("AI's Brokenomics", "{AI}'s Brokenomics"),
        ("Who Wins in the Race for Models?", "Who Wins in the Race for Models?"),
        ("The pass that sails too often", "The pass that sails too often"),
        ("Ferries", "Ferries"),
    ],
)
def test_names_in_a_title_keep_their_capitals(title: str, written: str) -> None:
    assert latex(title, is_title=True) == written


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Ed Zitron", "Zitron, Ed"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Jan van der Berg", "van der Berg, Jan"),
        ("Juan de la Cruz", "de la Cruz, Juan"),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("Conan O'Brien", "O'Brien, Conan"),
        ("Alasdair McKay", "McKay, Alasdair"),
        ("Jean-Paul Sartre", "Sartre, Jean-Paul"),
        ("José Ángel Gurría", "Gurría, José Ángel"),
    ],
)
def test_a_person_is_sorted_under_the_family_name(name: str, inverted: str) -> None:
    assert published_name(name).inverted == inverted


@pytest.mark.parametrize(
    "name",
    [
        "OpenAI", "The Harbour Office", "BBC News", "Bank of England", "Smith and Sons", "SemiAnalysis", "林默",
        "(commenter A)", "U.S. Census Bureau", "Anthropic PBC", "3M Company", "OpenAI Alignment", "Acme, Inc.",
        "Ernst & Young", "harbour watch", "University of Turku", "van Beethoven", "Maria von",
    ],
)  # fmt: skip
def test_an_organisation_and_a_name_in_doubt_stay_whole(name: str) -> None:
    assert published_name(name).is_literal
    assert published_name(name).inverted == name


def test_whoever_publishes_an_own_text_is_an_organisation() -> None:
    view = seen(source(authors=("Goldman Sachs",), publisher="Goldman Sachs"))
    assert json.decode(csl_export(view))[0]["author"] == [{"literal": "Goldman Sachs"}]


def test_a_base_without_sources_gives_valid_empty_files() -> None:
    view = seen()
    assert (bibtex_export(view), ris_export(view), json.decode(csl_export(view))) == ("", "", [])


@pytest.mark.parametrize("suffix", EXPORTS)
def test_the_pair_is_exported_as_its_golden_file_says(golden: Golden, suffix: str) -> None:
    golden(f"sources{suffix}", EXPORTS[suffix](pair()).replace("\r\n", "\n"))
