"""A column that holds department and person by its own heading, 责任部门/责任人: 仪表/王工 is 王工 of 仪表."""

from __future__ import annotations

import re

from msgspec.structs import replace

from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.written_names import names_in

_BOTH = re.compile(
    r"(?:部门|单位|科室|班组|车间|dep(?:artmen)?t).*(?:人|姓名|owner|person|name)", re.IGNORECASE | re.DOTALL
)
"""The department stands first, as it does in the cells."""
_CELL = re.compile(r"\s*([^/／\\\n]+?)\s*[/／\\\n]\s*(\S.*)", re.DOTALL)
_OWNERS, _DEPARTMENT = "owners", "responsible_department"


def holds_both(heading: str) -> bool:
    """True for 责任部门/责任人 and Dept / Owner."""
    return _BOTH.search(heading) is not None


def department_and_people(cell: object) -> tuple[str, str] | None:
    """What stands before the first stroke or line break, and what behind it; None where the cell has no two parts."""
    found = _CELL.fullmatch(cell) if isinstance(cell, str) else None
    return (found[1], found[2]) if found else None


def with_departments_before_people(grid: Grid, lists: Lists) -> Grid:
    """The grid with both parts apart, the department where the table has no column for it or leaves it blank."""
    if not holds_both(grid.match.heading(_OWNERS)):
        return grid
    cells = grid.raw[grid.match.columns[_OWNERS] - 1]
    owners = list(grid.values[_OWNERS])
    departments = list(grid.values.get(_DEPARTMENT, [None] * grid.size))
    for at, cell in enumerate(cells[: grid.size]):
        parts = department_and_people(cell)
        if parts and len(owners[at]) > 1:
            owners[at] = names_in(parts[1], lists.names)
            departments[at] = departments[at] or parts[0]
    return replace(grid, values={**grid.values, _OWNERS: owners, _DEPARTMENT: departments})
