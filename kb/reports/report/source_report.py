"""The report on one source: what it is, what it says, who disagrees with it, and what depends on it."""

from collections.abc import Collection, Iterator, Sequence

from kb.domain.entity import Claim, Figure, Source
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.reports.citations import source_type_words
from kb.reports.evidence import LANGUAGE_NAMES
from kb.reports.paper import Block, Bullets, Emphasis, Heading, Line, Paragraph, Strong, Table
from kb.reports.report.annex import figure_table
from kb.reports.report.citing import Passages
from kb.reports.report.disputes import dispute_list, without_followers
from kb.reports.report.resting import answers_table, questions_resting_on
from kb.reports.report.sourcing import hand_words, who_and_when
from kb.reports.row import explanation, is_attached, standing_label
from kb.reports.view import View
from kb.reports.words.attribution import opening
from kb.reports.words.references import capitalized, count_words, list_words, without_marks
from kb.reports.words.voices import in_brackets, stance_mark, voice_words

_MOST_CLAIMS = 12
_MOST_FIGURES = 12
_BETWEEN = (FindingKind.ACROSS_SOURCES, FindingKind.CLAIMS, FindingKind.DRIFT)
_WITHIN = (FindingKind.WITHIN_SOURCE, FindingKind.CHECK)


def blocks_of_source(view: View, passages: Passages, source: Source, *, full: bool) -> Iterator[Block]:
    """Everything that is recorded of ``source``."""
    known = view.knowledge
    figures = known.figures_of_source.get(source.id, ())
    claims = known.claims_of_source.get(source.id, ())
    ids = {entity.id for entity in (*figures, *claims)}
    findings = [f for f in view.ranked if not ids.isdisjoint((*f.figures, *f.claims))]
    yield Paragraph((Emphasis(_nature(view, source)),))
    yield Heading(1, "In short", "summary")
    yield Paragraph(_summary(view, source, figures, claims, findings))
    if not ids:
        return
    yield from _claims(view, passages, claims, full=full)
    yield from _figures(view, passages, figures, full=full)
    yield from _disputes(view, passages, findings, ids, full=full)
    yield from _forecasts(view, passages, findings)
    yield Heading(1, "What depends on it", "resting")
    yield from answers_table(view, ids, source.id)


def _nature(view: View, source: Source) -> str:
    """What a source is: its kind, where and by whom it was published, its language, and whether it is attached."""
    container = f" in {source.container_title}" if source.container_title else ""
    language = LANGUAGE_NAMES.get(source.language.partition("-")[0], source.language)
    parts = [
        f"{capitalized(source_type_words(source.type))}{container}: {who_and_when(view, source)}.",
        f"In {language}." if language else "",
        "" if is_attached(view, source) else "The document is not attached.",
        opening(source.note) if source.note else "",
    ]
    return " ".join(filter(None, parts))


def _summary(
    view: View, source: Source, figures: Sequence[Figure], claims: Sequence[Claim], findings: Sequence[Finding]
) -> Line:
    """How far it is trusted and why, how much it says, and how often others disagree."""
    why = f" {opening(source.reliability_reason)}" if source.reliability_reason else ""
    trust = f"It is rated {source.reliability}, {source.reliability.meaning}.{why}"
    if not (figures or claims):
        return (Strong(trust), " Nothing that it says is recorded.")
    said = list_words(tuple(filter(None, (_count(len(figures), "figure"), _count(len(claims), "claim")))))
    hands = hand_words(source, (*figures, *claims))
    disputed = sum(f.is_disagreement and f.kind in _BETWEEN for f in findings)
    others = f"{count_words(disputed, 'dispute')} with other voices" if disputed else "nobody disagrees with it"
    answers = len(questions_resting_on(view, {entity.id for entity in (*figures, *claims)}))
    return (
        Strong(trust),
        f" {capitalized(said)} of it {'are' if len(figures) + len(claims) > 1 else 'is'} recorded; {others}.",
        f" {hands}. {capitalized(count_words(answers, 'answer'))} {'uses' if answers == 1 else 'use'} it.",
    )


def _count(number: int, noun: str) -> str:
    return count_words(number, noun) if number else ""


def _claims(view: View, passages: Passages, claims: Sequence[Claim], *, full: bool) -> Iterator[Block]:
    if not claims:
        return
    used = {premise.id for argument in view.knowledge.arguments.values() for premise in argument.premises}
    ordered = sorted(claims, key=lambda claim: claim.id not in used)
    shown = ordered if full else ordered[:_MOST_CLAIMS]
    yield Heading(1, "What it claims", "claims")
    yield Table(
        caption="Its claims in the editors’ words, those that arguments rest on first",
        head=("Claim", "Said by", "Standing"),
        rows=tuple(_claim_row(view, passages, claim) for claim in shown),
        shares=(0.58, 0.27, 0.15),
    )
    yield from _more(len(ordered) - len(shown), "claim")


def _claim_row(view: View, passages: Passages, claim: Claim) -> tuple[Line, ...]:
    said_by = in_brackets(voice_words(claim.voice), stance_mark(claim.stance))
    standing = standing_label(view.analysis.standings.of(claim.id))
    return (claim.text, *passages.cite((claim.id,))), (capitalized(said_by),), (standing or "–",)


def _figures(view: View, passages: Passages, figures: Sequence[Figure], *, full: bool) -> Iterator[Block]:
    if not figures:
        return
    own = [figure for figure in figures if full or figure.depends_on is None]
    ranked = sorted(own, key=lambda figure: not view.findings_on.get(figure.id))
    shown = ranked if full else ranked[:_MOST_FIGURES]
    yield Heading(1, "Its figures", "figures")
    yield figure_table(view, passages, shown, "Its figures, those that are compared with others first")
    yield from _more(len(ranked) - len(shown), "figure")


def _more(number: int, noun: str) -> Iterator[Block]:
    if number > 0:
        yield Paragraph((f"The full report lists {count_words(number, f'further {noun}')}.",))


def _disputes(
    view: View, passages: Passages, findings: Sequence[Finding], ids: Collection[Id], *, full: bool
) -> Iterator[Block]:
    grave = [finding for finding in without_followers(view, findings) if finding.is_disagreement]
    apart = {
        "Where others disagree": [f for f in grave if f.kind in _BETWEEN and not _is_own(f, ids)],
        "Disputes within it": [f for f in grave if f.kind in _WITHIN or _is_own(f, ids)],
    }
    for title, members in apart.items():
        if members:
            yield Heading(1, title, title.lower().replace(" ", "-"))
            yield from dispute_list(view, passages, members, full=full)


def _is_own(finding: Finding, ids: Collection[Id]) -> bool:
    """Whether both sides of a finding are the source's own."""
    return all(id in ids for id in (*finding.figures, *finding.claims))


def _forecasts(view: View, passages: Passages, findings: Sequence[Finding]) -> Iterator[Block]:
    fared = [finding for finding in findings if finding.kind is FindingKind.FORECAST]
    if fared:
        yield Heading(1, "How its forecasts fared", "forecasts")
        yield Bullets(tuple((without_marks(explanation(view, f)), *passages.cite(f.figures)) for f in fared))
