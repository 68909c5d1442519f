"""The pages about findings: findings in groups, one group pair by pair, and one finding with its passages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from kb.domain.entity import Calculation, Decision, Figure, Measure, Ruling
from kb.domain.finding import Change, Finding, FindingKind, Ground, Pairing, PairingSide, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.check import normalized_outcome
from kb.reasoning.comparison.distance import has_places
from kb.reasoning.findings.mention import in_points, normalized_quantity
from kb.reasoning.findings.position import survey
from kb.reasoning.findings.separation import separation
from kb.reports.chronology import replaced_words, series_table
from kb.reports.citations import citation, citations
from kb.reports.page import FindingGroup, FindingSheet, FindingsPage, GroupSheet, PairingRow, RulingRow, SeparatePair
from kb.reports.plot import ComputedNumber, plot
from kb.reports.query import ROWS, matching_rows
from kb.reports.row import (
    TRUTH_WORDS,
    accepted_words,
    claim_rows,
    explanation,
    figure_rows,
    finding_ref,
    finding_row,
    finding_rows,
    finding_subject,
    two_places,
    voices_among,
)
from kb.reports.value import Citation, FindingRow, Plot, Ref
from kb.reports.view import View, worst_first_key
from kb.reports.vocabulary import position_rows
from kb.reports.words.amount import number_words, opened_interval_words, points_words, ratio_words
from kb.reports.words.finding import pairing_labels, pairing_sentence
from kb.reports.words.outcome import stances_of_outcome
from kb.reports.words.references import (
    RETRACTED,
    capitalized,
    converted_amount_words,
    first_sentence,
    ref_of,
    said_ref,
    span_words,
    without_stop,
)
from kb.reports.words.separation import separation_sentence
from kb.reports.words.verdicts import verdict_name, verdict_words
from kb.reports.words.voices import finding_voices_words, is_plural_name, voice_words, with_stance

FindingsOnPage = tuple[Ref, tuple[Finding, ...]]
"""The page of a group of findings, and its findings."""


def grouped_findings(view: View, findings: tuple[Finding, ...]) -> tuple[FindingsOnPage, ...]:
    """Findings in groups by what they are about, the group with the first finding first; claims come last.

    What follows from one of them belongs to the group of that one. Within a group they keep the order of ``findings``.
    """
    # No rows are made here: with very many findings, only those of one page are shown.
    groups: dict[Ref, list[Finding]] = {}
    shown = {finding.id for finding in findings}
    for finding in findings:
        groups.setdefault(group_ref(view, view.lead_of(finding, shown)), []).append(finding)
    ordered = sorted(groups.items(), key=lambda group: _group_order(view, group[1]))
    return tuple((page, tuple(members)) for page, members in ordered)


def _group_order(view: View, findings: Sequence[Finding]) -> tuple[bool, tuple[object, ...]]:
    return findings[0].kind is FindingKind.CLAIMS, min(map(view.order_of, findings))


def group_ref(view: View, finding: Finding) -> Ref:
    """The page of the group that a finding belongs to."""
    if finding.kind is FindingKind.CLAIMS:
        return Ref("page", "/findings", "Claims that contradict each other")
    about = finding_subject(view, finding)
    return Ref(f"group-{about.kind}", about.slug, about.text) if about is not RETRACTED else RETRACTED


def finding_group(view: View, page: Ref, findings: tuple[Finding, ...]) -> FindingGroup:
    """One group of at least one finding, in the order of lists; its verdict is the worst of them."""
    ranked = sorted(findings, key=lambda finding: view.places[finding.id])
    shown = {finding.id for finding in findings}
    # A dispute is introduced by itself, not by a worse one that follows from it.
    leads = [finding for finding in findings if view.lead_of(finding, shown) is finding]
    worst = min(leads, key=worst_first_key)
    about = None if worst.kind is FindingKind.CLAIMS else finding_subject(view, worst)
    return FindingGroup(
        subject=page,
        verdict=verdict_name(worst),
        verdict_text=verdict_words(worst.verdict, worst.kind),
        severity=two_places(max(finding.severity for finding in leads)),
        summary=explanation(view, worst),
        rows=finding_rows(view, tuple(ranked)),
        about=about,
        voices=finding_voices_words(view.knowledge, worst),
        bears=any(view.bearings[finding.id] for finding in findings),
        following=len(findings) - len(leads),
    )


def findings(view: View, page: int = 1, query: str = "") -> FindingsPage:
    """A page of the findings that match ``query``, in groups, worst first; ``verdicts`` counts all that match.

    Without a query, spreads of things that nobody would compare are left out.
    """
    listed = view.ranked if query else [finding for finding in view.ranked if not finding.is_unremarkable]
    matched = matching_rows(listed, query, lambda finding: _columns(view, finding))
    counts = tuple(
        (str(verdict), verdict_words(verdict), sum(finding.verdict is verdict for finding in matched))
        for verdict in reversed(Verdict)
    )
    leaves = _group_pages(grouped_findings(view, matched))
    shown = leaves[page - 1] if page <= len(leaves) else ()
    made = tuple(finding_group(view, *grouped) for grouped in shown)
    return FindingsPage(title="Findings", groups=made, verdicts=counts, query=query, page=page, pages=len(leaves))


def _group_pages(groups: Sequence[FindingsOnPage]) -> list[list[FindingsOnPage]]:
    """The groups divided into pages: a group is never split, and a page ends once it has ``ROWS`` findings."""
    # A group on two pages could not be read as one dispute, so that a page may have more than ``ROWS`` findings.
    leaves: list[list[FindingsOnPage]] = [[]]
    room = ROWS
    for grouped in groups:
        if room <= 0:
            leaves.append([])
            room = ROWS
        leaves[-1].append(grouped)
        room -= len(grouped[1])
    return leaves


FINDING_COLUMNS = ("measure", "verdict", "kind", "about", "between", "text", "ruling", "question")
"""The columns that a query of findings can name, as in ``verdict:conflict``."""


def _columns(view: View, finding: Finding) -> Mapping[str, str]:
    row = finding_row(view, finding)
    measure = view.knowledge.measures.get(finding.measure) if finding.measure else None
    return {
        "measure": " ".join((measure.slug, measure.label, *measure.aliases)) if measure else "",
        "verdict": f"{row.verdict} {row.verdict_text}",
        "kind": row.kind,
        "about": f"{row.subject.text} {row.subject.slug}",
        "between": " ".join(row.between),
        "text": row.explanation,
        "ruling": row.ruling or "none",
        "question": " ".join(view.knowledge.questions[id].slug for id in _questions(view, finding)),
    }


def _questions(view: View, finding: Finding) -> tuple[Id, ...]:
    """The questions that a finding is about: those that rest on its numbers or claims, or on what it checks."""
    calculation = (finding.calculation,) if finding.calculation else ()
    return view.questions_served(*finding.figures, *finding.claims, *calculation)


def group(view: View, kind: str, slug: str) -> GroupSheet | None:
    """The findings about one measure or calculation; None where it does not exist or has no findings.

    Args:
        view: The data of this moment.
        kind: ``measure`` or ``calculation``.
        slug: Its slug.
    """
    about = view.knowledge.named(Measure if kind == "measure" else Calculation, slug)
    if about is None or kind not in ("measure", "calculation"):
        return None
    table = view.findings_of_measure if kind == "measure" else view.findings_of_calculation
    members = table.get(about.id, ())
    return _group_sheet(view, members) if members else None


def _group_sheet(view: View, members: tuple[Finding, ...]) -> GroupSheet:
    # What follows from these about something else is listed, and has its pairs on a page of its own.
    family = {member.id: member for finding in members for member in view.family(finding)}
    made = finding_group(view, group_ref(view, members[0]), tuple(family.values()))
    # A claim that a calculation refutes is about no measure; the figures that it checks still are.
    measure = next((finding.measure for finding in members if finding.measure), None)
    in_order = tuple(dict.fromkeys(id for finding in members for id in finding.figures))
    pairs = [row for finding in _ranked(members, made.rows) for row in pairing_rows(view, finding)]
    return GroupSheet(
        title=made.subject.text,
        group=made,
        plot=_plot(view, measure, in_order, _computed_numbers(view, members)),
        positions=position_rows(view, measure) if measure and members[0].kind is not FindingKind.CHECK else (),
        pairings=tuple(pairs),
        figures=figure_rows(view, in_order),
    )


def _ranked(members: tuple[Finding, ...], rows: tuple[FindingRow, ...]) -> list[Finding]:
    by_id = {finding.id: finding for finding in members}
    return [by_id[row.ref.slug] for row in rows if row.ref.slug in by_id]


_NOT_COMPARED = (
    Ground.UNITS_DIFFER,
    Ground.NO_RATE,
    Ground.SCOPE,
    Ground.OTHER_TIME,
    Ground.TRUTH,
    Ground.END_NOT_REACHED,
)
"""Grounds of a check that compares no result with the figure."""


def _computed_numbers(view: View, members: Iterable[Finding]) -> tuple[ComputedNumber, ...]:
    """Each result that the checks among findings compare with a stated figure, once, in the unit of the figure."""
    checks = (finding for finding in members if finding.kind is FindingKind.CHECK)
    pairs = ((finding, pairing) for finding in checks for pairing in finding.pairings)
    numbers = {
        (finding.calculation, pairing.outcome): _computed_number(view, finding, pairing)
        for finding, pairing in pairs
        if pairing.ground not in _NOT_COMPARED
    }
    return tuple(number for number in numbers.values() if number)


def _computed_number(view: View, finding: Finding, pairing: Pairing) -> ComputedNumber | None:
    knowledge, results = view.knowledge, view.analysis.results
    result = results.get(finding.calculation) if finding.calculation else None
    if result is None or pairing.outcome is None:
        return None
    outcome = result.outcomes[pairing.outcome]
    number = normalized_outcome(knowledge, outcome, knowledge.figures[finding.parts[1]])
    label, _ = pairing_labels(knowledge, results, finding, pairing)
    stances = stances_of_outcome(knowledge, outcome)
    return ComputedNumber(
        ref=ref_of(knowledge, finding.calculation),
        stated=number.stated,
        allowed=number.allowed,
        text=opened_interval_words(number.stated, number.allowed, pairing.unit) + (f" ({stances})" if stances else ""),
        source=label,
        verdict=str(pairing.verdict),
    )


def _plot(
    view: View, measure: Id | None, figures: tuple[Id, ...], computed: Sequence[ComputedNumber] = ()
) -> Plot | None:
    knowledge = view.knowledge
    known = knowledge.measures.get(measure) if measure else None
    known_figures = [knowledge.figures[id] for id in figures if id in knowledge.figures]
    mentions = [mention for figure in known_figures for mention in knowledge.dependents.get(figure.id, ())]
    if known is None:
        return None
    of_measure = {known.id, *knowledge.complements(known.id)}
    drawn = {figure.id: figure for figure in (*known_figures, *mentions) if figure.measure in of_measure}
    return plot(view, known, list(drawn.values()), computed)


def finding(view: View, id: str) -> FindingSheet | None:
    """The sheet of the finding called ``id``; None where there is none."""
    matched = next((finding for finding in view.findings if finding.id == id), None)
    return finding_sheet(view, matched) if matched else None


def figure_pair(view: View, left: Figure, right: Figure) -> FindingSheet | SeparatePair:
    """The finding that compares two figures; where there is none, the reason why."""
    between = next((finding for finding in view.ranked if _compares(finding, left.id, right.id)), None)
    if between:
        return finding_sheet(view, between)
    measure, knowledge = view.knowledge.measures[left.measure], view.knowledge.in_terms_of(left.measure)
    counted = tuple(knowledge.figures.get(figure.id, figure) for figure in (left, right))
    reason = separation_sentence(knowledge, separation(knowledge, survey(knowledge, measure), *counted), *counted)
    return SeparatePair(said_ref(knowledge, left.id), said_ref(knowledge, right.id), reason)


def _compares(finding: Finding, left: Id, right: Id) -> bool:
    """Whether some pairing of ``finding`` has the two on opposite sides; a series compares nothing."""
    if finding.kind is FindingKind.SERIES:
        return False
    sides = ((pairing.left.figures, pairing.right.figures) for pairing in finding.pairings)
    return any((left in first and right in second) or (right in first and left in second) for first, second in sides)


def finding_sheet(view: View, finding: Finding) -> FindingSheet:
    """The sheet of ``finding``."""
    row, rulings = finding_row(view, finding), view.rulings_of.get(finding.key, ())
    return FindingSheet(
        title=_claims_title(view, finding) or _check_title(view, finding) or _title(row.ref.text),
        row=row,
        rule=finding.rule,
        digest=finding.digest,
        stamp=view.concurrency_token(ruling.id for ruling in rulings),
        pairings=pairing_rows(view, finding),
        series=series_table(view, finding) if finding.kind is FindingKind.SERIES else None,
        replaced=replaced_words(view, finding),
        figures=figure_rows(view, finding.figures),
        rates=figure_rows(view, finding.rates),
        claims=claim_rows(view, finding.claims),
        calculation=ref_of(view.knowledge, finding.calculation) if finding.calculation else None,
        rulings=tuple(_ruling_row(view, finding, ruling) for ruling in rulings),
        followers=finding_rows(view, view.followers.get(finding.id, ())),
    )


def _claims_title(view: View, finding: Finding) -> str:
    """Two claims as a heading, which stand in full below it: ``Ann Ash contradicts Ben Elm``; empty for all others."""
    if finding.kind is not FindingKind.CLAIMS:
        return ""
    first, second = _claim_voices(view, finding)
    verb = "repeat" if finding.is_settled else "contradict"
    ending = "" if is_plural_name(first) else "s"
    title = f"Two statements by {first} {verb} each other" if first == second else f"{first} {verb}{ending} {second}"
    alike = (known for known in view.findings if known.kind is FindingKind.CLAIMS and known.id != finding.id)
    # Two people may contradict each other more than once, and each finding needs a name of its own.
    if any(set(_claim_voices(view, known)) == {first, second} for known in alike):
        title += f": {without_stop(view.knowledge.claims[finding.claims[0]].text)}"
    return capitalized(title)


def _claim_voices(view: View, finding: Finding) -> tuple[str, str]:
    first, second = (voice_words(view.knowledge.claims[id].voice) for id in finding.claims)
    return first, second


def _check_title(view: View, finding: Finding) -> str:
    """A check as a heading: ``Margin of four sellers: 16% stated, ≈ 16.67% calculated``; empty for all others."""
    headline = finding.pairings[finding.headline]
    if finding.kind is not FindingKind.CHECK or headline.ground in _NOT_COMPARED:
        return ""
    number = _computed_number(view, finding, headline)
    if number is None:
        return ""
    label = finding_subject(view, finding).text
    return f"{capitalized(label)}: {_side_words(view, headline.right, headline.unit)} stated, {number.text} calculated"


def _title(text: str) -> str:
    """The sentence of a finding as a heading, without its full stop; of two sentences both keep theirs."""
    return capitalized(text.rstrip(".。") if first_sentence(text) == text else text)


def pairing_rows(view: View, finding: Finding) -> tuple[PairingRow, ...]:
    """The pairings of a finding, with the passages of both sides and the arithmetic between them."""
    return tuple(_pairing_row(view, finding, pairing) for pairing in finding.pairings)


def _pairing_row(view: View, finding: Finding, pairing: Pairing) -> PairingRow:
    knowledge, results = view.knowledge, view.analysis.results
    if finding.kind is FindingKind.CLAIMS:
        return _claims_pairing(view, finding, pairing)
    left_label, right_label = pairing_labels(knowledge, results, finding, pairing)
    return PairingRow(
        finding=finding_ref(view, finding),
        left_label=left_label,
        right_label=right_label,
        left_text=_computed_words(view, pairing),
        right_text=_side_words(view, pairing.right, pairing.unit),
        left_voices=voices_among(view, pairing.left.figures),
        right_voices=voices_among(view, pairing.right.figures),
        left=_cited(view, pairing.left.figures),
        right=_cited(view, pairing.right.figures),
        arithmetic=arithmetic(pairing),
        verdict=str(pairing.verdict),
        verdict_text=verdict_words(pairing.verdict, finding.kind),
        relation=_relation_words(pairing),
        severity=two_places(pairing.severity),
        explanation=pairing_sentence(knowledge, results, finding, pairing),
    )


def _computed_words(view: View, pairing: Pairing) -> str:
    # What a comparison gives is a truth. How far its sides are apart is not a number that anything could be checked by.
    if pairing.ground is Ground.TRUTH and pairing.right.figures:
        return f"the comparison {'is ' if pairing.truth is None else ''}{TRUTH_WORDS[pairing.truth]}"
    return _side_words(view, pairing.left, pairing.unit)


def _claims_pairing(view: View, finding: Finding, pairing: Pairing) -> PairingRow:
    """Two claims side by side, each with its voice, its date and its passages."""
    labels = pairing_labels(view.knowledge, view.analysis.results, finding, pairing)
    left, right = (view.knowledge.claims[id] for id in finding.claims)
    return PairingRow(
        finding=finding_ref(view, finding),
        left_label=labels[0],
        right_label=labels[1],
        left_text=left.text,
        right_text=right.text,
        left_voices="",
        right_voices="",
        left=citations(view, left),
        right=citations(view, right),
        arithmetic=(),
        verdict=str(pairing.verdict),
        verdict_text=verdict_words(pairing.verdict, finding.kind),
        relation="",
        severity=two_places(pairing.severity),
        explanation=explanation(view, finding),
        left_claim=ref_of(view.knowledge, left.id),
        right_claim=ref_of(view.knowledge, right.id),
    )


def _relation_words(pairing: Pairing) -> str:
    """The relation of the two sides in words, which agree with the verdict beside them."""
    # A comparison that holds has two numbers of different things, whose intervals say nothing of each other.
    if pairing.relation is None or pairing.ground is Ground.TRUTH:
        return ""
    # The allowed intervals alone would say that two roundings of one number do not meet, and that two spreads whose
    # ends conflict overlap.
    if pairing.verdict is Verdict.ROUNDING:
        return "rounding explains the difference"
    if pairing.ground is Ground.WITHIN_MARGINS:
        return "the margins explain the difference"
    if pairing.end and pairing.relation is not Relation.DISJOINT:
        return f"the {pairing.end} ends of the ranges differ"
    # "At least 50" and 80 do not meet as stated; only what the floor allows includes 80.
    stated = pairing.left.stated, pairing.right.stated
    if stated[0] is not None and stated[0] == stated[1]:
        # "At least 40" retold as "at most 40" has the number of the original, and says the opposite.
        return "the two are equal" if pairing.verdict.is_settled else "the numbers are equal, their words are not"
    meet = stated[0] is None or stated[1] is None or stated[0].meets(stated[1])
    apart = "the stated values differ, but no more than their words allow" if pairing.verdict.is_settled else _APART
    return _RELATIONS.get((str(pairing.relation), meet), apart)


_APART = "the two do not meet"


_RELATIONS = {
    ("inside", True): "the first lies within the second",
    ("inside", False): "the first is within the limit the second sets",
    ("overlapping", True): "the two overlap",
    ("overlapping", False): "compatible, because one is only a limit",
}


def _side_words(view: View, side: PairingSide, unit: str) -> str:
    """One side of a pair in words: its first figure with hedge and bound, else the computed interval."""
    figure = view.knowledge.figures.get(side.figures[0]) if side.figures else None
    if figure and figure.measure in view.knowledge.measures:
        words = converted_amount_words(view.knowledge, figure.quantity, normalized_quantity(view.knowledge, figure))
        return with_stance(words, figure.stance)
    return span_words(side.stated, unit) if side.stated else ""


def _cited(view: View, figures: tuple[Id, ...]) -> tuple[Citation, ...]:
    known: Knowledge = view.knowledge
    return tuple(citation(view, known.figures[id]) for id in figures if id in known.figures)


def arithmetic(pairing: Pairing) -> tuple[str, ...]:
    """The arithmetic to check with a pocket calculator: the ratio and the gap of the nearest stated ends."""
    if Change.UNIT in pairing.changes:
        return ()
    left, right = (_decisive(side.stated, pairing.end) for side in (pairing.left, pairing.right))
    if left is None or right is None:
        return ()
    low, high = (left, right) if (left.high or 0) <= (right.high or 0) else (right, left)
    if low.high is None or high.low is None:
        return ()
    if low == high:
        return (f"both are {span_words(low, pairing.unit)}",)
    if low.high >= high.low:
        return (f"{span_words(low, pairing.unit)} and {span_words(high, pairing.unit)} overlap",)
    return tuple(_arithmetic_steps(low.high, high.low, pairing.unit))


def _decisive(stated: Interval | None, end: str) -> Interval | None:
    """What of a stated interval was compared: the ``end`` that decided, else all of it."""
    value = getattr(stated, end) if stated and end else None
    return stated if value is None else Interval.at(value)


def _arithmetic_steps(below: Fraction, above: Fraction, unit: str) -> Iterator[str]:
    """The ratio of two numbers, unless the lower one is zero or negative or the ratio shows as 1; their difference."""
    ends = number_words(above, unit), number_words(below, unit)
    rounded = any(text.startswith("≈") for text in ends)
    ends = ends[0].removeprefix("≈ "), ends[1].removeprefix("≈ ")
    times = above / below if below > 0 else Fraction(1)
    if ratio_words(times) != "1":
        yield f"{ends[0]} / {ends[1]} {'=' if has_places(times, 2) else '≈'} {ratio_words(times)}"
    gap = points_words(above - below) if in_points(unit) else number_words(above - below, unit)
    exact = not (rounded or gap.startswith("≈"))
    # A negative number is put in brackets, to be typed as it stands: 5% − (−3%).
    minus = f"({ends[1]})" if below < 0 else ends[1]
    yield f"{ends[0]} − {minus} {'=' if exact else '≈'} {gap.removeprefix('≈ ')}"


def _ruling_row(view: View, finding: Finding, ruling: Ruling) -> RulingRow:
    events = view.events_of(ruling.id)
    last = events[-1] if events else None
    return RulingRow(
        decision=_DECISIONS[ruling.decision],
        text=ruling.text,
        accepted=ref_of(view.knowledge, ruling.accepted) if ruling.accepted else None,
        accepted_words=accepted_words(view, finding, ruling),
        actor=last.actor if last else "",
        reason=last.reason if last else "",
        recorded_at=last.recorded_at if last else "",
        stale=ruling.digest != finding.digest,
    )


_DECISIONS = {Decision.ACCEPT: "accepted", Decision.DISMISS: "dismissed", Decision.EXPLAIN: "explained"}
