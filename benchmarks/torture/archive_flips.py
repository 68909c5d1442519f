"""Is every flipped bit of an archive found? By the second verifier and by the check that `kb restore` makes first.

    python -m benchmarks.torture.archive_flips [--flips 5000] [--seed 1] [--archive FILE]

The archive is one of the shipped corpus, unless another is named. Bits are drawn at random over the whole file, and
every bit of the digest at its end is added. The control checks a thousand of them with the second verifier, but without
the digest: it must miss some, or the digest would be for nothing. Exit code 1 if a flip is missed by either verifier,
or none by the control.
"""

import argparse
import importlib.util
import io
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

from kb.app.backup import back_up
from kb.app.sources import attach_folder, import_seeds, seed_paths
from kb.app.wiring import document_store, open_base
from kb.app.workspace import Workspace, bundled_folder
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.store.archive import opened_archive

AUTHOR = Author("torture", "to have something to damage")
DIGEST_BITS = 64 * 8


def verifier() -> ModuleType:
    """``verify.py``, which is no module of ours."""
    spec = importlib.util.spec_from_file_location("verify", bundled_folder("templates") / "archive" / "verify.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY = verifier()


def corpus_archive(folder: Path) -> bytes:
    """An archive of the shipped corpus, with its documents where they are at hand."""
    os.environ["KB_DATABASE_URL"] = f"sqlite:///{folder / 'kb.db'}"
    workspace = Workspace.find(folder)
    with open_base(workspace) as base:
        seeds = seed_paths([bundled_folder("seeds")], folder)
        import_seeds(base, document_store(workspace), seeds, AUTHOR)
        documents = Path(__file__).resolve().parents[3] / "shared" / "documents"
        if documents.is_dir():
            attach_folder(base, document_store(workspace), documents, AUTHOR)
    back_up(workspace, folder / "corpus.zip", documents=True, overwrite=True)
    return (folder / "corpus.zip").read_bytes()


def found_by_verifier(archive: bytes) -> bool:
    return _faulty(VERIFY.verify, archive)


def found_without_digest(archive: bytes) -> bool:
    return _faulty(VERIFY.check_contents, archive)


def _faulty(check: Callable[[io.BytesIO], object], archive: bytes) -> bool:
    try:
        check(io.BytesIO(archive))
    except VERIFY.Fault:
        return True
    return False


def found_by_kb(archive: bytes) -> bool:
    try:
        with opened_archive(io.BytesIO(archive), "archive"):
            return False
    except Refused:
        return True


def flipped(archive: bytes, bit: int) -> bytes:
    damaged = bytearray(archive)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def place_of(archive: bytes, bit: int) -> str:
    """The part of the ZIP that holds ``bit``."""
    with ZipFile(io.BytesIO(archive)) as opened:
        inside = [info for info in opened.infolist() if info.header_offset <= bit // 8 < opened.start_dir]
    return inside[-1].filename.split("/")[0] if inside else "directory"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=5000, help="bits to flip, one at a time (default: 5000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other bits")
    parser.add_argument("--archive", type=Path, help="damage this archive instead of one of the corpus")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = chosen.archive.read_bytes() if chosen.archive else corpus_archive(Path(folder))
    size = len(archive) * 8
    bits = sorted({*random.Random(chosen.seed).choices(range(size), k=chosen.flips), *range(size - DIGEST_BITS, size)})
    print(f"{len(archive):,} bytes, {len(bits):,} flips")
    missed = missed_by("verify.py", found_by_verifier, archive, bits) | missed_by(
        "kb restore", found_by_kb, archive, bits
    )
    control = random.Random(chosen.seed).sample(bits[:-DIGEST_BITS], min(1000, len(bits) - DIGEST_BITS))
    return 0 if not missed and missed_by("control", found_without_digest, archive, control) else 1


def missed_by(name: str, found: Callable[[bytes], bool], archive: bytes, bits: Sequence[int]) -> set[int]:
    """The bits whose flip ``found`` does not find; prints how many."""
    missed = {bit for bit in bits if not found(flipped(archive, bit))}
    places = Counter(place_of(archive, bit) for bit in missed).most_common()
    where = ", ".join(f"{place} {count:,}" for place, count in places)
    print(
        f"{name:11} {len(bits):8,} tried {len(bits) - len(missed):8,} found {len(missed):8,} missed  {where}",
        flush=True,
    )
    return missed


if __name__ == "__main__":
    sys.exit(main())
