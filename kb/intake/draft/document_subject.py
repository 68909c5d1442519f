"""What documents are about: the name that each says most often, one name for those that speak of the same thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.numbers.lexicon import LEXICON
from kb.numbers.word_tables import words

_LATIN = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'&-]{2,}(?!\w)")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN_NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’-]+(?:[ \n-][A-ZÀ-ÖØ-Þ][\w’-]+){1,2}(?!\w)")
_HAN_NAME = re.compile(
    r"\d{1,3}号(?:线|楼|井|桥|坑|机组|航站楼)"
    r"|[\u3400-\u9fff]{2,6}?(?:集团|公司|医院|大学|学院|中学|小学|水库|灌区|地铁|公园|机场|大桥|园区|电站|电厂|码头"
    r"|港口|博物馆|图书馆"
    r"|体育场|养老院|合作社|渔场|牧场|煤矿|景区|大坝|隧道|高速|铁路)"
)
_FORMS = words("""
ag gmbh se kg plc inc ltd llc corp co company group limited corporation holding holdings""")
_GENERAL_HAN = words("""
报告 公告 新闻 审计 关于 公司 全年 今年 去年 项目 资金 情况 工作 通报 调查 介绍 数据 我们 他们 其中 以来 表示 记者
万元 亿元 平均 比上 同期 实际 计划 预计 统计 发布 公布 完成 超过 达到 目前 部门 单位 管理 建设 农业 政府 季度 上半
下半 年度 同比 增长 下降 审计署 审计局 审计厅 结果 问题""")
_ARTICLE = re.compile(
    r"(?i)(?:^|\s)(?:der|die|das|dem|den|des|einen?|einem|einer|eines|im|am|zum|zur|vom|kein\w*|pro|je|mehr|von)\s+$"
)
_MEANT = words("mio mrd prozent million millionen milliarden kennzahl")
_NO_NAMES = (
    LEXICON.stops.no_names | _FORMS | _MEANT | frozenset((*LEXICON.prose.month_numbers, *LEXICON.units.measures))
)
_LEAST = 3
"""How often a document has to say a name that it is about."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is needed of a document to say what it is about; ``fallback`` is taken where no name shows."""

    text: str
    title: str
    language: str = ""
    fallback: str = ""


def subjects(documents: Sequence[Candidate], known: Iterable[str] = ()) -> list[str]:
    """The subject of each of the ``documents``; empty where none shows.

    Args:
        documents: Those that are drafted together.
        known: Subjects that other drafts name already; they are taken again where a document is about them.
    """
    counts = [_names(document) for document in documents]
    proper = [_proper_names(document) for document in documents]
    spread = Counter(name for counter in counts for name in counter)
    found = [_known(document, known) for document in documents]
    for first in range(len(documents)):
        for second in range(first + 1, len(documents)):
            shared = _shared(documents[first], documents[second], counts[first], counts[second], spread)
            shared = (
                shared
                or _common(documents, proper, first, second)
                or _told_by_both(documents, counts, proper, first, second)
            )
            name = found[first] or found[second] or shared
            if shared:
                found[first] = found[first] or name
                found[second] = found[second] or name
    named = [
        name or _own(document, counter) or document.fallback
        for name, document, counter in zip(found, documents, counts, strict=True)
    ]
    return [
        _whole(name, [each.text for each, own in zip(documents, named, strict=True) if own == name]) for name in named
    ]


def _whole(name: str, texts: Sequence[str]) -> str:
    """``name`` with the word that nearly always stands before it: ``Fenwick Lane`` for ``Lane``."""
    if not name or " " in name or "\u3400" <= name[0] <= "\u9fff":
        return name
    before: Counter[str] = Counter()
    for text in texts:
        before.update(re.findall(rf"([A-ZÀ-ÖØ-Þ][\w-]+|\S+|^)[ \n]{re.escape(name)}\b", text))
    word, count = before.most_common(1)[0] if before else ("", 0)
    is_name = word[:1].isupper() and word.lower() not in LEXICON.stops.no_names
    return f"{word} {name}" if is_name and count * 5 >= before.total() * 4 and count > 1 else name


def _known(document: Candidate, known: Iterable[str]) -> str:
    told = sorted(known, key=len, reverse=True)
    return next((name for name in told if name in document.title or document.text.count(name) >= _LEAST), "")


def _shared(left: Candidate, right: Candidate, own: Counter[str], other: Counter[str], spread: Counter[str]) -> str:
    """The name that both documents are about; empty where they do not speak of the same thing."""
    both = own.keys() & other.keys()
    in_both_titles = [name for name in both if name in left.title and name in right.title and spread[name] <= 2]
    if in_both_titles:
        # A rare name that both titles have need not be said again.
        return max(in_both_titles, key=lambda name: (len(name) if name > "\u2e80" else own[name] + other[name], name))
    names = [name for name in both if own[name] >= 2 and other[name] >= 2]
    rare = [name for name in names if spread[name] <= max(2, len(spread) and 3)]
    in_titles = [name for name in rare if name in left.title and name in right.title]
    if not in_titles and len(rare) == 1 and (rare[0] in left.title or rare[0] in right.title):
        return rare[0]
    is_han = any("\u3400" <= name[0] <= "\u9fff" for name in rare)
    strong = sum(min(own[name], other[name]) for name in rare)
    if not in_titles and (len(rare) < 2 or strong < (8 if is_han else 4)):
        return ""
    titles = {name: (name in left.title) + (name in right.title) for name in rare}
    return max(
        in_titles or rare,
        # "Aldermere", which one title has, and not the town of the newspaper.
        key=lambda name: (titles[name], min(own[name], other[name]) * (len(name) ** 2 if is_han else 1), name),
    )


def _common(documents: Sequence[Candidate], proper: Sequence[Counter[str]], first: int, second: int) -> str:
    """The name in a title of two documents that share several names which no other document has; empty for none.

    "Warm Rooms", "Ardle Bay" and "Upper Lathe" seldom stand in two documents by chance, however seldom each is said.
    """
    others = [counts for at, counts in enumerate(proper) if at not in (first, second)]
    names = [name for name in proper[first].keys() & proper[second].keys() if not any(name in each for each in others)]
    names = [name for name in names if not any(name != other and name in other for other in names)]
    titles = [f" {_flat(documents[at].title)}" for at in (first, second)]
    titled = [name for name in names if any(_flat(name) in title for title in titles)]
    least = _LEAST_HAN_NAMES if any("\u3400" <= name[-1] <= "\u9fff" for name in names) else _LEAST_NAMES
    is_long = any("\u3400" <= name[-1] <= "\u9fff" and len(name) >= _LONG_RUN for name in titled)
    if not titled or (len(names) < least and not is_long):
        return ""
    return max(titled, key=lambda name: (proper[first][name] + proper[second][name], len(name), name))


def _told_by_both(
    documents: Sequence[Candidate],
    counts: Sequence[Counter[str]],
    proper: Sequence[Counter[str]],
    first: int,
    second: int,
) -> str:
    """The name that two documents say which also share rare phrases and numbers; empty for none.

    A name that both say may be that of a town of which they tell different things. It is that of one thing where they
    have more in common that no other document says, and much more where one of them says it once.
    """
    left, right = documents[first], documents[second]
    elsewhere = [document.text for at, document in enumerate(documents) if at not in (first, second)]
    own, other = (counts[at] + proper[at] + _han_places(documents[at]) for at in (first, second))
    names = {
        name: min(own[name] + _in_title(name, left), other[name] + _in_title(name, right))
        for name in own.keys() & other.keys()
        if not any(name in text for text in elsewhere)
    }
    shared = _rare_phrases(left.text, right.text, elsewhere) | (_numbers(left.text) & _numbers(right.text))
    shared |= {name for name in proper[first].keys() & proper[second].keys() if name in names}
    told = max(names.values(), default=0)
    if not told or len(shared - names.keys()) < (_LEAST_SHARED if told > 1 else 2 * _LEAST_SHARED):
        return ""
    return max(names, key=lambda name: (name in left.title or name in right.title, len(name), names[name], name))


def _in_title(name: str, document: Candidate) -> int:
    """How much the title adds to the times that a document says ``name``."""
    return int(name in document.title)


_LEAST_SHARED = 3
_PHRASE = 4
"""Signs of a Chinese phrase that two documents seldom share by chance."""
_GENRE = re.compile(
    r"审计|情况|结果|基本|问题|年度|报告|公告|负责|百分|立方|亿元|万元|公里|可行|专项|以下简称|单位|比上年|截至|数据|统计|按照|左右|调查"
    r"|整改|介绍|表示|说法"
)
"""Signs of phrases that belong to a kind of document, and not to what it is about."""
_HAN_PLACE = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,3}?[省市县镇乡村州区](?!场)")
_NO_HAN_PLACE = re.compile(
    r"[全各本该年月日按对连同个分与和的在是有为从到由]|片区|园区|城区|地区|小区|社区|城市|农村|乡村"
)


def _han_places(document: Candidate) -> Counter[str]:
    """The places that stand at the beginning of a clause of a Chinese text, with how often it says each."""
    found = {name for name in _HAN_PLACE.findall(document.text) if not _NO_HAN_PLACE.search(name)}
    return Counter({name: document.text.count(name) for name in found})


def _rare_phrases(left: str, right: str, elsewhere: Sequence[str]) -> frozenset[str]:
    """Chinese phrases of both texts that no other text has, none of which overlaps another."""
    runs = _phrases(left) & _phrases(right)
    rare = {run for run in runs if not _GENRE.search(run) and not any(run in text for text in elsewhere)}
    # 应急备用水源 is one phrase, and not three.
    return frozenset(run for run in rare if not any(other[1:] == run[:-1] for other in rare))


def _phrases(text: str) -> frozenset[str]:
    return frozenset(run[at : at + _PHRASE] for run in _HAN.findall(text) for at in range(len(run) - _PHRASE + 1))


def _numbers(text: str) -> frozenset[str]:
    """The numbers of ``text`` with three digits that count, which two texts seldom share by chance; no years."""
    written = (re.sub(r"[.,]", "", match) for match in re.findall(r"\d[\d.,]*\d", text))
    found = {digits.rstrip("0") for digits in written if not re.fullmatch(r"(?:19|20)\d\d", digits)}
    return frozenset(digits for digits in found if len(digits) >= 3)


def _flat(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.casefold())


def _proper_names(document: Candidate) -> Counter[str]:
    """Names of several words, other words with a capital amid a sentence, and Chinese names known by their ends."""
    found: Counter[str] = Counter()
    for match in _LATIN_NAME.finditer(document.text):
        parts = [part.title() if part.isupper() else part for part in re.split(r"[\s-]", match[0])]
        while parts and parts[0].lower() in _NO_NAMES:
            parts.pop(0)
        if len(parts) > 1 and not any(part.lower() in _NO_NAMES for part in parts):
            found[" ".join(parts)] += 1
    if not document.language.startswith("de"):
        found.update(match[1] for match in _AMID.finditer(document.text) if match[1].lower() not in _NO_NAMES)
    for match in _HAN_NAME.finditer(document.text):
        if not any(general in match[0] for general in _GENERAL_RUNS):
            # Where a run begins does not show: 计了云溪轨道集团.
            found.update(match[0][at:] for at in range(max(len(match[0]) - _LEAST_RUN, 0) + 1))
    return found


_AMID = re.compile(r"(?<=[a-z,] )([A-ZÀ-ÖØ-Þ][a-zà-ÿ’-]{4,})(?! [A-Z])(?!\w)")
_LEAST_RUN = 4
_LONG_RUN = 6
"""Signs of a Chinese name that two documents do not share by chance: 江陵市第三医院."""
_GENERAL_RUNS = _GENERAL_HAN - frozenset(("公司", "管理", "建设", "农业"))
_LEAST_NAMES = 3
_LEAST_HAN_NAMES = 2
"""How many names two documents share that speak of the same thing, if none of them is said often."""


def _own(document: Candidate, counts: Counter[str]) -> str:
    named = [name for name in counts if name in document.title and counts[name] >= 2]
    often = [name for name in counts if counts[name] >= _LEAST]
    ranked = named or often
    return (
        max(ranked, key=lambda name: (counts[name] * (len(name) ** 2 if name[0] > "\u2e80" else 1), len(name), name))
        if ranked
        else ""
    )


def _names(document: Candidate) -> Counter[str]:
    """How often the document says each name; of Chinese each run of characters that its title has."""
    counts = _latin_names(document.text, has_noun_capitals=document.language.startswith("de"))
    for run in _HAN.findall(document.title):
        runs = (run[at : at + length] for length in range(2, 7) for at in range(len(run) - length + 1))
        for name in runs:
            if not any(general in name or name in general for general in _GENERAL_HAN):
                counts[name] = document.text.count(name)
    return Counter({name: count for name, count in counts.items() if count})


def _latin_names(text: str, *, has_noun_capitals: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    with_article: Counter[str] = Counter()
    lowered = Counter(re.findall(r"(?<![\w’'-])[a-zà-ÿ][\w’'&-]{2,}", text))
    for match in _LATIN.finditer(text):
        word = re.sub(r"['’]s?$", "", match[0])
        # What is also written small is a word at the beginning of a sentence.
        if lowered[word.lower()] or word.lower() in _NO_NAMES:
            continue
        # "Die Brennauer Werke AG": two words with capitals are a name.
        is_single = not text[match.end() : match.end() + 2].strip()[:1].isupper()
        if is_single and _ARTICLE.search(text, max(match.start() - 14, 0), match.start()):
            with_article[word] += 1
        counts[word.title() if word.isupper() and len(word) > 4 else word] += 1
    # Where every noun has a capital, names seldom follow an article.
    for word, count in with_article.items() if has_noun_capitals else ():
        if 2 * count > counts[word]:
            del counts[word]
    return counts
