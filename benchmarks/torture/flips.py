"""Does `kb verify` find whatever changes what can be read from a base at rest?

    python -m benchmarks.torture.flips [--seconds 60] [--seed N] [--control]

A base with a part of the shipped corpus is closed. Of a copy one bit is flipped, or one sector of 512 bytes is
overwritten: with zeros, with noise, or with another sector of the file. Everything is read before and after: the JSON
export, the log, the findings, the answers. Damage that changes any of this must be found by `kb verify`; damage in
unused space changes nothing. Every part of the file has the same share, however small it is: the header, the schema,
and inner and outer pages of the log, of its indexes and of the tables. Whatever is damaged, the answer is a message,
never a traceback.

Control: `kb verify --log-only`, which does not compare the tables with the log, while these are damaged.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest.mock import patch

from sqlalchemy import Connection

from benchmarks.torture.common import Harness, Options, Tally, main
from benchmarks.torture.pages import layout
from benchmarks.torture.vfs import SECTOR
from kb.app.exporting import json_export
from kb.app.sources import import_seeds
from kb.app.verification import verify_base
from kb.app.wiring import document_store, open_base, view_of
from kb.app.workspace import Workspace
from kb.domain.codec import canonical_json
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.store import schema
from kb.store.engine import scratch_connection
from kb.store.log import silent

PART = Path(__file__).resolve().parent / "part"
"""Two files of the corpus as they once were, which refer to no other; those of today do."""
IMPORTED = ("vocabulary", "distillation-queries")

ASKED = """\
kb: 1
id: asked
questions: [{id: pays, text: Does it pay?, sides: {yes: It does., no: It does not.}}]
sources: [{id: post, type: post, title: On the pier, language: en}]
claims:
  - {id: full, text: The boats are full., at: L1, voice: (passenger A), answers: {pays: yes}}
  - {id: dear, text: Fuel is dear., at: L2, voice: The crew, answers: {pays: no}}
"""
"""The corpus in part asks no question, so that nothing would be concluded from it."""

T = TypeVar("T")

migrate = schema.migrate


def workspace(path: Path) -> Workspace:
    """The workspace of the base at ``path``."""
    folder = path.parent
    return Workspace(root=folder, database=f"sqlite:///{path}", seeds=folder / "seeds", home=folder / "documents")


def verifies(path: Path, *, log_only: bool = False) -> bool:
    """Whether `kb verify` has nothing to say about the base at ``path``."""
    # The migrations make the same schema each time, and take most of the time.
    with patch.object(schema, "migrate", migrated_again):
        result = verify_base(workspace(path), expected=None, log_only=log_only, jobs=1, stage=lambda _: silent)
    return not result.faults


def migrated_again(scratch: Connection, migrations: Path, revision: str = "head") -> None:
    for statement in schema_statements(migrations, revision):
        scratch.exec_driver_sql(statement)


@cache
def schema_statements(migrations: Path, revision: str) -> Sequence[str]:
    """What makes the tables and indexes that the migrations make."""
    ask = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, rootpage"
    with scratch_connection() as scratch:
        migrate(scratch, migrations, revision)
        return [statement for (statement,) in scratch.exec_driver_sql(ask)]


def log_verifies(path: Path) -> bool:
    """Whether `kb verify --log-only` has nothing to say."""
    return verifies(path, log_only=True)


def read_everything(path: Path) -> str:
    """What a reader of the base at ``path`` can see."""
    with open_base(workspace(path), create=False) as base:
        view = view_of(base, document_store(workspace(path)), base.head())
        answers = [dict(view.analysis.answers), dict(view.bearings)]
        seen = (list(base.events()), base.findings(), base.batches(), base.former_names(), json_export(view), answers)
        return canonical_json(seen)


def make_base(path: Path) -> None:
    """A base with free pages, checkpointed and closed."""
    asked = path.with_name("asked.yaml")
    asked.write_text(ASKED, encoding="utf-8")
    files = [*(PART / f"{name}.yaml" for name in IMPORTED), asked]
    with open_base(workspace(path), create=True) as base:
        import_seeds(base, document_store(workspace(path)), files, Author("torture", "to see what is found"))
        base.rebuild()


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that replace those from ``offset`` on."""

    what: str
    offset: int
    data: bytes


def damaged(data: bytes, kind: str, start: int, end: int, chance: Random) -> Damage:
    """One bit or one sector between ``start`` and ``end``."""
    offset = chance.randrange(start, end)
    if chance.random() < 0.75:
        bit = chance.randrange(8)
        return Damage(f"bit {bit} of byte {offset}, {kind}", offset, bytes([data[offset] ^ 1 << bit]))
    offset -= offset % SECTOR
    elsewhere = chance.randrange(0, len(data), SECTOR)
    name, content = chance.choice(
        [
            ("zeros", bytes(SECTOR)),
            ("noise", chance.randbytes(SECTOR)),
            (f"the sector at {elsewhere}", data[elsewhere : elsewhere + SECTOR]),
        ]
    )
    return Damage(f"sector at byte {offset}, {kind}, overwritten with {name}", offset, content)


def torture(
    options: Options, tally: Tally, verified: Callable[[Path], bool] = verifies, kinds: Sequence[str] = ()
) -> None:
    tally.counts.update(dict.fromkeys(("flips and sectors", "changed what is read", "found", "were refused"), 0))
    path = options.folder / "base.db"
    make_base(path)
    data, parts, expected = path.read_bytes(), layout(path), read_everything(path)
    if not verified(path):
        tally.lose("kb verify finds damage where there is none, so that it would find any")
    kinds = kinds or sorted(parts)
    for number, chance in enumerate(options.rounds(at_least=20)):
        kind = kinds[number % len(kinds)]
        stretch = chance.choice(parts[kind])
        damage = damaged(data, kind, stretch.start, stretch.end, chance)
        if data[damage.offset : damage.offset + len(damage.data)] != damage.data:
            judge(options.folder, data, damage, expected, verified, tally)


def judge(
    folder: Path, data: bytes, damage: Damage, expected: str, verified: Callable[[Path], bool], tally: Tally
) -> None:
    """Reads and verifies a base that was damaged, and notes a change that is not found."""
    content = data[: damage.offset] + damage.data + data[damage.offset + len(damage.data) :]
    tally.counts["flips and sectors"] += 1
    seen = attempt(read_everything, folder, content, damage, tally)
    fine = attempt(verified, folder, content, damage, tally)
    tally.counts["were refused"] += seen is None
    tally.counts["changed what is read"] += seen not in (None, expected)
    tally.counts["found"] += not fine
    if fine and seen != expected:
        tally.lose(
            f"{damage.what}: {'reading is refused' if seen is None else 'something else is read'}, and not found"
        )


def attempt(question: Callable[[Path], T], folder: Path, content: bytes, damage: Damage, tally: Tally) -> T | None:
    """The answer about a fresh copy of the base; None where it is refused with a message."""
    path = folder / "base.db"
    path.write_bytes(content)
    try:
        return question(path)
    except Refused:
        return None
    except Exception as error:
        tally.lose(f"{damage.what}: a traceback of {question.__name__}: {error!r:.120}")
        return None
    finally:
        for rest in folder.glob("base.db-*"):
            rest.unlink()


def control(options: Options, tally: Tally) -> None:
    torture(options, tally, log_verifies, ["projection leaf"])


HARNESS = Harness(
    name="flips",
    about=__doc__,
    run=torture,
    control=control,
    without="kb verify --log-only",
    in_memory=True,
)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
