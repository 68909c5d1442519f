"""The first page, the history of the log, and the glossary."""

from collections.abc import Sequence

from kb.domain.finding import Finding, FindingKind
from kb.reports.evidence import passages_awaiting_review
from kb.reports.finding import FindingsOnPage, finding_group, grouped_findings
from kb.reports.page import BatchRow, Count, GlossaryPage, HistoryPage, Home, Meaning
from kb.reports.question import grounds_of
from kb.reports.row import event_row, finding_rows, is_ruled, question_row, source_row
from kb.reports.value import Ref
from kb.reports.view import LoggedEvent, View

_MEANINGS = """
agreement: verdict: the stated intervals of two positions meet
allowed: the interval of a quantity opened on the side that its bound leaves open: 2,000 and up
bound: which side the words leave open: exact, range, at least, at most, more than, less than
calculation: a formula over figures, measures, other calculations and assumptions, with units
check: a calculation's result laid beside a stated figure
claim: one sentence that can be true or false, in our own words
conflict: verdict: two positions that may be compared do not meet
consensus: weighted median over independent origins within one scope; never a mean
copy (possible): one of two sources that share a wrong number too rare for chance; a suggestion
corroboration: finding: independent voices give numbers that meet
dependent figure: a further mention of a number: repeated, quoted or translated; it is not counted again, and
  without a value of its own it follows the number that it mentions
digest: SHA-256 of what went into a finding; a ruling binds to it
drift: a translation or quotation that changes what was said
event: something that happened, with actor and reason; all else is computed from events
figure: one mention of a quantity for a measure in a scope, by a voice, in a passage
finding: what the engine notices between two positions, or between a computed and a stated number
hedge: how loosely a number is meant: none, about, nearly, just over, order of magnitude
hull: the smallest interval around all results of a calculation
influence: how far one value moves a calculation's result, the others at their middle
match: what a person decides about two names: that they mean the same measure or scope value, or that they do not
measure: what is measured, with its unit, kind and scope keys
moment: the state of the base at a position of the log
not comparable: verdict: different things, with the reason
origin: the first voice behind a number
passage: where in a document: line, sentence, exact words
position (of a source): figures of independent origin, for one measure in one scope, whose stated intervals meet
question: what the claims are about, with two sides; the root of an argument map
reliability: our trust in a source, an Admiralty letter from A to F
repetition: finding: another work gives the same number and adds no voice of its own
rounding: verdict: two numbers meet once rounding or truncation is allowed for
ruling: what a person decides about a finding, with a reason
scope: what a figure is measured on: vendor, plan, period, place
severity: how much a finding matters, from 0 to 1, from the distance of the intervals
source: something published
spread (finding): one measure differs between named things, such as vendors; shown, never averaged
stance: how the voice stands to what it says: asserted, measured, alleged, hypothetical …
standing: how a sentence stands once all arguments are weighed: in (it stands: every attack on it is beaten), out
  (it falls: an attack that stands hits it), or undecided (neither), with a strength
stated: the interval of a quantity as said, both ends included
strength: from 0 to 1, how much all that speaks for a sentence outweighs all that speaks against it; it decides
  nothing: what is attacked stays undecided at any strength until the attack is beaten
tension: verdict: two positions pull apart without excluding each other
undercut: an attack on an argument rather than on its conclusion
verdict: agreement, rounding, tension, conflict or not comparable
via: who passed a voice on
voice: who says it, and through whom
widened: the allowed interval after rounding and hedges are allowed for
"""


def glossary() -> GlossaryPage:
    """The words of the pages, in alphabetical order."""
    lines = _MEANINGS.strip().replace("\n  ", " ").split("\n")
    return GlossaryPage("Words", tuple(_meaning(*line.split(": ", 1)) for line in lines))


def _meaning(word: str, meaning: str) -> Meaning:
    return Meaning(word.partition(" (")[0].replace(" ", "-"), word, meaning)


def history(
    view: View, batches: Sequence[BatchRow], events: Sequence[LoggedEvent], page: int, pages: int
) -> HistoryPage:
    """One page of the log, in the order of ``events``, with the moments at which pages can be read."""
    moment = view.moment
    rows = tuple(event_row(view, event) for event in events)
    return HistoryPage(
        title="History",
        batches=tuple(batches),
        rows=rows,
        head_position=moment.position,
        head_hash=moment.hash,
        page=page,
        pages=pages,
    )


_GROUPS, _SETTLED = 8, 8


def home(view: View, recent: Sequence[LoggedEvent]) -> Home:
    """The first page, with at most eight disputed groups and eight settled findings; the page of findings has all."""
    knowledge = view.knowledge
    disputed = tuple(finding for finding in view.ranked if not _agrees(finding) and not is_ruled(view, finding))
    settled = sorted(
        filter(_is_settled, view.ranked), key=lambda finding: finding.kind is not FindingKind.CORROBORATION
    )
    return Home(
        title="Knowledge base",
        counts=_counts(view),
        questions=tuple(question_row(view, question) for question in knowledge.questions.values()),
        disputed=tuple(
            finding_group(view, *group)
            for group in _with_questions_first(view, grouped_findings(view, disputed))[:_GROUPS]
        ),
        settled=finding_rows(view, tuple(settled[:_SETTLED])),
        sources=tuple(source_row(view, source) for source in knowledge.sources.values()),
        events=tuple(event_row(view, event) for event in recent),
        waiting=passages_awaiting_review(view, knowledge.sources.values()),
    )


def _with_questions_first(view: View, groups: Sequence[FindingsOnPage]) -> list[FindingsOnPage]:
    """``groups``, those on which a question rests first, else in the order given."""
    # A severe dispute over the length of a newsletter concerns nobody as long as no question rests on it.
    questions = view.knowledge.questions.values()
    bearing = {finding.id for question in questions for finding in grounds_of(view, question).findings}
    return sorted(groups, key=lambda group: bearing.isdisjoint(finding.id for finding in group[1]))


def _agrees(finding: Finding) -> bool:
    return finding.verdict.is_settled


def _is_settled(finding: Finding) -> bool:
    """Whether nothing is left to decide; a mere repetition settles nothing."""
    return _agrees(finding) and finding.kind is not FindingKind.REPETITION


def _counts(view: View) -> tuple[Count, ...]:
    knowledge = view.knowledge
    numbers = {
        "sources": len(knowledge.sources),
        "figures": len(knowledge.figures),
        "claims": len(knowledge.claims),
        "questions": len(knowledge.questions),
        "measures": len(knowledge.measures),
        "calculations": len(knowledge.calculations),
        "findings": len(view.findings),
    }
    return tuple(
        Count(name.removesuffix("s") if number == 1 else name, number, Ref("page", f"/{name}", name.capitalize()))
        for name, number in numbers.items()
    )
