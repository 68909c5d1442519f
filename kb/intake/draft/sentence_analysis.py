"""Guesses about a number from the words of its sentence: its stance, its voice, and what it measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.domain.entity import Stance
from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, LEXICON

_CUES, _STOPS = LEXICON.cues, LEXICON.stops
_STRONGEST_FIRST = (
    *(Stance.HYPOTHETICAL, Stance.ASSUMED, Stance.ALLEGED, Stance.PROJECTED),
    *(Stance.ESTIMATED, Stance.MEASURED, Stance.DERIVED, Stance.REPORTED),
)
"""Stances in the order in which their cues are looked for.

"He said that it would reach $5 if prices fell" is hypothetical first and reported last.
"""
_DENIAL_REACH = 18
"""Characters before a number in which a denial is about it."""
_CUE_REACH = 60
"""Characters behind the start of a number in which a cue is about it; before it the whole sentence counts."""


@dataclass(frozen=True, slots=True)
class StanceGuess:
    """A stance, and the cue that suggests it."""

    stance: Stance
    cue: str


def stance_of(sentence: str, start: int) -> StanceGuess | None:
    """How the number at character ``start`` of ``sentence`` is meant; None if no cue suggests a stance.

    >>> stance_of("Suppose that a plan costs $20.", 26)
    StanceGuess(stance=<Stance.HYPOTHETICAL: 'hypothetical'>, cue='suppose')
    >>> stance_of("It was not $20 but $30.", 11).stance, stance_of("It was not $20 but $30.", 19)
    (<Stance.NEGATED: 'negated'>, None)
    """
    # "It was not $20 but $30" denies the first number alone, so a denial must stand right before its number.
    denial = _denial(sentence[max(0, start - _DENIAL_REACH) : start])
    if denial:
        return StanceGuess(Stance.NEGATED, denial)
    for stance, pattern in _STANCES:
        match = pattern.search(sentence, 0, start + _CUE_REACH)
        if match:
            return StanceGuess(stance, match[0].lower())
    return None


def _any_of(cues: Iterable[str]) -> str:
    return "|".join(map(re.escape, cues))


def _stance_pattern(stance: Stance) -> re.Pattern[str]:
    """Cues are whole words where blanks stand between words, and any characters where none do."""
    apart = [cue for language in LANGUAGES if not language.script for cue in language.cues.stances.get(stance, ())]
    joined = [cue for language in LANGUAGES if language.script for cue in language.cues.stances.get(stance, ())]
    return re.compile(rf"(?<![\w’'-])(?:{_any_of(apart)})(?![\w’'-])|{_any_of(joined)}", re.IGNORECASE)


_STANCES = tuple((stance, _stance_pattern(stance)) for stance in _STRONGEST_FIRST)
_DENIAL = re.compile(rf"(?<![A-Za-z])(?:{_any_of(_CUES.negating)})\s*$", re.IGNORECASE)


def _denial(before: str) -> str:
    """The denial that ends ``before``, or an empty text; ``not more than`` is a bound and no denial."""
    match = _DENIAL.search(before)
    return match[0].strip().lower() if match else ""


def voice_of(sentence: str, start: int) -> str:
    """Who states the number at character ``start`` of ``sentence``; empty if nobody is named.

    >>> voice_of("According to Harbour Watch, the pass costs $40.", 43)
    'Harbour Watch'
    >>> voice_of("Mara Lindqvist said that the pass costs $40.", 40)
    'Mara Lindqvist'
    >>> voice_of("渡轮协会表示月票要 40 美元。", 9)
    '渡轮协会'
    """
    names = (find(sentence, start) for find in _VOICE_FINDERS)
    return next((name for name in names if name is not None), "")


_VoiceFinder = Callable[[str, int], str | None]
"""Finds the voice of the number at a place of a sentence: empty for a pronoun, None where nobody speaks."""


def _attributed_by_words(language: Language) -> _VoiceFinder:
    """``according to Harbour Watch``: a name in capital letters behind words that introduce it."""
    cues = language.cues
    lead = rf"(?:{_any_of(cues.attributing)})\s+(?:(?:{_any_of(cues.articles)})\s+)?"
    # Where every noun has a capital, a small letter ends the name: "laut Hafenmeister Voss sank die Wartezeit".
    flags = re.NOFLAG if language.noun_capitals else re.IGNORECASE
    pattern = re.compile(rf"(?i:{lead})({_name_pattern(language)})", flags)

    def find(sentence: str, _: int) -> str | None:
        match = pattern.search(sentence)
        return _name(match[1], language) if match else None

    return find


def _speaking_by_words(language: Language) -> _VoiceFinder:
    """``Mara Lindqvist said``: of the names with a verb of saying behind them, the nearest to the number."""
    cues = language.cues
    named = re.compile(_name_pattern(language))
    behind = re.compile(rf"\s+(?:(?:{_any_of(cues.between_voice_and_verb)})\s+)?([^\W\d_A-Z]+)")
    saying = frozenset(cues.saying)

    def find(sentence: str, start: int) -> str | None:
        near = [
            (abs(match.start() - start), name)
            for match in named.finditer(sentence)
            if (verb := behind.match(sentence, match.end()))
            and verb[1] in saying
            and (name := _name(match[0], language))
        ]
        return min(near)[1] if near else None

    return find


def _voice_by_characters(language: Language) -> _VoiceFinder:
    """渡轮协会表示, 据渡轮协会统计: a name at the beginning of a clause, or behind words that introduce it."""
    cues = language.cues
    name = rf"((?:{language.script}|[A-Za-z·.& ]){{2,12}}?)"
    speaking = re.compile(rf"(?:^|[，。；：、！？\s“”「」（）]){name}(?:{_any_of(cues.saying)})")
    before, behind = "".join(sorted(cues.before_attributing)), "".join(sorted(cues.behind_attributing))
    lead = rf"(?<![{before}])(?:{_any_of(cues.attributing)})(?![{behind}])"
    attributed = re.compile(rf"{lead}《?\s*{name}》?(?:{_any_of(cues.after_voice)})")

    def find(sentence: str, _: int) -> str | None:
        match = speaking.search(sentence) or attributed.search(sentence)
        return match[1].strip() if match and not _is_pronoun(match[1].strip()) else None

    return find


def _name_pattern(language: Language) -> str:
    capital = r"[A-ZÀ-ÖØ-Þ][\w&.’'-]*+"
    return rf"(?:{capital})(?:\s+(?:{capital}|{_any_of(language.cues.name_particles)})){{0,4}}"


_POSSESSIVE = re.compile(r"['’]s?$")


def _name(words: str, language: Language) -> str:
    particles = _any_of(language.cues.name_particles)
    bare = re.sub(rf"(?:\s+(?:{particles}))+$", "", words.strip().rstrip(".,"))
    name = _POSSESSIVE.sub("", bare)
    return "" if _is_pronoun(name) else name


def _is_pronoun(name: str) -> bool:
    return name.lower() in _STOPS.no_subjects or name in _CUES.no_voices


_VOICE_FINDERS = tuple(
    finder(language)
    for language in LANGUAGES
    for finder in ((_voice_by_characters,) if language.script else (_attributed_by_words, _speaking_by_words))
)


_CLAUSE = re.compile(r"[,;:.!?()\[\]\"“”—–\n，。；：！？、（）「」『』]+")
_SCRIPT = "|".join(language.script for language in LANGUAGES if language.script)
_WORD = re.compile(rf"[^\W\d_][\w’'-]*+|{_SCRIPT}")
_RUN = re.compile(rf"(?:{_SCRIPT})+")
_MAX_WORDS = 3


def subject(sentence: str, start: int, end: int) -> str:
    """Up to three words that name what the number from ``start`` to ``end`` measures; empty if none do.

    >>> subject("They burned $40 million in harbour dredging last year.", 12, 23)
    'harbour dredging'
    >>> subject("The monthly ferry pass costs $40.", 29, 32)
    'monthly ferry pass'
    >>> subject("渡轮的毛利率为 75%。", 8, 11)
    '毛利率'
    """
    # What follows a number names it more closely than what stands before: "burned $40 million in harbour dredging".
    behind = _until_clause(sentence[end:])
    before = _from_clause(sentence[:start])
    return _behind(behind) or _before(before) or _characters_before(before) or _characters_behind(behind)


def _until_clause(text: str) -> str:
    match = _CLAUSE.search(text)
    return text[: match.start()] if match else text


def _from_clause(text: str) -> str:
    last = 0
    for match in _CLAUSE.finditer(text):
        last = match.end()
    return text[last:]


def _behind(text: str) -> str:
    """The words right behind the number, or behind ``of``, ``in``, ``for``: ``in harbour dredging``, ``pass``."""
    words = [word[0] for word in _WORD.finditer(text)][:8]
    joined = bool(words) and words[0].lower() in _CUES.into
    words = words[1:] if joined else words
    while words and words[0].lower() in _CUES.passed_over:
        words = words[1:]
    return _run(words, gerunds=joined)


def _run(words: list[str], *, gerunds: bool) -> str:
    """The first words, as long as they name something; ``gerunds`` says whether words in -ing do."""
    naming_words: list[str] = []
    for word in words:
        is_verb = _is_verb(word) and not (gerunds and word.endswith(_CUES.gerund_endings))
        if not _is_naming_word(word) or is_verb or len(naming_words) == _MAX_WORDS:
            break
        naming_words.append(word)
    return " ".join(naming_words)


def _before(text: str) -> str:
    """The nearest run of naming words before the number; stop words and verbs may stand between."""
    words = [word[0] for word in _WORD.finditer(text)][-12:]
    while words and (not _is_naming_word(words[-1]) or _is_verb(words[-1])):
        words.pop()
    run: list[str] = []
    while words and _is_naming_word(words[-1]) and not _is_verb(words[-1]) and len(run) < _MAX_WORDS:
        run.insert(0, words.pop())
    return " ".join(run)


def _is_verb(word: str) -> bool:
    low = word.lower()
    if low in _CUES.verbs or low in _CUES.saying:
        return True
    return low.endswith(_CUES.gerund_endings) and len(low) > 5 and low not in _CUES.gerund_nouns


def _is_naming_word(word: str) -> bool:
    low = word.lower()
    is_adverb = low.endswith(_CUES.adverb_endings) and low not in _CUES.adverb_nouns
    return word.isascii() and len(word) > 1 and low not in _STOPS.no_subjects and not is_adverb


def _characters_before(text: str) -> str:
    """The last eight characters before the number that no character such as 的 or 了 breaks."""
    return next((run for run in reversed(_character_runs(text)) if len(run) > 1), "")[-8:]


def _characters_behind(text: str) -> str:
    return next((run for run in _character_runs(text) if len(run) > 1), "")[:8]


def _character_runs(text: str) -> list[str]:
    runs: list[str] = []
    for match in _RUN.finditer(text):
        runs += "".join(" " if letter in _CUES.subject_ends else letter for letter in match[0]).split()
    return runs
