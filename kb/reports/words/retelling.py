"""What a translation, quotation or repetition does to a number, in words."""

from collections.abc import Callable, Mapping, Sequence

from kb.domain.entity import DependenceKind
from kb.domain.finding import Change, Pairing, ScopeDifference
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reports.words.amount import BOUND_WORDS, HEDGE_WORDS
from kb.reports.words.scope import selection_words
from kb.reports.words.side import Side


def retelling_sentence(knowledge: Knowledge, pairing: Pairing, change: Change, earlier: Side, later: Side) -> str:
    """A sentence that names the worst change, e.g. ``The translation adds “about”.``"""
    return f"{_RETELLINGS[pairing.dependence]} {_change_words(knowledge, pairing, change, earlier, later)}."


_RETELLINGS: Mapping[DependenceKind | None, str] = {
    DependenceKind.TRANSLATES: "The translation",
    DependenceKind.QUOTES: "The quotation",
    DependenceKind.REPEATS: "The repetition",
}


def _change_words(knowledge: Knowledge, pairing: Pairing, change: Change, earlier: Side, later: Side) -> str:
    if change is Change.UNIT:
        return f"gives {later.normalized.unit} for {earlier.normalized.unit}"
    if change is Change.SCOPE:
        return _scope_change_words(knowledge, pairing.differences)
    return _quoted_words(change, earlier, later) or _CHANGES[change] + _changed_detail(change, earlier, later)


def _quoted_words(change: Change, earlier: Side, later: Side) -> str:
    """A limit or a hedge that was added or dropped, in the words of the text that has it; else what it does.

    Empty for all other changes.
    """
    if change not in _EFFECTS:
        return ""
    added = change in (Change.HEDGE_ADDED, Change.BOUND_ADDED)
    quantity = (later if added else earlier).normalized.quantity
    words = _DETAILS[change]((later if added else earlier).normalized)
    # Quotation marks are for the words of a source: a Chinese text has no "about".
    if quantity and words and words in quantity.as_written.casefold():
        return f"{'adds' if added else 'drops'} “{words}”"
    return _EFFECTS[change]


_EFFECTS: Mapping[Change, str] = {
    Change.HEDGE_ADDED: "makes the number approximate",
    Change.HEDGE_DROPPED: "makes an approximate number exact",
    Change.BOUND_ADDED: "turns the number into a limit",
    Change.BOUND_DROPPED: "turns a limit into an exact number",
}


def _changed_detail(change: Change, earlier: Side, later: Side) -> str:
    """What was added, dropped or changed, in brackets: `` (about)``; empty where the numbers beside it show it."""
    # "Adds a period" alone might be a full stop.
    detail = _DETAILS.get(change)
    if detail is None:
        return ""
    before, after = detail(earlier.normalized), detail(later.normalized)
    words = f"from {before} to {after}" if before and after and before != after else after or before
    return f" ({words})" if words else ""


_CHANGES: Mapping[Change, str] = {
    Change.NUMBER: "gives another number",
    Change.RANGE: "gives a wider or narrower range",
    Change.PERIOD_ADDED: "adds a period",
    Change.PERIOD_DROPPED: "drops a period",
    Change.PERIOD_CHANGED: "changes a period",
    Change.INVERTED: "inverts the number",
    Change.BOUND_REVERSED: "turns a lower limit into an upper one",
    Change.HEDGE_CHANGED: "changes a hedge",
}


def _period_detail(normalized: NormalizedQuantity) -> str:
    return f"a {normalized.period}" if normalized.period and not normalized.period_not_stated else ""


def _bound_detail(normalized: NormalizedQuantity) -> str:
    return BOUND_WORDS.get(normalized.quantity.bound, "") if normalized.quantity else ""


def _hedge_detail(normalized: NormalizedQuantity) -> str:
    return HEDGE_WORDS.get(normalized.hedge, "")


_DETAILS: Mapping[Change, Callable[[NormalizedQuantity], str]] = {
    Change.PERIOD_ADDED: _period_detail,
    Change.PERIOD_DROPPED: _period_detail,
    Change.PERIOD_CHANGED: _period_detail,
    Change.BOUND_ADDED: _bound_detail,
    Change.BOUND_DROPPED: _bound_detail,
    Change.HEDGE_ADDED: _hedge_detail,
    Change.HEDGE_DROPPED: _hedge_detail,
    Change.HEDGE_CHANGED: _hedge_detail,
}


def _scope_change_words(knowledge: Knowledge, differences: Sequence[ScopeDifference]) -> str:
    exchanged = [
        f"{selection_words(knowledge, difference.right)} for {selection_words(knowledge, difference.left)}"
        for difference in differences
        if difference.left and difference.right
    ]
    if exchanged:
        return f"gives the number for {' and '.join(exchanged)}"
    return "; ".join(_key_change_words(knowledge, difference) for difference in differences)


def _key_change_words(knowledge: Knowledge, difference: ScopeDifference) -> str:
    """A scope key that a translation or quotation added or dropped, in words."""
    given = difference.right or difference.left
    verb = "adds" if difference.right else "drops"
    return f"{verb} {selection_words(knowledge, given) if given else ''} ({difference.key})"
