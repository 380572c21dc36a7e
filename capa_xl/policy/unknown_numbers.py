"""What is said of a 编号 that no row in use has: archived, set aside, or nowhere."""

from __future__ import annotations

from typing import NoReturn

from capa_xl.errors import UsageError
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.meant_number import KnownNumbers
from capa_xl.policy.past_years import refuse_archived
from capa_xl.policy.register_view import RegisterView

_NOT_READ = f"这一行待更正（有读不懂的格），请先更正：{to_paste('check', THIS_WORKBOOK)}"


def refuse_unknown(view: RegisterView, number: str, place: str = "跟踪表中", cure: str = "请核对编号") -> NoReturn:
    """Refuse to make anything of such a number.

    Args:
        place: Where it was looked for, in Chinese.
        cure: What to do where it is nowhere.

    Raises:
        UsageError: Always: the archive it is in, or that its row must be put right first, or `cure`.
    """
    refuse_archived(view, number)
    known = (*view.by_number, *view.register.set_aside_numbers, *(need.number or "" for need in view.needs))
    meant = KnownNumbers.of(filter(None, known)).meant_by(number)
    why = _NOT_READ if number in view.register.set_aside_numbers else cure + (f"（是不是 {meant}？）" if meant else "")
    raise UsageError(f"{place}找不到编号「{number}」（按 {view.on} 计算） → {why}")
