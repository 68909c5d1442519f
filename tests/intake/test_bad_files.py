"""Files that nobody should write: each gets a clear word, and nothing breaks."""

import pytest

from tests.intake.shelf import Shelf

HEAD = b"kb: 1\nid: bad\nfigures: "
BOMB = b"kb: 1\nid: bad\nx: &x [1, 2]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c]\n" % ((c, c) + (c - 1,) * 3) for c in range(ord("y"), ord("z") + 1)
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD + b"[" * 10_000 + b"]" * 10_000, "lists and mappings are nested more than 60 deep"),
        (HEAD + b"{a: " * 10_000 + b"}" * 10_000, "lists and mappings are nested more than 60 deep"),
        (b"".join(b" " * level + b"a:\n" for level in range(3_000)), "more than 60 deep"),
        (HEAD + b"\n" + b"- " * 10_000, "more than 60 deep"),
        (BOMB, "the alias *x has no meaning here"),
        (b"kb: 1\nid: bad\nx: {<<: {<<: {}}}\n", "merge keys (<<) have no meaning here"),
        (b"kb: 1\nid: bad\n" + b"x: 1\n" * 5_000, "more than 1000 problems"),
        ("kb: 1\nid: bad\nsource: {title: Café}\n".encode("latin-1"), "3:20: byte 33 (0xE9) is not UTF-8"),
        ("kb: 1\nid: 烂账经济学\n".encode("gb18030"), "it looks like GB18030 (Chinese); save the file as UTF-8"),
        ("kb: 1\nid: bad\nsource: {author: Raúl Gómez}\n".encode("latin-1"), "it looks like Windows-1252 (Latin-1)"),
        (HEAD + "x: Raúl\n".encode("latin-1"), "it looks like Windows-1252 (Latin-1)"),
        ("# – —\nx: l’élévation créée\n".encode("cp1252"), "it looks like Windows-1252 (Latin-1)"),
        ("# – —\nx: ".encode() + "Raúl\n".encode("latin-1"), "it looks like Windows-1252 (Latin-1)"),
        (("kb: 1\nid: x" + "烂账经济学" * 500 + "\n").encode("gb18030"), "it looks like GB18030 (Chinese)"),
        ("kb: 1\nid: bad\n".encode("utf-16"), "it looks like UTF-16"),
        (b"kb: 1\nid: b\xed\xa0\xbd\n", "this is half of a character, left over when an emoji is cut"),
        (b"kb: 1\nid: b\xed\xa0\xbd\xed\xb8\x80\n", "it looks like CESU-8"),
        (("kb: 1\nid: " + "怼啊" * 9 + "\n").encode("gb18030"), "it looks like GB18030"),
        (b"kb: 1\nid: b\0d\n", "2:6: U+0000 NULL stands here"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a seed file is a text; is this another file?"),
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_bad_file_gets_a_clear_word(shelf: Shelf, data: bytes, said: str) -> None:
    problems = shelf.put(bad=data).problems("bad")
    assert any(said in problem for problem in problems), problems


def test_a_file_of_a_hundred_megabytes_is_refused_unread(shelf: Shelf) -> None:
    with (shelf.folder / "large.yaml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert shelf.problems("large") == [
        "large.yaml:1:1: the file has 100 MB; a seed file has at most 10 MB — split it; each part gets an id"
    ]


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfkb: 1\nid: fine\n", b"kb: 1\r\nid: fine\r\n", b"---\nkb: 1\nid: fine\n...\n"]
)
def test_byte_order_marks_and_line_ends_of_other_systems_are_fine(shelf: Shelf, data: bytes) -> None:
    assert shelf.put(fine=data).reading("fine").files == ("fine",)
    assert shelf.problems("fine") == []


def test_a_long_line_is_shown_around_its_mistake(shelf: Shelf) -> None:
    shelf.put(long="kb: 1\nid: long\nsource: {type: post, language: en, title: " + "x" * 5_000 + ", titel: y}\n")
    (problem,) = shelf.reading("long").problems
    assert problem.where.endswith("long.yaml:3:5045")
    assert len(problem.excerpt) < 200
    assert problem.excerpt[problem.column - 1 :].startswith("titel")


def test_a_missing_file_and_a_folder_say_what_they_are(shelf: Shelf) -> None:
    (shelf.folder / "folder.yaml").mkdir()
    assert "there is no such file" in shelf.problems("missing")[0]
    assert "this is a folder" in shelf.problems("folder")[0]


def test_a_file_that_cannot_be_read_makes_no_name_of_it_unknown(shelf: Shelf) -> None:
    shelf.put(
        vocabulary="kb: 1\nid: vocabulary\nmeasures: [\n",
        deck="kb: 1\nid: deck\nsource: {type: post, title: T, language: en}\n"
        "figures:\n  - {id: fee, measure: fee, value: $1 / month, at: L1}\n",
    )
    assert [problem.split(":")[0] for problem in shelf.problems()] == ["vocabulary.yaml"]
