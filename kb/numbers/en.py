"""English as data; what each table is for stands in ``word_tables``, ``prose_tables`` and ``language``."""

from kb.domain.entity import Stance
from kb.numbers.en_numbers import BOUNDS, MARGINS, NUMERALS, ORDINALS, UNITS
from kb.numbers.language import CueWords, Language, SentenceMarks, StopWords
from kb.numbers.prose_tables import FigurePattern, NounWords, ProseWords, Reader
from kb.numbers.word_tables import YEAR, pairs, phrases, words

# Figures in running text

_YEAR_OF_MONTHS = "january february march april may june july august september october november december"
_MONTHS = words(_YEAR_OF_MONTHS)
_MONTH_NUMBERS = {name[:length]: at for at, name in enumerate(_YEAR_OF_MONTHS.split(), 1) for length in (3, len(name))}
_MONTH_NAMES = _MONTHS | words("jan feb mar apr jun jul aug sep sept oct nov dec")
_WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# "May 5 million people" is no date, nor is "March 3.5%".
_NO_NUMBER = r"(?![\d%]|[.,]\d|\s?(?:percent|million|billion|trillion|thousand|hundred|bn|dollars|times)\b)"
_DATES = (
    rf"(?=[JFMASOND])(?<![A-Za-z]){_MONTH}\.?\s{{1,2}}{_DAY}(?:\s?[-–]\s?(?:{_MONTH}\s)?{_DAY})?(?:,?\s{{1,2}}{YEAR})?{_NO_NUMBER}",
    rf"(?=[JFMASOND])(?<![A-Za-z]){_MONTH}\.?,?\s{{1,2}}(?:of\s)?{YEAR}{_NO_NUMBER}",
    rf"(?=\d)(?<![\w$€£¥])(?<!\d[.,]){_DAY}(?:\s?[-–]\s?{_DAY})?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s{YEAR})?",
    r"(?=\d)(?<![\w$€£¥])(?<!\d[.,])\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o['’]clock)",
    r"(?=[\d'’])(?:(?<![\w])(?:1[5-9]|20)\d0['’]?s\b|(?<![\w$€£¥])(?<!\d[.,])['’]?[2-9]0s\b)",
    r"(?=\d)(?<!\w)(?<!\d[.,])\d{1,2}(?:st|nd|rd|th)[- ](?:and\s\d{1,2}(?:st|nd|rd|th)[- ])?centur(?:y|ies)",
    r"(?=[Ff])\b[Ff]iscal\s(?:[Yy]ear\s)?['’]?\d{2}(?![\w%]|[.,]\d|\s(?:months?|weeks?|quarters?|percent)\b)",
    rf"(?=\d)(?<![\w$€£¥])(?<!\d[.,]){YEAR}(?:\s?[-–/]\s?(?:{YEAR}|\d{{2}}))(?![\w%]|[.,]\d|\s?(?:million|billion|percent|people|words|users)\b)",
)

_SMALL = "|".join((*NUMERALS.below_twenty, *NUMERALS.tens, "hundred"))
_SCALE = "hundred|thousand|million|billion|trillion|quadrillion"
_FAR_ORDINALS = "|".join(
    ordinal
    for ordinal, cardinal in ORDINALS.items()
    if cardinal not in NUMERALS.below_twenty and ordinal not in ("fourtieth", "quadrillionth")
)
_TIMES = "minute|hour|day|week|fortnight|month|quarter|year|decade|century"
_TIME_LEADS = (
    "up to|over|more than|less than|under|at least|at most|no more than|no less than|almost|nearly|about|around|roughly"
    "|within|just over|just under|well over|well under|half|barely|hardly|scarcely|not even|the best part of"
    "|the better part of|just shy of|close to|upwards of"
)
_MULTIPLYING = pairs("""
doubled 2 doubling 2 tripled 3 tripling 3 trebled 3 trebling 3 quadrupled 4 quadrupling 4 quintupled 5 halved 0.5
halving 0.5""")
_TO_MULTIPLY = pairs("double 2 triple 3 treble 3 quadruple 4 quintuple 5 halve 0.5")
_OTHER_VERBS = "as|up|over|down|back|time|times|check|dip|click|park|count|book|team|vision|whammy|standards?"
"""Words behind a verb that multiplies, with which it says something else: doubled as, double down, doubling time."""
_SUMS = "sum|salary|salaries|amount|deal|fee|contract|price|profit|loss|bonus|payout|fortune|budget|settlement|cheque"
# "3 billion-dollar companies" are three, and so are "3 thousand-year-old trees".
_COUNTED = r"(?:\d{1,4}(?:\.\d{1,2})?\s(?=(?:m|b|tr)illion-(?!dollar|euro|pound|year|yen|yuan|rupee)))?"
_FIGURES = (
    FigurePattern(
        Reader.ORDINAL,
        (
            rf"(?<![\w.,$€£¥-])(?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}})(?:st|nd|rd|th)(?!\w)"
            rf"(?:[ -](?P<scale>{_SCALE})(?!\w))?"
            rf"|(?<![\w-])(?P<word>{_FAR_ORDINALS})(?![\w-])(?:[ -](?P<more>{_SCALE})(?!\w))?"
        ),
    ),
    FigurePattern(
        Reader.ADJECTIVE,
        (
            rf"(?<![\w.,$€£-])(?:(?P<prefix>multi|near|nearly|sub|half-a)[- ])?"
            rf"(?P<number>{_COUNTED}(?:(?:{_SMALL}|\d{{1,3}}(?:\.\d{{1,2}})?)-){{0,3}}(?:{_SCALE}))-(?P<noun>[a-z]{{2,20}})(?!\w)"
            rf"|(?<![\w-])(?P<near>near)-(?P<scale>{_SCALE})[- ](?P<money>dollar|euro|pound)(?!\w)"
        ),
        needs=("hundred-", "thousand-", "illion"),
    ),
    FigurePattern(Reader.FOLD, rf"(?<![\w-])(?P<number>{_SMALL}|\d{{1,5}}(?:\.\d)?)-?fold(?!\w)", ("fold",)),
    FigurePattern(
        Reader.MULTIPLIED,
        (
            rf"(?=[dthq])(?<![\w-])(?P<verb>{'|'.join(_MULTIPLYING)}"
            rf"|(?:(?<=to\s)|(?<=will\s)|(?<=would\s)|(?<=could\s))(?:{'|'.join(_TO_MULTIPLY)}))"
            rf"(?![\w-]|\s(?:{_OTHER_VERBS})\b)"
        ),
        needs=("doubl", "tripl", "trebl", "quadrupl", "quintupl", "halv"),
    ),
    FigurePattern(
        Reader.POINT_PART,
        (
            r"(?=[thq])(?<![\w-])(?P<three>three[- ])?(?P<part>half|quarters?)(?:\s(?:of\s)?an?)?[ -]"
            r"(?P<share>(?:percentage|percent)[ -])?points?(?![\w-])"
        ),
        needs=("point",),
    ),
    FigurePattern(
        Reader.RATIO,
        (
            rf"(?<![\w:-])(?P<first>\d{{1,3}}|{_SMALL})(?P<sign>-to-|-for-| to )(?P<second>\d{{1,3}}|{_SMALL})"
            r"(?![\w%-]|[.,:]\d|\s(?:one|1)\b)"
        ),
        needs=(" to ", "-to-", "-for-"),
    ),
    FigurePattern(
        Reader.TO_ONE,
        rf"(?<![\w:-])(?P<over>\d{{1,4}}(?:\.\d)?|{_SMALL})(?:-to-| to )(?:one|1)(?![\w%-]|[.,:]\d)",
        ("to one", "to 1", "to-one", "to-1"),
    ),
    FigurePattern(Reader.NEAR_ZERO, r"(?<![\w-])(?:near|almost|virtually)[- ]zero(?!\w)", ("zero",)),
    FigurePattern(
        Reader.ONE_PERIOD,
        (
            rf"(?<![\w-])(?P<lead>{_TIME_LEADS})\s(?:a|an|one)\s(?:single\s)?(?P<unit>{_TIMES})(?![\w-]|\s(?:ago|earlier|before|of|in|and\sa\s(?:half|quarter))\b)"
            rf"|(?<![\w-])(?:(?<=took\s)|(?<=take\s)|(?<=takes\s)|(?<=lasted\s)|(?<=within\s)|(?<=in\s)|(?<=after\s))"
            rf"(?:one|a\ssingle|just\sone|just\sa)\s(?P<one>quarter|decade|century)(?![\w-]|\s(?:of|century)\b)"
        ),
        needs=tuple(_TIMES.split("|")),
    ),
    FigurePattern(Reader.SOME_PERIODS, r"(?<=\bfor\s)(?P<unit>(?:hour|day|week|month)s)(?![\w-])"),
    FigurePattern(
        Reader.MANY_DIGITS,
        rf"(?<![\w-])(?P<number>{_SMALL}|\d{{1,2}})[- ](?:figure|digit)s?[- ](?:{_SUMS})(?![\w-])",
        ("figure", "digit"),
    ),
    FigurePattern(
        Reader.ONE_COIN,
        r"(?<![\w-])(?:a|one)\s(?:single\s)?(?P<money>dollar|buck|euro|cent|penny)(?![\w-])",
        ("a ", "one "),
    ),
)
_PROSE = ProseWords(
    figure_patterns=_FIGURES,
    verb_leads=frozenset(
        phrases(
            "more than|less than|well over|just over|over|nearly|almost|roughly|about|around|approximately|at least|"
            "virtually|practically|up to|not quite|some"
        )
    ),
    more_beginnings=(
        rf"\s(?:an?|one)\s(?:single\s)?(?:{_TIMES})\b",
        r"\sfor\s(?:hour|day|week|month)s\b",
    ),
    beginning_words=frozenset(f"{number}fold" for number in _SMALL.split("|")),
    adjective_prefixes={"multi": "many", "near": "about", "nearly": "nearly", "sub": "below", "half-a": "half"},
    about=words("about around roughly approximately some like nearly almost"),
    about_if_measured=words("like"),
    dates=_DATES,
    clause_verbs=words("was is were are be been turned aged age"),
    singular_verbs=words("is was has does isn't wasn't hasn't doesn't"),
    clock_leads=words("at by until till from since on between"),
    duration_words=words("""
took take takes taking lasted lasts lasting ran runs run running time times record in within for after finished clocked
duration length"""),
    duration_nouns=words("duration length elapsed running runtime run-time time-taken"),
    ratio_nouns=words("""
ratio ratios mix mixture mixed proportion proportions odds scale split splits shared leverage gearing outnumber
outnumbered outnumbers majority aspect swap exchange diluted dilution"""),
    score_words=words("""
won win wins beat beats beaten lost lose loses score scores scored goal goals drew tied half-time halftime victory
defeat defeated thrashed edged semi-final final overtime penalties innings sets tiebreak"""),
    before_years=_MONTH_NAMES
    | words("""
in since by until till from during of for late early mid before after around circa through to year fiscal fy calendar
spring summer autumn fall winter q1 q2 q3 q4 h1 h2 quarter half end beginning start class between and class-of the
throughout into back ©"""),
    addresses=(
        (
            r"(?=\d)(?<![\w$€£.,])(?P<number>\d{1,5}[A-Z]?)(?=\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z'’]+\s){1,3}"
            r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd|Square|Terrace|Crescent|Mews|Broadway|Way)\b"
            r"(?!\s[a-z]+s\b))"
        ),
    ),
    references=words("""
code codes pin passcode sample samples specimen
section sections sec chapter chapters ch figure figures fig figs table tables tab page pages p pp line lines footnote
footnotes note notes appendix appendices annex annexes article articles art flat
paragraph paragraphs para clause clauses rule rules step
steps part parts volume volumes vol issue issues no nos number numbers nr version versions ver v citation citations
ref refs reference references equation equations eq eqs exhibit slide slides episode episodes season lesson question
gate room flight route highway interstate platform track lane tier tiers phase phases stage stages grade grades
category class type types model series round level levels point item items act scene title schedule form exercise
example case theorem lemma definition proposition algorithm box panel column row scope pillar layer option scenario
story suite bus verse psalm amendment resolution bill prop district zone sector generation gen isbn issn rfc iso din
en doi pmid cve bug ticket order invoice id top day week batch cohort group period chart pier sonata symphony opus
concerto quartet"""),
    bare_references=words("""
port ports error errors status signal signals socket slot channel thread job process register vlan node exit"""),
    picture_units=words("pixel pixels px"),
    repeated_lengths=words("relay medley sprint freestyle race runs laps legs"),
    sized_nouns=words("""
video resolution monitor tv television display screen footage camera content image picture stream streaming film run
race"""),
    firm_leads=phrases("""
shares of|shares in|stock of|stock in|shareholders of|chief executive of|owner of|owned by|acquired by|subsidiary of|
works for|worked for|working for|analysts at|engineers at|lawsuit against|sued"""),
    firm_ends=words("Company Co Inc Corp Corporation Group Ltd plc"),
    label_links=words("and or to of"),
    no_ordinals=_MONTHS
    | words("""
century centuries street st avenue ave floor amendment grade congress parallel birthday percentile minute party
edition season infantry division regiment ward district"""),
    owners=words("a an my his her your our their"),
    after_owned=words("of who that which or and and/or to in"),
    counting_verbs=words("""
has have had having employ employs employed employing hire hires hired hiring sold sell sells selling build builds built
building lost loses lose bought buy buys buying own owns owned seat seats seated hold holds held made makes make counted
counts count listed killed injured evacuated rescued planted opened closed shipped delivered recruited trained laid-off
drew attracted contains contained includes included houses housed treated served collected received registered"""),
    dated_nouns=words("""
results earnings sales revenues profits losses accounts forecasts estimates targets figures prices elections games plans
budgets models editions contracts bonds levels dollars taxes reports statements rules wages costs standards goals
events finals awards championships olympics series seasons versions vintages wines rates emissions numbers data"""),
    before_plurals=words(
        "the its their his her our these those some many more most several few two three new old all of"
    ),
    behind_plurals=words(
        "are were have had fly flew who pay need get live do did can could may must will would should"
    ),
    before_limited_times=words("""
in within takes take took taking lasts last lasted after is was at to from runs run ran load loads loaded wait waited
respond responds start starts started finish finishes finished done completes completed time latency"""),
    giving=words("""
gave gives give giving given paid pays pay paying owed owes owe sold sells sell offered offers offer offering charged
charges charge charging cost costs saved saves save lent lends lend handed hands sent sends send granted grants grant
awarded awards award fined fines fine lost loses lose took takes take earned earns earn gained gains bought buys won
wins netted nets bet left allows allowed allow allowing bring brought brings require requires required let lets make
makes made assigned assigns"""),
    half_leads=words("half"),
    halves_before=words("""
second first latter other better former this that last next third fourth final same new one's early late top bottom
previous prior past current coming fiscal single each every per winning losing upper lower back front"""),
    bare_half_before=words("way in"),
    bare_half_behind=words("way time hour mile dozen"),
    quarters=words("quarter"),
    quarter_behind=words("of the"),
    part_ordinals=words("third fourth fifth sixth seventh eighth ninth tenth"),
    part_behind=words("""
of the its their his her our your as less more fewer off to in a is are was were or and that who"""),
    vague_plural_nouns=words("scores"),
    few=words("few"),
    few_before=words("last past next first every these those"),
    one_before=words("this that any each every no the last"),
    zero=words("zero"),
    zero_before=words("net ground sub absolute patient year day less"),
    zero_behind=words("sum tolerance trust day hour in shot"),
    digit_nouns=words("figure digit"),
    above_verbs=words("""
exceeded exceeds exceed exceeding surpassed surpasses surpassing topped tops topping passed outstripped crossed"""),
    after_bound=words("another further additional extra fully"),
    during=words("over"),
    not_during_before=words(
        "for took take takes lasted after of is was are were aged by lasting spent than just well or and"
    ),
    versions_behind=words("in since"),
    version_nouns=words("kernel release build firmware driver runtime compiler toolchain protocol spec specification"),
    list_links=words("and or"),
    stating_verbs=words("was were is are of totalled totaled reached"),
    ratio_links=(
        r"(?:\s\w+){0,3}?\s(?:for|for\severy|for\seach|on\severy|on\seach)\s",
        (
            r"(?:\s(?:of|in|on|invested|spent|lent|paid|given)\b(?:\s[\w'-]+){0,4}?)?\s"
            r"(?:buys|bought|returns|returned|yields|yielded|generates|generated|raises|raised|earns|earned|brings|brought"
            r"|produces|produced|becomes|became|saves|saved)\s"
        ),
    ),
    ratio_openings=(r"\b(?:for|of|from|on)\s(?:every|each)\s$",),
    aged_behind=words("old longer shorter later earlier sooner more less faster slower quicker late early"),
    lacking=frozenset(("short of",)),
    lacking_before=words("is are was were be been being run runs ran running still"),
    change_verbs=words("""
rise rises rose risen rising increase increases increased increasing grow grows grew grown growing growth climb climbs
climbed climbing jump jumps jumped jumping surge surges surged surging soar soars soared soaring gain gains gained
advance advances advanced expand expands expanded raise raises raised raising lift lifts lifted lifting boost boosts
boosted hike hikes hiked up upped doubled tripled quadrupled doubles triples halves scaled
improve improves improved improving widen widens widened
widening strengthen strengthened recover recovers recovered rebound rebounds rebounded accelerate accelerated fall falls
fell fallen falling decrease decreases decreased decreasing decline declines declined declining drop drops dropped
dropping slip slips slipped slide slides slid sink sinks sank sunk plunge plunges plunged tumble tumbles tumbled slump
slumps slumped shrink shrinks shrank shrunk shrinking reduce reduces reduced reducing reduction cut cuts cutting lower
lowers lowered lowering trim trims trimmed narrow narrows narrowed narrowing ease eases eased slow slows slowed worsen
worsened weaken weakened halve halved down contract contracts contracted dip dips dipped edge edged tick ticked go goes
went gone going move moves moved change changes changed changing swing swung shift shifted bring brought expanded
shed sheds shedding"""),
    multiplying_verbs=_MULTIPLYING | _TO_MULTIPLY,
    about_shares=words("rate rates fed bank percent per cent % yield yields interest inflation ecb"),
    own_change_verbs=words("""
rise rises rose risen rising fall falls fell fallen falling decline declines declined declining drop drops dropped
dropping increase increases increased increasing decrease decreases decreased decreasing grow grows grew grown growing
climb climbs climbed climbing jump jumps jumped surged soared plunge plunged tumbled slumped slid slipped sank
shrank"""),
    otherwise=words("or"),
    range_verbs=words("""
cost costs costing range ranges ranged ranging vary varies varied varying run runs ran priced sell sells sold charge
charges charged span spans spanned lie lies lay aged age ages between"""),
    change_openings=words("from"),
    change_ends=words("to"),
    change_amounts=words("by"),
    before_changes=(
        (
            r"\b(?:increase|rise|decline|drop|fall|decrease|reduction|cut|growth|gain|jump|dip)\sof\s"
            r"(?:(?:about|some|nearly|almost|around|over|just|up|to)\s){0,2}$"
        ),
    ),
    before_earlier=(r"\((?:FY\s?|in\s|Q[1-4]\s)?(?:(?:19|20)\d\d|prior\syear|previous\syear|last\syear):\s$",),
    before_compared=(r"\b(?:[Cc]ompared\s(?:with|to)|against|versus|vs\.?|from)\s(?:about\s|around\s)?$",),
    behind_compared=(
        r"\s(?:a|one)\s(?:year|quarter|month|week|decade)\s(?:earlier|ago|before)\b",
        r"\s(?:in|for|during)\sthe\s(?:same|year-ago|year-earlier|prior|previous|preceding)\s(?:period|quarter|year|month|half)",
    ),
    change_directions=words("up down compared increased rising"),
    more_of_it=words("more other further additional extra"),
    share_points=words("point points pp bp bps"),
    plain_adverbs=words("""
currently recently previously formerly initially originally finally eventually subsequently annually monthly weekly
daily hourly yearly quarterly reportedly allegedly supposedly purportedly presumably probably possibly likely apparently
typically usually normally generally frequently regularly only exactly precisely solely early simply merely actually
officially publicly directly jointly collectively respectively additionally similarly specifically namely newly
immediately simultaneously separately locally globally nationally internationally historically roughly approximately
nearly fairly really truly privately personally potentially technically effectively essentially basically ultimately
unexpectedly quickly rapidly slowly steadily sharply slightly dramatically significantly substantially considerably
modestly markedly strongly heavily partly mostly mainly largely especially particularly consistently successfully
apply supply reply imply comply rely multiply family italy july"""),
    plain_adjectives=words("""
full long consecutive straight solid whole entire short successive continuous calendar hard happy good more additional
extra further other clear"""),
    scale_endings=("illion", "illions"),
    # "Nobody loses if they use as little as 25%" is no floor.
    unclear_leads=frozenset(phrases("as few as|as little as")),
    unclear_trails=frozenset(phrases("at a stretch|at a pinch|at a push")),
    no_likeness=words("nothing not"),
    plain_comparisons=words("rather other different less more fewer greater higher lower"),
    factors=words("factor"),
    occasions=words("times"),
    behind_occasions=words("""
a an per each every in during over since until till before after within on at from for throughout between last this
yesterday today already with without by and or but while when because if though although that who which to using via
until under through across against daily weekly monthly yearly annually"""),
    before_multiples=words("""
is are was were be been being at to by of than about around some nearly almost over under as above below costs cost
times traded trades valued worth"""),
    alternatives=words("or even perhaps maybe"),
    lengths=words("""
tall high deep wide long away above below across thick apart race sprint freestyle hurdles dash relay tower wall
building cable pool telescope wave waves mast dam bridge of- drop fall depth height length altitude track tracks runner
runners sprinter sprinters champion champions backstroke breaststroke butterfly medley heats final finals radius tunnel
tunnels runway cliff cliffs trench crater uphill downhill"""),
    distance_behind=words("from off"),
    distance_before=words(
        "is are was were be lies lie lay sits sit stands stand stood located situated about only just"
    ),
    motions=words("""
climb climbs climbed climbing ascend ascends ascended descend descends descended walk walks walked walking run runs ran
running swim swims swam swum hike hikes hiked ride rides rode march marched crawl crawled trek trekked sprint sprinted
drive drove dive dived row rowed"""),
    motion_behind=words("to from up down along through past across towards toward into"),
    no_rate_behind=words(
        "earlier ago later before after old younger older from on prior sooner back hence since until"
    ),
    priced=words("""
barrel share pound ton tonne gallon litre liter kilo kilogram kg ounce bushel head piece night ticket bottle seat unit
copy pop plate mile kilometre kilometer km foot metre meter acre hectare session visit dose token user person student
patient passenger employee worker customer household word page image query request call message trip ride meal book
song stream view click vote door room bed car truck box bag can cup pack pair set plot game match episode"""),
    table_references=words("""
note notes page pages no nos nr number ref reference section item id code line row chapter exhibit schedule"""),
    table_units=words("unit units measure"),
    table_joiners=words("in"),
    counting_rows=words("number headcount"),
    share_rows=words("weighted outstanding diluted basic average issued"),
    table_counts=words("number numbers no count # total"),
    table_fillers=words("per and for the data amount figure information other where otherwise noted stated"),
    table_amounts=words("amount amounts figures values dollars numbers expressed stated reported presented"),
    table_exceptions=(r"\b(?:except|excluding|other than)\s(?:for\s)?(?P<rows>[^)\n\t|;]{1,80})",),
    table_rates=(r"\bper\b(?!\scent)", r"\b(?:EPS|DPS|ARPU)\b"),
    table_notes=words("note notes source sources"),
    table_counted=words("""
pop population people headcount staff workforce ridership audience traffic circulation revenue turnover income profit
cost budget gdp debt value"""),
    table_lengths=words("""
length height width depth distance altitude elevation diameter radius radii thickness draught draft span wingspan beam
perimeter circumference level wavelength contour wave tide"""),
    table_ratios=(
        # "Deposits at floating rates" are money, and so are "interest rate swaps".
        (
            r"^(?!.*\b(?:at|with|from)\b).*\b(?:rates?|ratios?|yields?|multiples?|percentage|coverage|leverage|occupancy|"
            r"utili[sz]ation)$"
        ),
        r"^(?!.*\b(?:at|with|from)\b).*\b(?P<amount>margins?|growth)$",
        r"^(?:[a-z]+\s)?(?:returns?\son(?!\s(?:plan|pension|scheme)\b)|rate\sof|ratio\sof|percentage\sof|days)\b",
        r"\b(?:days|market\sshare)$",
        r"\b(?:average|mean|median|remaining|weighted)\s(?:[\w-]+\s){0,2}(?:life|term|maturity|tenor|duration|age|tenure)$",
        (
            r"\b(?:debt|loans?|costs?|price|equity|capital|deposits?|assets|liabilities|expenses?|value)[\s-]to[\s-]"
            r"(?:[\w-]+\s){0,2}(?:EBITDAR?|EBITA?|equity|capital|assets|sales|revenues?|income|earnings|book|value|GDP|"
            r"deposits|liabilities)$"
        ),
        r"/\s?(?:EBITDAR?|EBITA?|equity|assets|GDP)$",
        r"^(?:ROA|ROE|ROI|ROCE|ROIC|RoTE|LTV|DSO|CAGR|P/E|P/B)\b",
    ),
    month_numbers=_MONTH_NUMBERS | {"sept": 9},
    months_ended={
        r"\b(?:(?:three|3)\smonths?|(?:(?:first|second|third|fourth)\s)?quarter)\s(?:ended|ending|to)": 3,
        r"\b(?:(?:six|6)\smonths|half[\s-]year)\s(?:ended|ending|to)": 6,
        r"\b(?:nine|9)\smonths\s(?:ended|ending|to)": 9,
        r"\b(?:(?:fiscal\s|financial\s)?years?|(?:twelve|12)\smonths)\s(?:ended|ending|to)": 12,
    },
    table_scales=(
        (
            r"(?P<currency>US\$|A\$|C\$|HK\$|[$€£¥₹]|\b[A-Z]{3}\b)?\s?\b[Ii]n\s(?:[a-z]+\s)?"
            r"(?P<scale>(?:hundreds\sof\s)?(?:thousands?|millions?|billions?)|hundreds|lakhs?|crores?)\b"
            r"(?:\sof\s(?P<of>(?:(?:U\.?S\.?|[A-Z][a-z]+)\s){0,2}[a-z]+)|\s(?P<measure>[a-z]+))?"
        ),
        (
            r"\b[Ii]n\s(?P<currency>US\$|A\$|C\$|HK\$|[$€£¥₹]|[A-Z]{3}\b)\s?"
            r"(?P<scale>thousands?|millions?|billions?|mn|bn|m|k)\b"
        ),
        (
            r"(?P<currency>US\$|A\$|C\$|HK\$|[$€£¥₹]|\bRs\.?|\bRM|\b[A-Z]{3}\b)\s?"
            r"(?P<scale>['’]?000s?|thousands?|millions?|billions?|lakhs?|crores?|mn|bn|m|k)\b(?=\s*[)|\t\n,;]|\s*$|,?\s(?:unless|except|if\snot))"
        ),
        r"(?P<currency>)\((?P<scale>['’]?000s?)\)",
        # Without "in", at the head of a clause: "Income, millions of dollars", "Shares outstanding (millions)".
        (
            r"(?:(?<=[\n(\[,;:|\t])|(?<=[,;:]\s)|(?<![\s\S]))(?P<currency>)"
            r"(?P<scale>(?:[Hh]undreds\sof\s)?(?:[Tt]housands|[Mm]illions|[Bb]illions)|[Hh]undreds|[Ll]akhs|[Cc]rores)"
            r"(?:\sof\s(?P<of>(?:(?:U\.?S\.?|[A-Z][a-z]+)\s){0,2}[a-z]+))?(?=\s*[)\]|\t\n,;]|\s*$)"
        ),
    ),
    subject_rates=(
        (
            r"\bper\s(?:[a-z]{2,12}\s){0,2}?(?P<noun>[a-z]{2,12})\s"
            r"(?:(?:was|were|is|are|of|at|to|rose|fell|came|in|totaled|totalled|reached|increased|decreased|grew|dropped|by"
            r"|from|up|down|amounted|averaged|stood)\s){1,4}(?:\S{0,3}\d\S*\sto\s)?$"
        ),
    ),
    fees=(
        (
            r"\b(hourly|daily|weekly|monthly|quarterly|annual|yearly)\s(?:\w{1,15}\s){0,1}"
            r"(?:fee|fees|price|rent|rents|salary|wage|wages|charge|payment|payments|subscription|bill|premium|allowance)"
            r"\s(?:of|at|is|was)\s$"
        ),
    ),
)
_NOUNS = NounWords(
    no_nouns=words("""
point strong out of in for the from at on by with and not over ths th than is was are were as between thirds fifths""")
    | {"or even"},
    no_plurals=words("""
this thus us is was has does its as his yes plus less across previous various serious famous gross always perhaps
towards upwards afterwards nowadays sometimes besides unless whereas versus bus gas basis analysis crisis status
chinas ross james texas paris dallas"""),
    invariable=words("staff personnel police cattle fish aircraft species series crew spacecraft deer sheep offspring"),
    plural_verbs=words("runs sets uses works turns starts shows"),
    second_nouns=words("people men women children"),
    contractions=("'ve", "'re", "'ll", "n't", "'d", "'m"),
    articles=words("the its their our these those"),
    # Units whose size depends on country and trade, and the like; all others stand in the vocabulary of units.
    physical=words("""
amp barrel basis celsius cubic-metre decibel degree fahrenheit flop gallon gramme kilogramme micron ounce pixel
pound-mass square-metre ton"""),
    powers={"square": 2, "sq": 2, "cubic": 3, "cu": 3},
    degrees=words("degree degrees"),
    temperatures=pairs("celsius celsius fahrenheit fahrenheit"),
    suffixes=words("ish plus"),
)

# Words that name nothing, and cues

_FUNCTION = words("""
a an the this that these those and or but nor so yet if when while as at by for from in into of off on onto out over
to under up with within without about above after against among around before behind below between beyond down during
except like since than through toward towards until via per less more most least many much few some any no not only
just even still also too very rather almost nearly roughly another other each every either neither both all such same
i you he she it we they me him her us them my your his its our their who which what where why how is are was were be
been being am has have had do does did will would shall should can could may might must then there here now today
yesterday tomorrow again once twice never already later ago last next total says said say worth got gets takes took
make makes made take because although though however according""")
"""Articles, pronouns, prepositions, auxiliaries and adverbs that every list of stop words below holds."""
_STOPS = StopWords(
    no_heads=_FUNCTION
    | words("""
across along beneath beside despite inside near outside throughout till upon versus vs plus minus fewer several quite
whom whose having doing done cannot ever always often sometimes soon earlier whereas unless therefore thus hence told
tells tell went goes go came comes come became becomes become get gives give gave keeps keep kept seems seem seemed
means mean meant works needs wants looks helps shows puts lets sets runs uses costs leaves sits stands starts begins
ends turns follows remains includes including excluding represents reflects suggests implies equals depends applies
apiece alone overall together respectively instead away back due compared rises rose falls fell grows grew drops
dropped increased decreased declined reached hit exceeded surpassed others own one's vs. etc regardless whether"""),
    no_names=_FUNCTION
    | _MONTH_NAMES
    | _WEEKDAYS
    | words("""
across along beneath beside despite inside near outside throughout till upon versus vs plus minus fewer several quite
approximately exactly others half own whom whose ever always often sometimes usually typically generally currently
recently soon earlier previous first second third final combined reports reported adds added costs cost costing pays
paid spent spends spend sells sold buys bought needs need give gives gave let lets see imagine suppose assume consider
add subtract multiply divide whereas unless meanwhile therefore thus hence moreover furthermore yes well okay please
thanks compared compare q1 q2 q3 q4 h1 h2 fy population revenue revenues sales profit profits loss losses income price
prices margin margins growth inflation rent salary score result results average median mean maximum minimum sum share
rate ratio age aged temperature approx circa estimated uk eu usd eur gbp rmb cny roi capex ebitda gdp"""),
    no_subjects=_FUNCTION
    | _MONTHS
    | _WEEKDAYS
    | words("""
done having one get go goes went told exactly well really s t previous first second third past early late instead
enough perhaps maybe million billion trillion"""),
    small=words("a an and at by for from in is of on or per the to with"),
)
_CUES = CueWords(
    negating=phrases("""
not|never|no longer|nor|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|won't|can't|cannot|rather than|instead of"""),
    stances={
        Stance.HYPOTHETICAL: phrases("""
if|suppose|supposing|imagine|what if|were to|hypothetically|hypothetical|say you|let's say|in theory|even if|
for example"""),
        Stance.ASSUMED: phrases("assume|assumes|assuming|assumed|assumption|assumptions"),
        Stance.ALLEGED: phrases("""
alleged|allegedly|alleges|allege|allegation|accuses|accused|accusing|accusation|purported|purportedly|supposedly|
so-called"""),
        Stance.PROJECTED: phrases("""
project|projects|projected|projection|projections|forecast|forecasts|forecasted|expects|expected|anticipates|
plans to|planned|will|by the end of|target|targets|on track|guidance|would reach|set to"""),
        Stance.ESTIMATED: phrases("""
estimate|estimates|estimated|estimating|reckons|reckoned|guess|guesses|ballpark|back-of-the-envelope|probably|likely|
perhaps|maybe|might|i think|we think"""),
        Stance.MEASURED: phrases("""
measured|measures|measurement|counted|audited|tested|benchmarked|observed|recorded|surveyed|survey|census|tracked|
logged|sampled"""),
        Stance.DERIVED: phrases("""
works out to|works out at|implies|implying|implied|which means|meaning that|comes to|adds up to|hence|therefore|thus|
equals|amounts to|translates to|in other words|so that is|that is to say"""),
        Stance.REPORTED: phrases("""
reported|reportedly|reports|according to|said|says|told|announced|disclosed|revealed|claims|claimed|wrote|writes|
cited|stated|states|confirmed|published"""),
    },
    scopes={
        "status": {"plan": phrases("planned|budgeted|the plan|the budget"), "actual": phrases("actual|actually")},
        "payment": {
            "announced": phrases("announced|pledged|promised|committed"),
            "paid": phrases("paid|paid out|disbursed"),
        },
    },
    price_years=phrases("{year} prices|{year} dollars|{year} euros|{year} pounds|prices of {year}"),
    saying=phrases("""
said|says|say|told|tells|reported|reports|estimates|estimated|claims|claimed|argues|argued|writes|wrote|announced|
disclosed|revealed|found|finds|calculated|calculates|projects|projected|expects|forecasts|measured|notes|noted|states|
stated|suggests|suggested|believes|alleges|alleged|warned|warns|counted|published"""),
    attributing=phrases("""
according to|as reported by|reported by|estimated by|published by|cited by|per data from|data from|said by"""),
    between_voice_and_verb=("also", "has", "have"),
    # Particles of Dutch, French and German names stand in English sentences.
    name_particles=("of", "the", "and", "&", "de", "van", "von"),
    articles=("the",),
    into=words("of in for on worth"),
    passed_over=words("the a an its their our your all of"),
    verbs=words("""
costs cost pays paid pay reached reach reaches hit hits spent spends spend raised raises raise earned earns grew grows
rose rises fell falls cut cuts sold sells bought buys charges charged burns burned burn totaled totals totalled lost
loses exceeded exceeds needs needed requires required uses used holds held covers covered gave give gives racked
shifted allows allowed lets provides provided offers offered brings brought"""),
    gerund_endings=("ing",),
    gerund_nouns=words("""
pricing spending funding training housing building lending borrowing banking computing engineering hearing
manufacturing advertising marketing shipping parking heating meeting rating saving reading ceiling thing morning
evening offering financing listing mining farming fishing gaming polling ruling sibling wiring"""),
    adverb_endings=("ly",),
    adverb_nouns=words("""
monthly weekly daily yearly quarterly hourly family supply assembly anomaly monopoly rally ally
reply italy july sicily emily kelly sally molly lily"""),
)

EN = Language(
    code="en",
    common=words("the of and to in is that it was for with as are this be by not from have but they which"),
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
mr mrs ms dr prof st vs e.g i.e cf approx no vol fig eq ed eds al jr sr inc ltd co corp dept est sen rep gov gen
u.s u.k u.n d.c a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec bn mn"""),
        final_abbreviations=words("etc inc ltd co corp u.s u.k u.n d.c a.m p.m jr sr"),
        first_words=words("""
the a an it its in on at and but or so if this that these those he she we they i you there here what when"""),
        no_initials=words("i"),
    ),
)
"""English, as it is written in Britain, America and India."""
