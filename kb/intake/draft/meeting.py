"""Drafts made together: measures that they share, whole and parts told apart, and each thing declared in one file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.domain.entity import UNNAMED
from kb.domain.knowledge import Knowledge
from kb.intake.draft.alignment import Meetings, is_silent, meetings
from kb.intake.draft.document_place import PLACE_KEY
from kb.intake.draft.drafting import SUBJECT_KEY, WHOLE, DraftVocabulary, draft_document
from kb.intake.draft.entries import About, Draft, DraftFigure, Wording, under_measure
from kb.intake.draft.measure_matching import DraftMeasure, plain_label
from kb.intake.record import TIME_KEYS
from kb.numbers.scan import FigureMention

_MOST_ALIASES = 6


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
    return _joined(drafts, [(text, about) for text, _, about in documents], vocabulary)


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


def _joined(drafts: Sequence[Draft], about: Sequence[tuple[str, About]], vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with shared measures, each new measure and scope value in the first draft that uses it."""
    keys = _thing_keys(drafts)
    completed = [
        replace(draft, figures=tuple(_with_wholes(figure, keys, vocabulary) for figure in draft.figures))
        for draft in drafts
    ]
    groups = meetings(completed, about, vocabulary.units, vocabulary.scope_values.new.get(PLACE_KEY, {}))
    completed = _apart(_met(completed, groups, vocabulary), groups, vocabulary)
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


# Figures that are one number


def _met(drafts: Sequence[Draft], groups: Meetings, vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with one measure and one scope for the figures of each group, which are one number."""
    shared = {
        figure: (measure, scope)
        for group in groups.groups
        for measure, scope in [_shared([groups.figure(drafts, each) for each in group])]
        for figure in group
    }
    for measure, scope in shared.values():
        vocabulary.keys[measure.slug].update(dict.fromkeys(key for key, _ in scope))
    made = []
    for at, draft in enumerate(drafts):
        figures = []
        for figure in draft.figures:
            measure, scope = shared.get((at, figure.id), (figure.measure, figure.scope))
            moved = under_measure(figure, measure, vocabulary.units) or figure
            if moved.measure.slug != figure.measure.slug and not figure.measure.label.startswith(UNNAMED):
                vocabulary.measures.also_called(measure, plain_label(figure.measure))
            if moved.measure.slug == measure.slug:
                moved = replace(moved, scope=_scope_in_row(figure, scope) if figure.passage.row else scope)
            figures.append(moved)
        made.append(replace(draft, figures=tuple(figures)))
    return made


def _shared(figures: Sequence[DraftFigure]) -> tuple[DraftMeasure, _ScopeItems]:
    """The measure and the scope of figures that are one number: the first that is named, and all that any of them says.

    What one document takes for granted the other says: a year, or that the cost is the final one.
    """
    measures = sorted((figure.measure for figure in figures), key=_preference)
    scope: dict[str, str] = {}
    for figure in figures:
        for key, value in figure.scope:
            scope.setdefault(key, value)
    if all(key in scope for key in TIME_KEYS):
        # "In 2025" and "on 31 December 2025" are one time only for what was counted at its end.
        scope.pop("period")
    return measures[0], tuple(scope.items())


def _scope_in_row(figure: DraftFigure, scope: _ScopeItems) -> _ScopeItems:
    """``scope`` for a cell, whose row says whether it is about the subject and the place of the document."""
    own = dict(figure.scope)
    return tuple((key, value) for key, value in scope if key in own or key not in (SUBJECT_KEY, PLACE_KEY))


def _preference(measure: DraftMeasure) -> tuple[bool, bool, bool]:
    name = plain_label(measure)
    return not measure.known, not name, name != measure.label


# Numbers that only seem to be about the same thing


def _apart(drafts: Sequence[Draft], groups: Meetings, vocabulary: DraftVocabulary) -> list[Draft]:
    """The drafts with a measure of its own for each number of which nothing says that it is one of its measure.

    "Sales were 412 million" and "sales of 1.6 billion are expected for 2025" are two numbers of one measure, of which
    one names no time: nothing says that they are about the same time, and no careful reader would call them a conflict.
    Nor are two numbers of two documents one that differ and that the words around them do not make one.
    """
    wanted: dict[tuple[str, str], frozenset[str]] = {}
    said: dict[tuple[str, _Scope], list[DraftFigure]] = defaultdict(list)
    made = []
    for at, draft in enumerate(drafts):
        met = (figure for figure in draft.figures if groups.is_met((at, figure.id)))
        # What another document has too says what the numbers of a measure are told apart by.
        common = {**_common_keys(draft), **{_place(figure): frozenset(dict(figure.scope)) for figure in met}}
        own: dict[tuple[str, _Scope], list[DraftFigure]] = defaultdict(list)
        figures = []
        for figure in draft.figures:
            place, scope = _place(figure), (figure.measure.slug, frozenset(figure.scope))
            keys = frozenset(key for key, _ in figure.scope)
            is_met = groups.is_met((at, figure.id))
            # Of what is denied or thought nothing is compared.
            is_one = is_silent(figure) or is_met or keys == (wanted.get(place) or common[place])
            is_one = is_one and (is_met or all(_is_same_number(figure, other) for other in said[scope]))
            figures.append(figure if is_one else _alone(figure, vocabulary))
            if is_one and not is_silent(figure):
                own[scope].append(figure)
        for place, keys in common.items():
            wanted.setdefault(place, keys)
        for scope, numbers in own.items():
            said[scope] += numbers
        made.append(replace(draft, figures=tuple(figures)))
    return made


_Scope = frozenset[tuple[str, str]]
_ScopeItems = tuple[tuple[str, str], ...]


def _place(figure: DraftFigure) -> tuple[str, str]:
    return figure.measure.slug, dict(figure.scope).get(SUBJECT_KEY, "")


def _is_same_number(left: DraftFigure, right: DraftFigure) -> bool:
    return (left.quantity.low, left.quantity.high) == (right.quantity.low, right.quantity.high)


def _common_keys(draft: Draft) -> Mapping[tuple[str, str], frozenset[str]]:
    """For each measure and subject the scope keys that most of its figures have, the more the better."""
    counts: dict[tuple[str, str], Counter[frozenset[str]]] = defaultdict(Counter)
    for figure in draft.figures:
        if is_silent(figure):
            continue
        counts[_place(figure)][frozenset(key for key, _ in figure.scope)] += 1
    return {place: max(own, key=lambda keys: (own[keys], len(keys), sorted(keys))) for place, own in counts.items()}


def _alone(figure: DraftFigure, vocabulary: DraftVocabulary) -> DraftFigure:
    """``figure`` under a measure of its own, which is called like its measure."""
    if figure.measure.label.startswith(UNNAMED) or figure.measure.known:
        return figure
    measure = vocabulary.measures.apart(figure.measure, figure.passage.line)
    vocabulary.keys[measure.slug].update(dict.fromkeys(key for key, _ in figure.scope))
    return replace(figure, measure=measure)
