"""Where what documents speak of is: the place that title, dateline or text name most, and that of a single sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.intake.draft.document_subject import Candidate
from kb.numbers.lexicon import LEXICON
from kb.numbers.word_tables import words

PLACE_KEY = "place"
"""The scope key of where a figure was counted."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’-]+"
_JOINED = rf"{_NAME}(?: {_NAME}| (?:am|an der|bei|upon|on|de|la|le|ob der|in der) {_NAME}){{0,2}}"
_KINDS = (
    r"(?:County|City|Town|Island|Islands|Valley|Bay|Borough|District|Parish|Province|Peninsula|Shire|Township|Harbou?r"
    r"|Estuary|Forest)"
)
_BEFORE = r"(?:Lake|Port|Mount|Isle of|City of|Town of|County of|Borough of|Province of|River)"
_KIND_NAMED = re.compile(rf"\b(?:(?!The\b){_NAME}(?: {_NAME})? {_KINDS}|{_BEFORE} {_NAME})(?! Council)\b")
_COUNCIL = re.compile(
    rf"\b(?P<place>(?!The\b){_NAME}(?: {_NAME})??) (?:(?:City|County|Town|Borough|District|Parish|Harbou?r|Regional"
    r"|Municipal|Port|Passenger|Transport|Water|Health|Housing|School) )*"
    r"(?:Council|Authority|Board|Trust|Hospital|University|Commission)\b"
)
_OFFICIAL_GERMAN = re.compile(
    r"\b(?:Stadt|Gemeinde|Landkreis|Kreis|Kreisstadt|Hansestadt|Insel|Kanton|Bezirk|Markt|Ort|Dorf|Hafen|Region) "
    rf"(?P<place>{_JOINED})"
)
_LOCATIVE = re.compile(rf"(?<![\w’'])(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Aa]us|[Ii]n der) (?P<place>{_JOINED})(?![\w’'-])")
_DATELINE = re.compile(
    rf"^(?P<place>{_NAME}(?: {_NAME})?)(?:, \d{{1,2}}\.? {_NAME} \d{{4}}|,? ?(?:--|—|–) ?[A-Z“\"„])"
    rf"|\bin (?P<byline>{_NAME})$",
    re.MULTILINE,
)
_HAN_KINDS = "省市县镇乡村州谷岛湾湖"
_HAN = re.compile(rf"[\u3400-\u9fff]{{2,3}}?(?:新?区|[{_HAN_KINDS}])")
_HAN_NOT = re.compile(
    r"^[本全该各我与和在对由到从按据将把被为是有了的这那某每上下前两一二三四五六七八九十]|[的了和与]|城市$|全市"
    r"|社区|灌区|景区|园区|库区|山区"
    r"|地区|小区|校区|厂区|片区|矿区|城区|辖区|郊区|农村|乡村|新村|超市|上市|股市|门市|都市|夜市|集市|早市|鱼塘"
)
_HAN_LEAD = re.compile(r"(?:^|[\s，。：；（《“‘、/|])$")
_NO_PLACES = (
    LEXICON.stops.no_names
    | frozenset(LEXICON.prose.month_numbers)
    | words("""
parliament christmas easter spring summer autumn winter english german french chinese euro euros euros prozent millionen
million mrd mio prices preisen total summe höhe bau betrieb zukunft kraft
form folge ordnung research institute district regional hospitals
university water health housing port transport city county state national regional federal
bericht auftrag rahmen zusammenhang bezug quartal jahr vorjahr version python page table chapter note section
""")
)
_KIND_WORDS = words("city county")
_OFFICE = re.compile(
    r"(?i)\b\w*(?:kammer|amt|hof|rat|behörde|ministerium|verband|office|agency|ministry|bureau|group)\b"
)
_BUILT = words("""
lane street road avenue square bridge station depot terminal plant works mill yard house hall gate wharf pier quay mine
farm stadium museum library theatre hospital school college straße platz weg allee brücke bahnhof halle werk""")
"""What is built in a place, and no place itself."""
_FIRM = (
    r"(?:AG|SE|g?GmbH|KG|eG|eV|PLC|plc|Plc|Inc|Ltd|LLC|Limited|Corp|Corporation|Company|N\.?V\.?|S\.?A\.?|S\.?p\.?A\.?"
    r"|Holdings?)"
)
_LEAD = 700
"""Characters at the beginning of a document in which it says where it is."""
_LEAST = 3
"""What a place needs, a mention counting one, and more in title, dateline or lead."""


def places(documents: Sequence[Candidate], subjects: Sequence[str]) -> list[str]:
    """The place that each of the ``documents`` is about; empty where none shows, and for the accounts of a firm.

    Documents of one subject are about one place: that which most of them say. What the subject names already is no
    place beside it.
    """
    found: dict[str, Counter[str]] = {}
    for document, subject in zip(documents, subjects, strict=True):
        found.setdefault(subject, Counter()).update(_weights(document))
    rows = {name for document in documents for counter in found.values() for name in counter if _is_row(name, document)}
    for subject, counter in found.items():
        for name in rows & counter.keys():
            if not is_within(name, subject):
                del counter[name]
    named = {subject: _most(counter, subject) for subject, counter in found.items()}
    firms = {
        subject
        for document, subject in zip(documents, subjects, strict=True)
        if subject and _is_firm(subject, document.text)
    }
    return ["" if subject in firms else named[subject] for subject in subjects]


def _is_row(name: str, document: Candidate) -> bool:
    """Whether a table has ``name`` as one of its rows: then it is a part of what the document is about."""
    return re.search(rf"^[|\s]*{re.escape(name)}[^\S\n]*(?:\||\t|  )", document.text, re.MULTILINE) is not None


def _is_firm(subject: str, text: str) -> bool:
    if "\u3400" <= subject[0] <= "\u9fff":
        return subject.endswith(("公司", "集团", "股份", "银行", "控股"))
    return re.search(rf"\b{re.escape(subject)}(?: [\w&-]+){{0,2}} {_FIRM}\b", text, re.IGNORECASE) is not None


def _most(counter: Counter[str], subject: str) -> str:
    ranked = sorted(counter, key=lambda name: (-counter[name], -len(name), name))
    return ranked[0] if ranked and counter[ranked[0]] >= _LEAST and not is_within(ranked[0], subject) else ""


def is_within(place: str, subject: str) -> bool:
    """Whether ``subject`` names ``place``, or is named after it: ``Fenwick Lane``, 云溪 and 云溪市."""
    own, other = place.casefold(), subject.casefold()
    return bool(other) and (own in other or other in own)


def _weights(document: Candidate) -> Counter[str]:
    """How much speaks for each place of a document."""
    text, title = document.text, document.title
    if len(re.findall(r"[\u3400-\u9fff]", text[:_LEAD])) * 4 > len(text[:_LEAD]):
        names = _han_places(f"{title}\n{text}")
    else:
        names = _latin_places(text)
    counts: Counter[str] = Counter()
    for name in names:
        count = (
            len(re.findall(rf"(?<!\w){re.escape(name)}", text, re.IGNORECASE)) if name.isascii() else text.count(name)
        )
        early = text[:_LEAD].count(name)
        counts[name] = names[name] + min(count, 5) + 2 * min(early, 2) + 4 * (name.casefold() in title.casefold())
    return counts


def _latin_places(text: str) -> Counter[str]:
    """Each place that the words around it say is one, with how surely they do."""
    found: Counter[str] = Counter()
    for pattern, weight in ((_KIND_NAMED, 3), (_COUNCIL, 2), (_OFFICIAL_GERMAN, 3), (_LOCATIVE, 1), (_DATELINE, 4)):
        for match in pattern.finditer(text[: _LEAD if pattern is _DATELINE else len(text)]):
            name = next((group for group in match.groups() if group), match[0])
            name = name.title() if name.isupper() else name
            if _is_place(name):
                found[name] = max(found[name], weight)
    return found


def _is_place(name: str) -> bool:
    first, *_, last = name.split() * 2
    listed = _NO_PLACES - _KIND_WORDS | _BUILT
    return first.lower() not in _NO_PLACES and last.lower() not in listed and not _OFFICE.search(name)


def _han_places(text: str) -> Counter[str]:
    """Chinese places: what ends like one at the beginning of a clause, or is said often."""
    found: Counter[str] = Counter()
    for match in _HAN.finditer(text):
        name = match[0]
        if _HAN_NOT.search(name):
            continue
        leads = _HAN_LEAD.search(text[max(match.start() - 1, 0) : match.start()]) is not None
        found[name] = max(found[name], 3 if leads else 0)
    return found


_PLACED = re.compile(
    rf"(?<![\w’'])(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|[Bb]ei)\s(?:neighbouring\s|neighboring\s|nearby\s)?(?P<place>{_JOINED})(?![\w-])"
)
"""Where what a clause tells of is: ``In neighbouring Ashdale``, ``the baths at Coldmouth``."""
_HAN_PLACED = re.compile(
    r"(?:^|[，。；：“、])(?:(?:相邻|邻近|隔壁|附近|毗邻)的|在)?"
    r"(?P<place>[\u3400-\u9fff]{2,4}?(?:[省市县镇乡村]|林场|农场|水库|灌区|中医院|医院|中学|小学))"
    r"(?=[^局委府政厅财审水发教住交农卫人公民第长的有，。；])"
)
_LEADS = re.compile(r"(?:^|[,;] )$")
_NEARBY = re.compile(r"相邻|邻近|隔壁|附近|毗邻")
_NO_HAN = re.compile(rf"{_HAN_NOT.pattern}|[逐每各组某]|审计")


def place_of(sentence: str, start: int, figures: Sequence[tuple[int, int]], known: str, text: str) -> str:
    """The place that the clause of the number at ``start`` names, which is not that of the whole document; or empty.

    Args:
        sentence: The sentence.
        start: Where the number begins in it.
        figures: Where all numbers of the sentence begin and end.
        known: The subject, the place and the authors of the document, which are no places beside themselves.
        text: The document, in which a name with an article is a thing.
    """
    if re.search(r"[\u3400-\u9fff]", sentence):
        found = [match for match in _HAN_PLACED.finditer(sentence) if match.end() <= start]
        names = [match["place"] for match in found if _NEARBY.search(match[0]) or not _NO_HAN.search(match["place"])]
    else:
        behind = next((first for first, _ in figures if first > start), len(sentence))
        last = re.search(r"[,;:.]\s", sentence[start:behind])
        stop = start + last.start() if last else behind
        found = [match for match in _PLACED.finditer(sentence, 0, stop) if _is_of(match, sentence, start)]
        names = [
            match["place"]
            for match in found
            if _is_proper(match["place"], text, least=1 if _LEADS.search(sentence, 0, match.start()) else 2)
        ]
    others = [
        name for name in names if name not in known and not any(is_within(name, each) for each in known.split("\n"))
    ]
    return others[-1] if others else ""


def _is_of(match: re.Match[str], sentence: str, start: int) -> bool:
    """Whether a place is that of the number at ``start``: in its clause, or at the beginning of its sentence."""
    if match.start() > start:
        return True
    between = sentence[match.end() : start]
    return re.search(r"\d|[;:]\s", between) is None and (match.start() == 0 or between.count(",") <= 1)


def _is_proper(name: str, text: str, *, least: int) -> bool:
    """Whether a word with a capital is a name: a place of some kind, and never a thing with an article."""
    last = name.rsplit(maxsplit=1)[-1]
    has_article = re.search(
        rf"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Dd]em|[Dd]es|[Ee]in\w*|a|an) {re.escape(last)}\b", text
    )
    return _is_place(name) and has_article is None and text.count(last) >= least
