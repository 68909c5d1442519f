"""English numbers as data: numerals, limits, margins, units and money; ``en`` has what running text needs besides."""

from collections.abc import Iterator
from decimal import Decimal

from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge
from kb.numbers.word_tables import (
    BoundWords,
    MarginWords,
    Meaning,
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

# Numbers in words

ORDINALS = pairs("""
first one second two third three fourth four fifth five sixth six seventh seven eighth eight ninth nine tenth ten
eleventh eleven twelfth twelve thirteenth thirteen fourteenth fourteen fifteenth fifteen sixteenth sixteen
seventeenth seventeen eighteenth eighteen nineteenth nineteen twentieth twenty thirtieth thirty fortieth forty
fourtieth forty fiftieth fifty sixtieth sixty seventieth seventy eightieth eighty ninetieth ninety hundredth hundred
thousandth thousand millionth million billionth billion trillionth trillion quadrillionth quadrillion""")
NUMERALS = WordNumerals(
    below_twenty=numbered("""
zero 0 nought 0 naught 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12
thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19"""),
    # "fourty" and "fourtieth" are common slips of the pen, and mean nothing else.
    tens=numbered("twenty 20 thirty 30 forty 40 fourty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90"),
    scales={
        **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15},
        "quintillion": 10**18,
        **{"lakh": 10**5, "crore": 10**7, "lakhs": 10**5, "crores": 10**7, "lac": 10**5, "lacs": 10**5},
        **{"thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12, "grand": 10**3},
    },
    hundreds=words("hundred hundreds"),
    lone_hundreds=words("hundred"),
    dozens=words("dozen dozens doz dozs dz dzs"),
    vague_plurals={
        **{"tens": 10, "dozens": 12, "scores": 20, "hundreds": 10**2, "thousands": 10**3, "millions": 10**6},
        **{"billions": 10**9, "trillions": 10**12},
    },
    several=words("several few couple handful"),
    vague_openers=words("a the many"),
    known_things=words("the them these those us you"),
    ordinals=ORDINALS,
    part_plurals={ordinal + "s": cardinal for ordinal, cardinal in ORDINALS.items()},
    whole_ordinals=words("first second firsts seconds"),
    halves=numbered("half 2 halves 2 quarter 4 quarters 4"),
    plural_halves=words("halves quarters"),
    half=words("half"),
    one=words("one"),
    articles=words("a an"),
    scale_articles=words("a"),
    ands=words("and"),
    of=words("of"),
    out=words("out"),
    among=words("in"),
    divided_by=words("over"),
    wholes=words("the every"),
    points=words("point"),
    determiners=words("the this that these which each every any some no another other every such"),
    after_part=words("""
of more less and or as the to in is was are were at on by for but than from its their his her our my your this that
these those a an with million billion trillion thousand higher lower cheaper larger smaller faster slower"""),
    not_halves=words("other latter better last former next this that each per"),
)

# Limits and hedges


def _comparisons() -> Iterator[tuple[str, Meaning]]:
    """``more than``, ``no fewer than``, ``greater than or equal to`` and the like, in all their combinations."""
    for adjectives, beyond, from_there, denied in (
        ("more greater higher larger bigger longer older", Bound.MORE_THAN, Bound.AT_LEAST, Bound.AT_MOST),
        ("less fewer lower smaller shorter younger", Bound.LESS_THAN, Bound.AT_MOST, Bound.AT_LEAST),
    ):
        for adjective in adjectives.split():
            for than in ("than", "then"):
                yield f"{adjective} {than}", (beyond, None)
                yield f"no {adjective} {than}", (denied, None)
                yield f"not {adjective} {than}", (denied, None)
            for phrase in _or_equal(adjective):
                yield phrase, (from_there, None)


def _or_equal(adjective: str) -> Iterator[str]:
    for equal in ("equal", "equals", "equal to", "equals to"):
        yield f"{adjective} than or {equal}"
        yield f"{adjective} or {equal}"
        yield f"{adjective} or {equal} than"
        yield f"{equal} or {adjective} than"
        yield f"{equal} and {adjective} than" if equal.endswith("to") else f"{equal} to or {adjective} than"


BOUNDS = BoundWords(
    leads={
        **dict(_comparisons()),
        **meanings(
            {
                (Bound.MORE_THAN, None): """
over|above|exceeding|exceeds|exceed|beyond|north of|upwards from|well over|far more than|well above|in excess of|
surpass|surpassing|surpasses""",
                (Bound.AT_LEAST, None): """
at least|at the very least|upward of|upwards of|minimum of|a minimum of|min|min.|at least or equal to|at worst|
as low as|starting at|at or above|at or over""",
                (Bound.LESS_THAN, None): """
sub-|under|below|short of|south of|not even|shy of|well under|well below|far fewer than|far less than|much less than|
nowhere near""",
                (Bound.AT_MOST, None): """
up to and including|at most|at best|up to|within|as much as|as many as|as high as|maximum of|a maximum of|max|
max.|capped at|limited to|not exceeding|at most or equal to|at or below|at or under""",
                (None, Hedge.ABOUT): """
about|around|roughly|approximately|approx|approx.|circa|ca|ca.|c.|some|near|close to|an estimated|estimated|say|
in the region of|more or less|in the neighbourhood of|in the neighborhood of|in the vicinity of|something like|
in the ballpark of|just about|not far off""",
                (None, Hedge.NEARLY): """
nearly|almost|approaching|next to|close on|virtually|barely|hardly|scarcely|not quite|practically|
not far short of|getting on for|the best part of|the better part of""",
                (None, None): """
somewhere|anywhere|only|just|a mere|merely|a total of|in total|exactly|precisely|usually|typically|a full|a whopping|
a combined""",
                (Bound.EXACT, None): "equal|equals|equal to|equals to|equaling|equaling to|equalling|equalling to",
                (Bound.MORE_THAN, Hedge.JUST_OVER): """
just over|slightly over|slightly more than|a little over|a bit over|just above|slightly above|a little more than|
little more than|not much more than|barely more than|marginally more than|marginally over|marginally above|a shade over|
a touch over|a good""",
                (Bound.LESS_THAN, Hedge.NEARLY): """
just under|slightly under|just below|slightly below|just shy of|a little under|a little less than|slightly less than|
marginally less than|marginally under|marginally below|a shade under|a touch under|just short of""",
                (None, Hedge.ORDER_OF_MAGNITUDE): "on the order of|in the order of|of the order of",
            }
        ),
    },
    trails=meanings(
        {
            (Bound.AT_LEAST, None): """
plus|-plus|or more|and more|or higher|and higher|or above|or greater|and greater|or better|or over|or up|or larger|
or bigger|or longer|or older|and up|upward|upwards|and above|and over|at least|minimum|or more than|or greater than|
or higher than|or larger than|or bigger than""",
            (Bound.AT_MOST, None): """
or less|and less|or fewer|and fewer|or lower|or below|or under|or smaller|or shorter|or younger|and below|and under|
at most|, at most|at best|, at best|, if that|, at a stretch|
maximum|max|tops|or less than|or fewer than|or lower than|or smaller than""",
            (None, Hedge.ABOUT): """
or so|give or take|ish|-ish|-odd|odd|-something|-some|is probably close|or thereabouts|
more or less|, more or less,|, more or less|, give or take|, or so|
(approx.)|(approx)|(approximately)|(about)|(roughly)|(est.)|(estimated)""",
            (None, None): "exactly|in total",
        }
    ),
    clause_ends=frozenset(phrases("at best|, at best|, if that|, at a stretch")),
    then_number=words("than"),
    or_equal=frozenset(phrases("or equal|or equal to|or equals|or equals to|and equal to")),
    openings={"between": ("and",), "from": ("to", "through", "until")},
    open_ends=words("from"),
    two_ends=words("between"),
    joiners=words("to through or"),
    alternatives=words("or"),
    joiner_emphasis={"or": "even"},
    sides=words("and but yet"),
    all_but=frozenset(phrases("all but|all except|all except for")),
    exact=words("exactly precisely"),
    loose=words("somewhere anywhere"),
    loose_spreads=frozenset({("anywhere", "from")}),
    negatives=words("negative minus"),
)

MARGINS = MarginWords(
    spreads=frozenset(phrases("iqr|interquartile range|inter-quartile range|interquartile interval")),
    signs=frozenset(phrases("plus or minus|plus/minus|give or take")),
    kinds={
        **dict.fromkeys(phrases("standard deviation|standard deviations|std dev"), MarginKind.STANDARD_DEVIATION),
        **dict.fromkeys(phrases("standard error|standard errors"), MarginKind.STANDARD_ERROR),
        **dict.fromkeys(
            phrases("confidence interval|confidence intervals|credible interval|confidence limits|conf. int."),
            MarginKind.CONFIDENCE_INTERVAL,
        ),
        **dict.fromkeys(phrases("tolerance|tolerances"), MarginKind.TOLERANCE),
        **dict.fromkeys(phrases("margin of error|sampling error|margin|uncertainty"), MarginKind.NOT_STATED),
    },
    fillers=words("of with a an the is was was: at from between"),
)

# Units and money

_CENT = Decimal("0.01")
_CENTS = {"cent": _CENT, "cents": _CENT}
_COINS = by_country("""
dollar: us USD, american USD, canadian CAD, australian AUD, singapore SGD, taiwan TWD, jamaican JMD, u.s USD, u.s.
USD, barbados BBD, bahamian BSD, fiji FJD, namibian NAD, hong kong HKD, new zealand NZD, new taiwan TWD, united states
USD; franc: swiss CHF, cfa XOF, rwandan RWF; peso: mexican MXN, argentine ARS, chilean CLP, colombian COP, philippine
PHP, cuban CUP, uruguayan UYU, dominican DOP; pound: british GBP, egyptian EGP, lebanese LBP, sudanese SDG, syrian
SYP; rupee: indian INR, pakistani PKR, nepalese NPR, mauritian MUR, sri lankan LKR; krona: swedish SEK, icelandic ISK;
krone: danish DKK, norwegian NOK; koruna: czech CZK; lira: turkish TRY; yuan: chinese CNY; yen: japanese JPY; won:
korean KRW, south korean KRW, north korean KPW; real: brazilian BRL; rand: south african ZAR; rouble: russian RUB,
belarusian BYN; zloty: polish PLN; forint: hungarian HUF; shekel: israeli ILS; baht: thai THB; ringgit: malaysian MYR;
rupiah: indonesian IDR; dinar: kuwaiti KWD, iraqi IQD, jordanian JOD, serbian RSD, bahraini BHD; dirham: moroccan MAD,
uae AED, emirati AED; riyal: saudi SAR, qatari QAR; shilling: kenyan KES, ugandan UGX, tanzanian TZS; naira: nigerian
NGN; hryvnia: ukrainian UAH; sterling: pounds GBP, pound GBP""")
UNITS = UnitWords(
    measures=measures("""
fraction 0.01 percent percents percentage pct; fraction 0.001 permille; multiple times fold;
USD dollar dollars buck bucks; EUR euro euros; GBP pound pounds quid; JPY yen; CNY yuan renminbi; INR rupee rupees;
KRW won; CHF franc francs; RUB rouble roubles ruble rubles; THB baht; VND dong; IDR rupiah; MYR ringgit;
BTC bitcoin bitcoins; NGN naira; SEK kronor; NOK kroner; BRL reais; TRY lira liras; ZAR rand; PLN zloty zlotys;
HUF forint forints; CZK koruna; ILS shekel shekels; AED dirham dirhams; SAR riyal riyals; UAH hryvnia;
tonne/day tpd; tonne/year tpa tpy; barrel bbl bbls; barrel 1000000 mmbbl mmbbls; barrel/day bpd bopd;
barrel/day 1000 kbpd; boe boe; fte fte ftes; boe 1000 kboe; boe 1000000 mmboe; boe/day boepd;
boe/day 1000 kboepd; ounce 1000 koz;
ounce 1000000 moz; dwt dwt; teu teu; gallon/minute gpm; mile/gallon mpg;
tonne/year 1000000 mtpa; metre**3 1000000000 bcm; metre**3 1000000 mcm; foot**3 1000000000 bcf;
foot**3 1000000000000 tcf; foot**3 1000000 mmcf mmscf; foot**3 1000 mcf; Btu 1000000 mmbtu;
metre**2 sqm; foot**2 sqft sqf; km**2 sqkm; mile**2 sqmi; metre**3 cbm; foot**3 cuft; knot kts;
USD 0.01 cent cents; GBP 0.01 penny pence; CNY 0.1 jiao; CNY 0.01 fen; INR 0.01 paise; RUB 0.01 kopek kopeks"""),
    touching_measures={"p": ("GBP", _CENT)},
    measure_phrases={
        **{("per", cent): ("fraction", _CENT) for cent in ("cent", "cents")},
        **{("percentage", point): ("fraction", _CENT) for point in ("point", "points")},
        ("fl", "oz"): ("floz", Decimal(1)),
        **{("fluid", ounce): ("floz", Decimal(1)) for ounce in ("ounce", "ounces")},
        **{("basis", point): ("fraction", Decimal("0.0001")) for point in ("point", "points")},
    },
    repeated=frozenset((("fraction", "point"), ("fraction", "points"), ("GBP", "sterling"))),
    small_change={
        **dict.fromkeys(("USD", "EUR", "AUD", "CAD", "NZD", "SGD"), _CENTS),
        "HKD": {"cents": _CENT},
        "CNY": {"jiao": Decimal("0.1"), "fen": _CENT},
        "GBP": {"penny": _CENT, "pence": _CENT, "p": _CENT},
        "INR": {"paise": _CENT},
        "RUB": {"kopek": _CENT, "kopeks": _CENT},
    },
    change_joiners=words("and"),
    coins=_COINS,
    coin_forms={
        **{coin + "s": coin for coin in _COINS if coin != "sterling"},
        **pairs("kronor krona kroner krone rubles rouble ruble rouble reais real lire lira koruny koruna zlotys zloty"),
    },
    article_coins=words("dollar buck euro cent"),
    ounces=words("oz ounce ounces"),
    weights={"pound": ("lb", Decimal(1)), "pounds": ("lb", Decimal(1))},
    weighing=words("weigh weighs weighed weighing weight heavy heavier lighter overweight underweight"),
    goods=words("""
flour sugar salt butter meat beef pork chicken fish salmon bread cheese bacon coffee tea potatoes apples berries
cherries grapes tomatoes carrots onions beans peas lentils mushrooms nuts almonds rice pasta honey gold silver lead
iron copper steel wool cotton feathers fruit vegetables tobacco hay grain wheat corn oats cocaine heroin marijuana
explosives muscle fertilizer fertiliser trash debris plastic"""),
    shared_coins=pairs("dollar $ dollars $ Dollars $ rupee Rs rupees Rs"),
    sign_users=countries("""
USD US U.S. USA United_States America American Americans; CAD Canada Canadian Canadians; AUD Australia Australian
Australians; NZD New_Zealand; SGD Singapore Singaporean; HKD Hong_Kong; TWD Taiwan Taiwanese; MXN Mexico Mexican; CLP
Chile Chilean; COP Colombia Colombian; ARS Argentina Argentine; JMD Jamaica Jamaican; TTD Trinidad; BBD Barbados; BSD
Bahamas; FJD Fiji; NAD Namibia Namibian; LRD Liberia Liberian; JPY Japan Japanese yen; CNY China Chinese yuan renminbi
RMB; GBP UK U.K. Britain British England English Scotland Wales; EGP Egypt Egyptian; LBP Lebanon Lebanese; SYP Syria
Syrian; SDG Sudan Sudanese; GIP Gibraltar; FKP Falklands; INR India Indian; PKR Pakistan Pakistani; LKR Sri_Lanka; NPR
Nepal Nepalese; MUR Mauritius; DKK Denmark Danish Dane Danes Copenhagen; NOK Norway Norwegian Norwegians Oslo"""),
    multipliers={"twice": Decimal(2), "thrice": Decimal(3)},
    as_many=frozenset(phrases("as many|as much")),
    as_adjective={"as": "as"},
    no_units=words("a an in or to per and times"),
    scale_letters={
        **{"mn": 10**6, "mln": 10**6, "mil": 10**6, "mio": 10**6, "bn": 10**9, "Bn": 10**9, "BN": 10**9, "bln": 10**9},
        **{"tn": 10**12, "Tn": 10**12, "tln": 10**12, "trn": 10**12},
    },
    per=words("per every each a an"),
    per_articles=words("a an"),
    rate_adverbs=pairs("""
daily day hourly hour weekly week monthly month quarterly quarter annually year yearly year annual year p.a year
p.a. year annualized year"""),
    clock_parts=pairs("hrs hour hour hour hours hour mins minute minute minute minutes minute secs second"),
    no_rate_nouns=words("cent"),
    percentage_points=frozenset(phrases("percentage point|percentage-point|percent point")),
)
