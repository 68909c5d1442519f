"""Exchange rates in words: the rate that converted an amount, and the rate that is not recorded."""

from collections.abc import Iterable, Iterator

from kb.domain.entity import Figure, Stance
from kb.domain.finding import MissingRate
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import divide
from kb.reasoning.comparison.exchange import Conversion, Exchange, Leg
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.mention import is_quoted_inversely
from kb.reports.words.amount import interval_words, quantity_words
from kb.reports.words.dates import date_words
from kb.reports.words.inputs import input_words
from kb.reports.words.scope import selection_words
from kb.reports.words.voices import as_subject, attribution_words, stance_words, with_stance


def rate_words(knowledge: Knowledge, exchange: Exchange) -> str:
    """The recorded rates of ``exchange``, e.g. ``CN¥7 per dollar, as Bank said for March 2026``."""
    return " and ".join(_leg_words(knowledge, leg) for leg in exchange.legs)


def at_rate(knowledge: Knowledge, exchange: Exchange) -> str:
    """The rates after "at", with a space in front, e.g. `` at CN¥7 per dollar, as Bank said for March 2026``."""
    # A rate that begins with a word ("about CN¥7") needs "a rate of" in front of it.
    words = rate_words(knowledge, exchange)
    return f" at {'a rate of ' if words[:1].islower() else ''}{words}"


def conversion_sentences(knowledge: Knowledge, calculation: Id, conversions: Iterable[Conversion]) -> Iterator[str]:
    """One sentence for each amount that was converted, with its value in both currencies and the rate."""
    sentences: dict[str, None] = {}
    for conversion in conversions:
        before = interval_words(conversion.stated, conversion.unit)
        after = interval_words(conversion.after, conversion.into)
        name = input_words(knowledge, calculation, conversion.input)
        sentence = f"{name[:1].upper()}{name[1:]}: {before} is {after}{at_rate(knowledge, conversion.exchange)}."
        sentences.setdefault(sentence)
    yield from sentences


def missing_rate_words(knowledge: Knowledge, missing: MissingRate) -> str:
    """The missing rate in words, after "there is": ``no recorded rate from CNY to USD by 31 March 2026``.

    Where one is recorded only as assumed, ``only an assumed rate from CNY to USD by 31 March 2026 (CN¥7 per dollar)``.
    """
    pair = f"from {missing.from_currency} to {missing.to_currency}"
    if missing.day is None:
        return f"no date by which to choose a rate {pair}"
    by = f"by {date_words(str(missing.day))}"
    unstated = [knowledge.figures[id] for id in missing.unstated if id in knowledge.figures]
    if not unstated:
        return f"no recorded rate {pair} {by}"
    amounts = dict.fromkeys(quantity_words(figure.quantity) for figure in unstated)
    stance = Stance.ASSUMED if any(figure.stance is Stance.ASSUMED for figure in unstated) else Stance.HYPOTHETICAL
    article = "an" if stance is Stance.ASSUMED else "a"
    return f"only {article} {stance_words(stance)} rate {pair} {by} ({', '.join(amounts)})"


def missing_rate_hint(missing: MissingRate) -> str:
    """A hint about what to record so that the amounts can be compared."""
    if missing.day is None:
        return "give as-of or period"
    unit = f"{missing.from_currency}/{missing.to_currency}"
    what = "a rate that a source states" if missing.unstated else "it"
    return f"record {what} as a figure of a measure of kind exchange-rate in {unit}, with as-of or period"


def _leg_words(knowledge: Knowledge, leg: Leg) -> str:
    figures = [knowledge.figures[id] for id in leg.figures]
    said = dict.fromkeys(
        f"{as_subject(attribution_words(knowledge, figure))} said for {_when(knowledge, figure)}" for figure in figures
    )
    return f"{_leg_amount(knowledge, leg, figures[0])}, as {' and '.join(said)}"


def _leg_amount(knowledge: Knowledge, leg: Leg, figure: Figure) -> str:
    """The rate in the direction in which ``figure`` quotes it; an interval over all figures where they differ."""
    if leg.stated is None:
        return with_stance(quantity_words(figure.quantity), figure.stance)
    unit = knowledge.unit(figure.quantity.unit)
    quoted = (
        divide(Interval.at(1), leg.stated) if is_quoted_inversely(knowledge, figure, leg.from_currency) else leg.stated
    )
    return interval_words(scaled(quoted, 1 / unit.factor), figure.quantity.unit)


def _when(knowledge: Knowledge, figure: Figure) -> str:
    value = figure.scope.get("as-of") or figure.scope.get("period")
    source = knowledge.sources.get(figure.source)
    return selection_words(knowledge, value) if value and value.is_time else date_words(source.issued) if source else ""
