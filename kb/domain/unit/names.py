"""Names of currencies and counted things: codes, plurals, short forms, Chinese nouns and misspellings."""

import re

from rapidfuzz.distance import OSA

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL BTC ETH
"""
CURRENCIES = frozenset(_CODES.split())
"""The codes of ISO 4217 that are in use, and those of two cryptocurrencies."""

_WHOLE = "BIF CLP COP DJF GNF IDR ISK JPY KMF KRW LAK PYG RWF UGX VND VUV XAF XOF XPF"
WHOLE_CURRENCIES = frozenset(_WHOLE.split())
"""Currencies in which nobody writes parts of one, by ISO 4217 or by use."""

CURRENCY_NAMES = {
    **{"USD": "dollar", "CNY": "yuan", "EUR": "euro", "GBP": "pound", "JPY": "yen", "INR": "rupee", "KRW": "won"},
    **{"RUB": "rouble", "CHF": "franc", "BTC": "bitcoin"},
}
"""Names of currencies that need no country to be understood, in the singular."""

_NOUN_LIST = """
account agent author bank book case chip citation company contract country customer document email employee engineer
error expert firm flop gpu house image investor item job lab lawyer message model organization output page paper
parameter person plan prompt query question report request sample seat server session share source staffer subscriber
subscription task team thing ticket token unit user word worker
"""
NOUNS = frozenset(_NOUN_LIST.split())
"""Things that are often counted, so that their misspellings are noticed; any other noun is a unit, too."""

ALIASES = {
    "percent": "fraction",
    "percentage": "fraction",
    "ratio": "fraction",
    "times": "multiple",
    "fold": "multiple",
    "organisation": "organization",
    "tok": "token",
    "mtok": "Mtoken",
    "req": "request",
    "reqs": "request",
    "mo": "month",
    "yr": "year",
    "hr": "hour",
    "min": "minute",
    "sec": "second",
    "qtr": "quarter",
    "annum": "year",
}
"""Other names of units, each in the singular."""

_HAN_MEASURES = """
米 metre 公里 km 千米 km 厘米 cm 毫米 mm 纳米 nm 微米 μm 英里 mile 英尺 foot 英寸 inch 海里 nautical_mile 公顷 hectare
英亩 acre 公斤 kg 千克 kg 克 gram 毫克 mg 微克 μg 吨 tonne 噸 tonne 升 litre 毫升 ml 瓦 watt 吉瓦时 Gwatt-hour
太瓦时 Twatt-hour 赫兹 hertz 兆赫 MHz 吉赫 GHz 字节 byte 伏 volt 千伏 kV 安 ampere 焦耳 joule 千卡 kcal 帕 pascal
光年 light-year 流明 lumen 磅 lb 马力 horsepower 毫米汞柱 mmHg 桶 barrel
"""
HAN_NOUNS = {
    **dict(zip(_HAN_MEASURES.split()[::2], _HAN_MEASURES.split()[1::2], strict=True)),
    **{
        "人": "person",
        "人次": "人次",
        "个人": "person",
        "名员工": "employee",
        "名": "person",
        "位": "person",
        "员工": "employee",
    },
    **{"公司": "company", "家公司": "company", "企业": "company", "家企业": "company", "机构": "organization"},
    **{"家机构": "organization", "账户": "account", "个账户": "account", "账号": "account", "个账号": "account"},
    **{"用户": "user", "个用户": "user", "词": "word", "字": "word", "个词": "word", "单词": "word", "次": "thing"},
    **{"查询": "query", "次查询": "query", "条": "item", "个": "thing", "国家": "country", "个国家": "country"},
    **{"秒": "second", "分钟": "minute", "小时": "hour", "个小时": "hour", "天": "day", "日": "day", "周": "week"},
    **{"个星期": "week", "星期": "week", "个月": "month", "月": "month", "季度": "quarter", "个季度": "quarter"},
    **{"年": "year", "岁": "year", "引用": "citation", "处引用": "citation", "订阅": "subscription", "份": "thing"},
    **{
        "参数": "parameter",
        "个参数": "parameter",
        "个词元": "token",
        "个令牌": "token",
        "度电": "kWh",
        "千瓦时": "kWh",
    },
    **{"兆瓦": "Mwatt", "吉瓦": "Gwatt", "千瓦": "kwatt", "兆瓦时": "Mwatt-hour"},
    **{
        "令牌": "token",
        "词元": "token",
        "代币": "token",
        "股": "share",
        "请求": "request",
        "次请求": "request",
        "客户": "customer",
    },
}
"""Chinese nouns for counted things and times, alone and behind their classifiers."""

# A word in -us is a singular (virus, status), hence the entries for CPUs, GPUs and TPUs.
_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "data": "data",
    "movies": "movie",
    "cookies": "cookie",
    "analyses": "analysis",
    "crises": "crisis",
    "diagnoses": "diagnosis",
    "criteria": "criterion",
    "bacteria": "bacterium",
    "indices": "index",
    "lives": "life",
    "halves": "half",
    "calves": "calf",
    "knives": "knife",
    "leaves": "leaf",
    "loaves": "loaf",
    "shelves": "shelf",
    "thieves": "thief",
    "wives": "wife",
    "wolves": "wolf",
    "geese": "goose",
    "mice": "mouse",
    "oxen": "ox",
    "teeth": "tooth",
    "aliases": "alias",
    "atlases": "atlas",
    "biases": "bias",
    "canvases": "canvas",
    "gases": "gas",
    "irises": "iris",
    "lenses": "lens",
    # Of the nouns in -uses and -oes, these keep their e: a fuse and a canoe, but a bus and a potato.
    "abuses": "abuse",
    "excuses": "excuse",
    "fuses": "fuse",
    "recluses": "recluse",
    "ruses": "ruse",
    "canoes": "canoe",
    "foes": "foe",
    "toes": "toe",
    "cpus": "cpu",
    "gpus": "gpu",
    "tpus": "tpu",
    # Units per second are no plurals.
    "fps": "fps",
    "rps": "rps",
    "cfs": "cfs",
    "gas": "gas",
    "lens": "lens",
    "news": "news",
    "series": "series",
    "species": "species",
    "times": "times",
}


IRREGULAR_PLURALS = frozenset(_IRREGULAR)
"""Plurals whose singular follows no rule; every other plural that ``singular`` changes ends in s."""


_ADDS_ES = re.compile(r"(?:[^aeiou]us|[^h]o|cho)es$")
"""Plurals of nouns in -us and -o: buses and potatoes, but houses."""


def singular(noun: str) -> str:
    """The singular of ``noun``, in lower case.

    >>> [singular(noun) for noun in ("Queries", "people", "boxes", "business", "words")]
    ['query', 'person', 'box', 'business', 'word']
    >>> [singular(noun) for noun in ("buses", "houses", "potatoes", "shoes", "viruses", "uses")]
    ['bus', 'house', 'potato', 'shoe', 'virus', 'use']
    """
    noun = noun.lower()
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes")) or _ADDS_ES.search(noun):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun


def is_misspelling(left: str, right: str) -> bool:
    """Whether ``left`` looks like a misspelling of ``right``: a letter or two more, less, changed or swapped.

    Short words never do, two slips need a long word, and another first letter makes another word.

    >>> is_misspelling("tokne", "token"), is_misspelling("subscribtoin", "subscription")
    (True, True)
    >>> is_misspelling("crane", "crate")
    True
    >>> is_misspelling("user", "uses"), is_misspelling("look", "book"), is_misspelling("bottle", "battles")
    (False, False, False)
    """
    shorter, longer = sorted((len(left), len(right)))
    if left == right or shorter < 4 or longer < 5 or left[:1] != right[:1]:
        return False
    return OSA.distance(left, right, score_cutoff=2) <= (2 if shorter >= 9 else 1)


POINTS = "percentage-point"
"""The unit of differences between shares, which are never per cent."""


def plain_unit(unit: str) -> str:
    """``unit`` with the one name of a pure number in front: ``fraction`` for ``percent``, ``multiple`` for ``times``.

    >>> plain_unit("percent"), plain_unit("percent/year"), plain_unit("USD/month")
    ('fraction', 'fraction/year', 'USD/month')
    """
    head, slash, under = unit.partition("/")
    named = {"%": "fraction"}.get(head) or ALIASES.get(head, head)
    return (named if named in ("fraction", "multiple") else head) + slash + under
