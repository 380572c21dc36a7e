"""The lists of sheet 字典: their names, their default values, and which list a column draws on."""

from __future__ import annotations

from functools import cache

from capa_xl.model.columns import Column, Kind
from capa_xl.model.schema import SHEETS

DEPARTMENTS_LIST = "部门"
_IN_PLACE = frozenset({("休", "班")})
"""Choices too small to be anybody's to change; their drop-down names them itself, as 是/否 does."""


@cache
def default_lists() -> dict[str, tuple[str, ...]]:
    """List name → default values, 部门 (empty) first; a list is named after the first column that draws on it.

    A later column of the same name with other words (类型 of 更正记录 beside 类型 of 进展反馈) has no list of its own:
    its drop-down names them itself, and what 字典 holds under that name stays what it was.
    """
    lists: dict[str, tuple[str, ...]] = {DEPARTMENTS_LIST: ()}
    for spec in SHEETS:
        for col in spec.columns:
            if col.has_list and col.choices not in _IN_PLACE and col.choices not in lists.values():
                lists.setdefault(col.header, col.choices)
    return lists


def list_name(col: Column) -> str:
    """Name of the list in 字典 that the column draws on; "" for columns without one."""
    if col.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS):
        return DEPARTMENTS_LIST
    if not col.has_list:
        return ""
    return next((name for name, choices in default_lists().items() if choices and choices == col.choices), "")
