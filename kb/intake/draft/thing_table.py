"""Things that public documents count and measure, one concept a line, and which concepts stand for one another.

The words are English, German and Chinese ones of dictionaries and textbooks, in the forms in which they stand beside
numbers; ``_`` stands for a blank. A line whose concept ``concept_table`` has adds words to it.
"""

THINGS = """
person = person persons people mensch menschen personen human humans 人员 人数 人
man = man men mann männer 男性
woman = woman women frau frauen 女性
family = family families familie familien 家庭户
guest = guest overnight_stay overnight_stays übernachtung übernachtungen 旅客过夜 过夜
visitor = visit visits visited visiting besuch besuche besuchte besuchten kamen_durch besucherzahl 参观 到访 接待游客
admission = admission admissions entry entries eintritt eintritte einlass 入场 入园
spectator = spectator spectators audience audiences zuschauer zuschauerinnen publikum 观众 观众人数
swimmer = swimmer swimmers bather bathers badegast badegäste schwimmer 泳客
rider = rider riders commuter commuters pendler 骑行者
tourist = tourist tourists touristen urlauber 旅游者
passenger = travellers traveller reisende reisenden mitfahrer 乘坐 搭乘 载客
subscriber = subscriber subscribers subscription subscriptions abonnent abonnenten abonnements abo 订阅用户 订户
take_up = take-up take_up uptake signed_up sign_up signing_up anschlussquote 签约率 开通率 入网率
connected = connected connection connections connect anschluss anschlüsse angeschlossen angeschlossene angeschlossenen
  接入 通网 接通
premises = premises property properties liegenschaft liegenschaften grundstück grundstücke 房产
business = business businesses firm firms company companies unternehmen betriebe firmen 企业
employee = employ employs employed employing work_for working_for beschäftigt beschäftigte beschäftigten arbeiten_für
  arbeitskräfte personal belegschaftsstärke works_at 从业人员 在职职工 在岗职工 用工
ranger = ranger rangers förster 护林员
driver = driver drivers fahrer fahrerinnen busfahrer 司机 驾驶员
fulltime = full-time full_time fulltime vollzeit vollzeitstellen vollzeitkräfte 全职
parttime = part-time part_time teilzeit teilzeitkräfte 兼职
sick_leave = sick_leave absence absenteeism krankenstand fehlzeiten 病假
overtime = overtime überstunden mehrarbeit 加班
train_staff = trained training ausgebildet ausbildung schulung 培训
costs = costed costing cost_of swallowed swallow swallows devoured consumed_money kostet kostete kosteten gekostet
  verschlang verschlungen schlug_zu_buche schlagen_zu_buche came_in_at price_of_building final_cost gesamtkosten
  endkosten aufwand aufwendungen aufwendung 耗资 花了 造价 开支 总费用 总成本
investment = invest invested investing investiert investierte investierten investitionssumme 投入 完成投资 投资总额
repair_costs = repair_bill repair_costs reparaturkosten 维修费
revenue = sales_revenue turnover turned_over umsatzes erlös erlösen einnahmen_aus 销售收入 营业额
income = takings_at takings brought_in bring_in earned earns collected eingenommen einnahme eingespielt 进账 门票收入
profit = profits surplus surpluses bottom_line ergebnis_nach_steuern nettoergebnis jahresgewinn ertrag 盈余 利润总额
loss = losses deficit deficits shortfall_in_income defizit fehlbetrag verluste 赤字 亏空
equity = equity equity_ratio eigenkapital eigenkapitalquote 净资产
debt = indebtedness verbindlichkeiten schuldenstand borrowings 欠债
cash = cash liquidity liquide liquidität bargeld 现金
value = value worth valued wert bewertet 价值 估值
bonus = bonus bonuses boni prämie prämien 奖金 奖励
fine = fine fines penalty penalties strafe strafen bußgeld bußgelder 罚款
compensation = compensation compensated entschädigung entschädigungen schadenersatz 赔偿 补偿
insurance = insurance insured versicherung versichert 保险
pension = pension pensions rente renten 养老金
premium = premium premiums beitrag beiträge 保费
grant = subsidise subsidised subsidies subsidized bezuschusst gefördert fördersumme subventionen
  财政补贴 补助款 专项补助
contribution = contribution contributed contributes matching_funds kostenanteil eigenanteil 配套资金 配套 出资
fund = fund funds fonds 基金 资金
misused = misused diverted embezzled zweckentfremdet 挪用 截留 套取
returned = returned repaid paid_back refunded zurückgezahlt erstattet 归还 退还 收回
disbursed = disbursed disbursement 到位
collected = collection_rate collected_share einzugsquote 收缴 收缴率 征收
licence = licensed lizenz lizenzen 执照
ticket = ticket_price day_ticket season_ticket season_pass eintrittskarte tageskarte jahreskarte dauerkarte 年票
tariff = tariff tariffs tarif tarife rate_per_unit 费率 电价 水价
electricity = electric elektrizität stromverbrauch 电 电量
generation = generated generate generates generation stromerzeugung erzeugt erzeugte erzeugten 发电 发电量
solar = solar photovoltaic photovoltaik solarstrom 光伏 太阳能
wind = wind windkraft windstrom 风电 风能
nuclear = nuclear kernkraft atomkraft 核电
battery = battery batteries batterie batterien akku akkus 电池
grid = grid network netz netze stromnetz 电网 网络
outage = outage outages blackout blackouts stromausfall ausfall ausfälle 停电 中断
heat_pump = heat_pump heat_pumps wärmepumpe wärmepumpen 热泵
boiler = boiler boilers kessel heizkessel 锅炉
charger = charger chargers charging_point charging_points ladepunkt ladepunkte ladesäule ladesäulen 充电桩
fuel = fuel kraftstoff brennstoff treibstoff 燃料
diesel = diesel 柴油
petrol = petrol gasoline benzin 汽油
carbon_dioxide = carbon greenhouse_gas greenhouse_gases treibhausgas treibhausgase 碳 碳排放 温室气体
pollution = pollution polluted pollutant pollutants verschmutzung schadstoff schadstoffe 污染 污染物
nitrogen = nitrogen nitrate stickstoff nitrat 氮 硝酸盐
dust = dust particulate particulates feinstaub staub 粉尘 颗粒物
noise = noise lärm 噪声 噪音
rain = rain rainfall precipitation regen niederschlag 降雨 降水 雨量
flood = flood floods flooding hochwasser überschwemmung 洪水 水灾
drought = drought dürre trockenheit 干旱 旱灾
storm = storm storms sturm stürme 风暴 台风
dam = dam dams damm staudamm talsperre 大坝 水坝
reservoir = reservoir reservoirs stausee 水库
river = river rivers fluss flüsse 河流 河道
canal = canal canals kanal kanäle 渠 干渠 运河
lake = lake lakes see seen 湖泊
sea = sea meer 海洋
coast = coast coastline küste 海岸
beach = beach beaches strand strände 海滩
island = island islands insel inseln 岛
mountain = mountain mountains berg berge 山
soil = soil soils boden böden 土壤
land = land acreage grundfläche 土地 耕地
peat = peat peatland bog moor moore torf 泥炭 湿地
wetland = wetland wetlands feuchtgebiet feuchtgebiete 湿地
forest = afforestation afforested aufforstung aufgeforstet 造林 造林面积 储备林
survival = survival survived survival_rate überlebensrate anwuchsrate 成活率 成活 存活率
seedling = seedling seedlings sapling saplings setzling setzlinge 苗木 树苗 幼苗
tree = tree-planting oak oaks eiche eichen 植树
plant = plants pflanze pflanzen 植物
fire_break = firebreak firebreaks fire_breaks brandschneise brandschneisen 防火道 隔离带
wildlife = wildlife wild_animals wildtiere 野生动物
bird = bird birds vogel vögel 鸟 鸟类
fish_stock = fish_stock catch catches fang fänge fangmenge 捕捞量 渔获
cattle = cattle cow cows rinder kühe kuh 牛 奶牛
pig = pig pigs schwein schweine 猪 生猪
sheep = sheep schafe 羊
poultry = poultry chickens hühner geflügel 家禽 鸡
milk = milk milch 牛奶 生鲜乳
cheese = cheese käse weichkäse schnittkäse 奶酪
butter = butter 黄油
meat = meat fleisch 肉 肉类
egg = eggs egg eier 鸡蛋
grain = grain cereals getreide 粮食 谷物
wheat = wheat weizen 小麦
rice = rice reis 水稻 稻谷 大米
maize = maize corn mais 玉米
potato = potato potatoes kartoffel kartoffeln 土豆 马铃薯
fruit = fruit obst 水果
apple = apple apples apfel äpfel 苹果
vegetable = vegetables vegetable gemüse 蔬菜
tea = tea tee 茶 茶叶
wine = wine wein 葡萄酒
beer = beer bier 啤酒
bread = bread brot 面包
sugar = sugar zucker 糖
meal = meal meals essen mahlzeit mahlzeiten schulessen 餐 餐食 午餐
kitchen = kitchen kitchens küche küchen 厨房 食堂
fertiliser = fertiliser fertilizer dünger 化肥 肥料
pesticide = pesticide pesticides pflanzenschutzmittel 农药
feed = feed feeding fodder futter fütterung 饲料
elephant = elephant elephants elefant elefanten 大象
horse = horse horses pferd pferde 马
dog = dog dogs hund hunde 狗 犬
cat = cats cat katze katzen 猫
greenhouse = greenhouse greenhouses gewächshaus gewächshäuser 温室 大棚
sample = sample samples probe proben stichprobe 样品 水样 样本
quality = quality qualität 质量 水质
passed_test = compliant passed_rate bestanden 合格 合格率 达标 达标率
drinking_water = drinking_water tap_water trinkwasser 饮用水 自来水
sewage = sewage wastewater abwasser 污水 废水
treatment_plant = treatment_plant treatment_works klärwerk kläranlage 污水厂 处理厂
waterworks = waterworks wasserwerk wasserwerke 水厂
water_supply = water_supply supplied_with_water wasserversorgung 供水
leak = loss_of_water water_loss leakage_rate wasserverlust wasserverluste 漏损率 漏失
well = well wells brunnen 水井
meter = meters metered zähler wasserzähler 水表 电表
landfill = landfill landfills deponie deponien 填埋场
plastic = plastic plastics kunststoff plastik 塑料
paper = paper papier 纸
glass = glass glas 玻璃
timber = timber wood holz 木材
cement = cement zement 水泥
concrete = concrete beton 混凝土
copper = copper kupfer 铜
aluminium = aluminium aluminum 铝
gold = gold 黄金
lithium = lithium 锂
iron = iron eisen 铁
ore = ore erz erze 矿石
mine = mine mines bergwerk mine_sites 矿井 矿山
quarry = quarry quarries steinbruch 采石场
stone = stone stones stein steine 石料
chip = chips semiconductor semiconductors halbleiter 芯片 半导体
software = software 软件
data = data daten 数据
computer = computer computers rechner 电脑 计算机
tablet = tablet tablets 平板
server = servers server 服务器
speed = download_speed bandwidth geschwindigkeit bandbreite 网速 带宽
broadband = broadband fibre fiber glasfaser breitband 宽带 光纤
phone = phone phones telefon telefone handy handys 手机 电话
call = calls anruf anrufe 来电 热线
response = response respond answered answer reaktion reaktionszeit 响应 到场
message = message messages nachricht nachrichten 信息
post_office = post_office postamt postfiliale 邮局
parcel = parcel parcels paket pakete 包裹 快递
letter = letter letters brief briefe 信件
freight = freight cargo fracht güter 货物 货运
container = container containers 集装箱
throughput = throughput handled umschlag umgeschlagen 吞吐量 吞吐
port = port harbour harbor hafen häfen 港口 码头
quay = quay berth berths kai liegeplatz liegeplätze 泊位
airport = airport flughafen 机场
runway = runway landebahn startbahn 跑道
terminal = terminal 航站楼
tunnel = tunnel tunnels 隧道
railway = railway rail bahn schiene eisenbahn 铁路
tram = tram trams straßenbahn straßenbahnen tramway bahnen 有轨电车
metro = metro subway underground u-bahn 地铁 轨道交通
bicycle = bicycle bicycles bike bikes fahrrad fahrräder 自行车 单车
cycle_path = cycle_path cycle_paths cycle_lane cycle_lanes radweg radwege 自行车道
car = car cars auto autos pkw 汽车 小汽车
lorry = lorry lorries truck trucks lastwagen lkw 卡车 货车
parking = parking parking_space parking_spaces parkplatz parkplätze stellplatz stellplätze 停车位 车位
traffic = traffic verkehr 车流 交通
toll = toll tolls maut 通行费
weekday = weekday weekdays werktag werktage werktags werktagen 工作日
daily = daily a_day per_day täglich tagesdurchschnitt 日均 每日 每天
bus_route = bus_route bus_routes buslinie buslinien 公交线路
lift = lift lifts elevator elevators aufzug aufzüge 电梯
ward = ward wards krankenstation 病房
surgery_wait = waiting_list warteliste 候诊
emergency = emergency emergencies notfall notfälle notaufnahme 急诊 急救 应急
ambulance = ambulance ambulances rettungswagen krankenwagen 救护车
birth = births birth geburt geburten 出生
vaccination = vaccination vaccinations vaccinated impfung impfungen geimpft 接种 疫苗
infection = infection infections infektion infektionen 感染
cancer = cancer krebs 癌症
care_home = care_home care_homes nursing_home pflegeheim pflegeheime altenheim 养老院
care = care pflege betreuung 护理
stay = stay length_of_stay liegedauer verweildauer aufenthaltsdauer 住院
appointment = appointment appointments termin termine 预约 门诊
dentist = dentist dentists zahnarzt zahnärzte 牙医
pharmacy = pharmacy pharmacies apotheke apotheken 药店
kindergarten = nursery nurseries kindergarten kita kitas kindergärten 幼儿园
university = university universities hochschule hochschulen universität 大学 高校
exam = exam exams examination prüfung abitur 考试
graduate = graduate graduates absolvent absolventen 毕业生
enrolment = enrolment enrolments enrolled einschreibung eingeschrieben angemeldet 招生 报名
lesson = lesson lessons unterricht unterrichtsstunden 课程 课时
course = course courses kurs kurse 课
research = research forschung 研究
laboratory = laboratory laboratories lab labor labore 实验室
loan_of_books = loans_of_books book_loans ausleihe ausleihen entleihungen 借阅 借书
reader = readers leser leserinnen 读者
collection = collection collections sammlung bestände 馆藏 藏品
theatre = theatre theater theatres bühne 剧院 剧场
concert = concert concerts konzert konzerte 音乐会 演出
performance = performance performances show shows vorstellung vorstellungen aufführung 场次
cinema = cinema cinemas kino kinos 电影院
film = film films movie movies filme 电影
festival = festival festivals fest feste 节庆 艺术节
park = parks park gardens garten gärten 公园
playground = playground playgrounds spielplatz spielplätze 游乐场
pool = pool pools lido swimming_pool schwimmbad freibad hallenbad 游泳池 泳池 泳馆
stadium = stadium stadiums stadion 体育场
match = match matches game games spiel spiele 比赛
team = teams mannschaft mannschaften 队
club = club clubs verein vereine 俱乐部 协会
church = church churches kirche kirchen 教堂
hotel = hotel hotels 酒店 宾馆
restaurant = restaurant restaurants gaststätte 餐馆 饭店
market = market markets markt märkte 市场
stall = stall stalls stand stände 摊位
office_space = office_space bürofläche 办公面积
warehouse = warehouse warehouses lagerhalle lagerhallen 仓库 冷库
factory = factory factories plant_site fabrik fabriken werk werke 工厂 厂房
workshop = workshop workshops werkstatt werkstätten 车间
production_line = production_line production_lines fertigungslinie 生产线
export = export exports exported abroad ausfuhr ausfuhren exporte ausland auslandsanteil auslandsumsatz 出口
import = import imports imported einfuhr einfuhren importe 进口
domestic = domestic at_home inland inlandsumsatz 国内
order_intake = order_inflow bestellungen bestelleingang 订单额
cooperative = co_operative cooperative genossenschaft 合作社
shareholder = shareholder shareholders aktionär aktionäre 股东
stake = stake stakes shareholding beteiligung 股份 持股
branch = outlets outlet niederlassung niederlassungen zweigstelle zweigstellen 分店
complaint = complained grievances reklamation reklamationen 诉求
recall = recalled recall called_back rückruf zurückgerufen zurückgerufene 召回
damage = damage damages damaged schaden schäden beschädigt 损害 损坏
theft = theft thefts stolen diebstahl diebstähle gestohlen 盗窃
arrest = arrest arrests arrested festnahme festnahmen festgenommen 抓获
prisoner = prisoner prisoners inmates häftling häftlinge gefangene 服刑人员 囚犯
police_officer = police_officer police_officers officers polizist polizisten 警察 民警
firefighter = firefighter firefighters feuerwehrleute 消防员
fire_engine = fire_engine fire_engines löschfahrzeug löschfahrzeuge 消防车
callout = callout callouts call-out call-outs einsatz einsätze 出警
court_case = court_case court_cases verfahren klage klagen 诉讼
asylum = asylum asylum_seekers refugees flüchtlinge geflüchtete 难民
migrant = migrants immigrants zuwanderer zugewanderte 移民
unemployed = unemployed unemployment jobless arbeitslose arbeitslosen arbeitslosigkeit arbeitslosenquote 失业 失业率
poverty = poverty poor armut arme 贫困
rent_arrears = rent_arrears mietrückstände 欠租
homeless = homeless obdachlose wohnungslose 无家可归
tenant = tenant tenants mieter mieterinnen 租户 承租人
owner = owner owners eigentümer 业主
relocated = relocated resettled umgesiedelt 搬迁 安置
demolished = demolished torn_down abgerissen 拆除 拆迁
completed = completed finished abgeschlossen fertiggestellt 竣工 完工 完成
begun = begun started begonnen 开工 启动
delayed = overdue behind_schedule verzögert verzögerung 滞后 延期
inspected = inspected audited examined spot-checked geprüft überprüft untersucht 抽查 抽检
replaced = replaced replacement ersetzt erneuert ausgetauscht 更换 更新
removed = removed entfernt beseitigt 清除 移除
restored = restored restoration wiederhergestellt wiederherstellung 修复
planted = planting bepflanzt pflanzung 栽植 新栽
harvested = harvested geerntet 收割
closed = closed shut closure closures geschlossen schließung schließungen gesperrt 关闭 停业
opening = new_opening neueröffnung neu_eröffnet 开业 启用 投用 开通 通车
founded = founded established gegründet 成立
recruited = recruited hired taken_on new_hires eingestellt neueingestellt 招聘 招录
dismissed = dismissed laid_off layoffs redundancies redundancy entlassen entlassungen stellenabbau 裁员
leaving = left_the_company departures_of_staff abgänge kündigungen fluktuation 离职
strike = strike strikes streik streiks 罢工
pay_rise = pay_rise wage_increase lohnerhöhung gehaltserhöhung 加薪 涨薪
length = stretch stretches long_line streckenlänge gesamtlänge 总长 全线长
floor_space = floor_space floor_area nutzfläche geschossfläche 建筑面积
garden = allotment allotments kleingarten kleingärten 菜园
lamp = street_light street_lights streetlights streetlight straßenlaterne laternen straßenlampen 路灯
camera = camera cameras kamera kameras 摄像头
sensor = sensor sensors sensoren 传感器
robot = robot robots roboter 机器人
drone = drone drones drohne drohnen 无人机
bin = bin bins tonne_für_abfall mülltonne mülltonnen 垃圾桶
toilet = toilet toilets toilette toiletten 厕所
bench = bench benches bank_im_park 长椅
seat = seat seats sitzplatz sitzplätze sitze 座位
table = tables tische 桌
window = window windows fenster 窗户
roof = roof roofs dach dächer 屋顶
wall = wall walls mauer mauern 墙
gate = gates tor tore 闸门 大门
turnstile = turnstile turnstiles drehkreuz drehkreuze counters_at 闸机
survey = survey respondents questionnaire umfrage befragte befragung 问卷 受访者
recommend = recommend recommended weiterempfehlen empfehlen 推荐
trust = trust confidence vertrauen 信任
awareness = heard_of bekanntheit 知晓率
coverage = coverage covered abdeckung abgedeckt 覆盖 覆盖率 覆盖面
response_rate = response_rate rücklaufquote 回收率
error = error errors error_rate fehler fehlerquote 误差 差错
yield = yields ertrag_je hektarertrag 亩产 单产
efficiency = efficiency wirkungsgrad effizienz 效率 利用系数
age = age aged alter durchschnittsalter 年龄
generation_of_power = power_output installed_capacity installierte_leistung 装机 装机容量
rate_of_return = return_on rendite 收益率
inflation = inflation teuerung 通胀
growth_rate = growth_rate wachstumsrate 增速 增长率
market_share = market_share marktanteil 市场份额 市占率
utilisation = utilisation utilization load_factor capacity_use kapazitätsauslastung 产能利用率
reject = reject rejects scrap ausschuss ausschussquote 次品率 废品率
warranty = warranty gewährleistung garantie 保修
profit = after_tax nach_steuern net_earnings bottom-line konzernergebnis 税后利润
operating_profit = operating_result ergebnis_vor_zinsen_und_steuern betriebsgewinn
cancelled = called_off calling_off abgesagt abgesagte abgesagten 停办
availability = availability available verfügbarkeit verfügbar 可用率 可用
kwh = kilowatt_hour kilowatt_hours kilowattstunde kilowattstunden kwh 千瓦时 度电
mwh = megawatt_hour megawatt_hours megawattstunde megawattstunden mwh 兆瓦时
gwh = gigawatt_hour gigawatt_hours gigawattstunde gigawattstunden gwh
square_metre = square_metre square_metres square_meter square_meters quadratmeter 平方米
cubic_metre = cubic_metre cubic_metres cubic_meter cubic_meters kubikmeter 立方米
kilo = kilo kilos kilogram kilograms kilogramm
revenue = erlöst erlösten erlöste umgesetzt umsetzte
income = received receives
food = food lebensmittel speisen 食品 粮油
waste = thrown_away throw_away weggeworfen weggeworfene speisereste entsorgt 浪费 丢弃
take_up = signed_up signed
price = list_price durchschnittspreis average_price stückpreis 均价
units_sold = units_sold sold_units absatz absatzmenge stückzahl volume_sold 销量 销售量
market_share = share_of_the_market
patent = patent patents patente 专利
research = r_d forschung_und_entwicklung f_e entwicklungsausgaben 研发 研发投入
punctuality = on_time_delivery delivery_reliability liefertreue termintreue arrived_on_time left_on_time ran_on_time
  kam_pünktlich 准时
delivery_time = delivery_time lead_time lieferzeit lieferzeiten 交货期
returns = returned_goods retoure retouren 退货
sick_leave = sickness sick_days krankheitstage krankenquote krankenrate 病假率
turnover_of_staff = staff_turnover fluktuationsrate 离职率
woman = female weiblich frauenanteil 女
management = management_posts executives führungskräfte führungspositionen 管理层
temp = agency_workers temporary_workers temps leiharbeiter leiharbeitskräfte zeitarbeiter 劳务派遣
apprentice = apprenticeship apprenticeships lehrling lehrlinge lehrstellen ausbildungsplätze
accident = work_accidents arbeitsunfall arbeitsunfälle 工伤 工伤事故
reject = reject_rate faulty fehlerhaft nacharbeit 不良率
energy = energy_use energieverbrauch 能耗
water = water_use wasserverbrauch
emission = emitted emit emits ausgestoßen 排放
renewable = renewable renewables erneuerbar erneuerbare erneuerbaren ökostrom 可再生
satisfaction = content happy zufrieden kundenzufriedenheit
organic = organic bio ökologisch biozutaten bioanteil 有机
ingredient = ingredient ingredients zutaten 原料
parent = parent parents eltern 家长
pupil_meal = school_meals schulessen school_lunch
admission = entrance entrance_fee eintrittspreis einlasspreis
season_ticket = season_tickets dauerkarten
joinery = joinery tischlerei schreinerei
laundry = laundry wäscherei
prisoner = prison_population gefangene insassen
cell = cell cells zelle zellen
released = released release releases entlassene 释放 刑满释放
job = job jobs_found in_work arbeit_gefunden
outpatient = outpatient outpatients outpatient_visits ambulante ambulant 门诊量 门诊人次 门急诊
inpatient = inpatient inpatients stationär stationäre 住院人次
length_of_stay = average_stay stayed 平均住院日 住院日
drug = drug drugs medicine medicines arzneimittel medikamente 药品
supplies = consumables verbrauchsmaterial 耗材
reimbursed = reimbursed erstattung 报销
tolls = toll_income mauteinnahmen
passenger = fare-paying fahrgastzahl fahrgastzahlen
vehicle_km = vehicle_kilometres fahrzeugkilometer zugkilometer
bed_nights = bed_nights room_nights
dredged = dredged dredging ausgebaggert baggergut 疏浚
spill = spill spills spilled spilt ausgetreten ausgelaufen 泄露
rescued = rescued saved_lives gerettet 获救
evacuated = evacuated evakuiert 疏散
injured_person = casualties
registered = registered registrations angemeldete registrierte 注册 登记
processed = processed processing bearbeitet verarbeitet verarbeitete 加工 办理
waiting_period = processing_time bearbeitungszeit bearbeitungsdauer 办理时长
backlog = pile pending unbearbeitet offen 积压 待办
digital = digital online digitale 网上
rate_paid = collection_of_fees zahlungsquote
density = density dichte 密度
salinity = salinity salzgehalt 盐度
concentration = concentration konzentration 浓度
turbidity = clarity sichttiefe trübung 透明度
catch = caught gefangen 捕获
hatchery = hatched geschlüpft 孵化
mortality = mortality sterblichkeit sterberate 死亡率
stocking = stocked besatz 放流 投放
"""

FIELDS = {
    "outlay": "costs investment price paid fee bill budget value",
    "takings": "revenue income fare sold ticket admission",
    "staff": "employee worker post person fulltime",
    "attendance": "visitor admission guest spectator swimmer tourist passenger journey rider person customer",
    "aid": "grant contribution fund awarded loan",
    "homes": "home premises household building property connected",
    "farms": "farm business farmer",
    "planting": "forest planted tree area land seedling",
    "lateness": "punctuality late delay cancelled",
    "loss-making": "loss costs",
    "making": "output generation capacity cheese milk",
    "works": "repaired restored built completed insulated installed replaced",
    "abroad": "export domestic share",
    "waiting": "wait surgery_wait patient",
    "waste": "waste recycling landfill",
    "eating": "meal food kitchen",
    "length-of-stay": "stay length_of_stay",
    "jobs": "job employee work",
    "volumes": "units_sold output delivery",
    "supply": "water_supply connected coverage served take_up subscriber resident",
}
"""What concepts have in common that stand for one another where two documents speak of one thing."""

GENERAL_CONCEPTS = """
person man share share_of rise fall total rate amount value average project programme work council city town county
thing place part item number figure plan data group use 全县 全市 项目 工程 建设 部门 农村 管理
"""
"""Concepts that stand beside numbers of every kind and tell little."""

OPPOSITE_CONCEPTS = """
awarded paid; opening closed; built demolished; bought sold; begun completed; recruited dismissed; recruited leaving;
import export; export domestic; man woman; fulltime parttime; rise fall; profit loss; birth death; planted harvested;
planted lost; income costs; revenue costs; revenue profit; owed paid; gross_profit profit; margin gross_margin;
debt net_debt; returned misused; employee vacancy; employee apprentice; costs saving; late punctuality; late cancelled;
passenger vehicle; saving consumption; occupancy vacancy; injury death
"""
"""Pairs of concepts of which no number is both."""
