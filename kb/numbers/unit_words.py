"""Words and signs that name a currency, a percentage or a multiple. Keys are in small letters."""

from collections.abc import Mapping
from decimal import Decimal

_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")
_ONE = Decimal(1)

_WHOLE = """
USD dollar dollars buck bucks usd 美元 美金 美圆 美圓 刀
EUR euro euros eur 欧元 歐元
GBP pound pounds gbp quid 英镑 英鎊
JPY yen jpy 日元 日圆 日圓 円
CNY yuan rmb renminbi cny 元 圆 圓 块 塊 块钱 塊錢 人民币 人民幣
HKD 港元 港币 港幣
TWD 台币 新台币 台幣 新台幣 臺幣 新臺幣
INR rupee rupees 卢比 盧比 印度卢比 印度盧比
KRW won 韩元 韓元 韩圆 韓圓
CHF franc francs 瑞士法郎 法郎
RUB rouble roubles ruble rubles 卢布 盧布 俄罗斯卢布
CAD 加元 加拿大元 加币 加幣
AUD 澳元 澳大利亚元 澳币 澳幣
NZD 新西兰元 纽元 紐元
SGD 新加坡元 新元 坡币
MOP 澳门元 澳門元 葡币
THB baht 泰铢 泰銖
VND dong 越南盾
IDR rupiah 印尼盾
PHP 菲律宾比索
MYR ringgit 林吉特 马来西亚林吉特
MXN 墨西哥比索
BTC bitcoin bitcoins 比特币 比特幣
NGN naira 奈拉 尼日利亚奈拉
SEK kronor 瑞典克朗
NOK kroner 挪威克朗
DKK 丹麦克朗 丹麥克朗
BRL reais 雷亚尔 雷亞爾 巴西雷亚尔
TRY lira liras 里拉 土耳其里拉
ZAR rand 兰特 南非兰特
PLN zloty zlotys 兹罗提 波兰兹罗提
HUF forint forints 福林 匈牙利福林
CZK koruna 捷克克朗
ILS shekel shekels 谢克尔
AED dirham dirhams 迪拉姆
SAR riyal riyals 里亚尔
KWD 科威特第纳尔
UAH hryvnia 格里夫纳
"""
_SMALLER = """
USD 0.01 cent cents ¢ 美分
EUR 0.01 欧分 歐分
GBP 0.01 penny pence 便士
CNY 0.1 角 毛 毛钱 毛錢 jiao
CNY 0.01 fen 分钱 分錢
JPY 0.01 日本銭 日本钱 銭
INR 0.01 paise
RUB 0.01 kopek kopeks 戈比
"""


def _named(lines: str) -> dict[str, tuple[str, Decimal]]:
    rows = [line.split() for line in lines.strip().splitlines()]
    return {name: (row[0], _ONE) for row in rows for name in row[1:]}


def _parts(lines: str) -> dict[str, tuple[str, Decimal]]:
    rows = [line.split() for line in lines.strip().splitlines()]
    return {name: (row[0], Decimal(row[1])) for row in rows for name in row[2:]}


MEASURES: Mapping[str, tuple[str, Decimal]] = {
    **dict.fromkeys(
        ("%", "percent", "percents", "percentage", "pct", "百分点", "個百分點", "个百分点", "pp"), ("fraction", _CENT)
    ),
    **dict.fromkeys(("bp", "bps"), ("fraction", Decimal("0.0001"))),
    **dict.fromkeys(("‰", "permille"), ("fraction", Decimal("0.001"))),
    **dict.fromkeys(("x", "×", "times", "fold", "倍"), ("multiple", _ONE)),
    **_named(_WHOLE),
    **_parts(_SMALLER),
}
"""Words and signs behind a number: unit, and what one of them is worth in it."""

SMALL_CHANGE: Mapping[str, Mapping[str, Decimal]] = {
    "CNY": {"角": _TENTH, "毛": _TENTH, "分": _CENT, "jiao": _TENTH, "fen": _CENT},
    "USD": {"cent": _CENT, "cents": _CENT, "¢": _CENT, "美分": _CENT, "分": _CENT},
    "EUR": {"cent": _CENT, "cents": _CENT, "欧分": _CENT, "歐分": _CENT, "分": _CENT},
    "GBP": {"penny": _CENT, "pence": _CENT, "p": _CENT, "便士": _CENT},
    "JPY": {"日本銭": _CENT, "日本钱": _CENT, "銭": _CENT},
    "HKD": {"cents": _CENT, "角": _TENTH, "毫": _TENTH, "分": _CENT},
    "TWD": {"角": _TENTH, "分": _CENT},
    "INR": {"paise": _CENT},
    "RUB": {"kopek": _CENT, "kopeks": _CENT, "戈比": _CENT},
    **{code: {"cent": _CENT, "cents": _CENT, "分": _CENT} for code in ("AUD", "CAD", "NZD", "SGD")},
}
"""Smaller coins that may follow an amount of a currency: 2 dollars and 5 cents, 五元三毛."""

OF_COUNTRIES: Mapping[str, Mapping[str, str]] = {
    "dollar": {
        **{"us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "singapore": "SGD"},
        **{"hong kong": "HKD", "new zealand": "NZD", "taiwan": "TWD", "new taiwan": "TWD", "jamaican": "JMD"},
        **{
            "united states": "USD",
            "u.s": "USD",
            "u.s.": "USD",
            "barbados": "BBD",
            "bahamian": "BSD",
            "fiji": "FJD",
            "namibian": "NAD",
        },
    },
    "franc": {"swiss": "CHF", "cfa": "XOF", "rwandan": "RWF"},
    "peso": {
        **{"mexican": "MXN", "argentine": "ARS", "chilean": "CLP", "colombian": "COP", "philippine": "PHP"},
        **{"cuban": "CUP", "uruguayan": "UYU", "dominican": "DOP"},
    },
    "pound": {"british": "GBP", "egyptian": "EGP", "lebanese": "LBP", "sudanese": "SDG", "syrian": "SYP"},
    "rupee": {"indian": "INR", "pakistani": "PKR", "nepalese": "NPR", "sri lankan": "LKR", "mauritian": "MUR"},
    "krona": {"swedish": "SEK", "icelandic": "ISK"},
    "krone": {"danish": "DKK", "norwegian": "NOK"},
    "koruna": {"czech": "CZK"},
    "lira": {"turkish": "TRY"},
    "yuan": {"chinese": "CNY"},
    "yen": {"japanese": "JPY"},
    "won": {"korean": "KRW", "south korean": "KRW", "north korean": "KPW"},
    "real": {"brazilian": "BRL"},
    "rand": {"south african": "ZAR"},
    "rouble": {"russian": "RUB", "belarusian": "BYN"},
    "zloty": {"polish": "PLN"},
    "forint": {"hungarian": "HUF"},
    "shekel": {"israeli": "ILS"},
    "baht": {"thai": "THB"},
    "ringgit": {"malaysian": "MYR"},
    "rupiah": {"indonesian": "IDR"},
    "dinar": {"kuwaiti": "KWD", "iraqi": "IQD", "jordanian": "JOD", "serbian": "RSD", "bahraini": "BHD"},
    "dirham": {"moroccan": "MAD", "uae": "AED", "emirati": "AED"},
    "riyal": {"saudi": "SAR", "qatari": "QAR"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS"},
    "naira": {"nigerian": "NGN"},
    "hryvnia": {"ukrainian": "UAH"},
    "sterling": {"pounds": "GBP", "pound": "GBP"},
}
"""English names of a currency by the word for its coin, then by country: 20 Canadian dollars, 5 pounds sterling."""

COIN_PLURALS: Mapping[str, str] = {
    **{name + "s": name for name in OF_COUNTRIES if name != "sterling"},
    **{"kronor": "krona", "kroner": "krone", "rubles": "rouble", "ruble": "rouble", "reais": "real", "lire": "lira"},
    **{"koruny": "koruna", "zlotys": "zloty"},
}

SIGNS = {
    **{"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₿": "BTC"},
    **{"₪": "ILS", "₫": "VND", "₱": "PHP", "₦": "NGN", "₴": "UAH", "₺": "TRY", "฿": "THB", "￡": "GBP", "＄": "USD"},
}
"""Signs of money before a number. ``¥`` alone is the yuan; write JPY for the yen."""
DOLLARS = {
    **{"us": "USD", "u": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nt": "TWD"},
    **{"s": "SGD", "nz": "NZD", "r": "BRL", "mx": "MXN", "cad": "CAD", "aud": "AUD", "usd": "USD"},
}
"""Letters that stand right before ``$``."""
