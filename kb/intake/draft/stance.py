"""How a number is meant, as the words of its sentence say: counterfactual, alleged, projected, measured, denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.domain.entity import Stance
from kb.numbers.lexicon import LANGUAGES, LEXICON
from kb.numbers.word_tables import phrases

_STRONGEST_FIRST = (Stance.HYPOTHETICAL, Stance.ASSUMED, Stance.ALLEGED)
"""Stances whose cue counts wherever it stands before the number: "if prices fell, he said, it would reach $5"."""
_NEAREST_FIRST = (Stance.PROJECTED, Stance.ESTIMATED, Stance.MEASURED, Stance.DERIVED, Stance.REPORTED)
"""Stances of which the cue in the clause of the number counts before one in an earlier clause."""
_DENIAL_REACH = 18
"""Characters before a number in which a denial is about it."""
_CUE_REACH = 60
"""Characters behind the start of a number in which a cue is about it, in its own clause."""
_NOUNS = frozenset(
    phrases("""
project|projects|estimate|estimates|target|targets|claim|claims|report|reports|state|states|plan|forecast|guess|survey|
plant|plants|projection|measurement|assumption|allegation|ziel|prognose|schätzung|annahme|vorwurf|messung|erhebung|
umfrage""")
)
"""Cues that are nouns behind an article or a preposition, and no stance: ``the project``, ``das Ziel von 50
Prozent``."""
_NO_CUES = frozenset(
    phrases("""
by the end of|comes to|amounts to|das entspricht|entspricht|said|says|told|announced|disclosed|revealed|stated|states|
cited|confirmed|published|wrote|writes|planned|geplant|geplante|vorgesehen|sagte|sagt|erklärte|bekannt gegeben|
veröffentlicht|bedeutet|表示|宣布|披露|透露|指出|称|说|写道|公布|引用|计划|审计|调查|合计|目标|也就是|相当于|umfrage|survey|

claims|claimed|geprüft|zählte|zählt|falls|例如|比如|for example|zum beispiel""")
)
"""Cues that say who speaks, what was examined, or tell plan from actual, and nothing about how a number is meant."""
_ARTICLED = re.compile(
    r"(?:\b(?:the|a|an|this|that|its|their|our|of|per|for|der|die|das|des|dem|den|ein\w*)\s+(?:[a-zäöü-]+\s)?)$",
    re.IGNORECASE,
)
_PART = re.compile(r"[;；]")
"""What parts a sentence into two, of which neither is the condition of the other."""
_CLAUSE_END = re.compile(
    r"[，,](?!\d)|[()（）]|[:：](?!\d)|\s[–—]\s|\s(?:and|but|while|whereas|und|aber|während|sondern)\s", re.IGNORECASE
)
_RESET = re.compile(
    r"\b(?:has|have|had|so far|already|to date|was|were|actual|actually|paid|bisher|bereits|tatsächlich|hat|haben"
    r"|wurden?)\b"
    r"|实际|已经?(?!于)|目前|^[而但却]|不过",
    re.IGNORECASE,
)
"""What tells that a later clause is no forecast any more: ``will cost €9m, of which insurers have so far paid €2m``."""

_CONDITION = re.compile(
    r"\bif\b|\bhad\b(?= [^,.;]{3,60}(?:, [^.;]*\b(?:would|could)\b))|\bwere (?:it|they|we|the)\b"
    r"|\bwithout\b(?=[^.;]*\bwould\b)"
    r"|\bwith all\b(?=[^.;]*\bwould\b)|\bwenn\b|(?:^|, )falls (?=der|die|das|es|sie|man|ein|kein|sich|wir"
    r"|(?-i:[A-ZÄÖÜ]))|\bhätten?\b|\bohne\b(?=[^.;]*\b(?:hätten?|wären?|würden?)\b)"
    r"|如果|要是|假如|若(?!干)|倘若|如未|一旦",
    re.IGNORECASE,
)
_COUNTERFACTUAL = re.compile(
    r"\b(?:would|could|might) (?:\w+ )?have\b|\bwould (?:be|cost|rise|fall|need|save|take|mean|require|come|become"
    r"|reach|pay)\b"
    r"|\bhätten?\b|\bwären?\b|\bwürden?\b|\bergäben?\b|\bkämen?\b|\bläge\b|本可以|本应|本来可以|原本可以",
    re.IGNORECASE,
)
"""What would have been: ``Had the tender been repeated, the depot would have cost``."""
_REPORTED_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|predicted|expected|feared|warned|promised)\b(?: \w+){0,4} (?:that|it|they|he"
    r"|she)\b",
    re.IGNORECASE,
)
"""Behind these words ``would`` is a future in the past."""
_NEGATION = re.compile(
    r"\b(?:is|was|are|were|would|will|did|does|do|has|have|had)(?: not|n['’]t| never)\b"
    r"(?! (?:only|just|yet|more|less|quite))(?P<between>[^,.;:]{0,45})$"
    r"|\bkein(?:e|en|em|er)?\b(?P<kein>[^,.;:]{0,30})$|(?:不是|并非|而非|没有|不会|并未)(?P<han>[^，。；]{0,14})$",
    re.IGNORECASE,
)
_DENIED_SPEECH = re.compile(
    r"\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|rebut(?:s|ted)?)\b(?: (?:claims?|reports?|rumou?rs"
    r"|suggestions?))?"
    r" that\b[^.;]*$|\b(?:bestreitet|bestritt|dementiert|dementierte|weist zurück)\b[^.;]*\bdass\b[^.;]*$"
    r"|否认[^。；]*$",
    re.IGNORECASE,
)
_OF_STATE = re.compile(
    r"\b(?:breached|exceeded|reached|passed|published|audited|counted|including|met|missed)\b", re.IGNORECASE
)
"""Verbs whose denial leaves their number standing: a limit that was not breached is a limit."""
_ALLEGED = re.compile(
    r"\bit (?:is|was|has been|had been) (?:claimed|alleged|rumou?red|said)\b|\b(?:is|are|was|were) said to\b"
    r"|\b(?:claim|claims|claimed|alleges?|insists?|insisted)(?: that)? (?=\w)|\baccording to (?:rumou?rs?|critics)\b"
    r"|\b(?:behaupte[nt]|behauptete[n]?|angeblich|soll angeblich|wirft? \w+ vor|heißt es, )\b"
    r"|据称|据传|传言|有人称|所谓|外界所说|外界传|网传|坊间|传闻|举报|爆料|(?:向本报|向记者)[称说反]"
    r"|有(?![限关色效])[^，。；（）]{1,8}(?:称|反映)",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:expect|expecting|is meant to|are meant to|is due to|are due to|is to|are to|are set to|plans? to|hopes? to"
    r"|aims? to|intends? to|wants? to|proposes?|has proposed|have proposed|outlook|going to|soll|sollen|wird|werden"
    r"|will"
    r"|rechnet|rechnen|peilt|strebt|hofft|wollen|aimed (?:for|at)"
    r"|had (?:foreseen|forecast|predicted|aimed|hoped|expected)"
    r"|(?:was|were|been) (?:foreseen|predicted|forecast)|vorhergesagt|vorausgesagt|prognostiziert)\b(?! been)"
    r"|将|拟|力争|有望|会有|料|争取|还?要(?=[新再]?[修建完达增减降栽种改招])|承诺(?=[^，。；]{0,16}[降升提达完减])",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    r"\bwhich we (?:checked|verified|counted)\b|\bverified\b|\bmeter readings\b|\bon inspection\b|\bour count\b"
    r"|\bweighed\b"
    r"|\bnachgezählt\b|\bnachgemessen\b|\bnachgewogen\b|\bMessungen?\b(?! von)"
    r"|核实|核查|核对|复核|实地|现场|盘点|查实|清点|抽检|抽查|抽样|实测",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"(?:抽查|抽检|核查)?了?\s?(?=[\d一二三四五六七八九十两])")
_REFUTED = re.compile(
    r"\b(?:trifft|treffen|stimmt|stimmen) (?:so )?nicht(?: zu)?\b|\bist (?:falsch|unwahr|frei erfunden)\b"
    r"|\b(?:is|was|are|were) (?:simply |plain |quite )?(?:untrue|false|wrong|not true|not correct|nonsense|incorrect)\b"
    r"|不属实|不实|失实|不准确|纯属谣言|子虚乌有",
    re.IGNORECASE,
)
"""What is said of a number to deny it: ``Dass es 40 Tonnen gewesen seien, trifft nicht zu``."""
_ATTRIBUTED = re.compile(
    r"\baccording to\b|\bas reported\b|\breportedly\b|\blaut\b|\bzufolge\b|\bnach angaben\b"
    r"|据[^，。]{1,14}(?:报道|统计|介绍|通报)|通报[^，。]{0,4}(?:说|称|显示)",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\s*(?!(?:Nobody|No one|None|Nor|Neither|Niemand)\b)(?:(?!not\b|nicht\b)\w+ ){0,7}"
    r"(?:den(?:y|ies|ied)|disputes?|disputed|rejects?|rejected|bestreitet|dementiert)\b(?! (?:that|having|any"
    r"|claims|reports))"
    r"(?!,? dass)[^.]*"
)
"""A sentence that denies the one before it."""


@dataclass(frozen=True, slots=True)
class StanceGuess:
    """A stance, and the cue that suggests it."""

    stance: Stance
    cue: str


def stance_of(sentence: str, start: int) -> StanceGuess | None:
    """How the number at character ``start`` of ``sentence`` is meant; None if no cue suggests a stance.

    >>> stance_of("Suppose that a plan costs $20.", 26)
    StanceGuess(stance=<Stance.HYPOTHETICAL: 'hypothetical'>, cue='suppose')
    >>> stance_of("It was not $20 but $30.", 11).stance, stance_of("It was not $20 but $30.", 19)
    (<Stance.NEGATED: 'negated'>, None)
    """
    begin = max((match.end() for match in _PART.finditer(sentence, 0, start)), default=0)
    part = _PART.search(sentence, start)
    said = sentence[begin : part.start() if part else len(sentence)]
    return _stance_in(said, start - begin)


def _stance_in(said: str, start: int) -> StanceGuess | None:
    before = said[:start]
    # "It was not $20 but $30" denies the first number alone, so a denial must stand right before its number.
    if denial := _denial(before[-_DENIAL_REACH:]):
        return StanceGuess(Stance.NEGATED, denial)
    if thought := _thought(said, start):
        return StanceGuess(Stance.HYPOTHETICAL, thought)
    if denial := _negation(before):
        return StanceGuess(Stance.NEGATED, denial)
    if (refuted := _REFUTED.search(said, start)) and not re.search(r"\d", said[start:][8 : refuted.start() - start]):
        return StanceGuess(Stance.NEGATED, refuted[0].lower())
    rumour = _ALLEGED.search(said, 0, start + _CUE_REACH)
    if rumour and (rumour.start() < start or not _CLAUSE_END.search(said, start, rumour.start())):
        return StanceGuess(Stance.ALLEGED, rumour[0].lower().strip())
    return _strong(said, start) or _nearest(said, start)


def _thought(said: str, start: int) -> str:
    """The words that make the number one of a thought: a condition before it, or a verb of what would be; else empty.

    In "They promised a bill of €48m, and would have saved €5m" only the second number is thought.
    """
    if match := _CONDITION.search(said, 0, start):
        rest = said[match.start() :]
        if _COUNTERFACTUAL.search(rest) or not _is_sentence_end(rest, start - match.start()):
            return match[0].lower()
    for match in _COUNTERFACTUAL.finditer(said):
        if _REPORTED_SPEECH.search(said[: match.start()]):
            continue
        is_near = match.start() < start or not _CLAUSE_END.search(said, start, match.start())
        if is_near:
            return match[0].lower()[:40]
    return ""


def _is_sentence_end(rest: str, at: int) -> bool:
    """Whether a condition has no consequence in its sentence."""
    return "," not in rest and "，" not in rest and " then " not in rest and at < 0


def _strong(said: str, start: int) -> StanceGuess | None:
    for stance, pattern in _STANCES.items():
        if stance in _STRONGEST_FIRST:
            for match in pattern.finditer(said, 0, start + _CUE_REACH):
                # "It spent £5m, if heating is included": a condition behind the number makes it no thought.
                is_behind = match.start() > start
                parted = is_behind and (
                    stance is Stance.HYPOTHETICAL or _CLAUSE_END.search(said, start, match.start()) is not None
                )
                if not _is_no_cue(said, match) and not parted:
                    return StanceGuess(stance, match[0].lower())
    return None


def _nearest(said: str, start: int) -> StanceGuess | None:
    """The stance of the cue in the clause of the number; else of one before it that still holds there."""
    begin = max((match.end() for match in _CLAUSE_END.finditer(said, 0, start)), default=0)
    end = _CLAUSE_END.search(said, start)
    stop = min(end.start() if end else len(said), start + _CUE_REACH)
    own = [guess for guess, at in _cues(said) if begin <= at < stop]
    # "Will save an estimated 9,000 tonnes" is a forecast.
    if found := next((guess for stance in _NEAREST_FIRST for guess in own if guess.stance is stance), None):
        return found
    earlier = [(guess, at) for guess, at in _cues(said) if at < begin]
    for guess, at in sorted(earlier, key=lambda pair: -pair[1]):
        between = said[at:start]
        behind = _CLAUSE_END.search(between)
        # 比预测的30万人次低: the cue belongs to the number that it stands before, or to none of a later clause.
        if guess.stance is Stance.PROJECTED and behind and _RESET.search(between[behind.end() :]):
            continue
        if guess.stance is Stance.PROJECTED and re.search(r"的?\d", between):
            head = re.search(r"的?\d", between)
            if head and head.start() <= len(guess.cue) + 1:
                continue
        return guess
    if match := _ATTRIBUTED.search(said):
        return StanceGuess(Stance.REPORTED, match[0].lower())
    return None


def _cues(said: str) -> Iterator[tuple[StanceGuess, int]]:
    for stance in _NEAREST_FIRST:
        for match in _STANCES[stance].finditer(said):
            if not _is_no_cue(said, match):
                yield StanceGuess(stance, match[0].lower()), match.start()
    for match in _EXPECTED.finditer(said):
        if not _is_passive_german(match, said):
            yield StanceGuess(Stance.PROJECTED, match[0].lower()), match.start()
    for match in _CHECKED.finditer(said):
        # 实地抽查了7个乡镇: what was inspected is counted by nobody.
        if not _OBJECT.match(said, match.end()):
            yield StanceGuess(Stance.MEASURED, match[0].lower()), match.start()


def _is_no_cue(sentence: str, match: re.Match[str]) -> bool:
    cue = match[0].lower()
    return cue in _NO_CUES or (cue in _NOUNS and _ARTICLED.search(sentence, 0, match.start()) is not None)


def _is_passive_german(match: re.Match[str], sentence: str) -> bool:
    """Whether ``wird`` makes a passive or stands in a clause of the present: ``wird betrieben``."""
    return (
        match[0].lower() in ("wird", "werden")
        and re.search(r"\bge\w+t\b|\bge\w+en\b|\b\w+iert\b", sentence) is not None
    )


def _negation(before: str) -> str:
    """The negation of the verb whose number follows: ``would not rise by``; empty for none."""
    if denied := _DENIED_SPEECH.search(before):
        return denied[0].split()[0].lower()[:30]
    match = _NEGATION.search(before)
    if match is None or _OF_STATE.search(match[0]) or re.search(r"\d", match[0]):
        return ""
    return match[0].split()[0].lower() if match["kein"] is not None else match[0].lower().strip()[:30]


def _any_of(cues: Iterable[str]) -> str:
    return "|".join(map(re.escape, cues))


def _stance_pattern(stance: Stance) -> re.Pattern[str]:
    """Cues are whole words where blanks stand between words, and any characters where none do."""
    apart = [cue for language in LANGUAGES if not language.script for cue in language.cues.stances.get(stance, ())]
    joined = [cue for language in LANGUAGES if language.script for cue in language.cues.stances.get(stance, ())]
    return re.compile(rf"(?<![\w’'-])(?:{_any_of(apart)})(?![\w’'-])|{_any_of(joined)}", re.IGNORECASE)


_STANCES = {stance: _stance_pattern(stance) for stance in (*_STRONGEST_FIRST, *_NEAREST_FIRST)}
_DENIAL = re.compile(rf"(?<![A-Za-z])(?:{_any_of(LEXICON.cues.negating)})\s*$", re.IGNORECASE)


def _denial(before: str) -> str:
    """The denial that ends ``before``, or an empty text; ``not more than`` is a bound and no denial."""
    match = _DENIAL.search(before)
    return match[0].strip().lower() if match else ""
