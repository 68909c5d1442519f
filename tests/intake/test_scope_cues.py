"""A draft suggests price year, plan or actual, announced or paid where the words of a sentence say so."""

import pytest

from kb.intake.draft.scope_cues import scope_cues


def cues(sentence: str, number: str, *, money: bool = True) -> dict[str, str]:
    start = sentence.index(number)
    return dict(scope_cues(sentence, start, start + len(number), money=money))


@pytest.mark.parametrize(
    ("sentence", "number", "suggested"),
    [
        ("The tunnel cost £40 million in 2015 prices.", "£40 million", {"price-year": "2015"}),
        ("At constant 2012 dollars, the dam cost $9 billion.", "$9 billion", {"price-year": "2012"}),
        ("In Preisen von 2015 kostete der Tunnel 40 Mio. Euro.", "40 Mio. Euro", {"price-year": "2015"}),
        ("按2015年不变价计算,隧道造价为 40 亿元。", "40 亿元", {"price-year": "2015"}),
        ("The planned cost was $5 million, the actual cost $7 million.", "$5 million", {"status": "plan"}),
        ("The planned cost was $5 million, the actual cost $7 million.", "$7 million", {"status": "actual"}),
        ("Donors pledged $90 million and paid $30 million.", "$90 million", {"payment": "announced"}),
        ("Donors pledged $90 million and paid $30 million.", "$30 million", {"payment": "paid"}),
        ("Zugesagt waren 90 Mio. Euro, ausgezahlt wurden 30 Mio. Euro.", "30 Mio. Euro", {"payment": "paid"}),
        ("计划投资 50 亿元,实际投资 70 亿元。", "70 亿元", {"status": "actual"}),
    ],
)
def test_words_that_name_a_scope_suggest_it(sentence: str, number: str, suggested: dict[str, str]) -> None:
    assert cues(sentence, number) == suggested


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("He paid $5 for the pass.", "$5"),
        ("The planned bridge costs $5 million.", "$5 million"),
        ("In 2015 prices rose to $5.", "$5"),
        ("The office announced that fares rise by $2.", "$2"),
    ],
)
def test_one_word_alone_suggests_nothing(sentence: str, number: str) -> None:
    assert cues(sentence, number) == {}


def test_a_price_year_is_suggested_of_money_alone() -> None:
    assert cues("In 2015 prices, the tunnel carries 40,000 people.", "40,000 people", money=False) == {}
