"""Chinese as data, simplified, traditional and formal; what each table is for stands in ``word_tables``."""

from decimal import Decimal

from kb.domain.entity import Stance
from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge
from kb.domain.unit.names import HAN_NOUNS
from kb.numbers.language import CueWords, Language, SentenceMarks
from kb.numbers.prose_tables import FigurePattern, NounWords, ProseWords, Reader
from kb.numbers.word_tables import (
    YEAR,
    BoundWords,
    CharacterNumerals,
    MarginWords,
    UnitWords,
    countries,
    meanings,
    measures,
    numbered,
    pairs,
    phrases,
    words,
)

# Numbers in characters

_NUMERALS = CharacterNumerals(
    digits=numbered("""
零 0 〇 0 一 1 二 2 三 3 四 4 五 5 六 6 七 7 八 8 九 9 两 2 兩 2 俩 2 倆 2 仨 3 弌 1 弍 2 弎 3 幺 1
壹 1 贰 2 貳 2 叁 3 參 3 叄 3 参 3 肆 4 伍 5 陆 6 陸 6 柒 7 捌 8 玖 9"""),
    one=words("一"),
    zeros=words("零 〇"),
    tens=numbered("十 10 百 100 千 1000 拾 10 佰 100 仟 1000"),
    twenties=numbered("廿 20 卄 20 卅 30 卌 40"),
    scales={"万": 10**4, "亿": 10**8, "兆": 10**12, "萬": 10**4, "億": 10**8},
    vague=words("几 数 幾 數 若干 好几 好幾"),
    vague_idioms={
        **{"成百上千": 100, "成千上万": 1000, "成千上萬": 1000, "数以百计": 100, "数以千计": 1000, "数以万计": 10**4},
        "数以亿计": 10**8,
    },
    upwards=words("上"),
    more=words("多 余 餘 有余 有餘"),
    roughly=words("来"),
    leads=words("近 将近 將近 约 約 大约 大約 逾 超 超过 超過 不到 不足"),
    points=words("点 點"),
    half=words("半"),
    multiplying=words("翻"),
    no_half=words("径 徑 球 导 導 价 價 成 岛 島 夜 山 途 路 边 邊 票 场 場 职 職 截 身"),
    dozens=words("打"),
    half_counters=words("个 個"),
    counters=words("个 個 名 位 家 条 條 份 次 台 张 張 件 只 隻 辆 輛 本 项 項 款 起 座 艘 枚 支"),
    parts=words("分之"),
    with_part=words("又"),
    points_of_share=("个百分点", "個百分點", "百分点", "百分點"),
    tenths=words("成"),
    no_tenths=words("为 為 功 立 长 長 员 員 果 本 就 交 熟 分 年 份 都 绩 績 人 千 万 了"),
    discounts=words("折"),
    half_price=words("对折 對折"),
    price_verbs=words("打"),
    ordinal_prefixes=words("第"),
)

# Limits and hedges

_BOUNDS = BoundWords(
    leads=meanings(
        {
            (Bound.MORE_THAN, None): """
超过|超出|逾|高于|大于|多于|突破|超|超過|高於|大於|多於""",
            (Bound.AT_LEAST, None): """
至少|不少于|不低于|不小于|不小於|不少於|不低於|大于等于|大于或等于|大於等於|大於或等於|高于或等于|等于或大于|起码|最少|
最低|不下|少说|足足|不得少于|不得低于|不应少于|不应低于|不能少于|不能低于|不可少于|不可低于|不会少于|不会低于|未少于|未低于""",
            (Bound.LESS_THAN, None): "不到|少于|低于|小于|不足|未满|不满|小於|少於|低於|未滿|不滿",
            (Bound.AT_MOST, None): """
至多|最多|不超过|不高于|不多于|多达|长达|長達|最高|顶多|高达|不大于|不大於|不超過|不高於|小于等于|小于或等于|小於等於|小於或等於|
低于或等于|等于或小于|不过|不過|不得超过|不得多于|不得高于|不得大于|不应超过|不应高于|不应多于|不能超过|不能多于|不能高于|
不可超过|不准超过|不会超过|未超过|没有超过|没超过|从未超过""",
            (None, Hedge.ABOUT): """
大约|约|大概|约莫|大約|約|約莫|大致|左近|差不多|约为|估计|约合|上下|概|约有|约占|约达|约需|大约有|大概有""",
            (None, Hedge.NEARLY): "近|将近|接近|几乎|几近|快到|逼近",
            (None, None): "仅|仅仅|只有|区区|共|总共|一共|合计|整整|整|等于|等於|正好|恰好|刚好|剛好",
            (Bound.MORE_THAN, Hedge.JUST_OVER): "略高于|刚过",
            (Bound.LESS_THAN, Hedge.NEARLY): "略低于",
        }
    ),
    trails=meanings(
        {
            (Bound.AT_LEAST, None): "以上|及以上|或以上|或更多|或者更多|或者以上|起|之上|或更高",
            (
                Bound.AT_MOST,
                None,
            ): "以下|及以下|或以下|或更少|或者更少|或者以下|以内|以內|之内|之內|内|內|封顶|或更低|之下",
            (None, Hedge.ABOUT): "左右|上下|前后|前後|光景",
            (Bound.MORE_THAN, Hedge.JUST_OVER): "多|余|餘|有余|出头|出頭",
            (Bound.LESS_THAN, None): "不到",
            (None, None): "之间|之間|不等",
        }
    ),
    # 3天不到就到了 limits the days, 40人不到场 says who stayed away.
    clause_ends=words("不到"),
    next_clauses=words("就 便 即 的 时 時"),
    # 五年内部署 is "deploy within five years", 五年内部收益率 the rate of return of five years.
    inside=dict.fromkeys(
        "内內", ("部收", "部人", "部控", "部审", "部管", "政", "容", "地", "蒙", "存", "外", "需", "陆", "镜", "科")
    ),
    openings={
        **dict.fromkeys(("从", "從"), ("到", "至")),
        **dict.fromkeys(("介于", "介於", "在", "位于", "位於", "处于"), ("和", "与", "與", "到", "至")),
    },
    open_ends=words("从 從"),
    exact=words("正好 恰好 刚好 剛好"),
    joiners=words("到 至 或"),
    alternatives=words("或"),
    pair_joiners=words("和 与 與 跟 及"),
    pair_ends=words("之间 之間 中间 中間"),
    sides=words("， 、 且 但 并且 而且 但是 又 同时 而"),
    negatives=words("负 負 零下"),
)

_MARGINS = MarginWords(
    signs=words("正负 正負"),
    kinds={
        **dict.fromkeys(("标准差", "標準差"), MarginKind.STANDARD_DEVIATION),
        **dict.fromkeys(("标准误", "標準誤"), MarginKind.STANDARD_ERROR),
        **dict.fromkeys(("置信区间", "信賴區間"), MarginKind.CONFIDENCE_INTERVAL),
        **dict.fromkeys(("误差", "誤差", "误差范围"), MarginKind.NOT_STATED),
    },
    fillers=words("为 為 是 ，"),
)

# Units and money

_TENTH, _CENT = Decimal("0.1"), Decimal("0.01")
_UNITS = UnitWords(
    measures=measures("""
fraction 0.01 百分点 個百分點 个百分点; fraction 0.0001 基点 基點 个基点 個基點;
ms 毫秒; century 世纪 世紀 个世纪 個世紀; multiple 倍; USD 美元 美金 美圆 美圓 刀; EUR 欧元 歐元; GBP 英镑 英鎊 镑 鎊;
JPY 日元 日圆 日圓 円; CNY 元 圆 圓 块 塊 块钱 塊錢 人民币 人民幣; HKD 港元 港币 港幣;
TWD 台币 新台币 台幣 新台幣 臺幣 新臺幣; INR 卢比 盧比 印度卢比 印度盧比; KRW 韩元 韓元 韩圆 韓圓; CHF 瑞士法郎 法郎;
RUB 卢布 盧布 俄罗斯卢布; CAD 加元 加拿大元 加币 加幣; AUD 澳元 澳大利亚元 澳币 澳幣; NZD 新西兰元 纽元 紐元;
SGD 新加坡元 新元 坡币; MOP 澳门元 澳門元 葡币; THB 泰铢 泰銖; VND 越南盾; IDR 印尼盾; PHP 菲律宾比索;
MYR 林吉特 马来西亚林吉特; MXN 墨西哥比索; BTC 比特币 比特幣; NGN 奈拉 尼日利亚奈拉; SEK 瑞典克朗; NOK 挪威克朗;
DKK 丹麦克朗 丹麥克朗; BRL 雷亚尔 雷亞爾 巴西雷亚尔; TRY 里拉 土耳其里拉; ZAR 兰特 南非兰特; PLN 兹罗提 波兰兹罗提;
HUF 福林 匈牙利福林; CZK 捷克克朗; ILS 谢克尔; AED 迪拉姆; SAR 里亚尔; KWD 科威特第纳尔; UAH 格里夫纳;
USD 0.01 美分; EUR 0.01 欧分 歐分; GBP 0.01 便士; CNY 0.1 角 毛 毛钱 毛錢; CNY 0.01 分钱 分錢;
JPY 0.01 日本銭 日本钱 銭; RUB 0.01 戈比"""),
    nouns=HAN_NOUNS,
    small_change={
        "CNY": {"角": _TENTH, "毛": _TENTH, "分": _CENT},
        "USD": {"美分": _CENT, "分": _CENT},
        "EUR": {"欧分": _CENT, "歐分": _CENT, "分": _CENT},
        "GBP": {"便士": _CENT},
        "JPY": {"日本銭": _CENT, "日本钱": _CENT, "銭": _CENT},
        "HKD": {"角": _TENTH, "毫": _TENTH, "分": _CENT},
        "TWD": {"角": _TENTH, "分": _CENT},
        "RUB": {"戈比": _CENT},
        **{code: {"分": _CENT} for code in ("AUD", "CAD", "NZD", "SGD")},
    },
    change_joiners=words("又 零"),
    change_ends=words("钱 錢 整 正"),
    tenth_units=words("块 塊"),
    decimal_units=words("米"),
    no_coin={"角": "大星形度落色"},
    money_names={
        **{"人民币": "CNY", "人民幣": "CNY", "港币": "HKD", "港幣": "HKD", "新台币": "TWD", "新臺幣": "TWD"},
        **{"日元": "JPY", "日圆": "JPY", "美元": "USD", "美金": "USD", "欧元": "EUR", "歐元": "EUR", "英镑": "GBP"},
        **{"英鎊": "GBP", "港元": "HKD", "韩元": "KRW", "韓元": "KRW", "澳元": "AUD", "加元": "CAD", "卢布": "RUB"},
    },
    exchanged=words("兑 兌 对 對 换 換"),
    sign_users=countries("""
USD 美国 美國; CAD 加拿大; AUD 澳大利亚 澳洲; NZD 新西兰; SGD 新加坡; HKD 香港; TWD 台湾 臺灣; MXN 墨西哥;
JPY 日本 日元 日圆; CNY 中国 中國 人民币 人民幣; GBP 英国 英國; EGP 埃及; INR 印度; PKR 巴基斯坦"""),
    generic_coins=words("元 圆 圓 块 塊"),
    per=words("每"),
    per_before=words("每"),
    minutes=words("分"),
    clock_parts=pairs("时 hour 小时 hour 分 minute 分钟 minute 秒 second"),
    below_units={"度": "kWh"},
    percentage_points=words("百分点 百分點"),
)

# Figures in running text

_HAN = "一二三四五六七八九十"
_DATES = (
    # Months up to another: 2024年1—6月. Three to six months are 3至6个月.
    rf"(?=\d)(?<!\d)(?<!\d[.,])(?:{YEAR}\s?年\s?)?(?:1[0-2]|0?[1-9])\s?月?\s?[-–—~～至到]\s?(?:1[0-2]|0?[1-9])\s?月份?(?!\d)",
    rf"(?=\d)(?<!\d)(?<!\d[.,]){YEAR}\s?[/／–-]\s?(?:{YEAR}|\d{{2}})\s?(?:财年|財年|财政年度|財政年度|学年|學年|赛季|年度)",
    rf"(?=[\d'’])(?<!\d)(?<!\d[.,])(?:{YEAR}|['’]?\d{{2}})\s?年(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|年[初中底末]|[初中底末]|春|夏|秋|冬))?\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?月(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日号])?",
    rf"(?=\d)(?<!\d)(?<!\d[.,])(?:{YEAR}\s?(?:年\s?)?[-–—~～到至]\s?)?{YEAR}\s?年(?:度|代|级|版|款)?(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|[前后]半年))?(?!前的?\d)",
    r"(?<![零〇一二三四五六七八九])[一二][零〇九八][零〇一二三四五六七八九]{2}\s?年",
    r"(?=\d)(?<![\d个個])(?<!\d[.,])(?:1[0-2]|0?[1-9])\s?月(?:\s?(?:3[01]|[12]\d|0?[1-9])\s?[日号](?!元))?(?:\s?[-–—~～到至]\s?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?[日号])?",
    rf"(?<![{_HAN}百千万几数个個])(?:十[一二]|[{_HAN}])月(?:\s?[{_HAN}]{{1,3}}[日号])?(?!球|亮|饼)",
    r"(?=\d)(?<!\d)(?<!\d[.,])(?:3[01]|[12]\d|[1-9])\s?[日号](?![本内后间间均元趋游程光子常活志历以之新])",
    r"第?[一二三四1-4]\s?季度",
    rf"(?=[\d{_HAN}])(?:(?<!\d)(?<!\d[.,])(?:\d{{1,2}}|[二一十九八]{{1,3}})\s?世纪(?:\s?(?:\d0|[{_HAN}]{{1,2}})\s?年代)?|(?<!\d)(?<!\d[.,])(?:{YEAR}|\d0|[二三四五六七八九]十)\s?年代)",
    rf"(?:上午|下午|晚上|早上|清晨|凌晨|中午|傍晚|夜里|今晚|当晚|午夜|晚间|晚|早)\s?(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?[点时](?:半|整|多)?(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?分)?",
    rf"(?=[\d{_HAN}])(?<![\d{_HAN}])(?<!\d[.,])(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?(?:点钟|点半|点整|时许)",
    r"(?=\d)(?<!\d)(?<!\d[.,])\d{1,2}\s?[点时]\s?\d{1,2}\s?分",
)
_CLAUSE = r"[^，。；：！？,.;:!?\n\d—()（）\"“”]"
_RENMINBI = "人民币|人民幣"
_TABLE_SCALE = "[百千]?[万亿萬億]|[百千]"
_TABLE_MONEY = "美元|元|欧元|歐元|港元|日元|英镑|英鎊"
_PROSE = ProseWords(
    figure_patterns=(
        FigurePattern(
            Reader.CHARACTER_ORDINAL,
            r"第\s?(?:\d[\d,]{0,12}(?:\.\d{1,3})?|[零〇一二三四五六七八九十百千万亿两]{1,12})\s?[百千万亿]{0,3}",
        ),
        FigurePattern(
            Reader.LONE_SCALE,
            (
                r"(?<![\d零〇一二两三四五六七八九十百千万亿几数多半点以之第上.])"
                r"(?<![\d零〇一二两三四五六七八九十几数半]\s)(?P<lead>近|将近|接近|约|超|超过|逾|达|不到)?\s?"
                r"(?P<scales>[百千][万亿]{1,2}|万亿|[百千万亿])\s?"
                r"(?P<unit>美元|元人民币|元|人民币|欧元|英镑|日元|港元|人|名|家|吨|公里|次|个|辆|套|户|亩)"
                r"(?![\u4e00-\u9fff]?[机店])"
            ),
        ),
        FigurePattern(
            Reader.RATIO,
            (
                r"(?<![\d.,零〇一二两三四五六七八九十百千万亿])(?P<first>\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百]{1,3})"
                r"(?P<sign>\s?比\s?)(?P<second>\d{1,4}(?:\.\d)?|[一二两三四五六七八九十百]{1,3})"
                r"(?![\d.,零〇一二两三四五六七八九十百千万亿%％年月日倍]|\s?[大小多少高低])"
            ),
            needs=("比",),
        ),
        FigurePattern(
            Reader.RATIO,
            r"(?P<first>[一二三四五六七八九])(?P<sign>)(?P<second>[一二三四五六七八九])(?=开|分成|分账|分潤|分润)",
            needs=("开", "分"),
        ),
        FigurePattern(
            Reader.DOUBLINGS,
            (r"翻(?:了|上)?(?P<times>[一两二三四五六七八]|[1-8])?(?:番|(?<=翻)倍)"),
        ),
        FigurePattern(
            Reader.HALF,
            r"(?P<lead>超过|超|不到|近|约|将近|接近|大约|至少|逾|几乎)?(?:一半|半数)(?P<trail>以上|左右|以下)?(?!会|天|儿|时)",
        ),
    ),
    dates=_DATES,
    clock_leads=words("于 在 至 到"),
    duration_words=words("用时 耗时 历时 时长 成绩为"),
    duration_nouns=words("用时 耗时 历时 时长 片长"),
    ratio_nouns=words("比例 比为 之比 比率 配比 杠杆 赔率"),
    score_words=words("战胜 击败 比分 逆转 战平 踢平 大胜 险胜 完胜 惜败 不敌 憾负 取胜 获胜 主队 客队 比赛 决赛 进球"),
    picture_units=words("像素"),
    repeated_lengths=words("接力"),
    label_prefixes=words("""
图 表 注 例 式 第 前 附 录 标普 沪深 富时 罗素 日经 中证 上证 科创 道琼 财富 引用 版本 型号 编号 公式 附录 步骤 级别
等级 阶段 章节 脚注 注释 页码 排名 序号 房间 航班 前十 代号 卷号 期号 参见 详见 前言 附件 附表 附图"""),
    addresses=(
        r"[路街道巷弄里村园](?P<number>(?:\d{1,5}[弄巷支])*(?:\d{1,5}|[一二三四五六七八九十百]{1,4})号)(?![人线])",
        r"(?<![\d.,])(?P<number>(?:3[2-9]|[4-9]\d|\d{3,4})号)(?![人线元])",
    ),
    place_ends=words("市 县 区 镇 乡 州 屯"),
    label_trails=words("室"),
    lone_labels=words("例 式 前 录 表 注"),
    before_labels=frozenset("见見如参參附下上看据從从照在与和及"),
    label_links=words("和 、 与 及"),
    no_ordinals=frozenset("章节页条款项图表步期版届集卷季行列段轮回次代层级类号课讲部篇排位名天周年"),
    idioms=words("""
一些 一样 一种 一般 一定 一切 一下 一点 一边 一方面 一直 一起 一旦 一致 一向 一律 一再 一味 一同 一道 一贯 一带一路
一系列 一会儿 一体 一线 一流 一级 一心 一言 一举 一度 一番 一时 一面 一头 一路 一手 一员 一代 一环 一旁 一口气 一如
一概 一股 一连 一连串 一团糟 统一 万一 唯一 第一 之一 某一 同一 单一 逐一 每一 任一 这一 那一 另一 下一 上一 进一步
一步 专一 归一 星期一 周一 百度 百姓 百货 百科 百分百 百搭 百般 老百姓 百业 百家 百事 百合 百变 百余年来 千万别 千万不
千万要 千万记 千方百计 千奇百怪 千篇一律 千禧 千变万化 千里 万事 万物 万能 万维 万科 万达 万幸 万岁 万众 万象 万分感
数据 数字 数量 数目 数额 数学 数组 数值 数码 多数 少数 次数 人数 倍数 指数 系数 参数 函数 总数 基数 分数 整数 小数点
岁数 位数 半数以 数一数 数得 半天 半导体 半岛 半决赛 半径 半路 半夜 大半 多半 下半年 上半年 上半场 下半场 后半 前半
半信半疑 一知半解 半吊子 半成品 三星 三方 三思 三角 三明治 三文鱼 三国 三亚 三峡 三农 再三 三心二意 举一反三 不三不四
接二连三 丢三落四 三七 二手 二维 二氧化碳 二进制 二次元 二线 二级 二元 二战 二代 二把手 一期 二期 三期 四期 二选一
六安 六盘水 五台山 五指山 七台河 七匹狼 三门峡 三里屯 八里台 九寨沟 四平 四会 五常 六合 万宁 千岛湖 百色
四川 四处 四周 四面 四季 五花八门 五角大楼 五星 五金 五官 五四 六神 七上八下 乱七八糟 八卦 九江 九牛一毛 九死一生 十分
十足 十全 十字 十四五 十五五 十三五 双十一 双十二 五一 六一 十一黄金周 十一长假 周二 周三 周四 周五 周六 星期二 星期三
星期四 星期五 星期六 礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 两极 两岸 两性 两者 两难 两旁 两手 两端 两院 两会 两侧
俩 三者 四大会计 两面 两头 一分不剩 一分为二 一半会 一时半会 半会 几乎 几何 几率 几经 几时 茶几 上一代 上述 上市 上涨
上升 上线 上周 上月 上年 上海 上班 上半 上个 上千万不 年复一年 日复一日 一年一度 一日 一天到晚 有一天 一天天 一次性
一把 一份子 一帮 一群 一堆 一阵 一概而论 一笔带过 一言以蔽之 一五一十 一二线 三四线 一线城市 二线城市 三线城市 一季度
二季度 三季度 四季度 一季报 三季报 零售 零件 零部件 零食 零碎 零星 零头 零和 点对点 半点 一对一 一夜 一夜之间 万不得已
一模一样 七夕 九成九 四舍五入 三点式 零工 零日 千家万户 一国两制 三权 三八 一站式 一揽子 一把手 一刀切 一窝蜂 一目了然
一席 一眼 两眼 一瞬 一齐 一塌糊涂 一落千丈 上下文 十亿分之 一百八十度"""),
    idiom_breaks={"七": "开分", "四": "开分", "分": "之钟", "星": "期", "点": "零一二三四五六七八九", "时": "间"},
    part_idioms={"之一": "分", "一番": "翻了"},
    up_to=frozenset("以之早晚路网线身手向往史马世"),
    pointers=frozenset("每这那某任另同唯逐哪"),
    each=words("每"),
    change_verbs=words("""
升 上升 升高 攀升 提升 回升 增 增加 增长 增長 增至 激增 涨 漲 上涨 上漲 暴涨 扩大 擴大 提高 上调 上調 调高 翻番 加快 降
下降 降低 下滑 下跌 跌 暴跌 回落 减 減 减少 減少 缩减 縮減 缩小 缩短 削减 下调 下調 调低 放缓 收窄 变"""),
    change_openings=words("从 從 由 自"),
    change_ends=words("至 到 为 為"),
    change_amounts=words("了"),
    before_changes=(
        r"(?:涨幅|漲幅|跌幅|增幅|降幅|升幅|减幅|增速|增长率|增長率)(?:约|为|為|达|达到|高达|超|超过|近)*\s?$",
    ),
    before_earlier=(
        r"[（(](?:19|20)\d\d\s?年(?:度|同期)?\s?[：:]\s?$",
        r"(?:上年|去年|前年|上年度|上一?季度?|上月|上期|往年)(?:度|同期|同月|同日)(?:数|值)?(?:仅|约|则)?(?:为|是)?\s?$",
    ),
    share_points=words("基点 基點 个基点 個基點 百分点 百分點 个百分点 個百分點 点 點"),
    alternatives=words("甚 至 甚至 或"),
    periods=pairs("""
每天 day 每日 day 每周 week 每月 month 每季度 quarter 每年 year 每小时 hour 每个月 month 每分钟 minute 每秒 second
月薪 month 月租 month 月费 month 月費 month 年薪 year 年租 year 年费 year 年費 year 周薪 week 日薪 day 时薪 hour
时薪 hour 時薪 hour 时速 hour 時速 hour
月均 month 年均 year 日均 day 一年 year 一个月 month 一天 day 一周 week 一小时 hour"""),
    near_periods=words("一 均"),
    done=words("了"),
    before_verbs=words("最多 至少 至多 最少 起码 顶多"),
    no_verbs=words("的 和 与 或 在 从 比 第 每 这 那 各 让 使 是否 因为 数"),
    per_patterns=(
        (
            r"每\s?(?P<scale>[十百千]?[万亿]|[百千])?\s?"
            r"(?P<noun>[A-Za-z]{2,20}|平方米|立方米|平方公里|公里|公顷|[股人桶吨户台辆次套张份公斤升杯页条个亩米株头只床天]{1,2})"
            rf"(?P<gap>{_CLAUSE}{{0,8}})$"
        ),
    ),
    table_references=words("附注 附註 注释 页码 序号 编号"),
    list_links=words("和 与 與 及 以及 或"),
    stating_verbs=words("为 是 達 达"),
    ratio_links=(r"[^，。；\d]{0,6}(?:换|撬动|带动|拉动|获得|得到|产生|收回|回报)[^，。；\d]{0,3}",),
    ratio_openings=(r"每(?:投入|花费|支出|花|借出)?\s?$",),
    table_units=words("单位 單位 計量單位 计量单位"),
    table_counts=words("个 数量"),
    counting_rows=words("人数 户数 数量"),
    table_exceptions=(r"(?P<rows>每股[^)）\n\t|;；]{0,20})除外",),
    table_rates=("每",),
    table_notes=words("注 註 附注 附註 说明 說明 来源 來源"),
    table_ratios=(
        "(?:率|占比|比例|比重|比率|天数|天數|倍数|倍數|同比|环比|年限|期限)$",
        "(?:率|比例|占比|比重)[（(]",
    ),
    period_forms=(
        r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<first>1[0-2]|0?[1-9])\s?(?:月\s?)?[-–—~至]\s?(?P<m>1[0-2]|0?[1-9])\s?月份?",
        r"(?P<y>(?:19|20)\d\d)\s?年\s?第?(?P<q>[1-4])\s?季度?",
        r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>1[0-2]|0?[1-9])\s?月份?",
        r"(?P<y>(?:19|20)\d\d)\s?年\s?第?(?:(?P<q1>一)|(?P<q2>二)|(?P<q3>三)|(?P<q4>四))季度?",
        r"(?P<y>(?:19|20)\d\d)\s?年\s?(?:(?P<h1>上半年)|(?P<h2>下半年))",
    ),
    table_scales=(
        rf"(?:单位|單位|金额单位|金額單位)(?:\s?[:：]\s?|为|為)(?:{_RENMINBI})?(?P<scale>{_TABLE_SCALE})(?P<currency>{_TABLE_MONEY})?",
        rf"[（(](?:{_RENMINBI})?(?P<scale>[百千]?[万亿萬億]|百萬|千)(?P<currency>{_TABLE_MONEY})[)）]",
        rf"(?:{_RENMINBI})(?P<scale>{_TABLE_SCALE})(?P<currency>元)(?=\s*[)）|\t\n]|\s*$)",
    ),
    inside=words("里 中"),
    inside_fillers=("就", "有"),
)
_MEASURING = words("""
米 公里 千米 厘米 毫米 纳米 微米 公斤 千克 克 毫克 微克 吨 噸 万吨 升 毫升 公顷 亩 平方米 平方公里 平方千米 平方英尺
立方米 摄氏度 华氏度 度 千瓦 兆瓦 吉瓦 瓦 千瓦时 度电 里 斤 英里 英尺 英寸 英亩 海里 桶 分贝 赫兹 兆赫 吉赫 字节 伏 千伏
安 焦耳 卡 千卡 大卡 帕 毫米汞柱 马力 牛米 克拉 位数""")
_NOUNS = NounWords(
    no_nouns=words("分之 半 上 成 折"),
    physical=_MEASURING,
    powers={"平方": 2, "立方": 3},
    classifiers={
        **dict.fromkeys(
            "个款种项条张台辆座间所件套份篇本部批组队架艘枚颗粒块支枝根头只匹棵株处类门场届例起宗笔则封幅把双对副层栋幢班列"
            "趟首盒箱瓶杯片滴股轮次遍眼",
            "",
        ),
        **{"场次": "", "家": "company", "名": "person", "位": "person", "口": "person"},
        **{"段": "段", "句": "句", "步": "步", "户": "household", "戶": "household"},
    },
    counting_trails=words("起"),
    loose_classifiers=words("块"),
    counted=words("""
模型 产品 实验室 银行 律师 公关 体系 项目 城市 国家 地区 省份 学校 大学 医院 学生 考生 教师 老师 医生 患者 病人 病例
居民 家庭 住宅 住房 房屋 房源 套房 车辆 汽车 电动车 飞机 航班 球队 球员 选手 运动员 比赛 进球 奖牌 金牌 银牌 铜牌 芯片
晶圆 工厂 晶圆厂 企业 初创公司 创业公司 子公司 供应商 客户 用户 订户 会员 员工 工人 工程师 研究员 研究人员 科学家 专家
记者 读者 观众 论文 报告 文件 文章 书 书籍 专利 合同 订单 交易 账户 账号 请求 查询 令牌 词元 参数 数据中心 服务器 显卡
机器人 岗位 职位 工作岗位 就业岗位 人员 人口 人 男子 女子 儿童 成年人 老人 军人 士兵 警察 官员 议员 代表 成员 成员国
国 门店 店铺 商店 餐厅 酒店 房间 床位 座位 席位 票 门票 议席 选民 选票 机构 组织 团队 部门 分支 网站 应用 软件 版本
功能 任务 问题 案件 事故 事件 火灾 地震 台风 电站 风机 水库 桥梁 道路 隧道 车站 地铁站 线路 图书馆 博物馆 公园 树 树木
物种 动物 鱼 鸟 牛 猪 羊 鸡 手机 电脑 设备 机器 电池 充电桩 节点 样本 试验 实验 受试者 志愿者 基因 细胞 疫苗 剂 药物
药品 股东 投资者 投资人 基金 股票 股 债券 贷款 建筑 大楼 公寓 单位 反驳 理由 因素 阶段 方面 选项 方案 策略 措施 步骤
原因 特点 类型 类别 标准箱 集装箱"""),
    immediate=_MEASURING | words("页 票 字 元 点 分 班次 车次 架次 平 胎 折 桌 行"),
    run_ends=frozenset(
        "的了在是和与及或都也就把被从向对于为有能会要可不没用已将还再又则而且但因所以其这那每各某该此之到至给让使由比跟"
        "尚均已曾仍未皆需须应必却便亦"
        "同并即仅只才很更最约超近达占共参加获得支付付烧投来去上下中内外后前间里时挺只就太非"
    ),
    attribute_ends=words("度 率 量 额 值 长 宽 厚 重 积 數 数"),
    joined=words("""
公共 空间 房间 高中 初中 上市 在职 在线 在校 对手 用户 时装 外资 内资 中学 中心 中国 上海 加州 投手"""),
    adjective_forms=words("大型 小型 中型 大中型 中小型 重型 轻型 微型 巨型 新型 老式 新式"),
    adjectives=frozenset("大小新老旧好坏多真假高低男女外"),
)
_CUES = CueWords(
    negating=phrases("不是|并非|并不是|而不是|没有|从未|绝非"),
    stances={
        Stance.HYPOTHETICAL: phrases("如果|假如|假设|假定|倘若|要是|设想|比方说|假使|即使|例如|比如"),
        Stance.ASSUMED: phrases("假定为|姑且|暂且按|按照假设"),
        Stance.ALLEGED: phrases("指控|据称|涉嫌|声称|控诉|所谓|指责"),
        Stance.PROJECTED: phrases("预计|预测|预期|计划|将会|将达|有望|目标|预估将|料将"),
        Stance.ESTIMATED: phrases("估计|估算|推算|大概|可能|或许|粗略|粗算|猜测|也许"),
        Stance.MEASURED: phrases("实测|测得|测量|统计|审计|调查|清点|记录到|抽样"),
        Stance.DERIVED: phrases("也就是|意味着|相当于|因此|所以|等于|算下来|合计|折合|推出|由此"),
        Stance.REPORTED: phrases("""
据报道|报道|据悉|据了解|据统计|据估计|表示|宣布|披露|透露|指出|称|说|写道|公布|引用"""),
    },
    scopes={
        "status": {"plan": phrases("计划|预算"), "actual": phrases("实际")},
        "payment": {"announced": phrases("宣布|承诺"), "paid": phrases("支付|实付|拨付")},
    },
    price_years=phrases("{year} 年价格|{year}年价格|{year} 年不变价|{year}年不变价"),
    saying=phrases("""
表示|指出|认为|估计|估算|宣布|披露|透露|预计|预测|报道|称|说|写道|发现|公布|测算|声称|承认|介绍|通报|坦言|回应|解释|强调|补充|告诉"""),
    attributing=phrases("根据|按照|据|来自|引用"),
    no_voices=words("他 她 我们 他们 有人 大家 作者 这 该公司"),
    before_attributing=words("数 证 占"),
    behind_attributing=words("点 此"),
    after_voice=phrases("的|，|,|报道|统计|数据|测算|估计|调查"),
    subject_ends=frozenset(
        "的了是在有和与及或为约就都也很把被将从到对于向以其这那个些们之而但又再还只每共达到超过不足它他她我你您要能会可让使去来"
        "给做用花掉跌涨降升才"
    ),
)

ZH = Language(
    code="zh",
    script=r"[\u4e00-\u9fff]",
    character_numerals=_NUMERALS,
    bounds=_BOUNDS,
    margins=_MARGINS,
    units=_UNITS,
    prose=_PROSE,
    nouns=_NOUNS,
    cues=_CUES,
    sentences=SentenceMarks(ends=words("。 ！ ？")),
)
"""Chinese, as it is written in China, Taiwan, Hong Kong and Singapore."""
