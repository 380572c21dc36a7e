"""重大改进一页报告: the facts of one report → the words of one A3 page; long texts are cut so that it stays one."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.charts import Chart
from capa_xl.model.cut_text import with_unit
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import A3
from capa_xl.model.plain_number import plain_number
from capa_xl.model.short_names import told_apart
from capa_xl.model.stage_strip import stage_strip
from capa_xl.reports.word.action_axis import AXIS_WORDS, action_axis
from capa_xl.reports.word.brief_cells import in_lines_of, lines_of
from capa_xl.reports.word.chart_xml import TOLD_CM
from capa_xl.reports.word.context_report import one_report_context
from capa_xl.reports.word.context_words import head_words
from capa_xl.reports.word.examples import example_report
from capa_xl.reports.word.line_widths import line_width
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.printable import BLANK
from capa_xl.reports.word.shared_room import share_room
from capa_xl.reports.word.table_words import cut, whole_names

MOST_OF_A_TEXT, MOST_OF_A_STEP, MOST_OF_A_CELL, MOST_STEPS = 78, 26, 40, 4
LINE, _HALF_POINTS = 9450, 21
"""Width of a line of a box in twentieths of a point, less three characters for blanks beside letters and digits and
for words that no line breaks; and the size of its type.
"""
A3_LINE, _TITLE_HALF_POINTS = 9900, 18
"""Width of the line below the title, less two characters for blanks beside letters; and the size of its type."""
MOST_OF_A_REASON = 90
"""Of the words that it was cancelled: two lines below the title."""
ROOM = {"background": 9, "state": 4, "goal": 4, "cause": 8, "measure": 3}
"""Lines of texts that each box holds."""
_RIGHT_CM, _LINE_CM, _ROW_CM, _LOWEST_CM, _BARE_CM = 13.0, 0.67, 0.51, 4.6, 5.9
"""What all headings, the time axis and the signatures leave of the right column; a line of its texts, a row of its
steps, the lowest chart that can be read, and the box of the effect without one.
"""
_CELLS, _CELL_HALF_POINTS, _CELL_LINE_CM = {"content": 4300, "owners": 1360}, 18, 0.44
"""Widths of a line of the steps' cells in twentieths of a point, the size of their type, and how high it is."""
SCHEME = "实施方案："
_REVISED, _RECURRED = "是否涉及文件修订：☐ 是 ☑ 否　", "后续编号：无　同类问题复发："
_MOST_OF_A_NAME = 10
"""Of a department, so that both fit on the line below the title."""
WORDS = {
    "r": "报告", "milestones": "时间轴", "more_steps": "未列出步骤数的文字", "state": "改进前的数据",
    "departments": "归口部门和责任部门（相同的只写一次）", "approved": "措施的批准",
    "late": "逾期几天（没有逾期的为空）",
    "axis": "时间轴各月", "axis_size": "时间轴格数", "axis_words": "时间轴图例",
    "month": "月份", "phase": "阶段", "marks": "期限标记",
    "approved_on": "批准日期", "started_on": "开始日期",
    "inspected_on": "检查日期", "confirmed_on": "确认日期", "archived_on": "归档日期",
}  # fmt: skip
"""Chinese words for what only this paper has, for the list of fields."""


def a3_context(facts: ReportFacts) -> dict[str, Any]:
    """The context of one page."""
    report = one_report_context(facts)["reports"][0]
    report["action"] = {key: _shown(value, MOST_OF_A_TEXT) for key, value in report["action"].items()}
    report["action"] |= _in_boxes(
        facts.action,
        report["action"],
        _lines_of_the_measure(report),
        is_cancelled=bool(report["cancelled"]),
        has_steps=bool(report["steps"]),
    )
    owner, owning = facts.action.responsible_department or "", facts.derived.owning_department or ""
    names = told_apart((owner, owning), _MOST_OF_A_NAME)
    report["action"]["responsible_department"] = names[owner]
    report["derived"] = report["derived"] | {"owning_department": names[owning]}
    departments = _departments(names[owning], names[owner])
    report["subject"] = _in_title(report["subject"], f"{facts.action.number}　　{departments}")
    report["cancelled"] = cut(report["cancelled"], MOST_OF_A_REASON)
    steps = [
        {key: _shown(value, MOST_OF_A_STEP) for key, value in step.items()}
        | {"owners": whole_names(step["owners"], MOST_OF_A_STEP)}
        for step in report["steps"]
    ]
    report["steps"] = _that_fit(report, steps)
    more = len(steps) - len(report["steps"])
    report["effect"] |= {"chart": _as_high_as_fits(report, has_more=more > 0)}
    return {
        "head": head_words(facts.head, A3.title),
        "r": report,
        "departments": departments,
        "more_steps": f"另有 {more} 步，见《措施分解》。" if more else "",
        "state": _state(report, facts.action),
        "approved": _approved(facts, report),
        "axis": (axis := action_axis(facts.action, facts.derived, facts.head.as_of)),
        "axis_size": len(axis),
        "axis_words": AXIS_WORDS,
        "strip": stage_strip(facts.action, facts.derived, facts.columns),
        "late": facts.derived.overdue_phrase if facts.derived.is_late else "",
        "milestones": [_milestones(facts)],
    }


def _departments(owning: str, responsible: str) -> str:
    """Both with what they are; one that is both is named once."""
    if owning == responsible:
        return f"归口、责任：{owning or BLANK}"
    return f"归口：{owning or BLANK}　责任：{responsible or BLANK}"


def _in_title(subject: str, beside: str) -> str:
    """So much of the subject as the line below the title leaves: no department breaks at its end."""
    return in_lines_of(subject, A3_LINE - line_width(beside, _TITLE_HALF_POINTS), _TITLE_HALF_POINTS, 1)


def _lines_of_the_measure(report: dict[str, Any]) -> int:
    """One without steps has the lines of their table; one with steps leaves one to the chart."""
    if not report["steps"]:
        return ROOM["measure"] + MOST_STEPS - 1
    return ROOM["measure"] - bool(report["effect"]["chart"])


def _in_boxes(
    action: Action, shown: dict[str, Any], measure: int, *, is_cancelled: bool, has_steps: bool
) -> dict[str, str]:
    """The long texts, those of one box sharing its lines.

    Args:
        measure: Lines of the measure.
        has_steps: They are printed below it, and 实施方案 isn't.
    """
    source = f"来源：{shown['source']}（{shown['source_number'] or ''}）；影响面："
    background = ROOM["background"] - (2 if is_cancelled else 0)
    return {
        **_shared(
            {"description": action.description, "impact": action.impact, "containment": action.containment},
            background, {"impact": source, "containment": "临时处置："},
        ),
        **_shared({"current_state": action.current_state}, ROOM["state"] - 1),
        **_shared({"goal": action.goal}, ROOM["goal"] - 1),
        **_shared(
            {"main_cause": action.main_cause, "cause": action.cause}, ROOM["cause"] - 1, {"main_cause": "主要原因："}
        ),
        "scheme": "",
        **_shared(
            {"measure": action.measure, "scheme": None if has_steps else action.scheme}, measure, {"scheme": SCHEME}
        ),
    }  # fmt: skip


def _shared(texts: dict[str, str | None], lines: int, before: dict[str, str] | None = None) -> dict[str, str]:
    return share_room(texts, lines, LINE, _HALF_POINTS, before)


def _that_fit(report: dict[str, Any], steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first steps, four at most: so many that the signatures stay on the page below the lowest chart."""
    has_chart = report["effect"]["chart"] is not None
    left = _RIGHT_CM - _texts_cm(report, has_chart=has_chart) - (_LOWEST_CM if has_chart else _BARE_CM)
    most = min(len(steps), MOST_STEPS)
    fits = (count for count in range(most, 1, -1) if _steps_cm(steps[:count], has_more=count < len(steps)) <= left)
    return steps[: next(fits, min(most, 1))]


def _steps_cm(steps: list[dict[str, Any]], *, has_more: bool) -> float:
    """How high the table of those steps is, its heading and the line that counts the others with it."""
    lines = sum(
        max(lines_of(step[key], width, _CELL_HALF_POINTS) for key, width in _CELLS.items()) - 1 for step in steps
    )
    return (len(steps) + bool(steps) + has_more) * _ROW_CM + lines * _CELL_LINE_CM


def _texts_cm(report: dict[str, Any], *, has_chart: bool) -> float:
    """How high the texts of the right column are; what is said of an effect without a chart stands in its box."""
    documents = "、".join(f"{one['document_number']} {one['document_name']}" for one in report["revisions"])
    numbers = " ".join(str(one["number"]) for one in report["follow_ups"])
    recurred = _RECURRED + numbers + report["recurrence"]
    effect = report["effect"]["sentence"] if has_chart else ""
    scheme = report["action"]["scheme"]
    texts = report["action"]["measure"], scheme and SCHEME + scheme, effect, _REVISED + documents, recurred
    return _LINE_CM * sum(lines_of(f"　　{text}", LINE, _HALF_POINTS) for text in texts if text)


def _as_high_as_fits(report: dict[str, Any], *, has_more: bool) -> Chart | None:
    """The chart, so high that the signatures below it stay on the page."""
    chart: Chart | None = report["effect"]["chart"]
    if chart is None:
        return None
    left = _RIGHT_CM - _texts_cm(report, has_chart=True) - _steps_cm(report["steps"], has_more=has_more)
    return replace(chart, height_cm=round(min(TOLD_CM, max(_LOWEST_CM, left)), 1))


def _state(report: dict[str, Any], action: Action) -> str:
    """What was measured before, the same only once, else the 现值 that the goal starts from; "" leaves room."""
    told = (f"{row['indicator']} {row['before']}" for row in report["effect"]["rows"] if row["before"])
    before = tuple(dict.fromkeys(told))
    if before:
        return f"改进前的数据：{'；'.join(before)}。"
    if action.baseline is None or action.current_state:
        return ""
    named = cut(action.indicator or "", MOST_OF_A_CELL)
    return f"现值：{named} {with_unit(plain_number(action.baseline), action.unit)}。"


def _approved(facts: ReportFacts, report: dict[str, Any]) -> dict[str, str]:
    """Who approved the measure: a person, the review or a plan; "" while nobody did."""
    approval = facts.derived.approval
    if approval is None:
        return {"by": ""}
    by = report["approvals"][-1]["approver"] if approval.is_own else approval.source
    return {"by": cut(by, MOST_OF_A_CELL)}


def _shown(value: Any, most: int) -> Any:
    """A text cut to so many characters; whatever else as it is."""
    return cut(value, most) if type(value) is str else value


def _milestones(facts: ReportFacts) -> dict[str, Any]:
    """The days of the timeline."""
    action, conclusion = facts.action, facts.derived.conclusion
    return {
        "registered_on": action.registered_on,
        "approved_on": facts.derived.approved_on,
        "started_on": action.started_on,
        "original_due_on": facts.derived.original_due_on,
        "due_on": action.due_on,
        "completed_on": action.completed_on,
        "inspected_on": action.inspected_on,
        "confirmed_on": conclusion.confirmed_on if conclusion else None,
        "archived_on": action.archived_on,
    }


CONTENT = PaperContent(A3, a3_context, example_report, WORDS)
