"""How similar two names or two phrases are: a score from 0 to 1, and in what they differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from math import log
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kb.domain.unit.names import singular
from kb.reasoning.resolution.spelling import Spelling, singular_words, spelling, word_set, written_out

SUGGESTION_THRESHOLD = 0.85
"""The least score at which two names are suggested to be the same."""

FEWEST_LETTERS = 5
"""A shorter word is never taken for a typo: "Ford" and "Fort" are two words."""

MOST_LETTERS = 24
"""A longer word is never taken for a typo."""

ATTESTED = 3
"""A spelling that this many sources use is hardly a typo."""

BOTH_ATTESTED = 0.85
"""Factor of the score of a typo where both spellings are attested."""

FIRST_LETTER = 0.93
"""Factor of the score of a typo in the first letter: two words that begin differently are more often two words."""

NUMBER_WORDS = word_set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first"
    " second third fourth fifth sixth seventh eighth ninth tenth"
)
"""Words that number things. They are never typos, as digits are not: "Seventh Street" is not "Eleventh Street"."""

CHANGE_WORDS = word_set(
    "change changed increase increased rise growth grew gain decrease decreased decline fall drop reduction difference"
    " gap anstieg zunahme zuwachs wachstum rückgang abnahme änderung veränderung unterschied"
)
"""Words for how a quantity changes, which is another quantity."""

OPPOSING_WORDS = word_set("not no without non lost kept remaining left used unused nicht ohne kein")
"""Words that part what is meant from what is left of it."""

NUMBERED = re.compile(r"\d|^[ivxlcdm]+$|[\u3400-\u9fff]")


class NameDifference(StrEnum):
    """In what two names differ that may be the same.

    ``SIGNS`` are case, width and punctuation, ``NUMBER`` is singular and plural, ``SHORT`` an abbreviation ("St" for
    "Saint"), ``SMALL`` are small words ("of"). ``FORM`` is a legal form that one name leaves out, ``OTHER_FORM`` one
    that differs.
    """

    SIGNS = "signs"
    FORM = "form"
    ORDER = "order"
    SPACE = "space"
    NUMBER = "number"
    SHORT = "short"
    SMALL = "small"
    OTHER_FORM = "other_form"
    TYPO = "typo"


SCORES = {
    NameDifference.SIGNS: 1.0,
    NameDifference.FORM: 0.97,
    NameDifference.ORDER: 0.96,
    NameDifference.SPACE: 0.95,
    NameDifference.NUMBER: 0.94,
    NameDifference.SHORT: 0.94,
    NameDifference.SMALL: 0.93,
    NameDifference.OTHER_FORM: 0.9,
}
"""The score of two names that differ in this alone; of several differences the lowest score counts.

The score of a typo is that of ``typo_similarity``."""


class Similarity(NamedTuple):
    """How similar two names are.

    Attributes:
        score: From 0 for two different names to 1 for the same name.
        differences: In what they differ; empty where they are equal, or too different to compare.
        typo: The word of each that differs by a typo; empty where none does.
    """

    score: float
    differences: tuple[NameDifference, ...]
    typo: tuple[str, str] = ("", "")


DISSIMILAR = Similarity(0.0, ())


def similarity(left: str, right: str) -> Similarity:
    """How similar two names are: 0 where they differ in a digit, in a number word, or in more than ``NameDifference``.

    >>> antropic = similarity("Antropic, Inc.", "Anthropic")
    >>> [str(difference) for difference in antropic.differences], antropic.typo
    (['form', 'typo'], ('antropic', 'anthropic'))
    >>> similarity("Alpha Fund 1", "Alpha Fund 2").score, similarity("Input price", "Output price").score
    (0.0, 0.0)
    """
    if left == right:
        return Similarity(1.0, ())
    left_spelling, right_spelling = spelling(left), spelling(right)
    if left_spelling.words == right_spelling.words:
        return _worst(_differences(left_spelling, right_spelling))
    # "Deep Seek" and "DeepSeek": all words differ, and all letters agree.
    if "".join(left_spelling.named) == "".join(right_spelling.named):
        return _worst([*_differing_forms(left_spelling, right_spelling), NameDifference.SPACE])
    if left_spelling.meant == right_spelling.meant:
        return _worst(_differences(left_spelling, right_spelling))
    return _typo_comparison(left_spelling, right_spelling)


def _worst(differences: list[NameDifference]) -> Similarity:
    return Similarity(min(SCORES[difference] for difference in differences), tuple(differences))


def _differences(left: Spelling, right: Spelling) -> list[NameDifference]:
    """In what two names differ whose words mean the same, or are the same."""
    left_words, right_words = _content_words(left), _content_words(right)
    checks = {
        NameDifference.ORDER: singular_words(written_out(left_words)) != singular_words(written_out(right_words)),
        NameDifference.SMALL: _small_words(left) != _small_words(right),
        NameDifference.NUMBER: sorted(written_out(left_words)) != sorted(written_out(right_words)),
        NameDifference.SHORT: sorted(singular_words(left_words)) != sorted(singular_words(right_words)),
    }
    differing = [*_differing_forms(left, right), *(difference for difference, differs in checks.items() if differs)]
    return differing or [NameDifference.SIGNS]


def _differing_forms(left: Spelling, right: Spelling) -> list[NameDifference]:
    if left.forms == right.forms:
        return []
    return [NameDifference.OTHER_FORM if left.forms and right.forms else NameDifference.FORM]


def _content_words(spelling: Spelling) -> list[str]:
    return [word for word in spelling.named if word in spelling.words]


def _small_words(spelling: Spelling) -> Counter[str]:
    return Counter(word for word in spelling.named if word not in spelling.words)


def _typo_comparison(left: Spelling, right: Spelling) -> Similarity:
    by_typo = typo_similarity(left.words, right.words)
    if not by_typo.score:
        return by_typo
    forms = _differing_forms(left, right)
    return by_typo._replace(
        score=min([by_typo.score, *(SCORES[form] for form in forms)]), differences=(*forms, *by_typo.differences)
    )


def typo_similarity(left: tuple[str, ...], right: tuple[str, ...]) -> Similarity:
    """How similar two spellings are that differ by one typo in one word; 0 for all others. See ``Spelling.words``."""
    only_left = list((Counter(left) - Counter(right)).elements())
    only_right = list((Counter(right) - Counter(left)).elements())
    if len(only_left) != 1 or len(only_right) != 1:
        return DISSIMILAR
    left_word, right_word = only_left[0], only_right[0]
    if (
        not (may_be_typo(left_word) and may_be_typo(right_word))
        or OSA.distance(left_word, right_word, score_cutoff=1) != 1
    ):
        return DISSIMILAR
    letters = max(sum(map(len, left)), sum(map(len, right)))
    score = 1 - 2 / (max(len(left_word), len(right_word)) + letters)
    score *= 1 if left_word[0] == right_word[0] else FIRST_LETTER
    return Similarity(score, (NameDifference.TYPO,), (left_word, right_word))


def may_be_typo(word: str) -> bool:
    """Whether a word may be a typo: it has no digit and no Chinese sign, is no number word, and has 5 to 24 letters.

    In Chinese one sign is a whole word: 华云科技 and 华星科技 are two firms.
    """
    return FEWEST_LETTERS <= len(word) <= MOST_LETTERS and word not in NUMBER_WORDS and not NUMBERED.search(word)


class SharedWords(NamedTuple):
    """How similar two phrases are that share words.

    Attributes:
        score: From 0.5 for phrases without a common word to 1 for the same words; 0 where they differ in a number.
        shared: Stems of the words of both, in alphabetical order.
        differing: Stems of the words of one alone.
    """

    score: float
    shared: tuple[str, ...]
    differing: tuple[str, ...]


_MOST_TOGETHER = 30
_RAREST = 2


class Phrases:
    """Phrases to be compared by the words that they share, the rarer the word among them, the weightier."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.stems = [stems(phrase) for phrase in phrases]
        counts = Counter(stem for own in self.stems for stem in own)
        self._weight = {stem: log(1 + len(phrases) / count) for stem, count in counts.items()}

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Places of phrases that share one of their two rarest words, unless more than 30 phrases do."""
        together: dict[str, list[int]] = defaultdict(list)
        for place, own in enumerate(self.stems):
            for stem in sorted(own, key=lambda stem: (-self._weight[stem], stem))[:_RAREST]:
                together[stem].append(place)
        candidates = (
            pair for places in together.values() if len(places) <= _MOST_TOGETHER for pair in combinations(places, 2)
        )
        yield from dict.fromkeys(candidates)

    def similarity(self, left: int, right: int) -> SharedWords:
        """How similar the phrases at two places are, and which words they share.

        The score grows with Jaccard's index, weighted by how rare the words are. A number decides alone: a plan at $20
        a month is not the plan at $200.
        """
        shared, differing = self.stems[left] & self.stems[right], self.stems[left] ^ self.stems[right]
        # A share and its rise have nearly all words in common.
        if CHANGE_WORDS.isdisjoint(self.stems[left]) != CHANGE_WORDS.isdisjoint(self.stems[right]):
            return SharedWords(0.0, tuple(sorted(shared)), tuple(sorted(differing)))
        return SharedWords(self._score(shared, differing), tuple(sorted(shared)), tuple(sorted(differing)))

    def _score(self, shared: frozenset[str], differing: frozenset[str]) -> float:
        # "Margin with two sellers" and "Margin with three sellers" share nearly all words, and are two measures.
        if any(stem in NUMBER_WORDS or NUMBERED.search(stem) for stem in differing):
            return 0.0
        # "Passengers who came back" and "passengers who did not come back".
        if not OPPOSING_WORDS.isdisjoint(differing):
            return 0.0
        either = self._total(shared | differing)
        return (1 + self._total(shared) / either) / 2 if either else 0.0

    def _total(self, words: Iterable[str]) -> float:
        return sum(self._weight[stem] for stem in sorted(words))


def stems(phrase: str) -> frozenset[str]:
    """The words of a phrase in the singular.

    >>> sorted(stems("Prices of API tokens"))
    ['api', 'price', 'token']
    """
    return frozenset(singular(word) for word in spelling(phrase).words)
