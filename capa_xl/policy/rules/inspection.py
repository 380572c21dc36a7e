"""CK: the inspection — by whom, when, complete (4.4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.problem import Hit
from capa_xl.policy.past_inspections import failed_of_the_note
from capa_xl.policy.roster import Roster
from capa_xl.policy.rules.message_words import headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import graced, once_ended

_ANEW, _NOT_ANEW = "填对了的，换检查人重新检查", "已结束的不必重新检查"
_PARTS = ("inspector", "inspected_on", "inspection")


def _wrong_inspector(given: RuleInputs) -> Iterator[Hit]:
    roster = given.view.roster
    for action, derived in given.live:
        name = action.inspector
        if name is None or not roster.exists(name) or not derived.inspector_department:
            continue
        on = action.inspected_on or given.on
        if derived.inspector_department == words.QUALITY_DEPARTMENT:
            if roster.in_quality(name, on):
                continue
            severity = once_ended(derived)
        elif roster.departments_acted_in(name, on) & {derived.inspector_department, *action.departments}:
            continue
        else:
            severity = I if roster.in_quality(name, on) else W
        again = _NOT_ANEW if derived.is_ended else _ANEW
        facts = {"v": name, "again": again, **_stands(roster, name, on)}
        yield given.hit(action, "inspector", severity, dept=derived.inspector_department, **facts)


def _stands(roster: Roster, name: str, on: date) -> dict[str, str]:
    """Where the inspector stands on that day, or why the roster has them nowhere."""
    own = roster.department_of(name, on) or ""
    if own and not roster.departments_of(name, on):
        why = f"在《人员部门》没有 {on} 有效的一行"
        return {"own": "", "blank": why, "again": "在《人员部门》核对生效日期、失效日期"}
    if own:
        return {"own": own, "blank": ""}
    return {"own": "", "blank": "在《人员部门》没有填部门", "again": "在《人员部门》填部门"}


def _inspected_too_early(given: RuleInputs) -> Iterator[Hit]:
    """A failed inspection stands before the new completion by nature."""
    for action, _ in given.completed:
        if action.inspected_on is None or action.completed_on is None or action.inspection == words.FAILED:
            continue
        if action.inspected_on < action.completed_on:
            yield given.hit(action, "inspected_on", v=str(action.inspected_on), d=str(action.completed_on))


def _inspection_incomplete(given: RuleInputs) -> Iterator[Hit]:
    """Who is to inspect may be named beforehand: that alone is no begun inspection."""
    filled = given.filled
    for action, missing in filled.half_filled(filled.live, *_PARTS):
        concluded = filled.view.derived[action.number].conclusion
        confirming = concluded or action.confirmed_on or action.effect
        if not confirming and action.inspected_on is None and action.inspection is None:
            continue
        hit = given.hit(action, missing[0], E if confirming else W, missing=headers(missing))
        yield graced(hit, not confirming)


def _nothing_written(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.severity == words.MAJOR and action.inspection and not action.inspection_note:
            yield given.hit(action, "inspection_note")


def _note_of_the_failed_one(given: RuleInputs) -> Iterator[Hit]:
    changes = given.journal.inspection_changes if given.journal is not None else {}
    for action, _ in given.live if changes else ():
        failed_on = failed_of_the_note(action, changes.get(action.number, ()), given.on)
        if failed_on is not None:
            note, now = cut_quote(action.inspection_note or ""), action.inspection or ""
            yield given.hit(action, "inspection_note", v=note, d=str(failed_on), now=now)


CK01 = Rule(
    "CK01", "4.4.3", E, "体系、评审的项不由质量部检查（已结束为警告）；过程的项由第三部门（警告）、质量部（提示）检查",
    "检查应由「{dept}」进行，检查人「{v}」⟦属于「{own}」⟧⟦{blank}⟧",
    "核对问题层面是否填对；{again}",
    _wrong_inspector, ("inspector", "people:department"), also=(W, I),
    in_general={"again": f"{_ANEW}；{_NOT_ANEW}"},
)  # fmt: skip
CK02 = Rule(
    "CK02", "4.4.3", W, "检查日期早于实际完成日期",
    "检查早于完成，视为过程检查：检查 {v}，完成 {d}",
    "完成后请再检查",
    _inspected_too_early, ("inspected_on", "completed_on"),
)  # fmt: skip
CK03 = Rule(
    "CK03", "4.4.3", E, "检查人、检查日期、检查结论只填了一部分（已开始确认为错误，否则为警告）",
    "检查人/日期/结论不完整：{missing}空白",
    "补填空着的{missing}",
    _inspection_incomplete, _PARTS, also=(W,), of_blanks=True,
    in_general={"missing": headers(_PARTS)},
)  # fmt: skip
CK05 = Rule(
    "CK05", "4.4.3", W, "重大的检查没有检查情况",
    "未写检查情况（重大，已有检查结论）",
    "补检查情况：看了什么、结果如何",
    _nothing_written, ("severity", "inspection", "inspection_note"),
)  # fmt: skip
CK06 = Rule(
    "CK06", "4.4.3", W, "再次检查改了检查结论，检查情况还是不合格那次写的",
    "检查情况「{v}」是 {d} 不合格那次写的，检查结论已改为「{now}」",
    "改写成这次看了什么、结果如何（没有可写的清空）；前一次的由报告照样印出",
    _note_of_the_failed_one, ("inspection", "inspection_note", "+journal"),
)  # fmt: skip
