"""German numbers as data: numerals, limits, margins, units and money; ``de`` has what running text needs besides."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge
from kb.numbers.word_tables import (
    BoundWords,
    MarginWords,
    UnitWords,
    WordNumerals,
    by_country,
    countries,
    meanings,
    measures,
    numbered,
    pairs,
    phrases,
    words,
)

Meant = TypeVar("Meant")
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _also_plain(table: Mapping[str, Meant]) -> dict[str, Meant]:
    """``table``, and each of its words as keyboards without umlauts write it: fuenf, hoechstens."""
    return {spelling: meaning for word, meaning in table.items() for spelling in (word, word.translate(_PLAIN))}


# Numbers in words

_ARTICLES = words("ein eine einen einem einer eines")
_HALVES = dict.fromkeys(words("halbe halbes halber halben halbem"), 2)
_PARTS = _also_plain(
    {
        **dict.fromkeys(words("drittel dritteln drittels"), 3),
        **{
            stem + end: parts
            for stem, parts in numbered("""
vier 4 fünf 5 sechs 6 sieb 7 sieben 7 ach 8 acht 8 neun 9 zehn 10 zwölf 12 zwanzigs 20 hunderts 100 tausends 1000
""").items()
            for end in ("tel", "tels", "teln")
        },
    }
)
NUMERALS = WordNumerals(
    below_twenty=_also_plain(
        numbered("""
null 0 ein 1 eins 1 eine 1 einen 1 einem 1 einer 1 eines 1 zwei 2 zwo 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8
neun 9 zehn 10 zwölf 12 dreizehn 13 vierzehn 14 fünfzehn 15 sechzehn 16 siebzehn 17 achtzehn 18 neunzehn 19""")
    ),
    tens=_also_plain(
        numbered("zwanzig 20 dreißig 30 vierzig 40 fünfzig 50 sechzig 60 siebzig 70 achtzig 80 neunzig 90")
    ),
    scales={
        **{"tausend": 10**3, "tsd": 10**3, "tsd.": 10**3, "millionen": 10**6, "mio": 10**6, "mio.": 10**6},
        **{"mill.": 10**6, "mia": 10**9, "mia.": 10**9},
        **{"milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "mrd.": 10**9, "billionen": 10**12, "bio.": 10**12},
        **{"billiarde": 10**15, "billiarden": 10**15, "trillionen": 10**18},
        **{"zehntausend": 10**4, "hunderttausend": 10**5},
    },
    hundreds=words("hundert"),
    lone_numbers=words("hundert tausend"),
    dozens=words("dutzend"),
    vague_plurals={
        **{"dutzende": 12, "dutzenden": 12, "hunderte": 10**2, "hunderten": 10**2, "tausende": 10**3},
        **{"tausenden": 10**3, "zehntausende": 10**4, "zehntausenden": 10**4, "hunderttausende": 10**5},
        **{"hunderttausenden": 10**5, "millionen": 10**6, "milliarden": 10**9},
    },
    vague_openers=words("ein einem einen viele vielen"),
    several=words("mehrere mehreren mehrerer einige einigen einiger paar etliche etlichen"),
    known_things=words("diese dieser diesen"),
    halves={**_HALVES, **_PARTS, "hälfte": 2},
    half=words("hälfte"),
    half_articles=words("die der"),
    invariable_parts=frozenset({**_HALVES, **_PARTS}),
    one=_ARTICLES | words("eins"),
    articles=_ARTICLES,
    scale_articles=_ARTICLES,
    ands=words("und"),
    inner_ands=words("und"),
    inner_parts={
        "einhalb": Decimal("0.5"),
        "undhalb": Decimal("0.5"),
        "einviertel": Decimal("0.25"),
        "dreiviertel": Decimal("0.75"),
    },
    mixed={"anderthalb": Decimal("1.5"), "dreiviertel": Decimal("0.75")},
    of=words("von"),
    wholes=words("den"),
    points=words("komma"),
    determiners=words("der die das den dem dieser diese dieses jeder jede jedes kein keine so"),
)

# Limits and hedges

BOUNDS = BoundWords(
    leads=_also_plain(
        meanings(
            {
                (Bound.MORE_THAN, None): """
mehr als|über|höher als|größer als|länger als|älter als|oberhalb von|jenseits von|weit über|deutlich über|
weit mehr als|deutlich mehr als|übersteigt|mehr als das|über das""",
                (Bound.AT_LEAST, None): """
mindestens|mind.|min.|wenigstens|zumindest|nicht weniger als|minimal|größer oder gleich|nicht unter""",
                (Bound.LESS_THAN, None): """
weniger als|unter|nicht einmal|nicht mal|kleiner als|kürzer als|jünger als|unterhalb von|niedriger als|
deutlich weniger als|deutlich unter|weniger als das|unter das|unter dem""",
                (Bound.AT_MOST, None): """
höchstens|maximal|max.|gedeckelt auf|begrenzt auf|bis zu|innerhalb von|innerhalb|binnen|innert|
nicht mehr als|nicht über|allenfalls|bestenfalls|günstigstenfalls|im besten fall|
allerhöchstens|kleiner oder gleich|bis maximal|bis höchstens""",
                (None, Hedge.ABOUT): """
rund|etwa|zirka|ungefähr|in etwa|schätzungsweise|grob|um die|gegen|geschätzt|geschätzte|geschätzten""",
                (None, Hedge.NEARLY): "nahezu|beinahe|annähernd|kaum|an die|nicht ganz",
                (None, None): """
nur|lediglich|bloß|genau|exakt|insgesamt|zusammen|gerade einmal|gerade mal|ganze|stolze|sage und schreibe|allein|
jeweils|noch|bereits|schon""",
                (Bound.MORE_THAN, Hedge.JUST_OVER): """
gut|knapp über|etwas mehr als|etwas über|leicht über|gut über|ein wenig mehr als""",
                (Bound.LESS_THAN, Hedge.NEARLY): "knapp|knapp unter|etwas weniger als|etwas unter|leicht unter",
                (None, Hedge.ORDER_OF_MAGNITUDE): "in der größenordnung von|größenordnungsmäßig",
            }
        )
    ),
    trails=meanings(
        {
            (Bound.AT_LEAST, None): """
oder mehr|und mehr|oder höher|aufwärts|und darüber|oder darüber|nicht unterschreiten|
nicht unterschreitet|nicht unterschritt""",
            (Bound.AT_MOST, None): """
oder weniger|und weniger|oder niedriger|und darunter|oder darunter|nicht übersteigen|nicht übersteigt|nicht überstieg|
nicht überschreiten|nicht überschreitet|nicht überschritt""",
            (None, Hedge.ABOUT): "oder so",
            (None, None): "genau",
        }
    ),
    openings={"zwischen": ("und",), "von": ("bis",)},
    open_ends=words("von"),
    two_ends=words("zwischen"),
    all_but=frozenset(phrases("alle bis auf|alle außer")),
    exact=words("genau exakt"),
    joiners=words("bis oder"),
    alternatives=words("oder"),
    positives=words("plus"),
    then_number=words("als"),
    joiner_emphasis={"oder": "sogar", "bis": "zu"},
    sides=words("und aber"),
)

MARGINS = MarginWords(
    signs=frozenset(phrases("plus oder minus|plus/minus|plus minus")),
    kinds={
        "standardabweichung": MarginKind.STANDARD_DEVIATION,
        "standardfehler": MarginKind.STANDARD_ERROR,
        "konfidenzintervall": MarginKind.CONFIDENCE_INTERVAL,
        "vertrauensbereich": MarginKind.CONFIDENCE_INTERVAL,
        "toleranz": MarginKind.TOLERANCE,
        "fehlertoleranz": MarginKind.NOT_STATED,
        "schwankungsbreite": MarginKind.NOT_STATED,
    },
    fillers=words("bei mit"),
)

# Units and money

_CENT = Decimal("0.01")
_COINS = by_country("""
dollar: amerikanische USD, kanadische CAD, australische AUD, kanadischer CAD; franken: schweizer CHF; krone: dänische
DKK, norwegische NOK, schwedische SEK, tschechische CZK, isländische ISK, dänischen DKK, norwegischen NOK, schwedischen
SEK, tschechischen CZK; pfund: britische GBP, ägyptische EGP, britischen GBP; rupien: indische INR, pakistanische PKR;
lira: türkische TRY, türkischen TRY""")
UNITS = UnitWords(
    measures=_also_plain(
        measures("""
fraction 0.01 prozent prozentige prozentigen prozentiger prozentiges;
fraction 0.01 prozentpunkt prozentpunkte prozentpunkten; fraction 0.001 promille;
fraction 0.0001 basispunkt basispunkte basispunkten; multiple mal fache fachen faches facher fach;
EUR euros; GBP pfund; CHF franken sfr; RUB rubel; CNY renminbi; INR rupien; TRY lira; PLN złoty; USD us-dollar;
CHF 0.01 rappen; EUR 0.01 eurocent;
ms millisekunde millisekunden;
second sekunde sekunden; minute minuten; hour std. stunde stunden stündig stündige stündigen stündiger;
day tage tagen tages tägig tägige tägigen tägiger tägiges;
week woche wochen; month monat monate monaten monats monatig monatige monatigen; quarter quartal quartale quartalen;
year jahr jahre jahren jahres jährig jährige jährigen jähriger jähriges jährigem;
decade jahrzehnt jahrzehnte jahrzehnten; century jahrhundert jahrhunderte jahrhunderten;
metre metern meters; km kilometern kilometers; cm zentimeter zentimetern; mm millimeter millimetern;
mile meile meilen; light-year lichtjahr lichtjahre lichtjahren;
metre**2 quadratmeter quadratmetern qm; km**2 quadratkilometer quadratkilometern qkm;
metre**3 kubikmeter kubikmetern cbm; hectare hektar; litre litern liters; hl hektoliter hektolitern;
tonne tonnen; kg kilogramm; gram gramm; mg milligramm; barrel fass;
kwatt kilowatt; Mwatt megawatt; Gwatt gigawatt; Twatt terawatt;
kWh kilowattstunde kilowattstunden; MWh megawattstunde megawattstunden; GWh gigawattstunde gigawattstunden;
TWh terawattstunde terawattstunden; horsepower pferdestärke pferdestärken;
person menschen personen mensch leute leuten einwohner einwohnern; point punkt punkte punkten;
employee mitarbeiter mitarbeitern mitarbeitende mitarbeitenden mitarbeiterinnen;
customer kunde kunden kundinnen; company unternehmen firma firmen; share aktie aktien;
user nutzer nutzern nutzerinnen; country länder ländern staaten; contract vertrag verträge verträgen;
account konto konten; question frage fragen; book buch bücher büchern; house haus häuser häusern; case fälle fällen""")
    ),
    small_change={"EUR": {"cent": _CENT}, "CHF": {"rappen": _CENT}},
    change_joiners=words("und"),
    sign_scales={"T": 10**3},
    coins=_COINS,
    coin_forms=pairs("kronen krone"),
    article_coins=words("euro cent"),
    weights={"pfund": ("kg", Decimal("0.5"))},
    weighing=words("""
wiegen wiegt wog wogen gewogen gewicht gewichts körpergewicht geburtsgewicht lebendgewicht schwer schwere schwerer
leichter abgenommen zugenommen abnehmen zunehmen abspecken abgespeckt waage"""),
    goods=words("""
mehl weizenmehl roggenmehl zucker salz butter fleisch rindfleisch schweinefleisch hackfleisch fisch
brot käse wurst schinken speck hack gehacktes kaffee tee
kartoffeln äpfel
birnen kirschen erdbeeren beeren trauben tomaten möhren karotten zwiebeln spargel bohnen erbsen linsen pilze
pilzen nüsse mandeln reis nudeln honig quark schmalz fett gold silber blei eisen nägel wolle federn obst gemüse
tabak heu getreide hafer weizen roggen gewürze pfeffer schokolade muskeln muskelmasse sprengstoff"""),
    shared_coins=pairs("Dollar $ Dollars $ Rupien Rs"),
    sign_users=countries("""
USD USA US Vereinigte_Staaten Amerika amerikanische amerikanischen; CAD Kanada kanadische kanadischen kanadischer; AUD
Australien australische australischen; NZD Neuseeland; SGD Singapur; HKD Hongkong; TWD Taiwan; MXN Mexiko mexikanische
mexikanischen; JPY Japan japanische japanischen Yen; CNY China chinesische chinesischen Yuan Renminbi; GBP
Großbritannien britische britischen England; EGP Ägypten ägyptische ägyptischen; INR Indien indische indischen; PKR
Pakistan"""),
    multipliers={"halb": Decimal("0.5"), "doppelt": Decimal(2)},
    multiplier_ends=words("mal fach"),
    as_many=frozenset(phrases("so viele|so viel|so vielen")),
    as_adjective={"so": "wie"},
    many_more=words("mehr weniger"),
    no_units=words("an in um am zu je und als auf bei mal"),
    per=words("je im am"),
    per_articles=words("im am"),
    percentage_points=words("prozentpunkt"),
    clock_parts=pairs("std hour std. hour stunden hour min. minute minuten minute sek second sek. second"),
    rate_adverbs=pairs("""
täglich day stündlich hour wöchentlich week monatlich month vierteljährlich quarter jährlich year"""),
)
