"""Rows around the tracker that lack the cell by which everything else finds them.

Such a blank is no wrong value, so reading finds nothing: a step, a round or a person only drops out of every list.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from capa_xl.model.columns import Kind, column_by_key, columns_of
from capa_xl.model.cut_text import cut_line, cut_list
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import CHILDREN_OF_ACTIONS, record_class_of
from capa_xl.policy.register_view import RegisterView

_MOST_ROWS = 8
_LONGEST_NAME = 16
_NO_USE = "这一行不起作用"
_TOLD_ELSEWHERE = frozenset({"corrections"})
"""更正记录 without 编号 is EF15's, which knows whose it may be."""
_OF_ACTIONS = tuple(sheet for sheet in CHILDREN_OF_ACTIONS if sheet not in _TOLD_ELSEWHERE)
_KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    **{sheet: {"number": _NO_USE} for sheet in _OF_ACTIONS},
    "progress": {"number": _NO_USE, "on": "不知道是哪一天的，答复的限期和两次进展的间隔都不计"},
    "needs": {"number": "和跟踪表对不上，也出不了要求单和回复函"},
    "decisions": {"number": _NO_USE},
    "plans": {"number": _NO_USE},
    "measurements": {"indicator": _NO_USE, "period": _NO_USE},
    "observations": {"period": _NO_USE},
    "excuses": {"rule": _NO_USE, "number": "也没有期间，这一行不起作用"},
    "people": {"name": _NO_USE},
    "successions": {"old": _NO_USE, "new": _NO_USE},
    "settings": {"name": _NO_USE},
}
"""Sheet → the columns a row can't do without, and what becomes of one where they are blank."""
_SLIGHT = frozenset({"measurements", "observations", "excuses", "successions", "settings"})
"""Sheets of which a row without its key takes away a figure, a name or a setting, and nothing that somebody owes."""
_NAMES = frozenset({Kind.PERSON, Kind.PEOPLE, Kind.DEPARTMENT})


class KeylessRow(Struct, frozen=True):
    """A row with something in it and not that.

    Attributes:
        sheet_key: Field of `Register` that holds its table.
        key: The column that is blank.
        effect: What becomes of the row, in Chinese.
    """

    sheet_key: str
    table: Table[Any]
    record: Any
    key: str
    effect: str

    @property
    def is_slight(self) -> bool:
        """True where nothing that somebody owes is lost with the row."""
        return self.sheet_key in _SLIGHT or self.key == "on"

    @property
    def header(self) -> str:
        """The heading of the column that is blank."""
        return column_by_key(record_class_of(self.sheet_key))[self.key].header

    @property
    def place(self) -> str:
        """《措施分解》第 32 行."""
        return f"《{self.table.sheet}》第 {self.record.row} 行"

    @property
    def called(self) -> str:
        """The beginning of what else stands in it, to find it by; "" where that is no text."""
        values = (getattr(self.record, column.key) for column in columns_of(record_class_of(self.sheet_key)))
        longest = max((value for value in values if isinstance(value, str)), key=len, default="")
        return cut_line(longest, _LONGEST_NAME)


def keyless_rows(register: Register) -> Iterator[KeylessRow]:
    """All of them, by sheet; a cell that couldn't be read has been told already."""
    told = {(remark.hit.sheet, remark.hit.at) for remark in register.remarks}
    for sheet_key, keys in _KEYS.items():
        table: Table[Any] | None = getattr(register, sheet_key)
        if table is None:
            continue
        for key in (key for key in keys if key in table.columns):
            for record in table.records:
                is_blank = getattr(record, key) is None and _is_wanted(table, sheet_key, record, key, told)
                if is_blank and (table.sheet, table.cell(record.row, key)) not in told:
                    yield KeylessRow(sheet_key, table, record, key, keys[key])


def _is_wanted(
    table: Table[Any], sheet_key: str, record: Any, key: str, told: Container[tuple[str, str | None]]
) -> bool:
    """A line of 参数 with a note alone is a heading there; an exception may name a period instead of rows.

    Args:
        told: The cells that reading found fault with: a period that nobody can read is one all the same.
    """
    if sheet_key == "settings":
        return record.value is not None
    if (sheet_key, key) != ("excuses", "number"):
        return True
    return not record.period and (table.sheet, table.cell(record.row, "period")) not in told


def keyless_sentence(register: Register) -> Iterator[str]:
    """One sentence: how many rows count for nothing, and where they stand."""
    if rows := tuple(keyless_rows(register)):
        yield _told(rows, "不起作用或对不上")


def keyless_of(view: RegisterView, name: str) -> str:
    """Those that name a person, or anybody of a department; "" for none."""
    rows = [row for row in keyless_rows(view.register) if name in _named(view, row)]
    return _told(rows, "不在其中") if rows else ""


def _told(rows: Sequence[KeylessRow], what: str) -> str:
    where = cut_list([f"{row.place}（{row.header}）" for row in rows], _MOST_ROWS)
    return f"{len(rows)} 行没有填编号、姓名等，{what}：{where} → 填括号里的那一格"


def _named(view: RegisterView, row: KeylessRow) -> Collection[str]:
    """Everybody and every department that a row names, and the departments of those people."""
    keys = (column.key for column in columns_of(record_class_of(row.sheet_key)) if column.kind in _NAMES)
    names = frozenset(_each(getattr(row.record, key) for key in keys))
    return names | {dept for name in names if (dept := view.roster.department_of(name, view.on))}


def _each(values: Iterable[str | tuple[str, ...] | None]) -> Iterator[str]:
    for value in values:
        yield from (value,) if isinstance(value, str) else value or ()
