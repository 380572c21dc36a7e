"""A 总览 or 时间轴 drawn by an earlier version: growing leaves it as it stands, and says so.

People may have typed beside our cells, set their own printing or put charts on these sheets: no record tells, so
nothing is drawn over.
"""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.absent_sheets import adding
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.register import Register
from capa_xl.model.schema import OVERVIEW_SHEET, TIMELINE_SHEET
from capa_xl.workbook.blank.overview_layout import NEWEST, edition_of
from capa_xl.workbook.blank.timeline_layout import AS_OF_NAME, WIDE_NAME

_STAYS = (
    "《{sheet}》是较早的版本画的：refresh 照常更新它的数字，{looks}不变 → "
    "要换成现在的版面：在 Excel 里把《{sheet}》改名（例如“{sheet}（旧）”），再运行：{command}；"
    "新的《{sheet}》加在最后，可以拖到最前"
)


def earlier_overview(register: Register) -> tuple[str, ...]:
    """What a person is told whose 总览 or 时间轴 isn't the newest, a sentence each; () for newest ones, and without."""
    return tuple(_earlier(register))


def _earlier(register: Register) -> Iterator[str]:
    names = register.defined_names
    if register.is_ours_to_write(OVERVIEW_SHEET) and edition_of(names) != NEWEST:
        level = register.procedure.level
        command = to_paste("grow", THIS_WORKBOOK, *(("--level", level) if level else ()))
        yield _STAYS.format(sheet=OVERVIEW_SHEET, looks="版面、颜色和部门次序", command=command)
    if register.is_ours_to_write(TIMELINE_SHEET) and not {AS_OF_NAME, WIDE_NAME} <= names:
        yield _STAYS.format(sheet=TIMELINE_SHEET, looks="版面和列宽", command=adding(TIMELINE_SHEET))
