"""What a figure counts, and the names that stand beside it, in an English clause."""

from __future__ import annotations

from kb.intake.draft.clause import Span
from kb.intake.draft.named_figure import NamedFigure
from kb.intake.draft.own_name import ENDS, PER, OwnNames, without_participle
from kb.intake.draft.tagging import Role
from kb.intake.draft.verb_table import Form, english_forms, english_participle
from kb.numbers.word_tables import words

_FRONTED = words("across throughout")
"""Prepositions before what a sentence speaks of, with which it begins."""
SPENDING = words("spend spends spent spending invest invests invested go goes went gone")
_REMAINING = words("remain remains remained stand stands stood lie lay stay stayed went go sit sat")
ESTIMATING = words("""
estimate estimates estimated expect expects expected reckon reckons reckoned calculate calculates calculated assume
assumes forecast forecasts project projects say says said speak speaks spoke talk talks talked intend want wants plan
plans hope hopes aim aims claim claims allege alleges report reports reported put puts know knows knew confirm confirms
confirmed find finds found count counts counted""")
"""Verbs whose subject thinks or speaks of a number; they say nothing of what it measures."""
_RECEIVING = words(
    "received recorded welcomed attracted drew saw hosted reach reaches reached exceed exceeds exceeded "
    "total totals totalled number numbers numbered hit hits top tops topped manage manages managed turn turns turned"
)
"""Verbs that say nothing about what is counted."""
_MOTIONS = words("""
came come comes went go goes gone got took made did belonged belong belongs fell rose grew became stood lay sat turned
began started ended arrived remained stayed followed happened occurred seemed appeared live lives lived work works
worked meant needed had wanted said agreed""")
"""Finite verbs of a subject that add nothing to its name."""
_PARTICLES = words("out back off up aside down in over away on")
_KEPT_PARTICLES = words("out off back aside away")
_NO_ATTRIBUTES = words("to into below above by towards toward onto upon off after before until since as than per via")
"""Prepositions before what does not specify the thing in front of them."""
_COSTS = words("cost price fee")
_LONGEST_ENTRY = 7
_OWNERS = words("its their his her our my your")


class EnglishPhrases(OwnNames):
    """Names figures by what they count, and by what they stand beside."""

    def _of_many(self, at: int) -> str:
        """The thing of which a number counts some: ``41 of 96 coolers``, ``two of the three recommendations``."""
        figure = self.figure(at)
        clause, place = self.clause, at + 2
        while clause.role(place) in (Role.ARTICLE, Role.PRONOUN):
            place += 1
        if figure.noun >= 0 or clause.low(at + 1) != "of" or clause.role(place) is not Role.NUMBER:
            return ""
        whole = self.figures[clause.words[place].figure]
        noun = self._counted(place) if whole.noun >= 0 else self.naming.recalled(figure)
        said = self._deed(at) or self.predicate(place)
        return f"{without_participle(noun, self.grammar)} {said}".strip() if noun else ""

    def _counted(self, at: int) -> str:
        """The thing that the figure counts in its own words, with what specifies it and what is done with it."""
        figure = self.figure(at)
        if figure.noun < 0:
            return ""
        clause, noun, end = self.clause, self.noun(figure), at + 1
        while clause.role(end) is Role.NAME and figure.kind == "count" and end < at + 4:
            end += 1
        noun = f"{noun} {clause.label(at + 1, end)}".strip() if end > at + 1 else noun
        if self.is_whole(at):
            return noun
        if level := self._level_of(at):
            self.naming.noun = noun
            return level
        said = self._specification(end) or self._deed(at) or self._fronted(at)
        return f"{noun} {said}".strip()

    def _level_of(self, at: int) -> str:
        """What stands at a number of things: ``The waiting list stood at 17,300 patients``."""
        clause, verb = self.clause, self.clause.verb_before(at)
        if verb is None or clause.low(verb) not in self.grammar.equating:
            return ""
        span = clause.subject_before(verb)
        if not self.is_thing(span) or clause.low(self.place_before(at)) not in ("at", "to"):
            return ""
        return self.thing(span) if span and self.head(span) in self.grammar.quantities else ""

    def _fronted(self, at: int) -> str:
        """Where the sentence begins to speak of: ``Across the network the Authority counted 18 journeys``."""
        clause = self.clause
        if clause.low(0) not in _FRONTED or any(clause.role(place) is Role.NUMBER for place in range(at)):
            return ""
        inner = clause.name_from(1, reach=0)
        if inner is None or self.has_time(0, inner[1] + 1):
            return ""
        return " ".join((clause.low(0), *(word.text for word in clause.words[1 : inner[1]])))

    def _specification(self, at: int) -> str:
        """What specifies a counted thing: ``stationed at Fenwick Lane``, ``at the depot``, ``were received``."""
        clause, place = self.clause, at
        if clause.low(place) in ("that", "which", "who"):
            place += 1
        passed = place
        while clause.role(place) is Role.ADVERB or (
            clause.role(place) is Role.VERB and clause.low(place) in self.grammar.auxiliaries | self.grammar.modals
        ):
            place += 1
        to_come = clause.low(place) == "to" and place > passed
        place += to_come
        if clause.role(place) is Role.VERB and clause.words[place].form is Form.BASE:
            # "60 beds would close", "200 jobs are to go"
            is_passive = clause.low(place) == "be" and clause.form(place + 1) is Form.PARTICIPLE
            is_told = is_passive or clause.low(place) not in self.grammar.light | self.grammar.equating | {"be", "cost"}
            said = f"be {clause.low(place + 1)}" if is_passive else clause.low(place)
            return f"to {said}" if is_told else ""
        if clause.role(place) is Role.VERB:
            return self._said_of(place, is_passive=place > passed)
        follows_verb = clause.role(place - 1) is Role.VERB
        if follows_verb and clause.role(place) is Role.NAME and clause.role(place + 1) in (*ENDS, Role.PREPOSITION):
            # "140 posts are vacant"
            return clause.words[place].text
        return self._attribute(place)

    def _said_of(self, at: int, *, is_passive: bool) -> str:
        """What a verb at the word ``at`` says of the thing in front of it."""
        clause, low = self.clause, self.clause.low(at)
        if low in _REMAINING and clause.role(at + 1) is Role.NAME and clause.role(at + 2) in ENDS:
            # "48 posts remain unfilled"
            return clause.words[at + 1].text
        form = clause.words[at].form
        if low in self.grammar.light | self.grammar.equating | _MOTIONS:
            # "patients went home with a new hip"
            while clause.role(at + 1) is Role.ADVERB:
                at += 1
            return self._attribute(at + 1) if clause.low(at + 1) in ("with", "without") else ""
        is_deed = is_passive or form in (Form.PARTICIPLE, Form.GERUND) or self._is_intransitive(at)
        if not is_deed or form is Form.BASE:
            return ""
        particle = clause.low(at + 1) if clause.low(at + 1) in _KEPT_PARTICLES else ""
        return " ".join(
            filter(None, (clause.words[at].text, particle, self._attribute(at + 1 + bool(particle), deed=True)))
        )

    def _is_intransitive(self, at: int) -> bool:
        """Whether a past says by itself what things did: ``departures ran``, ``people joined``."""
        following = self.clause.role(at + 1)
        return self.clause.words[at].form is Form.PAST and following in (*ENDS, Role.PREPOSITION, Role.ADVERB)

    def _phrase(self, at: int) -> Span | None:
        """The name behind a preposition at the word ``at``, with neither a time nor only a name of a place in it."""
        if self.clause.role(at) is not Role.PREPOSITION:
            return None
        inner = self.clause.name_from(at + 1, reach=0)
        return inner if inner and not self.has_time(at, inner[1] + 1) else None

    def _attribute(self, at: int, *, deed: bool = False) -> str:
        """A phrase that specifies what stands before it: ``for planned surgery``; not where somebody goes."""
        low, inner = self.clause.low(at), self._phrase(at)
        if inner is None or (low in _NO_ATTRIBUTES and not (deed and low == "to")):
            return ""
        words = [word for word in self.clause.words[at + 1 : inner[1]] if word.low not in _OWNERS]
        return " ".join((low, *(word.noun or word.text for word in words)))

    def _deed(self, at: int) -> str:
        """The participle of a verb whose object the figure is: ``We delivered 186 buses``."""
        clause, place = self.clause, self.place_before(at)
        particle = ""
        if clause.low(place) in ("out", "off", "back", "up", "down", "aside") or (
            clause.low(place) in _PARTICLES and clause.role(place - 1) is Role.VERB
        ):
            particle, place = clause.low(place), place - 1
        elif clause.low(place + 1) in ("out", "off", "back", "up", "down", "aside"):
            particle = clause.low(place + 1)
        low = clause.low(place)
        silent = self.grammar.light | self.grammar.equating | self.grammar.auxiliaries | _RECEIVING | ESTIMATING
        if clause.role(place) is not Role.VERB:
            return ""
        if low in silent:
            return ""
        return f"{english_participle(low)} {particle if particle in _KEPT_PARTICLES else ''}".strip()

    def _again(self, at: int) -> str:
        """The last thing that was counted, of a bare number: ``65 were in working order``, ``41 refused``."""
        figure = self.figure(at)
        recalled = self._recalled_things(at)
        verb = self.clause.verb_before(at)
        span = self.clause.subject_before(verb) if verb is not None else None
        if figure.is_bare and span and span[0] == span[1] and self._is_equating(verb) and figure is not self.figures[0]:
            # "A call takes 19 minutes; in 2023 it was 26."
            return self.naming.last.get(self.naming.last_kind, "")
        has_name = self.is_thing(span)
        if not figure.is_bare or not recalled:
            return ""
        if has_name and verb is not None and self.clause.low(verb) in self.grammar.equating:
            return ""
        if verb is not None and span is not None and span[0] == span[1] and self.naming.first:
            # "A year earlier it was home to 61": the pronoun stands for what the sentence before was about.
            recalled = self.naming.first
        base = without_participle(recalled, self.grammar)
        follows = self.clause.role(at + 1) is Role.VERB or self.clause.low(at + 1) in ("of", "at", "on", "in", "who")
        if not follows and (deed := self._deed(at)):
            return f"{base} {deed}"
        said = self.predicate(at) if follows and not self.clause.low(at + 1).isdigit() else ""
        return f"{base} {said}".strip() if said else recalled

    def _of_fronted(self, at: int) -> str:
        """What a sentence takes a part of, before its comma: ``Of all sailings last year, 96% left on time``."""
        figure = self.figure(at)
        clause, first = self.clause, self._first_word()
        comma = next((place for place in range(first, at) if clause.low(place) == ","), None)
        if clause.low(first) != "of" or comma is None or self.place_before(at) != comma or figure.noun >= 0:
            return ""
        span = clause.name_from(first + 1, reach=1)
        number = next((place for place in range(first, comma) if clause.role(place) is Role.NUMBER), None)
        label = clause.label(*span) if span and span[1] <= comma else ""
        label = label or self.naming.last.get("count", "") or (self.naming.noun if number is not None else "")
        if not label or figure.kind not in ("share", "count"):
            return ""
        if figure.kind == "share":
            return f"{self.grammar.share_of.format(label)} {self._share_said(at, at + 1)}".strip()
        return f"{without_participle(label, self.grammar)} {self.predicate(at)}".strip()

    def _first_word(self) -> int:
        return next((at for at in range(len(self.clause.words)) if self.clause.role(at) is not Role.SIGN), 0)

    def _is_equating(self, verb: int | None) -> bool:
        return verb is not None and self.clause.low(verb) in self.grammar.equating

    def _recalled_things(self, at: int) -> str:
        """The things counted last; of people whom nobody counted before the subject of the sentence before."""
        figure = self.figure(at)
        recalled = self.naming.last.get("count", "") or self.naming.recalled(figure)
        if recalled and self.naming.last_kind == "amount" and not self.literal(figure)[-1].isdigit():
            return self.naming.noun
        if not recalled and self.clause.low(at + 1) == "who":
            return self.naming.subject or "people"
        if not recalled and figure.is_bare:
            return self._topic(at)
        return recalled

    def _topic(self, at: int) -> str:
        """What a sentence speaks of before the clause of a number: ``Complaints rose: the desk logged 1,930``."""
        clause, verb = self.clause, self.clause.verb_before(at)
        start = self.begin(verb if verb is not None else at)
        for place in range(start):
            span = clause.subject_before(place) if clause.is_finite(place) else None
            if self.is_thing(span) and span and clause.low(span[1] - 1).endswith("s"):
                return self.thing(span)
        return ""

    def _of_with_deed(self, at: int) -> str:
        """The name before an ``of``, with what was done with the money: ``State aid of £5 million was awarded``."""
        figure = self.figure(at)
        place = self.place_before(at)
        if self.clause.low(place) != "of":
            return ""
        label = self._name_at(place)
        verb = at + 1
        if not label or figure.kind != "money" or self.clause.low(verb) not in self.grammar.auxiliaries:
            return label
        deed = self.group_end(verb)
        silent = self.grammar.light | self.grammar.equating
        return f"{label} {self.clause.low(deed)}" if self.clause.low(deed) not in silent else label

    def _name_at(self, end: int) -> str:
        """The name that ends before the word ``end``; of ``a cost to the public of £9m`` the cost."""
        clause = self.clause
        span = clause.name_before(end)
        if span is None:
            return ""
        link = span[0] - 1
        while clause.role(link) is Role.ARTICLE:
            link -= 1
        outer = clause.name_before(link) if clause.role(link) is Role.PREPOSITION else None
        is_outer = outer is not None and clause.low(outer[1] - 1) in self.grammar.quantities
        span = outer if outer and is_outer else span
        label = self.thing(span)
        counted = self.naming.last.get("count", "") if not is_outer else ""
        if label.lower() in _COSTS and counted and clause.low(span[0] - 1) in ("a", "an"):
            # "Some 640 trees were planted, at a cost of €210 each."
            return f"{label} of {without_participle(counted, self.grammar)}"
        return label if label.lower() not in self.grammar.times else ""

    def _beside(self, at: int) -> str:
        """The name right before the figure: ``Operating profit £5.6m``, ``Volunteers: 460``, ``the margin (7%)``."""
        clause, place = self.clause, self.place_before(at)
        if clause.low(place) == "," and clause.low(at + 1) == "," and (named := self.thing(clause.name_before(place))):
            # "Net debt, £5m, was", "Den Rest, 75 Prozent, trägt"
            return named
        while clause.words[place].text in ":(" and place > 0:
            place -= 1
        is_parted = place < self.place_before(at)
        if is_parted and (entry := self._entry(place + 1)):
            return entry
        if clause.role(place) is not Role.NAME:
            return self._deed_listed(place) if is_parted else ""
        span = clause.name_before(place + 1)
        has_verb = clause.verb_before(at) is not None
        before = span[0] - 1 if span else 0
        while clause.role(before) is Role.ARTICLE:
            before -= 1
        in_phrase = clause.role(before) is Role.PREPOSITION
        if span is None or (has_verb and not is_parted) or (in_phrase and not is_parted and has_verb):
            return ""
        if in_phrase and (outer := clause.name_before(before)):
            span = outer[0], span[1]
        label = self.thing(span)
        return label if label.lower() not in self.grammar.times else ""

    def _entry(self, end: int) -> str:
        """All of an entry of a list before its colon: ``Near misses reported by staff: 317``."""
        clause, first = self.clause, self._first_word()
        inside = range(first, end)
        is_other = any(
            self._makes_clause(place)
            or (clause.role(place) is Role.BREAK and clause.low(place) not in ("who", "and", "or"))
            or clause.role(place) in (Role.PRONOUN, Role.SIGN, Role.NUMBER, Role.TIME)
            for place in inside
        )
        has_name = any(clause.role(place) is Role.NAME for place in inside)
        if clause.low(end) != ":" or is_other or not has_name or len(inside) > _LONGEST_ENTRY:
            return ""
        return clause.label(first, end)

    def _makes_clause(self, at: int) -> bool:
        """Whether a verb can be no participle: an entry of a list has none but such ones."""
        return self.clause.is_finite(at) and Form.PARTICIPLE not in english_forms(self.clause.low(at))

    def _deed_listed(self, place: int) -> str:
        """An entry of a list with what was done: ``Children's books lent: 780,000``."""
        first = self.begin(place + 1)
        while self.clause.role(first) is Role.SIGN and first < place:
            first += 1
        span = self.clause.name_from(first, reach=1)
        return self.clause.label(span[0], place + 1) if span and place - span[0] < 8 else ""

    def _behind(self, at: int) -> str:
        """The name behind the figure: ``58% of the fleet``, ``£5 million on dredging``, ``a £5m grant``."""
        figure = self.figure(at)
        clause, link = self.clause, at + 1
        is_of_times = figure.kind == "share" and clause.low(link) == "of" and clause.role(link + 1) is Role.TIME
        if is_of_times and clause.role(link + 2) in (Role.SIGN, Role.PREPOSITION, Role.VERB):
            # As in: temperatures were logged on 88% of days.
            return self.grammar.share_of.format(clause.low(link + 1))
        first = self._behind_link(figure, link)
        span = clause.name_from(first, reach=1) if first else None
        if span is None or self.has_time(link, span[1]):
            return ""
        label = clause.label(span[0], self._with_deed(span[1]))
        verb = clause.verb_before(at)
        if label and clause.low(link) == "on":
            is_spent = verb is None or clause.low(verb) in SPENDING
            return f"spending on {label}" if is_spent else label
        if figure.kind == "amount" and label and clause.low(link) == "of":
            # "We shipped 1.9 GW of modules."
            return f"{label} {self._deed(at) or self._specification(span[1])}".strip()
        if figure.kind == "share" and label:
            return self._share(at, span, label)
        if figure.kind == "count" and clause.low(link) == "of":
            # "1,890 of last year's patients went home with a new hip"
            return f"{clause.label(*span)} {self._specification(span[1])}".strip()
        return label

    def _share(self, at: int, span: Span, label: str) -> str:
        """The share of a thing: of what, and what is said of that part of it."""
        clause = self.clause
        place = at - 1
        holder = clause.name_before(at) if clause.role(place) is Role.NAME else None
        verb = clause.verb_before(at)
        if holder and verb is None and self.is_thing(holder):
            # As in: Electric buses 71% of deliveries.
            return f"{self.grammar.share_of.format(clause.label(*holder))} in {label}"
        verb = clause.verb_behind(span[1] - 1)
        last = self.group_end(verb) if verb is not None else 0
        if verb is not None and last > verb and clause.words[last].form is Form.PARTICIPLE:
            # As in: 7% of the operations booked at the hub were called off.
            particle = clause.low(last + 1) if clause.low(last + 1) in _KEPT_PARTICLES else ""
            return " ".join(
                f"{self.grammar.share_of.format(clause.label(*span))} {clause.low(last)} {particle}".split()
            )
        said = self._state(span[1]) or ("" if label != clause.label(*span) else self._share_said(at, span[1]))
        return f"{self.grammar.share_of.format(label)} {said}".strip()

    def _share_said(self, at: int, end: int) -> str:
        """What is said of a share of things behind it, or done with it: ``were reached``, ``We re-inspect 5%``."""
        clause = self.clause
        if clause.role(end) is Role.VERB:
            last = self.group_end(end)
            if clause.words[last].form is Form.PARTICIPLE and last > end:
                return clause.words[last].text
        return self._deed(at) if clause.verb_behind(at) is None else ""

    def _state(self, at: int) -> str:
        """In what state a share of things is: ``3% of readings are missing``; empty where no adjective says it."""
        clause = self.clause
        is_state = clause.role(at + 1) is Role.NAME or clause.low(at + 1) == "missing"
        if clause.low(at) not in ("is", "are", "was", "were") or not is_state:
            return ""
        return clause.words[at + 1].text if clause.role(at + 2) in ENDS else ""

    def _behind_link(self, figure: NamedFigure, link: int) -> int:
        """Where a name may begin behind the figure, over the word ``link`` that leads to it; 0 for nowhere."""
        clause, word = self.clause, self.clause.low(link)
        if word == "of":
            return link + 1
        if figure.kind == "money" and word in ("in", "on", "towards", "toward"):
            verb = clause.verb_before(link)
            return link + 1 if word == "on" or verb is None or clause.low(verb) not in SPENDING else 0
        if figure.kind == "share":
            return 0
        return link if clause.role(link) is Role.NAME and not PER.search(self.literal(figure)) else 0

    def _with_deed(self, end: int) -> int:
        """Behind the participle that follows a name: ``state aid awarded``, ``departures ran``."""
        clause, said = self.clause, self.clause.low(end)
        is_verb = clause.role(end) is Role.VERB and said not in self.grammar.light | self.grammar.auxiliaries
        is_deed = clause.words[end].form is Form.PARTICIPLE if is_verb else False
        if is_verb and (is_deed or (said not in _MOTIONS and self._is_intransitive(end))):
            return end + 1 + (clause.low(end + 1) in ("out", "back", "off"))
        return end

    def _worth(self, at: int) -> str:
        """What is worth an amount: ``two tenders worth about €24m``."""
        place = self.place_before(at)
        if self.clause.low(place) != "worth":
            return ""
        if self.clause.role(place - 1) is Role.NUMBER:
            whole = self.figures[self.clause.words[place - 1].figure]
            return f"value of {self.noun(whole)}" if whole.noun >= 0 else ""
        span = self.clause.name_before(place)
        return f"value of {self.clause.label(*span)}" if span else ""

    def predicate(self, at: int) -> str:
        """What is said of the figure behind it: ``paid out``, ``on loan``, ``made on concession passes``."""
        clause, place = self.clause, at + 1
        if clause.low(place) == "of":
            place += 2
        start = self._deed_behind(place)
        if start is None:
            return self._deed(at)
        end = start + 1
        while end < len(clause.words) and clause.words[end].low in ("out", "back", "off", "up"):
            end += 1
        inner = clause.name_from(end + 1 if clause.role(end) is Role.PREPOSITION else end, reach=0)
        if inner and not self.has_time(end, inner[1] + 1) and inner[1] - end <= 5:
            end = inner[1]
        is_deed = clause.low(start).endswith(("ed", "en", "n", "t", "d"))
        follows = clause.role(start + 1) is Role.PREPOSITION and end > start + 1
        if clause.role(start) is Role.VERB and not is_deed and follows:
            # "1,850 of them work at Quellstadt": where they do says it.
            start += 1
        return " ".join(word.text for word in clause.words[start:end] if word.role is not Role.ARTICLE)

    def _deed_behind(self, place: int) -> int | None:
        """The first verb that says something, or preposition that follows one, from the word ``place`` on."""
        clause = self.clause
        silent = self.grammar.auxiliaries | self.grammar.light | self.grammar.modals
        while place < len(clause.words) and clause.words[place].text not in ",;.()":
            if clause.role(place) is Role.VERB and clause.low(place) not in silent:
                return place
            before = clause.role(place - 1)
            if clause.low(place) == "to" and clause.role(place + 1) is Role.VERB:
                place += 1
                continue
            if clause.role(place) is Role.PREPOSITION and before in (Role.VERB, Role.ADVERB, Role.NUMBER):
                return place
            if clause.role(place) is Role.NAME and before is Role.VERB:
                # "were electronic"
                return place
            place += 1
        return None
