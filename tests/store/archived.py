"""Archives to check: written from a ledger, forged member by member, and the verifier that travels inside them."""

import importlib.util
import io
import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from kb.app.workspace import bundled_folder
from kb.domain.event import DocumentAttached, Recorded, Retracted, Revised
from kb.domain.problem import Problem, Refused
from kb.store.archive import GUIDES, Contents, opened_archive, write_archive
from kb.store.engine import database_url, reading_engine, scratch_connection
from kb.store.log import Head, chain_hash, payload_digest
from kb.store.restoring import check_log, load
from kb.store.schema import METADATA
from tests.ledger import Ledger, claim, figure, measure, redact, source

GUIDE_FOLDER = bundled_folder("templates") / "archive"
GUIDE_TEXTS = {name: (GUIDE_FOLDER / name).read_bytes() for name in GUIDES}
DOCUMENTS = {sha256(text).hexdigest(): text for text in (b"The pass costs $8000.\n", "價值 8000 美元".encode())}

Members = dict[str, bytes]
Edit = Callable[[Members], Members]


def verifier() -> ModuleType:
    """``verify.py``, which is no module of ours."""
    spec = importlib.util.spec_from_file_location("verify", GUIDE_FOLDER / "verify.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = verifier()


def tell_story(ledger: Ledger) -> None:
    """Ten events: two documents, a revision, a retraction, characters that JSON escapes, and a redaction."""
    ledger.tell(
        Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")), Recorded(figure("b", 9000))
    )
    ledger.tell(*(DocumentAttached(digest, 20) for digest in DOCUMENTS))
    ledger.tell(Recorded(claim("c", "“價值” \\ \t \x01 \x7f 🙂")), Revised(figure("a", 8500)))
    ledger.tell(Retracted("claim", claim("c").id))
    redact(ledger.base, 7, ledger.mint)


def written(
    url: str, document: Callable[[str], bytes | Problem] | None = DOCUMENTS.__getitem__
) -> tuple[bytes, Contents]:
    """An archive of the base at ``url``."""
    file = io.BytesIO()
    engine = reading_engine(database_url(url))
    try:
        with engine.connect() as connection:
            contents = write_archive(file, connection, GUIDE_TEXTS, document)
    finally:
        engine.dispose()
    return file.getvalue(), contents


def members_of(archive: bytes) -> Members:
    with ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def sealed(members: Members | Sequence[tuple[str, bytes]]) -> bytes:
    """An archive of ``members`` with the right digest at its end: what a forger can do."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.comment = b"0" * 64
        for name, content in members.items() if isinstance(members, dict) else members:
            with archive.open(name, "w") as member:
                member.write(content)
    body = file.getvalue()[:-64]
    return body + sha256(body).hexdigest().encode()


def edited(archive: bytes, edit: Edit) -> bytes:
    return sealed(edit(members_of(archive)))


def lines(change: Callable[[list[list[Any]]], list[list[Any]]]) -> Edit:
    """The edit that changes the events of the log; hashes are left as they are."""

    def edit(members: Members) -> Members:
        rows = change([json.loads(line) for line in members["log.jsonl"].splitlines()])
        log = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
        return {**members, "log.jsonl": log.encode()}

    return edit


def chained(change: Callable[[list[list[Any]]], list[list[Any]]]) -> Edit:
    """The edit that changes the events, and makes every hash and the head right again: what a careful forger can do."""

    def rehash(rows: list[list[Any]]) -> list[list[Any]]:
        previous = "0" * 64
        for at, row in enumerate(change(rows), 1):
            _, stream, version, id, type, recorded_at, actor, reason, batch, data, salt, digest, *_ = row
            digest = digest if data is None else payload_digest(salt, data, actor, reason)
            hash = chain_hash(previous, at, stream, version, id, type, recorded_at, batch, digest)
            row[:] = [at, *row[1:11], digest, previous, hash]
            previous = hash
        return rows

    def edit(members: Members) -> Members:
        members = lines(rehash)(members)
        last = json.loads(members["log.jsonl"].splitlines()[-1])
        return {**members, "head.txt": f"{last[0]}:{last[-1]}\n".encode()}

    return edit


def column(position: int, at: int, value: object) -> Callable[[list[list[Any]]], list[list[Any]]]:
    """The change of a single column, counted from 0, of the event at ``position``."""

    def change(rows: list[list[Any]]) -> list[list[Any]]:
        rows[position - 1][at] = value
        return rows

    return change


def fault_by_kb(archive: bytes, kept: Head | None = None) -> str:
    """What ``kb restore`` says against an archive before it makes anything of it; empty for nothing."""
    try:
        with opened_archive(io.BytesIO(archive), "archive") as opened, scratch_connection() as connection:
            METADATA.tables["log"].create(connection)
            opened.check_documents(load(connection, opened))
            check_log(connection, opened, kept)
    except Refused as refused:
        return "; ".join(map(str, refused.problems))
    return ""


def fault_by_verifier(archive: bytes, kept: Head | None = None) -> str:
    """What ``verify.py`` says against an archive; empty for nothing."""
    try:
        VERIFY.verify(io.BytesIO(archive), (kept.position, kept.hash) if kept else None)
    except VERIFY.Fault as fault:
        return str(fault)
    return ""
