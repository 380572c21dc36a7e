"""Allowed values of list columns as they stand in this workbook: the schema's, and what sheet 字典 makes of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from capa_xl.model.action import Action
from capa_xl.model.columns import Column, columns_of


class Lists(Struct, frozen=True):
    """Sheet 字典 by heading; a list of a tracker column also rules the child sheets' columns with the same words.

    Attributes:
        by_name: List name → its words.
        meanings: What words of an adopted table mean (`Procedure.meanings`).
        names: Every person and department that 人员部门 has.
    """

    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def allowed(self, col: Column) -> tuple[str, ...]:
        """The values of a column's list: an open list is replaced by 字典, a closed one only extended."""
        if not col.has_list:
            return col.choices
        ours = self.by_name.get(col.header) or self.by_name.get(_tracker_name(col), ())
        if not ours:
            return col.choices
        if not col.is_closed_list:
            return ours
        if col not in columns_of(Action) and not set(ours) & set(col.choices):
            return col.choices  # another sheet's list of the same name: 类型 of 进展反馈 isn't that of 节假日
        return tuple(dict.fromkeys((*col.choices, *ours)))


def _tracker_name(col: Column) -> str:
    """The tracker's column with the same words: 过程 of 质量数据 takes the list 所属过程."""
    twins = (twin.header for twin in columns_of(Action) if twin.has_list and twin.choices == col.choices)
    return next(twins, "") if col.choices else ""
