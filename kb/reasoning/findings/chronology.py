"""Time among the figures of one measure: numbers that a later one replaced, and projections with their outcomes.

A figure that was replaced, and a projection whose outcome is known, take no position: the later number does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.domain.entity import NON_COMMITTAL_STANCES, Dependence, Figure, Source, Stance
from kb.domain.finding import Ground, ScopeDifference, ScopeDifferenceKind, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.distance import nearer_than
from kb.reasoning.comparison.tolerance import ROUNDED_POINTS, ROUNDED_RATIO, ZERO, NormalizedQuantity
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, compare
from kb.reasoning.findings.mention import Days, Mention, issued_days, side_by_side
from kb.reasoning.findings.origin import fold, own_names
from kb.reasoning.scope import ScopeKey, expanded, scope_key

MOMENT_KEYS = ("as-of", "period")
"""The scope keys that say when something is measured; in another of them, such as a price year, time is no moment."""


@dataclass(frozen=True, slots=True)
class Chronology:
    """What time has decided among the figures of a measure.

    Attributes:
        replaced: For each figure that another replaced, the newest that did.
        outcomes: For each projection whose outcome is known, the figures that give it, in reading order.
        pending: The projections for a time that nothing replaced and whose outcome is not known, in reading order.
    """

    replaced: Mapping[Id, Id]
    outcomes: Mapping[Id, tuple[Id, ...]]
    pending: tuple[Id, ...] = ()

    def takes_no_position(self, figure: Id) -> bool:
        """Whether a later number stands in place of ``figure``."""
        return figure in self.replaced or figure in self.outcomes

    def links(self, links: Mapping[Id, Dependence]) -> dict[Id, Dependence]:
        """``links`` without those from a figure to what it replaces: who replaces a number states a new one."""
        return {id: link for id, link in links.items() if self.replaced.get(link.figure) != id}


def chronology(knowledge: Knowledge, mentions: Mapping[Id, Mention], links: Mapping[Id, Dependence]) -> Chronology:
    """What time has decided among ``mentions``, all figures of one measure, of which ``links`` depend on others."""
    superseded = dict(_superseded(knowledge, mentions.values(), links))
    dependent = Chronology(superseded, {}).links(links)
    standing = [
        mention
        for id, mention in mentions.items()
        if id not in dependent and id not in superseded and mention.figure.stance not in NON_COMMITTAL_STANCES
    ]
    projections = [mention for mention in standing if mention.figure.stance is Stance.PROJECTED]
    revised = dict(_revised(knowledge, projections))
    current = [mention for mention in projections if mention.figure.id not in revised]
    outcomes = _outcomes(knowledge, current, standing) if current else {}
    pending = (mention.figure.id for mention in current if mention.figure.id not in outcomes and _moment(mention))
    return Chronology(superseded | revised, outcomes, tuple(pending))


def newest_source(knowledge: Knowledge) -> Source | None:
    """The source with the latest date; None where none has one."""
    dated = [(days, source) for source in knowledge.sources.values() if (days := issued_days(source.issued))]
    return max(dated, key=lambda entry: entry[0], default=((), None))[1]


def overdue(figure: Figure, newest: Source) -> bool:
    """Whether the time that ``figure`` is for had ended when the ``newest`` source appeared."""
    # Reasoning has no clock: what the newest source could have told is what is missed.
    today, end = issued_days(newest.issued), _last_day(figure)
    return today is not None and end is not None and end < today[0]


def known_early(knowledge: Knowledge, figure: Figure) -> bool:
    """Whether ``figure`` is stated, and not projected, for a period that was not over when its source appeared."""
    measure, source = knowledge.measures.get(figure.measure), knowledge.sources.get(figure.source)
    period = figure.scope.get("period")
    if measure is None or source is None or period is None or period.end is None:
        return False
    # A price may be known for the whole year beforehand; what adds up, or is a share of that, is known at its end.
    adds_up = measure.kind.traits.additive or measure.kind.traits.holds_for_parts_of_time
    issued = issued_days(source.issued)
    stated = figure.stance not in (*NON_COMMITTAL_STANCES, Stance.PROJECTED)
    return adds_up and stated and issued is not None and issued[1] < period.end


def next_known(knowledge: Knowledge, projection: Figure) -> Figure | None:
    """The first figure for the same thing at a later time that is not projected; None where there is none."""
    subject, end = _apart_from_time(scope_key(projection.scope)), _last_day(projection)
    later = [
        (day, figure)
        for figure in knowledge.figures_of_measure.get(projection.measure, ())
        if figure.stance not in (*NON_COMMITTAL_STANCES, Stance.PROJECTED)
        and _apart_from_time(scope_key(figure.scope)) == subject
        and (day := _last_day(figure)) is not None
        and end is not None
        and day > end
    ]
    return min(later, key=lambda entry: entry[0])[1] if later else None


def _last_day(figure: Figure) -> date | None:
    moment = _moment_in(figure.scope)
    return moment.end if moment else None


def _moment_in(scope: Mapping[str, ScopeSelection]) -> ScopeSelection | None:
    """The time of a scope: its period before its date."""
    return scope.get("period") or scope.get("as-of")


def _apart_from_time(key: ScopeKey) -> ScopeKey:
    return tuple(part for part in key if part[0] not in MOMENT_KEYS)


# Superseded sources


def predecessors(knowledge: Knowledge, source: Id) -> frozenset[Id]:
    """The sources that ``source`` supersedes, directly or through others; never itself."""
    older: set[Id] = set()
    known = knowledge.sources.get(source)
    while known and known.supersedes and known.supersedes not in older and known.supersedes != source:
        older.add(known.supersedes)
        known = knowledge.sources.get(known.supersedes)
    return frozenset(older)


def _superseded(
    knowledge: Knowledge, mentions: Iterable[Mention], links: Mapping[Id, Dependence]
) -> Iterator[tuple[Id, Id]]:
    """Each figure that a source which supersedes its own gives again, and the one in the newest such source."""
    by_subject: dict[tuple[ScopeKey, str], list[Mention]] = defaultdict(list)
    older = {source: predecessors(knowledge, source) for source in {mention.figure.source for mention in mentions}}
    if not any(older.values()):
        return
    for mention in mentions:
        by_subject[mention.scope_key, _voice(knowledge, mention)].append(mention)
    for group in by_subject.values():
        for mention in group:
            later = [candidate for candidate in group if mention.figure.source in older[candidate.figure.source]]
            if later:
                newest = min(later, key=lambda m: (-len(older[m.figure.source]), m.figure.id in links, m.order))
                yield mention.figure.id, newest.figure.id


def _voice(knowledge: Knowledge, mention: Mention) -> str:
    """The voice by which two editions are compared: each edition's own voice is one and the same."""
    # A report without authors speaks under its title, which may name the year and differ from edition to edition.
    source = knowledge.sources.get(mention.figure.source)
    own = source is not None and fold(mention.figure.voice.origin) in own_names(source)
    return "" if own else mention.origin.key


# Projections


def _revised(knowledge: Knowledge, projections: Iterable[Mention]) -> Iterator[tuple[Id, Id]]:
    """Each projection that its voice replaced by another number before its time was over, and the newest such."""
    # A forecaster who corrects herself does not disagree with herself.
    groups: dict[tuple[ScopeKey, str, str], list[tuple[Days, Mention]]] = defaultdict(list)
    for mention in projections:
        moment, issued = _moment(mention), _issued(knowledge, mention)
        if moment and issued and (moment.end is None or issued[0] <= moment.end):
            groups[mention.scope_key, mention.normalized.unit, mention.origin.key].append((issued, mention))
    for group in groups.values():
        (first_day, _), newest = max(group, key=lambda entry: (entry[0], -entry[1].order))
        for (_, last_day), mention in group:
            if last_day < first_day and mention.normalized.stated != newest.normalized.stated:
                yield mention.figure.id, newest.figure.id


def _outcomes(
    knowledge: Knowledge, projections: Sequence[Mention], standing: Iterable[Mention]
) -> dict[Id, tuple[Id, ...]]:
    by_subject: dict[tuple[ScopeKey, str, bool], list[Mention]] = defaultdict(list)
    for mention in standing:
        if mention.figure.stance is not Stance.PROJECTED:
            for subject in _subjects(mention):
                by_subject[subject].append(mention)
    outcomes: dict[Id, tuple[Id, ...]] = {}
    for projection in projections:
        candidates = [mention for subject in _subjects(projection) for mention in by_subject.get(subject, ())]
        found = [mention for mention in candidates if is_outcome(knowledge, projection, mention)]
        known = {mention.order: mention.figure.id for mention in _soonest(projection, found)}
        if known:
            outcomes[projection.figure.id] = tuple(known[order] for order in sorted(known))
    return outcomes


_SOON_AFTER = timedelta(days=92)
"""How long after the day that a projection is for a number may still say how it turned out."""


def _soonest(projection: Mention, outcomes: Sequence[Mention]) -> Sequence[Mention]:
    """The outcomes for the very time of a projection; where there are none, those of the first day after it."""
    waited = {mention.figure.id: _wait(projection, mention) for mention in outcomes}
    least = min(waited.values(), default=timedelta())
    return [mention for mention in outcomes if waited[mention.figure.id] == least]


def _wait(projection: Mention, outcome: Mention) -> timedelta:
    """How long after the day of a projection an outcome begins; none for one of the same time."""
    projected, known = decisive_moments(projection, outcome)
    waits = (_days_after(key, time, known[key]) for key, time in projected.items())
    return max((wait for wait in waits if wait), default=timedelta())


def _days_after(key: str, projected: ScopeSelection, known: ScopeSelection) -> timedelta | None:
    """How long after a projected day a date begins; None for times of which that is not said or not so."""
    if key != "as-of" or projected.end is None or known.start is None or known.start <= projected.end:
        return None
    return known.start - projected.end


def _subjects(mention: Mention) -> Iterator[tuple[ScopeKey, str, bool]]:
    """What a figure is about apart from the moment, once for each thing that its scope names."""
    for key in expanded(mention.figure.scope):
        yield _apart_from_time(key), mention.normalized.unit, mention.normalized.period_not_stated


def is_outcome(knowledge: Knowledge, projection: Mention, candidate: Mention) -> bool:
    """Whether ``candidate``, which is about the same thing, says how ``projection`` turned out."""
    return (
        _of_one_moment(projection, candidate)
        and _known_afterwards(knowledge, projection, candidate)
        and forecast_comparison(projection, candidate) is not None
    )


def _of_one_moment(projection: Mention, outcome: Mention) -> bool:
    """Whether both are for the same time; an outcome within a longer time of the projection stands at its end.

    Of a day, so is what is known soon after it: a bill for December is presented in February.
    """
    projected, known = decisive_moments(projection, outcome)
    if not projected or projected.keys() != known.keys():
        return False
    return all(_same_moment(key, projected[key], known[key]) for key in projected)


def _same_moment(key: str, projected: ScopeSelection, known: ScopeSelection) -> bool:
    if (projected.start, projected.end) == (known.start, known.end):
        return bool(known.start or known.end)
    # "By 2025" has come true or not at the end of 2025; what was so in March decides nothing.
    if key != "as-of" or projected.end is None or known.start is None:
        return False
    if (wait := _days_after(key, projected, known)) is not None:
        return wait <= _SOON_AFTER
    return known.end is not None and projected.end <= known.end


def date_differences(left: Figure, right: Figure) -> tuple[ScopeDifference, ...]:
    """That two ``as-of`` dates which overlap are two dates nevertheless, since one is what is projected for later.

    Empty where they may be one date, and for dates that do not overlap.
    """
    # "10 million by 2029" and 3 million in 2026 can both be true: the time is not over.
    first, second = left.scope.get("as-of"), right.scope.get("as-of")
    if first is None or second is None or Stance.PROJECTED not in (left.stance, right.stance):
        return ()
    if left.stance is right.stance:
        later = first.end != second.end and None in (first.start, second.start)
    else:
        projected, known = (first, second) if left.stance is Stance.PROJECTED else (second, first)
        later = projected.end is not None and known.end is not None and known.end < projected.end
    difference = ScopeDifference(key="as-of", kind=ScopeDifferenceKind.OFFER, left=first, right=second)
    return (difference,) if later else ()


def decisive_moments(
    projection: Mention, outcome: Mention
) -> tuple[dict[str, ScopeSelection], dict[str, ScopeSelection]]:
    """The times by which a projection and an outcome belong together: their periods, if both give one, else all."""
    # Beside a period, "as of" says when a number was current: what was projected as of May is known as of February.
    projected, known = moments(projection), moments(outcome)
    if "period" in projected and "period" in known:
        return {"period": projected["period"]}, {"period": known["period"]}
    return projected, known


def moments(mention: Mention) -> dict[str, ScopeSelection]:
    """The times that the scope of a figure gives, by ``MOMENT_KEYS``."""
    scope = dict(scope_key(mention.figure.scope))
    return {key: scope[key] for key in MOMENT_KEYS if key in scope}


def _moment(mention: Mention) -> ScopeSelection | None:
    """The time that a figure is for: its period before its date."""
    return _moment_in(moments(mention))


def _issued(knowledge: Knowledge, mention: Mention) -> Days | None:
    source = knowledge.sources.get(mention.figure.source)
    return issued_days(source.issued) if source else None


def _known_afterwards(knowledge: Knowledge, projection: Mention, outcome: Mention) -> bool:
    """Whether the source of the outcome is dated after that of the projection, and at a time that can tell.

    That is not before a period was over, or a date had begun. One source that gives both must have appeared after the
    time. Dates that leave the order open count for nothing: of "2025" and "June 2025" neither is known to be later.
    """
    moment, projected_on, known_on = _moment(projection), _issued(knowledge, projection), _issued(knowledge, outcome)
    if moment is None or projected_on is None or known_on is None:
        return False
    if projection.figure.source == outcome.figure.source:
        return moment.end is not None and known_on[0] > moment.end
    # What is counted in August is no count of 2025, while a stock "as of 2025" may well be taken in September.
    period = moments(projection).get("period")
    decided_on = period.end if period and period.end else moment.start
    return known_on[0] > projected_on[1] and (decided_on is None or known_on[1] >= decided_on)


def forecast_comparison(projection: Mention, outcome: Mention) -> Comparison | None:
    """The two compared, with the verdict that the forecast was met or missed; None where the outcome leaves it open.

    It is met where the numbers agree or differ by rounding, and where a limit was projected that the outcome keeps to.
    """
    left, right = (mention.normalized for mention in side_by_side(projection, outcome))
    projected, known = decisive_moments(projection, outcome)
    comparison = compare(left, right, one_sided=projected != known)
    # That at least 8 million came does not say whether it was 10 million.
    leaves_open = right.bounded and left.allowed.meets(right.allowed) and not left.allowed.encloses(right.allowed)
    if leaves_open and left.stated != right.stated:
        return None
    # Two months later a few more buses may have come; that a bill lies a quarter above its ceiling is clear.
    if _wait(projection, outcome) and not _is_clear(left, right, comparison):
        return None
    # Laid end to end, the hedges of "about 10 million" and "about 12 million" would let nearly any forecast come true.
    if _only_both_hedges_meet(comparison, left, right):
        severity = max(comparison.distance.severity, LEAST_SEVERITY)
        return replace(comparison, verdict=Verdict.MISSED, ground=Ground.APART, severity=severity)
    # "At least 10 million" is met by 40 million, which as the words of two voices would be a tension.
    if comparison.verdict.is_settled or left.allowed.encloses(right.allowed):
        return replace(comparison, verdict=Verdict.MET, severity=ZERO)
    if left.allowed.meets(right.allowed):
        return None
    return replace(comparison, verdict=Verdict.MISSED)


def _is_clear(projected: NormalizedQuantity, known: NormalizedQuantity, comparison: Comparison) -> bool:
    """Whether a number of a later day leaves no doubt how a projection turned out: it fits, or lies far off."""
    if comparison.verdict.is_settled or projected.allowed.encloses(known.allowed):
        return True
    return not nearer_than(comparison.distance, ROUNDED_RATIO, ROUNDED_POINTS)


def _only_both_hedges_meet(comparison: Comparison, left: NormalizedQuantity, right: NormalizedQuantity) -> bool:
    """Whether two numbers meet only where the hedge of the one and the hedge of the other are added up."""
    if comparison.ground is not Ground.WITHIN_BOUND or left.bounded or right.bounded:
        return False
    return not (left.loosened.meets(right.stated) or right.loosened.meets(left.stated))
