"""Which names does a user hold to be the same, and how does that reach the log?"""

from collections.abc import Sequence

from kb.cli.mint import SystemMint
from kb.cli.show import did_you_mean
from kb.cli.wiring import append
from kb.domain.entity import Measure, Term
from kb.domain.event import Fact, Retracted
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.matching import NameWish, match_between, matched
from kb.domain.problem import Problem, Refused
from kb.store.base import Base


def match_names(base: Base, wish: NameWish, author: Author) -> None:
    """Append the match that is wished for.

    Raises:
        Refused: a name is unknown, the two cannot be one, or there is nothing to take back.
    """

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        left, right = (_meant(knowledge, name) for name in (wish.left, wish.right))
        if wish.same is not None:
            return (matched(knowledge, left, right, same=wish.same, text=wish.text, mint=SystemMint()),)
        earlier = match_between(knowledge, left, right)
        if earlier is None:
            raise Refused([Problem("match", "nothing was decided about these two", "there is nothing to undo")])
        return (Retracted("match", earlier.id),)

    append(base, facts, author)


def _meant(knowledge: Knowledge, name: str) -> Id:
    """Id of the measure or the term that ``name`` is, or names: ``plan-fee``, ``vendor/acme``."""
    entity = knowledge.by_id.get(Id(name)) or knowledge.named(Measure, name) or knowledge.named(Term, name)
    if isinstance(entity, Measure | Term):
        return entity.id
    known = [one.slug for one in (*knowledge.measures.values(), *knowledge.terms.values())]
    hint = did_you_mean(name, known) or "name a measure, or a value with its key: vendor/acme"
    raise Refused([Problem(name or "match", "there is no such measure or scope value", hint)])
