"""What refresh writes on 时间轴: its rows, and the true results of its formulas."""

from __future__ import annotations

from capa_xl.model.register import Register
from capa_xl.model.schema import TIMELINE_SHEET
from capa_xl.model.timeline import Timeline
from capa_xl.ooxml.patch import CachedValue, CellEdit
from capa_xl.workbook.blank.timeline_layout import AS_OF_NAME, NARROW_ROOM, ROOM, WIDE_NAME, timeline_cells


def timeline_edits(register: Register, timeline: Timeline) -> tuple[tuple[CellEdit, ...], tuple[CachedValue, ...]]:
    """The rows, and the results of the formulas; () where the workbook has no 时间轴 of ours."""
    if not is_ours(register):
        return (), ()
    names = register.defined_names
    room = ROOM if WIDE_NAME in names else NARROW_ROOM
    cells = tuple(timeline_cells(timeline, first_layout=AS_OF_NAME not in names, room=room))
    values = (CellEdit(TIMELINE_SHEET, cell.at, cell.value or None) for cell in cells if cell.formula is None)
    results = (CachedValue(TIMELINE_SHEET, cell.at, cell.value) for cell in cells if cell.formula is not None)
    return tuple(values), tuple(results)


def is_ours(register: Register) -> bool:
    """False for older workbooks, and for a sheet of that name that somebody made."""
    return register.is_ours_to_write(TIMELINE_SHEET)
