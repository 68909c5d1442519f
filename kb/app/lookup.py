"""Findings and measures looked up by what a user types: digits of an id, words of a name."""

from collections.abc import Callable, Iterator, Sequence, Set

from kb.domain.entity import Measure
from kb.domain.finding import Finding, former_ids
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.store.base import Base

MIN_DIGITS = 4
"""Digits of an id that name a finding, where no other begins with them."""

_LISTED_CANDIDATES = 5


def finding_by_prefix(findings: Sequence[Finding], digits: str, older: Callable[[str], str]) -> Finding:
    """The finding whose id begins with ``digits``, or which had this id before.

    Args:
        findings: What there is.
        digits: At least ``MIN_DIGITS`` of them.
        older: The id that belongs to an older one; empty where there is none.

    Raises:
        Refused: they are too few, no finding is called so, or several are; these are named.
    """
    begins = digits.strip().lower()
    if len(begins) < MIN_DIGITS:
        hint = f"give at least {MIN_DIGITS} of its digits; `kb findings` lists them"
        raise Refused([Problem(digits or "finding", "this is too little to name a finding", hint)])
    matching = [finding for finding in findings if finding.id.startswith(begins)]
    if not matching and (now := older(begins)):
        matching = [finding for finding in findings if finding.id == now]
    if not matching:
        raise Refused([Problem(digits, "there is no such finding", "`kb findings` lists them with their ids")])
    if len(matching) > 1:
        raise Refused([Problem(digits, f"{len(matching)} findings begin like this", _candidates_hint(matching))])
    return matching[0]


def _candidates_hint(findings: Sequence[Finding]) -> str:
    listed = [f"{finding.id} ({finding.verdict.value.replace('_', ' ')})" for finding in findings[:_LISTED_CANDIDATES]]
    return f"give more digits: {', '.join(listed)}{' …' if len(findings) > _LISTED_CANDIDATES else ''}"


def current_id(base: Base, knowledge: Knowledge, findings: Sequence[Finding], id: str) -> str:
    """The id that the finding has now which was called ``id`` before something was renamed; empty for none."""
    known, former = knowledge.canonical, base.former_names()
    return next((finding.id for finding in findings if id in former_ids(known, finding, former)), "")


def measures_by_words(knowledge: Knowledge, words: str) -> Set[Id]:
    """The measures that are called ``words``; else all that have each of them as part of a name.

    Names are slug, label and aliases; case does not matter. A measure that another one stands for is told by that one.

    Raises:
        Refused: there is none.
    """
    wanted = words.casefold().split()
    names = {
        id: [" ".join(name.casefold().split()) for name in _names(candidate)]
        for id, candidate in knowledge.measures.items()
    }
    called = {id for id, known in names.items() if " ".join(wanted) in known}
    measures = called or {id for id, known in names.items() if wanted and _contain_all(known, wanted)}
    if not measures:
        known = [name for measure in knowledge.measures.values() for name in _names(measure)]
        hint = did_you_mean(words, known) or "name a measure, or a part of its name"
        raise Refused([Problem(words or "measure", "no measure is called so", hint)])
    return {knowledge.canonical_measure(id) for id in measures}


def _names(measure: Measure) -> Iterator[str]:
    yield from (measure.slug, measure.label, *measure.aliases)


def _contain_all(names: Sequence[str], words: Sequence[str]) -> bool:
    return any(all(word in name for word in words) for name in names)
