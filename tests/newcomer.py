"""What a newcomer types into a blank workbook on the first day, as README.md and docs/使用手册.md say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl

from capa_xl.a1 import cell_at
from capa_xl.ooxml.patch import CellEdit, CellValue, Patch
from capa_xl.ooxml.splice import splice

TRACKER = "改进计划跟踪表"
PEOPLE = (
    ("张三", "网络部", "部门经理"),
    ("样例工", "网络部", "员工"),
    ("样例质", "质量部", "质量部负责人、质量部专员"),
    ("样例总", "总经办", "总经理"),
)
ACTIONS = (
    {
        "编号": "GJ-2026-001",
        "问题描述": "机房巡检记录缺签字",
        "登记日期": date(2026, 11, 2),
        "提出人": "样例工",
        "来源": "体系运行过程",
        "措施类型": "纠正",
        "严重度": "一般",
        "是否重复": "否",
        "措施内容": "补签并复核十月的记录",
        "责任部门": "网络部",
        "责任人": "样例工",
        "完成期限": date(2026, 12, 10),
    },
    {
        "编号": "GJ-2026-002",
        "问题描述": "备件清单与实物不符",
        "登记日期": date(2026, 11, 3),
        "提出人": "张三",
        "来源": "体系运行过程",
    },
)


def first_day(workbook: Path) -> None:
    """People, the company's name and two actions, saved and closed."""
    for place, (name, department, role) in enumerate(PEOPLE, start=1):
        mail = f"{place}@corp.example"
        type_row(workbook, "人员部门", place, {"姓名": name, "部门": department, "角色": role, "邮箱": mail})
    _set(workbook, "公司名称", "样例公司")
    for place, action in enumerate(ACTIONS, start=1):
        type_row(workbook, TRACKER, place, action)


def type_row(workbook: Path, sheet: str, place: int, values: Mapping[str, CellValue]) -> None:
    """The values of one row, the first below the headings being 1."""
    heads = _heads(workbook, sheet, set(values))
    _write(workbook, sheet, {cell_at(heads[name].row + place, heads[name].column): values[name] for name in values})


def _heads(workbook: Path, sheet: str, names: set[str]) -> dict[str, openpyxl.cell.Cell]:
    for row in _page(workbook, sheet).iter_rows(max_row=20):
        found = {cell.value: cell for cell in row if cell.value in names}
        if set(found) == names:
            return found
    raise LookupError(f"{sheet} has no row with {names}")


def _set(workbook: Path, parameter: str, value: str) -> None:
    (row,) = [row[0].row for row in _page(workbook, "参数").iter_rows() if row[0].value == parameter]
    _write(workbook, "参数", {f"B{row}": value})


def _page(workbook: Path, sheet: str) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(BytesIO(workbook.read_bytes()))[sheet]


def _write(workbook: Path, sheet: str, cells: Mapping[str, CellValue]) -> None:
    edits = tuple(CellEdit(sheet, at, value) for at, value in cells.items())
    workbook.write_bytes(splice(workbook.read_bytes(), Patch(edits=edits)).blob)
