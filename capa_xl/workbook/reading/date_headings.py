"""Date headings by how they are built: 要求整改完成日期 is a deadline, 实际销号时间 the day something was done."""

from __future__ import annotations

import re

_WORK = "(?:整改|治理|改善|处理|解决|修复|消缺|纠正|办理|任务|措施|对策|缺陷|隐患|问题)"
_END = "(?:完成|完工|竣工|结束|办结|关闭|闭环|销号|销项|结案|解决|修复|消除)"
_DAY = "(?:日期|时间|日|节点)"
_DEADLINE = re.compile(
    f"(?:要求|计划|预计|预定|予定|承诺|目标|规定|拟定?|应){_WORK}{{0,2}}{_END}{_DAY}?"
    f"|{_WORK}{{0,2}}{_END}(?:予定|预定){_DAY}"
    f"|(?:要求|计划|预计|预定|予定|承诺|目标|规定|拟定?)?{_WORK}{{0,2}}{_END}?(?:期限|时限|截止{_DAY})"
)
_DONE = re.compile(f"(?:实际|已){_WORK}{{0,2}}{_END}{_DAY}?")


def column_of_date(name: str) -> str:
    """The column a date heading means by its parts: planned or demanded, or actual; "" for any other heading.

    Args:
        name: The heading, normalised. Of a reply, a check or a start nothing is said: those are other days.
    """
    if _DEADLINE.fullmatch(name):
        return "due_on"
    return "completed_on" if _DONE.fullmatch(name) else ""
