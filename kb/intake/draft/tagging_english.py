"""The words of an English sentence by what they do in it: nouns are told from verbs by the words around them."""

from __future__ import annotations

from kb.intake.draft.tagging import Role, Tag, Tagger
from kb.intake.draft.verb_table import Form, english_forms
from kb.numbers.word_tables import words

_MODALS = words("will would shall should can could may might must do does did cannot") | {"'ll", "'d", "n't"}
_BE = words("be is are was were been being get gets got") | {"'re", "'s", "'m"}
_HAVE = words("have has had having") | {"'ve", "'d", "'s"}
_RELATIVES = words("which who that")
_SUBJECTS = words("i we they he she it which who there what that you this")
"""Words that a verb follows."""
_PLURAL_SUBJECTS = words("these those both all some most many few others half")
_NOUNS_IN_ING = words("""
building buildings housing funding spending saving heating lighting parking shipping farming fishing mining banking
training meeting opening crossing reading sailing wedding hearing finding warning painting offering ceiling evening
morning nothing something anything everything king ring spring string thing wing clothing engineering nursing recycling
dredging pricing rating ranking listing landing holding filling dwelling drawing meaning beginning cleaning timing
""")
"""Nouns that are seldom the form of a verb."""
_NOUNS_IN_LY = words("""
supply family assembly rally tally reply ally fly jelly anomaly monopoly july elderly friendly italy monthly weekly
daily yearly hourly quarterly poly belly lily bully early costly deadly""")
_PLURALS = words("people police staff them these those us children men women")
_SPEECH = words("""
say says said claim claims claimed show shows showed think thinks thought find finds found believe believes believed
estimate estimates estimated expect expects expected report reports reported note notes noted argue argues argued
suggest suggests suggested confirm confirms confirmed reckon reckons reckoned admit admits admitted add adds added
means mean""")
"""Verbs behind which a clause of its own may begin without a word that says so."""
_HEDGES = words("about around roughly some nearly almost over under up at more less only between just")
_FINITE_AUXILIARIES = words("""
will would shall should can could may might must is are was were has have had do does did cannot""") | {
    "'ve",
    "'d",
    "'ll",
    "'re",
    "'m",
    "'s",
    "n't",
}
_ALWAYS_VERBS = words("say says said told")
_VERBS_WITH_OF = words("speaks consists warns complains disposes approves hears thinks talks")


class EnglishTagger(Tagger):
    """Tells English nouns from verbs by the words around them."""

    def tags(self) -> list[Tag]:
        super().tags()
        for at, (role, form) in enumerate(self._tags):
            if role is Role.VERB and form is None:
                self._tags[at] = self._past(at)
        return self._tags

    def _open(self, at: int) -> Tag:
        text, low = self._raw[at][0], self._low[at]
        if text[0].isupper() and not self.starts(at) and low not in self._grammar.times:
            is_closed = low in self._grammar.breaks | self._grammar.prepositions | self._grammar.articles
            if not is_closed and low not in self._grammar.pronouns:
                return Role.NAME, None
        if tag := self._by_itself(at):
            return tag
        if low in _ALWAYS_VERBS:
            return self._speaking(at)
        if low in _FINITE_AUXILIARIES:
            return self._auxiliary(at)
        if closed := self._closed(at):
            return closed, None
        forms = english_forms(low)
        if not forms:
            is_adverb = low.endswith("ly") and len(low) > 4 and low not in _NOUNS_IN_LY
            return (Role.ADVERB if is_adverb else Role.NAME), None
        return self._verb_or_name(at, forms)

    def _by_itself(self, at: int) -> Tag | None:
        """The role of a word with a rule of its own."""
        low = self._low[at]
        if low == "that":
            return self._that(at), None
        if self._raw[at][0] == "May":
            return Role.TIME, None
        if self._is_kind(at):
            return Role.NAME, None
        is_adverb = low == "so" and at and self._role(at - 1) is not Role.SIGN
        if is_adverb or (low == "since" and self._word(at - 1) in _HAVE):
            return Role.ADVERB, None
        return None

    def _is_kind(self, at: int) -> bool:
        """Whether a word of time is part of a name: ``response time``, ``winter tyres``, ``an autumn show``."""
        low = self._low[at]
        if low not in self._grammar.times or (self._raw[at][0][0].isupper() and not self.starts(at)):
            return False
        if low in ("time", "times", "hours", "days", "nights") and self._role(at - 1) is Role.NAME:
            return True
        following = self._raw[at + 1][0] if at + 1 < len(self._raw) else ""
        is_noun = following[:1].islower() and not self._is_figure(at + 1) and self._closed(at + 1) is None
        return is_noun and not english_forms(following) and not following.endswith("ly")

    def _speaking(self, at: int) -> Tag:
        is_past = self._low[at] in ("said", "told")
        is_participle = is_past and self._word(self._before(at)) in _BE
        return Role.VERB, Form.PARTICIPLE if is_participle else Form.PAST if is_past else Form.THIRD

    def _auxiliary(self, at: int) -> Tag:
        low = self._low[at]
        if low in ("do", "have") and self._word(self._before(at)) in _MODALS | {"to"}:
            return Role.VERB, Form.BASE
        return Role.VERB, Form.PAST if low in ("was", "were", "had", "did", "would", "could", "should") else Form.THIRD

    def _that(self, at: int) -> Role:
        """``that``: a conjunction or a relative behind a word that it depends on, else an article or a pronoun."""
        following = self._word(at + 1)
        if self._role(at - 1) is Role.PREPOSITION:
            return Role.ARTICLE
        is_verb = following in self._grammar.auxiliaries or bool(
            english_forms(following) & {Form.PAST, Form.THIRD, Form.BASE}
        )
        if self._role(self._before(at)) in (Role.VERB, Role.NAME, Role.NUMBER, Role.TIME):
            behind = self._closed(at + 1) if at + 1 < len(self._raw) else None
            if self._role(self._before(at)) is Role.VERB or behind is not None or is_verb:
                return Role.BREAK
        return Role.PRONOUN if is_verb else Role.ARTICLE

    def _verb_or_name(self, at: int, forms: frozenset[Form]) -> Tag:
        before = self._before(at)
        low, role = self._word(before), self._role(before)
        if not forms & {Form.PAST, Form.PARTICIPLE, Form.GERUND} and self._word(at + 1) in _FINITE_AUXILIARIES:
            # "that fares would rise"
            return Role.NAME, None
        if Form.THIRD in forms and self._is_figure(at + 1) and not self._has_finite(at):
            # "The trust as a whole keeps 1,140."
            return Role.VERB, Form.THIRD
        if tag := self._after_auxiliary(at, forms, low, role):
            return tag
        if role is Role.ARTICLE or low.endswith(("'s", "’s", "s'", "s’")):
            is_subject = low in _PLURAL_SUBJECTS and bool(forms & {Form.PAST, Form.BASE}) and self._leads_on(at)
            return self._verb(forms) if is_subject else (Role.NAME, None)
        if role is Role.PREPOSITION:
            # "the winters before and after show": no name follows such a word.
            is_adverb = low in ("before", "after", "above", "below", "nearby") and Form.GERUND not in forms
            nouns = [place for place in range(before) if self._role(place) in (Role.NAME, Role.NUMBER)]
            return self._after_name(at, forms, nouns[-1]) if is_adverb and nouns else (Role.NAME, None)
        if low in _SUBJECTS and role in (Role.PRONOUN, Role.BREAK):
            is_object = low in _RELATIVES and not forms & {Form.PAST} and not self._leads_on(at)
            return (Role.NAME, None) if is_object else self._verb(forms)
        if role is Role.PRONOUN:
            return self._after_name(at, forms, before)
        if role is Role.VERB:
            return self._after_verb(forms, low)
        if role in (Role.NAME, Role.TIME, Role.NUMBER, Role.OTHER):
            return self._after_name(at, forms, before)
        return self._after_break(at, forms)

    def _after_auxiliary(self, at: int, forms: frozenset[Form], low: str, role: Role) -> Tag | None:
        if role is Role.VERB and low in _MODALS and Form.BASE in forms:
            return Role.VERB, Form.BASE
        if low == "to" and Form.BASE in forms:
            return Role.VERB, Form.BASE
        if role is Role.VERB and low in _HAVE and Form.PARTICIPLE in forms:
            return Role.VERB, Form.PARTICIPLE
        if role is Role.VERB and low in _BE:
            if Form.PARTICIPLE in forms:
                return Role.VERB, Form.PARTICIPLE
            if Form.GERUND in forms and self._word(at + 1) != "of" and self._low[at] not in _NOUNS_IN_ING:
                return Role.VERB, Form.GERUND
        return None

    def _describes(self, at: int) -> bool:
        """Whether a participle stands before the noun that it describes."""
        following = self._word(at + 1)
        if not following[:1].isalpha() or self._is_figure(at + 1) or self._closed(at + 1) or following == "to":
            return False
        is_verb = english_forms(following) and following in self._grammar.auxiliaries
        return not is_verb and not following.endswith("ly")

    def _verb(self, forms: frozenset[Form]) -> Tag:
        """The finite form among ``forms``."""
        if Form.PAST in forms:
            return Role.VERB, Form.PAST
        if forms & {Form.THIRD, Form.BASE}:
            return Role.VERB, Form.THIRD
        return Role.VERB, Form.PARTICIPLE if Form.PARTICIPLE in forms else Form.GERUND

    def _leads_on(self, at: int) -> bool:
        """Whether what follows may follow a verb: a number, an article, a preposition, an adverb, or the end."""
        following = self._word(at + 1)
        if not following or self._is_figure(at + 1) or following in _HEDGES or not following[0].isalnum():
            return True
        closed = self._closed(at + 1)
        is_adverb = following.endswith("ly") and following not in _NOUNS_IN_LY
        return following != "of" and (closed is not None or following == "that" or is_adverb)

    def _after_name(self, at: int, forms: frozenset[Form], before: int) -> Tag:
        low = self._word(before)
        if Form.GERUND in forms:
            is_verb = self._leads_on(at) and self._low[at] not in _NOUNS_IN_ING and not self._is_of(at)
            return (Role.VERB, Form.GERUND) if is_verb else (Role.NAME, None)
        if Form.PAST in forms:
            return Role.VERB, None if Form.PARTICIPLE in forms else Form.PAST
        if Form.PARTICIPLE in forms:
            return Role.VERB, Form.PARTICIPLE
        if self._role(before) is Role.NUMBER and not self._is_whole(before):
            # "28 dams": a noun, whatever verb looks like it.
            return Role.NAME, None
        is_plural = (low.endswith("s") and not low.endswith(("ss", "us", "is"))) or low in _PLURALS
        is_proper = self._raw[before][0][:1].isupper() and before > 0
        agrees = (Form.THIRD in forms and (not is_plural or is_proper)) or (Form.BASE in forms and is_plural)
        is_of = self._word(at + 1) == "of" and self._low[at] not in _VERBS_WITH_OF
        if not is_of and (agrees or Form.THIRD in forms) and not self._has_verb_ahead(at):
            return self._present(at, agrees=agrees)
        return Role.NAME, None

    def _present(self, at: int, *, agrees: bool) -> Tag:
        """A present that may be a noun: a verb where its clause has none."""
        if self._word(at + 1) in _RELATIVES and self._low[at] not in _SPEECH:
            return Role.NAME, None
        if not agrees and not self._leads_on(at):
            return Role.NAME, None
        return (Role.NAME, None) if self._has_finite(at) else (Role.VERB, Form.THIRD)

    def _has_finite(self, at: int) -> bool:
        """Whether the clause has its verb before the word."""
        first = at
        while first > 0 and not self._parts(first - 1) and self._word(first - 1) not in ("and", "or", ","):
            first -= 1
        verbs = [place for place in range(first, at) if self._makes_clause(place) or self._is_undecided(place)]
        return any(self._word(place) not in _SPEECH for place in verbs)

    def _is_undecided(self, at: int) -> bool:
        """Whether a word is a past or a participle, which is settled when all words are known."""
        return self._tags[at] == (Role.VERB, None)

    def _is_whole(self, at: int) -> bool:
        """Whether a figure says what it is a number of: ``€30m``, ``612 people``."""
        text, *_, figure = self._raw[at]
        return bool(self._nouns[figure]) or not text.strip()[-1].isdigit() or not text.strip()[0].isdigit()

    def _is_of(self, at: int) -> bool:
        return self._word(at + 1) == "of"

    def _has_verb_ahead(self, at: int) -> bool:
        """Whether a verb that makes a clause follows before the clause ends."""
        for place in range(at + 1, len(self._raw)):
            low = self._word(place)
            if low in ".;:,()–—" or (low in self._grammar.breaks and low not in ("and", "or")):
                return False
            if low in ("and", "or") and self._word(place + 1) in _FINITE_AUXILIARIES:
                return False
            if low in _RELATIVES | {"what", "how", "whether", "it", "they", "she", "he"}:
                return False
            forms = english_forms(low)
            is_verb = (low in _FINITE_AUXILIARIES and self._raw[place][0] != "May") or (
                Form.THIRD in forms and self._is_figure(place + 1)
            )
            is_past = Form.PAST in forms and not self._is_figure(place)
            has_object = self._is_figure(place + 1) or self._closed(place + 1) is Role.ARTICLE
            if is_verb or (is_past and (Form.PARTICIPLE not in forms or (place == at + 1 and has_object))):
                return True
        return False

    def _after_verb(self, forms: frozenset[Form], low: str) -> Tag:
        if low in _SPEECH and Form.PAST in forms and Form.PARTICIPLE not in forms:
            return Role.VERB, Form.PAST
        starts = low.startswith(("keep", "kept", "start", "stop", "begin", "began"))
        return (Role.VERB, Form.GERUND) if Form.GERUND in forms and starts else (Role.NAME, None)

    def _after_break(self, at: int, forms: frozenset[Form]) -> Tag:
        """A word at the beginning of a sentence, or behind a sign or a conjunction."""
        if Form.GERUND in forms:
            is_verb = not self.starts(at) and self._word(at - 1) == "," and self._low[at] not in _NOUNS_IN_ING
            return (Role.VERB, Form.GERUND) if is_verb else (Role.NAME, None)
        if Form.PAST in forms and Form.PARTICIPLE not in forms:
            return Role.VERB, Form.PAST
        if self.starts(at):
            is_fronted = Form.PARTICIPLE in forms and self._leads_on(at) and Form.BASE not in forms
            return (Role.VERB, Form.PARTICIPLE) if is_fronted else (Role.NAME, None)
        if Form.PARTICIPLE in forms and not self._describes(at):
            return Role.VERB, None
        is_joined = self._word(at - 1) in ("and", "or", "but") and any(role is Role.VERB for role, _ in self._tags)
        if self._word(at - 1) == "," and Form.THIRD in forms and self._resumes(at):
            return Role.VERB, Form.THIRD
        if Form.BASE in forms and self._completes(at):
            return Role.VERB, Form.BASE
        leads = self._is_figure(at + 1) or self._closed(at + 1) in (Role.ARTICLE, Role.PREPOSITION, Role.PRONOUN)
        is_of = self._word(at + 1) == "of" and self._low[at] not in _VERBS_WITH_OF
        if is_joined and Form.THIRD in forms and leads and not is_of:
            return Role.VERB, Form.THIRD
        return Role.NAME, None

    def _resumes(self, at: int) -> bool:
        """Whether a verb behind a comma goes with a subject before something put in: ``Water, if any, goes for``."""
        if self._word(at + 1) == "that":
            return True
        opened = next((place for place in range(at - 2, -1, -1) if self._word(place) == ","), -1)
        is_inserted = opened > 0 and self._role(opened + 1) in (Role.BREAK, Role.PREPOSITION, Role.VERB, Role.PRONOUN)
        leads = self._is_figure(at + 1) or self._closed(at + 1) in (Role.ARTICLE, Role.PREPOSITION, Role.ADVERB)
        return is_inserted and leads and self._word(at + 1) != "of"

    def _completes(self, at: int) -> bool:
        """Whether an infinitive goes with a modal before it: ``will, we think, take``, ``take years and require``."""
        if self._word(at - 1) in ("and", "or"):
            verbs = [form for role, form in self._tags[:at] if role is Role.VERB]
            leads = self._is_figure(at + 1) or self._closed(at + 1) in (Role.ARTICLE, Role.PRONOUN)
            return bool(verbs) and verbs[-1] is Form.BASE and leads
        return self._word(at - 1) == "," and any(
            self._word(place) in _MODALS and self._word(place + 1) == "," for place in range(at - 1)
        )

    def _past(self, at: int) -> Tag:
        """A form that is a past or a participle: it is a participle where another verb makes its clause."""
        first = at
        while first > 0 and not self._parts(first - 1):
            first -= 1
        finite = [place for place in range(first, at) if self._makes_clause(place)]
        before = self._word(at - 1)
        may_be_noun = Form.BASE in english_forms(self._low[at]) and self._role(at - 1) in (Role.NAME, Role.TIME)
        if finite and before in ("and", "or", "but"):
            return Role.VERB, self._tags[finite[-1]][1]
        if finite and self._word(finite[-1]) not in _SPEECH:
            return (Role.NAME, None) if may_be_noun else self._participle(at)
        if not finite and self._word(first - 1) in _RELATIVES:
            return Role.VERB, Form.PAST
        if self._finite_ahead(at):
            return (Role.NAME, None) if may_be_noun else self._participle(at)
        if self._role(first) is Role.PREPOSITION and before != "," and self._precedes_comma(first, at):
            # "Of the aid awarded, £46m was paid."
            return Role.VERB, Form.PARTICIPLE
        return Role.VERB, Form.PAST

    def _participle(self, at: int) -> Tag:
        is_name = self._describes(at) and self._role(at - 1) is Role.NAME
        return (Role.NAME, None) if is_name else (Role.VERB, Form.PARTICIPLE)

    def _precedes_comma(self, first: int, at: int) -> bool:
        """Whether the first comma from ``first`` on stands behind the word ``at``, with a verb behind it."""
        comma = next((place for place in range(first, len(self._raw)) if self._word(place) == ","), -1)
        return comma > at and any(self._makes_clause(place) for place in range(comma, len(self._raw)))

    def _finite_ahead(self, at: int) -> bool:
        for place in range(at + 1, len(self._raw)):
            if self._word(place) in ".;:,()–—" or self._role(place) is Role.BREAK:
                return False
            if self._makes_clause(place):
                return True
        return False

    def _makes_clause(self, at: int) -> bool:
        role, form = self._tags[at]
        return role is Role.VERB and form in (Form.PAST, Form.THIRD)

    def _parts(self, at: int) -> bool:
        return self._word(at) in ";:.()–—" or (self._role(at) is Role.BREAK and self._word(at) not in ("and", "or"))
