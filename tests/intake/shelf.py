"""A shelf of seed files, and the knowledge that they were imported into."""

from collections.abc import Mapping
from hashlib import sha256
from itertools import count
from pathlib import Path

from kb.domain.entity import AnyEntity
from kb.domain.event import Fact, Recorded, Retracted, Revised
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.references import references
from kb.intake.import_plan import ImportPlan, plan_import
from kb.intake.seed_reader import Reading, read
from kb.intake.seed_writer import seed_files

VOCABULARY = """\
kb: 1
id: vocabulary
measures:
  - id: fee
    label: Fee
    unit: USD/month
    kind: price
    keys: [vendor, period]
    aliases: [monthly price]
  - id: share
    label: Share
    unit: fraction
    kind: ratio
scopes:
  vendor:
    - {id: anthropic, label: Anthropic, aliases: [the makers of Claude]}
    - {id: openai, label: OpenAI}
questions:
  - id: pays
    text: Does it pay?
    sides: {yes: It pays., no: It does not.}
"""

SOURCE = """\
kb: 1
id: deck
source: {type: report, title: The deck, author: Ada Byron, language: en}
"""


class Counting:
    """Ids that count."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def id(self) -> str:
        return f"id-{next(self._numbers):04d}"

    def salt(self) -> str:
        return "0" * 32

    def now(self) -> str:
        return "2026-06-15T12:00:00.000000Z"


class Shelf:
    """Seed files in a folder.

    Attributes:
        knowledge: What was imported so far.
        texts: Attached documents by their SHA-256.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.knowledge = Knowledge()
        self.texts: dict[str, str] = {}
        self.mint = Counting()

    def put(self, **files: str | bytes) -> "Shelf":
        """Writes each text into a file of that name."""
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (self.folder / f"{name}.yaml").write_bytes(data)
        return self

    def take(self, name: str) -> "Shelf":
        """Takes a file away."""
        (self.folder / f"{name}.yaml").unlink()
        return self

    def attach(self, text: str) -> str:
        """Attaches a document; its SHA-256."""
        digest = sha256(text.encode()).hexdigest()
        self.texts[digest] = text
        return digest

    def reading(self, *names: str) -> Reading:
        """What the files say; all of them, or those that are named."""
        paths = [self.folder / f"{name}.yaml" for name in names] or sorted(self.folder.glob("*.yaml"))
        return read(paths, self.knowledge, self.mint, self.texts.get)

    def planned(self, *names: str, prune: bool = False) -> ImportPlan:
        """What importing them would do; they must read without a problem."""
        reading = self.reading(*names)
        assert self.said(reading) == []
        return plan_import(reading, self.knowledge, prune=prune)

    def bring_in(self, *names: str, prune: bool = False) -> tuple[Fact, ...]:
        """Imports them and returns the facts; there must be no problem."""
        planned = self.planned(*names, prune=prune)
        assert [str(problem) for problem in planned.problems] == []
        self.knowledge = after(self.knowledge, planned.facts)
        return planned.facts

    def problems(self, *names: str) -> list[str]:
        """Every problem as ``file:line:column: what — hint``."""
        return self.said(self.reading(*names))

    def warnings(self, *names: str) -> list[str]:
        """Every warning, likewise."""
        return [str(problem).replace(f"{self.folder}/", "") for problem in self.reading(*names).warnings]

    def said(self, reading: Reading | ImportPlan) -> list[str]:
        """The problems of a reading or a plan, with the folder's name left out."""
        return [str(problem).replace(f"{self.folder}/", "") for problem in reading.problems]

    def shown(self) -> str:
        """Every problem with its line and a caret."""
        return (
            "\n".join(problem.with_excerpt() for problem in self.reading().problems).replace(f"{self.folder}/", "")
            + "\n"
        )

    def entity(self, kind: type[AnyEntity], slug: str) -> AnyEntity:
        """The entity that was imported under this name."""
        return self.knowledge.by_slug[kind, slug]

    def exported(self, folder: Path) -> "Shelf":
        """A shelf with what an export writes, over the same knowledge."""
        folder.mkdir()
        shelf = Shelf(folder).put(**seed_files(self.knowledge))
        shelf.knowledge, shelf.texts, shelf.mint = self.knowledge, self.texts, self.mint
        return shelf


def after(knowledge: Knowledge, facts: tuple[Fact, ...]) -> Knowledge:
    """Knowledge once ``facts`` have happened; each must name only what is there."""
    entities: dict[Id, AnyEntity] = dict(knowledge.by_id)
    for fact in facts:
        match fact:
            case Recorded(entity):
                assert entity.id not in entities, entity.slug
                entities[entity.id] = entity
            case Revised(entity):
                assert entity.id in entities, entity.slug
                entities[entity.id] = entity
            case Retracted(_, id):
                del entities[id]
        _whole(entities, fact)
    return Knowledge.of(entities.values())


def _whole(entities: Mapping[Id, AnyEntity], fact: Fact) -> None:
    if isinstance(fact, Recorded | Revised):
        missing = [id for _, id in references(fact.entity) if id not in entities]
        assert not missing, f"{fact.entity.slug} names what is not there yet"
    elif isinstance(fact, Retracted):
        users = [entity.slug for entity in entities.values() if any(fact.id == id for _, id in references(entity))]
        assert not users, f"{users} still name what was retracted"
