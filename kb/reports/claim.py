"""What is known of a claim? Its passages, what speaks for and against it, and what it speaks for."""

from collections.abc import Mapping

from kb.domain.entity import Claim, Node, NodeKind
from kb.reasoning.weighing.label import truths
from kb.reports.cite import citations
from kb.reports.naming import amount, listed, ref_of, refs_of
from kb.reports.page import ClaimSheet, ClaimsPage
from kb.reports.query import matching, page_of
from kb.reports.row import argument_row, claim_row, event_rows, finding_rows, standing_of
from kb.reports.value import ClaimRow, Ref
from kb.reports.view import View
from kb.reports.walk import arguments_to


def claims(view: View, page: int = 1, query: str = "") -> ClaimsPage:
    """All claims that ``query`` asks for, 200 to a page, in the order first told."""
    told = tuple(view.knowledge.claims.values())
    found = matching(told, query, lambda claim: _columns(claim_row(view, claim)))
    shown, page, pages = page_of(found, page)
    rows = tuple(claim_row(view, claim) for claim in shown)
    return ClaimsPage("Claims", rows, len(found), page, pages, query)


COLUMNS = ("claim", "source", "voice", "stance", "confidence", "standing")
"""What claims can be asked for by, as in ``standing:out``."""


def _columns(row: ClaimRow) -> Mapping[str, str]:
    return {
        "claim": f"{row.ref.text} {row.ref.slug}",
        "source": f"{row.source.text} {row.source.slug}",
        "voice": row.voice,
        "stance": row.stance,
        "confidence": row.confidence,
        "standing": row.standing,
    }


def claim(view: View, slug: str) -> ClaimSheet | None:
    """The sheet of the claim called ``slug``; None where there is none."""
    found = view.knowledge.named(Claim, slug)
    return _sheet(view, found) if found else None


def _sheet(view: View, claim: Claim) -> ClaimSheet:
    knowledge, node = view.knowledge, Node(NodeKind.CLAIM, claim.id)
    standing = standing_of(view, claim.id)
    used = (argument for argument in knowledge.arguments.values() if node in argument.premises)
    return ClaimSheet(
        claim.text,
        claim_row(view, claim),
        citations(view, claim),
        tuple(argument_row(view, argument) for argument in arguments_to(knowledge, node)),
        tuple(argument_row(view, argument) for argument in used),
        refs_of(knowledge, knowledge.denied.get(claim.id, ())),
        _repeats(view, claim),
        condition(view, claim),
        finding_rows(view, view.findings_of.get(claim.id, ())),
        standing.why if standing else "",
        claim.note,
        event_rows(view, claim.id),
    )


def _repeats(view: View, claim: Claim) -> tuple[Ref, ...]:
    """Claims that this one is said to repeat, and those that are said to repeat it."""
    naming = (other.id for other in view.knowledge.claims.values() if claim.id in other.same_as)
    return refs_of(view.knowledge, tuple(dict.fromkeys((*claim.same_as, *naming))))


_SIGNS = {"<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least", "==": "equals"}


def condition(view: View, claim: Claim) -> str:
    """The comparison that decides whether a claim holds, in words; empty where there is none."""
    if claim.holds_if is None:
        return ""
    computed = ref_of(view.knowledge, claim.holds_if.calculation).text
    told = f"Holds if “{computed}” {_SIGNS[claim.holds_if.sign]} {amount(claim.holds_if.limit)}."
    return f"{told} {_so_far(view, claim)}"


def _so_far(view: View, claim: Claim) -> str:
    """Whether the condition holds on what is known, and for how many of the results."""
    found = truths(view.knowledge, claim, view.analysis.results)
    if not found:
        return "That cannot be computed."
    if len(set(found)) == 1:
        word = {True: "holds", False: "fails", None: "is undecided: it holds for some values and fails for others"}
        return f"It {word[found[0]]}{'' if len(found) == 1 else f' for each of {len(found)} results'}."
    counts = {"holds": found.count(True), "fails": found.count(False), "is open": found.count(None)}
    told = listed(tuple(f"{word} for {number}" for word, number in counts.items() if number))
    return f"Undecided: of {len(found)} results it {told}."
