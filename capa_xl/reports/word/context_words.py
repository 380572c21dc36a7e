"""Small words that several papers share: cells by key, check boxes, lists of numbers, the head of a paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.command_line import without_commands
from capa_xl.model.cut_text import cut_line, cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.edition import edition_name
from capa_xl.model.long_days import long_day
from capa_xl.model.paper_facts import HeldRoles, PaperHead, draft_word
from capa_xl.model.problem import Problem
from capa_xl.reports.word.printable import PrintedDay
from capa_xl.reports.word.table_words import CODES, MOST_OF_A_CODE, cut

NO_COLUMN = "本表未设此栏"
NONE = "无"
SPACE = "\u3000"
MOST_OF_A_HEAD = 24
"""Characters of company and numbers above every page: a header that fills the page leaves none for the paper."""
_LETTERS_OF_A_HEAD = 52
"""So many stand above an upright page; the title, in their middle, parts two halves."""
MOST_OF_A_HEAD_NUMBER = 18
"""Of a number, which stands beside the title."""
MOST_OF_A_SHORT_TEXT = 40
_MOST_OF_A_REASON = 120
"""Two lines below a title."""
MOST_NAMES = 3
"""So many names a narrow cell tells; the others are counted."""
STAGE_BANDS = frozenset({"审批", "检查", "确认", "归档"})


def head_words(head: PaperHead, title: str) -> dict[str, Any]:
    """The words of header and footer, as `head.…` of every template."""
    mark = draft_word(is_draft=head.is_draft, is_rehearsal=head.is_rehearsal)
    return {
        "company": cut(head.company, min(MOST_OF_A_HEAD, (_LETTERS_OF_A_HEAD - len(title)) // 2)),
        "title": title,
        "number": cut(head.number, MOST_OF_A_HEAD_NUMBER)
        + (f"（{edition_name(head.edition)}）" if head.edition > 1 else ""),
        "edition_note": head.edition_note,
        "form_number": cut(head.form_number, MOST_OF_A_HEAD),
        "as_of": head.as_of,
        "fingerprint": "-".join(mark[:8] for mark in (head.fingerprint, head.journal_head) if mark),
        "policy": head.policy,
        "missing": f"定稿前还缺：{'、'.join(map(without_commands, head.missing))}。" if head.missing else None,
        "draft": f"{mark} — 不作为归档依据" if mark else None,
        "cover": head.with_cover,
    }


def cells(record: Any) -> dict[str, Any]:
    """Every cell of a record by its English key; a short text that was written long is cut, a long one stays whole."""
    record_class: type = type(record)
    return {col.key: _shown(getattr(record, col.key), col) for col in columns_of(record_class)}


def _shown(value: Any, col: Column) -> Any:
    most = MOST_OF_A_CODE if col.key in CODES else MOST_OF_A_SHORT_TEXT
    return cut(value, most) if col.kind is Kind.TEXT and isinstance(value, str) else value


def blank_cells(record_class: type) -> dict[str, Any]:
    """The keys of a record class, all blank."""
    return {col.key: None for col in columns_of(record_class)}


def action_cells(action: Action, columns: frozenset[str]) -> dict[str, Any]:
    """The cells of an action; those of a stage whose column the table lacks say so."""
    found = cells(action)
    for col in columns_of(Action):
        if col.band in STAGE_BANDS and col.key not in columns and found[col.key] in (None, ()):
            found[col.key] = NO_COLUMN
    return found


def boxes(chosen: str | None, choices: Sequence[str]) -> str:
    """☑ 纠正　☐ 预防　☐ 改进."""
    return SPACE.join(f"{'☑' if choice == chosen else '☐'} {choice}" for choice in choices)


def yes_no_boxes(value: bool | None) -> str:
    """☐ 是　☐ 否."""
    return boxes({True: "是", False: "否", None: None}[value], ("是", "否"))


def some_of(names: Sequence[str]) -> str:
    """The first names, and how many they are: 样例甲、样例乙、样例丙 等 25 人."""
    return cut_list(names, MOST_NAMES, "人")


def listed(values: Iterable[str]) -> str:
    """Values between 、."""
    return "、".join(values)


def with_role(roles: HeldRoles, person: Any, on: Any) -> Any:
    """样例丙（部门经理）: the roles held on the day of the act; the name alone where the roster gives none (A4)."""
    role = role_held(roles, person, on)
    return f"{person}（{role}）" if role else person


def with_role_that_counts(roles: HeldRoles, person: Any, on: Any, counting: Collection[str]) -> Any:
    """样例质（质量部负责人）: in a narrow cell those of the roles held that day which count, all where none does."""
    held = [role for role in role_held(roles, person, on).split("、") if role in counting]
    return f"{person}（{'、'.join(held)}）" if held else with_role(roles, person, on)


def role_held(roles: HeldRoles, person: Any, on: Any) -> str:
    """部门经理、归口部门负责人: what somebody held on the day of an act; "" where the roster gives none."""
    return next((held for name, day, held in roles if (name, day) == (person, on)), "")


def day_behind(period_end: date, as_of: date) -> str:
    """截至 2026年12月1日, of which day 现在 is where a period is over; "" while it isn't."""
    return f"截至 {PrintedDay.of(as_of)}" if as_of > period_end else ""


def note_of_inspection(note: str | None, failed_on: date | None) -> str | None:
    """检查情况; one that tells of the failed inspection of a day says so."""
    return f"{note}（{long_day(failed_on)}检查不合格时所写，再次检查没有改写）" if failed_on is not None else note


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """The rows of 数据提示: where, what, what to do."""
    return [
        {
            "rule": problem.rule,
            "clause": problem.clause,
            "place": f"{problem.sheet} {problem.cell or ''}".strip(),
            "message": without_commands(problem.message),
            "fix": without_commands(problem.fix),
        }
        for problem in problems
    ]


def subject(description: str | None) -> str:
    """Some thirty characters of 问题描述 in one line."""
    return cut_line(description or "", 31)


def cancelled_words(action: Action, derived: Derived | None, roles: HeldRoles) -> str:
    """已取消（2026年11月10日，样例总（总经理）批准）：理由; what isn't on record is said; "" unless it is cancelled."""
    if derived is None or derived.status != words.CANCELLED:
        return ""
    on = str(PrintedDay.of(action.cancelled_on)) if action.cancelled_on else "没有登记日期"
    approver = with_role(roles, action.cancel_approver, action.cancelled_on)
    by = f"{approver}批准" if approver else "没有登记批准人"
    return f"已取消（{on}，{by}）：{cut(action.cancel_reason or '没有登记原因', _MOST_OF_A_REASON)}"


def no_columns(headers: Sequence[str], what: str = "") -> str:
    """That the tracker lacks these columns, and that what they decide is therefore unknown, as a clause."""
    these = "一列" if len(headers) == 1 else "这几列"
    return f"表中没有{''.join(f'“{header}”' for header in headers)}{these}，{what}未判定"
