"""Whether a number is a label or part of a name: section 4, Opus 4.6, port 8080, Phase 2b, Phase Two."""

import re

from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.candidate import Candidate
from kb.numbers.scan.lettered_names import is_lettered_name
from kb.numbers.scan.versions import is_version
from kb.numbers.token import Token

_PROSE, _WORDS, _CHARACTERS = LEXICON.prose, LEXICON.word_numerals, LEXICON.character_numerals
_ABBREVIATIONS = LEXICON.sentences.abbreviations | LEXICON.sentences.before_numbers
_MOST_LABEL = 20
_MOST_NAME = 10_000


def is_label(candidate: Candidate) -> bool:
    """Whether the number is part of a name or a label."""
    if candidate.head.kind == "word" and is_worded_label(candidate):
        return True
    if is_lettered_name(candidate) or _is_of_references(candidate):
        return True
    room = candidate.behind.text in _PROSE.label_trails and len(candidate.head.text) >= _ROOM_DIGITS
    return room or is_numbered_label(candidate) or is_named(candidate) or is_version(candidate)


_ROOM_DIGITS = 3


def _is_of_references(candidate: Candidate) -> bool:
    """``port 8080``, ``status 503``; ``a 500 error``: a number that counts none of the things that it tells apart."""
    behind_noun = candidate.before.low in _PROSE.bare_references
    noun_behind = candidate.token(candidate.core + 1).low in _PROSE.bare_references
    if not (behind_noun or noun_behind) or candidate.core != candidate.first or not candidate.head.text.isdigit():
        return False
    if behind_noun:
        article = candidate.token(candidate.first - 2).low in _WORDS.articles
        return candidate.is_plain and not candidate.effective_unit and not article
    return candidate.before.low in _WORDS.articles and candidate.value > 1 and candidate.is_plain


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


def is_numbered_label(candidate: Candidate) -> bool:
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
    counted = candidate.counts_things and not (before.text.isupper() and len(before.text) > 1)
    return not (counted and candidate.value >= _MOST_LABEL and not _is_verb_behind(candidate))


def _is_verb_behind(candidate: Candidate) -> bool:
    """Whether what seems to be counted is a verb, as an article follows it: Section 230 protects the sites."""
    end = candidate.figure.end
    behind = candidate.token(end)
    article = behind.low in _WORDS.articles or behind.low in _WORDS.determiners
    return article and candidate.tokens[end - 1].low.endswith("s") and not candidate.figure.rates


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
    if not has_capital(before) or before.low in LEXICON.stops.no_names or in_headline(candidate):
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
    before_word = candidate.text[max(before.end - 2, 0) : before.end]
    if before.low in _PROSE.references or (before.kind == "han" and before_word in _PROSE.label_prefixes):
        return True
    named = has_capital(before) and before.low not in LEXICON.stops.no_names
    return named and not candidate.effective_unit and not in_headline(candidate)


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


def has_capital(token: Token) -> bool:
    """Whether ``token`` is a word that begins with a capital."""
    return token.text != token.low and token.kind == "word"


def _is_given(candidate: Candidate) -> bool:
    """Whether the name before the number receives what is counted: ``paid Elon Musk 500 shares``."""
    place = candidate.first - 1
    while place > candidate.first - 4 and has_capital(candidate.token(place)):
        place -= 1
    return candidate.token(place).low in _PROSE.giving


def in_headline(candidate: Candidate) -> bool:
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


def is_worded_label(candidate: Candidate) -> bool:
    """``Phase One in 2015``, ``Chapter Two of 1998``: a number word with a capital behind the word for a part."""
    before = candidate.token(candidate.core - 1)
    return has_capital(candidate.head) and has_capital(before) and before.low in _PROSE.references
