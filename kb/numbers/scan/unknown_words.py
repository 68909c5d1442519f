"""Words in the place of a limit, a scale or a unit that are not understood: kept with the figure, and marked."""

from dataclasses import replace
from decimal import Decimal

from kb.domain.unit.names import CURRENCIES
from kb.numbers.figure import behind
from kb.numbers.lexicon import LEXICON, NO_NOUNS
from kb.numbers.number import ONE
from kb.numbers.qualifiers import lead_at, trail_at
from kb.numbers.scan.candidate import Candidate
from kb.numbers.scan.limits import lead_before
from kb.numbers.scan.mention import is_measure
from kb.numbers.token import Token
from kb.numbers.unit_expression import unit_at
from kb.numbers.word_numerals import scale_word

_PROSE, _UNITS, _WORDS = LEXICON.prose, LEXICON.units, LEXICON.word_numerals
_NO_MEANING = (None, None)


def of(candidate: Candidate) -> str:
    """The first words around a figure that are not understood and may change it; empty for none."""
    return limit(candidate) or unit(candidate) or limit_behind(candidate)


def limit(candidate: Candidate) -> str:
    """The word or words right before a figure that limit it in a way that is not understood; empty for none.

    An adverb that is not known to leave a number as it is (``comfortably 40``), a comparison with an adjective that is
    not known (``fatter than 40``), a likeness that is denied (``nothing like 40%``), exceptions to a whole that is not
    told (``all but 3``), ``as little as``, and a word behind a limit (``at least zorp 40``).
    """
    place = candidate.first - 1
    before, further = candidate.token(place), candidate.token(place - 1)
    if before.kind != "word" or before.start == before.end:
        return ""
    if before.low in LEXICON.bounds.then_number:
        known = further.low in _PROSE.plain_comparisons or further.kind != "word"
        return "" if known else f"{further.text} {before.text}"
    phrase = f"{further.text} {before.text}"
    if phrase.lower() in LEXICON.bounds.all_but:
        return phrase
    longer = f"{candidate.token(place - 2).text} {phrase}"
    if longer.lower() in _PROSE.unclear_leads:
        return longer
    if before.low in _PROSE.about_if_measured and further.low in _PROSE.no_likeness:
        return phrase
    # At the start of a sentence a capital says nothing: "Comfortably 40 boats left."
    common = before.low == before.text or further.kind not in ("word", "name", "number", "han")
    adverb = common and before.low.endswith(LEXICON.cues.adverb_endings or ("\0",))
    plain = before.low in _PROSE.plain_adverbs or before.low in LEXICON.cues.adverb_nouns
    limits = adverb and not plain and before.low not in _UNITS.rate_adverbs and lead_at(candidate.tokens, place) is None
    return before.text if limits else _behind_limit(candidate, before)


def _behind_limit(candidate: Candidate, before: Token) -> str:
    """A limit of several words with one word between it and the number that nobody knows: at least zorp 40."""
    unknown = _is_unknown(before) and before.low not in _PROSE.after_bound and not candidate.is_hedged
    phrase = lead_before(candidate.tokens, candidate.first - 1) if unknown else None
    if phrase is None or candidate.first - 1 - phrase[1] < _LONG_LIMIT:
        return ""
    return " ".join(token.text for token in candidate.tokens[phrase[1] : candidate.first])


_LONG_LIMIT = 2


def limit_behind(candidate: Candidate) -> str:
    """The words right behind a figure that limit it or say how it was done: 40 boats at a stretch; empty for none."""
    end = candidate.figure.end
    phrases = (candidate.tokens[end : end + width] for width in range(2, _LONGEST_TRAIL + 1))
    words = next((words for words in phrases if " ".join(word.low for word in words) in _PROSE.unclear_trails), ())
    return "" if candidate.is_time else " ".join(word.text for word in words)


_LONGEST_TRAIL = 3


def _is_unknown(token: Token) -> bool:
    """Whether ``token`` is a word in small letters that stands in no table of the words around a number."""
    word = token.kind == "word" and token.text == token.low and len(token.text) > 1
    return word and token.low not in LEXICON.stops.no_heads and token.low not in NO_NOUNS


def unit(candidate: Candidate) -> str:
    """The word behind the number in the place of a scale or of a part of its unit; empty for none.

    ``5 flurb million euros``, ``5 zillion people``, ``5 flurb dollars``, ``12 brill hours``. Money, a time and a
    measurement take no adjective but those that change nothing: 12 consecutive hours.
    """
    behind, next_word = candidate.token(candidate.number.end), candidate.token(candidate.number.end + 1)
    if not candidate.is_one_value or not _is_unknown(behind):
        return ""
    if behind.low.endswith(_PROSE.scale_endings) or next_word.low in _WORDS.scales:
        return behind.text
    if _is_behind_money(candidate, behind, next_word):
        return behind.text
    beside = beside_unit(candidate)
    return "" if beside.lower() in _PROSE.plain_adjectives else beside if _is_fixed(candidate) else ""


_FOREIGN_SCALES = (
    *("lhão", "lhões", "llón", "llones", "llardo", "llardos", "liardo", "lione", "lioni", "liardi", "lliard"),
    *("lliards", "ljoen", "ljard", "lion", "lions", "lionów", "liony", "liardów", "liardy", "lionů", "lyon", "lyar"),
)
"""Ends of the scales of languages that are not read: R$ 3,2 bilhões."""


def _is_behind_money(candidate: Candidate, behind: Token, next_word: Token) -> bool:
    """Whether ``behind`` may be a scale, as it stands right behind an amount of money and names nothing: $40 zorp.

    What is paid for has an article before its price (a $40 ticket), or is a plural (30 $40 tickets).
    """
    bare = candidate.is_money and not candidate.is_scaled and candidate.figure.end == candidate.number.end
    if not bare or candidate.head.kind == "number":
        return False
    if behind.low.endswith(_FOREIGN_SCALES):
        return True
    attributive = candidate.before.low in _WORDS.determiners | _WORDS.articles | _PROSE.owners
    ends = next_word.kind != "word" or next_word.low in LEXICON.stops.no_heads
    plain = behind.low in _PROSE.plain_adjectives or behind.low.endswith((*LEXICON.cues.adverb_endings, "s"))
    return ends and not attributive and not plain


def with_scale_behind(candidate: Candidate) -> Candidate:
    """``candidate`` with the scale and the unit behind one word that nobody knows: 5 flurb million euros.

    The word may change the number, and is marked; without the scale the number would be wrong beyond doubt.
    """
    amount, at = candidate.figure.high, candidate.number.end
    factor = scale_word(candidate.token(at + 1))
    alone = candidate.is_one_value and candidate.figure.end == at and not candidate.is_scaled and not amount.unit
    if not (factor and alone and _is_unknown(candidate.token(at)) and candidate.head.kind == "number"):
        return candidate
    named = unit_at(candidate.tokens, at + 2)
    known = named if named and named.factor == ONE else None
    unit, end = (known.unit, known.end) if known else ("", at + 2)
    amount = amount._replace(number=amount.number.times(Decimal(factor), at), unit=unit, end=end)
    figure = behind(candidate.tokens, candidate.figure._replace(low=amount, high=amount, end=end))
    return replace(candidate.having(figure), noun_at=at + 1)


def _is_fixed(candidate: Candidate) -> bool:
    head = candidate.effective_unit.partition("/")[0]
    return head in CURRENCIES or candidate.is_time or is_measure(head)


def beside_unit(candidate: Candidate) -> str:
    """The words between a number and what it counts that the unit leaves out: 5 fraudulent accounts; empty for none."""
    start, end = candidate.figure.high.number.end, candidate.noun_at
    start = max(start, candidate.figure.margin.end if candidate.figure.margin else 0)
    if limits := trail_at(candidate.tokens, start):
        start = limits[1]
    if end <= start or not candidate.effective_unit:
        return ""
    end -= candidate.token(end - 1).low in _WORDS.scales
    words = [token for token in candidate.tokens[start:end] if token.kind != "word" or _is_described(token)]
    return candidate.text[words[0].start : words[-1].end] if words else ""


def _is_described(token: Token) -> bool:
    plain = token.low in _UNITS.rate_adverbs or token.low in _PROSE.more_of_it or token.low in LEXICON.nouns.articles
    return not plain and token.low not in _WORDS.of
