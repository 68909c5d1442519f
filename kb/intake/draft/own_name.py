"""What a figure measures as the words of its own clause say, without those of figures before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.intake.draft.clause import Clause, Span
from kb.intake.draft.grammar import Grammar
from kb.intake.draft.named_figure import NamedFigure, Naming
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import Form, english_forms

Rule = Callable[[int], str]
"""The name of a figure at a place among the words; empty where the rule does not apply."""
ENDS = (Role.SIGN, Role.BREAK, Role.TIME)
_RATE = re.compile(r" (?:a|per|each|every|pro|je|im|am) (?:year|month|week|day|hour|Jahr|Monat|Woche|Tag|Stunde)$")
"""How often things are counted, which is in their unit."""
PER = re.compile(
    r"(?i)(?:\b(?:an?|per|each|every|je|pro)\s|/)"
    r"(?!year|month|week|day|hour|quarter|night|Jahr|Monat|Woche|Tag|Stunde|Quartal|[aymwdh]\b)"
)
"""Words in the literal of an amount that is a price of something: ``45 cents a kilo``."""


class OwnNames:
    """Names the figures of one sentence by their own words; ``rules`` are tried in their order."""

    def __init__(self, clause: Clause, figures: Sequence[NamedFigure], naming: Naming) -> None:
        self.clause = clause
        self.figures = figures
        self.naming = naming
        self.grammar: Grammar = clause.grammar

    @property
    def rules(self) -> Sequence[Rule]:
        """The rules of the language, the most telling first."""
        raise NotImplementedError

    def own(self, at: int) -> str:
        """The name of the figure, empty where its words say none."""
        return next((label for rule in self.rules if (label := rule(at))), "")

    def predicate(self, at: int) -> str:
        """What is said of a figure that is a part of things counted before: ``paid out``, ``on loan``."""
        raise NotImplementedError

    def part_of(self, whole: str, said: str) -> str:
        """The name of a part of what ``whole`` names, by what is said of it: ``state aid paid out``."""
        return f"{without_participle(whole, self.grammar)} {said}"

    def subject(self, at: int) -> str:
        """The subject of the clause of a number; empty for none."""
        raise NotImplementedError

    def spent_on(self, at: int) -> str:
        """What a part of some money went on; empty where nothing says it."""
        raise NotImplementedError

    # What both languages need

    def figure(self, at: int) -> NamedFigure:
        """The figure at a place among the words."""
        return self.figures[self.clause.words[at].figure]

    def literal(self, figure: NamedFigure) -> str:
        return self.clause.text[figure.start : figure.end]

    def noun(self, figure: NamedFigure) -> str:
        """What the figure counts, as its literal says."""
        return _RATE.sub("", " ".join(self.clause.text[figure.noun : figure.end].split()))

    def place_before(self, at: int) -> int:
        """The word before the figure, over adverbs and articles: ``at only``."""
        place = at - 1
        while self.clause.role(place) in (Role.ADVERB, Role.ARTICLE):
            place -= 1
        return place

    def is_thing(self, span: Span | None) -> bool:
        """Whether a phrase names a thing that numbers may be filed under, and nobody who acts, and no place."""
        if not span or span[0] == span[1]:
            return False
        words = self.clause.words[span[0] : span[1]]
        head = self.head(span)
        is_proper = all(word.is_proper or word.text in self.naming.proper for word in words if word.role is Role.NAME)
        return head not in self.grammar.actors and not (is_proper and not self.grammar.noun_capitals)

    def head(self, span: Span) -> str:
        """The last word of the first name in a phrase: ``cost`` of "cost of the depot"."""
        end = span[0]
        while end < span[1] and (self.clause.role(end) is Role.NAME or self.clause.words[end].noun):
            end += 1
        last = self.clause.words[max(end - 1, span[0])]
        return (last.noun or last.text).split()[-1].lower()

    def thing(self, span: Span | None) -> str:
        """The name of a phrase, empty for somebody who acts and for a pronoun."""
        return self.clause.label(*span) if span and self.is_thing(span) else ""

    def has_time(self, first: int, end: int) -> bool:
        return any(self.clause.role(place) is Role.TIME for place in range(first, end))

    def is_whole(self, at: int) -> bool:
        """Whether another number counts some of these things: ``three of the eight pumps failed``."""
        place = at - 1
        while self.clause.role(place) is Role.ARTICLE:
            place -= 1
        return self.clause.low(place) in ("of", "von") and self.clause.role(place - 1) is Role.NUMBER

    def begin(self, at: int) -> int:
        """Where the clause of the figure begins, behind the last comma, semicolon or conjunction."""
        for place in range(at - 1, -1, -1):
            if self.clause.words[place].text in ",;:()–—" or self.clause.role(place) is Role.BREAK:
                return place + 1
        return 0

    def group_end(self, verb: int) -> int:
        """The last verb of the group that begins with ``verb``: ``spent`` of "had never been spent"."""
        last, place = verb, verb + 1
        while self.clause.role(place) in (Role.VERB, Role.ADVERB) and self.clause.words[place].form is not Form.GERUND:
            last = place if self.clause.role(place) is Role.VERB else last
            place += 1
        return last

    def is_duration(self, figure: NamedFigure) -> bool:
        """Whether an amount is a time: ``three days``."""
        words = self.literal(figure).lower().split()
        return figure.kind == "amount" and bool(words) and words[-1] in self.grammar.durations

    def restates(self, at: int) -> bool:
        """Whether a figure says the one before it once more: ``£240,000 a year, or £17 a metre``."""
        first = self.begin(at)
        only_adverbs = all(self.clause.role(place) in (Role.ADVERB, Role.ARTICLE) for place in range(first, at))
        return first > 0 and only_adverbs and self.clause.low(first - 1) in (",", "or", "oder")

    def last_of(self, figure: NamedFigure) -> str:
        """The name of the last figure of that kind in the paragraph."""
        return self.naming.last_alike(figure)


def without_participle(label: str, grammar: Grammar) -> str:
    """``state aid awarded`` without what was done with it or where: ``state aid``."""
    words = label.split()
    for at in range(1, len(words)):
        low = words[at].lower()
        forms = english_forms(low)
        is_deed = low in ("out", "who", "that", "which") or (Form.PARTICIPLE in forms and Form.BASE not in forms)
        if (low in grammar.prepositions and low not in grammar.of) or is_deed:
            words = words[:at]
            break
    if grammar.noun_capitals:
        while len(words) > 1 and words[0][0].islower():
            words.pop(0)
    return " ".join(words)
