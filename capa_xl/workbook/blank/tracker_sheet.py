"""The sheet 改进计划跟踪表 of a new workbook: bands, header, table, prompts, groups, freeze and print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import TYPE_CHECKING

from msgspec.structs import replace

from capa_xl.model import palette
from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.auto_texts import AUTO_WIDTHS, NARROW_STEP
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.levels import WHOLE, Level
from capa_xl.model.row_heights import TWO_LINES, text_width, typed_height
from capa_xl.model.schema import LISTS_SHEET
from capa_xl.workbook.blank.formats import Looks, width_of
from capa_xl.workbook.blank.live_colours import colour_rows
from capa_xl.workbook.blank.names import CORRECTIONS_SHEET
from capa_xl.workbook.blank.place import Place, place_of
from capa_xl.workbook.blank.printing import (
    BEGINNINGS,
    WIDEST_AT_SCALE,
    across,
    page_breaks,
    print_fitted,
    print_footer,
    print_wide,
    rows_of_a_page,
)
from capa_xl.workbook.blank.rows import rule_rows, shown_texts, write_rows
from capa_xl.workbook.blank.validations import validate_column

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from capa_xl.workbook.blank.content import NewRow

BAND_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2
"""0-based."""
TABLE_ROWS = 300
BAND_HEIGHT, HEADER_HEIGHT = 20, 36
"""Points."""
FROZEN = 3
_FEW_LINES = 4
"""A column of names that would take more of them is widened, while its page has room."""
A_PAGE = 30
"""So many columns a sheet of paper holds side by side: then nothing has to begin another one."""
_WIDTHS = {
    "status": 17, "impact": 28, "source": 14, "execution": 10, "effect": 10, "confirmed_on": 11, "archived_on": 11,
    **AUTO_WIDTHS,
}  # fmt: skip
"""Columns that differ from their type's width.

状态 holds 实施中 · 即将到期 on one line. 下一步 is cut to two lines, for refresh changes no row's height; with narrow
conclusions and days 下一步责任人 stands on its page.
"""
_NARROW_WIDTHS = {
    "description": 30, "measure": 30, "next_step": NARROW_STEP, "source": 12, "action_type": 10, "registered_on": 11,
    "due_on": 11, "completed_on": 11,
}  # fmt: skip
"""Columns that differ from that where all stand on one sheet of paper; there the next step is said in less."""


def tracker_columns(level: Level = WHOLE) -> tuple[Column, ...]:
    """The columns of a new tracker: 〔自动〕状态 third, because people look left; ours at the right otherwise.

    All that people fill is visible below the whole workbook: there is little of it.
    """
    people = tuple(_shown(col, level) for col in columns_of(Action) if col.key in level.keys)
    status, *others = (col for col in AUTO_COLUMNS if col.key in level.auto)
    return (*people[:2], status, *people[2:], *others)


def _shown(col: Column, level: Level) -> Column:
    return col if level.is_whole or col.visible else replace(col, visible=True)


def tracker_place(level: Level = WHOLE) -> Place:
    """Where the columns of a new tracker stand."""
    keys = (col.key for col in tracker_columns(level))
    return place_of(TRACKER_SHEET, HEADER_ROW + 1, keys, has_corrections=CORRECTIONS_SHEET in level.sheets)


def draw_tracker(sheet: Worksheet, looks: Looks, rows: Sequence[NewRow], level: Level = WHOLE) -> None:
    """Draw the tracker and write its rows."""
    columns = tracker_columns(level)
    widths = _wide_enough(columns, rows)
    height = max(TABLE_ROWS, len(rows))
    _set_columns(sheet, looks, columns, widths)
    _write_bands(sheet, looks, columns)
    _write_header(sheet, looks, columns, height)
    _fit_rows(sheet, columns, widths, rows, height)
    write_rows(sheet, FIRST_ROW, columns, rows)
    if not rows:
        room = rows_of_a_page(_shown_width(columns, widths), BAND_HEIGHT + HEADER_HEIGHT, TWO_LINES)
        lines = {at: looks.pen_line(col) for at, col in enumerate(columns) if col.visible}
        rule_rows(sheet, FIRST_ROW, room, lines)
    for position, col in enumerate(columns):
        validate_column(sheet, FIRST_ROW, position, col, has_lists=LISTS_SHEET in level.sheets)
    colour_rows(sheet, looks, tracker_place(level), len(columns))
    sheet.freeze_panes(FIRST_ROW, FROZEN, FIRST_ROW + _first_open(rows))
    sheet.set_zoom(90)
    sheet.set_tab_color(f"#{palette.ACCENT}")
    breaks = _page_breaks(columns, widths)
    print_wide(sheet, TRACKER_SHEET, header_rows=(BAND_ROW, HEADER_ROW), frozen=FROZEN, breaks=breaks)
    print_footer(sheet, TRACKER_SHEET, BEGINNINGS)
    if not breaks:
        print_fitted(sheet, [width for col, width in zip(columns, widths, strict=True) if col.visible])


def _shown_width(columns: Sequence[Column], widths: Sequence[float]) -> float:
    return across(width for col, width in zip(columns, widths, strict=True) if col.visible)


def _first_open(rows: Sequence[NewRow]) -> int:
    """How many rows stand above the first that nobody has archived or cancelled: nobody scrolls to what is going on."""
    ended = (bool(row.get("archived_on") or row.get("cancelled_on")) for row in rows)
    return next((at for at, is_ended in enumerate(ended) if not is_ended), 0)


def _set_columns(sheet: Worksheet, looks: Looks, columns: Sequence[Column], widths: Sequence[float]) -> None:
    """Widths and looks; a column left of a collapsed group carries its plus sign (summaryRight=0)."""
    sheet.outline_settings(symbols_right=False)
    for position, col in enumerate(columns):
        following = columns[position + 1] if position + 1 < len(columns) else None
        options: dict[str, bool | int] = {}
        if not col.visible:
            options = {"level": 1, "hidden": True}
        elif following is not None and not following.visible:
            options = {"collapsed": True}
        sheet.set_column(position, position, widths[position], looks.body(col), options)


def _write_bands(sheet: Worksheet, looks: Looks, columns: Sequence[Column]) -> None:
    sheet.set_row(BAND_ROW, BAND_HEIGHT)
    for start, band, cells in _bands(columns):
        ours = band == "自动"
        fill, ink = (palette.AUTO_FILL, palette.NAVY) if ours else (palette.NAVY, palette.WHITE)
        look = looks.look(
            bold=True, font_color=ink, bg_color=fill, left=1, left_color=palette.WHITE, align="left", indent=1
        )
        rest = looks.look(bold=True, font_color=ink, bg_color=fill)
        sheet.write_string(BAND_ROW, start, band, look)
        for position in range(start + 1, start + cells):
            sheet.write_blank(BAND_ROW, position, None, rest)


def _bands(columns: Sequence[Column]) -> Iterator[tuple[int, str, int]]:
    """(0-based start, band, width) of each run of columns of one band."""
    position = 0
    for band, run in groupby(columns, key=lambda col: col.band):
        width = len(list(run))
        yield position, band, width
        position += width


def _write_header(sheet: Worksheet, looks: Looks, columns: Sequence[Column], height: int) -> None:
    sheet.set_row(HEADER_ROW, HEADER_HEIGHT)
    headers = [{"header": col.header, "header_format": looks.header(ours=col.ours)} for col in columns]
    options = {"name": "跟踪表", "style": None, "columns": headers}
    sheet.add_table(HEADER_ROW, 0, HEADER_ROW + height, len(columns) - 1, options)


def _fit_rows(
    sheet: Worksheet, columns: Sequence[Column], widths: Sequence[float], rows: Sequence[NewRow], height: int
) -> None:
    """Two lines for a row to come; as many as the visible texts take for one that is there."""
    for index in range(height):
        texts = shown_texts(columns, widths, rows[index]) if index < len(rows) else ()
        sheet.set_row(FIRST_ROW + index, typed_height(texts, TWO_LINES))


def _wide_enough(columns: Sequence[Column], rows: Sequence[NewRow]) -> list[float]:
    """The widths; columns of names that would fill more than a few lines take what their sheet of paper has left.

    The one with the most lines first, each up to twice its width. Without rows nobody knows which will.
    """
    standard = [tracker_width(col, len(columns)) for col in columns]
    if not rows:
        return _with_room_for_departments(columns, standard)
    widths = list(standard)
    longest = {at: found for at, col in enumerate(columns) if (found := _longest_names(col, rows))}
    for first, end in pairwise((FROZEN, *_page_breaks(columns, widths), len(columns))):
        shown = [at for at in (*range(FROZEN), *range(first, end)) if columns[at].visible]
        room = int(WIDEST_AT_SCALE - sum(widths[at] for at in shown))
        for _ in range(room):
            lines = {
                at: ceil(longest[at] / (widths[at] - 1))
                for at in shown
                if at in longest and widths[at] < 2 * standard[at]
            }
            most = max(lines, key=lambda at: lines[at], default=0)
            if lines.get(most, 0) > _FEW_LINES:
                widths[most] += 1
    return widths


def _with_room_for_departments(columns: Sequence[Column], standard: Sequence[float]) -> list[float]:
    """The widths; departments take what their sheet of paper has left, up to a third more.

    In large companies their names are long, and the highest text of a row makes its height.
    """
    widths = list(standard)
    for first, end in pairwise((FROZEN, *_page_breaks(columns, widths), len(columns))):
        shown = [at for at in (*range(FROZEN), *range(first, end)) if columns[at].visible]
        named = [at for at in shown if at >= FROZEN and columns[at].kind is Kind.DEPARTMENT]
        room = max(0, WIDEST_AT_SCALE - sum(standard[at] for at in shown))
        for at in named:
            widths[at] += min(standard[at] // 3, room // len(named))
    return widths


def _longest_names(col: Column, rows: Sequence[NewRow]) -> float:
    """Column width that the longest cell of a column of names takes on one line; 0 for another column."""
    if col.kind not in (Kind.PEOPLE, Kind.DEPARTMENT):
        return 0.0
    return max((text_width(text) for row in rows if isinstance(text := row.get(col.key), str)), default=0.0)


def tracker_width(col: Column, count: int) -> float:
    """Width in characters of a column of the tracker, where there are so many columns."""
    narrow = _NARROW_WIDTHS if count <= A_PAGE else {}
    return narrow.get(col.key, _WIDTHS.get(col.key, width_of(col)))


def _page_breaks(columns: Sequence[Column], widths: Sequence[float]) -> tuple[int, ...]:
    """The 0-based columns that begin a sheet of paper.

    Four hold a row of the whole workbook, none parts a band: 登记 and 分析 | 策划 | 审批 to 检查 | the rest. Where
    nothing is hidden that is too wide at a legible scale: then a sheet begins where a band does, or where the one
    before is full.
    """
    if len(columns) <= A_PAGE:
        return ()
    starts = {band: start for start, band, _ in reversed(list(_bands(columns)))}
    breaks = tuple(starts[band] for band in ("策划", "审批", "确认") if band in starts)
    shown = [width if col.visible else 0.0 for col, width in zip(columns, widths, strict=True)]
    pages = pairwise((FROZEN, *breaks, len(columns)))
    if all(sum((*shown[:FROZEN], *shown[first:end])) <= WIDEST_AT_SCALE for first, end in pages):
        return breaks
    bands = [start + 1 for start, _, _ in _bands(columns)]
    return tuple(start - 1 for start in page_breaks(shown, FROZEN, bands, FROZEN + 1, WIDEST_AT_SCALE))
