"""Drafts made together: measures that they share, whole and parts told apart, and each thing declared in one file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.domain.entity import UNNAMED, Stance
from kb.domain.knowledge import Knowledge
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.document_place import PLACE_KEY
from kb.intake.draft.drafting import SUBJECT_KEY, WHOLE, DraftVocabulary, draft_document
from kb.intake.draft.entries import About, Draft, DraftFigure, Wording, under_measure
from kb.intake.draft.figure_names import kind_of
from kb.intake.draft.grammar import GRAMMARS
from kb.intake.draft.measure_matching import DraftMeasure
from kb.intake.record import TIME_KEYS
from kb.numbers.scan import FigureMention
from kb.numbers.word_tables import words

_MOST_ALIASES = 6
_UNCOMPARED = (Stance.NEGATED, Stance.HYPOTHETICAL)


Drafted = tuple[str, Iterable[FigureMention], About]
"""The text of a document, the numbers in it in order, and what is known of it."""


def draft_together(documents: Sequence[Drafted], knowledge: Knowledge, wording: Wording) -> list[Draft]:
    """A draft of the figures and claims of each document, with shared measures.

    Args:
        documents: What to draft.
        knowledge: What is known; measures with similar names are suggested.
        wording: How amounts and units are put in words.
    """
    vocabulary = DraftVocabulary(knowledge)
    drafts = [draft_document(text, mentions, vocabulary, wording, about) for text, mentions, about in documents]
    return _joined(drafts, vocabulary)


def with_repeats(drafts: Sequence[Draft], files: Sequence[str]) -> list[Draft]:
    """The drafts with a remark at each figure that gives a number of a draft before it once more.

    Args:
        drafts: Drafts made together.
        files: The ids of their files.
    """
    first: dict[tuple[object, ...], str] = {}
    made = []
    for draft, file in zip(drafts, files, strict=True):
        figures = []
        own: dict[tuple[object, ...], str] = {}
        for figure in draft.figures:
            quantity = figure.quantity
            key = (figure.measure.slug, frozenset(figure.scope), quantity.low, quantity.high, quantity.bound)
            own.setdefault(key, f"{file}/{figure.id}")
            earlier = first.get(key)
            remark = f"the same as {earlier}: write repeats: {earlier} if it is taken from there"
            figures.append(replace(figure, doubts=(*figure.doubts, remark)) if earlier else figure)
        first |= {key: name for key, name in own.items() if key not in first}
        made.append(replace(draft, figures=tuple(figures)))
    return made


def _joined(drafts: Sequence[Draft], vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with shared measures, each new measure and scope value in the first draft that uses it."""
    merged = _merged(drafts, vocabulary)
    keys = _thing_keys(merged)
    completed = [
        replace(draft, figures=tuple(_with_wholes(figure, keys, vocabulary) for figure in draft.figures))
        for draft in merged
    ]
    completed = _apart(completed, vocabulary)
    declared: set[str] = set()
    values: dict[str, set[str]] = defaultdict(set)
    return [_declaring(draft, vocabulary, declared, values) for draft in completed]


def _declaring(draft: Draft, vocabulary: DraftVocabulary, declared: set[str], values: dict[str, set[str]]) -> Draft:
    measures: dict[str, DraftMeasure] = {}
    scopes: dict[str, dict[str, str]] = {}
    for figure in draft.figures:
        measure = figure.measure
        if not measure.known and measure.slug not in declared:
            declared.add(measure.slug)
            aliases = tuple(vocabulary.measures.aliases[measure.slug].values())[:_MOST_ALIASES]
            measures[measure.slug] = replace(measure, keys=tuple(vocabulary.keys[measure.slug]), aliases=aliases)
        for key, value in figure.scope:
            label = vocabulary.scope_values.new.get(key, {}).get(value)
            if label is not None and value not in values[key]:
                values[key].add(value)
                scopes.setdefault(key, {})[value] = label
    return replace(draft, measures=tuple(measures.values()), scopes=scopes)


# Parts and wholes


def _thing_keys(drafts: Sequence[Draft]) -> Mapping[str, tuple[str, ...]]:
    """For each new measure the keys that tables gave it: ``item``, ``quarter``."""
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for draft in drafts:
        for figure in draft.figures:
            if not figure.measure.known:
                keys[figure.measure.slug].update(
                    dict.fromkeys(key for key in figure.table_keys if key not in (*TIME_KEYS, SUBJECT_KEY, PLACE_KEY))
                )
    return {slug: tuple(own) for slug, own in keys.items()}


def _with_wholes(figure: DraftFigure, keys: Mapping[str, tuple[str, ...]], vocabulary: DraftVocabulary) -> DraftFigure:
    """``figure`` as the whole of what other figures of its measure are the items of."""
    # A row of another table is no whole of this one's.
    in_table = bool(figure.passage.row)
    missing = [] if in_table else [key for key in keys.get(figure.measure.slug, ()) if key not in dict(figure.scope)]
    vocabulary.keys[figure.measure.slug].update(dict.fromkeys(missing))
    wholes = ((key, vocabulary.scope_values.of(key, WHOLE)) for key in missing)
    return replace(figure, scope=(*figure.scope, *wholes)) if missing else figure


# Numbers that only seem to be about the same thing


def _apart(drafts: Sequence[Draft], vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with a measure of its own for each number whose scope has other keys than those of its measure.

    "Sales were 412 million" and "sales of 1.6 billion are expected for 2025" are two numbers of one measure, of which
    one names no time: nothing says that they are about the same time, and no careful reader would call them a conflict.
    The only such number of either of two documents is left as it is: it may well be the same.
    """
    wanted: dict[tuple[str, str], frozenset[str]] = {}
    counts = [_figure_counts(draft) for draft in drafts]
    made = []
    for at, draft in enumerate(drafts):
        figures = []
        seen: dict[tuple[str, str], frozenset[str]] = dict(_common_keys(draft))
        for figure in draft.figures:
            place = (figure.measure.slug, dict(figure.scope).get(SUBJECT_KEY, ""))
            keys = frozenset(key for key, _ in figure.scope)
            common = wanted.get(place) or seen.get(place)
            if _is_uncompared(figure):
                figures.append(figure)
                continue
            is_lone = counts[at][place] == 1 and sum(count[place] for count in counts[:at]) == 1
            figures.append(figure if keys == common or is_lone else _alone(figure, vocabulary))
        for place, keys in seen.items():
            wanted.setdefault(place, keys)
        made.append(replace(draft, figures=tuple(figures)))
    return made


def _is_uncompared(figure: DraftFigure) -> bool:
    return figure.stance is not None and figure.stance.stance in _UNCOMPARED


def _figure_counts(draft: Draft) -> Counter[tuple[str, str]]:
    compared = (figure for figure in draft.figures if not _is_uncompared(figure))
    return Counter((figure.measure.slug, dict(figure.scope).get(SUBJECT_KEY, "")) for figure in compared)


def _common_keys(draft: Draft) -> Mapping[tuple[str, str], frozenset[str]]:
    """For each measure and subject the scope keys that most of its figures have, the more the better."""
    counts: dict[tuple[str, str], Counter[frozenset[str]]] = defaultdict(Counter)
    for figure in draft.figures:
        if _is_uncompared(figure):
            continue
        place = (figure.measure.slug, dict(figure.scope).get(SUBJECT_KEY, ""))
        counts[place][frozenset(key for key, _ in figure.scope)] += 1
    return {place: max(own, key=lambda keys: (own[keys], len(keys), sorted(keys))) for place, own in counts.items()}


def _alone(figure: DraftFigure, vocabulary: DraftVocabulary) -> DraftFigure:
    """``figure`` under a measure of its own, which is called like its measure."""
    if figure.measure.label.startswith(UNNAMED) or figure.measure.known:
        return figure
    measure = vocabulary.measures.apart(figure.measure, figure.passage.line)
    vocabulary.keys[measure.slug].update(dict.fromkeys(key for key, _ in figure.scope))
    return replace(figure, measure=measure)


# Measures that documents share


def _merged(drafts: Sequence[Draft], vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with one measure for two names of which one only says more than the other.

    "Journeys" of one document are the "passenger journeys" of another that is about the same thing, if each of the two
    speaks of one such number only, at the same time: a document that tells several kinds apart means one of them.
    """
    merged = list(drafts)
    for first in range(len(merged)):
        for second in range(first + 1, len(merged)):
            for left, right in _same_measures(merged[first], merged[second], vocabulary):
                merged[second] = _renamed(merged[second], right, left, vocabulary)
    return merged


def _same_measures(
    left: Draft, right: Draft, vocabulary: DraftVocabulary
) -> Iterator[tuple[DraftMeasure, DraftMeasure]]:
    own, others = _by_place(left, vocabulary), _by_place(right, vocabulary)
    for place in own.keys() & others.keys():
        for one in own[place]:
            subject = concepts_in(vocabulary.scope_values.label(SUBJECT_KEY, place[0]))
            alike = [other for other in others[place] if _is_alike(one, other, subject)]
            rivals = [each for each in own[place] if alike and _is_alike(each, alike[0], subject)]
            if len(alike) == len(rivals) == 1 and one.slug != alike[0].slug and not alike[0].known:
                yield one, alike[0]


_Place = tuple[str, tuple[str, ...], str, str]
"""Subject, times, kind of unit, and the unit where that is no count."""


def _by_place(draft: Draft, vocabulary: DraftVocabulary) -> Mapping[_Place, list[DraftMeasure]]:
    """The measures of a draft by subject, time and kind of unit; without those of no subject."""
    places: dict[_Place, dict[str, DraftMeasure]] = defaultdict(dict)
    for figure in draft.figures:
        scope = dict(figure.scope)
        named = not figure.measure.label.startswith(UNNAMED) and SUBJECT_KEY in scope
        if named and not _is_uncompared(figure):
            time = tuple(scope.get(key, "") for key in TIME_KEYS)
            unit = kind_of(figure.measure.unit, vocabulary.units)
            exact = "" if unit == "count" else figure.measure.unit
            places[scope[SUBJECT_KEY], time, unit, exact][figure.measure.slug] = figure.measure
    return {place: list(measures.values()) for place, measures in places.items()}


def _is_alike(left: DraftMeasure, right: DraftMeasure, subject: frozenset[str]) -> bool:
    """Whether the name of one has every concept of the other, and the two share what they are names of."""
    own, other = concepts_in(left.label) - subject, concepts_in(right.label) - subject
    small, large = sorted((own, other), key=len)
    more = large - small
    # "Chargers across the network" are not those that another document counts in some place.
    elsewhere = (_place_words(left.label) | _place_words(right.label)) - subject
    return bool(small) and small <= large and len(more) <= _MOST_MORE and not more & (_CONTRASTS | elsewhere)


def _place_words(label: str) -> frozenset[str]:
    """What stands behind the first preposition of a name, but for ``of``."""
    words = label.split()
    links = (at for at, word in enumerate(words) if at and word.lower() in _PREPOSITIONS)
    first = next(links, None)
    return concepts_in(" ".join(words[first + 1 :])) if first is not None else frozenset()


_PREPOSITIONS = frozenset(word for grammar in GRAMMARS.values() for word in grammar.prepositions - grammar.of)
_MOST_MORE = 2
"""How many words more than another a name may have that means the same."""
_CONTRASTS = words("""
rise fall paid awarded budget net_debt planned expected adjusted margin gross_margin share saving tax before not
lost new old first second net gross loss without""")
"""What makes another measure of one: the rise of sales is none of the sales."""


def _renamed(draft: Draft, old: DraftMeasure, new: DraftMeasure, vocabulary: DraftVocabulary) -> Draft:
    vocabulary.keys[new.slug].update(vocabulary.keys[old.slug])
    vocabulary.measures.also_called(new, old.label)
    figures = tuple(
        (under_measure(figure, new, vocabulary.units) or figure) if figure.measure.slug == old.slug else figure
        for figure in draft.figures
    )
    return replace(draft, figures=figures)
