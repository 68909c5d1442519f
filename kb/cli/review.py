"""The commands about findings, rulings, matches of names, assessments of answers, and passages that need review."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from kb.cli import show
from kb.cli.command import ACTOR, JOBS, REASON, author_of, current_workspace, main, opened_base, opened_view
from kb.domain.answer import Certainty, Concern
from kb.domain.assessment import AssessmentRequest
from kb.domain.entity import Decision
from kb.domain.event import Anchored, Missed
from kb.domain.finding import FindingKind, Verdict
from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.domain.problem import Problem
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest

if TYPE_CHECKING:
    from kb.domain.answer import Rating
    from kb.domain.entity import Figure
    from kb.intake.anchoring import Outcome
    from kb.reports.page import MissedRow, PassagesPage

# Not 1 or 2: a pipeline must be able to tell a conflict from a refused command and from a wrong option.
FAILED = 3
"""Exit code if a listed finding has a verdict of ``--fail-on``."""

_VERDICTS = click.Choice([verdict.value for verdict in Verdict])
_KINDS = click.Choice([kind.value for kind in FindingKind])


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as a JSON array, as in `kb export`.")
@click.option("--kind", type=_KINDS, multiple=True, help="Only findings of this kind; may be repeated.")
@click.option("--verdict", type=_VERDICTS, multiple=True, help="Only findings with this verdict; may be repeated.")
@click.option(
    "--min-severity", type=click.FloatRange(0, 1), default=0.0, help="Only findings this severe or worse, 0 to 1."
)
@click.option("--measure", default="", help="Only findings on measures with these words in a name, label or alias.")
@click.option("--open", "only_open", is_flag=True, help="Only findings without a ruling, or changed since the ruling.")
@click.option("--fail-on", type=_VERDICTS, multiple=True, help="Exit with 3 if a listed finding has this verdict.")
@click.pass_context
def findings(
    context: click.Context,
    as_json: bool,
    kind: tuple[str, ...],
    verdict: tuple[str, ...],
    min_severity: float,
    measure: str,
    only_open: bool,
    fail_on: tuple[str, ...],
) -> None:
    """List the findings, most influential first."""
    if context.invoked_subcommand:
        return
    from kb.app.review import FindingFilter, filtered_findings

    criteria = FindingFilter(
        kinds=kind, verdicts=verdict, min_severity=Decimal(str(min_severity)), measure=measure, only_open=only_open
    )
    with opened_view(current_workspace()) as view:
        selected = filtered_findings(view, criteria)
        if as_json:
            from kb.reports.export import exported_findings

            show.as_json(exported_findings(view, selected))
        else:
            from kb.reports.row import finding_rows

            show.findings(finding_rows(view, selected))
    if any(finding.verdict in fail_on for finding in selected):
        sys.exit(FAILED)


@findings.command(name="show")
@click.argument("id")
@click.argument("figure", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON, as on its page.")
def show_finding(id: str, figure: str | None, as_json: bool) -> None:
    """Show the finding with this ID, or between two figures.

    The first digits of the ID are enough. Shows both sides, the arithmetic, the verdict and the rulings. With the names
    of two figures, shows the finding between them, or says why they are not compared.
    """
    from kb.app.exporting import print_finding
    from kb.app.review import pair_by_names, sheet_by_prefix
    from kb.app.workspace import bundled_folder
    from kb.reports.page import SeparatePair

    with opened_view(current_workspace()) as view:
        page = pair_by_names(view, id, figure) if figure else sheet_by_prefix(view, id)
        if as_json:
            show.as_json(page)
        elif isinstance(page, SeparatePair):
            show.echo(show.wrapped(f"{page.left.text}; {page.right.text}: not compared. {page.reason}"))
        else:
            show.echo(show.fitted(print_finding(page, bundled_folder("templates"))))


@main.command()
@click.argument("finding")
@click.option("--accept", metavar="FIGURE", help="The figure that is right.")
@click.option("--dismiss", metavar="WHY", help="Why the finding does not matter.")
@click.option("--explain", metavar="TEXT", help="Where the difference comes from.")
@click.option("--undo", is_flag=True, help="Undo the ruling.")
@click.option(
    "--reason", default="", help="Why; required with --accept and --undo; otherwise the text given is the reason."
)
@ACTOR
def rule(
    finding: str, accept: str | None, dismiss: str | None, explain: str | None, undo: bool, reason: str, actor: str
) -> None:
    """Record your ruling on FINDING.

    It is recorded with your name and reason, and lapses if the finding changes.
    """
    from kb.app.review import rule_on_finding

    texts = {Decision.ACCEPT: accept, Decision.DISMISS: dismiss, Decision.EXPLAIN: explain}
    decisions = [(decision, text) for decision, text in texts.items() if text is not None]
    mistakes = []
    if len(decisions) + undo != 1:
        hint = "--accept, --dismiss, --explain or --undo"
        mistakes.append(Problem(where="kb rule", what="a ruling decides one thing", hint=hint))
    decision, decision_text = decisions[0] if decisions else (None, "")
    # --accept names a figure, so its words come from --reason; the other two carry their words themselves.
    figure = decision_text if decision is Decision.ACCEPT else ""
    text = reason if figure else decision_text
    workspace = current_workspace()
    author = author_of(workspace, actor, reason or text, mistakes)
    with opened_base(workspace) as base:
        outcome = rule_on_finding(
            base, RulingRequest(finding=finding, decision=decision, figure=figure, text=text), author
        )
        head = base.head()
    already = "" if outcome.recorded else _ALREADY
    show.echo(f"{outcome.finding}: {_DECIDED[decision]} {figure}".rstrip() + already)
    show.echo(f"head {head}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the suggestions as JSON, as on their page.")
def suggest(as_json: bool) -> None:
    """Suggest duplicates, copies, dependences and missing outcomes.

    Lists names that may mean the same thing, sources that may have been copied, numbers that may depend on others, and
    projections whose time has passed without a recorded outcome.
    """
    from kb.reports.vocabulary import matches

    with opened_view(current_workspace()) as view:
        page = matches(view)
    if as_json:
        show.as_json(page)
    else:
        show.suggestions(page)


@main.command()
@click.argument("left")
@click.argument("right")
@click.option("--same", is_flag=True, help="The two count as one from now on.")
@click.option("--different", is_flag=True, help="The two are different things, and are not suggested again.")
@click.option("--undo", is_flag=True, help="Undo the decision.")
@REASON
@ACTOR
def match(left: str, right: str, same: bool, different: bool, undo: bool, reason: str, actor: str | None) -> None:
    """Say whether LEFT and RIGHT are the same thing.

    Both are measures, or scope values such as vendor/acme.
    """
    from kb.app.review import match_names

    mistakes = []
    if same + different + undo != 1:
        what = "these options exclude each other" if same or different or undo else "nothing was decided"
        mistakes.append(Problem(where="kb match", what=what, hint="give one of --same, --different and --undo"))
    workspace = current_workspace()
    author = author_of(workspace, actor, reason, mistakes)
    decision = None if undo else same
    with opened_base(workspace) as base:
        recorded = match_names(base, MatchRequest(left=left, right=right, same=decision, text=reason), author)
        head = base.head()
    already = "" if recorded else _ALREADY
    show.echo(f"{left} and {right}: {_MATCHED[decision]}{already}")
    show.echo(f"head {head}")


@main.command()
@click.argument("question")
@click.option(
    "--certainty",
    type=click.Choice([str(certainty) for certainty in Certainty]),
    help="How certain the answer is; default: one step lower for each reason.",
)
@click.option(
    "--because",
    multiple=True,
    type=click.Choice([str(concern) for concern in Concern]),
    help="A reason that lowers the certainty, instead of the computed ones; may be repeated.",
)
@click.option("--undo", is_flag=True, help="Undo your judgement.")
@REASON
@ACTOR
def assess(
    question: str, certainty: str | None, because: tuple[str, ...], undo: bool, reason: str, actor: str | None
) -> None:
    """Judge how certain the answer to QUESTION is.

    Without --certainty and --because, this confirms the computed judgement.
    """
    from kb.app.review import assess_answer

    mistakes = []
    if undo and (certainty or because):
        hint = "give --undo alone, or say what you judge"
        mistakes.append(Problem(where="kb assess", what="--undo judges nothing", hint=hint))
    workspace = current_workspace()
    author = author_of(workspace, actor, reason, mistakes)
    request = AssessmentRequest(
        question=question,
        certainty=Certainty(certainty) if certainty else None,
        concerns=tuple(concern for concern in Concern if concern in because) if because else None,
        withdraws=undo,
    )
    with opened_base(workspace) as base:
        outcome = assess_answer(base, request, author)
        head = base.head()
    show.echo(f"{question}: {_judged(outcome.judged)}" + ("" if outcome.recorded else _ALREADY))
    show.echo(f"head {head}")


def _judged(rating: Rating | None) -> str:
    if rating is None:
        return "your judgement is undone"
    return f"certainty {rating.certainty}" + (f", because of: {', '.join(rating.concerns)}" if rating.concerns else "")


_ALREADY = " already; nothing was recorded"
_DECIDED = {
    Decision.ACCEPT: "accepted",
    Decision.DISMISS: "dismissed",
    Decision.EXPLAIN: "explained",
    None: "open again",
}
_MATCHED = {True: "the same thing", False: "different things", None: "open again"}


@main.command()
@JOBS
def reconcile(jobs: int) -> None:
    """Recompute all findings.

    Says how many changed. Other commands can read and write while this runs.
    """
    with opened_base(current_workspace()) as base, show.progress("reconciling") as progress:
        done = base.reconcile(progress, jobs=jobs)
    show.echo(show.reconciled_summary(done, done.differing))


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """How many passages were found by what method, then a line or more for each not found by its exact words."""
    from kb.reports.evidence import METHOD_WORDS

    if not outcomes:
        return
    anchored_by = Counter(outcome.location.by for outcome in outcomes if isinstance(outcome.location, Anchored))
    missed = [outcome.location for outcome in outcomes if isinstance(outcome.location, Missed)]
    parts = [f"{anchored_by[method]:,} {words}" for method, words in METHOD_WORDS.items() if anchored_by[method]]
    orphans = sum(passage.is_orphan for passage in missed)
    review = len(missed) - orphans
    parts += [f"{review:,} to review"] if review else []
    parts += [show.counted(orphans, "orphan")] if orphans else []
    yield f"{show.counted(len(outcomes), 'passage')} looked for: {', '.join(parts)}"
    for outcome in outcomes:
        yield from _outcome_details(outcome, METHOD_WORDS)
    if review:
        yield "review with `kb passages accept ENTRY --reason …` or `kb passages reject ENTRY --reason …`"


def _outcome_details(outcome: Outcome, method_words: Mapping[AnchoringMethod, str]) -> Iterator[str]:
    where = f"{outcome.slug} at {outcome.passage}"
    match outcome.location:
        case Anchored(by=AnchoringMethod.EXACT):
            return
        case Anchored(anchor=anchor, by=by, line=line):
            yield f"found {method_words[by]}: {where}: “{_shortened(anchor.text)}”, now on line {line}"
        case Missed(offers=()):
            words = f"“{_shortened(outcome.earlier.text)}” and nothing like it" if outcome.earlier else "nothing"
            yield f"orphan: {where}: {words} stands there"
        case Missed(offers=offers):
            yield f"to review: {where}:"
            for number, offer in enumerate(offers, 1):
                yield f"  {number}. {_offer_line(outcome.earlier, offer)}"


def _offer_line(earlier: Anchor | None, offer: Offer) -> str:
    """An offered place in one line: where, its score, and how its sentence differs from that of the older edition."""
    from kb.intake.reanchoring import numbers_changed
    from kb.intake.text_diff import difference, marked

    now = _sentence_text(offer.anchor)
    if earlier is None:
        return f"line {offer.line}: {now}"
    before = _sentence_text(earlier)
    # A changed number may make the passage say something else, however small the difference looks; it is named.
    numbers = ", the numbers differ" if numbers_changed(earlier, offer.anchor) else ""
    words = f"“{_shortened(earlier.text)}” → “{_shortened(offer.anchor.text)}”"
    return f"line {offer.line}, score {offer.score}{numbers}: {words}: {marked(difference(before, now))}"


def _sentence_text(anchor: Anchor) -> str:
    from kb.intake.passage import sentence_of

    return " ".join("".join(sentence_of(anchor)).split())


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


_ENTRY = click.argument("entry")
_PASSAGE = click.option("--passage", type=click.IntRange(min=1), help="Which passage, if a claim has several.")
_OFFER = click.option("--offer", type=click.IntRange(min=1), help="Which of the offered places.")


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the passages as JSON, as on their page.")
@click.pass_context
def passages(context: click.Context, as_json: bool) -> None:
    """List the passages that need review.

    Each comes with the places that are offered for it.
    """
    if context.invoked_subcommand:
        return
    from kb.reports.evidence import passages as passages_page

    with opened_view(current_workspace()) as view:
        page = passages_page(view)
    if as_json:
        show.as_json(page)
    else:
        _show_passages(page)


def _show_passages(page: PassagesPage) -> None:
    for source in page.sources:
        for row in (*source.review, *source.orphans):
            _show_passage(row)
    show.echo(f"{page.review:,} to review, {show.counted(page.orphans, 'orphan')}")


def _show_passage(row: MissedRow) -> None:
    from kb.intake.text_diff import marked

    number = f", passage {row.number}" if row.passages > 1 else ""
    show.echo(f"{row.ref.slug} at {row.locator}{number}")
    if row.earlier:
        show.echo(f"    was: {row.earlier.before}{row.earlier.text}{row.earlier.after}".rstrip())
    for offer in row.offers:
        now = offer.wording
        context = marked(offer.difference) or f"{now.before}{now.text}{now.after}"
        differ = ", the numbers differ" if offer.numbers_differ else ""
        show.echo(f"    {offer.number}. line {offer.line}, score {offer.score}{differ}: “{now.text}” in: {context}")
    if not row.offers:
        show.echo("    nothing like it" if not row.rejected else "    all offers were rejected")


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def accept(entry: str, passage: int | None, offer: int | None, actor: str | None, reason: str) -> None:
    """Accept an offered place for a passage.

    ENTRY is the figure or claim that the passage belongs to.
    """
    _review(PassageDecision(entry=entry, accepts=True, passage=passage, offer=offer), actor, reason)


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def reject(entry: str, passage: int | None, offer: int | None, actor: str | None, reason: str) -> None:
    """Reject the places offered for a passage.

    ENTRY is the figure or claim that the passage belongs to. All its offers are rejected, or the one of --offer; with
    none left, the passage is an orphan.
    """
    _review(PassageDecision(entry=entry, accepts=False, passage=passage, offer=offer), actor, reason)


def _review(decision: PassageDecision, actor: str | None, reason: str) -> None:
    from kb.app.review import review_passage

    workspace = current_workspace()
    author = author_of(workspace, actor, reason)
    with opened_base(workspace) as base:
        review = review_passage(base, decision, author)
        head = base.head()
    if review.anchored is None:
        show.echo(f"{decision.entry}: rejected")
    else:
        anchored = review.anchored
        show.echo(f"{decision.entry}: accepted “{anchored.anchor.text}”, line {anchored.line}")
    if review.outdated:
        show.echo(_outdated_hint(review.outdated))
    show.echo(f"head {head}")


def _outdated_hint(figure: Figure) -> str:
    from kb.numbers import write_quantity

    value = write_quantity(figure.quantity)
    return f"its value is still {value}: correct value: and at: in the file {figure.file}, and import"
