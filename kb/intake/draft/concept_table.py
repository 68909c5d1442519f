"""General words of business, statistics and public life that mean the same thing, one concept a line, as data.

The words are English, German and Chinese ones of dictionaries and textbooks; ``_`` stands for a blank.
"""

TABLE = """
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
costs = cost costs bill final_bill spending price_tag expense expenses expenditure outlay out-turn outturn
  final_account kosten ausgaben baukosten 成本 费用 支出 花费
budget = budget approved_budget budgeted_cost etat haushaltsansatz 预算 概算
investment = investment investments capital_expenditure capex investition investitionen 投资 投资额 总投资 决算 造价
price = price preis 价格 单价 售价
fee = fee fees charge gebühr gebühren entgelt 收费 票价
fare = fare fares fahrpreis fahrpreise fahrgeld fahrgelder
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
  überwiesen gezahlte ausgegebene ausgegeben abgerufen 已支付 支付 付出 发放 实际发放 到位 拨付 已拨付 实付
employee = employee employees staff workforce headcount people_employed people_on_payroll payroll jobs mitarbeiter
  mitarbeiterinnen mitarbeiterinnen_und_mitarbeiter beschäftigte beschäftigten belegschaft 员工 职工 雇员
customer = customer customers client clients kunde kunden 客户 顾客 用户
visitor = visitor visitors guests besucher besucherinnen gäste visits besuche 游客 访客 参观者 游客量 人次
passenger = passenger passengers fahrgäste fahrgast passagiere 乘客 旅客
journey = journey journeys trips rides ridership fahrten 客运量 客流量 客流 出行
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
saving = saving savings saved save avoided gesparte gesparten einsparung ersparnis eingespart gespart
  节约 节省 节水 节电
electricity = electricity power strom 电力 用电量
energy = energy energie 能源
hydrogen = hydrogen wasserstoff 氢
steel = steel stahl 钢 钢铁
tax = tax taxes steuer steuern 税 税收
income = income takings receipts einkommen einnahme einnahmen 收入
vehicle = vehicle vehicles fahrzeug fahrzeuge 车辆
site = site sites location locations standort standorte 站点 地点
apprentice = apprentice apprentices trainees auszubildende azubis 学徒
rise = rise increase growth gain anstieg zuwachs wachstum zunahme plus 增长 增加 上升 涨幅 增幅
fall = fall decrease decline drop reduction rückgang abnahme minus 下降 减少 降低 降幅 跌幅
adjusted = adjusted bereinigt bereinigte bereinigtes underlying 调整后
expected = expected erwartet erwartete 预计
planned = planned budgeted geplant geplante veranschlagt veranschlagte vorgesehen vorgesehene plan 计划
opening = opening opened eröffnet eröffnung 开放
home = home homes house houses dwelling dwellings flat flats apartment apartments wohnung wohnungen haus häuser
  wohnhaus wohnhäuser 住宅 住房 房屋
room = room rooms zimmer räume 房间
school = school schools schule schulen 学校
classroom = classroom classrooms klassenraum klassenräume klassenzimmer 教室
teacher = teacher teachers lehrer lehrerinnen lehrkräfte 教师 老师
child = child children kind kinder 儿童 孩子
hospital = hospital hospitals clinic clinics krankenhaus krankenhäuser klinik kliniken 医院
bed = bed beds bett betten 床位 病床
nurse = nurse nurses pflegekraft pflegekräfte 护士 护理人员
doctor = doctor doctors physicians arzt ärzte ärztinnen 医生 医师
operation = operation operations surgeries surgery operationen eingriffe 手术
road = road roads street streets straße straßen 道路 公路
bridge = bridge bridges brücke brücken 桥梁 大桥
station = station stations stop stops bahnhof bahnhöfe haltestelle haltestellen 车站 站点
line = line lines route routes linie linien 线路
train = train trains zug züge 列车
bus = bus buses coach coaches bus busse 公交车 客车
ship = ship ships vessel vessels boat boats schiff schiffe 船舶 船只 轮船
ferry = ferry ferries fähre fähren 渡轮 渡船
flight = flight flights flug flüge 航班
departure = departure departures sailings sailing abfahrt abfahrten 发车 开行
delay = delay delays delayed verspätung verspätungen 延误 晚点
punctuality = punctuality on_time punctual pünktlichkeit pünktlich pünktliche pünktlicher 正点 正点率 准点 准点率
crossing = crossing crossings überfahrt überfahrten 航程
duration = duration length_of_time dauer 时长 时间 用时
wait = wait waiting waiting_time wartezeit wartezeiten 等待 等待时间 等候
hour = hours stunden 小时
distance = distance mileage strecke entfernung 里程 距离
length = length long länge 长度 全长 长
height = height high höhe 高度
depth = depth deep tiefe 深度
width = width wide breite 宽度
weight = weight gewicht 重量
speed = speed geschwindigkeit 速度 时速
temperature = temperature temperatur 温度 气温
farm = farm farms hof höfe 农场
farmer = farmer farmers bauer bauern landwirt landwirte 农民 农户 种植户
field = field fields feld felder 农田 田地
tree = tree trees baum bäume 树木
forest = forest forests woodland wald wälder 森林 林地
harvest = harvest crop crops yield ernte erträge 收成 收获
animal = animal animals tier tiere 动物 牲畜
fish = fish fische 鱼
water = water wasser 水 用水
gas = gas erdgas 天然气 燃气
oil = oil öl 石油
coal = coal kohle 煤 煤炭
heat = heat heating heizung wärme 供热 供暖 热力
waste = waste rubbish refuse garbage abfall müll 垃圾 废物
recycling = recycling recycled recyclingquote 回收 回收利用
leak = leak leaks leakage leckage lecks 泄漏 漏损
pipe = pipe pipes pipeline rohr rohre leitung leitungen 管道 管网
pump = pumping_station pumping_stations pumpwerk pumpwerke 泵站
turbine = turbine turbines windrad windräder windturbinen 风机 风电机组
panel = panel panels solarmodul solarmodule 光伏板 太阳能板
consumption = consumption use usage consumed verbrauch 消耗 用量 能耗 消费
machine = machine machines maschine maschinen 机器 设备
building = building buildings gebäude 建筑 楼房
library = library libraries bibliothek bibliotheken bücherei büchereien 图书馆
museum = museum museums museen 博物馆
book = book books buch bücher 图书 书籍
ticket = ticket tickets karte karten eintrittskarten 门票 车票
exhibition = exhibition exhibitions ausstellung ausstellungen 展览
application = application applications applicants antrag anträge 申请
permit = permit permits licence licences genehmigung genehmigungen 许可 许可证
complaint = complaint complaints beschwerde beschwerden 投诉
inspection = inspection inspections kontrolle kontrollen prüfungen 检查
defect = defect defects fault faults mangel mängel 缺陷 故障
accident = accident accidents unfall unfälle 事故
fire = fire fires brand brände 火灾
crime = crime crimes offences straftat straftaten 案件
vote = vote votes stimme stimmen 选票 票数
turnout = turnout wahlbeteiligung 投票率
satisfaction = satisfaction satisfied zufriedenheit 满意度
occupancy = occupancy auslastung belegung 入住率 使用率 利用率 上座率
vacancy = vacancy vacancies vacant unfilled leerstand unbesetzt unbesetzte 空置 空缺
contract = contract contracts vertrag verträge 合同
order = order orders auftrag aufträge 订单
contractor = contractor contractors builders auftragnehmer baufirma baufirmen 施工单位 承包商
supplier = supplier suppliers lieferant lieferanten 供应商
store = store stores shop shops branch branches filiale filialen laden läden 门店 店铺
worker = worker workers arbeiter arbeiterinnen 工人
post = post posts position positions stelle stellen planstellen 岗位 编制
owed = owed owing unpaid arrears outstanding schuldet ausstehend rückstand 拖欠 欠付 尚欠 欠款 未付
excess = excess overrun overspend überschreitung mehrkosten 超概算 超支 超出
reserve = reserve reserves rücklage rücklagen 储备
storage = storage stored speicher gespeichert 库存 库容 蓄水
donation = donation donations donated spende spenden 捐款 捐赠
insulated = insulated insulation insulating gedämmt 保温
built = built constructed building_of gebaut errichtet 建成 新建 修建
repaired = repaired repair repairs renovation refurbishment sanierung renovierung instandsetzung renovated
  refurbished saniert sanierte renoviert repariert 维修 修缮 改造
installed = installed fitted installiert eingebaut 安装
sold = sold verkauft verkaufte 售出 销售
bought = bought purchased purchase gekauft beschafft 采购 购买 购置
treated = treated behandelt behandelte 治疗 处理
carried = 运送 运载 发送
served = served versorgt 服务
planted = planted gepflanzt 种植 栽种
irrigated = irrigated bewässert bewässerte 灌溉
lost = lost verloren 损失
cancelled = cancelled canceled ausgefallen ausgefallene gestrichen 取消
late = late verspätet 迟到
operating = operating running betrieb betriebs betrieblich laufende laufend 运营 运行 经营
maintenance = maintenance upkeep wartung unterhalt instandhaltung 维护 养护 管护
"""

GERMAN_HEADS = """
kosten einnahmen ausgaben preis preise umsatz gewinn verlust schulden quote anteil fläche kapazität dauer zeit
  verbrauch
ausstoß zuschuss bau haus häuser wohnung wohnungen schule schulen schiff schiffe busse züge betten stelle stellen
schüler besucher gäste fahrten brücke brücken straße straßen verträge plätze anlagen anträge unfälle kräfte entgelt
gebühren
löhne mittel erlöse investitionen kredit darlehen rücklage bestand produktion erzeugung menge unternehmen betriebe
räume flüge
"""
"""The last parts of German compounds that have a meaning of their own: ``Betriebskosten`` are ``Kosten``."""
