"""Whether a number is a figure at all: names, labels, years and turns of phrase are none."""

from kb.domain.quantity import PERIODS, Bound
from kb.numbers.amount import amount_at, ties
from kb.numbers.character_numerals import place_value
from kb.numbers.lexicon import LEXICON
from kb.numbers.money import MINUSES
from kb.numbers.number import ONE
from kb.numbers.scan.candidate import Candidate
from kb.numbers.scan.labels import has_capital, in_headline, is_label, is_named, is_numbered_label, is_worded_label
from kb.numbers.scan.mention import LeftOut, is_measure
from kb.numbers.scan.years import is_year

_PROSE, _NOUNS = LEXICON.prose, LEXICON.nouns
_WORDS, _CHARACTERS = LEXICON.word_numerals, LEXICON.character_numerals
_PLACES = frozenset((*_CHARACTERS.tens, *_CHARACTERS.scales))


def is_character_figure(candidate: Candidate) -> bool:
    """Whether ``candidate``, a number that begins with a character, says how much or how many."""
    sign, single = candidate.head.text, candidate.number.end == candidate.core + 1
    previous = candidate.text[candidate.head.start - 1 : candidate.head.start]
    if sign in _CHARACTERS.vague_idioms:
        return True
    if previous in _PROSE.each or (single and candidate.behind.text[:1] in _PROSE.place_ends):
        return False
    if sign in _CHARACTERS.upwards:
        return previous not in _PROSE.up_to
    # 几千 and 几年 say how many; 几个 and 几家公司 say only that there are some.
    if sign in _CHARACTERS.vague:
        return candidate.is_scaled or candidate.is_time or candidate.is_money
    if sign in _CHARACTERS.half:
        return (
            previous in _CHARACTERS.one
            or (candidate.is_time and candidate.effective_unit != "day")
            or candidate.effective_unit == "fraction"
        )
    # One and a half of something is counted: 一年半.
    if sign in _CHARACTERS.one and single and candidate.is_one_value and candidate.value % 1 == 0:
        return _is_counting_one(candidate, previous)
    # A lone 百, 千 or 万 counts nothing: it begins other words, such as 百姓 and 千万别.
    if sign in _PLACES and single and place_value(sign) != 10:
        return False
    if single:
        return bool(candidate.effective_unit) or candidate.counts_things
    return (
        candidate.is_scaled
        or bool(candidate.effective_unit)
        or bool(_PLACES & set(candidate.text[candidate.head.start : _end(candidate)]))
    )


def _end(candidate: Candidate) -> int:
    return candidate.tokens[candidate.number.end - 1].end


def _is_counting_one(candidate: Candidate, previous: str) -> bool:
    """Whether a lone 一 counts: 一倍, 大约一周, 一成; but 一个, 一家 and 一年 mean "a"."""
    if previous in _PROSE.pointers:
        return False
    if candidate.effective_unit in ("fraction", "multiple"):
        return True
    if candidate.is_money:
        return candidate.first < candidate.core or previous not in _NOUNS.run_ends
    return candidate.is_hedged and (candidate.is_time or is_measure(candidate.effective_unit))


_SCALE_LETTERS = frozenset(LEXICON.units.scale_letters)
_GLUE = frozenset("{\\^_:/.#@&|")
_HAN = "\u3007"


def is_figure(candidate: Candidate) -> bool:
    """Whether ``candidate`` says how much or how many."""
    if (
        _is_glued(candidate)
        or candidate.is_cut
        or candidate.before.text in _PROSE.each
        or is_year(candidate)
        or _is_score(candidate)
        or _is_row(candidate)
        or _is_plural(candidate)
    ):
        return False
    if candidate.head.kind == "word":
        return _is_worded(candidate)
    return not is_label(candidate)


def _is_plural(candidate: Candidate) -> bool:
    """``under 18s``, ``the 747s``, ``Boeing 777s``, ``747s are``: people or things called by a number."""
    end = candidate.token(candidate.core + 1)
    touching = end.text == "s" and end.start == candidate.head.end and candidate.head.text.isdigit()
    if not touching or candidate.effective_unit != "second" or not candidate.is_one_value:
        return False
    if candidate.token(candidate.core - 1).text == "-" and candidate.touches_before(candidate.core):
        return True
    if candidate.figure.qualifier.bound in (Bound.LESS_THAN, Bound.MORE_THAN):
        # Pages load in under 18s, but a ban on under 18s stands.
        return candidate.before.low not in _PROSE.before_limited_times
    before = candidate.token(_first_of_plurals(candidate) - 1)
    named = candidate.value >= _FEWEST_TYPE and has_capital(before) and before.low not in LEXICON.stops.no_names
    called = named or before.low in _PROSE.counting_verbs or before.low in _PROSE.before_plurals
    return called or candidate.token(candidate.core + 2).low in _PROSE.behind_plurals


_FEWEST_TYPE = 100


def _first_of_plurals(candidate: Candidate) -> int:
    """The index of the first of several numbers with an s: ``747s, 777s and 787s``."""
    place = candidate.core
    while candidate.token(place - 1).low in _PROSE.label_links and candidate.token(place - 2).text == "s":
        place -= 3
    return place


def _is_row(candidate: Candidate) -> bool:
    """``NMC 135 128``: cells of a row, which only a blank makes one number; with a unit behind it is one.

    So are three groups and more, and zeros: 1 414 021 100, 40 000.
    """
    groups = candidate.head.text.split(" ")
    return len(groups) == 2 and set(groups[1]) != {"0"} and not candidate.effective_unit


def _is_glued(candidate: Candidate) -> bool:
    """Whether a sign ties the number to what stands before it; a dash there is no minus."""
    if candidate.head.text in MINUSES and candidate.touches_before(candidate.core):
        return ties(candidate.token(candidate.core - 1))
    if _is_first_of_a_pair(candidate):
        return True
    before = candidate.token(candidate.core - 1)
    if before.text == "/" and candidate.is_scaled and candidate.token(candidate.core - 2).text in _SCALE_LETTERS:
        return False
    # No blank stands behind a colon between Chinese characters: 收入：3.2亿元.
    ahead = candidate.text[max(before.start - 2, 0) : before.start].rstrip(")")
    if before.text == ":" and ahead[-1:] >= _HAN:
        return False
    return (
        candidate.head.kind == "number"
        and before.text in _GLUE
        and before.text != ""
        and candidate.touches_before(candidate.core)
    )


def _is_first_of_a_pair(candidate: Candidate) -> bool:
    """``120/80``: neither number alone says what the two do."""
    at = candidate.number.end
    is_stroke = candidate.token(at).text == "/" and candidate.touches_before(at) and candidate.touches_before(at + 1)
    return (
        is_stroke
        and candidate.token(at + 1).kind == "number"
        and candidate.is_plain
        and candidate.head.kind == "number"
    )


_DASHES = frozenset("-–—:")
_MOST_GOALS = 200


def _is_score(candidate: Candidate) -> bool:
    """``won 3-1``, ``3:2``: two small numbers that a sign joins, though they make no range as the first is higher."""
    if (
        not candidate.is_plain
        or candidate.effective_unit
        or candidate.value > _MOST_GOALS
        or not candidate.is_one_value
    ):
        return False
    end = candidate.figure.end
    ahead = candidate.token(end).text in _DASHES and candidate.token(end + 1).kind == "number"
    back = candidate.token(candidate.core - 1).text in _DASHES and candidate.token(candidate.core - 2).kind == "number"
    if ahead and (other := amount_at(candidate.tokens, end + 1)) and (other.number.scale, other.factor) != (ONE, ONE):
        return False
    return (ahead and candidate.touches_before(end)) or (back and candidate.touches_before(candidate.core))


def reason_of(candidate: Candidate) -> LeftOut:
    """Why ``candidate``, which is no figure, is none."""
    if is_year(candidate):
        return LeftOut.DATE
    if candidate.head.kind == "number":
        return LeftOut.NAME if is_named(candidate) or _is_glued(candidate) else LeftOut.LABEL
    is_name = candidate.head.kind == "word" and (_is_worded_name(candidate) or _is_capital_name(candidate))
    if is_name:
        return LeftOut.NAME
    return LeftOut.LABEL if candidate.head.kind == "word" and is_label(candidate) else LeftOut.VAGUE


# Numbers in words


def _is_worded(candidate: Candidate) -> bool:
    low = candidate.head.low
    behind = candidate.token(candidate.core + 1).low
    if is_worded_label(candidate) or _is_worded_name(candidate) or _is_scale(candidate):
        return False
    if low in _PART_BEGINNINGS and candidate.number.is_part:
        return _is_part(candidate)
    if low in _WORDS.several or (low in _WORDS.scale_articles and behind in _WORDS.several):
        return _is_some(candidate, low)
    # "Scores of boats" counts them; "the scores" are results.
    if low in _PROSE.vague_plural_nouns:
        return behind in _WORDS.of
    if low in _WORDS.one and behind in _WORDS.of:
        return False
    if low in _WORDS.one and candidate.value == 1 and candidate.is_one_value and not candidate.is_scaled:
        return _is_one(candidate)
    if low in _PROSE.zero:
        return _is_zero(candidate)
    return not (is_numbered_label(candidate) or _is_capital_name(candidate) or _is_of_digits(candidate))


def _is_worded_name(candidate: Candidate) -> bool:
    """``the Three Gorges Dam``, ``the Nine Elms line``: capitals in the middle of a sentence mark a name."""
    head, noun = candidate.head, candidate.token(candidate.number.end)
    initial = not candidate.core or candidate.token(candidate.core - 1).kind not in ("word", "name")
    if not (has_capital(head) and has_capital(noun)) or noun.start - head.end != 1:
        return False
    if noun.low in _WORDS.scales or in_headline(candidate):
        return False
    return not initial or _is_singular_name(candidate)


def _is_singular_name(candidate: Candidate) -> bool:
    """``Seven Sisters is a cliff``, ``Three Mile Island closed``: a name at the start of a sentence, and no count.

    Several things are one only in a name. In "Three Russians left" and "Three Boeing jets left" a capital names whose
    they are.
    """
    end = candidate.number.end
    while has_capital(candidate.token(end)):
        end += 1
    last, behind = candidate.token(end - 1), candidate.token(end)
    if candidate.noun_capitals or candidate.value == 1 or candidate.is_money:
        return False
    if behind.low in _PROSE.singular_verbs:
        return True
    is_one = end - candidate.number.end > 1 and not last.low.endswith("s")
    return is_one and (behind.kind == "sign" or behind.low in LEXICON.stops.no_heads or behind.low.endswith("ed"))


_FAR = 6


def _is_scale(candidate: Candidate) -> bool:
    """``amounts are in thousands of Canadian dollars``, ``(in millions)``: what other numbers are in, and none itself.

    "It resulted in millions of dollars of losses" is no such statement.
    """
    link = candidate.core - 1
    if candidate.head.low not in _WORDS.vague_plurals or candidate.token(link).low not in _PROSE.table_joiners:
        return False
    before = candidate.tokens[max(link - _FAR, 0) : link]
    ends = max((at for at, token in enumerate(before) if token.text in ".;!?" or token.kind == "break"), default=-1)
    bracket = bool(before) and before[-1].text in "(["
    return bracket or not _PROSE.table_amounts.isdisjoint(token.low for token in before[ends + 1 :])


_PART_BEGINNINGS = (frozenset(_WORDS.halves) - _WORDS.plural_halves) | _WORDS.scale_articles


def _is_part(candidate: Candidate) -> bool:
    """``half of them``, ``a third of users``; but the second half, a third party, a single quarter."""
    before, behind = candidate.token(candidate.first - 1).low, candidate.behind.low
    if before in _PROSE.halves_before or candidate.behind.text == "-":
        return False
    words = {token.low for token in candidate.tokens[candidate.core : candidate.figure.end]}
    # A quarter of an hour is a time, whatever else a quarter is.
    if candidate.is_time or is_measure(candidate.effective_unit):
        return True
    if words & _PROSE.quarters:
        return behind in _PROSE.quarter_behind and before not in LEXICON.units.per
    if words & _PROSE.part_ordinals and behind not in _WORDS.of and _is_next(candidate):
        return False
    if words & _PROSE.part_ordinals:
        return candidate.behind.kind != "word" or behind in _PROSE.part_behind
    # "Cut in half" is no share, but "in nearly half of these" is one.
    is_share = candidate.is_hedged or behind in _WORDS.of
    return (is_share or before not in _PROSE.bare_half_before) and (
        candidate.behind.kind != "word" or behind not in _PROSE.bare_half_behind
    )


_NEXT = 14


def _is_next(candidate: Candidate) -> bool:
    """``two more ships; a third is an option``: an ordinal behind the count before it is the next one, and no part."""
    ordinal = candidate.tokens[candidate.figure.low.number.end - 1].low
    place = _WORDS.below_twenty.get(_WORDS.ordinals.get(ordinal, ""), 0)
    before = candidate.tokens[max(candidate.core - _NEXT, 0) : candidate.core]
    return place > 1 and any(_WORDS.below_twenty.get(token.low) == place - 1 for token in before)


def _is_some(candidate: Candidate, low: str) -> bool:
    """``a few hours``, ``several hundred``, ``the last few years``; but a few firms are no figure."""
    if low in _PROSE.few and candidate.before.low not in _PROSE.few_before:
        return False
    return candidate.is_scaled or candidate.is_time or candidate.is_money


def _is_one(candidate: Candidate) -> bool:
    """One month, one percent, at least one; but the one, one of them, one thing, one day."""
    if (
        candidate.effective_unit == "fraction"
        or candidate.is_money
        or any(noun in PERIODS for _, noun in candidate.figure.rates)
    ):
        return True
    if candidate.is_hedged and candidate.behind.low not in _WORDS.of:
        return bool(candidate.effective_unit)
    if candidate.is_time and candidate.effective_unit != "day":
        return candidate.before.low not in _PROSE.one_before
    return False


def _is_zero(candidate: Candidate) -> bool:
    before, behind = candidate.token(candidate.core - 1).low, candidate.behind.low
    return before not in _PROSE.zero_before and behind not in _PROSE.zero_behind


def _is_capital_name(candidate: Candidate) -> bool:
    """``the Magnificent Seven``, ``the Big Four firms``."""
    before = candidate.before
    capital = has_capital(candidate.head) and has_capital(before) and before.low not in LEXICON.stops.no_names
    return capital and candidate.is_plain and candidate.head.start - before.end == 1 and not in_headline(candidate)


def _is_of_digits(candidate: Candidate) -> bool:
    """``a nine-figure sum``: it counts the digits of a number that is not given."""
    return candidate.unit in _PROSE.digit_nouns and candidate.is_plain
