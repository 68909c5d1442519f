"""The entries of a seed file, one record for each kind: their keys and shapes, with names that are not resolved yet.

Reading, writing, the JSON Schema and the tables of the docs follow the fields of these records and their order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kb.domain.answer import AnswerWord, Certainty, Concern
from kb.domain.confidence import Likelihood
from kb.domain.entity import EDITORS, Stance, UnitKind
from kb.domain.finding import RULES_BETWEEN
from kb.domain.measure_kind import MeasureKind
from kb.intake.shape import (
    IDENTIFIER,
    REFERENCE,
    REFERENCES,
    SENTENCE,
    Choice,
    Either,
    Entry,
    JsonSchema,
    Later,
    ListOf,
    MapOf,
    Matching,
    Record,
    Said,
    Scalar,
    Shape,
    Text,
    Version,
    key,
)
from kb.intake.source_record import SOURCE, SourceRecord

FORMAT = "1"
"""The version of the format of seed files, which is read and written."""

TIME_KEYS = ("period", "as-of")
"""Scope keys whose values are periods."""

_KINDS = {
    "flow": "an amount in each period",
    "stock": "an amount at a time",
    "price": "a price or a fee",
    "ratio": "a share or a multiple",
    "count": "things counted",
    "duration": "how long something takes",
    "exchange-rate": "one currency in another",
}
_KINDS_MEANT = {
    **dict.fromkeys(("amount", "money", "quantity", "sum"), "flow (in each period) or stock (at a time)"),
    **dict.fromkeys(("percent", "percentage", "share", "fraction", "rate", "proportion", "index"), "ratio"),
    **dict.fromkeys(("cost", "fee", "fare", "wage"), "price"),
    **dict.fromkeys(("number", "integer", "total"), "count"),
    **dict.fromkeys(("time", "length", "age"), "duration"),
    **dict.fromkeys(("currency", "fx"), "exchange-rate"),
    **dict.fromkeys(("income", "revenue", "spending", "emissions"), "flow"),
    **dict.fromkeys(("level", "capacity", "value"), "stock"),
}
_CODE = Matching(re.compile(r"[A-Z]{3,5}"), "the code of a currency", "three to five capitals, like USDT")
_STANCE = Choice(
    tuple(Stance),
    meant={
        **dict.fromkeys(("stated", "said", "claimed", "fact", "confirmed", "announced"), "asserted"),
        **dict.fromkeys(("predicted", "forecast", "expected", "planned", "target", "promised"), "projected"),
        **dict.fromkeys(("counted", "observed", "surveyed", "audited"), "measured"),
        **dict.fromkeys(("calculated", "computed", "inferred"), "derived"),
        **dict.fromkeys(("guess", "guessed", "approximate", "rough"), "estimated"),
        **dict.fromkeys(("rumoured", "rumored", "accused", "disputed", "suspected"), "alleged"),
        **dict.fromkeys(("quoted", "cited", "published", "reported by"), "reported"),
        **dict.fromkeys(("denied", "refuted", "false"), "negated"),
        **dict.fromkeys(("conditional", "counterfactual", "what if"), "hypothetical"),
    },
)
_CONFIDENCE = Text(f"a number from 0 to 1 or one of: {', '.join(Likelihood)}")
_CERTAINTY = Choice(tuple(Certainty))
_CONCERNS = ListOf(Choice(tuple(Concern)), "a list of reasons")
_LOCATOR = Text('a place like L169 "$8000"')
_QUANTITY = Text("a number with its unit")
_SIDE = MapOf(Text("a side"), "a question with a side")
_PREMISES = ListOf(Either(REFERENCE, replace(_SIDE, may_be_empty=False)), "a list of ids")

_AIF_NODE = "The id of its node in the argument map under `aif:`."

EDITORS_SPEAK = Said("voice", re.compile("".join(f"[{letter.upper()}{letter}]" for letter in str(EDITORS))))
"""That a claim is an inference by the editors of the base, who state it in no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord(Record):
    """A unit that is not among the standard ones."""

    id: Scalar | None = key(IDENTIFIER, "Its name, shared by all files.", "fortnight", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "two-weeks")
    equals: Scalar | None = key(
        Text("an amount"), "What one of it equals, exactly; without this key, it is a unit of its own.", "14 day"
    )
    kind: Scalar | None = key(
        Choice(tuple(UnitKind)),
        "What it counts; needed only for a currency, since a definition determines it.",
        "currency",
    )
    aliases: tuple[Scalar, ...] = key(
        ListOf(Text(), "a list of names"), "Other names that authors use.", "[两周]", default=()
    )
    code: Scalar | None = key(_CODE, "The code of a currency, in capitals.", "USDT")
    sign: Scalar | None = key(Text("a sign"), "The sign before an amount of a currency.", "₮")
    note: Scalar | None = key(Text(), "Anything else.", "As the trade counts it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecord(Record):
    """What is measured."""

    id: Scalar | None = key(IDENTIFIER, "Its name, shared by all files.", "plan-fee", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "plan-price")
    label: Scalar | None = key(Text(), "What readers see as its name.", "Fee of a subscription plan", required=True)
    unit: Scalar | None = key(Text("a unit"), "The unit in which figures are compared.", "USD/month", required=True)
    kind: Scalar | None = key(
        Choice(tuple(MeasureKind), _KINDS, _KINDS_MEANT),
        "What may be converted: flows between periods, prices never.",
        "price",
        required=True,
    )
    keys: tuple[Scalar, ...] = key(
        ListOf(IDENTIFIER, "a list of scope keys"),
        "Scope keys that its figures may give.",
        "[vendor, plan]",
        default=(),
    )
    aliases: tuple[Scalar, ...] = key(
        ListOf(Text(), "a list of names"), "Other names that authors use.", "[list price, flat fee]", default=()
    )
    authority: Scalar | None = key(REFERENCE, "The source whose figure takes precedence.", "filings")
    within: Scalar | None = key(_QUANTITY, "The range in which a ratio must lie.", "0% to 100%")
    complement_of: Scalar | None = key(
        REFERENCE, "The ratio that is the rest of the same whole.", "share-of-seats-lost"
    )
    note: Scalar | None = key(Text(), "Anything else.", "Before taxes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRecord(Record):
    """A scope value."""

    id: Scalar | None = key(IDENTIFIER, "Its name, shared by all files.", "usd-200", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "max-plan")
    label: Scalar | None = key(Text(), "What readers see as its name.", "$200 plan", required=True)
    aliases: tuple[Scalar, ...] = key(
        ListOf(Text(), "a list of names"), "Other names that authors use.", "[Max, Pro]", default=()
    )
    part_of: Scalar | None = key(REFERENCE, "The wider value of the same key.", "paid-plans")
    note: Scalar | None = key(Text(), "Anything else.", "Sold under two names.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Record):
    """Several values of a scope key: each of them, or all together."""

    each: tuple[Scalar, ...] = key(REFERENCES, "The number holds for each of them.", "[anthropic, openai]", default=())
    total: tuple[Scalar, ...] = key(REFERENCES, "The number is their sum.", "[deepseek, moonshot]", default=())
    set: tuple[Scalar, ...] = key(
        REFERENCES, "The number is for all of them together; a bare list means the same thing.", "[a, b]", default=()
    )


ScopePairs = tuple[tuple[Scalar, Any], ...]
_SCOPE = MapOf(
    Either(Text("the id of a scope value, or a time"), Entry(Several, "a mapping of values"), REFERENCES),
    "a mapping of scope keys",
)
_SCOPE_DOC = "What it is measured on: a value for each scope key, several in a list, `each:` or `total:`; or a time."


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord(Record):
    """What claims are about."""

    id: Scalar | None = key(IDENTIFIER, "Its name, shared by all files.", "plans-lose-money", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "plans-lose")
    text: Scalar | None = key(SENTENCE, "The question.", "Do $200 plans lose money?", required=True)
    sides: tuple[tuple[Scalar, Scalar], ...] = key(
        MapOf(SENTENCE, "two answers, each with a key"),
        "Its two answers, each with a key.",
        "{yes: They lose money., no: They pay.}",
        required=True,
        default=(),
    )
    scope: ScopePairs = key(_SCOPE, "The case that it asks about.", "{plan: usd-200}", default=())
    decided_by: Scalar | None = key(
        Text("a comparison"),
        "A comparison over a calculation: the first side is right if it holds, the second if it fails.",
        "average-margin < 0",
    )
    note: Scalar | None = key(Text(), "Anything else.", "Before training.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Record):
    """A further mention of a figure: its place, and what differs."""

    at: Scalar | None = key(_LOCATOR, "Where it is stated again.", 'L167 "$8000"', required=True)
    value: Scalar | None = key(_QUANTITY, "What is stated there, if different.", "about $8000 / month")
    as_written: Scalar | None = key(Text(), "The literal, if `at` does not quote it.", "八千美元")
    source: Scalar | None = key(REFERENCE, "The source that it is in, if different.", "zh")
    voice: Scalar | None = key(Text("a name"), "Who says it, if different.", "SemiAnalysis")
    stance: Scalar | None = key(_STANCE, "How the voice presents it, if different.", "reported")
    confidence: Scalar | None = key(_CONFIDENCE, "How sure the voice is, if different.", "likely")
    scope: ScopePairs | None = key(_SCOPE, "Its scope, if different.", "{vendor: openai}")
    note: Scalar | None = key(Text(), "Anything else.", "In the caption.")


_MENTION = Either(_LOCATOR, Entry(Mention, "a mention"))
_MENTIONS = Either(_LOCATOR, Entry(Mention, "a mention"), ListOf(_MENTION, "a list of places"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord(Record):
    """A figure, with the further mentions that depend on it."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "anthropic-value", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "claude-value")
    measure: Scalar | None = key(REFERENCE, "What is measured.", "plan-api-value", required=True)
    scope: ScopePairs = key(_SCOPE, _SCOPE_DOC, "{vendor: anthropic, plan: usd-200}", default=())
    value: Scalar | None = key(
        _QUANTITY, "The number as people write it.", "upward of $2,000-3,000 / month", required=True
    )
    at: Scalar | None = key(_LOCATOR, "Where it is in the document, with its literal.", 'L169 "$8000"', required=True)
    as_written: Scalar | None = key(Text(), "The literal, if `at` does not quote it.", "$8000")
    also: Any = key(
        _MENTIONS, "Further mentions of the same number; each becomes a figure that repeats it.", 'L167 "$8000"'
    )
    source: Scalar | None = key(REFERENCE, "The source that it is in; by default the file's first.", "zh")
    voice: Scalar | None = key(
        Text("a name"), "Who says it, and through whom; by default the authors of the source.", "SemiAnalysis"
    )
    stance: Scalar | None = key(_STANCE, "How the voice presents it; `asserted` by default.", "measured")
    confidence: Scalar | None = key(
        _CONFIDENCE, "How sure the voice is: 0 to 1 or a word; `roughly even` by default.", "likely"
    )
    repeats: Scalar | None = key(REFERENCE, "The figure that it repeats.", "anthropic-value")
    quotes: Scalar | None = key(REFERENCE, "The figure that it quotes.", "quay/fee")
    translates: Scalar | None = key(REFERENCE, "The figure that it translates.", "quay/fee")
    derived_from: tuple[Scalar, ...] = key(
        REFERENCES, "The figures that the voice computed it from.", "[anthropic-value, fee]", default=()
    )
    note: Scalar | None = key(Text(), "Anything else.", "The month is ours.")
    more: tuple[tuple[Scalar, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord(Record):
    """A claim: a sentence that can be true or false."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "plans-are-subsidised", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "subsidy")
    text: Scalar | None = key(
        SENTENCE, "The sentence, in our own words.", "The fee covers a small part of the value.", required=True
    )
    at: tuple[Scalar, ...] = key(
        ListOf(_LOCATOR, "places"),
        "Where it is in the document; several places are separated by `;`. Not for an inference by the editors.",
        "L167; L169",
        required=True,
        unless=EDITORS_SPEAK,
        default=(),
    )
    source: Scalar | None = key(REFERENCE, "The source that it is in; by default the file's first.", "zh")
    voice: Scalar | None = key(
        Text("a name"),
        "Who says it, and through whom; by default the authors of the source; `editors` for an inference of our own.",
        "SemiAnalysis",
    )
    stance: Scalar | None = key(
        _STANCE,
        "How the voice presents it; `asserted` by default, `derived` for an inference by the editors.",
        "reported",
    )
    confidence: Scalar | None = key(
        _CONFIDENCE, "How sure the voice is: 0 to 1 or a word; `roughly even` by default.", "very likely"
    )
    rests_on: tuple[Any, ...] = key(
        _PREMISES,
        "Figures, claims, calculations and sides of questions that jointly support it; creates the argument "
        "`ID/because`.",
        "[anthropic-value, openai-value]",
        default=(),
    )
    rests_on_text: Scalar | None = key(SENTENCE, "How they support it.", "Value over fee is the subsidy.")
    answers: tuple[tuple[Scalar, Scalar], ...] = key(
        MapOf(Text("a side"), "questions with the side that it speaks for"),
        "Sides of questions that it supports; creates the arguments `ID/answers`, `ID/answers-2`, …",
        "{plans-lose-money: yes}",
        default=(),
    )
    denies: tuple[Scalar, ...] = key(REFERENCES, "Claims that it contradicts.", "[plans-pay]", default=())
    same_as: tuple[Scalar, ...] = key(REFERENCES, "Claims that say the same thing.", "[quay/empty-seats]", default=())
    holds_if: Scalar | None = key(
        Text("a comparison"), "A comparison that a calculation must meet.", "quarter-use-margin < 0"
    )
    note: Scalar | None = key(Text(), "Anything else.", "Said again at the end.")
    aif: Scalar | None = key(Text("an id"), _AIF_NODE, "277")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentRecord(Record):
    """An inference from joint premises to a conclusion."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "fuel-undercuts", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "fuel")
    premises: tuple[Any, ...] = key(
        _PREMISES,
        "Claims, figures, calculations and sides of other questions that it rests on jointly.",
        "[fuel-heavy, {boat-runs-anyway: no}]",
        required=True,
        default=(),
    )
    supports: Any = key(
        Either(REFERENCE, _SIDE),
        "The claim, argument, or side of a question that it supports.",
        "{plans-lose-money: yes}",
    )
    attacks: Any = key(
        Either(REFERENCE, _SIDE),
        "The claim, argument, or side of a question that it attacks.",
        "quay/empty-seats/answers",
    )
    text: Scalar | None = key(SENTENCE, "The argument in one sentence.", "A heavier boat burns more.")
    source: Scalar | None = key(REFERENCE, "The source that makes the argument; none if it is our own.", "article")
    aif: Scalar | None = key(Text("an id"), _AIF_NODE, "279")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRecord(Record):
    """An input of a calculation, written out."""

    measure: Scalar | None = key(REFERENCE, "A measure: one result for each position on it.", "plan-api-value")
    over: tuple[Scalar, ...] = key(
        ListOf(IDENTIFIER, "a list of scope keys"),
        "Scope keys whose values each give a separate result.",
        "[vendor]",
        default=(),
    )
    where: ScopePairs = key(_SCOPE, "Scope that the measure's figures must have.", "{plan: usd-200}", default=())
    assumed: Scalar | None = key(_QUANTITY, "An assumed amount.", "25%")
    of: Scalar | None = key(REFERENCE, "The measure of which it is a value.", "occupancy")
    confidence: Scalar | None = key(_CONFIDENCE, "How sure we are of it; `roughly even` by default.", "likely")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationRecord(Record):
    """A formula over named inputs."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "quarter-use-margin", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "margin")
    label: Scalar | None = key(
        Text(), "What readers see as its name.", "Margin of a plan used to a quarter", required=True
    )
    formula: Scalar | None = key(Text("a formula"), "The formula.", "(fee - value * use) / fee", required=True)
    inputs: tuple[tuple[Scalar, Any], ...] = key(
        MapOf(Either(Text("an input"), Entry(InputRecord, "an input")), "a mapping from names to inputs"),
        "What each name in the formula stands for: `measure ID over KEY where KEY=VALUE`, a figure or calculation, "
        "`AMOUNT (assumed)` or `missing`.",
        "{fee: measure plan-fee, use: 25% (assumed)}",
        required=True,
        default=(),
    )
    unit: Scalar | None = key(Text("a unit"), "The unit to show the result in.", "fraction")
    checks: tuple[Scalar, ...] = key(
        REFERENCES, "Stated figures that the result is compared with.", "[stated-margin]", default=()
    )
    note: Scalar | None = key(Text(), "Anything else.", "Taxes are left out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRecord(Record):
    """A decision about two names."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "both-are-fees", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "fees")
    same: tuple[Scalar, ...] = key(
        REFERENCES,
        "Two measures, or values of a scope key, that mean the same thing.",
        "[plan-fee, list-price]",
        default=(),
    )
    different: tuple[Scalar, ...] = key(
        REFERENCES, "Two that do not, and must not be suggested again.", "[plan-fee, seat-fee]", default=()
    )
    scope_key: Scalar | None = key(
        IDENTIFIER, "The scope key whose values they are; without it, measures are meant.", "vendor", name="key"
    )
    why: Scalar | None = key(SENTENCE, "Why.", "One report calls the fee a list price.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingName(Record):
    """The name of a finding: its rule, and what it is between."""

    rule: Scalar | None = key(Choice(tuple(RULES_BETWEEN)), "The rule that made it.", "positions", required=True)
    measure: Scalar | None = key(REFERENCE, "Its measure; none for a finding between claims.", "plan-api-value")
    between: tuple[Scalar, ...] = key(
        REFERENCES,
        "What it is between: figures, claims, or a calculation and the figure that it checks.",
        "[brokenomics/anthropic-value, deck/value]",
        default=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRecord(Record):
    """A decision about a finding."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "ruling-1", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "ruling-0")
    finding: FindingName | None = key(
        Entry(FindingName, "a finding"),
        "The finding.",
        "{rule: drift, measure: plan-fee, between: [fee, fee/zh]}",
        required=True,
    )
    digest: Scalar | None = key(Text("a digest"), "Digest of what the person saw.", "9f86d081…", required=True)
    accept: Scalar | None = key(REFERENCE, "The figure that is accepted.", "quay/fee")
    dismiss: Scalar | None = key(SENTENCE, "Why the finding does not matter.", "Two different plans.")
    explain: Scalar | None = key(SENTENCE, "Where the difference comes from.", "One counts tax.")
    why: Scalar | None = key(SENTENCE, "Why the figure is accepted.", "It was counted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedRecord(Record):
    """The answer that was assessed, as it was computed."""

    answer: Scalar | None = key(Choice(tuple(AnswerWord)), "The answer.", "leaning yes", required=True)
    certainty: Scalar | None = key(_CERTAINTY, "Its certainty.", "low", required=True)
    because: tuple[Scalar, ...] = key(_CONCERNS, "The reasons that lowered it.", "[one origin, indirect]", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRecord(Record):
    """A person's judgement of how certain an answer is."""

    id: Scalar | None = key(IDENTIFIER, "Its name within the file.", "plans-lose-money", required=True)
    was: Scalar | None = key(REFERENCE, "The id that it had before.", "plans")
    question: Scalar | None = key(REFERENCE, "The question.", "plans-lose-money", required=True)
    of: AssessedRecord | None = key(
        Entry(AssessedRecord, "a computed answer"),
        "What was computed when the person looked; once something else is computed, the judgement lapses.",
        "{answer: leaning yes, certainty: low, because: [one origin, indirect]}",
        required=True,
    )
    by: Scalar | None = key(Text("a name"), "Who judges.", "Ana Ruiz", required=True)
    certainty: Scalar | None = key(_CERTAINTY, "The certainty in that person's judgement.", "moderate", required=True)
    because: tuple[Scalar, ...] = key(
        _CONCERNS, "The reasons that lower it in that person's judgement.", "[one origin]", default=()
    )
    why: Scalar | None = key(SENTENCE, "Why.", "The question asks about this one vendor.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultsRecord(Record):
    """What the entries of the file have in common."""

    voice: Scalar | None = key(Text("a name"), "Voice of figures and claims that give none.", "(commenter N)")
    stance: Scalar | None = key(_STANCE, "Stance of figures and claims that give none.", "asserted")
    confidence: Scalar | None = key(_CONFIDENCE, "Confidence of figures and claims that give none.", "likely")
    source: Scalar | None = key(REFERENCE, "Source of figures and claims that give none.", "en")
    scope: ScopePairs = key(
        _SCOPE,
        "Scope of each figure, for keys that its measure has and it does not give itself.",
        "{vendor: anthropic}",
        default=(),
    )


def figure_entry(sources: frozenset[str]) -> Entry[FigureRecord]:
    """The shape of a figure in a file with ``sources``: each of their ids is a key for a mention in that source."""
    return Entry(FigureRecord, "a figure", Later(lambda: _MENTIONS), sources)


def _listed(item: Shape) -> Any:
    return ListOf(item, "a list of entries, each with '- ' before it")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord(Record):
    """A seed file. Its figures are read last, since the ids of its sources are keys of theirs."""

    kb: Scalar | None = key(Version(FORMAT), f"Version of the format, always {FORMAT}.", FORMAT, required=True)
    id: Scalar | None = key(IDENTIFIER, "The file's identity; its path may change.", "brokenomics", required=True)
    was: Scalar | None = key(IDENTIFIER, "The id that the file had before; all its entries move along.", "zitron")
    source: SourceRecord | None = key(SOURCE, "The one source that the file is about.", "{type: article, …}")
    sources: tuple[SourceRecord, ...] = key(
        _listed(SOURCE), "The sources, where one document holds several; the first is the main one.", "[…]", default=()
    )
    defaults: DefaultsRecord | None = key(
        Entry(DefaultsRecord, "a mapping of defaults"), "Values that entries share.", "{confidence: likely}"
    )
    units: tuple[UnitRecord, ...] = key(
        _listed(Entry(UnitRecord, "a unit")),
        "Units in addition to the standard ones, for all files.",
        "[…]",
        default=(),
    )
    measures: tuple[MeasureRecord, ...] = key(
        _listed(Entry(MeasureRecord, "a measure")), "What is measured, for all files.", "[…]", default=()
    )
    scopes: tuple[tuple[Scalar, tuple[TermRecord, ...]], ...] = key(
        MapOf(_listed(Entry(TermRecord, "a scope value")), "a mapping from scope keys to lists of values"),
        "Values of scope keys, for all files.",
        "{vendor: […]}",
        default=(),
    )
    questions: tuple[QuestionRecord, ...] = key(
        _listed(Entry(QuestionRecord, "a question")), "What claims are about, for all files.", "[…]", default=()
    )
    figures: tuple[FigureRecord, ...] = key(_listed(figure_entry(frozenset())), "Numbers as stated.", "[…]", default=())
    claims: tuple[ClaimRecord, ...] = key(_listed(Entry(ClaimRecord, "a claim")), "Sentences.", "[…]", default=())
    arguments: tuple[ArgumentRecord, ...] = key(
        _listed(Entry(ArgumentRecord, "an argument")), "Inferences.", "[…]", default=()
    )
    calculations: tuple[CalculationRecord, ...] = key(
        _listed(Entry(CalculationRecord, "a calculation")), "Formulas over figures.", "[…]", default=()
    )
    matches: tuple[MatchRecord, ...] = key(
        _listed(Entry(MatchRecord, "a match")), "Decisions about names.", "[…]", default=()
    )
    rulings: tuple[RulingRecord, ...] = key(
        _listed(Entry(RulingRecord, "a ruling")), "Decisions about findings.", "[…]", default=()
    )
    assessments: tuple[AssessmentRecord, ...] = key(
        _listed(Entry(AssessmentRecord, "an assessment")), "Judgements of how certain answers are.", "[…]", default=()
    )
    aif: Scalar | None = key(
        Text("a JSON text"),
        "The argument map in AIF from which the file was made, as it came; what is not an entry above is kept and not "
        "weighed.",
        "{…}",
    )


FILE = Entry(FileRecord, "a seed file")


def json_schema() -> JsonSchema:
    """The JSON Schema (2020-12) of a seed file, for editors that complete and check it.

    Texts may also be numbers or booleans, which the loader reads as texts.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Seed file",
        "description": "Sources, figures, claims, arguments and calculations as people write them.",
        **FILE.schema(),
    }
