"""What the figures of a sentence measure, as its words say; for languages whose words stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.intake.draft.clause import Clause
from kb.intake.draft.grammar import GRAMMARS, Grammar
from kb.intake.draft.named_figure import Name, NamedFigure, Naming, Relation
from kb.intake.draft.own_english import EnglishNames
from kb.intake.draft.own_german import GermanNames
from kb.intake.draft.own_name import OwnNames
from kb.intake.draft.tagging import Role
from kb.numbers.scan import ChangeRole
from kb.numbers.word_tables import words


def names_in(sentence: str, figures: Sequence[NamedFigure], language: str, naming: Naming) -> list[Name]:
    """The name of each of the ``figures`` of a ``sentence``; ``naming`` is kept up to date."""
    grammar = GRAMMARS.get(language, GRAMMARS["en"])
    nouns = [" ".join(sentence[figure.noun : figure.end].split()) if figure.noun >= 0 else "" for figure in figures]
    clause = Clause.of(sentence, [(figure.start, figure.end) for figure in figures], grammar, nouns)
    own = GermanNames if grammar.noun_capitals else EnglishNames
    namer = _Namer(own(clause, figures, naming))
    names = []
    for number, figure in enumerate(figures):
        name = namer.name(number)
        names.append(name)
        if name.relation is Relation.OWN:
            naming.remember(figure, name.label)
    namer.keep_subject()
    counted = [noun for noun in nouns if noun]
    naming.noun = counted[-1] if counted else naming.noun
    if figures:
        naming.first = next(
            (name.label for name in names if name.relation is Relation.OWN and name.label), naming.first
        )
    return names


_CHANGING = words("""
cut cuts cutting reduce reduces reduced reducing lower lowers lowered raise raises raised increase increases
increased lift
lifted lifts improve improved improves trim trimmed slash slashed boost boosted shorten shortened extend extended""")
"""Verbs of a change that somebody makes."""
_UP_OF_NO_RISE = words("""
eat eats ate add adds added use uses used give gives gave bring brings brought
made make makes making sign signed set take took taken end ended turn turned pick picked""")
_PLANS = words("budget plan forecast estimate target haushalt etat ansatz prognose")
_REACHING = words("to at auf")
"""Words between the amount of a change and the level after it."""
_LEVELS = words("below above under over to at unter über auf bei")
"""Words before a level, which is no amount of a change: ``falls below €90``."""

_SIZES = words("""
sharp slight small big large steep modest further annual yearly average net year-on-year similar likely expected planned
real nominal underlying corresponding total overall combined additional mean median record significant marked""")
"""Adjectives of a change that do not say what changes."""
_COMPARATIVES = words("more mehr higher höher dearer less fewer weniger lower niedriger")


class _Namer:
    """Names the figures of one sentence: by those before them, or by their ``own`` words."""

    def __init__(self, own: OwnNames) -> None:
        self._own = own
        self._clause, self._figures, self._naming, self._grammar = own.clause, own.figures, own.naming, own.grammar
        self._labels: dict[int, str] = {}
        self._changes: dict[int, str] = {}
        """The changes of the sentence, with what changed."""

    def name(self, number: int) -> Name:
        figure = self._figures[number]
        at = self._clause.figure_at(number)
        name = (
            self._change(figure, at)
            or self._compared(figure, number, at)
            or self._part(figure, number, at)
            or self._level_after(figure, number)
            or Name(self._own.own(at))
        )
        label = name.label
        is_new = (
            re.search(rf"(?i)\b(?:an?|eine[nm]?|ein) (?:[\w-]+ )?{re.escape(label)}\b", self._clause.text) is not None
        )
        if name.relation is Relation.OWN and label.lower() in self._grammar.anaphors and not is_new:
            label = self._naming.recalled(figure)
        self._labels[number] = label
        if name.relation is Relation.CHANGE:
            self._changes.setdefault(number, "")
            self._naming.last_change = label or self._naming.last_change
            if label:
                self._naming.last.setdefault(figure.kind, label)
        return Name(label, name.relation)

    def keep_subject(self) -> None:
        """Keeps what the sentence is about, for a pronoun in the next one."""
        clause = self._clause
        verb = next((at for at in range(len(clause.words)) if clause.role(at) is Role.VERB), None)
        span = clause.subject_before(verb) if verb else None
        if span and span[0] < span[1]:
            self._naming.subject = clause.label(*span)

    # Changes

    def _change(self, figure: NamedFigure, at: int) -> Name | None:
        form = self._change_form(figure, at)
        if not form:
            return None
        clause = self._clause
        if whole := self._compound_change(at):
            return Name(whole, Relation.CHANGE)
        behind = self._behind_alternative(at)
        if clause.low(behind) in ("more", "less", "fewer") and clause.role(behind + 1) is Role.NAME and figure.noun < 0:
            # As in: 40% less silt.
            span = clause.name_from(behind + 1, reach=1)
            return Name(_joined(form, clause.label(*span), self._grammar), Relation.CHANGE) if span else None
        is_excess = clause.low(behind) in ("more", "less") and clause.low(behind + 1) == "than"
        if is_excess and (span := clause.name_from(behind + 2, reach=1)):
            excess = "excess over {}" if clause.low(behind) == "more" else "shortfall from {}"
            return Name(excess.format(clause.label(*span)), Relation.CHANGE)
        is_bare = figure.is_bare and clause.low(behind) in _COMPARATIVES
        counted = self._last_level() if is_bare or self._is_appended(at) else ""
        base = (
            counted
            or (self._naming.last.get("count", "") if is_bare else "")
            or self._changed_thing(at)
            or self._last_level()
            or self._naming.recalled(figure)
            or self._last_label()
        )
        self._changes[self._clause.words[at].figure] = base
        return Name(_joined(form, base, self._grammar) if base else "", Relation.CHANGE)

    def _compound_change(self, at: int) -> str:
        """A change with a name of its own: ``a pay rise of 2.8%``."""
        clause = self._clause
        span = clause.name_before(at - 1) if clause.low(at - 1) in self._grammar.of else None
        if span is None or span[1] - span[0] < 2 or self._grammar.noun_capitals:
            return ""
        is_change = self._form_of(clause.low(span[1] - 1)) != ""
        is_kind = any(clause.low(place) not in _SIZES for place in range(span[0], span[1] - 1))
        return clause.label(*span) if is_change and is_kind and span[1] - span[0] < 4 else ""

    def _change_form(self, figure: NamedFigure, at: int) -> str:
        """How the change is called whose amount the figure is; empty where it is none."""
        clause, grammar = self._clause, self._grammar
        is_level = clause.low(at - 1) in _LEVELS or clause.words[at].low.split()[0] in _LEVELS
        if is_level or (figure.noun >= 0 and figure.change is not ChangeRole.CHANGE_BY):
            return ""
        cues = self._cues_before(at)
        leads = cues[:1] and cues[0] in (*grammar.of, *grammar.change_amounts, "a", "einen", "einem")
        for cue in cues[: 2 if leads else 1]:
            if form := self._form_of(cue):
                return form
        behind = self._behind_alternative(at)
        if clause.low(behind) in _COMPARATIVES and self._ends_comparison(behind):
            return self._form_of(clause.low(behind))
        if figure.change is not ChangeRole.CHANGE_BY and not (cues and cues[0] in grammar.change_amounts):
            return ""
        spread = {word.low for word in clause.words} - _COMPARATIVES
        forms = (self._form_of(word) for word in sorted(spread & self._cues))
        return next((form for form in forms if form), grammar.change_in)

    def _cues_before(self, at: int) -> list[str]:
        """The words right before the figure, the nearest first, as far as nothing parts them from it."""
        cues = []
        for place in range(at - 1, max(at - 5, -1), -1):
            word = self._clause.words[place]
            if word.text in ",;:()" or (word.role is Role.NUMBER and word.figure >= 0):
                break
            if word.low == "up" and self._clause.low(place - 1) in _UP_OF_NO_RISE:
                continue
            cues.append(word.low)
        return cues

    def _form_of(self, cue: str) -> str:
        if cue in _LEVELS:
            return ""
        if cue in self._grammar.falls:
            return self._grammar.fall_in
        if cue in self._grammar.rises:
            return self._grammar.rise_in
        return self._grammar.change_in if cue in self._grammar.changes else ""

    def _behind_alternative(self, at: int) -> int:
        """The word behind a figure and another wording of it: ``£9.4 million, or 24 per cent, more``."""
        clause, place = self._clause, at + 1
        first = place + 1 if clause.low(place) == "," else place
        if clause.low(first) in ("or", "oder") and clause.role(first + 1) is Role.NUMBER:
            place = first + 2
            place += clause.low(place) == ","
        elif clause.low(at - 1) in ("or", "oder") and clause.low(place) == ",":
            place += 1
        return place

    def _ends_comparison(self, at: int) -> bool:
        """Whether a comparative at the word ``at`` is all of it, or says of what there is more: ``40% less silt``."""
        following = self._clause.role(at + 1)
        if self._clause.low(at + 1) in ("than", "als", "") or following in (Role.SIGN, Role.BREAK):
            return True
        if self._clause.low(at) in ("more", "less", "fewer", "mehr", "weniger"):
            is_share = self._clause.words[at - 1].text.rstrip().endswith(("%", "cent"))
            return following is Role.NAME and is_share and not self._grammar.noun_capitals
        return following in (Role.ADVERB, Role.TIME, Role.PREPOSITION)

    def _changed_thing(self, at: int) -> str:
        verb = self._clause.verb_before(at)
        if thing := self._object_of_change(verb, at):
            return thing
        if self._grammar.noun_capitals and verb is None and (subject := self._own.subject(at)):
            # "Um 8 Prozent ging der Verbrauch zurück."
            return subject
        verb = at if self._clause.role(at) is Role.VERB else verb
        span = self._clause.subject_before(verb) if verb is not None else None
        if span and span[0] == span[1]:
            return self._naming.subject
        if span:
            label = self._clause.label(*span)
            return "" if label.lower() in self._grammar.anaphors else label
        first = at
        while first > 0 and self._clause.words[first - 1].text not in ",;:()–—":
            first -= 1
        while first < at and self._clause.role(first) is Role.SIGN:
            first += 1
        place = first
        while place < at and self._clause.role(place) is Role.NAME and self._clause.low(place) not in self._cues:
            place += 1
        return self._clause.label(first, place) if place > first else ""

    def _is_appended(self, at: int) -> bool:
        """Whether the change follows the number that changed, with no verb between: ``84,000 visitors, up 12%``."""
        for place in range(at - 1, -1, -1):
            if self._clause.role(place) is Role.NUMBER:
                return True
            is_list = self._clause.role(place - 1) is Role.NAME and self._clause.role(place + 1) is Role.NAME
            is_joined = self._clause.low(place) in ("and", "und") and not is_list
            if self._clause.is_finite(place) or is_joined or self._clause.low(place) == ";":
                return False
        return False

    def _object_of_change(self, verb: int | None, at: int) -> str:
        """What is changed by somebody: ``cut their heating by 18 per cent``, ``den Ausstoß um 320 Tonnen senken``."""
        clause = self._clause
        if clause.low(at - 1) not in self._grammar.change_amounts:
            return ""
        if self._grammar.noun_capitals:
            span = clause.name_before(at - 1)
            is_object = span is not None and clause.low(span[0] - 1) in (
                "den",
                "die",
                "das",
                "ihren",
                "ihre",
                "seinen",
                "seine",
            )
            return clause.label(*span) if span and is_object and verb is not None and verb < span[0] else ""
        if verb is None or clause.low(verb) not in _CHANGING:
            return ""
        span = clause.name_from(verb + 1, reach=2)
        return clause.label(*span) if span and span[1] <= at - 1 else ""

    @property
    def _cues(self) -> frozenset[str]:
        return self._grammar.rises | self._grammar.falls | self._grammar.changes

    def _last_level(self) -> str:
        """The name of the last figure of the sentence that is no change."""
        levels = [number for number in self._labels if number not in self._changes and self._labels[number]]
        return self._labels[levels[-1]] if levels else ""

    def _last_label(self) -> str:
        return self._naming.last.get(self._naming.last_kind, "")

    # Comparisons

    def _level_after(self, figure: NamedFigure, number: int) -> Name | None:
        """The second level of a change: ``from 5.5% to 7.0%``."""
        if (
            number
            and self._changes.get(number - 1)
            and self._clause.low(self._clause.figure_at(number) - 1) in _REACHING
        ):
            # As in: up 11% to £163m.
            return Name(self._changes[number - 1])
        if figure.change is not ChangeRole.LEVEL_AFTER or not number:
            return None
        is_pair = self._figures[number - 1].change is ChangeRole.LEVEL_BEFORE and self._labels.get(number - 1)
        return Name(self._labels[number - 1]) if is_pair else None

    def _compared(self, figure: NamedFigure, number: int, at: int) -> Name | None:
        if not (number or self._naming.last_kind) or figure.noun >= 0:
            return None
        in_brackets = self._is_in_brackets(at)
        is_second = number > 0 and self._figures[number - 1].kind == figure.kind
        if in_brackets and (is_second or figure.is_bare) and number > 0:
            return Name(self._recalled_here(figure, number), Relation.COMPARED)
        if not self._is_compared(at):
            return None
        if plan := self._plan(at):
            return Name(plan)
        is_appended = figure.change is ChangeRole.LEVEL_BEFORE and number > 0 and self._is_appended(at)
        if is_appended and (label := self._recalled_here(figure, number)):
            return Name(label, Relation.COMPARED)
        if figure.change is ChangeRole.LEVEL_BEFORE and not (number and is_second):
            own = self._changed_thing(at)
            return Name(own) if own else None
        if number and (is_second or figure.is_bare):
            return Name(self._recalled_here(figure, number), Relation.COMPARED)
        return None

    def _plan(self, at: int) -> str:
        """The plan that holds the number: ``against £38.5 million in the budget``."""
        if self._clause.low(at + 1) not in ("in", "under", "im", "laut"):
            return ""
        span = self._clause.name_from(at + 2, reach=0)
        return self._clause.label(*span) if span and self._clause.low(span[1] - 1) in _PLANS else ""

    def _is_in_brackets(self, at: int) -> bool:
        """Whether the figure is all that brackets say, but for a time: ``(Vorjahr: 10,2 Prozent)``."""
        opened = next((place for place in range(at - 1, max(at - 8, -1), -1) if self._clause.low(place) in "()"), -1)
        if opened < 0 or self._clause.low(opened) != "(":
            return False
        return all(self._clause.role(place) is not Role.NUMBER for place in range(opened, at))

    def _is_compared(self, at: int) -> bool:
        place = at
        while self._clause.role(place - 1) in (Role.ARTICLE, Role.ADVERB):
            place -= 1
        before = " ".join(self._clause.low(at) for at in range(max(place - 3, 0), place))
        return any(re.search(rf"(?:^|\s){re.escape(phrase)}$", before) for phrase in self._grammar.comparing)

    def _recalled_here(self, figure: NamedFigure, number: int) -> str:
        for earlier in range(number - 1, -1, -1):
            other = self._figures[earlier]
            if earlier in self._changes:
                continue
            if self._labels.get(earlier) and (figure.is_bare or other.kind == figure.kind):
                return self._labels[earlier]
        return self._naming.recalled(figure)

    # Parts of what was counted before

    def _part(self, figure: NamedFigure, number: int, at: int) -> Name | None:
        if spent := self._own.spent_on(at):
            return Name(spent, Relation.PART)
        if there := self._antecedent(figure, at):
            return Name(there)
        whole = self._recalled_here(figure, number) if figure.noun < 0 and figure.kind != "share" else ""
        said = self._own.predicate(at) if whole and self._is_part(number, at) else ""
        return Name(self._own.part_of(whole, said), Relation.PART) if said else None

    def _antecedent(self, figure: NamedFigure, at: int) -> str:
        """The things of which there are so many: ``Mobile vans, of which there are four``."""
        clause = self._clause
        for place in range(at - 1, max(at - 6, 1), -1):
            if clause.low(place) == "which" and clause.low(place - 1) == "of" and figure.is_bare:
                is_there = clause.low(place + 1) == "there"
                span = clause.name_before(place - 1 - (clause.low(place - 2) == ","))
                return clause.label(*span) if span and is_there else ""
        return ""

    def _is_part(self, number: int, at: int) -> bool:
        """Whether the figure is some of what was counted before: ``of which 46``, ``11 of these``."""
        clause = self._clause
        if number and clause.low(0) in ("of", "von") and clause.role(1) in (Role.ARTICLE, Role.NUMBER):
            return True
        if clause.low(at + 1) == "of" and clause.low(at + 2) in ("them", "these", "those", "which"):
            return True
        pattern = "|".join(map(re.escape, self._grammar.partitive))
        return (
            re.search(
                rf"(?:^|[\s,;.])(?:{pattern})\b[^;.]*$",
                " ".join(word.low for word in self._clause.words[max(at - 8, 0) : at]),
            )
            is not None
        )


def _joined(form: str, base: str, grammar: Grammar) -> str:
    return form.replace("{}", f"({base})") if grammar.noun_capitals else form.format(base)
