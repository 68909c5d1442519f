"""Findings on forecasts: each projection with the outcome that a later source gives, met or missed."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.domain.finding import Finding, FindingKind, PairingSide
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.chronology import decisive_moments, forecast_comparison
from kb.reasoning.findings.mention import Mention, independent_mentions, side_by_side
from kb.reasoning.findings.position import Survey


@dataclass(frozen=True, slots=True)
class _Forecast:
    """A number that was projected and one that it came to, each with those who give it, and the two compared."""

    projections: Sequence[Mention]
    outcomes: Sequence[Mention]
    comparison: Comparison


def forecasts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each number that was projected, with all voices that give it, and the outcome of most voices.

    Where another outcome gives the other verdict, there is a second finding, with the first of those.
    """
    known = survey.chronology.outcomes
    # Two voices may project one number at different times, so that only one of them precedes an outcome.
    for projections in _by_number((survey.mentions[id] for id in known), lambda mention: known[mention.figure.id]):
        outcomes = _by_number(survey.mentions[id] for id in known[projections[0].figure.id])
        leading = sorted(outcomes, key=lambda group: -len(group))
        # With every outcome, n projections and n outcomes would make n² findings that say the same over and over.
        yield from (_finding(knowledge, survey, forecast) for forecast in _decisive(projections, leading))


def _decisive(projections: Sequence[Mention], results: Iterable[Sequence[Mention]]) -> Iterator[_Forecast]:
    """The comparison with the first of ``results``, then with the first that gives the other verdict."""
    verdicts = set()
    for outcomes in results:
        comparison = forecast_comparison(projections[0], outcomes[0])
        if comparison is not None and comparison.verdict not in verdicts:
            verdicts.add(comparison.verdict)
            yield _Forecast(projections, outcomes, comparison)
            if len(verdicts) > 1:
                return


def _by_number(
    mentions: Iterable[Mention], apart: Callable[[Mention], Hashable] = lambda _: None
) -> list[list[Mention]]:
    """The mentions that give one number in one scope, in reading order, each origin once; ``apart`` splits them."""
    groups: dict[Hashable, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.order):
        number = mention.normalized
        words = number.stated, number.allowed, number.hedge, mention.figure.quantity.margin
        key = mention.scope_key, number.unit, words, apart(mention)
        groups.setdefault(key, []).append(mention)
    return [independent_mentions(group) for group in groups.values()]


def _finding(knowledge: Knowledge, survey: Survey, forecast: _Forecast) -> Finding:
    projection, outcome = side_by_side(forecast.projections[0], forecast.outcomes[0])
    projected, known = decisive_moments(projection, outcome)
    pairing = pair_mentions(
        projection,
        outcome,
        forecast.comparison,
        uncertain_keys=tuple(key for key, time in projected.items() if known.get(key) != time),
        sides=(_side(forecast.projections, projection), _side(forecast.outcomes, outcome)),
    )
    figures = [mention.figure.id for mention in (*forecast.projections, *forecast.outcomes)]
    return assemble(
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


def _side(mentions: Sequence[Mention], speaker: Mention) -> PairingSide:
    return PairingSide(
        figures=tuple(mention.figure.id for mention in mentions),
        speaker=speaker.figure.id,
        stated=speaker.normalized.stated,
    )


def _issued(knowledge: Knowledge, figure: Id) -> str:
    """The date of a figure's source, on which it rests that the outcome came later."""
    source = knowledge.sources.get(knowledge.figures[figure].source)
    return source.issued if source else ""
