"""What a figure measures as the words of its German clause say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.intake.draft.clause import Span
from kb.intake.draft.own_name import PER, OwnNames, Rule, without_participle
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import GERMAN_PREFIXES, Form, german_participle
from kb.numbers.word_tables import words

_DIMENSIONS = {
    "tief": "Tiefe",
    "lang": "Länge",
    "hoch": "Höhe",
    "breit": "Breite",
    "dick": "Dicke",
    "alt": "Alter",
    "heiß": "Temperatur",
    "warm": "Temperatur",
    "kalt": "Temperatur",
    "schwer": "Gewicht",
    "weit": "Entfernung",
}
"""Adjectives behind a number, and what they say is measured: ``3.200 Meter tief``."""
_LASTING = words("dauert dauerte dauern dauerten gedauert benötigt benötigen brauchte brauchten")
_WAITING = words("wartet warten wartete warteten gewartet")
_ESTIMATING = words("""
beziffert beziffern bezifferte bezifferten schätzt schätzen schätzte schätzten veranschlagt veranschlagte taxiert
erhöht erhöhte erhöhten senkt senken senkte senkten steigert steigerte begrenzt begrenzte kürzt kürzte festgesetzt
kalkuliert drückt drückte hob hoben hebt bringt brachte setzt setzte bemisst beläuft""")
"""Verbs whose object is put at a number: ``Die Mehrkosten beziffert das Unternehmen auf 1,3 Mio. Euro``."""
_FALLING_TO = words("entfielen entfallen entfällt entfiel flossen fließen gingen gehen floss fließt ging geht")
_COMING = words("kommen kamen kommt kam stammen stammten stammt steuert steuern")
"""Verbs between money and where it comes from."""
_THINKING = words("""
rechnet rechnen rechnete erwartet erwarten erwartete geht plant planen prognostiziert sagt sagte spricht sprechen nennt
nennen meldet meldete behauptet""")
_INVESTING = words("gesteckt investiert geflossen")
_NOUNS_OF_DEEDS = {
    "gespart": "Ersparnis",
    "eingespart": "Ersparnis",
    "zugeschossen": "Zuschuss",
    "verloren": "Verlust",
    "verdient": "Verdienst",
    "eingenommen": "Einnahmen",
    "umgesetzt": "Umsatz",
    "geschuldet": "Schulden",
    "gespendet": "Spenden",
}
"""What money is called by what was done with it, where it has a name of its own."""
_COUNTING = words("""
gezählt verzeichnet gemeldet erfasst gehabt gewesen geworden gegeben beschäftigt registriert besessen umfasst geschafft
erreicht erwartet gerechnet geplant gelegen betragen gestanden gekommen gegangen gearbeitet getan gelungen gesprochen
gelebt geblieben gebracht behauptet gerutscht gelandet gefallen gestiegen gewachsen""")
"""Participles that say nothing of what is counted."""
_UNITS = {
    **dict.fromkeys(("megawatt", "kilowatt", "gigawatt", "mw", "kw", "gw"), "Leistung"),
    **dict.fromkeys(("kilometer", "meter", "km", "m"), "Länge"),
    **dict.fromkeys(("hektar", "quadratmeter", "quadratkilometer", "ha"), "Fläche"),
    **dict.fromkeys(("gigawattstunden", "megawattstunden", "kilowattstunden", "gwh", "mwh", "kwh"), "Energie"),
}
"""What is measured in a unit."""
_PARTICLES = frozenset(GERMAN_PREFIXES.split())
_PARTICIPLE = re.compile(r"\w*(?:ge\w+|be\w+|ver\w+|er\w+|zer\w+|ent\w+|\w+iert)(?:t|en)|\w+iert")
_FEMININE = re.compile(r"(?:e|ung|heit|keit|schaft|ion|tät|ik|ie)$")


class GermanNames(OwnNames):
    """Names the figures of a German sentence."""

    @property
    def rules(self) -> Sequence[Rule]:
        """What is counted, what the number stands beside, what its verb says, and what is nearest."""
        return (
            self._of_many,
            self._counted,
            self._share,
            self._given,
            self._of,
            self._dimension,
            self._estimated,
            self._falling_to,
            self._behind,
            self._beside,
            self._lasting,
            self._cost,
            self._again,
            self._money,
            self._level,
            self._done_amount,
            self._nearest,
        )

    # What is counted

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
        if deed := self._deed(at):
            return f"{_declined(deed)} {noun}"
        return f"{noun} {self._attribute(end)}".strip()

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
        if finite is None and clause.is_finite(at + 1):
            finite = at + 1
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
            return f"{_declined(deed)} {base}"
        said = self.predicate(at)
        return f"{base} {said}".strip() if said else recalled

    # What the number stands beside

    def _share(self, at: int) -> str:
        """The share of a thing: ``84 Prozent der Mittel``, ``44 Prozent von ihnen``."""
        figure = self.figure(at)
        clause, link = self.clause, at + 1
        if figure.kind != "share" or (clause.low(link) != "von" and clause.role(link) is not Role.ARTICLE):
            return ""
        part = clause.name_from(link + 2, reach=1) if clause.low(link) in _FALLING_TO else None
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

    def _dimension(self, at: int) -> str:
        """What an adjective behind the number says is measured, of what: ``Die Bohrung ist 3.200 Meter tief``."""
        figure = self.figure(at)
        noun = _DIMENSIONS.get(self.clause.low(at + 1)) if figure.kind == "amount" else None
        subject = self.subject(at) if noun else ""
        return f"{noun} ({subject})" if noun and subject else noun or ""

    def subject(self, at: int) -> str:
        """The subject of the clause of a number; what the sentence before was about for a pronoun."""
        clause = self.clause
        first, end = clause.german_start(at), clause.german_end(at)
        verb = next((place for place in range(first, end) if clause.is_finite(place)), None)
        span = clause.subject_before(verb) if verb is not None else None
        if span and span[0] == span[1]:
            return self.naming.subject
        return clause.label(*span) if span else ""

    def _estimated(self, at: int) -> str:
        """The object that somebody puts at a number: ``Den Schaden schätzen wir auf 0,7 Mio. Euro``."""
        clause = self.clause
        is_put = clause.low(self.place_before(at)) in ("auf", "mit") or clause.low(at).startswith("auf ")
        first, end = clause.german_start(at), clause.german_end(at)
        verbs = [place for place in range(first, end) if clause.low(place) in _ESTIMATING]
        if not is_put or not verbs:
            return ""
        subject = clause.subject_before(verbs[0])
        names = [span for span in self._free_names(first, at) if self.is_thing(span)]
        others = [span for span in names if subject is None or span[0] != subject[0]]
        return clause.label(*(others or names)[0]) if names else ""

    def _free_names(self, first: int, last: int) -> list[Span]:
        """The names between two words that follow no preposition."""
        clause, at, found = self.clause, first, []
        while at < last:
            if clause.role(at) is Role.PREPOSITION:
                inner = clause.name_from(at + 1, reach=1)
                at = inner[1] if inner else at + 1
            elif clause.role(at) in (Role.ARTICLE, Role.NAME) and (span := clause.name_from(at, reach=1)):
                found.append(span)
                at = span[1]
            else:
                at += 1
        return found

    def _falling_to(self, at: int) -> str:
        """What an amount falls to: ``Auf Nachträge entfielen 1,7 Mio. Euro``."""
        figure = self.figure(at)
        clause, verb = self.clause, self.clause.verb_before(at)
        first = clause.german_start(at)
        if verb is None or clause.low(verb) not in _FALLING_TO or clause.low(first) not in ("auf", "an", "in"):
            return ""
        span = clause.name_from(first + 1, reach=1)
        label = clause.label(*span) if span and span[1] <= verb else ""
        return f"Anteil ({label})" if label and figure.kind == "share" else label

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
        return f"{_declined(deed)} {label}" if _FEMININE.search(label) else f"{label}, {deed}"

    def group_of(self, at: int) -> int:
        """The participle at the end of the clause of a number, or its finite verb."""
        end = self.clause.german_end(at)
        behind = [place for place in range(at, end) if self.clause.role(place) is Role.VERB]
        return behind[-1] if behind else self.clause.verb_before(at) or at

    def _beside(self, at: int) -> str:
        """The name right before the figure, with a sign between or no verb in its part: ``Umsatz: 412 Mio. Euro``."""
        clause, place = self.clause, self.place_before(at)
        nearest = place
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

    # What its verb says

    def _lasting(self, at: int) -> str:
        figure = self.figure(at)
        verb = self.clause.verb_before(at)
        if figure.kind != "amount" or verb is None:
            return ""
        if self.clause.low(verb) in _WAITING:
            return "Wartezeit"
        subject = self.subject(at) if self.clause.low(verb) in _LASTING else ""
        return f"Dauer ({subject})" if subject else ""

    def _cost(self, at: int) -> str:
        """What something costs: ``hätten die vier Schulen 13,7 Millionen Euro gekostet``."""
        figure = self.figure(at)
        clause = self.clause
        first, end = clause.german_start(at), clause.german_end(at)
        costs = any(
            clause.low(place) in self.grammar.costing and clause.role(place) is Role.VERB for place in range(first, end)
        )
        if figure.kind != "money":
            return ""
        if not costs:
            return self._price(at)
        more = "Mehrkosten" if any(clause.low(place) == "mehr" for place in range(at, end)) else "Kosten"
        subject = self.subject(at)
        return f"{more} ({subject})" if subject else more

    def _price(self, at: int) -> str:
        """What is had for an amount of money: ``ein Walzgerüst für 19 Mio. Euro``."""
        label = self.thing(self.clause.name_before(at - 1)) if self.clause.low(at - 1) == "für" else ""
        return f"Kosten ({label})" if label else ""

    def _money(self, at: int) -> str:
        """Money by what was done with it: ``veranschlagt waren 48 Mio. Euro``, ``hat 5 Mio. Euro gespart``."""
        figure = self.figure(at)
        clause = self.clause
        deed = self._deed(at) if figure.kind == "money" else ""
        first = clause.german_start(at)
        verb = clause.verb_before(at)
        if figure.kind == "money" and verb is not None and clause.low(verb) in _COMING:
            return self._origin(first, at)
        if not deed or (
            verb is not None
            and clause.low(verb) in _THINKING
            and clause.words[verb].form is not Form.PARTICIPLE
            and deed not in _NOUNS_OF_DEEDS
            and clause.low(first) != deed
        ):
            return ""
        recalled = self.naming.recalled(figure)
        if clause.low(first) == deed and recalled and not self._purpose(first, at):
            # "veranschlagt waren 48 Mio. Euro": what the number before was about, by another deed.
            return _by_another_deed(recalled, deed)
        if PER.search(self.literal(figure)) and deed.endswith("gezahlt"):
            return f"{deed}er Preis"
        return self._name_of_deed(deed, first, at)

    def _name_of_deed(self, deed: str, first: int, at: int) -> str:
        clause = self.clause
        if clause.low(first) in ("aus", "mit", "an", "durch") and deed == "eingenommen":
            span = clause.name_from(first + 1)
            return f"Einnahmen aus {clause.label(*span)}" if span else "Einnahmen"
        if deed in _INVESTING and (aim := self._behind_preposition("in", first, at)):
            return f"Investitionen in {aim}"
        purpose = self._purpose(first, at)
        noun = _NOUNS_OF_DEEDS.get(deed, f"{_declined(deed)} Mittel")
        return f"{noun} für {purpose}" if purpose else noun

    def _origin(self, first: int, at: int) -> str:
        """Where money comes from: ``Vom Bund kommen 21 Millionen Euro``."""
        clause = self.clause
        for place in range(first, min(at + 4, len(clause.words))):
            if clause.low(place) in ("vom", "von", "aus") and (span := clause.name_from(place + 1, reach=1)):
                return f"Mittel {clause.low(place)} {clause.label(*span)}" if not span[0] <= at < span[1] else ""
        return ""

    def _purpose(self, first: int, at: int) -> str:
        """What money is for: ``für die drei Schiffe``; empty where nothing says it."""
        return self._behind_preposition("für", first, at)

    def _behind_preposition(self, preposition: str, first: int, at: int) -> str:
        clause = self.clause
        for place in (*range(first, at), *range(at + 1, min(at + 8, clause.german_end(at)))):
            span = clause.name_from(place + 1, reach=1) if clause.low(place) == preposition else None
            if span and not place < at < span[1] and not self.has_time(place, span[1]):
                return clause.label(*span)
        return ""

    def _level(self, at: int) -> str:
        """The subject whose level the number is: ``Das EBITDA lag bei 47 Mio. Euro``, ``ist auf 146 km gewachsen``."""
        figure = self.figure(at)
        clause, grammar = self.clause, self.grammar
        first, end = clause.german_start(at), clause.german_end(at)
        verb = next((place for place in range(first, end) if clause.is_finite(place)), None)
        if verb is None:
            return self._last_of_change(at)
        levels = grammar.equating | grammar.rises | grammar.falls
        said = [clause.low(place) for place in range(first, end) if clause.role(place) is Role.VERB]
        is_level = any(low in levels for low in said) or clause.low(self.place_before(at)) in ("bei", "auf")
        if not is_level or clause.low(verb) in _THINKING:
            return self.last_of(figure) if clause.low(verb) in _THINKING else ""
        span = clause.subject_before(verb)
        if clause.low(first) in ("bei", "beim") and not self.is_thing(span):
            # "Beim Milchpreis wollen wir nicht unter 42 Cent rutschen."
            return self.thing(clause.name_from(first + 1, reach=1))
        if span is None and clause.low(verb).startswith("ergeb"):
            fronted = clause.low(first) if clause.words[first].form is Form.PARTICIPLE else ""
            return f"{self.last_of(figure)}, {fronted}".strip(", ") if self.last_of(figure) else ""
        if span is None or span[0] == span[1]:
            return self.last_of(figure) or self.naming.subject if span else ""
        return self.thing(span)

    def _last_of_change(self, at: int) -> str:
        return self.naming.last_change.partition("(")[2].rstrip(")") if self.clause.low(at - 1) == "auf" else ""

    def _done_amount(self, at: int) -> str:
        """What was done with an amount that nothing names: ``hat 120 Megawatt zugesagt``."""
        figure = self.figure(at)
        deed = self._deed(at) if figure.kind == "amount" and not self.is_duration(figure) else ""
        if not deed:
            return ""
        recalled = self.naming.recalled(figure)
        if recalled:
            return _by_another_deed(recalled, deed)
        unit = self.literal(figure).split()[-1].lower()
        return f"{_declined(deed)} {_UNITS.get(unit, 'Menge')}"

    # What is nearest

    def _nearest(self, at: int) -> str:
        figure = self.figure(at)
        clause = self.clause
        for place in range(at, 0, -1):
            if clause.words[place - 1].text in ",;()" or clause.role(place - 1) is Role.NUMBER:
                break
            span = clause.name_before(place) if clause.role(place - 1) is Role.NAME else None
            if span and (label := self.thing(span)):
                return label
        return self.naming.recalled(figure) if figure.is_bare or figure.kind == "amount" else ""

    def part_of(self, whole: str, said: str) -> str:
        """``ausgegebene Mittel für die Käserei`` of ``veranschlagte Mittel für die Käserei``."""
        if _PARTICIPLE.fullmatch(said):
            return _by_another_deed(whole, said)
        return f"{without_participle(whole, self.grammar)} {said}"

    def spent_on(self, at: int) -> str:
        """What a part of some money went on: ``Auf Nachträge entfielen``."""
        return self._falling_to(at) if self.figure(at).kind == "money" else ""

    def predicate(self, at: int) -> str:
        """What is said of a part behind it, in its clause: ``davon 3.100 stationär``, ``64 Mio. Euro ausgezahlt``."""
        clause, end = self.clause, at + 1
        silent = self.grammar.auxiliaries | self.grammar.light | words("sind waren seien sein worden")
        stop = clause.german_end(at)
        for place in range(stop - 1, at, -1):
            if clause.role(place) is Role.VERB and clause.low(place) not in silent:
                is_denied = any(clause.low(before) == "nicht" for before in range(at, place))
                return f"{'nicht ' if is_denied else ''}{clause.low(place)}"
        while end < stop and clause.role(end) in (Role.OTHER, Role.NAME, Role.ADVERB) and end - at < 4:
            end += 1
        return " ".join(word.text for word in clause.words[at + 1 : end])


def _declined(participle: str) -> str:
    return f"{participle}e"


def _by_another_deed(label: str, deed: str) -> str:
    """``label`` with another participle: ``gezahlte Mittel für Schiffe``, but ``veranschlagt``."""
    if re.match(r"[a-zäöüß]+e ", label):
        return re.sub(r"^[a-zäöüß]+e ", f"{_declined(deed)} ", label)
    bare = re.sub(r", .*$", "", label)
    return f"{bare}, {deed}" if " " in bare and bare.split()[1:2] != ["für"] else f"{_declined(deed)} {bare}"
