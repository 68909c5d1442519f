"""Voices in words."""

from kb.domain.entity import EDITORS, Figure, Voice, names_somebody
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.origin import origin_of

EDITORS_INFERENCE = "Editors' inference"
"""What stands in place of the voice of a claim that the editors of the base infer."""


def voice_words(voice: Voice) -> str:
    """A voice with those who passed it on.

    >>> voice_words(Voice("DeepSeek", ("(commenter L)",))), voice_words(EDITORS)
    ('DeepSeek via commenter L (unnamed)', "Editors' inference")
    """
    if voice == EDITORS:
        return EDITORS_INFERENCE
    return " via ".join(map(name_words, (voice.origin, *voice.via)))


def speaker_words(voice: Voice) -> str:
    """The first speaker of a voice, without those who passed it on."""
    return voice_words(Voice(voice.origin))


def origin_words(knowledge: Knowledge, figure: Figure) -> str:
    """The voice behind a figure, at the root of all that it repeats, quotes or translates."""
    return name_words(origin_of(knowledge, figure).name)


def name_words(name: str) -> str:
    """The name of a speaker, or the one that we gave, said to be ours.

    >>> name_words("Ed Zitron"), name_words("(commenter A)")
    ('Ed Zitron', 'commenter A (unnamed)')
    """
    return name if names_somebody(name) else f"{name[1:-1].strip()} (unnamed)"
