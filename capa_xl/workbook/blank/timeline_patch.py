"""What refresh writes on 时间轴: its rows, and the true results of its formulas."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.register import Register
from capa_xl.model.schema import TIMELINE_SHEET
from capa_xl.model.timeline import Timeline
from capa_xl.ooxml.patch import CachedValue, CellEdit
from capa_xl.workbook.blank.timeline_layout import AS_OF_NAME, TimelineCell, timeline_cells


def timeline_values(register: Register, timeline: Timeline) -> tuple[CellEdit, ...]:
    """The rows; () where the workbook has no 时间轴 of ours."""
    if not is_ours(register):
        return ()
    cells = _cells(register, timeline)
    return tuple(CellEdit(TIMELINE_SHEET, cell.at, cell.value or None) for cell in cells if cell.formula is None)


def timeline_results(register: Register, timeline: Timeline) -> tuple[CachedValue, ...]:
    """The results of the formulas; () where the workbook has no 时间轴 of ours."""
    if not is_ours(register):
        return ()
    cells = _cells(register, timeline)
    return tuple(CachedValue(TIMELINE_SHEET, cell.at, cell.value) for cell in cells if cell.formula is not None)


def _cells(register: Register, timeline: Timeline) -> Iterator[TimelineCell]:
    return timeline_cells(timeline, first_layout=AS_OF_NAME not in register.defined_names)


def is_ours(register: Register) -> bool:
    """False for older workbooks, and for a sheet of that name that somebody made."""
    return register.is_ours_to_write(TIMELINE_SHEET)
