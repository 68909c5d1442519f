"""How many voices stand behind a number? Corroboration by independent origins, and repetition that adds none."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.domain.entity import DependenceKind
from kb.domain.finding import Finding, FindingKind, Pairing
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparing.verdict import compare
from kb.reasoning.noticing.beside import pairing, side_of
from kb.reasoning.noticing.drift import drifted
from kb.reasoning.noticing.mention import Mention, side_by_side
from kb.reasoning.noticing.notice import assemble, is_settled, rates_of
from kb.reasoning.noticing.origin import original, own_name, root_of
from kb.reasoning.noticing.position import Position, Survey
from kb.reasoning.telling.explain import sentence

MOST_SHOWN = 40
"""A number that is said again more often shows its first repetitions only."""

_HOW = {
    DependenceKind.TRANSLATES: "translates it",
    DependenceKind.QUOTES: "quotes it",
    DependenceKind.REPEATS: "repeats it",
}
_SAME_VOICE = "has it from the same voice"


def supports(knowledge: Knowledge, told: Survey) -> Iterator[Finding]:
    """What stands behind each position: who confirms it, and who only says it again."""
    for position in told.positions:
        yield from _confirmed(knowledge, position)
        yield from _repeated(knowledge, told, position)


def _confirmed(knowledge: Knowledge, position: Position) -> Iterator[Finding]:
    """That independent voices give numbers which meet."""
    ordered = sorted(position.mentions, key=lambda mention: (mention.reading.stated.low is not None, mention.order))
    pairings = [_beside(one, other) for one, other in pairwise(ordered)]
    if pairings:
        yield _corroboration(knowledge, position, pairings)


def _corroboration(knowledge: Knowledge, position: Position, pairings: Sequence[Pairing]) -> Finding:
    figures = list(dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right)))
    heard = [mention for mention in position.mentions if mention.figure.id in figures]
    same = len({mention.as_said for mention in heard}) == 1
    verb = "give the same number" if same else "give numbers that meet"
    lead = f"{len(heard)} independent voices {verb}: {', '.join(mention.origin.name for mention in heard)}."
    return assemble(
        knowledge,
        FindingKind.CORROBORATION,
        "corroboration",
        position.measure,
        pairings,
        parts=[position.figures[0]],
        figures=[mention.figure.id for mention in heard],
        explanation=f"{lead} {pairings[0].explanation}",
    )


def _repeated(knowledge: Knowledge, told: Survey, position: Position) -> Iterator[Finding]:
    """That other works give the position's number and yet add no voice; a translation is the same work."""
    again = list(_echoes(knowledge, told, position))
    if not again:
        return
    pairings = [_beside(first, later, _named(knowledge, later)) for first, later in again]
    figures = list(dict.fromkeys(mention.figure.id for pair in again for mention in pair))
    works = list(dict.fromkeys(f"{_named(knowledge, later)} ({_how(told, later)})" for _, later in again))
    voices = list(dict.fromkeys(first.origin.name for first, _ in again))
    lead = f"{_counted(again)} no independent voice to {' and '.join(voices)}"
    yield assemble(
        knowledge,
        FindingKind.REPETITION,
        "echo",
        position.measure,
        pairings,
        parts=[position.figures[0]],
        figures=figures,
        explanation=f"{lead}: {', '.join(works)}. {pairings[0].explanation}",
        basis=[_how(told, later) for _, later in again],
        rates=rates_of(*(mention.reading for pair in again for mention in side_by_side(*pair))),
    )


def _counted(again: Sequence[tuple[Mention, Mention]]) -> str:
    count = len({later.figure.source for _, later in again})
    return "Another source gives this number and adds" if count == 1 else f"{count} other sources give it and add"


def _echoes(knowledge: Knowledge, told: Survey, position: Position) -> Iterator[tuple[Mention, Mention]]:
    """The independent mention and one from another work that says the same again, in the order told.

    What changed on the way is told as a drift, and as nothing else.
    """
    by_origin = {mention.origin.key: mention for mention in position.mentions}
    again = sorted((told.mentions[id] for id in position.dependents), key=lambda mention: mention.order)
    for later in again[:MOST_SHOWN]:
        root = told.mentions[root_of(later.figure.id, told.links)]
        first = by_origin.get(root.origin.key)
        if first is None or _work(knowledge, first) == _work(knowledge, later):
            continue
        if drifted(knowledge, told, later.figure.id):
            continue
        mine, theirs = (mention.reading for mention in side_by_side(first, later))
        if mine.unit == theirs.unit and is_settled(compare(mine, theirs).verdict):
            yield first, later


def _work(knowledge: Knowledge, mention: Mention) -> Id:
    source = knowledge.sources.get(mention.figure.source)
    return original(knowledge, source).id if source else mention.figure.source


def _how(told: Survey, mention: Mention) -> str:
    link = told.links.get(mention.figure.id)
    return _HOW[link.kind] if link else _SAME_VOICE


def _named(knowledge: Knowledge, mention: Mention) -> str:
    source = knowledge.sources.get(mention.figure.source)
    return own_name(source) if source else mention.origin.name


def _beside(one: Mention, other: Mention, name: str = "") -> Pairing:
    one, other = side_by_side(one, other)
    came = compare(one.reading, other.reading)
    labels = one.origin.name, name or other.origin.name
    words = sentence(side_of(one, labels[0]), side_of(other, labels[1]), came)
    return pairing((one, other), labels, came, words)
