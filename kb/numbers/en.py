"""English words, letters and signs by which numbers are read: numerals, scales, fractions, names and stop words.

Tables only; keys are in small letters unless a table says otherwise.
Joiners and signs of other languages stand here too for now.
"""

from kb.numbers import zh

BELOW_TWENTY = {
    **{"zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14},
    **{"fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19},
}
TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70},
    **{"eighty": 80, "ninety": 90},
}
SCALES = {
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15},
    **{"lakh": 10**5, "crore": 10**7, "lakhs": 10**5, "crores": 10**7, "lac": 10**5, "lacs": 10**5},
    **{"thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12, "grand": 10**3},
}
"""English words that multiply all that stands before them; ``hundred`` and ``dozen`` multiply less."""

HUNDREDS = frozenset(("hundred", "hundreds"))
DOZENS = frozenset(("dozen", "dozens", "doz", "dozs", "dz", "dzs"))

SCALE_LETTERS = {
    **{"k": 10**3, "K": 10**3, "M": 10**6, "MM": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6},
    **{"mio": 10**6, "B": 10**9, "b": 10**9, "bn": 10**9, "Bn": 10**9, "BN": 10**9, "bln": 10**9, "G": 10**9},
    **{"T": 10**12, "tn": 10**12, "Tn": 10**12, "tln": 10**12, "trn": 10**12},
}
"""Short scales behind digits; capital letters count."""

MONEY_LETTERS = {"m": 10**6, "t": 10**12, "Mn": 10**6, "g": 10**9}
"""Short scales that are read as such only where money is meant: ``$5m``."""

VAGUE_PLURALS = {
    **{"tens": 10, "dozens": 12, "scores": 20, "hundreds": 10**2, "thousands": 10**3, "millions": 10**6},
    **{"billions": 10**9, "trillions": 10**12},
}
"""Words for an unsaid number of these: at least two, fewer than ten."""

SEVERAL = frozenset(("several", "few", "couple", "handful"))

ORDINALS = {
    **{"first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six"},
    **{"seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten", "eleventh": "eleven"},
    **{"twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen", "fifteenth": "fifteen"},
    **{"sixteenth": "sixteen", "seventeenth": "seventeen", "eighteenth": "eighteen", "nineteenth": "nineteen"},
    **{"twentieth": "twenty", "thirtieth": "thirty", "fortieth": "forty", "fourtieth": "forty", "fiftieth": "fifty"},
    **{"sixtieth": "sixty", "seventieth": "seventy", "eightieth": "eighty", "ninetieth": "ninety"},
    **{"hundredth": "hundred", "thousandth": "thousand", "millionth": "million", "billionth": "billion"},
    **{"trillionth": "trillion", "quadrillionth": "quadrillion"},
}
"""Ordinals, and the numbers that they are of."""

HALVES = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
"""Parts that are no ordinals; all other parts are the ordinals and their plurals."""

ORDINAL_SUFFIXES = frozenset(("st", "nd", "rd", "th", "ths", "rds"))
"""What digits end in as ordinals: 21st."""

GLYPHS = {
    **{"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5)},
    **{"⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)},
}

DASHES = frozenset("-–—‒―−~〜～")
JOINERS = frozenset(("to", "through", "到", "至", "or", "or even", "或"))
SIDES = frozenset(("and", "but", "yet", ",", "，", "、", "且", "但", "并且", "而且", "但是", "又", "同时", "而"))
"""Words between the two sides of a range in bounds: more than 20 but less than 30."""
NEGATIVES = frozenset(("negative", "minus", "负", "負"))
MINUSES = frozenset("-−﹣")
"""Signs that make the number right behind them negative."""
PER = frozenset(("/", "per", "every", "each", "每", "a", "an"))
RATE_ADVERBS = {
    **{"daily": "day", "hourly": "hour", "weekly": "week", "monthly": "month", "quarterly": "quarter"},
    **{"annually": "year", "yearly": "year", "annual": "year", "p.a": "year", "p.a.": "year", "annualized": "year"},
}
"""One word for a flow: ``$200 monthly``."""

DETERMINERS = frozenset(
    ("the", "this", "that", "these", "which", "each", "every", "any", "some", "no", "another", "other", "every", "such")
)
"""Before a lone "one" these make a pronoun of it."""

_FUNCTION_WORDS = """
of more less and or as the to in is was are were at on by for but than from its their his her our my your this that
these those a an with million billion trillion thousand higher lower cheaper larger smaller faster slower
"""
AFTER_PART = frozenset(_FUNCTION_WORDS.split())
"""Behind "a third" these leave it a part; before any other word ("a third option") it is an ordinal."""

_NUMBER_WORDS = (BELOW_TWENTY, TENS, SCALES, HUNDREDS, DOZENS, ORDINALS, HALVES, VAGUE_PLURALS, SEVERAL)
_HAN = (zh.DIGITS, zh.TENS, zh.SCALES, zh.VAGUE)
NO_NOUNS = frozenset(
    {
        text.lower()
        for table in (*_NUMBER_WORDS, *_HAN, SCALE_LETTERS, MONEY_LETTERS, JOINERS, NEGATIVES, PER)
        for text in table
    }
    | {"point", "out", "of", "in", "for", "the", "from", "at", "on", "by", "with", "and", "not", "over", "ths", "th"}
    | {"than", "is", "was", "are", "were", "as", "between", "分之", "半", "上", "成", "折", "thirds", "fifths"}
)
"""Words that belong to the wording of a number or of a sentence, and never name what is counted."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Names that hold numbers

NUMBERED = _words("""
gpt chatgpt claude opus sonnet haiku gemini gemma bard palm llama grok mistral mixtral qwen deepseek phi falcon codex
command dall stable whisper sora veo imagen kimi glm ernie yi copilot alphago alphafold dgx rtx gtx ryzen xeon epyc
iphone ipad ios ipados macos watchos android windows office pixel galaxy playstation xbox switch kindle python java
photoshop chrome firefox ubuntu debian usb bluetooth wi-fi wifi web pci hdmi boeing airbus boing embraer concorde
apollo soyuz voyager sputnik artemis starship ariane falcon formula route highway interstate motorway fortune ftse
russell nasdaq s&p nikkei stoxx csi dax cac dow euro agenda covid omega vitamin euro-zone magnificent big group basel
solvency mifid brics g area catch studio channel radio wagon unit-linked
""")
"""Names that people number, whether a sentence begins with them or not: ``Opus 4.6``, ``Fortune 500``, ``Route 66``."""

REFERENCES = _words("""
section sections sec chapter chapters ch figure figures fig figs table tables tab page pages p pp line lines footnote
footnotes note notes appendix annex article articles art paragraph paragraphs para clause clauses rule rules step
steps part parts volume volumes vol issue issues no nos number numbers nr version versions ver v citation citations ref
refs reference references equation equations eq eqs exhibit slide slides episode episodes season lesson question
gate room flight route highway interstate platform track lane tier tiers phase phases stage stages grade grades
category class type types model series round level levels point item items act scene title schedule form exercise
example case theorem lemma definition proposition algorithm box panel column row scope pillar layer option scenario
story room suite bus verse psalm amendment resolution bill proposition prop district zone sector unit generation gen
isbn issn rfc iso din en doi pmid cve bug ticket order invoice id top day week line batch cohort group period chart
pier sonata symphony opus concerto quartet
""") - frozenset(("unit",))
"""Words that make the bare number behind them a label: ``section 4``, ``tier 2``, ``top 10``."""

SENTENCE_WORDS = _words("""
a an the this that these those and or but nor so yet if when while as at by for from in into of off on onto out over
to under up with within without about above across after against along among around before behind below beneath beside
between beyond despite down during except inside like near outside since than through throughout till toward towards
until upon via versus vs per plus minus less more most least fewer many much few several some any no not only just
even still also too very quite rather almost nearly roughly approximately exactly another other others each every
either neither both all half such same own i you he she it we they me him her us them my your his its our their who
whom whose which what where why how is are was were be been being am has have had do does did will would shall should
can could may might must then there here now today yesterday tomorrow again once twice ever never always often
sometimes usually typically generally currently recently already soon later earlier ago last next previous first
second third final total combined nearly around says said say reports reported adds added costs cost costing worth pays
paid spent spends spend sells sold buys bought has got gets takes took needs need make makes made give gives gave
let lets see imagine suppose assume consider take add subtract multiply divide because although though whereas unless
however meanwhile therefore thus hence moreover furthermore yes no well okay please thanks compared compare according
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december jan feb mar apr jun jul aug sep sept oct nov dec q1 q2 q3 q4 h1 h2 fy
population revenue revenues sales profit profits loss losses income price prices margin margins growth inflation rent
salary score result results average median mean maximum minimum total sum share rate ratio age aged temperature
approx circa estimated us uk eu usd eur gbp rmb cny roi capex ebitda gdp
""")
"""Words that are no name though a capital begins them: at the start of a sentence, in a headline."""

NO_RATES = _words("earlier ago later before after old younger older from on prior sooner back hence since until")
"""Words behind "a year" that make it a time and no rate: ``up 6% a year earlier``."""

PER_ONE = _words("""
barrel share pound ton tonne gallon litre liter kilo kilogram kg ounce bushel head piece night ticket bottle seat unit
copy pop plate mile kilometre kilometer km foot metre meter acre hectare session visit dose token user person student
patient passenger employee worker customer household word page image query request call message trip ride meal book song
stream view click vote door room bed car truck box bag can cup pack pair set acre plot game match episode
""")
"""Nouns that an amount of money is often told per: ``$78 a barrel``."""

GIVING = _words("""
gave gives give giving given paid pays pay paying owed owes owe sold sells sell offered offers offer offering charged
charges charge charging cost costs saved saves save lent lends lend handed hands sent sends send granted grants grant
awarded awards award fined fines fine lost loses lose took takes take earned earns earn gained gains bought buys won
wins netted nets bet left allows allowed allow allowing bring brought brings require requires required
let lets make makes made assigned assigns
""")
"""Words before a name behind which a number counts something for it: ``gave Anthropic 90 minutes``."""

DIGIT_NAMES = _words("""
24/7 24/365 9/11 7/11 401k 403b 10-k 10-q 8-k 20-f 13-f 13f 1099 w-2 2fa 3D 2D 4D 2G 3G 4G 5G 6G 1080p
720p 1440p 2160p 7-eleven 2pac 50cent 4chan 1password 23andme 9to5mac 99designs 3com 4o 4x4
""")
"""Names that begin with a digit, those with a capital as they stand, all others however they are written."""

UPPER_NAMES = _words("3D 2D 4D 2G 3G 4G 5G 6G")

FILE_ENDINGS = _words("""
txt md rst pdf doc docx xls xlsx ppt pptx csv tsv json yaml yml toml xml html htm css js ts jsx tsx py ipynb rb go rs
java c h cpp hpp cs sh bat exe dll so png jpg jpeg gif svg webp bmp tif tiff mp3 mp4 mov avi mkv wav zip tar gz tgz
bz2 xz 7z rar iso dmg pkg deb rpm whl log sql db sqlite parquet bib ris epub
""")
DOMAINS = _words("com org net io ai cn co uk de fr eu gov edu info dev app me tv us jp kr in ru br ca au ch nl se ly")

# Dates

MONTHS = _words("""
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec
""")
BEFORE_YEARS = (
    _words("""
in since by until till from during of for late early mid before after around circa through to year fiscal fy calendar
spring summer autumn fall winter q1 q2 q3 q4 h1 h2 quarter half end beginning start class between and class-of the
throughout into back ©
""")
    | MONTHS
)
"""Words behind which four digits are a year."""

# What is counted

NO_HEADS = _words("""
a an the this that these those and or but nor so yet if when while as at by for from in into of off on onto out over
to under up with within without about above across after against along among around before behind below beneath beside
between beyond despite down during except inside like near outside since than through throughout till toward towards
until upon via versus vs per plus minus less more most least fewer many much few several some any no not only just
even still also too very quite rather almost nearly roughly i you he she it we they me him her us them my your his its
our their who whom whose which what where why how is are was were be been being am has have had having do does did
doing done will would shall should can could may might must cannot then there here now today yesterday tomorrow again
once twice ever never always often sometimes already soon later earlier ago last next because although though whereas
unless however therefore thus hence said says say told tells tell went goes go came comes come became becomes become
make makes made get gets got gives give gave takes take took keeps keep kept seems seem seemed means mean meant works
needs wants looks helps shows puts lets sets runs says uses costs leaves sits stands starts begins ends turns
follows remains includes including excluding represents reflects suggests implies equals makes depends applies
each every apiece alone total overall together respectively instead away back down due according compared
rises rose falls fell grows grew drops dropped increased decreased declined reached hit exceeded surpassed
respectively either neither both all another other others such same own one's vs. etc
during worth despite regardless whether
""")
"""Words that end a run of words behind a number; none of them names what is counted."""

NO_PLURALS = _words("""
this thus us is was has does its as his yes plus less across previous various serious famous gross always perhaps
towards upwards afterwards nowadays sometimes besides unless whereas versus bus gas basis analysis crisis status
chinas ross james texas paris dallas
""")
"""Words that end in ``s`` and are no plural."""

COUNTED_ALIKE = _words(
    "staff personnel police cattle fish aircraft species series crew spacecraft deer sheep offspring"
)
"""Nouns whose plural looks like their singular."""

PHYSICAL = _words("""
km m cm mm nm kilometre kilometer metre meter centimetre centimeter millimetre millimeter nanometre nanometer
micrometre micrometer micron mile foot inch yard kg g mg kilogram kilogramme gram gramme milligram tonne ton pound-mass
lb oz ounce
litre liter l ml millilitre milliliter gallon barrel hectare acre ha mph kph knot hz khz mhz ghz hertz gigahertz
megahertz byte kb mb gb tb pb kib mib gib bit kbps mbps gbps megabyte gigabyte terabyte petabyte kilobyte exabyte
watt kwatt mwatt gwatt twatt kw mw gw tw wh kwh mwh gwh twh watt-hour volt amp ampere ohm joule kilojoule megajoule
calorie kcal kilocalorie degree celsius fahrenheit kelvin °c °f ℃ bar pascal psi decibel db ppm ppb point basis
mmhg bpm hp horsepower newton mol pixel lux lumen carat cubic-metre square-metre flop co2 mtoe ms millisecond
microsecond nanosecond ft kwatt-hour Mwatt-hour Gwatt-hour Twatt-hour Mwatt Gwatt Twatt
""")
"""Units of measurement: an amount in them is a number rather than a count of things."""

SYMBOLS = _words("""
km m cm mm nm um µm kg g mg µg lb lbs oz l L ml mL ha mph kph Hz kHz MHz GHz KB MB GB TB PB kB kb Mb Gb Tb Mbps Gbps
kbps MW GW kW TW kWh MWh GWh TWh V A W Wh hp ft in yd mi bpm ppm ppb psi dB ms µs ns s h hr hrs d y yr yrs mo wk min sec
°C °F ℃ pp bp bps x X st tn bn mn mln mio k K M MM B b T G Bn BN m t Mn tr trn tln bln GT Gt Mt kt MtCO2 GtCO2 kcal
cal J kJ MJ nmol mmol mol IU mmHg rpm fps px pt p.p FLOPs FLOP FLOPS flops C F K ish plus
""")
"""What may stand right behind digits, without a blank, and leave them a figure."""

DURING_BEFORE = _words(
    "for took take takes lasted after of is was are were aged by lasting spent than just well or and"
)
"""Words before "over" and a time that let it mean "more than"; behind others it means "during"."""

BEING = _words("is are was were be been being run runs ran running still")
"""Words before "short of" that let it mean "lacking" rather than "less than"."""

LENGTHS = _words("""
tall high deep wide long away above below across thick apart race sprint freestyle hurdles dash relay tower wall
building cable pool telescope wave waves mast dam bridge of- drop fall depth height length altitude
""")
"""Words behind "m" that make it metres rather than millions."""

OWNERS = _words("a an my his her your our their")
AFTER_OWNED = _words("of who that which or and and/or to in")
"""Between the two a bare number is a name: ``my 3090 does``."""

TEMPERATURES = {"c": "celsius", "celsius": "celsius", "f": "fahrenheit", "fahrenheit": "fahrenheit"}
POWERS = {"square": 2, "sq": 2, "cubic": 3}
LETTER_UNITS = _words("m g t V W l L")

# English phrases in which a number counts nothing

PRONOUN_AFTER = _words("month months year years week weeks hour hours minute minutes second seconds quarter quarters")
"""Nouns of time; ``one`` before them is a number."""

PART_ORDINALS = _words("third fourth fifth sixth seventh eighth ninth tenth")
PART_FOLLOWERS = _words(
    "of the its their his her our your as less more fewer off to in a is are was were or and that who"
)
"""Words behind a half, a third: it is a part and no ordinal."""
HALF_BLOCKERS = _words("""
second first latter other better former this that last next third fourth final same new one's early late top bottom
previous prior past current coming fiscal single each every per winning losing upper lower back front
""")
"""Words before a half or a quarter that make it a time or a place: ``the second half``."""

LIKE_ABOUT = frozenset(("like",))

MORE_THAN_VERBS = _words("""
exceeded exceeds exceed exceeding surpassed surpasses surpassing topped tops topping passed outstripped crossed
""")
BETWEEN_BOUND_AND_NUMBER = _words("another further additional extra fully")
"""Words that may stand between a bound and its number: ``at least another 500``."""

NO_ORDINALS = _words("""
century centuries street st avenue ave floor amendment grade congress parallel birthday percentile minute
of january february march april may june july august september october november december party edition season infantry
division regiment ward district
""") - frozenset(("of",))
"""Nouns behind an ordinal that is a label."""
