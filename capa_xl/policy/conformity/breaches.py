"""Breaches that no rule names: parts of a record that the requirement asks for, and limits it sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from capa_xl.model import words
from capa_xl.model.columns import column_by_key
from capa_xl.model.figures import UnansweredSignal
from capa_xl.model.schema import record_class_of
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.conformity.subjects import Breach, Subject
from capa_xl.policy.day import precedes
from capa_xl.policy.indicators import achieved, measures_own_indicator
from capa_xl.policy.overdue import archiving_limit
from capa_xl.policy.periods import period_of
from capa_xl.policy.rules.confirmed_action import ConfirmedAction, confirmed_action
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun
from capa_xl.policy.rules.statistics import is_answer_overdue
from capa_xl.policy.stage_days import archived_in_full_on


def lacks(sheet_key: str, *keys: str) -> Breach:
    """One of these columns exists and is blank in the subject's row; "" for the tracker.

    Raises:
        KeyError: The sheet has no such column: a slip of the pen here would never find anything.
    """
    known = column_by_key(record_class_of(sheet_key or "tracker"))
    for key in keys:
        known[key]

    def blanks(given: RuleInputs, subject: Subject) -> str:
        table = given.tracker if not sheet_key else given.table(sheet_key)
        if table is None or subject.sheet != table.sheet:
            return ""
        return _blank([known[key].header for key in keys if key in table.columns and _is_blank(subject.record, key)])

    return blanks


def _blank(headings: Iterable[str]) -> str:
    """问题类别、调查人空白; "" for none."""
    names = "、".join(headings)
    return f"{names}空白" if names else ""


def earlier(key: str, before: str) -> Breach:
    """A date of the record lies before another one of it, which comes first."""

    def is_earlier(_: RuleInputs, subject: Subject) -> str:
        record = subject.record
        record_class: type = type(record)
        columns = column_by_key(record_class)
        found = precedes(getattr(record, key), getattr(record, before))
        return f"{columns[key].header}早于{columns[before].header}" if found else ""

    return is_earlier


def any_of(*breaches: Breach) -> Breach:
    """One of several."""
    return lambda given, subject: "；".join(filter(None, (breach(given, subject) for breach in breaches)))


def _is_blank(record: Any, key: str) -> bool:
    return getattr(record, key) in (None, ())


def half_approved(_: RuleInputs, subject: Subject) -> str:
    """A plan version with one or two of 批准人, 批准日期, 批准结论."""
    parts = [subject.record.approver, subject.record.approved_on, subject.record.approval]
    return "批准人、批准日期、批准结论没有填全" if any(parts) and not all(parts) else ""


def written_elsewhere(given: RuleInputs, subject: Subject) -> str:
    """A plan version whose 编制人 is not of 质量部."""
    name, roster = subject.record.author, given.view.roster
    on = subject.record.written_on or given.on
    elsewhere = bool(name) and not roster.in_quality(name, on) and roster.lacks(name, words.QUALITY_HEAD, on)
    return f"编制人「{name}」不是质量部的人" if elsewhere else ""


def approved_without_role(given: RuleInputs, subject: Subject) -> str:
    """A plan version that somebody approved who was not 总经理 on that day; actions that rely on one are AP09's.

    A name that the roster doesn't have is not 总经理 either, while it names one.
    """
    if subject.derived is not None:
        return ""
    plan, roster = subject.record, given.view.roster
    if not plan.approver or plan.approved_on is None:
        return "批准人或批准日期空白"
    is_no_manager = roster.lacks(plan.approver, words.GENERAL_MANAGER, plan.approved_on)
    return f"批准人「{plan.approver}」当天不是总经理" if is_no_manager else ""


def half_answered(given: RuleInputs, subject: Subject) -> str:
    """A resource request with 结论 and no 处理日期, or the other way round, where the sheet has both."""
    table = given.table("progress")
    asked = table is not None and {"conclusion", "answered_on"} <= table.columns.keys()
    halves = asked and bool(subject.record.conclusion) != bool(subject.record.answered_on)
    return "结论、处理日期只填了一项" if halves else ""


def unexplained(_: RuleInputs, subject: Subject) -> str:
    """A need not adopted without 评估说明."""
    need = subject.record
    return "" if need.evaluation in (None, words.ADOPTED) or need.evaluation_note else "不采纳而评估说明空白"


def undated_evaluation(given: RuleInputs, subject: Subject) -> str:
    """评估结论 without 评估人 or 评估日期, where the columns exist."""
    return _EVALUATION_PARTS(given, subject) if subject.record.evaluation is not None else ""


def invalid_without_reason(_: RuleInputs, subject: Subject) -> str:
    """不成立 without its reason."""
    return "不成立理由空白" if subject.record.is_valid is False and not subject.record.invalid_reason else ""


def begun_off_its_route(given: RuleInputs, subject: Subject) -> str:
    """Begun while the approval of its route is missing."""
    derived = subject.derived
    begun = derived is not None and not derived.route_satisfied and has_begun(given, subject.record)
    return "没有应有的批准就开始实施" if begun else ""


def unanswered_signal(given: RuleInputs, subject: Subject) -> str:
    """不采取 without 理由, or 预防措施 without the action that it became, where the sheet asks for them.

    A signal of a chart is one that no analysis spoke of within ten working days after its month, as ST05 gives a row.
    """
    if isinstance(subject.record, UnansweredSignal):
        overdue = is_answer_overdue(given, period_of(subject.record.last_period))
        return "统计异常没有处置" if overdue else ""
    key = {words.NO_MEASURE: "reason", words.BY_PREVENTION: "tracker_numbers"}.get(subject.record.disposition)
    return lacks("analyses", key)(given, subject) if key is not None else ""


def late_by(code: str) -> Breach:
    """The stage's limit has passed with nothing done (Y5, Y6)."""
    said = f"{words.OVERDUE_WORDS[code]}的限期已过"
    return lambda _, subject: said if subject.derived is not None and code in subject.derived.overdue else ""


def refused_without_reason(_: RuleInputs, subject: Subject) -> str:
    """A revision refused without 不同意理由."""
    is_bare = subject.record.approval == words.REFUSED and not subject.record.refusal_reason
    return "不同意理由空白" if is_bare else ""


def report_late(given: RuleInputs, subject: Subject) -> str:
    """Archived in full after 报告应交日, or not in full although it has passed (4.5.2): as 归档及时率 and Y8 judge."""
    state = action_state_of(given.view.inputs, subject.record)
    limit, status = archiving_limit(state), subject.derived.status if subject.derived is not None else ""
    archived_on = archived_in_full_on(state, status)
    if limit is None or (archived_on or given.on) <= limit:
        return ""
    return f"归档日期 {archived_on} 晚于报告应交日 {limit}" if archived_on else f"报告应交日 {limit} 已过，没有归档齐"


_EVALUATION_PARTS = lacks("needs", "evaluator", "evaluated_on")
_MEASURE_PARTS = lacks("", "indicator", "baseline", "target", "unit")
_SITUATION_PARTS = lacks("", "description", "impact", "cause")


def unmeasurable(given: RuleInputs, subject: Subject) -> str:
    """重大 without 效果指标, 现值, 目标值 or 单位."""
    return _MEASURE_PARTS(given, subject) if subject.record.severity == words.MAJOR else ""


def situation_unstated(given: RuleInputs, subject: Subject) -> str:
    """纠正 without 问题描述, 影响面 or 原因分析, which stand for its 现状分析."""
    return _SITUATION_PARTS(given, subject) if subject.record.action_type == words.CORRECTIVE else ""


def cause_or_basis_unstated(given: RuleInputs, subject: Subject) -> str:
    """预防 without 主要原因 (else 原因分析), or without 分析编号 (else 来源单号), where the columns exist."""
    pairs = (("main_cause", "cause"), ("analysis_number", "source_number"))
    asked = [[key for key in pair if key in given.tracker.columns] for pair in pairs]
    missing = [keys[0] for keys in asked if keys and all(_is_blank(subject.record, key) for key in keys)]
    return _blank(column_by_key(record_class_of("tracker"))[key].header for key in missing)


def steps_without_owner_or_date(given: RuleInputs, subject: Subject) -> str:
    """A step without 步骤责任人 or 计划完成, done or not, where the sheet asks for them."""
    table = given.table("steps")
    asked = [key for key in ("owners", "due_on") if table is not None and key in table.columns]
    steps = given.view.steps.get(subject.name, ())
    lacking = any(_is_blank(step, key) for step in steps for key in asked)
    return "有步骤没有步骤责任人或计划完成" if lacking else ""


def target_not_judged(given: RuleInputs, subject: Subject) -> str:
    """目标值 stands there, and the conclusion names no figure of that indicator to hold against it."""
    action, derived = subject.record, subject.derived
    if derived is None or action.target is None or "actual" not in given.tracker.columns:
        return ""
    found = confirmed_action(action, derived)
    unjudged = found is not None and achieved(action, found.round) is None and not _is_counted(found)
    return "有目标值而没有实际值，效果没有对照目标" if unjudged else ""


def _is_counted(found: ConfirmedAction) -> bool:
    """The round that counts gives the action's own indicator as n and 不合格."""
    round_ = found.round
    if round_ is None or not measures_own_indicator(found.action, round_):
        return False
    return bool(round_.n_after) and round_.bad_after is not None
