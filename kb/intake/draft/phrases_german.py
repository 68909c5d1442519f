"""What a figure counts, and the names that stand beside it, in a German clause."""

from __future__ import annotations

import re

from kb.intake.draft.clause import Span
from kb.intake.draft.own_name import PER, OwnNames, without_participle
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import GERMAN_PREFIXES, Form, german_participle
from kb.numbers.word_tables import words

FALLING_TO = words("entfielen entfallen entfällt entfiel flossen fließen gingen gehen floss fließt ging geht")
_COUNTING = words("""
gezählt verzeichnet gemeldet erfasst gehabt gewesen geworden gegeben beschäftigt registriert besessen umfasst geschafft
erreicht erwartet gerechnet geplant gelegen betragen gestanden gekommen gegangen gearbeitet getan gelungen gesprochen
gelebt geblieben gebracht behauptet gerutscht gelandet gefallen gestiegen gewachsen""")
"""Participles that say nothing of what is counted."""
_SIZES = ("größe", "zahl", "stärke", "bestand", "umfang", "kapazität", "auflage", "länge", "dauer", "leistung")
"""Ends of names of what is given in things."""
_PARTICLES = frozenset(GERMAN_PREFIXES.split())
_PARTICIPLE = re.compile(r"\w*(?:ge\w+|be\w+|ver\w+|er\w+|zer\w+|ent\w+|\w+iert)(?:t|en)|\w+iert")
_FEMININE = re.compile(r"(?:e|ung|heit|keit|schaft|ion|tät|ik|ie)$")


class GermanPhrases(OwnNames):
    """Names figures by what they count, and by what they stand beside."""

    def _of_many(self, at: int) -> str:
        figure = self.figure(at)
        clause, place = self.clause, at + 2
        while clause.role(place) is Role.ARTICLE:
            place += 1
        if figure.noun >= 0 or clause.low(at + 1) != "von" or clause.role(place) is not Role.NUMBER:
            return ""
        whole = self.figures[clause.words[place].figure]
        noun = self._counted(place) if whole.noun >= 0 else self.naming.recalled(figure)
        said = self.predicate(place)
        return f"{without_participle(noun, self.grammar)} {said}".strip() if noun else ""

    def _counted(self, at: int) -> str:
        """The thing that the figure counts in its own words, with what was done with it or where it belongs."""
        figure = self.figure(at)
        if figure.noun < 0:
            return ""
        clause, noun, end = self.clause, self.noun(figure), at + 1
        pair = re.search(r"^(.*?)innen(?:\s+und)?$", noun)
        if pair and "und" in (clause.low(end), noun.split()[-1]):
            # "Mitarbeiterinnen und Mitarbeiter"
            end += 1 + (clause.low(end) == "und")
            noun = pair[1]
        if clause.role(end) is Role.NAME and figure.kind == "count":
            last = end
            while clause.role(last) is Role.NAME:
                last += 1
            noun, end = f"{noun} {clause.label(end, last)}".strip(), last
        if self.is_whole(at):
            return noun
        if clause.low(self.place_before(at)) == "von" and (sized := self._sized(at)):
            return sized
        if deed := self._deed(at):
            return f"{declined(deed)} {noun}"
        return f"{noun} {self._attribute(end)}".strip()

    def _sized(self, at: int) -> str:
        """A size given in things: ``eine Gruppengröße von höchstens 18 Kindern``."""
        span = self.clause.name_before(self.place_before(at))
        label = self.thing(span)
        return label if label.lower().endswith(_SIZES) else ""

    def _attribute(self, at: int) -> str:
        """What specifies a counted thing behind it: ``Plätze für Kinder``, ``Wohnungen mit Balkon``."""
        clause = self.clause
        if clause.low(at) not in ("für", "mit", "ohne", "zur", "zum", "aus"):
            return ""
        inner = clause.name_from(at + 1, reach=0)
        if inner is None or self.has_time(at, inner[1] + 1):
            return ""
        return f"{clause.low(at)} {' '.join(word.text for word in clause.words[at + 1 : inner[1]])}"

    def _deed(self, at: int) -> str:
        """What was done with the thing of a number, as a participle: ``angeschlossen``; empty for nothing telling."""
        clause = self.clause
        first, end = clause.german_start(at), clause.german_end(at)
        if any(clause.low(place) == "sich" for place in range(first, end)):
            return ""
        while clause.role(first) is Role.ADVERB and first < at:
            first += 1
        if clause.words[first].form is Form.PARTICIPLE and clause.is_finite(first + 1):
            return self._telling(clause.low(first))
        for place in range(end - 1, at, -1):
            if clause.words[place].form is Form.PARTICIPLE and clause.words[place].role is Role.VERB:
                return self._telling(clause.low(place))
        for place in range(end - 1, at, -1):
            if clause.words[place].form is Form.BASE and clause.words[place].role is Role.VERB:
                return self._telling(german_participle(clause.low(place)))
        finite = next((place for place in range(first, at) if clause.is_finite(place)), None)
        particle = clause.low(end - 1) if end - 1 > at and clause.low(end - 1) in _PARTICLES else ""
        if finite is None:
            finite = next((place for place in range(at + 1, min(at + 3, end)) if clause.is_finite(place)), None)
        silent = self.grammar.auxiliaries | self.grammar.equating | (frozenset() if particle else self.grammar.light)
        if finite is None or clause.low(finite) in silent:
            return ""
        return self._telling(german_participle(clause.low(finite), particle))

    def _telling(self, participle: str) -> str:
        levels = self.grammar.rises | self.grammar.falls | self.grammar.equating | self.grammar.light
        return "" if participle in _COUNTING | levels else participle

    def _again(self, at: int) -> str:
        """The last thing that was counted, of a bare number: ``65 waren in Betrieb``."""
        figure = self.figure(at)
        recalled = self.naming.recalled(figure)
        if not figure.is_bare or not recalled:
            return ""
        base = without_participle(recalled, self.grammar)
        deed = self._deed(at)
        if deed:
            return f"{declined(deed)} {base}"
        said = self.predicate(at)
        return f"{base} {said}".strip() if said else recalled

    def _share(self, at: int) -> str:
        """The share of a thing: ``84 Prozent der Mittel``, ``44 Prozent von ihnen``."""
        figure = self.figure(at)
        clause, link = self.clause, at + 1
        if figure.kind != "share":
            return ""
        if clause.low(link) != "von" and clause.role(link) is not Role.ARTICLE:
            return self._share_of_counted(at)
        part = clause.name_from(link + 2, reach=1) if clause.low(link) in FALLING_TO else None
        counted = self.naming.last.get("count", "")
        if clause.low(link) == "von" and clause.role(link + 1) is Role.PRONOUN and counted:
            return f"Anteil der {without_participle(counted, self.grammar)}"
        is_of = clause.low(link) == "von"
        span = part or clause.name_from(link + is_of, reach=1)
        if span is None or self.has_time(link, span[1]):
            return ""
        label = clause.label(*span)
        deed = self._deed(at)
        of = f"an {label}" if is_of else f"der {label}"
        return f"Anteil {of}{f', {deed}' if deed else ''}" if label else ""

    def _share_of_counted(self, at: int) -> str:
        """The share of people or things counted before, as a subject: ``dass 58 Prozent an Kündigung denken``."""
        clause, counted = self.clause, self.naming.last.get("count", "")
        first = clause.german_start(at)
        is_subject = all(clause.role(place) in (Role.ADVERB, Role.BREAK) for place in range(first, at))
        ends_with_verb = clause.is_finite(clause.german_end(at) - 1) or clause.is_finite(at + 1)
        if not counted or not is_subject or not ends_with_verb:
            return ""
        return f"Anteil der {without_participle(counted, self.grammar)}"

    def _given(self, at: int) -> str:
        """What there is, before the verb: ``Aktive Nutzer gab es 21.800``."""
        if self.clause.low(at - 1) != "es" or self.clause.low(at - 2) not in ("gab", "gibt"):
            return ""
        return self.thing(self.clause.name_before(at - 2))

    def _of(self, at: int) -> str:
        """The name before a ``von``: ``einen Umsatz von 412 Mio. Euro``, ``Investitionen in Höhe von``."""
        clause, place = self.clause, self.place_before(at)
        opened = clause.low(at).split()[0]
        if clause.low(place) not in ("von", "vom") and opened not in ("von", "zwischen"):
            return ""
        place += opened in ("von", "zwischen")
        if clause.low(place - 1) == "höhe" and clause.low(place - 2) == "in":
            place -= 2
        return self.thing(clause.name_before(place))

    def _behind(self, at: int) -> str:
        """The name behind the figure: ``12 Tonnen Weichkäse``, ``118 Mio. Euro an Fördermitteln``."""
        figure = self.figure(at)
        clause, link = self.clause, at + 1
        if figure.kind == "share" or PER.search(self.literal(figure)):
            return ""
        if clause.low(link) in ("an", "von"):
            span = clause.name_from(link + 1, reach=1)
        elif clause.role(link) is Role.NAME and clause.low(link) not in self.grammar.noun_verbs:
            span = clause.name_from(link, reach=1)
        else:
            return ""
        if span is None or self.has_time(link, span[1]):
            return ""
        label = clause.label(*span)
        deed = self._deed(at) if figure.kind == "amount" else ""
        if not deed or clause.low(self.group_of(at)) in self.grammar.costing:
            return label
        return f"{declined(deed)} {label}" if _FEMININE.search(label) else f"{label}, {deed}"

    def group_of(self, at: int) -> int:
        """The participle at the end of the clause of a number, or its finite verb."""
        end = self.clause.german_end(at)
        behind = [place for place in range(at, end) if self.clause.role(place) is Role.VERB]
        return behind[-1] if behind else self.clause.verb_before(at) or at

    def _beside(self, at: int) -> str:
        """The name right before the figure, with a sign between or no verb in its part: ``Umsatz: 412 Mio. Euro``."""
        clause, place = self.clause, self.place_before(at)
        nearest = place
        if clause.low(place) == "," and clause.low(at + 1) == "," and (named := self.thing(clause.name_before(place))):
            return named
        while place > 0 and clause.words[place].text in ":(":
            place -= 1
        span = clause.name_before(place + 1)
        if span is None or (place == nearest and clause.verb_before(at) is not None and not self._gapped(at, span)):
            return ""
        before = span[0] - 1
        while clause.role(before) is Role.ARTICLE:
            before -= 1
        if clause.role(before) is Role.PREPOSITION and (outer := clause.name_before(before)):
            span = outer[0], span[1]
        label = self.thing(span)
        return label if label.lower() not in self.grammar.times else ""

    def _gapped(self, at: int, span: Span) -> bool:
        """Whether a part leaves its verb out: ``…, die Fahrgeldeinnahmen 11,2 Mio. Euro``."""
        before = span[0] - 1
        while self.clause.role(before) is Role.ARTICLE:
            before -= 1
        return self.clause.low(before) == "," and self.clause.role(at - 1) is Role.NAME

    def part_of(self, whole: str, said: str) -> str:
        """``ausgegebene Mittel für die Käserei`` of ``veranschlagte Mittel für die Käserei``."""
        if _PARTICIPLE.fullmatch(said):
            return by_another_deed(whole, said)
        return f"{without_participle(whole, self.grammar)} {said}"

    def predicate(self, at: int) -> str:
        """What is said of a part behind it, in its clause: ``davon 3.100 stationär``, ``64 Mio. Euro ausgezahlt``."""
        clause, end = self.clause, at + 1
        silent = self.grammar.auxiliaries | self.grammar.light | words("sind waren seien sein worden gewesen geworden")
        stop = clause.german_end(at)
        for place in range(stop - 1, at, -1):
            if clause.role(place) is Role.VERB and clause.low(place) not in silent:
                is_denied = any(clause.low(before) == "nicht" for before in range(at, place))
                return f"{'nicht ' if is_denied else ''}{clause.low(place)}"
        while end < stop and clause.role(end) in (Role.OTHER, Role.NAME, Role.ADVERB) and end - at < 4:
            end += 1
        return " ".join(word.text for word in clause.words[at + 1 : end])


def declined(participle: str) -> str:
    """A participle before a noun in the plural: ``gezahlte``."""
    return f"{participle}e"


def by_another_deed(label: str, deed: str) -> str:
    """``label`` with another participle: ``gezahlte Mittel für Schiffe``, but ``veranschlagt``."""
    if re.match(r"[a-zäöüß]+e ", label):
        return re.sub(r"^[a-zäöüß]+e ", f"{declined(deed)} ", label)
    bare = re.sub(r", .*$", "", label)
    return f"{bare}, {deed}" if " " in bare and bare.split()[1:2] != ["für"] else f"{declined(deed)} {bare}"
