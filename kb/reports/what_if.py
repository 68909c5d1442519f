"""What if: a question under the choices of an address, what they change, and what else can be chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kb.domain.choices import Choices
from kb.domain.entity import Calculation, Question
from kb.domain.identity import Id
from kb.reasoning.analysis import analysis_under
from kb.reasoning.answers.what_if import WhatIf, what_if
from kb.reasoning.argumentation.graph import NodeKey
from kb.reports.calculation import calculation, calculation_sheet
from kb.reports.choices import PART, Pairs, Reader, is_choice
from kb.reports.options import offered, offered_on
from kb.reports.page import CalculationSheet
from kb.reports.page.what_if import ChangeRow, ChangesSheet, ChosenRow, WhatIfSheet
from kb.reports.query import UnreadableAddress
from kb.reports.row import hull_words
from kb.reports.view import View
from kb.reports.words.answer import ANSWER_WORDS
from kb.reports.words.argument import node_words
from kb.reports.words.references import ref, ref_of
from kb.reports.words.what_if import (
    HAPPENED,
    NOTE,
    NOTHING,
    answer_sentence,
    decision_words,
    direction_sentence,
    left_out_sentence,
    position_words,
    result_sentence,
    source_words,
    supposed_words,
    voice_words,
)

_Happened = tuple[str, tuple[object, ...], Id]
"""What has happened to something: the kind of change, what ``HAPPENED`` needs to word it, and the thing."""

MOST_NAMED = 5
"""The most things that are named to which the same has happened."""


@dataclass(frozen=True)
class Experiment:
    """A question under choices.

    Attributes:
        recorded: The view as recorded.
        question: The question.
        reader: Reads and writes its choices.
        others: The query parameters that name no choices.
        outcome: What the choices make of it.
    """

    recorded: View
    question: Question
    reader: Reader
    others: Pairs
    outcome: WhatIf

    @cached_property
    def view(self) -> View:
        """The view as it would be; the same object where nothing is chosen.

        What is left out is still recorded in it, and ``status_of`` marks it as withdrawn.
        """
        return chosen_view(self.recorded, self.outcome)

    def sheet(self, *, complete: bool = True) -> WhatIfSheet:
        """What is chosen and what it changes; if ``complete`` with the word of the answer and what can be chosen."""
        choices = self.outcome.choices
        return WhatIfSheet(
            title=self.question.text,
            ref=ref(self.recorded.knowledge, self.question),
            chosen=tuple(self._chosen_rows()),
            pairs=self.reader.pairs(choices),
            note=NOTE,
            others=self.others,
            changes=self._changes(complete=complete) if choices else None,
            offered=offered(self.reader, choices) if complete else None,
        )

    def _chosen_rows(self) -> Iterator[ChosenRow]:
        choices = self.outcome.choices
        for single in _singles(choices):
            yield ChosenRow(text=self._words(single), others=self.reader.pairs(_left(choices, single)))

    def _words(self, single: Choices) -> str:
        """One choice in words."""
        known = self.recorded.knowledge
        for source in single.without:
            return source_words(known, source)
        for key in single.voices:
            return self._silenced_words(key)
        for figure in single.taken:
            return position_words(known, figure)
        for supposed in single.supposed:
            return supposed_words(known, supposed)
        return "".join(decision_words(known, one.node, accepted=one.accepted) for one in single.decided)

    def _silenced_words(self, key: str) -> str:
        origins = self.reader.origins
        if key not in origins:
            return voice_words(self.recorded.knowledge, Id(""), key)
        origin, stated = origins[key]
        return voice_words(self.recorded.knowledge, min(stated.figures | stated.claims), origin.name)

    # Changes

    def _changes(self, *, complete: bool) -> ChangesSheet:
        answers = self.recorded.analysis.answers
        rows = (self._answer_row(complete=complete), *self._rows())
        left_out = left_out_sentence(self.outcome.removal, self.outcome.choices)
        last = left_out or ("" if len(rows) > 1 else NOTHING)
        return ChangesSheet(
            now=ANSWER_WORDS[answers[self.question.id].word],
            then=ANSWER_WORDS[self.view.analysis.answers[self.question.id].word] if complete else "",
            direction=str(self.outcome.directions[1]),
            rows=(*rows, *((ChangeRow(kind="left-out", text=last),) if last else ())),
        )

    def _answer_row(self, *, complete: bool) -> ChangeRow:
        if not complete:
            return ChangeRow(kind="direction", text=direction_sentence(*self.outcome.directions))
        answers = (self.recorded.analysis.answers, self.view.analysis.answers)
        return ChangeRow(kind="answer", text=answer_sentence(*(known[self.question.id] for known in answers)))

    def _rows(self) -> Iterator[ChangeRow]:
        """Results, what counts, and standings; what has happened to several is told once."""
        known = self.recorded.knowledge
        for id, results in self.outcome.recomputed.items():
            before, after = (hull_words(result) if result.outcomes else "" for result in results)
            if after and after != before:
                yield ChangeRow(kind="result", text=result_sentence(known, id, results, (before, after)))
        happened: dict[tuple[str, tuple[object, ...]], list[Id]] = {}
        for kind, what, id in (*self._lost(), *self._counting_changes(), *self._standing_changes()):
            happened.setdefault((kind, what), []).append(id)
        for (kind, what), ids in happened.items():
            refs = tuple(replace(ref_of(known, id), text=node_words(known, id)) for id in ids[:MOST_NAMED])
            words = HAPPENED[kind](*what, len(ids))
            yield ChangeRow(kind=kind, text=words, refs=refs, more=len(ids) - len(refs))

    def _lost(self) -> Iterator[_Happened]:
        for id, (before, after) in self.outcome.recomputed.items():
            if before.outcomes and not after.outcomes:
                yield "result", (), id

    @cached_property
    def _counting(self) -> tuple[frozenset[NodeKey], ...]:
        """For each side, what counts before or after, and not both."""
        return tuple(before ^ after for before, after in map(self.outcome.counting, (0, 1)))

    def _counting_changes(self) -> Iterator[_Happened]:
        for at, side in enumerate(self.question.sides):
            _, after = self.outcome.counting(at)
            for key in sorted(self._counting[at]):
                yield "counting", (side.key, key in after), key.id

    def _standing_changes(self) -> Iterator[_Happened]:
        told = self._counting[0] | self._counting[1]
        for key, before, after in self.outcome.changed_standings():
            if key not in told:
                yield "standing", (before, after), key.id


def experiment(view: View, question: Question, pairs: Pairs) -> Experiment:
    """``question`` under the choices that ``pairs`` name; other parameters are passed over.

    Raises:
        UnreadableAddress: one of them names nothing, or two contradict each other.
    """
    part = view.analysis.slices[question.id]
    reader = Reader(view, part, lambda: view.analysis.moved[question.id])
    return Experiment(view, question, reader, other_pairs(pairs), what_if(part, reader.read(pairs)))


def what_if_page(view: View, slug: str, pairs: Pairs) -> WhatIfSheet | None:
    """The choices of ``pairs`` on the question called ``slug``, and what they change; None where there is none."""
    question = view.knowledge.named(Question, slug)
    if question is None:
        return None
    return experiment(view, question, pairs).sheet(complete=(PART, "changes") not in pairs)


def calculation_page(view: View, slug: str, pairs: Pairs = ()) -> CalculationSheet | None:
    """The sheet of the calculation called ``slug`` under the choices of ``pairs``; None where there is none.

    What they change is told of a question that rests on it.

    Raises:
        UnreadableAddress: a choice names nothing, or no question rests on the calculation.
    """
    known = view.knowledge.named(Calculation, slug)
    question = _question_on(view, known.id) if known else None
    if known is None or question is None:
        if known and any(is_choice(name) for name, _ in pairs):
            raise UnreadableAddress("No question rests on this calculation, so that nothing can be chosen on its page.")
        return calculation(view, slug)
    made = experiment(view, question, pairs)
    sheet = calculation_sheet(made.view, made.view.knowledge.calculations[known.id])
    bearing = offered_on(made.reader, made.outcome.choices, known.id)
    return replace(sheet, what_if=replace(made.sheet(), offered=bearing))


def _question_on(view: View, calculation: Id) -> Question | None:
    """A question that rests on a calculation, first one that it decides; None where none does."""
    resting = [
        question
        for question in view.knowledge.questions.values()
        if calculation in view.analysis.slices[question.id].knowledge.calculations
    ]
    decided = (one for one in resting if one.decided_by and one.decided_by.calculation == calculation)
    return next(decided, next(iter(resting), None))


def chosen_view(view: View, outcome: WhatIf) -> View:
    """``view`` as it would be, of the question of ``outcome``; the same object where nothing is chosen."""
    if not outcome.choices:
        return view
    supposed = {
        id: calculation
        for id, calculation in outcome.after.knowledge.calculations.items()
        if calculation != outcome.before.knowledge.calculations[id]
    }
    recorded = view.recorded
    if supposed:
        recorded = replace(recorded, calculations={**recorded.calculations, **supposed})
    changed = {id for id, (before, after) in outcome.recomputed.items() if before != after}
    return replace(
        view,
        recorded=recorded,
        # What was found of a result says nothing about another one.
        findings=tuple(finding for finding in view.findings if finding.calculation not in changed),
        analysis=analysis_under(view.analysis, outcome),
        chosen=outcome.choices,
        status_of=outcome.status,
    )


def other_pairs(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Those of ``pairs`` that name no choice, such as what is opened on the map."""
    return tuple((name, text) for name, text in pairs if not is_choice(name) and name != PART)


def _singles(choices: Choices) -> Iterator[Choices]:
    """Each of ``choices`` alone, in one order."""
    yield from (Choices(without=frozenset((id,))) for id in sorted(choices.without))
    yield from (Choices(voices=frozenset((key,))) for key in sorted(choices.voices))
    yield from (Choices(taken=frozenset((id,))) for id in sorted(choices.taken))
    yield from (
        Choices(supposed=frozenset((one,)))
        for one in sorted(choices.supposed, key=lambda one: (one.calculation, one.input, one.figure or ""))
    )
    yield from (
        Choices(decided=frozenset((one,))) for one in sorted(choices.decided, key=lambda one: (one.node, one.accepted))
    )


def _left(choices: Choices, single: Choices) -> Choices:
    """``choices`` without ``single``."""
    return Choices(
        without=choices.without - single.without,
        voices=choices.voices - single.voices,
        taken=choices.taken - single.taken,
        supposed=choices.supposed - single.supposed,
        decided=choices.decided - single.decided,
    )
