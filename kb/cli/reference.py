"""What does a user mean by a name? A finding by digits of its id, measures by words of their names."""

from collections.abc import Callable, Iterator, Sequence, Set

from kb.domain.entity import Measure
from kb.domain.finding import Finding, older_ids
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.store.base import Base

FEWEST = 4
"""Digits of an id that name a finding, where no other begins with them."""

_LISTED = 5


def finding_meant(findings: Sequence[Finding], digits: str, older: Callable[[str], str]) -> Finding:
    """The finding whose id begins with ``digits``, or which had this id before.

    Args:
        findings: What there is.
        digits: At least ``FEWEST`` of them.
        older: The id that belongs to an older one; empty where there is none.

    Raises:
        Refused: they are too few, no finding is called so, or several are; these are named.
    """
    begins = digits.strip().lower()
    if len(begins) < FEWEST:
        hint = f"give at least {FEWEST} of its digits; `kb findings` lists them"
        raise Refused([Problem(digits or "finding", "this is too little to name a finding", hint)])
    found = [finding for finding in findings if finding.id.startswith(begins)]
    if not found and (now := older(begins)):
        found = [finding for finding in findings if finding.id == now]
    if not found:
        raise Refused([Problem(digits, "there is no such finding", "`kb findings` lists them with their ids")])
    if len(found) > 1:
        raise Refused([Problem(digits, f"{len(found)} findings begin like this", _candidates(found))])
    return found[0]


def _candidates(found: Sequence[Finding]) -> str:
    listed = [f"{finding.id} ({finding.verdict.value.replace('_', ' ')})" for finding in found[:_LISTED]]
    return f"give more digits: {', '.join(listed)}{' …' if len(found) > _LISTED else ''}"


def led_to(base: Base, knowledge: Knowledge, findings: Sequence[Finding], id: str) -> str:
    """The id that the finding has now which was called ``id`` before something was renamed; empty for none."""
    known, former = knowledge.unified, base.former_names()
    return next((one.id for one in findings if id in older_ids(known, one, former)), "")


def measures_meant(knowledge: Knowledge, words: str) -> Set[Id]:
    """The measures that are called ``words``; else all that have each of them as part of a name.

    Names are slug, label and aliases; case does not matter. A measure that another one stands for is told by that one.

    Raises:
        Refused: there is none.
    """
    asked = words.casefold().split()
    names = {id: [" ".join(name.casefold().split()) for name in _names(one)] for id, one in knowledge.measures.items()}
    called = {id for id, known in names.items() if " ".join(asked) in known}
    found = called or {id for id, known in names.items() if asked and _hold(known, asked)}
    if not found:
        known = [name for measure in knowledge.measures.values() for name in _names(measure)]
        hint = did_you_mean(words, known) or "name a measure, or a part of its name"
        raise Refused([Problem(words or "measure", "no measure is called so", hint)])
    return {knowledge.stands_for(id) for id in found}


def _names(measure: Measure) -> Iterator[str]:
    yield from (measure.slug, measure.label, *measure.aliases)


def _hold(names: Sequence[str], words: Sequence[str]) -> bool:
    return any(all(word in name for word in words) for name in names)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A hint with the one of ``known`` that is most like ``name``; empty where none is."""
    from rapidfuzz import process  # late: few make a slip

    near = process.extractOne(name, known, score_cutoff=60)
    return f"did you mean {near[0]}?" if near else ""
