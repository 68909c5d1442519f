"""The entities of the ledger, from sources and measures to figures, arguments and rulings.

Every entity has an ``id`` (opaque, its stream in the log), a ``slug`` (its readable name, which may change) and a
``file`` (the seed file that it belongs to). Entities refer to each other by ``id``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from kb.domain.answer import AnswerWord, Rating
from kb.domain.confidence import Confidence, Likelihood, Reliability
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Omission, Passage
from kb.domain.quantity import Bound, Hedge, Quantity
from kb.domain.scope import Scope
from kb.domain.unit import Definition


class Stance(StrEnum):
    """How a voice commits itself to what it says."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    MEASURED = "measured"
    ESTIMATED = "estimated"
    PROJECTED = "projected"
    DERIVED = "derived"
    ALLEGED = "alleged"
    ASSUMED = "assumed"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


EXCLUDED_STANCES = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL})
"""Stances by which a voice does not say that the number is so. No finding compares such a figure."""

NON_COMMITTAL_STANCES = EXCLUDED_STANCES | {Stance.ASSUMED}
"""Stances by which a voice takes no position. An assumption is one of these, and yet calculations may check it."""


def names_somebody(name: str) -> bool:
    """Whether a source gives the ``name`` of a speaker; one in parentheses, as ``(commenter A)``, is ours."""
    return _GIVEN_NAME.fullmatch(name) is None


_GIVEN_NAME = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Voice:
    """The speaker of a figure or claim, and who passed it on: ``SemiAnalysis via Ed Zitron``.

    Attributes:
        origin: The first speaker; figures of one origin count once.
        via: Those who passed it on, the one nearest to the origin first; empty where the origin itself is read.
    """

    origin: str
    via: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Voice":
        """The voice written as ``A via B via C``."""
        origin, *via = (part.strip() for part in text.split(" via "))
        return cls(origin, tuple(via))

    def __post_init__(self) -> None:
        if not self.origin or not all(self.via):
            raise ValueError("a voice needs a name on each side of 'via'")

    @property
    def is_named(self) -> bool:
        """Whether the source names the first speaker."""
        return names_somebody(self.origin)

    def __str__(self) -> str:
        return " via ".join((self.origin, *self.via))


EDITORS = Voice("editors")
"""The voice of a claim that the editors of the base infer themselves."""

EDITORS_OF_A_SOURCE = Voice("the editors")
"""The voice of those whom a source calls its editors and nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """The fields that all entities share; the module explains them."""

    id: Id
    slug: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entity):
    """A publication with its bibliographic data, named as in CSL-JSON 1.0.2, and its reliability.

    Attributes:
        type: A CSL type, e.g. ``article``, ``post-weblog``, ``post``.
        issued: A date as ``2026``, ``2026-06`` or ``2026-06-15``; empty where unknown.
        authors: Names as published, in order.
        editors: Names of the editors of the whole that it appeared in, likewise.
        details: Further data for a printed reference, by the names of ``DETAILS``; only what is known.
        language: BCP 47 tag, e.g. ``en``, ``zh``.
        document: SHA-256 of the archived text, 64 hex digits; empty where there is none.
        translation_of: The source that this one translates.
        quotes: Sources that this one quotes.
        supersedes: The older source whose place this one takes, such as an earlier edition; None for none.
        inferred: For each field that we inferred because the document does not give it: the reason.
        left_out: The places of its document from which nothing is recorded on purpose.
        aif: The argument map in AIF-JSON that it is, without the texts of its claims; empty for none.
    """

    title: str
    type: str
    language: str
    reliability: Reliability
    reliability_reason: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    issued: str = ""
    container_title: str = ""
    publisher: str = ""
    url: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    translation_of: Id | None = None
    quotes: tuple[Id, ...] = ()
    supersedes: Id | None = None
    inferred: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[Omission, ...] = ()
    note: str = ""
    aif: str = ""

    @property
    def short_title(self) -> str:
        """The title by which sentences name it."""
        return self.details.get("title-short", self.title)


class UnitKind(StrEnum):
    """The sort of unit; that of a unit defined by others follows from its definition."""

    COUNT = "count"
    CURRENCY = "currency"
    TIME = "time"
    RATIO = "ratio"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDefinition(Entity):
    """A unit that a seed file declares, e.g. the fortnight, which equals 14 days.

    Attributes:
        kind: The sort of unit.
        equals: One of it as an exact amount in other units, e.g. ``14 day``; empty for a base unit.
        aliases: Other names that authors use: plurals, short forms, names in other languages.
        code: Code of a currency, in capitals; empty for all others.
        sign: What stands before an amount of a currency, e.g. ``₮``; empty for none.
    """

    kind: UnitKind
    equals: str = ""
    aliases: tuple[str, ...] = ()
    code: str = ""
    sign: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        """The name of the unit in a quantity: the code of a currency, else the slug."""
        return self.code or self.slug

    @property
    def definition(self) -> Definition:
        """The unit as an entry of a vocabulary of units."""
        spelled = (self.slug, *self.aliases, self.sign)
        return Definition(self.name, self.equals, tuple(text for text in spelled if text and text != self.name))


DETAILS = (
    "title-short",
    "collection-title",
    "volume",
    "issue",
    "page",
    "genre",
    "number",
    "edition",
    "publisher-place",
    "DOI",
    "ISBN",
    "accessed",
)
"""Variables of CSL 1.0.2 that a source may have besides its own fields, in the order of a printed reference."""


UNNAMED = "unnamed"
"""How the label of a drafted measure begins that nobody has named yet; it is never taken for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entity):
    """A thing that is measured, e.g. the metered value that one subscription uses up in a month.

    Attributes:
        unit: Unit in which figures of this measure are compared, e.g. ``USD/month``.
        kind: Says what may be done with its amounts: flows convert between periods, prices never.
        keys: Scope keys that a figure of this measure may give, e.g. ``("vendor", "plan")``.
        aliases: Other names that authors use.
        authority: The source whose figure comes first in a consensus; None for none.
        within: The range in which a ratio must lie, e.g. 0 to 100 %; None for none.
        complement_of: The measure of the rest, e.g. of those who stayed where this one is of those who left; the two
            add up to 100 % and are one measure said in two ways. None for none.
    """

    label: str
    unit: str
    kind: MeasureKind
    keys: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    authority: Id | None = None
    within: Quantity | None = None
    complement_of: Id | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeValue(Entity):
    """A named value of a scope key, e.g. the vendor Anthropic; ``part_of`` makes the values a tree."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    part_of: Id | None = None
    note: str = ""


class DependenceKind(StrEnum):
    """How a figure depends on another."""

    REPEATS = "repeats"
    QUOTES = "quotes"
    TRANSLATES = "translates"


@dataclass(frozen=True, slots=True)
class Dependence:
    """The dependence of a figure on the one that it repeats, quotes or translates."""

    kind: DependenceKind
    figure: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Entity):
    """One mention of a number: a quantity of a measure in a scope, given by a voice in a passage.

    Attributes:
        depends_on: The figure that this one repeats, quotes or translates; None for an independent one.
        derived_from: The figures that the voice computed it from; it then is no evidence of its own.
        follows: Whether it states no value of its own; ``quantity`` is then that of ``depends_on``, under its own
            literal, and a revision of the one is a revision of both.
    """

    source: Id
    measure: Id
    quantity: Quantity
    voice: Voice
    passage: Passage
    stance: Stance
    confidence: Confidence
    scope: Scope = field(default_factory=dict)
    depends_on: Dependence | None = None
    derived_from: tuple[Id, ...] = ()
    follows: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.follows and self.depends_on is None:
            raise ValueError("a figure that follows needs one to follow")

    def with_quantity(self, quantity: Quantity) -> "Figure":
        """The same mention with another quantity, which keeps the literal of this one."""
        return replace(self, quantity=replace(quantity, as_written=self.quantity.as_written))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Entity):
    """One sentence that can be true or false, in our own words, with its passages.

    Attributes:
        source: The source that says it; None for an inference by the editors of the base, which has no passages.
        denies: Claims that contradict this one, as a person recorded.
        same_as: Claims that say the same, as a person recorded.
        holds_if: A comparison over calculations, e.g. ``margins/quarter-use < 0``; None where nothing is computed.
        aif: The id of its node in the argument map of its file; empty for none.
    """

    source: Id | None
    text: str
    passages: tuple[Passage, ...]
    voice: Voice
    stance: Stance
    confidence: Confidence
    denies: tuple[Id, ...] = ()
    same_as: tuple[Id, ...] = ()
    holds_if: "Condition | None" = None
    note: str = ""
    aif: str = ""

    def __post_init__(self) -> None:
        if self.is_editorial != (self.voice == EDITORS):
            raise ValueError("a claim has a source, or the editors infer it")

    @property
    def is_editorial(self) -> bool:
        """Whether the editors of the base infer it, rather than a source saying so."""
        return self.source is None


@dataclass(frozen=True, slots=True)
class Condition:
    """What decides a claim or a question: the result of ``calculation`` compares by ``sign`` with ``limit``."""

    calculation: Id
    sign: Literal["<", "<=", ">", ">=", "=="]
    limit: Quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers to a question."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entity):
    """A question with two sides: the root of an argument map.

    Attributes:
        scope: The case that it asks about; empty where it asks about no case in particular.
        decided_by: A comparison that decides it: the first side is right if it holds, the second if it fails; None
            where nothing computed does.
    """

    text: str
    sides: tuple[Side, Side]
    scope: Scope = field(default_factory=dict)
    decided_by: Condition | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.sides[0].key == self.sides[1].key:
            raise ValueError("the two sides of a question need different keys")


class NodeKind(StrEnum):
    """The kinds of entity that may be a premise or a conclusion."""

    CLAIM = "claim"
    FIGURE = "figure"
    CALCULATION = "calculation"
    ARGUMENT = "argument"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Node:
    """A premise or the conclusion of an argument; ``side`` is set if, and only if, it is a question."""

    kind: NodeKind
    id: Id
    side: str = ""

    def __post_init__(self) -> None:
        if (self.kind is NodeKind.QUESTION) != bool(self.side):
            raise ValueError("a side belongs to a question, and a question needs one")


class ArgumentKind(StrEnum):
    """Whether an argument supports or attacks its conclusion (RA and CA nodes of the AIF)."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument(Entity):
    """An inference from joint premises to a conclusion, which may itself be an argument (undercut or backing).

    Attributes:
        source: The source that makes it; None if it is our own.
        aif: The id of its node in the argument map of its file; empty for none.
    """

    kind: ArgumentKind
    premises: tuple[Node, ...]
    conclusion: Node
    text: str = ""
    source: Id | None = None
    aif: str = ""

    def __post_init__(self) -> None:
        if not self.premises:
            raise ValueError("an argument needs a premise")


class InputKind(StrEnum):
    """The origin of the values of a calculation's input."""

    FIGURE = "figure"
    MEASURE = "measure"
    CALCULATION = "calculation"
    ASSUMED = "assumed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A named input of a formula.

    Attributes:
        name: The variable in the formula.
        ref: The figure, measure or calculation; None for an assumption and for a missing input.
        over: Scope keys of a measure over which the results run, one result for each value.
        where: Scope that a measure's figures must have; empty for any.
        quantity: The assumed value; None for all other kinds.
        confidence: How sure we are of an assumption; None for all other kinds.
        of: The measure of which an assumption is a value; None where that is not said, and for all other kinds.
    """

    name: str
    kind: InputKind
    ref: Id | None = None
    over: tuple[str, ...] = ()
    where: Scope = field(default_factory=dict)
    quantity: Quantity | None = None
    confidence: Confidence | None = None
    of: Id | None = None

    def __post_init__(self) -> None:
        # An assumption is the only value that a calculation states itself; all others come from what it refers to.
        refers = self.kind in (InputKind.FIGURE, InputKind.MEASURE, InputKind.CALCULATION)
        if refers != (self.ref is not None) or (self.kind is InputKind.ASSUMED) != (self.quantity is not None):
            raise ValueError(f"input {self.name!r} of kind {self.kind} has the wrong parts")

    @property
    def is_constant(self) -> bool:
        """Whether it is arithmetic rather than evidence: twelve months a year, one bank.

        It is an exact assumption that is a value of no measure and is stated as almost certain.
        """
        # "If the 12 months were 1% more" is a sentence about nothing.
        if self.quantity is None or self.confidence is None or self.of is not None:
            return False
        exact = self.quantity.stated.exact and self.quantity.hedge is Hedge.NONE
        return exact and self.quantity.bound is Bound.EXACT and str(self.confidence) == Likelihood.ALMOST_CERTAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(Entity):
    """A formula over named inputs with units, and the stated figures that it checks.

    Attributes:
        unit: Unit of the result; empty to leave it to the figures that are checked, or to the formula.
        checks: Figures to compare with the result, in order; empty for none.
    """

    label: str
    formula: str
    inputs: tuple[Input, ...]
    unit: str = ""
    checks: tuple[Id, ...] = ()
    note: str = ""


class Decision(StrEnum):
    """The decisions that a person can make about a finding."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    EXPLAIN = "explain"


# Ids differ between bases: a ruling that had the key alone found nothing to bind to after an export into another base.
# Rule, measure and parts name the finding there, too.
@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Entity):
    """A person's decision about a finding, bound to the digest of the inputs that the person saw.

    Attributes:
        finding: Key of the finding, made from ``rule``, ``measure`` and ``parts``; neither a recomputation nor a
            renaming changes it.
        digest: Digest of the finding's inputs when it was ruled on.
        rule: Name of the rule that made the finding; empty in a ruling that knows the finding by its key alone.
        measure: The finding's measure.
        parts: The entities that the finding is between, in the order of its rule.
        accepted: The figure that stands; set when, and only when, the decision is ``accept``.
        text: The explanation or the ground for dismissal.
    """

    finding: str
    digest: str
    decision: Decision
    accepted: Id | None = None
    text: str = ""
    rule: str = ""
    measure: Id | None = None
    parts: tuple[Id, ...] = ()


# A match changes no figure, so that taking it back restores what was compared before.
@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Entity):
    """A person's decision whether two names mean the same measure, or the same value of a scope key.

    Nothing is rewritten: figures keep the measure and the scope that they were given, and are compared as if the two
    were one for as long as the match stands.

    Attributes:
        left: A measure or a scope value.
        right: Another measure, or another value of the same scope key.
        same: Whether the two are the same; if not, they are not suggested again.
        text: Why.
    """

    left: Id
    right: Id
    same: bool
    text: str = ""

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise ValueError("a match is between two")


# What was judged is kept beside the judgement, so that it lapses when something else is computed.
@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Entity):
    """A person's judgement of how certain the answer to a question is; it replaces what was computed.

    Attributes:
        question: The question.
        answer: The answer that was judged.
        computed: Its certainty as it was computed then.
        judged: Its certainty in that person's judgement.
        by: Who judges.
        text: Why.
    """

    question: Id
    by: str
    answer: AnswerWord
    computed: Rating
    judged: Rating
    text: str


AnyEntity = (
    Source
    | UnitDefinition
    | Measure
    | ScopeValue
    | Match
    | Figure
    | Claim
    | Question
    | Argument
    | Calculation
    | Ruling
    | Assessment
)

KINDS: Mapping[str, type[AnyEntity]] = {
    "source": Source,
    "unit": UnitDefinition,
    "measure": Measure,
    "term": ScopeValue,
    "match": Match,
    "figure": Figure,
    "claim": Claim,
    "question": Question,
    "argument": Argument,
    "calculation": Calculation,
    "ruling": Ruling,
    "assessment": Assessment,
}
"""Every kind of entity by its name in events and tables; an import takes the kinds in this order."""


def kind_of(entity: AnyEntity) -> str:
    """The name of the entity's kind, as in ``KINDS``."""
    return _NAMES[type(entity)]


_NAMES = {kind: name for name, kind in KINDS.items()}
