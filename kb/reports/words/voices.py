"""Voices in words: who speaks, and how many; that they are independent is never claimed."""

import re
from collections.abc import Iterable
from typing import assert_never

from kb.domain.entity import EDITORS, Figure, Stance, Voice, names_somebody
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.origin import origin_of

EDITORS_INFERENCE = "Editors' inference"
"""What stands in place of the voice of a claim that the editors of the base infer."""


def voice_words(voice: Voice) -> str:
    """A voice with those who passed it on.

    >>> voice_words(Voice("DeepSeek", ("(commenter L)",))), voice_words(EDITORS)
    ('DeepSeek via commenter L (unnamed)', "Editors' inference")
    >>> voice_words(Voice("an official", ("The Times", "Ed Zitron")))
    'an official via The Times and Ed Zitron'
    """
    if voice == EDITORS:
        return EDITORS_INFERENCE
    origin, *others = map(name_words, (voice.origin, *voice.via))
    *before, last = others or [""]
    through = f"{', '.join(before)} and {last}" if before else last
    return f"{origin} via {through}" if through else origin


def speaker_words(voice: Voice) -> str:
    """The first speaker of a voice, without those who passed it on."""
    return voice_words(Voice(voice.origin))


def origin_words(knowledge: Knowledge, figure: Figure) -> str:
    """The voice behind a figure, at the root of all that it repeats, quotes or translates."""
    return name_words(origin_of(knowledge, figure).name)


def name_words(name: str) -> str:
    """The name of a speaker, or the one that we gave, said to be ours.

    >>> name_words("Ed Zitron"), name_words("(commenter A)"), name_words("(author of Tides)")
    ('Ed Zitron', 'commenter A (unnamed)', 'the unnamed author of Tides')
    >>> name_words("(a discussion)"), name_words("(voices)"), name_words("(The islanders)")
    ('an unnamed discussion', 'unnamed voices', 'the unnamed islanders')
    >>> name_words("(speakers in The Story of Tides)"), name_words("(speakers in Tides)")
    ('unnamed speakers in The Story of Tides', 'unnamed speakers in Tides')
    """
    if names_somebody(name):
        return name
    given = name[1:-1].strip()
    # A letter or number tells commenters apart as a name would; any other words describe their speaker.
    if _LABELLED.fullmatch(given):
        return f"{given}{_UNNAMED}"
    article, described = _ARTICLE.fullmatch(given).groups()  # type: ignore[union-attr]
    if article:
        return f"{'the' if article.lower() == 'the' else 'an'} unnamed {described}"
    # "The author of Tides", but "speakers in The Story of Tides".
    return f"the unnamed {given}" if " of " in given.partition(" in ")[0] else f"unnamed {given}"


def in_brackets(name: str, *about: str) -> str:
    """A name with what is said about it in one pair of brackets; what is empty is left out.

    >>> in_brackets("Ed Zitron", "OpenAI, the $200 plan", "alleged"), in_brackets("Ed Zitron", "")
    ('Ed Zitron (OpenAI, the $200 plan; alleged)', 'Ed Zitron')
    >>> in_brackets("commenter A (unnamed)", "OpenAI")
    'commenter A (unnamed; OpenAI)'
    """
    words = "; ".join(filter(None, about))
    if not words:
        return name
    return f"{name[:-1]}; {words})" if name.endswith(_UNNAMED) else f"{name} ({words})"


_UNNAMED = " (unnamed)"
_LABELLED = re.compile(r".*\s(?:[A-Z]{1,2}|\d+)")
_ARTICLE = re.compile(r"(?:(an?|the)\s+)?(.*)", re.IGNORECASE | re.DOTALL)


MARKED_STANCES = frozenset(
    {
        Stance.ALLEGED,
        Stance.ASSUMED,
        Stance.HYPOTHETICAL,
        Stance.PROJECTED,
        Stance.ESTIMATED,
        Stance.NEGATED,
    }
)
"""The stances that stand beside a number wherever it is shown: without the word it would pass for a fact."""


def stance_mark(stance: Stance | None) -> str:
    """The word of a stance that stands beside its number; empty for one that needs none.

    >>> stance_mark(Stance.ALLEGED), stance_mark(Stance.MEASURED)
    ('alleged', '')
    """
    return str(stance) if stance in MARKED_STANCES else ""


def with_stance(words: str, stance: Stance | None) -> str:
    """A number in words with the mark of its stance.

    >>> with_stance("$5", Stance.PROJECTED), with_stance("$5", Stance.REPORTED)
    ('$5 (projected)', '$5')
    """
    mark = stance_mark(stance)
    return f"{words} ({mark})" if mark else words


def shared_stance(knowledge: Knowledge, ids: Iterable[Id]) -> Stance | None:
    """The marked stance of a number that several figures give; None where one of them commits itself to it."""
    stances = [knowledge.figures[id].stance for id in ids if id in knowledge.figures]
    return stances[0] if stances and MARKED_STANCES.issuperset(stances) else None


# That nobody recorded a dependence does not make two voices independent: one may have copied the other unnoticed.
NO_DEPENDENCE = "no dependence recorded"
"""What may be said of several voices, in place of calling them independent."""

_CARDINALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def cardinal(number: int) -> str:
    """A number within a sentence, in letters below ten.

    >>> cardinal(2), cardinal(12)
    ('two', '12')
    """
    return _CARDINALS[number] if number < len(_CARDINALS) else str(number)


def voices_words(count: int) -> str:
    """How many voices say something; empty for none.

    >>> voices_words(1), voices_words(2), voices_words(0)
    ('one voice', 'two voices, no dependence recorded', '')
    """
    if count < 2:
        return "one voice" if count else ""
    return f"{cardinal(count)} voices, {NO_DEPENDENCE}"


def voices_on_sides(left: frozenset[str], right: frozenset[str]) -> str:
    """How many voices are on each of two sides, given their keys.

    >>> ann, ben, cem = (frozenset({name}) for name in ("ann", "ben", "cem"))
    >>> voices_on_sides(ann, ben), voices_on_sides(ann, ann)
    ('a different voice on each side', 'the same voice on both sides')
    >>> voices_on_sides(ann | ben, cem)
    'two voices on one side, one on the other; no dependence recorded'
    """
    if left == right and len(left) == 1:
        return "the same voice on both sides"
    if len(left) == len(right) == 1:
        return "a different voice on each side"
    more, fewer = sorted((len(left), len(right)), reverse=True)
    several = f"; {NO_DEPENDENCE}" if more > 1 else ""
    name = "one voice" if more == 1 else f"{cardinal(more)} voices"
    if more == fewer:
        return f"{name} on each side{several}"
    return f"{name} on one side, {cardinal(fewer)} on the other{several}"


def voices_behind(knowledge: Knowledge, ids: Iterable[Id]) -> frozenset[str]:
    """The keys of the voices of some figures; those that are not recorded are left out."""
    figures = knowledge.figures
    return frozenset(origin_of(knowledge, figures[id]).key for id in ids if id in figures)


def finding_voices_words(knowledge: Knowledge, finding: Finding) -> str:
    """How many voices give the numbers of a finding, on each of its sides; empty between claims."""
    match finding.kind:
        case FindingKind.CLAIMS:
            return ""
        case FindingKind.CHECK:
            return _check_voices(knowledge, finding)
        case FindingKind.CORROBORATION | FindingKind.REPETITION | FindingKind.DRIFT:
            # A retelling adds no voice, so that such a finding has no second side to count.
            return voices_words(len(voices_behind(knowledge, finding.figures)))
        case FindingKind.ACROSS_SOURCES | FindingKind.WITHIN_SOURCE | FindingKind.SPREAD:
            headline = finding.pairings[finding.headline]
            left, right = (voices_behind(knowledge, side.figures) for side in (headline.left, headline.right))
            return voices_on_sides(left, right)
        case _:
            assert_never(finding.kind)


def _check_voices(knowledge: Knowledge, finding: Finding) -> str:
    stated = finding.parts[1:]
    inputs = len(voices_behind(knowledge, (id for id in finding.figures if id not in stated)))
    by = voices_words(len(voices_behind(knowledge, stated)))
    if not inputs:
        return f"stated by {by}"
    return f"stated by {by}; computed from the numbers of {voices_words(inputs)}"
