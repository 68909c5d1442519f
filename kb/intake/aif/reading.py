"""What the base can hold of an AIF document: claims, arguments and who speaks; and why the rest is only kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.domain.problem import Problem, Severity
from kb.intake.aif.document import CONFLICT, STATEMENT, AifDocument, AifEdge, AifNode, key_of, listed, plain_text


@dataclass(frozen=True, slots=True)
class Step:
    """An argument that an ``RA`` or ``CA`` node stands for; a node with several conclusions stands for several.

    Attributes:
        node: The node.
        premises: The statements that lead to it, each once.
        conclusion: A statement, or the node of another argument.
    """

    node: AifNode
    premises: tuple[AifNode, ...]
    conclusion: AifNode

    @property
    def attacks(self) -> bool:
        """Whether it speaks against its conclusion."""
        return self.node.kind == CONFLICT


class AifReading:
    """A document, taken apart.

    Attributes:
        statements: The nodes of which claims are made.
        steps: The arguments, each after the one that it is about.
    """

    def __init__(self, document: AifDocument) -> None:
        self.document = document
        self.statements = tuple(node for node in document.nodes if node.is_statement)
        self._into: dict[str, list[AifNode]] = defaultdict(list)
        self._out_of: dict[str, list[AifNode]] = defaultdict(list)
        for edge in document.edges:
            if edge.tail and edge.head:
                self._into[edge.head.key].append(edge.tail)
                self._out_of[edge.tail.key].append(edge.head)
        self._circular: list[AifNode] = []
        self.steps = tuple(self._accepted())

    def _premises(self, step: AifNode) -> tuple[AifNode, ...]:
        tails = {node.key: node for node in self._into[step.key]}
        return tuple(node for node in tails.values() if node.is_statement)

    def _conclusions(self, step: AifNode) -> tuple[AifNode, ...]:
        heads = {node.key: node for node in self._out_of[step.key]}
        return tuple(node for node in heads.values() if node.is_statement or node.is_step)

    def _accepted(self) -> Iterator[Step]:
        """The arguments; those about each other, and those that would close a circle of reasons, are left out."""
        support = _Support()
        whole = (node for node in self.document.nodes if node.is_step and self._is_whole(node))
        waiting = [(node, conclusion) for node in whole for conclusion in self._conclusions(node)]
        made: set[str] = set()
        # An argument about another one comes after it. What never gets its turn is about itself, or about nothing.
        while ready := [pair for pair in waiting if pair[1].is_statement or pair[1].key in made]:
            for node, conclusion in ready:
                step = Step(node, self._premises(node), conclusion)
                if step.attacks or support.takes(step):
                    yield step
                    made.add(node.key)
                else:
                    self._circular.append(node)
            taken = {(node.key, conclusion.key) for node, conclusion in ready}
            waiting = [pair for pair in waiting if (pair[0].key, pair[1].key) not in taken]

    def _is_whole(self, step: AifNode) -> bool:
        """Whether all statements that lead to ``step`` say something: with one missing it is another argument."""
        tails = [node for node in self._into[step.key] if node.kind == STATEMENT]
        return bool(tails) and all(node.is_statement for node in tails)

    @cached_property
    def stepping(self) -> Mapping[str, tuple[Step, ...]]:
        """The arguments by the ids of their nodes."""
        steps: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            steps[step.node.key].append(step)
        return {key: tuple(found) for key, found in steps.items()}

    def voices(self) -> Mapping[str, str]:
        """By the id of a statement: who says it, where a locution and its participant tell."""
        speakers = _speakers(self.document)
        named = ((node.key, self._voice(node, speakers)) for node in self.statements)
        return {key: name for key, name in named if name}

    def _voice(self, statement: AifNode, speakers: Mapping[str, str]) -> str:
        ties = (tie for tie in self._into[statement.key] if tie.kind == "YA")
        uttered = (node.key for tie in ties for node in self._into[tie.key] if node.kind == "L")
        # Some files tie the person to the statement itself.
        return next((name for key in (*uttered, statement.key) if (name := speakers.get(key))), "")

    def warnings(self, path: str) -> Iterator[Problem]:
        """A warning for each kind of flaw, and for each kind of thing that is kept and not weighed."""
        for what, hint, examples in self._flaws():
            if examples:
                yield Problem(
                    where=f"{path}:1:1",
                    what=f"{what} ({_named(examples)})",
                    hint=hint,
                    severity=Severity.WARNING,
                )

    def _flaws(self) -> Iterator[tuple[str, str, list[str]]]:
        """Each kind of flaw: what it is, what became of it, and the ids concerned."""
        nodes, edges = self.document.nodes, self.document.edges
        kept = "kept as they are, and not weighed"
        yield "nodes without an id, or that are no objects", kept, [_label(n) for n in nodes if not _id(n)]
        yield "several nodes have one id", "the first counts; the others are kept", [_id(n) for n in nodes if _again(n)]
        blank = [n.key for n in nodes if n.kind == STATEMENT and n.key and not n.text and not n.is_in_claim]
        yield "statements without a text", kept, blank
        yield "edges from or to a node that is not there", kept, [_ends(e) for e in edges if not (e.tail and e.head)]
        yield "edges twice with one id", kept, _repeated(key_of(e.raw.get("edgeID")) for e in edges)
        direct = [_ends(e) for e in edges if e.tail and e.head and e.tail.kind == e.head.kind == STATEMENT]
        yield "statements tied without saying whether one supports or attacks the other", kept, direct
        yield from self._step_flaws()
        other = Counter(n.kind or "no type" for n in nodes if n.kind != STATEMENT and not n.is_step and _id(n))
        hint = "kept as they are, and not weighed: the base has nothing of this kind"
        yield "nodes of other types", hint, [f"{count} {kind}" for kind, count in other.most_common()]

    def _step_flaws(self) -> Iterator[tuple[str, str, list[str]]]:
        steps = [node for node in self.document.nodes if node.is_step]
        kept = "kept as they are, and not weighed"
        circular = {node.key for node in self._circular}
        without = [n.key for n in steps if not any(tail.kind == STATEMENT for tail in self._into[n.key])]
        yield "RA or CA nodes without a premise", kept, without
        yield "RA or CA nodes without a conclusion", kept, [n.key for n in steps if not self._conclusions(n)]
        several = [key for key, found in self.stepping.items() if len(found) > 1]
        yield "RA or CA nodes with several conclusions", "an argument was made for each of them", several
        yield "arguments that would make a statement rest on itself", kept, sorted(circular)
        done = {*without, *circular, *self.stepping}
        rest = [n.key for n in steps if n.key not in done and self._conclusions(n)]
        yield "RA or CA nodes that lack a statement with a text, or are about each other", kept, rest


def _again(node: AifNode) -> bool:
    return bool(_id(node)) and not node.key


def _id(node: AifNode) -> str:
    return key_of(node.raw.get("nodeID"))


def _label(node: AifNode) -> str:
    return f"number {node.place + 1}"


def _ends(edge: AifEdge) -> str:
    tail, head = (key_of(edge.raw.get(name)) or "?" for name in ("fromID", "toID"))
    return f"{tail} to {head}"


def _repeated(ids: Iterable[str]) -> list[str]:
    return [id for id, count in Counter(ids).items() if id and count > 1]


_MOST_NAMED = 5


def _named(examples: Sequence[str]) -> str:
    more = f" and {len(examples) - _MOST_NAMED:,} more" if len(examples) > _MOST_NAMED else ""
    return ", ".join(example[:60] for example in examples[:_MOST_NAMED]) + more


class _Support:
    """What rests on what, as far as it was taken; without circles."""

    def __init__(self) -> None:
        self._below: dict[str, list[str]] = defaultdict(list)

    def takes(self, step: Step) -> bool:
        """Takes ``step``, unless its conclusion would come to rest on itself."""
        premises = [node.key for node in step.premises]
        if self._reaches(premises, step.conclusion.key):
            return False
        self._below[step.conclusion.key] += [step.node.key]
        self._below[step.node.key] += premises
        return True

    def _reaches(self, starts: Sequence[str], goal: str) -> bool:
        stack, seen = list(starts), set(starts)
        while stack:
            key = stack.pop()
            if key == goal:
                return True
            following = [below for below in self._below.get(key, ()) if below not in seen]
            seen.update(following)
            stack += following
        return False


_PREFIX = re.compile(r"\s*(\(?[^\W\d_][^:\n]{0,58}?)\s*:\s+\S")
_MOST_WORDS = 5
_USUALLY = 0.75


def _speakers(document: AifDocument) -> Mapping[str, str]:
    """By the id of a locution: the name of its speaker, as a participant or before its colon."""
    people = {key_of(person.get("participantID")): _full_name(person) for person in _objects(document, "participants")}
    said = ((key_of(item.get("nodeID")), key_of(item.get("personID"))) for item in _objects(document, "locutions"))
    names = {**_prefixes(document), **{node: people[person] for node, person in said if people.get(person)}}
    return {key: " ".join(name.split()) for key, name in names.items() if _is_name(name)}


def _full_name(person: Mapping[str, object]) -> str:
    return " ".join(part for name in ("firstname", "surname") if (part := plain_text(person.get(name))))


def _prefixes(document: AifDocument) -> Mapping[str, str]:
    """What stands before the colon of each locution, in a document where most of them begin with a name."""
    locutions = [node for node in document.nodes if node.kind == "L" and node.text]
    found = {node.key: match[1] for node in locutions if (match := _PREFIX.match(node.text))}
    named = {key: name for key, name in found.items() if len(name.split()) <= _MOST_WORDS}
    return named if len(named) >= _USUALLY * len(locutions) else {}


_IN_PARENTHESES = re.compile(r"\([^()]+\)")


def _is_name(name: str) -> bool:
    """Whether a voice may be called so: no word and no parenthesis that has a meaning in a seed file."""
    if _IN_PARENTHESES.fullmatch(name):
        name = name[1:-1]
    return bool(name.strip()) and not {"via", "editors"} & {*name.lower().split()} and not {"(", ")"} & {*name}


def _objects(document: AifDocument, name: str) -> list[dict[str, object]]:
    return [item for item in listed(document.graph, name) if isinstance(item, dict)]
