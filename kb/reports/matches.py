"""Which names may be the same? What the engine suggests, what people decided, and sources that may be copies."""

from kb.domain.entity import Match
from kb.domain.knowledge import Knowledge
from kb.domain.stamp import NOTHING
from kb.reasoning.matching.suggestion import Suggestion, suggestions
from kb.reasoning.weighing.copies import Copy, Shared, copies
from kb.reports.naming import ref_of
from kb.reports.page import CopyRow, DecidedRow, MatchesPage, SharedRow, SuggestedRow
from kb.reports.view import View

KINDS = {"measure": "measures", "term": "values of a scope key"}


def matches(view: View) -> MatchesPage:
    """What may be the same, the likeliest first; what people decided, newest first; and possible copies."""
    told = view.told
    return MatchesPage(
        "Names for one thing",
        tuple(_suggested(told, one) for one in suggested(told)),
        tuple(_decided(view, match) for match in reversed(tuple(told.matches.values()))),
        tuple(_copy(told, one) for one in copies(told.unified)),
    )


def suggested(knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """What may be the same and nobody has decided yet."""
    decided = {frozenset((match.left, match.right)) for match in knowledge.matches.values()}
    return tuple(one for one in suggestions(knowledge, decided) if not _is_one(knowledge, one))


def _is_one(knowledge: Knowledge, one: Suggestion) -> bool:
    """Whether the two are one already, through others that they are matched with."""
    return knowledge.stands_for(one.left) == knowledge.stands_for(one.right)


def _suggested(knowledge: Knowledge, one: Suggestion) -> SuggestedRow:
    return SuggestedRow(
        str(one.kind),
        KINDS[str(one.kind)],
        ref_of(knowledge, one.left),
        ref_of(knowledge, one.right),
        one.left,
        one.right,
        knowledge.by_id[one.left].slug,
        knowledge.by_id[one.right].slug,
        f"{one.score:.2f}",
        one.reason,
        NOTHING,
    )


def _decided(view: View, match: Match) -> DecidedRow:
    events = view.events_of(match.id)
    last = events[-1] if events else None
    return DecidedRow(
        ref_of(view.told, match.left),
        ref_of(view.told, match.right),
        match.left,
        match.right,
        match.same,
        match.text,
        last.actor if last else "",
        last.recorded_at if last else "",
        view.stamp([match.id]),
    )


def _copy(knowledge: Knowledge, found: Copy) -> CopyRow:
    left, right = (ref_of(knowledge, id) for id in found.sources)
    shared = tuple(_shared(knowledge, one) for one in found.evidence)
    return CopyRow(left, right, f"{float(found.score):.2f}", shared)


def _shared(knowledge: Knowledge, one: Shared) -> SharedRow:
    return SharedRow(ref_of(knowledge, one.left), ref_of(knowledge, one.right), one.explanation)
