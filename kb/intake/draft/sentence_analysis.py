"""Who states a number, as the words of its sentence say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, LEXICON
from kb.numbers.word_tables import words

_CUES, _STOPS = LEXICON.cues, LEXICON.stops


def _any_of(cues: Iterable[str]) -> str:
    return "|".join(map(re.escape, cues))


def voice_of(sentence: str, start: int) -> str:
    """Who states the number at character ``start`` of ``sentence``; empty if nobody is named.

    >>> voice_of("According to Harbour Watch, the pass costs $40.", 43)
    'Harbour Watch'
    >>> voice_of("Mara Lindqvist said that the pass costs $40.", 40)
    'Mara Lindqvist'
    >>> voice_of("渡轮协会表示月票要 40 美元。", 9)
    '渡轮协会'
    """
    names = (find(sentence, start) for find in _VOICE_FINDERS)
    return next((name for name in names if name is not None), "")


_OFFICES = words("""
council ministry department office authority agency board committee commission government company group firm union
association society court police bank institute university team spokesman spokeswoman spokesperson officials official
consultant consultants auditor auditors customer customers residents lawyers experts expert analysts analyst engineers
engineer economists economist minister mayor director manager scientists researchers campaigners managers supplier
suppliers insurers worker workers roller farmers volunteers members councillors chair president regulator operator""")
_COMMON_VOICE = re.compile(
    r"\b(?P<name>(?:the|a|an|our|its|their|one|union|city|county|state|some|many) (?:[a-z-]+ ){0,3}?"
    rf"(?P<head>{'|'.join(sorted(_OFFICES))})(?: of [a-z]+)?)"
    r"(?:, [^,]{2,60},)?(?: (?:also|has|have|had|now|still|later))? (?P<verb>[a-z]+)\b",
    re.IGNORECASE,
)
_TIMES = words("jahr monat quartal woche tag sommer winter herbst frühjahr vorjahr")
"""What a German verb of saying may follow without being its voice: ``Im kommenden Jahr rechnet die Stadt``."""
_MANY = re.compile(
    r"(?:^|[.;] )(?P<name>(?:[A-Z][a-z]+ (?:[a-z]+ )?)?(?:[Rr]esidents|[Cc]ritics|[Oo]pponents|[Nn]eighbours"
    r"|[Cc]ampaigners"
    r"|[Uu]nions"
    r"|[Pp]arents|[Ff]armers|[Ww]orkers|[Gg]roups|[Aa]ctivists|[Ss]taff|[Dd]rivers|[Tt]eachers|[Nn]urses|[Tt]raders|[Ll]ocals|[Ss]upporters|[Oo]fficials|[Aa]nalysts|[Ee]xperts))"
    r" (?P<verb>[a-z]+)\b"
)
"""``Residents claim that``: many who speak, without an article."""
_VIEW = re.compile(r"\b[Ii]n the (?:view|opinion|words|estimate) of (?P<name>(?:[A-Z][\w’'-]+ ?){1,4})")
_APPOSED = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}), (?:an?|the|who|its|their|chief|head)\b[^,]{2,60}, "
    r"(?P<verb>[a-z]+)\b"
)
_SAID_BY = re.compile(
    r"[”\"“,»«] ?(?:said|says|sagte|sagt|erklärte|warned|added|wrote|betonte|so)\s+(?P<rest>[^.;:“\"]{2,120})"
)
_TO_VERB = (
    "expects",
    "think",
    "thinks",
    "say",
    "says",
    "said",
    "believe",
    "believes",
    "reckon",
    "reckons",
    "fear",
    "hope",
    "hopes",
    "put",
    "puts",
    "counts",
    "estimate",
    "maintain",
    "maintains",
    "insist",
    "insists",
    "contends",
    "predicts",
    "calculates",
    "admits",
    "admitted",
    "concedes",
    "explained",
    "explains",
    "adds",
    "added",
)


_BODIES = "operator|firm|company|contractor|supplier|group|union|charity|regulator|agency|developer|owner|consultancy"
_NAMED_OFFICE = re.compile(
    rf"\b(?:{_BODIES}),? "
    r"(?P<name>[A-Z][\w&’'-]+(?: [A-Z][\w&’'-]+){0,3}),?(?: also| has| had)? (?P<verb>[a-z]+)\b"
)
"""``the operator, Larkline, says``: a firm by its name behind what it is."""


def _named_office(sentence: str, _: int) -> str | None:
    match = _NAMED_OFFICE.search(sentence)
    return match["name"] if match and match["verb"] in (*_CUES.saying, *_TO_VERB) else None


def _apposed(sentence: str, _: int) -> str | None:
    """``Marta Oyelaran, a consultant, thinks``; ``in the view of Ilse Varnham``; ``” said Dorothea Quill``."""
    match = _APPOSED.search(sentence)
    if match and match["verb"] in (*_CUES.saying, *_TO_VERB):
        return match["name"]
    if match := _VIEW.search(sentence):
        return match["name"].strip()
    if match := _SAID_BY.search(sentence):
        named = re.search(r"[A-ZÄÖÜ][\w’'-]+(?: [A-ZÄÖÜ][\w’'-]+)+", match["rest"])
        if named:
            # "Finanzvorständin Henrike Salzbrunn": in German an office has a capital, too.
            parts = named[0].split()
            return " ".join(parts[-2:] if len(parts) == 3 and parts[0].endswith(("in", "er", "ef", "or")) else parts)
    return None


def _office(sentence: str, start: int) -> str | None:
    """``the board expects``, ``union officials say``: an office or a group that no capital marks."""
    near = [
        (abs(match.start() - start), match["name"])
        for match in _COMMON_VOICE.finditer(sentence)
        if match["verb"].lower() in (*_CUES.saying, *_TO_VERB)
    ]
    behind = re.search(
        r"\b(?:according to|laut|said by|nach Angaben) (?P<name>(?:the |der |des |dem )?[a-z][\w -]{2,50}?)(?=[,.;]|$)",
        sentence,
    )
    if behind and any(word.lower() in _OFFICES for word in behind["name"].split()):
        return behind["name"]
    if (many := _MANY.search(sentence)) and many["verb"] in (*_CUES.saying, *_TO_VERB, "claim", "allege", "report"):
        return many["name"]
    board = re.search(r"\b(?:erwartet|rechnet|plant|prognostiziert)\s+(?P<name>(?:der|die|das) [A-ZÄÖÜ]\w+)", sentence)
    if board:
        return board["name"]
    return min(near)[1] if near else None


_VoiceFinder = Callable[[str, int], str | None]
"""Finds the voice of the number at a place of a sentence: empty for a pronoun, None where nobody speaks."""


def _attributed_by_words(language: Language) -> _VoiceFinder:
    """``according to Harbour Watch``: a name in capital letters behind words that introduce it."""
    cues = language.cues
    lead = rf"(?:{_any_of(cues.attributing)})\s+(?:(?:{_any_of(cues.articles)})\s+)?"
    # Where every noun has a capital, a small letter ends the name: "laut Hafenmeister Voss sank die Wartezeit".
    flags = re.NOFLAG if language.noun_capitals else re.IGNORECASE
    pattern = re.compile(rf"(?i:{lead})({_name_pattern(language)})", flags)

    def find(sentence: str, _: int) -> str | None:
        match = pattern.search(sentence)
        # "According to the counters at the gates": things count, and nobody speaks.
        is_somebody = match is not None and (
            match[1][:1].isupper() or not _OFFICES.isdisjoint(match[1].lower().split())
        )
        return _name(match[1], language) if match and is_somebody else None

    return find


def _speaking_by_words(language: Language) -> _VoiceFinder:
    """``Mara Lindqvist said``: of the names with a verb of saying behind them, the nearest to the number."""
    cues = language.cues
    named = re.compile(_name_pattern(language))
    behind = re.compile(rf"\s+(?:(?:{_any_of(cues.between_voice_and_verb)})\s+)?([^\W\d_A-Z]+)")
    saying = frozenset((*cues.saying, *(() if language.noun_capitals else _TO_VERB)))

    def find(sentence: str, start: int) -> str | None:
        near = [
            (abs(match.start() - start), name)
            for match in named.finditer(sentence)
            if (verb := behind.match(sentence, match.end()))
            and verb[1] in saying
            and match[0].lower() not in LEXICON.stops.no_names | _TIMES
            and (name := _name(match[0], language))
        ]
        return min(near)[1] if near else None

    return find


def _voice_by_characters(language: Language) -> _VoiceFinder:
    """渡轮协会表示, 据渡轮协会统计: a name at the beginning of a clause, or behind words that introduce it."""
    cues = language.cues
    name = rf"((?:{language.script}|[A-Za-z·.& ]){{2,20}}?)"
    speaking = re.compile(rf"(?:^|[，。；：、！？\s“”「」（）]){name}(?:{_any_of(cues.saying)})")
    before, behind = "".join(sorted(cues.before_attributing)), "".join(sorted(cues.behind_attributing))
    lead = rf"(?<![{before}])(?:{_any_of(cues.attributing)})(?![{behind}])"
    attributed = re.compile(
        rf"{lead}《?\s*{name}》?(?:{_any_of(cues.after_voice)})|从{name}(?:获悉|了解到|得知|处获悉)|有{name}(?:称|反映|爆料|举报)"
    )

    def find(sentence: str, _: int) -> str | None:
        for match in (*speaking.finditer(sentence), *attributed.finditer(sentence)):
            said = next((group for group in match.groups() if group), "").strip()
            voice = _HAN_ADVERBIAL.split(said)[0]
            titled = _HAN_TITLED.search(said)
            if titled and titled["person"][0] in _HAN_SURNAMES:
                return titled["person"]
            if _is_han_voice(voice) and not _is_pronoun(voice):
                return voice
        return None

    return find


_HAN_ADVERBIAL = re.compile(r"[在于对就向从因与和]|一份|日前|近日|昨日|今日|当天|随后")
_HAN_OFFICE = re.compile(
    r"(?:[局部会厅院所社司署处办队馆厂店报网]|集团|银行|中心|大学|媒体|工会|部门|机构|政府|公司|协会|法院|专家|顾问"
    r"|分析师|人士|负责人|发言人|居民|农户|村民|网民|网帖|职工|商户|业主|家长|记者"
    r"|主任|局长|部长|经理|教授|总裁|董事长|委员|代表|[一-鿿]·[一-鿿]+)$"
)
_HAN_SURNAMES = frozenset(
    """鲍柳甘尤岑温柯翁庄晏瞿华游祝阮耿齐施费纪童关焦苗霍左柴向庞骆樊凌俞章鲁葛韦申涂缪路娄解成冷辛简饶曲古殷詹卓蓝裴管祁褚
王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文哈"""
)
_HAN_TITLED = re.compile(
    r"(?:[局部县市镇乡村区校院馆站厂场队会社班科处所]长|主任|工程师|总工|经理|教授|总裁|董事长?|书记|负责人|发言人|专家|师|医生"
    r"|护士|司机|大户|农民|居民|村民|农户|店主|老板"
    r"|乘客|市民|家长|学生|代表|研究员|顾问|作者|会计|主席|秘书长|委员|总监|主管)(?P<person>[一-鿿]{2,3})$"
)
"""A person behind office and firm: 县水利局局长何远山."""
_HAN_GENERIC = words("审计机关 本报 我局 本局 记者 有关部门 本院 本公司 公司 报告 公告 通报")


def _is_han_voice(name: str) -> bool:
    """Whether ``name`` is one of somebody who speaks: an office, a group, or a person's name.

    按照可比价计算 speaks no more than 审计机关 in the report of an audit office, which is its author.
    """
    if name in _HAN_GENERIC or re.search(r"^[比与较按]|计算|统计口径|口径|标准|规定|预计|不是|而|却|这|那|将|每", name):
        return False
    is_person = 2 <= len(name) <= 4 and name[0] in _HAN_SURNAMES
    return is_person or "·" in name or _HAN_OFFICE.search(name) is not None


def _name_pattern(language: Language) -> str:
    capital = r"[A-ZÀ-ÖØ-Þ][\w&.’'-]*+"
    return rf"(?:{capital})(?:\s+(?:{capital}|{_any_of(language.cues.name_particles)})){{0,4}}"


_POSSESSIVE = re.compile(r"['’]s?$")


def _name(words: str, language: Language) -> str:
    particles = _any_of(language.cues.name_particles)
    bare = re.sub(rf"(?:\s+(?:{particles}))+$", "", words.strip().rstrip(".,"))
    name = _POSSESSIVE.sub("", bare)
    return "" if _is_pronoun(name) else name


def _is_pronoun(name: str) -> bool:
    return name.lower() in _STOPS.no_subjects or name in _CUES.no_voices


_VOICE_FINDERS = (
    _named_office,
    _apposed,
    *(
        finder(language)
        for language in LANGUAGES
        for finder in ((_voice_by_characters,) if language.script else (_attributed_by_words, _speaking_by_words))
    ),
    _office,
)


_PRONOUN_VOICE = re.compile(
    r"^(?:“[^”]*”\s*)?(?:She|He|They|Sie|Er|她|他)\b[^.]{0,60}\b(?:said|says|denied|denies|puts?|adds?|added"
    r"|expects?|thinks?|estimates?|sagte|rechnet)\b|^(?:她|他)(?:说|表示|认为|估计)"
    r"|, it (?:says|said|adds|added|claims|insists)\b"
    r"|\b(?:she|he|they) (?:said|says|added|adds|estimates?|reckons?|puts?|expects?|predicts?|forecasts?|thinks?)\b"
    r"|[”\"]\s?(?:said|says) (?:she|he)\b"
)


def speaks_again(sentence: str) -> bool:
    """Whether somebody speaks who was named before: ``She puts sales at``."""
    return _PRONOUN_VOICE.search(sentence) is not None


_OFFICIAL = (
    r"(?:spokes\w+|chief|head|director|manager|mayor|minister|councillor|officer|chair\w*|president|leader|secretary"
    r"|engineer|commissioner|treasurer|superintendent|Sprecher\w*|Leiter\w*|Vorstand\w*|Geschäftsführer\w*"
    r"|Bürgermeister\w*|Dezernent\w*)"
)
_HAN_OFFICIAL = r"(?:[局部县市镇乡村区校院馆站厂场队]长|主任|经理|工程师|总裁|董事长?|书记|负责人|发言人|秘书长|主席)"


def is_official(voice: str, text: str) -> bool:
    """Whether ``text`` says that ``voice`` is somebody who speaks for an office or a firm.

    >>> is_official("Piers Galbraith", "Piers Galbraith, a spokesman for the trust, put it at 12.")
    True
    >>> is_official("邱石", "林场场长邱石介绍，成活率达91%。"), is_official("老谭", "护林员老谭说，造了4.9万亩。")
    (True, False)
    """
    name = re.escape(voice)
    behind = rf"{name}, (?:[\w’' -]{{0,40}}\b)?{_OFFICIAL}\b|{name}, who (?:runs|manages|heads|leads|chairs)\b"
    before = rf"\b(?:{_OFFICIAL}|{_BODIES}),? {name}|{_HAN_OFFICIAL}{name}"
    return bool(voice) and re.search(rf"{behind}|{before}", text, re.IGNORECASE) is not None


def is_office(voice: str) -> bool:
    """Whether ``voice`` is an office, a firm or one of their people, whose statements a text reports."""
    if re.search(r"[\u3400-\u9fff]", voice):
        return _HAN_OFFICE.search(voice) is not None and "·" not in voice
    return voice[:1].islower() or any(word.lower() in _OFFICES for word in voice.split())


def is_quoted(text: str, paragraph: int, place: int) -> bool:
    """Whether the character ``place`` of a paragraph stands in quotation marks."""
    before = text[paragraph:place]
    opened = before.count("“") + before.count("„") - before.count("”")
    if "„" in before or "“" in before:
        return opened > 0 if "„" not in before else before.count("„") > before.count("“")
    return before.count('"') % 2 == 1
