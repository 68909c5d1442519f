"""Drafts made together: measures that they share, whole and parts told apart, and each thing declared in one file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.domain.entity import UNNAMED, Stance
from kb.domain.knowledge import Knowledge
from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.document_place import PLACE_KEY
from kb.intake.draft.drafting import SUBJECT_KEY, WHOLE, DraftVocabulary, draft_document
from kb.intake.draft.entries import About, Draft, DraftFigure, Wording, under_measure, unit_meaning
from kb.intake.draft.figure_names import kind_of
from kb.intake.draft.measure_matching import DraftMeasure
from kb.intake.record import TIME_KEYS
from kb.numbers.scan import FigureMention
from kb.numbers.word_tables import words

_MOST_ALIASES = 6
_UNCOMPARED = (Stance.NEGATED, Stance.HYPOTHETICAL)


Drafted = tuple[str, Iterable[FigureMention], About]
"""The text of a document, the numbers in it in order, and what is known of it."""


def draft_together(
    documents: Sequence[Drafted], knowledge: Knowledge, wording: Wording, *, prefix: str = ""
) -> list[Draft]:
    """A draft of the figures and claims of each document, with shared measures.

    Args:
        documents: What to draft.
        knowledge: What is known; measures with similar names are suggested.
        wording: How amounts and units are put in words.
        prefix: What the ids of new measures and scope values begin with; empty for nothing.
    """
    vocabulary = DraftVocabulary(knowledge, prefix)
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
    """For each new measure the keys that every table gave it: ``item``, ``quarter``.

    Where a table by year stands beside one by district, the figures of the first are wholes already.
    """
    keys: dict[str, list[str]] = {}
    for draft in drafts:
        for figure in draft.figures:
            if not figure.measure.known and (figure.passage.row or figure.table_keys):
                own = [key for key in figure.table_keys if key not in (*TIME_KEYS, SUBJECT_KEY, PLACE_KEY)]
                common = keys.setdefault(figure.measure.slug, own)
                keys[figure.measure.slug] = [key for key in common if key in own]
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
    earlier: dict[tuple[str, str], DraftFigure] = {}
    counts = [_figure_counts(draft) for draft in drafts]
    made = []
    for at, draft in enumerate(drafts):
        figures = []
        own: dict[tuple[str, str], DraftFigure] = {}
        seen: dict[tuple[str, str], frozenset[str]] = dict(_common_keys(draft))
        for figure in draft.figures:
            place = (figure.measure.slug, dict(figure.scope).get(SUBJECT_KEY, ""))
            keys = frozenset(key for key, _ in figure.scope)
            common = wanted.get(place) or seen.get(place)
            if _is_uncompared(figure):
                figures.append(figure)
                continue
            is_lone = counts[at][place] == 1 and sum(count[place] for count in counts[:at]) == 1
            other = earlier.get(place) if at else None
            is_far = other is not None and not _named_time(figure) and not _is_near(figure, other)
            is_same = (keys == common or is_lone) and not is_far
            figures.append(figure if is_same else _alone(figure, vocabulary))
            if is_same:
                own.setdefault(place, figure)
        for place, keys in seen.items():
            wanted.setdefault(place, keys)
        earlier = {**own, **earlier}
        made.append(replace(draft, figures=tuple(figures)))
    return made


def _named_time(figure: DraftFigure) -> bool:
    return any(key in TIME_KEYS for key, _ in figure.scope)


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
    """The drafts with one measure for two names under which two documents speak of one thing.

    "Journeys" of one document are the "passenger journeys" of another that is about the same thing, if each of the two
    speaks of one such number only, at the same time: a document that tells several kinds apart means one of them. What
    two documents agree on at one time is the same measure, however differently they call it.
    """
    merged = list(drafts)
    for first in range(len(merged)):
        for second in range(first + 1, len(merged)):
            for find in (_agreeing, _similar):
                for left, right in find(merged[first], merged[second], vocabulary):
                    merged[second] = _renamed(merged[second], right, left, vocabulary)
    return merged


_Pairs = Iterator[tuple[DraftMeasure, DraftMeasure]]


def _agreeing(left: Draft, right: Draft, vocabulary: DraftVocabulary) -> _Pairs:
    """Measures of which two documents give the same number at the same time, and whose names have a word in common.

    Three digits, or a number of the right size and the same thing in both names: 17.9 million riders in 2024 are the
    same riders, whether they are called daily traffic or journeys a day.
    """
    own, others = _by_place(left, vocabulary), _by_place(right, vocabulary)
    found: dict[tuple[str, str], tuple[DraftMeasure, DraftMeasure]] = {}
    for place in own.keys() & others.keys():
        subject = _subject_of(place, vocabulary)
        for one, figures in own[place].items():
            for other, rivals in others[place].items():
                if one.slug != other.slug and _agree(figures, rivals) and _may_agree(one, other, subject, place):
                    found[one.slug, other.slug] = (one, other)
    yield from _unambiguous(found, left, right)


def _similar(left: Draft, right: Draft, vocabulary: DraftVocabulary) -> _Pairs:
    """Measures of one time of which one name says no more than the other, or whose names have most words in common."""
    own, others = _by_place(left, vocabulary), _by_place(right, vocabulary)
    found: dict[tuple[str, str], tuple[DraftMeasure, DraftMeasure]] = {}
    for place, other_place in _matching_places(own, others):
        subject, is_timed = _subject_of(place, vocabulary), place == other_place and any(place[1])
        for one, figures in own[place].items():
            for other, rivals in others[other_place].items():
                alike = _is_alike(one, other, subject, is_timed=is_timed) or _is_one_price(place, one, other)
                # Where only one of them states its time, the names must say more.
                is_sure = place == other_place or len(_shared_concepts(one, other, subject)) > 1
                if one.slug != other.slug and alike and is_sure and _are_near(figures, rivals):
                    found[one.slug, other.slug] = (one, other)
    yield from _unambiguous(found, left, right)


def _matching_places(own: Iterable[_Place], others: Iterable[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Pairs of places that are the same, or differ only in that one of them states no time."""
    by_rest: dict[tuple[object, ...], list[_Place]] = defaultdict(list)
    for place in others:
        by_rest[place[0], *place[2:]].append(place)
    for place in own:
        for other in by_rest[place[0], *place[2:]]:
            if place == other or any(place[1]) != any(other[1]):
                yield place, other


def _shared_concepts(left: DraftMeasure, right: DraftMeasure, subject: frozenset[str]) -> frozenset[str]:
    return (concepts_in(left.label) & concepts_in(right.label)) - subject


def _unambiguous(
    found: Mapping[tuple[str, str], tuple[DraftMeasure, DraftMeasure]], left: Draft, right: Draft
) -> _Pairs:
    """Those that no other measure of either document could be as well; no document has both names."""
    likeness = {key: _likeness(*pair) for key, pair in found.items()}
    used = {figure.measure.slug for figure in left.figures}, {figure.measure.slug for figure in right.figures}
    for (one, other), pair in found.items():
        rivals = [likeness[key] for key in found if (key[0] == one) != (key[1] == other)]
        is_apart = other not in used[0] and one not in used[1] and not pair[1].known
        if all(likeness[one, other] > rival for rival in rivals) and is_apart and _times_agree(left, right, pair):
            yield pair


def _likeness(left: DraftMeasure, right: DraftMeasure) -> float:
    """How much two names say in common, of all that they say."""
    own, other = concepts_in(left.label), concepts_in(right.label)
    return len(own & other) / max(len(own | other), 1)


def _times_agree(left: Draft, right: Draft, pair: tuple[DraftMeasure, DraftMeasure]) -> bool:
    """Whether the two measures are near each other wherever both documents give a number for one time."""
    own = {figure.scope: figure for figure in left.figures if figure.measure.slug == pair[0].slug}
    others = {figure.scope: figure for figure in right.figures if figure.measure.slug == pair[1].slug}
    return all(_is_near(own[scope], others[scope]) for scope in own.keys() & others.keys())


_Place = tuple[tuple[str, ...], tuple[str, ...], str, str]
"""Subject, place and other scope, times, kind of unit, and the unit where that is no count."""


def _by_place(
    draft: Draft, vocabulary: DraftVocabulary
) -> Mapping[_Place, Mapping[DraftMeasure, Sequence[DraftFigure]]]:
    """The measures of a draft with their figures, by subject, time and kind of unit; without those of no subject."""
    places: dict[_Place, dict[DraftMeasure, list[DraftFigure]]] = defaultdict(lambda: defaultdict(list))
    for figure in draft.figures:
        scope = dict(figure.scope)
        # What was set apart in its document stays apart from what others say.
        is_apart = figure.measure.label.startswith(UNNAMED) or _APART.search(figure.measure.label) is not None
        named = not is_apart and SUBJECT_KEY in scope
        if named and not _is_uncompared(figure):
            time = tuple(scope.get(key, "") for key in TIME_KEYS)
            unit = kind_of(figure.measure.unit, vocabulary.units)
            exact = "" if unit == "count" else unit_meaning(figure.measure.unit, vocabulary.units)
            rest = sorted(f"{key}/{id}" for key, id in scope.items() if key not in (SUBJECT_KEY, PLACE_KEY, *TIME_KEYS))
            where = (scope[SUBJECT_KEY], scope.get(PLACE_KEY, ""), *rest)
            places[where, time, unit, exact][figure.measure].append(figure)
    return places


def _subject_of(place: _Place, vocabulary: DraftVocabulary) -> frozenset[str]:
    labels = (
        vocabulary.scope_values.label(key, id) for key, id in zip((SUBJECT_KEY, PLACE_KEY), place[0], strict=False)
    )
    return frozenset().union(*map(concepts_in, labels))


def _agree(figures: Sequence[DraftFigure], others: Sequence[DraftFigure]) -> bool:
    values = {(figure.quantity.low, figure.quantity.high) for figure in figures if _digits(figure) >= _TELLING_DIGITS}
    return any((other.quantity.low, other.quantity.high) in values for other in others)


def _digits(figure: DraftFigure) -> int:
    """How many digits of the number tell it from others: those before its last zeros."""
    low = figure.quantity.low
    return len(str(low).replace(".", "").strip("0")) if low is not None else 0


def _are_near(figures: Sequence[DraftFigure], others: Sequence[DraftFigure]) -> bool:
    return any(_is_near(figure, other) for figure in figures for other in others)


def _is_near(left: DraftFigure, right: DraftFigure) -> bool:
    """Whether two numbers are of one size; nobody takes 9,000 homes for 1,126 of them."""
    ends = [quantity.low if quantity.low is not None else quantity.high for quantity in (left.quantity, right.quantity)]
    small, large = sorted(abs(end) if end is not None else 0 for end in ends)
    return small == large or (small > 0 and large / small <= _MOST_TIMES)


def _may_agree(left: DraftMeasure, right: DraftMeasure, subject: frozenset[str], place: _Place) -> bool:
    """Whether nothing tells the two names apart, and they share a word, or count things at one stated time."""
    own, other = concepts_in(left.label) - subject, concepts_in(right.label) - subject
    is_count_at_time = place[2] == "count" and any(place[1])
    return (bool(own & other) or is_count_at_time) and not (own ^ other) & _CONTRASTS


def _is_alike(left: DraftMeasure, right: DraftMeasure, subject: frozenset[str], *, is_timed: bool) -> bool:
    """Whether the name of one has every concept of the other, or most of them, and none tells the two apart."""
    own, other = concepts_in(left.label) - subject, concepts_in(right.label) - subject
    small, large = sorted((own, other), key=len)
    more = own ^ other
    if "grant" not in own | other:
        # What was paid for a thing is what it cost; of a grant it is another thing than what was promised.
        more -= {"paid", "costs"}
    # "Chargers across the network" are not those that another document counts in some place.
    elsewhere = (_place_words(left.label) | _place_words(right.label)) - subject
    if not small & large or more & _CONTRASTS:
        return False
    is_part = small <= large and len(more) <= _MOST_MORE and not more & elsewhere
    return is_part or (is_timed and 2 * len(own & other) >= len(own | other) and len(own & other) > 1)


def _is_one_price(place: _Place, left: DraftMeasure, right: DraftMeasure) -> bool:
    """Whether both are amounts for one thing at a time, which are rare: dollars a home, whatever they are called."""
    above, _, thing = place[3].partition("/")
    more = concepts_in(left.label) ^ concepts_in(right.label)
    return bool(thing and above and any(place[1])) and place[2] == "money" and not more & _CONTRASTS


def _place_words(label: str) -> frozenset[str]:
    """Where what is named is: what stands behind the first preposition of place in its name."""
    words = label.split()
    links = (at for at, word in enumerate(words) if at and word.lower() in _LOCATIVES)
    first = next(links, None)
    return concepts_in(" ".join(words[first + 1 :])) if first is not None else frozenset()


_LOCATIVES = words(
    "in at on across throughout near within outside inside among between im am an auf bei beim aus unter"
)
_MOST_MORE = 2
"""How many words more than another a name may have that means the same."""
_APART = re.compile(r", line \d+$")
_MOST_TIMES = 2
"""How many times another a number may be that is taken for one of the same thing."""
_TELLING_DIGITS = 3
"""Digits of a number that two documents seldom share by chance."""
_CONTRASTS = words("""
rise fall paid awarded budget net_debt planned expected adjusted margin gross_margin share saving tax before not
lost new old first second net gross loss without delay cancelled late vacancy reserve owed excess women men per""")
"""What makes another measure of one: the rise of sales is none of the sales."""


def _renamed(draft: Draft, old: DraftMeasure, new: DraftMeasure, vocabulary: DraftVocabulary) -> Draft:
    vocabulary.keys[new.slug].update(vocabulary.keys[old.slug])
    vocabulary.measures.also_called(new, old.label)
    figures = tuple(
        (under_measure(figure, new, vocabulary.units) or figure) if figure.measure.slug == old.slug else figure
        for figure in draft.figures
    )
    return replace(draft, figures=figures)
