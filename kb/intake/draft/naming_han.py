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
    r"|[一二三四五六七八九十两]年[内间]?)"
    r"(?:底|末|初|里|内|间|以来|之前|前|，)?"
)
_HEADS = re.compile(
    r"^(?:其中|而|但是?|并且?|且|此外|另外?有?|同时|与此同时|到|在(?![职校册建岗籍编线院读])|从|由|自(?![动来然己主行治驾助费有])|至"
    r"|全[国省市县区镇乡村校院厂](?=[^\W\d])|全|共有?|也|又|还|则|仍|已经?|这些|这|那|该|上述|原(?=计划|本|定)"
    r"|实际上|因此"
    r"|只要|只有|他|她|它|们|我们|他们|说|称|表示|认为|指出|按|据|约有|大约|有|是|的|、|\s)+"
)
_TAILS = re.compile(
    r"(?:分别|总共|共计|共有|共|约为|大约|约|接近|将近|近|超过|超|高达|达到|达|为|是|只剩下?|剩下?|只有|仅有|仅"
    r"|有着|有|(?<![统合累总会设审估预])计|占到|占|值"
    r"|合计|也就是|了|已|总额|不过|只|每[吨人户座台个公斤亩]|一共|定为|至少|至多|最多|最少|不到|不足|还|就|都|要|会"
    r"|能|可|再|的是|在"
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
_DEEDS = words("""
发放 完成 建成 采购 启用 投用 到位 拆除 修复 更换 安装 售出 交付 种植 救治 录取 招聘 关停 开通 通过 整改 修建 改造 检查
抽查 送达 损坏 丢失 报废 死亡 受伤 获救 签约 领取 投放 新增 补贴 出租 出售 报名 到场 返还 退还 归还 审核 受理 办结""")
"""What is done with things that are counted."""
_MONEY_NAMES = re.compile(
    r"(?:补贴|补助|资金|工程款|货款|贷款|欠款|款项|收入|支出|投资|经费|费用|罚款|捐款|税款|租金|工资|奖金|保证金)$"
)
_FATES = words("其余 剩余 追回 收回 退还 返还 支付 拨付 到位 归还 偿还 缴纳 挪用 结余 花掉 用去 支出 使用")
"""What became of money that was named before."""
_WITHHELD = re.compile(r"^(?:尚未|仍未|还未|未能?|没有|从未|不)[^\W\d]{1,8}$")
"""What has not been done with the things that are counted: 3座泵站尚未通电."""
_SHARE_VERB = re.compile(r"占(?:比|到|了|约|近|据|全\w{1,3}的?|总\w{1,3}的?|其\w{0,2}的?)*(?:为|约|近|达|超过?)*$")
_SHARES = ("率", "比", "比例", "比重")
_EXCEEDS = re.compile(r"(?:超出|超支|超过了?|高出|低于?|高于?|多出?|少)(?:了|约|近)*$")
_OWNER = re.compile(
    r"^(?:[^\W\d_]{2,3}[省市县区镇乡](?:第[一二三四五六七八九十])?[^\W\d_]{0,4}?(?:医院|大学|中学|小学|图书馆|局)"
    r"|[^\W\d_]{2,6}?(?:集团|公司))(?=[^\W\d_]{2})"
)
"""Whose it is, before what is measured: 江陵市第三医院门诊量."""
_DONE = re.compile(r"的$|^(?:已|未|实际|正常|由|用于|被)|(?:支付|到位|发放|完成|走访)$")
"""What is done with a part of things, and no name of its own."""
_RISE = re.compile(r"(?:增长|增加|上升|提高|上涨|增幅|涨幅|增产|多出|高出|扩大)(?:了|约|近|为|达|幅度|率)*$")
_FALL = re.compile(r"(?:下降|减少|降低|下跌|回落|缩短|降幅|减幅|跌幅|少了|低了|缩小)(?:了|约|近|为|达|幅度|率)*$")
_MORE = re.compile(r"比[^，]{1,20}(?:多|高)(?:了|约|近)*$")
_LESS = re.compile(r"比[^，]{1,20}(?:少|低)(?:了|约|近)*$")
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
            naming.remember(figure.kind, name.label)
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
    label = _joined(own, noun, behind, before, figure, naming)
    if not label and first < _last_break(lead):
        # "占23%": what it is of stands in the clause before.
        label = _carried(before, figure, naming)
    return Name(label or recalled)


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
    for pattern, word in ((_RISE, "增长"), (_FALL, "下降"), (_MORE, "差额"), (_LESS, "差额")):
        if match := pattern.search(before):
            base = _bare(before[: match.start()]) or naming.last.get(naming.last_kind, "")
            kind = match[0][:2] if match[0][1:2] == "幅" else word
            thing = _without_comparison(base) or recalled or naming.last.get(naming.last_kind, "")
            return Name(f"{thing}{kind}" if thing else "", Relation.CHANGE)
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
    if len(part) > 2 and not _DONE.search(part):
        return Name(part)
    part = part.rstrip("的")
    said = re.search(r"(?:作者|他们|我们|人员)?([^\W\d_]{2,6})$", part)
    return Name(f"{said[1] if said else part}的{whole.rpartition('的')[2]}" if part else whole, Relation.PART)


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
    place = re.match(r"[^，]{0,8}[省市县区镇乡村州社站]有(?=[^\W\d]{4})", bare)
    bare = bare[place.end() :] if place else bare
    bare = _OWNER.sub("", bare)
    bare = bare.split()[-1] if bare.split() else ""
    return bare.strip(" 、，的") + ("的" if bare.endswith("的") else "")


def _without_comparison(base: str) -> str:
    return re.sub(r"(?:同比|环比|比.*|较.*|与.*相比)$", "", base)


def _joined(own: str, noun: str, behind: str, before: str, figure: NamedFigure, naming: Naming) -> str:
    if re.search(r"的[是为约有]", before[-6:]) and own and not own.endswith("的"):
        own += "的"
    own = re.split(r"[里内](?=[^\W\d_]{4})", own)[-1]
    own = _ADJECTIVES.get(own, own)
    counted = _of_things(own, noun, behind, figure, naming)
    if counted:
        return counted
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
    if noun and own and own[-1] in _QUANTITIES:
        return _cut(own)
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
    if own.endswith("的") and thing:
        return _cut(own + thing[0])
    if own.endswith("的") and own.startswith("占") and figure.kind == "share":
        whole = naming.last.get(naming.last_kind, "")
        return f"{_cut(whole)}占比" if whole else ""
    if figure.kind == "money" and own in _FATES and naming.last.get("money"):
        # "违规发放补贴1240万元，已追回900万元，其余340万元"
        kind = _MONEY_NAMES.search(naming.last["money"])
        return own + (kind[0] if kind else "金额")
    if own.endswith("的"):
        last = naming.last.get(figure.kind, "") or naming.last.get(naming.last_kind, "")
        return _cut(own + last[-2:]) if last else _cut(own.rstrip("的"))
    head = _THING.sub("", own)
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
