"""A workbook taken to the next level: columns on the right of its tracker, sheets at its end; nothing is moved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from msgspec import Struct

from capa_xl.a1 import LAST_COLUMN, cell_at
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.model import palette, words
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.model.levels import LEVELS, WHOLE, Growth, Level
from capa_xl.model.meanings import ADDED_COLUMNS_PREFIX, HEADINGS_PREFIX
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import SETTINGS_SHEET, SHEETS
from capa_xl.ooxml.patch import CellEdit, CellLook, Changes, Patch, RowChange
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.added_sheets import NewColumns, with_sheets
from capa_xl.workbook.adopting.grown_colours import with_grown_colours
from capa_xl.workbook.adopting.grown_headings import band_starts, heading_cells
from capa_xl.workbook.adopting.grown_printing import printing_left, with_grown_printing
from capa_xl.workbook.adopting.grown_table import table_left, with_wider_table
from capa_xl.workbook.adopting.proof_of_adoption import verify_added
from capa_xl.workbook.adopting.room_for_columns import areas_on, taken_columns
from capa_xl.workbook.blank.adopted_sheets import build_sheets
from capa_xl.workbook.blank.content import named_company
from capa_xl.workbook.blank.names import CORRECTIONS_SHEET
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.blank.tracker_sheet import tracker_width
from capa_xl.workbook.reading.later_headings import as_kept


class GrownWorkbook(Struct, frozen=True):
    """A workbook grown and proven: its bytes, and the cells that were written.

    Attributes:
        notes: What a person set up differently, and stayed as it is.
    """

    growth: Growth
    blob: bytes
    changes: Changes
    notes: tuple[str, ...] = ()


def growth_to(register: Register, blob: bytes, name: str = "") -> Growth:
    """What a workbook lacks of a level.

    Args:
        name: The level's; "" for the first one that it isn't whole at.

    Returns:
        An empty one where it has everything of that level.

    Raises:
        UsageError: Its tracker runs over several sheets.
        UnsafeWrite: Sheets of somebody else bear the names of those that it lacks.
    """
    if register.tracker.pages:
        raise UsageError(
            "跟踪表分在几个工作表上，grow 只能在一个工作表上加列 → 需要的列请在各表右侧自己加；"
            f"工作表可以一个一个加，例：{to_paste('grow', THIS_WORKBOOK, '--sheet', '延期记录', '--apply')}"
        )
    there = _headers(register.tracker, WorkbookValues(blob).read(register.tracker.sheet))
    wanted = [level for level in LEVELS if not name or level.name == name]
    for level in wanted:
        growth = Growth(level, _lacking(register, there, level), _absent(register, level))
        if not growth.is_empty:
            _refuse_namesakes(register, growth)
            return growth
    return Growth(wanted[-1], (), ())


def growth_by(register: Register, sheets: Collection[str]) -> Growth:
    """Sheets alone, by their names, whatever the tracker runs over; an empty growth where all are there.

    Raises:
        UnsafeWrite: A sheet of somebody else bears the name of one.
    """
    growth = Growth(None, (), tuple(name for name in _absent(register, WHOLE) if name in sheets))
    _refuse_namesakes(register, growth)
    return growth


def grown(register: Register, blob: bytes, growth: Growth, as_of: date, ended: int = 0) -> GrownWorkbook:
    """The workbook with what it lacks, proven at each of five steps: sheets, headers, table, colours, print.

    Args:
        ended: Actions that were closed before `as_of`, which the new columns must not open again.

    Raises:
        UnsafeWrite: There is no room on the right of the tracker, or the workbook can't take sheets.
    """
    book = WorkbookValues(blob)
    tracker = register.tracker
    first = _first_free(tracker, book, len(growth.columns)) if growth.columns else 1
    base = _with_sheets(register, blob, growth, first, as_of)
    headings = heading_cells(tracker, book.read(tracker.sheet), growth.columns, first)
    history = _history_cells(register, as_of) if growth.level else []
    kept = _kept_headings(register, growth.columns)
    came = _came_cells(register, growth, as_of) if growth.columns else []
    patch = Patch(edits=(*headings, *_level_cells(register, growth.level), *kept, *history, *came))
    done = splice(base, patch)
    verify(base, done.blob, patch)
    wider = _widened(done.blob, tracker, book, growth, first)
    changes = Changes((*done.changes.rows, *_new_headings(wider, growth.sheets)))
    printed = _printed(wider, tracker, growth, first) if growth.columns else wider
    left = table_left(blob, tracker.sheet, tracker.header_row, first) if growth.columns else ""
    notes = [_TABLE_LEFT.format(left)] if left else []
    notes += [_HISTORY.format(as_of)] if history else []
    notes += [_ENDED.format(ended, as_of)] if ended and came and not history else []
    notes += (
        [_KEPT_LEVEL.format(register.procedure.level)] if growth.level and _is_below(growth.level, register) else []
    )
    notes += [printing_left(wider, tracker.sheet)] if printed is None else []
    return GrownWorkbook(growth, printed or wider, changes, tuple(notes))


def _widened(blob: bytes, tracker: Table[Action], book: WorkbookValues, growth: Growth, first: int) -> bytes:
    """Table, drop-downs and live colours over the new columns; a 更正记录 that came is heard by the colours."""
    if growth.columns:
        blob = with_wider_table(blob, tracker.sheet, tracker.header_row, first, growth.columns)
    elif CORRECTIONS_SHEET not in growth.sheets:
        return blob
    before = Place(tracker.sheet, tracker.header_row, {**_our_columns(tracker, book), **tracker.columns})
    return with_grown_colours(blob, before, _grown_place(before, growth, first))


def _printed(blob: bytes, tracker: Table[Action], growth: Growth, first: int) -> bytes | None:
    starts = tuple(band_starts(growth.columns, first))
    return with_grown_printing(blob, tracker.sheet, first + len(growth.columns) - 1, starts)


def _new_headings(blob: bytes, sheets: Sequence[str]) -> Iterator[RowChange]:
    """The first filled row of every new sheet: a sheet that comes is a change too, though no cell changes that was."""
    book = WorkbookValues(blob)
    for name in sheets:
        filled = ((at, row) for at, row in enumerate(book.read(name).rows, start=1) if any(map(str, row)))
        at, row = next(filled, (1, ["" for _ in "A"]))
        columns = [column for column, value in enumerate(row, start=1) if str(value)] or [1]
        yield RowChange(name, at, columns, [None for _ in columns], [str(row[column - 1]) for column in columns])


def _our_columns(tracker: Table[Action], book: WorkbookValues) -> dict[str, int]:
    """Key → 1-based column of the 〔自动〕 columns that are there."""
    keys = {col.header: col.key for col in AUTO_COLUMNS}
    headings = enumerate(book.read(tracker.sheet).rows[tracker.header_row - 1], start=1)
    return {keys[name]: at for at, value in headings if (name := str(value).strip()) in keys}


def _grown_place(before: Place, growth: Growth, first: int) -> Place:
    added = {col.key: first + at for at, col in enumerate(growth.columns)}
    return Place(before.sheet, before.header_row, {**before.columns, **added}, before.has_corrections)


def _headers(tracker: Table[Action], values: SheetValues) -> frozenset[str]:
    return frozenset(str(value).strip() for value in values.rows[tracker.header_row - 1])


def _lacking(register: Register, there: frozenset[str], level: Level) -> tuple[Column, ...]:
    people = (col for col in columns_of(Action) if col.key in level.keys and col.key not in register.tracker.columns)
    ours = (col for col in AUTO_COLUMNS if col.key in level.auto)
    return tuple(col for col in (*people, *ours) if col.header not in there)


def _absent(register: Register, level: Level) -> tuple[str, ...]:
    """The level's sheets that aren't there; what somebody else calls by their names isn't them.

    The tracker is always there, and may bear a name of its own.
    """
    names = {TRACKER_SHEET, *(name.strip() for name in register.sheet_names)} - (register.namesakes - {TRACKER_SHEET})
    return tuple(spec.name for spec in SHEETS if spec.name in level.sheets and spec.name not in names)


def _refuse_namesakes(register: Register, growth: Growth) -> None:
    """Let a growth pass whose sheets have nobody else's names."""
    taken = [name for name in growth.sheets if name in register.namesakes]
    if taken:
        raise UnsafeWrite(
            f"工作表《{'》《'.join(taken)}》与本工具的同名，列名却不同，不能再加一个同名的 → "
            f"请先把自己的改名（例如“{taken[0]}（自用）”），再运行"
        )


def _first_free(tracker: Table[Action], book: WorkbookValues, wanted: int) -> int:
    """The column behind the last heading; the ones behind it have to be empty.

    Raises:
        UnsafeWrite: Something stands there.
    """
    values, tab = book.read(tracker.sheet), book.package.sheet(tracker.sheet)
    row = values.rows[tracker.header_row - 1]
    first = 1 + max(at for at, value in enumerate(row, start=1) if str(value).strip())
    ahead = range(first, first + wanted)
    areas = areas_on(book.package, tab) if tab else ()
    taken = min((at for at in taken_columns(values, areas) if at in ahead), default=0)
    if taken or first + wanted - 1 > LAST_COLUMN:
        where = f"（{cell_at(tracker.header_row, taken)} 那一列有内容）" if taken else ""
        raise UnsafeWrite(f"工作表《{tracker.sheet}》右侧没有 {wanted} 列空列{where} → 请先移走表格右侧的内容")
    return first


def _with_sheets(register: Register, blob: bytes, growth: Growth, first: int, as_of: date) -> bytes:
    if not growth.sheets:
        return blob
    tracker = register.tracker
    place = _grown_place(Place(tracker.sheet, tracker.header_row, tracker.columns), growth, first)
    people = register.people.records if register.people else ()
    departments = tuple(dict.fromkeys(person.department for person in people if person.department))
    named = {SETTINGS_SHEET: named_company(register.procedure.company)}
    donor = build_sheets(growth.sheets, named, place, as_of=as_of, departments=departments)
    tab = WorkbookValues(blob).package.sheet(tracker.sheet)
    count = first - 1 + len(growth.columns)
    widths = [tracker_width(col, count) for col in growth.columns]
    wide = [NewColumns(tab, first, widths, _BODY)] if tab and widths else []
    made = with_sheets(blob, donor, wide)
    verify_added(blob, made, [one.sheet for one in wide])
    return made


def _history_cells(register: Register, as_of: date) -> Sequence[CellEdit]:
    """参数 接管基线日 of a ledger that has none: what was done and 有效 in it stays closed at the levels above (A1)."""
    table, procedure = register.settings, register.procedure
    row = _setting_row(register, _SINCE)
    if not row or table is None or procedure.level != LEVELS[0].name or procedure.taken_over_on is not None:
        return []
    done = any(
        a.completed_on and a.completed_on < as_of and a.effect == words.EFFECTIVE for a in register.tracker.records
    )
    return [CellEdit(SETTINGS_SHEET, table.cell(row, "value"), as_of.isoformat())] if done else []


def _came_cells(register: Register, growth: Growth, as_of: date) -> Sequence[CellEdit]:
    """参数 加列 of the day: what had ended before stays so, the limits of the others count from it (`columns_since`).

    Which of two deadlines is the table's own is known by it too (`planning_set.deadline_key`).
    """
    table, name = register.settings, f"{ADDED_COLUMNS_PREFIX}{as_of}"
    came = [col.header for col in growth.columns if not col.header.startswith(AUTO_PREFIX)]
    came += [sheet for sheet in growth.sheets if sheet == _REVISIONS]
    if table is None or not came or not table.has("name", "value"):
        return []
    known, there = _setting_row(register, name), register.procedure.added_columns.get(str(as_of), "")
    row = known or table.last_row + 1
    written = {"value": "、".join(filter(None, (there, *came)))} | ({} if known else {"name": name, "note": _CAME})
    return [CellEdit(SETTINGS_SHEET, table.cell(row, key), text) for key, text in written.items() if table.has(key)]


def _level_cells(register: Register, level: Level | None) -> Sequence[CellEdit]:
    """参数 级别 of a workbook that says one; blank once it is whole."""
    table = register.settings
    row = _setting_row(register, _LEVEL)
    if level is None or not row or table is None or not register.procedure.level or _is_below(level, register):
        return []
    about = [CellEdit(SETTINGS_SHEET, table.cell(row, "note"), level.note)] if table.has("note") else []
    return [CellEdit(SETTINGS_SHEET, table.cell(row, "value"), None if level.is_whole else level.name), *about]


def _is_below(level: Level, register: Register) -> bool:
    """Whether the workbook says it is at a higher level: what a lower one lacks comes back, and nothing is lowered."""
    names = [one.name for one in LEVELS]
    now = register.procedure.level
    return now in names and names.index(level.name) < names.index(now)


def _kept_headings(register: Register, columns: Sequence[Column]) -> Sequence[CellEdit]:
    """参数 接管列名 of an adopted table, with the new columns: they are no headings that somebody added since."""
    name, table = register.tracker.sheet.strip(), register.settings
    row, there = _setting_row(register, HEADINGS_PREFIX + name), register.procedure.adopted_headings.get(name, "")
    added = as_kept((col.header, col.header) for col in columns if not col.header.startswith(AUTO_PREFIX))
    return [CellEdit(SETTINGS_SHEET, table.cell(row, "value"), f"{there}；{added}")] if table and row and added else []


def _setting_row(register: Register, name: str) -> int:
    """The row of 参数 that says it; 0 for none."""
    records = register.settings.records if register.settings else ()
    return next((one.row for one in records if one.name == name), 0)


_BODY = CellLook(border=palette.BORDER, wrap=True, vertical="top")
_TABLE_LEFT = (
    "Excel 表格 {} 没有加宽：它与新列之间的列没有列名、列名重复，或有合并单元格 → "
    "请改好后把表格右下角的小三角拖到最后一列，排序和筛选才带上新列"
)
_KEPT_LEVEL = "《参数》“级别”仍是“{}”：只补上缺的列和工作表，不降级"
_REVISIONS = "文件修订"
_CAME = "这一天加的列：此前已关闭的行不因它们空着重新打开，在办的补它们的限期从这一天算起"
_ENDED = (
    "已关闭的 {} 行保持已关闭，不因新加的列空着重新打开（《参数》“加列_{}”）；要补齐的，在那一行填新列，或清空这个参数"
)
_SINCE, _LEVEL = "接管基线日", "级别"
_HISTORY = (
    "台账里已完成、结论为有效的行是历史，保持已关闭：《参数》“接管基线日”写为 {}（以前关闭的只提示，"
    "不计入自查表和指标）；要补齐审批、检查、确认的，请清空它"
)
