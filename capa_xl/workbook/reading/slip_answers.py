"""A slip that came back: is it one of ours, is it whole, and what was filled in.

Nothing is taken from a file whose headings, order or addresses are not those that were sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from capa_xl.a1 import cell_at
from capa_xl.errors import CapaError
from capa_xl.model.cut_text import cut_line
from capa_xl.model.slip import (
    ADDRESSES,
    ANSWER,
    ASKED,
    BEFORE,
    EARLIER_HEADINGS,
    ELSEWHERE,
    HEADER_ROW,
    HEADINGS,
    MOST_OF_BEFORE,
    NOTE_GAP,
    NOTHING_WAITS,
    SHEET,
)
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.ooxml.workbook_values import WorkbookValues

Typed = str | int | float | date
"""What somebody typed into a cell."""


class SlipAddress(Struct, frozen=True):
    """Where an answer belongs: the row by what it says, the column by its key.

    Attributes:
        row: The other cells of the row that the answer begins, (key, text); () for a row that is there.
    """

    table: str
    number: str
    mark: str
    key: str
    header: str
    before: str
    row: tuple[tuple[str, str], ...] = ()


_ADDRESS = ("table", "number", "mark", "key", "header", "before")


class FilledCell(Struct, frozen=True):
    """One answered line: its address, the cell as it was typed, and where in the slip it stands (A1).

    Attributes:
        is_error: It holds a formula that came to nothing (`#N/A`), or has not been worked out.
    """

    address: SlipAddress
    raw: Typed
    at: str
    is_error: bool = False


class AddedLine(Struct, frozen=True):
    """A line that people wrote below those that were sent: its first filled cell (A1), and all it says."""

    at: str
    text: str


class ReadSlip(Struct, frozen=True):
    """A slip of ours as it came back.

    Attributes:
        addresses: The lines of its hidden sheet as they stand, for the journal to compare.
        added: Lines that nobody asked for.
        misplaced: What was typed beside the column of answers: over what the cell held, or right of the table.
    """

    workbook_id: str
    department: str
    token: str
    addresses: tuple[str, ...]
    filled: tuple[FilledCell, ...]
    added: tuple[AddedLine, ...] = ()
    misplaced: tuple[FilledCell, ...] = ()


_ESCAPED_CONTROL = re.compile("_x00[01][0-9A-Fa-f]_")
NO_RESULT = "没有结果的公式"


class NotOurSlip(CapaError):
    """The file is no slip, or not as it was sent; the words are a Chinese sentence."""


def read_slip(blob: bytes) -> ReadSlip:
    """Read a returned slip.

    Raises:
        NotOurSlip: A foreign file, or one whose headings, lines or addresses were changed.
        UnreadableWorkbook: No workbook at all.
    """
    book = WorkbookValues(blob)
    _refuse_lacking_sheets(book.names)
    lines = tuple(str(row[0]) for row in book.read(ADDRESSES).rows if row[0] != "")
    head = _head(lines)
    sheet = book.read(SHEET)
    _refuse_changed_headings(sheet.rows)
    addresses = [_address(line) for line in lines[1:]]
    filled = tuple(_filled(sheet, addresses))
    added = tuple(_added(sheet, HEADER_ROW + len(lines)))
    aside = tuple(_misplaced(sheet, addresses))
    return ReadSlip(str(head["workbook_id"]), str(head["department"]), str(head["token"]), lines, filled, added, aside)


def _refuse_lacking_sheets(names: Sequence[str]) -> None:
    others = [name for name in names if name != ADDRESSES]
    if ADDRESSES not in names and SHEET in names:
        raise NotOurSlip(
            f"工作表《{SHEET}》还在，隐藏的地址页不在了，像是复制到了另一个文件里 → 请填在收到的那个文件里再发回"
        )
    if ADDRESSES not in names:
        raise NotOurSlip(
            f"不是 capa-xl 发出的填报表或会议记录表（没有工作表《{SHEET}》） → 请填在收到的那个文件里再发回"
        )
    if SHEET not in names:
        raise NotOurSlip(f"没有工作表《{SHEET}》，像是改成了《{'》《'.join(others)}》 → 请把名称改回“{SHEET}”再发回")


def _head(lines: Sequence[str]) -> Mapping[str, Any]:
    document = _json(lines[0] if lines else "")
    if document.get("capa_xl_slip") != 1 or not {"workbook_id", "department", "token"} <= document.keys():
        raise NotOurSlip("填报表的地址页被改过，或由更新的版本生成 → 请用原来发出的文件重填")
    return document


def _address(line: str) -> SlipAddress:
    document = _json(line)
    try:
        row = tuple((str(key), str(value)) for key, value in document.get("row", {}).items())
        return SlipAddress(**{key: str(document[key]) for key in _ADDRESS}, row=row)
    except (KeyError, AttributeError):
        raise NotOurSlip("填报表的地址页被改过 → 请用原来发出的文件重填") from None


def _json(line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError:
        raise NotOurSlip("填报表的地址页被改过 → 请用原来发出的文件重填") from None
    return document if isinstance(document, dict) else {}


def _refuse_changed_headings(rows: Sequence[Sequence[Value]]) -> None:
    found = [str(cell).strip() for cell in rows[HEADER_ROW - 1]] if len(rows) >= HEADER_ROW else []
    if tuple(found[: len(HEADINGS)]) not in (HEADINGS, EARLIER_HEADINGS):
        raise NotOurSlip(f"填报表第 {HEADER_ROW} 行的标题被改过或移动了 → 请用原来发出的文件重填，不要增删行列")


def _filled(sheet: SheetValues, addresses: Sequence[SlipAddress]) -> Iterator[FilledCell]:
    """The lines with an answer, an error value (`#N/A`) among them; every line must still ask what its address says."""
    rows = sheet.rows
    for row, address in enumerate(addresses, HEADER_ROW + 1):
        cells = rows[row - 1] if row <= len(rows) else []
        told = (str(cells[0]).strip(), str(cells[ASKED - 1]).strip()) if len(cells) >= ANSWER else ("", "")
        if told != (address.number, address.header):
            raise NotOurSlip(
                f"填报表第 {row} 行应是「{address.number} {address.header}」，现在不是："
                "行被移动或删除了 → 请用原来发出的文件重填"
            )
        lost = sheet.errors.get((row, ANSWER)) or (NO_RESULT if sheet.formulas.get((row, ANSWER)) is False else "")
        raw = lost or _plain(cells[ANSWER - 1])
        if raw is not None:
            yield FilledCell(address, raw, cell_at(row, ANSWER), bool(lost))


def _misplaced(sheet: SheetValues, addresses: Sequence[SlipAddress]) -> Iterator[FilledCell]:
    """What stands where the slip had what the cell held and isn't that, and whatever stands right of the table."""
    for row, address in enumerate(addresses, HEADER_ROW + 1):
        cells = sheet.rows[row - 1]
        for column in (BEFORE, *range(len(HEADINGS) + 1, len(cells) + 1)):
            raw, was = _plain(cells[column - 1]), address.before if column == BEFORE else ""
            if raw is not None and _bare(str(raw)) != _bare(cut_line(was, MOST_OF_BEFORE)):
                yield FilledCell(address, raw, cell_at(row, column))


def _bare(text: str) -> str:
    """A text without blanks, controls and Excel's codes for them: what any program that saves a slip leaves alike."""
    return "".join(one for one in _ESCAPED_CONTROL.sub("", text) if one.isprintable() and not one.isspace())


def _added(sheet: SheetValues, first: int) -> Iterator[AddedLine]:
    """The lines from a row on that hold anything but our notes, which stand in the first column alone."""
    listed = False
    for row, cells in enumerate(sheet.rows[first - 1 :], first):
        texts = {column: str(_plain(cell)) for column, cell in enumerate(cells, 1) if _plain(cell) is not None}
        note = texts.get(1, "") if set(texts) == {1} else ""
        listed = note == ELSEWHERE or (listed and NOTE_GAP in note)
        if texts and not listed and note != NOTHING_WAITS:
            yield AddedLine(cell_at(row, min(texts)), "　".join(texts.values()))


def _plain(value: Value) -> Typed | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, float | int | date) else str(value)
