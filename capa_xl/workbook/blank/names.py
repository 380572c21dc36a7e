"""Defined names of a new workbook: one per list of 字典, the names of the roster, and two settings for colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.a1 import column_letters
from capa_xl.model.procedure import Procedure
from capa_xl.model.schema import LISTS_SHEET, sheet_spec
from capa_xl.workbook.blank.place import place_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Set

    from xlsxwriter import Workbook

REVISIONS_SHEET = "文件修订"
CORRECTIONS_SHEET = "更正记录"
LIST_ROWS = 200
"""Rows of 字典 and 人员部门 that a drop-down may show."""
PEOPLE_NAME = "列表_姓名"
GENERAL_DAYS_NAME = "观察期天数_一般"
MAJOR_DAYS_NAME = "观察期天数_重大"
REVISION_NAMES = {"number": "修订_编号", "revised_on": "修订_完成日期", "approval": "修订_结论"}
CORRECTION_NAMES = {
    "number": "更正_编号", "kind": "更正_类型", "reason": "更正_原因", "approver": "更正_批准人", "on": "更正_日期",
}  # fmt: skip
_LOOKED_INTO = {REVISIONS_SHEET: REVISION_NAMES, CORRECTIONS_SHEET: CORRECTION_NAMES}
"""Sheet → key → name of its columns that live colours look into: a rule can't safely name another sheet, a name can."""


def list_reference(name: str) -> str:
    """The defined name of a list of 字典."""
    return f"列表_{name}"


def define_names(workbook: Workbook, lists: Iterable[str], sheets: Set[str]) -> None:
    """Define every name; a list's range ends at its last value, for a blank inside would let anything pass.

    Args:
        sheets: Those of the workbook: a name that points to another one would be broken.
    """
    define_list_names(workbook, lists if LISTS_SHEET in sheets else ())
    define_names_looked_into(workbook, sheets)
    defaults = Procedure()
    for name, key, days in (
        (GENERAL_DAYS_NAME, "观察期_一般", defaults.observation_days_general),
        (MAJOR_DAYS_NAME, "观察期_重大", defaults.observation_days_major),
    ):
        workbook.define_name(name, f'=IFERROR(VALUE(VLOOKUP("{key}",参数!$A$2:$B$201,2,FALSE)),{days})')


def define_names_looked_into(workbook: Workbook, sheets: Container[str]) -> None:
    """Define the columns that live colours look into, of those of the two sheets that are among `sheets`."""
    for sheet, names in _LOOKED_INTO.items():
        if sheet in sheets:
            place = place_of(sheet, 1, (col.key for col in sheet_spec(sheet).columns))
            for key, name in names.items():
                workbook.define_name(name, f"={place.range(key)}")


def define_list_names(workbook: Workbook, lists: Iterable[str]) -> None:
    """Define the names that drop-downs show: every list of 字典, and the people."""
    for index, name in enumerate(lists, start=1):
        workbook.define_name(list_reference(name), _filled(LISTS_SHEET, column_letters(index)))
    workbook.define_name(PEOPLE_NAME, _filled("人员部门", "A"))


def _filled(sheet: str, letter: str) -> str:
    column = f"{sheet}!${letter}$2:${letter}${LIST_ROWS + 1}"
    return f"=OFFSET({sheet}!${letter}$2,0,0,MAX(1,COUNTA({column})),1)"
