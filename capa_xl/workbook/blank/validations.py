"""What a cell asks for and refuses while somebody types: prompts, drop-downs, date and number checks.

Excel stops typing, not pasting; `check` sees what got past. Titles hold 32 characters, texts 255 (Excel's limits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from capa_xl.a1 import column_letters
from capa_xl.model.columns import YES_NO, Column, Kind, asked_between
from capa_xl.model.lists import list_name
from capa_xl.model.plausible_days import EARLIEST, LATEST
from capa_xl.workbook.blank.names import PEOPLE_NAME, list_reference
from capa_xl.workbook.blank.place import LAST_ROW

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE_LENGTH = 32
TEXT_LENGTH = 255
_MOST_OF_A_COUNT = 99_999
_NOT_LISTED = "该值不在下拉列表中。请从列表选择；列表由质量部在《字典》维护。"


def validate_column(sheet: Worksheet, first_row: int, position: int, col: Column, *, has_lists: bool = True) -> None:
    """Put the column's prompt and check on its cells, from a 0-based row down to row 5,000; ours take no typing.

    Args:
        has_lists: The workbook has the sheet 字典; without it a drop-down shows the lists as they are at first.
    """
    if col.ours:
        sheet.data_validation(first_row, position, LAST_ROW - 1, position, _NOT_BY_HAND)
        return
    check = _check(col, first_row, position) if has_lists or not list_name(col) else _check_of_choices(col)
    options = {**check, **_prompt(col)}
    sheet.data_validation(first_row, position, LAST_ROW - 1, position, options)


_NOT_BY_HAND: dict[str, Any] = {
    "validate": "custom",
    "value": "=FALSE",
    "error_title": "由工具填写",
    "error_message": "〔自动〕列由工具计算，请勿手工填写。要改变它，请改原始的事实列（日期、结论等），再更新。",
    "error_type": "stop",
}


def _prompt(col: Column) -> dict[str, Any]:
    if not col.prompt:
        return {}
    lines = [col.prompt]
    if col.filled_by:
        lines.append(f"由{col.filled_by}填写" + ("（策划必填）" if col.planning else ""))
    return {"input_title": col.header[:TITLE_LENGTH], "input_message": "\n".join(lines)[:TEXT_LENGTH]}


def _check_of_choices(col: Column) -> dict[str, Any]:
    """The first values of a list; none, and so no check, for departments, which every company has its own."""
    if not col.choices:
        return {"validate": "any"}
    kind = _stop if col.is_closed_list else _warn
    return kind("list", source=list(col.choices), text="该值不在下拉列表中，请从列表选择。")


def _check(col: Column, first_row: int, position: int) -> dict[str, Any]:
    match col.kind:
        case Kind.YES_NO:
            return _stop("list", source=list(YES_NO), text="只能填“是”或“否”。")
        case Kind.CHOICE if not list_name(col):
            return _stop("list", source=list(col.choices), text=f"只能填{'、'.join(col.choices)}。")
        case Kind.CHOICE:
            return _stop("list", source=f"={list_reference(list_name(col))}", text=_NOT_LISTED)
        case Kind.OPEN_CHOICE | Kind.DEPARTMENT:
            return _warn("list", source=f"={list_reference(list_name(col))}", text=_NOT_LISTED + "仍要使用该值吗？")
        case Kind.PERSON:
            return _warn("list", source=f"={PEOPLE_NAME}", text="该姓名不在《人员部门》中。仍要使用吗？")
        case Kind.CLOSED_CHOICES:
            listed = f"={list_reference(list_name(col))}" if list_name(col) else list(col.choices)
            return _warn("list", source=listed, text="不在列表中。填多个时用“、”隔开，可以继续。仍要使用该值吗？")
        case Kind.DATE:
            text = "请填写真实日期，写成 2026-03-31 的样子；不要写“月底”“尽快”“2026.3.31”。"
            return _stop("date", criteria="between", minimum=EARLIEST, maximum=LATEST, text=text)
        case Kind.COUNT:
            least, most = col.least or 0, _MOST_OF_A_COUNT if col.most is None else col.most
            return _stop("integer", criteria="between", minimum=least, maximum=most, text=f"请填写{col.counts}。")
        case Kind.NUMBER if col.bounds:
            least, most = col.bounds
            return _stop("decimal", criteria="between", minimum=least, maximum=most, text=asked_between(col.bounds))
        case Kind.NUMBER:
            return _stop("decimal", criteria="between", minimum=-1e12, maximum=1e12, text="请只填数字，单位另写。")
        case Kind.KEY if col.header == "编号":
            return _stop("custom", value=_unique(first_row, position), text="编号已经用过。请按编号规则取下一个号。")
        case _:
            return {"validate": "any"}


def _unique(first_row: int, position: int) -> str:
    letter = column_letters(position + 1)
    return f"=COUNTIF(${letter}${first_row + 1}:${letter}${LAST_ROW},{letter}{first_row + 1})=1"


def _stop(validate: str, *, text: str, **options: Any) -> dict[str, Any]:
    return {"validate": validate, "error_title": "请核对", "error_message": text, "error_type": "stop", **options}


def _warn(validate: str, *, text: str, **options: Any) -> dict[str, Any]:
    return {"validate": validate, "error_title": "请核对", "error_message": text, "error_type": "warning", **options}
