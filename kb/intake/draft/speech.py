"""Who states the figures of one document, and how each is meant, which depends on the sentences around it."""

from __future__ import annotations

from collections.abc import Sequence

from kb.domain.entity import Stance
from kb.intake.draft.prose import Sentence
from kb.intake.draft.sentence_analysis import is_quoted, speaks_again, voice_of
from kb.intake.draft.stance import DENIED, StanceGuess, stance_of
from kb.intake.passage import Manuscript

CONTEXT = 300
"""Characters on each side of a number that guesses of voice and stance are made from."""


class Speech:
    """Who speaks in a document; asked of its figures in their order, since a pronoun stands for who spoke last.

    Args:
        manuscript: The text.
        authors: Who wrote it; where the text names them, no other voice speaks.
    """

    def __init__(self, manuscript: Manuscript, authors: Sequence[str]) -> None:
        self._text = manuscript.text
        self._authors = [author.lower() for author in authors]
        self._last: tuple[int, str] = (-1, "")

    def voice(self, sentence: Sentence, words: str, at: int) -> str:
        """Who states a number; inside quotation marks, and of "she", whoever spoke last in the paragraph."""
        voice = voice_of(words, at)
        paragraph, last = self._last
        if paragraph != sentence.paragraph:
            last = ""
        if not voice and (is_quoted(self._text, sentence.paragraph, sentence.start + at) or speaks_again(words)):
            earlier = self._text[max(sentence.paragraph, sentence.start - 3 * CONTEXT) : sentence.start]
            earlier = earlier.replace("\n", " ")
            voice = last or voice_of(earlier, len(earlier)) or voice_of(self._rest_of_paragraph(sentence), 0)
        if any(voice.lower().removeprefix("the ") in author for author in self._authors):
            voice = ""
        if voice:
            self._last = (sentence.paragraph, voice)
        return voice

    def _rest_of_paragraph(self, sentence: Sentence) -> str:
        end = self._text.find("\n\n", sentence.end)
        stop = min(end if end >= 0 else sentence.end + CONTEXT, sentence.end + CONTEXT)
        return self._text[sentence.start : stop].split("\n\n")[0].replace("\n", " ")

    def stance(self, sentence: Sentence, words: str, at: int) -> StanceGuess | None:
        """How a number is meant; what the next sentence denies is alleged."""
        stance = stance_of(words, at)
        behind = self._text[sentence.end : sentence.end + 60]
        may_be = stance is None or stance.stance in (Stance.PROJECTED, Stance.REPORTED)
        denial = DENIED.match(behind) if may_be else None
        return StanceGuess(Stance.ALLEGED, "the next sentence denies it") if denial else stance
