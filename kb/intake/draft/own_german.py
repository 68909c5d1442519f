"""What a figure measures as the words of its German clause say, its verb above all."""

from __future__ import annotations

from collections.abc import Sequence

from kb.intake.draft.clause import Span
from kb.intake.draft.own_name import PER, Rule
from kb.intake.draft.phrases_german import FALLING_TO, GermanPhrases, by_another_deed, declined
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import Form
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
_LASTING = words("dauert dauerte dauern dauerten gedauert benötigt benötigen braucht brauchen brauchte brauchten")
_WAITING = words("wartet warten wartete warteten gewartet")
_ESTIMATING = words("""
beziffert beziffern bezifferte bezifferten schätzt schätzen schätzte schätzten veranschlagt veranschlagte taxiert
erhöht erhöhte erhöhten senkt senken senkte senkten steigert steigerte begrenzt begrenzte kürzt kürzte festgesetzt
kalkuliert drückt drückte hob hoben hebt bringt brachte setzt setzte bemisst beläuft""")
"""Verbs whose object is put at a number: ``Die Mehrkosten beziffert das Unternehmen auf 1,3 Mio. Euro``."""
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
_UNITS = {
    **dict.fromkeys(("megawatt", "kilowatt", "gigawatt", "mw", "kw", "gw"), "Leistung"),
    **dict.fromkeys(("kilometer", "meter", "km", "m"), "Länge"),
    **dict.fromkeys(("hektar", "quadratmeter", "quadratkilometer", "ha"), "Fläche"),
    **dict.fromkeys(("gigawattstunden", "megawattstunden", "kilowattstunden", "gwh", "mwh", "kwh"), "Energie"),
}
"""What is measured in a unit."""


class GermanNames(GermanPhrases):
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
        if verb is None or clause.low(verb) not in FALLING_TO or clause.low(first) not in ("auf", "an", "in"):
            return ""
        span = clause.name_from(first + 1, reach=1)
        label = clause.label(*span) if span and span[1] <= verb else ""
        return f"Anteil ({label})" if label and figure.kind == "share" else label

    def _lasting(self, at: int) -> str:
        figure = self.figure(at)
        verb = self.clause.verb_before(at)
        if figure.kind != "amount" or verb is None:
            return ""
        if self.clause.low(verb) in _WAITING:
            return "Wartezeit"
        if self.clause.low(verb) not in _LASTING or not self.is_duration(figure):
            return ""
        span = self.clause.subject_before(verb)
        subject = self.thing(span)
        return f"Dauer ({subject})" if subject else "Dauer"

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
        verb = verb if verb is not None and verb >= first else None
        while clause.role(first) is Role.ADVERB and first < at:
            first += 1
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
            return by_another_deed(recalled, deed)
        is_per = PER.search(self.literal(figure)) or clause.low(at - 2) in ("je", "pro")
        if is_per and deed.endswith("gezahlt"):
            purpose = self._purpose(first, at)
            return f"Preis für {purpose}" if purpose else f"{deed}er Preis"
        return self._name_of_deed(deed, first, at)

    def _name_of_deed(self, deed: str, first: int, at: int) -> str:
        clause = self.clause
        if clause.low(first) in ("aus", "mit", "an", "durch") and deed == "eingenommen":
            span = clause.name_from(first + 1)
            return f"Einnahmen aus {clause.label(*span)}" if span else "Einnahmen"
        if deed == "eingebracht" and (subject := self.subject(at)):
            return f"Einnahmen ({subject})"
        if deed in _INVESTING and (aim := self._behind_preposition("in", first, at)):
            return f"Investitionen in {aim}"
        purpose = self._purpose(first, at)
        noun = _NOUNS_OF_DEEDS.get(deed, f"{declined(deed)} Mittel")
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
            span = clause.name_from(first, reach=1)
            is_gapped = clause.low(first - 1) == "," and span is not None and span[1] <= self.place_before(at)
            return self.thing(span) if is_gapped else self._last_of_change(at)
        levels = grammar.equating | grammar.rises | grammar.falls
        said = [clause.low(place) for place in range(first, end) if clause.role(place) is Role.VERB]
        is_reflexive = any(clause.low(place) == "sich" for place in range(first, end))
        is_level = (
            any(low in levels for low in said) or is_reflexive or clause.low(self.place_before(at)) in ("bei", "auf")
        )
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
            is_expletive = span is not None and clause.low(span[0]) == "es"
            return self.last_of(figure) or ("" if is_expletive or span is None else self.naming.subject)
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
            return by_another_deed(recalled, deed)
        unit = self.literal(figure).split()[-1].lower()
        return f"{declined(deed)} {_UNITS.get(unit, 'Menge')}"

    def _nearest(self, at: int) -> str:
        figure = self.figure(at)
        clause = self.clause
        for place in range(at, 0, -1):
            if clause.words[place - 1].text in ",;()" or clause.role(place - 1) is Role.NUMBER:
                break
            span = clause.name_before(place) if clause.role(place - 1) is Role.NAME else None
            if span and clause.low(span[0] - 1) in ("im", "am", "zum", "zur", "beim"):
                # "im Mittel 38 Sekunden"
                continue
            if span and (label := self.thing(span)):
                return label
        if self.restates(at):
            return self.last_of(figure)
        return self.naming.recalled(figure) if figure.is_bare or figure.kind == "amount" else ""

    def spent_on(self, at: int) -> str:
        """What a part of some money went on: ``Auf Nachträge entfielen``."""
        return self._falling_to(at) if self.figure(at).kind == "money" else ""
