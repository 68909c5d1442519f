"""Findings on forecasts: each projection with the outcome that a later source gives, met or missed."""

from collections.abc import Hashable, Iterable, Iterator

from kb.domain.finding import Finding, FindingKind, PairingSide
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.chronology import decisive_moments, forecast_comparison
from kb.reasoning.findings.mention import Mention, independent_mentions, side_by_side
from kb.reasoning.findings.position import Survey


def forecasts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each number that was projected and each that it came to, with all voices that give them."""
    outcomes = survey.chronology.outcomes
    for projections in _by_number(survey.mentions[id] for id in outcomes):
        known = dict.fromkeys(id for projection in projections for id in outcomes[projection.figure.id])
        for results in _by_number(survey.mentions[id] for id in known):
            yield from _forecast(knowledge, survey, projections, results)


def _by_number(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions that give one number in one scope, in reading order, each origin once."""
    groups: dict[Hashable, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.order):
        number = mention.normalized
        key = mention.scope_key, number.stated, number.allowed, number.hedge, number.unit
        groups.setdefault(key, []).append(mention)
    return [independent_mentions(group) for group in groups.values()]


def _forecast(
    knowledge: Knowledge, survey: Survey, projections: list[Mention], results: list[Mention]
) -> Iterator[Finding]:
    """The finding on one projected number and one outcome, in the order of time; none where they do not belong."""
    ids = {mention.figure.id for mention in results}
    projections = [p for p in projections if ids.intersection(survey.chronology.outcomes[p.figure.id])]
    if not projections:
        return
    known = {id for p in projections for id in survey.chronology.outcomes[p.figure.id]}
    results = [mention for mention in results if mention.figure.id in known]
    projection, outcome = side_by_side(projections[0], results[0])
    comparison = forecast_comparison(projection, outcome)
    if comparison is None:
        return
    projected, known_times = decisive_moments(projection, outcome)
    differ = tuple(key for key, time in projected.items() if known_times.get(key) != time)
    pairing = pair_mentions(
        projection,
        outcome,
        comparison,
        uncertain_keys=differ,
        sides=(_side(projections, projection), _side(results, outcome)),
    )
    figures = [mention.figure.id for mention in (*projections, *results)]
    yield assemble(
        knowledge,
        FindingKind.FORECAST,
        "forecast",
        survey.measure.id,
        [pairing],
        parts=[projection.figure.id, outcome.figure.id],
        figures=figures,
        basis=[[_issued(knowledge, id) for id in figures]],
        rates=rates_of(projection.normalized, outcome.normalized),
    )


def _side(mentions: list[Mention], speaker: Mention) -> PairingSide:
    return PairingSide(
        figures=tuple(mention.figure.id for mention in mentions),
        speaker=speaker.figure.id,
        stated=speaker.normalized.stated,
    )


def _issued(knowledge: Knowledge, figure: Id) -> str:
    """The date of a figure's source, on which it rests that the outcome came later."""
    source = knowledge.sources.get(knowledge.figures[figure].source)
    return source.issued if source else ""
