"""The register: everything the workbook says, typed, every value with its true A1 address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Generic, Protocol, TypeGuard, TypeVar

from msgspec import Struct, field

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.auto_texts import SheetRoom
from capa_xl.model.pages import Page, line_of, page_of
from capa_xl.model.problem import Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.records import (
    Analysis,
    Confirmation,
    Correction,
    Decision,
    Excuse,
    Extension,
    Holiday,
    LedgerRow,
    Measurement,
    Need,
    Observation,
    Person,
    PlanVersion,
    Progress,
    Revision,
    Setting,
    Step,
    Succession,
)
from capa_xl.model.uncounted import Uncounted


class Record(Protocol):
    """Any record: it knows its 1-based row."""

    @property
    def row(self) -> int:
        """1-based row in its sheet; of a register over several sheets see `pages`."""


R = TypeVar("R", bound=Record, covariant=True)


class Table(Struct, Generic[R], frozen=True):
    """The rows of one sheet, or of several that are one register, and where their values stand.

    Attributes:
        sheet: The sheet's actual name in the workbook; of several the first.
        header_row: 1-based row of the (lower) header; of several the first one's.
        columns: English key → 1-based column index, for the columns the sheet has; of several those that any has.
        records: The rows that count, in sheet order.
        anchors: (row, key) → A1 of the merged cell a value was filled down from.
        last_row: Last row with a human value; header_row when there is none.
        outlined: Keys of the columns in an outline group, which may be folded away.
        headings: Key → heading as the sheet has it, on one line; those with instructions in them are left out.
        pages: The sheets of a register over several; () for one sheet.
        every_heading: Every heading as the sheet has it, on one line, those of columns that aren't ours too; below a
            group's name the two together as well. Of several sheets those of all.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    records: tuple[R, ...]
    anchors: Mapping[tuple[int, str], str] = field(default_factory=dict)
    last_row: int = 0
    outlined: frozenset[str] = frozenset()
    headings: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    every_heading: tuple[str, ...] = ()

    @property
    def every_page(self) -> tuple[Page, ...]:
        """The sheets with their headers, in order; one where there are no several."""
        return self.pages or (Page(self.sheet, self.header_row, self.columns, self.headings, self.every_heading),)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets the rows stand on, in order."""
        return tuple(page.sheet for page in self.every_page)

    def sheet_of(self, row: int) -> str:
        """The sheet a row stands on."""
        return self.pages[page_of(row)].sheet if self.pages else self.sheet

    def columns_of(self, row: int) -> Mapping[str, int]:
        """English key → 1-based column index, for the columns that the row's sheet has."""
        return self.pages[page_of(row)].columns if self.pages else self.columns

    def line(self, row: int) -> str:
        """A row as people find it: `第 5 行`, with its sheet where there are several."""
        return f"《{self.sheet_of(row)}》第 {line_of(row)} 行" if self.pages else f"第 {row} 行"

    def lines(self, rows: Sequence[int], most: int) -> str:
        """Several rows as people find them: `第 5、6、7 行 等`; the first so many, with their sheets as in `line`."""
        shown, more = rows[:most], " 等" if len(rows) > most else ""
        if self.pages:
            return "、".join(map(self.line, shown)) + more
        return f"第 {'、'.join(map(str, shown))} 行{more}"

    def has(self, *keys: str) -> bool:
        """True when the sheet has every one of these columns."""
        return all(key in self.columns for key in keys)

    def cell(self, row: int, key: str) -> str:
        """A1 address of a value: of its merged anchor where it was filled down; "" when the column is absent."""
        if (row, key) in self.anchors:
            return self.anchors[row, key]
        index = self.columns_of(row).get(key)
        return cell_at(line_of(row), index) if index else ""


def holds_rows(table: Table[R] | None) -> TypeGuard[Table[R]]:
    """Whether the sheet is there and somebody wrote a row in it: of an empty one as little can be told."""
    return table is not None and bool(table.records)


class Quarantined(Struct, frozen=True):
    """A tracker row that can't be an action: its key or a required value can't be read.

    Attributes:
        row: 1-based row.
        number: 编号 as it stands, "" when empty.
        cells: A1 addresses of the cells at fault.
        record: What could be read of it; unreadable values are blank in it.
    """

    row: int
    number: str
    cells: tuple[str, ...]
    record: Action


AutoValue = str | int | float | date | None


def auto_text(value: AutoValue) -> str:
    """A 〔自动〕 value as the journal keeps it: ISO dates, whole numbers without a point, "" for a blank cell."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


class Register(Struct, frozen=True):
    """The whole workbook, read. A sheet that is absent is None, and so is a register without a data row;
    the sheets that belong to an action are in use as soon as they exist (`schema.IN_USE_WHEN_EMPTY`).

    Attributes:
        tracker: The actions (quarantined rows left out).
        quarantined: The rows that were set aside.
        parts: A number merged over several measures → the numbers of its parts, in sheet order.
        dressed: ZJ-005, as a number format shows the 编号 5 of the tracker → 5.
        numbered_only: Rows of the tracker that hold a number and nothing else: people number in advance.
        uncounted: Other filled rows of the tracker that are no actions, in sheet order.
        procedure: Settings, lists, holidays.
        remarks: What reading met on the way; `check` turns them into Problems.
        auto: Row → 〔自动〕 key → what stands in that cell now, for the rows and columns that exist.
        auto_kept: (row, key) of 〔自动〕 cells that aren't ours to write → why: 公式, 数组公式, 合并单元格.
        auto_room: Sheet of the tracker → what our cells of it have room for.
        unread: (row, key) of cells of the tracker that hold something and read as blank → what stands there.
        sheet_names: All sheets in order, as named in the workbook.
        namesakes: Names of ours that sheets of somebody else bear.
        defined_names: Names defined for the whole workbook.
        date1904: True for the 1904 date system.
        past: The years that were archived (参数 上年工作簿).
        past_files: Name and SHA-256 of every file named there as it was read; why not, for one that could not be.
        away: 编号 that the journal saw go to one that can't be read, and that neither the workbook nor an archive named
            behind that one has → its name.
    """

    tracker: Table[Action]
    quarantined: tuple[Quarantined, ...] = ()
    numbered_only: tuple[int, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dressed: Mapping[str, str] = field(default_factory=dict)
    procedure: Procedure = field(default_factory=Procedure)
    remarks: tuple[Remark, ...] = ()
    auto: Mapping[int, Mapping[str, AutoValue]] = field(default_factory=dict)
    auto_kept: Mapping[tuple[int, str], str] = field(default_factory=dict)
    auto_room: Mapping[str, SheetRoom] = field(default_factory=dict)
    unread: Mapping[tuple[int, str], str] = field(default_factory=dict)
    sheet_names: tuple[str, ...] = ()
    namesakes: frozenset[str] = frozenset()
    defined_names: frozenset[str] = frozenset()
    date1904: bool = False
    steps: Table[Step] | None = None
    progress: Table[Progress] | None = None
    extensions: Table[Extension] | None = None
    confirmations: Table[Confirmation] | None = None
    corrections: Table[Correction] | None = None
    revisions: Table[Revision] | None = None
    needs: Table[Need] | None = None
    decisions: Table[Decision] | None = None
    plans: Table[PlanVersion] | None = None
    measurements: Table[Measurement] | None = None
    observations: Table[Observation] | None = None
    analyses: Table[Analysis] | None = None
    excuses: Table[Excuse] | None = None
    people: Table[Person] | None = None
    successions: Table[Succession] | None = None
    settings: Table[Setting] | None = None
    holidays: Table[Holiday] | None = None
    ledger: Table[LedgerRow] | None = None
    past: tuple[PastYear, ...] = ()
    past_files: tuple[tuple[str, str], ...] = ()
    away: Mapping[str, str] = field(default_factory=dict)

    def is_ours_to_write(self, sheet: str) -> bool:
        """True for a sheet of ours that is there; one of somebody else by the same name is never written."""
        return sheet in self.sheet_names and sheet not in self.namesakes

    @property
    def rows(self) -> int:
        """Rows that count as actions or would, but for the fault they are set aside for."""
        return len(self.tracker.records) + len(self.quarantined)

    @property
    def numbers(self) -> frozenset[str]:
        """编号 of those rows, of each that has one."""
        return frozenset(filter(None, (one.number for one in self.tracker.records))) | self.set_aside_numbers

    @property
    def unread_archives(self) -> tuple[str, ...]:
        """Names of the archived years that 参数 names and that can't be read (WB15)."""
        return tuple(remark.hit.facts["v"] for remark in self.remarks if remark.rule == "WB15")

    @property
    def set_aside_numbers(self) -> frozenset[str]:
        """编号 of those that are set aside, of each that has one."""
        return frozenset(row.number for row in self.quarantined if row.number)


class PastYear(Struct, frozen=True):
    """An archived workbook.

    Attributes:
        name: As 参数 names it.
        register: What is in it.
    """

    name: str
    register: Register
