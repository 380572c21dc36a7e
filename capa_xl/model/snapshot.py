"""What a run saw of the tracker, as values; the journal compares one with the next (WB04, AP11, DO06, history)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from capa_xl.model.register import AutoValue


class RowSeen(NamedTuple):
    """One action as it stood.

    Attributes:
        due_on: 完成期限.
        values: What its human cells hold, in the order of `Snapshot.headers`; blank is None or ().
        approved: (措施内容, 原完成期限 ISO or "") while an approval is in force; None otherwise.
        approved_on: What tells one approval from the next: its date and its way, as text.
    """

    number: str
    due_on: date | None
    values: tuple[object, ...]
    approved: tuple[str, str] | None = None
    approved_on: str = ""


class Snapshot(Struct, frozen=True):
    """The tracker as one run saw it.

    Attributes:
        fingerprint: Hash of the workbook's bytes.
        row_count: Rows that count as actions, quarantined ones among them.
        columns: Keys of the tracker's columns, and of the sheets that hold rows (`kept_sheets.remembered_keys`).
        numbers: Every 编号 on the sheet, those of quarantined rows among them.
        headers: The headers of the human cells that a row gives the values of.
        rows: The actions, for one walk: made while walking, because all at once they are as big as the table.
        needs: Every 登记编号 of 问题需求登记.
        aside: The quarantined rows, a cell that can't be read with what stands in it: they are there, and are no new
            rows on the day they are mended. Of several with one number one entry without values: nobody knows which of
            them is which.
    """

    fingerprint: str
    row_count: int
    columns: frozenset[str]
    numbers: frozenset[str]
    headers: tuple[str, ...]
    rows: Iterable[RowSeen]
    needs: frozenset[str] = frozenset()
    aside: tuple[RowSeen, ...] = ()


class FieldChange(Struct, frozen=True):
    """One human cell that read differently from the run before; before or after "" for a blank."""

    number: str
    field: str
    before: str
    after: str
    seen_on: date


class RowEventKind(StrEnum):
    """What befell a row between two runs; the value is the word people read."""

    ADDED = "新增"
    VANISHED = "删除"
    ARCHIVED = "归档"
    RENUMBERED = "改编号"
    REOPENED = "关闭后重开"
    AUTO_EDITED = "自动列被手改"
    OLDER_FILE = "换回旧文件"
    OLDER_JOURNAL = "台账缺一段"
    FROZEN = "定稿"
    SIGNED = "签字件"


class RowEvent(Struct, frozen=True):
    """One thing that befell a row; `field`, `before` and `after` are "" where the whole row is meant.

    Of a row that was archived `after` names the workbook it is in.
    """

    kind: RowEventKind
    number: str
    field: str
    before: str
    after: str
    seen_on: date


class PastRun(Struct, frozen=True):
    """One run that is on record.

    Attributes:
        fingerprint: Hash of the workbook's bytes after it.
        stood: Hash of its bytes before it; "" where an older program recorded it.
    """

    ran_at: str
    as_of: date
    command: str
    fingerprint: str
    stood: str = ""


class AppliedEdit(Struct, frozen=True):
    """One cell a person asked us to change by name.

    Attributes:
        row: What named its row once it was written; "" where nothing does, or an older program wrote.
    """

    sheet: str
    cell: str
    before: AutoValue
    after: AutoValue
    row: str = ""


class Applied(Struct, frozen=True):
    """One `--apply`, kept so that it can be taken back.

    Attributes:
        serial: Number of the record in the journal.
        what: The command's own words for it.
        fingerprint: Hash of the workbook's bytes after it.
        stood: Hash of its bytes before it; "" where an older program recorded it.
    """

    serial: int
    applied_at: str
    what: str
    fingerprint: str
    edits: tuple[AppliedEdit, ...]
    stood: str = ""
