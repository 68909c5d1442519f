"""The first page, the history of the log, and the glossary."""

from collections.abc import Sequence

from kb.domain.finding import Finding, FindingKind
from kb.reports.evidence import passages_awaiting_review
from kb.reports.finding import FindingsOnPage, finding_group, grouped_findings
from kb.reports.page import BatchRow, Count, GlossaryPage, HistoryPage, Home, Meaning
from kb.reports.row import event_row, finding_rows, is_ruled, question_row, source_row
from kb.reports.value import Ref
from kb.reports.view import LoggedEvent, View
from kb.reports.words.answer import SUMS_APART
from kb.reports.words.verdicts import VERDICTS

_MEANINGS = f"""
allowed: every value that the words of a number allow; “at least 2,000” allows 2,000 and anything above it
answer: what the evidence says on a question: yes, leaning yes, open, leaning no or no; leaning if one change would
  turn it
assessment: a person's judgement of how certain an answer is, with a reason; it lapses when the computed answer or its
  certainty changes
bound: whether the words set a limit: exact, range, at least, at most, more than, less than
calculation: a formula over figures, measures, other calculations and assumptions, with units
certainty: how certain an answer is, from high to very low, with each reason that lowers it; adapted from GRADE, a
  scale for medical evidence
check: a finding that compares the result of a calculation with a stated number, or with the limit that a claim needs
claim: one sentence that can be true or false, in the editors' words
confidence: how sure a voice is of what it says, as the editors read it: from 0 to 1, or a word such as likely (ICD
  203)
consensus: the weighted median of what two or more voices say, with no dependence recorded between them, within one
  scope; never a mean
copy (possible): one of two sources that share an error too unusual to be chance; it is only suggested
corroboration: a finding that voices give numbers that agree, with no dependence recorded between them
dependent figure: a repeat, quotation or translation of another figure; it is not counted again, and takes the other's
  value where it states none
digest: a fingerprint (SHA-256) of everything that went into a finding; a ruling is bound to it, and lapses when it
  changes
drift: a finding that a translation, quotation or repeat changes what was said
editors: the people who keep the base; a claim that they infer themselves has no source, only what it is inferred from
event: something that happened, with actor and reason; everything else is computed from events
figure: one number as one voice gives it in one passage
finding: an agreement, a disagreement, a forecast or a series that the engine finds
forecast: a finding that a projection was met or missed, as a later source tells
first-hand: said by the voice itself, not quoted by somebody else
hedge: how approximate a number is meant to be: none, about, nearly, just over, order of magnitude
influence: how far one input alone moves the result of a calculation, with all others at the middle of their ranges
lead: by how much the arguments for one side add up to more than those for the other; below {SUMS_APART:.2f}, the
  evidence is too close to call. The threshold was chosen on small invented questions whose answers had been judged
  beforehand
match: a person's decision that two names do, or do not, mean the same measure or scope value
measure: what is measured, with its unit and kind, and the scope that its figures can give
moment: the state of the base just after an event; every page can be read as of any moment
origin: the voice that a number comes from, as opposed to those that pass it on
passage: a place in a document: line, sentence or cell of a table, exact words
position (of a source): figures from different origins whose numbers agree, for one measure in one scope; often a
  single figure
question: what the claims are about, with two sides; the starting point of an argument map
reliability: our trust in a source, as a letter from A to F on the Admiralty scale
repetition: a finding that another text only repeats a number, which is not counted again, or that two claims say the
  same thing
ruling: a person's decision about a finding, with a reason
scope: what a figure is about: vendor, plan, period, place
series: a finding that shows one measure of one thing at several times; it has no verdict
severity: how serious a finding is, from 0 to 1; it grows with the distance between the two sides
source: a publication, such as an article, a report or a thread
spread (finding): a finding that a number differs between named things, such as vendors; the numbers are shown and
  never averaged
stance: how the voice presents what it says: asserted, measured, alleged, hypothetical …
standing: how well a claim survives the arguments against it: unopposed (nothing that counts speaks against it),
  contested (something does), defeated (it keeps half its strength or less, and no longer supports anything else) or
  unsupported (nothing backs it); arguments have one, too
stated: the range of a number exactly as it is stated, both ends included
strength: how far what counts for a claim or an argument outweighs what counts against it, from 0 to 1; not a
  probability. A statement starts from the confidence of its voice, times a factor for its stance (from 1 for measured
  to 0.3 for hypothetical) and one for the reliability of its source (A 1, B 0.9, C 0.8, D 0.6, E 0.4, F or none 0.5);
  an argument starts from its weakest premise. If support exceeds objections by x, the strength rises by
  x² / (1 + x²) of the distance to 1; if objections exceed support by x, it falls by the same share of where it started
undercut: an attack on an argument rather than on its conclusion
unnamed: not named in the source; in seed files, the name that the editors give to such a voice stands in parentheses
verdict: the outcome of a comparison: agreement, rounding, tension, conflict or not comparable; of a forecast, met or
  missed
via: names the person or publication that passes on what a voice says
voice: the person or body that says something, and whoever passes it on
widened: the allowed range, extended to cover rounding, truncation and the hedge
"""


def glossary() -> GlossaryPage:
    """The words of the pages, in alphabetical order."""
    lines = _MEANINGS.strip().replace("\n  ", " ").split("\n")
    verdicts = [f"{style.name}: the verdict that {style.meaning}" for style in VERDICTS.values()]
    return GlossaryPage("Glossary", tuple(_meaning(*line.split(": ", 1)) for line in sorted([*lines, *verdicts])))


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


_LISTED, _SETTLED, _CONTRADICTIONS = 5, 8, 5


def home(view: View, recent: Sequence[LoggedEvent]) -> Home:
    """The first page; the page of findings has all that are left out here."""
    knowledge = view.knowledge
    # What a person has ruled on is left out, and comes back once an input has changed.
    open_findings = [f for f in view.ranked if not f.is_settled and not is_ruled(view, f)]
    shown = {finding.id for finding in open_findings}
    # Two claims that contradict each other because two numbers do are listed under these.
    between_claims = tuple(f for f in open_findings if view.lead_of(f, shown).kind is FindingKind.CLAIMS)
    between_numbers = tuple(f for f in open_findings if view.lead_of(f, shown).kind is not FindingKind.CLAIMS)
    return Home(
        title="Knowledge base",
        counts=_counts(view),
        questions=tuple(question_row(view, question) for question in knowledge.questions.values()),
        disputed=tuple(finding_group(view, *group) for group in _foremost(view, between_numbers)),
        contradictions=finding_rows(view, between_claims[:_CONTRADICTIONS]),
        settled=finding_rows(view, _supporting(view)[:_SETTLED]),
        sources=tuple(source_row(view, source) for source in knowledge.sources.values()),
        events=tuple(event_row(view, event) for event in recent),
        waiting=passages_awaiting_review(view, knowledge.sources.values()),
    )


def _foremost(view: View, findings: tuple[Finding, ...]) -> list[FindingsOnPage]:
    """The groups with the greatest bearing, then those with the greatest distance that lead to no question."""
    groups = grouped_findings(view, findings)
    bearing = [group for group in groups if any(view.bearings[finding.id] for finding in group[1])]
    others = [group for group in groups if group not in bearing]
    return [*bearing[:_LISTED], *others[:_LISTED]]


def _supporting(view: View) -> tuple[Finding, ...]:
    """Agreements on which an answer depends; a mere repetition settles nothing."""
    return tuple(
        finding
        for finding in view.ranked
        if finding.is_settled and finding.kind is not FindingKind.REPETITION and view.bearings[finding.id]
    )


def _counts(view: View) -> tuple[Count, ...]:
    knowledge = view.knowledge
    translations = sum(bool(source.translation_of) for source in knowledge.sources.values())
    numbers = {
        # A translation says nothing that its original does not say, so that it is no further source.
        "sources": len(knowledge.sources) - translations,
        "translations": translations,
        "figures": len(knowledge.figures),
        "claims": len(knowledge.claims),
        "questions": len(knowledge.questions),
        "measures": len(knowledge.measures),
        "calculations": len(knowledge.calculations),
        "findings": len(view.findings),
    }
    return tuple(
        Count(name.removesuffix("s") if number == 1 else name, number, _list_ref(name))
        for name, number in numbers.items()
        if number or name != "translations"
    )


def _list_ref(name: str) -> Ref:
    """The page that lists what is counted; translations stand in the list of sources."""
    listed = "sources" if name == "translations" else name
    return Ref("page", f"/{listed}", listed.capitalize())
