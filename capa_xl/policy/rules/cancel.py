"""CX, XX: actions taken off the list, and rows that look written up in one go."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.problem import Hit
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.closing import ended_beside_cancellation
from capa_xl.policy.next_cells import CANCELLATION
from capa_xl.policy.rules.message_words import headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _cancel_incomplete(given: RuleInputs) -> Iterator[Hit]:
    for action, missing in given.filled.half_filled(given.filled.pairs, *CANCELLATION):
        yield given.hit(action, missing[0], missing=headers(missing))


def _cancelled_too_low_or_late(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.pairs:
        if action.cancelled_on is None:
            continue
        if role := _missing_role(given, action, derived.route):
            yield given.hit(
                action, "cancel_approver", what=f"取消的批准层级不足：「{action.cancel_approver}」不具备「{role}」角色"
            )
        if action.due_on is not None and action.cancelled_on > action.due_on and not _was_done(given, action):
            what = f"逾期后取消：取消 {action.cancelled_on}，完成期限 {action.due_on}"
            yield given.hit(action, "cancelled_on", what=what)


def _was_done(given: RuleInputs, action: Action) -> bool:
    """Done by its deadline, or at its end (CX03): then no deadline was let pass before it was cancelled."""
    state = action_state_of(given.view.inputs, action)
    if ended_beside_cancellation(state):
        return True
    done_on, due_on = action.completed_on, action.due_on
    return not state.failed and done_on is not None and due_on is not None and done_on <= due_on


def _cancelled_at_its_end(given: RuleInputs) -> Iterator[Hit]:
    cancelled = (action for action, _ in given.pairs if action.cancelled_on is not None)
    for action in cancelled:
        if ended := ended_beside_cancellation(action_state_of(given.view.inputs, action)):
            yield given.hit(action, "cancelled_on", what=ended)


def _cancelled_once_done(given: RuleInputs) -> Iterator[Hit]:
    """What was carried out is inspected and its effect confirmed (4.4.3, 4.5.1): there is nothing left to give up.

    A completion inspected 不合格 is none; one at its end is CX03's.
    """
    for action in (one for one, _ in given.pairs if one.cancelled_on is not None and one.completed_on is not None):
        state = action_state_of(given.view.inputs, action)
        if not state.failed and not ended_beside_cancellation(state):
            yield given.hit(action, "cancelled_on", v=str(action.cancelled_on), d=str(action.completed_on))


def _missing_role(given: RuleInputs, action: Action, route: str) -> str:
    """The role a cancellation needs (as an approval of its route would) and its approver lacks; "" when all is well."""
    roster, name, on = given.view.roster, action.cancel_approver, action.cancelled_on
    if name is None or on is None or not roster.exists(name):
        return ""
    roles = roster.acting_roles(name, on)
    if words.GENERAL_MANAGER in roles:
        return ""
    if route not in ("", words.BY_MANAGER):
        return words.GENERAL_MANAGER
    leading = {words.DEPARTMENT_MANAGER, words.PROCESS_HEAD, words.QUALITY_HEAD}
    return "" if roles & leading else words.DEPARTMENT_MANAGER


def _all_on_one_day(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.completed:
        day = action.completed_on
        if day == action.registered_on == action.approved_on == action.inspected_on == action.confirmed_on:
            yield given.hit(action, "confirmed_on", v=str(day))


CX01 = Rule(
    "CX01", "", E, "取消日期、取消原因、取消批准人没有填全",
    "取消信息不完整：{missing}空白",
    "补填空着的{missing}；不取消就三项都清空",
    _cancel_incomplete, CANCELLATION, of_blanks=True,
    in_general={"missing": headers(CANCELLATION)},
)  # fmt: skip
CX02 = Rule(
    "CX02", "", W, "取消批准人的层级低于应批准方式，或在完成期限以后才取消",
    "{what}",
    "由应批准人批准取消，并写明原因",
    _cancelled_too_low_or_late, ("cancelled_on",),
)  # fmt: skip
CX03 = Rule(
    "CX03", "", E, "已关闭或已转后续的项又填了取消日期",
    "{what}的项不能取消，现在按取消算，不出定稿",
    "取消填错的，清空取消日期、取消原因、取消批准人；关闭错的，先在《更正记录》写“重开”，取消日期填重开以后的日子",
    _cancelled_at_its_end, ("cancelled_on",),
)  # fmt: skip
CX04 = Rule(
    "CX04", "", W, "措施完成以后、关闭以前填了取消日期",
    "{d} 已完成，取消（{v}）以后就没有检查和效果确认了",
    "做完的清空取消三格，照常检查、确认；没有做完的，清空实际完成日期，并在《更正记录》登记“更正”；不再需要确认的写《例外说明》",
    _cancelled_once_done, ("cancelled_on", "completed_on"),
)  # fmt: skip
XX01 = Rule(
    "XX01", "", I, "登记、批准、完成、检查、确认都在同一天",
    "多个日期相同，请核对：登记、批准、完成、检查、确认都是 {v}",
    "核对日期，填实际发生的日期",
    _all_on_one_day, ("registered_on", "approved_on", "completed_on", "inspected_on", "confirmed_on"),
)  # fmt: skip
