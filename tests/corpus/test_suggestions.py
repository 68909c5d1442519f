"""Each thing that the corpus speaks of has one name in it."""

from kb.domain.knowledge import Knowledge
from kb.reasoning.copy_detection import suspected_copies
from kb.reasoning.resolution.suggestion import suggestions
from kb.reports.words.suggestions import similarity_words


def test_no_two_measures_or_values_of_the_corpus_may_be_the_same(corpus: Knowledge) -> None:
    assert [(*one.names, similarity_words(one.similarity)) for one in suggestions(corpus)] == []


def test_no_two_sources_of_the_corpus_share_a_number_that_others_contradict(corpus: Knowledge) -> None:
    assert suspected_copies(corpus) == ()
