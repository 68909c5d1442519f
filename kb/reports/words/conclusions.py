"""Sentences on conclusions: the consensus of voices, and the standing of a statement."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from kb.domain.entity import Claim, Figure
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.condition import condition_truths
from kb.reasoning.argumentation.labelling import FrameworkNode, FrameworkNodeKind, Label
from kb.reasoning.argumentation.standing import Standing, Standings
from kb.reasoning.calculation.result import Result
from kb.reasoning.comparison.distance import Distance
from kb.reasoning.consensus import Consensus, ConsensusGround
from kb.reports.words.amount import points_words, quantity_words, ratio_words
from kb.reports.words.references import capitalized, comparison_parts, list_words, said_ref, shorten
from kb.reports.words.voices import attribution_words, cardinal, says_words, stance_mark, voices_words, with_stance


def consensus_sentence(knowledge: Knowledge, consensus: Consensus) -> str:
    """Sentences on what the consensus rests on and which voices give only a limit, or why there is none."""
    basis = consensus.basis
    named = _said_words(knowledge, basis.figures)
    limits = _limits_sentence(knowledge, basis.limits)
    match basis.ground:
        case ConsensusGround.AUTHORITY:
            return f"The declared authority decides: {named}.{limits}"
        case ConsensusGround.MEDIAN:
            return f"The weighted median of {voices_words(len(basis.figures))}: {named}.{limits}"
        case ConsensusGround.SINGLE_VOICE:
            return f"{_one_voice(consensus)}, {_single_words(knowledge, basis.figures)}.{limits}"
        case ConsensusGround.ONLY_LIMITS:
            return f"No consensus, since no voice gives more than a limit. {_said_words(knowledge, basis.limits)}."
        case ConsensusGround.AUTHORITY_INCONSISTENT:
            authority = _names(knowledge, basis.figures)
            return f"No consensus, since {authority}, the declared authority, gives several numbers."
        case ConsensusGround.END_NOT_STATED:
            return "No consensus, since a voice does not state both ends."
        case ConsensusGround.NO_RATIO:
            return "No consensus, since the voices differ in sign, or one states zero."
        case ConsensusGround.TOO_FAR_APART:
            return f"No consensus, since {_apart_words(basis.gap, len(basis.figures))}."
        case _:
            assert_never(basis.ground)


def _one_voice(consensus: Consensus) -> str:
    return "One voice only" if len(consensus.origins) == 1 else "Only one voice gives a number"


def _single_words(knowledge: Knowledge, ids: Sequence[Id]) -> str:
    """The numbers of a single voice with stance, name and year: ``over $5 million (alleged, Ann Ash, 2026)``."""
    return list_words(tuple(_dated_words(knowledge, knowledge.figures[id]) for id in ids))


def _dated_words(knowledge: Knowledge, figure: Figure) -> str:
    source = knowledge.sources.get(figure.source)
    year = source.issued[:4] if source else ""
    about = (stance_mark(figure.stance), attribution_words(knowledge, figure), year)
    return f"{quantity_words(figure.quantity)} ({', '.join(filter(None, about))})"


def _said_words(knowledge: Knowledge, ids: Sequence[Id]) -> str:
    """Who gives which number: ``Ash says $5; Elm says about $6 (estimated)``."""
    figures = (knowledge.figures[id] for id in ids)
    return "; ".join(
        says_words(attribution_words(knowledge, figure), with_stance(quantity_words(figure.quantity), figure.stance))
        for figure in figures
    )


def _names(knowledge: Knowledge, ids: Sequence[Id]) -> str:
    return list_words(tuple(attribution_words(knowledge, knowledge.figures[id]) for id in ids))


def _limits_sentence(knowledge: Knowledge, ids: Sequence[Id]) -> str:
    """A sentence that follows another, so that it begins with a space; empty without figures."""
    # A median of the numbers beside it would hide that this voice states no number of its own.
    if not ids:
        return ""
    number = "One voice gives" if len(ids) == 1 else f"{capitalized(cardinal(len(ids)))} voices give"
    return f" {number} only a limit: {_said_words(knowledge, ids)}."


def _apart_words(gap: Distance | None, number: int) -> str:
    """How far the numbers of several voices lie apart: ``one figure is 2.7 times the other``."""
    if gap is None or gap.near is None:
        return "the figures lie too far apart"
    if gap.points:
        return f"{'the' if number == 2 else 'some'} figures are {points_words(gap.near)} apart"
    larger, smaller = ("one figure", "the other") if number == 2 else ("the highest figure", "the lowest")
    return f"{larger} is {ratio_words(gap.near)} times {smaller}"


def condition_words(knowledge: Knowledge, results: Mapping[Id, Result], claim: Claim) -> str:
    """The condition of a claim and whether it holds, in two sentences; empty for a claim without one."""
    if claim.holds_if is None:
        return ""
    state = _condition_sentence(condition_truths(knowledge, claim.holds_if, results))
    computed, needed = comparison_parts(knowledge, claim.holds_if)
    return f"The claim holds if the following {needed}: {computed}. {state}"


def undecided_words(knowledge: Knowledge, results: Mapping[Id, Result], claim: Claim) -> str:
    """That the numbers do not decide the condition of a claim, and for how many results it holds; empty otherwise.

    E.g. ``undecided: two results bear it out and one leaves it open``.
    """
    if claim.holds_if is None:
        return ""
    truths = condition_truths(knowledge, claim.holds_if, results)
    decided = len(set(truths)) == 1 and None not in truths
    return "" if decided else _condition_state(truths)


def _condition_sentence(truths: Sequence[bool | None]) -> str:
    if not truths:
        return "Undecided: the calculation has no result."
    if len(set(truths)) > 1:
        _, _, counts = _condition_state(truths).partition(": ")
        return f"Undecided: {counts}."
    if truths[0] is None:
        return "Undecided: it is at some of the values, and not at others."
    every = {1: "", 2: " in both results"}.get(len(truths), f" in all {cardinal(len(truths))} results")
    return f"It {'is' if truths[0] else 'is not'}{every}."


def _condition_state(truths: Sequence[bool | None]) -> str:
    """Whether a condition holds on the recorded numbers, and for how many results."""
    if not truths:
        return "undecided: its calculation has no result"
    if len(set(truths)) == 1:
        # "In both results" says more than "in all two results".
        number = len(truths)
        every = {1: "", 2: " in both results"}.get(number, f" in all {cardinal(number)} results")
        return f"{_TRUTH_WORDS[truths[0]]}{every}"
    # A calculation has one result for each position of a measure: a reader must know for how many of them it holds.
    counts = {
        ("bears it out", "bear it out"): truths.count(True),
        ("speaks against it", "speak against it"): truths.count(False),
        ("leaves it open", "leave it open"): truths.count(None),
    }
    clauses = [f"{cardinal(number)} {verbs[number != 1]}" for verbs, number in counts.items() if number]
    first, _, rest = clauses[0].partition(" ")
    clauses[0] = f"{first} result{'s' * (first != 'one')} {rest}"
    return f"undecided: {list_words(tuple(clauses))}"


_TRUTH_WORDS = {
    True: "it holds",
    False: "it fails",
    None: "undecided: it holds for some values and fails for others",
}


def balance_sentence(standing: Standing | None) -> str:
    """From what to what a claim's strength goes, and by how much of each kind; empty where nothing moves it."""
    if standing is None:
        return ""
    support, objections = (
        sum(part.strength for part in parts if part.counts) for parts in (standing.supporters, standing.attackers)
    )
    if standing.strength == standing.weight:
        return ""
    counted = [f"support of {support:.2f}" if support else "", f"objections of {objections:.2f}" if objections else ""]
    return (
        f"Its strength is {standing.strength:.2f}: it starts from {standing.weight:.2f} and meets "
        f"{list_words(tuple(filter(None, counted)))}."
    )


def standing_sentence(knowledge: Knowledge, standings: Standings, id: Id) -> str:
    """A sentence with the reason of a grounded label and the attackers that decide it."""
    label = standings.label(id)
    deciding = standings.deciding_attackers(id)
    attackers = "; ".join(_attacker_words(knowledge, node, label) for node in deciding)
    match label:
        case Label.IN:
            if not attackers:
                return "Nothing attacks it."
            rejected = "Its only opponent is itself" if len(deciding) == 1 else "All its opponents are themselves"
            return f"{rejected} rejected: {attackers}."
        case Label.OUT:
            return f"By logic alone, it falls to: {attackers}."
        case Label.UNDECIDED:
            return f"Undecided: {attackers}."


def _attacker_words(knowledge: Knowledge, attacker: FrameworkNode, label: Label) -> str:
    """An attacker that decides a label: a clause for what is undecided, else a name or what is missing."""
    name = _name(knowledge, attacker) if attacker.kind in _NAMED else ""
    undecided = label is Label.UNDECIDED
    match attacker.kind:
        case FrameworkNodeKind.ENTITY if undecided:
            claim = attacker.id in knowledge.claims
            return (
                f"it contradicts a claim that is itself undecided, by {name}"
                if claim
                else f"what opposes it is, too: {name}"
            )
        case FrameworkNodeKind.ENTITY:
            return name
        case FrameworkNodeKind.NOT:
            return f"it is not settled whether this holds: {name}" if undecided else f"a rejected premise, {name}"
        case FrameworkNodeKind.NO_ARGUMENT:
            return "no argument for it is settled" if undecided else "the lack of an argument for it that stands"
        case FrameworkNodeKind.NO_RESULT:
            return "it cannot be calculated" if undecided else "the lack of a result"
        case FrameworkNodeKind.FAILED_CONDITION:
            return "its condition is" if undecided else "its condition, which fails on the numbers"


_NAMED = (FrameworkNodeKind.ENTITY, FrameworkNodeKind.NOT)
_LONGEST_NAME = 160


def _name(knowledge: Knowledge, node: FrameworkNode) -> str:
    """What a node says, with its voice: a reader knows neither ids nor the names of seed files."""
    question = knowledge.questions.get(node.id)
    if question:
        return next((side.text for side in question.sides if side.key == node.side), question.text).rstrip(".。")
    return shorten(said_ref(knowledge, node.id).text.rstrip(".。"), _LONGEST_NAME)


def effect_words(effect: float) -> str:
    """What the strength of a statement, from 0 to 1, would lose without an argument.

    >>> effect_words(0.064), effect_words(-0.02), effect_words(0.004)
    ('+0.06', '−0.02', 'under 0.01')
    """
    return f"{effect:+.2f}".replace("-", "−") if abs(effect) >= 0.005 else "under 0.01"
