"""Names of measures compared across languages: general words of business and statistics that mean the same thing.

The table is data. It holds terms that a textbook of accounting or statistics defines, and no names of things that only
one document speaks of. What it does not list is compared by its words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kb.numbers.word_tables import words

_TABLE = """
revenue = revenue revenues sales turnover net_sales umsatz umsätze umsatzerlöse erlöse nettoumsatz 营业收入 营收
  销售额 销售收入
profit = profit net_profit net_income earnings gewinn reingewinn nettogewinn überschuss jahresüberschuss 净利润 利润
  盈利
operating_profit = operating_profit operating_income ebit betriebsergebnis 营业利润 经营利润
gross_profit = gross_profit bruttogewinn 毛利 毛利润
loss = loss net_loss verlust nettoverlust 亏损 净亏损
ebitda = ebitda earnings_before_interest_tax_and_depreciation
  earnings_before_interest_tax_depreciation_and_amortisation
margin = margin marge 利润率
gross_margin = gross_margin bruttomarge 毛利率
costs = cost costs spending price_tag expense expenses expenditure outlay out-turn outturn final_account kosten ausgaben
  baukosten 成本 费用 支出 造价 花费 总投资 决算
budget = budget approved_budget budgeted_cost etat haushaltsansatz 预算 概算
investment = investment investments capital_expenditure capex investition investitionen 投资 投资额
price = price preis 价格 单价 售价
fee = fee fees charge gebühr gebühren entgelt 收费 票价
fare = fare fares fahrpreis fahrpreise
rent = rent rents miete mieten 租金
wage = wage wages pay salary salaries lohn löhne gehalt gehälter 工资 薪酬
dividend = dividend dividende 股息 分红
debt = debt debts schulden verschuldung 债务 负债
net_debt = net_debt nettoverschuldung nettoschulden 净债务 净负债
loan = loan loans borrowing borrowed kredit kredite darlehen 贷款 借款
interest_rate = interest_rate zinssatz zins 利率
grant = grant grants subsidy subsidies state_aid aid funding fördermittel förderung zuschuss zuschüsse beihilfe
  subvention 补贴 补助 拨款 专项资金 补助资金 补贴资金 资助
awarded = awarded approved granted promised pledged announced committed bewilligt bewilligte bewilligten zugesagt
  zugesagte genehmigt 批准 宣布 承诺 下达 核定
paid = paid paid_out received disbursed transferred drawn spent ausgezahlt ausgezahlte ausgezahlten gezahlt
  überwiesen abgerufen 已支付 支付 付出 发放 实际发放 到位 拨付 已拨付 实付
employee = employee employees staff workforce headcount people_employed people_on_payroll payroll jobs mitarbeiter
  mitarbeiterinnen mitarbeiterinnen_und_mitarbeiter beschäftigte beschäftigten belegschaft 员工 职工 雇员
customer = customer customers client clients kunde kunden 客户 顾客 用户
visitor = visitor visitors guests besucher besucherinnen gäste visits besuche 游客 访客 参观者 游客量 人次
passenger = passenger passengers fahrgäste fahrgast passagiere 乘客 旅客
journey = journey journeys trips rides ridership fahrten 客运量 出行
resident = resident residents inhabitants population einwohner einwohnerinnen bevölkerung 居民 人口 常住人口
household = household households haushalt haushalte 住户 家庭
member = member members mitglied mitglieder 会员 成员
student = student students pupils schüler schülerinnen studierende 学生
patient = patient patients patienten patientinnen 患者 病人
volunteer = volunteer volunteers helpers freiwillige ehrenamtliche 志愿者
death = death deaths fatalities killed tote todesfälle 死亡 死亡人数
injury = injury injuries injured verletzte 受伤 受伤人数
case = case cases fälle fall 病例
order_intake = order_intake orders_received new_orders auftragseingang 新签订单
order_book = order_book backlog order_backlog auftragsbestand 在手订单
delivery = delivery deliveries delivered shipment shipments shipped versand auslieferung auslieferungen lieferungen
  交付 出货 交付量 出货量
output = output production produced produktion erzeugung 产量 产值
capacity = capacity kapazität jahreskapazität 产能 容量
share = share proportion percentage anteil quote 占比 比例 比重
area = area surface fläche 面积
carbon_dioxide = carbon_dioxide co2 kohlendioxid kohlendioxids 二氧化碳
emission = emission emissions ausstoß emissionen 排放 排放量
saving = saving savings saved avoided einsparung eingespart 节约 节省
electricity = electricity power strom 电力 用电量
energy = energy energie 能源
hydrogen = hydrogen wasserstoff 氢
steel = steel stahl 钢 钢铁
tax = tax taxes steuer steuern 税 税收
income = income einkommen 收入
vehicle = vehicle vehicles fahrzeug fahrzeuge 车辆
site = site sites location locations standort standorte 站点 地点
apprentice = apprentice apprentices trainees auszubildende azubis 学徒
rise = rise increase growth gain anstieg zuwachs wachstum zunahme plus 增长 增加 上升 涨幅 增幅
fall = fall decrease decline drop reduction rückgang abnahme minus 下降 减少 降低 降幅 跌幅
adjusted = adjusted bereinigt bereinigte bereinigtes underlying 调整后
expected = expected erwartet erwartete 预计
planned = planned geplant geplante plan 计划
opening = opening opened eröffnet eröffnung 开放
"""

_STOPS = words("""
across among between during into onto over under through within up out off
a an the of in on at for to by from and or with per its their his her our it that which was were is are be been
being der die das des dem den ein eine einer eines von im am an auf für zu zum zur je und oder pro bei mit all
roughly total number amount zahl anzahl summe insgesamt average mean total final actual overall published 的 了 和 与 共
总""")
_ENDINGS = ("ings", "ing", "ies", "ern", "en", "es", "ed", "er", "s", "e", "n", "y")


def _table() -> dict[str, str]:
    meanings: dict[str, str] = {}
    for line in _TABLE.strip().replace("\n  ", " ").splitlines():
        concept, _, listed = line.partition(" = ")
        for word in listed.split():
            meanings.setdefault(word.replace("_", " "), concept)
    return meanings


_MEANINGS = _table()
_HAN = tuple(sorted((word for word in _MEANINGS if "\u3400" <= word[0] <= "\u9fff"), key=len, reverse=True))
_PHRASES = tuple(sorted((word for word in _MEANINGS if " " in word), key=len, reverse=True))
_WORD = re.compile(r"[^\W\d_][\w-]*|[\u3400-\u9fff]+")


@lru_cache(maxsize=8192)
def concepts_in(label: str) -> frozenset[str]:
    """What ``label`` names, as concepts and, for all that is none, the beginnings of its words.

    >>> concepts_in("Net sales") == concepts_in("Umsatzerlöse") == concepts_in("营业收入")
    True
    >>> concepts_in("state aid paid out") == concepts_in("ausgezahlte Fördermittel")
    True
    >>> concepts_in("harbour dredging") == concepts_in("ticket income")
    False
    """
    text = unicodedata.normalize("NFKC", label).casefold().replace("-", " ")
    found: set[str] = set()
    for phrase in _PHRASES:
        if re.search(rf"\b{re.escape(phrase)}\b", text):
            found.add(_MEANINGS[phrase])
            text = text.replace(phrase, " ")
    for word in _HAN:
        if word in text:
            found.add(_MEANINGS[word])
            text = text.replace(word, " ")
    for match in _WORD.finditer(text):
        found |= _of_word(match[0])
    return frozenset(found)


def _of_word(word: str) -> set[str]:
    if "\u3400" <= word[0] <= "\u9fff":
        rest = "".join(letter for letter in word if letter not in _STOPS)
        return {rest[at : at + 2] for at in range(max(len(rest) - 1, 1))} if rest else set()
    if word in _STOPS:
        return set()
    return {_MEANINGS.get(word) or _MEANINGS.get(_stem(word), "") or _stem(word)}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
