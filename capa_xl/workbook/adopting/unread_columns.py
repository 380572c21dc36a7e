"""Columns that nobody reads while the table lacks what stands in them: asked, whatever their headings say.

Without a deadline, an owner, a measure or a problem rows are chased late, at the wrong desk or not at all, and a blank
column beside a full one is filled in twice. Where no heading speaks for what is lacking, every column that nobody
reads and whose cells look like it is asked; nothing is proposed that the cells alone say (decisions C1, C7).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.heading_evidence import DAYS_BELOW
from capa_xl.workbook.adopting.heading_signs import are_somebody
from capa_xl.workbook.adopting.likely_headings import names_a_text, names_other_people
from capa_xl.workbook.adopting.owners_names import NAMES_THE_OWNER
from capa_xl.workbook.adopting.status_below import like_status
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.kinds_of_values import (
    are_days,
    are_numbers,
    are_organisations,
    are_people,
    are_texts,
    have_surnames,
)
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import names_in

_COLUMNS = column_by_key(Action)
_LACKED = ("due_on", "owners", "measure", "description")
_LOOKS_LIKE = {
    "due_on": "内容像日期",
    "owners": "内容像人名",
    "measure": "内容像文字说明",
    "description": "内容像文字说明",
}
_NEXT_TO = {"measure": "containment"}
"""What a column likely is that may be the lacking one as well: 现场处理 tells what was done at once, or all of it."""
_A_DAY = re.compile(
    r"日期|时间|期限|时限|限期|节点|日$|\bdate\b|\bdue\b|deadline|\bwhen\b|\bet[ac]\b|\becd\b", re.IGNORECASE
)
_A_PERSON = re.compile(
    r"[人员者]$|经理|主管|领导|负责|责任|\b(by|who|person|owner|lead|officer|manager|holder|party|contact|resp|poc|pic?|[spd]?qe|dri)\b",
    re.IGNORECASE,
)
_ENDS_AS_A_PERSON = re.compile(r"[人员者]$|\b(person|contact|owner|officer|manager|engineer)$", re.IGNORECASE)
"""Supplier contact, 项目负责人: people, whatever stands before."""
_ENDS_THE_ROW = re.compile(r"销[号项记]|关闭|闭环|结案|验证|验收|批准|\b(clos|verif|approv|confirm)\w*", re.IGNORECASE)
"""Who does that has not done the work."""
_OF_THINGS = re.compile(
    r"地点|部位|位置|区域|区$|场所|楼|房|条款|依据|标准|法规|制度|专业|系统|设备|设施|车|工序|产品|客户|供应商|项目|来源|名称|线路|站$|船"
    r"|类|级|性质|状态|结果|结论|部门|单位|科室|班组|公司|编号|号$|资金|费用|金额|照片|附件|证据|凭证|链接|备注|单位"
    r"|location|\barea\b|\bsite\b|building|room|clause|standard|asset|equipment|system|process|product|project|source|name"
    r"|vessel|ship|\bcategory\b|\bclass|\btype\b|status|state|grade|severity|rating|risk|priority|result|outcome|department"
    r"|\bdept\b|\bteam\b|\bunit\b|customer|supplier|vendor|\bno\b|\bref\b|\bid\b|cost|budget|photo|evidence|attach|remark"
    r"|comment|\bnotes?\b|\baudit\b|likelihood|index|module|\bline\b|\bshift\b|language|country|region|scope",
    re.IGNORECASE,
)
"""Places, classes, papers and sums: neither people nor what was found or will be done."""
_OF_OTHER_TEXTS = re.compile(
    r"是否|与否|记录|摘要|原因|影响|后果|风险|处罚|问责|举一反三|预案|要求$|标准|目标|效果|意义|经验|培训|进[展度]|情况|完成|反馈|验证|检查|复查|追踪|批示"
    r"|cause|impact|consequen|effect|lesson|progress|verif|check|reason|justif|history|background|benefit",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_OF_A_DEGREE = re.compile(r"满意|[度率]$|级别|\b(rate|score)\b", re.IGNORECASE)
_NOT_THE_PROBLEM = re.compile(
    r"措施|建议|整改|对策|方案|要求|行动|计划|action|plan|measure|recommend|response|solution|treatment|next",
    re.IGNORECASE,
)
_NOT_THE_MEASURE = re.compile(r"问题|现象|缺陷|隐患|issue|problem|finding|defect|hazard|symptom|gap", re.IGNORECASE)
_MAY_BE_THE_MEASURE = re.compile(
    r"监理(意见|要求)|下一?步|跟进|动作|response|treatment|\bcontrols?\b|resolution|improvement|solution|^what$",
    re.IGNORECASE,
)
"""What a measure is called where no better name is there, however short the texts are."""
_SHORT, _LATIN_SHORT, _VAGUE_LONGEST = 4, 12, 12
"""Characters on the average from which texts tell something: 灯坏 may be anything."""


def lacked_by(table: FoundTable) -> frozenset[str]:
    """The columns of an action's deadline, owner, measure and problem that no heading is taken for."""
    return frozenset(_LACKED) - table.match.columns.keys()


def with_unread(table: FoundTable, doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The headings in question, those that may be what the table lacks as questions of that too.

    Args:
        table: The table with what is known of its headings.
        doubts: A doubt of every heading that is taken for nothing and nobody has answered for.
    """
    found = tuple(doubts)
    for key in (key for key in _LACKED if key in lacked_by(table)):
        found = tuple(_none_beside_equals(key, one, found) for one in found)
        fitting = {one.heading.column for one in found if _fits(table, key, one)}
        speaking = {one.heading.column for one in found if _speaks_for(key, one)}
        if key == "owners" and fitting - speaking:
            posts = {one.heading.column for one in found if not NAMES_THE_OWNER.search(one.heading.text)} & speaking
            speaking, fitting = speaking - posts, fitting | posts
        if not speaking:
            named = [one for one in found if one.heading.column in fitting and _is_called(key, one)]
            only = named[0].heading.column if len(named) == 1 else 0
            found = tuple(
                _asked_too(key, one, is_likely=one.heading.column == only) if one.heading.column in fitting else one
                for one in found
            )
    return found


def _none_beside_equals(key: str, doubt: Doubt, doubts: Sequence[Doubt]) -> Doubt:
    """Where two listed names are equally good, a third that only resembles them is no better answer."""
    equals = [one for one in doubts if one.why and one.keys == (key,) and not one.is_weak and not one.likely]
    return replace(doubt, likely="", is_open=True) if doubt.likely == key and len(equals) > 1 else doubt


def _speaks_for(key: str, doubt: Doubt) -> bool:
    """By its name, by name and values together, or as one of several that are known for it."""
    if doubt.likely == key:
        return True
    is_known = any(one.key == key for one in doubt.heading.candidates) or doubt.why not in ("", DAYS_BELOW)
    return key in doubt.keys and is_known and not doubt.is_open


def _is_called(key: str, doubt: Doubt) -> bool:
    return key == "measure" and _MAY_BE_THE_MEASURE.search(doubt.heading.text) is not None


def _asked_too(key: str, doubt: Doubt, *, is_likely: bool) -> Doubt:
    why = f"没有别的列是{_COLUMNS[key].header}，{_LOOKS_LIKE[key]}"
    keys = tuple(dict.fromkeys((key, *doubt.keys)))
    likely = key if is_likely else "" if doubt.likely in (key, _NEXT_TO.get(key)) else doubt.likely
    return replace(doubt, keys=keys, why=doubt.why or why, likely=likely, is_open=True)


def _fits(table: FoundTable, key: str, doubt: Doubt) -> bool:
    values = values_below(table, doubt.heading.column)
    if key == "due_on":
        return bool(values) and (are_days(values) or _are_vague_days(doubt.heading, values))
    if not values or doubt.likely not in ("", key, _NEXT_TO.get(key)) or doubt.why:  # in question for something else
        return False
    is_of_things = _OF_THINGS.search(doubt.heading.text) and not (
        key == "owners" and _ENDS_AS_A_PERSON.search(doubt.heading.text)
    )
    if is_of_things or are_days(values) or are_numbers(values):
        return False
    if key == "owners":
        return _are_owners(doubt.heading, values, table.match.columns.keys())
    if _is_called(key, doubt) and are_texts(values) and not like_status(values):
        return True
    return _are_told(key, doubt.heading, values)


def _are_vague_days(heading: Heading, values: Sequence[Value]) -> bool:
    """月底, Q4, ASAP below a name of days."""
    short = all(len(text_of(value)) <= _VAGUE_LONGEST for value in values)
    return _A_DAY.search(heading.text) is not None and short and not are_numbers(values) and not are_people(values)


def _are_owners(heading: Heading, values: Sequence[Value], taken: Collection[str]) -> bool:
    """Names of people; beside a responsible department not of those who find, check or help."""
    if _ENDS_THE_ROW.search(heading.text) or ("responsible_department" in taken and names_other_people(heading.text)):
        return False
    is_latin = all(text_of(value).isascii() for value in values)
    named = _A_PERSON.search(heading.text) is not None and (are_people(values) or are_organisations(values))
    if "responsible_department" not in taken and _may_be_somebody(heading, values):
        return True
    return named or (are_people(values) and (is_latin or have_surnames(values)))


def _may_be_somebody(heading: Heading, values: Sequence[Value]) -> bool:
    """What may be people or posts where a table names nobody else: 派工对象 above 水电班长."""
    is_told = names_a_text(heading.text) or _OF_OTHER_TEXTS.search(heading.text)
    is_other = is_told or _OF_A_DEGREE.search(heading.text) or like_status(values)
    names = [name for value in values for name in names_in(text_of(value))]
    is_measured = 2 * sum(_FIGURE.search(name) is not None for name in names) > len(names)  # K12+300
    return not is_other and not is_measured and are_somebody(names)


def _are_told(key: str, heading: Heading, values: Sequence[Value]) -> bool:
    """Texts of some length below a name of nothing else."""
    other = _NOT_THE_MEASURE if key == "measure" else _NOT_THE_PROBLEM
    named = (other, _OF_OTHER_TEXTS, _ENDS_AS_A_PERSON)
    if any(one.search(heading.text) for one in named) or not are_texts(values):
        return False
    texts = [text_of(value) for value in values]
    least = _LATIN_SHORT if all(map(str.isascii, texts)) else _SHORT
    return sum(map(len, texts)) > least * len(texts) and not have_surnames(values)
