"""What is left when a redaction takes an entry that others refer to: answers and findings come out all the same."""

from collections.abc import Iterator

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.reconcile import Reconciler


def without(known: Knowledge, gone: Id) -> Knowledge:
    return Knowledge.of(entity for entity in known.by_id.values() if entity.id != gone)


def is_answered(known: Knowledge) -> bool:
    reconciler = Reconciler()
    return reconciler.conclusions(known, reconciler.findings(known, None)).answers.keys() == known.questions.keys()


def measures_behind_conditions(known: Knowledge) -> Iterator[Id]:
    conditions = [claim.holds_if for claim in known.claims.values()] + [q.decided_by for q in known.questions.values()]
    calculations = {condition.calculation for condition in conditions if condition}
    for id, calculation in known.calculations.items():
        for part in calculation.inputs if id in calculations else ():
            if figure := known.figures.get(part.ref or Id("")):
                yield figure.measure


def test_without_any_one_source_everything_else_is_still_answered(corpus: Knowledge) -> None:
    sources = list(corpus.sources)
    assert [id for id in sources if not is_answered(without(corpus, id))] == []


def test_without_the_measure_of_an_input_everything_else_is_still_answered(corpus: Knowledge) -> None:
    # Each costs all findings and answers anew.
    measures = list(dict.fromkeys(measures_behind_conditions(corpus)))[::3]
    assert len(measures) > 2
    assert [id for id in measures if not is_answered(without(corpus, id))] == []
