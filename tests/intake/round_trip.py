"""The law of export and import: what is accepted comes out again, and goes in again without being news."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.domain.codec import to_builtins
from kb.domain.entity import kind_of
from kb.domain.event import Fact
from kb.domain.knowledge import Knowledge
from kb.intake.import_plan import plan_import
from kb.intake.seed_reader import read_written
from kb.intake.seed_writer import seed_files
from tests.intake.shelf import Counting, after

LINKED = Path(__file__).parent / "linked"


def linked() -> dict[str, str]:
    """Eight seed files that refer to each other in every way there is."""
    return {path.stem: path.read_text("utf-8") for path in sorted(LINKED.glob("*.yaml"))}


class RoundTrip:
    """A base without a database, to import into.

    Attributes:
        knowledge: What was imported so far.
        mint: Counts ids.
    """

    def __init__(self, knowledge: Knowledge | None = None, mint: Counting | None = None) -> None:
        self.knowledge = knowledge or Knowledge()
        self.mint = mint or Counting()

    def bring_in(self, files: Mapping[str, str], *, prune: bool = False) -> tuple[Fact, ...]:
        """Imports the texts of seed files, which must be accepted; the facts."""
        facts, problems = self.attempt(files, prune=prune)
        assert problems == []
        return facts

    def attempt(self, files: Mapping[str, str], *, prune: bool = False) -> tuple[tuple[Fact, ...], list[str]]:
        """Imports them if there is no problem; the facts, or the problems."""
        reading = read_written(files, self.knowledge, self.mint, lambda _: None)
        problems = reading.problems
        if not problems:
            planned = plan_import(reading, self.knowledge, prune=prune)
            problems = planned.problems
        if problems:
            return (), [str(problem) for problem in problems]
        self.knowledge = after(self.knowledge, planned.facts)
        return planned.facts, []

    def check(self) -> None:
        """Exports, and imports the export here and into an empty base."""
        exported = seed_files(self.knowledge)
        here, empty = RoundTrip(self.knowledge, self.mint), RoundTrip(mint=self.mint)
        assert here.bring_in(exported) == ()
        empty.bring_in(exported)
        assert content(empty.knowledge) == content(self.knowledge)
        assert empty.bring_in(exported) == ()


def content(knowledge: Knowledge) -> dict[str, Any]:
    """Every entity by kind and name, with names in place of ids."""
    names = {id: f"{kind_of(entity)} {entity.slug}" for id, entity in knowledge.by_id.items()}

    def named(tree: Any) -> Any:
        if isinstance(tree, dict):
            # The key of a finding is made of ids; its rule, measure and parts stand beside it.
            return {key: named(value) for key, value in tree.items() if key != "finding"}
        if isinstance(tree, list | tuple):
            return [named(value) for value in tree]
        return names.get(tree, tree) if isinstance(tree, str) else tree

    return {names[id]: named(to_builtins(entity)) for id, entity in knowledge.by_id.items()}
