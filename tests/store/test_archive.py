"""The log as one file: kb and a program that knows nothing of kb find whatever was changed in it."""

import ast
import io
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from kb.domain.problem import Problem, Refused
from kb.store.archive import opened_archive
from kb.store.log import Head
from tests.ledger import Ledger
from tests.store.archived import (
    DOCUMENTS,
    GUIDE_FOLDER,
    VERIFY,
    Edit,
    Members,
    chained,
    column,
    edited,
    fault_by_kb,
    fault_by_verifier,
    lines,
    members_of,
    sealed,
    tell_story,
    written,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, made: Path) -> bytes:
    """The story, archived with its documents."""
    path = Path(shutil.copy(made, tmp_path_factory.mktemp("archived") / "kb.db"))
    ledger = Ledger(f"sqlite:///{path}")
    tell_story(ledger)
    ledger.close()
    return written(ledger.url)[0]


@pytest.fixture
def told(tmp_path: Path, made: Path) -> Iterator[Ledger]:
    """The base of the story, where the kind of database does not matter."""
    ledger = Ledger(f"sqlite:///{shutil.copy(made, tmp_path / 'told.db')}")
    tell_story(ledger)
    yield ledger
    ledger.close()


def test_the_same_log_gives_the_same_bytes_on_either_engine(ledger: Ledger, archive: bytes) -> None:
    tell_story(ledger)
    content, contents = written(ledger.url)
    assert content == archive
    assert (contents.head, set(contents.documents), contents.lacking) == (ledger.base.head(), {*DOCUMENTS}, ())


def test_both_verifiers_accept_an_archive_as_it_was_written(archive: bytes) -> None:
    assert (fault_by_kb(archive), fault_by_verifier(archive)) == ("", "")


def test_an_archive_of_an_empty_log_is_an_archive_like_any_other(made: Path) -> None:
    empty, _ = written(f"sqlite:///{made}")
    assert (fault_by_kb(empty), fault_by_verifier(empty)) == ("", "")
    assert members_of(empty)["log.jsonl"] == b""


def test_what_is_redacted_is_not_in_an_archive(archive: bytes) -> None:
    event = json.loads(members_of(archive)["log.jsonl"].splitlines()[6])
    assert event[6:11] == ["", "", event[8], None, None]
    assert "🙂".encode() not in members_of(archive)["log.jsonl"]


def test_without_documents_an_archive_is_whole_too(told: Ledger) -> None:
    bare, contents = written(told.url, None)
    assert (fault_by_kb(bare), fault_by_verifier(bare), contents.documents) == ("", "", ())


def test_a_document_that_is_not_there_is_named(told: Ledger) -> None:
    lost, *kept = DOCUMENTS
    problem = Problem(lost, "missing")
    _, contents = written(told.url, lambda digest: problem if digest == lost else DOCUMENTS[digest])
    assert (contents.lacking, contents.documents) == ((problem,), tuple(kept))


def test_a_log_that_does_not_verify_is_not_archived(told: Ledger) -> None:
    told.tamper("UPDATE log SET actor = 'eve' WHERE position = 3")
    with pytest.raises(Refused, match="position 3: the payload was altered"):
        written(told.url)


# Damage


def flipped(archive: bytes, bit: int) -> bytes:
    damaged = bytearray(archive)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def test_both_verifiers_find_every_flipped_bit(archive: bytes) -> None:
    bits = random.Random(8).sample(range(len(archive) * 8), 400)
    # All of the digest itself: a capital letter is one bit away from a small one.
    bits += range(len(archive) * 8 - 512, len(archive) * 8)
    missed = [bit for bit in bits if not fault_by_verifier(flipped(archive, bit))]
    missed += [bit for bit in bits if not fault_by_kb(flipped(archive, bit))]
    assert missed == []


def test_the_second_verifier_names_the_first_event_that_an_accident_damaged(archive: bytes) -> None:
    plain = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as packed, ZipFile(plain, "w", ZIP_STORED) as stored:
        stored.comment = packed.comment
        for name in packed.namelist():
            stored.writestr(name, packed.read(name))
        lines = packed.read("log.jsonl").splitlines(keepends=True)
    whole = plain.getvalue()
    start = whole.index(lines[0])
    for position in (1, len(lines) // 2, len(lines)):
        line = start + sum(map(len, lines[: position - 1]))
        for at, byte, what in (
            (0, b"{", "the line is not a JSON array"),
            (lines[position - 1].index(b",") - 1, b"9", "stands here"),
            (len(lines[position - 1]) - 4, b"!", "a column does not match the hash"),
        ):
            damaged = whole[: line + at] + byte + whole[line + at + 1 :]
            told = fault_by_verifier(damaged)
            assert told.startswith(f"position {position}: ") and what in told and "digest at its end" in told


def test_the_second_verifier_says_from_where_on_a_log_cannot_be_read(archive: bytes) -> None:
    with ZipFile(io.BytesIO(archive)) as packed:
        begin = packed.getinfo("log.jsonl").header_offset + 60
    damaged = archive[:begin] + bytes(40) + archive[begin + 40 :]
    assert re.match("position [0-9]+: ", fault_by_verifier(damaged))


def test_without_the_digest_flipped_bits_are_missed(archive: bytes) -> None:
    """The control: it is the digest of the whole file that finds every bit."""
    missed = 0
    for bit in random.Random(8).sample(range(len(archive) * 8), 150):
        try:
            VERIFY.check_contents(io.BytesIO(flipped(archive, bit)))
            missed += 1
        except VERIFY.Fault:
            pass
    assert missed > 5


@pytest.mark.parametrize("kept", [0, 1, 21, 22, 63, 64, 65, 100, 0.5, 0.99, -64, -1])
def test_a_file_that_was_cut_off_is_no_archive(archive: bytes, kept: float) -> None:
    end = int(kept * len(archive)) if isinstance(kept, float) else kept
    assert "archive" in fault_by_kb(archive[:end])
    assert "this is not an archive, or it was changed" in fault_by_verifier(archive[:end])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"figures: []\n" * 100, "not a kb archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a kb archive"),
        (sealed({"letter.txt": b"Dear Ada"})[:-64], "another kind of ZIP file"),
        (sealed({"letter.txt": b"Dear Ada"}), "'letter.txt' does not belong in an archive"),
        (sealed({}), "README.txt is missing"),
    ],
)
def test_another_file_is_no_archive(content: bytes, what: str) -> None:
    assert what in fault_by_kb(content)
    assert fault_by_verifier(content)


# Forgeries: the digest of the file is right


def member(name: str, content: bytes) -> Edit:
    return lambda members: {**members, name: content}


def without(name: str) -> Edit:
    return lambda members: {key: content for key, content in members.items() if key != name}


def replaced(old: bytes, new: bytes) -> Edit:
    return lambda members: {**members, "log.jsonl": members["log.jsonl"].replace(old, new)}


def emptied(rows: list[list[Any]]) -> list[list[Any]]:
    rows[2][6:11] = ["", "", rows[2][8], None, None]
    return rows


def repeated_id(rows: list[list[Any]]) -> list[list[Any]]:
    rows[4][3] = rows[0][3]
    return rows


def rewritten(members: Members) -> Members:
    """The log written anew, with the old head."""
    return {**chained(column(3, 6, "eve"))(members), "head.txt": members["head.txt"]}


def swapped_documents(members: Members) -> Members:
    first, second = (name for name in members if name.startswith("documents/"))
    return {**members, first: members[second], second: members[first]}


@pytest.mark.parametrize(
    ("edit", "position"),
    [
        (replaced(b"8000", b"8001"), 3),
        (lines(column(2, 6, "eve")), 2),
        (lines(column(2, 7, "none")), 2),
        (lines(column(1, 5, "1999")), 1),
        (lines(column(5, 8, "x")), 5),
        (lines(column(4, 12, "0" * 64)), 4),
        (lines(column(4, 2, 2)), 4),
        (lines(column(4, 2, True)), 4),
        (lines(column(4, 2, 1 << 70)), 4),
        (lines(column(4, 2, 1.0)), 4),
        (lines(column(4, 0, "4")), 4),
        (lines(column(4, 9, None)), 4),
        (lines(column(4, 10, None)), 4),
        (lines(column(4, 13, None)), 4),
        (lines(column(7, 6, "ada")), 7),
        (lines(emptied), 3),
        (lines(lambda rows: rows[1:]), 1),
        (lines(lambda rows: rows[:3] + rows[4:]), 4),
        (lines(lambda rows: [*rows[:3], rows[4], rows[3], *rows[5:]]), 4),
        (lines(lambda rows: [*rows[:3], rows[2], *rows[3:]]), 4),
        (lines(lambda rows: [*rows[:3], rows[3][:-1], *rows[4:]]), 4),
        (lines(lambda rows: [*rows[:3], [*rows[3], ""], *rows[4:]]), 4),
        (lines(lambda rows: [*rows[:3], {"position": 4}, *rows[4:]]), 4),  # type: ignore[list-item]
        (replaced(b"\n[5,", b"\n\n[5,"), 5),
        (replaced(b"\n[5,", b"\n" + b"[" * 100_000 + b"5,"), 5),
        (replaced(b"\n[5,", b"\n[" + b"5" * 5000 + b","), 5),
        (replaced(b"\n[5,", b"\n[\xff5,"), 5),
        (replaced(b'\n[5,"', b'\n[5,"\\ud83d'), 5),
        (chained(column(8, 2, 3)), 8),
        (chained(column(8, 2, 1)), 8),
        (chained(repeated_id), 5),
        (chained(emptied), 3),
    ],
)
def test_both_verifiers_name_the_position_of_a_forged_event(archive: bytes, edit: Edit, position: int) -> None:
    forged = edited(archive, edit)
    assert f"position {position}: " in fault_by_kb(forged)
    assert fault_by_verifier(forged).startswith(f"position {position}: ")


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (rewritten, "head.txt"),
        (member("head.txt", b"9:abc\n"), "head.txt"),
        (member("head.txt", b""), "head.txt"),
        (member("README.txt", b"kb archive 2\n"), "reads"),
        (member("README.txt", b""), "reads"),
        (without("schema.sql"), "schema.sql"),
        (without("log.jsonl"), "log.jsonl"),
        (lambda members: dict(reversed(members.items())), "order, each once"),
        (member("../kb.toml", b""), "../kb.toml"),
        (member("documents/../../kb.toml", b""), "documents/../../kb.toml"),
        (member(f"documents/{'0' * 64}", b""), "each once"),
        (member(f"documents/{'f' * 64}", b""), "documents/fff"),
        (member(f"documents/{sha256(b'').hexdigest()}", b""), "no event of the log attached"),
        (swapped_documents, "documents/"),
    ],
)
def test_both_verifiers_say_what_else_is_wrong(archive: bytes, edit: Edit, what: str) -> None:
    forged = edited(archive, edit)
    assert what in fault_by_kb(forged)
    assert what in fault_by_verifier(forged)


def test_a_member_that_is_there_twice_is_refused(archive: bytes) -> None:
    members = list(members_of(archive).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        forged = sealed([*members, members[-1]])
    assert "each once" in fault_by_kb(forged)
    assert fault_by_verifier(forged)


def test_a_line_that_would_fill_the_memory_is_not_read_whole(archive: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.archive._LONGEST_LINE", 1000)
    monkeypatch.setattr(VERIFY, "LONGEST_LINE", 1000)
    bomb = edited(archive, replaced(b"\n[5,", b"\n" + b" " * 2000 + b"[5,"))
    assert "position 5: " in fault_by_kb(bomb)
    assert fault_by_verifier(bomb).startswith("position 5: ")


def test_a_document_that_would_fill_the_memory_is_not_read_whole(
    archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.archive._LARGEST_DOCUMENT", 10)
    assert "do not have this SHA-256" in fault_by_kb(archive)


@pytest.mark.parametrize("flag", [0x1, 0x40])
def test_a_zip_that_python_cannot_read_is_refused(archive: bytes, flag: int) -> None:
    """Encrypted members, and patched ones, in the directory of the ZIP."""
    damaged = bytearray(archive[:-64])
    at = damaged.index(b"PK\x01\x02")
    damaged[at + (8 if flag == 0x1 else 10)] |= flag
    forged = bytes(damaged) + sha256(damaged).hexdigest().encode()
    assert "the ZIP is damaged" in fault_by_kb(forged)
    assert "the ZIP is damaged" in fault_by_verifier(forged)


# Heads that were kept elsewhere


@pytest.mark.parametrize("position", [0, 1, 5, 10])
def test_an_archive_holds_every_head_of_its_log(archive: bytes, position: int) -> None:
    rows = [json.loads(line) for line in members_of(archive)["log.jsonl"].splitlines()]
    head = Head(position, rows[position - 1][-1] if position else "0" * 64)
    assert (fault_by_kb(archive, head), fault_by_verifier(archive, head)) == ("", "")


@pytest.mark.parametrize(("position", "named"), [(0, 0), (5, 5), (10, 10), (11, 10)])
def test_another_head_is_none_of_its_log(archive: bytes, position: int, named: int) -> None:
    head = Head(position, "f" * 64)
    assert f"position {named}: " in fault_by_kb(archive, head)
    assert f"position {named}: " in fault_by_verifier(archive, head)


# The second verifier as a program


def run_verifier(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The verifier without any package in reach."""
    command = [sys.executable, "-I", "-S", GUIDE_FOLDER / "verify.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_second_verifier_needs_python_3_8_alone_and_fits_on_a_few_pages() -> None:
    text = (GUIDE_FOLDER / "verify.py").read_text()
    tree = ast.parse(text, feature_version=(3, 8))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imported += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert imported and {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert len(text.splitlines()) < 200


def test_the_second_verifier_prints_the_head_or_the_fault(archive: bytes, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(archive)
    bad.write_bytes(edited(archive, lines(column(2, 6, "eve"))))
    head = members_of(archive)["head.txt"].decode().strip()
    done = run_verifier(good, "--head", head)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"10 events, no damage; head {head}\n", "")
    done = run_verifier(bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{bad}: position 2: ") and done.stderr.count("\n") == 1
    none = tmp_path / "none.zip"
    assert run_verifier(none).stderr == f"{none}: No such file or directory\n"


def test_the_verifier_in_an_archive_is_the_one_that_is_shipped(archive: bytes) -> None:
    assert members_of(archive)["verify.py"] == (GUIDE_FOLDER / "verify.py").read_bytes()


def test_an_archive_gives_its_documents_back(archive: bytes) -> None:
    with opened_archive(io.BytesIO(archive), "archive") as opened:
        assert {digest: opened.document(digest) for digest in opened.documents} == DOCUMENTS
