"""What a translation, quotation or repetition changes about a number, in words."""

from collections.abc import Callable, Mapping, Sequence

from kb.domain.entity import DependenceKind, Figure, Stance
from kb.domain.finding import Change, Pairing, ScopeDifference
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reports.words.amount import BOUND_WORDS, HEDGE_WORDS, interval_words, margin_words
from kb.reports.words.inputs import label_within_sentence, with_article
from kb.reports.words.references import list_words
from kb.reports.words.scope import selection_words
from kb.reports.words.side import Side
from kb.reports.words.unit_names import scale_words
from kb.reports.words.voices import MARKED_STANCES, speaker_words

NUMBER_CHANGES = frozenset({Change.INVERTED, Change.UNIT, Change.NUMBER, Change.RANGE, Change.DIGITS_ADDED})
"""The changes after which the number itself is another."""


def retelling_sentence(knowledge: Knowledge, pairing: Pairing, earlier: Side, later: Side) -> str:
    """A sentence that names every change, the worst first.

    ``The quotation gives another number; it also drops “about” and states an allegation as fact.``
    """
    worst, *others = (_change_words(knowledge, pairing, change, earlier, later) for change in pairing.changes)
    also = f"; it also {list_words(tuple(others))}" if others else ""
    recorded = any(figure.depends_on for figure in _speakers(knowledge, pairing)[1:])
    return f"{_RETELLINGS[pairing.dependence] if recorded else 'The retelling'} {worst}{also}."


_RETELLINGS: Mapping[DependenceKind | None, str] = {
    DependenceKind.TRANSLATES: "The translation",
    DependenceKind.QUOTES: "The quotation",
    DependenceKind.REPEATS: "The repetition",
}


def _change_words(knowledge: Knowledge, pairing: Pairing, change: Change, earlier: Side, later: Side) -> str:
    match change:
        case Change.DENIAL:
            return "states what was denied" if earlier.stance is Stance.NEGATED else "denies what was stated"
        case Change.STANCE:
            return _stance_words(earlier.stance, later.stance)
        case Change.COUNTED:
            return _counted_words(knowledge, pairing)
        case Change.VOICE:
            return _voice_words(*_speakers(knowledge, pairing))
        case Change.SCOPE:
            return _scope_change_words(knowledge, pairing.differences)
        case _:
            return _number_words(change, earlier.normalized, later.normalized)


def _number_words(change: Change, before: NormalizedQuantity, after: NormalizedQuantity) -> str:
    match change:
        case Change.UNIT:
            return f"gives {_unit_words(after)} for {_unit_words(before)}"
        case Change.BOUND_REVERSED:
            return _turned_words(before, after)
        case Change.RANGE:
            return _range_words(before, after)
        case Change.BOUND_ADDED | Change.BOUND_DROPPED | Change.HEDGE_ADDED | Change.HEDGE_DROPPED:
            return _quoted_words(change, before, after) or _PLAIN_CHANGES.get(
                (change, _is_plain(after)), _CHANGES[change]
            )
        case _:
            detail = _DETAILS.get(change)
            return _CHANGES[change] + (_detail(detail(before), detail(after)) if detail else "")


def _unit_words(normalized: NormalizedQuantity) -> str:
    # Both are compared in the unit of the measure, which is none of what was said: 500 miles are no 500 km.
    return scale_words(normalized.quantity.unit if normalized.quantity else normalized.unit)


_CHANGES: Mapping[Change, str] = {
    Change.INVERTED: "inverts the number",
    Change.NUMBER: "gives another number",
    Change.DIGITS_ADDED: "gives more digits than the original",
    Change.PERIOD_ADDED: "adds a period",
    Change.PERIOD_DROPPED: "drops a period",
    Change.PERIOD_CHANGED: "changes the period",
    Change.MARGIN_ADDED: "adds a margin",
    Change.MARGIN_DROPPED: "drops the margin",
    Change.MARGIN_CHANGED: "changes the margin",
    Change.HEDGE_ADDED: "makes the number approximate",
    Change.HEDGE_DROPPED: "makes an approximate number exact",
    Change.HEDGE_CHANGED: "changes a hedge",
    Change.BOUND_ADDED: "turns the number into a limit",
    Change.BOUND_DROPPED: "turns a limit into an exact number",
}


_PLAIN_CHANGES: Mapping[tuple[Change, bool], str] = {
    (Change.HEDGE_DROPPED, False): "drops the hedge",
    (Change.BOUND_DROPPED, False): "drops the limit",
}
"""What is dropped from a number that does not become exact by it: ``about 40`` retold as ``at least 40``."""


def _is_plain(normalized: NormalizedQuantity) -> bool:
    quantity = normalized.quantity
    return quantity is None or (quantity.hedge is Hedge.NONE and not quantity.bound.is_limit)


def _detail(before: str, after: str) -> str:
    """What was added, dropped or changed, in brackets: `` (from a month to a year)``; empty where it has no words."""
    # "Adds a period" alone might be a full stop.
    words = f"from {before} to {after}" if before and after and before != after else after or before
    return f" ({words})" if words else ""


def _period_words(normalized: NormalizedQuantity) -> str:
    return f"a {normalized.period}" if normalized.period and not normalized.period_not_stated else ""


def _margin_words(normalized: NormalizedQuantity) -> str:
    # The sense of a margin stands in brackets of its own.
    return margin_words(normalized.quantity).replace(" (", ", ").rstrip(")") if normalized.quantity else ""


def _side_words(normalized: NormalizedQuantity) -> str:
    quantity = normalized.quantity
    if quantity is None:
        return ""
    return (
        HEDGE_WORDS.get(quantity.hedge, "") if quantity.hedge is not Hedge.NONE else BOUND_WORDS.get(quantity.bound, "")
    )


_DETAILS: Mapping[Change, Callable[[NormalizedQuantity], str]] = {
    Change.PERIOD_ADDED: _period_words,
    Change.PERIOD_DROPPED: _period_words,
    Change.PERIOD_CHANGED: _period_words,
    Change.MARGIN_ADDED: _margin_words,
    Change.MARGIN_DROPPED: _margin_words,
    Change.MARGIN_CHANGED: _margin_words,
    Change.HEDGE_CHANGED: _side_words,
}


def _quoted_words(change: Change, before: NormalizedQuantity, after: NormalizedQuantity) -> str:
    """A limit or a hedge that was added or dropped, in the words of the text that has it; empty where it has others."""
    added = change in (Change.HEDGE_ADDED, Change.BOUND_ADDED)
    quantity = (after if added else before).quantity
    if quantity is None:
        return ""
    bound = change in (Change.BOUND_ADDED, Change.BOUND_DROPPED)
    words = BOUND_WORDS.get(quantity.bound, "") if bound else HEDGE_WORDS.get(quantity.hedge, "")
    # Quotation marks are for the words of a source: a Chinese text has no "about".
    return f"{'adds' if added else 'drops'} “{words}”" if words and words in quantity.as_written.casefold() else ""


def _turned_words(before: NormalizedQuantity, after: NormalizedQuantity) -> str:
    up = after.direction > 0
    if before.bounded and after.bounded:
        return "turns an upper limit into a lower one" if up else "turns a lower limit into an upper one"
    sides = ("above", "below") if up else ("below", "above")
    if not after.stated.exact or before.stated != after.stated:
        return f"says {sides[0]} where the original says {sides[1]}"
    return f"says {sides[0]} {interval_words(after.stated, after.unit)} where the original says {sides[1]}"


def _range_words(before: NormalizedQuantity, after: NormalizedQuantity) -> str:
    if before.stated.exact == after.stated.exact:
        return "gives another range"
    return "turns one number into a range" if before.stated.exact else "turns a range into one number"


_STANCE_NOUNS: Mapping[Stance, str] = {
    Stance.ALLEGED: "an allegation",
    Stance.PROJECTED: "a projection",
    Stance.ESTIMATED: "an estimate",
    Stance.ASSUMED: "an assumption",
    Stance.HYPOTHETICAL: "a supposition",
}


def _stance_words(before: Stance | None, after: Stance | None) -> str:
    marked = [_STANCE_NOUNS[stance] if stance in MARKED_STANCES else "" for stance in (before, after) if stance]
    earlier, later = marked
    if not later:
        return f"states {earlier} as fact"
    return f"turns {earlier or 'a statement of fact'} into {later}"


def _speakers(knowledge: Knowledge, pairing: Pairing) -> list[Figure]:
    """The figure that is passed on and the one that passes it on."""
    return [knowledge.figures[side.speaker] for side in (pairing.left, pairing.right) if side.speaker]


def _voice_words(earlier: Figure, later: Figure) -> str:
    return f"attributes the number to {speaker_words(later.voice)} instead of {speaker_words(earlier.voice)}"


def _counted_words(knowledge: Knowledge, pairing: Pairing) -> str:
    """What the retelling gives the number as, and what the original gives it as."""
    recorded = (knowledge.recast.get(figure.id, figure) for figure in _speakers(knowledge, pairing))
    measures = [knowledge.measures.get(figure.measure) for figure in recorded]
    earlier, later = (
        with_article(label_within_sentence(knowledge, measure.label)) if measure else "something else"
        for measure in measures
    )
    return f"gives as {later} what the original gives as {earlier}"


def _scope_change_words(knowledge: Knowledge, differences: Sequence[ScopeDifference]) -> str:
    return list_words(tuple(_key_change_words(knowledge, difference) for difference in differences))


def _key_change_words(knowledge: Knowledge, difference: ScopeDifference) -> str:
    """A scope key that a translation or quotation changed, added or dropped, in words."""
    verb = "adds" if not difference.left else "changes" if difference.right else "drops"
    key = "date" if difference.key == "as-of" else difference.key.replace("-", " ")
    before, after = (
        selection_words(knowledge, value) if value else "" for value in (difference.left, difference.right)
    )
    return f"{verb} the {key}{_detail(before, after)}"
