"""How are sources added? By writing seed files, checking them, and importing the difference."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from kb.cli.wiring import append
from kb.domain.entity import AnyEntity, Source, kind_of
from kb.domain.event import Fact, PassagesAnchored, PassagesMissed, Recorded, Retracted, Revised
from kb.domain.identity import Author, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.matching import FILE as MATCHES
from kb.domain.problem import Problem, Refused
from kb.domain.ruling import FILE as RULINGS
from kb.intake.anchoring import Outcome, anchoring
from kb.intake.change import plan
from kb.intake.reading import read
from kb.store.base import Base

Progress = Callable[[int, int], None]
Texts = Callable[[str], str | None]
_FEW = 8
JUDGED = frozenset({MATCHES, RULINGS})
"""Files that hold what people decided by command or form; they need not lie among the seeds."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import is about to do.

    Attributes:
        facts: In order.
        left_behind: Entries that their file no longer holds, and that stay.
        files: How many files were read.
        warnings: What is doubtful in them.
        outcomes: What became of passages whose document has another edition.
        editions: Names of sources that name another document than before, which is not attached.
    """

    facts: tuple[Fact, ...]
    left_behind: tuple[AnyEntity, ...]
    files: int
    warnings: tuple[Problem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    editions: tuple[str, ...] = ()

    def summary(self) -> str:
        """The facts in one line, e.g. ``3 recorded, 1 revised``."""
        names = {
            Recorded: "recorded",
            Revised: "revised",
            Retracted: "retracted",
            PassagesAnchored: "anchored",
            PassagesMissed: "to review",
        }
        counts = {name: sum(isinstance(fact, kind) for fact in self.facts) for kind, name in names.items()}
        return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "no difference"


def prepare(
    paths: Sequence[Path],
    knowledge: Knowledge,
    texts: Texts,
    mint: Mint,
    *,
    prune: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
) -> Import:
    """What importing the seed files at ``paths`` would do to ``knowledge``.

    Args:
        paths: Seed files.
        knowledge: What is known.
        texts: The attached text of a SHA-256, or None.
        mint: Gives the ids of new entities.
        prune: Whether entries that their file no longer holds are retracted.
        whole: Whether ``paths`` are all the files there are, so that a file that is not among them is gone.
        progress: Told now and then how far it is.

    Raises:
        Refused: with every problem and every warning of every file.
    """
    reading = read(paths, knowledge, mint, texts, progress)
    if reading.problems:
        raise Refused((*reading.problems, *reading.warnings))
    told = (
        dict.fromkeys(entity.file for entity in knowledge.by_id.values() if entity.file not in JUDGED) if whole else {}
    )
    files = (*reading.files, *(file for file in told if file not in reading.files))
    planned = plan(replace(reading, files=files), knowledge, prune=prune)
    if planned.problems:
        raise Refused((*planned.problems, *reading.warnings))
    anchored = anchoring(reading.entities, knowledge, texts)
    if anchored.problems:
        raise Refused((*anchored.problems, *reading.warnings))
    return Import(
        (*planned.facts, *anchored.facts),
        planned.left_behind,
        len(reading.files),
        reading.warnings,
        anchored.outcomes,
        tuple(_unread_editions(reading.entities, knowledge, texts)),
    )


def _unread_editions(entities: Sequence[AnyEntity], knowledge: Knowledge, texts: Texts) -> Iterator[str]:
    for entity in entities:
        known = knowledge.sources.get(entity.id) if isinstance(entity, Source) else None
        if known and isinstance(entity, Source) and known.document and entity.document not in ("", known.document):
            yield from () if texts(entity.document) is not None else (entity.slug,)


def remaining(left_behind: Sequence[AnyEntity]) -> Iterator[str]:
    """A line for each entry that was left behind; one for a file of which many were."""
    for file, entities in groupby(sorted(left_behind, key=lambda entity: entity.file), key=lambda entity: entity.file):
        gone = list(entities)
        if len(gone) > _FEW:
            yield f"left behind: {len(gone)} entries that {file} no longer holds (--prune retracts them)"
        else:
            yield from (
                f"left behind: {kind_of(entity)} {entity.slug} (no longer in {file}; --prune retracts it)"
                for entity in gone
            )


def seed_paths(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The seed files that ``paths`` name; a folder stands for every ``.yaml`` file in it, in order of name.

    Raises:
        Refused: a path does not exist, or a folder holds no seed file.
    """
    found: list[Path] = []
    problems = []
    for path in paths:
        inside = sorted((*path.glob("**/*.yaml"), *path.glob("**/*.yml"))) if path.is_dir() else [path]
        if not path.exists():
            problems.append(Problem(str(path), "there is no such file or folder", "name a seed file, or its folder"))
        elif not inside:
            problems.append(Problem(str(path), "no seed file in this folder", "seed files end in .yaml"))
        else:
            found += [file for file in map(_from_here, inside) if file not in found]
    if problems:
        raise Refused(problems)
    return tuple(found)


def _from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def bring_in(base: Base, prepared: Callable[[Knowledge], Import], author: Author) -> Import:
    """Append what ``prepared`` makes of what is known; nothing at all when there is no difference."""
    last: list[Import] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        last[:] = [prepared(knowledge)]
        return last[0].facts

    append(base, facts, author)
    return last[0]
