"""What a figure measures as the words of its English clause say, its verb above all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.intake.draft.clause import Span
from kb.intake.draft.own_name import PER, Rule, without_participle
from kb.intake.draft.phrases_english import ESTIMATING, SPENDING, EnglishPhrases
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import Form, english_participle
from kb.numbers.word_tables import words

_DIMENSIONS = {"deep": "depth", "long": "length", "high": "height", "tall": "height", "wide": "width"} | {
    "thick": "thickness",
    "old": "age",
    "hot": "temperature",
    "cold": "temperature",
    "late": "delay",
    "heavy": "weight",
}
"""Adjectives behind a number, and what they say is measured: ``94 m deep``."""
_LASTING = words("take takes took taken last lasts lasted run runs ran")
_YIELDING = words(
    "bring brings brought yield yields yielded raise raises raised earn earns earned generate generates "
    "generated contribute contributed contributes"
)
"""Verbs of money whose subject is where it comes from: ``Fares brought in €11 million``."""
_EATING = words(
    "eat eats ate eaten swallow swallows swallowed consume consumes consumed absorb absorbs absorbed "
    "require requires required devour devours devoured cost costs costing"
)
"""Verbs of money whose subject is what costs it."""
_SELLING = words("go goes went sell sells sold trade trades traded retail retails retailed rent rents rented")
_MEASURING = {
    **dict.fromkeys(("covers", "cover", "covered", "travels", "travelled", "drives", "drove"), "distance covered by"),
    **dict.fromkeys(("holds", "hold", "held", "stores", "stored"), "capacity of"),
    **dict.fromkeys(("weighs", "weigh", "weighed"), "weight of"),
}
"""Verbs of what can be measured of their subject."""
_STAYING = words("stay stays stayed staying")
_AREAS = re.compile(r"(?i)\b(?:hectares?|acres?|ha|square|km²|m²)")
_WAITING = words("wait waits waited waiting")
_PUTTING = words("""
put puts set sets fixed estimated estimates estimate valued values value bring brings brought bringing keep keeps kept
lift lifts lifted lifting cap caps capped take takes took taking push pushed pushing raise raised raising cut cutting
reduce reduced reducing leave leaves left leaving hold holds held""")
"""Verbs between which and ``at`` or ``to`` stands what a number measures: ``They put the cost at $7,200``."""
_MAKING_UP = words("""
made makes make account accounts accounted formed forms form represent represents represented constitute constitutes
constituted comprise comprised""")


class EnglishNames(EnglishPhrases):
    """Names the figures of an English sentence."""

    @property
    def rules(self) -> Sequence[Rule]:
        """What is counted, what the number stands beside, what its verb says, and what is nearest."""
        return (
            self._of_many,
            self._counted,
            self._of_with_deed,
            self._of_fronted,
            self._worth,
            self._dimension,
            self._waited,
            self._put,
            self._made_up,
            self._behind,
            self._beside,
            self._again,
            self._as_subject,
            self._as_object,
            self._amount_done,
            self._nearest,
        )

    def _waited(self, at: int) -> str:
        """How long somebody waited, or something takes."""
        figure = self.figure(at)
        clause, verb = self.clause, self.clause.verb_before(at)
        if figure.kind != "amount" or verb is None or at - verb > 4:
            return ""
        low = clause.low(verb)
        if low in _WAITING:
            purpose = self._purpose(at)
            return f"waiting time {purpose}".strip()
        span = clause.subject_before(verb)
        subject = clause.label(*span) if span and span[0] < span[1] else self.naming.subject
        if low in _LASTING and subject:
            return f"duration of {subject}"
        if low.startswith("cover") and subject and _AREAS.search(self.literal(figure)):
            return f"area of {subject}"
        if low in _MEASURING and subject:
            return f"{_MEASURING[low]} {subject}"
        return ""

    def _as_subject(self, at: int) -> str:
        """A number of which its clause says something: ``£6 million was set aside``, ``94% would recommend it``."""
        figure = self.figure(at)
        clause = self.clause
        verb = clause.verb_behind(at)
        if verb is None or self._is_governed(at):
            return ""
        if figure.kind == "money":
            return self._money_passive(at, verb)
        counted = self.naming.last.get("count", "") or self.naming.noun
        if figure.kind == "share" and counted and (state := self._state(at + 1)):
            return f"{self.grammar.share_of.format(without_participle(counted, self.grammar))} {state}"
        if figure.kind == "share" and counted and clause.low(verb) not in self.grammar.equating:
            end = self.group_end(verb) + 1
            inner = clause.name_from(end, reach=0)
            end = inner[1] if inner and inner[1] - verb < 6 and not self.has_time(end, inner[1]) else end
            said = " ".join(word.text for word in clause.words[verb:end])
            return f"{self.grammar.share_of.format(without_participle(counted, self.grammar))} who {said}"
        return ""

    def _is_governed(self, at: int) -> bool:
        """Whether a verb before the number makes its clause, or a preposition leads to it."""
        before = self.clause.verb_before(at)
        if self.clause.role(self.place_before(at)) is Role.PREPOSITION:
            return True
        return before is not None and not any(self.clause.words[place].text == "," for place in range(before, at))

    def _money_passive(self, at: int, verb: int) -> str:
        """Money by what was done with it, behind it: ``€3 million had been spent``, ``went on staff``."""
        clause, last = self.clause, self.group_end(verb)
        low = clause.low(last)
        is_spent = low in SPENDING and clause.low(last + 1) in ("on", "to", "into", "towards")
        if is_spent and (inner := clause.name_from(last + 2, reach=1)):
            return f"spending on {clause.label(*inner)}"
        if low in self.grammar.equating | self.grammar.light | self.grammar.auxiliaries:
            return self._complement(last)
        particle = clause.low(last + 1) if clause.low(last + 1) in ("aside", "out", "back", "up", "off") else ""
        purpose = self._purpose(last + bool(particle)) or self._relative_purpose(at)
        return " ".join(f"amount {english_participle(low)} {particle} {purpose}".split())

    def subject(self, at: int) -> str:
        """The subject of the verb before a number; empty for somebody who acts."""
        verb = self.clause.verb_before(at)
        return self.thing(self.clause.subject_before(verb)) if verb is not None else ""

    def spent_on(self, at: int) -> str:
        """What a part of some money went on: ``of which £6 million went on staff``."""
        figure = self.figure(at)
        verb = self.clause.verb_behind(at) if figure.kind == "money" else None
        said = self._money_passive(at, verb) if verb is not None else ""
        return said if said.startswith("spending on") else ""

    def _complement(self, verb: int) -> str:
        """What an amount is, behind it: ``£40 million was what the board had agreed``, ``£2m is the price``."""
        clause = self.clause
        if clause.low(verb + 1) == "what":
            deed = next((at for at in range(verb + 2, len(clause.words)) if clause.role(at) is Role.VERB), None)
            return f"amount {english_participle(clause.low(self.group_end(deed)))}" if deed else ""
        span = clause.name_from(verb + 1, reach=1)
        return self.thing(span)

    def _relative_purpose(self, at: int) -> str:
        """What money is for, before a relative: ``another theatre, for which £6 million has been set aside``."""
        clause, place = self.clause, self.place_before(at)
        if clause.low(place) != "which" or clause.low(place - 1) not in ("for", "towards", "on"):
            return ""
        end = place - 1 - (clause.low(place - 2) == ",")
        span = clause.name_before(end)
        return f"for {clause.label(*span)}" if span else ""

    def _as_object(self, at: int) -> str:
        """What the verb before the number says that it measures."""
        figure = self.figure(at)
        clause, grammar = self.clause, self.grammar
        verb = clause.verb_before(at)
        if gapped := self._gapped(at, verb):
            return gapped
        if verb is None:
            return ""
        low, span = clause.low(verb), clause.subject_before(verb)
        if named := self._time_spent(at, verb, span):
            return named
        is_pronoun = span is not None and span[0] == span[1]
        subject = self._meant(verb) if is_pronoun else self.thing(span)
        if span and subject and not is_pronoun and self._is_level(at, verb, span):
            return subject
        if figure.kind == "money" and (named := self._priced(at, verb, subject, span)):
            return named
        if low in grammar.equating or low in ("reach", "reaches", "total", "totals", "number", "numbers"):
            # "Without it, it would have been 16%": the pronoun stands for what was measured last.
            last = self.last_of(figure) if is_pronoun else ""
            return last or self._change_again(subject) or subject
        if low in ESTIMATING:
            return self.last_of(figure)
        if figure.kind == "money" and low not in grammar.light | grammar.auxiliaries:
            return self._money(at, verb, span)
        if figure.kind == "share":
            return self.last_of(figure)
        return ""

    def _amount_done(self, at: int) -> str:
        """An amount by what is done with it: ``they use 164 litres``, ``8,700 acres were left fallow``."""
        clause, figure = self.clause, self.figure(at)
        if figure.kind != "amount" or self.is_duration(figure):
            return ""
        behind = clause.verb_behind(at)
        unit = self.literal(figure).split()[-1].lower()
        if behind is not None and not self._is_governed(at) and unit.isalpha() and len(unit) > 3:
            last = self.group_end(behind)
            state = clause.low(last + 1) if clause.role(last + 1) is Role.NAME else ""
            is_passive = clause.words[last].form is Form.PARTICIPLE and last > behind
            return f"{unit} {clause.low(last)} {state}".strip() if is_passive else ""
        verb = clause.verb_before(at)
        silent = self.grammar.equating | self.grammar.auxiliaries | ESTIMATING | words("have has had show shows showed")
        if verb is None or clause.low(verb) in silent or self.place_before(at) != verb:
            return ""
        return f"amount {english_participle(clause.low(verb))}"

    def _time_spent(self, at: int, verb: int, span: Span | None) -> str:
        """What a time is spent on: ``crews needed 17 minutes``, ``they stay 1.8 days``."""
        figure, low = self.figure(at), self.clause.low(verb)
        silent = self.grammar.equating | self.grammar.light | self.grammar.auxiliaries | ESTIMATING
        is_frame = self.clause.low(self.place_before(at)) in ("in", "within", "over", "after", "since", "during")
        if is_frame or not self.is_duration(figure) or low in silent or self.clause.words[verb].form is Form.GERUND:
            return ""
        if low in _STAYING:
            return "length of stay"
        doer = self.clause.label(*span) if span and span[0] < span[1] else ""
        return f"time {english_participle(low)} {f'by {doer}' if doer else ''}".strip()

    def _is_level(self, at: int, verb: int, span: Span) -> bool:
        """Whether a quantity stands at a number, by whatever verb: ``Guidance is unchanged at``, ``Costs ate``."""
        before, group = self.clause.low(self.place_before(at)), self.clause.low(self.clause.group_start(verb))
        is_put = self.clause.low(verb + 1) == "in" or self.clause.low(
            verb
        ) in _PUTTING | _SELLING | self.grammar.costing | {"approved", "priced"}
        if before == "at" and group in self.grammar.equating and not is_put:
            return True
        if self.head(span) not in self.grammar.quantities:
            return False
        return self.clause.low(self.place_before(at)) in ("at", "to") or self.clause.low(verb) in _EATING

    def _meant(self, verb: int) -> str:
        """What the pronoun before a verb stands for: the subject of its sentence, or of the sentence before."""
        clause, start = self.clause, self.begin(verb)
        for place in range(start):
            span = clause.subject_before(place) if clause.is_finite(place) else None
            if self.is_thing(span):
                return self.thing(span)
        return self.naming.subject

    def _priced(self, at: int, verb: int, subject: str, span: Span | None) -> str:
        """What something costs, or is sold for."""
        figure = self.figure(at)
        clause, low = self.clause, self.clause.low(verb)
        before = clause.low(self.place_before(at))
        of = clause.label(*span) if span and span[0] < span[1] else subject
        is_cost = low in _EATING or (low in self.grammar.costing and before in ("for", "at"))
        if of and (is_cost or (low in ("came", "comes", "come") and clause.low(verb + 1) == "in")):
            return self.grammar.cost_of.format(of)
        if of and low == "approved" and before == "at":
            return self.grammar.cost_of.format(of)
        if low in _SELLING and before in ("at", "for") and of:
            return f"price of {of}"
        if low in ("turned", "turns", "turn") and (
            clause.low(verb + 1) == "over" or self.literal(figure).startswith("over")
        ):
            return "turnover"
        return ""

    def _money(self, at: int, verb: int, span: Span | None) -> str:
        """Money by its verb: what it is income from, what was done with it, what for, or by whom."""
        figure = self.figure(at)
        clause, low = self.clause, self.clause.low(verb)
        subject = self.thing(span)
        if low in _YIELDING and subject:
            return f"earnings of {subject}" if low.startswith("earn") else f"income from {subject}"
        if PER.search(self.literal(figure)) and low in (
            "paid",
            "pay",
            "pays",
            "paying",
            "charged",
            "charge",
            "charges",
        ):
            return f"price {english_participle(low)}"
        between = clause.name_from(verb + 1, reach=1) if verb + 1 < at else None
        if between and between[1] <= at and self.is_thing(between):
            return f"{clause.label(*between)} {english_participle(low)}".strip()
        particle = clause.low(verb + 1) if clause.low(verb + 1) in ("aside", "out", "back") else ""
        doer = clause.label(*span) if span and span[0] < span[1] and not self._is_proper(span) else ""
        purpose = self._purpose(at) or (f"by {doer}" if doer and len(doer.split()) < 3 else "")
        return " ".join(f"amount {english_participle(low)} {particle} {purpose}".split())

    def _is_proper(self, span: Span) -> bool:
        words = self.clause.words[span[0] : span[1]]
        if len(words) == 1 and words[0].start == 0 and not words[0].low.endswith("s"):
            # "Hohenried paid them": a noun would have an article.
            return True
        return all(word.is_proper or word.text in self.naming.proper for word in words)

    def _change_again(self, subject: str) -> str:
        """The change named before, of a subject that is only a change: ``the fall was 19%``."""
        grammar = self.grammar
        is_change = subject.lower() in grammar.rises | grammar.falls | grammar.changes
        return self.naming.last_change if is_change else ""

    def _gapped(self, at: int, verb: int | None) -> str:
        """The subject of a part of a sentence that leaves its verb out: ``…, the margin 7%``."""
        comma = next((place for place in range(at - 1, -1, -1) if self.clause.low(place) in (",", ";")), -1)
        if comma < 0 or (verb is not None and verb > comma) or self.clause.role(comma + 1) is Role.BREAK:
            return ""
        span = self.clause.name_from(comma + 1, reach=1)
        is_free = span and span[1] <= at and self.clause.role(span[0]) is Role.NAME
        return self.thing(span) if is_free else ""

    def _purpose(self, at: int) -> str:
        """What money is for: ``for warranty``, ``towards the fund``."""
        clause, place = self.clause, at + 1
        if clause.low(place) == "on" and clause.low(place + 1) == "average":
            place += 2
        if clause.low(place) not in ("for", "towards"):
            return ""
        inner = clause.name_from(place + 1, reach=0)
        if inner is None or self.has_time(place, inner[1] + 1):
            return ""
        return f"{clause.low(place)} {clause.label(*inner)}"

    def _put(self, at: int) -> str:
        """What is put at an amount: ``They put the average cost at $7,200``, ``bringing membership to 188,000``."""
        figure = self.figure(at)
        clause, verb = self.clause, self.clause.verb_before(at)
        first = clause.low(at).split()[0]
        is_put = clause.low(self.place_before(at)) in ("at", "to") or first in ("at", "below", "above")
        if verb is None or not is_put or clause.low(verb) not in _PUTTING:
            return ""
        start = verb + 1
        while clause.role(start) in (Role.TIME, Role.ADVERB):
            start += 1
        span = clause.name_from(start, reach=2)
        if span is None or span[1] > at:
            # "wants to bring it below 20 weeks"
            kind = "count" if figure.is_bare and "count" in self.naming.last else self.naming.last_kind
            return self.naming.last.get(kind, "") if clause.role(verb + 1) is Role.PRONOUN else ""
        label = clause.label(*span)
        return self.naming.recalled(figure) if label.lower() in self.grammar.anaphors | {"number"} else label

    def _made_up(self, at: int) -> str:
        """The share of a part in its whole: ``Tenants made up 27% of applicants``."""
        figure = self.figure(at)
        clause, verb = self.clause, self.clause.verb_before(at)
        if figure.kind != "share":
            return ""
        is_of = clause.low(at + 1) == "of"
        span = clause.subject_before(verb) if verb is not None else None
        if is_of and clause.low(at + 2) in ("it", "this", "that", "them"):
            # As in: staff costs swallow 71% of it.
            return self.grammar.share_of.format(clause.label(*span)) if span and span[0] < span[1] else ""
        if clause.low(at - 1) == "for" and clause.low(at - 2) in _MAKING_UP:
            span = clause.name_before(at - 2) or span
        elif verb is None or clause.low(verb) not in (_MAKING_UP | {"are", "were"} if is_of else _MAKING_UP):
            return ""
        if not span or span[0] == span[1]:
            return ""
        whole = clause.name_from(at + 2, reach=0) if is_of else None
        share = self.grammar.share_of.format(clause.label(*span))
        return f"{share} in {clause.label(*whole)}" if whole else share

    def _dimension(self, at: int) -> str:
        """What an adjective behind the number says is measured, of what: ``the lake is 94 m deep``."""
        figure = self.figure(at)
        noun = _DIMENSIONS.get(self.clause.low(at + 1)) if figure.kind == "amount" else None
        if noun is None:
            return ""
        verb = self.clause.verb_before(at)
        span = self.clause.subject_before(verb) if verb is not None else None
        if self.clause.low(self.place_before(at)) == ",":
            # "A pipeline to the river, 62 miles long, was rejected."
            span = self.clause.name_from(self.begin(self.place_before(at)), reach=0)
        of = self.clause.label(*span) if span and span[0] < span[1] else self.naming.subject
        return f"{noun} of {of}" if of else noun

    def _nearest(self, at: int) -> str:
        figure = self.figure(at)
        clause = self.clause
        for place in range(at, 0, -1):
            if clause.words[place - 1].text in ",;()" or clause.role(place - 1) is Role.NUMBER:
                break
            span = clause.name_before(place) if clause.role(place - 1) is Role.NAME else None
            if span and (label := self.thing(span)):
                return label
        if self.restates(at):
            return self.last_of(figure)
        return self.naming.recalled(figure) if figure.is_bare or figure.kind == "amount" else ""
