"""What does each side say? Figures of one measure in one scope whose stated intervals meet, counted by origin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce

from kb.domain.entity import Dependence, Measure, ScopeValue
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.noticing.cluster import clusters, ranked, reach
from kb.reasoning.noticing.mention import SILENT_STANCES, Mention, as_read, said
from kb.reasoning.noticing.origin import linked, origin_of, root_of
from kb.reasoning.scope import ScopeKey, expanded, say_scope


@dataclass(frozen=True)
class Position:
    """What one side says about a measure in a scope.

    Attributes:
        measure: Id of the measure.
        scope: What it is about.
        about: ``scope`` in a reader's words: ``Anthropic, The plan at $200 a month``.
        figures: One figure for each independent origin, the first told in front: it represents the position.
        dependents: Figures that say the same again.
        origins: Names of the independent voices, in the order of ``figures``.
        quantity: What the representative said.
        unit: The measure's unit; the figures' own where it cannot be converted (another currency, another offer).
        stated: Hull of the stated intervals, in ``unit``.
        allowed: Hull of the allowed intervals.
        widened: Hull of the widened intervals.
        mentions: ``figures`` with their intervals.
        key: ``scope`` in one spelling.
    """

    measure: Id
    scope: Mapping[str, ScopeValue]
    about: str
    figures: tuple[Id, ...]
    dependents: tuple[Id, ...]
    origins: tuple[str, ...]
    quantity: Quantity
    unit: str
    stated: Interval
    allowed: Interval
    widened: Interval
    mentions: tuple[Mention, ...]
    key: ScopeKey

    @property
    def reading(self) -> Reading:
        """The representative's intervals."""
        return self.mentions[0].reading

    @cached_property
    def voices(self) -> str:
        """Whose number ``quantity`` is, without the scope: the representative, and all who state the same."""
        return self.named(self.mentions[0])

    @cached_property
    def label(self) -> str:
        """``voices`` and what the number is about: ``SemiAnalysis, Anthropic``."""
        return self.label_of(self.mentions[0])

    @cached_property
    def topmost(self) -> Mention:
        """Who of this side is least able to reach upward: no floor, the tightest hedge, the lowest upper end.

        Of those who say the same, the one who says it most finely.
        """
        return min(self.mentions, key=lambda one: (*reach(one.reading, "high"), one.order))

    @cached_property
    def lowest(self) -> Mention:
        """Who of this side is least able to reach downward: no ceiling, the tightest hedge, the highest lower end."""
        return min(self.mentions, key=lambda one: (*reach(one.reading, "low"), one.order))

    def named(self, mention: Mention) -> str:
        """Whose number a member's is: all of this side who state the same."""
        same = [one for one in self.mentions if one.reading.stated == mention.reading.stated]
        return " and ".join(one.origin.name for one in same)

    def label_of(self, mention: Mention) -> str:
        """Whose number a member's is, and what it is about."""
        return ", ".join(filter(None, (self.named(mention), self.about)))

    @property
    def rank(self) -> tuple[bool, Fraction, bool, Fraction, int]:
        """Orders positions by their stated low end, then by the high one, then by who spoke first."""
        return ranked(self.mentions[0].reading.stated, self.mentions[0].order)


def positions(knowledge: Knowledge, measure: Id) -> tuple[Position, ...]:
    """The positions on ``measure``, by scope in the order told, within a scope from the lowest stated end up.

    Negated, hypothetical and assumed figures take none; an unknown measure has none.
    """
    found = knowledge.measures.get(measure)
    if found is None:
        return ()
    return survey(knowledge, found).positions


@dataclass(frozen=True)
class Survey:
    """One measure with everything said about it.

    Attributes:
        positions: See ``positions``.
        mentions: Every figure that may take part, by its id.
        links: What each dependent figure depends on, recorded or found.
    """

    measure: Measure
    positions: tuple[Position, ...]
    mentions: Mapping[Id, Mention]
    links: Mapping[Id, Dependence]


def survey(knowledge: Knowledge, measure: Measure) -> Survey:
    """Everything said about ``measure``."""
    mentions = _mentions(knowledge, measure)
    figures = [mention.figure for mention in mentions.values()]
    links = linked(knowledge, figures, {id: mention.reading.stated for id, mention in mentions.items()})
    followers: dict[Id, list[Id]] = defaultdict(list)
    classes: dict[tuple[ScopeKey, str, bool, str], list[Mention]] = defaultdict(list)
    for id, mention in mentions.items():
        root = root_of(id, links)
        if mention.figure.stance in SILENT_STANCES:
            continue
        if root != id:
            followers[root].append(id)
        else:
            for key in expanded(mention.figure.scope):
                said_in = mention.reading.exchange.given if mention.reading.exchange else ""
                classes[key, mention.reading.unit, mention.reading.period_unsaid, said_in].append(mention)
    found = [
        _position(knowledge, measure, key, cluster, followers)
        for (key, *_), group in classes.items()
        for cluster in clusters(group)
    ]
    return Survey(measure, tuple(found), mentions, links)


def _mentions(knowledge: Knowledge, measure: Measure) -> dict[Id, Mention]:
    told = knowledge.figures_of_measure.get(measure.id, ())
    return {
        figure.id: Mention(figure, said(knowledge, figure), origin_of(knowledge, figure), order)
        for order, figure in enumerate(sorted(told, key=as_read))
    }


def _position(
    knowledge: Knowledge,
    measure: Measure,
    key: ScopeKey,
    cluster: Sequence[Mention],
    followers: Mapping[Id, Sequence[Id]],
) -> Position:
    told = sorted(cluster, key=lambda mention: mention.order)
    voices: dict[str, Mention] = {}
    for mention in told:
        voices.setdefault(mention.origin.key, mention)
    chosen = tuple(voices.values())
    own = {mention.figure.id for mention in chosen}
    repeated = [mention.figure.id for mention in told if mention.figure.id not in own]
    passed_on = [id for mention in told for id in followers.get(mention.figure.id, ())]
    scope, names = dict(key), tuple(mention.origin.name for mention in chosen)
    return Position(
        measure.id,
        scope,
        say_scope(knowledge, scope),
        tuple(mention.figure.id for mention in chosen),
        (*repeated, *passed_on),
        names,
        chosen[0].figure.quantity,
        chosen[0].reading.unit,
        _hull(mention.reading.stated for mention in chosen),
        _hull(mention.reading.allowed for mention in chosen),
        _hull(mention.reading.widened for mention in chosen),
        chosen,
        key,
    )


def _hull(intervals: Iterable[Interval]) -> Interval:
    return reduce(Interval.hull, intervals)
