"""A seed file made from an AIF document: statements as claims, steps as arguments, all else as it came."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.domain.problem import Problem
from kb.domain.slug import cut_slug, slug_of, unused_slug
from kb.intake.aif.document import IN_CLAIM, AifDocument, AifNode, document_text, listed
from kb.intake.aif.reading import AifReading, Step
from kb.intake.record import ArgumentRecord, ClaimRecord, QuestionRecord
from kb.intake.seed_entry import Written, seed_text, written_entry
from kb.intake.source_record import SourceRecord
from kb.intake.yaml_writer import Inline, Remarked
from kb.numbers.recognition import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AifDraft:
    """A seed file made from an AIF document.

    Attributes:
        text: The seed file.
        claim_count: How many claims it has.
        argument_count: How many arguments.
        kept_count: How many nodes are only kept.
        warnings: What is ill kept in the document, and what is not weighed.
    """

    text: str
    claim_count: int
    argument_count: int
    kept_count: int
    warnings: tuple[Problem, ...]


def aif_draft(
    document: AifDocument, written: str, id: str, origin: str, path: str, taken: Container[str] = ()
) -> AifDraft:
    """The seed file ``id`` of a document.

    Args:
        document: The document.
        written: Its text, for the lines of its nodes.
        id: The identity of the seed file.
        origin: The name of the document, for readers.
        path: Its place, for warnings.
        taken: The ids of questions of other files.
    """
    reading = AifReading(document)
    names = _Names(reading)
    warnings = tuple(reading.warnings(path))
    question = _proposed_question(reading, unused_slug(cut_slug(f"is-{id}-right"), taken))
    text = seed_text(
        id,
        _head(origin, question),
        source=_source(reading, origin),
        questions=[question.entry] if question else [],
        claims=list(_claims(reading, names, written, question)),
        arguments=[_argument(*entry, names) for entry in names.arguments],
        aif=document_text(_kept(reading).whole),
    )
    held = {node.key for node in reading.statements} | reading.stepping.keys()
    return AifDraft(
        text=text,
        claim_count=len(reading.statements),
        argument_count=len(names.arguments),
        kept_count=len(document.nodes) - len(held),
        warnings=warnings,
    )


class _Names:
    """The ids of the entries that are made of nodes: ``n`` and the id of the node.

    Attributes:
        claims: By the id of a statement: the name of its claim.
        arguments: The name of each argument, the step that it is, and the name of what it leads to. A step to a node
            with several conclusions is an argument about each of the arguments that were made of that node.
    """

    def __init__(self, reading: AifReading) -> None:
        self._taken: set[str] = set()
        self.claims = {node.key: self._new(node) for node in reading.statements}
        self.arguments: list[tuple[str, Step, str]] = []
        entries = defaultdict(list, {key: [name] for key, name in self.claims.items()})
        for step in reading.steps:
            for target in entries[step.conclusion.key]:
                name = self._new(step.node)
                entries[step.node.key].append(name)
                self.arguments.append((name, step, target))

    def _new(self, node: AifNode) -> str:
        name = unused_slug(cut_slug(f"n{slug_of(node.key)}"), self._taken)
        self._taken.add(name)
        return name


def _head(origin: str, question: _Question | None) -> Iterator[str]:
    yield (
        f"Made from {origin}, an argument map in AIF. The claims and arguments below are weighed. All else is kept "
        "under aif: as it came, is not weighed, and is written out again by kb export --format aif. The texts of the "
        "claims stand only below; places (at:) are lines of the file."
    )
    if question:
        yield (
            "AIF knows no questions. The one below is proposed because most of the map leads to its claim: put it into "
            "your own words, or delete it together with answers: below."
        )


def _source(reading: AifReading, origin: str) -> Written:
    language = language_of("\n".join(node.text for node in reading.statements[:200]))
    return written_entry(
        SourceRecord,
        type="dataset",
        title=Remarked(f"Argument map {origin}", "guess"),
        language=Remarked(language.code, "guess") if language else Remarked("und", "unknown; write en, zh, …"),
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """A question that is proposed.

    Attributes:
        entry: Its entry.
        root: The statement that it asks about.
    """

    entry: Written
    root: AifNode


_YES, _NO = "yes", "no"
_LONGEST = 240


def _proposed_question(reading: AifReading, id: str) -> _Question | None:
    """A question about the statement to which most of the map leads; None where no argument leads anywhere."""
    below: dict[str, list[str]] = defaultdict(list)
    for step in reading.steps:
        below[step.conclusion.key].append(step.node.key)
        below[step.node.key] += [node.key for node in step.premises]
    reasons = {node.key for step in reading.steps for node in step.premises}
    concluded = {step.conclusion.key for step in reading.steps}
    candidates = [node for node in reading.statements if node.key in concluded]
    roots = [node for node in candidates if node.key not in reasons] or candidates
    if not roots:
        return None
    root = max(roots, key=lambda node: len(_reached(node.key, below)))
    entry = written_entry(
        QuestionRecord,
        id=id,
        text=f"Is it right that “{textwrap.shorten(root.text, _LONGEST, placeholder='…')}”?",
        sides=Inline({_YES: "It is right.", _NO: "It is not right."}),
    )
    return _Question(entry, root)


def _reached(start: str, below: Mapping[str, Sequence[str]]) -> set[str]:
    seen, stack = {start}, [start]
    while stack:
        new = [key for key in below.get(stack.pop(), ()) if key not in seen]
        seen.update(new)
        stack += new
    return seen


def _claims(reading: AifReading, names: _Names, written: str, question: _Question | None) -> Iterator[Written]:
    voices, lines = reading.voices(), _lines(written)
    for node in reading.statements:
        answers = Inline({question.entry["id"]: _YES}) if question and question.root is node else None
        yield written_entry(
            ClaimRecord,
            id=names.claims[node.key],
            text=node.text,
            at=f"L{lines.get(node.key, 1)}",
            voice=voices.get(node.key),
            answers=answers,
            aif=node.key,
        )


_NODE_ID = re.compile(r'"nodeID"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+))')


def _lines(written: str) -> Mapping[str, int]:
    """For each id of a node the line on which it stands first, from 1."""
    lines: dict[str, int] = {}
    line, before = 1, 0
    for match in _NODE_ID.finditer(written):
        line += written.count("\n", before, match.start())
        before = match.start()
        lines.setdefault((match[1] or match[2] or "").strip(), line)
    return lines


def _argument(name: str, step: Step, target: str, names: _Names) -> Written:
    conclusion: dict[str, Any] = {"attacks" if step.attacks else "supports": target}
    premises = [names.claims[node.key] for node in step.premises]
    return written_entry(ArgumentRecord, id=name, premises=premises, aif=step.node.key, **conclusion)


def _kept(reading: AifReading) -> AifDocument:
    """The document without the texts that its claims repeat letter for letter."""
    document = reading.document
    nodes: list[Any] = list(listed(document.graph, "nodes"))
    for node in reading.statements:
        if node.raw["text"] == node.text:
            nodes[node.place] = node.raw | {"text": IN_CLAIM}
    return document.with_graph(nodes, listed(document.graph, "edges"))
