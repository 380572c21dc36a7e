"""AP05, AP08, AP10, AP11, AP13, AP15, AP17: the signature itself — role, person, date, completeness."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cell_text import cell_text
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.journal import HANDS
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.records import SIGNATURE
from capa_xl.policy import routes
from capa_xl.policy.past_refusals import refused_of_the_evidence
from capa_xl.policy.routes import last_approval_day
from capa_xl.policy.rules.message_words import header, headers
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun
from capa_xl.policy.rules.weights import graced, once_completed
from capa_xl.policy.signing_role import (
    demanded_way,
    has_dated_roles,
    is_refused_by_role,
    lacking_role,
    role_lacking_for,
)


def _approver_without_role(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.approver is None or action.approved_on is None or not given.view.roster.exists(action.approver):
            continue
        inputs = given.view.inputs
        way = routes.way_of(inputs, action)
        if not way and not routes.is_review_agreed(inputs, action):
            way = demanded_way(derived.route)
        if role := _lacking(given, action, derived.route, way):
            undated = not has_dated_roles(given.view.roster, action.approver)
            severity = Severity.INFO if derived.is_ended and undated else None
            yield given.hit(action, "approver", severity, v=action.approver, d=str(action.approved_on), role=role)
    yield from _extension_approvers(given)


def _lacking(given: RuleInputs, action: Action, route: str, way: str) -> str:
    """The role that the way of approval asks for; where the work may not start on that way, the role of the route."""
    roster, name, on = given.view.roster, action.approver or "", action.approved_on or given.on
    role = lacking_role(roster, action, name, on, way)
    if not role or routes.serves(way, action):
        return role
    return lacking_role(roster, action, name, on, demanded_way(route)) or role


def _extension_approvers(given: RuleInputs) -> Iterator[Hit]:
    """An extension is approved by the role of the row's route."""
    extensions = given.view.extensions
    for action, derived in given.live if extensions else ():
        for ext in extensions.get(action.number, ()):
            if role := role_lacking_for(given.view.roster, action, derived, ext):
                v, d = ext.approver or "", str(ext.approved_on)
                severity = Severity.INFO if not is_refused_by_role(given.view.roster, action, derived, ext) else None
                yield given.hit_on("extensions", ext, "approver", ext.number, severity, v=v, d=d, role=role)


def _other_manager(given: RuleInputs) -> Iterator[Hit]:
    """4.2.4 means the manager of 归口部门; that of 责任部门 is accepted, and it is said (requirements A2).

    Nothing is said where nobody heads 归口部门 on that day, nor of 总经理, who stands above both; of several approvers
    one of 归口部门 will do.
    """
    roster = given.view.roster
    for action, derived in given.live:
        owning, on = derived.owning_department, action.approved_on or given.on
        if not action.approver or not owning or derived.route != words.BY_MANAGER or action.approval == words.REFUSED:
            continue
        names, fit = action.approver.split("、"), roster.heads_of(owning, on)
        if not fit or any(name in fit or roster.has_role(name, words.GENERAL_MANAGER, on) for name in names):
            continue
        for name in names:
            department = next((one for one in action.departments if name in roster.heads_of(one, on)), None)
            if department is not None:
                yield given.hit(action, "approver", v=name, d=department, o=owning)
                break


def _signature_incomplete(given: RuleInputs) -> Iterator[Hit]:
    """A management review may leave 批准人 and 批准日期 blank."""
    for action, missing in given.filled.half_filled(given.filled.live, *SIGNATURE):
        if not action.review_number:
            begun = has_begun(given, action)
            yield graced(given.hit(action, missing[0], E if begun else W, missing=headers(missing)), not begun)


def _review_unknown(given: RuleInputs) -> Iterator[Hit]:
    known = {d.number for d in given.table("decisions").records}  # type: ignore[union-attr]
    for action, _ in given.pairs:
        if action.review_number and action.review_number not in known:
            yield given.hit(action, "review_number", v=action.review_number)


def _review_silent(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.review_number and routes.is_unmentioned(given.view.inputs, action):
            yield given.hit(action, "review_number", v=action.review_number)


def _changed_after_approval(given: RuleInputs) -> Iterator[Hit]:
    approved = given.journal.approved if given.journal is not None else {}
    for action, derived in given.live:
        if (before := approved.get(action.number)) is None:
            continue
        measure, due = before
        if measure and "measure" in given.tracker.columns and measure != action.measure:
            yield given.hit(action, "measure", c="措施内容")
        if due and due != str(derived.original_due_on or ""):
            yield given.hit(action, "due_on", c=f"完成期限（原为 {due}）")
        yield from _handed_over(given, action)


def _handed_over(given: RuleInputs, action: Action) -> Iterator[Hit]:
    """Hands changed after the approval and not changed back; on its very day nobody knows which came first.

    What `handover` changed is no change of what was approved: it stands on record as a handover. What is changed later
    is held against the approval and against what the handover left; the sentence names who had it at the approval.
    """
    handed = given.journal.handed_over.get(action.number, ()) if given.journal is not None else ()
    day = last_approval_day(given.view.inputs, action) if handed else None
    since = [change for change in handed if day is not None and day < change.seen_on]
    if not since:  # as in nearly every row
        return
    for key in filter(given.tracker.columns.__contains__, HANDS):
        changes = [change for change in since if change.field == header(key)]
        first = next((change for change in changes if change not in given.handed_by_command), None)
        if first is None or not first.before:
            continue
        approved, now = changes[0].before, cell_text(getattr(action.as_in_cell(), key)) or ""
        if not any(_same_hands(given, key, before, now) for before in (approved, first.before)):
            yield given.hit(action, key, c=f"{first.field}（批准时为{approved or '空白'}，现为{now or '空白'}）")


def _same_hands(given: RuleInputs, key: str, before: str, now: str) -> bool:
    """The same, or the same departments under the names that they have today (部门沿革)."""
    if key != "responsible_department":
        return before == now
    lineage = given.view.roster.lineage
    return before == now or [lineage.current(name, given.on) for name in before.split("、")] == now.split("、")


_LATE_APPROVAL = "期限过后才批准的，登记延期、批准后改完成期限，或写《例外说明》"


def _dates_contradict(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        day = action.approved_on
        if day is None:
            continue
        if action.due_on is not None and day > action.due_on:
            told = {"d": str(day), "c": f"完成期限 {action.due_on}", "late": _LATE_APPROVAL}
            yield given.hit(action, "approved_on", once_completed(action), **told)
        elif action.registered_on is not None and day < action.registered_on:
            yield given.hit(action, "approved_on", W, d=str(day), c=f"登记日期 {action.registered_on}")


def _evidence_of_the_refusal(given: RuleInputs) -> Iterator[Hit]:
    changes = given.journal.approval_changes if given.journal is not None else {}
    for action, _ in given.live if changes else ():
        refused_on = refused_of_the_evidence(action, changes.get(action.number, ()), given.on)
        if refused_on is not None:
            evidence, now = cut_quote(action.approval_evidence or ""), action.approval or ""
            yield given.hit(action, "approval_evidence", v=evidence, d=str(refused_on), now=now)


AP05 = Rule(
    "AP05", "", E, "批准人在批准日期不具备相应角色（已结束且没有角色日期：提示）",
    "批准人「{v}」在 {d} 不具备「{role}」角色",
    "改批准人，或在《人员部门》补角色与生效、失效日期",
    _approver_without_role, ("approver", "approved_on", "people:roles"), also=(Severity.INFO,), excusable=False,
)  # fmt: skip
AP08 = Rule(
    "AP08", "", E, "批准人、批准日期、批准结论只填了一部分（已开始实施为错误，否则为警告）",
    "批准信息不完整：{missing}空白",
    "补填空着的{missing}",
    _signature_incomplete, SIGNATURE, also=(W,), of_blanks=True,
    in_general={"missing": headers(SIGNATURE)},
)  # fmt: skip
AP10 = Rule(
    "AP10", "4.2.3", E, "管理评审编号在《管理评审》中没有",
    "管理评审编号「{v}」不存在",
    "在《管理评审》登记，或改编号",
    _review_unknown, ("review_number", "decisions:number"),
)  # fmt: skip
AP11 = Rule(
    "AP11", "", W, "批准以后改了措施内容、原期限、责任人或责任部门",
    "批准后内容被修改：{c}",
    "恢复批准时的内容；确需改的，经批准人同意后写《例外说明》",
    _changed_after_approval, ("+journal",),
)  # fmt: skip
AP13 = Rule(
    "AP13", "", E, "批准日期晚于完成期限（错误；已完成为警告），或早于登记日期（警告）",
    "批准日期 {d} 与{c} 矛盾",
    "核对两个日期⟦；{late}⟧",
    _dates_contradict, ("approved_on", "due_on|registered_on"), also=(W,),
)  # fmt: skip
AP15 = Rule(
    "AP15", "4.2.3、4.3.2", W, "所填的管理评审点名了别的项，没有提到本项",
    "评审「{v}」的记录没有提到本项",
    "在《管理评审》那一行的相关编号或跟踪表编号补本项，或改本项的管理评审编号",
    _review_silent, ("review_number", "decisions:conclusion"),
)  # fmt: skip
AP17 = Rule(
    "AP17", "", W, "一般纠正由责任部门的部门经理批准，不是归口部门的",
    "批准人「{v}」是责任部门「{d}」的部门经理，制度规定由归口部门「{o}」的部门经理批准（批准仍有效）",
    "请归口部门的部门经理也签认，或在《例外说明》写明；归口部门填错的改归口部门",
    _other_manager, ("approver", "severity", "responsible_department", "owning_department|process", "people:roles"),
)  # fmt: skip
AP18 = Rule(
    "AP18", "", W, "再次审批改了批准结论，批准凭证还是不同意那次的",
    "批准凭证「{v}」是 {d} 不同意那次的，批准结论已改为「{now}」",
    "改写成这次的凭证（没有的清空）；前一次的由报告照样印出",
    _evidence_of_the_refusal, ("approval", "approval_evidence", "+journal"),
)  # fmt: skip
