"""Bounds and hedges that running text puts before a number, beyond those of a seed file."""

from collections.abc import Sequence

from kb.domain.quantity import Bound, Hedge
from kb.numbers.figure import figure_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.qualifiers import Qualifier, lead_at
from kb.numbers.scan.candidate import Candidate
from kb.numbers.scan.mention import is_measure
from kb.numbers.token import Token
from kb.numbers.word_tables import Meaning, Words

_PROSE, _UNITS = LEXICON.prose, LEXICON.units

_LONGEST_LEAD = 5
_CHARACTERS = LEXICON.character_numerals
_NUMERALS = frozenset((*_CHARACTERS.digits, *_CHARACTERS.tens, *_CHARACTERS.scales, *_CHARACTERS.vague))


def with_leads(candidate: Candidate) -> Candidate:
    """``candidate`` with the bound or hedge that stands before it: ``exceeded $5``, ``at least another 500``."""
    candidate = _of_those_asked(_of_its_noun(_without_mistaken_lead(candidate)))
    qualifier, first = candidate.figure.qualifier, candidate.first
    before = candidate.token(first - 1)
    # "Exceeded" limits an amount, but "passed 40 ships" counts what was passed.
    verb = before.low in _PROSE.above_verbs and (
        candidate.is_money or candidate.is_scaled or candidate.effective_unit == "fraction"
    )
    if verb and (both := qualifier.and_then((Bound.MORE_THAN, None))):
        qualifier, first = both, first - 1
    elif (
        before.low in _PROSE.about_if_measured
        and candidate.token(first - 2).low not in _PROSE.no_likeness
        and qualifier == Qualifier()
        and not (candidate.is_plain and not candidate.effective_unit)
    ):
        qualifier, first = Qualifier(Bound.EXACT, Hedge.ABOUT), first - 1
    elif before.low in _PROSE.after_bound and (phrase := lead_before(candidate.tokens, first - 1)):
        both = qualifier.and_then(phrase[0])
        qualifier, first = (both, phrase[1]) if both else (qualifier, first)
    elif before.text.lower() in _PROSE.floors_if_measured and qualifier == Qualifier() and _is_measured(candidate):
        qualifier, first = Qualifier(Bound.AT_LEAST, qualifier.hedge), first - 1
    elif (phrase := _before_verb(candidate)) and (both := qualifier.and_then(phrase[0])):
        qualifier, first = both, phrase[1]
    if first == candidate.first:
        return candidate
    if candidate.token(first - 1).text == "\\":
        first -= 1
    return candidate.having(candidate.figure._replace(qualifier=qualifier), first=first)


_LONGEST_VERB = 6


def _before_verb(candidate: Candidate) -> tuple[Meaning, int] | None:
    """The meaning and the place of a limit before the verb of the number: 最多可容纳80人, 至少需要3天."""
    for place in range(candidate.first - 1, max(candidate.first - 2 - _LONGEST_VERB, -1), -1):
        token = candidate.tokens[place]
        if token.text in _PROSE.before_verbs and (phrase := lead_at(candidate.tokens, place)):
            return phrase[0], place
        if token.kind != "han" or token.text in _PROSE.no_verbs or token.text in _NUMERALS:
            return None
    return None


def _is_measured(candidate: Candidate) -> bool:
    return candidate.is_money or candidate.is_time or is_measure(candidate.effective_unit)


def _without_mistaken_lead(candidate: Candidate) -> Candidate:
    """``€5 over 10 years`` runs during ten years; ``is short of 20 nurses`` lacks twenty."""
    lead = " ".join(token.low for token in candidate.tokens[candidate.first : candidate.core])
    before = candidate.before.low
    during = lead in _PROSE.during and candidate.is_time and before not in _PROSE.not_during_before
    during &= candidate.behind.low not in _PROSE.aged_behind
    lacking = lead in _PROSE.lacking and before in _PROSE.lacking_before
    if not (during or lacking or (lead in _PROSE.during and _is_on_the_way(candidate))):
        return candidate
    return candidate.having(
        candidate.figure._replace(qualifier=Qualifier(candidate.number.bound, candidate.number.hedge)),
        first=candidate.core,
    )


def _of_its_noun(candidate: Candidate) -> Candidate:
    """``candidate`` without an "über" that says what something is about: ein Auftrag über 54 Mio. Euro aus Kanada."""
    first = candidate.first
    if candidate.token(first).low not in _PROSE.amount_links or candidate.core == first:
        return candidate
    if not _is_behind_amount_noun(candidate):
        return candidate
    own: Qualifier | None = Qualifier(candidate.number.bound, candidate.number.hedge)
    first += 1
    if first < candidate.core and (more := lead_at(candidate.tokens, first)):
        own = own.and_then(more[0]) if own else own
        first = candidate.core if more[0] == (None, None) else first
    return candidate.having(candidate.figure._replace(qualifier=own or candidate.figure.qualifier), first=first)


_FAR_POLL = 12
_POLLS = tuple(_PROSE.polls)


def _of_those_asked(candidate: Candidate) -> Candidate:
    """``candidate`` without an "unter" that says who was asked: eine Umfrage unter 1.018 Bürgern."""
    first = candidate.first
    counts = candidate.is_plain and not is_measure(candidate.effective_unit)
    if candidate.token(first).low not in _PROSE.among or candidate.core != first + 1 or not counts:
        return candidate
    before = candidate.tokens[max(first - _FAR_POLL, 0) : first]
    ends = max((at for at, token in enumerate(before) if token.text in ".!?;:" or token.kind == "break"), default=-1)
    if not any(token.text[:1].isupper() and token.low.endswith(_POLLS) for token in before[ends + 1 :]):
        return candidate
    own = Qualifier(candidate.number.bound, candidate.number.hedge)
    return candidate.having(candidate.figure._replace(qualifier=own), first=candidate.core)


_FAR_NOUN, _FAR_PRONOUN = 8, 24
_AMOUNT_NOUNS = tuple(_PROSE.amount_nouns)


def _is_behind_amount_noun(candidate: Candidate) -> bool:
    """Whether a noun such as Auftrag stands before the word, with nothing between but what describes it.

    A verb between the two makes the word a limit again: der Auftrag brachte über 54 Mio. Euro.
    """
    place = candidate.first - 1
    if candidate.token(place).low in _PROSE.amount_pronouns:
        before = range(max(place - _FAR_PRONOUN, 0), place)
        return any(_is_amount_noun(candidate.tokens[at]) for at in before)
    for at in range(place, max(place - _FAR_NOUN, -1), -1):
        token = candidate.tokens[at]
        if _is_amount_noun(token):
            return True
        capital = token.text[:1].isupper() or token.kind == "name" or token.text == "-"
        described = candidate.token(at - 1).low in _PROSE.attribute_links and candidate.token(at + 1).text[:1].isupper()
        if not (capital or (at < place and (token.low in _PROSE.attribute_links or described))):
            return False
    return False


def _is_amount_noun(token: Token) -> bool:
    return token.text[:1].isupper() and token.low.endswith(_AMOUNT_NOUNS)


def _is_on_the_way(candidate: Candidate) -> bool:
    """``from €9 for the first over €5 for the second to €2``: a station between two ends, and no bound."""
    start, end = candidate.first, candidate.figure.end
    back = range(max(start - _LONGEST_WAY, 0), start - 1)
    ahead = range(end, min(end + _LONGEST_WAY, len(candidate.tokens) - 1))
    return _leads_to_figure(candidate.tokens, back, _PROSE.change_openings) and _leads_to_figure(
        candidate.tokens, ahead, _PROSE.change_ends
    )


_LONGEST_WAY = 12


def _leads_to_figure(tokens: Sequence[Token], places: range, words: Words) -> bool:
    return any(tokens[at].low in words and figure_at(tokens, at + 1) is not None for at in places)


def lead_before(tokens: Sequence[Token], end: int) -> tuple[Meaning, int] | None:
    """The meaning of the phrase that ends before ``end``, and the index of its first token; None without one."""
    for place in range(max(end - _LONGEST_LEAD, 0), end):
        phrase = lead_at(tokens, place)
        if phrase and phrase[1] == end and phrase[0] != (None, None):
            return phrase[0], place
    return None
