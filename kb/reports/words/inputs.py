"""The inputs of a calculation as a reader knows them: what each one measures, with an article, never its variable."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kb.domain.entity import Calculation, Input, Measure
from kb.domain.formula import Compare, parse_formula
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.unit import is_currency

_INNER = " › "
"""What stands between the name of an input and that of an input of its inner calculation."""


def input_words(knowledge: Knowledge, calculation: Id, path: str) -> str:
    """An input of a calculation within a sentence, e.g. ``the price of API tokens``.

    Its label is that of its measure or inner calculation, else its name in the formula. Where two inputs share one
    label, their names tell them apart: ``the fee of a newsletter (year)``. ``path`` may lead into an inner
    calculation, as ``bill › heavy`` does.
    """
    inputs = inputs_of(knowledge, calculation)
    names = [_plain(name) for name in path.split(_INNER)]
    if path not in inputs:
        return with_article(names[-1])
    label = _label(knowledge, inputs[path])
    # Two names may stand for one value: a price that enters the formula and an inner calculation is one price. An
    # assumption is made for one input only.
    value = replace(inputs[path], name="")
    alike = (other for at, other in inputs.items() if at != path and _label(knowledge, other) == label)
    if all(value.ref and replace(other, name="") == value for other in alike):
        return with_article(label)
    apart = ", ".join(name for name in names if name != label)
    return f"{with_article(label)} ({apart})" if apart else with_article(label)


def inputs_of(knowledge: Knowledge, calculation: Id) -> Mapping[str, Input]:
    """Every input of a calculation by its path, those of inner calculations included; empty where it is gone."""
    known = knowledge.calculations.get(calculation)
    return dict(_inputs(knowledge, known)) if known else {}


def calculation_words(knowledge: Knowledge, id: Id) -> str:
    """A calculation within a sentence, by what it computes: ``the margin of a pass``.

    A comparison has a sentence for its label, which stands in quotation marks; so does a label that is gone.
    """
    known = knowledge.calculations.get(id)
    if known is None:
        return "a calculation that is no longer recorded"
    if _is_comparison(known):
        return f"“{known.label}”"
    return with_article(label_within_sentence(knowledge, known.label))


def _is_comparison(calculation: Calculation) -> bool:
    try:
        return isinstance(parse_formula(calculation.formula), Compare)
    except ValueError:
        return False


def before_verb(words: str) -> str:
    """A name that is followed by its verb, with a comma where it has one itself.

    >>> before_verb("the bill, with tax"), before_verb("the bill")
    ('the bill, with tax,', 'the bill')
    """
    return f"{words}," if ", " in words else words


def _inputs(
    knowledge: Knowledge, calculation: Calculation, before: str = "", seen: frozenset[Id] = frozenset()
) -> Iterator[tuple[str, Input]]:
    """Every input of a calculation by its path, those of its inner calculations included."""
    # A calculation that rests on itself has no result, and the sentence that says so still names its inputs.
    if calculation.id in seen:
        return
    for entry in calculation.inputs:
        yield before + entry.name, entry
        inner = knowledge.calculations.get(entry.ref) if entry.ref else None
        if inner:
            yield from _inputs(knowledge, inner, f"{before}{entry.name}{_INNER}", seen | {calculation.id})


def _label(knowledge: Knowledge, entry: Input) -> str:
    """What an input measures, with a small first letter unless it begins with a name."""
    about = entry.ref or entry.of
    figure = knowledge.figures.get(about) if about else None
    named = knowledge.by_id.get(figure.measure if figure else about) if about else None
    label = label_within_sentence(knowledge, getattr(named, "label", "")) or _plain(entry.name)
    # "If the tokens were 1% higher" would raise the tokens themselves.
    return f"number of {label}" if isinstance(named, Measure) and _counts(named) and is_plural_label(label) else label


def _counts(measure: Measure) -> bool:
    counted = measure.kind in (MeasureKind.COUNT, MeasureKind.STOCK)
    return counted and not is_currency(measure.unit.partition("/")[0])


def is_plural_label(label: str) -> bool:
    """Whether a label names several things: ``heavy users needed``, but not ``length of an issue``."""
    head = _HEAD_ENDS.split(label, maxsplit=1)[0]
    return any(_PLURAL.search(word) or word.lower() in _PLURALS for word in head.split())


_PLURAL = re.compile(r"(?<![su'’i])s$")
_HEAD_ENDS = re.compile(r",|\b(?:of|that|which|who|whose|in|on|at|for|with|behind|per)\b")
_PLURALS = frozenset(("people", "staff", "men", "women", "children"))


def label_within_sentence(knowledge: Knowledge, label: str) -> str:
    """A label with a small first letter, unless it begins with a name: that of a scope value, or one in capitals."""
    ends = (" ", "'", "’")
    # A value such as "Banks" is no name, since the vocabulary writes the word in lower case elsewhere.
    values = (value.label for value in knowledge.scope_values.values())
    proper = [value for value in values if value.partition(" ")[0].lower() not in knowledge.common_words]
    names = tuple(f"{value}{end}" for value in proper for end in ends)
    keeps = f"{label} ".startswith(names) or not _COMMON_WORD.match(label)
    return label if keeps else label[:1].lower() + label[1:]


_COMMON_WORD = re.compile(r"[A-Z][a-z]*(?!\w|['’]s)")


def with_article(label: str) -> str:
    """A label with "the", unless it is a single letter or its first word takes none.

    >>> with_article("price of API tokens"), with_article("Anthropic's valuation"), with_article("what it costs")
    ('the price of API tokens', "Anthropic's valuation", 'what it costs')
    """
    return label if len(label) == 1 or _WITHOUT_ARTICLE.match(label) else f"the {label}"


_WITHOUT_ARTICLE = re.compile(r"(?:the|an?|its|their|each|every|all|what|how|whether)\b|[A-Z]\w*(?:['’]s|s['’])")


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
