"""The words of a German sentence by what they do in it.

Nouns have a capital letter; verbs are known by their forms, and by standing where they cannot describe a noun.
"""

from __future__ import annotations

import re

from kb.intake.draft.tagging import Role, Tag, Tagger
from kb.intake.draft.verb_table import Form, german_forms
from kb.numbers.word_tables import words

_ADJECTIVE = re.compile(r"(?:e|en|em|er|es)$")
_FINITE_GERMAN = words("""
ist sind war waren hat haben hatte hatten hätte hätten wird werden wurde wurden würde würden kann können konnte
konnten könnte könnten soll sollen sollte sollten will wollen wollte wollten muss müssen musste mussten darf dürfen
durfte durften mag mögen habe könne müsse solle wolle dürfe werde komme gehe liege koste betrage stehe gebe bleibe
sei seien wäre wären bliebe käme gäbe""")
_NO_VERBS_IN_T = words("""
leicht direkt zuerst zuletzt insgesamt bekannt schlecht recht dort statt spätestens durchweg unbekannt konstant
interessant relevant exakt komplett konkret indirekt violett glatt sanft echt breit bereit weit hart alt kalt laut
nackt zweitens selbst nebst samt längst jüngst meist fertiggestellt ersten zweiten dritten letzten übrigen größten
wichtigsten meisten nächsten unbesetzt""")
_FORMAL = words("sie ihnen ihr ihre ihren")
_MODAL_GERMAN = words("""
kann können konnte konnten könnte könnten soll sollen sollte sollten will wollen wollte wollten muss müssen musste
mussten darf dürfen durfte durften wird werden würde würden""")
_PARTICIPLE = re.compile(r"(?:\w*ge\w{3,}t|\w*ge\w{2,}en|(?:be|ver|er|ent|zer)\w{3,}t|\w+iert)")
"""German participles, as their first and last letters show."""


class GermanTagger(Tagger):
    """Tells German nouns by their capital letter, and verbs by their forms and by what they cannot describe."""

    def _open(self, at: int) -> Tag:
        text, low = self._raw[at][0], self._low[at]
        if text[0].isupper() and not self.starts(at) and low not in self._grammar.times and low not in _FORMAL:
            return Role.NAME, None
        if low == "sein" and (self._word(at + 1) in _FINITE_GERMAN or self._word(at + 1)[:1] in ("", *'.,;:!?)"“”')):
            return Role.VERB, Form.BASE
        if low in _FINITE_GERMAN:
            return Role.VERB, Form.PAST if low.startswith(("war", "hatt", "wurd", "konnt", "sollt")) else Form.THIRD
        if (closed := self._closed(at)) and not (closed is Role.ADVERB and german_forms(low)):
            return closed, None
        forms = german_forms(low)
        if text[0].isupper() and not forms:
            # "Bereinigt um Kosten": a participle that begins a sentence.
            is_fronted = _PARTICIPLE.fullmatch(low) is not None and self._closed(at + 1) is Role.PREPOSITION
            return (Role.VERB, Form.PARTICIPLE) if is_fronted else (Role.NAME, None)
        if self._is_attribute(at, forms):
            return Role.NAME, None
        if forms and not (text[0].isupper() and forms == {Form.BASE}):
            return Role.VERB, self._form(at, forms)
        if text[0].isupper():
            return Role.NAME, None
        if _PARTICIPLE.fullmatch(low):
            return Role.VERB, Form.PARTICIPLE
        return self._unknown(low), Form.PAST if low.endswith(("te", "ten")) else Form.THIRD

    def _unknown(self, low: str) -> Role:
        """A word that no list holds, and that describes no noun: a verb if it ends like one."""
        is_verb = len(low) > 4 and low.endswith(("t", "te", "ten")) and low not in _NO_VERBS_IN_T
        return Role.VERB if is_verb else Role.OTHER

    def _is_attribute(self, at: int, forms: frozenset[Form]) -> bool:
        """Whether a word describes the noun that follows: ``geplante Kosten``, ``der neuen Leitungen``."""
        low, following = self._low[at], self._raw[at + 1][0] if at + 1 < len(self._raw) else ""
        if not _ADJECTIVE.search(low) or self._is_figure(at + 1) or not following[:1].isalpha():
            return False
        if following in _FINITE_GERMAN or (following == "zu"):
            return False
        if not (following[0].isupper() or (_ADJECTIVE.search(following) and self._closed(at + 1) is None)):
            return False
        before = self._role(at - 1)
        if forms and following[0].isupper():
            follows = (Role.ARTICLE, Role.PREPOSITION, Role.NUMBER, Role.BREAK, Role.OTHER)
            return before in follows or (before is Role.NAME and self._raw[at - 1][0][0].islower())
        return True

    def _form(self, at: int, forms: frozenset[Form]) -> Form:
        """A participle at the end of its clause or behind an auxiliary; what else is a finite verb."""
        if {Form.PARTICIPLE, Form.BASE} <= forms and self._word(at + 1) in ("sich", *self._grammar.articles):
            return Form.THIRD
        if Form.PARTICIPLE in forms:
            first = at
            while first > 0 and self._role(first - 1) not in (Role.SIGN, Role.BREAK):
                first -= 1
            has_auxiliary = any(self._word(place) in _FINITE_GERMAN for place in range(first, at))
            if has_auxiliary or not forms & {Form.THIRD, Form.PAST} or self._word(at + 1) in _FINITE_GERMAN:
                return Form.PARTICIPLE
        if Form.PAST in forms:
            return Form.PAST
        if Form.THIRD in forms:
            return Form.THIRD
        is_infinitive = self._word(at - 1) == "zu" or any(
            self._word(place) in _MODAL_GERMAN for place in range(max(at - 12, 0), at)
        )
        return Form.BASE if is_infinitive else Form.THIRD
