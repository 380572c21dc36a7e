"""What a final prints and its content mark doesn't cover: its head, and what a revision of documents came to.

A later change of the settings above and below its pages leaves it as it is, and is said. A company that is renamed
doesn't put out its old papers anew; one that was misspelt wants the right name. So a change of these alone makes no
edition, an entry of 更正记录 does; the new edition tells it among its changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from capa_xl.model.content_hash import is_result_of_revision
from capa_xl.model.edition import CURE_OF_A_NUMBER, Edition, is_of_later_editions
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import PLAN, REPLY, REPORT, PaperKind
from capa_xl.model.told_changes import OF_THE_HEAD, told_changes

_NUMBER: Final = f"{OF_THE_HEAD}报告编号"
"""The cell of the tracker that a report prints above its pages: filled at its archiving, it is no content of its own.

Of every edition that kept none its own number stands for it.
"""
_WAYS: Final = {
    REPORT.key: "原来填错的，请在《更正记录》登记一行“更正”（编号写这份报告的那一项，项目写参数名），再出即为下一版",
    PLAN.key: "要印现在的内容，请在《计划》登记新的版本",
    REPLY.key: "要印现在的内容，请先改回复的内容，再出即为下一版",
}


def head_cells(kind: PaperKind, head: PaperHead) -> dict[str, str]:
    """What a final of that kind prints of sheet 参数, and a report of its number, by name; blank ones among them."""
    policy = {"制度编号": head.policy} if kind is PLAN else {}
    shown = {"公司名称": head.company, **policy, "表单号": head.form_number}
    number = {_NUMBER: head.number} if kind is REPORT else {}
    return {OF_THE_HEAD + name: text for name, text in shown.items()} | number


def kept_cells(last: Edition) -> dict[str, str]:
    """What a frozen edition says, its number among it."""
    return ({_NUMBER: last.paper_number} if last.kind == REPORT.key else {}) | dict(last.cells)


def comparable(last: Edition, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a final as they are now, without those that the last edition printed and didn't keep yet."""
    kept = kept_cells(last)
    return {name: text for name, text in cells.items() if name in kept or not _was_not_kept(last, name)}


def _was_not_kept(last: Edition, name: str) -> bool:
    if is_result_of_revision(name):
        row = name.rpartition(" ")[0]
        return any(kept.startswith(f"{row} ") for kept in last.cells)
    if is_of_later_editions(name):
        return not any(map(is_of_later_editions, last.cells))
    return name.startswith(OF_THE_HEAD)


def is_reworded(last: Edition, cells: Mapping[str, str]) -> bool:
    """Whether what the mark doesn't cover is told otherwise now.

    That a revision came to something since is no other content.
    """
    kept = last.cells.items()
    results = {name: text for name, text in kept if text and is_result_of_revision(name)}
    later = {name: text for name, text in kept if is_of_later_editions(name)}
    return any(cells.get(name, "") != text for name, text in (results | later).items())


def head_since(last: Edition, cells: Mapping[str, str]) -> str:
    """What 参数 or 报告编号 says else than the head of a frozen edition, and what to do; "" for nothing."""
    then, now = (
        {name: text for name, text in found.items() if name.startswith(OF_THE_HEAD)}
        for found in (kept_cells(last), comparable(last, cells))
    )
    parts = [_since(last, then, now, of_number=of_number) for of_number in (True, False)]
    return "；".join(filter(None, parts))


def _since(last: Edition, then: Mapping[str, str], now: Mapping[str, str], *, of_number: bool) -> str:
    told = told_changes(*({n: t for n, t in cells.items() if (n == _NUMBER) is of_number} for cells in (then, now)))
    if not told:
        return ""
    where = "跟踪表" if of_number else "《参数》"
    way = CURE_OF_A_NUMBER.format(printed=last.paper_number) if of_number else _WAYS.get(last.kind, "")
    return f"{last.name}（{last.frozen_on} 定稿）以后{where}改了：{told}。定稿不改{f'；{way}' if way else ''}"
