"""What does a user hear of passages whose document has another edition? Counts, and each that is not plainly there."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.cli.show import counted
from kb.domain.event import Anchored, Missed
from kb.domain.passage import Anchor, Means, Offer
from kb.intake.anchoring import Outcome
from kb.intake.difference import difference, marked, same_numbers
from kb.intake.quote import sentence_of
from kb.reports.passage import BY


def told(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines that tell of ``outcomes``: how many were found by what, then each that was not found by its exact words."""
    if not outcomes:
        return
    found = Counter(one.found.by for one in outcomes if isinstance(one.found, Anchored))
    missed = [one.found for one in outcomes if isinstance(one.found, Missed)]
    parts = [f"{found[means]:,} {words}" for means, words in BY.items() if found[means]]
    review, orphans = sum(not one.is_orphan for one in missed), sum(one.is_orphan for one in missed)
    parts += [f"{review:,} to review"] if review else []
    parts += [f"{counted(orphans, 'orphan')}"] if orphans else []
    yield f"{counted(len(outcomes), 'passage')} looked for: {', '.join(parts)}"
    for outcome in outcomes:
        yield from _one(outcome)
    if review:
        yield "settle with `kb passages accept ENTRY --reason …` or `kb passages reject ENTRY --reason …`"


def _one(outcome: Outcome) -> Iterator[str]:
    where = f"{outcome.slug} at {outcome.passage}"
    match outcome.found:
        case Anchored(by=Means.EXACT):
            return
        case Anchored(_, _, anchor, by, line):
            yield f"found {BY[by]}: {where}: “{_short(anchor.text)}”, now on line {line}"
        case Missed(offers=()):
            words = f"“{_short(outcome.earlier.text)}” and nothing like it" if outcome.earlier else "nothing"
            yield f"orphan: {where}: {words} stands there"
        case Missed(offers=offers):
            yield f"to review: {where}:"
            for number, offer in enumerate(offers, 1):
                yield f"  {number}. {offered(outcome.earlier, offer)}"


def offered(earlier: Anchor | None, offer: Offer) -> str:
    """An offered place in one line, with its score and what differs from the words that stood in the older edition."""
    now = _sentence(offer.anchor)
    if earlier is None:
        return f"line {offer.line}: {now}"
    before = _sentence(earlier)
    numbers = "" if same_numbers(before, now) else ", the numbers differ"
    words = f"“{_short(earlier.text)}” → “{_short(offer.anchor.text)}”"
    return f"line {offer.line}, score {offer.score}{numbers}: {words}: {marked(difference(before, now))}"


def _sentence(anchor: Anchor) -> str:
    return " ".join("".join(sentence_of(anchor)).split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
