"""Scopes in words: their values, and the differences between two scopes."""

import re
from collections.abc import Iterable

from kb.domain.entity import ScopeValue
from kb.domain.finding import ScopeDifference
from kb.domain.knowledge import Knowledge
from kb.domain.scope import Quantifier, Scope, ScopeSelection
from kb.reports.words.dates import period_words


def selection_words(knowledge: Knowledge, value: ScopeSelection) -> str:
    """The value of a scope key inside a sentence, e.g. ``each of Anthropic and OpenAI``, ``June 2026``."""
    if value.is_time:
        return period_words(value)
    known = knowledge.scope_values
    names = [_value_words(knowledge, known[term]) if term in known else term for term in value.terms]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if len(names) == 1:
        return listed
    lead = {Quantifier.EACH: "each of ", Quantifier.TOTAL: "the total of "}.get(value.quantifier, "")
    return lead + listed


_WORD_KEYS = frozenset(("basis", "payment", "price-level", "price-year", "stage", "status"))
"""The scope keys whose values are words and no names: what was ordered or received, the prices of a year."""


def _value_words(knowledge: Knowledge, value: ScopeValue) -> str:
    words = label_words(knowledge, value.label)
    plain = value.key in _WORD_KEYS and _FIRST_WORD.fullmatch(words.partition(" ")[0])
    return f"{words[:1].lower()}{words[1:]}" if plain else words


def scope_text(knowledge: Knowledge, scope: Scope) -> str:
    """A scope inside a sentence: its values in the order of their keys, ``vendor`` first; empty for an empty scope."""
    ordered = sorted(scope, key=lambda key: (key != "vendor", key))
    return join_scope((key, selection_words(knowledge, scope[key])) for key in ordered)


def join_scope(values: Iterable[tuple[str, str]]) -> str:
    """The values of a scope, each with its key, in one phrase.

    >>> join_scope([("vendor", "Anthropic"), ("plan", "the $200 plan")])
    "Anthropic's $200 plan"
    >>> join_scope([("vendor", "DeepSeek"), ("model", "DeepSeek R1")])
    'DeepSeek R1'
    >>> join_scope([("vendor", "OpenAI"), ("customer", "the employer of the author")])
    'OpenAI, the employer of the author'
    >>> join_scope([("vendor", "OpenAI and Anthropic"), ("plan", "the $200 plan")])
    'OpenAI and Anthropic, the $200 plan'
    """
    phrases: list[str] = []
    for key, value in values:
        before = phrases[-1] if phrases else ""
        if before and value.startswith(f"{before} "):
            phrases[-1] = value
        elif key in _OWNED and value.startswith("the ") and _OWNER.fullmatch(before):
            possessive = f"{before}'" if before.endswith("s") else f"{before}'s"
            phrases[-1] = f"{possessive} {value.removeprefix('the ')}"
        else:
            phrases.append(value)
    return ", ".join(phrases)


# What is on offer belongs to whoever offers it; a customer or a place does not.
_OWNED = frozenset(("plan", "product", "service", "model", "tariff"))
# A single name; a list of several, a period or a description owns nothing.
_OWNER = re.compile(r"[A-Z][^\s,']*( [A-Z][^\s,']*)*")


def label_words(knowledge: Knowledge, label: str) -> str:
    """A label inside a sentence: ``the $200 plan``, ``five sellers``, but ``Opus 4.6``, ``Chinese AI labs``.

    Its first word keeps its capital unless it is known to be no name: a determiner, a number, or a word that the
    vocabulary itself writes in lower case elsewhere.
    """
    first, _, rest = label.partition(" ")
    common = _FIRST_WORD.fullmatch(first) and (_DETERMINER.fullmatch(first) or first.lower() in knowledge.common_words)
    return f"{first.lower()} {rest}" if rest and common else label


_FIRST_WORD = re.compile(r"[A-Z][a-z]*")
_DETERMINER = re.compile(
    r"The|An?|Its|Their|All|Any|Both|Each|Every|Fewer|Less|Many|More|Most|No|One|Other|Several|Some|Two|Three|Four|Five"
    r"|Six|Seven|Eight|Nine|Ten"
)


def difference_words(knowledge: Knowledge, difference: ScopeDifference) -> str:
    """A difference between two scopes as a clause: ``the vendor differs (Ash, Elm)``, ``Rome is part of Italy``."""
    verb = "differ" if difference.key.endswith("s") and not difference.key.endswith("ss") else "differs"
    named = "date" if difference.key == "as-of" else difference.key.replace("-", " ")
    left, right = (_given_words(knowledge, value) for value in (difference.left, difference.right))
    if not difference.part_side:
        return f"the {named} {verb} ({left}, {right})"
    part, whole = (left, right) if difference.part_side == "left" else (right, left)
    # "Anthropic and OpenAI are part of frontier labs".
    return f"{part} {'are' if ' and ' in part else 'is'} part of {whole}"


def both_scopes_words(knowledge: Knowledge, differences: Iterable[ScopeDifference]) -> tuple[str, str] | None:
    """What each of two scopes has where they differ, in words; None where one is part of the other or is silent."""
    firsts: list[tuple[str, str]] = []
    seconds: list[tuple[str, str]] = []
    for difference in differences:
        if difference.part_side or not difference.left or not difference.right:
            return None
        firsts.append((difference.key, selection_words(knowledge, difference.left)))
        seconds.append((difference.key, selection_words(knowledge, difference.right)))
    return (join_scope(firsts), join_scope(seconds)) if firsts else None


def plural_key(key: str) -> str:
    """A scope key as the name of several things.

    >>> plural_key("plan"), plural_key("as-of"), plural_key("sellers"), plural_key("city")
    ('plans', 'dates', 'sellers', 'cities')
    """
    name = "date" if key == "as-of" else key.replace("-", " ")
    if name.endswith("s") and not name.endswith("ss"):
        return name
    return f"{name[:-1]}ies" if re.search("[^aeiou]y$", name) else f"{name}s"


def _given_words(knowledge: Knowledge, value: ScopeSelection | None) -> str:
    return selection_words(knowledge, value) if value else ""
