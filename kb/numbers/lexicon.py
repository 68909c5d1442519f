"""The languages that are read, and the words of all of them at once.

Texts quote one another: a Chinese page says ``$40 a month``, an English one 万. So readers look words up in
``LEXICON`` whatever the language of the text, and ask a language only for what is its alone.
"""

import re

from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge
from kb.numbers.de import DE
from kb.numbers.en import EN
from kb.numbers.language import Language, merged
from kb.numbers.prose_tables import FigurePattern, NounWords, ProseWords, Reader
from kb.numbers.word_tables import YEAR, BoundWords, MarginWords, UnitWords, Words, meanings, measures, pairs, words
from kb.numbers.zh import ZH

_NO_MONEY = r"(?<![\w$€£¥₹])(?<!\d\.)"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_LENGTH = r"\d{1,3}(?:,\d{3})+|\d{1,5}(?:[.,]\d{1,3})?"
_LENGTH_UNIT = r"(?:[ -]?(?P<u{at}>['′\"″]|pixels?|px|(?![x×])(?!by\b|mal\b|in\b)[^\W\d_乘×]{{1,12}}|in(?=[.,)])))?"
_TIMES = r"(?:\s[x×]\s|[x×]|\sby\s|-by-|\smal\s|\s?乘\s?)"
_LETTERS = r"0-9A-Za-z_\u00c0-\u024f"
_TERM = r"(?!0\d)(?:\d{1,3}(?:[.,]\d{3})+|\d{1,4}(?:[.,]\d{1,2})?)"
_LINKS = r"(?:and|the|was|for|with|from|until|und|war|von|bis)\b"

SIGNS = Language(
    bounds=BoundWords(
        leads=meanings(
            {
                (Bound.MORE_THAN, None): ">",
                (Bound.AT_LEAST, None): ">=|≥|=>|> =|≧",
                (Bound.LESS_THAN, None): "<",
                (Bound.AT_MOST, None): "<=|≤|≦|=<|< =",
                (None, Hedge.ABOUT): "~|≈",
                (None, None): "=",
            }
        ),
        trails={"+": (Bound.AT_LEAST, None)},
        sides=words(","),
    ),
    margins=MarginWords(
        signs=words("± +- +/- +/− ∓"),
        kinds={
            **dict.fromkeys(("sd", "s.d.", "s.d", "σ", "std"), MarginKind.STANDARD_DEVIATION),
            **dict.fromkeys(("se", "s.e.", "s.e", "sem", "s.e.m.", "s.e.m"), MarginKind.STANDARD_ERROR),
            **dict.fromkeys(("ci", "c.i.", "c.i", "cri"), MarginKind.CONFIDENCE_INTERVAL),
        },
    ),
    units=UnitWords(
        measures=measures("""
fraction 0.01 % pp; fraction 0.001 ‰; fraction 0.0001 bp bps; multiple x ×; USD 0.01 ¢;
USD usd; EUR eur; GBP gbp; JPY jpy; CNY cny rmb; celsius ℃; fahrenheit ℉; CZK kč"""),
        small_change={"USD": {"¢": measures("USD 0.01 ¢")["¢"][1]}},
        # The yuan and the yen share a sign; the corpus means the yuan, and whoever means the yen writes JPY.
        money_signs=pairs("""
$ USD € EUR £ GBP ¥ CNY ￥ CNY ₹ INR ₩ KRW ₽ RUB ₿ BTC ₪ ILS ₫ VND ₱ PHP ₦ NGN ₴ UAH ₺ TRY ฿ THB ￡ GBP ＄ USD"""),
        shared_signs={
            "$": "USD CAD AUD NZD SGD HKD TWD MXN CLP COP ARS JMD TTD BBD BSD FJD NAD LRD",
            "¥": "CNY JPY",
            "￥": "CNY JPY",
            "£": "GBP EGP LBP SYP SDG GIP FKP",
            "Rs": "INR PKR LKR NPR MUR",
            "kroner": "NOK DKK",
        },
        movable_signs=words("¥ ￥ kroner"),
        dollar_letters=pairs("""
us USD u USD a AUD au AUD c CAD ca CAD hk HKD nt TWD s SGD nz NZD r BRL mx MXN z ZWL j JMD tt TTD
cad CAD aud AUD usd USD"""),
        scale_letters={
            **{"k": 10**3, "K": 10**3, "M": 10**6, "MM": 10**6, "B": 10**9, "b": 10**9, "G": 10**9},
            **{"T": 10**12, "Cr": 10**7},
        },
        money_letters={"m": 10**6, "mm": 10**6, "t": 10**12, "g": 10**9, "Mn": 10**6, "cr": 10**7},
        currency_letters={code: {"L": 10**5} for code in ("INR", "PKR", "NPR", "LKR", "BDT")},
        cent_prefixes=words("US USD"),
        money_names=pairs("""
RMB CNY RM MYR Rs INR rs INR Rp IDR KSh KES Ksh KES TSh TZS USh UGX Tk BDT SFr CHF Dh AED Dhs AED"""),
        word_codes=words("ALL AMD BAM BOB COP CUP GEL MAD MOP PEN PHP RON SOS TOP TRY"),
        per=words("/"),
        percentage_points=words("pp"),
        substances=words("co2 co2e co2eq"),
        short_times=pairs("h hour s second"),
        clock_parts=pairs("h hour hh hour hr hour m minute mm minute min minute s second ss second sec second"),
    ),
    prose=ProseWords(
        figure_patterns=(
            FigurePattern(
                Reader.DIMENSIONS,
                (
                    rf"(?<![\d.,$€£¥^–-])(?<![A-Za-z])(?P<n1>{_LENGTH}){_LENGTH_UNIT.format(at=1)}{_TIMES}"
                    rf"(?P<n2>{_LENGTH}){_LENGTH_UNIT.format(at=2)}(?:{_TIMES}(?P<n3>{_LENGTH}){_LENGTH_UNIT.format(at=3)})?"
                ),
            ),
            FigurePattern(
                Reader.RATIO,
                (
                    rf"(?<![{_LETTERS}:.,/$€£¥–-])(?P<first>{_TERM})(?P<sign>\s?:\s?|/|[-–])"
                    rf"(?P<second>{_TERM})(?![{_LETTERS}:/%–-]|[.,]\d)"
                ),
            ),
        ),
        dates=(
            rf"(?=\d)(?<!\w)(?<!\d\.){YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?Z?)?(?!\w)",
            rf"(?=\d)(?<!\w)(?<!\d\.)\d{{1,2}}/\d{{1,2}}/(?:{YEAR}|\d{{2}})(?!\w)",
            # A month of a year, and the number of a report among those of its year: 7/2025.
            r"(?=\d)(?<![\w/.,-])\d{1,3}/(?:19[5-9]\d|20(?!00)[0-4]\d)(?![\w/%]|[.,]\d)",
            rf"(?=\d)(?<!\w)(?<!\d\.)\d{{1,2}}\.\d{{1,2}}\.(?:{YEAR}|\d{{2}})(?!\w)",
            r"(?=\d)(?<![\w:])(?<!\d\.)\d{1,2}(?::[0-5]\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?![\w:])",
            r"(?=[FQH\d])(?:\bFY\s?['’]?\d{2,4}(?:/\d{2})?\b|\b[1-4]Q\s?['’]?\d{2}\b|\b[QH][1-4]\s?['’]?\d{2}\b|\b[12]H\s?['’]?\d{2}\b|(?<!\w)\d[QH]\d{2}\b)",
            # A month and a day: 03-15. "$10-15", "10-15/hour" and "10-15 staff" are ranges: without a zero in front,
            # what has a noun or a rate behind it is a date only where a preposition says so.
            rf"{_NO_MONEY}0[1-9]-{_DAY}(?![\w/%-]|\.\d)",
            rf"{_NO_MONEY}1[0-2]-{_DAY}(?![\w/%-]|\.\d|\s(?:(?!{_LINKS})[a-z]{{3}}|[€£¥]))",
            rf"(?<=\b[Oo]n\s)1[0-2]-{_DAY}(?![\w/%-]|\.\d)",
        ),
        before_years=words("©"),
        # Products, routes and lists are numbered in every language: Opus 4.6, Route 66, Fortune 500.
        numbered_names=words("""
gpt chatgpt claude opus sonnet haiku gemini gemma bard palm llama grok mistral mixtral qwen deepseek phi falcon codex
command dall stable whisper sora veo imagen kimi glm ernie yi copilot alphago alphafold dgx rtx gtx ryzen xeon epyc
iphone ipad ios ipados macos watchos android windows office pixel galaxy playstation xbox switch kindle python java
photoshop chrome firefox ubuntu debian usb bluetooth wi-fi wifi web pci hdmi boeing airbus boing embraer concorde
apollo soyuz voyager sputnik artemis starship ariane formula route highway interstate motorway fortune ftse russell
nasdaq s&p nikkei stoxx csi dax cac dow euro agenda covid omega vitamin euro-zone magnificent big group basel solvency
mifid brics g area catch studio channel radio wagon unit-linked"""),
        programs=words("""
gcc clang llvm cmake glibc musl openssl python python3 pypy numpy scipy pandas pytorch tensorflow django flask fastapi
pip npm node nodejs js yarn pnpm deno bun typescript react angular vue webpack jest php laravel ruby rails perl java jdk
openjdk maven gradle kotlin scala spark hadoop kafka golang rustc cargo julia cuda cudnn docker kubernetes k8s helm
terraform ansible postgres postgresql mysql mariadb sqlite redis mongodb elasticsearch nginx apache ubuntu debian fedora
centos rhel alpine macos ios android windows linux git bash pytest poetry conda torch transformers vllm"""),
        label_prefixes=words("§"),
        label_links=words(", &"),
        digit_names=words("""
24/7 24/365 9/11 7/11 401k 403b 10-k 10-q 8-k 20-f 13-f 13f 1099 w-2 2fa 1080p 720p 1440p 2160p 7-eleven 2pac 50cent
4chan 1password 23andme 9to5mac 99designs 3com 4o 4x4"""),
        zero_behind=words("-"),
    ),
    nouns=NounWords(
        # Symbols in the wrong case, and measurements that are no units: a level in decibels, parts in a million.
        physical=words("""
gauss rpm rps fps dpi ppi cfm cfs dba dbm dbi cc psig tsp tbsp cwt
bpm co2 db gb gbps ghz gib gw gwatt gwh hz kb khz kib kw kwh mb mbps mhz mib mmhg mtoe mw mwh oz pb ppb ppm tb tw twatt
twh wh °c °f ℃"""),
        letter_units=words("m g t V W l L s"),
        degrees=words("°"),
        temperatures=pairs("c celsius f fahrenheit"),
        suffixes=words("""
g l L V A W t m p KB kb Mb Gb Tb s h hr hrs d y yr yrs mo wk min sec °C °F ℃ in bpm ppm ppb dB pp bp bps x X st tn bn mn
mln mio k K M MM B b T G Bn BN Mn tr trn tln bln GT MtCO2 GtCO2 J IU rpm fps px pt p.p FLOPs FLOP FLOPS flops C F"""),
    ),
)
"""Signs, letters and codes that every language shares."""

LANGUAGES = (EN, ZH, DE)
"""The languages that are read."""

_BY_CODE = {language.code: language for language in LANGUAGES}


def language_named(tag: str) -> Language | None:
    """The language that a BCP 47 tag names, such as ``de-AT``; None for one whose numbers are not read."""
    return _BY_CODE.get(tag.partition("-")[0].lower())


_SCRIPTS = re.compile("|".join(language.script for language in LANGUAGES if language.script))


def has_script(text: str) -> bool:
    """Whether ``text`` holds a character of a language that has a script of its own.

    >>> has_script("約 3 km"), has_script("“3 km” – für 3 €")
    (True, False)
    """
    return not text.isascii() and _SCRIPTS.search(text) is not None


LEXICON = merged((SIGNS, *LANGUAGES))
"""The words of all languages and the signs that they share."""


def _number_words() -> Words:
    """The words that a number, its sign, its scale or its rate is made of, in small letters."""
    spoken, written, units = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units
    tables = (
        *(spoken.below_twenty, spoken.tens, spoken.scales, spoken.hundreds, spoken.dozens, spoken.ordinals),
        *(spoken.halves, spoken.vague_plurals, spoken.several),
        *(written.digits, written.tens, written.scales, written.vague),
        *(units.scale_letters, units.money_letters, units.per, LEXICON.bounds.joiners, LEXICON.bounds.negatives),
    )
    return frozenset(text.lower() for table in tables for text in table)


NO_NOUNS = _number_words() | LEXICON.nouns.no_nouns
"""Words that belong to the wording of a number or of a sentence, and never name what is counted."""
