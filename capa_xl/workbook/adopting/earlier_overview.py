"""A 总览 drawn by an earlier version: growing leaves it as it stands, and says so."""

from __future__ import annotations

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.register import Register
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.workbook.blank.overview_layout import NEWEST, edition_of

_STAYS = (
    "《总览》是较早的版本画的：refresh 照常更新它的数字，版面、颜色和部门次序不变 → "
    "要换成现在的版面：在 Excel 里把《总览》改名（例如“总览（旧）”），再运行：{}；新的《总览》加在最后，可以拖到最前"
)


def earlier_overview(register: Register) -> tuple[str, ...]:
    """What a person is told whose 总览 isn't the newest; () for one that is, and for a workbook without."""
    if not register.is_ours_to_write(OVERVIEW_SHEET) or edition_of(register.defined_names) == NEWEST:
        return ()
    level = register.procedure.level
    return (_STAYS.format(to_paste("grow", THIS_WORKBOOK, *(("--level", level) if level else ()))),)
