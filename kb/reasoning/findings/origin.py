"""The origin of a figure, and how figures depend on each other by translation, quotation and repetition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.domain.entity import Dependence, DependenceKind, Figure, Source
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.scope import ScopeKey, scope_key


@dataclass(frozen=True, slots=True)
class Origin:
    """The first voice of a figure: ``key`` joins spellings and languages, ``name`` is for readers."""

    key: str
    name: str


def origin_of(knowledge: Knowledge, figure: Figure) -> Origin:
    """Who said it first, through every dependence that is recorded.

    A voice that is the source's own author counts as the author of the text that the source translates.
    """
    root = knowledge.origin_figure(figure)
    name = root.voice.origin
    source = knowledge.sources.get(root.source)
    if source and fold(name) in own_names(source):
        return Origin(fold(own_name(original_source(knowledge, source))), name)
    return Origin(fold(name), name)


def fold(name: str) -> str:
    """``name`` as it is compared: case and white space do not count."""
    return " ".join(name.casefold().split())


def own_name(source: Source) -> str:
    """The name under which a source speaks itself: its authors, or its title where none is known."""
    return " and ".join(source.authors) or source.title


def own_names(source: Source) -> frozenset[str]:
    """``own_name`` in the spellings that voices use, folded."""
    return frozenset({fold(own_name(source)), fold(", ".join(source.authors) or source.title)})


def original_source(knowledge: Knowledge, source: Source) -> Source:
    """The text that ``source`` translates, back to the first; itself where it is no translation."""
    *_, last = _translated(knowledge, source)
    return last


def _translated(knowledge: Knowledge, source: Source) -> Iterator[Source]:
    seen: set[Id] = set()
    current: Source | None = source
    while current is not None and current.id not in seen:
        seen.add(current.id)
        yield current
        current = knowledge.sources.get(current.translation_of) if current.translation_of else None


def dependence_links(
    knowledge: Knowledge, figures: Iterable[Figure], stated: Mapping[Id, Interval]
) -> dict[Id, Dependence]:
    """What each of ``figures`` (all of one measure) depends on: as recorded, or because its source passes another on.

    A figure of a translation follows the figure of the original in the same scope: the one with the same numbers, else
    the first. A figure of a source that quotes another follows an equal number there.

    ``stated`` gives the stated interval of each figure in the measure's unit.
    """
    figures = tuple(figures)
    known = {figure.id for figure in figures}
    links = {
        figure.id: figure.depends_on
        for figure in figures
        if figure.depends_on is not None and figure.depends_on.figure in known
    }
    equal: dict[tuple[Id, ScopeKey, Interval], Figure] = {}
    first: dict[tuple[Id, ScopeKey], Figure] = {}
    for figure in figures:
        if figure.id not in links:
            key = scope_key(figure.scope)
            equal.setdefault((figure.source, key, stated[figure.id]), figure)
            first.setdefault((figure.source, key), figure)
    for figure in figures:
        if figure.id not in links and (
            dependence := _inferred_dependence(knowledge, figure, stated[figure.id], equal, first)
        ):
            links[figure.id] = dependence
    return links


def _inferred_dependence(
    knowledge: Knowledge,
    figure: Figure,
    stated: Interval,
    equal: Mapping[tuple[Id, ScopeKey, Interval], Figure],
    first: Mapping[tuple[Id, ScopeKey], Figure],
) -> Dependence | None:
    source, key = knowledge.sources.get(figure.source), scope_key(figure.scope)
    if source is None:
        return None
    if source.translation_of and source.translation_of != source.id:
        earlier = equal.get((source.translation_of, key, stated)) or first.get((source.translation_of, key))
        if earlier:
            return Dependence(DependenceKind.TRANSLATES, earlier.id)
    for quoted in source.quotes:
        earlier = equal.get((quoted, key, stated))
        if earlier and earlier.id != figure.id:
            return Dependence(DependenceKind.QUOTES, earlier.id)
    return None


def root_of(figure: Id, links: Mapping[Id, Dependence]) -> Id:
    """The figure at the root of ``links`` from ``figure``; a circle ends at the figure that closes it."""
    seen = {figure}
    while (link := links.get(figure)) and link.figure not in seen:
        figure = link.figure
        seen.add(figure)
    return figure
