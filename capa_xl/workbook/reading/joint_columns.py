"""A column that holds department and person by its own heading, in either order: 仪表/王工 is 王工 of 仪表.

Where one part is called as departments are and the other isn't, that decides (王强/运维部 under 责任部门/责任人);
else the heading's order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.names_apart import SURNAMES
from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.kinds_of_values import is_called_organisation
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.written_names import names_in

_DEPARTMENT_WORD = r"(?i:部门|单位|科室|班组|车间|dep(?:artmen)?t)"
_PERSON_WORD = r"(?i:人员?|姓名|owner|person|name)"
_BETWEEN = r"\s*(?:[/／\\、，,（(+＋&＆及和与\n]|(?<=[㐀-鿿])[ \u3000](?=[㐀-鿿]))\s*"
"""责任部门负责人 and Department Owner are one thing: a sign stands between two."""
_DEPARTMENT_FIRST = rf"{_DEPARTMENT_WORD}{_BETWEEN}(?s:.*){_PERSON_WORD}"
_PERSON_FIRST = rf"{_PERSON_WORD}{_BETWEEN}(?s:.*){_DEPARTMENT_WORD}"
"""Compiled where a heading has both words, and few have: all Chinese signs as a set take milliseconds."""
_STROKE = re.compile(r"\s*[/／\\\n]\s*")
_OWNERS, _DEPARTMENT = "owners", "responsible_department"


class JointCell(Struct, frozen=True):
    """What one cell holds, as written."""

    department: str
    people: str


def holds_both(heading: str) -> bool:
    """True for 责任部门/责任人, 责任人（部门） and Dept / Owner."""
    has_both_words = all(re.search(word, heading) for word in (_DEPARTMENT_WORD, _PERSON_WORD))
    return has_both_words and any(re.search(order, heading) for order in (_DEPARTMENT_FIRST, _PERSON_FIRST))


def department_and_people(cell: object, heading: str) -> JointCell | None:
    """The parts of a cell; None where it has no two of them."""
    parts = [part for part in _STROKE.split(cell.strip()) if part] if isinstance(cell, str) else []
    if len(parts) < 2 or any(len(part) == 1 for part in parts):  # 2/E is somebody's office
        return None
    called = [part for part in parts if is_called_organisation(part)]
    others = [part for part in parts if part not in called]
    if called and others:
        return JointCell("、".join(called), "、".join(others))
    if called:
        return JointCell("、".join(called), "")
    is_last = re.search(_DEPARTMENT_FIRST, heading) is None
    at = len(parts) - 1 if is_last else 0
    return JointCell(parts[at], "、".join((*parts[:at], *parts[at + 1 :])))


def names_both(cell: object) -> bool:
    """True for 研发一部/王强, under whatever heading: one part is called as departments are, one as people."""
    parts = department_and_people(cell, "")
    people = names_in(parts.people) if parts and is_called_organisation(parts.department) else ()
    return bool(people) and all(name[:1] in SURNAMES or name.isascii() for name in people)


def with_departments_before_people(grid: Grid, lists: Lists) -> Grid:
    """The grid with both parts apart, each where the table has no column of its own for it or leaves that blank.

    In a table without a column of departments a cell of owners that names both says so whatever its heading is.
    """
    key = next((key for key in (_OWNERS, _DEPARTMENT) if _is_joint(grid, key)), "")
    if not key and (_OWNERS not in grid.match.columns or _DEPARTMENT in grid.match.columns):
        return grid
    is_told, key = bool(key), key or _OWNERS
    heading, cells = grid.match.heading(key), grid.raw[grid.match.columns[key] - 1]
    if not is_told and not any(map(names_both, cells)):
        return grid
    owners = _column(grid, _OWNERS, ())
    departments = _column(grid, _DEPARTMENT, None)
    for at, cell in enumerate(cells[: grid.size]):
        parts = department_and_people(cell, heading) if is_told or names_both(cell) else None
        if parts:
            people = names_in(parts.people, lists.names)
            owners[at] = people if key == _OWNERS else owners[at] or people
            departments[at] = parts.department if key == _DEPARTMENT else departments[at] or parts.department
    return replace(grid, values={**grid.values, _OWNERS: owners, _DEPARTMENT: departments})


def _is_joint(grid: Grid, key: str) -> bool:
    return key in grid.match.columns and holds_both(grid.match.heading(key))


def _column(grid: Grid, key: str, blank: object) -> list[object]:
    found: Sequence[object] = grid.values.get(key, [blank] * grid.size)
    return list(found)
