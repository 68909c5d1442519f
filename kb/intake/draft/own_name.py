"""What a figure measures as the words of its own clause say, without those of figures before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.intake.draft.clause import Clause, Role
from kb.intake.draft.grammar import Grammar
from kb.intake.draft.named_figure import NamedFigure, Naming
from kb.numbers.word_tables import words

_FRONTED = words("across at in on throughout im am auf")
"""Prepositions before a place with which a sentence begins."""
_SPENT_ON = words("in on towards toward an")
"""Prepositions between money and what it is spent on."""
_COSTS = words("cost price fee")
_LONGEST_PHRASE = 5
_RECEIVING = words("received recorded welcomed attracted drew saw hosted")
"""Verbs of those who are visited, which say nothing about the visits."""
_DIMENSIONS = {
    **{"deep": "depth", "long": "length", "high": "height", "tall": "height", "wide": "width", "thick": "thickness"},
    **{
        "old": "age",
        "tief": "Tiefe",
        "lang": "Länge",
        "hoch": "Höhe",
        "breit": "Breite",
        "dick": "Dicke",
        "alt": "Alter",
    },
}
"""Adjectives behind a number, and what they say is measured: ``94 m deep``."""
_LASTING = words("takes took taken lasts lasted last take dauert dauerte dauern dauerten gedauert")
_YIELDING = words("brought brings bring yields yielded yield raised raises raise earned earns earn generated generates")
"""Verbs of money whose subject is where it comes from: ``Fares brought in €11 million``."""
_WAITING = ("wait", "waits", "waited")
_MEASURING = {
    **dict.fromkeys(("covers", "cover", "covered", "travels", "travelled", "drives", "drove"), "distance covered by"),
    **dict.fromkeys(("holds", "hold", "held", "stores", "stored"), "capacity of"),
    **dict.fromkeys(_WAITING, "waiting time of"),
    **dict.fromkeys(("weighs", "weigh", "weighed"), "weight of"),
}
"""Verbs of what can be measured of their subject."""
_PUTTING = words(
    "put puts set sets fixed estimated estimates estimate valued values bring brings keep keeps kept lift cap"
)
"""Verbs between which and ``at`` stands what a number measures: ``They put the cost at $7,200``."""
_FALLING_TO = words("entfielen entfallen entfällt entfiel flossen fließen gingen gehen")
"""Verbs between a share and what it is the share of: ``68 Prozent entfielen auf Personalkosten``."""
_REMAINING = words("remain remains remained stand stands stood lie lay stay stayed")
_MAKING_UP = words("made makes make account accounts accounted formed forms form represent represents represented")
_PAST = {
    **{"pay": "paid", "pays": "paid", "paying": "paid", "bear": "borne", "bears": "borne", "bore": "borne"},
    **{"spend": "spent", "spends": "spent", "spending": "spent", "owe": "owed", "owes": "owed", "get": "received"},
    **{"gets": "received", "got": "received", "receive": "received", "receives": "received", "give": "given"},
    **{"gives": "given", "gave": "given", "take": "taken", "takes": "taken", "took": "taken", "need": "needed"},
    **{"needs": "needed", "save": "saved", "saves": "saved", "add": "added", "adds": "added", "lose": "lost"},
    **{"loses": "lost", "draw": "drawn", "draws": "drawn", "drew": "drawn", "raise": "raised", "raises": "raised"},
    **{"grant": "granted", "grants": "granted", "promise": "promised", "promises": "promised", "lend": "lent"},
}
"""Participles of verbs of money that are irregular, or stand in the present."""
_ESTIMATING = words("""
estimate estimates estimated expect expects expected reckon reckons reckoned calculate calculates calculated assume
assumes
forecast forecasts project projects say says said rechnet rechnen schätzt schätzen erwartet erwarten prognostiziert
geht""")
"""Verbs whose subject thinks of a number, and is never what it measures."""
_SPENDING = words("spend spends spent spending invest invests invested")


class OwnNames:
    """Names the figures of one sentence by their own words."""

    def __init__(self, clause: Clause, figures: Sequence[NamedFigure], naming: Naming) -> None:
        self._clause = clause
        self._figures = figures
        self._naming = naming
        self._grammar: Grammar = clause.grammar
        self._labels: dict[int, str] = {}
        self._changes: set[int] = set()

    def _own(self, figure: NamedFigure, at: int) -> str:
        return (
            self._of_many(figure, at)
            or self._counted(figure, at)
            or self._with_deed_behind(figure, at)
            or self._worth(at)
            or self._given(at)
            or self._dimension(figure, at)
            or self._put(at)
            or self._made_up(figure, at)
            or self._behind(figure, at)
            or self._price(figure, at)
            or self._with_participle(figure, at)
            or self._in_front(at)
            or self._again(figure, at)
            or self._deed_of_money(figure, at)
            or self._of_verb(figure, at)
            or self._fallback(figure, at)
        )

    def _with_deed_behind(self, figure: NamedFigure, at: int) -> str:
        """The name before an ``of``, with what was done with the money: ``State aid of £5 million was awarded``."""
        label = self._in_front(at) if self._clause.low(at - 1) in self._grammar.of else ""
        if not label or figure.kind != "money" or self._clause.low(at + 1) not in self._grammar.auxiliaries:
            return label
        place = at + 1
        while self._clause.low(place) in self._grammar.auxiliaries or self._clause.role(place) is Role.ADVERB:
            place += 1
        deed = self._participle_behind(at) if self._grammar.noun_capitals else ""
        silent = self._grammar.light | self._grammar.equating
        if not deed and self._clause.role(place) is Role.VERB and self._clause.low(place) not in silent:
            deed = self._clause.low(place)
        return f"{label} {deed}".strip()

    def _deed_of_money(self, figure: NamedFigure, at: int) -> str:
        """Money by what was done with it, behind it: ``€3 million had been spent``, ``of €5 million approved``."""
        clause, place = self._clause, at + 1
        if figure.kind != "money" or self._grammar.noun_capitals:
            return ""
        while clause.low(place) in self._grammar.auxiliaries or (place > at + 1 and clause.role(place) is Role.ADVERB):
            place += 1
        low = clause.low(place)
        silent = self._grammar.light | self._grammar.equating | self._grammar.auxiliaries
        if clause.role(place) is not Role.VERB or low in silent or not low.endswith(("ed", "d", "t", "n")):
            return ""
        particle = clause.low(place + 1) if clause.low(place + 1) in ("aside", "out", "back", "up") else ""
        return f"amount {low} {particle}".strip()

    def _of_many(self, figure: NamedFigure, at: int) -> str:
        """The thing of which a number counts some: ``41 of 96 coolers``, ``two of the three recommendations``."""
        clause = self._clause
        place = at + 2
        while clause.role(place) is Role.ARTICLE:
            place += 1
        if figure.noun >= 0 or clause.low(at + 1) not in ("of", "von") or clause.role(place) is not Role.NUMBER:
            return ""
        whole = self._figures[clause.words[place].figure]
        noun = self._counted(whole, place) if whole.noun >= 0 else self._naming.recalled(figure)
        said = self._deed(at) or self._predicate(place)
        return f"{without_participle(noun, self._grammar)} {said}".strip() if noun else ""

    def _worth(self, at: int) -> str:
        """What is worth an amount: ``two tenders worth about €24m``."""
        place = at - 1
        while self._clause.role(place) in (Role.ADVERB, Role.ARTICLE):
            place -= 1
        if self._clause.low(place) != "worth":
            return ""
        if self._clause.role(place - 1) is Role.NUMBER:
            whole = self._figures[self._clause.words[place - 1].figure]
            return f"value of {self._clause.text[whole.noun : whole.end]}" if whole.noun >= 0 else ""
        span = self._clause.name_before(place)
        return f"value of {self._clause.label(*span)}" if span else ""

    def _given(self, at: int) -> str:
        """What there is, before the verb: ``Aktive Nutzer gab es 21.800``."""
        if self._clause.low(at - 1) != "es" or self._clause.low(at - 2) not in ("gab", "gibt"):
            return ""
        span = self._clause.name_before(at - 2)
        return self._clause.label(*span) if span else ""

    def _dimension(self, figure: NamedFigure, at: int) -> str:
        """What an adjective behind the number says is measured, of what: ``the lake is 94 m deep``."""
        noun = _DIMENSIONS.get(self._clause.low(at + 1)) if figure.kind == "amount" else None
        if noun is None:
            return ""
        verb = self._clause.verb_before(at)
        span = self._clause.subject_before(verb) if verb is not None else None
        of = self._clause.label(*span) if span and span[0] < span[1] else self._naming.subject
        if not of:
            return noun
        return f"{noun} ({of})" if self._grammar.noun_capitals else f"{noun} of {of}"

    def _put(self, at: int) -> str:
        """What is put at an amount: ``They put the average cost at $7,200``."""
        clause = self._clause
        verb = clause.verb_before(at)
        first = clause.low(at).split()[0]
        is_put = clause.low(at - 1) in ("at", "to") or first in ("at", "below", "above")
        if verb is None or not is_put or clause.low(verb) not in _PUTTING:
            return ""
        start = verb + 1
        while clause.role(start) is Role.TIME:
            start += 1
        span = clause.name_from(start, reach=2)
        if span is None or span[1] > at:
            # "wants to bring it below 20 weeks"
            return self._naming.last.get(self._naming.last_kind, "") if clause.role(verb + 1) is Role.PRONOUN else ""
        return clause.label(*span)

    def _made_up(self, figure: NamedFigure, at: int) -> str:
        """The share of a part in its whole: ``Tenants made up 27% of applicants``."""
        clause = self._clause
        verb = clause.verb_before(at)
        if figure.kind != "share":
            return ""
        if clause.low(at + 1) in self._grammar.of and clause.low(at + 2) in ("it", "this", "that", "them"):
            # As in: staff costs swallow 71% of it.
            span = clause.subject_before(verb) if verb is not None else None
            return self._grammar.share_of.format(clause.label(*span)) if span and span[0] < span[1] else ""
        if clause.low(at + 1) in _FALLING_TO and (part := clause.name_from(at + 3)):
            return f"Anteil ({clause.label(*part)})"
        if clause.low(at - 1) == "for" and clause.low(at - 2) in _MAKING_UP:
            span = clause.name_before(at - 2)
        else:
            plural = _MAKING_UP if clause.low(at + 1) not in self._grammar.of else _MAKING_UP | {"are", "were"}
            span = clause.subject_before(verb) if verb is not None and clause.low(verb) in plural else None
        if not span or span[0] == span[1]:
            return ""
        whole = clause.name_from(at + 2, reach=0) if clause.low(at + 1) in self._grammar.of else None
        share = self._grammar.share_of.format(clause.label(*span))
        return f"{share} in {clause.label(*whole)}" if whole else share

    def _with_participle(self, figure: NamedFigure, at: int) -> str:
        """German money by what was done with it: ``veranschlagt waren 48 Mio. Euro``, ``hat 5 Mio. Euro gespart``."""
        clause = self._clause
        if not self._grammar.noun_capitals:
            return ""
        fronted = clause.low(0) if clause.low(1) in self._grammar.auxiliaries else ""
        start = self._begin(at)
        if clause.low(start + 1) in self._grammar.auxiliaries:
            fronted = clause.low(start)
        behind = self._participle_behind(at)
        verb = clause.verb_before(at)
        finite = _NOUNS_OF_DEEDS.get(clause.low(verb), "") if verb is not None and verb >= start else ""
        done = fronted if _PARTICIPLE.fullmatch(fronted) or fronted in ("fertig", "üblich") else behind or finite
        recalled = self._naming.recalled(figure)
        if done == fronted and done and recalled:
            # "veranschlagt waren 48 Mio. Euro": what the number before was about, by another deed.
            return f"{re.sub(r'^(?:[a-zäöüß]+ )+|, .*$', '', recalled)}, {done}"
        if done and done in self._grammar.rises | self._grammar.falls:
            # "um 18 Prozent auf 212.000 Euro gestiegen": the level after a change.
            return self._naming.last_change.partition("(")[2].rstrip(")")
        if not done or figure.kind not in ("money", "amount"):
            return ""
        if figure.kind == "amount":
            return f"{_declined(done)} Menge" if behind else ""
        if done.endswith("kostet"):
            span = clause.subject_before(verb) if verb is not None else None
            return f"Kosten ({clause.label(*span)})" if span and span[0] < span[1] else "Kosten"
        if clause.low(start) in ("an", "aus") and finite == "eingenommen" and (span := clause.name_from(start + 1)):
            return f"Einnahmen aus {clause.label(*span)}"
        purpose = self._purpose_german(start, at)
        return f"{_declined(done)} Mittel{f' für {purpose}' if purpose else ''}"

    def _participle_behind(self, at: int) -> str:
        for place in range(at + 1, min(at + 7, len(self._clause.words))):
            word = self._clause.words[place]
            if word.text in ",;:()" or word.role is Role.NUMBER or self._clause.role(place) is Role.BREAK:
                return ""
            if word.text[0].islower() and _PARTICIPLE.fullmatch(word.text):
                return word.text
        return ""

    def _begin(self, at: int) -> int:
        """Where the clause of the figure begins, behind the last comma, semicolon or conjunction."""
        for place in range(at - 1, -1, -1):
            if self._clause.words[place].text in ",;:()–—" or self._clause.role(place) is Role.BREAK:
                return place + 1
        return 0

    def _purpose_german(self, start: int, at: int) -> str:
        """What money is for: ``für die drei Schiffe``; empty where nothing says it."""
        clause = self._clause
        for place in (*range(start, at), *range(at + 1, min(at + 5, len(clause.words)))):
            if clause.low(place) == "für":
                span = clause.name_from(place + 1, reach=1)
                return clause.label(*span) if span and not span[0] <= at < span[1] else ""
        return ""

    def _price(self, figure: NamedFigure, at: int) -> str:
        """What is had for an amount of money: ``ein Walzgerüst für 19 Mio. Euro``."""
        if figure.kind != "money" or self._clause.low(at - 1) not in ("for", "für"):
            return ""
        span = self._clause.name_before(at - 1)
        label = self._clause.label(*span) if span else ""
        return self._joined(self._grammar.cost_of, label) if label else ""

    def _again(self, figure: NamedFigure, at: int) -> str:
        """The last thing that was counted, of a bare number beside a verb of being: ``65 were in working order``."""
        recalled = self._naming.recalled(figure)
        verb = self._clause.verb_before(at)
        span = self._clause.subject_before(verb) if verb is not None else None
        has_name = span is not None and span[0] < span[1]
        if not figure.is_bare or not recalled or (has_name and self._clause.low(verb or 0) in self._grammar.equating):
            return ""
        follows = self._clause.role(at + 1) is Role.VERB or self._clause.low(at + 1) in ("of", "at", "on", "in")
        if verb is not None and span is not None and not has_name and self._naming.first:
            # "A year earlier it was home to 61": the pronoun stands for what the sentence before was about.
            recalled = self._naming.first
        if not follows and (deed := self._deed(at)):
            # "312 permits were approved and 41 refused", "refused 41"
            return f"{without_participle(recalled, self._grammar)} {deed}"
        said = self._predicate(at) if follows and not self._clause.low(at + 1).isdigit() else ""
        return f"{without_participle(recalled, self._grammar)} {said}".strip() if said else recalled

    def _counted(self, figure: NamedFigure, at: int) -> str:
        """The thing that the figure counts in its own words, with what specifies it and what is done with it."""
        if figure.noun < 0:
            return ""
        clause = self._clause
        noun = _RATE.sub("", " ".join(clause.text[figure.noun : figure.end].split()))
        end = at + 1
        pair = re.search(r"^(.*?)innen(?:\s+und)?$", noun)
        if self._grammar.noun_capitals and pair and "und" in (clause.low(end), noun.split()[-1]):
            # "Mitarbeiterinnen und Mitarbeiter"
            end += 1 + (clause.low(end) == "und")
            noun = pair[1]
        if clause.role(end) is Role.NAME and figure.kind == "count":
            while clause.role(end) is Role.NAME:
                end += 1
            noun = f"{noun} {clause.label(at + 1, end)}".strip()
        if self._is_whole(at):
            return noun
        behind = self._specification(end)
        if behind:
            return f"{noun} {behind}"
        return f"{noun} {self._deed(at) or self._fronted(at)}".strip()

    def _is_whole(self, at: int) -> bool:
        """Whether another number counts some of these things: ``three of the eight pumps failed``."""
        place = at - 1
        while self._clause.role(place) is Role.ARTICLE:
            place -= 1
        return self._clause.low(place) in ("of", "von") and self._clause.role(place - 1) is Role.NUMBER

    def _fronted(self, at: int) -> str:
        """Where the sentence begins to speak of: ``Across the network the Authority counted 18 journeys``."""
        clause = self._clause
        if clause.low(0) not in _FRONTED or any(clause.role(place) is Role.NUMBER for place in range(at)):
            return ""
        inner = clause.name_from(1, reach=0)
        if inner is None or any(clause.role(place) is Role.TIME for place in range(inner[1] + 1)):
            return ""
        return " ".join((clause.low(0), *(word.text for word in clause.words[1 : inner[1]])))

    def _specification(self, at: int) -> str:
        """What specifies a counted thing: ``stationed at Fenwick Lane``, ``at the depot``, ``were received``."""
        clause = self._clause
        parts: list[str] = []
        place = at
        if clause.low(place) in ("that", "which", "who") and clause.low(place + 1) in self._grammar.auxiliaries:
            place += 1
        while clause.low(place) in self._grammar.auxiliaries and clause.role(place) is Role.VERB:
            place += 1
        while clause.role(place) is Role.ADVERB:
            place += 1
        silent = self._grammar.light | self._grammar.equating
        if clause.role(place) is Role.VERB and clause.low(place) not in silent and not self._grammar.noun_capitals:
            parts.append(clause.words[place].text)
            place += 1
        elif place > at and clause.role(place) is Role.NAME and clause.role(place + 1) in _ENDS:
            # "140 posts are vacant"
            return clause.words[place].text
        elif (
            clause.low(place) in _REMAINING and clause.role(place + 1) is Role.NAME and clause.role(place + 2) in _ENDS
        ):
            # "48 posts remain unfilled"
            return clause.words[place + 1].text
        inner = clause.name_from(place + 1, reach=0) if clause.role(place) is Role.PREPOSITION else None
        if inner and not any(clause.role(at) is Role.TIME for at in range(place, inner[1] + 1)):
            parts.append(" ".join(word.text for word in clause.words[place : inner[1]]))
        return " ".join(parts)

    def _deed(self, at: int) -> str:
        """The participle of a verb whose object the figure is: ``We delivered 186 buses``."""
        clause = self._clause
        place = at - 1
        while clause.role(place) in (Role.ADVERB, Role.ARTICLE):
            place -= 1
        low = clause.low(place)
        silent = self._grammar.light | self._grammar.equating | _RECEIVING
        if clause.role(place) is not Role.VERB or low in silent:
            return ""
        if self._grammar.noun_capitals or not _DONE.search(low):
            return ""
        return f"{low} out" if clause.low(place + 1) == "out" else low

    def _behind(self, figure: NamedFigure, at: int) -> str:
        """The name behind the figure: ``58% of the fleet``, ``£5 million on dredging``, ``12 Prozent der Fälle``."""
        clause = self._clause
        link = at + 1
        first = self._behind_link(figure, link)
        span = clause.name_from(first, reach=1) if first else None
        if span is None or any(clause.role(place) is Role.TIME for place in range(link, span[1])):
            return ""
        label = clause.label(span[0], self._with_deed(span[1]))
        verb = clause.verb_before(at)
        if label and clause.low(link) == "on" and verb is not None and clause.low(verb) in _SPENDING:
            return f"spending on {label}"
        if figure.kind == "amount" and label and clause.low(link) == "of":
            # "We shipped 1.9 GW of modules."
            return f"{label} {self._deed(at)}".strip()
        if figure.kind == "share" and label:
            holder = self._in_front(at, only_adjacent=True)
            if holder and not self._grammar.noun_capitals:
                return f"{self._grammar.share_of.format(holder)} in {label}"
            return f"{self._share(label, genitive=first == link)} {self._state(span[1])}".strip()
        return label

    def _state(self, at: int) -> str:
        """In what state a share of things is: ``3% of readings are missing``; empty where no adjective says it."""
        clause = self._clause
        if clause.low(at) not in ("is", "are", "was", "were") or clause.role(at + 1) is not Role.NAME:
            return ""
        return clause.words[at + 1].text if clause.role(at + 2) in _ENDS else ""

    def _behind_link(self, figure: NamedFigure, link: int) -> int:
        """Where a name may begin behind the figure, over the word ``link`` that leads to it; 0 for nowhere."""
        clause, word = self._clause, self._clause.low(link)
        if word in self._grammar.of or word == "von":
            return link + 1
        if figure.kind == "money" and word in _SPENT_ON and not (self._grammar.noun_capitals and word == "in"):
            return link + 1
        if figure.kind == "share":
            return link if self._grammar.noun_capitals and clause.role(link) is Role.ARTICLE else 0
        return link if clause.role(link) is Role.NAME and word not in self._grammar.noun_verbs else 0

    def _with_deed(self, end: int) -> int:
        """Behind the participle that follows a name: ``state aid awarded``, ``departures ran``."""
        clause, said = self._clause, self._clause.low(end)
        is_verb = clause.role(end) is Role.VERB and said not in self._grammar.light | self._grammar.auxiliaries
        if is_verb and said.endswith(("ed", "id", "en", "wn", "ran", "nt", "lt")):
            return end + 1 + (clause.low(end + 1) in ("out", "back", "off"))
        return end

    def _share(self, label: str, *, genitive: bool) -> str:
        if self._grammar.noun_capitals:
            return self._grammar.share_of.format(f"der {label}" if genitive else f"an {label}")
        return self._grammar.share_of.format(label)

    def _in_front(self, at: int, *, only_adjacent: bool = False) -> str:
        """The name right before the figure, or before an ``of`` there."""
        clause = self._clause
        place = at
        while clause.role(place - 1) in (Role.ADVERB, Role.ARTICLE) and not only_adjacent:
            place -= 1
        if clause.low(place - 1) in self._grammar.of and not only_adjacent:
            place -= 1
            if clause.low(place - 1) == "höhe" and clause.low(place - 2) == "in":
                place -= 2
        elif only_adjacent and place != at:
            return ""
        if clause.low(place - 1) == ":":
            place -= 1
        span = clause.name_before(place)
        if span is None or self._is_person(span[0]):
            return ""
        label = clause.label(*span)
        counted = self._naming.last.get("count", "")
        if label.lower() in _COSTS and counted and clause.low(span[0] - 1) in ("a", "an", "einem"):
            # "Some 640 trees were planted, at a cost of €210 each."
            return f"{label} of {without_participle(counted, self._grammar)}"
        return label if label.lower() not in self._grammar.times else ""

    def _is_person(self, first: int) -> bool:
        """Whether the name from ``first`` on is who pays or gets: ``costs the city €6``."""
        clause, place = self._clause, first
        while clause.role(place - 1) is Role.ARTICLE:
            place -= 1
        if place == first or clause.role(place - 1) is not Role.VERB:
            return False
        verb = clause.low(place - 1)
        if self._grammar.noun_capitals:
            return clause.low(place) in ("der", "die", "das") and verb not in self._grammar.equating
        return verb in self._grammar.costing

    def _of_verb(self, figure: NamedFigure, at: int) -> str:
        clause, grammar = self._clause, self._grammar
        verb = clause.verb_before(at)
        if gapped := self._gapped(at, verb):
            return gapped
        if verb is None:
            return ""
        low = clause.low(verb)
        span = clause.subject_before(verb)
        recalled = self._naming.recalled(figure)
        subject = clause.label(*span) if span and span[0] < span[1] else self._naming.subject if span else ""
        if figure.kind == "share" and low not in grammar.equating:
            before = [number for number in self._labels if self._figures[number].kind == "share"]
            recalled = recalled or (self._labels[before[-1]] if before else "")
            if recalled:
                return recalled
        if subject and (named := self._measured_of(figure, low, at, subject)):
            return named
        if low in grammar.equating:
            # "Without it, it would have been 16%": the pronoun stands for what was measured last.
            last = self._naming.last.get(figure.kind, "") if span and span[0] == span[1] else ""
            return last or self._change_again(subject) or subject
        if low in _ESTIMATING:
            return self._naming.last.get(figure.kind, "")
        is_silent = low in grammar.light or low in grammar.auxiliaries
        if figure.kind == "money" and not is_silent and not grammar.noun_capitals:
            return self._money(verb, at, subject if span and span[0] < span[1] else "")
        return ""

    def _measured_of(self, figure: NamedFigure, verb: str, at: int, subject: str) -> str:
        """What a verb says is measured of its subject: its cost, its length in time, what it covers or weighs."""
        grammar, is_german = self._grammar, self._grammar.noun_capitals
        is_cost = verb.startswith(("cost", "kost", "gekost")) or self._clause.low(at - 1) == "for"
        if verb in grammar.costing and is_cost and figure.kind == "money":
            return self._joined(grammar.cost_of, subject)
        if figure.kind != "amount":
            return ""
        if verb in _WAITING and (purpose := self._purpose(at)):
            return f"waiting time {purpose}"
        if noun := _MEASURING.get(verb):
            return f"{noun} {subject}"
        if verb in _LASTING:
            return f"Dauer ({subject})" if is_german else f"duration of {subject}"
        return ""

    def _money(self, verb: int, at: int, subject: str) -> str:
        """English money by its verb: what it is income from, what was done with it, what for, or by whom."""
        clause, low = self._clause, self._clause.low(verb)
        if low in _YIELDING and subject:
            return f"income from {subject}"
        between = clause.name_from(verb + 1, reach=1) if verb + 1 < at else None
        if between and between[1] <= at:
            return f"{clause.label(*between)} {low}".strip()
        particle = clause.low(verb + 1) if clause.low(verb + 1) in ("aside", "out", "back") else ""
        purpose = self._purpose(at) or (f"by {self._doer(subject)}" if subject else "")
        return " ".join(f"amount {_PAST.get(low, low)} {particle} {purpose}".split())

    def _doer(self, subject: str) -> str:
        """``subject`` without verbs that its clause joined to it: ``council`` of "council had been promised"."""
        words = subject.split()
        verbs = self._grammar.auxiliaries | self._grammar.light
        end = next((at for at, word in enumerate(words) if word.lower() in verbs), len(words))
        return " ".join(words[:end])

    def _change_again(self, subject: str) -> str:
        """The change named before, of a subject that is only a change: ``the fall was 19%``."""
        grammar = self._grammar
        is_change = subject.lower() in grammar.rises | grammar.falls | grammar.changes
        return self._naming.last_change if is_change else ""

    def _gapped(self, at: int, verb: int | None) -> str:
        """The subject of a part of a sentence that leaves its verb out: ``…, die Marge damit bei 11,5 Prozent``."""
        comma = next((place for place in range(at - 1, -1, -1) if self._clause.low(place) in (",", ";")), -1)
        if comma < 0 or (verb is not None and verb > comma) or self._clause.role(comma + 1) is Role.BREAK:
            return ""
        span = self._clause.name_from(comma + 1, reach=1)
        return self._clause.label(*span) if span and span[1] <= at and self._clause.role(span[0]) is Role.NAME else ""

    def _purpose(self, at: int) -> str:
        """What money is for: ``for warranty``, ``to the fund``."""
        clause, place = self._clause, at + 1
        if clause.low(place) == "on" and clause.low(place + 1) == "average":
            place += 2
        if clause.low(place) not in ("for", "towards"):
            return ""
        inner = clause.name_from(place + 1, reach=0)
        return " ".join(word.noun or word.text for word in clause.words[place : inner[1]]) if inner else ""

    def _fallback(self, figure: NamedFigure, at: int) -> str:
        clause = self._clause
        for place in range(at, 0, -1):
            if clause.words[place - 1].text in ";()" or clause.role(place - 1) is Role.NUMBER:
                break
            if clause.role(place - 1) is Role.NAME and (span := clause.name_before(place)):
                label = clause.label(*span)
                if label:
                    return label
        return self._naming.recalled(figure) if figure.is_bare or figure.kind == "amount" else ""

    def _predicate(self, at: int) -> str:
        """What is said of the figure behind it: ``paid out``, ``on loan``, ``made on concession passes``."""
        clause = self._clause
        place = at + 1
        if clause.low(place) == "of":
            place += 2
        start = self._deed_behind(place)
        if start is None:
            return self._participle_before(at)
        end = start + 1
        while end < len(clause.words) and clause.words[end].low in ("out", "back", "off", "up"):
            end += 1
        inner = clause.name_from(end + 1 if clause.role(end) is Role.PREPOSITION else end, reach=0)
        is_time = inner and any(clause.role(place) is Role.TIME for place in range(end, inner[1] + 1))
        if inner and not is_time and inner[1] - end <= _LONGEST_PHRASE:
            end = inner[1]
        is_deed = clause.low(start).endswith(("ed", "en", "n", "t", "d"))
        follows = clause.role(start + 1) is Role.PREPOSITION and end > start + 1
        if clause.role(start) is Role.VERB and not is_deed and follows:
            # "1,850 of them work at Quellstadt": where they do says it.
            start += 1
        return " ".join(word.text for word in clause.words[start:end])

    def _deed_behind(self, place: int) -> int | None:
        """The first verb that says something, or preposition that follows one, from the word ``place`` on."""
        clause, silent = self._clause, self._grammar.auxiliaries | self._grammar.light
        while place < len(clause.words) and clause.words[place].text not in ",;.()":
            if clause.role(place) is Role.VERB and clause.low(place) not in silent:
                return place
            before = clause.role(place - 1)
            if clause.role(place) is Role.PREPOSITION and before in (Role.VERB, Role.ADVERB, Role.NUMBER):
                return place
            place += 1
        return None

    def _participle_before(self, at: int) -> str:
        verb = self._clause.verb_before(at)
        if verb is None or self._clause.low(verb) in self._grammar.auxiliaries | self._grammar.light:
            return ""
        return self._clause.words[verb].text

    def _joined(self, form: str, base: str) -> str:
        if self._grammar.noun_capitals:
            return form.replace("{}", f"({base})")
        return form.format(base)

    def _before(self, at: int, count: int) -> str:
        return " ".join(word.text for word in self._clause.words[max(at - count, 0) : at])


_ENDS = (Role.SIGN, Role.BREAK, Role.TIME)
_RATE = re.compile(r" (?:a|per|each|every|pro|je|im|am) (?:year|month|week|day|hour|Jahr|Monat|Woche|Tag|Stunde)$")
"""How often things are counted, which is in their unit."""
_DONE = re.compile(r"(?:ed|wn|[^e]en|[aou]ught|uilt|ost|ent|ept|eft|old|ade|one|run|made|paid|laid|read|met|won|cut)$")
"""The ends of English participles and past tenses."""
_PARTICIPLE = re.compile(
    r"(?:\w*ge\w{2,}(?:t|en)|be\w{3,}(?:t|igt)|ver\w{3,}t|er\w{3,}t|zer\w{3,}t|\w+iert|\w*(?:ausgegeben|überwiesen"
    r"|beschlossen"
    r"|abgerufen|vorgesehen|versprochen|verloren|erhalten|verbaut))"
)
"""German participles, as their first and last letters show."""
_NOUNS_OF_DEEDS = {
    **dict.fromkeys(("zahlt", "zahlte", "zahlen", "zahlten", "bezahlt", "bezahlte", "bezahlten"), "gezahlt"),
    **dict.fromkeys(("spart", "sparte", "sparen", "sparten"), "gespart"),
    **dict.fromkeys(("erhält", "erhielt", "erhielten", "bekam", "bekamen"), "erhalten"),
    **dict.fromkeys(("investiert", "investierte", "investierten"), "investiert"),
    **dict.fromkeys(("nahm", "nahmen", "nimmt", "nehmen"), "eingenommen"),
    **dict.fromkeys(("spendete", "spendeten"), "gespendet"),
    **dict.fromkeys(("gab", "gaben", "gibt"), "ausgegeben"),
}


def _declined(participle: str) -> str:
    return f"{participle}e"


def without_participle(label: str, grammar: Grammar) -> str:
    """``state aid awarded`` without what was done with it or where: ``state aid``."""
    words = label.split()
    for at in range(1, len(words)):
        low = words[at].lower()
        is_deed = low in grammar.verbs or low.endswith("ed") or low == "out"
        if (low in grammar.prepositions and low not in grammar.of) or is_deed:
            words = words[:at]
            break
    if grammar.noun_capitals:
        while len(words) > 1 and words[0][0].islower():
            words.pop(0)
    return " ".join(words)
