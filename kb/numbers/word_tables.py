"""The tables of a language: words for numbers, limits and units, and what running text does with them.

Words are in small letters unless a field says otherwise; phrases of several words are written with blanks. Every table
may stay empty, and a language fills in what it has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge

Words = frozenset[str]
Meaning = tuple[Bound | None, Hedge | None]
"""What a phrase says about the number beside it; None where it leaves that to other words."""
Measure = tuple[str, Decimal]
"""A unit, and what one of the word's things is worth in it: ``("USD", Decimal("0.01"))`` for a cent."""

YEAR = r"(?:1[5-9]|20|21)\d{2}"
"""A pattern for a year, for the patterns of dates."""


def words(text: str) -> Words:
    """The words between the blanks of ``text``."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases between the strokes of ``text``, in order."""
    return tuple(phrase for line in text.split("|") if (phrase := " ".join(line.split())))


def pairs(text: str) -> dict[str, str]:
    """Every second word of ``text`` under the word before it: ``"us USD hk HKD"``."""
    flat = text.split()
    return dict(zip(flat[::2], flat[1::2], strict=True))


def countries(text: str) -> dict[str, str]:
    """Names with the code of their currency: ``"CAD Canada Canadian; USD US U.S. United_States"``."""
    rows = (row.split() for row in text.split(";"))
    return {name.replace("_", " "): code for code, *names in rows for name in names}


def numbered(text: str) -> dict[str, int]:
    """As ``pairs``, with whole numbers for values: ``"one 1 two 2"``."""
    return {word: int(value) for word, value in pairs(text).items()}


def measures(text: str) -> dict[str, Measure]:
    """Words for units: ``"USD dollar dollars; USD 0.01 cent"``, each unit perhaps with what one is worth in it."""
    table: dict[str, Measure] = {}
    for unit, *names in (row.split() for row in text.split(";")):
        worth = names.pop(0) if re.fullmatch(r"\d+(?:\.\d+)?", names[0]) else "1"
        table |= dict.fromkeys(names, (unit, Decimal(worth)))
    return table


def by_country(text: str) -> dict[str, dict[str, str]]:
    """Currencies by coin and country: ``"franc: swiss CHF, cfa XOF; lira: turkish TRY"``."""
    coins = (row.split(":") for row in text.split(";"))
    return {coin.strip(): {" ".join(c.split()[:-1]): c.split()[-1] for c in rest.split(",")} for coin, rest in coins}


def meanings(rows: Mapping[Meaning, str]) -> dict[str, Meaning]:
    """Each phrase of ``rows`` with the meaning that it is listed under."""
    return {phrase: meaning for meaning, text in rows.items() for phrase in phrases(text)}


def empty() -> Any:
    """An empty table, as the default of a field."""
    return field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WordNumerals:
    """Words for numbers where blanks stand between them, read from left to right as a sum of falling parts.

    Attributes:
        below_twenty: Numbers from 0 to 19.
        tens: Round numbers from 20 to 90.
        scales: Words that multiply all that stands before them, from thousand on.
        hundreds: Words that multiply a number below ten by a hundred.
        lone_hundreds: Those that mean one hundred before a scale: ``hundred thousand``.
        lone_numbers: Hundreds and scales that are a number by themselves: ``tausend Menschen``.
        dozens: Words that multiply by twelve.
        vague_plurals: Words for an unsaid number of these, from two to ten: ``thousands``.
        several: Words for an unsaid small number.
        vague_openers: Words that may stand before those two: ``a few``, ``many thousands``.
        known_things: Words behind ``several`` that speak of things named before, so that no scale follows.
        ordinals: Ordinals, and the cardinals that they are of.
        part_plurals: Their plurals, which name parts of a whole: ``thirds``.
        whole_ordinals: Ordinals, plurals among them, that are parts only behind tens: ``forty-first``.
        halves: Parts that are no ordinals, and how many of them make one.
        plural_halves: Those of ``halves`` that stand in the plural.
        half: The words for one half.
        half_articles: Articles that may stand before those and behind a limit: ``mehr als die Hälfte``.
        invariable_parts: Those of ``halves`` whose plural looks like their singular: ``ein Drittel``, ``zwei Drittel``.
        one: The words for one that may be a pronoun.
        articles: Words that count as one before a part or a scale.
        scale_articles: Those of them that stand before a scale: ``a million``.
        ands: Words that join a number's last part to it.
        inner_ands: What joins the units to the tens inside a number that is one word: ``fünfundachtzig``. A language
            without any writes no such words.
        inner_parts: Parts at the end of such a word: ``zweieinhalb``.
        mixed: Such words that are not made of others: ``anderthalb``.
        of: Words between a part and its whole.
        out: Words before ``of`` between a part and its whole.
        among: Words that do so alone: ``one in five``.
        divided_by: Words between the two numbers of a quotient.
        wholes: Words that may stand before the number of a whole: ``out of the 45``.
        points: Words between a number and its decimals.
        determiners: Words behind which ``one`` is a pronoun.
        after_part: Words that leave ``a third`` a part; before any other word it is an ordinal.
        not_halves: Words that make a half a place or a time: ``the other half``.
    """

    below_twenty: Mapping[str, int] = empty()
    tens: Mapping[str, int] = empty()
    scales: Mapping[str, int] = empty()
    hundreds: Words = frozenset()
    lone_hundreds: Words = frozenset()
    lone_numbers: Words = frozenset()
    dozens: Words = frozenset()
    vague_plurals: Mapping[str, int] = empty()
    several: Words = frozenset()
    vague_openers: Words = frozenset()
    known_things: Words = frozenset()
    ordinals: Mapping[str, str] = empty()
    part_plurals: Mapping[str, str] = empty()
    whole_ordinals: Words = frozenset()
    halves: Mapping[str, int] = empty()
    plural_halves: Words = frozenset()
    half: Words = frozenset()
    half_articles: Words = frozenset()
    invariable_parts: Words = frozenset()
    one: Words = frozenset()
    articles: Words = frozenset()
    scale_articles: Words = frozenset()
    ands: Words = frozenset()
    inner_ands: Words = frozenset()
    inner_parts: Mapping[str, Decimal] = empty()
    mixed: Mapping[str, Decimal] = empty()
    of: Words = frozenset()
    out: Words = frozenset()
    among: Words = frozenset()
    divided_by: Words = frozenset()
    wholes: Words = frozenset()
    points: Words = frozenset()
    determiners: Words = frozenset()
    after_part: Words = frozenset()
    not_halves: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CharacterNumerals:
    """Characters for numbers where no blank stands between them, grouped by ten thousands.

    Attributes:
        digits: Digits from 0 to 9.
        one: The digits for one that count nothing where they are an article: 一个人.
        zeros: The digits that may stand between places: 一百零五.
        tens: Places below ten thousand.
        twenties: Single characters for 20, 30 and 40.
        scales: Ten thousand and up.
        vague: Words for an unsaid number: 几百.
        vague_idioms: Fixed words for an unsaid number of these: 成千上万.
        upwards: Characters before a place that mean "as many as that and more": 上百.
        more: Words behind a number for "and some more": 三百多.
        roughly: Words behind a place for "about": 十来.
        leads: Words before a place that show a number follows, though nobody counted how many of it: 近千.
        points: Characters between a number and its decimals.
        half: Characters for a half.
        multiplying: Characters of verbs that multiply: 翻两番.
        no_half: Characters behind those that make another word of them: 半径.
        dozens: Words that multiply by twelve.
        half_counters: Counters that a half may follow: 两个半.
        counters: Words between a number and what is counted.
        parts: Words behind the denominator of a fraction: 三分之二.
        with_part: Characters between a whole number and a fraction: 五又三分之一.
        points_of_share: Words for percentage points; blanks may stand between their characters.
        tenths: Characters for tenths of a whole: 三成.
        no_tenths: Characters behind those that make another word of them: 成功.
        discounts: Characters for tenths of a price: 八折.
        half_price: Words for half of a price.
        price_verbs: What stands before those: 打对折.
        ordinal_prefixes: Characters that make an ordinal of the number behind them.
    """

    digits: Mapping[str, int] = empty()
    one: Words = frozenset()
    zeros: Words = frozenset()
    tens: Mapping[str, int] = empty()
    twenties: Mapping[str, int] = empty()
    scales: Mapping[str, int] = empty()
    vague: Words = frozenset()
    vague_idioms: Mapping[str, int] = empty()
    upwards: Words = frozenset()
    more: Words = frozenset()
    roughly: Words = frozenset()
    leads: Words = frozenset()
    points: Words = frozenset()
    half: Words = frozenset()
    multiplying: Words = frozenset()
    no_half: Words = frozenset()
    dozens: Words = frozenset()
    half_counters: Words = frozenset()
    counters: Words = frozenset()
    parts: Words = frozenset()
    with_part: Words = frozenset()
    points_of_share: tuple[str, ...] = ()
    tenths: Words = frozenset()
    no_tenths: Words = frozenset()
    discounts: Words = frozenset()
    half_price: Words = frozenset()
    price_verbs: Words = frozenset()
    ordinal_prefixes: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoundWords:
    """Words around a number that limit it, hedge it, or join it to a second one.

    Attributes:
        leads: Phrases before a number, and what they say about it.
        trails: Phrases behind a number or its unit.
        inside: Those that limit only what is measured, with characters behind them that make another word: 内.
        clause_ends: Trails that limit only where their clause ends, or goes on with one of ``sides``: 3 days, if that.
        next_clauses: Further words behind those.
        then_number: Last words of trails behind which another number would go on: ``200 or greater than``.
        or_equal: Phrases behind a number that its lead leaves out, which take it in: ``less than 5 or equal``.
        openings: Words before two ends, and what may then join those ends besides ``joiners``.
        open_ends: The openings that ``joiners`` go with as well.
        two_ends: The openings that make no sense before one number.
        joiners: Words between the two ends of a range.
        alternatives: Those of them that name two possibilities: ``or``.
        joiner_emphasis: Words that may follow a joiner: ``2 or even 3``.
        pair_joiners: Words between two ends that are a range only with one of ``pair_ends`` behind them: 2 和 3 之间.
        pair_ends: Those words.
        sides: Words between the two limits of one number: ``more than 20 but less than 30``.
        all_but: Phrases before the number of exceptions to a whole: ``all but 3 of 50``.
        exact: Words around a number that say it is not rounded: ``exactly 140``.
        loose: Words that make two ends an estimate: ``somewhere between 2 and 3``.
        loose_spreads: Those of them with an opening behind that say both ends occur: ``anywhere from``.
        negatives: Words for a minus.
        positives: Words for a plus: from minus 0.5 to plus 0.3.
    """

    leads: Mapping[str, Meaning] = empty()
    trails: Mapping[str, Meaning] = empty()
    inside: Mapping[str, tuple[str, ...]] = empty()
    clause_ends: Words = frozenset()
    next_clauses: Words = frozenset()
    then_number: Words = frozenset()
    or_equal: Words = frozenset()
    openings: Mapping[str, tuple[str, ...]] = empty()
    open_ends: Words = frozenset()
    two_ends: Words = frozenset()
    joiners: Words = frozenset()
    alternatives: Words = frozenset()
    joiner_emphasis: Mapping[str, str] = empty()
    pair_joiners: Words = frozenset()
    pair_ends: Words = frozenset()
    sides: Words = frozenset()
    all_but: Words = frozenset()
    exact: Words = frozenset()
    loose: Words = frozenset()
    loose_spreads: frozenset[tuple[str, str]] = frozenset()
    negatives: Words = frozenset()
    positives: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarginWords:
    """Words for the margin of a number.

    Attributes:
        signs: Phrases between a number and its margin: ``plus or minus``.
        spreads: Phrases that name two ends around a number, which are no interval of confidence: ``IQR``.
        kinds: Phrases that name a margin, with the sense that they give it: ``SD``.
        fillers: Words that may stand between such a name and its number: ``of``.
    """

    signs: Words = frozenset()
    spreads: Words = frozenset()
    kinds: Mapping[str, MarginKind] = empty()
    fillers: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitWords:
    """Words that name a unit, a currency or a rate.

    Attributes:
        measures: Words behind a number.
        touching_measures: Letters that are a measure only where they touch digits: ``45p``.
        measure_phrases: Two words that are one measure: ``per cent``.
        repeated: A unit with a word that may say it again behind it: ``percent points``, ``pounds sterling``.
        nouns: Counted things and times whose unit has an English name.
        small_change: Words for coins that may follow an amount of a currency, and their worth: ``and 5 cents``.
        change_joiners: Words that may stand before such coins.
        change_ends: Words that may stand behind the last of them: 五块整.
        tenth_units: Words for a whole coin behind which a bare digit counts tenths: 三块五.
        decimal_units: Words for a unit of measurement behind which bare digits are its decimals: 一米七八.
        no_coin: A coin's word with the characters behind it that make another word of both: 五角大楼.
        coins: Words for a coin that several countries share, with the currency of each country.
        coin_forms: Other forms of those words.
        dollar_letters: Letters right before ``$``.
        cent_prefixes: Words before a cent that name its country, as written.
        money_signs: Signs of money before a number.
        shared_signs: Signs of money with the codes of the currencies that share them, the usual one first.
        movable_signs: Those of them that have no usual meaning: a text about Japan means yen by ``¥``.
        shared_coins: Words for the coins of such a sign, as written, with the sign.
        sign_users: Names of countries and peoples, as written, with the code of their currency.
        sign_scales: Letters right before a sign of money, as written, and what they multiply by: ``T€``.
        money_names: Names of a currency before a number, as written, perhaps with a full stop: ``Rs. 500``.
        below_units: Words that are a unit only in a rate: 0.5元/度 is per kWh.
        exchanged: Words before a currency that is exchanged, so that the number behind it is a rate: 兑美元7.2.
        ounces: Words for sixteenths of a pound behind pounds: 3 lb 4 oz.
        weights: Coins that are weights as well, with the unit and the worth of one.
        weighing: Words beside such a coin that make it a weight: ``wog``.
        goods: Words for what is weighed, behind such a coin: ``3 Pfund Mehl``.
        generic_coins: Words behind an amount that repeat a currency named before it without its country: 港币 3 万元.
        word_codes: Codes of currencies that are words or names as well: ``ALL``, ``AMD``.
        article_coins: Coins that an article may count: ``a dollar``.
        multipliers: Words for a multiple before ``as_many``: ``twice``; in other places they say how, not how much.
        multiplier_ends: Ends of words for a multiple whose beginning is a number: ``dreimal``.
        as_many: Phrases behind a part or a multiplier that make it a multiple: ``half as many``.
        as_adjective: Words around an adjective that do so behind a part: ``half as big as``.
        many_more: Words that do so behind a multiplier: ``dreimal weniger``.
        no_units: Words that look like the symbol of a unit and are none.
        scale_letters: Short scales behind digits, as written.
        money_letters: Short scales, as written, that are read only where money is meant: ``$5m``.
        currency_letters: Short scales, as written, of the countries of some currencies alone: ``₹2.3L`` are lakhs.
        substances: Words between a unit and what it is per: ``40 g CO2/km``.
        per: Words between an amount and what it is per.
        per_articles: Those of them that are articles: ``a month``.
        per_before: Those that stand before the amount: 每月 20 美元.
        rate_adverbs: One word for a flow, and its period.
        short_times: Letters for a time behind a stroke, as written: ``km/h``.
        clock_parts: Names of the parts of a duration as a clock shows it, with their unit: ``h:mm``, ``min:s``.
        no_rate_nouns: Words that nothing is per.
        percentage_points: Phrases for percentage points behind a number, in small letters.
        minutes: Words for minutes only beside another unit of time: 3小时40分, 2分15秒.
    """

    measures: Mapping[str, Measure] = empty()
    touching_measures: Mapping[str, Measure] = empty()
    measure_phrases: Mapping[tuple[str, str], Measure] = empty()
    repeated: frozenset[tuple[str, str]] = frozenset()
    nouns: Mapping[str, str] = empty()
    small_change: Mapping[str, Mapping[str, Decimal]] = empty()
    change_joiners: Words = frozenset()
    change_ends: Words = frozenset()
    tenth_units: Words = frozenset()
    decimal_units: Words = frozenset()
    no_coin: Mapping[str, str] = empty()
    coins: Mapping[str, Mapping[str, str]] = empty()
    coin_forms: Mapping[str, str] = empty()
    dollar_letters: Mapping[str, str] = empty()
    cent_prefixes: Words = frozenset()
    money_signs: Mapping[str, str] = empty()
    shared_signs: Mapping[str, str] = empty()
    movable_signs: Words = frozenset()
    shared_coins: Mapping[str, str] = empty()
    sign_users: Mapping[str, str] = empty()
    sign_scales: Mapping[str, int] = empty()
    money_names: Mapping[str, str] = empty()
    below_units: Mapping[str, str] = empty()
    exchanged: Words = frozenset()
    ounces: Words = frozenset()
    weights: Mapping[str, Measure] = empty()
    weighing: Words = frozenset()
    goods: Words = frozenset()
    generic_coins: Words = frozenset()
    word_codes: Words = frozenset()
    article_coins: Words = frozenset()
    multipliers: Mapping[str, Decimal] = empty()
    multiplier_ends: Words = frozenset()
    as_many: Words = frozenset()
    as_adjective: Mapping[str, str] = empty()
    many_more: Words = frozenset()
    no_units: Words = frozenset()
    scale_letters: Mapping[str, int] = empty()
    money_letters: Mapping[str, int] = empty()
    currency_letters: Mapping[str, Mapping[str, int]] = empty()
    substances: Words = frozenset()
    per: Words = frozenset()
    per_articles: Words = frozenset()
    per_before: Words = frozenset()
    rate_adverbs: Mapping[str, str] = empty()
    short_times: Mapping[str, str] = empty()
    clock_parts: Mapping[str, str] = empty()
    no_rate_nouns: Words = frozenset()
    percentage_points: Words = frozenset()
    minutes: Words = frozenset()
