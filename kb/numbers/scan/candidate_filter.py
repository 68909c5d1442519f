"""Whether a number is a figure at all: names, labels, years and turns of phrase are none."""

import re

from kb.domain.quantity import PERIODS, Bound
from kb.numbers.amount import ties
from kb.numbers.character_numerals import place_value
from kb.numbers.lexicon import LEXICON
from kb.numbers.money import MINUSES
from kb.numbers.scan.candidate import Candidate
from kb.numbers.scan.mention import LeftOut, is_measure
from kb.numbers.scan.versions import is_version
from kb.numbers.scan.years import is_year
from kb.numbers.token import Token

_PROSE, _NOUNS = LEXICON.prose, LEXICON.nouns
_WORDS, _CHARACTERS = LEXICON.word_numerals, LEXICON.character_numerals
_PLACES = frozenset((*_CHARACTERS.tens, *_CHARACTERS.scales))


def is_character_figure(candidate: Candidate) -> bool:
    """Whether ``candidate``, a number that begins with a character, says how much or how many."""
    sign, single = candidate.head.text, candidate.number.end == candidate.core + 1
    previous = candidate.text[candidate.head.start - 1 : candidate.head.start]
    if sign in _CHARACTERS.vague_idioms:
        return True
    if previous in _PROSE.each:
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
_ABBREVIATIONS = LEXICON.sentences.abbreviations | LEXICON.sentences.before_numbers
_MOST_LABEL = 20
_MOST_NAME = 10_000


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
    named = candidate.value >= _FEWEST_TYPE and _has_capital(before) and before.low not in LEXICON.stops.no_names
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


# Labels and names


def is_label(candidate: Candidate) -> bool:
    """Whether the number is part of a name or a label."""
    if candidate.head.kind == "word" and _is_worded_label(candidate):
        return True
    room = candidate.behind.text in _PROSE.label_trails and len(candidate.head.text) >= _ROOM_DIGITS
    return room or _is_label(candidate) or is_named(candidate) or is_version(candidate)


_ROOM_DIGITS = 3


def is_another_label(candidate: Candidate, end: int) -> bool:
    """``Python 3.11, 3.12 and 3.13``: a bare number behind a label that ends before ``end``, and a link or two."""
    if not end or not 0 < candidate.first - end <= 3:
        return False
    # A Boeing 737-800, call 555-1234: a hyphen ties the second number to the first.
    tied = candidate.before.text == "-" and candidate.first == candidate.core == end + 1 and candidate.is_plain
    if tied and candidate.touches_before(candidate.core) and candidate.touches_before(end):
        return True
    if _is_second_of_two(candidate):
        return True
    # In "Python 3.11 and numpy 2.1" a second name stands before the second version.
    last = candidate.first
    named = candidate.before.kind == "word" and candidate.before.low not in LEXICON.stops.no_heads
    last -= named and "." in candidate.head.text and "." in candidate.token(end - 1).text and last - end > 1
    if last - end > 2:
        return False
    between = [candidate.token(place).low for place in range(end, last)]
    return _PROSE.label_links.issuperset(between) and candidate.is_plain and not candidate.effective_unit


def _is_second_of_two(candidate: Candidate) -> bool:
    """``Samples 3 and 8 contained traces``: the plural announces two numbers, and the second counts no traces."""
    label, link = candidate.token(candidate.first - 3), candidate.token(candidate.first - 1)
    plural = label.low in _PROSE.references and label.low.endswith("s") and label.low[:-1] in _PROSE.references
    last = candidate.tokens[candidate.figure.end - 1]
    apart = candidate.counts_things and last.start - candidate.tokens[candidate.core].end > 1
    return plural and link.low in _PROSE.label_links and candidate.is_plain and apart


def _is_label(candidate: Candidate) -> bool:
    """``section 4``, ``No. 5``, ``top 10``: numbers that name a thing rather than count any."""
    # "Resolution 20/1234" is no share.
    named = candidate.token(candidate.first - 2) if candidate.before.text == "." else candidate.before
    if candidate.head.kind == "number" and candidate.number.is_part and named.low in _PROSE.references:
        return True
    if not candidate.is_plain or candidate.core != candidate.first:
        return False
    # "Like 3090" compares with a thing of that name; "like 20%" is a rough share.
    if candidate.before.low in _PROSE.about_if_measured and not candidate.effective_unit:
        return True
    before, place = candidate.before, candidate.first - 1
    if before.text == "." and candidate.touches_before(candidate.first - 1):
        before, place = candidate.token(place - 1), place - 1
        # "Art. 114 GG" is a label, though the number seems to count what follows.
        if before.low in _PROSE.references and before.low in _ABBREVIATIONS:
            return True
    if before.text in _PROSE.label_prefixes and not _ends_a_word(candidate, before):
        return True
    if before.kind == "han" and candidate.text[max(before.end - 2, 0) : before.end] in _PROSE.label_prefixes:
        # 附件3 is one of them, but 附件3份 are three.
        return candidate.token(candidate.number.end).text not in _CHARACTERS.counters
    if before.low in _PROSE.owners and not candidate.effective_unit:
        return candidate.behind.low not in _PROSE.after_owned
    if (
        before.low not in _PROSE.references
        or "," in candidate.head.text
        or candidate.token(place - 1).low in _WORDS.articles
    ):
        return False
    return not (candidate.counts_things and candidate.value >= _MOST_LABEL)


def _ends_a_word(candidate: Candidate, before: Token) -> bool:
    """Whether the character of a label ends another word: 新增病例 30 例, but 见例 3."""
    previous = candidate.text[before.start - 1 : before.start]
    goes_on = "\u4e00" <= previous <= "\u9fff" and previous not in _PROSE.before_labels
    return goes_on and before.text in _PROSE.lone_labels


def is_named(candidate: Candidate) -> bool:
    """``Opus 4.6``, ``Boeing 747 jets``, ``Mythos 5 models``; but ``gave Anthropic 90 minutes``."""
    before = candidate.before
    near = candidate.head.start - before.end <= 1 and "\t" not in candidate.text[before.end : candidate.head.start]
    if not near or candidate.core != candidate.first or "," in candidate.head.text:
        return False
    if is_lettered_label(candidate):
        return True
    if candidate.is_scaled and (not candidate.effective_unit or candidate.effective_unit == "model"):
        return _is_size(candidate)
    if before.kind not in ("word", "name"):
        return False
    if not candidate.is_plain or candidate.value >= _MOST_NAME:
        return False
    if before.kind == "name":
        return (
            not candidate.counts_things
            and candidate.text[before.end : candidate.head.start] == " "
            and before.text[-1:].isascii()
        )
    if before.low in _PROSE.numbered_names and before.text != before.low:
        return not (candidate.counts_things and _is_given(candidate))
    if not _has_capital(before) or before.low in LEXICON.stops.no_names or _in_headline(candidate):
        return False
    if candidate.noun_capitals:
        return not candidate.counts_things
    return not candidate.counts_things or (
        (candidate.value < _MOST_LABEL or candidate.value % 1 != 0) and not _is_given(candidate)
    )


_MOST_LETTERED = 100


def is_lettered_label(candidate: Candidate) -> bool:
    """``Phase 2b``, ``Annex 4k``, ``Flat 3b and …``: a small letter at the number of a thing is no scale."""
    letter = candidate.token(candidate.core + 1)
    if not (letter.kind == "word" and len(letter.text) == 1 and letter.text.islower()):
        return False
    number = candidate.head.text
    if letter.start != candidate.head.end or not number.isdigit() or int(number) >= _MOST_LETTERED:
        return False
    if candidate.is_money or candidate.figure.rates or candidate.is_hedged:
        return False
    before = candidate.before
    if before.low in _PROSE.references:
        return True
    named = _has_capital(before) and before.low not in LEXICON.stops.no_names
    return named and not candidate.effective_unit and not _in_headline(candidate)


def _is_size(candidate: Candidate) -> bool:
    """``Llama 2 13B``, ``the 7B model``: a size that is part of a model's name."""
    if (
        candidate.token(candidate.core + 1).text not in ("B", "b")
        or candidate.tokens[candidate.core + 1].start != candidate.head.end
    ):
        return False
    place = candidate.first - 1
    place -= candidate.token(place).kind == "number" and candidate.token(place - 1).kind != "number"
    return candidate.token(place).low in _PROSE.numbered_names or candidate.effective_unit == "model"


def _has_capital(token: Token) -> bool:
    return token.text != token.low and token.kind == "word"


def _is_given(candidate: Candidate) -> bool:
    """Whether the name before the number receives what is counted: ``paid Elon Musk 500 shares``."""
    place = candidate.first - 1
    while place > candidate.first - 4 and _has_capital(candidate.token(place)):
        place -= 1
    return candidate.token(place).low in _PROSE.giving


def _in_headline(candidate: Candidate) -> bool:
    """Whether all longer words around it begin with a capital, as in a headline, where capitals mark no names."""
    words = _LONG_WORD.findall(_sentence(candidate))
    return len(words) >= _FEWEST_IN_HEADLINE and all(word[0].isupper() for word in words)


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_FEWEST_IN_HEADLINE = 3
_SENTENCE_END = re.compile(r"[.:;!?–—]\s|\n")
_LONGEST_HEADLINE = 120


def _sentence(candidate: Candidate) -> str:
    """The sentence around ``candidate``, as far as a headline reaches."""
    place, end, text = candidate.head.start, candidate.tokens[candidate.figure.end - 1].end, candidate.text
    before = _SENTENCE_END.split(text[max(place - _LONGEST_HEADLINE, 0) : place])[-1]
    return f"{before} {_SENTENCE_END.split(text[end : end + _LONGEST_HEADLINE], maxsplit=1)[0]}"


# Numbers in words


def _is_worded(candidate: Candidate) -> bool:
    low = candidate.head.low
    behind = candidate.token(candidate.core + 1).low
    if _is_worded_label(candidate) or _is_worded_name(candidate):
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
    return not (_is_label(candidate) or _is_capital_name(candidate) or _is_of_digits(candidate))


def _is_worded_label(candidate: Candidate) -> bool:
    """``Phase One in 2015``, ``Chapter Two of 1998``: a number word with a capital behind the word for a part."""
    before = candidate.token(candidate.core - 1)
    return _has_capital(candidate.head) and _has_capital(before) and before.low in _PROSE.references


def _is_worded_name(candidate: Candidate) -> bool:
    """``the Three Gorges Dam``, ``the Nine Elms line``: capitals in the middle of a sentence mark a name."""
    head, noun = candidate.head, candidate.token(candidate.number.end)
    initial = not candidate.core or candidate.token(candidate.core - 1).kind not in ("word", "name")
    if initial or not (_has_capital(head) and _has_capital(noun)) or noun.start - head.end != 1:
        return False
    return noun.low not in _WORDS.scales and not _in_headline(candidate)


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
    capital = _has_capital(candidate.head) and _has_capital(before) and before.low not in LEXICON.stops.no_names
    return capital and candidate.is_plain and candidate.head.start - before.end == 1 and not _in_headline(candidate)


def _is_of_digits(candidate: Candidate) -> bool:
    """``a nine-figure sum``: it counts the digits of a number that is not given."""
    return candidate.unit in _PROSE.digit_nouns and candidate.is_plain
