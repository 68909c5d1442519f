"""The tables of a language: words for numbers, limits and units, and what running text does with them.

Words are in small letters unless a field says otherwise; phrases of several words are written with blanks. Every table
may stay empty, and a language fills in what it has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
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


def _empty() -> Any:
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

    below_twenty: Mapping[str, int] = _empty()
    tens: Mapping[str, int] = _empty()
    scales: Mapping[str, int] = _empty()
    hundreds: Words = frozenset()
    lone_hundreds: Words = frozenset()
    lone_numbers: Words = frozenset()
    dozens: Words = frozenset()
    vague_plurals: Mapping[str, int] = _empty()
    several: Words = frozenset()
    vague_openers: Words = frozenset()
    known_things: Words = frozenset()
    ordinals: Mapping[str, str] = _empty()
    part_plurals: Mapping[str, str] = _empty()
    whole_ordinals: Words = frozenset()
    halves: Mapping[str, int] = _empty()
    plural_halves: Words = frozenset()
    half: Words = frozenset()
    half_articles: Words = frozenset()
    invariable_parts: Words = frozenset()
    one: Words = frozenset()
    articles: Words = frozenset()
    scale_articles: Words = frozenset()
    ands: Words = frozenset()
    inner_ands: Words = frozenset()
    inner_parts: Mapping[str, Decimal] = _empty()
    mixed: Mapping[str, Decimal] = _empty()
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

    digits: Mapping[str, int] = _empty()
    one: Words = frozenset()
    zeros: Words = frozenset()
    tens: Mapping[str, int] = _empty()
    twenties: Mapping[str, int] = _empty()
    scales: Mapping[str, int] = _empty()
    vague: Words = frozenset()
    vague_idioms: Mapping[str, int] = _empty()
    upwards: Words = frozenset()
    more: Words = frozenset()
    roughly: Words = frozenset()
    leads: Words = frozenset()
    points: Words = frozenset()
    half: Words = frozenset()
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
        then_number: Last words of trails behind which another number would go on: ``200 or greater than``.
        or_equal: Phrases behind a number that its lead leaves out, which take it in: ``less than 5 or equal``.
        openings: Words before two ends, and what may then join those ends besides ``joiners``.
        open_ends: The openings that ``joiners`` go with as well.
        two_ends: The openings that make no sense before one number.
        joiners: Words between the two ends of a range.
        joiner_emphasis: Words that may follow a joiner: ``2 or even 3``.
        pair_joiners: Words between two ends that are a range only with one of ``pair_ends`` behind them: 2 和 3 之间.
        pair_ends: Those words.
        sides: Words between the two limits of one number: ``more than 20 but less than 30``.
        loose: Words that make two ends an estimate: ``somewhere between 2 and 3``.
        loose_spreads: Those of them with an opening behind that say both ends occur: ``anywhere from``.
        negatives: Words for a minus.
    """

    leads: Mapping[str, Meaning] = _empty()
    trails: Mapping[str, Meaning] = _empty()
    then_number: Words = frozenset()
    or_equal: Words = frozenset()
    openings: Mapping[str, tuple[str, ...]] = _empty()
    open_ends: Words = frozenset()
    two_ends: Words = frozenset()
    joiners: Words = frozenset()
    joiner_emphasis: Mapping[str, str] = _empty()
    pair_joiners: Words = frozenset()
    pair_ends: Words = frozenset()
    sides: Words = frozenset()
    loose: Words = frozenset()
    loose_spreads: frozenset[tuple[str, str]] = frozenset()
    negatives: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarginWords:
    """Words for the margin of a number.

    Attributes:
        signs: Phrases between a number and its margin: ``plus or minus``.
        kinds: Phrases that name a margin, with the sense that they give it: ``SD``.
        fillers: Words that may stand between such a name and its number: ``of``.
    """

    signs: Words = frozenset()
    kinds: Mapping[str, MarginKind] = _empty()
    fillers: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitWords:
    """Words that name a unit, a currency or a rate.

    Attributes:
        measures: Words behind a number.
        measure_phrases: Two words that are one measure: ``per cent``.
        repeated: A unit with a word that may say it again behind it: ``percent points``, ``pounds sterling``.
        nouns: Counted things and times whose unit has an English name.
        small_change: Words for coins that may follow an amount of a currency, and their worth: ``and 5 cents``.
        change_joiners: Words that may stand before such coins.
        change_ends: Words that may stand behind the last of them: 五块整.
        tenth_units: Words for a whole coin behind which a bare digit counts tenths: 三块五.
        no_coin: A coin's word with the characters behind it that make another word of both: 五角大楼.
        coins: Words for a coin that several countries share, with the currency of each country.
        coin_forms: Other forms of those words.
        dollar_letters: Letters right before ``$``.
        cent_prefixes: Words before a cent that name its country, as written.
        money_signs: Signs of money before a number.
        money_names: Names of a currency before a number, as written, perhaps with a full stop: ``Rs. 500``.
        word_codes: Codes of currencies that are words or names as well: ``ALL``, ``AMD``.
        article_coins: Coins that an article may count: ``a dollar``.
        no_units: Words that look like the symbol of a unit and are none.
        scale_letters: Short scales behind digits, as written.
        money_letters: Short scales, as written, that are read only where money is meant: ``$5m``.
        per: Words between an amount and what it is per.
        per_articles: Those of them that are articles: ``a month``.
        per_before: Those that stand before the amount: 每月 20 美元.
        rate_adverbs: One word for a flow, and its period.
        short_times: Letters for a time behind a stroke, as written: ``km/h``.
        no_rate_nouns: Words that nothing is per.
    """

    measures: Mapping[str, Measure] = _empty()
    measure_phrases: Mapping[tuple[str, str], Measure] = _empty()
    repeated: frozenset[tuple[str, str]] = frozenset()
    nouns: Mapping[str, str] = _empty()
    small_change: Mapping[str, Mapping[str, Decimal]] = _empty()
    change_joiners: Words = frozenset()
    change_ends: Words = frozenset()
    tenth_units: Words = frozenset()
    no_coin: Mapping[str, str] = _empty()
    coins: Mapping[str, Mapping[str, str]] = _empty()
    coin_forms: Mapping[str, str] = _empty()
    dollar_letters: Mapping[str, str] = _empty()
    cent_prefixes: Words = frozenset()
    money_signs: Mapping[str, str] = _empty()
    money_names: Mapping[str, str] = _empty()
    word_codes: Words = frozenset()
    article_coins: Words = frozenset()
    no_units: Words = frozenset()
    scale_letters: Mapping[str, int] = _empty()
    money_letters: Mapping[str, int] = _empty()
    per: Words = frozenset()
    per_articles: Words = frozenset()
    per_before: Words = frozenset()
    rate_adverbs: Mapping[str, str] = _empty()
    short_times: Mapping[str, str] = _empty()
    no_rate_nouns: Words = frozenset()


class Reader(StrEnum):
    """How a figure that no number begins is read from the match of a pattern; ``scan.patterns`` has the groups."""

    ORDINAL = "ordinal"
    CHARACTER_ORDINAL = "character ordinal"
    ADJECTIVE = "adjective"
    LONE_SCALE = "lone scale"
    HALF = "half"
    FOLD = "fold"
    TO_ONE = "to one"
    SPLIT = "split"
    NEAR_ZERO = "near zero"
    ONE_COIN = "one coin"
    ONE_PERIOD = "one period"
    SOME_PERIODS = "some periods"
    MANY_DIGITS = "many digits"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProseWords:
    """What tells a figure in running text from a name, a label, a date or a turn of phrase, and what goes with it.

    Attributes:
        figure_patterns: Patterns for figures that no number begins, each with its reader.
        more_beginnings: Patterns for places where a figure may stand though no number does.
        adjective_prefixes: Words before a number in an adjective, and what they do to it: ``multi-billion-dollar``.
        about: Words before a ratio or a split that make it a rough one.
        about_if_measured: Words that mean "about" before a number with a unit, and a likeness before a bare one.
        dates: Patterns for dates and times of day.
        before_years: Words behind which four digits are a year.
        numbered_names: Names that carry a number: ``Opus 4.6``.
        references: Words that make the bare number behind them a label: ``section 4``.
        label_prefixes: Words and characters that do so before any number.
        label_links: Words between the numbers of one label: ``3.11, 3.12 and 3.13``.
        no_ordinals: Nouns behind an ordinal that is a label: ``21st century``.
        owners: Words before a number that is a name: ``my 3090``.
        after_owned: Words behind such a number; before all others it counts what follows.
        giving: Words before a name behind which a number counts something: ``gave Anthropic 90 minutes``.
        digit_names: Names that begin with a digit, in small letters.
        idioms: Words that hold the sign of a number and count nothing.
        idiom_breaks: Last characters of idioms with those behind them that make a number after all: 十分之一.
        part_idioms: Idioms with the character before them that makes a part of them: 分之一.
        up_to: Characters before those that mean "and more" and make another word of them: 以上.
        pointers: Characters before a lone one that point to a thing rather than count it: 这一.
        each: Words behind which a number counts the things of each.
        half_leads: Words for half of the time behind them: ``half a year``.
        halves_before: Words before a half or a quarter that make it a time or a place: ``the second half``.
        bare_half_before: Words that do so to a half alone: ``way``.
        bare_half_behind: Words that do so from behind: ``half time``.
        quarters: Words for a quarter that may be a time.
        quarter_behind: Words behind a quarter that is a part.
        part_ordinals: Ordinals that may be a part.
        part_behind: Words behind those that are a part.
        vague_plural_nouns: Vague plurals that are nouns but before ``of``: ``scores``.
        few: Words for a few that count only behind ``few_before``: ``the last few years``.
        few_before: Those words.
        one_before: Words behind which one thing of a time is no figure: ``that one month``.
        zero: The word for zero.
        zero_before: Words behind which it belongs to a phrase: ``net zero``.
        zero_behind: Words before which it does: ``zero tolerance``.
        digit_nouns: Nouns that count the digits of a number that is not given: ``a nine-figure sum``.
        above_verbs: Verbs before a number that say it was more: ``exceeded``.
        after_bound: Words that may stand between a bound and its number: ``at least another 500``.
        during: Words that mean "more than" or "during": ``over``.
        not_during_before: Words before those and a time that let them mean "more than".
        lacking: Phrases that mean "less than" or "lacking": ``short of``.
        lacking_before: Words before those that let them mean "lacking".
        change_verbs: Verbs and nouns of change, in all their forms: ``rose``, ``a cut``.
        range_verbs: Verbs behind which two ends are a range, whatever changed before: ``cost``.
        change_openings: Words before the level that was: ``from``.
        change_ends: Words before the level that is: ``to``.
        change_pairs: Those two words where they make a change of two levels without a verb: ``von 60 auf 80``.
        change_amounts: Words between such a verb and the amount of the change: ``by``.
        change_directions: Words behind a level that lead to the one before: ``up from``.
        share_points: Words for percentage points.
        alternatives: Words between a vague number and a larger one in parentheses: ``hundreds (or thousands)``.
        lengths: Words behind "m" that make it metres rather than millions.
        no_rate_behind: Words behind "a year" that make it a time and no rate: ``a year earlier``.
        priced: Nouns that an amount of money is often given per: ``$78 a barrel``.
        subject_rates: Patterns for a subject that says what the money behind it is per, with the group ``noun``:
            ``earnings per share were``.
        fees: Patterns for a fee before its amount, with the rate's adverb as their first group.
        periods: Phrases before an amount that say per which time: 每月, 一年.
        near_periods: First or last characters of those that must stand close to an amount of money.
        done: Characters between such a phrase and the amount that make it no rate: 一年花了.
        per_patterns: Patterns for what an amount behind them is per, with groups ``scale``, ``noun`` and ``gap``.
        table_scales: Patterns for the scale of a table, with groups ``scale`` and ``currency``: ``(in millions)``.
        inside: Words between a whole and its part: 45 处引用里有 40 处.
        inside_fillers: Words that may follow them, in order.
    """

    figure_patterns: tuple[tuple[Reader, str], ...] = ()
    more_beginnings: tuple[str, ...] = ()
    adjective_prefixes: Mapping[str, str] = _empty()
    about: Words = frozenset()
    about_if_measured: Words = frozenset()
    dates: tuple[str, ...] = ()
    before_years: Words = frozenset()
    numbered_names: Words = frozenset()
    references: Words = frozenset()
    label_prefixes: Words = frozenset()
    label_links: Words = frozenset()
    no_ordinals: Words = frozenset()
    owners: Words = frozenset()
    after_owned: Words = frozenset()
    giving: Words = frozenset()
    digit_names: Words = frozenset()
    idioms: Words = frozenset()
    idiom_breaks: Mapping[str, str] = _empty()
    part_idioms: Mapping[str, str] = _empty()
    up_to: Words = frozenset()
    pointers: Words = frozenset()
    each: Words = frozenset()
    half_leads: Words = frozenset()
    halves_before: Words = frozenset()
    bare_half_before: Words = frozenset()
    bare_half_behind: Words = frozenset()
    quarters: Words = frozenset()
    quarter_behind: Words = frozenset()
    part_ordinals: Words = frozenset()
    part_behind: Words = frozenset()
    vague_plural_nouns: Words = frozenset()
    few: Words = frozenset()
    few_before: Words = frozenset()
    one_before: Words = frozenset()
    zero: Words = frozenset()
    zero_before: Words = frozenset()
    zero_behind: Words = frozenset()
    digit_nouns: Words = frozenset()
    above_verbs: Words = frozenset()
    after_bound: Words = frozenset()
    during: Words = frozenset()
    not_during_before: Words = frozenset()
    lacking: Words = frozenset()
    lacking_before: Words = frozenset()
    change_verbs: Words = frozenset()
    range_verbs: Words = frozenset()
    change_openings: Words = frozenset()
    change_ends: Words = frozenset()
    change_pairs: Mapping[str, str] = _empty()
    change_amounts: Words = frozenset()
    change_directions: Words = frozenset()
    share_points: Words = frozenset()
    alternatives: Words = frozenset()
    lengths: Words = frozenset()
    no_rate_behind: Words = frozenset()
    priced: Words = frozenset()
    subject_rates: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    periods: Mapping[str, str] = _empty()
    near_periods: Words = frozenset()
    done: Words = frozenset()
    per_patterns: tuple[str, ...] = ()
    table_scales: tuple[str, ...] = ()
    inside: Words = frozenset()
    inside_fillers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NounWords:
    """What helps to see which noun a number counts.

    Attributes:
        no_nouns: Words of a number's wording that never name what is counted, beyond the number words themselves.
        no_plurals: Words that end in an s and are no plural.
        invariable: Nouns whose plural looks like their singular.
        second_nouns: Plurals behind another plural that are the noun: ``sales people``.
        contractions: Ends of words that hold a verb: ``they've``.
        articles: Words between ``of`` and the noun: ``millions of their users``.
        physical: Units of measurement: an amount in them is a number rather than a count of things.
        letter_units: Units of a single letter, as written.
        powers: Words before a unit of length, and its power: ``square``.
        degrees: Words for a degree.
        temperatures: Names and letters of scales of temperature behind a degree, and the unit.
        suffixes: What may stand right behind digits without a blank and leave them a figure, as written.
        classifiers: Measure words, and what they count where no noun stands behind them.
        counting_trails: Those that are a limit behind a unit: 起.
        loose_classifiers: Those that the name of a unit may share with a currency: 块.
        counted: Nouns that are often counted, so that their end is seen where no blanks stand.
        immediate: Nouns that stand right behind a number without a measure word.
        run_ends: Characters that end a run that may name what is counted.
        joined: Words in which such a character ends nothing.
        adjectives: Characters at the beginning of a run that describe the noun.
    """

    no_nouns: Words = frozenset()
    no_plurals: Words = frozenset()
    invariable: Words = frozenset()
    second_nouns: Words = frozenset()
    contractions: tuple[str, ...] = ()
    articles: Words = frozenset()
    physical: Words = frozenset()
    letter_units: Words = frozenset()
    powers: Mapping[str, int] = _empty()
    degrees: Words = frozenset()
    temperatures: Mapping[str, str] = _empty()
    suffixes: Words = frozenset()
    classifiers: Mapping[str, str] = _empty()
    counting_trails: Words = frozenset()
    loose_classifiers: Words = frozenset()
    counted: Words = frozenset()
    immediate: Words = frozenset()
    run_ends: Words = frozenset()
    joined: Words = frozenset()
    adjectives: Words = frozenset()
