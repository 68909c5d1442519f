"""Verbs of reports, news and business, as data: from their forms the words of a sentence are told apart.

English forms are regular or listed; German ones are made of the stem of a weak verb, or listed for strong verbs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from kb.numbers.word_tables import words


class Form(StrEnum):
    """A form of a verb."""

    BASE = "base"
    """Infinitive, or present of the plural: ``pay``."""
    THIRD = "third"
    """Present of the third person: ``pays``."""
    PAST = "past"
    """Past: ``paid``, ``went``."""
    PARTICIPLE = "participle"
    """Past participle: ``paid``, ``gone``."""
    GERUND = "gerund"
    """``paying``."""


REGULAR_ENGLISH = """
abandon absorb accelerate accept access accommodate accompany account accumulate achieve acquire act activate adapt
add address adjust admire admit adopt advance advertise advise affect agree aim alarm allege allocate allot allow
alter amortise amount analyse announce annul anticipate appeal appear applaud apply appoint apportion appreciate
apprehend approve argue arrange arrest arrive ask assemble assess assign assist assume attach attack attain attend
attract attribute audit authorise authorize average await award backdate backfire bail ban bank bar base battle
believe belong benefit bill blame block board boast book boost borrow bother bottle boycott brace breach brew bridge
brief broadcast broaden buckle budget bulldoze burgle burst bury bustle bypass calculate call calm campaign cancel
cap capture carry catalogue cater cause caution cease celebrate certify challenge change charge charter check cite
claim clamp clash clean clear climb clinch close club coach coat code collapse collect collide colonise combine
commence comment commission commit compare compensate compete compile complain complete comply compost comprise
concede concentrate concern conclude condemn conduct confine confirm confiscate connect consent conserve consider
consist constitute construct consult consume contact contain contaminate contest continue contract contribute
control convert convict cook cool cope cordon correct count couple cover crack crash crawl create criticise crop
cross crowd crumble crush cultivate curb cure curtail damage date debate debut decay decide declare decline
decommission decontaminate decorate decrease dedicate deduct default defend defer define delay deliver demand
demolish dent deny depart depend deplete deploy deposit deprive derail describe deserve design destroy detect deter
deteriorate determine develop devote devour die differ digitise diminish dine dip direct disagree disappear disburse
discard discharge disclose disconnect discontinue discover discuss dismiss dispatch displace display dispute disrupt
dissolve distribute disturb diversify divert divide donate double downgrade download draft drain dredge dress drift
drill drop drown dry dump dwell dwindle earmark earn ease echo edge educate elect electrify eliminate embark emerge
emit emphasise employ empty enable enclose encounter encourage end endanger endorse enforce engage enhance enjoy
enlarge enlist enrich enrol enroll ensure entail enter entitle equal equip eradicate erect erode escalate escape
establish estimate evacuate evaluate evict evolve exaggerate examine exceed exchange exclude excuse execute exempt
exercise exert exhaust exhibit exhume exist expand expect expel experience expire explain exploit explore export
express extend extract face facilitate fade fail falter fare favour feature fence ferry fertilise fetch fetter file
fill film finance fine finish fire fix flag flank flatten fledge flock flood flourish fluctuate focus follow
forecast form foster found franchise free frustrate fuel fulfil fund furnish gain gather gauge generate glut govern
grade grant graze greet groom guarantee guard guide hail halt halve hamper hand handle happen harbour harm harvest
hatch haul head heat help herald hesitate highlight hike hint hire hoard honour hope hospitalise host house hover
hunt idle ignore illustrate impact impair implement import impose impound improve inaugurate include incorporate
increase incur indicate infect inflate influence inform inhabit inherit injure inoculate insert inspect inspire
install insulate insure intend intensify interrupt interview introduce invest investigate invite invoice involve irk
irrigate isolate issue jail join joke journey judge jump justify kick kill knock label lack lag land landscape last
laud launch leak lease lecture lessen level levy license lift liken limit link liquidate list live load loan lobby
locate lock lodge log look loom loosen loot lower lumber lure maintain manage mandate manufacture mark market master
match mature measure mechanise melt mention merge migrate mine miss mitigate mix mobilise moderate modernise monitor
moor mothball mount move multiply name narrow need neglect negotiate nest net normalise note notice nudge nullify
number object oblige observe obstruct obtain occupy occur offer offset omit open operate oppose order organise
originate oust outline outnumber outpace outsource outstrip outweigh overcharge overhaul overlap overload overlook
oversubscribe overturn owe own oxidise pack package paint park part participate pass patch patent patrol pause pave
peak peg penalise perform perish permit persuade phase pick pilot place plan plant plateau plead please pledge
plough plug plummet plunge point police poll pollute pool possess post post-date postpone pour power practise praise
preclude predict prefer prepare prescribe present preserve preside press prevent price print privatise process
procure produce profit progress project promise promote prompt propose prosecute protect protest prove provide
provision prune publish pull pump purchase pursue push quadruple qualify quantify quarantine question queue quiz
quote race raid raise rally range rank rate ratify ration rationalise re-inspect reach react realise reap reassess
rebate rebound rebut recall recapture recede receive reckon reclaim recognise recommend reconcile reconstruct record
recoup recover recruit rectify recur recycle redeem redevelop redirect redraw reduce reelect refer refill refinance
reflect refund refurbish refuse regain regard register regret regulate rehouse reimburse reimpose reinforce
reintroduce reject rejoin relate relaunch relax release relieve relinquish relocate rely remain remark remember
remit remove render renege renew renovate rent reopen reorganise repair repave repeat replace replant replenish
replicate reply report repossess represent request require rescue research reserve resettle reshape reside resign
resist resolve respond rest restart restock restore restrict result resume resurface retail retain retire retort
retrain retreat retrofit return reunite reuse reveal reverse review revise reward rewire rinse risk rob rocket roll
round ruin rule rush sack safeguard sail salvage sample sanction satisfy save scale scan scare schedule score scour
scrap screen scrutinise seal search seat secure seem seize select separate serve service settle share shave shell
shelter shelve shift ship shock shop shore shorten shout shred shun shuttle sideline sign signal siphon skip
skyrocket slacken slash slate slaughter slim slip slow slump smash smoke snap soar solve sort sound spare spawn
specify spike splash sponsor spot sprout spur squeeze stabilise stabilize staff stage stagnate stall start starve
stash state station stay steady steam steer stem stifle stock stop store strain strand streamline strengthen stress
stretch strip struggle study submit subscribe subside subsidise substitute succeed suffer suggest suit supplement
supply support suppress surge surpass surprise surrender surround survey survive suspect suspend sustain swallow
swap switch tackle talk tally tap target tarnish tax tend tender term test thank thin threaten tie tighten tilt tip
tolerate top top-up total touch tour tow trace track trade train transfer transform translate transmit transport
trap travel trawl treat treble trek trigger trim triple trouble trust try tumble tunnel turn type uncover
underestimate underline undermine understate unearth unload unveil update upgrade uproot upset urge use usher
utilise vacate vaccinate validate value vandalise vanish vary verify vie view visit voice volunteer vote vow wage
wait waive walk want ward warn warrant wash waste watch water weaken weather weed weigh welcome whittle widen wield
wipe wish witness work worry worsen wrap wreck yield
"""
"""Regular English verbs in their base form."""

IRREGULAR_ENGLISH = """
be is was been|are is were been|have has had had|do does did done|go goes went gone|say says said said
become becomes became become|begin begins began begun|bear bears bore borne|bind binds bound bound
bid bids bid bid|break breaks broke broken|breed breeds bred bred|bring brings brought brought
build builds built built|buy buys bought bought|cast casts cast cast|catch catches caught caught
choose chooses chose chosen|come comes came come|cost costs cost cost|creep creeps crept crept|cut cuts cut cut
deal deals dealt dealt|dig digs dug dug|draw draws drew drawn|drink drinks drank drunk|drive drives drove driven
eat eats ate eaten|fall falls fell fallen|feed feeds fed fed|feel feels felt felt|fight fights fought fought
find finds found found|fly flies flew flown|foresee foresees foresaw foreseen|forget forgets forgot forgotten
freeze freezes froze frozen|get gets got got|give gives gave given|grow grows grew grown|hang hangs hung hung
hear hears heard heard|hide hides hid hidden|hit hits hit hit|hold holds held held|keep keeps kept kept
know knows knew known|lay lays laid laid|lead leads led led|leave leaves left left|lend lends lent lent
let lets let let|lie lies lay lain|lose loses lost lost|make makes made made|mean means meant meant
meet meets met met|overcome overcomes overcame overcome|overrun overruns overran overrun
oversee oversees oversaw overseen|overspend overspends overspent overspent|overtake overtakes overtook overtaken
pay pays paid paid|prepay prepays prepaid prepaid|put puts put put|quit quits quit quit|read reads read read
rebuild rebuilds rebuilt rebuilt|repay repays repaid repaid|resell resells resold resold|ride rides rode ridden
ring rings rang rung|rise rises rose risen|run runs ran run|see sees saw seen|seek seeks sought sought
sell sells sold sold|send sends sent sent|set sets set set|shed sheds shed shed|shoot shoots shot shot
show shows showed shown|shrink shrinks shrank shrunk|shut shuts shut shut|sing sings sang sung|sink sinks sank sunk
sit sits sat sat|sleep sleeps slept slept|slide slides slid slid|sow sows sowed sown|speak speaks spoke spoken
speed speeds sped sped|spend spends spent spent|spin spins spun spun|split splits split split
spread spreads spread spread|spring springs sprang sprung|stand stands stood stood|steal steals stole stolen
stick sticks stuck stuck|strike strikes struck struck|sweep sweeps swept swept|swell swells swelled swollen
swim swims swam swum|swing swings swung swung|take takes took taken|teach teaches taught taught
tear tears tore torn|tell tells told told|think thinks thought thought|throw throws threw thrown
undercut undercuts undercut undercut|undergo undergoes underwent undergone|underpay underpays underpaid underpaid
understand understands understood understood|undertake undertakes undertook undertaken|uphold upholds upheld upheld
wear wears wore worn|weave weaves wove woven|win wins won won|wind winds wound wound
withdraw withdraws withdrew withdrawn|withhold withholds withheld withheld|withstand withstands withstood withstood
write writes wrote written|burn burns burnt burnt|learn learns learnt learnt|spill spills spilt spilt
spoil spoils spoilt spoilt|lean leans leant leant|outgrow outgrows outgrew outgrown|outsell outsells outsold outsold
arise arises arose arisen|mow mows mowed mown|wake wakes woke woken|shake shakes shook shaken|fit fits fit fit
"""
"""Base, third person, past and participle of irregular English verbs."""

WEAK_GERMAN = """
steuer arbeit kassier miss
addier bau beanstand beantrag bearbeit bedien befrag beförder befördert begleit begrenz begründ begrüß behandel
behaupt bekämpf belast belauf beleg belieb beliefer bemess benutz benötig berat berechn bericht beschaff bescheinig
bescher beschleunig beschäftig beseitig besetz bestell bestätig besuch beteilig betreu bewert bewillig bewirtschaft
bezahl beziffer bilanzier bohr brauch brems bremst budgetier deck dien digitalisier dreh dulde dämm eign einig
entfern entlass entlast entspann entsteh entwickel entzünd erfass ergänz erhöh erklimm erklär erkrank ermittel
erneuer ernt ernähr errechn erreich errichte erschließ ersetz erstatt erstreck erwart erweiter erwirtschaft erzeug
erziel eröffn erübrig experimentier export exportier fehl feier finanzier fischer forder fress fähr fälsch förder
führ füll garantier gehör genehmig genüg gewähr glaub glänz gründ halbier heiz hinterleg hoff hol häuf impf
importier installier investier isolier kalkulier kassier kauf kehr klag kletter kompensier konkretisier kontrollier
koordinier kost kämpf kündig kürz lager land leb leit lern liefer lob lock lohn lösch mach meld melk mess miet misch
modernisier montier nenn notier nutz ordn organisier pack parke passier pend pflanz pflück plan produzier
prognostizier protokollier prüf pump quittier reagier realisier rechn rechtfertig recycl reduzier registrier reich
renovier reparier reservier rett riskier riss rutsch räum sag sammel sanier schaff schalt schenk schick schimmel
schließ schrumpf schul schätz schütz senk setz sieg sinnier sitz sortier spar spend spiel spür stagnier stamm start
steck steiger stell stimm stopp streik stuf stärk stütz subventionier such summier suspendier sänk tank tausch teil
test tilg transportier trenn turn umfass umsetz unterbiet unterricht unterstütz untersuch unterzeichn verabschied
veranschlag verarbeit verbau verbesser verbrauch verbrenn verbuch verdien verdoppel verdreifach verfehl verfüg
vergrößer vergüt verhandel verkauf verkleiner verkrafte verkürz verlager verlang verleg verlegt verlänger vermarkt
vermeid vermiet verminder vermittel vermut verpacht verpass verpflicht verring verringer versand verschick
verschrott verschuld versicher versorg versprech versteiger verstärk verteil verursach verwalt verwend verwirklich
verzeichn verzicht veröffentlich vollend wachs wander warn wart wechsel wehr weig weiger wend werb werk widm wieg
wirk wohn zahl zeichn zeig zerstör zielt zwing zähl züchte öffn überprüf überschreit überschwemm übersteig übertreff
überwach überweis
"""
"""Stems of German verbs that are inflected weakly."""

STRONG_GERMAN = """
beginnen beginnt begann begannen begonnen|bleiben bleibt blieb blieben geblieben|bieten bietet bot boten geboten
brechen bricht brach brachen gebrochen|brennen brennt brannte brannten gebrannt
bringen bringt brachte brachten gebracht|denken denkt dachte dachten gedacht|dürfen darf durfte durften gedurft
essen isst aß aßen gegessen|fahren fährt fuhr fuhren gefahren|fallen fällt fiel fielen gefallen
fangen fängt fing fingen gefangen|finden findet fand fanden gefunden|fliegen fliegt flog flogen geflogen
fließen fließt floss flossen geflossen|fressen frisst fraß fraßen gefressen|frieren friert fror froren gefroren
geben gibt gab gaben gegeben|gehen geht ging gingen gegangen|gelten gilt galt galten gegolten
gewinnen gewinnt gewann gewannen gewonnen|halten hält hielt hielten gehalten|hängen hängt hing hingen gehangen
heißen heißt hieß hießen geheißen|helfen hilft half halfen geholfen|kennen kennt kannte kannten gekannt
kommen kommt kam kamen gekommen|lassen lässt ließ ließen gelassen|laufen läuft lief liefen gelaufen
leihen leiht lieh liehen geliehen|lesen liest las lasen gelesen|liegen liegt lag lagen gelegen
messen misst maß maßen gemessen|nehmen nimmt nahm nahmen genommen|nennen nennt nannte nannten genannt
raten rät riet rieten geraten|reißen reißt riss rissen gerissen|rufen ruft rief riefen gerufen
schaffen schafft schuf schufen geschaffen|scheiden scheidet schied schieden geschieden
scheinen scheint schien schienen geschienen|schießen schießt schoss schossen geschossen
schlagen schlägt schlug schlugen geschlagen|schließen schließt schloss schlossen geschlossen
schneiden schneidet schnitt schnitten geschnitten|schreiben schreibt schrieb schrieben geschrieben
schreiten schreitet schritt schritten geschritten|schwimmen schwimmt schwamm schwammen geschwommen
sehen sieht sah sahen gesehen|sinken sinkt sank sanken gesunken|sitzen sitzt saß saßen gesessen
sprechen spricht sprach sprachen gesprochen|springen springt sprang sprangen gesprungen
stehen steht stand standen gestanden|stehlen stiehlt stahl stahlen gestohlen|steigen steigt stieg stiegen gestiegen
sterben stirbt starb starben gestorben|stoßen stößt stieß stießen gestoßen
streichen streicht strich strichen gestrichen|tragen trägt trug trugen getragen|treffen trifft traf trafen getroffen
treiben treibt trieb trieben getrieben|treten tritt trat traten getreten|trinken trinkt trank tranken getrunken
tun tut tat taten getan|wachsen wächst wuchs wuchsen gewachsen|weisen weist wies wiesen gewiesen
wenden wendet wandte wandten gewandt|werben wirbt warb warben geworben|werfen wirft warf warfen geworfen
wiegen wiegt wog wogen gewogen|wissen weiß wusste wussten gewusst|ziehen zieht zog zogen gezogen
zwingen zwingt zwang zwangen gezwungen|schulden schuldet schuldete schuldeten geschuldet
senden sendet sandte sandten gesandt|erhalten erhält erhielt erhielten erhalten|ergeben ergibt ergab ergaben ergeben
entfallen entfällt entfiel entfielen entfallen|betragen beträgt betrug betrugen betragen
bekommen bekommt bekam bekamen bekommen|bestehen besteht bestand bestanden bestanden
beziehen bezieht bezog bezogen bezogen|beschließen beschließt beschloss beschlossen beschlossen
belaufen beläuft belief beliefen belaufen|besitzen besitzt besaß besaßen besessen
betreiben betreibt betrieb betrieben betrieben|entscheiden entscheidet entschied entschieden entschieden
entsprechen entspricht entsprach entsprachen entsprochen|entstehen entsteht entstand entstanden entstanden
enthalten enthält enthielt enthielten enthalten|erfahren erfährt erfuhr erfuhren erfahren
erheben erhebt erhob erhoben erhoben|erscheinen erscheint erschien erschienen erschienen
gelingen gelingt gelang gelangen gelungen|gefallen gefällt gefiel gefielen gefallen
hinterlassen hinterlässt hinterließ hinterließen hinterlassen
überschreiten überschreitet überschritt überschritten überschritten
unterschreiten unterschreitet unterschritt unterschritten unterschritten
übersteigen übersteigt überstieg überstiegen überstiegen|übertreffen übertrifft übertraf übertrafen übertroffen
übernehmen übernimmt übernahm übernahmen übernommen|überweisen überweist überwies überwiesen überwiesen
unternehmen unternimmt unternahm unternahmen unternommen
unterscheiden unterscheidet unterschied unterschieden unterschieden|verbinden verbindet verband verbanden verbunden
verbringen verbringt verbrachte verbrachten verbracht|verfallen verfällt verfiel verfielen verfallen
vergehen vergeht verging vergingen vergangen|vergleichen vergleicht verglich verglichen verglichen
verlassen verlässt verließ verließen verlassen|verlieren verliert verlor verloren verloren
vermeiden vermeidet vermied vermieden vermieden|verschreiben verschreibt verschrieb verschrieben verschrieben
verschwinden verschwindet verschwand verschwanden verschwunden
versprechen verspricht versprach versprachen versprochen|verstehen versteht verstand verstanden verstanden
vertreten vertritt vertrat vertraten vertreten|widersprechen widerspricht widersprach widersprachen widersprochen
zerfallen zerfällt zerfiel zerfielen zerfallen|umfassen umfasst umfasste umfassten umfasst
unterhalten unterhält unterhielt unterhielten unterhalten
"""
"""Infinitive, third person, past of both numbers, and participle of strong German verbs."""

GERMAN_PREFIXES = """
ab an auf aus bei dar ein fest fort frei her hin hinzu los mit nach nieder rein statt teil um unter vor weg weiter
wieder zu zurück zusammen bereit still ver gegenüber hoch
"""
"""Particles that part from a German verb, or stand before its participle."""


def _irregular_english() -> Iterator[dict[Form, tuple[str, ...]]]:
    for line in IRREGULAR_ENGLISH.replace("\n", "|").split("|"):
        if line.strip():
            base, third, past, participle = line.split()
            yield {
                Form.BASE: (base,),
                Form.THIRD: (third,),
                Form.PAST: (past,),
                Form.PARTICIPLE: (participle,),
                Form.GERUND: _gerunds(base),
            }


def _gerunds(base: str) -> tuple[str, ...]:
    if base in ("lie", "die", "tie"):
        return (f"{base[:-2]}ying",)
    stem = base.removesuffix("e") if not base.endswith("ee") and base != "be" else base
    return tuple(dict.fromkeys((f"{stem}{base[-1] if _doubles(base) else ''}ing", f"{stem}ing")))


_DOUBLING = words("""
admit allot annul cancel commit compel control defer deter enrol equip fulfil incur label level occur omit outfit
patrol permit pilot prefer program rebut recur refer regret remit submit total transfer travel transmit expel repel
signal re-let quarrel marvel model""")
"""Verbs of more than one syllable whose last consonant is written twice before an ending."""


def _doubles(base: str) -> bool:
    """Whether the last consonant is written twice before an ending: ``planned``, but ``delivered``."""
    ends = base[-1] in "bdglmnprt" and base[-2] in "aeiou" and base[-3:-2] not in tuple("aeiou")
    vowels = sum(letter in "aeiouy" for letter in base.removeprefix("qu"))
    return ends and (vowels == 1 or base in _DOUBLING)


def _regular_english() -> Iterator[dict[Form, tuple[str, ...]]]:
    for base in REGULAR_ENGLISH.split():
        is_y = base.endswith("y") and base[-2] not in "aeiou"
        third = base[:-1] + "ies" if is_y else base + ("es" if base.endswith(("s", "x", "sh", "ch", "z")) else "s")
        stem = base.removesuffix("e")
        pasts = (base[:-1] + "ied",) if is_y else (f"{stem}{base[-1]}ed",) * _doubles(base) + (f"{stem}ed",)
        forms = {Form.BASE: (base,), Form.THIRD: (third,), Form.GERUND: _gerunds(base)}
        yield forms | {Form.PAST: pasts, Form.PARTICIPLE: pasts}


def _strong_german() -> Iterator[dict[Form, tuple[str, ...]]]:
    for line in STRONG_GERMAN.replace("\n", "|").split("|"):
        if line.strip():
            infinitive, third, past, plural, participle = line.split()
            forms = {Form.BASE: (infinitive,), Form.THIRD: (third,), Form.PAST: (past, plural)}
            yield forms | {Form.PARTICIPLE: (participle,)}


_INSEPARABLE = ("be", "ver", "er", "ent", "zer", "über", "unter", "ge", "hinter", "wider", "voll")


def _weak_german() -> Iterator[dict[Form, tuple[str, ...]]]:
    for stem in WEAK_GERMAN.split():
        ending = "e" if stem.endswith(("t", "d", "chn", "ffn", "dn", "gn", "tm")) else ""
        prefix = "" if stem.startswith(_INSEPARABLE) or stem.endswith("ier") else "ge"
        yield {
            Form.BASE: (stem + ("n" if stem.endswith(("er", "el")) else "en"),),
            Form.THIRD: (f"{stem}{ending}t",),
            Form.PAST: (f"{stem}{ending}te", f"{stem}{ending}ten"),
            Form.PARTICIPLE: (f"{prefix}{stem}{ending}t",),
        }


class _Verbs:
    """The forms of verbs, and the participle that belongs to each."""

    def __init__(self, verbs: Iterable[Mapping[Form, tuple[str, ...]]]) -> None:
        forms: dict[str, set[Form]] = defaultdict(set)
        self.participles: dict[str, str] = {}
        for verb in verbs:
            participle = verb[Form.PARTICIPLE][0]
            for form, spelled in verb.items():
                for word in spelled:
                    forms[word].add(form)
                    self.participles.setdefault(word, participle)
        self.forms = {word: frozenset(found) for word, found in forms.items()}


_ENGLISH = _Verbs((*_irregular_english(), *_regular_english()))
_GERMAN = _Verbs((*_strong_german(), *_weak_german()))
_PREFIXES = tuple(sorted(GERMAN_PREFIXES.split(), key=len, reverse=True))
_NO_PAST = words("""
hundred need seed speed feed breed weed indeed exceed proceed shed bed red sacred kindred""")


@lru_cache(maxsize=8192)
def english_forms(word: str) -> frozenset[Form]:
    """The forms of English verbs that ``word``, in small letters, may be; what ends in ``ed`` is one of any verb.

    >>> [sorted(map(str, english_forms(word))) for word in ("paid", "went", "house", "re-laid")]
    [['participle', 'past'], ['past'], ['base'], ['participle', 'past']]
    """
    if word in _ENGLISH.forms:
        return _ENGLISH.forms[word]
    if base := _unprefixed(word):
        return _ENGLISH.forms[base]
    if word.endswith("ed") and len(word) > 4 and word not in _NO_PAST:
        return frozenset((Form.PAST, Form.PARTICIPLE))
    return frozenset((Form.GERUND,)) if word.endswith("ing") and len(word) > 5 else frozenset()


def _unprefixed(word: str) -> str:
    """The verb that ``word`` is with a prefix; empty where it is none: ``re-laid``."""
    for prefix in ("re-", "re", "over", "un", "out"):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3 and rest in _ENGLISH.forms:
            return rest
    return ""


def english_participle(word: str) -> str:
    """The past participle of the verb that ``word`` is a form of; ``word`` itself where that is not known.

    >>> [english_participle(word) for word in ("drew", "carries", "employ", "plan", "sold", "housing")]
    ['drawn', 'carried', 'employed', 'planned', 'sold', 'housed']
    """
    found = _ENGLISH.participles.get(word)
    if found is None and (base := _unprefixed(word)):
        return word.removesuffix(base) + _ENGLISH.participles[base]
    return found or word


@lru_cache(maxsize=8192)
def german_forms(word: str) -> frozenset[Form]:
    """The forms of German verbs that ``word``, in small letters, may be, with a particle before it or without.

    >>> [sorted(map(str, german_forms(word))) for word in ("ausgezahlt", "bewilligte", "haus")]
    [['participle'], ['past'], []]
    """
    verb = _parted(word)[1]
    return _GERMAN.forms[verb] if verb else frozenset()


def _parted(word: str) -> tuple[str, str]:
    """The particle before a German verb, and the verb; two empty words for what is no verb."""
    if word in _GERMAN.forms:
        return "", word
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        rest = rest.removeprefix("zu") if rest.removeprefix("zu") in _GERMAN.forms else rest
        if rest != word and len(rest) > 3 and rest in _GERMAN.forms:
            return prefix, rest
    return "", ""


def german_participle(word: str, particle: str = "") -> str:
    """The past participle of the German verb that ``word`` is a form of, with the ``particle`` that parts from it.

    >>> german_participle("nahm", "ein"), german_participle("liefern"), german_participle("zahlten", "aus")
    ('eingenommen', 'geliefert', 'ausgezahlt')
    """
    prefix, verb = _parted(word)
    return f"{particle}{prefix}{_GERMAN.participles[verb]}" if verb else ""
