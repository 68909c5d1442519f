"""Findings that follow from others, so that what is one matter is listed once.

Whoever derives from the association's harvest gets another yield than whoever derives from the ministry's. That is one
dispute, over the harvest, and not two. Nor is there a second one where a number is compared with what it was computed
from and a calculation checks it, or where one number is given both with a date and without.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.domain.entity import ArgumentKind, Figure, InputKind
from kb.domain.finding import Finding, Pairing, PairingSide, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.calculation.result import Result
from kb.reasoning.findings.origin import origin_of
from kb.reasoning.scope import ScopeKey, scope_key

Mark = tuple[object, ...]
"""A number as one origin states it of one thing, so that a second mention of it counts as the first."""

_BETWEEN_VOICES = ("positions", "forecast")
"""The rules of findings between two positions, or between what was projected and what it came to."""

_BETWEEN_TWO = ("positions", "parts")
"""The rules of findings between two positions, each of which one of the finding's parts stands for."""

Sides = tuple[Sequence["_Ground"], Sequence["_Ground"]]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What stands on one side of a finding, a figure or a premise, with what it rests on.

    Attributes:
        behind: How many steps of derivation lie between it and each number that it rests on.
        origin: The key of its own origin; empty where only what it rests on counts.
    """

    behind: Mapping[Mark, int]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class _Dispute:
    """A disagreement between two positions, as the marks and the origins of each side."""

    finding: Finding
    marks: tuple[frozenset[Mark], frozenset[Mark]]
    origins: tuple[frozenset[str], frozenset[str]]


def followed_findings(
    knowledge: Knowledge, results: Mapping[Id, Result], findings: Iterable[Finding]
) -> dict[str, str]:
    """For each of ``findings`` that follows from another of them: the id of the nearest, the gravest of several.

    One follows from a dispute between two positions, or from a forecast that was missed, if its own two sides come from
    these: all figures of a side were derived from one position, or are the word of somebody who takes it, and those of
    the other side from the other position; of a check the stated figure and an input, of a denial the figures that
    support the claims. At least one side was derived. What says again what another finding says, see ``_Restated``,
    follows from that one. Nothing follows from a finding that follows from it.
    """
    findings = tuple(findings)
    disagreements = [finding for finding in findings if finding.is_disagreement or finding.verdict is Verdict.MISSED]
    rests = _Rests(knowledge)
    sides = {finding.id: rests.sides(finding, results) for finding in disagreements}
    # Most findings rest on nothing that was derived, and most disputes are about measures from which nothing was.
    derived = {id for id, both in sides.items() if any(ground.behind for side in both for ground in side)}
    measures = {mark[0] for id in derived for side in sides[id] for ground in side for mark in ground.behind}
    disputes = [rests.dispute(f) for f in disagreements if f.rule in _BETWEEN_VOICES and f.measure in measures]
    followed: dict[str, str] = {}
    for finding in (finding for finding in disagreements if finding.id in derived):
        for parent in _parents(finding, sides[finding.id], disputes):
            if finding.id not in _chain(parent, followed):
                followed[finding.id] = parent
                break
    for id, parent in _Restated(rests, findings).parents():
        if id not in followed and id not in _chain(parent, followed):
            followed[id] = parent
    return followed


def _parents(finding: Finding, sides: Sides, disputes: Sequence[_Dispute]) -> list[str]:
    """The ids of the ``disputes`` from which ``finding`` comes, the nearest first, then the gravest."""
    strict = finding.rule in _BETWEEN_VOICES
    found = [
        (steps, -dispute.finding.rank, -dispute.finding.severity, dispute.finding.id)
        for dispute in disputes
        if dispute.finding.id != finding.id and (steps := _steps(sides, dispute, strict=strict))
    ]
    return [id for *_, id in sorted(found)]


def _chain(start: str, followed: Mapping[str, str]) -> Iterator[str]:
    """The finding ``start``, the one that it follows from, and so on."""
    current: str | None = start
    while current is not None:
        yield current
        current = followed.get(current)


def _steps(sides: Sides, dispute: _Dispute, *, strict: bool) -> int:
    """How many steps of derivation lie between two sides and those of ``dispute``; 0 where they do not come from it."""
    ways = []
    for order in ((0, 1), (1, 0)):
        steps = [_side_steps(side, dispute, place, strict=strict) for side, place in zip(sides, order, strict=True)]
        if None not in steps:
            ways.append(sum(step for step in steps if step))
    # Without any derivation the two are about different things that the same voices happen to dispute.
    return min((way for way in ways if way), default=0)


def _side_steps(side: Sequence[_Ground], dispute: _Dispute, place: int, *, strict: bool) -> int | None:
    """The steps between one side and that ``place`` of ``dispute``; None where it has nothing to do with it.

    Of a ``strict`` side everything must come from there: a voice of its own keeps the dispute alive.
    """
    steps = [_ground_steps(ground, dispute, place) for ground in side]
    reached = [step for step in steps if step is not None]
    if not reached or (strict and len(reached) < len(steps)):
        return None
    return max(reached) if strict else min(reached)


def _ground_steps(ground: _Ground, dispute: _Dispute, place: int) -> int | None:
    steps = [step for mark, step in ground.behind.items() if mark in dispute.marks[place]]
    if steps:
        return min(steps)
    return 0 if ground.origin and ground.origin in dispute.origins[place] else None


def _gives_one_number(finding: Finding) -> bool:
    pairing = finding.pairings[finding.headline]
    return pairing.left.stated == pairing.right.stated


class _Restated:
    """The findings that say again what another of them says.

    - A number beside what it was computed from, where a calculation checks it by just that.
    - A number that agrees with one on which several voices agree, by the finding on these.
    - A dispute of one position with a number that is given twice: with and without a time, or in two currencies.
    """

    def __init__(self, rests: "_Rests", findings: Sequence[Finding]) -> None:
        self._rests = rests
        self._paired = [finding for finding in findings if finding.rule in _BETWEEN_TWO]
        self._checks: dict[Id, list[Finding]] = defaultdict(list)
        self._corroborated: dict[Id, Finding] = {}
        self._equal: dict[Id, list[Id]] = defaultdict(list)
        for finding in self._paired:
            if finding.is_settled and _gives_one_number(finding):
                first, second = finding.parts
                self._equal[first].append(second)
                self._equal[second].append(first)
        for finding in findings:
            if finding.rule == "check":
                self._checks[finding.parts[1]].append(finding)
            elif finding.rule == "corroboration":
                self._corroborated[finding.parts[0]] = finding

    def parents(self) -> Iterator[tuple[str, str]]:
        """The id of each finding that says again what another says, and the id of that one."""
        for finding in self._paired:
            if parent := self._computing(finding) or self._confirming(finding):
                yield finding.id, parent.id
        yield from self._undated()

    def _computing(self, finding: Finding) -> Finding | None:
        """The check of one side of ``finding`` by a calculation that takes the other side; None for none."""
        pairing = finding.pairings[finding.headline]
        for side, other in ((pairing.left, pairing.right), (pairing.right, pairing.left)):
            for check in (check for id in side.figures for check in self._checks.get(id, ())):
                # What fits as it was computed may yet conflict at the rate of the day: that is no lesser matter.
                if check.rank >= finding.rank and self._rests.computed(side, other, check):
                    return check
        return None

    def _confirming(self, finding: Finding) -> Finding | None:
        """The finding that several voices give one number, if ``finding`` is that another one fits it."""
        if not (finding.is_settled and _gives_one_number(finding)):
            return None
        return next((self._corroborated[part] for part in finding.parts if part in self._corroborated), None)

    def _undated(self) -> Iterator[tuple[str, str]]:
        """Pairs of disputes of one position with one number, which is given twice; the milder one first."""
        groups: dict[tuple[str, Id], list[tuple[Finding, Id, Interval | None]]] = defaultdict(list)
        for finding in self._paired:
            if finding.is_disagreement:
                pairing = finding.pairings[finding.headline]
                first, second = finding.parts
                groups[finding.rule, first].append((finding, second, pairing.right.stated))
                groups[finding.rule, second].append((finding, first, pairing.left.stated))
        # Few positions are in two disputes, and few of these with one number: scopes are looked at last.
        for group in (group for group in groups.values() if len(group) > 1):
            by_number: dict[Interval | None, list[Id]] = defaultdict(list)
            before: dict[Id, Finding] = {}
            for finding, part, number in sorted(group, key=lambda item: (-item[0].rank, -item[0].severity, item[0].id)):
                same = (*by_number[number], *(id for id in self._equal.get(part, ()) if id in before))
                if graver := next((id for id in same if self._may_be_one(part, id)), None):
                    yield finding.id, before[graver].id
                by_number[number].append(part)
                before[part] = finding

    def _may_be_one(self, part: Id, other: Id) -> bool:
        """Whether two numbers are about one thing at one time, or one is given without a time of the other."""
        if self._rests.things(part) != self._rests.things(other):
            return False
        times, others = self._rests.times(part), self._rests.times(other)
        return times.items() <= others.items() or others.items() <= times.items()


class _Rests:
    """What the two sides of findings rest on."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def dispute(self, finding: Finding) -> _Dispute:
        pairing = finding.pairings[finding.headline]
        left, right = self._figures(pairing.left.figures), self._figures(pairing.right.figures)
        return _Dispute(
            finding,
            (frozenset(map(self._mark, left)), frozenset(map(self._mark, right))),
            (frozenset(map(self._origin, left)), frozenset(map(self._origin, right))),
        )

    def sides(self, finding: Finding, results: Mapping[Id, Result]) -> Sides:
        """Both sides of a disagreement; empty for the kinds that follow from nothing."""
        pairing = finding.pairings[finding.headline]
        # A page asks for this of every finding, and most are about numbers that nobody derived.
        numbers = (*pairing.left.figures, *pairing.right.figures)
        if finding.rule != "denial" and not any(map(self._is_derived, self._figures(numbers))):
            return (), ()
        match finding.rule:
            case "positions" | "forecast":
                return self._voices(pairing.left.figures), self._voices(pairing.right.figures)
            case "check":
                return self._taken(self._inputs(finding, pairing, results)), self._derived(pairing.right.figures)
            case "denial":
                first, second = (self._taken(self._premises(claim)) for claim in finding.claims)
                return first, second
            case _:
                return (), ()

    def computed(self, side: PairingSide, other: PairingSide, check: Finding) -> bool:
        """Whether all numbers of ``side`` were derived from those of ``other``, which ``check`` takes as well."""
        needed = {self._mark(figure) for figure in self._figures(other.figures)}
        taken = {self._mark(figure) for figure in self._figures(check.figures)}
        derived = self._figures(side.figures)
        return needed <= taken and all(needed <= self._behind(figure).keys() for figure in derived)

    def things(self, figure: Id) -> ScopeKey:
        """What a figure is about apart from the time."""
        return tuple(part for part in scope_key(self._knowledge.figures[figure].scope) if not part[1].is_time)

    def times(self, figure: Id) -> dict[str, ScopeSelection]:
        """The times that the scope of a figure gives."""
        return {key: value for key, value in scope_key(self._knowledge.figures[figure].scope) if value.is_time}

    def _is_derived(self, figure: Figure) -> bool:
        return bool(self._knowledge.origin_figure(figure).derived_from)

    def _voices(self, ids: Iterable[Id]) -> list[_Ground]:
        return [_Ground(self._behind(figure), self._origin(figure)) for figure in self._figures(ids)]

    def _derived(self, ids: Iterable[Id]) -> list[_Ground]:
        # A voice may have its sum wrong whoever is right about the input: only a recorded derivation counts here.
        return [_Ground(self._behind(figure)) for figure in self._figures(ids)]

    def _taken(self, ids: Iterable[Id]) -> list[_Ground]:
        """Figures that are taken as they are, which is a step of its own."""
        figures = self._figures(ids)
        return [_Ground({self._mark(f): 1} | {m: s + 1 for m, s in self._behind(f).items()}) for f in figures]

    def _behind(self, figure: Figure) -> dict[Mark, int]:
        """The numbers that ``figure`` was derived from, directly or through others, each with the steps between."""
        behind: dict[Mark, int] = {}
        seen, now, steps = {figure.id}, [self._knowledge.origin_figure(figure)], 0
        while now:
            steps += 1
            bases = [base for derived in now for base in self._figures(derived.derived_from) if base.id not in seen]
            seen |= {base.id for base in bases}
            for base in bases:
                behind.setdefault(self._mark(base), steps)
            now = [self._knowledge.origin_figure(base) for base in bases]
        return behind

    def _inputs(self, finding: Finding, pairing: Pairing, results: Mapping[Id, Result]) -> Iterator[Id]:
        result = results.get(finding.calculation) if finding.calculation else None
        if result is not None and pairing.outcome is not None:
            for choice in result.outcomes[pairing.outcome].choices:
                yield from choice.figures[:1]

    def _premises(self, claim: Id) -> Iterator[Id]:
        """The figures that support a claim, as premises or as inputs of what is calculated for it."""
        known = self._knowledge
        condition = known.claims[claim].holds_if
        ids = [condition.calculation] if condition else []
        for argument in known.arguments_to.get(claim, ()):
            if argument.kind is ArgumentKind.SUPPORTS:
                ids += [premise.id for premise in argument.premises]
        for id in ids:
            yield id
            if calculation := known.calculations.get(id):
                yield from (i.ref for i in calculation.inputs if i.kind is InputKind.FIGURE and i.ref)

    def _figures(self, ids: Iterable[Id]) -> list[Figure]:
        return [self._knowledge.figures[id] for id in ids if id in self._knowledge.figures]

    def _mark(self, figure: Figure) -> Mark:
        root = self._knowledge.origin_figure(figure)
        quantity = root.quantity
        number = (quantity.low, quantity.high, quantity.unit)
        return (root.measure, scope_key(root.scope), self._origin(root), number)

    def _origin(self, figure: Figure) -> str:
        return origin_of(self._knowledge, figure).key
