"""The tracker's rows → actions and quarantined rows, and what stands in our columns beside them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import cast

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.a1 import Range, cell_at
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key, columns_of
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.meanings import word_key
from capa_xl.model.number_rule import lacks_a_sign, number_regex
from capa_xl.model.problem import Hit, Remark, Severity
from capa_xl.model.register import AutoValue, Quarantined, Table
from capa_xl.model.stated_status import FAMILIES
from capa_xl.model.uncounted import Uncounted
from capa_xl.ooxml.sheet_values import DressedNumber, SheetValues, Value
from capa_xl.workbook.reading.cancelled_rows import cancelled_by_verdict, with_cancelled
from capa_xl.workbook.reading.counted_rows import counted_rows, dropped_rows, numbered_only
from capa_xl.workbook.reading.days_without_a_year import with_years_doubted
from capa_xl.workbook.reading.grid import Grid, read_grid
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.heading_names import ROW_NUMBERS, normalised
from capa_xl.workbook.reading.joint_columns import with_departments_before_people
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.merged_numbers import merged_numbers
from capa_xl.workbook.reading.notes import is_blank, text_of
from capa_xl.workbook.reading.posts_and_people import with_people_without_posts
from capa_xl.workbook.reading.shares_of_work import with_shares_doubted
from capa_xl.workbook.reading.uncounted_rows import uncounted_rows

COLUMNS = columns_of(Action)
COLUMN_OF = column_by_key(Action)
GUARDED = frozenset({"number", "action_type", "severity", "due_on", *(col.key for col in COLUMNS if col.dates_fact)})
"""A row whose value in one of these can't be read is set aside whole."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class TrackerRows(Struct, frozen=True):
    """What the tracker's rows came to; `parts`: a merged number → the numbers of its parts; `dressed`: ZJ-005 → 5.

    `unread`: (row, key) of a cell that reads as blank → what stands there.
    """

    table: Table[Action]
    quarantined: tuple[Quarantined, ...]
    auto: Mapping[int, Mapping[str, AutoValue]]
    auto_kept: Mapping[tuple[int, str], str]
    remarks: tuple[Remark, ...]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbered_only: tuple[int, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    dressed: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[tuple[int, str], str] = field(default_factory=dict)


def read_tracker(
    values: SheetValues,
    match: HeaderMatch,
    lists: Lists,
    *,
    date1904: bool,
    number_pattern: str,
    number_prefix: str = "",
    is_adopted: bool = False,
    known_parts: Mapping[str, str] = _NOTHING,
) -> TrackerRows:
    """The actions of the tracker, in sheet order.

    Args:
        values: The sheet; its merged cells are filled down in place.
        match: Its header, with every always-needed column.
        lists: Allowed values, 字典 included.
        date1904: The workbook's date system.
        number_pattern: 编号规则; "" asks for none.
        is_adopted: It was somebody's before it was ours, and its numbers follow their own rule.
        number_prefix: What stands before every number of this sheet in all we derive; "" for nothing.
        known_parts: Parts of merged numbers that an earlier run saw → their 措施内容 then.
    """
    whole = with_shares_doubted(with_years_doubted(read_grid(values, match, COLUMNS, lists, date1904=date1904)))
    first_alone = frozenset(_first_alone(whole))
    people = with_people_without_posts(_with_first_deadlines(whole, first_alone), lists)
    read = with_departments_before_people(people, lists)
    cancelled = cancelled_by_verdict(read, lists)
    grid = _numbered(_with_done_words(with_cancelled(read, cancelled), lists))
    prefixed = [number and number_prefix + number for number in grid.values["number"]]
    told = merged_numbers(grid, prefixed, known_parts)
    dropped = dropped_rows(prefixed, lists, values.name)
    counted = counted_rows(grid, dropped | told.continued)
    numbers: Sequence[str] = told.numbers
    as_written, grid = grid, replace(grid, values={**grid.values, "number": numbers})
    rows_of = _rows_of(counted, numbers)
    faults = _faults(grid, counted, rows_of)
    good = [at for at in counted if at not in faults] if faults else counted
    aside = sorted(faults)
    records = grid.records(Action, COLUMNS, aside)
    quarantined = tuple(
        Quarantined(grid.row(at), numbers[at], faults[at], record) for at, record in zip(aside, records, strict=True)
    )
    kept = _auto_kept(values, match, grid)
    noted, wanted = [at for at in counted if at in grid.notes], frozenset(counted) if cancelled else frozenset()
    return TrackerRows(
        _with_cells_of_first(grid, first_alone).table(grid.records(Action, COLUMNS, good)),
        quarantined,
        _auto_values(match, grid),
        kept,
        (
            *_number_remarks(grid, rows_of),
            *_pattern_remark(grid, _without_parts(rows_of, told.parts), number_pattern, is_adopted=is_adopted),
            *(remark for at in noted for remark in grid.remarks(at, numbers[at], of_tracker=True)),
            *grid.not_yet_remarks(noted),
            *(cell.remark(grid, at, numbers[at]) for at, cell in cancelled.items() if at in wanted),
            *_kept_remarks(grid, kept, counted, numbers),
        ),
        told.parts,
        tuple(numbered_only(as_written, counted)),  # a prefix of the sheet's would make a section a number
        tuple(uncounted_rows(grid, told.continued.union(counted) - dropped, dropped, values.formulas)),
        _dressed(grid, counted, numbers),
        dict(_unread(grid, noted)),
    )


def _unread(grid: Grid, noted: Iterable[int]) -> Iterator[tuple[tuple[int, str], str]]:
    """The cells of these rows that hold something and read as blank."""
    for at in noted:
        for key, note in grid.notes[at]:
            column = grid.match.columns.get(key)
            if note.unreadable and column and (text := text_of(grid.raw[column - 1][at])):
                yield (grid.row(at), key), text


def _dressed(grid: Grid, counted: Iterable[int], numbers: Sequence[str]) -> dict[str, str]:
    """What people read where a number format dresses a 编号 → the number that the cell holds."""
    cells = grid.raw[grid.match.columns["number"] - 1]
    dressed = ((cells[at], numbers[at]) for at in counted)
    return {cell.shown: number for cell, number in dressed if isinstance(cell, DressedNumber)}


def _numbered(grid: Grid) -> Grid:
    """The grid with "" for a blank 编号."""
    return replace(grid, values={**grid.values, "number": [number or "" for number in grid.values["number"]]})


def _first_alone(grid: Grid) -> Iterator[int]:
    """In somebody's table with the first deadline and the one it was moved to, the rows that have the first alone."""
    columns, header = grid.match.columns, COLUMN_OF["due_on"].header
    if not {"due_on", "original_due_on"} <= columns.keys() or normalised(grid.match.heading("due_on")) == header:
        return
    moved, first = (grid.raw[columns[key] - 1] for key in ("due_on", "original_due_on"))
    yield from (at for at in range(grid.size) if is_blank(moved[at]) and not is_blank(first[at]))


def _with_first_deadlines(grid: Grid, first_alone: Collection[int]) -> Grid:
    """A row that was never moved has the first deadline."""
    if not first_alone:
        return grid
    due, first = list(grid.values["due_on"]), grid.values["original_due_on"]
    for at in first_alone:
        due[at] = first[at]
    return replace(grid, values={**grid.values, "due_on": due})


def _with_cells_of_first(grid: Grid, first_alone: Iterable[int]) -> Grid:
    """What is said of such a row's 完成期限 is said of the cell in which it stands."""
    cells = {(grid.row(at), "due_on"): grid.at(at, "original_due_on") for at in first_alone}
    return replace(grid, anchors={**grid.anchors, **cells}) if cells else grid


def _with_done_words(grid: Grid, lists: Lists) -> Grid:
    """√ where the day of completion should stand, declared to mean 已完成: done on a day that nobody wrote."""
    said = lists.meanings.get(COLUMN_OF["completed_on"].header, {})
    meant = {word: meaning for word, meaning in said.items() if meaning in FAMILIES}
    if not meant or "completed_on" not in grid.match.columns:
        return grid
    cells = grid.raw[grid.match.columns["completed_on"] - 1]
    stated = grid.values.get("stated_status", [None] * grid.size)
    instead = (meant.get(word_key(cell)) if isinstance(cell, str) else None for cell in cells)
    words = [word or other for word, other in zip(stated, instead, strict=True)]
    return replace(grid, values={**grid.values, "stated_status": words})


def _rows_of(counted: Sequence[int], numbers: Sequence[str]) -> dict[str, list[int]]:
    """编号 → the rows that bear it; "" → those without."""
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for at in counted:
        rows_of[numbers[at]].append(at)
    return rows_of


def _faults(grid: Grid, counted: Sequence[int], rows_of: Mapping[str, Sequence[int]]) -> dict[int, tuple[str, ...]]:
    """Index → cells that keep the row from being an action."""
    cells: defaultdict[int, list[str]] = defaultdict(list)
    for number, rows in rows_of.items():
        for at in rows if not number or len(rows) > 1 else ():
            cells[at].append(grid.at(at, "number"))
    wanted = set(counted)
    for at, notes in grid.notes.items():
        lost = [grid.at(at, key) for key, note in notes if note.unreadable and key in GUARDED] if at in wanted else []
        cells[at] += [cell for cell in lost if cell not in cells[at]]
    return {at: tuple(several) for at, several in cells.items() if several}


def _number_remarks(grid: Grid, rows_of: Mapping[str, Sequence[int]]) -> Iterator[Remark]:
    """FD01 and FD02 on every row concerned."""
    for at in rows_of.get("", ()):
        if not any(key == "number" for key, _ in grid.notes.get(at, ())):
            yield Remark("FD01", _hit(grid, at, "", {"r": str(grid.row(at))}))
    for number, several in rows_of.items():
        if not number or len(several) == 1:
            continue
        rows = f"第 {'、'.join(str(grid.row(at)) for at in several)} 行"
        for at in several:
            yield Remark("FD02", _hit(grid, at, number, {"id": number, "rows": rows, "v": number}))


def _without_parts(
    rows_of: Mapping[str, Sequence[int]], parts: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[int]]:
    """The numbers that people gave, and their rows."""
    ours = {part for several in parts.values() for part in several}
    return {number: several for number, several in rows_of.items() if number and number not in ours}


def _pattern_remark(
    grid: Grid, rows_of: Mapping[str, Sequence[int]], pattern: str, *, is_adopted: bool
) -> Iterator[Remark]:
    """FD03, once; I where most numbers of an adopted table follow a rule of their own, which nobody shall change."""
    rule = number_regex(pattern)
    asked = pattern and normalised(grid.match.heading("number")) != ROW_NUMBERS
    strange = [number for number in rows_of if not rule.fullmatch(number)] if asked else []
    if strange:
        count = sum(len(rows_of[number]) for number in strange)
        facts = {"n": str(count), "p": pattern, "v": strange[0]}
        is_their_own = is_adopted and 2 * len(strange) > len(rows_of)
        facts |= {"signs": "年份写 YYYY 或 YY，流水号写 NN 或 NNN，其余照写"} if lacks_a_sign(pattern) else {}
        facts |= {"own": "接管来的编号不必改"} if is_their_own else {}
        if twin := next((number for number in strange if _plain(number) in rows_of and _plain(number) != number), ""):
            row = grid.row(rows_of[_plain(twin)][0])
            facts |= {"v": twin, "twin": f"「{twin}」改成半角、大写，就与第 {row} 行的编号相同，先核对是不是同一项"}
        elif wide := next((number for number in strange if rule.fullmatch(_half_width(number))), ""):
            facts |= {"v": wide, "wide": to_paste("check", THIS_WORKBOOK, "--fix")}
        at = grid.at(rows_of[strange[0]][0], "number")
        yield Remark("FD03", Hit(grid.sheet, at, facts=facts, severity=Severity.INFO if is_their_own else None))


def _plain(number: str) -> str:
    """A number with its full-width characters made plain, and in capitals."""
    return _half_width(number).upper()


def _half_width(number: str) -> str:
    """As `check --fix` writes it."""
    return unicodedata.normalize("NFKC", number)


def _hit(grid: Grid, at: int, number: str, facts: Mapping[str, str]) -> Hit:
    return Hit(grid.sheet, grid.at(at, "number"), number, grid.row(at), facts)


# --- our own columns ---------------------------------------------------------------------------------------


def _auto_values(match: HeaderMatch, grid: Grid) -> dict[int, dict[str, AutoValue]]:
    """Row → what stands in our columns now, for all rows of the table."""
    ours = {col.key: match.columns[col.key] - 1 for col in AUTO_COLUMNS if col.key in match.columns}
    if not ours:
        return {}
    rows = list(zip(*(_auto_column(grid.raw[at]) for at in ours.values()), strict=True))
    alike = {cells: dict(zip(ours, cells, strict=True)) for cells in set(rows)}  # one for all that are blank
    return {grid.row(at): alike[cells] for at, cells in enumerate(rows)}


def _auto_column(cells: Sequence[Value]) -> list[AutoValue]:
    table = {value: _auto_value(value) for value in set(cells)}
    return list(map(table.__getitem__, cells))


def _auto_value(value: Value) -> AutoValue:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.date() if isinstance(value, datetime) else cast(AutoValue, value)


def _auto_kept(values: SheetValues, match: HeaderMatch, grid: Grid) -> dict[tuple[int, str], str]:
    """The cells of our columns that aren't ours to write, and what somebody made of them."""
    ours = {match.columns[col.key]: col.key for col in AUTO_COLUMNS if col.key in match.columns}
    kept = {(row, ours[column]): "公式" for row, column in values.formulas if column in ours}
    for top, left, bottom, right in values.arrays:
        kept |= dict.fromkeys(_cells_of((top, left, bottom, right), ours, grid), "数组公式")
    for top, left, bottom, right in values.merged:
        within = _cells_of((top, left, bottom, right), ours, grid)
        kept |= {at: "合并单元格" for at in within if at != (top, ours.get(left))}
    return {at: what for at, what in sorted(kept.items()) if grid.row(0) <= at[0] < grid.row(grid.size)}


def _cells_of(area: Range, ours: Mapping[int, str], grid: Grid) -> Iterator[tuple[int, str]]:
    """The cells of our columns within a range."""
    top, left, bottom, right = area
    for row in range(max(top, grid.row(0)), min(bottom + 1, grid.row(grid.size))):
        yield from ((row, key) for column, key in ours.items() if left <= column <= right)


def _kept_remarks(
    grid: Grid, kept: Mapping[tuple[int, str], str], counted: Sequence[int], numbers: Sequence[str]
) -> Iterator[Remark]:
    """WB07 where the row counts: a line of totals may well hold a formula."""
    first, wanted = grid.row(0), frozenset(counted) if kept else frozenset()
    for (row, key), what in kept.items():
        if row - first not in wanted:
            continue
        at = cell_at(row, grid.match.columns[key])
        facts = {"c": grid.match.heading(key), "v": what, "kept": what, "cell": at}
        yield Remark("WB07", Hit(grid.sheet, at, numbers[row - first], row, facts))
