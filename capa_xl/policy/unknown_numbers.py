"""What is said of a 编号 that no row in use has: archived, set aside, or nowhere."""

from __future__ import annotations

from typing import NoReturn

from capa_xl.errors import UsageError
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.meant_number import KnownNumbers
from capa_xl.policy.past_years import refuse_archived
from capa_xl.policy.register_view import RegisterView

_NOT_READ = f"这一行待更正（有读不懂的格），请先更正：{to_paste('check', THIS_WORKBOOK)}"


def dressed_words(written: str, shown: str) -> tuple[str, str]:
    """That a 编号 is written otherwise than its number format shows it, and what to do, as Chinese phrases."""
    return (
        f"单元格里是 {written}，显示成 {shown}（数字格式）",
        f"指这一项的请写 {written}；要写 {shown} 的，把跟踪表的编号列设成文本格式，再逐个键入 {shown}",
    )


def refuse_unknown(view: RegisterView, number: str, place: str = "跟踪表中", cure: str = "请核对编号") -> NoReturn:
    """Refuse to make anything of such a number.

    Args:
        place: Where it was looked for, in Chinese.
        cure: What to do where it is nowhere.

    Raises:
        UsageError: Always: how it is written, the archive it is in, that its row must be put right first, or `cure`.
    """
    if (written := view.register.dressed.get(number)) is not None:
        what, cure = dressed_words(written, number)
        raise UsageError(f"{place}找不到编号「{number}」：{what} → {cure}")
    refuse_archived(view, number)
    known = (*view.by_number, *view.register.set_aside_numbers, *(need.number or "" for need in view.needs))
    meant = KnownNumbers.of(filter(None, known)).meant_by(number)
    why = _NOT_READ if number in view.register.set_aside_numbers else cure + (f"（是不是 {meant}？）" if meant else "")
    raise UsageError(f"{place}找不到编号「{number}」（按 {view.on} 计算） → {why}")
