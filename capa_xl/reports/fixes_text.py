"""Repairs and what was taken back of them, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from capa_xl.model.as_of import moment_text
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.fixes import Fix, KeptCell, KeptRow
from capa_xl.model.intent import ADOPT, APPLY, COLLECT, HANDOVER, REORGANISE, YEAR_END
from capa_xl.model.snapshot import Applied, AppliedEdit
from capa_xl.reports.change_text import change_text, value_text

MOST_LISTED = 40
"""So many cells are listed one by one."""
_UNDONE = {
    APPLY: "修复（check --apply）",
    ADOPT: "接管的补答（adopt）",
    COLLECT: "填报收回（collect）",
    HANDOVER: "离岗交接（handover）",
    REORGANISE: "部门更名（reorganise）",
    YEAR_END: "年度归档（year-end）",
}


def fix_lines(fixes: Sequence[Fix], *, written: bool, backup: str) -> Iterator[str]:
    """Every repair with its cell, before → after; then what to do next, or where the backup is."""
    for fix in fixes:
        yield f"{fix.sheet}!{fix.cell} {fix.header}：{change_text(fix.before, fix.after)}（{fix.why}）"
    if not fixes:
        yield "没有可以自动修复的单元格。"
    elif written:
        yield f"已修复 {len(fixes)} 格。改前备份：{backup}；撤销：{to_paste('undo', THIS_WORKBOOK)}"
    else:
        yield f"可修复 {len(fixes)} 格，尚未写入；核对以后加 --apply。"


def undo_lines(
    applied: Applied | None,
    edits: Iterable[AppliedEdit],
    kept: Iterable[KeptCell],
    backup: str,
    *,
    rows: Iterable[KeptRow] = (),
    is_outdated: bool = False,
) -> Iterator[str]:
    """What holds again what it held, what was left alone, and which command's work it was.

    Args:
        rows: Those that were left as they are, whole.
        is_outdated: 总览 and 校验结果 were counted while what is taken back stood.
    """
    if applied is None:
        yield "没有可以撤销的写入。"
        return
    back = list(edits)
    done = f"{moment_text(applied.applied_at)} 的{_UNDONE.get(applied.what, f'写入（{applied.what}）')}"
    yield f"撤销的是 {done}："
    yield from _back_lines(back)
    yield from map(_kept_line, kept)
    yield from (_row_line(row) for row in rows if row.found is not None)
    where = f"改前备份：{backup}。" if backup else ""
    yield f"已撤销 {done}，恢复 {len(back)} 格。{where}"
    if is_outdated:
        yield f"总览和校验结果还是撤销以前的。下一步：{to_paste('refresh', THIS_WORKBOOK)}"


def _back_lines(back: Sequence[AppliedEdit]) -> Iterator[str]:
    """Each cell; of a whole year so many cells and rows a sheet, for nobody reads a thousand lines."""
    if len(back) <= MOST_LISTED:
        for edit in back:
            yield f"{edit.sheet}!{edit.cell}：{change_text(edit.after, edit.before, is_cut=True)}"
        return
    for sheet, cells in Counter(edit.sheet for edit in back).items():
        rows = {edit.cell.lstrip(ascii_uppercase) for edit in back if edit.sheet == sheet}
        yield f"《{sheet}》{len(rows)} 行，{cells} 格"
    yield "逐格内容见 --json。"


def _kept_line(cell: KeptCell) -> str:
    if cell.row_then:
        now = f"是{value_text(cell.row_now)}" if cell.row_now else "空着"
        then = f"{cell.sheet}!{cell.cell} 写入时是「{cell.row_then}」的一行"
        return f"{then}，现在这一行{now}，没有动 → 要改回的在它现在的行里改。"
    why = "后来有人改过" if cell.found != cell.applied else "在那次新写的一行里，这一行后来有人改过"
    return f"{cell.sheet}!{cell.cell} {why}（现为{value_text(cell.found, is_cut=True)}），没有动。"


def _row_line(row: KeptRow) -> str:
    then = f"《{row.sheet}》第 {row.row} 行：归档时是 {row.number} 的一行"
    return f"{then}，后来写了{value_text(row.found, is_cut=True)}，没有动。"
