"""What a final prints and its content mark doesn't cover: its head, and what a revision of documents came to.

A later change of the settings above and below its pages leaves it as it is, and is said. A company that is renamed
doesn't put out its old papers anew; one that was misspelt wants the right name. So a change of these alone makes no
edition, an entry of 更正记录 does; the new edition tells it among its changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from capa_xl.model.content_hash import is_result_of_revision
from capa_xl.model.edition import Edition, told_changes
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import PLAN, REPLY, REPORT, PaperKind

_MARKED: Final = "页眉 "
"""Before the names of these cells: no cell of the workbook is named so."""
_WAYS: Final = {
    REPORT.key: "原来填错的，请在《更正记录》登记一行“更正”（编号写这份报告的那一项，项目写参数名），再出即为下一版",
    PLAN.key: "要印现在的内容，请在《计划》登记新的版本",
    REPLY.key: "要印现在的内容，请先改回复的内容，再出即为下一版",
}


def head_cells(kind: PaperKind, head: PaperHead) -> dict[str, str]:
    """What a final of that kind prints of sheet 参数, by name; blank ones among them."""
    policy = {"制度编号": head.policy} if kind is PLAN else {}
    shown = {"公司名称": head.company, **policy, "表单号": head.form_number}
    return {_MARKED + name: text for name, text in shown.items()}


def comparable(last: Edition, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a final as they are now, without those that the last edition printed and didn't keep yet."""
    return {name: text for name, text in cells.items() if name in last.cells or not _was_not_kept(last, name)}


def _was_not_kept(last: Edition, name: str) -> bool:
    if is_result_of_revision(name):
        row = name.rpartition(" ")[0]
        return any(kept.startswith(f"{row} ") for kept in last.cells)
    return name.startswith(_MARKED)


def is_reworded(last: Edition, cells: Mapping[str, str]) -> bool:
    """Whether what a revision came to is told otherwise now: that it came to something since is no other content."""
    kept = {name: text for name, text in last.cells.items() if text and is_result_of_revision(name)}
    return any(cells.get(name) != text for name, text in kept.items())


def head_since(last: Edition, cells: Mapping[str, str]) -> str:
    """What 参数 says else than the head of a frozen edition, and what to do; "" where they say the same."""
    then, now = ({n: t for n, t in c.items() if n.startswith(_MARKED)} for c in (last.cells, comparable(last, cells)))
    told = told_changes(then, now)
    way = f"；{_WAYS[last.kind]}" if last.kind in _WAYS else ""
    return f"{last.name}（{last.frozen_on} 定稿）以后《参数》改了：{told}。定稿不改{way}" if told else ""
