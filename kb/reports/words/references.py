"""Names of entities, scopes and dates in words, and references to the pages that show them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kb.domain.entity import (
    AnyEntity,
    Argument,
    Assessment,
    Calculation,
    Claim,
    Condition,
    Figure,
    Input,
    Match,
    Measure,
    Node,
    NodeKind,
    Question,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
    kind_of,
)
from kb.domain.finding import FindingKind, finding_id
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.scope import Scope, ScopeSelection
from kb.intake.passage import sentences
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reports.value import Ref
from kb.reports.words.amount import interval_words, quantity_words
from kb.reports.words.inputs import before_verb, calculation_words, label_within_sentence, with_article
from kb.reports.words.rates import at_rate
from kb.reports.words.scope import join_scope, selection_words
from kb.reports.words.voices import (
    as_subject,
    attribution_words,
    cardinal,
    is_plural_name,
    stance_mark,
    voice_words,
    with_stance,
)

# A page must survive that something it refers to is gone.
RETRACTED = Ref("page", "/history", "no longer recorded")
"""The reference to an entity that was retracted while another still refers to it."""

PATH_SEGMENTS = {
    "source": "sources",
    "figure": "figures",
    "measure": "measures",
    "unit": "units",
    "claim": "claims",
    "question": "questions",
    "calculation": "calculations",
}
"""The first part of the address of each kind that has a page of its own."""

FINDING_KIND_WORDS = {
    FindingKind.ACROSS_SOURCES: "between sources",
    FindingKind.WITHIN_SOURCE: "within one source",
    FindingKind.CHECK: "stated against calculated",
    FindingKind.SPREAD: "differs by scope",
    FindingKind.DRIFT: "changed in transmission",
    FindingKind.CLAIMS: "claim against claim",
    FindingKind.CORROBORATION: "said by more than one voice",
    FindingKind.REPETITION: "repeated by the same voice",
    FindingKind.FORECAST: "projected against known",
    FindingKind.SERIES: "over time",
}


def ref(knowledge: Knowledge, entity: AnyEntity) -> Ref:
    """The page and name of an entity."""
    match entity:
        case Source():
            return Ref("source", entity.slug, entity.title)
        case UnitDefinition():
            return Ref("unit", entity.slug, entity.name)
        case Measure() | Calculation():
            return Ref(kind_of(entity), entity.slug, entity.label)
        case ScopeValue():
            return Ref("page", "/measures", entity.label)
        case Figure():
            return Ref("figure", entity.slug, figure_amount_words(entity))
        case Claim() | Question():
            return Ref(kind_of(entity), entity.slug, entity.text)
        case Argument():
            return Ref("argument", entity.slug, argument_sentence(knowledge, entity), on=_shown_on(knowledge, entity))
        case Match() | Ruling() | Assessment():
            return _decision_ref(knowledge, entity)


def _decision_ref(knowledge: Knowledge, decision: Match | Ruling | Assessment) -> Ref:
    match decision:
        case Match():
            names = (ref_of(knowledge, id).text for id in (decision.left, decision.right))
            return Ref("page", "/matches", " and ".join(names))
        case Ruling():
            return Ref("finding", _ruled_finding_id(knowledge, decision), decision.text or str(decision.decision))
        case Assessment():
            return replace(ref_of(knowledge, decision.question), text=decision.text)


def _ruled_finding_id(knowledge: Knowledge, ruling: Ruling) -> str:
    """The id of the finding that a ruling decides; its key, which leads to it as well, where no more is recorded."""
    return finding_id(knowledge, ruling.rule, ruling.measure, ruling.parts) if ruling.rule else ruling.finding


def ref_of(knowledge: Knowledge, id: Id | None) -> Ref:
    """The page and name of the entity ``id``; ``RETRACTED`` where it is no longer recorded."""
    entity = knowledge.by_id.get(id) if id else None
    return ref(knowledge, entity) if entity else RETRACTED


def refs_of(knowledge: Knowledge, ids: tuple[Id, ...]) -> tuple[Ref, ...]:
    """The pages and names of entities, in the order of ``ids``."""
    return tuple(ref_of(knowledge, id) for id in ids)


def node_ref(knowledge: Knowledge, node: Node) -> Ref:
    """The page and name of a premise or conclusion; a side of a question has its own text as its name."""
    question = knowledge.questions.get(node.id) if node.kind is NodeKind.QUESTION else None
    if question is None:
        return ref_of(knowledge, node.id)
    text = next((side.text for side in question.sides if side.key == node.side), node.side)
    return Ref("question", question.slug, text)


def said_ref(knowledge: Knowledge, id: Id) -> Ref:
    """The page of an entity, and its name with the voice of whoever says it."""
    # A bare amount would not say whose it is, or of what, and a claim is our paraphrase of what somebody says.
    named, entity = ref_of(knowledge, id), knowledge.by_id.get(id)
    if isinstance(entity, Figure):
        return replace(named, text=figure_words(knowledge, entity))
    return replace(named, text=claim_words(entity)) if isinstance(entity, Claim) else named


def premise_ref(knowledge: Knowledge, node: Node) -> Ref:
    """The page and name of a premise or conclusion: with the voice of whoever says it, of a side with its question."""
    if question := knowledge.questions.get(node.id):
        # "They do not." would not say what they do not.
        named = node_ref(knowledge, node)
        return replace(named, text=f"{question.text} {named.text}")
    return said_ref(knowledge, node.id)


def claim_words(claim: Claim) -> str:
    """A claim with its voice, e.g. ``Ann Ash: The ferry loses money.``"""
    return f"{with_stance(voice_words(claim.voice), claim.stance)}: {claim.text}"


def claim_refs(knowledge: Knowledge, ids: tuple[Id, ...]) -> tuple[Ref, ...]:
    """The pages and names of claims with their voices, in the order of ``ids``."""
    return tuple(said_ref(knowledge, id) for id in ids)


def figure_words(knowledge: Knowledge, figure: Figure) -> str:
    """A figure in words with its voice, its amount, its measure and its scope."""
    about = (
        stance_mark(figure.stance),
        label_within_sentence(knowledge, ref_of(knowledge, figure.measure).text),
        scope_words(knowledge, figure),
    )
    return f"{attribution_words(knowledge, figure)}: {amount_words(figure.quantity)} ({'; '.join(filter(None, about))})"


_PREMISE_LENGTH = 80


def argument_sentence(knowledge: Knowledge, argument: Argument) -> str:
    """The sentence that states an argument; where its author wrote none, what its premises say in short."""
    words = argument.text or _premises_in_short(knowledge, argument)
    return words if words.endswith(_ENDS) else f"{words}."


_ENDS = (".", "。", "…", "?", "!")


def argument_words(argument: Argument, premise: Callable[[Node], str]) -> str:
    """The sentence of an argument, or the words of each ``premise`` where it has none; without a full stop."""
    return without_stop(argument.text) or "; ".join(map(premise, argument.premises))


def without_stop(text: str) -> str:
    """A sentence without its full stop, to stand in a list or inside another.

    >>> without_stop("The ferry loses money."), without_stop("渡轮亏损。"), without_stop("Does it?")
    ('The ferry loses money', '渡轮亏损', 'Does it?')
    """
    return text.rstrip(".。")


def _premises_in_short(knowledge: Knowledge, argument: Argument) -> str:
    """The premises in short: ``Ann Ash puts the fee at $5, and the fuel at $6; Ben Elm: The ferry pays``."""
    # A bare number would not say what it measures. A speaker is named once for several numbers, which would be a list
    # of names otherwise.
    amounts: dict[str, dict[str, list[str]]] = {}
    parts: dict[str, None] = {}
    computed: dict[str, None] = {}
    for node in argument.premises:
        figure = knowledge.figures.get(node.id)
        if figure:
            measured = with_article(label_within_sentence(knowledge, ref_of(knowledge, figure.measure).text))
            amounts.setdefault(attribution_words(knowledge, figure), {}).setdefault(measured, []).append(
                figure_amount_words(figure)
            )
        elif node.kind is NodeKind.CALCULATION:
            computed[calculation_words(knowledge, node.id)] = None
        else:
            parts[shorten(without_stop(premise_ref(knowledge, node).text), _PREMISE_LENGTH)] = None
    clauses = (f"{as_subject(speaker)} {_put_words(speaker, numbers)}" for speaker, numbers in amounts.items())
    stated = "; ".join([*clauses, *parts])
    if not computed:
        return stated
    # The label of a calculation is no sentence, and cannot stand beside what somebody says.
    named = f"the calculation{'s' * (len(computed) > 1)} of {list_words(tuple(computed))}"
    return f"{stated}, with {named}" if stated else capitalized(named)


def _put_words(speaker: str, given: Mapping[str, Sequence[str]]) -> str:
    """Numbers by what they measure: ``puts the fee at $5 and $6, and the discount at 10%``."""
    phrases = [f"{before_verb(measured)} {_at_words(amounts)}" for measured, amounts in given.items()]
    listed = ", and ".join(filter(None, [", ".join(phrases[:-1]), phrases[-1]]))
    return f"{'put' if is_plural_name(speaker) else 'puts'} {listed}"


def _at_words(amounts: Sequence[str]) -> str:
    """Amounts after what they measure: ``at $5 and $6``, ``at no less than $5``."""
    listed = list_words(tuple(dict.fromkeys(amounts)))
    # "At at least $5" stumbles.
    return f"at {re.sub('^at (least|most) ', lambda at: _NO_LESS[at[1]], listed)}"


_NO_LESS = {"least": "no less than ", "most": "no more than "}
"""A bound after "at"."""


def _shown_on(knowledge: Knowledge, argument: Argument) -> str:
    """The path of the page that shows an argument: that of its conclusion, or of the conclusion of what it attacks."""
    seen: set[Id] = set()
    while argument.conclusion.kind is NodeKind.ARGUMENT and argument.id not in seen:
        seen.add(argument.id)
        argument = knowledge.arguments.get(argument.conclusion.id, argument)
    end = knowledge.by_id.get(argument.conclusion.id)
    kind = str(argument.conclusion.kind)
    return f"/{PATH_SEGMENTS[kind]}/{end.slug}" if end and kind in PATH_SEGMENTS else "/history"


def amount_words(quantity: Quantity) -> str:
    """A quantity with its hedge and bound, e.g. ``upward of $2,000–3,000 a month``."""
    return quantity_words(quantity)


def figure_amount_words(figure: Figure) -> str:
    """The quantity of a figure in words, with its stance where that belongs beside the number."""
    return with_stance(amount_words(figure.quantity), figure.stance)


def conversion_words(knowledge: Knowledge, normalized: NormalizedQuantity) -> str:
    """The amount as converted by a recorded rate, e.g. ``$200 a month at CN¥7 per dollar, as Harbour Bank said for
    2026-03``; empty for one in its own currency.
    """
    if normalized.exchange is None:
        return ""
    return interval_words(normalized.stated, normalized.unit) + at_rate(knowledge, normalized.exchange)


def converted_amount_words(knowledge: Knowledge, quantity: Quantity, normalized: NormalizedQuantity) -> str:
    """The stated amount in words, with the converted one where a recorded rate applies."""
    conversion = conversion_words(knowledge, normalized)
    return f"{amount_words(quantity)} ({conversion})" if conversion else amount_words(quantity)


SIGN_WORDS = {"<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least", "==": "equals"}
"""A comparison as the verb of a sentence."""


def comparison_words(knowledge: Knowledge, condition: Condition) -> str:
    """A comparison over a calculation, e.g. ``the margin of a pass is less than 0``."""
    computed, needed = comparison_parts(knowledge, condition)
    return f"{before_verb(computed)} {needed}"


def comparison_parts(knowledge: Knowledge, condition: Condition) -> tuple[str, str]:
    """What is compared and how: ``the margin of a pass`` and ``is less than 0``; a long name makes a poor subject."""
    return (
        calculation_words(knowledge, condition.calculation),
        f"{SIGN_WORDS[condition.sign]} {amount_words(condition.limit)}",
    )


def span_words(interval: Interval | None, unit: str) -> str:
    """An interval in its unit, e.g. ``$8,000 to $14,000 a month``; ``unknown`` where there is none."""
    return interval_words(interval, unit) if interval else "unknown"


def scope_words(knowledge: Knowledge, entity: Figure | Input) -> str:
    """A scope inside a sentence, keys in the order of the measure: ``Anthropic's $200 plan``; empty for none."""
    if isinstance(entity, Figure):
        return measure_scope_words(knowledge, entity.scope, entity.measure)
    return measure_scope_words(knowledge, entity.where, entity.ref)


def measure_scope_words(knowledge: Knowledge, scope: Scope, measure: Id | None) -> str:
    """A scope in words, keys in the order of ``measure``."""
    known = knowledge.measures.get(measure) if measure else None
    order = {key: place for place, key in enumerate(known.keys if known else ())}
    keys = sorted(scope, key=lambda key: (order.get(key, len(order)), key))
    return join_scope((key, scope_selection_words(knowledge, key, scope[key])) for key in keys)


def scope_selection_words(knowledge: Knowledge, key: str, selection: ScopeSelection) -> str:
    """The value of a scope key in words, e.g. ``Anthropic``, ``each of A and B``, ``as of June 2026``."""
    text = selection_words(knowledge, selection)
    return f"as of {text}" if key == "as-of" else text


_SEVERITY_WORDS = ((Decimal("0.56"), "high"), (Decimal("0.225"), "medium"), (Decimal("0.005"), "low"))


def severity_words(severity: str) -> str:
    """A severity in a word with its number; empty below 0.005.

    >>> severity_words("0.60"), severity_words("0.30"), severity_words("0.04"), severity_words("0.00")
    ('high severity, 0.60', 'medium severity, 0.30', 'low severity, 0.04', '')
    """
    word = next((word for least, word in _SEVERITY_WORDS if Decimal(severity) >= least), "")
    return f"{word} severity, {severity}" if word else ""


def list_words(words: tuple[str, ...]) -> str:
    """Words as a list within a sentence.

    >>> list_words(("a", "b", "c")), list_words(("a",)), list_words(())
    ('a, b and c', 'a', '')
    """
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def with_indefinite_article(noun: str) -> str:
    """A noun with "a" or "an"; a plural as it is.

    >>> with_indefinite_article("vendor"), with_indefinite_article("audience"), with_indefinite_article("sellers")
    ('a vendor', 'an audience', 'sellers')
    """
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def count_words(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun in the singular or plural, within a sentence.

    >>> count_words(1, "figure"), count_words(0, "figure"), count_words(12, "reply", "replies")
    ('one figure', 'no figures', '12 replies')
    """
    name = noun if number == 1 else plural or f"{noun}s"
    return f"{cardinal(number)} {name}"


def shorten(text: str, limit: int) -> str:
    """``text`` cut to at most ``limit`` characters with an ellipsis, between words where possible.

    >>> shorten("the boat that sails anyway", 16)
    'the boat that…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:") + "…"


def without_marks(text: str) -> str:
    """A sentence without the backticks that set the names of inputs apart.

    >>> without_marks("`price` is $5")
    'price is $5'
    """
    return text.replace("`", "")


def first_sentence(text: str) -> str:
    """The first sentence of ``text``; a full stop in a number or a name does not end it.

    >>> first_sentence("It is 1.75 times as much. They differ.")
    'It is 1.75 times as much.'
    >>> first_sentence("A. Example: $5. They differ.")
    'A. Example: $5.'
    """
    (start, end), *_ = sentences(text) or ((0, len(text)),)
    return text[start:end]


def capitalized(text: str) -> str:
    """``text`` with a capital first letter, except where its first word is a name with a capital inside.

    >>> capitalized("commenter A"), capitalized("xAI says")
    ('Commenter A', 'xAI says')
    """
    first, *_ = text.split(maxsplit=1) or [""]
    return text[:1].upper() + text[1:] if first.islower() else text
