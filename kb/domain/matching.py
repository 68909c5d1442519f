"""How does a person's decision about two names become a fact? As a match, where the two can be one at all."""

from dataclasses import dataclass

from kb.domain.entity import Match, Measure, Term
from kb.domain.event import Fact, Recorded, Revised
from kb.domain.identity import Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.unit import Units

FILE = "matches"
"""The seed file that matches are exported to, and to which those made by a command or a form belong."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class NameWish:
    """What a user wants to be decided about two names.

    Attributes:
        left: Id of a measure or a term, or its name in a seed file.
        right: Likewise.
        same: Whether they are to count as one; None to take back what was decided.
        text: Why.
        stamp: What had been decided about the two when the user looked; empty where she did not say.
    """

    left: str
    right: str
    same: bool | None
    text: str
    stamp: str = ""


def unlike(left: Measure, right: Measure, units: Units) -> str:
    """Why the two cannot be one measure; empty where they can."""
    if not units.parse(left.unit).same_dimension(units.parse(right.unit)):
        return f"'{left.slug}' is in {left.unit} and '{right.slug}' in {right.unit}"
    if left.kind is not right.kind:
        return f"'{left.slug}' is a {left.kind} and '{right.slug}' a {right.kind}"
    return ""


def matched(knowledge: Knowledge, left: Id, right: Id, *, same: bool, text: str, mint: Mint) -> tuple[Fact, ...]:
    """The fact that two names were held to be the same, or not; what was decided before about the two is revised.

    None where this very thing stands already, in these words.

    Raises:
        Refused: they are not two measures that can be compared, or two values of one scope key.
    """
    problem = _problem(knowledge, left, right, same)
    if problem:
        raise Refused([problem])
    earlier = match_between(knowledge, left, right)
    if earlier and (earlier.same, earlier.text) == (same, text):
        return ()
    match = Match(
        id=earlier.id if earlier else Id(mint.id()),
        slug=earlier.slug if earlier else _free_slug(knowledge, left, right),
        file=earlier.file if earlier else FILE,
        left=left,
        right=right,
        same=same,
        text=text,
    )
    return (Revised(match) if earlier else Recorded(match),)


def match_between(knowledge: Knowledge, left: Id, right: Id) -> Match | None:
    """What was decided about the two; None where nothing was."""
    pair = {left, right}
    return next((match for match in knowledge.matches.values() if {match.left, match.right} == pair), None)


def _problem(knowledge: Knowledge, left: Id, right: Id, same: bool) -> Problem | None:
    one, other = knowledge.by_id.get(left), knowledge.by_id.get(right)
    if left == right:
        return Problem("match", "a match is between two names", "name the other")
    match one, other:
        case Measure(), Measure():
            why = unlike(one, other, knowledge.unit_system) if same else ""
        case Term(), Term():
            why = _apart(knowledge, one, other, same)
        case _:
            why = "a match is between two measures, or between two values of one scope key"
    return Problem("match", why, "only what can be compared can be the same") if why else None


def _apart(knowledge: Knowledge, one: Term, other: Term, same: bool) -> str:
    """Why two values cannot be one; empty where they can."""
    if one.key != other.key:
        return f"'{one.slug}' and '{other.slug}' are values of different keys"
    for part, whole in ((one, other), (other, one)):
        if same and whole.id in knowledge.lineage(part.id):
            return f"'{part.slug}' is part of '{whole.slug}'"
    return ""


def _free_slug(knowledge: Knowledge, left: Id, right: Id) -> str:
    names = (knowledge.by_id[id].slug.rpartition("/")[2] for id in (left, right))
    stem = f"{FILE}/{'-'.join(names)}"[:_LONGEST].rstrip("-")
    return knowledge.free_slug(Match, stem)
