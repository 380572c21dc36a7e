"""What a workbook's own facts ask for that it hasn't got: the next sheet or stage, said by `check` (capa-xl grow)."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.journal import JournalView
from capa_xl.model.levels import LEVELS
from capa_xl.policy.register_view import RegisterView

ENOUGH = 3
"""So many of a kind in the month of T ask for a sheet of their own."""
_LEDGER, _POLICY, _REVIEW, _ = LEVELS


def suggestions(view: RegisterView, journal: JournalView | None) -> tuple[str, ...]:
    """Chinese sentences, each with the command that adds what it speaks of; () where nothing is asked for."""
    return tuple(_suggestions(view, journal))


def _suggestions(view: RegisterView, journal: JournalView | None) -> Iterator[str]:
    register = view.register
    if view.procedure.level == _LEDGER.name:
        yield f"本工作簿是台账级：{_LEDGER.about}"
    moved = _moved_this_month(view, journal)
    if moved >= ENOUGH and register.extensions is None:
        yield f"本月有 {moved} 项改期，建议启用延期记录 → capa-xl grow --level {_POLICY.name}"
    major = sum(action.severity == words.MAJOR and not derived.is_ended for action, derived in view.pairs)
    if major and not view.stages.approval:
        who = "须总经理或管理评审批准"
        yield f"有 {major} 项在办的重大措施，{who}，建议启用审批各列 → capa-xl grow --level {_POLICY.name}"
    complaints = sum(a.source == words.COMPLAINT and _this_month(view, a.registered_on) for a in view.actions)
    if complaints >= ENOUGH and "问题需求登记" not in register.sheet_names:
        yield f"本月登记了 {complaints} 项顾客投诉，建议启用问题需求登记 → capa-xl grow --level {_REVIEW.name}"


def _moved_this_month(view: RegisterView, journal: JournalView | None) -> int:
    """Actions whose 完成期限 a run of this month saw moved from one day to another."""
    changes = journal.due_changes if journal is not None else {}
    return sum(
        any(one.before and one.after and _this_month(view, one.seen_on) for one in seen) for seen in changes.values()
    )


def _this_month(view: RegisterView, day: object) -> bool:
    return str(day)[:7] == str(view.on)[:7]
