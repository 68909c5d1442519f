"""The grammar that names what a number measures, as data: one ``Grammar`` for each language with words apart.

The lists are closed classes (articles, prepositions, pronouns, auxiliaries) and common verbs of reports. None of them
holds the name of a thing: what is no word of these lists may name something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.numbers.word_tables import Words, phrases, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The words of a language by what they do in a sentence, in small letters.

    Attributes:
        articles: Words that begin the name of a thing and do not belong to it.
        prepositions: Words before a thing that is not the subject.
        breaks: Conjunctions and the like, over which no name goes.
        pronouns: Words for a thing that was named before.
        adverbs: Words that describe no thing.
        equating: Verbs between a thing and its amount: ``was``, ``reached``.
        costing: Verbs whose amount is what their subject costs.
        light: Verbs of having, which say nothing about what is counted.
        verbs: All verb forms that are seldom nouns.
        noun_verbs: Forms that are verbs or nouns: ``cost``, ``grants``.
        auxiliaries: Behind these every verb is one.
        of: Prepositions between a measure and its amount, or a share and its whole.
        rises: Words of an increase.
        falls: Words of a decrease.
        changes: Words of a change either way.
        change_amounts: Words before the amount of a change: ``by``.
        comparing: Words before the number that another is compared with.
        partitive: Words for "of these": the number is a part of the last thing that was counted.
        anaphors: Nouns that stand for the last amount: ``the figure``.
        times: Nouns of time, which name no measure.
        weak: Words that add nothing to a name.
        share_of: How the share of something is called, with ``{}`` for the thing.
        cost_of: How its cost is called.
        rise_in: How an increase is called.
        fall_in: How a decrease is called.
        change_in: How a change is called.
        noun_capitals: Whether nouns have a capital letter.
        modals: Auxiliaries with an infinitive.
        durations: Units of time, in which a duration is measured.
        actors: Who acts, pays or decides, and is no thing that numbers are filed under.
        quantities: Nouns of what is measured: ``cost``, ``rate``.
    """

    articles: Words
    prepositions: Words
    breaks: Words
    pronouns: Words
    adverbs: Words
    equating: Words
    costing: Words
    light: Words
    verbs: Words
    noun_verbs: Words
    auxiliaries: Words
    of: Words
    rises: Words
    falls: Words
    changes: Words
    change_amounts: Words
    comparing: tuple[str, ...]
    partitive: tuple[str, ...]
    anaphors: Words
    times: Words
    weak: Words
    share_of: str
    cost_of: str
    rise_in: str
    fall_in: str
    change_in: str
    noun_capitals: bool = False
    modals: Words = frozenset()
    durations: Words = frozenset()
    actors: Words = frozenset()
    quantities: Words = frozenset()


def _regular(bases: str) -> frozenset[str]:
    """The forms of regular English verbs: ``plan plans planned planning``."""
    forms: set[str] = set()
    for base in bases.split():
        stem = base.removesuffix("e")
        if base.endswith("y") and base[-2] not in "aeiou":
            forms |= {base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
            continue
        doubled = base[-1] if base[-1] in "bdgnpt" and base[-2] in "aeiou" and base[-3:-2] not in "aeiou" else ""
        third = base + "es" if base.endswith(("s", "x", "sh", "ch")) else base + "s"
        forms |= {base, third, stem + doubled + "ed", stem + doubled + "ing", stem + "ed", stem + "ing"}
    return frozenset(forms)


EN = Grammar(
    articles=words("""
a an the this that these those its their his her our my your some any each every all both either no another such same
other half whole entire"""),
    prepositions=words("""
of in on at for to from by with without within under over into onto towards toward through across along among amid
about against after before behind below beneath beside between beyond despite during except inside near off outside
per since than until till up upon via versus vs as like plus minus including excluding worth according"""),
    breaks=words("""
and or but nor so yet if when while whereas although though because unless whether that which who whom whose where
then once however therefore thus hence whatever"""),
    pronouns=words("""
it they them us me he she we i you this these those one ones there what some others
themselves himself herself itself ourselves yourself"""),
    adverbs=words("""
not neither elsewhere alongside ashore aboard apiece abroad sooner home overseas nationwide worldwide online only
just even still also too very rather almost nearly roughly around about already now today again never always often
usually currently recently soon later earlier ago so far alone together instead apart altogether approximately some
more less most least fewer further up down well back out here once twice respectively each annually monthly weekly
daily exactly now then formally overall however otherwise ever first last next previously eventually probably likely
aside good in-house barely hardly merely largely mainly mostly partly fully newly totally"""),
    equating=words("""
is are was were be been being came comes come stood stands stand reached reaches reach totalled total numbered
numbers totaled totals amounted amounts equalled remained remains remain stayed hit hits average averaged averages
rose fell grew climbed dropped slipped declined increased decreased rises falls grows became becomes exceeded
exceeds ran runs turned went goes closed ended takes took lasts lasted shrank swelled slid slumped soared surged
plunged edged jumped dipped eased crept tumbled widened narrowed doubled tripled halved plummeted sank"""),
    costing=words("cost costs costing built bought purchased acquired priced"),
    light=words("""
has have had having hold holds held holding own owns owned show shows showed shown see sees saw seen count counts
counted counting record records recorded run runs ran operate operates operated include includes included comprise
comprises comprised contain contains contained report reports reported give gives gave use uses used find finds found
say says said keep keeps kept get gets got make makes made examined confirmed support supports list lists listed"""),
    verbs=_regular("""
accept achieve add agree allege allocate allow announce approve attract ban base bear boost borrow build burn buy carry
cause close collect commission complete comprise contain contribute convert create decline decrease deliver deny deploy
describe disburse discover distribute donate earn employ enable enrol ensure exceed expect explain export feed fill
find finish follow generate give grow handle happen heat help hire hold identify import improve include inspect install
introduce invest join keep kill lack lay leave lend let lose lower maintain manage mean meet miss need obtain observe
occur open own pay pledge pledge postpone prevent produce promise propose provide publish purchase raise reach receive
recover reduce register reject release remain remove renew repair replace require reserve reveal rise save say seem
sell send serve ship sink slip spend stand stay store suffer take tell think turn use want warn waste weigh win work
write estimate expand extend examine check complete refurbish renovate repay refund commit earmark award house host
treat train travel ask call believe assume save avoid emit consume dispute quote reopen recycle await show
swallow eat absorb devour
refuse reject admit process insulate repair replace weigh empty""")
    | words("""
bore borne bought brought built burnt caught chose chosen cut did done drew drawn fell fallen fed felt found gave
given went gone grew grown had held kept knew known laid led left lent lost made meant met paid put ran risen rose
said saw seen sold sent set shown shrunk sank sunk spent stood taken took thought told understood undertook won wore
worn wrote written becomes became begun began broke broken driven drove spread hit let overspent underspent withheld
could handed spent overran puts lets sets keeps pays takes grants"""),
    noun_verbs=words("""
cost costs grants plan plans report reports project projects claim claims charge charges fund funds rent rents cut
cuts rise rises fall falls increase increases decrease decreases visit visits vote votes work works test tests
supply supplies award awards estimate estimates forecast forecasts gain gains lease leases need needs offer offers
pay produce cover covers run runs save saves use uses waste drop drops walk walks measure measures name names note
notes ship ships wait waits store stores train trains turn turns trade trades target targets survey surveys start
starts bear bears"""),
    auxiliaries=words("""
will would shall should can could may might must to has have had is are was were be been being do does did not"""),
    of=words("of"),
    rises=words("""
rise rises rose risen rising increase increases increased increasing growth grew grow grown gain gained gains climb
climbed jump jumped more higher up above over excess surge surged plus added dearer extra greater larger"""),
    falls=words("""
fall falls fell fallen falling decrease decreases decreased decline declined drop dropped less lower fewer down
below reduction reduced cut shrank slipped minus smaller cheaper under"""),
    changes=words("change changes changed difference gap deviation"),
    change_amounts=words("by"),
    comparing=phrases("""
against|compared with|compared to|up from|down from|from|versus|vs|after|instead of|rather than|than|in place of"""),
    partitive=phrases("""
of which|of these|of those|of them|of whom|among them|among these|including|of that|of this"""),
    anaphors=words(
        """
target goal average figure number total sum amount bill level rate count price tag result balance remainder rest share
proportion percentage"""
    ),
    times=words("""
year years month months quarter quarters week weeks day days hour hours half period time date decade spring summer
autumn winter january february march april may june july august september october november december season night
monday tuesday wednesday thursday friday saturday sunday morning end beginning start middle moment today"""),
    weak=words("total overall full roughly own said new current present just so-called whole actual number"),
    share_of="share of {}",
    cost_of="cost of {}",
    rise_in="rise in {}",
    fall_in="fall in {}",
    change_in="change in {}",
    durations=words("second seconds minute minutes hour hours day days week weeks month months year years"),
    modals=words("will would shall should can could may might must do does did cannot"),
    actors=words("""
company group firm plc authority council county city town borough board committee commission cabinet government
parliament ministry department office agency administration trust union operator owner state manager spokesman
spokeswoman spokesperson director chairman chairwoman executive minister mayor councillor analyst consultant expert
auditor auditors economist engineer chief president head team co-operative cooperative association charity
foundation club court police mr mrs ms dr professor sir lady press media critics officials residents neighbours
campaigners opponents supporters investors shareholders management contractor supplier maker makers builder
developer landlord consumer newspaper"""),
    quantities=words("""
cost costs price prices fee fees fare fares charge rent rents bill budget income revenue revenues sales turnover
profit loss margin wage wages salary pay bonus dividend grant aid subsidy loan debt fund funding saving savings
spending expenditure investment donation fine tax rate share proportion percentage ratio level average mean median
total sum value capacity output production consumption use demand supply speed distance length height depth width
weight area size volume temperature age duration delay wait stay number rise fall increase decrease drop growth cut
change difference gap limit threshold target goal ceiling minimum maximum yield premium discount deposit surplus
deficit balance backlog turnout population membership attendance absence leakage emissions list queue workforce
headcount staff payroll"""),
)

DE = Grammar(
    articles=words("""
der die das des dem den ein eine einen einem einer eines dieser diese dieses diesem diesen jener jene jenes sein
seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere unseren kein keine keinen alle allen aller jede
jeder jedes beide beiden"""),
    prepositions=words("""
in im ins an am auf aus bei beim bis durch für gegen hinter mit nach neben ohne seit über um unter von vom vor
während wegen zu zum zur zwischen dank mangels infolge aufgrund angesichts innerhalb außerhalb binnen mithilfe
anhand entgegen hinsichtlich gemäß zugunsten anlässlich per pro je laut trotz gegenüber ab statt anstatt außer
inklusive samt"""),
    breaks=words("""
und oder aber sondern denn wenn falls als ob dass weil da obwohl während sowie wie wobei wo was welche welcher welches
damit dafür jedoch doch"""),
    pronouns=words(
        "es er sie wir ich ihr man dies das davon darunter dieser diese dessen deren denen ihnen ihm ihn uns hinzu es"
    ),
    adverbs=words("""
nicht nur auch noch schon rund etwa knapp gut fast mehr weniger heute jetzt bisher bislang zuletzt zuvor damit dabei
davon dort hier so sehr unverändert insgesamt zusammen jährlich monatlich täglich rechnerisch allein lediglich bereits
derzeit aktuell künftig dann wieder wohl zudem außerdem danach mindestens höchstens jeweils unter dem strich hinzu
voraussichtlich tatsächlich daher deshalb also eher kaum"""),
    equating=words("""
ist sind war waren betrug betrugen beträgt betragen lag lagen liegt liegen erreichte erreichten erreicht belief
beliefen beläuft stieg stiegen steigt sank sanken sinkt summierten summierte ergaben ergab ergibt ergeben seien sei
wäre wären hieß lautet sein übertraf übertrafen übersteigt überstieg überschritt überschreitet unterschritt rutschte
rutschen stand stehen steht wuchs wächst fiel fielen kletterte kletterten schrumpfte schrumpften schnellte rutschte
rutschten verdoppelte dauert dauerte dauern dauerten wird wurde wurden werden blieb bleibt macht machte kam kamen
umfasst umfasste"""),
    costing=words("kostet kostete koste kosten gekostet kosteten"),
    light=words("""
hat haben hatte hatten zählt zählte zählten gezählt verzeichnete verzeichneten meldete meldeten erzielte erzielt
erzielten hält hielt gibt gab besitzt weist wies weisen auf erfasste erfasst"""),
    verbs=words("""
hat haben hatte hatten hätte hätten wäre wären würde würden wird werden wurde wurden kann können konnte konnten soll
sollen sollte sollten will wollen wollte muss müssen musste mussten darf dürfen sei seien sagte sagt sagten erklärte
beschäftigt beschäftigte beschäftigten erwartet erwartete erwarten rechnet plant plante liefert lieferte liefern
ausgezahlt gezahlt bewilligt zugesagt genehmigt verbaut investiert gebaut errichtet verkauft gekauft produziert
gefördert bezahlt überwiesen ausgegeben eingenommen gesenkt erhöht gestiegen gesunken gefallen gewachsen erzielt
erreicht geliefert genommen installiert angeschlossen angekündigt beschlossen entschieden entscheidet fehlen fehlt
walzt baut betreibt nutzen nutzt nutzten besucht besuchten kamen eröffnet geschlossen verloren gewonnen verringert
verbraucht eingespart gespart gemessen ermittelt geprüft befragt zahlt zahlte zahlten erhielt erhalten bekam
entspricht entsprach entfielen entfällt stammen stammt senken legt zu geht gehen ging gingen nimmt nehmen nahm
nahmen kletterte kletterten schrumpfte schrumpften spart sparte sparten veranschlagt geplant vorgesehen budgetiert
abgerufen gibt gab gaben bestellt bestellte bestellten befördert beförderte beförderten verfiel verfielen ausgab
spendete spendeten"""),
    noun_verbs=words("kosten"),
    auxiliaries=words("wird werden wurde wurden ist sind war waren hat haben hatte hatten zu"),
    of=words("von vom an"),
    rises=words("""
plus anstieg zuwachs steigerung zunahme wachstum gestiegen stieg stiegen steigt steigen wuchs wuchsen wächst wachsen
gewachsen mehr höher erhöht erhöhte erhöhten erhöhen zulegte zulegten zugelegt legte legten über verlängert
verlängerte verlängerten übertraf übertrafen übersteigt überstieg zugenommen verteuerte verteuerten teurer länger
größer"""),
    falls=words("""
minus rückgang abnahme gesunken sank sanken sinkt sinken fiel fielen fällt fallen gefallen weniger niedriger gesenkt
verringert senkte senkten senken verringern verringerte verringerten unter zurück reduziert reduzierte verkürzt
verkürzte verkürzten geschrumpft schrumpfte schrumpften abgenommen gekürzt günstiger billiger kürzer kleiner"""),
    changes=words("veränderung änderung differenz abweichung unterschied"),
    change_amounts=words("um"),
    comparing=phrases("nach|gegenüber|im vergleich zu|statt|verglichen mit|zuvor"),
    partitive=phrases("davon|darunter|von denen|hiervon"),
    anaphors=words("ziel plan summe zahl wert betrag gesamtsumme rest"),
    times=words("""
jahr jahre jahren jahres monat monate monaten monats quartal quartals quartale woche wochen tag tage tagen tages
stunde stunden halbjahr halbjahrs halbjahres vorjahr vorjahres vorjahresquartal vorjahreszeitraum zeitraum
gesamtjahr geschäftsjahr jahresende jahresanfang ende anfang mitte beginn januar februar märz april mai juni juli
august september oktober november dezember frühjahr sommer herbst winter stichtag"""),
    weak=words("gesamte insgesamt gut höhe wert aktuelle neue neuen"),
    share_of="Anteil {}",
    cost_of="Kosten {}",
    rise_in="Anstieg {}",
    fall_in="Rückgang {}",
    change_in="Veränderung {}",
    noun_capitals=True,
    durations=words("""
sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren"""),
    modals=words("""
kann können konnte konnten soll sollen sollte sollten will wollen wollte muss müssen musste mussten darf dürfen"""),
    actors=words("""
unternehmen konzern firma gesellschaft gmbh ag stadt stadtwerke kreis landkreis land bund gemeinde kommune rat
stadtrat gemeinderat kreistag landtag bundestag regierung landesregierung ministerium amt behörde rechnungshof
vorstand vorsitzende vorsitzender geschäftsführer geschäftsführerin betreiber betreiberin verein verband
gewerkschaft genossenschaft stiftung sprecher sprecherin bürgermeister bürgermeisterin minister ministerin dezernent
dezernentin gutachter gutachterin analyst analystin prüfer medien kritiker anwohner investoren hersteller lieferant
auftraggeber bauherr träger kammer direktor direktorin leiter leiterin leitung verwaltung familie bundesregierung
kabinett museum hochschule universität klinikum krankenhaus"""),
    quantities=words("""
umsatz preis preise kosten erlöse einnahmen ausgaben gewinn ertrag absatz menge zahl anzahl anteil quote fläche länge
höhe verbrauch dauer lohn gehalt miete gebühr auslastung"""),
)

GRAMMARS: Mapping[str, Grammar] = {"en": EN, "de": DE}
"""The grammars by the code of their language; English is taken where a language has none."""
