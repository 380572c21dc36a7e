"""The settings that a final was printed with above and below its pages: a later change leaves it as it is, and is said.

A company that is renamed doesn't put out its old papers anew; one that was misspelt wants the right name. So a change
of these alone makes no edition, an entry of 更正记录 does; the new edition tells it among its changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from capa_xl.model.edition import Edition, told_changes
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import PLAN, REPORT, PaperKind

_MARKED: Final = "页眉 "
"""Before the names of these cells: no cell of the workbook is named so."""
_WAYS: Final = {
    REPORT.key: "原来填错的，在“更正记录”写 更正（项目 写参数名）再出，就是下一版",
    PLAN.key: "要印现在的，在“计划”登记新的版本",
}


def head_cells(kind: PaperKind, head: PaperHead) -> dict[str, str]:
    """What a final of that kind prints of sheet 参数, by name; blank ones among them."""
    policy = {"制度编号": head.policy} if kind is PLAN else {}
    shown = {"公司名称": head.company, **policy, "表单号": head.form_number}
    return {_MARKED + name: text for name, text in shown.items()}


def comparable(last: Edition, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a final as they are now, without those of the head that the last edition didn't keep yet."""
    return {name: text for name, text in cells.items() if name in last.cells or not name.startswith(_MARKED)}


def head_since(last: Edition, cells: Mapping[str, str]) -> str:
    """What 参数 says else than the head of a frozen edition, and what to do; "" where they say the same."""
    then, now = ({n: t for n, t in c.items() if n.startswith(_MARKED)} for c in (last.cells, comparable(last, cells)))
    told = told_changes(then, now)
    way = f"；{_WAYS[last.kind]}" if last.kind in _WAYS else ""
    return f"{last.name}（{last.frozen_on} 定稿）以后《参数》改了：{told}。定稿不改{way}" if told else ""
