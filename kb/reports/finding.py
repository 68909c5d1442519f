"""What did the engine notice? Findings in groups, a group with all its pairs, and one finding with its passages."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kb.domain.entity import Calculation, Decision, Measure, Ruling
from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.wording import say_number
from kb.reasoning.noticing.mention import in_points, said
from kb.reasoning.telling.apart import say_points
from kb.reports.cite import citation
from kb.reports.group import Gathered, gathered, group_of, group_ref
from kb.reports.measure import position_rows
from kb.reports.naming import finding_ref, ref_of, span, verdict_words, with_conversion
from kb.reports.page import FindingSheet, FindingsPage, GroupSheet, PairingRow, RulingRow
from kb.reports.plot import plot
from kb.reports.query import ROWS, matching
from kb.reports.row import accepted_words, claim_rows, figure_rows, finding_row, two_places, voices_among
from kb.reports.value import Citation, FindingRow, Plot
from kb.reports.view import View


def findings(view: View, page: int = 1, query: str = "") -> FindingsPage:
    """A page of the findings that ``query`` asks for, in groups, worst first; ``verdicts`` counts all of them."""
    asked = matching(view.ranked, query, lambda finding: _columns(view, finding))
    counts = tuple(
        (str(verdict), verdict_words(verdict), sum(finding.verdict is verdict for finding in asked))
        for verdict in (Verdict.CONFLICT, Verdict.TENSION, Verdict.NOT_COMPARABLE, Verdict.ROUNDING, Verdict.AGREEMENT)
    )
    leaves = _leaves(gathered(view, asked))
    shown = leaves[page - 1] if page <= len(leaves) else ()
    made = tuple(group_of(view, *one) for one in shown)
    return FindingsPage("Findings", made, counts, query, page, len(leaves))


def _leaves(every: Sequence[Gathered]) -> list[list[Gathered]]:
    """Whole groups, as many to a page as hold ``ROWS`` findings together."""
    leaves: list[list[Gathered]] = [[]]
    room = ROWS
    for one in every:
        if room <= 0:
            leaves.append([])
            room = ROWS
        leaves[-1].append(one)
        room -= len(one[1])
    return leaves


COLUMNS = ("measure", "verdict", "kind", "about", "between", "text", "ruling")
"""What findings can be asked for by, as in ``verdict:conflict``."""


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
    }


def group(view: View, kind: str, slug: str) -> GroupSheet | None:
    """The findings about one measure or calculation; None where there is no such thing or nothing was noticed.

    Args:
        view: What is known.
        kind: ``measure`` or ``calculation``.
        slug: Which one.
    """
    about = view.knowledge.named(Measure if kind == "measure" else Calculation, slug)
    if about is None or kind not in ("measure", "calculation"):
        return None
    table = view.findings_of_measure if kind == "measure" else view.findings_of_calculation
    members = table.get(about.id, ())
    return _group_sheet(view, members) if members else None


def _group_sheet(view: View, members: tuple[Finding, ...]) -> GroupSheet:
    made = group_of(view, group_ref(view, members[0]), members)
    measure = members[0].measure
    in_order = tuple(dict.fromkeys(id for finding in members for id in finding.figures))
    pairs = [row for finding in _ranked(members, made.rows) for row in pairing_rows(view, finding)]
    return GroupSheet(
        made.subject.text,
        made,
        _plot(view, measure, in_order),
        position_rows(view, measure) if measure and members[0].kind is not FindingKind.CHECK else (),
        tuple(pairs),
        figure_rows(view, in_order),
    )


def _ranked(members: tuple[Finding, ...], rows: tuple[FindingRow, ...]) -> list[Finding]:
    by_id = {finding.id: finding for finding in members}
    return [by_id[row.ref.slug] for row in rows]


def _plot(view: View, measure: Id | None, figures: tuple[Id, ...]) -> Plot | None:
    knowledge = view.knowledge
    known = knowledge.measures.get(measure) if measure else None
    told = [knowledge.figures[id] for id in figures if id in knowledge.figures]
    mentions = [mention for figure in told for mention in knowledge.dependents.get(figure.id, ())]
    every = list({figure.id: figure for figure in (*told, *mentions) if known and figure.measure == known.id}.values())
    return plot(view, known, every) if known else None


def finding(view: View, id: str) -> FindingSheet | None:
    """The sheet of the finding called ``id``; None where there is none."""
    found = next((finding for finding in view.findings if finding.id == id), None)
    return finding_sheet(view, found) if found else None


def finding_sheet(view: View, finding: Finding) -> FindingSheet:
    """What is to be read about ``finding``."""
    row, rulings = finding_row(view, finding), view.rulings_of.get(finding.key, ())
    return FindingSheet(
        row.ref.text,
        row,
        finding.rule,
        finding.digest,
        view.stamp(ruling.id for ruling in rulings),
        pairing_rows(view, finding),
        figure_rows(view, finding.figures),
        figure_rows(view, finding.rates),
        claim_rows(view, finding.claims),
        ref_of(view.knowledge, finding.calculation) if finding.calculation else None,
        tuple(_ruling_row(view, finding, ruling) for ruling in rulings),
    )


def pairing_rows(view: View, finding: Finding) -> tuple[PairingRow, ...]:
    """Each pair of a finding, with the passages of both sides and the arithmetic between them."""
    return tuple(_pairing_row(view, finding, pairing) for pairing in finding.pairings)


def _pairing_row(view: View, finding: Finding, pairing: Pairing) -> PairingRow:
    return PairingRow(
        finding_ref(finding),
        pairing.left_label,
        pairing.right_label,
        _said(view, pairing.left, pairing.left_stated, pairing.unit),
        _said(view, pairing.right, pairing.right_stated, pairing.unit),
        voices_among(view, pairing.left),
        voices_among(view, pairing.right),
        _cited(view, pairing.left),
        _cited(view, pairing.right),
        arithmetic(pairing),
        str(pairing.verdict),
        verdict_words(pairing.verdict, finding.kind),
        _relation_words(pairing),
        two_places(pairing.severity),
        pairing.explanation,
    )


def _relation_words(pairing: Pairing) -> str:
    """How the two lie to each other; where only their bounds let them meet, that it is what they allow that does."""
    stated = pairing.left_stated, pairing.right_stated
    meet = stated[0] is None or stated[1] is None or stated[0].meets(stated[1])
    return _RELATIONS.get((str(pairing.relation), meet), "the two do not meet" if pairing.relation else "")


_RELATIONS = {
    ("inside", True): "the first lies inside the second",
    ("inside", False): "the first lies inside what the second allows",
    ("overlapping", True): "the two overlap",
    ("overlapping", False): "the two overlap only in what they allow",
}


def _said(view: View, figures: tuple[Id, ...], stated: Interval | None, unit: str) -> str:
    """One side of a pair: as its first figure says it, with hedge and bound; else the computed interval."""
    figure = view.knowledge.figures.get(figures[0]) if figures else None
    if figure and figure.measure in view.knowledge.measures:
        return with_conversion(figure.quantity, said(view.knowledge, figure))
    return span(stated, unit) if stated else ""


def _cited(view: View, figures: tuple[Id, ...]) -> tuple[Citation, ...]:
    known: Knowledge = view.knowledge
    return tuple(citation(view, known.figures[id]) for id in figures if id in known.figures)


def arithmetic(pairing: Pairing) -> tuple[str, ...]:
    """What a reader types into a pocket calculator: the nearest stated ends, larger over smaller, or their gap."""
    left, right = pairing.left_stated, pairing.right_stated
    if left is None or right is None:
        return ()
    low, high = (left, right) if (left.high or 0) <= (right.high or 0) else (right, left)
    if low.high is None or high.low is None:
        return ()
    if low.high >= high.low:
        return (f"{span(low, pairing.unit)} and {span(high, pairing.unit)} share values",)
    return tuple(_steps(low.high, high.low, pairing.unit))


def _steps(below: Fraction, above: Fraction, unit: str) -> Iterator[str]:
    """How often the smaller of two numbers goes into the larger, where that can be said, and what lies between."""
    ends = say_number(above, unit), say_number(below, unit)
    if below > 0:
        times = above / below
        yield f"{ends[0]} / {ends[1]} {'=' if times * 100 % 1 == 0 else '≈'} {float(times):.4g}"
    gap = say_points(above - below) if in_points(unit) else say_number(above - below, unit)
    exact = not any(told.startswith("≈") for told in (*ends, gap))
    minus = f"({ends[1]})" if below < 0 else ends[1]
    yield f"{ends[0]} − {minus} {'=' if exact else '≈'} {gap.removeprefix('≈ ')}"


def _ruling_row(view: View, finding: Finding, ruling: Ruling) -> RulingRow:
    told = view.events_of(ruling.id)
    last = told[-1] if told else None
    return RulingRow(
        _DECISIONS[ruling.decision],
        ruling.text,
        ref_of(view.knowledge, ruling.accepted) if ruling.accepted else None,
        accepted_words(view, finding, ruling),
        last.actor if last else "",
        last.reason if last else "",
        last.recorded_at if last else "",
        ruling.digest != finding.digest,
    )


_DECISIONS = {Decision.ACCEPT: "accepted", Decision.DISMISS: "dismissed", Decision.EXPLAIN: "explained"}
