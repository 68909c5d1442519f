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
