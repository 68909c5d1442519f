"""The words of a sentence by what they do in it: from closed classes, the forms of verbs, and the words around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.intake.draft.grammar import Grammar
from kb.intake.draft.verb_table import Form
from kb.numbers.lexicon import LEXICON
from kb.numbers.word_tables import words


class Role(StrEnum):
    """What a word does in its sentence."""

    ARTICLE = "article"
    PREPOSITION = "preposition"
    BREAK = "break"
    PRONOUN = "pronoun"
    ADVERB = "adverb"
    VERB = "verb"
    NAME = "name"
    TIME = "time"
    NUMBER = "number"
    SIGN = "sign"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, a sign, or a figure of a sentence, with its place in it.

    ``figure`` numbers the figures from 0, and ``noun`` is what one counts. ``form`` is that of a verb: a base is an
    infinitive, and every other present is a third person. ``is_proper`` says that it may be the name of somebody or
    of a place: it has a capital letter within an English sentence.
    """

    text: str
    start: int
    end: int
    role: Role
    figure: int = -1
    noun: str = ""
    form: Form | None = None
    is_proper: bool = False

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_finite(self) -> bool:
        """Whether it is a verb that makes a clause."""
        return self.role is Role.VERB and self.form in (Form.PAST, Form.THIRD)


Raw = tuple[str, int, int, int]
"""A token with its place, and the number of its figure or -1."""
Tag = tuple[Role, Form | None]

_NUMERALS = frozenset(
    word.lower()
    for table in (LEXICON.word_numerals.below_twenty, LEXICON.word_numerals.tens, LEXICON.word_numerals.hundreds)
    for word in table
) - words("a one ein eine einen eins")
_NUMBER_VERBS = words("doubled trebled tripled quadrupled halved verdoppelte verdoppelten halbierte halbierten")


class Tagger:
    """Gives the words of a sentence their roles; what both languages share.

    Args:
        raw: The words.
        grammar: Their language.
        nouns: What each figure counts; empty for nothing.
    """

    def __init__(self, raw: Sequence[Raw], grammar: Grammar, nouns: Sequence[str]) -> None:
        self._raw = raw
        self._nouns = nouns
        self._grammar = grammar
        self._low = [text.lower() for text, *_ in raw]
        self._tags: list[Tag] = []

    def words(self) -> list[Word]:
        """The words with their roles."""
        return [
            Word(
                text=text,
                start=start,
                end=end,
                role=role,
                figure=figure,
                noun=self._nouns[figure] if 0 <= figure < len(self._nouns) else "",
                form=form,
                is_proper=role is Role.NAME and text[0].isupper() and not self.starts(at),
            )
            for at, ((text, start, end, figure), (role, form)) in enumerate(zip(self._raw, self.tags(), strict=True))
        ]

    def tags(self) -> list[Tag]:
        """The role of each word, and the form of each verb."""
        for at in range(len(self._raw)):
            self._tags.append(self._plain(at) or self._open(at))
        return self._tags

    def _open(self, at: int) -> Tag:
        raise NotImplementedError

    def _plain(self, at: int) -> Tag | None:
        """The role of a figure, a sign or a year; None for any other word."""
        text, *_, figure = self._raw[at]
        if figure >= 0:
            # "Spending doubled to £4m": the number is a verb.
            return (Role.VERB, Form.PAST) if text.lower() in _NUMBER_VERBS else (Role.NUMBER, None)
        if not any(map(str.isalnum, text)):
            return Role.SIGN, None
        if text[0].isdigit():
            return (Role.TIME if re.fullmatch(r"(?:19|20)\d\d", text) else Role.OTHER), None
        return None

    def _closed(self, at: int) -> Role | None:
        """The role of a word of a closed class."""
        grammar, low = self._grammar, self._word(at)
        for listed, role in (
            (grammar.articles, Role.ARTICLE),
            (grammar.prepositions, Role.PREPOSITION),
            (grammar.breaks, Role.BREAK),
            (grammar.pronouns, Role.PRONOUN),
            (grammar.times, Role.TIME),
            (grammar.adverbs, Role.ADVERB),
            (_NUMERALS, Role.ARTICLE),
        ):
            if low in listed:
                return role
        return None

    def _word(self, at: int) -> str:
        return self._low[at] if 0 <= at < len(self._low) else ""

    def _role(self, at: int) -> Role:
        return self._tags[at][0] if 0 <= at < len(self._tags) else Role.SIGN

    def _is_figure(self, at: int) -> bool:
        return 0 <= at < len(self._raw) and self._raw[at][3] >= 0

    def starts(self, at: int) -> bool:
        """Whether a sentence or a quotation begins with the word."""
        if all(self._role(place) is Role.SIGN for place in range(at)):
            return True
        return self._role(at - 1) is Role.SIGN and self._word(at - 1) not in ",;-–—%'’"

    def _before(self, at: int) -> int:
        """The word before ``at``, over adverbs and quotation marks; -1 where none is in the same part."""
        at -= 1
        while at >= 0 and (self._role(at) is Role.ADVERB or self._word(at) in ('"', "“", "”", "'")):
            at -= 1
        return at
