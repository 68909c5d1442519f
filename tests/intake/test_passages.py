"""Where a passage stands in an attached document, and what is said where it does not."""

import pytest

from kb.domain.entity import Figure
from kb.domain.event import PassagesAnchored
from kb.domain.passage import Anchor, Passage
from kb.intake.anchoring import anchor_passages
from kb.intake.passage import Manuscript, NotFound, find, sentences
from tests.intake.shelf import Shelf

TEXT = (
    "The fee is $40.\r\n"
    "It was $40 in May and $40 in June, not $400 and not $40.50.\r\n"
    "\r\n"
    "The U.S. price is $1.25. “Too much!” they say. 票价是40元。真的吗？\r\n"
    "Threefold, they say, but three is enough, and 1,200 is not 200’s equal."
)
MANUSCRIPT = Manuscript(TEXT)


def found(locator: str) -> str:
    """What stands there."""
    anchor = find(Passage.parse(locator), MANUSCRIPT)
    assert isinstance(anchor, Anchor), anchor
    assert TEXT[anchor.start : anchor.end] == anchor.text
    assert (anchor.before + anchor.text + anchor.after) in TEXT
    return anchor.text


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ("L1", "The fee is $40."),
        ('L1 "$40"', "$40"),
        ('L2 "$40"#2', "$40"),
        ("L4 s1", "The U.S. price is $1.25."),
        ("L4 s2", "“Too much!” they say."),
        ("L4 s3", "票价是40元。"),
        ("L4 s4", "真的吗？"),
        ('L4 s3 "40元"', "40元"),
        ('L5 "three"', "three"),
        ('L5 "200"', "200"),
    ],
)
def test_a_passage_is_its_words_its_sentence_or_its_line(locator: str, text: str) -> None:
    assert found(locator) == text


def test_a_counted_passage_is_the_one_that_was_counted() -> None:
    anchors = [find(Passage.parse(f'L2 "$40"#{number}'), MANUSCRIPT) for number in (1, 2)]
    starts = [anchor.start for anchor in anchors if isinstance(anchor, Anchor)]
    assert starts == [TEXT.index("$40", 18), TEXT.index("$40", 30)]


@pytest.mark.parametrize(
    ("locator", "what", "hint"),
    [
        ('L2 "$40"', '"$40" stands in line 2 twice', 'add #1 or #2, without a space before it: L2 "$40"#1'),
        ('L2 "$40"#3', '"$40" stands in line 2 twice, so there is no #3', ""),
        ('L1 "$1.25"', '"$1.25" does not stand in line 1', "it stands on line 4"),
        ('L1 "$4"', '"$4" does not stand in line 1', "there it is only a part of a longer number"),
        (
            'L1 "$8"',
            '"$8" does not stand in line 1',
            "it stands nowhere in the document; copy the words letter for letter",
        ),
        ('L4 s2 "too much"', '"too much" does not stand in line 4, sentence 2', 'there it is written "Too much"'),
        ("L4 \"'Too much!'\"", "\"'Too much!'\" does not stand in line 4", "it stands nowhere in the document"),
        ('L5 "200\'s"', '"200\'s" does not stand in line 5', 'there it is written "200’s"'),
        ("L3", "line 3 is empty", "point to the line with the words"),
        ("L9", "the document has 5 lines, and no line 9", ""),
        ('L9 "$1.25"', "the document has 5 lines, and no line 9", "it stands on line 4"),
        ("L1 s2", "line 1 has 1 sentence, and no sentence 2", "count again"),
    ],
)
def test_a_passage_that_is_not_there_says_where_its_words_are(locator: str, what: str, hint: str) -> None:
    missing = find(Passage.parse(locator), MANUSCRIPT)
    assert isinstance(missing, NotFound)
    assert missing.what == what
    assert hint in missing.hint


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("One. Two? Three!", 3),
        ("Mr. Smith paid $1.25 in the U.S. market.", 1),
        ("They met in D.C. The bill was high.", 2),
        ("It grew, e.g. in May, by approx. 5%.", 1),
        ("J. R. Smith wrote it.", 1),
        ("He asked “Why?” and left.", 1),
        ("He asked. “Why?” She left.", 3),
        ("价格是3.5元。真的！“是的。”他说", 4),
        ("Wait... what is it?", 1),
        ("No end", 1),
        ("   ", 0),
    ],
)
def test_sentences_are_counted_as_people_count(line: str, count: int) -> None:
    assert len(sentences(line)) == count


DECK = """\
kb: 1
id: deck
source: {type: post, title: T, language: en, document: {sha256: SHA}}
figures:
  - {id: fee, measure: fee, value: $40 / month, at: L1 "$40", also: 'L2 "$40"'}
claims:
  - {id: c, text: T., at: 'L1; L2 "June"; L4 s9'}
"""


def test_every_passage_of_an_attached_document_is_looked_up(shelf: Shelf) -> None:
    shelf.put(deck=DECK.replace("SHA", shelf.attach(TEXT)))
    assert shelf.problems() == ["deck.yaml:7:43: line 4 has 4 sentences, and no sentence 9 — count again"]
    assert shelf.warnings() == [
        'deck.yaml:5:69: "$40" stands in line 2 twice — add #1 or #2, without a space before it: L2 "$40"#1',
    ]


def test_without_its_document_a_passage_is_taken_as_it_is(shelf: Shelf) -> None:
    assert shelf.put(deck=DECK.replace("SHA", "0" * 64)).problems() == []


def test_anchors_are_those_of_the_passages_in_order(shelf: Shelf) -> None:
    digest = shelf.attach(TEXT)
    shelf.put(deck=DECK.replace("SHA", digest).replace("L4 s9", "L4 s3").replace('L2 "$40"', 'L2 "$40"#2')).bring_in()
    found = anchor_passages(shelf.knowledge.by_id.values(), shelf.knowledge, shelf.texts.get)
    assert (found.problems, found.outcomes) == ((), ())
    (fact,) = found.facts
    assert isinstance(fact, PassagesAnchored)
    assert fact.sha256 == digest
    assert [(place.index, place.anchor.text, place.by.value, place.line) for place in fact.anchors] == [
        (0, "$40", "exact", 1),
        (0, "$40", "position", 2),
        (0, "The fee is $40.", "position", 1),
        (1, "June", "exact", 2),
        (2, "票价是40元。", "position", 4),
    ]


def test_anchors_of_another_text_are_problems_with_the_name_of_the_entry(shelf: Shelf) -> None:
    digest = shelf.attach(TEXT)
    text = DECK.replace("SHA", digest).replace("L4 s9", "L4 s3").replace('L2 "$40"', 'L2 "$40"#2')
    shelf.put(deck=text).bring_in()
    figures = [entity for entity in shelf.knowledge.by_id.values() if isinstance(entity, Figure)]
    found = anchor_passages(figures, shelf.knowledge, {digest: "nothing"}.get)
    assert found.facts == ()
    nowhere = "it stands nowhere in the document; copy the words letter for letter"
    assert [str(problem) for problem in found.problems] == [
        f'deck/fee at L1 "$40": "$40" does not stand in line 1 — {nowhere}',
        f'deck/fee/also at L2 "$40"#2: the document has 1 line, and no line 2 — {nowhere}',
    ]
