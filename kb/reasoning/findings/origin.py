"""Origins of figures and claims, and how figures depend on each other: by translation, quotation, repetition."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from kb.domain.entity import Claim, Dependence, DependenceKind, Figure, Source, names_somebody
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.scope import ScopeKey, scope_key

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Origin:
    """The first voice of a figure or claim.

    Attributes:
        key: The voice as it is compared; one key for all spellings of a name, for a text and its translations, and for
            all speakers whom one text does not name.
        name: The voice as its source spells it, for readers.
        work: The title of a text whose unnamed speakers are one voice; empty for a voice with a name.
    """

    key: str
    name: str
    work: str = ""


def origin_of(knowledge: Knowledge, statement: Figure | Claim) -> Origin:
    """The voice of a claim, or of the figure at the root of all recorded dependence.

    A voice that is the source's own author counts as the author of the text that the source translates. In one source,
    all speakers whom it does not name are one voice: nothing tells them apart.
    """
    # Otherwise the author of "Deck" and the author of its translation 译文 would corroborate each other.
    root = knowledge.origin_figure(statement) if isinstance(statement, Figure) else statement
    name = root.voice.origin
    source = knowledge.sources.get(root.source) if root.source else None
    if not root.voice.is_named:
        original = original_source(knowledge, source) if source else None
        return Origin(f"(({original.id if original else ''}))", name, original.short_title if original else "")
    if source and fold(name) in own_names(source):
        return Origin(fold(own_name(original_source(knowledge, source))), name)
    return Origin(fold(name), name)


def unnamed_speakers(work: str) -> str:
    """The name of all the speakers whom the text called ``work`` does not name, as one voice."""
    title = work.replace("(", "[").replace(")", "]")
    return f"(speakers in {title})"


def evidence_figures(knowledge: Knowledge, figure: Figure, root: Callable[[Figure], Figure]) -> tuple[Figure, ...]:
    """The figures whose word ``figure`` is: the one at its root, or those from which that one was derived in the end.

    Args:
        knowledge: Where figures are looked up.
        figure: A figure.
        root: Gives the figure that a figure repeats, quotes or translates in the end; itself where it is independent.
    """
    start = root(figure)
    evidence: dict[Id, Figure] = {}
    waiting, seen = [start], set[Id]()
    while waiting:
        current = waiting.pop()
        if current.id not in seen:
            seen.add(current.id)
            bases = [root(knowledge.figures[id]) for id in current.derived_from if id in knowledge.figures]
            if bases:
                waiting += reversed(bases)
            else:
                evidence[current.id] = current
    # Figures that are computed from each other in a circle have nothing behind them but who gives them.
    return tuple(evidence.values()) or (start,)


def evidence_origins(knowledge: Knowledge, figure: Figure) -> frozenset[str]:
    """The keys of the origins whose word ``figure`` is, by the dependence that is recorded.

    That is its own origin, or, for a figure derived from others, the origins of all of those.
    """
    behind = evidence_figures(knowledge, figure, knowledge.origin_figure)
    return frozenset(origin_of(knowledge, source_figure).key for source_figure in behind)


def independent(ranked: Iterable[_T], evidence: Callable[[_T], frozenset[str]]) -> list[_T]:
    """Those of ``ranked``, in its order, that share no origin with one that stands before them and is kept."""
    kept: list[_T] = []
    used: set[str] = set()
    for candidate in ranked:
        if used.isdisjoint(evidence(candidate)):
            used |= evidence(candidate)
            kept.append(candidate)
    return kept


def independent_figures(knowledge: Knowledge, figures: Iterable[Figure]) -> list[Figure]:
    """The figures that count as evidence beside each other: no two of them are the word of one origin."""
    evidence = {figure.id: (figure, evidence_origins(knowledge, figure)) for figure in figures}
    ranked = sorted(evidence.values(), key=lambda entry: (bool(entry[0].derived_from), len(entry[1])))
    return [figure for figure, _ in independent(ranked, lambda entry: entry[1])]


def statement_origin(knowledge: Knowledge, statement: Figure | Claim, links: Mapping[Id, Dependence]) -> Origin:
    """The origin of a figure or claim, where ``links`` says what figures depend on, recorded or inferred."""
    root = root_of(statement.id, links) if isinstance(statement, Figure) else statement.id
    return origin_of(knowledge, knowledge.figures.get(root, statement))


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """``name`` in lower case with single blanks, as names are compared."""
    return " ".join(name.casefold().split())


def own_name(source: Source) -> str:
    """The name of a source as a voice: its authors joined by "and", or its title where none is known."""
    return " and ".join(source.authors) or source.title


def own_names(source: Source) -> frozenset[str]:
    """The spellings, folded, in which voices name a source itself: authors joined by "and" or by commas."""
    return frozenset({fold(own_name(source)), fold(", ".join(source.authors) or source.title)})


def unnamed_author(name: str, source: Source | None) -> str:
    """The word for the author of ``source`` in a description like ``(author of Tides)``; empty for all other names."""
    author, _, work = name.strip("()").partition(" of ")
    return author if source and not names_somebody(name) and work in (source.title, source.short_title) else ""


def speaks_for_itself(figure: Figure, source: Source) -> bool:
    """Whether the voice of ``figure`` is that of its own ``source``, or of one of several authors."""
    name = figure.voice.origin
    return fold(name) in _authors(source) or bool(unnamed_author(name, source))


def _authors(source: Source) -> frozenset[str]:
    """The spellings, folded, in which voices name a source or one of its authors."""
    return own_names(source) | {fold(author) for author in source.authors}


def credits_who_passed_it_on(knowledge: Knowledge, figure: Figure, original: Figure) -> bool:
    """Whether ``figure``, which passes on ``original``, names those who gave that on as its first voice."""
    first = knowledge.sources.get(original.source)
    if first is None or speaks_for_itself(original, first):
        return False
    return fold(figure.voice.origin) in _authors(first) | {fold(name) for name in original.voice.via}


def credits_another(knowledge: Knowledge, figure: Figure, original: Figure) -> bool:
    """Whether ``figure``, which passes on ``original``, names a voice that has nothing to do with it.

    Its own source may speak for itself, and so may whoever passed the number on. Names in two languages are not
    compared, nor are those that share a word ("the union", "a spokeswoman of the union").
    """
    root, source = knowledge.origin_figure(original), knowledge.sources.get(figure.source)
    first = knowledge.sources.get(original.source)
    if source is None or first is None or source.language != first.language:
        return False
    if not (figure.voice.is_named and root.voice.is_named and original.voice.is_named):
        return False
    credited = {name for voice in (root.voice, original.voice) for name in (voice.origin, *voice.via)}
    credited |= {own_name(source), own_name(first), *source.authors, *first.authors, source.title, first.title}
    return _words_of(figure.voice.origin).isdisjoint(word for name in credited for word in _words_of(name))


def _words_of(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(name))) - _SMALL_WORDS


_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to"])


def original_source(knowledge: Knowledge, source: Source) -> Source:
    """The text at the start of a chain of translations; ``source`` itself where it is no translation.

    An unknown source ends the chain, and so does a circle.
    """
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
    """What each dependent figure depends on: as recorded, or inferred from its source.

    A figure in a translation depends on the original's figure in the same scope: the one with the same numbers, else
    the first. A figure in a source that quotes another depends on an equal number there.

    Args:
        knowledge: Where the sources are looked up.
        figures: All figures of one measure, in reading order.
        stated: For each figure its stated interval in the measure's unit.

    Returns:
        The dependence of each dependent figure by its id; independent figures are left out.
    """
    figures = tuple(figures)
    known = {figure.id for figure in figures}
    links = {
        figure.id: figure.depends_on
        for figure in figures
        if figure.depends_on is not None and figure.depends_on.figure in known
    }
    followed = {id for figure in figures for id in _followed(knowledge.sources.get(figure.source))}
    equal: dict[tuple[Id, ScopeKey, Interval], Figure] = {}
    first: dict[tuple[Id, ScopeKey], Figure] = {}
    for figure in figures:
        if figure.source in followed and figure.id not in links:
            key = scope_key(figure.scope)
            equal.setdefault((figure.source, key, stated[figure.id]), figure)
            first.setdefault((figure.source, key), figure)
    for figure in figures:
        if (
            first
            and figure.id not in links
            and (dependence := _inferred_dependence(knowledge, figure, stated[figure.id], equal, first))
        ):
            links[figure.id] = dependence
    return links


def _followed(source: Source | None) -> Iterator[Id]:
    """The sources whose figures ``source`` may give again: the one that it translates, and those that it quotes."""
    if source is not None:
        yield from filter(None, (source.translation_of, *source.quotes))


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
    # A translation gives no number of its own, so that one which differs is a mistake in it. A source that quotes
    # another may still have another number of its own: only an equal one counts as quoted.
    if source.translation_of and source.translation_of != source.id:
        earlier = equal.get((source.translation_of, key, stated)) or first.get((source.translation_of, key))
        if earlier:
            return Dependence(DependenceKind.TRANSLATES, earlier.id)
    # A store-keeper whom the newspaper asked is no quotation of the bulletin that gives the same number.
    if not figure.voice.is_named and not speaks_for_itself(figure, source):
        return None
    for quoted in source.quotes:
        earlier = equal.get((quoted, key, stated))
        # Where the police count as many as the union, a newspaper that quotes the union has two voices.
        if earlier and earlier.id != figure.id and not credits_another(knowledge, figure, earlier):
            return Dependence(DependenceKind.QUOTES, earlier.id)
    return None


def root_of(figure: Id, links: Mapping[Id, Dependence]) -> Id:
    """The figure that ``figure`` depends on in the end; itself where it is independent.

    In a circle it is the last figure before one occurs again.
    """
    seen = {figure}
    while (link := links.get(figure)) and link.figure not in seen:
        figure = link.figure
        seen.add(figure)
    return figure
