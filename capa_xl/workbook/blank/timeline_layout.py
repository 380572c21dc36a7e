"""The layout of 时间轴, and what its cells hold for a `Timeline`: the rows as values, the weeks as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from msgspec import Struct

from capa_xl.a1 import column_letters
from capa_xl.model.cut_text import cut_to_width
from capa_xl.model.short_names import people_apart, told_apart
from capa_xl.model.timeline import TIMELINE_ROWS, Timeline, TimelineRow
from capa_xl.workbook.blank.overview_layout import LiveValue

LAYOUT_NAME = "时间轴版式"
"""A defined name that says the sheet is ours to write; somebody's own 时间轴 has none."""
LAYOUT = 2
AS_OF_NAME = "时间轴截至"
"""A defined name of the cell that holds T; a sheet of the first layout has none and goes by TODAY()."""
WIDE_NAME = "时间轴宽列"
"""A defined name that says 责任部门, 问题描述 and 责任人 have their wider columns; older sheets cut them shorter."""
WEEKS, WEEKS_BACK = 26, 8
MONTH_ROW, HEADER_ROW, FIRST_ROW = 3, 4, 5
LAST_ROW = FIRST_ROW + TIMELINE_ROWS - 1
MORE_ROW = LAST_ROW + 1
FIRST_WEEK = 7
WEEK_LETTERS = tuple(column_letters(FIRST_WEEK + week) for week in range(WEEKS))
PLAN, DO, CHECK, ACT, END, DUE, ORIGINAL, LATE = (column_letters(FIRST_WEEK + WEEKS + place) for place in range(8))
"""Hidden columns behind the weeks: the days that the formulas compare with. LATE holds 1 past 完成期限, or the first
day on which the step that waits was late."""
AS_OF = f"{PLAN}{HEADER_ROW}"
AS_OF_CELL = f"${PLAN}${HEADER_ROW}"
TITLE = "在办措施时间轴"
SHOWN = ("A", "B", "C", "D", "E", "F")
HEADINGS = ("责任部门", "编号", "问题描述", "责任人", "状态", "完成期限")
NOTHING_OPEN = "没有在办的措施。在《改进计划跟踪表》登记，更新后这里按部门列出"
DUE_MARK, EXTENDED_MARK = "◆", "◇"


class TimelineRoom(Struct, frozen=True):
    """What its columns hold in their smaller letters.

    Attributes:
        department: Characters of its name.
        people: Characters of the names.
        text: Of 问题描述, as `text_width` measures.
    """

    department: int
    people: int
    text: float


NARROW_ROOM = TimelineRoom(department=8, people=7, text=36)
"""15, 15 and 34 wide, as the sheet was drawn at first."""
ROOM = TimelineRoom(department=11, people=10, text=50)
"""20, 18 and 46 wide."""


class TimelineCell(Struct, frozen=True):
    """One cell that refresh keeps true; without a formula its value is written."""

    at: str
    formula: str | None
    value: LiveValue | None


def timeline_cells(
    timeline: Timeline, *, first_layout: bool = False, room: TimelineRoom = ROOM
) -> Iterator[TimelineCell]:
    """Every cell, the empty rows included.

    Args:
        first_layout: The sheet goes by TODAY().
        room: What its columns hold.
    """
    if not first_layout:
        yield TimelineCell("A1", None, f"{_title(timeline, room)}（截至 {timeline.today}）")
        yield TimelineCell(AS_OF, None, timeline.today)
    yield from _weeks(timeline.today)
    short = told_apart((row.department for row in timeline.rows), room.department)
    people = people_apart((row.owner for row in timeline.rows), room.people)
    shown: str | None = None
    for place in range(TIMELINE_ROWS):
        row = timeline.rows[place] if place < len(timeline.rows) else None
        first = (short[row.department] or "（未定部门）") if row and row.department != shown else None
        if not timeline.rows and not place:
            first = NOTHING_OPEN
        yield from _values(FIRST_ROW + place, row, first, people[row.owner] if row else "", room.text)
        yield from _marks(FIRST_ROW + place, row, timeline.today)
        shown = row.department if row else None
    yield TimelineCell(f"A{MORE_ROW}", None, _more(timeline))


def first_week(today: date) -> date:
    """The Monday on which the sheet begins."""
    return today - timedelta(days=today.weekday() + 7 * WEEKS_BACK)


def _title(timeline: Timeline, room: TimelineRoom) -> str:
    """What is shown where there is more than that, if the columns before the legend hold it."""
    listed = len(timeline.rows)
    return f"在办 {listed + timeline.more} 项中最急 {listed} 项" if timeline.more and room == ROOM else TITLE


def _more(timeline: Timeline) -> str:
    if not timeline.more:
        return ""
    return f"列出的是逾期最久、期限最近的；另有 {timeline.more} 项在办未列出，见《改进计划跟踪表》"


def _weeks(today: date) -> Iterator[TimelineCell]:
    """The Mondays, and above them the month at its first one."""
    monday = first_week(today)
    for place, letter in enumerate(WEEK_LETTERS):
        here = f"{letter}{HEADER_ROW}"
        before = WEEK_LETTERS[place - 1]
        formula = f"{before}{HEADER_ROW}+7" if place else f"{AS_OF_CELL}-WEEKDAY({AS_OF_CELL},2)+1-{7 * WEEKS_BACK}"
        yield TimelineCell(here, formula, monday)
        month = f'MONTH({here})&"月"'
        at_first = month if not place else f'IF(DAY({here})<=7,{month},"")'
        shown = f"{monday.month}月" if not place or monday.day <= 7 else ""
        yield TimelineCell(f"{letter}{MONTH_ROW}", at_first, shown)
        monday += timedelta(days=7)


def _values(
    at: int, row: TimelineRow | None, department: str | None, owner: str, room: float
) -> Iterator[TimelineCell]:
    shown: tuple[LiveValue | None, ...] = (department, *(None,) * 5)
    hidden: tuple[LiveValue | None, ...] = (None,) * 8
    if row:
        told = cut_to_width(" ".join(row.description.split()), room) or None
        shown = department, row.number, told, owner or None, row.status, row.due_on
        starts = row.plan_on, row.do_on, row.check_on, row.act_on, row.end_on
        late: LiveValue = 1 if row.is_late else row.waits_since or 0
        hidden = (*starts, row.due_on, row.original_due_on, late)
    for letter, value in zip((*SHOWN, PLAN, DO, CHECK, ACT, END, DUE, ORIGINAL, LATE), (*shown, *hidden), strict=True):
        yield TimelineCell(f"{letter}{at}", None, value)


def _marks(at: int, row: TimelineRow | None, today: date) -> Iterator[TimelineCell]:
    monday = first_week(today)
    for letter in WEEK_LETTERS:
        yield TimelineCell(f"{letter}{at}", _mark_formula(letter, at), mark(row, monday) if row else "")
        monday += timedelta(days=7)


@cache
def _mark_formula(letter: str, at: int) -> str:
    """A process that serves many workbooks spells each once."""
    week = f"{letter}${HEADER_ROW}"
    last = f"{week}+6"

    def holds(day: str) -> str:
        return f"AND(${day}{at}>={week},${day}{at}<={last})"

    phases = (
        f'IF({last}<${PLAN}{at},"",IF({last}<${DO}{at},"P",IF({last}<${CHECK}{at},"D",'
        f'IF({last}<${ACT}{at},"C",IF({week}<=${END}{at},"A","")))))'
    )
    return f'IF(${PLAN}{at}="","",IF({holds(DUE)},"{DUE_MARK}",IF({holds(ORIGINAL)},"{EXTENDED_MARK}",{phases})))'


def mark(row: TimelineRow, monday: date) -> str:
    """What the formula gives for a week."""
    last = monday + timedelta(days=6)
    if row.due_on and monday <= row.due_on <= last:
        return DUE_MARK
    if row.original_due_on and monday <= row.original_due_on <= last:
        return EXTENDED_MARK
    if last < row.plan_on:
        return ""
    for phase, end in (("P", row.do_on), ("D", row.check_on), ("C", row.act_on)):
        if last < end:
            return phase
    return "A" if monday <= row.end_on else ""
