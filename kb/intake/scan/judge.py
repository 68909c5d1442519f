"""Is this number a figure at all? Names, labels, years and turns of phrase are none, whatever digits they hold."""

from kb.domain.notation import word
from kb.domain.notation.token import Token
from kb.domain.quantity import PERIODS, Bound
from kb.intake.scan import hanlexicon, lexicon
from kb.intake.scan.candidate import Candidate

_FIRST_YEAR, _FIRST_RECENT, _LAST_YEAR = 1000, 1900, 2100
_GLUE = frozenset("{\\^_:/.#@&|")
_MOST_LABEL = 20
_MOST_NAME = 10_000


def is_figure(one: Candidate) -> bool:
    """Whether ``one`` says how much or how many."""
    if _is_glued(one) or one.before.text == "每" or is_year(one) or _is_score(one) or _is_row(one):
        return False
    if one.head.kind == "word":
        return _is_worded(one)
    return not is_label(one)


def _is_row(one: Candidate) -> bool:
    """``NMC 135 128``: cells of a row, which a blank alone would make one number; with a unit it is one."""
    return " " in one.head.text and not one.said


def _is_glued(one: Candidate) -> bool:
    """A number that a sign ties to what stands before it; a dash there is no minus."""
    if one.head.text in word.MINUSES and one.touches_before(one.core):
        return True
    before = one.token(one.core - 1)
    return one.head.kind == "number" and before.text in _GLUE and before.text != "" and one.touches_before(one.core)


_DASHES = frozenset("-–—")
_MOST_GOALS = 200


def _is_score(one: Candidate) -> bool:
    """``won 3-1``: two small numbers that a dash joins and that are no range, the first being higher."""
    if not one.is_plain or one.said or one.value > _MOST_GOALS or not one.is_one_value:
        return False
    end = one.figure.end
    ahead = one.token(end).text in _DASHES and one.token(end + 1).kind == "number"
    back = one.token(one.core - 1).text in _DASHES and one.token(one.core - 2).kind == "number"
    return (ahead and one.touches_before(end)) or (back and one.touches_before(one.core))


def is_year(one: Candidate) -> bool:
    """``in 2025``, ``the 2024 election``; but 2000 people, and over 2000."""
    if not _is_bare_number(one) or one.is_scaled or one.figure.rates or (one.said and not one.noun):
        return False
    ends = one.number.low, one.figure.high.number.low
    if not all(_FIRST_YEAR <= end <= _LAST_YEAR for end in ends) or one.figure.stance.bound not in (
        Bound.EXACT,
        Bound.RANGE,
    ):
        return False
    if one.token(one.core - 1).low in lexicon.BEFORE_YEARS or not one.is_one_value:
        return True
    if ends[0] < _FIRST_RECENT or (one.noun and one.token(one.core + 1).kind == "han"):
        return False
    immediate = one.noun and one.tokens[one.figure.end - 1].start - one.tokens[one.core].end <= 1
    return not (immediate and (one.value % 100 == 0 or one.unit in ("person", "word", "user", "employee", "customer")))


def _is_bare_number(one: Candidate) -> bool:
    return one.head.kind == "number" and len(one.head.text) == 4 and one.head.text.isdigit()


# Labels and names


_LINKS = frozenset((",", "and", "or", "&", "to", "和", "、", "与", "及"))


def is_label(one: Candidate) -> bool:
    """Whether the number is part of a name or a label."""
    return _is_label(one) or is_named(one)


def is_another_label(one: Candidate, end: int) -> bool:
    """``Python 3.11, 3.12 and 3.13``: a bare number behind a label that ends before ``end``, and a link or two."""
    if not end or not 0 < one.first - end <= 2:
        return False
    between = [one.token(place).low for place in range(end, one.first)]
    return _LINKS.issuperset(between) and one.is_plain and not one.said


def _is_label(one: Candidate) -> bool:
    """``section 4``, ``No. 5``, ``top 10``: what a number is called by rather than counted."""
    if not one.is_plain or one.core != one.first:
        return False
    if one.before.low in lexicon.LIKE_ABOUT and not one.said:
        return True
    before, place = one.before, one.first - 1
    if before.text == "." and one.touches_before(one.first - 1):
        before, place = one.token(place - 1), place - 1
    if before.text == "§" or before.text in hanlexicon.BEFORE_LABELS:
        return True
    if before.kind == "han" and one.text[max(before.end - 2, 0) : before.end] in hanlexicon.WORDS_BEFORE_LABELS:
        return True
    if before.low in lexicon.OWNERS and not one.said:
        return one.behind.low not in lexicon.AFTER_OWNED
    if before.low not in lexicon.REFERENCES or "," in one.head.text or one.token(place - 1).low in ("a", "an"):
        return False
    return not (one.noun and one.value >= _MOST_LABEL)


def is_named(one: Candidate) -> bool:
    """``Opus 4.6``, ``Boeing 747 jets``, ``Mythos 5 models``; but ``gave Anthropic 90 minutes``."""
    before = one.before
    near = one.head.start - before.end <= 1 and "\t" not in one.text[before.end : one.head.start]
    if not near or one.core != one.first or "," in one.head.text:
        return False
    if one.is_scaled and (not one.said or one.said == "model"):
        return _is_size(one)
    if before.kind not in ("word", "name"):
        return False
    if not one.is_plain or one.value >= _MOST_NAME:
        return False
    if before.kind == "name":
        return not one.noun and one.text[before.end : one.head.start] == " " and before.text[-1:].isascii()
    if before.low in lexicon.NUMBERED and before.text != before.low:
        return not (one.noun and _is_given(one))
    if not _has_capital(before) or before.low in lexicon.SENTENCE_WORDS or _in_headline(one):
        return False
    return not one.noun or ((one.value < _MOST_LABEL or one.value % 1 != 0) and not _is_given(one))


def _is_size(one: Candidate) -> bool:
    """``Llama 2 13B``, ``the 7B model``: a size that models are called by."""
    if one.token(one.core + 1).text not in ("B", "b") or one.tokens[one.core + 1].start != one.head.end:
        return False
    place = one.first - 1
    place -= one.token(place).kind == "number" and one.token(place - 1).kind != "number"
    return one.token(place).low in lexicon.NUMBERED or one.said == "model"


def _has_capital(token: Token) -> bool:
    return token.text != token.low and token.kind == "word"


def _is_given(one: Candidate) -> bool:
    """Whether the name before the number receives what is counted: ``paid Elon Musk 500 shares``."""
    place = one.first - 1
    while place > one.first - 4 and _has_capital(one.token(place)):
        place -= 1
    return one.token(place).low in lexicon.GIVING


def _in_headline(one: Candidate) -> bool:
    """Whether all longer words around it begin with a capital, so that capitals say nothing."""
    around = [
        one.token(place) for place in (*range(one.first - 4, one.first), *range(one.figure.end, one.figure.end + 4))
    ]
    words = [token for token in around if token.kind == "word" and len(token.text) > 3]
    return len(words) >= 3 and all(token.text[0].isupper() for token in words)


# Numbers in English words


def _is_worded(one: Candidate) -> bool:
    low = one.head.low
    if low in ("half", "quarter", "a") and one.number.is_part:
        return _is_part(one)
    if low in word.SEVERAL or (low == "a" and one.token(one.core + 1).low in word.SEVERAL):
        return _is_some(one, low)
    if low == "scores":
        return one.token(one.core + 1).low == "of"
    if low == "one" and one.token(one.core + 1).low == "of":
        return False
    if low == "one" and one.value == 1 and one.is_one_value and not one.is_scaled:
        return _is_one(one)
    if low == "zero":
        return _is_zero(one)
    return not (_is_label(one) or _is_capital_name(one) or _is_of_digits(one))


def _is_part(one: Candidate) -> bool:
    """``half of them``, ``a third of users``; but the second half, a third party, a single quarter."""
    before, behind = one.token(one.first - 1).low, one.behind.low
    if before in lexicon.HALF_BLOCKERS or one.behind.text == "-":
        return False
    words = {token.low for token in one.tokens[one.core : one.figure.end]}
    if "quarter" in words:
        return behind in ("of", "the") and before != "per"
    if words & lexicon.PART_ORDINALS:
        return one.behind.kind != "word" or behind in lexicon.PART_FOLLOWERS
    return before not in ("way", "in") and (
        one.behind.kind != "word" or behind not in ("way", "time", "hour", "mile", "dozen")
    )


def _is_some(one: Candidate, low: str) -> bool:
    """``a few hours``, ``several hundred``, ``the last few years``; a few things are no figure."""
    if low == "few" and one.before.low not in ("last", "past", "next", "first", "every", "these", "those"):
        return False
    return one.is_scaled or one.is_time or one.is_money


def _is_one(one: Candidate) -> bool:
    """One month, one percent, at least one; but the one, one of them, one thing, one day."""
    if one.said == "fraction" or one.is_money or any(noun in PERIODS for _, noun in one.figure.rates):
        return True
    if one.is_hedged and one.behind.low != "of":
        return bool(one.said)
    if one.is_time and one.said != "day":
        return one.before.low not in ("this", "that", "any", "each", "every", "no", "the", "last")
    return False


def _is_zero(one: Candidate) -> bool:
    before, behind = one.token(one.core - 1).low, one.behind.low
    return before not in ("net", "ground", "sub", "absolute", "patient", "year", "day", "less") and behind not in (
        "sum",
        "tolerance",
        "trust",
        "day",
        "hour",
        "-",
        "in",
        "shot",
    )


def _is_capital_name(one: Candidate) -> bool:
    """``the Magnificent Seven``, ``the Big Four firms``."""
    before = one.before
    capital = _has_capital(one.head) and _has_capital(before) and before.low not in lexicon.SENTENCE_WORDS
    return capital and one.is_plain and one.head.start - before.end == 1 and not _in_headline(one)


def _is_of_digits(one: Candidate) -> bool:
    """``a nine-figure sum``: what its digits count is not said."""
    return one.unit in ("figure", "digit") and one.is_plain
