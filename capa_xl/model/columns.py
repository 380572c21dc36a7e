"""What a column is: the schema's building block, attached to the fields of the record classes.

A record class (`Action`, `Step`, …) *is* the schema of its sheet: every field carries one `Column`. Reading, rules,
the blank workbook, `adopt` and the docs all take it from there with `columns_of`.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.field_notes import notes_of


class Kind(Enum):
    """What a cell of the column holds once it is read; the comment gives the Python type. Blank is None, or ()."""

    KEY = "编号"  # str: the identity of the row
    REF = "引用"  # str: a number kept elsewhere
    REFS = "引用(可多个)"  # tuple[str, ...]
    TEXT = "短文本"  # str
    NOTE = "长文本"  # str
    DATE = "日期"  # date
    PERIOD = "期间"  # str: 2026-03, or an ISO date
    MOMENT = "日期时间"  # str: 2026-03-02, or 2026-03-02 14:30 where the minute is given
    NUMBER = "数值"  # float
    COUNT = "整数"  # int
    PERSON = "人员"  # str
    PEOPLE = "人员(可多人)"  # tuple[str, ...], the first is the main one
    DEPARTMENT = "部门"  # str
    DEPARTMENTS = "部门(可多个)"  # tuple[str, ...]
    CHOICE = "列表"  # str of a closed list
    OPEN_CHOICE = "开放列表"  # str, the list only proposes
    CHOICES = "列表(可多个)"  # tuple[str, ...] of an open list
    CLOSED_CHOICES = "固定列表(可多个)"  # tuple[str, ...] of a closed list
    YES_NO = "是/否"  # bool
    STATED = "自有状态"  # str: a word of the table's own, as it stands; its family is known or declared


MANY = frozenset({Kind.REFS, Kind.PEOPLE, Kind.DEPARTMENTS, Kind.CHOICES, Kind.CLOSED_CHOICES})
"""Kinds whose cells may hold several values between 、 and whose blank is ()."""

YES_NO = ("是", "否")


class Column(Struct, frozen=True):
    """One column of one sheet.

    Attributes:
        key: English name; the field of the record class.
        header: The exact Chinese header string.
        kind: What a cell holds.
        band: The group heading above the header (登记, 分析, …); "" on child sheets.
        fact: The dated group the cell belongs to (审批, 完成, …); it reads as blank while its date lies after the
            as-of day. "" for cells that always count. The group 登记 governs the whole row.
        dates_fact: True for the one date column that dates the group `fact`.
        choices: Allowed values, in order; 字典 may replace an open list and extend a closed one.
        aliases: Other headers seen in real tables that mean this column.
        filled_by: Who fills it, for prompts and docs.
        planning: Belongs to the planning set (status 待策划 while incomplete).
        visible: Shown in the blank workbook; False: in the collapsed outline group of its band.
        offered: False for columns we read in adopted tables but never put into a new workbook.
        ours: True for 〔自动〕 columns, the only ones of the sheet that we write.
        prompt: What the cell asks for, in Chinese, shown when the cell is selected.
        least: Smallest number it may be (FD04), also in the blank workbook; None asks for none.
        most: Largest number, likewise.
        holds_one: A cell holds one name, whatever blanks stand in it: it is where names are introduced.
        may_cancel: A word of somebody's table in it may be declared to mean that the whole action is cancelled.
        came_later: It is newer than reports that lie in archives; while blank it is left out of their content hash.
        measured: Its numbers are in the unit of their row (单位), or of the row's action.
        takes_span: A period in it may be given by its first and last day.
    """

    key: str
    header: str
    kind: Kind
    band: str = ""
    fact: str = ""
    dates_fact: bool = False
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    filled_by: str = ""
    planning: bool = False
    visible: bool = True
    offered: bool = True
    ours: bool = False
    prompt: str = ""
    least: int | None = None
    most: int | None = None
    holds_one: bool = False
    may_cancel: bool = False
    came_later: bool = False
    measured: bool = False
    takes_span: bool = False

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The smallest and the largest number it may be; None where it has no such range."""
        return (self.least, self.most) if self.least is not None and self.most is not None else None

    @property
    def is_one_person(self) -> bool:
        """True where a cell takes one person: a person may have several deputies."""
        return self.kind is Kind.PERSON and self.key != "deputy"

    @property
    def headed_unit(self) -> str:
        """The unit that the heading names in brackets, 天 of 观察期(天); "" where it names none."""
        return self.header.removesuffix(")").partition("(")[2]

    @property
    def counts(self) -> str:
        """Which whole numbers a cell of a count takes, in Chinese."""
        start = self.least or 0
        kind = f"{self.headed_unit}数（整数）" if self.headed_unit else "整数"
        return f"不小于 {start} 的{kind}" if self.most is None else f"从 {start} 到 {self.most} 的{kind}"

    def takes_count(self, number: float) -> bool:
        """Whether a whole number is one of those; ours may be any."""
        return self.ours or (self.least or 0) <= number <= (number if self.most is None else self.most)

    @property
    def has_list(self) -> bool:
        """True where `choices`, as 字典 has them, are what people choose from; 是/否 is no list of 字典."""
        return self.kind in (Kind.CHOICE, Kind.OPEN_CHOICE, Kind.CHOICES, Kind.CLOSED_CHOICES)

    @property
    def is_closed_list(self) -> bool:
        """True where a strange value is an error (FD04 E)."""
        return self.kind in (Kind.CHOICE, Kind.CLOSED_CHOICES, Kind.YES_NO)


def asked_between(bounds: tuple[int, int]) -> str:
    """What Excel says of a number out of its range."""
    return f"请填写 {bounds[0]} 到 {bounds[1]} 之间的数字。"


def column(header: str, kind: Kind, **spec: Any) -> Column:
    """The note of a field that is a column; `columns_of` gives it the field's name for its key."""
    choices = spec.pop("choices", YES_NO if kind is Kind.YES_NO else ())
    return Column("", header, kind, choices=choices, **spec)


@cache
def columns_of(record_class: type[Struct]) -> tuple[Column, ...]:
    """The columns of a record class in the order of its fields (the order of the blank workbook)."""
    return tuple(replace(spec, key=name) for name, spec in notes_of(record_class, Column))


@cache
def _dated_by(record_class: type) -> dict[str, str]:
    """Key → the key of the date that tells when its cell was true; keys of no dated group are left out."""
    columns = columns_of(record_class)
    dates = {col.fact: col.key for col in columns if col.dates_fact}
    own = {col.key: col.key for col in columns if col.kind is Kind.DATE}
    return {col.key: dates[col.fact] for col in columns if col.fact in dates} | own


def fact_day(record: Any, key: str) -> date | None:
    """The day a cell speaks of: its own where it is a date, else that of its dated group; None where it has none."""
    record_class: type = type(record)
    dating = _dated_by(record_class).get(key)
    return getattr(record, dating) if dating else None


def done_day(record: Any, key: str) -> date | None:
    """The day of the deed that a cell belongs to; None for what is no deed, a deadline among them."""
    record_class: type = type(record)
    return fact_day(record, key) if column_by_key(record_class)[key].fact else None


@cache
def column_by_key(record_class: type) -> dict[str, Column]:
    """The columns of a record class by English key."""
    return {col.key: col for col in columns_of(record_class)}
