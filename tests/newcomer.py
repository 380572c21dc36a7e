"""What a newcomer types into a blank workbook on the first day, as README.md and docs/使用手册.md say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell

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
    book = _opened(workbook)
    edits = [_parameter(book, "公司名称", "样例公司")]
    for place, (name, department, role) in enumerate(PEOPLE, start=1):
        mail = f"{place}@corp.example"
        edits += _row(book, "人员部门", place, {"姓名": name, "部门": department, "角色": role, "邮箱": mail})
    for place, action in enumerate(ACTIONS, start=1):
        edits += _row(book, TRACKER, place, action)
    _write(workbook, edits)


def type_row(workbook: Path, sheet: str, place: int, values: Mapping[str, CellValue]) -> None:
    """The values of one row, the first below the headings being 1."""
    _write(workbook, _row(_opened(workbook), sheet, place, values))


def _row(book: Workbook, sheet: str, place: int, values: Mapping[str, CellValue]) -> Iterator[CellEdit]:
    heads = _heads(book, sheet, set(values))
    return (CellEdit(sheet, cell_at(heads[name].row + place, heads[name].column), values[name]) for name in values)


def _heads(book: Workbook, sheet: str, names: set[str]) -> dict[str, Cell]:
    for row in book[sheet].iter_rows(max_row=20):
        found = {cell.value: cell for cell in row if cell.value in names}
        if set(found) == names:
            return found
    raise LookupError(f"{sheet} has no row with {names}")


def _parameter(book: Workbook, name: str, value: str) -> CellEdit:
    (row,) = [row[0].row for row in book["参数"].iter_rows() if row[0].value == name]
    return CellEdit("参数", f"B{row}", value)


def _opened(workbook: Path) -> Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.read_bytes()))


def _write(workbook: Path, edits: Iterable[CellEdit]) -> None:
    workbook.write_bytes(splice(workbook.read_bytes(), Patch(edits=tuple(edits))).blob)
