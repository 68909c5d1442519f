"""What the figures of a Chinese sentence measure: the words of a clause between its time and its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.intake.draft.named_figure import Name, NamedFigure, Naming, Relation
from kb.numbers.scan import ChangeRole
from kb.numbers.table_period import without_periods
from kb.numbers.word_tables import words

_BREAK = re.compile(r"[，。；：！？,;:!?（）()“”「」\n]")
_TIMES = re.compile(
    r"(?:截至|截止|至|到|自|从|在)?(?:今年|去年|前年|明年|当年|全年|上年|本年|同期|当前|目前|此前|近日|年初|年底"
    r"|年末|月底|月末"
    r"|上半年|下半年|第?[一二三四1-4]季度|\d{1,2}月份?(?:\d{1,2}日)?|[春夏秋冬]天|这一年|一年来"
    r"|[一二三四五六七八九十两]年[内间]?|从前|过去|如今|现在|眼下|(?:春节|国庆|五一|元旦|中秋|假期|暑期|寒假|暑假|审计|报告|检查)"
    r"期间|(?:春节|国庆|五一|元旦|中秋)(?:假期|长假)?(?=前|后|以来)"
    r"|一(?:天|晚|夜|季)(?=[^\W\d]{2})|工作日|节假日|早高峰|晚高峰)"
    r"(?:底|末|初|里|内|间|以来|之前|前|后|，)?"
)
_HEADS = re.compile(
    r"^(?:其中|而|但是?|并且?|且|此外|另外?有?|同时|与此同时|到(?![位场账期岗达])|在(?![职校册建岗籍编线院读])|从|由|自(?![动来然己主行治驾助费有])|至"
    r"|全[国省市县区镇乡村校院厂](?=[^\W\d])|全|共有?|也|又|还|则|仍|已经?|这些|这|那|该|上述|原(?=计划|本|定)"
    r"|实际上|因此"
    r"|只要|只有|他|她|它|们|我们|他们|说|称|表示|认为|指出|按|据|约有|大约|有|是|的|、|\s|实地|现场|陆续|先后|更是|单是|正在"
    r"|拟(?=[^\W\d]{2})|仅(?=[^\W\d]{2})|只(?=[^\W\d]{2})|应(?=[建完配])|要(?=[建完])|审计(?=抽查|核查|发现|认定)"
    r"|[省市县区镇乡村][里内](?=[^\W\d]{2})|比(?=新增|增|减)|把|将(?=[^\W\d]{2})|再(?=[^\W\d])|这[条个座项家所台](?:线路|项目|工程)?)+"
)
_TAILS = re.compile(
    r"(?:分别|总共|共计|共有|共|约为|大约|约|接近|将近|近|超过|超|高达|达到|达|为|是|只剩下?|剩下?|只有|仅有|仅"
    r"|有着|有|(?<![统合累总会设审估预])计|占到|占|值"
    r"|合计|也就是|了|已|总额|不过|只|每[吨人户座台个亩]|每(?:公斤|千克|立方米|平方米|百公里|公里|人次|千瓦时)|一共"
    r"|(?<!约)定为|至少|至多|最多|最少|不到|不足|(?<![退归偿返])还|就|都|要|会|冲到|更是|从\d*|突破|上下|左右|不[低高少多]于|不超过|每[年月天日次]|一[天年月]"
    r"|(?<![产功性节动效])能|可|再|的是|在"
    r"|上升到|下降到|升至|降至|增至|减至|涨到|涨至|跌到|跌至|升到|降到|增加到|减少到|提高到|扩大到|压到|本可以|可以"
    r"|将|被|把|平均)+$"
)
_MOVED = re.compile(r"(?:[升降增减涨跌缩延扩提冲攀跃压调回][^，\d]{0,2}|攀升|回落|达|改)(?:到|至|为)(?:了|约|近)*$")
"""The verb between the level before a change and that after it: 缩短到, 降至, 提高为."""
_FROM = re.compile(r"(?:从|由|自)的?$")
_SOURCE = re.compile(
    r"^[^，]{0,14}?(?:报告|规划|方案|合同|协议|计划|概算|设计|约定|规定|要求|原来?|此前|当初)*(?:预测|预计|计划"
    r"|估计|估算|设计|约定|要求|目标|预期|承诺|规定)的?$"
)
"""Who foresees or demands a number, and nothing of what it is: 可行性研究报告预测."""
_NAMED = re.compile(r"\d+号(?:线|楼|井|桥|机组|坑|航站楼)(?:[一二三四五六]期)?")
"""The name of a thing with a number in it, which belongs to the scope."""
_YEAR = re.compile(r"(?:19|20)\d\d\s?年(?:\d{1,2}月)?(?:底|末|度)?的?(?=[^\d]|$)")
_METHOD = re.compile(
    r"按照?[^，]{0,4}(?:可比|不变|同口径|同比)[^，]{0,6}?(?:口径|价格?)?(?:计算|测算)?(?=增|减|下|上|提|降|为|$)"
)
_ADJECTIVES = {
    **{"长": "长度", "全长": "全长", "高": "高度", "宽": "宽度", "深": "深度", "重": "重量", "占地": "占地面积"},
    **{"年产": "年产量", "日产": "日产量", "亩产": "亩产量", "时速": "时速", "历时": "时间", "耗时": "耗时"},
}
"""Words before a number that name its measure in one sign or two."""
_QUANTITIES = "量数额率度值价费积"
"""Signs at the end of what is measured; a unit behind the number adds nothing to such a name."""
_LIGHT = words("惠及 完成 实现 取得 达到 拥有 共有 保有")
"""Verbs before what is counted that say nothing about it."""
_ACTOR = re.compile(
    r"^[^，的]{0,9}?(?:局|部门|公司|集团|政府|委员会|财政|医院|学校|村委会|合作社|协会|企业|银行|审计组|中心|茶业|实业|股份"
    r"|单位|机关)(?=(?:实现|拥有|完成|取得|派发|获得|生产|销售|运营|共有|接到|受理|已|共|还|拟|将|又|仅|计划|承诺|实际|累计|投资|投入|支付|拨付|归还|退还|多收|拖欠|抽查|检查|走访|新增|新建"
    r"|采购|建成|发放|安排|筹集|收到|捐赠))"
)
"""Who does something, before the verb."""
_CREDITOR = re.compile(
    r"(?<=尚欠|拖欠|欠付|支付|拨付|多收|多付)(?:给)?[^\W\d]{1,3}?(?:单位|企业|公司|供应商|承包商|患者|职工|农户|员工|农民工)"
    r"(?=[^\W\d]{2})"
)
"""To whom money is owed or paid, between the verb and the money."""
_FOR = re.compile(r"^(?:为|给|向|对)[^，]{1,8}?(?=发放|提供|拨付|支付|开展|安排|投入|新增|减免)")
_PLANNED = re.compile(r"^(?:计划|拟|预计)(?=新建|新增|改造|完成|建成|投资|投入|采购|开通|招聘|培训)")
_AGENT = re.compile(r"记者|大户|农户|村民|居民|师傅|老板|书记|主任|工作人员|志愿者|审计|[局厅部司院会队组]$")
"""Who does something, before the verb of a counted thing."""
_CAUSE = re.compile(r"^[^，]{1,8}?(?:造成|导致|引起|带来)(?:的|了)?(?=[^\W\d]{2})")
_TIME_UNITS = re.compile(r"(?:分钟|小时|天|个月|星期|周|秒)$")
_TIME_NAMES = re.compile(r"(?:时间|周期|间隔|日|期|龄|时长|工期|寿命|时)$")
_PER_HEAD = re.compile(r"^(?:人均|户均|亩均|每人|每户|每月|每年|平均|月均|年均)+$")
"""Clauses that say of how many the money before is, and nothing else."""
_PAYING = {"付": "支付", "还": "归还", "欠": "拖欠", "花": "花费", "拨": "拨付", "缺": "尚缺", "投": "投入"}
"""Verbs of money in one sign, and the usual word."""
_WORKERS = re.compile(r"(?:工|员|师|工人|司机|保安|教师)$")
_TOPIC_END = re.compile(
    r"(?:没有|未|不|偏|较|难|滞后|老化|闲置|超|缺|过|严重|下降|上升|增长|减少|仍|存在|违规|被|已|得到|有所|明显|突出|流失)"
)
_UNIT_NOUNS = words("人次 人 户 亩 车次 例 件 起 宗")
"""What is counted in, behind a name that says what is counted."""
_AFFECTED = re.compile(r"[^\W\d的]{2,4}(?:的[^\W\d]{2,3})?(?=被|改[种作建]|已|未|仍|尚|遭|受)")
"""What something happens to, behind an amount of it."""
_STATES = words("合格 不合格 达标 不达标 超标 完好 损坏 空置 闲置 停用 在用 在建 完工 竣工 缺失 到期 逾期")
_DEEDS = words("""
发放 完成 建成 采购 启用 投用 到位 拆除 修复 更换 安装 售出 交付 种植 救治 录取 招聘 关停 开通 通过 整改 修建 改造 检查
抽查 送达 损坏 丢失 报废 死亡 受伤 获救 签约 领取 投放 新增 补贴 出租 出售 报名 到场 返还 退还 归还 审核 受理 办结
建齐 走访 铺设 抽检 查处 收治 培训 帮扶 安置 更新 加固 清理 回收 捐赠 寄出 收到 新建 扩建 改建 修复 打通 接通 开放
流转 改种 种下 收获 采摘 出栏 出动 接诊""")
"""What is done with things that are counted."""
_MONEY_NAMES = re.compile(
    r"(?:补贴|补助|资金|工程款|货款|贷款|欠款|款项|收入|支出|投资|经费|费用|罚款|捐款|税款|租金|工资|奖金|保证金)$"
)
_MONEY_TAIL = re.compile(r"[^\W\d]{2}(?:补贴|补助|资金|工程款|货款|贷款|费用|经费|租金|工资|奖金|费)$")
_FATES = words("""
其余 剩余 追回 收回 退还 返还 支付 拨付 到位 归还 偿还 缴纳 挪用 结余 花掉 用去 支出 使用 尚缺 缺口 承诺 下达 安排 筹集
拖欠 追缴 减免 投入 核减 多付 少付""")
"""What became of money that was named before."""
_WITHHELD = re.compile(r"^(?:尚未|仍未|还未|未能?|没有|从未|不)[^\W\d]{1,8}$")
"""What has not been done with the things that are counted: 3座泵站尚未通电."""
_SHARE_VERB = re.compile(r"占(?:比|到|了|约|近|据|全\w{1,3}的?|总\w{1,3}的?|其\w{0,2}的?)*(?:为|约|近|达|超过?)*$")
_SHARES = ("率", "比", "比例", "比重")
_EXCEEDS = re.compile(r"(?:超出|超支|超过了?|高出|低于?|高于?|多出?|少)(?:了|约|近)*$")
_OWNER = re.compile(
    r"^(?:[^\W\d_]{2,3}[省市县区镇乡](?:第[一二三四五六七八九十])?[^\W\d_]{0,4}?(?:医院|大学|中学|小学|图书馆|局)"
    r"|[省市县区州]?(?:第[一二三四五六七八九十]|人民|中心|中医|妇幼|附属)[^\W\d_]{0,3}?(?:医院|学校|中学|小学)"
    r"|[^\W\d_]{2,6}?(?:集团|公司))(?=[^\W\d_]{2})"
)
"""Whose it is, before what is measured: 江陵市第三医院门诊量."""
_DONE = re.compile(r"的$|^(?:已|未|实际|正常|由|用于|被)|(?:支付|到位|发放|完成|走访)$")
"""What is done with a part of things, and no name of its own."""
_RISE = re.compile(r"(?:增长|增加|上升|提高|上涨|增幅|涨幅|增产|多出|高出|扩大)(?:了|约|近|为|达|幅度|率)*$")
_FALL = re.compile(r"(?:下降|减少|降低|下跌|回落|缩短|降幅|减幅|跌幅|少了|低了|缩小)(?:了|约|近|为|达|幅度|率)*$")
_CHANGES = words("""
增长 增加 上升 提高 上涨 增幅 涨幅 增产 扩大 下降 减少 降低 下跌 回落 缩短 降幅 减幅 跌幅 缩小 减产""")
"""How a change is called; what only compares is called a difference."""
_MORE = re.compile(r"比[^，]{1,20}(?:多|高)[打收产卖赚花用出]?(?:了|约|近)*$")
_LESS = re.compile(r"比[^，]{1,20}(?:少|低)[打收产卖赚花用出]?(?:了|约|近)*$")
_COMPARED = re.compile(
    r"(?:比.{0,12}的?|从|由|而非|而不是|却?不是|并非|高于.{0,8}的?|低于.{0,8}的?|相比.{0,8}的?|(?:上年|去年|同期"
    r"|原来|此前)(?:同期)?(?:为|是|的)?)$"
)
_SPENT = re.compile(r"[花付交赚亏省补赔欠]")
_MONEY = re.compile(r"[价费款额资金本入出润贴薪损预算债税值助]|成本|投资|工资")
_THING = re.compile(r"^(?:一|每)[座台个户人亩吨公斤辆间套张件]+")
_CLASSIFIER = re.compile(r"^(?:[个座台户人名家辆间套张件条处所项只头吨亩次宗笔份位])")
_LONGEST = 14


def names_in_han(sentence: str, figures: Sequence[NamedFigure], naming: Naming) -> list[Name]:
    """The name of each of the ``figures`` of a ``sentence``; ``naming`` is kept up to date."""
    names: list[Name] = []
    for number, figure in enumerate(figures):
        first = figures[number - 1].end if number else 0
        name = _name(sentence, figure, first, naming, names[-1] if names else None)
        names.append(name)
        if name.relation is Relation.OWN:
            naming.remember(figure, name.label)
    return names


def _name(sentence: str, figure: NamedFigure, first: int, naming: Naming, number_before: Name | None) -> Name:
    lead = sentence[: figure.start]
    before = lead[_last_break(lead) :] if _last_break(lead) >= first else sentence[first : figure.start]
    recalled = naming.recalled(figure)
    if dependent := _dependent(figure, before.strip(), recalled, naming, number_before):
        return dependent
    behind = sentence[figure.end :]
    behind = behind[: (_BREAK.search(behind) or re.compile("$").search(behind)).start()]  # type: ignore[union-attr]
    noun = sentence[figure.noun : figure.end] if figure.noun >= 0 else ""
    own = _bare(before)
    is_part = before.rstrip(" 的").endswith("其中") or before.startswith("其中")
    if is_part and (part := _part(before, figure, recalled, naming)):
        return part
    label = _joined(own, noun, behind, before, figure, naming, sentence[figure.start : figure.end])
    if not label and first < _last_break(lead) and (topic := _clause_before(lead, first)):
        label = topic
    if not label and first < _last_break(lead):
        # "占23%": what it is of stands in the clause before.
        label = _carried(before, figure, naming)
    return Name(label or recalled)


def _clause_before(lead: str, first: int) -> str:
    """What the clause before an empty one is about: 全年收入目标不变，仍为100亿元."""
    clauses = [clause for clause in _BREAK.split(lead[first:]) if clause.strip()]
    if not clauses or re.search(r"\d", clauses[-1]) or len(_BREAK.split(lead)[-1]) > 3:
        return ""
    still = re.split(r"(?:保持|基本|维持)?(?:不变|持平|稳定|未变|如下)", clauses[-1])
    return _cut(_bare(still[0])) if len(still) > 1 else ""


def _dependent(
    figure: NamedFigure, before: str, recalled: str, naming: Naming, number_before: Name | None
) -> Name | None:
    """The name of a level, a change or a comparison, which is made of that of a number before it."""
    last = number_before.label if number_before else ""
    is_second = figure.change is ChangeRole.LEVEL_AFTER or _MOVED.fullmatch(before)
    if last and is_second and not _bare(before):
        return Name(last)
    if last and _EXCEEDS.fullmatch(before.strip("，")):
        # By how much 超概算 is exceeded, or how far 实际客流 lies below what was foreseen.
        return Name(f"{last}{'幅度' if figure.kind == 'share' else '差额'}", Relation.CHANGE)
    if recalled and _SOURCE.match(_bare(before)):
        return Name(recalled)
    for pattern in (_RISE, _FALL, _MORE, _LESS):
        if match := pattern.search(before):
            base = _bare(before[: match.start()]) or naming.last.get(naming.last_kind, "")
            kind = match[0][:2] if match[0][:2] in _CHANGES else "差额"
            thing = _without_comparison(base) or recalled or naming.last.get(naming.last_kind, "")
            return Name(f"{thing}{kind}" if thing else "", Relation.CHANGE)
    if recalled and re.search(r"新增(?:了|约|近)*$", before) and len(_bare(before)) <= len("新增"):
        return Name(f"新增{re.sub('总数$', '', _thing_of(recalled))}")
    compared = _COMPARED.search(before)
    if compared and recalled and not _bare(before[: compared.start()]):
        return Name(recalled, Relation.COMPARED)
    return None


def _part(before: str, figure: NamedFigure, recalled: str, naming: Naming) -> Name | None:
    """The name of a part of what was counted before: 其中."""
    whole = naming.last.get(figure.kind, "") or recalled
    part = _bare(re.sub("其中", "", before))
    if part and figure.kind == "share" and _SHARE_VERB.search(before.strip()):
        return Name(f"{part}占比")
    if not whole or figure.noun >= 0:
        return None
    if deed := next((deed for deed in _DEEDS if part.endswith((deed, f"{deed}的"))), ""):
        return Name(f"{deed}的{_thing_of(whole)}", Relation.PART)
    if re.search(r"(?:办|营|型|性|式|类|有|级)$", part):
        return Name(f"{part}的{_thing_of(whole)}", Relation.PART)
    if len(part) >= 2 and not _DONE.search(part):
        return Name(part)
    part = part.rstrip("的")
    said = re.search(r"(?:作者|他们|我们|人员)?([^\W\d_]{2,6})$", part)
    return Name(f"{said[1] if said else part}的{whole.rpartition('的')[2]}" if part else whole, Relation.PART)


def _thing_of(label: str) -> str:
    """The thing that a name of counted things ends with, without what is done with it: 抽查的标段, 建成水厂."""
    thing = label.rpartition("的")[2]
    return thing[2:] if thing[:2] in _DEEDS and len(thing) > 3 else thing


def _last_break(text: str) -> int:
    return max((match.end() for match in _BREAK.finditer(text)), default=0)


def _bare(text: str) -> str:
    """The clause ``text`` before a number without its time, its verb and what leads it in."""
    bare = _METHOD.sub("", _TIMES.sub("", without_periods(_YEAR.sub("", _NAMED.sub("", text)))))
    bare = re.sub(r"\d+(?:\.\d+)?(?:[万亿%％]|[^\W\d])?", "", bare)
    for _ in range(3):
        bare = _HEADS.sub("", _TAILS.sub("", bare.strip(" 、，")))
    for mark in ("表示", "认为", "指出", "估计", "预计", "预测", "发现", "显示", "说", "称"):
        if mark in bare:
            bare = bare.rpartition(mark)[2]
    bare = _MOVED.sub("", bare.strip(" 、，"))
    bare = _FROM.sub("", bare)
    # "上游青石镇有农户擅自取水": where something is the case is no part of what is counted.
    place = re.match(r"[^，]{0,8}(?:[省市县区镇乡村州社站][里内]?|[里内])(?:共|已)?有(?=[^\W\d]{2})", bare)
    bare = bare[place.end() :] if place else "" if re.fullmatch(r"[^，]{2,6}[省市县区镇乡村州]有?", bare) else bare
    bare = _PLANNED.sub("", _FOR.sub("", bare))
    bare = _CAUSE.sub("", _CREDITOR.sub("", _HEADS.sub("", _ACTOR.sub("", _OWNER.sub("", bare)))))
    bare = bare.split()[-1] if bare.split() else ""
    return re.sub(r"(?<=[^\W\d])了(?=[^\W\d]{2})", "", bare.strip(" 、，的")) + ("的" if bare.endswith("的") else "")


def _without_comparison(base: str) -> str:
    return re.sub(r"(?:同比|环比|比.*|较.*|与.*相比)$", "", base)


def _of_time(own: str, figure: NamedFigure, literal: str) -> str:
    """How long something takes: 来回 is 来回时间; empty for what is no time, or has a name of one."""
    is_time = figure.kind == "amount" and _TIME_UNITS.search(literal) is not None and len(own) > 1
    if is_time and re.search(r"(?:等|等待|等候|排队)(?:上)?$", own):
        return "等待时间"
    return f"{_cut(own)}时间" if is_time and not _TIME_NAMES.search(own) and not own.endswith("的") else ""


def _of_money(own: str, figure: NamedFigure, naming: Naming) -> str:
    """Money by a verb alone, and by the money that was named before: 实际到位, after 配套资金."""
    if figure.kind != "money" or not own or own.endswith("的"):
        return ""
    bare = re.sub(r"^(?:实际|尚|仍|已)(?=[^\W\d]{2})", "", own)
    topic = naming.topic
    if topic and len(own) <= 6 and topic.startswith(own[-2:]) and own != topic:
        # 承诺配套1.9亿元, of 配套资金
        return own[:-2] + topic
    named = _MONEY_NAMES.search(naming.last.get("money", "")) or _MONEY_NAMES.search(topic)
    if _PER_HEAD.fullmatch(own) and named:
        return re.sub("每[年月]", "", own) + (_MONEY_TAIL.search(naming.last.get("money", "")) or named)[0]
    if own[-2:] in ("自付", "自费", "多挣", "少挣", "多赚", "少赚", "多花", "少花", "多收", "少收"):
        return f"{own[-2:]}的金额"
    if once := re.search(r"([^\W\d]{2})一次$", own):
        return f"{once[1]}费"
    verb = _PAYING.get(bare, bare if bare in _FATES else "")
    if own in ("涉及资金", "涉及金额") and topic:
        return topic + own
    if not verb:
        return ""
    if topic and _MONEY_NAMES.search(topic):
        return verb + topic
    return verb + (named[0] if named else "金额")


def _joined(
    own: str, noun: str, behind: str, before: str, figure: NamedFigure, naming: Naming, literal: str = ""
) -> str:
    if re.search(r"的[是为约有]", before[-6:]) and own and not own.endswith("的"):
        own += "的"
    own = re.split(r"[里内](?=[^\W\d_]{4})", own)[-1]
    own = _ADJECTIVES.get(own, own)
    if own[:2] in _LIGHT and (len(own) > 3 or noun):
        own = own[2:]
    if timed := _of_time(own, figure, literal):
        return timed
    if money := _of_money(own, figure, naming):
        return money
    behind = re.sub(r"^(?:以上|以下|左右|上下|以内|多)", "", behind)
    cuts = figure.kind in ("count", "amount")
    if (
        cuts
        and (deed := next((deed for deed in _DEEDS if own.rstrip("的").endswith(deed)), ""))
        and _AGENT.search(own.rpartition(deed)[0])
    ):
        # Who did it is no part of the name: 记者随机走访的14个村.
        own = deed + ("的" if own.endswith("的") else "")
    counted = _of_things(own, noun, behind, figure, naming)
    if counted:
        return counted
    ratio = (
        re.search(
            r"(?:仅为|只是|为|相当于)(?P<whole>[^\W\d]{2,6}(?:数|量|额|值|总计|水平|规模|任务))的$", before.strip()
        )
        if figure.kind == "share"
        else None
    )
    if ratio and (part := naming.last.get(naming.last_kind, "")):
        return f"{re.sub('^实际', '', part)}占{ratio['whole']}比例"
    is_share = figure.kind == "share" and _SHARE_VERB.search(before.strip()) is not None
    if is_share and own and not own.endswith(_SHARES):
        return f"{_cut(own)}占比"
    return _of_what(own, behind, figure, naming)


def _of_things(own: str, noun: str, behind: str, figure: NamedFigure, naming: Naming) -> str:
    """The name of a number of things: by their noun, what is done with them, or what was withheld from them."""
    is_withheld = figure.kind in ("count", "amount") and len(own) < 3 and _WITHHELD.match(behind) is not None
    if is_withheld and (noun or naming.subject):
        naming.subject = noun or naming.subject
        return f"{behind}的{naming.subject}"
    last = naming.last.get(figure.kind, "")
    if noun and own and (own[-1] in _QUANTITIES or noun in _UNIT_NOUNS):
        return _cut(own)
    predicate = re.match(r"(?:已|未|尚未|仍未|没有|不|长期|多|正)[^\W\d]{2,7}", behind)
    if noun and not own and predicate and figure.kind == "count":
        # 其中5个标段多计工程价款
        naming.subject = noun
        return f"{predicate[0]}的{noun}"
    if figure.is_bare and figure.kind == "count" and not own and behind in _STATES and last:
        return f"{behind}的{_thing_of(last)}"
    if figure.is_bare and figure.kind in ("count", "amount") and own[-2:] in _DEEDS and not behind and last:
        # 应建成水源6处，实际仅建成2处
        return f"{own[-2:]}的{_thing_of(last)}"
    if noun and not own and last and last[-1] in _QUANTITIES:
        return last
    if noun:
        naming.subject = noun
        return _cut(f"{_deed(own)}{noun}")
    is_deed = figure.is_bare and 2 <= len(own) <= 6 and own[-2:] in _DEEDS
    if is_deed and naming.subject and naming.last_kind == "count":
        # 补贴300台风机，实际发放74台
        return own if naming.subject in own else own + naming.subject
    counted = _CLASSIFIER.sub("", behind)
    is_bare = figure.kind in ("count", "amount") and figure.is_bare
    return _cut(own + counted) if is_bare and 1 < len(counted) <= 8 and len(own) <= 3 else ""


def _of_what(own: str, behind: str, figure: NamedFigure, naming: Naming) -> str:
    """The name of an amount by what stands before it, or behind it after 的."""
    thing = re.match(r"[^\W\d_]{1,6}?(?=[，。、的到在被，]|$)", behind) if figure.kind == "amount" else None
    place = re.match(r"(?P<thing>村|镇|乡|县|校|站|厂|店)(?:里|中|$)", behind)
    if place and own:
        return own.rstrip("的") + "的" + place["thing"]
    if not own and figure.kind in ("money", "amount") and (affected := _AFFECTED.match(behind)):
        # 1460万元项目资金被挪作他用
        return affected[0]
    if not own and behind.startswith("的") and figure.kind == "amount" and len(behind) > 2:
        # 把1400多公里的管道埋进了山里
        return re.split(r"[埋被已在将进达为和有]", behind[1:5])[0]
    if own.endswith("的") and thing:
        return _cut(own + thing[0])
    if own.endswith("的") and own.startswith("占") and figure.kind == "share":
        whole = naming.last.get(naming.last_kind, "")
        return f"{_cut(whole)}占比" if whole else ""
    if own.endswith("的"):
        last = naming.last.get(figure.kind, "") or naming.last.get(naming.last_kind, "")
        return _cut(own + last[-2:]) if last else _cut(own.rstrip("的"))
    head = _THING.sub("", re.sub(r"^(?:请|雇|买|租|住|坐)(?=一)", "", own))
    if figure.kind == "money" and head != own and _WORKERS.search(head):
        return f"{head}工资"
    is_price = figure.kind == "money" and head and head != own
    if is_price and not _MONEY.search(head[-2:]) and not _SPENT.search(head):
        return f"{_cut(head)}价格"
    if figure.kind == "share" and behind.startswith("的") and 2 <= len(behind) <= 8:
        return f"{_cut(behind[1:])}占比"
    return _cut(head)


def _deed(own: str) -> str:
    """The end of a clause that says what is done with a counted thing: 补贴, 建成."""
    return own if len(own) <= 6 else own[-2:]


def _carried(before: str, figure: NamedFigure, naming: Naming) -> str:
    last = naming.last.get("count", "") or naming.last.get(naming.last_kind, "")
    if figure.kind == "share" and "占" in before and last:
        return f"{last}占比"
    return ""


def _cut(label: str) -> str:
    """``label``, shortened to what stands closest to the number where it is long."""
    if len(label) <= _LONGEST:
        return label
    parts = re.split(r"[、和与对在于把将]", label)
    short = parts[-1] if len(parts[-1]) >= 3 else label
    return short[-_LONGEST:]


def topic_of(sentence: str) -> str:
    """What a sentence without numbers is about, for those behind it in its paragraph: 配套资金没有足额到位."""
    text = re.sub(r"^\s*(?:\d+[.、．]|[（(]?[一二三四五六七八九十]+[)）、.])\s*", "", sentence)
    text = _BREAK.split(text)[0]
    if text[:2] in _DEEDS or text[:2] in _FATES:
        text = text[2:]
    ends = _TOPIC_END.search(text)
    topic = re.sub("^(?:部分|个别|一些)", "", text[: ends.start()] if ends else text)
    return topic if 2 <= len(topic) <= 6 and not re.search(r"[他她我说了是在]", topic) else ""
