"""改进效果确认报告 (4.5.2): facts of one or several actions → the words of the template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.paper_facts import ReportFacts
from capa_xl.model.paper_kinds import REPORT
from capa_xl.model.records import Analysis, Correction, Extension, Progress, Step
from capa_xl.model.stage_strip import stage_strip
from capa_xl.reports.word.context_words import (
    NO_COLUMN,
    action_cells,
    blank_cells,
    boxes,
    cancelled_words,
    cells,
    head_words,
    listed,
    problem_rows,
    subject,
    with_role,
    with_role_that_counts,
    yes_no_boxes,
)
from capa_xl.reports.word.examples import example_report
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.printable import BLANK
from capa_xl.reports.word.report_attachments import attachment_rows, photo_row, unshown_sentence
from capa_xl.reports.word.report_sentences import (
    observation_sentence,
    recurrence_sentence,
    reminder_sentence,
)
from capa_xl.reports.word.report_signers import (
    approval_rows,
    conclusion_words,
    inspection_rows,
    past_conclusion_rows,
    signer_rows,
)
from capa_xl.reports.word.table_words import (
    MOST_IN_A_RECORD,
    MOST_OF_A_FEW,
    brief,
    chunks,
    cut,
    cut_lines,
    in_sheet,
    in_table,
    whole_names,
)

_NO_FIGURES = "本项以检查记录为确认依据，未设量化指标。"
_SIGNERS = (words.QUALITY_HEAD, words.GENERAL_MANAGER)
"""Roles whose signature makes an entry of 更正记录 count."""
_WHOLE_STEPS = "（见 1.4）"
"""Where the texts of steps stand whole that 2.2 tells again."""
_BELOW = "（全文见表下）"
"""Where a long 检查情况 or 确认依据 stands whole: people are sent to the report for it."""
_TOLD_BLANK = ("cause", "goal", "measure", "progress_note", "evidence")
"""Texts that have a place of their own in the report."""


def one_report_context(facts: ReportFacts) -> dict[str, Any]:
    """The context of a file with one report."""
    return report_context((facts,))


def report_context(reports: Sequence[ReportFacts]) -> dict[str, Any]:
    """The context of one file; each action is one of `reports`, on pages of its own."""
    first = reports[0]
    is_draft = any(one.head.is_draft for one in reports)
    head = head_words(replace(first.head, is_draft=is_draft), REPORT.title)
    if len(reports) > 1:
        head["number"] = f"{first.head.number} 等 {len(reports)} 份"
    return {"head": head, "reports": [_report(one) for one in reports]}


def _report(facts: ReportFacts) -> dict[str, Any]:
    action = facts.action
    return {
        "number": cut(facts.head.number),
        "subject": subject(action.description),
        "strip": stage_strip(action, facts.derived, facts.columns),
        "cancelled": cancelled_words(action, facts.derived, facts.roles),
        "is_draft": facts.head.is_draft,
        "action": action_cells(action, facts.columns),
        "derived": _derived(facts),
        "boxes": _boxes(facts),
        "goals": _goals(facts),
        "analysis": cells(facts.analysis) if facts.analysis else blank_cells(Analysis),
        "is_preventive": action.action_type == words.PREVENTIVE,
        "approvals": [in_table(row) for row in approval_rows(facts)],
        "steps": [in_table(_step(facts, step), in_sheet("措施分解")) for step in facts.steps or ()],
        "no_steps": _none(facts, facts.steps, "措施分解", "本项未分解步骤。"),
        "requests": _feedback(facts, _is_request),
        "no_requests": _none(facts, facts.progress, "进展反馈", "没有登记资源申请").removesuffix("。"),
        "log": _feedback(facts, _is_a_problem),
        "no_log": _none(facts, facts.progress, "进展反馈", "实施中未登记问题。"),
        "extensions": [in_table(_extension(facts, entry), in_sheet("延期记录")) for entry in facts.extensions or ()],
        "no_extensions": _none(facts, facts.extensions, "延期记录", "没有登记延期。"),
        "nothing": {key: _of_a_blank(facts, key) for key in _TOLD_BLANK},
        "reminder": reminder_sentence(facts),
        "inspections": [in_table(row, _BELOW) | {"whole": _too_long(row["note"])} for row in inspection_rows(facts)],
        "no_inspection": "尚未检查。" if "inspector" in facts.columns else f"{NO_COLUMN}。",
        "observation": observation_sentence(facts),
        "effect": _effect(facts),
        "conclusion": _conclusion(facts),
        "past_conclusions": [in_table(row, in_sheet("效果确认")) for row in past_conclusion_rows(facts)],
        "revisions": [in_table(cells(entry), in_sheet("文件修订")) for entry in facts.revisions or ()],
        "corrections": [in_table(_correction(facts, entry), in_sheet("更正记录")) for entry in facts.corrections],
        "follow_ups": [cells(entry) for entry in facts.follow_ups],
        "recurrences": listed(facts.recurrences),
        "recurrence": recurrence_sentence(facts) + facts.head.lacking,
        "edition_note": facts.head.edition_note,
        "missing": head_words(facts.head, REPORT.title)["missing"],
        "people": signer_rows(facts),
        "attachments": attachment_rows(facts),
        "photos": [photo_row(pair) for pair in chunks(facts.photos, 2)],
        "unshown_photos": unshown_sentence(facts),
        "problems": problem_rows(facts.problems),
        "content_hash": facts.content_hash[:16],
    }


def _none(facts: ReportFacts, rows: Sequence[object] | None, sheet: str, words_of_none: str) -> str:
    """What stands where nothing is listed: a sheet that isn't in use proves no absence."""
    return f"{facts.head.sheets.nothing_in(sheet)}。" if rows is None else words_of_none


def _of_a_blank(facts: ReportFacts, key: str) -> str:
    """What stands for a blank text: — for a cell, and that there is none for a column that the table lacks."""
    return BLANK if key in facts.columns else f"{NO_COLUMN}。"


def _too_long(note: str | None) -> str:
    """The text where its cell cuts it; "" where that holds it."""
    return note if note and len(note) > MOST_IN_A_RECORD else ""


def _conclusion(facts: ReportFacts) -> dict[str, Any]:
    """4.3 结论; of a long basis the beginning in the table, and the whole below."""
    found = conclusion_words(facts)
    return found | {
        "brief_basis": in_table({"basis": found["basis"]}, _BELOW)["basis"],
        "whole": _too_long(found["basis"]),
    }


def _feedback(facts: ReportFacts, wanted: Callable[[Progress], bool]) -> list[dict[str, Any]]:
    found = (entry for entry in facts.progress or () if wanted(entry))
    return [in_table(_answered(facts, entry), in_sheet("进展反馈")) for entry in found]


def _answered(facts: ReportFacts, entry: Progress) -> dict[str, Any]:
    return cells(entry) | {"answered_by": with_role(facts.roles, entry.answered_by, entry.answered_on)}


def _extension(facts: ReportFacts, entry: Extension) -> dict[str, Any]:
    who = with_role_that_counts(facts.roles, entry.approver, entry.approved_on, (facts.derived.route or "",))
    return cells(entry) | {"approver": who}


def _is_request(entry: Progress) -> bool:
    return entry.kind == words.RESOURCE_REQUEST


def _is_a_problem(entry: Progress) -> bool:
    """2.3 lists problems and what 总经理 was asked to settle; mere progress stands under 2.1."""
    if _is_request(entry):
        return False
    return entry.kind in ("问题", None) or bool(entry.needs_general_manager)


def _derived(facts: ReportFacts) -> dict[str, Any]:
    derived = facts.derived
    return {
        "status": derived.status,
        "route": derived.route,
        "inspector_department": derived.inspector_department,
        "level": derived.level if facts.action.level or facts.action.source else "",  # 来源 tells it, or nothing does
        "owning_department": derived.owning_department,
        "priority": derived.priority,
        "original_due_on": derived.original_due_on,
        "earliest_confirmation_on": derived.earliest_confirmation_on,
        "report_due_on": derived.report_due_on,
    }


def _boxes(facts: ReportFacts) -> dict[str, str]:
    action, conclusion = facts.action, facts.derived.conclusion
    return {
        "action_type": boxes(action.action_type, words.ACTION_TYPES),
        "severity": boxes(action.severity, words.SEVERITIES),
        "effect": boxes(conclusion.effect if conclusion else action.effect, words.EFFECTS),
        "revision": yes_no_boxes(action.needs_revision),
    }


def _goals(facts: ReportFacts) -> list[dict[str, Any]]:
    action = facts.action
    if action.indicator is None and action.target is None:
        return []
    row = cells(action)
    return [{key: row[key] for key in ("indicator", "baseline", "target", "unit")}]


def _step(facts: ReportFacts, step: Step) -> dict[str, Any]:
    owners = " ".join(filter(None, (step.department, whole_names(listed(step.owners), MOST_OF_A_FEW))))
    return cells(step) | {
        "owners": owners,
        "on_time": _on_time(facts, step.due_on, step.done_on),
        "brief": brief(step.content, _WHOLE_STEPS),
        "brief_output": brief(step.output, _WHOLE_STEPS),
    }


def _correction(facts: ReportFacts, entry: Correction) -> dict[str, Any]:
    return cells(entry) | {"approver": with_role_that_counts(facts.roles, entry.approver, entry.on, _SIGNERS)}


def _on_time(facts: ReportFacts, due_on: date | None, done_on: date | None) -> str:
    """Of a step; an open one is late at T only while its owners are at work on the action."""
    if done_on is None:
        days = (facts.head.as_of - due_on).days if due_on else 0
        return f"逾期 {days} 天" if days > 0 and facts.derived.status in words.OWNERS_TURN else "未完成"
    return "" if due_on is None else "是" if done_on <= due_on else "否"


def _effect(facts: ReportFacts) -> dict[str, Any]:
    effect = facts.effect
    rows = [
        {
            "indicator": cut(row.indicator),
            "before": cut_lines(row.before),
            "after": cut_lines(row.after),
            "target": cut(row.target),
            "reached": row.reached,
        }
        for row in effect.rows
    ]
    none = _NO_FIGURES if facts.action.indicator is None else "尚无效果数据。"
    return {"rows": rows, "none": none, "sentence": effect.sentence, "chart": effect.chart}


CONTENT = PaperContent(REPORT, one_report_context, example_report)
