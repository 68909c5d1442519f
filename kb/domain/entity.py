"""What does the ledger hold? Sources, units, measures, terms, figures, claims, questions, arguments, calculations.

Every entity has an ``id`` (opaque, its stream in the log), a ``slug`` (its readable name, which may change) and the
``file`` that speaks for it (the identity of a seed file). Entities name each other by ``id``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from kb.domain.confidence import Confidence, Reliability
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import Scope
from kb.domain.unit import Definition


class Stance(StrEnum):
    """How the voice stands to what it says."""

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


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, and through whom: ``SemiAnalysis via Ed Zitron``.

    Attributes:
        origin: The first voice; numbers of one origin count once.
        via: Who passed it on, from the origin's side to the reader's; empty where the origin speaks itself.
    """

    origin: str
    via: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Voice":
        """The voice that ``A via B via C`` names."""
        origin, *via = (part.strip() for part in text.split(" via "))
        return cls(origin, tuple(via))

    def __post_init__(self) -> None:
        if not self.origin or not all(self.via):
            raise ValueError("a voice needs a name on each side of 'via'")

    def __str__(self) -> str:
        return " via ".join((self.origin, *self.via))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What all entities share; see the module."""

    id: Id
    slug: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entity):
    """Something published: who, when, title, kind, language, reliability. Names of CSL-JSON 1.0.2.

    Attributes:
        type: A CSL type, e.g. ``article``, ``post-weblog``, ``post``.
        issued: A date as ``2026``, ``2026-06`` or ``2026-06-15``; empty where unknown.
        authors: Names as published, in order.
        editors: Likewise, of the whole that it appeared in.
        details: What else a reference prints, by the names of ``DETAILS``; only what is known.
        language: BCP 47 tag, e.g. ``en``, ``zh``.
        document: SHA-256 of the archived text, 64 hex digits; empty where there is none.
        translation_of: The source that this one translates.
        quotes: Sources that this one passes on.
        inferred: For each field that the document does not give: why we hold it to be so.
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
    inferred: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


class UnitKind(StrEnum):
    """What a unit counts; that of a defined unit follows from its definition."""

    COUNT = "count"
    CURRENCY = "currency"
    TIME = "time"
    RATIO = "ratio"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDefinition(Entity):
    """A unit that a seed file declares, e.g. the fortnight, which equals 14 days.

    Attributes:
        kind: What it counts.
        equals: What one of it comes to in other units, an exact amount; empty for a unit of its own.
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
        """What the unit is called in a quantity."""
        return self.code or self.slug

    @property
    def definition(self) -> Definition:
        """How a vocabulary of units takes it."""
        spelled = (self.slug, *self.aliases, self.sign)
        return Definition(self.name, self.equals, tuple(text for text in spelled if text and text != self.name))


DETAILS = (
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
"""Variables of CSL 1.0.2 that a source may have beside those with a field of their own, in the order of print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entity):
    """What is measured, e.g. the metered value that one subscription uses up in a month.

    Attributes:
        unit: Unit in which figures of this measure are compared, e.g. ``USD/month``.
        kind: Decides what may be converted: flows between periods, prices never.
        keys: Scope keys that a figure of this measure may give, e.g. ``("vendor", "plan")``.
        aliases: Other names that authors use.
        authority: The source whose figure comes first in a consensus.
    """

    label: str
    unit: str
    kind: MeasureKind
    keys: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    authority: Id | None = None
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
    """Why a figure is no number of its own."""

    REPEATS = "repeats"
    QUOTES = "quotes"
    TRANSLATES = "translates"


@dataclass(frozen=True, slots=True)
class Dependence:
    """A figure that says again what ``figure`` said."""

    kind: DependenceKind
    figure: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Entity):
    """One mention: a quantity given for a measure in a scope, by a voice, in a passage.

    Attributes:
        depends_on: The figure that this one says again; None for a number of its own.
        follows: Whether it says what ``depends_on`` says, whatever that is: then ``quantity`` is that figure's, under
            its own literal, and a revision of the one is a revision of both.
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
    follows: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.follows and self.depends_on is None:
            raise ValueError("a figure that follows needs one to follow")

    def with_quantity(self, quantity: Quantity) -> "Figure":
        """The same mention of ``quantity``, under its own literal."""
        return replace(self, quantity=replace(quantity, as_written=self.quantity.as_written))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Entity):
    """One sentence that can be true or false, in our own words, with its passages.

    Attributes:
        denies: Claims that a person holds to contradict this one.
        same_as: Claims that a person holds to say the same.
        holds_if: A comparison over calculations, e.g. ``margins/quarter-use < 0``; None where nothing is computed.
    """

    source: Id
    text: str
    passages: tuple[Passage, ...]
    voice: Voice
    stance: Stance
    confidence: Confidence
    denies: tuple[Id, ...] = ()
    same_as: tuple[Id, ...] = ()
    holds_if: "Condition | None" = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison that must hold for a claim: ``calculation`` ``sign`` ``limit``."""

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
    """What the claims are about, with two sides: the root of an argument map."""

    text: str
    sides: tuple[Side, Side]
    note: str = ""

    def __post_init__(self) -> None:
        if self.sides[0].key == self.sides[1].key:
            raise ValueError("the two sides of a question need different keys")


class NodeKind(StrEnum):
    """What may stand at the end of an argument."""

    CLAIM = "claim"
    FIGURE = "figure"
    CALCULATION = "calculation"
    ARGUMENT = "argument"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Node:
    """One end of an argument. ``side`` is set when, and only when, a question is meant."""

    kind: NodeKind
    id: Id
    side: str = ""

    def __post_init__(self) -> None:
        if (self.kind is NodeKind.QUESTION) != bool(self.side):
            raise ValueError("a side belongs to a question, and a question needs one")


class ArgumentKind(StrEnum):
    """What an argument does to its conclusion (AIF: RA and CA nodes)."""

    SUPPORTS = "supports"
    ATTACKS = "attacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument(Entity):
    """An inference from joint premises to a conclusion, which may itself be an argument (undercut or backing)."""

    kind: ArgumentKind
    premises: tuple[Node, ...]
    conclusion: Node
    text: str = ""
    source: Id | None = None

    def __post_init__(self) -> None:
        if not self.premises:
            raise ValueError("an argument needs a premise")


class InputKind(StrEnum):
    """Where an input of a calculation takes its values from."""

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
        over: Scope keys of a measure that may differ from those of the other inputs.
        where: Scope that a measure's figures must have.
        quantity: The assumed value; None for all other kinds.
        confidence: How sure we are of an assumption; None for all other kinds.
    """

    name: str
    kind: InputKind
    ref: Id | None = None
    over: tuple[str, ...] = ()
    where: Scope = field(default_factory=dict)
    quantity: Quantity | None = None
    confidence: Confidence | None = None

    def __post_init__(self) -> None:
        refers = self.kind in (InputKind.FIGURE, InputKind.MEASURE, InputKind.CALCULATION)
        if refers != (self.ref is not None) or (self.kind is InputKind.ASSUMED) != (self.quantity is not None):
            raise ValueError(f"input {self.name!r} of kind {self.kind} has the wrong parts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(Entity):
    """A formula over named inputs, with units; it may check stated figures."""

    label: str
    formula: str
    inputs: tuple[Input, ...]
    unit: str = ""
    checks: tuple[Id, ...] = ()
    note: str = ""


class Decision(StrEnum):
    """What a person decides about a finding."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    EXPLAIN = "explain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Entity):
    """What a person decides about a finding, bound to the digest of the inputs that were seen.

    Attributes:
        finding: Key of the finding; it comes from ``rule``, ``measure`` and ``parts``, so it outlives recomputation,
            and what these are called.
        digest: Digest of the finding's inputs when it was ruled on.
        rule: Name of the rule that made the finding; empty in a ruling that knows the finding by its key alone.
        measure: The finding's measure.
        parts: What the finding is between, in the order that its rule gives them.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Entity):
    """What a person decides about two names: whether they mean the same measure, or the same value of a scope key.

    Nothing is rewritten: figures keep the measure and the scope that they were given, and are compared as if the two
    were one for as long as the match stands.

    Attributes:
        left: A measure or a term.
        right: Another one; a term of the same scope key.
        same: Whether they are held to be the same; if not, they are not suggested again.
        text: Why.
    """

    left: Id
    right: Id
    same: bool
    text: str = ""

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise ValueError("a match is between two")


AnyEntity = (
    Source | UnitDefinition | Measure | ScopeValue | Match | Figure | Claim | Question | Argument | Calculation | Ruling
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
}
"""Every kind of entity by the name that it has in events and tables, in an order in which each names earlier ones."""


def kind_of(entity: AnyEntity) -> str:
    """The name of an entity's kind, as in ``KINDS``."""
    return _NAMES[type(entity)]


_NAMES = {kind: name for name, kind in KINDS.items()}
