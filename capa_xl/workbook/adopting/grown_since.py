"""What people did to a workbook since it grew: while it is nothing, the workbook as it was may take its place again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import zip_longest

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.register import Table
from capa_xl.model.schema import SHEETS
from capa_xl.ooxml.package import Package
from capa_xl.ooxml.sheet_values import Value
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.proof_of_adoption import same_parts

_OURS = frozenset(spec.name for spec in SHEETS if spec.owned)
_OUR_HEADINGS = frozenset(col.header for col in AUTO_COLUMNS)
PlacedCell = tuple[str, str]
"""Sheet and address."""
SAVED = "工作簿在 Excel 或 WPS 里保存过"


def done_since(grown: bytes, now: bytes, tracker: Table[Action], written: Collection[PlacedCell] = ()) -> Iterator[str]:
    """Cells that people changed, 《sheet》B5 each; `SAVED` where a part changed that we never write.

    Our own columns and sheets don't count: `refresh` writes them, and writes them again.

    Args:
        grown: The workbook as `grow` left it; where that is lost, as it stood before.
        now: As it stands.
        written: The cells that `grow` wrote; they don't count.
    """
    before, after = WorkbookValues(grown), WorkbookValues(now)
    changed = (cell for name in before.names for cell in _cells(before, after, name, tracker))
    cells = [f"《{name}》{at}" for name, at in changed if (name, at) not in written]
    yield from cells
    if not cells and _saved(before.package, after.package, tracker.sheet):
        yield SAVED


def _cells(before: WorkbookValues, after: WorkbookValues, name: str, tracker: Table[Action]) -> Iterator[PlacedCell]:
    if name in _OURS or name not in after.names:
        return
    old, new = before.read(name).rows, after.read(name).rows
    headings = new[tracker.header_row - 1] if name == tracker.sheet and len(new) >= tracker.header_row else []
    ours = {at for at, heading in enumerate(headings, start=1) if str(heading).strip() in _OUR_HEADINGS}
    nothing: list[Value] = []
    for row, (was, now) in enumerate(zip_longest(old, new, fillvalue=nothing), start=1):
        for column, (one, other) in enumerate(zip_longest(was, now, fillvalue=""), start=1):
            if one != other and column not in ours:
                yield name, cell_at(row, column)


def _saved(before: Package, after: Package, tracker: str) -> bool:
    """Whether a part differs that `refresh` leaves alone, or there are others than before."""
    written = {sheet.part for sheet in before.sheets if sheet.name in (*_OURS, tracker)}
    written |= {before.workbook_part, before.styles or ""}
    return not same_parts(before, after, but=[name for name in written if name])
