"""What is said of a 编号 that no row in use has: archived, set aside, or nowhere."""

from __future__ import annotations

from typing import NoReturn

from capa_xl.errors import UsageError
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.paper_kinds import REPLY, REQUEST
from capa_xl.policy.asked_number import asked_number
from capa_xl.policy.past_years import refuse_archived
from capa_xl.policy.register_view import RegisterView

_NOT_READ = f"这一行待更正（有读不懂的格），请先更正：{to_paste('check', THIS_WORKBOOK)}"

_OF_NEEDS = (("request", REQUEST), ("reply", REPLY))


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
    if any(need.number == number for need in view.needs):
        raise UsageError(f"{place}找不到编号「{number}」{what_it_is(view, number)} → {_papers_of_need(number)}")
    why = _NOT_READ if number in view.register.set_aside_numbers else cure + what_it_is(view, number)
    raise UsageError(f"{place}找不到编号「{number}」（按 {view.on} 计算） → {why}")


def what_it_is(view: RegisterView, number: str) -> str:
    """What such a number is elsewhere in the workbook, or which one was meant, to stand behind the cure; or ""."""
    asked = asked_number(view, number)
    if asked is None:
        return ""
    return f"，它是{asked.what}" if asked.number == number else f"（是不是 {asked.number}？）"


def _papers_of_need(number: str) -> str:
    request, reply = (to_paste(name, THIS_WORKBOOK, number, "-o", kind.title) for name, kind in _OF_NEEDS)
    return f"要求单：{request}；回复顾客投诉：{reply}"
