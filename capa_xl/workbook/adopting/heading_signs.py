"""What says that an unknown heading is likely a column of ours: its name, and the values below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.list_words import fits_list
from capa_xl.workbook.reading.joint_columns import names_both
from capa_xl.workbook.reading.kinds_of_values import (
    are_called_organisations,
    are_codes,
    are_days,
    are_marks,
    are_numbers,
    are_organisations,
    are_people,
    are_texts,
    have_surnames,
    share_of,
)
from capa_xl.workbook.reading.notes import text_of

_COLUMNS = column_by_key(Action)


class Sign(Struct, frozen=True):
    """What a heading's name has in it, and mustn't have, and what must stand below."""

    has: str
    not_: str
    below: Callable[[Sequence[Value]], bool]


OTHER_PEOPLE = (
    r"诉求|来电|举报|反映|信访|申诉|发现|督|核查|巡查|巡检|追踪|安全员|资料员|学员|会员|成员|队员|分管|派单|接待|顾问|回访|报|提出|检查|查验|复查|验收|验证|审|批|签|协|配合|销[号项记]|关闭|闭环|结案|填|制表|确认|提交|客户|用户|使用|投诉|监督|备份|记录|编制|收件"
    r"|\bq[ac]\b|report|raise|verif|approv|audit|customer|review|check|creat|requester|prepared|support"
    r"|clos(ed|ure)|initiat|issued|logged|opened|\barea\b|\bsite\b|\bzone\b"
)
_OTHER_PLACES = (
    r"配合|协|检查|提出|发现|上报|反映|报修|投诉|诉求"
    r"|校准|检测|客户|供应|使用|报告|审|监督|监理|部位|地点|customer|supplier|affected"
)
_NOT_THE_MEASURE = (
    r"效果|结果|验证|日期|时间|完成|进[展度]|状态|人|部门|单位|情况|date|owner|status|result"
    r"|临时|应急|围堵|(产品|批次|不合格品)处置|correction|contain|immediate|interim"
)
_NOT_THE_PROBLEM = (
    r"部位|地点|位置|区域|原因|措施|建议|结果|日期|时间|状态|整改|落实|等级|级别|性质|类|编号|人|部门|单位"
    r"|cause|date|status|type|code|no\b|id\b"
)
OTHER_GRADES = (
    r"设备|供应商|客户|电压|密级|保密|资质|人员|岗位|职|满意|文件|合同|进[展度]|状态|编号|日期|完成"
    r"|status|date|by\b|customer|asset|vendor"
)
_CHECKS = r"(复[查核验检测听]|验收|检查|查验|核[查验]|督[导查])"
_CONFIRMS = r"(验证|确认|评[估价]|追踪|跟踪|回访)"
_WHO, _DAY = r".{0,3}(人|人员|者|员|监理|工程师)$", "(日期|时间|日)$"
_PLANNED = r"计划|下次|应|拟|要求|期限|next|plan|due|target"
_FEW = 6
"""More different words than that are no grades."""


def _are_words_of(key: str, values: Sequence[Value]) -> bool:
    """A few words, most of them known in the list of the column."""
    return len({text_of(value) for value in values}) <= _FEW and fits_list(_COLUMNS[key], values)


def _are_owners(values: Sequence[Value]) -> bool:
    """People, or people beside their departments: 研发一部/王强."""
    return are_people(values) or share_of(values, names_both) >= _MOST


def _are_sentences(values: Sequence[Value]) -> bool:
    """Texts, be they the same in many rows where each is some words long: what is always done, why it happens."""
    long = share_of(values, lambda text: len(text) >= (_LATIN_LONG if text.isascii() else _LONG))
    return are_texts(values) or (long >= _MOST and not are_days(values))


def are_told(values: Sequence[Value]) -> bool:
    """Texts, be they as short as names and said again: 备件老化, 更换球管."""
    is_other = are_days(values) or are_numbers(values) or are_codes(values) or are_called_organisations(values)
    is_long = share_of(values, lambda text: len(text) >= _SHORT) >= _MOST
    return _are_sentences(values) or (is_long and not is_other and not have_surnames(values))


def _are_named_things(values: Sequence[Value]) -> bool:
    return not (are_days(values) or are_numbers(values) or are_marks(values))


def are_somebody(values: Sequence[Value]) -> bool:
    """Short texts that are no day, number, code or part of an organisation: posts, full names, names with a post."""
    is_other = are_days(values) or are_numbers(values) or are_codes(values) or are_called_organisations(values)
    return not is_other and share_of(values, lambda text: 1 < len(text) <= _NAME_LONGEST) > _HALF


_HALF, _MOST, _NAME_LONGEST = 0.5, 0.6, 8
_LONG, _LATIN_LONG = 5, 12
"""Characters of a text that tells something by itself."""
_SHORT = 3
SURELY_TOLD: Mapping[str, str] = {"cause": r"[肇成诱起]因$|根源$", "measure": r"(办法|措施|对策|方案|做法)$"}
"""Names that nothing but a text stands below."""
SIGNS: Mapping[str, Sign] = {
    "owners": Sign(
        r"(人|人员|员|干部|者|责任方|承办方|工程师|负责|担当|领导|经理|主管|主任|组长|站长|店长|队长|班长|工长|段长|护士长|保管|管理员|联系人|技术员|经办|承办|主办|护士|医生|教师|船员)$"
        r"|\bpoc\b|\bpi\b|officer|holder|\bparty\b|champion|owner|\blead\b|leader|assign|responsib|manager|engineer|contact|\bwho\b|\bpic\b|handler|accountable|nominated|\bperson$",
        OTHER_PEOPLE, _are_owners,
    ),
    "external_party": Sign(
        r"^(外委|外协|分包|委外)(单位|方|商|厂家|队伍|公司)$|^sub-?\W?contractor$"
        r"|^(供应商|供货商|供方)(名称)?( ?\(?supplier( name)?\)?)?$|^supplier( name)?$", r"人$", _are_named_things,
    ),
    "responsible_department": Sign(
        r"^(责任|牵头|主责|承办|主办)(?!人|者|领导|状态|情况)|((?<!干)部门?|单位|科室?|班组|工段|机构|学院|院系|车间|中心|处室?|工区|团队|小组|[^a-z]组|公司|站所?|项目部|条线)$"
        r"|department|contractor|\bdept\b|\bsquad\b|\bteam\b|\bunit\b|\bgroup\b|function|division|vendor",
        _OTHER_PLACES, are_organisations,
    ),
    "measure": Sign(
        r"措施|改进[项点]|方案|对策|建议|行动|动作|举措|办法|任务|做法|处置|整改要求|(capa|整改|改进).?内容$|处理意见|整改计划|(改善|维修|检修|修理)内容|纠偏|怎么[改办]"
        r"|\bplan\b|\bcap\b|action|recommend|remed|rectif|counter|mitigat|\bfix\b|next step|to[- ]?do|^what we will"
        r"|(management|mgmt)\.? response",
        _NOT_THE_MEASURE, _are_sentences,
    ),
    "description": Sign(
        r"^存在|问题|毛病|表现|所见|隐患|缺陷|故障|不符合|病害|漏洞|现象|描述|事实|事项|异常|风险|不足|差距|短板|标题|主题"
        r"|problem|\bsnag|\bpunch|issue|finding|defect|non-?conform|non-?complian|description|summary|title|\bgap\b|concern|deficien|observation|\bitem\b|hazard"
        r"|audit point|^what happened",
        _NOT_THE_PROBLEM, are_texts,
    ),
    "due_on": Sign(
        r"期限|时限|节点|截止|截至|纳期|下次|到期|限期|限改|计划|要求|承诺|预计|预定|予定|约定|拟|\bdue\b|deadline|target|\bby\b|planned|\beta\b|next|agreed|revised|committed",
        r"上次|实际|开始|启动|发现|回复|答复|验证|复查|复验|回访|voe|verif|last|previous|actual|start|reply", are_days,
    ),
    "completed_on": Sign(
        r"(完成|落实|解决|修复|销号|销项|闭环|办结|整改|结案|处治|治理|消缺|改善|关闭).{0,2}(日期?|时间)$"
        r"|actual.*(clos|complet|finish|end)|implemented|resolved|\bdone\b|completed|fixed|finished|remediated",
        r"计划|要求|期限|时限|截止|预计|目标|上次|开始|启动|due|target|plan|last|start|资源", are_days,
    ),
    "progress": Sign(
        r"进度|完成度|完成率|完成比例|progress|complete", r"情况|计划|日期|时间|date|by\b", are_numbers,
    ),
    "cause_category": Sign(
        r"(原因|cause).{0,6}(类|categor|type|class|group|code)", r"编号|日期|人", are_organisations,
    ),
    "cause": Sign(
        r"[肇成诱起]因|根源|为什么|为何|\bwhys?\b|\brca\b|\broot cause|(根本|主要)原因",
        r"编号|日期|人|类|categor|type|class|group|code|date|owner|\bby\b", _are_sentences,
    ),
    "raised_by": Sign(
        r"(检查|巡查|巡检|发现|提出|上报|质检|稽查|督查|排查).{0,2}(人|人员|员|干部|者)$|\b(initiator|originator)$"
        r"|\b(raised|reported|identified|initiated|issued|logged|opened|found) by$|^谁(提|报|发现|查)[出到的了]*$",
        r"日期|时间|部门|date", are_people,
    ),
    "raised_department": Sign(
        r"(检查|发现|提出|上报|排查)(部门|单位|科室|班组|车间)$", r"日期|时间|人$|被", are_organisations,
    ),
    "containment": Sign(
        r"(产品|批次|不合格品|应急|临时|现场|当场|先期|初步|暂定|短期)(处置|措施|处理|对策|对应|办法)$|围堵|遏制"
        r"|containment|\b(immediate|interim) action",
        r"日期|时间|人|部门|date|\bby\b|owner", are_texts,
    ),
    "breached_requirement": Sign(
        r"^(对应|依据|违反|不符合|检查|评审|审核|标准|法规|相关|涉及)+的?.{0,2}(?:条款)(号|编号|要求|内容)?$"
        r"|^(iso )?clauses?( no\W?| ref\W?)?$",
        r"合同|协议", _are_named_things,
    ),
    "category": Sign(
        r"(差错|问题|缺陷|隐患|不符合|偏差|失效|故障|错误|事件|诉求|投诉|工单|报修)(类型|类别|分类|种类|项点)$"
        r"|\b(defect|error|issue|problem|finding) (type|categor\w+|class)$",
        r"日期|人|部门", are_organisations,
    ),
    "impact": Sign(r"^影响([面范]围?)?$|^影响\s*impact$|^impact$", r"等级|程度|level", are_texts),
    "process": Sign(r"^(业务|所属|涉及)?(流程|过程)$|^process$", r"人", _are_named_things),
    "inspection_note": Sign(
        r"(质控|质量|安全|审计|监督|督查|内审).{0,3}(追踪|跟踪|复查|核查)(情况|记录)?$",
        r"日期|时间|人|结果|结论", are_texts,
    ),
    "progress_note": Sign(r"(整改|落实|处理|办理|完成)反馈$", r"日期|时间|人|部门", are_texts),
    "source": Sign(
        r"来自|来源|出处|由来|渠道|途径|\b(source|origin|channel)\b",
        r"编号|单号|日期|时间|人|部门|资金|费用|说明|描述", partial(fits_list, _COLUMNS["source"]),
    ),
    "source_number": Sign(
        r"\bparent\b.*(record|case|\bref\b|\bid\b|\bno\b)|(偏差|投诉|事件|来源|审核|审计|报告|deviation|complaint|incident|audit|source|report|event)"
        r".{0,6}(编号|单号|\bno\b|\bref\b|\bid\b)",
        r"日期|人|涉及|受影响|date|affected", are_codes,
    ),
    "inspection": Sign(
        r"确认|验证|检查|复查|复检|验收|判定|结果|check|verif|confirm|result",
        r"效果|有效|人|日期|时间|部门|by\b|date", are_marks,
    ),
    "severity": Sign(
        r"级|程度|轻重|性质|定性|判定$|严重|分类|类型|大小|\brisk\b|\brag\b|\brac\b|\bsev\b|class|grad(e|ing)|severity|level|rating|rank|critical|type|category",
        OTHER_GRADES, partial(_are_words_of, "severity"),
    ),
    "action_type": Sign(r"类型|类别|性质|type|\bca\W*pa\b", OTHER_GRADES, partial(_are_words_of, "action_type")),
    "priority": Sign(r"优先|紧急|缓急|priorit|\bpri\b|urgen", OTHER_GRADES, partial(_are_words_of, "priority")),
    "inspector": Sign(
        rf"{_CHECKS}{_WHO}|\b(check|inspect|review|re-?test)\w* by$|\b(reviewer|inspector|checker)$",
        "发现", are_somebody,
    ),
    "confirmer": Sign(rf"{_CONFIRMS}{_WHO}|\b(verif|validat|confirm)\w* by$", "发现", are_somebody),
    "inspected_on": Sign(
        rf"{_CHECKS}.{{0,2}}{_DAY}|(inspect|re-?test|\bq[ac] review)\w* (date|on)", _PLANNED, are_days
    ),
    "confirmed_on": Sign(
        rf"({_CONFIRMS}|有效性|效果).{{0,4}}{_DAY}|(verif|validat|confirm|effective)\w*[. ]+(date|on)\b"
        r"|\bq[ac] clos\w* (date|on)\b",
        _PLANNED, are_days,
    ),
}  # fmt: skip
"""Column → what says that an unknown heading is likely that one."""
