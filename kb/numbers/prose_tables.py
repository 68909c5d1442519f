"""The tables of a language for running text: what tells a figure from a name, and what a number counts.

Words are in small letters unless a field says otherwise. Every table may stay empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from kb.numbers.word_tables import Words, empty


class Reader(StrEnum):
    """How a figure that no number begins is read from the match of a pattern; ``scan.patterns`` has the groups."""

    ORDINAL = "ordinal"
    CHARACTER_ORDINAL = "character ordinal"
    ADJECTIVE = "adjective"
    LONE_SCALE = "lone scale"
    HALF = "half"
    FOLD = "fold"
    EACH_NTH = "each nth"
    MULTIPLIED = "multiplied"
    DOUBLINGS = "doublings"
    POINT_PART = "point part"
    TO_ONE = "to one"
    RATIO = "ratio"
    DIMENSIONS = "dimensions"
    NEAR_ZERO = "near zero"
    ONE_COIN = "one coin"
    ONE_PERIOD = "one period"
    SOME_PERIODS = "some periods"
    MANY_DIGITS = "many digits"


class FigurePattern(NamedTuple):
    """A pattern for figures that no number begins.

    Attributes:
        reader: How its matches are read.
        pattern: The pattern.
        needs: Texts in small letters of which every match holds one, so that other texts are not searched; empty where
            none is sure.
    """

    reader: Reader
    pattern: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProseWords:
    """What tells a figure in running text from a name, a label, a date or a turn of phrase, and what goes with it.

    Attributes:
        figure_patterns: Patterns for figures that no number begins.
        verb_leads: Phrases that limit or hedge what is right behind them: ``nearly tripled``, ``about half a point``.
        beginning_words: Words that are a figure by themselves: ``threefold``.
        more_beginnings: Patterns for places where a figure may stand though no number does.
        adjective_prefixes: Words before a number in an adjective, and what they do to it: ``multi-billion-dollar``.
        about: Words before a ratio that make it a rough one.
        about_if_measured: Words that mean "about" before a number with a unit, and a likeness before a bare one.
        dates: Patterns for dates and times of day.
        clause_verbs: Words behind which a number may end a clause: ``was 30, …``.
        singular_verbs: Verbs whose subject is one thing: ``is``.
        clock_leads: Words right before a time of day: ``at``.
        duration_words: Words before a time that make it a duration: ``took``, ``in a time of``.
        duration_nouns: Beginnings of words in the head of a column of durations.
        ratio_nouns: Words beside numbers that are a ratio rather than times or a score: ``a ratio of``.
        score_words: Words beside the score of a game: ``won 2:1``.
        before_years: Words behind which four digits are a year.
        than_years: Last words of a limit that compare as well, with a year behind them: ``mehr als 2023``.
        numbered_names: Names that carry a number: ``Opus 4.6``.
        references: Words that make the bare number behind them a label: ``section 4``.
        bare_references: Such words before a number that counts nothing, and behind one with an article: ``port 8080``,
            ``a 500 error``.
        picture_units: Words for the dots of a picture: ``1920 x 1080 pixels``.
        repeated_lengths: Beginnings of words behind a length that is run several times: a 4 x 100 m ``relay``.
        sized_nouns: Nouns that a number with a letter describes rather than counts: ``4K video``.
        firm_leads: Phrases before the name of a firm: ``shares of``.
        firm_ends: Words behind such a name that belong to it: ``Company``.
        label_prefixes: Words and characters that do so before any number.
        addresses: Patterns for the number of a house, with the group ``number``: ``12 High Street``.
        place_ends: Characters behind the name of a place, which may look like a number with a unit: 六安市.
        label_trails: Words behind a number of three digits or more that is a label: 401室.
        lone_labels: Those of ``label_prefixes`` that also end other words: 病例.
        before_labels: Characters that may stand before those.
        label_links: Words between the numbers of one label: ``3.11, 3.12 and 3.13``.
        no_ordinals: Nouns behind an ordinal that is a label: ``21st century``.
        owners: Words before a number that is a name: ``my 3090``.
        after_owned: Words behind such a number; before all others it counts what follows.
        counting_verbs: Verbs behind which four digits with a noun count it: ``sold 1950 seats``.
        dated_nouns: Nouns that have a year even there: ``had 2024 results``.
        before_plurals: Words before a number with an s that is a plural: ``the 747s``.
        behind_plurals: Words behind such a number: ``747s are old``.
        before_limited_times: Words before a limit of seconds rather than of age: ``in under 18s``.
        giving: Words before a name behind which a number counts something: ``gave Anthropic 90 minutes``.
        digit_names: Names that begin with a digit, in small letters.
        idioms: Words that hold the sign of a number and count nothing.
        idiom_breaks: Last characters of idioms with those behind them that make a number after all: 十分之一.
        part_idioms: Idioms with the characters before them that make a part or a multiple of them: 分之一, 翻一番.
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
        before_verbs: Limits that stand before the verb of their number: 最多可容纳80人.
        no_verbs: Characters between such a limit and a number that part the two: 最多的80人.
        during: Words that mean "more than" or "during": ``over``.
        not_during_before: Words before those and a time that let them mean "more than".
        versions_behind: Words behind which a bare decimal is a version: ``faster than in 1.9``.
        programs: Names in small letters, the number behind which is a version: ``gcc 13``, ``Django >= 4.2``.
        version_nouns: Nouns before a version: ``kernel 6.8``.
        list_links: Words before the last member of a list: ``2, 3 and 5 million``.
        stating_verbs: Verbs between a name and its number: ``assets (USD m) were 4,312``.
        ratio_links: Patterns for all that stands between the two amounts of a ratio: ``$40 for $1``.
        ratio_openings: Patterns for the end of what stands before the base of a ratio: ``for every $1 spent, $3``.
        aged_behind: Words behind a time that make it an age or a difference, so that a word for "during" limits it:
            over 20 years old, over 13 minutes longer.
        lacking: Phrases that mean "less than" or "lacking": ``short of``.
        lacking_before: Words before those that let them mean "lacking".
        change_verbs: Verbs and nouns of change, in all their forms: ``rose``, ``a cut``.
        nths: Ordinals behind "every" that are a part, and of how many it is one: ``jeder Fünfte``.
        multiplying_verbs: Verbs that say how many times as much there is: ``tripled``.
        about_shares: Words near a part of a point that make it one of a percentage: ``cut rates by half a point``.
        own_change_verbs: Those of them whose subject is what changes, so that an amount behind them is by how much:
            ``fell $3 million``.
        otherwise: Words before another way to state the same amount: ``by $5, or 20%``.
        range_verbs: Verbs behind which two ends are a range, whatever changed before: ``cost``.
        change_openings: Words before the level that was: ``from``.
        change_nouns: Ends of nouns of change behind which such a word says by how much: ein Plus von 33 %.
        change_ends: Words before the level that is: ``to``.
        change_pairs: Words before the two numbers of a change that shows without a verb: ``von 60 auf 80``.
        change_amounts: Words between such a verb and the amount of the change: ``by``.
        change_directions: Words behind a level that lead to the one before: ``up from``.
        before_changes: Patterns for what ends before the amount of a change: ``an increase of``, 涨幅为.
        before_earlier: Patterns for what ends before the level of an earlier time: 上年同期为.
        before_compared: Patterns for what ends before a level that is compared: ``compared with``.
        behind_compared: Patterns behind such a level that say it is an earlier one: ``a year earlier``.
        share_points: Words for percentage points.
        more_of_it: Words between a number and its noun: ``two more ships``.
        plain_adjectives: Adjectives between a number and a time, a measure or money that change nothing: ``full``.
        scale_endings: Ends of words for large numbers, known or not: ``zillion``.
        unclear_leads: Phrases of three words before a number that may limit it, or call it small: ``as little as``.
        unclear_trails: Phrases behind a number that may limit it: ``at a stretch``.
        no_likeness: Words before a word that means "about" that deny it: ``nothing like``.
        plain_adverbs: Adverbs before a number that do not limit it: ``currently``.
        plain_comparisons: Words before ``than`` that do not limit a number behind it: ``rather``.
        factors: Words before a number that make it a multiple: ``a factor of two``.
        occasions: Words behind a number that is a multiple, or how often something was done: ``5,000 times``.
        lone_occasions: Those of them, as written, that always say how often: German ``Mal``.
        behind_occasions: Words behind those that show how often: ``4 times in a row``.
        before_multiples: Words before a number with such a word that show a multiple: ``is 3 times``.
        floors_if_measured: Words that make a floor of an amount with a unit: ``ab 11.900 Euro``.
        among: Words that limit a number, but name those who were asked behind ``polls``.
        polls: Ends of nouns for asking many: ``Umfrage unter 1.018 Bürgern``.
        alternatives: Words between a vague number and a larger one in parentheses: ``hundreds (or thousands)``.
        lengths: Words behind "m" that make it metres rather than millions.
        distance_behind: Words behind a distance: ``400m from the station``.
        distance_before: Words before the number of such a distance.
        motions: Words for going some way: ``climbs 900m to the pass``.
        motion_behind: Words behind the way that is gone.
        no_rate_behind: Words behind "a year" that make it a time and no rate: ``a year earlier``.
        priced: Nouns that an amount of money is often given per: ``$78 a barrel``.
        subject_rates: Patterns for a subject that says what the money behind it is per, with the group ``noun``:
            ``earnings per share were``.
        fees: Patterns for a fee before its amount, with the rate's adverb as their first group.
        periods: Phrases before an amount that say per which time: 每月, 一年.
        near_periods: First or last characters of those that must stand close to an amount of money.
        done: Characters between such a phrase and the amount that make it no rate: 一年花了.
        per_patterns: Patterns for what an amount behind them is per, with groups ``scale``, ``noun`` and ``gap``.
        table_scales: Patterns for the scale of a table, with groups ``scale`` and ``currency``, perhaps ``of``
            (what is counted): ``(in millions)``, ``in thousands of pieces``.
        table_units: Heads of a column that holds the units of its rows: ``Unit``.
        table_counts: What stands there for numbers without a unit: ``number``.
        table_references: Heads of a column that refers to places or numbers its rows: ``Note``.
        table_joiners: Words between the name of a head and its unit: ``Length in km``.
        counting_rows: Words with which the name of a row of counts begins or ends, which is in no money: ``Number of``.
        share_rows: Words that make a row of shares a count: ``Weighted average shares``.
        table_amounts: Words with which a sentence about all numbers of a table begins: ``Amounts are in thousands.``
        table_exceptions: Patterns for what the scale of a table leaves out, with the group ``rows``:
            ``except per share data``.
        table_fillers: Words of such a phrase that name no row, without the s of a plural: ``data``.
        table_rates: Patterns in the name of a row that states a rate, which no scale multiplies: ``per share``.
        table_ratios: Patterns for the name of a row or a head that states a share, a ratio or a duration, which takes
            neither the scale nor the money of its table: ``tax rate``; with the group ``amount`` where large numbers
            below that name are money: ``gross margin``.
        table_notes: Words that, with a colon, begin a note below a table: ``Note:``.
        table_counted: Words in a head of a count that are no plurals, below which ``(m)`` is a million: ``Pop``.
        table_lengths: Words in a head below which ``(m)`` is a metre, without the s of a plural: ``height``.
        month_numbers: Names of months and their short forms.
        months_ended: Patterns for a span before the day on which it ended, with its number of months:
            ``three months ended``.
        period_forms: Patterns for further times in heads of tables, with groups ``y`` (year), ``q`` (quarter), ``h``
            (half) or ``first`` and ``m`` (months).
        inside: Words between a whole and its part: 45 处引用里有 40 处.
        inside_fillers: Words that may follow them, in order.
    """

    figure_patterns: tuple[FigurePattern, ...] = ()
    verb_leads: Words = frozenset()
    beginning_words: Words = frozenset()
    more_beginnings: tuple[str, ...] = ()
    adjective_prefixes: Mapping[str, str] = empty()
    about: Words = frozenset()
    about_if_measured: Words = frozenset()
    dates: tuple[str, ...] = ()
    clause_verbs: Words = frozenset()
    singular_verbs: Words = frozenset()
    clock_leads: Words = frozenset()
    duration_words: Words = frozenset()
    duration_nouns: Words = frozenset()
    ratio_nouns: Words = frozenset()
    score_words: Words = frozenset()
    before_years: Words = frozenset()
    than_years: Words = frozenset()
    numbered_names: Words = frozenset()
    references: Words = frozenset()
    bare_references: Words = frozenset()
    picture_units: Words = frozenset()
    repeated_lengths: Words = frozenset()
    sized_nouns: Words = frozenset()
    firm_leads: tuple[str, ...] = ()
    firm_ends: Words = frozenset()
    label_prefixes: Words = frozenset()
    addresses: tuple[str, ...] = ()
    place_ends: Words = frozenset()
    label_trails: Words = frozenset()
    lone_labels: Words = frozenset()
    before_labels: Words = frozenset()
    label_links: Words = frozenset()
    no_ordinals: Words = frozenset()
    owners: Words = frozenset()
    after_owned: Words = frozenset()
    counting_verbs: Words = frozenset()
    dated_nouns: Words = frozenset()
    before_plurals: Words = frozenset()
    behind_plurals: Words = frozenset()
    before_limited_times: Words = frozenset()
    giving: Words = frozenset()
    digit_names: Words = frozenset()
    idioms: Words = frozenset()
    idiom_breaks: Mapping[str, str] = empty()
    part_idioms: Mapping[str, str] = empty()
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
    before_verbs: Words = frozenset()
    no_verbs: Words = frozenset()
    during: Words = frozenset()
    not_during_before: Words = frozenset()
    amount_links: Words = frozenset()
    amount_nouns: Words = frozenset()
    amount_pronouns: Words = frozenset()
    attribute_links: Words = frozenset()
    versions_behind: Words = frozenset()
    programs: Words = frozenset()
    version_nouns: Words = frozenset()
    list_links: Words = frozenset()
    stating_verbs: Words = frozenset()
    ratio_links: tuple[str, ...] = ()
    ratio_openings: tuple[str, ...] = ()
    aged_behind: Words = frozenset()
    lacking: Words = frozenset()
    lacking_before: Words = frozenset()
    change_verbs: Words = frozenset()
    nths: Mapping[str, int] = empty()
    multiplying_verbs: Mapping[str, str] = empty()
    about_shares: Words = frozenset()
    own_change_verbs: Words = frozenset()
    otherwise: Words = frozenset()
    range_verbs: Words = frozenset()
    change_openings: Words = frozenset()
    change_nouns: Words = frozenset()
    change_ends: Words = frozenset()
    change_pairs: Mapping[str, str] = empty()
    change_amounts: Words = frozenset()
    change_directions: Words = frozenset()
    before_changes: tuple[str, ...] = ()
    before_earlier: tuple[str, ...] = ()
    before_compared: tuple[str, ...] = ()
    behind_compared: tuple[str, ...] = ()
    share_points: Words = frozenset()
    more_of_it: Words = frozenset()
    plain_adjectives: Words = frozenset()
    scale_endings: tuple[str, ...] = ()
    unclear_leads: Words = frozenset()
    unclear_trails: Words = frozenset()
    no_likeness: Words = frozenset()
    plain_adverbs: Words = frozenset()
    plain_comparisons: Words = frozenset()
    factors: Words = frozenset()
    occasions: Words = frozenset()
    lone_occasions: Words = frozenset()
    behind_occasions: Words = frozenset()
    before_multiples: Words = frozenset()
    floors_if_measured: Words = frozenset()
    among: Words = frozenset()
    polls: Words = frozenset()
    alternatives: Words = frozenset()
    lengths: Words = frozenset()
    distance_behind: Words = frozenset()
    distance_before: Words = frozenset()
    motions: Words = frozenset()
    motion_behind: Words = frozenset()
    no_rate_behind: Words = frozenset()
    priced: Words = frozenset()
    subject_rates: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    periods: Mapping[str, str] = empty()
    near_periods: Words = frozenset()
    done: Words = frozenset()
    per_patterns: tuple[str, ...] = ()
    table_scales: tuple[str, ...] = ()
    table_units: Words = frozenset()
    table_counts: Words = frozenset()
    table_references: Words = frozenset()
    table_joiners: Words = frozenset()
    counting_rows: Words = frozenset()
    share_rows: Words = frozenset()
    table_fillers: Words = frozenset()
    table_amounts: Words = frozenset()
    table_exceptions: tuple[str, ...] = ()
    table_rates: tuple[str, ...] = ()
    table_ratios: tuple[str, ...] = ()
    table_notes: Words = frozenset()
    table_counted: Words = frozenset()
    table_lengths: Words = frozenset()
    month_numbers: Mapping[str, int] = empty()
    months_ended: Mapping[str, int] = empty()
    period_forms: tuple[str, ...] = ()
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
        attribute_ends: Last characters of words for what is measured rather than counted: 厚度.
        plural_verbs: Verbs with an s that are plurals right behind a number: ``nine runs``.
        adjective_forms: Words at the beginning of a run that describe the noun: 重型.
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
    powers: Mapping[str, int] = empty()
    degrees: Words = frozenset()
    temperatures: Mapping[str, str] = empty()
    suffixes: Words = frozenset()
    classifiers: Mapping[str, str] = empty()
    counting_trails: Words = frozenset()
    loose_classifiers: Words = frozenset()
    counted: Words = frozenset()
    immediate: Words = frozenset()
    run_ends: Words = frozenset()
    joined: Words = frozenset()
    attribute_ends: Words = frozenset()
    plural_verbs: Words = frozenset()
    adjective_forms: Words = frozenset()
    adjectives: Words = frozenset()
