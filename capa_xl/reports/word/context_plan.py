"""运维服务能力改进计划 (4.1.1, 4.1.2): facts of one plan version → the words of the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list, cut_text, with_unit
from capa_xl.model.edition import SCHEME_IN_PLAN
from capa_xl.model.paper_facts import PlanFacts, PlanItem, VersionChange
from capa_xl.model.paper_kinds import PLAN
from capa_xl.model.plain_number import plain_number
from capa_xl.model.records import PlanVersion
from capa_xl.model.short_names import told_apart
from capa_xl.reports.word.context_words import (
    SPACE,
    boxes,
    cells,
    head_words,
    listed,
    no_columns,
    problem_rows,
    some_of,
    subject,
    with_role,
)
from capa_xl.reports.word.examples_plan import example_plan
from capa_xl.reports.word.paper_content import NewerField, PaperContent
from capa_xl.reports.word.plan_items import item_rows, scheme_of
from capa_xl.reports.word.plan_pages import stands_across
from capa_xl.reports.word.plan_resources import resource_rows, resources_total
from capa_xl.reports.word.printable import BLANK, PrintedDay
from capa_xl.reports.word.table_words import MOST_OF_A_NAME, chunks, cut, cut_row, in_form, in_lines, in_sheet, in_table

NONE = "本期无"
"""Stands behind the heading of an empty part: a line of its own would cost pages of a small plan."""
MOST_OF_A_DEPARTMENT = 10
"""Characters of a department, on one line wherever it stands; the end of the plan has the whole names."""
MOST_OF_A_GOAL = 600
"""Characters of 总体目标 and of 总体要求: together they leave room on their page."""
_CUT_IN_THE_PLAN = "（全文见《计划》）"
_NUMBERS_A_LINE, _DAYS_A_LINE = 4, 2
MOST_OF_A_CHANGE = 6
"""Numbers that one change of a version names; how many they are stands before them, and all are in 四."""
_MOST_UNNUMBERED = 2
"""The version lists them, so the history only counts them and says which are meant."""
MOST_INSPECTORS = 4
"""Departments that inspect in a month; of more the first are named, and the list of 四 has each."""


WORDS: Mapping[str, str] = {
    "identity": "计划编号、版本和周期", "no_versions": "没有登记计划时的文字",
    "no_aims": "没有总体目标、总体要求时的文字", "from_to": "现值到目标值", "kinds": "优先级、措施类型、过程",
    "departments": "归口部门和责任部门、责任人",
    "shortened": "缩短的部门名称和全称（一句）", "short_names": "缩短的部门名称和全称（两个一行）", "short": "简称",
    "second": "第二个的全称", "second_short": "第二个的简称", "resources_total": "资源需求的项数和金额",
    "declined_across": "3.2 是否印在横页的开头",
    "scheme": SCHEME_IN_PLAN,
    "schemes": "其他项目的实施方案、步骤",
    "no_kind": "一类没有项目时的文字", "no_majors": "没有重大、重复项目时的文字",
}  # fmt: skip
"""Chinese words for what only this paper has, for the list of fields."""


def plan_context(facts: PlanFacts) -> dict[str, Any]:
    """The context of one plan."""
    items, names = facts.items, _short_departments(facts)
    classified = len(facts.corrective) + len(facts.preventive)
    no_needs = f"{facts.head.sheets.nothing_in('问题需求登记')}，本节无数据。"
    context = {
        "head": head_words(facts.head, PLAN.title),
        "identity": _identity(facts.plan, facts.head.not_counted),
        "plan": _plan(facts, facts.plan) | _aims(facts.plan),
        "versions": [
            _plan(facts, version) | {"reviewer": None, "reviewed_on": None}
            for version in facts.versions
            if version.number
        ],
        "no_versions": f"{facts.head.sheets.nothing_in('计划')}。",
        "no_aims": "《计划》未填写" if facts.plan.number else facts.head.sheets.nothing_in("计划"),
        "changes": [_change(facts, change) for change in facts.changes],
        "lead": facts.lead.words,
        "goals": [
            cut_row({"goal": row.goal, "current": row.current, "target": row.target, "period": row.period,
                     "department": names[row.department or ""]})
            for row in facts.goals
        ],
        "sources": _sources(facts),
        "no_needs": no_needs,
        "declined": [
            cut_row(cells(need) | {"department": names[need.department or ""]}) for need in facts.declined or ()
        ],
        "no_declined": no_needs if facts.declined is None else "本期无。",
        "corrective": item_rows(facts, facts.corrective, 1, names),
        "preventive": item_rows(facts, facts.preventive, len(facts.corrective) + 1, names),
        "unclassified": item_rows(facts, facts.unclassified, classified + 1, names),
        "no_kind": _none_of_a_kind(facts),
        "no_majors": no_columns(facts.unweighed) if facts.unweighed else NONE,
        "majors": [_major(item) for item in items if _is_major(item)],
        "schemes": _schemes(items),
        "resources": resource_rows(items),
        "resources_total": resources_total(items),
        "months": _months(items, names),
        "approval_boxes": boxes(facts.plan.approval, words.APPROVALS),
        "evidence": _approval_evidence(facts.plan),
        "shortened": "；".join(f"{short} 是 {name}" for name, short in names.items() if name != short),
        "short_names": _short_names(names),
        "problems": problem_rows(facts.problems),
    }  # fmt: skip
    return context | {"declined_across": stands_across(context)}


def _none_of_a_kind(facts: PlanFacts) -> str:
    """What stands behind the heading of a type without items: that there are none is said of known types alone."""
    if facts.untyped:
        return no_columns(facts.untyped)
    return "已分类的没有，未分类的见 4.3" if facts.unclassified else NONE


def _identity(plan: PlanVersion, not_counted: str) -> str:
    """Number, version and period of what is printed, as far as it has them, and what its lists lack."""
    days = [PrintedDay.of(day) for day in (plan.period_from, plan.period_to) if day]
    named = f"计划编号 {cut(plan.number, MOST_OF_A_NAME)}" if plan.number else "待编号"
    version = f"版本 {cut(plan.version, MOST_OF_A_NAME)}" if plan.version else ""
    return SPACE.join(filter(None, (named, version, f"周期 {' 至 '.join(days)}" if days else "", not_counted)))


def _aims(plan: PlanVersion) -> dict[str, Any]:
    """总体目标 and 总体要求, their lines kept; one that would fill pages says where it goes on."""
    return {"goal": _aim(plan.goal), "requirement": _aim(plan.requirement)}


def _aim(text: str | None) -> str | None:
    shown = cut_text(text or "", MOST_OF_A_GOAL)
    return text if shown == (text or "") else f"{shown}{_CUT_IN_THE_PLAN}"


def _plan(facts: PlanFacts, version: PlanVersion) -> dict[str, Any]:
    """A version with its author and approver as they stood on their days."""
    author = with_role(facts.roles, version.author, version.written_on)
    return cells(version) | {
        "version": cut(version.version or "", MOST_OF_A_NAME),
        "author": author,
        "approver": with_role(facts.roles, version.approver, version.approved_on),
    }


def _approval_evidence(plan: PlanVersion) -> str:
    """What proves the approval of the version, or that nothing but the table does."""
    if not (plan.approver and plan.approval):
        return ""
    return f"（批准凭证：{cut(plan.approval_evidence)}）" if plan.approval_evidence else "（批准依据：台账记载）"


def _change(facts: PlanFacts, change: VersionChange) -> dict[str, Any]:
    """What a version brought; that nothing was registered is said of what could be read alone."""
    kinds = (
        ("新增", change.added, MOST_OF_A_CHANGE),
        ("未写计划编号", change.unnumbered, _MOST_UNNUMBERED),
        ("调整", change.adjusted, MOST_OF_A_CHANGE),
        ("取消", change.cancelled, MOST_OF_A_CHANGE),
    )
    pieces = [f"{word} {len(numbers)} 项（{cut_list(numbers, most)}）" for word, numbers, most in kinds if numbers]
    if change.reworded:
        pieces.append(f"改了{'、'.join(change.reworded)}")
    none = "未登记新增、调整、取消"
    nothing = "首次编制" if change.is_first else f"现用工作簿{none}" if facts.head.not_counted else none
    what = "、".join(pieces) or (nothing if change.version else "")
    return {
        "version": cut(change.version, MOST_OF_A_NAME),
        "on": change.on,
        "what": what,
        "approval": cut(change.approval),
    }


def _sources(facts: PlanFacts) -> list[dict[str, Any]]:
    return [
        {
            "source": f"\u3000其中：{row.source}" if row.of_which else row.source,
            "collected": row.collected,
            "adopted": row.adopted,
            "merged": row.merged,
            "postponed": row.postponed,
            "refused": row.refused,
            "note": row.note,
        }
        for row in facts.sources or ()
    ]


def _short_departments(facts: PlanFacts) -> Mapping[str, str]:
    """Every department of 二, 三, 四 and 七 with its name for narrow columns."""
    items = facts.items
    found = [name for item in items for name in (item.action.responsible_department, item.derived.owning_department)]
    found += [item.inspector for item in items]
    found += [row.department for row in facts.goals]
    found += [need.department for need in facts.declined or ()]
    return told_apart((name or "" for name in found), MOST_OF_A_DEPARTMENT)


def _schemes(items: Iterable[PlanItem]) -> list[dict[str, Any]]:
    """How the measures of the others are done."""
    told = ((item.action.number, scheme_of(item)) for item in items if not _is_major(item))
    return [{"number": number, "scheme": text} for number, text in told if text]


def _is_major(item: PlanItem) -> bool:
    return item.action.severity == words.MAJOR or bool(item.action.is_repeat)


def _major(item: PlanItem) -> dict[str, Any]:
    """A scheme: its texts are cut like those of a form, and say that the tracker has the rest."""
    action = item.action
    unit = cut(action.unit or "", MOST_OF_A_NAME)
    return in_form({
        "number": action.number,
        "subject": subject(action.description),
        "state": action.current_state or action.description,
        "cause": action.main_cause or action.cause,
        "measure": action.measure,
        "scheme": "" if item.steps else action.scheme,
        "indicator": cut(action.indicator or ""),
        "baseline": action.baseline,
        "target": action.target,
        "unit": unit,
        "from_to": _change_of(action.baseline, action.target, unit),
    }) | {"steps": [
        in_table(cells(step) | {"owners": some_of(step.owners)}, in_sheet("措施分解")) for step in item.steps
    ]}  # fmt: skip


def _short_names(names: Mapping[str, str]) -> list[dict[str, str]]:
    """The departments that are shortened in the tables, two a row."""
    pairs = chunks(((short, name) for name, short in names.items() if name != short), 2)
    return [_two_names(*pair[0], *(pair[1] if len(pair) > 1 else ("", ""))) for pair in pairs]


def _two_names(short: str, name: str, second_short: str, second: str) -> dict[str, str]:
    return {"short": short, "whole": name, "second_short": second_short, "second": second}


def _change_of(baseline: float | None, target: float | None, unit: str) -> str:
    """14 → 3%; a side that nobody gave stays —, and without either there is nothing."""
    if baseline is None and target is None:
        return ""
    sides = (BLANK if value is None else plain_number(value) for value in (baseline, target))
    return with_unit(" → ".join(sides), unit)


def _months(items: Iterable[PlanItem], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """七: what falls due in each month, in order."""
    dated = [item for item in items if item.action.due_on]
    by_month: dict[str, list[PlanItem]] = {}
    for item in sorted(dated, key=lambda one: (str(one.action.due_on), one.action.number)):
        by_month.setdefault(str(item.action.due_on)[:7], []).append(item)
    return [_month(month, rows, names) for month, rows in by_month.items()]


def _month(month: str, rows: Sequence[PlanItem], names: Mapping[str, str]) -> dict[str, Any]:
    reminders = dict.fromkeys(PrintedDay.of(row.derived.remind_on).iso for row in rows if row.derived.remind_on)
    inspectors = list(dict.fromkeys(names[row.inspector] for row in rows if row.inspector))
    confirms = sorted({row.confirm_on.isoformat()[:7] for row in rows if row.confirm_on})
    return {
        "month": month,
        "due": _due(rows),
        "remind": in_lines(list(reminders), _DAYS_A_LINE),
        "inspectors": cut_list(inspectors, MOST_INSPECTORS, "个部门"),
        "confirm": listed(confirms),
    }


def _due(rows: Sequence[PlanItem]) -> str:
    """The numbers of a month; of a date that nobody approved the month says so, as 四 does."""
    moved = [row.action.number for row in rows if row.is_day_unapproved]
    numbers = in_lines([row.action.number for row in rows], _NUMBERS_A_LINE)
    return f"{numbers}\n其中期限改动未批准：{in_lines(moved, _NUMBERS_A_LINE)}" if moved else numbers


NEWER: Mapping[str, NewerField] = {
    "unclassified": NewerField("“措施类型”空白、不认识的项印在“4.2 预防方面”的末尾", "preventive"),
    "no_kind": NewerField("表中没有“措施类型”一列的，4.1、4.2 照模板自己的文字印，不写明未判定"),
    "schemes": NewerField("五只印重大、重复项目的措施和步骤，不印实施方案，别的项目怎样做也不印"),
    "no_majors": NewerField("表中没有“严重度”“是否重复问题”的，五也一样"),
}
"""What a plan of a template of before says otherwise."""
CONTENT = PaperContent(PLAN, plan_context, example_plan, WORDS, NEWER)
