"""The commands about findings, rulings, matches of names, and passages that need review."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import click

from kb.app.review import review_passage
from kb.app.wiring import document_store, open_base, view_of
from kb.cli import show
from kb.cli.command import ACTOR, REASON, author_of, current_workspace, main
from kb.cli.show import counted
from kb.domain.entity import Decision
from kb.domain.event import Anchored, Missed
from kb.domain.finding import FindingKind, Verdict
from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.domain.problem import Problem, Refused
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.intake.anchoring import Outcome
from kb.intake.passage import sentence_of
from kb.intake.text_diff import difference, marked, same_numbers
from kb.reports.evidence import METHOD_WORDS
from kb.reports.evidence import passages as passages_page
from kb.reports.page import MissedRow, PassagesPage

FAILED = 3
"""Exit code where ``--fail-on`` found what it was told to look for."""

_VERDICTS = click.Choice([verdict.value for verdict in Verdict])
_KINDS = click.Choice([kind.value for kind in FindingKind])


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Findings as a JSON array, as in `kb export`.")
@click.option("--kind", type=_KINDS, multiple=True, help="Only these kinds; may be given more than once.")
@click.option("--verdict", type=_VERDICTS, multiple=True, help="Only these verdicts; may be given more than once.")
@click.option("--min-severity", type=click.FloatRange(0, 1), default=0.0, help="Only this severe or worse, 0 to 1.")
@click.option("--measure", default="", help="Only about measures with these words in a name, label or alias.")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has ruled on, or that changed since.")
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
    """List what the engine noticed, worst first."""
    if context.invoked_subcommand:
        return
    from kb.app.review import FindingFilter, filtered_findings, opened_view

    criteria = FindingFilter(kind, verdict, Decimal(str(min_severity)), measure, only_open)
    with opened_view(current_workspace()) as view:
        selected = filtered_findings(view, criteria)
        if as_json:
            from kb.reports.export import exported_findings

            show.as_json(exported_findings(view, selected))
        else:
            from kb.reports.row import finding_rows

            show.findings(finding_rows(view, selected))
    if any(finding.verdict.value in fail_on for finding in selected):
        sys.exit(FAILED)


@findings.command(name="show")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The finding as JSON, as its page has it.")
def show_finding(id: str, as_json: bool) -> None:
    """Show the finding ID (its first digits will do): both sides, the arithmetic, the verdict, the rulings."""
    from kb.app.exporting import print_finding
    from kb.app.review import opened_view, sheet_by_prefix
    from kb.app.workspace import bundled_folder

    with opened_view(current_workspace()) as view:
        page = sheet_by_prefix(view, id)
        if as_json:
            show.as_json(page)
        else:
            click.echo(show.fitted(print_finding(page, bundled_folder("templates"))))


@main.command()
@click.argument("finding")
@click.option("--accept", metavar="FIGURE", help="This figure stands.")
@click.option("--dismiss", metavar="WHY", help="The finding does not matter, and why.")
@click.option("--explain", metavar="TEXT", help="Where the difference comes from.")
@click.option("--undo", is_flag=True, help="Take back what was decided.")
@click.option("--reason", default="", help="Why; wanted with --accept and --undo, else the text itself is the reason.")
@ACTOR
def rule(
    finding: str, accept: str | None, dismiss: str | None, explain: str | None, undo: bool, reason: str, actor: str
) -> None:
    """Decide about a finding: an event with actor and reason, bound to what was seen."""
    from kb.app.review import rule_on_finding
    from kb.app.wiring import open_base

    texts = {Decision.ACCEPT: accept, Decision.DISMISS: dismiss, Decision.EXPLAIN: explain}
    decisions = [(decision, text) for decision, text in texts.items() if text is not None]
    if len(decisions) + undo != 1:
        raise Refused([Problem("kb rule", "a ruling decides one thing", "--accept, --dismiss, --explain or --undo")])
    decision, decision_text = decisions[0] if decisions else (None, "")
    figure = decision_text if decision is Decision.ACCEPT else ""
    text = reason if figure else decision_text
    workspace = current_workspace()
    author = author_of(workspace, actor, reason or text)
    with open_base(workspace) as base:
        done = rule_on_finding(base, RulingRequest(finding, decision, figure, text), author)
        head = base.head()
    click.echo(done.message)
    click.echo(f"head {head.position} {head.hash}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The page of names as JSON.")
def suggest(as_json: bool) -> None:
    """Suggest measures and scope values that may be the same, and sources that may be copies of each other."""
    from kb.app.review import opened_view
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
@click.option("--same", "decision", flag_value="same", help="The two count as one from now on.")
@click.option("--different", "decision", flag_value="different", help="They do not, and are not suggested again.")
@click.option("--undo", "decision", flag_value="undo", help="Take back what was decided.")
@REASON
@ACTOR
def match(left: str, right: str, decision: str | None, reason: str, actor: str) -> None:
    """Decide whether LEFT and RIGHT, two measures or two scope values like vendor/acme, are the same."""
    from kb.app.review import match_names
    from kb.app.wiring import open_base

    if decision is None:
        raise Refused([Problem("kb match", "nothing was decided", "--same, --different or --undo")])
    workspace = current_workspace()
    same = {"same": True, "different": False, "undo": None}[decision]
    with open_base(workspace) as base:
        recorded = match_names(base, MatchRequest(left, right, same, reason), author_of(workspace, actor, reason))
        head = base.head()
    already = "" if recorded else " already; nothing was recorded"
    click.echo(f"{left} and {right}: {_MATCHED[decision]}{already}")
    click.echo(f"head {head.position} {head.hash}")


_MATCHED = {"same": "the same", "different": "not the same", "undo": "open again"}


@main.command()
def reconcile() -> None:
    """Compute every finding anew from what is known; they must come out as they were."""
    from kb.app.wiring import open_base

    with open_base(current_workspace()) as base, show.progress("reconciling") as progress:
        done = base.reconcile(progress)
    summary = "the same" if not done.differing else f"{done.differing} changed"
    click.echo(f"{show.counted(done.after, 'finding')}, {summary} (before: {done.before})")


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines that tell of ``outcomes``: how many were found by what, then each that was not found by its exact words."""
    if not outcomes:
        return
    anchored_by = Counter(lookup.location.by for lookup in outcomes if isinstance(lookup.location, Anchored))
    missed = [lookup.location for lookup in outcomes if isinstance(lookup.location, Missed)]
    parts = [f"{anchored_by[means]:,} {words}" for means, words in METHOD_WORDS.items() if anchored_by[means]]
    review, orphans = sum(not missing.is_orphan for missing in missed), sum(missing.is_orphan for missing in missed)
    parts += [f"{review:,} to review"] if review else []
    parts += [f"{counted(orphans, 'orphan')}"] if orphans else []
    yield f"{counted(len(outcomes), 'passage')} looked for: {', '.join(parts)}"
    for outcome in outcomes:
        yield from _outcome_details(outcome)
    if review:
        yield "settle with `kb passages accept ENTRY --reason …` or `kb passages reject ENTRY --reason …`"


def _outcome_details(outcome: Outcome) -> Iterator[str]:
    where = f"{outcome.slug} at {outcome.passage}"
    match outcome.location:
        case Anchored(by=AnchoringMethod.EXACT):
            return
        case Anchored(_, _, anchor, by, line):
            yield f"found {METHOD_WORDS[by]}: {where}: “{_shortened(anchor.text)}”, now on line {line}"
        case Missed(offers=()):
            words = f"“{_shortened(outcome.earlier.text)}” and nothing like it" if outcome.earlier else "nothing"
            yield f"orphan: {where}: {words} stands there"
        case Missed(offers=offers):
            yield f"to review: {where}:"
            for number, offer in enumerate(offers, 1):
                yield f"  {number}. {offer_line(outcome.earlier, offer)}"


def offer_line(earlier: Anchor | None, offer: Offer) -> str:
    """An offered place in one line, with its score and what differs from the words that stood in the older edition."""
    now = _sentence_text(offer.anchor)
    if earlier is None:
        return f"line {offer.line}: {now}"
    before = _sentence_text(earlier)
    numbers = "" if same_numbers(before, now) else ", the numbers differ"
    words = f"“{_shortened(earlier.text)}” → “{_shortened(offer.anchor.text)}”"
    return f"line {offer.line}, score {offer.score}{numbers}: {words}: {marked(difference(before, now))}"


def _sentence_text(anchor: Anchor) -> str:
    return " ".join("".join(sentence_of(anchor)).split())


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


_ENTRY = click.argument("entry")
_PASSAGE = click.option("--passage", type=click.IntRange(min=1), help="Which passage of a claim that has several.")
_OFFER = click.option("--offer", type=click.IntRange(min=1), help="Which of the places that are offered.")


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON, as the page has it.")
@click.pass_context
def passages(context: click.Context, as_json: bool) -> None:
    """List the passages that wait for a person, with the places that are offered."""
    if context.invoked_subcommand:
        return
    workspace = current_workspace()
    with open_base(workspace) as base:
        page = passages_page(view_of(base, document_store(workspace), base.head()))
    if as_json:
        show.as_json(page)
    else:
        _show_passages(page)


def _show_passages(page: PassagesPage) -> None:
    for source in page.sources:
        for row in (*source.review, *source.orphans):
            _show_passage(row)
    click.echo(f"{page.review:,} to review, {show.counted(page.orphans, 'orphan')}")


def _show_passage(row: MissedRow) -> None:
    number = f", passage {row.number}" if row.passages > 1 else ""
    click.echo(f"{row.ref.slug} at {row.locator}{number}")
    if row.earlier:
        click.echo(f"    was: {row.earlier.before}{row.earlier.text}{row.earlier.after}".rstrip())
    for offer in row.offers:
        now = offer.wording
        context = marked(offer.difference) or f"{now.before}{now.text}{now.after}"
        differ = ", the numbers differ" if offer.numbers_differ else ""
        click.echo(f"    {offer.number}. line {offer.line}, score {offer.score}{differ}: “{now.text}” in: {context}")
    if not row.offers:
        click.echo("    nothing like it" if not row.rejected else "    nobody took what was offered")


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def accept(entry: str, passage: int | None, offer: int | None, actor: str, reason: str) -> None:
    """Accept an offered place as that of a passage of ENTRY, a figure or a claim."""
    _review(PassageDecision(entry, True, passage, offer), actor, reason)


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def reject(entry: str, passage: int | None, offer: int | None, actor: str, reason: str) -> None:
    """Turn down what is offered for a passage of ENTRY, or one of the offers; with none left it is an orphan."""
    _review(PassageDecision(entry, False, passage, offer), actor, reason)


def _review(choice: PassageDecision, actor: str, reason: str) -> None:
    workspace = current_workspace()
    author = author_of(workspace, actor, reason)
    with open_base(workspace) as base:
        click.echo(review_passage(base, choice, author))
        head = base.head()
    click.echo(f"head {head.position} {head.hash}")
