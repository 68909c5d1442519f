"""A language is one value of data; the words of all of them are read at once."""

from decimal import Decimal

import pytest

from kb.domain.entity import Stance
from kb.domain.quantity import Hedge
from kb.intake.draft.stance import stance_of
from kb.numbers.language import CueWords, Language, StopWords, merged
from kb.numbers.lexicon import LANGUAGES, LEXICON, SIGNS
from kb.numbers.scan import scan
from kb.numbers.word_tables import BoundWords, UnitWords, WordNumerals, measures, numbered, words

DANISH = Language(
    code="da",
    word_numerals=WordNumerals(below_twenty=numbered("nul 0 en 1 to 2"), scales={"milliarder": 10**9}),
    units=UnitWords(measures=measures("DKK krone; fraction 0.01 procent")),
    cues=CueWords(stances={Stance.ALLEGED: ("angiveligt",)}),
    stops=StopWords(small=words("og i af")),
)


def test_every_language_has_a_code_of_its_own() -> None:
    codes = [language.code for language in LANGUAGES]
    assert all(codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_language_names_the_algorithm_of_its_number_words(language: Language) -> None:
    assert bool(language.word_numerals.below_twenty) != bool(language.character_numerals.digits)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_language_has_cues_of_every_stance_that_words_give_away(language: Language) -> None:
    said_otherwise = {Stance.ASSERTED, Stance.NEGATED}
    assert set(language.cues.stances) == set(Stance) - said_otherwise
    assert language.cues.negating


def test_a_third_language_adds_its_words_to_those_that_are_there() -> None:
    lexicon = merged((SIGNS, *LANGUAGES, DANISH))

    assert lexicon.word_numerals.scales["milliarder"] == 10**9
    assert lexicon.word_numerals.scales["billion"] == 10**9
    assert lexicon.units.measures["procent"] == lexicon.units.measures["%"]
    assert set(lexicon.cues.stances[Stance.ALLEGED]) == {*LEXICON.cues.stances[Stance.ALLEGED], "angiveligt"}
    assert lexicon.stops.small == LEXICON.stops.small | {"og", "i", "af"}


def test_a_word_with_two_meanings_is_refused_by_name() -> None:
    german = Language(code="de", word_numerals=WordNumerals(scales={"billion": 10**12}))
    with pytest.raises(ValueError, match="'billion' means"):
        merged((*LANGUAGES, german))


def test_a_homograph_is_read_by_the_language_of_the_text() -> None:
    german = Language(code="de", homographs={"billion": "trillion", "fast": "nearly"})
    (english,) = scan("It holds fast 3 billion.")
    (mention,) = scan("It holds fast 3 billion.", german)

    assert (english.quantity.low, english.quantity.hedge) == (3 * Decimal(10**9), Hedge.NONE)
    assert (mention.quantity.low, mention.quantity.hedge) == (3 * Decimal(10**12), Hedge.NEARLY)
    assert mention.quantity.as_written == "fast 3 billion"


def test_phrases_with_two_meanings_are_refused_too() -> None:
    odd = Language(code="xx", bounds=BoundWords(leads={"about": LEXICON.bounds.leads["over"]}))
    with pytest.raises(ValueError, match="'about' means"):
        merged((*LANGUAGES, odd))


def test_a_cue_is_a_whole_word_where_blanks_stand_between_words() -> None:
    assert stance_of("A specific plan costs $20.", 22) is None
    guess = stance_of("如果月票要 20 美元", 6)
    assert guess is not None
    assert guess.stance is Stance.HYPOTHETICAL


ENGLISH = "The port handled 4.2 million tonnes, and it is the largest of the region. It employs 1,450 people."
GERMAN = "Der Hafen schlug 4,2 Millionen Tonnen um und ist der größte der Region. Er hat 1.450 Beschäftigte."


@pytest.mark.parametrize(
    "text", [f"{ENGLISH}\n\n{GERMAN}", f"{GERMAN}\n\n{ENGLISH}", f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}"]
)
def test_each_paragraph_is_read_in_its_own_language(text: str) -> None:
    assert {one.quantity.low for one in scan(text)} == {Decimal(4_200_000), Decimal(1450)}


def test_a_foreign_title_does_not_change_how_a_paragraph_is_read() -> None:
    text = (
        f'{GERMAN}\n\nIn "The Cost of the Harbour" stehen 2.300 Tonnen und damit das, was der Hafen im Jahr umschlägt.'
    )
    assert {one.quantity.low for one in scan(text)} == {Decimal(4_200_000), Decimal(1450), Decimal(2300)}
