"""What a workbook's own facts ask for that it hasn't got: the next sheet or stage, said by `check` (capa-xl grow)."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.absent_sheets import adding
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste, with_the_path
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView
from capa_xl.model.kept_sheets import lost_sheets
from capa_xl.model.levels import LEVELS, Level
from capa_xl.model.records import SIGNATURE
from capa_xl.policy.register_view import RegisterView

ENOUGH = 3
"""So many of a kind in the month of T ask for a sheet of their own."""
_LEDGER, _POLICY, _REVIEW, _ = LEVELS


def suggestions(view: RegisterView, journal: JournalView | None, workbook: str = THIS_WORKBOOK) -> tuple[str, ...]:
    """Chinese sentences, each with the command that adds what it speaks of; () where nothing is asked for.

    Args:
        workbook: The workbook as it is written on the command line.
    """
    return tuple(_suggestions(view, journal, workbook))


def _suggestions(view: RegisterView, journal: JournalView | None, workbook: str) -> Iterator[str]:
    register = view.register
    lost = lost_sheets(register, journal.columns if journal is not None else frozenset())
    if view.procedure.level == _LEDGER.name:
        yield f"本工作簿是台账级：{_LEDGER.about}"
    if view.procedure.taken_over_on and view.inputs.headings and not view.procedure.adopted_headings:
        yield (
            "《参数》里没有接管时的列名（较早的版本接管的），以后新加的列名字相近的会直接算进来、不问 → "
            f"再运行一次 {to_paste('adopt', workbook)}，把现在的列名记下（就地，先备份）"
        )
    moved = _moved_this_month(view, journal)
    if moved >= ENOUGH and register.extensions is None and "延期记录" not in lost:
        yield f"本月有 {moved} 项改期，建议启用《延期记录》 → {_grow_by(view, workbook, _POLICY, '延期记录')}"
    columns, pairs = register.tracker.columns, view.pairs
    if not view.stages.approval and (major := sum(a.severity == words.MAJOR and not d.is_ended for a, d in pairs)):
        who = "须总经理或管理评审批准"
        yield f"有 {major} 项在办的重大措施，{who}，建议启用审批各列 → {_approval_columns(view, workbook)}"
    is_unseen = view.stages.approval and "review_number" not in columns
    if is_unseen and (unreviewed := sum(d.route == words.BY_BOTH and not d.is_ended for _, d in pairs)):
        yield (
            f"有 {unreviewed} 项重大的预防、改进，须提交管理评审，表中没有“管理评审编号”，评审无处登记 → "
            f"请加这一列{_at_once(view, workbook)}"
        )
    if "follow_ups" not in columns and (ineffective := sum(d.status == words.NOT_EFFECTIVE for _, d in pairs)):
        at_once = _at_once(view, workbook)
        yield f"有 {ineffective} 项措施无效，表中没有“后续编号”，后续措施无处登记 → 请加这一列{at_once}"
    is_without = register.revisions is None and "文件修订" not in lost
    if is_without and (revised := sum(_must_be_revised(view, action, derived) for action, derived in pairs)):
        yield (
            f"有 {revised} 项涉及文件修订，没有工作表《文件修订》，修订无处登记，不等修订就关闭 → "
            f"误删的请恢复；没有的运行 {_grow_by(view, workbook, _POLICY, '文件修订')}"
        )
    complaints = sum(a.source == words.COMPLAINT and _this_month(view, a.registered_on) for a in view.actions)
    if complaints >= ENOUGH and "问题需求登记" not in (*register.sheet_names, *lost):
        command = _grow_by(view, workbook, _REVIEW, "问题需求登记")
        yield f"本月登记了 {complaints} 项顾客投诉，建议启用问题需求登记 → {command}"


def _must_be_revised(view: RegisterView, action: Action, derived: Derived) -> bool:
    """History of before the workbook was taken over is nobody's to revise any more."""
    is_history = derived.closed_on is not None and view.procedure.is_old(derived.closed_on)
    return action.needs_revision is True and derived.status != words.CANCELLED and not is_history


def _at_once(view: RegisterView, workbook: str) -> str:
    """The command that adds the column, for a workbook of one of our levels."""
    return f"，或运行 {_grow(workbook, _REVIEW)}" if _can_grow(view) else ""


def _can_grow(view: RegisterView) -> bool:
    """Of one of our levels, and on one sheet: `grow` adds no column to a tracker that runs over several."""
    return bool(view.procedure.level) and not view.register.tracker.pages


def _approval_columns(view: RegisterView, workbook: str) -> str:
    """The command that adds them; of a tracker over several sheets, which `grow` refuses, the headings."""
    if not view.register.tracker.pages:
        return _grow(workbook, _POLICY)
    headings = column_by_key(Action)
    named = "、".join(headings[key].header for key in SIGNATURE)
    return f"跟踪表分在几个工作表上，请在各表右侧自己加这些列：{named}"


def _grow(workbook: str, level: Level) -> str:
    return to_paste("grow", workbook, "--level", level.name)


def _grow_by(view: RegisterView, workbook: str, level: Level, sheet: str) -> str:
    """The level with that sheet for a workbook of one of our levels; the sheet alone for any other table."""
    return _grow(workbook, level) if _can_grow(view) else with_the_path(adding(sheet), workbook)


def _moved_this_month(view: RegisterView, journal: JournalView | None) -> int:
    """Actions whose 完成期限 a run of this month saw moved from one day to another."""
    changes = journal.due_changes if journal is not None else {}
    return sum(
        any(one.before and one.after and _this_month(view, one.seen_on) for one in seen) for seen in changes.values()
    )


def _this_month(view: RegisterView, day: object) -> bool:
    return str(day)[:7] == str(view.on)[:7]
