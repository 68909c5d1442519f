"""Does each figure and claim stand where the seeds say? Checked on the archived documents."""

import re
from collections.abc import Iterator, Mapping

import pytest

from kb.domain.entity import Figure
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Anchor, Passage
from kb.intake.passage import Manuscript, find
from tests.corpus.shipped import SEEDS, seeds_with

POSITIONS = [
    # figure, line, first character, the character after the last, the characters
    ("compelled-philanthropy/plan-value", 9, 2176, 2198, "upward of $2,000-3,000"),
    ("compelled-philanthropy/resale-discount", 5, 951, 957, "70-90%"),
    ("compelled-philanthropy/rented-identity", 17, 5128, 5142, "roughly $20-30"),
    ("brokenomics/newsletter-year", 10, 179, 189, "$70 a year"),
    ("brokenomics/newsletter-month", 10, 194, 204, "$7 a month"),
    ("brokenomics/newsletter-length", 10, 277, 298, "5,000 to 18,000 words"),
    ("brokenomics/newsletter-length-at-the-foot", 345, 46242, 46264, "10,000 to 18,000 words"),
    ("brokenomics/required-revenue", 109, 13831, 13843, "$358 billion"),
    ("brokenomics/commitments", 109, 13892, 13905, "$1.1 trillion"),
    ("brokenomics/raised", 153, 19323, 19340, "over $230 billion"),
    ("brokenomics/forty-for-one", 155, 19868, 19878, "$40 for $1"),
    ("brokenomics/anthropic-value", 169, 20489, 20494, "$8000"),
    ("brokenomics/openai-value", 169, 20565, 20572, "$14,000"),
    ("brokenomics/multiple", 171, 20696, 20719, "between 20 and 70 times"),
    ("brokenomics/gym-heavy-users", 173, 21164, 21176, "three people"),
    ("brokenomics/quarter-margin", 177, 21589, 21609, "at best negative 25%"),
    ("brokenomics/quarter-use", 177, 21629, 21645, "as little as 25%"),
    ("brokenomics/assumed-gross-margin", 177, 21729, 21732, "75%"),
    ("brokenomics/cheap-model-saving", 219, 27364, 27378, "as much as 95%"),
    ("brokenomics/faulty-citations", 251, 31523, 31535, "40 out of 45"),
    ("brokenomics/colossus", 275, 34713, 34734, "$1.25 billion a month"),
    ("brokenomics/infrastructure", 327, 43164, 43171, "$100bn+"),
    ("who-wins/anthropic-revenue", 7, 799, 830, "exceeded thirty billion dollars"),
    ("who-wins/blended-price", 48, 3448, 3476, "6 dollars per million tokens"),
    ("who-wins/task-tokens", 48, 3495, 3512, "20 million tokens"),
    ("who-wins/time-saved", 48, 3551, 3554, "0.4"),
    ("who-wins/marginal-cost", 48, 3608, 3637, "2$ dollars per million tokens"),
    ("who-wins/one-seller-margin", 48, 3656, 3664, "near 67%"),
    ("who-wins/four-sellers-margin", 50, 3843, 3846, "16%"),
    ("paid-apis-thread/deepseek-cost-share", 22, 3646, 3655, "under 20%"),
    ("paid-apis-thread/deepseek-margin", 22, 3688, 3692, ">80%"),
    ("paid-apis-thread/openai-inference", 27, 4586, 4589, "$4B"),
    ("paid-apis-thread/google-growth", 27, 4833, 4836, "50x"),
    ("paid-apis-thread/google-volume", 27, 4862, 4881, "480T tokens / month"),
    ("distillation-queries/foregone", 4, 79, 85, "$100M+"),
    ("distillation-queries/queries", 5, 367, 382, "over 16 million"),
    ("distillation-queries/claude-price", 11, 1868, 1893, "$3–$15 per million tokens"),
    ("distillation-queries/campaign", 11, 1916, 1919, "16M"),
    ("distillation-queries/campaign-cost", 11, 1990, 2010, "$48,000 and $240,000"),
    ("distillation-queries/minimax-price", 16, 3344, 3382, "approximately $0.30 per million tokens"),
]

WORDS = 7
"""The longest run of words that a text of ours may share with a document."""
CHARACTERS = 12
"""The longest run of Chinese text that it may share."""

_WORD = re.compile(r"[\w'’.$%-]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_no_value_contradicts_its_literal_and_no_literal_stands_twice(texts: Mapping[str, str]):
    assert [str(warning) for warning in seeds_with(texts.get).warnings] == []


def test_every_place_is_found_in_its_document(texts: Mapping[str, str]):
    assert [str(problem) for problem in seeds_with(texts.get).problems] == []


def test_every_literal_is_found_letter_for_letter(corpus: Knowledge, texts: Mapping[str, str]):
    places = list(_places(corpus))
    assert len(places) > 300
    for slug, sha256, passage in places:
        found = find(passage, Manuscript(texts[sha256]))
        assert isinstance(found, Anchor), (slug, found)
        assert passage.exact in found.text, slug
        assert texts[sha256].count("\n", 0, found.start) == passage.line - 1, slug


def test_every_number_is_kept_in_the_words_of_its_line(corpus: Knowledge, texts: Mapping[str, str]):
    for figure in corpus.figures.values():
        lines = texts[corpus.sources[figure.source].document].split("\n")
        assert figure.quantity.as_written in lines[figure.passage.line - 1], figure.slug


@pytest.mark.parametrize(("slug", "line", "start", "end", "literal"), POSITIONS)
def test_a_number_stands_where_a_reader_finds_it(
    corpus: Knowledge, texts: Mapping[str, str], slug: str, line: int, start: int, end: int, literal: str
):
    figure = corpus.named(Figure, slug)
    assert figure is not None
    text = texts[corpus.sources[figure.source].document]
    found = find(figure.passage, Manuscript(text))
    assert isinstance(found, Anchor)
    assert (figure.passage.line, found.start, found.end, text[start:end]) == (line, start, end, literal)


def test_no_sentence_of_a_document_is_copied(corpus: Knowledge, texts: Mapping[str, str]):
    theirs = {run for text in texts.values() for run in _runs(text)}
    ours = [claim.text for claim in corpus.claims.values()]
    ours += [argument.text for argument in corpus.arguments.values()]
    ours += [calculation.label for calculation in corpus.calculations.values()]
    ours += [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.yaml"))]
    titles = {run for source in corpus.sources.values() for run in _runs(source.title)}
    assert {run for text in ours for run in _runs(text)} & theirs <= titles


def _places(corpus: Knowledge) -> Iterator[tuple[str, str, Passage]]:
    for figure in corpus.figures.values():
        yield figure.slug, corpus.sources[figure.source].document, figure.passage
    for claim in corpus.claims.values():
        for passage in claim.passages:
            yield claim.slug, corpus.sources[claim.source].document, passage


def _runs(text: str) -> Iterator[str]:
    """Each run of words, and of characters with Chinese among them, that is one longer than may be shared."""
    text = text.replace("*", "")
    words = _WORD.findall(text.lower())
    for first in range(len(words) - WORDS):
        yield " ".join(words[first : first + WORDS + 1])
    signs = "".join(text.split())
    for first in range(len(signs) - CHARACTERS):
        run = signs[first : first + CHARACTERS + 1]
        if _CHINESE.search(run):
            yield run
