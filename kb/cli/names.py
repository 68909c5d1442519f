"""Which names does a user hold to be the same, and how does that reach the log?"""

from collections.abc import Sequence

from kb.cli.meanwhile import hold
from kb.cli.mint import SystemMint
from kb.cli.reference import did_you_mean
from kb.cli.wiring import append
from kb.domain.entity import Match, Measure, Term
from kb.domain.event import Fact, Retracted
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.matching import NameWish, match_between, matched
from kb.domain.problem import Problem, Refused
from kb.store.base import Base


def match_names(base: Base, wish: NameWish, author: Author) -> bool:
    """Append the match that is wished for; False, and nothing is appended, where it stands already.

    Raises:
        Overtaken: somebody else decided about the two since the user looked.
        Refused: a name is unknown, the two cannot be one, or there is nothing to take back.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        left, right = (_meant(knowledge, name) for name in (wish.left, wish.right))
        earlier = match_between(knowledge, left, right)
        told = (
            undone(earlier)
            if wish.same is None
            else matched(knowledge, left, right, same=wish.same, text=wish.text, mint=SystemMint())
        )
        if told or wish.same is None:
            hold(base, "match", wish.stamp, [earlier.id] if earlier else [])
        if wish.same is None and not told:
            raise Refused([Problem("match", "nothing was decided about these two", "there is nothing to undo")])
        return told

    return bool(append(base, facts, author))


def undone(earlier: Match | None) -> Sequence[Fact]:
    """The facts that take ``earlier`` back; none where there is nothing."""
    return (Retracted("match", earlier.id),) if earlier else ()


def _meant(knowledge: Knowledge, name: str) -> Id:
    """Id of the measure or the term that ``name`` is, or names: ``plan-fee``, ``vendor/acme``."""
    entity = knowledge.by_id.get(Id(name)) or knowledge.named(Measure, name) or knowledge.named(Term, name)
    if isinstance(entity, Measure | Term):
        return entity.id
    known = [one.slug for one in (*knowledge.measures.values(), *knowledge.terms.values())]
    hint = did_you_mean(name, known) or "name a measure, or a value with its key: vendor/acme"
    raise Refused([Problem(name or "match", "there is no such measure or scope value", hint)])
