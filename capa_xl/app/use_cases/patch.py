"""patch: single cells of any workbook, through the same splice, proof and swap as everything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import parse_cell
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, Source, open_workbook, read_source, until_whole
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, prove, write
from capa_xl.effects.files import write_new
from capa_xl.effects.locks import refuse_locked
from capa_xl.errors import UsageError
from capa_xl.model.intent import PATCH
from capa_xl.ooxml.patch import CellEdit, CellValue, Change, Changes, Patch
from capa_xl.ooxml.sheet_values import Share
from capa_xl.ooxml.workbook_values import WorkbookValues

_KEYS = frozenset({"sheet", "cell", "value"})
_FORM = '应为 {"sheet": "工作表", "cell": "B5", "value": 值}'


class Patched(Struct, frozen=True):
    """What patch wrote.

    Attributes:
        changes: Every cell that got another value; none when the file held them all already.
        backup: The file as it was, when it was replaced in its place.
    """

    source: Path
    target: Path
    changes: Changes
    warnings: tuple[str, ...]
    backup: Path | None


def patch_file(desk: Desk, edits: bytes, out: Path) -> Patched:
    """Write the cells of an edits document into a copy of a workbook, or into the workbook itself.

    Args:
        edits: JSON: a list of {sheet, cell, value}; value a string, number, bool, null or {"date": "2026-11-22"}.
        out: Where the result goes: a new file, or the workbook itself, of which a backup is kept.

    Raises:
        UsageError: The document is wrong; the message names the entry. Or a file lies at `out` that isn't the workbook.
        UnreadableWorkbook: No workbook, or damaged.
        WorkbookLocked: Somebody has `out` open.
        UnsafeWrite: A cell must not be written; nothing is.
        WorkbookChanged: The file changed meanwhile.
    """
    patch = Patch(edits=read_edits(edits))
    in_place = desk.workbook.resolve() == out.resolve()
    if not in_place:
        if out.is_file():
            raise UsageError(f"「{out}」已经有了，没有改动它 → 请换一个文件名，或先把它移走")
        refuse_locked(out, desk.world, desk.wait_s)
    read = open_workbook if in_place else read_source
    proven = until_whole(desk, lambda: _proven(read(desk), patch))
    source = proven.source
    shown = tuple(_shown_in_percent(proven))
    if isinstance(source, Opened) and proven.changes:
        done = _in_place(source, proven)
        return replace(done, warnings=(*done.warnings, *shown))
    if not in_place:
        write_new(out, proven.blob)
    return Patched(desk.workbook, out, proven.changes, (*proven.warnings, *shown), None)


def _shown_in_percent(proven: Proven[Patch]) -> Iterator[str]:
    """A value is written as it stands in the document; a 50 that its cell shows as 5000% is told, once a sheet."""
    beyond: dict[str, list[Change]] = {}
    for change in proven.changes:
        if _is_beyond_one(change.after):
            beyond.setdefault(change.sheet, []).append(change)
    if not beyond:
        return
    book = WorkbookValues(proven.blob)
    for sheet, changes in beyond.items():
        in_percent = book.percent_cells(sheet)
        if told := [one for one in changes if (one.row, one.column) in in_percent]:
            yield _sentence(told[0], len(told) - 1)


def _sentence(first: Change, others: int) -> str:
    number, rest = float(str(first.after)), f"，另有 {others} 格" if others else ""
    share = Share(number / 100)
    return (
        f"{first.sheet}!{first.at} 的数字格式是百分比，写入的 {number:.15g} 显示成 {Share(number).shown}{rest} → "
        f"要显示 {share.shown} 的，value 写 {float(share):.15g}"
    )


def _is_beyond_one(value: CellValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > 1


def _proven(source: Source, patch: Patch) -> Proven[Patch]:
    return prove(source, Draft(PATCH, patch, patch, over_formulas=True))


def _in_place(first: Opened, proven: Proven[Patch]) -> Patched:
    """Write it back; planned afresh if somebody saved the workbook since it was proven."""

    def plan(opened: Opened, journal: WorkbookJournal) -> Proven[Patch]:
        return proven if opened is first else _proven(opened, proven.draft.patch)

    done = write(first.desk, open_workbook, plan, first=first)
    return Patched(first.path, first.path, done.proven.changes, (*done.proven.warnings, *done.notes), done.backup)


def read_edits(blob: bytes) -> tuple[CellEdit, ...]:
    """The edits of a JSON document.

    Raises:
        UsageError: Not JSON, or an entry is not what it should be.
    """
    try:
        entries = json.loads(blob.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as trouble:
        raise UsageError(f"修改清单不是正确的 JSON{_place_of(trouble)} → 请写成 [ 每一项 ]，每一项{_FORM}") from trouble
    if not isinstance(entries, list):
        raise UsageError(f"修改清单应是一个列表 [...]，每一项{_FORM}")
    edits = tuple(_edit(number, entry) for number, entry in enumerate(entries, 1))
    seen: dict[tuple[str, str], int] = {}
    for number, edit in enumerate(edits, 1):
        first = seen.setdefault((edit.sheet.lower(), edit.at), number)
        if first != number:
            raise UsageError(f"第 {first} 项和第 {number} 项都要写 {edit.sheet}!{edit.at} → 请只留一项")
    return edits


def _place_of(trouble: ValueError) -> str:
    if isinstance(trouble, json.JSONDecodeError):
        return f"：错在第 {trouble.lineno} 行第 {trouble.colno} 个字符"
    return "：不是 UTF-8 编码"


def _edit(number: int, entry: object) -> CellEdit:
    if not isinstance(entry, dict):
        raise UsageError(f"修改清单第 {number} 项：{_FORM}")
    missing, strange = _KEYS - entry.keys(), entry.keys() - _KEYS
    if missing or strange:
        what = f"缺少 {'、'.join(sorted(missing))}" if missing else f"不认识 {'、'.join(sorted(strange))}"
        raise UsageError(f"修改清单第 {number} 项{what}；{_FORM}")
    sheet, cell = entry["sheet"], entry["cell"]
    if not isinstance(sheet, str) or not sheet:
        raise UsageError(f"修改清单第 {number} 项的 sheet 应是工作表的名字")
    place = parse_cell(cell) if isinstance(cell, str) else None
    if place is None:
        raise UsageError(f"修改清单第 {number} 项的 cell「{cell}」不是单元格地址 → 请写成 B5 这样")
    return CellEdit(sheet, str(cell).replace("$", "").upper(), _value(number, entry["value"]))


def _value(number: int, value: object) -> CellValue:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, dict) and value.keys() == {"date"} and isinstance(value["date"], str):
        return _date(number, value["date"])
    raise UsageError(f'修改清单第 {number} 项的 value 应是文字、数、true/false、null 或 {{"date": "2026-11-22"}}')


def _date(number: int, text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as trouble:
        raise UsageError(f"修改清单第 {number} 项的日期「{text}」不对 → 请写成 2026-11-22") from trouble
