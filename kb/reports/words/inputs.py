"""The inputs of a calculation as a reader knows them: what each one measures, with an article, never its variable."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.domain.entity import Calculation, Input
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge

_INNER = " › "
"""What stands between the name of an input and that of an input of its inner calculation."""


def input_words(knowledge: Knowledge, calculation: Id, path: str) -> str:
    """An input of a calculation within a sentence, e.g. ``the price of API tokens``.

    Its label is that of its measure or inner calculation, else its name in the formula. Where two inputs share one
    label, their names tell them apart: ``the fee of a newsletter (year)``. ``path`` may lead into an inner
    calculation, as ``bill › heavy`` does.
    """
    known = knowledge.calculations.get(calculation)
    inputs = dict(_inputs(knowledge, known)) if known else {}
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
    label = getattr(named, "label", "")
    return label_within_sentence(knowledge, label) if label else _plain(entry.name)


def label_within_sentence(knowledge: Knowledge, label: str) -> str:
    """A label with a small first letter, unless it begins with a name: that of a scope value, or one in capitals."""
    ends = (" ", "'", "’")
    names = tuple(f"{value.label}{end}" for value in knowledge.scope_values.values() for end in ends)
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
