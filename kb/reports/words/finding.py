"""Sentences on findings: the numbers that are compared, their voices, and the reason of the verdict.

They are made when a finding is shown, from its facts and from the entities of the same moment, so that wording can
change without changing what is stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from kb.domain.entity import DependenceKind, Figure, Stance
from kb.domain.finding import Finding, FindingKind, Ground, Pairing, PairingSide, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.result import Check, Result
from kb.reasoning.comparison.distance import distance, relate
from kb.reasoning.comparison.tolerance import NormalizedQuantity, in_common_currency
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.mention import normalized_quantity
from kb.reasoning.findings.origin import original_source, own_name
from kb.reasoning.findings.position import Position
from kb.reasoning.scope import scope_key
from kb.reports.words.calculation import check_sentences, pairing_labels_of_check, pairing_sentence_of_check
from kb.reports.words.claims import claim_label, claims_compared, claims_sentence
from kb.reports.words.comparison import UncertainKey, comparison_sentence, retold_sentence
from kb.reports.words.forecast import forecast_sentence
from kb.reports.words.inputs import before_verb, is_plural_label, label_within_sentence, with_article
from kb.reports.words.rates import missing_rate_hint, missing_rate_words
from kb.reports.words.references import (
    capitalized,
    figure_amount_words,
    first_sentence,
    list_words,
)
from kb.reports.words.refutation import failed_condition_sentence, refuted_labels, refuted_sentence
from kb.reports.words.retelling import NUMBER_CHANGES, retelling_sentence
from kb.reports.words.scope import scope_text, selection_words
from kb.reports.words.series import early_mark, series_sentence, series_subject, step_sentence
from kb.reports.words.side import Side, make_side, said_by_both
from kb.reports.words.spread import (
    between_scopes,
    extremes,
    not_comparable_sentence,
    said_with_scopes,
    scope_sentence,
    shared_scope,
    shared_time,
)
from kb.reports.words.voices import (
    NO_DEPENDENCE,
    as_subject,
    attribution_words,
    cardinal,
    in_brackets,
    is_plural_name,
    name_words,
    named_once,
    title_with_speaker,
    title_words,
    with_mark,
)

Results = Mapping[Id, Result]
"""The result of each calculation at the moment of the finding."""

_MOST_LISTED = 4
"""The most voices that a side names besides the one whose number was compared."""


def finding_sentence(knowledge: Knowledge, results: Results, finding: Finding) -> str:
    """The explanation of ``finding``: a lead, where its kind has one, and the sentence of its headline pairing."""
    knowledge = knowledge.in_terms_of(finding.measure)
    figures = (knowledge.figures[id] for id in finding.figures if id in knowledge.figures)
    return named_once(knowledge, _sentences(knowledge, results, finding), figures)


def _sentences(knowledge: Knowledge, results: Results, finding: Finding) -> str:
    match finding.kind:
        case FindingKind.CHECK if finding.claims:
            return refuted_sentence(knowledge, results, finding)
        case FindingKind.CHECK:
            return check_sentences(knowledge, *_check(results, finding))
        case FindingKind.CLAIMS:
            return claims_sentence(knowledge, finding)
        case FindingKind.SERIES:
            return series_sentence(knowledge, finding)
        case FindingKind.SPREAD:
            return _spread_sentences(knowledge, finding)
        case (
            FindingKind.ACROSS_SOURCES
            | FindingKind.WITHIN_SOURCE
            | FindingKind.DRIFT
            | FindingKind.CORROBORATION
            | FindingKind.REPETITION
            | FindingKind.FORECAST
        ):
            headline = finding.pairings[finding.headline]
            if finding.kind is FindingKind.CORROBORATION and (same := _same_amount(knowledge, finding)):
                return " ".join(
                    [_corroboration_lead(knowledge, finding, same), *_as_recorded(knowledge, finding.figures)]
                )
            sentence = _repeated_amount(knowledge, finding) or pairing_sentence(knowledge, results, finding, headline)
            hint = missing_rate_hint(headline.missing_rate) if headline.missing_rate else ""
            closing = f"{hint[:1].upper()}{hint[1:]}." if hint else ""
            return " ".join(filter(None, [_lead(knowledge, finding), sentence, closing]))
        case _:
            assert_never(finding.kind)


def finding_title(knowledge: Knowledge, results: Results, finding: Finding) -> str:
    """The first sentence of the explanation of ``finding``; of two claims both, since one alone is no finding.

    Of a series it is what changes, without the values.
    """
    if finding.kind is FindingKind.CLAIMS:
        return claims_compared(knowledge, finding)
    if finding.kind is FindingKind.SERIES:
        return f"{series_subject(knowledge, finding)} over time"
    return first_sentence(finding_sentence(knowledge, results, finding))


def pairing_sentence(knowledge: Knowledge, results: Results, finding: Finding, pairing: Pairing) -> str:
    """Sentences on one pairing of ``finding``, which a reader can check with a pocket calculator."""
    knowledge = knowledge.in_terms_of(finding.measure)
    if finding.kind is FindingKind.CHECK and finding.claims:
        return failed_condition_sentence(knowledge, results, finding, pairing)
    if finding.kind is FindingKind.CHECK:
        return pairing_sentence_of_check(knowledge, *_check(results, finding), pairing)
    if finding.kind is FindingKind.CLAIMS:
        return claims_sentence(knowledge, finding)
    if pairing.missing_rate:
        left, right = (_own_side(knowledge, side, _voices(knowledge, side)) for side in _sides(pairing))
        missing = missing_rate_words(knowledge, pairing.missing_rate)
        return f"{said_by_both(left, right)} They are not comparable: there is {missing}."
    if finding.kind is FindingKind.SPREAD:
        return _spread_sentence(knowledge, pairing)
    if pairing.ground is Ground.PART_EXCEEDS_WHOLE:
        return _part_sentence(knowledge, pairing)
    if pairing.changes:
        return _drift_sentence(knowledge, pairing)
    if finding.kind is FindingKind.FORECAST:
        return _forecast_sentence(knowledge, pairing)
    if finding.kind is FindingKind.SERIES:
        return _step_sentence(knowledge, pairing)
    return _dispute_sentence(knowledge, finding, pairing)


def pairing_labels(knowledge: Knowledge, results: Results, finding: Finding, pairing: Pairing) -> tuple[str, str]:
    """The voices of the two sides of ``pairing``, each with its scope, e.g. ``SemiAnalysis (Anthropic)``."""
    knowledge = knowledge.in_terms_of(finding.measure)
    if finding.kind is FindingKind.CHECK and finding.claims:
        return refuted_labels(knowledge, results, finding, pairing)
    if finding.kind is FindingKind.CHECK:
        return pairing_labels_of_check(knowledge, *_check(results, finding), pairing)
    if finding.kind is FindingKind.CLAIMS:
        first, second = (claim_label(knowledge, knowledge.claims[id]) for id in finding.claims)
        return first, second
    if pairing.changes:
        return _retelling_names(knowledge, pairing)
    if finding.kind in (FindingKind.CORROBORATION, FindingKind.REPETITION):
        return _support_names(knowledge, finding, pairing)
    left, right = (in_brackets(_voices(knowledge, side), _about(knowledge, side)) for side in _sides(pairing))
    # "Ed Zitron and Ed Zitron" would not say which of his two numbers is which.
    return (left, right) if left != right else _by_line(knowledge, pairing)


def _by_line(knowledge: Knowledge, pairing: Pairing) -> tuple[str, str]:
    """The labels of two numbers of one voice about one scope, told apart by their lines."""
    lines = (f"line {_speaker(knowledge, side).passage.line}" for side in _sides(pairing))
    first, second = (
        in_brackets(_voices(knowledge, side), _about(knowledge, side), line)
        for side, line in zip(_sides(pairing), lines, strict=True)
    )
    return first, second


def _check(results: Results, finding: Finding) -> tuple[Result, Check]:
    """The result that ``finding`` is about, and its check of the figure."""
    calculation, figure = finding.parts
    result = results[calculation]
    return result, next(check for check in result.checks if check.figure == figure)


def position_label(knowledge: Knowledge, position: Position) -> str:
    """The voices of a position and its scope, e.g. ``SemiAnalysis (Anthropic)``."""
    stated = position.normalized.stated
    names = (mention.origin.name for mention in position.mentions if mention.normalized.stated == stated)
    return in_brackets(" and ".join(map(name_words, names)), scope_text(knowledge, position.scope))


# Sentences in front of the headline pairing


def _lead(knowledge: Knowledge, finding: Finding) -> str:
    if finding.kind is FindingKind.CORROBORATION:
        return _corroboration_lead(knowledge, finding)
    if finding.kind is FindingKind.REPETITION:
        return _repetition_lead(knowledge, finding)
    if finding.pairings[finding.headline].missing_rate:
        return f"{_measure_clause(knowledge, finding, ('is', 'are'))} given in several currencies."
    return ""


def _varying_words(key: str) -> str:
    """A scope key as what a measure varies with: ``the vendor``, ``the date``, ``the sellers``."""
    name = "date" if key == "as-of" else key.replace("-", " ")
    return f"the {name}"


def _measure_clause(knowledge: Knowledge, finding: Finding, verb: tuple[str, str]) -> str:
    """What is measured, followed by the ``verb`` of one thing or of several."""
    label = knowledge.measures[finding.measure].label if finding.measure else ""
    named = label_within_sentence(knowledge, label)
    return capitalized(f"{before_verb(with_article(named))} {verb[is_plural_label(named)]}")


def _same_amount(knowledge: Knowledge, finding: Finding) -> str:
    """The amount that all voices of a finding give in the same words; empty where their words differ."""
    amounts = {figure_amount_words(knowledge.figures[id]) for id in finding.figures}
    return amounts.pop() if len(amounts) == 1 else ""


def _repeated_amount(knowledge: Knowledge, finding: Finding) -> str:
    """The amount that a voice and all who repeat it give in the same words, in a sentence; empty for all else."""
    if finding.kind is not FindingKind.REPETITION:
        return ""
    same = _same_amount(knowledge, finding)
    return same and f"{'Both' if len(finding.figures) == 2 else 'All'} give {same}."


def _corroboration_lead(knowledge: Knowledge, finding: Finding, same: str = "") -> str:
    figures = [knowledge.figures[id] for id in finding.figures]
    normalized = [normalized_quantity(knowledge, figure) for figure in figures]
    # Two voices that state the same number in one currency give the same, whatever the rate that converts both.
    stated = {(amount.original or amount).stated for amount in normalized}
    bounds = {amount.bound for amount in normalized}
    # Projections share a position with nothing else.
    give = "project" if all(figure.stance is Stance.PROJECTED for figure in figures) else "give"
    meeting = (
        "agree within their margins" if any(amount.measured for amount in normalized) else f"{give} numbers that meet"
    )
    # "At most one day" and "one day" name one number and do not say the same.
    verb = f"{give} the same number" if len(stated) == len(bounds) == 1 else meeting
    names = list_words(tuple(attribution_words(knowledge, figure) for figure in figures))
    return capitalized(f"{as_subject(names)} {verb}{same and f', {same}'}; {NO_DEPENDENCE}.")


def _repetition_lead(knowledge: Knowledge, finding: Finding) -> str:
    pairs = [(_speaker(knowledge, pairing.left), _speaker(knowledge, pairing.right)) for pairing in finding.pairings]
    voices = dict.fromkeys(attribution_words(knowledge, first) for first, _ in pairs)
    works = dict.fromkeys(
        f"{_repeating_name(knowledge, *pair)} ({_dependence_words(pair[1], pairing.dependence)})"
        for pair, pairing in zip(pairs, finding.pairings, strict=True)
    )
    return f"{_repeating_words(knowledge, finding)} no voice to {' and '.join(voices)}: {', '.join(works)}."


def _repeating_name(knowledge: Knowledge, earlier: Figure, later: Figure) -> str:
    """Who repeats a number; where somebody repeats his own, the title in which he does."""
    name, source = _source_name(knowledge, later), knowledge.sources.get(later.source)
    return title_words(source) if source and name == attribution_words(knowledge, earlier) else name


def _repeating_words(knowledge: Knowledge, finding: Finding) -> str:
    """How many other sources repeat a number; a translation is no further source."""
    repeated = _speaker(knowledge, finding.pairings[0].left)
    number = "this projected number" if repeated.stance is Stance.PROJECTED else "this number"
    later = (_speaker(knowledge, pairing.right).source for pairing in finding.pairings)
    sources = (knowledge.sources[id] for id in later if id in knowledge.sources)
    count = len({original_source(knowledge, source).id for source in sources})
    if count < 2:
        return f"Another source gives {number} and adds"
    return f"{capitalized(cardinal(count))} other sources give {number} and add"


def _dependence_words(later: Figure, dependence: DependenceKind | None) -> str:
    """How a number depends on an earlier one."""
    if dependence is DependenceKind.QUOTES and later.depends_on is None:
        # Its source quotes the other; nobody recorded that this number is quoted.
        return "in a text that quotes the other"
    return _DEPENDENCE_WORDS[dependence]


_DEPENDENCE_WORDS: Mapping[DependenceKind | None, str] = {
    DependenceKind.TRANSLATES: "translates it",
    DependenceKind.QUOTES: "quotes it",
    DependenceKind.REPEATS: "repeats it",
    None: "has it from the same voice",
}


# One pairing of each rule


def _spread_sentence(knowledge: Knowledge, pairing: Pairing) -> str:
    left, right = (_own_side(knowledge, side, _voices(knowledge, side)) for side in _sides(pairing))
    return scope_sentence(knowledge, left, right, pairing.differences)


def _spread_sentences(knowledge: Knowledge, finding: Finding) -> str:
    """What a measure varies with, its least and its greatest number, and that neither speaks against the other."""
    between = extremes(knowledge, finding)
    left, right = (_own_side(knowledge, side, _voices(knowledge, side)) for side in between)
    differences = between_scopes(knowledge, finding, *between)
    said = said_with_scopes(knowledge, left, right, differences, shared_time(knowledge, *between))
    if finding.parts_only:
        lead = f"{_measure_clause(knowledge, finding, ('is', 'are'))} given for a whole and for parts of it."
        return f"{lead} {said} {not_comparable_sentence(knowledge, differences)}"
    keys = list_words(tuple(map(_varying_words, finding.differing_keys)))
    lead = f"{_measure_clause(knowledge, finding, ('varies', 'vary'))} with {keys}."
    return f"{lead} {said} The figures do not contradict each other, and should not be averaged."


def _part_sentence(knowledge: Knowledge, pairing: Pairing) -> str:
    """That a part is more than its whole: ``Elm says 410 (Germany); Ash says 640 (Berlin), both for 2025. …``"""
    whole, part = (_own_side(knowledge, side, _voices(knowledge, side)) for side in _sides(pairing))
    time = shared_time(knowledge, *_sides(pairing))
    said = said_with_scopes(knowledge, whole, part, pairing.differences, time)
    if pairing.uncertain_keys:
        rest = "The part exceeds the whole, which is impossible if both are for the same time."
    elif any(value.is_time for d in pairing.differences for value in (d.left, d.right) if value):
        rest = "The shorter period exceeds the longer one that contains it, which is impossible if the numbers add up."
    elif pairing.verdict is Verdict.CONFLICT:
        rest = "The part exceeds the whole, which is impossible."
    else:
        # A stock may have debts in the rest.
        rest = "The part exceeds the whole, which is possible only if the rest is below zero."
    return f"{said} {rest}"


def _drift_sentence(knowledge: Knowledge, pairing: Pairing) -> str:
    later = _speaker(knowledge, pairing.right)
    # A figure of another measure is compared in the unit of the one that counts it as something else.
    earlier = replace(_speaker(knowledge, pairing.left), measure=later.measure)
    sides = _sides_in_common(knowledge, (earlier, later), _retelling_names(knowledge, pairing))
    same_number = NUMBER_CHANGES.isdisjoint(pairing.changes)
    lead = retelling_sentence(knowledge, pairing, *sides)
    return f"{lead} {retold_sentence(*sides, _comparison(pairing, *sides), same_number=same_number)}"


def _forecast_sentence(knowledge: Knowledge, pairing: Pairing) -> str:
    projection, outcome = (_speaker(knowledge, side) for side in _sides(pairing))
    left, right = in_common_currency(
        normalized_quantity(knowledge, projection), normalized_quantity(knowledge, outcome)
    )
    first, second = (_voices(knowledge, side) for side in _sides(pairing))
    # The verbs give the stances, so that no mark stands beside the numbers.
    sides = make_side(knowledge, first, left), make_side(knowledge, second, right)
    return forecast_sentence(knowledge, pairing, (projection, outcome), sides, _comparison(pairing, *sides))


def _step_sentence(knowledge: Knowledge, pairing: Pairing) -> str:
    first, second = (_speaker(knowledge, side) for side in _sides(pairing))
    left, right = (_own_side(knowledge, side, _voices(knowledge, side)) for side in _sides(pairing))
    return step_sentence(knowledge, pairing, (first, second), (left, right), _comparison(pairing, left, right))


def _dispute_sentence(knowledge: Knowledge, finding: Finding, pairing: Pairing) -> str:
    """Sentences on two stated numbers, the reason of the verdict, and the other voices of each side."""
    names = _side_names(knowledge, finding, pairing)
    left, right = _compared_sides(knowledge, pairing, names)
    uncertain = [_uncertain_key(knowledge, finding, pairing, key) for key in pairing.uncertain_keys]
    # Whoever gives a number for one thing may give another for something else.
    shared = shared_scope(knowledge, *_sides(pairing)) if finding.kind in _OF_POSITIONS else ""
    sentence = comparison_sentence(left, right, _comparison(pairing, left, right), uncertain, shared)
    beside = [
        words for side in _sides(pairing) for words in _beside(knowledge, side, settled=pairing.verdict.is_settled)
    ]
    return " ".join([sentence, *beside])


_OF_POSITIONS = (FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE)


def _side_names(knowledge: Knowledge, finding: Finding, pairing: Pairing) -> tuple[str, str]:
    """The names of both sides: their voices, with the line where one voice is on both sides."""
    if finding.kind in (FindingKind.CORROBORATION, FindingKind.REPETITION):
        return _support_names(knowledge, finding, pairing)
    left, right = (_voices(knowledge, side) for side in _sides(pairing))
    speakers = [_speaker(knowledge, side) for side in _sides(pairing)]
    lines = [figure.passage.line for figure in speakers]
    # One voice may state two numbers in one source; its name alone would not say which of them is meant.
    if left != right or lines[0] == lines[1]:
        return left, right
    first, second = (f"{attribution_words(knowledge, figure)} (line {figure.passage.line})" for figure in speakers)
    return first, second


def _support_names(knowledge: Knowledge, finding: Finding, pairing: Pairing) -> tuple[str, str]:
    first, second = (_speaker(knowledge, side) for side in _sides(pairing))
    if finding.kind is FindingKind.REPETITION:
        return attribution_words(knowledge, first), _source_name(knowledge, second)
    return attribution_words(knowledge, first), attribution_words(knowledge, second)


def _retelling_names(knowledge: Knowledge, pairing: Pairing) -> tuple[str, str]:
    """The names of both sides of a translation or quotation: the titles of the sources, or the places within one."""
    earlier, later = (_speaker(knowledge, side) for side in _sides(pairing))
    # Who is behind an allegation is half of it: a title alone would make it the word of the report that passes it on.
    titles = title_with_speaker(knowledge, earlier), title_with_speaker(knowledge, later)
    if later.source != earlier.source and titles[0] != titles[1]:
        return titles
    return f"{earlier.passage}", f"{later.passage}"


def _source_name(knowledge: Knowledge, figure: Figure) -> str:
    source = knowledge.sources.get(figure.source)
    return name_words(own_name(source)) if source else attribution_words(knowledge, figure)


def _uncertain_key(knowledge: Knowledge, finding: Finding, pairing: Pairing, key: str) -> UncertainKey:
    """A scope key on which the sides may differ, with the value that each position gives."""
    representatives = (knowledge.figures[id] for id in finding.parts)
    sides = [
        _Represented(side, figure, normalized_quantity(knowledge, figure))
        for side, figure in zip(_sides(pairing), representatives, strict=True)
    ]
    in_unit = key == "period" and sides[0].normalized.period_not_stated != sides[1].normalized.period_not_stated
    left, right = (represented.given(knowledge, key, in_unit=in_unit) for represented in sides)
    return UncertainKey(key, left, right)


@dataclass(frozen=True, slots=True)
class _Represented:
    """A side with the figure that represents its position, and its number."""

    side: PairingSide
    figure: Figure
    normalized: NormalizedQuantity

    def given(self, knowledge: Knowledge, key: str, *, in_unit: bool) -> str:
        """The value of the side for ``key`` in words, which for a period may be in the unit alone; empty for none."""
        scope = self.side.scope if self.side.scope is not None else dict(scope_key(self.figure.scope))
        if key in scope:
            own = self.figure.scope.get(key)
            return selection_words(knowledge, own if own and own.is_time else scope[key])
        return self.normalized.period or "" if in_unit and not self.normalized.period_not_stated else ""


def _beside(knowledge: Knowledge, side: PairingSide, *, settled: bool) -> Sequence[str]:
    """Sentences on the other voices of a side: those that leave room for both numbers, and those that do not."""
    sentences = []
    if side.leaves_room:
        verb = "leaves" if len(side.leaves_room) == 1 else "leave"
        sentences.append(f"{_listed(knowledge, side.leaves_room)} {verb} room for both.")
    same_number = side.figures if settled else _stating_the_same(knowledge, side)
    same_verdict = [id for id in side.figures if id not in same_number]
    if same_verdict:
        names = " and ".join(attribution_words(knowledge, knowledge.figures[id]) for id in same_number)
        sentences.append(f"On the side of {names}: {_listed(knowledge, same_verdict)}.")
    return sentences


def _listed(knowledge: Knowledge, ids: Sequence[Id]) -> str:
    figures = [knowledge.figures[id] for id in ids[:_MOST_LISTED]]
    sides = [
        _figure_side(knowledge, attribution_words(knowledge, figure), figure, normalized_quantity(knowledge, figure))
        for figure in figures
    ]
    more = [f"{len(ids) - _MOST_LISTED} more"] if len(ids) > _MOST_LISTED else []
    return ", ".join([*(f"{side.name} ({side.words})" for side in sides), *more])


# Who speaks, and what the speaker's number is


def _sides(pairing: Pairing) -> tuple[PairingSide, PairingSide]:
    return pairing.left, pairing.right


def _speaker(knowledge: Knowledge, side: PairingSide) -> Figure:
    assert side.speaker is not None, "only computed results and claims have no speaker"
    return knowledge.figures[side.speaker]


def _voices(knowledge: Knowledge, side: PairingSide) -> str:
    """The names of all voices of a side that state the number that was compared."""
    names = [attribution_words(knowledge, knowledge.figures[id]) for id in _stating_the_same(knowledge, side)]
    both = len(names) == 2 and any(" via " in name for name in names)
    return f"{'both ' if both else ''}{' and '.join(names)}"


def _stating_the_same(knowledge: Knowledge, side: PairingSide) -> tuple[Id, ...]:
    # Who says "about 70 %" does not say "nearly 70 %".
    own = _number_with_words(knowledge, _speaker(knowledge, side))
    return tuple(id for id in side.figures if _number_with_words(knowledge, knowledge.figures[id]) == own)


def _number_with_words(knowledge: Knowledge, figure: Figure) -> tuple[object, ...]:
    normalized = normalized_quantity(knowledge, figure)
    return normalized.stated, normalized.bound, normalized.hedge


def _about(knowledge: Knowledge, side: PairingSide) -> str:
    """The scope of a side in words, e.g. ``Anthropic's $200 plan``."""
    scope = side.scope if side.scope is not None else dict(scope_key(_speaker(knowledge, side).scope))
    return scope_text(knowledge, scope)


def _own_side(knowledge: Knowledge, side: PairingSide, name: str) -> Side:
    """The speaker's number as one side, in the unit of the measure."""
    figure = _speaker(knowledge, side)
    return _figure_side(knowledge, name, figure, normalized_quantity(knowledge, figure))


def _compared_sides(knowledge: Knowledge, pairing: Pairing, names: tuple[str, str]) -> tuple[Side, Side]:
    """The numbers of both speakers as they were compared."""
    # Two amounts in one currency are compared in it, whatever the rates: by a rate that is an interval, numbers that
    # differ would meet.
    first, second = (_speaker(knowledge, side) for side in _sides(pairing))
    return _sides_in_common(knowledge, (first, second), names)


def _sides_in_common(knowledge: Knowledge, figures: tuple[Figure, Figure], names: tuple[str, str]) -> tuple[Side, Side]:
    first, second = figures
    left, right = in_common_currency(normalized_quantity(knowledge, first), normalized_quantity(knowledge, second))
    return _figure_side(knowledge, names[0], first, left), _figure_side(knowledge, names[1], second, right)


def _figure_side(knowledge: Knowledge, name: str, figure: Figure, normalized: NormalizedQuantity) -> Side:
    side = make_side(knowledge, name, normalized, stance=figure.stance, stated_as=_stated_as(knowledge, figure.id))
    return replace(side, words=with_mark(side.words, early_mark(knowledge, figure)))


def _stated_as(knowledge: Knowledge, figure: Id) -> str:
    """How a share was stated that is the rest of it: ``45% for the share of seats kept``; empty for all others."""
    recorded = knowledge.recast.get(figure)
    if recorded is None:
        return ""
    measured = before_verb(label_within_sentence(knowledge, knowledge.measures[recorded.measure].label))
    return f"{figure_amount_words(recorded)} for {with_article(measured)}"


def _as_recorded(knowledge: Knowledge, figures: Iterable[Id]) -> Iterator[str]:
    """For each figure that was stated as the rest, a sentence that says how."""
    for id in dict.fromkeys(figures):
        if words := _stated_as(knowledge, id):
            voice = as_subject(attribution_words(knowledge, knowledge.figures[id]))
            verb = "give" if is_plural_name(voice) else "gives"
            yield capitalized(f"{voice} {verb} it as {words}.")


def _comparison(pairing: Pairing, left: Side, right: Side) -> Comparison:
    """The comparison that decided, as stored, with the distance of the stated intervals or of their ends."""
    ends = [_stated_at(side.normalized, pairing.end) for side in (left, right)]
    return Comparison(
        verdict=pairing.verdict,
        ground=pairing.ground,
        relation=relate(left.normalized.allowed, right.normalized.allowed),
        distance=distance(*ends, points=left.normalized.percent or right.normalized.percent),
        severity=Fraction(pairing.severity),
        end=pairing.end,
        deviations=_fraction(pairing.deviations),
        birge_ratio=_fraction(pairing.birge_ratio),
    )


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _stated_at(normalized: NormalizedQuantity, end: str) -> Interval:
    value = getattr(normalized.stated, end) if end else None
    return normalized.stated if value is None else Interval.at(value)
