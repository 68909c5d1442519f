"""Who states the figures of one document, and how each is meant, which depends on the sentences around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.domain.entity import Stance
from kb.intake.draft.prose import Sentence
from kb.intake.draft.sentence_analysis import is_quoted, speaks_again, voice_of
from kb.intake.draft.stance import DENIED, StanceGuess, stance_of
from kb.intake.passage import Manuscript

CONTEXT = 300
"""Characters on each side of a number that guesses of voice and stance are made from."""
_PERSON = re.compile(r"(?P<name>[A-Z][a-zà-ÿ’'-]+(?: [A-Z][\w’'-]+){1,2}), (?:an?|the|who|whose|its|\d\d)\b")


class Speech:
    """Who speaks in a document; asked of its figures in their order, since a pronoun stands for who spoke last.

    Args:
        manuscript: The text.
        authors: Who wrote it; where the text names them, no other voice speaks.
        lines_are_blocks: Whether each line is a paragraph of its own.
    """

    def __init__(self, manuscript: Manuscript, authors: Sequence[str], *, lines_are_blocks: bool) -> None:
        self._text = manuscript.text
        self._paragraph_end = "\n" if lines_are_blocks else "\n\n"
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
            voice = voice or self._person_in(earlier)
        if any(voice.lower().removeprefix("the ") in author for author in self._authors):
            voice = ""
        if voice:
            self._last = (sentence.paragraph, voice)
        return voice

    def _person_in(self, earlier: str) -> str:
        """The last person whom the paragraph introduces: ``Anneke Osei, who lectures on economics, is kinder``."""
        named = [match["name"] for match in _PERSON.finditer(earlier)]
        return named[-1] if named else ""

    def _rest_of_paragraph(self, sentence: Sentence) -> str:
        rest = self._text[sentence.start : sentence.end + CONTEXT]
        return rest.split(self._paragraph_end)[0].replace("\n", " ")

    def stance(self, sentence: Sentence, words: str, at: int) -> StanceGuess | None:
        """How a number is meant; what the next sentence denies is alleged."""
        stance = stance_of(words, at)
        behind = self._text[sentence.end : sentence.end + 60]
        may_be = stance is None or stance.stance in (Stance.PROJECTED, Stance.REPORTED)
        denial = DENIED.match(behind) if may_be else None
        return StanceGuess(Stance.ALLEGED, "the next sentence denies it") if denial else stance
