"""Names that make way for others, as lines: before → after by cell, and what is left to people."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_line
from capa_xl.model.replacements import NameChange, Replacements
from capa_xl.reports.change_text import change_text

_FEW = 3


def replacement_lines(found: Replacements, nothing: str, *, written: bool, backup: str) -> Iterator[str]:
    """Every cell, then what people decide, then what to do next or how to take it back.

    Args:
        nothing: What is said where no cell changes.
    """
    for one in found.changes:
        number = f"{one.number} " if one.number else ""
        about = f"　{cut_line(one.about, 21)}" if one.about else ""
        yield f"{number}{one.header} {one.sheet}!{one.cell}：{_changed(one)}{about}"
    if found.left:
        yield "需要人工决定："
    for left in found.left:
        yield f"  {left.number} {left.header}：{left.reason}" if left.number else f"  {left.header}：{left.reason}"
    yield _last(found, nothing, written=written, backup=backup)


def _changed(one: NameChange) -> str:
    """Before → after; of a long list the names that change, for nobody finds one among fifty."""
    before, after = str(one.before or "").split("、"), one.after.split("、")
    if len(before) <= _FEW:
        return change_text(one.before, one.after)
    gone = "、".join(name for name in before if name not in after)
    come = "、".join(name for name in after if name not in before)
    return f"{change_text(gone, come)}，其余不变" if come else f"去掉「{gone}」，其余不变"


def _last(found: Replacements, nothing: str, *, written: bool, backup: str) -> str:
    if written:
        return f"已写入 {len(found.changes)} 格。改前备份：{backup}；撤销：{to_paste('undo', THIS_WORKBOOK)}"
    if not found.changes:
        return "没有可以直接改的格；以上各项由人改。" if found.left else nothing
    return f"将改 {len(found.changes)} 格，尚未写入；核对以后加 --apply。"
