"""A small invented base in memory: three papers on a ferry pass, told in three batches."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from kb.app.backend import NoSuchMoment
from kb.domain.assessment import AssessmentRequest
from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import (
    AnyEntity,
    Argument,
    ArgumentKind,
    Calculation,
    Claim,
    Condition,
    Decision,
    Dependence,
    DependenceKind,
    Figure,
    Input,
    InputKind,
    Measure,
    Node,
    NodeKind,
    Question,
    Ruling,
    ScopeValue,
    Side,
    Source,
    Stance,
    UnitDefinition,
    UnitKind,
    Voice,
    kind_of,
)
from kb.domain.event import Anchored, DocumentAttached, Recorded
from kb.domain.finding import Finding
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Anchor, Passage
from kb.domain.problem import Problem, Refused
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.domain.scope import ScopeSelection
from kb.numbers import read_quantity
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.page import BatchRow
from kb.reports.view import LoggedEvent, Moment, View

QUAY = """The pass that sails too often

The harbour office says that a holder who boards at the north pier uses upward of $120-150 of tickets a month.
The pursers' union found $300 of tickets a month on a north pier pass and $520 on one used at the south pier.
Holders, it says, take between 5 and 13 times what they pay: a pass costs $40.
Fuel eats 30% of ticket income. One more passenger costs about 10% of the ticket, for the boat sails anyway.
That leaves a margin of 25% at the north pier.
"""
GANGWAN = """渡轮月票到底亏不亏？

乘务工会发现，北码头的一张月票每月用掉约 300 美元的船票。
燃料占票款收入的 45%，不是三成。
"""
TEXTS = {sha256(text.encode()).hexdigest(): text for text in (QUAY, GANGWAN)}
_SHA = {"quay": sha256(QUAY.encode()).hexdigest(), "gangwan": sha256(GANGWAN.encode()).hexdigest()}


def _source(name: str, title: str, language: str = "en", **about: Any) -> Source:
    about = {"type": "article", "reliability": Reliability.B, "document": _SHA.get(name, "")} | about
    return Source(id=Id(name), slug=name, file=name, title=title, language=language, **about)


def _measure(name: str, label: str, unit: str, kind: str, *keys: str, **about: Any) -> Measure:
    kind_of_measure = MeasureKind(kind)
    return Measure(
        id=Id(name), slug=name, file="words", label=label, unit=unit, kind=kind_of_measure, keys=keys, **about
    )


def _pier(name: str, label: str) -> ScopeValue:
    return ScopeValue(id=Id(name), slug=f"pier/{name}", file="words", key="pier", label=label)


def _figure(slug: str, measure: str, value: str, line: int, exact: str, pier: str = "", **about: Any) -> Figure:
    source = slug.split("/", maxsplit=1)[0]
    voice = Voice.parse(about.pop("voice", "Mara Lindqvist"))
    stance = Stance(about.pop("stance", "asserted"))
    return Figure(
        id=Id(slug.replace("/", ".")),
        slug=slug,
        file=source,
        source=Id(source),
        measure=Id(measure),
        quantity=replace(read_quantity(value), as_written=exact),
        voice=voice,
        passage=Passage(line, exact=exact),
        stance=stance,
        confidence=Confidence(about.pop("confidence", "likely")),
        scope={"pier": ScopeSelection(terms=(Id(pier),))} if pier else {},
        **about,
    )


def _claim(slug: str, text: str, line: int, **about: Any) -> Claim:
    return Claim(
        id=Id(slug.replace("/", ".")),
        slug=slug,
        file="quay",
        source=Id(slug.split("/", maxsplit=1)[0]),
        text=text,
        passages=(Passage(line),),
        voice=Voice.parse(about.pop("voice", "Mara Lindqvist")),
        stance=Stance.ASSERTED,
        confidence=Confidence("likely"),
        **about,
    )


def _argument(slug: str, conclusion: Node, *premises: Node, attacks: bool = False, text: str = "") -> Argument:
    kind = ArgumentKind.ATTACKS if attacks else ArgumentKind.SUPPORTS
    id = Id(slug.replace("/", "."))
    return Argument(id=id, slug=slug, file="quay", kind=kind, premises=premises, conclusion=conclusion, text=text)


def _calculation(name: str, label: str, formula: str, *inputs: Input, **about: Any) -> Calculation:
    return Calculation(id=Id(name), slug=name, file="words", label=label, formula=formula, inputs=inputs, **about)


def _node(kind: str, id: str, side: str = "") -> Node:
    return Node(NodeKind(kind), Id(id), side)


def _figures(*ids: str) -> tuple[Node, ...]:
    return tuple(_node("figure", id) for id in ids)


_UNION = "Pursers’ union via Mara Lindqvist"
_VALUE = Input(name="value", kind=InputKind.MEASURE, ref=Id("ticket-value"), over=("pier",))
_FEE = Input(name="fee", kind=InputKind.FIGURE, ref=Id("quay.fee"))
_COST = Input(
    name="cost",
    kind=InputKind.ASSUMED,
    quantity=read_quantity("10%"),
    confidence=Confidence("roughly even"),
)
_SAILINGS = Input(name="sailings", kind=InputKind.MISSING)

WORDS: tuple[AnyEntity, ...] = (
    _measure("pass-fee", "Price of a monthly ferry pass", "USD/month", "price"),
    _measure(
        "ticket-value",
        "Ticket value used up by one pass in a month",
        "USD/month",
        "flow",
        "pier",
        aliases=("tickets used on a pass",),
        note="What the tickets would have cost that a holder did not have to buy.",
    ),
    _measure("times", "Ticket value over the price of the pass", "multiple", "ratio", "pier"),
    _measure("fuel-share", "Part of ticket income spent on fuel", "fraction", "ratio"),
    _measure("margin", "Margin of a pass", "fraction", "ratio", "pier"),
    _pier("north", "North pier"),
    _pier("south", "South pier"),
    Question(
        id=Id("loses"),
        slug="pass-loses-money",
        file="words",
        text="Does the ferry pass lose money for the harbour?",
        sides=(
            Side("yes", "The pass costs the harbour more than it brings in."),
            Side("no", "The pass pays for itself."),
        ),
        note="Asked of passes as they are used today.",
    ),
    Question(
        id=Id("idle"),
        slug="boats-idle",
        file="words",
        text="Would the boats sail empty without the pass?",
        sides=(Side("yes", "They would."), Side("no", "They would not.")),
    ),
)

PAPERS: tuple[AnyEntity, ...] = (
    _source(
        "quay",
        "The pass that sails too often",
        authors=("Mara Lindqvist",),
        container_title="The Quay Letter",
        issued="2026-03-02",
        reliability_reason="numbers are named with the people who counted",
        inferred={"issued": "the page gives the day, the timetable the year"},
    ),
    _source(
        "gangwan",
        "渡轮月票到底亏不亏？",
        "zh",
        authors=("林小舟",),
        container_title="港湾日报",
        translation_of=Id("quay"),
        reliability=Reliability.C,
    ),
    _source("pilot", "A pilot’s sum", type="post", reliability=Reliability.F, quotes=(Id("quay"),)),
    _figure("quay/fee", "pass-fee", "$40 / month", 5, "$40", confidence="almost certain"),
    _figure(
        "quay/office-value",
        "ticket-value",
        "upward of $120-150 / month",
        3,
        "upward of $120-150",
        "north",
        voice="Harbour office via Mara Lindqvist",
    ),
    _figure("quay/north-value", "ticket-value", "$300 / month", 4, "$300", "north", voice=_UNION, stance="measured"),
    _figure("quay/south-value", "ticket-value", "$520 / month", 4, "$520", "south", voice=_UNION, stance="measured"),
    _figure("quay/times", "times", "between 5 and 13 times", 5, "between 5 and 13 times", voice=_UNION),
    _figure("quay/fuel", "fuel-share", "30%", 6, "30%", note="The office’s word, passed on without a source."),
    _figure("quay/margin", "margin", "25%", 7, "25%", "north", stance="derived"),
    _figure(
        "gangwan/north",
        "ticket-value",
        "about $300 / month",
        3,
        "300 美元",
        "north",
        voice="Pursers’ union via 林小舟",
        depends_on=Dependence(DependenceKind.TRANSLATES, Id("quay.north-value")),
    ),
    _figure("gangwan/fuel", "fuel-share", "45%", 4, "45%", voice="林小舟"),
    _figure("pilot/if-fuel", "fuel-share", "80%", 2, "80%", voice="A pilot", stance="hypothetical"),
    _claim("quay/overuse", "Holders sail for several times the price of their pass.", 4, voice=_UNION),
    _claim("quay/empty", "A boat that sails anyway carries one more passenger at almost no cost.", 6),
    _claim(
        "pilot/no-empty",
        "No boat sails anyway: without passengers it stays at the pier.",
        2,
        voice="A pilot",
        denies=(Id("quay.empty"),),
    ),
    _claim(
        "quay/south-loses",
        "A pass used at the south pier brings in less than it costs.",
        4,
        holds_if=Condition(Id("pass-margin"), "<", read_quantity("0%")),
        note="Only the south pier is meant.",
    ),
)

SUMS: tuple[AnyEntity, ...] = (
    _calculation(
        "times-used",
        "How many times its price a pass is used",
        "value / fee",
        _VALUE,
        _FEE,
        checks=(Id("quay.times"),),
        note="At the tickets’ full price.",
    ),
    _calculation(
        "pass-margin",
        "Margin of a pass once its passengers are carried",
        "(fee - value * cost) / fee",
        _VALUE,
        _FEE,
        _COST,
        checks=(Id("quay.margin"),),
    ),
    _calculation("per-sailing", "Ticket value of one sailing", "value / sailings", _VALUE, _SAILINGS),
    _argument(
        "quay/overuse/because",
        _node("claim", "quay.overuse"),
        *_figures("quay.north-value", "quay.south-value", "quay.times"),
        text="Both piers’ counts lie far above the price.",
    ),
    _argument("quay/overuse/answers", _node("question", "loses", "yes"), _node("claim", "quay.overuse")),
    _argument("quay/south-loses/answers", _node("question", "loses", "yes"), _node("claim", "quay.south-loses")),
    _argument("quay/empty/answers", _node("question", "loses", "no"), _node("claim", "quay.empty")),
    _argument(
        "pilot/undercut",
        _node("argument", "quay.empty.answers"),
        _node("claim", "pilot.no-empty"),
        attacks=True,
        text="A boat without passengers does not leave.",
    ),
    _argument("pilot/denies", _node("claim", "quay.empty"), _node("claim", "pilot.no-empty"), attacks=True),
    _argument("margin/shows", _node("claim", "quay.overuse"), _node("calculation", "times-used")),
)

FORTNIGHT = UnitDefinition(
    id=Id("fortnight"),
    slug="fortnight",
    file="words",
    kind=UnitKind.TIME,
    equals="14 day",
    aliases=("两周",),
    note="As the timetable counts.",
)
"""A unit that the papers do not need; told apart, since moments are counted."""


@dataclass(frozen=True)
class _Batch:
    reason: str
    told: tuple[AnyEntity, ...]


_BATCHES = (
    _Batch("words that the papers share", WORDS),
    _Batch("three papers on the pass", PAPERS),
    _Batch("sums and arguments across the papers", SUMS),
)


class SampleLibrary:
    """The sample as a library: every entity is one event, every moment can be read."""

    def __init__(self, *more: AnyEntity) -> None:
        batches = (*_BATCHES, _Batch("a person ruled", more)) if more else _BATCHES
        self._told = [(entity, batch.reason) for batch in batches for entity in batch.told]
        self._ends = [(sum(len(b.told) for b in batches[: at + 1]), batch) for at, batch in enumerate(batches)]
        self._views: dict[int, View] = {}
        self.decided: list[tuple[RulingRequest, Author]] = []
        self.assessed: list[tuple[AssessmentRequest, Author]] = []
        self.matched: list[tuple[MatchRequest, Author]] = []
        self.settled: list[tuple[PassageDecision, Author]] = []

    actor = "ada"

    @property
    def latest(self) -> int:
        """Position of the last event."""
        return len(self._told)

    def match(self, request: MatchRequest, author: Author) -> bool:
        """Keep what was sent."""
        self.matched.append((request, author))
        return True

    def view(self, at: int | None = None) -> View:
        position = self.latest if at is None else at
        if not 1 <= position <= self.latest:
            raise NoSuchMoment(position)
        if position not in self._views:
            self._views[position] = self._seen(position)
        return self._views[position]

    def explaining_damage(self) -> AbstractContextManager[None]:
        """Nothing here can be damaged."""
        return nullcontext()

    def decide(self, request: RulingRequest, author: Author) -> bool:
        """Keep what was sent, or refuse a figure that takes no part."""
        if request.figure == "quay/none":
            raise Refused([Problem(where=request.figure, what="this figure takes no part in the finding")])
        self.decided.append((request, author))
        return True

    def assess(self, request: AssessmentRequest, author: Author) -> bool:
        """Keep what was sent."""
        self.assessed.append((request, author))
        return True

    def settle(self, choice: PassageDecision, author: Author) -> None:
        """Keep what was sent."""
        self.settled.append((choice, author))

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        rows = [
            BatchRow(position=end, count=len(b.told), recorded_at=_at(end), actor="ada", reason=b.reason)
            for end, b in reversed(self._ends)
        ]
        return rows[offset : offset + limit]

    def events(self, limit: int, offset: int = 0, upto: int | None = None) -> Sequence[LoggedEvent]:
        newest = (self.latest if upto is None else upto) - offset
        return [self._event(position) for position in range(newest, max(newest - limit, 0), -1)]

    def _event(self, position: int) -> LoggedEvent:
        entity, reason = self._told[position - 1]
        type = f"{kind_of(entity)}.recorded.v1"
        return LoggedEvent(
            position=position,
            type=type,
            recorded_at=_at(position),
            actor="ada",
            reason=reason,
            batch=reason,
            stream=entity.id,
            hash=_hash(position),
            fact=Recorded(entity),
        )

    def _seen(self, position: int) -> View:
        entities = [entity for entity, _ in self._told[:position]]
        sources = {entity.id for entity in entities if isinstance(entity, Source)}
        attached = [DocumentAttached(_SHA[name], len(TEXTS[_SHA[name]])) for name in _SHA if name in sources]
        knowledge = Knowledge.of(entities, attached, [found for entity in entities for found in _anchored(entity)])
        numbers = {entity.id: at for at, entity in enumerate(entities, 1)}
        return View(
            recorded=knowledge,
            findings=Reconciler().findings(knowledge),
            analysis=analyse(knowledge),
            moment=Moment(position, _hash(position), self.latest),
            texts=TEXTS.get,
            last_event=numbers,
            events_of=lambda stream: (self._event(numbers[Id(stream)]),) if stream in numbers else (),
        )


def ruled(view: View, finding: Finding, digest: str = "") -> Ruling:
    """A decision on ``finding``; bound to inputs that have changed since, unless ``digest`` is theirs."""
    figure = next(iter(view.knowledge.figures))
    return Ruling(
        id=Id("ruling"),
        slug="ruling",
        file="",
        finding=finding.key,
        digest=digest or "0" * 64,
        decision=Decision.ACCEPT,
        accepted=figure,
        text="The union counted.",
        rule=finding.rule,
        measure=finding.measure,
        parts=finding.parts,
    )


def _hash(position: int) -> str:
    return sha256(str(position).encode()).hexdigest()


def _at(position: int) -> str:
    return f"2026-06-15T12:{position // 60:02}:{position % 60:02}.000000Z"


def _anchored(entity: AnyEntity) -> Iterator[Anchored]:
    if not isinstance(entity, Figure | Claim) or entity.source not in _SHA:
        return
    text = TEXTS[_SHA[entity.source]]
    passages = (entity.passage,) if isinstance(entity, Figure) else entity.passages
    for index, passage in enumerate(passages):
        line = text.split("\n")[passage.line - 1]
        start = sum(len(before) + 1 for before in text.split("\n")[: passage.line - 1])
        exact = passage.exact or line
        start += line.index(exact)
        end = start + len(exact)
        yield Anchored(
            entity=entity.id,
            index=index,
            anchor=Anchor(
                start=start, end=end, before=text[max(0, start - 160) : start], text=exact, after=text[end : end + 160]
            ),
        )
