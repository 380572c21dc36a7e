"""Rows that bear the same 登记编号, version, step or setting, of which each is to be written once.

Everything looks a row up by these cells, and finds one of them: which, nobody who reads the result can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from capa_xl.model.columns import column_by_key
from capa_xl.model.lineage import Lineage
from capa_xl.model.meant_number import typed_plainly
from capa_xl.model.plain_number import plain_number
from capa_xl.model.problem import Severity
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import record_class_of
from capa_xl.policy.unread_cells import unread_cells

RENUMBER, ONE_ROW = "给其中的行改用新的{c}", "只留一行"
"""Of two rows that are two things, and of two that are one."""
_LAST = "按后面的计"


class Unique(Struct, frozen=True):
    """Cells that no two rows of a sheet share.

    Attributes:
        keys: The columns, taken together; a row where a needed one is blank is alone.
        optional: Those of them that may be blank.
        effect: What becomes of rows that share them, in Chinese.
    """

    sheet_key: str
    keys: tuple[str, ...]
    effect: str
    severity: Severity = Severity.WARNING
    fix: str = RENUMBER
    optional: tuple[str, ...] = ()


UNIQUE: Final = (
    Unique("needs", ("number",), "不知道指的是哪一行，要求单和回复函都不出", Severity.ERROR),
    Unique("plans", ("number", "version"), "不知道是哪一行，改进计划不能定稿", Severity.ERROR),
    Unique("analyses", ("number",), "引用它的措施不知道是哪一行"),
    Unique("decisions", ("number", "item"), "不知道是两项决议还是写了两遍"),
    Unique("steps", ("number", "step"), "不知道是两步还是写了两遍，两行都计"),
    Unique("confirmations", ("number", "round"), "不知道是哪一轮"),
    Unique("measurements", ("process", "indicator", "frequency", "department", "period"), _LAST,
           fix=ONE_ROW, optional=("process", "frequency", "department")),
    Unique("settings", ("name",), _LAST, fix=ONE_ROW),
)  # fmt: skip
"""节假日 is FD26's, 编号 of the tracker FD02's."""


class DoubledRows(Struct, frozen=True):
    """Rows of a sheet that share such cells, in sheet order; two at least."""

    unique: Unique
    table: Table[Any]
    records: Sequence[Any]

    @property
    def header(self) -> str:
        """The headings of the cells that were filled: 计划编号、版本."""
        columns = column_by_key(record_class_of(self.unique.sheet_key))
        return "、".join(columns[key].header for key in self._filled)

    @property
    def value(self) -> str:
        """What stands in them: JH-2026 V1.1."""
        return " ".join(_text(getattr(self.records[0], key)) for key in self._filled)

    @property
    def lines(self) -> str:
        """第 8、20 行."""
        return f"第 {'、'.join(str(one.row) for one in self.records)} 行"

    @property
    def merged(self) -> str:
        """The merged cell that made them one; "" where each wrote its own.

        Of several cells the last tells the rows apart: a 编号 may well be merged over its steps.
        """
        key = self.unique.keys[-1]
        return next((at for one in self.records[1:] if (at := self.table.anchors.get((one.row, key)))), "")

    @property
    def _filled(self) -> tuple[str, ...]:
        return tuple(key for key in self.unique.keys if getattr(self.records[0], key) is not None)


def doubled_rows(register: Register) -> Iterator[DoubledRows]:
    """All of them, by sheet."""
    for unique in UNIQUE:
        table: Table[Any] | None = getattr(register, unique.sheet_key)
        needed = [key for key in unique.keys if key not in unique.optional]
        if table is None or not table.has(*needed):
            continue
        groups = defaultdict[tuple[Any, ...], list[Any]](list)
        for record in table.records:
            if all(getattr(record, key) is not None for key in needed):
                groups[tuple(getattr(record, key) for key in unique.keys)].append(record)
        for records in groups.values():
            if len(records) > 1 and _differ(register, unique, records):
                yield DoubledRows(unique, table, tuple(records))


def typed_otherwise(register: Register) -> Iterator[tuple[str, Any, Any]]:
    """Sheet, row and the earlier row whose number is the same but for how it was typed; once a way of typing."""
    for sheet_key in ("needs", "analyses", "plans", "decisions"):
        table: Table[Any] | None = getattr(register, sheet_key)
        numbers = {one.number: one for one in reversed(table.records) if one.number} if table else {}
        first: dict[str, Any] = {}
        for record in sorted(numbers.values(), key=lambda one: one.row):
            earlier = first.setdefault(typed_plainly(record.number), record)
            if earlier is not record:
                yield sheet_key, record, earlier


def _differ(register: Register, unique: Unique, records: Sequence[Any]) -> bool:
    """Not one setting with one value, nor figures of two departments that have become one: both may well be sound."""
    if unique.sheet_key == "settings":
        return len({one.value for one in records}) > 1
    department = records[0].department if unique.sheet_key == "measurements" else None
    return department is None or not Lineage.of(register.successions).kin(department)


def setting_in_force(register: Register, rows: DoubledRows) -> str:
    """Which of several rows of one setting counts: the last whose value can be read."""
    unread = unread_cells(register)
    table = rows.table
    read = [one for one in rows.records if one.value and (table.sheet, table.cell(one.row, "value")) not in unread]
    return f"按第 {read[-1].row} 行的「{read[-1].value}」计" if read else ""


def doubled_need(register: Register, number: str | None) -> str:
    """Why nothing can be made of a 登记编号: 第 8、20 行 are of one number; "" for one that stands once."""
    found = (rows for rows in doubled_rows(register) if rows.unique.sheet_key == "needs")
    return next((rows.lines for rows in found if rows.records[0].number == number), "")


def _text(value: Any) -> str:
    return plain_number(value) if isinstance(value, int | float) else str(value)
