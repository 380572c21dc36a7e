"""AP01–AP04, AP06, AP09, AP12, AP14: whether the route's approval is there and the work waited for it (4.1–4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import NO_JOURNAL
from capa_xl.model.problem import Hit, Severity
from capa_xl.policy import routes
from capa_xl.policy.in_plans import plans_named
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun, is_weighty
from capa_xl.policy.rules.weights import follows, graced, once_completed, once_ended

_PLAN_CHANGED = "⟦（计划编号改过，原来的 {was} 在 {agreed} 批准了本项）⟧"
_BOTH_PLANS = "⟦计划编号写成「{both}」，原来的计划批准过的仍算；或者⟧"


def _where(given: RuleInputs, action: Action) -> str:
    """The approval's cell to point at: 批准方式 where filled, else 批准人."""
    return "approval_route" if action.approval_route else given.first_column("approver", "approval", "approved_on")


def _way(given: RuleInputs, action: Action) -> str:
    return routes.way_of(given.view.inputs, action)


def _manager_where_gm_must(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if derived.route_satisfied or action.approval != words.AGREED or action.action_type != words.CORRECTIVE:
            continue
        if is_weighty(action) and _way(given, action) == words.BY_MANAGER:
            yield given.hit(
                action,
                _where(given, action),
                once_ended(derived),
                v=action.approver or "部门经理",
                w=_unfit_way(given, action),
            )


def _general_runs_unapproved(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.running:
        if derived.route_satisfied or action.action_type != words.CORRECTIVE or is_weighty(action):
            continue
        if action.severity == words.GENERAL:
            where = given.first_column("approver", "approval")
            yield _unapproved(given, action, where, once_ended(derived))


def _why_unsatisfied(given: RuleInputs, action: Action) -> str:
    """What keeps the route from being satisfied, said of the cell or the decision that does it."""
    inputs, way = given.view.inputs, _way(given, action)
    decision = routes.decision_on(inputs, action)
    if decision is not None and decision.conclusion == words.REFUSED:
        return f"管理评审「{action.review_number}」不同意" + (f"（{decision.on}）" if decision.on else "")
    if action.approval not in (None, words.AGREED):
        return f"批准结论为「{action.approval}」"
    if blank := _blank_part(given, action):
        return f"{blank}空白"
    if way == words.BY_REVIEW and routes.serves(way, action):
        return (
            f"管理评审编号「{action.review_number}」没有本项同意的决议" if action.review_number else "管理评审编号空白"
        )
    if way and action.approver:
        return f"批准方式为「{way}」（批准人「{action.approver}」）"
    return f"批准方式为「{way}」"


def _blank_part(given: RuleInputs, action: Action) -> str:
    """The first of 批准结论, 批准日期 and 批准人 that the approval lacks; "" where it lacks none."""
    if action.approval is None:
        return "批准结论"
    if action.approved_on is None and given.view.inputs.has("approved_on"):
        return "批准日期"
    is_nobodys = not (action.approver or _way(given, action))
    return "批准人" if is_nobodys or "approver" in routes.blank_of_approval(given.view.inputs, action) else ""


def _unapproved(given: RuleInputs, action: Action, where: str, severity: Severity | None = None) -> Hit:
    facts = {"v": _why_unsatisfied(given, action), "w": _unfit_way(given, action)}
    return _told_by_the_blank(given, action, given.hit(action, where, severity, **facts))


def _unfit_way(given: RuleInputs, action: Action) -> str:
    """批准方式 where the cell itself is filled with a way that doesn't serve: no approver cures it; "" else."""
    way = action.approval_route
    return way if way and not routes.serves(way, action) else ""


def _told_by_the_blank(given: RuleInputs, action: Action, hit: Hit) -> Hit:
    """What a blank cell beside filled ones brings with it is told where AP08 names that cell."""
    refused = action.approval == words.REFUSED
    return hit if refused or not _blank_part(given, action) else follows(hit, "AP08")


def _prevention_without_gm(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if derived.route_satisfied or action.action_type != words.PREVENTIVE:
            continue
        if action.approval == words.AGREED or has_begun(given, action):
            yield _unapproved(given, action, _where(given, action), once_ended(derived))


def _improvement_unapproved(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.running:
        if not derived.route_satisfied and action.action_type == words.IMPROVEMENT:
            hit = _unapproved(given, action, given.first_column("approver", "approval"))
            yield replace(hit, facts={**hit.facts, **_plan_of_before(given, action)})


def _prevention_without_review(given: RuleInputs) -> Iterator[Hit]:
    """From the day the plan is complete: before that there is nothing to submit."""
    for action, derived in given.live:
        if action.action_type != words.PREVENTIVE or action.severity != words.MAJOR:
            continue
        if derived.status != words.TO_PLAN and not routes.is_review_agreed(given.view.inputs, action):
            confirmed = (derived.conclusion or action.confirmed_on or action.effect) is not None
            number = f"管理评审编号「{action.review_number}」没有同意的决议" if action.review_number else ""
            hit = given.hit(action, "review_number", E if confirmed else W, v=number or "管理评审编号空白")
            yield graced(hit, not confirmed)


def _begun_before_approval(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.running:
        start = action.started_on or action.completed_on
        approved_on = derived.approved_on
        if derived.route_satisfied and (approved_on is None or start is None or start >= approved_on):
            continue
        key = "started_on" if action.started_on else "completed_on" if action.completed_on else "progress"
        why = (
            f"批准日期 {approved_on}"
            if approved_on
            else f"应由{derived.route or '应批准人'}批准，{_why_unsatisfied(given, action)}"
        )
        told = {"day": str(approved_on)} if approved_on else {"by": derived.route or "应批准人"}
        if (before := _plan_of_before(given, action)) and (start is None or before["agreed"] <= str(start)):
            told = before
        value = f"{start or format(action.progress or 0, 'g') + '%'}"
        hit = given.hit(action, key, once_completed(action), v=value, why=why, **told)
        yield _told_by_the_blank(given, action, hit)


def _plan_not_approved(given: RuleInputs) -> Iterator[Hit]:
    """Only actions whose sole approval would be that plan (R04)."""
    for action, _ in given.live:
        if not action.plan_number or action.approval or action.review_number:
            continue
        if routes.route_of(action) != words.BY_GENERAL_MANAGER:
            continue
        named = [plan for plan in plans_named(given.view.inputs, action) if plan in given.view.plans]
        if named and all(_is_unapproved(given, plan) for plan in named):
            hit = given.hit(action, "plan_number", p="、".join(named))
            yield replace(hit, facts={**hit.facts, **_plan_of_before(given, action)})


def _plan_of_before(given: RuleInputs, action: Action) -> dict[str, str]:
    """Of a plan that approved it while 计划编号 named that one, which the cell names no more: facts of a hit."""
    journal = given.journal or NO_JOURNAL
    texts = [change.before for change in journal.plan_changes.get(action.number, ())]
    texts.append(journal.plans_seen.get(action.number, ""))
    inputs, named = given.view.inputs, action.plan_number or ""
    rows = (replace(action, plan_number=text) for text in texts if text)
    plans = [plan for row in rows for plan in routes.covering_plans(inputs, row)]
    plan = next((plan for plan in plans if plan.number not in plans_named(inputs, action)), None)
    if plan is None:
        return {}
    was = plan.number or ""
    return {"was": was, "agreed": str(plan.approved_on), "both": "、".join(filter(None, (was, named)))}


def _is_unapproved(given: RuleInputs, plan: str) -> bool:
    newest = routes.plan_in_force(given.view.inputs, plan)
    if newest is None:
        return True
    on = newest.approved_on or given.on
    return bool(newest.approver) and given.view.roster.lacks(newest.approver or "", words.GENERAL_MANAGER, on)


def _goes_on_after_refusal(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.running:
        decision = routes.decision_on(given.view.inputs, action)
        if decision is None or decision.conclusion != words.REFUSED or derived.is_ended:
            continue
        later = action.approved_on is None or decision.on is None or decision.on >= action.approved_on
        if action.approval == words.AGREED and later:
            yield given.hit(action, "review_number", v=action.review_number or "", d=str(decision.on or ""))


AP01 = Rule(
    "AP01", "4.2.3", E, "重大或重复的纠正只由部门经理批准",
    "重大/重复问题须总经理审批或提交管理评审，现由「{v}」批准",
    "⟦批准方式「{w}」改为「总经理」或「管理评审」；⟧补总经理审批（批准人、批准日期、批准结论）或管理评审编号",
    _manager_where_gm_must, ("action_type", "severity|is_repeat", "approval"), also=(W,),
)  # fmt: skip
AP02 = Rule(
    "AP02", "4.2.4", E, "一般纠正未经应有的批准就在实施",
    "一般问题须部门经理审批，{v}",
    "补批准人、批准日期、批准结论",
    _general_runs_unapproved, ("action_type", "severity", "approval|approved_on"), also=(W,),
)  # fmt: skip
AP03 = Rule(
    "AP03", "4.3.2", E, "预防不是由总经理批准",
    "预防措施须总经理批准，{v}",
    "⟦批准方式「{w}」改为「总经理」；⟧补总经理批准（批准人、批准日期、批准结论）",
    _prevention_without_gm, ("action_type", "approval|approved_on"), also=(W,),
)  # fmt: skip
AP04 = Rule(
    "AP04", "4.3.2", E, "重大预防没有管理评审（确认以前为警告，以后为错误）",
    "重大预防措施须提交管理评审，{v}",
    "登记管理评审编号与决议",
    _prevention_without_review, ("action_type", "severity", "review_number"), also=(W,),
)  # fmt: skip
AP06 = Rule(
    "AP06", "4.1.1、4.2", E, "批准以前或未经批准就开始、完成（已完成为警告）",
    "未经批准已实施：{c}「{v}」，{why}" + _PLAN_CHANGED,
    "⟦先由{by}批准；批准以后在《例外说明》写明经过，由应批准人签字⟧"
    "⟦在 {day} 才批准，先后已成事实：在《例外说明》写明经过，由应批准人签字⟧"
    "⟦计划编号写成「{both}」，原来的计划批准过的仍算⟧",
    _begun_before_approval, ("approval|approved_on", "started_on|completed_on|progress"), also=(W,),
    once_excused="⟦例外说明已签字，还没有批准：请由{by}批准⟧",
    in_general={"by": "应批准人", "day": "开始以后"},
)  # fmt: skip
AP09 = Rule(
    "AP09", "4.1.1", E, "只靠计划批准的措施，其计划未经总经理批准",
    "改进计划 {p} 未经总经理批准" + _PLAN_CHANGED,
    _BOTH_PLANS + "在《计划》补总经理的批准，或由总经理单独批准本项",
    _plan_not_approved, ("plan_number", "plans:approval"),
)  # fmt: skip
AP12 = Rule(
    "AP12", "4.1.3", W, "改进未经计划或总经理批准就在实施",
    "改进项未经批准，{v}" + _PLAN_CHANGED,
    _BOTH_PLANS + "⟦批准方式「{w}」改为「总经理」；⟧补总经理批准，或列入经批准的计划并填计划编号",
    _improvement_unapproved, ("action_type", "approval|approved_on"),
)  # fmt: skip
AP14 = Rule(
    "AP14", "4.2.3", E, "批准以后管理评审不同意，而措施仍在实施",
    "管理评审不同意，措施仍在实施：{v}⟦（{d}）⟧",
    "停止实施，或按评审意见修改后重新报批",
    _goes_on_after_refusal, ("review_number", "decisions:conclusion"),
)  # fmt: skip
