"""German as data; what each table is for stands in ``word_tables``, ``prose_tables`` and ``language``."""

from kb.domain.entity import Stance
from kb.numbers.de_numbers import BOUNDS, MARGINS, NUMERALS, UNITS
from kb.numbers.language import CueWords, Language, SentenceMarks, StopWords
from kb.numbers.prose_tables import FigurePattern, NounWords, ProseWords, Reader
from kb.numbers.word_tables import YEAR, numbered, phrases, words

# Figures in running text

_MONTHS = words("januar februar märz april mai juni juli august september oktober november dezember jänner")
_MONTH_NUMBERS = numbered("""
januar 1 jänner 1 februar 2 märz 3 april 4 mai 5 juni 6 juli 7 august 8 september 9 oktober 10 november 11 dezember 12
jan 1 feb 2 apr 4 jun 6 jul 7 aug 8 sept 9 sep 9 okt 10 nov 11 dez 12""")
_MONTH = (
    r"(?:Jan(?:uar|\.)|Jänner|Feb(?:ruar|r?\.)|März|Apr(?:il|\.)|Mai|Jun[io]|Jul[io]|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Okt(?:ober|\.)|Nov(?:ember|\.)|Dez(?:ember|\.))"
)
_MONEY = r"(?:€|EUR|Euro|CHF|Franken|SFr\.?|USD|US-Dollar|US\$|Dollar|GBP|Pfund|£|\$)"
_SCALE = r"(?:Tsd\.?|Tausend|Mio\.?|Mill\.|Millionen|Mrd\.?|Mia\.?|Milliarden)"
_CELL_END = r"(?=\s*[)|\t\n,;:]|\s*$)"
# "Umsatz 5 Mio. €" is an amount, but "2024 Mio. €" a year with the scale of its column.
_NO_AMOUNT = r"(?:(?<!\d)(?<!\d\s)|(?<=\b(?:19|20)\d\d\s))"
_PERIOD = r"(?:Quartals?|Halbjahre?s?|Jahrhunderts?|Jahrhunderten?|Trimesters?|Semesters?|Geschäftsjahre?s?)"
# A look ahead at the first character comes first: it is what a text has least of.
_DATES = (
    rf"(?=\d)(?<![\w€£$])(?<!\d[.,])\d{{1,2}}\.(?:\s?[-–/]\s?\d{{1,2}}\.|\s(?:und|bis|oder)\s\d{{1,2}}\.)?\s?{_MONTH}(?:\s{YEAR})?(?!\w)",
    rf"(?=[JFMASOND])(?<!\w){_MONTH}\s{YEAR}(?!\w|[.,]\d)",
    rf"(?=\d)(?<!\w)(?<!\d[.,])\d{{1,2}}\.(?:\s?[-–/]\s?\d{{1,2}}\.|\s(?:und|bis)\s\d{{1,2}}\.)?\s{_PERIOD}(?:\s{YEAR})?(?!\w)",
    r"(?=\d)(?<!\w)(?<!\d[.,])\d{1,2}(?:[.:]\d{2})?(?:\s(?:bis|und)\s\d{1,2}(?:[.:]\d{2})?)?\s?Uhr(?:\s\d{2})?(?!\w)",
    r"(?=\d)(?<!\w)(?:1[5-9]|20)\d0er(?:[ -]Jahren?)?(?!\w)|(?<!\w)[2-9]0er[ -]Jahren?(?!\w)",
    # A weak singular shows that the number is a year: das 1887 gegründete Werk, dem 1923 erbauten Turm; die 1500 Gäste.
    rf"(?=\d)(?:(?<=\b[Dd]as\s)|(?<=\b[Dd]er\s)|(?<=\b[Dd]ie\s)){YEAR}(?=\s[a-zäöüß]{{3,}}e\s[A-ZÄÖÜ])",
    rf"(?=\d)(?:(?<=\b[Dd]em\s)|(?<=\b[Dd]es\s)){YEAR}(?=\s[a-zäöüß]{{3,}}en\s[A-ZÄÖÜ])",
    r"(?=G)(?<!\w)GJ\s?\d{2}(?:/\d{2})?(?!\d)",
    rf"(?=[WSG])(?<!\w)(?:Wintersemester|Saison|Geschäftsjahr|Spielzeit)\s{YEAR}/(?:{YEAR}|\d{{2}})(?!\w)",
    r"(?=\d)(?:(?<=\bam\s)|(?<=\bvom\s)|(?<=\bzum\s)|(?<=\bbis\s)|(?<=\bab\s)|(?<=\bseit\s))\d{1,2}\.\d{1,2}\.(?!\d)",
)
_BEHIND_DETERMINER = "|".join(
    rf"(?<=\b{word}\s)"
    for word in (
        *("der", "die", "das", "den", "dem", "des", "im", "am", "zum", "zur", "beim", "vom", "jeder", "jede", "jedes"),
        *("jedem", "jeden", "dieser", "diese", "dieses", "diesem", "diesen", "ihr", "ihre", "ihrem", "ihren", "ihrer"),
        *("sein", "seine", "seinem", "seinen", "seiner", "einen", "einem"),
    )
)
_STEMS = numbered(
    "verdoppel 2 verdreifach 3 vervierfach 4 verfünffach 5 versechsfach 6 verzehnfach 10 verhundertfach 100"
)
_MULTIPLYING = {stem + end: str(times) for stem, times in _STEMS.items() for end in ("t", "te", "ten", "en", "n")} | {
    "halbier" + end: "0.5" for end in ("t", "te", "ten", "en")
}
_NTHS = numbered("""
zweite 2 dritte 3 vierte 4 fünfte 5 sechste 6 siebte 7 achte 8 neunte 9 zehnte 10 zwanzigste 20 hundertste 100""")
_NTH = "|".join(_NTHS)
_SMALL = "|".join(sorted({*NUMERALS.below_twenty, *NUMERALS.tens}))
_FIGURES = (
    FigurePattern(
        Reader.RATIO,
        (
            rf"(?<![\w:.,-])(?P<first>\d{{1,3}}|{_SMALL})(?P<sign>\szu\s)(?P<second>\d{{1,3}}|{_SMALL})"
            r"(?![\w%:]|[.,]\d)"
        ),
        needs=(" zu ",),
    ),
    FigurePattern(
        Reader.EACH_NTH,
        rf"(?=j)(?<![\w-])jede[rsnm]?\s(?P<ordinal>{_NTH})[rsn]?(?![\w-]|\s(?:Tag|Woche|Monat|Jahr|Stunde|Minute|Mal)\w*)",
        needs=("jede",),
    ),
    FigurePattern(
        Reader.FOLD,
        r"(?=[zdvfsanh])(?<![\w-])(?P<number>zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|hundert)-?fache?[ns]?(?![\w-])",
        needs=("fach",),
    ),
    FigurePattern(
        Reader.MULTIPLIED,
        (rf"(?=[vh])(?<![\w-])(?P<verb>{'|'.join(sorted(_MULTIPLYING, key=len, reverse=True))})(?![\w-])"),
        needs=("verdoppel", "fach", "halbier"),
    ),
    FigurePattern(
        Reader.POINT_PART,
        (
            r"(?=[hdv])(?<![\w-])(?P<three>drei)?(?P<part>halben|viertel)[ -]?"
            r"(?P<share>prozent)?punkt(?:e[ns]?)?(?!\w)"
        ),
        needs=("punkt",),
    ),
    FigurePattern(
        Reader.ORDINAL,
        rf"(?=\d)(?:{_BEHIND_DETERMINER})(?P<digits>\d{{1,3}})\.(?=\s[^\W\d_])(?P<word>(?!))?(?P<scale>(?!))?(?P<more>(?!))?",
    ),
)
_PROSE = ProseWords(
    figure_patterns=_FIGURES,
    verb_leads=frozenset(
        phrases("mehr als|weniger als|fast|nahezu|beinahe|annähernd|rund|knapp|etwa|ungefähr|gut|mindestens")
    ),
    nths=_NTHS,
    beginning_words=frozenset(nth + end for nth in _NTHS for end in ("", "r", "n", "s"))
    | words("viertelprozentpunkt dreiviertelprozentpunkt viertelpunkt"),
    multiplying_verbs=_MULTIPLYING,
    about=words("rund etwa ungefähr knapp fast"),
    dates=_DATES,
    clock_leads=words("um ab bis von gegen seit zwischen"),
    duration_words=words("dauerte dauert dauern brauchte brauchten lief zeit in nach binnen rekord dauer"),
    duration_nouns=words("dauer laufzeit fahrzeit spielzeit"),
    ratio_nouns=words("verhältnis verhältnisses mischung mischungsverhältnis maßstab quote übersetzung"),
    score_words=words("""
gewann gewannen gewonnen siegte siegten verlor verloren unterlag unterlagen spielte spielten endstand halbzeit sieg
siege niederlage tor tore remis unentschieden finale"""),
    than_years=words("als"),
    before_years=_MONTHS
    | words("""
seit bis vor nach ab im jahr jahre jahres jahren anfang mitte ende frühjahr sommer herbst winter von zwischen und
herbstes quartal halbjahr geschäftsjahr spätestens"""),
    addresses=(
        (
            # Not the beginning of the name is looked for, which in a long word would take long.
            r"(?<=[a-zäöüß-])(?i:str(?:\.|aße|asse)?|gasse|(?<!hin)(?<!durch)weg|platz|allee|damm|ufer|chaussee)\s"
            r"(?P<number>\d{1,3}(?:\s?[a-z](?!\w))?)(?![\w%]|[.,]\d|\s?%|\s[A-ZÄÖÜ])"
        ),
    ),
    references=words("""
az abschnitt abschnitte kapitel abbildung abb tabelle tab seite seiten zeile zeilen fußnote anhang anlage artikel art
paragraf paragraph absatz abs satz nummer nummern nr ziffer ziff randnummer rn rz heft ausgabe folge version
schritt teil teile phase phasen stufe stufen klasse klassen typ reihe serie runde ebene punkt posten titel formular
beispiel satz regel platz gleis linie bus halle tor terminal zimmer raum haus block modul paket
anlagen bahnsteig spur autobahn bundesstraße landstraße din iso en klasse jahrgang gruppe staffel episode lektion
aufgabe baureihe modell generation kw kalenderwoche drucksache aktenzeichen postfach hausnummer buchstabe
"""),
    bare_references=words("port ports fehler status signal kanal"),
    repeated_lengths=words("staffel"),
    sized_nouns=words("video auflösung monitor fernseher bildschirm kamera film"),
    firm_leads=phrases("aktien von|aktien der|tochter von|übernahme von|übernahme durch|arbeitet für"),
    firm_ends=words("AG GmbH KG SE"),
    label_links=words("und oder bis"),
    no_ordinals=words("jahrhundert jahrhunderts stock etage bezirk auflage stelle platz minute"),
    owners=words("mein meine meinen sein seine ihr ihre unser unsere"),
    counting_verbs=words("""
hat haben hatte hatten verkaufte verkauften baute bauten beschäftigt beschäftigte beschäftigen zählt zählte zählen
bietet bieten verlor verloren kaufte kauften besitzt fasst fasste umfasst umfasste"""),
    dated_nouns=words("""
ergebnisse umsätze gewinne verluste zahlen prognosen schätzungen ziele preise wahlen spiele pläne modelle verträge
kosten steuern berichte"""),
    giving=words("erhielt erhielten bekam bekamen zahlte zahlten verkaufte verkauften kaufte kauften"),
    halves_before=words("ersten erste zweiten zweite letzten letzte andere anderen obere untere"),
    one_before=words("dieser diese diesem jeder jede jedes der die das dem den"),
    zero=words("null"),
    zero_behind=words("toleranz"),
    above_verbs=words("überstieg übersteigt überschritt überschreitet"),
    fees=(r"(?<!\w)(täglich|stündlich|wöchentlich|monatlich|vierteljährlich|jährlich)\s$",),
    after_bound=words("weitere weiteren zusätzliche zusätzlichen"),
    during=words("über"),
    not_during_before=words("für seit in vor mit dauerte dauert nach ist sind war waren und"),
    amount_links=words("über"),
    amount_nouns=words("""
auftrag auftrags auftrages aufträge aufträgen bestellung bestellungen order orders kredit kredits kredite krediten
kreditlinie kreditlinien darlehen darlehens anleihe anleihen bürgschaft bürgschaften wechsel scheck schecks vertrag
vertrags vertrages verträge verträgen kontrakt kontrakte vereinbarung vereinbarungen abkommen rechnung rechnungen
bescheid bescheide bescheids angebot angebots angebote gutschein gutscheine forderung forderungen betrag betrags
quittung police policen zusage zusagen geldbuße geldstrafe bußgeld überweisung überweisungen spende spenden zuschuss
finanzierung finanzierungen investition förderung beihilfe subvention lieferung hypothek kaution prämie honorar garantie
gutschrift lastschrift zuwendung paket pakete pakets fonds los lose schuldschein streit debatte diskussion verhandlung
verhandlungen gespräch gespräche gesprächen buch bericht artikel entscheidung entscheidungen abstimmung abstimmungen
studie urteil beschluss einigung film brücke"""),
    amount_pronouns=words("einer eine eines einen einem"),
    attribute_links=words("""
der die das den dem des ein eine einer eines einem einen aus von vom für im in am an bei beim mit zum zur zu durch und
seiner ihrer seinem ihrem"""),
    versions_behind=words("in seit"),
    version_nouns=words("fassung ausgabe betriebssystem treiber software programmversion"),
    list_links=words("und oder bzw. bzw sowie"),
    stating_verbs=words("war waren ist sind betrug betrugen beträgt betragen lag lagen"),
    ratio_links=(
        r"\s(?:für|auf|je)(?:\s(?:jeden|je))?\s",
        r"(?:\s[\w-]+){0,4}?\s(?:bringt|brachte|kauft|ergibt|ergab|erzeugt|wird\szu|werden)\s",
    ),
    ratio_openings=(r"\b(?:für|von|auf)\s(?:je|jeden)\s$",),
    change_verbs=words("""
steigen steigt stieg stiegen gestiegen anstieg wachsen wächst wuchs wuchsen gewachsen zunehmen nahm nahmen zugenommen
erhöht erhöhen erhöhte erhöhten erhöhung klettern kletterte kletterten geklettert zulegen legte legten zugelegt
verbessert verbesserte verbesserten verdoppelt verdoppelte verdoppelten verdreifacht verdreifachte angehoben hob
aufgestockt ausgeweitet sinken sinkt sank sanken gesunken fallen fällt fiel fielen gefallen rückgang zurückgehen ging
gingen zurückgegangen schrumpfen schrumpfte schrumpften geschrumpft verringern verringert verringerte verringerten
reduzieren reduziert reduzierte reduzierten senken senkt senkte senkten gesenkt senkung kürzen kürzt kürzte kürzten
gekürzt abnehmen abgenommen halbiert halbierte halbierten einbrechen brach brachen eingebrochen gedrückt drückte
verschlechtert verschlechterte zurück ändern geändert änderte wechselte zuwachs"""),
    otherwise=words("oder beziehungsweise bzw"),
    range_verbs=words("kosten kostet kostete reichen reicht reichte liegen liegt lagen schwankt schwankte zwischen"),
    change_openings=words("von"),
    change_nouns=words("plus minus anstieg rückgang zuwachs zunahme abnahme steigerung senkung erhöhung wachstum"),
    aged_behind=words("""
alt alte alten alter altes länger kürzer später früher mehr weniger schneller langsamer"""),
    change_ends=words("auf"),
    change_pairs={"von": "auf", "um": "auf"},
    change_amounts=words("um"),
    before_changes=(
        (
            r"\b(?:Plus|Minus|Anstieg|Rückgang|Zuwachs|Zunahme|Abnahme|Steigerung|Senkung|Erhöhung|Wachstum|Einbußen?)\svon\s"
            r"(?:(?:rund|etwa|knapp|fast|gut|über)\s)?$"
        ),
    ),
    before_earlier=(
        r"\((?:Vorjahr(?:eszeitraum|eswert|esquartal)?|Vj\.|i\. ?V\.):?\s$",
        r"\((?:19|20)\d\d:\s(?:rund\s)?$",
    ),
    before_compared=(r"\b(?:nach|gegenüber|statt|verglichen\smit)\s(?:rund\s|etwa\s)?$",),
    behind_compared=(
        r"\s(?:im|in\sder|des|aus\sdem)\sVor(?:jahr|quartal|monat|periode)",
        r"\s(?:ein\sJahr\szuvor|vor\seinem\sJahr)",
    ),
    change_directions=words("ausgehend"),
    share_points=words("prozentpunkt prozentpunkte prozentpunkten"),
    period_forms=(
        r"(?<![\d.,])(?P<q>[1-4])\.\s?(?:Quartal|Qu?\.)\s?(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d.,])(?:(?P<h1>1)|(?P<h2>2))\.\s?(?:Halbjahr|Hj\.?)\s?(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d.,])(?P<n>[369])\sMonate\s(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d.,])(?P<d>0[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.(?P<y>(?:19|20)\d\d)(?!\d)",
        r"\b(?:GJ|Gj\.|Geschäftsjahr|Wirtschaftsjahr)\s(?P<y>(?:19|20)\d\d)(?![\d/])",
    ),
    table_scales=(
        rf"\b[Ii]n\s(?P<scale>{_SCALE})(?!\w)(?:\s(?P<currency>{_MONEY})(?!\w))?",
        r"\b[Ii]n\s(?P<scale>[Tk])(?P<currency>€|EUR|CHF|USD)(?!\w)",
        rf"{_NO_AMOUNT}(?P<scale>{_SCALE})\s?(?P<currency>{_MONEY}){_CELL_END}",
        rf"{_NO_AMOUNT}(?<!\w)(?P<scale>[Tk])\s?(?P<currency>€|EUR|CHF|USD){_CELL_END}",
        rf"(?<!\w)(?P<currency>{_MONEY})(?:\sin)?\s(?P<scale>{_SCALE}){_CELL_END}",
    ),
    month_numbers=_MONTH_NUMBERS,
    table_references=words("anhang anhangangabe anhangangaben seite ziffer nr nummer pos position textziffer tz"),
    table_units=words("einheit einheiten maßeinheit"),
    table_counts=words("anzahl zahl stück"),
    table_amounts=words("angaben beträge betrag werte zahlen alle"),
    table_fillers=words("je pro angaben daten kennzahlen werte beträge"),
    table_exceptions=(r"\b(?:ohne|außer|ausgenommen|mit Ausnahme (?:von|der))\s(?P<rows>[^)\n\t|;]{1,80})",),
    table_rates=(r"\bje\b", r"\bpro\b"),
    table_notes=words("anmerkung anmerkungen hinweis hinweise quelle quellen"),
    table_counted=words("bevölkerung einwohner nutzer kunden besucher umsatz mitarbeiter"),
    table_ratios=(
        r"(?:quote|marge|rendite|grad|(?:steuer|zins|prozent|umrechnungs|hebe)satz|srate|verhältnis|laufzeit|tage)$",
    ),
    table_joiners=words("in"),
    counting_rows=words("anzahl zahl mitarbeiterzahl kundenzahl"),
    share_rows=words("gewichtete gewichteter durchschnittliche umlaufende umlaufenden verwässerte"),
    plain_adjectives=words("volle vollen ganze ganzen lange langen weitere weiteren aufeinanderfolgende"),
    scale_endings=("illionen", "illiarden"),
    plain_adverbs=words("""
voraussichtlich tatsächlich ursprünglich schließlich letztlich endlich durchschnittlich zusätzlich nämlich jährlich
monatlich täglich wöchentlich stündlich vierteljährlich kürzlich plötzlich wahrscheinlich vermutlich angeblich
offensichtlich gesetzlich vertraglich rechnerisch beispielsweise normalerweise möglicherweise üblicherweise
vergleichsweise wirklich erheblich deutlich wesentlich"""),
    more_of_it=words("weitere weiteren weiterer zusätzliche zusätzlichen"),
    factors=words("faktor"),
    occasions=words("mal"),
    lone_occasions=words("Mal"),
    floors_if_measured=words("ab"),
    among=words("unter"),
    polls=words("umfrage umfragen befragung befragungen erhebung erhebungen studie studien stichprobe abstimmung test"),
    alternatives=words("oder sogar"),
    no_rate_behind=_MONTHS | words("zuvor danach davor darauf vor nach der des dieser"),
    subject_rates=(
        (
            r"\b(?:je|pro)\s(?P<noun>[a-zäöü]{2,16})\s(?:(?:lag|liegt|betrug|beträgt|stieg|sank|erreichte|belief|sich|von|auf"
            r"|bei|um|rund|etwa|nun|damit|unverändert|kommt|kam|fiel)\s){1,4}(?:\S{0,3}\d\S*\s(?:\S{1,8}\s)?auf\s)?$"
        ),
    ),
    priced=words("""
tonne liter kilo kilogramm stück monat jahr tag stunde woche aktie person kopf nacht fahrt kilowattstunde quadratmeter
barrel fass kilometer mitarbeiter einwohner kunde nutzer"""),
)
_NOUNS = NounWords(
    no_nouns=words("prozent davon mal uhr teils darunter"),
    articles=words("ihrer seiner dieser der den"),
    physical=words("zentner"),
    degrees=words("grad"),
)

# Words that name nothing, and cues

_FUNCTION = words("""
die der das den dem des dieser diese dieses diesen diesem jener jene und oder aber sondern denn doch wenn weil dass daß
ob als wie auf aus bei beim bis durch für gegen ohne um zu zum zur von vom vor nach seit über unter zwischen neben
hinter im ins am ab ich du er sie es wir ihr ihn ihm ihnen uns euch sich sein seine seiner seinen seinem ihre ihrer
ihren ihrem unser unsere wer wo wann warum wieso welche welcher welches ist sind waren wird werden wurde
wurden worden haben hatte hatten kann können konnte soll sollen sollte muss müssen musste darf dürfen nicht kein
keine keinen keiner nur auch noch schon sehr mehr weniger viel viele wenig alle allen aller alles beide beiden jeder
jede jedes etwas nichts man hier dort dann heute gestern morgen jetzt immer nie wieder bereits sowie bzw wegen trotz
während laut je pro dabei damit dazu dafür davon daran darauf daraus darunter weitere weiterer ebenso etwa rund""")
_NAMELESS = _FUNCTION - words("man ab")
_STOPS = StopWords(
    no_heads=_NAMELESS - words("etwa rund"),
    no_names=_FUNCTION
    | _MONTHS
    | words("""
montag dienstag mittwoch donnerstag freitag samstag sonntag allein insgesamt zusammen zuletzt zuvor zudem außerdem
damals danach davor jährlich monatlich gut knapp fast circa mindestens höchstens zwar also an in mit zwei drei vier
gesamt durchschnittlich umsatz gewinn verlust ertrag kosten preis anteil quote ergebnis zahl anzahl summe"""),
    no_subjects=_NAMELESS | _MONTHS,
    small=words("der die das und im am für von zu zur zum des dem den"),
)
_CUES = CueWords(
    negating=phrases("nicht|nie|niemals|kein|keine|keinen|keineswegs|statt"),
    stances={
        Stance.HYPOTHETICAL: phrases(
            "falls|angenommen|gesetzt den fall|hypothetisch|zum beispiel|etwa wenn|wäre|würde"
        ),
        Stance.ASSUMED: phrases("unterstellt|vorausgesetzt|annahme|annahmen|unter der annahme"),
        Stance.ALLEGED: phrases("angeblich|mutmaßlich|soll angeblich|vorwurf|vorwürfe|wirft vor|behauptet|behauptete"),
        Stance.PROJECTED: phrases("""
erwartet|erwarten|rechnet mit|rechnen mit|prognose|prognostiziert|voraussichtlich|plant|geplant|vorgesehen|soll|sollen|
ziel|künftig"""),
        Stance.ESTIMATED: phrases(
            "schätzt|schätzen|schätzung|schätzungen|schätzungsweise|geschätzt|vermutlich|wohl|vielleicht"
        ),
        Stance.MEASURED: phrases(
            "gemessen|gezählt|geprüft|ermittelt|erhoben|erhebung|umfrage|befragt|messung|messungen|zählte"
        ),
        Stance.DERIVED: phrases("das heißt|das entspricht|entspricht|bedeutet|folglich|somit|ergibt sich|rechnerisch"),
        Stance.REPORTED: phrases("""
laut|nach angaben|zufolge|sagte|sagt|teilte mit|erklärte|berichtet|berichtete|gab an|gaben an|bekannt gegeben|gemeldet|
meldete|veröffentlicht"""),
    },
    scopes={
        "status": {"plan": phrases("geplant|geplanten|veranschlagt|planmäßig"), "actual": phrases("tatsächlich")},
        "payment": {
            "announced": phrases("angekündigt|zugesagt|versprochen"),
            "paid": phrases("ausgezahlt|gezahlt|ausbezahlt"),
        },
    },
    price_years=phrases("Preisen von {year}|Preisen des Jahres {year}|Preisstand {year}"),
    saying=phrases("""
sagte|sagt|sagten|erklärte|erklärten|teilte|meldete|meldet|berichtete|berichtet|schätzt|schätzte|erwartet|erwartete|
prognostiziert|schreibt|schrieb|behauptet|behauptete|betonte|nannte|warnte|rechnet|beziffert|bezifferte"""),
    attributing=phrases("laut|nach angaben von|nach angaben der|nach angaben des|nach einer schätzung von"),
    between_voice_and_verb=("hat", "habe"),
    name_particles=("der", "des", "für", "von", "zu", "und"),
    articles=("der", "die", "das", "dem", "den", "des"),
    into=words("für an von"),
    passed_over=words("der die das den dem des ein eine einen einem einer ihre seine alle"),
    adverb_endings=("lich", "weise"),
    verbs=words("""
kostet kostete kosten beträgt betrug betragen liegt lag liegen stieg sank erreichte erreicht zahlt zahlte zahlen
verdient verdiente umfasst umfasste belief beläuft"""),
)

DE = Language(
    code="de",
    decimal_mark=",",
    noun_capitals=True,
    common=words("der die und das nicht ist ein zu den von mit sich auf für dem des eine auch werden wird im in"),
    word_numerals=NUMERALS,
    bounds=BOUNDS,
    margins=MARGINS,
    units=UNITS,
    prose=_PROSE,
    nouns=_NOUNS,
    stops=_STOPS,
    cues=_CUES,
    sentences=SentenceMarks(
        abbreviations=words("""
bzw ca z.b d.h u.a v.a i.d.r usw ggf vgl nr dr prof hrsg mio mrd tsd inkl zzgl evtl sog ziff s.o s.u bspw"""),
        final_abbreviations=words("usw mio mrd"),
        before_numbers=words("art abs abb tab"),
        after_ordinals=_MONTHS
        | words("quartal quartals halbjahr halbjahrs halbjahres jahrhundert jahrhunderts geschäftsjahr stock platz"),
        first_words=words("der die das ein eine es er sie wir in im am bei nach für mit und aber doch auch wenn dies"),
    ),
    homographs={
        **{"billion": "trillion", "trillion": "quintillion", "elf": "eleven", "fast": "nearly", "also": "so"},
        **{"kilo": "kilogramm", "ps": "pferdestärken"},
        **{"war": "was", "hat": "has", "was": "which", "mit": "with", "half": "helped", "pro": "per"},
        **{"must": "should", "will": "would", "not": "need", "man": "they", "ab": "from", "last": "load"},
        **{
            "tag": "day",
            "cent": "eurocent",
            "ct": "eurocent",
            "grad": "degree",
            "band": "volume",
            "fall": "case",
            "rang": "level",
        },
    },
)
"""German, as it is written in Germany, Austria and Switzerland."""
