"""A change is two figures, not a range: the level before and after it, or by how much and to what.

``rose from 60% to 80%``, ``reduced by £40m to £310m``, ``$24 billion, up from $21 billion``, 由 60% 升至 80%. Without a
verb of change two ends stay a range: ``cost from £6 to £8``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.unit.names import CURRENCIES
from kb.numbers.amount import amount_at, rescaled
from kb.numbers.figure import DASHES, ParsedFigure, figure_at, joiner
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, Amount
from kb.numbers.qualifiers import Qualifier
from kb.numbers.scan.candidate import Candidate, located
from kb.numbers.scan.mention import ChangeRole, FigureMention
from kb.numbers.token import Token

_PROSE = LEXICON.prose


_HAN = "\u3007"
"""The first of the characters between which no blanks stand; before it come the letters of Latin alphabets."""


def _words(words: frozenset[str]) -> str:
    """A pattern for ``words``; those of the Latin alphabet are whole words."""
    latin = sorted((re.escape(word) for word in words if word[0] < _HAN), key=len, reverse=True)
    rest = sorted((word for word in words if word[0] >= _HAN), key=len, reverse=True)
    return "|".join((rf"\b(?:{'|'.join(latin)})\b", *rest))


class _Ending:
    """Words that a text may end in. A pattern for so many words takes as long as all else about a figure."""

    def __init__(self, words: frozenset[str]) -> None:
        self._latin = frozenset(word for word in words if word[0] < _HAN)
        self._rest = tuple(sorted((word for word in words if word[0] >= _HAN), key=len, reverse=True))

    def start(self, text: str) -> int:
        """The place where the last of the words begins that ``text`` ends in, blanks aside; -1 if it ends in none."""
        bare = text.rstrip()
        if self._rest and bare.endswith(self._rest):
            return len(bare) - next(len(word) for word in self._rest if bare.endswith(word))
        place = len(bare)
        while place and bare[place - 1].isalpha() and bare[place - 1] < _HAN:
            place -= 1
        return place if bare[place:].lower() in self._latin else -1


_BEHIND_FROM, _BEHIND_TO = _Ending(_PROSE.change_openings), _Ending(_PROSE.change_ends)
_BEHIND_BY, _BEHIND_VERB = _Ending(_PROSE.change_amounts), _Ending(_PROSE.change_verbs)
_BEHIND_DIRECTION = _Ending(_PROSE.change_directions)
_NEAR = 24
_LATIN = re.compile(r"[A-Za-z]+")
_HAN_VERBS = sorted((word for word in _PROSE.change_verbs | _PROSE.range_verbs if not word.isascii()), key=len)
# 涨幅 and 增速 are how much or how fast something changed, and no verbs.
_UNSPACED = re.compile(f"(?:{'|'.join(reversed(_HAN_VERBS))})(?![幅速率])") if _HAN_VERBS else None
_FROM, _TO = _words(_PROSE.change_openings), _words(_PROSE.change_ends)
_NEAR_FROM = re.compile(rf"(?:{_FROM})[^\d,;.，。；]{{0,12}}$", re.IGNORECASE)
_MONEY = re.escape("".join(sign for sign in LEXICON.units.money_signs if len(sign) == 1))
_AMOUNT = rf"[\d{_MONEY}]|[A-Z]{{1,3}}\$?\s?\d"
_STATED = r"(?-i:[A-Z]{1,3}\s?)?[^\s\w,;]{0,2}\d[\d.,]*\s?[^\s,;()]{0,10}(?:\s[^\W\d_]{1,14}){0,2}?"
"""An amount with its scale and what it counts, wherever it ends: $12 million, 8%, 300 new jobs."""
_OR = rf"(?:{'|'.join(sorted(_PROSE.otherwise))})" if _PROSE.otherwise else "(?!)"
_OTHERWISE = rf"(?:,?\s{_OR}\s(?:[^\W\d_]{{1,14}}\s)?{_STATED}|\s?\({_STATED}\))"
"""The same amount in another unit: ``, or 8%``, ``(8%)``."""
_GOES_TO = re.compile(rf"(?:\)|{_OTHERWISE})?,?\s*(?:{_TO})\s*(?={_AMOUNT}|\w{{1,14}}\s?[\d{_MONEY}])", re.IGNORECASE)
_ASIDE = re.compile(rf"\s(?:[^\W\d_]{{1,14}}\s){{0,5}}{_STATED}{_OTHERWISE}?,?\s*", re.IGNORECASE)
"""What stands between a verb of change and the word for "to": the price by $5, or 20%, to $20."""
_BEHIND_OR = re.compile(rf"(?:,?\s{_OR}\s(?:[^\W\d_]{{1,14}}\s)?|\s\()$", re.IGNORECASE)
_FIRST_WAY = re.compile(rf"\s{_STATED}$", re.IGNORECASE)
_CAME_FROM = re.compile(
    rf"\s?,?\s(?:{_words(_PROSE.change_directions)})\s(?:[^\s.;]+\s){{0,4}}?(?:{_FROM})\b", re.IGNORECASE
)
_EARLIER, _COMPARED, _EARLIER_BEHIND = (
    re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
    for patterns in (_PROSE.before_earlier, _PROSE.before_compared, _PROSE.behind_compared)
)
_BEFORE_CHANGES = tuple(re.compile(pattern) for pattern in _PROSE.before_changes)
_COMMA = re.compile(r"[,，]\s|[，；]")
_GOES_FROM = re.compile(rf"\s*(?:{_FROM})\s*(?={_AMOUNT})", re.IGNORECASE)
_ONLY_TO = re.compile(rf"\s*(?:{_TO})\s*", re.IGNORECASE)
_GAP = r"[^.;,\n\d]{0,24}?"


_NOUN_OF = re.compile(
    rf"(?:{'|'.join(sorted(_PROSE.change_nouns)) or '(?!)'})\s(?:{_FROM})\s(?:[^\W\d_]+\s)?$", re.IGNORECASE
)
"""A noun that says by how much rather than from where: ein Plus von 33 %, ein Anstieg von 3 Prozentpunkten auf 42."""


class _Pair(NamedTuple):
    """A change that shows without a verb, ``von 60 auf 80``, ``um 20 auf 80``: what stands around its numbers.

    Attributes:
        first: What its first number says; its second is the level after it.
        opening: What ends before the first number.
        between: What follows it, up to the digits of the second.
        before_second: What ends before the second number, the first included.
    """

    first: ChangeRole
    opening: re.Pattern[str]
    between: re.Pattern[str]
    before_second: re.Pattern[str]


def _pair(opening: str, end: str) -> _Pair:
    first, second = _words(frozenset((opening,))), _words(frozenset((end,)))
    before_second = rf"(?:{first})\s(?:[^\W\d_]+\s)?\S*\d\S*\s{_GAP}(?:{second})\s*$"
    patterns = (rf"(?:{first})\s(?:[^\W\d_]+\s)?$", rf"{_GAP}(?:{second})\s+\S*\d", before_second)
    role = ChangeRole.CHANGE_BY if opening in _PROSE.change_amounts else ChangeRole.LEVEL_BEFORE
    return _Pair(role, *(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


_PAIRS = tuple(_pair(opening, end) for opening, end in _PROSE.change_pairs.items())
_DOTTED = {word for word in LEXICON.word_numerals.scales if word.endswith(".")}
_DOTTED |= {word.capitalize() for word in _DOTTED}
_NO_END = "".join(rf"(?<!{re.escape(word)})" for word in sorted(_DOTTED))
_CLAUSE_END = re.compile(rf"(?:[!?;]|\.{_NO_END})\s|[。！？；\n|]")
_LOOK_BACK, _LOOK_AHEAD = 90, 40
_MOST_BEFORE_SCALE = 1_000
_FAR = Decimal(3)
"""The least ratio of two numbers with one unit that are a change and a level: ``fell by 12 to 340``."""


def role_of(candidate: Candidate) -> ChangeRole | None:
    """What the figure of ``candidate`` says of a change; None where it is part of none."""
    if not _PROSE.change_verbs:
        return None
    first = candidate.tokens[candidate.first]
    # In "from $2-3bn to $4-5bn" the dash joins the ends of the level, and "from" belongs to the change.
    opens = first.low in _PROSE.change_openings and candidate.first < candidate.core
    start = candidate.head.start if opens and _is_dashed(candidate) else first.start
    end = candidate.tokens[candidate.figure.end - 1].end
    before, behind = _clause(candidate.text, start), candidate.text[end : end + _LOOK_AHEAD]
    if role := _role(candidate.text, start, end):
        return role
    if _is_earlier(before, behind) and not candidate.is_time:
        return ChangeRole.LEVEL_BEFORE
    return ChangeRole.CHANGE_BY if _is_amount_of_change(candidate, before) else None


def is_changed(text: str, start: int, end: int) -> bool:
    """Whether a verb of change stands before the words from ``start`` to ``end`` in their clause, or right behind."""
    behind = _LATIN.match(text, end + 1)
    return _changes(_clause(text, start)) or (behind is not None and behind[0].lower() in _PROSE.change_verbs)


def _is_dashed(candidate: Candidate) -> bool:
    """Whether a dash joins the two ends of a range."""
    first = amount_at(candidate.tokens, candidate.core) if not candidate.is_one_value else None
    return first is not None and candidate.token(first.end).text in DASHES


def _is_earlier(before: str, behind: str) -> bool:
    """Whether the words around a number say that it is the level of an earlier time: 上年同期为3亿元."""
    near = before[-_NEAR:]
    if _EARLIER and _EARLIER.search(near):
        return True
    return bool(_COMPARED and _EARLIER_BEHIND and _EARLIER_BEHIND.match(behind) and _COMPARED.search(near))


def _is_amount_of_change(candidate: Candidate, before: str) -> bool:
    """Whether a number without a level says by how much: 同比增长12%, rose by 300 jobs, down 3 points, 减少了2亿元."""
    if not candidate.is_one_value and not _is_dashed(candidate):
        return False
    if not candidate.counts_things and any(pattern.search(before) for pattern in _BEFORE_CHANGES):
        return True
    amount = _BEHIND_BY.start(before)
    if amount >= 0:
        return _BEHIND_VERB.start(before[:amount]) >= 0
    # "Raised 12% of the sum" is a part of it.
    part = candidate.behind.low in LEXICON.word_numerals.of
    is_share = candidate.effective_unit in ("fraction", "multiple") and not part
    if is_share and _BEHIND_DIRECTION.start(before) >= 0:
        return True
    verb = _BEHIND_VERB.start(before)
    # "Raised $12 million" raises no level, but "raised 12%" does; 增加3亿元 is an increase by them.
    if verb >= 0 and (is_share or before[verb] >= _HAN):
        return True
    return candidate.is_money and (_moves_itself(before) or _moves_itself(_before_first_way(before)))


def _moves_itself(before: str) -> bool:
    """Whether ``before`` ends in a verb behind which an amount says by how much: fell $3m, was up $3m; not raised."""
    words = _LATIN.findall(before.rstrip()[-_NEAR:])
    if not words or not before.rstrip().endswith(words[-1]):
        return False
    state = len(words) > 1 and words[-2].lower() in _PROSE.clause_verbs
    return words[-1].lower() in _PROSE.own_change_verbs or (state and words[-1].lower() in _PROSE.change_directions)


def _role(text: str, start: int, end: int) -> ChangeRole | None:
    before, behind = _clause(text, start), text[end : end + _LOOK_AHEAD]
    if _NOUN_OF.search(before):
        points = not _PROSE.share_points.isdisjoint(text[start:end].lower().split())
        has_level = _GOES_TO.match(behind) is not None
        if points or not has_level:
            return ChangeRole.CHANGE_BY if points and has_level else None
    for pair in _PAIRS:
        if pair.opening.search(before) and pair.between.match(behind):
            return pair.first
    if any(pair.before_second.search(before) for pair in _PAIRS):
        return ChangeRole.LEVEL_AFTER
    opening = _BEHIND_FROM.start(before)
    if opening >= 0 and (_changes(before[:opening]) or _changes_ahead(behind)):
        return ChangeRole.LEVEL_BEFORE
    near = _NEAR_FROM.search(before, max(len(before) - _NEAR, 0))
    if near and (_changes_ahead(behind) or (_changes(before[: near.start()]) and _GOES_TO.match(behind))):
        return ChangeRole.LEVEL_BEFORE
    to = _BEHIND_TO.start(before)
    if to >= 0 and _changes(before[:to], one_clause=True):
        return ChangeRole.LEVEL_AFTER
    goes_on = _GOES_TO.match(behind) or _GOES_FROM.match(behind)
    if goes_on and (_is_behind_change(before) or _is_behind_change(_before_first_way(before))):
        return ChangeRole.CHANGE_BY
    return ChangeRole.LEVEL_AFTER if _CAME_FROM.match(behind) else None


def _is_behind_change(before: str) -> bool:
    """Whether ``before`` ends in a verb of change, perhaps with "by" behind it."""
    amount = _BEHIND_BY.start(before)
    return _changes(before[:amount]) if amount >= 0 else _BEHIND_VERB.start(before) >= 0


def _before_first_way(before: str) -> str:
    """What stands before the first of two ways to state a change, where ``before`` ends behind it: cut by $5, or 20%.

    Empty where nothing shows that the next amount says the same once more.
    """
    link = _BEHIND_OR.search(before)
    first = _FIRST_WAY.search(before, 0, link.start()) if link else None
    return before[: first.start()] if first else ""


def _clause(text: str, end: int) -> str:
    """The clause before ``end``, or as much of it as is looked at."""
    around = text[max(end - _LOOK_BACK, 0) : end]
    ends = [match.end() for match in _CLAUSE_END.finditer(around)]
    return around[ends[-1] :] if ends else around


def _changes(before: str, *, one_clause: bool = False) -> bool:
    """Whether the last verb of ``before`` is one of change rather than of range: rose, but not cost.

    With ``one_clause`` no comma may stand behind it: "orders fell 3%, equivalent to 14 months" has no level, but in
    "orders fell 3, or 5%, to 57" the commas only part two ways to say by how much.
    """
    verb = _last_verb(before)
    if verb is None or not verb.changes:
        return False
    return not one_clause or _COMMA.search(before, verb.end) is None or bool(_ASIDE.fullmatch(before, verb.end))


class _Verb(NamedTuple):
    end: int
    changes: bool


def _last_verb(text: str) -> _Verb | None:
    """The last verb of change or of range in ``text``; None without one."""
    last: _Verb | None = None
    for match in reversed(list(_LATIN.finditer(text))):
        word = match[0].lower()
        if word in _PROSE.change_verbs or word in _PROSE.range_verbs:
            last = _Verb(match.end(), word in _PROSE.change_verbs)
            break
    if _UNSPACED and not text.isascii():
        for match in _UNSPACED.finditer(text):
            if last is None or match.end() > last.end:
                last = _Verb(match.end(), match[0] in _PROSE.change_verbs)
    return last


def _changes_ahead(behind: str) -> bool:
    """Whether a verb of change stands between the two numbers: 从 60% 升至 80%."""
    end = next((place for place, sign in enumerate(behind) if sign.isdigit() or sign in LEXICON.units.money_signs), 0)
    between = behind[:end]
    verb = _last_verb(between)
    return verb is not None and verb.changes and not set(",，;；.。") & set(between)


def halves(candidate: Candidate) -> tuple[Candidate, Candidate] | None:
    """The two figures of a change that were read as one range; None for a range.

    Where the unit stands once, as in ``grew 2 to 3 percent``, the two are a range of changes, and likewise two shares.
    """
    figure, tokens = candidate.figure, candidate.tokens
    first = amount_at(tokens, candidate.core) if figure.low is not figure.high else None
    place = joiner(tokens, first.end, "from") if first else 0
    if not first or not place or tokens[place - 1].low not in _PROSE.change_ends:
        return None
    start, end = tokens[candidate.core].start, tokens[first.end - 1].end
    role = _role(candidate.text, start, end)
    # "Rose to 5 to 6 million": the level after the change is itself a range.
    if role is ChangeRole.LEVEL_AFTER:
        return None
    if role is ChangeRole.CHANGE_BY and not (_is_by(candidate, first.unit) or _is_points(candidate, first)):
        return None
    second = figure_at(tokens, place)
    if role is None or second is None or second.end < figure.high.end:
        return None
    plain = Qualifier(figure.low.number.bound, figure.low.number.hedge)
    low = figure.low if first.unit else _in_scale_of(figure.low, figure.high)
    before = ParsedFigure(low, low, plain, None, figure.rates, first.end)
    after, core = located(tokens, place, second)
    return (
        replace(candidate, first=candidate.core, figure=before, unit=""),
        replace(candidate, first=after, core=core, figure=second, unit=""),
    )


def _is_points(candidate: Candidate, amount: Amount) -> bool:
    """Whether ``amount`` counts percentage points, which are never the level of a share."""
    return any(token.low in _PROSE.share_points for token in candidate.tokens[amount.number.end : amount.end])


def with_unit_ahead(candidate: Candidate) -> Candidate:
    """The level before a change in the unit and scale that only the level after it states: from 4.2 to 3.1 percent."""
    figure = candidate.figure
    bare = figure.low is figure.high and not candidate.effective_unit and not figure.rates
    place = _level_after(candidate.tokens, figure.end) if bare else 0
    level = figure_at(candidate.tokens, place) if place else None
    after = level.low if level else None
    if level is None or after is None or not (after.unit or after.number.scale != ONE):
        return candidate
    role = role_of(candidate)
    is_money = candidate.is_scaled and after.unit in CURRENCIES
    if role is ChangeRole.CHANGE_BY and (is_money or (after.unit == "fraction" and after.factor != ONE)):
        # "Um 5,6 Millionen auf 168 Millionen Euro" is money as well, and "um 3 auf 20 Prozent" a share; "by 12 to 340
        # dollars" may be a rank.
        by = figure.low._replace(unit=after.unit) if is_money else rescaled(figure.low, after)
        return candidate.having(figure._replace(low=by, high=by))
    if role is not ChangeRole.LEVEL_BEFORE:
        return candidate
    scaled = rescaled(figure.low, after)
    scaled = scaled if candidate.is_scaled else _in_scale_of(scaled, after)
    rates = level.rates if after.unit in CURRENCIES else ()
    return candidate.having(figure._replace(low=scaled, high=scaled, rates=rates))


def _level_after(tokens: Sequence[Token], at: int) -> int:
    """The index behind the word for "to" at ``at``; 0 without one."""
    is_end = at + 1 < len(tokens) and tokens[at].low in _PROSE.change_ends
    return at + 1 if is_end else joiner(tokens, at, "from")


def _in_scale_of(amount: Amount, after: Amount) -> Amount:
    """``amount`` in the scale of the one behind it, where it has none of its own.

    Of 5 to 3 million both are millions, though the first has the higher digits; of 900,000 to 1.2 million one is.
    """
    number = amount.number
    if number.scale != ONE or not number.low < _MOST_BEFORE_SCALE <= after.number.scale:
        return amount
    return amount._replace(number=number.times(after.number.scale, number.end))


def with_nouns(mentions: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """``mentions`` with the noun or unit that only the second of two has: from 12 to 9 jobs."""
    named = list(mentions)
    for at in range(len(named) - 1):
        before, after = named[at], named[at + 1]
        levels = before.change is ChangeRole.LEVEL_BEFORE and after.change is ChangeRole.LEVEL_AFTER
        if levels and not before.quantity.unit and after.quantity.unit and _is_to(text[before.end : after.start]):
            quantity = replace(before.quantity, unit=after.quantity.unit)
            named[at] = replace(before, quantity=quantity, kind=after.kind)
    return named


def _is_to(between: str) -> bool:
    return _ONLY_TO.fullmatch(between) is not None


def _is_by(candidate: Candidate, unit: str) -> bool:
    low, high = candidate.figure.low.number.low, candidate.figure.high.number.high
    if unit and unit != "fraction":
        return True
    return not unit and low > 0 and high >= _FAR * low and candidate.before.low in _PROSE.change_amounts
