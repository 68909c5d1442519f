"""What the words around a figure say it is: what it is of, whether it is planned, demanded, a change or a part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.entity import Stance
from kb.domain.unit import Units
from kb.intake.draft.concepts import GENERAL, MEANT, concepts_in
from kb.intake.draft.entries import DraftFigure, unit_meaning
from kb.intake.draft.figure_names import kind_of
from kb.intake.draft.measure_matching import plain_label
from kb.intake.draft.named_figure import Relation
from kb.intake.record import TIME_KEYS
from kb.numbers.lexicon import LEXICON
from kb.numbers.scan import ChangeRole
from kb.numbers.word_tables import words

_SEPARATOR = re.compile(
    r"[,，](?!\d)|[;；:：()（）]|\s[–—-]\s|—|\b(?:and|but|while|whereas|although|though|und|aber|während|wobei|doch)\b"
)
_FEWEST = 2
"""Concepts that a clause needs to say what its figure is; ``, was £21 million`` takes the clause before it too."""
_WEIGHTS = (1.0, 0.8, 0.35, 0.15)
"""How much the words of the name, of the clause, of the rest of the sentence and of the sentence before it count."""
_WEIGHTS_OF_PRONOUN = (1.0, 0.8, 0.6, 0.6)
"""The same where a pronoun stands for something said before: ``The bill grows. The treasurer puts it at £36m``."""
_PRONOUN = re.compile(
    r"\b(?:it|they|these|this|es|sie|er|diese[rs]?)\b(?! (?:is|was) (?:said|claimed|estimated))", re.IGNORECASE
)
_TIME_WORDS = frozenset(LEXICON.prose.month_numbers) | words("""
year years month months last end day days week weeks quarter half jahr jahres jahre ende monat monate vorjahr vorjahres
tag tage woche quartal today yesterday now already still ago later early late since until""")
_FUNCTION_WORDS = words("""
said says say told according spokesman spokeswoman about around nearly some just over only also more than less one two
three four five six seven eight nine ten twelve there they had has have will would could he she we who what when where
how not no this these those such so as if then between before after by them itself own very another any both
each every most many much other same too while whose you your i my me us may might must shall should does did do done
being because during however nor either neither none nothing once still yet ever never even though although unless
beim nach vor seit bis waren wurde wurden wird werden sind hatte hatten haben hat dass auch noch nur rund etwa knapp
mehr als sich nicht aus ihr ihre ihren sein seine seinen wie damit dazu durch gegen gegenüber zudem laut so doch sie er
es wir uns unser unsere man wenn weil sowie dabei davon dafür dort hier nun schon sehr kein keine einem einen eines
mio mrd million millionen billion euro euros pound pounds dollar dollars yuan prozent cent cents percent per""")
_HAN_FUNCTION_WORDS = re.compile(
    r"\d+年?|截至|年末|年底|全年|去年|前年|今年|上年|同期|目前|其中|已经?|仅|只有|约|达到?|为|是|有|的|了|比|较|至|到|由|从|在|和|与"
    r"|累计|记者|介绍|表示|说|称|万|亿|元|个|名|座|公里|米|每|平均|均|也|都|就|才|还|再|又|这|那|我们?|他们?|她们?"
)

ROLES: Mapping[str, re.Pattern[str]] = {
    "planned": re.compile(
        r"\b(?:plan|plans|planned(?! (?:operation|surg|admission|procedure|treatment|maintenance|outage))|planning"
        r"|budget|budgets|budgeted|foresee[ns]?|foresaw|forecasts?|predicted|envisaged|target\w*|aims?|aimed|goal"
        r"|business case|promised|pledged|approved|allowed|agreed|earmarked|was meant|were meant|had hoped|hopes"
        r"|(?:was|were|is|are) to [a-z]+|original estimate|first estimate|ordered|outlook|guidance"
        r"|geplant\w*|veranschlagt\w*|bewilligt\w*|vorgesehen\w*|vorhergesagt\w*|prognostiziert\w*|angesetzt\w*"
        r"|kalkuliert\w*|zugesagt\w*|Ziel|Zielwert|Haushaltsansatz|Soll|bestellt\w*|genehmigt\w*|Kostenrahmen"
        r"|Budgets?|Etat|Plan|Planung|Kostenschätzung)\b|\bset aside\b"
        r"|计划|规划|概算|预算|批复|设计|目标|核定|可行性|可研|预测|预计|预期|承诺|原定|拟(?!合)|力争|应(?=[建配到完覆])",
        re.IGNORECASE,
    ),
    "required": re.compile(
        r"\b(?:should (?:have|be)|ought to|sollten?|requires?|required|requirement|must|limits?|threshold|ceiling"
        r"|capp?ed|minimum|maximum|permitted|break even|standard of|obliged"
        r"|Grenzwerte?s?|Vorgaben?|vorgeschrieben\w*|Mindest\w*|Höchst\w*|muss|müssen"
        r"|Obergrenze)\b|标准|要求|限值|规定|上限|下限|控制在|应(?![对急用建配到完覆])",
        re.IGNORECASE,
    ),
    "owed": re.compile(
        r"\b(?:owed?|owes|unpaid|outstanding|arrears|shortfall|lacking|fehl(?:en|t|te|ten)|schuldet|ausstehend\w*)\b"
        r"|拖欠|尚欠|未付|缺口|尚缺|欠",
        re.IGNORECASE,
    ),
    "capacity": re.compile(
        r"\b(?:capacity|room for|able to|can hold|Kapazität|ausgelegt)\b|能力|容量|可容纳", re.IGNORECASE
    ),
    "full-time": re.compile(r"\bfull-time[ -]equivalents?\b|\bFTEs?\b|\bVollzeit\w*|全职|折合", re.IGNORECASE),
    "adjusted": re.compile(r"\b(?:adjusted|underlying|bereinigt\w*)\b|调整后", re.IGNORECASE),
    "remainder": re.compile(
        r"\b(?:another|further|additional|weitere[nrs]?|zusätzlich\w*|other)\b|另有|另外|此外", re.IGNORECASE
    ),
}
"""What a figure is, by words of its own clause; two figures are one number only if all of them fit both."""
_OF_CHANGE = re.compile(
    r"\b(?:increase|rise|fall|drop|cut|growth|decline) of\s*$|\b(?:up|down|rose|fell|grew|shrank|risen|fallen|grown"
    r"|climbed|dropped) by\s*$|\bum\s*$|\b(?:Anstieg|Rückgang|Plus|Minus|Zuwachs) von\s*$"
    r"|(?:增加|增长|减少|下降|上升|提高|降低|多|少|高|低|超|升|降)了?\s*$",
    re.IGNORECASE,
)
_SO_FAR = re.compile(
    r"\bso far\b|\bto date\b|\bbisher\b|\bbislang\b|累计|完成投资|已(?:经)?(?:完成|投入|支付|拨付)", re.IGNORECASE
)
"""Words beside money of which more is to be spent."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPENDING = re.compile(
    r"\b(?:took|takes|taken|went into|poured into|flossen|floss|steckte[n]?)\b|投入|花", re.IGNORECASE
)
"""Verbs of what something cost."""
_COMBINED = re.compile(
    r"\b(?:together with|combined with|along with|zusammen mit|mitsamt)\b|连同|加上|连带|算上", re.IGNORECASE
)
"""Words before a number that counts more than one thing: ``together with the two in town there are 11``."""
_LOCATIVE = re.compile(r"\S (?:in|at|across|throughout|near|within|outside|inside|among|im|bei|beim)\b")
_SUM = re.compile(r"\b(?:and|und)\b|及|和|与")
_NAME = re.compile(r"(?<![.!?:“\"] )(?<=[\w,’'\")] )[A-ZÀ-ÖØ-Þ][\w’-]{2,}")
_LOCATED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Bb]ei|[Ii]m|[Aa]us)\s(?:der\s)?(?P<name>[A-ZÀ-ÖØ-Þ][\w’-]{2,})"
)
_HAN_NAME = re.compile(
    r"(?:(?<=[，。、；：“（在于的对])|^)[\u3400-\u9fff]{2}(?:村|镇|乡|县|市|区|林场|水库|集团|公司|医院|大学|灌区|农场|车站|机场)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReading:
    """What a reader takes from the words around a figure.

    Attributes:
        figure: The figure.
        kind: ``money``, ``share``, ``count`` or ``amount``.
        unit: The unit of money, and the dimension of amounts; empty for counts and shares.
        size: How large it is, of amounts in base units.
        concepts: What the words are about, each with how much it counts.
        roles: Which of ``ROLES`` it is, or ``change``.
        is_part: Whether it is a part of another figure.
        time: Its time as a seed file writes it; empty for none.
        names: Proper names in its clause, of what may be another place or firm.
        rows: The concepts of the things that the row of a table is about.
        named: The concepts of its name.
        said: Those of its name and its clause.
        counted: The concept of what it counts; empty where that is no concept, or tells little.
        where: The concepts of the place that its name names.
        is_sum: Whether its name adds two things.
    """

    figure: DraftFigure
    kind: str
    unit: str
    size: float
    concepts: Mapping[str, float]
    roles: frozenset[str]
    is_part: bool
    time: str
    names: frozenset[str]
    rows: frozenset[str]
    named: frozenset[str]
    said: frozenset[str]
    counted: frozenset[str]
    where: frozenset[str]
    is_sum: bool


def reading_of(figure: DraftFigure, units: Units, *, capitals_name: bool) -> FigureReading:
    """What the words around ``figure`` say it is; ``capitals_name`` where only names have a capital in a sentence."""
    clause, before, behind = own_clause(figure)
    kind = kind_of(figure.quantity.unit, units)
    said = f"{clause} costs" if kind == "money" and _SPENDING.search(clause) else clause
    weights = _WEIGHTS_OF_PRONOUN if _PRONOUN.search(clause) else _WEIGHTS
    scope, label = dict(figure.scope), plain_label(figure.measure)
    return FigureReading(
        figure=figure,
        kind=kind,
        unit=_unit_of(figure, kind, units),
        size=_size_of(figure, kind, units),
        concepts=_weighted((label, said, f"{before} {behind}", figure.context.before), weights),
        roles=frozenset(_roles(figure, label, clause, kind)),
        is_part=figure.context.relation is Relation.PART or _PART.search(clause) is not None,
        time=next((scope[key] for key in TIME_KEYS if key in scope), ""),
        names=(_names(clause, capitals_name=capitals_name) | _names(before, capitals_name=False))
        - frozenset(figure.voice.split()),
        rows=frozenset().union(*map(concepts_of, figure.context.row)),
        named=concepts_of(label),
        said=concepts_of(label) | concepts_of(said),
        counted=concepts_of(figure.quantity.unit) & MEANT - GENERAL if kind == "count" else frozenset(),
        where=_where(label),
        is_sum=_SUM.search(label) is not None,
    )


_PART = re.compile(
    r"\b(?:of (?:which|whom|them|these|those|that)|among them|alone|davon|darunter|von denen|allein)\b|其中",
    re.IGNORECASE,
)


def _unit_of(figure: DraftFigure, kind: str, units: Units) -> str:
    unit = figure.quantity.unit
    if kind == "money":
        return unit_meaning(unit, units).removesuffix("/year")
    # 1,190 gigawatt-hours are as many GWh, and 812 million kilos as many tonnes.
    return str(units.parse(unit or "1").dimension) if kind == "amount" else ""


def _size_of(figure: DraftFigure, kind: str, units: Units) -> float:
    ends = [float(end) for end in (figure.quantity.low, figure.quantity.high) if end is not None]
    factor = float(units.parse(figure.quantity.unit or "1").factor) if kind == "amount" else 1.0
    return abs(sum(ends) / len(ends)) * factor if ends else 0.0


def own_clause(figure: DraftFigure) -> tuple[str, str, str]:
    """The words of the clause of ``figure``, up to those beside it, and what its sentence says before and behind."""
    context = figure.context
    text, start, end = context.sentence, context.start, context.end
    first = max((after for _, after in context.figures if after <= start), default=0)
    last = min((before for before, _ in context.figures if before >= end), default=len(text))
    cuts = [first, *(match.end() for match in _SEPARATOR.finditer(text, first, start))]
    while len(cuts) > 1 and len(concepts_of(text[cuts[-1] : start])) < _FEWEST:
        cuts.pop()
    stop = _SEPARATOR.search(text, end, last)
    finish = stop.start() if stop else last
    clause = text[cuts[-1] : finish]
    if _HAN.search(clause):
        # "造了4.9万亩林": the number parts the verb from its object.
        clause = re.sub("了$", "", text[cuts[-1] : start]) + text[end:finish]
    return clause, text[: cuts[-1]], text[finish:]


@lru_cache(maxsize=8192)
def concepts_of(text: str) -> frozenset[str]:
    """The concepts of a text without times, pronouns and other words that are about nothing."""
    if _HAN.search(text):
        bare = _HAN_FUNCTION_WORDS.sub(" ", text)
    else:
        found = re.findall(r"[^\W\d_][\w-]*", text)
        bare = " ".join(
            word for word in found if word.lower() not in _FUNCTION_WORDS and word.lower() not in _TIME_WORDS
        )
    # "After tax" is a profit, though neither word is about anything alone.
    concepts = concepts_in(bare) | concepts_in(text) & MEANT
    return frozenset(concept for concept in concepts if len(concept) > 1)


def _weighted(texts: Iterable[str], weights: Iterable[float]) -> Mapping[str, float]:
    concepts: dict[str, float] = {}
    for text, weight in zip(texts, weights, strict=True):
        for concept in concepts_of(text):
            concepts.setdefault(concept, weight)
    return concepts


def _where(label: str) -> frozenset[str]:
    match = _LOCATIVE.search(label)
    return concepts_of(label[match.end() :]) if match else frozenset()


def _roles(figure: DraftFigure, label: str, clause: str, kind: str) -> Iterable[str]:
    context = figure.context
    yield from (role for role, pattern in ROLES.items() if pattern.search(clause))
    if _COMBINED.search(context.sentence, max(context.start - 24, 0), context.start):
        yield "combined"
    if figure.stance is not None and figure.stance.stance is Stance.PROJECTED:
        yield "planned"
    if kind == "money" and _SO_FAR.search(clause):
        yield "so far"
    is_change = context.change is ChangeRole.CHANGE_BY or context.relation is Relation.CHANGE
    is_change = is_change or not {"rise", "fall"}.isdisjoint(concepts_in(label))
    if is_change or _OF_CHANGE.search(context.sentence, max(context.start - 24, 0), context.start):
        yield "change"


def _names(text: str, *, capitals_name: bool) -> frozenset[str]:
    latin = _NAME.findall(text) if capitals_name else [match["name"] for match in _LOCATED.finditer(text)]
    return frozenset(name for name in (*latin, *_HAN_NAME.findall(text)) if name.lower() not in _TIME_WORDS)
