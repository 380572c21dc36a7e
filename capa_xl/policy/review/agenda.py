"""提请管理评审决策事项: what only the management review can decide (4.2.3, 4.3.2, 4.4.1), with a proposal each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.long_days import long_day
from capa_xl.model.records import Progress
from capa_xl.model.review import AGENDA_CATEGORIES, AgendaItem
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.role_words import departments_of_deeds, with_role
from capa_xl.policy.routes import decision_on, is_refused, is_review_agreed, way_of

_SUBMITTED, _MAJOR_PREVENTIVE, _OTHERS, _REFUSED, _INEFFECTIVE, _RESOURCES, _LONG_OVERDUE, _STOP = AGENDA_CATEGORIES
_AGAIN = "按修改后的方案再议"


def agenda(view: RegisterView) -> tuple[AgendaItem, ...]:
    """Every matter for decision, by `AgendaItem.place` and then in sheet order. Only open actions need one.

    What was put off again and again is a matter until it is done: then there is neither a day to set nor work to stop.
    """
    open_pairs = [pair for pair in view.pairs if not pair[1].is_ended]
    found = [
        replace(item, resources=_resources(view, action), days_late=_days_late(derived))
        for action, derived in open_pairs
        for item in _items(view, action, derived)
    ]
    return tuple(sorted(found, key=lambda item: item.place))


def _days_late(derived: Derived) -> int:
    return derived.days_overdue if "Y1" in derived.overdue else 0


def is_long_overdue(view: RegisterView, derived: Derived) -> bool:
    """Late by more days than 总经理 waits for a letter: the second of 逾期升级天数."""
    return "Y1" in derived.overdue and derived.days_overdue > view.procedure.escalation_days[-1]


def _items(view: RegisterView, action: Action, derived: Derived) -> Iterator[AgendaItem]:
    yield from (_as_refused(view, item, action) for item in _waiting(view, action, derived))
    if derived.status == words.NOT_EFFECTIVE:
        yield _item(action, _INEFFECTIVE, "重新分析原因，另立后续措施", "延长观察期后再评价")
    for _ in _open_requests(view, action):
        yield _item(action, _RESOURCES, "批准所申请的资源", "由部门内部调剂")
    if is_long_overdue(view, derived):
        item = _item(action, _LONG_OVERDUE, "增加资源并定新期限", "停止该措施并说明理由")
        yield replace(item, over_days=view.procedure.escalation_days[-1])
    if derived.days_left is not None and _agreed_extensions(view, action) >= 2:
        yield _item(action, _STOP, "评估可行性后定最终期限", "取消并登记取消原因")


def _open_requests(view: RegisterView, action: Action) -> list[Progress]:
    entries = view.progress.get(action.number, ())
    return [e for e in entries if e.kind == words.RESOURCE_REQUEST and not e.conclusion and not e.answered_on]


def _resources(view: RegisterView, action: Action) -> tuple[str, ...]:
    """What it needs and what was asked for since, the same in every matter of the action."""
    asked = (f"申请：{entry.content}" for entry in _open_requests(view, action) if entry.content)
    return tuple(filter(None, ((action.resources or "").rstrip("。；"), *asked)))


def _waiting(view: RegisterView, action: Action, derived: Derived) -> Iterator[AgendaItem]:
    """What the review refused, and what its route or the chosen way still sends there."""
    if _is_refused(view, action, derived):
        yield _item(action, _REFUSED, _AGAIN, "终止该措施，登记取消")
    elif derived.route == words.BY_BOTH:
        if not is_review_agreed(view.inputs, action):
            yield _item(action, _MAJOR_PREVENTIVE, "同意所拟措施", "修改后再报")
    elif not derived.route_satisfied:
        if derived.route == words.BY_EITHER:
            yield _item(action, _SUBMITTED, "批准措施后实施", "退回归口部门补充方案")
        elif derived.route == words.BY_REVIEW or way_of(view.inputs, action) in (words.BY_REVIEW, words.BY_BOTH):
            yield _item(action, _OTHERS, "批准措施后实施", "退回归口部门补充方案")


def _as_refused(view: RegisterView, item: AgendaItem, action: Action) -> AgendaItem:
    """What somebody has refused is not put to the review as if nobody had judged it."""
    if action.approval != words.REFUSED or not is_refused(view.inputs, action):
        return item
    matter_of = departments_of_deeds(action, view.derived[action.number])
    who = with_role(view.roster, action.approver, action.approved_on, matter_of)
    on = long_day(action.approved_on) if action.approved_on else ""
    return replace(item, matter=f"{item.matter}（{who}{on}{words.REFUSED}）", proposal=_AGAIN)


def _is_refused(view: RegisterView, action: Action, derived: Derived) -> bool:
    """The review's decision on it is 不同意, and neither a later approval nor 重新报批 has lifted it."""
    decision = decision_on(view.inputs, action)
    refused = decision is not None and decision.conclusion == words.REFUSED
    return refused and not derived.route_satisfied and is_refused(view.inputs, action)


def _agreed_extensions(view: RegisterView, action: Action) -> int:
    return sum(e.postpones for e in view.extensions.get(action.number, ()))


def _item(action: Action, category: str, proposal: str, alternative: str) -> AgendaItem:
    return AgendaItem(
        category=category,
        number=action.number,
        matter=action.description or action.measure or "",
        proposal=proposal,
        alternative=alternative,
        resources=(),
        department=action.responsible_department or "",
        due_on=action.due_on,
    )
