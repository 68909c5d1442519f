"""Chinese characters and words by which numbers are read: numerals, scales, measure words, idioms and stop words.

Tables only; simplified, traditional and formal characters.
"""

DIGITS = {
    **{"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "两": 2},
    **{"壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "貳": 2, "參": 3, "陸": 6},
    **{"兩": 2, "俩": 2, "倆": 2, "仨": 3, "弌": 1, "弍": 2, "弎": 3, "贰": 2, "叄": 3, "参": 3, "幺": 1},
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
TWENTIES = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12, "萬": 10**4, "億": 10**8}
VAGUE = frozenset(("几", "数", "幾", "數", "若干", "好几", "好幾"))
MORE = frozenset(("多", "余", "餘", "有余", "有餘"))
"""Behind a number: and some more."""
LEADS = frozenset(("近", "将近", "將近", "约", "約", "大约", "大約", "逾", "超", "超过", "超過", "不到", "不足"))
"""Before 百, 千, 万 and 亿 these say that a number follows, though nobody counted how many of them."""
POINT = frozenset(("点", "點"))
DOZENS = {"打": 12}
COUNTERS = frozenset("个個名位家条條份次台张張件只隻辆輛本项項款起座艘枚支")
"""Words between a number and what is counted."""
PARTS = ("分之",)
SHARES = ("个百分点", "個百分點", "百分点", "百分點")
"""Percentage points; blanks may stand between their characters."""
HALF_PRICE = ("对折", "對折")
ORDINAL_PREFIXES = frozenset("第")
"""Before a number these make an ordinal of it."""
NO_SHARE = frozenset("为為功立长長员員果本就交熟分年份都绩績人千万了")
"""Behind 成 these make another word of it than "tenths"."""
NO_JIAO = frozenset("大星形度落色")
"""Behind 角 these make another word of it than "a tenth of a yuan"."""

WORDS = frozenset(
    {
        *TWENTIES,
        *DOZENS,
        *SHARES,
        *HALF_PRICE,
        *PARTS,
        "每",
        "成",
        "折",
        "半",
        "上",
        "从",
        "從",
        "介于",
        "介於",
        "在",
        "位于",
        "位於",
        "处于",
    }
    | {
        "和",
        "与",
        "與",
        "到",
        "至",
        "个",
        "個",
        "又",
        *ORDINAL_PREFIXES,
        "来",
        "成百上千",
        "成千上万",
        "成千上萬",
        "数以百计",
    }
    | {"数以千计", "数以万计", "数以亿计"}
)
"""All other words that a number is made of or stands between, for cutting a run of characters into words."""
VAGUE_IDIOMS = {
    "成百上千": 100,
    "成千上万": 1000,
    "成千上萬": 1000,
    "数以百计": 100,
    "数以千计": 1000,
    "数以万计": 10**4,
} | {"数以亿计": 10**8}
"""Fixed words for an unsaid number of these."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IDIOMS = _words("""
一些 一样 一种 一般 一定 一切 一下 一点 一边 一方面 一直 一起 一旦 一致 一向 一律 一再 一味 一同 一道 一贯 一带一路
一系列 一会儿 一体 一线 一流 一级 一心 一言 一举 一度 一番 一时 一面 一头 一路 一手 一员 一代 一环 一旁 一口气 一如
一概 一股 一连 一连串 一团糟 统一 万一 唯一 第一 之一 某一 同一 单一 逐一 每一 任一 这一 那一 另一 下一 上一 进一步
一步 专一 归一 星期一 周一 百度 百姓 百货 百科 百分百 百搭 百般 老百姓 百业 百家 百事 百合 百变 百余年来 千万别
千万不 千万要 千万记 千方百计 千奇百怪 千篇一律 千禧 千变万化 千里 万事 万物 万能 万维 万科 万达 万幸 万岁 万众 万象
万分感 数据 数字 数量 数目 数额 数学 数组 数值 数码 多数 少数 次数 人数 倍数 指数 系数 参数 函数 总数 基数
分数 整数 小数点 岁数 位数 半数以 数一数 数得 半天 半导体 半岛 半决赛 半径 半路 半夜 大半 多半 下半年 上半年 上半场
下半场 后半 前半 半信半疑 一知半解 半吊子 半成品 三星 三方 三思 三角 三明治 三文鱼 三国 三亚 三峡 三农 再三 三心二意
举一反三 不三不四 接二连三 丢三落四 三七 二手 二维 二氧化碳 二进制 二次元 二线 二级 二元 二战 二代 二把手
一期 二期 三期 四期
二选一 四川 四处 四周 四面 四季 五花八门 五角大楼 五星 五金 五官 五四 六神 七上八下 乱七八糟 八卦 九江 九牛一毛
九死一生 十分 十足 十全 十字 十四五 十五五 十三五 双十一 双十二 五一 六一 十一黄金周 十一长假 周二 周三 周四 周五
周六 星期二 星期三 星期四 星期五 星期六 礼拜一 礼拜二 礼拜三 礼拜四 礼拜五 礼拜六 两极 两岸 两性 两者 两难 两旁 两手
两端 两院 两会 两侧 俩 三者 四大会计 两面 两头 一分不剩 一分为二 一半会 一时半会 半会 几乎 几何 几率 几经 几时
茶几 上一代 上述 上市 上涨 上升 上线 上周 上月 上年 上海 上班 上半 上个 上千万不 年复一年 日复一日 一年一度 一日
一天到晚 有一天 一天天 一次性 一把 一份子 一帮 一群 一堆 一阵 一概而论 一笔带过 一言以蔽之 一五一十 一二线 三四线
一线城市 二线城市 三线城市 一季度 二季度 三季度 四季度 一季报 三季报 零售 零件 零部件 零食 零碎 零星 零头 零和
点对点 俩 半点 一对一 一夜 一夜之间 万不得已 一模一样 七夕 九成九 四舍五入 三点式 零工 零日 千家万户 一国两制 三权
三八 一站式 一揽子 一把手 一刀切 一窝蜂 一目了然 一席 一瞬 一齐 一塌糊涂 一落千丈 上下文 十亿分之 一百八十度
""")
"""Words that hold the sign of a number and count nothing."""

_BARE = """
个 款 种 项 条 张 台 辆 座 间 所 件 套 份 篇 本 部 批 组 队 架 艘 枚 颗 粒 块 支 枝 根 头 只 匹 棵 株 处 类 门 场 届
场次 例 起 宗 笔 则 封 幅 把 双 对 副 层 栋 幢 班 列 趟 首 盒 箱 瓶 杯 片 滴 股 轮 次 遍
"""
MEASURE_WORDS = {
    **dict.fromkeys(_BARE.split(), ""),
    **{"家": "company", "名": "person", "位": "person", "口": "person", "人次": "person"},
    **{"段": "段", "句": "句", "步": "步", "户": "household"},
}
"""Measure words, and what they count where no noun stands behind them."""

COUNTED_NOUNS = _words("""
模型 产品 实验室 银行 律师 公关 体系 项目 城市 国家 地区 省份 学校 大学 医院 学生 考生 教师 老师 医生 患者 病人 病例
居民 家庭 住宅 住房 房屋 房源 套房 车辆 汽车 电动车 飞机 航班 球队 球员 选手 运动员 比赛 进球 奖牌 金牌 银牌 铜牌 芯片
晶圆 工厂 晶圆厂 企业 初创公司 创业公司 子公司 供应商 客户 用户 订户 会员 员工 工人 工程师 研究员 研究人员 科学家
专家 记者 读者 观众 论文 报告 文件 文章 书 书籍 专利 合同 订单 交易 账户 账号 请求 查询 令牌 词元 参数 数据中心
服务器 显卡 机器人 岗位 职位 工作岗位 就业岗位 人员 人口 人 男子 女子 儿童 成年人 老人 军人 士兵 警察 官员 议员 代表
成员 成员国 国 门店 店铺 商店 餐厅 酒店 房间 床位 座位 席位 票 门票 议席 选民 选票 机构 组织 团队 部门 分支 网站
应用 软件 版本 功能 任务 问题 案件 事故 事件 火灾 地震 台风 电站 风机 水库 桥梁 道路 隧道 车站 地铁站 线路 图书馆
博物馆 公园 树 树木 物种 动物 鱼 鸟 牛 猪 羊 鸡 手机 电脑 设备 机器 电池 充电桩 节点 样本 试验 实验 受试者 志愿者
基因 细胞 疫苗 剂 药物 药品 股东 投资者 投资人 基金 股票 股 债券 贷款 建筑 大楼 公寓 单位 反驳 理由 因素 阶段 方面
选项 方案 策略 措施 步骤 原因 特点 类型 类别
""")
"""Nouns that are often counted, so that their end is seen."""

MEASUREMENT_UNITS = _words("""
米 公里 千米 厘米 毫米 纳米 微米 公斤 千克 克 毫克 吨 万吨 升 毫升 公顷 亩 平方米 平方公里 平方千米 平方英尺 立方米
摄氏度 华氏度 度 千瓦 兆瓦 吉瓦 瓦 千瓦时 度电 里 斤 英里 英尺 英寸 英亩 海里 桶 分贝 赫兹 兆赫
吉赫 字节 伏 安 焦耳 卡 千卡 大卡 帕 毫米汞柱 马力 牛米 克拉 位数
""")
"""Units of measurement."""

PAGES = _words("页 票 字 元 点 分 人次 班次 车次 场次 架次 平 胎 折 步 桌 行")
"""Nouns that stand right behind a number without a measure word."""

STOPS = frozenset(
    "的了在是和与及或都也就把被从向对于为有能会要可不没用已将还再又则而且但因所以其这那每各某该此之到至给让使由比跟"
    "同并即仅只才很更最约超近达占共参加获得支付付烧投来去上下中内外后前间里时挺只就太非"
)
"""Characters that end a run that may name what is counted."""

JOINED = _words("公共 空间 房间 高中 初中 上市 在职 在线 在校 对手 用户 时装 外资 内资 中学 中心 中国 上海 加州 投手")
"""Words in which such a character ends nothing."""

LABELLED = frozenset("章节页条款项图表步期版届集卷季行列段轮回次代层级类号课讲部篇排位名天周年")
"""Behind 第 and a number: a label, whatever the number is; all else may be an ordinal."""

BEFORE_LABELS = frozenset("图表注例式第前附录")
"""Signs before a number that make it a label."""

WORDS_BEFORE_LABELS = _words("""
标普 沪深 富时 罗素 日经 中证 上证 科创 道琼 财富
引用 版本 型号 编号 公式 附录 步骤 级别 等级 阶段 章节 脚注 注释 页码 排名 序号 房间 航班 前十 代号 卷号 期号 参见
详见 前言
""")
"""Words of two signs that make the number behind them a label."""
