"""Seed files tidied after the review of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.app.mint import SystemMint
from kb.atomic_file import write_file
from kb.domain.entity import Claim
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Refused
from kb.intake.draft.leftovers import leftovers, without_entries
from kb.intake.seed_reader import read


@dataclass(frozen=True, slots=True)
class Tidied:
    """A seed file that was tidied, with the number of claims and the names of the other entries that were deleted."""

    path: Path
    claim_count: int
    names: tuple[str, ...]


def tidy_seed_files(files: Sequence[Path], others: Sequence[Path], known: Knowledge) -> tuple[Tidied, ...]:
    """Delete from ``files`` the drafted claims that nobody put into words, and the words that nothing uses.

    Args:
        files: Seed files.
        others: Further seed files, whose entries may use what the first declare; they stay as they are.
        known: What the base holds, likewise.

    Raises:
        Refused: a file has a problem, or cannot be written.
    """
    paths = {path.resolve(): path for path in (*others, *files)}
    reading = read(list(paths.values()), known, SystemMint(), lambda _: None)
    if reading.problems:
        raise Refused(reading.problems)
    left = leftovers(reading, known)
    tidied = []
    for path in files:
        own = [entity for entity in left if reading.paths[entity.file] == str(paths[path.resolve()])]
        if own:
            text = path.read_bytes().decode()
            lines = {reading.places[entity.id].spot.line for entity in own}
            write_file(path, without_entries(text, lines).encode())
            words = tuple(entity.slug.rpartition("/")[2] for entity in own if not isinstance(entity, Claim))
            tidied.append(Tidied(path, len(own) - len(words), words))
    return tuple(tidied)
