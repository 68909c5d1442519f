"""A language as one value of data: the words, characters and patterns by which text in it is read.

A third language is one more module like ``en`` and ``zh``, with one ``Language`` in it, and one more name in
``lexicon.LANGUAGES``.

Numbers in words are read by one of two algorithms, and a language names its own by the table that it fills:
``word_numerals`` where words stand apart (``two hundred and five``), ``character_numerals`` where characters follow
each other (``二百零五``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from kb.domain.entity import Stance
from kb.numbers.prose_tables import NounWords, ProseWords
from kb.numbers.word_tables import BoundWords, CharacterNumerals, MarginWords, UnitWords, WordNumerals, Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StopWords:
    """Words that name nothing, by what they are passed over for.

    Attributes:
        no_heads: End a run of words behind a number, since none of them names what is counted.
        no_names: Name nothing though a capital begins them, as at the start of a sentence or in a headline.
        no_subjects: Never name what a number measures.
        small: Join the words of a name, and are left out where names are compared.
    """

    no_heads: Words = frozenset()
    no_names: Words = frozenset()
    no_subjects: Words = frozenset()
    small: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CueWords:
    """Words beside a number that give away how it is meant, who says it and what it measures.

    Attributes:
        negating: What denies a number when it stands right before it.
        stances: Cues of each stance.
        scopes: For each scope key with opposite values, such as plan and actual, the cues of either value.
        price_years: What says in the prices of which year an amount is, with ``{year}`` for the year.
        saying: Verbs whose subject is a voice.
        attributing: What stands before the name of a voice.
        no_voices: Pronouns and the like that are no voice, beyond ``StopWords.no_subjects``.
        before_attributing: Characters before ``attributing`` that make another word of it: 数据.
        behind_attributing: Characters behind it that do: 据点.
        after_voice: What stands behind a name that ``attributing`` introduces, where no blanks stand.
        between_voice_and_verb: Words that may stand between a name and its verb.
        name_particles: Words in small letters inside a name: ``Bank of England``.
        articles: Words before a name that do not belong to it.
        into: Words behind a number that lead to what it measures: ``$40 million in dredging``.
        passed_over: Words between those and the name of what is measured.
        verbs: Verbs between a thing and its number.
        gerund_endings: Endings of words that are verbs unless ``gerund_nouns`` has them.
        gerund_nouns: Words with such an ending that name a thing.
        adverb_endings: Endings of words that are adverbs unless ``adverb_nouns`` has them.
        adverb_nouns: Words with such an ending that belong to the name of a thing.
        subject_ends: Characters that end the name of what is measured.
    """

    negating: tuple[str, ...] = ()
    stances: Mapping[Stance, tuple[str, ...]] = field(default_factory=dict)
    scopes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    price_years: tuple[str, ...] = ()
    saying: tuple[str, ...] = ()
    attributing: tuple[str, ...] = ()
    no_voices: Words = frozenset()
    before_attributing: Words = frozenset()
    behind_attributing: Words = frozenset()
    after_voice: tuple[str, ...] = ()
    between_voice_and_verb: tuple[str, ...] = ()
    name_particles: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    into: Words = frozenset()
    passed_over: Words = frozenset()
    verbs: Words = frozenset()
    gerund_endings: tuple[str, ...] = ()
    gerund_nouns: Words = frozenset()
    adverb_endings: tuple[str, ...] = ()
    adverb_nouns: Words = frozenset()
    subject_ends: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SentenceMarks:
    """What ends a sentence.

    Attributes:
        ends: Signs that end one whatever follows: 。
        abbreviations: Words whose full stop ends none, in small letters and without it.
        final_abbreviations: Those of them that may stand last in a sentence.
        before_numbers: Abbreviations before a number that are words elsewhere: ``Art. 5``.
        after_ordinals: Words behind an ordinal that a full stop makes: ``3. Mai``.
        first_words: Words that begin a sentence behind such an abbreviation if they have a capital.
        no_initials: Single letters that are words rather than initials: ``I``.
    """

    ends: Words = frozenset()
    abbreviations: Words = frozenset()
    final_abbreviations: Words = frozenset()
    before_numbers: Words = frozenset()
    after_ordinals: Words = frozenset()
    first_words: Words = frozenset()
    no_initials: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """All that the readers need to know of one language.

    Attributes:
        code: BCP 47 tag: ``en``. Empty for signs that all languages share.
        script: A pattern for one character that only texts of this language and its neighbours in script hold; empty
            for the Latin alphabet, whose letters stand in texts of every language.
        decimal_mark: What stands before the decimals of its numbers if that is no point: in a text of the language
            "1,5" is one and a half, and "8.500" are thousands.
        noun_capitals: Whether every noun begins with a capital, so that one does not mark a name.
        common: Its commonest words, by which its texts are known; empty where its script tells.
        word_numerals: Number words, where blanks stand between them.
        character_numerals: Number characters, where none do.
        bounds: Limits, hedges and ranges.
        margins: Margins of numbers.
        units: Units, money and rates.
        prose: Figures and what only looks like them in running text.
        nouns: What a number counts.
        stops: Words that name nothing.
        cues: Stance, voice and subject.
        sentences: Ends of sentences.
        homographs: Words that mean another thing in a language that is here already, and a word of any table with
            their meaning: German "Billion" is a ``trillion``, "fast" is ``nearly``. They stand in no other table, and
            are read so only in a text that is said to be in this language.
    """

    code: str = ""
    script: str = ""
    decimal_mark: str = ""
    noun_capitals: bool = False
    common: Words = frozenset()
    word_numerals: WordNumerals = WordNumerals()
    character_numerals: CharacterNumerals = CharacterNumerals()
    bounds: BoundWords = BoundWords()
    margins: MarginWords = MarginWords()
    units: UnitWords = UnitWords()
    prose: ProseWords = ProseWords()
    nouns: NounWords = NounWords()
    stops: StopWords = StopWords()
    cues: CueWords = CueWords()
    sentences: SentenceMarks = SentenceMarks()
    homographs: Mapping[str, str] = field(default_factory=dict)


Table = TypeVar("Table")


def merged(tables: Sequence[Table]) -> Table:
    """The words of all ``tables``, languages or parts of such, in one, without what is one language's alone: its code.

    Raises:
        ValueError: Two of them give one word different meanings; it belongs in the ``homographs`` of one.
    """
    return cast(Table, _merged(tables))


def _merged(tables: Sequence[Any]) -> object:
    first = tables[0]
    if is_dataclass(first) and not isinstance(first, type):
        parts = {part.name: _merged([getattr(table, part.name) for table in tables]) for part in fields(first)}
        return replace(first, **parts)
    if isinstance(first, str | bool):
        return type(first)()
    if isinstance(first, frozenset):
        return frozenset().union(*tables)
    if isinstance(first, tuple):
        return tuple(entry for table in tables for entry in table)
    return _joined_mappings(tables)


def _joined_mappings(tables: Sequence[Mapping[Any, Any]]) -> Mapping[Any, Any]:
    joined: dict[Any, Any] = {}
    for table in tables:
        for word, meaning in table.items():
            known = joined.get(word, meaning)
            if known == meaning:
                joined[word] = meaning
            elif _is_table(known) and _is_table(meaning):
                joined[word] = _merged([known, meaning])
            else:
                what = f"{word!r} means {known!r} in one language and {meaning!r} in another"
                raise ValueError(f"{what}: list it among the homographs of the second")
    return joined


def _is_table(meaning: object) -> bool:
    return isinstance(meaning, Mapping) or (
        isinstance(meaning, tuple) and all(isinstance(entry, str) for entry in meaning)
    )
